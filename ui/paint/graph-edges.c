/* graph-edges.c
 *
 * SPDX-License-Identifier: MIT
 *
 * What comes after what, as curves with heads. In a picture too small for text
 * there can be thousands: there they are hairs, written into one image, which
 * costs a thousandth of what cairo's strokes do.
 */

#include "config.h"

#include <math.h>
#include <string.h>

#include "paint/graph-private.h"

#define NEAR         8.0 /* what is so near may be seen */
#define MOST_STROKES 90  /* edges in sight; of more, each is a hair */
#define MOST_PIXELS  1e6 /* of all hairs; of more, they are dotted */
#define PIECES       8   /* of a curve, as hairs */
#define MOST_HALVES  8   /* how often a curve is cut in two to leave out what is not seen */

/* What a curve surely lies in, on the surface. */
static void
hull (const TelarGraphPainter *painter, const TelarCurve *curve, double *left, double *top,
      double *right, double *bottom)
{
  *left = telar_graph_x (painter, MIN (MIN (curve->x0, curve->x1), MIN (curve->x2, curve->x3)));
  *right = telar_graph_x (painter, MAX (MAX (curve->x0, curve->x1), MAX (curve->x2, curve->x3)));
  *top = telar_graph_y (painter, MIN (MIN (curve->y0, curve->y1), MIN (curve->y2, curve->y3)));
  *bottom = telar_graph_y (painter, MAX (MAX (curve->y0, curve->y1), MAX (curve->y2, curve->y3)));
}

static gboolean
is_in_sight (const TelarGraphPainter *painter, double left, double top, double right,
             double bottom)
{
  return right >= -NEAR && left <= painter->view->width + NEAR && bottom >= -NEAR
         && top <= painter->view->height + NEAR;
}

static gboolean
is_curve_visible (const TelarGraphPainter *painter, const TelarCurve *curve)
{
  double left, top, right, bottom;

  hull (painter, curve, &left, &top, &right, &bottom);
  return is_in_sight (painter, left, top, right, bottom);
}

static gboolean
is_visible (const TelarGraphPainter *painter, const TelarGraphEdge *edge, const TelarCurve *ends)
{
  double left, top, right, bottom;

  telar_graph_edge_box (painter->layout, edge, ends, &left, &top, &right, &bottom);
  if (!is_in_sight (painter, telar_graph_x (painter, left), telar_graph_y (painter, top),
                    telar_graph_x (painter, right), telar_graph_y (painter, bottom)))
    return FALSE;
  for (guint k = 0; k <= edge->n_points; k++)
    {
      TelarCurve curve = telar_graph_edge_curve (painter->layout, edge, ends, k);

      if (is_curve_visible (painter, &curve))
        return TRUE;
    }
  return FALSE;
}

/* The halves of a curve. */
static void
halve (const TelarCurve *whole, TelarCurve *first, TelarCurve *second)
{
  double x = (whole->x1 + whole->x2) / 2, y = (whole->y1 + whole->y2) / 2;

  first->x0 = whole->x0;
  first->y0 = whole->y0;
  first->x1 = (whole->x0 + whole->x1) / 2;
  first->y1 = (whole->y0 + whole->y1) / 2;
  second->x2 = (whole->x2 + whole->x3) / 2;
  second->y2 = (whole->y2 + whole->y3) / 2;
  second->x3 = whole->x3;
  second->y3 = whole->y3;
  first->x2 = (first->x1 + x) / 2;
  first->y2 = (first->y1 + y) / 2;
  second->x1 = (second->x2 + x) / 2;
  second->y1 = (second->y2 + y) / 2;
  first->x3 = second->x0 = (first->x2 + second->x1) / 2;
  first->y3 = second->y0 = (first->y2 + second->y1) / 2;
}

static void
move_to (TelarGraphPainter *painter, double x, double y)
{
  cairo_move_to (painter->cr, telar_graph_x (painter, x), telar_graph_y (painter, y));
}

static void
curve_to (TelarGraphPainter *painter, const TelarCurve *curve)
{
  cairo_curve_to (painter->cr, telar_graph_x (painter, curve->x1),
                  telar_graph_y (painter, curve->y1), telar_graph_x (painter, curve->x2),
                  telar_graph_y (painter, curve->y2), telar_graph_x (painter, curve->x3),
                  telar_graph_y (painter, curve->y3));
}

/* Only what is seen: cairo takes its time for what is not, too. */
static void
curve_in_sight (TelarGraphPainter *painter, const TelarCurve *curve, guint depth)
{
  double width = painter->view->width, height = painter->view->height;
  double left, top, right, bottom;
  TelarCurve first, second;

  hull (painter, curve, &left, &top, &right, &bottom);
  if (!is_in_sight (painter, left, top, right, bottom))
    {
      move_to (painter, curve->x3, curve->y3);
      return;
    }
  if (depth == 0 || (left >= -100 && right <= width + 100 && top >= -100 && bottom <= height + 100))
    {
      curve_to (painter, curve);
      return;
    }
  halve (curve, &first, &second);
  curve_in_sight (painter, &first, depth - 1);
  curve_in_sight (painter, &second, depth - 1);
}

/* How an edge is drawn: its kind by its dashes, whether it is selected or pointed
 * at by its width and colour. */
static void
set_line (TelarGraphPainter *painter, guint number)
{
  const TelarGraphEdge *edge = telar_graph_edge (painter->layout, number);
  const TelarTheme *theme = painter->theme;
  double dashes[] = { 6 * painter->scale, 4 * painter->scale };
  double width = edge->kind == TELAR_GRAPH_STARTS ? 1.5 : 1.8;
  TelarColor color = edge->kind == TELAR_GRAPH_STARTS ? theme->dim : theme->arrow;

  if (number == painter->show->edge)
    {
      width = 3.6;
      color = theme->accent;
    }
  else if (number == painter->show->hover_edge)
    {
      width = 2.8;
      color = theme->text;
    }
  telar_color_set (painter->cr, color);
  cairo_set_line_width (painter->cr, MAX (width * painter->scale, painter->small ? 1.5 : 0));
  if (edge->kind == TELAR_GRAPH_STARTS && !painter->small)
    cairo_set_dash (painter->cr, dashes, G_N_ELEMENTS (dashes), 0);
  else
    cairo_set_dash (painter->cr, NULL, 0, 0);
}

static void
paint_line (TelarGraphPainter *painter, const TelarGraphEdge *edge, const TelarCurve *ends)
{
  TelarCurve until = *ends;

  until.x3 -= 8;
  move_to (painter, ends->x0, ends->y0);
  for (guint k = 0; k <= edge->n_points; k++)
    {
      TelarCurve curve = telar_graph_edge_curve (painter->layout, edge, &until, k);
      curve_in_sight (painter, &curve, MOST_HALVES);
    }
  /* One by one: a path of many that cross takes cairo far longer. */
  cairo_stroke (painter->cr);
}

static void
paint_head (TelarGraphPainter *painter, double x, double y, double size)
{
  cairo_t *cr = painter->cr;

  cairo_move_to (cr, telar_graph_x (painter, x + 1), telar_graph_y (painter, y));
  cairo_rel_line_to (cr, -10 * size * painter->scale, -4.6 * size * painter->scale);
  cairo_rel_line_to (cr, 0, 9.2 * size * painter->scale);
  cairo_close_path (cr);
  cairo_fill (cr);
}

/* An image of coverage. */
typedef struct
{
  guchar *pixels;
  int     width, height, stride;
  guint   ink;   /* of one hair */
  int     every; /* so many pixels has it one */
} Hairs;

/* Cuts from a line from @from to @to, both in parts of it (@begin to @end), what
 * is not within 0 to @most. */
static void
clip (double from, double to, double most, double *begin, double *end)
{
  double length = to - from;
  double enter = length > 0 ? -from / length : (most - from) / length;
  double leave = length > 0 ? (most - from) / length : -from / length;

  if (length == 0)
    {
      *end = from >= 0 && from <= most ? *end : -1;
      return;
    }
  *begin = MAX (*begin, enter);
  *end = MIN (*end, leave);
}

static void
add_hair (Hairs *hairs, double x0, double y0, double x1, double y1)
{
  double begin = 0, end = 1, length;
  gint64 x, y, dx, dy; /* in 1/65536 of a pixel */
  int steps;

  clip (x0, x1, hairs->width - 1, &begin, &end);
  clip (y0, y1, hairs->height - 1, &begin, &end);
  if (begin > end)
    return;
  length = MAX (fabs (x1 - x0), fabs (y1 - y0)) * (end - begin);
  steps = (int) MAX (ceil (length / hairs->every), 1);
  x = (gint64) ((x0 + (x1 - x0) * begin) * 65536);
  y = (gint64) ((y0 + (y1 - y0) * begin) * 65536);
  dx = (gint64) ((x1 - x0) * (end - begin) * 65536) / steps;
  dy = (gint64) ((y1 - y0) * (end - begin) * 65536) / steps;
  for (int i = 0; i < steps; i++, x += dx, y += dy)
    {
      guchar *pixel = &hairs->pixels[(y >> 16) * hairs->stride + (x >> 16)];

      *pixel = (guchar) MIN (255, *pixel + hairs->ink);
    }
}

static void
add_curve (const TelarGraphPainter *painter, const TelarCurve *curve, Hairs *hairs)
{
  double x = telar_graph_x (painter, curve->x0), y = telar_graph_y (painter, curve->y0);
  guint pieces = painter->small ? 1 : PIECES;

  for (guint i = 1; i <= pieces; i++)
    {
      double t = (double) i / pieces, u = 1 - t;
      double a = u * u * u, b = 3 * u * u * t, c = 3 * u * t * t, d = t * t * t;
      double next_x = telar_graph_x (painter, a * curve->x0 + b * curve->x1 + c * curve->x2
                                                + d * curve->x3);
      double next_y = telar_graph_y (painter, a * curve->y0 + b * curve->y1 + c * curve->y2
                                                + d * curve->y3);

      add_hair (hairs, x, y, next_x, next_y);
      x = next_x;
      y = next_y;
    }
}

static gboolean
is_head_visible (const TelarGraphPainter *painter, const TelarCurve *ends)
{
  double x = telar_graph_x (painter, ends->x3), y = telar_graph_y (painter, ends->y3);
  double reach = 16 * painter->scale;

  return x > -reach && x < painter->view->width + reach && y > -reach
         && y < painter->view->height + reach;
}

/* A triangle, column by column. */
static void
add_head (const TelarGraphPainter *painter, const TelarCurve *ends, Hairs *hairs)
{
  double x = telar_graph_x (painter, ends->x3 + 1), y = telar_graph_y (painter, ends->y3);
  int length = (int) ceil (10 * painter->scale);

  for (int i = 0; i < length; i++)
    {
      int column = (int) floor (x) - i;
      int top = (int) floor (y - 0.46 * i), bottom = (int) ceil (y + 0.46 * i);

      if (column < 0 || column >= hairs->width)
        continue;
      for (int row = MAX (top, 0); row < MIN (bottom, hairs->height); row++)
        hairs->pixels[row * hairs->stride + column] = 255;
    }
}

static void
add_hairs (const TelarGraphPainter *painter, const TelarGraphEdge *edge, Hairs *hairs)
{
  TelarCurve ends = telar_graph_edge_ends (painter->layout, edge);

  for (guint k = 0; k <= edge->n_points; k++)
    {
      TelarCurve curve = telar_graph_edge_curve (painter->layout, edge, &ends, k);

      if (is_curve_visible (painter, &curve))
        add_curve (painter, &curve, hairs);
    }
  if (!painter->small && is_head_visible (painter, &ends))
    add_head (painter, &ends, hairs);
}

/* About how long all of them are, in pixels. */
static double
measure_hairs (const TelarGraphPainter *painter)
{
  double sum = 0;

  for (guint i = 0; i < painter->layout->edges->len; i++)
    {
      const TelarGraphEdge *edge = telar_graph_edge (painter->layout, i);
      const TelarGraphBox *from = &painter->layout->boxes[edge->from];
      const TelarGraphBox *to = &painter->layout->boxes[edge->to];
      double length = MAX (fabs (to->x - from->x), fabs (to->y - from->y)) * painter->scale;

      sum += MIN (length, painter->view->width);
    }
  return sum;
}

static GPrivate image_of_thread = G_PRIVATE_INIT ((GDestroyNotify) cairo_surface_destroy);

/* An empty image. It is kept from frame to frame: memory that is new every time
 * takes longer than what is painted on it.
 *
 * Returns: (transfer none) */
static cairo_surface_t *
get_image (int width, int height)
{
  cairo_surface_t *image = g_private_get (&image_of_thread);

  if (image == NULL || cairo_image_surface_get_width (image) != width
      || cairo_image_surface_get_height (image) != height)
    {
      image = cairo_image_surface_create (CAIRO_FORMAT_A8, width, height);
      g_private_replace (&image_of_thread, image);
      return image;
    }
  cairo_surface_flush (image);
  memset (cairo_image_surface_get_data (image), 0,
          (gsize) cairo_image_surface_get_stride (image) * (gsize) height);
  return image;
}

void
telar_paint_graph_hairs (TelarGraphPainter *painter)
{
  cairo_surface_t *image
    = get_image ((int) ceil (painter->view->width), (int) ceil (painter->view->height));
  Hairs hairs = {
    .pixels = cairo_image_surface_get_data (image),
    .width = cairo_image_surface_get_width (image),
    .height = cairo_image_surface_get_height (image),
    .stride = cairo_image_surface_get_stride (image),
    .ink = painter->small ? 110 : 120,
    .every = painter->small ? (int) MIN (1 + measure_hairs (painter) / MOST_PIXELS, 4) : 1,
  };

  if (hairs.pixels != NULL)
    {
      cairo_surface_flush (image);
      for (guint i = 0; i < painter->layout->edges->len; i++)
        add_hairs (painter, telar_graph_edge (painter->layout, i), &hairs);
      cairo_surface_mark_dirty (image);
      telar_color_set (painter->cr, painter->theme->arrow);
      cairo_mask_surface (painter->cr, image, 0, 0);
    }
}

static void
paint_edge (TelarGraphPainter *painter, guint number, gboolean head)
{
  const TelarGraphEdge *edge = telar_graph_edge (painter->layout, number);
  TelarCurve ends = telar_graph_edge_ends (painter->layout, edge);

  if (head ? !is_head_visible (painter, &ends) : !is_visible (painter, edge, &ends))
    return;
  set_line (painter, number);
  if (head)
    paint_head (painter, ends.x3, ends.y3,
                number == painter->show->edge || number == painter->show->hover_edge ? 1.25 : 1);
  else
    paint_line (painter, edge, &ends);
}

/* Whether there are so many that nobody can follow one anyway. */
static gboolean
is_crowded (const TelarGraphPainter *painter)
{
  guint n = 0;

  if (painter->small || painter->vector)
    return painter->small;
  for (guint i = 0; i < painter->layout->edges->len && n <= MOST_STROKES; i++)
    {
      const TelarGraphEdge *edge = telar_graph_edge (painter->layout, i);
      TelarCurve ends = telar_graph_edge_ends (painter->layout, edge);

      n += is_visible (painter, edge, &ends) ? 1 : 0;
    }
  return n > MOST_STROKES;
}

/* What is selected or pointed at is on top, so that all of it is seen. */
void
telar_graph_sort_edges (TelarGraphPainter *painter)
{
  const TelarGraphLayout *layout = painter->layout;

  painter->crowded = is_crowded (painter);
  painter->first_edge = g_new (guint, layout->n_tasks + 1);
  painter->next_edge = g_new (guint, MAX (layout->edges->len, 1));
  memset (painter->first_edge, 0xff, (layout->n_tasks + 1) * sizeof (guint));
  for (guint i = layout->edges->len; i-- > 0;)
    {
      guint32 frame = telar_graph_edge_frame (layout, telar_graph_edge (layout, i));

      if (frame == TELAR_NOBODY || i == painter->show->edge || i == painter->show->hover_edge)
        frame = layout->n_tasks;
      painter->next_edge[i] = painter->first_edge[frame];
      painter->first_edge[frame] = i;
    }
}

void
telar_paint_graph_edges (TelarGraphPainter *painter, guint32 frame, gboolean heads)
{
  for (guint i = painter->first_edge[frame]; i != G_MAXUINT; i = painter->next_edge[i])
    {
      gboolean shown = i == painter->show->edge || i == painter->show->hover_edge;

      if (shown ? !heads || !painter->small : !painter->crowded)
        paint_edge (painter, i, heads);
    }
  cairo_set_dash (painter->cr, NULL, 0, 0);
}

void
telar_paint_graph_link (TelarGraphPainter *painter)
{
  const TelarGraphShow *show = painter->show;
  TelarCurve curve = { .x0 = show->link_x0, .y0 = show->link_y0,
                       .x3 = show->link_x1, .y3 = show->link_y1 };
  double unit = MAX (painter->scale, 0.5);
  double dashes[] = { 7 * unit, 5 * unit };

  if (!show->link)
    return;
  telar_color_set (painter->cr, show->link_legal ? painter->theme->start : painter->theme->fail);
  cairo_set_line_width (painter->cr, 2.6 * unit);
  if (!show->link_legal)
    cairo_set_dash (painter->cr, dashes, G_N_ELEMENTS (dashes), 0);
  curve.x3 -= 8;
  telar_curve_bend (&curve);
  cairo_move_to (painter->cr, telar_graph_x (painter, curve.x0),
                 telar_graph_y (painter, curve.y0));
  curve_to (painter, &curve);
  cairo_stroke (painter->cr);
  cairo_set_dash (painter->cr, NULL, 0, 0);
  paint_head (painter, show->link_x1, show->link_y1, 1.2);
}

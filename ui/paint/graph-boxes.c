/* graph-boxes.c
 *
 * SPDX-License-Identifier: MIT
 *
 * The boxes of tasks and the frames of those that hold others. Processes and
 * threads are round and have a strip in their colour; a plain call is square, as
 * the step that it is.
 */

#include "config.h"

#include <math.h>

#include "paint/graph-private.h"

#define STRIP 11

void
telar_graph_draw_text (TelarGraphPainter *painter, const char *text, double x, double baseline,
                       double size, TelarTextFlags flags, double max_width, TelarColor color)
{
  if (size * painter->scale >= TELAR_GRAPH_LEGIBLE && max_width > 0)
    telar_text_draw (painter->cr, &painter->text, text, telar_graph_x (painter, x),
                     telar_graph_y (painter, baseline), size * painter->scale, flags,
                     max_width * painter->scale, color);
}

double
telar_graph_text_width (TelarGraphPainter *painter, const char *text, double size,
                        TelarTextFlags flags)
{
  if (size * painter->scale < TELAR_GRAPH_LEGIBLE)
    return 0;
  return telar_text_width (&painter->text, text, size * painter->scale, flags) / painter->scale;
}

void
telar_graph_draw_text_right (TelarGraphPainter *painter, const char *text, double x,
                             double baseline, double size, TelarTextFlags flags,
                             double max_width, TelarColor color)
{
  double width = MIN (telar_graph_text_width (painter, text, size, flags), MAX (max_width, 0));

  telar_graph_draw_text (painter, text, x - width, baseline, size, flags, MAX (max_width, 0),
                         color);
}

void
telar_graph_round (TelarGraphPainter *painter, double x, double y, double width, double height,
                   double radius)
{
  telar_paint_round (painter->cr, telar_graph_x (painter, x), telar_graph_y (painter, y),
                     width * painter->scale, height * painter->scale, radius * painter->scale);
}

static const TelarTask *
get_task (const TelarGraphPainter *painter, guint32 task)
{
  return telar_relations_task (painter->layout->relations, task);
}

double
telar_graph_radius (const TelarGraphPainter *painter, guint32 task)
{
  if (task == 0)
    return 12;
  if (get_task (painter, task)->kind == TELAR_KIND_CALL)
    return 1.5;
  return painter->layout->boxes[task].frame ? 10 : 8;
}

static char *
get_state (const TelarGraphPainter *painter, guint32 task, TelarMood *mood)
{
  const TelarGraphShow *show = painter->show;

  *mood = TELAR_MOOD_QUIET;
  if (show->timeline == NULL || show->runs == NULL || show->runs[task].first == TELAR_NO_TASK)
    return g_strdup ("");
  return telar_graph_state (show->timeline, show->runs[task].first, show->runs[task].n, mood);
}

static TelarColor
mood_color (const TelarGraphPainter *painter, TelarMood mood)
{
  switch (mood)
    {
    case TELAR_MOOD_ON_CORE:
      return painter->theme->start;
    case TELAR_MOOD_FAILED:
      return painter->theme->fail;
    case TELAR_MOOD_QUIET:
    default:
      return painter->theme->dim;
    }
}

static TelarTextFlags
mood_weight (TelarMood mood)
{
  return mood == TELAR_MOOD_QUIET ? TELAR_TEXT_NORMAL : TELAR_TEXT_BOLD;
}

static void
outline (TelarGraphPainter *painter, guint32 task)
{
  const TelarGraphBox *box = &painter->layout->boxes[task];
  guint8 marks = telar_graph_marks (painter, task);
  double width = task == 0 ? 1.6 : 2.4;

  if ((marks & TELAR_GRAPH_SELECTED) != 0)
    width += 1.4;
  else if ((marks & TELAR_GRAPH_HOVER) != 0)
    width += 0.8;
  telar_graph_round (painter, box->x, box->y, box->width, box->height,
                     telar_graph_radius (painter, task));
  telar_color_set (painter->cr, telar_graph_fill (painter, task)->edge);
  cairo_set_line_width (painter->cr, width * painter->scale);
  cairo_stroke (painter->cr);
}

static void
paint_stack (TelarGraphPainter *painter, guint32 task)
{
  const TelarGraphBox *box = &painter->layout->boxes[task];

  if (telar_graph_stack (painter->layout, task) <= 0)
    return;
  for (int i = 2; i > 0; i--)
    {
      telar_graph_round (painter, box->x + i * TELAR_GRAPH_STACK, box->y + i * TELAR_GRAPH_STACK,
                         box->width, box->height, telar_graph_radius (painter, task));
      telar_color_set (painter->cr, painter->theme->background);
      cairo_fill_preserve (painter->cr);
      telar_color_set (painter->cr, telar_graph_fill (painter, task)->edge);
      cairo_set_line_width (painter->cr, 1.4 * painter->scale);
      cairo_stroke (painter->cr);
    }
}

/* "×8" behind the id. Returns: x behind both. */
static double
paint_id (TelarGraphPainter *painter, guint32 number, double x, double baseline, double max_width)
{
  const TelarTask *task = get_task (painter, number);
  g_autofree char *times = task->copies > 1 ? g_strdup_printf ("×%u", task->copies) : NULL;
  double times_width = times != NULL ? 5 + telar_graph_text_width (painter, times,
                                                                   TELAR_GRAPH_ID_SIZE - 1,
                                                                   TELAR_TEXT_NORMAL)
                                     : 0;
  double room = max_width - times_width;
  double width = MIN (telar_graph_text_width (painter, task->id, TELAR_GRAPH_ID_SIZE,
                                              TELAR_TEXT_BOLD), room);

  telar_graph_draw_text (painter, task->id, x, baseline, TELAR_GRAPH_ID_SIZE, TELAR_TEXT_BOLD,
                         room + 0.5, painter->theme->text);
  if (times != NULL)
    telar_graph_draw_text (painter, times, x + width + 5, baseline, TELAR_GRAPH_ID_SIZE - 1,
                           TELAR_TEXT_NORMAL, max_width, painter->theme->dim);
  return x + width + times_width;
}

static void
paint_call (TelarGraphPainter *painter, guint32 task, double x, double baseline, double max_width)
{
  gboolean missing;
  g_autofree char *call = telar_graph_call (painter->layout, task, &missing);

  if (missing)
    telar_graph_draw_text (painter, call, x, baseline, TELAR_GRAPH_SMALL_SIZE, TELAR_TEXT_NORMAL,
                           max_width, painter->theme->dim);
  else
    telar_graph_draw_text (painter, call, x, baseline, TELAR_GRAPH_CALL_SIZE, TELAR_TEXT_MONO,
                           max_width,
                           telar_color_mix (painter->theme->text, painter->theme->dim, 0.3));
}

/* ---- frames ------------------------------------------------------------- */

/* Behind text on the outline of main's frame. */
static void
paint_plate (TelarGraphPainter *painter, double x, double y, double width)
{
  telar_color_set (painter->cr, painter->theme->background);
  cairo_rectangle (painter->cr, telar_graph_x (painter, x - 6), telar_graph_y (painter, y - 9),
                   (width + 12) * painter->scale, 18 * painter->scale);
  cairo_fill (painter->cr);
}

void
telar_paint_graph_main_label (TelarGraphPainter *painter)
{
  const TelarGraphBox *box = &painter->layout->boxes[0];
  const char *id = get_task (painter, 0)->id;
  TelarMood mood;
  g_autofree char *state = get_state (painter, 0, &mood);
  double id_width = telar_graph_text_width (painter, id, 14, TELAR_TEXT_BOLD);
  double x = box->x + 18, right = box->x + box->width - 18, width;

  if (id_width <= 0)
    return;
  paint_plate (painter, x, box->y, id_width);
  telar_graph_draw_text (painter, id, x, box->y + 5, 14, TELAR_TEXT_BOLD, id_width + 0.5,
                         painter->theme->text);
  width = MIN (telar_graph_text_width (painter, state, TELAR_GRAPH_SMALL_SIZE,
                                       mood_weight (mood)),
               right - x - id_width - 24);
  if (*state == '\0' || width < 30)
    return;
  paint_plate (painter, right - width, box->y, width);
  telar_graph_draw_text_right (painter, state, right, box->y + 4, TELAR_GRAPH_SMALL_SIZE,
                               mood_weight (mood), width + 0.5, mood_color (painter, mood));
}

static void
paint_frame_header (TelarGraphPainter *painter, guint32 task)
{
  const TelarGraphBox *box = &painter->layout->boxes[task];
  const char *kind = telar_graph_kind_name (get_task (painter, task)->kind);
  TelarMood mood;
  g_autofree char *state = get_state (painter, task, &mood);
  g_autofree char *call = telar_graph_call (painter->layout, task, NULL);
  g_autofree char *right = NULL;
  double x = box->x + 14, end = box->x + box->width - 12, width, room;

  x = paint_id (painter, task, x, box->y + 25, box->width * 0.4) + 12;
  right = *state != '\0' ? g_strdup_printf ("%s · %s", kind, state) : g_strdup (kind);
  room = MAX ((end - x) * 0.62,
              end - x - 12 - telar_graph_text_width (painter, call, TELAR_GRAPH_CALL_SIZE,
                                                     TELAR_TEXT_MONO));
  /* Nearly only processes hold tasks: rather no kind than half a state. */
  if (*state != '\0'
      && telar_graph_text_width (painter, right, TELAR_GRAPH_SMALL_SIZE, mood_weight (mood))
           > room)
    {
      g_free (right);
      right = g_strdup (state);
    }
  width = MIN (telar_graph_text_width (painter, right, TELAR_GRAPH_SMALL_SIZE,
                                       mood_weight (mood)), room);
  telar_graph_draw_text_right (painter, right, end, box->y + 24, TELAR_GRAPH_SMALL_SIZE,
                               mood_weight (mood), width + 0.5, mood_color (painter, mood));
  paint_call (painter, task, x, box->y + 25, end - x - width - 12);
}

/* ---- too small for text ------------------------------------------------- */

/* What a mark makes of a small box: a rim around it. */
static gboolean
get_rim (const TelarGraphPainter *painter, guint8 marks, TelarColor *color)
{
  const TelarTheme *theme = painter->theme;

  if ((marks & (TELAR_GRAPH_SELECTED | TELAR_GRAPH_TARGET | TELAR_GRAPH_FOUND
                | TELAR_GRAPH_HOVER)) == 0)
    return FALSE;
  *color = (marks & TELAR_GRAPH_SELECTED) != 0 ? theme->accent
           : (marks & TELAR_GRAPH_TARGET) != 0 ? theme->start
           : (marks & TELAR_GRAPH_FOUND) != 0  ? theme->found : theme->dim;
  return TRUE;
}

/* A rectangle in a rectangle, on whole pixels, is enough and a hundred times as
 * fast. */
static void
paint_small (TelarGraphPainter *painter, guint32 task)
{
  const TelarGraphBox *box = &painter->layout->boxes[task];
  const TelarFill *fill = telar_graph_fill (painter, task);
  guint8 marks = telar_graph_marks (painter, task);
  TelarColor ground = painter->theme->background, edge = fill->edge, rim;
  cairo_t *cr = painter->cr;
  double x0 = floor (telar_graph_x (painter, box->x)),
         x1 = floor (telar_graph_x (painter, box->x + box->width));
  double y0 = floor (telar_graph_y (painter, box->y)),
         y1 = floor (telar_graph_y (painter, box->y + box->height));
  gboolean is_call = get_task (painter, task)->kind == TELAR_KIND_CALL;
  double strip = is_call ? 0 : MAX (floor (STRIP * painter->scale), 1);

  if (get_rim (painter, marks, &rim))
    telar_pixels_fill (&painter->pixels, cr, x0 - 2, y0 - 2, MAX (x1 - x0, 1) + 4,
                       MAX (y1 - y0, 1) + 4, rim);
  if ((marks & TELAR_GRAPH_PALE) != 0)
    edge = telar_color_mix (edge, ground, 0.6);
  if (box->frame)
    {
      ground = task == 0 ? ground : telar_color_mix (ground, fill->base, 0.07);
      strip = 0;
    }
  telar_pixels_fill (&painter->pixels, cr, x0, y0, MAX (x1 - x0, 1), MAX (y1 - y0, 1), edge);
  if (x1 - x0 < strip + 4 || y1 - y0 < 4)
    return;
  telar_pixels_fill (&painter->pixels, cr, x0 + strip + 1, y0 + 1, x1 - x0 - strip - 2,
                     y1 - y0 - 2, ground);
}

/* ---- boxes -------------------------------------------------------------- */

/* The left end of a box with round corners. */
static void
strip_path (TelarGraphPainter *painter, const TelarGraphBox *box, double radius)
{
  cairo_t *cr = painter->cr;
  double x = telar_graph_x (painter, box->x), y = telar_graph_y (painter, box->y);
  double w = STRIP * painter->scale, h = box->height * painter->scale, r = radius * painter->scale;

  cairo_new_sub_path (cr);
  cairo_move_to (cr, x + w, y);
  cairo_line_to (cr, x + w, y + h);
  cairo_arc (cr, x + r, y + h - r, r, G_PI / 2, G_PI);
  cairo_arc (cr, x + r, y + r, r, G_PI, 3 * G_PI / 2);
  cairo_close_path (cr);
}

/* What is behind the text of a box or in a frame. */
static TelarColor
get_ground (const TelarGraphPainter *painter, guint32 task)
{
  guint8 marks = telar_graph_marks (painter, task);
  TelarColor ground = painter->theme->background;

  if (painter->layout->boxes[task].frame && task != 0)
    ground = telar_color_mix (ground, telar_graph_fill (painter, task)->base, 0.07);
  if ((marks & TELAR_GRAPH_SELECTED) != 0)
    ground = telar_color_mix (ground, painter->theme->accent, 0.08);
  else if ((marks & TELAR_GRAPH_TARGET) != 0)
    ground = telar_color_mix (ground, painter->theme->start, 0.10);
  return ground;
}

/* A box or frame of whole pixels: a rectangle in a rectangle. */
static void
paint_plain_shape (TelarGraphPainter *painter, guint32 task)
{
  const TelarGraphBox *box = &painter->layout->boxes[task];
  cairo_t *cr = painter->cr;
  gboolean has_strip = !box->frame && get_task (painter, task)->kind != TELAR_KIND_CALL;
  double rim = MAX (round (2.4 * painter->scale), 1);
  double strip = has_strip ? MAX (floor (STRIP * painter->scale), rim) : rim;
  double x0 = floor (telar_graph_x (painter, box->x)),
         x1 = floor (telar_graph_x (painter, box->x + box->width));
  double y0 = floor (telar_graph_y (painter, box->y)),
         y1 = floor (telar_graph_y (painter, box->y + box->height));

  telar_pixels_fill (&painter->pixels, cr, x0, y0, x1 - x0, y1 - y0,
                     telar_graph_fill (painter, task)->edge);
  telar_pixels_fill (&painter->pixels, cr, x0 + strip, y0 + rim, x1 - x0 - strip - rim,
                     y1 - y0 - 2 * rim, get_ground (painter, task));
}

void
telar_paint_graph_frame (TelarGraphPainter *painter, guint32 task)
{
  const TelarGraphBox *box = &painter->layout->boxes[task];

  if (painter->small && task != 0)
    {
      paint_small (painter, task);
      return;
    }
  if (task == 0)
    {
      /* Its ground is paper. */
      if ((telar_graph_marks (painter, 0) & TELAR_GRAPH_TARGET) != 0)
        {
          telar_graph_round (painter, box->x, box->y, box->width, box->height, 12);
          telar_color_set_alpha (painter->cr, painter->theme->start, 0.06);
          cairo_fill (painter->cr);
        }
      outline (painter, 0);
      telar_paint_graph_main_label (painter);
      return;
    }
  paint_stack (painter, task);
  if (painter->plain)
    paint_plain_shape (painter, task);
  else
    {
      telar_graph_round (painter, box->x, box->y, box->width, box->height,
                         telar_graph_radius (painter, task));
      telar_color_set (painter->cr, get_ground (painter, task));
      cairo_fill (painter->cr);
      outline (painter, task);
    }
  paint_frame_header (painter, task);
}

static void
paint_shape (TelarGraphPainter *painter, guint32 task)
{
  const TelarGraphBox *box = &painter->layout->boxes[task];
  double radius = telar_graph_radius (painter, task);

  telar_graph_round (painter, box->x, box->y, box->width, box->height, radius);
  telar_color_set (painter->cr, get_ground (painter, task));
  cairo_fill (painter->cr);
  if (get_task (painter, task)->kind != TELAR_KIND_CALL)
    {
      strip_path (painter, box, radius);
      telar_fill_path (painter->cr, telar_graph_fill (painter, task), 8 * painter->scale,
                       telar_graph_x (painter, box->x), telar_graph_y (painter, box->y));
    }
  outline (painter, task);
}

void
telar_paint_graph_box (TelarGraphPainter *painter, guint32 task)
{
  const TelarGraphBox *box = &painter->layout->boxes[task];
  const char *kind = telar_graph_kind_name (get_task (painter, task)->kind);
  double x = box->x + 22, end = box->x + box->width - 10, kind_width;
  g_autofree char *state = NULL;
  TelarMood mood;

  if (painter->small)
    {
      paint_small (painter, task);
      return;
    }
  state = get_state (painter, task, &mood);
  paint_stack (painter, task);
  if (painter->plain)
    paint_plain_shape (painter, task);
  else
    paint_shape (painter, task);

  kind_width = telar_graph_text_width (painter, kind, TELAR_GRAPH_SMALL_SIZE, TELAR_TEXT_NORMAL);
  telar_graph_draw_text_right (painter, kind, end, box->y + 23, TELAR_GRAPH_SMALL_SIZE,
                               TELAR_TEXT_NORMAL, box->width / 2, painter->theme->dim);
  paint_id (painter, task, x, box->y + 24, end - x - kind_width - 8);
  paint_call (painter, task, x, box->y + 45, end - x);
  telar_graph_draw_text_right (painter, state, end, box->y + 66, TELAR_GRAPH_SMALL_SIZE,
                               mood_weight (mood), end - x + 8, mood_color (painter, mood));
}

void
telar_paint_graph_ports (TelarGraphPainter *painter, guint32 task)
{
  guint8 marks = telar_graph_marks (painter, task);
  double radius = TELAR_GRAPH_PORT, width = 1.5;
  TelarColor color = painter->theme->port, ground = painter->theme->background;

  if ((marks & TELAR_GRAPH_HOVER) != 0)
    {
      radius += 2;
      width += 0.5;
      color = painter->theme->text;
    }
  if ((marks & TELAR_GRAPH_PALE) != 0)
    color = telar_color_mix (color, ground, 0.6);
  if ((marks & TELAR_GRAPH_TARGET) != 0)
    {
      color = painter->theme->start;
      ground = telar_color_mix (ground, color, 0.35);
    }
  if (painter->plain && marks == 0)
    return;
  for (int out = 0; out < 2; out++)
    {
      double x, y;

      if (!telar_graph_has_port (painter->layout, task, out))
        continue;
      telar_graph_port (painter->layout, task, out, &x, &y);
      cairo_new_sub_path (painter->cr);
      cairo_arc (painter->cr, telar_graph_x (painter, x), telar_graph_y (painter, y),
                 radius * painter->scale, 0, 2 * G_PI);
      telar_color_set (painter->cr, ground);
      cairo_fill_preserve (painter->cr);
      telar_color_set (painter->cr, color);
      cairo_set_line_width (painter->cr, width * painter->scale);
      cairo_stroke (painter->cr);
    }
}

/* graph-object-shapes.c
 *
 * SPDX-License-Identifier: MIT
 *
 * How objects look: each family has a silhouette of its own, each type a sign.
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "paint/graph-private.h"

#define SIGN      9.0 /* half of a sign's size */
#define SIGN_AT   24.0
#define TEXT_AT   42.0
#define CUT       9.0
#define RING      3.0

/* ---- silhouettes ---------------------------------------------------------- */

typedef enum
{
  FAMILY_LOCK,   /* corners cut off, like a nut */
  FAMILY_SIGNAL, /* round ends */
  FAMILY_QUEUE,  /* a tube that lies */
  FAMILY_VALUE,  /* a sheet with a folded corner */
  FAMILY_POOL    /* a card that can be unfolded */
} Family;

static Family
family_of (TelarObjectType type)
{
  switch (type)
    {
    case TELAR_OBJECT_LOCK:
    case TELAR_OBJECT_RLOCK:
    case TELAR_OBJECT_SEMAPHORE:
    case TELAR_OBJECT_BOUNDED_SEMAPHORE:
      return FAMILY_LOCK;
    case TELAR_OBJECT_EVENT:
    case TELAR_OBJECT_CONDITION:
    case TELAR_OBJECT_BARRIER:
      return FAMILY_SIGNAL;
    case TELAR_OBJECT_QUEUE:
    case TELAR_OBJECT_JOINABLE_QUEUE:
    case TELAR_OBJECT_SIMPLE_QUEUE:
    case TELAR_OBJECT_PIPE:
      return FAMILY_QUEUE;
    case TELAR_OBJECT_POOL:
      return FAMILY_POOL;
    default:
      return FAMILY_VALUE;
    }
}

/* In the units of the layout, (0, 0) its corner; @by: so much larger. */
static void
outline (cairo_t *cr, Family family, double width, double height, double by)
{
  double left = -by, top = -by, right = width + by, bottom = height + by, cut = CUT + by / 2;
  double middle = (top + bottom) / 2, half = (bottom - top) / 2;

  cairo_new_path (cr);
  switch (family)
    {
    case FAMILY_LOCK:
      cairo_move_to (cr, left + cut, top);
      cairo_line_to (cr, right - cut, top);
      cairo_line_to (cr, right, top + cut);
      cairo_line_to (cr, right, bottom - cut);
      cairo_line_to (cr, right - cut, bottom);
      cairo_line_to (cr, left + cut, bottom);
      cairo_line_to (cr, left, bottom - cut);
      cairo_line_to (cr, left, top + cut);
      break;
    case FAMILY_SIGNAL:
      cairo_arc (cr, right - half, middle, half, -G_PI / 2, G_PI / 2);
      cairo_arc (cr, left + half, middle, half, G_PI / 2, 3 * G_PI / 2);
      break;
    case FAMILY_QUEUE:
      cairo_move_to (cr, left + cut, top);
      cairo_line_to (cr, right - cut, top);
      cairo_curve_to (cr, right + cut / 3, top, right + cut / 3, bottom, right - cut, bottom);
      cairo_line_to (cr, left + cut, bottom);
      cairo_curve_to (cr, left - cut / 3, bottom, left - cut / 3, top, left + cut, top);
      break;
    case FAMILY_POOL:
      cairo_arc (cr, right - cut, top + cut, cut, -G_PI / 2, 0);
      cairo_arc (cr, right - cut, bottom - cut, cut, 0, G_PI / 2);
      cairo_arc (cr, left + cut, bottom - cut, cut, G_PI / 2, G_PI);
      cairo_arc (cr, left + cut, top + cut, cut, G_PI, 3 * G_PI / 2);
      break;
    case FAMILY_VALUE:
    default:
      cairo_move_to (cr, left, top);
      cairo_line_to (cr, right - 1.4 * cut, top);
      cairo_line_to (cr, right, top + 1.4 * cut);
      cairo_line_to (cr, right, bottom);
      cairo_line_to (cr, left, bottom);
    }
  cairo_close_path (cr);
}

/* What a silhouette has inside: the end of a tube, the fold of a sheet. */
static void
inner_lines (cairo_t *cr, Family family, double width, double height)
{
  cairo_new_path (cr);
  if (family == FAMILY_QUEUE)
    {
      cairo_move_to (cr, width - CUT, 0);
      cairo_curve_to (cr, width - 2.3 * CUT, 0, width - 2.3 * CUT, height, width - CUT, height);
    }
  else if (family == FAMILY_VALUE)
    {
      cairo_move_to (cr, width - 1.4 * CUT, 0);
      cairo_line_to (cr, width - 1.4 * CUT, 1.4 * CUT);
      cairo_line_to (cr, width, 1.4 * CUT);
    }
  cairo_stroke (cr);
}

/* ---- signs ---------------------------------------------------------------- */

static void
sign_lock (cairo_t *cr, gboolean again)
{
  const double s = SIGN;

  cairo_new_sub_path (cr);
  cairo_arc (cr, 0, -0.15 * s, 0.48 * s, G_PI, 0);
  cairo_stroke (cr);
  cairo_rectangle (cr, -0.75 * s, -0.1 * s, 1.5 * s, 1.05 * s);
  cairo_fill (cr);
  if (again)
    {
      cairo_new_sub_path (cr);
      cairo_arc (cr, 0, -0.15 * s, 0.85 * s, G_PI, 0);
      cairo_stroke (cr);
    }
}

static void
sign_semaphore (cairo_t *cr, gboolean bounded)
{
  for (int i = -1; i <= 1; i++)
    {
      cairo_new_sub_path (cr);
      cairo_arc (cr, i * 0.68 * SIGN, 0, 0.27 * SIGN, 0, 2 * G_PI);
      if (i < 1)
        cairo_fill (cr);
      else
        cairo_stroke (cr);
    }
  if (bounded)
    {
      cairo_rectangle (cr, -1.15 * SIGN, -0.6 * SIGN, 2.3 * SIGN, 1.2 * SIGN);
      cairo_stroke (cr);
    }
}

static void
sign_event (cairo_t *cr)
{
  /* a flag */
  cairo_move_to (cr, -0.55 * SIGN, SIGN);
  cairo_line_to (cr, -0.55 * SIGN, -SIGN);
  cairo_stroke (cr);
  cairo_move_to (cr, -0.55 * SIGN, -SIGN);
  cairo_line_to (cr, 0.85 * SIGN, -0.5 * SIGN);
  cairo_line_to (cr, -0.55 * SIGN, 0);
  cairo_close_path (cr);
  cairo_fill (cr);
}

static void
sign_condition (cairo_t *cr)
{
  /* an hourglass */
  cairo_move_to (cr, -0.65 * SIGN, -0.9 * SIGN);
  cairo_line_to (cr, 0.65 * SIGN, -0.9 * SIGN);
  cairo_line_to (cr, -0.65 * SIGN, 0.9 * SIGN);
  cairo_line_to (cr, 0.65 * SIGN, 0.9 * SIGN);
  cairo_close_path (cr);
  cairo_stroke_preserve (cr);
  cairo_fill (cr);
}

static void
sign_barrier (cairo_t *cr)
{
  /* arrows that end at a wall */
  cairo_rectangle (cr, 0.55 * SIGN, -SIGN, 0.3 * SIGN, 2 * SIGN);
  cairo_fill (cr);
  for (int i = -1; i <= 1; i++)
    {
      cairo_move_to (cr, -SIGN, i * 0.6 * SIGN);
      cairo_line_to (cr, 0.4 * SIGN, i * 0.6 * SIGN);
    }
  cairo_stroke (cr);
}

static void
sign_queue (cairo_t *cr, TelarObjectType type)
{
  /* what waits, one behind the other */
  for (int i = -1; i <= 1; i++)
    {
      cairo_rectangle (cr, i * 0.72 * SIGN - 0.28 * SIGN, -0.62 * SIGN, 0.56 * SIGN, 1.24 * SIGN);
      if (type == TELAR_OBJECT_SIMPLE_QUEUE || i == -1)
        cairo_stroke (cr);
      else
        cairo_fill (cr);
    }
  if (type == TELAR_OBJECT_JOINABLE_QUEUE)
    {
      cairo_move_to (cr, -SIGN, 1.05 * SIGN);
      cairo_line_to (cr, SIGN, 1.05 * SIGN);
      cairo_stroke (cr);
    }
}

static void
head (cairo_t *cr, double x, double y, double way)
{
  cairo_move_to (cr, x - way * 0.45 * SIGN, y - 0.32 * SIGN);
  cairo_line_to (cr, x, y);
  cairo_line_to (cr, x - way * 0.45 * SIGN, y + 0.32 * SIGN);
}

static void
sign_pipe (cairo_t *cr, gboolean duplex)
{
  double up = duplex ? -0.4 * SIGN : 0;

  cairo_move_to (cr, -SIGN, up);
  cairo_line_to (cr, SIGN, up);
  head (cr, SIGN, up, 1);
  if (duplex)
    {
      cairo_move_to (cr, SIGN, 0.4 * SIGN);
      cairo_line_to (cr, -SIGN, 0.4 * SIGN);
      head (cr, -SIGN, 0.4 * SIGN, -1);
    }
  cairo_stroke (cr);
}

static void
sign_value (cairo_t *cr, int cells)
{
  double size = 1.7 * SIGN / cells;

  for (int i = 0; i < cells; i++)
    for (int k = 0; k < cells; k++)
      {
        cairo_rectangle (cr, -0.85 * SIGN + i * size, -0.85 * SIGN + k * size, size, size);
        cairo_stroke (cr);
      }
  if (cells > 1)
    return;
  cairo_move_to (cr, -0.25 * SIGN, -0.25 * SIGN);
  cairo_line_to (cr, 0.05 * SIGN, -0.5 * SIGN);
  cairo_line_to (cr, 0.05 * SIGN, 0.5 * SIGN);
  cairo_stroke (cr);
}

static void
sign_memory (cairo_t *cr)
{
  /* bytes in a row, some of them written */
  const double width = 2.1 * SIGN / 5;

  for (int i = 0; i < 5; i++)
    {
      cairo_rectangle (cr, -1.05 * SIGN + i * width, -0.5 * SIGN, width, SIGN);
      if (i == 1 || i == 2)
        cairo_fill_preserve (cr);
      cairo_stroke (cr);
    }
}

static void
sign_list (cairo_t *cr)
{
  /* a line for each item */
  for (int i = -1; i <= 1; i++)
    {
      cairo_new_sub_path (cr);
      cairo_arc (cr, -0.8 * SIGN, i * 0.65 * SIGN, 0.16 * SIGN, 0, 2 * G_PI);
      cairo_fill (cr);
      cairo_move_to (cr, -0.4 * SIGN, i * 0.65 * SIGN);
      cairo_line_to (cr, 0.95 * SIGN, i * 0.65 * SIGN);
      cairo_stroke (cr);
    }
}

static void
sign_dictionary (cairo_t *cr)
{
  /* a key, and what is found by it */
  for (int i = -1; i <= 1; i++)
    {
      cairo_rectangle (cr, -SIGN, i * 0.68 * SIGN - 0.22 * SIGN, 0.5 * SIGN, 0.44 * SIGN);
      cairo_fill (cr);
      cairo_rectangle (cr, -0.25 * SIGN, i * 0.68 * SIGN - 0.22 * SIGN, 1.25 * SIGN, 0.44 * SIGN);
      cairo_stroke (cr);
    }
}

static void
sign_pool (cairo_t *cr)
{
  /* lanes, each with what it is busy with */
  static const struct { double from, to; } bars[] = { { -1, 0.1 }, { -0.4, 1 }, { -1, -0.3 } };

  for (int i = 0; i < 3; i++)
    {
      double y = (i - 1) * 0.68 * SIGN;

      cairo_rectangle (cr, bars[i].from * SIGN, y - 0.24 * SIGN,
                       (bars[i].to - bars[i].from) * SIGN, 0.48 * SIGN);
      cairo_fill (cr);
      cairo_move_to (cr, -SIGN, y);
      cairo_line_to (cr, SIGN, y);
      cairo_stroke (cr);
    }
}

/* Around (0, 0). */
static void
paint_sign (cairo_t *cr, const TelarObject *object)
{
  cairo_new_path (cr);
  switch (object->type)
    {
    case TELAR_OBJECT_LOCK:
    case TELAR_OBJECT_RLOCK:
      sign_lock (cr, object->type == TELAR_OBJECT_RLOCK);
      break;
    case TELAR_OBJECT_SEMAPHORE:
    case TELAR_OBJECT_BOUNDED_SEMAPHORE:
      sign_semaphore (cr, object->type == TELAR_OBJECT_BOUNDED_SEMAPHORE);
      break;
    case TELAR_OBJECT_EVENT:
      sign_event (cr);
      break;
    case TELAR_OBJECT_CONDITION:
      sign_condition (cr);
      break;
    case TELAR_OBJECT_BARRIER:
      sign_barrier (cr);
      break;
    case TELAR_OBJECT_QUEUE:
    case TELAR_OBJECT_JOINABLE_QUEUE:
    case TELAR_OBJECT_SIMPLE_QUEUE:
      sign_queue (cr, object->type);
      break;
    case TELAR_OBJECT_PIPE:
      sign_pipe (cr, telar_object_number (object, "duplex") != 0);
      break;
    case TELAR_OBJECT_SHARED_MEMORY:
      sign_memory (cr);
      break;
    case TELAR_OBJECT_LIST:
      sign_list (cr);
      break;
    case TELAR_OBJECT_DICTIONARY:
      sign_dictionary (cr);
      break;
    case TELAR_OBJECT_POOL:
      sign_pool (cr);
      break;
    default:
      sign_value (cr, object->type == TELAR_OBJECT_VALUE ? 1 : 2);
    }
}

void
telar_paint_object_sign (cairo_t *cr, TelarObjectType type, double x, double y, double size)
{
  g_autoptr (TelarObject) object = telar_object_new ("", type);

  cairo_save (cr);
  cairo_translate (cr, x, y);
  cairo_scale (cr, size / (2.4 * SIGN), size / (2.4 * SIGN));
  cairo_set_line_width (cr, 1.6);
  paint_sign (cr, object);
  cairo_restore (cr);
}

/* ---- nodes ---------------------------------------------------------------- */

static gboolean
is_selected (const TelarGraphPainter *painter, guint object)
{
  return painter->show->object_marks != NULL
         && (painter->show->object_marks[object] & TELAR_GRAPH_SELECTED) != 0;
}

static gboolean
is_hovered (const TelarGraphPainter *painter, guint object)
{
  return painter->show->object_marks != NULL
         && (painter->show->object_marks[object] & TELAR_GRAPH_HOVER) != 0;
}

void
telar_paint_graph_object (TelarGraphPainter *painter, guint number)
{
  const TelarObject *object = g_ptr_array_index (painter->layout->graph->objects, number);
  const TelarGraphBox *box = &painter->layout->objects[number];
  const TelarTheme *theme = painter->theme;
  Family family = family_of (object->type);
  cairo_t *cr = painter->cr;
  double middle = TELAR_GRAPH_OBJECT_HEIGHT / 2;
  double room = box->width - TEXT_AT - (family == FAMILY_QUEUE ? 2 * CUT : CUT);

  if (!telar_graph_sees (painter, box))
    return;
  cairo_save (cr);
  cairo_translate (cr, telar_graph_x (painter, box->x), telar_graph_y (painter, box->y));
  cairo_scale (cr, painter->scale, painter->scale);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  outline (cr, family, box->width, box->height, 0);
  telar_color_set (cr, theme->panel);
  cairo_fill_preserve (cr);
  telar_color_set (cr, is_hovered (painter, number) ? theme->text : theme->port);
  cairo_set_line_width (cr, is_hovered (painter, number) ? 1.8 : 1.3);
  cairo_stroke (cr);
  if (!painter->small)
    {
      inner_lines (cr, family, box->width, box->height);
      cairo_translate (cr, SIGN_AT, middle);
      telar_color_set (cr, theme->text);
      cairo_set_line_width (cr, 1.5);
      paint_sign (cr, object);
      cairo_translate (cr, -SIGN_AT, -middle);
    }
  if (is_selected (painter, number))
    {
      outline (cr, family, box->width, box->height, RING);
      telar_color_set (cr, theme->accent);
      cairo_set_line_width (cr, 2);
      cairo_stroke (cr);
    }
  cairo_restore (cr);
  if (family == FAMILY_POOL)
    {
      telar_paint_graph_pool (painter, number);
      return;
    }
  if (painter->small)
    return;
  telar_graph_draw_text (painter, object->id, box->x + TEXT_AT, box->y + 20, 13.5, TELAR_TEXT_BOLD,
                         room, theme->text);
  telar_graph_draw_text (painter, telar_object_type_name (object->type), box->x + TEXT_AT,
                         box->y + 37, TELAR_GRAPH_SMALL_SIZE, TELAR_TEXT_NORMAL, room, theme->dim);
}

/* A ring at the lock's end: the condition hangs on it. */
void
telar_paint_graph_bonds (TelarGraphPainter *painter)
{
  double unit = MAX (painter->scale, 0.5), dots[] = { 0, 4 * unit };
  cairo_t *cr = painter->cr;

  for (guint i = 0; i < painter->layout->bonds->len; i++)
    {
      const TelarGraphBond *bond = &g_array_index (painter->layout->bonds, TelarGraphBond, i);
      gboolean lit = is_selected (painter, bond->from) || is_selected (painter, bond->to);
      TelarGraphPoint from, to;
      double x, y;

      telar_graph_bond_ends (painter->layout, i, &from, &to);
      x = telar_graph_x (painter, to.x);
      y = telar_graph_y (painter, to.y);
      telar_color_set (cr, lit ? painter->theme->accent : painter->theme->port);
      cairo_set_line_width (cr, 2 * unit);
      cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
      cairo_set_dash (cr, dots, G_N_ELEMENTS (dots), 0);
      cairo_move_to (cr, telar_graph_x (painter, from.x), telar_graph_y (painter, from.y));
      cairo_line_to (cr, x, y);
      cairo_stroke (cr);
      cairo_set_line_cap (cr, CAIRO_LINE_CAP_BUTT);
      cairo_set_dash (cr, NULL, 0, 0);
      cairo_new_sub_path (cr);
      cairo_arc (cr, x, y, 3.5 * unit, 0, 2 * G_PI);
      cairo_set_line_width (cr, 1.5 * unit);
      cairo_stroke (cr);
    }
}

/* Which way things go, in the middle of a curve. */
static void
paint_way (cairo_t *cr, const TelarGraphPoint p[4], gboolean back, double size)
{
  double dx = p[3].x + p[2].x - p[1].x - p[0].x, dy = p[3].y + p[2].y - p[1].y - p[0].y;
  double angle = back ? atan2 (-dy, -dx) : atan2 (dy, dx);
  double x = (p[0].x + 3 * p[1].x + 3 * p[2].x + p[3].x) / 8;
  double y = (p[0].y + 3 * p[1].y + 3 * p[2].y + p[3].y) / 8;

  cairo_set_dash (cr, NULL, 0, 0);
  cairo_move_to (cr, x - size * cos (angle - 0.6), y - size * sin (angle - 0.6));
  cairo_line_to (cr, x, y);
  cairo_line_to (cr, x - size * cos (angle + 0.6), y - size * sin (angle + 0.6));
  cairo_stroke (cr);
}

void
telar_paint_graph_references (TelarGraphPainter *painter)
{
  static const double dashes[] = { 4, 3 };
  cairo_t *cr = painter->cr;

  for (guint i = 0; i < painter->layout->references->len; i++)
    {
      const TelarGraphReference *reference
          = &g_array_index (painter->layout->references, TelarGraphReference, i);
      gboolean lit = is_selected (painter, reference->object)
                     || (telar_graph_marks (painter, reference->task) & TELAR_GRAPH_SELECTED) != 0;
      TelarGraphPoint p[4];

      if ((painter->floating != NULL && painter->floating[reference->task]) != painter->floats)
        continue;
      telar_graph_reference_line (painter->layout, i, p);
      for (guint k = 0; k < 4; k++)
        p[k] = (TelarGraphPoint){ telar_graph_x (painter, p[k].x),
                                  telar_graph_y (painter, p[k].y) };
      telar_color_set (cr, lit ? painter->theme->accent : painter->theme->port);
      cairo_set_line_width (cr, lit ? 1.6 : 1);
      cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0);
      cairo_move_to (cr, p[0].x, p[0].y);
      cairo_curve_to (cr, p[1].x, p[1].y, p[2].x, p[2].y, p[3].x, p[3].y);
      cairo_stroke (cr);
      if (reference->flow != TELAR_GRAPH_FLOWS_NOT)
        paint_way (cr, p, reference->flow == TELAR_GRAPH_FLOWS_OUT, 6 * painter->scale);
    }
  cairo_set_dash (cr, NULL, 0, 0);
}

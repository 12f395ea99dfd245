/* graph-picture.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Frames, then edges, then boxes. Everything is scaled by hand rather than by
 * cairo, so that text is shaped at the size at which it is seen.
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "paint/graph-private.h"
#include "paint/paint-private.h"

#define ID_SIZE    15
#define CALL_SIZE  12.5
#define SMALL_SIZE 11.5
#define DOT_GAP    24
#define LEGIBLE    4.5 /* smaller text is not drawn */

gboolean
telar_graph_sees (const TelarGraphPainter *painter, const TelarGraphBox *box)
{
  double reach = 12 * painter->scale;

  return telar_graph_x (painter, box->x + box->width) > -reach
         && telar_graph_x (painter, box->x) < painter->view->width + reach
         && telar_graph_y (painter, box->y + box->height) > -reach
         && telar_graph_y (painter, box->y) < painter->view->height + reach;
}

const TelarGraphBox *
telar_graph_box (const TelarGraphPainter *painter, guint box)
{
  return &g_array_index (painter->layout->boxes, TelarGraphBox, box);
}

static void
draw_text (TelarGraphPainter *painter, const char *text, double x, double baseline, double size,
           TelarTextFlags flags, double max_width, TelarColor color)
{
  if (size * painter->scale >= LEGIBLE && max_width > 0)
    telar_text_draw (painter->cr, &painter->text, text, telar_graph_x (painter, x),
                     telar_graph_y (painter, baseline), size * painter->scale, flags,
                     max_width * painter->scale, color);
}

/* As wide as it will be, in the layout's units. */
static double
text_width (TelarGraphPainter *painter, const char *text, double size, TelarTextFlags flags)
{
  if (size * painter->scale < LEGIBLE)
    return 0;
  return telar_text_width (&painter->text, text, size * painter->scale, flags) / painter->scale;
}

/* With its right end at @x; cut where it has less than its width. */
static void
draw_text_right (TelarGraphPainter *painter, const char *text, double x, double baseline,
                 double size, TelarTextFlags flags, double max_width, TelarColor color)
{
  double width = text_width (painter, text, size, flags);

  if (width > 0)
    draw_text (painter, text, x - MIN (width, max_width), baseline, size, flags,
               MAX (max_width, 0), color);
}

static void
round_box (TelarGraphPainter *painter, double x, double y, double width, double height,
           double radius)
{
  telar_paint_round (painter->cr, telar_graph_x (painter, x), telar_graph_y (painter, y),
                     width * painter->scale, height * painter->scale, radius * painter->scale);
}

/* A dot grid, as paper for what will be moved about. */
static void
paint_ground (TelarGraphPainter *painter)
{
  cairo_t *cr = painter->cr;
  double gap = round (DOT_GAP * painter->scale);
  TelarFill paper = { .base = painter->theme->background, .ink = painter->theme->dot,
                      .pattern = TELAR_PATTERN_PAPER };

  if (gap < 8 || painter->vector)
    paper.pattern = TELAR_PATTERN_PLAIN;
  cairo_rectangle (cr, 0, 0, painter->view->width, painter->view->height);
  telar_fill_path (cr, &paper, gap, fmod (painter->x, gap), fmod (painter->y, gap));
}

static const char *
get_call (const TelarGraphPainter *painter, const TelarPlanTask *task)
{
  return task->n_steps > 0
           ? telar_plan_text (painter->plan,
                              telar_plan_step (painter->plan, task->first_step)->text)
           : "";
}

/* "square([43, 50, …])", and that more steps follow. */
static char *
describe_calls (const TelarGraphPainter *painter, const TelarPlanTask *task)
{
  const char *first = get_call (painter, task);

  if (task->n_steps < 2 && task->repeat < 2)
    return g_strdup (first);
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s … %u step", "%s … %u steps",
                                       task->n_steps * task->repeat),
                          first, task->n_steps * task->repeat);
}

/* "w" of copies "w.1", "w.2"…. */
static char *
get_id (const TelarGraphPainter *painter, const TelarGraphBox *box)
{
  const char *id = telar_plan_text (painter->plan, telar_plan_task (painter->plan, box->task)->id);
  const char *dot = g_strrstr (id, ".");

  if (box->n_copies > 1 && dot != NULL && dot > id)
    return g_strndup (id, dot - id);
  return g_strdup (id);
}

/* Copies in each copy of the frame: what the graph says. */
guint
telar_graph_copies (const TelarGraphPainter *painter, const TelarGraphBox *box)
{
  guint of_frame = box->parent == G_MAXUINT ? 1 : telar_graph_box (painter, box->parent)->n_copies;

  return MAX (1, box->n_copies / MAX (1, of_frame));
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

static void
paint_port (TelarGraphPainter *painter, double x, double y)
{
  cairo_arc (painter->cr, telar_graph_x (painter, x), telar_graph_y (painter, y),
             4.5 * painter->scale, 0, 2 * G_PI);
  telar_color_set (painter->cr, painter->theme->background);
  cairo_fill_preserve (painter->cr);
  telar_color_set (painter->cr, painter->theme->port);
  cairo_set_line_width (painter->cr, 1.5 * painter->scale);
  cairo_stroke (painter->cr);
}

static void
paint_main_frame (TelarGraphPainter *painter, const TelarGraphBox *box)
{
  const TelarPlanTask *task = telar_plan_task (painter->plan, box->task);
  cairo_t *cr = painter->cr;
  TelarMood mood;
  g_autofree char *state = telar_graph_state (painter->timeline, box, &mood);
  g_autofree char *calls = describe_calls (painter, task);
  const char *id = telar_plan_text (painter->plan, task->id);
  double id_width = text_width (painter, id, 14, TELAR_TEXT_BOLD);
  double x = box->x + 18, right = box->x + box->width - 18, width;

  round_box (painter, box->x, box->y, box->width, box->height, 12);
  telar_color_set (cr, painter->view->selected == box->task
                           ? painter->theme->text
                           : telar_palette_fill (&painter->palette, TELAR_MAIN, NULL).edge);
  cairo_set_line_width (cr, 1.6 * painter->scale);
  cairo_stroke (cr);

  /* Text on the frame's line, on a plate. */
  width =
      id_width + (*calls != '\0' ? text_width (painter, calls, CALL_SIZE, TELAR_TEXT_MONO) + 8 : 0);
  width = MIN (width, box->width - 60);
  if (id_width <= 0)
    return;
  telar_color_set (cr, painter->theme->background);
  cairo_rectangle (cr, telar_graph_x (painter, x - 6), telar_graph_y (painter, box->y - 9),
                   (width + 12) * painter->scale, 18 * painter->scale);
  cairo_fill (cr);
  draw_text (painter, id, x, box->y + 5, 14, TELAR_TEXT_BOLD, 0.1 + width, painter->theme->text);
  if (*calls != '\0')
    draw_text (painter, calls, x + id_width + 8, box->y + 4.5, CALL_SIZE, TELAR_TEXT_MONO,
               width - id_width - 8, painter->theme->text);

  width = MIN (text_width (painter, state, SMALL_SIZE, TELAR_TEXT_NORMAL),
               right - x - width - 24);
  if (*state == '\0' || width < 30)
    return;
  telar_color_set (cr, painter->theme->background);
  cairo_rectangle (cr, telar_graph_x (painter, right - width - 6),
                   telar_graph_y (painter, box->y - 9), (width + 12) * painter->scale,
                   18 * painter->scale);
  cairo_fill (cr);
  draw_text_right (painter, state, right, box->y + 4, SMALL_SIZE,
                   mood == TELAR_MOOD_QUIET ? TELAR_TEXT_NORMAL : TELAR_TEXT_BOLD, width + 0.5,
                   mood_color (painter, mood));
}

static void
paint_stack (TelarGraphPainter *painter, const TelarGraphBox *box, const TelarFill *fill,
             double radius)
{
  if (telar_graph_copies (painter, box) < 2)
    return;
  for (int i = 2; i > 0; i--)
    {
      round_box (painter, box->x + i * TELAR_GRAPH_STACK, box->y + i * TELAR_GRAPH_STACK,
                 box->width, box->height, radius);
      telar_color_set (painter->cr, painter->theme->background);
      cairo_fill_preserve (painter->cr);
      telar_color_set (painter->cr, fill->edge);
      cairo_set_line_width (painter->cr, 1.4 * painter->scale);
      cairo_stroke (painter->cr);
    }
}

/* "×8" behind the id. Returns: x behind both. */
static double
paint_id (TelarGraphPainter *painter, const TelarGraphBox *box, double x, double baseline,
          double max_width)
{
  g_autofree char *id = get_id (painter, box);
  guint copies = telar_graph_copies (painter, box);
  g_autofree char *times = copies > 1 ? g_strdup_printf ("×%u", copies) : NULL;
  double room = times != NULL
                  ? max_width - text_width (painter, times, ID_SIZE - 1, TELAR_TEXT_NORMAL) - 5
                  : max_width;
  double width = MIN (text_width (painter, id, ID_SIZE, TELAR_TEXT_BOLD), room);

  draw_text (painter, id, x, baseline, ID_SIZE, TELAR_TEXT_BOLD, room + 0.5, painter->theme->text);
  x += width;
  if (times != NULL)
    {
      draw_text (painter, times, x + 5, baseline, ID_SIZE - 1, TELAR_TEXT_NORMAL, max_width,
                 painter->theme->dim);
      x += 5 + text_width (painter, times, ID_SIZE - 1, TELAR_TEXT_NORMAL);
    }
  return x;
}

static void
outline (TelarGraphPainter *painter, const TelarGraphBox *box, const TelarFill *fill, double radius)
{
  gboolean selected = painter->view->selected >= box->task
                      && painter->view->selected - box->task < box->n_copies;

  round_box (painter, box->x, box->y, box->width, box->height, radius);
  telar_color_set (painter->cr, fill->edge);
  cairo_set_line_width (painter->cr, 2.4 * painter->scale);
  cairo_stroke (painter->cr);
  if (selected)
    {
      round_box (painter, box->x - 4, box->y - 4, box->width + 8, box->height + 8, radius + 4);
      telar_color_set (painter->cr, painter->theme->text);
      cairo_set_line_width (painter->cr, 2 * painter->scale);
      cairo_stroke (painter->cr);
    }
}

static void
paint_frame (TelarGraphPainter *painter, const TelarGraphBox *box)
{
  const TelarPlanTask *task = telar_plan_task (painter->plan, box->task);
  TelarFill fill = telar_palette_fill (&painter->palette, box->task, NULL);
  TelarMood mood;
  g_autofree char *state = telar_graph_state (painter->timeline, box, &mood);
  g_autofree char *calls = describe_calls (painter, task);
  g_autofree char *right = NULL;
  TelarTextFlags weight = mood == TELAR_MOOD_QUIET ? TELAR_TEXT_NORMAL : TELAR_TEXT_BOLD;
  double x = box->x + 14, end = box->x + box->width - 12, width, room;

  paint_stack (painter, box, &fill, 10);
  round_box (painter, box->x, box->y, box->width, box->height, 10);
  telar_color_set (painter->cr, telar_color_mix (painter->theme->background, fill.base, 0.07));
  cairo_fill (painter->cr);
  outline (painter, box, &fill, 10);

  x = paint_id (painter, box, x, box->y + 25, box->width * 0.4) + 12;
  right = *state != '\0' ? g_strdup_printf ("%s · %s", telar_graph_kind_name (task->kind), state)
                         : g_strdup (telar_graph_kind_name (task->kind));
  room = MAX ((end - x) * 0.62,
              end - x - 12 - text_width (painter, calls, CALL_SIZE, TELAR_TEXT_MONO));
  /* Only processes hold tasks: rather no kind than half a state. */
  if (*state != '\0' && text_width (painter, right, SMALL_SIZE, weight) > room)
    {
      g_free (right);
      right = g_strdup (state);
    }
  width = MIN (text_width (painter, right, SMALL_SIZE, weight), room);
  draw_text_right (painter, right, end, box->y + 24, SMALL_SIZE, weight, width + 0.5,
                   mood_color (painter, mood));
  draw_text (painter, calls, x, box->y + 25, CALL_SIZE, TELAR_TEXT_MONO, end - x - width - 12,
             telar_color_mix (painter->theme->text, painter->theme->dim, 0.3));
}

/* Too small for text: a rectangle in a rectangle, on whole pixels, is enough
 * and a hundred times as fast. */
static void
paint_small_box (TelarGraphPainter *painter, const TelarGraphBox *box)
{
  TelarFill fill = telar_palette_fill (&painter->palette, box->task, NULL);
  cairo_t *cr = painter->cr;
  double x0 = floor (telar_graph_x (painter, box->x)),
         x1 = floor (telar_graph_x (painter, box->x + box->width));
  double y0 = floor (telar_graph_y (painter, box->y)),
         y1 = floor (telar_graph_y (painter, box->y + box->height));
  double strip = MAX (floor (11 * painter->scale), 1);

  telar_color_set (cr, fill.edge);
  cairo_rectangle (cr, x0, y0, MAX (x1 - x0, 1), MAX (y1 - y0, 1));
  cairo_fill (cr);
  if (x1 - x0 < strip + 4 || y1 - y0 < 4)
    return;
  telar_color_set (cr, painter->theme->background);
  cairo_rectangle (cr, x0 + strip + 1, y0 + 1, x1 - x0 - strip - 2, y1 - y0 - 2);
  cairo_fill (cr);
}

/* The left end of a box with round corners. */
static void
edge_path (TelarGraphPainter *painter, const TelarGraphBox *box, double width, double radius)
{
  cairo_t *cr = painter->cr;
  double x = telar_graph_x (painter, box->x), y = telar_graph_y (painter, box->y);
  double w = width * painter->scale, h = box->height * painter->scale, r = radius * painter->scale;

  cairo_new_sub_path (cr);
  cairo_move_to (cr, x + w, y);
  cairo_line_to (cr, x + w, y + h);
  cairo_arc (cr, x + r, y + h - r, r, G_PI / 2, G_PI);
  cairo_arc (cr, x + r, y + r, r, G_PI, 3 * G_PI / 2);
  cairo_close_path (cr);
}

static void
paint_box (TelarGraphPainter *painter, const TelarGraphBox *box)
{
  const TelarPlanTask *task = telar_plan_task (painter->plan, box->task);
  TelarFill fill = telar_palette_fill (&painter->palette, box->task, NULL);
  const char *kind = telar_graph_kind_name (task->kind);
  TelarMood mood;
  g_autofree char *state = telar_graph_state (painter->timeline, box, &mood);
  g_autofree char *calls = describe_calls (painter, task);
  cairo_t *cr = painter->cr;
  double x = box->x + 22, end = box->x + box->width - 10, kind_width;

  paint_stack (painter, box, &fill, 8);
  round_box (painter, box->x, box->y, box->width, box->height, 8);
  telar_color_set (cr, painter->theme->background);
  cairo_fill (cr);

  edge_path (painter, box, 11, 8);
  telar_fill_path (cr, &fill, 8 * painter->scale, telar_graph_x (painter, box->x),
                   telar_graph_y (painter, box->y));
  outline (painter, box, &fill, 8);

  kind_width = text_width (painter, kind, SMALL_SIZE, TELAR_TEXT_NORMAL);
  draw_text_right (painter, kind, end, box->y + 23, SMALL_SIZE, TELAR_TEXT_NORMAL,
                   box->width / 2, painter->theme->dim);
  paint_id (painter, box, x, box->y + 24, end - x - kind_width - 8);
  draw_text (painter, calls, x, box->y + 45, CALL_SIZE, TELAR_TEXT_MONO, end - x,
             telar_color_mix (painter->theme->text, painter->theme->dim, 0.3));
  draw_text_right (painter, state, end, box->y + 66, SMALL_SIZE,
                   mood == TELAR_MOOD_QUIET ? TELAR_TEXT_NORMAL : TELAR_TEXT_BOLD, end - x + 8,
                   mood_color (painter, mood));
}

/* Ports that an edge uses; others would only be clutter where nothing can be drawn. */
static void
paint_ports (TelarGraphPainter *painter)
{
  if (painter->small)
    return;
  for (guint i = 0; i < painter->layout->boxes->len; i++)
    {
      const TelarGraphBox *box = telar_graph_box (painter, i);
      double stack = telar_graph_copies (painter, box) > 1 ? 2 * TELAR_GRAPH_STACK : 0;

      if (box->parent == G_MAXUINT || !telar_graph_sees (painter, box))
        continue;
      paint_port (painter, box->x, box->y + box->height / 2);
      paint_port (painter, box->x + box->width + stack, box->y + box->height / 2);
    }
}

void
telar_paint_graph (cairo_t *cr, const TelarGraphLayout *layout, const TelarTimeline *timeline,
                   const TelarView *view, double x, double y, double scale)
{
  TelarGraphPainter painter = {
    .cr = cr,
    .layout = layout,
    .plan = g_bytes_get_data (layout->plan_bytes, NULL),
    .timeline = timeline,
    .view = view,
    .theme = telar_theme_get (view->style),
    .text = { .family = view->font, .vector = telar_is_vector (cr) },
    .vector = telar_is_vector (cr),
    .small = SMALL_SIZE * scale < LEGIBLE && !telar_is_vector (cr),
    .x = x,
    .y = y,
    .scale = scale,
  };

  g_return_if_fail (scale > 0);

  telar_palette_init (&painter.palette, painter.plan, view->style);
  cairo_save (cr);
  cairo_rectangle (cr, 0, 0, view->width, view->height);
  cairo_clip (cr);
  cairo_new_path (cr);
  paint_ground (&painter);
  for (guint i = 0; i < layout->boxes->len; i++)
    {
      const TelarGraphBox *box = telar_graph_box (&painter, i);

      if (!box->frame || !telar_graph_sees (&painter, box))
        continue;
      if (box->parent == G_MAXUINT)
        paint_main_frame (&painter, box);
      else
        paint_frame (&painter, box);
    }
  telar_paint_edges (&painter, FALSE);
  for (guint i = 0; i < layout->boxes->len; i++)
    {
      const TelarGraphBox *box = telar_graph_box (&painter, i);

      if (box->frame || !telar_graph_sees (&painter, box))
        continue;
      if (painter.small)
        paint_small_box (&painter, box);
      else
        paint_box (&painter, box);
    }
  paint_ports (&painter);
  telar_paint_edges (&painter, TRUE);
  cairo_restore (cr);
  telar_palette_clear (&painter.palette);
}

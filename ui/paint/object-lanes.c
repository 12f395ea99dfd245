/* object-lanes.c
 *
 * SPDX-License-Identifier: MIT
 *
 * An object as a lane of its own: how full it is, as steps over time, under the
 * line at which it is full.
 */

#include "config.h"

#include <inttypes.h>

#include <glib/gi18n-lib.h>

#include "paint/paint-private.h"

gboolean
telar_object_has_lane (const TelarObjectLane *object)
{
  switch ((TelarObjectType) object->type)
    {
    case TELAR_OBJECT_SEMAPHORE:
    case TELAR_OBJECT_BOUNDED_SEMAPHORE:
    case TELAR_OBJECT_EVENT:
    case TELAR_OBJECT_BARRIER:
    case TELAR_OBJECT_QUEUE:
    case TELAR_OBJECT_JOINABLE_QUEUE:
    case TELAR_OBJECT_SIMPLE_QUEUE:
    case TELAR_OBJECT_PIPE:
    case TELAR_OBJECT_LIST:
    case TELAR_OBJECT_DICTIONARY:
      return TRUE;
    case TELAR_OBJECT_VALUE:
    case TELAR_OBJECT_ARRAY:
      return object->asked > 0;
    default:
      return FALSE;
    }
}

const char *
telar_object_type_words (guint8 type)
{
  switch ((TelarObjectType) type)
    {
    case TELAR_OBJECT_LOCK:
    case TELAR_OBJECT_RLOCK:
      return _("lock");
    case TELAR_OBJECT_SEMAPHORE:
    case TELAR_OBJECT_BOUNDED_SEMAPHORE:
      return _("semaphore");
    case TELAR_OBJECT_EVENT:
      return _("event");
    case TELAR_OBJECT_CONDITION:
      return _("condition");
    case TELAR_OBJECT_BARRIER:
      return _("barrier");
    case TELAR_OBJECT_QUEUE:
    case TELAR_OBJECT_JOINABLE_QUEUE:
    case TELAR_OBJECT_SIMPLE_QUEUE:
      return _("queue");
    case TELAR_OBJECT_PIPE:
      return _("pipe");
    case TELAR_OBJECT_VALUE:
      return _("value");
    case TELAR_OBJECT_ARRAY:
      return _("array");
    case TELAR_OBJECT_SHARED_MEMORY:
      return _("memory");
    case TELAR_OBJECT_LIST:
      return _("list");
    case TELAR_OBJECT_DICTIONARY:
      return _("dictionary");
    default:
      return _("object");
    }
}

char *
telar_object_note (const TelarTimeline *timeline, const TelarObjectLane *object)
{
  if (object->asked > 0)
    return object->lost > 0
             ? g_strdup_printf (_("%" PRIi64 " of %" PRIu64 " increments lost"), object->lost,
                                object->asked)
             : g_strdup_printf (_("%" PRIu64 " increments, none lost"), object->asked);
  if (object->type == TELAR_OBJECT_EVENT)
    return g_strdup (telar_object_level (object, timeline->now) > 0 ? _("set") : _("not set"));
  if (object->type == TELAR_OBJECT_BARRIER)
    return g_strdup_printf (_("%" PRIi64 " parties"), object->full);
  if (object->full > 0)
    return g_strdup_printf (_("%" PRIi64 " of %" PRIi64 " at most"), object->highest,
                            object->full);
  return g_strdup_printf (_("%" PRIi64 " at most"), object->highest);
}

/* What is at the top of the lane. */
static gint64
find_top (const TelarObjectLane *object)
{
  return MAX (MAX (object->highest, object->full), MAX (object->first, 1));
}

typedef struct
{
  const TelarRow *row;
  gint64          top;    /* level at the top of the lane; none is drawn above it */
  double          per_level;
  TelarFill       fill;
  GArray         *edge;   /* cairo_rectangle_t: x, y, and where it goes on to */
  guint           first;  /* change of level that may be in sight */
  double          end;    /* x up to which something is known */
} Steps;

static double
y_of (const Steps *steps, gint64 level)
{
  return steps->row->bar_y + steps->row->bar_height
         - (double) CLAMP (level, 0, steps->top) * steps->per_level;
}

/* The highest of what changes within a column stands for it. */
static void
add_step (Steps *steps, double x0, double x1, gint64 level)
{
  cairo_rectangle_t *last = steps->edge->len > 0
                              ? &g_array_index (steps->edge, cairo_rectangle_t,
                                                steps->edge->len - 1)
                              : NULL;
  double y = y_of (steps, level);

  if (x1 <= x0)
    return;
  if (last != NULL && (last->width - last->x < 1 && x1 - last->x <= 1))
    {
      last->width = x1;
      last->y = MIN (last->y, y);
      return;
    }
  g_array_append_val (steps->edge, ((cairo_rectangle_t) { x0, y, x1, 0 }));
}

static void
paint_steps (TelarPainter *painter, const Steps *steps)
{
  cairo_t *cr = painter->cr;
  double base = steps->row->bar_y + steps->row->bar_height;

  for (guint i = 0; i < steps->edge->len; i++)
    {
      const cairo_rectangle_t *step = &g_array_index (steps->edge, cairo_rectangle_t, i);

      if (base - step->y > 0.01)
        cairo_rectangle (cr, step->x, step->y, step->width - step->x, base - step->y);
    }
  telar_color_set (cr, telar_color_mix (steps->fill.base, painter->theme->background, 0.55));
  cairo_fill (cr);
  for (guint i = 0; i < steps->edge->len; i++)
    {
      const cairo_rectangle_t *step = &g_array_index (steps->edge, cairo_rectangle_t, i);

      if (i == 0)
        cairo_move_to (cr, step->x, step->y);
      cairo_line_to (cr, step->x, step->y);
      cairo_line_to (cr, step->width, step->y);
    }
  telar_color_set (cr, steps->fill.edge);
  cairo_set_line_width (cr, 1.4 * painter->unit);
  cairo_stroke (cr);
}

/* The level in figures, where its step is long enough to read them. */
static void
paint_figures (TelarPainter *painter, const Steps *steps, const TelarObjectLane *object)
{
  double unit = painter->unit, size = MIN (10 * unit, steps->row->bar_height * 0.5);

  for (guint i = steps->first; i <= object->levels->len && size >= 6 * unit; i++)
    {
      const TelarLevel *levels = (const TelarLevel *) (const void *) object->levels->data;
      gint64 level = i == 0 ? object->first : levels[i - 1].level;
      double x0 = MAX (telar_lanes_x (&painter->lanes, i == 0 ? 0 : (double) levels[i - 1].ns),
                       painter->lanes.left);
      double x1 = i < object->levels->len ? telar_lanes_x (&painter->lanes, (double) levels[i].ns)
                                          : steps->end;
      g_autofree char *text = NULL;
      double y = y_of (steps, level);

      if (x0 > painter->lanes.width)
        break;
      if (MIN (x1, painter->lanes.width) - x0 < 24 * unit)
        continue;
      text = g_strdup_printf ("%" PRIi64, level);
      /* Above the step, or under its line where there is no room above. */
      telar_text_draw (painter->cr, &painter->text, text, x0 + 5 * unit,
                       y - 3 * unit - size * 0.7 > steps->row->y ? y - 3 * unit
                                                                 : y + size + unit,
                       size, TELAR_TEXT_NORMAL, 0, painter->theme->text);
    }
}

static void
paint_full (TelarPainter *painter, const Steps *steps, gint64 full, double end)
{
  double y = floor (y_of (steps, full)) + 0.5;
  double dashes[] = { 6 * painter->unit, 3 * painter->unit };

  telar_color_set (painter->cr, painter->theme->mark);
  cairo_set_line_width (painter->cr, painter->unit);
  cairo_set_dash (painter->cr, dashes, 2, 0);
  cairo_move_to (painter->cr, painter->lanes.left, y);
  cairo_line_to (painter->cr, end, y);
  cairo_stroke (painter->cr);
  cairo_set_dash (painter->cr, NULL, 0, 0);
}

/* A value has no level: what it lost is its note. */
static void
paint_lost (TelarPainter *painter, const TelarRow *row, const TelarObjectLane *object)
{
  double size = MIN (13 * painter->unit, row->bar_height * 0.7);
  double x = painter->lanes.left + 8 * painter->unit, y = row->bar_y + row->bar_height / 2;
  g_autofree char *text = telar_object_note (painter->timeline, object);

  if (object->lost > 0)
    {
      telar_draw_fail (painter->cr, painter->theme, x + 8 * painter->unit, y,
                       telar_row_scale (row, painter->unit));
      x += 24 * painter->unit;
    }
  telar_text_draw (painter->cr, &painter->text, text, x, y + size * 0.36, size, TELAR_TEXT_BOLD,
                   painter->lanes.width - x,
                   object->lost > 0 ? painter->theme->fail : painter->theme->dim);
}

void
telar_paint_object (TelarPainter *painter, const TelarRow *row)
{
  const TelarObjectLane *object = telar_timeline_object (painter->timeline, row->number);
  const TelarLanes *lanes = &painter->lanes;
  Steps steps = {
    .row = row,
    .end = telar_lanes_x (lanes, (double) (painter->timeline->finished
                                             ? painter->timeline->wall
                                             : painter->timeline->now)),
  };
  double end = MIN (steps.end, lanes->width);
  double from = MAX (telar_lanes_x (lanes, 0), lanes->left);
  double left = telar_lanes_ns (lanes, lanes->left);
  gint64 level;

  if (object->asked > 0)
    {
      paint_lost (painter, row, object);
      return;
    }
  if (end <= from)
    return;
  steps.top = find_top (object);
  steps.per_level = row->bar_height / (double) steps.top;
  steps.fill = telar_object_fill (painter->theme, object->number);
  steps.edge = g_array_new (FALSE, FALSE, sizeof (cairo_rectangle_t));
  /* What is left of the lane leaves its level only. */
  steps.first = telar_levels_find (object, (gint64) floor (MAX (left, 0)) - 1);
  level = steps.first > 0 ? g_array_index (object->levels, TelarLevel, steps.first - 1).level
                          : object->first;
  for (guint i = steps.first; i < object->levels->len; i++)
    {
      const TelarLevel *next = &g_array_index (object->levels, TelarLevel, i);
      double x = telar_lanes_x (lanes, (double) next->ns);

      if (x > end)
        break;
      add_step (&steps, from, x, level);
      from = MAX (from, x);
      level = next->level;
    }
  add_step (&steps, from, end, level);
  paint_steps (painter, &steps);
  if (object->full > 0)
    paint_full (painter, &steps, object->full, end);
  if (!telar_row_is_tiny (row, painter->unit))
    paint_figures (painter, &steps, object);
  g_array_unref (steps.edge);
}

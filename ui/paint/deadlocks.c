/* deadlocks.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Where tasks wait for each other for ever: a line at the moment at which it
 * was recognised, with the tasks in it. Their waits are red; see waits.c.
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "paint/paint-private.h"

/* So many are named at the line; the pointer tells all. */
#define NAMED 5
#define REACH 4

const TelarDeadlock *
telar_deadlock_of (const TelarTimeline *timeline, guint32 task, gint64 begin, gint64 end)
{
  for (guint i = 0; i < timeline->deadlocks->len; i++)
    {
      const TelarDeadlock *deadlock = timeline->deadlocks->pdata[i];

      if (deadlock->found >= end && !(deadlock->found == end && deadlock->since < end))
        continue;
      if (deadlock->since >= end
          || (deadlock->resolved != TELAR_NO_TIME && deadlock->resolved <= begin)
          || deadlock->found < begin)
        continue;
      for (guint k = 0; k < deadlock->tasks->len; k++)
        if (g_array_index (deadlock->tasks, TelarDeadlockTask, k).task == task)
          return deadlock;
    }
  return NULL;
}

/* "deadlock: p1 → p2 → p1" for a cycle, else "deadlock: p1, p2". */
static char *
name_tasks (const TelarTimeline *timeline, const TelarDeadlock *deadlock)
{
  GString *text = g_string_new (_("deadlock: "));
  guint n = MIN (deadlock->tasks->len, NAMED);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (
        text, "%s%s", i == 0 ? "" : deadlock->cycle ? " → " : ", ",
        telar_timeline_task (timeline,
                             g_array_index (deadlock->tasks, TelarDeadlockTask, i).task)->id);
  if (n < deadlock->tasks->len)
    g_string_append (text, deadlock->cycle ? " → …" : "…");
  if (deadlock->cycle && n > 0)
    g_string_append_printf (
        text, " → %s",
        telar_timeline_task (timeline,
                             g_array_index (deadlock->tasks, TelarDeadlockTask, 0).task)->id);
  return g_string_free (text, FALSE);
}

void
telar_paint_deadlocks (TelarPainter *painter)
{
  const TelarTimeline *timeline = painter->timeline;
  const TelarLanes *lanes = &painter->lanes;
  cairo_t *cr = painter->cr;
  double unit = painter->unit, size = 11 * unit;
  double labelled = -1e9;

  for (guint i = 0; i < timeline->deadlocks->len; i++)
    {
      const TelarDeadlock *deadlock = timeline->deadlocks->pdata[i];
      double x = telar_lanes_x (lanes, (double) deadlock->found), width, at;
      g_autofree char *text = NULL;

      if (x < lanes->left || x > lanes->width || x - labelled < 2 * unit)
        continue;
      telar_color_set (cr, painter->theme->fail);
      cairo_set_line_width (cr, 1.6 * unit);
      cairo_move_to (cr, x, lanes->top);
      cairo_line_to (cr, x, lanes->bottom);
      cairo_stroke (cr);
      text = name_tasks (timeline, deadlock);
      width = telar_text_width (&painter->text, text, size, TELAR_TEXT_BOLD);
      /* Behind the line, or before it where the picture ends. */
      at = x + width + 18 * unit > lanes->width ? MAX (lanes->left, x - width - 12 * unit) : x;
      labelled = x;
      /* Below what is pinned, whose waits are to be read. */
      cairo_rectangle (cr, at, lanes->scroll_top, MIN (width + 12 * unit, lanes->width - at),
                       17 * unit);
      cairo_fill (cr);
      telar_text_draw (cr, &painter->text, text, at + 6 * unit, lanes->scroll_top + 12.5 * unit,
                       size, TELAR_TEXT_BOLD, lanes->width - at - 6 * unit, painter->theme->fail_text);
    }
}

gboolean
telar_hit_deadlock (const TelarLanes *lanes, const TelarTimeline *timeline, double x, double y,
                    TelarHit *hit)
{
  if (x < lanes->left || y < lanes->top || y >= lanes->bottom)
    return FALSE;
  for (guint i = 0; i < timeline->deadlocks->len; i++)
    {
      const TelarDeadlock *deadlock = timeline->deadlocks->pdata[i];
      double at = telar_lanes_x (lanes, (double) deadlock->found);

      if (fabs (x - at) > REACH * lanes->unit / 2)
        continue;
      hit->kind = TELAR_HIT_DEADLOCK;
      hit->number = i;
      hit->begin = deadlock->since;
      hit->end = deadlock->found;
      return TRUE;
    }
  return FALSE;
}

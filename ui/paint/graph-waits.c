/* graph-waits.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Who waits for whom, on top of everything: the circle of a deadlock that stands, or
 * that only the end of the run ended, and what a selected task waits for at the moment.
 * From a task to the object that it waits for, from there to the task that has it.
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "paint/graph-private.h"

#define MOST_THIN 16   /* arrows of waits that are no deadlock */
#define BEND      0.14 /* of the length, to the side: two that run against each other stay apart */
#define LEAST_BEND 14.0
#define HEAD      11.0
#define LABEL_HEIGHT 16.0
#define OTHER_WORDS 4 /* how much worse it is to cover words than a box */
#define MANY 8        /* arrows: of more, words are said where they cover nothing */
#define MOST_WORDS 48

/* ---- facts ---------------------------------------------------------------- */

static guint32
node_of_object (const TelarGraphLayout *layout, const TelarTimeline *timeline, guint32 object)
{
  int number;

  if (object >= timeline->objects->len)
    return TELAR_NOBODY;
  number = telar_graph_find_object (layout->graph, telar_timeline_object (timeline, object)->id);
  return number >= 0 ? layout->n_tasks + (guint32) number : TELAR_NOBODY;
}

/* A pool's workers are in its box. */
static guint32
node_of_task (const TelarGraphLayout *layout, const TelarTimeline *timeline, guint32 task)
{
  guint16 pool;

  if (task == TELAR_NO_TASK)
    return TELAR_NOBODY;
  pool = telar_plan_task (timeline->plan, task)->pool;
  return pool != 0 ? node_of_object (layout, timeline, pool - 1u)
                   : telar_graph_run_task (layout, timeline->plan, task);
}

/* What it does at the object, or at the task that it joins. */
static const char *
words_of (TelarCause cause, gboolean pool)
{
  if (pool)
    return cause == TELAR_CAUSE_DONE ? _("waits for results") : _("waits for work");
  switch (cause)
    {
    case TELAR_CAUSE_JOIN:
      return _("waits for its end");
    case TELAR_CAUSE_EVENT:
      return _("waits until it is set");
    case TELAR_CAUSE_CONDITION:
      return _("waits to be notified");
    case TELAR_CAUSE_BARRIER:
      return _("waits for the others");
    case TELAR_CAUSE_EMPTY:
      return _("waits for an item");
    case TELAR_CAUSE_FULL:
      return _("waits for room");
    case TELAR_CAUSE_DONE:
      return _("waits until all is done");
    case TELAR_CAUSE_FLUSH:
      return _("waits until all is taken");
    default:
      return _("waits for it");
    }
}

typedef struct
{
  GArray                 *waits;
  GHashTable             *drawn; /* set of both ends: each arrow once */
  const TelarGraphLayout *layout;
  const TelarTimeline    *timeline;
} Maker;

static void
add_wait (Maker *maker, guint32 from, guint32 to, const char *words, gboolean deadlock)
{
  TelarGraphWait wait = { .deadlock = deadlock, .from = from, .to = to, .words = words };
  gint64 *ends;

  if (from == TELAR_NOBODY || to == TELAR_NOBODY)
    return;
  ends = g_new (gint64, 1);
  *ends = (gint64) from << 32 | to;
  if (g_hash_table_add (maker->drawn, ends))
    g_array_append_val (maker->waits, wait);
}

/* @from: a node; @object: TELAR_NO_OBJECT for a join; @culprit: or TELAR_NO_TASK */
static void
add_both (Maker *maker, guint32 from, TelarCause cause, guint32 object, guint32 culprit,
          gboolean deadlock)
{
  const TelarTimeline *timeline = maker->timeline;
  guint32 over = node_of_object (maker->layout, timeline, object);
  guint32 to = node_of_task (maker->layout, timeline, culprit);
  gboolean pool = object < timeline->objects->len
                  && telar_timeline_object (timeline, object)->type == TELAR_OBJECT_POOL;

  if (over == TELAR_NOBODY)
    {
      add_wait (maker, from, to, words_of (cause, pool), deadlock);
      return;
    }
  add_wait (maker, from, over, words_of (cause, pool), deadlock);
  if (to != over)
    /* Translators: from a lock to the task that has it; from a queue, an event… to the task
     * that could put, set… what another waits for */
    add_wait (maker, over, to, cause == TELAR_CAUSE_LOCK ? _("is held by") : _("is up to"),
              deadlock);
}

/* Nobody of it went on: they were killed, or the run was stopped. */
static gboolean
was_for_ever (const TelarTimeline *timeline, const TelarDeadlock *deadlock)
{
  for (guint i = 0; i < deadlock->tasks->len; i++)
    {
      guint32 task = g_array_index (deadlock->tasks, TelarDeadlockTask, i).task;

      if (telar_timeline_task (timeline, task)->exit >= 0
          && telar_timeline_task (timeline, task)->exit != TELAR_NO_EXIT)
        return FALSE;
    }
  return TRUE;
}

static void
add_deadlock (Maker *maker, const TelarDeadlock *deadlock)
{
  for (guint i = 0; i < deadlock->tasks->len; i++)
    {
      const TelarDeadlockTask *it = &g_array_index (deadlock->tasks, TelarDeadlockTask, i);

      add_both (maker, node_of_task (maker->layout, maker->timeline, it->task),
                (TelarCause) it->cause, it->object, it->culprit, TRUE);
    }
}

/* Those that stand; once the run is over, those that only its end ended. */
static void
add_deadlocks (Maker *maker)
{
  const TelarTimeline *timeline = maker->timeline;
  gboolean any = telar_timeline_deadlock (timeline) != NULL;

  for (guint i = timeline->deadlocks->len; i > 0; i--)
    {
      const TelarDeadlock *deadlock = g_ptr_array_index (timeline->deadlocks, i - 1);

      if (any ? deadlock->resolved == TELAR_NO_TIME
              : timeline->finished && was_for_ever (timeline, deadlock))
        add_deadlock (maker, deadlock);
      /* What came before one that was resolved is long over. */
      else if (!any)
        break;
    }
}

static void
add_wait_of (Maker *maker, guint32 from, guint32 task)
{
  const TelarTimeline *timeline = maker->timeline;
  const TelarTaskLane *lane = telar_timeline_task (timeline, task);
  const TelarWait *wait = lane != NULL ? telar_graph_open_wait (timeline, lane) : NULL;

  if (wait == NULL || wait->state != TELAR_WAIT_BLOCKED)
    return;
  if (wait->n_culprits == 0)
    add_both (maker, from, (TelarCause) wait->cause, wait->object, TELAR_NO_TASK, FALSE);
  for (guint i = 0; i < wait->n_culprits; i++)
    add_both (maker, from, (TelarCause) wait->cause, wait->object,
              g_array_index (timeline->culprits, guint32, wait->culprits + i), FALSE);
}

GArray *
telar_graph_waits_new (const TelarGraphLayout *layout, const TelarTimeline *timeline,
                       const TelarGraphRun *runs, const guint8 *marks)
{
  GArray *waits = g_array_new (FALSE, FALSE, sizeof (TelarGraphWait));
  Maker maker = { waits, NULL, layout, timeline };
  guint most;

  g_return_val_if_fail (layout != NULL, waits);

  if (timeline == NULL || timeline->begun.zero_ns == 0)
    return waits;
  maker.drawn = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  add_deadlocks (&maker);
  most = waits->len + MOST_THIN;
  for (guint32 i = 0; runs != NULL && marks != NULL && !timeline->finished && i < layout->n_tasks;
       i++)
    for (guint32 k = 0; (marks[i] & TELAR_GRAPH_SELECTED) != 0 && k < runs[i].n; k++)
      if (waits->len < most)
        add_wait_of (&maker, i, runs[i].first + k);
  if (waits->len > most)
    g_array_set_size (waits, most);
  g_hash_table_unref (maker.drawn);
  return waits;
}

/* ---- places --------------------------------------------------------------- */

static const TelarGraphBox *
box_of (const TelarGraphLayout *layout, guint32 node)
{
  return node < layout->n_tasks ? &layout->boxes[node] : &layout->objects[node - layout->n_tasks];
}

static gboolean
holds (const TelarGraphBox *outer, const TelarGraphBox *inner)
{
  return inner->x >= outer->x && inner->y >= outer->y
         && inner->x + inner->width <= outer->x + outer->width
         && inner->y + inner->height <= outer->y + outer->height;
}

/* Of a frame that holds the other one, where its name stands. */
static TelarGraphBox
place_of (const TelarGraphLayout *layout, guint32 node, guint32 other)
{
  TelarGraphBox box = *box_of (layout, node);

  if (node >= layout->n_tasks || !box.frame || !holds (&box, box_of (layout, other)))
    return box;
  box.width = MIN (box.width, node == 0 ? 84 : TELAR_GRAPH_BOX_WIDTH);
  box.height = node == 0 ? 20 : TELAR_GRAPH_HEADER;
  box.y -= node == 0 ? 10 : 0;
  return box;
}

/* Where the line from (@x, @y), which is in the box, to (@to_x, @to_y) leaves it. */
static TelarGraphPoint
leave (const TelarGraphBox *box, double x, double y, double to_x, double to_y)
{
  double dx = to_x - x, dy = to_y - y;
  double share_x = dx > 0 ? (box->x + box->width - x) / dx : dx < 0 ? (box->x - x) / dx : HUGE_VAL;
  double share_y = dy > 0 ? (box->y + box->height - y) / dy : dy < 0 ? (box->y - y) / dy : HUGE_VAL;
  double share = MIN (MIN (share_x, share_y), 1);

  return (TelarGraphPoint){ x + dx * share, y + dy * share };
}

void
telar_graph_wait_curve (const TelarGraphLayout *layout, const TelarGraphWait *wait,
                        TelarGraphPoint *from, TelarGraphPoint *over, TelarGraphPoint *to)
{
  TelarGraphBox first = place_of (layout, wait->from, wait->to);
  TelarGraphBox last = place_of (layout, wait->to, wait->from);
  double x0 = first.x + first.width / 2, y0 = first.y + first.height / 2;
  double x1 = last.x + last.width / 2, y1 = last.y + last.height / 2;
  double length = MAX (hypot (x1 - x0, y1 - y0), 1);
  double bend = MAX (BEND * length, LEAST_BEND);

  over->x = (x0 + x1) / 2 - (y1 - y0) / length * bend;
  over->y = (y0 + y1) / 2 + (x1 - x0) / length * bend;
  *from = leave (&first, x0, y0, over->x, over->y);
  *to = leave (&last, x1, y1, over->x, over->y);
}

/* ---- painting ------------------------------------------------------------- */

static void
paint_head (cairo_t *cr, double x, double y, double angle, double size)
{
  cairo_move_to (cr, x, y);
  cairo_line_to (cr, x - size * cos (angle - 0.42), y - size * sin (angle - 0.42));
  cairo_line_to (cr, x - size * cos (angle + 0.42), y - size * sin (angle + 0.42));
  cairo_close_path (cr);
  cairo_fill (cr);
}

static double
shared (double a, double a_size, double b, double b_size)
{
  return MAX (MIN (a + a_size, b + b_size) - MAX (a, b), 0);
}

static double
shared_area (const TelarGraphBox *a, const TelarGraphBox *b)
{
  return shared (a->x, a->width, b->x, b->width) * shared (a->y, a->height, b->y, b->height);
}

/* What a plate would cover: other plates are worse than boxes. */
static double
covered (const TelarGraphLayout *layout, const GArray *plates, const TelarGraphBox *plate)
{
  double sum = 0;

  for (guint i = 0; i < plates->len; i++)
    sum += OTHER_WORDS * shared_area (plate, &g_array_index (plates, TelarGraphBox, i));
  for (guint32 i = 1; i < layout->n_tasks; i++)
    if (!layout->boxes[i].frame)
      sum += shared_area (plate, &layout->boxes[i]);
  for (guint i = 0; i < layout->n_objects; i++)
    sum += shared_area (plate, &layout->objects[i]);
  return sum;
}

static TelarGraphPoint
point_at (TelarGraphPoint from, TelarGraphPoint over, TelarGraphPoint to, double t)
{
  double a = (1 - t) * (1 - t), b = 2 * t * (1 - t), c = t * t;

  return (TelarGraphPoint){ a * from.x + b * over.x + c * to.x,
                            a * from.y + b * over.y + c * to.y };
}

/* On a plate, so that it reads on whatever the line lies on; where it covers least. */
static void
paint_words (TelarGraphPainter *painter, const TelarGraphWait *wait, gboolean many,
             GArray *plates)
{
  static const double places[] = { 0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8 };
  const TelarTheme *theme = painter->theme;
  TelarTextFlags flags = wait->deadlock ? TELAR_TEXT_BOLD : TELAR_TEXT_NORMAL;
  double width = telar_graph_text_width (painter, wait->words, TELAR_GRAPH_SMALL_SIZE, flags) + 10;
  TelarGraphBox best = { 0 };
  double least = HUGE_VAL;
  TelarGraphPoint from, over, to;

  telar_graph_wait_curve (painter->layout, wait, &from, &over, &to);
  for (guint i = 0; i < G_N_ELEMENTS (places) && least > 0; i++)
    {
      TelarGraphPoint middle = point_at (from, over, to, places[i]);
      TelarGraphBox plate = { .x = middle.x - width / 2, .y = middle.y - LABEL_HEIGHT / 2,
                              .width = width, .height = LABEL_HEIGHT };
      double covers = covered (painter->layout, plates, &plate);

      if (covers < least)
        {
          least = covers;
          best = plate;
        }
    }
  if (many && least > 0)
    return;
  g_array_append_val (plates, best);
  telar_graph_round (painter, best.x, best.y, best.width, best.height, 3);
  telar_color_set (painter->cr, wait->deadlock ? theme->fail : theme->background);
  cairo_fill_preserve (painter->cr);
  telar_color_set (painter->cr, wait->deadlock ? theme->fail : theme->dim);
  cairo_set_line_width (painter->cr, 1);
  cairo_stroke (painter->cr);
  telar_graph_draw_text (painter, wait->words, best.x + 5, best.y + LABEL_HEIGHT / 2 + 4,
                         TELAR_GRAPH_SMALL_SIZE, flags, width,
                         wait->deadlock ? theme->fail_text : theme->text);
}

static gboolean
is_painted (const TelarGraphPainter *painter, TelarGraphPoint from, TelarGraphPoint over,
            TelarGraphPoint to)
{
  double around = HEAD * MAX (painter->scale, 0.5);

  return telar_graph_x (painter, MAX (MAX (from.x, over.x), to.x)) >= painter->left - around
         && telar_graph_x (painter, MIN (MIN (from.x, over.x), to.x)) <= painter->right + around
         && telar_graph_y (painter, MAX (MAX (from.y, over.y), to.y)) >= painter->top - around
         && telar_graph_y (painter, MIN (MIN (from.y, over.y), to.y)) <= painter->bottom + around;
}

static void
paint_wait (TelarGraphPainter *painter, const TelarGraphWait *wait)
{
  double unit = MAX (painter->scale, 0.5);
  double dashes[] = { 6 * unit, 4 * unit };
  cairo_t *cr = painter->cr;
  TelarGraphPoint from, over, to;
  double angle, end_x, end_y, size = (wait->deadlock ? HEAD : 0.8 * HEAD) * unit;

  telar_graph_wait_curve (painter->layout, wait, &from, &over, &to);
  if (!is_painted (painter, from, over, to))
    return;
  angle = atan2 (to.y - over.y, to.x - over.x);
  end_x = telar_graph_x (painter, to.x) - 0.7 * size * cos (angle);
  end_y = telar_graph_y (painter, to.y) - 0.7 * size * sin (angle);
  telar_color_set (cr, wait->deadlock ? painter->theme->fail : painter->theme->dim);
  cairo_set_line_width (cr, (wait->deadlock ? 2.4 : 1.3) * unit);
  if (!wait->deadlock)
    cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0);
  cairo_move_to (cr, telar_graph_x (painter, from.x), telar_graph_y (painter, from.y));
  /* A curve with one handle, as cairo has it with two. */
  cairo_curve_to (cr, telar_graph_x (painter, from.x + (over.x - from.x) * 2 / 3),
                  telar_graph_y (painter, from.y + (over.y - from.y) * 2 / 3),
                  telar_graph_x (painter, to.x + (over.x - to.x) * 2 / 3),
                  telar_graph_y (painter, to.y + (over.y - to.y) * 2 / 3), end_x, end_y);
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);
  paint_head (cr, telar_graph_x (painter, to.x), telar_graph_y (painter, to.y), angle, size);
}

void
telar_paint_graph_waits (TelarGraphPainter *painter)
{
  g_autoptr (GArray) waits = telar_graph_waits_new (painter->layout, painter->show->timeline,
                                                    painter->show->runs, painter->show->marks);
  g_autoptr (GArray) plates = g_array_new (FALSE, FALSE, sizeof (TelarGraphBox));

  for (guint i = waits->len; i-- > 0;)
    paint_wait (painter, &g_array_index (waits, TelarGraphWait, i));
  /* Of very many arrows the words would hide the arrows. */
  if (!painter->small && waits->len <= MOST_WORDS)
    for (guint i = 0; i < waits->len; i++)
      paint_words (painter, &g_array_index (waits, TelarGraphWait, i), waits->len > MANY,
                   plates);
}

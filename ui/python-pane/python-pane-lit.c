/* python-pane-lit.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Which lines a run executes. A timeline tells what each task is at: a step, a
 * call, a wait for others. Python writes the same as lines, some of them twice
 * (in both branches of an if); which of them it is follows from what has been
 * done before it and what has not been done after it.
 */

#include "config.h"

#include "python-pane/python-pane-model.h"

#include "graph/relations.h"

/* Lines that are looked at above and below one that the program has twice. */
#define NEAR 4

/* How far the copies of a task of the page are. */
typedef struct
{
  guint n;       /* in the run */
  guint started; /* or given up */
  guint settled; /* joined, or given up */
} Progress;

typedef enum
{
  ACT_NONE,
  ACT_STEP,
  ACT_START,
  ACT_JOIN
} What;

/* What a task of the plan did last, by itself or to those that it starts. */
typedef struct
{
  What    what;
  gint64  ns;
  guint32 about; /* task of the page, of a start or join */
  guint32 call;  /* task of the page that it calls just now, or TELAR_NOBODY */
} Act;

typedef struct
{
  const TelarPythonPage *page;
  const TelarTimeline   *timeline;
  const guint32         *match;
  Progress              *progress; /* owned, by task of the page */
  Act                   *acts;     /* owned, by task of the plan */
  GArray                *lines;    /* the result */
} Search;

/* ---- how far the run is -------------------------------------------------- */

static gboolean
is_given_up (const TelarTaskLane *lane)
{
  return lane->state == TELAR_STATE_COULD_NOT_START
         || (lane->state == TELAR_STATE_NOT_STARTED && lane->reason != 0);
}

static gboolean
is_alive (const TelarTaskLane *lane)
{
  return lane->state == TELAR_STATE_RUNNING && lane->run != TELAR_NO_TIME
         && lane->ended == TELAR_NO_TIME;
}

static void
note (Act    *act,
      What    what,
      gint64  ns,
      guint32 about)
{
  if (ns == TELAR_NO_TIME || (act->what != ACT_NONE && ns < act->ns))
    return;

  act->what = what;
  act->ns = ns;
  act->about = about;
}

static const TelarStepRun *
last_step (const TelarTaskLane *lane)
{
  return lane->steps->len > 0 ? &g_array_index (lane->steps, TelarStepRun, lane->steps->len - 1)
                              : NULL;
}

static void
look_at_task (Search  *search,
              guint32  number)
{
  const TelarTaskLane *lane = telar_timeline_task (search->timeline, number);
  guint32              task = search->match[number];
  const TelarStepRun  *step = last_step (lane);

  if (step != NULL && step->finished)
    note (&search->acts[number], ACT_STEP, step->end, task);
  if (task == TELAR_NOBODY)
    return;

  search->progress[task].n++;
  search->progress[task].started += lane->started != TELAR_NO_TIME || is_given_up (lane);
  search->progress[task].settled += lane->joined != TELAR_NO_TIME || is_given_up (lane);
  if (lane->parent == TELAR_NO_TASK)
    return;
  note (&search->acts[lane->parent], ACT_START, lane->started, task);
  note (&search->acts[lane->parent], ACT_JOIN, lane->joined, task);
  if (lane->kind == TELAR_KIND_CALL && is_alive (lane))
    search->acts[lane->parent].call = task;
}

static gboolean
is_settled (const Search *search,
            guint32       task)
{
  const Progress *progress = &search->progress[task];

  return progress->n > 0 && progress->settled == progress->n;
}

/* Whether the run is past a line. */
static gboolean
is_done (const Search          *search,
         const TelarPythonMark *mark)
{
  return mark->what == TELAR_PYTHON_START ? search->progress[mark->task].started > 0
                                          : is_settled (search, mark->task);
}

/* ---- one of several lines ------------------------------------------------ */

static const TelarPythonMark *
mark_at (const Search *search,
         guint         i)
{
  return &g_array_index (search->page->marks, TelarPythonMark, i);
}

static gboolean
is_in_order (const TelarPythonMark *mark)
{
  return mark->what == TELAR_PYTHON_START || mark->what == TELAR_PYTHON_JOIN
         || mark->what == TELAR_PYTHON_CALL;
}

/* How well the starts, joins and calls above a line (@by -1) or below it (1) agree
 * with the run being there: above all is done, below nothing. The nearest say most. */
static int
agreement (const Search *search,
           guint         i,
           int           by)
{
  guint line = mark_at (search, i)->line;
  int   score = 0;

  for (int left = NEAR; left > 0;)
    {
      const TelarPythonMark *mark;

      i += (guint) by;
      if (i >= search->page->marks->len)
        break;
      mark = mark_at (search, i);
      if (mark->line == line || !is_in_order (mark))
        continue;
      score += is_done (search, mark) == (by < 0) ? left : -left;
      left--;
    }

  return score;
}

/* Of the marks of @task about @what the one that the run is at.
 *
 * Returns: its index, or G_MAXUINT. */
static guint
pick (const Search    *search,
      guint32          task,
      TelarPythonWhat  what)
{
  guint best = G_MAXUINT;
  int   best_score = G_MININT;

  for (guint n = search->page->first[task]; n < search->page->first[task + 1]; n++)
    {
      guint i = search->page->by_task[n];
      int   score;

      if (mark_at (search, i)->what != what)
        continue;
      score = agreement (search, i, -1) + agreement (search, i, 1);
      if (score > best_score)
        {
          best = i;
          best_score = score;
        }
    }

  return best;
}

static gboolean
add_picked (Search          *search,
            guint32          task,
            TelarPythonWhat  what)
{
  guint i = pick (search, task, what);

  if (i == G_MAXUINT)
    return FALSE;
  telar_python_lines_add (search->lines, mark_at (search, i));

  return TRUE;
}

/* All the lines of a step: it may be in a loop of two. */
static gboolean
add_step (Search  *search,
          guint32  task,
          int      step)
{
  gboolean found = FALSE;

  for (guint n = search->page->first[task]; n < search->page->first[task + 1]; n++)
    {
      const TelarPythonMark *mark = mark_at (search, search->page->by_task[n]);

      if (mark->what != TELAR_PYTHON_STEP || mark->step != step)
        continue;
      telar_python_lines_add (search->lines, mark);
      found = TRUE;
    }

  return found;
}

/* ---- waits --------------------------------------------------------------- */

/* The first and the next mark of the line of @i. */
static void
marks_of_line (const Search *search,
               guint         i,
               guint        *begin,
               guint        *end)
{
  guint line = mark_at (search, i)->line;

  for (*begin = i; *begin > 0 && mark_at (search, *begin - 1)->line == line; (*begin)--)
    ;
  for (*end = i + 1; *end < search->page->marks->len && mark_at (search, *end)->line == line;
       (*end)++)
    ;
}

/* connection.wait ([p1.sentinel, p2.sentinel]) goes on while nobody in it is joined. */
static gboolean
add_wait (Search  *search,
          guint32  task)
{
  for (guint n = search->page->first[task]; n < search->page->first[task + 1]; n++)
    {
      guint    i = search->page->by_task[n], begin, end;
      gboolean open = mark_at (search, i)->what == TELAR_PYTHON_WAIT;

      if (!open)
        continue;
      marks_of_line (search, i, &begin, &end);
      for (guint at = begin; at < end; at++)
        open &= mark_at (search, at)->what != TELAR_PYTHON_WAIT
                || !is_settled (search, mark_at (search, at)->task);
      if (open)
        {
          telar_python_lines_add (search->lines, mark_at (search, i));
          return TRUE;
        }
    }

  return FALSE;
}

/* Whether what the table above a loop starts in its order is not all started:
 *
 *   after = {
 *       p3: {p1},
 *   }
 *   running = [p1, p2]
 *   start_in_order(after, running)     ← @loop
 */
static gboolean
is_looping (const Search *search,
            guint         loop)
{
  guint line = mark_at (search, loop)->line - 2;

  for (guint i = loop; i-- > 0;)
    {
      const TelarPythonMark *mark = mark_at (search, i);

      if (mark->line > line)
        continue;
      if (mark->line + 1 != line
          || (mark->what != TELAR_PYTHON_START && mark->what != TELAR_PYTHON_CALL))
        return FALSE;
      if (search->progress[mark->task].started < search->progress[mark->task].n)
        return TRUE;
      line = mark->line;
    }

  return FALSE;
}

/* A join; or the loop above it, which joins, too, and goes on until all is started. */
static void
add_join (Search  *search,
          guint32  task)
{
  guint join = pick (search, task, TELAR_PYTHON_JOIN);
  guint above, unused;

  if (join == G_MAXUINT)
    return;
  marks_of_line (search, join, &above, &unused);
  if (above > 0 && mark_at (search, join)->n > 1
      && mark_at (search, above - 1)->what == TELAR_PYTHON_WAIT
      && is_looping (search, above - 1))
    telar_python_lines_add (search->lines, mark_at (search, above - 1));
  else
    telar_python_lines_add (search->lines, mark_at (search, join));
}

/* The join that a task is in: also where it is over already, but no core is free
 * to tell so. */
static gboolean
open_join (const TelarTaskLane *lane,
           gint64               now,
           TelarWait           *join)
{
  gint64 until = now;

  for (guint i = lane->waits->len; i-- > 0;)
    {
      *join = telar_waits_at (lane->waits, i);
      if (join->end < until)
        return FALSE;
      if (join->state == TELAR_WAIT_BLOCKED)
        return join->cause == TELAR_CAUSE_JOIN && join->n_culprits > 0;
      until = join->begin;
    }

  return FALSE;
}

static void
add_waiting (Search          *search,
             const TelarWait *wait)
{
  const GArray *culprits = search->timeline->culprits;
  gboolean      waits = FALSE;

  for (guint round = 0; round < 2 && !waits; round++)
    {
      guint32 last = TELAR_NOBODY;

      for (guint i = 0; i < wait->n_culprits; i++)
        {
          guint32 task = search->match[g_array_index (culprits, guint32, wait->culprits + i)];

          /* Copies are in a row. */
          if (task == TELAR_NOBODY || task == last)
            continue;
          last = task;
          if (round == 0)
            waits |= add_wait (search, task);
          else
            add_join (search, task);
        }
    }
}

/* ---- one task ------------------------------------------------------------ */

/* The number of a step in its task on the page, or -1 where it has become another. */
static int
step_on_page (const Search *search,
              guint32       number,
              guint32       step)
{
  const TelarPlan *plan = search->timeline->plan;
  guint32          task = search->match[number];
  const TelarTask *it = task == 0 ? search->page->graph->main
                                  : g_ptr_array_index (search->page->graph->tasks, task - 1);
  guint32          i = step - telar_plan_task (plan, number)->first_step;
  const char      *function = telar_catalogue (NULL)[telar_plan_step (plan, step)->function].name;

  if (i >= it->steps->len
      || !g_str_equal (((TelarStep *) g_ptr_array_index (it->steps, i))->function, function))
    return -1;

  return (int) i;
}

static void
add_task (Search  *search,
          guint32  number)
{
  const TelarTaskLane *lane = telar_timeline_task (search->timeline, number);
  const Act           *act = &search->acts[number];
  const TelarStepRun  *step = last_step (lane);
  guint32              task = search->match[number];
  TelarWait            wait;

  if (step != NULL && !step->finished)
    {
      int i = step_on_page (search, number, step->step);

      if (i >= 0 && add_step (search, task, i))
        return;
    }
  else if (act->call != TELAR_NOBODY)
    {
      if (add_picked (search, act->call, TELAR_PYTHON_CALL))
        return;
    }
  else if (open_join (lane, search->timeline->now, &wait))
    {
      add_waiting (search, &wait);
      return;
    }
  else if (act->what == ACT_START || act->what == ACT_JOIN)
    {
      if (add_picked (search, act->about,
                      act->what == ACT_START ? TELAR_PYTHON_START : TELAR_PYTHON_JOIN)
          || add_picked (search, act->about, TELAR_PYTHON_CALL))
        return;
    }

  /* Somewhere in its function: steps beyond the limit are not recorded. */
  if (!add_picked (search, task, TELAR_PYTHON_DEF)
      && !add_picked (search, task, TELAR_PYTHON_CALL) && task != 0)
    add_step (search, task, 0);
}

GArray *
telar_python_page_lit (const TelarPythonPage *page,
                       const TelarTimeline   *timeline,
                       const guint32         *match)
{
  guint32              n = timeline->tasks->len;
  GArray              *lines = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autofree Progress *progress = g_new0 (Progress, page->n_tasks);
  g_autofree Act      *acts = g_new0 (Act, n);
  Search               search = { page, timeline, match, progress, acts, lines };

  if (page->python == NULL || timeline->finished)
    return lines;

  for (guint32 i = 0; i < n; i++)
    acts[i].call = TELAR_NOBODY;
  for (guint32 i = 0; i < n; i++)
    look_at_task (&search, i);
  for (guint32 i = 0; i < n; i++)
    if (match[i] != TELAR_NOBODY && is_alive (telar_timeline_task (timeline, i)))
      add_task (&search, i);
  telar_python_lines_sort (lines);

  return lines;
}

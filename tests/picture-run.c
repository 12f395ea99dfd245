/* picture-run.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include <errno.h>
#include <string.h>

#include "picture-run.h"
#include "timeline/restore.h"

#define MS (gint64) 1000000
#define US (gint64) 1000

typedef struct
{
  guint32    parent;
  TelarKind  kind;
  char      *id;
  char      *title;
  guint32    function;
  GPtrArray *steps; /* texts */
  GArray    *after;
} Task;

struct _PictureRun
{
  char          *name;
  guint          n_cores;
  GPtrArray     *tasks;
  GHashTable    *functions; /* name → number + 1 */
  TelarTimeline *timeline;
};

static void
task_free (gpointer data)
{
  Task *task = data;

  g_free (task->id);
  g_free (task->title);
  g_ptr_array_unref (task->steps);
  g_array_unref (task->after);
  g_free (task);
}

PictureRun *
picture_run_new (const char *name, guint n_cores)
{
  PictureRun *run = g_new0 (PictureRun, 1);

  run->name = g_strdup (name);
  run->n_cores = n_cores;
  run->tasks = g_ptr_array_new_with_free_func (task_free);
  run->functions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  picture_run_task (run, TELAR_NO_TASK, TELAR_KIND_PROCESS, "main", "", NULL);
  return run;
}

void
picture_run_free (PictureRun *run)
{
  g_clear_pointer (&run->timeline, telar_timeline_unref);
  g_ptr_array_unref (run->tasks);
  g_hash_table_unref (run->functions);
  g_free (run->name);
  g_free (run);
}

guint32
picture_run_task (PictureRun *run, guint32 parent, TelarKind kind, const char *id,
                  const char *function, const char *call)
{
  Task *task = g_new0 (Task, 1);

  task->parent = parent;
  task->kind = kind;
  task->id = g_strdup (id);
  task->title = *function != '\0' ? g_strdup_printf ("%s %s", id, function) : g_strdup (id);
  task->steps = g_ptr_array_new_with_free_func (g_free);
  task->after = g_array_new (FALSE, FALSE, sizeof (guint32));
  if (!g_hash_table_contains (run->functions, function))
    g_hash_table_insert (run->functions, g_strdup (function),
                         GUINT_TO_POINTER (g_hash_table_size (run->functions) + 1));
  task->function = GPOINTER_TO_UINT (g_hash_table_lookup (run->functions, function)) - 1;
  if (call != NULL)
    g_ptr_array_add (task->steps, g_strdup (call));
  g_ptr_array_add (run->tasks, task);
  return run->tasks->len - 1;
}

void
picture_run_step (PictureRun *run, guint32 task, const char *call)
{
  g_ptr_array_add (((Task *) run->tasks->pdata[task])->steps, g_strdup (call));
}

void
picture_run_after (PictureRun *run, guint32 task, guint32 after)
{
  g_array_append_val (((Task *) run->tasks->pdata[task])->after, after);
}

static guint32
append (GByteArray *block, gconstpointer data, gsize size)
{
  guint32 at = block->len;

  g_byte_array_append (block, data, size);
  while (block->len % 8 != 0)
    g_byte_array_append (block, (const guint8 *) "", 1);
  return at;
}

static guint32
add_text (GString *text, const char *string)
{
  guint32 at = text->len;

  g_string_append_len (text, string, strlen (string) + 1);
  return at;
}

GBytes *
picture_run_plan (PictureRun *run)
{
  TelarPlan plan = { .magic = TELAR_PLAN_MAGIC, .version = TELAR_PLAN_VERSION,
                     .alive_limit = 1024, .n_tasks = run->tasks->len };
  g_autoptr (GArray) tasks = g_array_new (FALSE, TRUE, sizeof (TelarPlanTask));
  g_autoptr (GArray) steps = g_array_new (FALSE, TRUE, sizeof (TelarPlanStep));
  g_autoptr (GArray) links = g_array_new (FALSE, TRUE, sizeof (guint32));
  GString *text = g_string_new (NULL);
  GByteArray *block = g_byte_array_new ();

  add_text (text, "");
  plan.name = add_text (text, run->name);
  for (guint i = 0; i < run->tasks->len; i++)
    {
      const Task *task = run->tasks->pdata[i];
      TelarPlanTask planned = { .parent = task->parent, .kind = task->kind, .repeat = 1,
                                .core = -1 };

      planned.id = add_text (text, task->id);
      planned.title = add_text (text, task->title);
      planned.first_step = steps->len;
      planned.n_steps = task->steps->len;
      for (guint k = 0; k < task->steps->len; k++)
        {
          TelarPlanStep step = { .function = task->function };

          step.text = add_text (text, task->steps->pdata[k]);
          g_array_append_val (steps, step);
        }
      planned.first_child = links->len;
      for (guint32 k = 1; k < run->tasks->len; k++)
        if (((Task *) run->tasks->pdata[k])->parent == i)
          g_array_append_val (links, k);
      planned.n_children = links->len - planned.first_child;
      planned.first_after = links->len;
      planned.n_after = task->after->len;
      if (task->after->len > 0)
        g_array_append_vals (links, task->after->data, task->after->len);
      g_array_append_val (tasks, planned);
    }

  append (block, &plan, sizeof plan);
  plan.tasks = append (block, tasks->data, tasks->len * sizeof (TelarPlanTask));
  plan.n_steps = steps->len;
  plan.steps = append (block, steps->data, steps->len * sizeof (TelarPlanStep));
  plan.values = block->len;
  plan.objects = block->len;
  plan.n_links = links->len;
  plan.links = append (block, links->data, links->len * sizeof (guint32));
  plan.integers = block->len;
  plan.text_size = text->len;
  plan.text = append (block, text->str, text->len);
  plan.size = block->len;
  memcpy (block->data, &plan, sizeof plan);
  g_string_free (text, TRUE);
  return g_byte_array_free_to_bytes (block);
}

TelarTimeline *
picture_run_timeline (PictureRun *run)
{
  if (run->timeline == NULL)
    {
      g_autoptr (GBytes) plan = picture_run_plan (run);
      g_autoptr (GArray) cores = g_array_new (FALSE, FALSE, sizeof (int));

      for (int i = 0; i < (int) run->n_cores; i++)
        g_array_append_val (cores, i);
      run->timeline = telar_timeline_new (plan, cores);
      run->timeline->begun.source = TELAR_SOURCE_EXACT;
      run->timeline->begun.zero_ns = 1;
    }
  return run->timeline;
}

static TelarTaskLane *
lane (PictureRun *run, guint32 task)
{
  return picture_run_timeline (run)->tasks->pdata[task];
}

void
picture_run_slice (PictureRun *run, guint32 task, guint core, gint64 begin, gint64 end)
{
  TelarTaskLane *task_lane = lane (run, task);
  TelarCoreLane *core_lane = run->timeline->cores->pdata[core];
  TelarSlice slice = { .begin = begin, .end = end, .task = task, .core = core_lane->number };

  if (task_lane->run == TELAR_NO_TIME)
    task_lane->run = begin;
  telar_slices_append (task_lane->slices, &slice);
  task_lane->on_core_ns += end - begin;
  telar_slices_append (core_lane->slices, &slice);
  core_lane->busy_ns += end - begin;
}

void
picture_run_wait (PictureRun *run, guint32 task, TelarWaitState state, TelarCause cause,
                  gint64 begin, gint64 end, guint32 culprit, guint32 culprit2)
{
  TelarTaskLane *task_lane = lane (run, task);
  TelarWait wait = { .begin = begin, .end = end, .state = state, .cause = cause,
                     .culprits = run->timeline->culprits->len };

  if (culprit != TELAR_NO_TASK)
    {
      g_array_append_val (run->timeline->culprits, culprit);
      wait.n_culprits++;
    }
  if (culprit2 != TELAR_NO_TASK)
    {
      g_array_append_val (run->timeline->culprits, culprit2);
      wait.n_culprits++;
    }
  telar_waits_append (task_lane->waits, &wait);
}

void
picture_run_arrow (PictureRun *run, TelarArrowKind kind, guint32 from, guint32 to, gint64 from_ns,
                   gint64 to_ns)
{
  TelarArrow arrow = { .kind = kind, .from = from, .to = to, .from_ns = from_ns, .to_ns = to_ns };

  g_array_append_val (picture_run_timeline (run)->arrows, arrow);
}

void
picture_run_others (PictureRun *run, guint core, gint64 end, gint64 interval, guint others,
                    guint steal)
{
  TelarOthers look = { .ns = end, .interval = interval, .others = others, .steal = steal };
  TelarCoreLane *core_lane = picture_run_timeline (run)->cores->pdata[core];

  telar_core_lane_look (core_lane, &look);
}

void
picture_run_life (PictureRun *run, guint32 task, gint64 started, gint64 ended, gint64 joined,
                  gint32 exit)
{
  TelarTaskLane *task_lane = lane (run, task);

  task_lane->started = started;
  task_lane->ended = ended;
  task_lane->joined = joined;
  task_lane->exit = exit;
  task_lane->state = joined != TELAR_NO_TIME    ? TELAR_STATE_JOINED
                     : ended != TELAR_NO_TIME   ? TELAR_STATE_ENDED
                     : started != TELAR_NO_TIME ? TELAR_STATE_RUNNING
                                                : TELAR_STATE_NOT_STARTED;
}

void
picture_run_now (PictureRun *run, gint64 now, gboolean finished)
{
  TelarTimeline *timeline = picture_run_timeline (run);

  timeline->now = timeline->wall = now;
  timeline->finished = finished;
  timeline->generation++;
}

PictureRun *
picture_run_design (void)
{
  PictureRun *run = picture_run_new ("Threads in a process, sharing a total", 2);
  guint32 p1 = picture_run_task (run, 0, TELAR_KIND_PROCESS, "p1", "square", "square([43, 50, …])");
  guint32 p2 =
      picture_run_task (run, 0, TELAR_KIND_PROCESS, "p2", "is_even", "is_even([43, 50, …])");
  guint32 t1 =
      picture_run_task (run, p2, TELAR_KIND_THREAD, "t1", "increment", "increment(total, …, m)");
  guint32 t2 =
      picture_run_task (run, p2, TELAR_KIND_THREAD, "t2", "increment", "increment(total, …, m)");
  guint32 p3 = picture_run_task (run, 0, TELAR_KIND_PROCESS, "p3", "matrix_multiply",
                                 "matrix_multiply(600)");
  guint32 done = picture_run_task (run, 0, TELAR_KIND_CALL, "done", "print", "print(\"Done\")");
  const gint64 u = MS / 10, now = 840 * u;
  const guint32 none = TELAR_NO_TASK;

  picture_run_after (run, p3, p1);
  picture_run_after (run, done, p2);
  picture_run_after (run, done, p3);

  picture_run_slice (run, 0, 0, 0, 22 * u);
  picture_run_slice (run, p1, 1, 12 * u, 380 * u);
  picture_run_slice (run, p2, 0, 22 * u, 140 * u);
  picture_run_slice (run, t1, 0, 140 * u, 340 * u);
  picture_run_slice (run, t2, 0, 340 * u, 600 * u);
  picture_run_slice (run, 0, 1, 382 * u, 396 * u);
  picture_run_slice (run, t1, 1, 396 * u, 660 * u);
  picture_run_slice (run, t1, 0, 660 * u, now);
  picture_run_slice (run, p3, 1, 660 * u, now);

  picture_run_wait (run, 0, TELAR_WAIT_BLOCKED, TELAR_CAUSE_JOIN, 22 * u, 382 * u, p1, p2);
  picture_run_wait (run, 0, TELAR_WAIT_BLOCKED, TELAR_CAUSE_JOIN, 396 * u, now, p2, p3);
  picture_run_wait (run, p1, TELAR_WAIT_ENDED, TELAR_CAUSE_NONE, 380 * u, 389 * u, none, none);
  picture_run_wait (run, p2, TELAR_WAIT_BLOCKED, TELAR_CAUSE_JOIN, 140 * u, now, t1, t2);
  picture_run_wait (run, t1, TELAR_WAIT_READY, TELAR_CAUSE_NONE, 40 * u, 140 * u, none, none);
  picture_run_wait (run, t1, TELAR_WAIT_READY, TELAR_CAUSE_NONE, 340 * u, 396 * u, none, none);
  picture_run_wait (run, t2, TELAR_WAIT_READY, TELAR_CAUSE_NONE, 50 * u, 340 * u, none, none);
  picture_run_wait (run, t2, TELAR_WAIT_BLOCKED, TELAR_CAUSE_IO, 600 * u, now, none, none);
  picture_run_wait (run, p3, TELAR_WAIT_READY, TELAR_CAUSE_NONE, 393 * u, 660 * u, none, none);

  picture_run_life (run, 0, 0, TELAR_NO_TIME, TELAR_NO_TIME, TELAR_NO_EXIT);
  picture_run_life (run, p1, 10 * u, 380 * u, 389 * u, 0);
  picture_run_life (run, p2, 18 * u, TELAR_NO_TIME, TELAR_NO_TIME, TELAR_NO_EXIT);
  picture_run_life (run, t1, 40 * u, TELAR_NO_TIME, TELAR_NO_TIME, TELAR_NO_EXIT);
  picture_run_life (run, t2, 50 * u, TELAR_NO_TIME, TELAR_NO_TIME, TELAR_NO_EXIT);
  picture_run_life (run, p3, 393 * u, TELAR_NO_TIME, TELAR_NO_TIME, TELAR_NO_EXIT);

  picture_run_arrow (run, TELAR_ARROW_START, 0, p1, 10 * u, 12 * u);
  picture_run_arrow (run, TELAR_ARROW_START, 0, p2, 18 * u, 22 * u);
  picture_run_arrow (run, TELAR_ARROW_START, p2, t1, 40 * u, 140 * u);
  picture_run_arrow (run, TELAR_ARROW_START, p2, t2, 50 * u, 340 * u);
  picture_run_arrow (run, TELAR_ARROW_JOIN, p1, 0, 380 * u, 389 * u);
  picture_run_arrow (run, TELAR_ARROW_START, 0, p3, 393 * u, 660 * u);

  for (int i = 1; i <= 42; i++)
    {
      picture_run_others (run, 0, i * 20 * u, 20 * u, i > 30 && i < 34 ? 800 : 30, 0);
      picture_run_others (run, 1, i * 20 * u, 20 * u, 20, i == 12 ? 300 : 0);
    }
  picture_run_now (run, now, FALSE);
  return run;
}

PictureRun *
picture_run_short (void)
{
  PictureRun *run = picture_run_new ("Squares and even numbers", 2);
  guint32 p1 = picture_run_task (run, 0, TELAR_KIND_PROCESS, "p1", "square", "square([43, 50, …])");
  guint32 p2 =
      picture_run_task (run, 0, TELAR_KIND_PROCESS, "p2", "is_even", "is_even([43, 50, …])");
  guint32 done = picture_run_task (run, 0, TELAR_KIND_CALL, "done", "print", "print(\"Done\")");
  const guint32 none = TELAR_NO_TASK;

  picture_run_after (run, done, p1);
  picture_run_after (run, done, p2);

  picture_run_slice (run, 0, 0, 0, 143 * US);
  picture_run_slice (run, p1, 1, 82 * US, 141 * US);
  picture_run_slice (run, p2, 1, 149 * US, 206 * US);
  picture_run_slice (run, 0, 0, 172 * US, 190 * US);
  picture_run_slice (run, 0, 0, 231 * US, 297 * US);
  {
    TelarSlice call = { .begin = 262 * US, .end = 271 * US, .task = done, .core = 0 };
    telar_slices_append (lane (run, done)->slices, &call);
  }
  picture_run_wait (run, 0, TELAR_WAIT_BLOCKED, TELAR_CAUSE_JOIN, 143 * US, 172 * US, p1, p2);
  picture_run_wait (run, 0, TELAR_WAIT_BLOCKED, TELAR_CAUSE_JOIN, 190 * US, 231 * US, p2, none);
  picture_run_wait (run, p1, TELAR_WAIT_READY, TELAR_CAUSE_NONE, 61 * US, 82 * US, none, none);
  picture_run_wait (run, p1, TELAR_WAIT_ENDED, TELAR_CAUSE_NONE, 141 * US, 180 * US, none, none);
  picture_run_wait (run, p2, TELAR_WAIT_READY, TELAR_CAUSE_NONE, 121 * US, 149 * US, none, none);
  picture_run_wait (run, p2, TELAR_WAIT_ENDED, TELAR_CAUSE_NONE, 206 * US, 240 * US, none, none);
  picture_run_life (run, 0, 0, 297 * US, TELAR_NO_TIME, 0);
  picture_run_life (run, p1, 50 * US, 141 * US, 180 * US, 0);
  picture_run_life (run, p2, 100 * US, 206 * US, 240 * US, 0);
  picture_run_life (run, done, 262 * US, 271 * US, 271 * US, 0);
  picture_run_arrow (run, TELAR_ARROW_START, 0, p1, 50 * US, 82 * US);
  picture_run_arrow (run, TELAR_ARROW_START, 0, p2, 100 * US, 149 * US);
  picture_run_arrow (run, TELAR_ARROW_JOIN, p1, 0, 141 * US, 180 * US);
  picture_run_arrow (run, TELAR_ARROW_JOIN, p2, 0, 206 * US, 240 * US);
  picture_run_now (run, 297 * US, TRUE);
  return run;
}

PictureRun *
picture_run_random (guint32 seed, guint n_cores, guint n_tasks, guint n_slices)
{
  PictureRun *run = picture_run_new ("Random", n_cores);
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  g_autofree gint64 *core_at = g_new0 (gint64, n_cores);
  gint64 now = 0;

  for (guint i = 1; i <= n_tasks; i++)
    {
      g_autofree char *id = g_strdup_printf ("w%u", i);

      picture_run_task (run, 0, TELAR_KIND_PROCESS, id, i % 3 ? "monte_carlo_pi" : "sort",
                        "sort(1000, 1)");
    }
  picture_run_timeline (run);
  /* One task stays on one core, so that nothing runs twice at a time. */
  for (guint i = 0; i < n_slices; i++)
    {
      guint core = i % n_cores;
      guint n_mine = MAX (1, n_tasks / n_cores);
      guint32 task = 1 + (core + n_cores * (guint) g_rand_int_range (rand, 0, n_mine)) % n_tasks;
      gint64 begin = core_at[core] + (gint64) (g_rand_double (rand) * g_rand_double (rand) * 900e3);
      gint64 length = (gint64) (1e3 + g_rand_double (rand) * g_rand_double (rand) * 4e6);

      picture_run_slice (run, task, core, begin, begin + length);
      core_at[core] = begin + length;
      now = MAX (now, begin + length);
    }
  picture_run_life (run, 0, 0, now, TELAR_NO_TIME, 0);
  for (guint32 i = 1; i <= n_tasks; i++)
    {
      const TelarSlices *slices = lane (run, i)->slices;

      if (slices->len > 0)
        {
          gint64 begin = telar_slices_at (slices, 0).begin;
          gint64 end = telar_slices_at (slices, slices->len - 1).end;

          picture_run_life (run, i, MAX (0, begin - 50 * US), end, end + 20 * US, 0);
          for (guint k = 1; k < slices->len; k++)
            {
              gint64 from = telar_slices_at (slices, k - 1).end;
              gint64 to = telar_slices_at (slices, k).begin;

              if (to > from)
                picture_run_wait (run, i, TELAR_WAIT_READY, TELAR_CAUSE_NONE, from, to,
                                  TELAR_NO_TASK, TELAR_NO_TASK);
            }
          picture_run_arrow (run, TELAR_ARROW_START, 0, i, MAX (0, begin - 50 * US), begin);
        }
    }
  picture_run_now (run, now + 50 * US, TRUE);
  return run;
}

PictureRun *
picture_run_failures (void)
{
  PictureRun *run = picture_run_new ("A crash among healthy tasks", 2);
  guint32 good =
      picture_run_task (run, 0, TELAR_KIND_PROCESS, "healthy", "primes", "primes(100000)");
  guint32 bad =
      picture_run_task (run, 0, TELAR_KIND_PROCESS, "crashing", "crash", "crash(SIGSEGV)");
  guint32 fork = picture_run_task (run, 0, TELAR_KIND_PROCESS, "refused", "busy", "busy(5)");
  guint32 skip = picture_run_task (run, 0, TELAR_KIND_PROCESS, "skipped", "busy", "busy(5)");
  guint32 quick = picture_run_task (run, 0, TELAR_KIND_PROCESS, "quick", "exit", "exit(3)");
  const guint32 none = TELAR_NO_TASK;
  TelarLoss loss = { .ns = 30 * MS, .core = 1, .n = 39 };

  picture_run_after (run, skip, bad);
  picture_run_slice (run, 0, 0, 0, 1 * MS);
  picture_run_slice (run, good, 1, 500 * US, 40 * MS);
  picture_run_slice (run, bad, 0, 1 * MS, 12 * MS);
  picture_run_slice (run, quick, 0, 20 * MS, 20 * MS + 30 * US);
  picture_run_slice (run, 0, 0, 41 * MS, 42 * MS);
  picture_run_wait (run, 0, TELAR_WAIT_BLOCKED, TELAR_CAUSE_JOIN, 1 * MS, 41 * MS, good, bad);
  picture_run_wait (run, bad, TELAR_WAIT_ENDED, TELAR_CAUSE_NONE, 12 * MS, 13 * MS, none, none);
  picture_run_wait (run, good, TELAR_WAIT_ENDED, TELAR_CAUSE_NONE, 40 * MS, 41 * MS, none, none);
  picture_run_life (run, 0, 0, 42 * MS, TELAR_NO_TIME, 0);
  picture_run_life (run, good, 400 * US, 40 * MS, 41 * MS, 0);
  picture_run_life (run, bad, 800 * US, 12 * MS, 13 * MS, -11);
  picture_run_life (run, quick, 19900 * US, 20 * MS + 30 * US, 20100 * US, 3);
  lane (run, fork)->state = TELAR_STATE_COULD_NOT_START;
  lane (run, fork)->could_not = EAGAIN;
  lane (run, skip)->reason = TELAR_NOT_STARTED_AFTER_FAILED;
  lane (run, skip)->reason_task = bad;
  g_array_append_val (run->timeline->losses, loss);
  picture_run_now (run, 42 * MS, TRUE);
  return run;
}

/* synthetic-run.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "synthetic-run.h"

#include "made-plan.h"

#define QUANTUM 200000

/* A random program: a plan and what each of its tasks does. */
typedef struct
{
  GRand     *random;
  GArray    *made;     /* TelarMadeTask */
  GPtrArray *texts;    /* owned: ids and lists of ids */
  GPtrArray *ops;      /* owned: GArray of TelarMadeOp, [task] */
  gint64     work;     /* mean computing of a task, ns */
  gboolean   healthy;
} Writer;

static const char *
keep (Writer *writer, char *text)
{
  g_ptr_array_add (writer->texts, text);
  return text;
}

static gboolean
chance (Writer *writer, guint percent)
{
  return g_rand_int_range (writer->random, 0, 100) < (gint32) percent;
}

static void
add_op (GArray *ops, TelarMadeDo what, guint32 task, gint64 ns)
{
  TelarMadeOp op = { what, task, ns };

  g_array_append_val (ops, op);
}

static guint32
add_task (Writer *writer, guint32 parent, TelarKind kind, const char *function, const char *after)
{
  static const char prefixes[] = { 'p', 't', 'c' };
  guint32 number = writer->made->len;
  TelarMadeTask made = {
    .id = keep (writer, g_strdup_printf ("%c%u", prefixes[kind], number)),
    .parent = g_array_index (writer->made, TelarMadeTask, parent).id,
    .kind = kind,
    .function = function,
    .after = after,
  };

  g_array_append_val (writer->made, made);
  g_ptr_array_add (writer->ops, kind == TELAR_KIND_CALL
                                  ? NULL
                                  : g_array_new (FALSE, TRUE, sizeof (TelarMadeOp)));
  return number;
}

/* What a task does by itself: steps that compute, sleep, or run a program. */
static void
write_body (Writer *writer, GArray *ops)
{
  guint n = (guint) g_rand_int_range (writer->random, 1, 4);

  for (guint i = 0; i < n; i++)
    {
      gint64 ns = (gint64) (g_rand_double_range (writer->random, 0.2, 1.8)
                            * (double) writer->work / n);

      add_op (ops, TELAR_DO_STEP, 0, 0);
      if (!writer->healthy && chance (writer, 8))
        add_op (ops, TELAR_DO_PROGRAM, 0, ns);
      else
        add_op (ops, TELAR_DO_COMPUTE, 0, ns);
      if (chance (writer, 30))
        add_op (ops, TELAR_DO_SLEEP, 0, g_rand_int_range (writer->random, 1000, 3000000));
      add_op (ops, TELAR_DO_STEP_END, 0, i);
    }
}

static guint32 write_scope (Writer *writer, guint32 scope, guint depth);

/* A few siblings. Returns: their ids as a list, and in @numbers who they are. */
static const char *
write_siblings (Writer *writer, guint32 scope, const char *after, guint depth, GArray *numbers)
{
  static const char *const functions[] = { "square", "is_even", "primes", "sort", "fibonacci" };
  guint n = (guint) g_rand_int_range (writer->random, 1, depth == 0 ? 6 : 3);
  GString *ids = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    {
      TelarKind kind = chance (writer, 40) ? TELAR_KIND_THREAD : TELAR_KIND_PROCESS;
      guint32 number = add_task (writer, scope, kind,
                                 functions[g_rand_int_range (writer->random, 0, 5)], after);

      g_string_append_printf (ids, "%s%s", i > 0 ? " " : "",
                              g_array_index (writer->made, TelarMadeTask, number).id);
      g_array_append_val (numbers, number);
      if (kind == TELAR_KIND_PROCESS && depth < 2 && chance (writer, 40))
        write_scope (writer, number, depth + 1);
      else
        {
          GArray *ops = g_ptr_array_index (writer->ops, number);

          write_body (writer, ops);
          if (!writer->healthy && chance (writer, 8))
            add_op (ops, TELAR_DO_CRASH, 0, 11);
          add_op (ops, TELAR_DO_END, 0, !writer->healthy && chance (writer, 10) ? 3 : 0);
        }
    }
  return keep (writer, g_string_free (ids, FALSE));
}

/* What a scope does: starts, its own body, a call, joins; a second round after
 * the first. */
static guint32
write_scope (Writer *writer, guint32 scope, guint depth)
{
  GArray *ops = g_ptr_array_index (writer->ops, scope);
  g_autoptr (GArray) first = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (GArray) second = g_array_new (FALSE, FALSE, sizeof (guint32));
  const char *ids = write_siblings (writer, scope, NULL, depth, first);
  guint32 refused = TELAR_NO_TASK;

  for (guint i = 0; i < first->len; i++)
    {
      guint32 child = g_array_index (first, guint32, i);
      gboolean refuse = !writer->healthy && chance (writer, 5);

      add_op (ops, refuse ? TELAR_DO_REFUSE : TELAR_DO_START, child, refuse ? 11 : 0);
      refused = refuse ? child : refused;
    }
  write_body (writer, ops);
  if (chance (writer, 40))
    {
      guint32 call = add_task (writer, scope, TELAR_KIND_CALL, "print", NULL);

      add_op (ops, TELAR_DO_CALL, call, 0);
      write_body (writer, ops);
      add_op (ops, TELAR_DO_RETURN, call, 0);
    }
  if (!writer->healthy && chance (writer, 10)
      && g_array_index (writer->made, TelarMadeTask, g_array_index (first, guint32, 0)).kind
           == TELAR_KIND_PROCESS
      && refused != g_array_index (first, guint32, 0))
    add_op (ops, TELAR_DO_KILL, g_array_index (first, guint32, 0), 0);
  if (chance (writer, 50))
    {
      write_siblings (writer, scope, ids, depth, second);
      for (guint i = 0; i < first->len; i++)
        add_op (ops, TELAR_DO_JOIN_ANY, 0, 0);
      for (guint i = 0; i < second->len; i++)
        {
          guint32 child = g_array_index (second, guint32, i);

          if (refused != TELAR_NO_TASK)
            add_op (ops, TELAR_DO_SKIP, child, refused);
          else
            add_op (ops, TELAR_DO_START, child, 0);
        }
    }
  if (!writer->healthy && depth > 0 && chance (writer, 8))
    add_op (ops, TELAR_DO_CRASH, 0, 6);
  add_op (ops, TELAR_DO_JOIN_ALL, 0, 0);
  add_op (ops, TELAR_DO_END, 0, 0);
  return scope;
}

static void
ops_free (GArray *ops)
{
  g_clear_pointer (&ops, g_array_unref);
}

static void
writer_init (Writer *writer, guint32 seed, gint64 work, gboolean healthy)
{
  TelarMadeTask main_task = { .id = "main", .kind = TELAR_KIND_PROCESS };

  *writer = (Writer){
    .random = g_rand_new_with_seed (seed),
    .made = g_array_new (FALSE, TRUE, sizeof (TelarMadeTask)),
    .texts = g_ptr_array_new_with_free_func (g_free),
    .ops = g_ptr_array_new_with_free_func ((GDestroyNotify) ops_free),
    .work = work,
    .healthy = healthy,
  };
  g_array_append_val (writer->made, main_task);
  g_ptr_array_add (writer->ops, g_array_new (FALSE, TRUE, sizeof (TelarMadeOp)));
}

static GBytes *
writer_plan (Writer *writer)
{
  return telar_made_plan ((const TelarMadeTask *) (gpointer) writer->made->data, writer->made->len,
                          FALSE);
}

static void
writer_clear (Writer *writer)
{
  g_rand_free (writer->random);
  g_array_unref (writer->made);
  g_ptr_array_unref (writer->texts);
  g_ptr_array_unref (writer->ops);
}

static void
take_all (const TelarMadeBatch *batch, gint64 now, gpointer data)
{
  TelarMadeBatch *all = data;

  g_array_append_vals (all->switches, batch->switches->data, batch->switches->len);
  g_array_append_vals (all->events, batch->events->data, batch->events->len);
  g_array_append_vals (all->samples, batch->samples->data, batch->samples->len);
  g_array_append_vals (all->loads, batch->loads->data, batch->loads->len);
}

TelarMadeRun *
telar_made_run_new (guint32 seed, guint n_cores, guint64 n_slices, TelarSource source)
{
  TelarMadeRun *run = g_new0 (TelarMadeRun, 1);
  TelarMadeMachine machine = {
    .n_cores = n_cores,
    .quantum = QUANTUM,
    .period = 4000000,
    .seed = seed,
    .take = take_all,
    .data = &run->all,
  };
  Writer writer;

  writer_init (&writer, seed, (gint64) n_slices * QUANTUM / 20, FALSE);
  write_scope (&writer, TELAR_MAIN, 0);
  if (chance (&writer, 10))
    machine.stop_at = g_rand_int_range (writer.random, 100000, 20000000);
  run->plan = writer_plan (&writer);
  run->all.switches = g_array_new (FALSE, TRUE, sizeof (TelarSwitch));
  run->all.events = g_array_new (FALSE, TRUE, sizeof (TelarEvent));
  run->all.samples = g_array_new (FALSE, TRUE, sizeof (TelarSample));
  run->all.loads = g_array_new (FALSE, TRUE, sizeof (TelarLoad));
  telar_made_machine_run (&machine, g_bytes_get_data (run->plan, NULL),
                          (GArray *const *) writer.ops->pdata, source, &run->begun, &run->ended);
  writer_clear (&writer);
  return run;
}

void
telar_made_run_free (TelarMadeRun *run)
{
  g_bytes_unref (run->plan);
  g_array_unref (run->all.switches);
  g_array_unref (run->all.events);
  g_array_unref (run->all.samples);
  g_array_unref (run->all.loads);
  g_free (run);
}

static void
feed (const TelarMadeBatch *batch, gint64 now, gpointer data)
{
  TelarTimeline *timeline = data;
  TelarNow until = { .ns = now };

  telar_timeline_add_switches (timeline, (const TelarSwitch *) (gpointer) batch->switches->data,
                               batch->switches->len);
  telar_timeline_add_events (timeline, (const TelarEvent *) (gpointer) batch->events->data,
                             batch->events->len);
  telar_timeline_add_loads (timeline, (const TelarLoad *) (gpointer) batch->loads->data,
                            batch->loads->len);
  telar_timeline_advance (timeline, &until);
}

TelarTimeline *
telar_synthetic_run_new (guint32 seed, guint n_cores, guint n_tasks, guint64 n_slices)
{
  g_autoptr (GArray) cores = g_array_new (FALSE, FALSE, sizeof (int));
  g_autoptr (GBytes) plan = NULL;
  TelarTimeline *timeline;
  TelarMadeMachine machine = {
    .n_cores = n_cores,
    .quantum = QUANTUM,
    .period = 100000000,
    .seed = seed,
    .batch = 4096,
    .take = feed,
  };
  Writer writer;
  TelarBegun begun;
  TelarEnded ended;
  GArray *ops;

  writer_init (&writer, seed, (gint64) (n_slices / MAX (n_tasks, 1)) * QUANTUM, TRUE);
  ops = g_ptr_array_index (writer.ops, TELAR_MAIN);
  for (guint i = 0; i < n_tasks; i++)
    {
      gboolean thread = i % 4 > 1;
      guint32 parent = thread ? i - i % 4 + 2 : TELAR_MAIN;
      guint32 task = add_task (&writer, parent, thread ? TELAR_KIND_THREAD : TELAR_KIND_PROCESS,
                               thread ? "monte_carlo_pi" : "primes", NULL);
      GArray *scope = g_ptr_array_index (writer.ops, parent);

      add_op (scope, TELAR_DO_START, task, 0);
    }
  for (guint32 i = 1; i < writer.made->len; i++)
    {
      GArray *own = g_ptr_array_index (writer.ops, i);

      write_body (&writer, own);
      add_op (own, TELAR_DO_JOIN_ALL, 0, 0);
      add_op (own, TELAR_DO_END, 0, 0);
    }
  add_op (ops, TELAR_DO_JOIN_ALL, 0, 0);
  add_op (ops, TELAR_DO_END, 0, 0);

  plan = writer_plan (&writer);
  for (int i = 0; i < (int) n_cores; i++)
    g_array_append_val (cores, i);
  timeline = telar_timeline_new (plan, cores);
  machine.data = timeline;
  telar_made_begun (&begun, TELAR_SOURCE_EXACT, n_cores);
  telar_timeline_begin (timeline, &begun);
  telar_made_machine_run (&machine, g_bytes_get_data (plan, NULL),
                          (GArray *const *) writer.ops->pdata, TELAR_SOURCE_EXACT, &begun, &ended);
  telar_timeline_finish (timeline, &ended);
  writer_clear (&writer);
  return timeline;
}

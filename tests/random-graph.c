/* random-graph.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "random-graph.h"

#include <math.h>

/* A task while the graph grows. */
typedef struct
{
  TelarTask *task;    /* borrowed */
  gint       parent;  /* index, or -1 for main */
  guint      depth;   /* 1 for main's children */
  guint      total;   /* instances in the plan */
  gboolean   started; /* by its parent's body */
} Node;

typedef struct
{
  GRand                         *random;
  const TelarRandomGraphOptions *options;
  TelarGraph                    *graph;
  GArray                        *nodes;  /* Node */
  guint                          total;  /* instances in the plan so far */
} Maker;

/* ---- dice --------------------------------------------------------------- */

static gboolean
one_in (Maker *maker, gint32 n)
{
  return g_rand_int_range (maker->random, 0, n) == 0;
}

static guint
up_to (Maker *maker, guint most)
{
  return most < 2 ? 1 : (guint) g_rand_int_range (maker->random, 1, (gint32) most + 1);
}

/* Hundredths: short in the file, and the same on every computer. */
static double
some (Maker *maker, double most)
{
  return round (g_rand_double_range (maker->random, 0, most) * 100) / 100;
}

/* ---- steps -------------------------------------------------------------- */

static void
add_step (TelarTask *task, const char *function, json_t *args)
{
  g_ptr_array_add (task->steps, telar_step_new (function, args));
}

static void
add_busy (Maker *maker, TelarTask *task)
{
  add_step (task, "busy", json_pack ("[f]", some (maker, maker->options->max_busy_ms)));
}

static void
add_sleep (Maker *maker, TelarTask *task)
{
  double us = 1000 * some (maker, maker->options->max_sleep_ms);
  g_autofree char *text = g_strdup_printf ("%d us", (int) us);

  add_step (task, "sleep", json_pack ("[s]", text));
}

static void
add_work (Maker *maker, TelarTask *task)
{
  switch (g_rand_int_range (maker->random, 0, maker->options->prints ? 8 : 6))
    {
    case 0:
    case 1:
      add_sleep (maker, task);
      break;
    case 6:
      add_step (task, "print", json_pack ("[s]", task->id));
      break;
    case 7:
      add_step (task, "square", json_pack ("[[iii], f]", 43, 50, -7,
                                           some (maker, maker->options->max_busy_ms / 3)));
      break;
    default:
      add_busy (maker, task);
    }
}

/* How a task ends that does not just reach its end; a call that crashes or a
 * thread takes its whole process along, which the graph may want. */
static void
add_end (Maker *maker, TelarTask *task)
{
  switch (g_rand_int_range (maker->random, 0, 3))
    {
    case 0:
      add_step (task, "exit", json_pack ("[i]", g_rand_int_range (maker->random, 0, 256)));
      break;
    case 1:
      add_step (task, "fail", json_pack ("[s]", "as asked"));
      break;
    default:
      add_step (task, "crash", json_pack ("[s]", one_in (maker, 2) ? "SIGSEGV" : "SIGABRT"));
    }
}

static void
add_steps (Maker *maker, TelarTask *task)
{
  const TelarRandomGraphOptions *options = maker->options;

  task->has_body = options->bodies && one_in (maker, 3);
  if (!task->has_body)
    add_work (maker, task);
  for (guint n = task->has_body ? up_to (maker, 4) : 0; n > 0; n--)
    add_work (maker, task);
  if (one_in (maker, 5))
    task->repeat = up_to (maker, options->max_repeat);
  if (options->ends && task->kind == TELAR_KIND_PROCESS && one_in (maker, 6))
    {
      task->has_body = TRUE;
      task->repeat = 1;
      add_end (maker, task);
    }
}

/* ---- tasks -------------------------------------------------------------- */

static Node *
node_at (Maker *maker, gint i)
{
  return &g_array_index (maker->nodes, Node, i);
}

/* A process with room inside, or -1: main. */
static gint
choose_parent (Maker *maker)
{
  for (int attempt = 0; attempt < 3; attempt++)
    {
      gint i;

      if (maker->nodes->len == 0 || one_in (maker, 2))
        return -1;
      i = g_rand_int_range (maker->random, 0, (gint32) maker->nodes->len);
      if (node_at (maker, i)->task->kind == TELAR_KIND_PROCESS
          && node_at (maker, i)->depth < maker->options->max_depth)
        return i;
    }
  return -1;
}

static TelarKind
choose_kind (Maker *maker)
{
  TelarKind kinds[4];
  guint n = 0;

  if (maker->options->processes)
    kinds[n++] = TELAR_KIND_PROCESS;
  if (maker->options->threads)
    kinds[n++] = TELAR_KIND_THREAD;
  /* fewer calls: nothing is started by them */
  if (maker->options->calls && (n == 0 || one_in (maker, 3)))
    kinds[n++] = TELAR_KIND_CALL;
  g_assert (n > 0);
  return kinds[g_rand_int_range (maker->random, 0, (gint32) n)];
}

/* After up to three of the siblings that came before: no circle can come of it. */
static void
add_after (Maker *maker, TelarTask *task, gint parent)
{
  for (guint n = up_to (maker, 3); n > 0 && maker->nodes->len > 0; n--)
    {
      const Node *before = node_at (maker, g_rand_int_range (maker->random, 0,
                                                             (gint32) maker->nodes->len));
      gboolean known = FALSE;

      for (guint i = 0; i < task->after->len; i++)
        known |= g_str_equal (g_ptr_array_index (task->after, i), before->task->id);
      if (before->parent == parent && !known)
        g_ptr_array_add (task->after, g_strdup (before->task->id));
    }
}

static void
add_task (Maker *maker, guint number)
{
  static const char *const letters[] = { "p", "t", "c" };
  const TelarRandomGraphOptions *options = maker->options;
  TelarKind kind = choose_kind (maker);
  g_autofree char *id = g_strdup_printf ("%s%u", letters[kind], number);
  TelarTask *task = telar_task_new (id, kind);
  Node node = { .task = task, .parent = choose_parent (maker), .depth = 1, .total = 1 };

  if (node.parent >= 0)
    {
      const Node *parent = node_at (maker, node.parent);

      task->inside = g_strdup (parent->task->id);
      node.depth = parent->depth + 1;
      node.total = parent->total;
    }
  if (one_in (maker, 4))
    task->copies = up_to (maker, options->max_copies);
  if (maker->total + node.total * task->copies > options->max_plan_tasks)
    task->copies = 1;
  node.total *= task->copies;
  maker->total += node.total;
  if (options->cores != NULL && options->cores->len > 0 && kind != TELAR_KIND_CALL
      && one_in (maker, 4))
    task->core = g_array_index (options->cores, int,
                                g_rand_int_range (maker->random, 0, (gint32) options->cores->len));
  add_steps (maker, task);
  if (options->methods && kind == TELAR_KIND_PROCESS)
    task->start_method = g_rand_int_range (maker->random, -1, TELAR_METHOD_SPAWN + 1);
  if (options->after && one_in (maker, 2))
    add_after (maker, task, node.parent);
  g_ptr_array_add (maker->graph->tasks, task);
  g_array_append_val (maker->nodes, node);
}

/* ---- control ------------------------------------------------------------ */

static gboolean
is_waited_for (Maker *maker, const char *id)
{
  for (guint i = 0; i < maker->nodes->len; i++)
    {
      const GPtrArray *after = node_at (maker, (gint) i)->task->after;
      for (guint n = 0; n < after->len; n++)
        if (g_str_equal (g_ptr_array_index (after, n), id))
          return TRUE;
    }
  return FALSE;
}

/* The steps that start a child and do something about it; a join may be left to
 * the end of the scope, as Python leaves it. */
static GPtrArray *
make_control (Maker *maker, const TelarTask *child)
{
  g_autofree char *timeout = g_strdup_printf ("%d us", g_rand_int_range (maker->random, 0, 3000));
  TelarTask *scratch = telar_task_new (child->id, TELAR_KIND_CALL);
  GPtrArray *steps = g_ptr_array_ref (scratch->steps);
  const char *id = child->id;

  add_step (scratch, "start", json_pack ("[{ss}]", "task", id));
  if (one_in (maker, 2))
    add_work (maker, scratch);
  switch (g_rand_int_range (maker->random, 0, 5))
    {
    case 0:
      break;
    case 1:
      add_step (scratch, "join", json_pack ("[{ss}s]", "task", id, timeout));
      break;
    case 2:
      if (child->kind == TELAR_KIND_PROCESS)
        add_step (scratch, one_in (maker, 2) ? "terminate" : "kill",
                  json_pack ("[{ss}]", "task", id));
      break;
    case 3:
      add_step (scratch, "join", json_pack ("[{ss}s]", "task", id, timeout));
      add_step (scratch, "join", json_pack ("[{ss}]", "task", id));
      break;
    default:
      add_step (scratch, "join", json_pack ("[{ss}]", "task", id));
    }
  telar_task_free (scratch);
  return steps;
}

/* A thread beside @node that may start it as well as their parent could, or NULL:
 * whatever comes after @node needs it for a sibling. */
static TelarTask *
find_thread_beside (Maker *maker, gint node)
{
  if (is_waited_for (maker, node_at (maker, node)->task->id) || !one_in (maker, 2))
    return NULL;
  for (gint i = 0; i < (gint) maker->nodes->len; i++)
    {
      TelarTask *task = node_at (maker, i)->task;
      if (i != node && node_at (maker, i)->parent == node_at (maker, node)->parent
          && task->kind == TELAR_KIND_THREAD && task->copies == 1 && task->repeat == 1
          && !node_at (maker, i)->started)
        return task;
    }
  return NULL;
}

/* Hands some tasks over to a body. Its steps go before what the starter does
 * anyway: it may be about to end. */
static void
add_controls (Maker *maker)
{
  for (gint i = 0; i < (gint) maker->nodes->len; i++)
    {
      Node *node = node_at (maker, i);
      TelarTask *starter = find_thread_beside (maker, i);
      g_autoptr (GPtrArray) steps = NULL;

      if (starter == NULL)
        starter = node->parent < 0 ? maker->graph->main : node_at (maker, node->parent)->task;
      if (node->task->kind == TELAR_KIND_CALL || node->task->after->len > 0
          || starter->repeat > 1 || !one_in (maker, 4))
        continue;
      g_clear_pointer (&node->task->inside, g_free);
      node->started = TRUE;
      starter->has_body = TRUE;
      steps = make_control (maker, node->task);
      g_ptr_array_set_free_func (steps, NULL);
      for (guint n = steps->len; n-- > 0;)
        g_ptr_array_insert (starter->steps, 0, g_ptr_array_index (steps, n));
    }
}

TelarGraph *
telar_random_graph_new (guint32 seed, const TelarRandomGraphOptions *options)
{
  static const TelarRandomGraphOptions initial = TELAR_RANDOM_GRAPH_OPTIONS_INIT;
  Maker maker = { .random = g_rand_new_with_seed (seed),
                  .options = options != NULL ? options : &initial,
                  .graph = telar_graph_new (),
                  .nodes = g_array_new (FALSE, TRUE, sizeof (Node)),
                  .total = 1 };
  guint n = (guint) g_rand_int_range (maker.random, (gint32) maker.options->min_tasks,
                                      (gint32) maker.options->max_tasks + 1);

  maker.graph->name = g_strdup_printf ("Random %u", seed);
  for (guint i = 1; i <= n && maker.total < maker.options->max_plan_tasks; i++)
    add_task (&maker, i);
  if (maker.options->bodies && maker.options->control)
    add_controls (&maker);
  g_array_unref (maker.nodes);
  g_rand_free (maker.random);
  return maker.graph;
}

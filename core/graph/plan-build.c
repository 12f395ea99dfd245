/* plan-build.c
 *
 * SPDX-License-Identifier: MIT
 *
 * A task of the graph becomes a row of tasks in the plan: one for each copy in
 * each copy of its parent. The rows follow each other in file order, and in a
 * row the tasks of one parent stand together:
 *
 *   p, 2 copies          p.1   p.2
 *   t, 3 copies, in p    t.1.1 t.1.2 t.1.3   t.2.1 t.2.2 t.2.3
 *
 * so that whatever a reference means is numbers in a row. The number of a task
 * in its row, divided by its copies, is that of its parent in the parent's.
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "graph/placement.h"
#include "graph/plan-pools.h"
#include "graph/plan-tables.h"
#include "graph/relations.h"
#include "graph/value.h"

#define STEP_TEXT   60      /* characters of a step as people see it */
#define TITLE_TEXT  24      /* bytes of a title's functions, but for the first */
#define STEPS_LIMIT 100000

typedef struct
{
  guint32 first;  /* number of the first of the row in the plan */
  guint32 n;      /* how many there are; 0: not yet counted */
  guint32 depth;  /* parents up to main */
  /* whether it, or a parent of it, has copies */
  gboolean copied;
  /* Unless it says so itself, a process is a daemon where the process that starts
   * it is one, and a thread where the thread that starts it is, as in Python. */
  gboolean daemon;
  gboolean daemon_process; /* the process that it runs in is one */
} Row;

/* Tasks of the plan with numbers in a row. */
typedef struct
{
  guint32 first;
  guint32 n;
} Range;

typedef struct
{
  const TelarGraph *graph;      /* borrowed */
  TelarRelations   *relations;  /* owned */
  Row              *rows;       /* owned, one a task of the graph */
  GPtrArray        *children;   /* owned GArray of guint32: tasks of the graph, by parent */
  TelarPlanTables   tables;
  TelarPlacing      placing;
  TelarPlanPools    pools;
} Builder;

static void
builder_clear (Builder *builder)
{
  g_clear_pointer (&builder->relations, telar_relations_free);
  g_clear_pointer (&builder->rows, g_free);
  g_clear_pointer (&builder->children, g_ptr_array_unref);
  telar_plan_tables_clear (&builder->tables);
  telar_placing_clear (&builder->placing);
  telar_plan_pools_clear (&builder->pools);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Builder, builder_clear)

static const TelarTask *
get_task (const Builder *builder, guint32 task)
{
  return telar_relations_task (builder->relations, task);
}

static guint32
get_parent (const Builder *builder, guint32 task)
{
  return builder->relations->tasks[task].parent;
}

/* ---- rows --------------------------------------------------------------- */

static void
count_row (Builder *builder, guint32 task, guint32 *path)
{
  guint32 n = 0;

  for (; builder->rows[task].n == 0; task = get_parent (builder, task))
    path[n++] = task;
  while (n > 0)
    {
      Row *row = &builder->rows[path[--n]];
      const Row *above = &builder->rows[get_parent (builder, path[n])];
      const TelarTask *it = get_task (builder, path[n]);
      const TelarTask *parent = get_task (builder, get_parent (builder, path[n]));

      row->n = above->n * it->copies;
      row->depth = above->depth + 1;
      row->copied = above->copied || it->copies > 1;
      if (it->kind == TELAR_KIND_PROCESS)
        row->daemon = it->daemon || above->daemon_process;
      else
        row->daemon = (it->kind == TELAR_KIND_THREAD && it->daemon)
                      || (parent->kind != TELAR_KIND_PROCESS && above->daemon);
      row->daemon_process = it->kind == TELAR_KIND_PROCESS ? row->daemon
                                                                    : above->daemon_process;
    }
}

/* Returns: how many tasks the plan has. */
static guint32
make_rows (Builder *builder)
{
  guint32 n = builder->relations->n_tasks;
  g_autofree guint32 *path = g_new (guint32, n);
  guint32 total = 1;

  builder->rows = g_new0 (Row, n);
  builder->rows[0].n = 1;
  builder->children = g_ptr_array_new_full (n, (GDestroyNotify) g_array_unref);
  for (guint32 i = 0; i < n; i++)
    g_ptr_array_add (builder->children, g_array_new (FALSE, FALSE, sizeof (guint32)));
  for (guint32 i = 1; i < n; i++)
    {
      count_row (builder, i, path);
      builder->rows[i].first = total;
      total += builder->rows[i].n;
      g_array_append_val (g_ptr_array_index (builder->children, get_parent (builder, i)), i);
    }
  return total;
}

/* ---- references --------------------------------------------------------- */

/* Appends what @reference means to the @nth of @task: what is in the same copy
 * of the nearest parent that both have. */
static void
resolve (const Builder *builder, guint32 task, guint32 nth, const char *reference, GArray *ranges)
{
  guint copy;
  guint32 target = telar_relations_find (builder->relations, reference, &copy);
  const Row *row = &builder->rows[target];
  guint32 copies = get_task (builder, target)->copies;
  guint32 shared = target, each;

  while (builder->rows[shared].depth > builder->rows[task].depth)
    shared = get_parent (builder, shared);
  while (task != shared)
    {
      if (builder->rows[task].depth == builder->rows[shared].depth)
        shared = get_parent (builder, shared);
      nth /= get_task (builder, task)->copies;
      task = get_parent (builder, task);
    }
  each = row->n / builder->rows[shared].n;
  if (copy == 0)
    {
      Range range = { row->first + nth * each, each };
      g_array_append_val (ranges, range);
    }
  for (guint32 i = nth * each + copy - 1; copy > 0 && i < (nth + 1) * each; i += copies)
    {
      Range range = { row->first + i, 1 };
      g_array_append_val (ranges, range);
    }
}

static int
compare_ranges (gconstpointer a, gconstpointer b)
{
  const Range *first = a, *second = b;

  return first->first < second->first ? -1 : first->first > second->first;
}

/* Puts the list of all tasks in @ranges into the plan, in file order, each once. */
static void
add_list (Builder *builder, GArray *ranges, guint32 *first, guint32 *n)
{
  g_autoptr (GArray) numbers = NULL;
  guint kept = 0;

  *first = 0;
  *n = 0;
  if (ranges->len == 0)
    return;
  g_array_sort (ranges, compare_ranges);
  for (guint i = 1; i < ranges->len; i++)
    {
      const Range *next = &g_array_index (ranges, Range, i);
      Range *last = &g_array_index (ranges, Range, kept);

      if (next->first <= last->first + last->n)
        last->n = MAX (last->n, next->first + next->n - last->first);
      else
        g_array_index (ranges, Range, ++kept) = *next;
    }
  g_array_set_size (ranges, kept + 1);

  numbers = g_array_new (FALSE, FALSE, sizeof (guint32));
  for (guint i = 0; i < ranges->len; i++)
    {
      const Range *range = &g_array_index (ranges, Range, i);

      *n += range->n;
      for (guint32 k = 0; ranges->len > 1 && k < range->n; k++)
        {
          guint32 number = range->first + k;
          g_array_append_val (numbers, number);
        }
    }
  *first = ranges->len == 1
               ? telar_plan_tables_row (&builder->tables, g_array_index (ranges, Range, 0).first)
               : telar_plan_tables_list (&builder->tables,
                                         (const guint32 *) (gpointer) numbers->data, *n);
}

/* ---- steps -------------------------------------------------------------- */

static void
add_awaited_one (Builder *builder, guint32 number, gboolean is_object, int end)
{
  gint64 bits = (gint64) ((guint64) number | (guint64) is_object << 32
                          | (guint64) MAX (end, 0) << 33);

  g_array_append_val (builder->tables.integers, bits);
}

/* Returns: how many there are. */
static guint32
add_awaited (Builder *builder, guint32 task, guint32 nth, const json_t *awaited)
{
  guint before = builder->tables.integers->len;

  for (size_t i = 0; i < json_array_size (awaited); i++)
    {
      const json_t *one = json_array_get (awaited, i);
      g_autoptr (GArray) ranges = g_array_new (FALSE, FALSE, sizeof (Range));
      int end;
      const char *object = telar_json_object (one, &end);

      if (object != NULL)
        add_awaited_one (builder, (guint32) telar_graph_find_object (builder->graph, object), TRUE,
                         telar_relations_pipe_end (builder->relations, task, "wait_any", object,
                                                   end));
      else
        resolve (builder, task, nth, telar_json_task (one), ranges);
      for (guint r = 0; r < ranges->len; r++)
        for (guint32 k = 0; k < g_array_index (ranges, Range, r).n; k++)
          add_awaited_one (builder, g_array_index (ranges, Range, r).first + k, FALSE, 0);
    }
  return builder->tables.integers->len - before;
}

static void
add_value (Builder *builder, guint32 task, guint32 nth, const TelarStep *step,
           const TelarValue *value)
{
  TelarPlanTables *tables = &builder->tables;
  TelarPlanValue out = { .type = value->type, .count = 1 };
  g_autoptr (GArray) ranges = NULL;
  guint32 first;

  switch (value->type)
    {
    case TELAR_VALUE_TASK:
      ranges = g_array_new (FALSE, FALSE, sizeof (Range));
      if (value->task != NULL)
        resolve (builder, task, nth, value->task, ranges);
      add_list (builder, ranges, &first, &out.count);
      out.first = first;
      break;
    case TELAR_VALUE_OBJECT:
      out.count = 0;
      if (value->object != NULL)
        {
          out.first = (guint64) telar_graph_find_object (builder->graph, value->object);
          out.count = (guint32) (2 + telar_relations_pipe_end (builder->relations, task,
                                                               step->function, value->object,
                                                               value->end));
        }
      break;
    case TELAR_VALUE_AWAITED:
      out.first = tables->integers->len;
      out.count = add_awaited (builder, task, nth, value->awaited);
      break;
    case TELAR_VALUE_EACH:
    case TELAR_VALUE_ROWS:
    case TELAR_VALUE_CALL:
      out = telar_plan_pools_value (&builder->pools, step, value->type);
      break;
    default:
      telar_plan_tables_value (tables, value);
      return;
    }
  g_array_append_val (tables->values, out);
}

/* What was left out is filled in, but for the rest of the texts: they are as
 * many as they are. */
static void
add_values (Builder *builder, guint32 task, guint32 nth, const TelarStep *step,
            const TelarFunction *function)
{
  guint n = (guint) json_array_size (step->args);

  for (guint i = 0; i < MAX (n, function->n_parameters) && function->n_parameters > 0; i++)
    {
      const TelarParameter *parameter
          = &function->parameters[MIN (i, function->n_parameters - 1)];
      g_auto (TelarValue) value = { 0 };
      g_auto (TelarValueFault) fault = { 0 };

      if (i < n)
        telar_value_read (parameter, json_array_get (step->args, i), &value, &fault);
      else if (parameter->type == TELAR_VALUE_TEXTS)
        break;
      else
        telar_value_initial (parameter, &value);
      add_value (builder, task, nth, step, &value);
    }
}

static void
add_steps (Builder *builder, guint32 task, guint32 nth, TelarPlanTask *out)
{
  const GPtrArray *steps = get_task (builder, task)->steps;

  out->first_step = builder->tables.steps->len;
  out->n_steps = steps->len;
  for (guint i = 0; i < steps->len; i++)
    {
      const TelarStep *step = g_ptr_array_index (steps, i);
      const TelarFunction *function = telar_catalogue_find (step->function);
      g_autofree char *text = telar_step_describe (step, STEP_TEXT);
      TelarPlanStep row = { .function = (guint32) telar_catalogue_number (step->function),
                            .text = telar_plan_tables_text (&builder->tables, text),
                            .first_value = builder->tables.values->len };

      add_values (builder, task, nth, step, function);
      row.n_values = builder->tables.values->len - row.first_value;
      g_array_append_val (builder->tables.steps, row);
    }
}

static gboolean
names_task (const json_t *argument)
{
  for (size_t i = 0; i < json_array_size (argument); i++)
    if (telar_json_task (json_array_get (argument, i)) != NULL)
      return TRUE;
  return telar_json_task (argument) != NULL;
}

/* Whether the steps of a task's copies name tasks that differ from copy to copy
 * of some parent. */
static gboolean
steps_differ (const Builder *builder, guint32 task)
{
  const GPtrArray *steps = get_task (builder, task)->steps;

  if (builder->rows[task].n == 1)
    return FALSE;
  for (guint i = 0; i < steps->len; i++)
    {
      const TelarStep *step = g_ptr_array_index (steps, i);
      for (size_t n = 0; n < json_array_size (step->args); n++)
        if (names_task (json_array_get (step->args, n)))
          return TRUE;
    }
  return FALSE;
}

/* ---- tasks -------------------------------------------------------------- */

/* "t.2.1": the first copy in the second copy of the parent. */
static char *
make_id (const Builder *builder, guint32 task, guint32 nth)
{
  GString *copies = g_string_new (NULL);
  const char *id = get_task (builder, task)->id;

  for (; builder->rows[task].copied; task = get_parent (builder, task))
    {
      guint32 n = get_task (builder, task)->copies;

      if (n > 1)
        {
          g_autofree char *copy = g_strdup_printf (".%u", nth % n + 1);
          g_string_prepend (copies, copy);
        }
      nth /= n;
    }
  g_string_prepend (copies, id);
  return g_string_free (copies, FALSE);
}

/* What stands beside the id: the name that the author gave, else the functions
 * that are called, each once, as many as there is room for. */
static char *
make_title (const TelarTask *task, const char *id)
{
  g_autoptr (GHashTable) said = g_hash_table_new (g_str_hash, g_str_equal);
  GString *title;

  if (task->name != NULL && *task->name != '\0')
    return g_strdup_printf ("%s %s", id, task->name);
  title = g_string_new (id);
  for (guint i = 0; i < task->steps->len; i++)
    {
      const TelarStep *step = g_ptr_array_index (task->steps, i);

      if (!g_hash_table_add (said, step->function))
        continue;
      if (i > 0 && title->len + strlen (step->function) > strlen (id) + TITLE_TEXT)
        {
          g_string_append (title, "…");
          break;
        }
      g_string_append_printf (title, "%s%s", i > 0 ? ", " : " ", step->function);
    }
  return g_string_free (title, FALSE);
}

static void
add_children (Builder *builder, guint32 task, guint32 nth, TelarPlanTask *out)
{
  const GArray *children = g_ptr_array_index (builder->children, task);
  g_autoptr (GArray) ranges = g_array_new (FALSE, FALSE, sizeof (Range));

  for (guint i = 0; i < children->len; i++)
    {
      guint32 child = g_array_index (children, guint32, i);
      guint32 each = builder->rows[child].n / builder->rows[task].n;

      if (builder->relations->tasks[child].starter != TELAR_NOBODY)
        out->n_started += each;
      else
        {
          Range range = { builder->rows[child].first + nth * each, each };
          g_array_append_val (ranges, range);
        }
    }
  for (guint i = 0; i < builder->graph->objects->len; i++)
    {
      const TelarPlanObject *pool = &builder->pools.objects[i];
      Range range = { pool->first_worker, (guint32) pool->amount };

      if (pool->n_workers == 0 || pool->owner != task)
        continue;
      g_array_append_val (ranges, range);
      out->n_started += pool->n_workers - range.n;
    }
  add_list (builder, ranges, &out->first_child, &out->n_children);
}

static void
add_after (Builder *builder, guint32 task, guint32 nth, TelarPlanTask *out)
{
  const GPtrArray *after = get_task (builder, task)->after;
  g_autoptr (GArray) ranges = NULL;

  if (after->len == 0)
    return;
  ranges = g_array_new (FALSE, FALSE, sizeof (Range));
  for (guint i = 0; i < after->len; i++)
    resolve (builder, task, nth, g_ptr_array_index (after, i), ranges);
  add_list (builder, ranges, &out->first_after, &out->n_after);
}

/* What a task says itself goes before what the graph says. */
static guint8
start_method_of (const Builder *builder, guint32 task)
{
  const TelarTask *it = get_task (builder, task);

  if (task == 0 || it->kind != TELAR_KIND_PROCESS)
    return TELAR_METHOD_FORK;
  return it->start_method >= 0 ? (guint8) it->start_method : builder->tables.head.start_method;
}

static void
add_row (Builder *builder, guint32 task)
{
  const TelarTask *it = get_task (builder, task);
  const Row *row = &builder->rows[task];
  guint32 parent = get_parent (builder, task);
  gboolean differ = steps_differ (builder, task);
  TelarPlanTask out = { .parent = TELAR_NO_TASK };

  for (guint32 nth = 0; nth < row->n; nth++)
    {
      g_autofree char *id = make_id (builder, task, nth);
      g_autofree char *title = make_title (it, id);
      TelarPlanTask before = out;

      out = (TelarPlanTask){
        .id = telar_plan_tables_text (&builder->tables, id),
        .title = telar_plan_tables_text (&builder->tables, task == 0 ? id : title),
        .parent = task == 0 ? TELAR_NO_TASK : builder->rows[parent].first + nth / it->copies,
        .repeat = it->repeat,
        .core = task == 0 ? telar_placing_main (&builder->placing)
                          : telar_placing_next (&builder->placing, it),
        .kind = (guint8) it->kind,
        .daemon = it->kind != TELAR_KIND_CALL && row->daemon,
        .named = task != 0 && it->name != NULL && *it->name != '\0',
        .started_by_body = builder->relations->tasks[task].starter != TELAR_NOBODY,
        .start_method = start_method_of (builder, task),
      };
      add_children (builder, task, nth, &out);

      /* copies in the same copy of their parent come after the same tasks */
      out.first_after = before.first_after;
      out.n_after = before.n_after;
      if (task != 0 && (nth == 0 || nth % it->copies == 0))
        add_after (builder, task, nth, &out);
      out.first_step = before.first_step;
      out.n_steps = before.n_steps;
      if (nth == 0 || differ)
        add_steps (builder, task, nth, &out);
      g_array_append_val (builder->tables.tasks, out);
    }
}

/* The workers of pools, after all other tasks. */
static void
add_workers (Builder *builder)
{
  const TelarTask unplaced = { .kind = TELAR_KIND_PROCESS, .core = -1 };

  for (guint i = 0; i < builder->graph->objects->len; i++)
    for (guint32 n = 0; n < builder->pools.objects[i].n_workers; n++)
      {
        TelarPlanTask out = {
          .parent = builder->rows[builder->pools.objects[i].owner].first,
          .core = telar_placing_next (&builder->placing, &unplaced),
        };

        telar_plan_pools_worker (&builder->pools, &builder->tables, i, n, &out);
        g_array_append_val (builder->tables.tasks, out);
      }
}

/* ---- objects ------------------------------------------------------------ */

/* The option in which an object's amount is written. */
static const char *
amount_option (TelarObjectType type)
{
  switch (type)
    {
    case TELAR_OBJECT_SEMAPHORE:
    case TELAR_OBJECT_BOUNDED_SEMAPHORE:
      return "value";
    case TELAR_OBJECT_BARRIER:
      return "parties";
    case TELAR_OBJECT_QUEUE:
    case TELAR_OBJECT_JOINABLE_QUEUE:
      return "capacity";
    case TELAR_OBJECT_ARRAY:
      return "length";
    case TELAR_OBJECT_SHARED_MEMORY:
      return "size";
    default:
      return "";
    }
}

/* Of a value without a word about it, what it begins with tells. */
static gboolean
holds_reals (const TelarObject *object)
{
  guint n;
  const TelarObjectOption *options = telar_object_options (object->type, &n);

  if (object->type != TELAR_OBJECT_VALUE && object->type != TELAR_OBJECT_ARRAY)
    return FALSE;
  if (telar_object_number (object, "real") != 0)
    return TRUE;
  return object->type == TELAR_OBJECT_VALUE
         && json_is_real (telar_object_get (object, &options[0]));
}

static void
add_objects (Builder *builder)
{
  for (guint i = 0; i < builder->graph->objects->len; i++)
    {
      const TelarObject *object = g_ptr_array_index (builder->graph->objects, i);
      const char *lock = telar_object_text (object, "lock");
      TelarPlanObject out = {
        .id = telar_plan_tables_text (&builder->tables, object->id),
        .type = object->type,
        .of = lock != NULL ? (guint32) telar_graph_find_object (builder->graph, lock)
                           : TELAR_NO_OBJECT,
        .amount = (gint64) telar_object_number (object, amount_option (object->type)),
        .initial = telar_object_number (object, "initial"),
      };

      if (object->type == TELAR_OBJECT_POOL)
        {
          const TelarPlanObject *pool = &builder->pools.objects[i];

          out.amount = pool->amount;
          out.owner = builder->rows[pool->owner].first;
          out.first_worker = pool->first_worker;
          out.n_workers = pool->n_workers;
          out.n_jobs = pool->n_jobs;
          out.n_cells = pool->n_cells;
          out.initializer = pool->initializer;
          out.max_tasks = pool->max_tasks;
        }
      if (telar_object_number (object, "duplex") != 0)
        out.flags |= TELAR_PIPE_DUPLEX;
      if (holds_reals (object))
        out.flags |= TELAR_HOLDS_REALS;
      g_array_append_val (builder->tables.objects, out);
    }
}

/* ---- the plan ----------------------------------------------------------- */

static void
set_head (Builder *builder, const TelarPlanOptions *options)
{
  const TelarGraph *graph = builder->graph;
  TelarPlan *head = &builder->tables.head;

  head->name = telar_plan_tables_text (&builder->tables, graph->name != NULL ? graph->name : "");
  if (graph->file != NULL)
    {
      g_autofree char *file = g_canonicalize_filename (graph->file, NULL);
      g_autofree char *folder = g_path_get_dirname (file);

      /* a graph from a pipe ("/dev/stdin", "/dev/fd/63") has no folder of its own */
      if (!g_str_has_prefix (file, "/dev/") && !g_str_has_prefix (file, "/proc/"))
        head->folder = telar_plan_tables_text (&builder->tables, folder);
    }
  head->alive_limit = graph->alive_limit > 0 ? graph->alive_limit : TELAR_ALIVE_LIMIT;
  head->start_method = (guint8) graph->start_method;
  if (options != NULL && options->alive_limit > 0)
    head->alive_limit = options->alive_limit;
  if (options != NULL && options->start_method >= 0)
    head->start_method = (guint8) options->start_method;
  head->steps_limit = STEPS_LIMIT;
  head->memory_limit = graph->memory_limit;
  head->skip_on_failure = graph->skip_on_failure;
  head->restricts_cores = builder->placing.allowed != NULL;
  for (guint i = 0; i < builder->placing.order->len; i++)
    {
      int core = g_array_index (builder->placing.order, int, i);
      head->cores[core / 64] |= G_GUINT64_CONSTANT (1) << (core % 64);
    }
}

/* What a sound graph has not, and a build cannot do without. */
static gboolean
is_sound (const TelarGraph *graph, GPtrArray *faults)
{
  g_autoptr (GPtrArray) found = telar_faults_new ();
  gboolean sound = telar_graph_check (graph, found);

  for (guint i = 0; !sound && i < found->len; i++)
    {
      TelarFault *fault = g_ptr_array_index (found, i);
      if (fault->level == TELAR_FAULT_ERROR)
        telar_faults_add (faults, fault->level, fault->file, fault->place, fault->task,
                          fault->what, fault->cure);
    }
  return sound;
}

GBytes *
telar_plan_build (const TelarGraph       *graph,
                  const TelarMachine     *machine,
                  const TelarPlanOptions *options,
                  GPtrArray              *faults)
{
  g_auto (Builder) builder = { .graph = graph };
  guint32 n_tasks;
  GBytes *plan;

  g_return_val_if_fail (graph != NULL && machine != NULL && faults != NULL, NULL);

  if (!is_sound (graph, faults))
    return NULL;
  if (!telar_placing_init (&builder.placing, graph, machine, options, faults))
    return NULL;
  builder.relations = telar_relations_new (graph);
  n_tasks = telar_plan_pools_init (&builder.pools, builder.relations, make_rows (&builder),
                                   builder.placing.order->len);
  telar_plan_tables_init (&builder.tables, n_tasks);
  set_head (&builder, options);
  telar_plan_pools_add_calls (&builder.pools, builder.relations, &builder.tables);
  add_objects (&builder);
  for (guint32 i = 0; i < builder.relations->n_tasks; i++)
    add_row (&builder, i);
  add_workers (&builder);
  plan = telar_plan_tables_join (&builder.tables);
  if (plan == NULL)
    telar_faults_add (faults, TELAR_FAULT_ERROR, graph->file, NULL, NULL,
                      _("the graph is too large to be run: its arguments and references take "
                        "more than 1 GiB"),
                      _("use shorter lists or fewer references"));
  return plan;
}

/* plan-rows.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include "runfile/plan-rows.h"

#include <string.h>

#include "catalogue/catalogue.h"
#include "graph/plan-tables.h"
#include "runfile/format.h"

/* More than a run can have. */
#define MAX_TASKS (1 << 22)

#define NO_STEP G_MAXUINT32

static void
put_functions (const TelarPlan *plan, GByteArray *bytes)
{
  unsigned n_functions;
  const TelarFunction *functions = telar_catalogue (&n_functions);
  g_autofree guint8 *told = g_new0 (guint8, n_functions);
  TelarTableWriter table = telar_table_begin (bytes, TELAR_TABLE_OF_FUNCTIONS);

  for (guint32 i = 0; i < plan->n_steps; i++)
    {
      guint32 number = telar_plan_step (plan, i)->function;

      if (number >= n_functions || told[number] > 0)
        continue;
      told[number] = 1;
      TELAR_ROW (&table, number, (gint64) strlen (functions[number].name));
      telar_table_text (&table, functions[number].name);
    }
  telar_table_end (&table);
}

static void
put_tasks (const TelarPlan *plan, GByteArray *bytes)
{
  TelarTableWriter table = telar_table_begin (bytes, TELAR_TABLE_OF_TASKS);

  for (guint32 i = 0; i < plan->n_tasks; i++)
    {
      const TelarPlanTask *task = telar_plan_task (plan, i);
      const char *id = telar_plan_text (plan, task->id);
      const char *title = telar_plan_text (plan, task->title);

      TELAR_ROW (&table, (guint32) (task->parent + 1), task->kind, task->n_steps, task->repeat,
                 task->core, task->daemon, task->started_by_body, task->start_method,
                 (gint64) strlen (id), (gint64) strlen (title));
      telar_table_text (&table, id);
      telar_table_text (&table, title);
    }
  telar_table_end (&table);
  table = telar_table_begin (bytes, TELAR_TABLE_OF_AFTER);
  for (guint32 i = 0; i < plan->n_tasks; i++)
    {
      const TelarPlanTask *task = telar_plan_task (plan, i);

      for (guint32 k = 0; k < task->n_after; k++)
        TELAR_ROW (&table, i, telar_plan_links (plan, task->first_after)[k]);
    }
  telar_table_end (&table);
  /* Task after task: copies may share theirs in the plan. */
  table = telar_table_begin (bytes, TELAR_TABLE_OF_STEPS);
  for (guint32 i = 0; i < plan->n_tasks; i++)
    {
      const TelarPlanTask *task = telar_plan_task (plan, i);

      for (guint32 k = 0; k < task->n_steps; k++)
        {
          const TelarPlanStep *step = telar_plan_step (plan, task->first_step + k);
          const char *text = telar_plan_text (plan, step->text);

          TELAR_ROW (&table, i, task->first_step + k, step->function, (gint64) strlen (text));
          telar_table_text (&table, text);
        }
    }
  telar_table_end (&table);
}

/* What pools add to a plan: workers, and steps that are in nobody's body. */
static void
put_pools (const TelarPlan *plan, GByteArray *bytes)
{
  g_autofree guint8 *told = g_new0 (guint8, plan->n_steps);
  TelarTableWriter table = telar_table_begin (bytes, TELAR_TABLE_OF_POOLS);

  for (guint32 i = 0; i < plan->n_objects; i++)
    {
      const TelarPlanObject *object = telar_plan_object (plan, i);

      if (object->type == TELAR_OBJECT_POOL)
        TELAR_ROW (&table, i, object->owner, object->first_worker, object->n_workers,
                   object->n_jobs, object->n_cells, object->max_tasks,
                   (guint32) (object->initializer + 1));
    }
  telar_table_end (&table);
  table = telar_table_begin (bytes, TELAR_TABLE_OF_WORKERS);
  for (guint32 i = 0; i < plan->n_tasks; i++)
    {
      const TelarPlanTask *task = telar_plan_task (plan, i);

      if (task->pool > 0)
        TELAR_ROW (&table, i, task->pool, task->spare);
      memset (told + task->first_step, 1, task->n_steps);
    }
  telar_table_end (&table);
  table = telar_table_begin (bytes, TELAR_TABLE_OF_CALLS);
  for (guint32 i = 0; i < plan->n_steps; i++)
    {
      const TelarPlanStep *step = telar_plan_step (plan, i);
      const char *text = telar_plan_text (plan, step->text);

      if (told[i])
        continue;
      TELAR_ROW (&table, i, step->function, (gint64) strlen (text));
      telar_table_text (&table, text);
    }
  telar_table_end (&table);
}

void
telar_plan_put (const TelarPlan *plan, GByteArray *bytes)
{
  const char *name = telar_plan_text (plan, plan->name);
  TelarTableWriter table = telar_table_begin (bytes, TELAR_TABLE_OF_SETTINGS);

  TELAR_ROW (&table, plan->n_tasks, plan->n_steps, plan->start_method, plan->skip_on_failure,
             plan->alive_limit, plan->steps_limit, (gint64) plan->memory_limit,
             (gint64) strlen (name));
  telar_table_text (&table, name);
  telar_table_end (&table);
  put_functions (plan, bytes);
  put_tasks (plan, bytes);
  table = telar_table_begin (bytes, TELAR_TABLE_OF_OBJECTS);
  for (guint32 i = 0; i < plan->n_objects; i++)
    {
      const TelarPlanObject *object = telar_plan_object (plan, i);
      const char *id = telar_plan_text (plan, object->id);
      gint64 initial;

      memcpy (&initial, &object->initial, sizeof initial);
      TELAR_ROW (&table, object->type, (guint32) (object->of + 1), object->flags, object->amount,
                 initial, (gint64) strlen (id));
      telar_table_text (&table, id);
    }
  telar_table_end (&table);
  put_pools (plan, bytes);
}

/* Reading */

typedef struct
{
  TelarPlanTables tables;
  gboolean        begun;
  GHashTable     *functions; /* owned: number there → number here + 1 */
  GPtrArray      *after;     /* owned: GArray of guint32, by task */
} Maker;

/* A row's text: as text, whatever it is. (nullable) */
static char *
get_text (TelarRowReader *rows, gint64 size)
{
  const guint8 *text = telar_row_text (rows, size);

  return text != NULL ? g_utf8_make_valid ((const char *) text, size) : NULL;
}

/* Returns: whether there was one; @offset of it in the plan. */
static gboolean
keep_text (Maker *maker, TelarRowReader *rows, gint64 size, guint32 *offset)
{
  g_autofree char *text = get_text (rows, size);

  if (text == NULL)
    return FALSE;
  *offset = telar_plan_tables_text (&maker->tables, text);
  return TRUE;
}

static void
free_after (gpointer list)
{
  g_array_unref (list);
}

static gboolean
take_settings (Maker *maker, const gint64 *f, TelarRowReader *rows)
{
  TelarPlanStep none = { .function = 0 };
  guint32 name;

  if (maker->begun || f[0] < 1 || f[0] > MAX_TASKS || f[1] < 0 || f[1] > MAX_TASKS || f[2] < 0
      || f[2] > TELAR_METHOD_SPAWN)
    return FALSE;
  telar_plan_tables_init (&maker->tables, (guint32) f[0]);
  maker->begun = TRUE;
  if (!keep_text (maker, rows, f[7], &name))
    return FALSE;
  maker->tables.head.name = name;
  maker->tables.head.start_method = (guint8) f[2];
  maker->tables.head.skip_on_failure = f[3] != 0;
  maker->tables.head.alive_limit = (guint32) CLAMP (f[4], 1, G_MAXINT32);
  maker->tables.head.steps_limit = (guint32) CLAMP (f[5], 0, G_MAXINT32);
  maker->tables.head.memory_limit = (guint64) MAX (f[6], 0);
  none.text = telar_plan_tables_text (&maker->tables, "");
  for (gint64 i = 0; i < f[1]; i++)
    g_array_append_val (maker->tables.steps, none);
  return TRUE;
}

/* One that is not known here is the first: nobody asks for its name. */
static gboolean
take_function (Maker *maker, const gint64 *f, TelarRowReader *rows)
{
  g_autofree char *name = get_text (rows, f[1]);
  int number = name != NULL ? telar_catalogue_number (name) : -1;

  if (name == NULL || f[0] < 0 || f[0] > G_MAXINT32)
    return FALSE;
  g_hash_table_insert (maker->functions, GUINT_TO_POINTER ((guint) f[0]),
                       GUINT_TO_POINTER ((guint) MAX (number, 0) + 1));
  return TRUE;
}

static gboolean
take_task (Maker *maker, const gint64 *f, TelarRowReader *rows)
{
  GArray *tasks = maker->tables.tasks;
  TelarPlanTask task = {
    .parent = (guint32) f[0] - 1,
    .kind = (guint8) f[1],
    .n_steps = (guint32) f[2],
    .first_step = NO_STEP,
    .repeat = (guint32) CLAMP (f[3], 1, G_MAXINT32),
    .core = (gint32) f[4],
    .daemon = f[5] != 0,
    .started_by_body = f[6] != 0,
    .start_method = (guint8) f[7],
  };

  /* A task may stand before its parent; whether there is one is seen once all are there. */
  if (f[0] < 0 || f[0] > G_MAXINT32 || (f[0] == 0) != (tasks->len == 0) || f[1] < 0
      || f[1] > TELAR_KIND_CALL || f[2] < 0 || f[2] > maker->tables.steps->len || f[4] < -1
      || f[4] >= (gint64) TELAR_MAX_CORES || f[7] < 0 || f[7] > TELAR_METHOD_SPAWN
      || !keep_text (maker, rows, f[8], &task.id) || !keep_text (maker, rows, f[9], &task.title))
    return FALSE;
  g_array_append_val (tasks, task);
  g_ptr_array_add (maker->after, g_array_new (FALSE, FALSE, sizeof (guint32)));
  return TRUE;
}

static gboolean
take_after (Maker *maker, const gint64 *f)
{
  guint32 after = (guint32) f[1];

  if (f[0] < 0 || f[0] >= maker->tables.tasks->len || f[1] < 0
      || f[1] >= maker->tables.tasks->len)
    return FALSE;
  g_array_append_val (g_ptr_array_index (maker->after, f[0]), after);
  return TRUE;
}

/* The function of this program that has the name of number @there. */
static guint
function_here (const Maker *maker, gint64 there)
{
  guint found = GPOINTER_TO_UINT (
      g_hash_table_lookup (maker->functions, GUINT_TO_POINTER ((guint) there)));

  return found > 0 ? found - 1 : 0;
}

static gboolean
take_step (Maker *maker, const gint64 *f, TelarRowReader *rows)
{
  TelarPlanStep *step;
  TelarPlanTask *task;
  guint32 text;

  if (f[0] < 0 || f[0] >= maker->tables.tasks->len || f[1] < 0
      || f[1] >= maker->tables.steps->len || f[2] < 0 || f[2] > G_MAXINT32
      || !keep_text (maker, rows, f[3], &text))
    return FALSE;
  step = &g_array_index (maker->tables.steps, TelarPlanStep, f[1]);
  step->function = function_here (maker, f[2]);
  step->text = text;
  task = &g_array_index (maker->tables.tasks, TelarPlanTask, f[0]);
  /* The first row of a task is its first step. */
  if (task->first_step == NO_STEP)
    task->first_step = (guint32) f[1];
  return TRUE;
}

static gboolean
take_object (Maker *maker, const gint64 *f, TelarRowReader *rows)
{
  TelarPlanObject object = {
    .type = (guint32) f[0],
    .of = (guint32) f[1] - 1,
    .flags = (guint32) f[2],
    .amount = f[3],
    .initializer = TELAR_NO_STEP,
  };

  memcpy (&object.initial, &f[4], sizeof object.initial);
  if (!keep_text (maker, rows, f[5], &object.id))
    return FALSE;
  g_array_append_val (maker->tables.objects, object);
  return TRUE;
}

static gboolean
take_pool (Maker *maker, const gint64 *f)
{
  TelarPlanObject *object;

  for (guint i = 0; i < 8; i++)
    if (f[i] < 0 || f[i] > G_MAXINT32)
      return FALSE;
  if (f[0] >= maker->tables.objects->len)
    return FALSE;
  object = &g_array_index (maker->tables.objects, TelarPlanObject, f[0]);
  object->owner = (guint32) f[1];
  object->first_worker = (guint32) f[2];
  object->n_workers = (guint32) f[3];
  object->n_jobs = (guint32) f[4];
  object->n_cells = (guint32) f[5];
  object->max_tasks = (guint32) f[6];
  object->initializer = (guint32) f[7] - 1;
  return TRUE;
}

static gboolean
take_worker (Maker *maker, const gint64 *f)
{
  TelarPlanTask *task;

  if (f[0] < 0 || f[0] >= maker->tables.tasks->len || f[1] < 0 || f[1] > G_MAXUINT16)
    return FALSE;
  task = &g_array_index (maker->tables.tasks, TelarPlanTask, f[0]);
  task->pool = (guint16) f[1];
  task->spare = f[2] != 0;
  return TRUE;
}

static gboolean
take_call (Maker *maker, const gint64 *f, TelarRowReader *rows)
{
  TelarPlanStep *step;
  guint32 text;

  if (f[0] < 0 || f[0] >= maker->tables.steps->len || f[1] < 0 || f[1] > G_MAXINT32
      || !keep_text (maker, rows, f[2], &text))
    return FALSE;
  step = &g_array_index (maker->tables.steps, TelarPlanStep, f[0]);
  step->function = function_here (maker, f[1]);
  step->text = text;
  return TRUE;
}

static gboolean
take_row (Maker *maker, guint table, const gint64 *f, TelarRowReader *rows)
{
  switch ((TelarPlanTable) table)
    {
    case TELAR_TABLE_OF_SETTINGS:
      return take_settings (maker, f, rows);
    case TELAR_TABLE_OF_FUNCTIONS:
      return take_function (maker, f, rows);
    case TELAR_TABLE_OF_TASKS:
      return take_task (maker, f, rows);
    case TELAR_TABLE_OF_AFTER:
      return take_after (maker, f);
    case TELAR_TABLE_OF_STEPS:
      return take_step (maker, f, rows);
    case TELAR_TABLE_OF_OBJECTS:
      return take_object (maker, f, rows);
    case TELAR_TABLE_OF_POOLS:
      return take_pool (maker, f);
    case TELAR_TABLE_OF_WORKERS:
      return take_worker (maker, f);
    case TELAR_TABLE_OF_CALLS:
    default:
      return take_call (maker, f, rows);
    }
}

static gboolean
take_table (guint table, guint n, TelarRowReader *rows, gpointer data)
{
  Maker *maker = data;

  for (guint i = 0; i < n; i++)
    {
      gint64 f[TELAR_ROW_MAX];

      if (table < TELAR_TABLE_OF_SETTINGS || table > TELAR_TABLE_OF_CALLS)
        return TRUE;
      if (!telar_row_take (rows, f) || (!maker->begun && table != TELAR_TABLE_OF_SETTINGS))
        return FALSE;
      if (!take_row (maker, table, f, rows))
        return FALSE;
    }
  return TRUE;
}

/* Who starts whom: in the order of their numbers. A parent that is not there is for the
 * check of the plan to find. */
static void
add_lists (Maker *maker)
{
  guint n = maker->tables.tasks->len;
  g_autoptr (GPtrArray) children = g_ptr_array_new_with_free_func (free_after);

  for (guint32 i = 0; i < n; i++)
    g_ptr_array_add (children, g_array_new (FALSE, FALSE, sizeof (guint32)));
  for (guint32 i = 1; i < n; i++)
    {
      const TelarPlanTask *task = &g_array_index (maker->tables.tasks, TelarPlanTask, i);

      if (task->parent >= n)
        continue;
      if (task->started_by_body)
        g_array_index (maker->tables.tasks, TelarPlanTask, task->parent).n_started++;
      else
        g_array_append_val (g_ptr_array_index (children, task->parent), i);
    }
  for (guint32 i = 0; i < n; i++)
    {
      TelarPlanTask *task = &g_array_index (maker->tables.tasks, TelarPlanTask, i);
      const GArray *own = g_ptr_array_index (children, i);
      const GArray *after = g_ptr_array_index (maker->after, i);

      if (task->first_step == NO_STEP)
        task->first_step = task->n_steps = 0;
      task->n_children = own->len;
      task->first_child = telar_plan_tables_list (&maker->tables,
                                                  (const guint32 *) (gpointer) own->data,
                                                  own->len);
      task->n_after = after->len;
      task->first_after = telar_plan_tables_list (&maker->tables,
                                                  (const guint32 *) (gpointer) after->data,
                                                  after->len);
    }
}

GBytes *
telar_plan_take (const guint8 *bytes, gsize size)
{
  Maker maker = {
    .functions = g_hash_table_new (NULL, NULL),
    .after = g_ptr_array_new_with_free_func (free_after),
  };
  g_autoptr (GBytes) plan = NULL;
  unsigned n_functions;

  telar_catalogue (&n_functions);
  if (telar_tables_each (bytes, size, take_table, &maker) && maker.begun
      && maker.tables.tasks->len > 0)
    {
      add_lists (&maker);
      plan = telar_plan_tables_join (&maker.tables);
    }
  if (maker.begun)
    telar_plan_tables_clear (&maker.tables);
  g_ptr_array_unref (maker.after);
  g_hash_table_unref (maker.functions);
  if (plan == NULL
      || telar_plan_check (g_bytes_get_data (plan, NULL), g_bytes_get_size (plan), n_functions)
           != NULL)
    return NULL;
  return g_steal_pointer (&plan);
}

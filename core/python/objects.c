/* objects.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include "python/objects.h"

#include <string.h>

#include "catalogue/catalogue.h"
#include "graph/pools.h"

int
telar_python_object (const TelarGraph *graph, const json_t *argument)
{
  const char *id = telar_json_object (argument, NULL);

  return id != NULL ? telar_graph_find_object (graph, id) : -1;
}

gboolean
telar_python_shares (const TelarStep *step)
{
  const TelarFunction *function = telar_catalogue_find (step->function);

  return function != NULL && function->group == TELAR_GROUP_SHARE;
}

gboolean
telar_python_is_given (const TelarStep *step, guint argument)
{
  const json_t *json = json_array_get (step->args, argument);

  return json != NULL && !json_is_null (json);
}

/* ---- who uses what ------------------------------------------------------ */

static void
add_part (GArray *parts, guint part)
{
  for (guint i = 0; i < parts->len; i++)
    if (g_array_index (parts, guint, i) == part)
      return;
  g_array_append_val (parts, part);
}

static void
add_parts (GArray *parts, const TelarRelations *relations, guint32 task, const TelarStep *step,
           const json_t *argument)
{
  int said, end, object = telar_python_object (relations->graph, argument);
  const TelarObject *it;

  for (size_t i = 0; i < json_array_size (argument); i++)
    add_parts (parts, relations, task, step, json_array_get (argument, i));
  if (object < 0)
    return;
  it = g_ptr_array_index (relations->graph->objects, (guint) object);
  telar_json_object (argument, &said);
  end = it->type == TELAR_OBJECT_PIPE
            ? telar_relations_pipe_end (relations, task, step->function, it->id, said)
            : 0;
  /* close() of whatever the task has of it */
  if (end >= 0)
    add_part (parts, TELAR_PYTHON_PART (object, (guint) end));
}

GArray *
telar_python_parts (const TelarRelations *relations, guint32 task)
{
  const GPtrArray *steps = telar_relations_task (relations, task)->steps;
  GArray *parts = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint n = 0; n < steps->len; n++)
    {
      const TelarStep *step = g_ptr_array_index (steps, n);

      for (size_t i = 0; i < json_array_size (step->args) && telar_python_shares (step); i++)
        add_parts (parts, relations, task, step, json_array_get (step->args, i));
    }
  return parts;
}

/* ---- how ---------------------------------------------------------------- */

/* Whether one process, and no second copy of it, is that of @task. */
static gboolean
is_single (const TelarRelations *relations, guint32 process)
{
  for (guint32 at = process; at != TELAR_NOBODY && at != 0; at = relations->tasks[at].parent)
    if (telar_relations_task (relations, at)->copies > 1)
      return FALSE;
  return TRUE;
}

static void
use (TelarPythonObject *object, const TelarRelations *relations, guint32 task)
{
  guint32 process = telar_relations_process (relations, task);

  if (!is_single (relations, process) || (object->used && object->home != process))
    object->threads = FALSE;
  else if (!object->used)
    object->threads = TRUE;
  if (!object->used)
    object->home = process;
  object->used = TRUE;
}

static gboolean
is_one_of (const char *name, const char *const *names)
{
  for (; *names != NULL; names++)
    if (strcmp (name, *names) == 0)
      return TRUE;
  return FALSE;
}

/* What the step tells of how the object, its first argument, has to be made. */
static void
look_at_step (TelarPythonObject *object, TelarObjectType type, const TelarStep *step)
{
  static const char *const breaks[] = { "abort", "reset", NULL };
  static const char *const asks[] = { "get_value", "close", NULL };
  static const char *const in_full[] = { "full", "qsize", NULL };
  guint timeout = strcmp (step->function, "put") == 0 ? 2 : 1;

  if (type == TELAR_OBJECT_BARRIER)
    object->breaks |= is_one_of (step->function, breaks) || telar_python_is_given (step, 1);
  object->asked |= is_one_of (step->function, asks);
  object->in_full |= is_one_of (step->function, in_full) || telar_python_is_given (step, timeout);
}

/* A condition and its lock are made in one place, of one kind. */
static void
unite (TelarPythonObject *a, TelarPythonObject *b)
{
  TelarPythonObject both = a->used ? *a : *b;

  if (a->used && b->used && (!a->threads || !b->threads || a->home != b->home))
    both.threads = FALSE;
  a->threads = b->threads = both.threads;
  a->home = b->home = both.home;
  a->used = b->used = both.used;
}

TelarPythonObject *
telar_python_objects_new (const TelarRelations *relations)
{
  const GPtrArray *all = relations->graph->objects;
  TelarPythonObject *objects = g_new0 (TelarPythonObject, all->len + 1);

  for (guint32 task = 0; task < relations->n_tasks && all->len > 0; task++)
    {
      const GPtrArray *steps = telar_relations_task (relations, task)->steps;
      g_autoptr (GArray) parts = telar_python_parts (relations, task);

      for (guint i = 0; i < parts->len; i++)
        use (&objects[g_array_index (parts, guint, i) / 2], relations, task);
      for (guint n = 0; n < steps->len; n++)
        {
          const TelarStep *step = g_ptr_array_index (steps, n);
          int object = telar_python_object (relations->graph, json_array_get (step->args, 0));

          if (object >= 0)
            look_at_step (&objects[object],
                          ((TelarObject *) g_ptr_array_index (all, (guint) object))->type, step);
        }
    }
  /* twice: two conditions may have the same lock */
  for (guint i = 0; i < 2 * all->len; i++)
    {
      const TelarObject *object = g_ptr_array_index (all, i % all->len);
      const char *lock = telar_object_text (object, "lock");
      int of = lock != NULL ? telar_graph_find_object (relations->graph, lock) : -1;

      if (of >= 0)
        unite (&objects[i % all->len], &objects[of]);
    }
  for (guint i = 0; i < all->len; i++)
    {
      if (!objects[i].threads)
        objects[i].home = 0;
      /* nobody hands a pool over */
      if (((TelarObject *) g_ptr_array_index (all, i))->type == TELAR_OBJECT_POOL)
        objects[i].home = telar_pool_owner (relations, g_ptr_array_index (all, i));
    }
  return objects;
}

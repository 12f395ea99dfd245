/* check-objects.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Faults of the objects that tasks share: ids, options, and arguments that name
 * one that is not there, or of a type that the function does not work on.
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "graph/check-private.h"

static const TelarObject *
get_object (const TelarCheck *check, guint number)
{
  return g_ptr_array_index (check->graph->objects, number);
}

/* @what, @cure: (transfer full) */
static void
add_error (TelarCheck *check, guint number, const char *key, char *what, char *cure)
{
  g_autofree char *place = g_strdup_printf ("objects[%u].%s", number, key);

  telar_check_error (check, TELAR_NOBODY, place, what, cure);
}

/* Tasks and objects share their ids: a sentence about m, or a name in a program,
 * must mean one thing. */
static void
check_id (TelarCheck *check, guint number)
{
  const char *id = get_object (check, number)->id;
  int first = telar_graph_find_object (check->graph, id);
  guint32 task = telar_relations_find (check->relations, id, NULL);

  if (strcmp (id, "main") == 0)
    add_error (check, number, "id", g_strdup (_("“main” is the name of the graph's own main task")),
               g_strdup (_("give this object another id")));
  else if (!telar_check_is_id (id))
    add_error (check, number, "id",
               *id == '\0' ? g_strdup (_("the id is empty"))
                           : g_strdup_printf (_("“%s” cannot be an id"), id),
               g_strdup_printf (_("use at most %d letters, digits, _ and -"), TELAR_MAX_ID));
  else if (first != (int) number)
    add_error (check, number, "id",
               g_strdup_printf (_("there are two objects with the id %s: this one and "
                                  "objects[%d]"), id, first),
               g_strdup (_("give one of them another id")));
  else if (task != TELAR_NOBODY)
    add_error (check, number, "id",
               g_strdup_printf (_("there is a task with the id %s as well, tasks[%u]"), id,
                                task - 1),
               g_strdup (_("give one of them another id")));
}

/* The lock that a condition works with. */
static void
check_lock (TelarCheck *check, guint number, const char *key, const char *id)
{
  int lock = telar_graph_find_object (check->graph, id);
  const char *near;

  if (lock < 0)
    {
      near = telar_suggest_object (check->graph, id);
      add_error (check, number, key, g_strdup_printf (_("there is no object %s"), id),
                 near != NULL ? g_strdup_printf (_("did you mean %s?"), near)
                              : g_strdup (_("write the id of a lock, or leave it out for one of "
                                            "its own")));
    }
  else if (get_object (check, (guint) lock)->type > TELAR_OBJECT_RLOCK)
    add_error (check, number, key,
               g_strdup_printf (_("%s must be a lock or an rlock, and %s is %s"), key, id,
                                _(telar_object_type_title (
                                    get_object (check, (guint) lock)->type))),
               g_strdup (_("write the id of a lock, or leave it out for one of its own")));
}

static void
check_options (TelarCheck *check, guint number)
{
  const TelarObject *object = get_object (check, number);
  guint n;
  const TelarObjectOption *options = telar_object_options (object->type, &n);

  for (guint i = 0; i < n; i++)
    {
      const json_t *value = telar_object_get (object, &options[i]);
      char *cure = NULL, *what;

      if (value == NULL)
        {
          if (options[i].needed)
            add_error (check, number, options[i].name,
                       g_strdup_printf (_("%s needs %s: %s"), object->id, options[i].name,
                                        _(options[i].help)),
                       g_strdup_printf (_("write it as in \"%s\": %.0f"), options[i].name,
                                        options[i].initial));
          continue;
        }
      what = telar_object_option_fault (&options[i], value, &cure);
      if (what != NULL)
        add_error (check, number, options[i].name, what, cure);
      else if (options[i].type == TELAR_OPTION_LOCK)
        check_lock (check, number, options[i].name, json_string_value (value));
    }
}

void
telar_check_objects (TelarCheck *check)
{
  if (check->graph->objects->len > TELAR_MAX_OBJECTS)
    telar_check_error (check, TELAR_NOBODY, "objects",
                       g_strdup_printf (_("there are %u objects"), check->graph->objects->len),
                       g_strdup_printf (_("use at most %u"), TELAR_MAX_OBJECTS));
  for (guint i = 0; i < check->graph->objects->len; i++)
    {
      check_id (check, i);
      check_options (check, i);
      if (get_object (check, i)->type == TELAR_OBJECT_POOL)
        telar_check_pool (check, i, get_object (check, i));
    }
}

/* The end of a pipe that a reference names. */
static void
check_end (TelarCheck *check, guint32 task, const TelarStep *step, const TelarObject *object,
           int end, const char *below)
{
  gboolean sends = strcmp (step->function, "send") == 0;

  if (object->type != TELAR_OBJECT_PIPE)
    telar_check_error (check, task, below,
                       g_strdup_printf (_("%s is %s, and only pipes have ends"), object->id,
                                        _(telar_object_type_title (object->type))),
                       g_strdup_printf (_("write {\"object\": \"%s\"}"), object->id));
  else if (telar_object_number (object, "duplex") == 0 && strcmp (step->function, "close") != 0
           && end != sends)
    telar_check_error (check, task, below,
                       sends ? g_strdup_printf (_("end 0 of %s only receives: it is a one-way "
                                                  "pipe"), object->id)
                             : g_strdup_printf (_("end 1 of %s only sends: it is a one-way pipe"),
                                                object->id),
                       g_strdup (_("name the other end, or make the pipe duplex")));
}

void
telar_check_object (TelarCheck           *check,
                    guint32               task,
                    const TelarStep      *step,
                    const TelarParameter *parameter,
                    const char           *reference,
                    int                   end,
                    const char           *below)
{
  int number = telar_graph_find_object (check->graph, reference);
  g_autofree char *types = telar_object_types_title (parameter->objects);
  const char *near;

  if (number < 0 && telar_relations_find (check->relations, reference, NULL) != TELAR_NOBODY)
    telar_check_error (check, task, below,
                       g_strdup_printf (_("%s is a task, and %s works on %s"), reference,
                                        step->function, types),
                       g_strdup (_("write the id of an object of this graph")));
  else if (number < 0)
    {
      near = telar_suggest_object (check->graph, reference);
      telar_check_error (check, task, below,
                         g_strdup_printf (_("there is no object %s"), reference),
                         near != NULL ? g_strdup_printf (_("did you mean %s?"), near)
                                      : g_strdup_printf (
                                            _("add %s to the objects of the graph"), types));
    }
  else if ((parameter->objects >> get_object (check, (guint) number)->type & 1) == 0)
    telar_check_error (check, task, below,
                       g_strdup_printf (_("%s works on %s, and %s is %s"), step->function, types,
                                        reference,
                                        _(telar_object_type_title (
                                            get_object (check, (guint) number)->type))),
                       g_strdup (_("name another object, or call another function")));
  else if (end >= 0)
    check_end (check, task, step, get_object (check, (guint) number), end, below);
  else if (get_object (check, (guint) number)->type == TELAR_OBJECT_POOL)
    telar_check_pool_use (check, task, get_object (check, (guint) number), below);
}

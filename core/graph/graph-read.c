/* graph-read.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#include "graph/graph-read.h"
#include "graph/suggest.h"

#define MEBIBYTE (G_GUINT64_CONSTANT (1) << 20)

typedef struct
{
  const char *file;    /* borrowed, nullable */
  GPtrArray  *faults;  /* borrowed */
  TelarGraph *graph;   /* borrowed */
  TelarTask  *task;    /* borrowed; NULL while keys of the graph itself are read */
  TelarObject *object; /* borrowed; NULL but while keys of one are read */
  char       *place;   /* owned: of that task or object, "tasks[3]", "main" or "objects[0]" */
  json_t     *args;    /* borrowed: `args` until `function` is known */
  gboolean    broken;
} Reader;

typedef void (*ReadKey) (Reader *reader, const char *key, json_t *value);

typedef struct
{
  const char *name;
  ReadKey     read;
} Key;

/* ---- faults ------------------------------------------------------------- */

/* @below: what follows the task's place: "id", "body[2]". */
static void
add_fault (Reader *reader, TelarFaultLevel level, const char *below, const char *what,
           const char *cure)
{
  g_autofree char *place = NULL;

  place = reader->place != NULL ? g_strconcat (reader->place, ".", below, NULL) : g_strdup (below);
  telar_faults_add (reader->faults, level, reader->file, place,
                    reader->task != NULL && *reader->task->id != '\0' ? reader->task->id : NULL,
                    what, cure);
  if (level == TELAR_FAULT_ERROR)
    reader->broken = TRUE;
}

static void
add_wrong_type (Reader *reader, const char *below, const char *expected, const char *example)
{
  g_autofree char *what = g_strdup_printf (_("this must be %s"), expected);
  g_autofree char *cure = g_strdup_printf (_("write it as in %s"), example);

  add_fault (reader, TELAR_FAULT_ERROR, below, what, cure);
}

/* ---- single values ------------------------------------------------------ */

static void
read_text (Reader *reader, const char *key, json_t *value, char **text)
{
  g_autofree char *example = NULL;

  if (json_is_string (value))
    {
      g_free (*text);
      *text = g_strdup (json_string_value (value));
      return;
    }
  example = g_strdup_printf ("\"%s\": \"…\"", key);
  add_wrong_type (reader, key, _("a text"), example);
}

static void
read_boolean (Reader *reader, const char *key, json_t *value, gboolean *answer)
{
  g_autofree char *example = NULL;

  *answer = json_is_true (value);
  if (json_is_boolean (value))
    return;
  example = g_strdup_printf ("\"%s\": true", key);
  add_wrong_type (reader, key, _("true or false"), example);
}

static gint64
read_whole (Reader *reader, const char *key, json_t *value, gint64 maximum)
{
  g_autofree char *expected = NULL;
  g_autofree char *example = NULL;
  json_int_t number = json_integer_value (value);

  if (json_is_integer (value) && number >= 0 && number <= maximum)
    return number;
  expected = g_strdup_printf (_("a whole number from 0 to %" PRId64), maximum);
  example = g_strdup_printf ("\"%s\": 1", key);
  add_wrong_type (reader, key, expected, example);
  return 1;
}

/* One of the names that @parse knows; 0 where it is none of them. */
static int
read_choice (Reader *reader, const char *key, json_t *value, int (*parse) (const char *text),
             const char *choices)
{
  int number = parse (json_string_value (value));
  g_autofree char *what = NULL;
  g_autofree char *cure = NULL;

  if (number >= 0)
    return number;
  if (json_is_string (value))
    what = g_strdup_printf (_("“%s” is not known"), json_string_value (value));
  else
    what = g_strdup (_("this must be a text"));
  cure = g_strdup_printf (_("write one of %s"), choices);
  add_fault (reader, TELAR_FAULT_ERROR, key, what, cure);
  return 0;
}

/* ---- steps -------------------------------------------------------------- */

static void
read_function (Reader *reader, const char *key, json_t *value)
{
  g_autofree char *function = NULL;

  read_text (reader, key, value, &function);
  /* what `body` brought before is faulty anyway */
  g_ptr_array_set_size (reader->task->steps, 0);
  g_ptr_array_add (reader->task->steps, telar_step_new (function, NULL));
}

static void
read_args (Reader *reader, const char *key, json_t *value)
{
  if (json_is_array (value))
    reader->args = value;
  else
    add_wrong_type (reader, key, _("a list"), "\"args\": [5]");
}

static void
read_body (Reader *reader, const char *key, json_t *value)
{
  reader->task->has_body = TRUE;
  if (!json_is_array (value))
    {
      add_wrong_type (reader, key, _("a list of calls"), "\"body\": [ [\"busy\", 5] ]");
      return;
    }
  if (reader->task->steps->len > 0)
    return;
  for (size_t i = 0; i < json_array_size (value); i++)
    {
      json_t *call = json_array_get (value, i);
      json_t *args = json_array ();
      const char *function = json_string_value (json_array_get (call, 0));

      if (function == NULL)
        {
          g_autofree char *below = g_strdup_printf ("body[%zu]", i);
          add_wrong_type (reader, below, _("a list that begins with a function's name"),
                          "[\"busy\", 5]");
        }
      for (size_t n = 1; n < json_array_size (call); n++)
        json_array_append (args, json_array_get (call, n));
      g_ptr_array_add (reader->task->steps, telar_step_new (function, args));
    }
}

static void
read_repeat (Reader *reader, const char *key, json_t *value)
{
  reader->task->repeat = (guint) read_whole (reader, key, value, G_MAXINT32);
}

/* `function`, `args` and `body` are one thing said by three keys. */
static void
join_steps (Reader *reader, json_t *object)
{
  TelarTask *task = reader->task;
  TelarStep *step;

  if (task->has_body && json_object_get (object, "function") != NULL)
    add_fault (reader, TELAR_FAULT_ERROR, "function", _("there is a function and a body as well"),
               _("keep one of the two"));
  if (reader->args == NULL)
    return;
  if (task->has_body || task->steps->len == 0)
    {
      add_fault (reader, TELAR_FAULT_ERROR, "args", _("there are arguments, but no function"),
                 _("add the function, as in \"function\": \"busy\""));
      return;
    }
  step = g_ptr_array_index (task->steps, 0);
  json_decref (step->args);
  step->args = json_incref (reader->args);
}

/* ---- tasks -------------------------------------------------------------- */

static void
read_id (Reader *reader, const char *key, json_t *value)
{
  read_text (reader, key, value, &reader->task->id);
}

static void
read_name (Reader *reader, const char *key, json_t *value)
{
  read_text (reader, key, value, reader->task != NULL ? &reader->task->name : &reader->graph->name);
}

static void
read_kind (Reader *reader, const char *key, json_t *value)
{
  reader->task->kind = (TelarKind) read_choice (reader, key, value, telar_kind_parse,
                                                "\"process\", \"thread\", \"call\"");
}

static void
read_copies (Reader *reader, const char *key, json_t *value)
{
  reader->task->copies = (guint) read_whole (reader, key, value, G_MAXINT32);
}

static void
read_inside (Reader *reader, const char *key, json_t *value)
{
  read_text (reader, key, value, &reader->task->inside);
}

static void
read_after (Reader *reader, const char *key, json_t *value)
{
  gboolean sound = json_is_array (value);

  for (size_t i = 0; i < json_array_size (value); i++)
    {
      const char *id = json_string_value (json_array_get (value, i));

      /* a broken entry keeps its place in the list: faults count from it */
      g_ptr_array_add (reader->task->after, g_strdup (id != NULL ? id : ""));
      sound = sound && id != NULL;
    }
  if (!sound)
    add_wrong_type (reader, key, _("a list of ids"), "\"after\": [\"p1\"]");
}

static void
read_core (Reader *reader, const char *key, json_t *value)
{
  reader->task->core = (int) read_whole (reader, key, value, G_MAXINT32);
}

static void
read_daemon (Reader *reader, const char *key, json_t *value)
{
  read_boolean (reader, key, value, &reader->task->daemon);
}

static void
read_task_method (Reader *reader, const char *key, json_t *value)
{
  reader->task->start_method = read_choice (reader, key, value, telar_start_method_parse,
                                            "\"fork\", \"forkserver\", \"spawn\"");
}

static void
read_position (Reader *reader, const char *key, json_t *value)
{
  gboolean *has = reader->object != NULL ? &reader->object->has_position
                                         : &reader->task->has_position;
  json_t *x = json_array_get (value, 0);
  json_t *y = json_array_get (value, 1);

  if (json_array_size (value) != 2 || !json_is_number (x) || !json_is_number (y))
    {
      add_wrong_type (reader, key, _("a list of two numbers"), "\"position\": [40, 25]");
      return;
    }
  *has = TRUE;
  if (reader->object != NULL)
    {
      reader->object->x = json_number_value (x);
      reader->object->y = json_number_value (y);
      return;
    }
  reader->task->x = json_number_value (x);
  reader->task->y = json_number_value (y);
}

static const Key task_keys[] = {
  { "id", read_id },           { "name", read_name },     { "kind", read_kind },
  { "function", read_function }, { "args", read_args },   { "body", read_body },
  { "repeat", read_repeat },   { "copies", read_copies }, { "inside", read_inside },
  { "after", read_after },     { "core", read_core },     { "daemon", read_daemon },
  { "start-method", read_task_method }, { "position", read_position },
};

static const Key main_keys[] = {
  { "function", read_function }, { "args", read_args },
  { "body", read_body },         { "repeat", read_repeat },
};

/* Whether objects of a type have it: then it stays beside the keys that are not
 * known, for the check to read. */
static gboolean
is_option (TelarObjectType type, const char *name)
{
  guint n;
  const TelarObjectOption *options = telar_object_options (type, &n);

  for (guint i = 0; i < n; i++)
    if (strcmp (options[i].name, name) == 0 || g_strcmp0 (options[i].also, name) == 0)
      return TRUE;
  return FALSE;
}

/* Reads every key of @object that @keys knows; keeps the others. */
static void
read_object (Reader *reader, json_t *object, const Key *keys, guint n_keys, json_t *unknown)
{
  const char *name;
  json_t *value;

  json_object_foreach (object, name, value)
    {
      guint i = 0;

      while (i < n_keys && strcmp (keys[i].name, name) != 0)
        i++;
      if (i < n_keys)
        {
          if (keys[i].read != NULL)
            keys[i].read (reader, name, value);
          continue;
        }
      json_object_set (unknown, name, value);
      if (reader->object == NULL || !is_option (reader->object->type, name))
        add_fault (reader, TELAR_FAULT_WARNING, name,
                   _("this key is not known and is kept as it is"),
                   _("see whether it is spelled right or of a newer version of Telar"));
    }
}

/* Reads the keys of a task or of main, at @place. */
static void
read_task (Reader *reader, TelarTask *task, json_t *object, char *place, gboolean is_main)
{
  const char *id = json_string_value (json_object_get (object, "id"));

  reader->task = task;
  reader->place = place;
  reader->args = NULL;
  /* faults of keys before the id name the task too */
  if (!is_main && id != NULL)
    read_id (reader, "id", json_object_get (object, "id"));

  if (is_main)
    read_object (reader, object, main_keys, G_N_ELEMENTS (main_keys), task->unknown);
  else
    read_object (reader, object, task_keys, G_N_ELEMENTS (task_keys), task->unknown);
  join_steps (reader, object);
  if (!is_main && json_object_get (object, "id") == NULL)
    add_fault (reader, TELAR_FAULT_ERROR, "id", _("the task has no id"),
               _("give it one, as in \"id\": \"p1\""));
  if (!is_main && json_object_get (object, "kind") == NULL)
    add_fault (reader, TELAR_FAULT_ERROR, "kind", _("the task has no kind"),
               _("write \"process\", \"thread\" or \"call\""));

  reader->task = NULL;
  reader->place = NULL;
  g_free (place);
}

static void
read_main (Reader *reader, const char *key, json_t *value)
{
  if (json_is_object (value))
    read_task (reader, reader->graph->main, value, g_strdup ("main"), TRUE);
  else
    add_wrong_type (reader, key, _("an object"), "\"main\": { \"body\": [ [\"busy\", 5] ] }");
}

static void
read_tasks (Reader *reader, const char *key, json_t *value)
{
  if (!json_is_array (value))
    {
      add_wrong_type (reader, key, _("a list of tasks"), "\"tasks\": [ { \"id\": \"p1\", … } ]");
      return;
    }
  for (size_t i = 0; i < json_array_size (value); i++)
    {
      json_t *object = json_array_get (value, i);
      g_autofree char *place = g_strdup_printf ("tasks[%zu]", i);
      TelarTask *task = telar_task_new (NULL, TELAR_KIND_PROCESS);

      g_ptr_array_add (reader->graph->tasks, task);
      if (json_is_object (object))
        read_task (reader, task, object, g_steal_pointer (&place), FALSE);
      else
        add_wrong_type (reader, place, _("an object"), "{ \"id\": \"p1\", \"kind\": \"process\" }");
    }
}

/* ---- objects ------------------------------------------------------------ */

static void
read_object_id (Reader *reader, const char *key, json_t *value)
{
  read_text (reader, key, value, &reader->object->id);
}

/* The first of all: what else there is depends on it. */
static void
read_object_type (Reader *reader, json_t *object)
{
  json_t *type = json_object_get (object, "type");
  int number = telar_object_type_parse (json_string_value (type));
  const char *near;
  g_autofree char *what = NULL;
  g_autofree char *cure = NULL;

  if (number >= 0)
    {
      reader->object->type = (TelarObjectType) number;
      return;
    }
  if (!json_is_string (type))
    {
      add_fault (reader, TELAR_FAULT_ERROR, "type", _("the object has no type"),
                 _("write one, such as \"lock\", \"semaphore\", \"event\" or \"queue\""));
      return;
    }
  near = telar_suggest_object_type (json_string_value (type));
  what = g_strdup_printf (_("“%s” is not a type of object"), json_string_value (type));
  cure = near != NULL ? g_strdup_printf (_("did you mean %s?"), near)
                      : g_strdup (_("write lock, rlock, semaphore, bounded-semaphore, event, "
                                    "condition, barrier, queue, joinable-queue, simple-queue, "
                                    "pipe, value or array"));
  add_fault (reader, TELAR_FAULT_ERROR, "type", what, cure);
}

static const Key object_keys[] = {
  { "id", read_object_id },
  { "type", NULL }, /* read first */
  { "position", read_position },
};

static void
read_objects (Reader *reader, const char *key, json_t *value)
{
  if (!json_is_array (value))
    {
      add_wrong_type (reader, key, _("a list of objects"),
                      "\"objects\": [ { \"id\": \"m\", \"type\": \"lock\" } ]");
      return;
    }
  for (size_t i = 0; i < json_array_size (value); i++)
    {
      json_t *object = json_array_get (value, i);
      g_autofree char *place = g_strdup_printf ("objects[%zu]", i);

      if (!json_is_object (object))
        {
          add_wrong_type (reader, place, _("an object"), "{ \"id\": \"m\", \"type\": \"lock\" }");
          continue;
        }
      reader->object = telar_object_new (NULL, TELAR_OBJECT_LOCK);
      reader->place = place;
      g_ptr_array_add (reader->graph->objects, reader->object);
      read_object_type (reader, object);
      read_object (reader, object, object_keys, G_N_ELEMENTS (object_keys),
                   reader->object->options);
      if (json_object_get (object, "id") == NULL)
        add_fault (reader, TELAR_FAULT_ERROR, "id", _("the object has no id"),
                   _("give it one, as in \"id\": \"m\""));
      reader->object = NULL;
      reader->place = NULL;
    }
}

/* ---- the graph's own settings ------------------------------------------- */

static void
read_description (Reader *reader, const char *key, json_t *value)
{
  read_text (reader, key, value, &reader->graph->description);
}

static void
read_start_method (Reader *reader, const char *key, json_t *value)
{
  reader->graph->method_given = TRUE;
  reader->graph->start_method = (TelarStartMethod) read_choice (
      reader, key, value, telar_start_method_parse, "\"fork\", \"forkserver\", \"spawn\"");
}

static void
read_placement (Reader *reader, const char *key, json_t *value)
{
  reader->graph->placement_given = TRUE;
  reader->graph->placement = (TelarPlacement) read_choice (
      reader, key, value, telar_placement_parse, "\"free\", \"spread\", \"packed\"");
}

static void
read_cores (Reader *reader, const char *key, json_t *value)
{
  g_autoptr (GArray) cores = g_array_new (FALSE, FALSE, sizeof (int));
  gboolean sound = json_is_array (value);

  if (json_is_string (value) && strcmp (json_string_value (value), "all") == 0)
    return;
  for (size_t i = 0; i < json_array_size (value); i++)
    {
      json_t *number = json_array_get (value, i);
      int core = (int) CLAMP (json_integer_value (number), -1, G_MAXINT);

      sound = sound && json_is_integer (number);
      g_array_append_val (cores, core);
    }
  if (sound)
    reader->graph->cores = g_steal_pointer (&cores);
  else
    add_wrong_type (reader, key, _("“all” or a list of core numbers"), "\"cores\": [0, 1]");
}

static void
read_on_failure (Reader *reader, const char *key, json_t *value)
{
  const char *text = json_string_value (value);

  reader->graph->skip_on_failure = g_strcmp0 (text, "skip") == 0;
  if (!reader->graph->skip_on_failure)
    add_wrong_type (reader, key, _("“skip”, or left out"), "\"on-failure\": \"skip\"");
}

static void
read_alive_limit (Reader *reader, const char *key, json_t *value)
{
  reader->graph->alive_limit = (guint) read_whole (reader, key, value, G_MAXINT32);
  if (json_is_integer (value) && json_integer_value (value) == 0)
    add_fault (reader, TELAR_FAULT_ERROR, key, _("with a limit of 0 no task can ever be started"),
               _("write 1 or more, or leave it out for 1,024"));
}

static void
read_memory_limit (Reader *reader, const char *key, json_t *value)
{
  reader->graph->memory_limit
      = (guint64) read_whole (reader, key, value, G_MAXINT32) * MEBIBYTE;
  if (json_is_integer (value) && json_integer_value (value) == 0)
    add_fault (reader, TELAR_FAULT_ERROR, key, _("with a limit of 0 MiB no task can run"),
               _("write 16 or more, or leave it out for no limit"));
}

static const Key graph_keys[] = {
  { "telar", NULL }, /* read first, whatever its place */
  { "name", read_name },
  { "description", read_description },
  { "start-method", read_start_method },
  { "placement", read_placement },
  { "cores", read_cores },
  { "on-failure", read_on_failure },
  { "alive-limit", read_alive_limit },
  { "memory-limit", read_memory_limit },
  { "objects", read_objects },
  { "main", read_main },
  { "tasks", read_tasks },
};

/* A newer version may mean something else by any key: reading on would only
 * find faults that are none. */
static gboolean
read_version (Reader *reader, json_t *root)
{
  json_t *version = json_object_get (root, "telar");

  if (json_integer_value (version) == 1)
    return TRUE;
  if (!json_is_object (root) || version == NULL)
    add_fault (reader, TELAR_FAULT_ERROR, "telar", _("this is not a Telar graph"),
               _("a graph begins with { \"telar\": 1 }"));
  else if (json_integer_value (version) > 1)
    {
      g_autofree char *what = g_strdup_printf (
          _("the graph is of version %" PRId64 ", this Telar reads version 1"),
          (gint64) json_integer_value (version));
      add_fault (reader, TELAR_FAULT_ERROR, "telar", what, _("open it with a newer Telar"));
    }
  else
    add_fault (reader, TELAR_FAULT_ERROR, "telar", _("this is not a version of a Telar graph"),
               _("write \"telar\": 1"));
  return FALSE;
}

gboolean
telar_graph_read_value (TelarGraph *graph, json_t *root, GPtrArray *faults)
{
  Reader reader = { .file = graph->file, .faults = faults, .graph = graph };

  if (read_version (&reader, root))
    read_object (&reader, root, graph_keys, G_N_ELEMENTS (graph_keys), graph->unknown);
  return !reader.broken;
}

/* object.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "graph/graph.h"

#define MAX_WHOLE ((double) G_MAXINT32)

static const TelarObjectOption semaphore_options[] = {
  { "value", "initial", TELAR_OPTION_WHOLE, FALSE, 1, 0, MAX_WHOLE,
    N_("how many may have it at once") },
};

static const TelarObjectOption condition_options[] = {
  { "lock", NULL, TELAR_OPTION_LOCK, FALSE, 0, 0, 0,
    N_("the lock that it gives up while it waits; left out, one of its own") },
};

static const TelarObjectOption barrier_options[] = {
  { "parties", NULL, TELAR_OPTION_WHOLE, TRUE, 2, 1, MAX_WHOLE,
    N_("how many tasks wait for each other") },
};

static const TelarObjectOption queue_options[] = {
  { "capacity", "maxsize", TELAR_OPTION_WHOLE, FALSE, 0, 0, MAX_WHOLE,
    N_("how many items it holds, 0 for no limit") },
};

static const TelarObjectOption pipe_options[] = {
  { "duplex", NULL, TELAR_OPTION_BOOLEAN, FALSE, 1, 0, 1,
    N_("whether both ends send and receive; else end 0 receives and end 1 sends") },
};

static const TelarObjectOption value_options[] = {
  { "initial", "value", TELAR_OPTION_NUMBER, FALSE, 0, 0, 0, N_("the number that it begins with") },
  { "real", NULL, TELAR_OPTION_BOOLEAN, FALSE, 0, 0, 1,
    N_("whether it is a number with a fraction") },
};

static const TelarObjectOption array_options[] = {
  { "length", "size", TELAR_OPTION_WHOLE, TRUE, 10, 1, 1e8, N_("how many numbers it has") },
  { "real", NULL, TELAR_OPTION_BOOLEAN, FALSE, 0, 0, 1,
    N_("whether they are numbers with a fraction") },
};

static const TelarObjectOption shared_memory_options[] = {
  { "size", NULL, TELAR_OPTION_WHOLE, TRUE, 64, 1, 1e9, N_("how many bytes it has") },
};

#define MAX_WORKERS 1000

static const TelarObjectOption pool_options[] = {
  { "workers", "processes", TELAR_OPTION_WHOLE, FALSE, 0, 1, MAX_WORKERS,
    N_("how many work at once; left out, as many as there are cores") },
  { "kind", NULL, TELAR_OPTION_KIND, FALSE, 0, 0, 0,
    N_("what the workers are: process or thread") },
  { "max-tasks-per-child", "maxtasksperchild", TELAR_OPTION_WHOLE, FALSE, 0, 1, MAX_WHOLE,
    N_("after how many chunks a worker ends and another takes its place") },
  { "initializer", NULL, TELAR_OPTION_FUNCTION, FALSE, 0, 0, 0,
    N_("the function that each worker calls first") },
  { "initargs", NULL, TELAR_OPTION_LIST, FALSE, 0, 0, 0, N_("the arguments of that") },
  { "inside", NULL, TELAR_OPTION_PROCESS, FALSE, 0, 0, 0,
    N_("the process that uses it; left out, main") },
};

#define OPTIONS(table) table, G_N_ELEMENTS (table)

static const struct
{
  const char              *title;
  const TelarObjectOption *options;
  guint                    n_options;
} types[TELAR_N_OBJECT_TYPES] = {
  [TELAR_OBJECT_LOCK] = { N_("a lock"), NULL, 0 },
  [TELAR_OBJECT_RLOCK] = { N_("an rlock"), NULL, 0 },
  [TELAR_OBJECT_SEMAPHORE] = { N_("a semaphore"), OPTIONS (semaphore_options) },
  [TELAR_OBJECT_BOUNDED_SEMAPHORE] = { N_("a bounded semaphore"), OPTIONS (semaphore_options) },
  [TELAR_OBJECT_EVENT] = { N_("an event"), NULL, 0 },
  [TELAR_OBJECT_CONDITION] = { N_("a condition"), OPTIONS (condition_options) },
  [TELAR_OBJECT_BARRIER] = { N_("a barrier"), OPTIONS (barrier_options) },
  [TELAR_OBJECT_QUEUE] = { N_("a queue"), OPTIONS (queue_options) },
  [TELAR_OBJECT_JOINABLE_QUEUE] = { N_("a joinable queue"), OPTIONS (queue_options) },
  [TELAR_OBJECT_SIMPLE_QUEUE] = { N_("a simple queue"), NULL, 0 },
  [TELAR_OBJECT_PIPE] = { N_("a pipe"), OPTIONS (pipe_options) },
  [TELAR_OBJECT_VALUE] = { N_("a value"), OPTIONS (value_options) },
  [TELAR_OBJECT_ARRAY] = { N_("an array"), OPTIONS (array_options) },
  [TELAR_OBJECT_POOL] = { N_("a pool"), OPTIONS (pool_options) },
  [TELAR_OBJECT_SHARED_MEMORY] = { N_("a shared memory block"), OPTIONS (shared_memory_options) },
  [TELAR_OBJECT_LIST] = { N_("a list"), NULL, 0 },
  [TELAR_OBJECT_DICTIONARY] = { N_("a dictionary"), NULL, 0 },
};

TelarObject *
telar_object_new (const char *id, TelarObjectType type)
{
  TelarObject *object = g_new0 (TelarObject, 1);

  object->id = g_strdup (id != NULL ? id : "");
  object->type = type;
  object->options = json_object ();
  return object;
}

TelarObject *
telar_object_copy (const TelarObject *object)
{
  TelarObject *copy;

  g_return_val_if_fail (object != NULL, NULL);

  copy = g_new (TelarObject, 1);
  *copy = *object;
  copy->id = g_strdup (object->id);
  copy->options = json_deep_copy (object->options);
  return copy;
}

void
telar_object_free (TelarObject *object)
{
  if (object == NULL)
    return;
  g_free (object->id);
  json_decref (object->options);
  g_free (object);
}

const TelarObjectOption *
telar_object_options (TelarObjectType type, guint *n)
{
  g_return_val_if_fail ((guint) type < TELAR_N_OBJECT_TYPES && n != NULL, NULL);

  *n = types[type].n_options;
  return types[type].options;
}

json_t *
telar_object_get (const TelarObject *object, const TelarObjectOption *option)
{
  json_t *value;

  g_return_val_if_fail (object != NULL && option != NULL, NULL);

  value = json_object_get (object->options, option->name);
  return value != NULL || option->also == NULL ? value
                                               : json_object_get (object->options, option->also);
}

static const TelarObjectOption *
find_option (const TelarObject *object, const char *name)
{
  for (guint i = 0; i < types[object->type].n_options; i++)
    if (strcmp (types[object->type].options[i].name, name) == 0)
      return &types[object->type].options[i];
  return NULL;
}

double
telar_object_number (const TelarObject *object, const char *option)
{
  const TelarObjectOption *it;
  const json_t *value;

  g_return_val_if_fail (object != NULL && option != NULL, 0);

  it = find_option (object, option);
  if (it == NULL)
    return 0;
  value = telar_object_get (object, it);
  if (it->type == TELAR_OPTION_BOOLEAN)
    return json_is_boolean (value) ? json_is_true (value) : it->initial;
  return json_is_number (value) ? json_number_value (value) : it->initial;
}

const char *
telar_object_text (const TelarObject *object, const char *option)
{
  const TelarObjectOption *it;

  g_return_val_if_fail (object != NULL && option != NULL, NULL);

  it = find_option (object, option);
  return it != NULL ? json_string_value (telar_object_get (object, it)) : NULL;
}

char *
telar_object_option_fault (const TelarObjectOption *option, const json_t *value, char **cure)
{
  double number = json_number_value (value);

  g_return_val_if_fail (option != NULL && value != NULL && cure != NULL, NULL);

  switch (option->type)
    {
    case TELAR_OPTION_WHOLE:
      if (json_is_number (value) && number == floor (number) && number >= option->minimum
          && number <= option->maximum)
        return NULL;
      *cure = g_strdup_printf (_("write a whole number from %.0f to %.0f"), option->minimum,
                               option->maximum);
      return g_strdup_printf (_("%s must be a whole number from %.0f to %.0f"), option->name,
                              option->minimum, option->maximum);
    case TELAR_OPTION_NUMBER:
      if (json_is_number (value))
        return NULL;
      *cure = g_strdup_printf (_("write it as in %s"), "\"initial\": 0");
      return g_strdup_printf (_("%s must be a number"), option->name);
    case TELAR_OPTION_BOOLEAN:
      if (json_is_boolean (value))
        return NULL;
      *cure = g_strdup (_("write true or false"));
      return g_strdup_printf (_("%s must be true or false"), option->name);
    case TELAR_OPTION_KIND:
      if (telar_kind_parse (json_string_value (value)) == TELAR_KIND_PROCESS
          || telar_kind_parse (json_string_value (value)) == TELAR_KIND_THREAD)
        return NULL;
      *cure = g_strdup_printf (_("write it as in %s"), "\"kind\": \"process\"");
      return g_strdup_printf (_("%s must be process or thread"), option->name);
    case TELAR_OPTION_FUNCTION:
      if (json_is_string (value))
        return NULL;
      *cure = g_strdup_printf (_("write it as in %s"), "\"initializer\": \"print\"");
      return g_strdup_printf (_("%s must be the name of a function"), option->name);
    case TELAR_OPTION_LIST:
      if (json_is_array (value))
        return NULL;
      *cure = g_strdup_printf (_("write it as in %s"), "\"initargs\": [\"ready\"]");
      return g_strdup_printf (_("%s must be a list"), option->name);
    case TELAR_OPTION_PROCESS:
      if (json_is_string (value))
        return NULL;
      *cure = g_strdup_printf (_("write it as in %s"), "\"inside\": \"p1\"");
      return g_strdup_printf (_("%s must be the id of a process"), option->name);
    case TELAR_OPTION_LOCK:
    default:
      if (json_is_string (value))
        return NULL;
      *cure = g_strdup_printf (_("write it as in %s"), "\"lock\": \"m\"");
      return g_strdup_printf (_("%s must be the id of a lock"), option->name);
    }
}

const char *
telar_object_type_title (TelarObjectType type)
{
  g_return_val_if_fail ((guint) type < TELAR_N_OBJECT_TYPES, NULL);

  return types[type].title;
}

char *
telar_object_types_title (guint32 mask)
{
  GString *out = g_string_new (NULL);
  guint left = 0;

  for (guint i = 0; i < TELAR_N_OBJECT_TYPES; i++)
    left += mask >> i & 1;
  for (guint i = 0; i < TELAR_N_OBJECT_TYPES; i++)
    {
      if ((mask >> i & 1) == 0)
        continue;
      if (out->len > 0)
        /* Translators: between the last two of a list, as in: a lock or an event */
        g_string_append (out, left == 1 ? _(" or ") : ", ");
      g_string_append (out, _(types[i].title));
      left--;
    }
  return g_string_free (out, FALSE);
}

const char *
telar_json_object (const json_t *json, int *end)
{
  json_t *nth = json_object_get (json, "end");

  if (end != NULL)
    *end = json_is_integer (nth) ? (int) json_integer_value (nth) : -1;
  if (json_object_size (json) != (nth != NULL ? 2 : 1)
      || (nth != NULL && (json_integer_value (nth) < 0 || json_integer_value (nth) > 1
                          || !json_is_integer (nth))))
    return NULL;
  return json_string_value (json_object_get (json, "object"));
}

/* references.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include <string.h>

#include "edit/draft.h"
#include "edit/references.h"

typedef struct
{
  TelarReferenceMap map;
  gpointer          data;
  GHashTable       *objects; /* nullable: of objects, not of tasks */
} Mapper;

static TelarReferenceFate
fate (const Mapper *mapper, const char *reference, TelarReferenceUse use, char **becomes)
{
  *becomes = NULL;
  if (mapper->objects != NULL)
    {
      const char *new_id = g_hash_table_lookup (mapper->objects, reference);

      if (new_id == NULL)
        return TELAR_REFERENCE_STAYS;
      *becomes = g_strdup (new_id);
      return *new_id == '\0' ? TELAR_REFERENCE_GOES : TELAR_REFERENCE_BECOMES;
    }
  return mapper->map (reference, use, becomes, mapper->data);
}

static gboolean
would_stay (const Mapper *mapper, const char *reference, TelarReferenceUse use)
{
  g_autofree char *becomes = NULL;

  return fate (mapper, reference, use, &becomes) == TELAR_REFERENCE_STAYS;
}

/* ---- arguments ------------------------------------------------------------ */

static TelarReferenceUse
use_of (const TelarStep *step)
{
  return strcmp (step->function, "start") == 0 ? TELAR_REFERENCE_START : TELAR_REFERENCE_STEP;
}

/* Returns: (nullable): what a value refers to; @end: of a pipe, or -1. */
static const char *
reference_of (const Mapper *mapper, const json_t *value, int *end)
{
  *end = -1;
  if (!json_is_object (value))
    return NULL;
  return mapper->objects != NULL ? telar_json_object (value, end) : telar_json_task (value);
}

static gboolean
value_differs (const Mapper *mapper, const json_t *value, TelarReferenceUse use)
{
  int end;
  const char *reference = reference_of (mapper, value, &end);

  if (reference != NULL)
    return !would_stay (mapper, reference, use);
  for (size_t i = 0; json_is_array (value) && i < json_array_size (value); i++)
    {
      const json_t *item = json_array_get (value, i);

      /* a list of a million numbers refers to nobody */
      if (!json_is_object (item) && !json_is_array (item))
        continue;
      if (value_differs (mapper, item, use))
        return TRUE;
    }
  return FALSE;
}

/* Returns: (transfer full): @value as it is to be, or NULL where it goes. */
static json_t *
map_value (const Mapper *mapper, json_t *value, TelarReferenceUse use)
{
  int end;
  const char *reference = reference_of (mapper, value, &end);
  g_autofree char *becomes = NULL;
  json_t *list;

  if (reference != NULL)
    switch (fate (mapper, reference, use, &becomes))
      {
      case TELAR_REFERENCE_BECOMES:
        return end < 0 ? json_pack ("{ss}", mapper->objects != NULL ? "object" : "task", becomes)
                       : json_pack ("{sssi}", "object", becomes, "end", end);
      case TELAR_REFERENCE_GOES:
        return NULL;
      default:
        return json_incref (value);
      }
  if (!json_is_array (value) || !value_differs (mapper, value, use))
    return json_incref (value);
  list = json_array ();
  for (size_t i = 0; i < json_array_size (value); i++)
    {
      json_t *item = map_value (mapper, json_array_get (value, i), use);

      if (item == NULL)
        {
          json_decref (list);
          return NULL;
        }
      json_array_append_new (list, item);
    }
  return list;
}

static void
map_steps (TelarTask *content, const Mapper *mapper)
{
  GPtrArray *steps = telar_own_steps (content);

  for (guint i = 0; i < steps->len;)
    {
      TelarStep *step = g_ptr_array_index (steps, i);
      json_t *args = map_value (mapper, step->args, use_of (step));

      if (args == NULL)
        {
          g_ptr_array_remove_index (steps, i);
          continue;
        }
      json_decref (step->args);
      step->args = args;
      i++;
    }
  if (steps->len == 0)
    content->has_body = TRUE;
}

static gboolean
steps_differ (const TelarTask *task, const Mapper *mapper)
{
  for (guint i = 0; i < task->steps->len; i++)
    {
      const TelarStep *step = g_ptr_array_index (task->steps, i);
      if (value_differs (mapper, step->args, use_of (step)))
        return TRUE;
    }
  return FALSE;
}

/* ---- after, inside -------------------------------------------------------- */

static gboolean
after_differs (const TelarTask *task, const Mapper *mapper)
{
  for (guint i = 0; i < task->after->len; i++)
    if (!would_stay (mapper, g_ptr_array_index (task->after, i), TELAR_REFERENCE_AFTER))
      return TRUE;
  return FALSE;
}

static void
map_after (TelarTask *content, const Mapper *mapper)
{
  GPtrArray *mapped = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < content->after->len; i++)
    {
      const char *reference = g_ptr_array_index (content->after, i);
      g_autofree char *becomes = NULL;
      TelarReferenceFate what = fate (mapper, reference, TELAR_REFERENCE_AFTER, &becomes);

      if (what == TELAR_REFERENCE_STAYS)
        becomes = g_strdup (reference);
      if (what != TELAR_REFERENCE_GOES && !telar_has_text (mapped, becomes))
        g_ptr_array_add (mapped, g_steal_pointer (&becomes));
    }
  g_ptr_array_unref (content->after);
  content->after = mapped;
}

/* ---- public --------------------------------------------------------------- */

gboolean
telar_has_text (const GPtrArray *texts, const char *text)
{
  for (guint i = 0; i < texts->len; i++)
    if (strcmp (g_ptr_array_index (texts, i), text) == 0)
      return TRUE;
  return FALSE;
}

gboolean
telar_references_differ (const TelarTask *task, TelarReferenceMap map, gpointer data)
{
  const Mapper mapper = { map, data, NULL };

  return (task->inside != NULL && !would_stay (&mapper, task->inside, TELAR_REFERENCE_INSIDE))
         || after_differs (task, &mapper) || steps_differ (task, &mapper);
}

void
telar_references_map (TelarTask *content, TelarReferenceMap map, gpointer data)
{
  const Mapper mapper = { map, data, NULL };
  g_autofree char *inside = NULL;

  if (content->inside != NULL)
    switch (fate (&mapper, content->inside, TELAR_REFERENCE_INSIDE, &inside))
      {
      case TELAR_REFERENCE_BECOMES:
      case TELAR_REFERENCE_GOES:
        g_free (content->inside);
        content->inside = g_steal_pointer (&inside);
        break;
      default:
        break;
      }
  if (after_differs (content, &mapper))
    map_after (content, &mapper);
  if (steps_differ (content, &mapper))
    map_steps (content, &mapper);
}

gboolean
telar_object_references_differ (const TelarTask *task, GHashTable *becomes)
{
  const Mapper mapper = { NULL, NULL, becomes };

  return steps_differ (task, &mapper);
}

void
telar_object_references_map (TelarTask *content, GHashTable *becomes)
{
  const Mapper mapper = { NULL, NULL, becomes };

  if (steps_differ (content, &mapper))
    map_steps (content, &mapper);
}

gpointer
telar_reference_lookup (GHashTable *table, const char *reference, const char **copy)
{
  const char *dot = strrchr (reference, '.');
  gpointer value = g_hash_table_lookup (table, reference);
  g_autofree char *id = NULL;

  *copy = "";
  if (value != NULL || dot == NULL || dot[1] == '\0'
      || strspn (dot + 1, "0123456789") != strlen (dot + 1))
    return value;
  id = g_strndup (reference, (gsize) (dot - reference));
  value = g_hash_table_lookup (table, id);
  if (value != NULL)
    *copy = dot;
  return value;
}

/* plan-tables.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include <string.h>

#include "graph/plan-tables.h"

#define MAX_SIZE (G_GUINT64_CONSTANT (1) << 30) /* bytes, of a whole plan */

void
telar_plan_tables_init (TelarPlanTables *tables, guint32 n_tasks)
{
  g_return_if_fail (tables != NULL);

  *tables = (TelarPlanTables){
    .tasks = g_array_sized_new (FALSE, TRUE, sizeof (TelarPlanTask), n_tasks),
    .steps = g_array_new (FALSE, TRUE, sizeof (TelarPlanStep)),
    .values = g_array_new (FALSE, TRUE, sizeof (TelarPlanValue)),
    .objects = g_array_new (FALSE, TRUE, sizeof (TelarPlanObject)),
    .links = g_array_sized_new (FALSE, FALSE, sizeof (guint32), n_tasks),
    .integers = g_array_new (FALSE, FALSE, sizeof (gint64)),
    .text = g_byte_array_new (),
    .texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
    .lists = g_hash_table_new_full (g_bytes_hash, g_bytes_equal, (GDestroyNotify) g_bytes_unref,
                                    NULL),
  };
  /* copies of a task have numbers in a row: most lists are a part of this one */
  for (guint32 i = 0; i < n_tasks; i++)
    g_array_append_val (tables->links, i);
  telar_plan_tables_text (tables, "");
  telar_plan_tables_text (tables, TELAR_PLAN_MAIN_PROCESS);
  telar_plan_tables_text (tables, TELAR_PLAN_MAIN_THREAD);
}

void
telar_plan_tables_clear (TelarPlanTables *tables)
{
  g_clear_pointer (&tables->tasks, g_array_unref);
  g_clear_pointer (&tables->steps, g_array_unref);
  g_clear_pointer (&tables->values, g_array_unref);
  g_clear_pointer (&tables->objects, g_array_unref);
  g_clear_pointer (&tables->links, g_array_unref);
  g_clear_pointer (&tables->integers, g_array_unref);
  g_clear_pointer (&tables->text, g_byte_array_unref);
  g_clear_pointer (&tables->texts, g_hash_table_unref);
  g_clear_pointer (&tables->lists, g_hash_table_unref);
}

guint32
telar_plan_tables_text (TelarPlanTables *tables, const char *text)
{
  gpointer offset;

  g_return_val_if_fail (tables != NULL && text != NULL, 0);

  if (g_hash_table_lookup_extended (tables->texts, text, NULL, &offset))
    return GPOINTER_TO_UINT (offset);
  offset = GUINT_TO_POINTER (tables->text->len);
  g_byte_array_append (tables->text, (const guint8 *) text, (guint) strlen (text) + 1);
  g_hash_table_insert (tables->texts, g_strdup (text), offset);
  return GPOINTER_TO_UINT (offset);
}

guint32
telar_plan_tables_row (TelarPlanTables *tables, guint32 first)
{
  g_return_val_if_fail (tables != NULL && first < tables->links->len, 0);

  /* the links begin with the numbers themselves */
  return first;
}

guint32
telar_plan_tables_list (TelarPlanTables *tables, const guint32 *numbers, guint n)
{
  g_autoptr (GBytes) key = NULL;
  gpointer first;

  g_return_val_if_fail (tables != NULL && (numbers != NULL || n == 0), 0);

  if (n == 0)
    return 0;
  key = g_bytes_new (numbers, n * sizeof *numbers);
  if (g_hash_table_lookup_extended (tables->lists, key, NULL, &first))
    return GPOINTER_TO_UINT (first);
  first = GUINT_TO_POINTER (tables->links->len);
  g_array_append_vals (tables->links, numbers, n);
  g_hash_table_insert (tables->lists, g_steal_pointer (&key), first);
  return GPOINTER_TO_UINT (first);
}

void
telar_plan_tables_value (TelarPlanTables *tables, const TelarValue *value)
{
  TelarPlanValue out = { .type = value->type, .count = 1, .integer = value->integer };

  g_return_if_fail (tables != NULL && value != NULL);

  switch (value->type)
    {
    case TELAR_VALUE_REAL:
      out.real = value->real;
      break;
    case TELAR_VALUE_TEXT:
    case TELAR_VALUE_TEXTS:
    case TELAR_VALUE_FILE:
      out.first = telar_plan_tables_text (tables, value->text);
      break;
    case TELAR_VALUE_INTEGERS:
      out.first = tables->integers->len;
      out.count = value->integers->len;
      if (value->integers->len > 0)
        g_array_append_vals (tables->integers, value->integers->data, value->integers->len);
      break;
    case TELAR_VALUE_ITEM:
      out.first = telar_plan_tables_text (tables, value->item);
      break;
    case TELAR_VALUE_INTEGER:
    case TELAR_VALUE_DURATION:
    case TELAR_VALUE_SIGNAL:
    default:
      break;
    }
  g_array_append_val (tables->values, out);
}

/* Puts a table after what is there, at a multiple of 8. */
static void
add_table (GByteArray *plan, const void *data, gsize size)
{
  static const guint8 zeros[8];

  if (size > 0)
    g_byte_array_append (plan, data, (guint) size);
  g_byte_array_append (plan, zeros, (8 - plan->len % 8) % 8);
}

static gsize
array_size (const GArray *array)
{
  return (gsize) array->len * g_array_get_element_size ((GArray *) array);
}

GBytes *
telar_plan_tables_join (TelarPlanTables *tables)
{
  TelarPlan *head = &tables->head;
  GByteArray *plan;
  guint64 size;

  g_return_val_if_fail (tables != NULL, NULL);

  size = sizeof (TelarPlan) + array_size (tables->tasks) + array_size (tables->steps)
         + array_size (tables->values) + array_size (tables->objects)
         + array_size (tables->links) + array_size (tables->integers) + tables->text->len + 7 * 8;
  if (size > MAX_SIZE)
    return NULL;

  plan = g_byte_array_sized_new ((guint) size);
  head->magic = TELAR_PLAN_MAGIC;
  head->version = TELAR_PLAN_VERSION;
  add_table (plan, head, sizeof (TelarPlan));
  head->n_tasks = tables->tasks->len;
  head->tasks = plan->len;
  add_table (plan, tables->tasks->data, array_size (tables->tasks));
  head->n_steps = tables->steps->len;
  head->steps = plan->len;
  add_table (plan, tables->steps->data, array_size (tables->steps));
  head->n_values = tables->values->len;
  head->values = plan->len;
  add_table (plan, tables->values->data, array_size (tables->values));
  head->n_objects = tables->objects->len;
  head->objects = plan->len;
  add_table (plan, tables->objects->data, array_size (tables->objects));
  head->n_links = tables->links->len;
  head->links = plan->len;
  add_table (plan, tables->links->data, array_size (tables->links));
  head->n_integers = tables->integers->len;
  head->integers = plan->len;
  add_table (plan, tables->integers->data, array_size (tables->integers));
  head->text_size = tables->text->len;
  head->text = plan->len;
  add_table (plan, tables->text->data, tables->text->len);
  head->size = plan->len;
  memcpy (plan->data, head, sizeof (TelarPlan));
  return g_byte_array_free_to_bytes (plan);
}

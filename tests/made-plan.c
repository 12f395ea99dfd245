/* made-plan.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "made-plan.h"

#include <string.h>

#include "catalogue/catalogue.h"

typedef struct
{
  GHashTable *numbers; /* owned: id → number */
  GArray     *tasks;   /* owned: TelarPlanTask */
  GArray     *steps;   /* owned: TelarPlanStep */
  GArray     *links;   /* owned: guint32 */
  GByteArray *text;    /* owned */
} Maker;

static guint32
add_text (Maker *maker, const char *text)
{
  guint32 offset = maker->text->len;

  g_byte_array_append (maker->text, (const guint8 *) text, (guint) strlen (text) + 1);
  return offset;
}

static guint32
number_of (Maker *maker, const char *id)
{
  gpointer number;

  if (!g_hash_table_lookup_extended (maker->numbers, id, NULL, &number))
    g_error ("made plan: no task %s", id);
  return GPOINTER_TO_UINT (number);
}

static void
add_task (Maker *maker, const TelarMadeTask *made)
{
  g_autofree char *title = made->function != NULL
                             ? g_strdup_printf ("%s %s", made->id, made->function)
                             : g_strdup (made->id);
  TelarPlanTask task = {
    .id = add_text (maker, made->id),
    .title = add_text (maker, title),
    .parent = made->parent != NULL ? number_of (maker, made->parent) : TELAR_NO_TASK,
    .repeat = 1,
    .core = -1,
    .kind = (uint8_t) made->kind,
    .daemon = (uint8_t) made->daemon,
    .started_by_body = (uint8_t) made->by_body,
    .first_step = maker->steps->len,
  };

  if (made->function != NULL)
    {
      int function = telar_catalogue_number (made->function);
      g_autofree char *text = g_strdup_printf ("%s()", made->function);
      TelarPlanStep step = { .function = (uint32_t) function, .text = add_text (maker, text) };

      g_assert_cmpint (function, >=, 0);
      g_array_append_val (maker->steps, step);
      task.n_steps = 1;
    }
  g_hash_table_insert (maker->numbers, (gpointer) made->id, GUINT_TO_POINTER (maker->tasks->len));
  g_array_append_val (maker->tasks, task);
}

static void
add_links (Maker *maker, const TelarMadeTask *tasks, guint n)
{
  for (guint32 i = 0; i < n; i++)
    {
      TelarPlanTask *task = &g_array_index (maker->tasks, TelarPlanTask, i);

      task->first_after = maker->links->len;
      if (tasks[i].after != NULL)
        {
          g_auto (GStrv) ids = g_strsplit (tasks[i].after, " ", -1);

          for (guint k = 0; ids[k] != NULL; k++)
            {
              guint32 number = number_of (maker, ids[k]);
              g_array_append_val (maker->links, number);
            }
        }
      task->n_after = maker->links->len - task->first_after;
      task->first_child = maker->links->len;
      for (guint32 k = 1; k < n; k++)
        {
          const TelarPlanTask *child = &g_array_index (maker->tasks, TelarPlanTask, k);

          if (child->parent != i)
            continue;
          if (child->started_by_body)
            task->n_started++;
          else
            g_array_append_val (maker->links, k);
        }
      task->n_children = maker->links->len - task->first_child;
    }
}

/* Puts a table behind what is there; returns its offset. */
static guint32
place (GByteArray *block, gconstpointer data, gsize size)
{
  static const guint8 zeros[8];
  guint32 offset;

  g_byte_array_append (block, zeros, (8 - block->len % 8) % 8);
  offset = block->len;
  if (size > 0)
    g_byte_array_append (block, data, (guint) size);
  return offset;
}

GBytes *
telar_made_plan (const TelarMadeTask *tasks, guint n, gboolean skip_on_failure)
{
  Maker maker = {
    .numbers = g_hash_table_new (g_str_hash, g_str_equal),
    .tasks = g_array_new (FALSE, FALSE, sizeof (TelarPlanTask)),
    .steps = g_array_new (FALSE, FALSE, sizeof (TelarPlanStep)),
    .links = g_array_new (FALSE, FALSE, sizeof (guint32)),
    .text = g_byte_array_new (),
  };
  GByteArray *block = g_byte_array_new ();
  TelarPlan plan = {
    .magic = TELAR_PLAN_MAGIC,
    .version = TELAR_PLAN_VERSION,
    .alive_limit = 1024,
    .steps_limit = 100000,
    .skip_on_failure = (uint8_t) skip_on_failure,
  };
  const char *wrong;
  unsigned n_functions;

  add_text (&maker, "");
  plan.name = add_text (&maker, "Made for a test");
  for (guint i = 0; i < n; i++)
    add_task (&maker, &tasks[i]);
  add_links (&maker, tasks, n);

  place (block, &plan, sizeof plan);
  plan.n_tasks = maker.tasks->len;
  plan.tasks = place (block, maker.tasks->data, maker.tasks->len * sizeof (TelarPlanTask));
  plan.n_steps = maker.steps->len;
  plan.steps = place (block, maker.steps->data, maker.steps->len * sizeof (TelarPlanStep));
  plan.values = place (block, NULL, 0);
  plan.objects = place (block, NULL, 0);
  plan.n_links = maker.links->len;
  plan.links = place (block, maker.links->data, maker.links->len * sizeof (guint32));
  plan.integers = place (block, NULL, 0);
  plan.text_size = maker.text->len;
  plan.text = place (block, maker.text->data, maker.text->len);
  plan.size = block->len;
  memcpy (block->data, &plan, sizeof plan);

  telar_catalogue (&n_functions);
  wrong = telar_plan_check (block->data, block->len, n_functions);
  if (wrong != NULL)
    g_error ("made plan: %s", wrong);

  g_hash_table_unref (maker.numbers);
  g_array_unref (maker.tasks);
  g_array_unref (maker.steps);
  g_array_unref (maker.links);
  g_byte_array_unref (maker.text);
  return g_byte_array_free_to_bytes (block);
}

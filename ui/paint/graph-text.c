/* graph-text.c
 *
 * SPDX-License-Identifier: MIT
 *
 * What is written in the boxes and rows of a graph, and about how wide it is: to
 * print every call for a layout would take longer than the layout.
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "paint/graph-private.h"

#define ID_CHARACTER   9.4   /* at most, so that golden files hold with every font */
#define CALL_CHARACTER 8.1
#define CALL_TEXT      60
#define ROW_TEXT       40

static const TelarTask *
get_task (const TelarGraphLayout *layout, guint32 task)
{
  return telar_relations_task (layout->relations, task);
}

static gboolean
has_function (const TelarTask *task)
{
  return task->steps->len > 0 && *((TelarStep *) task->steps->pdata[0])->function != '\0';
}

char *
telar_graph_call (const TelarGraphLayout *layout, guint32 number, gboolean *missing)
{
  const TelarTask *task = get_task (layout, number);
  g_autofree char *first = NULL;
  guint n = task->steps->len;

  if (missing != NULL)
    *missing = FALSE;
  if (layout->boxes[number].has_body || (number == 0 && n == 0))
    return g_strdup ("");
  if (!has_function (task) && n < 2)
    {
      if (missing != NULL)
        *missing = TRUE;
      return g_strdup (_("no function yet"));
    }
  first = telar_step_describe (task->steps->pdata[0], CALL_TEXT);
  if (n < 2 && task->repeat < 2)
    return g_steal_pointer (&first);
  n = (guint) MIN ((guint64) n * task->repeat, G_MAXUINT);
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s … %u step", "%s … %u steps", n), first,
                          n);
}

guint
telar_graph_cut_at (const TelarGraphLayout *layout, guint32 task)
{
  /* Two lines for two steps would be no gain. */
  return !layout->boxes[task].whole
         && get_task (layout, task)->steps->len > TELAR_GRAPH_MOST_ROWS + 1 ? TELAR_GRAPH_MOST_ROWS
                                                                          : G_MAXUINT;
}

gboolean
telar_graph_is_cut (const TelarGraphLayout *layout, guint32 task, guint row)
{
  guint cut;

  g_return_val_if_fail (layout != NULL && task < layout->n_tasks, FALSE);

  cut = layout->boxes[task].unfolded ? telar_graph_cut_at (layout, task) : G_MAXUINT;
  return cut != G_MAXUINT && row >= cut;
}

guint
telar_graph_n_rows (const TelarGraphLayout *layout, guint32 task)
{
  guint n = get_task (layout, task)->steps->len;
  guint cut = telar_graph_cut_at (layout, task);

  return cut < n ? cut + 1 : n;
}

char *
telar_graph_row_text (const TelarGraphLayout *layout, guint32 number, guint row)
{
  const TelarTask *task = get_task (layout, number);
  guint cut = telar_graph_cut_at (layout, number);

  if (row < cut)
    return telar_step_describe (task->steps->pdata[row], ROW_TEXT);
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "… %u more", "… %u more",
                                       task->steps->len - cut),
                          task->steps->len - cut);
}

/* ---- widths ------------------------------------------------------------- */

#define ENOUGH 50u /* characters: no box is wider */

/* About as many characters as telar_step_describe() makes of a value, which
 * takes far longer. */
static guint
value_length (const json_t *value)
{
  const char *task = telar_json_task (value);
  gint64 number;
  guint n = 0;

  switch (json_typeof (value))
    {
    case JSON_STRING:
      return (guint) json_string_length (value) + 2;
    case JSON_INTEGER:
      number = json_integer_value (value);
      for (n = number < 0 ? 2 : 1; number / 10 != 0; number /= 10)
        n++;
      return n;
    case JSON_ARRAY:
      for (size_t i = 0; i < json_array_size (value) && n < ENOUGH; i++)
        n += value_length (json_array_get (value, i)) + (i > 0 ? 2 : 0);
      return n + 2;
    case JSON_OBJECT:
      return task != NULL ? (guint) strlen (task) : 12;
    case JSON_REAL:
    case JSON_TRUE:
    case JSON_FALSE:
    case JSON_NULL:
    default:
      return 5;
    }
}

static guint
step_length (const TelarStep *step)
{
  guint n = (guint) strlen (step->function) + 2;

  for (size_t i = 0; i < json_array_size (step->args) && n < ENOUGH; i++)
    n += value_length (json_array_get (step->args, i)) + (i > 0 ? 2 : 0);
  return n;
}

double
telar_graph_id_width (const TelarGraphLayout *layout, guint32 number)
{
  const TelarTask *task = get_task (layout, number);

  return ID_CHARACTER * (double) g_utf8_strlen (task->id, -1) + (task->copies > 1 ? 36 : 0);
}

double
telar_graph_call_width (const TelarGraphLayout *layout, guint32 task)
{
  const GPtrArray *steps = get_task (layout, task)->steps;

  if (layout->boxes[task].has_body || steps->len == 0)
    return 0;
  return CALL_CHARACTER * (step_length (steps->pdata[0]) + (steps->len > 1 ? 10 : 0));
}

double
telar_graph_rows_width (const TelarGraphLayout *layout, guint32 task)
{
  const GPtrArray *steps = get_task (layout, task)->steps;
  guint widest = 0;

  for (guint i = 0; i < MIN (steps->len, telar_graph_cut_at (layout, task)); i++)
    widest = MAX (widest, step_length (steps->pdata[i]));
  return CALL_CHARACTER * widest;
}

/* range-text.c
 *
 * SPDX-License-Identifier: MIT
 *
 * A stretch's totals to be pasted: into a spreadsheet (CSV, RFC 4180, whole
 * nanoseconds, in no language) or into a text (tabs, times as people read them).
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "timeline/data-private.h"
#include "timeline/range.h"
#include "timeline/statistics.h"

static const char *
cause_words (guint cause)
{
  static const char *const words[TELAR_N_CAUSES] = {
    [TELAR_CAUSE_NONE] = N_ ("blocked"),
    [TELAR_CAUSE_SLEEP] = N_ ("sleep"),
    [TELAR_CAUSE_JOIN] = N_ ("join"),
    [TELAR_CAUSE_PROGRAM] = N_ ("its program runs"),
    [TELAR_CAUSE_PLACE] = N_ ("too many tasks at once"),
    [TELAR_CAUSE_IO] = N_ ("input or output"),
    [TELAR_CAUSE_LOCK] = N_ ("lock"),
    [TELAR_CAUSE_SEMAPHORE] = N_ ("semaphore"),
    [TELAR_CAUSE_EVENT] = N_ ("event"),
    [TELAR_CAUSE_CONDITION] = N_ ("condition"),
    [TELAR_CAUSE_BARRIER] = N_ ("barrier"),
    [TELAR_CAUSE_EMPTY] = N_ ("empty"),
    [TELAR_CAUSE_FULL] = N_ ("full"),
    [TELAR_CAUSE_DONE] = N_ ("not done"),
    [TELAR_CAUSE_FLUSH] = N_ ("flushing"),
  };

  return cause < TELAR_N_CAUSES && words[cause] != NULL ? _(words[cause]) : _("blocked");
}

char *
telar_range_causes (const TelarRangeTask *task)
{
  GString *text = g_string_new (NULL);
  gboolean said[TELAR_N_CAUSES] = { FALSE };

  g_return_val_if_fail (task != NULL, g_string_free (text, FALSE));

  for (;;)
    {
      guint            longest = TELAR_N_CAUSES;
      g_autofree char *time = NULL;

      for (guint i = 0; i < TELAR_N_CAUSES; i++)
        if (!said[i] && task->blocked[i] > 0
            && (longest == TELAR_N_CAUSES || task->blocked[i] > task->blocked[longest]))
          longest = i;
      if (longest == TELAR_N_CAUSES)
        break;
      said[longest] = TRUE;
      time = telar_time_format (task->blocked[longest]);
      g_string_append_printf (text, "%s%s %s", text->len > 0 ? ", " : "", cause_words (longest),
                              time);
    }
  return g_string_free (text, FALSE);
}

static int
compare_tasks (gconstpointer a, gconstpointer b, gpointer data)
{
  const TelarRange *range = data;
  guint32           one = *(const guint32 *) a, other = *(const guint32 *) b;
  gint64            x = range->tasks[one].cpu_ns, y = range->tasks[other].cpu_ns;

  return x != y ? (x > y ? -1 : 1) : one < other ? -1 : one > other;
}

GArray *
telar_range_order (const TelarRange *range)
{
  GArray *order = g_array_new (FALSE, FALSE, sizeof (guint32));

  g_return_val_if_fail (range != NULL, order);

  for (guint32 i = 0; i < range->n_tasks; i++)
    if (telar_range_has (range, i))
      g_array_append_val (order, i);
  g_array_sort_with_data (order, compare_tasks, (gpointer) range);
  return order;
}

char *
telar_range_title (const TelarRange *range)
{
  g_autofree char *length = NULL;
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;

  g_return_val_if_fail (range != NULL, NULL);

  length = telar_time_format (range->end - range->begin);
  from = telar_time_format (range->begin);
  to = telar_time_format (range->end);
  return g_strdup_printf (_("%s, from %s to %s"), length, from, to);
}

static double
share (const TelarRange *range, gint64 ns)
{
  return (double) ns / (double) MAX (range->end - range->begin, 1);
}

/* --- CSV --- */

static gboolean
is_somewhere (const TelarRange *range, guint cause)
{
  for (guint i = 0; i < range->n_tasks; i++)
    if (range->tasks[i].blocked[cause] > 0)
      return TRUE;
  return FALSE;
}

static void
put_numbers (GString *csv, const TelarRange *range, gint64 cpu_ns)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (text, sizeof text, "%.6f", share (range, cpu_ns));
  g_string_append_printf (csv, ",%" G_GINT64_FORMAT ",%" G_GINT64_FORMAT ",%" G_GINT64_FORMAT ",%s",
                          range->begin, range->end, cpu_ns, text);
}

char *
telar_range_csv (const TelarRange *range)
{
  GString           *csv = g_string_new ("record,name,begin-ns,end-ns,cpu-ns,share");
  g_autoptr (GArray) order = NULL;
  guint              n_causes = 0, causes[TELAR_N_CAUSES];

  g_return_val_if_fail (range != NULL, g_string_free (csv, FALSE));

  g_string_append (csv, ",slices,switches,tasks,due-ns,ready-ns,blocked-ns,blocked-or-ready-ns");
  for (guint i = TELAR_CAUSE_NONE + 1; i < TELAR_N_CAUSES; i++)
    if (is_somewhere (range, i))
      {
        causes[n_causes++] = i;
        g_string_append_printf (csv, ",%s-ns", telar_cause_name (i));
      }
  g_string_append_c (csv, '\n');

  for (guint i = 0; i < range->n_cores; i++)
    {
      const TelarRangeCore *core = &range->cores[i];

      g_string_append_printf (csv, "core,%d", core->number);
      put_numbers (csv, range, core->busy_ns);
      g_string_append_printf (csv, ",%u,%u,%u,,,,", core->slices, core->switches, core->tasks);
      for (guint k = 0; k < n_causes; k++)
        g_string_append_c (csv, ',');
      g_string_append_c (csv, '\n');
    }

  order = telar_range_order (range);
  for (guint i = 0; i < order->len; i++)
    {
      guint32               number = g_array_index (order, guint32, i);
      const TelarRangeTask *task = &range->tasks[number];

      g_string_append (csv, "task,");
      telar_data_field (csv, telar_timeline_task (telar_range_timeline (range), number)->id);
      put_numbers (csv, range, task->cpu_ns);
      g_string_append_printf (csv, ",%u,%u,,%" G_GINT64_FORMAT ",%" G_GINT64_FORMAT
                              ",%" G_GINT64_FORMAT ",%" G_GINT64_FORMAT,
                              task->slices, task->switches, task->due_ns, task->ready_ns,
                              task->blocked_ns, task->unknown_ns);
      for (guint k = 0; k < n_causes; k++)
        g_string_append_printf (csv, ",%" G_GINT64_FORMAT, task->blocked[causes[k]]);
      g_string_append_c (csv, '\n');
    }
  return g_string_free (csv, FALSE);
}

/* --- Text --- */

static void
put_time (GString *text, gint64 ns)
{
  g_autofree char *time = ns > 0 ? telar_time_format (ns) : NULL;

  g_string_append_printf (text, "\t%s", time != NULL ? time : "–");
}

char *
telar_range_text (const TelarRange *range)
{
  g_autofree char   *title = NULL;
  g_autoptr (GArray) order = NULL;
  GString           *text = g_string_new (NULL);

  g_return_val_if_fail (range != NULL, g_string_free (text, FALSE));

  title = telar_range_title (range);
  g_string_append_printf (text, "%s\n\n%s\t%s\t%s\t%s\t%s\n", title, _("Core"), _("Busy"),
                          _("Busy share"), _("Switches"), _("Tasks"));
  for (guint i = 0; i < range->n_cores; i++)
    {
      const TelarRangeCore *core = &range->cores[i];

      g_string_append_printf (text, "%d", core->number);
      put_time (text, core->busy_ns);
      g_string_append_printf (text, "\t%.1f %%\t%u\t%u\n", 100 * share (range, core->busy_ns),
                              core->switches, core->tasks);
    }
  g_string_append_printf (text, "\n%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n", _("Task"), _("On a core"),
                          _("Busy share"), _("Switches"), _("Ready"), _("Due"), _("Blocked"),
                          _("Blocked or ready"));
  order = telar_range_order (range);
  for (guint i = 0; i < order->len; i++)
    {
      guint32               number = g_array_index (order, guint32, i);
      const TelarRangeTask *task = &range->tasks[number];
      g_autofree char      *causes = telar_range_causes (task);

      g_string_append (text, telar_timeline_task (telar_range_timeline (range), number)->id);
      put_time (text, task->cpu_ns);
      g_string_append_printf (text, "\t%.1f %%\t%u", 100 * share (range, task->cpu_ns),
                              task->switches);
      put_time (text, task->ready_ns);
      put_time (text, task->due_ns);
      if (*causes != '\0')
        g_string_append_printf (text, "\t%s", causes);
      else
        put_time (text, task->blocked_ns);
      put_time (text, task->unknown_ns);
      g_string_append_c (text, '\n');
    }
  return g_string_free (text, FALSE);
}

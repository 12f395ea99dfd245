/* report-statistics.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include "timeline/report-private.h"

#include "timeline/statistics.h"

/* @known: else null. */
static void
put_real (GString *json, const char *key, double value, gboolean known)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append_printf (json, ", \"%s\": %s", key,
                          known ? g_ascii_formatd (text, sizeof text, "%.4f", value) : "null");
}

static void
put_task (GString *json, const TelarTimeline *timeline, const TelarStatistics *all, guint i)
{
  const TelarTaskStatistics *task = &all->tasks[i];
  const char                *separator = "";

  g_string_append_printf (json, "{\"task\": ");
  telar_report_put_name (json, telar_timeline_task (timeline, i)->id);
  telar_report_put_time (json, "cpu-ns", task->cpu_ns);
  telar_report_put_time (json, "on-core-ns", task->on_core_ns);
  telar_report_put_time (json, "due-ns", task->due_ns);
  telar_report_put_time (json, "ready-ns", task->ready_ns);
  telar_report_put_time (json, "blocked-ns", task->blocked_ns);
  telar_report_put_time (json, "blocked-or-ready-ns", task->unknown_ns);
  g_string_append (json, ", \"blocked-by-ns\": {");
  for (guint k = 0; k < TELAR_N_CAUSES; k++)
    if (task->blocked[k] > 0)
      {
        const char *cause = telar_cause_name (k);

        g_string_append_printf (json, "%s\"%s\": %" G_GINT64_FORMAT, separator,
                                cause != NULL ? cause : "unknown", task->blocked[k]);
        separator = ", ";
      }
  g_string_append_printf (json, "}, \"slices\": %u, \"switches\": %u, \"preemptions\": %u, "
                                "\"migrations\": %u", task->slices, task->switches,
                          task->preemptions, task->migrations);
  telar_report_put_time (json, "start-latency-ns", task->start_latency);
  telar_report_put_time (json, "join-latency-ns", task->join_latency);
  telar_report_put_time (json, "critical-ns", task->critical_ns);
  g_string_append_c (json, '}');
}

static void
put_path (GString *json, const TelarTimeline *timeline, const TelarStatistics *all)
{
  g_string_append_printf (json, ",\n  \"critical-path\": {\"ns\": %" G_GINT64_FORMAT
                                ", \"on-core-ns\": %" G_GINT64_FORMAT,
                          all->critical_ns, all->critical_on_core_ns);
  put_real (json, "share", (double) all->critical_on_core_ns / (double) MAX (all->wall_ns, 1),
            all->wall_ns > 0);
  g_string_append (json, ", \"path\": [");
  for (guint i = 0; i < all->critical->len; i++)
    {
      const TelarCritical *stretch = &g_array_index (all->critical, TelarCritical, i);

      g_string_append (json, i > 0 ? ", [" : "[");
      telar_report_put_name (json, telar_timeline_task (timeline, stretch->task)->id);
      g_string_append_printf (json, ", %" G_GINT64_FORMAT ", %" G_GINT64_FORMAT "]",
                              stretch->begin, stretch->end);
    }
  g_string_append (json, "]}");
}

void
telar_report_put_statistics (GString *json, const TelarTimeline *timeline, gint64 serial_ns)
{
  g_autoptr (TelarStatistics) all = telar_statistics_new (timeline, serial_ns, NULL);
  char                        text[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append_printf (json, ",\n\"statistics\": {\n  \"cpu-ns\": %" G_GINT64_FORMAT,
                          all->cpu_ns);
  put_real (json, "cores-in-use", all->cores_in_use, TRUE);
  put_real (json, "speed-up", all->speed_up, all->speed_up > 0);
  put_real (json, "efficiency", all->efficiency, all->speed_up > 0);
  g_string_append_printf (json, ", \"most-at-once\": %u, \"at-once-ns\": [", all->most_at_once);
  for (guint i = 0; i <= all->n_cores; i++)
    g_string_append_printf (json, "%s%" G_GINT64_FORMAT, i > 0 ? ", " : "", all->at_once[i]);
  g_string_append (json, "],\n  \"parallelism\": [");
  for (guint i = 0; i < TELAR_PARALLELISM_BINS; i++)
    g_string_append_printf (json, "%s%s", i > 0 ? ", " : "",
                            g_ascii_formatd (text, sizeof text, "%.4f", all->parallelism[i]));
  g_string_append_c (json, ']');
  put_path (json, timeline, all);
  g_string_append (json, ",\n  \"cores\": [");
  for (guint i = 0; i < all->n_cores; i++)
    {
      const TelarCoreStatistics *core = &all->cores[i];

      g_string_append_printf (json, "%s{\"core\": %d, \"busy-ns\": %" G_GINT64_FORMAT
                                    ", \"slices\": %u, \"switches\": %u, \"tasks\": %u}",
                              i > 0 ? ",\n    " : "\n    ", core->number, core->busy_ns,
                              core->slices, core->switches, core->tasks);
    }
  g_string_append (json, "\n  ],\n  \"tasks\": [");
  for (guint i = 0; i < all->n_tasks; i++)
    {
      g_string_append (json, i > 0 ? ",\n    " : "\n    ");
      put_task (json, timeline, all, i);
    }
  g_string_append (json, "\n  ]\n}");
}

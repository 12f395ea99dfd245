/* provenance.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Where a figure's run comes from, for the metadata of its file. No user's
 * name, no computer's, no place in a file system.
 */

#include "config.h"

#include "paint/export-private.h"

/* Per mille of the cores' time that other programs had; -1: nobody looked. */
static int
others_share (const TelarTimeline *timeline)
{
  double sum = 0, time = 0;

  for (guint i = 0; i < timeline->cores->len; i++)
    {
      const TelarCoreLane *lane = g_ptr_array_index (timeline->cores, i);

      for (guint k = 0; k < lane->others->len; k++)
        {
          const TelarOthers *others = &g_array_index (lane->others, TelarOthers, k);

          sum += (double) others->others * (double) others->interval;
          time += (double) others->interval;
        }
    }
  return time > 0 ? (int) (sum / time + 0.5) : -1;
}

char *
telar_export_provenance (const TelarTimeline *timeline, const TelarMachine *machine,
                         const char *date)
{
  static const char *const sources[] = { "off", "exact", "sampled" };
  GString *text = g_string_new ("Telar " TELAR_VERSION);
  g_autofree char *valid = NULL;

  if (timeline != NULL && machine != NULL && machine->model != NULL
      && machine->model[0] != '\0')
    g_string_append_printf (text, "; CPU: %s", machine->model);
  if (timeline != NULL && machine != NULL && machine->kernel != NULL
      && machine->kernel[0] != '\0')
    g_string_append_printf (text, "; kernel: %s", machine->kernel);
  if (timeline != NULL)
    {
      int load = others_share (timeline);

      g_string_append_printf (text, "; slices: %s", sources[timeline->begun.source]);
      if (timeline->begun.source == TELAR_SOURCE_SAMPLED)
        g_string_append_printf (text, " every %d us", (int) (timeline->begun.period_ns / 1000));
      if (load >= 0)
        g_string_append_printf (text, "; load of other programs: %d.%d %%", load / 10, load % 10);
    }
  if (date != NULL)
    g_string_append_printf (text, "; date: %s", date);
  valid = g_utf8_make_valid (text->str, (gssize) text->len);
  g_string_free (text, TRUE);
  return g_steal_pointer (&valid);
}

/* make-traces.c
 *
 * SPDX-License-Identifier: MIT
 *
 * The same synthetic run for everyone who is to draw it.
 *
 *   make-traces CORES SLICES STEM FORMAT…   writes STEM.FORMAT: telar-run, paje, perf
 *
 * and prints how many slices it has, and the share of its cores' time that they take.
 */

#include "config.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "runfile/run-writer.h"
#include "synthetic-run.h"
#include "traces.h"

#define GRAPH "{\"telar\": 1, \"tasks\": []}"
#define SEED  7

void
merge_init (Merge *merge, const TelarTimeline *timeline)
{
  guint n = timeline->cores->len;

  merge->timeline = timeline;
  merge->next = g_new0 (guint, n);
  merge->ahead = g_new0 (GArray *, n);
  merge->at = g_new0 (guint, n);
  for (guint i = 0; i < n; i++)
    merge->ahead[i] = g_array_new (FALSE, FALSE, sizeof (TelarSlice));
}

void
merge_clear (Merge *merge)
{
  for (guint i = 0; i < merge->timeline->cores->len; i++)
    g_array_unref (merge->ahead[i]);
  g_free (merge->ahead);
  g_free (merge->next);
  g_free (merge->at);
}

/* The next slice of a core; NULL where there is none. A lane is unpacked some
 * hundred slices at a time: from one lane to the other it would be for each. */
static const TelarSlice *
look_ahead (Merge *merge, guint core)
{
  const TelarSlices *slices = ((TelarCoreLane *) merge->timeline->cores->pdata[core])->slices;

  if (merge->at[core] == merge->ahead[core]->len && merge->next[core] < slices->len)
    {
      guint n = 0;
      const TelarSlice *run = telar_slices_run (slices, merge->next[core], &n);

      g_array_set_size (merge->ahead[core], 0);
      g_array_append_vals (merge->ahead[core], run, n);
      merge->next[core] += n;
      merge->at[core] = 0;
    }
  return merge->at[core] < merge->ahead[core]->len
           ? &g_array_index (merge->ahead[core], TelarSlice, merge->at[core]) : NULL;
}

gboolean
merge_next (Merge *merge, TelarSlice *slice, guint *core)
{
  const TelarSlice *first = NULL;

  for (guint i = 0; i < merge->timeline->cores->len; i++)
    {
      const TelarSlice *other = look_ahead (merge, i);

      if (other != NULL && (first == NULL || other->begin < first->begin))
        {
          first = other;
          *core = i;
        }
    }
  if (first == NULL)
    return FALSE;
  *slice = *first;
  merge->at[*core]++;
  return TRUE;
}

static void
write_run (const char *name, TelarTimeline *timeline)
{
  g_autoptr (GError) error = NULL;

  if (!telar_run_file_save (name, timeline, NULL, GRAPH, strlen (GRAPH), &error))
    g_error ("%s", error->message);
}

static void
write_trace (const char *name, const TelarTimeline *timeline,
             void (*write) (FILE *, const TelarTimeline *))
{
  FILE *file = fopen (name, "w");

  if (file == NULL)
    g_error ("%s: %s", name, g_strerror (errno));
  write (file, timeline);
  if (fclose (file) != 0)
    g_error ("%s: %s", name, g_strerror (errno));
}

int
main (int argc, char **argv)
{
  g_autoptr (TelarTimeline) timeline = NULL;
  guint n_cores, n_slices = 0;
  gint64 busy = 0;

  if (argc < 4)
    {
      g_printerr ("Usage: make-traces CORES SLICES STEM FORMAT…\n");
      return 2;
    }
  n_cores = (guint) atoi (argv[1]);
  timeline = telar_synthetic_run_new (SEED, n_cores, 2 * n_cores,
                                      g_ascii_strtoull (argv[2], NULL, 10));
  for (guint i = 0; i < timeline->cores->len; i++)
    {
      n_slices += ((TelarCoreLane *) timeline->cores->pdata[i])->slices->len;
      busy += ((TelarCoreLane *) timeline->cores->pdata[i])->busy_ns;
    }
  g_print ("%u %.4f\n", n_slices,
           (double) busy / ((double) timeline->wall * timeline->cores->len));
  for (int i = 4; i < argc; i++)
    {
      g_autofree char *name = g_strconcat (argv[3], ".", argv[i], NULL);

      if (g_str_equal (argv[i], "paje"))
        write_trace (name, timeline, write_paje);
      else if (g_str_equal (argv[i], "perf"))
        write_trace (name, timeline, write_perf);
      else if (g_str_equal (argv[i], "telar-run"))
        write_run (name, timeline);
      else
        g_error ("%s is not a format", argv[i]);
    }
  return 0;
}

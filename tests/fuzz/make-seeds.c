/* make-seeds.c
 *
 * SPDX-License-Identifier: MIT
 *
 * What libFuzzer begins with, as files:
 *
 *   make-seeds graph|run-file|to-engine|to-telar FOLDER GRAPH…
 */

#include "config.h"

#include <locale.h>

#include "frames.h"
#include "graph/graph-file.h"
#include "graph/plan-build.h"
#include "made-runs.h"
#include "runfile/run-writer.h"

/* Records of a message; small ones are easier to change. */
#define PIECE 8u

static void
save (const char *folder, const char *name, const void *bytes, gsize size)
{
  g_autofree char *file = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;

  if (!g_file_set_contents (file, bytes, (gssize) size, &error))
    g_error ("%s", error->message);
}

static void
make_graph (const char *folder, const char *name, const TelarGraph *graph)
{
  gsize size;
  g_autofree char *text = telar_graph_print (graph, &size);

  save (folder, name, text, size);
}

static void
make_to_engine (const char *folder, const char *name, const TelarGraph *graph)
{
  g_autoptr (TelarMachine) machine = telar_machine_new_uniform (2, 1);
  g_autoptr (GPtrArray) faults = telar_faults_new ();
  g_autoptr (GBytes) plan = telar_plan_build (graph, machine, NULL, faults);
  g_autoptr (GByteArray) frames = g_byte_array_new ();
  TelarRunRequest request = { .version = TELAR_WIRE_VERSION, .source = TELAR_SOURCE_SAMPLED };

  if (plan == NULL)
    g_error ("%s makes no plan", name);
  frames_append (frames, TELAR_MESSAGE_RUN, &request, sizeof request);
  g_byte_array_append (frames, g_bytes_get_data (plan, NULL), (guint) g_bytes_get_size (plan));
  frames_append (frames, TELAR_MESSAGE_HOLD, NULL, 0);
  frames_append (frames, TELAR_MESSAGE_FLOW, NULL, 0);
  frames_append (frames, TELAR_MESSAGE_STOP, NULL, 0);
  save (folder, name, frames->data, frames->len);
}

/* Records of @records, PIECE of them, from @from on. */
static void
append_piece (GByteArray *frames, TelarMessageType type, const GArray *records, guint from)
{
  gsize size = g_array_get_element_size ((GArray *) records);
  guint n = from < records->len ? MIN (PIECE, records->len - from) : 0;

  if (n > 0)
    frames_append (frames, type, records->data + from * size, n * size);
}

static void
make_to_telar (const char *folder, guint number)
{
  static const char said[] = "hello";
  TelarMadeRun *run = made_run (number);
  g_autoptr (GByteArray) frames = g_byte_array_new ();
  g_autofree char *name = g_strdup_printf ("run-%u", number);
  guint8 head[2] = { (guint8) number, 0 };
  struct
  {
    TelarLine line;
    char      bytes[sizeof said - 1];
  } line = { .line = { .ns = run->begun.zero_ns + 10 } };
  TelarRefused refused = { .error = 1, .what = "cores" };

  memcpy (line.bytes, said, sizeof line.bytes);
  g_byte_array_append (frames, head, sizeof head);
  frames_append (frames, TELAR_MESSAGE_BEGUN, &run->begun, sizeof run->begun);
  frames_append (frames, TELAR_MESSAGE_LINE, &line, sizeof line.line + sizeof line.bytes);
  for (guint from = 0; from < MAX (MAX (run->all.switches->len, run->all.events->len),
                                   MAX (run->all.samples->len, run->all.loads->len));
       from += PIECE)
    {
      TelarNow now = { .ns = run->begun.zero_ns };

      append_piece (frames, TELAR_MESSAGE_SWITCHES, run->all.switches, from);
      append_piece (frames, TELAR_MESSAGE_SAMPLES, run->all.samples, from);
      append_piece (frames, TELAR_MESSAGE_EVENTS, run->all.events, from);
      append_piece (frames, TELAR_MESSAGE_LOADS, run->all.loads, from);
      if (from + PIECE < run->all.events->len)
        now.ns = g_array_index (run->all.events, TelarEvent, from).ns;
      frames_append (frames, TELAR_MESSAGE_NOW, &now, sizeof now);
    }
  frames_append (frames, TELAR_MESSAGE_ENDED, &run->ended, sizeof run->ended);
  save (folder, name, frames->data, frames->len);
  telar_made_run_free (run);

  g_byte_array_set_size (frames, sizeof head);
  frames_append (frames, TELAR_MESSAGE_REFUSED, &refused, sizeof refused);
  save (folder, "refused", frames->data, frames->len);
}

/* Whole, and as it was when the writer stopped. */
static void
make_run_file (const char *folder, guint number)
{
  static const char graph[] = "{\"telar\": 1, \"tasks\": []}";
  TelarMadeRun *run = made_run (number);

  for (guint whole = 0; whole < 2; whole++)
    {
      g_autoptr (TelarTimeline) timeline = telar_timeline_new (run->plan, NULL);
      g_autoptr (GError) error = NULL;
      g_autofree char *name = g_strdup_printf ("%s/run-%u-%u", folder, number, whole);
      TelarNow now = { .ns = (run->begun.zero_ns + run->ended.ns) / 2 };
      TelarRunWriter *writer;

      telar_timeline_begin (timeline, &run->begun);
      telar_timeline_add_switches (timeline, (gconstpointer) run->all.switches->data,
                                   run->all.switches->len);
      telar_timeline_add_samples (timeline, (gconstpointer) run->all.samples->data,
                                  run->all.samples->len);
      telar_timeline_add_events (timeline, (gconstpointer) run->all.events->data,
                                 run->all.events->len);
      telar_timeline_add_loads (timeline, (gconstpointer) run->all.loads->data,
                                run->all.loads->len);
      telar_timeline_advance (timeline, &now);
      telar_bookmarks_add (timeline->bookmarks, 1000, 1, "here");
      telar_bookmarks_add (timeline->bookmarks, 2000, TELAR_NO_TASK, "");
      writer = telar_run_writer_new (name, timeline, NULL, graph, sizeof graph - 1, &error);
      if (writer == NULL || !telar_run_writer_flush (writer, &error))
        g_error ("%s", error->message);
      if (whole)
        telar_timeline_finish (timeline, &run->ended);
      if (!telar_run_writer_close (writer, &error))
        g_error ("%s", error->message);
    }
  telar_made_run_free (run);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  if (argc < 3)
    g_error ("make-seeds WHAT FOLDER GRAPH…");
  for (guint i = 0; g_str_equal (argv[1], "to-telar") && i < N_MADE_RUNS; i++)
    make_to_telar (argv[2], i);
  for (guint i = 0; g_str_equal (argv[1], "run-file") && i < N_MADE_RUNS; i++)
    make_run_file (argv[2], i);
  for (int i = 3; i < argc; i++)
    {
      g_autoptr (GPtrArray) faults = telar_faults_new ();
      g_autoptr (TelarGraph) graph = telar_graph_read (argv[i], faults);
      g_autofree char *name = g_path_get_basename (argv[i]);

      if (graph == NULL)
        g_error ("%s is no graph", argv[i]);
      if (g_str_equal (argv[1], "graph"))
        make_graph (argv[2], name, graph);
      else if (g_str_equal (argv[1], "to-engine"))
        make_to_engine (argv[2], name, graph);
    }
  return 0;
}

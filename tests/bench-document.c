/* bench-document.c
 *
 * SPDX-License-Identifier: MIT
 *
 * How long a person waits for a graph of 5,000 tasks: opening it, each edit, and
 * its undo. Times are the median of the thread's own CPU time, with somebody who
 * listens to what changed.
 */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>
#include <time.h>

#include "bench-measure.h"
#include "edit/document-file.h"
#include "edit/legal.h"
#include "edit/operations.h"
#include "graph/graph-file.h"

#define N_TASKS 5000
#define N_FRAMES 500 /* processes with threads inside */
#define ROUNDS 15

static double
now_ms (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return time.tv_sec * 1e3 + time.tv_nsec / 1e6;
}

/* Frames in layers, each with nine threads inside, one after the other. */
static TelarGraph *
make_graph (void)
{
  TelarGraph *graph = telar_graph_new ();

  for (guint f = 0; f < N_FRAMES; f++)
    for (guint t = 0; t < N_TASKS / N_FRAMES; t++)
      {
        g_autofree char *id = t == 0 ? g_strdup_printf ("p%u", f)
                                     : g_strdup_printf ("t%u_%u", f, t);
        TelarTask *task = telar_task_new (id, t == 0 ? TELAR_KIND_PROCESS : TELAR_KIND_THREAD);

        g_ptr_array_add (task->steps, telar_step_new ("square", telar_default_args ("square")));
        if (t > 0)
          task->inside = g_strdup_printf ("p%u", f);
        if (t > 1)
          g_ptr_array_add (task->after, g_strdup_printf ("t%u_%u", f, t - 1));
        for (guint n = 1; t == 0 && n <= 3 && f >= 20 * n; n++)
          g_ptr_array_add (task->after, g_strdup_printf ("p%u", f - 20 * n));
        task->has_position = TRUE;
        task->x = 200 * (f / 20) + 10 * t;
        task->y = 100 * (f % 20) + 10.5 * t;
        g_ptr_array_add (graph->tasks, task);
      }
  return graph;
}

typedef struct
{
  const char *what;
  gboolean (*edit) (TelarDocument *document, GError **error);
} Row;

static const char **all_ids;

static gboolean
add_one (TelarDocument *document, GError **error)
{
  g_autofree char *id = telar_document_add (document, &(TelarNewTask){
      .kind = TELAR_KIND_PROCESS, .function = "busy", .after = "p3" }, error);
  return id != NULL;
}

static gboolean
move_one (TelarDocument *document, GError **error)
{
  return telar_document_move (document, TELAR_ONE ("t7_3"), 1, 1, error);
}

static gboolean
move_all (TelarDocument *document, GError **error)
{
  return telar_document_move (document, all_ids, 1, 1, error);
}

static gboolean
rename_one (TelarDocument *document, GError **error)
{
  return telar_document_rename (document, "p100", "renamed", error);
}

static gboolean
connect_two (TelarDocument *document, GError **error)
{
  return telar_document_connect (document, "p499", "p7", error);
}

static gboolean
delete_half (TelarDocument *document, GError **error)
{
  g_autofree const char **half = g_new0 (const char *, N_TASKS / 2 + 1);

  for (guint i = 0; i < N_TASKS / 2; i++)
    half[i] = all_ids[2 * i];
  return telar_document_delete (document, half, TELAR_DELETE_INSIDE, error);
}

static gboolean
make_threads (TelarDocument *document, GError **error)
{
  return telar_document_set_kind (document, NULL, TELAR_KIND_THREAD, error);
}

static gboolean
duplicate_all (TelarDocument *document, GError **error)
{
  return telar_document_duplicate (document, all_ids, 20, 20, NULL, error);
}

static void
on_changed (TelarDocument *document, const TelarChange *change, guint *n)
{
  *n += change->added->len + change->removed->len + change->changed->len;
}

static void
bench_edit (const TelarGraph *graph, const Row *row)
{
  g_autoptr (TelarDocument) document = telar_document_new_for_graph (graph);
  double edits[ROUNDS], undos[ROUNDS], redos[ROUNDS];
  guint n = 0;

  g_signal_connect (document, "changed", G_CALLBACK (on_changed), &n);
  for (guint i = 0; i < ROUNDS; i++)
    {
      g_autoptr (GError) error = NULL;
      double begin = now_ms ();

      if (!row->edit (document, &error))
        g_error ("%s: %s", row->what, error->message);
      edits[i] = now_ms () - begin;
      begin = now_ms ();
      telar_document_undo (document);
      undos[i] = now_ms () - begin;
      begin = now_ms ();
      telar_document_redo (document);
      redos[i] = now_ms () - begin;
      telar_document_undo (document);
    }
  g_print ("%-28s %8.2f ms %8.2f ms %8.2f ms   (undo: bar 16 ms)\n", row->what, bench_median (edits, ROUNDS),
           bench_median (undos, ROUNDS), bench_median (redos, ROUNDS));
}

static void
bench_one_by_one (void)
{
  g_autoptr (TelarDocument) document = telar_document_new ();
  double begin = now_ms ();
  guint n = 0;

  g_signal_connect (document, "changed", G_CALLBACK (on_changed), &n);
  for (guint i = 0; i < N_TASKS; i++)
    {
      g_autofree char *id = telar_document_add (document, &(TelarNewTask){
          .kind = TELAR_KIND_PROCESS, .function = "busy" }, NULL);

      if (id == NULL)
        g_error ("task %u is refused", i);
    }
  g_print ("%-28s %8.2f ms                             (all of them)\n", "add one by one",
           now_ms () - begin);
}

static void
bench_open (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  double times[ROUNDS];

  for (guint i = 0; i < ROUNDS; i++)
    {
      g_autoptr (GPtrArray) faults = telar_faults_new ();
      double begin = now_ms ();
      g_autoptr (TelarDocument) document = telar_document_open (file, faults);

      if (document == NULL || telar_document_get_faults (document)->len > 0)
        g_error ("the graph of the benchmark has faults");
      times[i] = now_ms () - begin;
    }
  g_print ("%-28s %8.2f ms                             (bar 500 ms)\n", "open, check",
           bench_median (times, ROUNDS));
}

static void
bench_looks (const TelarGraph *graph)
{
  g_autoptr (TelarDocument) document = telar_document_new_for_graph (graph);
  double snapshots[ROUNDS], targets[ROUNDS], drags[ROUNDS], reasons[ROUNDS];

  telar_document_begin (document, "Drag", NULL);
  for (guint i = 0; i < ROUNDS; i++)
    {
      const TelarRelations *relations = telar_document_get_relations (document);
      double begin = now_ms ();
      g_autofree char *why = NULL;

      telar_document_move (document, all_ids, 0.5, 0.5, NULL);
      drags[i] = now_ms () - begin;
      begin = now_ms ();
      telar_graph_unref (telar_document_snapshot (document));
      snapshots[i] = now_ms () - begin;
      begin = now_ms ();
      g_free (telar_legal_targets (relations, 4000));
      targets[i] = now_ms () - begin;
      begin = now_ms ();
      why = telar_legal_why_not_after (relations, 4000, 1);
      reasons[i] = now_ms () - begin;
    }
  telar_document_end (document);
  g_print ("%-28s %8.2f ms                             (a motion of a drag: bar 8 ms)\n",
           "move all within a drag", bench_median (drags, ROUNDS));
  g_print ("%-28s %8.2f ms\n", "snapshot", bench_median (snapshots, ROUNDS));
  g_print ("%-28s %8.2f ms\n", "targets of an arrow", bench_median (targets, ROUNDS));
  g_print ("%-28s %8.2f ms\n", "why not this target", bench_median (reasons, ROUNDS));
}

int
main (void)
{
  static const Row rows[] = {
    { "add a task", add_one },           { "move a task", move_one },
    { "move all", move_all },            { "rename a task", rename_one },
    { "connect two", connect_two },      { "delete half of them", delete_half },
    { "make all threads", make_threads }, { "duplicate all", duplicate_all },
  };
  g_autoptr (TelarGraph) graph = make_graph ();
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("telar-bench-XXXXXX", &error);
  g_autofree char *path = g_build_filename (folder, "large.telar", NULL);

  all_ids = g_new0 (const char *, N_TASKS + 1);
  for (guint i = 0; i < N_TASKS; i++)
    all_ids[i] = ((TelarTask *) g_ptr_array_index (graph->tasks, i))->id;
  if (!telar_graph_write (graph, path, &error))
    g_error ("%s", error->message);
  g_print ("%u tasks, %u of them with others inside\n\n", N_TASKS, N_FRAMES);
  bench_open (path);
  g_print ("\n%-28s %11s %11s %11s\n", "", "edit", "undo", "redo");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    bench_edit (graph, &rows[i]);
  bench_one_by_one ();
  g_print ("\n");
  bench_looks (graph);
  g_unlink (path);
  g_rmdir (folder);
  g_free (all_ids);
  return 0;
}

/* test-legal.c
 *
 * SPDX-License-Identifier: MIT
 *
 * What lights up while dragging is what can be dropped: for every pair of tasks
 * of random graphs, the answer given for all at once is what the operation does.
 */

#include "config.h"

#include <string.h>

#include "edit/legal.h"
#include "edit/operations.h"
#include "random-graph.h"

static gboolean
can_connect (const TelarGraph *graph, const char *from, const char *to, char **sentence)
{
  g_autoptr (TelarDocument) document = telar_document_new_for_graph (graph);
  g_autoptr (GError) error = NULL;
  gboolean done = telar_document_connect (document, to, from, &error);

  *sentence = error != NULL ? g_strdup (error->message) : NULL;
  return done;
}

static void
check_after (const TelarGraph *graph)
{
  g_autoptr (TelarRelations) relations = telar_relations_new (graph);

  for (guint32 from = 0; from < relations->n_tasks; from++)
    {
      g_autofree gboolean *targets = telar_legal_targets (relations, from);

      for (guint32 to = 0; to < relations->n_tasks; to++)
        {
          g_autofree gboolean *sources = telar_legal_sources (relations, to);
          g_autofree char *why = telar_legal_why_not_after (relations, from, to);
          g_autofree char *sentence = NULL;
          gboolean can = can_connect (graph, telar_relations_task (relations, from)->id,
                                      telar_relations_task (relations, to)->id, &sentence);

          g_assert_cmpint (targets[to], ==, can);
          g_assert_cmpint (sources[from], ==, can);
          g_assert_cmpstr (why, ==, sentence);
          g_assert_true ((why == NULL) == can);
        }
    }
}

static void
check_frames (const TelarGraph *graph, const guint32 *tasks, guint n_tasks)
{
  g_autoptr (TelarRelations) relations = telar_relations_new (graph);
  g_autofree gboolean *frames = telar_legal_frames (relations, tasks, n_tasks);

  for (guint32 frame = 0; frame < relations->n_tasks; frame++)
    {
      g_autofree char *why = telar_legal_why_not_inside (relations, tasks, n_tasks, frame);

      if (frames[frame] != (why == NULL))
        g_test_message ("into %s: %s", telar_relations_task (relations, frame)->id, why);
      g_assert_cmpint (frames[frame], ==, why == NULL);
    }
}

static void
test_random (void)
{
  for (guint32 seed = 1; seed <= 12; seed++)
    {
      g_autoptr (TelarGraph) graph = telar_random_graph_new (seed, NULL);
      guint32 n = graph->tasks->len;

      check_after (graph);
      for (guint32 i = 0; i <= n; i++)
        {
          const guint32 some[] = { i, (i * 7 + seed) % n + 1 };

          check_frames (graph, some, 1);
          check_frames (graph, some, 2);
        }
    }
}

/* Ten thousand in a row: no recursion, and nothing that takes a square of it. */
static void
test_chain (void)
{
  g_autoptr (TelarGraph) graph = telar_graph_new ();
  g_autoptr (TelarRelations) relations = NULL;
  g_autofree gboolean *targets = NULL;
  g_autofree gboolean *sources = NULL;

  for (guint i = 0; i < TELAR_MAX_TASKS; i++)
    {
      g_autofree char *id = g_strdup_printf ("p%u", i);
      TelarTask *task = telar_task_new (id, TELAR_KIND_PROCESS);

      task->has_body = TRUE;
      if (i > 0)
        g_ptr_array_add (task->after, g_strdup_printf ("p%u", i - 1));
      g_ptr_array_add (graph->tasks, task);
    }
  relations = telar_relations_new (graph);
  targets = telar_legal_targets (relations, 5000);
  sources = telar_legal_sources (relations, 5000);
  for (guint32 i = 0; i < relations->n_tasks; i++)
    {
      g_assert_cmpint (targets[i], ==, i > 5001);
      g_assert_cmpint (sources[i], ==, i > 0 && i < 4999);
    }
}

int
main (int argc, char *argv[])
{
  g_setenv ("LANGUAGE", "en", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/legal/random", test_random);
  g_test_add_func ("/legal/chain", test_chain);
  return g_test_run ();
}

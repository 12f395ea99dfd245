/* fuzz-graph.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Any bytes as a graph file. What can be read is checked, made a plan, and
 * written; what was written reads and writes the same.
 */

#include "config.h"

#include <stdint.h>
#include <string.h>

#include "catalogue/catalogue.h"
#include "fatal.h"
#include "graph/graph-file.h"
#include "graph/plan-build.h"

/* Plans of more copies say nothing new, and take long. */
#define MAX_COPIES 200

int LLVMFuzzerInitialize (int *argc, char ***argv);
int LLVMFuzzerTestOneInput (const uint8_t *bytes, size_t size);

static TelarMachine *machine;

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  fatal_init ();
  machine = telar_machine_new_uniform (4, 2);
  return 0;
}

static void
describe_all (GPtrArray *faults)
{
  for (guint i = 0; i < faults->len; i++)
    {
      g_autofree char *words = telar_fault_describe (g_ptr_array_index (faults, i));

      g_assert_true (g_utf8_validate (words, -1, NULL));
    }
}

static void
make_plan (const TelarGraph *graph, gboolean sound)
{
  g_autoptr (GPtrArray) faults = telar_faults_new ();
  g_autoptr (GBytes) bytes = NULL;
  guint64 copies = 1;
  unsigned n_functions;

  for (guint i = 0; i < graph->tasks->len; i++)
    {
      const TelarTask *task = g_ptr_array_index (graph->tasks, i);

      copies = MIN (copies * MAX (task->copies, 1), (guint64) MAX_COPIES + 1);
    }
  if (copies > MAX_COPIES)
    return;

  bytes = telar_plan_build (graph, machine, NULL, faults);
  describe_all (faults);
  if (bytes == NULL)
    {
      g_assert_cmpuint (faults->len, >, 0);
      return;
    }
  g_assert_true (sound);
  telar_catalogue (&n_functions);
  g_assert_cmpstr (telar_plan_check (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                                     n_functions), ==, NULL);
  g_assert_cmpstr (telar_plan_check_arguments (g_bytes_get_data (bytes, NULL)), ==, NULL);
}

static void
write_and_read_again (const TelarGraph *graph)
{
  g_autoptr (GPtrArray) faults = telar_faults_new ();
  g_autoptr (TelarGraph) again = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *third = NULL;
  g_autoptr (TelarGraph) copy = NULL;
  gsize first_size, second_size, third_size;

  first = telar_graph_print (graph, &first_size);
  again = telar_graph_parse (first, first_size, NULL, faults);
  describe_all (faults);
  g_assert_nonnull (again);
  second = telar_graph_print (again, &second_size);
  g_assert_cmpmem (first, first_size, second, second_size);

  copy = telar_graph_copy (graph);
  third = telar_graph_print (copy, &third_size);
  g_assert_cmpmem (first, first_size, third, third_size);
}

int
LLVMFuzzerTestOneInput (const uint8_t *bytes, size_t size)
{
  g_autoptr (GPtrArray) faults = telar_faults_new ();
  g_autoptr (TelarGraph) graph = NULL;

  graph = telar_graph_parse ((const char *) bytes, size, "/somewhere/a.telar", faults);
  if (graph == NULL)
    g_assert_cmpuint (faults->len, >, 0);
  else
    {
      gboolean sound = telar_graph_check (graph, faults);

      make_plan (graph, sound);
      write_and_read_again (graph);
    }
  describe_all (faults);
  return 0;
}

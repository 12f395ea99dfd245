/* command-check.c
 *
 * SPDX-License-Identifier: MIT
 *
 * telar check: every fault of graphs, one a line.
 */

#include "config.h"

#include <unistd.h>

#include <glib/gi18n-lib.h>

#include "app/command.h"
#include "graph/graph-file.h"

/* Returns: whether the graph can run. */
static gboolean
check_file (const char *file)
{
  g_autoptr (GPtrArray)  faults = telar_faults_new ();
  g_autoptr (TelarGraph) graph = telar_graph_read (file, faults);
  gboolean               sound = graph != NULL && telar_graph_check (graph, faults);

  for (guint i = 0; i < faults->len; i++)
    {
      g_autofree char *text = telar_fault_describe (g_ptr_array_index (faults, i));
      g_print ("%s\n", text);
    }
  /* A person wants to hear it; a program counts lines. */
  if (faults->len == 0 && isatty (STDOUT_FILENO))
    g_print (_ ("%s: no faults\n"), file);
  return sound;
}

int
telar_command_check (const TelarCommand *command, int argc, char **argv)
{
  int status = TELAR_EXIT_WELL;

  if (!telar_command_parse (command, NULL, NULL, 1, G_MAXINT, &argc, &argv))
    return TELAR_EXIT_WRONG;
  for (int i = 1; i < argc; i++)
    if (!check_file (argv[i]))
      status = TELAR_EXIT_WRONG;
  return status;
}

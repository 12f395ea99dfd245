/* command-python.c
 *
 * SPDX-License-Identifier: MIT
 *
 * telar python: a graph as the Python program that does the same.
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "app/command.h"
#include "graph/graph-file.h"
#include "python/python.h"

int
telar_command_python (const TelarCommand *command, int argc, char **argv)
{
  g_autoptr (GPtrArray)   faults = telar_faults_new ();
  g_autoptr (TelarGraph)  graph = NULL;
  g_autoptr (TelarPython) python = NULL;
  gboolean                sound;

  if (!telar_command_parse (command, NULL, NULL, 1, 1, &argc, &argv))
    return TELAR_EXIT_WRONG;
  graph = telar_graph_read (argv[1], faults);
  sound = graph != NULL && telar_graph_check (graph, faults);
  for (guint i = 0; i < faults->len; i++)
    {
      g_autofree char *text = telar_fault_describe (g_ptr_array_index (faults, i));
      g_printerr ("%s\n", text);
    }
  if (!sound)
    return TELAR_EXIT_WRONG;

  python = telar_python_generate (graph);
  g_print ("%s", python->text);
  /* Not into the program: it is read on its own. */
  for (guint i = 0; i < python->notes->len; i++)
    telar_command_complain (command, "%s", (const char *) g_ptr_array_index (python->notes, i));
  return TELAR_EXIT_WELL;
}

/* graph-file.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

#include "graph/graph-file.h"
#include "graph/graph-read.h"
#include "graph/json-load.h"

/* Whether @place, or something that it is part of, is in @broken. */
static gboolean
is_said_already (GHashTable *broken, const char *place)
{
  g_autofree char *part = g_strdup (place);

  while (part != NULL && *part != '\0')
    {
      char *dot = strrchr (part, '.');
      char *bracket = strrchr (part, '[');

      if (g_hash_table_contains (broken, part))
        return TRUE;
      *(dot == NULL && bracket == NULL ? part : MAX (dot, bracket)) = '\0';
    }
  return FALSE;
}

/* Everything wrong is told at once: what can be checked of a broken graph is,
 * but for places that were found broken. */
static void
check_what_is_left (const TelarGraph *graph, GPtrArray *faults)
{
  g_autoptr (GPtrArray) more = telar_faults_new ();
  g_autoptr (GHashTable) broken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < faults->len; i++)
    {
      const TelarFault *fault = g_ptr_array_index (faults, i);
      if (fault->level == TELAR_FAULT_ERROR && fault->place != NULL)
        g_hash_table_add (broken, g_strdup (fault->place));
    }
  /* this version of Telar knows no more of a newer one's graph than that */
  if (g_hash_table_contains (broken, "telar"))
    return;
  telar_graph_check (graph, more);
  for (guint i = 0; i < more->len; i++)
    {
      TelarFault *fault = g_ptr_array_index (more, i);
      if (!is_said_already (broken, fault->place))
        g_ptr_array_add (faults, g_steal_pointer (&g_ptr_array_index (more, i)));
    }
}

TelarGraph *
telar_graph_parse (const char *text, gsize size, const char *file, GPtrArray *faults)
{
  g_autoptr (TelarGraph) graph = NULL;
  json_t *root;

  g_return_val_if_fail (faults != NULL, NULL);

  root = telar_json_load (text, size, file, faults);
  if (root == NULL)
    return NULL;
  graph = telar_graph_new ();
  graph->file = g_strdup (file);
  if (!telar_graph_read_value (graph, root, faults))
    {
      check_what_is_left (graph, faults);
      g_clear_pointer (&graph, telar_graph_unref);
    }
  json_decref (root);
  return g_steal_pointer (&graph);
}

/* ---- files -------------------------------------------------------------- */

static void
add_unreadable (GPtrArray *faults, const char *file, int error)
{
  g_autofree char *what = g_strdup_printf (_("the file cannot be read: %s"), g_strerror (error));
  const char *cure;

  switch (error)
    {
    case ENOENT:
    case ENOTDIR:
      cure = _("see whether its name is spelled right");
      break;
    case EACCES:
      cure = _("get the right to read it");
      break;
    case EISDIR:
      cure = _("name a file, not a folder");
      break;
    default:
      cure = _("see whether the disk it is on works");
    }
  telar_faults_add (faults, TELAR_FAULT_ERROR, file, NULL, NULL, what, cure);
}

/* Reads all of it, whatever kind of file it is, but never more than a graph may
 * have. Returns: 0, or an errno. */
static int
read_all (const char *file, GByteArray *bytes)
{
  int descriptor = open (file, O_RDONLY | O_CLOEXEC | O_NOCTTY);
  int error = 0;

  if (descriptor < 0)
    return errno;
  while (bytes->len <= TELAR_GRAPH_MAX_BYTES)
    {
      guint8 block[65536];
      ssize_t n = read (descriptor, block, sizeof block);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        error = errno;
      if (n <= 0)
        break;
      g_byte_array_append (bytes, block, (guint) n);
    }
  close (descriptor);
  return error;
}

TelarGraph *
telar_graph_read (const char *file, GPtrArray *faults)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  int error;

  g_return_val_if_fail (file != NULL && faults != NULL, NULL);

  error = read_all (file, bytes);
  if (error != 0)
    {
      add_unreadable (faults, file, error);
      return NULL;
    }
  if (bytes->len > TELAR_GRAPH_MAX_BYTES)
    {
      g_autofree char *what = g_strdup_printf (_("the file is larger than %d MiB"),
                                               TELAR_GRAPH_MAX_BYTES >> 20);
      telar_faults_add (faults, TELAR_FAULT_ERROR, file, NULL, NULL, what,
                        _("see whether it is a graph at all"));
      return NULL;
    }
  return telar_graph_parse ((const char *) bytes->data, bytes->len, file, faults);
}

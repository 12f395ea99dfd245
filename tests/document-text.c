/* document-text.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "document-text.h"

#include <string.h>

#include "graph/graph-file.h"

TelarDocument *
document_from_text (const char *tasks)
{
  g_autofree char *text = g_strdup_printf ("{ \"telar\": 1, %s }", tasks);
  g_autoptr (GPtrArray) faults = telar_faults_new ();
  g_autoptr (TelarGraph) graph = telar_graph_parse (text, strlen (text), NULL, faults);

  for (guint i = 0; graph == NULL && i < faults->len; i++)
    g_test_message ("%s", telar_fault_describe (g_ptr_array_index (faults, i)));
  g_assert_nonnull (graph);
  return telar_document_new_for_graph (graph);
}

char *
document_text (TelarDocument *document)
{
  return telar_graph_print (telar_document_get_graph (document), NULL);
}

char *
document_line (TelarDocument *document, const char *id)
{
  g_autofree char *text = document_text (document);
  g_autofree char *begin = g_strdup_printf ("{ \"id\": \"%s\"", id);
  const char *at = strstr (text, begin);
  char *line = at == NULL ? g_strdup ("") : g_strndup (at, strcspn (at, "\n"));

  if (g_str_has_suffix (line, ","))
    line[strlen (line) - 1] = '\0';
  return line;
}

void
assert_undoes (TelarDocument *document, const char *before, const char *label)
{
  g_autofree char *after = document_text (document);
  g_autofree char *undone = NULL;
  g_autofree char *redone = NULL;

  g_assert_cmpstr (after, !=, before);
  if (label != NULL)
    g_assert_cmpstr (telar_document_get_undo_label (document), ==, label);
  g_assert_true (telar_document_undo (document));
  undone = document_text (document);
  g_assert_cmpstr (undone, ==, before);
  if (label != NULL)
    g_assert_cmpstr (telar_document_get_redo_label (document), ==, label);
  g_assert_true (telar_document_redo (document));
  redone = document_text (document);
  g_assert_cmpstr (redone, ==, after);
}

void
assert_refused (TelarDocument *document, gboolean done, GError **error, int code,
                const char *before, const char *sentence)
{
  g_autofree char *after = document_text (document);

  g_assert_false (done);
  g_assert_error (*error, TELAR_EDIT_ERROR, code);
  g_assert_cmpstr ((*error)->message, ==, sentence);
  g_assert_cmpstr (after, ==, before);
}

void
document_on_remark (TelarDocument *document, const char *sentence, char **last)
{
  g_free (*last);
  *last = g_strdup (sentence);
}

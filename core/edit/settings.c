/* settings.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Operations on the graph itself.
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "edit/draft.h"
#include "edit/operations.h"

#define MEBIBYTE (G_GUINT64_CONSTANT (1) << 20)

static TelarGraph *
begin (TelarDraft *draft, TelarDocument *document, const char *field)
{
  telar_draft_init (draft, document, g_strdup_printf ("graph/%s", field));
  return telar_draft_settings (draft);
}

static gboolean
commit (TelarDraft *draft, const char *label, GError **error)
{
  return telar_draft_commit (draft, TELAR_DRAFT_CHECKED, g_strdup (label), error);
}

gboolean
telar_document_set_graph_name (TelarDocument *document, const char *name, GError **error)
{
  g_auto (TelarDraft) draft = { 0 };
  TelarGraph *settings;

  g_return_val_if_fail (TELAR_IS_DOCUMENT (document), FALSE);

  settings = begin (&draft, document, "name");
  g_free (settings->name);
  settings->name = g_strdup (name);
  return commit (&draft, _("Change the graph's name"), error);
}

gboolean
telar_document_set_description (TelarDocument *document, const char *description, GError **error)
{
  g_auto (TelarDraft) draft = { 0 };
  TelarGraph *settings;

  g_return_val_if_fail (TELAR_IS_DOCUMENT (document), FALSE);

  settings = begin (&draft, document, "description");
  g_free (settings->description);
  settings->description = g_strdup (description);
  return commit (&draft, _("Change the description"), error);
}

gboolean
telar_document_set_start_method (TelarDocument *document, TelarStartMethod method,
                                 GError **error)
{
  g_auto (TelarDraft) draft = { 0 };

  g_return_val_if_fail (TELAR_IS_DOCUMENT (document), FALSE);
  g_return_val_if_fail (telar_start_method_name (method) != NULL, FALSE);

  begin (&draft, document, "start-method")->start_method = method;
  return commit (&draft, _("Change the start method"), error);
}

gboolean
telar_document_set_placement (TelarDocument *document, TelarPlacement placement, GError **error)
{
  g_auto (TelarDraft) draft = { 0 };

  g_return_val_if_fail (TELAR_IS_DOCUMENT (document), FALSE);
  g_return_val_if_fail (telar_placement_name (placement) != NULL, FALSE);

  begin (&draft, document, "placement")->placement = placement;
  return commit (&draft, _("Change the placement"), error);
}

gboolean
telar_document_set_cores (TelarDocument *document, const int *cores, guint n_cores,
                          GError **error)
{
  g_auto (TelarDraft) draft = { 0 };
  TelarGraph *settings;

  g_return_val_if_fail (TELAR_IS_DOCUMENT (document), FALSE);

  settings = begin (&draft, document, "cores");
  g_clear_pointer (&settings->cores, g_array_unref);
  if (cores != NULL)
    {
      settings->cores = g_array_new (FALSE, FALSE, sizeof (int));
      if (n_cores > 0)
        g_array_append_vals (settings->cores, cores, n_cores);
    }
  return commit (&draft, _("Change the cores"), error);
}

gboolean
telar_document_set_skip_on_failure (TelarDocument *document, gboolean skip, GError **error)
{
  g_auto (TelarDraft) draft = { 0 };

  g_return_val_if_fail (TELAR_IS_DOCUMENT (document), FALSE);

  begin (&draft, document, "on-failure")->skip_on_failure = !!skip;
  return commit (&draft, _("Change what a failure does"), error);
}

gboolean
telar_document_set_alive_limit (TelarDocument *document, guint limit, GError **error)
{
  g_auto (TelarDraft) draft = { 0 };

  g_return_val_if_fail (TELAR_IS_DOCUMENT (document), FALSE);

  if (!telar_number_fits (limit, error))
    return FALSE;
  begin (&draft, document, "alive-limit")->alive_limit = limit;
  return commit (&draft, _("Change the limit of tasks"), error);
}

gboolean
telar_document_set_memory_limit (TelarDocument *document, guint64 bytes, GError **error)
{
  g_auto (TelarDraft) draft = { 0 };

  g_return_val_if_fail (TELAR_IS_DOCUMENT (document), FALSE);

  if (!telar_number_fits (bytes / MEBIBYTE, error))
    return FALSE;
  begin (&draft, document, "memory-limit")->memory_limit
      = bytes > 0 ? MAX (bytes / MEBIBYTE, 1) * MEBIBYTE : 0;
  return commit (&draft, _("Change the memory limit"), error);
}

void
telar_document_replace (TelarDocument *document, const TelarGraph *graph, const char *label)
{
  g_auto (TelarDraft) draft = { 0 };
  g_autoptr (TelarGraph) copy = NULL;
  TelarTask *main_content;

  g_return_if_fail (TELAR_IS_DOCUMENT (document) && graph != NULL);

  telar_draft_init (&draft, document, NULL);
  draft.whole = TRUE;
  for (guint i = 0; i < document->graph->tasks->len; i++)
    telar_draft_remove (&draft, g_ptr_array_index (document->graph->tasks, i));
  for (guint i = 0; i < graph->tasks->len; i++)
    telar_draft_insert (&draft, G_MAXUINT, telar_task_copy (g_ptr_array_index (graph->tasks, i)));
  main_content = telar_draft_task (&draft, document->graph->main);
  copy = telar_graph_copy (graph);
  /* contents change places, so that each is freed where it is */
  {
    TelarTask content = *main_content;
    *main_content = *copy->main;
    *copy->main = content;
  }
  draft.settings = g_steal_pointer (&copy);
  g_ptr_array_set_size (draft.settings->tasks, 0);
  telar_draft_commit (&draft, TELAR_DRAFT_FREE,
                      g_strdup (label != NULL ? label : _("Replace the graph")), NULL);
}

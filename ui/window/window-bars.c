/* window-bars.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Bars that say what happened to the document or its file, with what can be
 * done about it.
 */

#include "config.h"

#include "window/window-private.h"

#include <glib/gi18n-lib.h>

#include "window/file-decisions.h"

/* Long enough to read two sentences and to reach for Undo. */
#define REMARK_SECONDS 12

void
telar_window_show_file_news (TelarWindow *self)
{
  GFile           *file = telar_document_get_file (self->document);
  TelarFileState   state = telar_document_get_file_state (self->document);
  g_autofree char *base = file ? g_file_get_basename (file) : NULL;
  g_autofree char *name = base ? g_filename_display_name (base) : NULL;
  g_autofree char *title = NULL;
  g_autofree char *text = NULL;

  if (self->run_file)
    {
      telar_kept_run_news (g_ptr_array_index (self->kept, 0), &title, &text);
      if (text)
        telar_error_bar_say (self->file_bar, TELAR_FAULT_WARNING, title, text);
      else
        telar_error_bar_tell (self->file_bar, title, NULL);
      telar_error_bar_add_button (self->file_bar, _("Edit a Copy"), "win.edit-copy");
      return;
    }

  if (!telar_file_news (state, name, telar_document_get_modified (self->document), &title, &text))
    {
      telar_error_bar_dismiss (self->file_bar);
      return;
    }

  telar_error_bar_say (self->file_bar, TELAR_FAULT_WARNING, title, text);
  if (state == TELAR_FILE_CHANGED)
    {
      telar_error_bar_add_button (self->file_bar, _("Reload"), "win.reload");
      telar_error_bar_add_button (self->file_bar, _("Keep Mine"), "win.keep-mine");
    }
  else
    telar_error_bar_add_button (self->file_bar, _("Save"), "win.save");
}

/* --- Remarks --- */

/* Not while somebody is about to press a button of it. */
static gboolean
remark_read (gpointer data)
{
  TelarWindow *self = data;
  GtkWidget   *bar = GTK_WIDGET (self->remark_bar);

  if (gtk_widget_get_state_flags (bar) & (GTK_STATE_FLAG_PRELIGHT | GTK_STATE_FLAG_FOCUS_WITHIN))
    return G_SOURCE_CONTINUE;

  self->remark_source = 0;
  telar_error_bar_dismiss (self->remark_bar);

  return G_SOURCE_REMOVE;
}

void
telar_window_show_remark (TelarWindow *self,
                          const char  *sentence)
{
  telar_error_bar_tell (self->remark_bar, sentence, NULL);
  if (telar_document_get_can_undo (self->document))
    telar_error_bar_add_button (self->remark_bar, _("Undo"), "win.undo");

  g_clear_handle_id (&self->remark_source, g_source_remove);
  self->remark_source = g_timeout_add_seconds (REMARK_SECONDS, remark_read, self);
}

gboolean
telar_window_dismiss_remark (TelarWindow *self)
{
  if (self->remark_source == 0)
    return FALSE;

  g_clear_handle_id (&self->remark_source, g_source_remove);
  telar_error_bar_dismiss (self->remark_bar);

  return TRUE;
}

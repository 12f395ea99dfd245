/* window-close.c
 *
 * SPDX-License-Identifier: MIT
 *
 * What becomes of unsaved changes when a window closes.
 */

#include "config.h"

#include "window/window-private.h"

#include <glib/gi18n-lib.h>

#include "window/question.h"

enum
{
  CANCEL,
  CLOSE_WITHOUT_SAVING,
  SAVE
};

static void
answer (TelarWindow *self,
        gboolean     may)
{
  TelarWindowMayClose func = g_steal_pointer (&self->after_asking);

  self->may_close = may;
  if (func)
    func (self, may);
}

static void
answered (GtkWindow *window,
          int        number)
{
  TelarWindow *self = TELAR_WINDOW (window);

  switch (number)
    {
    case CLOSE_WITHOUT_SAVING:
      answer (self, TRUE);
      break;
    case SAVE:
      if (self->run_file)
        {
          /* It is written by another thread, and the window closes when that is over. */
          self->close_when_saved = TRUE;
          answer (self, FALSE);
          telar_window_save_run_to (self, self->run_file);
          break;
        }
      telar_window_save (self, answer);
      break;
    default:
      answer (self, FALSE);
    }
}

void
telar_window_ask_to_close (TelarWindow         *self,
                           TelarWindowMayClose  func)
{
  static const char *const answers[] = {
    [CANCEL] = N_("_Cancel"),
    [CLOSE_WITHOUT_SAVING] = N_("Close _without Saving"),
    [SAVE] = N_("_Save"),
  };
  const char      *labels[G_N_ELEMENTS (answers) + 1] = { NULL };
  g_autofree char *name = NULL;
  g_autofree char *title = NULL;

  g_return_if_fail (TELAR_IS_WINDOW (self));

  /* It waits for an answer already. */
  if (self->after_asking)
    {
      func (self, FALSE);
      return;
    }

  self->after_asking = func;
  if (self->may_close || !(telar_document_get_modified (self->document)
                           || telar_window_has_unsaved_bookmarks (self)))
    {
      answer (self, TRUE);
      return;
    }

  gtk_window_present (GTK_WINDOW (self));
  name = telar_window_get_name (self);
  title = g_strdup_printf (_("Save changes to “%s” before closing?"), name);
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    labels[i] = _(answers[i]);
  telar_question_ask (GTK_WINDOW (self),
                      &(TelarQuestion) {
                        .title = title,
                        .text = _("What you changed since the last saving is lost otherwise."),
                        .answers = labels,
                        .usual = SAVE,
                        .destructive = CLOSE_WITHOUT_SAVING,
                      },
                      answered);
}

void
telar_window_stay (TelarWindow *self)
{
  g_return_if_fail (TELAR_IS_WINDOW (self));

  self->may_close = FALSE;
}

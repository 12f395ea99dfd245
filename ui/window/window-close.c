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

/* --- Runs with bookmarks that are in no file --- */

static void
runs_answered (GtkWindow *window,
               int        number)
{
  TelarWindow  *self = TELAR_WINDOW (window);
  TelarKeptRun *first = NULL;

  if (number == SAVE && telar_window_count_unsaved_runs (self, &first) > 0)
    {
      /* The window closes when it is written, or asks for the next. */
      self->close_when_saved = TRUE;
      answer (self, FALSE);
      telar_window_save_run_of (self, first);
      return;
    }
  answer (self, number == CLOSE_WITHOUT_SAVING);
}

static void
ask_for_runs (TelarWindow *self)
{
  guint            n = telar_window_count_unsaved_runs (self, NULL);
  /* One that goes on cannot be saved yet. */
  gboolean         live = telar_window_get_state (self).live;
  const char      *labels[] = { _("_Cancel"), _("Close _without Saving"),
                                live ? NULL : _("_Save Run…"), NULL };
  g_autofree char *text = NULL;

  text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                       "%u run of this window has bookmarks that are in no file "
                                       "yet. They are lost otherwise.",
                                       "%u runs of this window have bookmarks that are in no file "
                                       "yet. They are lost otherwise.", n), n);
  telar_question_ask (GTK_WINDOW (self),
                      &(TelarQuestion) {
                        .title = g_dngettext (GETTEXT_PACKAGE,
                                              "Save the run with its bookmarks before closing?",
                                              "Save the runs with their bookmarks before closing?",
                                              n),
                        .text = text,
                        .answers = labels,
                        .usual = live ? CANCEL : SAVE,
                        .destructive = CLOSE_WITHOUT_SAVING,
                      },
                      runs_answered);
}

/* --- What the window shows --- */

static void
document_saved (TelarWindow *self,
                gboolean     saved)
{
  if (saved && telar_window_count_unsaved_runs (self, NULL) > 0)
    ask_for_runs (self);
  else
    answer (self, saved);
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
          telar_window_save_run_again (self);
          break;
        }
      telar_window_save (self, document_saved);
      break;
    default:
      answer (self, FALSE);
    }
}

gboolean
telar_window_has_to_ask (TelarWindow *self)
{
  return telar_document_get_modified (self->document) || telar_window_has_unsaved_bookmarks (self)
         || telar_window_count_unsaved_runs (self, NULL) > 0;
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
  g_autofree char *runs = NULL;
  g_autofree char *text = NULL;
  guint            n;

  g_return_if_fail (TELAR_IS_WINDOW (self));

  /* It waits for an answer already. */
  if (self->after_asking)
    {
      func (self, FALSE);
      return;
    }

  self->after_asking = func;
  if (self->may_close || !telar_window_has_to_ask (self))
    {
      answer (self, TRUE);
      return;
    }

  gtk_window_present (GTK_WINDOW (self));
  if (!telar_document_get_modified (self->document) && !telar_window_has_unsaved_bookmarks (self))
    {
      ask_for_runs (self);
      return;
    }

  n = telar_window_count_unsaved_runs (self, NULL);
  runs = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                       "So are the bookmarks of %u run that are in no file yet.",
                                       "So are the bookmarks of %u runs that are in no file yet.",
                                       n), n);
  text = g_strjoin (" ", _("What you changed since the last saving is lost otherwise."),
                    n > 0 ? runs : NULL, NULL);
  name = telar_window_get_name (self);
  title = g_strdup_printf (_("Save changes to “%s” before closing?"), name);
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    labels[i] = _(answers[i]);
  telar_question_ask (GTK_WINDOW (self),
                      &(TelarQuestion) {
                        .title = title,
                        .text = text,
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

/* window-save.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Saving, where to, and reading a file again that another program changed. The
 * old file stays whole whatever happens (core/edit/document-file.h).
 */

#include "config.h"

#include "window/window-private.h"

#include <glib/gi18n-lib.h>
#include <unistd.h>

#include "file-dialog.h"
#include "window/file-decisions.h"
#include "window/question.h"

static gboolean
is_example (GFile *file)
{
  g_autoptr (GFile) examples = telar_chooser_examples_folder ();
  g_autoptr (GFile) folder = g_file_get_parent (file);

  return examples && folder && telar_window_is_same_file (examples, folder);
}

/* --- Saving --- */

static void
finish_saving (TelarWindow *self,
               gboolean     done)
{
  TelarWindowDone func = g_steal_pointer (&self->after_save);

  self->saving = FALSE;
  if (done)
    {
      telar_error_bar_dismiss (self->error_bar);
      telar_window_show_file_news (self);
      telar_chooser_remember (telar_document_get_file (self->document));
    }
  telar_window_update (self);
  if (func)
    func (self, done);
}

/* The old file is as it was, and so is what is in the window. */
static void
saving_failed (TelarWindow  *self,
               GFile        *file,
               const GError *error)
{
  g_autofree char *base = g_file_get_basename (file);
  g_autofree char *name = g_filename_display_name (base);
  g_autofree char *title = g_strdup_printf (_("%s could not be saved"), name);

  telar_error_bar_say (self->error_bar, TELAR_FAULT_ERROR, title, error->message);
  telar_error_bar_add_button (self->error_bar, _("Save As…"), "win.save-as");
  finish_saving (self, FALSE);
}

static void
save_to (TelarWindow *self,
         GFile       *file)
{
  g_autoptr (GError) error = NULL;

  if (is_example (file))
    {
      g_set_error_literal (&error, TELAR_EDIT_ERROR, TELAR_EDIT_ERROR_FILE,
                           telar_save_way_reason (TELAR_SAVE_AS_EXAMPLE));
      saving_failed (self, file, error);
    }
  else if (telar_document_save_as (self->document, file, &error))
    finish_saving (self, TRUE);
  else
    saving_failed (self, file, error);
}

static void
replace_answered (GtkWindow *window,
                  int        answer)
{
  TelarWindow       *self = TELAR_WINDOW (window);
  g_autoptr (GFile)  file = g_steal_pointer (&self->save_to);

  if (answer == 1)
    save_to (self, file);
  else
    finish_saving (self, FALSE);
}

/* @file: what the person chose; the dialog asked whether it may be replaced, but
 * not of the name that an ending was added to. */
static void
save_chosen (TelarWindow *self,
             GFile       *file)
{
  g_autofree char   *base = g_file_get_basename (file);
  g_autofree char   *name = telar_complete_file_name (base);
  g_autoptr (GFile)  folder = g_file_get_parent (file);
  g_autoptr (GFile)  whole = folder ? g_file_get_child (folder, name) : NULL;

  if (whole && !g_file_equal (file, whole) && g_file_query_exists (whole, NULL))
    {
      const char *const  labels[] = { _("_Cancel"), _("_Replace"), NULL };
      g_autofree char   *shown = g_filename_display_name (name);
      g_autofree char   *title = g_strdup_printf (_("Replace “%s”?"), shown);

      self->save_to = g_steal_pointer (&whole);
      telar_question_ask (GTK_WINDOW (self),
                          &(TelarQuestion) {
                            .title = title,
                            .text = _("There is a file of that name already."),
                            .answers = labels,
                            .destructive = 1,
                          },
                          replace_answered);
      return;
    }

  save_to (self, whole ? whole : file);
}

static void
place_chosen (GtkWidget *window,
              GFile     *file)
{
  TelarWindow *self = TELAR_WINDOW (window);

  /* Why a place was asked for matters no more. */
  if (file == NULL && self->says_why)
    telar_error_bar_dismiss (self->error_bar);

  if (file)
    save_chosen (self, file);
  else
    finish_saving (self, FALSE);
}

static void
ask_for_place (TelarWindow  *self,
               TelarSaveWay  way)
{
  const char           *reason = telar_save_way_reason (way);
  g_autofree char      *title = telar_window_get_name (self);
  g_autofree char      *name = NULL;
  GtkFileChooserNative *dialog;

  telar_window_present_leave (self);
  if (reason)
    telar_error_bar_tell (self->error_bar, reason, NULL);

  dialog = gtk_file_chooser_native_new (reason ? _("Save a Copy of the Graph")
                                               : _("Save the Graph"), GTK_WINDOW (self),
                                        GTK_FILE_CHOOSER_ACTION_SAVE, _("_Save"), _("_Cancel"));
  self->says_why = reason != NULL;
  telar_window_add_filters (GTK_FILE_CHOOSER (dialog));

  if (telar_document_get_file (self->document) && way == TELAR_SAVE_TO_FILE)
    {
      g_autofree char *base = g_file_get_basename (telar_document_get_file (self->document));

      name = g_filename_display_name (base);
      telar_window_start_in_folder (self, GTK_FILE_CHOOSER (dialog));
    }
  else
    name = telar_suggest_file_name (title);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);

  telar_file_dialog_show (dialog, GTK_WIDGET (self), place_chosen);
}

static TelarSaveWay
get_save_way (TelarWindow *self)
{
  GFile           *file = telar_document_get_file (self->document);
  g_autofree char *path = file ? g_file_get_path (file) : NULL;
  TelarSaveFacts   facts = {
    .has_file = file != NULL,
    .example = file && is_example (file),
    .exists = path && access (path, F_OK) == 0,
    .writable = path && access (path, W_OK) == 0,
  };

  return telar_save_way (&facts);
}

enum
{
  SAVE_CANCEL,
  SAVE_ELSEWHERE,
  SAVE_OVER
};

static void save_over (TelarWindow *self, TelarSaveMode mode);

static void
overwrite_answered (GtkWindow *window,
                    int        answer)
{
  TelarWindow *self = TELAR_WINDOW (window);

  switch (answer)
    {
    case SAVE_ELSEWHERE:
      ask_for_place (self, TELAR_SAVE_TO_FILE);
      break;
    case SAVE_OVER:
      save_over (self, TELAR_SAVE_ANYWAY);
      break;
    default:
      finish_saving (self, FALSE);
    }
}

static void
save_over (TelarWindow   *self,
           TelarSaveMode  mode)
{
  GFile              *file = telar_document_get_file (self->document);
  g_autoptr (GError)  error = NULL;

  if (telar_document_save (self->document, mode, &error))
    finish_saving (self, TRUE);
  else if (g_error_matches (error, TELAR_EDIT_ERROR, TELAR_EDIT_ERROR_OVERWRITES))
    {
      const char *const  labels[] = { _("_Cancel"), _("Save _As…"), _("_Overwrite"), NULL };
      g_autofree char   *base = g_file_get_basename (file);
      g_autofree char   *name = g_filename_display_name (base);
      g_autofree char   *title = g_strdup_printf (_("Overwrite “%s”?"), name);

      telar_question_ask (GTK_WINDOW (self),
                          &(TelarQuestion) {
                            .title = title,
                            .text = _("Another program changed the file since it was opened here. "
                                      "Overwriting it loses what that program wrote."),
                            .answers = labels,
                            .usual = SAVE_ELSEWHERE,
                            .destructive = SAVE_OVER,
                          },
                          overwrite_answered);
    }
  else
    saving_failed (self, file, error);
}

/* Returns: whether nothing else is being saved: its question is on screen. */
static gboolean
begin_saving (TelarWindow     *self,
              TelarWindowDone  done)
{
  if (self->saving)
    {
      if (done)
        done (self, FALSE);
      return FALSE;
    }
  self->saving = TRUE;
  self->after_save = done;
  telar_document_seal (self->document);

  return TRUE;
}

void
telar_window_save (TelarWindow     *self,
                   TelarWindowDone  done)
{
  TelarSaveWay way = get_save_way (self);

  if (!begin_saving (self, done))
    return;
  if (way == TELAR_SAVE_TO_FILE)
    save_over (self, TELAR_SAVE_CAREFULLY);
  else
    ask_for_place (self, way);
}

void
telar_window_save_as (TelarWindow     *self,
                      TelarWindowDone  done)
{
  TelarSaveWay way = get_save_way (self);

  if (begin_saving (self, done))
    ask_for_place (self, way == TELAR_SAVE_TO_FILE ? way : TELAR_SAVE_AS_FIRST);
}

/* --- Reading it again --- */

static void
reload (TelarWindow *self)
{
  GFile                 *file = telar_document_get_file (self->document);
  g_autoptr (GPtrArray)  faults = telar_faults_new ();
  g_autofree char       *base = g_file_get_basename (file);
  g_autofree char       *name = g_filename_display_name (base);

  if (telar_document_load (self->document, file, faults))
    telar_error_bar_dismiss (self->error_bar);
  else
    {
      g_autofree char *title = g_strdup_printf (_("%s cannot be read again"), name);

      telar_error_bar_say_faults (self->error_bar, title, faults, FALSE);
    }
  telar_window_show_file_news (self);
  telar_window_update (self);
}

static void
reload_answered (GtkWindow *window,
                 int        answer)
{
  if (answer == 1)
    reload (TELAR_WINDOW (window));
}

void
telar_window_reload (TelarWindow *self)
{
  const char *const  labels[] = { _("_Cancel"), _("_Reload"), NULL };
  g_autofree char   *name = NULL;
  g_autofree char   *title = NULL;

  if (!telar_document_get_modified (self->document))
    {
      reload (self);
      return;
    }

  name = telar_window_get_name (self);
  title = g_strdup_printf (_("Give up your changes to “%s”?"), name);
  telar_question_ask (GTK_WINDOW (self),
                      &(TelarQuestion) {
                        .title = title,
                        .text = _("Reloading shows what is in the file now. What you changed since "
                                  "the last saving is lost and cannot be undone."),
                        .answers = labels,
                        .destructive = 1,
                      },
                      reload_answered);
}

void
telar_window_keep_mine (TelarWindow *self)
{
  telar_document_keep_mine (self->document);
  telar_window_show_file_news (self);
  telar_window_update (self);
}

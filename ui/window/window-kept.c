/* window-kept.c
 *
 * SPDX-License-Identifier: MIT
 *
 * The runs that a window keeps: all of the session, of which one is shown; one
 * from a file, whose graph is looked at and not changed; and saving them.
 */

#include "config.h"

#include "window/window-private.h"

#include <glib/gi18n-lib.h>

#include "file-dialog.h"
#include "runfile/run-reader.h"
#include "window/file-decisions.h"
#include "window/question.h"

/* --- Which is shown --- */

const TelarTimeline *
telar_window_get_timeline (TelarWindow *self)
{
  return self->shown ? self->shown->timeline : NULL;
}

static gboolean
is_of_engine (TelarWindow *self)
{
  return self->run && self->shown && self->shown->timeline == telar_run_get_timeline (self->run);
}

TelarRunState
telar_window_get_run_state (TelarWindow *self)
{
  g_return_val_if_fail (self->shown != NULL, TELAR_RUN_REFUSED);

  if (is_of_engine (self))
    return telar_run_get_state (self->run);

  return self->shown->broken_off ? TELAR_RUN_ENGINE_LOST : TELAR_RUN_ENDED;
}

const TelarMachine *
telar_window_get_machine (TelarWindow *self)
{
  return telar_window_get_machine_of (self, self->shown);
}

const TelarMachine *
telar_window_get_machine_of (TelarWindow        *self,
                             const TelarKeptRun *run)
{
  if (run && run->machine)
    return run->machine;

  return telar_application_get_machine (
    TELAR_APPLICATION (gtk_window_get_application (GTK_WINDOW (self))));
}

/* @run: one that is kept */
static void
show (TelarWindow  *self,
      TelarKeptRun *run)
{
  self->shown = run;
  telar_timeline_view_set_machine (self->timeline_view, telar_window_get_machine (self));
  telar_timeline_view_set_timeline (self->timeline_view, run->timeline);
  telar_graph_view_set_timeline (self->graph_view, run->timeline);
  telar_python_pane_set_timeline (self->python, run->timeline, run->graph);
  telar_console_set_timeline (self->console, run->timeline);
  telar_window_compare_update (self);
  telar_window_put_runs_aside (self);
  g_object_notify (G_OBJECT (self), "shown-run");
}

void
telar_window_keep_run (TelarWindow  *self,
                       TelarKeptRun *run)
{
  g_ptr_array_add (self->kept, run);
  show (self, run);
}

void
telar_window_forget_runs (TelarWindow *self)
{
  telar_window_compare_end (self);
  self->shown = self->run_to_save = NULL;
  telar_timeline_view_set_machine (self->timeline_view, NULL);
  g_ptr_array_set_size (self->kept, 0);
  g_clear_pointer (&self->shelf, telar_run_shelf_unref);
  g_clear_object (&self->run_file);
}

void
telar_window_age_runs (TelarWindow *self)
{
  for (guint i = 0; i < self->kept->len; i++)
    ((TelarKeptRun *) g_ptr_array_index (self->kept, i))->old = TRUE;
}

static gboolean
is_unsaved (const TelarKeptRun *run)
{
  return telar_bookmarks_unsaved (run->timeline->bookmarks);
}

/* (nullable) */
static TelarKeptRun *
get_run_of_file (TelarWindow *self)
{
  return self->run_file && self->kept->len > 0 ? g_ptr_array_index (self->kept, 0) : NULL;
}

gboolean
telar_window_has_unsaved_bookmarks (TelarWindow *self)
{
  const TelarKeptRun *run = get_run_of_file (self);

  return run && is_unsaved (run);
}

guint
telar_window_count_unsaved_runs (TelarWindow   *self,
                                 TelarKeptRun **first)
{
  TelarKeptRun *found = self->guest && is_unsaved (self->guest) ? self->guest : NULL;
  guint         n = found ? 1 : 0;

  for (guint i = self->kept->len; i-- > 0;)
    {
      TelarKeptRun *run = g_ptr_array_index (self->kept, i);

      if (run == get_run_of_file (self) || !is_unsaved (run))
        continue;
      found = run;
      n++;
    }
  if (first)
    *first = found;

  return n;
}

void
telar_window_drop_guest (TelarWindow *self)
{
  TelarKeptRun *guest = g_steal_pointer (&self->guest);

  if (guest == NULL)
    return;

  if (is_unsaved (guest))
    {
      g_ptr_array_add (self->kept, guest);
      return;
    }
  if (self->run_to_save == guest)
    self->run_to_save = NULL;
  telar_kept_run_free (guest);
}

int
telar_window_get_shown_run (TelarWindow *self)
{
  guint number;

  return self->shown && g_ptr_array_find (self->kept, self->shown, &number) ? (int) number : -1;
}

void
telar_window_show_run (TelarWindow *self,
                       int          number)
{
  TelarKeptRun *run;

  /* While one goes on it is the one that is looked at. */
  if (number < 0 || (guint) number >= self->kept->len || telar_window_get_state (self).live)
    return;

  run = g_ptr_array_index (self->kept, (guint) number);
  if (run == self->shown)
    return;

  /* The one below changes places with the one above. */
  if (run == self->compared)
    self->compared = self->shown;
  show (self, run);
  telar_timeline_view_fit (self->timeline_view);
  telar_window_update (self);
}

void
telar_window_update_runs (TelarWindow *self)
{
  TelarWindowState state = telar_window_get_state (self);
  guint            n = 0;

  g_menu_remove_all (self->runs_menu);
  g_menu_remove_all (self->compare_menu);
  for (guint i = self->kept->len; i-- > 0;)
    {
      TelarKeptRun         *run = g_ptr_array_index (self->kept, i);
      g_autofree char      *words = NULL;
      g_autofree char      *label = NULL;
      g_autoptr (GMenuItem) item = NULL;
      g_autoptr (GMenuItem) compared = NULL;

      if (run->refused)
        continue;

      words = telar_kept_run_words (run);
      label = telar_menu_words (words);
      item = g_menu_item_new (label, NULL);
      g_menu_item_set_action_and_target (item, "win.shown-run", "i", (int) i);
      g_menu_append_item (self->runs_menu, item);
      compared = g_menu_item_new (label, NULL);
      g_menu_item_set_action_and_target (compared, "win.compare-run", "i", (int) i);
      if (run != self->shown)
        g_menu_append_item (self->compare_menu, compared);
      n++;
    }

  gtk_widget_set_visible (self->runs_button, n > 0 && !state.live);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.shown-run", !state.live);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.save-run", state.can_save_run);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.compare",
                                 self->compared != NULL || (n > 1 && !state.live));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.compare-run", n > 1 && !state.live);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.compare-file", n > 0 && !state.live);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.compare-end", self->compared != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.edit-copy",
                                 self->run_file != NULL
                                   || (self->shown && self->shown->old && !state.live));
}

/* --- A run from a file --- */

/* The graph is that of the run, or there would be no saying what the run shows. */
void
telar_window_update_editable (TelarWindow *self)
{
  gboolean editable = self->run_file == NULL;

  telar_graph_view_set_editable (self->graph_view, editable);
  telar_inspector_set_read_only (self->inspector, !editable,
                                 _("This graph was run and is shown as it was. To change it, choose "
                                   "Edit a Copy."));
  gtk_widget_set_visible (self->palette, editable && self->palette_shown && !self->presenting);
}

typedef struct
{
  GFile    *file;    /* owned */
  char     *path;    /* owned */
  gboolean  dropped;
} Opening;

static void
opening_free (gpointer data)
{
  Opening *opening = data;

  g_object_unref (opening->file);
  g_free (opening->path);
  g_free (opening);
}

static char *
shown_name (GFile *file)
{
  g_autofree char *base = g_file_get_basename (file);

  return g_filename_display_name (base);
}

static gpointer
open_in_thread (gpointer           data,
                const TelarWatch  *watch,
                GError           **error)
{
  Opening *opening = data;

  return telar_kept_run_open (opening->path, watch, error);
}

static void
opened (TelarWindow  *self,
        gpointer      result,
        gpointer      data,
        const GError *error)
{
  Opening                  *opening = data;
  g_autoptr (TelarKeptRun)  run = result;
  TelarWindow              *target;

  if (run == NULL)
    {
      g_autofree char *name = shown_name (opening->file);
      g_autofree char *title = g_strdup_printf (_("%s cannot be opened"), name);

      telar_error_bar_say (self->error_bar, TELAR_FAULT_ERROR, title, error->message);
      return;
    }

  target = telar_window_for_another (self, opening->dropped);
  telar_window_set_document (target, telar_document_new_for_graph (run->graph));
  target->run_file = g_object_ref (opening->file);
  telar_window_keep_run (target, g_steal_pointer (&run));
  telar_window_update_editable (target);
  telar_window_show_graph (target);
  telar_timeline_view_fit (target->timeline_view);
  telar_window_split_panes (target);
  telar_window_show_tab (target, TELAR_TAB_OUTPUT);
  telar_chooser_remember (opening->file);
  telar_error_bar_dismiss (target->error_bar);
  telar_window_show_file_news (target);
}

gboolean
telar_window_open_run (TelarWindow *self,
                       GFile       *file,
                       gboolean     dropped)
{
  g_autofree char *path = g_file_get_path (file);
  g_autofree char *name = NULL;
  g_autofree char *title = NULL;
  Opening         *opening;

  if (path == NULL || !(telar_kept_run_is_name (path) || telar_run_file_is (path)))
    return FALSE;

  opening = g_new0 (Opening, 1);
  opening->file = g_object_ref (file);
  opening->path = g_steal_pointer (&path);
  opening->dropped = dropped;
  name = shown_name (file);
  title = g_strdup_printf (_("Opening “%s”…"), name);
  telar_window_begin_work (self, title, &(TelarWork) {
    .func = open_in_thread,
    .over = opened,
    .data = opening,
    .data_free = opening_free,
    .result_free = (GDestroyNotify) telar_kept_run_free,
  });

  return TRUE;
}

/* In a window of its own: the run stays, to be looked at while the copy is changed. */
void
telar_window_edit_copy (TelarWindow *self)
{
  TelarWindow *copy;

  if (self->shown == NULL)
    return;

  copy = telar_window_new (TELAR_APPLICATION (gtk_window_get_application (GTK_WINDOW (self))));
  gtk_window_present (GTK_WINDOW (copy));
  telar_window_set_document (copy, telar_document_new_for_graph (self->shown->graph));
  telar_window_show_graph (copy);
  telar_window_split_panes (copy);
}

/* --- Saving --- */

typedef struct
{
  TelarKeptRun *run;      /* owned */
  TelarMachine *machine;  /* owned, nullable */
  GFile        *file;     /* owned */
  char         *path;     /* owned */
} Saving;

static void
saving_free (gpointer data)
{
  Saving *saving = data;

  telar_kept_run_free (saving->run);
  g_clear_pointer (&saving->machine, telar_machine_free);
  g_object_unref (saving->file);
  g_free (saving->path);
  g_free (saving);
}

static gpointer
save_in_thread (gpointer           data,
                const TelarWatch  *watch,
                GError           **error)
{
  Saving *saving = data;

  return GINT_TO_POINTER (telar_kept_run_save (saving->run, saving->machine, saving->path, watch,
                                               error));
}

static void
run_not_saved (TelarWindow *self,
               GFile       *file,
               const char  *why)
{
  g_autofree char *name = shown_name (file);
  g_autofree char *title = g_strdup_printf (_("%s could not be saved"), name);

  telar_error_bar_say (self->error_bar, TELAR_FAULT_ERROR, title, why);
  telar_error_bar_add_button (self->error_bar, _("Save Run…"), "win.save-run");
}

static void
run_saved (TelarWindow  *self,
           gpointer      result,
           gpointer      data,
           const GError *error)
{
  Saving          *saving = data;
  g_autofree char *name = shown_name (saving->file);
  g_autofree char *text = NULL;

  if (error)
    {
      self->close_when_saved = FALSE;
      run_not_saved (self, saving->file, error->message);
      return;
    }

  telar_chooser_remember (saving->file);
  text = g_strdup_printf (_("%s is saved"), name);
  telar_window_update (self);
  gtk_label_set_label (self->summary, text);
  /* It asks again where there is more that is not saved. */
  if (self->close_when_saved)
    {
      self->close_when_saved = FALSE;
      gtk_window_close (GTK_WINDOW (self));
    }
}

static void
save_run_to (TelarWindow        *self,
             const TelarKeptRun *run,
             GFile              *file)
{
  g_autofree char    *path = g_file_get_path (file);
  g_autofree char    *name = shown_name (file);
  g_autofree char    *title = NULL;
  /* Not that of the one shown, which may be from a file of another computer. */
  const TelarMachine *machine = telar_window_get_machine_of (self, run);
  Saving             *saving;

  if (path == NULL)
    {
      self->close_when_saved = FALSE;
      run_not_saved (self, file, _("A run can be saved on this computer only."));
      return;
    }

  saving = g_new0 (Saving, 1);
  saving->run = telar_kept_run_copy (run);
  saving->machine = machine ? telar_machine_copy (machine) : NULL;
  saving->file = g_object_ref (file);
  saving->path = g_steal_pointer (&path);
  title = g_strdup_printf (_("Saving “%s”…"), name);
  telar_window_begin_work (self, title, &(TelarWork) {
    .func = save_in_thread,
    .over = run_saved,
    .data = saving,
    .data_free = saving_free,
    .keeps_window = TRUE,
  });
}

/* @file: (nullable): it is not to be saved after all */
static void
save_run_here (TelarWindow *self,
               GFile       *file)
{
  TelarKeptRun *run = g_steal_pointer (&self->run_to_save);

  if (run && file)
    save_run_to (self, run, file);
  else
    self->close_when_saved = FALSE;
}

void
telar_window_save_run_to (TelarWindow *self,
                          GFile       *file)
{
  if (self->shown)
    save_run_to (self, self->shown, file);
}

void
telar_window_save_run_again (TelarWindow *self)
{
  TelarKeptRun *run = get_run_of_file (self);

  if (run)
    save_run_to (self, run, self->run_file);
}

static void
replace_answered (GtkWindow *window,
                  int        answer)
{
  TelarWindow      *self = TELAR_WINDOW (window);
  g_autoptr (GFile) file = g_steal_pointer (&self->save_to);

  save_run_here (self, answer == 1 ? file : NULL);
}

/* The dialog asked whether a file may be replaced, but not of the name that an
 * ending was added to. */
static void
place_chosen (GtkWidget *window,
              GFile     *file)
{
  TelarWindow      *self = TELAR_WINDOW (window);
  g_autofree char  *base = file ? g_file_get_basename (file) : NULL;
  g_autofree char  *name = base ? telar_kept_run_complete_name (base) : NULL;
  g_autoptr (GFile) folder = file ? g_file_get_parent (file) : NULL;
  g_autoptr (GFile) whole = folder ? g_file_get_child (folder, name) : NULL;

  if (whole && !g_file_equal (file, whole) && g_file_query_exists (whole, NULL))
    {
      const char *const labels[] = { _("_Cancel"), _("_Replace"), NULL };
      g_autofree char  *shown = g_filename_display_name (name);
      g_autofree char  *title = g_strdup_printf (_("Replace “%s”?"), shown);

      g_set_object (&self->save_to, whole);
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

  save_run_here (self, whole);
}

void
telar_window_save_run_of (TelarWindow  *self,
                          TelarKeptRun *run)
{
  g_autofree char      *title = telar_window_get_name (self);
  /* One from a file as that is called. */
  g_autofree char      *name = run->name ? telar_kept_run_complete_name (run->name)
                                         : telar_kept_run_file_name (title);
  GtkFileChooserNative *dialog;
  GtkFileFilter        *filter;

  telar_window_present_leave (self);
  self->run_to_save = run;
  dialog = gtk_file_chooser_native_new (_("Save the Run"), GTK_WINDOW (self),
                                        GTK_FILE_CHOOSER_ACTION_SAVE, _("_Save"), _("_Cancel"));
  filter = gtk_file_filter_new ();
  gtk_file_filter_set_name (filter, _("Telar runs"));
  gtk_file_filter_add_pattern (filter, "*.telar-run");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), filter);
  g_object_unref (filter);
  telar_window_start_in_folder (self, GTK_FILE_CHOOSER (dialog));
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  telar_file_dialog_show (dialog, GTK_WIDGET (self), place_chosen);
}

void
telar_window_save_run (TelarWindow *self)
{
  if (self->shown && telar_window_get_state (self).can_save_run)
    telar_window_save_run_of (self, self->shown);
}

/* --- What cannot be read --- */

/* A large file is read where it is looked at: damage shows when it is painted. */
static void
check_run (TelarWindow  *self,
           TelarKeptRun *run)
{
  g_autofree char *title = NULL;
  g_autofree char *text = NULL;

  if (run == NULL || run->name == NULL || !telar_kept_run_check (run))
    return;

  if (self->run_file && run == g_ptr_array_index (self->kept, 0))
    {
      telar_window_show_file_news (self);
      return;
    }
  telar_kept_run_news (run, &title, &text);
  telar_error_bar_say (self->error_bar, TELAR_FAULT_WARNING, title, text);
}

static void
painted (TelarWindow *self)
{
  check_run (self, self->shown);
  check_run (self, self->compared);
}

static void
realized (TelarWindow *self)
{
  g_signal_connect_object (gtk_widget_get_frame_clock (GTK_WIDGET (self)), "after-paint",
                           G_CALLBACK (painted), self, G_CONNECT_SWAPPED);
}

void
telar_window_kept_init (TelarWindow *self)
{
  g_signal_connect (self, "realize", G_CALLBACK (realized), NULL);
  g_signal_connect_object (self->timeline_view, "notify::bookmarks",
                           G_CALLBACK (telar_window_update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->compare_view, "notify::bookmarks",
                           G_CALLBACK (telar_window_update), self, G_CONNECT_SWAPPED);
  self->kept = g_ptr_array_new_with_free_func ((GDestroyNotify) telar_kept_run_free);
}

void
telar_window_kept_dispose (TelarWindow *self)
{
  self->compared = NULL;
  g_clear_pointer (&self->guest, telar_kept_run_free);
  self->shown = NULL;
  g_clear_pointer (&self->kept, g_ptr_array_unref);
  g_clear_pointer (&self->shelf, telar_run_shelf_unref);
  g_clear_object (&self->run_file);
}

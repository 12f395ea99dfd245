/* export-dialog.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Whatever takes long is made in other threads, each with a copy of what was chosen.
 */

#include "config.h"

#include "window/export-dialog.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "file-dialog.h"
#include "window/error-bar.h"
#include "window/preview-pane.h"
#include "window/question.h"

#define PROGRESS_AFTER_MS 300
#define PROGRESS_EVERY_MS 100
#define CLIPBOARD_MOST    (64 * 1024 * 1024) /* bytes */

struct _TelarExportDialog
{
  GtkWindow            parent_instance;

  /* Template. */
  TelarErrorBar       *error_bar;
  GtkWidget           *form;
  TelarPreviewPane    *preview;
  GtkDropDown         *format;
  GtkDropDown         *content;
  GtkDropDown         *range;
  GtkEntry            *width;
  GtkEntry            *height;
  GtkDropDown         *unit;
  GtkEntry            *dpi;
  GtkDropDown         *scale;
  GtkDropDown         *style;
  GtkEntry            *title_text;
  GtkCheckButton      *title_check;
  GtkCheckButton      *legend_check;
  GtkCheckButton      *source_check;
  GtkCheckButton      *bookmarks_check;
  GtkCheckButton      *date_check;
  GtkLabel            *size_fault;
  GtkLabel            *dpi_fault;
  GtkLabel            *scale_fault;
  GtkWidget           *save;
  GtkWidget           *copy;
  GtkWidget           *cancel;
  GtkWidget           *stop;
  GtkWidget           *working;
  GtkProgressBar      *progress;

  /* Owned. */
  TelarExportSubject  *subject;
  TelarExportFacts     facts;
  TelarExportSettings  settings;
  char                *name;
  char                *save_to;      /* nullable: may it be replaced, or is it to be soon */
  char                *made_refusal; /* nullable: what turned out only when it was drawn */

  /* A file that is being made. */
  GCancellable        *working_on;   /* nullable */
  guint                progress_source;
  gint                *done;         /* (nullable): per mille, atomic; the thread has it too */
  gint64               begun;

  gboolean             filling;      /* by the program, not by a person */
};

enum
{
  SAVED,
  SAVE_RUN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TelarExportDialog, telar_export_dialog, GTK_TYPE_WINDOW)

/* --- Jobs --- */

/* What a thread needs: none of the window's. */
typedef struct
{
  TelarExportSubject  *subject;  /* owned */
  TelarExportSettings  settings; /* owned */
  TelarExportFacts     facts;
  char                *path;     /* owned, nullable */
  gint                *done;     /* owned reference */
} Job;

static Job *
job_new (TelarExportDialog *self)
{
  Job *job = g_new0 (Job, 1);

  job->subject = telar_export_subject_ref (self->subject);
  job->facts = self->facts;
  telar_export_settings_copy (&job->settings, &self->settings);

  return job;
}

static void
job_free (gpointer data)
{
  Job *job = data;

  telar_export_subject_unref (job->subject);
  telar_export_settings_clear (&job->settings);
  g_clear_pointer (&job->done, g_atomic_rc_box_release);
  g_free (job->path);
  g_free (job);
}

static void
note_progress (double   done,
               gpointer data)
{
  g_atomic_int_set ((gint *) data, (gint) (done * 1000));
}

/* --- Settings --- */

static char *
settings_file (void)
{
  return g_build_filename (g_get_user_state_dir (), "telar", "export", NULL);
}

static void
remember (TelarExportDialog *self)
{
  g_autofree char *file = settings_file ();
  g_autofree char *folder = g_path_get_dirname (file);
  g_autofree char *text = telar_export_settings_print (&self->settings);

  /* Nobody misses it but for having to choose again. */
  if (g_mkdir_with_parents (folder, 0700) == 0)
    g_file_set_contents (file, text, -1, NULL);
}

static void
show_fault (GtkLabel   *label,
            const char *sentence,
            GtkWidget  *first,
            GtkWidget  *second)
{
  GtkWidget *const controls[] = { first, second };

  gtk_label_set_label (label, sentence ? sentence : "");
  gtk_widget_set_visible (GTK_WIDGET (label), sentence != NULL);
  for (guint i = 0; i < G_N_ELEMENTS (controls) && controls[i]; i++)
    {
      if (sentence)
        gtk_widget_add_css_class (controls[i], "error");
      else
        gtk_widget_remove_css_class (controls[i], "error");
      gtk_accessible_update_property (GTK_ACCESSIBLE (controls[i]),
                                      GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                      sentence ? sentence : "", -1);
      gtk_accessible_update_state (GTK_ACCESSIBLE (controls[i]), GTK_ACCESSIBLE_STATE_INVALID,
                                   sentence ? GTK_ACCESSIBLE_INVALID_TRUE
                                            : GTK_ACCESSIBLE_INVALID_FALSE, -1);
    }
}

/* @text: of a label with a mnemonic. */
static char *
without_underline (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, "_", -1);

  return g_strjoinv ("", parts);
}

/* Buttons would be named twice, and the first time with the underline. */
static void
name_controls (TelarExportDialog *self)
{
  GtkWidget *const buttons[] = { self->save, self->copy, self->cancel, self->stop };
  GtkCheckButton *const checks[] = { self->title_check, self->legend_check, self->source_check,
                                     self->bookmarks_check, self->date_check };

  for (guint i = 0; i < G_N_ELEMENTS (buttons); i++)
    gtk_accessible_reset_property (GTK_ACCESSIBLE (buttons[i]), GTK_ACCESSIBLE_PROPERTY_LABEL);
  for (guint i = 0; i < G_N_ELEMENTS (checks); i++)
    {
      g_autofree char *name = without_underline (gtk_check_button_get_label (checks[i]));

      gtk_accessible_update_property (GTK_ACCESSIBLE (checks[i]), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      name, -1);
    }
}

/* What has the focus of a list is a button in it, which has no name of its own. */
static void
name_lists (TelarExportDialog *self)
{
  GtkDropDown *const lists[] = { self->format, self->content, self->range, self->unit, self->scale,
                                 self->style };

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      GtkWidget       *button = gtk_widget_get_first_child (GTK_WIDGET (lists[i]));
      g_autoptr (GList) labels = gtk_widget_list_mnemonic_labels (GTK_WIDGET (lists[i]));
      gpointer         item = gtk_drop_down_get_selected_item (lists[i]);
      const char      *title = labels ? gtk_label_get_text (GTK_LABEL (labels->data))
                                      : _("Unit");
      g_autofree char *name = g_strdup_printf ("%s: %s", title,
                                               item ? gtk_string_object_get_string (item) : "");

      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      name, -1);
    }
}

/* What can be chosen, and what is wrong with it. */
static void
update (TelarExportDialog *self)
{
  const struct { GtkWidget *widget; TelarExportField field; } parts[] = {
    { GTK_WIDGET (self->content), TELAR_EXPORT_FIELD_CONTENT },
    { GTK_WIDGET (self->range), TELAR_EXPORT_FIELD_RANGE },
    { GTK_WIDGET (self->width), TELAR_EXPORT_FIELD_SIZE },
    { GTK_WIDGET (self->height), TELAR_EXPORT_FIELD_SIZE },
    { GTK_WIDGET (self->unit), TELAR_EXPORT_FIELD_SIZE },
    { GTK_WIDGET (self->dpi), TELAR_EXPORT_FIELD_DPI },
    { GTK_WIDGET (self->scale), TELAR_EXPORT_FIELD_SCALE },
    { GTK_WIDGET (self->style), TELAR_EXPORT_FIELD_STYLE },
    { GTK_WIDGET (self->title_check), TELAR_EXPORT_FIELD_TITLE },
    { GTK_WIDGET (self->legend_check), TELAR_EXPORT_FIELD_LEGEND },
    { GTK_WIDGET (self->source_check), TELAR_EXPORT_FIELD_SOURCE },
    { GTK_WIDGET (self->bookmarks_check), TELAR_EXPORT_FIELD_BOOKMARKS },
    { GTK_WIDGET (self->date_check), TELAR_EXPORT_FIELD_DATE },
  };
  g_autofree char *size = telar_export_refuse (&self->settings, &self->facts,
                                               TELAR_EXPORT_FIELD_SIZE);
  g_autofree char *dpi = telar_export_refuse (&self->settings, &self->facts,
                                              TELAR_EXPORT_FIELD_DPI);
  g_autofree char *scale = telar_export_refuse (&self->settings, &self->facts,
                                                TELAR_EXPORT_FIELD_SCALE);
  gboolean         sound;

  name_lists (self);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    gtk_widget_set_sensitive (parts[i].widget, telar_export_uses (&self->settings, &self->facts,
                                                                  parts[i].field));
  gtk_widget_set_sensitive (GTK_WIDGET (self->title_text),
                            self->settings.title
                              && telar_export_uses (&self->settings, &self->facts,
                                                    TELAR_EXPORT_FIELD_TITLE));

  if (size == NULL && dpi == NULL && scale == NULL && self->made_refusal)
    size = g_strdup (self->made_refusal);
  show_fault (self->size_fault, size, GTK_WIDGET (self->width), GTK_WIDGET (self->height));
  show_fault (self->dpi_fault, dpi, GTK_WIDGET (self->dpi), NULL);
  show_fault (self->scale_fault, scale, GTK_WIDGET (self->scale), NULL);

  sound = size == NULL && dpi == NULL && scale == NULL;
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "export.save", sound && !self->working_on);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "export.copy",
                                 sound && !self->working_on
                                   && self->settings.format != TELAR_EXPORT_RUN);
  if (sound)
    telar_preview_pane_show (self->preview, self->subject, &self->settings, &self->facts);
  else
    telar_preview_pane_say (self->preview, _("There is no preview until that is mended."));
}

/* What turned out only when it was drawn. */
static void
refused (TelarExportDialog *self,
         const char        *sentence)
{
  g_free (self->made_refusal);
  self->made_refusal = g_strdup (sentence);
  update (self);
}

static void
take_text (char     **text,
           GtkEntry  *entry)
{
  g_free (*text);
  *text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry)));
}

static void
show_size (TelarExportDialog *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->width), self->settings.width[self->settings.unit]);
  gtk_editable_set_text (GTK_EDITABLE (self->height), self->settings.height[self->settings.unit]);
}

/* From the controls. */
static void
changed (TelarExportDialog *self)
{
  TelarExportSettings *settings = &self->settings;
  TelarExportUnit      unit;

  if (self->filling)
    return;

  /* What was typed in the one unit is there again with it. */
  unit = (TelarExportUnit) gtk_drop_down_get_selected (self->unit);
  if (unit != settings->unit)
    {
      settings->unit = unit;
      self->filling = TRUE;
      show_size (self);
      self->filling = FALSE;
    }
  settings->format = (TelarExportFormat) gtk_drop_down_get_selected (self->format);
  settings->content = (TelarExportContent) gtk_drop_down_get_selected (self->content);
  settings->range = (TelarExportRange) gtk_drop_down_get_selected (self->range);
  settings->style = (TelarStyle) gtk_drop_down_get_selected (self->style);
  settings->scale = (int) gtk_drop_down_get_selected (self->scale) + 1;
  take_text (&settings->width[unit], self->width);
  take_text (&settings->height[unit], self->height);
  take_text (&settings->dpi, self->dpi);
  take_text (&settings->text, self->title_text);
  settings->title = gtk_check_button_get_active (self->title_check);
  settings->legend = gtk_check_button_get_active (self->legend_check);
  settings->source = gtk_check_button_get_active (self->source_check);
  settings->bookmarks = gtk_check_button_get_active (self->bookmarks_check);
  settings->date = gtk_check_button_get_active (self->date_check);

  g_clear_pointer (&self->made_refusal, g_free);
  telar_error_bar_dismiss (self->error_bar);
  update (self);
}

static void
add_stretch (GtkStringList *list,
             const char    *format,
             gint64         begin,
             gint64         end)
{
  g_autofree char *from = telar_time_format (MIN (begin, end));
  g_autofree char *to = telar_time_format (MAX (begin, end));
  g_autofree char *words = g_strdup_printf (format, from, to);

  gtk_string_list_append (list, words);
}

/* To the controls. */
static void
show_settings (TelarExportDialog *self)
{
  TelarExportSettings     *settings = &self->settings;
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  GtkStringList           *formats = GTK_STRING_LIST (gtk_drop_down_get_model (self->format));

  self->filling = TRUE;
  gtk_string_list_append (list, _("The whole run"));
  if (self->facts.has_run)
    /* TRANSLATORS: two moments: "What is visible, 1.2 ms to 3 ms" */
    add_stretch (list, _("What is visible, %s to %s"), self->facts.begin, self->facts.end);
  if (self->facts.has_run && self->facts.has_measured)
    add_stretch (list, _("What is measured, %s to %s"), self->facts.measured_begin,
                 self->facts.measured_end);
  gtk_drop_down_set_model (self->range, G_LIST_MODEL (list));
  if (!self->facts.has_run)
    gtk_string_list_splice (formats, TELAR_EXPORT_PDF + 1,
                            TELAR_N_EXPORT_FORMATS - TELAR_EXPORT_PDF - 1, NULL);

  gtk_drop_down_set_selected (self->format, settings->format);
  gtk_drop_down_set_selected (self->content, settings->content);
  gtk_drop_down_set_selected (self->range, settings->range);
  gtk_drop_down_set_selected (self->style, settings->style);
  gtk_drop_down_set_selected (self->unit, settings->unit);
  gtk_drop_down_set_selected (self->scale, (guint) settings->scale - 1);
  show_size (self);
  gtk_editable_set_text (GTK_EDITABLE (self->dpi), settings->dpi);
  gtk_editable_set_text (GTK_EDITABLE (self->title_text), settings->text);
  gtk_check_button_set_active (self->title_check, settings->title);
  gtk_check_button_set_active (self->legend_check, settings->legend);
  gtk_check_button_set_active (self->source_check, settings->source);
  gtk_check_button_set_active (self->bookmarks_check, settings->bookmarks);
  gtk_check_button_set_active (self->date_check, settings->date);
  self->filling = FALSE;
  update (self);
}

/* --- The file --- */

/* The focus goes before what it is in can no longer have it. */
static void
set_form_sensitive (TelarExportDialog *self,
                    gboolean           sensitive)
{
  if (!sensitive)
    gtk_widget_grab_focus (self->cancel);
  gtk_widget_set_sensitive (self->form, sensitive);
  if (sensitive)
    gtk_widget_grab_focus (self->save);
}

static gboolean
show_progress (gpointer data)
{
  TelarExportDialog *self = data;
  int                done = g_atomic_int_get (self->done);

  if (g_get_monotonic_time () - self->begun >= PROGRESS_AFTER_MS * 1000)
    gtk_widget_set_visible (self->working, TRUE);
  if (done > 0)
    gtk_progress_bar_set_fraction (self->progress, done / 1000.0);
  else
    gtk_progress_bar_pulse (self->progress);

  return G_SOURCE_CONTINUE;
}

static void
begin_work (TelarExportDialog *self,
            const char        *path,
            GTaskThreadFunc    function,
            GAsyncReadyCallback over)
{
  Job               *job = job_new (self);
  g_autoptr (GTask)  task = NULL;

  remember (self);
  telar_error_bar_dismiss (self->error_bar);
  telar_preview_pane_pause (self->preview, TRUE);

  self->done = g_atomic_rc_box_new0 (gint);
  self->working_on = g_cancellable_new ();
  self->begun = g_get_monotonic_time ();
  self->progress_source = g_timeout_add (PROGRESS_EVERY_MS, show_progress, self);
  gtk_progress_bar_set_fraction (self->progress, 0);
  set_form_sensitive (self, FALSE);
  update (self);

  job->path = g_strdup (path);
  job->done = g_atomic_rc_box_acquire (self->done);
  task = g_task_new (self, self->working_on, over, NULL);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, function);
}

static void
end_work (TelarExportDialog *self)
{
  g_clear_handle_id (&self->progress_source, g_source_remove);
  g_clear_pointer (&self->done, g_atomic_rc_box_release);
  g_clear_object (&self->working_on);
}

/* Returns: whether the dialog is still there. */
static gboolean
work_over (TelarExportDialog *self)
{
  if (self->subject == NULL)
    return FALSE;

  end_work (self);
  gtk_widget_set_visible (self->working, FALSE);
  set_form_sensitive (self, TRUE);
  telar_preview_pane_pause (self->preview, FALSE);
  update (self);

  return TRUE;
}

/* Two dialogs end at once: some window managers would leave the focus nowhere. */
static void
close_dialog (TelarExportDialog *self)
{
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));

  gtk_window_destroy (GTK_WINDOW (self));
  if (parent)
    gtk_window_present (parent);
}

static void
write_in_thread (GTask        *task,
                 gpointer      source,
                 gpointer      data,
                 GCancellable *cancellable)
{
  Job    *job = data;
  GError *error = NULL;

  if (telar_export_write (job->subject, &job->settings, &job->facts, job->path, note_progress,
                          job->done, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
written (GObject      *source,
         GAsyncResult *result,
         gpointer      unused)
{
  g_autoptr (TelarExportDialog)  self = g_object_ref (TELAR_EXPORT_DIALOG (source));
  Job                           *job = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError)             error = NULL;
  gboolean                       done;

  /* A file that is there in spite of a late Stop is there. */
  g_task_set_check_cancellable (G_TASK (result), FALSE);
  done = g_task_propagate_boolean (G_TASK (result), &error);
  if (!work_over (self))
    return;

  if (done)
    {
      g_signal_emit (self, signals[SAVED], 0, job->path);
      close_dialog (self);
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_autofree char *base = g_path_get_basename (job->path);
      g_autofree char *name = g_filename_display_name (base);
      g_autofree char *title = g_strdup_printf (_("%s could not be saved"), name);

      telar_error_bar_say (self->error_bar, TELAR_FAULT_ERROR, title, error->message);
    }
}

static void
save_to (TelarExportDialog *self,
         const char        *path)
{
  if (self->settings.format != TELAR_EXPORT_RUN)
    {
      begin_work (self, path, write_in_thread, written);
      return;
    }

  /* The window writes it, and says how far it is. */
  remember (self);
  g_signal_emit (self, signals[SAVE_RUN], 0, path);
  close_dialog (self);
}

static void
replace_answered (GtkWindow *window,
                  int        answer)
{
  TelarExportDialog *self = TELAR_EXPORT_DIALOG (window);
  g_autofree char   *path = g_steal_pointer (&self->save_to);

  if (answer == 1)
    save_to (self, path);
}

/* What a name ends with says what it is, and where it says nothing, the dialog does. */
static void
chosen (GtkWidget *widget,
        GFile     *file)
{
  TelarExportDialog *self = TELAR_EXPORT_DIALOG (widget);
  g_autofree char   *path = file ? g_file_get_path (file) : NULL;
  g_autofree char   *whole = NULL;
  TelarExportFormat  format;

  if (path == NULL)
    {
      if (file)
        telar_error_bar_say (self->error_bar, TELAR_FAULT_ERROR,
                             _("Files can be saved on this computer only"), NULL);
      return;
    }

  if (telar_export_format_of (path, &format)
      && (telar_export_is_picture (format) || self->facts.has_run))
    {
      whole = g_strdup (path);
      if (format != self->settings.format)
        gtk_drop_down_set_selected (self->format, format);
      if (self->settings.format != format
          || !telar_export_is_sound (&self->settings, &self->facts))
        return;
    }
  else
    whole = g_strconcat (path, telar_export_ending (self->settings.format), NULL);

  /* It was asked whether a file may be replaced, but not of the name with an ending. */
  if (g_strcmp0 (path, whole) != 0 && g_file_test (whole, G_FILE_TEST_EXISTS))
    {
      const char *const labels[] = { _("_Cancel"), _("_Replace"), NULL };
      g_autofree char  *base = g_path_get_basename (whole);
      g_autofree char  *shown = g_filename_display_name (base);
      g_autofree char  *title = g_strdup_printf (_("Replace “%s”?"), shown);

      g_free (self->save_to);
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

  save_to (self, whole);
}

static void
save_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  TelarExportDialog    *self = TELAR_EXPORT_DIALOG (widget);
  g_autofree char      *plain = g_strdelimit (g_strdup (self->name), "/\\", '-');
  g_autofree char      *name = g_strconcat (*plain ? plain : _("Untitled"),
                                            telar_export_ending (self->settings.format), NULL);
  GtkFileChooserNative *chooser;

  chooser = gtk_file_chooser_native_new (_("Save the Export"), GTK_WINDOW (self),
                                         GTK_FILE_CHOOSER_ACTION_SAVE, _("_Save"), _("_Cancel"));
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), name);
  telar_file_dialog_show (chooser, GTK_WIDGET (self), chosen);
}

/* --- The clipboard --- */

static void
make_in_thread (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  Job    *job = data;
  GError *error = NULL;
  GBytes *bytes = telar_export_make (job->subject, &job->settings, &job->facts, CLIPBOARD_MOST,
                                     note_progress, job->done, cancellable, &error);

  if (bytes)
    g_task_return_pointer (task, bytes, (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_error (task, error);
}

/* As what it is, and where it is text, as text. */
static GdkContentProvider *
provide (TelarExportFormat  format,
         GBytes            *bytes)
{
  static const char *const types[] = { "image/png", "image/svg+xml", "application/pdf",
                                       "application/json", "text/csv" };
  GdkContentProvider *providers[2] = { gdk_content_provider_new_for_bytes (types[format], bytes) };
  gsize               n = 1;

  if (format == TELAR_EXPORT_PNG)
    {
      g_autoptr (GdkTexture) texture = gdk_texture_new_from_bytes (bytes, NULL);

      if (texture)
        providers[n++] = gdk_content_provider_new_typed (GDK_TYPE_TEXTURE, texture);
    }
  else if (format != TELAR_EXPORT_PDF)
    {
      gsize           size;
      const char     *data = g_bytes_get_data (bytes, &size);
      g_autofree char *text = g_utf8_make_valid (data, (gssize) size);

      providers[n++] = gdk_content_provider_new_typed (G_TYPE_STRING, text);
    }

  return gdk_content_provider_new_union (providers, n);
}

static void
made (GObject      *source,
      GAsyncResult *result,
      gpointer      unused)
{
  g_autoptr (TelarExportDialog)  self = g_object_ref (TELAR_EXPORT_DIALOG (source));
  Job                           *job = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError)             error = NULL;
  g_autoptr (GBytes)             bytes = g_task_propagate_pointer (G_TASK (result), &error);

  if (!work_over (self))
    return;

  if (bytes)
    {
      g_autoptr (GdkContentProvider) provider = provide (job->settings.format, bytes);

      gdk_clipboard_set_content (gtk_widget_get_clipboard (GTK_WIDGET (self)), provider);
      telar_error_bar_tell (self->error_bar,
                            telar_export_is_picture (job->settings.format)
                              ? _("The picture is on the clipboard")
                              : _("The data are on the clipboard"),
                            NULL);
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    telar_error_bar_say (self->error_bar, TELAR_FAULT_ERROR, _("It could not be copied"),
                         error->message);
}

static void
copy_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  begin_work (TELAR_EXPORT_DIALOG (widget), NULL, make_in_thread, made);
}

static void
stop_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  TelarExportDialog *self = TELAR_EXPORT_DIALOG (widget);

  if (self->working_on)
    g_cancellable_cancel (self->working_on);
}

/* Escape takes back what goes on, and then the dialog. */
static void
leave_action (GtkWidget  *widget,
              const char *action,
              GVariant   *parameter)
{
  TelarExportDialog *self = TELAR_EXPORT_DIALOG (widget);

  if (self->working_on)
    g_cancellable_cancel (self->working_on);
  else
    gtk_window_close (GTK_WINDOW (self));
}

/* --- Life --- */

/* In a larger window there is room for more of it. */
static void
resized (TelarExportDialog *self)
{
  if (self->subject && telar_export_is_sound (&self->settings, &self->facts)
      && self->made_refusal == NULL)
    telar_preview_pane_show (self->preview, self->subject, &self->settings, &self->facts);
}

/* The usual answers are there: Return goes on. */
static void
telar_export_dialog_map (GtkWidget *widget)
{
  TelarExportDialog *self = TELAR_EXPORT_DIALOG (widget);

  GTK_WIDGET_CLASS (telar_export_dialog_parent_class)->map (widget);
  gtk_widget_grab_focus (self->save);
}

static void
telar_export_dialog_dispose (GObject *object)
{
  TelarExportDialog *self = TELAR_EXPORT_DIALOG (object);

  /* A file that is being written is given up; nothing of it stays. */
  if (self->working_on)
    g_cancellable_cancel (self->working_on);
  end_work (self);
  g_clear_pointer (&self->subject, telar_export_subject_unref);

  G_OBJECT_CLASS (telar_export_dialog_parent_class)->dispose (object);
}

static void
telar_export_dialog_finalize (GObject *object)
{
  TelarExportDialog *self = TELAR_EXPORT_DIALOG (object);

  telar_export_settings_clear (&self->settings);
  g_free (self->name);
  g_free (self->save_to);
  g_free (self->made_refusal);

  G_OBJECT_CLASS (telar_export_dialog_parent_class)->finalize (object);
}

static void
telar_export_dialog_class_init (TelarExportDialogClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = telar_export_dialog_dispose;
  object_class->finalize = telar_export_dialog_finalize;
  widget_class->map = telar_export_dialog_map;

  signals[SAVED] = g_signal_new ("saved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SAVE_RUN] = g_signal_new ("save-run", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                    0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  g_type_ensure (TELAR_TYPE_ERROR_BAR);
  g_type_ensure (TELAR_TYPE_PREVIEW_PANE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/telar/Telar/ui/export-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, TelarExportDialog, error_bar);
  gtk_widget_class_bind_template_child (widget_class, TelarExportDialog, form);
  gtk_widget_class_bind_template_child (widget_class, TelarExportDialog, preview);
  gtk_widget_class_bind_template_child (widget_class, TelarExportDialog, format);
  gtk_widget_class_bind_template_child (widget_class, TelarExportDialog, content);
  gtk_widget_class_bind_template_child (widget_class, TelarExportDialog, range);
  gtk_widget_class_bind_template_child (widget_class, TelarExportDialog, width);
  gtk_widget_class_bind_template_child (widget_class, TelarExportDialog, height);
  gtk_widget_class_bind_template_child (widget_class, TelarExportDialog, unit);
  gtk_widget_class_bind_template_child (widget_class, TelarExportDialog, dpi);
  gtk_widget_class_bind_template_child (widget_class, TelarExportDialog, scale);
  gtk_widget_class_bind_template_child (widget_class, TelarExportDialog, style);
  gtk_widget_class_bind_template_child (widget_class, TelarExportDialog, title_text);
  gtk_widget_class_bind_template_child (widget_class, TelarExportDialog, title_check);
  gtk_widget_class_bind_template_child (widget_class, TelarExportDialog, legend_check);
  gtk_widget_class_bind_template_child (widget_class, TelarExportDialog, source_check);
  gtk_widget_class_bind_template_child (widget_class, TelarExportDialog, bookmarks_check);
  gtk_widget_class_bind_template_child (widget_class, TelarExportDialog, date_check);
  gtk_widget_class_bind_template_child (widget_class, TelarExportDialog, size_fault);
  gtk_widget_class_bind_template_child (widget_class, TelarExportDialog, dpi_fault);
  gtk_widget_class_bind_template_child (widget_class, TelarExportDialog, scale_fault);
  gtk_widget_class_bind_template_child (widget_class, TelarExportDialog, save);
  gtk_widget_class_bind_template_child (widget_class, TelarExportDialog, copy);
  gtk_widget_class_bind_template_child (widget_class, TelarExportDialog, cancel);
  gtk_widget_class_bind_template_child (widget_class, TelarExportDialog, stop);
  gtk_widget_class_bind_template_child (widget_class, TelarExportDialog, working);
  gtk_widget_class_bind_template_child (widget_class, TelarExportDialog, progress);
  gtk_widget_class_bind_template_callback (widget_class, changed);
  gtk_widget_class_bind_template_callback (widget_class, refused);

  gtk_widget_class_install_action (widget_class, "export.save", NULL, save_action);
  gtk_widget_class_install_action (widget_class, "export.copy", NULL, copy_action);
  gtk_widget_class_install_action (widget_class, "export.stop", NULL, stop_action);
  gtk_widget_class_install_action (widget_class, "export.leave", NULL, leave_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "export.leave", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "export.save",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c,
                                       GDK_CONTROL_MASK | GDK_SHIFT_MASK, "export.copy", NULL);
}

static void
telar_export_dialog_init (TelarExportDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  telar_export_settings_init (&self->settings);
  name_controls (self);
  /* Which follow what a person makes of its size. */
  g_signal_connect (self, "notify::default-width", G_CALLBACK (resized), NULL);
  g_signal_connect (self, "notify::default-height", G_CALLBACK (resized), NULL);
}

TelarExportDialog *
telar_export_dialog_new (GtkWindow              *parent,
                         const char             *name,
                         TelarExportSubject     *subject,
                         const TelarExportFacts *facts)
{
  TelarExportDialog *self = g_object_new (TELAR_TYPE_EXPORT_DIALOG, "transient-for", parent, NULL);
  g_autofree char   *file = settings_file ();
  g_autofree char   *remembered = NULL;

  g_return_val_if_fail (name != NULL && subject != NULL && facts != NULL, NULL);

  self->name = g_strdup (name);
  self->subject = telar_export_subject_ref (subject);
  self->facts = *facts;
  if (g_file_get_contents (file, &remembered, NULL, NULL))
    telar_export_settings_parse (&self->settings, remembered);
  telar_export_settings_fit (&self->settings, facts);
  g_free (self->settings.text);
  self->settings.text = g_strdup (name);
  show_settings (self);

  return self;
}

/* export-dialog.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include "window/export-dialog.h"

#include <glib/gi18n-lib.h>

#include "file-dialog.h"

struct _TelarExportDialog
{
  GtkWindow        parent_instance;

  /* Template. */
  GtkDropDown     *what;
  GtkDropDown     *range;
  GtkDropDown     *format;
  GtkDropDown     *style;
  GtkDropDown     *unit;
  GtkSpinButton   *width;
  GtkAdjustment   *width_adjustment;
  GtkCheckButton  *title_check;
  GtkCheckButton  *legend_check;
  GtkWidget       *save;

  /* Owned. */
  char            *name;

  gboolean         has_run;
};

/* As the dialog lists them. */
enum
{
  WHAT_BOTH,
  WHAT_TIMELINE,
  WHAT_GRAPH
};

enum
{
  ACCEPTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const struct
{
  const char *suffix;
} formats[] = { { ".png" }, { ".svg" }, { ".pdf" } };

static const struct
{
  double most;
  double usual;
} units[] = { { 16384, 1920 }, { 2000, 170 } };

G_DEFINE_FINAL_TYPE (TelarExportDialog, telar_export_dialog, GTK_TYPE_WINDOW)

static void
update (TelarExportDialog *self)
{
  gboolean timeline = gtk_drop_down_get_selected (self->what) != WHAT_GRAPH;

  gtk_widget_set_sensitive (GTK_WIDGET (self->what), self->has_run);
  gtk_widget_set_sensitive (GTK_WIDGET (self->range), timeline);
  gtk_widget_set_sensitive (GTK_WIDGET (self->legend_check), timeline);
}

static void
unit_changed (TelarExportDialog *self)
{
  guint unit = MIN (gtk_drop_down_get_selected (self->unit), G_N_ELEMENTS (units) - 1);

  gtk_adjustment_set_upper (self->width_adjustment, units[unit].most);
  gtk_adjustment_set_value (self->width_adjustment, units[unit].usual);
}

/* A name without an ending gets that of the format. */
static char *
with_suffix (TelarExportDialog *self,
             const char        *path)
{
  guint format = MIN (gtk_drop_down_get_selected (self->format), G_N_ELEMENTS (formats) - 1);

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    if (g_str_has_suffix (path, formats[i].suffix))
      return g_strdup (path);

  return g_strconcat (path, formats[format].suffix, NULL);
}

static void
chosen (GtkWidget *widget,
        GFile     *file)
{
  TelarExportDialog *self = TELAR_EXPORT_DIALOG (widget);
  g_autofree char   *path = file ? g_file_get_path (file) : NULL;
  g_autofree char   *full = NULL;
  GtkWindow         *parent;

  if (path == NULL)
    return;

  full = with_suffix (self, path);
  parent = gtk_window_get_transient_for (GTK_WINDOW (self));
  g_signal_emit (self, signals[ACCEPTED], 0, full);
  gtk_window_destroy (GTK_WINDOW (self));

  /* Two dialogs end at once: some window managers would leave the focus nowhere. */
  if (parent)
    gtk_window_present (parent);
}

static void
save_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  TelarExportDialog    *self = TELAR_EXPORT_DIALOG (widget);
  guint                 format = gtk_drop_down_get_selected (self->format);
  g_autofree char      *plain = g_strdelimit (g_strdup (self->name), "/\\", '-');
  g_autofree char      *name = NULL;
  GtkFileChooserNative *chooser;

  chooser = gtk_file_chooser_native_new (_("Save the Picture"), GTK_WINDOW (self),
                                         GTK_FILE_CHOOSER_ACTION_SAVE, _("_Save"), _("_Cancel"));
  name = g_strconcat (plain, formats[MIN (format, G_N_ELEMENTS (formats) - 1)].suffix, NULL);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), name);
  telar_file_dialog_show (chooser, GTK_WIDGET (self), chosen);
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
telar_export_dialog_finalize (GObject *object)
{
  TelarExportDialog *self = TELAR_EXPORT_DIALOG (object);

  g_free (self->name);

  G_OBJECT_CLASS (telar_export_dialog_parent_class)->finalize (object);
}

static void
telar_export_dialog_class_init (TelarExportDialogClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->finalize = telar_export_dialog_finalize;
  widget_class->map = telar_export_dialog_map;

  signals[ACCEPTED] = g_signal_new ("accepted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                    0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/telar/Telar/ui/export-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, TelarExportDialog, what);
  gtk_widget_class_bind_template_child (widget_class, TelarExportDialog, range);
  gtk_widget_class_bind_template_child (widget_class, TelarExportDialog, format);
  gtk_widget_class_bind_template_child (widget_class, TelarExportDialog, style);
  gtk_widget_class_bind_template_child (widget_class, TelarExportDialog, unit);
  gtk_widget_class_bind_template_child (widget_class, TelarExportDialog, width);
  gtk_widget_class_bind_template_child (widget_class, TelarExportDialog, width_adjustment);
  gtk_widget_class_bind_template_child (widget_class, TelarExportDialog, title_check);
  gtk_widget_class_bind_template_child (widget_class, TelarExportDialog, legend_check);
  gtk_widget_class_bind_template_child (widget_class, TelarExportDialog, save);
  gtk_widget_class_bind_template_callback (widget_class, update);
  gtk_widget_class_bind_template_callback (widget_class, unit_changed);

  gtk_widget_class_install_action (widget_class, "export.save", NULL, save_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
telar_export_dialog_init (TelarExportDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

TelarExportDialog *
telar_export_dialog_new (GtkWindow  *parent,
                         const char *name,
                         gboolean    has_run)
{
  TelarExportDialog *self = g_object_new (TELAR_TYPE_EXPORT_DIALOG, "transient-for", parent, NULL);

  self->name = g_strdup (name);
  self->has_run = has_run;
  gtk_drop_down_set_selected (self->what, has_run ? WHAT_BOTH : WHAT_GRAPH);
  update (self);

  return self;
}

void
telar_export_dialog_get_options (TelarExportDialog  *self,
                                 gint64              begin,
                                 gint64              end,
                                 TelarExportOptions *options)
{
  guint what;

  g_return_if_fail (TELAR_IS_EXPORT_DIALOG (self));
  g_return_if_fail (options != NULL);

  telar_export_options_init (options);

  what = gtk_drop_down_get_selected (self->what);
  options->cores = options->tasks = what != WHAT_GRAPH;
  options->graph = what != WHAT_TIMELINE;
  if (gtk_drop_down_get_selected (self->range) == 1)
    {
      options->begin = begin;
      options->end = end;
    }
  options->style = (TelarStyle) gtk_drop_down_get_selected (self->style);
  options->millimetres = gtk_drop_down_get_selected (self->unit) == 1;
  options->width = gtk_spin_button_get_value (self->width);
  options->title = gtk_check_button_get_active (self->title_check);
  options->legend = gtk_check_button_get_active (self->legend_check);
  options->name = self->name;
}

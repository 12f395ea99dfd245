/* window-compare.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Two runs under each other on one time scale: A is the one that is shown, B one
 * of the session or of a file. What is selected is the same task in both.
 */

#include "config.h"

#include "window/window-private.h"

#include <glib/gi18n-lib.h>

#include "file-dialog.h"
#include "window/run-difference.h"

/* --- What is selected --- */

/* The task of the same name, or none. */
static guint32
find_task (const TelarTimeline *timeline,
           const char          *id)
{
  for (guint32 i = 0; i < timeline->tasks->len; i++)
    if (g_str_equal (telar_timeline_task (timeline, i)->id, id))
      return i;

  return TELAR_NO_TASK;
}

static void
select_the_same (TelarTimelineView *from,
                 TelarTimelineView *to)
{
  const TelarTimeline *timeline = telar_timeline_view_get_timeline (from);
  const TelarTimeline *other = telar_timeline_view_get_timeline (to);
  guint32              selected, same = TELAR_NO_TASK;

  if (timeline == NULL || other == NULL)
    return;

  g_object_get (from, "selected", &selected, NULL);
  if (selected < timeline->tasks->len)
    same = find_task (other, telar_timeline_task (timeline, selected)->id);
  /* What only one of them has stays selected there alone. */
  if (same != TELAR_NO_TASK || selected == TELAR_NO_TASK)
    g_object_set (to, "selected", same, NULL);
}

static void
selected_above (TelarWindow *self)
{
  if (self->compared)
    select_the_same (self->timeline_view, self->compare_view);
}

static void
selected_below (TelarWindow *self)
{
  if (self->compared)
    select_the_same (self->compare_view, self->timeline_view);
}

/* --- Beginning and end --- */

static void
set_title (GtkLabel     *label,
           const char   *letter,
           TelarKeptRun *run)
{
  g_autofree char *words = telar_kept_run_words (run);
  g_autofree char *title = g_strdup_printf ("%s · %s", letter, words);

  gtk_label_set_label (label, title);
  gtk_widget_set_tooltip_text (GTK_WIDGET (label), words);
}

void
telar_window_compare_update (TelarWindow *self)
{
  g_autofree char *words = NULL;

  if (self->compared == NULL)
    return;
  /* A run that was refused has nothing to be compared. */
  if (self->shown == NULL || self->shown->refused)
    {
      telar_window_compare_end (self);
      return;
    }

  words = telar_run_difference_words (self->shown->timeline, self->compared->timeline);
  gtk_label_set_label (self->compare_words, words);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->compare_words), words);
  set_title (self->compare_above, "A", self->shown);
  set_title (self->compare_below, "B", self->compared);

  if (telar_timeline_view_get_timeline (self->compare_view) != self->compared->timeline)
    {
      telar_timeline_view_set_machine (self->compare_view,
                                       telar_window_get_machine_of (self, self->compared));
      telar_timeline_view_set_timeline (self->compare_view, self->compared->timeline);
      selected_above (self);
    }
}

static void
show_both (TelarWindow *self,
           gboolean     both)
{
  gtk_widget_set_visible (self->compare_bar, both);
  gtk_widget_set_visible (self->compare_lower, both);
  if (both)
    telar_timeline_view_link (self->timeline_view, self->compare_view);
  else
    telar_timeline_view_unlink (self->timeline_view);
}

void
telar_window_compare (TelarWindow  *self,
                      TelarKeptRun *run)
{
  if (self->shown == NULL || run == self->shown || run->refused)
    return;

  if (run != self->guest)
    telar_window_drop_guest (self);
  self->compared = run;
  telar_window_compare_update (self);
  show_both (self, TRUE);
  telar_timeline_view_fit (self->timeline_view);
  telar_window_split_panes (self);
  telar_window_update (self);
}

gboolean
telar_window_compare_end (TelarWindow *self)
{
  gboolean had_focus;

  if (self->compared == NULL)
    return FALSE;

  had_focus = gtk_widget_get_focus_child (self->compare_lower) != NULL
              || gtk_widget_get_focus_child (self->compare_bar) != NULL;
  if (had_focus)
    gtk_widget_grab_focus (GTK_WIDGET (self->timeline_view));
  self->compared = NULL;
  show_both (self, FALSE);
  telar_timeline_view_set_timeline (self->compare_view, NULL);
  telar_timeline_view_set_machine (self->compare_view, NULL);
  telar_window_drop_guest (self);
  if (self->shown)
    {
      telar_timeline_view_fit (self->timeline_view);
      telar_window_split_panes (self);
      telar_window_update (self);
    }

  return TRUE;
}

/* --- From a file --- */

static gpointer
open_in_thread (gpointer           path,
                const TelarWatch  *watch,
                GError           **error)
{
  return telar_kept_run_open (path, watch, error);
}

static void
opened (TelarWindow  *self,
        gpointer      result,
        gpointer      path,
        const GError *error)
{
  g_autoptr (TelarKeptRun) run = result;

  if (run == NULL)
    {
      g_autofree char *base = g_path_get_basename (path);
      g_autofree char *name = g_filename_display_name (base);
      g_autofree char *title = g_strdup_printf (_("%s cannot be opened"), name);

      telar_error_bar_say (self->error_bar, TELAR_FAULT_ERROR, title, error->message);
      return;
    }

  /* The window has another graph by now. */
  if (self->shown == NULL)
    return;

  /* Not while it may still be shown. */
  self->compared = NULL;
  telar_window_drop_guest (self);
  self->guest = g_steal_pointer (&run);
  telar_error_bar_dismiss (self->error_bar);
  telar_window_compare (self, self->guest);
}

static void
file_chosen (GtkWidget *window,
             GFile     *file)
{
  TelarWindow     *self = TELAR_WINDOW (window);
  g_autofree char *path = file ? g_file_get_path (file) : NULL;
  g_autofree char *base = NULL;
  g_autofree char *name = NULL;
  g_autofree char *title = NULL;

  if (file && path == NULL)
    telar_error_bar_say (self->error_bar, TELAR_FAULT_ERROR, _("The run cannot be compared"),
                         _("A run can be opened from this computer only."));
  if (path == NULL)
    return;

  base = g_path_get_basename (path);
  name = g_filename_display_name (base);
  title = g_strdup_printf (_("Opening “%s”…"), name);
  telar_window_begin_work (self, title, &(TelarWork) {
    .func = open_in_thread,
    .over = opened,
    .data = g_steal_pointer (&path),
    .data_free = g_free,
    .result_free = (GDestroyNotify) telar_kept_run_free,
  });
}

static void
choose_file (TelarWindow *self)
{
  GtkFileChooserNative *dialog;
  GtkFileFilter        *filter;

  telar_window_present_leave (self);
  dialog = gtk_file_chooser_native_new (_("Compare with a Run"), GTK_WINDOW (self),
                                        GTK_FILE_CHOOSER_ACTION_OPEN, _("_Compare"),
                                        _("_Cancel"));
  filter = gtk_file_filter_new ();
  gtk_file_filter_set_name (filter, _("Telar runs"));
  gtk_file_filter_add_pattern (filter, "*.telar-run");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), filter);
  g_object_unref (filter);
  telar_window_start_in_folder (self, GTK_FILE_CHOOSER (dialog));
  telar_file_dialog_show (dialog, GTK_WIDGET (self), file_chosen);
}

/* --- Actions --- */

/* With the last one before it that was run; where there is none, with the next. */
static void
compare_with_before (TelarWindow *self)
{
  int           shown = telar_window_get_shown_run (self);
  TelarKeptRun *found = NULL;

  for (int i = 0; i < (int) self->kept->len; i++)
    {
      TelarKeptRun *run = g_ptr_array_index (self->kept, (guint) i);

      if (run != self->shown && !run->refused && (i < shown || found == NULL))
        found = run;
    }

  if (found)
    telar_window_compare (self, found);
}

static void
compare_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  TelarWindow *self = TELAR_WINDOW (widget);
  guint        number;

  if (g_str_equal (name, "win.compare-file"))
    {
      choose_file (self);
    }
  else if (g_str_equal (name, "win.compare-run"))
    {
      number = (guint) g_variant_get_int32 (parameter);
      if (number < self->kept->len)
        telar_window_compare (self, g_ptr_array_index (self->kept, number));
    }
  else if (!telar_window_compare_end (self) && g_str_equal (name, "win.compare"))
    {
      compare_with_before (self);
    }
}

/* After whatever has the focus had its own use for the key. */
static gboolean
escape_key (GtkWidget *widget,
            GVariant  *parameter,
            gpointer   unused)
{
  TelarWindow *self = TELAR_WINDOW (widget);

  return !telar_window_is_choosing (self) && telar_window_compare_end (self);
}

void
telar_window_compare_init (TelarWindow *self)
{
  g_signal_connect_object (self->timeline_view, "notify::selected", G_CALLBACK (selected_above),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->compare_view, "notify::selected", G_CALLBACK (selected_below),
                           self, G_CONNECT_SWAPPED);
}

void
telar_window_compare_class_init (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.compare", NULL, compare_action);
  gtk_widget_class_install_action (widget_class, "win.compare-run", "i", compare_action);
  gtk_widget_class_install_action (widget_class, "win.compare-file", NULL, compare_action);
  gtk_widget_class_install_action (widget_class, "win.compare-end", NULL, compare_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK | GDK_ALT_MASK,
                                       "win.compare", NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, escape_key, NULL);
}

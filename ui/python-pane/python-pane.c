/* python-pane.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include "python-pane/python-pane.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "file-dialog.h"
#include "python-pane/python-pane-model.h"
#include "python-pane/python-text.h"

/* After a change others follow: a drag of a spin button, a group. */
#define WRITE_AFTER_MS   50
#define LIGHT_EVERY_US   (50 * 1000)
#define FEEDBACK_MS      1500

struct _TelarPythonPane
{
  GtkWidget         parent_instance;

  /* Template. */
  GtkWidget        *whole;
  GtkButton        *copy;
  GtkButton        *save;
  GtkWidget        *fault;
  GtkLabel         *fault_label;
  GtkWidget        *failure;
  GtkLabel         *failure_label;
  GtkStack         *stack;
  TelarPythonText  *text;
  GtkLabel         *notes;

  /* Owned. */
  TelarSelection   *selection; /* nullable */
  TelarTimeline    *timeline;  /* nullable */
  TelarGraph       *run;       /* nullable: what the timeline's run runs */
  TelarPythonPage  *page;      /* nullable: the last sound program */
  guint32          *match;     /* nullable: of the timeline's plan to the page */

  /* State. */
  guint             write;     /* source: soon the program is written */
  gboolean          writing;   /* in another thread, just now */
  guint             wanted;    /* rises with every change: what is written of older ones is late */
  gboolean          reveal;    /* of what was selected no line has been shown yet */
  gboolean          reveal_lit; /* of the run no line has been shown yet */
  gboolean          live;
  guint             tick;
  gint64            lit_at;    /* monotonic µs */
  guint64           lit_generation;
  guint             feedback;  /* source */
};

G_DEFINE_FINAL_TYPE (TelarPythonPane, telar_python_pane, GTK_TYPE_WIDGET)

static TelarDocument *
get_document (TelarPythonPane *self)
{
  return self->selection != NULL ? telar_selection_get_document (self->selection) : NULL;
}

static gboolean
is_empty (TelarPythonPane *self)
{
  TelarDocument *document = get_document (self);

  return document == NULL || !telar_python_has_program (telar_document_get_graph (document));
}

/* --- Which lines --- */

static void
update_selected (TelarPythonPane *self)
{
  g_auto (GStrv)      ids = NULL;
  g_autoptr (GArray)  lines = NULL;

  if (self->selection != NULL && self->page != NULL)
    {
      ids = telar_selection_get_ids (self->selection);
      lines = telar_python_page_lines_of (self->page, (const char *const *) ids);
    }
  telar_python_text_set_lines (self->text, TELAR_PYTHON_SELECTED, lines);

  if (self->reveal && lines != NULL && lines->len > 0)
    {
      self->reveal = FALSE;
      telar_python_text_reveal (self->text, TELAR_PYTHON_SELECTED);
    }
}

static void
update_lit (TelarPythonPane *self)
{
  g_autoptr (GArray) lines = NULL;

  if (self->live && self->timeline != NULL && self->run != NULL && self->page != NULL)
    {
      if (self->match == NULL)
        self->match = telar_python_page_match (self->page, self->run, self->timeline->plan);
      lines = telar_python_page_lit (self->page, self->timeline, self->match);
      self->lit_generation = self->timeline->generation;
    }
  telar_python_text_set_lines (self->text, TELAR_PYTHON_LIT, lines);

  /* Once a run: after that the reader decides what is looked at. */
  if (self->reveal_lit && lines != NULL && lines->len > 0)
    {
      self->reveal_lit = FALSE;
      telar_python_text_reveal (self->text, TELAR_PYTHON_LIT);
    }
}

static gboolean
tick (GtkWidget     *widget,
      GdkFrameClock *clock,
      gpointer       unused)
{
  TelarPythonPane *self = TELAR_PYTHON_PANE (widget);
  gint64           now = gdk_frame_clock_get_frame_time (clock);

  if (self->timeline == NULL || self->lit_generation == self->timeline->generation
      || now - self->lit_at < LIGHT_EVERY_US)
    return G_SOURCE_CONTINUE;

  self->lit_at = now;
  update_lit (self);

  return G_SOURCE_CONTINUE;
}

static void
selection_changed (TelarPythonPane *self)
{
  self->reveal = TRUE;
  update_selected (self);
}

static void
line_chosen (TelarPythonPane *self,
             guint            line)
{
  const char *id = self->page != NULL ? telar_python_page_task_at (self->page, line) : NULL;

  /* One that is gone since the page was written is ignored there. */
  if (id != NULL && self->selection != NULL
      && telar_document_find (get_document (self), id) != NULL)
    telar_selection_set_one (self->selection, id);
}

/* --- Writing --- */

static void
say_fault (TelarPythonPane *self,
           const char      *fault)
{
  g_autofree char *text = NULL;

  gtk_widget_set_visible (self->fault, fault != NULL);
  if (fault != NULL)
    {
      gtk_widget_add_css_class (GTK_WIDGET (self->text), "stale");
      text = g_strdup_printf (_("The program is shown when the graph has no errors: %s"), fault);
      gtk_label_set_label (self->fault_label, text);
    }
  else
    {
      gtk_widget_remove_css_class (GTK_WIDGET (self->text), "stale");
    }
}

static void
show_notes (TelarPythonPane *self)
{
  g_autoptr (GString) text = g_string_new (NULL);
  const GPtrArray    *notes = self->page != NULL ? self->page->python->notes : NULL;

  for (guint i = 0; notes != NULL && i < notes->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "",
                            (const char *) g_ptr_array_index (notes, i));
  gtk_label_set_label (self->notes, text->str);
  gtk_widget_set_visible (GTK_WIDGET (self->notes), text->len > 0);
}

/* @page: (transfer full) (nullable): none is an empty graph */
static void
show_page (TelarPythonPane *self,
           TelarPythonPage *page)
{
  g_autoptr (TelarPythonPage) shown = page;

  say_fault (self, page != NULL ? page->fault : NULL);
  if (page == NULL || page->fault == NULL)
    {
      gboolean           some = page != NULL && page->python != NULL;
      g_autoptr (GArray) none = g_array_new (FALSE, FALSE, 1);

      g_clear_pointer (&self->match, g_free);
      g_clear_pointer (&self->page, telar_python_page_free);
      self->page = some ? g_steal_pointer (&shown) : NULL;
      telar_python_text_set_program (self->text, some ? page->python->text : "",
                                     some ? page->spans : none);
      show_notes (self);
    }

  gtk_stack_set_visible_child_name (self->stack, is_empty (self) ? "empty" : "program");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "python.copy", self->page != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "python.save", self->page != NULL);
  update_selected (self);
  update_lit (self);
}

static void
write_run (GTask        *task,
           gpointer      source,
           gpointer      data,
           GCancellable *cancellable)
{
  g_task_return_pointer (task, telar_python_page_new (data),
                         (GDestroyNotify) telar_python_page_free);
}

static void write_soon (TelarPythonPane *self, guint after);

static void
write_done (GObject      *source,
            GAsyncResult *result,
            gpointer      wanted)
{
  TelarPythonPane             *self = TELAR_PYTHON_PANE (source);
  g_autoptr (TelarPythonPage)  page = g_task_propagate_pointer (G_TASK (result), NULL);

  self->writing = FALSE;
  if (self->whole == NULL)
    return;

  /* Of an older graph: the next one is written at once. */
  if (GPOINTER_TO_UINT (wanted) != self->wanted)
    write_soon (self, 0);
  else
    show_page (self, g_steal_pointer (&page));
}

static gboolean
write_now (gpointer data)
{
  TelarPythonPane   *self = data;
  g_autoptr (GTask)  task = NULL;

  self->write = 0;
  if (is_empty (self))
    {
      show_page (self, NULL);
      return G_SOURCE_REMOVE;
    }
  /* What is being written is late then, and asks for this again. */
  if (self->writing)
    return G_SOURCE_REMOVE;

  self->writing = TRUE;
  task = g_task_new (self, NULL, write_done, GUINT_TO_POINTER (self->wanted));
  g_task_set_task_data (task, telar_document_snapshot (get_document (self)),
                        (GDestroyNotify) telar_graph_unref);
  g_task_run_in_thread (task, write_run);

  return G_SOURCE_REMOVE;
}

static void
write_soon (TelarPythonPane *self,
            guint            after)
{
  if (self->write == 0)
    self->write = g_timeout_add (after, write_now, self);
}

static void
document_changed (TelarPythonPane   *self,
                  const TelarChange *change)
{
  if (!change->all && (change->what & ~(guint) TELAR_CHANGED_POSITIONS) == 0)
    return;

  self->wanted++;
  write_soon (self, WRITE_AFTER_MS);
}

/* --- Copying and saving --- */

static gboolean
feedback_over (gpointer data)
{
  TelarPythonPane *self = data;

  self->feedback = 0;
  gtk_button_set_label (self->copy, _("Copy"));
  gtk_button_set_label (self->save, _("Save…"));

  return G_SOURCE_REMOVE;
}

/* A button says for a while that it did what it is for. */
static void
give_feedback (TelarPythonPane *self,
               GtkButton       *button,
               const char      *text)
{
  if (self->feedback > 0)
    {
      g_source_remove (self->feedback);
      feedback_over (self);
    }
  gtk_button_set_label (button, text);
  self->feedback = g_timeout_add (FEEDBACK_MS, feedback_over, self);
}

static void
copy_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  TelarPythonPane *self = TELAR_PYTHON_PANE (widget);

  if (self->page == NULL)
    return;

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), self->page->python->text);
  give_feedback (self, self->copy, _("Copied"));
}

static void
hide_failure (TelarPythonPane *self)
{
  gtk_widget_set_visible (self->failure, FALSE);
}

static void
saved (GObject      *source,
       GAsyncResult *result,
       gpointer      data)
{
  g_autoptr (TelarPythonPane) self = data;
  g_autoptr (GError)          error = NULL;
  g_autofree char            *base = NULL;
  g_autofree char            *name = NULL;
  g_autofree char            *text = NULL;
  gboolean                    done;

  done = g_file_replace_contents_finish (G_FILE (source), result, NULL, &error);
  if (self->whole == NULL)
    return;
  if (done)
    {
      give_feedback (self, self->save, _("Saved"));
      return;
    }

  base = g_file_get_basename (G_FILE (source));
  name = g_filename_display_name (base);
  text = g_strdup_printf (_("%s could not be saved: %s; choose another name or folder"), name,
                          error->message);
  gtk_label_set_label (self->failure_label, text);
  gtk_widget_set_visible (self->failure, TRUE);
}

static void
chosen (GtkWidget *widget,
        GFile     *file)
{
  TelarPythonPane   *self = TELAR_PYTHON_PANE (widget);
  g_autoptr (GBytes) bytes = NULL;

  if (file == NULL || self->page == NULL)
    return;

  bytes = g_bytes_new (self->page->python->text, strlen (self->page->python->text));
  hide_failure (self);
  /* Beside the old file, then in its place: that one is whole until then. */
  g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE, G_FILE_CREATE_NONE, NULL,
                                       saved, g_object_ref (self));
}

/* "greeting.py", after the graph's file or name. */
static char *
suggest_name (TelarDocument *document)
{
  GFile           *file = telar_document_get_file (document);
  g_autofree char *base = file != NULL ? g_file_get_basename (file) : NULL;
  g_autofree char *name = base != NULL ? g_filename_display_name (base)
                                       : g_strdup (telar_document_get_title (document));

  if (file != NULL && g_str_has_suffix (name, ".telar"))
    name[strlen (name) - strlen (".telar")] = '\0';
  g_strdelimit (name, "/", '-');

  return g_strconcat (name, ".py", NULL);
}

static void
save_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  TelarPythonPane      *self = TELAR_PYTHON_PANE (widget);
  TelarDocument        *document = get_document (self);
  GtkRoot              *root = gtk_widget_get_root (widget);
  GtkFileChooserNative *chooser;
  g_autofree char      *suggestion = NULL;
  g_autoptr (GFile)     folder = NULL;

  if (self->page == NULL || document == NULL)
    return;

  chooser = gtk_file_chooser_native_new (_("Save the Python Program"),
                                         GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                         GTK_FILE_CHOOSER_ACTION_SAVE, _("_Save"), _("_Cancel"));
  suggestion = suggest_name (document);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), suggestion);
  if (telar_document_get_file (document) != NULL)
    folder = g_file_get_parent (telar_document_get_file (document));
  if (folder != NULL)
    gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (chooser), folder, NULL);
  telar_file_dialog_show (chooser, widget, chosen);
}

/* --- Object --- */

static void
forget_selection (TelarPythonPane *self)
{
  if (self->selection == NULL)
    return;

  g_signal_handlers_disconnect_by_data (get_document (self), self);
  g_signal_handlers_disconnect_by_data (self->selection, self);
  g_clear_object (&self->selection);
}

static void
telar_python_pane_dispose (GObject *object)
{
  TelarPythonPane *self = TELAR_PYTHON_PANE (object);

  if (self->tick > 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick);
  self->tick = 0;
  g_clear_handle_id (&self->write, g_source_remove);
  g_clear_handle_id (&self->feedback, g_source_remove);
  forget_selection (self);
  g_clear_pointer (&self->whole, gtk_widget_unparent);

  G_OBJECT_CLASS (telar_python_pane_parent_class)->dispose (object);
}

static void
telar_python_pane_finalize (GObject *object)
{
  TelarPythonPane *self = TELAR_PYTHON_PANE (object);

  g_clear_pointer (&self->timeline, telar_timeline_unref);
  g_clear_pointer (&self->run, telar_graph_unref);
  g_clear_pointer (&self->page, telar_python_page_free);
  g_free (self->match);

  G_OBJECT_CLASS (telar_python_pane_parent_class)->finalize (object);
}

static void
telar_python_pane_class_init (TelarPythonPaneClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (TELAR_TYPE_PYTHON_TEXT);

  object_class->dispose = telar_python_pane_dispose;
  object_class->finalize = telar_python_pane_finalize;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/telar/Telar/ui/python-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, TelarPythonPane, whole);
  gtk_widget_class_bind_template_child (widget_class, TelarPythonPane, copy);
  gtk_widget_class_bind_template_child (widget_class, TelarPythonPane, save);
  gtk_widget_class_bind_template_child (widget_class, TelarPythonPane, fault);
  gtk_widget_class_bind_template_child (widget_class, TelarPythonPane, fault_label);
  gtk_widget_class_bind_template_child (widget_class, TelarPythonPane, failure);
  gtk_widget_class_bind_template_child (widget_class, TelarPythonPane, failure_label);
  gtk_widget_class_bind_template_child (widget_class, TelarPythonPane, stack);
  gtk_widget_class_bind_template_child (widget_class, TelarPythonPane, text);
  gtk_widget_class_bind_template_child (widget_class, TelarPythonPane, notes);
  gtk_widget_class_bind_template_callback (widget_class, line_chosen);
  gtk_widget_class_bind_template_callback (widget_class, hide_failure);

  gtk_widget_class_install_action (widget_class, "python.copy", NULL, copy_action);
  gtk_widget_class_install_action (widget_class, "python.save", NULL, save_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK | GDK_SHIFT_MASK,
                                       "python.copy", NULL);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "pythonpane");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
telar_python_pane_init (TelarPythonPane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  show_page (self, NULL);
}

/* --- Public --- */

void
telar_python_pane_set_selection (TelarPythonPane *self,
                                 TelarSelection  *selection)
{
  g_return_if_fail (TELAR_IS_PYTHON_PANE (self));
  g_return_if_fail (selection == NULL || TELAR_IS_SELECTION (selection));

  if (self->selection == selection)
    return;

  forget_selection (self);
  self->wanted++;
  self->reveal = TRUE;
  g_clear_handle_id (&self->write, g_source_remove);
  g_set_object (&self->selection, selection);
  show_page (self, NULL);
  if (selection == NULL)
    return;

  g_signal_connect_object (selection, "changed", G_CALLBACK (selection_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (get_document (self), "changed", G_CALLBACK (document_changed), self,
                           G_CONNECT_SWAPPED);
  write_now (self);
}

void
telar_python_pane_set_timeline (TelarPythonPane *self,
                                TelarTimeline   *timeline,
                                TelarGraph      *graph)
{
  g_return_if_fail (TELAR_IS_PYTHON_PANE (self));
  g_return_if_fail (timeline == NULL || graph != NULL);

  if (self->timeline == timeline && self->run == graph)
    return;

  g_clear_pointer (&self->match, g_free);
  g_clear_pointer (&self->timeline, telar_timeline_unref);
  g_clear_pointer (&self->run, telar_graph_unref);
  self->timeline = timeline != NULL ? telar_timeline_ref (timeline) : NULL;
  self->run = graph != NULL ? telar_graph_ref (graph) : NULL;
  self->reveal_lit = self->live;
  update_lit (self);
}

void
telar_python_pane_set_live (TelarPythonPane *self,
                            gboolean         live)
{
  g_return_if_fail (TELAR_IS_PYTHON_PANE (self));

  live = !!live;
  if (self->live == live)
    return;

  self->live = live;
  self->reveal_lit = live;
  update_lit (self);
  if (live)
    {
      self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), tick, NULL, NULL);
    }
  else
    {
      gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick);
      self->tick = 0;
    }
}

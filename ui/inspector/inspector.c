/* inspector.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include "inspector/inspector.h"

#include <glib/gi18n-lib.h>

#include "edit/operations.h"
#include "inspector/field.h"
#include "inspector/inspector-facts.h"
#include "inspector/inspector-graph.h"
#include "inspector/inspector-object.h"
#include "inspector/inspector-task.h"

#define FAULTS_SHOWN 8
#define SMALL        500 /* tasks; a check of as many is not felt */
#define PAUSE_MS     250 /* in typing, after which a larger graph is checked */

struct _TelarInspector
{
  GtkWidget            parent_instance;

  /* Template. */
  GtkWidget           *scrolled;
  GtkWidget           *read_only_bar;
  GtkLabel            *read_only_label;
  GtkLabel            *heading;
  GtkLabel            *subheading;
  GtkListBox          *faults;
  GtkWidget           *more_faults;
  GtkWidget           *pages;
  TelarInspectorTask  *task_page;
  TelarInspectorGraph *graph_page;
  TelarInspectorObject *object_page;

  /* Owned. */
  TelarSelection      *selection;   /* nullable */
  char               **ids;         /* nullable: what is shown */
  char                *object;      /* nullable: the object that is shown, where no task is */

  guint                check;       /* source: looks for faults soon */
  gboolean             has_faults;
  gboolean             stale;       /* not shown since the last change: nobody looks */
};

G_DEFINE_FINAL_TYPE (TelarInspector, telar_inspector, GTK_TYPE_WIDGET)

static TelarDocument *
document_of (TelarInspector *self)
{
  return self->selection ? telar_selection_get_document (self->selection) : NULL;
}

/* --- Faults --- */

static void
fault_row_free (gpointer row)
{
  g_free (row);
}

static void
add_fault_row (TelarInspector   *self,
               const TelarFault *fault,
               gboolean          with_task)
{
  GtkWidget       *row = gtk_list_box_row_new ();
  GtkWidget       *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget       *label = gtk_label_new (NULL);
  gboolean         warning = fault->level == TELAR_FAULT_WARNING;
  GtkWidget       *icon = gtk_image_new_from_icon_name (warning ? "dialog-warning-symbolic"
                                                                : "dialog-error-symbolic");
  g_autofree char *sentence = telar_fault_sentence (fault);
  g_autofree char *text = with_task && fault->task ? g_strdup_printf ("%s: %s", fault->task,
                                                                      sentence)
                                                   : g_strdup (sentence);

  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_label_set_label (GTK_LABEL (label), text);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), label);
  gtk_widget_add_css_class (box, "fault");
  if (warning)
    gtk_widget_add_css_class (box, "warning");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  g_object_set_data_full (G_OBJECT (row), "task", g_strdup (fault->task), fault_row_free);
  g_object_set_data_full (G_OBJECT (row), "below", g_strdup (telar_fault_below (fault)),
                          fault_row_free);
  gtk_list_box_append (self->faults, row);
}

/* What is wrong with what is shown. Returns: (transfer container). */
static GPtrArray *
find_faults (TelarInspector *self)
{
  GPtrArray                *all = telar_document_get_faults (document_of (self));
  g_autoptr (GHashTable)    shown = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray                *found = g_ptr_array_new ();

  for (guint i = 0; self->ids[i]; i++)
    g_hash_table_add (shown, self->ids[i]);
  for (guint i = 0; i < all->len; i++)
    {
      TelarFault *fault = g_ptr_array_index (all, i);

      /* nothing selected is everything */
      if (self->ids[0] == NULL || (fault->task && g_hash_table_contains (shown, fault->task)))
        g_ptr_array_add (found, fault);
    }

  return found;
}

/* What the field with the keyboard focus says itself is not listed as well: the
 * form would jump away below the cursor. Returns: (nullable) (transfer full). */
static char *
said_at_focus (TelarInspector *self)
{
  GtkRoot   *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root ? gtk_root_get_focus (root) : NULL;
  GtkWidget *field = focus && gtk_widget_is_ancestor (focus, self->pages)
                       ? gtk_widget_get_ancestor (focus, TELAR_TYPE_FIELD) : NULL;

  return field ? g_strdup (telar_field_get_fault (TELAR_FIELD (field))) : NULL;
}

static void
list_faults (TelarInspector *self,
             GPtrArray      *faults,
             gboolean        with_task)
{
  g_autofree char *said = said_at_focus (self);
  g_autofree char *text = NULL;
  GtkListBoxRow   *row;
  guint            listed = 0, more = 0;

  while ((row = gtk_list_box_get_row_at_index (self->faults, 0)))
    gtk_list_box_remove (self->faults, GTK_WIDGET (row));
  for (guint i = 0; i < faults->len; i++)
    {
      g_autofree char *sentence = said ? telar_fault_sentence (g_ptr_array_index (faults, i))
                                       : NULL;

      if (said && g_str_equal (sentence, said))
        continue;
      if (listed < FAULTS_SHOWN)
        {
          add_fault_row (self, g_ptr_array_index (faults, i), with_task);
          listed++;
        }
      else
        more++;
    }

  gtk_widget_set_visible (GTK_WIDGET (self->faults), listed > 0);
  text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "and %u more", "and %u more", more), more);
  gtk_label_set_label (GTK_LABEL (self->more_faults), text);
  gtk_widget_set_visible (self->more_faults, more > 0);
}

static void
show_faults (gpointer data)
{
  TelarInspector        *self = data;
  g_autoptr (GPtrArray)  faults = NULL;
  g_autoptr (GPtrArray)  own = NULL;
  gboolean               one;

  /* Of another document by now, or none. */
  if (self->ids == NULL || document_of (self) == NULL
      || !telar_document_has_faults (document_of (self)))
    return;

  faults = find_faults (self);
  one = self->ids[0] && self->ids[1] == NULL;
  if (self->ids[0])
    telar_inspector_task_set_faults (self->task_page, one ? faults : NULL);
  else
    {
      own = telar_document_get_faults_of (document_of (self), NULL);
      telar_inspector_graph_set_faults (self->graph_page, own);
    }
  list_faults (self, faults, !one);
  self->has_faults = faults->len > 0;
}

static gboolean
check_now (gpointer data)
{
  TelarInspector *self = data;

  self->check = 0;
  if (self->ids && document_of (self))
    telar_document_find_faults (document_of (self), self, show_faults);

  return G_SOURCE_REMOVE;
}

static void
check_soon (TelarInspector *self)
{
  const TelarGraph *graph = telar_document_get_graph (document_of (self));
  gboolean          small = graph->tasks->len <= SMALL;

  g_clear_handle_id (&self->check, g_source_remove);
  self->check = small ? g_idle_add (check_now, self) : g_timeout_add (PAUSE_MS, check_now, self);
}

static void
go_to (TelarInspector *self,
       const char     *below)
{
  TelarPlaceIn place = telar_inspector_place (below);

  if (self->ids && self->ids[0])
    telar_inspector_task_focus (self->task_page, &place);
  else
    telar_inspector_graph_focus (self->graph_page, &place);
}

static void
fault_activated (TelarInspector *self,
                 GtkListBoxRow  *row)
{
  g_autofree char *task = g_strdup (g_object_get_data (G_OBJECT (row), "task"));
  g_autofree char *below = g_strdup (g_object_get_data (G_OBJECT (row), "below"));

  if (task)
    telar_selection_set_one (self->selection, task);
  go_to (self, below);
}

/* --- Following --- */

static const char *
kind_of (const TelarInspectorFacts *facts)
{
  if (facts->has_main && facts->n == 1)
    return _("the main process");
  if (facts->has_main || facts->kind_mixed)
    return facts->n > 1 ? _("Fields change all of them") : "";

  switch (facts->kind)
    {
    case TELAR_KIND_PROCESS:
      return facts->n > 1 ? _("processes; fields change all of them") : _("process");
    case TELAR_KIND_THREAD:
      return facts->n > 1 ? _("threads; fields change all of them") : _("thread");
    case TELAR_KIND_CALL:
      return facts->n > 1 ? _("plain calls; fields change all of them") : _("plain call");
    }

  return "";
}

static void
show_heading (TelarInspector *self)
{
  g_autoptr (GPtrArray) tasks = g_ptr_array_new ();
  TelarInspectorFacts   facts;
  g_autofree char      *heading = NULL;

  if (self->object)
    {
      const TelarObject *object = telar_document_find_object (document_of (self), self->object);

      gtk_label_set_label (self->heading, self->object);
      gtk_label_set_label (self->subheading, object ? _(telar_object_type_title (object->type)) : "");
      return;
    }
  if (self->ids[0] == NULL)
    {
      gtk_label_set_label (self->heading, _("The graph"));
      gtk_label_set_label (self->subheading, _("Select a task to see what it does"));
      return;
    }

  for (guint i = 0; self->ids[i]; i++)
    g_ptr_array_add (tasks, (gpointer) telar_document_find (document_of (self), self->ids[i]));
  telar_inspector_facts (tasks, &facts);
  heading = telar_inspector_heading (&facts, self->ids[0]);
  gtk_label_set_label (self->heading, heading);
  gtk_label_set_label (self->subheading, kind_of (&facts));
}

/* What is selected last, where that is an object and no task is selected. */
static void
find_object (TelarInspector *self)
{
  const char *primary = telar_selection_get_primary (self->selection);

  g_clear_pointer (&self->object, g_free);
  if (self->ids[0] == NULL && primary && telar_document_find_object (document_of (self), primary))
    self->object = g_strdup (primary);
}

/* At most once between two looks at it. */
static void
update (TelarInspector *self)
{
  TelarDocument *document = document_of (self);

  self->stale = !gtk_widget_get_mapped (GTK_WIDGET (self));
  if (self->stale)
    return;

  gtk_widget_set_visible (self->scrolled, document != NULL);
  if (document == NULL)
    return;

  g_strfreev (self->ids);
  self->ids = telar_selection_get_ids (self->selection);
  find_object (self);
  show_heading (self);
  gtk_widget_set_visible (GTK_WIDGET (self->object_page), self->object != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->task_page), self->ids[0] != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->graph_page), self->ids[0] == NULL && !self->object);
  if (self->ids[0])
    telar_inspector_task_show (self->task_page, document, (const char *const *) self->ids);
  else if (self->object)
    telar_inspector_object_show (self->object_page, document, self->object);
  else
    telar_inspector_graph_show (self->graph_page, document);
  check_soon (self);
}

static void
document_changed (TelarDocument     *document,
                  const TelarChange *change,
                  TelarInspector    *self)
{
  if (change->all || (change->what & ~TELAR_CHANGED_POSITIONS))
    update (self);
}

/* Later, so that nothing moves under a click. */
static void
focus_moved (TelarInspector *self)
{
  if (self->has_faults && self->ids && self->check == 0)
    self->check = g_timeout_add (PAUSE_MS, check_now, self);
}

static void
telar_inspector_map (GtkWidget *widget)
{
  TelarInspector *self = TELAR_INSPECTOR (widget);

  GTK_WIDGET_CLASS (telar_inspector_parent_class)->map (widget);
  g_signal_connect_swapped (gtk_widget_get_root (widget), "notify::focus-widget",
                            G_CALLBACK (focus_moved), self);
  if (self->stale)
    update (self);
}

static void
telar_inspector_unmap (GtkWidget *widget)
{
  TelarInspector *self = TELAR_INSPECTOR (widget);

  g_signal_handlers_disconnect_by_func (gtk_widget_get_root (widget), focus_moved, self);
  GTK_WIDGET_CLASS (telar_inspector_parent_class)->unmap (widget);
}

/* --- Object --- */

static void
telar_inspector_dispose (GObject *object)
{
  TelarInspector *self = TELAR_INSPECTOR (object);

  telar_inspector_set_selection (self, NULL);
  g_clear_handle_id (&self->check, g_source_remove);
  g_clear_pointer (&self->scrolled, gtk_widget_unparent);

  G_OBJECT_CLASS (telar_inspector_parent_class)->dispose (object);
}

static void
telar_inspector_finalize (GObject *object)
{
  g_strfreev (TELAR_INSPECTOR (object)->ids);
  g_free (TELAR_INSPECTOR (object)->object);

  G_OBJECT_CLASS (telar_inspector_parent_class)->finalize (object);
}

static void
telar_inspector_class_init (TelarInspectorClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = telar_inspector_dispose;
  object_class->finalize = telar_inspector_finalize;
  widget_class->map = telar_inspector_map;
  widget_class->unmap = telar_inspector_unmap;

  g_type_ensure (TELAR_TYPE_INSPECTOR_TASK);
  g_type_ensure (TELAR_TYPE_INSPECTOR_GRAPH);
  g_type_ensure (TELAR_TYPE_INSPECTOR_OBJECT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/telar/Telar/ui/inspector.ui");
  gtk_widget_class_bind_template_child (widget_class, TelarInspector, scrolled);
  gtk_widget_class_bind_template_child (widget_class, TelarInspector, read_only_bar);
  gtk_widget_class_bind_template_child (widget_class, TelarInspector, read_only_label);
  gtk_widget_class_bind_template_child (widget_class, TelarInspector, heading);
  gtk_widget_class_bind_template_child (widget_class, TelarInspector, subheading);
  gtk_widget_class_bind_template_child (widget_class, TelarInspector, faults);
  gtk_widget_class_bind_template_child (widget_class, TelarInspector, more_faults);
  gtk_widget_class_bind_template_child (widget_class, TelarInspector, pages);
  gtk_widget_class_bind_template_child (widget_class, TelarInspector, task_page);
  gtk_widget_class_bind_template_child (widget_class, TelarInspector, graph_page);
  gtk_widget_class_bind_template_child (widget_class, TelarInspector, object_page);
  gtk_widget_class_bind_template_callback (widget_class, fault_activated);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "inspector");
}

static void
telar_inspector_init (TelarInspector *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_hide (self->scrolled);
}

GtkWidget *
telar_inspector_new (void)
{
  return g_object_new (TELAR_TYPE_INSPECTOR, NULL);
}

void
telar_inspector_set_selection (TelarInspector *self,
                               TelarSelection *selection)
{
  g_return_if_fail (TELAR_IS_INSPECTOR (self));
  g_return_if_fail (selection == NULL || TELAR_IS_SELECTION (selection));

  if (self->selection == selection)
    return;

  if (self->selection)
    {
      g_signal_handlers_disconnect_by_data (self->selection, self);
      g_signal_handlers_disconnect_by_data (document_of (self), self);
      g_clear_handle_id (&self->check, g_source_remove);
      g_clear_pointer (&self->ids, g_strfreev);
    }
  g_set_object (&self->selection, selection);
  if (selection)
    {
      /* the selection follows the document first: it was there before */
      g_signal_connect_object (selection, "changed", G_CALLBACK (update), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (document_of (self), "changed", G_CALLBACK (document_changed), self,
                               0);
    }
  if (self->scrolled)
    update (self);
}

void
telar_inspector_set_read_only (TelarInspector *self,
                               gboolean        read_only,
                               const char     *why)
{
  g_return_if_fail (TELAR_IS_INSPECTOR (self));

  gtk_label_set_label (self->read_only_label, why ? why : _("It cannot be changed now."));
  gtk_widget_set_visible (self->read_only_bar, read_only);
  gtk_widget_set_sensitive (self->pages, !read_only);
}

void
telar_inspector_focus_first (TelarInspector *self)
{
  TelarPlaceIn whole = { TELAR_PLACE_WHOLE, 0, 0 };

  g_return_if_fail (TELAR_IS_INSPECTOR (self));

  if (self->object)
    telar_inspector_object_focus (self->object_page);
  else if (self->ids && self->ids[0])
    telar_inspector_task_focus_call (self->task_page);
  else if (self->ids)
    telar_inspector_graph_focus (self->graph_page, &whole);
}

void
telar_inspector_focus_id (TelarInspector *self)
{
  g_return_if_fail (TELAR_IS_INSPECTOR (self));

  if (self->ids && self->ids[0] && self->ids[1] == NULL)
    go_to (self, "id");
}

void
telar_inspector_show_step (TelarInspector *self,
                           guint           step)
{
  TelarPlaceIn place = { TELAR_PLACE_FUNCTION, step, 0 };

  g_return_if_fail (TELAR_IS_INSPECTOR (self));

  if (self->ids && self->ids[0] && self->ids[1] == NULL)
    telar_inspector_task_focus (self->task_page, &place);
}

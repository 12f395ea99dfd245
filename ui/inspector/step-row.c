/* step-row.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include "inspector/step-row.h"

#include <glib/gi18n-lib.h>

#include "edit/operations.h"
#include "inspector/argument-form.h"
#include "inspector/field.h"
#include "inspector/function-chooser.h"
#include "inspector/inspector-facts.h"

#define DESCRIBED 200 /* characters; the label cuts off what has no room */

struct _TelarStepRow
{
  GtkListBoxRow  parent_instance;

  /* Template. */
  GtkBox        *box;
  GtkLabel      *number;
  GtkLabel      *text;
  GtkWidget     *badge;
  GtkImage      *arrow;
  GtkWidget     *handle;

  /* Borrowed: children, from when it is opened first. */
  GtkWidget     *inside;
  GtkWidget     *chooser;
  GtkWidget     *function_field;
  GtkWidget     *form;
  GtkWidget     *up;
  GtkWidget     *down;

  /* Owned. */
  TelarDocument *document;  /* nullable */
  char          *id;        /* nullable */

  guint          step;
  gboolean       open;
};

enum
{
  MOVED,
  REMOVED,
  DROPPED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TelarStepRow, telar_step_row, GTK_TYPE_LIST_BOX_ROW)

static const TelarTask *
task_of (TelarStepRow *self)
{
  const TelarTask *task = self->document && self->id
                            ? telar_document_find (self->document, self->id) : NULL;

  return task && self->step < task->steps->len ? task : NULL;
}

/* --- What is inside --- */

static void
function_chosen (TelarStepRow *self,
                 const char   *name)
{
  g_autoptr (GError) error = NULL;
  gboolean           done;

  done = telar_document_set_function (self->document, TELAR_ONE (self->id), self->step, name,
                                      &error);
  telar_field_settle (TELAR_FIELD (self->function_field), done, error);
  telar_document_seal (self->document);
}

static void
up_clicked (TelarStepRow *self)
{
  g_signal_emit (self, signals[MOVED], 0, -1);
}

static void
down_clicked (TelarStepRow *self)
{
  g_signal_emit (self, signals[MOVED], 0, 1);
}

static void
remove_clicked (TelarStepRow *self)
{
  g_signal_emit (self, signals[REMOVED], 0);
}

static GtkWidget *
add_button (TelarStepRow *self,
            GtkWidget    *box,
            const char   *icon,
            const char   *name,
            GCallback     clicked)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  -1);
  g_signal_connect_swapped (button, "clicked", clicked, self);
  gtk_box_append (GTK_BOX (box), button);

  return button;
}

/* A click beside a field does not close the row. */
static void
claim (GtkGesture *click)
{
  gtk_gesture_set_state (click, GTK_EVENT_SEQUENCE_CLAIMED);
}

static void
build_inside (TelarStepRow *self)
{
  GtkWidget  *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkGesture *click = gtk_gesture_click_new ();

  self->inside = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  gtk_widget_add_css_class (self->inside, "inside");
  g_signal_connect (click, "pressed", G_CALLBACK (claim), NULL);
  gtk_widget_add_controller (self->inside, GTK_EVENT_CONTROLLER (click));

  self->chooser = telar_function_chooser_new ();
  g_signal_connect_swapped (self->chooser, "chosen", G_CALLBACK (function_chosen), self);
  self->function_field = telar_field_new (_("Function"), self->chooser, TRUE);
  gtk_box_append (GTK_BOX (self->inside), self->function_field);

  self->form = telar_argument_form_new ();
  gtk_box_append (GTK_BOX (self->inside), self->form);

  self->up = add_button (self, buttons, "go-up-symbolic", _("Move up (Alt+Up)"),
                         G_CALLBACK (up_clicked));
  self->down = add_button (self, buttons, "go-down-symbolic", _("Move down (Alt+Down)"),
                           G_CALLBACK (down_clicked));
  add_button (self, buttons, "user-trash-symbolic", _("Remove this step (Delete)"),
              G_CALLBACK (remove_clicked));
  gtk_box_append (GTK_BOX (self->inside), buttons);

  gtk_box_append (self->box, self->inside);
}

static void
show_inside (TelarStepRow *self)
{
  const TelarTask       *task = task_of (self);
  const TelarStep       *step;
  g_autoptr (GPtrArray)  one = g_ptr_array_new ();

  if (task == NULL)
    return;

  if (self->inside == NULL)
    build_inside (self);

  step = g_ptr_array_index (task->steps, self->step);
  g_ptr_array_add (one, (gpointer) task);
  telar_function_chooser_show (TELAR_FUNCTION_CHOOSER (self->chooser), step->function, FALSE);
  telar_argument_form_show (TELAR_ARGUMENT_FORM (self->form), self->document, TELAR_ONE (self->id),
                            one, self->step);
  gtk_widget_set_sensitive (self->up, self->step > 0);
  gtk_widget_set_sensitive (self->down, self->step + 1 < task->steps->len);
}

/* --- Keys, drag and drop --- */

static void
move_action (GtkWidget  *widget,
             const char *action,
             GVariant   *by)
{
  g_signal_emit (widget, signals[MOVED], 0, g_variant_get_int32 (by));
}

static void
remove_action (GtkWidget  *widget,
               const char *action,
               GVariant   *unused)
{
  g_signal_emit (widget, signals[REMOVED], 0);
}

/* Delete in a field of the row is the field's; on the row itself it removes it. */
static gboolean
key_pressed (TelarStepRow    *self,
             guint            key,
             guint            code,
             GdkModifierType  modifiers)
{
  if (!gtk_widget_is_focus (GTK_WIDGET (self))
      || (modifiers & gtk_accelerator_get_default_mod_mask ())
      || (key != GDK_KEY_Delete && key != GDK_KEY_KP_Delete))
    return GDK_EVENT_PROPAGATE;

  g_signal_emit (self, signals[REMOVED], 0);

  return GDK_EVENT_STOP;
}

static GdkContentProvider *
drag_prepare (GtkDragSource *source,
              double         x,
              double         y,
              TelarStepRow  *self)
{
  g_autoptr (GdkPaintable) picture = gtk_widget_paintable_new (GTK_WIDGET (self));

  gtk_drag_source_set_icon (source, picture, (int) x, (int) y);

  return gdk_content_provider_new_typed (TELAR_TYPE_STEP_ROW, self);
}

static gboolean
drop (TelarStepRow  *self,
      const GValue  *value,
      double         x,
      double         y,
      GtkDropTarget *target)
{
  TelarStepRow *other = g_value_get_object (value);

  if (other == self || gtk_widget_get_parent (GTK_WIDGET (other))
                         != gtk_widget_get_parent (GTK_WIDGET (self)))
    return FALSE;

  g_signal_emit (self, signals[DROPPED], 0, other->step);

  return TRUE;
}

static void
add_drag (TelarStepRow *self)
{
  GtkDragSource *source = gtk_drag_source_new ();
  GtkDropTarget *target = gtk_drop_target_new (TELAR_TYPE_STEP_ROW, GDK_ACTION_MOVE);

  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  g_signal_connect (source, "prepare", G_CALLBACK (drag_prepare), self);
  gtk_widget_add_controller (self->handle, GTK_EVENT_CONTROLLER (source));

  g_signal_connect_swapped (target, "drop", G_CALLBACK (drop), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

/* --- Object --- */

static void
telar_step_row_dispose (GObject *object)
{
  TelarStepRow *self = TELAR_STEP_ROW (object);

  g_clear_object (&self->document);
  g_clear_pointer (&self->id, g_free);

  G_OBJECT_CLASS (telar_step_row_parent_class)->dispose (object);
}

static void
telar_step_row_class_init (TelarStepRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType           type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = telar_step_row_dispose;

  signals[MOVED] = g_signal_new ("moved", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, G_TYPE_INT);
  signals[REMOVED] = g_signal_new ("removed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
  signals[DROPPED] = g_signal_new ("dropped", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_UINT);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/telar/Telar/ui/step-row.ui");
  gtk_widget_class_bind_template_child (widget_class, TelarStepRow, box);
  gtk_widget_class_bind_template_child (widget_class, TelarStepRow, number);
  gtk_widget_class_bind_template_child (widget_class, TelarStepRow, text);
  gtk_widget_class_bind_template_child (widget_class, TelarStepRow, badge);
  gtk_widget_class_bind_template_child (widget_class, TelarStepRow, arrow);
  gtk_widget_class_bind_template_child (widget_class, TelarStepRow, handle);

  gtk_widget_class_install_action (widget_class, "step.move", "i", move_action);
  gtk_widget_class_install_action (widget_class, "step.remove", NULL, remove_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Up, GDK_ALT_MASK, "step.move", "i",
                                       -1);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Down, GDK_ALT_MASK, "step.move", "i",
                                       1);
}

static void
telar_step_row_init (TelarStepRow *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  add_drag (self);
}

GtkWidget *
telar_step_row_new (void)
{
  return g_object_new (TELAR_TYPE_STEP_ROW, NULL);
}

void
telar_step_row_show (TelarStepRow    *self,
                     TelarDocument   *document,
                     const TelarTask *task,
                     guint            step)
{
  g_autofree char *number = NULL;
  g_autofree char *text = NULL;
  g_autofree char *name = NULL;

  g_return_if_fail (TELAR_IS_STEP_ROW (self));
  g_return_if_fail (task != NULL && step < task->steps->len);

  g_set_object (&self->document, document);
  g_free (self->id);
  self->id = g_strdup (task->id);
  self->step = step;

  number = g_strdup_printf ("%u", step + 1);
  text = telar_step_describe (g_ptr_array_index (task->steps, step), DESCRIBED);
  /* Translators: what a screen reader says of a row; as in: Step 2: print("Done") */
  name = g_strdup_printf (_("Step %u: %s"), step + 1, text);
  gtk_label_set_label (self->number, number);
  gtk_label_set_label (self->text, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  if (self->open)
    show_inside (self);
}

void
telar_step_row_set_open (TelarStepRow *self,
                         gboolean      open)
{
  g_return_if_fail (TELAR_IS_STEP_ROW (self));

  if (self->open == open)
    return;

  self->open = open;
  if (open)
    {
      g_autoptr (GPtrArray) faults = NULL;

      show_inside (self);
      faults = task_of (self) ? telar_document_get_faults_of (self->document, self->id) : NULL;
      telar_step_row_set_faults (self, faults);
    }
  if (self->inside)
    gtk_widget_set_visible (self->inside, open);
  gtk_image_set_from_icon_name (self->arrow, open ? "pan-down-symbolic" : "pan-end-symbolic");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_EXPANDED, open, -1);
}

gboolean
telar_step_row_get_open (TelarStepRow *self)
{
  g_return_val_if_fail (TELAR_IS_STEP_ROW (self), FALSE);

  return self->open;
}

void
telar_step_row_set_faults (TelarStepRow *self,
                           GPtrArray    *faults)
{
  const TelarFault *any = NULL;
  const TelarFault *function = NULL;
  g_autofree char  *first = NULL;
  g_autofree char  *sentence = NULL;

  g_return_if_fail (TELAR_IS_STEP_ROW (self));

  for (guint i = 0; faults && i < faults->len; i++)
    {
      const TelarFault *fault = g_ptr_array_index (faults, i);
      const char       *below = telar_fault_below (fault);
      TelarPlaceIn      place = telar_inspector_place (below);

      if (!g_str_has_prefix (below, "body") || place.step != self->step)
        continue;
      any = any ? any : fault;
      if (place.kind == TELAR_PLACE_FUNCTION && function == NULL)
        function = fault;
    }

  first = any ? telar_fault_sentence (any) : NULL;
  sentence = function ? telar_fault_sentence (function) : NULL;
  gtk_widget_set_visible (self->badge, any != NULL);
  if (any && any->level == TELAR_FAULT_WARNING)
    gtk_widget_add_css_class (self->badge, "warning");
  else
    gtk_widget_remove_css_class (self->badge, "warning");
  gtk_image_set_from_icon_name (GTK_IMAGE (self->badge),
                                any && any->level == TELAR_FAULT_WARNING
                                  ? "dialog-warning-symbolic" : "dialog-error-symbolic");
  gtk_widget_set_tooltip_text (self->badge, first);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  first ? first : "", -1);
  if (self->inside)
    {
      telar_field_set_fault (TELAR_FIELD (self->function_field),
                             function ? function->level : TELAR_FAULT_ERROR, sentence);
      telar_argument_form_set_faults (TELAR_ARGUMENT_FORM (self->form), faults);
    }
}

void
telar_step_row_focus (TelarStepRow *self,
                      int           argument)
{
  g_return_if_fail (TELAR_IS_STEP_ROW (self));

  if (!self->open || self->inside == NULL)
    {
      gtk_widget_grab_focus (GTK_WIDGET (self));
      return;
    }
  if (argument < 0
      || !telar_argument_form_focus (TELAR_ARGUMENT_FORM (self->form), (guint) argument))
    gtk_widget_grab_focus (self->chooser);
}

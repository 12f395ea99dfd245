/* text-edit.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include "inspector/text-edit.h"

#include <glib/gi18n-lib.h>

#include "inspector/inspector-facts.h"

#define LEAST_CHARS 4   /* so that a narrow pane does not cut off what is beside it */
#define MOST_HEIGHT 120 /* pixels, of several lines */
#define PADDING     12  /* pixels above and below them together, as in style.css */

typedef struct
{
  char *text;
  char *refusal;
} Refused;

struct _TelarTextEdit
{
  GtkBox         parent_instance;

  /* Borrowed: children. One of the first two is there. */
  GtkWidget     *entry;
  GtkWidget     *view;
  GtkWidget     *scrolled;     /* around the view */
  GtkWidget     *placeholder;  /* of the view */

  /* Owned. */
  char          *owner;
  char          *shown;        /* what its owner has now */
  char          *before;       /* nullable: what it had before a person began to type */
  char          *refusal;
  GHashTable    *refused;      /* owner → Refused, of others than the owner now */

  gboolean       multiline;
  gboolean       clearable;
  gboolean       quiet;        /* the text is being shown, not typed */
  gboolean       editing;      /* "edited" is being emitted */
  gint64         minimum, maximum;
  guint          fit;          /* source: the height follows the text soon */
};

enum
{
  PROP_0,
  PROP_MULTILINE,
  PROP_REFUSAL,
  N_PROPERTIES
};

enum
{
  EDITED,
  LEFT,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPERTIES];
static guint       signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TelarTextEdit, telar_text_edit, GTK_TYPE_BOX)

static void
refused_free (gpointer data)
{
  Refused *refused = data;

  g_free (refused->text);
  g_free (refused->refusal);
  g_free (refused);
}

static void
update_extras (TelarTextEdit *self)
{
  g_autofree char *text = telar_text_edit_get_text (self);

  if (self->view)
    gtk_widget_set_visible (self->placeholder, *text == '\0');
  if (self->entry)
    {
      gboolean clear = self->clearable && *text != '\0';

      gtk_entry_set_icon_from_icon_name (GTK_ENTRY (self->entry), GTK_ENTRY_ICON_SECONDARY,
                                         clear ? "edit-clear-symbolic" : NULL);
      if (clear)
        gtk_entry_set_icon_tooltip_text (GTK_ENTRY (self->entry), GTK_ENTRY_ICON_SECONDARY,
                                         _("Leave it out"));
    }
}

/* A scrolled text asks for the height that it would have at its least width: here
 * it gets what its lines need at the width that it has. */
static gboolean
fit_height (gpointer data)
{
  TelarTextEdit *self = data;
  GtkTextIter    end;
  GdkRectangle   place;
  int            height;

  self->fit = 0;
  gtk_text_buffer_get_end_iter (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->view)), &end);
  gtk_text_view_get_iter_location (GTK_TEXT_VIEW (self->view), &end, &place);
  height = MIN (place.y + place.height + PADDING, MOST_HEIGHT);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (self->scrolled), -1);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (self->scrolled), height);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (self->scrolled), height);

  return G_SOURCE_REMOVE;
}

static void
fit_soon (TelarTextEdit *self)
{
  if (self->fit == 0 && self->view)
    self->fit = g_idle_add_full (G_PRIORITY_HIGH_IDLE, fit_height, self, NULL);
}

static void
changed (TelarTextEdit *self)
{
  update_extras (self);
  fit_soon (self);
  if (self->quiet)
    return;

  if (self->before == NULL)
    self->before = g_strdup (self->shown);
  self->editing = TRUE;
  g_signal_emit (self, signals[EDITED], 0);
  self->editing = FALSE;
}

static void
put (TelarTextEdit *self,
     const char    *text)
{
  g_autofree char *now = telar_text_edit_get_text (self);

  /* the cursor stays where it is */
  if (g_str_equal (now, text))
    return;

  if (self->entry)
    gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
  else
    gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->view)), text, -1);
}

static void
step_by (TelarTextEdit *self,
         gint64         by)
{
  g_autofree char *text = telar_text_edit_get_text (self);
  g_autofree char *next = telar_text_step (text, by, self->minimum, self->maximum);

  if (next)
    telar_text_edit_enter (self, next);
}

static void
less (TelarTextEdit *self)
{
  step_by (self, -1);
}

static void
more (TelarTextEdit *self)
{
  step_by (self, 1);
}

static gboolean
key_pressed (TelarTextEdit   *self,
             guint            key,
             guint            code,
             GdkModifierType  modifiers)
{
  if (self->minimum >= self->maximum || (modifiers & gtk_accelerator_get_default_mod_mask ()))
    return GDK_EVENT_PROPAGATE;

  if (key == GDK_KEY_Up || key == GDK_KEY_KP_Up)
    step_by (self, 1);
  else if (key == GDK_KEY_Down || key == GDK_KEY_KP_Down)
    step_by (self, -1);
  else
    return GDK_EVENT_PROPAGATE;

  return GDK_EVENT_STOP;
}

static void
icon_pressed (TelarTextEdit        *self,
              GtkEntryIconPosition  position)
{
  telar_text_edit_enter (self, "");
  gtk_widget_grab_focus (self->entry);
}

static void
entered (TelarTextEdit *self)
{
  g_clear_pointer (&self->before, g_free);
}

static void
left (TelarTextEdit *self)
{
  g_clear_pointer (&self->before, g_free);
  g_signal_emit (self, signals[LEFT], 0);
}

static gboolean
telar_text_edit_grab_focus (GtkWidget *widget)
{
  TelarTextEdit *self = TELAR_TEXT_EDIT (widget);

  return gtk_widget_grab_focus (self->entry ? self->entry : self->view);
}

/* --- Object --- */

static void
make_entry (TelarTextEdit *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->entry = gtk_entry_new ();
  gtk_editable_set_width_chars (GTK_EDITABLE (self->entry), LEAST_CHARS);
  gtk_widget_set_hexpand (self->entry, TRUE);
  /* what was typed is undone with everything else, by the document */
  gtk_editable_set_enable_undo (GTK_EDITABLE (self->entry), FALSE);
  g_signal_connect_swapped (self->entry, "changed", G_CALLBACK (changed), self);
  g_signal_connect_swapped (self->entry, "icon-press", G_CALLBACK (icon_pressed), self);
  gtk_box_append (GTK_BOX (self), self->entry);

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed), self);
  gtk_widget_add_controller (self->entry, keys);
}

static void
make_view (TelarTextEdit *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *overlay = gtk_overlay_new ();

  self->scrolled = scrolled;
  self->view = gtk_text_view_new ();
  gtk_text_buffer_set_enable_undo (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->view)), FALSE);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (self->view), FALSE);
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (self->view), GTK_WRAP_WORD_CHAR);
  g_signal_connect_swapped (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->view)), "changed",
                            G_CALLBACK (changed), self);

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_has_frame (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), self->view);
  g_signal_connect_swapped (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled)),
                            "changed", G_CALLBACK (fit_soon), self);

  self->placeholder = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->placeholder), 0);
  gtk_widget_set_valign (self->placeholder, GTK_ALIGN_START);
  gtk_widget_set_can_target (self->placeholder, FALSE);
  gtk_widget_add_css_class (self->placeholder, "placeholder");
  gtk_overlay_set_child (GTK_OVERLAY (overlay), scrolled);
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), self->placeholder);
  gtk_widget_set_hexpand (overlay, TRUE);
  gtk_box_append (GTK_BOX (self), overlay);
}

static void
telar_text_edit_constructed (GObject *object)
{
  TelarTextEdit      *self = TELAR_TEXT_EDIT (object);
  GtkEventController *focus = gtk_event_controller_focus_new ();

  G_OBJECT_CLASS (telar_text_edit_parent_class)->constructed (object);

  if (self->multiline)
    make_view (self);
  else
    make_entry (self);
  g_signal_connect_swapped (focus, "enter", G_CALLBACK (entered), self);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (left), self);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
}

static void
telar_text_edit_set_property (GObject      *object,
                              guint         property,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  TelarTextEdit *self = TELAR_TEXT_EDIT (object);

  switch (property)
    {
    case PROP_MULTILINE:
      self->multiline = g_value_get_boolean (value);
      break;
    case PROP_REFUSAL:
      telar_text_edit_set_refusal (self, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
    }
}

static void
telar_text_edit_get_property (GObject    *object,
                              guint       property,
                              GValue     *value,
                              GParamSpec *pspec)
{
  TelarTextEdit *self = TELAR_TEXT_EDIT (object);

  switch (property)
    {
    case PROP_MULTILINE:
      g_value_set_boolean (value, self->multiline);
      break;
    case PROP_REFUSAL:
      g_value_set_string (value, self->refusal);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
    }
}

static void
telar_text_edit_dispose (GObject *object)
{
  TelarTextEdit *self = TELAR_TEXT_EDIT (object);

  g_clear_handle_id (&self->fit, g_source_remove);
  if (self->scrolled)
    g_signal_handlers_disconnect_by_data (
      gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scrolled)), self);
  self->scrolled = self->view = NULL;

  G_OBJECT_CLASS (telar_text_edit_parent_class)->dispose (object);
}

static void
telar_text_edit_finalize (GObject *object)
{
  TelarTextEdit *self = TELAR_TEXT_EDIT (object);

  g_free (self->owner);
  g_free (self->shown);
  g_free (self->before);
  g_free (self->refusal);
  g_hash_table_unref (self->refused);

  G_OBJECT_CLASS (telar_text_edit_parent_class)->finalize (object);
}

static void
telar_text_edit_class_init (TelarTextEditClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = telar_text_edit_constructed;
  object_class->set_property = telar_text_edit_set_property;
  object_class->get_property = telar_text_edit_get_property;
  object_class->dispose = telar_text_edit_dispose;
  object_class->finalize = telar_text_edit_finalize;
  widget_class->grab_focus = telar_text_edit_grab_focus;

  properties[PROP_MULTILINE]
    = g_param_spec_boolean ("multiline", NULL, NULL, FALSE,
                            G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_REFUSAL]
    = g_param_spec_string ("refusal", NULL, NULL, NULL,
                           G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  signals[EDITED] = g_signal_new ("edited", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                  0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[LEFT] = g_signal_new ("left", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_css_name (widget_class, "textedit");
}

static void
telar_text_edit_init (TelarTextEdit *self)
{
  self->refused = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, refused_free);
  gtk_widget_add_css_class (GTK_WIDGET (self), "linked");
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);
}

GtkWidget *
telar_text_edit_new (gboolean multiline)
{
  return g_object_new (TELAR_TYPE_TEXT_EDIT, "multiline", multiline, NULL);
}

/* --- Text --- */

char *
telar_text_edit_get_text (TelarTextEdit *self)
{
  GtkTextBuffer *buffer;
  GtkTextIter    begin, end;

  g_return_val_if_fail (TELAR_IS_TEXT_EDIT (self), NULL);

  if (self->entry)
    return g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry)));

  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->view));
  gtk_text_buffer_get_bounds (buffer, &begin, &end);

  return gtk_text_buffer_get_text (buffer, &begin, &end, TRUE);
}

/* Puts a refused text of the owner before away, and looks for one of the new owner.
 * Returns: whether there was one, which is shown now. */
static gboolean
change_owner (TelarTextEdit *self,
              const char    *owner)
{
  Refused *kept;

  if (self->owner && self->refusal)
    {
      kept = g_new0 (Refused, 1);
      kept->text = telar_text_edit_get_text (self);
      kept->refusal = g_strdup (self->refusal);
      g_hash_table_replace (self->refused, g_steal_pointer (&self->owner), kept);
    }
  g_free (self->owner);
  self->owner = g_strdup (owner);

  kept = g_hash_table_lookup (self->refused, owner);
  if (kept)
    put (self, kept->text);
  telar_text_edit_set_refusal (self, kept ? kept->refusal : NULL);

  return g_hash_table_remove (self->refused, owner);
}

void
telar_text_edit_show (TelarTextEdit *self,
                      const char    *owner,
                      const char    *text)
{
  gboolean keep;

  g_return_if_fail (TELAR_IS_TEXT_EDIT (self));
  g_return_if_fail (owner != NULL && text != NULL);

  self->quiet = TRUE;
  if (g_strcmp0 (owner, self->owner) != 0)
    keep = change_owner (self, owner);
  else
    keep = self->editing || (self->refusal && g_strcmp0 (text, self->shown) == 0);

  if (!keep)
    {
      g_clear_pointer (&self->before, g_free);
      put (self, text);
      telar_text_edit_set_refusal (self, NULL);
    }
  g_free (self->shown);
  self->shown = g_strdup (text);
  self->quiet = FALSE;
}

const char *
telar_text_edit_get_before (TelarTextEdit *self)
{
  g_return_val_if_fail (TELAR_IS_TEXT_EDIT (self), NULL);

  return self->before;
}

void
telar_text_edit_enter (TelarTextEdit *self,
                       const char    *text)
{
  g_return_if_fail (TELAR_IS_TEXT_EDIT (self));

  put (self, text);
  if (self->entry)
    gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);
}

void
telar_text_edit_set_refusal (TelarTextEdit *self,
                             const char    *refusal)
{
  g_return_if_fail (TELAR_IS_TEXT_EDIT (self));

  if (g_strcmp0 (refusal, self->refusal) == 0)
    return;

  g_free (self->refusal);
  self->refusal = g_strdup (refusal);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_REFUSAL]);
}

const char *
telar_text_edit_get_refusal (TelarTextEdit *self)
{
  g_return_val_if_fail (TELAR_IS_TEXT_EDIT (self), NULL);

  return self->refusal;
}

/* --- What is around it --- */

void
telar_text_edit_set_placeholder (TelarTextEdit *self,
                                 const char    *placeholder)
{
  g_return_if_fail (TELAR_IS_TEXT_EDIT (self));

  if (self->entry)
    gtk_entry_set_placeholder_text (GTK_ENTRY (self->entry), placeholder);
  else
    gtk_label_set_label (GTK_LABEL (self->placeholder), placeholder ? placeholder : "");
}

void
telar_text_edit_set_clearable (TelarTextEdit *self,
                               gboolean       clearable)
{
  g_return_if_fail (TELAR_IS_TEXT_EDIT (self));

  self->clearable = clearable;
  update_extras (self);
}

static void
add_button (TelarTextEdit *self,
            const char    *icon,
            const char    *name,
            GCallback      pressed)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  /* the arrow keys in the field do the same */
  gtk_widget_set_focusable (button, FALSE);
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  -1);
  g_signal_connect_swapped (button, "clicked", pressed, self);
  gtk_box_append (GTK_BOX (self), button);
}

void
telar_text_edit_set_range (TelarTextEdit *self,
                           gint64         minimum,
                           gint64         maximum)
{
  g_return_if_fail (TELAR_IS_TEXT_EDIT (self));
  g_return_if_fail (self->minimum == self->maximum && minimum < maximum);

  self->minimum = minimum;
  self->maximum = maximum;
  add_button (self, "value-decrease-symbolic", _("One less"), G_CALLBACK (less));
  add_button (self, "value-increase-symbolic", _("One more"), G_CALLBACK (more));
}

void
telar_text_edit_describe (TelarTextEdit *self,
                          const char    *name,
                          const char    *description,
                          gboolean       invalid)
{
  GtkWidget *control;

  g_return_if_fail (TELAR_IS_TEXT_EDIT (self));

  control = self->entry ? self->entry : self->view;
  gtk_accessible_update_property (GTK_ACCESSIBLE (control),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name ? name : "",
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  description ? description : "",
                                  -1);
  gtk_accessible_update_state (GTK_ACCESSIBLE (control),
                               GTK_ACCESSIBLE_STATE_INVALID,
                               invalid ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE,
                               -1);
  if (self->scrolled)
    control = self->scrolled; /* its frame */
  if (invalid)
    gtk_widget_add_css_class (control, "error");
  else
    gtk_widget_remove_css_class (control, "error");
}

/* field.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include "inspector/field.h"

#include "inspector/text-edit.h"

struct _TelarField
{
  GtkBox           parent_instance;

  /* Template. */
  GtkBox          *row;
  GtkLabel        *title_label;
  GtkLabel        *help_label;
  GtkWidget       *fault_box;
  GtkImage        *fault_icon;
  GtkLabel        *fault_label;

  /* Borrowed: a child. */
  GtkWidget       *content;
  TelarTextEdit   *edit;      /* nullable: the content, or in it */

  /* Owned, nullable. */
  char            *fault;
  char            *refusal;   /* where there is no text that was refused */

  TelarFaultLevel  level;
};

enum
{
  PROP_0,
  PROP_TITLE,
  PROP_HELP,
  PROP_CONTENT,
  PROP_WIDE,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (TelarField, telar_field, GTK_TYPE_BOX)

/* What is said for a field is said of the control in it. */
static void
describe (TelarField *self,
          const char *sentence,
          gboolean    error)
{
  const char *title = gtk_label_get_label (self->title_label);
  const char *help = gtk_label_get_label (self->help_label);
  const char *tooltip = gtk_widget_get_tooltip_text (GTK_WIDGET (self));
  const char *description = sentence ? sentence : *help ? help : tooltip ? tooltip : "";

  if (self->edit)
    telar_text_edit_describe (self->edit, title, description, error);
  else if (self->content)
    {
      /* the title is the control's mnemonic label, and with that its name */
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->content),
                                      GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description,
                                      -1);
      gtk_accessible_update_state (GTK_ACCESSIBLE (self->content),
                                   GTK_ACCESSIBLE_STATE_INVALID,
                                   error ? GTK_ACCESSIBLE_INVALID_TRUE
                                         : GTK_ACCESSIBLE_INVALID_FALSE,
                                   -1);
      if (error)
        gtk_widget_add_css_class (self->content, "error");
      else
        gtk_widget_remove_css_class (self->content, "error");
    }
}

static void
update (TelarField *self)
{
  const char *refusal = self->edit ? telar_text_edit_get_refusal (self->edit) : self->refusal;
  const char *sentence = refusal ? refusal : self->fault;
  gboolean    error = refusal || (self->fault && self->level == TELAR_FAULT_ERROR);

  gtk_widget_set_visible (self->fault_box, sentence != NULL);
  /* it explains what is there, not what was refused */
  gtk_widget_set_visible (GTK_WIDGET (self->help_label),
                          !refusal && *gtk_label_get_label (self->help_label) != '\0');
  gtk_label_set_label (self->fault_label, sentence ? sentence : "");
  gtk_image_set_from_icon_name (self->fault_icon,
                                error ? "dialog-error-symbolic" : "dialog-warning-symbolic");
  if (error)
    gtk_widget_remove_css_class (self->fault_box, "warning");
  else
    gtk_widget_add_css_class (self->fault_box, "warning");
  /* nothing stands over the sentence */
  gtk_widget_set_has_tooltip (GTK_WIDGET (self),
                              sentence == NULL
                                && gtk_widget_get_tooltip_text (GTK_WIDGET (self)) != NULL);
  describe (self, sentence, error);
}

/* Returns: (nullable): the text that is typed into in @widget. */
static TelarTextEdit *
find_edit (GtkWidget *widget)
{
  if (TELAR_IS_TEXT_EDIT (widget))
    return TELAR_TEXT_EDIT (widget);

  /* only rows of controls: a list in a field has fields of its own */
  if (!GTK_IS_BOX (widget))
    return NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child;
       child = gtk_widget_get_next_sibling (child))
    if (TELAR_IS_TEXT_EDIT (child))
      return TELAR_TEXT_EDIT (child);

  return NULL;
}

static void
set_content (TelarField *self,
             GtkWidget  *content)
{
  g_assert (self->content == NULL);

  if (content == NULL)
    return;

  self->content = content;
  gtk_widget_set_hexpand (content, TRUE);
  gtk_box_append (self->row, content);
  gtk_label_set_mnemonic_widget (self->title_label, content);

  self->edit = find_edit (content);
  if (self->edit)
    g_signal_connect_object (self->edit, "notify::refusal", G_CALLBACK (update), self,
                             G_CONNECT_SWAPPED);
}

static void
telar_field_set_property (GObject      *object,
                          guint         property,
                          const GValue *value,
                          GParamSpec   *pspec)
{
  TelarField *self = TELAR_FIELD (object);

  switch (property)
    {
    case PROP_TITLE:
      gtk_label_set_label (self->title_label, g_value_get_string (value));
      update (self);
      break;
    case PROP_HELP:
      telar_field_set_help (self, g_value_get_string (value));
      break;
    case PROP_CONTENT:
      set_content (self, g_value_get_object (value));
      update (self);
      break;
    case PROP_WIDE:
      if (g_value_get_boolean (value))
        {
          gtk_orientable_set_orientation (GTK_ORIENTABLE (self->row), GTK_ORIENTATION_VERTICAL);
          gtk_box_set_spacing (self->row, 3);
        }
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
    }
}

static gboolean
telar_field_grab_focus (GtkWidget *widget)
{
  TelarField *self = TELAR_FIELD (widget);

  if (self->edit)
    return gtk_widget_grab_focus (GTK_WIDGET (self->edit));

  return self->content && gtk_widget_child_focus (self->content, GTK_DIR_TAB_FORWARD);
}

static void
telar_field_finalize (GObject *object)
{
  TelarField *self = TELAR_FIELD (object);

  g_free (self->fault);
  g_free (self->refusal);

  G_OBJECT_CLASS (telar_field_parent_class)->finalize (object);
}

static void
telar_field_class_init (TelarFieldClass *klass)
{
  GObjectClass     *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass   *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS;

  object_class->set_property = telar_field_set_property;
  object_class->finalize = telar_field_finalize;
  widget_class->grab_focus = telar_field_grab_focus;

  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_HELP] = g_param_spec_string ("help", NULL, NULL, NULL, flags);
  properties[PROP_CONTENT] = g_param_spec_object ("content", NULL, NULL, GTK_TYPE_WIDGET, flags);
  properties[PROP_WIDE] = g_param_spec_boolean ("wide", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/telar/Telar/ui/field.ui");
  gtk_widget_class_bind_template_child (widget_class, TelarField, row);
  gtk_widget_class_bind_template_child (widget_class, TelarField, title_label);
  gtk_widget_class_bind_template_child (widget_class, TelarField, help_label);
  gtk_widget_class_bind_template_child (widget_class, TelarField, fault_box);
  gtk_widget_class_bind_template_child (widget_class, TelarField, fault_icon);
  gtk_widget_class_bind_template_child (widget_class, TelarField, fault_label);
  gtk_widget_class_set_css_name (widget_class, "field");
}

static void
telar_field_init (TelarField *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
telar_field_new (const char *title,
                 GtkWidget  *content,
                 gboolean    wide)
{
  return g_object_new (TELAR_TYPE_FIELD, "title", title, "content", content, "wide", wide, NULL);
}

void
telar_field_set_help (TelarField *self,
                      const char *help)
{
  g_return_if_fail (TELAR_IS_FIELD (self));

  gtk_label_set_label (self->help_label, help ? help : "");
  update (self);
}

void
telar_field_set_fault (TelarField      *self,
                       TelarFaultLevel  level,
                       const char      *sentence)
{
  g_return_if_fail (TELAR_IS_FIELD (self));

  if (self->level == level && g_strcmp0 (sentence, self->fault) == 0)
    return;

  self->level = level;
  g_free (self->fault);
  self->fault = g_strdup (sentence);
  update (self);
}

const char *
telar_field_get_fault (TelarField *self)
{
  g_return_val_if_fail (TELAR_IS_FIELD (self), NULL);

  return self->fault;
}

gboolean
telar_field_settle (TelarField   *self,
                    gboolean      done,
                    const GError *error)
{
  const char *refusal = done || error == NULL ? NULL : error->message;

  g_return_val_if_fail (TELAR_IS_FIELD (self), done);

  if (self->edit)
    telar_text_edit_set_refusal (self->edit, refusal);
  else if (g_strcmp0 (refusal, self->refusal) != 0)
    {
      g_free (self->refusal);
      self->refusal = g_strdup (refusal);
      update (self);
    }

  return done;
}

char *
telar_fault_sentence (const TelarFault *fault)
{
  g_return_val_if_fail (fault != NULL, NULL);

  return fault->cure ? g_strdup_printf ("%s; %s", fault->what, fault->cure)
                     : g_strdup (fault->what);
}

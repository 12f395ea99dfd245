/* kind-switch.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include "palette/kind-switch.h"

#define N_KINDS (TELAR_KIND_CALL + 1)

struct _TelarKindSwitch
{
  GtkWidget        parent_instance;

  /* Template. */
  GtkToggleButton *process;
  GtkToggleButton *thread;
  GtkToggleButton *call;

  TelarKind        kind;
};

enum
{
  PROP_KIND = 1,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (TelarKindSwitch, telar_kind_switch, GTK_TYPE_WIDGET)

static GtkToggleButton *
button_of (TelarKindSwitch *self,
           TelarKind        kind)
{
  GtkToggleButton *const buttons[N_KINDS] = {
    [TELAR_KIND_PROCESS] = self->process,
    [TELAR_KIND_THREAD] = self->thread,
    [TELAR_KIND_CALL] = self->call,
  };

  return buttons[kind];
}

static void
toggled (TelarKindSwitch *self,
         GtkToggleButton *button)
{
  if (!gtk_toggle_button_get_active (button))
    return;

  for (TelarKind kind = TELAR_KIND_PROCESS; kind < N_KINDS; kind++)
    if (button_of (self, kind) == button)
      telar_kind_switch_set_kind (self, kind);
}

static void
telar_kind_switch_get_property (GObject    *object,
                                guint       id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  TelarKindSwitch *self = TELAR_KIND_SWITCH (object);

  switch (id)
    {
    case PROP_KIND:
      g_value_set_uint (value, self->kind);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
telar_kind_switch_set_property (GObject      *object,
                                guint         id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  switch (id)
    {
    case PROP_KIND:
      telar_kind_switch_set_kind (TELAR_KIND_SWITCH (object), g_value_get_uint (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
telar_kind_switch_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))))
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (telar_kind_switch_parent_class)->dispose (object);
}

static void
telar_kind_switch_class_init (TelarKindSwitchClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = telar_kind_switch_get_property;
  object_class->set_property = telar_kind_switch_set_property;
  object_class->dispose = telar_kind_switch_dispose;

  properties[PROP_KIND] =
    g_param_spec_uint ("kind", NULL, NULL, 0, N_KINDS - 1, TELAR_KIND_PROCESS,
                       G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/telar/Telar/ui/kind-switch.ui");
  gtk_widget_class_bind_template_child (widget_class, TelarKindSwitch, process);
  gtk_widget_class_bind_template_child (widget_class, TelarKindSwitch, thread);
  gtk_widget_class_bind_template_child (widget_class, TelarKindSwitch, call);
  gtk_widget_class_bind_template_callback (widget_class, toggled);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "kindswitch");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
telar_kind_switch_init (TelarKindSwitch *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
telar_kind_switch_set_kind (TelarKindSwitch *self,
                            TelarKind        kind)
{
  g_return_if_fail (TELAR_IS_KIND_SWITCH (self));
  g_return_if_fail (kind < N_KINDS);

  if (self->kind == kind)
    return;

  self->kind = kind;
  gtk_toggle_button_set_active (button_of (self, kind), TRUE);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_KIND]);
}

TelarKind
telar_kind_switch_get_kind (TelarKindSwitch *self)
{
  g_return_val_if_fail (TELAR_IS_KIND_SWITCH (self), TELAR_KIND_PROCESS);

  return self->kind;
}

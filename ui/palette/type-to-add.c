/* type-to-add.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include "palette/type-to-add.h"

#include "palette/function-list.h"
#include "palette/kind-switch.h"

#define PAGE 8 /* rows in sight */

struct _TelarTypeToAdd
{
  GtkPopover         parent_instance;

  /* Template. */
  GtkLabel          *title;
  GtkEditable       *search;
  TelarFunctionList *functions;
  TelarKindSwitch   *kind_switch;

  /* Weak: where the keyboard was. */
  GtkWidget         *focus_before;
};

enum
{
  PROP_KIND = 1,
  N_PROPERTIES
};

enum
{
  CHOSEN,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPERTIES];
static guint       signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TelarTypeToAdd, telar_type_to_add, GTK_TYPE_POPOVER)

static void
focus_search (TelarTypeToAdd *self)
{
  GtkEditable *text = gtk_editable_get_delegate (self->search);

  /* Selected, the first letter would be replaced by the second. */
  gtk_text_grab_focus_without_selecting (GTK_TEXT (text));
  gtk_editable_set_position (self->search, -1);
}

static void
search_changed (TelarTypeToAdd *self)
{
  telar_function_list_follow (self->functions, self->search);
}

static void
search_activated (TelarTypeToAdd *self)
{
  telar_function_list_choose (self->functions);
}

/* The keyboard stays in the search while rows are walked through. */
static gboolean
search_key (TelarTypeToAdd  *self,
            guint            key,
            guint            code,
            GdkModifierType  modifiers)
{
  static const struct
  {
    guint key;
    int   by;
  } moves[] = {
    { GDK_KEY_Down, 1 },       { GDK_KEY_KP_Down, 1 },
    { GDK_KEY_Up, -1 },        { GDK_KEY_KP_Up, -1 },
    { GDK_KEY_Page_Down, PAGE }, { GDK_KEY_KP_Page_Down, PAGE },
    { GDK_KEY_Page_Up, -PAGE },  { GDK_KEY_KP_Page_Up, -PAGE },
  };

  if ((modifiers & gtk_accelerator_get_default_mod_mask ()) != 0)
    return GDK_EVENT_PROPAGATE;

  for (guint i = 0; i < G_N_ELEMENTS (moves); i++)
    if (moves[i].key == key)
      {
        g_autofree char *words = NULL;

        telar_function_list_move (self->functions, moves[i].by);
        words = telar_function_list_words (self->functions);
        gtk_accessible_update_property (GTK_ACCESSIBLE (self->search),
                                        GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words,
                                        -1);
        return GDK_EVENT_STOP;
      }

  return GDK_EVENT_PROPAGATE;
}

static void
stop (TelarTypeToAdd *self)
{
  gtk_popover_popdown (GTK_POPOVER (self));
}

static void
chosen (TelarTypeToAdd *self,
        const char     *function)
{
  g_autofree char *name = g_strdup (function);

  g_object_ref (self);
  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, signals[CHOSEN], 0, name);
  g_object_unref (self);
}

static gboolean
kind_key (GtkWidget *widget,
          GVariant  *kind,
          gpointer   unused)
{
  telar_type_to_add_set_kind (TELAR_TYPE_TO_ADD (widget), g_variant_get_uint32 (kind));
  return GDK_EVENT_STOP;
}

static void
kind_changed (TelarTypeToAdd *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_KIND]);
}

static void
telar_type_to_add_closed (GtkPopover *popover)
{
  TelarTypeToAdd *self = TELAR_TYPE_TO_ADD (popover);
  GtkWidget      *parent = gtk_widget_get_parent (GTK_WIDGET (self));
  GtkWidget      *before = self->focus_before;

  g_clear_weak_pointer (&self->focus_before);

  if (before && gtk_widget_get_mapped (before) && gtk_widget_grab_focus (before))
    return;
  if (parent)
    gtk_widget_grab_focus (parent);
}

static void
telar_type_to_add_get_property (GObject    *object,
                                guint       id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_KIND:
      g_value_set_uint (value, telar_type_to_add_get_kind (TELAR_TYPE_TO_ADD (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
telar_type_to_add_set_property (GObject      *object,
                                guint         id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  switch (id)
    {
    case PROP_KIND:
      telar_type_to_add_set_kind (TELAR_TYPE_TO_ADD (object), g_value_get_uint (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
telar_type_to_add_dispose (GObject *object)
{
  TelarTypeToAdd *self = TELAR_TYPE_TO_ADD (object);

  g_clear_weak_pointer (&self->focus_before);

  G_OBJECT_CLASS (telar_type_to_add_parent_class)->dispose (object);
}

static void
telar_type_to_add_class_init (TelarTypeToAddClass *klass)
{
  static const struct
  {
    guint     key;
    TelarKind kind;
  } kinds[] = {
    { GDK_KEY_p, TELAR_KIND_PROCESS },
    { GDK_KEY_t, TELAR_KIND_THREAD },
    { GDK_KEY_c, TELAR_KIND_CALL },
  };
  GObjectClass    *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass  *widget_class = GTK_WIDGET_CLASS (klass);
  GtkPopoverClass *popover_class = GTK_POPOVER_CLASS (klass);

  object_class->get_property = telar_type_to_add_get_property;
  object_class->set_property = telar_type_to_add_set_property;
  object_class->dispose = telar_type_to_add_dispose;
  popover_class->closed = telar_type_to_add_closed;

  properties[PROP_KIND] =
    g_param_spec_uint ("kind", NULL, NULL, 0, TELAR_KIND_CALL, TELAR_KIND_PROCESS,
                       G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                  0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    gtk_widget_class_add_binding (widget_class, kinds[i].key, GDK_ALT_MASK, kind_key,
                                  "u", (guint32) kinds[i].kind);

  g_type_ensure (TELAR_TYPE_KIND_SWITCH);
  g_type_ensure (TELAR_TYPE_FUNCTION_LIST);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/telar/Telar/ui/type-to-add.ui");
  gtk_widget_class_bind_template_child (widget_class, TelarTypeToAdd, title);
  gtk_widget_class_bind_template_child (widget_class, TelarTypeToAdd, search);
  gtk_widget_class_bind_template_child (widget_class, TelarTypeToAdd, functions);
  gtk_widget_class_bind_template_child (widget_class, TelarTypeToAdd, kind_switch);
  gtk_widget_class_bind_template_callback (widget_class, search_changed);
  gtk_widget_class_bind_template_callback (widget_class, search_activated);
  gtk_widget_class_bind_template_callback (widget_class, search_key);
  gtk_widget_class_bind_template_callback (widget_class, stop);
  gtk_widget_class_bind_template_callback (widget_class, chosen);
  gtk_widget_class_bind_template_callback (widget_class, kind_changed);
}

static void
telar_type_to_add_init (TelarTypeToAdd *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
telar_type_to_add_new (void)
{
  return g_object_new (TELAR_TYPE_TYPE_TO_ADD, NULL);
}

void
telar_type_to_add_popup (TelarTypeToAdd     *self,
                         GtkWidget          *parent,
                         const GdkRectangle *at,
                         const char         *initial_text,
                         const char         *title)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkWidget *focus;

  g_return_if_fail (TELAR_IS_TYPE_TO_ADD (self));
  g_return_if_fail (GTK_IS_WIDGET (parent));
  g_return_if_fail (at != NULL);

  g_object_ref (self);
  if (gtk_widget_get_parent (widget) != parent)
    {
      if (gtk_widget_get_parent (widget))
        gtk_widget_unparent (widget);
      gtk_widget_set_parent (widget, parent);
    }
  g_object_unref (self);

  /* Letters of the next opening: the keyboard is in here already. */
  focus = gtk_widget_get_root (parent) ? gtk_root_get_focus (gtk_widget_get_root (parent)) : NULL;
  if (focus == NULL || !gtk_widget_is_ancestor (focus, widget))
    g_set_weak_pointer (&self->focus_before, focus);

  gtk_label_set_label (self->title, title ? title : "");
  gtk_widget_set_visible (GTK_WIDGET (self->title), title != NULL);
  gtk_editable_set_text (self->search, initial_text ? initial_text : "");
  search_changed (self);

  gtk_popover_set_pointing_to (GTK_POPOVER (self), at);
  gtk_popover_popup (GTK_POPOVER (self));
  focus_search (self);
}

void
telar_type_to_add_set_kind (TelarTypeToAdd *self,
                            TelarKind       kind)
{
  g_return_if_fail (TELAR_IS_TYPE_TO_ADD (self));

  telar_kind_switch_set_kind (self->kind_switch, kind);
}

TelarKind
telar_type_to_add_get_kind (TelarTypeToAdd *self)
{
  g_return_val_if_fail (TELAR_IS_TYPE_TO_ADD (self), TELAR_KIND_PROCESS);

  return telar_kind_switch_get_kind (self->kind_switch);
}

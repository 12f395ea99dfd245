/* function-palette.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include "palette/function-palette.h"

#include <glib/gi18n-lib.h>

#include "edit/function-words.h"
#include "palette/function-list.h"
#include "palette/kind-switch.h"
#include "palette/object-palette.h"

struct _TelarFunctionPalette
{
  GtkWidget          parent_instance;

  /* Template. */
  TelarKindSwitch   *kind_switch;
  GtkEditable       *search;
  TelarFunctionList *functions;
  GtkWidget         *help_pane;
  GtkLabel          *help;
  TelarObjectPalette *objects;
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

G_DEFINE_FINAL_TYPE (TelarFunctionPalette, telar_function_palette, GTK_TYPE_WIDGET)

/* What is typed next goes on where the text ends. */
static void
focus_search (TelarFunctionPalette *self)
{
  GtkEditable *text = gtk_editable_get_delegate (self->search);

  gtk_text_grab_focus_without_selecting (GTK_TEXT (text));
}

/* Help. */

static char *
help_markup (const TelarFunction *function)
{
  g_autoptr (GString) markup = g_string_new (NULL);
  g_autofree char    *title = g_markup_printf_escaped ("<b>%s</b>\n%s", function->name,
                                                       _(function->help));

  g_string_append (markup, title);
  for (guint i = 0; i < function->n_parameters; i++)
    {
      g_autofree char *words = telar_parameter_words (&function->parameters[i]);
      g_autofree char *line = g_markup_printf_escaped ("\n<b>%s</b>: %s",
                                                       function->parameters[i].name, words);

      g_string_append (markup, line);
    }
  if (function->returns)
    {
      g_autofree char *words = g_strdup_printf (_("Returns %s."), _(function->returns));
      g_autofree char *line = g_markup_printf_escaped ("\n%s", words);

      g_string_append (markup, line);
    }

  return g_string_free (g_steal_pointer (&markup), FALSE);
}

static void
selected (TelarFunctionPalette *self)
{
  const TelarFunction *function = telar_function_list_get_selected (self->functions);
  g_autofree char     *markup = function ? help_markup (function) : NULL;

  if (markup)
    gtk_label_set_markup (self->help, markup);
  else
    gtk_label_set_label (self->help,
                         _("Choose a function to read about it. Enter or a double click adds it, "
                           "or drag it to where it is to be."));
}

/* Search. */

static void
search_changed (TelarFunctionPalette *self)
{
  telar_function_list_follow (self->functions, self->search);
  telar_object_palette_search (self->objects, gtk_editable_get_text (self->search));
}

/* The next search replaces this one. */
static void
search_activated (TelarFunctionPalette *self)
{
  gtk_editable_select_region (self->search, 0, -1);
  telar_function_list_choose (self->functions);
}

static gboolean
search_key (TelarFunctionPalette *self,
            guint                 key,
            guint                 code,
            GdkModifierType       modifiers)
{
  if ((key == GDK_KEY_Down || key == GDK_KEY_KP_Down)
      && (modifiers & gtk_accelerator_get_default_mod_mask ()) == 0)
    return gtk_widget_grab_focus (GTK_WIDGET (self->functions));

  return GDK_EVENT_PROPAGATE;
}

/* Escape empties the search, wherever the keyboard is. */
static gboolean
any_key (TelarFunctionPalette *self,
         guint                 key,
         guint                 code,
         GdkModifierType       modifiers)
{
  if (key != GDK_KEY_Escape || *gtk_editable_get_text (self->search) == '\0')
    return GDK_EVENT_PROPAGATE;

  gtk_editable_set_text (self->search, "");
  focus_search (self);
  return GDK_EVENT_STOP;
}

/* Letters typed into the list, and what takes them back. */
static gboolean
list_key (TelarFunctionPalette *self,
          guint                 key,
          guint                 code,
          GdkModifierType       modifiers,
          GtkEventController   *controller)
{
  gunichar letter = gdk_keyval_to_unicode (key);

  if ((modifiers & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK | GDK_META_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;
  if (key != GDK_KEY_BackSpace && (letter == 0 || !g_unichar_isgraph (letter)))
    return GDK_EVENT_PROPAGATE;

  gtk_editable_set_position (self->search, -1);
  focus_search (self);
  return gtk_event_controller_key_forward (GTK_EVENT_CONTROLLER_KEY (controller),
                                           GTK_WIDGET (gtk_editable_get_delegate (self->search)));
}

static void
list_left (TelarFunctionPalette *self,
           GtkDirectionType      direction)
{
  if (direction == GTK_DIR_TAB_FORWARD)
    gtk_widget_grab_focus (self->help_pane);
  else
    focus_search (self);
}

/* Class. */

static void
chosen (TelarFunctionPalette *self,
        const char           *function)
{
  g_signal_emit (self, signals[CHOSEN], 0, function);
}

static void
kind_changed (TelarFunctionPalette *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_KIND]);
}

static gboolean
telar_function_palette_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (TELAR_FUNCTION_PALETTE (widget)->search));
}

static void
telar_function_palette_get_property (GObject    *object,
                                     guint       id,
                                     GValue     *value,
                                     GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_KIND:
      g_value_set_uint (value, telar_function_palette_get_kind (TELAR_FUNCTION_PALETTE (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
telar_function_palette_set_property (GObject      *object,
                                     guint         id,
                                     const GValue *value,
                                     GParamSpec   *pspec)
{
  switch (id)
    {
    case PROP_KIND:
      telar_function_palette_set_kind (TELAR_FUNCTION_PALETTE (object), g_value_get_uint (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
telar_function_palette_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))))
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (telar_function_palette_parent_class)->dispose (object);
}

static void
telar_function_palette_class_init (TelarFunctionPaletteClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = telar_function_palette_get_property;
  object_class->set_property = telar_function_palette_set_property;
  object_class->dispose = telar_function_palette_dispose;
  widget_class->grab_focus = telar_function_palette_grab_focus;

  properties[PROP_KIND] =
    g_param_spec_uint ("kind", NULL, NULL, 0, TELAR_KIND_CALL, TELAR_KIND_PROCESS,
                       G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                  0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  g_type_ensure (TELAR_TYPE_KIND_SWITCH);
  g_type_ensure (TELAR_TYPE_FUNCTION_LIST);
  g_type_ensure (TELAR_TYPE_OBJECT_PALETTE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/telar/Telar/ui/function-palette.ui");
  gtk_widget_class_bind_template_child (widget_class, TelarFunctionPalette, kind_switch);
  gtk_widget_class_bind_template_child (widget_class, TelarFunctionPalette, search);
  gtk_widget_class_bind_template_child (widget_class, TelarFunctionPalette, functions);
  gtk_widget_class_bind_template_child (widget_class, TelarFunctionPalette, help_pane);
  gtk_widget_class_bind_template_child (widget_class, TelarFunctionPalette, help);
  gtk_widget_class_bind_template_child (widget_class, TelarFunctionPalette, objects);
  gtk_widget_class_bind_template_callback (widget_class, selected);
  gtk_widget_class_bind_template_callback (widget_class, search_changed);
  gtk_widget_class_bind_template_callback (widget_class, search_activated);
  gtk_widget_class_bind_template_callback (widget_class, search_key);
  gtk_widget_class_bind_template_callback (widget_class, list_key);
  gtk_widget_class_bind_template_callback (widget_class, any_key);
  gtk_widget_class_bind_template_callback (widget_class, list_left);
  gtk_widget_class_bind_template_callback (widget_class, chosen);
  gtk_widget_class_bind_template_callback (widget_class, kind_changed);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "palette");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
telar_function_palette_init (TelarFunctionPalette *self)
{
  GtkLayoutManager *layout;

  gtk_widget_init_template (GTK_WIDGET (self));
  layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));
  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  selected (self);
}

void
telar_function_palette_set_kind (TelarFunctionPalette *self,
                                 TelarKind             kind)
{
  g_return_if_fail (TELAR_IS_FUNCTION_PALETTE (self));

  telar_kind_switch_set_kind (self->kind_switch, kind);
}

TelarKind
telar_function_palette_get_kind (TelarFunctionPalette *self)
{
  g_return_val_if_fail (TELAR_IS_FUNCTION_PALETTE (self), TELAR_KIND_PROCESS);

  return telar_kind_switch_get_kind (self->kind_switch);
}

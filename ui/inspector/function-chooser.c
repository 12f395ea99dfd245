/* function-chooser.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include "inspector/function-chooser.h"

#include <glib/gi18n-lib.h>

#include "catalogue/catalogue.h"
#include "edit/function-search.h"
#include "edit/function-words.h"

struct _TelarFunctionChooser
{
  GtkBox     parent_instance;

  /* Borrowed: children. */
  GtkWidget *picker;
  GtkWidget *help;
};

enum
{
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TelarFunctionChooser, telar_function_chooser, GTK_TYPE_BOX)

static void
append_parameters (GString             *out,
                   const TelarFunction *function)
{
  for (unsigned i = 0; i < function->n_parameters; i++)
    g_string_append_printf (out, "%s%s%s", i > 0 ? ", " : "", function->parameters[i].name,
                            function->parameters[i].type == TELAR_VALUE_TEXTS ? "…" : "");
}

/* As on the canvas: by what other libraries and course texts call them, too. */
static GPtrArray *
find (const char *text)
{
  g_autoptr (GArray) hits = telar_function_search (text);
  GPtrArray         *names = g_ptr_array_new ();

  for (guint i = 0; i < hits->len; i++)
    g_ptr_array_add (names, (gpointer) g_array_index (hits, TelarFunctionHit, i).function->name);

  return names;
}

static void
chosen (TelarFunctionChooser *self,
        const char           *name)
{
  g_signal_emit (self, signals[CHOSEN], 0, name);
}

static gboolean
telar_function_chooser_grab_focus (GtkWidget *widget)
{
  TelarFunctionChooser *self = TELAR_FUNCTION_CHOOSER (widget);

  return gtk_widget_child_focus (self->picker, GTK_DIR_TAB_FORWARD);
}

static void
telar_function_chooser_class_init (TelarFunctionChooserClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->grab_focus = telar_function_chooser_grab_focus;

  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                  0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                  G_TYPE_STRING | G_SIGNAL_TYPE_STATIC_SCOPE);

  gtk_widget_class_set_css_name (widget_class, "functionchooser");
}

static void
telar_function_chooser_init (TelarFunctionChooser *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 3);

  self->picker = telar_picker_new ();
  telar_picker_set_label (TELAR_PICKER (self->picker), "");
  g_signal_connect (self->picker, "fill", G_CALLBACK (telar_function_chooser_fill), NULL);
  g_signal_connect_swapped (self->picker, "chosen", G_CALLBACK (chosen), self);
  gtk_box_append (GTK_BOX (self), self->picker);

  self->help = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->help), 0);
  gtk_label_set_wrap (GTK_LABEL (self->help), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (self->help), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (self->help, "dim-label");
  gtk_widget_add_css_class (self->help, "help");
  gtk_box_append (GTK_BOX (self), self->help);
}

GtkWidget *
telar_function_chooser_new (void)
{
  return g_object_new (TELAR_TYPE_FUNCTION_CHOOSER, NULL);
}

void
telar_function_chooser_show (TelarFunctionChooser *self,
                             const char           *name,
                             gboolean              mixed)
{
  const TelarFunction *function = name && !mixed ? telar_catalogue_find (name) : NULL;
  g_autofree char     *label = NULL;
  g_autofree char     *spoken = NULL;
  g_autoptr (GString)  help = g_string_new (function ? _(function->help) : "");

  g_return_if_fail (TELAR_IS_FUNCTION_CHOOSER (self));

  if (mixed)
    label = g_strdup (_("several functions"));
  else
    label = function ? telar_function_signature (function)
                     : g_strdup (name && *name ? name : _("choose a function"));
  telar_picker_set_label (TELAR_PICKER (self->picker), label);
  /* Translators: the name of a button; as in: Function: square (numbers, work) */
  spoken = g_strdup_printf (_("Function: %s"), label);
  telar_picker_set_name (TELAR_PICKER (self->picker), spoken);

  if (function && function->returns)
    {
      g_string_append_c (help, ' ');
      /* Translators: as in: Returns how many primes there are. */
      g_string_append_printf (help, _("Returns %s."), _(function->returns));
    }
  gtk_label_set_label (GTK_LABEL (self->help), help->str);
  gtk_widget_set_visible (self->help, help->len > 0);
}

void
telar_function_chooser_fill (TelarPicker *picker)
{
  unsigned             n_functions;
  const TelarFunction *functions = telar_catalogue (&n_functions);

  telar_picker_set_find (picker, find);
  for (unsigned i = 0; i < n_functions; i++)
    {
      g_autoptr (GString) parameters = g_string_new (NULL);

      append_parameters (parameters, &functions[i]);
      telar_picker_add (picker, functions[i].name, functions[i].name, parameters->str,
                        _(telar_group_title (functions[i].group)));
    }
}

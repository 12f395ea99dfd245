/* argument-form.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include "inspector/argument-form.h"

#include <inttypes.h>

#include <glib/gi18n-lib.h>

#include "edit/operations.h"
#include "graph/json.h"
#include "inspector/argument-field.h"
#include "inspector/inspector-facts.h"
#include "inspector/plugin-functions.h"

struct _TelarArgumentForm
{
  GtkBox                parent_instance;

  /* Borrowed: children. */
  GtkWidget            *extra;        /* a field: arguments that the function does not take */
  GtkWidget            *extra_label;

  /* Borrowed: of the catalogue; nullable. */
  const TelarFunction  *function;

  /* Owned. */
  TelarPluginFunctions *plugin;       /* nullable: of the fields of c_function */
  GPtrArray            *fields;       /* borrowed TelarArgumentField */
  TelarDocument        *document;     /* nullable */
  char                **ids;          /* nullable */

  guint                 step;
};

G_DEFINE_FINAL_TYPE (TelarArgumentForm, telar_argument_form, GTK_TYPE_BOX)

static gboolean
takes_the_rest (const TelarFunction *function,
                guint                argument)
{
  return function->parameters[argument].type == TELAR_VALUE_TEXTS;
}

/* --- To the document --- */

/* The arguments of a call with all from @from on replaced by @rest. */
static json_t *
with_rest (json_t *args,
           guint   from,
           json_t *rest)
{
  json_t *all = json_array ();

  for (guint i = 0; i < from; i++)
    {
      json_t *old = json_array_get (args, i);

      /* a program that nobody chose yet keeps its place */
      json_array_append_new (all, old ? json_incref (old) : json_string (""));
    }
  json_array_extend (all, rest);

  return all;
}

static gboolean
set_rest (TelarArgumentForm  *self,
          guint               from,
          json_t             *rest,
          GError            **error)
{
  gboolean done = TRUE;
  gboolean several = self->ids[0] && self->ids[1];

  if (several)
    telar_document_begin (self->document, NULL, "arguments");
  for (guint i = 0; self->ids[i] && done; i++)
    {
      const TelarTask *task = telar_document_find (self->document, self->ids[i]);
      TelarStep       *step = task && self->step < task->steps->len
                                ? g_ptr_array_index (task->steps, self->step) : NULL;
      json_t          *args = step ? with_rest (step->args, from, rest) : NULL;

      if (args)
        done = telar_document_set_args (self->document, TELAR_ONE (self->ids[i]), self->step, args,
                                        error);
      json_decref (args);
    }
  if (several && done)
    telar_document_end (self->document);
  else if (several)
    telar_document_cancel (self->document);

  return done;
}

static void
field_edited (TelarArgumentForm  *self,
              TelarArgumentField *field)
{
  g_autoptr (GError) error = NULL;
  guint              nth;
  json_t            *value;
  gboolean           done;

  if (self->document == NULL || !g_ptr_array_find (self->fields, field, &nth))
    return;

  value = telar_argument_field_get_value (field);
  if (takes_the_rest (self->function, nth))
    done = set_rest (self, nth, value, &error);
  else
    done = telar_document_set_argument (self->document, (const char *const *) self->ids, self->step,
                                        nth, value, &error);
  telar_argument_field_settle (field, done, error);
  json_decref (value);
}

static void
field_left (TelarArgumentForm *self)
{
  if (self->document)
    telar_document_seal (self->document);
}

static void
drop_extra (TelarArgumentForm *self)
{
  g_autoptr (GError) error = NULL;
  json_t            *nothing = json_array ();
  guint              from = self->function ? self->function->n_parameters : 0;

  telar_field_settle (TELAR_FIELD (self->extra), set_rest (self, from, nothing, &error), error);
  json_decref (nothing);
}

/* --- From the document --- */

static void
make_extra (TelarArgumentForm *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *button = gtk_button_new_with_label (_("Remove"));

  self->extra_label = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->extra_label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (self->extra_label), PANGO_ELLIPSIZE_END);
  gtk_label_set_selectable (GTK_LABEL (self->extra_label), TRUE);
  gtk_widget_set_hexpand (self->extra_label, TRUE);
  gtk_widget_add_css_class (self->extra_label, "monospace");
  gtk_box_append (GTK_BOX (box), self->extra_label);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (drop_extra), self);
  gtk_box_append (GTK_BOX (box), button);

  self->extra = telar_field_new (_("too many"), box, FALSE);
  gtk_box_append (GTK_BOX (self), self->extra);
}

static void
show_extra (TelarArgumentForm *self,
            json_t            *args)
{
  guint               least = self->function ? self->function->n_parameters : 0;
  gboolean            extra = json_array_size (args) > least
                              && (least == 0 || !takes_the_rest (self->function, least - 1));
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = least; extra && i < json_array_size (args); i++)
    {
      if (i > least)
        g_string_append (text, ", ");
      telar_json_print (text, json_array_get (args, i));
    }
  if (extra && self->extra == NULL)
    make_extra (self);
  if (self->extra)
    {
      gtk_widget_set_visible (self->extra, extra);
      gtk_label_set_label (GTK_LABEL (self->extra_label), text->str);
    }
}

static void
build (TelarArgumentForm   *self,
       const TelarFunction *function)
{
  GtkWidget *child;

  g_clear_pointer (&self->plugin, telar_plugin_functions_free);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))))
    gtk_box_remove (GTK_BOX (self), child);
  g_ptr_array_set_size (self->fields, 0);
  self->extra = self->extra_label = NULL;
  self->function = function;

  for (guint i = 0; function && i < function->n_parameters; i++)
    {
      GtkWidget *field = telar_argument_field_new (function, i);

      g_signal_connect_swapped (field, "edited", G_CALLBACK (field_edited), self);
      g_signal_connect_swapped (field, "left", G_CALLBACK (field_left), self);
      g_ptr_array_add (self->fields, field);
      gtk_box_append (GTK_BOX (self), field);
    }
  if (function && g_str_equal (function->name, "c_function"))
    self->plugin = telar_plugin_functions_new (g_ptr_array_index (self->fields, 0),
                                               g_ptr_array_index (self->fields, 1),
                                               g_ptr_array_index (self->fields, 2));
}

/* Returns: (transfer full): the arguments from @from on. */
static json_t *
rest_of (json_t *args,
         guint   from)
{
  json_t *rest = json_array ();

  for (guint i = from; i < json_array_size (args); i++)
    json_array_append (rest, json_array_get (args, i));

  return rest;
}

static TelarStep *
step_of (GPtrArray *tasks,
         guint      nth,
         guint      step)
{
  const TelarTask *task = g_ptr_array_index (tasks, nth);

  return step < task->steps->len ? g_ptr_array_index (task->steps, step) : NULL;
}

static void
show_rest (TelarArgumentForm *self,
           GPtrArray         *tasks,
           guint              nth,
           const char        *owner)
{
  TelarStep *first = step_of (tasks, 0, self->step);
  json_t    *rest = rest_of (first ? first->args : NULL, nth);
  gboolean   mixed = FALSE;

  for (guint i = 1; i < tasks->len && !mixed; i++)
    {
      TelarStep *step = step_of (tasks, i, self->step);
      json_t    *other = rest_of (step ? step->args : NULL, nth);

      mixed = !json_equal (rest, other);
      json_decref (other);
    }
  telar_argument_field_show (g_ptr_array_index (self->fields, nth), self->document, owner, rest,
                             mixed);
  json_decref (rest);
}

static void
telar_argument_form_dispose (GObject *object)
{
  TelarArgumentForm *self = TELAR_ARGUMENT_FORM (object);

  g_clear_pointer (&self->plugin, telar_plugin_functions_free);
  g_clear_object (&self->document);

  G_OBJECT_CLASS (telar_argument_form_parent_class)->dispose (object);
}

static void
telar_argument_form_finalize (GObject *object)
{
  TelarArgumentForm *self = TELAR_ARGUMENT_FORM (object);

  g_ptr_array_unref (self->fields);
  g_strfreev (self->ids);

  G_OBJECT_CLASS (telar_argument_form_parent_class)->finalize (object);
}

static void
telar_argument_form_class_init (TelarArgumentFormClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = telar_argument_form_dispose;
  object_class->finalize = telar_argument_form_finalize;

  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "argumentform");
}

static void
telar_argument_form_init (TelarArgumentForm *self)
{
  self->fields = g_ptr_array_new ();
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 6);
}

GtkWidget *
telar_argument_form_new (void)
{
  return g_object_new (TELAR_TYPE_ARGUMENT_FORM, NULL);
}

void
telar_argument_form_show (TelarArgumentForm *self,
                          TelarDocument     *document,
                          const char *const *ids,
                          GPtrArray         *tasks,
                          guint              step)
{
  g_autofree char     *owner = NULL;
  TelarStep           *first;
  const TelarFunction *function;

  g_return_if_fail (TELAR_IS_ARGUMENT_FORM (self));
  g_return_if_fail (tasks != NULL && tasks->len > 0);

  g_set_object (&self->document, document);
  g_strfreev (self->ids);
  self->ids = g_strdupv ((char **) ids);
  self->step = step;

  first = step_of (tasks, 0, step);
  function = first ? telar_catalogue_find (first->function) : NULL;
  if (function == NULL || function != self->function)
    build (self, function);

  owner = g_strdup_printf ("%" PRIu64 " %u %u",
                           telar_document_get_serial (document, g_ptr_array_index (tasks, 0)),
                           tasks->len, step);
  for (guint i = 0; i < self->fields->len; i++)
    {
      gboolean mixed;
      json_t  *value;

      if (takes_the_rest (function, i))
        {
          show_rest (self, tasks, i, owner);
          continue;
        }
      value = telar_inspector_argument (tasks, step, i, &mixed);
      telar_argument_field_show (g_ptr_array_index (self->fields, i), document, owner, value,
                                 mixed);
    }
  if (self->plugin)
    telar_plugin_functions_show (self->plugin);
  show_extra (self, first ? first->args : NULL);
  gtk_widget_set_visible (GTK_WIDGET (self),
                          gtk_widget_get_first_child (GTK_WIDGET (self)) != NULL);
}

/* The field that a fault belongs to: one that says "too few" to the first that is
 * left out. Returns: its number, or G_MAXUINT. */
static guint
field_of (TelarArgumentForm  *self,
          const TelarPlaceIn *place)
{
  const TelarTask *task = telar_document_find (self->document, self->ids[0]);
  TelarStep       *step;
  guint            nth = place->nth;

  if (task == NULL || place->step != self->step || self->step >= task->steps->len)
    return G_MAXUINT;

  step = g_ptr_array_index (task->steps, self->step);
  if (place->kind == TELAR_PLACE_ARGUMENTS)
    nth = (guint) json_array_size (step->args);
  if (nth >= self->fields->len && self->fields->len > 0
      && takes_the_rest (self->function, self->fields->len - 1))
    nth = self->fields->len - 1;

  return nth;
}

void
telar_argument_form_set_faults (TelarArgumentForm *self,
                                GPtrArray         *faults)
{
  g_autofree const TelarFault **of = g_new0 (const TelarFault *, self->fields->len + 1);

  g_return_if_fail (TELAR_IS_ARGUMENT_FORM (self));

  for (guint i = 0; faults && self->ids && i < faults->len; i++)
    {
      const TelarFault *fault = g_ptr_array_index (faults, i);
      TelarPlaceIn      place = telar_inspector_place (telar_fault_below (fault));
      guint             field;

      if (place.kind != TELAR_PLACE_ARGUMENT && place.kind != TELAR_PLACE_ARGUMENTS)
        continue;
      field = field_of (self, &place);
      if (field == G_MAXUINT)
        continue;
      field = MIN (field, self->fields->len);
      if (of[field] == NULL)
        of[field] = fault;
    }

  for (guint i = 0; i < self->fields->len; i++)
    telar_argument_field_set_fault (g_ptr_array_index (self->fields, i), of[i]);
  if (self->extra)
    {
      const TelarFault *fault = of[self->fields->len];
      g_autofree char  *sentence = fault ? telar_fault_sentence (fault) : NULL;

      telar_field_set_fault (TELAR_FIELD (self->extra),
                             fault ? fault->level : TELAR_FAULT_ERROR, sentence);
    }
}

gboolean
telar_argument_form_focus (TelarArgumentForm *self,
                           guint              argument)
{
  g_return_val_if_fail (TELAR_IS_ARGUMENT_FORM (self), FALSE);

  if (self->fields->len == 0)
    return FALSE;

  return gtk_widget_grab_focus (g_ptr_array_index (self->fields,
                                                   MIN (argument, self->fields->len - 1)));
}

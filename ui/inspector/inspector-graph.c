/* inspector-graph.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include "inspector/inspector-graph.h"

#include <inttypes.h>

#include <glib/gi18n-lib.h>

#include "edit/operations.h"
#include "inspector/field.h"
#include "inspector/text-edit.h"
#include "machine/machine.h"

#define MEBIBYTE   (G_GUINT64_CONSTANT (1) << 20)
#define MOST_MIB   (G_GUINT64_CONSTANT (1) << 40)

struct _TelarInspectorGraph
{
  GtkBox         parent_instance;

  /* Template. */
  GtkWidget     *name_field;
  TelarTextEdit *name_edit;
  GtkWidget     *description_field;
  TelarTextEdit *description_edit;
  GtkWidget     *method_field;
  GtkDropDown   *method_menu;
  GtkWidget     *placement_field;
  GtkDropDown   *placement_menu;
  GtkWidget     *cores_field;
  TelarTextEdit *cores_edit;
  GtkWidget     *skip_field;
  GtkWidget     *skip_check;
  GtkWidget     *alive_field;
  TelarTextEdit *alive_edit;
  GtkWidget     *memory_field;
  TelarTextEdit *memory_edit;

  /* Owned. */
  TelarDocument *document;  /* nullable */
  GArray        *cores;     /* nullable: what the text of cores stands for */

  guint64        serial;    /* of the graph that is shown */
  gboolean       cores_shown;
  gboolean       quiet;     /* showing, not changing */
};

G_DEFINE_FINAL_TYPE (TelarInspectorGraph, telar_inspector_graph, GTK_TYPE_BOX)

static void
settle (GtkWidget    *field,
        gboolean      done,
        const GError *error)
{
  telar_field_settle (TELAR_FIELD (field), done, error);
}

static void
left (TelarInspectorGraph *self)
{
  if (self->document)
    telar_document_seal (self->document);
}

/* --- Typing --- */

static void
name_edited (TelarInspectorGraph *self)
{
  g_autofree char   *text = telar_text_edit_get_text (self->name_edit);
  g_autoptr (GError) error = NULL;

  settle (self->name_field,
          telar_document_set_graph_name (self->document, *text ? text : NULL, &error), error);
}

static void
description_edited (TelarInspectorGraph *self)
{
  g_autofree char   *text = telar_text_edit_get_text (self->description_edit);
  g_autoptr (GError) error = NULL;

  settle (self->description_field,
          telar_document_set_description (self->document, *text ? text : NULL, &error), error);
}

static gboolean
same_cores (const GArray *a,
            const GArray *b)
{
  if (a == NULL || b == NULL)
    return a == b;

  return a->len == b->len && memcmp (a->data, b->data, a->len * sizeof (int)) == 0;
}

static void
remember_cores (TelarInspectorGraph *self,
                const GArray        *cores)
{
  g_clear_pointer (&self->cores, g_array_unref);
  if (cores)
    self->cores = g_array_copy ((GArray *) cores);
}

static void
cores_edited (TelarInspectorGraph *self)
{
  g_autofree char   *text = g_strstrip (telar_text_edit_get_text (self->cores_edit));
  g_autoptr (GError) error = NULL;
  GArray            *cores = *text ? telar_cores_parse (text, &error) : NULL;
  const char        *before = telar_text_edit_get_before (self->cores_edit);

  /* of "0,x" not even the 0 is taken */
  if (error && before && *before)
    cores = telar_cores_parse (before, NULL);
  remember_cores (self, cores);
  telar_document_set_cores (self->document, cores ? (const int *) (void *) cores->data : NULL,
                            cores ? cores->len : 0, error ? NULL : &error);
  settle (self->cores_field, error == NULL, error);
  g_clear_pointer (&cores, g_array_unref);
}

/* Returns: what the text stood for before a person began to change it. */
static guint64
number_before (TelarTextEdit *edit,
               guint64        maximum)
{
  const char *before = telar_text_edit_get_before (edit);
  guint64     number = 0;

  if (before && *before)
    g_free (telar_number_read (before, maximum, &number));

  return number;
}

static void
alive_edited (TelarInspectorGraph *self)
{
  g_autofree char   *text = telar_text_edit_get_text (self->alive_edit);
  g_autofree char   *wrong = NULL;
  g_autoptr (GError) error = NULL;
  guint64            number = 0;

  if (*text)
    wrong = telar_number_read (text, G_MAXINT32, &number);
  if (wrong == NULL && !telar_document_set_alive_limit (self->document, (guint) number, &error))
    wrong = g_strdup (error->message);
  if (wrong)
    telar_document_set_alive_limit (self->document,
                                    (guint) number_before (self->alive_edit, G_MAXINT32), NULL);
  telar_text_edit_set_refusal (self->alive_edit, wrong);
}

static void
memory_edited (TelarInspectorGraph *self)
{
  g_autofree char   *text = telar_text_edit_get_text (self->memory_edit);
  g_autofree char   *wrong = NULL;
  g_autoptr (GError) error = NULL;
  guint64            number = 0;

  if (*text)
    wrong = telar_number_read (text, MOST_MIB, &number);
  if (wrong == NULL
      && !telar_document_set_memory_limit (self->document, number * MEBIBYTE, &error))
    wrong = g_strdup (error->message);
  if (wrong)
    telar_document_set_memory_limit (self->document,
                                     number_before (self->memory_edit, MOST_MIB) * MEBIBYTE, NULL);
  telar_text_edit_set_refusal (self->memory_edit, wrong);
}

/* --- Choosing --- */

static void
method_chosen (TelarInspectorGraph *self)
{
  g_autoptr (GError) error = NULL;

  if (self->quiet || self->document == NULL)
    return;

  settle (self->method_field,
          telar_document_set_start_method (
            self->document, (TelarStartMethod) gtk_drop_down_get_selected (self->method_menu),
            &error), error);
  telar_document_seal (self->document);
}

static void
placement_chosen (TelarInspectorGraph *self)
{
  g_autoptr (GError) error = NULL;

  if (self->quiet || self->document == NULL)
    return;

  settle (self->placement_field,
          telar_document_set_placement (
            self->document, (TelarPlacement) gtk_drop_down_get_selected (self->placement_menu),
            &error), error);
  telar_document_seal (self->document);
}

static void
skip_toggled (TelarInspectorGraph *self)
{
  g_autoptr (GError) error = NULL;

  if (self->quiet || self->document == NULL)
    return;

  settle (self->skip_field,
          telar_document_set_skip_on_failure (
            self->document, gtk_check_button_get_active (GTK_CHECK_BUTTON (self->skip_check)),
            &error), error);
  telar_document_seal (self->document);
}

/* --- Showing --- */

/* Several in a row are written as a range. */
static char *
cores_text (const GArray *cores)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; cores && i < cores->len; i++)
    {
      int   first = g_array_index (cores, int, i);
      guint n = 1;

      while (i + n < cores->len && g_array_index (cores, int, i + n) == first + (int) n)
        n++;
      if (i > 0)
        g_string_append_c (text, ',');
      g_string_append_printf (text, "%d", first);
      if (n > 2)
        {
          g_string_append_printf (text, "-%d", first + (int) n - 1);
          i += n - 1;
        }
    }

  return g_string_free (text, FALSE);
}

/* A text that stands for the same cores stays as it was typed. */
static void
show_cores (TelarInspectorGraph *self,
            const char          *owner,
            const GArray        *cores)
{
  g_autofree char *text = cores_text (cores);

  if (self->cores_shown && same_cores (cores, self->cores))
    return;

  self->cores_shown = TRUE;
  remember_cores (self, cores);
  telar_text_edit_show (self->cores_edit, owner, text);
}

static void
telar_inspector_graph_dispose (GObject *object)
{
  TelarInspectorGraph *self = TELAR_INSPECTOR_GRAPH (object);

  g_clear_object (&self->document);

  G_OBJECT_CLASS (telar_inspector_graph_parent_class)->dispose (object);
}

static void
telar_inspector_graph_finalize (GObject *object)
{
  TelarInspectorGraph *self = TELAR_INSPECTOR_GRAPH (object);

  g_clear_pointer (&self->cores, g_array_unref);

  G_OBJECT_CLASS (telar_inspector_graph_parent_class)->finalize (object);
}

static void
telar_inspector_graph_class_init (TelarInspectorGraphClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = telar_inspector_graph_dispose;
  G_OBJECT_CLASS (klass)->finalize = telar_inspector_graph_finalize;

  g_type_ensure (TELAR_TYPE_FIELD);
  g_type_ensure (TELAR_TYPE_TEXT_EDIT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/telar/Telar/ui/inspector-graph.ui");
  gtk_widget_class_bind_template_child (widget_class, TelarInspectorGraph, name_field);
  gtk_widget_class_bind_template_child (widget_class, TelarInspectorGraph, name_edit);
  gtk_widget_class_bind_template_child (widget_class, TelarInspectorGraph, description_field);
  gtk_widget_class_bind_template_child (widget_class, TelarInspectorGraph, description_edit);
  gtk_widget_class_bind_template_child (widget_class, TelarInspectorGraph, method_field);
  gtk_widget_class_bind_template_child (widget_class, TelarInspectorGraph, method_menu);
  gtk_widget_class_bind_template_child (widget_class, TelarInspectorGraph, placement_field);
  gtk_widget_class_bind_template_child (widget_class, TelarInspectorGraph, placement_menu);
  gtk_widget_class_bind_template_child (widget_class, TelarInspectorGraph, cores_field);
  gtk_widget_class_bind_template_child (widget_class, TelarInspectorGraph, cores_edit);
  gtk_widget_class_bind_template_child (widget_class, TelarInspectorGraph, skip_field);
  gtk_widget_class_bind_template_child (widget_class, TelarInspectorGraph, skip_check);
  gtk_widget_class_bind_template_child (widget_class, TelarInspectorGraph, alive_field);
  gtk_widget_class_bind_template_child (widget_class, TelarInspectorGraph, alive_edit);
  gtk_widget_class_bind_template_child (widget_class, TelarInspectorGraph, memory_field);
  gtk_widget_class_bind_template_child (widget_class, TelarInspectorGraph, memory_edit);
  gtk_widget_class_bind_template_callback (widget_class, left);
  gtk_widget_class_bind_template_callback (widget_class, name_edited);
  gtk_widget_class_bind_template_callback (widget_class, description_edited);
  gtk_widget_class_bind_template_callback (widget_class, method_chosen);
  gtk_widget_class_bind_template_callback (widget_class, placement_chosen);
  gtk_widget_class_bind_template_callback (widget_class, cores_edited);
  gtk_widget_class_bind_template_callback (widget_class, skip_toggled);
  gtk_widget_class_bind_template_callback (widget_class, alive_edited);
  gtk_widget_class_bind_template_callback (widget_class, memory_edited);
}

static void
telar_inspector_graph_init (TelarInspectorGraph *self)
{
  g_autofree char *usual = g_strdup_printf ("%u", TELAR_ALIVE_LIMIT);

  gtk_widget_init_template (GTK_WIDGET (self));
  telar_text_edit_set_placeholder (self->name_edit, _("Untitled"));
  telar_text_edit_set_placeholder (self->description_edit, _("What it shows, in a sentence"));
  telar_text_edit_set_placeholder (self->cores_edit, _("all"));
  telar_text_edit_set_placeholder (self->alive_edit, usual);
  telar_text_edit_set_placeholder (self->memory_edit, _("no limit"));
  telar_text_edit_set_clearable (self->cores_edit, TRUE);
  telar_text_edit_set_clearable (self->alive_edit, TRUE);
  telar_text_edit_set_clearable (self->memory_edit, TRUE);
}

void
telar_inspector_graph_show (TelarInspectorGraph *self,
                            TelarDocument       *document)
{
  const TelarGraph *graph;
  guint64           serial;
  g_autofree char  *owner = NULL;
  g_autofree char  *alive = NULL;
  g_autofree char  *memory = NULL;

  g_return_if_fail (TELAR_IS_INSPECTOR_GRAPH (self));

  graph = telar_document_get_graph (document);
  serial = telar_document_get_serial (document, graph->main);
  owner = g_strdup_printf ("%" PRIu64, serial);
  self->cores_shown &= self->serial == serial;
  self->serial = serial;
  g_set_object (&self->document, document);
  alive = graph->alive_limit > 0 ? g_strdup_printf ("%u", graph->alive_limit) : g_strdup ("");
  memory = graph->memory_limit > 0
             ? g_strdup_printf ("%" PRIu64, graph->memory_limit / MEBIBYTE) : g_strdup ("");

  self->quiet = TRUE;
  telar_text_edit_show (self->name_edit, owner, graph->name ? graph->name : "");
  telar_text_edit_show (self->description_edit, owner,
                        graph->description ? graph->description : "");
  gtk_drop_down_set_selected (self->method_menu, graph->start_method);
  gtk_drop_down_set_selected (self->placement_menu, graph->placement);
  show_cores (self, owner, graph->cores);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->skip_check), graph->skip_on_failure);
  telar_text_edit_show (self->alive_edit, owner, alive);
  telar_text_edit_show (self->memory_edit, owner, memory);
  self->quiet = FALSE;
}

static void
show_fault (GtkWidget      *field,
            TelarPlaceKind  kind,
            GPtrArray      *faults)
{
  const TelarFault *found = NULL;
  g_autofree char  *sentence = NULL;

  for (guint i = 0; faults && i < faults->len && found == NULL; i++)
    {
      const TelarFault *fault = g_ptr_array_index (faults, i);

      if (telar_inspector_place (telar_fault_below (fault)).kind == kind)
        found = fault;
    }
  sentence = found ? telar_fault_sentence (found) : NULL;
  telar_field_set_fault (TELAR_FIELD (field), found ? found->level : TELAR_FAULT_ERROR, sentence);
}

void
telar_inspector_graph_set_faults (TelarInspectorGraph *self,
                                  GPtrArray           *faults)
{
  g_return_if_fail (TELAR_IS_INSPECTOR_GRAPH (self));

  show_fault (self->method_field, TELAR_PLACE_START_METHOD, faults);
  show_fault (self->cores_field, TELAR_PLACE_CORES, faults);
}

void
telar_inspector_graph_focus (TelarInspectorGraph *self,
                             const TelarPlaceIn  *place)
{
  g_return_if_fail (TELAR_IS_INSPECTOR_GRAPH (self));

  if (place->kind == TELAR_PLACE_CORES)
    gtk_widget_grab_focus (self->cores_field);
  else if (place->kind == TELAR_PLACE_START_METHOD)
    gtk_widget_child_focus (GTK_WIDGET (self->method_menu), GTK_DIR_TAB_FORWARD);
  else
    gtk_widget_grab_focus (self->name_field);
}

/* inspector-task.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include "inspector/inspector-task.h"

#include <inttypes.h>

#include <glib/gi18n-lib.h>

#include "edit/legal.h"
#include "edit/operations.h"
#include "inspector/after-list.h"
#include "inspector/argument-form.h"
#include "inspector/field.h"
#include "inspector/function-chooser.h"
#include "inspector/picker.h"
#include "inspector/step-list.h"
#include "inspector/text-edit.h"
#include "machine/machine.h"

#define MOST 1000000 /* copies, rounds: far beyond any run, for the arrow keys */

struct _TelarInspectorTask
{
  GtkBox          parent_instance;

  /* Template. */
  GtkWidget      *id_field;
  TelarTextEdit  *id_edit;
  GtkWidget      *name_field;
  TelarTextEdit  *name_edit;
  GtkWidget      *kind_field;
  GtkWidget      *kind_process;
  GtkWidget      *kind_thread;
  GtkWidget      *kind_call;
  GtkWidget      *does_field;
  GtkWidget      *does_function;
  GtkWidget      *does_body;
  GtkWidget      *function_field;
  GtkWidget      *chooser;
  GtkWidget      *form;
  GtkWidget      *steps;
  GtkWidget      *repeat_field;
  TelarTextEdit  *repeat_edit;
  GtkWidget      *inside_field;
  GtkWidget      *inside_picker;
  GtkWidget      *after_field;
  GtkWidget      *after_list;
  GtkWidget      *copies_field;
  TelarTextEdit  *copies_edit;
  GtkWidget      *core_field;
  TelarTextEdit  *core_edit;
  GtkWidget      *core_picker;
  GtkWidget      *method_field;
  GtkWidget      *method_picker;
  GtkWidget      *daemon_field;
  GtkWidget      *daemon_check;
  GtkWidget      *identity;    /* groups of fields that main does not have */
  GtkWidget      *relations;

  /* Owned. */
  TelarDocument  *document;    /* nullable */
  char          **ids;         /* nullable */
  char           *first_id;    /* nullable: what it was before someone types another */

  TelarInspectorFacts facts;
  guint64         first;       /* the serial of the first task */
  gboolean        quiet;       /* showing, not changing */
};

G_DEFINE_FINAL_TYPE (TelarInspectorTask, telar_inspector_task, GTK_TYPE_BOX)

static const char *const *
ids_of (TelarInspectorTask *self)
{
  return (const char *const *) self->ids;
}

static gboolean
settle (GtkWidget    *field,
        gboolean      done,
        const GError *error)
{
  return telar_field_settle (TELAR_FIELD (field), done, error);
}

/* The machine is looked at once, when somebody wants to know of its cores. */
static const TelarMachine *
machine (void)
{
  static TelarMachine *detected;

  if (detected == NULL)
    detected = telar_machine_detect ();

  return detected;
}

/* --- Typing --- */

static void
left (TelarInspectorTask *self)
{
  if (self->document)
    telar_document_seal (self->document);
}

/* A wrong id leaves the task the one that it had, not the beginning of the wrong one. */
static void
id_edited (TelarInspectorTask *self)
{
  g_autofree char   *text = g_strstrip (telar_text_edit_get_text (self->id_edit));
  g_autofree char   *id = g_strdup (self->ids[0]);
  g_autoptr (GError) error = NULL;
  gboolean           done;

  done = telar_document_rename (self->document, id, text, &error);
  if (!done && self->first_id && !g_str_equal (id, self->first_id))
    telar_document_rename (self->document, id, self->first_id, NULL);
  settle (self->id_field, done, error);
}

static void
id_left (TelarInspectorTask *self)
{
  left (self);
  g_free (self->first_id);
  self->first_id = g_strdup (self->ids ? self->ids[0] : NULL);
}

static void
name_edited (TelarInspectorTask *self)
{
  g_autofree char   *text = telar_text_edit_get_text (self->name_edit);
  g_autoptr (GError) error = NULL;
  gboolean           done;

  done = telar_document_set_name (self->document, ids_of (self), *text ? text : NULL, &error);
  settle (self->name_field, done, error);
}

typedef gboolean (*SetNumber) (TelarDocument      *document,
                               const char *const  *ids,
                               guint               number,
                               GError            **error);

/* Of "12x" not even the 12 is taken. */
static void
restore_number (TelarInspectorTask *self,
                TelarTextEdit      *edit,
                SetNumber           set)
{
  const char      *before = telar_text_edit_get_before (edit);
  guint64          number;
  g_autofree char *none = before ? telar_number_read (before, G_MAXINT32, &number) : NULL;

  if (before && none == NULL)
    set (self->document, ids_of (self), (guint) number, NULL);
}

static void
number_edited (TelarInspectorTask *self,
               TelarTextEdit      *edit,
               SetNumber           set)
{
  g_autofree char   *text = telar_text_edit_get_text (edit);
  g_autoptr (GError) error = NULL;
  guint64            number;
  g_autofree char   *wrong = telar_number_read (text, G_MAXINT32, &number);

  if (wrong == NULL && !set (self->document, ids_of (self), (guint) number, &error))
    wrong = g_strdup (error->message);
  if (wrong)
    restore_number (self, edit, set);
  telar_text_edit_set_refusal (edit, wrong);
}

static void
repeat_edited (TelarInspectorTask *self)
{
  number_edited (self, self->repeat_edit, telar_document_set_repeat);
}

static void
copies_edited (TelarInspectorTask *self)
{
  number_edited (self, self->copies_edit, telar_document_set_copies);
}

/* Another computer may have a core that this one lacks. */
static void
update_core_help (TelarInspectorTask *self)
{
  g_autofree char *help = NULL;

  if (!self->facts.core_mixed && self->facts.core >= 0
      && telar_machine_find (machine (), self->facts.core) == NULL)
    help = g_strdup_printf (_("This computer has no core %d: here the graph cannot run."),
                            self->facts.core);
  telar_field_set_help (TELAR_FIELD (self->core_field), help);
}

static void
restore_core (TelarInspectorTask *self)
{
  const char *before = telar_text_edit_get_before (self->core_edit);
  guint64     number = 0;

  /* of several tasks nothing can be several cores */
  if (before == NULL || (*before == '\0' && self->facts.n > 1))
    return;
  if (*before)
    g_free (telar_number_read (before, TELAR_MAX_CORES - 1, &number));
  telar_document_set_core (self->document, ids_of (self), *before ? (int) number : -1, NULL);
}

static void
core_edited (TelarInspectorTask *self)
{
  g_autofree char   *text = g_strstrip (telar_text_edit_get_text (self->core_edit));
  g_autoptr (GError) error = NULL;
  g_autofree char   *wrong = NULL;
  guint64            number = 0;

  if (*text)
    wrong = telar_number_read (text, TELAR_MAX_CORES - 1, &number);
  if (wrong == NULL && !telar_document_set_core (self->document, ids_of (self),
                                                 *text ? (int) number : -1, &error))
    wrong = g_strdup (error->message);
  if (wrong)
    restore_core (self);
  telar_text_edit_set_refusal (self->core_edit, wrong);
}

static void
core_fill (TelarInspectorTask *self,
           TelarPicker        *picker)
{
  telar_picker_add (picker, "", _("Any core"), NULL, NULL);
  for (guint i = 0; i < machine ()->n_cores; i++)
    {
      g_autofree char *value = g_strdup_printf ("%d", machine ()->cores[i].number);
      g_autofree char *title = g_strdup_printf (_("Core %d"), machine ()->cores[i].number);

      telar_picker_add (picker, value, title,
                        machine ()->cores[i].usable ? NULL : _("not to be used here"), NULL);
    }
}

static void
core_chosen (TelarInspectorTask *self,
             const char         *value)
{
  telar_text_edit_enter (self->core_edit, value);
  left (self);
}

/* --- Choosing --- */

static void show (TelarInspectorTask *self, TelarDocument *document, const char *const *ids);

static void
kind_toggled (TelarInspectorTask *self,
              GtkToggleButton    *button)
{
  g_autoptr (GError) error = NULL;
  TelarKind          kind = GTK_WIDGET (button) == self->kind_process  ? TELAR_KIND_PROCESS
                            : GTK_WIDGET (button) == self->kind_thread ? TELAR_KIND_THREAD
                                                                       : TELAR_KIND_CALL;

  if (self->quiet || !gtk_toggle_button_get_active (button))
    return;

  if (!settle (self->kind_field, telar_document_set_kind (self->document, ids_of (self), kind,
                                                          &error), error))
    show (self, self->document, ids_of (self));
}

static void
does_toggled (TelarInspectorTask *self,
              GtkToggleButton    *button)
{
  g_autoptr (GError) error = NULL;
  gboolean           body = GTK_WIDGET (button) == self->does_body;

  if (self->quiet || !gtk_toggle_button_get_active (button))
    return;

  if (!settle (self->does_field, telar_document_set_has_body (self->document, ids_of (self), body,
                                                              &error), error))
    show (self, self->document, ids_of (self));
}

static void
function_chosen (TelarInspectorTask *self,
                 const char         *name)
{
  g_autoptr (GError) error = NULL;

  settle (self->function_field, telar_document_set_function (self->document, ids_of (self), 0,
                                                             name, &error), error);
  telar_document_seal (self->document);
}

static void
daemon_toggled (TelarInspectorTask *self)
{
  g_autoptr (GError) error = NULL;
  gboolean           active = gtk_check_button_get_active (GTK_CHECK_BUTTON (self->daemon_check));

  if (self->quiet)
    return;

  settle (self->daemon_field, telar_document_set_daemon (self->document, ids_of (self), active,
                                                         &error), error);
  telar_document_seal (self->document);
}

/* "fork, as the graph says" */
static char *
name_of_graphs_method (TelarInspectorTask *self)
{
  TelarStartMethod method = telar_document_get_graph (self->document)->start_method;

  /* Translators: fork, forkserver or spawn */
  return g_strdup_printf (_("%s, as the graph says"), telar_start_method_name (method));
}

static void
method_fill (TelarInspectorTask *self,
             TelarPicker        *picker)
{
  static const struct
  {
    TelarStartMethod method;
    const char      *what;
  } methods[] = {
    { TELAR_METHOD_FORK, N_("a copy of its parent") },
    { TELAR_METHOD_FORKSERVER, N_("a copy of a server that has one thread") },
    { TELAR_METHOD_SPAWN, N_("a new program") },
  };
  g_autofree char *graphs = name_of_graphs_method (self);

  telar_picker_add (picker, "", graphs, NULL, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    telar_picker_add (picker, telar_start_method_name (methods[i].method),
                      telar_start_method_name (methods[i].method), _(methods[i].what), NULL);
}

static void
method_chosen (TelarInspectorTask *self,
               const char         *name)
{
  g_autoptr (GError) error = NULL;

  settle (self->method_field,
          telar_document_set_task_start_method (self->document, ids_of (self),
                                                *name ? telar_start_method_parse (name) : -1,
                                                &error), error);
  telar_document_seal (self->document);
}

static void
inside_fill (TelarInspectorTask *self,
             TelarPicker        *picker)
{
  const TelarRelations *relations = telar_document_get_relations (self->document);
  guint32               number = telar_relations_find (relations, self->ids[0], NULL);
  g_autofree gboolean  *legal = NULL;

  if (number == TELAR_NOBODY)
    return;

  legal = telar_legal_frames (relations, &number, 1);
  for (guint32 i = 0; i < relations->n_tasks; i++)
    if (legal[i])
      telar_picker_add (picker, telar_relations_task (relations, i)->id,
                        telar_relations_task (relations, i)->id,
                        telar_relations_task (relations, i)->name, NULL);
}

static void
inside_chosen (TelarInspectorTask *self,
               const char         *id)
{
  g_autoptr (GError) error = NULL;

  settle (self->inside_field,
          telar_document_reparent (self->document, ids_of (self),
                                   g_str_equal (id, "main") ? NULL : id, &error), error);
}

/* --- Showing --- */

static void
show_number (TelarTextEdit *edit,
             const char    *owner,
             guint          number,
             gboolean       mixed)
{
  g_autofree char *text = mixed ? g_strdup ("") : g_strdup_printf ("%u", number);

  telar_text_edit_set_placeholder (edit, mixed ? _("several values") : NULL);
  telar_text_edit_show (edit, owner, text);
}

static void
show_toggle (GtkWidget *button,
             gboolean   active)
{
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), active);
}

static void
show_method (TelarInspectorTask *self)
{
  const TelarInspectorFacts *facts = &self->facts;
  g_autofree char           *label = NULL;
  g_autofree char           *name = NULL;

  if (facts->method_mixed)
    label = g_strdup (_("several values"));
  else if (facts->start_method < 0)
    label = name_of_graphs_method (self);
  else
    label = g_strdup (telar_start_method_name ((TelarStartMethod) facts->start_method));
  /* Translators: the name of a button; as in: Start by fork */
  name = g_strdup_printf (_("Start by %s"), label);
  telar_picker_set_label (TELAR_PICKER (self->method_picker), label);
  telar_picker_set_name (TELAR_PICKER (self->method_picker), name);
  gtk_widget_set_visible (self->method_field, facts->can_method);
}

static void
show_details (TelarInspectorTask *self,
              const TelarTask    *first,
              const char         *owner)
{
  const TelarInspectorFacts *facts = &self->facts;
  g_autofree char           *core = facts->core < 0 || facts->core_mixed
                                      ? g_strdup ("") : g_strdup_printf ("%d", facts->core);

  telar_text_edit_show (self->id_edit, owner, first->id);
  telar_text_edit_set_placeholder (self->name_edit, facts->name_mixed ? _("several names")
                                                    : facts->n == 1   ? first->id
                                                                      : NULL);
  telar_text_edit_show (self->name_edit, owner,
                        facts->name && !facts->name_mixed ? facts->name : "");
  show_toggle (self->kind_process, !facts->kind_mixed && facts->kind == TELAR_KIND_PROCESS);
  show_toggle (self->kind_thread, !facts->kind_mixed && facts->kind == TELAR_KIND_THREAD);
  show_toggle (self->kind_call, !facts->kind_mixed && facts->kind == TELAR_KIND_CALL);

  show_number (self->copies_edit, owner, facts->copies, facts->copies_mixed);
  telar_text_edit_set_placeholder (self->core_edit,
                                   facts->core_mixed ? _("several values") : _("any"));
  telar_text_edit_show (self->core_edit, owner, core);
  update_core_help (self);
  show_method (self);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->daemon_check),
                               facts->daemon && !facts->daemon_mixed);
  gtk_check_button_set_inconsistent (GTK_CHECK_BUTTON (self->daemon_check), facts->daemon_mixed);

  gtk_widget_set_visible (self->id_field, facts->can_rename);
  gtk_widget_set_visible (self->daemon_field, facts->can_daemon);
}

static void
show_relations (TelarInspectorTask *self,
                const TelarTask    *task)
{
  const TelarRelations *relations = telar_document_get_relations (self->document);
  guint32               number = telar_relations_find (relations, task->id, NULL);
  gboolean              started = number != TELAR_NOBODY
                                  && relations->tasks[number].starter != TELAR_NOBODY;
  const char           *inside = task->inside ? task->inside : "main";
  g_autofree char      *help = NULL;
  g_autofree char      *name = NULL;

  if (started)
    {
      inside = telar_relations_task (relations, relations->tasks[number].starter)->id;
      help = g_strdup_printf (_("Started by the steps of %s, which is its parent."), inside);
    }
  /* Translators: the name of a button; as in: Inside p1 */
  name = g_strdup_printf (_("Inside %s"), inside);
  telar_picker_set_label (TELAR_PICKER (self->inside_picker), inside);
  telar_picker_set_name (TELAR_PICKER (self->inside_picker), name);
  telar_field_set_help (TELAR_FIELD (self->inside_field), help);
  gtk_widget_set_sensitive (self->inside_picker, !started || task->inside);
  telar_after_list_show (TELAR_AFTER_LIST (self->after_list), self->document, task);
  gtk_widget_set_visible (self->after_field, !started || task->after->len > 0);
}

static void
show_calls (TelarInspectorTask *self,
            GPtrArray          *tasks,
            const char         *owner)
{
  const TelarInspectorFacts *facts = &self->facts;
  gboolean                   form = facts->shows_function && !facts->function_mixed;

  show_toggle (self->does_function, !facts->body && !facts->body_mixed);
  show_toggle (self->does_body, facts->body && !facts->body_mixed);
  gtk_widget_set_sensitive (self->does_function, !facts->body || facts->n > 1
                                                   || facts->can_be_function);
  gtk_widget_set_tooltip_text (self->does_function,
                               facts->body && !facts->can_be_function
                                 ? _("A function is one call: leave one step") : NULL);
  gtk_widget_set_visible (self->function_field, facts->shows_function);
  gtk_widget_set_visible (self->form, form);
  gtk_widget_set_visible (self->steps, facts->shows_steps);

  if (facts->shows_function)
    telar_function_chooser_show (TELAR_FUNCTION_CHOOSER (self->chooser), facts->function,
                                 facts->function_mixed);
  if (form)
    telar_argument_form_show (TELAR_ARGUMENT_FORM (self->form), self->document, ids_of (self),
                              tasks, 0);
  if (facts->shows_steps)
    telar_step_list_show (TELAR_STEP_LIST (self->steps), self->document,
                          g_ptr_array_index (tasks, 0));
  show_number (self->repeat_edit, owner, facts->repeat, facts->repeat_mixed);
}

static void
show (TelarInspectorTask *self,
      TelarDocument      *document,
      const char *const  *ids)
{
  g_autoptr (GPtrArray) tasks = g_ptr_array_new ();
  g_auto (GStrv)        kept = g_strdupv ((char **) ids);
  g_autofree char      *owner = NULL;
  guint64               serial;

  for (guint i = 0; kept[i]; i++)
    {
      const TelarTask *task = telar_document_find (document, kept[i]);

      if (task)
        g_ptr_array_add (tasks, (gpointer) task);
    }
  if (tasks->len == 0)
    return;

  g_set_object (&self->document, document);
  g_strfreev (self->ids);
  self->ids = g_steal_pointer (&kept);
  telar_inspector_facts (tasks, &self->facts);
  serial = telar_document_get_serial (document, g_ptr_array_index (tasks, 0));
  owner = g_strdup_printf ("%" PRIu64 " %u", serial, tasks->len);

  /* while an id is typed, the one before it is not forgotten */
  if (self->first != serial
      || !(gtk_widget_get_state_flags (self->id_field) & GTK_STATE_FLAG_FOCUS_WITHIN))
    {
      self->first = serial;
      g_free (self->first_id);
      self->first_id = g_strdup (self->ids[0]);
    }

  self->quiet = TRUE;
  gtk_widget_set_visible (self->identity, self->facts.has_details);
  gtk_widget_set_visible (self->relations, self->facts.has_details);
  gtk_widget_set_visible (self->inside_field, self->facts.can_relate);
  gtk_widget_set_visible (self->after_field, self->facts.can_relate);
  if (self->facts.has_details)
    show_details (self, g_ptr_array_index (tasks, 0), owner);
  if (self->facts.can_relate)
    show_relations (self, g_ptr_array_index (tasks, 0));
  show_calls (self, tasks, owner);
  self->quiet = FALSE;
}

static void
telar_inspector_task_dispose (GObject *object)
{
  TelarInspectorTask *self = TELAR_INSPECTOR_TASK (object);

  g_clear_object (&self->document);

  G_OBJECT_CLASS (telar_inspector_task_parent_class)->dispose (object);
}

static void
telar_inspector_task_finalize (GObject *object)
{
  TelarInspectorTask *self = TELAR_INSPECTOR_TASK (object);

  g_strfreev (self->ids);
  g_free (self->first_id);

  G_OBJECT_CLASS (telar_inspector_task_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, TelarInspectorTask, id_field);
  gtk_widget_class_bind_template_child (widget_class, TelarInspectorTask, id_edit);
  gtk_widget_class_bind_template_child (widget_class, TelarInspectorTask, name_field);
  gtk_widget_class_bind_template_child (widget_class, TelarInspectorTask, name_edit);
  gtk_widget_class_bind_template_child (widget_class, TelarInspectorTask, kind_field);
  gtk_widget_class_bind_template_child (widget_class, TelarInspectorTask, kind_process);
  gtk_widget_class_bind_template_child (widget_class, TelarInspectorTask, kind_thread);
  gtk_widget_class_bind_template_child (widget_class, TelarInspectorTask, kind_call);
  gtk_widget_class_bind_template_child (widget_class, TelarInspectorTask, does_field);
  gtk_widget_class_bind_template_child (widget_class, TelarInspectorTask, does_function);
  gtk_widget_class_bind_template_child (widget_class, TelarInspectorTask, does_body);
  gtk_widget_class_bind_template_child (widget_class, TelarInspectorTask, function_field);
  gtk_widget_class_bind_template_child (widget_class, TelarInspectorTask, chooser);
  gtk_widget_class_bind_template_child (widget_class, TelarInspectorTask, form);
  gtk_widget_class_bind_template_child (widget_class, TelarInspectorTask, steps);
  gtk_widget_class_bind_template_child (widget_class, TelarInspectorTask, repeat_field);
  gtk_widget_class_bind_template_child (widget_class, TelarInspectorTask, repeat_edit);
  gtk_widget_class_bind_template_child (widget_class, TelarInspectorTask, inside_field);
  gtk_widget_class_bind_template_child (widget_class, TelarInspectorTask, inside_picker);
  gtk_widget_class_bind_template_child (widget_class, TelarInspectorTask, after_field);
  gtk_widget_class_bind_template_child (widget_class, TelarInspectorTask, after_list);
  gtk_widget_class_bind_template_child (widget_class, TelarInspectorTask, copies_field);
  gtk_widget_class_bind_template_child (widget_class, TelarInspectorTask, copies_edit);
  gtk_widget_class_bind_template_child (widget_class, TelarInspectorTask, core_field);
  gtk_widget_class_bind_template_child (widget_class, TelarInspectorTask, core_edit);
  gtk_widget_class_bind_template_child (widget_class, TelarInspectorTask, core_picker);
  gtk_widget_class_bind_template_child (widget_class, TelarInspectorTask, method_field);
  gtk_widget_class_bind_template_child (widget_class, TelarInspectorTask, method_picker);
  gtk_widget_class_bind_template_child (widget_class, TelarInspectorTask, daemon_field);
  gtk_widget_class_bind_template_child (widget_class, TelarInspectorTask, daemon_check);
  gtk_widget_class_bind_template_child (widget_class, TelarInspectorTask, identity);
  gtk_widget_class_bind_template_child (widget_class, TelarInspectorTask, relations);
}

static void
telar_inspector_task_class_init (TelarInspectorTaskClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = telar_inspector_task_dispose;
  G_OBJECT_CLASS (klass)->finalize = telar_inspector_task_finalize;

  g_type_ensure (TELAR_TYPE_FIELD);
  g_type_ensure (TELAR_TYPE_TEXT_EDIT);
  g_type_ensure (TELAR_TYPE_PICKER);
  g_type_ensure (TELAR_TYPE_FUNCTION_CHOOSER);
  g_type_ensure (TELAR_TYPE_ARGUMENT_FORM);
  g_type_ensure (TELAR_TYPE_STEP_LIST);
  g_type_ensure (TELAR_TYPE_AFTER_LIST);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/telar/Telar/ui/inspector-task.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, left);
  gtk_widget_class_bind_template_callback (widget_class, id_edited);
  gtk_widget_class_bind_template_callback (widget_class, id_left);
  gtk_widget_class_bind_template_callback (widget_class, name_edited);
  gtk_widget_class_bind_template_callback (widget_class, repeat_edited);
  gtk_widget_class_bind_template_callback (widget_class, copies_edited);
  gtk_widget_class_bind_template_callback (widget_class, core_edited);
  gtk_widget_class_bind_template_callback (widget_class, core_fill);
  gtk_widget_class_bind_template_callback (widget_class, core_chosen);
  gtk_widget_class_bind_template_callback (widget_class, kind_toggled);
  gtk_widget_class_bind_template_callback (widget_class, does_toggled);
  gtk_widget_class_bind_template_callback (widget_class, function_chosen);
  gtk_widget_class_bind_template_callback (widget_class, method_fill);
  gtk_widget_class_bind_template_callback (widget_class, method_chosen);
  gtk_widget_class_bind_template_callback (widget_class, daemon_toggled);
  gtk_widget_class_bind_template_callback (widget_class, inside_fill);
  gtk_widget_class_bind_template_callback (widget_class, inside_chosen);
}

static void
telar_inspector_task_init (TelarInspectorTask *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  telar_text_edit_set_range (self->repeat_edit, 1, MOST);
  telar_text_edit_set_range (self->copies_edit, 1, MOST);
  telar_text_edit_set_clearable (self->core_edit, TRUE);
  telar_picker_set_name (TELAR_PICKER (self->core_picker), _("Choose a core"));
  telar_picker_set_empty (TELAR_PICKER (self->inside_picker),
                          _("There is no process that it could be inside of"));
}

void
telar_inspector_task_show (TelarInspectorTask *self,
                           TelarDocument      *document,
                           const char *const  *ids)
{
  GtkWidget *const chosen[] = {
    self->kind_field, self->does_field, self->function_field, self->inside_field,
    self->method_field, self->daemon_field,
  };

  g_return_if_fail (TELAR_IS_INSPECTOR_TASK (self));

  /* what could not be done was to what was there before */
  for (guint i = 0; i < G_N_ELEMENTS (chosen); i++)
    settle (chosen[i], TRUE, NULL);
  show (self, document, ids);
}

void
telar_inspector_task_set_faults (TelarInspectorTask *self,
                                 GPtrArray          *faults)
{
  const TelarFault *at[TELAR_PLACE_CORES + 1] = { NULL };
  const struct
  {
    TelarPlaceKind place;
    GtkWidget     *field;
  } fields[] = {
    { TELAR_PLACE_ID, self->id_field },         { TELAR_PLACE_FUNCTION, self->function_field },
    { TELAR_PLACE_REPEAT, self->repeat_field }, { TELAR_PLACE_INSIDE, self->inside_field },
    { TELAR_PLACE_AFTER, self->after_field },   { TELAR_PLACE_COPIES, self->copies_field },
    { TELAR_PLACE_CORE, self->core_field },     { TELAR_PLACE_DAEMON, self->daemon_field },
    { TELAR_PLACE_START_METHOD, self->method_field },
  };

  g_return_if_fail (TELAR_IS_INSPECTOR_TASK (self));

  for (guint i = 0; faults && i < faults->len; i++)
    {
      const TelarFault *fault = g_ptr_array_index (faults, i);
      TelarPlaceIn      place = telar_inspector_place (telar_fault_below (fault));

      if (at[place.kind] == NULL)
        at[place.kind] = fault;
    }
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      const TelarFault *fault = at[fields[i].place];
      g_autofree char  *sentence = fault ? telar_fault_sentence (fault) : NULL;

      telar_field_set_fault (TELAR_FIELD (fields[i].field),
                             fault ? fault->level : TELAR_FAULT_ERROR, sentence);
    }
  telar_argument_form_set_faults (TELAR_ARGUMENT_FORM (self->form), faults);
  telar_step_list_set_faults (TELAR_STEP_LIST (self->steps), faults);
}

void
telar_inspector_task_focus_call (TelarInspectorTask *self)
{
  g_return_if_fail (TELAR_IS_INSPECTOR_TASK (self));

  if (self->facts.shows_steps)
    telar_step_list_focus (TELAR_STEP_LIST (self->steps));
  else if (!gtk_widget_get_visible (self->form)
           || !telar_argument_form_focus (TELAR_ARGUMENT_FORM (self->form), 0))
    gtk_widget_grab_focus (self->facts.shows_function ? self->chooser : self->kind_field);
}

void
telar_inspector_task_focus (TelarInspectorTask *self,
                            const TelarPlaceIn *place)
{
  int argument = place->kind == TELAR_PLACE_ARGUMENT    ? (int) place->nth
                 : place->kind == TELAR_PLACE_ARGUMENTS ? 0
                                                        : -1;

  g_return_if_fail (TELAR_IS_INSPECTOR_TASK (self));

  switch (place->kind)
    {
    case TELAR_PLACE_ID:
      gtk_widget_grab_focus (self->id_field);
      break;
    case TELAR_PLACE_FUNCTION:
    case TELAR_PLACE_ARGUMENT:
    case TELAR_PLACE_ARGUMENTS:
      if (self->facts.shows_steps)
        telar_step_list_reveal (TELAR_STEP_LIST (self->steps), place->step, argument);
      else if (argument < 0)
        gtk_widget_grab_focus (self->chooser);
      else
        telar_argument_form_focus (TELAR_ARGUMENT_FORM (self->form), (guint) argument);
      break;
    case TELAR_PLACE_REPEAT:
      gtk_widget_grab_focus (self->repeat_field);
      break;
    case TELAR_PLACE_COPIES:
      gtk_widget_grab_focus (self->copies_field);
      break;
    case TELAR_PLACE_CORE:
      gtk_widget_grab_focus (self->core_field);
      break;
    case TELAR_PLACE_DAEMON:
      gtk_widget_grab_focus (self->daemon_check);
      break;
    case TELAR_PLACE_START_METHOD:
      gtk_widget_child_focus (self->method_picker, GTK_DIR_TAB_FORWARD);
      break;
    case TELAR_PLACE_INSIDE:
      gtk_widget_child_focus (self->inside_picker, GTK_DIR_TAB_FORWARD);
      break;
    case TELAR_PLACE_AFTER:
      gtk_widget_child_focus (self->after_list, GTK_DIR_TAB_FORWARD);
      break;
    default:
      telar_inspector_task_focus_call (self);
    }
}

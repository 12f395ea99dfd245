/* steps.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Operations on what tasks call: functions, arguments, bodies.
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "edit/labels.h"
#include "edit/operations.h"
#include "graph/value.h"

/* ---- arguments ------------------------------------------------------------ */

static json_t *
default_number (double number)
{
  return number == floor (number) ? json_integer ((json_int_t) number) : json_real (number);
}

/* Returns: (transfer full) (nullable): a value to begin with; NULL where only a
 * person knows one. */
static json_t *
default_value (const TelarParameter *parameter)
{
  switch (parameter->type)
    {
    case TELAR_VALUE_INTEGER:
    case TELAR_VALUE_REAL:
    case TELAR_VALUE_DURATION:
      return default_number (CLAMP (parameter->initial, parameter->minimum, parameter->maximum));
    case TELAR_VALUE_SIGNAL:
      return parameter->initial == 15 ? json_string ("SIGTERM")
                                      : default_number (parameter->initial);
    case TELAR_VALUE_TEXT:
      return json_string (parameter->initial_text != NULL ? parameter->initial_text : "");
    case TELAR_VALUE_FILE:
      return parameter->initial_text != NULL ? json_string (parameter->initial_text) : NULL;
    case TELAR_VALUE_INTEGERS:
      return json_pack ("[iiiiii]", 43, 50, 5, 98, 34, 35);
    default:
      return NULL;
    }
}

json_t *
telar_default_args (const char *name)
{
  const TelarFunction *function;
  json_t *args = json_array ();

  g_return_val_if_fail (name != NULL, args);

  function = telar_catalogue_find (name);
  for (unsigned i = 0; function != NULL && i < function->n_parameters; i++)
    {
      json_t *value = function->parameters[i].optional ? NULL
                                                       : default_value (&function->parameters[i]);
      if (value == NULL)
        break;
      json_array_append_new (args, value);
    }
  return args;
}

static gboolean
reads_as (const TelarParameter *parameter, const json_t *json)
{
  g_auto (TelarValue) value = { 0 };
  g_auto (TelarValueFault) fault = { 0 };

  return json != NULL && telar_value_read (parameter, json, &value, &fault);
}

/* Arguments of another function, as far as this one takes them. */
static json_t *
fit_args (const TelarFunction *function, json_t *old)
{
  json_t *args = json_array ();

  for (unsigned i = 0; i < function->n_parameters; i++)
    {
      const TelarParameter *parameter = &function->parameters[i];
      json_t *value = json_array_get (old, i);

      if (parameter->type == TELAR_VALUE_TEXTS)
        for (size_t n = i; n < json_array_size (old); n++)
          json_array_append (args, json_array_get (old, n));
      if (parameter->type == TELAR_VALUE_TEXTS)
        break;
      value = reads_as (parameter, value) ? json_incref (value)
              : parameter->optional       ? NULL
                                          : default_value (parameter);
      if (value == NULL)
        break;
      json_array_append_new (args, value);
    }
  return args;
}

/* ---- one step of some tasks ----------------------------------------------- */

typedef void (*ChangeStep) (TelarStep *step, guint argument, gpointer value);

static gboolean
require_step (const TelarTask *task, guint step, GError **error)
{
  if (step < task->steps->len)
    return TRUE;
  g_set_error (error, TELAR_EDIT_ERROR, TELAR_EDIT_ERROR_VALUE, _("%s has no step %u"), task->id,
               step + 1);
  return FALSE;
}

static gboolean
change_step (TelarDocument *document, const char *const *ids, const char *field, guint step,
             guint argument, ChangeStep change, gpointer value, GError **error)
{
  g_auto (TelarDraft) draft = { 0 };
  g_autoptr (GPtrArray) tasks = NULL;
  g_autofree char *name = g_strdup_printf ("%s %u %u", field, step, argument);

  tasks = telar_document_require_all (document, ids, TRUE, error);
  if (tasks == NULL)
    return FALSE;
  for (guint i = 0; i < tasks->len; i++)
    if (!require_step (g_ptr_array_index (tasks, i), step, error))
      return FALSE;
  telar_draft_init (&draft, document, telar_field_key (name, tasks));
  for (guint i = 0; i < tasks->len; i++)
    {
      TelarTask *content = telar_draft_task (&draft, g_ptr_array_index (tasks, i));
      change (g_ptr_array_index (telar_own_steps (content), step), argument, value);
    }
  return telar_draft_commit (&draft, TELAR_DRAFT_HEALED, telar_label (TELAR_LABEL_CHANGE, tasks),
                             error);
}

static void
change_function (TelarStep *step, guint argument, gpointer name)
{
  const TelarFunction *function = telar_catalogue_find (name);
  json_t *args;

  if (strcmp (step->function, name) == 0)
    return;
  g_free (step->function);
  step->function = g_strdup (name);
  /* half a name keeps them for the whole one */
  if (function == NULL)
    return;
  args = fit_args (function, step->args);
  json_decref (step->args);
  step->args = args;
}

/* A task that calls nothing yet, which only a file can have. */
static gboolean
give_function (TelarDocument *document, TelarTask *task, const char *function, GError **error)
{
  g_auto (TelarDraft) draft = { 0 };
  g_autoptr (GPtrArray) one = g_ptr_array_new ();

  g_ptr_array_add (one, task);
  telar_draft_init (&draft, document, NULL);
  g_ptr_array_add (telar_own_steps (telar_draft_task (&draft, task)),
                   telar_step_new (function, telar_default_args (function)));
  return telar_draft_commit (&draft, TELAR_DRAFT_HEALED, telar_label (TELAR_LABEL_CHANGE, one),
                             error);
}

gboolean
telar_document_set_function (TelarDocument *document, const char *const *ids, guint step,
                             const char *function, GError **error)
{
  const TelarTask *first;

  g_return_val_if_fail (TELAR_IS_DOCUMENT (document) && ids != NULL && function != NULL, FALSE);

  first = ids[0] != NULL && ids[1] == NULL ? telar_document_find (document, ids[0]) : NULL;
  if (first != NULL && step == 0 && first->steps->len == 0)
    return give_function (document, (TelarTask *) first, function, error);
  return change_step (document, ids, "function", step, 0, change_function, (gpointer) function,
                      error);
}

static void
change_args (TelarStep *step, guint argument, gpointer args)
{
  json_decref (step->args);
  step->args = json_incref (args);
}

gboolean
telar_document_set_args (TelarDocument *document, const char *const *ids, guint step,
                         json_t *args, GError **error)
{
  g_return_val_if_fail (TELAR_IS_DOCUMENT (document) && ids != NULL, FALSE);
  g_return_val_if_fail (json_is_array (args), FALSE);

  return change_step (document, ids, "args", step, 0, change_args, args, error);
}

static json_t *
skipped_value (const TelarFunction *function, guint argument)
{
  json_t *value = NULL;

  if (function != NULL && argument < function->n_parameters)
    value = default_value (&function->parameters[argument]);
  return value != NULL ? value : json_string ("");
}

static void
change_argument (TelarStep *step, guint argument, gpointer value)
{
  const TelarFunction *function = telar_catalogue_find (step->function);
  json_t *args = json_array ();

  for (guint i = 0; i < argument; i++)
    {
      json_t *old = json_array_get (step->args, i);

      if (old != NULL)
        json_array_append (args, old);
      else if (value != NULL)
        json_array_append_new (args, skipped_value (function, i));
    }
  if (value != NULL)
    {
      json_array_append (args, value);
      for (size_t i = argument + 1; i < json_array_size (step->args); i++)
        json_array_append (args, json_array_get (step->args, i));
    }
  json_decref (step->args);
  step->args = args;
}

gboolean
telar_document_set_argument (TelarDocument *document, const char *const *ids, guint step,
                             guint argument, json_t *value, GError **error)
{
  g_return_val_if_fail (TELAR_IS_DOCUMENT (document) && ids != NULL, FALSE);

  return change_step (document, ids, "argument", step, argument, change_argument, value, error);
}

/* ---- bodies --------------------------------------------------------------- */

gboolean
telar_document_set_has_body (TelarDocument *document, const char *const *ids, gboolean has_body,
                             GError **error)
{
  g_auto (TelarDraft) draft = { 0 };
  g_autoptr (GPtrArray) tasks = NULL;

  g_return_val_if_fail (TELAR_IS_DOCUMENT (document) && ids != NULL, FALSE);

  tasks = telar_document_require_all (document, ids, TRUE, error);
  if (tasks == NULL)
    return FALSE;
  telar_draft_init (&draft, document, NULL);
  for (guint i = 0; i < tasks->len; i++)
    {
      TelarTask *task = g_ptr_array_index (tasks, i);

      if (!has_body && task->steps->len != 1
          && (task->steps->len > 0 || task != document->graph->main))
        {
          g_set_error (error, TELAR_EDIT_ERROR, TELAR_EDIT_ERROR_VALUE,
                       g_dngettext (GETTEXT_PACKAGE,
                                    "the body of %s has %u step, and a function is one call",
                                    "the body of %s has %u steps, and a function is one call",
                                    task->steps->len), task->id, task->steps->len);
          return FALSE;
        }
      telar_draft_task (&draft, task)->has_body = has_body;
    }
  return telar_draft_commit (&draft, TELAR_DRAFT_FREE, telar_label (TELAR_LABEL_CHANGE, tasks),
                             error);
}

/* Opens a draft of the steps of one task, which has a body then. */
static GPtrArray *
open_body (TelarDraft *draft, TelarDocument *document, const char *id, char **label,
           GError **error)
{
  g_autoptr (GPtrArray) one = NULL;
  TelarTask *content;

  one = telar_document_require_all (document, TELAR_ONE (id), TRUE, error);
  if (one == NULL)
    return NULL;
  *label = telar_label (TELAR_LABEL_CHANGE, one);
  telar_draft_init (draft, document, NULL);
  content = telar_draft_task (draft, g_ptr_array_index (one, 0));
  content->has_body = TRUE;
  return telar_own_steps (content);
}

gboolean
telar_document_insert_step (TelarDocument *document, const char *id, guint step,
                            const char *function, json_t *args, GError **error)
{
  g_auto (TelarDraft) draft = { 0 };
  g_autofree char *label = NULL;
  GPtrArray *steps;

  g_return_val_if_fail (TELAR_IS_DOCUMENT (document) && id != NULL && function != NULL, FALSE);
  g_return_val_if_fail (args == NULL || json_is_array (args), FALSE);

  steps = open_body (&draft, document, id, &label, error);
  if (steps == NULL)
    return FALSE;
  g_ptr_array_insert (steps, (gint) MIN (step, steps->len),
                      telar_step_new (function, args != NULL ? json_incref (args)
                                                             : telar_default_args (function)));
  return telar_draft_commit (&draft, TELAR_DRAFT_HEALED, g_steal_pointer (&label), error);
}

gboolean
telar_document_remove_step (TelarDocument *document, const char *id, guint step, GError **error)
{
  g_auto (TelarDraft) draft = { 0 };
  g_autofree char *label = NULL;
  GPtrArray *steps;

  g_return_val_if_fail (TELAR_IS_DOCUMENT (document) && id != NULL, FALSE);

  steps = open_body (&draft, document, id, &label, error);
  if (steps == NULL || !require_step (telar_document_find (document, id), step, error))
    return FALSE;
  g_ptr_array_remove_index (steps, step);
  return telar_draft_commit (&draft, TELAR_DRAFT_HEALED, g_steal_pointer (&label), error);
}

gboolean
telar_document_move_step (TelarDocument *document, const char *id, guint from, guint to,
                          GError **error)
{
  g_auto (TelarDraft) draft = { 0 };
  g_autofree char *label = NULL;
  GPtrArray *steps;
  TelarStep *moved;

  g_return_val_if_fail (TELAR_IS_DOCUMENT (document) && id != NULL, FALSE);

  steps = open_body (&draft, document, id, &label, error);
  if (steps == NULL || !require_step (telar_document_find (document, id), from, error)
      || !require_step (telar_document_find (document, id), to, error))
    return FALSE;
  moved = g_ptr_array_steal_index (steps, from);
  g_ptr_array_insert (steps, (gint) to, moved);
  return telar_draft_commit (&draft, TELAR_DRAFT_CHECKED, g_steal_pointer (&label), error);
}

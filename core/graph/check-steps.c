/* check-steps.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Faults of what tasks call: functions that do not exist, arguments too few,
 * too many, of a wrong type or beyond their limits.
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "graph/check-private.h"
#include "graph/value.h"

static void
add_unknown_function (TelarCheck *check, guint32 task, const TelarStep *step, const char *below)
{
  const char *near = telar_suggest_function (step->function);

  if (*step->function == '\0')
    telar_check_error (check, task, below, g_strdup (_("no function is named here")),
                       g_strdup (_("write one that “telar functions” lists")));
  else
    telar_check_error (check, task, below,
                       g_strdup_printf (_("there is no function %s"), step->function),
                       near != NULL ? g_strdup_printf (_("did you mean %s?"), near)
                                    : g_strdup (_("“telar functions” lists them all")));
}

/* "(numbers, work)", "(program, arguments…)". */
static char *
signature (const TelarFunction *function)
{
  GString *out = g_string_new (function->name);

  g_string_append (out, " (");
  for (unsigned i = 0; i < function->n_parameters; i++)
    g_string_append_printf (out, "%s%s%s", i > 0 ? ", " : "", function->parameters[i].name,
                            function->parameters[i].type == TELAR_VALUE_TEXTS ? "…" : "");
  g_string_append_c (out, ')');
  return g_string_free (out, FALSE);
}

static void
check_number (TelarCheck *check, guint32 task, const TelarFunction *function, guint n,
              const char *args)
{
  guint least = 0, most = function->n_parameters;
  g_autofree char *call = signature (function);
  g_autofree char *found = NULL;

  while (least < function->n_parameters && !function->parameters[least].optional)
    least++;
  if (most > 0 && function->parameters[most - 1].type == TELAR_VALUE_TEXTS)
    most = G_MAXUINT;
  if (n >= least && n <= most)
    return;

  found = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u argument is given",
                                        "%u arguments are given", n), n);
  if (n < least)
    telar_check_error (check, task, args,
                       g_strdup_printf (_("%s needs %s; %s"), function->name,
                                        function->parameters[n].name, found),
                       g_strdup_printf (_("write it as in %s"), call));
  else
    telar_check_error (check, task, args,
                       most == 0 ? g_strdup_printf (_("%s takes no arguments; %s"),
                                                    function->name, found)
                                 : g_strdup_printf (_("%s takes no more than %u; %s"),
                                                    function->name, most, found),
                       g_strdup_printf (_("write it as in %s"), call));
}

/* A graph that came without its program: a file of data may be made by the run
 * itself. Nothing is known where the graph has no folder yet. */
static void
check_program_file (TelarCheck *check, guint32 task, const char *name, const char *below)
{
  const char *file = check->graph->file;
  g_autofree char *folder = file != NULL ? g_path_get_dirname (file) : NULL;
  g_autofree char *path = NULL;

  if (!g_path_is_absolute (name)
      && (file == NULL || g_str_has_prefix (file, "/dev/") || g_str_has_prefix (file, "/proc/")))
    return;
  path = g_path_is_absolute (name) ? g_strdup (name) : g_build_filename (folder, name, NULL);
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    {
      /* the folder's name may be in another encoding */
      g_autofree char *shown = g_filename_display_name (path);

      telar_check_warning (check, task, below, g_strdup_printf (_("there is no file %s"), shown),
                           g_strdup (_("put it there, or name it relative to the folder of the "
                                       "graph")));
    }
}

static void
check_awaited (TelarCheck *check, guint32 task, const TelarStep *step,
               const TelarParameter *parameter, const json_t *awaited, gboolean listed,
               const char *below)
{
  for (size_t i = 0; i < json_array_size (awaited); i++)
    {
      const json_t *one = json_array_get (awaited, i);
      g_autofree char *place = listed ? g_strdup_printf ("%s[%zu]", below, i) : g_strdup (below);
      int end;
      const char *object = telar_json_object (one, &end);

      if (object != NULL)
        telar_check_object (check, task, step, parameter, object, end, place);
      else
        telar_check_control (check, task, step, telar_json_task (one), place);
    }
}

static void
check_step (TelarCheck *check, guint32 task, const TelarStep *step, const char *place,
            const char *args)
{
  const TelarFunction *function = telar_catalogue_find (step->function);
  guint n = (guint) json_array_size (step->args);

  if (function == NULL)
    {
      add_unknown_function (check, task, step, place);
      return;
    }
  check_number (check, task, function, n, args);
  telar_check_pool_step (check, task, step, args);
  for (guint i = 0; i < n && function->n_parameters > 0; i++)
    {
      const TelarParameter *parameter
          = &function->parameters[MIN (i, function->n_parameters - 1)];
      g_autofree char *below = g_strdup_printf ("%s[%u]", args, i);
      g_auto (TelarValue) value = { 0 };
      g_auto (TelarValueFault) fault = { 0 };

      /* what is one too many was said already */
      if (i >= function->n_parameters && parameter->type != TELAR_VALUE_TEXTS)
        break;
      if (!telar_value_read (parameter, json_array_get (step->args, i), &value, &fault))
        {
          g_autofree char *item = fault.item < 0 ? g_strdup (below)
                                                 : g_strdup_printf ("%s[%d]", below, fault.item);
          telar_check_error (check, task, item, g_steal_pointer (&fault.what),
                             g_steal_pointer (&fault.cure));
        }
      else if (value.task != NULL)
        telar_check_control (check, task, step, value.task, below);
      else if (value.object != NULL)
        telar_check_object (check, task, step, parameter, value.object, value.end, below);
      else if (value.awaited != NULL)
        check_awaited (check, task, step, parameter, value.awaited,
                       json_is_array (json_array_get (step->args, i)), below);
      else if (parameter->type == TELAR_VALUE_FILE && function->runs_programs)
        check_program_file (check, task, value.text, below);
    }
}

void
telar_check_steps (TelarCheck *check)
{
  for (guint32 i = 0; i < check->relations->n_tasks; i++)
    {
      const TelarTask *task = telar_relations_task (check->relations, i);

      if (i > 0 && !task->has_body && task->steps->len == 0)
        telar_check_error (check, i, NULL,
                           g_strdup_printf (_("%s does nothing: it has neither a function nor a "
                                              "body"), task->id),
                           g_strdup (_("add a function, as in \"function\": \"busy\", \"args\": "
                                       "[5]")));
      for (guint n = 0; n < task->steps->len; n++)
        {
          g_autofree char *place = task->has_body ? g_strdup_printf (".body[%u]", n)
                                                  : g_strdup (".function");
          g_autofree char *args = task->has_body ? g_strdup_printf (".body[%u].args", n)
                                                 : g_strdup (".args");
          check_step (check, i, g_ptr_array_index (task->steps, n), place, args);
        }
    }
}

void
telar_check_controls (TelarCheck *check)
{
  for (guint32 i = 0; i < check->relations->n_tasks; i++)
    {
      const TelarTask *task = telar_relations_task (check->relations, i);

      for (guint n = 0; n < task->steps->len; n++)
        {
          const TelarStep *step = g_ptr_array_index (task->steps, n);
          const char *reference = telar_json_task (json_array_get (step->args, 0));
          g_autofree char *below = NULL;

          if (reference == NULL)
            continue;
          below = task->has_body ? g_strdup_printf (".body[%u].args[0]", n)
                                 : g_strdup (".args[0]");
          telar_check_control (check, i, step, reference, below);
        }
    }
}

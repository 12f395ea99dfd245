/* inspector-facts.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include "inspector/inspector-facts.h"

#include <inttypes.h>
#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "edit/argument.h"

/* --- What tasks have in common --- */

static gboolean
is_main (const TelarTask *task)
{
  return g_str_equal (task->id, "main");
}

/* main has steps whether or not its file says so. */
static gboolean
has_body (const TelarTask *task)
{
  return task->has_body || (is_main (task) && task->steps->len == 0);
}

static const char *
function_of (const TelarTask *task)
{
  if (has_body (task) || task->steps->len == 0)
    return NULL;

  return ((const TelarStep *) g_ptr_array_index (task->steps, 0))->function;
}

static void
compare (TelarInspectorFacts *facts,
         const TelarTask     *task)
{
  if (!is_main (task))
    {
      facts->kind_mixed |= task->kind != facts->kind;
      facts->can_daemon |= task->kind != TELAR_KIND_CALL || task->daemon;
      facts->can_method |= task->kind == TELAR_KIND_PROCESS || task->start_method >= 0;
    }
  facts->name_mixed |= g_strcmp0 (task->name, facts->name) != 0;
  facts->body_mixed |= has_body (task) != facts->body;
  facts->function_mixed |= g_strcmp0 (function_of (task), facts->function) != 0;
  facts->repeat_mixed |= task->repeat != facts->repeat;
  facts->copies_mixed |= task->copies != facts->copies;
  facts->core_mixed |= task->core != facts->core;
  facts->daemon_mixed |= task->daemon != facts->daemon;
  facts->method_mixed |= task->start_method != facts->start_method;
}

void
telar_inspector_facts (GPtrArray           *tasks,
                       TelarInspectorFacts *facts)
{
  const TelarTask *first;

  g_return_if_fail (tasks != NULL && tasks->len > 0);

  /* main has no kind to compare with */
  first = g_ptr_array_index (tasks, is_main (g_ptr_array_index (tasks, 0)) && tasks->len > 1);
  *facts = (TelarInspectorFacts) {
    .n = tasks->len,
    .has_main = is_main (g_ptr_array_index (tasks, 0)),
    .kind = first->kind,
    .name = first->name,
    .body = has_body (first),
    .function = function_of (first),
    .n_steps = first->steps->len,
    .repeat = first->repeat,
    .copies = first->copies,
    .core = first->core,
    .daemon = first->daemon,
    .start_method = first->start_method,
  };

  for (guint i = 0; i < tasks->len; i++)
    compare (facts, g_ptr_array_index (tasks, i));

  facts->has_details = !facts->has_main;
  facts->can_rename = facts->can_relate = tasks->len == 1 && !facts->has_main;
  facts->can_be_function = facts->n_steps == 1 || (facts->has_main && facts->n_steps == 0);
  facts->shows_steps = tasks->len == 1 && facts->body;
  facts->shows_function = !facts->body && !facts->body_mixed;
}

char *
telar_inspector_heading (const TelarInspectorFacts *facts,
                         const char                *first_id)
{
  guint            tasks = facts->n - facts->has_main;
  g_autofree char *counted = NULL;

  if (facts->n == 1)
    return g_strdup (first_id);

  counted = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u task", "%u tasks", tasks), tasks);
  if (facts->has_main)
    return g_strdup_printf (_("main and %s"), counted);

  return g_steal_pointer (&counted);
}

static json_t *
argument_of (const TelarTask *task,
             guint            step,
             guint            argument)
{
  if (step >= task->steps->len)
    return NULL;

  return json_array_get (((TelarStep *) g_ptr_array_index (task->steps, step))->args, argument);
}

json_t *
telar_inspector_argument (GPtrArray *tasks,
                          guint      step,
                          guint      argument,
                          gboolean  *mixed)
{
  json_t *first;

  g_return_val_if_fail (tasks != NULL && tasks->len > 0, NULL);

  first = argument_of (g_ptr_array_index (tasks, 0), step, argument);
  *mixed = FALSE;
  for (guint i = 1; i < tasks->len && !*mixed; i++)
    {
      json_t *other = argument_of (g_ptr_array_index (tasks, i), step, argument);

      *mixed = first != other && (first == NULL || other == NULL || !json_equal (first, other));
    }

  return first;
}

/* --- Places --- */

static const struct
{
  const char    *key;
  TelarPlaceKind kind;
} places[] = {
  { "id", TELAR_PLACE_ID },         { "function", TELAR_PLACE_FUNCTION },
  { "args", TELAR_PLACE_ARGUMENTS }, { "body", TELAR_PLACE_FUNCTION },
  { "repeat", TELAR_PLACE_REPEAT }, { "copies", TELAR_PLACE_COPIES },
  { "core", TELAR_PLACE_CORE },     { "daemon", TELAR_PLACE_DAEMON },
  { "inside", TELAR_PLACE_INSIDE }, { "after", TELAR_PLACE_AFTER },
  { "cores", TELAR_PLACE_CORES },   { "start-method", TELAR_PLACE_START_METHOD },
};

/* "[12]…": 12. */
static gboolean
read_index (const char *text,
            guint      *number)
{
  if (*text != '[')
    return FALSE;

  *number = (guint) strtoul (text + 1, NULL, 10);

  return TRUE;
}

TelarPlaceIn
telar_inspector_place (const char *below)
{
  TelarPlaceIn place = { TELAR_PLACE_WHOLE, 0, 0 };
  size_t       length;
  const char  *arguments;

  g_return_val_if_fail (below != NULL, place);

  length = strcspn (below, "[.");
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    if (strlen (places[i].key) == length && strncmp (places[i].key, below, length) == 0)
      place.kind = places[i].kind;

  if (g_str_has_prefix (below, "body"))
    {
      read_index (below + length, &place.step);
      arguments = strstr (below, ".args");
      if (arguments)
        place.kind = read_index (arguments + strlen (".args"), &place.nth) ? TELAR_PLACE_ARGUMENT
                                                                           : TELAR_PLACE_ARGUMENTS;
    }
  else if (read_index (below + length, &place.nth) && place.kind == TELAR_PLACE_ARGUMENTS)
    place.kind = TELAR_PLACE_ARGUMENT;

  return place;
}

/* --- Forms --- */

static char *
with_unit (const TelarParameter *parameter,
           double                number)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (text, sizeof text, number == floor (number) ? "%.0f" : "%g", number);

  return g_strdup_printf ("%s%s%s", text, parameter->unit ? " " : "",
                          parameter->unit ? parameter->unit : "");
}

char *
telar_parameter_title (const TelarParameter *parameter)
{
  g_return_val_if_fail (parameter != NULL, NULL);

  /* "seconds" says its unit itself */
  if (parameter->unit == NULL || g_str_has_suffix (parameter->name, "seconds"))
    return g_strdup (parameter->name);

  return g_strdup_printf ("%s, %s", parameter->name, parameter->unit);
}

char *
telar_parameter_placeholder (const TelarParameter *parameter)
{
  guint              n_signals;
  const TelarSignal *all = telar_signals (&n_signals);

  g_return_val_if_fail (parameter != NULL, NULL);

  /* a text may well be empty */
  if (!parameter->optional)
    return g_strdup (parameter->type == TELAR_VALUE_TEXT ? _("empty") : _("needed"));

  switch (parameter->type)
    {
    case TELAR_VALUE_DURATION:
      return parameter->initial < 0 ? g_strdup (_("no limit"))
                                    : with_unit (parameter, parameter->initial);
    case TELAR_VALUE_SIGNAL:
      for (guint i = 0; i < n_signals; i++)
        if (all[i].number == (int) parameter->initial)
          return g_strdup (all[i].name);
      return with_unit (parameter, parameter->initial);
    case TELAR_VALUE_INTEGER:
    case TELAR_VALUE_REAL:
      return with_unit (parameter, parameter->initial);
    case TELAR_VALUE_TEXT:
    case TELAR_VALUE_FILE:
      return g_strdup (parameter->initial_text ? parameter->initial_text : _("nothing"));
    default:
      return g_strdup (_("nothing"));
    }
}

static gboolean
has_limits (const TelarParameter *parameter)
{
  return parameter->minimum < parameter->maximum
         && (parameter->minimum > -9e18 || parameter->maximum < 9e18);
}

char *
telar_parameter_limits (const TelarParameter *parameter)
{
  g_autofree char *low = NULL;
  g_autofree char *high = NULL;
  /* below 0 is no limit, which leaving it out says better */
  double           least = parameter->minimum;

  g_return_val_if_fail (parameter != NULL, NULL);

  if (parameter->type == TELAR_VALUE_INTEGERS)
    return g_strdup (_("Whole numbers; a pasted list or column is understood"));
  if (parameter->type == TELAR_VALUE_SIGNAL)
    return g_strdup (_("A signal's name or number"));
  if (parameter->type == TELAR_VALUE_FILE)
    return g_strdup (_("A file, relative to the folder of the graph"));
  if (parameter->type == TELAR_VALUE_TASK)
    return g_strdup (_("A task of this graph"));
  if (parameter->type != TELAR_VALUE_INTEGER && parameter->type != TELAR_VALUE_REAL
      && parameter->type != TELAR_VALUE_DURATION)
    return NULL;

  if (!has_limits (parameter))
    return g_strdup (_("A whole number"));
  if (parameter->type == TELAR_VALUE_DURATION)
    least = MAX (least, 0);
  low = g_strdup_printf ("%.0f", least);
  high = with_unit (parameter, parameter->maximum);
  if (parameter->type == TELAR_VALUE_DURATION)
    return g_strdup_printf (_("%s to %s; 5 ms, 2 s or 3 min are understood"), low, high);

  return g_strdup_printf (_("%s to %s"), low, high);
}

const TelarSignal *
telar_signals (guint *n_signals)
{
  static const TelarSignal all[] = {
    { "SIGTERM", SIGTERM, N_("asks to end") },
    { "SIGINT", SIGINT, N_("Ctrl+C") },
    { "SIGKILL", SIGKILL, N_("ends at once") },
    { "SIGSEGV", SIGSEGV, N_("wrong memory address") },
    { "SIGABRT", SIGABRT, N_("gives up by itself") },
    { "SIGFPE", SIGFPE, N_("division by zero") },
    { "SIGILL", SIGILL, N_("unknown instruction") },
    { "SIGBUS", SIGBUS, N_("memory that is not there") },
    { "SIGHUP", SIGHUP, N_("the terminal is gone") },
    { "SIGQUIT", SIGQUIT, N_("Ctrl+\\") },
    { "SIGPIPE", SIGPIPE, N_("nobody reads the pipe") },
    { "SIGALRM", SIGALRM, N_("a timer is over") },
    { "SIGUSR1", SIGUSR1, N_("of the program's own") },
    { "SIGUSR2", SIGUSR2, N_("of the program's own") },
  };

  *n_signals = G_N_ELEMENTS (all);

  return all;
}

char *
telar_text_step (const char *text,
                 gint64      by,
                 gint64      minimum,
                 gint64      maximum)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (text));
  gint64           number;

  if (*trimmed == '\0')
    return g_strdup_printf ("%" PRId64, minimum);
  if (!g_ascii_string_to_signed (trimmed, 10, G_MININT64, G_MAXINT64, &number, NULL))
    return NULL;

  if (by > 0)
    number = number > maximum - by ? maximum : number + by;
  else
    number = number < minimum - by ? minimum : number + by;

  return g_strdup_printf ("%" PRId64, CLAMP (number, minimum, maximum));
}

char *
telar_number_read (const char *text,
                   guint64     maximum,
                   guint64    *number)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (text));

  if (g_ascii_string_to_unsigned (trimmed, 10, 0, maximum, number, NULL))
    return NULL;
  if (*trimmed == '\0')
    return g_strdup_printf (_("no number is written; write a whole number up to %" PRIu64),
                            maximum);

  return g_strdup_printf (_("“%s” cannot be; write a whole number up to %" PRIu64), trimmed,
                          maximum);
}

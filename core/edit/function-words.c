/* function-words.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "edit/function-words.h"
#include "graph/value.h"

/* From here on limits are those of numbers as such. */
#define NO_LIMIT 0x1p62

#define SHORT_NUMBER 4               /* digits that are read without groups */
#define NARROW_BLANK "\xe2\x80\xaf" /* U+202F, where no line breaks */
#define HOUR         G_GINT64_CONSTANT (3600000000000)

static const char *const types[] = {
  [TELAR_VALUE_INTEGER] = N_("whole number"),
  [TELAR_VALUE_REAL] = N_("number"),
  [TELAR_VALUE_DURATION] = N_("time"),
  [TELAR_VALUE_TEXT] = N_("text"),
  [TELAR_VALUE_FILE] = N_("file"),
  [TELAR_VALUE_INTEGERS] = N_("list of whole numbers"),
  [TELAR_VALUE_SIGNAL] = N_("signal, by number or name"),
  [TELAR_VALUE_TASK] = N_("a task of the graph"),
  [TELAR_VALUE_TEXTS] = N_("any number of texts"),
  [TELAR_VALUE_OBJECT] = N_("an object of the graph"),
  [TELAR_VALUE_ITEM] = N_("a number, a text or a list"),
  [TELAR_VALUE_AWAITED] = N_("tasks and pipes of the graph"),
  [TELAR_VALUE_EACH] = N_("a list, an item for each call"),
  [TELAR_VALUE_ROWS] = N_("a list, the arguments of each call in a list of their own"),
  [TELAR_VALUE_CALL] = N_("a list of arguments"),
};

static gboolean
has_required (const TelarFunction *function)
{
  for (unsigned i = 0; i < function->n_parameters; i++)
    if (!function->parameters[i].optional)
      return TRUE;
  return FALSE;
}

char *
telar_function_signature (const TelarFunction *function)
{
  GString *text;
  gboolean required;

  g_return_val_if_fail (function != NULL, NULL);

  required = has_required (function);
  text = g_string_new (NULL);
  for (unsigned i = 0; i < function->n_parameters; i++)
    if (function->parameters[i].optional != required)
      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "",
                              function->parameters[i].name);
  g_string_prepend (text, " (");
  g_string_prepend (text, function->name);
  g_string_append_c (text, ')');
  return g_string_free (text, FALSE);
}

/* Long ones in groups of three digits, parted in a way that no language reads as a
 * decimal point. */
static char *
number_words (double value)
{
  g_autofree char *digits = g_strdup_printf ("%.0f", fabs (value));
  size_t length = strlen (digits);
  GString *text;

  if (value != floor (value))
    return g_strdup_printf ("%g", value);
  text = g_string_new (value < 0 ? "-" : NULL);
  for (size_t i = 0; i < length; i++)
    {
      if (length > SHORT_NUMBER && i > 0 && (length - i) % 3 == 0)
        g_string_append (text, NARROW_BLANK);
      g_string_append_c (text, digits[i]);
    }
  return g_string_free (text, FALSE);
}

/* "1 h", where a number of hours is meant by 3600000 ms. */
static char *
time_words (double value, const char *unit)
{
  g_autofree char *bare = g_strdup_printf ("%.0f", value);
  g_autofree char *number = NULL;
  gint64 ns;

  if (value == floor (value) && telar_duration_parse (bare, unit, &ns) && ns >= HOUR
      && ns % HOUR == 0)
    return g_strdup_printf ("%" G_GINT64_FORMAT " h", ns / HOUR);
  number = number_words (value);
  return unit != NULL && value != 0 ? g_strdup_printf ("%s %s", number, unit)
                                    : g_steal_pointer (&number);
}

static void
append_limits (GString *text, const TelarParameter *parameter)
{
  g_autofree char *least = number_words (parameter->minimum);
  g_autofree char *most = parameter->type == TELAR_VALUE_DURATION
                            ? time_words (parameter->maximum, parameter->unit)
                            : number_words (parameter->maximum);

  if (parameter->maximum >= NO_LIMIT)
    return;
  switch (parameter->type)
    {
    case TELAR_VALUE_INTEGER:
    case TELAR_VALUE_REAL:
      g_string_append (text, ", ");
      g_string_append_printf (text, _("%s to %s"), least, most);
      break;
    case TELAR_VALUE_DURATION:
      g_string_append (text, ", ");
      g_string_append_printf (text, _("at most %s"), most);
      break;
    default:
      break;
    }
}

/* Returns: (transfer full) (nullable): what is taken where nothing is given. */
static char *
initial_words (const TelarParameter *parameter)
{
  const char *signal = NULL;

  switch (parameter->type)
    {
    case TELAR_VALUE_INTEGER:
    case TELAR_VALUE_REAL:
      return number_words (parameter->initial);
    case TELAR_VALUE_DURATION:
      return parameter->initial < 0 ? g_strdup (_("no limit"))
                                    : time_words (parameter->initial, parameter->unit);
    case TELAR_VALUE_SIGNAL:
      signal = sigabbrev_np ((int) parameter->initial);
      return signal != NULL ? g_strconcat ("SIG", signal, NULL) : number_words (parameter->initial);
    case TELAR_VALUE_TEXT:
    case TELAR_VALUE_FILE:
      return parameter->initial_text != NULL ? g_strdup_printf (_("“%s”"), parameter->initial_text)
                                             : NULL;
    default:
      return NULL;
    }
}

char *
telar_parameter_words (const TelarParameter *parameter)
{
  GString *text;
  g_autofree char *initial = NULL;

  g_return_val_if_fail (parameter != NULL, NULL);

  text = g_string_new (_(types[parameter->type]));
  if (parameter->type == TELAR_VALUE_DURATION && parameter->unit != NULL)
    {
      g_string_truncate (text, 0);
      g_string_append_printf (text, _("time in %s"), parameter->unit);
    }
  append_limits (text, parameter);
  initial = parameter->optional ? initial_words (parameter) : NULL;
  if (initial != NULL)
    {
      g_string_append (text, "; ");
      g_string_append_printf (text, _("%s when left out"), initial);
    }
  else if (parameter->optional)
    {
      g_string_append (text, "; ");
      g_string_append (text, _("may be left out"));
    }
  return g_string_free (text, FALSE);
}

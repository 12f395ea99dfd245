/* values.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "plugin/values.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Returns: where the blanks end. */
static const char *
skip_blanks (const char *at)
{
  return at + strspn (at, " \t\n");
}

/* As people write numbers: the C library would take "0x10" and "inf" too.
 * Returns: where it ends, or NULL where there is none. */
static const char *
scan_real (const char *at, double *real)
{
  size_t length = strspn (at, "0123456789+-.eE");
  char  *end;

  *real = strtod (at, &end);
  return length > 0 && end == at + length && isfinite (*real) ? end : NULL;
}

/* 1e6 is as whole as 1000000.
 * Returns: where it ends, or NULL where there is none. */
static const char *
scan_integer (const char *at, int64_t *integer)
{
  double      real;
  const char *end = scan_real (at, &real);
  char       *whole_end;

  errno = 0;
  *integer = strtoll (at, &whole_end, 10);
  if (end == NULL || (errno == 0 && whole_end == end))
    return end;
  if (fabs (real) > TELAR_PLUGIN_WHOLE_MAX || real != floor (real))
    return NULL;
  *integer = (int64_t) real;
  return end;
}

static bool
read_integer (const char *text, TelarPluginValue *value)
{
  const char *end = scan_integer (skip_blanks (text), &value->integer);

  return end != NULL && *skip_blanks (end) == '\0';
}

static bool
read_real (const char *text, TelarPluginValue *value)
{
  const char *end = scan_real (skip_blanks (text), &value->real);

  return end != NULL && *skip_blanks (end) == '\0';
}

/* "[43, 50]". */
static bool
read_integers (const char *text, TelarPluginValue *value)
{
  const char *at = skip_blanks (text);
  size_t      room = 1;

  if (*at != '[')
    return false;
  for (const char *comma = at; *comma != '\0'; comma++)
    room += *comma == ',';
  value->integers = calloc (room, sizeof *value->integers);
  if (value->integers == NULL)
    return false;
  at = skip_blanks (at + 1);
  while (*at != ']')
    {
      at = scan_integer (at, &value->integers[value->n]);
      if (at == NULL)
        return false;
      value->n++;
      at = skip_blanks (at);
      if (*at == ',' && *skip_blanks (at + 1) != ']')
        at = skip_blanks (at + 1);
      else if (*at != ']')
        return false;
    }
  return *skip_blanks (at + 1) == '\0';
}

static bool
read_value (const TelarPluginParameter *parameter, const char *text, TelarPluginValue *value)
{
  switch (parameter->type)
    {
    case TELAR_PLUGIN_INTEGER:
      return read_integer (text, value);
    case TELAR_PLUGIN_REAL:
      return read_real (text, value);
    case TELAR_PLUGIN_INTEGERS:
      return read_integers (text, value);
    case TELAR_PLUGIN_TEXT:
    default:
      value->text = text;
      return true;
    }
}

static bool
is_within (const TelarPluginParameter *parameter, const TelarPluginValue *value)
{
  double number = parameter->type == TELAR_PLUGIN_INTEGER ? (double) value->integer : value->real;

  if (parameter->minimum >= parameter->maximum || parameter->type == TELAR_PLUGIN_TEXT)
    return true;
  if (parameter->type != TELAR_PLUGIN_INTEGERS)
    return number >= parameter->minimum && number <= parameter->maximum;
  for (size_t i = 0; i < value->n; i++)
    if ((double) value->integers[i] < parameter->minimum
        || (double) value->integers[i] > parameter->maximum)
      return false;
  return true;
}

static void
fill_in (const TelarPluginParameter *parameter, TelarPluginValue *value)
{
  value->integer = parameter->type == TELAR_PLUGIN_INTEGER ? (int64_t) parameter->initial : 0;
  value->real = parameter->initial;
  value->text = parameter->initial_text != NULL ? parameter->initial_text : "";
}

static void
set_fault (TelarPluginFault *fault, TelarPluginFaultKind kind, const TelarPluginFunction *function,
           const TelarPluginParameter *parameter, const char *text)
{
  fault->kind = kind;
  snprintf (fault->function, sizeof fault->function, "%s", function->name);
  if (parameter == NULL)
    return;
  fault->number = parameter->type;
  fault->minimum = parameter->minimum;
  fault->maximum = parameter->maximum;
  snprintf (fault->parameter, sizeof fault->parameter, "%s", parameter->name);
  snprintf (fault->unit, sizeof fault->unit, "%s", parameter->unit != NULL ? parameter->unit : "");
  snprintf (fault->detail, sizeof fault->detail, "%s", text != NULL ? text : "");
}

void
telar_plugin_values_free (TelarPluginValue *values, const TelarPluginFunction *function)
{
  for (unsigned i = 0; values != NULL && i < function->n_parameters; i++)
    free (values[i].integers);
  free (values);
}

TelarPluginValue *
telar_plugin_values_new (const TelarPluginFunction *function, const char *const *texts, unsigned n,
                         TelarPluginFault *fault)
{
  TelarPluginValue *values = calloc (function->n_parameters + 1, sizeof *values);

  fault->kind = TELAR_PLUGIN_SOUND;
  if (values == NULL)
    fault->kind = TELAR_PLUGIN_NO_MEMORY;
  else if (n > function->n_parameters)
    {
      set_fault (fault, TELAR_PLUGIN_TOO_MANY, function, NULL, NULL);
      fault->number = function->n_parameters;
    }
  for (unsigned i = 0; i < function->n_parameters && fault->kind == TELAR_PLUGIN_SOUND; i++)
    {
      const TelarPluginParameter *parameter = &function->parameters[i];

      if (i >= n && parameter->optional)
        fill_in (parameter, &values[i]);
      else if (i >= n)
        set_fault (fault, TELAR_PLUGIN_LACKS_ARGUMENT, function, parameter, NULL);
      else if (!read_value (parameter, texts[i], &values[i]))
        set_fault (fault, TELAR_PLUGIN_WRONG_TYPE, function, parameter, texts[i]);
      else if (!is_within (parameter, &values[i]))
        set_fault (fault, TELAR_PLUGIN_OUT_OF_LIMITS, function, parameter, texts[i]);
    }
  if (fault->kind == TELAR_PLUGIN_SOUND)
    return values;
  telar_plugin_values_free (values, function);
  return NULL;
}

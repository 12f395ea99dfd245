/* describe.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "plugin/describe.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "plugin/load.h"

/* A library that never comes back from its own beginning ends with this. */
#define PATIENCE_S 20

static void
put_text (FILE *out, const char *text)
{
  if (text == NULL)
    {
      fputs ("null", out);
      return;
    }
  putc ('"', out);
  for (const char *at = text; *at != '\0'; at++)
    if (*at == '"' || *at == '\\')
      fprintf (out, "\\%c", *at);
    else if ((unsigned char) *at < 0x20)
      fprintf (out, "\\u%04x", (unsigned) *at);
    else
      putc (*at, out);
  putc ('"', out);
}

static void
put_key (FILE *out, const char *key, const char *text)
{
  fprintf (out, "\"%s\": ", key);
  put_text (out, text);
}

static void
put_parameter (FILE *out, const TelarPluginParameter *parameter)
{
  putc ('{', out);
  put_key (out, "name", parameter->name);
  fprintf (out, ", \"type\": %u, \"optional\": %s, \"initial\": %.17g, ",
           (unsigned) parameter->type, parameter->optional ? "true" : "false", parameter->initial);
  put_key (out, "initial-text", parameter->initial_text);
  fprintf (out, ", \"minimum\": %.17g, \"maximum\": %.17g, ", parameter->minimum,
           parameter->maximum);
  put_key (out, "unit", parameter->unit);
  putc ('}', out);
}

static void
put_function (FILE *out, const TelarPluginFunction *function)
{
  putc ('{', out);
  put_key (out, "name", function->name);
  fputs (", ", out);
  put_key (out, "help", function->help);
  fputs (", ", out);
  put_key (out, "returns", function->returns);
  fputs (", \"parameters\": [", out);
  for (unsigned i = 0; i < function->n_parameters; i++)
    {
      fputs (i > 0 ? ", " : "", out);
      put_parameter (out, &function->parameters[i]);
    }
  fputs ("]}", out);
}

static void
put_fault (FILE *out, const TelarPluginFault *fault)
{
  fprintf (out, "{\"fault\": {\"kind\": %u, \"error\": %d, \"number\": %u, ",
           (unsigned) fault->kind, (int) fault->error, (unsigned) fault->number);
  put_key (out, "file", fault->file);
  fputs (", ", out);
  put_key (out, "function", fault->function);
  fputs (", ", out);
  put_key (out, "parameter", fault->parameter);
  fputs (", ", out);
  put_key (out, "detail", fault->detail);
  fputs ("}}\n", out);
}

void
telar_plugin_describe_self (const char *path)
{
  int              copy = fcntl (STDOUT_FILENO, F_DUPFD_CLOEXEC, 10);
  int              nowhere = open ("/dev/null", O_WRONLY | O_CLOEXEC);
  FILE            *out = copy >= 0 ? fdopen (copy, "w") : NULL;
  TelarPluginFault fault;

  if (out == NULL || nowhere < 0 || dup2 (nowhere, STDOUT_FILENO) < 0)
    return;
  alarm (PATIENCE_S);
  const TelarPlugin *plugin = telar_plugin_load (path, &fault);
  if (plugin == NULL)
    put_fault (out, &fault);
  else
    {
      fputs ("{\"functions\": [", out);
      for (uint32_t i = 0; i < plugin->n_functions; i++)
        {
          fputs (i > 0 ? ",\n" : "\n", out);
          put_function (out, &plugin->functions[i]);
        }
      fputs ("\n]}\n", out);
    }
  fclose (out);
}

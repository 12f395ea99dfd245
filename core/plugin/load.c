/* load.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "plugin/load.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "plugin/values.h"

#ifndef N_
#define N_(String) (String)
#endif

/* More is no table, but something else that bears its name. */
#define MANY_FUNCTIONS 1000

#define NAME_LENGTH 60

static bool
is_word (const char *name)
{
  size_t length = name != NULL ? strlen (name) : 0;

  return length > 0 && length <= NAME_LENGTH
         && strspn (name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_")
                == length;
}

static bool
is_number (const TelarPluginParameter *parameter)
{
  return parameter->type == TELAR_PLUGIN_INTEGER || parameter->type == TELAR_PLUGIN_REAL;
}

/* Returns: NULL, or what is wrong. */
static const char *
check_parameter (const TelarPluginFunction *function, unsigned number)
{
  const TelarPluginParameter *parameter = &function->parameters[number];
  bool limited = parameter->minimum != 0 || parameter->maximum != 0;

  if (!is_word (parameter->name))
    return N_("a parameter's name is not made of letters, digits and _");
  if ((unsigned) parameter->type > TELAR_PLUGIN_INTEGERS)
    return N_("a parameter is of an unknown type");
  if (!isfinite (parameter->initial) || !isfinite (parameter->minimum)
      || !isfinite (parameter->maximum))
    return N_("a parameter has a limit that is no number");
  if (limited && parameter->minimum >= parameter->maximum)
    return N_("a parameter's minimum is not below its maximum");
  if (parameter->optional && parameter->type == TELAR_PLUGIN_INTEGER
      && fabs (parameter->initial) > TELAR_PLUGIN_WHOLE_MAX)
    return N_("a parameter's initial value is beyond its limits");
  if (parameter->optional && limited && is_number (parameter)
      && (parameter->initial < parameter->minimum || parameter->initial > parameter->maximum))
    return N_("a parameter's initial value is beyond its limits");
  if (!parameter->optional && number > 0 && function->parameters[number - 1].optional)
    return N_("a parameter that must be given follows one that may be left out");
  return NULL;
}

/* Returns: NULL, or what is wrong; @parameter: with which one. */
static const char *
check_function (const TelarPlugin *plugin, uint32_t number, const char **parameter)
{
  const TelarPluginFunction *function = &plugin->functions[number];

  if (!is_word (function->name))
    return N_("a function's name is not made of letters, digits and _");
  for (uint32_t i = 0; i < number; i++)
    if (strcmp (plugin->functions[i].name, function->name) == 0)
      return N_("two functions have the same name");
  if (function->help == NULL || function->help[0] == '\0')
    return N_("a function has no help");
  if (function->body == NULL)
    return N_("a function has no body");
  if (function->n_parameters > TELAR_PLUGIN_MAX_PARAMETERS)
    return N_("a function has more than 16 parameters");
  if (function->n_parameters > 0 && function->parameters == NULL)
    return N_("a function's parameters are missing");
  for (unsigned i = 0; i < function->n_parameters; i++)
    {
      const char *wrong = check_parameter (function, i);
      if (wrong == NULL)
        continue;
      if (is_word (function->parameters[i].name))
        *parameter = function->parameters[i].name;
      return wrong;
    }
  return NULL;
}

static bool
check_table (const TelarPlugin *plugin, TelarPluginFault *fault)
{
  const char *wrong = NULL, *function = "", *parameter = "";

  if (plugin->abi != TELAR_FUNCTION_ABI)
    {
      fault->kind = TELAR_PLUGIN_OTHER_ABI;
      fault->number = plugin->abi;
      return false;
    }
  if (plugin->n_functions == 0 || plugin->functions == NULL)
    wrong = N_("it has no functions");
  else if (plugin->n_functions > MANY_FUNCTIONS)
    wrong = N_("it has more than 1000 functions");
  for (uint32_t i = 0; i < plugin->n_functions && wrong == NULL; i++)
    {
      wrong = check_function (plugin, i, &parameter);
      if (wrong != NULL && is_word (plugin->functions[i].name))
        function = plugin->functions[i].name;
    }
  if (wrong == NULL)
    return true;
  fault->kind = TELAR_PLUGIN_BAD_TABLE;
  snprintf (fault->function, sizeof fault->function, "%s", function);
  snprintf (fault->parameter, sizeof fault->parameter, "%s", parameter);
  snprintf (fault->detail, sizeof fault->detail, "%s", wrong);
  return false;
}

/* What cannot be read at all is said in other words than what is no library.
 * Returns: 0 or errno. */
static int
look_at_file (const char *path)
{
  struct stat about;
  int         file = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  int         error = errno;

  if (file < 0)
    return error;
  error = fstat (file, &about) != 0    ? errno
          : S_ISDIR (about.st_mode)  ? EISDIR
          : !S_ISREG (about.st_mode) ? EINVAL
                                     : 0;
  close (file);
  return error;
}

const TelarPlugin *
telar_plugin_load (const char *path, TelarPluginFault *fault)
{
  *fault = (TelarPluginFault){ 0 };
  snprintf (fault->file, sizeof fault->file, "%s", path);
  fault->error = look_at_file (path);
  if (fault->error != 0)
    {
      fault->kind = TELAR_PLUGIN_NO_FILE;
      return NULL;
    }

  void *library = dlopen (path, RTLD_NOW | RTLD_LOCAL);
  if (library == NULL)
    {
      const char *said = dlerror ();
      size_t      length = strlen (path);

      /* It begins with the file, which is told already. */
      if (said != NULL && strncmp (said, path, length) == 0 && said[length] == ':')
        said += length + 1 + (said[length + 1] == ' ');
      fault->kind = TELAR_PLUGIN_NOT_LOADED;
      snprintf (fault->detail, sizeof fault->detail, "%s", said != NULL ? said : "?");
      return NULL;
    }
  const TelarPlugin *plugin = dlsym (library, "telar_plugin");
  if (plugin == NULL)
    fault->kind = TELAR_PLUGIN_NO_TABLE;
  else if (check_table (plugin, fault))
    return plugin;
  dlclose (library);
  return NULL;
}

const TelarPluginFunction *
telar_plugin_find (const TelarPlugin *plugin, const char *name, TelarPluginFault *fault)
{
  size_t used = 0;

  for (uint32_t i = 0; i < plugin->n_functions; i++)
    if (strcmp (plugin->functions[i].name, name) == 0)
      return &plugin->functions[i];

  fault->kind = TELAR_PLUGIN_NO_FUNCTION;
  snprintf (fault->function, sizeof fault->function, "%s", name);
  fault->detail[0] = '\0';
  for (uint32_t i = 0; i < plugin->n_functions; i++)
    {
      const char *other = plugin->functions[i].name;

      if (used + strlen (other) + sizeof ", …" > sizeof fault->detail)
        {
          snprintf (fault->detail + used, sizeof fault->detail - used, ", …");
          break;
        }
      used += (size_t) snprintf (fault->detail + used, sizeof fault->detail - used, "%s%s",
                                 i > 0 ? ", " : "", other);
    }
  return NULL;
}

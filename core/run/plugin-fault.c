/* plugin-fault.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "plugin/telar-function.h"
#include "run/plugin-fault.h"

/* What is given may be long. */
#define GIVEN_LENGTH 40

/* A text that came from elsewhere: cut somewhere, in who knows which encoding. */
static char *
text_of (const char *text, gsize size)
{
  return g_utf8_make_valid (text, (gssize) strnlen (text, size));
}

#define TEXT_OF(member) text_of ((member), sizeof (member))

static char *
given_text (const TelarPluginFault *fault)
{
  g_autofree char *text = TEXT_OF (fault->detail);
  g_autofree char *beginning = g_utf8_substring (text, 0, MIN (g_utf8_strlen (text, -1),
                                                               GIVEN_LENGTH));

  return g_strconcat (beginning, strlen (beginning) < strlen (text) ? "…" : "", NULL);
}

static char *
number_text (double number)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (text, sizeof text, "%.15g", number);
  return g_strdup (text);
}

/* "libhello.so, hello: ". */
static char *
place_of (const TelarPluginFault *fault)
{
  g_autofree char *file = TEXT_OF (fault->file);
  g_autofree char *function = TEXT_OF (fault->function);
  g_autofree char *parameter = TEXT_OF (fault->parameter);

  if (*function == '\0')
    return g_steal_pointer (&file);
  if (*parameter == '\0')
    return g_strdup_printf ("%s, %s", file, function);
  return g_strdup_printf ("%s, %s, %s", file, function, parameter);
}

static char *
describe_type (const TelarPluginFault *fault)
{
  g_autofree char *file = TEXT_OF (fault->file);
  g_autofree char *function = TEXT_OF (fault->function);
  g_autofree char *parameter = TEXT_OF (fault->parameter);
  g_autofree char *given = given_text (fault);

  switch (fault->number)
    {
    case TELAR_PLUGIN_INTEGER:
      return g_strdup_printf (_("%s: %s of %s must be a whole number, not “%s”. Write one, such as "
                                "5."), file, parameter, function, given);
    case TELAR_PLUGIN_INTEGERS:
      return g_strdup_printf (_("%s: %s of %s must be a list of whole numbers, not “%s”. Write "
                                "one, such as [43, 50]."), file, parameter, function, given);
    case TELAR_PLUGIN_REAL:
    case TELAR_PLUGIN_TEXT:
    default:
      return g_strdup_printf (_("%s: %s of %s must be a number, not “%s”. Write one, such as "
                                "0.5."), file, parameter, function, given);
    }
}

static char *
describe_limits (const TelarPluginFault *fault)
{
  g_autofree char *file = TEXT_OF (fault->file);
  g_autofree char *function = TEXT_OF (fault->function);
  g_autofree char *parameter = TEXT_OF (fault->parameter);
  g_autofree char *given = given_text (fault);
  g_autofree char *unit = TEXT_OF (fault->unit);
  g_autofree char *low = number_text (fault->minimum);
  g_autofree char *high = number_text (fault->maximum);

  return g_strdup_printf (_("%s: %s of %s is beyond its limits: %s. Write numbers from %s to "
                            "%s%s%s."), file, parameter, function, given, low, high,
                          *unit != '\0' ? " " : "", unit);
}

static char *
describe_argument (const TelarPluginFault *fault)
{
  g_autofree char *file = TEXT_OF (fault->file);
  g_autofree char *function = TEXT_OF (fault->function);
  g_autofree char *parameter = TEXT_OF (fault->parameter);

  if (fault->kind == TELAR_PLUGIN_LACKS_ARGUMENT)
    return g_strdup_printf (_("%s: %s needs its argument %s. Write it after the function's name."),
                            file, function, parameter);
  if (fault->number == 0)
    return g_strdup_printf (_("%s: %s takes no arguments. Leave out what stands after its name."),
                            file, function);
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                       "%s: %s takes no more than %u argument. Leave out the rest.",
                                       "%s: %s takes no more than %u arguments. Leave out the "
                                       "rest.", fault->number),
                          file, function, fault->number);
}

char *
telar_plugin_fault_describe (const TelarPluginFault *fault)
{
  g_autofree char *file = NULL;
  g_autofree char *function = NULL;
  g_autofree char *detail = NULL;
  g_autofree char *place = NULL;

  g_return_val_if_fail (fault != NULL, NULL);

  file = TEXT_OF (fault->file);
  function = TEXT_OF (fault->function);
  detail = TEXT_OF (fault->detail);
  place = place_of (fault);
  switch ((TelarPluginFaultKind) fault->kind)
    {
    case TELAR_PLUGIN_NO_FILE:
      return g_strdup_printf (_("The plug-in %s cannot be read (%s). Build it, or name it relative "
                                "to the graph's folder."), file, g_strerror (fault->error));
    case TELAR_PLUGIN_NOT_LOADED:
      return g_strdup_printf (_("The plug-in %s cannot be loaded (%s). Build it as a shared "
                                "library (.so) for this computer."), file, detail);
    case TELAR_PLUGIN_TOO_SLOW:
      return g_strdup_printf (_("The plug-in %s did not load within %u seconds. Let its "
                                "constructors do less."), file, fault->number);
    case TELAR_PLUGIN_CRASHES:
      return g_strdup_printf (_("The plug-in %s crashes while it is loaded (%s). Mend its "
                                "constructors and build it again."),
                              file, g_strsignal ((int) fault->number));
    case TELAR_PLUGIN_NO_TABLE:
      return g_strdup_printf (_("%s is a library, but no plug-in of Telar. End its source with "
                                "TELAR_PLUGIN, as telar-function.h shows, and build it again."),
                              file);
    case TELAR_PLUGIN_OTHER_ABI:
      return g_strdup_printf (_("The plug-in %s was built for version %u of telar-function.h, and "
                                "this Telar takes version %u. Build it again with this Telar's "
                                "header."), file, fault->number, TELAR_FUNCTION_ABI);
    case TELAR_PLUGIN_BAD_TABLE:
      return g_strdup_printf (_("The plug-in has a faulty table of functions (%s): %s. Mend its "
                                "source and build it again."), place, _(detail));
    case TELAR_PLUGIN_NO_FUNCTION:
      return g_strdup_printf (_("The plug-in %s has no function %s. Write one that it has: %s."),
                              file, function, detail);
    case TELAR_PLUGIN_LACKS_ARGUMENT:
    case TELAR_PLUGIN_TOO_MANY:
      return describe_argument (fault);
    case TELAR_PLUGIN_WRONG_TYPE:
      return describe_type (fault);
    case TELAR_PLUGIN_OUT_OF_LIMITS:
      return describe_limits (fault);
    case TELAR_PLUGIN_NO_MEMORY:
      return g_strdup (_("There is no memory to load plug-ins. Close other programs."));
    case TELAR_PLUGIN_NOT_HERE:
      return g_strdup (_("This telar-engine loads no plug-ins. Install Telar again, or name "
                         "another in TELAR_ENGINE."));
    case TELAR_PLUGIN_SOUND:
    case TELAR_PLUGIN_N_FAULTS:
    default:
      return g_strdup_printf (_("The plug-in %s cannot be used. Build it again."), file);
    }
}

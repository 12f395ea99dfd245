/* command.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include "app/command.h"

#include <glib/gi18n-lib.h>

gboolean
telar_command_parse (const TelarCommand *command,
                     const GOptionEntry *entries,
                     const GOptionEntry *more,
                     int                 n_arguments,
                     int                 max_arguments,
                     int                *argc,
                     char             ***argv)
{
  g_autoptr (GOptionContext) context = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_strdup_printf ("telar %s", command->name);
  g_autofree char *summary = g_strdup_printf ("%s.", _ (command->help));

  g_return_val_if_fail (argc != NULL && argv != NULL, FALSE);

  g_set_prgname (name);
  context = g_option_context_new (command->arguments != NULL ? _ (command->arguments) : NULL);
  g_option_context_set_summary (context, summary);
  if (entries != NULL)
    g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (more != NULL)
    g_option_context_add_main_entries (context, more, GETTEXT_PACKAGE);

  if (!g_option_context_parse (context, argc, argv, &error))
    telar_command_complain (command, "%s", error->message);
  else if (*argc - 1 < n_arguments)
    telar_command_complain (command, _ ("%s is missing"), _ (command->arguments));
  else if (*argc - 1 > max_arguments)
    telar_command_complain (command, _ ("“%s” is one argument too many"),
                            (*argv)[max_arguments + 1]);
  else
    return TRUE;

  g_printerr (_ ("Try “telar %s --help”.\n"), command->name);
  return FALSE;
}

void
telar_command_complain (const TelarCommand *command, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list          arguments;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_printerr ("telar %s: %s\n", command->name, message);
}

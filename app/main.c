/* main.c
 *
 * SPDX-License-Identifier: MIT
 *
 * telar: the window, and the sub-commands that need no display.
 */

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

#include "app/command.h"
#include "app/language.h"
#include "window/application.h"

static const TelarCommand commands[] = {
  { "run", N_ ("GRAPH"), N_ ("Runs a graph, prints what its tasks print, then what happened"),
    telar_command_run },
  { "export", N_ ("GRAPH|RUN FILE…"),
    N_ ("Runs a graph, or takes a run that was kept, and makes pictures: PNG, SVG, PDF"),
    telar_command_export },
  { "check", N_ ("GRAPH…"), N_ ("Tells every fault of a graph, and how to mend it"),
    telar_command_check },
  { "functions", NULL, N_ ("Lists the functions that a task can call"),
    telar_command_functions },
  { "cores", NULL, N_ ("Tells the cores of this computer, and how exactly a run is recorded"),
    telar_command_cores },
  { "python", N_ ("GRAPH"), N_ ("Prints the Python program that does the same as a graph"),
    telar_command_python },
};

static void
print_help (void)
{
  g_print (_ ("Usage:\n"
              "  telar [FILE…]             the window\n"
              "  telar COMMAND [OPTION…]   without a window\n\n"
              "Commands:\n"));
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    g_print ("  %-10s %s\n", commands[i].name, _ (commands[i].help));
  g_print (_ ("\nOptions:\n"
              "  --help     this help; “telar COMMAND --help” for a command's own\n"
              "  --version  the version\n"));
}

/* The first three descriptors must be open: the next file that is opened would
 * otherwise become standard output. */
static void
keep_standard_descriptors (void)
{
  for (int fd = 0; fd < 3; fd++)
    if (fcntl (fd, F_GETFD) < 0 && errno == EBADF)
      open ("/dev/null", fd == 0 ? O_RDONLY : O_WRONLY);
}

/* What stays in a buffer is lost without a word, on a full disk for one. A
 * reader that has gone away wants no word. */
static int
close_output (int status)
{
  if (fflush (stdout) == 0 && !ferror (stdout))
    return status;
  if (errno == EPIPE)
    return status;
  g_printerr (_ ("telar: standard output could not be written: %s\n"), g_strerror (errno));
  return status == TELAR_EXIT_WELL ? TELAR_EXIT_WRONG : status;
}

static const TelarCommand *
find_command (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (strcmp (commands[i].name, name) == 0)
      return &commands[i];
  return NULL;
}

int
main (int argc, char **argv)
{
  const char *first = argc > 1 ? argv[1] : NULL;

  keep_standard_descriptors ();
  telar_language_init ();

  if (first != NULL)
    {
      const TelarCommand *command = find_command (first);

      if (command != NULL)
        return close_output (command->run (command, argc - 1, argv + 1));
      if (strcmp (first, "--help") == 0 || strcmp (first, "-h") == 0
          || strcmp (first, "help") == 0)
        {
          print_help ();
          return close_output (TELAR_EXIT_WELL);
        }
      if (strcmp (first, "--version") == 0)
        {
          g_print ("telar %s\n", TELAR_VERSION);
          return close_output (TELAR_EXIT_WELL);
        }
      /* A misspelt command is not a file that the window should look for. */
      if (first[0] != '-' && strpbrk (first, "./") == NULL
          && !g_file_test (first, G_FILE_TEST_EXISTS))
        {
          g_printerr (_ ("telar: “%s” is neither a command nor a file\n"
                         "Try “telar --help”.\n"), first);
          return TELAR_EXIT_WRONG;
        }
    }
  /* Where Telar has no translation, GTK's own texts stay English too. Not for
   * commands: GLib then looks only once whether there is one, and export can
   * change the language. */
  textdomain (GETTEXT_PACKAGE);
  return telar_application_run (argc, argv);
}

/* command.h
 *
 * SPDX-License-Identifier: MIT
 *
 * A sub-command of the command line: one row of the table in main.c, one file
 * each; and what they have in common.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How telar ends, as the man page tells it. */
typedef enum
{
  TELAR_EXIT_WELL = 0,
  TELAR_EXIT_TASKS = 1,       /* a task did not end well */
  TELAR_EXIT_WRONG = 2,       /* a wrong call or file */
  TELAR_EXIT_LOST = 3,        /* the engine was lost, or the run deadlocked */
  TELAR_EXIT_TIMEOUT = 124,
  TELAR_EXIT_SIGNAL = 128     /* + the signal that ended it: 130 for Ctrl-C */
} TelarExit;

typedef struct _TelarCommand TelarCommand;

struct _TelarCommand
{
  const char *name;      /* "run" */
  const char *arguments; /* N_(): "GRAPH", or NULL for none */
  const char *help;      /* N_(): one sentence without its full stop */
  /* @argv[0] is the name. Returns: a TelarExit. */
  int (*run) (const TelarCommand *command, int argc, char **argv);
};

int telar_command_run       (const TelarCommand *command, int argc, char **argv);
int telar_command_export    (const TelarCommand *command, int argc, char **argv);
int telar_command_check     (const TelarCommand *command, int argc, char **argv);
int telar_command_functions (const TelarCommand *command, int argc, char **argv);
int telar_command_cores     (const TelarCommand *command, int argc, char **argv);
int telar_command_python    (const TelarCommand *command, int argc, char **argv);

/* Takes the options off @argv; answers --help by itself.
 *
 * @entries: (nullable); @more: (nullable): a second set.
 * @n_arguments: at least how many arguments have to be left, the name not counted.
 * @max_arguments: at most, G_MAXINT for any number.
 * Returns: whether the call is right; otherwise the reason was printed. */
gboolean telar_command_parse (const TelarCommand *command,
                              const GOptionEntry *entries,
                              const GOptionEntry *more,
                              int                 n_arguments,
                              int                 max_arguments,
                              int                *argc,
                              char             ***argv);

/* "telar run: MESSAGE" on standard error. */
void telar_command_complain (const TelarCommand *command, const char *format, ...)
    G_GNUC_PRINTF (2, 3);

G_END_DECLS

/* spawn.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "engine/spawn.h"

#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* The names of the processes that a spawned one forks are written over its
 * arguments, see title.h: this is the room for them. */
#define ROOM_FOR_TITLES 160

/* What the program is called from its first moment on, and what it is to do,
 * with blanks behind it. */
typedef struct
{
  char title[128];
  char what[ROOM_FOR_TITLES];
} Arguments;

static void
set_arguments (Arguments *arguments, const char *title, const char *what)
{
  snprintf (arguments->title, sizeof arguments->title, "telar: %s", title);
  memset (arguments->what, ' ', sizeof arguments->what - 1);
  memcpy (arguments->what, what, strlen (what));
  arguments->what[sizeof arguments->what - 1] = '\0';
}

int
telar_spawn_task (const TelarProgram *program, uint32_t number, pid_t *pid)
{
  posix_spawn_file_actions_t actions;
  Arguments                  arguments;
  char                       what[16];
  char                      *list[] = { arguments.title, arguments.what, NULL };
  int                        error = posix_spawn_file_actions_init (&actions);

  snprintf (what, sizeof what, "%u", number);
  set_arguments (&arguments,
                 telar_plan_text (program->plan, telar_plan_task (program->plan, number)->title),
                 what);
  /* Onto itself: in the new program it stays open. */
  for (int i = TELAR_FD_OUTPUT; error == 0 && i < program->shared->first_descriptor; i++)
    error = posix_spawn_file_actions_adddup2 (&actions, i, i);
  if (error == 0)
    error = posix_spawn (pid, program->runner, &actions, NULL, list, environ);
  posix_spawn_file_actions_destroy (&actions);
  return error;
}

void
telar_spawn_server (const TelarProgram *program)
{
  Arguments arguments;
  char     *list[] = { arguments.title, arguments.what, NULL };

  set_arguments (&arguments, "forkserver", TELAR_SPAWN_SERVER);
  for (int i = TELAR_FD_OUTPUT; i <= TELAR_FD_REQUESTS; i++)
    fcntl (i, F_SETFD, 0);
  execve (program->runner, list, environ);
}

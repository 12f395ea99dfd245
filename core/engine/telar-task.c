/* telar-task.c
 *
 * SPDX-License-Identifier: MIT
 *
 * telar-task: one task as a program of its own (start method spawn), or the
 * fork server. It holds no rights of its own, so that the kernel goes on
 * recording what executes it, and is linked with the C library alone, so that
 * executing it costs what executing a small program costs.
 */

#include "config.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "engine/plugins.h"
#include "engine/server.h"
#include "engine/spawn.h"
#include "engine/start.h"
#include "engine/title.h"

/* The engine has looked at all of it; nobody can have changed it since. */
static const TelarPlan *
map_plan (void)
{
  struct stat about;

  if (fstat (TELAR_FD_PLAN, &about) != 0 || about.st_size < (off_t) sizeof (TelarPlan))
    return NULL;
  const TelarPlan *plan = mmap (NULL, (size_t) about.st_size, PROT_READ, MAP_PRIVATE, TELAR_FD_PLAN,
                                0);
  if (plan == MAP_FAILED || plan->magic != TELAR_PLAN_MAGIC || plan->version != TELAR_PLAN_VERSION)
    return NULL;
  return plan;
}

static int
refuse (const char *why)
{
  fprintf (stderr, "telar-task %s is a part of telar, which starts it; run telar instead (%s).\n",
           TELAR_VERSION, why);
  return 2;
}

int
main (int argc, char **argv)
{
  TelarProgram     program = { .runner = "/proc/self/exe" };
  TelarPluginFault fault;

  if (argc != 2)
    return refuse ("no task");
  program.plan = map_plan ();
  program.shared = telar_shared_map (TELAR_FD_SHARED);
  if (program.plan == NULL || program.shared == NULL
      || program.shared->n_tasks != program.plan->n_tasks)
    return refuse ("no run");
  if (program.plan->n_objects > 0)
    {
      program.objects = telar_objects_map (TELAR_FD_OBJECTS);
      if (program.objects == NULL)
        return refuse ("no objects");
    }
  /* What a task executes has no business with these. */
  close_range (TELAR_FD_OUTPUT, TELAR_FD_REQUESTS, CLOSE_RANGE_CLOEXEC);

  bool          serves = strncmp (argv[1], TELAR_SPAWN_SERVER, strlen (TELAR_SPAWN_SERVER)) == 0;
  unsigned long number = strtoul (argv[1], NULL, 10);
  if (!serves && (number == TELAR_MAIN || number >= program.plan->n_tasks))
    return refuse ("no such task");
  telar_title_init (argc, argv);
  /* In one thread still, so that whatever is forked from here inherits it. */
  if (!telar_plugins_bind (&program, false, &fault))
    {
      fprintf (stderr, "%s: this plug-in cannot be loaded again\n", fault.file);
      return 1;
    }
  if (serves)
    {
      telar_title_set_process ("forkserver");
      telar_server_run (&program);
    }
  telar_start_here (&program, (uint32_t) number);
}

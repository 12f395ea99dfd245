/* launch.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "engine/launch.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "engine/reaper.h"
#include "engine/start.h"

/* Where sessions are not scheduled as groups. */
#define NICENESS 5

bool
telar_launch_groups_sessions (void)
{
  FILE *file = fopen ("/proc/sys/kernel/sched_autogroup_enabled", "re");
  int   enabled = 0;

  if (file == NULL)
    return false;
  if (fscanf (file, "%d", &enabled) != 1)
    enabled = 0;
  fclose (file);
  return enabled != 0;
}

void
telar_launch_choose_cores (const TelarPlan *plan, TelarShared *shared)
{
  if (plan->restricts_cores)
    memcpy (shared->cores, plan->cores, sizeof shared->cores);
  else
    sched_getaffinity (0, sizeof shared->cores, (cpu_set_t *) shared->cores);
}

int
telar_launch_check (const TelarPlan *plan, const TelarShared *shared)
{
  const char *folder = telar_plan_text (plan, plan->folder);
  cpu_set_t   before[TELAR_MAX_CORES / CPU_SETSIZE];
  int         error = 0;

  if (folder[0] != '\0' && access (folder, X_OK) != 0)
    return errno;
  if (plan->restricts_cores && sched_getaffinity (0, sizeof before, before) == 0)
    {
      if (sched_setaffinity (0, sizeof shared->cores, (const cpu_set_t *) shared->cores) != 0)
        error = errno;
      sched_setaffinity (0, sizeof before, before);
    }
  return error;
}

static void
leave_no_core_file (void)
{
  struct rlimit one = { TELAR_TASK_CORE_LIMIT, TELAR_TASK_CORE_LIMIT };
  struct rlimit none = { 0, 0 };

  if (setrlimit (RLIMIT_CORE, &one) != 0)
    setrlimit (RLIMIT_CORE, &none);
}

/* A scope holds a descriptor for each task that it watches. Programs inherit
 * the limit, and not all of them bear a large one: it stays where it suffices. */
static void
raise_descriptors (const TelarPlan *plan)
{
  struct rlimit limit;
  rlim_t        wanted = (plan->n_tasks < plan->alive_limit ? plan->n_tasks : plan->alive_limit) + 64;

  if (getrlimit (RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= wanted)
    return;
  limit.rlim_cur = wanted < limit.rlim_max ? wanted : limit.rlim_max;
  setrlimit (RLIMIT_NOFILE, &limit);
}

static void
reset_signals (void)
{
  sigset_t none;

  for (int signal_number = 1; signal_number < NSIG; signal_number++)
    signal (signal_number, SIG_DFL);
  sigemptyset (&none);
  sigprocmask (SIG_SETMASK, &none, NULL);
}

int
telar_launch_open_files (const TelarPlan *plan, TelarShared *shared, TelarLaunchFiles *files)
{
  int pair[2];

  shared->first_descriptor = files->plan < 0      ? TELAR_FD_OUTPUT + 1
                             : files->objects < 0 ? TELAR_FD_SHARED + 1
                                                  : TELAR_FD_OBJECTS + 1;
  if (!telar_plan_uses (plan, TELAR_METHOD_FORKSERVER))
    return 0;
  if (socketpair (AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) != 0)
    return errno;
  files->server = pair[0];
  files->requests = pair[1];
  shared->first_descriptor = TELAR_FD_SERVER + 1;
  return 0;
}

void
telar_launch_close_files (TelarLaunchFiles *files)
{
  int *const all[] = { &files->plan, &files->shared, &files->objects, &files->server,
                        &files->requests };

  for (unsigned i = 0; i < sizeof all / sizeof *all; i++)
    {
      if (*all[i] >= 0)
        close (*all[i]);
      *all[i] = -1;
    }
}

int
telar_launch_find_runner (char *path, size_t room)
{
  static const char name[] = "telar-task";
  ssize_t           length = readlink ("/proc/self/exe", path, room);

  if (length < 0)
    return errno;
  if ((size_t) length == room)
    return ENAMETOOLONG;
  path[length] = '\0';
  char *end = strrchr (path, '/');
  if (end == NULL || (size_t) (end + 1 - path) + sizeof name > room)
    return ENAMETOOLONG;
  memcpy (end + 1, name, sizeof name);
  return access (path, X_OK) == 0 ? 0 : errno;
}

/* Returns: whether there were descriptors for that. */
static bool
install_files (const TelarLaunchFiles *files)
{
  /* Without a hole: each of them is given on. */
  const int objects = files->objects < 0 && files->server >= 0 ? files->shared : files->objects;
  const int from[] = { files->plan, files->shared, objects, files->server, files->requests };
  int       moved[5];

  /* Away from the places that are about to be taken. */
  for (int i = 0; i < 5; i++)
    moved[i] = from[i] >= 0 ? fcntl (from[i], F_DUPFD_CLOEXEC, TELAR_FD_REQUESTS + 1) : -1;
  for (int i = 0; i < 5; i++)
    if (from[i] >= 0 && (moved[i] < 0 || dup3 (moved[i], TELAR_FD_PLAN + i, O_CLOEXEC) < 0))
      return false;
  return true;
}

static void become_main (const TelarProgram *program, TelarLines *lines,
                         const TelarLaunchFiles *files) __attribute__ ((noreturn));

static void
become_main (const TelarProgram *program, TelarLines *lines, const TelarLaunchFiles *files)
{
  const TelarPlan *plan = program->plan;
  const char      *folder = telar_plan_text (plan, plan->folder);

  setsid ();
  reset_signals ();
  if (!telar_launch_groups_sessions ())
    setpriority (PRIO_PROCESS, 0, NICENESS);
  /* Else what tasks print would go where the engine talks to telar. */
  if (!telar_lines_install (lines) || !install_files (files))
    _exit (1);

  int empty = open ("/dev/null", O_RDONLY);
  if (empty > 0)
    dup2 (empty, TELAR_FD_EMPTY);
  close_range ((unsigned) program->shared->first_descriptor + (files->requests >= 0), ~0u, 0);

  leave_no_core_file ();
  raise_descriptors (plan);
  if (plan->memory_limit > 0)
    {
      /* What the run is recorded in is none of the tasks' memory. */
      rlim_t        bytes = plan->memory_limit + program->shared->size
                     + (program->objects != NULL ? program->objects->size : 0);
      struct rlimit limit = { bytes, bytes };
      setrlimit (RLIMIT_AS, &limit);
    }
  if (folder[0] != '\0' && chdir (folder) != 0)
    _exit (1);
  sched_setaffinity (0, sizeof program->shared->cores, (cpu_set_t *) program->shared->cores);
  telar_start_here (program, TELAR_MAIN);
}

pid_t
telar_launch_main (const TelarProgram *program, TelarLines *lines,
                   const TelarLaunchFiles *files)
{
  sigset_t all, before;

  sigfillset (&all);
  sigprocmask (SIG_SETMASK, &all, &before);
  pid_t pid = fork ();
  int   error = errno;
  if (pid == 0)
    become_main (program, lines, files);
  sigprocmask (SIG_SETMASK, &before, NULL);
  errno = error;
  return pid;
}

/* reaper.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "engine/reaper.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "recorder/clock.h"

/* Found at one look; what is more is found at the next. */
#define MAX_CHILDREN 1024

/* The kernel's list may miss a child while others come and go: only looks that
 * find none in a row are believed. */
#define LOOKS 3

void
telar_reaper_adopt (void)
{
  prctl (PR_SET_CHILD_SUBREAPER, 1);
}

static pid_t
parent_of (pid_t pid)
{
  char  path[64], text[512];
  pid_t parent = 0;

  snprintf (path, sizeof path, "/proc/%d/stat", pid);
  int     descriptor = open (path, O_RDONLY | O_CLOEXEC);
  ssize_t length = descriptor >= 0 ? read (descriptor, text, sizeof text - 1) : -1;
  if (descriptor >= 0)
    close (descriptor);
  if (length <= 0)
    return 0;
  text[length] = '\0';
  const char *after_name = strrchr (text, ')');
  if (after_name == NULL || sscanf (after_name + 1, " %*c %d", &parent) != 1)
    return 0;
  return parent;
}

/* Every process, asked for its parent: for kernels without CONFIG_PROC_CHILDREN. */
static unsigned
search_children (pid_t *pids, unsigned room)
{
  DIR           *processes = opendir ("/proc");
  struct dirent *entry;
  unsigned       n = 0;

  while (processes != NULL && n < room && (entry = readdir (processes)) != NULL)
    if (isdigit ((unsigned char) entry->d_name[0]))
      {
        pid_t pid = (pid_t) atoi (entry->d_name);
        if (parent_of (pid) == getpid ())
          pids[n++] = pid;
      }
  if (processes != NULL)
    closedir (processes);
  return n;
}

/* Children hang on the thread that made or adopted them. */
static bool
list_children (pid_t *pids, unsigned room, unsigned *n)
{
  DIR           *threads = opendir ("/proc/self/task");
  struct dirent *entry;
  bool           listed = false;

  *n = 0;
  while (threads != NULL && (entry = readdir (threads)) != NULL)
    {
      char path[320];
      int  pid;
      if (!isdigit ((unsigned char) entry->d_name[0]))
        continue;
      snprintf (path, sizeof path, "/proc/self/task/%s/children", entry->d_name);
      FILE *file = fopen (path, "re");
      if (file == NULL)
        continue;
      listed = true;
      while (*n < room && fscanf (file, "%d", &pid) == 1)
        pids[(*n)++] = pid;
      fclose (file);
    }
  if (threads != NULL)
    closedir (threads);
  return listed;
}

unsigned
telar_reaper_children (pid_t *pids, unsigned room)
{
  unsigned n;

  return list_children (pids, room, &n) ? n : search_children (pids, room);
}

static bool
has_limit_of_tasks (pid_t pid)
{
  struct rlimit own, its;

  return getrlimit (RLIMIT_CORE, &own) == 0 && own.rlim_max > TELAR_TASK_CORE_LIMIT
         && prlimit (pid, RLIMIT_CORE, NULL, &its) == 0 && its.rlim_max <= TELAR_TASK_CORE_LIMIT;
}

static bool
has_mark (pid_t pid, const char *mark)
{
  char path[64], text[8192], wanted[128];

  snprintf (path, sizeof path, "/proc/%d/environ", pid);
  snprintf (wanted, sizeof wanted, "TELAR_RUN=%s", mark);
  FILE *file = fopen (path, "re");
  bool  found = false;
  if (file == NULL)
    return false;
  size_t length = fread (text, 1, sizeof text - 1, file);
  fclose (file);
  text[length] = '\0';
  for (size_t at = 0; at < length && !found; at += strlen (text + at) + 1)
    found = strcmp (text + at, wanted) == 0;
  return found;
}

bool
telar_reaper_is_of_run (pid_t pid, pid_t session, const char *mark)
{
  return mark == NULL || (session > 0 && getsid (pid) == session) || has_limit_of_tasks (pid)
         || has_mark (pid, mark);
}

bool
telar_reaper_reap (pid_t pid, int *exit)
{
  siginfo_t info = { 0 };

  if (waitid (P_PID, (id_t) pid, &info, WEXITED | WNOHANG) != 0 || info.si_pid != pid)
    return false;
  *exit = info.si_code == CLD_EXITED ? info.si_status : -info.si_status;
  return true;
}

unsigned
telar_reaper_end (pid_t           session,
                  const char     *mark,
                  long long       patience_ns,
                  TelarReapedFunc reaped,
                  void           *data)
{
  pid_t    children[MAX_CHILDREN];
  int64_t  until = telar_now_ns () + patience_ns;
  unsigned n_ended = 0;
  unsigned n_empty = 0;

  for (;;)
    {
      /* The whole group at once: none of it can fork away in between. */
      if (session > 1)
        kill (-session, SIGKILL);

      unsigned n = telar_reaper_children (children, MAX_CHILDREN);
      unsigned n_left = 0;
      for (unsigned i = 0; i < n; i++)
        {
          int exit;
          if (!telar_reaper_is_of_run (children[i], session, mark))
            continue;
          kill (children[i], SIGKILL);
          if (telar_reaper_reap (children[i], &exit))
            {
              n_ended++;
              if (reaped != NULL)
                reaped (children[i], exit, data);
            }
          n_left++;
        }
      /* Reaping one may have brought its children: look until there are none. */
      n_empty = n_left == 0 ? n_empty + 1 : 0;
      if (n_empty == LOOKS || telar_now_ns () > until)
        return n_ended;
      struct timespec pause = telar_timespec (TELAR_MILLISECOND / 5);
      nanosleep (&pause, NULL);
    }
}

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
 * find none in a row are believed, of which the last asks every process. */
#define LOOKS 3

/* Between two looks: short at first, as most end at once. */
#define EAGER_LOOKS 200u
#define EAGER_PAUSE (TELAR_MILLISECOND / 5)
#define PAUSE       (2 * TELAR_MILLISECOND)

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

/* Ending */

typedef struct
{
  pid_t           session;
  const char     *mark;
  TelarReapedFunc reaped;
  void           *data;
  pid_t           known[MAX_CHILDREN]; /* found, and not reaped yet */
  unsigned        n_known;
} Reaping;

static bool
reap_one (Reaping *it, pid_t pid)
{
  int exit;

  if (!telar_reaper_reap (pid, &exit))
    return false;
  if (it->reaped != NULL)
    it->reaped (pid, exit, it->data);
  return true;
}

/* One that has ended has no environment any more, and may be missing on a list: who was
 * found once is kept in mind. */
static void
keep_in_mind (Reaping *it, pid_t pid)
{
  for (unsigned i = 0; i < it->n_known; i++)
    if (it->known[i] == pid)
      return;
  if (it->n_known < MAX_CHILDREN)
    it->known[it->n_known++] = pid;
}

static bool
is_child (pid_t pid)
{
  siginfo_t info;

  return waitid (P_PID, (id_t) pid, &info, WEXITED | WNOHANG | WNOWAIT) == 0;
}

static void
reap_known (Reaping *it)
{
  unsigned n = it->n_known;

  it->n_known = 0;
  for (unsigned i = 0; i < n; i++)
    if (!reap_one (it, it->known[i]) && is_child (it->known[i]))
      it->known[it->n_known++] = it->known[i];
}

/* Kills all that is found of the run. Returns: whether something is left. */
static bool
look (Reaping *it, bool thoroughly)
{
  pid_t    children[MAX_CHILDREN];
  unsigned n = thoroughly ? search_children (children, MAX_CHILDREN)
                          : telar_reaper_children (children, MAX_CHILDREN);
  bool     group_is_killed = false, left = false;

  for (unsigned i = 0; i < n; i++)
    {
      if (!telar_reaper_is_of_run (children[i], it->session, it->mark))
        continue;
      left = true;
      /* The whole group at once: none of it can fork away in between. As long as a child
       * is in it, its number is nobody else's. */
      if (!group_is_killed && it->session > 1 && getpgid (children[i]) == it->session)
        group_is_killed = kill (-it->session, SIGKILL) == 0;
      kill (children[i], SIGKILL);
      keep_in_mind (it, children[i]);
    }
  reap_known (it);
  return left || it->n_known > 0;
}

/* Whatever lists tell. */
static bool
has_no_child (void)
{
  siginfo_t info;

  return waitid (P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) != 0 && errno == ECHILD;
}

bool
telar_reaper_end (pid_t           session,
                  const char     *mark,
                  unsigned        patience,
                  TelarReapedFunc reaped,
                  void           *data)
{
  Reaping  it = { .session = session, .mark = mark, .reaped = reaped, .data = data };
  unsigned n_empty = 0;

  for (unsigned n = 1;; n++)
    {
      /* Reaping one may have brought its children: look until there are none. */
      bool left = look (&it, n_empty + 1 == LOOKS);
      n_empty = left ? 0 : n_empty + 1;
      if (mark == NULL ? has_no_child () : n_empty == LOOKS)
        return true;
      if (n >= patience && (left || mark == NULL))
        return false;
      struct timespec pause = telar_timespec (n < EAGER_LOOKS ? EAGER_PAUSE : PAUSE);
      nanosleep (&pause, NULL);
    }
}

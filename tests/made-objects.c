/* made-objects.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "made-objects.h"

#include <sched.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

TelarObjects *
telar_made_objects (const TelarPlanObject *made, guint n)
{
  struct
  {
    TelarPlan       plan;
    TelarPlanObject objects[8];
  } block = { .plan = { .n_tasks = N_TASKS, .n_objects = n } };

  g_assert_cmpuint (n, <=, G_N_ELEMENTS (block.objects));
  block.plan.objects = (guint32) ((char *) block.objects - (char *) &block);
  memcpy (block.objects, made, n * sizeof *made);

  TelarObjects *objects = telar_objects_new (&block.plan, NULL);
  g_assert_nonnull (objects);
  return objects;
}

TelarObjects *
telar_made_object (TelarObjectType type, gint64 amount, guint32 flags)
{
  TelarPlanObject made = { .type = type, .amount = amount, .flags = flags, .of = TELAR_NO_OBJECT };

  return telar_made_objects (&made, 1);
}

pid_t
telar_play (TelarObjects *objects, TelarPart part, guint32 task)
{
  pid_t pid = fork ();

  g_assert_cmpint (pid, >=, 0);
  if (pid == 0)
    {
      alarm (120);
      part (objects, task);
      _exit (0);
    }
  return pid;
}

void
telar_await_success (pid_t pid)
{
  int status;

  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, 0);
}

void
telar_await_sleep (TelarObjects *objects, guint32 task, guint32 object)
{
  while (telar_objects_awaited (objects, task) != object)
    sched_yield ();
}

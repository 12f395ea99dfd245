/* plugins.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "engine/plugins.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "engine/reaper.h"
#include "engine/wire.h"
#include "plugin/describe.h"
#include "plugin/load.h"
#include "recorder/exact.h"

/* The arguments of c_function: the library, the function, then its own. */
enum { LIBRARY, FUNCTION, FIRST };

/* How long a library may take to be loaded, seconds. */
#define PATIENCE_S 10

typedef struct
{
  TelarProgram     *program;
  TelarBinding     *bindings;
  TelarPluginFault *fault;
  bool              guarded;
  /* The library of the step before, which most steps share. */
  uint64_t           last;    /* text of the plan; 0: none yet */
  const TelarPlugin *plugin;
} Binder;

static const char *
text_of (const TelarPlan *plan, const TelarPlanStep *step, unsigned argument)
{
  return telar_plan_text (plan, telar_plan_value (plan, step->first_value + argument)->first);
}

/* ---- what never comes back ---------------------------------------------- */

/* What is left to say when a library does not come back from being loaded: ready
 * to be sent from a signal's handler. */
static struct
{
  TelarMessage     header;
  TelarRefused     refused;
  TelarPluginFault fault;
} last_word = {
  .header = { .type = TELAR_MESSAGE_REFUSED,
              .size = sizeof last_word.refused + sizeof last_word.fault },
  .refused = { .what = TELAR_REFUSED_PLUGIN },
};

static const int watched[] = { SIGALRM, SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT };

#define N_WATCHED (sizeof watched / sizeof watched[0])

static void
say_last_word (int number)
{
  last_word.fault.kind = number == SIGALRM ? TELAR_PLUGIN_TOO_SLOW : TELAR_PLUGIN_CRASHES;
  last_word.fault.number = number == SIGALRM ? PATIENCE_S : (uint32_t) number;
  send (TELAR_ENGINE_FD, &last_word, sizeof last_word, MSG_NOSIGNAL | MSG_DONTWAIT);
  _exit (1);
}

static void
watch (const char *path, uint32_t task, struct sigaction before[N_WATCHED])
{
  struct sigaction action = { .sa_handler = say_last_word };

  snprintf (last_word.fault.file, sizeof last_word.fault.file, "%s", path);
  last_word.fault.task = task;
  for (size_t i = 0; i < N_WATCHED; i++)
    sigaction (watched[i], &action, &before[i]);
  alarm (PATIENCE_S);
}

static void
end_watch (const struct sigaction before[N_WATCHED])
{
  alarm (0);
  for (size_t i = 0; i < N_WATCHED; i++)
    sigaction (watched[i], &before[i], NULL);
}

/* ---- steps -------------------------------------------------------------- */

/* The first task that calls a step. */
static uint32_t
task_of (const TelarPlan *plan, uint32_t step)
{
  for (uint32_t i = 0; i < plan->n_tasks; i++)
    {
      const TelarPlanTask *task = telar_plan_task (plan, i);
      if (step >= task->first_step && step - task->first_step < task->n_steps)
        return i;
    }
  return TELAR_MAIN;
}

/* Always with a slash, so that the loader searches nowhere.
 * Returns: (transfer full) (nullable) */
static char *
path_of (const TelarPlan *plan, const char *library)
{
  const char *folder = telar_plan_text (plan, plan->folder);
  char       *path = NULL;

  if (library[0] == '/')
    return strdup (library);
  if (asprintf (&path, "%s/%s", folder[0] != '\0' ? folder : ".", library) < 0)
    return NULL;
  return path;
}

static bool
load (Binder *binder, uint32_t number)
{
  const TelarPlan     *plan = binder->program->plan;
  const TelarPlanStep *step = telar_plan_step (plan, number);
  uint64_t             library = telar_plan_value (plan, step->first_value + LIBRARY)->first;
  struct sigaction     before[N_WATCHED];
  char                *path;

  if (binder->plugin != NULL && library == binder->last)
    return true;
  path = path_of (plan, telar_plan_text (plan, library));
  if (path == NULL)
    {
      binder->fault->kind = TELAR_PLUGIN_NO_MEMORY;
      return false;
    }
  binder->last = library;
  if (binder->guarded)
    watch (path, task_of (plan, number), before);
  binder->plugin = telar_plugin_load (path, binder->fault);
  if (binder->guarded)
    end_watch (before);
  free (path);
  return binder->plugin != NULL;
}

/* The plan's values stand one after the other, the texts that they mean do not. */
static const char **
collect (const TelarPlan *plan, const TelarPlanStep *step, unsigned *n)
{
  const char **texts;

  *n = step->n_values - FIRST;
  texts = calloc (*n + 1, sizeof *texts);
  for (unsigned i = 0; texts != NULL && i < *n; i++)
    texts[i] = text_of (plan, step, FIRST + i);
  return texts;
}

static bool
bind_step (Binder *binder, uint32_t number)
{
  const TelarPlan     *plan = binder->program->plan;
  const TelarPlanStep *step = telar_plan_step (plan, number);
  TelarBinding        *binding = &binder->bindings[number];
  const char         **texts;
  unsigned             n;

  if (step->n_values < FIRST || !load (binder, number))
    return false;
  binding->function = telar_plugin_find (binder->plugin, text_of (plan, step, FUNCTION),
                                         binder->fault);
  if (binding->function == NULL)
    return false;
  texts = collect (plan, step, &n);
  if (texts != NULL)
    binding->values = telar_plugin_values_new (binding->function, texts, n, binder->fault);
  else
    binder->fault->kind = TELAR_PLUGIN_NO_MEMORY;
  free (texts);
  return binding->values != NULL;
}

bool
telar_plugins_bind (TelarProgram *program, bool guarded, TelarPluginFault *fault)
{
  const TelarPlan *plan = program->plan;
  uint32_t         c_function = (uint32_t) telar_catalogue_number ("c_function");
  Binder           binder = { .program = program, .fault = fault, .guarded = guarded };

  *fault = (TelarPluginFault){ 0 };
  binder.bindings = calloc (plan->n_steps + 1, sizeof *binder.bindings);
  program->bindings = binder.bindings;
  if (binder.bindings == NULL)
    {
      fault->kind = TELAR_PLUGIN_NO_MEMORY;
      return false;
    }
  for (uint32_t i = 0; i < plan->n_steps; i++)
    if (telar_plan_step (plan, i)->function == c_function && !bind_step (&binder, i))
      {
        fault->task = task_of (plan, i);
        return false;
      }
  return true;
}

void
telar_plugins_clear (TelarProgram *program)
{
  TelarBinding *bindings = (TelarBinding *) program->bindings;

  for (uint32_t i = 0; bindings != NULL && i < program->plan->n_steps; i++)
    if (bindings[i].function != NULL)
      telar_plugin_values_free ((TelarPluginValue *) bindings[i].values, bindings[i].function);
  free (bindings);
  program->bindings = NULL;
}

bool
telar_plugins_answer (int argc, char **argv)
{
  char *path = NULL;

  if (argc != 3 || strcmp (argv[1], "--describe") != 0)
    return false;
  telar_exact_give_up_right ();
  /* Neither a core file nor a crash reporter, as for tasks. */
  setrlimit (RLIMIT_CORE, &(const struct rlimit){ TELAR_TASK_CORE_LIMIT, TELAR_TASK_CORE_LIMIT });
  if (asprintf (&path, "%s%s", strchr (argv[2], '/') != NULL ? "" : "./", argv[2]) >= 0)
    telar_plugin_describe_self (path);
  /* Not through the library's own last acts. */
  _Exit (0);
}

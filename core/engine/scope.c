/* scope.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "engine/scope.h"

#include <errno.h>
#include <signal.h>
#include <unistd.h>

#include "engine/await.h"
#include "engine/children.h"
#include "engine/ended.h"
#include "engine/forkserver.h"
#include "engine/output.h"
#include "engine/place.h"
#include "engine/pool.h"
#include "engine/share.h"
#include "engine/start.h"
#include "engine/task.h"
#include "engine/unforked.h"
#include "engine/watch.h"

/* Between two looks whether other scopes left a place, ms. */
#define PLACE_PERIOD 10

struct _TelarScope
{
  TelarSelf    *self;      /* borrowed */
  TelarChildren children;
  TelarWatch    watch;
  int           exit_code; /* of the call that ended the scope */
  bool          failed;    /* nothing more is started */
};

static bool
is_call (TelarScope *scope, const TelarChild *child)
{
  return telar_self_plan_task (scope->self, child->task)->kind == TELAR_KIND_CALL;
}

static bool
is_daemon (TelarScope *scope, const TelarChild *child)
{
  return telar_self_plan_task (scope->self, child->task)->daemon;
}

/* A task that is not and will not be started, and those after it. */
static void
give_up (TelarScope *scope, uint32_t child, TelarNotStarted why, uint32_t because)
{
  TelarChild *it = &scope->children.list[child];

  it->state = TELAR_CHILD_DONE;
  scope->children.n_waiting--;
  atomic_store (&telar_self_row (scope->self, it->task)->state, TELAR_ROW_NOT_STARTED);
  telar_share_never_runs (scope->self->program, it->task);
  telar_self_record (scope->self, TELAR_EVENT_NOT_STARTED, it->task, because, why, true);

  uint32_t n;
  const uint32_t *dependents = telar_children_dependents (&scope->children, child, &n);
  for (uint32_t i = 0; i < n; i++)
    if (scope->children.list[dependents[i]].state == TELAR_CHILD_WAITING)
      give_up (scope, dependents[i], TELAR_NOT_STARTED_AFTER_MISSING, it->task);
}

/* A child is joined, or could not be started: those after it come nearer. */
static void
resolve (TelarScope *scope, uint32_t child)
{
  TelarChild     *it = &scope->children.list[child];
  TelarRow       *row = telar_self_row (scope->self, it->task);
  bool            missing = atomic_load (&row->state) == TELAR_ROW_REFUSED;
  bool            failed = scope->self->program->plan->skip_on_failure
                           && atomic_load (&row->exit) != 0;
  uint32_t        n;
  const uint32_t *dependents = telar_children_dependents (&scope->children, child, &n);

  if (it->state == TELAR_CHILD_ACTIVE)
    {
      scope->children.n_active--;
      scope->children.n_daemons -= is_daemon (scope, it);
    }
  else if (it->state == TELAR_CHILD_WAITING)
    scope->children.n_waiting--;
  it->state = TELAR_CHILD_DONE;
  for (uint32_t i = 0; i < n; i++)
    {
      TelarChild *dependent = &scope->children.list[dependents[i]];
      if (dependent->state != TELAR_CHILD_WAITING)
        continue;
      if (missing)
        give_up (scope, dependents[i], TELAR_NOT_STARTED_AFTER_MISSING, it->task);
      else if (failed)
        give_up (scope, dependents[i], TELAR_NOT_STARTED_AFTER_FAILED, it->task);
      else if (--dependent->pending == 0 && !dependent->by_body)
        scope->children.n_due++;
    }
}

/* As the library that Telar follows: a daemonic process has threads, but no
 * processes of its own, whichever of its threads would start them. */
static bool
daemon_forbids (TelarSelf *self, uint32_t child)
{
  return telar_self_plan_task (self, child)->kind == TELAR_KIND_PROCESS
         && telar_self_plan_task (self, telar_self_process_of (self, self->number))->daemon;
}

/* A child is about to be started. */
static void
activate (TelarScope *scope, TelarChild *child)
{
  child->state = TELAR_CHILD_ACTIVE;
  scope->children.n_waiting--;
  scope->children.n_active++;
  scope->children.n_daemons += is_daemon (scope, child);
}

/* Whether a child may be started where no place is free: with nobody alive to
 * wait for. A daemon may never end, and is waited for by daemons only. */
static bool
may_go_without_place (TelarScope *scope, const TelarChild *child)
{
  const TelarChildren *children = &scope->children;

  return children->n_active == (is_daemon (scope, child) ? 0 : children->n_daemons);
}

/* Starts the processes and threads that are due, in file order, as long as
 * there are places. */
static void
start_due (TelarScope *scope)
{
  TelarChildren *children = &scope->children;
  uint32_t       left = children->n_due;

  for (uint32_t i = 0; i < children->n && left > 0; i++)
    {
      TelarChild *child = &children->list[i];
      if (!telar_child_is_due (child))
        continue;
      left--;
      if (is_call (scope, child))
        continue;
      if (!telar_place_take (scope->self->program, child->task, may_go_without_place (scope, child)))
        {
          if (is_daemon (scope, child))
            continue;
          return;
        }
      children->n_due--;
      activate (scope, child);
      if (telar_start_task (scope->self, child->task) != 0)
        {
          resolve (scope, i);
          /* Those after it are given up from the list's beginning on. */
          left = children->n_due;
          i = UINT32_MAX;
        }
    }
}

/* Runs the first call that is due. Returns: whether there was one. */
static bool
run_due_call (TelarScope *scope)
{
  TelarChildren *children = &scope->children;

  for (uint32_t i = 0; i < children->n && children->n_due > 0; i++)
    {
      TelarChild *child = &children->list[i];
      if (!telar_child_is_due (child) || !is_call (scope, child))
        continue;
      children->n_due--;
      activate (scope, child);
      int exit_code;
      if (!telar_task_run_call (scope->self, child->task, &exit_code))
        {
          scope->failed = true;
          scope->exit_code = exit_code;
        }
      resolve (scope, i);
      return true;
    }
  return false;
}

static bool
is_waited_for (TelarScope *scope, uint32_t child)
{
  uint32_t        n;
  const uint32_t *dependents = telar_children_dependents (&scope->children, child, &n);

  for (uint32_t i = 0; i < n; i++)
    if (scope->children.list[dependents[i]].state == TELAR_CHILD_WAITING)
      return true;
  return false;
}

/* For whoever looks for deadlocks: whom this thread waits for. */
static void
note_join (TelarSelf *self, uint32_t joins)
{
  while (self->host != NULL)
    self = self->host;
  atomic_store (&telar_self_row (self, self->number)->joins, joins);
}

static void
record_wait (TelarScope *scope, const uint32_t *awaited, uint32_t n)
{
  TelarSelf *self = scope->self;
  uint32_t   first = scope->children.list[awaited[0]].task;

  telar_self_record (self, TELAR_EVENT_WAIT_BEGIN, self->number, n == 1 ? first : TELAR_NO_TASK,
                     TELAR_CAUSE_JOIN, false);
  for (uint32_t i = 0; n > 1 && i < n && i < TELAR_MAX_NAMED; i++)
    telar_self_record (self, TELAR_EVENT_WAIT_ON, self->number,
                       scope->children.list[awaited[i]].task, 0, false);
}

static void
join_child (TelarScope *scope, uint32_t child)
{
  uint32_t task = scope->children.list[child].task;

  if (!telar_has_ended (scope->self, task))
    {
      record_wait (scope, &child, 1);
      note_join (scope->self, task + 1);
      telar_await_task (scope->self, task, -1);
      note_join (scope->self, 0);
      telar_self_record (scope->self, TELAR_EVENT_WAIT_END, scope->self->number, 0, 0, false);
    }
  else
    telar_await_task (scope->self, task, -1);
  resolve (scope, child);
}

/* Waits for the first of those that some task waits for; where something is due
 * that lacks a place, for the first of any, or for a place that others leave.
 * Returns: false where there is nobody to wait for. */
static bool
join_first (TelarScope *scope)
{
  TelarChildren *children = &scope->children;
  uint32_t      *awaited = children->scratch;
  bool           lacks_place = children->n_due > 0;
  uint32_t       first, n = 0;
  bool           ended;

  for (uint32_t i = 0; i < children->n; i++)
    if (children->list[i].state == TELAR_CHILD_ACTIVE && (lacks_place || is_waited_for (scope, i)))
      awaited[n++] = i;
  if (n == 0)
    return false;
  if (n == 1 && !lacks_place)
    {
      join_child (scope, awaited[0]);
      return true;
    }

  record_wait (scope, awaited, n);
  note_join (scope->self, TELAR_JOINS_ANY);
  do
    ended = telar_watch_first (&scope->watch, scope->self, children, awaited, n,
                               lacks_place ? PLACE_PERIOD : -1, &first);
  while (!ended && !telar_place_is_free (scope->self->program));
  note_join (scope->self, 0);
  telar_self_record (scope->self, TELAR_EVENT_WAIT_END, scope->self->number, 0, 0, false);
  if (ended)
    {
      telar_await_task (scope->self, children->list[first].task, -1);
      resolve (scope, first);
    }
  return true;
}

/* What no step started by now never will be. */
static void
give_up_unstarted (TelarScope *scope, bool all)
{
  for (uint32_t i = 0; i < scope->children.n; i++)
    {
      TelarChild *child = &scope->children.list[i];
      if (child->state == TELAR_CHILD_WAITING
          && (all || (child->by_body && !telar_self_plan_task (scope->self, child->task)->spare)))
        give_up (scope, i, TELAR_NOT_STARTED_PARENT_ENDED, scope->self->number);
    }
}

/* The rest, in file order; then the daemons are ended (a daemonic thread ends
 * with its process). */
static void
join_rest (TelarScope *scope)
{
  for (int daemons = 0; daemons < 2; daemons++)
    for (uint32_t i = 0; i < scope->children.n; i++)
      {
        TelarChild *child = &scope->children.list[i];
        if (child->state != TELAR_CHILD_ACTIVE || is_daemon (scope, child) != daemons)
          continue;
        if (daemons)
          {
            if (telar_self_plan_task (scope->self, child->task)->kind == TELAR_KIND_THREAD)
              continue;
            telar_scope_terminate (scope->self, child->task);
          }
        join_child (scope, i);
      }
}

/* Where there is no memory even for the list of them. */
static bool
start_nothing (TelarSelf *self)
{
  const uint32_t *own = telar_plan_links (self->program->plan, self->task->first_child);

  telar_output_error (self, TELAR_ERROR_MEMORY, TELAR_NO_TASK);
  for (uint32_t i = 0; i < self->task->n_children; i++)
    {
      atomic_store (&telar_self_row (self, own[i])->state, TELAR_ROW_NOT_STARTED);
      telar_share_never_runs (self->program, own[i]);
      telar_self_record (self, TELAR_EVENT_NOT_STARTED, own[i], self->number,
                         TELAR_NOT_STARTED_PARENT_ENDED, true);
    }
  return false;
}

bool
telar_scope_open (TelarSelf *self)
{
  const TelarPlanTask *task = self->task;

  if (task->n_children + task->n_started == 0)
    return true;
  self->scope = telar_unforked_new (sizeof *self->scope);
  if (self->scope == NULL || !telar_children_init (&self->scope->children, self->program->plan,
                                                   self->number))
    {
      telar_unforked_free (self->scope, sizeof *self->scope);
      self->scope = NULL;
      return start_nothing (self);
    }
  self->scope->self = self;
  telar_watch_init (&self->scope->watch);
  for (uint32_t i = 0; i < task->n_children; i++)
    {
      uint32_t child = telar_plan_links (self->program->plan, task->first_child)[i];
      if (!daemon_forbids (self, child))
        continue;
      telar_output_error (self, TELAR_ERROR_DAEMON_CHILD, child);
      return false;
    }
  start_due (self->scope);
  return true;
}

int
telar_scope_close (TelarSelf *self, int exit_code, bool failed)
{
  TelarScope *scope = self->scope;

  if (scope == NULL)
    return exit_code;
  if (failed)
    {
      scope->failed = true;
      scope->exit_code = exit_code;
    }
  give_up_unstarted (scope, scope->failed);
  while (!scope->failed && scope->children.n_waiting > 0)
    {
      start_due (scope);
      if (!run_due_call (scope) && scope->children.n_waiting > 0 && !join_first (scope))
        break;
    }
  telar_pool_scope_closes (self, scope->failed);
  give_up_unstarted (scope, true);
  join_rest (scope);

  if (scope->failed)
    exit_code = scope->exit_code;
  telar_watch_clear (&scope->watch);
  telar_children_clear (&scope->children);
  telar_unforked_free (scope, sizeof *scope);
  self->scope = NULL;
  return exit_code;
}

void
telar_scope_reap (TelarSelf *self, uint32_t task)
{
  telar_await_task (self, task, -1);
  resolve (self->scope, telar_children_find (&self->scope->children, task));
}

/* The scope in this thread whose task started (or may start) @task. */
static TelarSelf *
owner_here (TelarSelf *self, uint32_t task)
{
  uint32_t parent = telar_self_plan_task (self, task)->parent;

  while (self != NULL && self->number != parent)
    self = self->host;
  return self;
}

bool
telar_scope_is_owner (TelarSelf *self, uint32_t task)
{
  return owner_here (self, task) != NULL;
}

static TelarResult
error (TelarSelf *self, TelarError what, uint32_t about)
{
  telar_output_error (self, what, about);
  return telar_result_error (what);
}

TelarResult
telar_scope_start (TelarSelf *self, uint32_t task)
{
  TelarSelf *owner = owner_here (self, task);
  TelarRow  *row = telar_self_row (self, task);

  if (atomic_load (&row->state) != TELAR_ROW_NEW)
    return error (self, TELAR_ERROR_ALREADY_STARTED, task);
  if (owner == NULL || owner->scope == NULL)
    return error (self, TELAR_ERROR_NOT_A_CHILD, task);
  if (daemon_forbids (self, task))
    return error (self, TELAR_ERROR_DAEMON_CHILD, task);

  TelarScope *scope = owner->scope;
  uint32_t    child = telar_children_find (&scope->children, task);
  TelarChild *it = &scope->children.list[child];
  bool        it_is_daemon = is_daemon (scope, it);
  if (!telar_place_take (self->program, task, may_go_without_place (scope, it)))
    {
      telar_self_record (self, TELAR_EVENT_WAIT_BEGIN, self->number, 0, TELAR_CAUSE_PLACE, false);
      while (!telar_place_take (self->program, task,
                                telar_children_all_ended (&scope->children, owner, !it_is_daemon)))
        telar_place_await (self->program);
      telar_self_record (self, TELAR_EVENT_WAIT_END, self->number, 0, 0, false);
    }
  activate (scope, it);
  if (telar_start_task (owner, task) != 0)
    {
      resolve (scope, child);
      return error (self, TELAR_ERROR_COULD_NOT_START, task);
    }
  return telar_result_none ();
}

TelarResult
telar_scope_join (TelarSelf *self, uint32_t task, int64_t timeout_ns)
{
  TelarSelf *owner = owner_here (self, task);
  TelarRow  *row = telar_self_row (self, task);
  uint32_t   state = atomic_load (&row->state);
  bool       thread = telar_self_plan_task (self, task)->kind == TELAR_KIND_THREAD;
  bool       ended;

  if (task == self->number)
    return error (self, TELAR_ERROR_JOIN_SELF, task);
  if (owner == NULL
      && (!thread
          || telar_self_process_of (self, task) != telar_self_process_of (self, self->number)))
    return error (self, TELAR_ERROR_NOT_A_CHILD, task);
  if (state == TELAR_ROW_JOINED)
    return timeout_ns >= 0 ? telar_result_boolean (true) : telar_result_none ();
  if (state != TELAR_ROW_STARTED)
    return error (self, TELAR_ERROR_NOT_STARTED, task);

  telar_self_record (self, TELAR_EVENT_WAIT_BEGIN, self->number, task, TELAR_CAUSE_JOIN, false);
  note_join (self, timeout_ns < 0 ? task + 1 : 0);
  /* Any thread may wait for another; only its parent takes it off the list. */
  if (owner == NULL)
    ended = telar_ended_await (row, timeout_ns);
  else
    ended = telar_await_task (owner, task, timeout_ns);
  note_join (self, 0);
  telar_self_record (self, TELAR_EVENT_WAIT_END, self->number, 0, 0, false);
  if (ended && owner != NULL && owner->scope != NULL)
    resolve (owner->scope, telar_children_find (&owner->scope->children, task));
  return timeout_ns >= 0 ? telar_result_boolean (ended) : telar_result_none ();
}

static void
deliver (TelarSelf *self, uint32_t task, int signal_number)
{
  if (telar_self_is_served (self, task))
    telar_forkserver_signal (self, task, signal_number);
  else
    /* Not reaped yet, and only this thread may reap it: the pid is still its own. */
    kill (atomic_load (&telar_self_row (self, task)->pid), signal_number);
}

TelarResult
telar_scope_signal (TelarSelf *self, uint32_t task, int signal_number)
{
  TelarRow *row = telar_self_row (self, task);
  uint32_t  state = atomic_load (&row->state);

  if (telar_self_plan_task (self, task)->kind != TELAR_KIND_PROCESS)
    return error (self, TELAR_ERROR_IS_THREAD, task);
  if (owner_here (self, task) == NULL)
    return error (self, TELAR_ERROR_NOT_A_CHILD, task);
  if (state == TELAR_ROW_JOINED)
    return telar_result_none ();
  if (state != TELAR_ROW_STARTED)
    return error (self, TELAR_ERROR_NOT_STARTED, task);

  telar_self_record (self, TELAR_EVENT_SIGNAL, task, signal_number, 0, false);
  deliver (self, task, signal_number);
  return telar_result_none ();
}

void
telar_scope_terminate (TelarSelf *self, uint32_t task)
{
  if (telar_scope_signal (self, task, SIGTERM).type != TELAR_RESULT_ERROR
      && atomic_load (&telar_self_row (self, task)->state) == TELAR_ROW_STARTED)
    deliver (self, task, SIGCONT);
}

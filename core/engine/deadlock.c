/* deadlock.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "engine/deadlock.h"

#include <stdlib.h>
#include <string.h>

#include "engine/share.h"
#include "recorder/clock.h"

/* What a step does for those who wait for an object. */
enum
{
  RELEASES = 1 << 0,
  SETS = 1 << 1,
  NOTIFIES = 1 << 2,
  COMES = 1 << 3,    /* to a barrier; or breaks it */
  PUTS = 1 << 4,
  GETS = 1 << 5,
  FINISHES = 1 << 6,
  USES = 1 << 7      /* whatever it does: at its task's end a pipe is closed */
};

static const struct
{
  const char *function;
  unsigned    gives;
} deeds[] = {
  { "release", RELEASES },   { "increment", RELEASES }, { "set", SETS },
  { "notify", NOTIFIES },    { "notify_all", NOTIFIES }, { "wait", COMES | RELEASES },
  { "abort", COMES },        { "reset", COMES },         { "put", PUTS },
  { "send", PUTS },          { "get", GETS },            { "receive", GETS },
  { "task_done", FINISHES },
};

/* A step that works on an object. */
typedef struct
{
  uint32_t task;
  uint32_t step;  /* of its body */
  uint32_t gives;
} Deed;

/* Living tasks that are looked at one by one in /proc for having been killed. */
#define FEW 32

struct _TelarDeadlocks
{
  const TelarProgram *program;      /* borrowed */
  Deed               *deeds;        /* owned, by object… */
  uint32_t           *first_deed;   /* owned: …those of i from [i] to [i + 1] */
  bool               *ends_others;  /* owned: by function: terminate, kill */
  uint8_t            *in;           /* owned: by task: in the set */
  uint8_t            *alive;        /* owned: by task: started, and not ended */
  uint32_t           *order;        /* owned: room for tasks */
  uint64_t            seen;         /* what the last look found; 0: nothing */
  uint64_t            told;         /* what was told of, and stands; 0: nothing */
};

static const TelarPlanTask *
plan_task (TelarDeadlocks *self, uint32_t task)
{
  return telar_plan_task (self->program->plan, task);
}

/* The plan's steps by object */

static unsigned
deeds_of (const char *function)
{
  for (unsigned i = 0; i < sizeof deeds / sizeof deeds[0]; i++)
    if (strcmp (deeds[i].function, function) == 0)
      return deeds[i].gives | USES;
  return USES;
}

typedef void (*DeedFunc) (TelarDeadlocks *self, uint32_t object, Deed deed);

static void
count_deed (TelarDeadlocks *self, uint32_t object, Deed deed)
{
  (void) deed;
  self->first_deed[object + 1]++;
}

static void
add_deed (TelarDeadlocks *self, uint32_t object, Deed deed)
{
  self->deeds[self->first_deed[object]++] = deed;
}

static void
each_deed (TelarDeadlocks *self, DeedFunc func)
{
  const TelarPlan     *plan = self->program->plan;
  const TelarFunction *functions = telar_catalogue (NULL);

  for (uint32_t t = 0; t < plan->n_tasks; t++)
    for (uint32_t k = 0; k < plan_task (self, t)->n_steps; k++)
      {
        const TelarPlanStep *step = telar_plan_step (plan, plan_task (self, t)->first_step + k);
        Deed                 deed = { t, k, deeds_of (functions[step->function].name) };

        for (uint32_t i = 0; i < step->n_values; i++)
          {
            const TelarPlanValue *value = telar_plan_value (plan, step->first_value + i);
            uint32_t              object = (uint32_t) value->first;

            if (value->type != TELAR_VALUE_OBJECT || value->count == 0)
              continue;
            func (self, object, deed);
            /* What a condition does to a lock, it may do to another object's. */
            if (telar_plan_object (plan, object)->of != TELAR_NO_OBJECT)
              func (self, telar_plan_object (plan, object)->of, deed);
          }
      }
}

TelarDeadlocks *
telar_deadlocks_new (const TelarProgram *program)
{
  const TelarPlan     *plan = program->plan;
  unsigned             n_functions;
  const TelarFunction *functions = telar_catalogue (&n_functions);
  TelarDeadlocks      *self = calloc (1, sizeof *self);

  if (self == NULL)
    return NULL;
  self->program = program;
  self->first_deed = calloc (plan->n_objects + 2, sizeof *self->first_deed);
  self->ends_others = calloc (n_functions, sizeof *self->ends_others);
  self->in = calloc (plan->n_tasks, 1);
  self->alive = calloc (plan->n_tasks, 1);
  self->order = calloc (plan->n_tasks + 1, sizeof *self->order);
  if (self->first_deed == NULL || self->ends_others == NULL || self->in == NULL
      || self->alive == NULL || self->order == NULL)
    {
      telar_deadlocks_free (self);
      return NULL;
    }
  each_deed (self, count_deed);
  for (uint32_t i = 0; i < plan->n_objects; i++)
    self->first_deed[i + 1] += self->first_deed[i];
  self->deeds = calloc (self->first_deed[plan->n_objects] + 1, sizeof *self->deeds);
  if (self->deeds == NULL)
    {
      telar_deadlocks_free (self);
      return NULL;
    }
  each_deed (self, add_deed);
  memmove (self->first_deed + 1, self->first_deed, plan->n_objects * sizeof *self->first_deed);
  self->first_deed[0] = 0;
  for (unsigned i = 0; i < n_functions; i++)
    self->ends_others[i] = strcmp (functions[i].name, "terminate") == 0
                           || strcmp (functions[i].name, "kill") == 0;
  return self;
}

void
telar_deadlocks_free (TelarDeadlocks *self)
{
  if (self == NULL)
    return;
  free (self->deeds);
  free (self->first_deed);
  free (self->ends_others);
  free (self->in);
  free (self->alive);
  free (self->order);
  free (self);
}

/* How things stand */

static TelarRow *
row_of (TelarDeadlocks *self, uint32_t task)
{
  return telar_shared_row (self->program->shared, task);
}

static TelarObjectTask *
sleep_of (TelarDeadlocks *self, uint32_t task)
{
  return telar_object_task (self->program->objects, task);
}

static bool
sleeps (TelarDeadlocks *self, uint32_t task, bool for_ever)
{
  return self->program->objects != NULL
         && telar_objects_awaited (self->program->objects, task) < self->program->plan->n_objects
         && (!for_ever || atomic_load (&sleep_of (self, task)->until_ns) == INT64_MAX)
         && telar_objects_blocked (self->program->objects, task);
}

static uint32_t
joins (TelarDeadlocks *self, uint32_t task)
{
  return atomic_load (&row_of (self, task)->joins);
}

/* Of a task's sleep or join: its words, for the one and the same look. */
static uint64_t
mark_of (TelarDeadlocks *self, uint32_t task)
{
  uint64_t mark = (uint64_t) joins (self, task) << 32;

  if (self->program->objects != NULL)
    mark ^= atomic_load (&sleep_of (self, task)->n_sleeps)
            ^ (uint64_t) atomic_load (&sleep_of (self, task)->waits_for) << 20;
  mark ^= (uint64_t) task * 0x9e3779b97f4a7c15ull;
  mark *= 0xff51afd7ed558ccdull;
  return mark ^ mark >> 29;
}

static TelarCause
cause_of (TelarDeadlocks *self, uint32_t task)
{
  TelarObjectTask *sleep = sleep_of (self, task);
  uint32_t         object = telar_objects_awaited (self->program->objects, task);

  if (!sleeps (self, task, false))
    return TELAR_CAUSE_JOIN;
  return telar_share_cause ((TelarObjectType) telar_plan_object (self->program->plan, object)->type,
                            atomic_load (&sleep->culprit), atomic_load (&sleep->detail));
}

static unsigned
helps (TelarDeadlocks *self, uint32_t object, TelarCause cause)
{
  bool pipe = telar_plan_object (self->program->plan, object)->type == TELAR_OBJECT_PIPE;

  switch (cause)
    {
    case TELAR_CAUSE_LOCK:
    case TELAR_CAUSE_SEMAPHORE:
      return RELEASES;
    case TELAR_CAUSE_EVENT:
      return SETS;
    case TELAR_CAUSE_CONDITION:
      return NOTIFIES;
    case TELAR_CAUSE_BARRIER:
      return COMES;
    case TELAR_CAUSE_EMPTY:
      return pipe ? USES : PUTS;
    case TELAR_CAUSE_DONE:
      return FINISHES;
    default:
      return pipe ? USES : GETS;
    }
}

/* Whether a task can still do something: it lives outside the set, or may be
 * started by one that does. */
static bool
may_act (TelarDeadlocks *self, uint32_t task)
{
  while (task != TELAR_MAIN && atomic_load (&row_of (self, task)->state) == TELAR_ROW_NEW)
    task = plan_task (self, task)->parent;
  task = telar_plan_thread_of (self->program->plan, task);
  return self->alive[task] && !self->in[task];
}

/* A task that may let go whoever waits in that way. */
static uint32_t
helper (TelarDeadlocks *self, uint32_t waiter, uint32_t object, unsigned gives, bool in_set)
{
  for (uint32_t i = self->first_deed[object]; i < self->first_deed[object + 1]; i++)
    {
      const Deed *deed = &self->deeds[i];
      TelarRow   *row = row_of (self, deed->task);
      uint32_t    thread = telar_plan_thread_of (self->program->plan, deed->task);
      uint32_t    come = atomic_load (&row->step);

      if ((deed->gives & gives) == 0 || thread == waiter)
        continue;
      if ((gives & USES) == 0 ? come > deed->step : come == TELAR_STEPS_OVER)
        continue;
      /* One of the set that waits for the same is no reason of the other's. */
      if (in_set ? self->in[thread]
                     && (self->program->objects == NULL || joins (self, thread) != 0
                         || telar_objects_awaited (self->program->objects, thread) != object)
                 : may_act (self, deed->task))
        return thread;
    }
  return TELAR_NO_TASK;
}

/* A daemon is ended by its creator's end, and so is all that lives in it. */
static bool
will_be_ended (TelarDeadlocks *self, uint32_t task)
{
  for (; task != TELAR_MAIN; task = plan_task (self, task)->parent)
    if (plan_task (self, task)->daemon && may_act (self, plan_task (self, task)->parent))
      return true;
  return false;
}

/* Whether the end of a task is still to come, and will. */
static bool
will_end (TelarDeadlocks *self, uint32_t task)
{
  return !self->alive[task] || !self->in[task];
}

/* The value that a task waits for one of, or NULL. */
static const TelarPlanValue *
awaited_by (TelarDeadlocks *self, uint32_t joined)
{
  const TelarPlan *plan = self->program->plan;
  uint32_t         value = joined - TELAR_AWAITS;

  if (joined == TELAR_JOINS_ANY || joined < TELAR_AWAITS || value >= plan->n_values
      || telar_plan_value (plan, value)->type != TELAR_VALUE_AWAITED)
    return NULL;
  return telar_plan_value (plan, value);
}

static bool
one_may_come (TelarDeadlocks *self, uint32_t task, const TelarPlanValue *awaited)
{
  for (uint32_t i = 0; i < awaited->count; i++)
    {
      TelarPlanAwaited one = telar_plan_awaited (self->program->plan, awaited->first, i);
      uint32_t         state = one.is_object ? 0 : atomic_load (&row_of (self, one.number)->state);

      if (one.is_object ? helper (self, task, one.number, USES, false) != TELAR_NO_TASK
          : state == TELAR_ROW_NEW ? may_act (self, one.number)
                                   : will_end (self, one.number))
        return true;
    }
  return false;
}

static bool
join_can_end (TelarDeadlocks *self, const TelarRings *rings, uint32_t task, uint32_t joined)
{
  const TelarPlanValue *awaited = awaited_by (self, joined);

  if (awaited != NULL)
    return one_may_come (self, task, awaited);
  if (joined != TELAR_JOINS_ANY)
    return joined > self->program->plan->n_tasks || will_end (self, joined - 1);
  for (uint32_t i = 0; i < rings->n_open; i++)
    {
      uint32_t child = rings->open[i];
      if (child != TELAR_MAIN && self->alive[child] && !self->in[child]
          && telar_plan_thread_of (self->program->plan, plan_task (self, child)->parent) == task)
        return true;
    }
  return false;
}

static bool
can_go_on (TelarDeadlocks *self, const TelarRings *rings, uint32_t task)
{
  uint32_t joined = joins (self, task);

  if (will_be_ended (self, task))
    return true;
  if (joined != 0)
    return join_can_end (self, rings, task, joined);
  /* It goes on this very moment. */
  if (self->program->objects == NULL)
    return true;
  uint32_t object = telar_objects_awaited (self->program->objects, task);
  if (object >= self->program->plan->n_objects)
    return true;
  return helper (self, task, object, helps (self, object, cause_of (self, task)), false)
         != TELAR_NO_TASK;
}

/* Whether a task outside the set may yet terminate or kill one: which of them, and
 * what that would change, is not asked. */
static bool
may_be_ended_by_others (TelarDeadlocks *self)
{
  const TelarPlan *plan = self->program->plan;

  for (uint32_t t = 0; t < plan->n_tasks; t++)
    for (uint32_t k = atomic_load (&row_of (self, t)->step); k < plan_task (self, t)->n_steps; k++)
      if (self->ends_others[telar_plan_step (plan, plan_task (self, t)->first_step + k)->function]
          && may_act (self, t))
        return true;
  return false;
}

/* Who lives, and who of them waits for ever. Returns: how many wait. */
static uint32_t
take_all (TelarDeadlocks *self, const TelarRings *rings)
{
  uint32_t n_waiting = 0, n_others = 0;

  memset (self->in, 0, self->program->plan->n_tasks);
  memset (self->alive, 0, self->program->plan->n_tasks);
  for (uint32_t i = 0; i < rings->n_open; i++)
    {
      uint32_t  task = rings->open[i];
      TelarRow *row = row_of (self, task);
      uint32_t  process = telar_plan_process_of (self->program->plan, task);

      if (plan_task (self, task)->kind == TELAR_KIND_CALL
          || (task != TELAR_MAIN && atomic_load (&row->state) != TELAR_ROW_STARTED)
          || (process != TELAR_MAIN
              && atomic_load (&row_of (self, process)->state) != TELAR_ROW_STARTED)
          || atomic_load (&row->step) == TELAR_STEPS_OVER
          || atomic_load (&row_of (self, process)->step) == TELAR_STEPS_OVER)
        continue;
      self->alive[task] = 1;
      self->in[task] = joins (self, task) != 0 || sleeps (self, task, true);
      n_waiting += self->in[task];
      n_others += !self->in[task];
    }
  /* One who was killed, and whose parent waits itself, never says so. */
  for (uint32_t i = 0; n_waiting > 0 && n_others <= FEW && i < rings->n_open; i++)
    {
      uint32_t task = rings->open[i];
      if (self->alive[task] && !self->in[task]
          && telar_share_has_ended (self->program,
                                    telar_plan_process_of (self->program->plan, task)))
        self->alive[task] = 0;
    }
  return n_waiting;
}

/* Returns: what distinguishes the set, 0 where it is empty. */
static uint64_t
find_set (TelarDeadlocks *self, const TelarRings *rings)
{
  uint64_t mark = 0;
  bool     changed = take_all (self, rings) > 0;

  while (changed)
    {
      changed = false;
      for (uint32_t i = 0; i < rings->n_open; i++)
        if (self->in[rings->open[i]] && can_go_on (self, rings, rings->open[i]))
          {
            self->in[rings->open[i]] = 0;
            changed = true;
          }
    }
  for (uint32_t i = 0; i < rings->n_open; i++)
    if (self->in[rings->open[i]])
      mark += mark_of (self, rings->open[i]) | 1;
  return mark != 0 && may_be_ended_by_others (self) ? 0 : mark;
}

/* Circles */

/* The task because of which another waits: it holds the lock, is joined, or could
 * put, set, release… what is awaited, were it not in the set itself. */
static uint32_t
next_of (TelarDeadlocks *self, const TelarRings *rings, uint32_t task, bool locks_only)
{
  uint32_t              joined = joins (self, task);
  const TelarPlanValue *awaited = awaited_by (self, joined);

  for (uint32_t i = 0; awaited != NULL && i < awaited->count; i++)
    {
      TelarPlanAwaited one = telar_plan_awaited (self->program->plan, awaited->first, i);
      uint32_t         next = one.is_object ? helper (self, task, one.number, USES, true)
                                            : one.number;
      if (next != TELAR_NO_TASK && self->in[next])
        return next;
    }
  if (joined == TELAR_JOINS_ANY)
    {
      for (uint32_t i = 0; i < rings->n_open; i++)
        if (self->in[rings->open[i]] && rings->open[i] != TELAR_MAIN
            && telar_plan_thread_of (self->program->plan, plan_task (self, rings->open[i])->parent)
                 == task)
          return rings->open[i];
      return TELAR_NO_TASK;
    }
  if (joined != 0)
    return joined <= self->program->plan->n_tasks ? joined - 1 : TELAR_NO_TASK;
  if (!sleeps (self, task, false))
    return TELAR_NO_TASK;
  uint32_t   object = telar_objects_awaited (self->program->objects, task);
  TelarCause cause = cause_of (self, task);
  if (cause == TELAR_CAUSE_LOCK)
    return telar_objects_owner (self->program->objects, object);
  return locks_only ? TELAR_NO_TASK
                    : helper (self, task, object, helps (self, object, cause), true);
}

/* From @from on, in the order in which each waits for the next.
 * Returns: how many are in the circle that this leads to, 0: none; they are in order[]. */
static uint32_t
find_circle (TelarDeadlocks *self, const TelarRings *rings, uint32_t from, bool locks_only)
{
  uint32_t n = 0;

  for (uint32_t task = from; task < self->program->plan->n_tasks && self->alive[task]
                             && n <= self->program->plan->n_tasks;
       task = next_of (self, rings, task, locks_only))
    {
      for (uint32_t i = 0; i < n; i++)
        if (self->order[i] == task)
          {
            memmove (self->order, self->order + i, (n - i) * sizeof *self->order);
            return n - i;
          }
      self->order[n++] = task;
    }
  return 0;
}

/* Telling */

static void
tell_of (TelarDeadlocks *self, const TelarRings *rings, uint32_t n, unsigned how, int64_t ns,
         TelarDeadlockFunc tell, void *data)
{
  for (uint32_t i = 0; i < n; i++)
    {
      uint32_t   task = self->order[i];
      uint32_t   next = next_of (self, rings, task, false);
      TelarEvent event = { .ns = ns, .task = task, .writer = TELAR_NO_TASK,
                           .kind = TELAR_EVENT_DEADLOCK, .core = (uint16_t) how,
                           .cpu_ns = n - 1 - i, .detail = TELAR_CAUSE_JOIN, .value = next };

      if (joins (self, task) == 0 && self->program->objects != NULL)
        {
          event.detail = cause_of (self, task)
                         | atomic_load (&sleep_of (self, task)->detail) << 8;
          event.value = telar_event_wait_value (
              telar_objects_awaited (self->program->objects, task), next);
        }
      tell (&event, data);
    }
}

/* A set that stands for ever: a circle in it, or all of it. */
static void
tell_set (TelarDeadlocks *self, const TelarRings *rings, TelarDeadlockFunc tell, void *data)
{
  uint32_t n = 0;
  int64_t  ns = telar_now_ns ();

  for (uint32_t i = 0; i < rings->n_open && n < 2; i++)
    if (self->in[rings->open[i]])
      n = find_circle (self, rings, rings->open[i], false);
  if (n > 1)
    {
      tell_of (self, rings, n, TELAR_DEADLOCK_CYCLE, ns, tell, data);
      return;
    }
  n = 0;
  /* Who only waits for the others' end says nothing new. */
  for (int joining = 0; joining < 2 && n == 0; joining++)
    for (uint32_t i = 0; i < rings->n_open; i++)
      if (self->in[rings->open[i]] && (joins (self, rings->open[i]) != 0) == joining)
        self->order[n++] = rings->open[i];
  tell_of (self, rings, n, 0, ns, tell, data);
}

/* A circle of locks that a timeout will end. Returns: what distinguishes it. */
static uint64_t
find_passing (TelarDeadlocks *self, const TelarRings *rings, uint32_t *n)
{
  uint64_t mark = 0;

  *n = 0;
  for (uint32_t i = 0; self->program->objects != NULL && i < rings->n_open && *n < 2; i++)
    if (self->alive[rings->open[i]] && sleeps (self, rings->open[i], false))
      *n = find_circle (self, rings, rings->open[i], true);
  for (uint32_t i = 0; *n > 1 && i < *n; i++)
    mark += mark_of (self, self->order[i]) | 1;
  return mark;
}

static bool
is_all (TelarDeadlocks *self, const TelarRings *rings)
{
  for (uint32_t i = 0; i < rings->n_open; i++)
    if (self->alive[rings->open[i]] && !self->in[rings->open[i]])
      return false;
  return true;
}

bool
telar_deadlocks_look (TelarDeadlocks *self, const TelarRings *rings, TelarDeadlockFunc tell,
                      void *data)
{
  uint64_t mark = find_set (self, rings);
  bool     for_ever = mark != 0;
  uint32_t n = 0;

  if (!for_ever)
    mark = find_passing (self, rings, &n);
  if (self->told != 0 && self->told != mark)
    {
      TelarEvent event = { .ns = telar_now_ns (), .writer = TELAR_NO_TASK,
                           .kind = TELAR_EVENT_RESOLVED };
      tell (&event, data);
      self->told = 0;
    }
  if (mark != 0 && mark == self->seen && self->told != mark)
    {
      if (for_ever)
        tell_set (self, rings, tell, data);
      else
        tell_of (self, rings, n, TELAR_DEADLOCK_CYCLE | TELAR_DEADLOCK_PASSES, telar_now_ns (),
                 tell, data);
      self->told = mark;
    }
  self->seen = mark;
  return for_ever && self->told == mark && is_all (self, rings);
}

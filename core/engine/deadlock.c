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

/* Two kinds of deadlock, that are known apart from each other. */
enum
{
  FOR_EVER,
  PASSING,
  N_SORTS
};

/* Of one kind: what is told of, and stands as long as all its waits do. */
typedef struct
{
  uint64_t *waits;   /* owned, by task: its wait, as mark_of() has it; 0: not told of */
  uint32_t *groups;  /* owned, by task: those told of at once have the same */
  uint64_t  news;    /* what the last look found that is not told of; 0: nothing */
} Known;

/* Living tasks, of those that wait and of the others, that are looked at one by one in
 * /proc for having been killed. */
#define FEW 32

struct _TelarDeadlocks
{
  const TelarProgram *program;      /* borrowed */
  Deed               *deeds;        /* owned, by object… */
  uint32_t           *first_deed;   /* owned: …those of i from [i] to [i + 1] */
  bool               *ends_others;  /* owned: by function: terminate, kill */
  uint8_t            *in;           /* owned: by task: in the set */
  uint8_t            *alive;        /* owned: by task: started, and not ended */
  uint8_t            *ended;        /* owned: by task: has, and is not joined yet */
  uint32_t           *order;        /* owned: room for tasks */
  uint32_t           *walks;        /* owned: by task: the walk that came by; 0: none */
  uint8_t            *leads;        /* owned: by task: a walk from it ends in a circle */
  uint32_t           *found;        /* owned: tasks that are not told of, group after group… */
  uint32_t           *ends;         /* owned: …each of them up to here */
  uint32_t            n_groups;     /* in found[] */
  uint32_t            last_group;   /* the last one that was told of */
  int64_t             last_ns;      /* when */
  Known               known[N_SORTS];
  uint64_t            seen;         /* the set that the last look found; 0: none */
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
  self->ended = calloc (plan->n_tasks, 1);
  self->order = calloc (plan->n_tasks + 1, sizeof *self->order);
  self->walks = calloc (plan->n_tasks, sizeof *self->walks);
  self->leads = calloc (plan->n_tasks, 1);
  self->found = calloc (plan->n_tasks, sizeof *self->found);
  self->ends = calloc (plan->n_tasks, sizeof *self->ends);
  for (unsigned sort = 0; sort < N_SORTS; sort++)
    {
      self->known[sort].waits = calloc (plan->n_tasks, sizeof *self->known[sort].waits);
      self->known[sort].groups = calloc (plan->n_tasks, sizeof *self->known[sort].groups);
    }
  if (self->first_deed == NULL || self->ends_others == NULL || self->in == NULL
      || self->alive == NULL || self->ended == NULL || self->order == NULL || self->walks == NULL || self->leads == NULL
      || self->found == NULL || self->ends == NULL
      || self->known[FOR_EVER].waits == NULL || self->known[FOR_EVER].groups == NULL
      || self->known[PASSING].waits == NULL || self->known[PASSING].groups == NULL)
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
  free (self->ended);
  free (self->order);
  free (self->walks);
  free (self->leads);
  free (self->found);
  free (self->ends);
  for (unsigned sort = 0; sort < N_SORTS; sort++)
    {
      free (self->known[sort].waits);
      free (self->known[sort].groups);
    }
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

/* Of a task's sleep or join: its words, for the one and the same look. Never 0. */
static uint64_t
mark_of (TelarDeadlocks *self, uint32_t task)
{
  uint64_t mark = (uint64_t) joins (self, task) << 32;

  if (self->program->objects != NULL)
    mark ^= atomic_load (&sleep_of (self, task)->n_sleeps)
            ^ (uint64_t) atomic_load (&sleep_of (self, task)->waits_for) << 20;
  mark ^= (uint64_t) task * 0x9e3779b97f4a7c15ull;
  mark *= 0xff51afd7ed558ccdull;
  return (mark ^ mark >> 29) | 1;
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
      /* One that has ended will be joined, as soon as its parent comes to it. */
      if (child != TELAR_MAIN && (self->alive[child] || self->ended[child]) && !self->in[child]
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
  memset (self->ended, 0, self->program->plan->n_tasks);
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
  for (uint32_t i = 0; n_waiting > 0 && i < rings->n_open; i++)
    {
      uint32_t task = rings->open[i];
      if (self->alive[task] && (self->in[task] ? n_waiting : n_others) <= FEW
          && telar_share_has_ended (self->program,
                                    telar_plan_process_of (self->program->plan, task)))
        {
          self->alive[task] = self->in[task] = 0;
          self->ended[task] = 1;
        }
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
      mark += mark_of (self, rings->open[i]);
  if (mark == 0 || !may_be_ended_by_others (self))
    return mark;
  memset (self->in, 0, self->program->plan->n_tasks);
  return 0;
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

/* From @from on, in the order in which each waits for the next, up to where an earlier
 * walk came by. @walk: its number, from 1 on.
 * Returns: how many are in the circle that this ends in, 0: none, or one that an earlier
 * walk found; they are in order[]. */
static uint32_t
find_circle (TelarDeadlocks *self, const TelarRings *rings, uint32_t from, uint32_t walk,
             bool locks_only)
{
  uint32_t n = 0, first = 0, task = from;
  bool     leads;

  for (; task < self->program->plan->n_tasks && self->alive[task] && self->walks[task] == 0;
       task = next_of (self, rings, task, locks_only))
    {
      self->walks[task] = walk;
      self->order[n++] = task;
    }
  leads = task < self->program->plan->n_tasks && self->leads[task];
  for (first = 0; first < n && self->order[first] != task;)
    first++;
  /* Who waits for itself is in no circle. */
  leads = leads || n - first > 1;
  for (uint32_t i = 0; i < n; i++)
    self->leads[self->order[i]] = leads;
  if (n - first < 2)
    return 0;
  memmove (self->order, self->order + first, (n - first) * sizeof *self->order);
  return n - first;
}

/* What is not told of yet */

/* The @n in order[] belong together. */
static void
add_group (TelarDeadlocks *self, uint32_t n)
{
  uint32_t begin = self->n_groups > 0 ? self->ends[self->n_groups - 1] : 0;

  if (n == 0)
    return;
  memcpy (self->found + begin, self->order, n * sizeof *self->found);
  self->ends[self->n_groups++] = begin + n;
}

/* Circles of those that wait for ever, or of locks that a timeout will end. */
static void
find_circles (TelarDeadlocks *self, const TelarRings *rings, unsigned sort)
{
  uint32_t walk = 0;

  self->n_groups = 0;
  memset (self->walks, 0, self->program->plan->n_tasks * sizeof *self->walks);
  memset (self->leads, 0, self->program->plan->n_tasks);
  for (uint32_t i = 0; i < rings->n_open; i++)
    {
      uint32_t task = rings->open[i], n;
      bool     news = true;

      if (sort == FOR_EVER ? !self->in[task] : !self->alive[task] || !sleeps (self, task, false))
        continue;
      n = find_circle (self, rings, task, ++walk, sort == PASSING);
      for (uint32_t k = 0; k < n; k++)
        news = news && self->known[sort].waits[self->order[k]] == 0
               && (sort == FOR_EVER || !self->in[self->order[k]]);
      if (news)
        add_group (self, n);
    }
}

/* Those of the set that wait for no circle: for what nobody is left to do. */
static void
find_rest (TelarDeadlocks *self, const TelarRings *rings)
{
  bool any = self->n_groups > 0;

  for (uint32_t i = 0; i < rings->n_open && !any; i++)
    any = self->known[FOR_EVER].waits[rings->open[i]] != 0;
  /* Who only waits for the others' end says nothing new. */
  for (int joining = 0; joining < (any ? 1 : 2); joining++)
    {
      uint32_t n = 0;

      for (uint32_t i = 0; i < rings->n_open; i++)
        {
          uint32_t task = rings->open[i];

          if (self->in[task] && !self->leads[task] && self->known[FOR_EVER].waits[task] == 0
              && (joins (self, task) != 0) == joining)
            self->order[n++] = task;
        }
      add_group (self, n);
      any = any || n > 0;
      if (any)
        break;
    }
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

/* Those known whose waits do not all hold are over. */
static void
forget_over (TelarDeadlocks *self, unsigned sort, TelarDeadlockFunc tell, void *data)
{
  Known   *known = &self->known[sort];
  uint32_t n = self->program->plan->n_tasks;

  for (uint32_t t = 0; t < n; t++)
    {
      uint32_t   group = known->groups[t];
      TelarEvent event = { .ns = telar_now_ns (), .task = t, .writer = TELAR_NO_TASK,
                           .kind = TELAR_EVENT_RESOLVED,
                           .core = sort == PASSING ? TELAR_DEADLOCK_PASSES : 0 };

      if (known->waits[t] == 0
          || (self->alive[t] && (joins (self, t) != 0 || sleeps (self, t, false))
              && mark_of (self, t) == known->waits[t]))
        continue;
      for (uint32_t i = 0; i < n; i++)
        if (known->waits[i] != 0 && known->groups[i] == group)
          known->waits[i] = 0;
      tell (&event, data);
    }
}

/* Tells of the groups in found[], once two looks have found the same. */
static void
tell_news (TelarDeadlocks *self, const TelarRings *rings, unsigned sort, bool same,
           TelarDeadlockFunc tell, void *data)
{
  Known   *known = &self->known[sort];
  uint64_t news = 0;
  uint32_t begin = 0;

  for (uint32_t i = 0; self->n_groups > 0 && i < self->ends[self->n_groups - 1]; i++)
    news += mark_of (self, self->found[i]);
  same = same && news != 0 && news == known->news;
  known->news = news;
  for (uint32_t g = 0; same && g < self->n_groups; begin = self->ends[g++])
    {
      uint32_t n = self->ends[g] - begin;
      unsigned how = sort == PASSING ? TELAR_DEADLOCK_CYCLE | TELAR_DEADLOCK_PASSES
                     : self->leads[self->found[begin]] ? TELAR_DEADLOCK_CYCLE : 0;
      int64_t  ns = telar_now_ns ();

      /* What has the same moment is told of as one. */
      self->last_ns = ns > self->last_ns ? ns : self->last_ns + 1;
      self->last_group++;
      memcpy (self->order, self->found + begin, n * sizeof *self->order);
      for (uint32_t i = 0; i < n; i++)
        {
          known->waits[self->order[i]] = mark_of (self, self->order[i]);
          known->groups[self->order[i]] = self->last_group;
          /* What a timeout might have ended stands for ever now. */
          if (sort == FOR_EVER)
            self->known[PASSING].waits[self->order[i]] = 0;
        }
      tell_of (self, rings, n, how, self->last_ns, tell, data);
    }
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
  bool     same = mark != 0 && mark == self->seen;

  self->seen = mark;
  for (unsigned sort = 0; sort < N_SORTS; sort++)
    forget_over (self, sort, tell, data);
  find_circles (self, rings, FOR_EVER);
  find_rest (self, rings);
  tell_news (self, rings, FOR_EVER, same, tell, data);
  if (self->program->objects != NULL)
    {
      find_circles (self, rings, PASSING);
      tell_news (self, rings, PASSING, true, tell, data);
    }
  return same && is_all (self, rings);
}

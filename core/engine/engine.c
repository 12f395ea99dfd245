/* engine.c
 *
 * SPDX-License-Identifier: MIT
 *
 * telar-engine: supervises one run. Forks main, reads what the kernel and the
 * tasks record, hands it to telar, and sees to it that nothing is left when
 * the run is over, telar is gone or somebody asks. One thread, libc only.
 */

#include "config.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "engine/deadlock.h"
#include "engine/ended.h"
#include "engine/inbox.h"
#include "engine/launch.h"
#include "engine/lines.h"
#include "engine/place.h"
#include "engine/plugins.h"
#include "engine/reaper.h"
#include "engine/rings.h"
#include "engine/share.h"
#include "engine/title.h"
#include "objects/collection.h"
#include "objects/numbers.h"
#include "recorder/clock.h"
#include "recorder/exact.h"
#include "recorder/load.h"
#include "recorder/sampled.h"

/* Between two readings of the rings: half a frame, so that what happens is on
 * screen within two. */
#define DRAIN_PERIOD (8 * TELAR_MILLISECOND)

/* A record is stamped a moment before it can be read. */
#define SETTLING (2 * TELAR_MILLISECOND)

/* Between two looks at what does not end, when all is said. */
#define LATE_PERIOD (20 * TELAR_MILLISECOND)

typedef struct
{
  TelarOutbox     outbox;
  int             signals;     /* signalfd */
  TelarRunRequest request;
  TelarProgram    program;
  TelarLaunchFiles files;
  char            runner[512];  /* path of telar-task */
  TelarLines     *lines;
  TelarRings      rings;
  TelarExact     *exact;       /* NULL unless in use */
  TelarSampled   *sampled;     /* NULL unless in use */
  TelarLoads     *loads;
  pid_t           main;        /* 0: none, or over */
  int             main_exit;
  uint32_t        lost_last;   /* task whose process was reaped here last */
  int64_t         deadline;    /* of the run's timeout, or INT64_MAX */
  int64_t         next_drain;
  int64_t         next_look;
  int64_t         next_load;
  int64_t         next_objects; /* to look for deadlocks, and owners that died */
  TelarDeadlocks *deadlocks;
  unsigned        n_killed;    /* what was left when main was over */
  uint64_t        refused;     /* records that did not fit into the outbox */
  TelarEndedReason reason;
  bool            holding;     /* telar wants no lines for now */
} Engine;

/* Messages. */

static void
send_records (Engine *engine, TelarMessageType type, const void *records, size_t n, size_t size)
{
  const size_t most = (TELAR_MESSAGE_MAX - sizeof (TelarMessage)) / size;

  while (n > 0)
    {
      size_t part = n < most ? n : most;
      bool   essential = type == TELAR_MESSAGE_EVENTS;
      if (!telar_outbox_send (&engine->outbox, type, records, part * size, NULL, 0, essential))
        engine->refused += part;
      records = (const char *) records + part * size;
      n -= part;
    }
}

static void
send_one (Engine *engine, TelarMessageType type, const void *body, size_t size)
{
  telar_outbox_send (&engine->outbox, type, body, size, NULL, 0, true);
}

static int
refuse (Engine *engine, int error, const char *what)
{
  TelarRefused refused = { .error = error };

  snprintf (refused.what, sizeof refused.what, "%s", what);
  send_one (engine, TELAR_MESSAGE_REFUSED, &refused, sizeof refused);
  telar_outbox_finish (&engine->outbox);
  return 1;
}

static int
refuse_plugin (Engine *engine, const TelarPluginFault *fault)
{
  struct
  {
    TelarRefused     refused;
    TelarPluginFault fault;
  } refusal = { { .error = fault->error, .what = TELAR_REFUSED_PLUGIN }, *fault };

  send_one (engine, TELAR_MESSAGE_REFUSED, &refusal, sizeof refusal);
  telar_outbox_finish (&engine->outbox);
  return 1;
}

/* Records on their way. */

static void
take_switches (const TelarSwitch *switches, unsigned n, void *data)
{
  send_records (data, TELAR_MESSAGE_SWITCHES, switches, n, sizeof *switches);
}

static void
take_samples (const TelarSample *samples, unsigned n, void *data)
{
  send_records (data, TELAR_MESSAGE_SAMPLES, samples, n, sizeof *samples);
}

static void
take_loads (const TelarLoad *loads, unsigned n, void *data)
{
  send_records (data, TELAR_MESSAGE_LOADS, loads, n, sizeof *loads);
}

/* Which threads to look at follows from what tasks tell. */
static void
follow_threads (Engine *engine, const TelarEvent *event)
{
  switch (event->kind)
    {
    case TELAR_EVENT_RUN:
      if (telar_plan_task (engine->program.plan, event->task)->kind != TELAR_KIND_CALL)
        telar_sampled_add (engine->sampled, (int) (event->value >> 32),
                           (int) (event->value & 0xffffffff), event->task, false);
      break;
    case TELAR_EVENT_PROGRAM:
      telar_sampled_add (engine->sampled, (int) event->value, (int) event->value, event->task, true);
      break;
    default:
      break;
    }
}

static void
take_events (const TelarEvent *events, unsigned n, void *data)
{
  Engine *engine = data;

  if (engine->sampled != NULL)
    for (unsigned i = 0; i < n; i++)
      follow_threads (engine, &events[i]);
  send_records (engine, TELAR_MESSAGE_EVENTS, events, n, sizeof *events);
}

/* What the engine itself knows of a task. */
static void
tell (Engine *engine, TelarEventKind kind, uint32_t task, int64_t value, int64_t ns)
{
  TelarEvent event = { .ns = ns, .value = value, .task = task, .writer = TELAR_NO_TASK,
                       .kind = (uint16_t) kind };

  send_records (engine, TELAR_MESSAGE_EVENTS, &event, 1, sizeof event);
}

static void
stop (Engine *engine, TelarEndedReason reason)
{
  if (engine->main == 0)
    return;
  engine->reason = reason;
  engine->deadline = INT64_MAX;
  kill (-engine->main, SIGKILL);
  kill (engine->main, SIGKILL);
}

static void
tell_deadlock (const TelarEvent *event, void *data)
{
  Engine *engine = data;

  send_records (engine, TELAR_MESSAGE_EVENTS, event, 1, sizeof *event);
}

/* How many increments of an object were asked for, and lost.
 * Returns: false where none can be. */
static bool
count_increments (TelarObjects *objects, uint32_t object, uint64_t *asked, int64_t *lost)
{
  switch ((TelarObjectType) telar_object_head (objects, object)->type)
    {
    case TELAR_OBJECT_VALUE:
    case TELAR_OBJECT_ARRAY:
      *asked = telar_numbers_asked (objects, object);
      *lost = telar_numbers_lost (objects, object);
      return true;
    case TELAR_OBJECT_LIST:
    case TELAR_OBJECT_DICTIONARY:
      *asked = telar_collection_asked (objects, object);
      *lost = telar_collection_lost (objects, object);
      return true;
    default:
      return false;
    }
}

static void
tell_increments (Engine *engine)
{
  for (uint32_t i = 0; i < engine->program.plan->n_objects; i++)
    {
      TelarEvent event = { .ns = telar_now_ns (), .writer = TELAR_NO_TASK,
                           .kind = TELAR_EVENT_INCREMENTS, .detail = i };
      uint64_t   asked;
      int64_t    lost;

      if (!count_increments (engine->program.objects, i, &asked, &lost))
        continue;
      event.value = lost;
      event.cpu_ns = (int64_t) asked;
      send_records (engine, TELAR_MESSAGE_EVENTS, &event, 1, sizeof event);
    }
}

static void
look_at_objects (Engine *engine)
{
  int64_t now = telar_now_ns ();

  if (engine->deadlocks == NULL || now < engine->next_objects)
    return;
  engine->next_objects = now + TELAR_DEADLOCK_PERIOD;
  telar_share_look (&engine->program);
  if (telar_deadlocks_look (engine->deadlocks, &engine->rings, tell_deadlock, engine)
      && engine->request.stops_deadlocked)
    stop (engine, TELAR_ENDED_DEADLOCK);
}

static void
drain (Engine *engine, bool final)
{
  TelarNow now = { .ns = telar_now_ns () - (final ? 0 : SETTLING) };

  engine->next_drain = telar_now_ns () + DRAIN_PERIOD;
  /* A telar that does not read for long: what is not read here either is
   * counted where it does not fit, instead of piling up. */
  if (!final && engine->outbox.size > TELAR_OUTBOX_MAX)
    {
      engine->next_look = engine->next_drain;
      return;
    }
  if (engine->exact != NULL)
    telar_exact_drain (engine->exact, take_switches, engine);
  if (engine->sampled != NULL && (final || telar_now_ns () >= engine->next_look))
    {
      telar_sampled_look (engine->sampled, take_samples, engine);
      engine->next_look = telar_now_ns () + telar_sampled_period (engine->sampled);
    }
  if (engine->loads != NULL && (final || telar_now_ns () >= engine->next_load))
    {
      telar_loads_look (engine->loads, take_loads, engine);
      engine->next_load = telar_now_ns () + TELAR_LOAD_PERIOD;
    }
  if (final && engine->program.objects != NULL)
    tell_increments (engine);
  if (final)
    telar_rings_finish (&engine->rings, take_events, engine);
  else
    telar_rings_drain (&engine->rings, take_events, engine);

  now.lost_events = engine->rings.lost;
  now.lost_records = engine->refused + (engine->exact != NULL ? telar_exact_lost (engine->exact) : 0);
  telar_lines_count (engine->lines, &now);
  send_one (engine, TELAR_MESSAGE_NOW, &now, sizeof now);
}

/* Ends of processes. */

static void
lose_child (pid_t pid, int exit, void *data)
{
  Engine *engine = data;

  if (pid == engine->main)
    {
      engine->main = 0;
      engine->main_exit = exit;
      return;
    }
  /* From the last one that was found on: what is left of a run tends to end in
   * the order in which it began. */
  uint32_t n_tasks = engine->program.plan->n_tasks;
  for (uint32_t n = 0; n < n_tasks; n++)
    {
      uint32_t  task = (engine->lost_last + n) % n_tasks;
      TelarRow *row = telar_shared_row (engine->program.shared, task);
      if (task != TELAR_MAIN && atomic_load (&row->pid) == pid
          && atomic_load (&row->state) == TELAR_ROW_STARTED
          && atomic_load (&row->ended) != TELAR_HAS_ENDED)
        {
          engine->lost_last = task;
          /* The server is gone, but whoever waits still waits for its word. */
          if (telar_plan_task (engine->program.plan, task)->start_method
              == TELAR_METHOD_FORKSERVER)
            {
              atomic_store (&telar_shared_row (engine->program.shared, task)->exit, exit);
              telar_ended_tell (telar_shared_row (engine->program.shared, task));
            }
          telar_place_leave_process (&engine->program, task);
          telar_share_process_ended (&engine->program, task, exit);
          tell (engine, TELAR_EVENT_LOST_CHILD, task, exit, telar_now_ns ());
          return;
        }
    }
}

static void
lose_leftover (pid_t pid, int exit, void *data)
{
  Engine *engine = data;

  engine->n_killed++;
  lose_child (pid, exit, engine);
}

/* The process that a task of the plan was started in. */
static pid_t
starter_of (Engine *engine, uint32_t task)
{
  const TelarPlan *plan = engine->program.plan;

  task = telar_plan_process_of (plan, telar_plan_task (plan, task)->parent);
  return atomic_load (&telar_shared_row (engine->program.shared, task)->pid);
}

/* What the fork server forked it also reaps: of those whose parent is gone, which
 * nobody joins any more, only their rows tell. With @all, of whatever was not
 * joined. */
static void
lose_served (Engine *engine, bool all)
{
  const TelarPlan *plan = engine->program.plan;

  if (engine->files.server < 0)
    return;
  for (uint32_t i = 1; i < plan->n_tasks; i++)
    {
      TelarRow *row = telar_shared_row (engine->program.shared, i);
      if (telar_plan_task (plan, i)->start_method != TELAR_METHOD_FORKSERVER
          || atomic_load (&row->ended) != TELAR_HAS_ENDED
          || atomic_load (&row->state) != TELAR_ROW_STARTED
          || (!all && kill (starter_of (engine, i), 0) == 0))
        continue;
      /* Told once. */
      atomic_store (&row->state, TELAR_ROW_JOINED);
      telar_place_leave_process (&engine->program, i);
      tell (engine, TELAR_EVENT_LOST_CHILD, i, atomic_load (&row->exit), telar_now_ns ());
    }
}

static void
reap_children (Engine *engine)
{
  pid_t children[256];
  int   exit;

  /* Main first, by its pid: its end is noticed even where the list of children
   * cannot be had. */
  if (telar_reaper_reap (engine->main, &exit))
    lose_child (engine->main, exit, engine);
  unsigned n = telar_reaper_children (children, 256);
  for (unsigned i = 0; i < n; i++)
    if (telar_reaper_reap (children[i], &exit))
      lose_child (children[i], exit, engine);
}

/* The way in: a request and a plan. */

static int
open_records (Engine *engine)
{
  int refusal = 0;

  if (engine->request.source == TELAR_SOURCE_EXACT)
    {
      engine->exact = telar_exact_open ();
      refusal = engine->exact == NULL ? errno : 0;
    }
  if (engine->exact == NULL
      && (engine->request.source == TELAR_SOURCE_SAMPLED
          || (engine->request.source == TELAR_SOURCE_EXACT && !engine->request.source_forced)))
    engine->sampled = telar_sampled_new ();
  if (engine->exact != NULL || engine->sampled != NULL)
    engine->loads = telar_loads_new ();
  engine->program.shared->records = engine->exact != NULL || engine->sampled != NULL;
  return refusal;
}

static void
announce (Engine *engine, int64_t zero, int refusal)
{
  TelarBegun begun = {
    .zero_ns = zero,
    .date = (int64_t) time (NULL),
    .period_ns = engine->sampled != NULL ? telar_sampled_period (engine->sampled) : 0,
    .main_pid = engine->main,
    .source = engine->exact != NULL     ? TELAR_SOURCE_EXACT
              : engine->sampled != NULL ? TELAR_SOURCE_SAMPLED
                                        : TELAR_SOURCE_OFF,
    .refusal = refusal,
    .paranoid = telar_exact_paranoid (),
    .autogroup = telar_launch_groups_sessions (),
    .n_cores = engine->exact != NULL ? telar_exact_n_cores (engine->exact) : 0,
  };

  send_one (engine, TELAR_MESSAGE_BEGUN, &begun, sizeof begun);
}

/* Returns: 0 when the run is under way. */
static int
begin (Engine *engine)
{
  int descriptor;

  if (!telar_inbox_take_run (TELAR_ENGINE_FD, &engine->request, &descriptor))
    return 1;
  engine->files.plan = descriptor;
  const char *wrong = telar_inbox_map_plan (descriptor, &engine->program.plan);
  if (wrong != NULL)
    {
      char what[100];
      snprintf (what, sizeof what, "plan: %s", wrong);
      return refuse (engine, EINVAL, what);
    }
  bool programs = telar_plan_uses (engine->program.plan, TELAR_METHOD_SPAWN)
                  || telar_plan_uses (engine->program.plan, TELAR_METHOD_FORKSERVER);
  engine->program.shared = telar_shared_new (engine->program.plan,
                                             programs ? &engine->files.shared : NULL);
  if (engine->program.shared == NULL || !telar_rings_init (&engine->rings, engine->program.shared,
                                                                    engine->program.plan))
    return refuse (engine, ENOMEM, "memory");
  if (engine->program.plan->n_objects > 0)
    {
      engine->program.objects = telar_share_new (engine->program.plan,
                                                 programs ? &engine->files.objects : NULL);
      if (engine->program.objects == NULL)
        return refuse (engine, errno, "memory");
    }
  if (!programs)
    telar_launch_close_files (&engine->files);
  int error = telar_launch_open_files (engine->program.plan, engine->program.shared,
                                       &engine->files);
  if (error != 0)
    return refuse (engine, error, "fork server");
  if (programs)
    {
      engine->program.runner = engine->runner;
      error = telar_launch_find_runner (engine->runner, sizeof engine->runner);
      if (error != 0)
        return refuse (engine, error, "telar-task");
    }
  telar_launch_choose_cores (engine->program.plan, engine->program.shared);
  error = telar_launch_check (engine->program.plan, engine->program.shared);
  if (error != 0)
    return refuse (engine, error, error == EINVAL ? "cores" : "folder");
  engine->lines = telar_lines_new (engine->program.plan, engine->program.shared, &engine->outbox);
  if (engine->lines == NULL)
    return refuse (engine, errno, "output");

  int refusal = open_records (engine);
  if (engine->request.source == TELAR_SOURCE_EXACT && engine->request.source_forced
      && engine->exact == NULL)
    return refuse (engine, refusal, "exact");

  engine->deadlocks = telar_deadlocks_new (&engine->program);
  if (engine->deadlocks == NULL)
    return refuse (engine, ENOMEM, "memory");

  /* Somebody else's code: not before the right to record is given up, and in one
   * thread still, so that every task inherits what is loaded. */
  TelarPluginFault fault;
  telar_exact_give_up_right ();
  if (!telar_plugins_bind (&engine->program, true, &fault))
    return refuse_plugin (engine, &fault);

  int64_t zero = telar_now_ns ();
  engine->main = telar_launch_main (&engine->program, engine->lines, &engine->files);
  if (engine->main < 0)
    return refuse (engine, errno, "fork");
  telar_lines_parent (engine->lines);
  /* Else the tasks would not notice that their server is gone. */
  if (engine->files.requests >= 0)
    close (engine->files.requests);
  engine->files.requests = -1;
  atomic_store (&telar_shared_row (engine->program.shared, TELAR_MAIN)->pid, engine->main);
  announce (engine, zero, refusal);
  engine->deadline = engine->request.timeout_ns > 0 ? zero + engine->request.timeout_ns : INT64_MAX;
  return 0;
}

/* The loop. */

/* Returns: false when telar is gone. */
static bool
listen_to_telar (Engine *engine)
{
  TelarMessageType type;

  if (!telar_inbox_take (TELAR_ENGINE_FD, &type))
    return false;
  switch (type)
    {
    case TELAR_MESSAGE_STOP:
      stop (engine, TELAR_ENDED_STOPPED);
      break;
    case TELAR_MESSAGE_HOLD:
    case TELAR_MESSAGE_FLOW:
      engine->holding = type == TELAR_MESSAGE_HOLD;
      break;
    default:
      break;
    }
  return true;
}

static void
listen_to_signals (Engine *engine)
{
  struct signalfd_siginfo info;

  while (read (engine->signals, &info, sizeof info) == sizeof info)
    if (info.ssi_signo == SIGTERM)
      stop (engine, TELAR_ENDED_STOPPED);
  reap_children (engine);
}

static int64_t
earliest (const Engine *engine)
{
  int64_t next = engine->next_drain;

  if (engine->sampled != NULL && engine->next_look < next)
    next = engine->next_look;
  return engine->deadline < next ? engine->deadline : next;
}

/* Returns: false when telar is gone. */
static bool
turn (Engine *engine)
{
  enum { TELAR, SIGNALS, LINES };
  struct pollfd watched[LINES + TELAR_LINES_DESCRIPTORS] = {
    { .fd = TELAR_ENGINE_FD, .events = POLLIN | (engine->outbox.first != NULL ? POLLOUT : 0) },
    { .fd = engine->signals, .events = POLLIN },
  };
  bool            flowing = !engine->holding && engine->outbox.size == 0;
  int64_t         left = earliest (engine) - telar_now_ns ();
  struct timespec pause = telar_timespec (left > 0 ? left : 0);

  for (unsigned i = 0; i < TELAR_LINES_DESCRIPTORS; i++)
    watched[LINES + i] = (struct pollfd){
      .fd = flowing ? telar_lines_descriptor (engine->lines, i) : -1, .events = POLLIN
    };
  ppoll (watched, LINES + TELAR_LINES_DESCRIPTORS, &pause, NULL);

  if (watched[TELAR].revents != 0)
    {
      telar_outbox_flush (&engine->outbox);
      if (engine->outbox.closed || !listen_to_telar (engine))
        return false;
    }
  if (watched[SIGNALS].revents != 0)
    listen_to_signals (engine);
  if (flowing)
    telar_lines_take (engine->lines, false);
  if (telar_now_ns () >= engine->deadline)
    stop (engine, TELAR_ENDED_TIMEOUT);
  if (telar_now_ns () >= engine->next_drain
      || (engine->sampled != NULL && telar_now_ns () >= engine->next_look))
    {
      lose_served (engine, false);
      drain (engine, false);
      look_at_objects (engine);
    }
  return true;
}

static void
finish (Engine *engine, pid_t session)
{
  TelarEnded ended = { .ns = telar_now_ns (), .main_exit = engine->main_exit,
                       .reason = engine->reason };

  telar_reaper_end (session, NULL, TELAR_REAPER_PATIENCE, lose_leftover, engine);
  ended.n_killed = engine->n_killed;
  lose_served (engine, true);
  telar_lines_take (engine->lines, true);
  telar_lines_flush (engine->lines);
  drain (engine, true);
  send_one (engine, TELAR_MESSAGE_ENDED, &ended, sizeof ended);
  telar_outbox_finish (&engine->outbox);
}

static void
set_up (Engine *engine, int argc, char **argv)
{
  sigset_t blocked;

  telar_title_init (argc, argv);
  telar_title_set_process ("engine");
  telar_reaper_adopt ();
  /* Ctrl-C in a terminal is for telar, which then tells us. */
  setpgid (0, 0);
  signal (SIGPIPE, SIG_IGN);
  signal (SIGINT, SIG_IGN);
  signal (SIGHUP, SIG_IGN);
  /* Where whoever started telar ignored it, ends of children would be lost. */
  signal (SIGCHLD, SIG_DFL);
  close_range (TELAR_ENGINE_FD + 1, ~0u, 0);

  sigemptyset (&blocked);
  sigaddset (&blocked, SIGCHLD);
  sigaddset (&blocked, SIGTERM);
  sigprocmask (SIG_BLOCK, &blocked, NULL);
  engine->signals = signalfd (-1, &blocked, SFD_CLOEXEC | SFD_NONBLOCK);
}

/* The plan and the shared memory stay: whoever is left of the run may be in it. */
static void
let_go (Engine *engine)
{
  telar_exact_close (engine->exact);
  telar_sampled_free (engine->sampled);
  telar_loads_free (engine->loads);
  telar_lines_free (engine->lines);
  telar_rings_clear (&engine->rings);
  telar_launch_close_files (&engine->files);
  telar_deadlocks_free (engine->deadlocks);
  telar_plugins_clear (&engine->program);
}

/* What was killed and has not ended by now: the kernel may keep it for long (a device
 * that does not answer, a debugger), or gives it no time. Whoever waits for the run's end
 * was told; but an engine that ended would leave it to others. */
static void
end_the_rest (void)
{
  const struct timespec pause = telar_timespec (LATE_PERIOD);

  while (!telar_reaper_end (0, NULL, 1, NULL, NULL))
    nanosleep (&pause, NULL);
}

/* Returns: the status to exit with. */
static int
supervise (Engine *engine)
{
  pid_t session = engine->main;

  while (engine->main != 0)
    if (!turn (engine))
      {
        /* Telar is gone, and with it whoever wanted this run. */
        telar_reaper_end (session, NULL, TELAR_REAPER_PATIENCE, NULL, NULL);
        return 1;
      }
  finish (engine, session);
  return 0;
}

int
main (int argc, char **argv)
{
  Engine      engine = { .outbox.descriptor = TELAR_ENGINE_FD, .deadline = INT64_MAX,
                         .files = { -1, -1, -1, -1, -1 } };
  struct stat about;

  if (telar_plugins_answer (argc, argv))
    return 0;
  if (fstat (TELAR_ENGINE_FD, &about) != 0 || !S_ISSOCK (about.st_mode))
    {
      fprintf (stderr, "telar-engine %s is a part of telar, which starts it; run telar instead.\n",
               TELAR_VERSION);
      return 2;
    }
  set_up (&engine, argc, argv);
  int status = begin (&engine);
  if (status == 0)
    status = supervise (&engine);
  let_go (&engine);
  end_the_rest ();
  return status;
}

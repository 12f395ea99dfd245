/* weave.h
 *
 * SPDX-License-Identifier: MIT
 *
 * Private to this folder: the state while a record is woven into lanes.
 *
 *   add_…() ──▶ pending ──(advance: sort, up to the watermark)──▶ switches,
 *   samples ──▶ weave-samples.c makes switches of them              events ──▶ lanes
 *
 * The weaver's clock never goes back: records are woven in order of time, and
 * one that comes late is woven (or dropped, and counted) at the clock. Every
 * operation on a lane happens at the clock, and this alone keeps slices of a
 * core from overlapping and lanes append-only.
 *
 * A call is run by its parent's thread. Its *owner* is the process or thread
 * task whose thread that is; a slice or wait of the owner goes to the owner's
 * lane and to those of the calls that it runs at the moment.
 */

#pragma once

#include "timeline/timeline.h"

G_BEGIN_DECLS

typedef enum
{
  TELAR_RECORD_SWITCH,
  TELAR_RECORD_EVENT,
  TELAR_RECORD_LOAD
} TelarRecordType;

/* One pending record, 64 bytes; times are since the run began already. */
typedef struct
{
  gint64  ns;
  guint64 order;   /* of arrival */
  guint32 source;  /* core or ring */
  guint16 rank;    /* among records of the same time */
  guint8  type;    /* TelarRecordType */
  guint8  sampled; /* a switch made of samples */
  union
  {
    TelarSwitch sw;
    TelarEvent  event;
    TelarLoad   load;
  };
} TelarRecord;

/* A thread of the kernel that belongs to a task of the run. */
typedef struct
{
  gint32   tid;
  gint32   core;      /* on which it is, or -1 */
  guint32  task;
  guint32  starting;  /* the child that it is making just now, or TELAR_NO_TASK */
  gboolean program;   /* not the task's own thread */
  gint64   exec_ns;   /* when it last executed a program, or TELAR_NO_TIME */
} TelarThread;

/* What is still open of a task; beside its TelarTaskLane. */
typedef struct
{
  /* Who runs it. */
  TelarThread *thread;      /* borrowed from threads: its own */
  TelarThread *shown;       /* borrowed: whose slice is open in the lane */
  guint        n_on;        /* its threads that are on a core */
  guint32      top_call;    /* innermost call that its thread runs, or TELAR_NO_TASK */
  guint32      below;       /* of a running call: the one around it */
  guint32      owner;

  /* Its open slice and wait. */
  gboolean     slice_open;
  gboolean     wait_open;
  guint        open_at;     /* position in weaver->open, or G_MAXUINT */

  /* Sums of what is closed. */
  gint64       on_core;
  gint64       ready;
  gint64       blocked;
  gint64       unknown;
  gint64       delay;       /* as samples tell, or -1 */

  /* Inside WAIT_BEGIN…WAIT_END; of owners. */
  guint8       cause;       /* TelarCause */
  gboolean     released;
  gint64       until;       /* of a sleep, or TELAR_NO_TIME */
  GArray      *waits_for;   /* owned, (nullable): guint32 */
  guint32      culprits;    /* where waits_for stands in timeline->culprits… */
  guint16      n_culprits;  /* …and how much of it */
  guint32      object;      /* that it waits for, or TELAR_NO_OBJECT */
  guint32      detail;

  /* Since its last wait for an object ended, and before it did what it waited for. */
  guint32      slept_for;   /* object, or TELAR_NO_OBJECT */
  gint64       slept_ns;    /* when that sleep began */
  gint64       wait_ns;     /* when its wait for the object began */

  /* On its way. */
  guint        after_left;  /* tasks that it comes after and that have not ended */
  gboolean     after_bad;   /* one of them did not end with 0, and that matters */
  gboolean     by_itself;   /* its END was seen */
  gboolean     arrow_made;
  gint64       run_cpu;
  gint64       step_cpu;
  GString     *list;        /* owned, (nullable): the beginning of a result that is a list */
} TelarHand;

typedef struct
{
  TelarCoreLane *lane;     /* borrowed from timeline->cores */
  TelarThread   *running;  /* borrowed from threads, (nullable) */
  gint64         busy;     /* sum of closed slices */
} TelarCoreHand;

/* Of an object, beside its TelarObjectLane. */
typedef struct
{
  guint32 holder;    /* task whose hold is open, or TELAR_NO_TASK */
  guint   hold;      /* the number of it in that task's holds */
  guint32 releaser;  /* who released it last, or TELAR_NO_TASK */
  guint32 opener;    /* who set it, notified it, came last to it… */
  gint64  released;  /* and when */
  gint64  opened;
  gint64  put, got;  /* when something last was */
  GArray *passed;    /* owned, (nullable): TelarPassed, items that were not got yet */
  guint   passed_at; /* the first of them */
} TelarObjectHand;

/* An item in a queue or a pipe. */
typedef struct
{
  guint32 task;      /* who put it; TELAR_NO_TASK: it was got, out of turn */
  gint64  ns;
} TelarPassed;

typedef struct _TelarSampler TelarSampler;

typedef struct _TelarWeaver
{
  TelarTimeline *timeline;   /* borrowed: the owner */

  /* What was not woven yet. */
  GArray        *pending;    /* TelarRecord */
  guint64        arrived;
  gint64         clock;      /* everything before it is woven */
  guint64        late;       /* records that came too late to be woven */
  guint64        lost_kernel;
  TelarNow       told;       /* the last watermark */

  /* Who is who. */
  GHashTable    *threads;    /* tid → TelarThread, owned */
  TelarHand     *hands;      /* owned, one a task */
  TelarObjectHand *objects;  /* owned, one an object */
  TelarCoreHand *cores;      /* owned, by number */
  guint          n_cores;
  guint32       *followers;  /* owned: tasks that come after one… */
  guint32       *first_follower; /* …those of t from [t] to [t + 1] */

  GArray        *open;       /* guint32: tasks with an open slice or wait */
  GArray        *joiners;    /* guint32: tasks that wait for others */
  TelarSampler  *sampler;    /* owned, (nullable) */
  gint32         server;     /* tid of the fork server, which is nobody's; 0: none */
  gboolean       server_comes; /* what main forks next is the server */
  guint32        serving;    /* what the server forks next, or TELAR_NO_TASK */
  gboolean       broken_off;
} TelarWeaver;

/* Why a thread left its core. */
typedef enum
{
  TELAR_LEFT_PREEMPTED,
  TELAR_LEFT_BLOCKED,
  TELAR_LEFT_UNSEEN,   /* the record of it is missing */
  TELAR_LEFT_ENDED
} TelarLeft;

/* weave.c */
TelarWeaver *telar_weaver_new  (TelarTimeline *timeline);
void         telar_weaver_free (TelarWeaver *weaver);
void         telar_weaver_put  (TelarWeaver *weaver, const TelarRecord *record);

/* weave-lanes.c: slices and waits */
TelarCoreHand *telar_weaver_core    (TelarWeaver *weaver, guint number);
void           telar_weaver_enter   (TelarWeaver *weaver, TelarThread *thread, guint core,
                                     gint64 ns, guint flags);
void           telar_weaver_leave   (TelarWeaver *weaver, TelarThread *thread, gint64 ns,
                                     TelarLeft why);
void           telar_weaver_leave_all (TelarWeaver *weaver, guint32 task, gint64 ns);
/* The wait that a task is in by what its events tell, for its owner's lane and calls. */
void           telar_weaver_wait    (TelarWeaver *weaver, guint32 owner, gint64 ns, TelarLeft why);
void           telar_lane_enter     (TelarWeaver *weaver, guint32 task, guint core, gint64 ns,
                                     guint flags);
void           telar_lane_leave     (TelarWeaver *weaver, guint32 task, gint64 ns, guint flags);
void           telar_lane_wait      (TelarWeaver *weaver, guint32 task, gint64 ns,
                                     TelarWaitState state);
void           telar_lane_wait_ends (TelarWeaver *weaver, guint32 task, gint64 ns);
/* Takes back a wait that proved to be none. */
void           telar_lane_wait_drop (TelarWeaver *weaver, guint32 task);
void           telar_weaver_show    (TelarWeaver *weaver, gint64 now);
void           telar_weaver_arrow   (TelarWeaver *weaver, TelarArrowKind kind, guint32 from,
                                     guint32 to, guint32 object, gint64 from_ns,
                                     gint64 to_ns);

/* weave-switches.c */
TelarThread *telar_weaver_bind    (TelarWeaver *weaver, gint32 tid, guint32 task,
                                   gboolean program, gint64 ns);
void         telar_weaver_unbind  (TelarWeaver *weaver, TelarThread *thread);
void         telar_weave_switch   (TelarWeaver *weaver, const TelarRecord *record, gint64 ns);
void         telar_weave_load     (TelarWeaver *weaver, const TelarLoad *load, gint64 ns);
void         telar_weaver_loss    (TelarWeaver *weaver, gint64 ns, int core, guint64 n);

/* weave-events.c */
void         telar_weave_event    (TelarWeaver *weaver, const TelarEvent *event, gint64 ns);

/* weave-objects.c: what tasks do to objects */
void         telar_weave_act       (TelarWeaver *weaver, const TelarEvent *event, gint64 ns);
/* A wait of @task for its hand's object begins; it ends, and has not yet said what came of it. */
void         telar_object_wait_begins (TelarWeaver *weaver, guint32 task, gint64 ns);
/* When somebody last did what a wait is for, or TELAR_NO_TIME. */
gint64       telar_object_woken       (const TelarWeaver *weaver, const TelarWait *wait);
void         telar_object_wait_ends   (TelarWeaver *weaver, guint32 task, gint64 ns);
/* A task that has ended holds nothing any more. */
void         telar_object_holds_end   (TelarWeaver *weaver, guint32 task, gint64 ns);
void         telar_weave_deadlock  (TelarWeaver *weaver, const TelarEvent *event, gint64 ns);
void         telar_weave_increments (TelarWeaver *weaver, const TelarEvent *event);
void         telar_objects_show    (TelarWeaver *weaver, gint64 now);

/* weave-tasks.c: the life of a task */
void         telar_task_starts    (TelarWeaver *weaver, guint32 task, gint64 ns);
void         telar_task_runs      (TelarWeaver *weaver, const TelarEvent *event, gint64 ns);
void         telar_task_ends      (TelarWeaver *weaver, guint32 task, gint64 ns, gint32 exit,
                                   gint64 cpu_ns);
void         telar_task_joined    (TelarWeaver *weaver, guint32 task, gint64 ns, gint32 exit);
void         telar_task_lost      (TelarWeaver *weaver, guint32 task, gint64 ns, gint32 exit);
void         telar_task_refused   (TelarWeaver *weaver, guint32 task, gint64 ns, gint32 error);
void         telar_task_skipped   (TelarWeaver *weaver, guint32 task, guint reason,
                                   guint32 because);
void         telar_task_takes_along (TelarWeaver *weaver, guint32 process, gint64 ns);
/* A piece of a result that is a list came, or its last. */
void         telar_task_lists     (TelarWeaver *weaver, guint32 task, const char *bytes,
                                   gsize size, gboolean whole);
/* Whoever waits for the end of @task is ready from here. */
void         telar_task_releases  (TelarWeaver *weaver, guint32 task, gint64 ns);
void         telar_joiner_leaves  (TelarWeaver *weaver, guint32 task);
void         telar_tasks_close    (TelarWeaver *weaver, gint64 end);

/* weave-samples.c */
TelarSampler *telar_sampler_new     (TelarWeaver *weaver, gint64 period);
void          telar_sampler_free    (TelarSampler *sampler);
void          telar_sampler_add     (TelarSampler *sampler, const TelarSample *sample);
void          telar_sampler_note    (TelarSampler *sampler, const TelarEvent *event);
/* Makes switches of what is known before @limit; each has its task in `by`,
 * whether that is a program's in `by_pid`.
 * Returns: up to where they are complete. */
gint64        telar_sampler_advance (TelarSampler *sampler, gint64 limit);
void          telar_sampler_finish  (TelarSampler *sampler, gint64 end);

/* timeline.c */
/* A moment of the record, which may be any number, since the run began. */
gint64        telar_since_zero      (const TelarTimeline *timeline, gint64 ns);

/* lines.c */
void          telar_text_line_free  (TelarTextLine *line);

static inline TelarHand *
telar_hand (TelarWeaver *weaver, guint32 task)
{
  return &weaver->hands[task];
}

static inline TelarTaskLane *
telar_lane (TelarWeaver *weaver, guint32 task)
{
  return g_ptr_array_index (weaver->timeline->tasks, task);
}

/* The kernel's own records, not samples: what they do not say did not happen. */
static inline gboolean
telar_weaver_is_exact (const TelarWeaver *weaver)
{
  return weaver->timeline->begun.source == TELAR_SOURCE_EXACT;
}

/* A task that lives in another's process dies with it; a process does not. */
static inline gboolean
telar_weaver_lives_in (TelarWeaver *weaver, guint32 task, guint32 process)
{
  while (task != process)
    {
      if (telar_lane (weaver, task)->kind == TELAR_KIND_PROCESS)
        return FALSE;
      task = telar_lane (weaver, task)->parent;
    }
  return TRUE;
}

G_END_DECLS

/* timeline.h
 *
 * SPDX-License-Identifier: MIT
 *
 * What happened, as a picture needs it: slices of tasks on cores, waits with
 * their cause, arrows, steps, lines. Made from a run's record, live or
 * finished; append-only while a run goes on: whatever is before `now` never
 * changes, but for the one open slice and wait of each task.
 *
 * Times are nanoseconds since the run began; TELAR_NO_TIME is none. Tasks are
 * numbers of the plan; 0 is main. Fields are read by everyone and written by
 * this folder only.
 */

#pragma once

#include <glib.h>

#include "catalogue/call.h"
#include "engine/wire.h"
#include "plan/plan.h"
#include "recorder/event.h"
#include "timeline/bookmarks.h"
#include "timeline/packed.h"

G_BEGIN_DECLS

#define TELAR_NO_TIME G_MININT64
#define TELAR_NO_EXIT G_MININT32
#define TELAR_LATEST_DATE G_GINT64_CONSTANT (253402300799) /* the last second of the year 9999 */

typedef enum
{
  TELAR_SLICE_PREEMPTED = 1 << 0, /* it was still runnable when it left the core */
  TELAR_SLICE_PROGRAM   = 1 << 1, /* a program that the task runs */
  TELAR_SLICE_SAMPLED   = 1 << 2
} TelarSliceFlags;

typedef enum
{
  TELAR_WAIT_DUE,        /* could start, but its parent computes or no place is free */
  TELAR_WAIT_READY,      /* preempted, not yet first run, or released: no core free */
  TELAR_WAIT_BLOCKED,    /* with a cause */
  TELAR_WAIT_UNKNOWN,    /* blocked or ready: the records cannot tell */
  TELAR_WAIT_ENDED       /* ended, not joined (zombie) */
} TelarWaitState;

/* A task held a lock (or a condition's). */
typedef struct
{
  gint64  begin;
  gint64  end;          /* of an open one, where `open`: `now` of the timeline */
  guint32 object;
  guint8  open;
  guint8  inherited;    /* from a task that was killed while it held it */
} TelarHold;

typedef enum
{
  TELAR_STATE_NOT_STARTED,
  TELAR_STATE_RUNNING,   /* started, not ended */
  TELAR_STATE_ENDED,
  TELAR_STATE_JOINED,
  TELAR_STATE_STOPPED,   /* ended because the run was */
  TELAR_STATE_COULD_NOT_START
} TelarState;

typedef struct
{
  guint32 step;          /* number in the plan */
  guint8  result_type;   /* TelarResultType */
  guint8  finished;
  guint16 core;          /* where it ended */
  gint64  begin;
  gint64  end;           /* TELAR_NO_TIME while it goes on */
  gint64  cpu_ns;        /* between the two, by the task's own clock */
  union
  {
    gint64 integer;
    double real;
  };
} TelarStepRun;

typedef struct
{
  guint32     number;
  guint32     parent;       /* TELAR_NO_TASK for main */
  guint8      kind;         /* TelarKind */
  guint8      state;        /* TelarState */
  guint8      reason;       /* TelarNotStarted, for a not started one */
  guint8      signalled;    /* the graph asked for its end: terminate, kill, daemon */
  const char *id;           /* of the plan */
  const char *title;        /* "p1 square" */
  const char *function;     /* name of its (first) function, "" for none */
  guint32     reason_task;  /* because of which it was not started */
  gint32      could_not;    /* errno of a refused start */
  gint32      pid;          /* 0: none yet */
  gint32      tid;
  gint32      exit;         /* 0…255, −signal, TELAR_NO_EXIT */
  gint64      started;
  gint64      run;          /* first instruction */
  gint64      ended;
  gint64      joined;
  gint64      cpu_ns;       /* by its own clock at its end; -1: none */
  gint64      on_core_ns;   /* sum of its slices so far */
  gint64      ready_ns;     /* sums of its waits so far */
  gint64      blocked_ns;
  gint64      due;          /* since when it could have been started */
  TelarSlices *slices;      /* TelarSlice, by time; last may be open. Of programs that
                             * run for it at the same time, one is shown */
  TelarWaits *waits;       /* TelarWait, by time; last may be open */
  GArray     *steps;        /* TelarStepRun, by time */
  GPtrArray  *lists;        /* owned char*: results that are lists, JSON, as they came */
  GArray     *holds;        /* TelarHold, by begin; those of different locks may overlap */
  guint64     steps_counted;/* beyond the limit: only counted */
  gboolean    recording_lost; /* the kernel stopped recording it at an exec */
} TelarTaskLane;

typedef struct
{
  gint64  ns;        /* end of the interval */
  gint64  interval;
  guint16 others;    /* per mille of the interval: everything but this run */
  guint16 steal;     /* per mille */
} TelarOthers;

typedef struct
{
  int     number;    /* the kernel's */
  TelarSlices *slices; /* by time, never overlapping; last may be open */
  GArray *others;    /* TelarOthers, by time */
  gboolean stolen;   /* the host took some, by one of them */
  gint64  busy_ns;   /* sum of its slices so far */
} TelarCoreLane;

typedef enum
{
  TELAR_ARROW_START,   /* parent → first slice of the child */
  TELAR_ARROW_JOIN,    /* last slice of the child → parent */
  TELAR_ARROW_RELEASE, /* release of a lock or semaphore → the acquire that waited for it */
  TELAR_ARROW_PASS,    /* put → get, send → receive */
  TELAR_ARROW_WAKE     /* set, notify, the last one at a barrier → who waited for it */
} TelarArrowKind;

typedef struct
{
  guint8  kind;
  guint32 from, to;        /* tasks */
  gint64  from_ns, to_ns;
  guint32 object;          /* of the last three kinds; else TELAR_NO_OBJECT */
} TelarArrow;

/* From here on, so much is in it: items of a queue or pipe, what is left of a
 * semaphore, how many have come to a barrier; 0 or 1: an event, a lock. */
typedef struct
{
  gint64 ns;
  gint64 level;
} TelarLevel;

typedef struct
{
  guint32     number;
  guint8      type;         /* TelarObjectType */
  const char *id;           /* of the plan */
  gint64      full;         /* the level at which it is full: capacity, parties, what a semaphore
                             * began with; 0: there is none */
  gint64      first;        /* the level that it begins with */
  gint64      highest;
  GArray     *levels;       /* TelarLevel, by ns, as long as the source was not off */
  guint64     n_waits;      /* how often a task slept for it, and how long in all */
  gint64      waited_ns;
  guint64     asked;        /* of a value, an array, a list or a dictionary, once the run is over:
                             * increments */
  gint64      lost;         /* and those of them that are not in it */
} TelarObjectLane;

/* One task of a deadlock: whom or what it waits for. */
typedef struct
{
  guint32 task;
  guint32 object;           /* or TELAR_NO_OBJECT, for a join */
  guint32 culprit;          /* who holds the lock, who is joined; or TELAR_NO_TASK */
  guint8  cause;            /* TelarCause */
  guint32 detail;           /* as in TelarWait */
} TelarDeadlockTask;

typedef struct
{
  gint64   since;           /* when the last of them began to wait */
  gint64   found;           /* when it was recognised */
  gint64   resolved;        /* a timeout, or somebody from outside: TELAR_NO_TIME where none did */
  gboolean cycle;           /* each waits for the next one's, the last for the first one's;
                             * else nobody is left who could let them go on */
  gboolean passes;          /* a timeout of one of them, or a task that may end one */
  GArray  *tasks;           /* TelarDeadlockTask */
} TelarDeadlock;

typedef struct
{
  gint64   ns;
  guint32  task;
  guint8   stream;  /* TelarStream */
  guint8   valid;   /* UTF-8 */
  guint8   continues; /* the line's rest follows in a later one of this task and stream */
  GBytes  *text;    /* owned, without the line's end */
} TelarTextLine;

typedef struct
{
  gint64  ns;
  int     core;     /* or -1: of a task's ring */
  guint64 n;        /* records that were lost just before ns */
} TelarLoss;

typedef struct
{
  gatomicrefcount references;

  /* The run. */
  GBytes          *plan_bytes;
  const TelarPlan *plan;
  TelarBegun       begun;     /* source, period, refusal… */
  gboolean         finished;
  TelarEnded       end;       /* of a finished one */
  gint64           now;       /* complete up to here; with samples a period behind */
  gint64           wall;      /* how long it took, or `now` */

  /* Lanes. */
  GPtrArray       *tasks;     /* TelarTaskLane, by number */
  GPtrArray       *cores;     /* TelarCoreLane, usable ones and those that were used, by number */
  GArray          *arrows;    /* TelarArrow, by from_ns; each appears when it has arrived */
  GArray          *culprits;  /* guint32 task numbers, for waits */
  GPtrArray       *objects;   /* TelarObjectLane, by number */
  GPtrArray       *deadlocks; /* TelarDeadlock, as they were recognised */
  GPtrArray       *lines;     /* TelarTextLine, in order of arrival */
  GHashTable      *texts;     /* nullable; of a run from a file: gint64 → char *, results that
                               * are texts or items, by the number that a step has of them */
  GArray          *losses;    /* TelarLoss, by ns */

  /* What somebody marked; may be changed by who looks at it, at any time. */
  TelarBookmarks  *bookmarks;

  /* Totals. */
  guint64          lost_records; /* of the kernel, and those that came too late */
  guint64          lost_events;
  guint64          lost_lines;
  guint64          lost_bytes;
  guint64          generation; /* rises with every change */

  struct _TelarWeaver *weaver; /* owned: what is still open, see weave.c */
} TelarTimeline;

/* @plan: a sound plan; @core_numbers: (element-type int): lanes to show even
 * when nothing uses them. */
TelarTimeline *telar_timeline_new   (GBytes *plan, const GArray *core_numbers);
TelarTimeline *telar_timeline_ref   (TelarTimeline *timeline);
void           telar_timeline_unref (TelarTimeline *timeline);

/* The run is the same one, read from elsewhere: both have the bookmarks of @from. */
void           telar_timeline_share_bookmarks (TelarTimeline *timeline, const TelarTimeline *from);

/* Feeding, in the order of arrival. Absolute times go in, as recorded.
 * advance() makes everything before @now final: slices, waits and arrows
 * appear then. */
void telar_timeline_begin        (TelarTimeline *timeline, const TelarBegun *begun);
void telar_timeline_add_switches (TelarTimeline *timeline, const TelarSwitch *switches, gsize n);
void telar_timeline_add_samples  (TelarTimeline *timeline, const TelarSample *samples, gsize n);
void telar_timeline_add_events   (TelarTimeline *timeline, const TelarEvent *events, gsize n);
void telar_timeline_add_loads    (TelarTimeline *timeline, const TelarLoad *loads, gsize n);
void telar_timeline_add_line     (TelarTimeline *timeline, const TelarLine *line,
                                  const void *bytes, gsize size);
void telar_timeline_advance      (TelarTimeline *timeline, const TelarNow *now);
void telar_timeline_finish       (TelarTimeline *timeline, const TelarEnded *ended);
/* The engine died: what was recorded so far is all there is. */
void telar_timeline_break_off    (TelarTimeline *timeline);

/* Reading. */
TelarTaskLane *telar_timeline_task (const TelarTimeline *timeline, guint32 task);
TelarObjectLane *telar_timeline_object (const TelarTimeline *timeline, guint32 object);
/* The number of the object with that id; TELAR_NO_OBJECT: the run has none. */
guint32 telar_timeline_find_object (const TelarTimeline *timeline, const char *id);
/* Index of the first of a task's steps that is not over by @ns; their number where there
 * is none. */
guint telar_steps_find (const GArray *steps, gint64 ns);
/* Index of the first change of an object's level after @ns; their number where there
 * is none. */
guint telar_levels_find (const TelarObjectLane *object, gint64 ns);
/* What an object's level is at @ns. */
gint64 telar_object_level (const TelarObjectLane *object, gint64 ns);
/* Of the deadlocks that stand one that will for ever, if there is one; the last one found;
 * (nullable). */
const TelarDeadlock *telar_timeline_deadlock (const TelarTimeline *timeline);
/* A step's result that is a text, or an item (JSON); NULL: there is none, since a task
 * can name anything. */
const char *telar_timeline_result_text (const TelarTimeline *timeline, const TelarStepRun *step);
/* Increments that were lost, of all values and arrays. */
gint64 telar_timeline_lost_updates (const TelarTimeline *timeline);

/* In the reader's language, (transfer full): "join p1, p2", "sleep", "ready: no core free",
 * "lock m, held by p2", "queue q empty", "barrier b, 3 of 5 here". */
char *telar_wait_describe (const TelarTimeline *timeline, const TelarWait *wait);
/* "p1 waits for lock b, held by p2; p2 waits for lock a, held by p1". */
char *telar_deadlock_describe (const TelarTimeline *timeline, const TelarDeadlock *deadlock);

/* The same of all that stand, those that will pass only where no other does;
 * NULL: none. (transfer full) */
char *telar_deadlocks_describe (const TelarTimeline *timeline);
/* "ended with 0", "segmentation fault (signal 11)", "could not start: …",
 * "not started: p1 did not end with 0", "running". */
char *telar_task_describe_state (const TelarTimeline *timeline, const TelarTaskLane *task);
/* "exact (kernel switches)", "sampled every 5 ms", "off". */
char *telar_timeline_describe_source (const TelarTimeline *timeline);
/* Whether a task is a pool's worker that was not needed: nobody misses it. */
gboolean telar_task_was_spared (const TelarTimeline *timeline, const TelarTaskLane *lane);
/* Whether making the tasks took longer than what they then did: computed, slept, or
 * waited for each other. @starting, @working: (out): the sums of both, ns. */
gboolean telar_timeline_was_starting (const TelarTimeline *timeline, gint64 *starting,
                                      gint64 *working);
/* CPU time of the run ÷ wall time. */
double telar_timeline_cores_in_use (const TelarTimeline *timeline);
/* Blocks of slices and waits in its file that turned out not to be readable, when
 * somebody looked at them: what was in them is left out of everything. */
guint telar_timeline_unreadable (const TelarTimeline *timeline);
/* "2 parts of it are damaged and left out." (transfer full) */
char *telar_unreadable_words (guint n);
/* 0 when every task ended with 0 or as the graph asked, 1 when one did not. */
int telar_timeline_exit_status (const TelarTimeline *timeline);

/* A duration or a moment as people read it: "41 µs", "1.25 ms", "3 s"; three
 * significant figures. (transfer full) */
char *telar_time_format (gint64 ns);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TelarTimeline, telar_timeline_unref)

G_END_DECLS

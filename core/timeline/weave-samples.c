/* weave-samples.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Where the kernel refuses exact records: switches made of samples. Between
 * two looks at a thread it is known how long it was on a core and on which one
 * last; where in between, is not. It is put into the first free stretch of
 * that core, outside the stretches where its own events say that it was
 * blocked; what does not fit is left out. Events that carry the CPU clock are
 * looks too, so that a task too short for a sample has its slice.
 *
 *   look           look            look
 *    |──── 3 ms ────|──── 1 ms ─────|      CPU clock
 *    ███░░░░░░░░░░░░█░░░░░░░░░░░░░░░|      slices
 *
 * What was before the last look at every thread is complete, and only that is
 * woven: the timeline's now lags behind by a period.
 */

#include "config.h"

#include "timeline/weave.h"

/* A thread that runs at both looks and missed the core for less than these
 * parts of a period and of the time in between is shown on it all the time; the
 * difference is taken from what comes. Else a task that only computes would
 * look like a comb. */
#define SMOOTHING         32
#define SMOOTHING_BETWEEN 16

/* A thread that was not seen for so many periods holds the timeline up no
 * longer; a program's, which nobody says goodbye for, for fewer. */
#define PATIENCE          100
#define PROGRAM_PATIENCE  20
#define DEFAULT_PERIOD    (5 * G_GINT64_CONSTANT (1000000))

typedef struct
{
  gint64 begin;
  gint64 end;
} Stretch;

typedef enum
{
  LOOK_AT_CLOCK, /* cpu and core are known */
  LOOK_AT_EVENT
} LookType;

typedef struct
{
  gint64      ns;
  guint64     order;
  guint32     source; /* thread or ring */
  TelarSample sample; /* LOOK_AT_CLOCK */
  TelarEvent  event;  /* LOOK_AT_EVENT */
  LookType    type;
} Look;

/* A thread that is looked at. */
typedef struct
{
  gint32   tid;        /* 0: not known yet */
  guint32  task;
  gboolean program;
  gint64   ns;         /* of the last look */
  gint64   cpu;        /* its clock then */
  gint64   foreign;    /* what its own count has more: its programs' time */
  gboolean had_program;
  gint64   lent;       /* shown on a core already, not yet used */
  gint64   blocked;    /* since when it waits, or TELAR_NO_TIME */
  GArray  *waits;      /* owned: Stretch, since the last look */
} Followed;

struct _TelarSampler
{
  TelarWeaver *weaver;   /* borrowed: the owner */
  gint64       period;
  gint64       complete; /* nothing is put before it any more */
  guint64      arrived;
  GArray      *looks;    /* Look */
  GPtrArray   *followed; /* Followed, owned */
  Followed   **own;      /* owned, [task]: borrowed, (nullable) */
  gboolean    *over;     /* owned, [task]: its end was seen */
  GHashTable  *by_tid;   /* tid → Followed, borrowed */
  GPtrArray   *taken;    /* GArray of Stretch, [core], (nullable): what is given out */
};

static void
followed_free (Followed *followed)
{
  g_array_unref (followed->waits);
  g_free (followed);
}

static void
taken_free (GArray *stretches)
{
  g_clear_pointer (&stretches, g_array_unref);
}

void
telar_sampler_add (TelarSampler *self, const TelarSample *sample)
{
  Look look = {
    .ns = MAX (sample->ns, self->weaver->clock),
    .order = self->arrived++,
    .source = (guint32) sample->tid,
    .type = LOOK_AT_CLOCK,
    .sample = *sample,
  };

  g_array_append_val (self->looks, look);
}

void
telar_sampler_note (TelarSampler *self, const TelarEvent *event)
{
  Look look = {
    .ns = MAX (event->ns, self->weaver->clock),
    .order = self->arrived++,
    .source = event->writer,
    .type = LOOK_AT_EVENT,
    .event = *event,
  };

  g_array_append_val (self->looks, look);
}

/* Who is followed */

static Followed *
follow (TelarSampler *self, gint32 tid, guint32 task, gboolean program, gint64 ns, gint64 cpu)
{
  Followed *followed = g_new0 (Followed, 1);

  followed->tid = tid;
  followed->task = task;
  followed->program = program;
  followed->ns = ns;
  followed->cpu = cpu;
  followed->blocked = TELAR_NO_TIME;
  followed->waits = g_array_new (FALSE, FALSE, sizeof (Stretch));
  g_ptr_array_add (self->followed, followed);
  if (tid != 0)
    g_hash_table_insert (self->by_tid, GINT_TO_POINTER (tid), followed);
  if (!program)
    self->own[task] = followed;
  return followed;
}

static void
unfollow (TelarSampler *self, Followed *followed)
{
  if (self->own[followed->task] == followed)
    self->own[followed->task] = NULL;
  if (g_hash_table_lookup (self->by_tid, GINT_TO_POINTER (followed->tid)) == followed)
    g_hash_table_remove (self->by_tid, GINT_TO_POINTER (followed->tid));
  g_ptr_array_remove_fast (self->followed, followed);
}

static void
set_tid (TelarSampler *self, Followed *followed, gint32 tid)
{
  if (g_hash_table_lookup (self->by_tid, GINT_TO_POINTER (followed->tid)) == followed)
    g_hash_table_remove (self->by_tid, GINT_TO_POINTER (followed->tid));
  followed->tid = tid;
  g_hash_table_insert (self->by_tid, GINT_TO_POINTER (tid), followed);
}

/* What ran for a task, or lived in its process, is gone with it. */
static void
unfollow_with (TelarSampler *self, guint32 task, gboolean programs_only)
{
  for (guint i = self->followed->len; i > 0; i--)
    {
      Followed *followed = g_ptr_array_index (self->followed, i - 1);

      if (programs_only ? followed->program && followed->task == task
                        : telar_weaver_lives_in (self->weaver, followed->task, task))
        unfollow (self, followed);
    }
}

TelarSampler *
telar_sampler_new (TelarWeaver *weaver, gint64 period)
{
  TelarSampler *self = g_new0 (TelarSampler, 1);

  self->weaver = weaver;
  self->period = period > 0 ? period : DEFAULT_PERIOD;
  self->looks = g_array_new (FALSE, FALSE, sizeof (Look));
  self->followed = g_ptr_array_new_with_free_func ((GDestroyNotify) followed_free);
  self->own = g_new0 (Followed *, weaver->timeline->plan->n_tasks);
  self->over = g_new0 (gboolean, weaver->timeline->plan->n_tasks);
  self->by_tid = g_hash_table_new (NULL, NULL);
  self->taken = g_ptr_array_new_with_free_func ((GDestroyNotify) taken_free);
  follow (self, 0, TELAR_MAIN, FALSE, 0, 0);
  return self;
}

void
telar_sampler_free (TelarSampler *self)
{
  g_array_unref (self->looks);
  g_ptr_array_unref (self->followed);
  g_hash_table_unref (self->by_tid);
  g_ptr_array_unref (self->taken);
  g_free (self->own);
  g_free (self->over);
  g_free (self);
}

/* Placing */

static GArray *
taken_of (TelarSampler *self, guint core)
{
  if (core >= self->taken->len)
    g_ptr_array_set_size (self->taken, (gint) core + 1);
  if (g_ptr_array_index (self->taken, core) == NULL)
    g_ptr_array_index (self->taken, core) = g_array_new (FALSE, FALSE, sizeof (Stretch));
  return g_ptr_array_index (self->taken, core);
}

static void
put_switch (TelarSampler *self, const Followed *followed, guint core, gint64 ns,
            TelarSwitchKind kind)
{
  TelarRecord record = {
    .ns = ns,
    .source = core,
    .rank = kind == TELAR_SWITCH_OUT ? 1 : 2,
    .type = TELAR_RECORD_SWITCH,
    .sampled = TRUE,
    .sw = {
      .ns = ns,
      .tid = followed->tid,
      .by_pid = followed->program,
      .by = (gint32) followed->task,
      .core = (guint16) core,
      .kind = (guint16) kind,
    },
  };

  telar_weaver_put (self->weaver, &record);
}

static void
take (TelarSampler *self, const Followed *followed, guint core, gint64 begin, gint64 end)
{
  GArray *taken = taken_of (self, core);
  Stretch stretch = { begin, end };
  guint at = taken->len;

  while (at > 0 && g_array_index (taken, Stretch, at - 1).begin > begin)
    at--;
  g_array_insert_val (taken, at, stretch);
  put_switch (self, followed, core, begin, TELAR_SWITCH_IN);
  put_switch (self, followed, core, end, TELAR_SWITCH_OUT);
}

/* The first free stretch at or after @begin: free of @stretches, which are
 * sorted. Returns whether @begin moved. */
static gboolean
step_over (const GArray *stretches, gint64 *begin, gint64 *end)
{
  gboolean moved = FALSE;

  for (guint i = 0; i < stretches->len; i++)
    {
      const Stretch *stretch = &g_array_index (stretches, Stretch, i);

      if (stretch->end <= *begin)
        continue;
      if (stretch->begin > *begin)
        {
          *end = MIN (*end, stretch->begin);
          break;
        }
      *begin = stretch->end;
      moved = TRUE;
    }
  return moved;
}

/* Gives @cpu of a core to a thread between @at and @until, first come first
 * served, outside @waits (nullable). Returns: what did not fit. */
static gint64
fill (TelarSampler *self, Followed *followed, guint core, gint64 cpu, gint64 at, gint64 until,
      const GArray *waits, gint64 may_lend)
{
  const GArray *taken = taken_of (self, core);

  while (cpu > 0 && at < until)
    {
      gint64 end = until, missing;

      if ((waits != NULL && step_over (waits, &at, &end)) || step_over (taken, &at, &end))
        continue;
      missing = end - at - cpu;
      if (end == until && missing > 0 && missing <= may_lend)
        {
          followed->lent += missing;
          cpu += missing;
        }
      end = MIN (end, at + cpu);
      take (self, followed, core, at, end);
      cpu -= end - at;
      at = end;
    }
  return cpu;
}

static void
place (TelarSampler *self, Followed *followed, guint core, gint64 cpu, gint64 until,
       gboolean running)
{
  gint64 patience = (followed->program ? PROGRAM_PATIENCE : PATIENCE) * self->period;
  gint64 from = MAX (MAX (followed->ns, until - patience), self->complete);
  gint64 paid = MIN (followed->lent, cpu), may_lend = 0;

  followed->lent -= paid;
  cpu -= paid;
  if (followed->blocked != TELAR_NO_TIME)
    {
      Stretch stretch = { MAX (followed->blocked, followed->ns), until };

      g_array_append_val (followed->waits, stretch);
    }
  if (running)
    may_lend = MIN (self->period / SMOOTHING - followed->lent,
                    (until - followed->ns) / SMOOTHING_BETWEEN);
  cpu = fill (self, followed, core, cpu, from, until, followed->waits, may_lend);
  /* Falling asleep and waking up take time, too; what programs used does not
   * belong here. */
  if (!followed->had_program)
    fill (self, followed, core, cpu, from, until, NULL, 0);
}

/* A look at a thread: what it used since the last one. */
static void
look_at (TelarSampler *self, Followed *followed, guint core, gint64 cpu, gint64 ns,
         gboolean running)
{
  if (ns <= followed->ns)
    return;
  if (followed->tid != 0 && cpu > followed->cpu)
    place (self, followed, core, cpu - followed->cpu, ns, running);
  followed->ns = ns;
  followed->cpu = MAX (followed->cpu, cpu);
  g_array_set_size (followed->waits, 0);
}

static void
take_sample (TelarSampler *self, const TelarSample *sample, gint64 ns)
{
  Followed *followed = g_hash_table_lookup (self->by_tid, GINT_TO_POINTER (sample->tid));
  guint32 task = telar_hand (self->weaver, sample->task)->owner;
  gboolean gone = sample->state == 'Z' || sample->state == 'X';

  if (sample->tid <= 0 || self->over[task])
    return;
  if (followed == NULL && !sample->program && self->own[task] != NULL && self->own[task]->tid == 0)
    {
      followed = self->own[task];
      set_tid (self, followed, sample->tid);
    }
  if (followed == NULL)
    {
      /* Nothing is known of it before this look. */
      if (!gone)
        follow (self, sample->tid, task, sample->program || self->own[task] != NULL, ns,
                sample->cpu_ns);
      return;
    }
  if (!followed->program && sample->delay_ns >= 0)
    telar_hand (self->weaver, task)->delay = sample->delay_ns;
  if (followed->had_program && followed->blocked == TELAR_NO_TIME)
    {
      followed->had_program = FALSE;
      followed->foreign += MAX (0, followed->cpu - sample->cpu_ns);
      followed->cpu = MIN (followed->cpu, sample->cpu_ns);
    }
  look_at (self, followed, sample->core, sample->cpu_ns, ns, sample->state == 'R');
  if (gone)
    {
      if (followed->program)
        unfollow (self, followed);
      else
        {
          put_switch (self, followed, sample->core, ns, TELAR_SWITCH_EXIT);
          self->over[task] = TRUE;
          unfollow_with (self, task, FALSE);
        }
    }
}

static void
take_event (TelarSampler *self, const TelarEvent *event, gint64 ns)
{
  guint32 task = telar_hand (self->weaver, event->task)->owner;
  gboolean call = task != event->task;
  Followed *own = self->own[task];

  switch ((TelarEventKind) event->kind)
    {
    case TELAR_EVENT_START:
      if (!call && own == NULL)
        follow (self, 0, task, FALSE, ns, 0);
      break;
    case TELAR_EVENT_RUN:
      if (!call && own == NULL)
        own = follow (self, 0, task, FALSE, ns, event->cpu_ns);
      if (!call && (event->value & G_MAXINT32) != 0)
        set_tid (self, own, (gint32) (event->value & G_MAXINT32));
      if (own != NULL)
        look_at (self, own, event->core, event->cpu_ns, ns, FALSE);
      break;
    case TELAR_EVENT_STEP_BEGIN:
    case TELAR_EVENT_STEP_END:
    case TELAR_EVENT_END:
      if (own != NULL)
        look_at (self, own, event->core, event->cpu_ns - own->foreign, ns,
                 event->kind != TELAR_EVENT_END);
      if (event->kind == TELAR_EVENT_END && !call)
        {
          self->over[task] = TRUE;
          unfollow_with (self, task, TRUE);
          if (own != NULL)
            unfollow (self, own);
        }
      break;
    case TELAR_EVENT_WAIT_BEGIN:
      if (own != NULL && own->blocked == TELAR_NO_TIME)
        own->blocked = ns;
      break;
    case TELAR_EVENT_WAIT_END:
      if (own != NULL && own->blocked != TELAR_NO_TIME)
        {
          Stretch stretch = { MAX (own->blocked, own->ns), ns };

          g_array_append_val (own->waits, stretch);
          own->blocked = TELAR_NO_TIME;
        }
      unfollow_with (self, task, TRUE);
      break;
    case TELAR_EVENT_PROGRAM:
      if (own != NULL)
        own->had_program = TRUE;
      if (event->value > 0 && event->value <= G_MAXINT32
          && g_hash_table_lookup (self->by_tid, GINT_TO_POINTER ((gint32) event->value)) == NULL)
        follow (self, (gint32) event->value, task, TRUE, ns, 0);
      break;
    case TELAR_EVENT_JOIN:
    case TELAR_EVENT_LOST_CHILD:
      if (!call)
        {
          self->over[task] = TRUE;
          unfollow_with (self, task, FALSE);
        }
      break;
    case TELAR_EVENT_REFUSED:
      if (!call && own != NULL)
        unfollow (self, own);
      break;
    case TELAR_EVENT_STARTED:
    case TELAR_EVENT_NOT_STARTED:
    case TELAR_EVENT_SIGNAL:
    case TELAR_EVENT_STEPS_COUNTED:
    case TELAR_EVENT_WAIT_ON:
    case TELAR_EVENT_DROPPED:
    default:
      break;
    }
}

static gint
compare_looks (gconstpointer one, gconstpointer other)
{
  const Look *a = one, *b = other;

  if (a->ns != b->ns)
    return a->ns < b->ns ? -1 : 1;
  if (a->type != b->type)
    return a->type < b->type ? -1 : 1;
  if (a->source != b->source)
    return a->source < b->source ? -1 : 1;
  return a->order < b->order ? -1 : a->order > b->order;
}

/* Up to where every thread was looked at, given that all looks before @limit
 * were taken. */
static gint64
complete_until (TelarSampler *self, gint64 limit)
{
  gint64 complete = limit;

  for (guint i = self->followed->len; i > 0; i--)
    {
      Followed *followed = g_ptr_array_index (self->followed, i - 1);
      gint64 patience = (followed->program ? PROGRAM_PATIENCE : PATIENCE) * self->period;

      complete = MIN (complete, MAX (followed->ns, limit - patience));
      if (followed->program && followed->ns < limit - PATIENCE * self->period)
        unfollow (self, followed);
    }
  return MAX (complete, self->complete);
}

gint64
telar_sampler_advance (TelarSampler *self, gint64 limit)
{
  guint n;

  g_array_sort (self->looks, compare_looks);
  for (n = 0; n < self->looks->len; n++)
    {
      const Look *look = &g_array_index (self->looks, Look, n);

      if (look->ns >= limit)
        break;
      if (look->type == LOOK_AT_CLOCK)
        take_sample (self, &look->sample, look->ns);
      else
        take_event (self, &look->event, look->ns);
    }
  if (n > 0)
    g_array_remove_range (self->looks, 0, n);

  self->complete = complete_until (self, limit);
  for (guint i = 0; i < self->taken->len; i++)
    {
      GArray *taken = g_ptr_array_index (self->taken, i);
      guint past = 0;

      while (taken != NULL && past < taken->len
             && g_array_index (taken, Stretch, past).end <= self->complete)
        past++;
      if (past > 0)
        g_array_remove_range (taken, 0, past);
    }
  return self->complete;
}

void
telar_sampler_finish (TelarSampler *self, gint64 end)
{
  for (guint i = 0; i < self->looks->len; i++)
    {
      Look *look = &g_array_index (self->looks, Look, i);

      look->ns = MIN (look->ns, end);
    }
  telar_sampler_advance (self, end + 1);
}

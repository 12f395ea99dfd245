/* weave.c
 *
 * SPDX-License-Identifier: MIT
 *
 * The weaver itself: what waits for its watermark, the order, the end.
 */

#include "config.h"

#include "timeline/weave.h"

/* Longer than an engine that lives is silent, ns. */
#define SILENCE G_GINT64_CONSTANT (1000000000)

/* Who comes after whom, the other way round than the plan says it. */
static void
find_followers (TelarWeaver *self, const TelarPlan *plan)
{
  g_autofree guint32 *filled = g_new0 (guint32, plan->n_tasks);
  guint32 n = 0;

  self->first_follower = g_new0 (guint32, plan->n_tasks + 1);
  for (guint32 i = 0; i < plan->n_tasks; i++)
    {
      const TelarPlanTask *task = telar_plan_task (plan, i);

      self->hands[i].after_left = task->n_after;
      for (guint32 k = 0; k < task->n_after; k++)
        self->first_follower[telar_plan_links (plan, task->first_after)[k] + 1]++;
      n += task->n_after;
    }
  for (guint32 i = 0; i < plan->n_tasks; i++)
    self->first_follower[i + 1] += self->first_follower[i];
  self->followers = g_new (guint32, MAX (n, 1));
  for (guint32 i = 0; i < plan->n_tasks; i++)
    {
      const TelarPlanTask *task = telar_plan_task (plan, i);

      for (guint32 k = 0; k < task->n_after; k++)
        {
          guint32 before = telar_plan_links (plan, task->first_after)[k];

          self->followers[self->first_follower[before] + filled[before]++] = i;
        }
    }
}

TelarWeaver *
telar_weaver_new (TelarTimeline *timeline)
{
  const TelarPlan *plan = timeline->plan;
  TelarWeaver *self = g_new0 (TelarWeaver, 1);

  self->timeline = timeline;
  self->pending = g_array_new (FALSE, FALSE, sizeof (TelarRecord));
  self->threads = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->open = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->joiners = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->serving = TELAR_NO_TASK;
  self->hands = g_new0 (TelarHand, plan->n_tasks);
  for (guint32 i = 0; i < plan->n_tasks; i++)
    {
      TelarHand *hand = &self->hands[i];
      guint32 owner = i;

      while (telar_plan_task (plan, owner)->kind == TELAR_KIND_CALL && owner != TELAR_MAIN)
        owner = telar_plan_task (plan, owner)->parent;
      hand->owner = owner;
      hand->top_call = hand->below = TELAR_NO_TASK;
      hand->open_at = G_MAXUINT;
      hand->delay = -1;
      hand->until = TELAR_NO_TIME;
      hand->object = hand->slept_for = TELAR_NO_OBJECT;
    }
  self->objects = g_new0 (TelarObjectHand, MAX (plan->n_objects, 1));
  for (guint32 i = 0; i < plan->n_objects; i++)
    self->objects[i].holder = self->objects[i].opener = self->objects[i].releaser = TELAR_NO_TASK;
  find_followers (self, plan);
  return self;
}

void
telar_weaver_free (TelarWeaver *self)
{
  guint32 n_tasks = self->timeline->plan->n_tasks;

  for (guint32 i = 0; i < n_tasks; i++)
    {
      if (self->hands[i].list != NULL)
        g_string_free (self->hands[i].list, TRUE);
      g_clear_pointer (&self->hands[i].waits_for, g_array_unref);
    }
  for (guint32 i = 0; i < self->timeline->plan->n_objects; i++)
    g_clear_pointer (&self->objects[i].passed, g_array_unref);
  g_free (self->objects);
  g_clear_pointer (&self->sampler, telar_sampler_free);
  g_array_unref (self->pending);
  g_array_unref (self->open);
  g_array_unref (self->joiners);
  g_hash_table_unref (self->threads);
  g_free (self->hands);
  g_free (self->cores);
  g_free (self->followers);
  g_free (self->first_follower);
  g_free (self);
}

/* Keeps a record until the watermark passes it. One that is older than what
 * was woven already counts from the clock on, but for a thread that came on a
 * core: others may have been there since. */
void
telar_weaver_put (TelarWeaver *self, const TelarRecord *record)
{
  TelarRecord *kept;

  if (self->timeline->finished)
    return;
  if (record->ns < self->clock && record->type == TELAR_RECORD_SWITCH
      && record->sw.kind == TELAR_SWITCH_IN)
    {
      self->late++;
      return;
    }
  g_array_append_val (self->pending, *record);
  kept = &g_array_index (self->pending, TelarRecord, self->pending->len - 1);
  kept->ns = MAX (kept->ns, self->clock);
  kept->order = self->arrived++;
}

static gint
compare_records (gconstpointer one, gconstpointer other)
{
  const TelarRecord *a = one, *b = other;

  if (a->ns != b->ns)
    return a->ns < b->ns ? -1 : 1;
  if (a->rank != b->rank)
    return a->rank < b->rank ? -1 : 1;
  if (a->source != b->source)
    return a->source < b->source ? -1 : 1;
  return a->order < b->order ? -1 : a->order > b->order;
}

/* Weaves everything that is pending before @limit. */
static void
weave_until (TelarWeaver *self, gint64 limit)
{
  guint n;

  g_array_sort (self->pending, compare_records);
  for (n = 0; n < self->pending->len; n++)
    {
      /* Nothing is put while records are woven: the pointer stays. */
      const TelarRecord *record = &g_array_index (self->pending, TelarRecord, n);

      if (record->ns >= limit)
        break;
      self->clock = record->ns;
      switch ((TelarRecordType) record->type)
        {
        case TELAR_RECORD_SWITCH:
          telar_weave_switch (self, record, record->ns);
          break;
        case TELAR_RECORD_EVENT:
          telar_weave_event (self, &record->event, record->ns);
          break;
        case TELAR_RECORD_LOAD:
        default:
          telar_weave_load (self, &record->load, record->ns);
          break;
        }
    }
  if (n > 0)
    g_array_remove_range (self->pending, 0, n);
}

static void
take_counts (TelarWeaver *self)
{
  TelarTimeline *timeline = self->timeline;

  timeline->lost_records = MAX (self->told.lost_records, self->lost_kernel) + self->late;
  timeline->lost_events = MAX (timeline->lost_events, self->told.lost_events);
  timeline->lost_lines = MAX (timeline->lost_lines, self->told.lost_lines);
  timeline->lost_bytes = MAX (timeline->lost_bytes, self->told.lost_bytes);
}

void
telar_timeline_begin (TelarTimeline *timeline, const TelarBegun *begun)
{
  TelarWeaver *self;
  TelarTaskLane *main_lane;

  g_return_if_fail (timeline != NULL && begun != NULL && timeline->begun.zero_ns == 0);

  self = timeline->weaver;
  timeline->begun = *begun;
  main_lane = telar_lane (self, TELAR_MAIN);
  telar_task_starts (self, TELAR_MAIN, 0);
  if (begun->main_pid > 0)
    {
      telar_weaver_bind (self, begun->main_pid, TELAR_MAIN, FALSE, 0);
      main_lane->pid = main_lane->tid = begun->main_pid;
    }
  if (begun->source == TELAR_SOURCE_SAMPLED)
    self->sampler = telar_sampler_new (self, begun->period_ns);
  telar_weaver_show (self, 0);
  timeline->generation++;
}

void
telar_timeline_advance (TelarTimeline *timeline, const TelarNow *now)
{
  TelarWeaver *self;
  gint64 limit;

  g_return_if_fail (timeline != NULL && now != NULL);

  self = timeline->weaver;
  if (timeline->finished)
    return;
  self->told = *now;
  limit = MAX (self->clock, MAX (0, now->ns) - timeline->begun.zero_ns);
  if (self->sampler != NULL)
    limit = telar_sampler_advance (self->sampler, limit);
  weave_until (self, limit);
  self->clock = limit;
  timeline->now = timeline->wall = limit;
  take_counts (self);
  telar_weaver_show (self, limit);
  timeline->generation++;
}

/* How long the run took. That telar-engine sees main's end, and takes in what
 * is left, comes a moment after it and is not the run's. */
static gint64
wall_time (TelarWeaver *self)
{
  TelarTimeline *timeline = self->timeline;
  gint64 wall = 0;

  if (timeline->end.reason != TELAR_ENDED_BY_ITSELF || !telar_hand (self, TELAR_MAIN)->by_itself)
    return CLAMP (timeline->end.ns - timeline->begun.zero_ns, 0, timeline->now);
  for (guint32 i = 0; i < timeline->tasks->len; i++)
    wall = MAX (wall, MAX (telar_lane (self, i)->ended, telar_lane (self, i)->joined));
  return wall;
}

/* Weaves what is left, none of it later than @end, and closes everything there. */
static void
close_at (TelarTimeline *timeline, gint64 end)
{
  TelarWeaver *self = timeline->weaver;

  end = MAX (end, self->clock);
  for (guint i = 0; i < self->pending->len; i++)
    {
      TelarRecord *record = &g_array_index (self->pending, TelarRecord, i);

      record->ns = MIN (record->ns, end);
    }
  if (self->sampler != NULL)
    telar_sampler_finish (self->sampler, end);
  weave_until (self, G_MAXINT64);
  self->clock = end;
  telar_tasks_close (self, end);
  timeline->now = end;
  timeline->wall = wall_time (self);
  take_counts (self);
  telar_weaver_show (self, end);
  timeline->finished = TRUE;
  timeline->generation++;
}

void
telar_timeline_finish (TelarTimeline *timeline, const TelarEnded *ended)
{
  g_return_if_fail (timeline != NULL && ended != NULL);

  if (timeline->finished)
    return;
  timeline->end = *ended;
  close_at (timeline, ended->ns - timeline->begun.zero_ns);
}

void
telar_timeline_break_off (TelarTimeline *timeline)
{
  TelarWeaver *self;
  gint64 end;

  g_return_if_fail (timeline != NULL);

  if (timeline->finished)
    return;
  self = timeline->weaver;
  end = self->clock;
  for (guint i = 0; i < self->pending->len; i++)
    end = MAX (end, g_array_index (self->pending, TelarRecord, i).ns);
  /* The engine speaks every few milliseconds: what is much later is no time. */
  end = MIN (end, self->clock + SILENCE);
  self->broken_off = TRUE;
  timeline->end = (TelarEnded){
    .ns = end + timeline->begun.zero_ns,
    .main_exit = TELAR_NO_EXIT,
    .reason = TELAR_ENDED_STOPPED,
  };
  close_at (timeline, end);
}

/* timeline.c
 *
 * SPDX-License-Identifier: MIT
 *
 * The storage: lanes, what goes in, what is read. The weaving is in weave*.c.
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <signal.h>

#include "timeline/timeline.h"

#include "catalogue/catalogue.h"
#include "timeline/restore.h"
#include "timeline/weave.h"

static void
task_lane_free (TelarTaskLane *lane)
{
  telar_packed_free (lane->waits);
  telar_packed_free (lane->slices);
  g_array_unref (lane->steps);
  g_array_unref (lane->holds);
  g_ptr_array_unref (lane->lists);
  g_free (lane);
}

static void
core_lane_free (TelarCoreLane *lane)
{
  telar_packed_free (lane->slices);
  g_array_unref (lane->others);
  g_free (lane);
}

static void
object_lane_free (TelarObjectLane *lane)
{
  g_array_unref (lane->levels);
  g_free (lane);
}

static void
deadlock_free (TelarDeadlock *deadlock)
{
  g_array_unref (deadlock->tasks);
  g_free (deadlock);
}

/* Whether its amount is how large it is, and not how full it may be. */
static gboolean
has_size (guint32 type)
{
  return type == TELAR_OBJECT_ARRAY || type == TELAR_OBJECT_SHARED_MEMORY
         || type == TELAR_OBJECT_POOL;
}

static TelarObjectLane *
object_lane_new (const TelarPlan *plan, guint32 number)
{
  const TelarPlanObject *object = telar_plan_object (plan, number);
  TelarObjectLane *lane = g_new0 (TelarObjectLane, 1);

  lane->number = number;
  lane->type = (guint8) object->type;
  lane->id = telar_plan_text (plan, object->id);
  lane->full = has_size (object->type) ? 0 : object->amount;
  if (object->type == TELAR_OBJECT_SEMAPHORE || object->type == TELAR_OBJECT_BOUNDED_SEMAPHORE)
    lane->first = lane->highest = object->amount;
  lane->levels = g_array_new (FALSE, FALSE, sizeof (TelarLevel));
  return lane;
}

static const char *
function_name (const TelarPlan *plan, const TelarPlanTask *task)
{
  const TelarFunction *functions;
  unsigned n_functions;
  guint32 function;

  if (task->n_steps == 0)
    return "";
  functions = telar_catalogue (&n_functions);
  function = telar_plan_step (plan, task->first_step)->function;
  return function < n_functions ? functions[function].name : "";
}

static TelarTaskLane *
task_lane_new (const TelarPlan *plan, guint32 number)
{
  const TelarPlanTask *task = telar_plan_task (plan, number);
  TelarTaskLane *lane = g_new0 (TelarTaskLane, 1);

  lane->number = number;
  lane->parent = task->parent;
  lane->kind = task->kind;
  lane->state = TELAR_STATE_NOT_STARTED;
  lane->id = telar_plan_text (plan, task->id);
  lane->title = telar_plan_text (plan, task->title);
  lane->function = function_name (plan, task);
  lane->reason_task = TELAR_NO_TASK;
  lane->exit = TELAR_NO_EXIT;
  lane->started = lane->run = lane->ended = lane->joined = lane->due = TELAR_NO_TIME;
  lane->cpu_ns = -1;
  lane->slices = telar_slices_new (plan->n_tasks);
  lane->waits = telar_waits_new (lane->slices);
  lane->steps = g_array_new (FALSE, FALSE, sizeof (TelarStepRun));
  lane->lists = g_ptr_array_new_with_free_func (g_free);
  lane->holds = g_array_new (FALSE, FALSE, sizeof (TelarHold));
  return lane;
}

TelarTimeline *
telar_timeline_new (GBytes *plan, const GArray *core_numbers)
{
  TelarTimeline *self;

  g_return_val_if_fail (plan != NULL, NULL);

  self = g_new0 (TelarTimeline, 1);
  g_atomic_ref_count_init (&self->references);
  self->plan_bytes = g_bytes_ref (plan);
  self->plan = g_bytes_get_data (plan, NULL);
  self->tasks = g_ptr_array_new_full (self->plan->n_tasks, (GDestroyNotify) task_lane_free);
  self->cores = g_ptr_array_new_with_free_func ((GDestroyNotify) core_lane_free);
  self->arrows = g_array_new (FALSE, FALSE, sizeof (TelarArrow));
  self->culprits = g_array_new (FALSE, TRUE, sizeof (guint32));
  self->objects = g_ptr_array_new_with_free_func ((GDestroyNotify) object_lane_free);
  self->deadlocks = g_ptr_array_new_with_free_func ((GDestroyNotify) deadlock_free);
  self->lines = g_ptr_array_new_with_free_func ((GDestroyNotify) telar_text_line_free);
  self->losses = g_array_new (FALSE, FALSE, sizeof (TelarLoss));
  self->bookmarks = telar_bookmarks_new ();

  for (guint32 i = 0; i < self->plan->n_tasks; i++)
    {
      TelarTaskLane *lane = task_lane_new (self->plan, i);

      lane->waits->culprits = self->culprits;
      lane->waits->n_objects = self->plan->n_objects;
      g_ptr_array_add (self->tasks, lane);
    }
  for (guint32 i = 0; i < self->plan->n_objects; i++)
    g_ptr_array_add (self->objects, object_lane_new (self->plan, i));
  self->weaver = telar_weaver_new (self);
  for (guint i = 0; core_numbers != NULL && i < core_numbers->len; i++)
    {
      int number = g_array_index (core_numbers, int, i);

      if (number >= 0 && number <= G_MAXUINT16)
        telar_weaver_core (self->weaver, (guint) number);
    }
  return self;
}

void
telar_timeline_share_bookmarks (TelarTimeline *timeline, const TelarTimeline *from)
{
  TelarBookmarks *bookmarks;

  g_return_if_fail (timeline != NULL && from != NULL);

  bookmarks = telar_bookmarks_ref (from->bookmarks);
  telar_bookmarks_unref (timeline->bookmarks);
  timeline->bookmarks = bookmarks;
}

TelarTimeline *
telar_timeline_ref (TelarTimeline *timeline)
{
  g_return_val_if_fail (timeline != NULL, NULL);

  g_atomic_ref_count_inc (&timeline->references);
  return timeline;
}

void
telar_timeline_unref (TelarTimeline *timeline)
{
  g_return_if_fail (timeline != NULL);

  if (!g_atomic_ref_count_dec (&timeline->references))
    return;
  telar_weaver_free (timeline->weaver);
  g_ptr_array_unref (timeline->tasks);
  g_ptr_array_unref (timeline->cores);
  g_array_unref (timeline->arrows);
  g_array_unref (timeline->culprits);
  g_ptr_array_unref (timeline->objects);
  g_ptr_array_unref (timeline->deadlocks);
  g_ptr_array_unref (timeline->lines);
  g_clear_pointer (&timeline->texts, g_hash_table_unref);
  g_array_unref (timeline->losses);
  g_clear_pointer (&timeline->bookmarks, telar_bookmarks_unref);
  g_bytes_unref (timeline->plan_bytes);
  g_free (timeline);
}

/* Feeding */

/* Tasks can write anything into the memory that they share with the engine;
 * what is beyond a run of ten years is not reckoned with. */
#define LONGEST (G_GINT64_CONSTANT (10) * 365 * 86400 * 1000000000)

static gint64
sane (gint64 ns)
{
  return CLAMP (ns, 0, LONGEST);
}

gint64
telar_since_zero (const TelarTimeline *timeline, gint64 ns)
{
  return MAX (0, sane (ns) - timeline->begun.zero_ns);
}

void
telar_timeline_add_switches (TelarTimeline *timeline, const TelarSwitch *switches, gsize n)
{
  g_return_if_fail (timeline != NULL && (switches != NULL || n == 0));

  /* Switches are made of samples then; both at once would count time twice. */
  if (!telar_weaver_is_exact (timeline->weaver))
    return;
  for (gsize i = 0; i < n; i++)
    {
      TelarRecord record = {
        .ns = telar_since_zero (timeline, switches[i].ns),
        .source = switches[i].core,
        .rank = switches[i].kind == TELAR_SWITCH_FORK ? 1 : 2,
        .type = TELAR_RECORD_SWITCH,
        .sw = switches[i],
      };
      telar_weaver_put (timeline->weaver, &record);
    }
}

void
telar_timeline_add_samples (TelarTimeline *timeline, const TelarSample *samples, gsize n)
{
  g_return_if_fail (timeline != NULL && (samples != NULL || n == 0));

  if (timeline->weaver->sampler == NULL)
    return;
  for (gsize i = 0; i < n; i++)
    {
      TelarSample sample = samples[i];

      sample.ns = telar_since_zero (timeline, sample.ns);
      sample.cpu_ns = sane (sample.cpu_ns);
      sample.delay_ns = sample.delay_ns < 0 ? -1 : sane (sample.delay_ns);
      if (sample.task < timeline->plan->n_tasks)
        telar_sampler_add (timeline->weaver->sampler, &sample);
    }
}

void
telar_timeline_add_events (TelarTimeline *timeline, const TelarEvent *events, gsize n)
{
  g_return_if_fail (timeline != NULL && (events != NULL || n == 0));

  for (gsize i = 0; i < n; i++)
    {
      TelarRecord record = {
        .source = events[i].writer,
        .rank = events[i].kind == TELAR_EVENT_START  ? 0
                : events[i].kind == TELAR_EVENT_JOIN ? 4
                                                     : 3,
        .type = TELAR_RECORD_EVENT,
        .event = events[i],
      };

      /* A task can write anything; the engine writes as no task. */
      if (events[i].task >= timeline->plan->n_tasks
          || (events[i].writer >= timeline->plan->n_tasks && events[i].writer != TELAR_NO_TASK))
        continue;
      record.ns = record.event.ns = telar_since_zero (timeline, events[i].ns);
      record.event.cpu_ns = sane (events[i].cpu_ns);
      if (events[i].kind == TELAR_EVENT_WAIT_BEGIN && events[i].detail == TELAR_CAUSE_SLEEP)
        record.event.value = events[i].value == 0 ? TELAR_NO_TIME
                                                  : telar_since_zero (timeline, events[i].value);
      telar_weaver_put (timeline->weaver, &record);
      if (timeline->weaver->sampler != NULL)
        telar_sampler_note (timeline->weaver->sampler, &record.event);
    }
}

void
telar_timeline_add_loads (TelarTimeline *timeline, const TelarLoad *loads, gsize n)
{
  g_return_if_fail (timeline != NULL && (loads != NULL || n == 0));

  for (gsize i = 0; i < n; i++)
    {
      TelarRecord record = {
        .ns = telar_since_zero (timeline, loads[i].ns),
        .source = loads[i].core,
        .rank = 5,
        .type = TELAR_RECORD_LOAD,
        .load = loads[i],
      };
      record.load.interval = sane (loads[i].interval);
      telar_weaver_put (timeline->weaver, &record);
    }
}

/* From a file */

TelarCoreLane *
telar_timeline_core_lane (TelarTimeline *timeline, guint number)
{
  return telar_weaver_core (timeline->weaver, number)->lane;
}

void
telar_timeline_restored (TelarTimeline *timeline, gboolean broken_off)
{
  timeline->finished = TRUE;
  timeline->weaver->broken_off = broken_off;
  timeline->generation++;
}

void
telar_timeline_own_texts (TelarTimeline *timeline)
{
  timeline->texts = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
}

void
telar_timeline_keep_text (TelarTimeline *timeline, gint64 number, char *text)
{
  g_hash_table_replace (timeline->texts, g_memdup2 (&number, sizeof number), text);
}

gboolean
telar_timeline_is_broken_off (const TelarTimeline *timeline)
{
  return timeline->weaver->broken_off;
}

/* Reading */

TelarTaskLane *
telar_timeline_task (const TelarTimeline *timeline, guint32 task)
{
  g_return_val_if_fail (timeline != NULL && task < timeline->tasks->len, NULL);

  return g_ptr_array_index (timeline->tasks, task);
}

TelarObjectLane *
telar_timeline_object (const TelarTimeline *timeline, guint32 object)
{
  g_return_val_if_fail (timeline != NULL && object < timeline->objects->len, NULL);

  return g_ptr_array_index (timeline->objects, object);
}

const char *
telar_timeline_result_text (const TelarTimeline *timeline, const TelarStepRun *step)
{
  g_return_val_if_fail (timeline != NULL && step != NULL, NULL);

  if (step->result_type != TELAR_RESULT_TEXT && step->result_type != TELAR_RESULT_ITEM)
    return NULL;
  /* Numbers in a file are those of the plan that ran. */
  if (timeline->texts != NULL)
    return g_hash_table_lookup (timeline->texts, &step->integer);
  return step->integer > 0 && step->integer < timeline->plan->text_size
           ? telar_plan_text (timeline->plan, (guint64) step->integer)
           : NULL;
}

guint32
telar_timeline_find_object (const TelarTimeline *timeline, const char *id)
{
  g_return_val_if_fail (timeline != NULL && id != NULL, TELAR_NO_OBJECT);

  for (guint32 i = 0; i < timeline->objects->len; i++)
    if (strcmp (((TelarObjectLane *) timeline->objects->pdata[i])->id, id) == 0)
      return i;
  return TELAR_NO_OBJECT;
}

guint
telar_steps_find (const GArray *steps, gint64 ns)
{
  guint low = 0, high;

  g_return_val_if_fail (steps != NULL, 0);

  high = steps->len;
  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      const TelarStepRun *step = &g_array_index (steps, TelarStepRun, middle);

      if (!step->finished || step->end > ns)
        high = middle;
      else
        low = middle + 1;
    }
  return low;
}

guint
telar_levels_find (const TelarObjectLane *object, gint64 ns)
{
  guint low = 0, high;

  g_return_val_if_fail (object != NULL, 0);

  high = object->levels->len;
  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (object->levels, TelarLevel, middle).ns <= ns)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

gint64
telar_object_level (const TelarObjectLane *object, gint64 ns)
{
  guint next;

  g_return_val_if_fail (object != NULL, 0);

  next = telar_levels_find (object, ns);
  return next > 0 ? g_array_index (object->levels, TelarLevel, next - 1).level : object->first;
}

const TelarDeadlock *
telar_timeline_deadlock (const TelarTimeline *timeline)
{
  const TelarDeadlock *passing = NULL;

  g_return_val_if_fail (timeline != NULL, NULL);

  for (guint i = timeline->deadlocks->len; i > 0; i--)
    {
      const TelarDeadlock *deadlock = g_ptr_array_index (timeline->deadlocks, i - 1);

      if (deadlock->resolved != TELAR_NO_TIME)
        continue;
      if (!deadlock->passes)
        return deadlock;
      passing = passing != NULL ? passing : deadlock;
    }
  return passing;
}

gint64
telar_timeline_lost_updates (const TelarTimeline *timeline)
{
  gint64 lost = 0;

  g_return_val_if_fail (timeline != NULL, 0);

  for (guint i = 0; i < timeline->objects->len; i++)
    lost += ((TelarObjectLane *) g_ptr_array_index (timeline->objects, i))->lost;
  return lost;
}

gboolean
telar_timeline_was_starting (const TelarTimeline *timeline, gint64 *starting, gint64 *working)
{
  g_return_val_if_fail (timeline != NULL && starting != NULL && working != NULL, FALSE);

  *starting = *working = 0;
  for (guint i = 1; i < timeline->tasks->len; i++)
    {
      const TelarTaskLane *task = g_ptr_array_index (timeline->tasks, i);

      /* Nothing is made for a call; what did not end has no end to reckon with. */
      if (task->kind == TELAR_KIND_CALL || task->started == TELAR_NO_TIME
          || task->run == TELAR_NO_TIME || task->ended == TELAR_NO_TIME)
        continue;
      *starting += MAX (task->run - task->started, 0);
      *working += MAX (task->ended - task->run, 0);
    }
  return *starting > *working;
}

double
telar_timeline_cores_in_use (const TelarTimeline *timeline)
{
  gint64 busy = 0;

  g_return_val_if_fail (timeline != NULL, 0);

  for (guint i = 0; i < timeline->cores->len; i++)
    busy += ((TelarCoreLane *) g_ptr_array_index (timeline->cores, i))->busy_ns;
  return timeline->wall > 0 ? (double) busy / (double) timeline->wall : 0;
}

/* All its lanes are in one file. */
static const TelarBacking *
find_backing (const TelarTimeline *timeline)
{
  const TelarBacking *backing = NULL;

  for (guint i = 0; backing == NULL && i < timeline->cores->len; i++)
    backing = ((TelarCoreLane *) timeline->cores->pdata[i])->slices->backing;
  for (guint i = 0; backing == NULL && i < timeline->tasks->len; i++)
    {
      const TelarTaskLane *lane = timeline->tasks->pdata[i];

      backing = lane->slices->backing != NULL ? lane->slices->backing : lane->waits->backing;
    }
  return backing;
}

guint
telar_timeline_unreadable (const TelarTimeline *timeline)
{
  const TelarBacking *backing;

  g_return_val_if_fail (timeline != NULL, 0);

  backing = find_backing (timeline);
  return backing != NULL ? (guint) g_atomic_int_get (&backing->unreadable) : 0;
}

char *
telar_unreadable_words (guint n)
{
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u part of it is damaged and left out.",
                                       "%u parts of it are damaged and left out.", n), n);
}

gboolean
telar_task_was_spared (const TelarTimeline *timeline, const TelarTaskLane *lane)
{
  g_return_val_if_fail (timeline != NULL && lane != NULL, FALSE);

  return lane->state == TELAR_STATE_NOT_STARTED
         && telar_plan_task (timeline->plan, lane->number)->spare;
}

/* Whether a task did what the graph asked of it. */
static gboolean
task_is_well (const TelarTimeline *timeline, const TelarTaskLane *lane)
{
  switch ((TelarState) lane->state)
    {
    case TELAR_STATE_NOT_STARTED:
      /* That its parent ended first is its parent's story. */
      return lane->reason != TELAR_NOT_STARTED_AFTER_FAILED
             && lane->reason != TELAR_NOT_STARTED_AFTER_MISSING;
    case TELAR_STATE_ENDED:
    case TELAR_STATE_JOINED:
      if (lane->exit == 0)
        return TRUE;
      /* A thread or call that ended with its process: the process tells. */
      if (lane->exit == TELAR_NO_EXIT)
        return lane->kind != TELAR_KIND_PROCESS;
      /* An orphan that main's end ended: its parent tells. */
      if (lane->exit == -SIGKILL && lane->joined == TELAR_NO_TIME && lane->parent != TELAR_MAIN)
        return TRUE;
      return lane->exit < 0
             && (lane->signalled || telar_plan_task (timeline->plan, lane->number)->daemon);
    case TELAR_STATE_RUNNING:
    case TELAR_STATE_STOPPED:
    case TELAR_STATE_COULD_NOT_START:
    default:
      return FALSE;
    }
}

int
telar_timeline_exit_status (const TelarTimeline *timeline)
{
  g_return_val_if_fail (timeline != NULL, 1);

  if (!timeline->finished || timeline->weaver->broken_off)
    return 1;
  for (guint i = 0; i < timeline->tasks->len; i++)
    if (!task_is_well (timeline, g_ptr_array_index (timeline->tasks, i)))
      return 1;
  return 0;
}

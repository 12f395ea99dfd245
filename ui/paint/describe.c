/* describe.c
 *
 * SPDX-License-Identifier: MIT
 *
 * What the pointer tells: everything known about the thing under it, one fact
 * a line.
 */

#include "config.h"

#include <inttypes.h>

#include <glib/gi18n-lib.h>
#include <string.h>

#include "paint/graph-private.h"
#include "paint/paint-private.h"

static void G_GNUC_PRINTF (2, 3)
add (GString *text, const char *format, ...)
{
  va_list arguments;

  if (text->len > 0)
    g_string_append_c (text, '\n');
  va_start (arguments, format);
  g_string_append_vprintf (text, format, arguments);
  va_end (arguments);
}

static const char *
kind_name (guint8 kind)
{
  switch (kind)
    {
    case TELAR_KIND_PROCESS:
      return _("process");
    case TELAR_KIND_THREAD:
      return _("thread");
    default:
      return _("plain call");
    }
}

static void
add_moment (GString *text, const char *format, gint64 ns)
{
  g_autofree char *moment = NULL;

  if (ns == TELAR_NO_TIME)
    return;
  moment = telar_time_format (ns);
  add (text, format, moment);
}

static void
add_span (GString *text, gint64 begin, gint64 end)
{
  g_autofree char *from = telar_time_format (begin);
  g_autofree char *to = telar_time_format (end);
  g_autofree char *took = NULL;
  gint64 length;

  /* A record that is broken may have any times. */
  if (__builtin_sub_overflow (end, begin, &length))
    length = end > begin ? G_MAXINT64 : G_MININT64;
  took = telar_time_format (length);
  add (text, _("%s to %s: %s"), from, to, took);
}

static void
add_task_name (GString *text, const TelarTimeline *timeline, const TelarTaskLane *task)
{
  const TelarPlanTask *planned = telar_plan_task (timeline->plan, task->number);
  const TelarTaskLane *parent = task->parent != TELAR_NO_TASK
                                  ? telar_timeline_task (timeline, task->parent) : NULL;
  const char *call =
      planned->n_steps > 0 ? telar_plan_text (
          timeline->plan, telar_plan_step (timeline->plan, planned->first_step)->text)
                           : "";

  add (text, "%s", task->title);
  if (planned->n_steps == 1 && *call != '\0')
    add (text, "%s", call);
  if (parent == NULL)
    add (text, "%s", kind_name (task->kind));
  else
    add (text, _("%s, inside %s"), kind_name (task->kind), parent->id);
}

/* All that is known about a task. */
static void
add_task (GString *text, const TelarTimeline *timeline, const TelarTaskLane *task)
{
  g_autofree char *state = telar_task_describe_state (timeline, task);

  add_task_name (text, timeline, task);
  if (task->pid > 0 && task->tid > 0 && task->tid != task->pid)
    add (text, _("pid %d, thread %d"), task->pid, task->tid);
  else if (task->pid > 0)
    add (text, _("pid %d"), task->pid);
  add_moment (text, _("started at %s"), task->started);
  add_moment (text, _("first instruction at %s"), task->run);
  add_moment (text, _("ended at %s"), task->ended);
  add_moment (text, _("joined at %s"), task->joined);
  if (task->cpu_ns >= 0 && task->run != TELAR_NO_TIME)
    add_moment (text, _("%s of CPU by its own clock"), task->cpu_ns);
  if (task->on_core_ns > 0)
    add_moment (text, _("%s on a core"), task->on_core_ns);
  if (task->ready_ns > 0)
    add_moment (text, _("%s ready, no core free"), task->ready_ns);
  if (task->blocked_ns > 0)
    add_moment (text, _("%s waiting"), task->blocked_ns);
  if (task->steps_counted > 0)
    add (text, g_dngettext (GETTEXT_PACKAGE, "%" PRIu64 " more step, only counted",
                            "%" PRIu64 " more steps, only counted",
                            (gulong) task->steps_counted),
         task->steps_counted);
  if (task->recording_lost)
    add (text, "%s", _("The kernel stopped recording it when it executed another program"));
  add (text, "%s", state);
}

/* The step that was going on, where the task has several. */
static void
add_step (GString *text, const TelarTimeline *timeline, const TelarTaskLane *task, gint64 begin,
          gint64 end)
{
  if (telar_plan_task (timeline->plan, task->number)->n_steps < 2)
    return;
  for (guint i = 0; i < task->steps->len; i++)
    {
      const TelarStepRun *step = &g_array_index (task->steps, TelarStepRun, i);
      gint64 step_end = step->end != TELAR_NO_TIME ? step->end : timeline->now;

      if (step->begin >= end)
        break;
      if (step_end <= begin)
        continue;
      add (text, _("step: %s"),
           telar_plan_text (timeline->plan, telar_plan_step (timeline->plan, step->step)->text));
      break;
    }
}

static void
describe_slice (GString *text, const TelarTimeline *timeline, const TelarHit *hit)
{
  const TelarTaskLane *task = telar_timeline_task (timeline, hit->task);
  guint at;

  if (task == NULL)
    return;
  add_task_name (text, timeline, task);
  if (hit->number < timeline->cores->len)
    add (text, _("on core %d"), ((TelarCoreLane *) timeline->cores->pdata[hit->number])->number);
  add_span (text, hit->begin, hit->end);
  add_step (text, timeline, task, hit->begin, hit->end);
  at = telar_slices_find (task->slices, hit->begin);
  if (at < task->slices->len)
    {
      const TelarSlice one = telar_slices_at (task->slices, at), *slice = &one;

      if (slice->flags & TELAR_SLICE_PREEMPTED)
        add (text, "%s", _("then preempted: it could have gone on"));
      if (slice->flags & TELAR_SLICE_PROGRAM)
        add (text, "%s", _("a program that the task runs"));
      if (slice->flags & TELAR_SLICE_SAMPLED)
        add (text, "%s", _("sampled: its ends are estimates"));
    }
  if (task->on_core_ns > 0)
    add_moment (text, _("%s on a core in all"), task->on_core_ns);
  {
    g_autofree char *state = telar_task_describe_state (timeline, task);
    add (text, "%s", state);
  }
}

static void
describe_pin (GString *text, const TelarTimeline *timeline, const TelarHit *hit)
{
  const TelarTaskLane *task = telar_timeline_task (timeline, hit->task);

  if (hit->count == 1)
    {
      describe_slice (text, timeline, hit);
      return;
    }
  add (text, g_dngettext (GETTEXT_PACKAGE, "%u slice, too short to draw",
                          "%u slices, too short to draw", hit->count), hit->count);
  if (task != NULL)
    add (text, _("mostly %s"), task->title);
  add_span (text, hit->begin, hit->end);
  add (text, "%s", _("Double-click to zoom in"));
}

static void
describe_wait (GString *text, const TelarTimeline *timeline, const TelarHit *hit)
{
  const TelarTaskLane *task = telar_timeline_task (timeline, hit->task);
  g_autofree char *label = NULL;
  TelarWait wait;

  if (task == NULL || hit->number >= task->waits->len)
    return;
  wait = telar_waits_at (task->waits, hit->number);
  label = telar_wait_label (timeline, &wait);
  add_task_name (text, timeline, task);
  add (text, "%s", label);
  add_span (text, hit->begin, hit->end);
  add_step (text, timeline, task, hit->begin, hit->end);
}

static void
describe_marker (GString *text, const TelarTimeline *timeline, const TelarHit *hit)
{
  const TelarTaskLane *task = telar_timeline_task (timeline, hit->task);

  if (task == NULL)
    return;
  add_task (text, timeline, task);
  if (hit->end > hit->begin)
    {
      TelarMark mark = { .bits = hit->number, .begin = hit->begin, .end = hit->end };
      g_autofree char *label = telar_mark_label (&mark);

      add (text, "%s", label);
    }
}

/* What happened at its beginning, and to whom. */
static void
describe_way (GString *text, const TelarTimeline *timeline, const TelarArrow *arrow,
              const char *from, const char *to)
{
  const TelarObjectLane *object = arrow->object < timeline->objects->len
                                    ? telar_timeline_object (timeline, arrow->object) : NULL;
  const char *id = object != NULL ? object->id : "";
  guint8 type = object != NULL ? object->type : TELAR_OBJECT_LOCK;

  switch ((TelarArrowKind) arrow->kind)
    {
    case TELAR_ARROW_START:
      add (text, _("%s starts %s"), from, to);
      break;
    case TELAR_ARROW_JOIN:
      add (text, _("%s joins %s"), to, from);
      break;
    case TELAR_ARROW_RELEASE:
      add (text, _("release of %s by %s let %s go on"), id, from, to);
      break;
    case TELAR_ARROW_PASS:
      add (text, type == TELAR_OBJECT_PIPE ? _("send → receive through pipe %s: from %s to %s")
                                           : _("put → get through queue %s: from %s to %s"),
           id, from, to);
      break;
    case TELAR_ARROW_WAKE:
    default:
      add (text, type == TELAR_OBJECT_EVENT     ? _("set of event %s by %s woke %s")
                 : type == TELAR_OBJECT_BARRIER ? _("barrier %s was full when %s came: %s goes on")
                 : type == TELAR_OBJECT_CONDITION ? _("notify of condition %s by %s woke %s")
                                                  : _("%s: %s woke %s"),
           id, from, to);
      break;
    }
}

static void
describe_hold (GString *text, const TelarTimeline *timeline, const TelarHit *hit)
{
  const TelarTaskLane *task = telar_timeline_task (timeline, hit->task);
  const TelarHold *hold;
  guint waiting = 0;

  if (task == NULL || hit->number >= task->holds->len)
    return;
  hold = &g_array_index (task->holds, TelarHold, hit->number);
  add_task_name (text, timeline, task);
  if (hold->object < timeline->objects->len)
    add (text, _("holds %s %s"),
         telar_object_type_words (telar_timeline_object (timeline, hold->object)->type),
         telar_timeline_object (timeline, hold->object)->id);
  add_span (text, hold->begin, hold->end);
  if (hold->open)
    add (text, "%s", timeline->finished ? _("never released") : _("not released yet"));
  if (hold->inherited)
    add (text, "%s", _("taken over from a task that was ended while it held it"));
  for (guint i = 0; i < timeline->tasks->len; i++)
    {
      const TelarTaskLane *other = timeline->tasks->pdata[i];
      guint at = telar_waits_find (other->waits, MAX (hold->begin, hold->end - 1));

      if (at < other->waits->len)
        {
          TelarWait wait = telar_waits_at (other->waits, at);

          waiting += wait.cause == TELAR_CAUSE_LOCK && wait.object == hold->object
                     && wait.state == TELAR_WAIT_BLOCKED && wait.begin < hold->end;
        }
    }
  if (waiting > 0)
    add (text, g_dngettext (GETTEXT_PACKAGE, "%u task waits for it at the end of that",
                            "%u tasks wait for it at the end of that", waiting), waiting);
}

static void
describe_object (GString *text, const TelarTimeline *timeline, const TelarHit *hit)
{
  const TelarObjectLane *object;
  g_autofree char *note = NULL;

  if (hit->number >= timeline->objects->len)
    return;
  object = telar_timeline_object (timeline, hit->number);
  add (text, "%s %s", telar_object_type_words (object->type), object->id);
  if (hit->begin != TELAR_NO_TIME && hit->begin >= 0)
    {
      g_autofree char *moment = telar_time_format (hit->begin);
      gint64 level = telar_object_level (object, hit->begin);

      if (object->full > 0)
        add (text, _("%" PRIi64 " of %" PRIi64 " at %s"), level, object->full, moment);
      else
        add (text, _("%" PRIi64 " at %s"), level, moment);
    }
  if (object->levels->len > 0)
    add (text, _("%" PRIi64 " at most"), object->highest);
  note = telar_object_note (timeline, object);
  if (note != NULL)
    add (text, "%s", note);
  if (object->n_waits > 0)
    {
      g_autofree char *waited = telar_time_format (object->waited_ns);

      add (text, g_dngettext (GETTEXT_PACKAGE, "%" PRIu64 " wait for it, %s in all",
                              "%" PRIu64 " waits for it, %s in all", (gulong) object->n_waits),
           object->n_waits, waited);
    }
}

static void
describe_deadlock (GString *text, const TelarTimeline *timeline, const TelarHit *hit)
{
  const TelarDeadlock *deadlock;
  g_autofree char *words = NULL;

  if (hit->number >= timeline->deadlocks->len)
    return;
  deadlock = timeline->deadlocks->pdata[hit->number];
  words = telar_deadlock_describe (timeline, deadlock);
  add (text, "%s", _("Deadlock"));
  add (text, "%s", words);
  add_moment (text, _("since %s"), deadlock->since);
  add_moment (text, _("recognised at %s"), deadlock->found);
  add_moment (text, _("resolved at %s"), deadlock->resolved);
}

static void
describe_arrow (GString *text, const TelarTimeline *timeline, const TelarHit *hit)
{
  const TelarArrow *arrow;
  const TelarTaskLane *from, *to;

  if (hit->number >= timeline->arrows->len)
    return;
  arrow = &g_array_index (timeline->arrows, TelarArrow, hit->number);
  from = telar_timeline_task (timeline, arrow->from);
  to = telar_timeline_task (timeline, arrow->to);
  if (from == NULL || to == NULL)
    return;
  describe_way (text, timeline, arrow, from->id, to->id);
  add_span (text, arrow->from_ns, arrow->to_ns);
  if (arrow->kind <= TELAR_ARROW_JOIN)
    add (text, "%s", _("An arrow is order, not data"));
}

static void
describe_core (GString *text, const TelarTimeline *timeline, const TelarHit *hit)
{
  const TelarCoreLane *core;
  gint64 wall = timeline->finished ? timeline->wall : timeline->now;

  if (hit->number >= timeline->cores->len)
    return;
  core = timeline->cores->pdata[hit->number];
  add (text, _("Core %d"), core->number);
  if (wall > 0)
    {
      g_autofree char *busy = telar_time_format (core->busy_ns);

      add (text, _("%s of this run (%.0f %%)"), busy, 100.0 * core->busy_ns / wall);
    }
  if (core->others->len > 0)
    {
      double others = 0, steal = 0, time = 0;

      for (guint i = 0; i < core->others->len; i++)
        {
          const TelarOthers *look = &g_array_index (core->others, TelarOthers, i);

          others += (double) look->others * look->interval;
          steal += (double) look->steal * look->interval;
          time += look->interval;
        }
      if (time > 0)
        add (text, _("%.0f %% other programs, sampled"), others / time / 10);
      if (steal / MAX (time, 1) >= 5)
        add (text, _("%.0f %% taken by the host of this virtual machine"), steal / time / 10);
    }
  add (text, "%s", _("Empty means: not this run"));
}

/* Many in one lane: how far they are, and what they took together. */
static void
describe_many (GString *text, const TelarTimeline *timeline, const TelarHit *hit)
{
  const TelarTaskLane *task = telar_timeline_task (timeline, hit->task);
  g_autofree char *base = NULL;
  g_autofree char *state = NULL;
  TelarMood mood;
  gint64 on_core = 0;

  if (task == NULL)
    return;
  base = telar_copies_base (task->id);
  state = telar_graph_state (timeline, hit->task, hit->count, &mood);
  add_task_name (text, timeline, task);
  g_string_erase (text, 0, strlen (task->title));
  g_string_prepend (text, base != NULL ? base : task->id);
  add (text, g_dngettext (GETTEXT_PACKAGE, "%u copy", "%u copies", hit->count), hit->count);
  for (guint32 i = hit->task; i < hit->task + hit->count; i++)
    if (telar_timeline_task (timeline, i) != NULL)
      on_core += telar_timeline_task (timeline, i)->on_core_ns;
  if (on_core > 0)
    add_moment (text, _("%s on a core in all"), on_core);
  if (*state != '\0')
    add (text, "%s", state);
}

static void
describe_bookmark (GString *text, const TelarTimeline *timeline, const TelarHit *hit)
{
  g_autoptr (GPtrArray) list = telar_bookmarks_list (timeline->bookmarks);
  const TelarBookmark *one = telar_bookmarks_find (list, hit->number);

  if (one == NULL)
    return;
  if (*one->text != '\0')
    add (text, "%s", one->text);
  add_moment (text, _("bookmark at %s"), one->ns);
  if (one->task != TELAR_NO_TASK)
    add (text, "%s", telar_timeline_task (timeline, one->task)->title);
}

char *
telar_hit_describe (const TelarTimeline *timeline, const TelarHit *hit)
{
  GString *text = g_string_new (NULL);

  switch (hit->kind)
    {
    case TELAR_HIT_SLICE:
      describe_slice (text, timeline, hit);
      break;
    case TELAR_HIT_PIN:
      describe_pin (text, timeline, hit);
      break;
    case TELAR_HIT_WAIT:
      describe_wait (text, timeline, hit);
      break;
    case TELAR_HIT_MARKER:
      describe_marker (text, timeline, hit);
      break;
    case TELAR_HIT_ARROW:
      describe_arrow (text, timeline, hit);
      break;
    case TELAR_HIT_HOLD:
      describe_hold (text, timeline, hit);
      break;
    case TELAR_HIT_OBJECT:
      describe_object (text, timeline, hit);
      break;
    case TELAR_HIT_DEADLOCK:
      describe_deadlock (text, timeline, hit);
      break;
    case TELAR_HIT_COPIES:
      describe_many (text, timeline, hit);
      break;
    case TELAR_HIT_CORE_LANE:
      describe_core (text, timeline, hit);
      break;
    case TELAR_HIT_TASK_LANE:
    case TELAR_HIT_FOLDED:
      {
        const TelarTaskLane *task = telar_timeline_task (timeline, hit->task);

        if (task != NULL)
          add_task (text, timeline, task);
        if (task != NULL && hit->kind == TELAR_HIT_FOLDED)
          add (text, g_dngettext (GETTEXT_PACKAGE, "with %u lane folded into it",
                                  "with %u lanes folded into it", hit->count), hit->count);
        break;
      }
    case TELAR_HIT_HIDDEN:
      add (text, g_dngettext (GETTEXT_PACKAGE, "%u lane is hidden: a click shows it",
                              "%u lanes are hidden: a click shows them", hit->count), hit->count);
      break;
    case TELAR_HIT_BOOKMARK:
      describe_bookmark (text, timeline, hit);
      break;
    case TELAR_HIT_RULER:
    case TELAR_HIT_NOTHING:
      break;
    }
  return g_string_free (text, text->len == 0);
}

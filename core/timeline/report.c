/* report.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Written as text, not built as a tree: a long run has millions of slices.
 */

#include "config.h"

#include "timeline/report.h"

#include <gio/gio.h>
#include <jansson.h>
#include <math.h>
#include <string.h>

#include "timeline/report-private.h"
#include "timeline/statistics.h"

static const char *const kinds[] = { "process", "thread", "call" };
static const char *const states[] = { "not-started", "running", "ended", "joined", "stopped",
                                      "could-not-start" };
static const char *const sources[] = { "off", "exact", "sampled" };
static const char *const wait_states[] = { "due", "ready", "blocked", "unknown", "ended" };
static const char *const arrow_kinds[] = { "start", "join", "release", "pass", "wake" };
static const char *const streams[] = { "stdout", "stderr" };

static void
put_text (GString *json, const char *text, gsize size)
{
  g_string_append_c (json, '"');
  for (gsize i = 0; i < size; i++)
    {
      guchar byte = (guchar) text[i];

      if (byte == '"' || byte == '\\')
        g_string_append_c (json, '\\');
      if (byte == '\n')
        g_string_append (json, "\\n");
      else if (byte == '\t')
        g_string_append (json, "\\t");
      else if (byte < 0x20 || byte == 0x7f)
        g_string_append_printf (json, "\\u%04x", byte);
      else
        g_string_append_c (json, (char) byte);
    }
  g_string_append_c (json, '"');
}

/* Names come from a graph file, which is UTF-8; what is not is mended. */
void
telar_report_put_name (GString *json, const char *name)
{
  g_autofree char *valid = g_utf8_make_valid (name, -1);

  put_text (json, valid, strlen (valid));
}

static void
put_integer (GString *json, gint64 value)
{
  g_string_append_printf (json, "%" G_GINT64_FORMAT, value);
}

void
telar_report_put_time (GString *json, const char *key, gint64 ns)
{
  g_string_append_printf (json, ", \"%s\": ", key);
  if (ns == TELAR_NO_TIME)
    g_string_append (json, "null");
  else
    put_integer (json, ns);
}

static void
put_real (GString *json, double value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  if (!isfinite (value))
    {
      g_string_append (json, "null");
      return;
    }
  g_ascii_dtostr (text, sizeof text, value);
  g_string_append (json, text);
  if (strpbrk (text, ".eE") == NULL)
    g_string_append (json, ".0");
}

static void
put_slices (GString *json, const TelarSlices *slices)
{
  g_string_append (json, ", \"slices\": [");
  for (guint i = 0; i < slices->len; i++)
    {
      const TelarSlice one = telar_slices_at (slices, i), *slice = &one;

      g_string_append_printf (json, "%s[%u, %" G_GINT64_FORMAT ", %" G_GINT64_FORMAT "]",
                              i > 0 ? ", " : "", slice->core, slice->begin, slice->end);
    }
  g_string_append_c (json, ']');
}

/* "lock m, held by p2", "queue q empty", "barrier b, 3 of 5 here": the words of a
 * report are no language's. */
static void
put_object_cause (GString *text, const TelarTimeline *timeline, TelarCause cause, guint32 object,
                  guint32 detail)
{
  const TelarObjectLane *lane = telar_timeline_object (timeline, object);
  const char *kind = lane->type == TELAR_OBJECT_PIPE   ? "pipe"
                     : lane->type == TELAR_OBJECT_POOL ? "pool"
                                                       : "queue";

  switch (cause)
    {
    case TELAR_CAUSE_BARRIER:
      g_string_append_printf (text, "barrier %s, %u of %u here", lane->id, detail,
                              (guint) lane->full);
      break;
    case TELAR_CAUSE_EMPTY:
    case TELAR_CAUSE_FULL:
      g_string_append_printf (text, "%s %s %s", kind, lane->id, telar_cause_name (cause));
      break;
    case TELAR_CAUSE_DONE:
      g_string_append_printf (text, "%s %s not done", kind, lane->id);
      break;
    case TELAR_CAUSE_FLUSH:
      g_string_append_printf (text, "flushing queue %s", lane->id);
      break;
    default:
      g_string_append_printf (text, "%s %s", telar_cause_name (cause), lane->id);
    }
}

static void
put_cause (GString *json, const TelarTimeline *timeline, const TelarWait *wait)
{
  const char *cause = telar_cause_name (wait->cause);
  gboolean of_object = wait->object < timeline->objects->len && wait->cause >= TELAR_CAUSE_LOCK;
  g_autoptr (GString) text = g_string_new (of_object ? NULL : cause);

  if (cause == NULL)
    {
      g_string_append (json, "null");
      return;
    }
  if (of_object)
    put_object_cause (text, timeline, (TelarCause) wait->cause, wait->object, wait->detail);
  for (guint i = 0; i < wait->n_culprits; i++)
    {
      guint32 task = g_array_index (timeline->culprits, guint32, wait->culprits + i);

      g_string_append (text, i > 0 ? ", " : of_object ? ", held by " : " ");
      g_string_append (text, telar_timeline_task (timeline, task)->id);
    }
  telar_report_put_name (json, text->str);
}

static void
put_waits (GString *json, const TelarTimeline *timeline, const TelarWaits *waits)
{
  g_string_append (json, ", \"waits\": [");
  for (guint i = 0; i < waits->len; i++)
    {
      const TelarWait one = telar_waits_at (waits, i), *wait = &one;

      g_string_append_printf (json,
                              "%s{\"begin\": %" G_GINT64_FORMAT ", \"end\": %" G_GINT64_FORMAT
                              ", \"state\": \"%s\", \"cause\": ",
                              i > 0 ? ", " : "", wait->begin, wait->end, wait_states[wait->state]);
      put_cause (json, timeline, wait);
      g_string_append_c (json, '}');
    }
  g_string_append_c (json, ']');
}

/* JSON that a task sent, or "null": it may have sent anything. @text: (nullable) */
static const char *
sound_json (const char *text, gboolean is_list)
{
  json_t *json = text != NULL ? json_loads (text, JSON_DECODE_ANY, NULL) : NULL;
  gboolean sound = json != NULL && (!is_list || json_is_array (json) || json_is_object (json));

  json_decref (json);
  return sound ? text : "null";
}

static void
put_result (GString *json, const TelarTimeline *timeline, const TelarTaskLane *task,
            const TelarStepRun *step)
{
  const char *text = telar_timeline_result_text (timeline, step);

  switch ((TelarResultType) step->result_type)
    {
    case TELAR_RESULT_BOOLEAN:
      g_string_append (json, step->integer != 0 ? "true" : "false");
      break;
    case TELAR_RESULT_INTEGER:
      put_integer (json, step->integer);
      break;
    case TELAR_RESULT_REAL:
      put_real (json, step->real);
      break;
    case TELAR_RESULT_TEXT:
      if (text != NULL)
        telar_report_put_name (json, text);
      else
        g_string_append (json, "null");
      break;
    case TELAR_RESULT_ITEM:
      g_string_append (json, sound_json (text, FALSE));
      break;
    case TELAR_RESULT_LIST:
      text = step->integer >= 0 && step->integer < (gint64) task->lists->len
               ? g_ptr_array_index (task->lists, (guint) step->integer)
               : NULL;
      g_string_append (json, sound_json (text, TRUE));
      break;
    case TELAR_RESULT_ERROR:
      telar_report_put_name (json, telar_error_name ((TelarError) step->integer));
      break;
    case TELAR_RESULT_NONE:
    default:
      g_string_append (json, "null");
      break;
    }
}

static void
put_steps (GString *json, const TelarTimeline *timeline, const TelarTaskLane *task)
{
  const GArray *steps = task->steps;

  g_string_append (json, ", \"steps\": [");
  for (guint i = 0; i < steps->len; i++)
    {
      const TelarStepRun *step = &g_array_index (steps, TelarStepRun, i);
      const TelarPlanStep *planned = telar_plan_step (timeline->plan, step->step);

      g_string_append_printf (json, "%s{\"call\": ", i > 0 ? ", " : "");
      telar_report_put_name (json, telar_plan_text (timeline->plan, planned->text));
      telar_report_put_time (json, "begin", step->begin);
      telar_report_put_time (json, "end", step->end);
      g_string_append (json, ", \"result\": ");
      if (step->finished)
        put_result (json, timeline, task, step);
      else
        g_string_append (json, "null");
      g_string_append_c (json, '}');
    }
  g_string_append_c (json, ']');
}

static void
put_number_or_null (GString *json, const char *key, gint64 value, gint64 none)
{
  g_string_append_printf (json, ", \"%s\": ", key);
  if (value == none)
    g_string_append (json, "null");
  else
    put_integer (json, value);
}

static void
put_holds (GString *json, const TelarTimeline *timeline, const GArray *holds)
{
  g_string_append (json, ", \"holds\": [");
  for (guint i = 0; i < holds->len; i++)
    {
      const TelarHold *hold = &g_array_index (holds, TelarHold, i);

      g_string_append_printf (json, "%s{\"object\": ", i > 0 ? ", " : "");
      telar_report_put_name (json, telar_timeline_object (timeline, hold->object)->id);
      telar_report_put_time (json, "begin", hold->begin);
      telar_report_put_time (json, "end", hold->end);
      if (hold->inherited)
        g_string_append (json, ", \"owner-died\": true");
      g_string_append_c (json, '}');
    }
  g_string_append_c (json, ']');
}

static gboolean
is_counted (guint type)
{
  return type == TELAR_OBJECT_VALUE || type == TELAR_OBJECT_ARRAY || type == TELAR_OBJECT_LIST
         || type == TELAR_OBJECT_DICTIONARY;
}

static void
put_object (GString *json, const TelarObjectLane *object)
{
  g_string_append (json, "{\"id\": ");
  telar_report_put_name (json, object->id);
  g_string_append_printf (json, ", \"type\": \"%s\", \"waits\": %" G_GUINT64_FORMAT,
                          telar_object_type_name ((TelarObjectType) object->type),
                          object->n_waits);
  telar_report_put_time (json, "waited-ns", object->waited_ns);
  if (is_counted (object->type))
    {
      g_string_append_printf (json, ", \"increments\": %" G_GUINT64_FORMAT, object->asked);
      telar_report_put_time (json, "lost-updates", object->lost);
    }
  g_string_append (json, ", \"levels\": [");
  for (guint i = 0; i < object->levels->len; i++)
    {
      const TelarLevel *level = &g_array_index (object->levels, TelarLevel, i);

      g_string_append_printf (json, "%s[%" G_GINT64_FORMAT ", %" G_GINT64_FORMAT "]",
                              i > 0 ? ", " : "", level->ns, level->level);
    }
  g_string_append (json, "]}");
}

/* Those of objects: who let whom go on. */
static void
put_arrows (GString *json, const TelarTimeline *timeline)
{
  gboolean first = TRUE;

  g_string_append (json, "],\n\"arrows\": [");
  for (guint i = 0; i < timeline->arrows->len; i++)
    {
      const TelarArrow *arrow = &g_array_index (timeline->arrows, TelarArrow, i);

      if (arrow->object >= timeline->objects->len)
        continue;
      g_string_append_printf (json, "%s{\"kind\": \"%s\", \"object\": ", first ? "\n  " : ",\n  ",
                              arrow_kinds[arrow->kind]);
      first = FALSE;
      telar_report_put_name (json, telar_timeline_object (timeline, arrow->object)->id);
      g_string_append (json, ", \"from\": ");
      telar_report_put_name (json, telar_timeline_task (timeline, arrow->from)->id);
      g_string_append (json, ", \"to\": ");
      telar_report_put_name (json, telar_timeline_task (timeline, arrow->to)->id);
      telar_report_put_time (json, "from-ns", arrow->from_ns);
      telar_report_put_time (json, "to-ns", arrow->to_ns);
      g_string_append_c (json, '}');
    }
}

static void
put_objects (GString *json, const TelarTimeline *timeline)
{
  if (timeline->objects->len == 0)
    return;
  g_string_append (json, "\n],\n\"objects\": [");
  for (guint i = 0; i < timeline->objects->len; i++)
    {
      g_string_append (json, i > 0 ? ",\n  " : "\n  ");
      put_object (json, g_ptr_array_index (timeline->objects, i));
    }
  put_arrows (json, timeline);
}

static void
put_deadlock_task (GString *json, const TelarTimeline *timeline, const TelarDeadlockTask *task)
{
  const char *culprit = task->culprit != TELAR_NO_TASK
                          ? telar_timeline_task (timeline, task->culprit)->id
                          : NULL;
  g_autoptr (GString) cause = g_string_new (NULL);

  if (task->object != TELAR_NO_OBJECT)
    put_object_cause (cause, timeline, (TelarCause) task->cause, task->object, task->detail);
  else
    g_string_append (cause, "join");
  if (culprit != NULL && task->object == TELAR_NO_OBJECT)
    g_string_append_printf (cause, " %s", culprit);
  /* Whoever else could let it go on holds nothing. */
  else if (culprit != NULL && task->cause == TELAR_CAUSE_LOCK)
    g_string_append_printf (cause, ", held by %s", culprit);
  g_string_append (json, "{\"task\": ");
  telar_report_put_name (json, telar_timeline_task (timeline, task->task)->id);
  g_string_append (json, ", \"cause\": ");
  telar_report_put_name (json, cause->str);
  g_string_append_c (json, '}');
}

static void
put_deadlocks (GString *json, const TelarTimeline *timeline)
{
  if (timeline->deadlocks->len == 0)
    return;
  g_string_append (json, "\n],\n\"deadlocks\": [");
  for (guint i = 0; i < timeline->deadlocks->len; i++)
    {
      const TelarDeadlock *deadlock = g_ptr_array_index (timeline->deadlocks, i);

      g_string_append_printf (json, "%s{\"cycle\": %s", i > 0 ? ",\n  " : "\n  ",
                              deadlock->cycle ? "true" : "false");
      telar_report_put_time (json, "since-ns", deadlock->since);
      telar_report_put_time (json, "found-ns", deadlock->found);
      telar_report_put_time (json, "resolved-ns", deadlock->resolved);
      g_string_append (json, ", \"tasks\": [");
      for (guint k = 0; k < deadlock->tasks->len; k++)
        {
          g_string_append (json, k > 0 ? ", " : "");
          put_deadlock_task (json, timeline,
                             &g_array_index (deadlock->tasks, TelarDeadlockTask, k));
        }
      g_string_append (json, "]}");
    }
}

static void
put_task (GString *json, const TelarTimeline *timeline, const TelarTaskLane *task)
{
  g_string_append (json, "{\"id\": ");
  telar_report_put_name (json, task->id);
  g_string_append (json, ", \"name\": ");
  telar_report_put_name (json, task->title);
  g_string_append_printf (json, ", \"kind\": \"%s\", \"function\": ", kinds[task->kind]);
  if (task->function[0] != '\0')
    telar_report_put_name (json, task->function);
  else
    g_string_append (json, "null");
  put_number_or_null (json, "pid", task->pid, 0);
  put_number_or_null (json, "tid", task->tid, 0);
  g_string_append (json, ", \"scope\": ");
  if (task->parent != TELAR_NO_TASK)
    telar_report_put_name (json, telar_timeline_task (timeline, task->parent)->id);
  else
    g_string_append (json, "null");
  telar_report_put_time (json, "started-ns", task->started);
  telar_report_put_time (json, "run-ns", task->run);
  telar_report_put_time (json, "ended-ns", task->ended);
  telar_report_put_time (json, "joined-ns", task->joined);
  put_number_or_null (json, "exit", task->exit, TELAR_NO_EXIT);
  g_string_append_printf (json, ", \"state\": \"%s\"", states[task->state]);
  put_number_or_null (json, "cpu-ns", task->cpu_ns, -1);
  put_slices (json, task->slices);
  put_waits (json, timeline, task->waits);
  if (timeline->objects->len > 0)
    put_holds (json, timeline, task->holds);
  put_steps (json, timeline, task);
  g_string_append_c (json, '}');
}

static void
put_line (GString *json, const TelarTimeline *timeline, const TelarTextLine *line,
          const char *text, gsize size)
{
  g_string_append_printf (json, "{\"ns\": %" G_GINT64_FORMAT ", \"task\": ", line->ns);
  telar_report_put_name (json, telar_timeline_task (timeline, line->task)->id);
  g_string_append_printf (json, ", \"stream\": \"%s\"", streams[line->stream]);
  if (size == 0 || g_utf8_validate (text, (gssize) size, NULL))
    {
      g_string_append (json, ", \"text\": ");
      put_text (json, text, size);
    }
  else
    {
      g_autofree char *encoded = g_base64_encode ((const guchar *) text, size);

      g_string_append_printf (json, ", \"base64\": \"%s\"", encoded);
    }
  g_string_append_c (json, '}');
}

static void
append_bytes (GByteArray *whole, GBytes *part)
{
  gsize size;
  gconstpointer data = g_bytes_get_data (part, &size);

  if (size > 0)
    g_byte_array_append (whole, data, (guint) size);
}

/* Long lines came in pieces: each stands where its last piece came. */
static void
put_lines (GString *json, const TelarTimeline *timeline)
{
  g_autoptr (GHashTable) pieces = g_hash_table_new_full (
    NULL, NULL, NULL, (GDestroyNotify) g_byte_array_unref);
  gboolean first = TRUE;

  for (guint i = 0; i < timeline->lines->len; i++)
    {
      const TelarTextLine *line = g_ptr_array_index (timeline->lines, i);
      gpointer place = GUINT_TO_POINTER (line->task * 2 + line->stream + 1);
      GByteArray *whole = g_hash_table_lookup (pieces, place);
      gsize size;
      const char *text = g_bytes_get_data (line->text, &size);

      if (line->continues && whole == NULL)
        {
          whole = g_byte_array_new ();
          g_hash_table_insert (pieces, place, whole);
        }
      if (whole != NULL)
        append_bytes (whole, line->text);
      if (line->continues)
        continue;
      g_string_append (json, first ? "\n  " : ",\n  ");
      first = FALSE;
      put_line (json, timeline, line, whole != NULL ? (const char *) whole->data : text,
                whole != NULL ? whole->len : size);
      g_hash_table_remove (pieces, place);
    }
}

static void
put_bookmarks (GString *json, const TelarTimeline *timeline)
{
  g_autoptr (GPtrArray) list = telar_bookmarks_list (timeline->bookmarks);

  for (guint i = 0; i < list->len; i++)
    {
      const TelarBookmark *one = list->pdata[i];

      g_string_append_printf (json, "%s\n  {\"ns\": %" G_GINT64_FORMAT ", \"task\": ",
                              i > 0 ? "," : "", one->ns);
      if (one->task == TELAR_NO_TASK)
        g_string_append (json, "null");
      else
        telar_report_put_name (json, telar_timeline_task (timeline, one->task)->id);
      g_string_append (json, ", \"text\": ");
      put_text (json, one->text, strlen (one->text));
      g_string_append_c (json, '}');
    }
}

static gboolean
has_lane (const TelarTimeline *timeline, int number)
{
  for (guint i = 0; i < timeline->cores->len; i++)
    if (((TelarCoreLane *) g_ptr_array_index (timeline->cores, i))->number == number)
      return TRUE;
  return FALSE;
}

/* The cores that the run could use, and any that it was seen on. */
static void
put_cores (GString *json, const TelarTimeline *timeline, const TelarMachine *machine)
{
  const char *separator = "";
  guint lane = 0;

  for (guint i = 0; machine != NULL && i < machine->n_cores; i++)
    if (machine->cores[i].usable && !has_lane (timeline, machine->cores[i].number))
      {
        for (; lane < timeline->cores->len; lane++)
          {
            int number = ((TelarCoreLane *) g_ptr_array_index (timeline->cores, lane))->number;

            if (number > machine->cores[i].number)
              break;
            g_string_append_printf (json, "%s%d", separator, number);
            separator = ", ";
          }
        g_string_append_printf (json, "%s%d", separator, machine->cores[i].number);
        separator = ", ";
      }
  for (; lane < timeline->cores->len; lane++)
    {
      g_string_append_printf (
        json, "%s%d", separator,
        ((TelarCoreLane *) g_ptr_array_index (timeline->cores, lane))->number);
      separator = ", ";
    }
}

char *
telar_report_print (const TelarTimeline *timeline, const TelarMachine *machine, gint64 serial_ns,
                    gsize *size)
{
  GString *json = g_string_new ("{\n");

  g_return_val_if_fail (timeline != NULL, NULL);

  g_string_append_printf (json,
                          "\"telar-report\": 1,\n\"source\": \"%s\",\n"
                          "\"scheduling\": \"%s\",\n\"cores\": [",
                          sources[timeline->begun.source],
                          timeline->begun.autogroup ? "session" : "nice");
  put_cores (json, timeline, machine);
  g_string_append_printf (json,
                          "],\n\"wall-ns\": %" G_GINT64_FORMAT
                          ",\n\"lost-records\": %" G_GUINT64_FORMAT ",\n\"tasks\": [",
                          timeline->wall, timeline->lost_records + timeline->lost_events);
  for (guint i = 0; i < timeline->tasks->len; i++)
    {
      const TelarTaskLane *task = g_ptr_array_index (timeline->tasks, i);

      if (telar_task_was_spared (timeline, task))
        continue;
      g_string_append (json, i > 0 ? ",\n  " : "\n  ");
      put_task (json, timeline, task);
    }
  put_objects (json, timeline);
  put_deadlocks (json, timeline);
  g_string_append (json, "\n],\n\"lines\": [");
  put_lines (json, timeline);
  g_string_append (json, "\n],\n\"bookmarks\": [");
  put_bookmarks (json, timeline);
  g_string_append (json, "\n]");
  telar_report_put_statistics (json, timeline, serial_ns);
  g_string_append (json, "\n}\n");
  if (size != NULL)
    *size = json->len;
  return g_string_free (json, FALSE);
}

/* A device or a pipe cannot be replaced by a new file: it is written to. */
static gboolean
write_through (const char *file, const char *json, gsize size, GError **error)
{
  g_autoptr (GFile) place = g_file_new_for_path (file);
  g_autoptr (GFileOutputStream) stream = g_file_append_to (place, G_FILE_CREATE_NONE, NULL, error);

  return stream != NULL
         && g_output_stream_write_all (G_OUTPUT_STREAM (stream), json, size, NULL, NULL, error)
         && g_output_stream_close (G_OUTPUT_STREAM (stream), NULL, error);
}

gboolean
telar_report_write (const TelarTimeline *timeline, const TelarMachine *machine, gint64 serial_ns,
                    const char *file, GError **error)
{
  g_autofree char *json = NULL;
  gsize size;

  g_return_val_if_fail (timeline != NULL && file != NULL, FALSE);

  json = telar_report_print (timeline, machine, serial_ns, &size);
  if (g_file_test (file, G_FILE_TEST_EXISTS) && !g_file_test (file, G_FILE_TEST_IS_REGULAR))
    return write_through (file, json, size, error);
  return g_file_set_contents_full (file, json, (gssize) size, G_FILE_SET_CONTENTS_CONSISTENT, 0666,
                                   error);
}

/* lines.c
 *
 * SPDX-License-Identifier: MIT
 *
 * What tasks print, a line at a time; and what the engine has to say, put into
 * the reader's words here.
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "timeline/weave.h"

void
telar_text_line_free (TelarTextLine *line)
{
  g_bytes_unref (line->text);
  g_free (line);
}

/* Sentences for the errors of steps; %s is the task or the object it is about. */
static const char *const error_texts[TELAR_N_ERRORS] = {
  [TELAR_ERROR_NONE] = N_("%s: no error"),
  [TELAR_ERROR_ALREADY_STARTED] = N_("start: %s was started already"),
  [TELAR_ERROR_NOT_STARTED] = N_("%s was not started yet: start it first"),
  [TELAR_ERROR_NOT_A_CHILD] =
    N_("%s was started by another task: only that one can join or end it"),
  [TELAR_ERROR_JOIN_SELF] = N_("join: %s cannot join itself"),
  [TELAR_ERROR_IS_THREAD] = N_("%s is a thread: only processes can be ended from outside"),
  [TELAR_ERROR_DAEMON_CHILD] = N_("start: a daemonic process cannot start %s"),
  [TELAR_ERROR_COULD_NOT_START] = N_("start: the system refused to start %s"),
  [TELAR_ERROR_FILE] = N_("%s: a file cannot be read"),
  [TELAR_ERROR_MEMORY] = N_("%s: not enough memory"),
  [TELAR_ERROR_PROGRAM] = N_("%s: a program cannot be run"),
  [TELAR_ERROR_NOT_HELD] = N_("release: nobody holds %s"),
  [TELAR_ERROR_NOT_OWNER] = N_("release: this task does not hold %s, and only the one that does can "
                               "release it"),
  [TELAR_ERROR_BOUND] = N_("release: %s would rise above what it began with"),
  [TELAR_ERROR_BROKEN] = N_("wait: %s is broken"),
  [TELAR_ERROR_CLOSED] = N_("%s was closed by this task"),
  [TELAR_ERROR_END_OF_FILE] = N_("receive: end of file: nobody can send to %s any more"),
  [TELAR_ERROR_BROKEN_PIPE] = N_("send: broken pipe: nobody can receive from %s any more"),
  [TELAR_ERROR_END] = N_("this end of %s does not do that: a one-way pipe receives at end 0 and "
                         "sends at end 1"),
  [TELAR_ERROR_INDEX] = N_("%s has no element with that index"),
  [TELAR_ERROR_NUMBER] = N_("%s holds whole numbers only, and none that large"),
  [TELAR_ERROR_TOO_BIG] = N_("the item is larger than all of %s"),
  [TELAR_ERROR_TASK_DONE] = N_("task_done: all that was put into %s is done already"),
  [TELAR_ERROR_ITEM_FAILED] = N_("a call that was given to %s failed"),
  [TELAR_ERROR_ITEM_LOST] = N_("the call that was given to %s was lost: its worker was killed"),
  [TELAR_ERROR_POOL_CLOSED] = N_("%s takes no more work: it was closed"),
  [TELAR_ERROR_POOL_RUNNING] = N_("join_pool: %s is still running: close it first"),
  [TELAR_ERROR_NO_RESULT] = N_("nothing was given to %s under that name yet"),
  [TELAR_ERROR_NOT_READY] = N_("successful: what was given to %s is not done yet"),
  [TELAR_ERROR_KEY] = N_("%s has no such key"),
  [TELAR_ERROR_FULL] = N_("%s is full: it holds a million items and no more"),
  [TELAR_ERROR_NO_NUMBER] = N_("increment: what %s holds there is no number"),
  [TELAR_ERROR_FORMAT] = N_("that number does not fit into those bytes of %s"),
};

static gboolean
is_about_object (guint32 error)
{
  return error >= TELAR_ERROR_NOT_HELD;
}

static char *
describe_error (const TelarTimeline *timeline, const TelarLine *line)
{
  guint32 about = line->about < timeline->plan->n_tasks ? line->about : line->task;
  const char *id = is_about_object (line->error) && line->about < timeline->plan->n_objects
                     ? telar_plan_text (timeline->plan,
                                        telar_plan_object (timeline->plan, line->about)->id)
                     : telar_timeline_task (timeline, about)->id;
  const char *text = line->error < TELAR_N_ERRORS ? error_texts[line->error] : NULL;

  return g_strdup_printf (text != NULL ? _(text) : _("%s: unknown error"), id);
}

void
telar_timeline_add_line (TelarTimeline *timeline, const TelarLine *line, const void *bytes,
                         gsize size)
{
  TelarTextLine *text;
  const char *first;

  g_return_if_fail (timeline != NULL && line != NULL && (bytes != NULL || size == 0));

  if (line->task >= timeline->plan->n_tasks)
    return;
  if ((line->flags & TELAR_LINE_LIST) != 0)
    {
      telar_task_lists (timeline->weaver, line->task, bytes, size,
                        (line->flags & TELAR_LINE_CONTINUES) == 0);
      return;
    }
  text = g_new0 (TelarTextLine, 1);
  text->ns = telar_since_zero (timeline, line->ns);
  text->task = line->task;
  text->stream = line->stream == TELAR_STREAM_ERR ? TELAR_STREAM_ERR : TELAR_STREAM_OUT;
  if ((line->flags & TELAR_LINE_ERROR) != 0)
    {
      char *sentence = describe_error (timeline, line);

      text->text = g_bytes_new_take (sentence, strlen (sentence));
    }
  else
    {
      text->text = g_bytes_new (bytes, size);
      text->continues = (line->flags & TELAR_LINE_CONTINUES) != 0;
    }
  first = g_bytes_get_data (text->text, &size);
  text->valid = size == 0 || g_utf8_validate (first, (gssize) size, NULL);
  g_ptr_array_add (timeline->lines, text);
  timeline->generation++;
}

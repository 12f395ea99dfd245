/* say.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Functions that print.
 */

#include "catalogue/functions.h"

#include <string.h>
#include <unistd.h>

/* One write a line, the text between @before and the line's end: texts may be
 * longer than what telar_call_printf() is made for. */
static void
write_line (TelarCall *call, TelarStream stream, const char *before, const char *text)
{
  telar_call_write (call, stream, before, strlen (before));
  telar_call_write (call, stream, text, strlen (text));
  telar_call_write (call, stream, "\n", 1);
}

TelarResult
telar_function_greeting (TelarCall *call)
{
  write_line (call, TELAR_STREAM_OUT, "hello ", telar_call_text (call, 0));
  return telar_result_none ();
}

TelarResult
telar_function_print (TelarCall *call)
{
  write_line (call, TELAR_STREAM_OUT, "", telar_call_text (call, 0));
  return telar_result_none ();
}

TelarResult
telar_function_identify (TelarCall *call)
{
  const char *parent = telar_call_parent_id (call);
  bool        is_main = parent == NULL || parent[0] == '\0';
  int         pid = (int) getpid ();

  telar_call_printf (call, TELAR_STREAM_OUT,
                     "%s%s%s: process %d, parent process %d, thread %d, core %d, %u usable\n",
                     telar_call_task_id (call), is_main ? "" : " in ", is_main ? "" : parent, pid,
                     telar_call_parent_pid (call), (int) gettid (), telar_call_core (call),
                     telar_call_n_cores (call));
  return telar_result_integer (pid);
}

/* A text of the plan is printed, and is the result. */
static TelarResult
say_name (TelarCall *call, uint32_t name)
{
  write_line (call, TELAR_STREAM_OUT, "", telar_call_item_text (call, name));
  return telar_result_text (TELAR_RESULT_TEXT, name);
}

TelarResult
telar_function_current_process (TelarCall *call)
{
  return say_name (call, telar_call_process_name (call));
}

TelarResult
telar_function_current_thread (TelarCall *call)
{
  return say_name (call, telar_call_thread_name (call));
}

TelarResult
telar_function_parent_process (TelarCall *call)
{
  uint32_t name = telar_call_parent_name (call);

  if (name != 0)
    return say_name (call, name);
  write_line (call, TELAR_STREAM_OUT, "", "no parent process");
  return telar_result_none ();
}

/* Of copies each is printed; the first is the result. */
TelarResult
telar_function_name (TelarCall *call)
{
  size_t          n;
  const uint32_t *tasks = telar_call_tasks (call, 0, &n);
  TelarResult     first = telar_result_none ();

  for (size_t i = 0; i < n; i++)
    {
      TelarResult result = say_name (call, telar_call_name (call, tasks[i]));
      if (i == 0)
        first = result;
    }
  return first;
}

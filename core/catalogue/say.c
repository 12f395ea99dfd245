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

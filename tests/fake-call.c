/* fake-call.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "fake-call.h"

#include <stdarg.h>
#include <string.h>
#include <time.h>

TelarCall *
fake_call_new (guint n_values, const FakeValue *values)
{
  TelarCall *call = g_new0 (TelarCall, 1);

  g_assert_cmpuint (n_values, <=, FAKE_MAX_VALUES);
  if (n_values > 0)
    memcpy (call->values, values, n_values * sizeof *values);
  call->n_values = n_values;
  call->out = g_string_new (NULL);
  call->err = g_string_new (NULL);
  call->log = g_string_new (NULL);
  return call;
}

void
fake_call_free (TelarCall *call)
{
  g_string_free (call->out, TRUE);
  g_string_free (call->err, TRUE);
  g_string_free (call->log, TRUE);
  g_free (call);
}

TelarResult
fake_call_run (TelarCall *call, const char *function)
{
  const TelarFunction *row = telar_catalogue_find (function);

  g_assert_nonnull (row);
  return row->body (call);
}

int64_t
telar_call_integer (TelarCall *call, unsigned argument)
{
  g_assert_cmpuint (argument, <, call->n_values);
  return call->values[argument].integer;
}

int64_t
telar_call_duration (TelarCall *call, unsigned argument)
{
  return telar_call_integer (call, argument);
}

double
telar_call_real (TelarCall *call, unsigned argument)
{
  return (double) telar_call_integer (call, argument);
}

const char *
telar_call_text (TelarCall *call, unsigned argument)
{
  g_assert_cmpuint (argument, <, call->n_values);
  g_assert_nonnull (call->values[argument].text);
  return call->values[argument].text;
}

const int64_t *
telar_call_integers (TelarCall *call, unsigned argument, size_t *n)
{
  g_assert_cmpuint (argument, <, call->n_values);
  *n = call->values[argument].n;
  return call->values[argument].integers;
}

unsigned
telar_call_n_arguments (TelarCall *call)
{
  return call->n_values;
}

const uint32_t *
telar_call_tasks (TelarCall *call, unsigned argument, size_t *n)
{
  g_assert_cmpuint (argument, <, call->n_values);
  *n = call->values[argument].n;
  return call->values[argument].tasks;
}

void
telar_call_write (TelarCall *call, TelarStream stream, const void *bytes, size_t size)
{
  g_string_append_len (stream == TELAR_STREAM_OUT ? call->out : call->err, bytes, (gssize) size);
}

void
telar_call_printf (TelarCall *call, TelarStream stream, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_string_append_vprintf (stream == TELAR_STREAM_OUT ? call->out : call->err, format, arguments);
  va_end (arguments);
}

int
telar_call_core (TelarCall *call)
{
  return 1;
}

unsigned
telar_call_n_cores (TelarCall *call)
{
  return 2;
}

unsigned
telar_call_n_online_cores (TelarCall *call)
{
  return 4;
}

const char *
telar_call_task_id (TelarCall *call)
{
  return "p1";
}

const char *
telar_call_parent_id (TelarCall *call)
{
  return "main";
}

int64_t
telar_call_cpu_ns (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return now.tv_sec * G_GINT64_CONSTANT (1000000000) + now.tv_nsec;
}

void
telar_call_wait_begins (TelarCall *call, TelarCause cause, int64_t until_ns)
{
  g_string_append_printf (call->log, "wait %d; ", (int) cause);
  call->until_ns = until_ns;
}

void
telar_call_wait_ends (TelarCall *call)
{
  g_string_append (call->log, "go on; ");
}

static TelarResult
refuse_or (TelarCall *call, guint32 task, TelarResult result)
{
  return task == 7 ? telar_result_error (call->refusal) : result;
}

TelarResult
telar_call_start (TelarCall *call, uint32_t task)
{
  g_string_append_printf (call->log, "start %u; ", task);
  return refuse_or (call, task, telar_result_none ());
}

TelarResult
telar_call_join (TelarCall *call, uint32_t task, int64_t timeout_ns)
{
  const char *limit = timeout_ns < 0 ? "" : timeout_ns == 0 ? " look" : " limit";

  g_string_append_printf (call->log, "join %u%s; ", task, limit);
  return refuse_or (call, task,
                    timeout_ns < 0 ? telar_result_none ()
                                   : telar_result_boolean (call->ended[task]));
}

TelarResult
telar_call_signal (TelarCall *call, uint32_t task, int signal_number)
{
  g_string_append_printf (call->log, "signal %u %d; ", task, signal_number);
  return refuse_or (call, task, telar_result_none ());
}

int
telar_call_parent_pid (TelarCall *call)
{
  return 7;
}

TelarResult
telar_call_is_alive (TelarCall *call, uint32_t task)
{
  g_string_append_printf (call->log, "alive %u; ", task);
  return refuse_or (call, task, telar_result_boolean (!call->ended[task]));
}

/* Of a task that ended: ten times its number. */
TelarResult
telar_call_exitcode (TelarCall *call, uint32_t task)
{
  g_string_append_printf (call->log, "exit %u; ", task);
  return refuse_or (call, task, call->ended[task] ? telar_result_integer (10 * (int) task)
                                                  : telar_result_none ());
}

TelarResult
telar_call_pid (TelarCall *call, uint32_t task)
{
  return refuse_or (call, task, telar_result_integer (1000 + (int) task));
}

unsigned
telar_call_active_children (TelarCall *call)
{
  return 3;
}

TelarResult
telar_call_plugin (TelarCall *call)
{
  g_string_append (call->log, "plug-in; ");
  return telar_result_none ();
}

void
telar_call_program_runs (TelarCall *call, int pid)
{
  call->program_pid = pid;
}

void
telar_call_add_cpu (TelarCall *call, int64_t ns)
{
  call->program_cpu_ns += ns;
}

/* Objects: none here, so that what asks for one has no business with this. */

TelarObjects *
telar_call_objects (TelarCall *call)
{
  (void) call;
  g_assert_not_reached ();
}

const TelarParty *
telar_call_party (TelarCall *call)
{
  (void) call;
  g_assert_not_reached ();
}

uint32_t
telar_call_object (TelarCall *call, unsigned argument)
{
  (void) call, (void) argument;
  g_assert_not_reached ();
}

int
telar_call_object_end (TelarCall *call, unsigned argument)
{
  (void) call, (void) argument;
  g_assert_not_reached ();
}

uint32_t
telar_call_item (TelarCall *call, unsigned argument)
{
  (void) call, (void) argument;
  g_assert_not_reached ();
}

/* Texts of which results are numbers: what tasks are called. */
static const char *const texts[] = { "", "MainProcess", "MainThread", "parent", "one", "two" };

const char *
telar_call_item_text (TelarCall *call, uint32_t item)
{
  (void) call;
  g_assert_cmpuint (item, <, G_N_ELEMENTS (texts));
  return texts[item];
}

uint32_t
telar_call_process_name (TelarCall *call)
{
  (void) call;
  return 1;
}

uint32_t
telar_call_thread_name (TelarCall *call)
{
  (void) call;
  return 2;
}

uint32_t
telar_call_parent_name (TelarCall *call)
{
  return call->is_main ? 0 : 3;
}

uint32_t
telar_call_name (TelarCall *call, uint32_t task)
{
  (void) call;
  return 3 + task;
}

TelarResult
telar_call_fail (TelarCall *call, TelarError error, uint32_t object)
{
  (void) call, (void) error, (void) object;
  g_assert_not_reached ();
}

TelarResult
telar_call_list (TelarCall *call, const char *text, size_t size)
{
  (void) call, (void) text, (void) size;
  g_assert_not_reached ();
}

TelarResult
telar_call_wait_any (TelarCall *call, unsigned argument, int64_t timeout_ns)
{
  (void) call, (void) argument, (void) timeout_ns;
  g_assert_not_reached ();
}

TelarResult
telar_call_pool_run (TelarCall *call, TelarPoolReturns how)
{
  g_assert_not_reached ();
  return telar_result_none ();
}

TelarResult
telar_call_pool_ask (TelarCall *call, TelarPoolQuestion question, int64_t timeout_ns)
{
  g_assert_not_reached ();
  return telar_result_none ();
}

TelarResult
telar_call_pool_end (TelarCall *call, TelarPoolEnd how)
{
  g_assert_not_reached ();
  return telar_result_none ();
}

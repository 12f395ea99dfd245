/* plugin-call.c
 *
 * SPDX-License-Identifier: MIT
 *
 * A call of a plug-in's function, and what it may ask of its task.
 */

#include "catalogue/call.h"
#include "engine/self.h"

/* What the function holds a pointer to is the first member. */
typedef struct
{
  TelarPluginCall     head;
  TelarCall          *call;
  const TelarBinding *binding;
} Call;

static const TelarPluginValue nothing = { .text = "" };

/* An argument that the function does not have is nothing, not the next one's. */
static const TelarPluginValue *
value_of (TelarPluginCall *head, unsigned argument)
{
  const TelarBinding *binding = ((Call *) head)->binding;

  return argument < binding->function->n_parameters ? &binding->values[argument] : &nothing;
}

static int64_t
get_integer (TelarPluginCall *head, unsigned argument)
{
  return value_of (head, argument)->integer;
}

static double
get_real (TelarPluginCall *head, unsigned argument)
{
  return value_of (head, argument)->real;
}

static const char *
get_text (TelarPluginCall *head, unsigned argument)
{
  const char *text = value_of (head, argument)->text;

  return text != NULL ? text : "";
}

static const int64_t *
get_integers (TelarPluginCall *head, unsigned argument, size_t *n)
{
  const TelarPluginValue *value = value_of (head, argument);

  *n = value->n;
  return value->integers;
}

static TelarStream
stream_of (TelarPluginStream stream)
{
  return stream == TELAR_PLUGIN_ERR ? TELAR_STREAM_ERR : TELAR_STREAM_OUT;
}

static void
write_bytes (TelarPluginCall *head, TelarPluginStream stream, const void *bytes, size_t size)
{
  telar_call_write (((Call *) head)->call, stream_of (stream), bytes, size);
}

static void print (TelarPluginCall *head, TelarPluginStream stream, const char *format, ...)
    __attribute__ ((format (printf, 3, 4)));

static void
print (TelarPluginCall *head, TelarPluginStream stream, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  telar_call_vprintf (((Call *) head)->call, stream_of (stream), format, arguments);
  va_end (arguments);
}

static void
wait_begins (TelarPluginCall *head, int64_t until_ns)
{
  telar_call_wait_begins (((Call *) head)->call, until_ns > 0 ? TELAR_CAUSE_SLEEP : TELAR_CAUSE_IO,
                          until_ns);
}

static void
wait_ends (TelarPluginCall *head)
{
  telar_call_wait_ends (((Call *) head)->call);
}

static const char *
get_task_id (TelarPluginCall *head)
{
  return telar_call_task_id (((Call *) head)->call);
}

static const TelarPluginApi api = {
  .size = sizeof (TelarPluginApi),
  .integer = get_integer,
  .real = get_real,
  .text = get_text,
  .integers = get_integers,
  .write = write_bytes,
  .print = print,
  .wait_begins = wait_begins,
  .wait_ends = wait_ends,
  .task_id = get_task_id,
};

static TelarResult
result_of (const TelarPluginResult *from)
{
  TelarResult result = telar_result_none ();

  switch (from->type)
    {
    case TELAR_PLUGIN_RESULT_BOOLEAN:
      result = telar_result_boolean (from->integer != 0);
      break;
    case TELAR_PLUGIN_RESULT_INTEGER:
      result = telar_result_integer (from->integer);
      break;
    case TELAR_PLUGIN_RESULT_REAL:
      result = telar_result_real (from->real);
      break;
    case TELAR_PLUGIN_RESULT_NONE:
    default:
      break;
    }
  result.ends_task = from->ends_task;
  result.exit_code = from->ends_task ? from->exit_code & 0xff : 0;
  return result;
}

TelarResult
telar_call_plugin (TelarCall *call)
{
  const TelarProgram *program = call->self->program;
  uint32_t            number = (uint32_t) (call->step - telar_plan_step (program->plan, 0));
  Call                inner = { { &api }, call, &program->bindings[number] };

  TelarPluginResult result = inner.binding->function->body (&inner.head);
  return result_of (&result);
}

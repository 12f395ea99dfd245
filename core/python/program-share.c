/* program-share.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Objects that tasks share: how they are made, and the steps that use them.
 */

#include "config.h"

#include <string.h>

#include "graph/json.h"
#include "python/functions.h"
#include "python/program.h"
#include "python/words.h"

/* ---- classes ------------------------------------------------------------ */

/* Threads of one process share an object as it is; what processes share has to lie in
 * memory of them all, which is what the classes of multiprocessing are for. */
static const struct
{
  const char *shared;   /* in multiprocessing */
  const char *module;   /* nullable: where threads have one of their own */
  const char *threads;
} classes[TELAR_N_OBJECT_TYPES] = {
  [TELAR_OBJECT_LOCK] = { "Lock", "threading", "Lock" },
  [TELAR_OBJECT_RLOCK] = { "RLock", "threading", "RLock" },
  [TELAR_OBJECT_SEMAPHORE] = { "Semaphore", "threading", "Semaphore" },
  [TELAR_OBJECT_BOUNDED_SEMAPHORE] = { "BoundedSemaphore", "threading", "BoundedSemaphore" },
  [TELAR_OBJECT_EVENT] = { "Event", "threading", "Event" },
  [TELAR_OBJECT_CONDITION] = { "Condition", "threading", "Condition" },
  [TELAR_OBJECT_BARRIER] = { "Barrier", "threading", "Barrier" },
  [TELAR_OBJECT_QUEUE] = { "Queue", "queue", "Queue" },
  [TELAR_OBJECT_JOINABLE_QUEUE] = { "JoinableQueue", "queue", "Queue" },
  [TELAR_OBJECT_SIMPLE_QUEUE] = { "SimpleQueue", "queue", "SimpleQueue" },
  [TELAR_OBJECT_PIPE] = { "Pipe", NULL, NULL },
  [TELAR_OBJECT_VALUE] = { "Value", NULL, NULL },
  [TELAR_OBJECT_ARRAY] = { "Array", NULL, NULL },
  [TELAR_OBJECT_POOL] = { "Pool", NULL, NULL },
  [TELAR_OBJECT_SHARED_MEMORY] = { "SharedMemory", NULL, NULL },
  [TELAR_OBJECT_LIST] = { "Manager", NULL, NULL },
  [TELAR_OBJECT_DICTIONARY] = { "Manager", NULL, NULL },
};

static const TelarObject *
object_at (const TelarPythonProgram *program, guint object)
{
  return g_ptr_array_index (program->graph->objects, object);
}

/* With a limit in time only a Queue can be asked. */
static TelarObjectType
type_of (const TelarPythonProgram *program, guint object)
{
  TelarObjectType type = object_at (program, object)->type;

  return type == TELAR_OBJECT_SIMPLE_QUEUE && program->objects[object].in_full ? TELAR_OBJECT_QUEUE
                                                                               : type;
}

static gboolean
is_of_threads (const TelarPythonProgram *program, guint object)
{
  return program->objects[object].threads && !program->objects[object].asked
         && (classes[type_of (program, object)].module != NULL
             || telar_python_is_collection (type_of (program, object)));
}

/* Whether another object has the class of multiprocessing that is called @name. */
static gboolean
is_taken (const TelarPythonProgram *program, const char *name)
{
  for (guint i = 0; i < program->graph->objects->len; i++)
    if (!is_of_threads (program, i)
        && strcmp (classes[type_of (program, i)].shared, name) == 0)
      return TRUE;
  return FALSE;
}

/* Returns: (transfer full): "Lock", "spawn.Lock", "ThreadLock". */
static char *
class_of (TelarPythonProgram *program, guint object)
{
  TelarObjectType type = type_of (program, object);
  g_autofree char *key = NULL;

  if (is_of_threads (program, object))
    {
      const char *name = classes[type].threads;
      gboolean taken = is_taken (program, name);

      key = g_strdup_printf ("%s.%s%s%s", classes[type].module, name, taken ? " as Thread" : "",
                             taken ? name : "");
      telar_python_import (program, key);
      return g_strconcat (taken ? "Thread" : "", name, NULL);
    }
  if (program->mixed)
    return g_strconcat ("spawn.", classes[type].shared, NULL);
  key = g_strconcat ("multiprocessing.", classes[type].shared, NULL);
  telar_python_import (program, key);
  return g_strdup (classes[type].shared);
}

/* ---- making them -------------------------------------------------------- */

static char *
number_text (double number)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  return number == (double) (gint64) number ? g_strdup_printf ("%" G_GINT64_FORMAT, (gint64) number)
                                            : g_strdup (g_ascii_dtostr (text, sizeof text, number));
}

/* What stands between the brackets. (transfer full) */
static char *
options_of (const TelarPythonProgram *program, guint object)
{
  const TelarObject *it = object_at (program, object);
  const char *lock = telar_object_text (it, "lock"), *code = NULL;
  g_autofree char *number = NULL;
  int of = lock != NULL ? telar_graph_find_object (program->graph, lock) : -1;

  switch (it->type)
    {
    case TELAR_OBJECT_SEMAPHORE:
    case TELAR_OBJECT_BOUNDED_SEMAPHORE:
      return number_text (telar_object_number (it, "value"));
    case TELAR_OBJECT_CONDITION:
      return g_strdup (of >= 0 ? program->objects[of].names[0] : "");
    case TELAR_OBJECT_BARRIER:
      return number_text (telar_object_number (it, "parties"));
    case TELAR_OBJECT_QUEUE:
    case TELAR_OBJECT_JOINABLE_QUEUE:
      number = number_text (telar_object_number (it, "capacity"));
      return g_strdup (strcmp (number, "0") == 0 ? "" : number);
    case TELAR_OBJECT_PIPE:
      return g_strdup (telar_object_number (it, "duplex") == 0 ? "duplex=False" : "");
    case TELAR_OBJECT_VALUE:
    case TELAR_OBJECT_ARRAY:
      code = telar_object_number (it, "real") != 0 ? "d" : "q";
      number = number_text (telar_object_number (it, it->type == TELAR_OBJECT_VALUE ? "initial"
                                                                                   : "length"));
      return g_strdup_printf ("'%s', %s", code, number);
    default:
      return g_strdup ("");
    }
}

static void
print_object (TelarPythonProgram *program, TelarPrinter *out, guint object)
{
  const TelarPythonObject *it = &program->objects[object];
  g_autofree char *class = class_of (program, object);
  g_autofree char *options = options_of (program, object);

  if (it->names[1] != NULL)
    telar_printer_line (out, "%s, %s = %s(%s)", it->names[0], it->names[1], class, options);
  else
    telar_printer_line (out, "%s = %s(%s)", it->names[0], class, options);
}

/* Why an object is of its class. */
typedef enum
{
  WHY_PROCESSES,
  WHY_THREADS,
  WHY_NO_OTHER,
  N_WHYS
} Why;

static Why
why_of (const TelarPythonProgram *program, guint object)
{
  if (is_of_threads (program, object))
    return WHY_THREADS;
  return program->objects[object].threads ? WHY_NO_OTHER : WHY_PROCESSES;
}

static void
print_why (const TelarPythonProgram *program, TelarPrinter *out, Why why)
{
  if (why == WHY_THREADS)
    telar_printer_line (out, "# Only threads of one process use these.");
  else if (why == WHY_NO_OTHER)
    telar_printer_line (out, "# Only multiprocessing has these, or can ask them that.");
  else if (program->mixed)
    telar_printer_line (out, "# Processes share these; what fork makes does not get to others.");
  else
    telar_printer_line (out, "# Processes share these.");
}

void
telar_python_print_objects (TelarPythonProgram *program, TelarPrinter *out, guint32 task)
{
  for (Why why = 0; why < N_WHYS; why++)
    {
      guint n = 0;

      /* a condition needs its lock */
      for (guint conditions = 0; conditions < 2; conditions++)
        for (guint i = 0; i < program->graph->objects->len; i++)
          if (program->objects[i].home == task && why_of (program, i) == why
              && object_at (program, i)->type != TELAR_OBJECT_POOL
              && (object_at (program, i)->type == TELAR_OBJECT_CONDITION) == (conditions == 1))
            {
              if (n++ == 0)
                print_why (program, out, why);
              if (telar_python_is_collection (object_at (program, i)->type))
                telar_python_print_collection (program, out, i);
              else if (object_at (program, i)->type == TELAR_OBJECT_SHARED_MEMORY)
                telar_python_print_block (program, out, i);
              else
                print_object (program, out, i);
            }
      telar_printer_part (out);
    }
  telar_python_print_pools (program, out, task);
}

/* ---- handing them over -------------------------------------------------- */

static void
find_parts (const TelarPythonProgram *program, guint32 task, gboolean *parts)
{
  const GArray *children = telar_python_children (program, task);
  g_autoptr (GArray) own = telar_python_parts (program->relations, task);

  for (guint i = 0; i < own->len; i++)
    parts[g_array_index (own, guint, i)] = TRUE;
  for (guint i = 0; i < children->len; i++)
    find_parts (program, g_array_index (children, guint32, i), parts);
}

char *
telar_python_given (const TelarPythonProgram *program, guint32 task)
{
  guint n = program->graph->objects->len;
  const TelarOrder *order = g_ptr_array_index (program->orders, 0);
  g_autofree gboolean *parts = g_new0 (gboolean, 2 * n + 1);
  GString *given = g_string_new (NULL);

  /* What is inside another function sees its variables, and a loop calls without
   * arguments what sees main's. */
  if (n == 0 || task == 0 || program->relations->tasks[task].parent != 0
      || (telar_python_task (program, task)->kind == TELAR_KIND_CALL && order->follows))
    return g_string_free (given, FALSE);
  find_parts (program, task, parts);
  for (guint i = 0; i < 2 * n; i++)
    if (parts[i] && program->objects[i / 2].home == 0)
      g_string_append_printf (given, "%s%s", given->len > 0 ? ", " : "",
                              program->objects[i / 2].names[i % 2]);
  return g_string_free (given, FALSE);
}

/* ---- steps -------------------------------------------------------------- */

void
telar_python_append_item (GString *out, const json_t *json)
{
  const char *key, *comma = "";
  json_t *value;
  size_t i;

  switch (json_typeof (json))
    {
    case JSON_OBJECT:
      g_string_append_c (out, '{');
      json_object_foreach ((json_t *) json, key, value)
        {
          g_autofree char *quoted = telar_python_quote (key);

          g_string_append_printf (out, "%s%s: ", comma, quoted);
          telar_python_append_item (out, value);
          comma = ", ";
        }
      g_string_append_c (out, '}');
      break;
    case JSON_ARRAY:
      g_string_append_c (out, '[');
      json_array_foreach (json, i, value)
        {
          g_string_append (out, i > 0 ? ", " : "");
          telar_python_append_item (out, value);
        }
      g_string_append_c (out, ']');
      break;
    case JSON_STRING:
      {
        g_autofree char *quoted = telar_python_quote (json_string_value (json));
        g_string_append (out, quoted);
        break;
      }
    case JSON_TRUE:
      g_string_append (out, "True");
      break;
    case JSON_FALSE:
      g_string_append (out, "False");
      break;
    case JSON_NULL:
      g_string_append (out, "None");
      break;
    default:
      telar_json_print (out, json);
    }
}

/* The limit in time that a step gives: in seconds, not below 0; NULL where none. */
static char *
timeout_of (const TelarStep *step, guint argument)
{
  const TelarParameter *parameter = &telar_catalogue_find (step->function)->parameters[argument];
  g_auto (TelarValue) value = { 0 };
  g_auto (TelarValueFault) fault = { 0 };

  if (!telar_python_is_given (step, argument)
      || !telar_value_read (parameter, json_array_get (step->args, argument), &value, &fault))
    return NULL;
  return telar_python_duration (MAX (value.integer, 0), "s");
}

const char *
telar_python_variable (const TelarPythonProgram *program, guint32 task, const TelarStep *step,
                       const json_t *argument)
{
  int said, end, object = telar_python_object (program->graph, argument);

  if (object < 0)
    return NULL;
  telar_json_object (argument, &said);
  end = program->objects[object].names[1] == NULL
            ? 0
            : telar_relations_pipe_end (program->relations, task, step->function,
                                        object_at (program, (guint) object)->id, said);
  return program->objects[object].names[MAX (end, 0)];
}

/* "with suppress(Full):" where it has to be, then the call. */
static void
print_suppressed (TelarPythonProgram *program, TelarPrinter *out, const char *error,
                  const char *call)
{
  const char *dot = strchr (error, '.');

  telar_python_import (program, "contextlib.suppress");
  telar_python_import (program, error);
  telar_printer_open (out, "with suppress(%s):", dot + 1);
  telar_printer_line (out, "%s", call);
  telar_printer_close (out);
}

static void
print_put (TelarPythonProgram *program, TelarPrinter *out, const TelarStep *step,
           const char *name)
{
  g_autofree char *timeout = timeout_of (step, 2);
  g_autoptr (GString) call = g_string_new (NULL);

  g_string_append_printf (call, "%s.put%s(", name,
                          g_strcmp0 (timeout, "0") == 0 ? "_nowait" : "");
  telar_python_append_item (call, json_array_get (step->args, 1));
  if (timeout != NULL && strcmp (timeout, "0") != 0)
    g_string_append_printf (call, ", timeout=%s", timeout);
  g_string_append_c (call, ')');
  if (timeout != NULL)
    print_suppressed (program, out, "queue.Full", call->str);
  else
    telar_printer_line (out, "%s", call->str);
}

static void
print_get (TelarPythonProgram *program, TelarPrinter *out, const TelarStep *step,
           const char *name)
{
  g_autofree char *timeout = timeout_of (step, 1);
  g_autofree char *call = NULL;

  if (timeout == NULL)
    {
      telar_printer_line (out, "%s.get()", name);
      return;
    }
  call = strcmp (timeout, "0") == 0 ? g_strdup_printf ("%s.get_nowait()", name)
                                    : g_strdup_printf ("%s.get(timeout=%s)", name, timeout);
  print_suppressed (program, out, "queue.Empty", call);
}

static void
print_wait (TelarPythonProgram *program, TelarPrinter *out, guint32 task, const TelarStep *step,
            const char *name, const guint *held)
{
  int object = telar_python_object (program->graph, json_array_get (step->args, 0));
  g_autofree char *timeout = timeout_of (step, 1);
  g_autofree char *call = g_strdup_printf ("%s.%s(%s)", name, step->function,
                                           timeout != NULL ? timeout : "");

  if (object_at (program, (guint) object)->type == TELAR_OBJECT_BARRIER
      && program->objects[object].breaks)
    print_suppressed (program, out, "threading.BrokenBarrierError", call);
  else if (object_at (program, (guint) object)->type == TELAR_OBJECT_CONDITION
           && held[telar_python_lock_of (program, (guint) object)] == 0)
    {
      telar_printer_open (out, "with %s:", name);
      telar_printer_line (out, "%s", call);
      telar_printer_close (out);
    }
  else
    telar_printer_line (out, "%s", call);
  (void) task;
}

static void
print_notify (TelarPythonProgram *program, TelarPrinter *out, const TelarStep *step,
              const char *name, const guint *held)
{
  int object = telar_python_object (program->graph, json_array_get (step->args, 0));
  g_autofree char *call
      = telar_python_is_given (step, 1)
            ? g_strdup_printf ("%s.notify(%" JSON_INTEGER_FORMAT ")", name,
                               json_integer_value (json_array_get (step->args, 1)))
            : g_strdup_printf ("%s.%s()", name, step->function);
  gboolean holds = held[telar_python_lock_of (program, (guint) object)] > 0;

  if (!holds)
    telar_printer_open (out, "with %s:", name);
  telar_printer_line (out, "%s", call);
  if (!holds)
    telar_printer_close (out);
}

static void
print_receive (TelarPrinter *out, const TelarStep *step, const char *name)
{
  g_autofree char *timeout = timeout_of (step, 1);

  if (timeout != NULL)
    telar_printer_open (out, "if %s.poll(%s):", name, strcmp (timeout, "0") == 0 ? "" : timeout);
  telar_printer_line (out, "%s.recv()", name);
  if (timeout != NULL)
    telar_printer_close (out);
}

/* "counter.value", "numbers[3]". (transfer full) */
static char *
place (const TelarPythonProgram *program, const TelarStep *step, const char *name, guint index)
{
  int object = telar_python_object (program->graph, json_array_get (step->args, 0));

  if (object_at (program, (guint) object)->type == TELAR_OBJECT_VALUE)
    return g_strconcat (name, ".value", NULL);
  return g_strdup_printf ("%s[%" JSON_INTEGER_FORMAT "]", name,
                          json_integer_value (json_array_get (step->args, index)));
}

static void
print_increment (TelarPythonProgram *program, TelarPrinter *out, guint32 task,
                 const TelarStep *step, const char *name)
{
  g_autofree char *at = place (program, step, name, 3);
  const char *lock = telar_python_variable (program, task, step, json_array_get (step->args, 2));
  gint64 times = telar_python_is_given (step, 1)
                     ? (gint64) json_number_value (json_array_get (step->args, 1))
                     : 1;

  if (times != 1)
    telar_printer_open (out, "for _ in range(%" G_GINT64_FORMAT "):", times);
  if (lock != NULL)
    telar_printer_open (out, "with %s:", lock);
  telar_printer_line (out, "%s += 1", at);
  if (lock != NULL)
    telar_printer_close (out);
  if (times != 1)
    telar_printer_close (out);
}

/* One of several that are waited for: "p1.sentinel", "c_0". */
static void
append_awaited (GString *list, const TelarPythonProgram *program, guint32 task,
                const TelarStep *step, const json_t *one)
{
  const char *reference = telar_json_task (one), *comma = list->len > 0 ? ", " : "";
  guint copy = 0;
  guint32 number;

  if (reference == NULL)
    {
      g_string_append_printf (list, "%s%s", comma, telar_python_variable (program, task, step, one));
      return;
    }
  number = telar_relations_find (program->relations, reference, &copy);
  if (telar_python_task (program, number)->copies == 1)
    g_string_append_printf (list, "%s%s.sentinel", comma, program->names[number]);
  else if (copy > 0)
    g_string_append_printf (list, "%s%s[%u].sentinel", comma, program->names[number], copy - 1);
  else
    g_string_append_printf (list, "%s*[each.sentinel for each in %s]", comma,
                            program->names[number]);
}

static void
print_wait_any (TelarPythonProgram *program, TelarPrinter *out, guint32 task,
                const TelarStep *step)
{
  const json_t *any = json_array_get (step->args, 0);
  g_autofree char *timeout = timeout_of (step, 1);
  g_autoptr (GString) list = g_string_new (NULL);

  for (size_t i = 0; i < json_array_size (any); i++)
    append_awaited (list, program, task, step, json_array_get (any, i));
  if (!json_is_array (any))
    append_awaited (list, program, task, step, any);
  telar_python_import (program, "connection");
  telar_printer_line (out, "connection.wait([%s]%s%s)", list->str, timeout != NULL ? ", " : "",
                      timeout != NULL ? timeout : "");
}

/* close() of whatever ends of a pipe the task has. */
static void
print_close (TelarPythonProgram *program, TelarPrinter *out, guint32 task, const TelarStep *step,
             const char *name)
{
  int said, object = telar_python_object (program->graph, json_array_get (step->args, 0));
  g_autoptr (GArray) parts = NULL;

  telar_json_object (json_array_get (step->args, 0), &said);
  if (program->objects[object].names[1] == NULL || said >= 0)
    {
      telar_printer_line (out, "%s.close()", name);
      return;
    }
  parts = telar_python_parts (program->relations, task);
  for (guint end = 0; end < 2; end++)
    for (guint i = 0; i < parts->len; i++)
      if (g_array_index (parts, guint, i) == TELAR_PYTHON_PART (object, end))
        telar_printer_line (out, "%s.close()", program->objects[object].names[end]);
}

guint
telar_python_lock_of (const TelarPythonProgram *program, guint object)
{
  const char *lock = telar_object_text (object_at (program, object), "lock");
  int of = lock != NULL ? telar_graph_find_object (program->graph, lock) : -1;

  return of >= 0 ? (guint) of : object;
}

static void
print_acquire (TelarPrinter *out, const TelarStep *step, const char *name)
{
  g_autofree char *timeout = timeout_of (step, 1);

  if (timeout == NULL)
    telar_printer_line (out, "%s.acquire()", name);
  else if (strcmp (timeout, "0") == 0)
    telar_printer_line (out, "%s.acquire(False)", name);
  else
    telar_printer_line (out, "%s.acquire(timeout=%s)", name, timeout);
}

/* Where it gives a number, the name of a property. */
static gboolean
is_property (const char *function)
{
  static const char *const names[] = { "n_waiting", "parties", "broken" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (strcmp (names[i], function) == 0)
      return TRUE;
  return FALSE;
}

void
telar_python_print_share (TelarPythonProgram *program, TelarPrinter *out, guint32 task,
                          const TelarStep *step, const guint *held)
{
  const char *function = step->function;
  const char *name = telar_python_variable (program, task, step, json_array_get (step->args, 0));
  g_autofree char *text = NULL;

  if (telar_python_print_pool_step (program, out, task, step)
      || telar_python_print_memory_step (program, out, task, step))
    return;
  if (strcmp (function, "wait_any") == 0)
    print_wait_any (program, out, task, step);
  else if (strcmp (function, "acquire") == 0)
    print_acquire (out, step, name);
  else if (strcmp (function, "wait") == 0)
    print_wait (program, out, task, step, name, held);
  else if (g_str_has_prefix (function, "notify"))
    print_notify (program, out, step, name, held);
  else if (strcmp (function, "put") == 0)
    print_put (program, out, step, name);
  else if (strcmp (function, "get") == 0)
    print_get (program, out, step, name);
  else if (strcmp (function, "send") == 0)
    {
      g_autoptr (GString) item = g_string_new (NULL);

      telar_python_append_item (item, json_array_get (step->args, 1));
      telar_printer_line (out, "%s.send(%s)", name, item->str);
    }
  else if (strcmp (function, "receive") == 0)
    print_receive (out, step, name);
  else if (strcmp (function, "poll") == 0)
    {
      text = timeout_of (step, 1);
      telar_printer_line (out, "%s.poll(%s)", name, text != NULL ? text : "");
    }
  else if (strcmp (function, "close") == 0)
    print_close (program, out, task, step, name);
  else if (strcmp (function, "read") == 0)
    {
      text = place (program, step, name, 1);
      telar_printer_line (out, "number = %s", text);
    }
  else if (strcmp (function, "write") == 0)
    {
      g_autoptr (GString) number = g_string_new (NULL);

      text = place (program, step, name, 2);
      telar_python_append_item (number, json_array_get (step->args, 1));
      telar_printer_line (out, "%s = %s", text, number->str);
    }
  else if (strcmp (function, "increment") == 0)
    print_increment (program, out, task, step, name);
  else if (strcmp (function, "locked") == 0)
    telar_printer_line (out, "%s(%s)", telar_python_use (program, function), name);
  else if (strcmp (function, "join_queue") == 0)
    {
      text = timeout_of (step, 1);
      if (text == NULL)
        telar_printer_line (out, "%s.join()", name);
      else
        telar_printer_line (out, "%s(%s, %s)", telar_python_use (program, function), name, text);
    }
  else if (is_property (function))
    telar_printer_line (out, "number = %s.%s", name, function);
  else
    /* release, set, clear, is_set, abort, reset, get_value, task_done, empty, full, qsize */
    telar_printer_line (out, "%s.%s()", name, function);
}

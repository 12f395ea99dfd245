/* memory.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Shared memory blocks, lists and dictionaries: how they are made and given up,
 * and the steps that use them. What processes share of the latter is a manager's;
 * threads of one process share Python's own.
 */

#include "config.h"

#include <string.h>

#include "python/program.h"
#include "python/words.h"

static const TelarObject *
object_at (const TelarPythonProgram *program, guint object)
{
  return g_ptr_array_index (program->graph->objects, object);
}

/* ---- making them -------------------------------------------------------- */

gboolean
telar_python_is_collection (TelarObjectType type)
{
  return type == TELAR_OBJECT_LIST || type == TELAR_OBJECT_DICTIONARY;
}

void
telar_python_print_collection (TelarPythonProgram *program, TelarPrinter *out, guint object)
{
  const TelarPythonObject *it = &program->objects[object];
  gboolean list = object_at (program, object)->type == TELAR_OBJECT_LIST;

  if (it->threads)
    {
      telar_printer_line (out, "%s = %s", it->names[0], list ? "[]" : "{}");
      return;
    }
  if (!program->managed)
    {
      if (!program->mixed)
        telar_python_import (program, "multiprocessing.Manager");
      telar_printer_line (out, "manager = %sManager()", program->mixed ? "spawn." : "");
      program->managed = TRUE;
    }
  telar_printer_line (out, "%s = manager.%s()", it->names[0], list ? "list" : "dict");
}

void
telar_python_print_block (TelarPythonProgram *program, TelarPrinter *out, guint object)
{
  telar_python_import (program, "multiprocessing.shared_memory.SharedMemory");
  telar_printer_line (out, "%s = SharedMemory(create=True, size=%.0f)",
                      program->objects[object].names[0],
                      telar_object_number (object_at (program, object), "size"));
}

void
telar_python_end_blocks (TelarPythonProgram *program, TelarPrinter *out, guint32 task)
{
  for (guint i = 0; i < program->graph->objects->len; i++)
    {
      const char *name = program->objects[i].names[0];

      if (object_at (program, i)->type != TELAR_OBJECT_SHARED_MEMORY
          || program->objects[i].home != task)
        continue;
      telar_printer_part (out);
      telar_printer_line (out, "%s.close()", name);
      telar_printer_line (out, "%s.unlink()", name);
    }
}

/* ---- steps -------------------------------------------------------------- */

/* An argument as Python writes it; NULL where it was left out. */
static char *
item_of (const TelarStep *step, guint argument)
{
  const json_t *json = json_array_get (step->args, argument);
  g_autoptr (GString) text = g_string_new (NULL);

  if (json == NULL)
    return NULL;
  telar_python_append_item (text, json);
  return g_strdup (text->str);
}

/* 1.0 is a whole number to Telar, and none to a format of whole numbers. */
static char *
number_of (const TelarStep *step, guint argument, gboolean real)
{
  double number = json_real_value (json_array_get (step->args, argument));

  return !real && json_is_real (json_array_get (step->args, argument))
             ? g_strdup_printf ("%.0f", number)
             : item_of (step, argument);
}

static gboolean
print_block_step (TelarPythonProgram *program, TelarPrinter *out, const TelarStep *step,
                  const char *name)
{
  gboolean packs = strcmp (step->function, "pack_into") == 0;
  guint letter = packs ? 3 : 2;
  const char *format = json_string_value (json_array_get (step->args, letter));
  gint64 offset = (gint64) json_number_value (json_array_get (step->args, 1));
  g_autofree char *number = NULL;

  if (strcmp (step->function, "write") == 0)
    {
      number = number_of (step, 1, FALSE);
      telar_printer_line (out, "%s.buf[%.0f] = %s", name,
                          json_number_value (json_array_get (step->args, 2)), number);
      return TRUE;
    }
  if (strcmp (step->function, "read") == 0)
    {
      telar_printer_line (out, "number = %s.buf[%" G_GINT64_FORMAT "]", name, offset);
      return TRUE;
    }
  if (!packs && strcmp (step->function, "unpack_from") != 0)
    return FALSE;
  telar_python_import (program, "struct");
  format = format != NULL ? format : "q";
  if (packs)
    {
      number = number_of (step, 2, strcmp (format, "f") == 0 || strcmp (format, "d") == 0);
      telar_printer_line (out, "struct.pack_into('%s', %s.buf, %" G_GINT64_FORMAT ", %s)", format,
                          name, offset, number);
    }
  else
    telar_printer_line (out, "number = struct.unpack_from('%s', %s.buf, %" G_GINT64_FORMAT ")[0]",
                        format, name, offset);
  return TRUE;
}

static void
print_increment (TelarPythonProgram *program, TelarPrinter *out, guint32 task,
                 const TelarStep *step, const char *name, gboolean list)
{
  const json_t *times = json_array_get (step->args, 2);
  const char *lock = telar_python_variable (program, task, step, json_array_get (step->args, 3));
  g_autofree char *key = item_of (step, 1);
  gint64 n = json_is_number (times) ? (gint64) json_number_value (times) : 1;

  if (n != 1)
    telar_printer_open (out, "for _ in range(%" G_GINT64_FORMAT "):", n);
  if (lock != NULL)
    telar_printer_open (out, "with %s:", lock);
  if (list)
    telar_printer_line (out, "%s[%s] += 1", name, key);
  else
    telar_printer_line (out, "%s[%s] = %s.get(%s, 0) + 1", name, key, name, key);
  if (lock != NULL)
    telar_printer_close (out);
  if (n != 1)
    telar_printer_close (out);
}

static void
print_items (TelarPrinter *out, const char *name, gboolean list)
{
  if (list)
    {
      telar_printer_open (out, "for item in %s[:]:", name);
      telar_printer_line (out, "print(item)");
    }
  else
    {
      telar_printer_open (out, "for key, item in %s.items():", name);
      telar_printer_line (out, "print(f'{key}: {item}')");
    }
  telar_printer_close (out);
}

static void
print_collection_step (TelarPythonProgram *program, TelarPrinter *out, guint32 task,
                       const TelarStep *step, const char *name, gboolean list)
{
  const char *function = step->function;
  g_autofree char *first = item_of (step, 1);
  g_autofree char *second = item_of (step, 2);

  if (strcmp (function, "increment_item") == 0)
    print_increment (program, out, task, step, name, list);
  else if (strcmp (function, "print_items") == 0)
    print_items (out, name, list);
  else if (strcmp (function, "set_item") == 0)
    telar_printer_line (out, "%s[%s] = %s", name, first, second);
  else if (strcmp (function, "get_item") == 0 && second != NULL)
    telar_printer_line (out, "item = %s.get(%s, %s)", name, first, second);
  else if (strcmp (function, "get_item") == 0)
    telar_printer_line (out, "item = %s[%s]", name, first);
  else if (strcmp (function, "contains") == 0)
    telar_printer_line (out, "found = %s in %s", first, name);
  else if (strcmp (function, "len") == 0)
    telar_printer_line (out, "number = len(%s)", name);
  else if (list && strcmp (function, "clear") == 0)
    telar_printer_line (out, "del %s[:]", name);
  else if (list && strcmp (function, "copy") == 0)
    telar_printer_line (out, "items = %s[:]", name);
  else
    /* append, insert, pop; of a dictionary clear, copy, keys, values */
    telar_printer_line (out, "%s%s.%s(%s%s%s)",
                        strcmp (function, "pop") == 0 ? "item = "
                        : strcmp (function, "copy") == 0 || strcmp (function, "keys") == 0
                                || strcmp (function, "values") == 0
                            ? "items = "
                            : "",
                        name, function, first != NULL ? first : "", second != NULL ? ", " : "",
                        second != NULL ? second : "");
}

gboolean
telar_python_print_memory_step (TelarPythonProgram *program, TelarPrinter *out, guint32 task,
                                const TelarStep *step)
{
  int object = telar_python_object (program->graph, json_array_get (step->args, 0));
  const char *name;

  if (object < 0)
    return FALSE;
  name = program->objects[object].names[0];
  if (object_at (program, (guint) object)->type == TELAR_OBJECT_SHARED_MEMORY)
    return print_block_step (program, out, step, name);
  if (!telar_python_is_collection (object_at (program, (guint) object)->type))
    return FALSE;
  print_collection_step (program, out, task, step, name,
                         object_at (program, (guint) object)->type == TELAR_OBJECT_LIST);
  return TRUE;
}

/* check-places.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Places in what tasks share that are not there: an index beyond an array or a
 * list, an offset beyond a shared memory block; and what could not stand at one:
 * a number too large for its bytes, a key that no dictionary has.
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "catalogue/memory.h"
#include "graph/check-private.h"

typedef struct
{
  TelarCheck *check;
  guint64    *most;  /* owned: items that are ever put into each object, lists alone */
} Places;

static const TelarObject *
get_object (const Places *places, int number)
{
  return g_ptr_array_index (places->check->graph->objects, (guint) number);
}

/* Returns: the number of the object that a step works on, or -1. */
static int
object_of (const Places *places, const TelarStep *step)
{
  const char *id = telar_json_object (json_array_get (step->args, 0), NULL);

  return id == NULL ? -1 : telar_graph_find_object (places->check->graph, id);
}

static gboolean
is_called (const TelarStep *step, const char *function)
{
  return strcmp (step->function, function) == 0;
}

/* Returns: whether an argument is there, and a whole number: @number (out). */
static gboolean
get_whole (const TelarStep *step, guint nth, gint64 *number)
{
  const json_t *json = json_array_get (step->args, nth);
  double real = json_real_value (json);

  if (json_is_integer (json))
    *number = json_integer_value (json);
  else if (json_is_real (json) && real == floor (real) && fabs (real) < 0x1p53)
    *number = (gint64) real;
  else
    return FALSE;
  return TRUE;
}

/* (transfer full): the place of an argument in the task. */
static char *
place_of (const Places *places, guint32 task, guint step, guint nth)
{
  return telar_relations_task (places->check->relations, task)->has_body
             ? g_strdup_printf (".body[%u].args[%u]", step, nth)
             : g_strdup_printf (".args[%u]", nth);
}

/* @what, @cure: (transfer full) */
static void
tell (const Places *places, gboolean error, guint32 task, guint step, guint nth, char *what,
      char *cure)
{
  g_autofree char *place = place_of (places, task, step, nth);

  if (error)
    telar_check_error (places->check, task, place, what, cure);
  else
    telar_check_warning (places->check, task, place, what, cure);
}

/* ---- arrays and blocks -------------------------------------------------- */

/* @n numbers, or bytes, that the object has; the step needs @width of them. */
static void
look_at_index (const Places *places, guint32 task, guint nth, const TelarStep *step,
               guint argument, const TelarObject *object, guint64 n, guint64 width)
{
  gint64 index;

  if (!get_whole (step, argument, &index) || index < 0 || (guint64) index + width <= n)
    return;
  if (object->type == TELAR_OBJECT_SHARED_MEMORY)
    tell (places, FALSE, task, nth, argument,
          g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                        "%s has %" PRIu64 " byte, and %" PRIu64
                                        " at %" PRId64 " go beyond it: that is an error "
                                        "at the run",
                                        "%s has %" PRIu64 " bytes, and %" PRIu64
                                        " at %" PRId64 " go beyond them: that is an error "
                                        "at the run", (gulong) n),
                           object->id, n, width, index),
          n < width ? g_strdup_printf (_("give it a size of %" PRIu64 " or more"),
                                       (guint64) index + width)
                    : g_strdup_printf (_("begin at %" PRIu64 " at most, or give it a "
                                         "size of %" PRIu64 " or more"),
                                       n - width, (guint64) index + width));
  else
    tell (places, FALSE, task, nth, argument,
          g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                        "%s has %" PRIu64 " number, and none with the "
                                        "index %" PRId64 ": that is an error at the run",
                                        "%s has %" PRIu64 " numbers, and none with the "
                                        "index %" PRId64 ": that is an error at the run",
                                        (gulong) n), object->id, n, index),
          g_strdup_printf (_("write an index from 0 to %" PRIu64), n - 1));
}

static void
look_at_number (const Places *places, guint32 task, guint nth, const TelarStep *step,
                guint argument, const TelarFormat *format)
{
  const json_t *json = json_array_get (step->args, argument);

  if (!json_is_number (json) || telar_format_fits (format, json_number_value (json)))
    return;
  tell (places, FALSE, task, nth, argument,
        g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                      "%g does not fit into %u byte of the format %c: that is an "
                                      "error at the run",
                                      "%g does not fit into %u bytes of the format %c: that is an "
                                      "error at the run", format->size),
                         json_number_value (json), format->size, format->letter),
        format->size == 1 ? g_strdup (_("write a whole number from 0 to 255, or use pack_into with "
                                        "another format"))
                          : g_strdup (_("use another format")));
}

static void
look_at_block (const Places *places, guint32 task, guint nth, const TelarStep *step,
               const TelarObject *object)
{
  gboolean packs = is_called (step, "pack_into");
  guint64 size = (guint64) telar_object_number (object, "size");
  guint letter = packs ? 3 : 2;
  const json_t *json = json_array_get (step->args, letter);
  const TelarFormat *format
      = telar_format_find (json_is_string (json) ? json_string_value (json) : "q");

  if (is_called (step, "read") || is_called (step, "write"))
    {
      gboolean writes = is_called (step, "write");

      look_at_index (places, task, nth, step, writes ? 2 : 1, object, size, 1);
      if (writes)
        look_at_number (places, task, nth, step, 1, telar_format_find ("B"));
      return;
    }
  if (!packs && !is_called (step, "unpack_from"))
    return;
  if (format == NULL)
    {
      tell (places, TRUE, task, nth, letter,
            g_strdup_printf (_("there is no format %s"), json_string_value (json)),
            g_strdup (_("write B, b, H, h, I, i, Q, q, f or d")));
      return;
    }
  look_at_index (places, task, nth, step, 1, object, size, format->size);
  if (packs)
    look_at_number (places, task, nth, step, 2, format);
}

static void
look_at_numbers (const Places *places, guint32 task, guint nth, const TelarStep *step,
                 const TelarObject *object)
{
  guint64 n = object->type == TELAR_OBJECT_ARRAY
                  ? (guint64) telar_object_number (object, "length")
                  : 1;

  if (is_called (step, "read"))
    look_at_index (places, task, nth, step, 1, object, n, 1);
  else if (is_called (step, "write"))
    look_at_index (places, task, nth, step, 2, object, n, 1);
  else if (is_called (step, "increment"))
    look_at_index (places, task, nth, step, 3, object, n, 1);
}

/* ---- lists and dictionaries --------------------------------------------- */

static gboolean
has_key (const TelarStep *step)
{
  return is_called (step, "get_item") || is_called (step, "set_item") || is_called (step, "pop")
         || is_called (step, "increment_item");
}

static void
look_at_list (const Places *places, guint32 task, guint nth, const TelarStep *step,
              const TelarObject *object, guint64 most)
{
  gint64 index = 0;

  if (!has_key (step))
    return;
  if (json_array_size (step->args) > 1 && !get_whole (step, 1, &index))
    tell (places, TRUE, task, nth, 1,
          g_strdup_printf (_("%s is a list, and its places are whole numbers"), object->id),
          g_strdup (_("write an index, such as 0 for the first item or -1 for the last")));
  else if (json_array_size (step->args) > 2
           && (is_called (step, "get_item") || is_called (step, "pop")))
    tell (places, TRUE, task, nth, 2,
          g_strdup_printf (_("%s is a list, and only a dictionary has something for keys that it "
                             "has not"), object->id),
          g_strdup (_("leave it out, or make the list a dictionary")));
  else if (index < 0 ? (guint64) -index > most : (guint64) index >= most)
    tell (places, FALSE, task, nth, json_array_size (step->args) > 1 ? 1 : 0,
          most == 0 ? g_strdup_printf (_("nobody puts an item into %s: that is an error at the "
                                         "run"), object->id)
                    : g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                                    "no more than %" PRIu64 " item is "
                                                    "put into %s, and none has the index "
                                                    "%" PRId64 ": that is an error at "
                                                    "the run",
                                                    "no more than %" PRIu64 " items are "
                                                    "put into %s, and none has the index "
                                                    "%" PRId64 ": that is an error at "
                                                    "the run", (gulong) most),
                                       most, object->id, index),
          g_strdup (_("append as many items before")));
}

static void
look_at_dictionary (const Places *places, guint32 task, guint nth, const TelarStep *step,
                    const TelarObject *object)
{
  const json_t *key = json_array_get (step->args, 1);

  if (!has_key (step) && !is_called (step, "contains"))
    return;
  if (key == NULL)
    tell (places, TRUE, task, nth, 0,
          g_strdup_printf (_("%s is a dictionary, and pop needs the key of what it takes out"),
                           object->id),
          g_strdup_printf (_("write it as in [\"pop\", {\"object\": \"%s\"}, \"a\"]"), object->id));
  else if (!json_is_string (key) && !json_is_integer (key))
    tell (places, TRUE, task, nth, 1,
          g_strdup (_("a key must be a text or a whole number")),
          g_strdup (_("write one, such as \"a\" or 5")));
}

/* ------------------------------------------------------------------------- */

static void
count_items (Places *places, guint32 task)
{
  const TelarTask *it = telar_relations_task (places->check->relations, task);
  guint64 times = telar_relations_copies (places->check->relations, task) * it->repeat;

  for (guint i = 0; i < it->steps->len; i++)
    {
      const TelarStep *step = g_ptr_array_index (it->steps, i);
      int object = object_of (places, step);

      if (object >= 0 && (is_called (step, "append") || is_called (step, "insert")))
        places->most[object] += times;
    }
}

static void
look_at_step (const Places *places, guint32 task, guint nth, const TelarStep *step)
{
  int number = object_of (places, step);
  const TelarObject *object = number < 0 ? NULL : get_object (places, number);

  if (object == NULL)
    return;
  switch (object->type)
    {
    case TELAR_OBJECT_VALUE:
    case TELAR_OBJECT_ARRAY:
      look_at_numbers (places, task, nth, step, object);
      break;
    case TELAR_OBJECT_SHARED_MEMORY:
      look_at_block (places, task, nth, step, object);
      break;
    case TELAR_OBJECT_LIST:
      look_at_list (places, task, nth, step, object, places->most[number]);
      break;
    case TELAR_OBJECT_DICTIONARY:
      look_at_dictionary (places, task, nth, step, object);
      break;
    default:
      break;
    }
}

void
telar_check_places (TelarCheck *check)
{
  g_autofree guint64 *most = g_new0 (guint64, check->graph->objects->len + 1);
  Places places = { .check = check, .most = most };

  if (check->graph->objects->len == 0)
    return;
  for (guint32 i = 0; i < check->relations->n_tasks; i++)
    count_items (&places, i);
  for (guint32 i = 0; i < check->relations->n_tasks; i++)
    {
      const TelarTask *task = telar_relations_task (check->relations, i);

      for (guint n = 0; n < task->steps->len; n++)
        look_at_step (&places, i, n, g_ptr_array_index (task->steps, n));
    }
}

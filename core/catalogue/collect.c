/* collect.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Functions on lists and dictionaries that tasks share. What they hold are items
 * as queues carry them: texts of the plan, JSON; but numbers are kept as such, so
 * that they can be counted up.
 */

#include "catalogue/functions.h"
#include "catalogue/growing-text.h"
#include "catalogue/operand.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "objects/collection.h"

/* Entries that are copied without memory of their own. */
#define FEW_ENTRIES 64

static bool
is_dictionary (const TelarOperand *it)
{
  return it->type == TELAR_OBJECT_DICTIONARY;
}

static TelarResult
fail (TelarCall *call, TelarObjectOutcome outcome)
{
  TelarOperand it = telar_operand (call);

  switch (outcome)
    {
    case TELAR_OBJECT_RANGE:
      return telar_call_fail (call, is_dictionary (&it) ? TELAR_ERROR_KEY : TELAR_ERROR_INDEX,
                              it.object);
    case TELAR_OBJECT_WRONG_TYPE:
      return telar_call_fail (call, TELAR_ERROR_NO_NUMBER, it.object);
    default:
      return telar_call_fail (call, TELAR_ERROR_FULL, it.object);
    }
}

static TelarResult
none_of (TelarCall *call, TelarObjectOutcome outcome)
{
  return outcome == TELAR_OBJECT_DONE ? telar_result_none () : fail (call, outcome);
}

/* ---- items -------------------------------------------------------------- */

/* An item that was left out is text 0, which is empty as no JSON is. */
static bool
is_given (TelarCall *call, unsigned argument)
{
  return telar_call_item (call, argument) != 0;
}

static bool
whole_number (const char *text, int64_t *number)
{
  char *end;

  errno = 0;
  *number = strtoll (text, &end, 10);
  return *end == '\0' && end != text && errno == 0;
}

static TelarEntry
entry_of (TelarCall *call, unsigned argument)
{
  TelarEntry  entry = { .kind = TELAR_ENTRY_TEXT, .text = telar_call_item (call, argument) };
  const char *text = telar_call_item_text (call, (uint32_t) entry.text);
  char       *end;
  int64_t     integer;
  double      real;

  if (whole_number (text, &integer))
    return (TelarEntry){ .kind = TELAR_ENTRY_INTEGER, .integer = integer };
  real = strtod (text, &end);
  if (*end == '\0' && end != text && isfinite (real))
    return (TelarEntry){ .kind = TELAR_ENTRY_REAL, .real = real };
  return entry;
}

static TelarResult
result_of_entry (TelarCall *call, const TelarEntry *entry)
{
  switch ((TelarEntryKind) entry->kind)
    {
    case TELAR_ENTRY_INTEGER:
      return telar_result_integer (entry->integer);
    case TELAR_ENTRY_REAL:
      return telar_result_real (entry->real);
    case TELAR_ENTRY_TEXT:
    default:
      return telar_result_of_item (call, (uint32_t) entry->text);
    }
}

/* The place that an argument means. Returns: false where it is no index of a list. */
static bool
key_of (TelarCall *call, const TelarOperand *it, unsigned argument, int64_t *key)
{
  if (!is_dictionary (it))
    return whole_number (telar_call_item_text (call, telar_call_item (call, argument)), key);
  *key = telar_call_item (call, argument);
  return true;
}

/* ---- one entry ---------------------------------------------------------- */

TelarResult
telar_function_append (TelarCall *call)
{
  TelarOperand it = telar_operand (call);

  return none_of (call, telar_collection_append (it.objects, it.object, it.party,
                                                 entry_of (call, 1)));
}

TelarResult
telar_function_insert (TelarCall *call)
{
  TelarOperand it = telar_operand (call);

  return none_of (call, telar_collection_insert (it.objects, it.object, it.party,
                                                 telar_call_integer (call, 1),
                                                 entry_of (call, 2)));
}

typedef TelarObjectOutcome (*GetFunc) (TelarObjects *objects, uint32_t object,
                                       const TelarParty *party, int64_t key, TelarEntry *entry);

/* What is at @key, or what the step gives for where nothing is. */
static TelarResult
get (TelarCall *call, int64_t key, bool sound, GetFunc func)
{
  TelarOperand       it = telar_operand (call);
  TelarObjectOutcome outcome = TELAR_OBJECT_RANGE;
  TelarEntry         entry;

  if (sound)
    outcome = func (it.objects, it.object, it.party, key, &entry);
  if (outcome == TELAR_OBJECT_DONE)
    return result_of_entry (call, &entry);
  return is_given (call, 2) ? telar_result_of_item (call, telar_call_item (call, 2))
                            : fail (call, outcome);
}

TelarResult
telar_function_get_item (TelarCall *call)
{
  TelarOperand it = telar_operand (call);
  int64_t      key = 0;
  bool         sound = key_of (call, &it, 1, &key);

  return get (call, key, sound, telar_collection_get);
}

TelarResult
telar_function_set_item (TelarCall *call)
{
  TelarOperand it = telar_operand (call);
  int64_t      key;

  if (!key_of (call, &it, 1, &key))
    return fail (call, TELAR_OBJECT_RANGE);
  return none_of (call, telar_collection_set (it.objects, it.object, it.party, key,
                                              entry_of (call, 2)));
}

TelarResult
telar_function_pop (TelarCall *call)
{
  TelarOperand it = telar_operand (call);
  int64_t      key = -1;
  bool         sound = is_given (call, 1) ? key_of (call, &it, 1, &key) : !is_dictionary (&it);

  return get (call, key, sound, telar_collection_pop);
}

TelarResult
telar_function_contains (TelarCall *call)
{
  TelarOperand it = telar_operand (call);
  TelarEntry   entry = entry_of (call, 1);

  entry.key = telar_call_item (call, 1);
  return telar_result_boolean (telar_collection_contains (it.objects, it.object, it.party, &entry));
}

TelarResult
telar_function_len (TelarCall *call)
{
  TelarOperand it = telar_operand (call);

  return telar_result_integer ((int64_t) telar_collection_length (it.objects, it.object));
}

TelarResult
telar_function_increment_item (TelarCall *call)
{
  TelarOperand       it = telar_operand (call);
  uint64_t           times = (uint64_t) telar_call_integer (call, 2);
  uint32_t           lock = telar_call_object (call, 3);
  TelarObjectOutcome outcome = TELAR_OBJECT_DONE;
  int64_t            key;

  if (!key_of (call, &it, 1, &key))
    return fail (call, TELAR_OBJECT_RANGE);
  if (lock == TELAR_NO_OBJECT)
    return none_of (call, telar_collection_increment (it.objects, it.object, it.party, key, times,
                                                      telar_increment_takes_time));

  TelarParty   quiet = *it.party;
  TelarOperand each = { it.objects, lock,
                        (TelarObjectType) telar_object_head (it.objects, lock)->type, &quiet };
  quiet.passed = NULL;
  for (uint64_t i = 0; i < times && outcome == TELAR_OBJECT_DONE; i++)
    {
      telar_operand_acquire (&each, TELAR_FOREVER);
      outcome = telar_collection_increment (it.objects, it.object, &quiet, key, 1,
                                            telar_increment_takes_time);
      telar_operand_release (&each);
    }
  if (outcome == TELAR_OBJECT_DONE)
    outcome = telar_collection_increment (it.objects, it.object, it.party, key, 0, NULL);
  return none_of (call, outcome);
}

/* ---- all entries -------------------------------------------------------- */

typedef struct
{
  TelarEntry  few[FEW_ENTRIES];
  TelarEntry *entries; /* owned, where it is not @few */
  uint64_t    n;
} Copy;

/* Returns: false where there is no memory. */
static bool
copy_all (TelarCall *call, Copy *copy)
{
  TelarOperand it = telar_operand (call);
  uint64_t     room = FEW_ENTRIES;

  copy->entries = copy->few;
  while ((copy->n = telar_collection_copy (it.objects, it.object, it.party, copy->entries, room))
         > room)
    {
      room = copy->n + FEW_ENTRIES;
      if (copy->entries != copy->few)
        free (copy->entries);
      copy->entries = malloc (room * sizeof *copy->entries);
      if (copy->entries == NULL)
        return false;
    }
  return true;
}

static void
copy_clear (Copy *copy)
{
  if (copy->entries != copy->few)
    free (copy->entries);
}

static bool
add_entry (TelarGrowingText *text, TelarCall *call, const TelarEntry *entry)
{
  switch ((TelarEntryKind) entry->kind)
    {
    case TELAR_ENTRY_INTEGER:
      return telar_growing_text_add_integer (text, entry->integer);
    case TELAR_ENTRY_REAL:
      return telar_growing_text_add_real (text, entry->real);
    case TELAR_ENTRY_TEXT:
    default:
      return telar_growing_text_add (text, telar_call_item_text (call, (uint32_t) entry->text));
    }
}

/* A key of an object is a text, in JSON. */
static bool
add_key (TelarGrowingText *text, TelarCall *call, uint32_t key)
{
  const char *json = telar_call_item_text (call, key);
  const char *quote = json[0] == '"' ? "" : "\"";

  return telar_growing_text_add (text, quote) && telar_growing_text_add (text, json)
         && telar_growing_text_add (text, quote) && telar_growing_text_add (text, ": ");
}

typedef enum
{
  KEYS,
  VALUES,
  BOTH
} Part;

static TelarResult
list_of (TelarCall *call, Part part)
{
  Copy             copy;
  TelarGrowingText text = { 0 };
  TelarResult      result;
  bool             braces = part == BOTH && telar_operand (call).type == TELAR_OBJECT_DICTIONARY;
  bool             sound = copy_all (call, &copy)
                           && telar_growing_text_add (&text, braces ? "{" : "[");

  for (uint64_t i = 0; sound && i < copy.n; i++)
    {
      sound = telar_growing_text_add (&text, i > 0 ? ", " : "");
      if (sound && part == KEYS)
        sound = telar_growing_text_add (&text, telar_call_item_text (call, copy.entries[i].key));
      else if (sound)
        sound = (!braces || add_key (&text, call, copy.entries[i].key))
                && add_entry (&text, call, &copy.entries[i]);
    }
  sound = sound && telar_growing_text_add (&text, braces ? "}" : "]");
  result = sound ? telar_call_list (call, text.bytes, text.size)
                 : telar_call_fail (call, TELAR_ERROR_MEMORY, TELAR_NO_TASK);
  telar_growing_text_clear (&text);
  copy_clear (&copy);
  return result;
}

TelarResult
telar_function_keys (TelarCall *call)
{
  return list_of (call, KEYS);
}

TelarResult
telar_function_values (TelarCall *call)
{
  return list_of (call, VALUES);
}

TelarResult
telar_function_copy (TelarCall *call)
{
  return list_of (call, BOTH);
}

/* ---- printing ----------------------------------------------------------- */

/* What a text of JSON says, without its quotation marks. */
static bool
add_unquoted (TelarGrowingText *text, const char *json)
{
  static const char escapes[] = "bfnrt", characters[] = "\b\f\n\r\t";
  char              piece[2] = { 0 };
  bool              sound = true;

  for (json++; sound && json[0] != '\0' && (json[0] != '"' || json[1] != '\0'); json++)
    {
      piece[0] = *json;
      if (json[0] == '\\' && json[1] == 'u' && strlen (json) > 5)
        {
          /* None but control characters are written so. */
          char digits[3] = { json[4], json[5] };
          piece[0] = (char) strtol (digits, NULL, 16);
          json += 5;
        }
      else if (json[0] == '\\' && json[1] != '\0')
        {
          const char *escape = strchr (escapes, *++json);
          piece[0] = escape != NULL ? characters[escape - escapes] : *json;
        }
      sound = telar_growing_text_add (text, piece);
    }
  return sound;
}

/* As the library's language prints it. */
static bool
add_printed (TelarGrowingText *text, const char *json)
{
  static const char *const words[][2] = { { "true", "True" }, { "false", "False" },
                                          { "null", "None" } };

  for (unsigned i = 0; i < sizeof words / sizeof words[0]; i++)
    if (strcmp (json, words[i][0]) == 0)
      return telar_growing_text_add (text, words[i][1]);
  return json[0] == '"' ? add_unquoted (text, json) : telar_growing_text_add (text, json);
}

TelarResult
telar_function_print_items (TelarCall *call)
{
  TelarOperand     it = telar_operand (call);
  Copy             copy;
  TelarGrowingText text = { 0 };
  bool             sound = copy_all (call, &copy);

  for (uint64_t i = 0; sound && i < copy.n; i++)
    {
      const TelarEntry *entry = &copy.entries[i];

      if (is_dictionary (&it))
        sound = add_printed (&text, telar_call_item_text (call, entry->key))
                && telar_growing_text_add (&text, ": ");
      sound = sound
              && (entry->kind == TELAR_ENTRY_TEXT
                      ? add_printed (&text, telar_call_item_text (call, (uint32_t) entry->text))
                      : add_entry (&text, call, entry))
              && telar_growing_text_add (&text, "\n");
    }
  if (sound)
    telar_call_write (call, TELAR_STREAM_OUT, text.bytes, text.size);
  telar_growing_text_clear (&text);
  copy_clear (&copy);
  return sound ? telar_result_integer ((int64_t) copy.n)
               : telar_call_fail (call, TELAR_ERROR_MEMORY, TELAR_NO_TASK);
}

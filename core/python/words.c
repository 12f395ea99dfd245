/* words.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include "python/words.h"

#include <math.h>
#include <signal.h>
#include <string.h>

#include "python/functions.h"

static const char *const reserved[] = {
  /* the language */
  "False", "None", "True", "and", "as", "assert", "async", "await", "break", "case", "class",
  "continue", "def", "del", "elif", "else", "except", "finally", "for", "from", "global", "if",
  "import", "in", "is", "lambda", "match", "nonlocal", "not", "or", "pass", "raise", "return",
  "try", "while", "with", "yield", "_", "__name__",
  /* built-in functions that programs call */
  "all", "bytearray", "bytes", "callable", "len", "list", "max", "min", "next", "open", "print",
  "range", "sorted", "sum", "super", "zip", "StopIteration", "SystemExit",
  /* modules, and what is imported from them */
  "ast", "connection", "contextlib", "ctypes", "io", "itertools", "math", "multiprocessing", "os", "resource",
  "runpy", "signal", "struct", "subprocess", "sys", "threading", "time", "Pipe", "Process", "Thread",
  "Array", "Barrier", "BoundedSemaphore", "BrokenBarrierError", "Condition", "Empty", "Event",
  "Full", "JoinableQueue", "Lock", "Manager", "Queue", "RLock", "Semaphore", "SharedMemory",
  "SimpleQueue", "Value",
  "get_context", "suppress",
  /* what programs call their own */
  "after", "cores", "deadline", "each", "found", "item", "items", "key", "manager", "number",
  "fork", "forkserver", "spawn", "process", "running", "task", "thread", "usable", "give_up",
  "fibonacci_number", "set_start_method", "c_function",
};

void
telar_python_reserve (GHashTable *taken)
{
  guint n;
  const TelarPythonFunction *functions = telar_python_functions (&n);

  for (guint i = 0; i < G_N_ELEMENTS (reserved); i++)
    g_hash_table_add (taken, g_strdup (reserved[i]));
  for (guint i = 0; i < n; i++)
    if (!functions[i].method)
      g_hash_table_add (taken, g_strdup (functions[i].name));
  /* copies are counted by these */
  for (char c = 'i'; c <= 'n'; c++)
    g_hash_table_add (taken, g_strdup_printf ("%c", c));
}

const char *
telar_python_name (GHashTable *taken, const char *id)
{
  return telar_python_name_of (taken, id, "task");
}

const char *
telar_python_name_of (GHashTable *taken, const char *id, const char *what)
{
  GString *name = g_string_new (NULL);
  guint length;

  for (const char *at = id; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);
      gboolean plain = c < 0x80 ? g_ascii_isalnum ((gchar) c) || c == '_' : g_unichar_isalpha (c);

      if (name->len == 0 && c < 0x80 && g_ascii_isdigit ((gchar) c))
        g_string_append_printf (name, "%s_", what);
      if (plain)
        g_string_append_unichar (name, c);
      else if (name->len > 0)
        g_string_append_c (name, '_');
    }
  if (name->len == 0)
    g_string_append (name, what);
  if (g_hash_table_contains (taken, name->str))
    g_string_append_printf (name, "_%s", what);
  length = (guint) name->len;
  for (guint n = 2; g_hash_table_contains (taken, name->str); n++)
    {
      g_string_truncate (name, length);
      g_string_append_printf (name, "_%u", n);
    }
  g_hash_table_add (taken, name->str);
  return g_string_free (name, FALSE);
}

char *
telar_python_quote (const char *text)
{
  char quote = strchr (text, '\'') != NULL && strchr (text, '"') == NULL ? '"' : '\'';
  GString *out = g_string_new (NULL);

  g_string_append_c (out, quote);
  for (const char *at = text; *at != '\0'; at++)
    switch (*at)
      {
      case '\n':
        g_string_append (out, "\\n");
        break;
      case '\t':
        g_string_append (out, "\\t");
        break;
      case '\\':
        g_string_append (out, "\\\\");
        break;
      default:
        if (*at == quote)
          g_string_append_c (out, '\\');
        if ((guchar) *at < 0x20 || *at == 0x7f)
          g_string_append_printf (out, "\\x%02x", (guchar) *at);
        else
          g_string_append_c (out, *at);
      }
  g_string_append_c (out, quote);
  return g_string_free (out, FALSE);
}

/* As few digits as give the same number again. */
static char *
real_text (double number)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  for (int digits = 1; digits <= 17; digits++)
    {
      g_autofree char *format = g_strdup_printf ("%%.%dg", digits);

      g_ascii_formatd (text, sizeof text, format, number);
      if (g_ascii_strtod (text, NULL) == number)
        break;
    }
  return g_strdup (text);
}

char *
telar_python_duration (gint64 ns, const char *unit)
{
  gint64 unit_ns = 1;

  telar_duration_parse ("1", unit, &unit_ns);
  if (ns % unit_ns == 0)
    return g_strdup_printf ("%" G_GINT64_FORMAT, ns / unit_ns);
  return real_text ((double) ns / (double) unit_ns);
}

static char *
signal_text (int number)
{
  const char *name = sigabbrev_np (number);

  return name != NULL ? g_strdup_printf ("signal.SIG%s", name) : g_strdup_printf ("%d", number);
}

static char *
list_text (const GArray *numbers)
{
  GString *out = g_string_new ("[");

  for (guint i = 0; i < numbers->len; i++)
    g_string_append_printf (out, "%s%" G_GINT64_FORMAT, i > 0 ? ", " : "",
                            g_array_index (numbers, gint64, i));
  g_string_append_c (out, ']');
  return g_string_free (out, FALSE);
}

char *
telar_python_value (const TelarParameter *parameter, const TelarValue *value)
{
  switch (value->type)
    {
    case TELAR_VALUE_REAL:
      return real_text (value->real);
    case TELAR_VALUE_DURATION:
      return telar_python_duration (value->integer, parameter->unit);
    case TELAR_VALUE_TEXT:
    case TELAR_VALUE_TEXTS:
    case TELAR_VALUE_FILE:
      return telar_python_quote (value->text);
    case TELAR_VALUE_INTEGERS:
      return list_text (value->integers);
    case TELAR_VALUE_SIGNAL:
      return signal_text ((int) value->integer);
    case TELAR_VALUE_INTEGER:
    case TELAR_VALUE_TASK:
    case TELAR_VALUE_OBJECT:
    case TELAR_VALUE_ITEM:
    case TELAR_VALUE_AWAITED:
    default:
      return g_strdup_printf ("%" G_GINT64_FORMAT, value->integer);
    }
}

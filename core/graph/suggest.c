/* suggest.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include <string.h>

#include "catalogue/catalogue.h"
#include "graph/suggest.h"

/* What people call a function, in the words of the document behind Telar and
 * of Python's library. */
static const struct
{
  const char *said, *meant;
} aliases[] = {
  { "end", "terminate" },  { "stop", "terminate" }, { "finish", "terminate" },
  { "wait", "join" },      { "run", "start" },      { "spin", "busy" },
  { "work", "busy" },      { "echo", "print" },     { "say", "print" },
  { "printf", "print" },   { "pi", "monte_carlo_pi" }, { "fib", "fibonacci" },
  { "program", "command" }, { "exec", "command" },  { "system", "command" },
  { "abort", "crash" },    { "segfault", "crash" }, { "raise", "fail" },
  { "error", "fail" },     { "getpid", "identify" }, { "matmul", "matrix_multiply" },
  { "hello", "greeting" }, { "squared", "square" }, { "even", "is_even" },
  { "py", "python" },      { "python3", "python" }, { "plugin", "c_function" },
  { "library", "c_function" },
};

#define MAX_LENGTH 64

/* How many letters must be changed, added, left out or exchanged with their
 * neighbour to make @b of @a (optimal string alignment), in rows of a table of
 * which the last three are kept. */
static guint
distance (const char *a, const char *b)
{
  guint rows[3][MAX_LENGTH + 1];
  size_t n = strlen (a), m = strlen (b);

  if (n > MAX_LENGTH || m > MAX_LENGTH)
    return G_MAXUINT;
  for (size_t j = 0; j <= m; j++)
    rows[0][j] = (guint) j;
  for (size_t i = 1; i <= n; i++)
    {
      guint *row = rows[i % 3], *before = rows[(i + 2) % 3], *two_before = rows[(i + 1) % 3];

      row[0] = (guint) i;
      for (size_t j = 1; j <= m; j++)
        {
          guint changed = before[j - 1]
                          + (g_ascii_tolower (a[i - 1]) != g_ascii_tolower (b[j - 1]));

          row[j] = MIN (changed, 1 + MIN (before[j], row[j - 1]));
          if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
            row[j] = MIN (row[j], two_before[j - 2] + 1);
        }
    }
  return rows[n % 3][m];
}

/* A third of the letters wrong still reads as the same word. */
static guint
tolerance (const char *name)
{
  return MAX (1, (guint) strlen (name) / 3);
}

/* The nearest one so far to what was written. */
typedef struct
{
  const char *name;
  const char *best;  /* nullable */
  guint       least; /* how far that may be, + 1 */
} Nearest;

static Nearest
nearest_to (const char *name)
{
  return (Nearest){ .name = name, .least = tolerance (name) + 1 };
}

/* @from: 1 where what differs in case only is left out. */
static void
compare_with (Nearest *nearest, const char *candidate, guint from)
{
  guint far = distance (nearest->name, candidate);

  if (far < from || far >= nearest->least)
    return;
  nearest->least = far;
  nearest->best = candidate;
}

const char *
telar_suggest_function (const char *name)
{
  unsigned n;
  const TelarFunction *functions = telar_catalogue (&n);
  Nearest nearest = nearest_to (name);

  for (guint i = 0; i < G_N_ELEMENTS (aliases); i++)
    if (g_ascii_strcasecmp (aliases[i].said, name) == 0
        && telar_catalogue_find (aliases[i].meant) != NULL)
      return aliases[i].meant;
  for (unsigned i = 0; i < n; i++)
    compare_with (&nearest, functions[i].name, 0);
  return nearest.best;
}

const char *
telar_suggest_id (const TelarGraph *graph, const char *id)
{
  Nearest nearest = nearest_to (id);

  /* a list of ids a thousand long is no place to guess in */
  if (strlen (id) < 2 || graph->tasks->len > 1000)
    return NULL;
  for (guint i = 0; i < graph->tasks->len; i++)
    compare_with (&nearest, ((TelarTask *) g_ptr_array_index (graph->tasks, i))->id, 1);
  return nearest.best;
}

const char *
telar_suggest_object (const TelarGraph *graph, const char *id)
{
  Nearest nearest = nearest_to (id);

  if (strlen (id) < 2)
    return NULL;
  for (guint i = 0; i < graph->objects->len; i++)
    compare_with (&nearest, ((TelarObject *) g_ptr_array_index (graph->objects, i))->id, 1);
  return nearest.best;
}

/* What the library calls them, and what others do. */
static const struct
{
  const char     *said;
  TelarObjectType meant;
} types[] = {
  { "mutex", TELAR_OBJECT_LOCK },
  { "recursive-lock", TELAR_OBJECT_RLOCK },
  { "boundedsemaphore", TELAR_OBJECT_BOUNDED_SEMAPHORE },
  { "joinablequeue", TELAR_OBJECT_JOINABLE_QUEUE },
  { "simplequeue", TELAR_OBJECT_SIMPLE_QUEUE },
};

const char *
telar_suggest_object_type (const char *name)
{
  Nearest nearest = nearest_to (name);

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (g_ascii_strcasecmp (types[i].said, name) == 0)
      return telar_object_type_name (types[i].meant);
  for (guint i = 0; i < TELAR_N_OBJECT_TYPES; i++)
    compare_with (&nearest, telar_object_type_name ((TelarObjectType) i), 0);
  return nearest.best;
}

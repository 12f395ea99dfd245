/* cores.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Lists of cores: in which order they are given out, and how people write them.
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "machine/machine.h"
#include "plan/plan.h"

G_DEFINE_QUARK (telar-machine-error-quark, telar_machine_error)

typedef struct
{
  int turn; /* how many cores of the same physical one come before it */
  int number;
} Candidate;

static int
compare_candidates (gconstpointer a, gconstpointer b)
{
  const Candidate *first = a;
  const Candidate *second = b;

  return first->turn != second->turn ? first->turn - second->turn
                                     : first->number - second->number;
}

static gboolean
is_among (const GArray *numbers, int number)
{
  for (guint i = 0; i < numbers->len; i++)
    if (g_array_index (numbers, int, i) == number)
      return TRUE;
  return FALSE;
}

GArray *
telar_machine_spread (const TelarMachine *machine, const GArray *allowed)
{
  GArray *order = g_array_new (FALSE, FALSE, sizeof (int));
  g_autofree Candidate *candidates = NULL;
  g_autofree int *taken = NULL;
  guint n = 0;

  g_return_val_if_fail (machine != NULL, order);

  candidates = g_new (Candidate, machine->n_cores + 1);
  taken = g_new0 (int, machine->n_physical + 1);
  /* counted among those that may be used: when only the second thread of a
   * physical core is, it goes out in the first turn */
  for (guint i = 0; i < machine->n_cores; i++)
    {
      const TelarCore *core = &machine->cores[i];
      if (core->usable && (allowed == NULL || is_among (allowed, core->number)))
        candidates[n++] = (Candidate){ taken[core->physical]++, core->number };
    }
  qsort (candidates, n, sizeof (Candidate), compare_candidates);
  for (guint i = 0; i < n; i++)
    g_array_append_val (order, candidates[i].number);
  return order;
}

/* Reads a core's number at *@at and steps over it. */
static gboolean
parse_number (const char **at, int *number)
{
  const char *digit = *at;
  int value = 0;

  while (g_ascii_isdigit (*digit) && value < (int) TELAR_MAX_CORES)
    value = value * 10 + (*digit++ - '0');
  if (digit == *at || value >= (int) TELAR_MAX_CORES)
    return FALSE;
  *at = digit;
  *number = value;
  return TRUE;
}

static void
skip_spaces (const char **at)
{
  while (g_ascii_isspace (**at))
    (*at)++;
}

/* Reads "4" or "0-3" and what surrounds it. */
static gboolean
parse_range (const char **at, int *first, int *last)
{
  skip_spaces (at);
  if (!parse_number (at, first))
    return FALSE;
  *last = *first;
  skip_spaces (at);
  if (**at == '-')
    {
      (*at)++;
      skip_spaces (at);
      if (!parse_number (at, last))
        return FALSE;
      skip_spaces (at);
    }
  return *first <= *last;
}

GArray *
telar_cores_parse (const char *text, GError **error)
{
  g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (int));
  const char *at = text;

  g_return_val_if_fail (text != NULL, NULL);

  if (strcmp (text, "all") == 0)
    return NULL;
  for (;;)
    {
      int first, last;

      if (!parse_range (&at, &first, &last) || (*at != ',' && *at != '\0'))
        {
          g_set_error (error, TELAR_MACHINE_ERROR, TELAR_MACHINE_ERROR_CORES,
                       _("“%s” is not a list of cores; write “all” or numbers below %u, "
                         "such as “0-3,6”"),
                       text, TELAR_MAX_CORES);
          return NULL;
        }
      for (int number = first; number <= last; number++)
        if (!is_among (numbers, number))
          g_array_append_val (numbers, number);
      if (*at++ == '\0')
        return g_steal_pointer (&numbers);
    }
}

/* units.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Words of files that stand for numbers: units of time, names of signals.
 */

#include "config.h"

#include <math.h>
#include <signal.h>
#include <string.h>

#include "graph/value.h"

static const struct
{
  const char *name;
  double      ns;
} units[] = {
  { "ns", 1 },
  { "µs", 1e3 }, /* micro sign */
  { "μs", 1e3 }, /* Greek letter */
  { "us", 1e3 },
  { "ms", 1e6 },
  { "s", 1e9 },
  { "min", 60e9 },
  { "h", 3600e9 },
};

static double
find_unit (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    if (strcmp (units[i].name, name) == 0)
      return units[i].ns;
  return 0;
}

/* Steps over a decimal number; not over "inf" or "0x1", which C takes too. */
static const char *
skip_number (const char *at)
{
  const char *digits;

  if (*at == '-' || *at == '+')
    at++;
  digits = at;
  while (g_ascii_isdigit (*at))
    at++;
  if (*at == '.')
    at++;
  while (g_ascii_isdigit (*at))
    at++;
  if (at == digits || (at == digits + 1 && *digits == '.'))
    return NULL;
  if ((*at == 'e' || *at == 'E')
      && (g_ascii_isdigit (at[1])
          || ((at[1] == '-' || at[1] == '+') && g_ascii_isdigit (at[2]))))
    for (at += 2; g_ascii_isdigit (*at);)
      at++;
  return at;
}

gboolean
telar_duration_parse (const char *text, const char *unit, gint64 *ns)
{
  g_autofree char *stripped = NULL;
  const char *end;
  double number, scale;

  g_return_val_if_fail (text != NULL && ns != NULL, FALSE);

  stripped = g_strstrip (g_strdup (text));
  end = skip_number (stripped);
  if (end == NULL)
    return FALSE;
  number = g_ascii_strtod (stripped, NULL);
  while (g_ascii_isspace (*end))
    end++;
  scale = find_unit (*end != '\0' ? end : unit != NULL ? unit : "s");
  /* 2^63 itself is the first double beyond */
  if (!(scale > 0) || !(fabs (number * scale) < (double) G_MAXINT64))
    return FALSE;
  *ns = (gint64) round (number * scale);
  return TRUE;
}

int
telar_signal_parse (const char *text)
{
  g_autofree char *name = g_ascii_strup (text, -1);
  const char *bare = g_str_has_prefix (name, "SIG") ? name + 3 : name;
  guint64 number;

  if (g_ascii_string_to_unsigned (text, 10, 1, NSIG - 1, &number, NULL))
    return (int) number;
  for (int i = 1; i < NSIG; i++)
    {
      const char *known = sigabbrev_np (i);
      if (known != NULL && strcmp (known, bare) == 0)
        return i;
    }
  return -1;
}

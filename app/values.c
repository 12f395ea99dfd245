/* values.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include "app/values.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#define NS_PER_MS 1000000
#define LONGEST_NS (365.0 * 86400 * 1e9)
#define MAX_MILLIMETRES 5000

static const struct
{
  const char *name;
  gint64      ns;
} units[] = {
  { "ns", 1 },
  { "us", 1000 },
  { "µs", 1000 },
  { "ms", NS_PER_MS },
  { "s", G_GINT64_CONSTANT (1000000000) },
  { "min", G_GINT64_CONSTANT (60000000000) },
};

static gboolean
refuse (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);

static gboolean
refuse (GError **error, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list          arguments;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, message);
  return FALSE;
}

/* A plain decimal number: not infinity, nor what C takes for hexadecimal.
 * Returns: where it ends; @text where there is none. */
static const char *
parse_number (const char *text, double *number)
{
  char *end;

  if (!g_ascii_isdigit (text[0]) || (text[0] == '0' && (text[1] == 'x' || text[1] == 'X')))
    return text;
  *number = g_ascii_strtod (text, &end);
  return isfinite (*number) ? end : text;
}

/* A number and its unit in ns, 0 where none is given. */
static gboolean
parse_measure (const char *text, double *number, gint64 *unit)
{
  g_autofree char *rest = NULL;
  const char      *end = parse_number (text, number);

  if (end == text)
    return FALSE;
  rest = g_strstrip (g_strdup (end));
  *unit = 0;
  if (rest[0] == '\0')
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    if (strcmp (rest, units[i].name) == 0)
      *unit = units[i].ns;
  return *unit != 0;
}

static gboolean
to_ns (double number, gint64 unit, gint64 *ns)
{
  double value = round (number * (double) unit);

  if (value < 0 || value > LONGEST_NS)
    return FALSE;
  *ns = (gint64) value;
  return TRUE;
}

gboolean
telar_value_duration (const char *text, gint64 unit, gint64 *ns, GError **error)
{
  double number;
  gint64 own;

  g_return_val_if_fail (text != NULL && ns != NULL, FALSE);

  if (!parse_measure (text, &number, &own) || !to_ns (number, own != 0 ? own : unit, ns))
    return refuse (error, _ ("“%s” is not a duration; write 5, 0.5 s or 200 ms"), text);
  return TRUE;
}

gboolean
telar_value_range (const char *text, gint64 *begin, gint64 *end, GError **error)
{
  g_autofree char *first = NULL;
  const char      *dots;
  double           from, to;
  gint64           from_unit, to_unit;

  g_return_val_if_fail (text != NULL && begin != NULL && end != NULL, FALSE);

  dots = strstr (text, "..");
  first = g_strndup (text, dots != NULL ? (gsize) (dots - text) : 0);
  if (dots == NULL || !parse_measure (first, &from, &from_unit)
      || !parse_measure (dots + 2, &to, &to_unit))
    return refuse (error, _ ("“%s” is not a range; write 0..2ms or 1.5ms..2s"), text);
  if (from_unit == 0)
    from_unit = to_unit != 0 ? to_unit : NS_PER_MS;
  if (to_unit == 0)
    to_unit = from_unit;
  if (!to_ns (from, from_unit, begin) || !to_ns (to, to_unit, end) || *begin >= *end)
    return refuse (error, _ ("the range “%s” ends before it begins"), text);
  return TRUE;
}

gboolean
telar_value_size (const char *text, TelarExportOptions *options, GError **error)
{
  const char *end;
  double      width, height = 0, most;
  gboolean    millimetres, both = FALSE;

  g_return_val_if_fail (text != NULL && options != NULL, FALSE);

  end = parse_number (text, &width);
  if (end != text && *end == 'x')
    {
      both = TRUE;
      text = end + 1;
      end = parse_number (text, &height);
    }
  millimetres = strcmp (end, "mm") == 0;
  if (end == text || (*end != '\0' && !millimetres && strcmp (end, "px") != 0))
    return refuse (error, _ ("“%s” is not a size; write 1920x1080, 85x50mm or 85mm"), text);
  most = millimetres ? MAX_MILLIMETRES : TELAR_MAX_PIXELS;
  if (!(width >= 1) || width > most || (both && !(height >= 1)) || height > most)
    return refuse (error, _ ("a picture is 1 to %d pixels or 1 to %d mm wide and high"),
                   TELAR_MAX_PIXELS, MAX_MILLIMETRES);
  options->width = width;
  options->height = height;
  options->millimetres = millimetres;
  return TRUE;
}

gboolean
telar_value_lanes (const char *text, TelarExportOptions *options, GError **error)
{
  g_auto (GStrv) names = NULL;

  g_return_val_if_fail (text != NULL && options != NULL, FALSE);

  names = g_strsplit (text, ",", -1);
  options->cores = options->tasks = options->graph = options->objects = FALSE;
  for (guint i = 0; names[i] != NULL; i++)
    if (strcmp (names[i], "cores") == 0)
      options->cores = TRUE;
    else if (strcmp (names[i], "tasks") == 0)
      options->tasks = TRUE;
    else if (strcmp (names[i], "graph") == 0)
      options->graph = TRUE;
    else if (strcmp (names[i], "objects") == 0)
      options->objects = TRUE;
    else
      return refuse (error, _ ("“%s” are no lanes; write cores, tasks, objects, graph or several "
                               "of them, with commas"), names[i]);
  return names[0] != NULL ? TRUE
                          : refuse (error, _ ("--lanes needs cores, tasks, objects or graph"));
}

gboolean
telar_value_arrows (const char *text, gboolean *all, GError **error)
{
  g_return_val_if_fail (text != NULL && all != NULL, FALSE);

  *all = strcmp (text, "all") == 0;
  if (!*all && strcmp (text, "order") != 0)
    return refuse (error, _ ("“%s” are no arrows; write order (starts and joins) or all"), text);
  return TRUE;
}

gboolean
telar_value_scale (const char *text, double *scale, GError **error)
{
  const char *end;

  g_return_val_if_fail (text != NULL && scale != NULL, FALSE);

  end = parse_number (text, scale);
  if (end == text || (*end != '\0' && strcmp (end, "x") != 0) || !(*scale >= 1 && *scale <= 8)
      || floor (*scale) != *scale)
    return refuse (error, _ ("“%s” is no scale; write a whole number from 1 to 8"), text);
  return TRUE;
}

gboolean
telar_value_dpi (const char *text, double *dpi, GError **error)
{
  const char *end;

  g_return_val_if_fail (text != NULL && dpi != NULL, FALSE);

  end = parse_number (text, dpi);
  if (end == text || *end != '\0' || !(*dpi >= 36 && *dpi <= 1200) || floor (*dpi) != *dpi)
    return refuse (error, _ ("“%s” is no number of pixels to the inch; write 36 to 1200"), text);
  return TRUE;
}

gboolean
telar_value_date (const char *text, GError **error)
{
  unsigned day, month, year;
  int      n = 0;

  g_return_val_if_fail (text != NULL, FALSE);

  if (strspn (text, "0123456789-") == 10 && text[10] == '\0'
      && sscanf (text, "%4u-%2u-%2u%n", &year, &month, &day, &n) == 3 && n == 10 && month >= 1
      && month <= 12 && g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year))
    return TRUE;
  return refuse (error, _ ("“%s” is no date; write it as 2026-11-26"), text);
}

/* Returns: which of @n words it is; -1: none. */
static int
find_word (const char *text, const char *const *words, guint n)
{
  for (guint i = 0; i < n; i++)
    if (strcmp (text, words[i]) == 0)
      return (int) i;
  return -1;
}

gboolean
telar_value_sort (const char *text, TelarLaneSort *sort, GError **error)
{
  static const char *const names[TELAR_N_SORTS] = {
    [TELAR_SORT_GRAPH] = "graph",     [TELAR_SORT_START] = "start", [TELAR_SORT_BUSY] = "cpu",
    [TELAR_SORT_SLICES] = "switches", [TELAR_SORT_NAME] = "name",
  };

  int found;

  g_return_val_if_fail (text != NULL && sort != NULL, FALSE);

  found = find_word (text, names, G_N_ELEMENTS (names));
  if (found < 0)
    return refuse (error, _ ("“%s” is no order; write graph, start, cpu, switches or name"), text);
  *sort = (TelarLaneSort) found;
  return TRUE;
}

gboolean
telar_value_style (const char *text, TelarStyle *style, GError **error)
{
  static const char *const names[] = { [TELAR_STYLE_LIGHT] = "light", [TELAR_STYLE_DARK] = "dark",
                                       [TELAR_STYLE_PRINT] = "print" };

  int found;

  g_return_val_if_fail (text != NULL && style != NULL, FALSE);

  found = find_word (text, names, G_N_ELEMENTS (names));
  if (found < 0)
    return refuse (error, _ ("“%s” is no style; write light, dark or print"), text);
  *style = (TelarStyle) found;
  return TRUE;
}

/* svg-bars.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Rectangles of an SVG, written by ourselves: cairo prints the eight numbers of each
 * by printf(), once more where it is filled twice, and that is most of what a picture
 * of ten thousand slices takes. Cairo is given the rectangle around them, by which it
 * decides what is in sight, and a line far outside whose end says which they are; they
 * take the place of both when the SVG is there.
 */

#include "config.h"

#include <math.h>
#include <string.h>

#include "paint/svg-bars.h"

/* Cairo counts in 1/256 within ± 2²³: whole numbers are exact there, and no picture
 * is so large. */
#define MARK      "M 4000000 "
#define MARK_X    4000000
#define MOST      4000000 /* paths */
#define PARTS     100     /* of a unit, to which corners are rounded */
#define MOST_UNIT 4000000

/* In parts of the surface's units. */
typedef struct
{
  gint32 x0, y0, x1, y1;
} Corners;

struct _TelarSvgBars
{
  GArray *corners;
  GArray *paths; /* guint: where each ends in corners */
  guint   begin; /* of the path that is being made */
};

static const cairo_user_data_key_t bars_key;

TelarSvgBars *
telar_svg_bars_new (cairo_surface_t *surface)
{
  TelarSvgBars *bars = g_new0 (TelarSvgBars, 1);

  bars->corners = g_array_new (FALSE, FALSE, sizeof (Corners));
  bars->paths = g_array_new (FALSE, FALSE, sizeof (guint));
  cairo_surface_set_user_data (surface, &bars_key, bars, NULL);
  return bars;
}

void
telar_svg_bars_free (TelarSvgBars *bars)
{
  if (bars == NULL)
    return;
  g_array_unref (bars->corners);
  g_array_unref (bars->paths);
  g_free (bars);
}

TelarSvgBars *
telar_svg_bars_of (cairo_t *cr)
{
  TelarSvgBars *bars = cairo_surface_get_user_data (cairo_get_target (cr), &bars_key);

  return bars != NULL && bars->paths->len < MOST ? bars : NULL;
}

static gint32
to_parts (double units)
{
  return (gint32) lrint (CLAMP (units, -MOST_UNIT, MOST_UNIT) * PARTS);
}

void
telar_svg_bars_add (TelarSvgBars *bars, cairo_t *cr, double x, double y, double width,
                    double height)
{
  double right = x + width, bottom = y + height;
  Corners corners;

  if (bars == NULL)
    {
      cairo_rectangle (cr, x, y, width, height);
      return;
    }
  cairo_user_to_device (cr, &x, &y);
  cairo_user_to_device (cr, &right, &bottom);
  corners = (Corners){ to_parts (x), to_parts (y), to_parts (right), to_parts (bottom) };
  /* What is there is to be seen. */
  corners.x1 = MAX (corners.x1, corners.x0 + 1);
  corners.y1 = MAX (corners.y1, corners.y0 + 1);
  g_array_append_val (bars->corners, corners);
}

void
telar_svg_bars_path (TelarSvgBars *bars, cairo_t *cr)
{
  const Corners *corners;
  Corners around;
  double number;

  if (bars == NULL || bars->begin == bars->corners->len)
    return;
  corners = (const Corners *) (const void *) bars->corners->data;
  number = bars->paths->len;
  around = corners[bars->begin];
  for (guint i = bars->begin + 1; i < bars->corners->len; i++)
    around = (Corners){ MIN (around.x0, corners[i].x0), MIN (around.y0, corners[i].y0),
                        MAX (around.x1, corners[i].x1), MAX (around.y1, corners[i].y1) };
  bars->begin = bars->corners->len;
  g_array_append_val (bars->paths, bars->begin);

  cairo_save (cr);
  cairo_identity_matrix (cr);
  cairo_rectangle (cr, (double) around.x0 / PARTS, (double) around.y0 / PARTS,
                   (double) (around.x1 - around.x0) / PARTS,
                   (double) (around.y1 - around.y0) / PARTS);
  cairo_move_to (cr, MARK_X, number);
  cairo_line_to (cr, MARK_X + 1, number);
  cairo_restore (cr);
}

/* ---- into the SVG ------------------------------------------------------- */

/* "12", "12.3", "-12.34". Returns: behind it. */
static char *
print_parts (char *at, gint32 parts)
{
  guint32 left = parts < 0 ? (guint32) -parts : (guint32) parts;
  guint32 whole = left / PARTS, rest = left % PARTS;
  char digits[12], *digit = digits + sizeof digits;

  if (parts < 0)
    *at++ = '-';
  do
    *--digit = (char) ('0' + whole % 10);
  while ((whole /= 10) > 0);
  memcpy (at, digit, (gsize) (digits + sizeof digits - digit));
  at += digits + sizeof digits - digit;
  if (rest == 0)
    return at;
  *at++ = '.';
  *at++ = (char) ('0' + rest / 10);
  if (rest % 10 > 0)
    *at++ = (char) ('0' + rest % 10);
  return at;
}

#define LONGEST (6 + 5 * 12) /* of what the next one prints */

/* Returns: behind it. */
static char *
print_corners (char *at, const Corners *corners)
{
  *at++ = 'M';
  at = print_parts (at, corners->x0);
  *at++ = ' ';
  at = print_parts (at, corners->y0);
  *at++ = 'H';
  at = print_parts (at, corners->x1);
  *at++ = 'V';
  at = print_parts (at, corners->y1);
  *at++ = 'H';
  at = print_parts (at, corners->x0);
  *at++ = 'Z';
  return at;
}

gboolean
telar_svg_bars_any (const TelarSvgBars *bars)
{
  return bars->paths->len > 0;
}

gboolean
telar_svg_bars_print (const TelarSvgBars *bars, const char *data, gsize size, GByteArray *out)
{
  const Corners *corners = (const Corners *) (const void *) bars->corners->data;
  const guint *ends = (const guint *) (const void *) bars->paths->data;
  const char *mark = memmem (data, size, MARK, strlen (MARK)), *end = data + size;
  guint number = 0, first, length;
  char *at;

  if (mark == NULL)
    return FALSE;
  for (mark += strlen (MARK); mark < end && g_ascii_isdigit (*mark) && number < MOST; mark++)
    number = number * 10 + (guint) (*mark - '0');
  if (number >= bars->paths->len)
    return FALSE;
  first = number > 0 ? ends[number - 1] : 0;
  length = out->len;
  g_byte_array_set_size (out, length + (ends[number] - first) * LONGEST);
  at = (char *) out->data + length;
  for (guint i = first; i < ends[number]; i++)
    at = print_corners (at, &corners[i]);
  g_byte_array_set_size (out, (guint) (at - (char *) out->data));
  return TRUE;
}

/* settle.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Takes out of cairo's files what differs between two equal pictures: the
 * numbers of surfaces, counted over the life of a program, and the date. And
 * writes rectangles as short as SVG has them: a busy picture is made of little
 * else.
 */

#include "config.h"

#include <string.h>

#include "paint/export-private.h"

/* "surface17" becomes "surface1", by order of appearance. */
static GString *
renumber_surfaces (const char *svg, gsize size)
{
  g_autoptr (GHashTable) numbers = g_hash_table_new (NULL, NULL);
  GString *settled = g_string_sized_new (size);
  const char *end = svg + size;

  while (svg < end)
    {
      const char *found = g_strstr_len (svg, end - svg, "surface");
      char *behind;
      guint64 number;
      gpointer known;

      if (found == NULL)
        break;
      found += strlen ("surface");
      g_string_append_len (settled, svg, found - svg);
      svg = found;
      if (!g_ascii_isdigit (*found))
        continue;
      number = g_ascii_strtoull (found, &behind, 10);
      known = g_hash_table_lookup (numbers, GUINT_TO_POINTER (number));
      if (known == NULL)
        {
          known = GUINT_TO_POINTER (g_hash_table_size (numbers) + 1);
          g_hash_table_insert (numbers, GUINT_TO_POINTER (number), known);
        }
      g_string_append_printf (settled, "%u", GPOINTER_TO_UINT (known));
      svg = behind;
    }
  g_string_append_len (settled, svg, end - svg);
  return settled;
}

/* A number as it is written. Returns: its length. Neither strspn() nor any other
 * that may look at all that follows, see shorten_rectangles(). */
static gsize
number_at (const char *text)
{
  gsize n = 0;

  while (g_ascii_isdigit (text[n]) || text[n] == '.' || text[n] == '-')
    n++;
  return n;
}

/* " L x y " behind @at, told apart. Returns: behind it, NULL where there is none. */
static const char *
take_point (const char *at, char command, const char **x, gsize *n_x, const char **y, gsize *n_y)
{
  if (at[0] != command || at[1] != ' ')
    return NULL;
  *x = at + 2;
  *n_x = number_at (*x);
  if (*n_x == 0 || (*x)[*n_x] != ' ')
    return NULL;
  *y = *x + *n_x + 1;
  *n_y = number_at (*y);
  if (*n_y == 0 || (*y)[*n_y] != ' ')
    return NULL;
  return *y + *n_y + 1;
}

static gboolean
same (const char *a, gsize n_a, const char *b, gsize n_b)
{
  return n_a == n_b && memcmp (a, b, n_a) == 0;
}

/* "M a b L c b L c d L a d Z " at @at becomes "Ma bHcVdHaZ", number by number as
 * they were. Returns: behind it, NULL where it is something else. */
static const char *
shorten_rectangle (const char *at, GString *out)
{
  const char *x[4], *y[4];
  gsize n_x[4], n_y[4];

  for (guint i = 0; i < 4; i++)
    if ((at = take_point (at, i == 0 ? 'M' : 'L', &x[i], &n_x[i], &y[i], &n_y[i])) == NULL)
      return NULL;
  if (at[0] != 'Z' || at[1] != ' ' || !same (y[0], n_y[0], y[1], n_y[1])
      || !same (x[1], n_x[1], x[2], n_x[2]) || !same (y[2], n_y[2], y[3], n_y[3])
      || !same (x[3], n_x[3], x[0], n_x[0]))
    return NULL;
  g_string_append_c (out, 'M');
  g_string_append_len (out, x[0], (gssize) n_x[0]);
  g_string_append_c (out, ' ');
  g_string_append_len (out, y[0], (gssize) n_y[0]);
  g_string_append_c (out, 'H');
  g_string_append_len (out, x[1], (gssize) n_x[1]);
  g_string_append_c (out, 'V');
  g_string_append_len (out, y[2], (gssize) n_y[2]);
  g_string_append_c (out, 'H');
  g_string_append_len (out, x[0], (gssize) n_x[0]);
  g_string_append_c (out, 'Z');
  return at + 2;
}

static GString *
shorten_rectangles (const GString *svg)
{
  GString *out = g_string_sized_new (svg->len);
  const char *at = svg->str, *next, *end = svg->str + svg->len;

  /* Bounded: where a checker looks at whole texts, strchr() takes minutes here. */
  while ((next = memchr (at, 'M', (gsize) (end - at))) != NULL)
    {
      const char *behind;

      g_string_append_len (out, at, next - at);
      behind = shorten_rectangle (next, out);
      if (behind == NULL)
        g_string_append_c (out, *next);
      at = behind != NULL ? behind : next + 1;
    }
  g_string_append (out, at);
  return out;
}

void
telar_svg_settle (GByteArray *svg, const char *texts)
{
  g_autoptr (GString) numbered = NULL;
  GString *settled;
  char *close;

  g_byte_array_append (svg, (const guint8 *) "", 1);
  numbered = renumber_surfaces ((const char *) svg->data, svg->len - 1);
  settled = shorten_rectangles (numbered);
  close = g_strrstr (settled->str, "</svg>");
  if (close != NULL)
    g_string_insert (settled, close - settled->str, texts);
  g_byte_array_set_size (svg, 0);
  g_byte_array_append (svg, (const guint8 *) settled->str, settled->len);
  g_string_free (settled, TRUE);
}

/* @text as XML can hold it: most control characters cannot be in it, not even escaped. */
static char *
escape (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);

  for (char *at = valid; *at != '\0'; at++)
    if (g_ascii_iscntrl (*at))
      *at = ' ';
  return g_markup_escape_text (valid, -1);
}

void
telar_svg_describe (GByteArray *svg, const char *title, const char *description)
{
  static const char root[] = "<svg ";
  g_autofree char *title_words = escape (title);
  g_autofree char *description_words = escape (description);
  g_autofree char *words = g_strdup_printf ("\n<title>%s</title>\n<desc>%s</desc>", title_words,
                                            description_words);
  guint8 *found = memmem (svg->data, svg->len, root, strlen (root));
  guint8 *close = found != NULL ? memchr (found, '>', svg->data + svg->len - found) : NULL;
  g_autoptr (GByteArray) rest = g_byte_array_new ();
  guint at;

  if (close == NULL)
    return;
  at = (guint) (close + 1 - svg->data);
  g_byte_array_append (rest, svg->data + at, svg->len - at);
  g_byte_array_set_size (svg, at);
  g_byte_array_append (svg, (const guint8 *) words, (guint) strlen (words));
  g_byte_array_append (svg, rest->data, rest->len);
}

void
telar_pdf_settle (GByteArray *pdf)
{
  static const char key[] = "/CreationDate (";
  guint8 *found = memmem (pdf->data, pdf->len, key, strlen (key));
  guint8 *close = found != NULL ? memchr (found, ')', pdf->data + pdf->len - found) : NULL;

  if (close != NULL)
    memset (found, ' ', close + 1 - found);
}

/* settle.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Takes out of cairo's files what differs between two equal pictures: the
 * numbers of surfaces, counted over the life of a program, and the date. And puts
 * into an SVG what cairo does not write: title, texts, and rectangles as short as
 * SVG has them, of which a busy picture is made. All in one pass, line by line:
 * what was copied once more would take as long as what is done here.
 */

#include "config.h"

#include <string.h>

#include "paint/export-private.h"

/* An SVG on its way from cairo's to the one that is written. */
typedef struct
{
  GByteArray         *out;
  GHashTable         *numbers; /* of surfaces, by cairo's */
  const TelarSvgBars *bars;
  gboolean            placed;  /* some of them */
} Pass;

static void
add (GByteArray *out, const char *text, gsize size)
{
  g_byte_array_append (out, (const guint8 *) text, (guint) size);
}

static void
add_char (GByteArray *out, char c)
{
  add (out, &c, 1);
}

/* "surface17" becomes "surface1", by order of appearance. */
static void
renumber_surfaces (Pass *pass, const char *at, const char *end)
{
  static const char word[] = "surface";
  const char *found;

  while ((found = memmem (at, (gsize) (end - at), word, strlen (word))) != NULL)
    {
      guint number = 0;
      char settled[16];
      gpointer known;

      found += strlen (word);
      add (pass->out, at, (gsize) (found - at));
      at = found;
      while (at < end && g_ascii_isdigit (*at))
        number = number * 10 + (guint) (*at++ - '0');
      if (at == found)
        continue;
      known = g_hash_table_lookup (pass->numbers, GUINT_TO_POINTER (number));
      if (known == NULL)
        {
          known = GUINT_TO_POINTER (g_hash_table_size (pass->numbers) + 1);
          g_hash_table_insert (pass->numbers, GUINT_TO_POINTER (number), known);
        }
      add (pass->out, settled, (gsize) g_snprintf (settled, sizeof settled, "%u",
                                                   GPOINTER_TO_UINT (known)));
    }
  add (pass->out, at, (gsize) (end - at));
}

/* A number as it is written. Returns: its length. Neither strspn() nor any other
 * that may look at all that follows: where a checker looks at whole texts, they take
 * minutes here. */
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
shorten_rectangle (const char *at, GByteArray *out)
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
  add_char (out, 'M');
  add (out, x[0], n_x[0]);
  add_char (out, ' ');
  add (out, y[0], n_y[0]);
  add_char (out, 'H');
  add (out, x[1], n_x[1]);
  add_char (out, 'V');
  add (out, y[2], n_y[2]);
  add_char (out, 'H');
  add (out, x[0], n_x[0]);
  add_char (out, 'Z');
  return at + 2;
}

static gboolean
begins_with (const char *line, const char *end, const char *word)
{
  return (gsize) (end - line) >= strlen (word) && memcmp (line, word, strlen (word)) == 0;
}

/* The text of a path. */
static void
settle_path (Pass *pass, const char *at, const char *end)
{
  const char *next;

  if (pass->bars != NULL && telar_svg_bars_print (pass->bars, at, (gsize) (end - at), pass->out))
    {
      pass->placed = TRUE;
      return;
    }
  while ((next = memchr (at, 'M', (gsize) (end - at))) != NULL)
    {
      const char *behind;

      add (pass->out, at, (gsize) (next - at));
      behind = shorten_rectangle (next, pass->out);
      if (behind == NULL)
        add_char (pass->out, *next);
      at = behind != NULL ? behind : next + 1;
    }
  add (pass->out, at, (gsize) (end - at));
}

static void
settle_line (Pass *pass, const char *line, const char *end)
{
  static const char data[] = " d=\"";
  const char *begin = memmem (line, (gsize) (end - line), data, strlen (data)), *behind = NULL;

  if (begin != NULL)
    begin += strlen (data), behind = memchr (begin, '"', (gsize) (end - begin));
  if (behind == NULL)
    {
      renumber_surfaces (pass, line, end);
      return;
    }
  renumber_surfaces (pass, line, begin);
  settle_path (pass, begin, behind);
  renumber_surfaces (pass, behind, end);
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

gboolean
telar_svg_settle (GByteArray **svg, const TelarSvgBars *bars, const char *title,
                  const char *description, const char *texts)
{
  g_autoptr (GHashTable) numbers = g_hash_table_new (NULL, NULL);
  g_autofree char *title_words = escape (title);
  g_autofree char *description_words = escape (description);
  g_autofree char *words = g_strdup_printf ("<title>%s</title>\n<desc>%s</desc>\n", title_words,
                                            description_words);
  const char *at = (const char *) (*svg)->data, *end = at + (*svg)->len, *line;
  Pass pass = { g_byte_array_sized_new ((*svg)->len), numbers, bars, FALSE };

  for (line = at; line < end; line = at)
    {
      at = memchr (line, '\n', (gsize) (end - line));
      at = at != NULL ? at + 1 : end;
      if (begins_with (line, at, "</svg>"))
        add (pass.out, texts, strlen (texts));
      settle_line (&pass, line, at);
      if (begins_with (line, at, "<svg "))
        add (pass.out, words, strlen (words));
    }
  g_byte_array_unref (*svg);
  *svg = pass.out;
  return bars == NULL || !telar_svg_bars_any (bars) || pass.placed;
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

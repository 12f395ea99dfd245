/* settle.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Takes out of cairo's files what differs between two equal pictures: the
 * numbers of surfaces, counted over the life of a program, and the date.
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

void
telar_svg_settle (GByteArray *svg, const char *texts)
{
  GString *settled;
  char *close;

  g_byte_array_append (svg, (const guint8 *) "", 1);
  settled = renumber_surfaces ((const char *) svg->data, svg->len - 1);
  close = g_strrstr (settled->str, "</svg>");
  if (close != NULL)
    g_string_insert (settled, close - settled->str, texts);
  g_byte_array_set_size (svg, 0);
  g_byte_array_append (svg, (const guint8 *) settled->str, settled->len);
  g_string_free (settled, TRUE);
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

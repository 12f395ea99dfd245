/* png.c
 *
 * SPDX-License-Identifier: MIT
 *
 * PNG files, written strip by strip: a picture of 32,767 pixels a side would
 * take 4 GiB as one image.
 */

#include "config.h"

#include <string.h>

#include "paint/png.h"

#define CHUNK 65536 /* bytes of pixels in one piece of the file */
#define LEVEL 3     /* of zlib: a sixth larger than by 6, in less than half the time */

struct _TelarPng
{
  GByteArray  *bytes;      /* borrowed: the file */
  GConverter  *compressor; /* owned */
  guint32      width, height;
  guint32      rows;       /* written so far */
  guint8      *above;      /* owned: the row above, 3 bytes a pixel */
  guint8      *row;        /* owned: the row */
  guint8      *filtered;   /* owned: what is compressed of it, behind the filter's number */
  guint8       chunk[CHUNK];
  gsize        in_chunk;
};

static guint32
crc_of (const guint8 *bytes, gsize size)
{
  static guint32 table[256];
  static gsize   ready = 0;
  guint32        crc = 0xffffffffu;

  if (g_once_init_enter (&ready))
    {
      for (guint32 i = 0; i < 256; i++)
        {
          guint32 value = i;

          for (guint bit = 0; bit < 8; bit++)
            value = (value & 1) != 0 ? 0xedb88320u ^ value >> 1 : value >> 1;
          table[i] = value;
        }
      g_once_init_leave (&ready, 1);
    }
  for (gsize i = 0; i < size; i++)
    crc = table[(crc ^ bytes[i]) & 0xff] ^ crc >> 8;
  return ~crc;
}

static void
append_number (GByteArray *bytes, guint32 number)
{
  number = GUINT32_TO_BE (number);
  g_byte_array_append (bytes, (const guint8 *) &number, 4);
}

static void
append_chunk (GByteArray *bytes, const char *name, const void *data, gsize size)
{
  guint begin;

  append_number (bytes, (guint32) size);
  begin = bytes->len;
  g_byte_array_append (bytes, (const guint8 *) name, 4);
  if (size > 0)
    g_byte_array_append (bytes, data, (guint) size);
  append_number (bytes, crc_of (bytes->data + begin, size + 4));
}

TelarPng *
telar_png_new (GByteArray *bytes, guint width, guint height, double dots_per_metre)
{
  static const guint8 signature[] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n' };
  static const guint8 kind[] = { 8, 2, 0, 0, 0 }; /* 8 bits each of red, green, blue */
  g_autoptr (GByteArray) header = g_byte_array_new ();
  TelarPng *png = g_new0 (TelarPng, 1);

  g_return_val_if_fail (bytes != NULL && width > 0 && height > 0, NULL);

  png->bytes = bytes;
  png->width = width;
  png->height = height;
  png->compressor = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB, LEVEL));
  png->above = g_new0 (guint8, (gsize) width * 3);
  png->row = g_new0 (guint8, (gsize) width * 3);
  png->filtered = g_new0 (guint8, (gsize) width * 3 + 1);

  g_byte_array_append (bytes, signature, sizeof signature);
  append_number (header, width);
  append_number (header, height);
  g_byte_array_append (header, kind, sizeof kind);
  append_chunk (bytes, "IHDR", header->data, header->len);
  if (dots_per_metre > 0)
    {
      g_byte_array_set_size (header, 0);
      append_number (header, (guint32) dots_per_metre);
      append_number (header, (guint32) dots_per_metre);
      g_byte_array_append (header, (const guint8 *) "\1", 1);
      append_chunk (bytes, "pHYs", header->data, header->len);
    }
  return png;
}

void
telar_png_add_text (TelarPng *png, const char *key, const char *text)
{
  g_autoptr (GByteArray) chunk = g_byte_array_new ();

  g_return_if_fail (png != NULL && png->rows == 0);

  /* Key, not compressed, no language, no translated key, UTF-8. */
  g_byte_array_append (chunk, (const guint8 *) key, (guint) strlen (key) + 1);
  g_byte_array_append (chunk, (const guint8 *) "\0\0\0", 4);
  g_byte_array_append (chunk, (const guint8 *) text, (guint) strlen (text));
  append_chunk (png->bytes, "iTXt", chunk->data, chunk->len);
}

static void
put_chunk (TelarPng *png)
{
  if (png->in_chunk > 0)
    append_chunk (png->bytes, "IDAT", png->chunk, png->in_chunk);
  png->in_chunk = 0;
}

static void
compress (TelarPng *png, const guint8 *data, gsize size, gboolean last)
{
  GConverterResult result = G_CONVERTER_CONVERTED;

  while (size > 0 || (last && result != G_CONVERTER_FINISHED))
    {
      gsize read = 0, written = 0;

      if (png->in_chunk == CHUNK)
        put_chunk (png);
      result = g_converter_convert (png->compressor, data, size, png->chunk + png->in_chunk,
                                    CHUNK - png->in_chunk,
                                    last ? G_CONVERTER_INPUT_AT_END : G_CONVERTER_NO_FLAGS, &read,
                                    &written, NULL);
      png->in_chunk += written;
      /* No room for what comes next. */
      if (result == G_CONVERTER_ERROR)
        {
          g_return_if_fail (png->in_chunk > 0);
          put_chunk (png);
          continue;
        }
      data += read;
      size -= read;
    }
}

void
telar_png_add_rows (TelarPng *png, const guint8 *pixels, gsize stride, guint n)
{
  gsize size = (gsize) png->width * 3;

  g_return_if_fail (png->rows + n <= png->height);

  for (guint y = 0; y < n; y++, png->rows++)
    {
      const guint32 *from = (const guint32 *) (gconstpointer) (pixels + y * stride);
      guint8        *swap = png->above;

      for (guint x = 0; x < png->width; x++)
        {
          png->row[3 * x] = (guint8) (from[x] >> 16);
          png->row[3 * x + 1] = (guint8) (from[x] >> 8);
          png->row[3 * x + 2] = (guint8) from[x];
        }
      /* The difference to the row above: lanes are many rows alike. */
      png->filtered[0] = 2;
      for (gsize i = 0; i < size; i++)
        png->filtered[1 + i] = (guint8) (png->row[i] - png->above[i]);
      compress (png, png->filtered, size + 1, FALSE);
      png->above = png->row;
      png->row = swap;
    }
}

void
telar_png_finish (TelarPng *png)
{
  g_return_if_fail (png != NULL);

  compress (png, NULL, 0, TRUE);
  put_chunk (png);
  append_chunk (png->bytes, "IEND", NULL, 0);
  g_object_unref (png->compressor);
  g_free (png->above);
  g_free (png->row);
  g_free (png->filtered);
  g_free (png);
}

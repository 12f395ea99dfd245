/* test-objects-memory.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Shared memory blocks: bytes where they are put, and not beyond.
 */

#include <glib.h>
#include <string.h>
#include <unistd.h>

#include "catalogue/memory.h"
#include "made-objects.h"
#include "objects/block.h"

#define SIZE 4099

static const TelarParty me = { .task = 1 };

static void
test_bytes (void)
{
  TelarObjects *objects = telar_made_object (TELAR_OBJECT_SHARED_MEMORY, SIZE, 0);
  guint8        bytes[64], found[64], zeros[64] = { 0 };

  g_assert_cmpuint (telar_block_size (objects, 0), ==, SIZE);
  for (guint i = 0; i < sizeof bytes; i++)
    bytes[i] = (guint8) (i + 1);
  /* Wherever they begin, and however many they are: all of them, and no other. */
  for (guint64 offset = 0; offset < 17; offset++)
    for (guint64 n = 0; n < 40; n++)
      {
        g_assert_cmpint (telar_block_write (objects, 0, &me, offset, bytes, n), ==,
                         TELAR_OBJECT_DONE);
        telar_block_read (objects, 0, 0, found, sizeof found);
        g_assert_cmpmem (found, offset, zeros, offset);
        g_assert_cmpmem (found + offset, n, bytes, n);
        g_assert_cmpmem (found + offset + n, sizeof found - offset - n, zeros,
                         sizeof found - offset - n);
        telar_block_write (objects, 0, &me, 0, zeros, sizeof zeros);
      }
  telar_objects_free (objects);
}

static void
test_range (void)
{
  TelarObjects *objects = telar_made_object (TELAR_OBJECT_SHARED_MEMORY, SIZE, 0);
  guint64       number = 1;

  g_assert_cmpint (telar_block_write (objects, 0, &me, SIZE - 8, &number, 8), ==,
                   TELAR_OBJECT_DONE);
  g_assert_cmpint (telar_block_write (objects, 0, &me, SIZE - 7, &number, 8), ==,
                   TELAR_OBJECT_RANGE);
  g_assert_cmpint (telar_block_write (objects, 0, &me, SIZE, &number, 1), ==, TELAR_OBJECT_RANGE);
  g_assert_cmpint (telar_block_read (objects, 0, SIZE - 1, &number, 1), ==, TELAR_OBJECT_DONE);
  g_assert_cmpint (telar_block_read (objects, 0, G_MAXUINT64, &number, 1), ==,
                   TELAR_OBJECT_RANGE);
  g_assert_cmpint (telar_block_read (objects, 0, 1, &number, G_MAXUINT64), ==,
                   TELAR_OBJECT_RANGE);
  telar_objects_free (objects);
}

static void
test_formats (void)
{
  static const struct
  {
    const char *format;
    double      number;
    gboolean    fits;
  } rows[] = {
    { "B", 0, TRUE },         { "B", 255, TRUE },      { "B", 256, FALSE }, { "B", -1, FALSE },
    { "b", -128, TRUE },      { "b", 128, FALSE },     { "H", 65535, TRUE }, { "h", 32768, FALSE },
    { "I", 4294967295, TRUE }, { "i", 2147483648, FALSE }, { "q", -0x1p63, TRUE },
    { "q", 0x1p63, FALSE },   { "Q", 0x1p63, TRUE },   { "Q", 0x1p64, FALSE }, { "q", 0.5, FALSE },
    { "d", 0.5, TRUE },       { "f", 1e38, TRUE },     { "f", 1e39, FALSE }, { "d", 1e300, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const TelarFormat *format = telar_format_find (rows[i].format);

      g_assert_nonnull (format);
      if (telar_format_fits (format, rows[i].number) != rows[i].fits)
        g_error ("%s of %g", rows[i].format, rows[i].number);
    }
  g_assert_null (telar_format_find (""));
  g_assert_null (telar_format_find ("x"));
  g_assert_null (telar_format_find ("qq"));
}

#define ROUNDS 200000

/* One number, of which all eight bytes are alike. */
static void
write_alike (TelarObjects *objects, guint32 task)
{
  TelarParty party = { .task = task };

  for (guint i = 0; i < ROUNDS; i++)
    {
      guint64 number = G_GUINT64_CONSTANT (0x0101010101010101) * (i % 251);

      telar_block_write (objects, 0, &party, 2048, &number, sizeof number);
    }
}

/* A number at a multiple of its size is never seen half. */
static void
test_whole (void)
{
  TelarObjects *objects = telar_made_object (TELAR_OBJECT_SHARED_MEMORY, SIZE, 0);
  pid_t         pids[2];

  for (guint32 i = 0; i < 2; i++)
    pids[i] = telar_play (objects, write_alike, i + 2);
  for (guint i = 0; i < ROUNDS; i++)
    {
      guint64 number;

      telar_block_read (objects, 0, 2048, &number, sizeof number);
      g_assert_cmpuint (number, ==, G_GUINT64_CONSTANT (0x0101010101010101) * (number & 0xff));
    }
  for (guint32 i = 0; i < 2; i++)
    telar_await_success (pids[i]);
  telar_objects_free (objects);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/objects-memory/bytes", test_bytes);
  g_test_add_func ("/objects-memory/range", test_range);
  g_test_add_func ("/objects-memory/formats", test_formats);
  g_test_add_func ("/objects-memory/whole", test_whole);
  return g_test_run ();
}

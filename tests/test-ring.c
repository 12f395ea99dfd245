/* test-ring.c
 *
 * SPDX-License-Identifier: MIT
 *
 * The ring of events: order, wrap, loss that is told, and two threads at once.
 */

#include <glib.h>
#include <stdlib.h>

#include "recorder/ring.h"

static TelarRing *
ring_new (uint32_t capacity, uint32_t reserve)
{
  TelarRing *ring = aligned_alloc (64, (telar_ring_size (capacity) + 63) / 64 * 64);

  *ring = (TelarRing){ .capacity = capacity, .reserve = reserve };
  return ring;
}

static void
write_value (TelarRing *ring, int64_t value, bool essential)
{
  TelarEvent event = { .ns = value, .value = value, .writer = 7, .kind = TELAR_EVENT_STEP_BEGIN };

  telar_ring_write (ring, essential, &event);
}

static void
test_order (void)
{
  TelarRing *ring = ring_new (8, 0);
  TelarEvent events[8];
  int64_t    next = 0;

  /* Five times round a ring of eight, by three and four. */
  for (int64_t value = 0; value < 40;)
    {
      for (int i = 0; i < 4; i++)
        write_value (ring, value++, false);
      size_t n = telar_ring_read (ring, events, 8);
      g_assert_cmpuint (n, ==, 4);
      for (size_t i = 0; i < n; i++)
        g_assert_cmpint (events[i].value, ==, next++);
    }
  g_assert_true (telar_ring_is_empty (ring));
  free (ring);
}

static void
test_loss_is_told (void)
{
  TelarRing *ring = ring_new (8, 2);
  TelarEvent events[16];

  for (int64_t value = 0; value < 20; value++)
    write_value (ring, value, false);
  /* Six fit, two places are kept for what a run cannot do without. */
  write_value (ring, 100, true);
  write_value (ring, 101, true);
  g_assert_cmpuint (telar_ring_read (ring, events, 16), ==, 8);
  g_assert_cmpint (events[5].value, ==, 5);
  g_assert_cmpint (events[6].value, ==, 100);
  g_assert_cmpint (events[7].value, ==, 101);

  write_value (ring, 200, false);
  g_assert_cmpuint (telar_ring_read (ring, events, 16), ==, 2);
  g_assert_cmpint (events[0].kind, ==, TELAR_EVENT_DROPPED);
  g_assert_cmpint (events[0].value, ==, 14);
  g_assert_cmpint (events[0].task, ==, 7);
  g_assert_cmpint (events[1].value, ==, 200);

  /* Told once. */
  write_value (ring, 201, false);
  g_assert_cmpuint (telar_ring_read (ring, events, 16), ==, 1);
  free (ring);
}

static void
test_overwritten_head (void)
{
  TelarRing *ring = ring_new (8, 0);
  TelarEvent events[64];

  write_value (ring, 1, false);
  atomic_store (&ring->head, 1u << 30);
  g_assert_cmpuint (telar_ring_read (ring, events, 64), <=, 8);
  free (ring);
}

#define MANY 400000

static gint writer_is_done;

static gpointer
write_many (gpointer data)
{
  for (int64_t value = 1; value <= MANY; value++)
    write_value (data, value, false);
  g_atomic_int_set (&writer_is_done, TRUE);
  return NULL;
}

/* Every event is read once and in order, or counted as dropped. */
static void
test_two_threads (void)
{
  TelarRing *ring = ring_new (256, 16);
  GThread   *writer = g_thread_new ("writer", write_many, ring);
  TelarEvent events[64];
  int64_t    last = 0;
  uint64_t   n_read = 0;
  uint64_t   n_told = 0;
  gboolean   over = FALSE;

  /* Looked at before the last reading: what comes after is not missed. */
  for (size_t n = 0; !over || n > 0;)
    {
      over = g_atomic_int_get (&writer_is_done);
      n = telar_ring_read (ring, events, 64);
      for (size_t i = 0; i < n; i++)
        if (events[i].kind == TELAR_EVENT_DROPPED)
          n_told += (uint64_t) events[i].value;
        else
          {
            g_assert_cmpint (events[i].value, >, last);
            g_assert_cmpint (events[i].ns, ==, events[i].value);
            last = events[i].value;
            n_read++;
          }
    }
  g_thread_join (writer);
  g_assert_cmpuint (n_read + n_told + ring->dropped, ==, MANY);
  free (ring);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ring/order", test_order);
  g_test_add_func ("/ring/loss-is-told", test_loss_is_told);
  g_test_add_func ("/ring/overwritten-head", test_overwritten_head);
  g_test_add_func ("/ring/two-threads", test_two_threads);
  return g_test_run ();
}

/* test-rings.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Reading the rings of a run's tasks: from start to join, whatever is in the
 * memory that tasks can write to.
 */

#include "engine/rings.h"
#include "made-plan.h"

#define DEEP 2000u

typedef struct
{
  guint   n;
  guint   n_of[DEEP];
  guint64 told_lost;
} Taken;

static void
take (const TelarEvent *events, unsigned n, void *data)
{
  Taken *taken = data;

  for (unsigned i = 0; i < n; i++)
    {
      taken->n++;
      if (events[i].writer < DEEP)
        taken->n_of[events[i].writer]++;
      if (events[i].kind == TELAR_EVENT_DROPPED)
        taken->told_lost += (guint64) events[i].value;
    }
}

static void
write_event (TelarShared *shared, const TelarPlan *plan, uint32_t writer, TelarEventKind kind,
             uint32_t task, gboolean essential)
{
  TelarEvent event = { .task = task, .writer = writer, .kind = (uint16_t) kind };

  telar_ring_write (telar_shared_open_ring (shared, plan, writer), essential, &event);
}

/* main, and each of the others inside the one before. */
static GBytes *
nested_plan (guint n)
{
  g_autofree TelarMadeTask *tasks = g_new0 (TelarMadeTask, n);
  g_autoptr (GPtrArray)     ids = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < n; i++)
    {
      g_ptr_array_add (ids, g_strdup_printf ("p%u", i));
      tasks[i] = (TelarMadeTask){ .id = ids->pdata[i], .parent = i > 0 ? ids->pdata[i - 1] : NULL,
                                  .kind = TELAR_KIND_PROCESS };
    }
  return telar_made_plan (tasks, n, FALSE);
}

/* All that a deep nest of tasks wrote is there at once, as after a pause of the
 * engine. */
static void
test_nested (void)
{
  g_autoptr (GBytes) bytes = nested_plan (DEEP);
  const TelarPlan   *plan = g_bytes_get_data (bytes, NULL);
  TelarShared       *shared = telar_shared_new (plan, NULL);
  g_autofree Taken  *taken = g_new0 (Taken, 1);
  TelarRings         rings;

  g_assert_true (telar_rings_init (&rings, shared, plan));
  for (guint i = 0; i < DEEP; i++)
    {
      write_event (shared, plan, i, TELAR_EVENT_RUN, i, TRUE);
      if (i + 1 == DEEP)
        break;
      write_event (shared, plan, i, TELAR_EVENT_START, i + 1, TRUE);
      write_event (shared, plan, i, TELAR_EVENT_JOIN, i + 1, TRUE);
    }
  telar_rings_drain (&rings, take, taken);
  g_assert_cmpuint (taken->n, ==, 3 * DEEP - 2);
  for (guint i = 0; i + 1 < DEEP; i++)
    g_assert_cmpuint (taken->n_of[i], ==, 3);
  /* The joined ones are read once more, and then never again. */
  telar_rings_drain (&rings, take, taken);
  g_assert_cmpuint (rings.n_open, ==, 1);
  g_assert_cmpuint (rings.lost, ==, 0);
  telar_rings_clear (&rings);
  telar_shared_free (shared);
}

/* What a child wrote before its parent's JOIN is handed on by the same drain,
 * wherever the child's ring stands. */
static void
test_complete (void)
{
  g_autoptr (GBytes) bytes = nested_plan (40);
  const TelarPlan   *plan = g_bytes_get_data (bytes, NULL);
  TelarShared       *shared = telar_shared_new (plan, NULL);
  g_autofree Taken  *taken = g_new0 (Taken, 1);
  TelarRings         rings;
  guint              n_written = 0;

  g_assert_true (telar_rings_init (&rings, shared, plan));
  for (guint i = 0; i + 1 < 40; i++, n_written++)
    write_event (shared, plan, i, TELAR_EVENT_START, i + 1, TRUE);
  telar_rings_drain (&rings, take, taken);
  for (guint i = 39; i > 0; i--, n_written += 2)
    {
      write_event (shared, plan, i, TELAR_EVENT_END, i, TRUE);
      write_event (shared, plan, i - 1, TELAR_EVENT_JOIN, i, TRUE);
      if (i % 3 == 0)
        telar_rings_drain (&rings, take, taken);
      if (i % 3 == 0)
        g_assert_cmpuint (taken->n, ==, n_written + 2);
    }
  telar_rings_clear (&rings);
  telar_shared_free (shared);
}

/* A full ring whose task ends never says what it lost: the reader does. */
static void
test_loss_at_the_end (void)
{
  g_autoptr (GBytes) bytes = nested_plan (2);
  const TelarPlan   *plan = g_bytes_get_data (bytes, NULL);
  TelarShared       *shared = telar_shared_new (plan, NULL);
  g_autofree Taken  *taken = g_new0 (Taken, 1);
  uint32_t           capacity = telar_shared_capacity (plan, 1);
  guint              n_read;
  TelarRings         rings;

  g_assert_true (telar_rings_init (&rings, shared, plan));
  write_event (shared, plan, 0, TELAR_EVENT_START, 1, TRUE);
  for (guint i = 0; i < capacity + 100; i++)
    write_event (shared, plan, 1, TELAR_EVENT_WAIT_END, 1, FALSE);
  write_event (shared, plan, 0, TELAR_EVENT_JOIN, 1, TRUE);
  telar_rings_drain (&rings, take, taken);
  telar_rings_drain (&rings, take, taken);
  n_read = taken->n_of[1] - 1; /* the last one is the reader's own */
  g_assert_cmpuint (rings.n_open, ==, 1);
  g_assert_cmpuint (rings.lost, ==, capacity + 100 - n_read);
  g_assert_cmpuint (taken->told_lost, ==, rings.lost);
  telar_rings_clear (&rings);
  telar_shared_free (shared);
}

/* Anything at all may stand there: nothing outside is read, and the drain ends. */
static void
test_scribbled (void)
{
  g_autoptr (GBytes) bytes = nested_plan (20);
  const TelarPlan   *plan = g_bytes_get_data (bytes, NULL);
  g_autoptr (GRand)  rand = g_rand_new_with_seed (7);
  g_autofree Taken  *taken = g_new0 (Taken, 1);

  for (guint round = 0; round < 200; round++)
    {
      TelarShared *shared = telar_shared_new (plan, NULL);
      TelarRings   rings;
      guint        words = (guint) (shared->size / sizeof (guint32));
      guint32      mask = g_rand_boolean (rand) ? G_MAXUINT32 : 0x1f;

      g_assert_true (telar_rings_init (&rings, shared, plan));
      for (guint i = 0; i < words; i++)
        ((guint32 *) shared)[i] = g_rand_int (rand) & mask;
      for (guint i = 0; i < 5; i++)
        telar_rings_drain (&rings, take, taken);
      telar_rings_finish (&rings, take, taken);
      telar_rings_clear (&rings);
      shared->size = (guint64) words * sizeof (guint32);
      telar_shared_free (shared);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rings/nested", test_nested);
  g_test_add_func ("/rings/complete", test_complete);
  g_test_add_func ("/rings/loss-at-the-end", test_loss_at_the_end);
  g_test_add_func ("/rings/scribbled", test_scribbled);
  return g_test_run ();
}

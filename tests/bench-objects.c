/* bench-objects.c
 *
 * SPDX-License-Identifier: MIT
 *
 * DESIGN's numbers on objects, pinned to one core: ours, a raw pipe of the
 * kernel, and Python's Queue, in one run and as ratios. Medians of rounds that
 * take turns.
 *
 *   bench-objects BENCH-PYTHON
 */

#include <sys/wait.h>
#include <unistd.h>

#include "bench-measure.h"
#include "made-objects.h"
#include "objects/lock.h"
#include "objects/queue.h"
#include "recorder/clock.h"

#define ROUNDS 9
#define TRIPS  20000u
#define TURNS  1000000u

/* Locks */

static double
acquire_and_release (TelarObjectType type)
{
  TelarObjects *objects = telar_made_object (type, 0, 0);
  TelarParty    party = { .task = 1 };
  gint64        begin = telar_now_ns ();

  for (guint i = 0; i < TURNS; i++)
    {
      telar_lock_acquire (objects, 0, &party, TELAR_FOREVER);
      telar_lock_release (objects, 0, &party);
    }
  double each = (double) (telar_now_ns () - begin) / TURNS;
  telar_objects_free (objects);
  return each;
}

static void
locks (TelarObjectType type, const char *name)
{
  double ours[ROUNDS];

  for (guint i = 0; i < ROUNDS; i++)
    ours[i] = acquire_and_release (type);
  g_print ("%s, acquire and release, nobody else, off: %.1f ns (bar 50)\n", name, bench_median (ours, ROUNDS));
}

/* Queues: there and back */

static void
answer (TelarObjects *objects, guint32 task)
{
  TelarParty party = { .task = task };
  guint64    item;
  size_t     size;

  for (guint i = 0; i < TRIPS; i++)
    {
      telar_queue_get (objects, 0, &party, &item, sizeof item, &size, TELAR_FOREVER);
      telar_queue_put (objects, 1, &party, &item, sizeof item, TELAR_FOREVER);
    }
}

static double
half_trip_of_queue (void)
{
  static const TelarPlanObject made[] = {
    { .type = TELAR_OBJECT_QUEUE, .of = TELAR_NO_OBJECT },
    { .type = TELAR_OBJECT_QUEUE, .of = TELAR_NO_OBJECT },
  };
  TelarObjects *objects = telar_made_objects (made, 2);
  TelarParty    party = { .task = 1 };
  pid_t         child = telar_play (objects, answer, 2);
  gint64        begin = telar_now_ns ();
  size_t        size;

  for (guint64 i = 0, item; i < TRIPS; i++)
    {
      telar_queue_put (objects, 0, &party, &i, sizeof i, TELAR_FOREVER);
      telar_queue_get (objects, 1, &party, &item, sizeof item, &size, TELAR_FOREVER);
    }
  double each = (double) (telar_now_ns () - begin) / TRIPS / 2;
  telar_await_success (child);
  telar_objects_free (objects);
  return each;
}

static void
move (int descriptor, void *item, gboolean in)
{
  if ((in ? read (descriptor, item, 8) : write (descriptor, item, 8)) != 8)
    g_error ("pipe");
}

static double
half_trip_of_pipe (void)
{
  int     there[2], back[2];
  guint64 item = 0;

  if (pipe (there) != 0 || pipe (back) != 0)
    g_error ("pipe");
  pid_t child = fork ();
  for (guint i = 0; child == 0 && i < TRIPS; i++)
    {
      move (there[0], &item, TRUE);
      move (back[1], &item, FALSE);
    }
  if (child == 0)
    _exit (0);
  gint64 begin = telar_now_ns ();
  for (guint i = 0; i < TRIPS; i++)
    {
      move (there[1], &item, FALSE);
      move (back[0], &item, TRUE);
    }
  double each = (double) (telar_now_ns () - begin) / TRIPS / 2;
  telar_await_success (child);
  for (guint i = 0; i < 2; i++)
    {
      close (there[i]);
      close (back[i]);
    }
  return each;
}

static void
queues (const char *script)
{
  double   ours[ROUNDS], raw[ROUNDS], python[ROUNDS];
  gboolean has_python = g_file_test (BENCH_PYTHON, G_FILE_TEST_IS_EXECUTABLE);

  for (guint i = 0; i < ROUNDS; i++)
    {
      ours[i] = half_trip_of_queue ();
      raw[i] = half_trip_of_pipe ();
      python[i] = has_python ? bench_ask (BENCH_PYTHON, script, "queue", 2000) : 0;
    }
  double our = bench_median (ours, ROUNDS) / 1e3, bare = bench_median (raw, ROUNDS) / 1e3, snake = bench_median (python, ROUNDS) / 1e3;
  g_print ("put to get, two processes, off: %.2f us; raw pipe %.2f us, ratio %.2f (bar 1.3)", our,
           bare, our / bare);
  if (has_python)
    g_print ("; Python's Queue %.1f us, %.1f times faster (bar 10)", snake, snake / our);
  g_print ("\n");
}

int
main (int argc, char **argv)
{
  if (argc != 2)
    return 2;
  bench_pin (TRUE);
  locks (TELAR_OBJECT_LOCK, "lock");
  locks (TELAR_OBJECT_RLOCK, "rlock");
  queues (argv[1]);
  bench_pin (FALSE);
  g_print ("Not pinned:\n");
  queues (argv[1]);
  return 0;
}

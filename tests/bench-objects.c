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

#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench-measure.h"
#include "made-objects.h"
#include "objects/lock.h"
#include "objects/queue.h"
#include "recorder/clock.h"
#include "recorder/ring.h"

#define ROUNDS 9
#define TRIPS  20000u
#define TURNS  1000000u

/* Pairs of object events, one every 20 us: 100,000 events a second. */
#define PAIRS    20000u
#define PAIR_NS  20000
#define CAPACITY 4096u
#define DRAIN    (8 * TELAR_MILLISECOND) /* as telar-engine reads */

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

/* Recording: what a task's objects tell goes into its ring, which another process reads */

static void
record (void *data, guint32 object, TelarObjectAct act, gint64 value)
{
  TelarEvent event = { .ns = telar_now_ns (), .value = telar_event_act_value (object, value),
                       .task = 1, .writer = 1, .kind = TELAR_EVENT_ACT, .detail = act };

  telar_ring_write (data, false, &event);
}

static pid_t
start_reader (TelarRing *ring)
{
  static TelarEvent     events[CAPACITY];
  const struct timespec pause = telar_timespec (DRAIN);
  pid_t                 pid = fork ();

  while (pid == 0)
    {
      telar_ring_read (ring, events, CAPACITY);
      nanosleep (&pause, NULL);
    }
  return pid;
}

/* Something to compute. */
static guint64
compute (guint n)
{
  static volatile guint64 state = 1;
  guint64                 x = state;

  for (guint i = 0; i < n; i++)
    {
      x ^= x << 13;
      x ^= x >> 7;
      x ^= x << 17;
    }
  state = x;
  return x;
}

/* Returns: how much of it takes as long as one pair is to take. */
static guint
calibrate (void)
{
  const guint n = 20000000;
  gint64      begin = telar_thread_cpu_ns ();

  compute (n);
  return (guint) ((double) n * PAIR_NS / (double) (telar_thread_cpu_ns () - begin));
}

/* Time on a core, ns: of computing, with a lock taken and released between. */
static double
compute_with_lock (TelarObjects *objects, TelarRing *ring, guint each)
{
  TelarParty party = { .task = 1, .passed = ring != NULL ? record : NULL, .data = ring };
  gint64     begin = telar_thread_cpu_ns ();

  for (guint i = 0; i < PAIRS; i++)
    {
      compute (each);
      telar_lock_acquire (objects, 0, &party, TELAR_FOREVER);
      telar_lock_release (objects, 0, &party);
    }
  return (double) (telar_thread_cpu_ns () - begin);
}

static void
recording (void)
{
  TelarObjects *objects = telar_made_object (TELAR_OBJECT_LOCK, 0, 0);
  TelarRing    *ring = mmap (NULL, telar_ring_size (CAPACITY), PROT_READ | PROT_WRITE,
                             MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  double        ratio[ROUNDS], took[ROUNDS];
  guint         each = calibrate ();
  pid_t         reader;

  g_assert_true (ring != MAP_FAILED);
  ring->capacity = CAPACITY;
  reader = start_reader (ring);
  /* Neighbours in time are compared: the machine's own drift cancels. */
  for (guint i = 0; i < ROUNDS; i++)
    {
      double first = compute_with_lock (objects, i % 2 == 0 ? NULL : ring, each);
      double second = compute_with_lock (objects, i % 2 == 0 ? ring : NULL, each);
      ratio[i] = i % 2 == 0 ? second / first : first / second;
      took[i] = i % 2 == 0 ? second : first;
    }
  kill (reader, SIGKILL);
  waitpid (reader, NULL, 0);
  g_print ("object events recorded, %.0f a second, against off: ratio %.4f (bar 1.01), %"
           G_GUINT64_FORMAT " of %u lost\n", 2.0 * PAIRS / (bench_median (took, ROUNDS) / 1e9),
           bench_median (ratio, ROUNDS), (guint64) 2 * PAIRS * ROUNDS - atomic_load (&ring->head),
           2 * PAIRS * ROUNDS);
  munmap (ring, telar_ring_size (CAPACITY));
  telar_objects_free (objects);
}

int
main (int argc, char **argv)
{
  if (argc != 2)
    return 2;
  bench_pin (TRUE);
  locks (TELAR_OBJECT_LOCK, "lock");
  locks (TELAR_OBJECT_RLOCK, "rlock");
  recording ();
  queues (argv[1]);
  bench_pin (FALSE);
  g_print ("Not pinned:\n");
  queues (argv[1]);
  return 0;
}

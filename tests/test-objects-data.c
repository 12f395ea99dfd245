/* test-objects-data.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Queues and pipes, between threads and between processes; with processes that
 * are killed at any moment, too.
 */

#include <glib.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "made-objects.h"
#include "objects/pipe.h"
#include "objects/queue.h"
#include "objects/numbers.h"
#include "recorder/clock.h"

#define MS TELAR_MILLISECOND

/* What a party was told. */
typedef struct
{
  guint   n_begun, n_ended;
  guint32 detail;
  gint64  items; /* of the last PUT or GOT */
} Told;

static void
wait_begins (void *data, uint32_t object, uint32_t culprit, uint32_t detail)
{
  Told *told = data;

  told->n_begun++;
  told->detail = detail;
}

static void
wait_ends (void *data)
{
  ((Told *) data)->n_ended++;
}

static void
passed (void *data, uint32_t object, TelarObjectAct act, int64_t value)
{
  ((Told *) data)->items = value;
}

static TelarParty
party_of (guint32 task, Told *told)
{
  if (told == NULL)
    return (TelarParty){ .task = task };
  return (TelarParty){ .task = task, .begins = wait_begins, .ends = wait_ends, .passed = passed,
                       .data = told };
}

static TelarObjectOutcome
put (TelarObjects *objects, guint32 task, gint64 number, gint64 timeout_ns)
{
  TelarParty party = party_of (task, NULL);

  return telar_queue_put (objects, 0, &party, &number, sizeof number, timeout_ns);
}

/* Returns: the number, or −1 where there was none in time. */
static gint64
get (TelarObjects *objects, guint32 task, gint64 timeout_ns)
{
  TelarParty party = party_of (task, NULL);
  gint64     number;
  size_t     size;

  if (telar_queue_get (objects, 0, &party, &number, sizeof number, &size, timeout_ns)
      != TELAR_OBJECT_DONE)
    return -1;
  g_assert_cmpuint (size, ==, sizeof number);
  return number;
}

static void
test_queue_capacity (void)
{
  TelarObjects *objects = telar_made_object (TELAR_OBJECT_QUEUE, 6, 0);
  Told          told = { 0 };
  TelarParty    party = party_of (1, &told);
  gint64        item = 7, begin;
  size_t        size;

  g_assert_true (telar_queue_is_empty (objects, 0));
  for (gint64 i = 0; i < 6; i++)
    {
      g_assert_false (telar_queue_is_full (objects, 0));
      g_assert_cmpint (put (objects, 1, i, TELAR_FOREVER), ==, TELAR_OBJECT_DONE);
    }
  g_assert_true (telar_queue_is_full (objects, 0));
  g_assert_cmpuint (telar_queue_size (objects, 0), ==, 6);

  /* It does not wait, and does not say so. */
  g_assert_cmpint (telar_queue_put (objects, 0, &party, &item, sizeof item, 0), ==,
                   TELAR_OBJECT_TIMEOUT);
  g_assert_cmpuint (told.n_begun, ==, 0);
  begin = telar_now_ns ();
  g_assert_cmpint (telar_queue_put (objects, 0, &party, &item, sizeof item, 30 * MS), ==,
                   TELAR_OBJECT_TIMEOUT);
  g_assert_cmpint (telar_now_ns () - begin, >=, 30 * MS);
  g_assert_cmpuint (told.n_begun, ==, 1);
  g_assert_cmpuint (told.n_ended, ==, 1);
  g_assert_cmpuint (told.detail, ==, TELAR_WAITS_FULL);

  for (gint64 i = 0; i < 6; i++)
    g_assert_cmpint (get (objects, 2, 0), ==, i);
  g_assert_cmpint (get (objects, 2, 0), ==, -1);
  begin = telar_now_ns ();
  g_assert_cmpint (telar_queue_get (objects, 0, &party, &item, sizeof item, &size, 30 * MS), ==,
                   TELAR_OBJECT_TIMEOUT);
  g_assert_cmpint (telar_now_ns () - begin, >=, 30 * MS);
  g_assert_cmpuint (told.detail, ==, TELAR_WAITS_EMPTY);

  /* The fill level is told with both. */
  g_assert_cmpint (telar_queue_put (objects, 0, &party, &item, sizeof item, 0), ==,
                   TELAR_OBJECT_DONE);
  g_assert_cmpint (told.items, ==, 1);
  g_assert_cmpint (telar_queue_get (objects, 0, &party, &item, sizeof item, &size, 0), ==,
                   TELAR_OBJECT_DONE);
  g_assert_cmpint (told.items, ==, 0);

  g_assert_cmpint (telar_queue_close (objects, 0, &party), ==, TELAR_OBJECT_DONE);
  g_assert_cmpint (put (objects, 1, 0, 0), ==, TELAR_OBJECT_CLOSED);
  g_assert_cmpint (put (objects, 2, 0, 0), ==, TELAR_OBJECT_DONE);
  telar_objects_free (objects);
}

/* Items of all lengths, put and taken at random: the ring grows, goes on at its
 * beginning, and is small again. */
static void
test_queue_lengths (void)
{
  for (guint32 seed = 1; seed <= 20; seed++)
    {
      TelarObjects       *objects = telar_made_object (TELAR_OBJECT_QUEUE, 0, 0);
      TelarParty          party = party_of (3, NULL);
      g_autoptr (GRand)   random = g_rand_new_with_seed (seed);
      g_autoptr (GQueue)  model = g_queue_new ();
      g_autofree guint8  *bytes = g_malloc (1 << 20);
      gint32              longest = seed % 4 == 0 ? 1 << 20 : 1 << (seed % 16);
      size_t              size;

      for (guint i = 0; i < 600; i++)
        if (g_rand_int_range (random, 0, 100) < (i / 100 % 2 == 0 ? 60 : 40))
          {
            guint32 length = (guint32) g_rand_int_range (random, 0, longest);
            memset (bytes, (int) (length * 7 & 0xff), length);
            g_assert_cmpint (telar_queue_put (objects, 0, &party, bytes, length, 0), ==,
                             TELAR_OBJECT_DONE);
            g_queue_push_tail (model, GUINT_TO_POINTER (length));
          }
        else if (g_queue_is_empty (model))
          g_assert_cmpint (telar_queue_get (objects, 0, &party, bytes, 1 << 20, &size, 0), ==,
                           TELAR_OBJECT_TIMEOUT);
        else
          {
            guint32 length = GPOINTER_TO_UINT (g_queue_pop_head (model));
            if (length > 0)
              g_assert_cmpint (telar_queue_get (objects, 0, &party, bytes, length - 1, &size, 0),
                               ==, TELAR_OBJECT_TOO_BIG);
            g_assert_cmpint (telar_queue_get (objects, 0, &party, bytes, length, &size, 0), ==,
                             TELAR_OBJECT_DONE);
            g_assert_cmpuint (size, ==, length);
            for (guint32 k = 0; k < length; k += 97)
              g_assert_cmpuint (bytes[k], ==, length * 7 & 0xff);
            g_assert_cmpuint (telar_queue_size (objects, 0), ==, g_queue_get_length (model));
          }
      telar_objects_free (objects);
    }
}

/* As much as it holds, then one more. */
static void
test_queue_whole (void)
{
  TelarObjects      *objects = telar_made_object (TELAR_OBJECT_QUEUE, 0, 0);
  TelarParty         party = party_of (3, NULL);
  g_autofree guint8 *bytes = g_malloc0 (64 << 20);
  size_t             size;

  for (guint i = 0; i < 3; i++)
    g_assert_cmpint (telar_queue_put (objects, 0, &party, bytes, 64 << 20, 0), ==,
                     TELAR_OBJECT_DONE);
  g_assert_cmpint (telar_queue_put (objects, 0, &party, bytes, 64 << 20, 0), ==,
                   TELAR_OBJECT_TIMEOUT);
  g_assert_cmpint (telar_queue_put (objects, 0, &party, bytes, 256 << 20, TELAR_FOREVER), ==,
                   TELAR_OBJECT_TOO_BIG);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpint (telar_queue_get (objects, 0, &party, bytes, 64 << 20, &size, 0), ==,
                     TELAR_OBJECT_DONE);
  g_assert_cmpint (put (objects, 1, 5, 0), ==, TELAR_OBJECT_DONE);
  g_assert_cmpint (get (objects, 1, 0), ==, 5);
  telar_objects_free (objects);
}

/* Four put, three take: all of it arrives once, and in the order of who put it. */
#define N_PRODUCERS 4
#define N_CONSUMERS 3
#define N_ITEMS     5000

static void
produce (TelarObjects *objects, guint32 task)
{
  for (gint64 i = 0; i < N_ITEMS; i++)
    if (put (objects, task, task * 1000000 + i, TELAR_FOREVER) != TELAR_OBJECT_DONE)
      _exit (2);
}

/* Object 1 is an array: each consumer adds up in an element of its own what it took. */
static void
consume (TelarObjects *objects, guint32 task)
{
  gint64 last[N_PRODUCERS + 1] = { -1, -1, -1, -1, -1 };

  for (;;)
    {
      gint64      item = get (objects, task, TELAR_FOREVER);
      TelarParty  party = party_of (task, NULL);
      TelarNumber sum;

      if (item < 0 || item / 1000000 > N_PRODUCERS)
        _exit (3);
      if (item == 0)
        return;
      if (item % 1000000 <= last[item / 1000000])
        _exit (4);
      last[item / 1000000] = item % 1000000;
      telar_numbers_read (objects, 1, task, &sum);
      sum.integer += item;
      telar_numbers_write (objects, 1, &party, task, sum);
    }
}

typedef struct
{
  TelarObjects *objects;
  TelarPart          part;
  guint32       task;
} Playing;

static gpointer
play_in_thread (gpointer data)
{
  Playing *playing = data;

  playing->part (playing->objects, playing->task);
  return NULL;
}

static void
test_queue_shared (gconstpointer in_threads)
{
  TelarPlanObject made[] = { { .type = TELAR_OBJECT_QUEUE, .amount = 10, .of = TELAR_NO_OBJECT },
                             { .type = TELAR_OBJECT_ARRAY, .amount = N_TASKS,
                               .of = TELAR_NO_OBJECT } };
  TelarObjects   *objects = telar_made_objects (made, 2);
  Playing         playing[N_PRODUCERS + N_CONSUMERS];
  GThread        *threads[N_PRODUCERS + N_CONSUMERS];
  pid_t           pids[N_PRODUCERS + N_CONSUMERS];
  gint64          expected = 0, sum = 0;

  for (guint i = 0; i < G_N_ELEMENTS (playing); i++)
    {
      playing[i] = (Playing){ objects, i < N_PRODUCERS ? produce : consume, i + 1 };
      if (in_threads != NULL)
        threads[i] = g_thread_new ("part", play_in_thread, &playing[i]);
      else
        pids[i] = telar_play (objects, playing[i].part, i + 1);
    }
  for (guint i = 0; i < G_N_ELEMENTS (playing); i++)
    {
      if (i == N_PRODUCERS)
        for (guint k = 0; k < N_CONSUMERS; k++)
          put (objects, TELAR_MAIN, 0, TELAR_FOREVER);
      if (in_threads != NULL)
        g_thread_join (threads[i]);
      else
        telar_await_success (pids[i]);
    }
  for (gint64 task = 1; task <= N_PRODUCERS; task++)
    expected += task * 1000000 * N_ITEMS + (gint64) N_ITEMS * (N_ITEMS - 1) / 2;
  for (guint32 task = 0; task < N_TASKS; task++)
    {
      TelarNumber number;
      telar_numbers_read (objects, 1, task, &number);
      sum += number.integer;
    }
  g_assert_cmpint (sum, ==, expected);
  g_assert_true (telar_queue_is_empty (objects, 0));
  telar_objects_free (objects);
}

static void
finish_one (TelarObjects *objects, guint32 task)
{
  TelarParty party = party_of (task, NULL);

  telar_await_sleep (objects, 1, 0);
  telar_queue_task_done (objects, 0, &party);
  /* What is put from now on need not be awaited. */
  put (objects, task, 4, TELAR_FOREVER);
}

static void
test_queue_joinable (void)
{
  TelarObjects *objects = telar_made_object (TELAR_OBJECT_JOINABLE_QUEUE, 0, 0);
  Told          told = { 0 };
  TelarParty    party = party_of (1, &told);
  gint64        begin;

  g_assert_cmpint (telar_queue_join (objects, 0, &party, 0), ==, TELAR_OBJECT_DONE);
  g_assert_cmpint (telar_queue_task_done (objects, 0, &party), ==, TELAR_OBJECT_TOO_MANY_DONE);
  for (gint64 i = 0; i < 3; i++)
    put (objects, 1, i, 0);
  g_assert_cmpint (telar_queue_join (objects, 0, &party, 0), ==, TELAR_OBJECT_TIMEOUT);
  begin = telar_now_ns ();
  g_assert_cmpint (telar_queue_join (objects, 0, &party, 30 * MS), ==, TELAR_OBJECT_TIMEOUT);
  g_assert_cmpint (telar_now_ns () - begin, >=, 30 * MS);
  g_assert_cmpuint (told.detail, ==, TELAR_WAITS_DONE);
  /* Taken is not done. */
  for (gint64 i = 0; i < 3; i++)
    g_assert_cmpint (get (objects, 1, 0), ==, i);
  g_assert_cmpuint (telar_queue_unfinished (objects, 0), ==, 3);
  telar_queue_task_done (objects, 0, &party);
  telar_queue_task_done (objects, 0, &party);

  pid_t pid = telar_play (objects, finish_one, 2);
  g_assert_cmpint (telar_queue_join (objects, 0, &party, TELAR_FOREVER), ==, TELAR_OBJECT_DONE);
  telar_await_success (pid);
  g_assert_cmpuint (telar_queue_unfinished (objects, 0), ==, 1);
  telar_objects_free (objects);

  objects = telar_made_object (TELAR_OBJECT_QUEUE, 0, 0);
  g_assert_cmpint (telar_queue_join (objects, 0, &party, 0), ==, TELAR_OBJECT_WRONG_TYPE);
  g_assert_cmpint (telar_queue_task_done (objects, 0, &party), ==, TELAR_OBJECT_WRONG_TYPE);
  telar_objects_free (objects);
}

static void
put_thirty_thousand (TelarObjects *objects, guint32 task)
{
  static const char bytes[30000];
  TelarParty        party = party_of (task, NULL);

  if (telar_queue_put (objects, 0, &party, bytes, sizeof bytes, TELAR_FOREVER) != TELAR_OBJECT_DONE)
    _exit (2);
}

static void
flush (TelarObjects *objects, guint32 task)
{
  TelarParty party = party_of (task, NULL);

  if (telar_queue_flush (objects, 0, &party, 1, TELAR_FOREVER) != TELAR_OBJECT_DONE)
    _exit (2);
}

static void
test_queue_flush (void)
{
  TelarObjects *objects = telar_made_object (TELAR_OBJECT_QUEUE, 0, 0);
  Told          told = { 0 };
  TelarParty    party = party_of (1, &told);
  char          bytes[30000];
  size_t        size;

  put_thirty_thousand (objects, 1);
  put_thirty_thousand (objects, 2);
  g_assert_cmpuint (telar_queue_unflushed (objects, 0, 2), ==, 0);
  put_thirty_thousand (objects, 1);
  put_thirty_thousand (objects, 3);
  g_assert_cmpuint (telar_queue_unflushed (objects, 0, 1), ==, 90000 - 65536);
  g_assert_cmpuint (telar_queue_unflushed (objects, 0, 2), ==, 0);
  g_assert_cmpuint (telar_queue_unflushed (objects, 0, 3), ==, 120000 - 65536);
  g_assert_cmpuint (telar_queue_unflushed (objects, 0, 4), ==, 0);
  g_assert_cmpint (telar_queue_flush (objects, 0, &party, 2, 0), ==, TELAR_OBJECT_DONE);
  g_assert_cmpint (telar_queue_flush (objects, 0, &party, 1, 20 * MS), ==, TELAR_OBJECT_TIMEOUT);
  g_assert_cmpuint (told.detail, ==, TELAR_WAITS_FLUSH);
  g_assert_cmpuint (told.n_begun, ==, 1);

  pid_t pid = telar_play (objects, flush, 5);
  telar_await_sleep (objects, 5, 0);
  telar_queue_get (objects, 0, &party, bytes, sizeof bytes, &size, 0);
  telar_await_success (pid);
  g_assert_cmpuint (telar_queue_unflushed (objects, 0, 1), ==, 0);
  g_assert_cmpuint (telar_queue_unflushed (objects, 0, 3), ==, 90000 - 65536);
  telar_objects_free (objects);
}

static void
test_queue_simple (void)
{
  TelarObjects *objects = telar_made_object (TELAR_OBJECT_SIMPLE_QUEUE, 0, 0);
  TelarParty    party = party_of (1, NULL);
  char          bytes[30000];
  size_t        size;

  put_thirty_thousand (objects, 1);
  put_thirty_thousand (objects, 1);
  pid_t pid = telar_play (objects, put_thirty_thousand, 2);
  telar_await_sleep (objects, 2, 0);
  g_assert_cmpint (waitpid (pid, NULL, WNOHANG), ==, 0);
  g_assert_cmpint (telar_queue_get (objects, 0, &party, bytes, sizeof bytes, &size, 0), ==,
                   TELAR_OBJECT_DONE);
  telar_await_success (pid);
  telar_objects_free (objects);
}

static TelarObjects *
make_pipe (guint32 flags)
{
  TelarObjects *objects = telar_made_object (TELAR_OBJECT_PIPE, 0, flags);

  /* Task 1 has end 0, task 2 has end 1, and so has task 64 for a time. */
  telar_pipe_hold (objects, 0, 0, 1);
  telar_pipe_hold (objects, 0, 1, 2);
  telar_pipe_hold (objects, 0, 1, 64);
  telar_pipe_hold (objects, 0, 2, 1);
  telar_pipe_hold (objects, 0, 1, N_TASKS);
  return objects;
}

static void
receive_text (TelarObjects *objects, guint32 task, guint end, const char *expected)
{
  TelarParty party = party_of (task, NULL);
  char       text[16];
  size_t     size;

  g_assert_cmpint (telar_pipe_receive (objects, 0, &party, end, text, sizeof text, &size, 0), ==,
                   TELAR_OBJECT_DONE);
  g_assert_cmpmem (text, size, expected, strlen (expected));
}

static TelarObjectOutcome
send_text (TelarObjects *objects, guint32 task, guint end, const char *text)
{
  TelarParty party = party_of (task, NULL);

  return telar_pipe_send (objects, 0, &party, end, text, strlen (text));
}

static void
test_pipe (void)
{
  TelarObjects *objects = make_pipe (0);
  TelarParty    reader = party_of (1, NULL), writer = party_of (2, NULL);
  char          text[4];
  size_t        size;
  gint64        begin;

  /* Messages, not bytes. */
  g_assert_cmpint (telar_pipe_poll (objects, 0, &reader, 0, 0), ==, TELAR_OBJECT_TIMEOUT);
  g_assert_cmpint (send_text (objects, 2, 1, "one"), ==, TELAR_OBJECT_DONE);
  g_assert_cmpint (send_text (objects, 2, 1, ""), ==, TELAR_OBJECT_DONE);
  g_assert_cmpint (send_text (objects, 2, 1, "three"), ==, TELAR_OBJECT_DONE);
  g_assert_cmpint (telar_pipe_poll (objects, 0, &reader, 0, TELAR_FOREVER), ==, TELAR_OBJECT_DONE);
  receive_text (objects, 1, 0, "one");
  receive_text (objects, 1, 0, "");
  g_assert_cmpint (telar_pipe_receive (objects, 0, &reader, 0, text, sizeof text, &size, 0), ==,
                   TELAR_OBJECT_TOO_BIG);
  g_assert_cmpuint (size, ==, 5);
  receive_text (objects, 1, 0, "three");
  begin = telar_now_ns ();
  g_assert_cmpint (telar_pipe_receive (objects, 0, &reader, 0, text, sizeof text, &size, 20 * MS),
                   ==, TELAR_OBJECT_TIMEOUT);
  g_assert_cmpint (telar_now_ns () - begin, >=, 20 * MS);

  /* One way only, ends that are held only. */
  g_assert_cmpint (send_text (objects, 1, 0, "back"), ==, TELAR_OBJECT_RANGE);
  g_assert_cmpint (send_text (objects, 2, 2, "no end"), ==, TELAR_OBJECT_RANGE);
  g_assert_cmpint (telar_pipe_poll (objects, 0, &writer, 1, 0), ==, TELAR_OBJECT_RANGE);
  g_assert_cmpint (send_text (objects, 1, 1, "not mine"), ==, TELAR_OBJECT_CLOSED);

  /* End of file once all who could send have closed or ended, and all is read. */
  send_text (objects, 64, 1, "last");
  g_assert_cmpint (telar_pipe_close (objects, 0, &writer, 1), ==, TELAR_OBJECT_DONE);
  g_assert_cmpint (telar_pipe_close (objects, 0, &writer, 1), ==, TELAR_OBJECT_CLOSED);
  receive_text (objects, 1, 0, "last");
  g_assert_cmpint (telar_pipe_receive (objects, 0, &reader, 0, text, sizeof text, &size, 0), ==,
                   TELAR_OBJECT_TIMEOUT);
  telar_objects_task_ended (objects, 64);
  g_assert_cmpint (telar_pipe_receive (objects, 0, &reader, 0, text, sizeof text, &size,
                                       TELAR_FOREVER), ==, TELAR_OBJECT_CLOSED);
  g_assert_cmpint (telar_pipe_poll (objects, 0, &reader, 0, TELAR_FOREVER), ==,
                   TELAR_OBJECT_CLOSED);
  telar_objects_free (objects);

  /* Both ways. */
  objects = make_pipe (TELAR_PIPE_DUPLEX);
  send_text (objects, 1, 0, "there");
  send_text (objects, 2, 1, "back");
  receive_text (objects, 2, 1, "there");
  receive_text (objects, 1, 0, "back");
  telar_objects_task_ended (objects, 1);
  g_assert_cmpint (send_text (objects, 2, 1, "nobody"), ==, TELAR_OBJECT_CLOSED);
  telar_objects_free (objects);
}

static void
meet_end_of_file (TelarObjects *objects, guint32 task)
{
  TelarParty party = party_of (task, NULL);
  char       text[4];
  size_t     size;

  if (telar_pipe_receive (objects, 0, &party, 0, text, sizeof text, &size, TELAR_FOREVER)
      != TELAR_OBJECT_CLOSED)
    _exit (2);
}

static void
meet_broken_pipe (TelarObjects *objects, guint32 task)
{
  static const char bytes[100000];
  TelarParty        party = party_of (task, NULL);

  if (telar_pipe_send (objects, 0, &party, 1, bytes, sizeof bytes) != TELAR_OBJECT_CLOSED)
    _exit (2);
}

static void
send_long (TelarObjects *objects, guint32 task)
{
  static const char bytes[100000];
  TelarParty        party = party_of (task, NULL);

  if (telar_pipe_send (objects, 0, &party, 1, bytes, sizeof bytes) != TELAR_OBJECT_DONE)
    _exit (2);
}

/* What ends while somebody sleeps for it. */
static void
test_pipe_ends (void)
{
  static char   bytes[100000];
  TelarObjects *objects = make_pipe (0);
  TelarParty    reader = party_of (1, NULL);
  size_t        size;

  /* A long message is there at once, and its sender waits until it is taken. */
  pid_t pid = telar_play (objects, send_long, 2);
  telar_await_sleep (objects, 2, 0);
  g_assert_cmpint (telar_pipe_receive (objects, 0, &reader, 0, bytes, sizeof bytes, &size, 0), ==,
                   TELAR_OBJECT_DONE);
  g_assert_cmpuint (size, ==, 100000);
  telar_await_success (pid);

  pid = telar_play (objects, meet_end_of_file, 1);
  telar_await_sleep (objects, 1, 0);
  telar_objects_task_ended (objects, 2);
  telar_await_sleep (objects, 1, 0);
  telar_objects_task_ended (objects, 64);
  telar_await_success (pid);
  telar_objects_free (objects);

  objects = make_pipe (0);
  pid = telar_play (objects, meet_broken_pipe, 2);
  telar_await_sleep (objects, 2, 0);
  telar_pipe_close (objects, 0, &reader, 0);
  telar_await_success (pid);
  telar_objects_free (objects);
}

/* A record of a length and bytes that belong together. */
static void
make_record (guint8 *bytes, guint32 length)
{
  memcpy (bytes, &length, sizeof length);
  memset (bytes + sizeof length, (int) (length % 251), length - sizeof length);
}

static gboolean
record_is_sound (const guint8 *bytes, size_t size)
{
  guint32 length;

  if (size < sizeof length)
    return FALSE;
  memcpy (&length, bytes, sizeof length);
  if (length != size)
    return FALSE;
  for (size_t i = sizeof length; i < size; i++)
    if (bytes[i] != length % 251)
      return FALSE;
  return TRUE;
}

#define LONGEST 3000

static void
put_for_ever (TelarObjects *objects, guint32 task)
{
  guint8     bytes[LONGEST];
  TelarParty party = party_of (task, NULL);
  guint32    length = sizeof length + task;

  for (;;)
    {
      length = sizeof length + (length * 1103515245u + 12345u) % (LONGEST - sizeof length);
      make_record (bytes, length);
      if (telar_queue_put (objects, 0, &party, bytes, length, TELAR_FOREVER) != TELAR_OBJECT_DONE)
        _exit (2);
    }
}

static void
get_for_ever (TelarObjects *objects, guint32 task)
{
  guint8     bytes[LONGEST];
  TelarParty party = party_of (task, NULL);
  size_t     size;

  for (;;)
    if (telar_queue_get (objects, 0, &party, bytes, sizeof bytes, &size, TELAR_FOREVER)
            != TELAR_OBJECT_DONE
        || !record_is_sound (bytes, size))
      _exit (3);
}

static void
kill_one (TelarObjects *objects, pid_t pid, guint32 task)
{
  int status;

  kill (pid, SIGKILL);
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_true (WIFSIGNALED (status));
  g_assert_cmpint (WTERMSIG (status), ==, SIGKILL);
  telar_objects_owner_died (objects, task);
}

/* Whoever is killed, wherever: the others go on, and no record is torn. */
static void
test_killed (gconstpointer data)
{
  gint64       capacity = GPOINTER_TO_INT (data);
  const guint  n_tasks = 6, n_kills = 150;

  for (guint32 seed = 1; seed <= 3; seed++)
    {
      TelarObjects     *objects = telar_made_object (TELAR_OBJECT_QUEUE, capacity, 0);
      g_autoptr (GRand) random = g_rand_new_with_seed (seed);
      TelarParty        party = party_of (TELAR_MAIN, NULL);
      guint8            bytes[LONGEST];
      pid_t             pids[6];
      size_t            size;

      for (guint32 i = 0; i < n_tasks; i++)
        pids[i] = telar_play (objects, i % 2 == 0 ? put_for_ever : get_for_ever, i + 1);
      for (guint kills = 0; kills < n_kills; kills++)
        {
          guint32 i = (guint32) g_rand_int_range (random, 0, (gint32) n_tasks);
          gint64  until = telar_now_ns () + g_rand_int_range (random, 0, 200000);

          while (telar_now_ns () < until)
            ;
          kill_one (objects, pids[i], i + 1);
          /* The rest still moves. */
          g_assert_cmpint (telar_queue_get (objects, 0, &party, bytes, sizeof bytes, &size,
                                            60 * TELAR_SECOND), ==, TELAR_OBJECT_DONE);
          g_assert_true (record_is_sound (bytes, size));
          make_record (bytes, (guint32) size);
          g_assert_cmpint (telar_queue_put (objects, 0, &party, bytes, size, 60 * TELAR_SECOND), ==,
                           TELAR_OBJECT_DONE);
          pids[i] = telar_play (objects, i % 2 == 0 ? put_for_ever : get_for_ever, i + 1);
        }
      for (guint32 i = 0; i < n_tasks; i++)
        kill_one (objects, pids[i], i + 1);
      for (guint64 left = telar_queue_size (objects, 0); left > 0; left--)
        {
          g_assert_cmpint (telar_queue_get (objects, 0, &party, bytes, sizeof bytes, &size, 0), ==,
                           TELAR_OBJECT_DONE);
          g_assert_true (record_is_sound (bytes, size));
        }
      g_assert_cmpint (telar_queue_get (objects, 0, &party, bytes, sizeof bytes, &size, 0), ==,
                       TELAR_OBJECT_TIMEOUT);
      telar_objects_free (objects);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  /* A call that never returns ends the test, not the day. */
  alarm (300);
  g_test_add_func ("/objects-data/queue/capacity", test_queue_capacity);
  g_test_add_func ("/objects-data/queue/lengths", test_queue_lengths);
  g_test_add_func ("/objects-data/queue/whole", test_queue_whole);
  g_test_add_data_func ("/objects-data/queue/processes", NULL, test_queue_shared);
  g_test_add_data_func ("/objects-data/queue/threads", "threads", test_queue_shared);
  g_test_add_func ("/objects-data/queue/joinable", test_queue_joinable);
  g_test_add_func ("/objects-data/queue/flush", test_queue_flush);
  g_test_add_func ("/objects-data/queue/simple", test_queue_simple);
  g_test_add_func ("/objects-data/pipe", test_pipe);
  g_test_add_func ("/objects-data/pipe/ends", test_pipe_ends);
  g_test_add_data_func ("/objects-data/killed/bounded", GINT_TO_POINTER (4), test_killed);
  g_test_add_data_func ("/objects-data/killed/unbounded", GINT_TO_POINTER (0), test_killed);
  return g_test_run ();
}

/* test-objects-collection.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Lists and dictionaries, between threads and between processes; with processes
 * that are killed at any moment, too.
 */

#include <glib.h>
#include <signal.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

#include "made-objects.h"
#include "objects/collection.h"
#include "recorder/clock.h"

#define DONE TELAR_OBJECT_DONE

/* Instructions between two at which a task is killed: all of them, but a sanitizer's
 * checks are instructions too, by the thousand. */
#ifdef __SANITIZE_ADDRESS__
# define STRIDE 13
#else
# define STRIDE 1
#endif

static const TelarParty me = { .task = 1 };

static TelarEntry
whole (gint64 integer)
{
  return (TelarEntry){ .kind = TELAR_ENTRY_INTEGER, .integer = integer };
}

/* "1 2 3", of a dictionary "7=1 8=2". (transfer full) */
static char *
text_of (TelarObjects *objects)
{
  TelarEntry entries[64];
  guint64 n = telar_collection_copy (objects, 0, &me, entries, G_N_ELEMENTS (entries));
  GString *text = g_string_new (NULL);

  for (guint64 i = 0; i < n; i++)
    {
      g_string_append (text, i > 0 ? " " : "");
      if (telar_object_head (objects, 0)->type == TELAR_OBJECT_DICTIONARY)
        g_string_append_printf (text, "%u=", entries[i].key);
      if (entries[i].kind == TELAR_ENTRY_INTEGER)
        g_string_append_printf (text, "%" G_GINT64_FORMAT, entries[i].integer);
      else if (entries[i].kind == TELAR_ENTRY_REAL)
        g_string_append_printf (text, "%g", entries[i].real);
      else
        g_string_append_printf (text, "#%u", (guint) entries[i].text);
    }
  g_assert_cmpuint (telar_collection_length (objects, 0), ==, n);
  return g_string_free (text, FALSE);
}

static void
check (TelarObjects *objects, const char *expected)
{
  g_autofree char *text = text_of (objects);

  g_assert_cmpstr (text, ==, expected);
}

static void
note_length (void *data, uint32_t object, TelarObjectAct act, int64_t value)
{
  g_assert_cmpint (act, ==, TELAR_ACT_WROTE);
  *(gint64 *) data = value;
}

static void
test_list (void)
{
  TelarObjects *objects = telar_made_object (TELAR_OBJECT_LIST, 0, 0);
  gint64        length = -1;
  TelarParty    told = { .task = 2, .passed = note_length, .data = &length };
  TelarEntry    entry, half = { .kind = TELAR_ENTRY_REAL, .real = 2 };
  TelarEntry    text = { .kind = TELAR_ENTRY_TEXT, .text = 40 };

  check (objects, "");
  g_assert_cmpint (telar_collection_pop (objects, 0, &me, -1, &entry), ==, TELAR_OBJECT_RANGE);
  g_assert_cmpint (telar_collection_append (objects, 0, &told, whole (1)), ==, DONE);
  g_assert_cmpint (length, ==, 1);
  telar_collection_append (objects, 0, &me, whole (3));
  telar_collection_insert (objects, 0, &me, 1, whole (2));
  telar_collection_insert (objects, 0, &me, 0, whole (0));
  /* As the library has it: from the end, and never beyond one. */
  telar_collection_insert (objects, 0, &me, -1, whole (25));
  telar_collection_insert (objects, 0, &me, -99, whole (-1));
  telar_collection_insert (objects, 0, &me, 99, text);
  check (objects, "-1 0 1 2 25 3 #40");

  g_assert_cmpint (telar_collection_get (objects, 0, &me, -1, &entry), ==, DONE);
  g_assert_cmpuint (entry.text, ==, 40);
  g_assert_cmpint (telar_collection_get (objects, 0, &me, 7, &entry), ==, TELAR_OBJECT_RANGE);
  g_assert_cmpint (telar_collection_get (objects, 0, &me, -8, &entry), ==, TELAR_OBJECT_RANGE);
  g_assert_cmpint (telar_collection_set (objects, 0, &me, 7, half), ==, TELAR_OBJECT_RANGE);
  g_assert_cmpint (telar_collection_set (objects, 0, &me, -7, half), ==, DONE);
  g_assert_cmpint (telar_collection_pop (objects, 0, &me, 4, &entry), ==, DONE);
  g_assert_cmpint (entry.integer, ==, 25);
  check (objects, "2 0 1 2 3 #40");

  entry = whole (3);
  g_assert_true (telar_collection_contains (objects, 0, &me, &entry));
  g_assert_true (telar_collection_contains (objects, 0, &me, &text));
  entry.integer = 40;
  g_assert_false (telar_collection_contains (objects, 0, &me, &entry));
  telar_collection_pop (objects, 0, &me, 3, &entry);
  entry = whole (2);
  g_assert_true (telar_collection_contains (objects, 0, &me, &entry)); /* 2.0 is like it */

  g_assert_cmpint (telar_collection_increment (objects, 0, &me, -1, 1, NULL), ==,
                   TELAR_OBJECT_WRONG_TYPE);
  g_assert_cmpint (telar_collection_increment (objects, 0, &me, 5, 1, NULL), ==,
                   TELAR_OBJECT_RANGE);
  g_assert_cmpint (telar_collection_increment (objects, 0, &told, 0, 3, NULL), ==, DONE);
  g_assert_cmpint (length, ==, 5);
  check (objects, "5 0 1 3 #40");
  telar_collection_clear (objects, 0, &told);
  g_assert_cmpint (length, ==, 0);
  check (objects, "");
  telar_objects_free (objects);
}

static void
test_dictionary (void)
{
  TelarObjects *objects = telar_made_object (TELAR_OBJECT_DICTIONARY, 0, 0);
  TelarEntry    entry, key = { .key = 8 };

  g_assert_cmpint (telar_collection_get (objects, 0, &me, 7, &entry), ==, TELAR_OBJECT_RANGE);
  telar_collection_set (objects, 0, &me, 7, whole (1));
  telar_collection_set (objects, 0, &me, 8, whole (2));
  telar_collection_set (objects, 0, &me, 9, whole (3));
  telar_collection_set (objects, 0, &me, 7, whole (10));
  check (objects, "7=10 8=2 9=3");
  g_assert_true (telar_collection_contains (objects, 0, &me, &key));
  g_assert_cmpint (telar_collection_pop (objects, 0, &me, 8, &entry), ==, DONE);
  g_assert_cmpint (entry.integer, ==, 2);
  g_assert_cmpint (telar_collection_pop (objects, 0, &me, 8, &entry), ==, TELAR_OBJECT_RANGE);
  g_assert_false (telar_collection_contains (objects, 0, &me, &key));
  /* Again, and now the last one. */
  g_assert_cmpint (telar_collection_increment (objects, 0, &me, 8, 4, NULL), ==, DONE);
  check (objects, "7=10 9=3 8=4");
  g_assert_cmpuint (telar_collection_asked (objects, 0), ==, 4);
  g_assert_cmpint (telar_collection_lost (objects, 0), ==, 0);
  telar_objects_free (objects);
}

static void
test_full (void)
{
  TelarObjects *objects = telar_made_object (TELAR_OBJECT_LIST, 0, 0);
  TelarEntry    entry;

  for (guint i = 0; i < TELAR_COLLECTION_MAX; i++)
    g_assert_cmpint (telar_collection_append (objects, 0, &me, whole (i)), ==, DONE);
  g_assert_cmpint (telar_collection_append (objects, 0, &me, whole (1)), ==, TELAR_OBJECT_TOO_BIG);
  g_assert_cmpint (telar_collection_insert (objects, 0, &me, 0, whole (1)), ==,
                   TELAR_OBJECT_TOO_BIG);
  g_assert_cmpint (telar_collection_pop (objects, 0, &me, 0, &entry), ==, DONE);
  g_assert_cmpint (telar_collection_append (objects, 0, &me, whole (1)), ==, DONE);
  telar_collection_get (objects, 0, &me, 5, &entry);
  g_assert_cmpint (entry.integer, ==, 6);
  telar_objects_free (objects);
}

/* Between getting and setting of one task, another one increments five times. */
static TelarObjects *raced;

static void
race (void)
{
  TelarParty other = { .task = 2 };

  telar_collection_increment (raced, 0, &other, 7, 5, NULL);
}

static void
take_out (void)
{
  TelarParty other = { .task = 2 };
  TelarEntry entry;

  telar_collection_pop (raced, 0, &other, 7, &entry);
}

static void
test_lost_updates (void)
{
  for (guint real = 0; real < 2; real++)
    {
      TelarEntry zero = { .kind = real ? TELAR_ENTRY_REAL : TELAR_ENTRY_INTEGER };

      raced = telar_made_object (TELAR_OBJECT_DICTIONARY, 0, 0);
      telar_collection_set (raced, 0, &me, 7, zero);
      telar_collection_increment (raced, 0, &me, 7, 10, race);
      check (raced, "7=10");
      g_assert_cmpuint (telar_collection_asked (raced, 0), ==, 60);
      g_assert_cmpint (telar_collection_lost (raced, 0), ==, 50);
      /* Setting and taking out lose nothing. */
      telar_collection_set (raced, 0, &me, 7, whole (-100));
      telar_collection_set (raced, 0, &me, 8, whole (5));
      take_out ();
      g_assert_cmpint (telar_collection_lost (raced, 0), ==, 50);
      telar_objects_free (raced);
    }
  raced = telar_made_object (TELAR_OBJECT_DICTIONARY, 0, 0);
  telar_collection_set (raced, 0, &me, 7, whole (3));
  telar_collection_increment (raced, 0, &me, 7, 1, take_out);
  check (raced, "7=4");
  telar_objects_free (raced);
}

#define EACH 20000

static void
count_up (TelarObjects *objects, guint32 task)
{
  TelarParty party = { .task = task };

  for (guint i = 0; i < EACH; i++)
    {
      telar_collection_increment (objects, 0, &party, 7 + i % 2, 1, NULL);
      telar_collection_append (objects, 1, &party, whole (task));
    }
}

typedef struct
{
  TelarObjects *objects;
  guint32       task;
} Worker;

static gpointer
count_in_thread (gpointer data)
{
  Worker *worker = data;

  count_up (worker->objects, worker->task);
  return NULL;
}

/* However many four tasks lose, they are counted; and no item of a list is lost. */
static void
test_shared (gconstpointer threads)
{
  TelarPlanObject made[] = { { .type = TELAR_OBJECT_DICTIONARY, .of = TELAR_NO_OBJECT },
                             { .type = TELAR_OBJECT_LIST, .of = TELAR_NO_OBJECT } };
  TelarObjects *objects = telar_made_objects (made, 2);
  Worker        workers[4];
  GThread      *running[4];
  pid_t         pids[4];
  TelarEntry    entry;
  gint64        sum = 0;

  for (guint32 i = 0; i < 4; i++)
    {
      workers[i] = (Worker){ objects, i + 2 };
      if (threads != NULL)
        running[i] = g_thread_new (NULL, count_in_thread, &workers[i]);
      else
        pids[i] = telar_play (objects, count_up, i + 2);
    }
  for (guint32 i = 0; i < 4; i++)
    if (threads != NULL)
      g_thread_join (running[i]);
    else
      telar_await_success (pids[i]);
  for (gint64 key = 7; key <= 8; key++)
    {
      g_assert_cmpint (telar_collection_get (objects, 0, &me, key, &entry), ==, DONE);
      sum += entry.integer;
    }
  g_assert_cmpuint (telar_collection_asked (objects, 0), ==, 4 * EACH);
  g_assert_cmpint (telar_collection_lost (objects, 0), ==, 4 * EACH - sum);
  g_assert_cmpuint (telar_collection_length (objects, 1), ==, 4 * EACH);
  g_test_message ("%" G_GINT64_FORMAT " of %d lost", telar_collection_lost (objects, 0), 4 * EACH);
  telar_objects_free (objects);
}

/* ---- killed ------------------------------------------------------------- */

/* Items that one who is killed may leave half moved: many, each with a key that tells
 * whether it is whole. */
#define MANY 4000

static TelarEntry
marked (gint64 number)
{
  TelarEntry entry = whole (number);

  entry.key = (guint32) ((guint64) number * 2654435761u);
  return entry;
}

static void
change_for_ever (TelarObjects *objects, guint32 task)
{
  TelarParty party = { .task = task };
  guint64    at = task * 7919, n = 0;
  TelarEntry entry;

  for (;;)
    {
      gint64 number = (gint64) (((guint64) getpid () << 39) + ((guint64) task << 32) + n++);

      at = (at * 1103515245 + 12345) % MANY;
      if (n % 2 == 0)
        {
          telar_collection_pop (objects, 0, &party, (gint64) at, &entry);
          continue;
        }
      telar_collection_insert (objects, 0, &party, (gint64) at, marked (number));
      if (n % 5 == 0)
        telar_collection_set (objects, 0, &party, (gint64) at, marked (number + (1ll << 31)));
    }
}

static gpointer
change_in_thread (gpointer data)
{
  Worker *worker = data;

  change_for_ever (worker->objects, worker->task);
  return NULL;
}

/* Two threads of a process are two tasks, killed at one. */
static void
change_in_threads (TelarObjects *objects, guint32 task)
{
  Worker worker = { objects, task + 32 };

  g_thread_new (NULL, change_in_thread, &worker);
  change_for_ever (objects, task);
}

static gint
compare (gconstpointer a, gconstpointer b)
{
  gint64 x = ((const TelarEntry *) a)->integer, y = ((const TelarEntry *) b)->integer;

  return x < y ? -1 : x > y;
}

/* Nothing is torn, and nothing there twice. */
static void
check_whole (TelarObjects *objects, TelarEntry *entries, guint64 room)
{
  guint64 n = telar_collection_copy (objects, 0, &me, entries, room);

  g_assert_cmpuint (n, <=, room);
  qsort (entries, n, sizeof *entries, compare);
  for (guint64 i = 0; i < n; i++)
    {
      g_assert_cmpuint (entries[i].kind, ==, TELAR_ENTRY_INTEGER);
      g_assert_cmpuint (entries[i].key, ==, marked (entries[i].integer).key);
      g_assert_true (i == 0 || entries[i].integer != entries[i - 1].integer);
    }
}

/* The task that changes the list, as its first word has it: and 1. */
static guint32
holder (TelarObjects *objects)
{
  return atomic_load ((_Atomic uint32_t *) telar_object_area (objects, 0)) & 0x7fffffff;
}

static gboolean
holds (TelarObjects *objects, guint32 i)
{
  return holder (objects) == i + 3 || holder (objects) == i + 3 + 32;
}

/* Stops one that is just changing the list, wherever it is in that: whom the list names
 * may be done before it stops. Returns: which of them. */
static guint32
catch_in_change (TelarObjects *objects, const pid_t *pids, guint32 n_tasks)
{
  for (;;)
    {
      guint32 held = holder (objects), i = (held + 29) % 32 % n_tasks;
      int     status;

      if (held == 0)
        continue;
      kill (pids[i], SIGSTOP);
      g_assert_cmpint (waitpid (pids[i], &status, WUNTRACED), ==, pids[i]);
      g_assert_true (WIFSTOPPED (status));
      if (holds (objects, i))
        return i;
      kill (pids[i], SIGCONT);
    }
}

/* Whoever is killed, wherever: the others go on, and the list is whole. Every other
 * time it is one that is changing it. */
static void
test_killed (gconstpointer threads)
{
  const guint32     room = 2 * MANY, n_tasks = 4, n_kills = 150;
  guint32           seed = g_test_rand_int_range (1, G_MAXINT32) | 1u;
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  g_autofree TelarEntry *entries = g_new (TelarEntry, room);
  TelarObjects     *objects = telar_made_object (TELAR_OBJECT_LIST, 0, 0);
  TelarPart         part = threads != NULL ? change_in_threads : change_for_ever;
  pid_t             pids[4];
  int               status;

  g_test_message ("seed %u", seed);
  for (gint64 i = 0; i < MANY; i++)
    telar_collection_append (objects, 0, &me, marked (i));
  for (guint32 i = 0; i < n_tasks; i++)
    pids[i] = telar_play (objects, part, i + 2);
  for (guint kills = 0; kills < n_kills; kills++)
    {
      guint32 i = (guint32) g_rand_int_range (random, 0, (gint32) n_tasks);
      gint64  until = telar_now_ns () + g_rand_int_range (random, 0, 200000);

      while (telar_now_ns () < until)
        ;
      if (kills % 2 == 0)
        i = catch_in_change (objects, pids, n_tasks);
      kill (pids[i], SIGKILL);
      g_assert_cmpint (waitpid (pids[i], &status, 0), ==, pids[i]);
      g_assert_cmpint (WTERMSIG (status), ==, SIGKILL);
      g_assert_true (kills % 2 != 0 || holds (objects, i));
      telar_objects_owner_died (objects, i + 2);
      telar_objects_owner_died (objects, i + 2 + 32);
      check_whole (objects, entries, room);
      pids[i] = telar_play (objects, part, i + 2);
    }
  for (guint32 i = 0; i < n_tasks; i++)
    {
      kill (pids[i], SIGKILL);
      waitpid (pids[i], &status, 0);
      telar_objects_owner_died (objects, i + 2);
      telar_objects_owner_died (objects, i + 2 + 32);
    }
  check_whole (objects, entries, room);
  telar_objects_free (objects);
}

/* ---- killed at each instruction ------------------------------------------- */

#define FEW 6

static void
begin_small (TelarObjects *objects)
{
  telar_collection_clear (objects, 0, &me);
  for (gint64 i = 0; i < FEW; i++)
    telar_collection_append (objects, 0, &me, whole (i));
}

static void
insert_one (TelarObjects *objects, const TelarParty *party)
{
  telar_collection_insert (objects, 0, party, 2, whole (100));
}

static void
pop_one (TelarObjects *objects, const TelarParty *party)
{
  TelarEntry entry;

  telar_collection_pop (objects, 0, party, 2, &entry);
}

static void
set_one (TelarObjects *objects, const TelarParty *party)
{
  telar_collection_set (objects, 0, party, 2, whole (100));
}

static void
increment_one (TelarObjects *objects, const TelarParty *party)
{
  telar_collection_increment (objects, 0, party, 2, 1, NULL);
}

typedef struct
{
  const char *name;
  void (*act) (TelarObjects *objects, const TelarParty *party);
  const char *after;
} Deed;

static const Deed deeds[] = {
  { "insert", insert_one, "0 1 100 2 3 4 5" },
  { "pop", pop_one, "0 1 3 4 5" },
  { "set", set_one, "0 1 100 3 4 5" },
  { "increment", increment_one, "0 1 3 3 4 5" },
};

/* In a child that its parent leads step by step, from its first stop to its second. */
static void
be_led (TelarObjects *objects, const Deed *deed)
{
  static const TelarParty led = { .task = 2 };

  if (ptrace (PTRACE_TRACEME, 0, NULL, NULL) != 0)
    _exit (77);
  raise (SIGSTOP);
  deed->act (objects, &led);
  raise (SIGSTOP);
  _exit (0);
}

typedef enum
{
  LED_KILLED, /* after as many steps as were wished */
  LED_DONE,   /* it was done before */
  LED_NOT     /* none may be led here */
} Led;

static Led
lead (TelarObjects *objects, const Deed *deed, guint n_steps)
{
  pid_t pid = fork ();
  Led   led = LED_KILLED;
  int   status;

  if (pid == 0)
    be_led (objects, deed);
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  if (WIFEXITED (status))
    {
      g_assert_cmpint (WEXITSTATUS (status), ==, 77);
      return LED_NOT;
    }
  for (guint i = 0; i < n_steps && led == LED_KILLED; i++)
    {
      g_assert_cmpint (ptrace (PTRACE_SINGLESTEP, pid, NULL, NULL), ==, 0);
      g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
      g_assert_true (WIFSTOPPED (status));
      if (WSTOPSIG (status) == SIGSTOP)
        led = LED_DONE;
    }
  kill (pid, SIGKILL);
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  return led;
}

/* Killed after one instruction, after two, and so on to the end: the list is as before
 * or as after, and as after once it ever was. */
static void
test_killed_anywhere (gconstpointer data)
{
  const Deed   *deed = data;
  TelarObjects *objects = telar_made_object (TELAR_OBJECT_LIST, 0, 0);
  guint         n_before = 0, n_after = 0, n_held = 0;
  Led           led = LED_KILLED;

  for (guint n = 1; led == LED_KILLED; n += STRIDE)
    {
      g_autofree char *now = NULL;

      begin_small (objects);
      led = lead (objects, deed, n);
      if (led == LED_NOT)
        {
          g_test_skip ("no process may lead another one here");
          break;
        }
      n_held += holder (objects) == 3;
      telar_objects_owner_died (objects, 2);
      now = text_of (objects);
      if (strcmp (now, deed->after) == 0)
        n_after++;
      else
        {
          g_assert_cmpstr (now, ==, "0 1 2 3 4 5");
          g_assert_cmpuint (n_after, ==, 0);
          n_before++;
        }
    }
  g_test_message ("%s: %u times as before, %u times done; %u times in the change", deed->name,
                  n_before, n_after, n_held);
  g_assert_true (led == LED_NOT || (n_before > 0 && n_after > 0 && n_held > 0));
  telar_objects_free (objects);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  /* A call that never returns ends the test, not the day. */
  alarm (300);
  g_test_add_func ("/objects-collection/list", test_list);
  g_test_add_func ("/objects-collection/dictionary", test_dictionary);
  g_test_add_func ("/objects-collection/full", test_full);
  g_test_add_func ("/objects-collection/lost", test_lost_updates);
  g_test_add_data_func ("/objects-collection/processes", NULL, test_shared);
  g_test_add_data_func ("/objects-collection/threads", "threads", test_shared);
  g_test_add_data_func ("/objects-collection/killed/processes", NULL, test_killed);
  g_test_add_data_func ("/objects-collection/killed/threads", "threads", test_killed);
  for (guint i = 0; i < G_N_ELEMENTS (deeds); i++)
    {
      g_autofree char *path = g_strconcat ("/objects-collection/killed-anywhere/", deeds[i].name,
                                           NULL);
      g_test_add_data_func (path, &deeds[i], test_killed_anywhere);
    }
  return g_test_run ();
}

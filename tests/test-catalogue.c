/* test-catalogue.c
 *
 * SPDX-License-Identifier: MIT
 *
 * The table is consistent, and every function does what its help says.
 */

#include <complex.h>
#include <errno.h>
#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "fake-call.h"

#define MS G_GINT64_CONSTANT (1000000)

static gint64
now_ns (void)
{
  struct timespec now;

  clock_gettime (CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1000 * MS + now.tv_nsec;
}

/* The table. */

static void
test_names (void)
{
  const char *fixed[] = { "greeting", "print", "square", "is_even", "busy", "sleep", "primes",
                          "fibonacci", "matrix_multiply", "mandelbrot", "monte_carlo_pi", "sort",
                          "count_words", "identify", "ignore", "exit", "fail", "crash", "start",
                          "join", "terminate", "kill", "command", "python", "c_function" };
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  unsigned             n;
  const TelarFunction *functions = telar_catalogue (&n);

  for (guint i = 0; i < n; i++)
    {
      g_assert_true (g_hash_table_add (names, (gpointer) functions[i].name));
      g_assert_cmpint (telar_catalogue_number (functions[i].name), ==, (int) i);
      g_assert_true (telar_catalogue_find (functions[i].name) == &functions[i]);
      /* Groups come one after the other, in their own order. */
      g_assert_true (i == 0 || functions[i].group >= functions[i - 1].group);
    }
  for (guint i = 0; i < G_N_ELEMENTS (fixed); i++)
    g_assert_nonnull (telar_catalogue_find (fixed[i]));
  g_assert_null (telar_catalogue_find ("squares"));
  g_assert_cmpint (telar_catalogue_number (""), ==, -1);
}

static void
check_parameter (const TelarFunction *function, const TelarParameter *parameter, gboolean last,
                 gboolean *optional_seen)
{
  gboolean number = parameter->type == TELAR_VALUE_INTEGER || parameter->type == TELAR_VALUE_REAL
                    || parameter->type == TELAR_VALUE_DURATION
                    || parameter->type == TELAR_VALUE_SIGNAL
                    || parameter->type == TELAR_VALUE_INTEGERS;

  g_test_message ("%s: %s", function->name, parameter->name);
  /* What can be left out comes last. */
  g_assert_true (parameter->optional || !*optional_seen);
  *optional_seen = parameter->optional;
  g_assert_cmpint (number, ==, parameter->minimum < parameter->maximum);
  if (number && parameter->type != TELAR_VALUE_INTEGERS
      && !(parameter->type == TELAR_VALUE_DURATION && parameter->initial < 0))
    {
      g_assert_cmpfloat (parameter->initial, >=, parameter->minimum);
      g_assert_cmpfloat (parameter->initial, <=, parameter->maximum);
    }
  g_assert_cmpint (parameter->type == TELAR_VALUE_DURATION, ==, parameter->unit != NULL);
  g_assert_true (parameter->initial_text == NULL || parameter->type == TELAR_VALUE_TEXT
                 || parameter->type == TELAR_VALUE_FILE);
  g_assert_true (last || parameter->type != TELAR_VALUE_TEXTS);
}

static void
test_rows (void)
{
  unsigned             n;
  const TelarFunction *functions = telar_catalogue (&n);

  for (guint i = 0; i < n; i++)
    {
      const TelarFunction *function = &functions[i];
      gboolean             optional_seen = FALSE;

      g_assert_nonnull (function->body);
      g_assert_true (g_str_has_suffix (function->help, "."));
      g_assert_true (g_ascii_isupper (function->help[0]));
      if (function->returns != NULL)
        g_assert_false (g_str_has_suffix (function->returns, "."));
      g_assert_cmpuint (function->n_parameters, <=, TELAR_MAX_PARAMETERS);
      for (guint p = 0; p < TELAR_MAX_PARAMETERS; p++)
        {
          const TelarParameter *parameter = &function->parameters[p];

          g_assert_cmpint (p < function->n_parameters, ==, parameter->name != NULL);
          if (parameter->name != NULL)
            check_parameter (function, parameter, p + 1 == function->n_parameters, &optional_seen);
        }
      g_assert_cmpint (function->runs_programs, ==, function->group == TELAR_GROUP_YOURS);
    }
}

static void
test_errors_and_groups (void)
{
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);

  for (int error = 0; error < TELAR_N_ERRORS; error++)
    {
      g_assert_nonnull (telar_error_name (error));
      g_assert_true (g_hash_table_add (names, (gpointer) telar_error_name (error)));
    }
  g_assert_cmpstr (telar_error_name (TELAR_ERROR_ALREADY_STARTED), ==, "already-started");
  g_assert_cmpstr (telar_error_name (9999), ==, "unknown");
  for (int group = 0; group < TELAR_N_GROUPS; group++)
    g_assert_nonnull (telar_group_title (group));
}

/* Functions that print or compute. */

static void
test_say (void)
{
  g_autoptr (TelarCall) greeting = FAKE_CALL (FAKE_TEXT ("world"));
  g_autoptr (TelarCall) print = FAKE_CALL (FAKE_TEXT ("Done"));
  g_autoptr (TelarCall) identify = fake_call_new (0, NULL);
  g_autofree char *expected = g_strdup_printf (
    "p1 in main: process %d, parent process %d, thread %d, core 1, 2 usable\n", getpid (),
    7, gettid ());

  g_assert_cmpint (fake_call_run (greeting, "greeting").type, ==, TELAR_RESULT_NONE);
  g_assert_cmpstr (greeting->out->str, ==, "hello world\n");
  g_assert_cmpstr (telar_catalogue_find ("greeting")->parameters[0].initial_text, ==, "world");
  fake_call_run (print, "print");
  g_assert_cmpstr (print->out->str, ==, "Done\n");
  g_assert_cmpint (fake_call_run (identify, "identify").integer, ==, getpid ());
  g_assert_cmpstr (identify->out->str, ==, expected);
}

/* What is printed is the result. */
static void
test_called (void)
{
  static const struct { const char *function, *out; int result; } rows[] = {
    { "current_process", "MainProcess\n", 1 },
    { "current_thread", "MainThread\n", 2 },
    { "parent_process", "parent\n", 3 },
  };
  g_autoptr (TelarCall) name = FAKE_CALL (FAKE_TASKS (1, 2));
  g_autoptr (TelarCall) first = fake_call_new (0, NULL);
  TelarResult result;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TelarCall) call = fake_call_new (0, NULL);

      result = fake_call_run (call, rows[i].function);
      g_assert_cmpint (result.type, ==, TELAR_RESULT_TEXT);
      g_assert_cmpint (result.integer, ==, rows[i].result);
      g_assert_cmpstr (call->out->str, ==, rows[i].out);
    }
  result = fake_call_run (name, "name");
  g_assert_cmpint (result.type, ==, TELAR_RESULT_TEXT);
  g_assert_cmpint (result.integer, ==, 4);
  g_assert_cmpstr (name->out->str, ==, "one\ntwo\n");
  first->is_main = TRUE;
  g_assert_cmpint (fake_call_run (first, "parent_process").type, ==, TELAR_RESULT_NONE);
  g_assert_cmpstr (first->out->str, ==, "no parent process\n");
}

static void
test_square (void)
{
  g_autoptr (TelarCall) call = FAKE_CALL (FAKE_INTEGERS (43, 0, -3, G_MAXINT64, G_MININT64),
                                          FAKE_INTEGER (0));

  g_assert_cmpint (fake_call_run (call, "square").integer, ==, 5);
  g_assert_cmpstr (call->out->str, ==,
                   "43 squared is 1849\n0 squared is 0\n-3 squared is 9\n"
                   "9223372036854775807 squared is 85070591730234615847396907784232501249\n"
                   "-9223372036854775808 squared is 85070591730234615865843651857942052864\n");
}

static void
test_is_even (void)
{
  g_autoptr (TelarCall) call = FAKE_CALL (FAKE_INTEGERS (43, 50, 0, -4, -3, G_MININT64),
                                          FAKE_INTEGER (0));

  g_assert_cmpint (fake_call_run (call, "is_even").integer, ==, 4);
  g_assert_cmpstr (call->out->str, ==,
                   "50 is an even number\n0 is an even number\n-4 is an even number\n"
                   "-9223372036854775808 is an even number\n");
}

static void
test_work (void)
{
  const char *names[] = { "square", "is_even" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (TelarCall) call = FAKE_CALL (FAKE_INTEGERS (1, 2, 3), FAKE_INTEGER (5 * MS));
      gint64 begin = telar_call_cpu_ns ();

      fake_call_run (call, names[i]);
      g_assert_cmpint (telar_call_cpu_ns () - begin, >=, 15 * MS);
    }
}

static void
test_primes (void)
{
  /* Around the end of a segment, which holds the odd numbers 3 to 65537. */
  const struct { gint64 limit, count; } cases[] = {
    { 0, 0 }, { 1, 0 }, { 2, 1 }, { 3, 2 }, { 4, 2 }, { 9, 4 }, { 25, 9 }, { 100, 25 },
    { 65536, 6542 }, { 65537, 6543 }, { 65538, 6543 }, { 65539, 6544 }, { 131073, 12251 },
    { 1000000, 78498 }, { 10000000, 664579 } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (TelarCall) call = FAKE_CALL (FAKE_INTEGER (cases[i].limit));
      g_autofree char *line = g_strdup_printf ("%" G_GINT64_FORMAT " primes up to %" G_GINT64_FORMAT
                                               "\n", cases[i].count, cases[i].limit);

      g_assert_cmpint (fake_call_run (call, "primes").integer, ==, cases[i].count);
      g_assert_cmpstr (call->out->str, ==, line);
    }
}

static void
test_fibonacci (void)
{
  const gint64 numbers[] = { 0, 1, 1, 2, 3, 5, 8, 13, 21, 34, 55 };

  for (guint n = 0; n < G_N_ELEMENTS (numbers); n++)
    {
      g_autoptr (TelarCall) call = FAKE_CALL (FAKE_INTEGER (n));
      g_assert_cmpint (fake_call_run (call, "fibonacci").integer, ==, numbers[n]);
    }
  g_autoptr (TelarCall) call = FAKE_CALL (FAKE_INTEGER (25));
  fake_call_run (call, "fibonacci");
  g_assert_cmpstr (call->out->str, ==, "fibonacci(25) is 75025\n");
}

static void
test_matrix_multiply (void)
{
  for (gint64 size = 1; size <= 40; size += 13)
    {
      g_autoptr (TelarCall) call = FAKE_CALL (FAKE_INTEGER (size));
      gint64 trace = 0;

      for (gint64 i = 0; i < size; i++)
        for (gint64 k = 0; k < size; k++)
          trace += (3 * i + k) % 10 * ((k + 7 * i) % 10);
      g_assert_cmpint (fake_call_run (call, "matrix_multiply").integer, ==, trace);
      g_assert_true (g_str_has_suffix (call->out->str, "\n"));
    }
}

static void
test_mandelbrot (void)
{
  g_autoptr (TelarCall) call = FAKE_CALL (FAKE_INTEGER (60), FAKE_INTEGER (100));
  gint64 inside = 0;

  for (int row = 0; row < 60; row++)
    for (int column = 0; column < 60; column++)
      {
        double complex c = -2 + (column + 0.5) * 2.5 / 60 + (-1.25 + (row + 0.5) * 2.5 / 60) * I;
        double complex z = 0;
        int            round = 0;

        while (round < 100 && cabs (z) <= 2)
          {
            z = z * z + c;
            round++;
          }
        inside += cabs (z) <= 2;
      }
  g_assert_cmpint (fake_call_run (call, "mandelbrot").integer, ==, inside);
  g_assert_cmpint (inside, >, 500);
}

static void
test_monte_carlo_pi (void)
{
  g_autoptr (TelarCall) call = FAKE_CALL (FAKE_INTEGER (1000000), FAKE_INTEGER (1));
  g_autoptr (TelarCall) again = FAKE_CALL (FAKE_INTEGER (1000000), FAKE_INTEGER (1));
  g_autoptr (TelarCall) other = FAKE_CALL (FAKE_INTEGER (1000000), FAKE_INTEGER (2));
  TelarResult result = fake_call_run (call, "monte_carlo_pi");

  g_assert_cmpint (result.type, ==, TELAR_RESULT_REAL);
  g_assert_cmpfloat_with_epsilon (result.real, G_PI, 0.01);
  g_assert_true (g_str_has_prefix (call->out->str, "pi is about 3.1"));
  g_assert_cmpfloat (fake_call_run (again, "monte_carlo_pi").real, ==, result.real);
  g_assert_cmpfloat (fake_call_run (other, "monte_carlo_pi").real, !=, result.real);
}

static int
compare (const void *a, const void *b)
{
  guint64 x = *(const guint64 *) a, y = *(const guint64 *) b;

  return (x > y) - (x < y);
}

static void
test_sort (void)
{
  const gint64 counts[] = { 1, 2, 3, 1000, 4096, 10001 };

  for (guint c = 0; c < G_N_ELEMENTS (counts); c++)
    {
      g_autoptr (TelarCall) call = FAKE_CALL (FAKE_INTEGER (counts[c]), FAKE_INTEGER (42));
      g_autofree guint64 *numbers = g_new (guint64, counts[c]);
      g_autofree char    *line = NULL;
      guint64             state = 42;

      for (gint64 i = 0; i < counts[c]; i++)
        {
          guint64 z = state += 0x9e3779b97f4a7c15u;
          z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
          z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
          numbers[i] = (z ^ (z >> 31)) % 1000000000;
        }
      qsort (numbers, (gsize) counts[c], sizeof *numbers, compare);
      line = g_strdup_printf ("%d numbers sorted: smallest %d, middle %d, largest %d\n",
                              (int) counts[c], (int) numbers[0], (int) numbers[counts[c] / 2],
                              (int) numbers[counts[c] - 1]);
      g_assert_cmpint (fake_call_run (call, "sort").integer, ==, (gint64) numbers[counts[c] / 2]);
      g_assert_cmpstr (call->out->str, ==, line);
    }
}

static void
test_count_words (void)
{
  g_autofree char *folder = g_dir_make_tmp ("telar-XXXXXX", NULL);
  g_autofree char *file = g_build_filename (folder, "words", NULL);
  g_autofree char *missing = g_build_filename (folder, "missing", NULL);
  g_autofree char *message = g_strdup_printf ("%s: No such file or directory\n", missing);
  g_autoptr (GString) text = g_string_new ("  one two\tthree\n\nfour\vfive\xc3\xb1 ");
  g_autoptr (TelarCall) call = FAKE_CALL (FAKE_TEXT (file));
  g_autoptr (TelarCall) nothing = FAKE_CALL (FAKE_TEXT (missing));
  g_autoptr (TelarCall) directory = FAKE_CALL (FAKE_TEXT (folder));
  g_autoptr (TelarCall) device = FAKE_CALL (FAKE_TEXT ("/dev/zero"));

  /* Words on both sides of what is read at once. */
  for (guint i = 0; i < 40000; i++)
    g_string_append (text, "word ");
  g_assert_true (g_file_set_contents (file, text->str, (gssize) text->len, NULL));
  g_assert_cmpint (fake_call_run (call, "count_words").integer, ==, 40005);
  g_assert_cmpint (fake_call_run (nothing, "count_words").integer, ==, TELAR_ERROR_FILE);
  g_assert_cmpstr (nothing->err->str, ==, message);
  g_assert_cmpint (fake_call_run (directory, "count_words").integer, ==, TELAR_ERROR_FILE);
  g_assert_cmpint (fake_call_run (device, "count_words").integer, ==, TELAR_ERROR_FILE);
  g_assert_cmpint (g_unlink (file), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

/* Time. */

static void
test_busy (void)
{
  g_autoptr (TelarCall) call = FAKE_CALL (FAKE_INTEGER (20 * MS));
  gint64 begin = telar_call_cpu_ns ();

  g_assert_cmpint (fake_call_run (call, "busy").type, ==, TELAR_RESULT_NONE);
  g_assert_cmpint (telar_call_cpu_ns () - begin, >=, 20 * MS);
  g_assert_cmpstr (call->log->str, ==, "");
}

static void
on_alarm (int signal_number)
{
}

static void
test_sleep (void)
{
  g_autoptr (TelarCall) call = FAKE_CALL (FAKE_INTEGER (50 * MS));
  g_autoptr (TelarCall) none = FAKE_CALL (FAKE_INTEGER (0));
  struct sigaction act = { .sa_handler = on_alarm }, before;
  struct itimerval often = { .it_interval.tv_usec = 3000, .it_value.tv_usec = 3000 }, never = { 0 };
  gint64           begin = now_ns (), cpu = telar_call_cpu_ns ();

  /* Interrupted every 3 ms: neither shorter nor longer for it. */
  sigaction (SIGALRM, &act, &before);
  setitimer (ITIMER_REAL, &often, NULL);
  fake_call_run (call, "sleep");
  setitimer (ITIMER_REAL, &never, NULL);
  sigaction (SIGALRM, &before, NULL);

  g_assert_cmpint (now_ns () - begin, >=, 50 * MS);
  g_assert_cmpint (telar_call_cpu_ns () - cpu, <, 20 * MS);
  g_assert_cmpint (call->until_ns - begin, >=, 50 * MS);
  g_assert_cmpint (call->until_ns, <=, now_ns ());
  g_assert_cmpstr (call->log->str, ==, "wait 1; go on; ");
  fake_call_run (none, "sleep");
  g_assert_cmpstr (none->log->str, ==, "");
}

/* Control. */

static void
test_control (void)
{
  const struct { const char *function, *log; } cases[] = {
    { "start", "start 1; start 2; " },
    { "terminate", "signal 1 15; signal 2 15; " },
    { "kill", "signal 1 9; signal 2 9; " } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (TelarCall) call = FAKE_CALL (FAKE_TASKS (1, 2));
      g_autoptr (TelarCall) refused = FAKE_CALL (FAKE_TASKS (7, 2));
      TelarResult result;

      g_assert_cmpint (fake_call_run (call, cases[i].function).type, ==, TELAR_RESULT_NONE);
      g_assert_cmpstr (call->log->str, ==, cases[i].log);
      /* The first refusal is the end of it. */
      refused->refusal = TELAR_ERROR_NOT_STARTED;
      result = fake_call_run (refused, cases[i].function);
      g_assert_cmpint (result.type, ==, TELAR_RESULT_ERROR);
      g_assert_cmpint (result.integer, ==, TELAR_ERROR_NOT_STARTED);
      g_assert_null (strchr (refused->log->str, '2'));
    }
}

static void
test_join (void)
{
  g_autoptr (TelarCall) all = FAKE_CALL (FAKE_TASKS (1, 2), FAKE_INTEGER (-1));
  g_autoptr (TelarCall) timed = FAKE_CALL (FAKE_TASKS (1, 2), FAKE_INTEGER (60000 * MS));
  g_autoptr (TelarCall) look = FAKE_CALL (FAKE_TASKS (1), FAKE_INTEGER (0));
  g_autoptr (TelarCall) negative = FAKE_CALL (FAKE_TASKS (1), FAKE_INTEGER (-1000 * MS));
  g_autoptr (TelarCall) oneself = FAKE_CALL (FAKE_TASKS (7), FAKE_INTEGER (0));
  TelarResult result;

  g_assert_cmpint (fake_call_run (all, "join").type, ==, TELAR_RESULT_NONE);
  g_assert_cmpstr (all->log->str, ==, "join 1; join 2; ");

  timed->ended[1] = TRUE;
  result = fake_call_run (timed, "join");
  g_assert_cmpint (result.type, ==, TELAR_RESULT_BOOLEAN);
  g_assert_cmpint (result.integer, ==, FALSE);
  g_assert_cmpstr (timed->log->str, ==, "join 1 limit; join 2 limit; ");
  timed->ended[2] = TRUE;
  g_assert_cmpint (fake_call_run (timed, "join").integer, ==, TRUE);

  g_assert_cmpint (fake_call_run (look, "join").integer, ==, FALSE);
  g_assert_cmpstr (look->log->str, ==, "join 1 look; ");
  g_assert_cmpint (fake_call_run (negative, "join").type, ==, TELAR_RESULT_BOOLEAN);
  g_assert_cmpstr (negative->log->str, ==, "join 1 look; ");

  oneself->refusal = TELAR_ERROR_JOIN_SELF;
  g_assert_cmpint (fake_call_run (oneself, "join").integer, ==, TELAR_ERROR_JOIN_SELF);
}

static void
test_ends (void)
{
  g_autoptr (TelarCall) leave = FAKE_CALL (FAKE_INTEGER (42));
  g_autoptr (TelarCall) fail = FAKE_CALL (FAKE_TEXT ("no luck"));
  TelarResult result = fake_call_run (leave, "exit");

  g_assert_true (result.ends_task);
  g_assert_cmpint (result.exit_code, ==, 42);
  g_assert_cmpint (result.type, ==, TELAR_RESULT_NONE);
  result = fake_call_run (fail, "fail");
  g_assert_true (result.ends_task);
  g_assert_cmpint (result.exit_code, ==, 1);
  g_assert_cmpstr (fail->err->str, ==, "no luck\n");
  g_assert_cmpstr (fail->out->str, ==, "");
}

/* Runs a function in a process of its own; 255 when it came back.
 * Returns: how that process ended, as wait() tells it. */
static int
run_in_child (const char *function, int value, gboolean blocked)
{
  pid_t pid = fork ();
  int   status;

  g_assert_cmpint (pid, >=, 0);
  if (pid == 0)
    {
      sigset_t all;

      sigfillset (&all);
      if (blocked)
        pthread_sigmask (SIG_BLOCK, &all, NULL);
      TelarCall  *call = FAKE_CALL (FAKE_INTEGER (value));
      TelarResult result = fake_call_run (call, function);
      if (result.type == TELAR_RESULT_NONE)
        raise (value);
      _exit (result.type == TELAR_RESULT_ERROR ? 200 + (int) result.integer : 0);
    }
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  return status;
}

static void
test_crash (void)
{
  const int fatal[] = { SIGSEGV, SIGABRT, SIGKILL, SIGTERM, SIGFPE, SIGPIPE, SIGRTMIN + 3 };
  const int harmless[] = { SIGCHLD, SIGCONT, SIGSTOP, SIGWINCH, SIGRTMIN - 1 };

  for (guint i = 0; i < G_N_ELEMENTS (fatal); i++)
    for (int blocked = 0; blocked < 2; blocked++)
      {
        int status = run_in_child ("crash", fatal[i], blocked);
        g_assert_true (WIFSIGNALED (status));
        g_assert_cmpint (WTERMSIG (status), ==, fatal[i]);
      }
  for (guint i = 0; i < G_N_ELEMENTS (harmless); i++)
    {
      int status = run_in_child ("crash", harmless[i], FALSE);
      g_assert_true (WIFEXITED (status));
      g_assert_cmpint (WEXITSTATUS (status), ==, 200 + TELAR_ERROR_SIGNAL);
    }
}

static void
test_ignore (void)
{
  const int refused[] = { SIGKILL, SIGSTOP, SIGCHLD };

  g_assert_cmpint (run_in_child ("ignore", SIGTERM, FALSE), ==, 0);
  g_assert_cmpint (run_in_child ("ignore", SIGINT, FALSE), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      int status = run_in_child ("ignore", refused[i], FALSE);
      g_assert_true (WIFEXITED (status));
      g_assert_cmpint (WEXITSTATUS (status), ==, 200 + TELAR_ERROR_SIGNAL);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/catalogue/names", test_names);
  g_test_add_func ("/catalogue/rows", test_rows);
  g_test_add_func ("/catalogue/errors-and-groups", test_errors_and_groups);
  g_test_add_func ("/catalogue/say", test_say);
  g_test_add_func ("/catalogue/called", test_called);
  g_test_add_func ("/catalogue/square", test_square);
  g_test_add_func ("/catalogue/is-even", test_is_even);
  g_test_add_func ("/catalogue/work", test_work);
  g_test_add_func ("/catalogue/primes", test_primes);
  g_test_add_func ("/catalogue/fibonacci", test_fibonacci);
  g_test_add_func ("/catalogue/matrix-multiply", test_matrix_multiply);
  g_test_add_func ("/catalogue/mandelbrot", test_mandelbrot);
  g_test_add_func ("/catalogue/monte-carlo-pi", test_monte_carlo_pi);
  g_test_add_func ("/catalogue/sort", test_sort);
  g_test_add_func ("/catalogue/count-words", test_count_words);
  g_test_add_func ("/catalogue/busy", test_busy);
  g_test_add_func ("/catalogue/sleep", test_sleep);
  g_test_add_func ("/catalogue/control", test_control);
  g_test_add_func ("/catalogue/join", test_join);
  g_test_add_func ("/catalogue/ends", test_ends);
  g_test_add_func ("/catalogue/crash", test_crash);
  g_test_add_func ("/catalogue/ignore", test_ignore);
  return g_test_run ();
}

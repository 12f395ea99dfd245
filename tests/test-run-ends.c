/* test-run-ends.c
 *
 * SPDX-License-Identifier: MIT
 *
 * telar run from the outside: whatever ends a run, nothing of it is left; and
 * what its tasks print comes through, whoever reads it.
 */

#include <signal.h>
#include <string.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "telar-process.h"

/* Ends from outside. */

static void
test_timeout (void)
{
  g_auto (TelarPlace) place = { 0 };
  g_auto (TelarOutcome) outcome = { 0 };
  g_autofree char *graph = NULL;
  gint64 begin = g_get_monotonic_time ();

  telar_place_init (&place);
  graph = telar_place_graph (&place, "g.telar",
                             "{ \"id\": \"@\", \"kind\": \"process\", \"body\": "
                             "[[\"ignore\", \"TERM\"], [\"sleep\", 60]] }");
  telar_call (&outcome, "run", "--timeout", "0.3", graph, NULL);
  g_assert_cmpint (outcome.status, ==, 124);
  g_assert_cmpint (g_get_monotonic_time () - begin, >=, 300000);
  g_assert_cmpint (g_get_monotonic_time () - begin, <, 10000000);
  telar_assert_contains (outcome.err, "--timeout");
  telar_place_assert_deserted (&place);
}

static void
test_signals (void)
{
  const int numbers[] = { SIGINT, SIGTERM, SIGHUP };

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_auto (TelarPlace) place = { 0 };
      g_auto (TelarOutcome) outcome = { 0 };
      g_autoptr (GSubprocess) process = NULL;
      g_autofree char *graph = NULL, *line = NULL;

      telar_place_init (&place);
      graph = telar_place_graph (&place, "g.telar",
                                 "{ \"id\": \"@\", \"kind\": \"process\", \"body\": "
                                 "[[\"print\", \"here\"], [\"sleep\", 60]] },\n"
                                 TASK ("t", "thread", "busy", "60000"));
      process = telar_start ("run", graph, NULL);
      line = telar_read_line (process);
      g_assert_cmpstr (line, ==, "here");
      g_assert_true (telar_place_has_processes (&place));
      g_subprocess_send_signal (process, numbers[i]);
      telar_finish (process, &outcome);
      g_assert_cmpint (outcome.status, ==, 128 + numbers[i]);
      telar_place_assert_deserted (&place);
    }
}

static void
test_killed_telar (void)
{
  g_auto (TelarPlace) place = { 0 };
  g_auto (TelarOutcome) outcome = { 0 };
  g_autoptr (GSubprocess) process = NULL;
  g_autofree char *graph = NULL, *line = NULL;

  telar_place_init (&place);
  graph = telar_place_graph (&place, "g.telar",
                             "{ \"id\": \"@\", \"kind\": \"process\", \"body\": "
                             "[[\"print\", \"here\"], [\"sleep\", 60]] }");
  process = telar_start ("run", graph, NULL);
  line = telar_read_line (process);
  g_assert_cmpstr (line, ==, "here");
  g_subprocess_send_signal (process, SIGKILL);
  telar_finish (process, &outcome);
  g_assert_cmpint (outcome.status, ==, -SIGKILL);
  telar_place_assert_deserted (&place);
}

/* Returns: the child of @process, telar-engine. */
static pid_t
find_engine (GSubprocess *process)
{
  g_autofree char *file = g_strdup_printf ("/proc/%s/task/%s/children",
                                           g_subprocess_get_identifier (process),
                                           g_subprocess_get_identifier (process));
  g_autofree char *children = NULL;

  g_assert_true (g_file_get_contents (file, &children, NULL, NULL));
  return (pid_t) g_ascii_strtoll (children, NULL, 10);
}

static void
test_killed_engine (void)
{
  g_auto (TelarPlace) place = { 0 };
  g_auto (TelarOutcome) outcome = { 0 };
  g_autoptr (GSubprocess) process = NULL;
  g_autofree char *graph = NULL, *line = NULL;

  telar_place_init (&place);
  graph = telar_place_graph (&place, "g.telar",
                             "{ \"id\": \"@\", \"kind\": \"process\", \"body\": "
                             "[[\"print\", \"here\"], [\"sleep\", 60]] }");
  process = telar_start ("run", graph, NULL);
  line = telar_read_line (process);
  g_assert_cmpint (kill (find_engine (process), SIGKILL), ==, 0);
  telar_finish (process, &outcome);
  g_assert_cmpint (outcome.status, ==, 3);
  telar_assert_contains (outcome.err, "engine");
  telar_place_assert_deserted (&place);
}

static void
test_killed_task (void)
{
  g_auto (TelarPlace) place = { 0 };
  g_auto (TelarOutcome) outcome = { 0 };
  g_autoptr (GSubprocess) process = NULL;
  g_autofree char *graph = NULL, *line = NULL;
  const char *pid;

  telar_place_init (&place);
  graph = telar_place_graph (&place, "g.telar",
                             "{ \"id\": \"@\", \"kind\": \"process\", \"body\": "
                             "[[\"identify\"], [\"sleep\", 60]] },\n"
                             "{ \"id\": \"after\", \"kind\": \"call\", \"function\": \"print\", "
                             "\"args\": [\"goes on\"], \"after\": [\"@\"] }");
  process = telar_start ("run", graph, NULL);
  line = telar_read_line (process);
  pid = strstr (line, "process ");
  g_assert_nonnull (pid);
  g_assert_cmpint (kill ((pid_t) g_ascii_strtoll (pid + 8, NULL, 10), SIGKILL), ==, 0);
  telar_finish (process, &outcome);
  g_assert_cmpint (outcome.status, ==, 1);
  telar_assert_contains (outcome.out, "goes on\n");
  telar_assert_contains (outcome.out, "signal 9");
}

/* Output. */

static void
test_closed_output (void)
{
  g_auto (TelarPlace) place = { 0 };
  g_autoptr (GSubprocess) process = NULL;
  g_autofree char *graph = NULL, *line = NULL;
  gint64 begin;

  telar_place_init (&place);
  graph = telar_place_graph (&place, "g.telar",
                             "{ \"id\": \"@\", \"kind\": \"process\", \"body\": "
                             "[[\"print\", \"here\"], [\"sleep\", 60]] }");
  process = telar_start ("run", graph, NULL);
  line = telar_read_line (process);
  g_assert_cmpstr (line, ==, "here");
  begin = g_get_monotonic_time ();
  g_input_stream_close (g_subprocess_get_stdout_pipe (process), NULL, NULL);
  g_subprocess_wait (process, NULL, NULL);
  g_assert_true (g_subprocess_get_if_exited (process));
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 1);
  g_assert_cmpint (g_get_monotonic_time () - begin, <, 10000000);
  telar_place_assert_deserted (&place);
}

static void
test_commands_ask (void)
{
  g_auto (TelarPlace) place = { 0 };
  g_auto (TelarOutcome) refused = { 0 };
  g_auto (TelarOutcome) allowed = { 0 };
  g_autofree char *graph = NULL;

  telar_place_init (&place);
  graph = telar_place_graph (&place, "g.telar",
                             PROCESS ("p", "command", "\"printf\", \"%s-%s\\n\", \"a b\", \"c\""));
  telar_call (&refused, "run", "-q", graph, NULL);
  g_assert_cmpint (refused.status, ==, 2);
  telar_assert_empty (refused.out);
  telar_assert_contains (refused.err, "p: command(\"printf\"");
  telar_assert_contains (refused.err, "--allow-commands");
  telar_call (&allowed, "run", "-q", "--allow-commands", graph, NULL);
  g_assert_cmpint (allowed.status, ==, 0);
  g_assert_cmpstr (telar_text (allowed.out), ==, "a b-c\n");
}

/* All bytes come through as they are, a line as long as it likes. */
static void
test_binary_output (void)
{
  g_auto (TelarPlace) place = { 0 };
  g_auto (TelarOutcome) outcome = { 0 };
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (GBytes) expected = NULL;
  g_autofree char *graph = NULL, *file = NULL;
  guint32 state = 7;

  telar_place_init (&place);
  for (guint i = 0; i < 300000; i++)
    {
      guint8 byte = (guint8) ((state = state * 1664525 + 1013904223) >> 24);
      /* Long lines at first, then as they fall. */
      if (byte == '\n' && i < 200000)
        byte = 0;
      g_byte_array_append (bytes, &byte, 1);
    }
  g_byte_array_append (bytes, (const guint8 *) "\n", 1);
  file = telar_place_file (&place, "bytes");
  g_assert_true (g_file_set_contents (file, (const char *) bytes->data, bytes->len, NULL));
  graph = telar_place_graph (&place, "g.telar", PROCESS ("p", "command", "\"cat\", \"bytes\""));
  telar_call (&outcome, "run", "-q", "--allow-commands", graph, NULL);
  g_assert_cmpint (outcome.status, ==, 0);
  expected = g_bytes_new (bytes->data, bytes->len);
  g_assert_true (g_bytes_equal (outcome.out, expected));
}

/* Lines of many tasks at once, each whole. */
static void
test_unmixed_lines (void)
{
  g_auto (TelarPlace) place = { 0 };
  g_auto (TelarOutcome) outcome = { 0 };
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *graph = NULL, *task = NULL;
  g_auto (GStrv) lines = NULL;
  guint n = 0;

  for (int i = 0; i < 3000; i++)
    g_string_append (text, "0123456789");
  telar_place_init (&place);
  task = g_strdup_printf ("{ \"id\": \"p\", \"kind\": \"process\", \"copies\": 4, \"repeat\": 20, "
                          "\"body\": [[\"print\", \"%s\"]] },\n"
                          "{ \"id\": \"t\", \"kind\": \"thread\", \"copies\": 4, \"repeat\": 20, "
                          "\"body\": [[\"print\", \"%s\"]] }", text->str, text->str);
  graph = telar_place_graph (&place, "g.telar", task);
  telar_call (&outcome, "run", "-q", graph, NULL);
  g_assert_cmpint (outcome.status, ==, 0);
  lines = g_strsplit (telar_text (outcome.out), "\n", -1);
  for (; lines[n][0] != '\0'; n++)
    g_assert_cmpstr (lines[n], ==, text->str);
  g_assert_cmpuint (n, ==, 160);
}

/* What a run prints beyond 64 MiB is counted and said. */
static void
test_much_output (void)
{
  g_auto (TelarPlace) place = { 0 };
  g_auto (TelarOutcome) outcome = { 0 };
  g_autofree char *graph = NULL;

  telar_place_init (&place);
  graph = telar_place_graph (&place, "g.telar",
                             PROCESS ("p", "command", "\"sh\", \"-c\", "
                                      "\"head -c 80000000 /dev/zero | "
                                      "tr '\\\\0' x | fold -w 999\""));
  telar_call (&outcome, "run", "-q", "--allow-commands", graph, NULL);
  g_assert_cmpint (outcome.status, ==, 0);
  g_assert_cmpuint (g_bytes_get_size (outcome.out), <=, 80000000);
  g_assert_cmpuint (g_bytes_get_size (outcome.out), >, 60000000);
  telar_assert_contains (outcome.err, "64 MiB");
}

/* A reader that stands still holds nothing up but what comes after a megabyte,
 * and nothing is lost. */
static void
test_slow_reader (void)
{
  g_auto (TelarPlace) place = { 0 };
  g_auto (TelarOutcome) outcome = { 0 };
  g_autoptr (GSubprocess) process = NULL;
  g_autofree char *graph = NULL, *done = NULL;

  telar_place_init (&place);
  done = telar_place_file (&place, "done");
  graph = telar_place_graph (&place, "g.telar",
                             PROCESS ("@", "command", "\"sh\", \"-c\", "
                                      "\"yes 0123456789abcde | head -c 640000; touch done; "
                                      "yes 0123456789abcde\""));
  process = telar_start ("run", "-q", "--allow-commands", graph, NULL);
  /* Ten times what the pipe takes, and nobody has read a byte. */
  while (!g_file_test (done, G_FILE_TEST_EXISTS))
    g_usleep (1000);
  g_subprocess_send_signal (process, SIGINT);
  telar_place_assert_deserted (&place);
  telar_finish (process, &outcome);
  g_assert_cmpint (outcome.status, ==, 130);
  g_assert_cmpuint (g_bytes_get_size (outcome.out), >, 500000);
  g_assert_cmpuint (g_bytes_get_size (outcome.out) % 16, ==, 0);
}

static void
test_full_disk (void)
{
  g_auto (TelarPlace) place = { 0 };
  g_autofree char *graph = NULL;
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_NONE);
  g_autoptr (GSubprocess) run = NULL, functions = NULL;

  telar_place_init (&place);
  graph = telar_place_graph (&place, "g.telar", SQUARES);
  g_subprocess_launcher_set_stdout_file_path (launcher, "/dev/full");
  run = g_subprocess_launcher_spawn (launcher, NULL, g_getenv ("TELAR_PROGRAM"), "run", graph,
                                     NULL);
  g_subprocess_wait (run, NULL, NULL);
  g_assert_cmpint (g_subprocess_get_exit_status (run), ==, 2);
  functions = g_subprocess_launcher_spawn (launcher, NULL, g_getenv ("TELAR_PROGRAM"), "functions",
                                           NULL);
  g_subprocess_wait (functions, NULL, NULL);
  g_assert_cmpint (g_subprocess_get_exit_status (functions), ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/run-ends/timeout", test_timeout);
  g_test_add_func ("/run-ends/signals", test_signals);
  g_test_add_func ("/run-ends/killed-telar", test_killed_telar);
  g_test_add_func ("/run-ends/killed-engine", test_killed_engine);
  g_test_add_func ("/run-ends/killed-task", test_killed_task);
  g_test_add_func ("/run-ends/closed-output", test_closed_output);
  g_test_add_func ("/run-ends/commands-ask", test_commands_ask);
  g_test_add_func ("/run-ends/binary-output", test_binary_output);
  g_test_add_func ("/run-ends/unmixed-lines", test_unmixed_lines);
  g_test_add_func ("/run-ends/much-output", test_much_output);
  g_test_add_func ("/run-ends/slow-reader", test_slow_reader);
  g_test_add_func ("/run-ends/full-disk", test_full_disk);
  return g_test_run ();
}

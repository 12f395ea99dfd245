/* test-program.c
 *
 * SPDX-License-Identifier: MIT
 *
 * The function that runs programs: what they print, how they end, and in what
 * surroundings they run.
 */

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "fake-call.h"

#define SHELL(script) FAKE_CALL (FAKE_TEXT ("sh"), FAKE_TEXT ("-c"), FAKE_TEXT (script))

static void
test_command (void)
{
  g_autoptr (TelarCall) call = SHELL ("printf 'one\\ntwo'; printf 'three\\n' >&2; wc -c");
  g_autoptr (TelarCall) arguments = FAKE_CALL (FAKE_TEXT ("printf"), FAKE_TEXT ("<%s>"),
                                               FAKE_TEXT ("a b"), FAKE_TEXT (""));
  TelarResult result = fake_call_run (call, "command");

  g_assert_cmpint (result.type, ==, TELAR_RESULT_INTEGER);
  g_assert_cmpint (result.integer, ==, 0);
  g_assert_false (result.ends_task);
  g_assert_cmpstr (call->out->str, ==, "one\ntwo0\n"); /* standard input was empty */
  g_assert_cmpstr (call->err->str, ==, "three\n");
  g_assert_cmpint (call->program_pid, >, 0);
  g_assert_cmpint (call->program_cpu_ns, >, 0);
  g_assert_cmpint (waitpid (call->program_pid, NULL, WNOHANG), ==, -1); /* no zombie */

  fake_call_run (arguments, "command");
  g_assert_cmpstr (arguments->out->str, ==, "<a b><>");
}

static void
test_command_ends (void)
{
  const struct { const char *script; int code; } cases[] = {
    { "exit 0", 0 }, { "exit 3", 3 }, { "kill -9 $$", 137 }, { "kill -TERM $$", 143 } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (TelarCall) call = SHELL (cases[i].script);
      TelarResult result = fake_call_run (call, "command");

      g_assert_cmpint (result.integer, ==, cases[i].code);
      g_assert_cmpint (result.ends_task, ==, cases[i].code != 0);
      g_assert_cmpint (result.exit_code, ==, cases[i].code);
    }
}

static void
test_command_missing (void)
{
  const struct { const char *program, *message; } cases[] = {
    { "no-such-program-here",
      "no-such-program-here: could not be run: No such file or directory\n" },
    { "/dev/null", "/dev/null: could not be run: Permission denied\n" } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (TelarCall) call = FAKE_CALL (FAKE_TEXT (cases[i].program));
      TelarResult result = fake_call_run (call, "command");

      g_assert_cmpint (result.type, ==, TELAR_RESULT_ERROR);
      g_assert_cmpint (result.integer, ==, TELAR_ERROR_PROGRAM);
      g_assert_true (result.ends_task);
      g_assert_cmpstr (call->err->str, ==, cases[i].message);
    }
}

/* Signals are as at a login, whatever the task ignores or blocks; and no
 * descriptor but the first three is open. */
static void
test_command_surroundings (void)
{
  g_autoptr (TelarCall) call = SHELL ("sh -c 'kill -PIPE $$'; echo $?; ls /proc/self/fd | wc -l");
  sigset_t pipe_signal, before;
  int      spare = dup (0);

  sigemptyset (&pipe_signal);
  sigaddset (&pipe_signal, SIGPIPE);
  pthread_sigmask (SIG_BLOCK, &pipe_signal, &before);
  signal (SIGPIPE, SIG_IGN);
  fake_call_run (call, "command");
  signal (SIGPIPE, SIG_DFL);
  pthread_sigmask (SIG_SETMASK, &before, NULL);
  close (spare);
  /* ls itself opens a fourth for the folder. */
  g_assert_cmpstr (call->out->str, ==, "141\n4\n");
}

/* Much on both streams, binary, and something left behind that keeps them open. */
static void
test_command_output (void)
{
  g_autoptr (TelarCall) call = SHELL ("head -c 3000000 /dev/zero; head -c 2000000 /dev/zero >&2; "
                                      "(exec sleep 20) & exit 0");
  gint64 begin = g_get_monotonic_time ();

  fake_call_run (call, "command");
  g_assert_cmpuint (call->out->len, ==, 3000000);
  g_assert_cmpuint (call->err->len, ==, 2000000);
  g_assert_cmpint (g_get_monotonic_time () - begin, <, 15 * G_USEC_PER_SEC);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/program/output-and-arguments", test_command);
  g_test_add_func ("/program/ends", test_command_ends);
  g_test_add_func ("/program/missing", test_command_missing);
  g_test_add_func ("/program/surroundings", test_command_surroundings);
  g_test_add_func ("/program/much-output", test_command_output);
  return g_test_run ();
}

/* test-python-function.c
 *
 * SPDX-License-Identifier: MIT
 *
 * The function that calls one of a Python file: arguments, what it prints and
 * returns, how it ends, and what is said where it cannot be called.
 */

#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "fake-call.h"

#define SOURCE                                                                          \
  "import os, sys\n"                                                                    \
  "import companion\n"                                                                  \
  "answer = 42\n"                                                                       \
  "def show(*things):\n"                                                                \
  "    print(*map(repr, things), sep=', ')\n"                                           \
  "def give(thing=None):\n"                                                             \
  "    return thing\n"                                                                  \
  "def infinite():\n"                                                                   \
  "    return float('inf')\n"                                                           \
  "def fail():\n"                                                                       \
  "    print('before')\n"                                                               \
  "    raise RuntimeError('as asked')\n"                                                \
  "def leave(code):\n"                                                                  \
  "    print('no end', end='')\n"                                                       \
  "    sys.exit(code)\n"                                                                \
  "def killed():\n"                                                                     \
  "    os.kill(os.getpid(), 9)\n"                                                       \
  "def companions():\n"                                                                 \
  "    print(companion.name, __name__, sys.argv[1:])\n"                                 \
  "def buffered():\n"                                                                   \
  "    print('a line')\n"                                                               \
  "    os.kill(os.getpid(), 9)\n"                                                       \
  "class Thing:\n"                                                                      \
  "    def __init__(self, name):\n"                                                     \
  "        print('made', name)\n"

static char *folder;

/* Returns: whether the test was skipped. */
static gboolean
skip (void)
{
  g_autofree char *python = g_find_program_in_path ("python3");

  if (python == NULL)
    g_test_skip ("there is no python3");
  return python == NULL;
}

static void
write_file (const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
test_arguments (void)
{
  g_autoptr (TelarCall) call
      = FAKE_CALL (FAKE_TEXT ("own.py"), FAKE_TEXT ("show"), FAKE_TEXT ("5"), FAKE_TEXT ("-0.5"),
                   FAKE_TEXT ("[43, 50]"), FAKE_TEXT ("Ana"), FAKE_TEXT ("True"),
                   FAKE_TEXT ("it's"));
  g_autoptr (TelarCall) none = FAKE_CALL (FAKE_TEXT ("own.py"), FAKE_TEXT ("show"));
  g_autoptr (TelarCall) code = FAKE_CALL (FAKE_TEXT ("own.py"), FAKE_TEXT ("show"),
                                          FAKE_TEXT ("print('no')"), FAKE_TEXT (""));
  TelarResult result;

  if (skip ())
    return;
  result = fake_call_run (call, "python");
  g_assert_cmpstr (call->out->str, ==, "5, -0.5, [43, 50], 'Ana', True, \"it's\"\n");
  g_assert_cmpstr (call->err->str, ==, "");
  g_assert_cmpint (result.type, ==, TELAR_RESULT_NONE);
  g_assert_false (result.ends_task);
  g_assert_cmpint (call->program_pid, >, 0);
  g_assert_cmpint (call->program_cpu_ns, >, 0);
  g_assert_cmpint (waitpid (call->program_pid, NULL, WNOHANG), ==, -1);
  fake_call_run (none, "python");
  g_assert_cmpstr (none->out->str, ==, "\n");
  fake_call_run (code, "python");
  g_assert_cmpstr (code->out->str, ==, "\"print('no')\", ''\n");
}

static void
test_returns (void)
{
  static const struct { const char *value; TelarResultType type; gint64 integer; double real; }
  cases[] = {
    { "7", TELAR_RESULT_INTEGER, 7, 0 },
    { "-9223372036854775808", TELAR_RESULT_INTEGER, G_MININT64, 0 },
    { "9223372036854775808", TELAR_RESULT_NONE, 0, 0 },
    { "0.1", TELAR_RESULT_REAL, 0, 0.1 },
    { "1e300", TELAR_RESULT_REAL, 0, 1e300 },
    { "True", TELAR_RESULT_BOOLEAN, 1, 0 },
    { "False", TELAR_RESULT_BOOLEAN, 0, 0 },
    { "None", TELAR_RESULT_NONE, 0, 0 },
    { "text", TELAR_RESULT_NONE, 0, 0 },
  };
  g_autoptr (TelarCall) infinite = FAKE_CALL (FAKE_TEXT ("own.py"), FAKE_TEXT ("infinite"));

  if (skip ())
    return;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (TelarCall) call = FAKE_CALL (FAKE_TEXT ("own.py"), FAKE_TEXT ("give"),
                                              FAKE_TEXT (cases[i].value));
      TelarResult result = fake_call_run (call, "python");

      g_test_message ("%s", cases[i].value);
      g_assert_cmpint (result.type, ==, cases[i].type);
      g_assert_false (result.ends_task);
      if (result.type == TELAR_RESULT_REAL)
        g_assert_cmpfloat (result.real, ==, cases[i].real);
      else if (result.type != TELAR_RESULT_NONE)
        g_assert_cmpint (result.integer, ==, cases[i].integer);
      g_assert_cmpstr (call->out->str, ==, "");
      g_assert_cmpstr (call->err->str, ==, "");
    }
  g_assert_cmpint (fake_call_run (infinite, "python").type, ==, TELAR_RESULT_NONE);
}

static void
test_ends (void)
{
  static const struct { const char *function, *argument; int code; const char *out, *err; }
  cases[] = {
    { "leave", "3", 3, "no end", "" },
    { "leave", "None", 0, "no end", "" },
    { "leave", "so it is", 1, "no end", "so it is\n" },
    { "killed", NULL, 137, "", "" },
    /* A line is out when it is printed, whatever comes after it. */
    { "buffered", NULL, 137, "a line\n", "" },
    { "Thing", "it", 0, "made it\n", "" },
  };

  if (skip ())
    return;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const FakeValue values[] = { FAKE_TEXT ("own.py"), FAKE_TEXT (cases[i].function),
                                   FAKE_TEXT (cases[i].argument) };
      g_autoptr (TelarCall) call = fake_call_new (cases[i].argument != NULL ? 3 : 2, values);
      TelarResult result = fake_call_run (call, "python");

      g_test_message ("%s", cases[i].function);
      g_assert_cmpint (result.ends_task, ==, cases[i].code != 0);
      g_assert_cmpint (result.exit_code, ==, cases[i].code);
      g_assert_cmpstr (call->out->str, ==, cases[i].out);
      g_assert_cmpstr (call->err->str, ==, cases[i].err);
    }
}

/* A traceback shows the file's own lines, none of what called it. */
static void
test_exceptions (void)
{
  g_autoptr (TelarCall) fail = FAKE_CALL (FAKE_TEXT ("own.py"), FAKE_TEXT ("fail"));
  g_autoptr (TelarCall) missing = FAKE_CALL (FAKE_TEXT ("own.py"), FAKE_TEXT ("leave"));
  g_autoptr (TelarCall) broken = FAKE_CALL (FAKE_TEXT ("broken.py"), FAKE_TEXT ("f"));
  TelarResult result;

  if (skip ())
    return;
  result = fake_call_run (fail, "python");
  g_assert_cmpint (result.exit_code, ==, 1);
  g_assert_true (result.ends_task);
  g_assert_cmpstr (fail->out->str, ==, "before\n");
  g_assert_true (g_str_has_prefix (fail->err->str, "Traceback (most recent call last):\n"));
  g_assert_true (g_str_has_suffix (fail->err->str, "\nRuntimeError: as asked\n"));
  g_assert_nonnull (strstr (fail->err->str, "\"own.py\", line 12, in fail"));
  g_assert_null (strstr (fail->err->str, "<string>"));
  g_assert_null (strstr (fail->err->str, "importlib"));

  result = fake_call_run (missing, "python");
  g_assert_cmpint (result.exit_code, ==, 1);
  g_assert_cmpstr (missing->err->str, ==,
                   "TypeError: leave() missing 1 required positional argument: 'code'\n");

  result = fake_call_run (broken, "python");
  g_assert_cmpint (result.exit_code, ==, 1);
  g_assert_nonnull (strstr (broken->err->str, "File \"broken.py\", line 2"));
  g_assert_nonnull (strstr (broken->err->str, "SyntaxError"));
  g_assert_null (strstr (broken->err->str, "importlib"));
}

static void
test_refusals (void)
{
  static const struct { const char *file, *function, *said; } cases[] = {
    { "nowhere.py", "f",
      "nowhere.py: could not be read: No such file or directory; name a Python file, relative to "
      "the folder of the graph\n" },
    { ".", "f",
      ".: could not be read: Is a directory; name a Python file, relative to the folder of the "
      "graph\n" },
    { "own.py", "shw",
      "own.py: has no function shw; it has show, give, infinite, fail, leave, killed, companions, "
      "buffered\n" },
    { "own.py", "answer",
      "own.py: has no function answer; it has show, give, infinite, fail, leave, killed, "
      "companions, buffered\n" },
    { "empty.py", "f", "empty.py: has no function f; it defines none\n" },
  };

  if (skip ())
    return;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (TelarCall) call = FAKE_CALL (FAKE_TEXT (cases[i].file),
                                              FAKE_TEXT (cases[i].function));
      TelarResult result = fake_call_run (call, "python");

      g_assert_cmpstr (call->err->str, ==, cases[i].said);
      g_assert_cmpstr (call->out->str, ==, "");
      g_assert_true (result.ends_task);
      g_assert_cmpint (result.exit_code, ==, 1);
    }
}

/* What is imported comes from beside the file, and a file of the graph's folder
 * takes the place of no module that Telar's own lines need. */
static void
test_surroundings (void)
{
  g_autoptr (TelarCall) call = FAKE_CALL (FAKE_TEXT ("own.py"), FAKE_TEXT ("companions"),
                                          FAKE_TEXT ("x"));
  g_autoptr (TelarCall) below = FAKE_CALL (FAKE_TEXT ("below/inner.py"), FAKE_TEXT ("f"));

  if (skip ())
    return;
  /* One argument too many: the message is Python's own. */
  g_assert_cmpint (fake_call_run (call, "python").exit_code, ==, 1);
  g_assert_nonnull (strstr (call->err->str, "companions() takes 0 positional arguments"));
  g_assert_cmpint (fake_call_run (below, "python").type, ==, TELAR_RESULT_INTEGER);
  g_assert_cmpstr (below->out->str, ==, "beside the inner one\n");
  g_assert_cmpstr (below->err->str, ==, "");
}

static void
test_no_python (void)
{
  g_autofree char *path = g_strdup (g_getenv ("PATH"));
  g_autoptr (TelarCall) call = FAKE_CALL (FAKE_TEXT ("own.py"), FAKE_TEXT ("show"));
  TelarResult result;

  g_setenv ("PATH", folder, TRUE);
  result = fake_call_run (call, "python");
  g_setenv ("PATH", path, TRUE);
  g_assert_cmpint (result.type, ==, TELAR_RESULT_ERROR);
  g_assert_cmpint (result.integer, ==, TELAR_ERROR_PROGRAM);
  g_assert_true (result.ends_task);
  g_assert_cmpstr (call->err->str, ==,
                   "python3 could not be run: No such file or directory; install Python 3\n");
}

static void
remove_all (const char *path)
{
  GDir *dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *inner = g_build_filename (path, name, NULL);
      remove_all (inner);
    }
  g_clear_pointer (&dir, g_dir_close);
  g_remove (path);
}

int
main (int argc, char **argv)
{
  g_autofree char *before = g_get_current_dir ();
  g_autofree char *path = g_strconcat ("/usr/bin:", g_getenv ("PATH"), NULL);
  g_autofree char *below = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  /* The system's own first: what stands before it may be a slow stand-in. */
  g_setenv ("PATH", path, TRUE);
  g_setenv ("LC_ALL", "C.UTF-8", TRUE);
  folder = g_dir_make_tmp ("telar-python-XXXXXX", NULL);
  g_assert_nonnull (folder);
  below = g_build_filename (folder, "below", NULL);
  g_assert_cmpint (g_mkdir (below, 0755), ==, 0);
  write_file ("own.py", SOURCE);
  write_file ("companion.py", "name = 'companion'\n");
  write_file ("broken.py", "x = 1\ndef f(:\n");
  write_file ("empty.py", "");
  write_file ("ast.py", "raise SystemExit('not this one')\n");
  write_file ("below/inner.py", "import helper\ndef f():\n    print(helper.name)\n    return 1\n");
  write_file ("below/helper.py", "name = 'beside the inner one'\n");
  g_assert_cmpint (g_chdir (folder), ==, 0);

  g_test_add_func ("/python-function/arguments", test_arguments);
  g_test_add_func ("/python-function/returns", test_returns);
  g_test_add_func ("/python-function/ends", test_ends);
  g_test_add_func ("/python-function/exceptions", test_exceptions);
  g_test_add_func ("/python-function/refusals", test_refusals);
  g_test_add_func ("/python-function/surroundings", test_surroundings);
  g_test_add_func ("/python-function/no-python", test_no_python);
  status = g_test_run ();
  g_assert_cmpint (g_chdir (before), ==, 0);
  remove_all (folder);
  g_free (folder);
  return status;
}

/* test-function-search.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include <string.h>

#include "edit/function-search.h"
#include "edit/function-words.h"

/* "terminate!": with a remark. */
static char *
print_hits (const GArray *hits, guint n)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < MIN (hits->len, n); i++)
    {
      const TelarFunctionHit *hit = &g_array_index (hits, TelarFunctionHit, i);

      g_string_append_printf (text, "%s%s%s", i > 0 ? " " : "", hit->function->name,
                              hit->remark != NULL ? "!" : "");
    }
  return g_string_free (text, FALSE);
}

/* What is typed, and with what the hits begin; "" is none at all. */
static void
test_first (void)
{
  static const struct
  {
    const char *typed;
    guint n;
    const char *found;
  } rows[] = {
    /* by name */
    { "squ", 1, "square" },
    { "SQU", 1, "square" },
    { "  squ ", 1, "square" },
    { "\xc5\x9d" "qu\xc3\xa1", 1, "square" }, /* ŝquá */
    { "s", 6, "square sort sleep set send set_item" },
    { "p", 2, "print primes" },
    { "even", 1, "is_even" },
    { "is even", 1, "is_even" },
    { "is-e", 1, "is_even" },
    { "mult", 1, "matrix_multiply" },
    { "pi", 1, "monte_carlo_pi" },
    { "bonac", 1, "fibonacci" },
    { "mmul", 1, "matrix_multiply" },
    { "mcp", 1, "monte_carlo_pi" },
    { "cw", 1, "count_words" },
    { "join", 1, "join" },
    { "start", 1, "start" },
    /* as programs have it */
    { "p1.start()", 1, "start" },
    { "p1.join(", 1, "join" },
    { "time.sleep(5)", 1, "sleep" },
    { "print \"Done\"", 1, "print" },
    { "p1.end()", 1, "terminate!" },
    { "target=square", 1, "square" },
    /* by what it is called elsewhere */
    { "end", 1, "terminate!" },
    { "END", 1, "terminate!" },
    { "stop", 2, "terminate! kill" },
    { "run", 1, "start!" },
    { "wait", 3, "wait join! sleep!" },
    { "quit", 1, "exit!" },
    { "qui", 1, "exit!" },
    { "is_alive", 1, "is_alive" },
    { "current_process().name", 1, "current_process" },
    { "threading.current_thread()", 1, "current_thread" },
    { "parent_process()", 1, "parent_process" },
    { "os.getpid()", 1, "identify!" },
    { "Popen", 1, "command!" },
    { "lock", 2, "acquire! release" },
    { "mutex", 1, "acquire!" },
    { "unlock", 1, "release!" },
    { "q.put(5)", 1, "put" },
    { "conn.recv()", 1, "receive!" },
    { "notify", 2, "notify notify_all" },
    { "echo", 1, "print" },
    { "hello", 1, "greeting" },
    /* mistyped */
    { "sqaure", 1, "square" },
    { "tremiate", 1, "terminate" },
    /* by help, group and result */
    { "trace", 1, "matrix_multiply" },
    { "sieve", 1, "primes" },
    { "exit code prog", 1, "command" },
    { "sigkill", 1, "kill" },
    /* what nothing is called */
    { "xyzzy", 9, "" },
    { "%", 9, "" },
    { "\xff", 1, "greeting" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GArray) hits = telar_function_search (rows[i].typed);
      g_autofree char *found = print_hits (hits, rows[i].n);

      if (strcmp (found, rows[i].found) != 0)
        g_test_message ("typed: %s", rows[i].typed);
      g_assert_cmpstr (found, ==, rows[i].found);
    }
}

/* Nothing typed: the catalogue as it is. */
static void
test_all (void)
{
  static const char *const nothing[] = { "", "  ", "(", "." };
  unsigned n;
  const TelarFunction *functions = telar_catalogue (&n);

  for (guint i = 0; i < G_N_ELEMENTS (nothing); i++)
    {
      g_autoptr (GArray) hits = telar_function_search (nothing[i]);

      g_assert_cmpuint (hits->len, ==, n);
      for (unsigned j = 0; j < n; j++)
        {
          const TelarFunctionHit *hit = &g_array_index (hits, TelarFunctionHit, j);

          g_assert_true (hit->function == &functions[j]);
          g_assert_cmpuint (hit->fitness, ==, 0);
          g_assert_cmpuint (hit->matched, ==, 0);
          g_assert_null (hit->remark);
        }
    }
}

/* Every function is found first by its whole name, and by its first letters
 * among those that begin so; the order falls. */
static void
test_every (void)
{
  unsigned n;
  const TelarFunction *functions = telar_catalogue (&n);

  for (unsigned i = 0; i < n; i++)
    for (size_t length = 1; length <= strlen (functions[i].name); length++)
      {
        g_autofree char *typed = g_strndup (functions[i].name, length);
        g_autoptr (GArray) hits = telar_function_search (typed);
        gboolean found = FALSE;
        guint last = G_MAXUINT;

        for (guint j = 0; j < hits->len; j++)
          {
            const TelarFunctionHit *hit = &g_array_index (hits, TelarFunctionHit, j);

            found |= hit->function == &functions[i];
            g_assert_cmpuint (hit->fitness, >, 0);
            g_assert_cmpuint (hit->fitness, <=, last);
            last = hit->fitness;
          }
        g_assert_true (found);
        if (functions[i].name[length] == '\0')
          g_assert_true (g_array_index (hits, TelarFunctionHit, 0).function == &functions[i]);
      }
}

/* "*" under each letter of the name that was typed. */
static void
test_matched (void)
{
  static const struct
  {
    const char *typed, *function, *matched;
  } rows[] = {
    { "squ", "square", "***   " },
    { "SQUARE", "square", "******" },
    { "even", "is_even", "   ****" },
    { "is even", "is_even", "*******" },
    { "mult", "matrix_multiply", "       ****    " },
    { "mmul", "matrix_multiply", "*      ***     " },
    { "mtx", "matrix_multiply", "* *  *         " },
    { "m", "matrix_multiply", "*              " },
    { "end", "terminate", "         " },
    { "sieve", "primes", "      " },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GArray) hits = telar_function_search (rows[i].typed);
      const TelarFunctionHit *hit = NULL;
      g_autoptr (GString) shown = g_string_new (NULL);

      for (guint j = 0; j < hits->len && hit == NULL; j++)
        if (strcmp (g_array_index (hits, TelarFunctionHit, j).function->name,
                    rows[i].function) == 0)
          hit = &g_array_index (hits, TelarFunctionHit, j);
      g_assert_nonnull (hit);
      for (guint j = 0; j < strlen (rows[i].function); j++)
        g_string_append_c (shown, (hit->matched >> j & 1) != 0 ? '*' : ' ');
      g_assert_cmpstr (shown->str, ==, rows[i].matched);
    }
}

static void
test_remark (void)
{
  g_autoptr (GArray) hits = telar_function_search ("end");
  const char *remark = g_array_index (hits, TelarFunctionHit, 0).remark;

  g_assert_nonnull (strstr (remark, "no end()"));
  g_assert_nonnull (strstr (remark, "terminate()"));
}

static void
test_hint (void)
{
  static const struct
  {
    const char *typed;
    const char *holds; /* NULL: no hint */
  } rows[] = {
    { "Process", "A process is a kind of task" },
    { "p1 = Process(target=square, args=('x',))", "A process is a kind of task" },
    { "multiprocessing.Process", "A process is a kind of task" },
    { "thread", "A thread is a kind of task" },
    { "call", "A call is a kind of task" },
    { "target", "function" },
    { "args", "arguments" },
    { "Pool(5)", "object of the graph" },
    { "square", NULL },
    { "pro", NULL },
    { "", NULL },
    { "xyzzy", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const char *hint = telar_function_search_hint (rows[i].typed);

      if (rows[i].holds == NULL)
        g_assert_null (hint);
      else
        {
          g_assert_nonnull (hint);
          g_assert_nonnull (strstr (hint, rows[i].holds));
        }
    }
}

static void
test_signature (void)
{
  static const struct
  {
    const char *function, *signature;
  } rows[] = {
    { "greeting", "greeting (name)" },
    { "identify", "identify ()" },
    { "square", "square (numbers)" },
    { "matrix_multiply", "matrix_multiply (size)" },
    { "join", "join (task)" },
    { "command", "command (program)" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const TelarFunction *function = telar_catalogue_find (rows[i].function);
      g_autofree char *signature = telar_function_signature (function);

      g_assert_cmpstr (signature, ==, rows[i].signature);
    }
}

static void
test_parameter (void)
{
  static const struct
  {
    const char *function;
    guint number;
    const char *words;
  } rows[] = {
    { "greeting", 0, "text; “world” when left out" },
    { "print", 0, "text" },
    { "square", 0, "list of whole numbers" },
    { "square", 1, "time in ms, at most 1 h; 0 when left out" },
    { "fibonacci", 0, "whole number, 0 to 55" },
    { "matrix_multiply", 0, "whole number, 1 to 2048" },
    { "primes", 0, "whole number, 0 to 10\u202f000\u202f000\u202f000" },
    { "monte_carlo_pi", 1, "whole number; 1 when left out" },
    { "join", 1, "time in s, at most 24 h; no limit when left out" },
    { "crash", 0, "signal, by number or name; SIGSEGV when left out" },
    { "command", 1, "any number of texts; may be left out" },
    { "count_words", 0, "file" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const TelarFunction *function = telar_catalogue_find (rows[i].function);
      g_autofree char *words = telar_parameter_words (&function->parameters[rows[i].number]);

      g_assert_cmpstr (words, ==, rows[i].words);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/function-search/first", test_first);
  g_test_add_func ("/function-search/all", test_all);
  g_test_add_func ("/function-search/every", test_every);
  g_test_add_func ("/function-search/matched", test_matched);
  g_test_add_func ("/function-search/remark", test_remark);
  g_test_add_func ("/function-search/hint", test_hint);
  g_test_add_func ("/function-words/signature", test_signature);
  g_test_add_func ("/function-words/parameter", test_parameter);
  return g_test_run ();
}

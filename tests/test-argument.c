/* test-argument.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include <string.h>

#include "edit/argument.h"
#include "edit/reference-text.h"
#include "edit/operations.h"
#include "graph/json.h"

static const TelarParameter *
parameter_of (const char *function, guint number)
{
  const TelarFunction *row = telar_catalogue_find (function);

  g_assert_nonnull (row);
  g_assert_cmpuint (number, <, row->n_parameters);
  return &row->parameters[number];
}

static char *
print (const json_t *value)
{
  GString *text = g_string_new (NULL);

  if (value != NULL)
    telar_json_print (text, value);
  return g_string_free (text, FALSE);
}

static void
test_read (void)
{
  static const struct
  {
    const char *function;
    guint number;
    const char *typed, *json; /* "": left out */
    gboolean faulty;
  } rows[] = {
    { "fibonacci", 0, "30", "30", FALSE },
    { "fibonacci", 0, " 30 ", "30", FALSE },
    { "fibonacci", 0, "many", "\"many\"", TRUE },
    { "fibonacci", 0, "0x10", "\"0x10\"", TRUE },
    { "fibonacci", 0, "900", "900", TRUE },
    { "fibonacci", 0, "", "\"\"", TRUE },
    { "square", 0, "43, 50, 5", "[43, 50, 5]", FALSE },
    { "square", 0, "[43 50\n5]", "[43, 50, 5]", FALSE },
    { "square", 0, "43, x", "\"43, x\"", TRUE },
    { "square", 0, "", "[]", FALSE },
    { "square", 0, "1.5, 2", "[1.5, 2]", TRUE },
    { "square", 1, "", "", FALSE },
    { "square", 1, "5 ms", "\"5 ms\"", FALSE },
    { "sleep", 0, "0.5", "0.5", FALSE },
    { "sleep", 0, "0,5", "0.5", FALSE },
    { "sleep", 0, "0,5 ms", "\"0.5 ms\"", FALSE },
    { "sleep", 0, "long", "\"long\"", TRUE },
    { "sleep", 0, "inf", "\"inf\"", TRUE },
    { "print", 0, "Done", "\"Done\"", FALSE },
    { "print", 0, " 5 ", "\" 5 \"", FALSE },
    { "print", 0, "", "\"\"", FALSE },
    { "put", 1, "5", "5", FALSE },
    { "put", 1, " -0.5 ", "-0.5", FALSE },
    { "put", 1, "five", "\"five\"", FALSE },
    { "put", 1, "\"5\"", "\"5\"", FALSE },
    { "put", 1, "\"5", "\"\\\"5\"", FALSE },
    { "put", 1, "[1, \"a\"]", "[1, \"a\"]", FALSE },
    { "put", 1, "[1, a]", "\"[1, a]\"", FALSE },
    { "put", 1, "true", "true", FALSE },
    { "put", 1, "", "\"\"", FALSE },
    { "get_item", 1, "-1", "-1", FALSE },
    { "get_item", 2, "", "", FALSE },
    { "ignore", 0, "15", "15", FALSE },
    { "ignore", 0, "SIGTERM", "\"SIGTERM\"", FALSE },
    { "ignore", 0, "SIGNONE", "\"SIGNONE\"", TRUE },
    { "join", 0, "p1", "{\"task\": \"p1\"}", FALSE },
    { "join", 0, "", "", FALSE },
    { "send", 0, "c", "{\"object\": \"c\"}", FALSE },
    { "send", 0, " c.1 ", "{\"object\": \"c\", \"end\": 1}", FALSE },
    { "send", 0, "{\"object\": \"c\", \"end\": 0}", "{\"object\": \"c\", \"end\": 0}", FALSE },
    { "send", 0, "c.2", "{\"object\": \"c.2\"}", FALSE },
    { "send", 0, "", "", FALSE },
    { "wait_any", 0, "p1", "[{\"task\": \"p1\"}]", FALSE },
    { "wait_any", 0, "p1, pipe c,c.1 , pipe d.0",
      "[{\"task\": \"p1\"}, {\"object\": \"c\"}, {\"object\": \"c\", \"end\": 1}, "
      "{\"object\": \"d\", \"end\": 0}]", FALSE },
    { "wait_any", 0, "[{\"task\": \"p1\"}]", "[{\"task\": \"p1\"}]", FALSE },
    { "wait_any", 0, "p1,", "\"p1,\"", TRUE },
    { "wait_any", 0, "p1 p2", "\"p1 p2\"", TRUE },
    { "wait_any", 0, "", "", FALSE },
    { "count_words", 0, "text.txt", "\"text.txt\"", FALSE },
    { "command", 1, "-l", "\"-l\"", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const TelarParameter *parameter = parameter_of (rows[i].function, rows[i].number);
      json_t *value = telar_argument_read (parameter, rows[i].typed, NULL);
      g_autofree char *text = print (value);
      g_autofree char *fault = telar_argument_fault (parameter, value);
      g_autofree char *shown = telar_argument_show (parameter, value);
      json_t *again = telar_argument_read (parameter, shown, NULL);
      g_autofree char *text_again = print (again);

      g_test_message ("%s %u “%s”", rows[i].function, rows[i].number, rows[i].typed);
      g_assert_cmpstr (text, ==, rows[i].json);
      g_assert_cmpint (fault != NULL, ==, rows[i].faulty);
      /* what is shown reads as the same again */
      g_assert_cmpstr (text_again, ==, text);
      json_decref (value);
      json_decref (again);
    }
}

/* What a file says in its own way stays so while nobody types. */
static void
test_kept (void)
{
  const TelarParameter *parameter = parameter_of ("print", 0);
  json_t *number = json_integer (5);
  g_autofree char *shown = telar_argument_show (parameter, number);
  json_t *again = telar_argument_read (parameter, shown, number);
  json_t *other = telar_argument_read (parameter, "50", number);

  g_assert_true (again == number);
  g_assert_true (json_is_string (other));
  json_decref (other);
  json_decref (again);
  json_decref (number);
}

/* What is chosen comes to the list, and goes from it. */
static void
test_turn (void)
{
  static const struct { const char *text, *one, *turned; } rows[] = {
    { "", "p1", "p1" }, { "p1", "c.1", "p1, c.1" },
    { "p1, pipe c,p2", "pipe c", "p1, p2" }, { "p1", "p1", "" }, { "p11", "p1", "p11, p1" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *turned = telar_awaited_text_turn (rows[i].text, rows[i].one);

      g_assert_cmpstr (turned, ==, rows[i].turned);
    }
}

/* Defaults are sound wherever a person is not needed to know. */
static void
test_defaults (void)
{
  unsigned n;
  const TelarFunction *functions = telar_catalogue (&n);

  for (unsigned i = 0; i < n; i++)
    {
      json_t *args = telar_default_args (functions[i].name);

      for (size_t a = 0; a < json_array_size (args); a++)
        {
          g_autofree char *fault = telar_argument_fault (&functions[i].parameters[a],
                                                         json_array_get (args, a));
          g_assert_null (fault);
        }
      json_decref (args);
    }
}

int
main (int argc, char *argv[])
{
  g_setenv ("LANGUAGE", "en", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/argument/read", test_read);
  g_test_add_func ("/argument/kept", test_kept);
  g_test_add_func ("/argument/turn", test_turn);
  g_test_add_func ("/argument/defaults", test_defaults);
  return g_test_run ();
}

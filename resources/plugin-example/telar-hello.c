/* telar-hello.c
 *
 * SPDX-License-Identifier: MIT
 *
 * A plug-in for Telar with two functions.
 */

#include <telar-function.h>

static TelarPluginResult
hello (TelarPluginCall *call)
{
  telar_plugin_print (call, "hello %s, from C in the task %s\n", telar_plugin_text (call, 0),
                      telar_plugin_task_id (call));
  return telar_plugin_result_none ();
}

/* From a number on, n/2 where it is even and 3n+1 where it is odd, until 1. */
static unsigned
steps_to_one (uint64_t n)
{
  unsigned steps = 0;

  for (; n != 1; steps++)
    n = n % 2 == 0 ? n / 2 : 3 * n + 1;
  return steps;
}

static TelarPluginResult
collatz (TelarPluginCall *call)
{
  int64_t  limit = telar_plugin_integer (call, 0);
  int64_t  longest = 1;
  unsigned most = 0;

  for (int64_t n = 1; n <= limit; n++)
    {
      unsigned steps = steps_to_one ((uint64_t) n);

      if (steps > most)
        {
          most = steps;
          longest = n;
        }
    }
  telar_plugin_print (call, "up to %lld, %lld takes longest: %u steps\n", (long long) limit,
                      (long long) longest, most);
  return telar_plugin_result_integer (longest);
}

static const TelarPluginParameter hello_parameters[] = {
  { .name = "name", .type = TELAR_PLUGIN_TEXT, .optional = true, .initial_text = "world" },
};

static const TelarPluginParameter collatz_parameters[] = {
  { .name = "limit", .type = TELAR_PLUGIN_INTEGER, .minimum = 1, .maximum = 1e8 },
};

static const TelarPluginFunction functions[] = {
  { .name = "hello", .help = "Prints hello, the name and the task that says it.", .body = hello,
    .parameters = hello_parameters, .n_parameters = 1 },
  { .name = "collatz", .returns = "that number", .body = collatz,
    .help = "Finds the number up to limit whose Collatz sequence takes longest to reach 1.",
    .parameters = collatz_parameters, .n_parameters = 1 },
};

TELAR_PLUGIN (functions);

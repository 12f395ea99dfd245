/* good.c
 *
 * SPDX-License-Identifier: MIT
 *
 * A plug-in that does everything that one may do.
 */

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "plugin/telar-function.h"

static int loaded;

/* What a library prints while it is loaded is no part of what Telar says of it. */
static void begin (void) __attribute__ ((constructor));

static void
begin (void)
{
  loaded++;
  printf ("{ loaded\n");
  fflush (stdout);
}

static TelarPluginResult
hello (TelarPluginCall *call)
{
  telar_plugin_print (call, "hello %s, this is %s\n", telar_plugin_text (call, 0),
                      telar_plugin_task_id (call));
  return telar_plugin_result_none ();
}

static TelarPluginResult
add (TelarPluginCall *call)
{
  size_t         n;
  const int64_t *numbers = telar_plugin_integers (call, 0, &n);
  int64_t        sum = telar_plugin_integer (call, 1);

  for (size_t i = 0; i < n; i++)
    sum += numbers[i];
  telar_plugin_print (call, "%zu numbers, sum %lld\n", n, (long long) sum);
  return telar_plugin_result_integer (sum);
}

static TelarPluginResult
halve (TelarPluginCall *call)
{
  return telar_plugin_result_real (telar_plugin_real (call, 0) / 2);
}

static TelarPluginResult
doubt (TelarPluginCall *call)
{
  telar_plugin_print_error (call, "%s?\n", telar_plugin_text (call, 0));
  return telar_plugin_result_boolean (telar_plugin_text (call, 0)[0] == '\0');
}

static TelarPluginResult
leave (TelarPluginCall *call)
{
  telar_plugin_write (call, TELAR_PLUGIN_OUT, "bye", 3);
  return telar_plugin_result_exit ((int) telar_plugin_integer (call, 0));
}

static TelarPluginResult
fall (TelarPluginCall *call)
{
  raise (SIGSEGV);
  return telar_plugin_result_none ();
}

static TelarPluginResult
pause_for (TelarPluginCall *call)
{
  int64_t         milliseconds = telar_plugin_integer (call, 0);
  struct timespec time = { milliseconds / 1000, milliseconds % 1000 * 1000000 }, now;

  clock_gettime (CLOCK_MONOTONIC, &now);
  telar_plugin_wait_begins (call, now.tv_sec * 1000000000ll + now.tv_nsec + milliseconds * 1000000);
  nanosleep (&time, NULL);
  telar_plugin_wait_ends (call);
  /* Loaded once, by whoever forked this process; an argument too many is none. */
  return telar_plugin_result_integer (loaded + telar_plugin_integer (call, 1)
                                      + (int64_t) strlen (telar_plugin_text (call, 99)));
}

static const TelarPluginParameter hello_parameters[] = {
  { .name = "name", .type = TELAR_PLUGIN_TEXT, .optional = true, .initial_text = "world" },
};

static const TelarPluginParameter add_parameters[] = {
  { .name = "numbers", .type = TELAR_PLUGIN_INTEGERS, .minimum = -100, .maximum = 100 },
  { .name = "more", .type = TELAR_PLUGIN_INTEGER, .optional = true, .initial = 7 },
};

static const TelarPluginParameter halve_parameters[] = {
  { .name = "number", .type = TELAR_PLUGIN_REAL, .minimum = -1, .maximum = 1e6, .unit = "m" },
};

static const TelarPluginParameter doubt_parameters[] = {
  { .name = "text", .type = TELAR_PLUGIN_TEXT },
};

static const TelarPluginParameter leave_parameters[] = {
  { .name = "code", .type = TELAR_PLUGIN_INTEGER, .minimum = 0, .maximum = 255 },
};

static const TelarPluginParameter pause_parameters[] = {
  { .name = "milliseconds", .type = TELAR_PLUGIN_INTEGER, .minimum = 0, .maximum = 10000,
    .unit = "ms" },
};

#define PARAMETERS(list) .parameters = list, .n_parameters = sizeof list / sizeof list[0]

static const TelarPluginFunction functions[] = {
  { .name = "hello", .help = "Prints hello, the name and the \"task\".", .body = hello,
    PARAMETERS (hello_parameters) },
  { .name = "add", .help = "Adds numbers: ñ.", .returns = "the sum", .body = add,
    PARAMETERS (add_parameters) },
  { .name = "halve", .help = "Halves a number.", .returns = "the half", .body = halve,
    PARAMETERS (halve_parameters) },
  { .name = "doubt", .help = "Doubts a text.", .returns = "whether it is empty", .body = doubt,
    PARAMETERS (doubt_parameters) },
  { .name = "leave", .help = "Ends the task.", .body = leave, PARAMETERS (leave_parameters) },
  { .name = "fall", .help = "Crashes.", .body = fall },
  { .name = "pause_for", .help = "Waits.", .returns = "how often it was loaded", .body = pause_for,
    PARAMETERS (pause_parameters) },
};

TELAR_PLUGIN (functions);

/* catalogue.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "catalogue/catalogue.h"

#include <string.h>

#include "catalogue/functions.h"

/* As doubles: the upper one is 2^63, which every int64_t is below. */
#define INTEGER_MIN ((double) INT64_MIN)
#define INTEGER_MAX ((double) INT64_MAX)

#define HOUR_MS 3600000.0
#define DAY_S   86400.0

#define TASK_PARAMETER { "task", TELAR_VALUE_TASK, false, 0, 0, 0, NULL, NULL }
#define WORK_PARAMETER { "work", TELAR_VALUE_DURATION, true, 0, 0, HOUR_MS, "ms", NULL }
#define SEED_PARAMETER \
  { "seed", TELAR_VALUE_INTEGER, true, 1, INTEGER_MIN, INTEGER_MAX, NULL, NULL }

static const TelarFunction functions[] = {
  /* Say. */
  { "greeting", TELAR_GROUP_SAY,
    N_("Prints hello and the name."), NULL,
    telar_function_greeting,
    { { "name", TELAR_VALUE_TEXT, true, 0, 0, 0, NULL, "world" } }, 1, false },
  { "print", TELAR_GROUP_SAY,
    N_("Prints the text and ends the line."), NULL,
    telar_function_print,
    { { "text", TELAR_VALUE_TEXT, false, 0, 0, 0, NULL, NULL } }, 1, false },
  { "identify", TELAR_GROUP_SAY,
    N_("Prints who the task is: its process, the parent process, its thread, the core it is on "
       "and how many cores it may use."),
    N_("the number of its process (pid)"),
    telar_function_identify, { { 0 } }, 0, false },

  /* Compute. */
  { "square", TELAR_GROUP_COMPUTE,
    N_("Prints the square of each number, exactly, one a line; work is CPU time spent on each "
       "before it is printed."),
    N_("how many numbers were squared"),
    telar_function_square,
    { { "numbers", TELAR_VALUE_INTEGERS, false, 0, INTEGER_MIN, INTEGER_MAX, NULL, NULL },
      WORK_PARAMETER }, 2, false },
  { "is_even", TELAR_GROUP_COMPUTE,
    N_("Prints which of the numbers are even, one a line; work is CPU time spent on each, even "
       "or not."),
    N_("how many of them are even"),
    telar_function_is_even,
    { { "numbers", TELAR_VALUE_INTEGERS, false, 0, INTEGER_MIN, INTEGER_MAX, NULL, NULL },
      WORK_PARAMETER }, 2, false },
  { "primes", TELAR_GROUP_COMPUTE,
    N_("Counts the primes up to limit with a segmented sieve and prints how many there are."),
    N_("how many primes there are"),
    telar_function_primes,
    { { "limit", TELAR_VALUE_INTEGER, false, 1000000, 0, 1e10, NULL, NULL } }, 1, false },
  { "fibonacci", TELAR_GROUP_COMPUTE,
    N_("Computes and prints the n-th Fibonacci number by plain recursion, which takes 1.6 times "
       "as long for each n more."),
    N_("the Fibonacci number"),
    telar_function_fibonacci,
    { { "n", TELAR_VALUE_INTEGER, false, 30, 0, 55, NULL, NULL } }, 1, false },
  { "matrix_multiply", TELAR_GROUP_COMPUTE,
    N_("Multiplies two square matrices and prints the trace of the product; it needs 24 bytes of "
       "memory times size times size."),
    N_("the trace of the product"),
    telar_function_matrix_multiply,
    { { "size", TELAR_VALUE_INTEGER, false, 300, 1, 2048, NULL, NULL } }, 1, false },
  { "mandelbrot", TELAR_GROUP_COMPUTE,
    N_("Computes the Mandelbrot set on a square of size times size points, with at most depth "
       "rounds a point, and prints how many points are in it."),
    N_("how many points are in the set"),
    telar_function_mandelbrot,
    { { "size", TELAR_VALUE_INTEGER, false, 400, 1, 8192, NULL, NULL },
      { "depth", TELAR_VALUE_INTEGER, true, 200, 1, 100000, NULL, NULL } }, 2, false },
  { "monte_carlo_pi", TELAR_GROUP_COMPUTE,
    N_("Estimates pi from random points in a square and prints the estimate; the same seed gives "
       "the same points."),
    N_("the estimate"),
    telar_function_monte_carlo_pi,
    { { "samples", TELAR_VALUE_INTEGER, false, 1000000, 1, 1e11, NULL, NULL },
      SEED_PARAMETER }, 2, false },
  { "sort", TELAR_GROUP_COMPUTE,
    N_("Sorts count random numbers by merging and prints the smallest, the middle and the "
       "largest; it needs 16 bytes of memory times count."),
    N_("the number in the middle"),
    telar_function_sort,
    { { "count", TELAR_VALUE_INTEGER, false, 1000000, 1, 5e7, NULL, NULL },
      SEED_PARAMETER }, 2, false },
  { "count_words", TELAR_GROUP_COMPUTE,
    N_("Counts the words of a file, which blanks and line ends part, and prints how many there "
       "are; a file that cannot be read is an error."),
    N_("how many words there are"),
    telar_function_count_words,
    { { "file", TELAR_VALUE_FILE, false, 0, 0, 0, NULL, NULL } }, 1, false },

  /* Wait. */
  { "sleep", TELAR_GROUP_WAIT,
    N_("Waits that long without using a core and prints nothing."), NULL,
    telar_function_sleep,
    { { "seconds", TELAR_VALUE_DURATION, false, 1, 0, DAY_S, "s", NULL } }, 1, false },
  { "busy", TELAR_GROUP_WAIT,
    N_("Computes until the task's own thread has used that much CPU time and prints nothing."),
    NULL,
    telar_function_busy,
    { { "milliseconds", TELAR_VALUE_DURATION, false, 100, 0, HOUR_MS, "ms", NULL } }, 1, false },

  /* Control. */
  { "start", TELAR_GROUP_CONTROL,
    N_("Starts a task, with copies all of them, and goes on at once; a task can be started only "
       "once."),
    NULL,
    telar_function_start, { TASK_PARAMETER }, 1, false },
  { "join", TELAR_GROUP_CONTROL,
    N_("Waits until a task, with copies all of them, has ended, but no longer than timeout where "
       "one is given; a timeout of 0 or less only looks."),
    N_("with a timeout, whether it has ended"),
    telar_function_join,
    { TASK_PARAMETER,
      { "timeout", TELAR_VALUE_DURATION, true, -1, -DAY_S, DAY_S, "s", NULL } }, 2, false },
  { "terminate", TELAR_GROUP_CONTROL,
    N_("Asks a process task to end, by SIGTERM, which it may ignore."), NULL,
    telar_function_terminate, { TASK_PARAMETER }, 1, false },
  { "kill", TELAR_GROUP_CONTROL,
    N_("Ends a process task at once, by SIGKILL, which nothing can ignore."), NULL,
    telar_function_kill, { TASK_PARAMETER }, 1, false },
  { "ignore", TELAR_GROUP_CONTROL,
    N_("Makes the task's process ignore a signal from now on; SIGKILL, SIGSTOP and SIGCHLD cannot "
       "be ignored."),
    NULL,
    telar_function_ignore,
    { { "signal", TELAR_VALUE_SIGNAL, false, 15, 1, 64, NULL, NULL } }, 1, false },
  { "exit", TELAR_GROUP_CONTROL,
    N_("Ends the task with that exit code."), NULL,
    telar_function_exit,
    { { "code", TELAR_VALUE_INTEGER, true, 0, 0, 255, NULL, NULL } }, 1, false },
  { "fail", TELAR_GROUP_CONTROL,
    N_("Prints the text on standard error and ends the task with exit code 1."), NULL,
    telar_function_fail,
    { { "text", TELAR_VALUE_TEXT, false, 0, 0, 0, NULL, NULL } }, 1, false },
  { "crash", TELAR_GROUP_CONTROL,
    N_("Ends the whole process of the task by a signal, as a bug would: in a thread or a call the "
       "process that it lives in."),
    NULL,
    telar_function_crash,
    { { "signal", TELAR_VALUE_SIGNAL, true, 11, 1, 64, NULL, NULL } }, 1, false },

  /* Yours. */
  { "command", TELAR_GROUP_YOURS,
    N_("Runs a program with arguments and prints what it prints; where the program ends with "
       "another code than 0, or by signal N, the task ends with that code, or 128 + N."),
    N_("the exit code of the program"),
    telar_function_command,
    { { "program", TELAR_VALUE_TEXT, false, 0, 0, 0, NULL, NULL },
      { "arguments", TELAR_VALUE_TEXTS, true, 0, 0, 0, NULL, NULL } }, 2, true },
  { "python", TELAR_GROUP_YOURS,
    N_("Calls a function of a Python file in a python3 of its own and prints what it prints; an "
       "argument that reads as a Python value, such as 5 or [1, 2], is one, any other is a text; "
       "an exception ends the task with exit code 1."),
    N_("what the function returned, where it is a number, True or False"),
    telar_function_python,
    { { "file", TELAR_VALUE_FILE, false, 0, 0, 0, NULL, NULL },
      { "function", TELAR_VALUE_TEXT, false, 0, 0, 0, NULL, NULL },
      { "arguments", TELAR_VALUE_TEXTS, true, 0, 0, 0, NULL, NULL } }, 3, true },
  { "c_function", TELAR_GROUP_YOURS,
    N_("Calls a C function of a plug-in, a library that telar-function.h describes, in the task "
       "itself; “telar functions --library” lists what a plug-in has."),
    N_("what the function returned"),
    telar_function_c_function,
    { { "library", TELAR_VALUE_FILE, false, 0, 0, 0, NULL, NULL },
      { "function", TELAR_VALUE_TEXT, false, 0, 0, 0, NULL, NULL },
      { "arguments", TELAR_VALUE_TEXTS, true, 0, 0, 0, NULL, NULL } }, 3, true },
};

#define N_FUNCTIONS (sizeof functions / sizeof functions[0])

static const char *const error_names[TELAR_N_ERRORS] = {
  [TELAR_ERROR_NONE] = "none",
  [TELAR_ERROR_ALREADY_STARTED] = "already-started",
  [TELAR_ERROR_NOT_STARTED] = "not-started",
  [TELAR_ERROR_NOT_A_CHILD] = "not-a-child",
  [TELAR_ERROR_JOIN_SELF] = "join-self",
  [TELAR_ERROR_IS_THREAD] = "is-thread",
  [TELAR_ERROR_DAEMON_CHILD] = "daemon-child",
  [TELAR_ERROR_COULD_NOT_START] = "could-not-start",
  [TELAR_ERROR_FILE] = "file",
  [TELAR_ERROR_MEMORY] = "memory",
  [TELAR_ERROR_PROGRAM] = "program",
  [TELAR_ERROR_SIGNAL] = "signal",
};

static const char *const group_titles[TELAR_N_GROUPS] = {
  [TELAR_GROUP_SAY] = N_("Say"),
  [TELAR_GROUP_COMPUTE] = N_("Compute"),
  [TELAR_GROUP_WAIT] = N_("Wait"),
  [TELAR_GROUP_CONTROL] = N_("Control"),
  [TELAR_GROUP_YOURS] = N_("Yours"),
};

const TelarFunction *
telar_catalogue (unsigned *n_functions)
{
  if (n_functions != NULL)
    *n_functions = N_FUNCTIONS;
  return functions;
}

const TelarFunction *
telar_catalogue_find (const char *name)
{
  int number = telar_catalogue_number (name);

  return number < 0 ? NULL : &functions[number];
}

int
telar_catalogue_number (const char *name)
{
  for (size_t i = 0; i < N_FUNCTIONS; i++)
    if (strcmp (functions[i].name, name) == 0)
      return (int) i;
  return -1;
}

const char *
telar_error_name (TelarError error)
{
  /* It may come from a record: an unknown number must not lead outside. */
  return (unsigned) error < TELAR_N_ERRORS ? error_names[error] : "unknown";
}

const char *
telar_group_title (TelarGroup group)
{
  return group_titles[group];
}

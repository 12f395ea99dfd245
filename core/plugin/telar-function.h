/* telar-function.h
 *
 * SPDX-License-Identifier: MIT
 *
 * C functions of your own for Telar: a plug-in is a shared library that defines
 * a table of functions with this header, which is all that it needs; it links
 * nothing of Telar.
 *
 *   #include <telar-function.h>
 *
 *   static TelarPluginResult
 *   hello (TelarPluginCall *call)
 *   {
 *     telar_plugin_print (call, "hello %s\n", telar_plugin_text (call, 0));
 *     return telar_plugin_result_none ();
 *   }
 *
 *   static const TelarPluginParameter hello_parameters[] = {
 *     { .name = "name", .type = TELAR_PLUGIN_TEXT, .optional = true, .initial_text = "world" },
 *   };
 *
 *   static const TelarPluginFunction functions[] = {
 *     { .name = "hello", .help = "Prints hello and the name.", .body = hello,
 *       .parameters = hello_parameters, .n_parameters = 1 },
 *   };
 *
 *   TELAR_PLUGIN (functions);
 *
 *   cc -shared -fPIC $(pkg-config --cflags telar-function) hello.c -o hello.so
 *
 * A graph beside it calls  c_function ("hello.so", "hello", "Ana").
 *
 * The library is loaded once for a run, before its first process is forked, by
 * telar-engine and never by the window; all tasks inherit it. Its constructors
 * run there: they must neither start threads nor take long. A function runs in
 * the process and thread of its task, several at once where tasks are threads;
 * a crash in it ends that process, as in any C program. A task that is to be
 * ended is ended by a signal: no function has to ask.
 */

#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C"
{
#endif

/* Which version of this header a plug-in was built with. Telar loads no other. */
#define TELAR_FUNCTION_ABI 1u

#define TELAR_PLUGIN_MAX_PARAMETERS 16

/* What a parameter takes, as a graph writes it. */
typedef enum
{
  TELAR_PLUGIN_INTEGER, /* whole number: 5 */
  TELAR_PLUGIN_REAL,    /* number: 0.5 */
  TELAR_PLUGIN_TEXT,    /* text: "Ana" */
  TELAR_PLUGIN_INTEGERS /* list of whole numbers: [43, 50] */
} TelarPluginType;

typedef struct
{
  const char     *name;         /* a word: letters, digits, _ */
  TelarPluginType type;
  bool            optional;     /* may be left out: it is then what stands in the next two;
                                 * an INTEGERS is then empty. Only optional ones follow it. */
  double          initial;      /* of an INTEGER or REAL */
  const char     *initial_text; /* of a TEXT; NULL is "" */
  double          minimum;      /* of a number, or of each of a list; both 0: no limits */
  double          maximum;
  const char     *unit;         /* what the number counts, "ms", or NULL; for people to see */
} TelarPluginParameter;

/* What a function returns, which Telar shows as the result of the step. */
typedef enum
{
  TELAR_PLUGIN_RESULT_NONE,
  TELAR_PLUGIN_RESULT_BOOLEAN, /* integer != 0 */
  TELAR_PLUGIN_RESULT_INTEGER,
  TELAR_PLUGIN_RESULT_REAL
} TelarPluginResultType;

typedef struct
{
  TelarPluginResultType type;
  bool                  ends_task; /* with exit_code, as exit() would */
  int                   exit_code; /* 0…255 */
  int64_t               integer;
  double                real;
} TelarPluginResult;

typedef enum
{
  TELAR_PLUGIN_OUT, /* standard output of the task */
  TELAR_PLUGIN_ERR
} TelarPluginStream;

typedef struct _TelarPluginApi TelarPluginApi;

/* One call while it goes on; what follows the pointer is Telar's own. */
typedef struct
{
  const TelarPluginApi *api;
} TelarPluginCall;

/* What a function may ask for. Telar fills it in; call it through the inline
 * functions below. A later Telar of the same ABI may have more members at its
 * end, and `size` then is larger. */
struct _TelarPluginApi
{
  size_t size; /* bytes of this structure */

  /* Arguments by number, from 0; of a type that the parameter has. */
  int64_t        (*integer)  (TelarPluginCall *call, unsigned argument);
  double         (*real)     (TelarPluginCall *call, unsigned argument);
  const char    *(*text)     (TelarPluginCall *call, unsigned argument);
  const int64_t *(*integers) (TelarPluginCall *call, unsigned argument, size_t *n);

  /* Lines, each ended by '\n', come out whole, never mixed with those of other
   * tasks. Use these, not printf(), whose output would be lost. */
  void (*write) (TelarPluginCall *call, TelarPluginStream stream, const void *bytes, size_t size);
  void (*print) (TelarPluginCall *call, TelarPluginStream stream, const char *format, ...)
      __attribute__ ((format (printf, 3, 4)));

  /* A stretch in which the function waits: the timeline shows it as blocked. Not
   * nested. @until_ns: its end by CLOCK_MONOTONIC where it is known, else 0. */
  void (*wait_begins) (TelarPluginCall *call, int64_t until_ns);
  void (*wait_ends)   (TelarPluginCall *call);

  /* The task that calls: "w.2". */
  const char *(*task_id) (TelarPluginCall *call);
};

typedef TelarPluginResult (*TelarPluginBody) (TelarPluginCall *call);

typedef struct
{
  const char                 *name;    /* a word: letters, digits, _ */
  const char                 *help;    /* one sentence: what it does and prints */
  const char                 *returns; /* "the number of primes", or NULL for nothing */
  TelarPluginBody             body;
  const TelarPluginParameter *parameters;
  unsigned                    n_parameters;
} TelarPluginFunction;

/* What Telar looks for in a library, as the symbol telar_plugin. */
typedef struct
{
  uint32_t                   abi; /* first in every version */
  uint32_t                   n_functions;
  const TelarPluginFunction *functions;
} TelarPlugin;

/* Exports an array of functions; once in a library. */
#ifdef __cplusplus
#define TELAR_PLUGIN_EXPORT extern "C" __attribute__ ((visibility ("default")))
#else
#define TELAR_PLUGIN_EXPORT __attribute__ ((visibility ("default")))
#endif

#define TELAR_PLUGIN(table)                                                            \
  TELAR_PLUGIN_EXPORT extern const TelarPlugin telar_plugin;                           \
  const TelarPlugin telar_plugin                                                       \
      = { TELAR_FUNCTION_ABI, (uint32_t) (sizeof (table) / sizeof (table)[0]), (table) }

static inline int64_t
telar_plugin_integer (TelarPluginCall *call, unsigned argument)
{
  return call->api->integer (call, argument);
}

static inline double
telar_plugin_real (TelarPluginCall *call, unsigned argument)
{
  return call->api->real (call, argument);
}

/* NUL-terminated; valid until the run ends. */
static inline const char *
telar_plugin_text (TelarPluginCall *call, unsigned argument)
{
  return call->api->text (call, argument);
}

static inline const int64_t *
telar_plugin_integers (TelarPluginCall *call, unsigned argument, size_t *n)
{
  return call->api->integers (call, argument, n);
}

/* As printf(): on standard output, on standard error. */
#define telar_plugin_print(call, ...) \
  ((call)->api->print ((call), TELAR_PLUGIN_OUT, __VA_ARGS__))
#define telar_plugin_print_error(call, ...) \
  ((call)->api->print ((call), TELAR_PLUGIN_ERR, __VA_ARGS__))

static inline void
telar_plugin_write (TelarPluginCall *call, TelarPluginStream stream, const void *bytes, size_t size)
{
  call->api->write (call, stream, bytes, size);
}

static inline void
telar_plugin_wait_begins (TelarPluginCall *call, int64_t until_ns)
{
  call->api->wait_begins (call, until_ns);
}

static inline void
telar_plugin_wait_ends (TelarPluginCall *call)
{
  call->api->wait_ends (call);
}

static inline const char *
telar_plugin_task_id (TelarPluginCall *call)
{
  return call->api->task_id (call);
}

static inline TelarPluginResult
telar_plugin_result_none (void)
{
  TelarPluginResult result = { TELAR_PLUGIN_RESULT_NONE, false, 0, 0, 0 };

  return result;
}

static inline TelarPluginResult
telar_plugin_result_boolean (bool value)
{
  TelarPluginResult result = { TELAR_PLUGIN_RESULT_BOOLEAN, false, 0, value, 0 };

  return result;
}

static inline TelarPluginResult
telar_plugin_result_integer (int64_t value)
{
  TelarPluginResult result = { TELAR_PLUGIN_RESULT_INTEGER, false, 0, value, 0 };

  return result;
}

static inline TelarPluginResult
telar_plugin_result_real (double value)
{
  TelarPluginResult result = { TELAR_PLUGIN_RESULT_REAL, false, 0, 0, value };

  return result;
}

/* Ends the task with an exit code, 0…255. */
static inline TelarPluginResult
telar_plugin_result_exit (int exit_code)
{
  TelarPluginResult result = { TELAR_PLUGIN_RESULT_NONE, true, exit_code, 0, 0 };

  return result;
}

#ifdef __cplusplus
}
#endif

/* faulty.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Plug-ins that cannot be used, one a FAULT.
 */

#include <signal.h>
#include <unistd.h>

#include "plugin/telar-function.h"

#if FAULT == 0
/* A library, but no plug-in. */
int telar_no_plugin (void);

int
telar_no_plugin (void)
{
  return 0;
}
#elif FAULT == 1
/* Of a version to come: nothing behind its number may be looked at. */
typedef struct { uint32_t abi; } Newer;

TELAR_PLUGIN_EXPORT extern const Newer telar_plugin;
const Newer telar_plugin = { TELAR_FUNCTION_ABI + 1 };
#else

static TelarPluginResult
nothing (TelarPluginCall *call)
{
  return telar_plugin_result_none ();
}

#if FAULT == 7 || FAULT == 8 || FAULT == 10
static void begin (void) __attribute__ ((constructor));

static void
begin (void)
{
#if FAULT == 7
  for (;;)
    pause ();
#elif FAULT == 8
  _exit (0);
#else
  raise (SIGBUS);
#endif
}
#endif

static const TelarPluginParameter parameters[] = {
  { .name = "first", .type = TELAR_PLUGIN_INTEGER, .optional = FAULT == 4, .initial = 5 },
  { .name = "second", .type = FAULT == 5 ? (TelarPluginType) 9 : TELAR_PLUGIN_REAL,
    .minimum = FAULT == 6 ? 2 : 0, .maximum = FAULT == 6 ? 1 : 0 },
};

static const TelarPluginFunction functions[] = {
  { .name = "one", .help = FAULT == 9 ? "not UTF-8: \xff" : "Nothing.", .body = nothing },
  { .name = FAULT == 2 ? "one" : FAULT == 3 ? "two words" : "two", .help = "Nothing.",
    .body = nothing, .parameters = parameters, .n_parameters = 2 },
};

TELAR_PLUGIN (functions);
#endif

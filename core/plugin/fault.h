/* fault.h
 *
 * SPDX-License-Identifier: MIT
 *
 * Why a function of a plug-in cannot be called, as the engine tells it; telar
 * words it in the reader's language (run/plugin-fault.h). Libc only.
 */

#pragma once

#include <stdint.h>

typedef enum
{
  TELAR_PLUGIN_SOUND,
  TELAR_PLUGIN_NO_FILE,         /* error */
  TELAR_PLUGIN_NOT_LOADED,      /* detail: what the loader says */
  TELAR_PLUGIN_TOO_SLOW,        /* its constructors did not come back; number: seconds waited */
  TELAR_PLUGIN_CRASHES,         /* while it is loaded; number: the signal */
  TELAR_PLUGIN_NO_TABLE,        /* a library, but no plug-in */
  TELAR_PLUGIN_OTHER_ABI,       /* number: its own */
  TELAR_PLUGIN_BAD_TABLE,       /* detail: what is wrong with it, marked for translation;
                                 * function and parameter, where it is one's */
  TELAR_PLUGIN_NO_FUNCTION,     /* function; detail: those that it has */
  TELAR_PLUGIN_LACKS_ARGUMENT,  /* function, parameter */
  TELAR_PLUGIN_TOO_MANY,        /* function; number: how many it takes */
  TELAR_PLUGIN_WRONG_TYPE,      /* function, parameter; number: TelarPluginType; detail: what
                                 * was given */
  TELAR_PLUGIN_OUT_OF_LIMITS,   /* the same, and the limits */
  TELAR_PLUGIN_NO_MEMORY,
  TELAR_PLUGIN_NOT_HERE,        /* this engine loads none */
  TELAR_PLUGIN_N_FAULTS
} TelarPluginFaultKind;

/* Texts are cut where they are too long. */
typedef struct
{
  uint32_t kind;            /* TelarPluginFaultKind */
  int32_t  error;           /* errno */
  uint32_t number;
  uint32_t task;            /* that would call it: its number in the plan; 0 where none would */
  double   minimum;
  double   maximum;
  char     file[1024];      /* where it was looked for */
  char     function[64];
  char     parameter[64];
  char     unit[16];
  char     detail[512];
} TelarPluginFault;

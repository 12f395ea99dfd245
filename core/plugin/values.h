/* values.h
 *
 * SPDX-License-Identifier: MIT
 *
 * Arguments of a plug-in's function: the plan carries them as texts, and they
 * are read once, before the run. Libc only.
 */

#pragma once

#include "plugin/fault.h"
#include "plugin/telar-function.h"

/* Doubles up to here are whole numbers one by one. */
#define TELAR_PLUGIN_WHOLE_MAX 9007199254740992.0

typedef struct
{
  int64_t        integer;
  double         real;
  const char    *text;     /* borrowed */
  int64_t       *integers; /* owned */
  size_t         n;
} TelarPluginValue;

/* Reads the @n @texts as the parameters of @function ask, and fills in those that
 * were left out.
 *
 * @fault: (out): set where NULL is returned
 * Returns: (transfer full) (nullable): one a parameter. */
TelarPluginValue *telar_plugin_values_new  (const TelarPluginFunction *function,
                                            const char *const         *texts,
                                            unsigned                   n,
                                            TelarPluginFault          *fault);
void              telar_plugin_values_free (TelarPluginValue          *values,
                                            const TelarPluginFunction *function);

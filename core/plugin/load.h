/* load.h
 *
 * SPDX-License-Identifier: MIT
 *
 * Loads plug-ins. Only telar-engine-plugins does: a static program cannot, and
 * telar must not run what somebody else's graph names. Libc only.
 */

#pragma once

#include "plugin/fault.h"
#include "plugin/telar-function.h"

/* Loads the library at @path, which holds a slash (without one the loader would
 * search its own folders), and verifies its table. It stays loaded.
 *
 * @fault: (out): set where NULL is returned
 * Returns: (nullable): its table. */
const TelarPlugin *telar_plugin_load (const char *path, TelarPluginFault *fault);

/* Returns: (nullable): its function called @name, or NULL with @fault set. */
const TelarPluginFunction *telar_plugin_find (const TelarPlugin *plugin, const char *name,
                                              TelarPluginFault *fault);

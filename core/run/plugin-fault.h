/* plugin-fault.h
 *
 * SPDX-License-Identifier: MIT
 *
 * Why a function of a plug-in cannot be called, in the reader's language.
 */

#pragma once

#include <glib.h>

#include "plugin/fault.h"

G_BEGIN_DECLS

/* Returns: (transfer full): what is wrong with which file, and how to mend it. */
char *telar_plugin_fault_describe (const TelarPluginFault *fault);

G_END_DECLS

/* machine-json.h
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include "machine/machine.h"

G_BEGIN_DECLS

/* What a picture needs to know of a machine, and a reader wants to: no names of
 * hosts or people. (transfer full) */
char         *telar_machine_to_json   (const TelarMachine *machine);
/* (transfer full) (nullable): NULL where it is none. */
TelarMachine *telar_machine_from_json (const char *text, gsize size);

G_END_DECLS

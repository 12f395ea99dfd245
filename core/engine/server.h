/* server.h
 *
 * SPDX-License-Identifier: MIT
 *
 * The fork server's own side, see forkserver.h. Libc only.
 */

#pragma once

#include "engine/self.h"

/* The calling process serves until it is ended. In what it forks this never
 * returns either. */
void telar_server_run (const TelarProgram *program) __attribute__ ((noreturn));

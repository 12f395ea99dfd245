/* ask.h
 *
 * SPDX-License-Identifier: MIT
 *
 * What one task is told about another: whether it lives, how it ended, where it
 * runs. Nothing changes by asking, but for telar_ask_active_children(), which
 * joins what has ended, as the library's does. Libc only.
 */

#pragma once

#include "engine/self.h"

TelarResult telar_ask_is_alive (TelarSelf *self, uint32_t task);
TelarResult telar_ask_exitcode (TelarSelf *self, uint32_t task);
TelarResult telar_ask_pid      (TelarSelf *self, uint32_t task);
unsigned    telar_ask_active_children (TelarSelf *self);

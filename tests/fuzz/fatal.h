/* fatal.h
 *
 * SPDX-License-Identifier: MIT
 *
 * What GLib complains of ends a fuzzing program as a crash does, so that
 * libFuzzer keeps what led to it.
 */

#pragma once

#include <glib.h>
#include <signal.h>
#include <stdlib.h>

static inline void
fatal_trap (int number)
{
  abort ();
}

/* GLib raises SIGTRAP, which libFuzzer does not know. */
static inline void
fatal_init (void)
{
  g_log_set_always_fatal (G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING);
  signal (SIGTRAP, fatal_trap);
}

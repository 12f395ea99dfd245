/* guard.h
 *
 * SPDX-License-Identifier: MIT
 *
 * A word that guards memory which processes share for as long as it takes to
 * change it, with the owner in it:
 *
 *   31               30 … 0
 *   someone sleeps   owner's task + 1, 0 is free
 *
 * It is no lock of a graph: nothing is told of it, and nobody waits for long.
 * Where an owner is killed, owner_died() frees the word; what it guards must be
 * sound at every moment, or tell the next owner how to mend it. Private to this
 * folder. Libc only.
 */

#pragma once

#include "objects/object.h"

void telar_guard_take (_Atomic uint32_t *guard, uint32_t task);
void telar_guard_give (_Atomic uint32_t *guard);

/* @task was killed: frees the word where it was its own, and wakes who sleeps. */
void telar_guard_owner_died (_Atomic uint32_t *guard, uint32_t task);
/* The task that has it while others sleep for it, or TELAR_NO_TASK. */
uint32_t telar_guard_contended (_Atomic uint32_t *guard);

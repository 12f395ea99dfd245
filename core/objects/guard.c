/* guard.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "objects/guard.h"

#include "objects/futex.h"

#define AWAITED (1u << 31)

/* How often a word that is held is looked at before sleeping: what it is held
 * for takes less time than two system calls. */
#define LOOKS 100u

void
telar_guard_take (_Atomic uint32_t *guard, uint32_t task)
{
  uint32_t mine = task + 1;

  for (unsigned look = 0; look < LOOKS; look++)
    {
      uint32_t free = 0;
      if (atomic_compare_exchange_weak_explicit (guard, &free, mine, memory_order_acquire,
                                                 memory_order_relaxed))
        return;
    }
  /* From here on others may sleep as well: it is taken as awaited. */
  for (;;)
    {
      uint32_t held = 0;
      if (atomic_compare_exchange_strong_explicit (guard, &held, mine | AWAITED,
                                                   memory_order_acquire, memory_order_relaxed))
        return;
      if ((held & AWAITED) != 0
          || atomic_compare_exchange_strong_explicit (guard, &held, held | AWAITED,
                                                      memory_order_relaxed, memory_order_relaxed))
        telar_futex_wait (guard, held | AWAITED, INT64_MAX);
    }
}

void
telar_guard_give (_Atomic uint32_t *guard)
{
  if ((atomic_exchange_explicit (guard, 0, memory_order_release) & AWAITED) != 0)
    telar_futex_wake (guard, 1);
}

void
telar_guard_owner_died (_Atomic uint32_t *guard, uint32_t task)
{
  uint32_t held = atomic_load (guard);

  while ((held & ~AWAITED) == task + 1 && !atomic_compare_exchange_weak (guard, &held, 0))
    ;
  /* It may just as well have been the one that was woken for a free word, or
   * that was about to wake the next. */
  telar_futex_wake (guard, TELAR_EVERYBODY);
}

uint32_t
telar_guard_contended (_Atomic uint32_t *guard)
{
  uint32_t held = atomic_load (guard);

  return (held & AWAITED) != 0 && (held & ~AWAITED) != 0 ? (held & ~AWAITED) - 1 : TELAR_NO_TASK;
}

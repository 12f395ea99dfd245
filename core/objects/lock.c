/* lock.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "objects/lock.h"

#include "objects/families.h"
#include "objects/futex.h"

#define WAITERS 0x80000000u
#define DIED    0x40000000u
#define OWNER   0x3fffffffu

/* The object whose lock is meant. */
static uint32_t
lock_of (const TelarObjects *objects, uint32_t object)
{
  uint32_t of = telar_object_head (objects, object)->of;

  return of == TELAR_NO_OBJECT ? object : of;
}

/* A condition's own lock is recursive, as the library's is. */
static bool
is_recursive (const TelarObjects *objects, uint32_t object)
{
  return telar_object_head (objects, object)->type != TELAR_OBJECT_LOCK;
}

static uint32_t
owner_in (uint32_t word)
{
  return (word & OWNER) == 0 ? TELAR_NO_TASK : (word & OWNER) - 1;
}

/* Takes a lock that is free.
 * @waiters: WAITERS where others may sleep: who wakes cannot know
 * Returns: whether it was free, and is now the party's; @word is what it is, or was. */
static bool
take (TelarLock *lock, uint32_t me, uint32_t waiters, uint32_t *word)
{
  while ((*word & OWNER) == 0)
    if (atomic_compare_exchange_weak_explicit (&lock->word, word, me | (*word & WAITERS) | waiters,
                                               memory_order_acquire, memory_order_relaxed))
      return true;
  return false;
}

static TelarObjectOutcome
acquired (TelarLock *lock, const TelarParty *party, uint32_t object, uint32_t before)
{
  atomic_store_explicit (&lock->depth, 1, memory_order_relaxed);
  telar_party_passed (party, object, TELAR_ACT_ACQUIRED, (before & DIED) != 0);
  return before & DIED ? TELAR_OBJECT_OWNER_DIED : TELAR_OBJECT_DONE;
}

/* Sleeps until the lock is the party's; each owner that it waits for is a wait
 * of its own. */
static TelarObjectOutcome
acquire_slowly (TelarObjects *objects, uint32_t object, TelarLock *lock, const TelarParty *party,
                int64_t timeout_ns)
{
  int64_t  until = telar_futex_until (timeout_ns);
  uint32_t me = party->task + 1;
  uint32_t word = atomic_load (&lock->word);
  uint32_t culprit = TELAR_NO_TASK;
  bool     slept = false, in_time = true, taken;

  while (!(taken = take (lock, me, slept ? WAITERS : 0, &word)) && in_time)
    {
      if ((word & WAITERS) == 0
          && !atomic_compare_exchange_weak (&lock->word, &word, word | WAITERS))
        continue;
      word |= WAITERS;
      if (!slept || owner_in (word) != culprit)
        {
          if (slept)
            telar_party_ends (objects, party);
          culprit = owner_in (word);
          telar_party_begins (objects, party, object, culprit, 0, until);
          slept = true;
        }
      in_time = telar_futex_wait (&lock->word, word, until);
      word = atomic_load (&lock->word);
    }
  if (slept)
    telar_party_ends (objects, party);
  return taken ? acquired (lock, party, object, word) : TELAR_OBJECT_TIMEOUT;
}

TelarObjectOutcome
telar_lock_acquire (TelarObjects *objects, uint32_t object, const TelarParty *party,
                    int64_t timeout_ns)
{
  object = lock_of (objects, object);

  TelarLock *lock = telar_object_area (objects, object);
  uint32_t   me = party->task + 1;
  uint32_t   word = 0;

  if (atomic_compare_exchange_strong_explicit (&lock->word, &word, me, memory_order_acquire,
                                               memory_order_relaxed))
    return acquired (lock, party, object, 0);
  if ((word & OWNER) == me && is_recursive (objects, object))
    {
      atomic_fetch_add_explicit (&lock->depth, 1, memory_order_relaxed);
      return TELAR_OBJECT_DONE;
    }
  if (timeout_ns != 0)
    return acquire_slowly (objects, object, lock, party, timeout_ns);
  return take (lock, me, 0, &word) ? acquired (lock, party, object, word) : TELAR_OBJECT_TIMEOUT;
}

TelarObjectOutcome
telar_lock_release (TelarObjects *objects, uint32_t object, const TelarParty *party)
{
  object = lock_of (objects, object);

  TelarLock *lock = telar_object_area (objects, object);
  uint32_t   word = atomic_load_explicit (&lock->word, memory_order_relaxed);

  if (is_recursive (objects, object))
    {
      if (owner_in (word) != party->task)
        return TELAR_OBJECT_NOT_OWNER;
      uint32_t depth = atomic_load_explicit (&lock->depth, memory_order_relaxed);
      if (depth > 1)
        {
          atomic_store_explicit (&lock->depth, depth - 1, memory_order_relaxed);
          return TELAR_OBJECT_DONE;
        }
    }
  /* Told before it is free: the next one's “acquired” comes after. */
  if ((word & OWNER) != 0)
    telar_party_passed (party, object, TELAR_ACT_RELEASED, 0);
  do
    if ((word & OWNER) == 0)
      return TELAR_OBJECT_FREE;
  while (!atomic_compare_exchange_weak_explicit (&lock->word, &word, 0, memory_order_release,
                                                 memory_order_relaxed));
  if (word & WAITERS)
    telar_futex_wake (&lock->word, 1);
  return TELAR_OBJECT_DONE;
}

uint32_t
telar_lock_release_all (TelarObjects *objects, uint32_t object, const TelarParty *party)
{
  TelarLock *lock = telar_object_area (objects, lock_of (objects, object));
  uint32_t   depth = atomic_exchange_explicit (&lock->depth, 1, memory_order_relaxed);

  telar_lock_release (objects, object, party);
  return depth;
}

TelarObjectOutcome
telar_lock_acquire_again (TelarObjects *objects, uint32_t object, const TelarParty *party,
                          uint32_t depth)
{
  TelarLock         *lock = telar_object_area (objects, lock_of (objects, object));
  TelarObjectOutcome outcome = telar_lock_acquire (objects, object, party, TELAR_FOREVER);

  atomic_store_explicit (&lock->depth, depth, memory_order_relaxed);
  return outcome;
}

uint32_t
telar_lock_owner (TelarObjects *objects, uint32_t object)
{
  TelarLock *lock = telar_object_area (objects, lock_of (objects, object));

  return owner_in (atomic_load (&lock->word));
}

uint32_t
telar_objects_owner (TelarObjects *objects, uint32_t object)
{
  switch ((TelarObjectType) telar_object_head (objects, object)->type)
    {
    case TELAR_OBJECT_LOCK:
    case TELAR_OBJECT_RLOCK:
    case TELAR_OBJECT_CONDITION:
      return telar_lock_owner (objects, object);
    default:
      return TELAR_NO_TASK;
    }
}

/* The family; conditions use it for their own lock. */

static uint64_t
area_size (const TelarPlanObject *object, uint32_t n_tasks)
{
  (void) object, (void) n_tasks;
  return sizeof (TelarLock);
}

static void
owner_died (TelarObjects *objects, uint32_t object, uint32_t task)
{
  TelarLock *lock = telar_object_area (objects, object);
  uint32_t   word = atomic_load (&lock->word);

  while (owner_in (word) == task && !atomic_compare_exchange_weak (&lock->word, &word, DIED))
    ;
  /* Also where it owned nothing: it may have been woken to take the lock, and
   * that wake died with it. */
  telar_futex_wake (&lock->word, TELAR_EVERYBODY);
}

static uint32_t
contended (TelarObjects *objects, uint32_t object)
{
  TelarLock *lock = telar_object_area (objects, object);
  uint32_t   word = atomic_load (&lock->word);

  return word & WAITERS ? owner_in (word) : TELAR_NO_TASK;
}

static bool
blocks (TelarObjects *objects, uint32_t object, uint32_t task)
{
  (void) task;
  return telar_lock_owner (objects, object) != TELAR_NO_TASK;
}

const TelarObjectFamily telar_lock_family = {
  .area_size = area_size,
  .owner_died = owner_died,
  .contended = contended,
  .blocks = blocks,
};

/* ring.h
 *
 * SPDX-License-Identifier: MIT
 *
 * A ring of events in shared memory: one writer, one reader, no locks.
 *
 * The writer is the one thread that runs a task; the reader is telar-engine,
 * another process. The writer owns `head` and `dropped`, the reader owns
 * `tail`; each only reads the other's. Both only grow; a slot is the counter
 * modulo the capacity, which is a power of two. The writer publishes a slot by
 * storing `head` with release, the reader gives it back by storing `tail` with
 * release (Lamport's single-producer queue, in C11's terms).
 *
 * The writer never sleeps: when the ring is full it counts what it could not
 * write, and says so with a DROPPED event as soon as there is room. The last
 * `reserve` slots are for events that a run cannot do without (a task's start,
 * run, end and join), of which there are never more than that between two
 * reads of a sound ring.
 *
 *   | head | dropped … | tail … | event 0 | event 1 | … | event capacity − 1 |
 *     64 bytes           64 bytes
 */

#pragma once

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

#include "recorder/event.h"

typedef struct
{
  /* The writer's. */
  _Alignas (64) _Atomic uint64_t head;
  uint64_t dropped;   /* not yet told of */
  uint32_t capacity;  /* set before the writer begins; a power of two */
  uint32_t reserve;

  /* The reader's. */
  _Alignas (64) _Atomic uint64_t tail;

  _Alignas (64) TelarEvent events[];
} TelarRing;

static inline size_t
telar_ring_size (uint32_t capacity)
{
  return sizeof (TelarRing) + (size_t) capacity * sizeof (TelarEvent);
}

/* Writer only. Returns: the slot to fill in and then telar_ring_publish(), or
 * NULL: the event is counted as dropped. */
static inline TelarEvent *
telar_ring_reserve (TelarRing *ring, bool essential)
{
  uint64_t head = atomic_load_explicit (&ring->head, memory_order_relaxed);
  uint64_t tail = atomic_load_explicit (&ring->tail, memory_order_acquire);
  uint64_t room = ring->capacity - (head - tail);

  if (room <= (essential ? 0 : ring->reserve))
    {
      ring->dropped++;
      return NULL;
    }
  return &ring->events[head & (ring->capacity - 1)];
}

static inline void
telar_ring_publish (TelarRing *ring)
{
  uint64_t head = atomic_load_explicit (&ring->head, memory_order_relaxed);

  atomic_store_explicit (&ring->head, head + 1, memory_order_release);
}

/* Writer only: writes one event, and before it what was dropped since the last. */
static inline void
telar_ring_write (TelarRing *ring, bool essential, const TelarEvent *event)
{
  TelarEvent *slot;

  if (__builtin_expect (ring->dropped != 0, 0))
    {
      uint64_t dropped = ring->dropped;
      slot = telar_ring_reserve (ring, false);
      if (slot != NULL)
        {
          *slot = (TelarEvent){ .ns = event->ns, .value = (int64_t) dropped,
                                .task = event->writer, .writer = event->writer,
                                .kind = TELAR_EVENT_DROPPED };
          telar_ring_publish (ring);
          ring->dropped = 0;
        }
      else
        ring->dropped = dropped;
    }

  slot = telar_ring_reserve (ring, essential);
  if (slot == NULL)
    return;
  *slot = *event;
  telar_ring_publish (ring);
}

/* Reader only: copies at most @n events out. @capacity is the ring's, as the
 * reader knows it: the one in the ring may have been overwritten by a task.
 * Returns: how many. */
static inline size_t
telar_ring_read_of (TelarRing *ring, uint32_t capacity, TelarEvent *events, size_t n)
{
  uint64_t tail = atomic_load_explicit (&ring->tail, memory_order_relaxed);
  uint64_t head = atomic_load_explicit (&ring->head, memory_order_acquire);
  uint64_t there = head - tail;

  /* A task that overwrote its ring cannot lead the reader astray. */
  if (there > capacity)
    there = capacity;
  if (n > there)
    n = there;
  for (size_t i = 0; i < n; i++)
    events[i] = ring->events[(tail + i) & (capacity - 1)];
  atomic_store_explicit (&ring->tail, tail + n, memory_order_release);
  return n;
}

static inline size_t
telar_ring_read (TelarRing *ring, TelarEvent *events, size_t n)
{
  return telar_ring_read_of (ring, ring->capacity, events, n);
}

/* Reader only: whether there is nothing to read. */
static inline bool
telar_ring_is_empty (TelarRing *ring)
{
  return atomic_load_explicit (&ring->head, memory_order_acquire)
         == atomic_load_explicit (&ring->tail, memory_order_relaxed);
}

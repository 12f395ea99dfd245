/* channel.h
 *
 * SPDX-License-Identifier: MIT
 *
 * What queues and pipes are made of: records of bytes, each with the task that
 * put it, first in, first out, in memory that processes share. Private to this
 * folder.
 *
 * Whoever changes a channel holds its lock, a guard, for as long as it takes to
 * copy one record. All that a change touches but the record's own bytes is one
 * TelarChannelState, of which there are two: the one that does not hold is filled
 * in, and one store of `version` makes it hold. An owner that is killed anywhere
 * thus leaves a sound channel with its lock held, and telar_channel_owner_died()
 * needs only release the lock. For the same reason a look at the state needs no
 * lock: it is good where `version` was the same before and after.
 *
 *   version n, state n & 1     head, used, size … of the ring
 *   ring   |....[record][record][record]........|.... grows into here ....|
 *          0    head                            size          TELAR_CHANNEL_MAX
 *
 * A record is 8 bytes of TelarChannelRecord, its bytes, and what is missing to a
 * multiple of 8; it goes on at the ring's beginning where it meets its end. A
 * ring that is too small is doubled: what had gone on at its beginning is copied
 * behind its old end, where nothing was. It is small again once it is empty, and
 * its pages go back to the kernel.
 *
 * Who has to sleep counts itself among the sleepers with the lock held, and
 * sleeps on a word that every change it waits for adds to. A sleeper that was
 * killed stays counted, which costs later calls a system call and nothing else.
 */

#pragma once

#include <stdatomic.h>

#include "objects/queue.h"

/* What one channel holds at most, record heads included, bytes. */
#define TELAR_CHANNEL_MAX (256ull << 20)

typedef struct
{
  uint32_t size; /* of the bytes that follow */
  uint32_t task; /* who put it */
} TelarChannelRecord;

typedef struct
{
  uint64_t head;       /* where the first record begins */
  uint64_t used;       /* bytes of the ring, record heads included */
  uint64_t size;       /* of the ring, a power of two; 0: the initial one */
  uint64_t put, got;   /* records, since the run began */
  uint64_t put_bytes;  /* of records alone, since the run began */
  uint64_t got_bytes;
  uint64_t unfinished; /* of a joinable queue: put, and not yet done */
  uint64_t finishes;   /* how often nothing was unfinished any more */
} TelarChannelState;

typedef struct
{
  _Alignas (64) _Atomic uint32_t lock; /* guard.h */
  _Atomic uint32_t version;            /* the state that holds: its lowest bit */

  /* Words to sleep on: each only grows. */
  _Atomic uint32_t filled;   /* with every record put */
  _Atomic uint32_t drained;  /* with every record taken */
  _Atomic uint32_t flushed;  /* the same, for those who wait for their own records */
  _Atomic uint32_t finished; /* with every finish */
  /* Who sleeps on each, at least. */
  _Atomic uint32_t getters;
  _Atomic uint32_t putters;
  _Atomic uint32_t flushers;
  _Atomic uint32_t joiners;

  _Alignas (64) TelarChannelState states[2];
} TelarChannel;

/* A channel with what belongs to it, for as long as a call lasts. */
typedef struct
{
  TelarObjects     *objects;
  TelarChannel     *channel;
  char             *ring;     /* TELAR_CHANNEL_MAX bytes, of which few have pages */
  uint32_t          object;   /* number in the plan */
  const TelarParty *party;    /* who calls */
} TelarChannelUse;

/* What a ring takes of its object's area, bytes: it begins with a page of its own. */
#define TELAR_CHANNEL_RING (TELAR_CHANNEL_MAX + 4096)

/* The ring at @memory or a little behind, of objects that are mapped at @objects. */
static inline char *
telar_channel_ring (TelarObjects *objects, char *memory)
{
  uint64_t offset = (uint64_t) (memory - (char *) objects);

  return (char *) objects + (offset + 4095) / 4096 * 4096;
}

/* The records that wait, and what they amount to. Needs no lock. */
TelarChannelState telar_channel_look (const TelarChannel *channel);

void telar_channel_lock   (const TelarChannelUse *use);
void telar_channel_unlock (const TelarChannelUse *use);

/* With the lock held: the state that holds. */
static inline TelarChannelState
telar_channel_state (const TelarChannel *channel)
{
  uint32_t version = atomic_load_explicit (&channel->version, memory_order_relaxed);

  return channel->states[version & 1];
}

/* With the lock held: makes @state hold. */
void telar_channel_commit (TelarChannel *channel, const TelarChannelState *state);

/* With the lock held: where the last of @task's records ends, in bytes put since
 * the run began; 0 where none is left. */
uint64_t telar_channel_last_of (const TelarChannelUse *use, const TelarChannelState *state,
                                uint32_t task);

/* Whatever was awaited may never come: everyone looks again. */
void telar_channel_tell_all (TelarChannel *channel);

/* For whoever watches the tasks: releases the lock where @task held it, and lets
 * everyone look again, as @task may have been woken for nothing. */
void telar_channel_owner_died (TelarChannel *channel, uint32_t task);
/* The task that holds the lock while others sleep for it, or TELAR_NO_TASK. */
uint32_t telar_channel_contended (TelarChannel *channel);

/* One call's sleeping. */
typedef struct
{
  const TelarChannelUse *use;
  int64_t                timeout_ns;
  uint32_t               detail;   /* TelarObjectWaits: what is slept for */
  int64_t                until_ns; /* once it has slept */
  bool                   slept;    /* and has said so */
  bool                   over;     /* the time is up */
} TelarChannelSleep;

/* Sleeps while @word is @seen, until the timeout at most. The caller counted
 * itself in @sleepers while it held the lock, and is taken out again here.
 * Returns: false where the time was up before this call. */
bool telar_channel_sleep (TelarChannelSleep *sleep, _Atomic uint32_t *word, uint32_t seen,
                          _Atomic uint32_t *sleepers);
/* Once, at the end of every call that may have slept. */
void telar_channel_awake (TelarChannelSleep *sleep);

/* Whether what a call waits for can never come any more. */
typedef bool (*TelarChannelGone) (const TelarChannelUse *use);

/* Appends one record, as soon as fewer than @capacity (0: any number) are in the
 * channel and the ring has room for it.
 * @position: (out) (nullable): where it ends, in bytes put since the run began.
 * Returns: DONE, TIMEOUT or TOO_BIG. */
TelarObjectOutcome telar_channel_put (const TelarChannelUse *use, const void *bytes, size_t size,
                                      uint64_t capacity, int64_t timeout_ns, uint64_t *position);

/* Takes the first record. @size: (out): its bytes. @gone is asked while there is none.
 * Returns: DONE, TIMEOUT, CLOSED, or TOO_BIG where it has more than @room bytes, and stays. */
TelarObjectOutcome telar_channel_get (const TelarChannelUse *use, void *bytes, size_t room,
                                      size_t *size, int64_t timeout_ns, TelarChannelGone gone);

/* Waits until there is a record, without taking it. Returns: DONE, TIMEOUT or CLOSED. */
TelarObjectOutcome telar_channel_poll (const TelarChannelUse *use, int64_t timeout_ns,
                                       TelarChannelGone gone);

/* Waits until a pipe of the kernel would hold all up to @position: all that was
 * put before it but TELAR_QUEUE_PIPE bytes was taken.
 * Returns: DONE, TIMEOUT or CLOSED. */
TelarObjectOutcome telar_channel_flush (const TelarChannelUse *use, uint64_t position,
                                        int64_t timeout_ns, uint32_t detail,
                                        TelarChannelGone gone);

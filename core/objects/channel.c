/* channel.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "objects/channel.h"

#include <string.h>
#include <sys/mman.h>

#include "objects/futex.h"
#include "objects/guard.h"

#define RING_INITIAL 65536u

/* Rings up to here stay as large as they are. */
#define RING_KEPT (1u << 20)

static uint64_t
padded (uint64_t size)
{
  return (size + 7) / 8 * 8;
}

static uint64_t
room_of (uint32_t size)
{
  return sizeof (TelarChannelRecord) + padded (size);
}

static uint64_t
ring_size (const TelarChannelState *state)
{
  return state->size > 0 ? state->size : RING_INITIAL;
}

/* Bytes that may go on at the ring's beginning. */
static void
write_at (char *ring, uint64_t ring_bytes, uint64_t at, const void *bytes, size_t size)
{
  uint64_t first = ring_bytes - (at & (ring_bytes - 1));

  if (first > size)
    first = size;
  memcpy (ring + (at & (ring_bytes - 1)), bytes, first);
  if (size > first)
    memcpy (ring, (const char *) bytes + first, size - first);
}

static void
read_at (const char *ring, uint64_t ring_bytes, uint64_t at, void *bytes, size_t size)
{
  uint64_t first = ring_bytes - (at & (ring_bytes - 1));

  if (first > size)
    first = size;
  memcpy (bytes, ring + (at & (ring_bytes - 1)), first);
  if (size > first)
    memcpy ((char *) bytes + first, ring, size - first);
}

static TelarChannelRecord
record_at (const TelarChannelUse *use, const TelarChannelState *state, uint64_t at)
{
  TelarChannelRecord record;

  read_at (use->ring, ring_size (state), at, &record, sizeof record);
  return record;
}

TelarChannelState
telar_channel_look (const TelarChannel *channel)
{
  TelarChannelState state;
  uint32_t          version;

  do
    {
      version = atomic_load_explicit (&channel->version, memory_order_acquire);
      state = channel->states[version & 1];
      atomic_thread_fence (memory_order_acquire);
    }
  while (atomic_load_explicit (&channel->version, memory_order_relaxed) != version);
  return state;
}

void
telar_channel_lock (const TelarChannelUse *use)
{
  telar_guard_take (&use->channel->lock, use->party->task);
}

void
telar_channel_unlock (const TelarChannelUse *use)
{
  telar_guard_give (&use->channel->lock);
}

void
telar_channel_commit (TelarChannel *channel, const TelarChannelState *state)
{
  uint32_t version = atomic_load_explicit (&channel->version, memory_order_relaxed);

  /* Nothing of the new state may be seen by who still finds the old version. */
  atomic_thread_fence (memory_order_release);
  channel->states[(version + 1) & 1] = *state;
  atomic_store_explicit (&channel->version, version + 1, memory_order_release);
}

/* With the lock held: appends one record to @state, growing the ring where it
 * must, without making it hold.
 * Returns: whether there is room. */
static bool
append (const TelarChannelUse *use, TelarChannelState *state, const void *bytes, uint32_t size)
{
  uint64_t before = ring_size (state), after = before;
  uint64_t need = room_of (size);

  while (after < TELAR_CHANNEL_MAX && state->used + need > after)
    after *= 2;
  if (state->used + need > after)
    return false;
  if (after > before && state->head + state->used > before)
    memcpy (use->ring + before, use->ring, state->head + state->used - before);
  state->size = after;

  uint64_t           tail = state->head + state->used;
  TelarChannelRecord record = { size, use->party->task };
  write_at (use->ring, after, tail, &record, sizeof record);
  if (size > 0)
    write_at (use->ring, after, tail + sizeof record, bytes, size);
  state->used += need;
  state->put++;
  state->put_bytes += size;
  state->unfinished++;
  return true;
}

/* With the lock held: takes the first record, @record, out of the channel. */
static void
drop (const TelarChannelUse *use, TelarChannelState *state, const TelarChannelRecord *record)
{
  uint64_t size = ring_size (state);

  state->head = (state->head + room_of (record->size)) & (size - 1);
  state->used -= room_of (record->size);
  state->got++;
  state->got_bytes += record->size;
  /* From the beginning again, in pages that are there already. */
  if (state->used == 0)
    {
      state->head = 0;
      if (size > RING_KEPT)
        state->size = RING_INITIAL;
    }
  telar_channel_commit (use->channel, state);
  if (state->used == 0 && size > RING_KEPT)
    madvise (use->ring + RING_INITIAL, size - RING_INITIAL, MADV_REMOVE);
}

uint64_t
telar_channel_last_of (const TelarChannelUse *use, const TelarChannelState *state, uint32_t task)
{
  uint64_t at = state->head, position = state->got_bytes, last = 0;

  for (uint64_t n = state->put - state->got; n > 0; n--)
    {
      TelarChannelRecord record = record_at (use, state, at);
      position += record.size;
      if (record.task == task)
        last = position;
      at += room_of (record.size);
    }
  return last;
}

void
telar_channel_tell_all (TelarChannel *channel)
{
  struct
  {
    _Atomic uint32_t *word, *sleepers;
  } all[] = {
    { &channel->filled, &channel->getters },
    { &channel->drained, &channel->putters },
    { &channel->flushed, &channel->flushers },
    { &channel->finished, &channel->joiners },
  };

  for (unsigned i = 0; i < sizeof all / sizeof all[0]; i++)
    {
      atomic_fetch_add (all[i].word, 1);
      if (atomic_load (all[i].sleepers) > 0)
        telar_futex_wake (all[i].word, TELAR_EVERYBODY);
    }
}

void
telar_channel_owner_died (TelarChannel *channel, uint32_t task)
{
  telar_guard_owner_died (&channel->lock, task);
  telar_channel_tell_all (channel);
}

uint32_t
telar_channel_contended (TelarChannel *channel)
{
  return telar_guard_contended (&channel->lock);
}

bool
telar_channel_sleep (TelarChannelSleep *sleep, _Atomic uint32_t *word, uint32_t seen,
                     _Atomic uint32_t *sleepers)
{
  const TelarChannelUse *use = sleep->use;
  bool                   goes_on = !sleep->over && sleep->timeout_ns != 0;

  if (goes_on)
    {
      if (!sleep->slept)
        {
          sleep->until_ns = telar_futex_until (sleep->timeout_ns);
          telar_party_begins (use->objects, use->party, use->object, TELAR_NO_TASK, sleep->detail,
                              sleep->until_ns);
        }
      sleep->slept = true;
      /* Whoever is too late still looks once more whether it came at the last moment. */
      sleep->over = !telar_futex_wait (word, seen, sleep->until_ns);
    }
  atomic_fetch_sub (sleepers, 1);
  return goes_on;
}

void
telar_channel_awake (TelarChannelSleep *sleep)
{
  if (sleep->slept)
    telar_party_ends (sleep->use->objects, sleep->use->party);
}

/* Room for one more, or for several: where the ring itself is full, those who
 * wait for it need different lengths of it. */
static int
n_to_wake (const TelarChannelState *state)
{
  return state->size < TELAR_CHANNEL_MAX ? 1 : TELAR_EVERYBODY;
}

TelarObjectOutcome
telar_channel_put (const TelarChannelUse *use, const void *bytes, size_t size, uint64_t capacity,
                   int64_t timeout_ns, uint64_t *position)
{
  TelarChannel     *channel = use->channel;
  TelarChannelSleep sleep = { .use = use, .timeout_ns = timeout_ns, .detail = TELAR_WAITS_FULL };
  bool              done = false, goes_on = true;

  if (size > TELAR_CHANNEL_MAX - sizeof (TelarChannelRecord))
    return TELAR_OBJECT_TOO_BIG;
  while (!done && goes_on)
    {
      telar_channel_lock (use);
      TelarChannelState state = telar_channel_state (channel);
      done = (capacity == 0 || state.put - state.got < capacity)
             && append (use, &state, bytes, (uint32_t) size);
      if (done)
        {
          /* Before anyone can take it: its putting is never told after its getting. */
          telar_party_passed (use->party, use->object, TELAR_ACT_PUT,
                              (int64_t) (state.put - state.got));
          telar_channel_commit (channel, &state);
          atomic_fetch_add (&channel->filled, 1);
          telar_channel_unlock (use);
          if (position != NULL)
            *position = state.put_bytes;
          if (atomic_load (&channel->getters) > 0)
            telar_futex_wake (&channel->filled, 1);
        }
      else
        {
          uint32_t seen = atomic_load (&channel->drained);
          atomic_fetch_add (&channel->putters, 1);
          telar_channel_unlock (use);
          goes_on = telar_channel_sleep (&sleep, &channel->drained, seen, &channel->putters);
        }
    }
  telar_channel_awake (&sleep);
  return done ? TELAR_OBJECT_DONE : TELAR_OBJECT_TIMEOUT;
}

/* With the lock held, which is released: @record was taken. */
static void
tell_drained (const TelarChannelUse *use, const TelarChannelState *state)
{
  TelarChannel *channel = use->channel;

  atomic_fetch_add (&channel->drained, 1);
  atomic_fetch_add (&channel->flushed, 1);
  telar_party_passed (use->party, use->object, TELAR_ACT_GOT, (int64_t) (state->put - state->got));
  telar_channel_unlock (use);
  if (atomic_load (&channel->putters) > 0)
    telar_futex_wake (&channel->drained, n_to_wake (state));
  if (atomic_load (&channel->flushers) > 0)
    telar_futex_wake (&channel->flushed, TELAR_EVERYBODY);
}

/* Takes the first record, or with @size NULL only waits for it. */
static TelarObjectOutcome
get_or_poll (const TelarChannelUse *use, void *bytes, size_t room, size_t *size,
             int64_t timeout_ns, TelarChannelGone gone)
{
  TelarChannel      *channel = use->channel;
  TelarChannelSleep  sleep = { .use = use, .timeout_ns = timeout_ns, .detail = TELAR_WAITS_EMPTY };
  TelarObjectOutcome outcome = TELAR_OBJECT_TIMEOUT;

  for (;;)
    {
      telar_channel_lock (use);
      TelarChannelState state = telar_channel_state (channel);
      if (state.used > 0)
        {
          TelarChannelRecord record = record_at (use, &state, state.head);
          outcome = TELAR_OBJECT_DONE;
          if (size != NULL)
            *size = record.size;
          if (size == NULL || record.size > room)
            telar_channel_unlock (use);
          else
            {
              read_at (use->ring, ring_size (&state), state.head + sizeof record, bytes,
                       record.size);
              drop (use, &state, &record);
              tell_drained (use, &state);
            }
          if (size != NULL && record.size > room)
            outcome = TELAR_OBJECT_TOO_BIG;
          break;
        }
      uint32_t seen = atomic_load (&channel->filled);
      if (gone != NULL && gone (use))
        {
          telar_channel_unlock (use);
          outcome = TELAR_OBJECT_CLOSED;
          break;
        }
      atomic_fetch_add (&channel->getters, 1);
      telar_channel_unlock (use);
      if (!telar_channel_sleep (&sleep, &channel->filled, seen, &channel->getters))
        break;
    }
  telar_channel_awake (&sleep);
  /* Who only looked leaves it to the others, one of whom may sleep in its place. */
  if (outcome != TELAR_OBJECT_TIMEOUT && (size == NULL || outcome == TELAR_OBJECT_TOO_BIG)
      && atomic_load (&channel->getters) > 0)
    telar_futex_wake (&channel->filled, 1);
  return outcome;
}

TelarObjectOutcome
telar_channel_get (const TelarChannelUse *use, void *bytes, size_t room, size_t *size,
                   int64_t timeout_ns, TelarChannelGone gone)
{
  return get_or_poll (use, bytes, room, size, timeout_ns, gone);
}

TelarObjectOutcome
telar_channel_poll (const TelarChannelUse *use, int64_t timeout_ns, TelarChannelGone gone)
{
  return get_or_poll (use, NULL, 0, NULL, timeout_ns, gone);
}

TelarObjectOutcome
telar_channel_flush (const TelarChannelUse *use, uint64_t position, int64_t timeout_ns,
                     uint32_t detail, TelarChannelGone gone)
{
  TelarChannel      *channel = use->channel;
  TelarChannelSleep  sleep = { .use = use, .timeout_ns = timeout_ns, .detail = detail };
  TelarObjectOutcome outcome = TELAR_OBJECT_TIMEOUT;

  for (;;)
    {
      atomic_fetch_add (&channel->flushers, 1);
      uint32_t seen = atomic_load (&channel->flushed);
      if (telar_channel_look (channel).got_bytes + TELAR_QUEUE_PIPE >= position)
        outcome = TELAR_OBJECT_DONE;
      else if (gone != NULL && gone (use))
        outcome = TELAR_OBJECT_CLOSED;
      if (outcome != TELAR_OBJECT_TIMEOUT)
        {
          atomic_fetch_sub (&channel->flushers, 1);
          break;
        }
      if (!telar_channel_sleep (&sleep, &channel->flushed, seen, &channel->flushers))
        break;
    }
  telar_channel_awake (&sleep);
  return outcome;
}

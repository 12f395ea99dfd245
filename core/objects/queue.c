/* queue.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "objects/queue.h"

#include "objects/channel.h"
#include "objects/families.h"
#include "objects/futex.h"
#include "objects/task-set.h"

/* | TelarChannel | tasks that have closed it | ring | */
static TelarChannelUse
use_of (TelarObjects *objects, uint32_t object, const TelarParty *party)
{
  TelarChannel *channel = telar_object_area (objects, object);

  return (TelarChannelUse){
    .objects = objects,
    .channel = channel,
    .ring = telar_channel_ring (objects, (char *) (channel + 1)
                                             + telar_task_set_size (objects->n_tasks)),
    .object = object,
    .party = party,
  };
}

static TelarChannel *
channel_of (TelarObjects *objects, uint32_t object)
{
  return telar_object_area (objects, object);
}

static TelarTaskSet *
closed_by (TelarObjects *objects, uint32_t object)
{
  return (TelarTaskSet *) (channel_of (objects, object) + 1);
}

static uint64_t
capacity_of (const TelarObjects *objects, uint32_t object)
{
  const TelarObjectHead *head = telar_object_head (objects, object);

  return head->type == TELAR_OBJECT_SIMPLE_QUEUE ? 0 : (uint64_t) head->amount;
}

static bool
is_joinable (const TelarObjects *objects, uint32_t object)
{
  return telar_object_head (objects, object)->type == TELAR_OBJECT_JOINABLE_QUEUE;
}

TelarObjectOutcome
telar_queue_put (TelarObjects *objects, uint32_t object, const TelarParty *party,
                 const void *bytes, size_t size, int64_t timeout_ns)
{
  TelarChannelUse    use = use_of (objects, object, party);
  TelarObjectOutcome outcome;
  uint64_t           position;

  if (telar_task_set_has (closed_by (objects, object), party->task))
    return TELAR_OBJECT_CLOSED;
  outcome = telar_channel_put (&use, bytes, size, capacity_of (objects, object), timeout_ns,
                               &position);
  if (outcome == TELAR_OBJECT_DONE
      && telar_object_head (objects, object)->type == TELAR_OBJECT_SIMPLE_QUEUE)
    outcome = telar_channel_flush (&use, position, TELAR_FOREVER, TELAR_WAITS_FULL, NULL);
  return outcome;
}

TelarObjectOutcome
telar_queue_get (TelarObjects *objects, uint32_t object, const TelarParty *party, void *bytes,
                 size_t room, size_t *size, int64_t timeout_ns)
{
  TelarChannelUse use = use_of (objects, object, party);

  if (telar_task_set_has (closed_by (objects, object), party->task))
    return TELAR_OBJECT_CLOSED;
  return telar_channel_get (&use, bytes, room, size, timeout_ns, NULL);
}

uint64_t
telar_queue_size (TelarObjects *objects, uint32_t object)
{
  TelarChannelState state = telar_channel_look (channel_of (objects, object));

  return state.put - state.got;
}

bool
telar_queue_is_empty (TelarObjects *objects, uint32_t object)
{
  return telar_queue_size (objects, object) == 0;
}

bool
telar_queue_is_full (TelarObjects *objects, uint32_t object)
{
  uint64_t capacity = capacity_of (objects, object);

  return capacity > 0 && telar_queue_size (objects, object) >= capacity;
}

TelarObjectOutcome
telar_queue_task_done (TelarObjects *objects, uint32_t object, const TelarParty *party)
{
  TelarChannelUse use = use_of (objects, object, party);
  TelarChannel   *channel = use.channel;

  if (!is_joinable (objects, object))
    return TELAR_OBJECT_WRONG_TYPE;
  telar_channel_lock (&use);
  TelarChannelState state = telar_channel_state (channel);
  if (state.unfinished == 0)
    {
      telar_channel_unlock (&use);
      return TELAR_OBJECT_TOO_MANY_DONE;
    }
  state.unfinished--;
  state.finishes += state.unfinished == 0;
  telar_channel_commit (channel, &state);
  if (state.unfinished == 0)
    atomic_fetch_add (&channel->finished, 1);
  telar_channel_unlock (&use);
  if (state.unfinished == 0 && atomic_load (&channel->joiners) > 0)
    telar_futex_wake (&channel->finished, TELAR_EVERYBODY);
  return TELAR_OBJECT_DONE;
}

TelarObjectOutcome
telar_queue_join (TelarObjects *objects, uint32_t object, const TelarParty *party,
                  int64_t timeout_ns)
{
  TelarChannelUse   use = use_of (objects, object, party);
  TelarChannel     *channel = use.channel;
  TelarChannelSleep sleep = { .use = &use, .timeout_ns = timeout_ns,
                              .detail = TELAR_WAITS_DONE };
  bool              done, goes_on = true;

  if (!is_joinable (objects, object))
    return TELAR_OBJECT_WRONG_TYPE;

  TelarChannelState first = telar_channel_look (channel);
  for (done = first.unfinished == 0; !done && goes_on;)
    {
      atomic_fetch_add (&channel->joiners, 1);
      uint32_t          seen = atomic_load (&channel->finished);
      TelarChannelState state = telar_channel_look (channel);
      /* All was done once, which is enough, whatever was put since. */
      done = state.finishes != first.finishes;
      if (done)
        atomic_fetch_sub (&channel->joiners, 1);
      else
        goes_on = telar_channel_sleep (&sleep, &channel->finished, seen, &channel->joiners);
    }
  telar_channel_awake (&sleep);
  return done ? TELAR_OBJECT_DONE : TELAR_OBJECT_TIMEOUT;
}

uint64_t
telar_queue_unfinished (TelarObjects *objects, uint32_t object)
{
  return is_joinable (objects, object)
         ? telar_channel_look (channel_of (objects, object)).unfinished
         : 0;
}

TelarObjectOutcome
telar_queue_close (TelarObjects *objects, uint32_t object, const TelarParty *party)
{
  telar_task_set_add (closed_by (objects, object), party->task);
  telar_party_passed (party, object, TELAR_ACT_CLOSED, 0);
  return TELAR_OBJECT_DONE;
}

/* Where the last of @task's items ends; nothing is locked where there is none to speak of. */
static uint64_t
last_of (const TelarChannelUse *use, uint32_t task)
{
  TelarChannelState state = telar_channel_look (use->channel);
  uint64_t          position = 0;

  if (state.put_bytes > state.got_bytes + TELAR_QUEUE_PIPE)
    {
      telar_channel_lock (use);
      state = telar_channel_state (use->channel);
      position = telar_channel_last_of (use, &state, task);
      telar_channel_unlock (use);
    }
  return position;
}

uint64_t
telar_queue_unflushed (TelarObjects *objects, uint32_t object, uint32_t task)
{
  TelarParty      party = { .task = task };
  TelarChannelUse use = use_of (objects, object, &party);
  uint64_t        position = last_of (&use, task);
  uint64_t        flushed = telar_channel_look (use.channel).got_bytes + TELAR_QUEUE_PIPE;

  return position > flushed ? position - flushed : 0;
}

TelarObjectOutcome
telar_queue_flush (TelarObjects *objects, uint32_t object, const TelarParty *party, uint32_t task,
                   int64_t timeout_ns)
{
  TelarChannelUse use = use_of (objects, object, party);

  return telar_channel_flush (&use, last_of (&use, task), timeout_ns, TELAR_WAITS_FLUSH, NULL);
}

static uint64_t
area_size (const TelarPlanObject *object, uint32_t n_tasks)
{
  return sizeof (TelarChannel) + telar_task_set_size (n_tasks) + TELAR_CHANNEL_RING;
}

static void
owner_died (TelarObjects *objects, uint32_t object, uint32_t task)
{
  telar_channel_owner_died (channel_of (objects, object), task);
}

static uint32_t
contended (TelarObjects *objects, uint32_t object)
{
  return telar_channel_contended (channel_of (objects, object));
}

static bool
blocks (TelarObjects *objects, uint32_t object, uint32_t task)
{
  TelarChannelState state = telar_channel_look (channel_of (objects, object));

  return atomic_load (&telar_object_task (objects, task)->detail) != TELAR_WAITS_EMPTY
         || state.put == state.got;
}

const TelarObjectFamily telar_queue_family = {
  .area_size = area_size,
  .owner_died = owner_died,
  .contended = contended,
  .blocks = blocks,
};

/* pipe.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "objects/pipe.h"

#include "objects/channel.h"
#include "objects/families.h"
#include "objects/task-set.h"

/* | what was sent to end 0: channel | to end 1 | who holds end 0 | end 1 | ring | ring |
 *
 * A one-way pipe has one ring. */
typedef struct
{
  TelarChannel channels[2];
} Pipe;

static Pipe *
pipe_of (TelarObjects *objects, uint32_t object)
{
  return telar_object_area (objects, object);
}

static bool
is_duplex (const TelarObjects *objects, uint32_t object)
{
  return (telar_object_head (objects, object)->flags & TELAR_PIPE_DUPLEX) != 0;
}

static TelarTaskSet *
holders_of (TelarObjects *objects, uint32_t object, unsigned end)
{
  return (TelarTaskSet *) ((char *) (pipe_of (objects, object) + 1)
                           + end * telar_task_set_size (objects->n_tasks));
}

/* Of the channel that leads to @end. */
static TelarChannelUse
use_of (TelarObjects *objects, uint32_t object, unsigned end, const TelarParty *party)
{
  Pipe *pipe = pipe_of (objects, object);
  char *rings = (char *) holders_of (objects, object, 2);

  return (TelarChannelUse){
    .objects = objects,
    .channel = &pipe->channels[end],
    .ring = telar_channel_ring (objects, rings + end * TELAR_CHANNEL_RING),
    .object = object,
    .party = party,
  };
}

/* The channel of @use leads to an end; nobody holds the other one. */
static bool
nobody_sends (const TelarChannelUse *use)
{
  unsigned end = use->channel == &pipe_of (use->objects, use->object)->channels[1];

  return telar_task_set_is_empty (holders_of (use->objects, use->object, 1 - end),
                                  use->objects->n_tasks);
}

static bool
nobody_receives (const TelarChannelUse *use)
{
  unsigned end = use->channel == &pipe_of (use->objects, use->object)->channels[1];

  return telar_task_set_is_empty (holders_of (use->objects, use->object, end),
                                  use->objects->n_tasks);
}

void
telar_pipe_hold (TelarObjects *objects, uint32_t object, unsigned end, uint32_t task)
{
  if (end < 2 && task < objects->n_tasks)
    telar_task_set_add (holders_of (objects, object, end), task);
}

bool
telar_pipe_holds (TelarObjects *objects, uint32_t object, unsigned end, uint32_t task)
{
  return end < 2 && telar_task_set_has (holders_of (objects, object, end), task);
}

TelarObjectOutcome
telar_pipe_send (TelarObjects *objects, uint32_t object, const TelarParty *party, unsigned end,
                 const void *bytes, size_t size)
{
  TelarObjectOutcome outcome;
  uint64_t           position;

  if (end > 1 || (end == TELAR_PIPE_RECEIVES && !is_duplex (objects, object)))
    return TELAR_OBJECT_RANGE;

  TelarChannelUse use = use_of (objects, object, 1 - end, party);
  if (!telar_pipe_holds (objects, object, end, party->task) || nobody_receives (&use))
    return TELAR_OBJECT_CLOSED;
  outcome = telar_channel_put (&use, bytes, size, 0, TELAR_FOREVER, &position);
  if (outcome == TELAR_OBJECT_DONE)
    outcome = telar_channel_flush (&use, position, TELAR_FOREVER, TELAR_WAITS_FULL,
                                   nobody_receives);
  return outcome;
}

TelarObjectOutcome
telar_pipe_receive (TelarObjects *objects, uint32_t object, const TelarParty *party, unsigned end,
                    void *bytes, size_t room, size_t *size, int64_t timeout_ns)
{
  if (end > 1 || (end == TELAR_PIPE_SENDS && !is_duplex (objects, object)))
    return TELAR_OBJECT_RANGE;
  if (!telar_pipe_holds (objects, object, end, party->task))
    return TELAR_OBJECT_CLOSED;

  TelarChannelUse use = use_of (objects, object, end, party);
  return telar_channel_get (&use, bytes, room, size, timeout_ns, nobody_sends);
}

TelarObjectOutcome
telar_pipe_poll (TelarObjects *objects, uint32_t object, const TelarParty *party, unsigned end,
                 int64_t timeout_ns)
{
  if (end > 1 || (end == TELAR_PIPE_SENDS && !is_duplex (objects, object)))
    return TELAR_OBJECT_RANGE;
  if (!telar_pipe_holds (objects, object, end, party->task))
    return TELAR_OBJECT_CLOSED;

  TelarChannelUse use = use_of (objects, object, end, party);
  return telar_channel_poll (&use, timeout_ns, nobody_sends);
}

/* Returns: whether @task held @end. */
static bool
let_go (TelarObjects *objects, uint32_t object, unsigned end, uint32_t task)
{
  Pipe *pipe = pipe_of (objects, object);

  if (!telar_task_set_remove (holders_of (objects, object, end), task))
    return false;
  for (unsigned i = 0; i < 2; i++)
    telar_channel_tell_all (&pipe->channels[i]);
  return true;
}

TelarObjectOutcome
telar_pipe_close (TelarObjects *objects, uint32_t object, const TelarParty *party, unsigned end)
{
  if (end > 1)
    return TELAR_OBJECT_RANGE;
  if (!let_go (objects, object, end, party->task))
    return TELAR_OBJECT_CLOSED;
  telar_party_passed (party, object, TELAR_ACT_CLOSED, end);
  return TELAR_OBJECT_DONE;
}

static uint64_t
area_size (const TelarPlanObject *object, uint32_t n_tasks)
{
  uint64_t n_rings = (object->flags & TELAR_PIPE_DUPLEX) != 0 ? 2 : 1;

  return sizeof (Pipe) + 2 * telar_task_set_size (n_tasks) + n_rings * TELAR_CHANNEL_RING;
}

static void
owner_died (TelarObjects *objects, uint32_t object, uint32_t task)
{
  Pipe *pipe = pipe_of (objects, object);

  for (unsigned i = 0; i < 2; i++)
    telar_channel_owner_died (&pipe->channels[i], task);
}

static void
task_ended (TelarObjects *objects, uint32_t object, uint32_t task)
{
  for (unsigned end = 0; end < 2; end++)
    let_go (objects, object, end, task);
}

static uint32_t
contended (TelarObjects *objects, uint32_t object)
{
  Pipe    *pipe = pipe_of (objects, object);
  uint32_t holder = telar_channel_contended (&pipe->channels[0]);

  return holder != TELAR_NO_TASK ? holder : telar_channel_contended (&pipe->channels[1]);
}

/* For something from either way that has nothing. */
static bool
blocks (TelarObjects *objects, uint32_t object, uint32_t task)
{
  Pipe *pipe = pipe_of (objects, object);
  bool  empty = false;

  for (unsigned i = 0; i < 2; i++)
    {
      TelarChannelState state = telar_channel_look (&pipe->channels[i]);
      empty = empty || state.put == state.got;
    }
  return atomic_load (&telar_object_task (objects, task)->detail) != TELAR_WAITS_EMPTY || empty;
}

const TelarObjectFamily telar_pipe_family = {
  .area_size = area_size,
  .owner_died = owner_died,
  .task_ended = task_ended,
  .contended = contended,
  .blocks = blocks,
};

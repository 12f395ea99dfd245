/* fuzz-to-engine.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Any messages from telar, as the engine reads them: the first, with a memory
 * file of any bytes where the plan should be; then the short ones. What passes
 * for a plan is gone through as the engine and the tasks go through it.
 */

#include "config.h"

#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include "catalogue/catalogue.h"
#include "engine/inbox.h"
#include "engine/rings.h"
#include "fatal.h"
#include "frames.h"

/* More would take the time of thousands of other inputs. */
#define MAX_TASKS  500
#define MAX_SHARED (64u << 20)

int LLVMFuzzerInitialize (int *argc, char ***argv);
int LLVMFuzzerTestOneInput (const uint8_t *bytes, size_t size);

static volatile guint64 sum; /* so that nothing is read in vain */

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  fatal_init ();
  return 0;
}

static void
send_frame (int socket, const void *message, gsize size, int file)
{
  union
  {
    struct cmsghdr header;
    char           room[CMSG_SPACE (sizeof (int))];
  } control = { 0 };
  struct iovec  part = { (void *) message, size };
  struct msghdr envelope = { .msg_iov = &part, .msg_iovlen = 1 };

  if (file >= 0)
    {
      envelope.msg_control = &control;
      envelope.msg_controllen = sizeof control;
      control.header.cmsg_level = SOL_SOCKET;
      control.header.cmsg_type = SCM_RIGHTS;
      control.header.cmsg_len = CMSG_LEN (sizeof file);
      memcpy (CMSG_DATA (&control.header), &file, sizeof file);
    }
  g_assert_cmpint (sendmsg (socket, &envelope, MSG_NOSIGNAL), >=, 0);
}

static void
read_value (const TelarPlan *plan, const TelarPlanValue *value)
{
  switch ((TelarValueType) value->type)
    {
    case TELAR_VALUE_TEXT:
    case TELAR_VALUE_FILE:
    case TELAR_VALUE_TEXTS:
    case TELAR_VALUE_ITEM:
      sum += strlen (telar_plan_text (plan, value->first));
      break;
    case TELAR_VALUE_INTEGERS:
      for (uint32_t i = 0; i < value->count; i++)
        sum += (guint64) telar_plan_integers (plan, value->first)[i];
      break;
    case TELAR_VALUE_TASK:
      for (uint32_t i = 0; i < value->count; i++)
        sum += telar_plan_task (plan, telar_plan_links (plan, (uint32_t) value->first)[i])->id;
      break;
    case TELAR_VALUE_OBJECT:
      if (value->count > 0)
        sum += telar_plan_object (plan, (uint32_t) value->first)->id;
      break;
    case TELAR_VALUE_AWAITED:
      for (uint32_t i = 0; i < value->count; i++)
        sum += telar_plan_awaited (plan, value->first, i).number;
      break;
    case TELAR_VALUE_EACH:
    case TELAR_VALUE_ROWS:
    case TELAR_VALUE_CALL:
      {
        TelarPlanCalls calls = telar_plan_calls (plan, value->first);
        for (uint32_t i = 0; i < calls.n; i++)
          sum += telar_plan_step (plan, calls.first_step + i)->text;
        for (uint32_t i = 0; i < calls.n_chunks; i++)
          sum += telar_plan_step (plan, telar_plan_chunk_step (&calls, i))->text;
      }
      break;
    case TELAR_VALUE_INTEGER:
    case TELAR_VALUE_REAL:
    case TELAR_VALUE_DURATION:
    case TELAR_VALUE_SIGNAL:
    default:
      sum += (guint64) value->integer;
      break;
    }
}

/* A function asks for its parameters by number, as the types that the catalogue says. */
static void
read_step (const TelarPlan *plan, const TelarPlanStep *step)
{
  unsigned             n_functions;
  const TelarFunction *function = &telar_catalogue (&n_functions)[step->function];

  sum += strlen (telar_plan_text (plan, step->text));
  for (unsigned i = 0; i < function->n_parameters; i++)
    {
      const TelarPlanValue *value;

      if (function->parameters[i].type == TELAR_VALUE_TEXTS)
        break;
      g_assert_cmpuint (i, <, step->n_values);
      value = telar_plan_value (plan, step->first_value + i);
      if (function->parameters[i].type == TELAR_VALUE_TEXT
          || function->parameters[i].type == TELAR_VALUE_FILE)
        sum += strlen (telar_plan_text (plan, value->first));
      else
        g_assert_cmpuint (value->type, ==, function->parameters[i].type);
    }
  for (uint32_t i = 0; i < step->n_values; i++)
    read_value (plan, telar_plan_value (plan, step->first_value + i));
}

static void
read_plan (const TelarPlan *plan)
{
  sum += strlen (telar_plan_text (plan, plan->name));
  sum += strlen (telar_plan_text (plan, plan->folder));
  for (uint32_t i = 0; i < plan->n_tasks; i++)
    {
      const TelarPlanTask *task = telar_plan_task (plan, i);

      sum += strlen (telar_plan_text (plan, task->id));
      sum += strlen (telar_plan_text (plan, task->title));
      for (uint32_t k = 0; k < task->n_children; k++)
        sum += telar_plan_links (plan, task->first_child)[k];
      for (uint32_t k = 0; k < task->n_after; k++)
        sum += telar_plan_task (plan, telar_plan_links (plan, task->first_after)[k])->kind;
      for (uint32_t k = 0; k < task->n_steps; k++)
        read_step (plan, telar_plan_step (plan, task->first_step + k));
    }
}

/* The memory that a run of it would share. */
static void
take_event (const TelarEvent *events, unsigned n, void *data)
{
  sum += n;
}

static void
share (const TelarPlan *plan)
{
  TelarShared *shared;
  TelarRings   rings;
  guint64      events = 0;

  for (uint32_t i = 0; i < plan->n_tasks; i++)
    events += telar_shared_capacity (plan, i);
  if (plan->n_tasks > MAX_TASKS || events > MAX_SHARED / sizeof (TelarEvent))
    return;
  shared = telar_shared_new (plan, NULL);
  g_assert_nonnull (shared);
  g_assert_true (telar_rings_init (&rings, shared, plan));
  telar_shared_open_ring (shared, plan, TELAR_MAIN);
  telar_rings_drain (&rings, take_event, NULL);
  telar_rings_finish (&rings, take_event, NULL);
  telar_rings_clear (&rings);
  telar_shared_free (shared);
}

int
LLVMFuzzerTestOneInput (const uint8_t *bytes, size_t size)
{
  static _Alignas (8) guint8 message[FRAME_MAX];
  Frames           frames = { bytes, size };
  TelarRunRequest  request;
  TelarMessageType type;
  const TelarPlan *plan = NULL;
  TelarPlan        head;
  gssize           length = frames_take (&frames, message);
  gsize            plan_size;
  int              pair[2], file, passed;

  if (length < 0 || socketpair (AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) != 0)
    return 0;
  /* What follows is the plan, as long as it says, and then short messages. */
  plan_size = frames.size;
  if (frames.size >= sizeof head)
    {
      memcpy (&head, frames.bytes, sizeof head);
      plan_size = MIN (frames.size, head.size);
    }
  file = memfd_create ("plan", MFD_CLOEXEC);
  g_assert_cmpint (write (file, frames.bytes, plan_size), ==, (gssize) plan_size);
  send_frame (pair[0], message, (gsize) length, file);
  close (file);
  frames.bytes += plan_size;
  frames.size -= plan_size;

  if (telar_inbox_take_run (pair[1], &request, &passed))
    {
      const char *wrong = telar_inbox_map_plan (passed, &plan);

      close (passed);
      if (wrong == NULL)
        {
          read_plan (plan);
          share (plan);
          munmap ((void *) plan, plan->size);
        }
    }
  while ((length = frames_take (&frames, message)) > 0)
    {
      send_frame (pair[0], message, (gsize) length, -1);
      g_assert_true (telar_inbox_take (pair[1], &type));
      g_assert_cmpuint (type, <=, TELAR_MESSAGE_ENDED);
    }
  close (pair[0]);
  g_assert_false (telar_inbox_take (pair[1], &type));
  close (pair[1]);
  return 0;
}

/* self.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "engine/self.h"

#include <sched.h>

#include "recorder/clock.h"

void
telar_self_record (TelarSelf *self, TelarEventKind kind, uint32_t task, int64_t value,
                   uint32_t detail, bool essential)
{
  telar_self_record_at (self, kind, task, value, detail, essential, telar_now_ns ());
}

void
telar_self_record_clock (TelarSelf *self, TelarEventKind kind, int64_t value, uint32_t detail,
                         bool essential)
{
  TelarEvent event = { .value = value, .task = self->number, .writer = self->number,
                       .kind = (uint16_t) kind, .detail = detail };

  /* The CPU clock costs a call into the kernel; without a record only the last one counts. */
  if (self->program->shared->records || kind == TELAR_EVENT_END)
    {
      event.cpu_ns = telar_thread_cpu_ns () + self->program_cpu_ns;
      event.core = (uint16_t) sched_getcpu ();
    }
  event.ns = telar_now_ns ();
  telar_ring_write (self->ring, essential, &event);
}

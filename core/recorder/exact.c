/* exact.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "recorder/exact.h"

#include <errno.h>
#include <linux/capability.h>
#include <linux/perf_event.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "recorder/cores.h"

/* The ring of a core begins at this size and is halved while the budget for
 * locked memory refuses it (kernel.perf_event_mlock_kb: 516 KiB a core and
 * user, one page of which is the header). */
#define MAX_DATA_PAGES 128u

#define BATCH 256

typedef struct
{
  int                          core;
  int                          descriptor;
  struct perf_event_mmap_page *header; /* mapped, then the data */
  size_t                       size;   /* of the mapping, bytes */
} Ring;

struct _TelarExact
{
  Ring    *rings; /* owned */
  unsigned n_rings;
  pid_t    self;
  uint64_t lost;
  char     whole[UINT16_MAX + 1]; /* a record that wraps, put together */
};

/* What sample_id_all adds to the end of each record. */
typedef struct
{
  uint32_t pid, tid;
  uint64_t time;
  uint32_t cpu, reserved;
} SampleId;

typedef struct
{
  uint32_t pid, ppid;
  uint32_t tid, ptid;
  uint64_t time;
} TaskRecord;

typedef struct
{
  TelarSwitch       switches[BATCH];
  unsigned          n;
  TelarSwitchesFunc take;
  void             *data;
} Batch;

static int
open_event (int core)
{
  struct perf_event_attr attributes = {
    .size = sizeof attributes,
    .type = PERF_TYPE_SOFTWARE,
    .config = PERF_COUNT_SW_DUMMY,
    .sample_type = PERF_SAMPLE_TID | PERF_SAMPLE_TIME | PERF_SAMPLE_CPU,
    .context_switch = 1,
    .task = 1,
    .comm = 1,
    .comm_exec = 1,
    .inherit = 1,
    .sample_id_all = 1,
    .exclude_kernel = 1,
    .exclude_hv = 1,
    .use_clockid = 1,
    .clockid = CLOCK_MONOTONIC,
  };

  return (int) syscall (SYS_perf_event_open, &attributes, 0, core, -1, PERF_FLAG_FD_CLOEXEC);
}

/* Returns: 0, or errno. */
static int
open_ring (Ring *ring, unsigned pages)
{
  ring->descriptor = open_event (ring->core);
  if (ring->descriptor < 0)
    return errno;
  ring->size = (1 + pages) * (size_t) getpagesize ();
  ring->header = mmap (NULL, ring->size, PROT_READ | PROT_WRITE, MAP_SHARED, ring->descriptor, 0);
  if (ring->header != MAP_FAILED)
    return 0;
  int error = errno;
  ring->header = NULL;
  close (ring->descriptor);
  ring->descriptor = -1;
  return error;
}

static void
close_rings (TelarExact *exact)
{
  for (unsigned i = 0; i < exact->n_rings; i++)
    {
      Ring *ring = &exact->rings[i];
      if (ring->header != NULL)
        munmap (ring->header, ring->size);
      if (ring->descriptor >= 0)
        close (ring->descriptor);
      ring->header = NULL;
      ring->descriptor = -1;
    }
}

/* All cores get rings of one size: the largest that the budget allows. A core
 * that went offline meanwhile (ENODEV) is passed over. */
static int
open_rings (TelarExact *exact)
{
  int error = ENOMEM;

  for (unsigned pages = MAX_DATA_PAGES; pages > 0; pages /= 2)
    {
      unsigned n_open = 0;
      error = 0;
      for (unsigned i = 0; i < exact->n_rings && (error == 0 || error == ENODEV); i++)
        {
          error = open_ring (&exact->rings[i], pages);
          n_open += error == 0;
        }
      if ((error == 0 || error == ENODEV) && n_open > 0)
        return 0;
      close_rings (exact);
      if (error != EPERM && error != ENOMEM && error != EMFILE)
        break;
    }
  return error;
}

static void
flush (Batch *batch)
{
  if (batch->n > 0)
    batch->take (batch->switches, batch->n, batch->data);
  batch->n = 0;
}

static void
add (Batch *batch, const TelarSwitch *record)
{
  batch->switches[batch->n++] = *record;
  if (batch->n == BATCH)
    flush (batch);
}

/* One record of the kernel into ours. Returns: whether it is one of the run's. */
static bool
read_record (TelarExact *exact, const Ring *ring, const struct perf_event_header *record,
             TelarSwitch *to)
{
  const char *body = (const char *) (record + 1);
  SampleId    id;

  if (record->size < sizeof *record + sizeof id)
    return false;
  memcpy (&id, (const char *) record + record->size - sizeof id, sizeof id);
  *to = (TelarSwitch){ .ns = (int64_t) id.time, .pid = (int32_t) id.pid, .tid = (int32_t) id.tid,
                       .core = (uint16_t) ring->core };
  switch (record->type)
    {
    case PERF_RECORD_SWITCH:
      to->kind = (record->misc & PERF_RECORD_MISC_SWITCH_OUT) == 0 ? TELAR_SWITCH_IN
                 : (record->misc & PERF_RECORD_MISC_SWITCH_OUT_PREEMPT) != 0
                     ? TELAR_SWITCH_PREEMPTED
                     : TELAR_SWITCH_OUT;
      break;
    case PERF_RECORD_FORK:
    case PERF_RECORD_EXIT:
      {
        TaskRecord task;
        if (record->size < sizeof *record + sizeof task + sizeof id)
          return false;
        memcpy (&task, body, sizeof task);
        to->kind = record->type == PERF_RECORD_FORK ? TELAR_SWITCH_FORK : TELAR_SWITCH_EXIT;
        to->pid = (int32_t) task.pid;
        to->tid = (int32_t) task.tid;
        to->by_pid = (int32_t) task.ppid;
        to->by = (int32_t) task.ptid;
        to->ns = (int64_t) task.time;
        break;
      }
    case PERF_RECORD_COMM:
      if ((record->misc & PERF_RECORD_MISC_COMM_EXEC) == 0)
        return false;
      to->kind = TELAR_SWITCH_EXEC;
      break;
    case PERF_RECORD_LOST:
      {
        uint64_t lost[2]; /* id, number */
        if (record->size < sizeof *record + sizeof lost + sizeof id)
          return false;
        memcpy (lost, body, sizeof lost);
        exact->lost += lost[1];
        to->kind = TELAR_SWITCH_LOST;
        to->by = lost[1] > INT32_MAX ? INT32_MAX : (int32_t) lost[1];
        return true;
      }
    default:
      return false;
    }
  return to->tid != exact->self;
}

static void
drain_ring (TelarExact *exact, Ring *ring, Batch *batch)
{
  struct perf_event_mmap_page *header = ring->header;
  const char                  *data = (const char *) header + header->data_offset;
  uint64_t                     size = header->data_size;
  uint64_t                     tail = header->data_tail;
  uint64_t                     head = __atomic_load_n (&header->data_head, __ATOMIC_ACQUIRE);

  while (head - tail >= sizeof (struct perf_event_header))
    {
      uint64_t                        at = tail % size;
      const struct perf_event_header *record = (const void *) (data + at);
      uint64_t                        length = record->size;
      TelarSwitch                     converted;

      if (length < sizeof *record || length > head - tail)
        break;
      if (at + length > size)
        {
          memcpy (exact->whole, data + at, size - at);
          memcpy (exact->whole + (size - at), data, length - (size - at));
          record = (const void *) exact->whole;
        }
      if (read_record (exact, ring, record, &converted))
        add (batch, &converted);
      tail += length;
    }
  __atomic_store_n (&header->data_tail, tail, __ATOMIC_RELEASE);
  flush (batch);
}

/* What was needed to open the records is not needed any more, and the tasks
 * shall not inherit it. */
void
telar_exact_give_up_right (void)
{
  struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
  struct __user_cap_data_struct   data[2] = { 0 };
  const unsigned                  perfmon = 38;

  if (geteuid () == 0 || syscall (SYS_capget, &header, data) != 0)
    return;
  uint32_t bit = 1u << (perfmon - 32);
  if ((data[1].permitted & bit) == 0)
    return;
  data[1].permitted &= ~bit;
  data[1].effective &= ~bit;
  data[1].inheritable &= ~bit;
  syscall (SYS_capset, &header, data);
}

TelarExact *
telar_exact_open (void)
{
  int         cores[TELAR_MAX_CORES];
  unsigned    n = telar_cores_online (cores);
  TelarExact *exact = calloc (1, sizeof *exact);

  if (exact == NULL)
    return NULL;
  exact->self = getpid ();
  exact->rings = calloc (n, sizeof *exact->rings);
  exact->n_rings = exact->rings != NULL ? n : 0;
  for (unsigned i = 0; i < exact->n_rings; i++)
    exact->rings[i] = (Ring){ .core = cores[i], .descriptor = -1 };

  int error = exact->rings != NULL ? open_rings (exact) : ENOMEM;
  telar_exact_give_up_right ();
  if (error == 0)
    return exact;
  telar_exact_close (exact);
  errno = error;
  return NULL;
}

void
telar_exact_close (TelarExact *exact)
{
  if (exact == NULL)
    return;
  close_rings (exact);
  free (exact->rings);
  free (exact);
}

void
telar_exact_drain (TelarExact *exact, TelarSwitchesFunc take, void *data)
{
  Batch batch = { .take = take, .data = data };

  for (unsigned i = 0; i < exact->n_rings; i++)
    if (exact->rings[i].header != NULL)
      drain_ring (exact, &exact->rings[i], &batch);
}

unsigned
telar_exact_n_cores (const TelarExact *exact)
{
  return exact->n_rings;
}

uint64_t
telar_exact_lost (const TelarExact *exact)
{
  return exact->lost;
}

int
telar_exact_probe (void)
{
  int  cores[TELAR_MAX_CORES];
  Ring ring = { .descriptor = -1 };

  telar_cores_online (cores);
  ring.core = cores[0];
  int error = open_ring (&ring, 1);
  if (error == 0)
    {
      munmap (ring.header, ring.size);
      close (ring.descriptor);
    }
  return error;
}

int
telar_exact_paranoid (void)
{
  FILE *file = fopen ("/proc/sys/kernel/perf_event_paranoid", "re");
  int   level = -100;

  if (file == NULL)
    return level;
  if (fscanf (file, "%d", &level) != 1)
    level = -100;
  fclose (file);
  return level;
}

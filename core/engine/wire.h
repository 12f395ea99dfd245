/* wire.h
 *
 * SPDX-License-Identifier: MIT
 *
 * What telar and telar-engine say to each other: SOCK_SEQPACKET messages, one
 * TelarMessage header each, on descriptor TELAR_ENGINE_FD of the engine. The
 * plan of a run travels as a sealed memory file beside the RUN message. One
 * engine serves one run and then ends. Native byte order. Libc only.
 *
 *   telar → engine   RUN (+ plan descriptor), STOP, HOLD, FLOW
 *   engine → telar   BEGUN, any of SWITCHES, SAMPLES, EVENTS, LOADS, LINES,
 *                    each batch closed by NOW, and ENDED; REFUSED instead of
 *                    BEGUN where nothing was started
 *
 * The end of the connection means that the other side died: the engine then
 * ends the run and itself; telar ends what the engine left (see reaper.h).
 */

#pragma once

#include <stdint.h>

#define TELAR_ENGINE_FD     3
#define TELAR_WIRE_VERSION  1
#define TELAR_MESSAGE_MAX   (64 * 1024) /* bytes, header included */
#define TELAR_BYTES_KEPT    (64ll << 20) /* of output a run, line ends included; then counted */
#define TELAR_LINES_KEPT    (2ll << 20)  /* lines a run: each costs telar some 130 bytes more */

typedef enum
{
  TELAR_MESSAGE_RUN = 1,
  TELAR_MESSAGE_STOP,
  TELAR_MESSAGE_HOLD,     /* send no more lines for now: who prints waits */
  TELAR_MESSAGE_FLOW,     /* send them again */
  TELAR_MESSAGE_BEGUN,
  TELAR_MESSAGE_REFUSED,
  TELAR_MESSAGE_SWITCHES, /* TelarSwitch[], of one core, in order of time */
  TELAR_MESSAGE_SAMPLES,  /* TelarSample[] */
  TELAR_MESSAGE_EVENTS,   /* TelarEvent[], of any writers; in order of time per writer */
  TELAR_MESSAGE_LOADS,    /* TelarLoad[] */
  TELAR_MESSAGE_LINE,     /* TelarLine, then its bytes */
  TELAR_MESSAGE_NOW,      /* TelarNow: everything before that time was sent */
  TELAR_MESSAGE_ENDED     /* TelarEnded */
} TelarMessageType;

typedef struct
{
  uint32_t type; /* TelarMessageType */
  uint32_t size; /* of what follows, bytes */
} TelarMessage;

typedef enum
{
  TELAR_SOURCE_OFF,
  TELAR_SOURCE_EXACT,
  TELAR_SOURCE_SAMPLED
} TelarSource;

typedef struct
{
  uint32_t version;
  uint32_t source;        /* TelarSource asked for */
  uint32_t source_forced; /* else exact may fall back to sampled */
  uint32_t stops_deadlocked; /* ends the run where no task of it can go on */
  int64_t  timeout_ns;    /* 0: none */
} TelarRunRequest;

typedef struct
{
  int64_t  zero_ns;     /* when the run began */
  int64_t  date;        /* the same as people date it: s since 1970, UTC; 0 where it is unknown */
  int64_t  period_ns;   /* between samples; 0 when not sampled */
  int32_t  main_pid;    /* also session and process group */
  uint32_t source;      /* TelarSource in use */
  int32_t  refusal;     /* errno of the kernel's refusal of exact records, or 0 */
  int32_t  paranoid;    /* kernel.perf_event_paranoid, or -100 where it is unknown */
  uint32_t autogroup;   /* the kernel schedules the run's session as a group */
  uint32_t n_cores;     /* of which records are read */
} TelarBegun;

typedef struct
{
  int32_t error;        /* errno, or 0 */
  char    what[124];    /* "fork", "plan: …" */
} TelarRefused;

/* `what` where a TelarPluginFault follows the TelarRefused. */
#define TELAR_REFUSED_PLUGIN "plug-in"

#define TELAR_LINE_CONTINUES 1u /* the line's rest follows in a later message */
#define TELAR_LINE_ERROR     2u /* no text: `error` is what the engine has to say */

#define TELAR_LINE_LIST      4u /* not printed: a list, the result of one of the task's steps */

typedef struct
{
  int64_t  ns;
  uint32_t task;
  uint16_t stream; /* TelarStream */
  uint16_t flags;
  uint32_t error;  /* TelarError with TELAR_LINE_ERROR */
  uint32_t about;  /* the task or the object it is about, or TELAR_NO_TASK */
} TelarLine;

typedef struct
{
  int64_t  ns;            /* complete up to here */
  uint64_t lost_records;  /* of the kernel, so far */
  uint64_t lost_events;   /* of tasks' rings, so far */
  uint64_t lost_bytes;    /* of output beyond what is kept, so far */
  uint64_t lost_lines;
} TelarNow;

typedef enum
{
  TELAR_ENDED_BY_ITSELF,
  TELAR_ENDED_STOPPED,
  TELAR_ENDED_TIMEOUT,
  TELAR_ENDED_DEADLOCK /* nobody could go on */
} TelarEndedReason;

typedef struct
{
  int64_t  ns;
  int32_t  main_exit; /* 0…255 or −signal */
  uint32_t reason;    /* TelarEndedReason */
  uint32_t n_killed;  /* processes that had to be ended at the end */
  uint32_t reserved;
} TelarEnded;

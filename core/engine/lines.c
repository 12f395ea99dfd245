/* lines.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "engine/lines.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include "engine/self.h"
#include "recorder/clock.h"

/* While so much waits for telar, tasks that print wait too. */
#define ENOUGH (1u << 20)

/* Messages taken before other work has its turn. */
#define TURN 512

#define PIECE (32 * 1024)

typedef struct
{
  int    read, write;
  /* A line that began and has not ended, and whose it is. */
  char   bytes[PIECE];
  size_t size;
  pid_t  pid;
} Stray;

struct _TelarLines
{
  const TelarPlan *plan;   /* borrowed */
  TelarShared     *shared; /* borrowed */
  TelarOutbox     *outbox; /* borrowed */
  int              read, write;
  Stray            strays[2]; /* by TelarStream */
  int64_t          kept_bytes;
  int64_t          kept_lines; /* whole ones and pieces */
  bool             full;       /* from the first that is not kept on, none is */
  uint8_t         *begun;      /* owned: by task and stream: a piece was kept, its line's end not */
  uint64_t         lost_lines;
  uint64_t         lost_bytes;
  char             message[sizeof (TelarLine) + PIECE];
};

static void
hand_on (TelarLines *lines, const TelarLine *line, const char *bytes, size_t size)
{
  bool whole = (line->flags & TELAR_LINE_CONTINUES) == 0;

  /* A line that lacks a piece is none, and what comes after a gap is no record. */
  lines->full |= lines->kept_bytes + (int64_t) size + whole > TELAR_BYTES_KEPT
                 || lines->kept_lines >= TELAR_LINES_KEPT;
  /* Why a task failed is short, and told in any case. */
  if ((lines->full && (line->flags & TELAR_LINE_ERROR) == 0)
      || !telar_outbox_send (lines->outbox, TELAR_MESSAGE_LINE, line, sizeof *line, bytes, size,
                             false))
    {
      lines->lost_lines += whole;
      lines->lost_bytes += size + whole;
      return;
    }
  lines->kept_bytes += (int64_t) size + whole;
  lines->kept_lines++;
  if ((line->flags & TELAR_LINE_LIST) == 0)
    lines->begun[line->task * 2 + line->stream] = !whole;
}

/* A line whose end its task did not live to print, or that came to the limit,
 * ends where it is. */
static void
end_begun (TelarLines *lines)
{
  for (uint32_t i = 0; i < lines->plan->n_tasks * 2; i++)
    if (lines->begun[i])
      {
        TelarLine line = { .ns = telar_now_ns (), .task = i / 2, .stream = i % 2,
                           .about = TELAR_NO_TASK };
        telar_outbox_send (lines->outbox, TELAR_MESSAGE_LINE, &line, sizeof line, NULL, 0, true);
        lines->begun[i] = 0;
      }
}

/* The task whose process (or whose program's parent's parent…) wrote. */
static uint32_t
task_of (TelarLines *lines, pid_t pid)
{
  for (uint32_t i = 0; i < lines->plan->n_tasks; i++)
    if (atomic_load (&telar_shared_row (lines->shared, i)->pid) == pid)
      return i;
  return TELAR_MAIN;
}

static void
end_stray (TelarLines *lines, TelarStream stream, uint16_t flags)
{
  Stray    *stray = &lines->strays[stream];
  TelarLine line = { .ns = telar_now_ns (), .task = task_of (lines, stray->pid),
                     .stream = (uint16_t) stream, .flags = flags, .about = TELAR_NO_TASK };

  hand_on (lines, &line, stray->bytes, stray->size);
  stray->size = 0;
}

static void
add_stray (TelarLines *lines, TelarStream stream, pid_t pid, const char *bytes, size_t size)
{
  Stray *stray = &lines->strays[stream];

  /* Another process takes the floor: what the first had begun is a line. */
  if (stray->size > 0 && stray->pid != pid)
    end_stray (lines, stream, 0);
  stray->pid = pid;
  for (size_t i = 0; i < size; i++)
    {
      if (bytes[i] == '\n')
        {
          end_stray (lines, stream, 0);
          continue;
        }
      if (stray->size == PIECE)
        end_stray (lines, stream, TELAR_LINE_CONTINUES);
      stray->bytes[stray->size++] = bytes[i];
    }
}

/* Returns: whether something came. */
static bool
take_stray (TelarLines *lines, TelarStream stream)
{
  char          bytes[4096];
  char          control[CMSG_SPACE (sizeof (struct ucred))];
  struct iovec  part = { bytes, sizeof bytes };
  struct msghdr message = { .msg_iov = &part, .msg_iovlen = 1, .msg_control = control,
                            .msg_controllen = sizeof control };
  ssize_t       size = recvmsg (lines->strays[stream].read, &message, MSG_DONTWAIT);
  struct ucred  writer = { 0 };

  if (size <= 0)
    return false;
  for (struct cmsghdr *part_of = CMSG_FIRSTHDR (&message); part_of != NULL;
       part_of = CMSG_NXTHDR (&message, part_of))
    if (part_of->cmsg_level == SOL_SOCKET && part_of->cmsg_type == SCM_CREDENTIALS)
      memcpy (&writer, CMSG_DATA (part_of), sizeof writer);
  add_stray (lines, stream, writer.pid, bytes, (size_t) size);
  return true;
}

static bool
take_line (TelarLines *lines)
{
  ssize_t   size = recv (lines->read, lines->message, sizeof lines->message, MSG_DONTWAIT);
  TelarLine line;

  if (size <= 0)
    return false;
  /* Any process of the run can write here: believe nothing. */
  if ((size_t) size < sizeof line)
    return true;
  memcpy (&line, lines->message, sizeof line);
  if (line.task >= lines->plan->n_tasks || line.stream > 1
      || (line.about >= lines->plan->n_tasks && line.about >= lines->plan->n_objects
          && line.about != TELAR_NO_TASK)
      || line.error >= TELAR_N_ERRORS)
    return true;
  hand_on (lines, &line, lines->message + sizeof line, (size_t) size - sizeof line);
  return true;
}

TelarLines *
telar_lines_new (const TelarPlan *plan, TelarShared *shared, TelarOutbox *outbox)
{
  TelarLines *lines = calloc (1, sizeof *lines);
  int         pair[2];
  int         yes = 1;

  if (lines == NULL)
    return NULL;
  *lines = (TelarLines){ .plan = plan, .shared = shared, .outbox = outbox, .read = -1, .write = -1,
                         .strays = { { .read = -1, .write = -1 }, { .read = -1, .write = -1 } },
                         .begun = calloc (plan->n_tasks, 2) };
  if (lines->begun == NULL)
    goto refused;
  if (socketpair (AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) != 0)
    goto refused;
  lines->read = pair[0];
  lines->write = pair[1];
  for (int stream = 0; stream < 2; stream++)
    {
      if (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
        goto refused;
      lines->strays[stream].read = pair[0];
      lines->strays[stream].write = pair[1];
      setsockopt (pair[0], SOL_SOCKET, SO_PASSCRED, &yes, sizeof yes);
    }
  return lines;

refused:
  yes = errno;
  telar_lines_free (lines);
  errno = yes;
  return NULL;
}

void
telar_lines_free (TelarLines *lines)
{
  if (lines == NULL)
    return;
  telar_lines_parent (lines);
  if (lines->read >= 0)
    close (lines->read);
  for (int stream = 0; stream < 2; stream++)
    if (lines->strays[stream].read >= 0)
      close (lines->strays[stream].read);
  free (lines->begun);
  free (lines);
}

bool
telar_lines_install (TelarLines *lines)
{
  /* Away from the places that are about to be taken. */
  int output = fcntl (lines->write, F_DUPFD_CLOEXEC, TELAR_FD_OUTPUT + 1);
  int out = fcntl (lines->strays[0].write, F_DUPFD_CLOEXEC, TELAR_FD_OUTPUT + 1);
  int err = fcntl (lines->strays[1].write, F_DUPFD_CLOEXEC, TELAR_FD_OUTPUT + 1);

  /* A program that a task executes has no business with the lines' socket. */
  return output >= 0 && out >= 0 && err >= 0 && dup2 (out, STDOUT_FILENO) >= 0
         && dup2 (err, STDERR_FILENO) >= 0 && dup3 (output, TELAR_FD_OUTPUT, O_CLOEXEC) >= 0;
}

void
telar_lines_parent (TelarLines *lines)
{
  if (lines->write >= 0)
    close (lines->write);
  lines->write = -1;
  for (int stream = 0; stream < 2; stream++)
    {
      if (lines->strays[stream].write >= 0)
        close (lines->strays[stream].write);
      lines->strays[stream].write = -1;
    }
}

int
telar_lines_descriptor (TelarLines *lines, unsigned index)
{
  return index == 0 ? lines->read : lines->strays[index - 1].read;
}

void
telar_lines_take (TelarLines *lines, bool all)
{
  for (unsigned i = 0; all || (i < TURN && lines->outbox->size < ENOUGH); i++)
    {
      bool came = take_line (lines);
      came |= take_stray (lines, TELAR_STREAM_OUT);
      came |= take_stray (lines, TELAR_STREAM_ERR);
      if (!came)
        break;
    }
}

void
telar_lines_flush (TelarLines *lines)
{
  for (int stream = 0; stream < 2; stream++)
    if (lines->strays[stream].size > 0)
      end_stray (lines, (TelarStream) stream, 0);
  end_begun (lines);
}

void
telar_lines_count (const TelarLines *lines, TelarNow *now)
{
  now->lost_lines += lines->lost_lines;
  now->lost_bytes += lines->lost_bytes;
}

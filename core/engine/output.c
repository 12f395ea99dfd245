/* output.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "engine/output.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>

#include "recorder/clock.h"

/* @first and @second are one text, in two places. */
static void
send_piece (TelarLine line, const char *first, size_t first_size, const char *second,
            size_t second_size)
{
  struct iovec  parts[3] = { { &line, sizeof line },
                             { (char *) first, first_size },
                             { (char *) second, second_size } };
  struct msghdr message = { .msg_iov = parts, .msg_iovlen = 3 };

  while (sendmsg (TELAR_FD_OUTPUT, &message, MSG_NOSIGNAL) < 0 && errno == EINTR)
    ;
}

/* Sends a line that is here in two stretches: what waited, and what came. */
static void
send_line (TelarSelf *self, TelarStream stream, const char *bytes, size_t size)
{
  TelarPartialLine *partial = &self->lines[stream];
  TelarLine         line = { .ns = telar_now_ns (), .task = self->number,
                             .stream = (uint16_t) stream, .flags = TELAR_LINE_CONTINUES,
                             .about = TELAR_NO_TASK };

  if (partial->size + size > TELAR_LINE_PIECE && partial->size > 0)
    {
      send_piece (line, partial->bytes, partial->size, NULL, 0);
      partial->size = 0;
    }
  while (size > TELAR_LINE_PIECE)
    {
      send_piece (line, bytes, TELAR_LINE_PIECE, NULL, 0);
      bytes += TELAR_LINE_PIECE;
      size -= TELAR_LINE_PIECE;
    }
  line.flags = 0;
  send_piece (line, partial->bytes, partial->size, bytes, size);
  partial->size = 0;
}

/* Keeps the beginning of a line; what is too long to keep goes out as a piece. */
static void
keep (TelarSelf *self, TelarStream stream, const char *bytes, size_t size)
{
  TelarPartialLine *partial = &self->lines[stream];
  TelarLine         line = { .ns = telar_now_ns (), .task = self->number,
                             .stream = (uint16_t) stream, .flags = TELAR_LINE_CONTINUES,
                             .about = TELAR_NO_TASK };

  if (partial->bytes == NULL && size > 0)
    partial->bytes = malloc (TELAR_LINE_PIECE);
  while (size > 0)
    {
      size_t room = partial->bytes != NULL ? TELAR_LINE_PIECE - partial->size : 0;
      size_t part = size < room ? size : room;

      if (partial->bytes == NULL)
        {
          /* No memory to wait in: the line goes out as it comes. */
          part = size < TELAR_LINE_PIECE ? size : TELAR_LINE_PIECE;
          send_piece (line, bytes, part, NULL, 0);
        }
      else
        {
          memcpy (partial->bytes + partial->size, bytes, part);
          partial->size += part;
          if (partial->size == TELAR_LINE_PIECE)
            {
              send_piece (line, partial->bytes, partial->size, NULL, 0);
              partial->size = 0;
            }
        }
      bytes += part;
      size -= part;
    }
}

void
telar_output_write (TelarSelf *self, TelarStream stream, const char *bytes, size_t size)
{
  const char *end;

  while ((end = memchr (bytes, '\n', size)) != NULL)
    {
      send_line (self, stream, bytes, (size_t) (end - bytes));
      size -= (size_t) (end + 1 - bytes);
      bytes = end + 1;
    }
  keep (self, stream, bytes, size);
}

void
telar_output_flush (TelarSelf *self)
{
  for (int stream = 0; stream < 2; stream++)
    {
      TelarPartialLine *partial = &self->lines[stream];

      if (partial->size > 0)
        send_line (self, (TelarStream) stream, NULL, 0);
      if (partial->bytes != NULL)
        free (partial->bytes);
      *partial = (TelarPartialLine){ 0 };
    }
}

void
telar_output_error (TelarSelf *self, TelarError error, uint32_t about)
{
  TelarLine line = { .ns = telar_now_ns (), .task = self->number, .stream = TELAR_STREAM_ERR,
                     .flags = TELAR_LINE_ERROR, .error = error, .about = about };

  send_piece (line, NULL, 0, NULL, 0);
}

void
telar_output_list (TelarSelf *self, const char *bytes, size_t size)
{
  TelarLine line = { .ns = telar_now_ns (), .task = self->number, .stream = TELAR_STREAM_OUT,
                     .flags = TELAR_LINE_LIST | TELAR_LINE_CONTINUES, .about = TELAR_NO_TASK };

  for (; size > TELAR_LINE_PIECE; size -= TELAR_LINE_PIECE, bytes += TELAR_LINE_PIECE)
    send_piece (line, bytes, TELAR_LINE_PIECE, NULL, 0);
  line.flags = TELAR_LINE_LIST;
  send_piece (line, bytes, size, NULL, 0);
}

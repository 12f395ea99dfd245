/* outlet.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include "app/outlet.h"

#include <errno.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib-unix.h>

/* A pipe that poll() calls writable takes this much without blocking. */
#define WRITE_SIZE 4096
/* Written before other events get their turn. */
#define TURN_SIZE (64 * 1024)
#define CHUNK_SIZE (64 * 1024)

/* Bytes that go to one descriptor. */
typedef struct
{
  int         fd;
  GByteArray *bytes;
  gsize       written;
} Chunk;

/* What has to come out in order. */
typedef struct
{
  TelarOutlet *outlet;
  GQueue       chunks;
  guint        source; /* waits for room; 0 when nothing waits */
} Channel;

struct _TelarOutlet
{
  Channel            channels[2];
  Channel           *of_stream[2]; /* the same one where both are the same file */
  guint              watch;        /* sees the reader of standard output go away */
  gsize              queued;
  TelarOutletState   state;
  int                error;
  TelarOutletChanged changed;      /* borrowed */
  gpointer           data;
};

static void
chunk_free (gpointer data)
{
  Chunk *chunk = data;

  g_byte_array_unref (chunk->bytes);
  g_free (chunk);
}

static void
channel_clear (Channel *channel)
{
  g_clear_handle_id (&channel->source, g_source_remove);
  g_queue_clear_full (&channel->chunks, chunk_free);
}

static void
fail (TelarOutlet *outlet, int error)
{
  if (outlet->state != TELAR_OUTLET_OPEN)
    return;
  outlet->state = error == EPIPE || error == ECONNRESET || error == EIO ? TELAR_OUTLET_CLOSED
                                                                        : TELAR_OUTLET_FAILED;
  outlet->error = error;
  outlet->queued = 0;
  for (int i = 0; i < 2; i++)
    g_queue_clear_full (&outlet->channels[i].chunks, chunk_free);
}

static gboolean
has_room (int fd)
{
  struct pollfd one = { .fd = fd, .events = POLLOUT };

  return poll (&one, 1, 0) > 0;
}

/* Writes what there is room for, one turn's worth at most. */
static void
write_some (Channel *channel)
{
  TelarOutlet *outlet = channel->outlet;
  gsize        turn = 0;
  Chunk       *chunk;

  while (turn < TURN_SIZE && (chunk = g_queue_peek_head (&channel->chunks)) != NULL
         && has_room (chunk->fd))
    {
      gsize   left = chunk->bytes->len - chunk->written;
      gssize  n = write (chunk->fd, chunk->bytes->data + chunk->written, MIN (left, WRITE_SIZE));

      if (n < 0 && (errno == EINTR || errno == EAGAIN))
        break;
      if (n < 0)
        {
          fail (outlet, errno);
          break;
        }
      chunk->written += (gsize) n;
      outlet->queued -= (gsize) n;
      turn += (gsize) n;
      if (chunk->written == chunk->bytes->len)
        chunk_free (g_queue_pop_head (&channel->chunks));
    }
}

static gboolean on_room (int fd, GIOCondition condition, gpointer data);

/* Waits for room on the descriptor of the first chunk. */
static void
wait_for_room (Channel *channel)
{
  const Chunk *chunk = g_queue_peek_head (&channel->chunks);

  if (channel->source == 0 && chunk != NULL)
    channel->source = g_unix_fd_add (chunk->fd, G_IO_OUT | G_IO_ERR | G_IO_HUP, on_room, channel);
}

static gboolean
on_room (int fd, GIOCondition condition, gpointer data)
{
  Channel     *channel = data;
  TelarOutlet *outlet = channel->outlet;

  channel->source = 0;
  write_some (channel);
  wait_for_room (channel);
  outlet->changed (outlet->data);
  return G_SOURCE_REMOVE;
}

static gboolean
on_reader_gone (int fd, GIOCondition condition, gpointer data)
{
  TelarOutlet *outlet = data;

  outlet->watch = 0;
  fail (outlet, EPIPE);
  outlet->changed (outlet->data);
  return G_SOURCE_REMOVE;
}

TelarOutlet *
telar_outlet_new (TelarOutletChanged changed, gpointer data)
{
  TelarOutlet *outlet = g_new0 (TelarOutlet, 1);
  struct stat  out, err;
  gboolean     known = fstat (STDOUT_FILENO, &out) == 0 && fstat (STDERR_FILENO, &err) == 0;
  gboolean     same = known && out.st_dev == err.st_dev && out.st_ino == err.st_ino;

  g_return_val_if_fail (changed != NULL, NULL);

  outlet->changed = changed;
  outlet->data = data;
  for (int i = 0; i < 2; i++)
    {
      outlet->channels[i].outlet = outlet;
      g_queue_init (&outlet->channels[i].chunks);
      outlet->of_stream[i] = &outlet->channels[same ? 0 : i];
    }
  if (known && S_ISFIFO (out.st_mode))
    outlet->watch = g_unix_fd_add (STDOUT_FILENO, G_IO_ERR, on_reader_gone, outlet);
  return outlet;
}

void
telar_outlet_free (TelarOutlet *outlet)
{
  if (outlet == NULL)
    return;
  g_clear_handle_id (&outlet->watch, g_source_remove);
  for (int i = 0; i < 2; i++)
    channel_clear (&outlet->channels[i]);
  g_free (outlet);
}

void
telar_outlet_write (TelarOutlet *outlet, TelarStream stream, const void *bytes, gsize size)
{
  Channel *channel;
  Chunk   *chunk;
  int      fd = stream == TELAR_STREAM_OUT ? STDOUT_FILENO : STDERR_FILENO;

  g_return_if_fail (outlet != NULL);

  if (outlet->state != TELAR_OUTLET_OPEN || size == 0)
    return;
  channel = outlet->of_stream[stream == TELAR_STREAM_OUT ? 0 : 1];
  chunk = g_queue_peek_tail (&channel->chunks);
  if (chunk == NULL || chunk->fd != fd || chunk->bytes->len >= CHUNK_SIZE)
    {
      chunk = g_new0 (Chunk, 1);
      chunk->fd = fd;
      chunk->bytes = g_byte_array_new ();
      g_queue_push_tail (&channel->chunks, chunk);
    }
  g_byte_array_append (chunk->bytes, bytes, (guint) size);
  outlet->queued += size;
  wait_for_room (channel);
}

gsize
telar_outlet_get_queued (TelarOutlet *outlet)
{
  g_return_val_if_fail (outlet != NULL, 0);

  return outlet->queued;
}

TelarOutletState
telar_outlet_get_state (TelarOutlet *outlet)
{
  g_return_val_if_fail (outlet != NULL, TELAR_OUTLET_FAILED);

  return outlet->state;
}

int
telar_outlet_get_error (TelarOutlet *outlet)
{
  g_return_val_if_fail (outlet != NULL, 0);

  return outlet->error;
}

/* outbox.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "engine/outbox.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>

typedef struct _TelarParcel
{
  struct _TelarParcel *next;
  size_t               size;
  char                 bytes[];
} TelarParcel;

/* Returns: whether it was sent (or never can be, as telar is gone). */
static bool
try_to_send (TelarOutbox *outbox, struct iovec *parts, int n)
{
  struct msghdr message = { .msg_iov = parts, .msg_iovlen = (size_t) n };

  while (!outbox->closed)
    {
      if (sendmsg (outbox->descriptor, &message, MSG_NOSIGNAL | MSG_DONTWAIT) >= 0)
        return true;
      if (errno == EAGAIN || errno == ENOBUFS || errno == ENOMEM)
        return false;
      if (errno != EINTR)
        outbox->closed = true;
    }
  return true;
}

static bool
keep (TelarOutbox *outbox, const struct iovec *parts, int n)
{
  size_t size = 0;

  for (int i = 0; i < n; i++)
    size += parts[i].iov_len;
  TelarParcel *parcel = malloc (sizeof *parcel + size);
  if (parcel == NULL)
    return false;
  *parcel = (TelarParcel){ .size = size };
  size = 0;
  for (int i = 0; i < n; i++)
    {
      if (parts[i].iov_len > 0)
        memcpy (parcel->bytes + size, parts[i].iov_base, parts[i].iov_len);
      size += parts[i].iov_len;
    }
  if (outbox->last != NULL)
    outbox->last->next = parcel;
  else
    outbox->first = parcel;
  outbox->last = parcel;
  outbox->size += size;
  return true;
}

bool
telar_outbox_send (TelarOutbox     *outbox,
                   TelarMessageType type,
                   const void      *body,
                   size_t           size,
                   const void      *more,
                   size_t           more_size,
                   bool             essential)
{
  TelarMessage header = { .type = type, .size = (uint32_t) (size + more_size) };
  struct iovec parts[3] = { { &header, sizeof header },
                            { (void *) body, size },
                            { (void *) more, more_size } };

  telar_outbox_flush (outbox);
  if (outbox->first == NULL && try_to_send (outbox, parts, 3))
    return true;
  if (outbox->size > TELAR_OUTBOX_MAX && !essential)
    return false;
  return keep (outbox, parts, 3);
}

void
telar_outbox_flush (TelarOutbox *outbox)
{
  while (outbox->first != NULL)
    {
      TelarParcel *parcel = outbox->first;
      struct iovec part = { parcel->bytes, parcel->size };

      if (!try_to_send (outbox, &part, 1))
        return;
      outbox->first = parcel->next;
      if (outbox->first == NULL)
        outbox->last = NULL;
      outbox->size -= parcel->size;
      free (parcel);
    }
}

void
telar_outbox_finish (TelarOutbox *outbox)
{
  telar_outbox_flush (outbox);
  while (outbox->first != NULL)
    {
      struct pollfd reading = { .fd = outbox->descriptor, .events = POLLOUT };
      poll (&reading, 1, 1000);
      telar_outbox_flush (outbox);
    }
}

/* outbox.h
 *
 * SPDX-License-Identifier: MIT
 *
 * Messages on their way to telar: sent at once while telar reads, kept in
 * order while it does not, so that the engine never waits for a window. What
 * would pile up beyond all measure (records, while telar is stopped) is
 * refused, for the caller to count. Libc only.
 */

#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "engine/wire.h"

#define TELAR_OUTBOX_MAX (64u << 20) /* bytes kept for a telar that does not read */

typedef struct
{
  int    descriptor;     /* borrowed */
  struct _TelarParcel *first, *last;
  size_t size;           /* bytes kept */
  bool   closed;         /* telar is gone */
} TelarOutbox;

/* @body may be NULL with @size 0; @more is appended to it. @essential messages
 * are kept whatever the size.
 * Returns: false where it was refused. */
bool telar_outbox_send  (TelarOutbox *outbox, TelarMessageType type, const void *body, size_t size,
                         const void *more, size_t more_size, bool essential);
/* Sends what is kept, as far as telar reads. */
void telar_outbox_flush (TelarOutbox *outbox);
/* Sends the rest, waiting for telar as long as it lives. */
void telar_outbox_finish (TelarOutbox *outbox);

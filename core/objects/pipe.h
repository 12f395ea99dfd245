/* pipe.h
 *
 * SPDX-License-Identifier: MIT
 *
 * Pipes: two ends, messages of bytes. In a one-way pipe end 0 receives and end
 * 1 sends, in the order in which the library that Telar follows gives them; in
 * a duplex one each end does both. Each way holds 65,536 bytes: who sends more
 * than that waits until enough was received.
 *
 * A task holds an end from the run's beginning (telar_pipe_hold()) until it
 * closes it or has ended. Where nobody holds the other end any more, what was
 * sent can still be received; then a receiver meets the end of file, and a
 * sender a broken pipe.
 */

#pragma once

#include "objects/object.h"

#define TELAR_PIPE_RECEIVES 0u /* the ends of a one-way pipe */
#define TELAR_PIPE_SENDS    1u

/* Before main is forked: @task may use @end. Nothing for an end or task that there is not. */
void telar_pipe_hold (TelarObjects *objects, uint32_t object, unsigned end, uint32_t task);

bool telar_pipe_holds (TelarObjects *objects, uint32_t object, unsigned end, uint32_t task);

/* Returns: DONE; CLOSED where nobody receives any more, or @party has closed @end; TOO_BIG
 * beyond 256 MiB; RANGE where @end does not send. */
TelarObjectOutcome telar_pipe_send (TelarObjects *objects, uint32_t object,
                                    const TelarParty *party, unsigned end, const void *bytes,
                                    size_t size);

/* Takes the first message that was sent to @end. @size: (out): its length.
 * Returns: DONE; TIMEOUT; CLOSED at the end of file, or where @party has closed @end; TOO_BIG: it
 * has more than @room bytes, and stays; RANGE where @end does not receive. */
TelarObjectOutcome telar_pipe_receive (TelarObjects *objects, uint32_t object,
                                       const TelarParty *party, unsigned end, void *bytes,
                                       size_t room, size_t *size, int64_t timeout_ns);

/* Waits until there is something to receive at @end, if only the end of file: the outcomes of
 * telar_pipe_receive(), which would not wait. */
TelarObjectOutcome telar_pipe_poll (TelarObjects *objects, uint32_t object,
                                    const TelarParty *party, unsigned end, int64_t timeout_ns);

/* Returns: DONE; CLOSED where @party did not hold @end; RANGE. */
TelarObjectOutcome telar_pipe_close (TelarObjects *objects, uint32_t object,
                                     const TelarParty *party, unsigned end);

/* output.h
 *
 * SPDX-License-Identifier: MIT
 *
 * What tasks print, on their side: whole lines, each in a message of its own
 * on one SOCK_SEQPACKET socket that all processes of a run share. The kernel
 * keeps messages whole and in order, so lines are never mixed, and a line
 * that was printed before its task ended comes before whatever its joiner
 * prints afterwards. A full socket blocks the writer.
 */

#pragma once

#include "engine/self.h"
#include "engine/wire.h"

/* Text of one message; longer lines go out in pieces. */
#define TELAR_LINE_PIECE (32 * 1024)

void telar_output_write (TelarSelf *self, TelarStream stream, const char *bytes, size_t size);
/* Sends what has no line end yet. */
void telar_output_flush (TelarSelf *self);
/* A step's result that is a list, as JSON. */
void telar_output_list (TelarSelf *self, const char *bytes, size_t size);
/* An error that telar words: @about is a task or TELAR_NO_TASK. */
void telar_output_error (TelarSelf *self, TelarError error, uint32_t about);

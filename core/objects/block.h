/* block.h
 *
 * SPDX-License-Identifier: MIT
 *
 * Shared memory blocks: bytes, zeros at first, which tasks read and write where
 * they like, and of which nothing says what they mean. Nothing protects them but
 * what their users agree on. What is read or written whole, where 1, 2, 4 or 8
 * bytes lie at a multiple of their number, is so for all others; elsewhere another
 * may see half of it.
 */

#pragma once

#include "objects/object.h"

uint64_t telar_block_size (const TelarObjects *objects, uint32_t object);

/* Returns: DONE, or RANGE where the block has not all of these @n bytes. */
TelarObjectOutcome telar_block_read  (TelarObjects *objects, uint32_t object, uint64_t offset,
                                      void *bytes, uint64_t n);
TelarObjectOutcome telar_block_write (TelarObjects *objects, uint32_t object,
                                      const TelarParty *party, uint64_t offset, const void *bytes,
                                      uint64_t n);

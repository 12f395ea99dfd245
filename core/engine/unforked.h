/* unforked.h
 *
 * SPDX-License-Identifier: MIT
 *
 * Memory that a fork does not copy, for what a parent alone needs. Ordinary
 * memory would be shared with the child until one of them writes to it, which
 * is a page fault for the parent after each fork. Children must not touch it.
 */

#pragma once

#include <stddef.h>

/* Returns: (nullable): zeroed. */
void *telar_unforked_new  (size_t size);
void  telar_unforked_free (void *memory, size_t size);

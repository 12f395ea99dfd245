/* growing-text.h
 *
 * SPDX-License-Identifier: MIT
 *
 * A text that is put together piece by piece, with numbers as JSON has them: the
 * lists that steps give back. Libc only.
 */

#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct
{
  char  *bytes; /* owned; not ended by NUL */
  size_t size;
  size_t room;
} TelarGrowingText;

/* Returns: false where there is no memory. */
bool telar_growing_text_add         (TelarGrowingText *text, const char *piece);
bool telar_growing_text_add_integer (TelarGrowingText *text, int64_t number);
/* With as few digits as tell it from every other; null where it is no number. */
bool telar_growing_text_add_real    (TelarGrowingText *text, double number);
void telar_growing_text_clear       (TelarGrowingText *text);

/* memory.h
 *
 * SPDX-License-Identifier: MIT
 *
 * How a number lies in a shared memory block, by a letter: for the functions on
 * blocks and for the checks of what they are given. Libc only.
 */

#pragma once

#include <stdbool.h>

typedef struct
{
  char     letter;  /* of the library's language: B, b, H, h, I, i, Q, q, f, d */
  unsigned size;    /* bytes */
  bool     is_real;
  double   minimum;
  double   beyond;  /* it is below that */
} TelarFormat;

/* Returns: NULL where there is no such format. */
const TelarFormat *telar_format_find (const char *text);
bool               telar_format_fits (const TelarFormat *format, double number);

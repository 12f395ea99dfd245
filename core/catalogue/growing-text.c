/* growing-text.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "catalogue/growing-text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool
telar_growing_text_add (TelarGrowingText *text, const char *piece)
{
  size_t size = strlen (piece);

  if (text->size + size > text->room)
    {
      size_t room = (text->size + size) * 2;
      char  *more = realloc (text->bytes, room);
      if (more == NULL)
        return false;
      text->bytes = more;
      text->room = room;
    }
  if (size > 0)
    memcpy (text->bytes + text->size, piece, size);
  text->size += size;
  return true;
}

bool
telar_growing_text_add_integer (TelarGrowingText *text, int64_t number)
{
  char digits[24];

  snprintf (digits, sizeof digits, "%lld", (long long) number);
  return telar_growing_text_add (text, digits);
}

bool
telar_growing_text_add_real (TelarGrowingText *text, double number)
{
  char digits[40] = "null";

  for (int n = 15; isfinite (number) && n <= 17; n++)
    {
      snprintf (digits, sizeof digits, "%.*g", n, number);
      if (strtod (digits, NULL) == number)
        break;
    }
  if (isfinite (number) && strpbrk (digits, ".e") == NULL)
    strcat (digits, ".0");
  return telar_growing_text_add (text, digits);
}

void
telar_growing_text_clear (TelarGrowingText *text)
{
  free (text->bytes);
  *text = (TelarGrowingText){ 0 };
}

/* numbers.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Functions on whole numbers: the seed's square and is_even, primes, and
 * Fibonacci numbers.
 */

#include "catalogue/functions.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define SEGMENT_BYTES 32768 /* odd numbers a segment: stays in a core's own cache */

/* The square of any int64_t has at most 39 digits. */
#define SQUARE_TEXT_SIZE 40

static const char *
format_wide (unsigned __int128 value, char text[SQUARE_TEXT_SIZE])
{
  char *p = text + SQUARE_TEXT_SIZE;

  *--p = '\0';
  do
    {
      *--p = (char) ('0' + (int) (value % 10));
      value /= 10;
    }
  while (value != 0);
  return p;
}

TelarResult
telar_function_square (TelarCall *call)
{
  size_t         n;
  const int64_t *numbers = telar_call_integers (call, 0, &n);
  int64_t        work = telar_call_duration (call, 1);

  for (size_t i = 0; i < n; i++)
    {
      __int128 x = numbers[i];
      char     text[SQUARE_TEXT_SIZE];

      telar_burn (work);
      telar_call_printf (call, TELAR_STREAM_OUT, "%lld squared is %s\n", (long long) numbers[i],
                         format_wide ((unsigned __int128) (x * x), text));
    }
  return telar_result_integer ((int64_t) n);
}

TelarResult
telar_function_is_even (TelarCall *call)
{
  size_t         n;
  const int64_t *numbers = telar_call_integers (call, 0, &n);
  int64_t        work = telar_call_duration (call, 1);
  int64_t        n_even = 0;

  for (size_t i = 0; i < n; i++)
    {
      telar_burn (work);
      if (numbers[i] % 2 != 0)
        continue;
      telar_call_printf (call, TELAR_STREAM_OUT, "%lld is an even number\n",
                         (long long) numbers[i]);
      n_even++;
    }
  return telar_result_integer (n_even);
}

/* Odd primes up to @limit, in @primes; small: up to the root of a limit. */
static size_t
list_odd_primes (int64_t limit, uint32_t *primes, uint8_t *composite)
{
  size_t n = 0;

  memset (composite, 0, (size_t) limit + 1);
  for (int64_t i = 3; i <= limit; i += 2)
    {
      if (composite[i])
        continue;
      primes[n++] = (uint32_t) i;
      for (int64_t j = i * i; j <= limit; j += 2 * i)
        composite[j] = 1;
    }
  return n;
}

/* Counts primes up to @limit, segment by segment: entry i of a segment that
 * begins at the odd number `low` is low + 2i. Each prime of the list carries on
 * from one segment to the next with the first multiple it has not struck. */
static int64_t
count_primes (int64_t limit, size_t n_list, const uint32_t *list, int64_t *multiples,
              uint8_t *segment)
{
  int64_t count = limit >= 2;

  for (size_t i = 0; i < n_list; i++)
    multiples[i] = (int64_t) list[i] * list[i];
  for (int64_t low = 3; low <= limit; low += 2 * SEGMENT_BYTES)
    {
      int64_t high = low + 2 * (SEGMENT_BYTES - 1);

      if (high > limit)
        high = limit;
      memset (segment, 1, SEGMENT_BYTES);
      for (size_t i = 0; i < n_list && (int64_t) list[i] * list[i] <= high; i++)
        {
          int64_t multiple = multiples[i];
          for (; multiple <= high; multiple += 2 * (int64_t) list[i])
            segment[(multiple - low) / 2] = 0;
          multiples[i] = multiple;
        }
      for (int64_t i = 0; i <= (high - low) / 2; i++)
        count += segment[i];
    }
  return count;
}

TelarResult
telar_function_primes (TelarCall *call)
{
  int64_t limit = telar_call_integer (call, 0);
  int64_t root = (int64_t) sqrt ((double) limit) + 1;
  size_t  size = (size_t) root + 1;
  /* One block: multiples, list, segment, and the small sieve that makes the list. */
  int64_t *multiples = malloc (size * (sizeof (int64_t) + sizeof (uint32_t) + 1) + SEGMENT_BYTES);
  int64_t  count;

  if (multiples == NULL)
    return telar_result_error (TELAR_ERROR_MEMORY);
  uint32_t *list = (uint32_t *) (multiples + size);
  uint8_t  *segment = (uint8_t *) (list + size);
  size_t    n_list = list_odd_primes (root, list, segment + SEGMENT_BYTES);

  count = count_primes (limit, n_list, list, multiples, segment);
  free (multiples);
  telar_call_printf (call, TELAR_STREAM_OUT, "%lld primes up to %lld\n", (long long) count,
                     (long long) limit);
  return telar_result_integer (count);
}

/* The definition itself, on purpose: its cost is what makes it a good task. */
static int64_t
fibonacci (int64_t n)
{
  return n < 2 ? n : fibonacci (n - 1) + fibonacci (n - 2);
}

TelarResult
telar_function_fibonacci (TelarCall *call)
{
  int64_t n = telar_call_integer (call, 0);
  int64_t value = fibonacci (n);

  telar_call_printf (call, TELAR_STREAM_OUT, "fibonacci(%lld) is %lld\n", (long long) n,
                     (long long) value);
  return telar_result_integer (value);
}

/* compute.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Functions that keep a core busy: matrices, the Mandelbrot set, chance, sorting.
 */

#include "catalogue/functions.h"

#include <stdlib.h>
#include <string.h>

/* The next number of a sequence that @state alone decides (splitmix64, Steele,
 * Lea and Flood 2014). */
static uint64_t
next_random (uint64_t *state)
{
  uint64_t z = *state += 0x9e3779b97f4a7c15u;

  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  return z ^ (z >> 31);
}

TelarResult
telar_function_matrix_multiply (TelarCall *call)
{
  size_t  size = (size_t) telar_call_integer (call, 0);
  double *a = calloc (3 * size * size, sizeof (double));
  double  trace = 0;

  if (a == NULL)
    return telar_result_error (TELAR_ERROR_MEMORY);
  double *b = a + size * size;
  double *product = b + size * size;

  /* Small whole numbers: the product is exact. */
  for (size_t i = 0; i < size; i++)
    for (size_t j = 0; j < size; j++)
      {
        a[i * size + j] = (double) ((3 * i + j) % 10);
        b[i * size + j] = (double) ((i + 7 * j) % 10);
      }
  /* Row by row in the inner loop, so that memory is read in its own order. */
  for (size_t i = 0; i < size; i++)
    for (size_t k = 0; k < size; k++)
      {
        double        factor = a[i * size + k];
        const double *row = b + k * size;
        double       *sum = product + i * size;

        for (size_t j = 0; j < size; j++)
          sum[j] += factor * row[j];
      }
  for (size_t i = 0; i < size; i++)
    trace += product[i * size + i];
  free (a);

  telar_call_printf (call, TELAR_STREAM_OUT, "%zu × %zu matrices multiplied, trace %lld\n", size,
                     size, (long long) trace);
  return telar_result_integer ((int64_t) trace);
}

TelarResult
telar_function_mandelbrot (TelarCall *call)
{
  int64_t size = telar_call_integer (call, 0);
  int64_t depth = telar_call_integer (call, 1);
  double  step = 2.5 / (double) size;
  int64_t n_inside = 0;

  for (int64_t row = 0; row < size; row++)
    for (int64_t column = 0; column < size; column++)
      {
        double  cr = -2.0 + ((double) column + 0.5) * step;
        double  ci = -1.25 + ((double) row + 0.5) * step;
        double  r = 0, i = 0, rr = 0, ii = 0;
        int64_t round = 0;

        for (; round < depth && rr + ii <= 4; round++)
          {
            i = 2 * r * i + ci;
            r = rr - ii + cr;
            rr = r * r;
            ii = i * i;
          }
        n_inside += rr + ii <= 4;
      }
  telar_call_printf (call, TELAR_STREAM_OUT, "%lld of %lld points are in the Mandelbrot set\n",
                     (long long) n_inside, (long long) (size * size));
  return telar_result_integer (n_inside);
}

TelarResult
telar_function_monte_carlo_pi (TelarCall *call)
{
  int64_t  samples = telar_call_integer (call, 0);
  uint64_t state = (uint64_t) telar_call_integer (call, 1);
  int64_t  inside = 0;

  for (int64_t n = 0; n < samples; n++)
    {
      double x = (double) (next_random (&state) >> 11) * 0x1p-53;
      double y = (double) (next_random (&state) >> 11) * 0x1p-53;

      inside += x * x + y * y < 1;
    }
  double pi = 4 * (double) inside / (double) samples;
  telar_call_printf (call, TELAR_STREAM_OUT, "pi is about %.6f\n", pi);
  return telar_result_real (pi);
}

/* Merges the sorted runs [begin, middle) and [middle, end) of @from into @to. */
static void
merge (const uint64_t *from, uint64_t *to, size_t begin, size_t middle, size_t end)
{
  size_t left = begin, right = middle;

  for (size_t i = begin; i < end; i++)
    if (left < middle && (right >= end || from[left] <= from[right]))
      to[i] = from[left++];
    else
      to[i] = from[right++];
}

/* Merges from the bottom up, without recursion; returns whichever of the two
 * arrays holds the result. */
static uint64_t *
merge_sort (uint64_t *numbers, uint64_t *spare, size_t n)
{
  for (size_t width = 1; width < n; width *= 2)
    {
      for (size_t begin = 0; begin < n; begin += 2 * width)
        {
          size_t middle = begin + width < n ? begin + width : n;
          size_t end = middle + width < n ? middle + width : n;
          merge (numbers, spare, begin, middle, end);
        }
      uint64_t *swap = numbers;
      numbers = spare;
      spare = swap;
    }
  return numbers;
}

TelarResult
telar_function_sort (TelarCall *call)
{
  size_t    n = (size_t) telar_call_integer (call, 0);
  uint64_t  state = (uint64_t) telar_call_integer (call, 1);
  uint64_t *numbers = malloc (2 * n * sizeof (uint64_t));

  if (numbers == NULL)
    return telar_result_error (TELAR_ERROR_MEMORY);
  for (size_t i = 0; i < n; i++)
    numbers[i] = next_random (&state) % 1000000000;

  const uint64_t *sorted = merge_sort (numbers, numbers + n, n);
  int64_t         smallest = (int64_t) sorted[0];
  int64_t         middle = (int64_t) sorted[n / 2];
  int64_t         largest = (int64_t) sorted[n - 1];
  free (numbers);

  telar_call_printf (call, TELAR_STREAM_OUT,
                     "%zu numbers sorted: smallest %lld, middle %lld, largest %lld\n", n,
                     (long long) smallest, (long long) middle, (long long) largest);
  return telar_result_integer (middle);
}

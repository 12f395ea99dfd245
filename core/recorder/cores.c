/* cores.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "recorder/cores.h"

#include <stdio.h>
#include <unistd.h>

unsigned
telar_cores_online (int *numbers)
{
  FILE    *file = fopen ("/sys/devices/system/cpu/online", "re");
  unsigned n = 0;
  int      first, last;

  /* "0-3,6,8-11" */
  while (file != NULL && fscanf (file, "%d", &first) == 1)
    {
      int separator = fgetc (file);
      last = first;
      if (separator == '-')
        {
          if (fscanf (file, "%d", &last) != 1)
            break;
          separator = fgetc (file);
        }
      for (int number = first; number <= last && n < TELAR_MAX_CORES; number++)
        if (number >= 0 && number < (int) TELAR_MAX_CORES)
          numbers[n++] = number;
      if (separator != ',')
        break;
    }
  if (file != NULL)
    fclose (file);

  /* Without /sys: as many as there are, from 0. */
  if (n == 0)
    {
      long online = sysconf (_SC_NPROCESSORS_ONLN);
      do
        {
          numbers[n] = (int) n;
          n++;
        }
      while (n < online && n < TELAR_MAX_CORES);
    }
  return n;
}

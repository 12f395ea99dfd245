/* unforked.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "engine/unforked.h"

#include <sys/mman.h>

void *
telar_unforked_new (size_t size)
{
  void *memory = mmap (NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

  if (memory == MAP_FAILED)
    return NULL;
  madvise (memory, size, MADV_DONTFORK);
  return memory;
}

void
telar_unforked_free (void *memory, size_t size)
{
  if (memory != NULL)
    munmap (memory, size);
}

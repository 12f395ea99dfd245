/* title.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "engine/title.h"

#include <string.h>
#include <sys/prctl.h>

/* The arguments lie in one stretch of the stack, one after the other; the
 * kernel shows what is written there, up to the first NUL, provided that the
 * stretch's last byte is not NUL. */
static char  *title_place;
static size_t title_room;
static size_t title_used; /* bytes that are not NUL */

void
telar_title_init (int argc, char **argv)
{
  if (argc < 1)
    return;
  title_place = argv[0];
  title_room = (size_t) (argv[argc - 1] + strlen (argv[argc - 1]) + 1 - argv[0]);
  title_used = title_room - 1;
  title_place[title_room - 1] = '.';
}

/* Written byte by byte: this is among the first things that a new process does,
 * and each page of the C library that it calls into is a page fault. */
static size_t
write_title (char *to, size_t room, const char *title)
{
  const char *const parts[] = { "telar: ", title };
  size_t            used = 0;

  for (int i = 0; i < 2; i++)
    for (const char *from = parts[i]; *from != '\0' && used + 1 < room; from++)
      to[used++] = *from;
  to[used] = '\0';
  return used;
}

void
telar_title_set_process (const char *title)
{
  char name[16];

  write_title (name, sizeof name, title);
  prctl (PR_SET_NAME, name);
  if (title_room < 16)
    return;

  size_t used = write_title (title_place, title_room - 1, title);
  for (size_t i = used; i < title_used; i++)
    title_place[i] = '\0';
  title_used = used;
}

void
telar_title_set_thread (const char *title)
{
  prctl (PR_SET_NAME, title);
}

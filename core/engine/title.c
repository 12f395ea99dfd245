/* title.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "engine/title.h"

#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>

/* The arguments lie in one stretch of the stack, one after the other; the
 * kernel shows what is written there, up to the first NUL, provided that the
 * stretch's last byte is not NUL. */
static char  *title_place;
static size_t title_room;

void
telar_title_init (int argc, char **argv)
{
  if (argc < 1)
    return;
  title_place = argv[0];
  title_room = (size_t) (argv[argc - 1] + strlen (argv[argc - 1]) + 1 - argv[0]);
}

void
telar_title_set_process (const char *title)
{
  char name[16];

  snprintf (name, sizeof name, "telar: %s", title);
  prctl (PR_SET_NAME, name);
  if (title_room < 16)
    return;

  int length = snprintf (title_place, title_room - 1, "telar: %s", title);
  if (length < 0)
    return;
  size_t used = (size_t) length < title_room - 2 ? (size_t) length : title_room - 2;
  memset (title_place + used, 0, title_room - 1 - used);
  title_place[title_room - 1] = '.';
}

void
telar_title_set_thread (const char *title)
{
  prctl (PR_SET_NAME, title);
}

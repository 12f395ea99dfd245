/* replace.c
 *
 * SPDX-License-Identifier: MIT
 *
 * A file is written beside its old self and takes its place when all of it is
 * on the disk.
 */

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "paint/export-private.h"

static gboolean
write_all (int fd, const char *data, gsize size)
{
  while (size > 0)
    {
      gssize n = write (fd, data, size);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return FALSE;
      data += n;
      size -= n;
    }
  return TRUE;
}

static gboolean
write_in_place (const char *file, const void *data, gsize size)
{
  int fd = open (file, O_WRONLY | O_CLOEXEC);
  gboolean done = fd >= 0 && write_all (fd, data, size);
  int saved = errno;

  if (fd >= 0 && close (fd) != 0 && done)
    return FALSE;
  errno = saved;
  return done;
}

static gboolean
write_beside (const char *file, const struct stat *old, const void *data, gsize size)
{
  g_autofree char *beside = g_strconcat (file, ".XXXXXX", NULL);
  int fd = g_mkstemp_full (beside, O_WRONLY | O_CLOEXEC, 0666);
  gboolean done;
  int saved;

  if (fd < 0)
    return FALSE;
  done = write_all (fd, data, size) && (old == NULL || fchmod (fd, old->st_mode & 07777) == 0)
         && fsync (fd) == 0;
  saved = errno;
  if (close (fd) != 0 && done)
    {
      done = FALSE;
      saved = errno;
    }
  if (done && g_rename (beside, file) != 0)
    {
      done = FALSE;
      saved = errno;
    }
  if (!done)
    g_unlink (beside);
  errno = saved;
  return done;
}

gboolean
telar_file_replace (const char *file, const void *data, gsize size, GError **error)
{
  struct stat old;
  gboolean exists = stat (file, &old) == 0;
  gboolean done;

  if (exists && S_ISDIR (old.st_mode))
    {
      done = FALSE;
      errno = EISDIR;
    }
  else if (exists && !S_ISREG (old.st_mode))
    done = write_in_place (file, data, size);
  else
    {
      /* A link stays a link: what it points at is replaced. */
      char *real = exists ? realpath (file, NULL) : NULL;

      if (exists && access (file, W_OK) != 0)
        done = FALSE;
      else
        done = write_beside (real != NULL ? real : file, exists ? &old : NULL, data, size);
      free (real);
    }
  if (!done)
    {
      int saved = errno;

      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (saved),
                   _("%s could not be written: %s"), file, g_strerror (saved));
    }
  return done;
}

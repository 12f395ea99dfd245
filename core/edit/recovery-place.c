/* recovery-place.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "edit/recovery-place.h"

char *
telar_recovery_folder (void)
{
  return g_build_filename (g_get_user_state_dir (), "telar", "recovery", NULL);
}

char *
telar_recovery_file (const char *key, const char *suffix)
{
  g_autofree char *folder = telar_recovery_folder ();
  g_autofree char *name = g_strconcat (key, suffix, NULL);

  return g_build_filename (folder, name, NULL);
}

static gboolean
is_same_file (int descriptor, const char *path)
{
  struct stat opened, named;

  return fstat (descriptor, &opened) == 0 && stat (path, &named) == 0
         && opened.st_dev == named.st_dev && opened.st_ino == named.st_ino;
}

int
telar_recovery_lock (const char *key)
{
  g_autofree char *path = telar_recovery_file (key, ".lock");

  for (;;)
    {
      int lock = open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

      if (lock < 0)
        return -1;
      if (flock (lock, LOCK_EX | LOCK_NB) != 0)
        {
          int saved = errno;
          close (lock);
          errno = saved;
          return -1;
        }
      /* who had it before may have removed it since it was opened */
      if (is_same_file (lock, path))
        return lock;
      close (lock);
    }
}

int
telar_recovery_lock_patiently (const char *key)
{
  int lock = telar_recovery_lock (key);

  for (int attempt = 0; lock < 0 && errno == EWOULDBLOCK && attempt < 20; attempt++)
    {
      g_usleep (5000);
      lock = telar_recovery_lock (key);
    }
  return lock;
}

void
telar_recovery_remove (const char *key)
{
  g_autofree char *file = telar_recovery_file (key, TELAR_RECOVERY_SUFFIX);
  g_autofree char *lock = telar_recovery_file (key, ".lock");

  g_unlink (file);
  g_unlink (lock);
}

TelarRecoveryPlace *
telar_recovery_place_new (const char *key, int lock)
{
  TelarRecoveryPlace *place = g_atomic_rc_box_new0 (TelarRecoveryPlace);

  g_mutex_init (&place->mutex);
  place->key = key != NULL ? g_strdup (key) : g_uuid_string_random ();
  place->lock = lock;
  return place;
}

static void
place_clear (gpointer data)
{
  TelarRecoveryPlace *place = data;

  if (place->lock >= 0)
    close (place->lock);
  g_mutex_clear (&place->mutex);
  g_free (place->key);
}

void
telar_recovery_place_unref (TelarRecoveryPlace *place)
{
  g_atomic_rc_box_release_full (place, place_clear);
}

void
telar_recovery_place_empty (TelarRecoveryPlace *place, guint n_begun)
{
  g_mutex_lock (&place->mutex);
  place->forbidden = n_begun;
  place->written = 0;
  if (place->lock >= 0)
    {
      telar_recovery_remove (place->key);
      close (place->lock);
      place->lock = -1;
    }
  g_mutex_unlock (&place->mutex);
}

/* run-shelf.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include "runfile/run-shelf.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

#include "runfile/run-reader.h"

/* Whoever puts a run there has its graph. */
#define NO_GRAPH "{}"

struct _TelarRunShelf
{
  gatomicrefcount  references;
  GMutex           lock;     /* one is put at a time */
  char            *name;     /* owned: the folder, for sentences */
  TelarBacking    *backing;  /* owned: the file */
  guint64          size;
};

TelarRunShelf *
telar_run_shelf_new (const char *folder, GError **error)
{
  g_autofree char *file = NULL;
  TelarRunShelf *shelf;
  int descriptor = -1;

  g_return_val_if_fail (folder != NULL, NULL);

  file = g_build_filename (folder, "runs.XXXXXX", NULL);
  if (g_mkdir_with_parents (folder, 0700) == 0)
    descriptor = g_mkstemp_full (file, O_RDWR | O_CLOEXEC, 0600);
  if (descriptor < 0)
    {
      g_set_error (error, TELAR_RUN_FILE_ERROR, TELAR_RUN_FILE_ERROR_IO,
                   _("The run could not be written to %s: %s."), folder, g_strerror (errno));
      return NULL;
    }
  /* Whatever becomes of this program, it leaves nothing behind. */
  unlink (file);
  shelf = g_new0 (TelarRunShelf, 1);
  g_atomic_ref_count_init (&shelf->references);
  g_mutex_init (&shelf->lock);
  shelf->name = g_strdup (folder);
  shelf->backing = telar_backing_new (descriptor);
  return shelf;
}

TelarRunShelf *
telar_run_shelf_ref (TelarRunShelf *shelf)
{
  g_atomic_ref_count_inc (&shelf->references);
  return shelf;
}

void
telar_run_shelf_unref (TelarRunShelf *shelf)
{
  if (!g_atomic_ref_count_dec (&shelf->references))
    return;
  telar_backing_unref (shelf->backing);
  g_mutex_clear (&shelf->lock);
  g_free (shelf->name);
  g_free (shelf);
}

/* Returns: (transfer full) (nullable): NULL also where it could not be read as it was. */
static TelarTimeline *
read_back (TelarRunShelf *shelf, guint64 size, const TelarWatch *watch, GError **error)
{
  g_autoptr (TelarRunFile) run
      = telar_run_file_open_part (shelf->name, shelf->backing, shelf->size, size, watch, error);

  if (run == NULL)
    return NULL;
  if (run->missing->len == 0)
    return g_steal_pointer (&run->timeline);
  g_set_error_literal (error, TELAR_RUN_FILE_ERROR, TELAR_RUN_FILE_ERROR_BROKEN,
                       run->missing->pdata[0]);
  return NULL;
}

TelarTimeline *
telar_run_shelf_put (TelarRunShelf *shelf, const TelarTimeline *timeline, const TelarWatch *watch,
                     GError **error)
{
  TelarTimeline *put = NULL;
  guint64 size = 0;

  g_return_val_if_fail (shelf != NULL && timeline != NULL && timeline->finished, NULL);

  g_mutex_lock (&shelf->lock);
  if (telar_run_file_append (shelf->name, shelf->backing, shelf->size, timeline, NO_GRAPH,
                             strlen (NO_GRAPH), watch, &size, error))
    put = read_back (shelf, size, NULL, error);
  if (put != NULL)
    shelf->size += size;
  else if (ftruncate (shelf->backing->file, (off_t) shelf->size) != 0)
    g_debug ("%s keeps what nobody needs", shelf->name);
  g_mutex_unlock (&shelf->lock);
  return put;
}

guint64
telar_run_shelf_size (TelarRunShelf *shelf)
{
  guint64 size;

  g_return_val_if_fail (shelf != NULL, 0);

  g_mutex_lock (&shelf->lock);
  size = shelf->size;
  g_mutex_unlock (&shelf->lock);
  return size;
}

static guint64
gain_of (const TelarPacked *packed)
{
  guint64 bytes = packed->tail->len * (guint64) telar_packed_item_size (packed);

  for (guint i = packed->n_stored; i < packed->blocks->len; i++)
    bytes += g_array_index (packed->blocks, TelarBlock, i).size;
  return bytes;
}

guint64
telar_run_shelf_gain (const TelarTimeline *timeline)
{
  guint64 bytes = 0;

  g_return_val_if_fail (timeline != NULL, 0);

  for (guint i = 0; i < timeline->cores->len; i++)
    bytes += gain_of (((TelarCoreLane *) timeline->cores->pdata[i])->slices);
  for (guint i = 0; i < timeline->tasks->len; i++)
    {
      const TelarTaskLane *lane = timeline->tasks->pdata[i];

      bytes += gain_of (lane->slices) + gain_of (lane->waits);
    }
  return bytes;
}

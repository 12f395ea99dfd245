/* window-shelf.c
 *
 * SPDX-License-Identifier: MIT
 *
 * A window keeps all runs of its session, but not all of them in memory: slices of
 * those that nobody looks at go into a file that is gone with the window. They are
 * shown from there as they would be from memory.
 */

#include "config.h"

#include "window/window-private.h"

#include <glib/gi18n-lib.h>

/* Slices and waits of all runs of a window: of some ten million. */
#define MOST_IN_MEMORY (64u << 20)

typedef struct
{
  TelarTimeline *timeline;  /* owned */
  TelarRunShelf *shelf;     /* owned, nullable: made in the thread where there is none */
} Shelving;

static void
shelving_free (gpointer data)
{
  Shelving *shelving = data;

  telar_timeline_unref (shelving->timeline);
  g_clear_pointer (&shelving->shelf, telar_run_shelf_unref);
  g_free (shelving);
}

static gpointer
shelve_in_thread (gpointer           data,
                  const TelarWatch  *watch,
                  GError           **error)
{
  Shelving *shelving = data;

  if (shelving->shelf == NULL)
    {
      g_autofree char *folder = g_build_filename (g_get_user_cache_dir (), "telar", NULL);

      shelving->shelf = telar_run_shelf_new (folder, error);
      if (shelving->shelf == NULL)
        return NULL;
    }

  return telar_run_shelf_put (shelving->shelf, shelving->timeline, watch, error);
}

/* Which runs are looked at, or go on. */
static TelarKeptRun *
find_run (TelarWindow *self)
{
  const TelarTimeline *used[4] = { NULL };
  guint                n = 0;

  if (self->shown)
    used[n++] = self->shown->timeline;
  if (self->compared)
    used[n++] = self->compared->timeline;
  if (self->run)
    used[n++] = telar_run_get_timeline (self->run);

  return telar_kept_run_to_put_aside (self->kept, used, MOST_IN_MEMORY);
}

static void
shelved (TelarWindow  *self,
         gpointer      result,
         gpointer      data,
         const GError *error)
{
  Shelving                 *shelving = data;
  g_autoptr (TelarTimeline) put = result;

  self->shelving = FALSE;
  if (put == NULL)
    {
      /* Nothing is lost: they stay where they are. */
      self->shelf_failed = TRUE;
      telar_error_bar_say (self->error_bar, TELAR_FAULT_WARNING,
                           _("Older runs stay in memory: there is no room for them on the disk"),
                           error->message);
      return;
    }

  for (guint i = 0; i < self->kept->len; i++)
    {
      TelarKeptRun *run = g_ptr_array_index (self->kept, i);

      if (run->timeline != shelving->timeline)
        continue;
      if (self->shelf == NULL)
        self->shelf = telar_run_shelf_ref (shelving->shelf);
      /* Somebody looks at it by now: it waits for the next time. */
      if (run == self->shown || run == self->compared)
        return;
      g_free (telar_kept_run_words (run));
      /* Those of the window, which may have changed since, and know if they are saved. */
      telar_timeline_share_bookmarks (put, run->timeline);
      telar_timeline_unref (run->timeline);
      run->timeline = g_steal_pointer (&put);
      telar_window_put_runs_aside (self);
      return;
    }
}

void
telar_window_put_runs_aside (TelarWindow *self)
{
  TelarKeptRun *run = self->shelving || self->shelf_failed ? NULL : find_run (self);
  Shelving     *shelving;

  if (run == NULL)
    return;

  self->shelving = TRUE;
  shelving = g_new0 (Shelving, 1);
  shelving->timeline = telar_timeline_ref (run->timeline);
  shelving->shelf = self->shelf ? telar_run_shelf_ref (self->shelf) : NULL;
  telar_window_begin_work (self, NULL, &(TelarWork) {
    .func = shelve_in_thread,
    .over = shelved,
    .data = shelving,
    .data_free = shelving_free,
    .result_free = (GDestroyNotify) telar_timeline_unref,
  });
}

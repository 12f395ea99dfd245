/* window-work.c
 *
 * SPDX-License-Identifier: MIT
 *
 * What takes long and is done in other threads: a bar says what it is, how far it
 * has come, and calls it off.
 */

#include "config.h"

#include "window/window-private.h"

#include <glib/gi18n-lib.h>

/* What is done sooner needs no word. */
#define SAID_AFTER_MS 300
#define SAID_EVERY_MS 100

/* Of the whole, in the number that threads share. */
#define PARTS 1000

typedef struct
{
  TelarWork     about;        /* its data is owned */
  TelarWindow  *window;       /* borrowed; NULL: it was closed */
  char         *title;        /* owned */
  GCancellable *cancellable;  /* owned */
  gint64        begun;        /* µs */
  gint          done;         /* atomic: parts of it */
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  if (work->about.data_free)
    work->about.data_free (work->about.data);
  g_object_unref (work->cancellable);
  g_free (work->title);
  g_free (work);
}

static void
note_progress (double   done,
               gpointer data)
{
  Work *work = data;

  g_atomic_int_set (&work->done, (gint) (done * PARTS));
}

static void
work_in_thread (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  Work       *work = data;
  TelarWatch  watch = { cancellable, note_progress, work };
  GError     *error = NULL;
  gpointer    result = work->about.func (work->about.data, &watch, &error);

  if (result)
    g_task_return_pointer (task, result, work->about.result_free);
  else
    g_task_return_error (task, error);
}

/* --- The bar --- */

/* Returns: (nullable): the one that is told of: the first that takes long. */
static Work *
get_said (TelarWindow *self)
{
  gint64 now = g_get_monotonic_time ();

  for (guint i = 0; i < self->works->len; i++)
    {
      Work *work = g_ptr_array_index (self->works, i);

      if (work->title == NULL)
        continue;
      if (now - work->begun >= SAID_AFTER_MS * 1000 || self->closes_after_work)
        return work;
    }

  return NULL;
}

static gboolean
show_work (gpointer data)
{
  TelarWindow *self = data;
  Work        *work = get_said (self);

  if (work == NULL)
    return G_SOURCE_CONTINUE;

  if (self->work_said != work)
    {
      self->work_said = work;
      telar_error_bar_tell (self->work_bar, work->title, NULL);
      telar_error_bar_add_button (self->work_bar, _("Cancel"), "win.cancel-work");
    }
  telar_error_bar_set_progress (self->work_bar,
                                (double) g_atomic_int_get (&work->done) / PARTS);

  return G_SOURCE_CONTINUE;
}

static void
forget_work (TelarWindow *self,
             Work        *work)
{
  if (!g_ptr_array_remove (self->works, work))
    return;

  if (self->work_said == work)
    {
      self->work_said = NULL;
      telar_error_bar_dismiss (self->work_bar);
    }
  if (self->works->len == 0)
    g_clear_handle_id (&self->work_source, g_source_remove);
}

/* --- Work --- */

static void
work_over (GObject      *source,
           GAsyncResult *result,
           gpointer      unused)
{
  Work               *work = g_task_get_task_data (G_TASK (result));
  TelarWindow        *self = work->window;
  g_autoptr (GError)  error = NULL;
  gpointer            made = g_task_propagate_pointer (G_TASK (result), &error);
  gboolean            closes;

  if (self == NULL)
    {
      if (made && work->about.result_free)
        work->about.result_free (made);
      return;
    }

  forget_work (self, work);
  closes = self->closes_after_work && !telar_window_must_stay (self);
  self->closes_after_work = self->closes_after_work && error == NULL;
  if (made || !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    work->about.over (self, made, work->about.data, error);
  if (closes && self->closes_after_work)
    {
      self->closes_after_work = FALSE;
      gtk_window_close (GTK_WINDOW (self));
    }
}

void
telar_window_begin_work (TelarWindow     *self,
                         const char      *title,
                         const TelarWork *about)
{
  g_autoptr (GTask)  task = NULL;
  Work              *work = g_new0 (Work, 1);

  work->about = *about;
  work->window = self;
  work->title = g_strdup (title);
  work->cancellable = g_cancellable_new ();
  work->begun = g_get_monotonic_time ();
  g_ptr_array_add (self->works, work);
  if (self->work_source == 0)
    self->work_source = g_timeout_add (SAID_EVERY_MS, show_work, self);

  task = g_task_new (NULL, work->cancellable, work_over, NULL);
  g_task_set_task_data (task, work, work_free);
  /* A file that is there in spite of a late Cancel is there. */
  if (about->keeps_window)
    g_task_set_check_cancellable (task, FALSE);
  else
    g_task_set_return_on_cancel (task, TRUE);
  g_task_run_in_thread (task, work_in_thread);
}

void
telar_window_cancel_work (TelarWindow *self)
{
  Work *work = self->work_said;

  if (work)
    g_cancellable_cancel (work->cancellable);
}

gboolean
telar_window_must_stay (TelarWindow *self)
{
  for (guint i = 0; i < self->works->len; i++)
    if (((Work *) g_ptr_array_index (self->works, i))->about.keeps_window)
      return TRUE;

  return FALSE;
}

gboolean
telar_window_close_after_work (TelarWindow *self)
{
  if (!telar_window_must_stay (self))
    return FALSE;

  /* Said again to whoever dismissed it. */
  self->closes_after_work = TRUE;
  self->work_said = NULL;
  show_work (self);

  return TRUE;
}

void
telar_window_work_init (TelarWindow *self)
{
  self->works = g_ptr_array_new ();
}

void
telar_window_work_dispose (TelarWindow *self)
{
  g_clear_handle_id (&self->work_source, g_source_remove);
  for (guint i = 0; self->works && i < self->works->len; i++)
    {
      Work *work = g_ptr_array_index (self->works, i);

      work->window = NULL;
      g_cancellable_cancel (work->cancellable);
    }
  self->work_said = NULL;
  g_clear_pointer (&self->works, g_ptr_array_unref);
}

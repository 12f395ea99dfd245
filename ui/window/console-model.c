/* console-model.c
 *
 * SPDX-License-Identifier: MIT
 *
 * By time, row n is line n. By task, each task that printed has a list of its
 * lines; `offsets` says in which row its heading stands, and is made again
 * when one has grown: as long as there are tasks, however many lines there are.
 */

#include "window/console-model.h"

/* When more tasks than this printed in one batch, the list is told once that
 * everything changed, instead of once a task. */
#define TELL_EACH 64

struct _TelarConsoleModel
{
  GObject        parent_instance;

  TelarTimeline *timeline; /* owned */
  guint          n_lines;  /* of the timeline, taken in so far */
  gboolean       by_task;

  GPtrArray     *printed;  /* owned: GArray of guint line numbers a task, or NULL */
  GArray        *shown;    /* guint: how many of them have rows so far */
  GArray        *offsets;  /* guint: first row of each task, and the number of rows */
};

static void list_model_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE (TelarConsoleRow, telar_console_row, G_TYPE_OBJECT)
G_DEFINE_FINAL_TYPE_WITH_CODE (TelarConsoleModel, telar_console_model, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

static void
telar_console_row_finalize (GObject *object)
{
  TelarConsoleRow *self = TELAR_CONSOLE_ROW (object);

  g_clear_pointer (&self->timeline, telar_timeline_unref);

  G_OBJECT_CLASS (telar_console_row_parent_class)->finalize (object);
}

static void
telar_console_row_class_init (TelarConsoleRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = telar_console_row_finalize;
}

static void
telar_console_row_init (TelarConsoleRow *self)
{
}

const TelarTextLine *
telar_console_row_get_line (TelarConsoleRow *self)
{
  g_return_val_if_fail (TELAR_IS_CONSOLE_ROW (self), NULL);

  if (self->line == G_MAXUINT)
    return NULL;

  return g_ptr_array_index (self->timeline->lines, self->line);
}

static void
lines_free (gpointer data)
{
  if (data)
    g_array_unref (data);
}

static guint
offset_of (TelarConsoleModel *self,
           guint              task)
{
  return g_array_index (self->offsets, guint, task);
}

/* The task in whose stretch of rows @row lies. */
static guint
task_at (TelarConsoleModel *self,
         guint              row)
{
  guint low = 0, high = self->printed->len;

  while (high - low > 1)
    {
      guint middle = (low + high) / 2;

      if (offset_of (self, middle) <= row)
        low = middle;
      else
        high = middle;
    }

  return low;
}

static void
make_offsets (TelarConsoleModel *self)
{
  guint row = 0;

  g_array_set_size (self->offsets, self->printed->len + 1);

  for (guint task = 0; task < self->printed->len; task++)
    {
      guint shown = g_array_index (self->shown, guint, task);

      g_array_index (self->offsets, guint, task) = row;
      row += shown > 0 ? 1 + shown : 0;
    }

  g_array_index (self->offsets, guint, self->printed->len) = row;
}

/* Adds the line to its task's; the task to @grown when it is its first new one. */
static void
take_in (TelarConsoleModel *self,
         guint              line,
         GArray            *grown)
{
  const TelarTextLine *text = g_ptr_array_index (self->timeline->lines, line);
  guint                task = MIN (text->task, self->printed->len - 1);
  GArray              *lines = g_ptr_array_index (self->printed, task);

  if (lines == NULL)
    {
      lines = g_array_new (FALSE, FALSE, sizeof (guint));
      g_ptr_array_index (self->printed, task) = lines;
    }

  if (lines->len == g_array_index (self->shown, guint, task))
    g_array_append_val (grown, task);
  g_array_append_val (lines, line);
}

static void
show_all_of (TelarConsoleModel *self,
             guint              task)
{
  const GArray *lines = g_ptr_array_index (self->printed, task);

  g_array_index (self->shown, guint, task) = lines->len;
}

static guint
telar_console_model_get_n_items (GListModel *list)
{
  TelarConsoleModel *self = TELAR_CONSOLE_MODEL (list);

  return self->by_task ? offset_of (self, self->printed->len) : self->n_lines;
}

static GType
telar_console_model_get_item_type (GListModel *list)
{
  return TELAR_TYPE_CONSOLE_ROW;
}

static gpointer
telar_console_model_get_item (GListModel *list,
                              guint       position)
{
  TelarConsoleModel *self = TELAR_CONSOLE_MODEL (list);
  TelarConsoleRow   *row;

  if (position >= telar_console_model_get_n_items (list))
    return NULL;

  row = g_object_new (TELAR_TYPE_CONSOLE_ROW, NULL);
  row->timeline = telar_timeline_ref (self->timeline);

  if (self->by_task)
    {
      guint         task = task_at (self, position);
      guint         inside = position - offset_of (self, task);
      const GArray *lines = g_ptr_array_index (self->printed, task);

      row->task = task;
      row->line = inside == 0 ? G_MAXUINT : g_array_index (lines, guint, inside - 1);
    }
  else
    {
      row->line = position;
      row->task = telar_console_row_get_line (row)->task;
    }

  return row;
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = telar_console_model_get_item_type;
  iface->get_n_items = telar_console_model_get_n_items;
  iface->get_item = telar_console_model_get_item;
}

static void
telar_console_model_finalize (GObject *object)
{
  TelarConsoleModel *self = TELAR_CONSOLE_MODEL (object);

  g_clear_pointer (&self->timeline, telar_timeline_unref);
  g_ptr_array_unref (self->printed);
  g_array_unref (self->shown);
  g_array_unref (self->offsets);

  G_OBJECT_CLASS (telar_console_model_parent_class)->finalize (object);
}

static void
telar_console_model_class_init (TelarConsoleModelClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = telar_console_model_finalize;
}

static void
telar_console_model_init (TelarConsoleModel *self)
{
  self->printed = g_ptr_array_new_with_free_func (lines_free);
  self->shown = g_array_new (FALSE, TRUE, sizeof (guint));
  self->offsets = g_array_new (FALSE, TRUE, sizeof (guint));
  make_offsets (self);
}

TelarConsoleModel *
telar_console_model_new (void)
{
  return g_object_new (TELAR_TYPE_CONSOLE_MODEL, NULL);
}

void
telar_console_model_set_timeline (TelarConsoleModel *self,
                                  TelarTimeline     *timeline)
{
  guint before;

  g_return_if_fail (TELAR_IS_CONSOLE_MODEL (self));

  if (self->timeline == timeline)
    return;

  before = telar_console_model_get_n_items (G_LIST_MODEL (self));
  g_clear_pointer (&self->timeline, telar_timeline_unref);
  self->timeline = timeline ? telar_timeline_ref (timeline) : NULL;
  self->n_lines = 0;
  g_ptr_array_set_size (self->printed, 0);
  g_array_set_size (self->shown, 0);
  if (timeline)
    {
      g_ptr_array_set_size (self->printed, (int) timeline->tasks->len);
      g_array_set_size (self->shown, timeline->tasks->len);
    }
  make_offsets (self);

  g_list_model_items_changed (G_LIST_MODEL (self), 0, before, 0);
}

void
telar_console_model_set_by_task (TelarConsoleModel *self,
                                 gboolean           by_task)
{
  guint before;

  g_return_if_fail (TELAR_IS_CONSOLE_MODEL (self));

  by_task = !!by_task;
  if (self->by_task == by_task)
    return;

  before = telar_console_model_get_n_items (G_LIST_MODEL (self));
  self->by_task = by_task;
  g_list_model_items_changed (G_LIST_MODEL (self), 0, before,
                              telar_console_model_get_n_items (G_LIST_MODEL (self)));
}

/* The rows of each task that grew appear one task after the other, so that the
 * list is told the truth about every row at every moment. */
static void
show_growth (TelarConsoleModel *self,
             const GArray      *grown)
{
  for (guint i = 0; i < grown->len; i++)
    {
      guint task = g_array_index (grown, guint, i);
      guint old_end = offset_of (self, task + 1);

      show_all_of (self, task);
      make_offsets (self);
      g_list_model_items_changed (G_LIST_MODEL (self), old_end, 0,
                                  offset_of (self, task + 1) - old_end);
    }
}

gboolean
telar_console_model_update (TelarConsoleModel *self,
                            guint              most)
{
  g_autoptr (GArray) grown = g_array_new (FALSE, FALSE, sizeof (guint));
  guint              old, end, rows;

  g_return_val_if_fail (TELAR_IS_CONSOLE_MODEL (self), FALSE);

  if (self->timeline == NULL || self->printed->len == 0)
    return FALSE;

  old = self->n_lines;
  end = MIN (self->timeline->lines->len, old + most);
  if (end == old)
    return FALSE;

  for (guint line = old; line < end; line++)
    take_in (self, line, grown);
  self->n_lines = end;

  if (self->by_task && grown->len <= TELL_EACH)
    {
      show_growth (self, grown);
      return TRUE;
    }

  rows = offset_of (self, self->printed->len);
  for (guint i = 0; i < grown->len; i++)
    show_all_of (self, g_array_index (grown, guint, i));
  make_offsets (self);

  if (self->by_task)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, rows, offset_of (self, self->printed->len));
  else
    g_list_model_items_changed (G_LIST_MODEL (self), old, 0, end - old);

  return TRUE;
}

guint
telar_console_model_get_n_waiting (TelarConsoleModel *self)
{
  g_return_val_if_fail (TELAR_IS_CONSOLE_MODEL (self), 0);

  return self->timeline ? self->timeline->lines->len - self->n_lines : 0;
}

guint
telar_console_model_find_task (TelarConsoleModel *self,
                               guint32            task)
{
  const GArray *lines;

  g_return_val_if_fail (TELAR_IS_CONSOLE_MODEL (self), G_MAXUINT);

  if (task >= self->printed->len || (lines = g_ptr_array_index (self->printed, task)) == NULL)
    return G_MAXUINT;

  return self->by_task ? offset_of (self, task) : g_array_index (lines, guint, 0);
}

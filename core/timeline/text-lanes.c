/* text-lanes.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include "timeline/text-lanes.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
#define N_LETTERS   (G_N_ELEMENTS (letters) - 1)
#define OTHER_TASK  '#' /* beyond the letters */
#define MIN_CELLS   10

/* Who was longest on a core in each cell of time. */
typedef struct
{
  const TelarTimeline *timeline; /* borrowed */
  guint    n_cells;
  gint64   span;
  guint32 *best;                 /* owned, [core lane * n_cells + cell]; TELAR_NO_TASK: nobody */
  guint8  *letter;               /* owned, [task]: its number + 1, or 0 */
  guint    n_letters;
} Grid;

static gint64
cell_begin (const Grid *grid, guint cell)
{
  return (gint64) ((double) grid->span * cell / grid->n_cells);
}

/* Of more than these in one cell, who dominates is left to the lane's sums. */
#define MANY_SLICES 1024

/* The task with most time among the slices from @at on that begin before @end.
 * @time: scratch, [task], all zero and left so. */
static guint32
longest_in (const TelarSlices *slices, guint at, gint64 begin, gint64 end, gint64 *time)
{
  guint32 best = TELAR_NO_TASK;
  guint i;

  for (i = at; i < slices->len && telar_slices_at (slices, i).begin < end; i++)
    {
      const TelarSlice one = telar_slices_at (slices, i), *slice = &one;

      time[slice->task] += MIN (slice->end, end) - MAX (slice->begin, begin);
      if (best == TELAR_NO_TASK || time[slice->task] > time[best])
        best = slice->task;
    }
  while (i > at)
    time[telar_slices_at (slices, --i).task] = 0;
  return best;
}

static void
grid_init (Grid *grid, const TelarTimeline *timeline, guint n_cells)
{
  g_autofree gint64 *time = g_new0 (gint64, timeline->tasks->len);

  *grid = (Grid){
    .timeline = timeline,
    .n_cells = n_cells,
    .span = MAX (timeline->wall, 1),
    .best = g_new (guint32, (gsize) MAX (timeline->cores->len, 1) * n_cells),
    .letter = g_new0 (guint8, timeline->tasks->len),
  };
  for (guint i = 0; i < timeline->cores->len; i++)
    {
      const TelarCoreLane *lane = g_ptr_array_index (timeline->cores, i);

      for (guint cell = 0; cell < n_cells; cell++)
        {
          gint64 begin = cell_begin (grid, cell);
          gint64 end = cell_begin (grid, cell + 1);
          TelarRangeSum sum = telar_packed_sum (lane->slices, begin, end);
          guint32 best = sum.n > MANY_SLICES
                           ? sum.task
                           : longest_in (lane->slices, telar_slices_find (lane->slices, begin),
                                         begin, end, time);

          grid->best[i * n_cells + cell] = best;
          if (best != TELAR_NO_TASK)
            grid->letter[best] = 1;
        }
    }
  /* Letters in the order of the tasks. */
  for (guint i = 0; i < timeline->tasks->len; i++)
    if (grid->letter[i] != 0)
      grid->letter[i] = grid->n_letters < N_LETTERS ? (guint8) ++grid->n_letters : 0;
}

static void
grid_clear (Grid *grid)
{
  g_free (grid->best);
  g_free (grid->letter);
}

static gboolean
is_used (const TelarTimeline *timeline, guint lane)
{
  return ((TelarCoreLane *) g_ptr_array_index (timeline->cores, lane))->slices->len > 0;
}

/* Pads or is as it is: @text in @width places. */
static void
append_padded (GString *text, const char *part, glong width)
{
  g_string_append (text, part);
  for (glong n = g_utf8_strlen (part, -1); n < width; n++)
    g_string_append_c (text, ' ');
}

static void
append_row (GString *text, const Grid *grid, guint lane, glong label_width, gboolean unicode)
{
  const TelarCoreLane *core = g_ptr_array_index (grid->timeline->cores, lane);
  const char *side = unicode ? "│" : "|";
  g_autofree char *label = g_strdup_printf (_("Core %d"), core->number);

  append_padded (text, label, label_width);
  g_string_append (text, side);
  for (guint cell = 0; cell < grid->n_cells; cell++)
    {
      guint32 task = grid->best[lane * grid->n_cells + cell];

      if (task == TELAR_NO_TASK)
        g_string_append (text, unicode ? "·" : ".");
      else
        g_string_append_c (text, grid->letter[task] > 0 ? letters[grid->letter[task] - 1]
                                                        : OTHER_TASK);
    }
  g_string_append_printf (text, "%s %3.0f %%\n", side,
                          100.0 * (double) core->busy_ns / (double) grid->span);
}

/* "0 … 84 ms" below the rows. */
static void
append_ruler (GString *text, const Grid *grid, glong label_width)
{
  g_autofree char *end = telar_time_format (grid->span);
  glong room = (glong) grid->n_cells - 1 - g_utf8_strlen (end, -1);

  append_padded (text, "", label_width + 1);
  g_string_append_c (text, '0');
  append_padded (text, "", MAX (room, 1));
  g_string_append_printf (text, "%s\n", end);
}

/* Puts entries beside each other as long as they fit. */
static void
append_entry (GString *text, gsize *line, const char *entry, guint columns)
{
  glong used = g_utf8_strlen (text->str + *line, -1);

  if (used > 0 && used + 2 + g_utf8_strlen (entry, -1) > (glong) columns)
    {
      g_string_append_c (text, '\n');
      *line = text->len;
    }
  else if (used > 0)
    g_string_append (text, "  ");
  g_string_append (text, entry);
}

static void
append_legend (GString *text, const Grid *grid, guint columns, gboolean unicode)
{
  const TelarTimeline *timeline = grid->timeline;
  g_autofree char *nobody = g_strdup_printf ("%s %s", unicode ? "·" : ".", _("not this run"));
  g_autoptr (GString) unseen = g_string_new (NULL);
  gboolean more = FALSE;
  gsize line = text->len;

  for (guint i = 0; i < timeline->tasks->len; i++)
    {
      const TelarTaskLane *task = g_ptr_array_index (timeline->tasks, i);

      if (task->slices->len == 0 || task->kind == TELAR_KIND_CALL)
        continue;
      if (grid->letter[i] > 0)
        {
          g_autofree char *entry = g_strdup_printf ("%c %s", letters[grid->letter[i] - 1],
                                                    task->title);
          append_entry (text, &line, entry, columns);
        }
      else if (grid->n_letters == N_LETTERS)
        more = TRUE;
      else
        g_string_append_printf (unseen, "%s%s", unseen->len > 0 ? ", " : "", task->id);
    }
  if (more)
    {
      g_autofree char *entry = g_strdup_printf ("%c %s", OTHER_TASK, _("other tasks"));
      append_entry (text, &line, entry, columns);
    }
  append_entry (text, &line, nobody, columns);
  g_string_append_c (text, '\n');
  if (unseen->len > 0)
    {
      g_string_append_printf (text, _("Too short to show here: %s"), unseen->str);
      g_string_append_c (text, '\n');
    }
}

char *
telar_text_lanes (const TelarTimeline *timeline, guint columns, gboolean unicode)
{
  GString *text = g_string_new (NULL);
  glong label_width = 0;
  guint unused = 0;
  Grid grid;

  g_return_val_if_fail (timeline != NULL, NULL);

  for (guint i = 0; i < timeline->cores->len; i++)
    {
      const TelarCoreLane *core = g_ptr_array_index (timeline->cores, i);
      g_autofree char *label = g_strdup_printf (_("Core %d"), core->number);

      label_width = MAX (label_width, g_utf8_strlen (label, -1) + 1);
      unused += is_used (timeline, i) ? 0 : 1;
    }
  if (timeline->cores->len == unused)
    return g_string_free (text, FALSE);

  grid_init (&grid, timeline, (guint) MAX (MIN_CELLS, (glong) columns - label_width - 8));
  for (guint i = 0; i < timeline->cores->len; i++)
    if (is_used (timeline, i))
      append_row (text, &grid, i, label_width, unicode);
  append_ruler (text, &grid, label_width);
  if (unused > 0)
    g_string_append_printf (text,
                            g_dngettext (GETTEXT_PACKAGE, "%u core was not used by this run\n",
                                         "%u cores were not used by this run\n", unused),
                            unused);
  append_legend (text, &grid, columns, unicode);
  grid_clear (&grid);
  return g_string_free (text, FALSE);
}

/* Summary */

static void
append_took (GString *text, const TelarTimeline *timeline)
{
  g_autofree char *wall = telar_time_format (timeline->wall);
  g_autofree char *source = telar_timeline_describe_source (timeline);

  if (timeline->begun.source == TELAR_SOURCE_OFF)
    g_string_append_printf (text, _("Took %s; cores were not recorded"), wall);
  else
    g_string_append_printf (text, _("Took %s, %.1f of %u cores in use, %s"), wall,
                            telar_timeline_cores_in_use (timeline), timeline->cores->len, source);
  g_string_append_c (text, '\n');
}

/* Short runs show it best: making a task costs, too. */
static void
append_proportion (GString *text, const TelarTimeline *timeline)
{
  gint64 starting, work;

  if (telar_timeline_was_starting (timeline, &starting, &work))
    {
      g_autofree char *start = telar_time_format (starting);
      g_autofree char *run = telar_time_format (work);

      g_string_append_printf (text, _("Starting took longer than the work: %s against %s"), start,
                              run);
      g_string_append_c (text, '\n');
    }
}

static gboolean
ended_with_zero (const TelarTaskLane *task)
{
  return (task->state == TELAR_STATE_ENDED || task->state == TELAR_STATE_JOINED)
         && task->exit == 0;
}

static void
append_ends (GString *text, const TelarTimeline *timeline)
{
  guint n = timeline->tasks->len - 1, well = 0;
  gboolean all = TRUE;
  glong width = 0;

  /* Main is the graph itself: it is told where it did not end well, not counted. */
  for (guint i = 0; i < timeline->tasks->len; i++)
    {
      const TelarTaskLane *task = g_ptr_array_index (timeline->tasks, i);

      if (telar_task_was_spared (timeline, task))
        {
          n--;
          continue;
        }
      all &= ended_with_zero (task);
      if (ended_with_zero (task))
        well += i > 0;
      else
        width = MAX (width, g_utf8_strlen (task->id, -1));
    }
  if (all && n == 0)
    return;
  if (all)
    {
      g_string_append_printf (text,
                              g_dngettext (GETTEXT_PACKAGE, "%u task, ended with 0",
                                           "%u tasks, all ended with 0", n),
                              n);
      g_string_append_c (text, '\n');
      return;
    }
  g_string_append_printf (text,
                          g_dngettext (GETTEXT_PACKAGE, "%u task; %u ended with 0, and",
                                       "%u tasks; %u ended with 0, and", n),
                          n, well);
  g_string_append_c (text, '\n');
  for (guint i = 0; i < timeline->tasks->len; i++)
    {
      const TelarTaskLane *task = g_ptr_array_index (timeline->tasks, i);
      g_autofree char *state = NULL;

      if (ended_with_zero (task) || telar_task_was_spared (timeline, task))
        continue;
      state = telar_task_describe_state (timeline, task);
      g_string_append (text, "  ");
      append_padded (text, task->id, width + 2);
      g_string_append_printf (text, "%s\n", state);
    }
}

static void
append_losses (GString *text, const TelarTimeline *timeline)
{
  gulong records = (gulong) (timeline->lost_records + timeline->lost_events);
  gulong lines = (gulong) timeline->lost_lines;

  if (records > 0)
    g_string_append_printf (
      text,
      g_dngettext (GETTEXT_PACKAGE, "%lu record was lost: something is missing in the lanes\n",
                   "%lu records were lost: something is missing in the lanes\n", records),
      records);
  if (lines > 0)
    g_string_append_printf (text,
                            g_dngettext (GETTEXT_PACKAGE, "%lu line of output was not kept\n",
                                         "%lu lines of output were not kept\n", lines),
                            lines);
}

/* Deadlocks, and what was lost of values. */
static void
append_objects (GString *text, const TelarTimeline *timeline)
{
  for (guint i = 0; i < timeline->deadlocks->len; i++)
    {
      const TelarDeadlock *deadlock = g_ptr_array_index (timeline->deadlocks, i);
      g_autofree char *what = telar_deadlock_describe (timeline, deadlock);
      g_autofree char *found = telar_time_format (deadlock->found);
      g_autofree char *over = deadlock->resolved != TELAR_NO_TIME
                                ? telar_time_format (deadlock->resolved)
                                : NULL;

      if (over != NULL)
        g_string_append_printf (text, _("Deadlock at %s, over at %s: %s"), found, over, what);
      else
        g_string_append_printf (text, _("Deadlock at %s: %s"), found, what);
      g_string_append_c (text, '\n');
    }
  for (guint i = 0; i < timeline->objects->len; i++)
    {
      const TelarObjectLane *object = g_ptr_array_index (timeline->objects, i);

      if (object->lost <= 0)
        continue;
      g_string_append_printf (text,
                              _("%s: %ld of %lu increments were lost"), object->id,
                              (long) object->lost, (unsigned long) object->asked);
      g_string_append_c (text, '\n');
    }
}

char *
telar_text_summary (const TelarTimeline *timeline)
{
  GString *text = g_string_new (NULL);

  g_return_val_if_fail (timeline != NULL, NULL);

  append_took (text, timeline);
  append_proportion (text, timeline);
  append_ends (text, timeline);
  append_objects (text, timeline);
  append_losses (text, timeline);
  return g_string_free (text, FALSE);
}

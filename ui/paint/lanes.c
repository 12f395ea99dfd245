/* lanes.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Where every row is. Painting, hit-testing and scrolling all ask here.
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "paint/paint-private.h"

#define RULER_HEIGHT   34
#define TITLE_HEIGHT   34
#define GAP            8
#define LEFT_MARGIN    15
#define INDENT         18

gboolean
telar_timeline_is_empty (const TelarTimeline *timeline)
{
  return timeline == NULL || timeline->tasks->len == 0
         || (timeline->now <= 0 && !timeline->finished);
}

static TelarTaskLane *
get_task (const TelarTimeline *timeline, guint task)
{
  return timeline->tasks->pdata[task];
}

/* "w ×1000 sort". */
static char *
name_copies (const TelarTimeline *timeline, const TelarRow *row)
{
  const TelarTaskLane *task = timeline->tasks->pdata[row->number];
  g_autofree char *base = telar_copies_base (task->id);
  const char *rest = g_str_has_prefix (task->title, task->id) ? task->title + strlen (task->id) : "";

  return g_strdup_printf ("%s ×%u%s", base != NULL ? base : task->id, row->count, rest);
}

char *
telar_row_name (const TelarTimeline *timeline, const TelarRow *row)
{
  switch (row->kind)
    {
    case TELAR_ROW_CORES_HEADING:
      return g_strdup (_("CORES"));
    case TELAR_ROW_CORE:
      return g_strdup_printf (_("Core %d"),
                              ((TelarCoreLane *) timeline->cores->pdata[row->number])->number);
    case TELAR_ROW_UNUSED:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u unused", "%u unused", row->number),
                              row->number);
    case TELAR_ROW_TASKS_HEADING:
      return g_strdup (_("TASKS"));
    case TELAR_ROW_OBJECTS_HEADING:
      return g_strdup (_("OBJECTS"));
    case TELAR_ROW_OBJECT:
      {
        const TelarObjectLane *object = timeline->objects->pdata[row->number];

        return g_strdup_printf ("%s %s", telar_object_type_words (object->type), object->id);
      }
    case TELAR_ROW_COPIES:
      return name_copies (timeline, row);
    case TELAR_ROW_FOLDED:
      return g_strdup_printf ("%s +%u", get_task (timeline, row->number)->title, row->count - 1);
    case TELAR_ROW_HIDDEN:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u hidden", "%u hidden", row->number),
                              row->number);
    case TELAR_N_ROW_KINDS:
    case TELAR_ROW_TASK:
    default:
      return g_strdup (((TelarTaskLane *) timeline->tasks->pdata[row->number])->title);
    }
}

char *
telar_row_note (const TelarTimeline *timeline, const TelarRow *row)
{
  gint64 wall = timeline->finished ? timeline->wall : timeline->now;

  if (row->kind == TELAR_ROW_OBJECT)
    return telar_object_note (timeline, timeline->objects->pdata[row->number]);
  if (row->kind != TELAR_ROW_CORE || wall <= 0 || timeline->begun.source == TELAR_SOURCE_OFF)
    return NULL;
  return g_strdup_printf (_("%.0f %% this run"),
                          100.0 * ((TelarCoreLane *) timeline->cores->pdata[row->number])->busy_ns
                            / wall);
}

static double
name_width (const TelarLanes *lanes, const TelarTimeline *timeline, const TelarTextStyle *text,
            const TelarRow *row)
{
  g_autofree char *name = telar_row_name (timeline, row);
  double width = telar_text_width (text, name, 14 * lanes->unit, TELAR_TEXT_BOLD)
                 + row->depth * INDENT * lanes->unit;

  /* Low rows have name and share side by side. */
  if (row->kind == TELAR_ROW_CORE)
    {
      /* xgettext:no-c-format */
      double share = telar_text_width (text, _("100 % this run"), 11.5 * lanes->unit,
                                       TELAR_TEXT_NORMAL);

      width = row->height < 40 * lanes->unit ? width + share + 8 * lanes->unit
                                             : MAX (width, share);
    }
  if (row->kind == TELAR_ROW_OBJECT)
    {
      g_autofree char *note = telar_row_note (timeline, row);
      double words = note != NULL ? telar_text_width (text, note, 11.5 * lanes->unit,
                                                      TELAR_TEXT_NORMAL)
                                  : 0;

      width = row->height < 40 * lanes->unit && words > 0 ? width + words + 8 * lanes->unit
                                                          : MAX (width, words);
    }
  return width;
}

/* Measures the few names that can be the longest, not ten thousand. */
static double
longest_name (const TelarLanes *lanes, const TelarTimeline *timeline, const TelarTextStyle *text)
{
  struct { gsize length; guint row; } longest[6] = { { 0, 0 } };
  double width = 0;

  for (guint i = 0; i < lanes->rows->len; i++)
    {
      const TelarRow *row = &g_array_index (lanes->rows, TelarRow, i);
      gsize length = 12, at = 0;

      if (row->kind == TELAR_ROW_OBJECT)
        length = strlen (((TelarObjectLane *) timeline->objects->pdata[row->number])->id) + 18;
      else if (row->kind == TELAR_ROW_TASK || row->kind == TELAR_ROW_COPIES
               || row->kind == TELAR_ROW_FOLDED)
        length = strlen (get_task (timeline, row->number)->title) + 2 * row->depth
                 + (row->kind == TELAR_ROW_TASK ? 0 : 5);
      for (guint k = 1; k < G_N_ELEMENTS (longest); k++)
        if (longest[k].length < longest[at].length)
          at = k;
      if (length > longest[at].length)
        {
          longest[at].length = length;
          longest[at].row = i;
        }
    }
  for (guint k = 0; k < G_N_ELEMENTS (longest); k++)
    if (longest[k].length > 0)
      width = MAX (width, name_width (lanes, timeline, text,
                                      &g_array_index (lanes->rows, TelarRow, longest[k].row)));
  return width;
}

/* Calls that ran, by the row of the task whose step they were. */
static void
list_calls (TelarLanes *lanes, const TelarTimeline *timeline)
{
  lanes->first_call = g_new (guint32, MAX (lanes->rows->len, 1));
  lanes->next_call = g_new (guint32, MAX (lanes->n_tasks, 1));
  for (guint i = 0; i < lanes->rows->len; i++)
    lanes->first_call[i] = TELAR_NO_TASK;
  for (guint i = lanes->n_tasks; i-- > 1;)
    {
      const TelarTaskLane *task = timeline->tasks->pdata[i];
      guint row = lanes->row_of_task[i];

      if (task->kind != TELAR_KIND_CALL || task->slices->len == 0 || row == G_MAXUINT)
        continue;
      lanes->next_call[i] = lanes->first_call[row];
      lanes->first_call[row] = i;
    }
}

/* "sampled every 5 ms" stands above the names and is never cut. */
static double
source_width (const TelarLanes *lanes, const TelarTimeline *timeline, const TelarTextStyle *text)
{
  g_autofree char *source = NULL;

  if (telar_timeline_is_empty (timeline) || timeline->begun.source != TELAR_SOURCE_SAMPLED)
    return 0;
  source = telar_timeline_describe_source (timeline);
  return telar_text_width (text, source, 11.5 * lanes->unit, TELAR_TEXT_BOLD) + 14 * lanes->unit;
}

#define CORES_SHARE 0.45 /* of the room, at least, before core lanes become lower */

/* Lower rows until all of them have room: task lanes first, which can be many. */
static void
shrink_rows (TelarLanes *lanes, double room)
{
  double cores = 0, y = 0, factors[2];

  for (guint i = lanes->n_pinned; i < lanes->end_of_cores; i++)
    cores += g_array_index (lanes->rows, TelarRow, i).height;
  factors[0] = cores > 0 ? MIN (1, MAX (room * CORES_SHARE, room - (lanes->total - cores)) / cores)
                         : 1;
  factors[1] = (room - cores * factors[0]) / MAX (lanes->total - cores, 1e-6);

  lanes->total = 0;
  for (guint i = 0; i < lanes->rows->len; i++)
    {
      TelarRow *row = &g_array_index (lanes->rows, TelarRow, i);
      gboolean is_core = i >= lanes->n_pinned && i < lanes->end_of_cores;
      double factor = MIN (1, factors[!is_core]);
      double bar = row->bar_y - row->y;

      row->y = y;
      row->height *= factor;
      row->bar_y = y + bar * factor;
      row->bar_height *= factor;
      y += row->height;
      lanes->total = y;
      if (i + 1 == lanes->n_pinned)
        lanes->pinned_height = y;
    }
}

/* What is pinned takes no more than half of the room: else all of it scrolls. */
static void
stick_pinned (TelarLanes *lanes, double scroll)
{
  gboolean sticks = lanes->pinned_height <= (lanes->bottom - lanes->top) / 2;
  double below = lanes->top - (sticks ? 0 : scroll);

  lanes->scroll_top = lanes->top;
  if (sticks)
    {
      lanes->scroll_top += lanes->pinned_height;
      lanes->total -= lanes->pinned_height;
    }
  else
    {
      lanes->n_pinned = 0;
    }
  for (guint i = 0; i < lanes->rows->len; i++)
    {
      TelarRow *row = &g_array_index (lanes->rows, TelarRow, i);

      if (i == lanes->n_pinned)
        below = lanes->top - scroll;
      row->pinned = i < lanes->n_pinned;
      row->y += below;
      row->bar_y += below;
    }
}

void
telar_lanes_init (TelarLanes *lanes, const TelarTimeline *timeline, const TelarView *view,
                  const TelarTextStyle *text)
{
  double name, source, widest, room;

  memset (lanes, 0, sizeof *lanes);
  lanes->timeline = timeline;
  lanes->machine = view->machine;
  lanes->order = view->order;
  lanes->presenting = view->presenting;
  lanes->dense = view->dense;
  lanes->unit = view->text / 12;
  lanes->width = view->width;
  lanes->height = view->height;
  lanes->small = (view->presenting ? 6 : 3) * (view->presenting ? 1 : lanes->unit);
  lanes->rows = g_array_sized_new (FALSE, FALSE, sizeof (TelarRow),
                                   timeline != NULL ? timeline->tasks->len + 64 : 1);
  lanes->members = g_array_new (FALSE, FALSE, sizeof (guint32));
  lanes->n_tasks = timeline != NULL ? timeline->tasks->len : 0;
  lanes->row_of_task = g_new (guint, MAX (lanes->n_tasks, 1));
  for (guint i = 0; i < lanes->n_tasks; i++)
    lanes->row_of_task[i] = G_MAXUINT;

  if (timeline != NULL)
    telar_lanes_add_rows (lanes, view->show);
  lanes->total += GAP * lanes->unit;
  list_calls (lanes, timeline);

  if (view->show & TELAR_SHOW_TITLE)
    lanes->title_height = TITLE_HEIGHT * lanes->unit;
  lanes->top = lanes->title_height;
  if (view->show & TELAR_SHOW_RULER)
    lanes->top += RULER_HEIGHT * lanes->unit;
  if (view->show & (TELAR_SHOW_LEGEND | TELAR_SHOW_SOURCE) || view->date != NULL)
    lanes->legend = telar_legend_measure (timeline, text, view, lanes->unit);
  lanes->bottom = MAX (lanes->top, lanes->height - lanes->legend.height);

  /* A file cannot scroll. */
  room = lanes->bottom - lanes->top;
  if (view->fit && lanes->total > room && room > 0)
    shrink_rows (lanes, room);

  /* Names take what they need, up to a third. */
  name = timeline != NULL ? longest_name (lanes, timeline, text) : 0;
  source = source_width (lanes, timeline, text);
  name = MAX (name, source);
  widest = MAX (MIN (0.32 * view->width, 300 * lanes->unit),
                MIN (source + (LEFT_MARGIN + 14) * lanes->unit, 0.6 * view->width));
  lanes->left = MIN (MAX (name + (LEFT_MARGIN + 14) * lanes->unit, 104 * lanes->unit), widest);
  lanes->left = MAX (lanes->left, MIN (view->least_left, 0.6 * view->width));
  lanes->right = MAX (lanes->left + 1, view->width - 27 * lanes->unit);
  lanes->begin = view->begin;
  lanes->per_ns = (lanes->right - lanes->left) / MAX (view->end - view->begin, 1e-3);

  stick_pinned (lanes, view->scroll);
}

void
telar_lanes_clear (TelarLanes *lanes)
{
  g_clear_pointer (&lanes->rows, g_array_unref);
  g_clear_pointer (&lanes->members, g_array_unref);
  g_clear_pointer (&lanes->row_of_task, g_free);
  g_clear_pointer (&lanes->first_call, g_free);
  g_clear_pointer (&lanes->next_call, g_free);
}

const TelarRow *
telar_lanes_at (const TelarLanes *lanes, double y)
{
  gboolean pinned = y < lanes->scroll_top;
  guint low = pinned ? 0 : lanes->n_pinned, high = pinned ? lanes->n_pinned : lanes->rows->len;

  if (y < lanes->top || y >= lanes->bottom)
    return NULL;
  while (low < high)
    {
      guint middle = (low + high) / 2;
      const TelarRow *row = &g_array_index (lanes->rows, TelarRow, middle);

      if (y < row->y)
        high = middle;
      else if (y >= row->y + row->height)
        low = middle + 1;
      else
        return row;
    }
  return NULL;
}

const TelarRow *
telar_lanes_find (const TelarLanes *lanes, TelarLaneKind kind, guint number)
{
  TelarRowKind wanted = kind == TELAR_LANE_CORE ? TELAR_ROW_CORE : TELAR_ROW_OBJECT;

  if (kind == TELAR_LANE_TASK)
    return telar_lanes_of (lanes, number);
  for (guint i = 0; kind < TELAR_N_LANE_KINDS && i < lanes->rows->len; i++)
    {
      const TelarRow *row = &g_array_index (lanes->rows, TelarRow, i);

      if (row->kind == wanted && row->number == number)
        return row;
    }
  return NULL;
}

const TelarRow *
telar_lanes_of (const TelarLanes *lanes, guint32 task)
{
  if (task >= lanes->n_tasks || lanes->row_of_task[task] == G_MAXUINT)
    return NULL;
  return &g_array_index (lanes->rows, TelarRow, lanes->row_of_task[task]);
}

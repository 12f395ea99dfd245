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

/* The more rows, the lower each: height, top and height of the bar, in pixels
 * of the design. */
typedef struct
{
  guint  up_to;
  double height, bar_y, bar_height;
} Density;

static const Density core_densities[] = {
  { 8, 54, 8, 38 },
  { 24, 36, 5, 24 },
  { G_MAXUINT, 23, 3, 15 },
};
static const Density task_densities[] = {
  { 24, 48, 15, 23 },
  { 80, 35, 11, 16 },
  { G_MAXUINT, 24, 8, 11 },
};

static const Density object_densities[] = {
  { 8, 50, 9, 34 },
  { 24, 36, 6, 26 },
  { G_MAXUINT, 24, 3, 18 },
};

#define RULER_HEIGHT   34
#define TITLE_HEIGHT   34
#define HEADING_HEIGHT 24
#define GAP            8
#define LEFT_MARGIN    15
#define INDENT         18
#define FOLD_UNUSED    8 /* more cores than this: unused ones fold */

gboolean
telar_timeline_is_empty (const TelarTimeline *timeline)
{
  return timeline == NULL || timeline->tasks->len == 0
         || (timeline->now <= 0 && !timeline->finished);
}

/* On a projector no row is too low for its text: people scroll instead. */
static const Density *
density_of (const TelarLanes *lanes, const Density *densities, guint n)
{
  guint last = lanes->presenting ? 1 : 2;
  guint at = MIN (lanes->dense, last);

  while (n > densities[at].up_to && at < last)
    at++;
  return &densities[at];
}

static void
add_row (TelarLanes *lanes, TelarRowKind kind, guint number, guint depth, double height,
         double bar_y, double bar_height)
{
  TelarRow row = {
    .kind = kind,
    .number = number,
    .count = 1,
    .depth = depth,
    .y = lanes->total,
    .height = height * lanes->unit,
    .bar_y = lanes->total + bar_y * lanes->unit,
    .bar_height = bar_height * lanes->unit,
  };

  g_array_append_val (lanes->rows, row);
  lanes->total += row.height;
}

static TelarCoreLane *
get_core (const TelarTimeline *timeline, guint core)
{
  return timeline->cores->pdata[core];
}

/* Hardware threads of one core follow each other. */
static int
compare_cores (gconstpointer a, gconstpointer b, gpointer data)
{
  const TelarLanes *lanes = data;
  int x = get_core (lanes->timeline, *(const guint *) a)->number;
  int y = get_core (lanes->timeline, *(const guint *) b)->number;
  const TelarCore *first = telar_machine_find (lanes->machine, x);
  const TelarCore *second = telar_machine_find (lanes->machine, y);

  if (first != NULL && second != NULL && first->physical != second->physical)
    return first->physical < second->physical ? -1 : 1;
  return x < y ? -1 : x > y;
}

static void
add_core_rows (TelarLanes *lanes)
{
  const TelarTimeline *timeline = lanes->timeline;
  guint n = timeline->cores->len, unused = 0;
  g_autofree guint *order = g_new (guint, MAX (n, 1));
  const Density *density;

  if (n == 0)
    return;
  for (guint i = 0; i < n; i++)
    {
      order[i] = i;
      unused += get_core (timeline, i)->slices->len == 0;
    }
  if (n <= FOLD_UNUSED || unused < 2)
    unused = 0;
  if (lanes->machine != NULL)
    g_qsort_with_data (order, (int) n, sizeof (guint), compare_cores, lanes);
  density = density_of (lanes, core_densities, n - unused);

  add_row (lanes, TELAR_ROW_CORES_HEADING, 0, 0, HEADING_HEIGHT, 0, 0);
  for (guint i = 0; i < n; i++)
    if (unused == 0 || get_core (timeline, order[i])->slices->len > 0)
      add_row (lanes, TELAR_ROW_CORE, order[i], 0, density->height, density->bar_y,
               density->bar_height);
  if (unused > 0)
    add_row (lanes, TELAR_ROW_UNUSED, unused, 0, 23, 3, 15);
}

gboolean
telar_rows_are_siblings (const TelarLanes *lanes, const TelarRow *a, const TelarRow *b)
{
  const TelarCore *first, *second;

  if (lanes->machine == NULL || a->kind != TELAR_ROW_CORE || b->kind != TELAR_ROW_CORE)
    return FALSE;
  first = telar_machine_find (lanes->machine, get_core (lanes->timeline, a->number)->number);
  second = telar_machine_find (lanes->machine, get_core (lanes->timeline, b->number)->number);
  return first != NULL && second != NULL && first->physical == second->physical;
}

/* A call is a step in its parent's lane; one that was never made has a lane,
 * with the reason. A pool's worker that was not needed has none. */
static gboolean
has_row (const TelarTimeline *timeline, guint32 number)
{
  const TelarTaskLane *task = timeline->tasks->pdata[number];

  if (task->kind != TELAR_KIND_CALL)
    return !telar_task_was_spared (timeline, task);
  return (task->state == TELAR_STATE_NOT_STARTED && task->reason != 0)
         || task->state == TELAR_STATE_COULD_NOT_START;
}

#define FOLDED_COPIES 25 /* so many copies and more share a lane */
#define FOLDED        G_MAXUINT

static TelarTaskLane *
get_task (const TelarTimeline *timeline, guint task)
{
  return timeline->tasks->pdata[task];
}

/* Of "w" in "w.3"; 0 where it is no copy. */
static gsize
base_length (const char *id)
{
  const char *dot = strrchr (id, '.');

  if (dot == NULL || dot == id || dot[1] == '\0'
      || strspn (dot + 1, "0123456789") != strlen (dot + 1))
    return 0;
  return dot - id;
}

/* How many copies stand in a row from @first on, none with anything inside. */
static guint
count_copies (const TelarTimeline *timeline, const guint32 *child, guint first)
{
  const TelarTaskLane *task = get_task (timeline, first);
  gsize length = base_length (task->id);
  guint n = 1;

  if (length == 0 || task->kind == TELAR_KIND_CALL || child[first] != TELAR_NO_TASK
      || !has_row (timeline, first))
    return 1;
  for (; first + n < timeline->tasks->len; n++)
    {
      const TelarTaskLane *other = get_task (timeline, first + n);

      if (other->parent != task->parent || other->kind != task->kind
          || child[first + n] != TELAR_NO_TASK || !has_row (timeline, first + n)
          || base_length (other->id) != length
          || memcmp (other->id, task->id, length) != 0)
        break;
    }
  return n;
}

/* By task: how many share its lane when it is the first of many copies, FOLDED
 * when it is another of them, else 0. Returns: how many have no lane. */
static guint
fold_copies (const TelarTimeline *timeline, const guint32 *child, guint *folded)
{
  guint gone = 0;

  for (guint i = 1, n; i < timeline->tasks->len; i += n)
    {
      n = count_copies (timeline, child, i);
      if (n < FOLDED_COPIES)
        continue;
      folded[i] = n;
      for (guint k = 1; k < n; k++)
        folded[i + k] = FOLDED;
      gone += n - 1;
    }
  return gone;
}

static void
add_task_rows (TelarLanes *lanes, const TelarTimeline *timeline)
{
  guint n = timeline->tasks->len, n_rows = 0;
  g_autofree guint32 *child = g_new (guint32, n);
  g_autofree guint32 *next = g_new (guint32, n);
  g_autofree guint *depths = g_new0 (guint, n);
  g_autofree guint *folded = g_new0 (guint, n);
  const Density *density;
  guint32 task = TELAR_MAIN;

  if (n == 0)
    return;
  for (guint i = 0; i < n; i++)
    {
      child[i] = TELAR_NO_TASK;
      n_rows += has_row (timeline, i);
    }
  /* From the last, so that the lists of children come out in file order. */
  for (guint i = n - 1; i > 0; i--)
    {
      guint32 parent = ((TelarTaskLane *) timeline->tasks->pdata[i])->parent;

      if (parent >= n)
        parent = TELAR_MAIN;
      next[i] = child[parent];
      child[parent] = i;
    }

  n_rows -= fold_copies (timeline, child, folded);
  density = density_of (lanes, task_densities, n_rows);
  if (lanes->rows->len > 0)
    lanes->total += GAP * lanes->unit;
  add_row (lanes, TELAR_ROW_TASKS_HEADING, 0, 0, HEADING_HEIGHT, 0, 0);

  /* Depth first without recursion: deep nests come from hostile files. */
  for (;;)
    {
      guint32 parent = ((TelarTaskLane *) timeline->tasks->pdata[task])->parent;

      if (task != TELAR_MAIN)
        depths[task] = parent == TELAR_MAIN || parent >= n ? 0 : depths[parent] + 1;
      if (folded[task] == FOLDED)
        lanes->row_of_task[task] = lanes->row_of_task[task - 1];
      else if (has_row (timeline, task))
        {
          lanes->row_of_task[task] = lanes->rows->len;
          add_row (lanes, folded[task] > 0 ? TELAR_ROW_COPIES : TELAR_ROW_TASK, task,
                   depths[task], density->height, density->bar_y, density->bar_height);
          if (folded[task] > 0)
            g_array_index (lanes->rows, TelarRow, lanes->rows->len - 1).count = folded[task];
        }
      else
        lanes->row_of_task[task] = lanes->row_of_task[parent < n ? parent : TELAR_MAIN];

      if (child[task] != TELAR_NO_TASK)
        {
          task = child[task];
          continue;
        }
      while (task != TELAR_MAIN && next[task] == TELAR_NO_TASK)
        {
          parent = ((TelarTaskLane *) timeline->tasks->pdata[task])->parent;
          task = parent < n ? parent : TELAR_MAIN;
        }
      if (task == TELAR_MAIN)
        break;
      task = next[task];
    }
}

static void
add_object_rows (TelarLanes *lanes, const TelarTimeline *timeline)
{
  const Density *density;
  guint n = 0;

  for (guint i = 0; i < timeline->objects->len; i++)
    n += telar_object_has_lane (timeline->objects->pdata[i]);
  if (n == 0)
    return;
  density = density_of (lanes, object_densities, n);
  if (lanes->rows->len > 0)
    lanes->total += GAP * lanes->unit;
  add_row (lanes, TELAR_ROW_OBJECTS_HEADING, 0, 0, HEADING_HEIGHT, 0, 0);
  for (guint i = 0; i < timeline->objects->len; i++)
    if (telar_object_has_lane (timeline->objects->pdata[i]))
      add_row (lanes, TELAR_ROW_OBJECT, i, 0, density->height, density->bar_y,
               density->bar_height);
}

char *
telar_copies_base (const char *id)
{
  gsize length = base_length (id);

  return length > 0 ? g_strndup (id, length) : NULL;
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
      else if (row->kind == TELAR_ROW_TASK || row->kind == TELAR_ROW_COPIES)
        length = strlen (((TelarTaskLane *) timeline->tasks->pdata[row->number])->title)
                 + 2 * row->depth + (row->kind == TELAR_ROW_COPIES ? 5 : 0);
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

  for (guint i = 0; i < lanes->rows->len; i++)
    {
      const TelarRow *row = &g_array_index (lanes->rows, TelarRow, i);

      if (row->kind >= TELAR_ROW_TASKS_HEADING)
        break;
      cores = row->y + row->height;
    }
  factors[0] = cores > 0 ? MIN (1, MAX (room * CORES_SHARE, room - (lanes->total - cores)) / cores)
                         : 1;
  factors[1] = (room - cores * factors[0]) / MAX (lanes->total - cores, 1e-6);

  lanes->total = 0;
  for (guint i = 0; i < lanes->rows->len; i++)
    {
      TelarRow *row = &g_array_index (lanes->rows, TelarRow, i);
      double factor = MIN (1, factors[row->kind >= TELAR_ROW_TASKS_HEADING]);
      double bar = row->bar_y - row->y;

      row->y = y;
      row->height *= factor;
      row->bar_y = y + bar * factor;
      row->bar_height *= factor;
      y += row->height;
      lanes->total = y;
    }
}

void
telar_lanes_init (TelarLanes *lanes, const TelarTimeline *timeline, const TelarView *view,
                  const TelarTextStyle *text)
{
  double name, source, widest, below, room;

  memset (lanes, 0, sizeof *lanes);
  lanes->timeline = timeline;
  lanes->machine = view->machine;
  lanes->presenting = view->presenting;
  lanes->dense = view->dense;
  lanes->unit = view->text / 12;
  lanes->width = view->width;
  lanes->height = view->height;
  lanes->small = (view->presenting ? 6 : 3) * (view->presenting ? 1 : lanes->unit);
  lanes->rows = g_array_sized_new (FALSE, FALSE, sizeof (TelarRow),
                                   timeline != NULL ? timeline->tasks->len + 64 : 1);
  lanes->n_tasks = timeline != NULL ? timeline->tasks->len : 0;
  lanes->row_of_task = g_new (guint, MAX (lanes->n_tasks, 1));
  for (guint i = 0; i < lanes->n_tasks; i++)
    lanes->row_of_task[i] = G_MAXUINT;

  if (timeline != NULL && (view->show & TELAR_SHOW_CORES))
    add_core_rows (lanes);
  if (timeline != NULL && (view->show & TELAR_SHOW_TASKS))
    add_task_rows (lanes, timeline);
  if (timeline != NULL && (view->show & TELAR_SHOW_OBJECTS))
    add_object_rows (lanes, timeline);
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

  below = lanes->top - view->scroll;
  for (guint i = 0; i < lanes->rows->len; i++)
    {
      TelarRow *row = &g_array_index (lanes->rows, TelarRow, i);

      row->y += below;
      row->bar_y += below;
    }
}

void
telar_lanes_clear (TelarLanes *lanes)
{
  g_clear_pointer (&lanes->rows, g_array_unref);
  g_clear_pointer (&lanes->row_of_task, g_free);
  g_clear_pointer (&lanes->first_call, g_free);
  g_clear_pointer (&lanes->next_call, g_free);
}

const TelarRow *
telar_lanes_at (const TelarLanes *lanes, double y)
{
  guint low = 0, high = lanes->rows->len;

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
telar_lanes_of (const TelarLanes *lanes, guint32 task)
{
  if (task >= lanes->n_tasks || lanes->row_of_task[task] == G_MAXUINT)
    return NULL;
  return &g_array_index (lanes->rows, TelarRow, lanes->row_of_task[task]);
}

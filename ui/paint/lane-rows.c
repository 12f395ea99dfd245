/* lane-rows.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Which lanes there are, and in which order: cores, tasks below their parents,
 * objects.
 */

#include "config.h"

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

#define HEADING_HEIGHT 24
#define GAP            8
#define FOLD_UNUSED    8 /* more cores than this: unused ones fold */

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
    .members = lanes->members->len,
    .depth = depth,
    .pinned = lanes->adding_pinned,
    .y = lanes->total,
    .height = height * lanes->unit,
    .bar_y = lanes->total + bar_y * lanes->unit,
    .bar_height = bar_height * lanes->unit,
  };

  g_array_append_val (lanes->rows, row);
  lanes->total += row.height;
}

static gboolean
has_mark (const TelarLanes *lanes, TelarLaneKind kind, guint number, guint marks)
{
  return (telar_lane_order_get (lanes->order, kind, number) & marks) != 0;
}

/* Says that some are missing, where there are any. */
static void
add_hidden_row (TelarLanes *lanes, TelarLaneKind kind, guint n)
{
  if (n == 0)
    return;
  add_row (lanes, TELAR_ROW_HIDDEN, n, 0, 23, 3, 15);
  g_array_index (lanes->rows, TelarRow, lanes->rows->len - 1).count = kind;
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
  int x = get_core (lanes->timeline, *(const guint32 *) a)->number;
  int y = get_core (lanes->timeline, *(const guint32 *) b)->number;
  const TelarCore *first = telar_machine_find (lanes->machine, x);
  const TelarCore *second = telar_machine_find (lanes->machine, y);

  if (first != NULL && second != NULL && first->physical != second->physical)
    return first->physical < second->physical ? -1 : 1;
  return x < y ? -1 : x > y;
}

/* All of them: in the order that was asked for, else hardware threads of one core side
 * by side. (transfer full) */
static guint32 *
order_cores (const TelarLanes *lanes)
{
  const TelarLaneOrder *order = lanes->order;
  guint n = lanes->timeline->cores->len;
  guint known = order != NULL && order->sorted[TELAR_LANE_CORE] != NULL
                  ? MIN (order->n[TELAR_LANE_CORE], n) : 0;
  guint32 *numbers = g_new (guint32, MAX (n, 1));

  if (known > 0)
    memcpy (numbers, order->sorted[TELAR_LANE_CORE], known * sizeof *numbers);
  for (guint i = known; i < n; i++)
    numbers[i] = i;
  if (known == 0 && lanes->machine != NULL)
    g_qsort_with_data (numbers, (int) n, sizeof *numbers, compare_cores, (gpointer) lanes);
  return numbers;
}

/* @order: of the cores */
static void
add_core_rows (TelarLanes *lanes, const guint32 *order)
{
  const TelarTimeline *timeline = lanes->timeline;
  guint n = timeline->cores->len, unused = 0, hidden = 0, shown = 0;
  const Density *density;

  for (guint i = 0; i < n; i++)
    {
      guint marks = telar_lane_order_get (lanes->order, TELAR_LANE_CORE, i);

      hidden += (marks & TELAR_LANE_HIDDEN) != 0;
      shown += (marks & (TELAR_LANE_HIDDEN | TELAR_LANE_PINNED)) == 0;
      unused += (marks & (TELAR_LANE_HIDDEN | TELAR_LANE_PINNED)) == 0
                && get_core (timeline, i)->slices->len == 0;
    }
  if (shown + hidden == 0)
    return;
  if (shown <= FOLD_UNUSED || unused < 2)
    unused = 0;
  density = density_of (lanes, core_densities, n - hidden - unused);

  add_row (lanes, TELAR_ROW_CORES_HEADING, 0, 0, HEADING_HEIGHT, 0, 0);
  for (guint i = 0; i < n; i++)
    if (!has_mark (lanes, TELAR_LANE_CORE, order[i], TELAR_LANE_HIDDEN | TELAR_LANE_PINNED)
        && (unused == 0 || get_core (timeline, order[i])->slices->len > 0))
      add_row (lanes, TELAR_ROW_CORE, order[i], 0, density->height, density->bar_y,
               density->bar_height);
  if (unused > 0)
    add_row (lanes, TELAR_ROW_UNUSED, unused, 0, 23, 3, 15);
  add_hidden_row (lanes, TELAR_LANE_CORE, hidden);
}

static void
add_pinned_cores (TelarLanes *lanes, const guint32 *order)
{
  guint n = lanes->timeline->cores->len;
  const Density *density = density_of (lanes, core_densities, n);

  for (guint i = 0; i < n; i++)
    if (has_mark (lanes, TELAR_LANE_CORE, order[i], TELAR_LANE_PINNED)
        && !has_mark (lanes, TELAR_LANE_CORE, order[i], TELAR_LANE_HIDDEN))
      add_row (lanes, TELAR_ROW_CORE, order[i], 0, density->height, density->bar_y,
               density->bar_height);
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

#define FOLDED G_MAXUINT

static TelarTaskLane *
get_task (const TelarTimeline *timeline, guint task)
{
  return timeline->tasks->pdata[task];
}

/* How many copies stand in a row from @first on, none with anything inside. */
static guint
count_copies (const TelarTimeline *timeline, const guint32 *child, guint first)
{
  const TelarTaskLane *task = get_task (timeline, first);
  gsize length = telar_copies_base_length (task->id);
  guint n = 1;

  if (length == 0 || task->kind == TELAR_KIND_CALL || child[first] != TELAR_NO_TASK
      || !has_row (timeline, first))
    return 1;
  while (first + n < timeline->tasks->len && child[first + n] == TELAR_NO_TASK
         && has_row (timeline, first + n)
         && telar_is_copy_of (task, length, get_task (timeline, first + n)))
    n++;
  return n;
}

/* The tree of tasks, and what of it shares a lane. */
typedef struct
{
  guint32       *child;     /* owned, by task: the first inside it */
  guint32       *next;      /* owned: the next with the same parent */
  guint         *depths;    /* owned */
  guint         *copies;    /* owned: how many share a lane with the first; FOLDED: not the first */
  const Density *density;
} Tree;

static guint32
parent_of (const TelarTimeline *timeline, guint32 task)
{
  guint32 parent = get_task (timeline, task)->parent;

  return parent < timeline->tasks->len ? parent : TELAR_MAIN;
}

/* Returns: how many copies have no lane of their own. */
static guint
fold_copies (const TelarLanes *lanes, Tree *tree)
{
  const TelarTimeline *timeline = lanes->timeline;
  guint gone = 0;

  for (guint i = 1, n; i < timeline->tasks->len; i += n)
    {
      guint marks = telar_lane_order_get (lanes->order, TELAR_LANE_TASK, i);

      n = count_copies (timeline, tree->child, i);
      if (n < 2 || (marks & TELAR_LANE_UNFOLDED)
          || (n < TELAR_FOLDED_COPIES && !(marks & TELAR_LANE_FOLDED)))
        continue;
      tree->copies[i] = n;
      for (guint k = 1; k < n; k++)
        tree->copies[i + k] = FOLDED;
      gone += n - 1;
    }
  return gone;
}

static void
grow_tree (TelarLanes *lanes, Tree *tree)
{
  const TelarTimeline *timeline = lanes->timeline;
  const TelarLaneOrder *order = lanes->order;
  guint n = timeline->tasks->len, n_rows = 0;
  const guint32 *sorted = order != NULL && order->n[TELAR_LANE_TASK] == n
                            ? order->sorted[TELAR_LANE_TASK] : NULL;

  tree->child = g_new (guint32, n);
  tree->next = g_new (guint32, n);
  tree->depths = g_new0 (guint, n);
  tree->copies = g_new0 (guint, n);
  for (guint i = 0; i < n; i++)
    {
      tree->child[i] = TELAR_NO_TASK;
      n_rows += has_row (timeline, i);
    }
  /* From the last, so that the lists of children come out in their order. */
  for (guint i = n; i-- > 0;)
    {
      guint32 task = sorted != NULL ? sorted[i] : i;
      guint32 parent = parent_of (timeline, task);

      if (task == TELAR_MAIN)
        continue;
      tree->next[task] = tree->child[parent];
      tree->child[parent] = task;
    }
  n_rows -= fold_copies (lanes, tree);
  tree->density = density_of (lanes, task_densities, n_rows);
}

static void
clear_tree (Tree *tree)
{
  g_free (tree->child);
  g_free (tree->next);
  g_free (tree->depths);
  g_free (tree->copies);
}

/* The task after @task, depth first, without recursion: deep nests come from hostile
 * files. TELAR_NO_TASK after the last one inside @root. */
static guint32
next_task (const TelarTimeline *timeline, const Tree *tree, guint32 root, guint32 task,
           gboolean inside)
{
  if (inside && tree->child[task] != TELAR_NO_TASK)
    return tree->child[task];
  while (task != root && tree->next[task] == TELAR_NO_TASK)
    task = parent_of (timeline, task);
  return task == root ? TELAR_NO_TASK : tree->next[task];
}

/* All that is inside @task, in the row that was added last: but what is hidden, or
 * pinned elsewhere. */
static void
fold_inside (TelarLanes *lanes, const Tree *tree, guint32 task)
{
  guint index = lanes->rows->len - 1, n = 0;
  gboolean inside = TRUE;

  g_array_append_val (lanes->members, task);
  for (guint32 i = next_task (lanes->timeline, tree, task, task, TRUE); i != TELAR_NO_TASK;
       i = next_task (lanes->timeline, tree, task, i, inside))
    {
      inside = lanes->row_of_task[i] == G_MAXUINT
               && !has_mark (lanes, TELAR_LANE_TASK, i, TELAR_LANE_HIDDEN);
      if (!inside)
        continue;
      lanes->row_of_task[i] = index;
      if (!has_row (lanes->timeline, i))
        continue;
      g_array_append_val (lanes->members, i);
      n++;
    }
  g_array_index (lanes->rows, TelarRow, index).count = n + 1;
}

static void
add_task_row (TelarLanes *lanes, const Tree *tree, guint32 task, gboolean folded)
{
  guint copies = tree->copies[task], index = lanes->rows->len;
  TelarRowKind kind = folded ? TELAR_ROW_FOLDED : copies > 0 ? TELAR_ROW_COPIES : TELAR_ROW_TASK;

  lanes->row_of_task[task] = index;
  add_row (lanes, kind, task, tree->depths[task], tree->density->height, tree->density->bar_y,
           tree->density->bar_height);
  if (folded)
    fold_inside (lanes, tree, task);
  for (guint32 i = task; i < task + copies; i++)
    {
      lanes->row_of_task[i] = index;
      g_array_append_val (lanes->members, i);
    }
  if (copies > 0)
    g_array_index (lanes->rows, TelarRow, index).count = copies;
}

/* @root and what is inside it. Returns: how many lanes are hidden. */
static guint
add_branch (TelarLanes *lanes, Tree *tree, guint32 root)
{
  const TelarTimeline *timeline = lanes->timeline;
  guint hidden = 0;

  for (guint32 task = root, inside; task != TELAR_NO_TASK;
       task = next_task (timeline, tree, root, task, inside))
    {
      guint32 parent = parent_of (timeline, task);
      guint marks = telar_lane_order_get (lanes->order, TELAR_LANE_TASK, task);
      gboolean folded = (marks & TELAR_LANE_FOLDED) && tree->child[task] != TELAR_NO_TASK;

      inside = TRUE;
      if (task != root && parent != TELAR_MAIN)
        tree->depths[task] = tree->depths[parent] + 1;
      if (tree->copies[task] == FOLDED)
        continue;
      if (marks & TELAR_LANE_HIDDEN)
        {
          hidden++;
          inside = task == TELAR_MAIN;
        }
      else if ((marks & TELAR_LANE_PINNED) && !(task == root && lanes->adding_pinned))
        {
          inside = task == TELAR_MAIN;
        }
      else if (has_row (timeline, task))
        {
          add_task_row (lanes, tree, task, folded);
          inside = !folded && !(lanes->adding_pinned && task == TELAR_MAIN);
        }
      else
        {
          lanes->row_of_task[task] = lanes->row_of_task[parent];
        }
    }
  return hidden;
}

/* @hidden: in branches that are pinned */
static void
add_task_rows (TelarLanes *lanes, Tree *tree, guint hidden)
{
  guint heading = lanes->rows->len;

  if (heading > lanes->n_pinned)
    lanes->total += GAP * lanes->unit;
  add_row (lanes, TELAR_ROW_TASKS_HEADING, 0, 0, HEADING_HEIGHT, 0, 0);
  hidden += add_branch (lanes, tree, TELAR_MAIN);
  add_hidden_row (lanes, TELAR_LANE_TASK, hidden);
}

/* Those that are inside a pinned one are with it. Returns: how many of them are hidden. */
static guint
add_pinned_tasks (TelarLanes *lanes, Tree *tree)
{
  guint hidden = 0;

  for (guint32 i = 0; i < lanes->timeline->tasks->len; i++)
    if (has_mark (lanes, TELAR_LANE_TASK, i, TELAR_LANE_PINNED)
        && !has_mark (lanes, TELAR_LANE_TASK, i, TELAR_LANE_HIDDEN)
        && tree->copies[i] != FOLDED)
      hidden += add_branch (lanes, tree, i);
  return hidden;
}

static void
add_object_rows (TelarLanes *lanes, gboolean all)
{
  const TelarTimeline *timeline = lanes->timeline;
  const guint reasons = TELAR_LANE_HIDDEN | TELAR_LANE_PINNED;
  const Density *density;
  guint n = 0, hidden = 0;

  for (guint i = 0; i < timeline->objects->len; i++)
    {
      guint marks = telar_lane_order_get (lanes->order, TELAR_LANE_OBJECT, i);

      if (!telar_object_has_lane (timeline->objects->pdata[i])
          || !(all || (marks & TELAR_LANE_SHOWN)))
        continue;
      hidden += (marks & TELAR_LANE_HIDDEN) != 0;
      n += lanes->adding_pinned ? (marks & reasons) == TELAR_LANE_PINNED : (marks & reasons) == 0;
    }
  density = density_of (lanes, object_densities, n);
  if (!lanes->adding_pinned && n + hidden > 0)
    {
      if (lanes->rows->len > lanes->n_pinned)
        lanes->total += GAP * lanes->unit;
      add_row (lanes, TELAR_ROW_OBJECTS_HEADING, 0, 0, HEADING_HEIGHT, 0, 0);
    }
  for (guint i = 0; i < timeline->objects->len; i++)
    {
      guint marks = telar_lane_order_get (lanes->order, TELAR_LANE_OBJECT, i);

      if (telar_object_has_lane (timeline->objects->pdata[i])
          && (all || (marks & TELAR_LANE_SHOWN))
          && (marks & reasons) == (lanes->adding_pinned ? TELAR_LANE_PINNED : 0))
        add_row (lanes, TELAR_ROW_OBJECT, i, 0, density->height, density->bar_y,
                 density->bar_height);
    }
  if (!lanes->adding_pinned)
    add_hidden_row (lanes, TELAR_LANE_OBJECT, hidden);
}

void
telar_lanes_add_rows (TelarLanes *lanes, TelarShow show)
{
  gboolean tasks = (show & TELAR_SHOW_TASKS) && lanes->timeline->tasks->len > 0;
  gboolean objects = (show & TELAR_SHOW_TASKS) || (show & TELAR_SHOW_OBJECTS);
  g_autofree guint32 *cores = show & TELAR_SHOW_CORES ? order_cores (lanes) : NULL;
  Tree tree = { .child = NULL };
  guint hidden = 0;

  if (tasks)
    grow_tree (lanes, &tree);
  lanes->adding_pinned = TRUE;
  if (cores != NULL)
    add_pinned_cores (lanes, cores);
  if (tasks)
    hidden = add_pinned_tasks (lanes, &tree);
  if (objects)
    add_object_rows (lanes, (show & TELAR_SHOW_OBJECTS) != 0);
  lanes->adding_pinned = FALSE;
  lanes->n_pinned = lanes->rows->len;
  lanes->pinned_height = lanes->total;

  if (cores != NULL)
    add_core_rows (lanes, cores);
  lanes->end_of_cores = lanes->rows->len;
  if (tasks)
    add_task_rows (lanes, &tree, hidden);
  if (objects)
    add_object_rows (lanes, (show & TELAR_SHOW_OBJECTS) != 0);
  clear_tree (&tree);
}

/* lane-order.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include "paint/lane-order.h"

#include <string.h>

TelarLaneOrder *
telar_lane_order_new (void)
{
  TelarLaneOrder *order = g_new0 (TelarLaneOrder, 1);

  order->marks = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return order;
}

TelarLaneOrder *
telar_lane_order_copy (const TelarLaneOrder *order)
{
  TelarLaneOrder *copy = telar_lane_order_new ();
  GHashTableIter iter;
  gpointer key, value;

  copy->sort = order->sort;
  g_hash_table_iter_init (&iter, order->marks);
  while (g_hash_table_iter_next (&iter, &key, &value))
    g_hash_table_insert (copy->marks, g_strdup (key), value);
  for (guint kind = 0; kind < TELAR_N_LANE_KINDS; kind++)
    {
      copy->n[kind] = order->n[kind];
      copy->by_number[kind] = g_memdup2 (order->by_number[kind], order->n[kind]);
    }
  for (guint kind = 0; kind < G_N_ELEMENTS (order->sorted); kind++)
    copy->sorted[kind] = g_memdup2 (order->sorted[kind], order->n[kind] * sizeof (guint32));
  return copy;
}

static void
forget_run (TelarLaneOrder *order)
{
  for (guint kind = 0; kind < TELAR_N_LANE_KINDS; kind++)
    {
      order->n[kind] = 0;
      g_clear_pointer (&order->by_number[kind], g_free);
    }
  for (guint kind = 0; kind < G_N_ELEMENTS (order->sorted); kind++)
    g_clear_pointer (&order->sorted[kind], g_free);
}

void
telar_lane_order_free (TelarLaneOrder *order)
{
  forget_run (order);
  g_hash_table_unref (order->marks);
  g_free (order);
}

static guint
count_lanes (const TelarTimeline *timeline, TelarLaneKind kind)
{
  switch (kind)
    {
    case TELAR_LANE_CORE:
      return timeline->cores->len;
    case TELAR_LANE_TASK:
      return timeline->tasks->len;
    case TELAR_LANE_OBJECT:
    case TELAR_N_LANE_KINDS:
    default:
      return timeline->objects->len;
    }
}

/* What a lane is called in every run; (transfer full). */
static char *
name_lane (const TelarTimeline *timeline, TelarLaneKind kind, guint number)
{
  switch (kind)
    {
    case TELAR_LANE_CORE:
      return g_strdup_printf ("core:%d",
                              ((TelarCoreLane *) timeline->cores->pdata[number])->number);
    case TELAR_LANE_TASK:
      return g_strconcat ("task:", ((TelarTaskLane *) timeline->tasks->pdata[number])->id, NULL);
    case TELAR_LANE_OBJECT:
    case TELAR_N_LANE_KINDS:
    default:
      return g_strconcat ("object:", ((TelarObjectLane *) timeline->objects->pdata[number])->id,
                          NULL);
    }
}

/* --- Sorting --- */

/* By what lanes are sorted: the least first, then by number. */
typedef struct
{
  const double *least; /* nullable */
  char *const  *names; /* nullable */
} Keys;

static int
compare_lanes (gconstpointer a, gconstpointer b, gpointer data)
{
  const Keys *keys = data;
  guint32 x = *(const guint32 *) a, y = *(const guint32 *) b;
  int by_name = keys->names != NULL ? strcmp (keys->names[x], keys->names[y]) : 0;

  if (by_name != 0)
    return by_name;
  if (keys->least != NULL && keys->least[x] != keys->least[y])
    return keys->least[x] < keys->least[y] ? -1 : 1;
  return x < y ? -1 : x > y;
}

static guint32 *
sort_lanes (guint n, const Keys *keys)
{
  guint32 *numbers = g_new (guint32, MAX (n, 1));

  for (guint32 i = 0; i < n; i++)
    numbers[i] = i;
  g_qsort_with_data (numbers, (int) n, sizeof *numbers, compare_lanes, (gpointer) keys);
  return numbers;
}

/* Adds to each task what is inside it: from those that have nothing inside upwards. */
static void
sum_insides (const TelarTimeline *timeline, double *values)
{
  guint n = timeline->tasks->len;
  g_autofree guint *open = g_new0 (guint, n);
  g_autofree guint32 *ready = g_new (guint32, n);
  guint n_ready = 0;

  for (guint i = 1; i < n; i++)
    {
      guint32 parent = ((TelarTaskLane *) timeline->tasks->pdata[i])->parent;

      open[parent < n ? parent : TELAR_MAIN]++;
    }
  for (guint32 i = 1; i < n; i++)
    if (open[i] == 0)
      ready[n_ready++] = i;
  for (guint k = 0; k < n_ready; k++)
    {
      guint32 parent = ((TelarTaskLane *) timeline->tasks->pdata[ready[k]])->parent;

      if (parent >= n || parent == TELAR_MAIN)
        continue;
      values[parent] += values[ready[k]];
      if (--open[parent] == 0)
        ready[n_ready++] = parent;
    }
}

static guint32 *
sort_tasks (const TelarTimeline *timeline, TelarLaneSort sort)
{
  guint n = timeline->tasks->len;
  g_autofree double *least = g_new0 (double, MAX (n, 1));
  g_auto (GStrv) names = NULL;
  Keys keys = { .least = least };

  if (sort == TELAR_SORT_NAME)
    {
      names = g_new0 (char *, n + 1);
      keys.names = names;
    }
  for (guint i = 0; i < n; i++)
    {
      const TelarTaskLane *task = timeline->tasks->pdata[i];

      if (sort == TELAR_SORT_START)
        least[i] = task->started != TELAR_NO_TIME ? (double) task->started : G_MAXDOUBLE;
      else if (sort == TELAR_SORT_BUSY)
        least[i] = -(double) task->on_core_ns;
      else if (sort == TELAR_SORT_SLICES)
        least[i] = -(double) task->slices->len;
      else if (sort == TELAR_SORT_NAME)
        names[i] = g_utf8_collate_key_for_filename (task->id, -1);
    }
  if (sort == TELAR_SORT_BUSY || sort == TELAR_SORT_SLICES)
    sum_insides (timeline, least);
  return sort_lanes (n, &keys);
}

/* By number they are in the machine's order, which lanes know. */
static guint32 *
sort_cores (const TelarTimeline *timeline, TelarLaneSort sort)
{
  guint n = timeline->cores->len;
  g_autofree double *least = g_new0 (double, MAX (n, 1));
  Keys keys = { .least = least };

  if (sort != TELAR_SORT_BUSY && sort != TELAR_SORT_SLICES)
    return NULL;
  for (guint i = 0; i < n; i++)
    {
      const TelarCoreLane *core = timeline->cores->pdata[i];

      least[i] = sort == TELAR_SORT_BUSY ? -(double) core->busy_ns : -(double) core->slices->len;
    }
  return sort_lanes (n, &keys);
}

void
telar_lane_order_apply (TelarLaneOrder *order, const TelarTimeline *timeline)
{
  forget_run (order);
  if (timeline == NULL)
    return;
  for (guint kind = 0; kind < TELAR_N_LANE_KINDS; kind++)
    {
      order->n[kind] = count_lanes (timeline, kind);
      order->by_number[kind] = g_new0 (guint8, MAX (order->n[kind], 1));
      for (guint i = 0; i < order->n[kind] && g_hash_table_size (order->marks) > 0; i++)
        {
          g_autofree char *name = name_lane (timeline, kind, i);

          order->by_number[kind][i]
            = (guint8) GPOINTER_TO_UINT (g_hash_table_lookup (order->marks, name));
        }
    }
  if (order->sort == TELAR_SORT_GRAPH)
    return;
  order->sorted[TELAR_LANE_CORE] = sort_cores (timeline, order->sort);
  order->sorted[TELAR_LANE_TASK] = sort_tasks (timeline, order->sort);
}

gboolean
telar_lane_order_fits (const TelarLaneOrder *order, const TelarTimeline *timeline)
{
  for (guint kind = 0; kind < TELAR_N_LANE_KINDS; kind++)
    if (order->n[kind] != (timeline != NULL ? count_lanes (timeline, kind) : 0))
      return FALSE;
  return TRUE;
}

/* --- Marks --- */

guint
telar_lane_order_get (const TelarLaneOrder *order, TelarLaneKind kind, guint number)
{
  return order != NULL && number < order->n[kind] ? order->by_number[kind][number] : 0;
}

void
telar_lane_order_set (TelarLaneOrder *order, const TelarTimeline *timeline, TelarLaneKind kind,
                      guint number, guint marks, gboolean on)
{
  guint now;

  g_return_if_fail (number < order->n[kind]);

  now = order->by_number[kind][number];
  now = on ? now | marks : now & ~marks;
  order->by_number[kind][number] = (guint8) now;
  if (now != 0)
    {
      g_hash_table_replace (order->marks, name_lane (timeline, kind, number),
                            GUINT_TO_POINTER (now));
    }
  else
    {
      g_autofree char *name = name_lane (timeline, kind, number);

      g_hash_table_remove (order->marks, name);
    }
}

void
telar_lane_order_unset_all (TelarLaneOrder *order, guint marks)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, order->marks);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      guint rest = GPOINTER_TO_UINT (value) & ~marks;

      if (rest == 0)
        g_hash_table_iter_remove (&iter);
      else
        g_hash_table_iter_replace (&iter, GUINT_TO_POINTER (rest));
    }
  for (guint kind = 0; kind < TELAR_N_LANE_KINDS; kind++)
    for (guint i = 0; i < order->n[kind]; i++)
      order->by_number[kind][i] &= (guint8) ~marks;
}

static const TelarTaskLane *
get_task (const TelarTimeline *timeline, guint32 task)
{
  return timeline->tasks->pdata[task];
}

gsize
telar_copies_base_length (const char *id)
{
  const char *dot = strrchr (id, '.');

  if (dot == NULL || dot == id || dot[1] == '\0'
      || strspn (dot + 1, "0123456789") != strlen (dot + 1))
    return 0;
  return dot - id;
}

char *
telar_copies_base (const char *id)
{
  gsize length = telar_copies_base_length (id);

  return length > 0 ? g_strndup (id, length) : NULL;
}

gboolean
telar_is_copy_of (const TelarTaskLane *task, gsize length, const TelarTaskLane *other)
{
  return length > 0 && other->parent == task->parent && other->kind == task->kind
         && telar_copies_base_length (other->id) == length
         && memcmp (other->id, task->id, length) == 0;
}

/* The first copy; @n: how many there are. */
static guint32
find_copies (const TelarTimeline *timeline, guint32 task, guint *n)
{
  const TelarTaskLane *one = get_task (timeline, task);
  gsize length = telar_copies_base_length (one->id);
  guint32 first = task, after = task + 1;

  while (first > TELAR_MAIN + 1 && telar_is_copy_of (one, length, get_task (timeline, first - 1)))
    first--;
  while (after < timeline->tasks->len && telar_is_copy_of (one, length, get_task (timeline, after)))
    after++;
  *n = after - first;
  return first;
}

gboolean
telar_lane_order_reveal (TelarLaneOrder *order, const TelarTimeline *timeline, guint32 task)
{
  gboolean revealed = FALSE;
  guint n;

  /* Whoever selects a task asks, and mostly nobody has hidden anything. */
  if (g_hash_table_size (order->marks) == 0)
    return FALSE;
  for (guint steps = 0; task < order->n[TELAR_LANE_TASK] && steps < order->n[TELAR_LANE_TASK];
       steps++)
    {
      guint32 first = find_copies (timeline, task, &n);
      guint32 keepers[2] = { task, first };

      for (guint i = 0; i < G_N_ELEMENTS (keepers); i++)
        if ((telar_lane_order_get (order, TELAR_LANE_TASK, keepers[i]) & TELAR_LANE_HIDDEN)
            && (steps == 0 || keepers[i] != TELAR_MAIN))
          {
            telar_lane_order_set (order, timeline, TELAR_LANE_TASK, keepers[i], TELAR_LANE_HIDDEN,
                                  FALSE);
            revealed = TRUE;
          }
      task = get_task (timeline, task)->parent;
    }
  return revealed;
}

static gboolean
has_inside (const TelarTimeline *timeline, guint32 task)
{
  for (guint i = 1; i < timeline->tasks->len; i++)
    if (get_task (timeline, i)->parent == task && get_task (timeline, i)->kind != TELAR_KIND_CALL)
      return TRUE;
  return FALSE;
}

/* Whose mark folds @task, and which: TELAR_NO_TASK where there is nothing to fold. */
static guint32
find_fold (const TelarLaneOrder *order, const TelarTimeline *timeline, guint32 task,
           gboolean *copies, TelarLaneFold *fold)
{
  guint32 outer = task, first;
  guint n, marks;

  *copies = FALSE;
  /* What it is folded into, the outermost first. */
  *fold = TELAR_FOLD_OPEN;
  first = TELAR_NO_TASK;
  for (guint steps = 0; outer < order->n[TELAR_LANE_TASK] && steps < order->n[TELAR_LANE_TASK];
       steps++)
    {
      if ((telar_lane_order_get (order, TELAR_LANE_TASK, outer) & TELAR_LANE_FOLDED)
          && has_inside (timeline, outer))
        first = outer;
      outer = get_task (timeline, outer)->parent;
    }
  if (first != TELAR_NO_TASK)
    return first;

  *fold = TELAR_FOLD_CLOSE;
  if (has_inside (timeline, task))
    return task;
  first = find_copies (timeline, task, &n);
  if (n > 1)
    {
      marks = telar_lane_order_get (order, TELAR_LANE_TASK, first);
      *copies = TRUE;
      if (!(marks & TELAR_LANE_UNFOLDED)
          && (n >= TELAR_FOLDED_COPIES || (marks & TELAR_LANE_FOLDED)))
        *fold = TELAR_FOLD_OPEN;
      return first;
    }
  outer = get_task (timeline, task)->parent;
  if (outer < order->n[TELAR_LANE_TASK] && outer != TELAR_MAIN)
    return outer;
  *fold = TELAR_FOLD_NOTHING;
  return TELAR_NO_TASK;
}

TelarLaneFold
telar_lane_order_folding (const TelarLaneOrder *order, const TelarTimeline *timeline, guint32 task)
{
  TelarLaneFold fold = TELAR_FOLD_NOTHING;
  gboolean copies;

  if (task < order->n[TELAR_LANE_TASK])
    find_fold (order, timeline, task, &copies, &fold);
  return fold;
}

void
telar_lane_order_fold (TelarLaneOrder *order, const TelarTimeline *timeline, guint32 task)
{
  TelarLaneFold fold;
  gboolean copies;
  guint32 whose;

  if (task >= order->n[TELAR_LANE_TASK])
    return;
  whose = find_fold (order, timeline, task, &copies, &fold);
  if (fold == TELAR_FOLD_NOTHING)
    return;
  telar_lane_order_set (order, timeline, TELAR_LANE_TASK, whose, TELAR_LANE_FOLDED,
                        fold == TELAR_FOLD_CLOSE);
  if (copies)
    telar_lane_order_set (order, timeline, TELAR_LANE_TASK, whose, TELAR_LANE_UNFOLDED,
                          fold == TELAR_FOLD_OPEN);
}

guint
telar_lane_order_count (const TelarLaneOrder *order, TelarLaneKind kind, guint marks)
{
  guint n = 0;

  for (guint i = 0; order != NULL && i < order->n[kind]; i++)
    n += (order->by_number[kind][i] & marks) != 0;
  return n;
}

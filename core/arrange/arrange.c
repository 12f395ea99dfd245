/* arrange.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Level by level, from the innermost frames out: what each holds is laid out,
 * which is how large it has to be; then all places from the root in.
 */

#include "config.h"

#include <string.h>

#include "arrange/arrange.h"
#include "arrange/dot.h"
#include "arrange/pack.h"

#define TIME_LIMIT (2 * G_USEC_PER_SEC) /* of all that dot is asked: nobody waits longer */

/* Much higher than wide: dot piles up what may run at once, however many. */
#define TOWER        2400.0
#define TOWER_ASPECT 2.0

typedef struct
{
  TelarArrangeItem *items;      /* borrowed */
  TelarArrangeTree *tree;       /* owned */
  GPtrArray        **parts;     /* owned; of a frame, while its level is laid out */
  TelarArrangeMethod method;
  GCancellable     *cancellable; /* borrowed */
  gint64           deadline;
  gboolean         used_dot;
} Work;

/* What the thread is given. */
typedef struct
{
  GArray *items;                /* owned */
  GArray *edges;                /* owned */
  TelarArrangeMethod method;
  TelarArrangeMethod used;
} Request;

/* ---- one part ------------------------------------------------------------- */

static void
lay_out_by_layers (TelarArrangePart *part)
{
  g_autoptr (GArray) points = g_array_new (FALSE, FALSE, sizeof (TelarLayerPoint));
  double width, height;

  telar_layers_lay_out (part->items, part->n_items, part->edges, part->n_edges, points, &width,
                        &height);
  part->width = part->height = 0;
  for (guint i = 0; i < part->n_items; i++)
    {
      part->width = MAX (part->width, part->items[i].x + part->items[i].width);
      part->height = MAX (part->height, part->items[i].y + part->items[i].height);
    }
}

static gboolean
is_tower (const TelarArrangePart *part)
{
  return part->height > TOWER && part->height > TOWER_ASPECT * part->width;
}

/* ---- one level ------------------------------------------------------------ */

/* Returns: whether dot has laid out all of them */
static gboolean
lay_out_by_dot (Work *work, GPtrArray *parts)
{
  if (!telar_arrange_dot (parts, work->deadline, work->cancellable))
    return FALSE;
  work->used_dot = TRUE;
  for (guint i = 0; work->method == TELAR_ARRANGE_AUTO && i < parts->len; i++)
    if (is_tower (parts->pdata[i]))
      lay_out_by_layers (parts->pdata[i]);
  return TRUE;
}

static void
finish_frame (Work *work, guint32 frame)
{
  TelarArrangeItem *item = &work->items[frame];
  GPtrArray *parts = work->parts[frame];
  double width, height;

  telar_arrange_pack (parts, &width, &height);
  for (guint i = 0; i < parts->len; i++)
    {
      const TelarArrangePart *part = parts->pdata[i];

      /* Within the frame, until all frames have their places. */
      for (guint k = 0; k < part->n_items; k++)
        {
          work->items[part->members[k]].x = item->padding + item->left_room + part->x
                                            + part->items[k].x;
          work->items[part->members[k]].y = item->header + part->y + part->items[k].y;
        }
    }
  item->width = MAX (item->width, width + 2 * item->padding + item->left_room);
  item->height = MAX (item->height, height + item->header + item->padding);
  g_clear_pointer (&work->parts[frame], g_ptr_array_unref);
}

/* @frames: those of one level, and leaves
 *
 * Returns: FALSE when cancelled, or when dot failed */
static gboolean
lay_out_level (Work *work, const guint32 *frames, guint n_frames)
{
  g_autoptr (GPtrArray) asked = g_ptr_array_new ();

  for (guint i = 0; i < n_frames; i++)
    {
      if (work->tree->kids[frames[i]] == 0)
        continue;
      work->parts[frames[i]] = telar_arrange_tree_parts (work->tree, work->items, frames[i]);
      for (guint k = 0; k < work->parts[frames[i]]->len; k++)
        {
          TelarArrangePart *part = work->parts[frames[i]]->pdata[k];

          if (g_cancellable_is_cancelled (work->cancellable))
            return FALSE;
          if (work->method != TELAR_ARRANGE_LAYERS && part->n_items > 1)
            g_ptr_array_add (asked, part);
          else
            lay_out_by_layers (part);
        }
    }
  if (asked->len > 0 && !lay_out_by_dot (work, asked))
    return FALSE;
  for (guint i = 0; i < n_frames; i++)
    if (work->parts[frames[i]] != NULL)
      finish_frame (work, frames[i]);
  return TRUE;
}

/* ---- all ------------------------------------------------------------------ */

static void
work_clear (Work *work)
{
  for (guint i = 0; i < work->tree->n; i++)
    g_clear_pointer (&work->parts[i], g_ptr_array_unref);
  g_free (work->parts);
  telar_arrange_tree_free (work->tree);
}

/* Items are only good if TRUE is returned. */
static gboolean
lay_out (TelarArrangeItem *items, guint n, const TelarArrangeEdge *edges, guint n_edges,
         TelarArrangeMethod method, GCancellable *cancellable, gboolean *used_dot)
{
  Work work = {
    .items = items,
    .tree = telar_arrange_tree_new (items, n, edges, n_edges),
    .parts = g_new0 (GPtrArray *, n),
    .method = method,
    .cancellable = cancellable,
    .deadline = g_get_monotonic_time () + TIME_LIMIT,
  };
  const guint32 *order = work.tree->order;
  gboolean good = TRUE;

  for (guint end = n; good && end > 0;)
    {
      guint begin = end;

      while (begin > 0 && work.tree->depth[order[begin - 1]] == work.tree->depth[order[end - 1]])
        begin--;
      good = lay_out_level (&work, order + begin, end - begin);
      end = begin;
    }
  for (guint i = 1; good && i < n; i++)
    {
      items[order[i]].x += items[work.tree->parent[order[i]]].x;
      items[order[i]].y += items[work.tree->parent[order[i]]].y;
    }
  *used_dot = work.used_dot;
  work_clear (&work);
  return good;
}

static void
run_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Request *request = data;
  guint n = request->items->len;
  const TelarArrangeEdge *edges = (const TelarArrangeEdge *) (void *) request->edges->data;
  g_autoptr (GArray) found = g_array_copy (request->items);
  TelarArrangeItem *items = (TelarArrangeItem *) (void *) found->data;
  gboolean good = FALSE, used_dot = FALSE;

  if (request->method == TELAR_ARRANGE_DOT
      || (request->method == TELAR_ARRANGE_AUTO && n <= TELAR_ARRANGE_MOST_DOT + 1))
    {
      good = lay_out (items, n, edges, request->edges->len, request->method, cancellable, &used_dot)
             && telar_arrange_is_sound (items, n);
      if (!good)
        memcpy (items, request->items->data, n * sizeof items[0]);
    }
  request->used = good && used_dot ? TELAR_ARRANGE_DOT : TELAR_ARRANGE_LAYERS;
  if (g_task_return_error_if_cancelled (task))
    return;
  if (good || telar_arrange_layers (items, n, edges, request->edges->len, cancellable))
    g_task_return_pointer (task, g_steal_pointer (&found), (GDestroyNotify) g_array_unref);
  else
    g_task_return_error_if_cancelled (task);
}

static void
request_free (gpointer data)
{
  Request *request = data;

  g_array_unref (request->items);
  g_array_unref (request->edges);
  g_free (request);
}

/* ---- public --------------------------------------------------------------- */

void
telar_arrange_async (GArray *items, GArray *edges, TelarArrangeMethod method,
                     GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = NULL;
  Request *request;

  g_return_if_fail (items != NULL && items->len > 0);

  request = g_new0 (Request, 1);
  request->items = g_array_copy (items);
  request->edges = edges != NULL ? g_array_copy (edges)
                                 : g_array_new (FALSE, FALSE, sizeof (TelarArrangeEdge));
  request->method = method;
  task = g_task_new (NULL, cancellable, callback, data);
  g_task_set_source_tag (task, telar_arrange_async);
  g_task_set_task_data (task, request, request_free);
  g_task_run_in_thread (task, run_in_thread);
}

GArray *
telar_arrange_finish (GAsyncResult *result, TelarArrangeMethod *used, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  if (used != NULL)
    *used = ((const Request *) g_task_get_task_data (G_TASK (result)))->used;
  return g_task_propagate_pointer (G_TASK (result), error);
}

gboolean
telar_arrange_layers (TelarArrangeItem *items, guint n, const TelarArrangeEdge *edges,
                      guint n_edges, GCancellable *cancellable)
{
  g_autofree TelarArrangeItem *found = NULL;
  gboolean used_dot;

  g_return_val_if_fail (n > 0, FALSE);

  found = g_memdup2 (items, n * sizeof items[0]);
  if (!lay_out (found, n, edges, n_edges, TELAR_ARRANGE_LAYERS, cancellable, &used_dot))
    return FALSE;
  memcpy (items, found, n * sizeof items[0]);
  return TRUE;
}

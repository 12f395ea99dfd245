/* graph-layout.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Each frame is laid out by layers.c, from the innermost out, and is as large
 * as what it holds. What has a place of its own stays there, and the frame goes
 * around it; the rest is placed within its frame.
 */

#include "config.h"

#include <math.h>

#include "arrange/layers.h"
#include "paint/graph-private.h"

#define BOX_WIDEST     360.0
#define PADDING        22.0
#define FRAME_STATE    210.0 /* kind and state beside id and call */
#define FRAME_WIDEST   520.0
#define MAIN_WIDTH     520.0 /* at least, so that there is room to build */
#define MAIN_HEIGHT    150.0
#define EMPTY_HEIGHT   260.0
#define BODY_NARROWEST 130.0
#define BODY_WIDEST    280.0
#define BODY_GAP       64.0  /* for edges from rows to what they start */

/* A task while it is laid out; its size and place are its box's. */
typedef struct
{
  guint32  kids, next; /* a list by task, 0 ends it: main is nobody's kid */
  guint32  n_kids;
  gboolean fixed;      /* its place is on the canvas, else within its frame */
  guint32  index;      /* among the free kids of its frame, from 1; 0: none of them */
} Place;

typedef struct
{
  TelarGraphLayout *result;
  Place            *places;      /* by task */
  guint            *first_edge;  /* of edges by the frame that they are in, G_MAXUINT ends it */
  guint            *next_edge;
} Layout;

static const TelarTask *
get_task (const TelarGraphLayout *layout, guint32 task)
{
  return telar_relations_task (layout->relations, task);
}

/* ---- sizes -------------------------------------------------------------- */

static void
size_box (TelarGraphLayout *layout, guint32 task)
{
  TelarGraphBox *box = &layout->boxes[task];

  box->width = round (CLAMP (MAX (telar_graph_id_width (layout, task) + 100,
                                  telar_graph_call_width (layout, task) + 34),
                             TELAR_GRAPH_BOX_WIDTH, BOX_WIDEST));
  box->height = TELAR_GRAPH_BOX_HEIGHT;
}

static void
size_body (TelarGraphLayout *layout, guint32 task)
{
  TelarGraphBox *box = &layout->boxes[task];

  if (!box->has_body)
    return;
  box->body_width = BODY_NARROWEST;
  box->body_height = TELAR_GRAPH_BODY_HEADER;
  if (!box->unfolded)
    return;
  box->body_width = round (CLAMP (telar_graph_rows_width (layout, task) + 30, BODY_NARROWEST,
                                  BODY_WIDEST));
  box->body_height += telar_graph_n_rows (layout, task) * TELAR_GRAPH_ROW + TELAR_GRAPH_BODY_END;
}

/* ---- frames ------------------------------------------------------------- */

/* Whose frame each task is in: its parent's, but main's where that is unknown or
 * where the parents of it run in a circle. */
static void
find_parents (TelarGraphLayout *layout)
{
  g_autofree guint32 *seen = g_new0 (guint32, layout->n_tasks); /* by which walk */

  layout->boxes[0].parent = TELAR_NOBODY;
  seen[0] = TELAR_NOBODY;
  for (guint32 i = 1; i < layout->n_tasks; i++)
    {
      guint32 parent = layout->relations->tasks[i].parent;

      layout->boxes[i].parent = parent < layout->n_tasks && parent != i ? parent : 0;
    }
  for (guint32 i = 1; i < layout->n_tasks; i++)
    for (guint32 task = i; seen[task] == 0; task = layout->boxes[task].parent)
      {
        seen[task] = i;
        if (seen[layout->boxes[task].parent] == i)
          layout->boxes[task].parent = 0;
      }
}

/* From the last, so that lists are in file order; and the order, frames before
 * what they hold. */
static void
link_places (Layout *layout)
{
  TelarGraphLayout *result = layout->result;
  guint32 head = 0, tail = 0;

  for (guint32 i = result->n_tasks - 1; i > 0; i--)
    {
      Place *parent = &layout->places[result->boxes[i].parent];

      layout->places[i].next = parent->kids;
      parent->kids = i;
      parent->n_kids++;
    }
  result->order[tail++] = 0;
  while (head < tail)
    for (guint32 kid = layout->places[result->order[head++]].kids; kid != 0;
         kid = layout->places[kid].next)
      result->order[tail++] = kid;
}

static void
find_bodies (Layout *layout, const TelarGraphFolds *folds)
{
  GHashTable *folded = folds->folded, *whole = folds->whole;
  TelarGraphLayout *result = layout->result;

  for (guint32 i = 0; i < result->n_tasks; i++)
    {
      const TelarTask *task = get_task (result, i);
      TelarGraphBox *box = &result->boxes[i];

      box->frame = i == 0 || layout->places[i].kids != 0;
      box->has_body = box->frame && task->steps->len > 0
                      && (i == 0 || task->has_body || task->steps->len > 1);
      box->unfolded = box->has_body
                      && (folded == NULL || !g_hash_table_contains (folded, task->id));
      box->whole = whole != NULL && g_hash_table_contains (whole, task->id);
    }
}

/* Lists of edges that only matter within one frame. */
static void
sort_edges (Layout *layout)
{
  const TelarGraphLayout *result = layout->result;

  layout->first_edge = g_new (guint, result->n_tasks);
  layout->next_edge = g_new (guint, MAX (result->edges->len, 1));
  for (guint32 i = 0; i < result->n_tasks; i++)
    layout->first_edge[i] = G_MAXUINT;
  for (guint i = result->edges->len; i-- > 0;)
    {
      const TelarGraphEdge *edge = telar_graph_edge (result, i);
      guint32 frame = result->boxes[edge->to].parent;

      if (edge->kind != TELAR_GRAPH_AFTER || frame == TELAR_NOBODY
          || result->boxes[edge->from].parent != frame)
        continue;
      layout->next_edge[i] = layout->first_edge[frame];
      layout->first_edge[frame] = i;
    }
}

/* ---- what has no place of its own --------------------------------------- */

/* Takes out edges that close a circle: tasks are freed one after the other of
 * what they come after; among those that never are, edges lead on in file order.
 * Returns: how many are left, at the beginning of @edges and @numbers. */
static guint
break_circles (TelarLayerEdge *edges, guint *numbers, guint n_edges, guint n_items)
{
  g_autofree guint *waits = g_new0 (guint, n_items);
  g_autofree guint *first = g_new (guint, n_items);
  g_autofree guint *next = g_new (guint, MAX (n_edges, 1));
  g_autofree guint *queue = g_new (guint, n_items);
  guint head = 0, tail = 0, kept = 0;

  for (guint i = 0; i < n_items; i++)
    first[i] = G_MAXUINT;
  for (guint i = 0; i < n_edges; i++)
    {
      waits[edges[i].to]++;
      next[i] = first[edges[i].from];
      first[edges[i].from] = i;
    }
  for (guint i = 0; i < n_items; i++)
    if (waits[i] == 0)
      queue[tail++] = i;
  while (head < tail)
    for (guint i = first[queue[head++]]; i != G_MAXUINT; i = next[i])
      if (--waits[edges[i].to] == 0)
        queue[tail++] = edges[i].to;
  if (tail == n_items)
    return n_edges;
  for (guint i = 0; i < n_edges; i++)
    if (waits[edges[i].from] == 0 || edges[i].from < edges[i].to)
      {
        edges[kept] = edges[i];
        numbers[kept++] = numbers[i];
      }
  return kept;
}

/* Lays out the kids of @scope that have no place; (0, 0) is where the first of
 * them begins. */
static void
lay_out_free_kids (Layout *layout, guint32 scope, double *width, double *height)
{
  TelarGraphLayout *result = layout->result;
  const Place *frame = &layout->places[scope];
  g_autofree TelarLayerItem *items = g_new0 (TelarLayerItem, MAX (frame->n_kids, 1));
  g_autofree guint32 *tasks = g_new (guint32, MAX (frame->n_kids, 1));
  g_autoptr (GArray) edges = g_array_new (FALSE, FALSE, sizeof (TelarLayerEdge));
  g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (guint));
  guint n = 0, n_edges;

  *width = *height = 0;
  for (guint32 kid = frame->kids; kid != 0; kid = layout->places[kid].next)
    if (!layout->places[kid].fixed)
      {
        items[n].width = result->boxes[kid].width + telar_graph_stack (result, kid);
        items[n].height = result->boxes[kid].height + telar_graph_stack (result, kid);
        tasks[n] = kid;
        layout->places[kid].index = ++n;
      }
  if (n == 0)
    return;
  for (guint i = layout->first_edge[scope]; i != G_MAXUINT; i = layout->next_edge[i])
    {
      const TelarGraphEdge *edge = telar_graph_edge (result, i);
      guint32 from = layout->places[edge->from].index, to = layout->places[edge->to].index;
      TelarLayerEdge local = { .from = from - 1, .to = to - 1 };

      if (from == 0 || to == 0)
        continue;
      g_array_append_val (edges, local);
      g_array_append_val (numbers, i);
    }

  n_edges = break_circles ((TelarLayerEdge *) (void *) edges->data,
                           (guint *) (void *) numbers->data, edges->len, n);
  telar_layers_lay_out (items, n, (TelarLayerEdge *) (void *) edges->data, n_edges, result->points,
                        width, height);
  for (guint i = 0; i < n; i++)
    {
      result->boxes[tasks[i]].x = items[i].x;
      result->boxes[tasks[i]].y = items[i].y;
    }
  for (guint i = 0; i < n_edges; i++)
    {
      const TelarLayerEdge *local = &g_array_index (edges, TelarLayerEdge, i);
      TelarGraphEdge *edge = &g_array_index (result->edges, TelarGraphEdge,
                                             g_array_index (numbers, guint, i));

      edge->first_point = local->first_point;
      edge->n_points = edge->n_way = local->n_points;
    }
}

/* Moves what lay_out_free_kids() placed. */
static void
move_free_kids (Layout *layout, guint32 scope, guint first_point, double dx, double dy)
{
  TelarGraphLayout *result = layout->result;

  for (guint32 kid = layout->places[scope].kids; kid != 0; kid = layout->places[kid].next)
    if (!layout->places[kid].fixed)
      {
        result->boxes[kid].x += dx;
        result->boxes[kid].y += dy;
      }
  for (guint i = first_point; i < result->points->len; i++)
    {
      g_array_index (result->points, TelarGraphPoint, i).x += dx;
      g_array_index (result->points, TelarGraphPoint, i).y += dy;
    }
}

/* ---- one frame ---------------------------------------------------------- */

/* What a frame says of its task. */
static double
header_width (const TelarGraphLayout *layout, guint32 task)
{
  double text = telar_graph_id_width (layout, task) + telar_graph_call_width (layout, task);

  return round (MIN (text + FRAME_STATE, FRAME_WIDEST));
}

/* Kids with a place stay there, the others go below them, the body left of all,
 * and the frame goes around. What has no place is within the frame. */
static void
place_frame (Layout *layout, guint32 scope)
{
  TelarGraphLayout *result = layout->result;
  TelarGraphBox *box = &result->boxes[scope];
  Place *frame = &layout->places[scope];
  double header = scope == 0 ? TELAR_GRAPH_MAIN_HEADER : TELAR_GRAPH_HEADER;
  double left = HUGE_VAL, top = HUGE_VAL, right = -HUGE_VAL, bottom = -HUGE_VAL;
  double width, height, body;
  guint first_point = result->points->len;

  size_body (result, scope);
  body = box->has_body ? box->body_width + BODY_GAP : 0;
  lay_out_free_kids (layout, scope, &width, &height);
  for (guint32 kid = frame->kids; kid != 0; kid = layout->places[kid].next)
    if (layout->places[kid].fixed)
      {
        const TelarGraphBox *it = &result->boxes[kid];
        double stack = telar_graph_stack (result, kid);

        left = MIN (left, it->x);
        top = MIN (top, it->y);
        right = MAX (right, it->x + it->width + stack);
        bottom = MAX (bottom, it->y + it->height + stack);
      }

  /* Main begins where that of an empty graph does, so that it does not jump to what
   * is first put into it; unless that is far away. */
  if (scope == 0 && left != HUGE_VAL)
    {
      if (left < MAIN_WIDTH)
        left = MIN (left, PADDING + body);
      if (top < EMPTY_HEIGHT)
        top = MIN (top, header);
    }

  if (left == HUGE_VAL)
    {
      move_free_kids (layout, scope, first_point, PADDING + body, header);
      box->width = PADDING + body + width + PADDING;
      box->height = header + MAX (height, box->body_height) + PADDING;
    }
  else
    {
      frame->fixed = TRUE;
      box->x = left - body - PADDING;
      box->y = top - header;
      move_free_kids (layout, scope, first_point, PADDING + body,
                      bottom + 2 * TELAR_GRAPH_GAP - box->y);
      if (height > 0)
        bottom += 2 * TELAR_GRAPH_GAP + height;
      right = MAX (right, left + width);
      box->width = right + PADDING - box->x;
      box->height = MAX (bottom, top + box->body_height) + PADDING - box->y;
    }
  if (scope == 0)
    {
      box->width = MAX (box->width, MAIN_WIDTH);
      box->height = MAX (box->height, frame->kids != 0 ? MAIN_HEIGHT : EMPTY_HEIGHT);
    }
  else
    {
      box->width = MAX (box->width, header_width (result, scope));
    }
  box->body_x = PADDING;
  box->body_y = header;
}

/* From places within frames to places on the canvas. */
static void
settle (Layout *layout)
{
  TelarGraphLayout *result = layout->result;

  for (guint32 i = 0; i < result->n_tasks; i++)
    {
      guint32 task = result->order[i];
      TelarGraphBox *box = &result->boxes[task];

      if (task != 0 && !layout->places[task].fixed)
        {
          box->x += result->boxes[box->parent].x;
          box->y += result->boxes[box->parent].y;
        }
      if (!box->has_body)
        continue;
      box->body_x += box->x;
      box->body_y += box->y;
    }
  /* Only edges between free kids have points: they are within their frame. */
  for (guint i = 0; i < result->edges->len; i++)
    {
      const TelarGraphEdge *edge = telar_graph_edge (result, i);
      const TelarGraphBox *frame = &result->boxes[edge->n_points > 0
                                                    ? result->boxes[edge->to].parent : 0];

      for (guint k = 0; k < edge->n_points; k++)
        {
          g_array_index (result->points, TelarGraphPoint, edge->first_point + k).x += frame->x;
          g_array_index (result->points, TelarGraphPoint, edge->first_point + k).y += frame->y;
        }
    }
}

static void
place_all (Layout *layout)
{
  TelarGraphLayout *result = layout->result;

  for (guint32 i = result->n_tasks; i-- > 0;)
    {
      guint32 number = result->order[i];
      const TelarTask *task = get_task (result, number);
      TelarGraphBox *box = &result->boxes[number];

      if (box->frame)
        place_frame (layout, number);
      else
        size_box (result, number);
      if (!layout->places[number].fixed && task->has_position)
        {
          layout->places[number].fixed = TRUE;
          box->x = task->x;
          box->y = task->y;
        }
    }
  settle (layout);
}

TelarGraphLayout *
telar_graph_layout_new (TelarGraph *graph, GHashTable *folded)
{
  return telar_graph_layout_new_whole (graph, folded, NULL);
}

TelarGraphLayout *
telar_graph_layout_new_whole (TelarGraph *graph, GHashTable *folded, GHashTable *whole)
{
  return telar_graph_layout_new_folds (graph, &(TelarGraphFolds){ .folded = folded,
                                                                  .whole = whole });
}

TelarGraphLayout *
telar_graph_layout_new_folds (TelarGraph *graph, const TelarGraphFolds *folds)
{
  TelarGraphLayout *result;
  Layout layout = { NULL };

  g_return_val_if_fail (graph != NULL && folds != NULL, NULL);

  result = g_new0 (TelarGraphLayout, 1);
  result->graph = telar_graph_ref (graph);
  result->relations = telar_relations_new (graph);
  result->n_tasks = result->relations->n_tasks;
  result->boxes = g_new0 (TelarGraphBox, result->n_tasks);
  result->order = g_new (guint32, result->n_tasks);
  result->edges = g_array_new (FALSE, FALSE, sizeof (TelarGraphEdge));
  result->points = g_array_new (FALSE, FALSE, sizeof (TelarGraphPoint));
  G_STATIC_ASSERT (sizeof (TelarGraphPoint) == sizeof (TelarLayerPoint));

  layout.result = result;
  layout.places = g_new0 (Place, result->n_tasks);
  find_parents (result);
  link_places (&layout);
  find_bodies (&layout, folds);
  telar_graph_make_pools (result, folds);
  result->dyes = telar_graph_dyes (result);
  telar_graph_make_edges (result);
  sort_edges (&layout);
  place_all (&layout);
  telar_graph_make_objects (result);
  telar_graph_layout_shift (result, NULL, 0, 0, 0);

  g_free (layout.places);
  g_free (layout.first_edge);
  g_free (layout.next_edge);
  return result;
}

void
telar_graph_layout_free (TelarGraphLayout *layout)
{
  if (layout == NULL)
    return;
  telar_relations_free (layout->relations);
  telar_graph_unref (layout->graph);
  g_free (layout->boxes);
  g_free (layout->order);
  g_free (layout->dyes);
  g_array_unref (layout->edges);
  g_array_unref (layout->points);
  g_free (layout->objects);
  g_free (layout->n_workers);
  g_free (layout->first_lanes);
  g_array_unref (layout->references);
  g_array_unref (layout->bonds);
  g_free (layout);
}

void
telar_graph_layout_room (const TelarGraphLayout *layout, guint32 task, TelarGraphRoom *room)
{
  const TelarGraphBox *box;

  g_return_if_fail (layout != NULL && task < layout->n_tasks && room != NULL);

  box = &layout->boxes[task];
  room->header = task == 0 ? TELAR_GRAPH_MAIN_HEADER : TELAR_GRAPH_HEADER;
  room->padding = PADDING;
  room->left = box->has_body ? box->body_width + BODY_GAP : 0;
  room->width = task == 0 ? MAIN_WIDTH : header_width (layout, task);
  room->height = MAX (room->header + box->body_height + PADDING, task == 0 ? MAIN_HEIGHT : 0);
}

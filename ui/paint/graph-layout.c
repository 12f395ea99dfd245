/* graph-layout.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Boxes for a whole graph: copies folded into one, each scope laid out by
 * layers.c from the innermost out, each frame as large as what it holds.
 */

#include "config.h"

#include <math.h>
#include <string.h>

#include "arrange/layers.h"
#include "paint/graph-picture.h"

#define BOX_HEIGHT    74.0
#define BOX_WIDTH     224.0
#define BOX_WIDEST    360.0
#define FRAME_HEADER  42.0
#define FRAME_PADDING 22.0
#define FRAME_STATE   210.0 /* kind and state beside id and call */
#define FRAME_WIDEST  520.0
#define MAIN_HEADER   30.0
#define MARGIN        12.0
#define ID_CHARACTER  9.4   /* at most, so that golden files hold with every font */
#define CALL_CHARACTER 8.1

typedef struct
{
  guint32 task;
  guint32 n;          /* tasks: copies, and theirs of parents' copies */
  guint   parent;     /* index of a group; main is 0 */
  guint   kids, next; /* a list by index, 0 ends it: main is nobody's kid */
  guint   n_kids;
  double  x, y;       /* of a kid: within its frame, or on the canvas when fixed */
  double  width, height;
  gboolean fixed;     /* its place on the canvas was given */
  gboolean given;
} Group;

typedef struct
{
  const TelarPlan *plan;
  GArray          *groups;
  guint           *group_of_task;
  guint           *order;     /* parents before kids */
  GArray          *edges;     /* TelarLayerEdge, between groups */
  GArray          *points;    /* TelarLayerPoint, within the scope of the edge */
} Layout;

static Group *
get_group (const Layout *layout, guint group)
{
  return &g_array_index (layout->groups, Group, group);
}

/* The graph's task that a task of the plan is a copy of: "w.3" of "w". */
static const TelarTask *
find_original (const TelarGraph *graph, GHashTable *by_id, const char *id)
{
  g_autofree char *text = g_strdup (id);
  char *dot;

  if (graph == NULL)
    return NULL;
  for (;;)
    {
      const TelarTask *task = g_hash_table_lookup (by_id, text);

      if (task != NULL)
        return task;
      dot = strrchr (text, '.');
      if (dot == NULL || dot[1] == '\0' || strspn (dot + 1, "0123456789") != strlen (dot + 1))
        return NULL;
      *dot = '\0';
    }
}

/* Widths of the texts that a box shows. */
static void
measure (const Layout *layout, const Group *group, double *id, double *call)
{
  const TelarPlanTask *task = telar_plan_task (layout->plan, group->task);
  const char *text = task->n_steps > 0
                       ? telar_plan_text (layout->plan,
                                          telar_plan_step (layout->plan, task->first_step)->text)
                       : "";

  *id = ID_CHARACTER * g_utf8_strlen (telar_plan_text (layout->plan, task->id), -1);
  *call = CALL_CHARACTER * g_utf8_strlen (text, -1);
}

static void
size_box (const Layout *layout, Group *group)
{
  double id, call;

  measure (layout, group, &id, &call);
  group->width = round (CLAMP (MAX (id + 100, call + 34), BOX_WIDTH, BOX_WIDEST));
  group->height = BOX_HEIGHT;
}

static void
make_groups (Layout *layout, const TelarGraph *graph)
{
  g_autoptr (GHashTable) by_id = g_hash_table_new (g_str_hash, g_str_equal);
  const TelarTask *previous = NULL;

  for (guint i = 0; graph != NULL && i < graph->tasks->len; i++)
    {
      TelarTask *task = graph->tasks->pdata[i];

      if (task->id != NULL)
        g_hash_table_insert (by_id, task->id, task);
    }
  for (guint32 i = 0; i < layout->plan->n_tasks; i++)
    {
      const char *id = telar_plan_text (layout->plan, telar_plan_task (layout->plan, i)->id);
      const TelarTask *original = i > 0 ? find_original (graph, by_id, id) : NULL;

      if (original == NULL || original != previous)
        {
          Group group = { .task = i, .given = original != NULL && original->has_position };

          if (group.given)
            {
              group.x = original->x;
              group.y = original->y;
            }
          g_array_append_val (layout->groups, group);
        }
      get_group (layout, layout->groups->len - 1)->n++;
      layout->group_of_task[i] = layout->groups->len - 1;
      previous = original;
    }
}

/* Whose kid each group is; from the last, so that lists are in file order. */
static void
link_groups (Layout *layout)
{
  guint n = layout->groups->len, head = 0, tail = 0;

  for (guint i = n - 1; i > 0; i--)
    {
      Group *group = get_group (layout, i);
      guint32 parent = telar_plan_task (layout->plan, group->task)->parent;

      group->parent = layout->group_of_task[parent];
      if (group->parent == i)
        group->parent = 0;
      group->next = get_group (layout, group->parent)->kids;
      get_group (layout, group->parent)->kids = i;
      get_group (layout, group->parent)->n_kids++;
    }
  layout->order[tail++] = 0;
  while (head < tail)
    for (guint kid = get_group (layout, layout->order[head++])->kids; kid != 0;
         kid = get_group (layout, kid)->next)
      layout->order[tail++] = kid;
}

static void
make_edges (Layout *layout)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  for (guint32 i = 1; i < layout->plan->n_tasks; i++)
    {
      const TelarPlanTask *task = telar_plan_task (layout->plan, i);
      guint to = layout->group_of_task[i];

      /* Copies come after the same as the first of them. */
      if (get_group (layout, to)->task != i)
        continue;
      for (guint32 k = 0; k < task->n_after; k++)
        {
          guint32 after = telar_plan_links (layout->plan, task->first_after)[k];
          TelarLayerEdge edge = { .from = layout->group_of_task[after], .to = to };
          gint64 key = (gint64) edge.from << 32 | edge.to;

          if (edge.from != to
              && get_group (layout, edge.from)->parent == get_group (layout, to)->parent
              && g_hash_table_add (seen, g_memdup2 (&key, sizeof key)))
            g_array_append_val (layout->edges, edge);
        }
    }
}

/* Lays out the kids of @scope that have no place of their own; (0, 0) is where
 * the first of them begins. */
static void
lay_out_free_kids (Layout *layout, guint scope, GArray **edges_of, double *width, double *height)
{
  const Group *frame = get_group (layout, scope);
  g_autofree TelarLayerItem *items = g_new0 (TelarLayerItem, MAX (frame->n_kids, 1));
  g_autofree guint *groups = g_new (guint, MAX (frame->n_kids, 1));
  g_autoptr (GHashTable) index = g_hash_table_new (NULL, NULL);
  g_autoptr (GArray) edges = g_array_new (FALSE, FALSE, sizeof (TelarLayerEdge));
  g_autoptr (GArray) originals = g_array_new (FALSE, FALSE, sizeof (guint));
  guint n = 0;

  for (guint kid = frame->kids; kid != 0; kid = get_group (layout, kid)->next)
    {
      const Group *group = get_group (layout, kid);

      if (group->fixed)
        continue;
      items[n].width = group->width;
      items[n].height = group->height;
      groups[n] = kid;
      g_hash_table_insert (index, GUINT_TO_POINTER (kid), GUINT_TO_POINTER (++n));
    }
  for (guint i = 0; edges_of[scope] != NULL && i < edges_of[scope]->len; i++)
    {
      guint number = g_array_index (edges_of[scope], guint, i);
      const TelarLayerEdge *edge = &g_array_index (layout->edges, TelarLayerEdge, number);
      guint from = GPOINTER_TO_UINT (g_hash_table_lookup (index, GUINT_TO_POINTER (edge->from)));
      guint to = GPOINTER_TO_UINT (g_hash_table_lookup (index, GUINT_TO_POINTER (edge->to)));
      TelarLayerEdge local = { .from = from - 1, .to = to - 1 };

      if (from == 0 || to == 0)
        continue;
      g_array_append_val (edges, local);
      g_array_append_val (originals, number);
    }

  telar_layers_lay_out (items, n, (TelarLayerEdge *) (void *) edges->data, edges->len,
                        layout->points, width, height);
  for (guint i = 0; i < n; i++)
    {
      get_group (layout, groups[i])->x = items[i].x;
      get_group (layout, groups[i])->y = items[i].y;
    }
  for (guint i = 0; i < edges->len; i++)
    {
      const TelarLayerEdge *local = &g_array_index (edges, TelarLayerEdge, i);
      TelarLayerEdge *edge = &g_array_index (layout->edges, TelarLayerEdge,
                                             g_array_index (originals, guint, i));

      edge->first_point = local->first_point;
      edge->n_points = local->n_points;
    }
}

/* Kids with a place on the canvas stay there; the others go below them, and
 * the frame goes around all. */
static void
place_scope (Layout *layout, guint scope, GArray **edges_of)
{
  Group *frame = get_group (layout, scope);
  double header = scope == 0 ? MAIN_HEADER : FRAME_HEADER;
  double left = HUGE_VAL, top = HUGE_VAL, right = -HUGE_VAL, bottom = -HUGE_VAL;
  double width, height, dx, dy;

  lay_out_free_kids (layout, scope, edges_of, &width, &height);
  for (guint kid = frame->kids; kid != 0; kid = get_group (layout, kid)->next)
    {
      const Group *group = get_group (layout, kid);

      if (!group->fixed)
        continue;
      left = MIN (left, group->x);
      top = MIN (top, group->y);
      right = MAX (right, group->x + group->width);
      bottom = MAX (bottom, group->y + group->height);
    }

  if (left == HUGE_VAL)
    {
      dx = FRAME_PADDING;
      dy = header;
      frame->width = width + 2 * FRAME_PADDING;
      frame->height = height + header + FRAME_PADDING;
    }
  else
    {
      /* On the canvas from here on, and so is the frame. */
      dx = left;
      dy = bottom + FRAME_HEADER;
      if (width > 0)
        {
          right = MAX (right, left + width);
          bottom = dy + height;
        }
      frame->fixed = TRUE;
      frame->x = left - FRAME_PADDING;
      frame->y = top - header;
      frame->width = right - left + 2 * FRAME_PADDING;
      frame->height = bottom - top + header + FRAME_PADDING;
    }
  if (scope != 0)
    {
      double id, call;

      measure (layout, frame, &id, &call);
      frame->width = MAX (frame->width, round (MIN (id + call + FRAME_STATE, FRAME_WIDEST)));
    }

  for (guint kid = frame->kids; kid != 0; kid = get_group (layout, kid)->next)
    if (!get_group (layout, kid)->fixed)
      {
        get_group (layout, kid)->x += dx;
        get_group (layout, kid)->y += dy;
        get_group (layout, kid)->fixed = left != HUGE_VAL;
      }
  for (guint i = 0; edges_of[scope] != NULL && i < edges_of[scope]->len; i++)
    {
      const TelarLayerEdge *edge = &g_array_index (layout->edges, TelarLayerEdge,
                                                   g_array_index (edges_of[scope], guint, i));

      for (guint k = 0; k < edge->n_points; k++)
        {
          g_array_index (layout->points, TelarLayerPoint, edge->first_point + k).x += dx;
          g_array_index (layout->points, TelarLayerPoint, edge->first_point + k).y += dy;
        }
    }
}

static void
lay_out (Layout *layout)
{
  guint n = layout->groups->len;
  g_autofree GArray **edges_of = g_new0 (GArray *, n);

  for (guint i = 0; i < layout->edges->len; i++)
    {
      guint scope = get_group (layout, g_array_index (layout->edges, TelarLayerEdge, i).to)->parent;

      if (edges_of[scope] == NULL)
        edges_of[scope] = g_array_new (FALSE, FALSE, sizeof (guint));
      g_array_append_val (edges_of[scope], i);
    }
  for (guint i = n; i-- > 0;)
    {
      guint number = layout->order[i];
      Group *group = get_group (layout, number);

      if (group->kids != 0 || number == 0)
        place_scope (layout, number, edges_of);
      else
        {
          size_box (layout, group);
          group->fixed = group->given;
        }
      if (group->given && !group->fixed)
        group->fixed = TRUE; /* a frame with a place, and kids without one */
    }
  for (guint i = 0; i < n; i++)
    g_clear_pointer (&edges_of[i], g_array_unref);
}

static TelarGraphLayout *
make_result (const Layout *layout, GBytes *plan)
{
  TelarGraphLayout *result = g_new0 (TelarGraphLayout, 1);
  g_autofree guint *box_of_group = g_new0 (guint, layout->groups->len);
  Group *main_frame = get_group (layout, 0);
  double shift_x = 0, shift_y = 0;

  if (!main_frame->fixed || main_frame->x < MARGIN || main_frame->y < MARGIN)
    {
      shift_x = MARGIN - (main_frame->fixed ? main_frame->x : 0);
      shift_y = MARGIN - (main_frame->fixed ? main_frame->y : 0);
    }

  result->plan_bytes = g_bytes_ref (plan);
  result->boxes = g_array_new (FALSE, FALSE, sizeof (TelarGraphBox));
  result->edges = g_array_new (FALSE, FALSE, sizeof (TelarGraphEdge));
  result->points = g_array_new (FALSE, TRUE, sizeof (TelarGraphPoint));
  result->box_of_task = g_new (guint, layout->plan->n_tasks);
  g_array_set_size (result->points, layout->points->len);

  for (guint i = 0; i < layout->groups->len; i++)
    {
      guint number = layout->order[i];
      Group *group = get_group (layout, number);
      TelarGraphBox box = { .task = group->task, .n_copies = group->n, .width = group->width,
                            .height = group->height, .frame = group->kids != 0 || number == 0,
                            .parent = number == 0 ? G_MAXUINT : box_of_group[group->parent] };

      /* Fixed ones are on the canvas already; others within their frame. */
      if (number != 0 && !group->fixed)
        {
          const TelarGraphBox *frame = &g_array_index (result->boxes, TelarGraphBox, box.parent);
          box.x = frame->x + group->x;
          box.y = frame->y + group->y;
        }
      else
        {
          box.x = (group->fixed ? group->x : 0) + shift_x;
          box.y = (group->fixed ? group->y : 0) + shift_y;
        }
      box_of_group[number] = result->boxes->len;
      g_array_append_val (result->boxes, box);
      result->width = MAX (result->width, box.x + box.width + MARGIN);
      result->height = MAX (result->height, box.y + box.height + MARGIN);
    }
  for (guint32 i = 0; i < layout->plan->n_tasks; i++)
    result->box_of_task[i] = box_of_group[layout->group_of_task[i]];

  for (guint i = 0; i < layout->edges->len; i++)
    {
      const TelarLayerEdge *edge = &g_array_index (layout->edges, TelarLayerEdge, i);
      const Group *to = get_group (layout, edge->to);
      const TelarGraphBox *frame = &g_array_index (result->boxes, TelarGraphBox,
                                                   box_of_group[to->parent]);
      TelarGraphEdge final = { box_of_group[edge->from], box_of_group[edge->to],
                               edge->first_point, edge->n_points };

      for (guint k = 0; k < edge->n_points; k++)
        {
          const TelarLayerPoint *point = &g_array_index (layout->points, TelarLayerPoint,
                                                         edge->first_point + k);
          TelarGraphPoint *place = &g_array_index (result->points, TelarGraphPoint,
                                                   edge->first_point + k);

          place->x = point->x + (to->fixed ? shift_x : frame->x);
          place->y = point->y + (to->fixed ? shift_y : frame->y);
        }
      g_array_append_val (result->edges, final);
    }
  return result;
}

TelarGraphLayout *
telar_graph_layout_new (const TelarGraph *graph, GBytes *plan)
{
  Layout layout = {
    .plan = g_bytes_get_data (plan, NULL),
    .groups = g_array_new (FALSE, FALSE, sizeof (Group)),
    .edges = g_array_new (FALSE, FALSE, sizeof (TelarLayerEdge)),
    .points = g_array_new (FALSE, FALSE, sizeof (TelarLayerPoint)),
  };
  TelarGraphLayout *result;

  layout.group_of_task = g_new (guint, layout.plan->n_tasks);
  make_groups (&layout, graph);
  layout.order = g_new (guint, layout.groups->len);
  link_groups (&layout);
  make_edges (&layout);
  lay_out (&layout);
  result = make_result (&layout, plan);

  g_array_unref (layout.groups);
  g_array_unref (layout.edges);
  g_array_unref (layout.points);
  g_free (layout.group_of_task);
  g_free (layout.order);
  return result;
}

void
telar_graph_layout_free (TelarGraphLayout *layout)
{
  if (layout == NULL)
    return;
  g_bytes_unref (layout->plan_bytes);
  g_array_unref (layout->boxes);
  g_array_unref (layout->edges);
  g_array_unref (layout->points);
  g_free (layout->box_of_task);
  g_free (layout);
}

guint32
telar_hit_graph (const TelarGraphLayout *layout, double x, double y)
{
  /* The innermost comes last. */
  for (guint i = layout->boxes->len; i-- > 0;)
    {
      const TelarGraphBox *box = &g_array_index (layout->boxes, TelarGraphBox, i);

      if (x >= box->x && x < box->x + box->width && y >= box->y && y < box->y + box->height)
        return box->task;
    }
  return TELAR_NO_TASK;
}

void
telar_graph_fit (const TelarGraphLayout *layout, const TelarView *view, double *x, double *y,
                 double *scale)
{
  *scale = MIN (1.25 * view->text / 12,
                MIN (view->width / layout->width, view->height / layout->height));
  *x = (view->width - layout->width * *scale) / 2;
  *y = (view->height - layout->height * *scale) / 2;
}

/* graph-objects.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Where objects are, and which steps lead to them.
 */

#include "config.h"

#include <math.h>
#include <string.h>

#include "paint/graph-private.h"

#define BEND       18 /* how far a line goes out of a body to go around it */
#define MOST_TRIES 2000

/* ---- references ----------------------------------------------------------- */

static TelarGraphFlow
flow_of (const TelarStep *step)
{
  static const struct
  {
    const char    *function;
    TelarGraphFlow flow;
  } flows[] = {
    { "put", TELAR_GRAPH_FLOWS_IN },  { "send", TELAR_GRAPH_FLOWS_IN },
    { "get", TELAR_GRAPH_FLOWS_OUT }, { "receive", TELAR_GRAPH_FLOWS_OUT },
    { "append", TELAR_GRAPH_FLOWS_IN }, { "insert", TELAR_GRAPH_FLOWS_IN },
    { "pop", TELAR_GRAPH_FLOWS_OUT },
  };

  for (guint i = 0; i < G_N_ELEMENTS (flows); i++)
    if (strcmp (flows[i].function, step->function) == 0)
      return flows[i].flow;
  return TELAR_GRAPH_FLOWS_NOT;
}

/* One of a task's steps to an object stands for all that flow the same way. */
static void
add_reference (TelarGraphLayout *layout, guint first, guint32 task, guint step,
               TelarGraphFlow flow, const json_t *argument)
{
  const char *id = telar_json_object (argument, NULL);
  int object = id != NULL ? telar_graph_find_object (layout->graph, id) : -1;
  TelarGraphReference reference = { task, step, (guint) object, flow };

  for (size_t i = 0; json_is_array (argument) && i < json_array_size (argument); i++)
    if (json_is_object (json_array_get (argument, i)))
      add_reference (layout, first, task, step, flow, json_array_get (argument, i));
  if (object < 0)
    return;
  for (guint i = first; i < layout->references->len; i++)
    {
      const TelarGraphReference *other = &g_array_index (layout->references, TelarGraphReference,
                                                         i);
      if (other->object == reference.object && other->flow == flow)
        return;
    }
  g_array_append_val (layout->references, reference);
}

static void
find_references (TelarGraphLayout *layout)
{
  for (guint32 task = 0; task < layout->n_tasks; task++)
    {
      const GPtrArray *steps = telar_relations_task (layout->relations, task)->steps;
      guint first = layout->references->len;

      for (guint n = 0; n < steps->len; n++)
        {
          const TelarStep *step = g_ptr_array_index (steps, n);

          for (size_t i = 0; i < json_array_size (step->args); i++)
            add_reference (layout, first, task, n, i == 0 ? flow_of (step) : TELAR_GRAPH_FLOWS_NOT,
                           json_array_get (step->args, i));
        }
    }
}

/* ---- bonds ----------------------------------------------------------------- */

static void
find_bonds (TelarGraphLayout *layout)
{
  for (guint i = 0; i < layout->n_objects; i++)
    {
      const TelarObject *object = g_ptr_array_index (layout->graph->objects, i);
      const char *id = object->type == TELAR_OBJECT_CONDITION ? telar_object_text (object, "lock")
                                                              : NULL;
      int lock = id != NULL ? telar_graph_find_object (layout->graph, id) : -1;
      TelarGraphBond bond = { i, (guint) lock };

      if (lock >= 0 && bond.to != i)
        g_array_append_val (layout->bonds, bond);
    }
}

/* ---- places --------------------------------------------------------------- */

/* The box of main's frame that a task is in, or is. */
static guint32
top_of (const TelarGraphLayout *layout, guint32 task)
{
  while (task != 0 && layout->boxes[task].parent != 0
         && layout->boxes[task].parent != TELAR_NOBODY)
    task = layout->boxes[task].parent;
  return task;
}

static gboolean
overlaps (double x, double y, double width, double height, double left, double top,
          double other_width, double other_height)
{
  return x < left + other_width + TELAR_GRAPH_GAP / 2 && left < x + width + TELAR_GRAPH_GAP / 2
         && y < top + other_height + TELAR_GRAPH_GAP / 2 && top < y + height + TELAR_GRAPH_GAP / 2;
}

/* Returns: whether something lies there; @past: where that ends. */
static gboolean
is_taken (const TelarGraphLayout *layout, const guint8 *placed, const TelarGraphBox *at,
          double *past)
{
  const TelarGraphBox *main_box = &layout->boxes[0];

  if (main_box->has_body
      && overlaps (at->x, at->y, at->width, at->height, main_box->body_x, main_box->body_y,
                   main_box->body_width, main_box->body_height))
    {
      *past = main_box->body_y + main_box->body_height;
      return TRUE;
    }
  for (guint32 i = 1; i < layout->n_tasks; i++)
    {
      const TelarGraphBox *box = &layout->boxes[i];
      double stack = telar_graph_stack (layout, i);

      if ((box->parent != 0 && box->parent != TELAR_NOBODY)
          || !overlaps (at->x, at->y, at->width, at->height, box->x, box->y, box->width + stack,
                        box->height + stack))
        continue;
      *past = box->y + box->height + stack;
      return TRUE;
    }
  for (guint i = 0; i < layout->n_objects; i++)
    if (placed[i]
        && overlaps (at->x, at->y, at->width, at->height, layout->objects[i].x,
                     layout->objects[i].y, layout->objects[i].width, layout->objects[i].height))
      {
        *past = layout->objects[i].y + layout->objects[i].height;
        return TRUE;
      }
  return FALSE;
}

gboolean
telar_graph_is_taken (const TelarGraphLayout *layout, const guint8 *placed,
                      const TelarGraphBox *box)
{
  double past;

  return is_taken (layout, placed, box, &past);
}

void
telar_graph_put_below (const TelarGraphLayout *layout, const guint8 *placed, TelarGraphBox *box)
{
  double past;

  for (guint tries = 0; tries < MOST_TRIES && is_taken (layout, placed, box, &past); tries++)
    box->y = round (past + TELAR_GRAPH_GAP);
}

/* Below those who use it, in the middle of them, of objects those that have a place
 * already; others stand below everything. */
static void
find_place (TelarGraphLayout *layout, guint object, const guint8 *placed)
{
  TelarGraphBox *at = &layout->objects[object];
  const TelarGraphBox *main_box = &layout->boxes[0];
  double middle = 0, top = -HUGE_VAL, past;
  guint n = 0;

  for (guint i = 0; i < layout->references->len; i++)
    {
      const TelarGraphReference *reference = &g_array_index (layout->references,
                                                             TelarGraphReference, i);
      guint32 user = reference->object == object ? top_of (layout, reference->task) : 0;
      const TelarGraphBox *box = &layout->boxes[user];

      if (user == 0)
        continue;
      middle += box->x + box->width / 2;
      top = MAX (top, box->y + box->height + telar_graph_stack (layout, user));
      n++;
    }
  for (guint i = 0; i < layout->bonds->len; i++)
    {
      const TelarGraphBond *bond = &g_array_index (layout->bonds, TelarGraphBond, i);
      guint other = bond->from == object ? bond->to : bond->from;
      const TelarGraphBox *box = &layout->objects[other];

      if ((bond->from != object && bond->to != object) || !placed[other])
        continue;
      middle += box->x + box->width / 2;
      top = MAX (top, box->y + box->height);
      n++;
    }
  at->x = n > 0 ? middle / n - at->width / 2 : main_box->x + TELAR_GRAPH_GAP;
  at->x = round (MAX (at->x, main_box->x + TELAR_GRAPH_GAP));
  at->y = n > 0 ? top + TELAR_GRAPH_GAP : main_box->y + TELAR_GRAPH_MAIN_HEADER + TELAR_GRAPH_GAP;
  for (guint tries = 0; tries < MOST_TRIES && is_taken (layout, placed, at, &past); tries++)
    {
      double first = at->x;

      /* Beside what stands there, rather than below it. */
      for (guint k = 1; k <= 4 && is_taken (layout, placed, at, &past); k++)
        at->x = first + (k % 2 == 1 ? 1 : -1) * ceil (k / 2.0) * (at->width + TELAR_GRAPH_GAP);
      if (at->x >= main_box->x + TELAR_GRAPH_GAP / 2
          && at->x + at->width <= main_box->x + main_box->width
          && !is_taken (layout, placed, at, &past))
        break;
      at->x = first;
      is_taken (layout, placed, at, &past);
      at->y = round (past + TELAR_GRAPH_GAP);
    }
}

/* They belong to main, whose frame holds them. */
static void
grow_main (TelarGraphLayout *layout)
{
  TelarGraphBox *box = &layout->boxes[0];

  for (guint i = 0; i < layout->n_objects; i++)
    {
      const TelarGraphBox *object = &layout->objects[i];
      double left = MIN (box->x, object->x - TELAR_GRAPH_GAP);
      double top = MIN (box->y, object->y - TELAR_GRAPH_MAIN_HEADER);
      double right = MAX (box->x + box->width, object->x + object->width + TELAR_GRAPH_GAP);
      double bottom = MAX (box->y + box->height, object->y + object->height + TELAR_GRAPH_GAP);

      box->x = left;
      box->y = top;
      box->width = right - left;
      box->height = bottom - top;
    }
}

void
telar_graph_make_objects (TelarGraphLayout *layout)
{
  const GPtrArray *objects = layout->graph->objects;
  g_autofree guint8 *placed = g_new0 (guint8, objects->len + 1);

  layout->references = g_array_new (FALSE, FALSE, sizeof (TelarGraphReference));
  layout->bonds = g_array_new (FALSE, FALSE, sizeof (TelarGraphBond));
  if (objects->len == 0)
    return;
  find_references (layout);
  find_bonds (layout);
  for (guint i = 0; i < objects->len; i++)
    {
      const TelarObject *object = g_ptr_array_index (objects, i);

      placed[i] = object->has_position;
      layout->objects[i].x = object->x;
      layout->objects[i].y = object->y;
    }
  for (guint i = 0; i < objects->len; i++)
    if (placed[i])
      telar_graph_make_room (layout, i, placed);
  for (guint i = 0; i < objects->len; i++)
    if (!placed[i])
      {
        find_place (layout, i, placed);
        placed[i] = TRUE;
      }
  grow_main (layout);
}

/* ---- looking up ----------------------------------------------------------- */

guint
telar_graph_object_at (const TelarGraphLayout *layout, double x, double y)
{
  g_return_val_if_fail (layout != NULL, G_MAXUINT);

  for (guint i = layout->n_objects; i-- > 0;)
    {
      const TelarGraphBox *box = &layout->objects[i];

      if (x >= box->x && x < box->x + box->width && y >= box->y && y < box->y + box->height)
        return i;
    }
  return G_MAXUINT;
}

void
telar_graph_object_badge (const TelarGraphLayout *layout, guint object, double *x, double *y)
{
  g_return_if_fail (layout != NULL && object < layout->n_objects && x != NULL && y != NULL);

  /* Within the outlines that have their corners cut off. */
  *x = layout->objects[object].x + layout->objects[object].width - 6;
  *y = layout->objects[object].y + 3;
}

/* Where the line from the middle of a box to (@x, @y) leaves it. */
static void
leave_box (double left, double top, double width, double height, double x, double y,
           TelarGraphPoint *point)
{
  double middle_x = left + width / 2, middle_y = top + height / 2;
  double dx = x - middle_x, dy = y - middle_y;
  double share = MIN (dx != 0 ? width / 2 / fabs (dx) : HUGE_VAL,
                      dy != 0 ? height / 2 / fabs (dy) : HUGE_VAL);

  share = MIN (share, 1);
  point->x = middle_x + dx * share;
  point->y = middle_y + dy * share;
}

static void
leave_object (const TelarGraphBox *box, const TelarGraphBox *towards, TelarGraphPoint *point)
{
  leave_box (box->x, box->y, box->width, box->height, towards->x + towards->width / 2,
             towards->y + towards->height / 2, point);
}

void
telar_graph_bond_ends (const TelarGraphLayout *layout, guint number, TelarGraphPoint *from,
                       TelarGraphPoint *to)
{
  const TelarGraphBond *bond;

  g_return_if_fail (layout != NULL && number < layout->bonds->len);

  bond = &g_array_index (layout->bonds, TelarGraphBond, number);
  leave_object (&layout->objects[bond->from], &layout->objects[bond->to], from);
  leave_object (&layout->objects[bond->to], &layout->objects[bond->from], to);
}

static void
straighten (TelarGraphPoint points[4])
{
  for (guint i = 1; i < 3; i++)
    {
      points[i].x = points[0].x + (points[3].x - points[0].x) * i / 3;
      points[i].y = points[0].y + (points[3].y - points[0].y) * i / 3;
    }
}

/* Out of the body and along it, to the side of the object that is next. */
static void
bend (const TelarGraphBox *object, gboolean right, TelarGraphPoint points[4])
{
  double out = points[0].x + (right ? BEND : -BEND);
  gboolean below = object->y > points[0].y;

  points[3].x = CLAMP (out, object->x + BEND / 2, object->x + object->width - BEND / 2);
  points[3].y = below ? object->y : object->y + object->height;
  points[1] = (TelarGraphPoint){ out + (right ? BEND : -BEND) / 2, points[0].y };
  points[2] = (TelarGraphPoint){ out, points[3].y + (below ? -BEND : BEND) };
}

void
telar_graph_reference_line (const TelarGraphLayout *layout, guint number,
                            TelarGraphPoint points[4])
{
  const TelarGraphReference *reference;
  const TelarGraphBox *object;
  double x, y, width, height;
  gboolean right;

  g_return_if_fail (layout != NULL && number < layout->references->len);

  reference = &g_array_index (layout->references, TelarGraphReference, number);
  object = &layout->objects[reference->object];
  telar_graph_row (layout, reference->task, reference->step, &x, &y, &width, &height);
  right = object->x + object->width / 2 >= x + width / 2;
  if (layout->boxes[reference->task].unfolded)
    /* beside the row: its text stays legible */
    points[0] = (TelarGraphPoint){ right ? x + width : x, y + height / 2 };
  else
    leave_box (x, y, width, height, object->x + object->width / 2, object->y + object->height / 2,
               &points[0]);
  leave_box (object->x, object->y, object->width, object->height, points[0].x, points[0].y,
             &points[3]);
  if (layout->boxes[reference->task].unfolded
      && (right ? points[3].x < x + width : points[3].x > x))
    bend (object, right, points);
  else
    straighten (points);
}

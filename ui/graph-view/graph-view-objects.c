/* graph-view-objects.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Objects on the canvas: which are lit, how they are dragged, where keys go from
 * them. Their numbers come after those of the tasks.
 */

#include "config.h"

#include "graph-view/graph-view-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "edit/operations.h"

gboolean
telar_graph_view_is_object (TelarGraphView *self,
                            guint32         number)
{
  return self->layout && number >= self->layout->n_tasks
         && number - self->layout->n_tasks < self->layout->n_objects;
}

const TelarGraphBox *
telar_graph_view_box (TelarGraphView *self,
                      guint32         number)
{
  if (self->layout == NULL)
    return NULL;
  if (number < self->layout->n_tasks)
    return self->goals ? &self->goals[number] : &self->layout->boxes[number];

  return telar_graph_view_is_object (self, number)
           ? &self->layout->objects[number - self->layout->n_tasks] : NULL;
}

void
telar_graph_view_update_object_marks (TelarGraphView *self)
{
  g_clear_pointer (&self->object_marks, g_free);
  if (self->layout == NULL)
    return;

  self->object_marks = g_new0 (guint8, self->layout->n_objects + 1);
  for (guint i = 0; i < self->layout->n_objects; i++)
    {
      const char *id = telar_graph_view_id (self, self->layout->n_tasks + i);

      if (self->selection && telar_selection_contains (self->selection, id))
        self->object_marks[i] |= TELAR_GRAPH_SELECTED;
      if (i == self->hover_object)
        self->object_marks[i] |= TELAR_GRAPH_HOVER;
      self->object_marks[i] |= telar_graph_view_fault_mark (self, id);
    }
}

/* "queue, put by producer; got by consumer" */
char *
telar_graph_view_object_words (TelarGraphView *self,
                               guint           object)
{
  const TelarObject *it = g_ptr_array_index (self->layout->graph->objects, object);
  GString           *words = g_string_new (NULL);
  const char        *faults;
  gboolean           any = FALSE;

  g_string_append_printf (words, "%s: %s", it->id, _(telar_object_type_title (it->type)));
  if (telar_graph_view_is_pool (self, self->layout->n_tasks + object))
    {
      g_autofree char *workers = telar_graph_view_pool_words (self, object);

      g_string_append_printf (words, ", %s", workers);
    }
  for (guint i = 0; i < self->layout->references->len; i++)
    {
      const TelarGraphReference *reference =
        &g_array_index (self->layout->references, TelarGraphReference, i);

      if (reference->object != object)
        continue;
      /* Translators: "q: a queue; used by p1, p2" */
      g_string_append (words, any ? ", " : _("; used by "));
      g_string_append (words, telar_graph_view_id (self, reference->task));
      any = TRUE;
    }
  for (guint i = 0; i < self->layout->bonds->len; i++)
    {
      const TelarGraphBond *bond = &g_array_index (self->layout->bonds, TelarGraphBond, i);

      if (bond->from != object && bond->to != object)
        continue;
      g_string_append (words, "; ");
      /* Translators: a condition and its lock, or a lock and the condition that it is of */
      g_string_append_printf (words, bond->from == object ? _("with lock %s") : _("lock of %s"),
                              telar_graph_view_id (self, self->layout->n_tasks
                                                     + (bond->from == object ? bond->to
                                                                             : bond->from)));
    }
  faults = g_hash_table_lookup (self->faults, it->id);
  if (faults)
    {
      g_string_append (words, "; ");
      g_string_append_printf (words, _("fault: %s"), faults + 1);
    }

  return g_string_free (words, FALSE);
}

/* --- Dragging --- */

void
telar_graph_view_shift_objects (TelarGraphView *self,
                                double          dx,
                                double          dy)
{
  for (guint i = 0; i < self->layout->n_objects; i++)
    if (self->object_marks && (self->object_marks[i] & TELAR_GRAPH_SELECTED))
      {
        self->layout->objects[i].x += dx;
        self->layout->objects[i].y += dy;
      }
}

void
telar_graph_view_drag_objects (TelarGraphView *self)
{
  TelarDrag *drag = &self->drag;
  double     grid = TELAR_SNAP_GRID;
  double     dx = (drag->to_x - self->x - (drag->x - drag->began_x)) / self->scale;
  double     dy = (drag->to_y - self->y - (drag->y - drag->began_y)) / self->scale;

  dx = round (dx / grid) * grid;
  dy = round (dy / grid) * grid;
  telar_graph_view_shift_objects (self, dx - drag->dx, dy - drag->dy);
  drag->dx = dx;
  drag->dy = dy;
}

void
telar_graph_view_end_drag_objects (TelarGraphView *self)
{
  TelarDocument      *document = telar_graph_view_document (self);
  g_auto (GStrv)      ids = telar_selection_get_nodes (self->selection);
  g_autoptr (GError)  error = NULL;
  double              dx = self->drag.dx, dy = self->drag.dy;

  telar_graph_view_drag_cancel (self);
  if (!telar_graph_view_can_edit (self) || ids[0] == NULL || (dx == 0 && dy == 0))
    return;

  self->jump = TRUE;
  telar_document_begin (document, NULL, NULL);
  telar_graph_view_settle (self);
  if (telar_document_move (document, (const char *const *) ids, dx, dy, &error))
    telar_document_end (document);
  else
    {
      telar_document_cancel (document);
      telar_graph_view_refused (self, telar_graph_view_primary (self), error);
    }
}

/* --- Keys --- */

guint32
telar_graph_view_next (TelarGraphView *self,
                       guint32         from,
                       int             step)
{
  guint32 n = self->layout->n_tasks, to;

  /* From lane to lane, and out of them: to the pool, or to what comes after it. */
  if (telar_graph_view_is_lane (self, from))
    {
      guint32 pool = telar_graph_view_pool_of (self, from);

      to = step < 0 ? from - 1 : from + 1;
      if (telar_graph_view_is_lane (self, to) && telar_graph_view_pool_of (self, to) == pool)
        return to;
      return step < 0 ? pool : telar_graph_view_is_object (self, pool + 1) ? pool + 1
                                                                            : TELAR_NOBODY;
    }
  if (telar_graph_view_is_object (self, from))
    {
      if (step < 0 && from == n)
        return n > 1 ? n - 1 : 0;
      if (step > 0 && telar_graph_view_is_pool (self, from)
          && telar_graph_view_lane (self, from, 0) != TELAR_NOBODY)
        return telar_graph_view_lane (self, from, 0);
      to = step < 0 ? from - 1 : from + 1;
      if (step < 0 && telar_graph_view_is_pool (self, to)
          && telar_graph_view_lane (self, to, 0) != TELAR_NOBODY)
        return telar_graph_view_last_lane (self, to);
      return telar_graph_view_is_object (self, to) ? to : TELAR_NOBODY;
    }

  to = telar_graph_walk_on (self->layout, from, step);
  if (to == TELAR_NOBODY && step > 0 && self->layout->n_objects > 0)
    return n;

  return to;
}

guint32
telar_graph_view_nearest (TelarGraphView *self,
                          guint32         from,
                          int             dx,
                          int             dy)
{
  const TelarGraphBox *box = telar_graph_view_box (self, from);
  guint32              n = self->layout->n_tasks + self->layout->n_objects;
  guint32              best = TELAR_NOBODY;
  double               least = HUGE_VAL;

  if (box == NULL)
    return TELAR_NOBODY;

  for (guint32 i = 1; i < n; i++)
    {
      const TelarGraphBox *other = telar_graph_view_box (self, i);
      double               x, y, along, across;

      if (i == from || other == NULL || other->frame
          || (from < self->layout->n_tasks && i < self->layout->n_tasks))
        continue;
      x = other->x + other->width / 2 - box->x - box->width / 2;
      y = other->y + other->height / 2 - box->y - box->height / 2;
      along = x * dx + y * dy;
      across = fabs (x * dy) + fabs (y * dx);
      if (along <= 1 || along + 2 * across >= least)
        continue;
      least = along + 2 * across;
      best = i;
    }

  return best;
}

/* --- Adding --- */

void
telar_graph_view_add_object (TelarGraphView  *self,
                             TelarObjectType  type,
                             gboolean         at,
                             double           x,
                             double           y)
{
  TelarNewObject      object = { .type = type, .has_position = at, .x = round (x), .y = round (y) };
  g_autofree char    *id = NULL;
  g_autoptr (GError)  error = NULL;

  if (!telar_graph_view_can_edit (self))
    return;

  id = telar_document_add_object (telar_graph_view_document (self), &object, &error);
  if (id == NULL)
    {
      telar_graph_view_refused (self, TELAR_NOBODY, error);
      return;
    }
  g_free (self->reveal);
  self->reveal = g_strdup (id);
  telar_selection_set_one (self->selection, id);
  telar_graph_view_focus_task (self, telar_graph_view_number (self, id));
}

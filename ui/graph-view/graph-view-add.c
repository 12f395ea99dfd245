/* graph-view-add.c
 *
 * SPDX-License-Identifier: MIT
 *
 * What choosing a function does: a new task where it was asked for, beside or
 * after what is selected; or, of a function that controls tasks, a step of
 * their parent's body.
 */

#include "config.h"

#include "graph-view/graph-view-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "catalogue/catalogue.h"
#include "edit/operations.h"
#include "palette/object-palette.h"

/* From a box to what comes after it. */
#define GAP_AFTER 72.0

/* What was asked for, while a person chooses a function. */
typedef struct
{
  char     *after;  /* owned, nullable */
  gboolean  at;
  double    x, y;
} Wish;

static void
free_wish (gpointer data)
{
  Wish *wish = data;

  g_free (wish->after);
  g_free (wish);
}

/* --- Places --- */

gboolean
telar_graph_view_is_settled (TelarGraphView *self)
{
  const TelarGraph *graph = telar_document_get_graph (telar_graph_view_document (self));

  for (guint i = 0; i < graph->tasks->len; i++)
    if (((const TelarTask *) g_ptr_array_index (graph->tasks, i))->has_position)
      return TRUE;

  return graph->tasks->len == 0;
}

void
telar_graph_view_settle (TelarGraphView *self)
{
  TelarDocument         *document = telar_graph_view_document (self);
  const TelarGraphLayout *layout = self->layout;
  g_autoptr (GArray)     places = g_array_new (FALSE, FALSE, sizeof (TelarPlace));

  for (guint32 i = 1; layout && i < layout->n_tasks; i++)
    {
      const TelarGraphBox *box = self->goals ? &self->goals[i] : &layout->boxes[i];
      TelarPlace           place = { telar_graph_view_id (self, i), box->x, box->y };
      const TelarTask     *now = place.id ? telar_document_find (document, place.id) : NULL;

      /* A frame is where what it holds is. */
      if (now && !now->has_position && !box->frame)
        g_array_append_val (places, place);
    }

  for (guint i = 0; layout && i < layout->n_objects; i++)
    {
      const TelarGraphBox *box = &layout->objects[i];
      TelarPlace           place = { telar_graph_view_id (self, layout->n_tasks + i), box->x,
                                     box->y };
      const TelarObject   *now = telar_document_find_object (document, place.id);

      if (now && !now->has_position)
        g_array_append_val (places, place);
    }

  if (places->len > 0)
    telar_document_place (document, (const TelarPlace *) (void *) places->data, places->len, NULL,
                          NULL);
}

const char *
telar_graph_view_process_at (TelarGraphView *self,
                             double          x,
                             double          y)
{
  guint32 frame = telar_graph_frame_at (self->layout, x, y, NULL);

  return frame == 0 ? NULL : telar_graph_view_id (self, frame);
}

/* Right of what it comes after, or where the middle of the window is. */
static void
find_place (TelarGraphView *self,
            const char     *inside,
            const char     *after,
            double         *x,
            double         *y)
{
  guint32 task = telar_graph_view_number (self, after);
  guint32 parent = inside ? telar_graph_view_number (self, inside) : 0;

  if (task < self->layout->n_tasks)
    {
      const TelarGraphBox *box = &self->layout->boxes[task];

      *x = box->x + box->width + GAP_AFTER;
      *y = box->y;
      parent = box->parent;
    }
  else if (parent != 0 && parent < self->layout->n_tasks)
    {
      const TelarGraphBox *box = &self->layout->boxes[parent];

      *x = box->x + 24;
      *y = box->y + 48;
    }
  else if (self->layout->n_tasks == 1)
    {
      *x = self->layout->boxes[0].x + 36;
      *y = self->layout->boxes[0].y + 48;
    }
  else
    {
      const TelarGraphBox *box = &self->layout->boxes[self->layout->n_tasks - 1];

      *x = box->x;
      *y = box->y + box->height + 24;
    }

  telar_graph_layout_free_place (self->layout, parent < self->layout->n_tasks ? parent : 0, x, y);
}

/* --- Adding --- */

/* Of another task: `exit` is a task's own. */
static gboolean
is_control (const char *function)
{
  const TelarFunction *row = telar_catalogue_find (function);

  return row && row->group == TELAR_GROUP_CONTROL && row->n_parameters > 0
         && row->parameters[0].type == TELAR_VALUE_TASK;
}

/* `terminate` with p1 selected: a step of p1's parent that ends p1. With nothing
 * selected, one of main's that has yet to be told whom. */
static void
add_steps (TelarGraphView *self,
           const char     *function)
{
  TelarDocument       *document = telar_graph_view_document (self);
  g_auto (GStrv)       ids = telar_selection_get_tasks (self->selection);
  guint32              task = telar_graph_view_number (self, ids[0]);
  guint32              parent = task < self->layout->n_tasks ? self->layout->boxes[task].parent : 0;
  g_autofree char     *body = g_strdup (telar_graph_view_id (self, parent < self->layout->n_tasks
                                                                     ? parent : 0));
  g_autofree char     *label = g_strdup_printf (_("Add the step %s"), function);
  g_autoptr (GError)   error = NULL;
  gboolean             done = TRUE;

  if (body == NULL)
    return;

  telar_document_begin (document, label, NULL);
  if (ids[0] == NULL)
    done = telar_document_insert_step (document, body, G_MAXUINT, function, NULL, &error);
  for (guint i = 0; done && ids[i]; i++)
    {
      json_t *args = json_pack ("[{s:s}]", "task", ids[i]);

      done = telar_document_insert_step (document, body, G_MAXUINT, function, args, &error);
      json_decref (args);
    }
  if (done)
    telar_document_end (document);
  else
    {
      telar_document_cancel (document);
      telar_graph_view_refused (self, task, error);
      return;
    }

  g_hash_table_remove (self->folded, body);
  telar_selection_set_one (self->selection, body);
  telar_graph_view_focus_task (self, telar_graph_view_number (self, body));
  if (ids[0] == NULL)
    {
      guint            n = telar_document_find (document, body)->steps->len;
      g_autofree char *place = g_strdup_printf ("%u", n - 1);

      g_signal_emit_by_name (self, "edit", place);
    }
}

void
telar_graph_view_add_task (TelarGraphView *self,
                           const char     *function,
                           const char     *inside,
                           const char     *after,
                           gboolean        at,
                           double          x,
                           double          y)
{
  TelarDocument       *document = telar_graph_view_document (self);
  TelarNewTask         task = { .kind = self->new_kind, .function = function, .inside = inside,
                                .after = after };
  g_autofree char     *id = NULL;
  g_autoptr (GError)   error = NULL;

  telar_graph_view_update (self);
  if (self->layout == NULL)
    return;
  if (g_str_has_prefix (function, TELAR_OBJECT_PREFIX))
    {
      int type = telar_object_type_parse (function + strlen (TELAR_OBJECT_PREFIX));

      if (type >= 0)
        telar_graph_view_add_object (self, type, at, x, y);
      return;
    }
  if (is_control (function))
    {
      add_steps (self, function);
      return;
    }

  /* Where nothing has a place yet, the layout finds one for the new task too. */
  task.has_position = at || (telar_graph_view_is_settled (self) && self->layout->n_tasks > 1);
  if (at)
    telar_graph_layout_free_place (self->layout,
                                   inside ? telar_graph_view_number (self, inside) : 0, &x, &y);
  else
    find_place (self, inside, after, &x, &y);
  task.x = x;
  task.y = y;

  telar_document_begin (document, NULL, NULL);
  id = telar_document_add (document, &task, &error);
  if (id && task.has_position)
    telar_graph_view_settle (self);
  if (id == NULL)
    {
      telar_document_cancel (document);
      telar_graph_view_refused (self, telar_graph_view_number (self, after), error);
      return;
    }
  telar_document_end (document);

  g_free (self->reveal);
  self->reveal = g_strdup (id);
  telar_selection_set_one (self->selection, id);
  telar_graph_view_focus_task (self, telar_graph_view_number (self, id));
}

/* Into what is selected, if that is a frame; beside it, if it is not. */
static const char *
usual_parent (TelarGraphView *self)
{
  guint32 primary = telar_graph_view_primary (self);
  guint32 parent;

  if (primary >= self->layout->n_tasks)
    return NULL;

  parent = self->layout->boxes[primary].frame ? primary : self->layout->boxes[primary].parent;
  parent = parent < self->layout->n_tasks
             ? telar_relations_process (self->layout->relations, parent) : 0;

  return parent == 0 ? NULL : telar_graph_view_id (self, parent);
}

/* --- Asking --- */

static void
chosen (TelarTypeToAdd *adder,
        const char     *function,
        TelarGraphView *self)
{
  const Wish *wish = g_object_get_data (G_OBJECT (adder), "telar-wish");
  const char *inside = NULL;

  if (!telar_graph_view_can_edit (self) || wish == NULL)
    return;

  g_object_set (self, "new-kind", (guint) telar_type_to_add_get_kind (adder), NULL);
  telar_graph_view_update (self);
  if (wish->at)
    inside = wish->after ? NULL : telar_graph_view_process_at (self, wish->x, wish->y);
  else if (wish->after == NULL)
    inside = usual_parent (self);
  telar_graph_view_add_task (self, function, inside, wish->after, wish->at, wish->x, wish->y);
}

void
telar_graph_view_ask_to_add (TelarGraphView *self,
                             const char     *text,
                             const char     *after,
                             gboolean        at,
                             double          x,
                             double          y)
{
  GdkRectangle     place = { 0, 0, 1, 1 };
  g_autofree char *title = NULL;
  Wish            *wish;
  double           at_x = x, at_y = y;

  telar_graph_view_update (self);
  if (self->layout == NULL || !telar_graph_view_can_edit (self))
    return;

  if (self->adder == NULL)
    {
      self->adder = TELAR_TYPE_TO_ADD (telar_type_to_add_new ());
      g_signal_connect (self->adder, "chosen", G_CALLBACK (chosen), self);
    }

  wish = g_new0 (Wish, 1);
  *wish = (Wish) { g_strdup (after), at, x, y };
  g_object_set_data_full (G_OBJECT (self->adder), "telar-wish", wish, free_wish);

  if (!at)
    find_place (self, NULL, after, &at_x, &at_y);
  if (after)
    title = g_strdup_printf (_("After %s"), after);
  place.x = (int) CLAMP (self->x + at_x * self->scale, 1,
                         gtk_widget_get_width (GTK_WIDGET (self)) - 1);
  place.y = (int) CLAMP (self->y + at_y * self->scale, 1,
                         gtk_widget_get_height (GTK_WIDGET (self)) - 1);
  telar_type_to_add_set_kind (self->adder, self->new_kind);
  telar_type_to_add_popup (self->adder, GTK_WIDGET (self), &place, text, title);
}

void
telar_graph_view_add (TelarGraphView *self,
                      const char     *function)
{
  g_return_if_fail (TELAR_IS_GRAPH_VIEW (self));
  g_return_if_fail (function != NULL);

  telar_graph_view_update (self);
  if (self->layout == NULL || !telar_graph_view_can_edit (self))
    return;
  telar_graph_view_add_task (self, function, usual_parent (self), NULL, FALSE, 0, 0);
}

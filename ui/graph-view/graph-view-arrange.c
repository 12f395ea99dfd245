/* graph-view-arrange.c
 *
 * SPDX-License-Identifier: MIT
 *
 * The automatic layout, from being asked for to being one step of the history.
 * It is found in another thread; Escape, or any change of the graph meanwhile,
 * cancels it.
 */

#include "config.h"

#include "graph-view/graph-view-private.h"

#include <math.h>

#include <glib/gi18n-lib.h>

#include "arrange/arrange.h"
#include "edit/operations.h"

/* What is quick needs no word. */
#define SAY_AFTER_MS 400

static GArray *
list_items (const TelarGraphLayout *layout)
{
  GArray *items = g_array_new (FALSE, TRUE, sizeof (TelarArrangeItem));

  for (guint32 i = 0; i < layout->n_tasks; i++)
    {
      const TelarGraphBox *box = &layout->boxes[i];
      TelarArrangeItem     item = { .parent = box->parent < layout->n_tasks ? box->parent : 0,
                                    .x = box->x, .y = box->y };

      if (box->frame)
        {
          TelarGraphRoom room;

          telar_graph_layout_room (layout, i, &room);
          item.width = room.width;
          item.height = room.height;
          item.header = room.header;
          item.padding = room.padding;
          item.left_room = room.left;
        }
      else
        {
          item.width = box->width;
          item.height = box->height;
        }
      g_array_append_val (items, item);
    }

  return items;
}

static GArray *
list_edges (const TelarGraphLayout *layout)
{
  GArray *edges = g_array_new (FALSE, FALSE, sizeof (TelarArrangeEdge));

  for (guint i = 0; i < layout->edges->len; i++)
    {
      const TelarGraphEdge *edge = &g_array_index (layout->edges, TelarGraphEdge, i);
      TelarArrangeEdge      pair = { edge->from, edge->to };

      /* What a frame starts is inside of it. */
      if (edge->kind == TELAR_GRAPH_AFTER)
        g_array_append_val (edges, pair);
    }

  return edges;
}

/* Who was selected stays where it is on the screen. */
static void
keep_in_view (TelarGraphView         *self,
              const TelarGraphLayout *before,
              const GArray           *items)
{
  guint32 primary = telar_graph_view_primary (self);

  if (primary >= before->n_tasks || primary == 0)
    {
      self->fitted = TRUE;
      self->by_hand = FALSE;
      return;
    }

  self->x += (before->boxes[primary].x
              - g_array_index (items, TelarArrangeItem, primary).x) * self->scale;
  self->y += (before->boxes[primary].y
              - g_array_index (items, TelarArrangeItem, primary).y) * self->scale;
}

static void
arranged (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (TelarGraphView) self = data;
  g_autoptr (GError)         error = NULL;
  g_autoptr (GArray)         items = telar_arrange_finish (result, NULL, &error);
  g_autoptr (GArray)         places = NULL;
  const TelarGraphLayout    *layout;

  if (items == NULL)
    return; /* cancelled */

  g_clear_handle_id (&self->say_arranging, g_source_remove);
  g_clear_object (&self->arranging);
  telar_graph_view_say (self, NULL, 0, 0, FALSE, FALSE);
  layout = self->layout;
  if (self->stale || layout == NULL || items->len != layout->n_tasks)
    return;

  places = g_array_new (FALSE, FALSE, sizeof (TelarPlace));
  for (guint32 i = 1; i < layout->n_tasks; i++)
    {
      TelarPlace place = { telar_graph_view_id (self, i),
                           g_array_index (items, TelarArrangeItem, i).x,
                           g_array_index (items, TelarArrangeItem, i).y };

      if (place.id && !layout->boxes[i].frame)
        g_array_append_val (places, place);
    }
  if (places->len == 0)
    return;
  /* Near who uses them, wherever that is now. */
  for (guint i = 0; i < layout->n_objects; i++)
    {
      TelarPlace place = { telar_graph_view_id (self, layout->n_tasks + i), NAN, NAN };

      g_array_append_val (places, place);
    }

  keep_in_view (self, layout, items);
  {
    gboolean fitted = self->fitted;

    telar_document_place (telar_graph_view_document (self),
                          (const TelarPlace *) (void *) places->data, places->len, NULL, &error);
    self->fitted = fitted;
  }
  telar_graph_view_refused (self, TELAR_NOBODY, error);
  if (!self->fitted && telar_selection_get_primary (self->selection))
    {
      g_free (self->reveal);
      self->reveal = g_strdup (telar_selection_get_primary (self->selection));
    }
}

static gboolean
say_arranging (gpointer data)
{
  TelarGraphView *self = data;

  self->say_arranging = 0;
  telar_graph_view_say (self, _("Arranging… Escape ends it"), 12, 12, FALSE, TRUE);

  return G_SOURCE_REMOVE;
}

void
telar_graph_view_arrange_cancel (TelarGraphView *self)
{
  if (self->arranging == NULL)
    return;

  g_clear_handle_id (&self->say_arranging, g_source_remove);
  g_cancellable_cancel (self->arranging);
  g_clear_object (&self->arranging);
  if (self->bubble)
    telar_graph_view_say (self, NULL, 0, 0, FALSE, FALSE);
}

void
telar_graph_view_arrange (TelarGraphView *self)
{
  g_autoptr (GArray) items = NULL;
  g_autoptr (GArray) edges = NULL;

  telar_graph_view_update (self);
  if (self->layout == NULL || self->layout->n_tasks < 2)
    return;

  telar_graph_view_arrange_cancel (self);
  /* Sizes as they are, not on their way. */
  telar_graph_view_end_animation (self);
  self->arranging = g_cancellable_new ();
  items = list_items (self->layout);
  edges = list_edges (self->layout);
  telar_arrange_async (items, edges, TELAR_ARRANGE_AUTO, self->arranging, arranged,
                       g_object_ref (self));
  self->say_arranging = g_timeout_add (SAY_AFTER_MS, say_arranging, self);
}

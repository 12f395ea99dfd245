/* graph-view-children.c
 *
 * SPDX-License-Identifier: MIT
 *
 * What is not painted: a child for each box and each arrow, which gives it a
 * name and the focus for those who cannot see the drawing; and the sentence
 * beside the pointer.
 */

#include "config.h"

#include "graph-view/graph-view-private.h"

#include <glib/gi18n-lib.h>

#include "graph-view/graph-words.h"
#include "unpainted.h"

#define BUBBLE_GAP       14
#define BUBBLE_SECONDS   5
/* More of them, or more names, than that are for when there is time: nothing waits
 * for them, and no frame is late by more than a slice. */
#define MADE_AT_ONCE     64u
#define NAMED_AT_ONCE    500u
#define SLICE_US         4000
/* Assistive technology is told of every place: with more of them than that it is
 * told once nothing has moved for so long. */
#define PLACED_AT_ONCE   1000u
#define PLACE_AFTER_MS   150

/* --- Nodes and edges --- */

static GtkWidget *
new_child (TelarGraphView *self,
           guint32         number)
{
  GtkWidget *child = telar_unpainted_new (number);

  telar_unpainted_put (TELAR_UNPAINTED (child), GTK_WIDGET (self), self->bubble);

  return child;
}

static void
remove_child (TelarGraphView *self,
              GtkWidget      *child)
{
  gboolean had_focus = gtk_widget_has_focus (child);

  telar_unpainted_remove (TELAR_UNPAINTED (child));
  if (had_focus)
    gtk_widget_grab_focus (GTK_WIDGET (self));
}

/* A screen reader goes through them in the order of the file, then through the arrows.
 * None goes from one group of TelarUnpainted to another, where it would lose the focus. */
static void
order_nodes (TelarGraphView *self)
{
  GtkWidget *before = NULL;

  for (guint i = 0; i < self->node_of->len; i++)
    {
      GtkWidget *node = g_ptr_array_index (self->node_of, i);
      GtkWidget *parent = gtk_widget_get_parent (node);

      if ((before == NULL || gtk_widget_get_parent (before) == parent)
          && gtk_widget_get_prev_sibling (node) != before)
        gtk_widget_insert_after (node, parent, before);
      before = node;
    }
}

/* Those that are made already are kept by id, so that who has the focus keeps it when
 * a task before it goes. Returns: (transfer none): of one task or object. */
static GtkWidget *
make_node (TelarGraphView *self,
           guint32         task)
{
  /* Of equal ids each has a node of its own. */
  const char *id = telar_graph_view_id (self, task);
  char       *key = id && !g_hash_table_contains (self->nodes, id)
                      ? g_strdup (id) : g_strdup_printf ("\n%u", task);
  GtkWidget  *node = new_child (self, task);

  telar_unpainted_set_selected (TELAR_UNPAINTED (node),
                                id && self->selection
                                  && telar_selection_contains (self->selection, id));
  g_hash_table_insert (self->nodes, key, node);
  g_ptr_array_index (self->node_of, task) = node;

  return node;
}

/* Returns: (transfer none): of an arrow. */
static GtkWidget *
make_edge_node (TelarGraphView *self,
                guint           edge)
{
  GtkWidget *node = new_child (self, edge);

  /* Arrows are read, not walked: their ends are. */
  gtk_widget_set_focusable (node, FALSE);
  g_ptr_array_index (self->edge_nodes, edge) = node;

  return node;
}

/* Tasks, then objects, then lanes of pools. */
static guint32
count_nodes (TelarGraphView *self)
{
  return self->layout ? self->layout->n_tasks + self->layout->n_objects
                          + telar_graph_n_lanes (self->layout) : 0;
}

static gboolean
has_same_nodes (TelarGraphView *self)
{
  guint32 n = count_nodes (self);

  if (self->node_of->len != n)
    return FALSE;
  for (guint32 i = 0; i < n; i++)
    {
      const char *id = telar_graph_view_id (self, i);
      gpointer    node = g_ptr_array_index (self->node_of, i);

      if (id == NULL || node == NULL || g_hash_table_lookup (self->nodes, id) != node)
        return FALSE;
    }

  return TRUE;
}

/* Finds those that there are; of the others, nothing is at their places yet. */
static void
find_nodes (TelarGraphView *self)
{
  g_autoptr (GHashTable) old = NULL;
  GHashTableIter         iter;
  gpointer               widget;

  if (has_same_nodes (self))
    return;

  old = g_steal_pointer (&self->nodes);
  self->nodes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_ptr_array_set_size (self->node_of, 0);
  g_ptr_array_set_size (self->node_of, (int) count_nodes (self));
  for (guint32 i = 0; i < self->node_of->len; i++)
    {
      const char      *id = telar_graph_view_id (self, i);
      g_autofree char *other = id && !g_hash_table_contains (self->nodes, id)
                                 ? NULL : g_strdup_printf ("\n%u", i);
      gpointer         key, node;

      if (!g_hash_table_steal_extended (old, other ? other : id, &key, &node))
        continue;
      telar_unpainted_set_number (TELAR_UNPAINTED (node), i);
      g_ptr_array_index (self->node_of, i) = node;
      g_hash_table_insert (self->nodes, key, node);
    }

  g_hash_table_iter_init (&iter, old);
  while (g_hash_table_iter_next (&iter, NULL, &widget))
    if (gtk_widget_has_focus (widget))
      remove_child (self, widget);
    else
      g_ptr_array_add (self->gone, widget);
}

static void
find_edge_nodes (TelarGraphView *self)
{
  guint n = self->layout ? self->layout->edges->len : 0;

  for (guint i = n; i < self->edge_nodes->len; i++)
    if (g_ptr_array_index (self->edge_nodes, i))
      g_ptr_array_add (self->gone, g_ptr_array_index (self->edge_nodes, i));
  g_ptr_array_set_size (self->edge_nodes, (int) n);
}

static GtkWidget *
get_child (TelarGraphView *self,
           guint           i)
{
  guint n = self->node_of->len;

  return i < n ? g_ptr_array_index (self->node_of, i)
               : g_ptr_array_index (self->edge_nodes, i - n);
}

/* Takes away what is gone and makes what is lacking. Returns: whether all is done
 * by @deadline (monotonic time; 0: there is none). */
static gboolean
make_until (TelarGraphView *self,
            gint64          deadline)
{
  guint n = self->node_of->len + self->edge_nodes->len;

  while (self->gone->len > 0)
    {
      remove_child (self, g_ptr_array_steal_index (self->gone, self->gone->len - 1));
      if (deadline != 0 && g_get_monotonic_time () > deadline)
        return FALSE;
    }
  for (; self->next_made < n; self->next_made++)
    {
      if (get_child (self, self->next_made))
        continue;
      if (deadline != 0 && g_get_monotonic_time () > deadline)
        return FALSE;
      if (self->next_made < self->node_of->len)
        make_node (self, self->next_made);
      else
        make_edge_node (self, self->next_made - self->node_of->len);
    }
  order_nodes (self);

  return TRUE;
}

static gboolean
make_some (gpointer data)
{
  TelarGraphView *self = data;

  if (!make_until (self, g_get_monotonic_time () + SLICE_US))
    return G_SOURCE_CONTINUE;

  self->make_later = 0;
  telar_graph_view_rename_children (self);

  return G_SOURCE_REMOVE;
}

void
telar_graph_view_make_children (TelarGraphView *self)
{
  guint lacking;

  g_clear_handle_id (&self->make_later, g_source_remove);
  find_nodes (self);
  find_edge_nodes (self);
  self->next_made = 0;
  lacking = self->gone->len;
  for (guint i = 0; i < self->node_of->len + self->edge_nodes->len; i++)
    lacking += get_child (self, i) == NULL;
  if (lacking <= MADE_AT_ONCE)
    make_until (self, 0);
  else
    self->make_later = g_idle_add_full (G_PRIORITY_LOW, make_some, self, NULL);
}

static void
name_node (TelarGraphView  *self,
           guint32          task,
           const GPtrArray *followers)
{
  const char      *id = telar_graph_view_id (self, task);
  const char      *faults = id ? g_hash_table_lookup (self->faults, id) : NULL;
  g_autofree char *words = telar_graph_node_words (self->layout, task, followers, self->timeline,
                                                   self->runs ? &self->runs[task] : NULL,
                                                   faults ? faults + 1 : NULL);

  telar_unpainted_set_name (g_ptr_array_index (self->node_of, task), words);
}

static void
name_object (TelarGraphView *self,
             guint32         number)
{
  g_autofree char *words = telar_graph_view_object_words (self, number - self->layout->n_tasks);

  telar_unpainted_set_name (g_ptr_array_index (self->node_of, number), words);
}

static void
name_lane (TelarGraphView *self,
           guint32         number)
{
  g_autofree char *words = telar_graph_view_lane_words (self, number);

  telar_unpainted_set_name (g_ptr_array_index (self->node_of, number), words);
}

static void
name_edge (TelarGraphView *self,
           guint           edge)
{
  g_autofree char *words = telar_graph_edge_words (self->layout, edge);

  telar_unpainted_set_name (g_ptr_array_index (self->edge_nodes, edge), words);
}

/* At most @most of them, until @deadline (monotonic time). Returns: how many. */
static guint
name_until (TelarGraphView *self,
            guint           most,
            gint64          deadline)
{
  g_autoptr (GPtrArray) followers = NULL;
  guint                 n = self->node_of->len + self->edge_nodes->len, k;

  if (n == 0)
    return 0;

  followers = telar_graph_followers (self->layout);
  for (k = 0; k < MIN (n, most) && (k % 16 != 0 || g_get_monotonic_time () < deadline); k++)
    {
      guint i = self->next_named++ % n;

      if (get_child (self, i) == NULL)
        continue;
      if (telar_graph_view_is_object (self, i))
        name_object (self, i);
      else if (telar_graph_view_is_lane (self, i))
        name_lane (self, i);
      else if (i < self->node_of->len)
        name_node (self, i, followers);
      else
        name_edge (self, i - self->node_of->len);
    }

  return k;
}

void
telar_graph_view_name_children (TelarGraphView *self,
                                guint           most)
{
  name_until (self, most, G_MAXINT64);
}

void
telar_graph_view_rename_lanes (TelarGraphView *self)
{
  for (guint32 i = self->layout->n_tasks; i < self->node_of->len; i++)
    if (g_ptr_array_index (self->node_of, i) == NULL)
      continue;
    else if (telar_graph_view_is_lane (self, i))
      name_lane (self, i);
    else if (telar_graph_view_is_pool (self, i))
      name_object (self, i);
}

static gboolean
name_some (gpointer data)
{
  TelarGraphView *self = data;

  self->unnamed -= name_until (self, self->unnamed, g_get_monotonic_time () + SLICE_US);
  if (self->unnamed > 0)
    return G_SOURCE_CONTINUE;

  self->name_later = 0;

  return G_SOURCE_REMOVE;
}

void
telar_graph_view_rename_children (TelarGraphView *self)
{
  guint n = self->node_of->len + self->edge_nodes->len;

  g_clear_handle_id (&self->name_later, g_source_remove);
  self->next_named = 0;
  self->unnamed = 0;
  if (self->make_later)
    return; /* once they are all there */
  if (n <= NAMED_AT_ONCE)
    {
      telar_graph_view_name_children (self, n);
      return;
    }
  self->unnamed = n;
  self->name_later = g_idle_add_full (G_PRIORITY_LOW, name_some, self, NULL);
}

void
telar_graph_view_select_children (TelarGraphView *self)
{
  for (guint32 i = 0; i < self->node_of->len; i++)
    {
      const char *id = telar_graph_view_id (self, i);
      GtkWidget  *node = g_ptr_array_index (self->node_of, i);

      if (node)
        telar_unpainted_set_selected (TELAR_UNPAINTED (node),
                                      id && self->selection
                                        && telar_selection_contains (self->selection, id));
    }
}

static void
place_edge_node (TelarGraphView *self,
                 guint           i)
{
  const TelarGraphEdge *edge = &g_array_index (self->layout->edges, TelarGraphEdge, i);
  double                x0, y0, x1, y1;

  telar_graph_port (self->layout, edge->from, TRUE, &x0, &y0);
  telar_graph_port (self->layout, edge->to, FALSE, &x1, &y1);
  telar_unpainted_place (g_ptr_array_index (self->edge_nodes, i),
                         self->x + MIN (x0, x1) * self->scale,
                         self->y + MIN (y0, y1) * self->scale,
                         ABS (x1 - x0) * self->scale, ABS (y1 - y0) * self->scale);
}

static void
place_bubble (TelarGraphView *self)
{
  int           width = gtk_widget_get_width (GTK_WIDGET (self));
  int           height = gtk_widget_get_height (GTK_WIDGET (self));
  GtkAllocation place = { 0 };
  int           least;

  if (!gtk_widget_get_visible (self->bubble))
    return;

  gtk_widget_measure (self->bubble, GTK_ORIENTATION_HORIZONTAL, -1, &least, &place.width, NULL,
                      NULL);
  place.width = CLAMP (width - 2 * BUBBLE_GAP, least, place.width);
  gtk_widget_measure (self->bubble, GTK_ORIENTATION_VERTICAL, place.width, NULL, &place.height,
                      NULL, NULL);
  place.x = (int) CLAMP (self->bubble_x + BUBBLE_GAP, 0, MAX (width - place.width - 4, 0));
  place.y = (int) (self->bubble_y + BUBBLE_GAP + place.height > height - 4
                     ? self->bubble_y - BUBBLE_GAP - place.height : self->bubble_y + BUBBLE_GAP);
  place.y = MAX (place.y, 0);
  gtk_widget_size_allocate (self->bubble, &place, -1);
}

/* In the middle of main's frame. */
static void
place_beginning (TelarGraphView *self)
{
  const TelarGraphBox *box = self->layout ? &self->layout->boxes[0] : NULL;
  GtkAllocation        place = { 0 };
  int                  least;

  if (box == NULL || !gtk_widget_get_visible (self->beginning))
    return;

  gtk_widget_measure (self->beginning, GTK_ORIENTATION_HORIZONTAL, -1, &least, &place.width, NULL,
                      NULL);
  place.width = CLAMP ((int) (box->width * self->scale), least, place.width);
  gtk_widget_measure (self->beginning, GTK_ORIENTATION_VERTICAL, place.width, NULL, &place.height,
                      NULL, NULL);
  place.x = (int) (self->x + (box->x + box->width / 2) * self->scale) - place.width / 2;
  place.y = (int) (self->y + (box->y + box->height / 2) * self->scale) - place.height / 2;
  gtk_widget_size_allocate (self->beginning, &place, -1);
}

static void
place_nodes (TelarGraphView *self)
{
  for (guint32 i = 0; i < self->node_of->len; i++)
    {
      const TelarGraphBox *box = i < self->layout->n_tasks ? &self->layout->boxes[i]
                                                           : telar_graph_view_box (self, i);
      TelarGraphBox        lane;

      if (g_ptr_array_index (self->node_of, i) == NULL)
        continue;
      if (box == NULL)
        {
          telar_graph_view_place_lane (self, i, &lane);
          box = &lane;
        }
      telar_unpainted_place (g_ptr_array_index (self->node_of, i),
                             self->x + box->x * self->scale, self->y + box->y * self->scale,
                             box->width * self->scale, box->height * self->scale);
    }
  for (guint i = 0; i < self->edge_nodes->len; i++)
    if (g_ptr_array_index (self->edge_nodes, i))
      place_edge_node (self, i);
}

static gboolean
place_when_still (gpointer data)
{
  TelarGraphView *self = data;

  self->place_later = 0;
  if (self->layout)
    place_nodes (self);

  return G_SOURCE_REMOVE;
}

void
telar_graph_view_place_children (TelarGraphView *self)
{
  g_clear_handle_id (&self->place_later, g_source_remove);
  if (self->node_of->len + self->edge_nodes->len <= PLACED_AT_ONCE)
    place_nodes (self);
  else
    self->place_later = g_timeout_add (PLACE_AFTER_MS, place_when_still, self);

  place_beginning (self);
  place_bubble (self);
  if (self->adder)
    gtk_popover_present (GTK_POPOVER (self->adder));
  if (self->menu)
    gtk_popover_present (GTK_POPOVER (self->menu));
}

void
telar_graph_view_focus_task (TelarGraphView *self,
                             guint32         task)
{
  g_autoptr (GPtrArray) followers = NULL;

  telar_graph_view_update (self);
  if (task >= self->node_of->len)
    return;
  if (g_ptr_array_index (self->node_of, task) == NULL)
    {
      make_node (self, task);
      followers = telar_graph_followers (self->layout);
      if (telar_graph_view_is_object (self, task))
        name_object (self, task);
      else if (telar_graph_view_is_lane (self, task))
        name_lane (self, task);
      else
        name_node (self, task, followers);
    }
  gtk_widget_grab_focus (g_ptr_array_index (self->node_of, task));
}

/* --- The bubble --- */

static gboolean
hide_bubble (gpointer data)
{
  TelarGraphView *self = data;

  self->hide_bubble = 0;
  gtk_widget_set_visible (self->bubble, FALSE);

  return G_SOURCE_REMOVE;
}

void
telar_graph_view_say (TelarGraphView *self,
                      const char     *sentence,
                      double          x,
                      double          y,
                      gboolean        bad,
                      gboolean        lasting)
{
  g_clear_handle_id (&self->hide_bubble, g_source_remove);
  gtk_widget_set_visible (self->bubble, sentence != NULL);
  if (sentence == NULL)
    return;

  self->bubble_x = x;
  self->bubble_y = y;
  gtk_label_set_label (GTK_LABEL (self->bubble), sentence);
  if (bad)
    gtk_widget_add_css_class (self->bubble, "bad");
  else
    gtk_widget_remove_css_class (self->bubble, "bad");
  if (!lasting)
    self->hide_bubble = g_timeout_add_seconds (BUBBLE_SECONDS, hide_bubble, self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

void
telar_graph_view_say_at (TelarGraphView *self,
                         guint32         task,
                         const char     *sentence,
                         gboolean        bad)
{
  double x = gtk_widget_get_width (GTK_WIDGET (self)) / 2.0;
  double y = gtk_widget_get_height (GTK_WIDGET (self)) / 2.0;

  if (self->layout && task < self->layout->n_tasks && task != 0)
    {
      const TelarGraphBox *box = &self->layout->boxes[task];

      x = self->x + box->x * self->scale;
      y = self->y + (box->y + box->height) * self->scale - BUBBLE_GAP / 2.0;
    }

  telar_graph_view_say (self, sentence, x, y, bad, FALSE);
  if (bad)
    g_signal_emit_by_name (self, "refused", sentence);
}

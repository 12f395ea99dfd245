/* graph-view-update.c
 *
 * SPDX-License-Identifier: MIT
 *
 * From the document to the picture: boxes after a change, marks of what is
 * selected, found or faulty, and which tasks of the run each box shows.
 */

#include "graph-view/graph-view-private.h"

#include <string.h>

#include "graph/check.h"

/* Faults are looked for when nothing changed for so long. */
#define FAULTS_AFTER_MS 150

/* --- Marks --- */

guint8
telar_graph_view_fault_mark (TelarGraphView *self,
                             const char     *id)
{
  const char *faults = id ? g_hash_table_lookup (self->faults, id) : NULL;

  if (faults == NULL)
    return 0;

  return *faults == '!' ? TELAR_GRAPH_ERROR : TELAR_GRAPH_WARNING;
}

static guint8
drag_mark (TelarGraphView *self,
           guint32         task)
{
  const TelarDrag *drag = &self->drag;

  if (drag->kind == TELAR_DRAG_MOVE && drag->moving && drag->moving[task])
    return TELAR_GRAPH_MOVING;
  if (drag->kind == TELAR_DRAG_MOVE && task == drag->frame && drag->frame != drag->home
      && drag->legal && drag->legal[task])
    return TELAR_GRAPH_TARGET;
  if (drag->kind == TELAR_DRAG_LINK || self->link_from != TELAR_NOBODY)
    {
      guint32 from = drag->kind == TELAR_DRAG_LINK ? drag->press.task : self->link_from;

      if (drag->legal && drag->legal[task])
        return TELAR_GRAPH_TARGET;
      if (task != from && !self->layout->boxes[task].frame)
        return TELAR_GRAPH_PALE;
    }

  return 0;
}

void
telar_graph_view_update_marks (TelarGraphView *self)
{
  if (self->layout == NULL)
    return;

  for (guint32 i = 0; i < self->layout->n_tasks; i++)
    {
      const char *id = telar_graph_view_id (self, i);
      guint8      mark = telar_graph_view_fault_mark (self, id) | drag_mark (self, i);

      if (id && self->selection && telar_selection_contains (self->selection, id))
        mark |= TELAR_GRAPH_SELECTED;
      if (id && g_hash_table_contains (self->found, id))
        mark |= TELAR_GRAPH_FOUND;
      if (i == self->hover && self->drag.kind <= TELAR_DRAG_PRESSED)
        mark |= TELAR_GRAPH_HOVER;
      self->marks[i] = mark;
    }
  telar_graph_view_update_object_marks (self);

  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* --- Faults --- */

static void
show_faults (gpointer data)
{
  TelarGraphView *self = data;
  TelarDocument  *document = telar_graph_view_document (self);
  GPtrArray      *faults;
  gboolean        had = g_hash_table_size (self->faults) > 0;

  /* Another one by now, or closed: they are found anew. */
  if (document == NULL || !telar_document_has_faults (document))
    return;

  g_hash_table_remove_all (self->faults);
  faults = telar_document_get_faults (document);
  for (guint i = 0; i < faults->len; i++)
    {
      const TelarFault *fault = g_ptr_array_index (faults, i);
      const char       *before;
      g_autofree char  *sentence = NULL;

      if (fault->task == NULL)
        continue;
      before = g_hash_table_lookup (self->faults, fault->task);
      sentence = fault->cure ? g_strdup_printf ("%s; %s", fault->what, fault->cure)
                             : g_strdup (fault->what);
      g_hash_table_replace (self->faults, g_strdup (fault->task),
                            g_strdup_printf ("%c%s%s%s",
                                             fault->level == TELAR_FAULT_ERROR
                                               || (before && *before == '!') ? '!' : '?',
                                             before ? before + 1 : "", before ? "\n" : "",
                                             sentence));
    }

  telar_graph_view_update (self);
  if (!had && g_hash_table_size (self->faults) == 0)
    return;
  telar_graph_view_update_marks (self);
  telar_graph_view_rename_children (self);
}

static gboolean
look_for_faults (gpointer data)
{
  TelarGraphView *self = data;
  TelarDocument  *document = telar_graph_view_document (self);

  self->look_for_faults = 0;
  if (document)
    telar_document_find_faults (document, self, show_faults);

  return G_SOURCE_REMOVE;
}

void
telar_graph_view_look_for_faults (TelarGraphView *self)
{
  g_clear_handle_id (&self->look_for_faults, g_source_remove);
  self->look_for_faults = g_timeout_add (FAULTS_AFTER_MS, look_for_faults, self);
}

/* --- Runs --- */

void
telar_graph_view_update_runs (TelarGraphView *self)
{
  g_clear_pointer (&self->runs, g_free);
  if (self->timeline && self->layout)
    self->runs = telar_graph_runs_new (self->layout, self->timeline->plan);
}

/* --- The document --- */

static gboolean
nothing (gpointer unused)
{
  return G_SOURCE_REMOVE;
}

/* When there is time: of thousands of tasks it takes a while. */
static void
free_layout_later (TelarGraphLayout *layout)
{
  if (layout)
    g_idle_add_full (G_PRIORITY_LOW, nothing, layout, (GDestroyNotify) telar_graph_layout_free);
}

void
telar_graph_view_update (TelarGraphView *self)
{
  TelarDocument    *document = telar_graph_view_document (self);
  TelarGraphLayout *old = self->layout;

  if (!self->stale)
    return;

  self->stale = FALSE;
  telar_graph_view_drag_cancel (self);
  telar_graph_view_end_animation (self);
  self->layout = NULL;
  telar_graph_images_forget (self->images);
  self->hover = TELAR_NOBODY;
  self->hover_edge = self->hover_object = self->edge = G_MAXUINT;
  g_clear_pointer (&self->marks, g_free);
  g_clear_pointer (&self->object_marks, g_free);

  if (document)
    {
      g_autoptr (TelarGraph) graph = telar_document_snapshot (document);

      self->layout = telar_graph_layout_new_folds (graph, &(TelarGraphFolds) {
                                                            .folded = self->folded,
                                                            .whole = self->whole,
                                                            .opened = self->opened,
                                                            .usable = g_get_num_processors () });
      self->marks = g_new0 (guint8, self->layout->n_tasks);
    }

  telar_graph_view_update_runs (self);
  telar_graph_view_make_children (self);
  gtk_widget_set_visible (self->beginning, self->layout && self->layout->n_tasks == 1
                                             && self->layout->n_objects == 0
                                             && !self->layout->boxes[0].has_body
                                             && telar_graph_view_can_edit (self));
  telar_graph_view_rename_children (self);
  telar_graph_view_select_children (self);
  telar_graph_view_update_marks (self);
  telar_graph_view_find_again (self);
  if (self->layout && !self->jump)
    telar_graph_view_animate (self, old);
  self->jump = FALSE;
  free_layout_later (old);

  if (self->reveal)
    {
      g_autofree char *id = g_steal_pointer (&self->reveal);

      telar_graph_view_reveal_new (self, telar_graph_view_number (self, id));
    }
  telar_graph_view_update_actions (self);
}

static gboolean
update_tick (GtkWidget     *widget,
             GdkFrameClock *clock,
             gpointer       unused)
{
  TelarGraphView *self = TELAR_GRAPH_VIEW (widget);

  self->update = 0;
  telar_graph_view_update (self);

  return G_SOURCE_REMOVE;
}

/* Before the next frame is laid out: children come and go, which they may not
 * while sizes are being allotted. */
void
telar_graph_view_queue_update (TelarGraphView *self)
{
  self->stale = TRUE;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    telar_graph_view_update (self);
  else if (self->update == 0)
    self->update = gtk_widget_add_tick_callback (GTK_WIDGET (self), update_tick, NULL, NULL);
}

/* What is remembered of tasks by their ids goes along with them. */
static void
follow_ids (GHashTable        *ids,
            const TelarChange *change)
{
  g_autoptr (GPtrArray) renamed = g_ptr_array_new ();

  for (guint i = 0; i < change->removed->len; i++)
    g_hash_table_remove (ids, g_ptr_array_index (change->removed, i));
  /* of two that swap their ids, both: none is added before all are taken out */
  for (guint i = 0; i + 1 < change->renamed->len; i += 2)
    if (g_hash_table_remove (ids, g_ptr_array_index (change->renamed, i)))
      g_ptr_array_add (renamed, g_ptr_array_index (change->renamed, i + 1));
  for (guint i = 0; i < renamed->len; i++)
    g_hash_table_add (ids, g_strdup (g_ptr_array_index (renamed, i)));
}

void
telar_graph_view_document_changed (TelarGraphView    *self,
                                   const TelarChange *change)
{
  telar_graph_view_arrange_cancel (self);
  self->stale = TRUE;
  if (self->link_from != TELAR_NOBODY)
    telar_graph_view_link_keys_end (self, FALSE);
  telar_graph_view_look_for_faults (self);

  if (change->all)
    {
      g_hash_table_remove_all (self->faults);
      g_hash_table_remove_all (self->folded);
      g_hash_table_remove_all (self->whole);
      g_hash_table_remove_all (self->opened);
      self->fitted = TRUE;
      self->by_hand = FALSE;
      self->jump = TRUE;
    }
  else
    {
      follow_ids (self->folded, change);
      follow_ids (self->whole, change);
      follow_ids (self->opened, change);
      self->fitted = FALSE;
      self->chosen.width = 0;
    }

  telar_graph_view_queue_update (self);
}

/* The lane of what is selected last; of copies the one that was chosen elsewhere
 * stays chosen. */
void
telar_graph_view_update_plan_task (TelarGraphView *self)
{
  guint32              task = telar_graph_view_primary (self);
  const TelarGraphRun *run = self->runs && task < self->layout->n_tasks ? &self->runs[task] : NULL;

  if (telar_graph_view_is_worker_of (self, self->selected, task))
    return;
  if (run == NULL || run->n == 0)
    telar_graph_view_set_plan_task (self, TELAR_NO_TASK);
  else if (self->selected < run->first || self->selected - run->first >= run->n)
    telar_graph_view_set_plan_task (self, run->first);
}

void
telar_graph_view_selection_changed (TelarGraphView *self)
{
  telar_graph_view_update (self);
  self->edge = G_MAXUINT;
  telar_graph_view_update_plan_task (self);
  telar_graph_view_select_children (self);
  telar_graph_view_update_marks (self);
  telar_graph_view_update_actions (self);
}

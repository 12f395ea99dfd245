/* graph-view.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include "graph-view/graph-view-private.h"

#include <glib/gi18n-lib.h>

#include "image-source.h"

/* States are shown at once, running times this often. */
#define SHOW_EVERY_US (100 * 1000)
#define NAMED_A_SHOW  100

enum
{
  PROP_0,
  PROP_SELECTED,
  PROP_NEW_KIND,
  PROP_MOMENT,
  N_PROPS
};

enum
{
  SIGNAL_EDIT,
  SIGNAL_REFUSED,
  SIGNAL_FOUND,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint       signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TelarGraphView, telar_graph_view, GTK_TYPE_WIDGET)

void
telar_graph_view_fill_view (TelarGraphView *self,
                            TelarView      *view)
{
  if (self->look.text <= 0)
    telar_look_read (&self->look, GTK_WIDGET (self));
  telar_view_init (view, MAX (gtk_widget_get_width (GTK_WIDGET (self)), 1),
                   MAX (gtk_widget_get_height (GTK_WIDGET (self)), 1));

  view->style = self->look.style;
  view->font = self->look.font;
  view->text = self->look.text;
  view->presenting = self->presenting;
  view->selected = TELAR_NO_TASK;
  view->pointer_x = -1;
}

TelarDocument *
telar_graph_view_document (TelarGraphView *self)
{
  return self->selection ? telar_selection_get_document (self->selection) : NULL;
}

const char *
telar_graph_view_id (TelarGraphView *self,
                     guint32         task)
{
  if (telar_graph_view_is_object (self, task))
    return ((TelarObject *) g_ptr_array_index (self->layout->graph->objects,
                                               task - self->layout->n_tasks))->id;

  return self->layout && task < self->layout->n_tasks
           ? telar_relations_task (self->layout->relations, task)->id : NULL;
}

guint32
telar_graph_view_number (TelarGraphView *self,
                         const char     *id)
{
  gpointer number;

  if (self->layout == NULL || id == NULL)
    return TELAR_NOBODY;
  if (g_str_equal (id, "main"))
    return 0;

  number = g_hash_table_lookup (self->layout->relations->by_id, id);

  if (number == NULL)
    {
      int object = telar_graph_find_object (self->layout->graph, id);

      return object >= 0 ? self->layout->n_tasks + (guint32) object : TELAR_NOBODY;
    }

  return GPOINTER_TO_UINT (number) - 1;
}

guint32
telar_graph_view_primary (TelarGraphView *self)
{
  return self->selection
           ? telar_graph_view_number (self, telar_selection_get_primary (self->selection))
           : TELAR_NOBODY;
}

gboolean
telar_graph_view_can_edit (TelarGraphView *self)
{
  return self->editable && !self->presenting && self->selection != NULL;
}

void
telar_graph_view_set_plan_task (TelarGraphView *self,
                                guint32         plan_task)
{
  if (self->selected == plan_task)
    return;

  self->selected = plan_task;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTED]);
}

/* From the timeline or the output. */
static void
select_plan_task (TelarGraphView *self,
                  guint32         plan_task)
{
  guint32 task;

  if (self->selected == plan_task)
    return;

  telar_graph_view_set_plan_task (self, plan_task);
  if (self->selection == NULL || self->timeline == NULL)
    return;

  telar_graph_view_update (self);
  task = plan_task == TELAR_NO_TASK || self->layout == NULL
           ? TELAR_NOBODY
           : telar_graph_run_task (self->layout, self->timeline->plan, plan_task);
  if (task == TELAR_NOBODY)
    task = telar_graph_view_pool_of_worker (self, plan_task);
  telar_selection_set_one (self->selection, telar_graph_view_id (self, task));
  /* The lane of a task that was deleted since: nothing is selected but the lane. */
  telar_graph_view_set_plan_task (self, plan_task);
  if (task != TELAR_NOBODY)
    telar_graph_view_reveal_task (self, task);
}

/* --- Frame clock --- */

/* Whatever decides how a box looks, but for its running time. */
static guint
hash_states (const TelarTimeline *timeline)
{
  guint hash = 5381;

  for (guint i = 0; i < timeline->tasks->len; i++)
    {
      const TelarTaskLane *task = g_ptr_array_index (timeline->tasks, i);

      hash = hash * 33 + task->state;
      hash = hash * 33 + (task->run != TELAR_NO_TIME);
      hash = hash * 33 + task->slices->len;
      hash = hash * 33 + task->waits->len;
    }

  return hash;
}

static gboolean
tick (GtkWidget     *widget,
      GdkFrameClock *clock,
      gpointer       unused)
{
  TelarGraphView *self = TELAR_GRAPH_VIEW (widget);
  gint64          frame_time = gdk_frame_clock_get_frame_time (clock);

  if (!self->live || self->timeline == NULL)
    {
      self->tick = 0;
      return G_SOURCE_REMOVE;
    }

  if (frame_time - self->shown_at > SHOW_EVERY_US)
    {
      self->shown_at = frame_time;
      self->shown = hash_states (self->timeline);
      telar_graph_view_name_children (self, NAMED_A_SHOW);
      gtk_widget_queue_draw (widget);
    }
  else if (self->timeline->tasks->len <= 64 && hash_states (self->timeline) != self->shown)
    {
      self->shown = hash_states (self->timeline);
      gtk_widget_queue_draw (widget);
    }

  return G_SOURCE_CONTINUE;
}

/* --- Widget --- */

/* Returns: (transfer none) */
static cairo_surface_t *
paint_graph (TelarGraphView *self)
{
  TelarGraphShow show;
  TelarView      view;

  telar_graph_view_fill_view (self, &view);
  telar_graph_view_fill_show (self, &show);
  if (self->live)
    telar_graph_images_forget (self->images);

  return telar_graph_images_paint (self->images, self->layout, &show, &view, self->x, self->y,
                                   self->scale,
                                   gtk_widget_get_scale_factor (GTK_WIDGET (self)));
}

/* Returns: (transfer full) */
static cairo_surface_t *
paint_map (TelarGraphView     *self,
           const TelarMinimap *map)
{
  int              scale = gtk_widget_get_scale_factor (GTK_WIDGET (self));
  cairo_surface_t *image = cairo_image_surface_create (CAIRO_FORMAT_RGB24,
                                                       (int) map->width * scale,
                                                       (int) map->height * scale);
  cairo_t         *cr;
  TelarGraphShow   show;
  TelarView        view;

  telar_graph_view_fill_view (self, &view);
  telar_graph_view_fill_show (self, &show);
  cairo_surface_set_device_scale (image, scale, scale);
  cr = cairo_create (image);
  cairo_translate (cr, -map->x, -map->y);
  telar_paint_minimap (cr, map, self->layout, &show, &view, self->x, self->y, self->scale);
  cairo_destroy (cr);

  return image;
}

static void
telar_graph_view_snapshot (GtkWidget   *widget,
                           GtkSnapshot *snapshot)
{
  TelarGraphView *self = TELAR_GRAPH_VIEW (widget);
  TelarMinimap    map;

  if (self->layout == NULL)
    return;

  telar_snapshot_append_image (snapshot, paint_graph (self), 0, 0, gtk_widget_get_width (widget),
                               gtk_widget_get_height (widget));
  if (telar_graph_view_has_map (self, &map))
    {
      cairo_surface_t *image = paint_map (self, &map);

      telar_snapshot_append_image (snapshot, image, map.x, map.y, map.width, map.height);
      cairo_surface_destroy (image);
    }

  gtk_widget_snapshot_child (widget, self->beginning, snapshot);
  gtk_widget_snapshot_child (widget, self->bubble, snapshot);
}

static void
telar_graph_view_measure (GtkWidget      *widget,
                          GtkOrientation  orientation,
                          int             for_size,
                          int            *minimum,
                          int            *natural,
                          int            *minimum_baseline,
                          int            *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 240 : 100;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 640 : 280;
}

static void
telar_graph_view_size_allocate (GtkWidget *widget,
                                int        width,
                                int        height,
                                int        baseline)
{
  TelarGraphView *self = TELAR_GRAPH_VIEW (widget);

  telar_graph_view_keep_in_sight (self, width, height);
  telar_graph_view_place_children (self);
}

static void
telar_graph_view_css_changed (GtkWidget         *widget,
                              GtkCssStyleChange *change)
{
  TelarGraphView *self = TELAR_GRAPH_VIEW (widget);

  GTK_WIDGET_CLASS (telar_graph_view_parent_class)->css_changed (widget, change);
  telar_look_read (&self->look, widget);
  gtk_widget_queue_allocate (widget);
  gtk_widget_queue_draw (widget);
}

/* --- Object --- */

static void
telar_graph_view_get_property (GObject    *object,
                               guint       id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  TelarGraphView *self = TELAR_GRAPH_VIEW (object);

  switch (id)
    {
    case PROP_SELECTED:
      g_value_set_uint (value, self->selected);
      break;
    case PROP_NEW_KIND:
      g_value_set_uint (value, self->new_kind);
      break;
    case PROP_MOMENT:
      g_value_set_int64 (value, self->moment);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
telar_graph_view_set_property (GObject      *object,
                               guint         id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  TelarGraphView *self = TELAR_GRAPH_VIEW (object);

  switch (id)
    {
    case PROP_SELECTED:
      select_plan_task (self, g_value_get_uint (value));
      break;
    case PROP_NEW_KIND:
      if (self->new_kind != g_value_get_uint (value))
        {
          self->new_kind = g_value_get_uint (value);
          g_object_notify_by_pspec (object, pspec);
        }
      break;
    case PROP_MOMENT:
      if (self->moment != g_value_get_int64 (value))
        {
          telar_graph_view_set_moment (self, g_value_get_int64 (value));
          g_object_notify_by_pspec (object, pspec);
        }
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
telar_graph_view_dispose (GObject *object)
{
  TelarGraphView *self = TELAR_GRAPH_VIEW (object);
  GtkWidget      *child;

  if (self->tick)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick);
  self->tick = 0;
  if (self->update)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->update);
  self->update = 0;
  g_clear_handle_id (&self->look_for_faults, g_source_remove);
  g_clear_handle_id (&self->hide_bubble, g_source_remove);
  g_clear_handle_id (&self->name_later, g_source_remove);
  g_clear_handle_id (&self->make_later, g_source_remove);
  g_clear_handle_id (&self->place_later, g_source_remove);
  telar_graph_view_arrange_cancel (self);
  telar_graph_view_drag_cancel (self);
  telar_graph_view_end_animation (self);

  g_ptr_array_set_size (self->node_of, 0);
  g_ptr_array_set_size (self->edge_nodes, 0);
  g_ptr_array_set_size (self->gone, 0);
  g_hash_table_remove_all (self->nodes);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))))
    gtk_widget_unparent (child);
  self->bubble = self->beginning = self->menu = NULL;
  self->adder = NULL;

  if (self->selection)
    {
      g_signal_handlers_disconnect_by_data (telar_graph_view_document (self), self);
      g_signal_handlers_disconnect_by_data (self->selection, self);
    }
  g_clear_object (&self->selection);
  g_clear_pointer (&self->layout, telar_graph_layout_free);
  g_clear_pointer (&self->timeline, telar_timeline_unref);
  g_clear_pointer (&self->runs, g_free);
  g_clear_pointer (&self->marks, g_free);
  g_clear_pointer (&self->object_marks, g_free);
  g_clear_pointer (&self->wanted, g_free);
  g_clear_pointer (&self->reveal, g_free);
  telar_look_clear (&self->look);

  G_OBJECT_CLASS (telar_graph_view_parent_class)->dispose (object);
}

static void
telar_graph_view_finalize (GObject *object)
{
  TelarGraphView *self = TELAR_GRAPH_VIEW (object);

  telar_graph_images_free (self->images);
  g_hash_table_unref (self->folded);
  g_hash_table_unref (self->whole);
  g_hash_table_unref (self->opened);
  g_hash_table_unref (self->found);
  g_hash_table_unref (self->faults);
  g_hash_table_unref (self->nodes);
  g_ptr_array_unref (self->node_of);
  g_ptr_array_unref (self->edge_nodes);
  g_ptr_array_unref (self->gone);

  G_OBJECT_CLASS (telar_graph_view_parent_class)->finalize (object);
}

static void
telar_graph_view_class_init (TelarGraphViewClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags     flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = telar_graph_view_get_property;
  object_class->set_property = telar_graph_view_set_property;
  object_class->dispose = telar_graph_view_dispose;
  object_class->finalize = telar_graph_view_finalize;

  widget_class->snapshot = telar_graph_view_snapshot;
  widget_class->measure = telar_graph_view_measure;
  widget_class->size_allocate = telar_graph_view_size_allocate;
  widget_class->css_changed = telar_graph_view_css_changed;

  properties[PROP_SELECTED] =
    g_param_spec_uint ("selected", NULL, NULL, 0, G_MAXUINT, TELAR_NO_TASK, flags);
  properties[PROP_NEW_KIND] =
    g_param_spec_uint ("new-kind", NULL, NULL, 0, TELAR_KIND_CALL, TELAR_KIND_PROCESS, flags);
  properties[PROP_MOMENT] =
    g_param_spec_int64 ("moment", NULL, NULL, G_MININT64, G_MAXINT64, TELAR_NO_TIME, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[SIGNAL_EDIT] = g_signal_new ("edit", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                       NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_REFUSED] = g_signal_new ("refused", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_FOUND] = g_signal_new ("found", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);

  telar_graph_view_keys_class_init (widget_class);
  telar_graph_view_actions_class_init (widget_class);

  gtk_widget_class_set_css_name (widget_class, "graph");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST);
}

static GHashTable *
new_id_set (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

static void
telar_graph_view_init (TelarGraphView *self)
{
  self->selected = TELAR_NO_TASK;
  self->moment = TELAR_NO_TIME;
  self->pointer_x = -1;
  self->scale = 1;
  self->fitted = TRUE;
  self->editable = TRUE;
  self->hover = self->link_from = TELAR_NOBODY;
  self->hover_edge = self->hover_object = self->edge = G_MAXUINT;
  self->images = telar_graph_images_new ();
  self->folded = new_id_set ();
  self->whole = new_id_set ();
  self->opened = new_id_set ();
  self->found = new_id_set ();
  self->faults = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->nodes = new_id_set ();
  self->node_of = g_ptr_array_new ();
  self->edge_nodes = g_ptr_array_new ();
  self->gone = g_ptr_array_new ();

  self->bubble = g_object_new (GTK_TYPE_LABEL, "visible", FALSE, "wrap", TRUE, "xalign", 0.0f,
                               "max-width-chars", 48, "can-target", FALSE,
                               "accessible-role", GTK_ACCESSIBLE_ROLE_STATUS, NULL);
  gtk_widget_add_css_class (self->bubble, "bubble");
  gtk_widget_set_parent (self->bubble, GTK_WIDGET (self));
  self->beginning = g_object_new (GTK_TYPE_LABEL, "visible", FALSE, "wrap", TRUE,
                                  "justify", GTK_JUSTIFY_CENTER, "max-width-chars", 44,
                                  "can-target", FALSE, "label",
                                  _("Double-click here or type the name of a function, "
                                    "or drag one from the list"), NULL);
  gtk_widget_add_css_class (self->beginning, "beginning");
  gtk_widget_insert_before (self->beginning, GTK_WIDGET (self), self->bubble);

  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("Graph"),
                                  -1);
  telar_graph_view_pointer_init (self);
  telar_graph_view_drag_init (self);
  telar_graph_view_keys_init (self);
}

/* --- Public --- */

void
telar_graph_view_set_selection (TelarGraphView *self,
                                TelarSelection *selection)
{
  const TelarChange other = { .all = TRUE };

  g_return_if_fail (TELAR_IS_GRAPH_VIEW (self));

  if (self->selection == selection)
    return;

  telar_graph_view_arrange_cancel (self);
  if (self->selection)
    {
      g_signal_handlers_disconnect_by_data (telar_graph_view_document (self), self);
      g_signal_handlers_disconnect_by_data (self->selection, self);
    }
  g_set_object (&self->selection, selection);
  if (selection)
    {
      g_signal_connect_object (telar_selection_get_document (selection), "changed",
                               G_CALLBACK (telar_graph_view_document_changed), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (selection, "changed",
                               G_CALLBACK (telar_graph_view_selection_changed), self,
                               G_CONNECT_SWAPPED);
    }

  telar_graph_view_find (self, NULL);
  telar_graph_view_document_changed (self, &other);
}

void
telar_graph_view_set_editable (TelarGraphView *self,
                               gboolean        editable)
{
  g_return_if_fail (TELAR_IS_GRAPH_VIEW (self));

  self->editable = editable;
  telar_graph_view_drag_cancel (self);
  telar_graph_view_update_actions (self);
}

void
telar_graph_view_set_timeline (TelarGraphView *self,
                               TelarTimeline  *timeline)
{
  g_return_if_fail (TELAR_IS_GRAPH_VIEW (self));

  if (self->timeline != timeline)
    {
      g_clear_pointer (&self->timeline, telar_timeline_unref);
      self->timeline = timeline ? telar_timeline_ref (timeline) : NULL;
      telar_graph_images_forget (self->images);
      telar_graph_view_update (self);
      telar_graph_view_update_runs (self);
      telar_graph_view_update_plan_task (self);
    }

  telar_graph_view_rename_children (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
telar_graph_view_set_live (TelarGraphView *self,
                           gboolean        live)
{
  g_return_if_fail (TELAR_IS_GRAPH_VIEW (self));

  self->live = live;
  telar_graph_images_forget (self->images);
  if (live && self->tick == 0)
    self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), tick, NULL, NULL);
  if (!live)
    telar_graph_view_rename_children (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
telar_graph_view_set_presenting (TelarGraphView *self,
                                 gboolean        presenting)
{
  g_return_if_fail (TELAR_IS_GRAPH_VIEW (self));

  self->presenting = presenting;
  self->fitted = TRUE;
  self->by_hand = FALSE;
  telar_graph_view_update_actions (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* graph-view.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include "graph-view-private.h"

#include <glib/gi18n-lib.h>

#include "task-words.h"
#include "unpainted.h"

#define MARGIN      12
#define UNIT_TEXT   12.0 /* a layout's normal text at scale 1 */
#define LEAST_SCALE 0.05
#define MOST_SCALE  4.0
/* States are shown at once, running times this often. */
#define SHOW_EVERY_US (100 * 1000)
#define NAMED_AT_ONCE 100

enum
{
  PROP_0,
  PROP_SELECTED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

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
  view->selected = self->selected;
  view->pointer_x = self->dragging ? -1 : self->pointer_x;
  view->pointer_y = self->pointer_y;
}

guint32
telar_graph_view_task_at (TelarGraphView *self,
                          double          x,
                          double          y)
{
  TelarGraphHit hit;

  if (self->layout == NULL)
    return TELAR_NO_TASK;

  hit = telar_graph_hit (self->layout, NULL, (x - self->x) / self->scale,
                         (y - self->y) / self->scale, 0);

  return hit.task != TELAR_NOBODY ? self->runs[hit.task].first : TELAR_NO_TASK;
}

/* --- Children --- */

static void
make_nodes (TelarGraphView *self)
{
  for (guint i = 0; i < self->nodes->len; i++)
    gtk_widget_unparent (g_ptr_array_index (self->nodes, i));
  g_ptr_array_set_size (self->nodes, 0);

  for (guint i = 0; self->layout && i < self->layout->n_tasks; i++)
    {
      GtkWidget *node = telar_unpainted_new (self->runs[i].first);

      gtk_widget_set_parent (node, GTK_WIDGET (self));
      g_ptr_array_add (self->nodes, node);
    }
}

static char *
plan_words (TelarGraphView *self,
            guint32         number)
{
  const TelarPlan     *plan = g_bytes_get_data (self->plan, NULL);
  const TelarPlanTask *task = telar_plan_task (plan, number);

  return g_strdup_printf ("%s: %s", telar_plan_text (plan, task->title), _("not started"));
}

/* At most @most of them, taking turns: while a run goes on, no frame is late
 * for names. */
static void
name_nodes (TelarGraphView *self,
            guint           most)
{
  for (guint n = 0; n < MIN (self->nodes->len, most); n++)
    {
      guint            i = self->next_named++ % self->nodes->len;
      guint32          task = self->runs[i].first;
      TelarUnpainted  *node = g_ptr_array_index (self->nodes, i);
      g_autofree char *name = NULL;

      if (self->timeline)
        name = telar_task_words (self->timeline, telar_timeline_task (self->timeline, task));
      else
        name = plan_words (self, task);

      telar_unpainted_set_name (node, name);
    }
}

static void
select_nodes (TelarGraphView *self)
{
  for (guint i = 0; i < self->nodes->len; i++)
    {
      TelarUnpainted *node = g_ptr_array_index (self->nodes, i);

      telar_unpainted_set_selected (node, telar_unpainted_get_number (node) == self->selected);
    }
}

static void
place_nodes (TelarGraphView *self)
{
  for (guint i = 0; i < self->nodes->len; i++)
    {
      const TelarGraphBox *box = &self->layout->boxes[i];

      telar_unpainted_place (g_ptr_array_index (self->nodes, i),
                             self->x + box->x * self->scale, self->y + box->y * self->scale,
                             box->width * self->scale, box->height * self->scale);
    }
}

/* --- Place --- */

static void
fit (TelarGraphView *self)
{
  TelarView view;

  if (self->layout == NULL)
    return;

  telar_graph_view_fill_view (self, &view);
  telar_graph_fit (self->layout, &view, &self->x, &self->y, &self->scale);

  /* On a projector, text comes first: what does not fit is panned to. */
  if (self->presenting)
    {
      double width, height;

      self->scale = MAX (self->scale, view.text / UNIT_TEXT);
      width = self->layout->width * self->scale;
      height = self->layout->height * self->scale;
      self->x = MAX ((view.width - width) / 2, MARGIN) - self->layout->x * self->scale;
      self->y = MAX ((view.height - height) / 2, MARGIN) - self->layout->y * self->scale;
    }
}

void
telar_graph_view_move_to (TelarGraphView *self,
                          double          x,
                          double          y,
                          double          scale)
{
  double width = gtk_widget_get_width (GTK_WIDGET (self));
  double height = gtk_widget_get_height (GTK_WIDGET (self));

  if (self->layout == NULL)
    return;

  /* Some of the graph stays in sight. */
  self->scale = CLAMP (scale, LEAST_SCALE, MOST_SCALE);
  x += self->layout->x * self->scale;
  y += self->layout->y * self->scale;
  self->x = CLAMP (x, 40 - self->layout->width * self->scale, MAX (width - 40, 0))
            - self->layout->x * self->scale;
  self->y = CLAMP (y, 40 - self->layout->height * self->scale, MAX (height - 40, 0))
            - self->layout->y * self->scale;
  self->fitted = FALSE;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
telar_graph_view_select (TelarGraphView *self,
                         guint32         task)
{
  if (self->selected == task)
    return;

  self->selected = task;
  select_nodes (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTED]);
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
      name_nodes (self, NAMED_AT_ONCE);
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

static void
telar_graph_view_snapshot (GtkWidget   *widget,
                           GtkSnapshot *snapshot)
{
  TelarGraphView *self = TELAR_GRAPH_VIEW (widget);
  TelarView       view;
  TelarGraphShow  show;
  cairo_t        *cr;

  if (self->layout == NULL)
    return;

  telar_graph_view_fill_view (self, &view);
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) view.width,
                                                                 (float) view.height));
  telar_graph_show_init (&show);
  show.timeline = self->timeline;
  show.runs = self->runs;
  show.marks = self->marks;
  for (guint32 i = 0; i < self->layout->n_tasks; i++)
    self->marks[i] = self->runs[i].n > 0 && self->selected >= self->runs[i].first
                     && self->selected - self->runs[i].first < self->runs[i].n
                     ? TELAR_GRAPH_SELECTED : 0;
  telar_paint_graph (cr, self->layout, &show, &view, self->x, self->y, self->scale);
  cairo_destroy (cr);
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

  if (self->fitted)
    fit (self);
  place_nodes (self);
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
  switch (id)
    {
    case PROP_SELECTED:
      g_value_set_uint (value, TELAR_GRAPH_VIEW (object)->selected);
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
  switch (id)
    {
    case PROP_SELECTED:
      telar_graph_view_select (TELAR_GRAPH_VIEW (object), g_value_get_uint (value));
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

  g_clear_pointer (&self->nodes, g_ptr_array_unref);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))))
    gtk_widget_unparent (child);
  g_clear_pointer (&self->layout, telar_graph_layout_free);
  g_clear_pointer (&self->plan, g_bytes_unref);
  g_clear_pointer (&self->runs, g_free);
  g_clear_pointer (&self->marks, g_free);
  g_clear_pointer (&self->timeline, telar_timeline_unref);
  telar_look_clear (&self->look);

  G_OBJECT_CLASS (telar_graph_view_parent_class)->dispose (object);
}

static void
telar_graph_view_class_init (TelarGraphViewClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = telar_graph_view_get_property;
  object_class->set_property = telar_graph_view_set_property;
  object_class->dispose = telar_graph_view_dispose;

  widget_class->snapshot = telar_graph_view_snapshot;
  widget_class->measure = telar_graph_view_measure;
  widget_class->size_allocate = telar_graph_view_size_allocate;
  widget_class->css_changed = telar_graph_view_css_changed;

  properties[PROP_SELECTED] =
    g_param_spec_uint ("selected", NULL, NULL, 0, G_MAXUINT, TELAR_NO_TASK,
                       G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  telar_graph_view_input_class_init (widget_class);

  gtk_widget_class_set_css_name (widget_class, "graph");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST);
}

static void
telar_graph_view_init (TelarGraphView *self)
{
  self->selected = TELAR_NO_TASK;
  self->pointer_x = -1;
  self->scale = 1;
  self->fitted = TRUE;
  self->nodes = g_ptr_array_new ();

  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("Graph"),
                                  -1);
  telar_graph_view_input_init (self);
}

/* --- Public --- */

void
telar_graph_view_set_layout (TelarGraphView   *self,
                             TelarGraphLayout *layout,
                             GBytes           *plan)
{
  g_return_if_fail (TELAR_IS_GRAPH_VIEW (self));

  g_clear_pointer (&self->timeline, telar_timeline_unref);
  g_clear_pointer (&self->layout, telar_graph_layout_free);
  g_clear_pointer (&self->plan, g_bytes_unref);
  g_clear_pointer (&self->runs, g_free);
  g_clear_pointer (&self->marks, g_free);
  self->layout = plan ? layout : NULL;
  if (self->layout)
    {
      self->plan = g_bytes_ref (plan);
      self->runs = telar_graph_runs_new (layout, g_bytes_get_data (plan, NULL));
      self->marks = g_new0 (guint8, layout->n_tasks);
    }
  self->fitted = TRUE;
  make_nodes (self);
  name_nodes (self, G_MAXUINT);
  select_nodes (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
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
    }

  name_nodes (self, G_MAXUINT);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
telar_graph_view_set_live (TelarGraphView *self,
                           gboolean        live)
{
  g_return_if_fail (TELAR_IS_GRAPH_VIEW (self));

  self->live = live;
  if (live && self->tick == 0)
    self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), tick, NULL, NULL);
  if (!live && self->layout)
    name_nodes (self, G_MAXUINT);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
telar_graph_view_set_presenting (TelarGraphView *self,
                                 gboolean        presenting)
{
  g_return_if_fail (TELAR_IS_GRAPH_VIEW (self));

  self->presenting = presenting;
  self->fitted = TRUE;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

int
telar_graph_view_get_wanted_height (TelarGraphView *self,
                                    int             width)
{
  g_return_val_if_fail (TELAR_IS_GRAPH_VIEW (self), 0);

  if (self->layout == NULL)
    return 0;

  return (int) (self->layout->height * MIN (1.0, width / MAX (self->layout->width, 1.0)))
         + 2 * MARGIN;
}

void
telar_graph_view_zoom (TelarGraphView *self,
                       double          factor)
{
  double x, y, scale;

  g_return_if_fail (TELAR_IS_GRAPH_VIEW (self));

  x = gtk_widget_get_width (GTK_WIDGET (self)) / 2.0;
  y = gtk_widget_get_height (GTK_WIDGET (self)) / 2.0;
  scale = CLAMP (self->scale * factor, LEAST_SCALE, MOST_SCALE);
  telar_graph_view_move_to (self, x - (x - self->x) * scale / self->scale,
                            y - (y - self->y) * scale / self->scale, scale);
}

void
telar_graph_view_fit (TelarGraphView *self)
{
  g_return_if_fail (TELAR_IS_GRAPH_VIEW (self));

  self->fitted = TRUE;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* timeline-view.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include "timeline-view/timeline-view-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "image-source.h"

/* Names of lanes are for reading, not for watching. */
#define NAME_EVERY_US (250 * 1000)
/* Of the densities of rows that the painter has. */
#define DENSEST       2

enum
{
  PROP_0,
  PROP_SELECTED,
  PROP_FOLLOWING,
  PROP_REPLAYING,
  PROP_MOMENT,
  PROP_MEASURED,
  PROP_OVERVIEW,
  PROP_CRITICAL,
  PROP_OBJECTS,
  PROP_ALL_ARROWS,
  PROP_SORT,
  PROP_BOOKMARKS,
  PROP_OBJECT_LANE,
  PROP_DEADLOCKS,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];
static guint       object_chosen;

G_DEFINE_FINAL_TYPE (TelarTimelineView, telar_timeline_view, GTK_TYPE_WIDGET)

/* --- The view --- */

double
telar_timeline_view_length (TelarTimelineView *self)
{
  if (self->timeline == NULL)
    return TELAR_FOLLOW_FIRST;

  return (double) (self->timeline->finished ? self->timeline->wall : self->timeline->now);
}

static double
lanes_width (TelarTimelineView *self)
{
  double width = gtk_widget_get_width (GTK_WIDGET (self));

  if (gtk_widget_get_child_visible (self->scrollbar) || self->linked)
    width -= self->bar_width;

  return MAX (width, 1);
}

static double
lanes_height (TelarTimelineView *self)
{
  return gtk_widget_get_height (GTK_WIDGET (self)) - telar_timeline_view_overview_height (self);
}

void
telar_timeline_view_fill_view (TelarTimelineView *self,
                               TelarView         *view)
{
  if (self->look.text <= 0)
    telar_look_read (&self->look, GTK_WIDGET (self));
  telar_view_init (view, lanes_width (self), MAX (lanes_height (self), 1));

  view->begin = self->follow.begin;
  view->end = self->follow.end;
  view->scroll = gtk_adjustment_get_value (self->vadjustment);
  view->style = self->look.style;
  view->font = self->look.font;
  view->text = self->look.text;
  view->show = TELAR_SHOW_CORES | TELAR_SHOW_TASKS | TELAR_SHOW_LEGEND | TELAR_SHOW_SOURCE
               | TELAR_SHOW_RULER | TELAR_SHOW_BOOKMARKS;
  if (self->live)
    view->show |= TELAR_SHOW_NOW;
  if (self->objects)
    view->show |= TELAR_SHOW_OBJECTS;
  if (self->all_arrows)
    view->show |= TELAR_SHOW_ARROWS;
  view->presenting = self->presenting;
  view->dense = self->dense;
  view->critical = self->critical ? self->statistics : NULL;
  view->machine = self->machine;
  view->order = self->order;
  view->selected = self->selected;
  view->marked_kind = self->marked_kind;
  view->marked = self->marked;
  view->pointer_x = self->dragging || self->replaying ? -1 : self->pointer_x;
  view->pointer_y = self->pointer_y;
  /* Over the strip of the whole run it is at another time than in the lanes. */
  if (view->pointer_y >= view->height)
    view->pointer_x = -1;
  if (self->linked)
    {
      view->least_left = self->left;
      /* Their room is for lanes, and the pointer is at one time. */
      view->show &= ~TELAR_SHOW_LEGEND;
      if (view->pointer_x < 0 && !self->linked->dragging && !self->linked->replaying)
        view->pointer_x = self->linked->pointer_x;
      if (view->pointer_x >= 0)
        view->pointer_y = MAX (view->pointer_y, 0);
    }
}

/* The height of all lanes, at the first density at which they need not be scrolled. */
static double
choose_density (TelarTimelineView *self,
                double             height)
{
  TelarView view;
  double    wanted;

  telar_timeline_view_fill_view (self, &view);
  for (view.dense = 0;; view.dense++)
    {
      wanted = telar_timeline_height (self->timeline, &view);
      if (wanted <= height || view.dense == DENSEST)
        break;
      /* Many more than there is room for: what is between would not do. */
      if (wanted > height * 4)
        view.dense = DENSEST - 1;
    }
  self->dense = view.dense;

  return wanted;
}

/* The lanes may have become more, or the room for them less. */
static void
update_scroll (TelarTimelineView *self)
{
  double   height = lanes_height (self);
  double   wanted = 0;
  gboolean needed;

  /* Before a run no lane is shown, and nothing scrolls. */
  if (self->timeline && (self->timeline->now > 0 || self->timeline->finished))
    wanted = choose_density (self, height);

  needed = wanted > height + 0.5;
  gtk_adjustment_configure (self->vadjustment,
                            needed ? gtk_adjustment_get_value (self->vadjustment) : 0,
                            0, needed ? wanted : height, height / 10, height * 0.8, height);
  gtk_widget_set_child_visible (self->scrollbar, needed);
}

void
telar_timeline_view_tell_range (TelarTimelineView *self)
{
  g_autofree char *begin = telar_time_format ((gint64) self->follow.begin);
  g_autofree char *end = telar_time_format ((gint64) self->follow.end);
  g_autofree char *measured = telar_timeline_view_measured_words (self);
  g_autofree char *path = self->critical && self->statistics
                            ? telar_critical_words (self->statistics) : NULL;
  g_autofree char *range = g_strdup_printf (_("from %s to %s"), begin, end);
  guint            n_hidden = telar_timeline_view_order_hidden (self);
  g_autofree char *hidden = NULL;
  g_autofree char *marked = telar_timeline_view_bookmark_words (self);
  const char      *parts[6] = { range };
  g_autofree char *text = NULL;
  guint            n = 1;

  if (measured)
    parts[n++] = measured;
  if (path)
    parts[n++] = path;
  if (marked)
    parts[n++] = marked;
  if (n_hidden > 0)
    parts[n++] = hidden = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u hidden", "%u hidden",
                                                        n_hidden), n_hidden);
  text = g_strjoinv (" · ", (char **) parts);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text,
                                  -1);
}

/* Only where it is another: whoever listens does much, and a drag moves at each frame. */
static void
tell_following (TelarTimelineView *self)
{
  gboolean following = telar_timeline_view_get_following (self);

  if (following == self->told_following)
    return;
  self->told_following = following;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FOLLOWING]);
}

void
telar_timeline_view_moved (TelarTimelineView *self)
{
  telar_timeline_view_tell_range (self);
  tell_following (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  telar_timeline_view_overview_update (self);
  telar_timeline_view_link_moved (self);
}

void
telar_timeline_view_show_time (TelarTimelineView *self,
                               double             ns)
{
  telar_follow_pan (&self->follow, ns - (self->follow.begin + self->follow.end) / 2,
                    telar_timeline_view_reach (self));
  telar_timeline_view_moved (self);
}

double
telar_timeline_view_legend_height (TelarTimelineView *self,
                                   const TelarView   *view)
{
  TelarView without = *view;

  without.show &= ~(TELAR_SHOW_LEGEND | TELAR_SHOW_SOURCE);

  return telar_timeline_height (self->timeline, view)
         - telar_timeline_height (self->timeline, &without);
}

void
telar_timeline_view_scroll_to (TelarTimelineView *self,
                               TelarLaneKind      kind,
                               guint              number)
{
  TelarView view;

  if (self->timeline == NULL || (kind == TELAR_LANE_TASK && number == TELAR_NO_TASK))
    return;

  telar_timeline_view_fill_view (self, &view);
  gtk_adjustment_set_value (self->vadjustment,
                            gtk_adjustment_get_value (self->vadjustment)
                              + telar_timeline_lane_beyond (self->timeline, &view, kind, number));
}

void
telar_timeline_view_select (TelarTimelineView *self,
                            guint32            task)
{
  if (self->selected == task)
    return;

  self->selected = task;
  if (task != TELAR_NO_TASK)
    self->marked_kind = TELAR_N_LANE_KINDS;
  telar_timeline_view_order_reveal (self, task);
  telar_timeline_view_scroll_to (self, TELAR_LANE_TASK, task);
  telar_timeline_view_lanes_select (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTED]);
}

void
telar_timeline_view_choose_object (TelarTimelineView *self,
                                   guint              number)
{
  const TelarObjectLane *object = g_ptr_array_index (self->timeline->objects, number);

  g_signal_emit (self, object_chosen, 0, object->id);
}

/* More lanes are as much a change as a new size. */
static void
set_shown (TelarTimelineView *self,
           gboolean          *what,
           gboolean           shown,
           guint              property)
{
  if (*what == shown)
    return;

  *what = shown;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

/* --- The frame clock --- */

static void
tell_deadlocks (TelarTimelineView *self)
{
  guint n = 0;

  for (guint i = 0; self->timeline && i < self->timeline->deadlocks->len; i++)
    {
      const TelarDeadlock *deadlock = g_ptr_array_index (self->timeline->deadlocks, i);

      n += deadlock->resolved == TELAR_NO_TIME ? 1 : 2;
    }
  if (n == self->deadlocks)
    return;

  self->deadlocks = n;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DEADLOCKS]);
}

static void
tick_live (TelarTimelineView *self,
           gint64             frame_time)
{
  gboolean scrolls;

  if (self->timeline == NULL || self->painted == self->timeline->generation)
    return;

  if (telar_follow_advance (&self->follow, telar_timeline_view_length (self)))
    telar_timeline_view_link_moved (self);
  tell_deadlocks (self);
  if (!telar_lane_order_fits (self->order, self->timeline))
    telar_timeline_view_order_apply (self);
  scrolls = gtk_widget_get_child_visible (self->scrollbar);
  update_scroll (self);
  /* A bar that has come is painted in this frame: it needs its place before. */
  if (gtk_widget_get_child_visible (self->scrollbar) != scrolls)
    gtk_widget_queue_allocate (GTK_WIDGET (self));
  telar_timeline_view_overview_update (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));

  if (frame_time - self->named_at > NAME_EVERY_US)
    {
      self->named_at = frame_time;
      telar_timeline_view_lanes_name_some (self);
      telar_timeline_view_tell_range (self);
      /* What is under a pointer at rest changes too. */
      if (self->pointer_x >= 0)
        gtk_widget_trigger_tooltip_query (GTK_WIDGET (self));
    }
}

static gboolean
tick (GtkWidget     *widget,
      GdkFrameClock *clock,
      gpointer       unused)
{
  TelarTimelineView *self = TELAR_TIMELINE_VIEW (widget);
  gint64             frame_time = gdk_frame_clock_get_frame_time (clock);

  if (self->live)
    tick_live (self, frame_time);
  else if (self->replaying)
    telar_timeline_view_replay_tick (self, frame_time);

  if (self->live || self->replaying)
    return G_SOURCE_CONTINUE;

  self->tick = 0;
  return G_SOURCE_REMOVE;
}

void
telar_timeline_view_ensure_tick (TelarTimelineView *self)
{
  if (self->tick == 0)
    self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), tick, NULL, NULL);
}

/* --- Painting --- */

/* On the image that is not shown at the moment. */
static void
paint_image (TelarTimelineView *self,
             const TelarView   *view)
{
  cairo_surface_t *shown = self->images[0];
  cairo_t         *cr;

  self->images[0] = self->images[1];
  self->images[1] = shown;
  cr = cairo_create (telar_image_prepare (&self->images[0], (int) ceil (view->width),
                                          (int) ceil (view->height),
                                          gtk_widget_get_scale_factor (GTK_WIDGET (self))));
  telar_paint_timeline (cr, self->timeline, view);
  cairo_destroy (cr);
}

static void
telar_timeline_view_snapshot (GtkWidget   *widget,
                              GtkSnapshot *snapshot)
{
  TelarTimelineView *self = TELAR_TIMELINE_VIEW (widget);
  TelarView          view;

  if (self->timeline)
    {
      telar_timeline_view_fill_view (self, &view);
      paint_image (self, &view);
      telar_snapshot_append_image (snapshot, self->images[0], 0, 0, view.width, view.height);

      if (self->replaying)
        telar_timeline_view_replay_paint (self, snapshot, &view);
      else
        telar_timeline_view_measure_paint (self, snapshot, &view);
      self->painted = self->timeline->generation;
      telar_timeline_view_ahead_later (self);
    }

  if (gtk_widget_get_child_visible (self->scrollbar))
    gtk_widget_snapshot_child (widget, self->scrollbar, snapshot);
  if (gtk_widget_get_child_visible (self->strip))
    gtk_widget_snapshot_child (widget, self->strip, snapshot);
}

/* --- Widget --- */

static void
telar_timeline_view_measure (GtkWidget      *widget,
                             GtkOrientation  orientation,
                             int             for_size,
                             int            *minimum,
                             int            *natural,
                             int            *minimum_baseline,
                             int            *natural_baseline)
{
  TelarTimelineView *self = TELAR_TIMELINE_VIEW (widget);

  gtk_widget_measure (self->scrollbar, orientation, -1, NULL, NULL, NULL, NULL);
  gtk_widget_measure (self->strip, orientation, -1, NULL, NULL, NULL, NULL);

  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 320 : 120;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 960 : 360;
}

static void
telar_timeline_view_size_allocate (GtkWidget *widget,
                                   int        width,
                                   int        height,
                                   int        baseline)
{
  TelarTimelineView *self = TELAR_TIMELINE_VIEW (widget);
  TelarView          view;
  int                bar;

  /* First what decides whether there is a bar, then its slider's place. */
  gtk_widget_measure (self->scrollbar, GTK_ORIENTATION_HORIZONTAL, -1, &bar, NULL, NULL, NULL);
  self->bar_width = bar;
  update_scroll (self);
  telar_timeline_view_link_left (self);
  gtk_widget_size_allocate (self->scrollbar,
                            &(GtkAllocation) { width - bar, 0, bar, (int) lanes_height (self) }, -1);
  telar_timeline_view_fill_view (self, &view);
  telar_timeline_view_lanes_place (self, &view);
  telar_timeline_view_overview_place (self, width, height);
  if (self->menu)
    gtk_popover_present (GTK_POPOVER (self->menu));
}

static void
telar_timeline_view_css_changed (GtkWidget         *widget,
                                 GtkCssStyleChange *change)
{
  TelarTimelineView *self = TELAR_TIMELINE_VIEW (widget);

  GTK_WIDGET_CLASS (telar_timeline_view_parent_class)->css_changed (widget, change);
  telar_look_read (&self->look, widget);
  gtk_widget_queue_allocate (widget);
  gtk_widget_queue_draw (widget);
}

static void
scrolled (TelarTimelineView *self)
{
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* --- Object --- */

static void
telar_timeline_view_get_property (GObject    *object,
                                  guint       id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  TelarTimelineView *self = TELAR_TIMELINE_VIEW (object);

  switch (id)
    {
    case PROP_SELECTED:
      g_value_set_uint (value, self->selected);
      break;
    case PROP_FOLLOWING:
      g_value_set_boolean (value, telar_timeline_view_get_following (self));
      break;
    case PROP_REPLAYING:
      g_value_set_boolean (value, self->replaying);
      break;
    case PROP_MOMENT:
      g_value_set_int64 (value, self->replaying ? (gint64) self->replay_ns : TELAR_NO_TIME);
      break;
    case PROP_MEASURED:
      g_value_set_boolean (value, self->n_marks == 2);
      break;
    case PROP_CRITICAL:
      g_value_set_boolean (value, self->critical);
      break;
    case PROP_OVERVIEW:
      g_value_set_boolean (value, self->overview);
      break;
    case PROP_OBJECTS:
      g_value_set_boolean (value, self->objects);
      break;
    case PROP_ALL_ARROWS:
      g_value_set_boolean (value, self->all_arrows);
      break;
    case PROP_SORT:
      g_value_set_string (value, telar_timeline_view_order_get_sort (self));
      break;
    case PROP_BOOKMARKS:
      g_value_set_uint (value, self->timeline
                                 ? telar_bookmarks_generation (self->timeline->bookmarks) : 0);
      break;
    case PROP_OBJECT_LANE:
      g_value_set_boolean (value, telar_timeline_view_order_get_object_lane (self));
      break;
    case PROP_DEADLOCKS:
      g_value_set_uint (value, self->deadlocks);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
telar_timeline_view_set_property (GObject      *object,
                                  guint         id,
                                  const GValue *value,
                                  GParamSpec   *pspec)
{
  switch (id)
    {
    case PROP_SELECTED:
      telar_timeline_view_select (TELAR_TIMELINE_VIEW (object), g_value_get_uint (value));
      break;
    case PROP_CRITICAL:
      set_shown (TELAR_TIMELINE_VIEW (object), &TELAR_TIMELINE_VIEW (object)->critical,
                 g_value_get_boolean (value), PROP_CRITICAL);
      telar_timeline_view_critical_ensure (TELAR_TIMELINE_VIEW (object));
      telar_timeline_view_tell_range (TELAR_TIMELINE_VIEW (object));
      break;
    case PROP_OVERVIEW:
      set_shown (TELAR_TIMELINE_VIEW (object), &TELAR_TIMELINE_VIEW (object)->overview,
                 g_value_get_boolean (value), PROP_OVERVIEW);
      break;
    case PROP_OBJECTS:
      set_shown (TELAR_TIMELINE_VIEW (object), &TELAR_TIMELINE_VIEW (object)->objects,
                 g_value_get_boolean (value), PROP_OBJECTS);
      g_object_notify_by_pspec (object, properties[PROP_OBJECT_LANE]);
      break;
    case PROP_OBJECT_LANE:
      telar_timeline_view_order_set_object_lane (TELAR_TIMELINE_VIEW (object),
                                                 g_value_get_boolean (value));
      break;
    case PROP_ALL_ARROWS:
      set_shown (TELAR_TIMELINE_VIEW (object), &TELAR_TIMELINE_VIEW (object)->all_arrows,
                 g_value_get_boolean (value), PROP_ALL_ARROWS);
      break;
    case PROP_SORT:
      telar_timeline_view_order_set_sort (TELAR_TIMELINE_VIEW (object), g_value_get_string (value));
      g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
telar_timeline_view_dispose (GObject *object)
{
  TelarTimelineView *self = TELAR_TIMELINE_VIEW (object);
  GtkWidget         *child;

  if (self->tick)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick);
  self->tick = 0;
  telar_timeline_view_ahead_stop (self);

  telar_timeline_view_critical_clear (self);
  telar_timeline_view_unlink (self);
  g_clear_pointer (&self->lanes, g_ptr_array_unref);
  g_clear_pointer (&self->others, g_ptr_array_unref);
  self->menu = self->bookmark_popover = self->bookmark_entry = NULL;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))))
    gtk_widget_unparent (child);
  g_clear_pointer (&self->timeline, telar_timeline_unref);
  telar_look_clear (&self->look);

  G_OBJECT_CLASS (telar_timeline_view_parent_class)->dispose (object);
}

static void
telar_timeline_view_finalize (GObject *object)
{
  TelarTimelineView *self = TELAR_TIMELINE_VIEW (object);

  telar_lane_order_free (self->order);
  g_free (self->object);

  for (guint i = 0; i < G_N_ELEMENTS (self->images); i++)
    g_clear_pointer (&self->images[i], cairo_surface_destroy);

  G_OBJECT_CLASS (telar_timeline_view_parent_class)->finalize (object);
}

static void
telar_timeline_view_class_init (TelarTimelineViewClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = telar_timeline_view_get_property;
  object_class->set_property = telar_timeline_view_set_property;
  object_class->dispose = telar_timeline_view_dispose;
  object_class->finalize = telar_timeline_view_finalize;

  widget_class->snapshot = telar_timeline_view_snapshot;
  widget_class->measure = telar_timeline_view_measure;
  widget_class->size_allocate = telar_timeline_view_size_allocate;
  widget_class->css_changed = telar_timeline_view_css_changed;

  properties[PROP_SELECTED] =
    g_param_spec_uint ("selected", NULL, NULL, 0, G_MAXUINT, TELAR_NO_TASK,
                       G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_FOLLOWING] =
    g_param_spec_boolean ("following", NULL, NULL, FALSE,
                          G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_REPLAYING] =
    g_param_spec_boolean ("replaying", NULL, NULL, FALSE,
                          G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_MOMENT] =
    g_param_spec_int64 ("moment", NULL, NULL, G_MININT64, G_MAXINT64, TELAR_NO_TIME,
                        G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_MEASURED] =
    g_param_spec_boolean ("measured", NULL, NULL, FALSE,
                          G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_OVERVIEW] =
    g_param_spec_boolean ("overview", NULL, NULL, TRUE,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_CRITICAL] =
    g_param_spec_boolean ("critical", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_OBJECTS] =
    g_param_spec_boolean ("objects", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_ALL_ARROWS] =
    g_param_spec_boolean ("all-arrows", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_SORT] =
    g_param_spec_string ("sort", NULL, NULL, "graph",
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_BOOKMARKS] =
    g_param_spec_uint ("bookmarks", NULL, NULL, 0, G_MAXUINT, 0,
                       G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_OBJECT_LANE] =
    g_param_spec_boolean ("object-lane", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_DEADLOCKS] =
    g_param_spec_uint ("deadlocks", NULL, NULL, 0, G_MAXUINT, 0,
                       G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  object_chosen = g_signal_new ("object-chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/telar/Telar/ui/timeline-view.ui");
  gtk_widget_class_bind_template_child (widget_class, TelarTimelineView, scrollbar);
  gtk_widget_class_bind_template_child (widget_class, TelarTimelineView, vadjustment);
  gtk_widget_class_bind_template_callback (widget_class, scrolled);

  telar_timeline_view_input_class_init (widget_class);
  telar_timeline_view_measure_class_init (widget_class);
  telar_timeline_view_order_class_init (widget_class);
  telar_timeline_view_bookmarks_class_init (widget_class);

  gtk_widget_class_set_css_name (widget_class, "timeline");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST);
}

static void
telar_timeline_view_init (TelarTimelineView *self)
{
  self->selected = TELAR_NO_TASK;
  self->pointer_x = -1;
  self->lanes = g_ptr_array_new ();
  self->others = g_ptr_array_new ();
  telar_follow_init (&self->follow);

  gtk_widget_init_template (GTK_WIDGET (self));
  telar_timeline_view_overview_init (self);
  telar_timeline_view_input_init (self);
  telar_timeline_view_order_init (self);
}

/* --- Public --- */

void
telar_timeline_view_set_timeline (TelarTimelineView *self,
                                  TelarTimeline     *timeline)
{
  g_return_if_fail (TELAR_IS_TIMELINE_VIEW (self));

  telar_timeline_view_replay_end (self);
  if (self->timeline != timeline)
    {
      telar_timeline_view_critical_clear (self);
      if (self->bookmark_popover)
        gtk_popover_popdown (GTK_POPOVER (self->bookmark_popover));
      self->bookmark = self->menu_bookmark = 0;
      telar_timeline_view_ahead_stop (self);
      g_clear_pointer (&self->timeline, telar_timeline_unref);
      self->timeline = timeline ? telar_timeline_ref (timeline) : NULL;
      gtk_adjustment_set_value (self->vadjustment, 0);
      self->marked_kind = TELAR_N_LANE_KINDS;
      telar_timeline_view_measure_clear (self);
    }

  telar_timeline_view_order_apply (self);
  telar_follow_init (&self->follow);
  tell_deadlocks (self);
  telar_timeline_view_critical_ensure (self);
  telar_timeline_view_lanes_make (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  telar_timeline_view_moved (self);
}

void
telar_timeline_view_set_live (TelarTimelineView *self,
                              gboolean           live)
{
  g_return_if_fail (TELAR_IS_TIMELINE_VIEW (self));

  if (self->live == live)
    return;

  self->live = live;
  if (live)
    {
      telar_timeline_view_ensure_tick (self);
    }
  else
    {
      /* Who looks at something keeps it; who followed sees the whole run. */
      if (self->follow.following)
        telar_follow_fit (&self->follow, 0, telar_timeline_view_reach (self));
      telar_timeline_view_critical_ensure (self);
      telar_timeline_view_order_apply (self);
      telar_timeline_view_lanes_name (self);
      gtk_widget_queue_allocate (GTK_WIDGET (self));
    }

  telar_timeline_view_moved (self);
}

void
telar_timeline_view_set_machine (TelarTimelineView  *self,
                                 const TelarMachine *machine)
{
  g_return_if_fail (TELAR_IS_TIMELINE_VIEW (self));

  self->machine = machine;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

void
telar_timeline_view_set_presenting (TelarTimelineView *self,
                                    gboolean           presenting)
{
  g_return_if_fail (TELAR_IS_TIMELINE_VIEW (self));

  self->presenting = presenting;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
telar_timeline_view_zoom (TelarTimelineView *self,
                          double             factor)
{
  g_return_if_fail (TELAR_IS_TIMELINE_VIEW (self));

  telar_follow_zoom_by_key (&self->follow, factor,
                            self->follow.following ? telar_timeline_view_length (self)
                                                   : telar_timeline_view_reach (self));
  telar_timeline_view_moved (self);
}

void
telar_timeline_view_fit (TelarTimelineView *self)
{
  g_return_if_fail (TELAR_IS_TIMELINE_VIEW (self));

  if (self->live)
    telar_follow_resume (&self->follow, telar_timeline_view_length (self));
  else if (telar_timeline_view_reach (self) <= 0)
    telar_follow_init (&self->follow);
  else
    telar_follow_fit (&self->follow, 0, telar_timeline_view_reach (self));
  telar_timeline_view_moved (self);
}

void
telar_timeline_view_follow (TelarTimelineView *self)
{
  g_return_if_fail (TELAR_IS_TIMELINE_VIEW (self));

  telar_follow_resume (&self->follow, telar_timeline_view_length (self));
  telar_timeline_view_moved (self);
}

gboolean
telar_timeline_view_get_following (TelarTimelineView *self)
{
  g_return_val_if_fail (TELAR_IS_TIMELINE_VIEW (self), FALSE);

  return self->live && self->follow.following;
}

TelarTimeline *
telar_timeline_view_get_timeline (TelarTimelineView *self)
{
  g_return_val_if_fail (TELAR_IS_TIMELINE_VIEW (self), NULL);

  return self->timeline;
}

void
telar_timeline_view_show_task (TelarTimelineView *self,
                               guint32            task)
{
  const TelarTaskLane *lane;
  gint64               at;

  g_return_if_fail (TELAR_IS_TIMELINE_VIEW (self));

  if (self->timeline == NULL || task >= self->timeline->tasks->len)
    return;

  telar_timeline_view_select (self, task);
  telar_timeline_view_order_reveal (self, task);
  telar_timeline_view_scroll_to (self, TELAR_LANE_TASK, task);
  lane = g_ptr_array_index (self->timeline->tasks, task);
  if (lane->slices->len == 0)
    return;

  /* Nothing of it in sight: to where it is first. */
  if (telar_packed_sum (lane->slices, (gint64) self->follow.begin, (gint64) self->follow.end).n == 0)
    {
      at = telar_slices_at (lane->slices, 0).begin;
      telar_timeline_view_show_time (self, (double) at);
    }
}

double
telar_timeline_view_get_wanted_height (TelarTimelineView *self,
                                       int                width)
{
  TelarView view;

  g_return_val_if_fail (TELAR_IS_TIMELINE_VIEW (self), 0);

  if (self->timeline == NULL)
    return 0;
  telar_timeline_view_fill_view (self, &view);
  view.width = width;
  view.dense = self->linked ? DENSEST : 0;

  return telar_timeline_height (self->timeline, &view)
         + telar_timeline_view_overview_height (self);
}

void
telar_timeline_view_get_range (TelarTimelineView *self,
                               gint64            *begin,
                               gint64            *end)
{
  g_return_if_fail (TELAR_IS_TIMELINE_VIEW (self));

  *begin = (gint64) self->follow.begin;
  *end = (gint64) self->follow.end;
}

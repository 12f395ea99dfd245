/* lane-bar.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include "timeline-view/lane-bar.h"

#include <glib/gi18n-lib.h>

#include "timeline-view/lane-search.h"

struct _TelarLaneBar
{
  GtkWidget          parent_instance;

  /* Template. */
  GtkRevealer       *revealer;
  GtkEditable       *entry;
  GtkDropDown       *order;
  GtkLabel          *count;
  GtkWidget         *previous;
  GtkWidget         *next;

  /* Borrowed: outlives the bar in the same window. */
  TelarTimelineView *view;
};

enum
{
  PROP_0,
  PROP_VIEW,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TelarLaneBar, telar_lane_bar, GTK_TYPE_WIDGET)

/* @at: its number from 1, or 0 */
static void
show_count (TelarLaneBar *self,
            guint         at,
            guint         n_hits)
{
  g_autofree char *words = NULL;

  if (n_hits == 0)
    words = g_strdup (_("No task has this"));
  else if (at > 0)
    words = g_strdup_printf (_("%u of %u"), at, n_hits);
  else
    words = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u task", "%u tasks", n_hits), n_hits);

  gtk_label_set_label (self->count, words);
  gtk_widget_set_sensitive (self->previous, n_hits > 1);
  gtk_widget_set_sensitive (self->next, n_hits > 0);
  if (n_hits == 0)
    gtk_widget_add_css_class (GTK_WIDGET (self->entry), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->entry), "error");
}

/* @step: 1 or -1 from what is selected; 0: the first, if anything was asked for. A
 * run that goes on has other hits every time, so they are looked for anew. */
static void
go (TelarLaneBar *self,
    int           step)
{
  TelarTimeline     *timeline = self->view ? telar_timeline_view_get_timeline (self->view) : NULL;
  const char        *text = gtk_editable_get_text (self->entry);
  TelarLaneSearchOrder     order = (TelarLaneSearchOrder) gtk_drop_down_get_selected (self->order);
  g_autoptr (GArray) hits = NULL;
  guint32            selected;
  guint              at = 0;

  if (timeline == NULL || !gtk_revealer_get_reveal_child (self->revealer))
    return;

  hits = telar_lane_search (timeline, text, order);
  g_object_get (self->view, "selected", &selected, NULL);
  for (guint i = 0; i < hits->len; i++)
    if (g_array_index (hits, guint32, i) == selected)
      at = i + 1;

  if (hits->len > 0)
    {
      if (step != 0)
        at = at == 0 ? (step > 0 ? 1 : hits->len)
                     : (guint) (((int) at - 1 + step + (int) hits->len) % (int) hits->len) + 1;
      else
        at = *text != '\0' || order != TELAR_LANES_BY_START ? 1 : 0;
    }
  if (at > 0)
    telar_timeline_view_show_task (self->view, g_array_index (hits, guint32, at - 1));
  show_count (self, at, hits->len);
}

static void
changed (TelarLaneBar *self)
{
  go (self, 0);
}

static void
next_hit (TelarLaneBar *self)
{
  go (self, 1);
}

static void
previous_hit (TelarLaneBar *self)
{
  go (self, -1);
}

/* --- Object --- */

static void
telar_lane_bar_get_property (GObject    *object,
                             guint       id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_VIEW:
      g_value_set_object (value, TELAR_LANE_BAR (object)->view);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
telar_lane_bar_set_property (GObject      *object,
                             guint         id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  switch (id)
    {
    case PROP_VIEW:
      if (g_set_weak_pointer (&TELAR_LANE_BAR (object)->view, g_value_get_object (value)))
        g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
telar_lane_bar_dispose (GObject *object)
{
  TelarLaneBar *self = TELAR_LANE_BAR (object);
  GtkWidget    *child;

  g_clear_weak_pointer (&self->view);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))))
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (telar_lane_bar_parent_class)->dispose (object);
}

static void
telar_lane_bar_class_init (TelarLaneBarClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = telar_lane_bar_get_property;
  object_class->set_property = telar_lane_bar_set_property;
  object_class->dispose = telar_lane_bar_dispose;

  properties[PROP_VIEW] =
    g_param_spec_object ("view", NULL, NULL, TELAR_TYPE_TIMELINE_VIEW,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/telar/Telar/ui/lane-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, TelarLaneBar, revealer);
  gtk_widget_class_bind_template_child (widget_class, TelarLaneBar, entry);
  gtk_widget_class_bind_template_child (widget_class, TelarLaneBar, order);
  gtk_widget_class_bind_template_child (widget_class, TelarLaneBar, count);
  gtk_widget_class_bind_template_child (widget_class, TelarLaneBar, previous);
  gtk_widget_class_bind_template_child (widget_class, TelarLaneBar, next);
  gtk_widget_class_bind_template_callback (widget_class, changed);
  gtk_widget_class_bind_template_callback (widget_class, next_hit);
  gtk_widget_class_bind_template_callback (widget_class, previous_hit);
  gtk_widget_class_bind_template_callback (widget_class, telar_lane_bar_close);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "findbar");
}

static void
telar_lane_bar_init (TelarLaneBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* --- Public --- */

void
telar_lane_bar_open (TelarLaneBar *self)
{
  g_return_if_fail (TELAR_IS_LANE_BAR (self));

  gtk_revealer_set_reveal_child (self->revealer, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  gtk_editable_select_region (self->entry, 0, -1);
  changed (self);
}

void
telar_lane_bar_close (TelarLaneBar *self)
{
  g_return_if_fail (TELAR_IS_LANE_BAR (self));

  gtk_revealer_set_reveal_child (self->revealer, FALSE);
  if (self->view)
    gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

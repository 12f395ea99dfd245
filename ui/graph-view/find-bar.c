/* find-bar.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include "graph-view/find-bar.h"

#include <glib/gi18n-lib.h>

struct _TelarFindBar
{
  GtkWidget       parent_instance;

  /* Template. */
  GtkRevealer    *revealer;
  GtkEditable    *entry;
  GtkLabel       *count;
  GtkWidget      *previous;
  GtkWidget      *next;

  /* Borrowed: outlives the bar in the same window. */
  TelarGraphView *view;

  guint           n_hits;
};

enum
{
  PROP_0,
  PROP_VIEW,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TelarFindBar, telar_find_bar, GTK_TYPE_WIDGET)

static void
show_count (TelarFindBar *self,
            guint         at)
{
  const char      *text = gtk_editable_get_text (self->entry);
  g_autofree char *words = NULL;

  if (*text == '\0')
    words = g_strdup ("");
  else if (self->n_hits == 0)
    words = g_strdup (_("No task has this"));
  else if (at > 0)
    words = g_strdup_printf (_("%u of %u"), at, self->n_hits);
  else
    words = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u task", "%u tasks", self->n_hits),
                             self->n_hits);

  gtk_label_set_label (self->count, words);
  gtk_widget_set_sensitive (self->previous, self->n_hits > 1);
  gtk_widget_set_sensitive (self->next, self->n_hits > 1);
  if (*text != '\0' && self->n_hits == 0)
    gtk_widget_add_css_class (GTK_WIDGET (self->entry), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->entry), "error");
}

static void
go (TelarFindBar *self,
    int           step)
{
  guint at;

  if (self->view == NULL)
    return;
  at = telar_graph_view_find_next (self->view, step, &self->n_hits);
  show_count (self, at);
}

static void
changed (TelarFindBar *self)
{
  const char *text = gtk_editable_get_text (self->entry);

  if (self->view == NULL)
    return;
  self->n_hits = telar_graph_view_find (self->view, *text ? text : NULL);
  show_count (self, self->n_hits == 1 ? 1 : 0);
}

/* The graph has changed. */
static void
found (TelarFindBar *self,
       guint         n_hits)
{
  self->n_hits = n_hits;
  show_count (self, 0);
}

static void
next_hit (TelarFindBar *self)
{
  go (self, 1);
}

static void
previous_hit (TelarFindBar *self)
{
  go (self, -1);
}

/* --- Object --- */

static void
telar_find_bar_get_property (GObject    *object,
                             guint       id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_VIEW:
      g_value_set_object (value, TELAR_FIND_BAR (object)->view);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
telar_find_bar_set_property (GObject      *object,
                             guint         id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  TelarFindBar *self = TELAR_FIND_BAR (object);

  switch (id)
    {
    case PROP_VIEW:
      if (self->view)
        g_signal_handlers_disconnect_by_func (self->view, found, self);
      if (g_set_weak_pointer (&self->view, g_value_get_object (value)))
        g_object_notify_by_pspec (object, pspec);
      if (self->view)
        g_signal_connect_object (self->view, "found", G_CALLBACK (found), self, G_CONNECT_SWAPPED);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
telar_find_bar_dispose (GObject *object)
{
  TelarFindBar *self = TELAR_FIND_BAR (object);
  GtkWidget    *child;

  g_clear_weak_pointer (&self->view);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))))
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (telar_find_bar_parent_class)->dispose (object);
}

static void
telar_find_bar_class_init (TelarFindBarClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = telar_find_bar_get_property;
  object_class->set_property = telar_find_bar_set_property;
  object_class->dispose = telar_find_bar_dispose;

  properties[PROP_VIEW] =
    g_param_spec_object ("view", NULL, NULL, TELAR_TYPE_GRAPH_VIEW,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/telar/Telar/ui/find-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, TelarFindBar, revealer);
  gtk_widget_class_bind_template_child (widget_class, TelarFindBar, entry);
  gtk_widget_class_bind_template_child (widget_class, TelarFindBar, count);
  gtk_widget_class_bind_template_child (widget_class, TelarFindBar, previous);
  gtk_widget_class_bind_template_child (widget_class, TelarFindBar, next);
  gtk_widget_class_bind_template_callback (widget_class, changed);
  gtk_widget_class_bind_template_callback (widget_class, next_hit);
  gtk_widget_class_bind_template_callback (widget_class, previous_hit);
  gtk_widget_class_bind_template_callback (widget_class, telar_find_bar_close);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "findbar");
}

static void
telar_find_bar_init (TelarFindBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  show_count (self, 0);
}

/* --- Public --- */

void
telar_find_bar_open (TelarFindBar *self)
{
  g_return_if_fail (TELAR_IS_FIND_BAR (self));

  gtk_revealer_set_reveal_child (self->revealer, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  gtk_editable_select_region (self->entry, 0, -1);
  changed (self);
}

void
telar_find_bar_close (TelarFindBar *self)
{
  g_return_if_fail (TELAR_IS_FIND_BAR (self));

  gtk_revealer_set_reveal_child (self->revealer, FALSE);
  if (self->view == NULL)
    return;
  telar_graph_view_find (self->view, NULL);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

/* unpainted.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "unpainted.h"

struct _TelarUnpainted
{
  GtkWidget parent_instance;

  guint32   number;
  char     *name;     /* owned */
  gboolean  selected;
};

G_DEFINE_FINAL_TYPE (TelarUnpainted, telar_unpainted, GTK_TYPE_WIDGET)

static void
telar_unpainted_finalize (GObject *object)
{
  TelarUnpainted *self = TELAR_UNPAINTED (object);

  g_free (self->name);

  G_OBJECT_CLASS (telar_unpainted_parent_class)->finalize (object);
}

static void
telar_unpainted_class_init (TelarUnpaintedClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->finalize = telar_unpainted_finalize;

  gtk_widget_class_set_css_name (widget_class, "unpainted");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST_ITEM);
}

static void
telar_unpainted_init (TelarUnpainted *self)
{
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
}

/* --- Groups of them --- */

#define MOST_TOGETHER 100u

typedef struct
{
  GtkWidget parent_instance;

  guint     n; /* children */
} Group;

typedef GtkWidgetClass GroupClass;

static GType group_get_type (void);

G_DEFINE_FINAL_TYPE (Group, group, GTK_TYPE_WIDGET)

static gboolean
is_group (GtkWidget *widget)
{
  return widget && G_TYPE_CHECK_INSTANCE_TYPE (widget, group_get_type ());
}

static void
group_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))))
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (group_parent_class)->dispose (object);
}

/* Whose children they seem to be hears where the focus is. */
static void
group_set_focus_child (GtkWidget *widget,
                       GtkWidget *child)
{
  GTK_WIDGET_CLASS (group_parent_class)->set_focus_child (widget, child);
  if (child)
    gtk_widget_set_focus_child (gtk_widget_get_parent (widget), widget);
}

static void
group_class_init (GroupClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = group_dispose;
  klass->set_focus_child = group_set_focus_child;

  gtk_widget_class_set_css_name (klass, "unpainted");
  gtk_widget_class_set_accessible_role (klass, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
group_init (Group *self)
{
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
}

/* How many are children of a widget without being in a group. */
static guint
count_alone (GtkWidget *parent,
             int        change)
{
  static const char key[] = "telar-unpainted";
  guint             n = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (parent), key)) + (guint) change;

  if (change != 0)
    g_object_set_data (G_OBJECT (parent), key, GUINT_TO_POINTER (n));

  return n;
}

/* --- Public --- */

void
telar_unpainted_put (TelarUnpainted *self,
                     GtkWidget      *parent,
                     GtkWidget      *before)
{
  GtkWidget *last;

  g_return_if_fail (TELAR_IS_UNPAINTED (self));

  if (count_alone (parent, 0) < MOST_TOGETHER)
    {
      count_alone (parent, 1);
      gtk_widget_insert_before (GTK_WIDGET (self), parent, before);
      return;
    }

  last = before ? gtk_widget_get_prev_sibling (before) : gtk_widget_get_last_child (parent);
  if (!is_group (last) || ((Group *) last)->n >= MOST_TOGETHER)
    {
      last = g_object_new (group_get_type (), NULL);
      gtk_widget_insert_before (last, parent, before);
    }
  ((Group *) last)->n++;
  gtk_widget_insert_before (GTK_WIDGET (self), last, NULL);
}

void
telar_unpainted_remove (TelarUnpainted *self)
{
  GtkWidget *parent;

  g_return_if_fail (TELAR_IS_UNPAINTED (self));

  parent = gtk_widget_get_parent (GTK_WIDGET (self));
  if (is_group (parent))
    ((Group *) parent)->n--;
  else
    count_alone (parent, -1);
  gtk_widget_unparent (GTK_WIDGET (self));
  if (is_group (parent) && ((Group *) parent)->n == 0)
    gtk_widget_unparent (parent);
}

TelarUnpainted *
telar_unpainted_from (GtkWidget *child)
{
  if (is_group (child))
    child = gtk_widget_get_focus_child (child);

  return TELAR_IS_UNPAINTED (child) ? TELAR_UNPAINTED (child) : NULL;
}

GtkWidget *
telar_unpainted_new (guint32 number)
{
  TelarUnpainted *self = g_object_new (TELAR_TYPE_UNPAINTED, NULL);

  self->number = number;

  return GTK_WIDGET (self);
}

guint32
telar_unpainted_get_number (TelarUnpainted *self)
{
  g_return_val_if_fail (TELAR_IS_UNPAINTED (self), 0);

  return self->number;
}

void
telar_unpainted_set_number (TelarUnpainted *self,
                            guint32         number)
{
  g_return_if_fail (TELAR_IS_UNPAINTED (self));

  self->number = number;
}

void
telar_unpainted_set_name (TelarUnpainted *self,
                          const char     *name)
{
  g_return_if_fail (TELAR_IS_UNPAINTED (self));

  if (g_strcmp0 (self->name, name) == 0)
    return;

  g_free (self->name);
  self->name = g_strdup (name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  -1);
}

void
telar_unpainted_set_selected (TelarUnpainted *self,
                              gboolean        selected)
{
  g_return_if_fail (TELAR_IS_UNPAINTED (self));

  if (self->selected == selected)
    return;

  self->selected = selected;
  gtk_accessible_update_state (GTK_ACCESSIBLE (self),
                               GTK_ACCESSIBLE_STATE_SELECTED, selected,
                               -1);
}

void
telar_unpainted_place (TelarUnpainted *self,
                       double          x,
                       double          y,
                       double          width,
                       double          height)
{
  GtkAllocation place = { (int) x, (int) y, MAX ((int) width, 1), MAX ((int) height, 1) };
  GtkWidget    *parent;

  g_return_if_fail (TELAR_IS_UNPAINTED (self));

  /* A group is where its parent is. */
  parent = gtk_widget_get_parent (GTK_WIDGET (self));
  if (is_group (parent) && gtk_widget_get_first_child (parent) == GTK_WIDGET (self))
    {
      GtkWidget *above = gtk_widget_get_parent (parent);

      gtk_widget_measure (parent, GTK_ORIENTATION_HORIZONTAL, -1, NULL, NULL, NULL, NULL);
      gtk_widget_size_allocate (parent,
                                &(GtkAllocation){ 0, 0, gtk_widget_get_width (above),
                                                  gtk_widget_get_height (above) },
                                -1);
    }

  /* GTK wants every child asked before it is placed. */
  gtk_widget_measure (GTK_WIDGET (self), GTK_ORIENTATION_HORIZONTAL, -1, NULL, NULL, NULL, NULL);
  gtk_widget_size_allocate (GTK_WIDGET (self), &place, -1);
}

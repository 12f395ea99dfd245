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

  g_return_if_fail (TELAR_IS_UNPAINTED (self));

  /* GTK wants every child asked before it is placed. */
  gtk_widget_measure (GTK_WIDGET (self), GTK_ORIENTATION_HORIZONTAL, -1, NULL, NULL, NULL, NULL);
  gtk_widget_size_allocate (GTK_WIDGET (self), &place, -1);
}

/* function-row.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include "palette/function-row.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "edit/function-words.h"
#include "palette/function-name.h"

struct _TelarFunctionRow
{
  GtkListBoxRow        parent_instance;

  /* Borrowed: static. */
  const TelarFunction *function;
  const char          *remark;

  double               press_x, press_y;
};

G_DEFINE_FINAL_TYPE (TelarFunctionRow, telar_function_row, GTK_TYPE_LIST_BOX_ROW)

static GdkContentProvider *
drag_prepare (TelarFunctionRow *self,
              double            x,
              double            y,
              GtkDragSource    *source)
{
  GdkContentProvider *offers[] = {
    gdk_content_provider_new_typed (TELAR_TYPE_FUNCTION_NAME, self->function->name),
    gdk_content_provider_new_typed (G_TYPE_STRING, self->function->name),
  };

  self->press_x = x;
  self->press_y = y;

  return gdk_content_provider_new_union (offers, G_N_ELEMENTS (offers));
}

/* The row itself, held where it was taken. */
static void
drag_begin (TelarFunctionRow *self,
            GdkDrag          *drag,
            GtkDragSource    *source)
{
  g_autoptr (GdkPaintable) live = gtk_widget_paintable_new (GTK_WIDGET (self));
  g_autoptr (GdkPaintable) picture = gdk_paintable_get_current_image (live);

  gtk_drag_source_set_icon (source, picture, (int) self->press_x, (int) self->press_y);
}

static void
telar_function_row_class_init (TelarFunctionRowClass *klass)
{
}

static void
telar_function_row_init (TelarFunctionRow *self)
{
  GtkDragSource *drag = gtk_drag_source_new ();

  gtk_drag_source_set_actions (drag, GDK_ACTION_COPY);
  g_signal_connect_swapped (drag, "prepare", G_CALLBACK (drag_prepare), self);
  g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (drag_begin), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
}

static void
insert (PangoAttrList  *attributes,
        PangoAttribute *attribute,
        guint           from,
        guint           to)
{
  attribute->start_index = from;
  attribute->end_index = to;
  pango_attr_list_insert (attributes, attribute);
}

/* The typed letters stand out, the parameters stand back. */
static GtkWidget *
signature_new (const TelarFunctionHit *hit,
               const char             *signature)
{
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  GtkWidget                *label = gtk_label_new (signature);
  guint                     length = (guint) strlen (hit->function->name);

  for (guint i = 0; i < MIN (length, 64); i++)
    if (hit->matched >> i & 1)
      insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD), i, i + 1);
  insert (attributes, pango_attr_foreground_alpha_new (G_MAXUINT16 / 100 * 72),
          length, (guint) strlen (signature));

  gtk_label_set_attributes (GTK_LABEL (label), attributes);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);

  return label;
}

static GtkWidget *
remark_new (const char *remark)
{
  GtkWidget *label = gtk_label_new (remark);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (label, "remark");

  return label;
}

GtkWidget *
telar_function_row_new (const TelarFunctionHit *hit)
{
  TelarFunctionRow *self = g_object_new (TELAR_TYPE_FUNCTION_ROW, NULL);
  GtkWidget        *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1);
  g_autofree char  *signature = telar_function_signature (hit->function);
  g_autofree char  *words = hit->remark
                              ? g_strdup_printf ("%s %s", hit->remark, _(hit->function->help))
                              : g_strdup (_(hit->function->help));

  self->function = hit->function;
  self->remark = hit->remark;

  gtk_box_append (GTK_BOX (box), signature_new (hit, signature));
  if (hit->remark)
    gtk_box_append (GTK_BOX (box), remark_new (hit->remark));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);

  gtk_widget_set_tooltip_text (GTK_WIDGET (self), _(hit->function->help));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, signature,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words,
                                  -1);

  return GTK_WIDGET (self);
}

const TelarFunction *
telar_function_row_get_function (TelarFunctionRow *self)
{
  g_return_val_if_fail (TELAR_IS_FUNCTION_ROW (self), NULL);

  return self->function;
}

const char *
telar_function_row_get_remark (TelarFunctionRow *self)
{
  g_return_val_if_fail (TELAR_IS_FUNCTION_ROW (self), NULL);

  return self->remark;
}

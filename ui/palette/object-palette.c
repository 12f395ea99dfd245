/* object-palette.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include "palette/object-palette.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "graph/object.h"
#include "paint/graph-picture.h"
#include "palette/function-name.h"

#define SIGN_SIZE 18

struct _TelarObjectPalette
{
  GtkBox     parent_instance;

  GtkWidget *buttons[TELAR_N_OBJECT_TYPES];
};

enum
{
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TelarObjectPalette, telar_object_palette, GTK_TYPE_BOX)

static char *
name_of (GtkWidget *button)
{
  guint type = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "type"));

  return g_strconcat (TELAR_OBJECT_PREFIX, telar_object_type_name (type), NULL);
}

static void
clicked (TelarObjectPalette *self,
         GtkWidget          *button)
{
  g_autofree char *name = name_of (button);

  g_signal_emit (self, signals[CHOSEN], 0, name);
}

static GdkContentProvider *
prepare (GtkDragSource *source)
{
  GtkWidget       *button = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (source));
  g_autofree char *name = name_of (button);

  return gdk_content_provider_new_typed (TELAR_TYPE_FUNCTION_NAME, name);
}

static void
draw_sign (GtkDrawingArea *area,
           cairo_t        *cr,
           int             width,
           int             height,
           gpointer        type)
{
  GdkRGBA color;

  gtk_style_context_get_color (gtk_widget_get_style_context (GTK_WIDGET (area)), &color);
  gdk_cairo_set_source_rgba (cr, &color);
  telar_paint_object_sign (cr, GPOINTER_TO_UINT (type), width / 2.0, height / 2.0,
                           MIN (width, height));
}

static GtkWidget *
new_button (TelarObjectPalette *self,
            TelarObjectType     type)
{
  GtkWidget     *button = gtk_button_new ();
  GtkWidget     *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget     *sign = gtk_drawing_area_new ();
  GtkWidget     *label = gtk_label_new (telar_object_type_name (type));
  GtkDragSource *source = gtk_drag_source_new ();

  gtk_drawing_area_set_content_width (GTK_DRAWING_AREA (sign), SIGN_SIZE);
  gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (sign), SIGN_SIZE);
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (sign), draw_sign, GUINT_TO_POINTER (type),
                                  NULL);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_box_append (GTK_BOX (box), sign);
  gtk_box_append (GTK_BOX (box), label);
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_button_set_has_frame (GTK_BUTTON (button), FALSE);
  gtk_widget_set_tooltip_text (button, _(telar_object_type_title (type)));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _(telar_object_type_title (type)), -1);
  g_object_set_data (G_OBJECT (button), "type", GUINT_TO_POINTER (type));
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (clicked), self);
  g_signal_connect (source, "prepare", G_CALLBACK (prepare), NULL);
  gtk_widget_add_controller (button, GTK_EVENT_CONTROLLER (source));

  return button;
}

static void
telar_object_palette_class_init (TelarObjectPaletteClass *klass)
{
  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
telar_object_palette_init (TelarObjectPalette *self)
{
  GtkWidget *heading = gtk_label_new (_("Objects"));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_widget_add_css_class (heading, "group");
  gtk_label_set_xalign (GTK_LABEL (heading), 0);
  gtk_widget_set_margin_start (heading, 10);
  gtk_widget_set_margin_top (heading, 8);
  gtk_box_append (GTK_BOX (self), heading);
  for (guint i = 0; i < TELAR_N_OBJECT_TYPES; i++)
    {
      self->buttons[i] = new_button (self, i);
      gtk_box_append (GTK_BOX (self), self->buttons[i]);
    }
}

void
telar_object_palette_search (TelarObjectPalette *self,
                             const char         *text)
{
  g_autofree char *wanted = NULL;
  gboolean         any = FALSE;

  g_return_if_fail (TELAR_IS_OBJECT_PALETTE (self) && text != NULL);

  wanted = g_strstrip (g_ascii_strdown (text, -1));
  for (guint i = 0; i < TELAR_N_OBJECT_TYPES; i++)
    {
      gboolean found = strstr (telar_object_type_name (i), wanted) != NULL;

      gtk_widget_set_visible (self->buttons[i], found);
      any |= found;
    }
  gtk_widget_set_visible (GTK_WIDGET (self), any);
}

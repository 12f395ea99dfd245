/* look.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "look.h"

#define POINTS_AN_INCH 72.0
#define DEFAULT_DPI    96.0
#define DEFAULT_TEXT   12.0

void
telar_look_read (TelarLook *look,
                 GtkWidget *widget)
{
  PangoContext               *context = gtk_widget_get_pango_context (widget);
  const PangoFontDescription *font = pango_context_get_font_description (context);
  const char                 *family = font ? pango_font_description_get_family (font) : NULL;
  double                      size = font ? pango_font_description_get_size (font) : 0;
  GdkRGBA                     ink;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &ink);
  look->style = 0.30 * ink.red + 0.59 * ink.green + 0.11 * ink.blue > 0.5 ? TELAR_STYLE_DARK
                                                                          : TELAR_STYLE_LIGHT;

  if (g_strcmp0 (look->font, family) != 0)
    {
      g_free (look->font);
      look->font = g_strdup (family);
    }

  size /= PANGO_SCALE;
  if (font && !pango_font_description_get_size_is_absolute (font))
    {
      double dpi = pango_cairo_context_get_resolution (context);

      size *= (dpi > 0 ? dpi : DEFAULT_DPI) / POINTS_AN_INCH;
    }
  look->text = size > 0 ? size : DEFAULT_TEXT;
}

void
telar_look_clear (TelarLook *look)
{
  g_clear_pointer (&look->font, g_free);
}

/* python-gutter.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include "python-pane/python-gutter.h"

#define LEAST_DIGITS 2
#define PADDING      8.0
#define ARROW        6.0  /* its width; with room for it left of the numbers */
#define THIN_BAR     2.0
#define THICK_BAR    4.0

struct _TelarPythonGutter
{
  GtkWidget        parent_instance;

  /* Borrowed. */
  TelarPythonText *text;
};

G_DEFINE_FINAL_TYPE (TelarPythonGutter, telar_python_gutter, GTK_TYPE_WIDGET)

static void
telar_python_gutter_measure (GtkWidget      *widget,
                             GtkOrientation  orientation,
                             int             for_size,
                             int            *minimum,
                             int            *natural,
                             int            *minimum_baseline,
                             int            *natural_baseline)
{
  TelarPythonGutter       *self = TELAR_PYTHON_GUTTER (widget);
  GtkTextBuffer           *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->text));
  g_autoptr (PangoLayout)  layout = NULL;
  g_autoptr (GString)      digits = g_string_new (NULL);
  int                      width;

  *minimum = *natural = 0;
  *minimum_baseline = *natural_baseline = -1;
  if (orientation == GTK_ORIENTATION_VERTICAL)
    return;

  for (int n = gtk_text_buffer_get_line_count (buffer); n > 0 || digits->len < LEAST_DIGITS;
       n /= 10)
    g_string_append_c (digits, '0');
  layout = gtk_widget_create_pango_layout (widget, digits->str);
  pango_layout_get_pixel_size (layout, &width, NULL);
  *minimum = *natural = width + (int) (THICK_BAR + ARROW + 2 * PADDING);
}

/* ▸ in the middle of a line */
static void
draw_arrow (cairo_t *cr,
            double   y,
            double   height)
{
  double x = THICK_BAR + PADDING / 2;
  double middle = y + height / 2;

  cairo_move_to (cr, x, middle - ARROW * 0.7);
  cairo_line_to (cr, x + ARROW, middle);
  cairo_line_to (cr, x, middle + ARROW * 0.7);
  cairo_close_path (cr);
  cairo_fill (cr);
}

static void
draw_line (TelarPythonGutter *self,
           GtkSnapshot       *snapshot,
           PangoLayout       *layout,
           guint              line,
           double             y,
           double             height)
{
  GtkWidget                   *widget = GTK_WIDGET (self);
  const TelarPythonTextColors *colors = telar_python_text_get_colors (self->text);
  double                       width = gtk_widget_get_width (widget);
  g_autofree char             *number = g_strdup_printf ("%u", line + 1);
  int                          text_width, text_height;

  for (guint which = 0; which < TELAR_PYTHON_N_LINES; which++)
    {
      double           bar = which == TELAR_PYTHON_LIT ? THICK_BAR : THIN_BAR;
      graphene_rect_t  whole = GRAPHENE_RECT_INIT (0, (float) y, (float) width, (float) height);
      graphene_rect_t  edge = GRAPHENE_RECT_INIT (0, (float) y, (float) bar, (float) height);

      if (!telar_python_text_has_line (self->text, which, line))
        continue;
      gtk_snapshot_append_color (snapshot, &colors->tint[which], &whole);
      gtk_snapshot_append_color (snapshot, &colors->bar[which], &edge);
      if (which == TELAR_PYTHON_LIT)
        {
          cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &whole);

          gdk_cairo_set_source_rgba (cr, &colors->bar[which]);
          draw_arrow (cr, y, height);
          cairo_destroy (cr);
        }
    }

  pango_layout_set_text (layout, number, -1);
  pango_layout_get_pixel_size (layout, &text_width, &text_height);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot,
                          &GRAPHENE_POINT_INIT ((float) (width - PADDING - text_width),
                                                (float) (y + (height - text_height) / 2)));
  gtk_snapshot_append_layout (snapshot, layout, &colors->number);
  gtk_snapshot_restore (snapshot);
}

static void
telar_python_gutter_snapshot (GtkWidget   *widget,
                              GtkSnapshot *snapshot)
{
  TelarPythonGutter       *self = TELAR_PYTHON_GUTTER (widget);
  GtkTextView             *view = GTK_TEXT_VIEW (self->text);
  g_autoptr (PangoLayout)  layout = gtk_widget_create_pango_layout (widget, NULL);
  GdkRectangle             visible;
  GtkTextIter              at;
  int                      y, height, shown;

  gtk_text_view_get_visible_rect (view, &visible);
  gtk_text_view_get_line_at_y (view, &at, visible.y, NULL);
  do
    {
      gtk_text_view_get_line_yrange (view, &at, &y, &height);
      gtk_text_view_buffer_to_window_coords (view, GTK_TEXT_WINDOW_LEFT, 0, y, NULL, &shown);
      draw_line (self, snapshot, layout, (guint) gtk_text_iter_get_line (&at), shown, height);
    }
  while (y + height < visible.y + visible.height && gtk_text_iter_forward_line (&at));
}

static void
telar_python_gutter_class_init (TelarPythonGutterClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->measure = telar_python_gutter_measure;
  widget_class->snapshot = telar_python_gutter_snapshot;

  gtk_widget_class_set_css_name (widget_class, "pythongutter");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
telar_python_gutter_init (TelarPythonGutter *self)
{
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
}

GtkWidget *
telar_python_gutter_new (TelarPythonText *text)
{
  TelarPythonGutter *self = g_object_new (TELAR_TYPE_PYTHON_GUTTER, NULL);

  self->text = text;

  return GTK_WIDGET (self);
}

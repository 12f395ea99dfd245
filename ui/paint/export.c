/* export.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Pictures as files, by the painter of the window. Everything is made in
 * memory and written in one go, and nothing that differs from one time to the
 * next goes in: no dates, no numbers that count surfaces.
 */

#include "config.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "paint/export.h"
#include "paint/export-private.h"
#include "paint/paint-private.h"
#include "paint/png.h"

#define DEFAULT_WIDTH  1920.0 /* pixels */
#define PRINT_TEXT     8.0    /* points, where the size is in millimetres */
#define PRINT_DPI      300.0  /* of a PNG whose size is in millimetres */
#define POINTS_PER_MM  (72 / 25.4)
#define POINTS_PER_PX  0.75
#define MAX_PIXELS     32767.0 /* what cairo and other programs take */
#define STRIP_PIXELS   (8 * 1024 * 1024) /* that are painted at a time: 32 MiB; 128 in mm */
#define TITLE_HEIGHT   38
#define GRAPH_SHARE    0.45   /* of a height that was given */

typedef enum
{
  FORMAT_PNG,
  FORMAT_SVG,
  FORMAT_PDF
} Format;

/* What is drawn and how large, in the units in which it is laid out: pixels,
 * or points where the size is in millimetres. */
typedef struct
{
  const TelarTimeline      *timeline; /* or NULL: no lanes */
  const TelarGraphLayout   *layout;   /* or NULL: no graph */
  const TelarExportOptions *options;
  Format                    format;
  TelarView                 view;
  char                     *family;   /* owned, nullable */
  double                    title_height;
  double                    graph_height;
  double                    scale;    /* to the surface's units */
} Picture;

void
telar_export_options_init (TelarExportOptions *options)
{
  *options = (TelarExportOptions){
    .begin = TELAR_NO_TIME,
    .end = TELAR_NO_TIME,
    .cores = TRUE,
    .tasks = TRUE,
    .style = TELAR_STYLE_LIGHT,
    .title = TRUE,
    .legend = TRUE,
  };
}

/* Pixels of a PNG to a pixel or point of the picture. */
static double
dots_per_unit (const TelarExportOptions *options)
{
  double scale = options->scale > 0 ? options->scale : 1;

  return options->millimetres ? scale * PRINT_DPI / 72 : scale;
}

static gboolean
find_format (const char *file, Format *format, GError **error)
{
  static const struct { const char *ending; Format format; } formats[] = {
    { ".png", FORMAT_PNG }, { ".svg", FORMAT_SVG }, { ".pdf", FORMAT_PDF },
  };
  g_autofree char *lower = g_ascii_strdown (file, -1);

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    if (g_str_has_suffix (lower, formats[i].ending))
      {
        *format = formats[i].format;
        return TRUE;
      }
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
               _("%s is not a picture: its name must end with .png, .svg or .pdf"), file);
  return FALSE;
}

/* "Family 8": points, whatever the picture is measured in. */
static void
set_font (Picture *picture)
{
  PangoFontDescription *font = NULL;
  double size = 0;

  picture->view.text = picture->options->millimetres ? PRINT_TEXT : 12;
  if (picture->options->font == NULL)
    return;
  font = pango_font_description_from_string (picture->options->font);
  picture->family = g_strdup (pango_font_description_get_family (font));
  picture->view.font = picture->family;
  size = (double) pango_font_description_get_size (font) / PANGO_SCALE;
  if (size > 0)
    picture->view.text = picture->options->millimetres ? size : size / POINTS_PER_PX;
  pango_font_description_free (font);
}

static double
graph_scale (const Picture *picture, double room)
{
  double width = picture->layout->width + 2 * TELAR_GRAPH_MARGIN;
  double height = picture->layout->height + 2 * TELAR_GRAPH_MARGIN;
  double scale = MIN (picture->view.text / 12, picture->view.width / width);

  return room > 0 ? MIN (scale, room / height) : scale;
}

/* Of lanes whose height is their own choice: as high as they need, but no
 * higher than can be made. */
static double
choose_height (const Picture *picture)
{
  double dots = dots_per_unit (picture->options);
  double most = floor (MAX_PIXELS / dots - picture->title_height - picture->graph_height);

  return MIN (ceil (telar_timeline_height (picture->timeline, &picture->view)), most);
}

/* Sizes of the parts, and of the whole where it was left open. */
static void
lay_out (Picture *picture)
{
  const TelarExportOptions *options = picture->options;
  TelarView *view = &picture->view;
  double unit = view->text / 12;
  double height = options->height * (options->millimetres ? POINTS_PER_MM : 1);

  picture->title_height = options->title ? round (TITLE_HEIGHT * unit) : 0;
  if (picture->layout != NULL)
    {
      double room = height > 0 ? height - picture->title_height : 0;

      if (room > 0 && picture->timeline != NULL)
        room *= GRAPH_SHARE;
      picture->graph_height = ceil ((picture->layout->height + 2 * TELAR_GRAPH_MARGIN)
                                    * graph_scale (picture, room));
      if (height > 0 && picture->timeline == NULL)
        picture->graph_height = height - picture->title_height;
    }
  if (picture->timeline != NULL)
    {
      view->begin = options->begin != TELAR_NO_TIME ? options->begin : 0;
      view->end = options->end != TELAR_NO_TIME ? options->end
                                                : MAX (picture->timeline->wall, 1000);
      view->height = height > 0 ? height - picture->title_height - picture->graph_height
                                : choose_height (picture);
      view->height = MAX (view->height, 1);
    }
}

static gboolean
picture_init (Picture *picture, const TelarTimeline *timeline, const TelarGraphLayout *layout,
              const TelarExportOptions *options, GError **error)
{
  double width = options->width;

  memset (picture, 0, sizeof *picture);
  picture->options = options;
  picture->timeline = options->cores || options->tasks || options->objects
                         ? timeline : NULL;
  picture->layout = options->graph || picture->timeline == NULL ? layout : NULL;
  if (picture->timeline == NULL && picture->layout == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                           _("There is nothing to draw: neither lanes nor graph were asked for, "
                             "or nothing ran"));
      return FALSE;
    }

  if (width <= 0)
    width = options->millimetres ? DEFAULT_WIDTH * POINTS_PER_PX / POINTS_PER_MM : DEFAULT_WIDTH;
  telar_view_init (&picture->view, width * (options->millimetres ? POINTS_PER_MM : 1), 100);
  picture->view.style = options->style;
  picture->view.fit = TRUE;
  picture->view.machine = options->machine;
  picture->view.show = TELAR_SHOW_RULER | TELAR_SHOW_NOW | (options->cores ? TELAR_SHOW_CORES : 0)
                       | (options->tasks ? TELAR_SHOW_TASKS : 0)
                       | (options->objects ? TELAR_SHOW_OBJECTS : 0)
                       | (options->all_arrows ? TELAR_SHOW_ARROWS : 0)
                       | (options->legend ? TELAR_SHOW_LEGEND : 0);
  set_font (picture);
  lay_out (picture);
  return TRUE;
}

static double
total_height (const Picture *picture)
{
  return picture->title_height + picture->graph_height
         + (picture->timeline != NULL ? picture->view.height : 0);
}

static void
paint_title (const Picture *picture, cairo_t *cr)
{
  const TelarTheme *theme = telar_theme_get (picture->view.style);
  TelarTextStyle text = { .family = picture->view.font, .vector = telar_is_vector (cr) };
  double unit = picture->view.text / 12;
  const char *name = picture->options->name != NULL ? picture->options->name : "";

  telar_text_draw (cr, &text, name, 15 * unit, 24 * unit, 16 * unit, TELAR_TEXT_BOLD,
                   picture->view.width - 30 * unit, theme->text);
}

/* With the states of the run, where there is one. */
static void
paint_graph (const Picture *picture, cairo_t *cr, const TelarView *view)
{
  const TelarGraphLayout *layout = picture->layout;
  double scale = graph_scale (picture, picture->graph_height);
  g_autofree TelarGraphRun *runs = NULL;
  TelarGraphShow show;

  telar_graph_show_init (&show);
  if (picture->timeline != NULL)
    {
      runs = telar_graph_runs_new (layout, picture->timeline->plan);
      show.timeline = picture->timeline;
      show.runs = runs;
    }
  telar_paint_graph (cr, layout, &show, view,
                     (view->width - layout->width * scale) / 2 - layout->x * scale,
                     (view->height - layout->height * scale) / 2 - layout->y * scale, scale);
}

static void
paint (const Picture *picture, cairo_t *cr)
{
  TelarView view = picture->view;

  cairo_scale (cr, picture->scale, picture->scale);
  telar_color_set (cr, telar_theme_get (view.style)->background);
  cairo_rectangle (cr, 0, 0, view.width, total_height (picture));
  cairo_fill (cr);
  if (picture->title_height > 0)
    paint_title (picture, cr);
  cairo_translate (cr, 0, picture->title_height);
  if (picture->layout != NULL)
    {
      view.height = picture->graph_height;
      paint_graph (picture, cr, &view);
      cairo_translate (cr, 0, picture->graph_height);
    }
  if (picture->timeline != NULL)
    {
      view.height = picture->view.height;
      telar_paint_timeline (cr, picture->timeline, &view);
    }
}

static cairo_status_t
append_bytes (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

/* Returns: a status of cairo; fills in @bytes. Painted in strips, each as if it were the
 * whole, so that no size takes more memory than a strip. */
static cairo_status_t
paint_png (Picture *picture, GByteArray *bytes)
{
  const TelarExportOptions *options = picture->options;
  g_autofree char *source = telar_export_provenance (picture->timeline, options->machine);
  cairo_status_t status = CAIRO_STATUS_SUCCESS;
  int width, height, rows;
  TelarPng *png;

  picture->scale = dots_per_unit (options);
  width = (int) round (picture->view.width * picture->scale);
  height = (int) round (total_height (picture) * picture->scale);
  /* Hatches at other than whole scales begin anew in each strip, a part of a pixel off:
   * there, all that people print is made in one. */
  rows = STRIP_PIXELS * (options->millimetres ? 4 : 1) / width;
  rows = CLAMP (options->strip > 0 ? options->strip : rows, 1, height);
  png = telar_png_new (bytes, (guint) width, (guint) height,
                       options->millimetres ? round (picture->scale * POINTS_PER_MM * 1000) : 0);
  telar_png_add_text (png, "Software", "Telar " TELAR_VERSION);
  if (options->name != NULL)
    telar_png_add_text (png, "Title", options->name);
  telar_png_add_text (png, "Source", source);
  for (int top = 0; top < height && status == CAIRO_STATUS_SUCCESS; top += rows)
    {
      int n = MIN (rows, height - top);
      cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, n);
      cairo_t *cr;

      /* Not by a translation: what is put on whole pixels stays where it is in the whole. */
      cairo_surface_set_device_offset (surface, 0, -top);
      cr = cairo_create (surface);
      paint (picture, cr);
      status = cairo_status (cr);
      cairo_destroy (cr);
      cairo_surface_flush (surface);
      if (status == CAIRO_STATUS_SUCCESS)
        telar_png_add_rows (png, cairo_image_surface_get_data (surface),
                            (gsize) cairo_image_surface_get_stride (surface), (guint) n);
      cairo_surface_destroy (surface);
    }
  telar_png_finish (png);
  return status;
}

static cairo_status_t
paint_svg (Picture *picture, GByteArray *bytes)
{
  TelarTextCollector collector = { g_string_new (NULL) };
  g_autofree char *source = telar_export_provenance (picture->timeline, picture->options->machine);
  cairo_surface_t *surface;
  cairo_status_t status;
  cairo_t *cr;

  picture->scale = 1;
  surface = cairo_svg_surface_create_for_stream (append_bytes, bytes, picture->view.width,
                                                 total_height (picture));
  cairo_svg_surface_set_document_unit (surface, picture->options->millimetres
                                                  ? CAIRO_SVG_UNIT_PT : CAIRO_SVG_UNIT_PX);
  telar_text_collect (surface, &collector);
  cr = cairo_create (surface);
  paint (picture, cr);
  status = cairo_status (cr);
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  telar_svg_settle (bytes, collector.elements->str);
  telar_svg_describe (bytes, picture->options->name, source);
  g_string_free (collector.elements, TRUE);
  return status;
}

static cairo_status_t
paint_pdf (Picture *picture, GByteArray *bytes)
{
  g_autofree char *source = telar_export_provenance (picture->timeline, picture->options->machine);
  cairo_surface_t *surface;
  cairo_status_t status;
  cairo_t *cr;

  picture->scale = picture->options->millimetres ? 1 : POINTS_PER_PX;
  surface = cairo_pdf_surface_create_for_stream (append_bytes, bytes,
                                                 picture->view.width * picture->scale,
                                                 total_height (picture) * picture->scale);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, "Telar " TELAR_VERSION);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_SUBJECT, source);
  if (picture->options->name != NULL)
    cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, picture->options->name);
  cr = cairo_create (surface);
  paint (picture, cr);
  status = cairo_status (cr);
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  telar_pdf_settle (bytes);
  return status;
}

gboolean
telar_export_picture (const TelarTimeline *timeline, const TelarGraphLayout *layout,
                      const TelarExportOptions *options, const char *file, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  cairo_status_t status = CAIRO_STATUS_SUCCESS;
  Picture picture;
  Format format = FORMAT_PNG;
  double dots;
  gboolean written = FALSE;

  g_return_val_if_fail (options != NULL && file != NULL, FALSE);

  if (!find_format (file, &format, error)
      || !picture_init (&picture, timeline, layout, options, error))
    return FALSE;

  dots = dots_per_unit (options);
  if (picture.view.width < 16 || total_height (&picture) < 16
      || picture.view.width * dots > MAX_PIXELS || total_height (&picture) * dots > MAX_PIXELS)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                   _("%s: a picture of %.0f × %.0f pixels cannot be made; "
                     "each side may have 16 to %.0f"),
                   file, picture.view.width * dots, total_height (&picture) * dots, MAX_PIXELS);
      g_free (picture.family);
      return FALSE;
    }

  switch (format)
    {
    case FORMAT_PNG:
      status = paint_png (&picture, bytes);
      break;
    case FORMAT_SVG:
      status = paint_svg (&picture, bytes);
      break;
    case FORMAT_PDF:
      status = paint_pdf (&picture, bytes);
      break;
    }
  g_free (picture.family);
  if (status != CAIRO_STATUS_SUCCESS)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, _("%s could not be drawn: %s"), file,
                 cairo_status_to_string (status));
  else
    written = telar_file_replace (file, bytes->data, bytes->len, error);
  return written;
}

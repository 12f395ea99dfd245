/* export.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Pictures as files, by the painter of the window. Everything is made in
 * memory and written in one go, and nothing that differs from one time to the
 * next goes in: no date but the one that was asked for, no numbers that count surfaces.
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
#include "paint/strips.h"

#define DEFAULT_WIDTH  1920.0 /* pixels */
#define PRINT_TEXT     8.0    /* points, where the size is in millimetres */
#define POINTS_PER_MM  (72 / 25.4)
#define POINTS_PER_PX  0.75
#define MAX_PIXELS     ((double) TELAR_MAX_PIXELS)
#define MIN_PIXELS     16.0
#define STRIP_PIXELS   (8 * 1024 * 1024) /* that are painted at a time: 32 MiB; 128 in mm */
#define MAX_SHAPES     30000  /* of an SVG or PDF, texts included */
#define IMAGE_DPI      300.0  /* of what is an image in one of these, where it is paper; else 2 × */
#define TITLE_HEIGHT   38
#define FOOTER_HEIGHT  30     /* below a graph alone: its date */
#define GRAPH_SHARE    0.45   /* of a height that was given */
#define PREVIEW_PIXELS (3 * 1024 * 1024) /* painted at most, before it is made smaller */

/* What is drawn and how large, in the units in which it is laid out: pixels,
 * or points where it is for paper. */
typedef struct
{
  const TelarTimeline      *timeline; /* or NULL: no lanes */
  const TelarGraphLayout   *layout;   /* or NULL: no graph */
  const TelarExportOptions *options;
  TelarView                 view;
  char                     *family;   /* owned, nullable */
  TelarLaneOrder           *sorted;   /* owned, nullable */
  double                    title_height;
  double                    graph_height;
  double                    footer_height;
  gboolean                  paper;    /* laid out in points */
  double                    unit;     /* that sizes are given in */
  double                    dots;     /* of a PNG, to a unit */
  gboolean                  graph_as_image;
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
    .bookmarks = TRUE,
    .source = TRUE,
  };
}

gboolean
telar_picture_format (const char *file, TelarPictureFormat *format)
{
  static const struct { const char *ending; TelarPictureFormat format; } formats[] = {
    { ".png", TELAR_PICTURE_PNG }, { ".svg", TELAR_PICTURE_SVG }, { ".pdf", TELAR_PICTURE_PDF },
  };
  g_autofree char *lower = NULL;

  g_return_val_if_fail (file != NULL && format != NULL, FALSE);

  lower = g_ascii_strdown (file, -1);
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    if (g_str_has_suffix (lower, formats[i].ending))
      {
        *format = formats[i].format;
        return TRUE;
      }
  return FALSE;
}

void
telar_export_prepare (void)
{
  pango_cairo_font_map_get_default ();
}

char *
telar_export_date (const TelarTimeline *timeline)
{
  const char *epoch = g_getenv ("SOURCE_DATE_EPOCH");
  gint64 recorded = timeline != NULL ? timeline->begun.date : 0, told;
  g_autoptr (GDateTime) when = NULL;

  if (epoch != NULL && g_ascii_string_to_signed (epoch, 10, 0, TELAR_LATEST_DATE, &told, NULL))
    when = g_date_time_new_from_unix_utc (told);
  else
    when = recorded > 0 ? g_date_time_new_from_unix_local (recorded)
                        : g_date_time_new_now_local ();
  return g_date_time_format (when, "%Y-%m-%d");
}

/* "Family 8": points, whatever the picture is measured in. */
static void
set_font (Picture *picture)
{
  PangoFontDescription *font = NULL;
  double size = 0;

  picture->view.text = picture->paper ? PRINT_TEXT : 12;
  if (picture->options->font == NULL)
    return;
  font = pango_font_description_from_string (picture->options->font);
  picture->family = g_strdup (pango_font_description_get_family (font));
  picture->view.font = picture->family;
  size = (double) pango_font_description_get_size (font) / PANGO_SCALE;
  if (size > 0)
    picture->view.text = picture->paper ? size : size / POINTS_PER_PX;
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
  double most = floor (MAX_PIXELS / picture->dots - picture->title_height
                       - picture->graph_height);

  return MIN (ceil (telar_timeline_height (picture->timeline, &picture->view)), most);
}

/* Sizes of the parts, and of the whole where it was left open. */
static void
lay_out (Picture *picture)
{
  const TelarExportOptions *options = picture->options;
  TelarView *view = &picture->view;
  double unit = view->text / 12;
  double height = options->height * picture->unit;

  picture->title_height = options->title ? round (TITLE_HEIGHT * unit) : 0;
  /* Elsewhere it is in the legend, or in its place. */
  picture->footer_height = picture->timeline == NULL && options->date != NULL
                             ? round (FOOTER_HEIGHT * unit) : 0;
  if (picture->layout != NULL)
    {
      double room = height > 0 ? height - picture->title_height - picture->footer_height : 0;

      if (room > 0 && picture->timeline != NULL)
        room *= GRAPH_SHARE;
      picture->graph_height = ceil ((picture->layout->height + 2 * TELAR_GRAPH_MARGIN)
                                    * graph_scale (picture, room));
      if (height > 0 && picture->timeline == NULL)
        picture->graph_height = MAX (height - picture->title_height - picture->footer_height, 1);
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

static void
picture_clear (Picture *picture)
{
  g_clear_pointer (&picture->family, g_free);
  g_clear_pointer (&picture->sorted, telar_lane_order_free);
}

static gboolean
picture_init (Picture *picture, const TelarTimeline *timeline, const TelarGraphLayout *layout,
              const TelarExportOptions *options, TelarPictureFormat format, GError **error)
{
  double width = options->width, scale = options->scale > 0 ? options->scale : 1;
  double dpi = options->dpi > 0 ? options->dpi : TELAR_PRINT_DPI;

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

  /* Pixels for print are dots of a printer. */
  picture->paper = options->millimetres
                   || (format == TELAR_PICTURE_PNG && options->style == TELAR_STYLE_PRINT);
  picture->dots = picture->paper ? dpi / 72 : 1;
  picture->unit = options->millimetres ? POINTS_PER_MM : 1 / picture->dots;
  if (width <= 0)
    width = options->millimetres ? DEFAULT_WIDTH * POINTS_PER_PX / POINTS_PER_MM : DEFAULT_WIDTH;
  telar_view_init (&picture->view, width * picture->unit, 100);
  picture->view.style = options->style;
  picture->view.fit = TRUE;
  picture->view.machine = options->machine;
  picture->view.order = options->order;
  if (options->order == NULL && options->sort != TELAR_SORT_GRAPH && picture->timeline != NULL)
    {
      picture->sorted = telar_lane_order_new ();
      picture->sorted->sort = options->sort;
      telar_lane_order_apply (picture->sorted, picture->timeline);
      picture->view.order = picture->sorted;
    }
  picture->view.date = options->date;
  picture->view.show = TELAR_SHOW_RULER | TELAR_SHOW_NOW | (options->cores ? TELAR_SHOW_CORES : 0)
                       | (options->tasks ? TELAR_SHOW_TASKS : 0)
                       | (options->objects ? TELAR_SHOW_OBJECTS : 0)
                       | (options->all_arrows ? TELAR_SHOW_ARROWS : 0)
                       | (options->bookmarks ? TELAR_SHOW_BOOKMARKS : 0)
                       | (options->legend ? TELAR_SHOW_LEGEND : 0)
                       | (options->source ? TELAR_SHOW_SOURCE : 0);
  set_font (picture);
  if (format == TELAR_PICTURE_PNG)
    picture->dots *= scale;
  lay_out (picture);
  return TRUE;
}

static double
total_height (const Picture *picture)
{
  return picture->title_height + picture->graph_height + picture->footer_height
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

static void
paint_footer (const Picture *picture, cairo_t *cr)
{
  const TelarTheme *theme = telar_theme_get (picture->view.style);
  TelarTextStyle text = { .family = picture->view.font, .vector = telar_is_vector (cr) };
  double unit = picture->view.text / 12;
  const char *date = picture->options->date;

  telar_text_draw (cr, &text, date,
                   picture->view.width - 15 * unit
                     - telar_text_width (&text, date, 12 * unit, TELAR_TEXT_BOLD),
                   19 * unit, 12 * unit, TELAR_TEXT_BOLD, 0, theme->text);
}

/* Dots to a unit of what is an image in a picture of shapes. */
static double
image_dots (const Picture *picture)
{
  return picture->paper ? IMAGE_DPI / 72 : 2;
}

/* With the states of the run, where there is one. */
static void
draw_graph (const Picture *picture, cairo_t *cr, const TelarView *view)
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
paint_graph (const Picture *picture, cairo_t *cr, const TelarView *view)
{
  cairo_t *image;

  if (!picture->graph_as_image)
    {
      draw_graph (picture, cr, view);
      return;
    }
  image = telar_image_begin (view->width, view->height, image_dots (picture));
  draw_graph (picture, image, view);
  telar_image_end (image, cr, 0, 0);
}

static void
paint (const Picture *picture, cairo_t *cr)
{
  TelarView view = picture->view;

  cairo_scale (cr, picture->scale, picture->scale);
  telar_color_set (cr, telar_theme_get (view.style)->background);
  /* On pixels the last ones of a side, which may lie half outside, as well. */
  if (telar_is_vector (cr))
    {
      cairo_rectangle (cr, 0, 0, view.width, total_height (picture));
      cairo_fill (cr);
    }
  else
    cairo_paint (cr);
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
  if (picture->footer_height > 0)
    paint_footer (picture, cr);
}

static cairo_status_t
append_bytes (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

/* A PNG in the making. */
typedef struct
{
  const Picture      *picture;
  TelarPng           *png;
  int                 height;
  TelarExportProgress progress;
  gpointer            progress_data;
  GCancellable       *cancellable;
} PngStrips;

static void
paint_strip (cairo_t *cr, gpointer data)
{
  paint (((PngStrips *) data)->picture, cr);
}

static gboolean
take_strip (cairo_surface_t *strip, int top, int rows, gpointer data)
{
  PngStrips *strips = data;

  telar_png_add_rows (strips->png, cairo_image_surface_get_data (strip),
                      (gsize) cairo_image_surface_get_stride (strip), (guint) rows);
  if (strips->progress != NULL)
    strips->progress ((double) (top + rows) / strips->height, strips->progress_data);
  return !g_cancellable_is_cancelled (strips->cancellable);
}

/* Returns: a status of cairo; fills in @bytes. */
static cairo_status_t
paint_png (Picture *picture, GByteArray *bytes, TelarExportProgress progress,
           gpointer progress_data, GCancellable *cancellable)
{
  const TelarExportOptions *options = picture->options;
  g_autofree char *source = telar_export_provenance (picture->timeline, options->machine, options->date);
  PngStrips strips = { picture, NULL, 0, progress, progress_data, cancellable };
  cairo_status_t status;
  int width, rows;

  /* It is the surface that is finer: what the painter prepares as pixels, hatches and pins,
   * is as fine then. */
  picture->scale = 1;
  width = (int) round (picture->view.width * picture->dots);
  strips.height = (int) round (total_height (picture) * picture->dots);
  /* Hatches at other than whole scales begin anew in each strip, a part of a pixel off:
   * there, all that people print is made in one. */
  rows = picture->paper ? 4 * STRIP_PIXELS / width
                        : telar_strips_rows (width, strips.height, STRIP_PIXELS);
  rows = CLAMP (options->strip > 0 ? options->strip : rows, 1, strips.height);
  strips.png = telar_png_new (bytes, (guint) width, (guint) strips.height,
                              picture->paper ? round (picture->dots * POINTS_PER_MM * 1000) : 0);
  telar_png_add_text (strips.png, "Software", "Telar " TELAR_VERSION);
  if (options->name != NULL)
    telar_png_add_text (strips.png, "Title", options->name);
  telar_png_add_text (strips.png, "Source", source);
  status = telar_strips_paint (width, strips.height, picture->dots, rows, paint_strip, take_strip,
                               &strips);
  telar_png_finish (strips.png);
  return status;
}

/* Where it came from, and what is not as fine as it could be. (transfer full) */
static char *
describe (const Picture *picture)
{
  g_autofree char *source = telar_export_provenance (picture->timeline, picture->options->machine,
                                                     picture->options->date);

  return g_strconcat (source, picture->view.dots > 0 ? "; lanes as an image: too many shapes" : "",
                      picture->graph_as_image ? "; graph as an image: too many shapes" : "", NULL);
}

/* Returns: whether there was a part that is now an image instead of shapes. */
static gboolean
simplify (Picture *picture)
{
  if (picture->timeline != NULL && picture->view.dots == 0)
    picture->view.dots = image_dots (picture);
  else if (picture->layout != NULL && !picture->graph_as_image)
    picture->graph_as_image = TRUE;
  else
    return FALSE;
  return TRUE;
}

/* @bars: whether the rectangles of slices are written by ourselves. */
static cairo_status_t
paint_svg (Picture *picture, GByteArray **bytes, gboolean bars)
{
  TelarTextCollector collector = { g_string_new (NULL) };
  g_autofree char *source = describe (picture);
  g_autoptr (TelarSvgBars) rectangles = NULL;
  cairo_surface_t *surface;
  cairo_status_t status;
  gboolean whole;
  cairo_t *cr;

  g_byte_array_set_size (*bytes, 0);
  picture->scale = 1;
  surface = cairo_svg_surface_create_for_stream (append_bytes, *bytes, picture->view.width,
                                                 total_height (picture));
  cairo_svg_surface_set_document_unit (surface, picture->paper
                                                  ? CAIRO_SVG_UNIT_PT : CAIRO_SVG_UNIT_PX);
  telar_text_collect (surface, &collector);
  if (bars)
    rectangles = telar_svg_bars_new (surface);
  cr = cairo_create (surface);
  paint (picture, cr);
  status = cairo_status (cr);
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  whole = telar_svg_settle (bytes, rectangles, picture->options->name, source,
                            collector.elements->str);
  g_string_free (collector.elements, TRUE);
  /* A cairo that writes paths in another way writes all of them. */
  if (!whole && status == CAIRO_STATUS_SUCCESS)
    return paint_svg (picture, bytes, FALSE);
  return status;
}

static cairo_status_t
paint_pdf (Picture *picture, GByteArray *bytes)
{
  g_autofree char *source = describe (picture);
  cairo_surface_t *surface;
  cairo_status_t status;
  cairo_t *cr;

  picture->scale = picture->paper ? 1 : POINTS_PER_PX;
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

/* As shapes as long as they are not too many. In an SVG they can be counted: the PDF of
 * the same picture has the same. */
static cairo_status_t
paint_shapes (Picture *picture, GByteArray **bytes, TelarPictureFormat format)
{
  cairo_status_t status;

  do
    status = paint_svg (picture, bytes, TRUE);
  while (status == CAIRO_STATUS_SUCCESS && telar_svg_count (*bytes) > MAX_SHAPES
         && simplify (picture));
  if (status != CAIRO_STATUS_SUCCESS || format == TELAR_PICTURE_SVG)
    return status;
  g_byte_array_set_size (*bytes, 0);
  return paint_pdf (picture, *bytes);
}

/* Returns: whether a picture of that size can be made. */
static gboolean
check_size (const Picture *picture, GError **error)
{
  double width = picture->view.width * picture->dots;
  double height = total_height (picture) * picture->dots;

  if (picture->view.width >= MIN_PIXELS && total_height (picture) >= MIN_PIXELS
      && round (width) <= MAX_PIXELS && round (height) <= MAX_PIXELS)
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
               _("A picture of %.0f × %.0f pixels cannot be made; each side may have %.0f to %.0f"),
               width, height, MIN_PIXELS, MAX_PIXELS);
  return FALSE;
}

gboolean
telar_export_measure (const TelarTimeline *timeline, const TelarGraphLayout *layout,
                      const TelarExportOptions *options, TelarPictureFormat format, double *width,
                      double *height, GError **error)
{
  Picture picture;
  double unit;
  gboolean sound;

  g_return_val_if_fail (options != NULL && width != NULL && height != NULL, FALSE);

  if (!picture_init (&picture, timeline, layout, options, format, error))
    return FALSE;
  unit = format == TELAR_PICTURE_PNG ? picture.dots : picture.paper ? 1 / POINTS_PER_MM : 1;
  *width = picture.view.width * unit;
  *height = total_height (&picture) * unit;
  sound = check_size (&picture, error);
  picture_clear (&picture);
  return sound;
}

/* Painted larger than it is shown, so that hatches and texts become grey rather than
 * holes; not larger than it is. */
cairo_surface_t *
telar_export_preview (const TelarTimeline *timeline, const TelarGraphLayout *layout,
                      const TelarExportOptions *options, TelarPictureFormat format,
                      int largest_width, int largest_height, GError **error)
{
  cairo_surface_t *whole, *preview;
  cairo_status_t status;
  Picture picture;
  double width, height, factor, scale;
  cairo_t *cr;

  g_return_val_if_fail (options != NULL && largest_width > 0 && largest_height > 0, NULL);

  if (!picture_init (&picture, timeline, layout, options, format, error))
    return NULL;
  if (!check_size (&picture, error))
    {
      picture_clear (&picture);
      return NULL;
    }
  width = picture.view.width * picture.dots;
  height = total_height (&picture) * picture.dots;
  factor = MIN (1, sqrt (PREVIEW_PIXELS / (width * height)));
  picture.scale = 1;
  scale = picture.dots * factor;
  width = MAX (round (width * factor), 1);
  height = MAX (round (height * factor), 1);
  whole = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) width, (int) height);
  cairo_surface_set_device_scale (whole, scale, scale);
  cr = cairo_create (whole);
  paint (&picture, cr);
  cairo_destroy (cr);
  picture_clear (&picture);
  cairo_surface_set_device_scale (whole, 1, 1);

  factor = MIN (1, MIN (largest_width / width, largest_height / height));
  preview = cairo_image_surface_create (CAIRO_FORMAT_RGB24, MAX ((int) round (width * factor), 1),
                                        MAX ((int) round (height * factor), 1));
  cr = cairo_create (preview);
  cairo_scale (cr, cairo_image_surface_get_width (preview) / width,
               cairo_image_surface_get_height (preview) / height);
  cairo_set_source_surface (cr, whole, 0, 0);
  cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_GOOD);
  cairo_pattern_set_extend (cairo_get_source (cr), CAIRO_EXTEND_PAD);
  cairo_paint (cr);
  status = cairo_status (cr);
  cairo_destroy (cr);
  cairo_surface_destroy (whole);
  if (status == CAIRO_STATUS_SUCCESS)
    return preview;
  cairo_surface_destroy (preview);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, _("The picture could not be drawn: %s"),
               cairo_status_to_string (status));
  return NULL;
}

GBytes *
telar_export_bytes (const TelarTimeline *timeline, const TelarGraphLayout *layout,
                    const TelarExportOptions *options, TelarPictureFormat format,
                    TelarExportProgress progress, gpointer progress_data,
                    GCancellable *cancellable, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  cairo_status_t status = CAIRO_STATUS_SUCCESS;
  Picture picture;

  g_return_val_if_fail (options != NULL, NULL);

  if (!picture_init (&picture, timeline, layout, options, format, error))
    return NULL;
  if (!check_size (&picture, error))
    {
      picture_clear (&picture);
      return NULL;
    }
  switch (format)
    {
    case TELAR_PICTURE_PNG:
      status = paint_png (&picture, bytes, progress, progress_data, cancellable);
      break;
    case TELAR_PICTURE_SVG:
    case TELAR_PICTURE_PDF:
      status = paint_shapes (&picture, &bytes, format);
      break;
    }
  picture_clear (&picture);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  if (status != CAIRO_STATUS_SUCCESS)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, _("The picture could not be drawn: %s"),
                   cairo_status_to_string (status));
      return NULL;
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

gboolean
telar_export_file (const TelarTimeline *timeline, const TelarGraphLayout *layout,
                   const TelarExportOptions *options, const char *file,
                   TelarExportProgress progress, gpointer progress_data,
                   GCancellable *cancellable, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  TelarPictureFormat format;

  g_return_val_if_fail (options != NULL && file != NULL, FALSE);

  if (!telar_picture_format (file, &format))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                   _("%s is not a picture: its name must end with .png, .svg or .pdf"), file);
      return FALSE;
    }
  bytes = telar_export_bytes (timeline, layout, options, format, progress, progress_data,
                              cancellable, error);
  if (bytes == NULL)
    {
      g_prefix_error (error, "%s: ", file);
      return FALSE;
    }
  return telar_file_replace (file, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), error);
}

gboolean
telar_export_picture (const TelarTimeline *timeline, const TelarGraphLayout *layout,
                      const TelarExportOptions *options, const char *file, GError **error)
{
  return telar_export_file (timeline, layout, options, file, NULL, NULL, NULL, error);
}

/* text.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Text is the slowest thing in a picture: shaping a name takes as long as
 * filling a hundred rectangles. A frame shows mostly what the frame before
 * showed, so what was shaped is kept, by thread, up to a limit: for pixels as runs,
 * which hold for every size, else as layouts.
 */

#include "config.h"

#include <math.h>
#include <string.h>

#include "paint/paint-private.h"

#define KEPT_LAYOUTS 3000
#define KEPT_RUNS    20000

/* Without hints a text is as wide as it is large: among shapes all are shaped at one
 * size, since to find the font of another takes as long as twenty texts. */
#define VECTOR_SIZE (100 * PANGO_SCALE)

typedef struct
{
  char           *text;
  const char     *family;    /* interned */
  int             size;      /* pango units */
  int             max_width; /* whole units, 0: none */
  guint           flags;     /* TelarTextFlags, and VECTOR */
  guint           hash;

  /* Made from the above. */
  PangoLayout    *layout;
  double          width;
  double          baseline;
} Shaped;

#define VECTOR (1u << 8)

/* One as large as it is asked for. */
typedef struct
{
  const Shaped *shaped; /* borrowed from what is kept */
  double        scale;
} Sized;

typedef struct
{
  GHashTable     *shaped;      /* Shaped is its own key */
  GHashTable     *runs;        /* as is Run */
  TelarTextFonts *fonts;
  PangoContext   *contexts[3]; /* of layouts for pixels, for shapes; of runs */
} Kept;

/* For pixels, whatever the size. */
typedef struct
{
  char         *text;
  const char   *family; /* interned */
  guint         flags;  /* TelarTextFlags */
  guint         hash;

  TelarTextRun *run;    /* nullable: layouts it is */
} Run;

static void
kept_free (gpointer data)
{
  Kept *kept = data;

  g_hash_table_unref (kept->shaped);
  g_hash_table_unref (kept->runs);
  telar_text_fonts_free (kept->fonts);
  for (guint i = 0; i < G_N_ELEMENTS (kept->contexts); i++)
    g_clear_object (&kept->contexts[i]);
  g_free (kept);
}

static GPrivate kept_of_thread = G_PRIVATE_INIT (kept_free);
static const cairo_user_data_key_t collector_key;

static guint
shaped_hash (gconstpointer data)
{
  return ((const Shaped *) data)->hash;
}

static gboolean
shaped_equal (gconstpointer a, gconstpointer b)
{
  const Shaped *x = a, *y = b;

  return x->hash == y->hash && x->size == y->size && x->flags == y->flags
         && x->max_width == y->max_width && x->family == y->family
         && strcmp (x->text, y->text) == 0;
}

static void
shaped_free (gpointer data)
{
  Shaped *shaped = data;

  g_free (shaped->text);
  g_clear_object (&shaped->layout);
  g_free (shaped);
}

static guint
run_hash (gconstpointer data)
{
  return ((const Run *) data)->hash;
}

static gboolean
run_equal (gconstpointer a, gconstpointer b)
{
  const Run *x = a, *y = b;

  return x->hash == y->hash && x->flags == y->flags && x->family == y->family
         && strcmp (x->text, y->text) == 0;
}

static void
run_free (gpointer data)
{
  Run *run = data;

  g_free (run->text);
  telar_text_run_free (run->run);
  g_free (run);
}

static PangoContext *
make_context (gboolean vector)
{
  PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  cairo_font_options_t *options = cairo_font_options_create ();

  cairo_font_options_set_antialias (options, CAIRO_ANTIALIAS_GRAY);
  cairo_font_options_set_hint_style (options, vector ? CAIRO_HINT_STYLE_NONE
                                                     : CAIRO_HINT_STYLE_SLIGHT);
  cairo_font_options_set_hint_metrics (options, vector ? CAIRO_HINT_METRICS_OFF
                                                       : CAIRO_HINT_METRICS_ON);
  pango_cairo_context_set_font_options (context, options);
  pango_context_set_round_glyph_positions (context, !vector);
  cairo_font_options_destroy (options);
  return context;
}

static Kept *
get_kept (void)
{
  Kept *kept = g_private_get (&kept_of_thread);

  if (kept == NULL)
    {
      kept = g_new0 (Kept, 1);
      kept->shaped = g_hash_table_new_full (shaped_hash, shaped_equal, shaped_free, NULL);
      kept->runs = g_hash_table_new_full (run_hash, run_equal, run_free, NULL);
      kept->contexts[0] = make_context (FALSE);
      kept->contexts[1] = make_context (TRUE);
      kept->contexts[2] = make_context (TRUE);
      kept->fonts
        = telar_text_fonts_new (pango_cairo_context_get_font_options (kept->contexts[0]));
      g_private_set (&kept_of_thread, kept);
    }
  return kept;
}

static double
layout_width (PangoLayout *layout)
{
  int width;

  pango_layout_get_size (layout, &width, NULL);
  return (double) width / PANGO_SCALE;
}

/* Cuts by characters, so that what is shown is also what an SVG says. */
static void
cut_to_width (PangoLayout *layout, const char *text, double max_width)
{
  glong low = 0, high;

  if (layout_width (layout) <= max_width)
    return;
  for (high = g_utf8_strlen (text, -1); low < high;)
    {
      glong middle = (low + high + 1) / 2;
      g_autofree char *head = g_utf8_substring (text, 0, middle);
      g_autofree char *cut = g_strconcat (g_strchomp (head), "…", NULL);

      pango_layout_set_text (layout, cut, -1);
      if (layout_width (layout) <= max_width)
        low = middle;
      else
        high = middle - 1;
    }
  {
    g_autofree char *head = g_utf8_substring (text, 0, low);
    g_autofree char *cut = g_strconcat (g_strchomp (head), "…", NULL);

    pango_layout_set_text (layout, low > 0 ? cut : "", -1);
  }
}

/* Returns: (transfer full): of no size */
static PangoFontDescription *
describe_font (const char *family, guint flags)
{
  PangoFontDescription *font = pango_font_description_new ();

  pango_font_description_set_family (font, flags & TELAR_TEXT_MONO ? "Monospace" : family);
  pango_font_description_set_weight (font, flags & TELAR_TEXT_BOLD ? PANGO_WEIGHT_BOLD
                                                                   : PANGO_WEIGHT_NORMAL);
  return font;
}

static void
shape (Shaped *shaped, Kept *kept)
{
  PangoFontDescription *font = describe_font (shaped->family, shaped->flags);

  pango_font_description_set_absolute_size (font, shaped->size);
  shaped->layout = pango_layout_new (kept->contexts[(shaped->flags & VECTOR) != 0]);
  pango_layout_set_single_paragraph_mode (shaped->layout, TRUE);
  pango_layout_set_font_description (shaped->layout, font);
  pango_layout_set_text (shaped->layout, shaped->text, -1);
  if (shaped->max_width > 0)
    cut_to_width (shaped->layout, shaped->text, shaped->max_width);
  shaped->width = layout_width (shaped->layout);
  shaped->baseline = (double) pango_layout_get_baseline (shaped->layout) / PANGO_SCALE;
  pango_font_description_free (font);
}

/* Returns: (transfer none) (nullable) */
static const TelarTextRun *
get_run (const TelarTextStyle *style, const char *text, TelarTextFlags flags)
{
  Kept *kept = get_kept ();
  Run key = {
    .text = (char *) text,
    .family = g_intern_string (style->family != NULL ? style->family : "Sans"),
    .flags = (guint) flags,
  };
  PangoFontDescription *font;
  Run *run;

  if (style->vector)
    return NULL;
  key.hash = g_str_hash (text) ^ key.flags << 20;
  run = g_hash_table_lookup (kept->runs, &key);
  if (run != NULL)
    return run->run;

  if (g_hash_table_size (kept->runs) >= KEPT_RUNS)
    g_hash_table_remove_all (kept->runs);
  run = g_memdup2 (&key, sizeof key);
  run->text = g_strdup (text);
  font = describe_font (run->family, run->flags);
  run->run = telar_text_run_new (kept->contexts[2], font, text);
  pango_font_description_free (font);
  g_hash_table_add (kept->runs, run);
  return run->run;
}

/* As text is kept: in pango's units. */
static double
round_size (double size)
{
  return floor (size * PANGO_SCALE) / PANGO_SCALE;
}

static Sized
get_shaped (const TelarTextStyle *style, const char *text, double size, TelarTextFlags flags,
            double max_width)
{
  Kept *kept = get_kept ();
  double scale = style->vector ? round_size (size) * PANGO_SCALE / VECTOR_SIZE : 1;
  Shaped key = {
    .text = (char *) text,
    .family = g_intern_string (style->family != NULL ? style->family : "Sans"),
    .size = style->vector ? VECTOR_SIZE : (int) (size * PANGO_SCALE),
    .max_width = (int) ceil (max_width / MAX (scale, 1e-6)),
    .flags = (guint) flags | (style->vector ? VECTOR : 0),
  };
  Shaped *shaped;

  key.hash = g_str_hash (text) ^ (guint) key.size * 31 ^ key.flags << 20
             ^ (guint) key.max_width << 9;
  shaped = g_hash_table_lookup (kept->shaped, &key);
  if (shaped != NULL)
    return (Sized){ shaped, scale };

  if (g_hash_table_size (kept->shaped) >= KEPT_LAYOUTS)
    g_hash_table_remove_all (kept->shaped);
  shaped = g_memdup2 (&key, sizeof key);
  shaped->text = g_strdup (text);
  shape (shaped, kept);
  g_hash_table_add (kept->shaped, shaped);
  return (Sized){ shaped, scale };
}

static double
width_of (const Sized *sized)
{
  return sized->shaped->width * sized->scale;
}

/* Most texts have room enough: they are shaped once, whatever room there is. */
static Sized
get_fitting (const TelarTextStyle *style, const char *text, double size, TelarTextFlags flags,
             double max_width)
{
  Sized whole = get_shaped (style, text, size, flags, 0);

  return max_width <= 0 || width_of (&whole) <= ceil (max_width)
           ? whole : get_shaped (style, text, size, flags, max_width);
}

double
telar_text_width (const TelarTextStyle *style, const char *text, double size,
                  TelarTextFlags flags)
{
  const TelarTextRun *run = get_run (style, text, flags);
  Sized sized;

  if (run != NULL)
    return telar_text_run_width (run, round_size (size));
  sized = get_shaped (style, text, size, flags, 0);
  return width_of (&sized);
}

/* Returns: FALSE where it is too much for that */
static gboolean
draw_run (cairo_t *cr, const TelarTextStyle *style, const char *text, double x, double baseline,
          double size, TelarTextFlags flags, double max_width)
{
  const TelarTextRun *run = get_run (style, text, flags), *dots;
  TelarTextFonts *fonts = get_kept ()->fonts;
  guint n;

  if (run == NULL)
    return FALSE;
  if (max_width <= 0 || telar_text_run_width (run, size) <= ceil (max_width))
    {
      telar_text_run_draw (cr, fonts, run, G_MAXUINT, x, baseline, size);
      return TRUE;
    }
  dots = get_run (style, "…", flags);
  /* To keep this one may have cleared all that were kept. */
  run = get_run (style, text, flags);
  if (dots == NULL || run == NULL)
    return FALSE;
  n = telar_text_run_cut (run, size, ceil (max_width) - telar_text_run_width (dots, size));
  if (n == 0)
    return TRUE;
  x = telar_text_run_draw (cr, fonts, run, n, x, baseline, size);
  telar_text_run_draw (cr, fonts, dots, G_MAXUINT, x, baseline, size);
  return TRUE;
}

static void
collect (cairo_t *cr, TelarTextCollector *collector, const Sized *sized, double x,
         double baseline, TelarColor color)
{
  const Shaped *shaped = sized->shaped;
  const char *text = pango_layout_get_text (shaped->layout);
  g_autofree char *escaped = g_markup_escape_text (text, -1);
  g_autofree char *family = g_markup_escape_text (shaped->family, -1);
  double sx = 1, sy = 0, size = sized->scale * shaped->size / PANGO_SCALE;
  double width = width_of (sized);
  double left, top, right, bottom;
  char number[5][G_ASCII_DTOSTR_BUF_SIZE];

  /* Text elements are not clipped: what is cut off is left out. */
  cairo_clip_extents (cr, &left, &top, &right, &bottom);
  if (baseline > bottom || baseline - 0.7 * size < top || x >= right || x + width <= left)
    return;
  cairo_user_to_device (cr, &x, &baseline);
  cairo_user_to_device_distance (cr, &sx, &sy);
  g_ascii_formatd (number[0], sizeof number[0], "%.2f", x);
  g_ascii_formatd (number[1], sizeof number[1], "%.2f", baseline);
  g_ascii_formatd (number[2], sizeof number[2], "%.2f", sx * size);
  g_ascii_formatd (number[3], sizeof number[3], "%.2f", sx * width);
  g_string_append_printf (collector->elements,
                          "<text x=\"%s\" y=\"%s\" font-family=\"%s\" font-size=\"%s\"%s "
                          "textLength=\"%s\" fill=\"#%06x\" xml:space=\"preserve\">%s</text>\n",
                          number[0], number[1],
                          shaped->flags & TELAR_TEXT_MONO ? "monospace"
                          : g_ascii_strcasecmp (family, "sans") == 0 ? "sans-serif" : family,
                          number[2], shaped->flags & TELAR_TEXT_BOLD ? " font-weight=\"bold\"" : "",
                          number[3], color, escaped);
}

/* On a surface that is finer than its units half a pixel would be put on either side,
 * depending on where in the surface it is. */
static double
on_whole_pixel (cairo_t *cr, double baseline)
{
  double across, scale, x = 0, y = baseline;

  cairo_surface_get_device_scale (cairo_get_target (cr), &across, &scale);
  if (scale == 1)
    return baseline;
  cairo_user_to_device (cr, &x, &y);
  y = floor (y * scale + 0.5) / scale;
  cairo_device_to_user (cr, &x, &y);
  return y;
}

void
telar_text_draw (cairo_t *cr, const TelarTextStyle *style, const char *text, double x,
                 double baseline, double size, TelarTextFlags flags, double max_width,
                 TelarColor color)
{
  TelarTextCollector *collector = cairo_surface_get_user_data (cairo_get_target (cr),
                                                               &collector_key);
  Sized sized;

  telar_color_set (cr, color);
  if (collector == NULL)
    baseline = on_whole_pixel (cr, baseline);
  if (collector == NULL
      && draw_run (cr, style, text, x, baseline, round_size (size), flags, max_width))
    return;
  sized = get_fitting (style, text, size, flags, MAX (max_width, 0));
  if (sized.shaped->width <= 0)
    return;
  if (collector != NULL)
    {
      collect (cr, collector, &sized, x, baseline, color);
      return;
    }
  cairo_save (cr);
  cairo_translate (cr, x, baseline - sized.shaped->baseline * sized.scale);
  cairo_scale (cr, sized.scale, sized.scale);
  cairo_move_to (cr, 0, 0);
  pango_cairo_show_layout (cr, sized.shaped->layout);
  cairo_restore (cr);
  cairo_new_path (cr);
}

void
telar_text_collect (cairo_surface_t *surface, TelarTextCollector *collector)
{
  cairo_surface_set_user_data (surface, &collector_key, collector, NULL);
}

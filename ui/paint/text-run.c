/* text-run.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Text for pixels, shaped once for every size: while a graph is zoomed, hundreds
 * of texts have another size in each frame, and to shape one takes as long as to
 * draw ten. That holds for text in one font with a glyph a character, from left to
 * right; for what is more than that, text.c asks pango for each size. As with
 * metrics that are hinted, a glyph is as wide as whole pixels.
 */

#include "config.h"

#include <math.h>
#include <string.h>

#include "paint/paint-private.h"

#define SHAPED_AT  100  /* pixels: so large that advances are exact */
#define MOST       256  /* characters; more are no label */
#define KEPT_FONTS 32

struct _TelarTextRun
{
  cairo_font_face_t *face;     /* owned */
  guint              n;
  gulong            *glyphs;   /* owned, as the next two */
  float             *advances; /* of 1 */
  gboolean          *spaces;
};

struct _TelarTextFonts
{
  cairo_font_options_t *options;
  struct
  {
    cairo_font_face_t   *face;   /* borrowed from font */
    double               size;
    cairo_scaled_font_t *font;   /* owned, nullable */
  } kept[KEPT_FONTS];
  guint                 next;
};

/* ---- fonts at a size ---------------------------------------------------- */

TelarTextFonts *
telar_text_fonts_new (const cairo_font_options_t *options)
{
  TelarTextFonts *fonts = g_new0 (TelarTextFonts, 1);

  fonts->options = cairo_font_options_copy (options);
  return fonts;
}

void
telar_text_fonts_free (TelarTextFonts *fonts)
{
  cairo_font_options_destroy (fonts->options);
  for (guint i = 0; i < KEPT_FONTS; i++)
    g_clear_pointer (&fonts->kept[i].font, cairo_scaled_font_destroy);
  g_free (fonts);
}

/* Returns: (transfer none) */
static cairo_scaled_font_t *
get_font (TelarTextFonts *fonts, cairo_font_face_t *face, double size)
{
  cairo_matrix_t matrix, identity;
  guint i;

  for (i = 0; i < KEPT_FONTS; i++)
    if (fonts->kept[i].face == face && fonts->kept[i].size == size)
      return fonts->kept[i].font;
  i = fonts->next++ % KEPT_FONTS;
  g_clear_pointer (&fonts->kept[i].font, cairo_scaled_font_destroy);
  cairo_matrix_init_scale (&matrix, size, size);
  cairo_matrix_init_identity (&identity);
  fonts->kept[i].font = cairo_scaled_font_create (face, &matrix, &identity, fonts->options);
  fonts->kept[i].face = face;
  fonts->kept[i].size = size;
  return fonts->kept[i].font;
}

/* ---- shaping ------------------------------------------------------------ */

static gboolean
is_upright (cairo_scaled_font_t *font)
{
  cairo_matrix_t matrix;

  cairo_scaled_font_get_font_matrix (font, &matrix);
  return matrix.xy == 0 && matrix.yx == 0 && matrix.xx == matrix.yy;
}

/* Of a part of a text in one font. */
static gboolean
add_glyphs (TelarTextRun *run, const PangoItem *part, const PangoGlyphString *glyphs,
            const char *text)
{
  PangoFont *font = part->analysis.font;
  cairo_scaled_font_t *scaled
    = PANGO_IS_CAIRO_FONT (font) ? pango_cairo_font_get_scaled_font (PANGO_CAIRO_FONT (font))
                                 : NULL;
  const char *at = text + part->offset;

  if (scaled == NULL || !is_upright (scaled) || part->analysis.level != 0
      || glyphs->num_glyphs != part->num_chars
      || run->n + (guint) glyphs->num_glyphs > MOST)
    return FALSE;
  if (run->face == NULL)
    run->face = cairo_font_face_reference (cairo_scaled_font_get_font_face (scaled));
  else if (run->face != cairo_scaled_font_get_font_face (scaled))
    return FALSE;
  for (int i = 0; i < glyphs->num_glyphs; i++, at = g_utf8_next_char (at))
    {
      const PangoGlyphInfo *glyph = &glyphs->glyphs[i];

      if (g_ascii_iscntrl (*at) || (glyph->glyph & PANGO_GLYPH_UNKNOWN_FLAG) != 0
          || glyph->glyph == PANGO_GLYPH_EMPTY || glyph->geometry.x_offset != 0
          || glyph->geometry.y_offset != 0)
        return FALSE;
      run->glyphs[run->n] = glyph->glyph;
      run->advances[run->n] = (float) glyph->geometry.width / (SHAPED_AT * PANGO_SCALE);
      run->spaces[run->n++] = g_ascii_isspace (*at);
    }
  return TRUE;
}

/* Without a layout, which takes twice as long. */
static gboolean
shape (TelarTextRun *run, PangoContext *context, const char *text)
{
  PangoAttrList *none = pango_attr_list_new ();
  PangoGlyphString *glyphs = pango_glyph_string_new ();
  GList *parts = pango_itemize (context, text, 0, (int) strlen (text), none, NULL);
  gboolean simple = parts != NULL;

  for (GList *l = parts; l != NULL && simple; l = l->next)
    {
      const PangoItem *part = l->data;

      pango_shape (text + part->offset, part->length, &part->analysis, glyphs);
      simple = add_glyphs (run, part, glyphs, text);
    }
  g_list_free_full (parts, (GDestroyNotify) pango_item_free);
  pango_glyph_string_free (glyphs);
  pango_attr_list_unref (none);
  return simple;
}

TelarTextRun *
telar_text_run_new (PangoContext *context, const PangoFontDescription *font, const char *text)
{
  g_autoptr (PangoFontDescription) at_size = pango_font_description_copy (font);
  TelarTextRun *run;

  if (g_utf8_strlen (text, -1) > MOST)
    return NULL;
  pango_font_description_set_absolute_size (at_size, SHAPED_AT * PANGO_SCALE);
  pango_context_set_font_description (context, at_size);
  run = g_new0 (TelarTextRun, 1);
  run->glyphs = g_new (gulong, MOST);
  run->advances = g_new (float, MOST);
  run->spaces = g_new (gboolean, MOST);
  if (!shape (run, context, text) || run->face == NULL)
    {
      telar_text_run_free (run);
      return NULL;
    }
  run->glyphs = g_renew (gulong, run->glyphs, run->n);
  run->advances = g_renew (float, run->advances, run->n);
  run->spaces = g_renew (gboolean, run->spaces, run->n);
  return run;
}

void
telar_text_run_free (TelarTextRun *run)
{
  if (run == NULL)
    return;
  g_clear_pointer (&run->face, cairo_font_face_destroy);
  g_free (run->glyphs);
  g_free (run->advances);
  g_free (run->spaces);
  g_free (run);
}

/* ---- at a size ---------------------------------------------------------- */

double
telar_text_run_width (const TelarTextRun *run, double size)
{
  double width = 0;

  for (guint i = 0; i < run->n; i++)
    width += round (run->advances[i] * size);
  return width;
}

guint
telar_text_run_cut (const TelarTextRun *run, double size, double max_width)
{
  double width = 0;
  guint n = 0;

  while (n < run->n && width + round (run->advances[n] * size) <= max_width)
    width += round (run->advances[n++] * size);
  while (n > 0 && run->spaces[n - 1])
    n--;
  return n;
}

double
telar_text_run_draw (cairo_t *cr, TelarTextFonts *fonts, const TelarTextRun *run, guint n, double x,
                     double baseline, double size)
{
  cairo_glyph_t glyphs[MOST];

  n = MIN (n, run->n);
  for (guint i = 0; i < n; i++)
    {
      glyphs[i] = (cairo_glyph_t){ run->glyphs[i], x, baseline };
      x += round (run->advances[i] * size);
    }
  cairo_set_scaled_font (cr, get_font (fonts, run->face, size));
  cairo_show_glyphs (cr, glyphs, (int) n);
  return x;
}

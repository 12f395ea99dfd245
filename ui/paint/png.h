/* png.h
 *
 * SPDX-License-Identifier: MIT
 *
 * A PNG file of opaque pixels, strip by strip.
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _TelarPng TelarPng;

/* Appends to @bytes, which has to live as long. @dots_per_metre: 0: not said. */
TelarPng *telar_png_new      (GByteArray *bytes, guint width, guint height,
                              double dots_per_metre);
/* Before the first row. @key: "Title", "Software"…, ASCII; @text: UTF-8 */
void      telar_png_add_text (TelarPng *png, const char *key, const char *text);
/* @pixels: as CAIRO_FORMAT_RGB24 has them; @stride: bytes from row to row. */
void      telar_png_add_rows (TelarPng *png, const guint8 *pixels, gsize stride, guint n);
/* All rows were added: ends the file, and @png. */
void      telar_png_finish   (TelarPng *png);

G_END_DECLS

/* python-text.h
 *
 * SPDX-License-Identifier: MIT
 *
 * A program to be read: selectable, not editable, lightly coloured, with
 * numbered lines. Some lines are of selected tasks, some are being executed;
 * both are painted below the text, so that nothing is laid out again when they
 * change.
 *
 * Signal "line-chosen" (guint line): a line, from 0, was clicked, or Enter was
 * pressed in it.
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TELAR_TYPE_PYTHON_TEXT (telar_python_text_get_type ())
G_DECLARE_FINAL_TYPE (TelarPythonText, telar_python_text, TELAR, PYTHON_TEXT, GtkTextView)

typedef enum
{
  TELAR_PYTHON_SELECTED,
  TELAR_PYTHON_LIT,
  TELAR_PYTHON_N_LINES
} TelarPythonLines;

typedef struct
{
  GdkRGBA tint[TELAR_PYTHON_N_LINES]; /* behind a line */
  GdkRGBA bar[TELAR_PYTHON_N_LINES];  /* left of it */
  GdkRGBA number;
} TelarPythonTextColors;

/* Only the lines that differ are replaced: the reader's place stays.
 *
 * @text: a program that ends with a newline, or ""
 * @spans: (element-type TelarPythonSpan): of @text; kept by reference */
void telar_python_text_set_program (TelarPythonText *self, const char *text, GArray *spans);

/* @lines: (nullable) (element-type guint): sorted, each once; kept by reference */
void     telar_python_text_set_lines (TelarPythonText *self, TelarPythonLines which,
                                      GArray *lines);
gboolean telar_python_text_has_line  (TelarPythonText *self, TelarPythonLines which, guint line);

/* Scrolls to the first of these lines unless one of them is in sight; if need be,
 * once it is shown. */
void     telar_python_text_reveal    (TelarPythonText *self, TelarPythonLines which);

/* Those of the theme: light or dark. */
const TelarPythonTextColors *telar_python_text_get_colors (TelarPythonText *self);

G_END_DECLS

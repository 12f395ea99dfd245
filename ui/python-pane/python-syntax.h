/* python-syntax.h
 *
 * SPDX-License-Identifier: MIT
 *
 * Which parts of a Python program are coloured: keywords, texts, comments, and
 * the names that a def gives. Light, for reading: no more than that.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  TELAR_PYTHON_COLOR_KEYWORD,
  TELAR_PYTHON_COLOR_TEXT,
  TELAR_PYTHON_COLOR_COMMENT,
  TELAR_PYTHON_COLOR_NAME,   /* what a def is called */
  TELAR_PYTHON_N_COLORS
} TelarPythonColor;

/* Never goes beyond its line: a text of several lines has one a line. */
typedef struct
{
  guint            line;  /* from 0 */
  guint            begin; /* bytes in the line */
  guint            end;
  TelarPythonColor color;
} TelarPythonSpan;

/* Returns: (transfer full) (element-type TelarPythonSpan): in their order; what
 *   is not closed goes on to the end. */
GArray *telar_python_syntax (const char *text);

/* Returns: the index of the first span in @line or below it. */
guint telar_python_syntax_find (const GArray *spans, guint line);

G_END_DECLS

/* printer.h
 *
 * SPDX-License-Identifier: MIT
 *
 * Lines of Python with their indentation and marks. Paragraphs are parted by
 * one blank line, wherever they begin.
 */

#pragma once

#include "python/python.h"

G_BEGIN_DECLS

#define TELAR_PYTHON_WIDTH 79 /* columns, as the style guide of Python has it */

typedef struct
{
  GString *text;      /* owned */
  GArray  *marks;     /* owned TelarPythonMark */
  guint    line;      /* the next one */
  guint    depth;     /* of the indentation */
  gboolean parts;     /* a paragraph ends before the next line */
  gboolean fresh;     /* a block has just begun: no blank line here */
} TelarPrinter;

TelarPrinter *telar_printer_new  (void);
void          telar_printer_free (TelarPrinter *printer);

/* One line, indented; a blank one before it where a paragraph begins. */
void telar_printer_line (TelarPrinter *printer, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* A text of several lines, indented as a whole. */
void telar_printer_text (TelarPrinter *printer, const char *text);

/* @head, then @rest after a break where both do not fit into one line; @rest
 * then begins in the column after @head's first bracket. */
void telar_printer_wrap (TelarPrinter *printer, const char *head, const char *rest);

/* "numbers = [" and so many of @items a line as fit. */
void telar_printer_list (TelarPrinter *printer, const char *head, const GArray *items);

/* The next line begins a paragraph. */
void telar_printer_part (TelarPrinter *printer);

/* Ends the paragraph that is over.
 * Returns: the number of the next line. */
guint telar_printer_here (TelarPrinter *printer);

/* Marks the last @n lines. */
void telar_printer_mark (TelarPrinter   *printer,
                         guint           n,
                         guint32         task,
                         TelarPythonWhat what,
                         int             step);

/* A line that ends with ':', and its block. */
void telar_printer_open  (TelarPrinter *printer, const char *format, ...) G_GNUC_PRINTF (2, 3);
void telar_printer_close (TelarPrinter *printer);

/* Appends all of @other, with its marks. */
void telar_printer_append (TelarPrinter *printer, const TelarPrinter *other);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TelarPrinter, telar_printer_free)

G_END_DECLS

/* printer.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include <string.h>

#include "python/printer.h"

#define INDENT 4

TelarPrinter *
telar_printer_new (void)
{
  TelarPrinter *printer = g_new0 (TelarPrinter, 1);

  printer->text = g_string_new (NULL);
  printer->marks = g_array_new (FALSE, FALSE, sizeof (TelarPythonMark));
  printer->fresh = TRUE;
  return printer;
}

void
telar_printer_free (TelarPrinter *printer)
{
  if (printer == NULL)
    return;
  g_string_free (printer->text, TRUE);
  g_array_unref (printer->marks);
  g_free (printer);
}

static void
put_line (TelarPrinter *printer, const char *line, gsize length, guint column)
{
  telar_printer_here (printer);
  printer->fresh = FALSE;
  if (length > 0)
    g_string_append_printf (printer->text, "%*s", (int) (printer->depth * INDENT + column), "");
  g_string_append_len (printer->text, line, (gssize) length);
  g_string_append_c (printer->text, '\n');
  printer->line++;
}

void
telar_printer_line (TelarPrinter *printer, const char *format, ...)
{
  g_autofree char *line = NULL;
  va_list arguments;

  va_start (arguments, format);
  line = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  put_line (printer, line, strlen (line), 0);
}

void
telar_printer_text (TelarPrinter *printer, const char *text)
{
  const char *end;

  for (; (end = strchr (text, '\n')) != NULL; text = end + 1)
    put_line (printer, text, (gsize) (end - text), 0);
  if (*text != '\0')
    put_line (printer, text, strlen (text), 0);
}

void
telar_printer_wrap (TelarPrinter *printer, const char *head, const char *rest)
{
  glong width = printer->depth * INDENT + g_utf8_strlen (head, -1) + 1 + g_utf8_strlen (rest, -1);
  const char *bracket = strpbrk (head, "([{");
  guint column = bracket != NULL ? (guint) g_utf8_strlen (head, bracket + 1 - head) : INDENT;

  if (width <= TELAR_PYTHON_WIDTH)
    {
      telar_printer_line (printer, "%s %s", head, rest);
      return;
    }
  put_line (printer, head, strlen (head), 0);
  put_line (printer, rest, strlen (rest), column);
}

void
telar_printer_list (TelarPrinter *printer, const char *head, const GArray *items)
{
  g_autoptr (GString) line = g_string_new (head);
  guint column = (guint) g_utf8_strlen (head, -1), indent = 0;

  for (guint i = 0; i < items->len; i++)
    {
      gboolean last = i + 1 == items->len;
      g_autofree char *item = g_strdup_printf ("%" G_GINT64_FORMAT "%s",
                                               g_array_index (items, gint64, i),
                                               last ? "]" : ",");

      if (printer->depth * INDENT + indent + line->len + 1 + strlen (item) > TELAR_PYTHON_WIDTH)
        {
          put_line (printer, line->str, line->len, indent);
          g_string_truncate (line, 0);
          indent = column;
        }
      g_string_append_printf (line, "%s%s", i > 0 && line->len > 0 ? " " : "", item);
    }
  if (items->len == 0)
    g_string_append_c (line, ']');
  put_line (printer, line->str, line->len, indent);
}

void
telar_printer_part (TelarPrinter *printer)
{
  printer->parts = TRUE;
}

guint
telar_printer_here (TelarPrinter *printer)
{
  if (printer->parts && !printer->fresh)
    {
      g_string_append_c (printer->text, '\n');
      printer->line++;
    }
  printer->parts = FALSE;
  return printer->line;
}

void
telar_printer_mark (TelarPrinter *printer, guint n, guint32 task, TelarPythonWhat what, int step)
{
  TelarPythonMark mark = { printer->line - n, n, task, what, step };

  g_array_append_val (printer->marks, mark);
}

void
telar_printer_open (TelarPrinter *printer, const char *format, ...)
{
  g_autofree char *line = NULL;
  va_list arguments;

  va_start (arguments, format);
  line = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  put_line (printer, line, strlen (line), 0);
  printer->depth++;
  printer->fresh = TRUE;
}

/* A block must hold something. */
void
telar_printer_close (TelarPrinter *printer)
{
  if (printer->fresh)
    telar_printer_line (printer, "pass");
  printer->depth--;
  printer->parts = FALSE;
  printer->fresh = FALSE;
}

void
telar_printer_append (TelarPrinter *printer, const TelarPrinter *other)
{
  for (guint i = 0; i < other->marks->len; i++)
    {
      TelarPythonMark mark = g_array_index (other->marks, TelarPythonMark, i);

      mark.line += printer->line;
      g_array_append_val (printer->marks, mark);
    }
  g_string_append_len (printer->text, other->text->str, (gssize) other->text->len);
  printer->line += other->line;
  printer->fresh = FALSE;
}

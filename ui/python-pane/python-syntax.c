/* python-syntax.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include "python-pane/python-syntax.h"

#include <string.h>

typedef struct
{
  const char *at;
  const char *line_start;
  guint       line;
  gboolean    names;      /* the word before was def or class */
  GArray     *spans;      /* owned by whoever asked */
} Reader;

static const char *const keywords[] = {
  "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue",
  "def", "del", "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in",
  "is", "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while", "with",
  "yield",
};

static gboolean
is_word (char c)
{
  return g_ascii_isalnum (c) || c == '_' || (c & 0x80) != 0;
}

static gboolean
is_keyword (const char *word,
            gsize       length)
{
  for (guint i = 0; i < G_N_ELEMENTS (keywords); i++)
    if (strlen (keywords[i]) == length && strncmp (keywords[i], word, length) == 0)
      return TRUE;

  return FALSE;
}

static void
add_span (Reader          *reader,
          const char      *from,
          const char      *to,
          TelarPythonColor color)
{
  TelarPythonSpan span = {
    .line = reader->line,
    .begin = (guint) (from - reader->line_start),
    .end = (guint) (to - reader->line_start),
    .color = color,
  };

  if (from < to)
    g_array_append_val (reader->spans, span);
}

static void
begin_line (Reader *reader)
{
  reader->at++;
  reader->line++;
  reader->line_start = reader->at;
}

static void
read_comment (Reader *reader)
{
  const char *from = reader->at;

  reader->at += strcspn (reader->at, "\n");
  add_span (reader, from, reader->at, TELAR_PYTHON_COLOR_COMMENT);
}

/* @from: where its prefix begins; the quote is at the reader. */
static void
read_text (Reader     *reader,
           const char *from)
{
  char        quote = *reader->at;
  const char  three[] = { quote, quote, quote, '\0' };
  gboolean    is_long = g_str_has_prefix (reader->at, three);
  gboolean    raw = FALSE;

  for (const char *prefix = from; prefix < reader->at; prefix++)
    raw |= *prefix == 'r' || *prefix == 'R';

  reader->at += is_long ? 3 : 1;
  for (; *reader->at != '\0'; reader->at++)
    {
      if (*reader->at == '\n')
        {
          if (!is_long)
            break;
          add_span (reader, from, reader->at, TELAR_PYTHON_COLOR_TEXT);
          begin_line (reader);
          from = reader->at--;
        }
      else if (*reader->at == '\\' && !raw && reader->at[1] != '\0' && reader->at[1] != '\n')
        {
          reader->at++;
        }
      else if (is_long ? g_str_has_prefix (reader->at, three) : *reader->at == quote)
        {
          reader->at += is_long ? 3 : 1;
          break;
        }
    }
  add_span (reader, from, reader->at, TELAR_PYTHON_COLOR_TEXT);
}

static void
read_word (Reader *reader)
{
  const char *from = reader->at;
  gsize       length;

  while (is_word (*reader->at))
    reader->at++;
  length = (gsize) (reader->at - from);

  if (length <= 2 && strspn (from, "bBfFrRuU") >= length
      && (*reader->at == '\'' || *reader->at == '"'))
    {
      read_text (reader, from);
    }
  else if (is_keyword (from, length))
    {
      add_span (reader, from, reader->at, TELAR_PYTHON_COLOR_KEYWORD);
      reader->names = strncmp (from, "def", MAX (length, 3)) == 0
                      || strncmp (from, "class", MAX (length, 5)) == 0;
      return;
    }
  else if (reader->names)
    {
      add_span (reader, from, reader->at, TELAR_PYTHON_COLOR_NAME);
    }
  reader->names = FALSE;
}

GArray *
telar_python_syntax (const char *text)
{
  GArray *spans = g_array_new (FALSE, FALSE, sizeof (TelarPythonSpan));
  Reader  reader = { .at = text, .line_start = text, .spans = spans };

  g_return_val_if_fail (text != NULL, spans);

  while (*reader.at != '\0')
    if (*reader.at == '\n')
      begin_line (&reader);
    else if (*reader.at == '#')
      read_comment (&reader);
    else if (*reader.at == '\'' || *reader.at == '"')
      read_text (&reader, reader.at);
    else if (is_word (*reader.at))
      read_word (&reader);
    else
      reader.at++;

  return spans;
}

guint
telar_python_syntax_find (const GArray *spans,
                          guint         line)
{
  guint from = 0, to = spans->len;

  while (from < to)
    {
      guint middle = from + (to - from) / 2;

      if (g_array_index (spans, TelarPythonSpan, middle).line < line)
        from = middle + 1;
      else
        to = middle;
    }

  return from;
}

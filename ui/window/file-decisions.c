/* file-decisions.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include "window/file-decisions.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define SUFFIX ".telar"
/* Bytes of a file's name that come from its title; file systems take 255. */
#define MOST_OF_TITLE 200

gboolean
telar_opens_here (const TelarOpenFacts *facts)
{
  if (facts->empty)
    return TRUE;

  return !facts->dropped && !facts->modified && !facts->live;
}

/* --- Saving --- */

TelarSaveWay
telar_save_way (const TelarSaveFacts *facts)
{
  if (!facts->has_file)
    return TELAR_SAVE_AS_FIRST;
  if (facts->example)
    return TELAR_SAVE_AS_EXAMPLE;
  if (facts->exists && !facts->writable)
    return TELAR_SAVE_AS_READ_ONLY;

  return TELAR_SAVE_TO_FILE;
}

const char *
telar_save_way_reason (TelarSaveWay way)
{
  switch (way)
    {
    case TELAR_SAVE_AS_EXAMPLE:
      return _("Examples stay as they are; choose a place for your own copy");
    case TELAR_SAVE_AS_READ_ONLY:
      return _("You may read this file but not write it; choose a place for your own copy");
    case TELAR_SAVE_TO_FILE:
    case TELAR_SAVE_AS_FIRST:
      break;
    }

  return NULL;
}

char *
telar_suggest_file_name (const char *title)
{
  g_autoptr (GString) name = g_string_new (NULL);
  const char         *end;

  for (const char *at = title; *at; at = end)
    {
      gunichar c = g_utf8_get_char (at);

      end = g_utf8_next_char (at);
      if (name->len + (gsize) (end - at) > MOST_OF_TITLE)
        break;
      /* A name that begins with a dot would be hidden. */
      if (c == '/' || g_unichar_iscntrl (c) || (c == '.' && name->len == 0))
        c = '-';
      g_string_append_unichar (name, c);
    }
  g_strstrip (name->str);
  if (*name->str == '\0')
    return g_strconcat (_("Untitled"), SUFFIX, NULL);

  return g_str_has_suffix (name->str, SUFFIX) ? g_strdup (name->str)
                                              : g_strconcat (name->str, SUFFIX, NULL);
}

char *
telar_suggest_statistics_name (const char *title,
                               gboolean    stretch)
{
  g_autofree char *name = telar_suggest_file_name (title);

  name[strlen (name) - strlen (SUFFIX)] = '\0';

  return g_strdup_printf (stretch ? _("%s, a stretch.csv") : _("%s, statistics.csv"), name);
}

char *
telar_complete_file_name (const char *name)
{
  const char *dot = strrchr (name, '.');

  if (dot != NULL && dot != name && dot[1] != '\0')
    return g_strdup (name);

  return g_strconcat (name, SUFFIX, NULL);
}

/* --- Words --- */

char *
telar_title_to_show (const char *title,
                     gboolean    modified)
{
  return modified ? g_strconcat ("• ", title, NULL) : g_strdup (title);
}

char *
telar_title_to_speak (const char *title,
                      gboolean    modified)
{
  return modified ? g_strdup_printf (_("%s, with unsaved changes"), title) : g_strdup (title);
}

char *
telar_undo_words (const char *label)
{
  return label ? g_strdup_printf (_("Undo %s"), label) : g_strdup (_("Undo"));
}

char *
telar_redo_words (const char *label)
{
  return label ? g_strdup_printf (_("Redo %s"), label) : g_strdup (_("Redo"));
}

char *
telar_menu_words (const char *words)
{
  g_auto (GStrv) parts = g_strsplit (words, "_", -1);

  return g_strjoinv ("__", parts);
}

gboolean
telar_file_news (TelarFileState   state,
                 const char      *name,
                 gboolean         modified,
                 char           **title,
                 char           **text)
{
  *title = *text = NULL;

  switch (state)
    {
    case TELAR_FILE_CHANGED:
      *title = g_strdup_printf (_("“%s” was changed by another program"), name);
      *text = g_strdup (modified
                          ? _("Reload shows what is in the file now and gives up your unsaved "
                              "changes. Keep Mine leaves them here, and saving replaces the file.")
                          : _("Reload shows what is in the file now. Keep Mine leaves here what "
                              "you see, and saving replaces the file."));
      return TRUE;

    case TELAR_FILE_GONE:
      *title = g_strdup_printf (_("“%s” is no longer there"), name);
      *text = g_strdup (_("Its file was moved, renamed or deleted. The graph is still here: saving "
                          "writes the file again."));
      return TRUE;

    case TELAR_FILE_NONE:
    case TELAR_FILE_SAME:
      break;
    }

  return FALSE;
}

char *
telar_recovery_words (const char *title,
                      GDateTime  *when,
                      GDateTime  *now)
{
  gboolean         today = g_date_time_get_year (when) == g_date_time_get_year (now)
                           && g_date_time_get_day_of_year (when)
                                == g_date_time_get_day_of_year (now);
  g_autofree char *time = g_date_time_format (when, today ? "%H:%M" : "%x %H:%M");

  return g_strdup_printf (_("“%s” from %s"), title, time);
}

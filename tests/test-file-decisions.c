/* test-file-decisions.c
 *
 * SPDX-License-Identifier: MIT
 */

#include <locale.h>
#include <string.h>

#include "window/file-decisions.h"

static void
test_where (void)
{
  static const struct { TelarOpenFacts facts; gboolean here; } table[] = {
    { { .empty = TRUE }, TRUE },
    { { .empty = TRUE, .dropped = TRUE }, TRUE },
    { { .dropped = TRUE }, FALSE },
    { { .modified = FALSE }, TRUE },
    { { .modified = TRUE }, FALSE },
    { { .live = TRUE }, FALSE },
    { { .modified = TRUE, .live = TRUE, .dropped = TRUE }, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    g_assert_cmpint (telar_opens_here (&table[i].facts), ==, table[i].here);
}

static void
test_save_way (void)
{
  static const struct { TelarSaveFacts facts; TelarSaveWay way; gboolean reason; } table[] = {
    { { .has_file = FALSE }, TELAR_SAVE_AS_FIRST, FALSE },
    { { .has_file = TRUE, .exists = TRUE, .writable = TRUE }, TELAR_SAVE_TO_FILE, FALSE },
    /* Gone: saving writes it again. */
    { { .has_file = TRUE }, TELAR_SAVE_TO_FILE, FALSE },
    { { .has_file = TRUE, .exists = TRUE }, TELAR_SAVE_AS_READ_ONLY, TRUE },
    /* Also where this person could write it. */
    { { .has_file = TRUE, .exists = TRUE, .writable = TRUE, .example = TRUE },
      TELAR_SAVE_AS_EXAMPLE, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      TelarSaveWay way = telar_save_way (&table[i].facts);

      g_assert_cmpint (way, ==, table[i].way);
      g_assert_cmpint (telar_save_way_reason (way) != NULL, ==, table[i].reason);
    }
}

static void
test_names (void)
{
  static const struct { const char *title, *name; } suggested[] = {
    { "Squares", "Squares.telar" },
    { "copy.telar", "copy.telar" },
    { "a/b", "a-b.telar" },
    { ".hidden", "-hidden.telar" },
    { "..", "-..telar" },
    { "two\nlines", "two-lines.telar" },
    { "  spaces ", "spaces.telar" },
    { "", "Untitled.telar" },
    { " ", "Untitled.telar" },
    { "Quadrate für 日本", "Quadrate für 日本.telar" },
  };
  static const struct { const char *name, *whole; } completed[] = {
    { "a", "a.telar" }, { "a.telar", "a.telar" }, { "a.json", "a.json" }, { "a.", "a..telar" },
    { ".a", ".a.telar" },
  };
  g_autoptr (GString) many = g_string_new (NULL);
  g_autofree char    *cut = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (suggested); i++)
    {
      g_autofree char *name = telar_suggest_file_name (suggested[i].title);

      g_assert_cmpstr (name, ==, suggested[i].name);
    }
  for (guint i = 0; i < G_N_ELEMENTS (completed); i++)
    {
      g_autofree char *name = telar_complete_file_name (completed[i].name);

      g_assert_cmpstr (name, ==, completed[i].whole);
    }

  /* Longer than a file system takes: cut between two letters. */
  for (guint i = 0; i < 100; i++)
    g_string_append (many, "日本");
  cut = telar_suggest_file_name (many->str);
  g_assert_cmpuint (strlen (cut), <, 255);
  g_assert_true (g_utf8_validate (cut, -1, NULL));
}

static void
test_titles (void)
{
  g_autofree char *still = telar_title_to_show ("Pair", FALSE);
  g_autofree char *moved = telar_title_to_show ("Pair", TRUE);
  g_autofree char *spoken = telar_title_to_speak ("Pair", TRUE);
  g_autofree char *plain = telar_title_to_speak ("Pair", FALSE);

  g_assert_cmpstr (still, ==, "Pair");
  g_assert_cmpstr (moved, ==, "• Pair");
  g_assert_cmpstr (spoken, ==, "Pair, with unsaved changes");
  g_assert_cmpstr (plain, ==, "Pair");
}

static void
test_history_words (void)
{
  g_autofree char *undo = telar_undo_words ("Move my_task");
  g_autofree char *nothing = telar_undo_words (NULL);
  g_autofree char *redo = telar_redo_words ("Move p1");
  g_autofree char *menu = telar_menu_words (undo);

  g_assert_cmpstr (undo, ==, "Undo Move my_task");
  g_assert_cmpstr (nothing, ==, "Undo");
  g_assert_cmpstr (redo, ==, "Redo Move p1");
  g_assert_cmpstr (menu, ==, "Undo Move my__task");
}

static void
test_file_news (void)
{
  char *title, *text;

  g_assert_false (telar_file_news (TELAR_FILE_SAME, "a.telar", TRUE, &title, &text));
  g_assert_null (title);
  g_assert_null (text);
  g_assert_false (telar_file_news (TELAR_FILE_NONE, NULL, TRUE, &title, &text));

  g_assert_true (telar_file_news (TELAR_FILE_CHANGED, "a.telar", FALSE, &title, &text));
  g_assert_nonnull (strstr (title, "“a.telar” was changed by another program"));
  g_assert_null (strstr (text, "unsaved"));
  g_free (title);
  g_free (text);

  g_assert_true (telar_file_news (TELAR_FILE_CHANGED, "a.telar", TRUE, &title, &text));
  g_assert_nonnull (strstr (text, "gives up your unsaved changes"));
  g_free (title);
  g_free (text);

  g_assert_true (telar_file_news (TELAR_FILE_GONE, "a.telar", FALSE, &title, &text));
  g_assert_nonnull (strstr (text, "saving writes the file again"));
  g_free (title);
  g_free (text);
}

static void
test_recovery_words (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_utc (2025, 3, 4, 15, 0, 0);
  g_autoptr (GDateTime) today = g_date_time_new_utc (2025, 3, 4, 12, 3, 59);
  g_autoptr (GDateTime) year = g_date_time_new_utc (2024, 3, 4, 12, 3, 59);
  g_autofree char      *near = telar_recovery_words ("Squares", today, now);
  g_autofree char      *far = telar_recovery_words ("Squares", year, now);

  g_assert_cmpstr (near, ==, "“Squares” from 12:03");
  g_assert_nonnull (strstr (far, "24"));
  g_assert_true (g_str_has_suffix (far, "12:03"));
}

int
main (int    argc,
      char **argv)
{
  g_setenv ("LANGUAGE", "C", TRUE);
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/file-decisions/where", test_where);
  g_test_add_func ("/file-decisions/save-way", test_save_way);
  g_test_add_func ("/file-decisions/names", test_names);
  g_test_add_func ("/file-decisions/titles", test_titles);
  g_test_add_func ("/file-decisions/history-words", test_history_words);
  g_test_add_func ("/file-decisions/file-news", test_file_news);
  g_test_add_func ("/file-decisions/recovery-words", test_recovery_words);

  return g_test_run ();
}

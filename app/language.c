/* language.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include "app/language.h"

#include <locale.h>
#include <stdio.h>
#include <string.h>

#include <glib/gi18n-lib.h>

/* Beside the program, as seen from its folder: in a build folder, and in
 * whatever place an installed tree was moved to. */
static const char *const places[] = { "../resources/po", "../share/locale" };

static char *
find_translations (void)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = program != NULL ? g_path_get_dirname (program) : NULL;

  for (guint i = 0; folder != NULL && i < G_N_ELEMENTS (places); i++)
    {
      g_autofree char *place = g_build_filename (folder, places[i], NULL);
      if (g_file_test (place, G_FILE_TEST_IS_DIR))
        return g_steal_pointer (&place);
    }
  return g_strdup (TELAR_LOCALEDIR);
}

/* Prints in the terminal's characters, as near as they come ("us" for "µs"). */
static void
print_to (FILE *stream, const char *text)
{
  const char      *charset;
  g_autofree char *converted = NULL;

  if (!g_get_charset (&charset))
    {
      g_autofree char *nearest = g_strconcat (charset, "//TRANSLIT", NULL);
      converted = g_convert (text, -1, nearest, "UTF-8", NULL, NULL, NULL);
    }
  fputs (converted != NULL ? converted : text, stream);
}

static void
print_out (const char *text)
{
  print_to (stdout, text);
}

static void
print_err (const char *text)
{
  /* A terminal shows both: in the order in which they were said. */
  fflush (stdout);
  print_to (stderr, text);
}

static gboolean
is_plain (const char *locale)
{
  return locale == NULL || strcmp (locale, "C") == 0 || strcmp (locale, "POSIX") == 0;
}

/* The first of the variables that name the language of texts. */
static const char *
wished_locale (void)
{
  static const char *const names[] = { "LC_ALL", "LC_MESSAGES", "LANG" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *value = g_getenv (names[i]);
      if (value != NULL && value[0] != '\0')
        return value;
    }
  return NULL;
}

/* A wish that this system has no locale for, as small ones have none: Telar
 * brings its own texts and needs none to show them. */
static void
do_without_locale (void)
{
  const char *wish = wished_locale ();

  setlocale (LC_CTYPE, "C.UTF-8");
  if (is_plain (wish))
    return;
  setlocale (LC_MESSAGES, "C.UTF-8");
  g_setenv ("LANGUAGE", wish, FALSE);
}

void
telar_language_init (void)
{
  g_autofree char *place = find_translations ();
  const char      *all = g_getenv ("LC_ALL");

  if (setlocale (LC_ALL, "") == NULL)
    do_without_locale ();
  /* Where no locale was chosen, the terminal still knows more than ASCII. */
  else if (is_plain (setlocale (LC_CTYPE, NULL)) && (all == NULL || all[0] == '\0'))
    setlocale (LC_CTYPE, "C.UTF-8");
  bindtextdomain (GETTEXT_PACKAGE, place);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  g_set_print_handler (print_out);
  g_set_printerr_handler (print_err);
}

void
telar_language_set (const char *language)
{
  g_return_if_fail (language != NULL);

  g_setenv ("LANGUAGE", language, TRUE);
  /* In the plain locale nothing is translated at all. Setting another makes
   * gettext forget what it found before. */
  setlocale (LC_MESSAGES, "C");
  if (setlocale (LC_MESSAGES, "C.UTF-8") == NULL)
    setlocale (LC_MESSAGES, "");
}

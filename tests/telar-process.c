/* telar-process.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "telar-process.h"

#include <string.h>
#include <sys/wait.h>

#include <glib/gstdio.h>

#define DESERTED_AFTER_US G_USEC_PER_SEC

void
telar_outcome_clear (TelarOutcome *outcome)
{
  g_clear_pointer (&outcome->out, g_bytes_unref);
  g_clear_pointer (&outcome->err, g_bytes_unref);
}

void
telar_place_init (TelarPlace *place)
{
  g_autoptr (GError) error = NULL;

  place->folder = g_dir_make_tmp ("telar-test-XXXXXX", &error);
  g_assert_no_error (error);
  place->mark = g_strdup_printf ("z%s", strrchr (place->folder, '-') + 1);
}

void
telar_place_clear (TelarPlace *place)
{
  g_autoptr (GDir) folder = g_dir_open (place->folder, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *file = telar_place_file (place, name);
      g_unlink (file);
    }
  g_rmdir (place->folder);
  g_clear_pointer (&place->folder, g_free);
  g_clear_pointer (&place->mark, g_free);
}

char *
telar_place_file (const TelarPlace *place, const char *name)
{
  return g_build_filename (place->folder, name, NULL);
}

char *
telar_place_graph (const TelarPlace *place, const char *name, const char *tasks)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  char *file = telar_place_file (place, name);

  g_string_printf (text, "{ \"telar\": 1, \"tasks\": [\n%s\n] }\n", tasks);
  g_string_replace (text, "@", place->mark, 0);
  g_file_set_contents (file, text->str, (gssize) text->len, &error);
  g_assert_no_error (error);
  return file;
}

static gboolean
has_mark (const TelarPlace *place, const char *pid)
{
  g_autofree char *file = g_build_filename ("/proc", pid, "cmdline", NULL);
  g_autofree char *line = NULL;
  gsize            size;

  if (!g_file_get_contents (file, &line, &size, NULL))
    return FALSE;
  /* telar itself has the mark in the name of the file; the arguments of a task
   * are one text that begins with telar:. */
  return g_str_has_prefix (line, "telar: ") && strstr (line, place->mark) != NULL;
}

gboolean
telar_place_has_processes (const TelarPlace *place)
{
  g_autoptr (GDir) proc = g_dir_open ("/proc", 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (proc)) != NULL)
    if (g_ascii_isdigit (name[0]) && has_mark (place, name))
      return TRUE;
  return FALSE;
}

void
telar_place_assert_deserted (const TelarPlace *place)
{
  gint64 end = g_get_monotonic_time () + DESERTED_AFTER_US;

  while (telar_place_has_processes (place))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      g_usleep (5000);
    }
}

static GSubprocess *
start (const char *first, va_list more)
{
  g_autoptr (GSubprocessLauncher) launcher =
    g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  GSubprocess *process;

  g_assert_nonnull (g_getenv ("TELAR_PROGRAM"));
  g_ptr_array_add (arguments, (gpointer) g_getenv ("TELAR_PROGRAM"));
  for (const char *argument = first; argument != NULL; argument = va_arg (more, const char *))
    g_ptr_array_add (arguments, (gpointer) argument);
  g_ptr_array_add (arguments, NULL);

  g_subprocess_launcher_unsetenv (launcher, "DISPLAY");
  g_subprocess_launcher_unsetenv (launcher, "WAYLAND_DISPLAY");
  g_subprocess_launcher_unsetenv (launcher, "LANGUAGE");
  g_subprocess_launcher_unsetenv (launcher, "COLUMNS");
  g_subprocess_launcher_setenv (launcher, "LC_ALL", "C.UTF-8", TRUE);
  process = g_subprocess_launcher_spawnv (launcher, (const char *const *) arguments->pdata, &error);
  g_assert_no_error (error);
  return process;
}

GSubprocess *
telar_start (const char *first, ...)
{
  va_list      more;
  GSubprocess *process;

  va_start (more, first);
  process = start (first, more);
  va_end (more);
  return process;
}

char *
telar_read_line (GSubprocess *process)
{
  GInputStream *stream = g_subprocess_get_stdout_pipe (process);
  GString      *line = g_string_new (NULL);
  char          byte;

  /* One by one: what follows the line stays in the pipe. */
  while (g_input_stream_read (stream, &byte, 1, NULL, NULL) == 1 && byte != '\n')
    g_string_append_c (line, byte);
  return g_string_free (line, FALSE);
}

void
telar_finish (GSubprocess *process, TelarOutcome *outcome)
{
  g_autoptr (GError) error = NULL;

  *outcome = (TelarOutcome){ 0 };
  g_subprocess_communicate (process, NULL, NULL, &outcome->out, &outcome->err, &error);
  g_assert_no_error (error);
  outcome->status = g_subprocess_get_if_exited (process) ? g_subprocess_get_exit_status (process)
                                                         : -g_subprocess_get_term_sig (process);
}

void
telar_call (TelarOutcome *outcome, const char *first, ...)
{
  g_autoptr (GSubprocess) process = NULL;
  va_list more;

  va_start (more, first);
  process = start (first, more);
  va_end (more);
  telar_finish (process, outcome);
}

const char *
telar_text (GBytes *bytes)
{
  static char *kept;
  gsize        size;
  const char  *data = g_bytes_get_data (bytes, &size);

  g_assert_true (size == 0 || memchr (data, 0, size) == NULL);
  g_free (kept);
  kept = size > 0 ? g_strndup (data, size) : g_strdup ("");
  return kept;
}

guint
telar_count_lines (GBytes *bytes)
{
  gsize       size;
  const char *data = g_bytes_get_data (bytes, &size);
  guint       n = 0;

  for (gsize i = 0; i < size; i++)
    n += data[i] == '\n';
  return n;
}

void
telar_assert_contains (GBytes *bytes, const char *text)
{
  if (strstr (telar_text (bytes), text) != NULL)
    return;
  g_printerr ("“%s” is not in:\n%s", text, telar_text (bytes));
  g_assert_not_reached ();
}

void
telar_assert_empty (GBytes *bytes)
{
  g_assert_cmpstr (telar_text (bytes), ==, "");
}

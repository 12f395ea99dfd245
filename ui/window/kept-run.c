/* kept-run.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include "window/kept-run.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "graph/graph-file.h"
#include "runfile/run-reader.h"
#include "runfile/run-shelf.h"
#include "task-words.h"
#include "timeline/restore.h"
#include "window/file-decisions.h"

#define GRAPH_SUFFIX ".telar"
#define SUFFIX       ".telar-run"
/* Characters of an item: a list is read at one glance. */
#define MOST_WORDS   72

TelarKeptRun *
telar_kept_run_new (TelarTimeline *timeline,
                    TelarGraph    *graph)
{
  TelarKeptRun *run;

  g_return_val_if_fail (timeline != NULL && graph != NULL, NULL);

  run = g_new0 (TelarKeptRun, 1);
  run->timeline = telar_timeline_ref (timeline);
  run->graph = telar_graph_ref (graph);
  run->when = g_date_time_new_now_local ();

  return run;
}

void
telar_kept_run_free (TelarKeptRun *run)
{
  if (run == NULL)
    return;

  g_clear_pointer (&run->timeline, telar_timeline_unref);
  g_clear_pointer (&run->graph, telar_graph_unref);
  g_clear_pointer (&run->machine, telar_machine_free);
  g_clear_pointer (&run->when, g_date_time_unref);
  g_clear_pointer (&run->missing, g_ptr_array_unref);
  g_free (run->words);
  g_free (run->name);
  g_free (run);
}

TelarKeptRun *
telar_kept_run_copy (const TelarKeptRun *run)
{
  TelarKeptRun *copy;

  g_return_val_if_fail (run != NULL, NULL);

  copy = g_new0 (TelarKeptRun, 1);
  *copy = *run;
  copy->timeline = telar_timeline_ref (run->timeline);
  copy->graph = telar_graph_ref (run->graph);
  copy->machine = run->machine ? telar_machine_copy (run->machine) : NULL;
  copy->when = run->when ? g_date_time_ref (run->when) : NULL;
  copy->name = g_strdup (run->name);
  copy->missing = run->missing ? g_ptr_array_ref (run->missing) : NULL;
  copy->words = g_strdup (run->words);

  return copy;
}

/* --- Files --- */

TelarKeptRun *
telar_kept_run_open (const char        *path,
                     const TelarWatch  *watch,
                     GError           **error)
{
  g_autoptr (TelarRunFile) file = NULL;
  g_autoptr (GPtrArray)    faults = telar_faults_new ();
  g_autoptr (TelarGraph)   graph = NULL;
  g_autofree char         *base = g_path_get_basename (path);
  TelarKeptRun            *run;
  gconstpointer            text;
  gsize                    size;

  file = telar_run_file_open_watched (path, watch, error);
  if (file == NULL)
    return NULL;

  text = g_bytes_get_data (file->graph, &size);
  graph = telar_graph_parse (text, size, NULL, faults);
  if (graph == NULL)
    {
      g_autofree char *why = faults->len > 0 ? telar_fault_describe (g_ptr_array_index (faults, 0))
                                             : NULL;

      g_set_error (error, TELAR_RUN_FILE_ERROR, TELAR_RUN_FILE_ERROR_BROKEN,
                   _("The graph in it cannot be read: %s"), why ? why : "");
      return NULL;
    }

  run = g_new0 (TelarKeptRun, 1);
  run->broken_off = telar_timeline_is_broken_off (file->timeline);
  run->timeline = g_steal_pointer (&file->timeline);
  run->graph = g_steal_pointer (&graph);
  run->machine = g_steal_pointer (&file->machine);
  run->missing = g_ptr_array_ref (file->missing);
  run->name = g_filename_display_name (base);

  return run;
}

gboolean
telar_kept_run_save (const TelarKeptRun  *run,
                     const TelarMachine  *machine,
                     const char          *path,
                     const TelarWatch    *watch,
                     GError             **error)
{
  g_autofree char *graph = NULL;
  gsize            size;
  guint            generation;

  g_return_val_if_fail (run != NULL && path != NULL, FALSE);

  graph = telar_graph_print (run->graph, &size);
  /* Those that are changed meanwhile may be in the file or not. */
  generation = telar_bookmarks_generation (run->timeline->bookmarks);
  if (!telar_run_file_replace (path, run->timeline, telar_kept_run_get_machine (run, machine),
                               graph, size, watch, error))
    return FALSE;
  telar_bookmarks_saved (run->timeline->bookmarks, generation);

  return TRUE;
}

static gboolean
is_used (const TelarTimeline        *timeline,
         const TelarTimeline *const *used)
{
  for (; *used; used++)
    if (*used == timeline)
      return TRUE;

  return FALSE;
}

TelarKeptRun *
telar_kept_run_to_put_aside (GPtrArray                  *kept,
                             const TelarTimeline *const *used,
                             guint64                     most)
{
  TelarKeptRun *found = NULL;
  guint64       all = 0;

  g_return_val_if_fail (kept != NULL && used != NULL, NULL);

  for (guint i = 0; i < kept->len; i++)
    {
      TelarKeptRun *run = g_ptr_array_index (kept, i);
      guint64       gain = telar_run_shelf_gain (run->timeline);

      all += gain;
      if (found == NULL && gain > 0 && run->timeline->finished && !is_used (run->timeline, used))
        found = run;
    }

  return all > most ? found : NULL;
}

const TelarMachine *
telar_kept_run_get_machine (const TelarKeptRun *run,
                            const TelarMachine *machine)
{
  g_return_val_if_fail (run != NULL, NULL);

  return run->machine || run->name ? run->machine : machine;
}

/* --- Words --- */

/* Those of a run that is over never change, and there may be thousands of tasks to
 * look at for them. */
static const char *
result_words (TelarKeptRun *run)
{
  if (run->refused)
    return _("Not run");
  if (!run->timeline->finished)
    return _("Running");
  if (run->words == NULL)
    run->words = telar_run_words (run->timeline, run->broken_off);

  return run->words;
}

char *
telar_kept_run_words (TelarKeptRun *run)
{
  g_autofree char *when = run->name ? g_strdup (run->name)
                          : run->when ? g_date_time_format (run->when, "%X") : g_strdup ("");
  g_autofree char *words = g_strdup_printf ("%s · %s", when, result_words (run));

  if (g_utf8_strlen (words, -1) > MOST_WORDS)
    {
      g_autofree char *start = g_utf8_substring (words, 0, MOST_WORDS - 1);

      return g_strconcat (start, "…", NULL);
    }

  return g_steal_pointer (&words);
}

gboolean
telar_kept_run_check (TelarKeptRun *run)
{
  guint n;

  g_return_val_if_fail (run != NULL, FALSE);

  n = telar_timeline_unreadable (run->timeline);
  if (n <= run->n_unread)
    return FALSE;
  run->n_unread = n;

  return TRUE;
}

void
telar_kept_run_news (const TelarKeptRun  *run,
                     char               **title,
                     char               **text)
{
  GString *said;

  *text = NULL;
  if ((run->missing == NULL || run->missing->len == 0) && run->n_unread == 0)
    {
      *title = g_strdup_printf (_("“%s” is a run that was kept: its graph is shown as it was run"),
                                run->name);
      return;
    }

  *title = g_strdup_printf (_("Not all of “%s” could be read; the rest is shown"),
                            run->name);
  said = g_string_new (NULL);
  for (guint i = 0; run->missing && i < run->missing->len; i++)
    g_string_append_printf (said, "%s%s", i > 0 ? "\n" : "",
                            (const char *) g_ptr_array_index (run->missing, i));
  if (run->n_unread > 0)
    {
      g_autofree char *words = telar_unreadable_words (run->n_unread);

      g_string_append_printf (said, "%s%s", said->len > 0 ? "\n" : "", words);
    }
  *text = g_string_free (said, FALSE);
}

char *
telar_kept_run_file_name (const char *title)
{
  g_autofree char *name = telar_suggest_file_name (title);

  name[strlen (name) - strlen (GRAPH_SUFFIX)] = '\0';

  return g_strconcat (name, SUFFIX, NULL);
}

gboolean
telar_kept_run_is_name (const char *name)
{
  return g_str_has_suffix (name, SUFFIX);
}

char *
telar_kept_run_complete_name (const char *name)
{
  return telar_kept_run_is_name (name) ? g_strdup (name) : g_strconcat (name, SUFFIX, NULL);
}

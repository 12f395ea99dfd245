/* run-graph.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include "app/run-graph.h"

#include <signal.h>
#include <string.h>

#include <glib-unix.h>
#include <glib/gstdio.h>
#include <glib/gi18n-lib.h>

#include "app/outlet.h"
#include "graph/graph-file.h"
#include "runfile/run-writer.h"

/* Output that waits for its reader: above the first, tasks are held back; they
 * go on below the second. */
#define QUEUE_HIGH (1024 * 1024)
#define QUEUE_LOW  (256 * 1024)

struct _TelarRunner
{
  const TelarCommand *command; /* borrowed */

  /* The run. */
  TelarRun           *run;     /* owned */
  GMainLoop          *loop;    /* owned */
  gint64              timeout_ns;

  /* What tasks print. */
  gboolean            prints;
  TelarOutlet        *outlet;     /* owned */
  guint               n_lines;    /* lines of the timeline that were dealt with */
  GHashTable         *beginnings; /* owned: GString of a line that is not whole, by writer */
  gboolean            held;

  /* The run's file. */
  TelarRunWriter     *writer;  /* owned, nullable */
  char               *file;    /* owned, nullable */
  guint               flush;   /* source that writes what is new */
  gboolean            unkept;  /* it could not be written */

  /* Signals. */
  guint               sources[3];
  int                 signal_number; /* the first one that came; 0: none */
  gboolean            abandoned;     /* a second one came: nothing is waited for */
};

typedef struct
{
  TelarRunner *runner;
  int          number;
} Signal;

/* Output. */

/* Hands a line over whole: one longer than a message comes in pieces, between
 * which others print. */
static void
put_line (TelarRunner *runner, const TelarTextLine *line)
{
  gpointer    writer = GUINT_TO_POINTER (line->task << 1 | (line->stream != TELAR_STREAM_OUT));
  GString    *beginning = g_hash_table_lookup (runner->beginnings, writer);
  gsize       size;
  const char *bytes = g_bytes_get_data (line->text, &size);

  if (line->continues || beginning != NULL)
    {
      if (beginning == NULL)
        {
          beginning = g_string_new (NULL);
          g_hash_table_insert (runner->beginnings, writer, beginning);
        }
      g_string_append_len (beginning, bytes, (gssize) size);
      if (line->continues)
        return;
      bytes = beginning->str;
      size = beginning->len;
    }
  telar_outlet_write (runner->outlet, (TelarStream) line->stream, bytes, size);
  telar_outlet_write (runner->outlet, (TelarStream) line->stream, "\n", 1);
  if (beginning != NULL)
    g_hash_table_remove (runner->beginnings, writer);
}

static void
hold_or_let_flow (TelarRunner *runner)
{
  gsize    queued = telar_outlet_get_queued (runner->outlet);
  gboolean hold = queued > (runner->held ? QUEUE_LOW : QUEUE_HIGH);

  if (hold == runner->held)
    return;
  runner->held = hold;
  telar_run_hold_output (runner->run, hold);
}

static void
put_lines (TelarRunner *runner)
{
  const GPtrArray *lines = telar_run_get_timeline (runner->run)->lines;

  if (!runner->prints)
    return;
  for (; runner->n_lines < lines->len; runner->n_lines++)
    put_line (runner, g_ptr_array_index (lines, runner->n_lines));
  hold_or_let_flow (runner);
}

static void
on_changed (TelarRunner *runner)
{
  put_lines (runner);
  if (telar_run_is_over (runner->run) && telar_outlet_get_queued (runner->outlet) == 0)
    g_main_loop_quit (runner->loop);
}

static void
on_outlet_changed (gpointer data)
{
  TelarRunner *runner = data;

  /* Nobody reads: there is nothing left to run for. */
  if (telar_outlet_get_state (runner->outlet) != TELAR_OUTLET_OPEN
      && !telar_run_is_over (runner->run))
    telar_run_stop (runner->run);
  hold_or_let_flow (runner);
  on_changed (runner);
}

/* Signals. */

static gboolean
on_signal (gpointer data)
{
  Signal      *one = data;
  TelarRunner *runner = one->runner;

  if (runner->signal_number != 0)
    {
      runner->abandoned = TRUE;
      g_main_loop_quit (runner->loop);
      return G_SOURCE_CONTINUE;
    }
  runner->signal_number = one->number;
  if (telar_run_is_over (runner->run))
    {
      /* Only a slow reader was waited for. */
      runner->abandoned = TRUE;
      g_main_loop_quit (runner->loop);
    }
  else
    telar_run_stop (runner->run);
  return G_SOURCE_CONTINUE;
}

/* A signal that was ignored from the start (nohup, a shell's background) stays so. */
static gboolean
is_ignored (int number)
{
  struct sigaction action;

  return sigaction (number, NULL, &action) == 0 && action.sa_handler == SIG_IGN;
}

static void
watch_signals (TelarRunner *runner)
{
  static const int numbers[] = { SIGINT, SIGTERM, SIGHUP };

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    if (!is_ignored (numbers[i]))
      {
        Signal *one = g_new (Signal, 1);
        *one = (Signal){ runner, numbers[i] };
        runner->sources[i] = g_unix_signal_add_full (G_PRIORITY_HIGH, numbers[i], on_signal, one,
                                                     g_free);
      }
  signal (SIGPIPE, SIG_IGN);
}

/* From here on they do what they do to any program. */
static void
unwatch_signals (TelarRunner *runner)
{
  for (guint i = 0; i < G_N_ELEMENTS (runner->sources); i++)
    g_clear_handle_id (&runner->sources[i], g_source_remove);
}

/* The run's file. */

static gboolean
on_flush (gpointer data)
{
  TelarRunner *runner = data;
  g_autoptr (GError) error = NULL;

  if (telar_run_writer_flush (runner->writer, &error))
    return G_SOURCE_CONTINUE;
  telar_command_complain (runner->command, "%s", error->message);
  runner->unkept = TRUE;
  runner->flush = 0;
  return G_SOURCE_REMOVE;
}

/* Writes what is left of the run. */
static void
close_file (TelarRunner *runner)
{
  g_autoptr (GError) error = NULL;

  g_clear_handle_id (&runner->flush, g_source_remove);
  if (runner->writer == NULL)
    return;
  if (!telar_run_writer_close (g_steal_pointer (&runner->writer), &error) && !runner->unkept)
    {
      telar_command_complain (runner->command, "%s", error->message);
      runner->unkept = TRUE;
    }
  /* Nothing ran. */
  if (telar_run_get_state (runner->run) == TELAR_RUN_REFUSED)
    g_unlink (runner->file);
}

/* The end. */

static void
free_beginning (gpointer data)
{
  g_string_free (data, TRUE);
}

static int
refused (TelarRunner *runner)
{
  const GError *error = telar_run_get_error (runner->run);

  telar_command_complain (runner->command, "%s",
                          error != NULL ? error->message : _ ("the run could not begin"));
  return g_error_matches (error, TELAR_RUN_ERROR, TELAR_RUN_ERROR_SOURCE)
             || g_error_matches (error, TELAR_RUN_ERROR, TELAR_RUN_ERROR_PLUGIN)
           ? TELAR_EXIT_WRONG
           : TELAR_EXIT_LOST;
}

static void
tell_what_was_lost (TelarRunner *runner)
{
  const TelarTimeline *timeline = telar_run_get_timeline (runner->run);
  g_autofree char     *size = NULL;

  if (runner->prints && telar_outlet_get_state (runner->outlet) == TELAR_OUTLET_FAILED)
    telar_command_complain (runner->command, _ ("the output could not be written: %s"),
                            g_strerror (telar_outlet_get_error (runner->outlet)));
  if (timeline->lost_bytes == 0)
    return;
  size = g_format_size_full (timeline->lost_bytes, G_FORMAT_SIZE_IEC_UNITS);
  telar_command_complain (runner->command,
                          _ ("tasks printed %s more than is kept of a run: %d MiB, %d million "
                             "lines"), size, (int) (TELAR_BYTES_KEPT >> 20),
                          (int) (TELAR_LINES_KEPT >> 20));
}

static int
status_of (TelarRunner *runner)
{
  const TelarTimeline *timeline = telar_run_get_timeline (runner->run);
  TelarRunState        state = telar_run_get_state (runner->run);

  if (runner->abandoned)
    return TELAR_EXIT_SIGNAL + runner->signal_number;
  if (state == TELAR_RUN_REFUSED || state == TELAR_RUN_ENGINE_LOST)
    return refused (runner);
  if (runner->signal_number != 0 && timeline->end.reason == TELAR_ENDED_STOPPED)
    return TELAR_EXIT_SIGNAL + runner->signal_number;
  if (timeline->end.reason == TELAR_ENDED_DEADLOCK)
    {
      g_autofree char *what = telar_deadlocks_describe (timeline);
      telar_command_complain (runner->command, _ ("deadlock: %s"),
                              what != NULL ? what : _ ("nobody can go on"));
      return TELAR_EXIT_LOST;
    }
  if (timeline->end.reason == TELAR_ENDED_TIMEOUT)
    {
      g_autofree char *time = telar_time_format (runner->timeout_ns);
      telar_command_complain (runner->command, _ ("ended after %s, as --timeout asks"), time);
      return TELAR_EXIT_TIMEOUT;
    }
  if (telar_outlet_get_state (runner->outlet) == TELAR_OUTLET_FAILED || runner->unkept)
    return TELAR_EXIT_WRONG;
  return telar_timeline_exit_status (timeline) == 0 ? TELAR_EXIT_WELL : TELAR_EXIT_TASKS;
}

TelarRunner *
telar_runner_new (const TelarCommand *command, const TelarOpened *opened, gboolean prints)
{
  TelarRunner       *runner = g_new0 (TelarRunner, 1);
  g_autoptr (GArray) cores = NULL;
  TelarRunOptions    options;

  g_return_val_if_fail (command != NULL && opened != NULL && opened->plan != NULL, NULL);

  cores = telar_opened_core_numbers (opened);
  runner->command = command;
  runner->prints = prints;
  runner->timeout_ns = opened->options.timeout_ns;
  runner->loop = g_main_loop_new (NULL, FALSE);
  runner->outlet = telar_outlet_new (on_outlet_changed, runner);
  runner->beginnings = g_hash_table_new_full (NULL, NULL, NULL, free_beginning);
  options = opened->options;
  options.stops_deadlocked = TRUE;
  runner->run = telar_run_new (opened->plan, cores, &options);
  g_signal_connect_swapped (runner->run, "changed", G_CALLBACK (on_changed), runner);
  g_signal_connect_swapped (runner->run, "line", G_CALLBACK (on_changed), runner);
  g_signal_connect_swapped (runner->run, "notify::state", G_CALLBACK (on_changed), runner);
  watch_signals (runner);
  return runner;
}

gboolean
telar_runner_keep (TelarRunner *runner, const TelarOpened *opened, const char *file)
{
  g_autoptr (GError) error = NULL;
  gsize size;
  g_autofree char *graph = NULL;

  g_return_val_if_fail (runner != NULL && opened != NULL && runner->writer == NULL, FALSE);

  graph = telar_graph_print (opened->graph, &size);
  runner->writer = telar_run_writer_new (file, telar_run_get_timeline (runner->run),
                                         opened->machine, graph, size, &error);
  if (runner->writer == NULL)
    {
      telar_command_complain (runner->command, "%s", error->message);
      return FALSE;
    }
  runner->file = g_strdup (file);
  runner->flush = g_timeout_add (TELAR_RUN_FLUSH_MS, on_flush, runner);
  return TRUE;
}

void
telar_runner_free (TelarRunner *runner)
{
  unwatch_signals (runner);
  close_file (runner);
  g_signal_handlers_disconnect_by_data (runner->run, runner);
  g_object_unref (runner->run);
  telar_outlet_free (runner->outlet);
  g_free (runner->file);
  g_hash_table_unref (runner->beginnings);
  g_main_loop_unref (runner->loop);
  g_free (runner);
}

int
telar_runner_run (TelarRunner *runner)
{
  int status;

  g_return_val_if_fail (runner != NULL, TELAR_EXIT_LOST);

  telar_run_start (runner->run);
  put_lines (runner);
  if (!telar_run_is_over (runner->run) || telar_outlet_get_queued (runner->outlet) > 0)
    g_main_loop_run (runner->loop);
  unwatch_signals (runner);
  close_file (runner);
  status = status_of (runner);
  tell_what_was_lost (runner);
  return status;
}

void
telar_runner_print (TelarRunner *runner, const char *text)
{
  const char      *charset;
  g_autofree char *converted = NULL;

  g_return_if_fail (runner != NULL && text != NULL);

  if (!g_get_charset (&charset))
    {
      g_autofree char *nearest = g_strconcat (charset, "//TRANSLIT", NULL);
      converted = g_convert (text, -1, nearest, "UTF-8", NULL, NULL, NULL);
    }
  if (converted != NULL)
    text = converted;
  telar_outlet_write (runner->outlet, TELAR_STREAM_OUT, text, strlen (text));
  while (telar_outlet_get_queued (runner->outlet) > 0)
    g_main_context_iteration (NULL, TRUE);
}

TelarTimeline *
telar_runner_get_timeline (TelarRunner *runner)
{
  g_return_val_if_fail (runner != NULL, NULL);

  return telar_run_get_timeline (runner->run);
}

gboolean
telar_runner_has_record (TelarRunner *runner)
{
  g_return_val_if_fail (runner != NULL, FALSE);

  return !runner->abandoned && telar_run_get_state (runner->run) != TELAR_RUN_REFUSED;
}

/* run.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>

#include "engine/reaper.h"
#include "recorder/clock.h"
#include "run/link.h"
#include "run/message.h"

/* An engine that was asked to stop and has not even ended main is ended after
 * this; one that is at it has several times as long: what is left of ten
 * thousand processes takes the kernel about a second. */
#define STOP_PATIENCE_MS 700
#define STOP_ROUNDS 5

/* Between two looks at what does not end, µs. */
#define LATE_PERIOD 20000

/* Reading goes on for so long before the main loop has its turn, µs. */
#define TURN 3000

struct _TelarRun
{
  GObject         parent_instance;

  /* Given. */
  GBytes         *plan;        /* owned */
  TelarRunOptions options;

  /* State. */
  TelarRunState   state;
  TelarTimeline  *timeline;    /* owned */
  GError         *error;       /* owned, nullable */
  gboolean        holding;

  /* While an engine runs. */
  TelarLink       link;
  GSource        *source;      /* owned, nullable */
  GSource        *patience;    /* owned, nullable */
  GMainContext   *context;     /* owned */
  gint32          main_pid;
  guint           rounds;      /* of patience, so far */
  guint8         *buffer;      /* owned */
};

G_DEFINE_TYPE (TelarRun, telar_run, G_TYPE_OBJECT)
G_DEFINE_QUARK (telar-run-error, telar_run_error)

enum { PROP_0, PROP_STATE, N_PROPS };
enum { CHANGED, LINE, N_SIGNALS };

static GParamSpec *properties[N_PROPS];
static guint       signals[N_SIGNALS];

static void
set_state (TelarRun *run, TelarRunState state)
{
  if (run->state == state)
    return;
  run->state = state;
  g_object_notify_by_pspec (G_OBJECT (run), properties[PROP_STATE]);
}

static void
clear_source (GSource **source)
{
  if (*source != NULL)
    g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

/* What a dead engine left behind. */

typedef struct
{
  pid_t engine;  /* 0: reaped by now */
  pid_t session; /* 0: nobody knows */
  char *mark;    /* owned */
} Leftovers;

static Leftovers *
leftovers_new (TelarRun *run)
{
  Leftovers *leftovers = g_new0 (Leftovers, 1);

  leftovers->engine = run->link.engine;
  leftovers->session = run->main_pid;
  leftovers->mark = g_strdup (run->link.mark);
  return leftovers;
}

static void
leftovers_free (gpointer data)
{
  Leftovers *leftovers = data;

  g_free (leftovers->mark);
  g_free (leftovers);
}

/* Until nothing is left, however long the kernel keeps it. */
static gpointer
end_all (gpointer data /* (transfer full) */)
{
  Leftovers *leftovers = data;

  while (!telar_reaper_end (leftovers->session, leftovers->mark, 1, NULL, NULL))
    g_usleep (LATE_PERIOD);
  leftovers_free (leftovers);
  return NULL;
}

/* An engine ends by itself only when nothing of its run is left. */
static void
engine_ended (GPid pid, int status, gpointer data)
{
  Leftovers *leftovers = data;

  g_spawn_close_pid (pid);
  if (!WIFSIGNALED (status))
    {
      leftovers_free (leftovers);
      return;
    }
  g_thread_unref (g_thread_new ("leftovers", end_all, leftovers));
}

/* Hangs up; the engine is reaped whenever it is done. */
static void
hang_up (TelarRun *run)
{
  clear_source (&run->source);
  clear_source (&run->patience);
  if (run->link.engine != 0)
    {
      g_autoptr (GSource) watch = g_child_watch_source_new (run->link.engine);
      g_source_set_callback (watch, G_SOURCE_FUNC (engine_ended), leftovers_new (run), NULL);
      g_source_attach (watch, run->context);
      run->link.engine = 0;
    }
  telar_link_close (&run->link);
}

static void
fail (TelarRun *run, TelarRunState state, GError *error /* (transfer full) */)
{
  g_clear_error (&run->error);
  run->error = error;
  hang_up (run);
  telar_timeline_break_off (run->timeline);
  set_state (run, state);
  g_signal_emit (run, signals[CHANGED], 0);
}

static void
end_leftovers (GTask *task, gpointer object, gpointer data, GCancellable *cancellable)
{
  Leftovers *leftovers = data;
  siginfo_t  info;

  /* Its children become telar's only when it is dead; hearing that the line is
   * closed may come before. Left for GLib to reap. */
  if (leftovers->engine != 0)
    waitid (P_PID, (id_t) leftovers->engine, &info, WEXITED | WNOWAIT);
  telar_reaper_end (leftovers->session, leftovers->mark, 2 * TELAR_REAPER_PATIENCE, NULL, NULL);
  g_task_return_boolean (task, TRUE);
}

static void
leftovers_ended (GObject *object, GAsyncResult *result, gpointer data)
{
  fail (TELAR_RUN (object), TELAR_RUN_ENGINE_LOST,
        g_error_new (TELAR_RUN_ERROR, TELAR_RUN_ERROR_LOST,
                     _("telar-engine ended unexpectedly, and the run with it. What was recorded "
                       "until then is kept; press Run to start again.")));
}

/* Nothing of the run may live on: what the engine would have ended is now
 * telar's own child. */
static void
lose_engine (TelarRun *run)
{
  g_autoptr (GTask) task = g_task_new (run, NULL, leftovers_ended, NULL);
  Leftovers *leftovers = leftovers_new (run);

  clear_source (&run->source);
  clear_source (&run->patience);
  if (run->link.engine != 0)
    kill (run->link.engine, SIGKILL);
  g_task_set_task_data (task, leftovers, leftovers_free);
  g_task_run_in_thread (task, end_leftovers);
}

/* Messages. */

static void
take_line (TelarRun *run, const TelarMessage *message)
{
  guint before = run->timeline->lines->len;

  telar_message_feed (message, run->timeline);
  for (guint i = before; i < run->timeline->lines->len; i++)
    g_signal_emit (run, signals[LINE], 0, i);
}

static void
take_message (TelarRun *run, const TelarMessage *message)
{
  GError *refusal;

  switch ((TelarMessageType) message->type)
    {
    case TELAR_MESSAGE_BEGUN:
      if (!telar_message_feed (message, run->timeline))
        break;
      run->main_pid = run->timeline->begun.main_pid;
      if (run->state == TELAR_RUN_STARTING)
        set_state (run, TELAR_RUN_RUNNING);
      break;
    case TELAR_MESSAGE_REFUSED:
      refusal = telar_message_refusal (message, g_bytes_get_data (run->plan, NULL));
      if (refusal != NULL)
        fail (run, TELAR_RUN_REFUSED, refusal);
      break;
    case TELAR_MESSAGE_LINE:
      take_line (run, message);
      break;
    case TELAR_MESSAGE_ENDED:
      if (!telar_message_feed (message, run->timeline))
        break;
      hang_up (run);
      set_state (run, TELAR_RUN_ENDED);
      break;
    case TELAR_MESSAGE_SWITCHES:
    case TELAR_MESSAGE_SAMPLES:
    case TELAR_MESSAGE_EVENTS:
    case TELAR_MESSAGE_LOADS:
    case TELAR_MESSAGE_NOW:
    case TELAR_MESSAGE_RUN:
    case TELAR_MESSAGE_STOP:
    case TELAR_MESSAGE_HOLD:
    case TELAR_MESSAGE_FLOW:
    default:
      telar_message_feed (message, run->timeline);
      break;
    }
}

static gboolean
on_readable (int descriptor, GIOCondition condition, gpointer data)
{
  g_autoptr (TelarRun) run = g_object_ref (data);
  gint64   until = g_get_monotonic_time () + TURN;
  gboolean closed = FALSE;
  const TelarMessage *message;

  while (run->source != NULL && g_get_monotonic_time () < until
         && (message = telar_link_receive (&run->link, run->buffer, &closed)) != NULL)
    take_message (run, message);
  if (closed && run->source != NULL)
    lose_engine (run);
  g_signal_emit (run, signals[CHANGED], 0);
  return run->source != NULL ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

/* As /proc tells it: R, S, T (stopped), Z…; X where there is no such process. */
static char
state_of (pid_t pid)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/stat", pid);
  g_autofree char *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return 'X';
  const char *after_name = strrchr (text, ')');
  return after_name != NULL && after_name[1] == ' ' ? after_name[2] : 'X';
}

/* Main has ended, and the engine goes on to end the rest. */
static gboolean
engine_is_at_it (TelarRun *run)
{
  return run->main_pid != 0 && strchr ("ZX", state_of (run->main_pid)) != NULL
         && strchr ("TtZX", state_of (run->link.engine)) == NULL;
}

static gboolean
on_patience_over (gpointer data)
{
  TelarRun *run = data;

  if (++run->rounds < STOP_ROUNDS && engine_is_at_it (run))
    return G_SOURCE_CONTINUE;
  clear_source (&run->patience);
  lose_engine (run);
  return G_SOURCE_REMOVE;
}

/* GObject. */

static void
telar_run_dispose (GObject *object)
{
  TelarRun *run = TELAR_RUN (object);

  hang_up (run);
  G_OBJECT_CLASS (telar_run_parent_class)->dispose (object);
}

static void
telar_run_finalize (GObject *object)
{
  TelarRun *run = TELAR_RUN (object);

  g_clear_pointer (&run->plan, g_bytes_unref);
  g_clear_pointer (&run->timeline, telar_timeline_unref);
  g_clear_pointer (&run->context, g_main_context_unref);
  g_clear_pointer (&run->buffer, g_free);
  g_clear_error (&run->error);
  G_OBJECT_CLASS (telar_run_parent_class)->finalize (object);
}

static void
telar_run_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_STATE:
      g_value_set_int (value, TELAR_RUN (object)->state);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
telar_run_class_init (TelarRunClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = telar_run_dispose;
  object_class->finalize = telar_run_finalize;
  object_class->get_property = telar_run_get_property;

  properties[PROP_STATE]
      = g_param_spec_int ("state", NULL, NULL, TELAR_RUN_STARTING, TELAR_RUN_ENGINE_LOST,
                          TELAR_RUN_STARTING, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[CHANGED] = g_signal_new ("changed", TELAR_TYPE_RUN, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  signals[LINE] = g_signal_new ("line", TELAR_TYPE_RUN, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
telar_run_init (TelarRun *run)
{
  run->link.socket = -1;
  run->context = g_main_context_ref_thread_default ();
}

TelarRun *
telar_run_new (GBytes *plan, const GArray *core_numbers, const TelarRunOptions *options)
{
  TelarRun *run = g_object_new (TELAR_TYPE_RUN, NULL);

  run->plan = g_bytes_ref (plan);
  run->options = *options;
  run->timeline = telar_timeline_new (plan, core_numbers);
  return run;
}

void
telar_run_start (TelarRun *run)
{
  TelarRunRequest request = { .version = TELAR_WIRE_VERSION, .source = run->options.source,
                              .source_forced = run->options.source_forced,
                              .stops_deadlocked = run->options.stops_deadlocked,
                              .timeout_ns = run->options.timeout_ns };
  GError *error = NULL;

  g_return_if_fail (TELAR_IS_RUN (run));
  g_return_if_fail (run->buffer == NULL);

  telar_reaper_adopt ();
  run->buffer = g_malloc (TELAR_MESSAGE_MAX);
  if (!telar_link_open (&run->link, run->plan, &error)
      || !telar_link_send_run (&run->link, &request, run->plan, &error))
    {
      fail (run, TELAR_RUN_REFUSED, error);
      return;
    }
  run->source = g_unix_fd_source_new (run->link.socket, G_IO_IN | G_IO_HUP | G_IO_ERR);
  g_source_set_callback (run->source, G_SOURCE_FUNC (on_readable), run, NULL);
  g_source_attach (run->source, run->context);
}

void
telar_run_stop (TelarRun *run)
{
  g_return_if_fail (TELAR_IS_RUN (run));

  if (run->source == NULL || run->patience != NULL)
    return;
  telar_link_send (&run->link, TELAR_MESSAGE_STOP);
  set_state (run, TELAR_RUN_STOPPING);
  run->patience = g_timeout_source_new (STOP_PATIENCE_MS);
  g_source_set_callback (run->patience, on_patience_over, run, NULL);
  g_source_attach (run->patience, run->context);
}

TelarRunState
telar_run_get_state (TelarRun *run)
{
  g_return_val_if_fail (TELAR_IS_RUN (run), TELAR_RUN_REFUSED);
  return run->state;
}

TelarTimeline *
telar_run_get_timeline (TelarRun *run)
{
  g_return_val_if_fail (TELAR_IS_RUN (run), NULL);
  return run->timeline;
}

const GError *
telar_run_get_error (TelarRun *run)
{
  g_return_val_if_fail (TELAR_IS_RUN (run), NULL);
  return run->error;
}

gboolean
telar_run_is_over (TelarRun *run)
{
  g_return_val_if_fail (TELAR_IS_RUN (run), TRUE);
  return run->state >= TELAR_RUN_ENDED;
}

void
telar_run_hold_output (TelarRun *run, gboolean hold)
{
  g_return_if_fail (TELAR_IS_RUN (run));

  if (run->holding == !!hold)
    return;
  run->holding = !!hold;
  telar_link_send (&run->link, hold ? TELAR_MESSAGE_HOLD : TELAR_MESSAGE_FLOW);
}

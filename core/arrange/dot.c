/* dot.c
 *
 * SPDX-License-Identifier: MIT
 *
 * All parts go through one process, a digraph each: what starting dot costs is
 * paid once. Its points are our pixels. It reads from a memory file: it may die
 * without a broken pipe for us.
 */

#include "config.h"

#include <jansson.h>
#include <math.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "arrange/dot.h"

#define POINTS_PER_INCH 72.0
#define NEAR 1.0 /* dot rounds to whole points */

/* From here on dot may not try everything: 1,000 connected items then take half a second. */
#define MANY   300
#define LIMITS "nslimit=0.5 mclimit=0.1 "

typedef struct
{
  GCancellable *stop;    /* borrowed: ends the reading */
  GBytes       **output; /* borrowed */
  gboolean     late;
  gboolean     done, good;
} Talk;

/* ---- what dot reads ------------------------------------------------------- */

static void
append_inches (GString *text, const char *name, double points)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (number, sizeof number, "%.5f", points / POINTS_PER_INCH);
  g_string_append_printf (text, "%s=%s ", name, number);
}

static void
append_part (GString *text, const TelarArrangePart *part)
{
  g_autofree guint *layer = telar_layers_find (part->n_items, part->edges, part->n_edges);

  g_string_append (text, "digraph { graph [ rankdir=LR splines=none ");
  append_inches (text, "nodesep", TELAR_ROW_GAP);
  append_inches (text, "ranksep", TELAR_LAYER_GAP);
  g_string_append (text, part->n_items > MANY ? LIMITS : "");
  g_string_append (text, "] node [ shape=box fixedsize=true label=\"\" ]\n");
  for (guint i = 0; i < part->n_items; i++)
    {
      g_string_append_printf (text, "%u [ ", i);
      append_inches (text, "width", part->items[i].width);
      append_inches (text, "height", part->items[i].height);
      g_string_append (text, "]\n");
    }
  /* An edge that passes boxes is straight if it can be, and then clear of them. */
  for (guint i = 0; i < part->n_edges; i++)
    {
      guint from = part->edges[i].from, to = part->edges[i].to;

      g_string_append_printf (text, "%u -> %u%s\n", from, to,
                              layer[to] > layer[from] + 1 ? " [ weight=4 ]" : "");
    }
  /* What waits for nothing begins at once: at the left, also when dot would
   * rather have it near what comes next. */
  g_string_append (text, "{ rank=min ");
  for (guint i = 0; i < part->n_items; i++)
    if (layer[i] == 0)
      g_string_append_printf (text, "%u ", i);
  g_string_append (text, "}\n}\n");
}

static char *
write_parts (GPtrArray *parts)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < parts->len; i++)
    append_part (text, parts->pdata[i]);
  return g_string_free (text, FALSE);
}

/* ---- what dot writes ------------------------------------------------------ */

static gboolean
read_number (const char **text, double *number)
{
  char *end;

  *number = g_ascii_strtod (*text, &end);
  if (end == *text || !isfinite (*number))
    return FALSE;
  *text = end;
  return TRUE;
}

/* { "objects": [ { "name": "0", "pos": "112,37" }, … ] }; pos is the middle,
 * y runs upwards. */
static gboolean
read_part (TelarArrangePart *part, json_t *graph)
{
  json_t *objects = json_object_get (graph, "objects");
  g_autofree gboolean *seen = g_new0 (gboolean, part->n_items);
  guint n_seen = 0;

  for (size_t i = 0; i < json_array_size (objects); i++)
    {
      json_t *object = json_array_get (objects, i);
      const char *name = json_string_value (json_object_get (object, "name"));
      const char *pos = json_string_value (json_object_get (object, "pos"));
      guint64 number;
      double x, y;

      /* A group of nodes. */
      if (json_object_get (object, "nodes") != NULL)
        continue;
      if (name == NULL || pos == NULL
          || !g_ascii_string_to_unsigned (name, 10, 0, part->n_items - 1, &number, NULL)
          || seen[number] || !read_number (&pos, &x) || *pos++ != ',' || !read_number (&pos, &y))
        return FALSE;
      seen[number] = TRUE;
      n_seen++;
      part->items[number].x = x - part->items[number].width / 2;
      part->items[number].y = -y - part->items[number].height / 2;
    }
  return n_seen == part->n_items;
}

static double
get_middle (const TelarLayerItem *item)
{
  return item->x + item->width / 2;
}

static int
compare_columns (gconstpointer a, gconstpointer b, gpointer data)
{
  const TelarLayerItem *items = data;
  const TelarLayerItem *x = &items[*(const guint *) a], *y = &items[*(const guint *) b];
  double dx = get_middle (x) - get_middle (y);

  if (fabs (dx) > NEAR)
    return dx < 0 ? -1 : 1;
  return x->y < y->y ? -1 : x->y > y->y;
}

/* dot is free to put what comes first at the bottom: upside down it is the same
 * layout, so the one is taken that has more in the order in which it was given,
 * within columns, and if that says nothing, in all. */
static void
set_upright (TelarArrangePart *part)
{
  g_autofree guint *order = g_new (guint, part->n_items);
  double upright = 0, mean = 0;

  for (guint i = 0; i < part->n_items; i++)
    {
      order[i] = i;
      mean += (part->items[i].y + part->items[i].height / 2) / part->n_items;
    }
  g_qsort_with_data (order, (int) part->n_items, sizeof order[0], compare_columns, part->items);
  for (guint i = 1; i < part->n_items; i++)
    {
      const TelarLayerItem *a = &part->items[order[i - 1]], *b = &part->items[order[i]];

      if (fabs (get_middle (a) - get_middle (b)) <= NEAR)
        upright += order[i - 1] < order[i] ? 1 : -1;
    }
  for (guint i = 0, n = upright == 0 ? part->n_items : 0; i < n; i++)
    upright += (i - (n - 1) / 2.0) * (part->items[i].y + part->items[i].height / 2 - mean);
  for (guint i = 0; upright < 0 && i < part->n_items; i++)
    part->items[i].y = -part->items[i].y - part->items[i].height;
}

/* dot has the middles of a column's boxes below each other; ours begin at the
 * same x, as those of layers.h do. */
static void
align_columns (TelarArrangePart *part)
{
  g_autofree guint *order = g_new (guint, part->n_items);

  for (guint i = 0; i < part->n_items; i++)
    order[i] = i;
  g_qsort_with_data (order, (int) part->n_items, sizeof order[0], compare_columns, part->items);
  for (guint first = 0, end; first < part->n_items; first = end)
    {
      double middle = get_middle (&part->items[order[first]]), left = HUGE_VAL;

      for (end = first; end < part->n_items
                        && get_middle (&part->items[order[end]]) <= middle + NEAR; end++)
        left = MIN (left, part->items[order[end]].x);
      for (guint i = first; i < end; i++)
        part->items[order[i]].x = left;
    }
}

static void
move_to_origin (TelarArrangePart *part)
{
  double left = HUGE_VAL, top = HUGE_VAL;

  part->width = part->height = 0;
  for (guint i = 0; i < part->n_items; i++)
    {
      left = MIN (left, part->items[i].x);
      top = MIN (top, part->items[i].y);
    }
  for (guint i = 0; i < part->n_items; i++)
    {
      TelarLayerItem *item = &part->items[i];

      item->x = round (item->x - left);
      item->y = round (item->y - top);
      part->width = MAX (part->width, item->x + item->width);
      part->height = MAX (part->height, item->y + item->height);
    }
}

static gboolean
runs_right (const TelarArrangePart *part)
{
  for (guint i = 0; i < part->n_edges; i++)
    {
      const TelarLayerItem *from = &part->items[part->edges[i].from];

      if (from->x + from->width > part->items[part->edges[i].to].x)
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_parts (GPtrArray *parts, const char *text, gsize length)
{
  for (guint i = 0; i < parts->len; i++)
    {
      json_error_t error;
      json_t *graph = json_loadb (text, length, JSON_DISABLE_EOF_CHECK, &error);
      gboolean good = graph != NULL && read_part (parts->pdata[i], graph);

      if (graph != NULL)
        json_decref (graph);
      if (!good || error.position < 0 || (gsize) error.position > length)
        return FALSE;
      text += error.position;
      length -= error.position;
      set_upright (parts->pdata[i]);
      align_columns (parts->pdata[i]);
      move_to_origin (parts->pdata[i]);
      if (!runs_right (parts->pdata[i]))
        return FALSE;
    }
  return TRUE;
}

/* ---- the process ---------------------------------------------------------- */

static GSubprocess *
start (const char *text)
{
  g_autoptr (GSubprocessLauncher) launcher
    = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE
                                 | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_autoptr (GError) error = NULL;
  GSubprocess *process;
  gsize length = strlen (text);
  int file = memfd_create ("telar-dot", MFD_CLOEXEC);

  for (gsize done = 0; file >= 0 && done < length;)
    {
      ssize_t n = write (file, text + done, length - done);

      if (n <= 0)
        {
          close (file);
          file = -1;
          break;
        }
      done += n;
    }
  if (file < 0 || lseek (file, 0, SEEK_SET) < 0)
    {
      g_debug ("no dot: no memory file");
      return NULL;
    }
  g_subprocess_launcher_take_stdin_fd (launcher, file);
  process = g_subprocess_launcher_spawn (launcher, &error, "dot", "-Tjson0", NULL);
  if (process == NULL)
    g_debug ("no dot: %s", error->message);
  return process;
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  Talk *talk = data;

  talk->good = g_subprocess_communicate_finish (G_SUBPROCESS (source), result, talk->output, NULL,
                                                NULL);
  talk->done = TRUE;
}

static gboolean
on_late (gpointer data)
{
  Talk *talk = data;

  talk->late = TRUE;
  g_cancellable_cancel (talk->stop);
  return G_SOURCE_REMOVE;
}

static gboolean
on_cancelled (GCancellable *cancellable, gpointer data)
{
  Talk *talk = data;

  g_cancellable_cancel (talk->stop);
  return G_SOURCE_REMOVE;
}

static void
attach (GSource *source, GSourceFunc function, Talk *talk, GMainContext *context)
{
  g_source_set_callback (source, function, talk, NULL);
  g_source_attach (source, context);
}

/* In a context of its own, so that cancelling and the time limit are heard in
 * whatever thread this is. */
static gboolean
wait_for (GSubprocess *process, gint64 deadline, GCancellable *cancellable, GBytes **output)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (GCancellable) stop = g_cancellable_new ();
  gint64 left = CLAMP (deadline - g_get_monotonic_time (), 0, G_USEC_PER_SEC * 60);
  g_autoptr (GSource) timer = g_timeout_source_new ((guint) (left / 1000));
  g_autoptr (GSource) watch = g_cancellable_source_new (cancellable);
  Talk talk = { .stop = stop, .output = output };
  gboolean good;

  g_main_context_push_thread_default (context);
  attach (timer, on_late, &talk, context);
  attach (watch, G_SOURCE_FUNC (on_cancelled), &talk, context);
  g_subprocess_communicate_async (process, NULL, stop, on_read, &talk);
  while (!talk.done)
    g_main_context_iteration (context, TRUE);
  g_source_destroy (timer);
  g_source_destroy (watch);
  /* Ended or not: none is left behind. */
  g_subprocess_force_exit (process);
  g_subprocess_wait (process, NULL, NULL);
  g_main_context_pop_thread_default (context);

  good = talk.good && g_subprocess_get_successful (process)
         && !g_cancellable_is_cancelled (cancellable);
  if (!good)
    g_debug ("dot %s", talk.late ? "was late" : "failed, or was cancelled");
  return good;
}

gboolean
telar_arrange_dot (GPtrArray *parts, gint64 deadline, GCancellable *cancellable)
{
  g_autofree char *text = write_parts (parts);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GBytes) output = NULL;
  const char *written;
  gsize length = 0;

  if (g_cancellable_is_cancelled (cancellable))
    return FALSE;
  process = start (text);
  if (process == NULL || !wait_for (process, deadline, cancellable, &output))
    return FALSE;
  written = g_bytes_get_data (output, &length);
  if (written != NULL && read_parts (parts, written, length))
    return TRUE;
  g_debug ("dot wrote something else");
  return FALSE;
}

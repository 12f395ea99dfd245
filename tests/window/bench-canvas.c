/* bench-canvas.c
 *
 * SPDX-License-Identifier: MIT
 *
 * How long a person waits for the canvas with 5,000 tasks: opening them, looking
 * around, dragging, editing, undo. Measured in the widgets themselves, in a
 * window of 1920 × 1080: alone, then with the inspector and the Python program
 * beside it. Times are the main thread's own CPU time, so that what else the
 * machine does stays out: "work" is all that is done until the next frame begins
 * to be painted; "painting" is the picture of the graph; "frame" is all of GTK's
 * painting by cairo, with that picture, until it is sent to the display.
 *
 * on-display.py gives it a display.
 */

#include "config.h"

#include <glib/gstdio.h>
#include <time.h>

#include "bench-measure.h"
#include "edit/document-file.h"
#include "edit/operations.h"
#include "graph-view/graph-view-private.h"
#include "graph/graph-file.h"
#include "inspector/inspector.h"
#include "paint/graph-layout.h"
#include "python-pane/python-pane.h"

#define N_TASKS   5000
#define N_DELETED 500
#define FRAMES    40  /* of a motion */
#define ROUNDS    7   /* of an edit */
#define THRESHOLD 20  /* further than what is no drag yet */

typedef struct
{
  TelarDocument  *document;
  TelarSelection *selection;
  TelarGraphView *view;
  GtkWidget      *inspector; /* nullable, as the next */
  GtkWidget      *python;
  GtkWidget      *window;
  GtkWidget      *room;      /* what the view is in */
  guint           frames;
  double          frame, painting, painted; /* when the phases of the last frame began, ended */
  GArray         *work, *paint, *whole;     /* double, ms: of the row that is measured */
  double          longest;                  /* ms that the main loop did one thing */
} Bench;

static double
now_ms (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);

  return (double) time.tv_sec * 1e3 + (double) time.tv_nsec / 1e6;
}

/* --- What is measured --- */

/* Processes, two threads inside every eighth, in a tree; or so that arrows lead
 * across all of it. */
static TelarGraph *
make_graph (gboolean tangled)
{
  TelarGraph                   *graph = telar_graph_new ();
  g_autoptr (TelarGraph)        copy = NULL;
  g_autoptr (TelarGraphLayout)  layout = NULL;

  graph->start_method = TELAR_METHOD_SPAWN; /* a fork beside threads is warned of */
  for (guint i = 0; i < N_TASKS; i++)
    {
      g_autofree char *id = g_strdup_printf ("p%u", i);
      TelarTask       *task = telar_task_new (id, i % 10 < 2 ? TELAR_KIND_THREAD
                                                             : TELAR_KIND_PROCESS);

      if (i % 10 < 2 && i >= 10)
        task->inside = g_strdup_printf ("p%u", i - i % 10 - 1);
      else if (i >= 10)
        g_ptr_array_add (task->after,
                         g_strdup_printf ("p%u", tangled ? (i - 1) / 30 * 10 + 2 + i % 7
                                                         : i / 30 * 10 + 2 + i / 3 % 8));
      g_ptr_array_add (task->steps,
                       telar_step_new ("square", json_pack ("[[i,i,i,i,i,i]]", 43, 50, 5, 98, 34,
                                                            35)));
      g_ptr_array_add (graph->tasks, task);
    }

  copy = telar_graph_copy (graph);
  layout = telar_graph_layout_new (copy, NULL);
  for (guint i = 0; i < N_TASKS; i++)
    {
      TelarTask *task = g_ptr_array_index (graph->tasks, i);

      task->has_position = TRUE;
      task->x = layout->boxes[i + 1].x;
      task->y = layout->boxes[i + 1].y;
    }

  return graph;
}

/* --- Frames --- */

static void
frame_begins (GdkFrameClock *clock,
              Bench         *bench)
{
  bench->frame = now_ms ();
  bench->painting = bench->frame; /* where nothing is laid out */
}

static void
frame_is_laid_out (GdkFrameClock *clock,
                   Bench         *bench)
{
  bench->painting = now_ms ();
}

static void
frame_is_painted (GdkFrameClock *clock,
                  Bench         *bench)
{
  bench->painted = now_ms ();
  bench->frames++;
}

static void
turn (Bench    *bench,
      gboolean  waits)
{
  double begin;

  while (waits && !g_main_context_pending (NULL))
    g_usleep (200);
  begin = now_ms ();
  g_main_context_iteration (NULL, FALSE);
  bench->longest = MAX (bench->longest, now_ms () - begin);
}

/* Until nothing is left to be done: names, faults, the Python program. */
static void
settle (Bench *bench)
{
  gint64 quiet_since = g_get_monotonic_time ();

  while (g_get_monotonic_time () - quiet_since < 250 * 1000)
    if (g_main_context_pending (NULL))
      {
        turn (bench, FALSE);
        if (bench->view->make_later || bench->view->name_later || bench->view->place_later
            || bench->view->look_for_faults)
          quiet_since = g_get_monotonic_time ();
      }
    else
      g_usleep (500);
}

static void
clear_row (Bench *bench)
{
  g_array_set_size (bench->work, 0);
  g_array_set_size (bench->paint, 0);
  g_array_set_size (bench->whole, 0);
}

/* The canvas paints as ever, with a clock in hand. */
static void (*canvas_snapshot) (GtkWidget *widget, GtkSnapshot *snapshot);
static double canvas_took;

static void
timed_snapshot (GtkWidget   *widget,
                GtkSnapshot *snapshot)
{
  double begin = now_ms ();

  canvas_snapshot (widget, snapshot);
  canvas_took = now_ms () - begin;
}

static void
time_snapshots (void)
{
  GtkWidgetClass *widget_class = g_type_class_ref (TELAR_TYPE_GRAPH_VIEW);

  canvas_snapshot = widget_class->snapshot;
  widget_class->snapshot = timed_snapshot;
}

/* The frame that what began at @begin asks for. */
static void
await_frame (Bench  *bench,
             double  begin)
{
  double done = now_ms () - begin, work;
  guint  before = bench->frames;
  gint64 patience = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;

  while (bench->frames == before)
    {
      turn (bench, TRUE);
      if (g_get_monotonic_time () > patience)
        g_error ("no frame was painted");
    }
  work = done + bench->painting - bench->frame;
  g_array_append_val (bench->work, work);
  work = bench->painted - bench->painting;
  g_array_append_val (bench->whole, work);
  g_array_append_val (bench->paint, canvas_took);
}

/* --- Rows --- */

static double
at (GArray *times,
    guint   percent)
{
  g_array_sort (times, bench_compare);

  return times->len > 0 ? g_array_index (times, double, (times->len - 1) * percent / 100) : 0;
}

static void
print_row (Bench      *bench,
           const char *what,
           const char *bar)
{
  g_print ("%-38s %8.2f %8.2f   ", what, at (bench->work, 50), at (bench->work, 95));
  if (bench->paint->len > 0)
    g_print ("%8.2f %8.2f   %8.2f   %s\n", at (bench->paint, 50), at (bench->paint, 95),
             at (bench->whole, 50), bar);
  else
    g_print ("%28s   %s\n", "", bar);
  clear_row (bench);
}

static void
print_one (const char *what,
           double      time,
           const char *bar)
{
  g_print ("%-38s %8.2f %40s%s\n", what, time, "", bar);
}

/* --- Looking around --- */

/* From the middle on. */
static void
look_at (Bench  *bench,
         double  scale)
{
  TelarGraphView *view = bench->view;

  telar_graph_view_move_to (view, -(view->layout->x + view->layout->width / 2) * scale,
                            -(view->layout->y + view->layout->height / 2) * scale, scale);
  await_frame (bench, now_ms ());
  clear_row (bench);
}

static void
pan (Bench *bench)
{
  for (guint i = 0; i < FRAMES; i++)
    {
      double begin = now_ms ();

      telar_graph_view_move_to (bench->view, bench->view->x - 7, bench->view->y - 3,
                                bench->view->scale);
      await_frame (bench, begin);
    }
}

static void
bench_looking (Bench *bench)
{
  telar_graph_view_fit (bench->view);
  await_frame (bench, now_ms ());
  clear_row (bench);
  pan (bench);
  print_row (bench, "pan, all of it in sight", "painting: bar 8");
  look_at (bench, 0.41);
  pan (bench);
  print_row (bench, "pan, at the scale 0.41", "painting: bar 8");
  look_at (bench, 1);
  pan (bench);
  print_row (bench, "pan, at the scale 1", "painting: bar 8");

  telar_graph_view_fit (bench->view);
  await_frame (bench, now_ms ());
  clear_row (bench);
  for (guint i = 0; i < 2 * FRAMES; i++)
    {
      double begin = now_ms ();

      telar_graph_view_zoom_at (bench->view, i < FRAMES ? 1.1 : 1 / 1.1, 700, 400);
      await_frame (bench, begin);
    }
  print_row (bench, "zoom, from all of it to near, and back", "painting: bar 8");
}

/* --- Dragging --- */

static GtkGesture *
find_drag (TelarGraphView *view)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (view));

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GObject) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_GESTURE_DRAG (controller)
          && gtk_gesture_single_get_button (GTK_GESTURE_SINGLE (controller)) == GDK_BUTTON_PRIMARY)
        return GTK_GESTURE (controller);
    }
  g_error ("the canvas has no gesture to drag with");
}

/* The task that is nearest to the middle of what is in sight, no frame. */
static guint32
middle_task (TelarGraphView *view)
{
  double  x = gtk_widget_get_width (GTK_WIDGET (view)) / 2.0, best = G_MAXDOUBLE;
  double  y = gtk_widget_get_height (GTK_WIDGET (view)) / 2.0;
  guint32 found = 1;

  telar_graph_view_to_layout (view, x, y, &x, &y);
  for (guint32 i = 1; i < view->layout->n_tasks; i++)
    {
      const TelarGraphBox *box = &view->layout->boxes[i];
      double               far = ABS (box->x - x) + ABS (box->y - y);

      if (!box->frame && box->parent == 0 && far < best)
        {
          best = far;
          found = i;
        }
    }

  return found;
}

static void
drag (Bench      *bench,
      guint       n,
      double      scale,
      const char *what)
{
  TelarGraphView        *view = bench->view;
  GtkGesture            *gesture = find_drag (view);
  g_autoptr (GPtrArray)  ids = g_ptr_array_new_with_free_func (g_free);
  g_autofree char       *row = g_strdup_printf ("drag %s, at the scale %g", what, scale);
  const TelarGraphBox   *box;
  double                 begin;
  guint32                held;

  look_at (bench, scale);
  held = middle_task (view);
  for (guint32 i = held + 1; ids->len + 1 < n && i < view->layout->n_tasks; i++)
    g_ptr_array_add (ids, g_strdup (telar_graph_view_id (view, i)));
  g_ptr_array_add (ids, g_strdup (telar_graph_view_id (view, held)));
  g_ptr_array_add (ids, NULL);
  telar_selection_set (bench->selection, (const char *const *) ids->pdata);
  settle (bench);
  clear_row (bench);

  box = &view->layout->boxes[held];
  begin = now_ms ();
  g_signal_emit_by_name (gesture, "drag-begin", view->x + (box->x + box->width / 2) * view->scale,
                         view->y + (box->y + box->height / 2) * view->scale);
  for (guint i = 1; i <= FRAMES; i++)
    {
      g_signal_emit_by_name (gesture, "drag-update", THRESHOLD + 5.0 * i, 3.0 * i);
      await_frame (bench, begin);
      begin = now_ms ();
    }
  print_row (bench, row, "painting: bar 8");
  begin = now_ms ();
  g_signal_emit_by_name (gesture, "drag-end", THRESHOLD + 5.0 * FRAMES, 3.0 * FRAMES);
  await_frame (bench, begin);
  print_row (bench, "  …let go", "");
  if (!telar_document_get_can_undo (bench->document))
    g_error ("the drag changed nothing");
  telar_document_undo (bench->document);
  settle (bench);
}

/* --- Editing --- */

static void
step_back_and_forth (Bench      *bench,
                     const char *what)
{
  GArray          *redo_work = g_array_new (FALSE, FALSE, sizeof (double));
  GArray          *redo_paint = g_array_new (FALSE, FALSE, sizeof (double));
  g_autofree char *undo = g_strdup_printf ("undo %s", what);
  g_autofree char *redo = g_strdup_printf ("redo %s", what);

  await_frame (bench, now_ms ());
  settle (bench);
  clear_row (bench);
  for (guint i = 0; i < 2 * ROUNDS; i++)
    {
      double  begin = now_ms ();
      GArray *work = bench->work, *paint = bench->paint;

      if (i % 2 == 0)
        telar_document_undo (bench->document);
      else
        {
          bench->work = redo_work;
          bench->paint = redo_paint;
          telar_document_redo (bench->document);
        }
      await_frame (bench, begin);
      bench->work = work;
      bench->paint = paint;
      settle (bench);
    }
  print_row (bench, undo, "bar 16");
  g_array_append_vals (bench->work, redo_work->data, redo_work->len);
  g_array_append_vals (bench->paint, redo_paint->data, redo_paint->len);
  print_row (bench, redo, "");
  g_array_unref (redo_work);
  g_array_unref (redo_paint);
  telar_document_undo (bench->document);
  settle (bench);
}

static void
bench_history (Bench *bench)
{
  const char           *some[N_DELETED + 1] = { NULL };
  g_autofree TelarPlace *places = g_new0 (TelarPlace, N_TASKS);
  g_autoptr (GPtrArray)  ids = g_ptr_array_new_with_free_func (g_free);
  const TelarGraph      *graph = telar_document_get_graph (bench->document);
  guint                  n = 0, n_places = 0;

  for (guint i = 0; i < N_TASKS; i++)
    {
      const TelarTask *task = g_ptr_array_index (graph->tasks, i);

      g_ptr_array_add (ids, g_strdup (task->id));
      if (i % (N_TASKS / N_DELETED) == 5)
        some[n++] = g_ptr_array_index (ids, i);
      if (!bench->view->layout->boxes[i + 1].frame)
        places[n_places++] = (TelarPlace){ g_ptr_array_index (ids, i), task->x * 1.1,
                                           task->y * 1.1 };
    }

  telar_document_move (bench->document, TELAR_ONE ("p42"), 30, 30, NULL);
  step_back_and_forth (bench, "a move");
  telar_document_delete (bench->document, some, TELAR_DELETE_INSIDE, NULL);
  step_back_and_forth (bench, "of 500 tasks deleted");
  telar_document_place (bench->document, places, n_places, NULL, NULL);
  step_back_and_forth (bench, "a layout");
}

static void
bench_edits (Bench *bench)
{
  double begin, edit;

  for (guint i = 0; i < ROUNDS; i++)
    {
      begin = now_ms ();
      telar_document_set_copies (bench->document, TELAR_ONE ("p42"), i % 2 + 2, NULL);
      telar_graph_view_update (bench->view);
      edit = now_ms () - begin;
      g_array_append_val (bench->work, edit);
      settle (bench);
    }
  print_row (bench, "one edit, and the view's update", "");
  telar_document_undo (bench->document);

  for (guint i = 0; i < ROUNDS; i++)
    {
      begin = now_ms ();
      telar_selection_set_all (bench->selection);
      await_frame (bench, begin);
      settle (bench);
      telar_selection_set_one (bench->selection, NULL);
      settle (bench);
    }
  print_row (bench, "select all", "");
  for (guint i = 0; i < ROUNDS; i++)
    {
      g_autofree char *id = g_strdup_printf ("p%u", 100 + 11 * i);

      begin = now_ms ();
      telar_selection_set_one (bench->selection, id);
      await_frame (bench, begin);
      settle (bench);
    }
  print_row (bench, "select another", "");
}

/* One key into the field that has the focus, as the keyboard would. */
static void
type_key (GtkWidget *focus)
{
  if (GTK_IS_TEXT_VIEW (focus))
    {
      GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (focus));

      gtk_text_buffer_insert_interactive_at_cursor (buffer, "7", 1, TRUE);
    }
  else
    g_signal_emit_by_name (focus, "insert-at-cursor", "7");
}

static void
bench_keys (Bench *bench)
{
  telar_selection_set_one (bench->selection, "p42");
  settle (bench);
  telar_inspector_focus_first (TELAR_INSPECTOR (bench->inspector));
  settle (bench);
  clear_row (bench);
  for (guint i = 0; i < ROUNDS; i++)
    {
      GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (bench->window));
      double     begin = now_ms ();

      type_key (focus);
      await_frame (bench, begin);
      settle (bench);
    }
  if (!telar_document_get_can_undo (bench->document))
    g_error ("what was typed did not arrive");
  print_row (bench, "a key typed in the inspector", "bar 16");
  telar_document_undo (bench->document);
  settle (bench);
}

/* What comes after an edit, in the main loop: names of children, faults, the
 * Python program. No key is heard meanwhile. */
static void
bench_rest (Bench *bench)
{
  double total = now_ms ();

  bench->longest = 0;
  telar_document_set_copies (bench->document, TELAR_ONE ("p42"), 7, NULL);
  settle (bench);
  print_one ("after an edit, the longest at a time", bench->longest, "bar 16");
  print_one ("after an edit, all of it", now_ms () - total, "");
  telar_document_undo (bench->document);
  settle (bench);

  total = now_ms ();
  telar_graph_view_name_children (bench->view, G_MAXUINT);
  print_one ("naming all children", now_ms () - total, "");
}

/* --- Opening --- */

static void
print_memory (const char *when)
{
  g_autofree char *status = NULL;
  const char      *found;

  if (g_file_get_contents ("/proc/self/status", &status, NULL, NULL)
      && (found = strstr (status, "VmRSS:")))
    g_print ("%-38s %8.1f MB\n", when, g_ascii_strtod (found + 6, NULL) / 1024);
}

static void
show (Bench *bench)
{
  telar_graph_view_set_selection (bench->view, bench->selection);
  if (bench->inspector)
    telar_inspector_set_selection (TELAR_INSPECTOR (bench->inspector), bench->selection);
  if (bench->python)
    telar_python_pane_set_selection (TELAR_PYTHON_PANE (bench->python), bench->selection);
}

static void
drop (Bench *bench)
{
  g_clear_object (&bench->selection);
  g_clear_object (&bench->document);
}

/* Into a window that shows an empty graph. */
static void
bench_open (Bench      *bench,
            const char *path)
{
  g_autoptr (GFile)  file = g_file_new_for_path (path);
  GArray            *loads = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < ROUNDS; i++)
    {
      g_autoptr (GPtrArray) faults = telar_faults_new ();
      double                begin, load;

      drop (bench);
      bench->document = telar_document_new ();
      bench->selection = telar_selection_new (bench->document);
      show (bench);
      settle (bench);
      drop (bench);

      begin = now_ms ();
      bench->document = telar_document_open (file, faults);
      if (bench->document == NULL || faults->len > 0)
        g_error ("the graph of the benchmark has faults");
      load = now_ms () - begin;
      g_array_append_val (loads, load);
      bench->selection = telar_selection_new (bench->document);
      show (bench);
      await_frame (bench, begin);
      bench->longest = 0;
      settle (bench);
    }
  print_row (bench, "open, to the first frame", "bar 500");
  g_array_append_vals (bench->work, loads->data, loads->len);
  print_row (bench, "  …of that, reading the file", "");
  print_one ("  …after it, the longest at a time", bench->longest, "");
  if (telar_document_get_faults (bench->document)->len > 0)
    {
      const TelarFault *fault = telar_document_get_faults (bench->document)->pdata[0];

      g_error ("the graph of the benchmark has faults: %s", fault->what);
    }
  g_array_unref (loads);
}

/* --- The window --- */

static void
make_window (Bench    *bench,
             gboolean  whole)
{
  GdkFrameClock *clock;

  bench->window = gtk_window_new ();
  bench->room = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  bench->view = g_object_new (TELAR_TYPE_GRAPH_VIEW, "hexpand", TRUE, NULL);
  gtk_box_append (GTK_BOX (bench->room), GTK_WIDGET (bench->view));
  bench->inspector = bench->python = NULL;
  if (whole)
    {
      bench->inspector = telar_inspector_new ();
      bench->python = g_object_new (TELAR_TYPE_PYTHON_PANE, "width-request", 360, NULL);
      gtk_widget_set_size_request (bench->inspector, 320, -1);
      gtk_box_append (GTK_BOX (bench->room), bench->inspector);
      gtk_box_append (GTK_BOX (bench->room), bench->python);
    }
  gtk_window_set_child (GTK_WINDOW (bench->window), bench->room);
  gtk_window_fullscreen (GTK_WINDOW (bench->window));
  gtk_window_present (GTK_WINDOW (bench->window));
  while (!gtk_widget_get_mapped (GTK_WIDGET (bench->view)))
    g_main_context_iteration (NULL, TRUE);

  clock = gtk_widget_get_frame_clock (bench->window);
  g_signal_connect (clock, "before-paint", G_CALLBACK (frame_begins), bench);
  g_signal_connect_after (clock, "layout", G_CALLBACK (frame_is_laid_out), bench);
  g_signal_connect_after (clock, "paint", G_CALLBACK (frame_is_painted), bench);
  bench->document = telar_document_new ();
  bench->selection = telar_selection_new (bench->document);
  show (bench);
  settle (bench);
}

static void
bench_window (const char *path,
              const char *title,
              gboolean    whole)
{
  Bench bench = { .work = g_array_new (FALSE, FALSE, sizeof (double)),
                  .paint = g_array_new (FALSE, FALSE, sizeof (double)),
                  .whole = g_array_new (FALSE, FALSE, sizeof (double)) };

  make_window (&bench, whole);
  g_print ("\n%s, %d × %d; times in ms\n", title,
           gtk_widget_get_width (GTK_WIDGET (bench.view)),
           gtk_widget_get_height (GTK_WIDGET (bench.view)));
  g_print ("%-38s %8s %8s   %8s %8s   %8s\n", "", "work", "95 %", "painting", "95 %", "frame");
  for (guint i = 0; i < FRAMES; i++)
    {
      gtk_widget_queue_draw (GTK_WIDGET (bench.view));
      await_frame (&bench, now_ms ());
    }
  print_row (&bench, "an empty graph", "");
  bench_open (&bench, path);
  bench_looking (&bench);
  drag (&bench, 1, 0.41, "a task");
  drag (&bench, 50, 0.41, "50 tasks");
  drag (&bench, 50, 0.2, "50 tasks");
  bench_edits (&bench);
  bench_history (&bench);
  if (whole)
    bench_keys (&bench);
  bench_rest (&bench);
  print_memory ("memory of the program");

  gtk_window_destroy (GTK_WINDOW (bench.window));
  drop (&bench);
  g_array_unref (bench.work);
  g_array_unref (bench.paint);
  g_array_unref (bench.whole);
}

/* --- Building it up --- */

static void
bench_adding (void)
{
  static const guint        sizes[] = { 1000, N_TASKS };
  g_autoptr (TelarDocument) document = telar_document_new ();
  double                    begin = now_ms ();
  guint                     n = 0;

  g_print ("\n");
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      for (; n < sizes[i]; n++)
        {
          g_autofree char *id =
            telar_document_add (document, &(TelarNewTask){ .function = "square" }, NULL);

          g_assert (id != NULL);
        }
      g_print ("%u tasks added one by one %.0f ms\n", sizes[i], now_ms () - begin);
    }
}

static void
use_style (void)
{
  g_autoptr (GtkCssProvider) css = gtk_css_provider_new ();

  gtk_css_provider_load_from_resource (css, "/io/github/telar/Telar/style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (css),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}

int
main (int    argc,
      char **argv)
{
  static const char *const names[] = { "a tree of 5,000 tasks", "5,000 tangled tasks" };
  g_autoptr (GError)       error = NULL;
  g_autofree char         *folder = g_dir_make_tmp ("telar-bench-XXXXXX", &error);
  g_autofree char         *path = g_build_filename (folder, "large.telar", NULL);

  gtk_init ();
  use_style ();
  time_snapshots ();
  print_memory ("memory before");
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (TelarGraph) graph = make_graph (i == 1);
      g_autofree char       *alone = g_strdup_printf ("%s, the canvas alone", names[i]);
      g_autofree char       *whole = g_strdup_printf ("%s, with inspector and Python", names[i]);

      if (!telar_graph_write (graph, path, &error))
        g_error ("%s", error->message);
      bench_window (path, alone, FALSE);
      if (argc > 1)
        break;
      bench_window (path, whole, TRUE);
    }
  bench_adding ();
  g_unlink (path);
  g_rmdir (folder);

  return 0;
}

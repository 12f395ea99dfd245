/* test-console-model.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Lines of a run as rows, by time and by task; whoever listens to the list can
 * follow every step of its growth.
 */

#include <string.h>

#include "graph/graph-file.h"
#include "graph/plan-build.h"
#include "window/console-model.h"

static const char graph_text[] =
  "{ \"telar\": 1, \"tasks\": ["
  "  { \"id\": \"a\", \"kind\": \"process\", \"function\": \"print\", \"args\": [\"x\"] },"
  "  { \"id\": \"b\", \"kind\": \"process\", \"function\": \"print\", \"args\": [\"x\"] },"
  "  { \"id\": \"c\", \"kind\": \"process\", \"function\": \"print\", \"args\": [\"x\"] } ] }";

static TelarTimeline *
make_timeline (void)
{
  g_autoptr (GPtrArray)    faults = telar_faults_new ();
  g_autoptr (TelarGraph)   graph = telar_graph_parse (graph_text, sizeof graph_text - 1, NULL,
                                                      faults);
  g_autoptr (TelarMachine) machine = telar_machine_new_uniform (2, 1);
  g_autoptr (GBytes)       plan = telar_plan_build (graph, machine, NULL, faults);
  g_autoptr (GArray)       cores = g_array_new (FALSE, FALSE, sizeof (int));
  TelarTimeline           *timeline;

  g_assert_nonnull (plan);
  timeline = telar_timeline_new (plan, cores);
  telar_timeline_begin (timeline, &(TelarBegun) { .zero_ns = 1000, .main_pid = 1 });

  return timeline;
}

static void
print (TelarTimeline *timeline,
       guint32        task,
       const char    *text)
{
  static gint64 now = 2000;
  TelarLine     line = { .ns = now++, .task = task, .stream = TELAR_STREAM_OUT };

  telar_timeline_add_line (timeline, &line, text, strlen (text));
}

static char *
describe (gpointer item)
{
  TelarConsoleRow     *row = item;
  const TelarTextLine *line = telar_console_row_get_line (row);
  gsize                size;
  const char          *text;

  if (line == NULL)
    return g_strdup_printf ("[%s]", telar_timeline_task (row->timeline, row->task)->id);
  text = g_bytes_get_data (line->text, &size);

  return g_strndup (text, size);
}

/* What somebody sees who believes every "items-changed". */
static void
mirror (GListModel *model,
        guint       position,
        guint       removed,
        guint       added,
        GPtrArray  *rows)
{
  g_assert_cmpuint (position + removed, <=, rows->len);
  if (removed > 0)
    g_ptr_array_remove_range (rows, position, removed);
  for (guint i = 0; i < added; i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (model, position + i);

      g_assert_nonnull (item);
      g_ptr_array_insert (rows, (int) (position + i), describe (item));
    }
  g_assert_cmpuint (rows->len, ==, g_list_model_get_n_items (model));
}

static void
assert_rows (GListModel *model,
             GPtrArray  *rows,
             const char *expected)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GString) mirrored = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (model, i);
      g_autofree char    *row = describe (item);

      g_string_append_printf (text, "%s ", row);
      g_string_append_printf (mirrored, "%s ", (char *) g_ptr_array_index (rows, i));
    }
  g_assert_cmpstr (text->str, ==, expected);
  g_assert_cmpstr (mirrored->str, ==, expected);
}

static void
test_orders (void)
{
  g_autoptr (TelarTimeline)     timeline = make_timeline ();
  g_autoptr (TelarConsoleModel) model = telar_console_model_new ();
  g_autoptr (GPtrArray)         rows = g_ptr_array_new_with_free_func (g_free);
  GListModel                   *list = G_LIST_MODEL (model);

  g_signal_connect (model, "items-changed", G_CALLBACK (mirror), rows);
  telar_console_model_set_timeline (model, timeline);
  g_assert_false (telar_console_model_update (model, 100));
  assert_rows (list, rows, "");

  print (timeline, 2, "b1");
  print (timeline, 1, "a1");
  print (timeline, 2, "b2");
  g_assert_true (telar_console_model_update (model, 100));
  assert_rows (list, rows, "b1 a1 b2 ");
  g_assert_cmpuint (telar_console_model_find_task (model, 1), ==, 1);
  g_assert_cmpuint (telar_console_model_find_task (model, 3), ==, G_MAXUINT);

  telar_console_model_set_by_task (model, TRUE);
  assert_rows (list, rows, "[a] a1 [b] b1 b2 ");
  g_assert_cmpuint (telar_console_model_find_task (model, 2), ==, 2);

  /* Growth in the middle, at the end, and a new task between. */
  print (timeline, 3, "c1");
  print (timeline, 1, "a2");
  print (timeline, 3, "c2");
  g_assert_true (telar_console_model_update (model, 100));
  assert_rows (list, rows, "[a] a1 a2 [b] b1 b2 [c] c1 c2 ");

  telar_console_model_set_by_task (model, FALSE);
  assert_rows (list, rows, "b1 a1 b2 c1 a2 c2 ");

  telar_console_model_set_timeline (model, NULL);
  assert_rows (list, rows, "");
}

static void
test_batches (void)
{
  g_autoptr (TelarTimeline)     timeline = make_timeline ();
  g_autoptr (TelarConsoleModel) model = telar_console_model_new ();
  g_autoptr (GPtrArray)         rows = g_ptr_array_new_with_free_func (g_free);
  guint                         batches = 0;

  g_signal_connect (model, "items-changed", G_CALLBACK (mirror), rows);
  telar_console_model_set_by_task (model, TRUE);
  telar_console_model_set_timeline (model, timeline);
  for (guint i = 0; i < 1000; i++)
    print (timeline, 1 + i % 3, "x");
  while (telar_console_model_update (model, 64))
    batches++;

  g_assert_cmpuint (batches, ==, 16);
  g_assert_cmpuint (rows->len, ==, 1003);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/console-model/orders", test_orders);
  g_test_add_func ("/console-model/batches", test_batches);

  return g_test_run ();
}

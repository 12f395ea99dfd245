/* test-palette.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include "graph/graph-file.h"
#include "graph/plan-build.h"
#include "paint/graph-private.h"
#include "picture-run.h"
#include "random-graph.h"

#define READABLE 4.5

static void
assert_readable (TelarColor text, TelarColor ground, const char *what)
{
  double contrast = telar_color_contrast (text, ground);

  if (contrast < READABLE)
    g_error ("%s: #%06x on #%06x has only %.2f", what, text, ground, contrast);
}

static void
test_contrast (void)
{
  g_assert_cmpfloat_with_epsilon (telar_color_contrast (0x000000, 0xffffff), 21, 0.01);
  g_assert_cmpfloat_with_epsilon (telar_color_contrast (0x777777, 0xffffff), 4.48, 0.01);
  g_assert_cmpfloat_with_epsilon (telar_color_contrast (0x123456, 0x123456), 1, 0.001);
}

static void
test_themes (void)
{
  for (int style = TELAR_STYLE_LIGHT; style <= TELAR_STYLE_PRINT; style++)
    {
      const TelarTheme *theme = telar_theme_get (style);
      const TelarColor grounds[] = { theme->background, theme->panel, theme->beyond,
                                     theme->selected };

      for (guint i = 0; i < G_N_ELEMENTS (grounds); i++)
        {
          assert_readable (theme->text, grounds[i], "text");
          assert_readable (theme->dim, grounds[i], "dim");
          assert_readable (theme->fail, grounds[i], "failure");
          assert_readable (theme->start, grounds[i], "on core");
        }
      assert_readable (theme->badge_text, theme->badge, "now");
      assert_readable (theme->background, theme->dim, "badge of the end");
      assert_readable (theme->fail_text, theme->fail, "cross");
      /* Signs: 3 is what WCAG asks of them. */
      g_assert_cmpfloat (telar_color_contrast (theme->mark, theme->background), >=, 3);
      g_assert_cmpfloat (telar_color_contrast (theme->arrow, theme->background), >=, 3);
      g_assert_cmpfloat (telar_color_contrast (theme->hatch, theme->background), >=, 3);
      g_assert_cmpfloat (telar_color_contrast (theme->now, theme->background), >=, 3);
      g_assert_cmpfloat (telar_color_contrast (theme->accent, theme->background), >=, 3);
      assert_readable (0x000000, theme->warning, "sign of a warning");
    }
}

/* 30 processes of three functions with two threads each, threads and calls of main. */
static GBytes *
make_plan (void)
{
  static const char *const functions[] = { "sort", "primes", "busy" };
  PictureRun *run = picture_run_new ("Colours", 2);
  GBytes *plan;

  for (guint i = 0; i < 30; i++)
    {
      g_autofree char *id = g_strdup_printf ("p%u", i);
      guint32 process = picture_run_task (run, 0, TELAR_KIND_PROCESS, id, functions[i % 3], "f()");

      for (guint k = 0; k < 8; k++)
        {
          g_autofree char *thread = g_strdup_printf ("t%u-%u", i, k);
          picture_run_task (run, process, TELAR_KIND_THREAD, thread, "busy", "busy(1)");
        }
    }
  for (guint k = 0; k < 8; k++)
    {
      g_autofree char *thread = g_strdup_printf ("m%u", k);
      picture_run_task (run, 0, TELAR_KIND_THREAD, thread, "busy", "busy(1)");
    }
  picture_run_task (run, 0, TELAR_KIND_CALL, "done", "print", "print()");
  plan = picture_run_plan (run);
  picture_run_free (run);
  return plan;
}

static gboolean
equal (const TelarFill *a, const TelarFill *b)
{
  return a->base == b->base && a->pattern == b->pattern;
}

static void
test_fills (void)
{
  g_autoptr (GBytes) bytes = make_plan ();
  const TelarPlan *plan = g_bytes_get_data (bytes, NULL);

  for (int style = TELAR_STYLE_LIGHT; style <= TELAR_STYLE_PRINT; style++)
    {
      TelarPalette palette;

      telar_palette_init (&palette, plan, style);
      for (guint32 i = 0; i < plan->n_tasks; i++)
        {
          const TelarPlanTask *task = telar_plan_task (plan, i);
          TelarFill fill = telar_palette_fill (&palette, i, NULL);
          TelarFill beside = telar_palette_fill (&palette, i, &fill);

          assert_readable (fill.text, fill.base, "label");
          assert_readable (beside.text, beside.base, "label beside itself");
          g_assert_false (equal (&fill, &beside));
          g_assert_cmpfloat (telar_color_contrast (fill.edge, palette.theme->background), >=, 2.9);
          if (fill.pattern != TELAR_PATTERN_PLAIN)
            g_assert_cmpfloat (telar_color_contrast (fill.ink, fill.base), >=, 1.3);

          /* Siblings of one process never look alike, nor like it. */
          if (task->kind == TELAR_KIND_THREAD)
            for (guint32 k = task->parent; k < i; k++)
              if (k == task->parent
                  || (telar_plan_task (plan, k)->kind == TELAR_KIND_THREAD
                      && telar_plan_task (plan, k)->parent == task->parent))
                {
                  TelarFill other = telar_palette_fill (&palette, k, NULL);
                  g_assert_false (equal (&fill, &other));
                }
        }
      telar_palette_clear (&palette);
    }
}

/* As a printer without colours leaves them: told apart by their pattern, or as clearly
 * lighter. Patterns are seen as well. */
static void
assert_told_apart (const TelarPalette *palette, guint32 a, guint32 b)
{
  TelarFill one = telar_palette_fill (palette, a, NULL);
  TelarFill other = telar_palette_fill (palette, b, NULL);

  if (one.pattern == other.pattern && telar_color_contrast (one.base, other.base) < 1.25)
    g_error ("tasks %u and %u: #%06x and #%06x with pattern %u look alike in grey", a, b, one.base,
             other.base, one.pattern);
}

static void
test_print (void)
{
  g_autoptr (GBytes) bytes = make_plan ();
  const TelarPlan *plan = g_bytes_get_data (bytes, NULL);
  TelarPalette palette;

  telar_palette_init (&palette, plan, TELAR_STYLE_PRINT);
  for (guint32 i = 0; i < plan->n_tasks; i++)
    {
      TelarFill fill = telar_palette_fill (&palette, i, NULL);

      if (fill.pattern != TELAR_PATTERN_PLAIN)
        g_assert_cmpfloat (telar_color_contrast (fill.ink, fill.base), >=, 2);
    }
  /* Main, the first seven processes and a call; then each of them with its first threads. */
  for (guint32 i = 0; i < 8; i++)
    for (guint32 k = 0; k < i; k++)
      {
        guint32 process = i == 0 ? TELAR_MAIN : 1 + (i - 1) * 9;
        guint32 other = k == 0 ? TELAR_MAIN : 1 + (k - 1) * 9;

        g_assert_cmpuint (telar_plan_task (plan, process)->kind, ==, TELAR_KIND_PROCESS);
        assert_told_apart (&palette, process, other);
        assert_told_apart (&palette, process, plan->n_tasks - 1);
      }
  for (guint32 process = 1; process < 1 + 7 * 9; process += 9)
    for (guint32 i = process; i < process + 5; i++)
      for (guint32 k = process; k < i; k++)
        assert_told_apart (&palette, i, k);
  telar_palette_clear (&palette);
}

static gboolean
is_grey (TelarColor color)
{
  int r = color >> 16, g = color >> 8 & 0xff, b = color & 0xff;

  return MAX (r, MAX (g, b)) - MIN (r, MIN (g, b)) < 24;
}

static void
test_rules (void)
{
  g_autoptr (GBytes) bytes = make_plan ();
  const TelarPlan *plan = g_bytes_get_data (bytes, NULL);
  TelarPalette palette;
  guint processes = 0;

  telar_palette_init (&palette, plan, TELAR_STYLE_LIGHT);
  g_assert_true (is_grey (palette.fills[TELAR_MAIN].base));
  g_assert_true (is_grey (palette.fills[plan->n_tasks - 1].base));
  g_assert_false (equal (&palette.fills[TELAR_MAIN], &palette.fills[plan->n_tasks - 1]));

  for (guint32 i = 1; i < plan->n_tasks; i++)
    {
      if (telar_plan_task (plan, i)->kind != TELAR_KIND_PROCESS)
        continue;
      g_assert_false (is_grey (palette.fills[i].base));
      /* The first seven differ from each other in hue. */
      for (guint32 k = 1; processes < 7 && k < i; k++)
        if (telar_plan_task (plan, k)->kind == TELAR_KIND_PROCESS)
          g_assert_cmphex (palette.fills[i].base, !=, palette.fills[k].base);
      processes++;
    }
  g_assert_cmphex (palette.fills[1].base, ==, 0x0072b2);
  telar_palette_clear (&palette);
}

/* A task of a graph looks as the first of its copies does in a timeline. */
static void
compare_with_plan (TelarGraph *graph)
{
  g_autoptr (GPtrArray) faults = telar_faults_new ();
  g_autoptr (TelarMachine) machine = telar_machine_new_uniform (4, 1);
  g_autoptr (GBytes) bytes = telar_plan_build (graph, machine, NULL, faults);
  g_autoptr (TelarGraphLayout) layout = telar_graph_layout_new (graph, NULL);
  const TelarPlan *plan = g_bytes_get_data (bytes, NULL);
  g_autofree TelarGraphRun *runs = telar_graph_runs_new (layout, plan);
  TelarPalette of_plan, of_graph;

  telar_palette_init (&of_plan, plan, TELAR_STYLE_DARK);
  telar_palette_init_dyes (&of_graph, layout->dyes, layout->n_tasks, TELAR_STYLE_DARK);
  for (guint32 i = 0; i < layout->n_tasks; i++)
    {
      TelarFill fill = telar_palette_fill (&of_graph, i, NULL);
      TelarFill wanted = telar_palette_fill (&of_plan, runs[i].first, NULL);

      if (!equal (&fill, &wanted) || fill.edge != wanted.edge || fill.ink != wanted.ink)
        g_error ("%s is #%06x, not #%06x", telar_relations_task (layout->relations, i)->id,
                 fill.base, wanted.base);
    }
  telar_palette_clear (&of_plan);
  telar_palette_clear (&of_graph);
}

static void
test_graphs (void)
{
  TelarRandomGraphOptions options = TELAR_RANDOM_GRAPH_OPTIONS_INIT;

  options.max_tasks = 40;
  options.max_plan_tasks = 150;
  for (guint32 seed = 1; seed <= 200; seed++)
    {
      g_autoptr (TelarGraph) graph = telar_random_graph_new (seed, &options);

      compare_with_plan (graph);
    }
}

static void
test_examples (void)
{
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "..", "resources", "examples", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint n = 0;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autoptr (GPtrArray) faults = telar_faults_new ();
      g_autofree char *file = g_build_filename (folder, name, NULL);
      g_autoptr (TelarGraph) graph = NULL;

      if (!g_str_has_suffix (name, ".telar"))
        continue;
      graph = telar_graph_read (file, faults);
      g_assert_nonnull (graph);
      compare_with_plan (graph);
      n++;
    }
  g_assert_cmpuint (n, >=, 30);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/palette/contrast", test_contrast);
  g_test_add_func ("/palette/themes", test_themes);
  g_test_add_func ("/palette/fills", test_fills);
  g_test_add_func ("/palette/print", test_print);
  g_test_add_func ("/palette/rules", test_rules);
  g_test_add_func ("/palette/graphs", test_graphs);
  g_test_add_func ("/palette/examples", test_examples);
  return g_test_run ();
}

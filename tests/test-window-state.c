/* test-window-state.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "window/window-state.h"

static void
test_chooser (void)
{
  TelarWindowState state = telar_window_state (&(TelarWindowFacts) { .choosing = TRUE });

  g_assert_false (state.can_run);
  g_assert_false (state.can_stop);
  g_assert_false (state.can_export);
  g_assert_false (state.can_present);
  g_assert_false (state.can_zoom);
  g_assert_false (state.live);
}

static void
test_graph_without_run (void)
{
  TelarWindowState state = telar_window_state (&(TelarWindowFacts) { .has_graph = TRUE });

  g_assert_true (state.can_run);
  g_assert_false (state.can_stop);
  g_assert_true (state.can_export);
  g_assert_true (state.can_present);
  g_assert_false (state.can_follow);
  g_assert_false (state.can_replay);
}

static void
test_run_states (void)
{
  static const struct
  {
    TelarRunState state;
    gboolean run, stop, export, replay;
  } table[] = {
    { TELAR_RUN_STARTING,    FALSE, TRUE,  FALSE, FALSE },
    { TELAR_RUN_RUNNING,     FALSE, TRUE,  FALSE, FALSE },
    { TELAR_RUN_STOPPING,    FALSE, FALSE, FALSE, FALSE },
    { TELAR_RUN_ENDED,       TRUE,  FALSE, TRUE,  TRUE },
    { TELAR_RUN_REFUSED,     TRUE,  FALSE, TRUE,  FALSE },
    { TELAR_RUN_ENGINE_LOST, TRUE,  FALSE, TRUE,  TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      TelarWindowFacts facts = { .has_graph = TRUE, .has_run = TRUE, .run_state = table[i].state };
      TelarWindowState state = telar_window_state (&facts);

      g_assert_cmpint (state.can_run, ==, table[i].run);
      g_assert_cmpint (state.can_stop, ==, table[i].stop);
      g_assert_cmpint (state.can_export, ==, table[i].export);
      g_assert_cmpint (state.can_replay, ==, table[i].replay);
      g_assert_cmpint (state.live, ==, !table[i].run);
      g_assert_cmpint (state.can_follow, ==, !table[i].run);

      facts.following = TRUE;
      g_assert_false (telar_window_state (&facts).can_follow);
    }
}

/* A run goes on while the person looks at the chooser: it can still be stopped. */
static void
test_chooser_during_run (void)
{
  TelarWindowFacts facts = {
    .has_graph = TRUE, .choosing = TRUE, .has_run = TRUE, .run_state = TELAR_RUN_RUNNING,
  };

  g_assert_true (telar_window_state (&facts).can_stop);
  g_assert_false (telar_window_state (&facts).can_run);
}

static void
test_document (void)
{
  TelarWindowFacts facts = { .has_graph = TRUE };
  TelarWindowState state = telar_window_state (&facts);

  g_assert_true (state.can_save);
  g_assert_false (state.can_reload);
  g_assert_false (state.can_undo);
  g_assert_false (state.can_redo);
  g_assert_false (state.can_switch);

  facts.has_file = facts.can_undo = facts.can_redo = facts.has_tasks = TRUE;
  state = telar_window_state (&facts);
  g_assert_false (state.can_reload);
  g_assert_true (state.can_undo);
  g_assert_true (state.can_redo);
  g_assert_true (state.can_switch);

  facts.modified = TRUE;
  g_assert_true (telar_window_state (&facts).can_reload);
  facts.modified = FALSE;
  facts.file_differs = TRUE;
  g_assert_true (telar_window_state (&facts).can_reload);

  /* A run does not keep anybody from editing. */
  facts.has_run = TRUE;
  facts.run_state = TELAR_RUN_RUNNING;
  state = telar_window_state (&facts);
  g_assert_true (state.can_undo && state.can_switch && state.can_save);

  /* What cannot be seen is not changed. */
  facts.choosing = TRUE;
  state = telar_window_state (&facts);
  g_assert_false (state.can_save || state.can_reload || state.can_undo || state.can_redo
                  || state.can_switch);
}

static void
test_slowness (void)
{
  static const struct { gint64 wall; guint slowness; } table[] = {
    { 0, 0 }, { 2000000000, 0 }, { 600000, 10000 }, { 60000000, 100 }, { 300000000, 20 },
    { 1999999999, 2 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    g_assert_cmpuint (telar_replay_slowness (table[i].wall), ==, table[i].slowness);

  /* Whatever the length, a replay takes between 3.7 and 9.6 seconds. */
  for (gint64 wall = 1000; wall < 2000000000; wall += 1 + wall / 7)
    {
      double takes = (double) wall * telar_replay_slowness (wall) / 1e9;

      g_assert_cmpfloat (takes, >=, 3.7);
      g_assert_cmpfloat (takes, <=, 9.6);
    }
}

static void
test_present (void)
{
  static const double heights[] = { 480, 720, 768, 1080, 1200, 2160 };

  for (guint i = 0; i < G_N_ELEMENTS (heights); i++)
    g_assert_cmpfloat (0.8 * telar_present_text (heights[i], 0.8), >=, heights[i] / 45.0);
}

static void
test_present_names (void)
{
  for (guint i = 0; i < TELAR_N_PRESENTS; i++)
    g_assert_cmpint (telar_present_parse (telar_present_name (i)), ==, i);

  g_assert_cmpint (telar_present_parse (NULL), ==, TELAR_PRESENT_TIMELINE);
  g_assert_cmpint (telar_present_parse ("else"), ==, TELAR_PRESENT_TIMELINE);
}

static void
test_kept_run (void)
{
  TelarWindowFacts facts = { .has_graph = TRUE, .has_run = TRUE, .run_state = TELAR_RUN_ENDED,
                             .has_tasks = TRUE, .read_only = TRUE };
  TelarWindowState state = telar_window_state (&facts);

  g_assert_true (state.can_save_run);
  g_assert_true (state.can_export);
  g_assert_false (state.can_save);
  g_assert_false (state.can_switch);
  facts.bookmarked = TRUE;
  g_assert_true (telar_window_state (&facts).can_save);
  g_assert_false (telar_window_state (&facts).can_save_as);
  facts.read_only = facts.bookmarked = FALSE;
  g_assert_true (telar_window_state (&facts).can_save_as);
  g_assert_true (telar_window_state (&facts).can_save);
  facts.run_state = TELAR_RUN_RUNNING;
  g_assert_false (telar_window_state (&facts).can_save_run);
  facts.run_state = TELAR_RUN_REFUSED;
  g_assert_false (telar_window_state (&facts).can_save_run);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/window-state/chooser", test_chooser);
  g_test_add_func ("/window-state/kept-run", test_kept_run);
  g_test_add_func ("/window-state/graph-without-run", test_graph_without_run);
  g_test_add_func ("/window-state/run-states", test_run_states);
  g_test_add_func ("/window-state/chooser-during-run", test_chooser_during_run);
  g_test_add_func ("/window-state/document", test_document);
  g_test_add_func ("/window-state/slowness", test_slowness);
  g_test_add_func ("/window-state/present", test_present);
  g_test_add_func ("/window-state/present-names", test_present_names);

  return g_test_run ();
}

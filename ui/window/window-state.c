/* window-state.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "window/window-state.h"

#include <math.h>

/* A run that took longer than this is not replayed. */
#define SHORT_RUN_NS   (2 * G_GINT64_CONSTANT (1000000000))
#define REPLAY_TAKES_S 6.0

TelarWindowState
telar_window_state (const TelarWindowFacts *facts)
{
  TelarWindowState state = { 0 };
  gboolean in_front = facts->has_graph && !facts->choosing;
  gboolean over = facts->has_run && facts->run_state >= TELAR_RUN_ENDED;

  state.live = facts->has_run && !over;
  state.can_run = in_front && !state.live;
  state.can_stop = facts->has_run && (facts->run_state == TELAR_RUN_STARTING
                                      || facts->run_state == TELAR_RUN_RUNNING);
  state.can_export = in_front && !state.live;
  state.can_present = in_front;
  state.can_zoom = in_front;
  state.can_follow = in_front && state.live && !facts->following;
  state.can_replay = in_front && over && facts->run_state != TELAR_RUN_REFUSED && !facts->replaying;
  state.can_save_run = in_front && over && facts->run_state != TELAR_RUN_REFUSED;
  state.can_save = in_front && (!facts->read_only || facts->bookmarked);
  state.can_save_as = in_front && !facts->read_only;
  state.can_reload = in_front && facts->has_file && (facts->modified || facts->file_differs);
  state.can_undo = in_front && facts->can_undo;
  state.can_redo = in_front && facts->can_redo;
  state.can_switch = in_front && facts->has_tasks && !facts->read_only;

  return state;
}

guint
telar_replay_slowness (gint64 wall_ns)
{
  /* Halfway between two round numbers, as ratios go. */
  static const struct { double limit; guint round; } steps[] = {
    { 1.41, 1 }, { 3.16, 2 }, { 7.07, 5 }, { 10.0, 10 },
  };
  double wanted, power;
  guint  i = 0;

  if (wall_ns <= 0 || wall_ns >= SHORT_RUN_NS)
    return 0;

  wanted = REPLAY_TAKES_S * 1e9 / (double) wall_ns;
  power = pow (10.0, floor (log10 (wanted)));
  while (i < G_N_ELEMENTS (steps) - 1 && wanted / power > steps[i].limit)
    i++;

  return (guint) (steps[i].round * power);
}

double
telar_present_text (double screen_height,
                    double smallest)
{
  return ceil (10.0 * screen_height / 45.0 / smallest) / 10.0;
}

static const char *const present_names[TELAR_N_PRESENTS] = { "graph", "timeline", "output" };

const char *
telar_present_name (TelarPresent present)
{
  g_return_val_if_fail (present < TELAR_N_PRESENTS, NULL);

  return present_names[present];
}

TelarPresent
telar_present_parse (const char *name)
{
  for (guint i = 0; i < TELAR_N_PRESENTS; i++)
    if (g_strcmp0 (name, present_names[i]) == 0)
      return (TelarPresent) i;

  return TELAR_PRESENT_TIMELINE;
}

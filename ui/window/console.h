/* console.h
 *
 * SPDX-License-Identifier: MIT
 *
 * What the tasks print, as they print it: by time or by task. Standard error
 * is marked by a word and a bar, not by colour alone.
 */

#pragma once

#include <gtk/gtk.h>

#include "timeline/timeline.h"

G_BEGIN_DECLS

#define TELAR_TYPE_CONSOLE (telar_console_get_type ())
G_DECLARE_FINAL_TYPE (TelarConsole, telar_console, TELAR, CONSOLE, GtkWidget)

/* Property "selected" (guint): the task whose line was clicked, or TELAR_NO_TASK. */

void telar_console_set_timeline (TelarConsole *self, TelarTimeline *timeline);
/* While live, lines are taken in batch by batch at the frame clock. */
void telar_console_set_live     (TelarConsole *self, gboolean live);

G_END_DECLS

/* window.h
 *
 * SPDX-License-Identifier: MIT
 *
 * A window: the chooser, or one graph with its run. Each window has a run and
 * an engine of its own; several live side by side in one program.
 */

#pragma once

#include <gtk/gtk.h>

#include "application.h"

G_BEGIN_DECLS

#define TELAR_TYPE_WINDOW (telar_window_get_type ())
G_DECLARE_FINAL_TYPE (TelarWindow, telar_window, TELAR, WINDOW, GtkApplicationWindow)

TelarWindow *telar_window_new       (TelarApplication *application);
/* Opens a graph. A file that is broken is named in the bar, and nothing else
 * changes. */
void         telar_window_open      (TelarWindow *self, GFile *file);
/* Whether nothing is open in it yet. */
gboolean     telar_window_is_empty  (TelarWindow *self);

G_END_DECLS

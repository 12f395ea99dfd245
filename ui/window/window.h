/* window.h
 *
 * SPDX-License-Identifier: MIT
 *
 * A window: the chooser, or one graph that is edited, with its run. Each window
 * has a document, a run and an engine of its own; several live side by side in
 * one program.
 */

#pragma once

#include <gtk/gtk.h>

#include "window/application.h"

G_BEGIN_DECLS

#define TELAR_TYPE_WINDOW (telar_window_get_type ())
G_DECLARE_FINAL_TYPE (TelarWindow, telar_window, TELAR, WINDOW, GtkApplicationWindow)

TelarWindow *telar_window_new       (TelarApplication *application);
/* Opens a graph: here, in a new window where something would be lost here, or
 * in the window that has it already. A file that cannot be read is named in the
 * bar, and nothing else changes. */
void         telar_window_open      (TelarWindow *self, GFile *file);
/* Several: the first here where nothing is open, each other in a window of its own. */
void         telar_window_open_all  (TelarWindow *self, GFile **files, guint n_files);
/* Whether nothing is open in it yet. */
gboolean     telar_window_is_empty  (TelarWindow *self);

/* Asks what becomes of unsaved changes; at once where there are none.
 *
 * @may: whether the window may close now */
typedef void (*TelarWindowMayClose) (TelarWindow *self, gboolean may);
void         telar_window_ask_to_close (TelarWindow *self, TelarWindowMayClose func);
/* Forgets the answer: the window stays after all. */
void         telar_window_stay         (TelarWindow *self);

/* Offers what a crash left behind; nothing where it left nothing. */
void         telar_window_offer_recoveries (TelarWindow *self);
/* What is not saved yet is kept for the next start: this one ends soon. */
void         telar_window_flush_recovery   (TelarWindow *self);

G_END_DECLS

/* error-bar.h
 *
 * SPDX-License-Identifier: MIT
 *
 * The bar under the header that says what went wrong, where, and what to do,
 * with buttons for what can be done at once. It stays until it is dismissed or
 * the matter is settled.
 */

#pragma once

#include <gtk/gtk.h>

#include "graph/check.h"

G_BEGIN_DECLS

#define TELAR_TYPE_ERROR_BAR (telar_error_bar_get_type ())
G_DECLARE_FINAL_TYPE (TelarErrorBar, telar_error_bar, TELAR, ERROR_BAR, GtkWidget)

/* @title: what is the matter, one sentence; @text: (nullable): where and what to do. */
void telar_error_bar_say        (TelarErrorBar *self, TelarFaultLevel level,
                                 const char *title, const char *text);
/* The first faults in full (errors before warnings), the number of the others.
 *
 * @on_screen: of a graph that is in the window, whose tasks are called by their
 *   ids; else of a file: where in it */
void telar_error_bar_say_faults (TelarErrorBar *self, const char *title, const GPtrArray *faults,
                                 gboolean on_screen);
/* The same for what is no fault, only good to know. */
void telar_error_bar_tell       (TelarErrorBar *self, const char *title, const char *text);
/* A button beside what was said last; goes with it.
 *
 * @action: detailed name of an action, such as "win.save-as" */
void telar_error_bar_add_button (TelarErrorBar *self, const char *label, const char *action);
/* How far it is, what was said last: 0 to 1; 0: nobody knows. Goes with it. */
void telar_error_bar_set_progress (TelarErrorBar *self, double done);
void telar_error_bar_dismiss    (TelarErrorBar *self);

G_END_DECLS

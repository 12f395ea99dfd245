/* find-bar.h
 *
 * SPDX-License-Identifier: MIT
 *
 * The line in which a task is searched for: what was typed, which hit of how
 * many, the one before and the next.
 */

#pragma once

#include "graph-view/graph-view.h"

G_BEGIN_DECLS

#define TELAR_TYPE_FIND_BAR (telar_find_bar_get_type ())
G_DECLARE_FINAL_TYPE (TelarFindBar, telar_find_bar, TELAR, FIND_BAR, GtkWidget)

/* Property "view" (TelarGraphView): where it searches, and to whom the keyboard goes
 * back. */

/* Shows it, with all that was typed selected, or goes to the next hit where it is
 * shown and has the keyboard. */
void telar_find_bar_open  (TelarFindBar *self);
void telar_find_bar_close (TelarFindBar *self);

G_END_DECLS

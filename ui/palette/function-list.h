/* function-list.h
 *
 * SPDX-License-Identifier: MIT
 *
 * The functions that fit what is typed, the fittest first and selected; all of
 * them by group while nothing is. Shared by the palette and by type-to-add,
 * which own the entry.
 */

#pragma once

#include <gtk/gtk.h>

#include "catalogue/catalogue.h"

G_BEGIN_DECLS

#define TELAR_TYPE_FUNCTION_LIST (telar_function_list_get_type ())
G_DECLARE_FINAL_TYPE (TelarFunctionList, telar_function_list, TELAR, FUNCTION_LIST, GtkWidget)

/* Signals:
 * "chosen" (const char *function): by Enter, by double click, or by click where
 *   the property "single-click" is set
 * "selected": another function, or none, is selected
 * "leave" (GtkDirectionType): Up was pressed on the first row, or Tab: rows are
 *   walked through with arrows, not with Tab */

void telar_function_list_search (TelarFunctionList *self, const char *text);

/* For what is typed in @search, whose description says what it has come to. */
void telar_function_list_follow (TelarFunctionList *self, GtkEditable *search);

/* Returns: (nullable) */
const TelarFunction *telar_function_list_get_selected (TelarFunctionList *self);

/* Selects the row that is @by rows further, as far as there are rows; shows it. */
void telar_function_list_move   (TelarFunctionList *self, int by);

/* The selected one, as if Enter was pressed on it. */
void telar_function_list_choose (TelarFunctionList *self);

/* What the search has come to, in words for who does not see the list: the
 * selected function with its remark, or why there is none. (transfer full) */
char *telar_function_list_words (TelarFunctionList *self);

G_END_DECLS

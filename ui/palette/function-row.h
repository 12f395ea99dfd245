/* function-row.h
 *
 * SPDX-License-Identifier: MIT
 *
 * A function in a list: `square (numbers)`, the typed letters bold, and below
 * it the remark of the search, where there is one. It can be dragged, as a
 * TELAR_TYPE_FUNCTION_NAME and as text.
 */

#pragma once

#include <gtk/gtk.h>

#include "edit/function-search.h"

G_BEGIN_DECLS

#define TELAR_TYPE_FUNCTION_ROW (telar_function_row_get_type ())
G_DECLARE_FINAL_TYPE (TelarFunctionRow, telar_function_row, TELAR, FUNCTION_ROW, GtkListBoxRow)

GtkWidget           *telar_function_row_new          (const TelarFunctionHit *hit);
const TelarFunction *telar_function_row_get_function (TelarFunctionRow *self);

/* Returns: (nullable) */
const char          *telar_function_row_get_remark   (TelarFunctionRow *self);

G_END_DECLS

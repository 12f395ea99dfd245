/* python-gutter.h
 *
 * SPDX-License-Identifier: MIT
 *
 * Left of a program: the numbers of its lines, a thin bar where a line is of a
 * selected task, a thick one with an arrow where it is being executed.
 */

#pragma once

#include "python-pane/python-text.h"

G_BEGIN_DECLS

#define TELAR_TYPE_PYTHON_GUTTER (telar_python_gutter_get_type ())
G_DECLARE_FINAL_TYPE (TelarPythonGutter, telar_python_gutter, TELAR, PYTHON_GUTTER, GtkWidget)

/* @text: borrowed: the gutter is a child of it */
GtkWidget *telar_python_gutter_new (TelarPythonText *text);

G_END_DECLS

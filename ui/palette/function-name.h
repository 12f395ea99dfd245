/* function-name.h
 *
 * SPDX-License-Identifier: MIT
 *
 * What is dragged out of the palette: the name of a function. A type of its own,
 * so that a canvas tells it from any text.
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* A boxed, NUL-terminated string: g_value_get_boxed() is a const char *. */
#define TELAR_TYPE_FUNCTION_NAME (telar_function_name_get_type ())

GType telar_function_name_get_type (void);

G_END_DECLS

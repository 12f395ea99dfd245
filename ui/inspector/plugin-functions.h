/* plugin-functions.h
 *
 * SPDX-License-Identifier: MIT
 *
 * The form of c_function: once a person has chosen a library there, its functions
 * are a menu, and what the chosen one takes is said at the arguments. A library
 * that only a graph names is never read for it: reading runs its constructors.
 */

#pragma once

#include "inspector/argument-field.h"

G_BEGIN_DECLS

typedef struct _TelarPluginFunctions TelarPluginFunctions;

/* @library, @function, @arguments: the form's fields, which outlive it */
TelarPluginFunctions *telar_plugin_functions_new  (TelarArgumentField *library,
                                                   TelarArgumentField *function,
                                                   TelarArgumentField *arguments);
void                  telar_plugin_functions_free (TelarPluginFunctions *self);

/* The call is another, or has other arguments. */
void                  telar_plugin_functions_show (TelarPluginFunctions *self);

G_END_DECLS

/* inspector-object.h
 *
 * SPDX-License-Identifier: MIT
 *
 * An object as a form: its id, its type, the options that the type has.
 */

#pragma once

#include <gtk/gtk.h>

#include "edit/document.h"

G_BEGIN_DECLS

#define TELAR_TYPE_INSPECTOR_OBJECT (telar_inspector_object_get_type ())
G_DECLARE_FINAL_TYPE (TelarInspectorObject, telar_inspector_object, TELAR, INSPECTOR_OBJECT,
                      GtkBox)

void telar_inspector_object_show (TelarInspectorObject *self, TelarDocument *document,
                                  const char *id);

/* The keyboard goes to the id. */
void telar_inspector_object_focus (TelarInspectorObject *self);

G_END_DECLS

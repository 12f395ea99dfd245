/* unpainted.h
 *
 * SPDX-License-Identifier: MIT
 *
 * A child that is never painted: it gives one lane or one node of a drawn
 * widget its place, name and focus for those who cannot see the drawing.
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TELAR_TYPE_UNPAINTED (telar_unpainted_get_type ())
G_DECLARE_FINAL_TYPE (TelarUnpainted, telar_unpainted, TELAR, UNPAINTED, GtkWidget)

/* @number: what it stands for; the parent's own affair. */
GtkWidget *telar_unpainted_new         (guint32 number);
guint32    telar_unpainted_get_number  (TelarUnpainted *self);
void       telar_unpainted_set_number  (TelarUnpainted *self, guint32 number);
/* @name: "p1 square: process, joined"; says so only when it changed. */
void       telar_unpainted_set_name    (TelarUnpainted *self, const char *name);
void       telar_unpainted_set_selected (TelarUnpainted *self, gboolean selected);
void       telar_unpainted_place       (TelarUnpainted *self,
                                        double x, double y, double width, double height);

G_END_DECLS

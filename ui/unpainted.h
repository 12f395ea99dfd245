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

/* Makes it a child of @parent, before @before (nullable: the last). GTK counts
 * through all siblings whenever it tells assistive technology of a child, which
 * takes seconds with thousands of them: those beyond the first hundred are
 * children of groups, of a hundred each, that look and act like @parent. */
void       telar_unpainted_put         (TelarUnpainted *self,
                                        GtkWidget      *parent,
                                        GtkWidget      *before);
void       telar_unpainted_remove      (TelarUnpainted *self);
/* @child: (nullable): the focus child of a widget
 * Returns: (transfer none) (nullable): the one with the focus; NULL where it is none */
TelarUnpainted *telar_unpainted_from   (GtkWidget *child);

guint32    telar_unpainted_get_number  (TelarUnpainted *self);
void       telar_unpainted_set_number  (TelarUnpainted *self, guint32 number);
/* @name: "p1 square: process, joined"; says so only when it changed. */
void       telar_unpainted_set_name    (TelarUnpainted *self, const char *name);
void       telar_unpainted_set_selected (TelarUnpainted *self, gboolean selected);
void       telar_unpainted_place       (TelarUnpainted *self,
                                        double x, double y, double width, double height);

G_END_DECLS

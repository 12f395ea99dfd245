/* kind-switch.h
 *
 * SPDX-License-Identifier: MIT
 *
 * Three linked buttons of which one is down: process, thread, call.
 */

#pragma once

#include <gtk/gtk.h>

#include "plan/plan.h"

G_BEGIN_DECLS

#define TELAR_TYPE_KIND_SWITCH (telar_kind_switch_get_type ())
G_DECLARE_FINAL_TYPE (TelarKindSwitch, telar_kind_switch, TELAR, KIND_SWITCH, GtkWidget)

/* Property "kind" (unsigned, a TelarKind; process at first). */

void      telar_kind_switch_set_kind (TelarKindSwitch *self, TelarKind kind);
TelarKind telar_kind_switch_get_kind (TelarKindSwitch *self);

G_END_DECLS

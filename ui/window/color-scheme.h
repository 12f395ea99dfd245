/* color-scheme.h
 *
 * SPDX-License-Identifier: MIT
 *
 * Light or dark, as the desktop wants it: GTK by itself follows only its own
 * setting; desktops say it through the settings portal.
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _TelarColorScheme TelarColorScheme;

/* Asks the portal, without waiting, and follows it from then on. */
TelarColorScheme *telar_color_scheme_new  (void);
void              telar_color_scheme_free (TelarColorScheme *self);

G_END_DECLS

/* language.h
 *
 * SPDX-License-Identifier: MIT
 *
 * The language and the characters in which telar speaks.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The user's own; translations are found installed, moved or not, and in a
 * build folder. Before anything is printed. */
void telar_language_init (void);

/* Another one, "es": as of now. */
void telar_language_set (const char *language);

G_END_DECLS

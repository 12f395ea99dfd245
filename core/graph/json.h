/* json.h
 *
 * SPDX-License-Identifier: MIT
 *
 * JSON values as text, printed the way graph files show them: one line, the
 * shortest number that reads back the same, UTF-8 as it is.
 */

#pragma once

#include <glib.h>
#include <jansson.h>

G_BEGIN_DECLS

/* Appends @value: `[43, 50]`, `{"task": "p1"}`, `0.1`. */
void telar_json_print (GString *out, const json_t *value);

/* Appends @text in quotation marks. */
void telar_json_print_text (GString *out, const char *text);

/* Appends the shortest decimal that reads back as @number, with a point or an
 * exponent, so that it stays a real. */
void telar_json_print_real (GString *out, double number);

G_END_DECLS

/* reference-text.h
 *
 * SPDX-License-Identifier: MIT
 *
 * References to tasks and objects as a person types them: `c.1` for an end of a
 * pipe; `p1, c.0, pipe d` where tasks and pipes are waited for.
 */

#pragma once

#include <glib.h>
#include <jansson.h>

G_BEGIN_DECLS

/* Returns: (transfer full) (nullable): "c", "c.1"; NULL where it names no object. */
char   *telar_object_text_show  (const json_t *reference);
/* Returns: (transfer full): never NULL: whatever it is, it may be an id. */
json_t *telar_object_text_read  (const char *text);

/* @awaited: (nullable): a reference, or a list of them
 * Returns: (transfer full) (nullable): NULL where anything in it is none. */
char   *telar_awaited_text_show (const json_t *awaited);
/* Returns: (transfer full) (nullable): a list; NULL where @text cannot be one. */
json_t *telar_awaited_text_read (const char *text);
/* Returns: (transfer full): @text with @one more, or without it where it is in it. */
char   *telar_awaited_text_turn (const char *text, const char *one);

G_END_DECLS

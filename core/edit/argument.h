/* argument.h
 *
 * SPDX-License-Identifier: MIT
 *
 * An argument as a person types it in a form, and as a graph keeps it. What
 * cannot be read as its parameter asks is kept as a text: nothing typed is ever
 * lost, not even over a save, and the check tells what is wrong with it.
 */

#pragma once

#include <glib.h>
#include <jansson.h>

#include "catalogue/catalogue.h"

G_BEGIN_DECLS

/* Reads what was typed: `43, 50` or `[43 50]` for a list, `5 ms` for a time, an
 * id for a task, `c.1` for an end of a pipe, `p1, c.1, pipe d` for what is waited
 * for; a comma is a decimal point where nothing else can be meant.
 *
 * @was: (nullable): what the argument is now, given back where @text still shows it
 * Returns: (transfer full) (nullable): the argument; NULL where nothing was typed
 *   and it may be left out. */
json_t *telar_argument_read (const TelarParameter *parameter, const char *text, json_t *was);

/* Returns: (transfer full): the text that telar_argument_read() makes @value of.
 *
 * @value: (nullable): left out, "" */
char *telar_argument_show (const TelarParameter *parameter, const json_t *value);

/* Returns: (transfer full) (nullable): what is wrong with @value, the sentence of
 * `telar check`; NULL where nothing is. References are not followed. */
char *telar_argument_fault (const TelarParameter *parameter, const json_t *value);

G_END_DECLS

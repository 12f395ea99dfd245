/* words.h
 *
 * SPDX-License-Identifier: MIT
 *
 * Names, texts and numbers as Python writes them.
 */

#pragma once

#include <glib.h>

#include "graph/value.h"

G_BEGIN_DECLS

/* A name that Python takes, made of @id, that is not in @taken; added there.
 *
 * @taken: (element-type utf8): a set that owns its names
 * Returns: (transfer none): owned by @taken */
const char *telar_python_name (GHashTable *taken, const char *id);

/* The same of what is no task: "m_lock" where m is taken. */
const char *telar_python_name_of (GHashTable *taken, const char *id, const char *what);

/* Adds what no variable of a program may be called: words of the language,
 * built-in functions, modules, and the functions of the table. */
void telar_python_reserve (GHashTable *taken);

/* 'Done', in the quotes that need no backslash. (transfer full) */
char *telar_python_quote (const char *text);

/* A duration as the number that counts @unit: 0.5. (transfer full) */
char *telar_python_duration (gint64 ns, const char *unit);

/* An argument, a shared list apart. (transfer full) */
char *telar_python_value (const TelarParameter *parameter, const TelarValue *value);

G_END_DECLS

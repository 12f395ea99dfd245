/* function-search.h
 *
 * SPDX-License-Identifier: MIT
 *
 * What of the catalogue a person means by a few typed letters: by name, by the
 * words of its help, by what Python's library or a course text calls it.
 */

#pragma once

#include <glib.h>

#include "catalogue/catalogue.h"

G_BEGIN_DECLS

typedef struct
{
  const TelarFunction *function; /* a row of the catalogue */
  guint                fitness;  /* the higher, the fitter; 0 where nothing was typed */
  guint64              matched;  /* bit n: byte n of the name was typed, to be highlighted */
  const char          *remark;   /* nullable, translated: why it is not called as typed */
} TelarFunctionHit;

/* All functions that fit @text, the fittest first, equals in the catalogue's
 * order; where nothing is typed, the catalogue. Accents and case do not matter,
 * nor what a program has around a name: `p1.Start()` is `start`.
 *
 * Returns: (transfer full) (element-type TelarFunctionHit) */
GArray *telar_function_search (const char *text);

/* What is to be known where @text names no function and yet something that
 * learners look for: a kind of tasks, say.
 *
 * Returns: (nullable): a sentence, translated */
const char *telar_function_search_hint (const char *text);

G_END_DECLS

/* function-words.h
 *
 * SPDX-License-Identifier: MIT
 *
 * A function and its parameters in words, for forms and help.
 */

#pragma once

#include <glib.h>

#include "catalogue/catalogue.h"

G_BEGIN_DECLS

/* "square (numbers)": with the parameters that must be given; where none must,
 * those that may.
 *
 * Returns: (transfer full) */
char *telar_function_signature (const TelarFunction *function);

/* "whole number, 1 to 2,048; 200 when left out": type, unit, limits and what is
 * taken where nothing is given.
 *
 * Returns: (transfer full) */
char *telar_parameter_words (const TelarParameter *parameter);

G_END_DECLS

/* function-name.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include "palette/function-name.h"

static gpointer
copy (gpointer name)
{
  return g_strdup (name);
}

typedef char TelarFunctionName;

G_DEFINE_BOXED_TYPE (TelarFunctionName, telar_function_name, copy, g_free)

/* functions.h
 *
 * SPDX-License-Identifier: MIT
 *
 * What each function of the catalogue is in Python: one table row a function,
 * and one for each helper that programs need now and then.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  const char *name;   /* in the catalogue, or of the helper */
  const char *python; /* what a program calls: NULL is the name itself */
  const char *extra;  /* nullable: an argument that Python wants after the others */
  const char *none;   /* nullable: the argument that Python wants where none is given */
  const char *needs;  /* modules to import, with blanks between them */
  const char *uses;   /* nullable: rows that its text calls, with blanks between them */
  const char *plain;  /* nullable: its def; of two, the one without the option */
  const char *full;   /* nullable: its def with the option */
  const char *option; /* nullable: a parameter as full has it, "work=0" */
  guint       prints; /* 1: on standard output; 2: and not through Python */
  gboolean    method; /* of an object: no name that a program has of its own */
} TelarPythonFunction;

/* The table, in the order in which a program defines them. */
const TelarPythonFunction *telar_python_functions     (guint *n);
const TelarPythonFunction *telar_python_function_find (const char *name);

/* Returns: (transfer full) (nullable): the def that a program needs in which some
 * (@some) and all (@all) of the calls give the optional argument. */
char *telar_python_function_text (const TelarPythonFunction *function,
                                  gboolean                   some,
                                  gboolean                   all);

G_END_DECLS

/* fault.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include "graph/check.h"

void
telar_fault_free (TelarFault *fault)
{
  if (fault == NULL)
    return;
  g_free (fault->file);
  g_free (fault->place);
  g_free (fault->task);
  g_free (fault->what);
  g_free (fault->cure);
  g_free (fault);
}

GPtrArray *
telar_faults_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) telar_fault_free);
}

void
telar_faults_add (GPtrArray       *faults,
                  TelarFaultLevel  level,
                  const char      *file,
                  const char      *place,
                  const char      *task,
                  const char      *what,
                  const char      *cure)
{
  TelarFault *fault;

  g_return_if_fail (faults != NULL && what != NULL);

  fault = g_new0 (TelarFault, 1);
  fault->level = level;
  fault->file = g_strdup (file);
  fault->place = g_strdup (place);
  fault->task = g_strdup (task);
  fault->what = g_strdup (what);
  fault->cure = g_strdup (cure);
  g_ptr_array_add (faults, fault);
}

char *
telar_fault_describe (const TelarFault *fault)
{
  GString *out = g_string_new (NULL);

  g_return_val_if_fail (fault != NULL, g_string_free (out, FALSE));

  if (fault->file != NULL)
    g_string_append_printf (out, "%s: ", fault->file);
  if (fault->place != NULL)
    g_string_append_printf (out, "%s: ", fault->place);
  g_string_append (out, fault->what);
  if (fault->cure != NULL)
    g_string_append_printf (out, "; %s", fault->cure);
  return g_string_free (out, FALSE);
}

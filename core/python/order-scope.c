/* order-scope.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include "python/order-scope.h"

void
telar_order_family_init (TelarOrderFamily *family, const TelarRelations *relations, guint32 parent,
                         const GArray *children)
{
  *family = (TelarOrderFamily){ .relations = relations, .children = children, .parent = parent,
                                .indices = g_hash_table_new (NULL, NULL),
                                .before = g_new0 (GArray *, children->len + 1),
                                .singles = g_array_new (FALSE, FALSE, sizeof (TelarPythonRef)) };
  for (guint i = 0; i < children->len; i++)
    {
      guint32 child = g_array_index (children, guint32, i);
      const GPtrArray *after = telar_relations_task (relations, child)->after;

      g_hash_table_insert (family->indices, GUINT_TO_POINTER (child + 1),
                           GUINT_TO_POINTER (i + 1));
      family->before[i] = g_array_new (FALSE, FALSE, sizeof (TelarPythonRef));
      for (guint n = 0; n < after->len; n++)
        {
          TelarPythonRef ref;

          ref.task = telar_relations_find (relations, g_ptr_array_index (after, n), &ref.copy);
          g_array_append_val (family->before[i], ref);
        }
      g_array_sort (family->before[i], telar_order_compare_refs);
    }
}

void
telar_order_family_clear (TelarOrderFamily *family)
{
  for (guint i = 0; i < family->children->len; i++)
    g_array_unref (family->before[i]);
  g_free (family->before);
  g_hash_table_unref (family->indices);
  g_array_unref (family->singles);
}

void
telar_order_scope_clear (TelarOrderScope *scope)
{
  g_clear_pointer (&scope->states, g_free);
  g_clear_pointer (&scope->joined, g_array_unref);
}

TelarOrderScope
telar_order_scope_copy (const TelarOrderScope *scope)
{
  TelarOrderScope copy = *scope;

  copy.states = g_memdup2 (scope->states, scope->family->children->len);
  copy.joined = g_array_copy (scope->joined);
  return copy;
}

guint32
telar_order_child_at (const TelarOrderScope *scope, guint i)
{
  return g_array_index (scope->family->children, guint32, i);
}

const TelarTask *
telar_order_task_at (const TelarOrderScope *scope, guint i)
{
  return telar_relations_task (scope->family->relations, telar_order_child_at (scope, i));
}

gboolean
telar_order_is_call (const TelarOrderScope *scope, guint i)
{
  return telar_order_task_at (scope, i)->kind == TELAR_KIND_CALL;
}

gboolean
telar_order_by_body (const TelarOrderScope *scope, guint i)
{
  return scope->family->relations->tasks[telar_order_child_at (scope, i)].starter != TELAR_NOBODY;
}

int
telar_order_find_child (const TelarOrderScope *scope, guint32 task)
{
  return GPOINTER_TO_INT (g_hash_table_lookup (scope->family->indices,
                                               GUINT_TO_POINTER (task + 1))) - 1;
}

gboolean
telar_order_has_ref (const GArray *refs, TelarPythonRef ref)
{
  for (guint i = 0; i < refs->len; i++)
    {
      const TelarPythonRef *other = &g_array_index (refs, TelarPythonRef, i);

      if (other->task == ref.task && (other->copy == 0 || other->copy == ref.copy))
        return TRUE;
    }
  return FALSE;
}

int
telar_order_compare_refs (gconstpointer a, gconstpointer b)
{
  const TelarPythonRef *first = a, *second = b;

  if (first->task != second->task)
    return first->task < second->task ? -1 : 1;
  return first->copy < second->copy ? -1 : first->copy > second->copy;
}

/* Whether a child that comes after @ref has still to wait for it. */
static gboolean
is_pending (const TelarOrderScope *scope, const TelarPythonRef *ref)
{
  int child = telar_order_find_child (scope, ref->task);

  return (child < 0 || scope->states[child] != TELAR_ORDER_DONE)
         && (ref->copy == 0 || !telar_order_has_ref (scope->joined, *ref));
}

GArray *
telar_order_pending (const TelarOrderScope *scope, guint child)
{
  const GArray *before = scope->family->before[child];
  GArray *refs = g_array_new (FALSE, FALSE, sizeof (TelarPythonRef));

  for (guint i = 0; i < before->len; i++)
    {
      const TelarPythonRef *ref = &g_array_index (before, TelarPythonRef, i);

      if (is_pending (scope, ref) && !telar_order_has_ref (refs, *ref))
        g_array_append_val (refs, *ref);
    }
  return refs;
}

gboolean
telar_order_is_due (const TelarOrderScope *scope, guint child)
{
  const GArray *before = scope->family->before[child];

  if (scope->states[child] != TELAR_ORDER_WAITING || telar_order_by_body (scope, child))
    return FALSE;
  for (guint i = 0; i < before->len; i++)
    if (is_pending (scope, &g_array_index (before, TelarPythonRef, i)))
      return FALSE;
  return TRUE;
}

gboolean
telar_order_is_active (const TelarOrderScope *scope, guint32 task)
{
  int child = telar_order_find_child (scope, task);

  return child >= 0 && scope->states[child] == TELAR_ORDER_ACTIVE;
}

gboolean
telar_order_is_near (const TelarOrderScope *scope, guint child)
{
  const GArray *before = scope->family->before[child];

  if (scope->states[child] != TELAR_ORDER_WAITING)
    return FALSE;
  for (guint i = 0; i < before->len; i++)
    {
      const TelarPythonRef *ref = &g_array_index (before, TelarPythonRef, i);

      if (is_pending (scope, ref) && !telar_order_is_active (scope, ref->task))
        return FALSE;
    }
  return TRUE;
}

void
telar_order_resolve (TelarOrderScope *scope, TelarPythonRef ref)
{
  int child = telar_order_find_child (scope, ref.task);

  if (ref.copy > 0)
    g_array_append_val (scope->joined, ref);
  else if (child >= 0)
    scope->states[child] = TELAR_ORDER_DONE;
}

void
telar_order_give_up (TelarOrderScope *scope, guint child)
{
  scope->states[child] = TELAR_ORDER_DONE;
  for (guint i = 0; i < scope->family->children->len; i++)
    {
      const GArray *before = scope->family->before[i];

      for (guint n = 0; n < before->len && scope->states[i] == TELAR_ORDER_WAITING; n++)
        if (g_array_index (before, TelarPythonRef, n).task == telar_order_child_at (scope, child))
          telar_order_give_up (scope, i);
    }
}

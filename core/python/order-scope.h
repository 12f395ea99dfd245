/* order-scope.h
 *
 * SPDX-License-Identifier: MIT
 *
 * How far the tasks of one parent have come while their order is looked for:
 * which wait for which, which are due. Bookkeeping, as engine/children.h, but
 * before the run.
 */

#pragma once

#include "python/order.h"

G_BEGIN_DECLS

typedef enum
{
  TELAR_ORDER_WAITING,
  TELAR_ORDER_ACTIVE,
  TELAR_ORDER_DONE
} TelarOrderState;

/* What stays as it is while the order is looked for. */
typedef struct
{
  const TelarRelations *relations; /* borrowed */
  const GArray         *children;  /* borrowed guint32 */
  guint32               parent;
  GHashTable           *indices;   /* owned: task + 1 → index of the child + 1 */
  GArray              **before;    /* owned TelarPythonRef, in file order: `after`, by child */
  GArray               *singles;   /* owned TelarPythonRef: copies the body starts alone */
} TelarOrderFamily;

typedef struct
{
  const TelarOrderFamily *family; /* borrowed */
  guint8       *states; /* owned TelarOrderState, one a child */
  GArray       *joined; /* owned TelarPythonRef: single copies that need not be waited for */
} TelarOrderScope;

void telar_order_family_init  (TelarOrderFamily *family, const TelarRelations *relations,
                               guint32 parent, const GArray *children);
void telar_order_family_clear (TelarOrderFamily *family);

TelarOrderScope telar_order_scope_copy  (const TelarOrderScope *scope);
void  telar_order_scope_clear (TelarOrderScope *scope);

/* A child by its index: its number, itself, what it is. */
guint32          telar_order_child_at (const TelarOrderScope *scope, guint i);
const TelarTask *telar_order_task_at  (const TelarOrderScope *scope, guint i);
gboolean         telar_order_is_call  (const TelarOrderScope *scope, guint i);
gboolean         telar_order_by_body  (const TelarOrderScope *scope, guint i);

/* Returns: the index of @task, or -1. */
int telar_order_find_child (const TelarOrderScope *scope, guint32 task);

/* Whether @refs holds @ref, or all the copies of its task. */
gboolean telar_order_has_ref      (const GArray *refs, TelarPythonRef ref);
int      telar_order_compare_refs (gconstpointer a, gconstpointer b);

/* What a child still waits for, in file order. (transfer full) */
GArray  *telar_order_pending   (const TelarOrderScope *scope, guint child);
gboolean telar_order_is_due    (const TelarOrderScope *scope, guint child);
gboolean telar_order_is_active (const TelarOrderScope *scope, guint32 task);
/* Whether all that a child waits for runs. */
gboolean telar_order_is_near   (const TelarOrderScope *scope, guint child);

/* Nobody has to wait for it any more. */
void telar_order_resolve (TelarOrderScope *scope, TelarPythonRef ref);
/* The child will not be joined, so that nothing after it is started. */
void telar_order_give_up (TelarOrderScope *scope, guint child);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TelarOrderFamily, telar_order_family_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TelarOrderScope, telar_order_scope_clear)

G_END_DECLS

/* order.h
 *
 * SPDX-License-Identifier: MIT
 *
 * In which order a task starts, calls and joins what belongs to it, as the
 * engine's scope does, found without running it. Wherever that order depends on
 * who ends first, it says so.
 */

#pragma once

#include "graph/relations.h"

G_BEGIN_DECLS

/* A task with all its copies, or one of them. */
typedef struct
{
  guint32 task;
  guint   copy; /* from 1, or 0 for all */
} TelarPythonRef;

typedef enum
{
  TELAR_ORDER_START,
  TELAR_ORDER_BODY,   /* the task's own steps */
  TELAR_ORDER_CALL,
  TELAR_ORDER_JOIN,
  TELAR_ORDER_IF,     /* where all of `after` ended with 0: then `first` */
  TELAR_ORDER_EITHER, /* whichever of two ends first: then `first`, else `second` */
  TELAR_ORDER_FOLLOW  /* nothing but a loop can tell: `waiting` and `running` of the order */
} TelarOrderWhat;

typedef struct
{
  TelarOrderWhat what;
  TelarPythonRef ref;
  TelarPythonRef other;  /* EITHER: the second of the two */
  GArray        *after;  /* owned TelarPythonRef, IF */
  GArray        *first;  /* owned TelarOrderStep, EITHER and IF */
  GArray        *second; /* owned TelarOrderStep, EITHER */
} TelarOrderStep;

typedef struct
{
  GArray   *steps;   /* owned TelarOrderStep */
  gboolean  follows; /* it ends with FOLLOW: what runs then is joined as the loop left it */
  GArray   *waiting; /* owned guint32: tasks not started before FOLLOW */
  GArray   *running; /* owned guint32: tasks started and not joined before FOLLOW */
} TelarOrder;

/* @children: (element-type guint32): the tasks of @parent in file order */
TelarOrder *telar_order_new  (const TelarRelations *relations, guint32 parent,
                              const GArray *children);
void        telar_order_free (TelarOrder *order);

G_END_DECLS

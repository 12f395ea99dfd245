/* made-plan.h
 *
 * SPDX-License-Identifier: MIT
 *
 * Plans for tests and benchmarks, made of a table instead of a graph.
 */

#pragma once

#include <glib.h>

#include "plan/plan.h"

G_BEGIN_DECLS

typedef struct
{
  const char *id;
  const char *parent;    /* id; NULL for main, the first row */
  TelarKind   kind;
  const char *function;  /* of the catalogue, without arguments; NULL: no body */
  const char *after;     /* ids with a space between, or NULL */
  gboolean    by_body;   /* a step of its parent starts it */
  gboolean    daemon;
} TelarMadeTask;

/* @tasks: parents before their children.
 * Returns: (transfer full): a sound plan. */
GBytes *telar_made_plan (const TelarMadeTask *tasks, guint n, gboolean skip_on_failure);

G_END_DECLS

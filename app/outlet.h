/* outlet.h
 *
 * SPDX-License-Identifier: MIT
 *
 * Standard output and standard error of telar while a run goes on. Nothing is
 * lost on a slow reader and nothing blocks: bytes wait in memory until there
 * is room for them. Needs a main loop.
 */

#pragma once

#include <glib.h>

#include "catalogue/call.h"

G_BEGIN_DECLS

typedef struct _TelarOutlet TelarOutlet;

typedef enum
{
  TELAR_OUTLET_OPEN,
  TELAR_OUTLET_CLOSED,  /* its reader has gone away */
  TELAR_OUTLET_FAILED   /* a disk is full, … */
} TelarOutletState;

/* Called when bytes went out, or when the state changed. */
typedef void (*TelarOutletChanged) (gpointer data);

TelarOutlet     *telar_outlet_new        (TelarOutletChanged changed, gpointer data);
void             telar_outlet_free       (TelarOutlet *outlet);
/* What is written in one piece comes out in one piece. After a failure it is
 * thrown away. */
void             telar_outlet_write      (TelarOutlet *outlet, TelarStream stream,
                                          const void *bytes, gsize size);
/* Bytes that wait. */
gsize            telar_outlet_get_queued (TelarOutlet *outlet);
TelarOutletState telar_outlet_get_state  (TelarOutlet *outlet);
/* The errno of a failed one. */
int              telar_outlet_get_error  (TelarOutlet *outlet);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TelarOutlet, telar_outlet_free)

G_END_DECLS

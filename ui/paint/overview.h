/* overview.h
 *
 * SPDX-License-Identifier: MIT
 *
 * All of a run in one strip: a row a core, in the colours of the lanes, as high
 * as the core is busy. What it costs is bound to pixels, not to slices, and the
 * picture stays the same while a person moves about in the run: it is there to
 * be kept.
 */

#pragma once

#include "paint/view.h"

G_BEGIN_DECLS

typedef struct
{
  double left, right; /* x of the run's beginning and of @span */
  double top, bottom; /* of the rows, from the strip's upper edge */
  double height;      /* of the strip, with air around the rows */
  double span;        /* ns */
} TelarOverview;

/* How high a strip is in such a view. */
double telar_overview_height (const TelarView *view);
/* Times stand below each other: the strip begins and ends where the lanes do. */
void   telar_overview_place  (TelarOverview *overview, const TelarTimeline *timeline,
                              const TelarView *view, double span);
/* The strip without what is seen of it. */
void   telar_paint_overview  (cairo_t *cr, const TelarOverview *overview,
                              const TelarTimeline *timeline, const TelarView *view);
/* Which part of it the view shows: the rest steps back, a frame with a handle at
 * either edge is around it. */
void   telar_paint_overview_seen (cairo_t *cr, const TelarOverview *overview,
                                  const TelarView *view);

/* Of that frame: never narrower than can be seen. */
void   telar_overview_frame  (const TelarOverview *overview, double begin, double end,
                              double *from, double *to);
double telar_overview_ns     (const TelarOverview *overview, double x);

G_END_DECLS

/* overview-drag.h
 *
 * SPDX-License-Identifier: MIT
 *
 * What a pointer or a key does to the part of a run that is seen, when it is moved
 * on the strip of all of the run. Pure values: x in pixels, times in ns.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  TELAR_GRIP_OUTSIDE, /* the part goes there first */
  TELAR_GRIP_BEGIN,
  TELAR_GRIP_INSIDE,
  TELAR_GRIP_END
} TelarGrip;

typedef struct
{
  double begin;
  double end;
} TelarSeen;

/* What is at @x, with the part painted from @from to @to: an edge can be grasped from
 * outside too, and leaves some of a narrow part for the whole. */
TelarGrip telar_overview_grip (double from, double to, double x);
/* @seen after its grip has moved by @delta: an edge stops before the other one, and
 * where the run ends, or where it was beyond that. */
TelarSeen telar_overview_drag (TelarSeen seen, TelarGrip grip, double delta, double span);
/* Of the same width, about @at. */
TelarSeen telar_overview_jump (TelarSeen seen, double at);
/* How much of time the strip is for: all of a run that is over; while it goes on so
 * much that it is full seldom, and then half of it. */
double    telar_overview_span (double length, gboolean live);

G_END_DECLS

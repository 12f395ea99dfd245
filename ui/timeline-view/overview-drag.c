/* overview-drag.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "timeline-view/overview-drag.h"

#include <math.h>

#include "timeline-view/follow.h"

/* Pixels around an edge that belong to it, outside and inside. */
#define REACH 7.0

TelarGrip
telar_overview_grip (double from,
                     double to,
                     double x)
{
  double inside = MIN (REACH, (to - from) / 4.0);

  if (x < from - REACH || x > to + REACH)
    return TELAR_GRIP_OUTSIDE;
  if (x <= from + inside)
    return TELAR_GRIP_BEGIN;
  if (x >= to - inside)
    return TELAR_GRIP_END;

  return TELAR_GRIP_INSIDE;
}

TelarSeen
telar_overview_drag (TelarSeen seen,
                     TelarGrip grip,
                     double    delta,
                     double    span)
{
  double first = MIN (seen.begin, 0.0), last = MAX (seen.end, span);

  switch (grip)
    {
    case TELAR_GRIP_BEGIN:
      seen.begin = CLAMP (seen.begin + delta, first, seen.end - TELAR_FOLLOW_LEAST);
      break;
    case TELAR_GRIP_END:
      seen.end = CLAMP (seen.end + delta, seen.begin + TELAR_FOLLOW_LEAST, last);
      break;
    case TELAR_GRIP_OUTSIDE:
    case TELAR_GRIP_INSIDE:
    default:
      delta = CLAMP (delta, first - seen.begin, last - seen.end);
      seen.begin += delta;
      seen.end += delta;
      break;
    }

  return seen;
}

TelarSeen
telar_overview_jump (TelarSeen seen,
                     double    at)
{
  double half = (seen.end - seen.begin) / 2.0;

  return (TelarSeen) { at - half, at + half };
}

double
telar_overview_span (double   length,
                     gboolean live)
{
  double span = TELAR_FOLLOW_FIRST;

  if (!live)
    return MAX (length, TELAR_FOLLOW_LEAST);
  while (span < length)
    span *= 2.0;

  return span;
}

/* follow.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "timeline-view/follow.h"

/* Beyond this share of the width now has no room left. */
#define FULL 0.9
/* At least this share of the width shows the run, however far one pans. */
#define IN_SIGHT 0.1
/* Air around a run that is fitted. */
#define AIR_BEFORE 0.01
#define AIR_BEHIND 0.04

static double
widest (double length)
{
  return 4.0 * MAX (length, TELAR_FOLLOW_FIRST / 4.0);
}

static void
keep_in_sight (TelarFollow *follow,
               double       length)
{
  double width = telar_follow_width (follow);
  double least = -width * (1.0 - IN_SIGHT);
  double most = length - width * IN_SIGHT;

  follow->begin = CLAMP (follow->begin, least, MAX (most, least));
  follow->end = follow->begin + width;
}

void
telar_follow_init (TelarFollow *follow)
{
  *follow = (TelarFollow) {
    .begin = 0,
    .end = TELAR_FOLLOW_FIRST,
    .following = TRUE,
    .whole = TRUE,
  };
}

gboolean
telar_follow_advance (TelarFollow *follow,
                      double       now)
{
  double width = telar_follow_width (follow);
  double limit = follow->begin + FULL * width;

  if (!follow->following || now <= limit)
    return FALSE;

  if (follow->whole)
    {
      while (now > follow->begin + FULL * width)
        width *= 2.0;
      follow->end = follow->begin + width;
    }
  else
    {
      follow->begin += now - limit;
      follow->end = follow->begin + width;
    }

  return TRUE;
}

void
telar_follow_zoom (TelarFollow *follow,
                   double       factor,
                   double       at,
                   double       length)
{
  double width = telar_follow_width (follow);
  double share = (at - follow->begin) / width;
  double wanted = CLAMP (width / factor, TELAR_FOLLOW_LEAST, MAX (widest (length), width));

  follow->following = FALSE;
  follow->begin = at - share * wanted;
  follow->end = follow->begin + wanted;
  keep_in_sight (follow, length);
}

void
telar_follow_zoom_by_key (TelarFollow *follow,
                          double       factor,
                          double       length)
{
  gboolean following = follow->following;
  double   at = following ? length : (follow->begin + follow->end) / 2.0;

  telar_follow_zoom (follow, factor, at, length);

  if (following)
    {
      follow->following = TRUE;
      follow->whole = FALSE;
    }
}

void
telar_follow_pan (TelarFollow *follow,
                  double       delta,
                  double       length)
{
  follow->following = FALSE;
  follow->begin += delta;
  follow->end += delta;
  keep_in_sight (follow, length);
}

void
telar_follow_show (TelarFollow *follow,
                   double       begin,
                   double       end,
                   double       length)
{
  follow->following = FALSE;
  follow->begin = begin;
  follow->end = MAX (end, begin + TELAR_FOLLOW_LEAST);
  keep_in_sight (follow, length);
}

void
telar_follow_resume (TelarFollow *follow,
                     double       now)
{
  telar_follow_init (follow);
  telar_follow_advance (follow, now);
}

void
telar_follow_fit (TelarFollow *follow,
                  double       begin,
                  double       end)
{
  double length = MAX (end - begin, TELAR_FOLLOW_LEAST);

  follow->following = FALSE;
  follow->whole = TRUE;
  follow->begin = begin - AIR_BEFORE * length;
  follow->end = begin + (1.0 + AIR_BEHIND) * length;
}

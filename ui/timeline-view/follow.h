/* follow.h
 *
 * SPDX-License-Identifier: MIT
 *
 * Which stretch of time a timeline shows, and how it moves: by itself while it
 * follows *now*, by a person's zoom and pan otherwise. A pure value: no
 * widget, no clock. Times are nanoseconds, double because a pixel of a
 * zoomed-in view is a fraction of one.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  double   begin;
  double   end;
  gboolean following; /* now moves it */
  gboolean whole;     /* while following: all of the run, by doubling; else the last stretch */
} TelarFollow;

#define TELAR_FOLLOW_FIRST 100e6 /* the span that a run begins with */
#define TELAR_FOLLOW_LEAST 50.0  /* the narrowest */

/* A run begins: all of it is followed. */
void     telar_follow_init    (TelarFollow *follow);
/* Now has moved to @now. Returns: whether what is shown changed. */
gboolean telar_follow_advance (TelarFollow *follow, double now);
/* Shows @factor times the detail and leaves @at where it is; @length is how
 * long the run is so far: nobody zooms out to more than four times of it. */
void     telar_follow_zoom    (TelarFollow *follow, double factor, double at, double length);
/* The same by key: about now while following (and goes on following), else
 * about the middle. */
void     telar_follow_zoom_by_key (TelarFollow *follow, double factor, double length);
/* Moves by @delta; some of the run stays in sight; following ends. */
void     telar_follow_pan     (TelarFollow *follow, double delta, double length);
/* Follows all of the run again. */
void     telar_follow_resume  (TelarFollow *follow, double now);
/* Exactly from @begin to @end, as far as some of the run stays in sight; following ends. */
void     telar_follow_show    (TelarFollow *follow, double begin, double end, double length);
/* All from @begin to @end with a little air; following ends. */
void     telar_follow_fit     (TelarFollow *follow, double begin, double end);

static inline double
telar_follow_width (const TelarFollow *follow)
{
  return follow->end - follow->begin;
}

G_END_DECLS

/* graph-private.h
 *
 * SPDX-License-Identifier: MIT
 *
 * What the files that draw a graph share.
 */

#pragma once

#include "paint/graph-picture.h"
#include "paint/paint-private.h"

G_BEGIN_DECLS

#define TELAR_GRAPH_STACK 5 /* how far copies stand behind each other */

/* One picture in the making. */
typedef struct
{
  cairo_t                *cr;
  const TelarGraphLayout *layout;
  const TelarPlan        *plan;
  const TelarTimeline    *timeline;
  const TelarView        *view;
  const TelarTheme       *theme;
  TelarPalette            palette;
  TelarTextStyle          text;
  gboolean                vector;
  gboolean                small;   /* too small for text: everything as simple as can be */
  double                  x, y, scale;
} TelarGraphPainter;

static inline double
telar_graph_x (const TelarGraphPainter *painter, double x)
{
  return painter->x + x * painter->scale;
}

static inline double
telar_graph_y (const TelarGraphPainter *painter, double y)
{
  return painter->y + y * painter->scale;
}

gboolean             telar_graph_sees   (const TelarGraphPainter *painter,
                                         const TelarGraphBox *box);
const TelarGraphBox *telar_graph_box    (const TelarGraphPainter *painter, guint box);
/* Copies in each copy of the frame: what the graph says. */
guint                telar_graph_copies (const TelarGraphPainter *painter,
                                         const TelarGraphBox *box);
/* Lines, or (@heads) only the heads of their arrows (graph-edges.c). */
void                 telar_paint_edges  (TelarGraphPainter *painter, gboolean heads);

/* What a box says about its tasks while a run goes on (graph-state.c). */
typedef enum
{
  TELAR_MOOD_QUIET,
  TELAR_MOOD_ON_CORE,
  TELAR_MOOD_FAILED
} TelarMood;

/* Returns: (transfer full): "on core 1", "waits: join t1", "joined · 37 ms on
 * a core", "not yet: after p2, p3"; of several tasks, how many are in which
 * state; "" where there is nothing to say. */
char       *telar_graph_state     (const TelarTimeline *timeline, const TelarGraphBox *box,
                                   TelarMood *mood);
const char *telar_graph_kind_name (TelarKind kind);

G_END_DECLS

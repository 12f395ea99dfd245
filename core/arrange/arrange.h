/* arrange.h
 *
 * SPDX-License-Identifier: MIT
 *
 * Automatic layout: where boxes and frames go, from left to right along the
 * edges between them. Knows nothing of tasks; the caller decides sizes.
 *
 * Frames are laid out from the innermost out, and each then stands in its own
 * frame as one box: it stays whole, and nothing overlaps. What is connected
 * within a frame is laid out by graphviz's `dot` or by layers.h, what waits for
 * nothing at the left; what is not connected is then packed beside and below
 * each other.
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Above so many items without the root AUTO does not ask dot: 1,000 take it half
 * a second or more, 5,000 took it up to half a minute. */
#define TELAR_ARRANGE_MOST_DOT 1000

/* All lengths in pixels of the canvas. */
typedef struct
{
  guint32 parent;            /* index of the item whose frame it is in; item 0 is the root */
  double  width, height;     /* given for leaves; for frames the least size, and found */
  double  header, padding;   /* of frames: room above what it holds; at the other sides */
  double  left_room;         /* of frames: more room at the left, behind the padding */
  double  x, y;              /* found: top left, absolute; the root stays where it is */
} TelarArrangeItem;

/* Between any two items, and in any number. One between items of different
 * frames counts for those of their ancestors that share a frame; where such
 * edges contradict each other, or run in a circle, the later ones are left out. */
typedef struct
{
  guint32 from, to;
} TelarArrangeEdge;

typedef enum
{
  TELAR_ARRANGE_AUTO,        /* dot for up to TELAR_ARRANGE_MOST_DOT items, else layers */
  TELAR_ARRANGE_DOT,         /* dot however many; layers where it fails */
  TELAR_ARRANGE_LAYERS,
} TelarArrangeMethod;

/* Lays out in a thread of its own; @callback is called in the caller's main
 * context. Once @cancellable is cancelled, it is called as soon as the thread
 * has stopped, and no dot is left behind.
 *
 * @items: (element-type TelarArrangeItem): copied; at least the root
 * @edges: (element-type TelarArrangeEdge) (nullable): copied */
void telar_arrange_async (GArray *items, GArray *edges, TelarArrangeMethod method,
                          GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);

/* @used: (out) (optional): TELAR_ARRANGE_DOT when dot had a part in it,
 *   TELAR_ARRANGE_LAYERS when it was not asked, not there, failed or took too long
 *
 * Returns: (transfer full) (element-type TelarArrangeItem) (nullable): the items
 *   with their places, in the order in which they were given; %NULL only when
 *   cancelled (G_IO_ERROR_CANCELLED) */
GArray *telar_arrange_finish (GAsyncResult *result, TelarArrangeMethod *used, GError **error);

/* The layered layout, at once and in this thread. The same items and edges
 * always give the same places.
 *
 * Returns: FALSE when cancelled; @items then are as they were */
gboolean telar_arrange_layers (TelarArrangeItem *items, guint n, const TelarArrangeEdge *edges,
                               guint n_edges, GCancellable *cancellable);

/* Whether no two items of a frame overlap, and every item is within its frame,
 * with its header, padding and room at the left. */
gboolean telar_arrange_is_sound (const TelarArrangeItem *items, guint n);

G_END_DECLS

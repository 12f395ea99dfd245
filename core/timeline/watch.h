/* watch.h
 *
 * SPDX-License-Identifier: MIT
 *
 * Whoever looks on while something takes long: hears how far it has come, and
 * may call it off. Called in the thread that works.
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct
{
  GCancellable *cancellable;               /* borrowed, nullable */
  void        (*progress) (double done, gpointer data); /* nullable; 0 to 1 */
  gpointer      data;
} TelarWatch;

/* @watch: (nullable). Returns: whether to go on. */
static inline gboolean
telar_watch_tell (const TelarWatch *watch, double done)
{
  if (watch == NULL)
    return TRUE;
  if (watch->progress != NULL)
    watch->progress (CLAMP (done, 0, 1), watch->data);
  return !g_cancellable_is_cancelled (watch->cancellable);
}

G_END_DECLS

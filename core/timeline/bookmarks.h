/* bookmarks.h
 *
 * SPDX-License-Identifier: MIT
 *
 * Moments of a run that somebody marked, with a text. They are no part of what
 * happened: they can be made and changed at any time, while other threads paint
 * or write the run. Who reads takes the list as it is then, which never changes.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define TELAR_BOOKMARKS_MOST     1000 /* of a run */
#define TELAR_BOOKMARK_TEXT_MOST 240  /* bytes, UTF-8 */

typedef struct
{
  gint64  ns;   /* since the run began */
  guint32 task; /* or TELAR_NO_TASK */
  guint   id;   /* of this session; never 0, and none comes twice */
  char   *text; /* owned: one line, may be empty */
} TelarBookmark;

typedef struct _TelarBookmarks TelarBookmarks;

TelarBookmarks *telar_bookmarks_new   (void);
TelarBookmarks *telar_bookmarks_ref   (TelarBookmarks *bookmarks);
void            telar_bookmarks_unref (TelarBookmarks *bookmarks);

/* Returns: (transfer full) (element-type TelarBookmark): by time; it is never
 * changed, nor are those in it. */
GPtrArray *telar_bookmarks_list     (TelarBookmarks *bookmarks);
/* @ns: before the run it is its beginning
 * @text: made one line of UTF-8 that is not too long
 *
 * Returns: its id; 0: there are too many. */
guint      telar_bookmarks_add      (TelarBookmarks *bookmarks, gint64 ns, guint32 task,
                                     const char *text);
/* Returns: whether it is there. */
gboolean   telar_bookmarks_set_text (TelarBookmarks *bookmarks, guint id, const char *text);
gboolean   telar_bookmarks_remove   (TelarBookmarks *bookmarks, guint id);

/* Rises with every change. */
guint      telar_bookmarks_generation (TelarBookmarks *bookmarks);
/* They are in a file as they were at @generation. */
void       telar_bookmarks_saved      (TelarBookmarks *bookmarks, guint generation);
/* Whether they were changed since they were saved or opened. */
gboolean   telar_bookmarks_unsaved    (TelarBookmarks *bookmarks);

/* In a list: the next one after (@way 1) or before (−1) a moment. (nullable) */
const TelarBookmark *telar_bookmarks_step (const GPtrArray *list, gint64 ns, int way);
/* (nullable) */
const TelarBookmark *telar_bookmarks_find (const GPtrArray *list, guint id);

/* What is kept of a text. (transfer full) */
char      *telar_bookmark_text (const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TelarBookmarks, telar_bookmarks_unref)

G_END_DECLS

/* bookmarks.c
 *
 * SPDX-License-Identifier: MIT
 *
 * A list that is replaced as a whole by every change: whoever reads the one
 * before keeps it as long as needed.
 */

#include "config.h"

#include "timeline/bookmarks.h"

#include <string.h>

struct _TelarBookmarks
{
  gatomicrefcount references;
  GMutex          mutex;      /* of what follows */
  GPtrArray      *list;       /* owned: TelarBookmark, by time; never changed */
  guint           last_id;
  guint           generation;
  guint           saved;      /* the generation that is in a file */
};

static void
bookmark_free (gpointer data)
{
  TelarBookmark *bookmark = data;

  g_free (bookmark->text);
  g_free (bookmark);
}

static TelarBookmark *
bookmark_new (gint64 ns, guint32 task, guint id, char *text /* (transfer full) */)
{
  TelarBookmark *bookmark = g_new0 (TelarBookmark, 1);

  *bookmark = (TelarBookmark){ .ns = MAX (ns, 0), .task = task, .id = id, .text = text };
  return bookmark;
}

TelarBookmarks *
telar_bookmarks_new (void)
{
  TelarBookmarks *self = g_new0 (TelarBookmarks, 1);

  g_atomic_ref_count_init (&self->references);
  g_mutex_init (&self->mutex);
  self->list = g_ptr_array_new_with_free_func (bookmark_free);
  return self;
}

TelarBookmarks *
telar_bookmarks_ref (TelarBookmarks *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
telar_bookmarks_unref (TelarBookmarks *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  g_ptr_array_unref (self->list);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

char *
telar_bookmark_text (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *kept = g_string_new (NULL);

  for (const char *at = valid; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      /* A line's end is a gap between words; other controls have no sign, and those of
       * direction would turn what stands beside them. */
      if (c == '\n' || c == '\t' || c == '\r' || c == 0x2028 || c == 0x2029)
        c = ' ';
      if (g_unichar_iscntrl (c) || (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069))
        continue;
      if (kept->len + (gsize) g_unichar_to_utf8 (c, NULL) > TELAR_BOOKMARK_TEXT_MOST)
        break;
      g_string_append_unichar (kept, c);
    }
  return g_strstrip (g_string_free (kept, FALSE));
}

GPtrArray *
telar_bookmarks_list (TelarBookmarks *self)
{
  GPtrArray *list;

  g_return_val_if_fail (self != NULL, NULL);

  g_mutex_lock (&self->mutex);
  list = g_ptr_array_ref (self->list);
  g_mutex_unlock (&self->mutex);
  return list;
}

/* The list without @id, and with @added; those of one moment in the order in which
 * they were made. */
static void
replace_list (TelarBookmarks *self, guint id, TelarBookmark *added /* (transfer full) */)
{
  GPtrArray *list = g_ptr_array_new_full (self->list->len + 1, bookmark_free);

  for (guint i = 0; i < self->list->len; i++)
    {
      const TelarBookmark *one = self->list->pdata[i];

      if (added != NULL && (one->ns > added->ns || (one->ns == added->ns && one->id > added->id)))
        g_ptr_array_add (list, g_steal_pointer (&added));
      if (one->id != id)
        g_ptr_array_add (list, bookmark_new (one->ns, one->task, one->id, g_strdup (one->text)));
    }
  if (added != NULL)
    g_ptr_array_add (list, added);
  g_ptr_array_unref (self->list);
  self->list = list;
  self->generation++;
}

guint
telar_bookmarks_add (TelarBookmarks *self, gint64 ns, guint32 task, const char *text)
{
  guint id = 0;

  g_return_val_if_fail (self != NULL && text != NULL, 0);

  g_mutex_lock (&self->mutex);
  if (self->list->len < TELAR_BOOKMARKS_MOST)
    {
      id = ++self->last_id;
      replace_list (self, 0, bookmark_new (ns, task, id, telar_bookmark_text (text)));
    }
  g_mutex_unlock (&self->mutex);
  return id;
}

gboolean
telar_bookmarks_set_text (TelarBookmarks *self, guint id, const char *text)
{
  g_autofree char *kept = NULL;
  const TelarBookmark *one;
  gboolean found;

  g_return_val_if_fail (self != NULL && text != NULL, FALSE);

  kept = telar_bookmark_text (text);
  g_mutex_lock (&self->mutex);
  one = telar_bookmarks_find (self->list, id);
  found = one != NULL;
  if (found && strcmp (one->text, kept) != 0)
    replace_list (self, id, bookmark_new (one->ns, one->task, id, g_steal_pointer (&kept)));
  g_mutex_unlock (&self->mutex);
  return found;
}

gboolean
telar_bookmarks_remove (TelarBookmarks *self, guint id)
{
  gboolean found;

  g_return_val_if_fail (self != NULL, FALSE);

  g_mutex_lock (&self->mutex);
  found = telar_bookmarks_find (self->list, id) != NULL;
  if (found)
    replace_list (self, id, NULL);
  g_mutex_unlock (&self->mutex);
  return found;
}

guint
telar_bookmarks_generation (TelarBookmarks *self)
{
  guint generation;

  g_return_val_if_fail (self != NULL, 0);

  g_mutex_lock (&self->mutex);
  generation = self->generation;
  g_mutex_unlock (&self->mutex);
  return generation;
}

void
telar_bookmarks_saved (TelarBookmarks *self, guint generation)
{
  g_return_if_fail (self != NULL);

  g_mutex_lock (&self->mutex);
  self->saved = generation;
  g_mutex_unlock (&self->mutex);
}

gboolean
telar_bookmarks_unsaved (TelarBookmarks *self)
{
  gboolean unsaved;

  g_return_val_if_fail (self != NULL, FALSE);

  g_mutex_lock (&self->mutex);
  unsaved = self->saved != self->generation;
  g_mutex_unlock (&self->mutex);
  return unsaved;
}

const TelarBookmark *
telar_bookmarks_step (const GPtrArray *list, gint64 ns, int way)
{
  g_return_val_if_fail (list != NULL, NULL);

  if (way > 0)
    {
      for (guint i = 0; i < list->len; i++)
        if (((const TelarBookmark *) list->pdata[i])->ns > ns)
          return list->pdata[i];
    }
  else
    for (guint i = list->len; i-- > 0;)
      if (((const TelarBookmark *) list->pdata[i])->ns < ns)
        return list->pdata[i];
  return NULL;
}

const TelarBookmark *
telar_bookmarks_find (const GPtrArray *list, guint id)
{
  g_return_val_if_fail (list != NULL, NULL);

  for (guint i = 0; i < list->len; i++)
    if (((const TelarBookmark *) list->pdata[i])->id == id)
      return list->pdata[i];
  return NULL;
}

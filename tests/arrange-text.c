/* arrange-text.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include <math.h>
#include <string.h>

#include "arrange-text.h"

/* A character is so many pixels. */
#define COLUMN 12.0
#define LINE   18.0

TelarMadeLayout *
telar_made_layout_new (void)
{
  TelarMadeLayout *made = g_new0 (TelarMadeLayout, 1);

  made->items = g_array_new (FALSE, FALSE, sizeof (TelarArrangeItem));
  made->edges = g_array_new (FALSE, FALSE, sizeof (TelarArrangeEdge));
  telar_made_layout_add (made, 0);
  return made;
}

/* Edges run from lower to higher numbers, to siblings and to others. */
TelarMadeLayout *
telar_made_layout_new_random (guint32 seed, guint n, guint n_frames, guint n_edges)
{
  TelarMadeLayout *made = telar_made_layout_new ();
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);

  for (guint i = 1; i <= n; i++)
    {
      gboolean inside = n_frames > 0 && i > 1 && g_rand_int_range (random, 0, 10) < 6;
      guint32 parent = inside ? g_rand_int_range (random, 1, MIN (n_frames + 1, i)) : 0;
      guint32 item = telar_made_layout_add (made, parent);
      TelarArrangeItem *added = &telar_made_items (made->items)[item];

      added->width = 224 + 7.5 * g_rand_int_range (random, 0, 19);
      added->height = g_rand_int_range (random, 0, 8) == 0 ? 130.5 : 74;
      added->left_room = g_rand_int_range (random, 0, 3) == 0 ? 160 : 0;
    }
  for (guint i = 0; i < n_edges && n > 1; i++)
    {
      guint32 from = g_rand_int_range (random, 1, n);

      telar_made_layout_link (made, from,
                              g_rand_int_range (random, from + 1, MIN (n, from + n / 3 + 1) + 1));
    }
  return made;
}

void
telar_made_layout_free (TelarMadeLayout *made)
{
  g_array_unref (made->items);
  g_array_unref (made->edges);
  g_free (made);
}

guint32
telar_made_layout_add (TelarMadeLayout *made, guint32 parent)
{
  TelarArrangeItem item = {
    .parent = parent, .width = 132, .height = 72, .header = 36, .padding = 24,
  };

  g_array_append_val (made->items, item);
  return made->items->len - 1;
}

void
telar_made_layout_link (TelarMadeLayout *made, guint32 from, guint32 to)
{
  TelarArrangeEdge edge = { from, to };

  g_array_append_val (made->edges, edge);
}

TelarArrangeItem *
telar_made_items (GArray *items)
{
  return (TelarArrangeItem *) (void *) items->data;
}

static gboolean
is_frame (GArray *items, guint32 frame)
{
  for (guint32 i = 1; i < items->len; i++)
    if (telar_made_items (items)[i].parent == frame)
      return TRUE;
  return FALSE;
}

/* Frames are given before what they hold. */
char *
telar_arrange_print (GArray *items)
{
  const TelarArrangeItem *root = telar_made_items (items);
  guint columns = (guint) ceil (root->width / COLUMN) + 1;
  guint lines = (guint) ceil (root->height / LINE) + 1;
  g_autofree char *canvas = g_malloc (columns * lines);
  GString *text = g_string_new (NULL);

  memset (canvas, ' ', columns * lines);
  for (guint i = 0; i < items->len; i++)
    {
      const TelarArrangeItem *item = &telar_made_items (items)[i];
      guint x0 = (guint) (item->x / COLUMN), x1 = (guint) ((item->x + item->width) / COLUMN);
      guint y0 = (guint) (item->y / LINE), y1 = (guint) ((item->y + item->height) / LINE);
      gboolean frame = is_frame (items, i);
      g_autofree char *label = g_strdup_printf ("%u", i);

      for (guint x = x0; x <= x1; x++)
        canvas[y0 * columns + x] = canvas[y1 * columns + x] = frame ? '=' : '-';
      for (guint y = y0; y <= y1; y++)
        canvas[y * columns + x0] = canvas[y * columns + x1] = y == y0 || y == y1 ? '+' : '|';
      memcpy (canvas + (y0 + 1) * columns + x0 + 2, label, strlen (label));
    }
  for (guint y = 0; y < lines; y++)
    {
      g_autofree char *line = g_strndup (canvas + y * columns, columns);

      g_string_append_printf (text, "%s\n", g_strchomp (line));
    }
  return g_string_free (text, FALSE);
}

/* graph-images.c
 *
 * SPDX-License-Identifier: MIT
 *
 * While a graph is looked at, a frame shows mostly what the frame before showed:
 * the still part is kept. Moved by whole pixels, only what comes into sight is
 * painted; of boxes whose marks change, only these; while tasks are dragged, only
 * they and their edges. Whether what is kept still holds is seen by comparing
 * what it was made of, which takes a hundredth of painting it.
 */

#include "config.h"

#include <math.h>
#include <string.h>

#include "paint/graph-private.h"

#define MOST_CHANGED 12 /* boxes; of more, all is painted */
#define REACH        16 /* of marks around a box, in its units */

struct _TelarGraphImages
{
  cairo_surface_t        *images[3]; /* owned, nullable */
  int                     scale;     /* device pixels of theirs a pixel */
  int                     still;     /* which holds what is still, or -1 */
  int                     given;     /* which was handed out last: the display may still read it */

  /* What the still one was made of. */
  const TelarGraphLayout *layout;    /* not to be followed */
  TelarGraphBox          *boxes;     /* owned, as the next three */
  TelarGraphBox          *objects;
  guint8                 *marks;     /* nullable, as the next */
  guint8                 *object_marks;
  guint32                 n_tasks;
  guint                   n_objects;
  TelarGraphShow          show;      /* but for what it points to */
  TelarView               view;
  const char             *font;      /* interned */
  double                  x, y, zoom;
  guint                   way;       /* telar_graph_way() */
};

/* ---- what is kept ------------------------------------------------------- */

static void
forget_copies (TelarGraphImages *self)
{
  g_clear_pointer (&self->boxes, g_free);
  g_clear_pointer (&self->objects, g_free);
  g_clear_pointer (&self->marks, g_free);
  g_clear_pointer (&self->object_marks, g_free);
}

static void
remember (TelarGraphImages *self, const TelarGraphLayout *layout, const TelarGraphShow *show,
          const TelarView *view, double x, double y, double zoom)
{
  forget_copies (self);
  self->layout = layout;
  self->n_tasks = layout->n_tasks;
  self->n_objects = layout->n_objects;
  self->boxes = g_memdup2 (layout->boxes, layout->n_tasks * sizeof (TelarGraphBox));
  self->objects = g_memdup2 (layout->objects, layout->n_objects * sizeof (TelarGraphBox));
  self->marks = g_memdup2 (show->marks, show->marks != NULL ? layout->n_tasks : 0);
  self->object_marks = g_memdup2 (show->object_marks,
                                  show->object_marks != NULL ? layout->n_objects : 0);
  self->show = *show;
  self->view = *view;
  self->font = g_intern_string (view->font);
  self->x = x;
  self->y = y;
  self->zoom = zoom;
}

static gboolean
is_same_memory (gconstpointer a, gconstpointer b, gsize size)
{
  return size == 0 || a == b || (a != NULL && b != NULL && memcmp (a, b, size) == 0);
}

static gboolean
is_same_view (const TelarGraphImages *self, const TelarView *view, double zoom)
{
  return self->view.width == view->width && self->view.height == view->height
         && self->view.style == view->style && self->view.text == view->text
         && self->view.presenting == view->presenting && self->zoom == zoom
         && self->font == g_intern_string (view->font);
}

/* But for the marks of tasks. */
static gboolean
is_same_graph (const TelarGraphImages *self, const TelarGraphLayout *layout,
               const TelarGraphShow *show, const guint8 *floating)
{
  if (self->layout != layout || self->n_tasks != layout->n_tasks
      || self->n_objects != layout->n_objects || self->show.timeline != show->timeline
      || self->show.runs != show->runs || self->show.edge != show->edge
      || self->show.hover_edge != show->hover_edge || self->show.step_task != show->step_task
      || self->show.moment != show->moment || self->show.worker != show->worker
      || self->show.step != show->step || (self->marks == NULL) != (show->marks == NULL)
      || !is_same_memory (self->object_marks, show->object_marks, layout->n_objects)
      || !is_same_memory (self->objects, layout->objects,
                          layout->n_objects * sizeof (TelarGraphBox)))
    return FALSE;
  if (floating == NULL)
    return memcmp (self->boxes, layout->boxes, layout->n_tasks * sizeof (TelarGraphBox)) == 0;
  for (guint32 i = 0; i < layout->n_tasks; i++)
    if (!floating[i] && memcmp (&self->boxes[i], &layout->boxes[i], sizeof (TelarGraphBox)) != 0)
      return FALSE;
  return TRUE;
}

/* Which boxes look different: into @changed.
 *
 * Returns: how many, or MOST_CHANGED + 1 where it is more than they */
static guint
find_changed (const TelarGraphImages *self, const TelarGraphLayout *layout,
              const TelarGraphShow *show, guint32 *changed)
{
  guint n = 0;

  for (guint32 i = 0; show->marks != NULL && i < layout->n_tasks; i++)
    {
      guint8 differs = self->marks[i] ^ show->marks[i];

      if (differs == 0)
        continue;
      /* Lines to the objects of a selected task are lit; what is dragged takes
       * its edges along. */
      if (n == MOST_CHANGED || (differs & TELAR_GRAPH_MOVING) != 0
          || ((differs & TELAR_GRAPH_SELECTED) != 0 && layout->references->len > 0))
        return MOST_CHANGED + 1;
      changed[n++] = i;
    }
  return n;
}

/* ---- images ------------------------------------------------------------- */

/* One that is neither kept nor read. */
static int
take_image (TelarGraphImages *self, const TelarView *view, int scale)
{
  int width = (int) view->width * scale, height = (int) view->height * scale, i = 0;

  while (i == self->still || i == self->given)
    i++;
  if (self->images[i] == NULL || cairo_image_surface_get_width (self->images[i]) != width
      || cairo_image_surface_get_height (self->images[i]) != height || self->scale != scale)
    {
      g_clear_pointer (&self->images[i], cairo_surface_destroy);
      self->images[i] = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
      cairo_surface_set_device_scale (self->images[i], scale, scale);
    }
  return i;
}

/* Moved by whole device pixels; what comes into sight is left as it is. */
static void
copy_image (cairo_surface_t *to, cairo_surface_t *from, int dx, int dy)
{
  int width = cairo_image_surface_get_width (to), height = cairo_image_surface_get_height (to);
  int stride = cairo_image_surface_get_stride (to);
  guchar *target;
  const guchar *source;

  cairo_surface_flush (from);
  cairo_surface_flush (to);
  target = cairo_image_surface_get_data (to);
  source = cairo_image_surface_get_data (from);
  if (dx == 0 && dy == 0)
    memcpy (target, source, (gsize) stride * (gsize) height);
  else
    for (int y = MAX (dy, 0); y < MIN (height + dy, height); y++)
      memcpy (target + (gssize) y * stride + (gssize) 4 * MAX (dx, 0),
              source + (gssize) (y - dy) * stride + (gssize) 4 * MAX (-dx, 0),
              (gsize) (4 * (width - ABS (dx))));
  cairo_surface_mark_dirty (to);
}

static void
paint_parts (TelarGraphImages *self, int image, const TelarGraphLayout *layout,
             const TelarGraphShow *show, guint parts, const cairo_rectangle_int_t *region)
{
  cairo_t *cr = cairo_create (self->images[image]);

  telar_paint_graph_parts (cr, layout, show, &self->view, self->x, self->y, self->zoom, parts,
                           region);
  cairo_destroy (cr);
}

/* ---- what has to be painted --------------------------------------------- */

/* Whole pixels around a box and its marks, as far as they are in sight. */
static gboolean
region_of (const TelarGraphImages *self, const TelarGraphBox *box, cairo_rectangle_int_t *region)
{
  double reach = REACH * self->zoom + 8;
  int left = (int) MAX (floor (self->x + box->x * self->zoom - reach), 0);
  int top = (int) MAX (floor (self->y + box->y * self->zoom - reach), 0);
  int right = (int) MIN (ceil (self->x + (box->x + box->width) * self->zoom + reach),
                         self->view.width);
  int bottom = (int) MIN (ceil (self->y + (box->y + box->height) * self->zoom + reach),
                          self->view.height);

  *region = (cairo_rectangle_int_t){ left, top, right - left, bottom - top };
  return right > left && bottom > top;
}

static void
paint_what_came (TelarGraphImages *self, const TelarGraphLayout *layout,
                 const TelarGraphShow *show, int dx, int dy)
{
  int width = (int) self->view.width, height = (int) self->view.height;

  if (dx != 0)
    paint_parts (self, self->still, layout, show, TELAR_GRAPH_STILL,
                 &(cairo_rectangle_int_t){ dx > 0 ? 0 : width + dx, 0, ABS (dx), height });
  if (dy != 0)
    paint_parts (self, self->still, layout, show, TELAR_GRAPH_STILL,
                 &(cairo_rectangle_int_t){ 0, dy > 0 ? 0 : height + dy, width, ABS (dy) });
}

static void
update_still (TelarGraphImages *self, const TelarGraphLayout *layout, const TelarGraphShow *show,
              const TelarView *view, double x, double y, double zoom, int scale)
{
  g_autofree guint8 *floating = telar_graph_floating (layout, show);
  gboolean holds = self->still >= 0 && self->scale == scale && is_same_view (self, view, zoom)
                   && is_same_graph (self, layout, show, floating);
  guint32 changed[MOST_CHANGED];
  guint n = holds ? find_changed (self, layout, show, changed) : 0;
  double dx = x - self->x, dy = y - self->y;
  guint way = telar_graph_way (layout, view, x, y, zoom);
  int before = self->still;

  holds = holds && way == self->way && n <= MOST_CHANGED && fabs (dx) < view->width
          && fabs (dy) < view->height;
  if (holds && n == 0 && dx == 0 && dy == 0)
    return;

  self->still = take_image (self, view, scale);
  self->scale = scale;
  self->way = way;
  remember (self, layout, show, view, x, y, zoom);
  if (!holds)
    {
      paint_parts (self, self->still, layout, show, TELAR_GRAPH_STILL, NULL);
      return;
    }
  copy_image (self->images[self->still], self->images[before], (int) dx * scale, (int) dy * scale);
  paint_what_came (self, layout, show, (int) dx, (int) dy);
  for (guint i = 0; i < n; i++)
    {
      cairo_rectangle_int_t region;

      if (region_of (self, &layout->boxes[changed[i]], &region))
        paint_parts (self, self->still, layout, show, TELAR_GRAPH_STILL, &region);
    }
}

/* ---- public ------------------------------------------------------------- */

TelarGraphImages *
telar_graph_images_new (void)
{
  TelarGraphImages *self = g_new0 (TelarGraphImages, 1);

  self->still = self->given = -1;
  return self;
}

void
telar_graph_images_free (TelarGraphImages *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (self->images); i++)
    g_clear_pointer (&self->images[i], cairo_surface_destroy);
  forget_copies (self);
  g_free (self);
}

void
telar_graph_images_forget (TelarGraphImages *self)
{
  g_return_if_fail (self != NULL);

  self->still = -1;
}

static gboolean
has_waits (const TelarGraphLayout *layout, const TelarGraphShow *show)
{
  g_autoptr (GArray) waits = telar_graph_waits_new (layout, show->timeline, show->runs,
                                                    show->marks);

  return waits->len > 0;
}

cairo_surface_t *
telar_graph_images_paint (TelarGraphImages *self, const TelarGraphLayout *layout,
                          const TelarGraphShow *show, const TelarView *view, double x, double y,
                          double zoom, int scale)
{
  gboolean above = FALSE;

  g_return_val_if_fail (self != NULL && layout != NULL && show != NULL && view != NULL, NULL);

  update_still (self, layout, show, view, round (x), round (y), zoom, scale);
  above = show->band || show->link || show->n_guides > 0;
  for (guint32 i = 0; show->marks != NULL && !above && i < layout->n_tasks; i++)
    above = (show->marks[i] & TELAR_GRAPH_MOVING) != 0;
  if (!above && !has_waits (layout, show))
    {
      self->given = self->still;
      return self->images[self->still];
    }
  self->given = take_image (self, view, scale);
  copy_image (self->images[self->given], self->images[self->still], 0, 0);
  paint_parts (self, self->given, layout, show, TELAR_GRAPH_ABOVE, NULL);
  return self->images[self->given];
}

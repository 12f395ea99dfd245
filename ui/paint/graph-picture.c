/* graph-picture.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Frames with their rows, then edges, then boxes; then what is dragged, above
 * all of them. Everything is scaled by hand rather than by cairo, so that text
 * is shaped at the size at which it is seen.
 */

#include "config.h"

#include <math.h>

#include "paint/graph-private.h"

#define DOT_GAP   24
#define FAULTY    (TELAR_GRAPH_ERROR | TELAR_GRAPH_WARNING)
#define MOST_FINE 90 /* boxes in sight; of more, each is simple */

gboolean
telar_graph_sees (const TelarGraphPainter *painter, const TelarGraphBox *box)
{
  /* Marks reach around, copies stand behind. */
  double reach = 16 * painter->scale + 8;

  return telar_graph_x (painter, box->x + box->width) > painter->left - reach
         && telar_graph_x (painter, box->x) < painter->right + reach
         && telar_graph_y (painter, box->y + box->height) > painter->top - reach
         && telar_graph_y (painter, box->y) < painter->bottom + reach;
}

const TelarFill *
telar_graph_fill (const TelarGraphPainter *painter, guint32 task)
{
  while (task != 0
         && telar_relations_task (painter->layout->relations, task)->kind == TELAR_KIND_CALL)
    task = painter->layout->boxes[task].parent;
  return &painter->palette.fills[task];
}

/* A dot grid, as paper for what will be moved about. */
static void
paint_ground (TelarGraphPainter *painter)
{
  cairo_t *cr = painter->cr;
  double gap = round (DOT_GAP * painter->scale);
  TelarFill paper = { .base = painter->theme->background, .ink = painter->theme->dot,
                      .pattern = TELAR_PATTERN_PAPER };

  if (gap < 8 || painter->vector)
    paper.pattern = TELAR_PATTERN_PLAIN;
  cairo_rectangle (cr, 0, 0, painter->view->width, painter->view->height);
  telar_fill_path (cr, &paper, gap, fmod (painter->x, gap), fmod (painter->y, gap));
}

/* Round corners, patterns and ports of hundreds of boxes take longer than a frame. */
static gboolean
is_plain (const TelarGraphPainter *painter)
{
  guint n = 0;

  for (guint32 i = 0; !painter->vector && i < painter->layout->n_tasks && n <= MOST_FINE; i++)
    n += telar_graph_sees (painter, &painter->layout->boxes[i]);
  return n > MOST_FINE;
}

guint8 *
telar_graph_floating (const TelarGraphLayout *layout, const TelarGraphShow *show)
{
  guint8 *floating = NULL;

  for (guint32 i = 0; show->marks != NULL && i < layout->n_tasks; i++)
    {
      guint32 task = layout->order[i], parent = layout->boxes[task].parent;
      gboolean moves = (show->marks[task] & TELAR_GRAPH_MOVING) != 0
                       || (floating != NULL && parent != TELAR_NOBODY && floating[parent]);

      if (!moves)
        continue;
      if (floating == NULL)
        floating = g_new0 (guint8, layout->n_tasks);
      floating[task] = TRUE;
    }
  return floating;
}

static void
paint_task (TelarGraphPainter *painter, guint32 task)
{
  const TelarGraphBox *box = &painter->layout->boxes[task];

  if (!painter->small)
    telar_paint_graph_under (painter, task);
  if (box->frame)
    telar_paint_graph_frame (painter, task);
  else
    telar_paint_graph_box (painter, task);
  if (!painter->small)
    telar_paint_graph_over (painter, task);
  if (box->has_body)
    telar_paint_graph_body (painter, task);
}

static gboolean
is_floating (const TelarGraphPainter *painter, guint32 task)
{
  return painter->floating != NULL && painter->floating[task];
}

/* Edges of what is dragged, as far as they lie on frames that are not: above
 * whatever is there. */
static void
paint_edges_between (TelarGraphPainter *painter)
{
  for (guint32 i = 0; i < painter->layout->n_tasks; i++)
    if (!is_floating (painter, i))
      telar_paint_graph_edges (painter, i, FALSE);
}

/* What is dragged (painter->floats), or the rest: frames with the edges on them,
 * then boxes, then what has to be seen of edges whatever lies on them. */
static void
paint_layer (TelarGraphPainter *painter)
{
  const TelarGraphLayout *layout = painter->layout;

  if (painter->floats)
    paint_edges_between (painter);
  for (int pass = 0; pass < 3; pass++)
    {
      for (guint32 i = 0; i < layout->n_tasks; i++)
        {
          guint32 task = layout->order[i];
          const TelarGraphBox *box = &layout->boxes[task];

          if (is_floating (painter, task) != painter->floats)
            continue;
          if (pass < 2 && box->frame == (pass == 0) && telar_graph_sees (painter, box))
            paint_task (painter, task);
          if (pass == 0 && box->frame)
            telar_paint_graph_edges (painter, task, FALSE);
          if (pass == 2 && !painter->small && telar_graph_sees (painter, box))
            telar_paint_graph_ports (painter, task);
        }
      if (pass == 0)
        {
          if (painter->crowded)
            telar_paint_graph_hairs (painter);
          telar_paint_graph_edges (painter, layout->n_tasks, FALSE);
          telar_paint_graph_references (painter);
          telar_paint_graph_bonds (painter);
        }
    }
  for (guint32 i = 0; i <= layout->n_tasks; i++)
    telar_paint_graph_edges (painter, i, TRUE);
}

static void
paint_badges (TelarGraphPainter *painter)
{
  const TelarGraphLayout *layout = painter->layout;
  const TelarGraphShow *show = painter->show;
  double x, y;

  for (guint32 i = 0; show->marks != NULL && i < layout->n_tasks; i++)
    if ((show->marks[i] & FAULTY) != 0 && is_floating (painter, i) == painter->floats
        && telar_graph_sees (painter, &layout->boxes[i]))
      {
        telar_graph_badge (layout, i, &x, &y);
        telar_paint_graph_badge (painter, x, y, show->marks[i]);
      }
  /* Objects never float. */
  for (guint i = 0; show->object_marks != NULL && !painter->floats && i < layout->n_objects; i++)
    if ((show->object_marks[i] & FAULTY) != 0 && telar_graph_sees (painter, &layout->objects[i]))
      {
        telar_graph_object_badge (layout, i, &x, &y);
        telar_paint_graph_badge (painter, x, y, show->object_marks[i]);
      }
}

static void
paint_still (TelarGraphPainter *painter)
{
  painter->floats = FALSE;
  paint_ground (painter);
  paint_layer (painter);
  for (guint i = 0; i < painter->layout->n_objects; i++)
    telar_paint_graph_object (painter, i);
  paint_badges (painter);
}

static void
paint_above (TelarGraphPainter *painter)
{
  painter->floats = TRUE;
  if (painter->floating != NULL)
    {
      paint_layer (painter);
      paint_badges (painter);
    }
  telar_paint_graph_waits (painter);
  telar_paint_graph_guides (painter);
  telar_paint_graph_band (painter);
  telar_paint_graph_link (painter);
}

/* Shapes, or pixels as a printer has them: what is small in it is still sharp. */
static gboolean
is_fine (cairo_t *cr)
{
  double across, down;

  cairo_surface_get_device_scale (cairo_get_target (cr), &across, &down);
  return telar_is_vector (cr) || across > 2;
}

static TelarGraphPainter
make_painter (const TelarGraphLayout *layout, const TelarView *view, double x, double y,
              double scale, gboolean vector, gboolean fine)
{
  TelarGraphPainter painter = {
    .layout = layout,
    .view = view,
    .theme = telar_theme_get (view->style),
    .text = { .family = view->font, .vector = vector },
    .vector = vector,
    .small = TELAR_GRAPH_SMALL_SIZE * scale < TELAR_GRAPH_LEGIBLE && !fine,
    .x = x,
    .y = y,
    .scale = scale,
    .right = view->width,
    .bottom = view->height,
  };

  painter.plain = is_plain (&painter);
  painter.crowded = telar_graph_is_crowded (&painter);
  return painter;
}

guint
telar_graph_way (const TelarGraphLayout *layout, const TelarView *view, double x, double y,
                 double scale)
{
  TelarGraphPainter painter = make_painter (layout, view, x, y, scale, FALSE, FALSE);

  return (painter.plain ? 1 : 0) | (painter.crowded ? 2 : 0);
}

void
telar_paint_graph_parts (cairo_t *cr, const TelarGraphLayout *layout, const TelarGraphShow *show,
                         const TelarView *view, double x, double y, double scale, guint parts,
                         const cairo_rectangle_int_t *region)
{
  TelarGraphPainter painter = make_painter (layout, view, x, y, scale, telar_is_vector (cr),
                                            is_fine (cr));
  g_autofree guint8 *floating = telar_graph_floating (layout, show);

  painter.cr = cr;
  painter.show = show;
  painter.floating = floating;
  telar_palette_init_dyes (&painter.palette, layout->dyes,
                           layout->n_tasks + telar_graph_count_workers (layout,
                                                                        layout->n_objects),
                           view->style);
  telar_graph_sort_edges (&painter);
  if (region != NULL)
    {
      painter.left = region->x;
      painter.top = region->y;
      painter.right = region->x + region->width;
      painter.bottom = region->y + region->height;
    }
  cairo_save (cr);
  cairo_rectangle (cr, painter.left, painter.top, painter.right - painter.left,
                   painter.bottom - painter.top);
  cairo_clip (cr);
  cairo_new_path (cr);
  telar_pixels_init (&painter.pixels, cr);
  if ((parts & TELAR_GRAPH_STILL) != 0)
    paint_still (&painter);
  if ((parts & TELAR_GRAPH_ABOVE) != 0)
    paint_above (&painter);
  cairo_restore (cr);
  telar_palette_clear (&painter.palette);
  telar_palette_clear (&painter.of_run);
  g_free (painter.first_edge);
  g_free (painter.next_edge);
}

void
telar_paint_graph (cairo_t *cr, const TelarGraphLayout *layout, const TelarGraphShow *show,
                   const TelarView *view, double x, double y, double scale)
{
  TelarGraphShow plain;

  g_return_if_fail (layout != NULL && view != NULL && scale > 0);

  telar_graph_show_init (&plain);
  telar_paint_graph_parts (cr, layout, show != NULL ? show : &plain, view, x, y, scale,
                           TELAR_GRAPH_STILL | TELAR_GRAPH_ABOVE, NULL);
}

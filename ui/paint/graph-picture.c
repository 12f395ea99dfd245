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

  return telar_graph_x (painter, box->x + box->width) > -reach
         && telar_graph_x (painter, box->x) < painter->view->width + reach
         && telar_graph_y (painter, box->y + box->height) > -reach
         && telar_graph_y (painter, box->y) < painter->view->height + reach;
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

/* Which tasks are dragged: those marked, and what is inside them.
 *
 * Returns: (transfer full) (nullable): by task; NULL where there is none */
static guint8 *
find_floating (const TelarGraphPainter *painter)
{
  const TelarGraphLayout *layout = painter->layout;
  guint8 *floating = NULL;

  for (guint32 i = 0; painter->show->marks != NULL && i < layout->n_tasks; i++)
    {
      guint32 task = layout->order[i], parent = layout->boxes[task].parent;
      gboolean moves = (telar_graph_marks (painter, task) & TELAR_GRAPH_MOVING) != 0
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

/* What is dragged (@floats), or the rest: frames with the edges on them, then
 * boxes, then what has to be seen of edges whatever lies on them. */
static void
paint_layer (TelarGraphPainter *painter, const guint8 *floating, gboolean floats)
{
  const TelarGraphLayout *layout = painter->layout;

  for (int pass = 0; pass < 3; pass++)
    {
      for (guint32 i = 0; i < layout->n_tasks; i++)
        {
          guint32 task = layout->order[i];
          const TelarGraphBox *box = &layout->boxes[task];

          if ((floating != NULL && floating[task]) != floats)
            continue;
          if (pass < 2 && box->frame == (pass == 0) && telar_graph_sees (painter, box))
            paint_task (painter, task);
          if (pass == 0 && box->frame)
            telar_paint_graph_edges (painter, task, FALSE);
          if (pass == 2 && !painter->small && telar_graph_sees (painter, box))
            telar_paint_graph_ports (painter, task);
        }
      if (pass == 0 && !floats)
        {
          if (painter->crowded)
            telar_paint_graph_hairs (painter);
          telar_paint_graph_edges (painter, layout->n_tasks, FALSE);
          telar_paint_graph_references (painter);
          telar_paint_graph_bonds (painter);
        }
    }
  for (guint32 i = 0; i <= layout->n_tasks; i++)
    if ((floating != NULL && i < layout->n_tasks && floating[i]) == floats)
      telar_paint_graph_edges (painter, i, TRUE);
}

static void
paint_badges (TelarGraphPainter *painter)
{
  const TelarGraphLayout *layout = painter->layout;
  const TelarGraphShow *show = painter->show;
  double x, y;

  for (guint32 i = 0; show->marks != NULL && i < layout->n_tasks; i++)
    if ((show->marks[i] & FAULTY) != 0 && telar_graph_sees (painter, &layout->boxes[i]))
      {
        telar_graph_badge (layout, i, &x, &y);
        telar_paint_graph_badge (painter, x, y, show->marks[i]);
      }
  for (guint i = 0; show->object_marks != NULL && i < layout->n_objects; i++)
    if ((show->object_marks[i] & FAULTY) != 0 && telar_graph_sees (painter, &layout->objects[i]))
      {
        telar_graph_object_badge (layout, i, &x, &y);
        telar_paint_graph_badge (painter, x, y, show->object_marks[i]);
      }
}

/* Shapes, or pixels as a printer has them: what is small in it is still sharp. */
static gboolean
is_fine (cairo_t *cr)
{
  double across, down;

  cairo_surface_get_device_scale (cairo_get_target (cr), &across, &down);
  return telar_is_vector (cr) || across > 2;
}

void
telar_paint_graph (cairo_t *cr, const TelarGraphLayout *layout, const TelarGraphShow *show,
                   const TelarView *view, double x, double y, double scale)
{
  TelarGraphShow plain;
  TelarGraphPainter painter = {
    .cr = cr,
    .layout = layout,
    .show = show != NULL ? show : &plain,
    .view = view,
    .theme = telar_theme_get (view->style),
    .text = { .family = view->font, .vector = telar_is_vector (cr) },
    .vector = telar_is_vector (cr),
    .small = TELAR_GRAPH_SMALL_SIZE * scale < TELAR_GRAPH_LEGIBLE && !is_fine (cr),
    .x = x,
    .y = y,
    .scale = scale,
  };
  g_autofree guint8 *floating = NULL;

  g_return_if_fail (layout != NULL && scale > 0);

  telar_graph_show_init (&plain);
  telar_palette_init_dyes (&painter.palette, layout->dyes, layout->n_tasks, view->style);
  painter.plain = is_plain (&painter);
  telar_graph_sort_edges (&painter);
  floating = find_floating (&painter);
  cairo_save (cr);
  cairo_rectangle (cr, 0, 0, view->width, view->height);
  cairo_clip (cr);
  cairo_new_path (cr);
  telar_pixels_init (&painter.pixels, cr);
  paint_ground (&painter);
  paint_layer (&painter, floating, FALSE);
  for (guint i = 0; i < layout->n_objects; i++)
    telar_paint_graph_object (&painter, i);
  if (floating != NULL)
    paint_layer (&painter, floating, TRUE);
  paint_badges (&painter);
  telar_paint_graph_guides (&painter);
  telar_paint_graph_band (&painter);
  telar_paint_graph_link (&painter);
  cairo_restore (cr);
  telar_palette_clear (&painter.palette);
  g_free (painter.first_edge);
  g_free (painter.next_edge);
}

/* row-layers.c
 *
 * SPDX-License-Identifier: MIT
 *
 * What happened in the lanes of cores and of tasks: all of them layer by layer, not one
 * after the other. A fill that many have in common is one path then, and each path of a
 * picture of shapes costs as much as a hundred rectangles.
 */

#include "config.h"

#include "paint/paint-private.h"

typedef struct
{
  const TelarRow *row;
  gboolean        tiny;   /* of a task, too low for texts and signs */
  gboolean        waits;  /* some of them are more than hairs */
  /* Borrowed by the painter while it is at this row; a tiny one, which is done with them
   * at once, has the painter's own. */
  TelarShapes     shapes;
  GArray         *taken;
} Layered;

typedef void (*Layer) (TelarPainter *painter, Layered *at);

static void
take_shapes (TelarPainter *painter, const TelarRow *row)
{
  for (guint i = 0; i < painter->shapes.shapes->len; i++)
    {
      const TelarShape *shape = &g_array_index (painter->shapes.shapes, TelarShape, i);

      telar_take (painter, shape->x0, row->y, shape->x1 - shape->x0, row->height);
    }
}

static void
fill_shapes (TelarPainter *painter, const TelarRow *row)
{
  telar_shapes_fill (&painter->shapes, &painter->lanes, telar_row_slices (painter->timeline, row));
}

/* --- Cores --- */

static void
add_strip (TelarPainter *painter, Layered *at)
{
  telar_paint_strip (painter, at->row);
}

static void
add_core_bars (TelarPainter *painter, Layered *at)
{
  fill_shapes (painter, at->row);
  telar_paint_others (painter, at->row);
  telar_paint_slices (painter, at->row);
}

/* Which slices are the selected task's. */
static void
paint_selection (TelarPainter *painter, const TelarRow *row)
{
  const GArray *shapes = painter->shapes.shapes;

  if (painter->view->selected == TELAR_NO_TASK)
    return;
  telar_color_set (painter->cr, painter->theme->text);
  cairo_set_line_width (painter->cr, 2 * painter->unit);
  for (guint i = 0; i < shapes->len; i++)
    {
      const TelarShape *shape = &g_array_index (shapes, TelarShape, i);

      if (shape->kind == TELAR_SHAPE_BAR && shape->task == painter->view->selected)
        cairo_rectangle (painter->cr, shape->x0 + painter->unit, row->bar_y + painter->unit,
                         MAX (shape->x1 - shape->x0 - 2 * painter->unit, 1),
                         row->bar_height - 2 * painter->unit);
    }
  cairo_stroke (painter->cr);
}

static void
paint_core_labels (TelarPainter *painter, Layered *at)
{
  take_shapes (painter, at->row);
  telar_paint_labels (painter, at->row);
  paint_selection (painter, at->row);
  telar_add_pins (painter, at->row);
}

static void
paint_pin_heads (TelarPainter *painter, Layered *at)
{
  if (!at->tiny)
    telar_paint_pin_heads (painter, at->row);
}

static const Layer core_layers[] = { add_strip, add_core_bars, paint_core_labels, paint_pin_heads };

/* --- Tasks --- */

static void
paint_below_bars (TelarPainter *painter, Layered *at)
{
  if (at->tiny)
    {
      telar_add_life (painter, at->row);
      return;
    }
  telar_paint_chunks (painter, at->row);
  telar_paint_ran_within (painter, at->row);
  at->waits = telar_paint_waits (painter, at->row, TELAR_WAITS_OUTLINES);
}

static void
add_insides (TelarPainter *painter, Layered *at)
{
  if (at->waits)
    telar_paint_waits (painter, at->row, TELAR_WAITS_INSIDES);
}

static void
add_bars (TelarPainter *painter, Layered *at)
{
  if (at->waits)
    telar_paint_waits (painter, at->row, TELAR_WAITS_LABELS);
  fill_shapes (painter, at->row);
  telar_paint_slices (painter, at->row);
  if (!at->tiny)
    {
      take_shapes (painter, at->row);
      return;
    }
  telar_add_failure (painter, at->row);
  /* Rows so low share pixels: the lower one is seen, not the one whose colour sorts last. */
  telar_flush_bars (painter);
}

static void
paint_task_labels (TelarPainter *painter, Layered *at)
{
  if (at->tiny)
    return;
  telar_paint_labels (painter, at->row);
  telar_add_pins (painter, at->row);
}

/* Calls are steps of their parent: grey on top of its bar. */
static void
paint_calls (TelarPainter *painter, const TelarRow *row)
{
  guint index = (guint) (row - (const TelarRow *) (const void *) painter->lanes.rows->data);

  for (guint32 call = painter->lanes.first_call[index]; call != TELAR_NO_TASK;
       call = painter->lanes.next_call[call])
    {
      const TelarTaskLane *task = painter->timeline->tasks->pdata[call];

      telar_shapes_fill (&painter->shapes, &painter->lanes, task->slices);
      telar_paint_slices (painter, row);
      telar_flush_bars (painter);
      telar_paint_call_labels (painter, row, call);
      telar_add_pins (painter, row);
      telar_flush_bars (painter);
      telar_paint_pin_heads (painter, row);
    }
}

static void
paint_above_bars (TelarPainter *painter, Layered *at)
{
  if (at->tiny)
    return;
  paint_calls (painter, at->row);
  telar_paint_holds (painter, at->row);
  telar_paint_markers (painter, at->row);
}

static const Layer task_layers[] = { paint_below_bars, add_insides, add_bars, paint_task_labels,
                                     paint_pin_heads, paint_above_bars };

/* --- Rows --- */

static GArray *
visible_rows (TelarPainter *painter, TelarRowKind kind)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (Layered));

  for (guint i = 0; i < painter->lanes.rows->len; i++)
    {
      Layered at = { .row = &g_array_index (painter->lanes.rows, TelarRow, i),
                     .shapes = painter->shapes, .taken = painter->taken };

      if (at.row->kind != kind || !telar_row_is_visible (painter, at.row))
        continue;
      at.tiny = kind == TELAR_ROW_TASK && telar_row_is_tiny (at.row, painter->unit);
      if (!at.tiny)
        {
          telar_shapes_init (&at.shapes);
          at.taken = g_array_new (FALSE, FALSE, sizeof (cairo_rectangle_t));
        }
      g_array_append_val (rows, at);
    }
  return rows;
}

static void
paint_layers (TelarPainter *painter, TelarRowKind kind, const Layer *layers, guint n)
{
  g_autoptr (GArray) rows = visible_rows (painter, kind);
  TelarShapes shapes = painter->shapes;
  GArray *taken = painter->taken;

  for (guint layer = 0; layer < n; layer++)
    {
      for (guint i = 0; i < rows->len; i++)
        {
          Layered *at = &g_array_index (rows, Layered, i);

          painter->shapes = at->shapes;
          painter->taken = at->taken;
          layers[layer] (painter, at);
        }
      telar_flush_bars (painter);
      telar_flush_signs (painter);
    }
  painter->shapes = shapes;
  painter->taken = taken;
  for (guint i = 0; i < rows->len; i++)
    {
      Layered *at = &g_array_index (rows, Layered, i);

      if (at->taken == taken)
        continue;
      telar_shapes_clear (&at->shapes);
      g_array_unref (at->taken);
    }
}

void
telar_paint_core_rows (TelarPainter *painter)
{
  paint_layers (painter, TELAR_ROW_CORE, core_layers, G_N_ELEMENTS (core_layers));
}

void
telar_paint_task_rows (TelarPainter *painter)
{
  paint_layers (painter, TELAR_ROW_TASK, task_layers, G_N_ELEMENTS (task_layers));
}

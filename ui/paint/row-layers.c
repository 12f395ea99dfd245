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
  gboolean        wide_waits; /* some have insides, and texts */
  TelarShapes     shapes;     /* owned; borrowed by the painter while it is at this row… */
  GArray         *taken;      /* …and so is this */
} LayeredRow;

typedef void (*Layer) (TelarPainter *painter, LayeredRow *lane);

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
add_strip (TelarPainter *painter, LayeredRow *lane)
{
  telar_paint_strip (painter, lane->row);
}

static void
add_core_bars (TelarPainter *painter, LayeredRow *lane)
{
  fill_shapes (painter, lane->row);
  telar_paint_others (painter, lane->row);
  telar_paint_slices (painter, lane->row);
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
paint_core_labels (TelarPainter *painter, LayeredRow *lane)
{
  take_shapes (painter, lane->row);
  telar_paint_labels (painter, lane->row);
  paint_selection (painter, lane->row);
  telar_add_pins (painter, lane->row);
}

static void
paint_pin_heads (TelarPainter *painter, LayeredRow *lane)
{
  telar_paint_pin_heads (painter, lane->row);
}

static const Layer core_layers[] = { add_strip, add_core_bars, paint_core_labels, paint_pin_heads };

/* --- Tasks --- */

static void
paint_below_bars (TelarPainter *painter, LayeredRow *lane)
{
  telar_paint_chunks (painter, lane->row);
  telar_paint_ran_within (painter, lane->row);
  lane->wide_waits = telar_paint_waits (painter, lane->row, TELAR_WAITS_OUTLINES);
}

static void
add_insides (TelarPainter *painter, LayeredRow *lane)
{
  if (lane->wide_waits)
    telar_paint_waits (painter, lane->row, TELAR_WAITS_INSIDES);
}

/* The texts of waits lie on these, between the bars. */
static void
add_bars (TelarPainter *painter, LayeredRow *lane)
{
  if (lane->wide_waits)
    telar_paint_waits (painter, lane->row, TELAR_WAITS_LABELS);
  fill_shapes (painter, lane->row);
  telar_paint_slices (painter, lane->row);
  take_shapes (painter, lane->row);
}

static void
paint_task_labels (TelarPainter *painter, LayeredRow *lane)
{
  telar_paint_labels (painter, lane->row);
  telar_add_pins (painter, lane->row);
}

/* Calls are steps of their parent: grey on top of its bar. */
static void
paint_calls (TelarPainter *painter, LayeredRow *lane)
{
  const TelarRow *row = lane->row;
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
paint_above_bars (TelarPainter *painter, LayeredRow *lane)
{
  telar_paint_holds (painter, lane->row);
  telar_paint_markers (painter, lane->row);
}

static const Layer task_layers[] = { paint_below_bars, add_insides, add_bars, paint_task_labels,
                                     paint_pin_heads, paint_calls, paint_above_bars };

/* Of rows that are too low for texts and signs. */
static gboolean
is_tiny (const TelarPainter *painter, const TelarRow *row)
{
  return row->kind == TELAR_ROW_TASK && telar_row_is_tiny (row, painter->unit);
}

static void
paint_tiny_rows (TelarPainter *painter)
{
  const GArray *rows = painter->lanes.rows;

  for (gboolean bars = FALSE; bars <= TRUE; bars++)
    for (guint i = 0; i < rows->len; i++)
      {
        const TelarRow *row = &g_array_index (rows, TelarRow, i);

        if (!is_tiny (painter, row) || !telar_row_is_visible (painter, row))
          continue;
        if (bars)
          {
            fill_shapes (painter, row);
            telar_paint_slices (painter, row);
            telar_add_failure (painter, row);
          }
        else
          telar_add_life (painter, row);
        /* They share pixels: the lower one is seen, not the one whose colour sorts last. */
        telar_flush_bars (painter);
      }
}

/* --- Rows --- */

static GArray *
visible_rows (TelarPainter *painter, TelarRowKind kind)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (LayeredRow));

  for (guint i = 0; i < painter->lanes.rows->len; i++)
    {
      LayeredRow lane = { .row = &g_array_index (painter->lanes.rows, TelarRow, i) };

      if (lane.row->kind != kind || is_tiny (painter, lane.row)
          || !telar_row_is_visible (painter, lane.row))
        continue;
      telar_shapes_init (&lane.shapes);
      lane.taken = g_array_new (FALSE, FALSE, sizeof (cairo_rectangle_t));
      g_array_append_val (rows, lane);
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
          LayeredRow *lane = &g_array_index (rows, LayeredRow, i);

          painter->shapes = lane->shapes;
          painter->taken = lane->taken;
          layers[layer] (painter, lane);
        }
      telar_flush_bars (painter);
      telar_flush_signs (painter);
    }
  painter->shapes = shapes;
  painter->taken = taken;
  for (guint i = 0; i < rows->len; i++)
    {
      LayeredRow *lane = &g_array_index (rows, LayeredRow, i);

      telar_shapes_clear (&lane->shapes);
      g_array_unref (lane->taken);
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
  paint_tiny_rows (painter);
  paint_layers (painter, TELAR_ROW_TASK, task_layers, G_N_ELEMENTS (task_layers));
}

/* pins.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Pins stand on top of what is beside them: a stem, and a head with how many
 * there are. A busy picture has a thousand: on pixels, heads are stamps cut
 * once a picture, not circles drawn a thousand times.
 */

#include "config.h"

#include <math.h>
#include <string.h>

#include "paint/paint-private.h"

#define TEXT_SIZE       8.5
#define PRESENTING_SIZE 11 /* read from the last row */

typedef struct
{
  char   count[8];  /* "" for one */
  double text;      /* size */
  double x, y, s;
  double width, height;
} Head;

static Head
make_head (const TelarPainter *painter, const TelarRow *row, const TelarShape *shape)
{
  Head head = { .s = telar_row_scale (row, painter->unit) };

  /* On a projector no text is smaller than a lane's second line. */
  if (painter->view->presenting)
    head.s = painter->unit * 11 / TEXT_SIZE;

  head.x = (shape->x0 + shape->x1) / 2;
  head.y = telar_pin_y (row, painter->unit);
  if (!painter->vector)
    {
      head.x = floor (head.x) + 0.5;
      head.y = floor (head.y) + 0.5;
    }
  head.width = head.height = 6 * head.s;
  if (shape->count > 1)
    {
      if (shape->count < 1000)
        g_snprintf (head.count, sizeof head.count, "%u", shape->count);
      else
        g_snprintf (head.count, sizeof head.count, "%uk", MIN (shape->count / 1000, 9999));
      head.text = TEXT_SIZE * head.s;
      if (painter->view->presenting)
        head.text = PRESENTING_SIZE * painter->unit;
      head.height = head.text * 1.3;
      /* By digits, so that stamps are few. */
      head.width = MAX (head.height, head.text * (0.635 * strlen (head.count) + 0.7));
    }
  return head;
}

/* In a picture of shapes. Those with a count have it on them, and are not gathered. */
static void
draw_head (TelarPainter *painter, const Head *head, TelarSignKind kind, double grow,
           TelarColor color)
{
  double half = (head->width - head->height) / 2;
  TelarSign sign = { .kind = kind, .x = head->x - half, .right = head->x + half, .y = head->y,
                     .s = head->height + 2 * grow, .color = color };

  if (*head->count == '\0')
    telar_add_sign (painter, &sign);
  else
    telar_draw_sign (painter, &sign);
}

static cairo_surface_t *
cut_stamp (const Head *head, double grow, int size_x, int size_y, double scale)
{
  cairo_surface_t *stamp = cairo_image_surface_create (CAIRO_FORMAT_A8,
                                                       (int) ceil (size_x * scale),
                                                       (int) ceil (size_y * scale));
  cairo_t *cr;

  cairo_surface_set_device_scale (stamp, scale, scale);
  cr = cairo_create (stamp);
  telar_paint_round (cr, size_x / 2.0 - head->width / 2 - grow,
                     size_y / 2.0 - head->height / 2 - grow, head->width + 2 * grow,
                     head->height + 2 * grow, head->height);
  cairo_fill (cr);
  cairo_destroy (cr);
  cairo_surface_flush (stamp);
  return stamp;
}

static void
paint_head (TelarPainter *painter, const TelarRow *row, const Head *head, const TelarFill *fill)
{
  cairo_t *cr = painter->cr;
  double rim = 0.5 * head->s, scale;
  cairo_surface_t **stamps
    = painter->stamps[row->kind == TELAR_ROW_CORE][strlen (head->count)];
  /* Odd, so that the middle of a pixel is the middle. */
  int size_x = 2 * (int) ceil (head->width / 2 + 1) + 1;
  int size_y = 2 * (int) ceil (head->height / 2 + 1) + 1;

  cairo_surface_get_device_scale (cairo_get_target (cr), &scale, &scale);
  for (int i = 0; i < 2; i++)
    {
      double grow = i == 0 ? rim : -rim;
      TelarColor color;

      /* In low rows, where there can be thousands, a dot is a dot. */
      if (i == 0 && *head->count == '\0' && row->bar_height < 20 * painter->unit)
        continue;

      color = i == 0 ? painter->theme->background : *head->count != '\0' ? fill->base : fill->edge;
      if (painter->vector)
        {
          draw_head (painter, head, i == 0 ? TELAR_SIGN_RIM : TELAR_SIGN_HEAD, grow, color);
          continue;
        }
      if (stamps[i] == NULL)
        stamps[i] = cut_stamp (head, grow, size_x, size_y, scale);
      if (!telar_pixels_stamp (&painter->pixels, stamps[i], head->x - size_x / 2.0,
                               head->y - size_y / 2.0, color))
        {
          telar_color_set (cr, color);
          cairo_mask_surface (cr, stamps[i], head->x - size_x / 2.0, head->y - size_y / 2.0);
        }
    }
  if (*head->count != '\0')
    {
      double width = telar_text_width (&painter->text, head->count, head->text, TELAR_TEXT_BOLD);

      /* Over the picture's edge: half a number is none. */
      if (head->x + width / 2 > painter->lanes.width)
        return;
      telar_text_draw (cr, &painter->text, head->count, head->x - width / 2,
                       head->y + head->text * 0.365, head->text, TELAR_TEXT_BOLD, 0, fill->text);
    }
}

static gboolean
is_visible (const TelarPainter *painter, const TelarShape *shape, const Head *head)
{
  return shape->kind == TELAR_SHAPE_PIN && head->x >= painter->lanes.left - 4 * painter->unit
         && head->x <= painter->lanes.width;
}

void
telar_add_pins (TelarPainter *painter, const TelarRow *row)
{
  const GArray *shapes = painter->shapes.shapes;
  double hair = painter->vector ? 0.4 * painter->unit : 0.5;

  for (guint i = 0; i < shapes->len; i++)
    {
      const TelarShape *shape = &g_array_index (shapes, TelarShape, i);
      Head head = make_head (painter, row, shape);
      TelarFill fill;

      if (!is_visible (painter, shape, &head))
        continue;
      fill = telar_palette_fill (&painter->palette, shape->task, NULL);
      fill.base = fill.edge;
      fill.pattern = TELAR_PATTERN_PLAIN;
      telar_add_bar (painter, &fill, head.x - hair, head.x + hair, head.y,
                     row->bar_y + row->bar_height - head.y);
    }
}

void
telar_paint_pin_heads (TelarPainter *painter, const TelarRow *row)
{
  const GArray *shapes = painter->shapes.shapes;

  for (guint i = 0; i < shapes->len; i++)
    {
      const TelarShape *shape = &g_array_index (shapes, TelarShape, i);
      Head head = make_head (painter, row, shape);
      TelarFill fill;

      if (!is_visible (painter, shape, &head))
        continue;
      fill = telar_palette_fill (&painter->palette, shape->task, NULL);
      paint_head (painter, row, &head, &fill);
    }
}

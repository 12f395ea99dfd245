/* ruler.c
 *
 * SPDX-License-Identifier: MIT
 *
 * The ruler above the lanes: linear time with ticks that people count in.
 */

#include "config.h"

#include <math.h>

#include "paint/paint-private.h"

typedef struct
{
  double      ns;
  const char *suffix;
} Unit;

static const Unit units[] = {
  { 1, "ns" }, { 1e3, "µs" }, { 1e6, "ms" }, { 1e9, "s" }, { 60e9, "min" }, { 3600e9, "h" },
};

/* Steps that people count in, ns. Seconds and minutes go by 15 and 30. */
static const double steps[] = {
  0.1,    0.2,    0.5,    1,      2,       5,       10,      20,      50,     100,   200,  500,
  1e3,    2e3,    5e3,    1e4,    2e4,     5e4,     1e5,     2e5,     5e5,    1e6,   2e6,  5e6,
  1e7,    2e7,    5e7,    1e8,    2e8,     5e8,     1e9,     2e9,     5e9,    10e9,  15e9, 30e9,
  60e9,   120e9,  300e9,  600e9,  900e9,   1800e9,  3600e9,  7200e9,  18e12,  36e12, 72e12,
  180e12, 360e12, 720e12, 1800e12, 3600e12,
};

TelarTicks
telar_ticks_choose (double ns_per_unit, double min_distance, double largest)
{
  TelarTicks ticks = { .step = steps[G_N_ELEMENTS (steps) - 1] };
  const Unit *unit = &units[0];

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    if (steps[i] >= ns_per_unit * min_distance)
      {
        ticks.step = steps[i];
        break;
      }

  /* The unit of the largest label; parts of minutes and hours read badly. */
  for (guint i = 1; i < G_N_ELEMENTS (units); i++)
    if (fabs (largest) >= units[i].ns
        && (units[i].ns <= 1e9 || fmod (ticks.step, units[i].ns) == 0))
      unit = &units[i];
  ticks.unit = unit->ns;
  ticks.suffix = unit->suffix;
  for (double part = ticks.step / unit->ns; ticks.decimals < 12; ticks.decimals++)
    {
      if (part > 0.5 && fabs (part - round (part)) < 1e-6 * part)
        break;
      part *= 10;
    }
  return ticks;
}

char *
telar_ticks_label (const TelarTicks *ticks, double ns)
{
  double value = ns / ticks->unit;

  if (fabs (value) < ticks->step / ticks->unit / 2)
    value = 0; /* no "-0" */
  return g_strdup_printf ("%.*f %s", ticks->decimals, value, ticks->suffix);
}

/* Ticks whose labels have room, and the first one that can be seen. */
static TelarTicks
choose (TelarPainter *painter, double *first)
{
  const TelarLanes *lanes = &painter->lanes;
  double distance = 90 * painter->unit;
  double end = telar_lanes_ns (lanes, lanes->width);
  TelarTicks ticks;

  for (int i = 0; i < 4; i++)
    {
      g_autofree char *label = NULL;
      double needed;

      ticks = telar_ticks_choose (1 / lanes->per_ns, distance, end);
      label = telar_ticks_label (&ticks, end);
      needed = telar_text_width (&painter->text, label, 12 * painter->unit, TELAR_TEXT_NORMAL)
               + 24 * painter->unit;
      if (needed <= ticks.step * lanes->per_ns)
        break;
      distance = needed;
    }
  *first = ceil (lanes->begin / ticks.step - 1e-9) * ticks.step;
  return ticks;
}

static double
crisp (const TelarPainter *painter, double x)
{
  return painter->vector ? x : floor (x) + 0.5;
}

void
telar_paint_grid (TelarPainter *painter)
{
  cairo_t *cr = painter->cr;
  const TelarLanes *lanes = &painter->lanes;
  double first;
  TelarTicks ticks = choose (painter, &first);

  telar_color_set (cr, painter->theme->grid);
  cairo_set_line_width (cr, painter->vector ? 0.8 * painter->unit : 1);
  for (guint i = 0; i < 4096; i++)
    {
      double x = telar_lanes_x (lanes, first + i * ticks.step);

      if (x > lanes->width)
        break;
      cairo_move_to (cr, crisp (painter, x), lanes->top);
      cairo_line_to (cr, crisp (painter, x), lanes->bottom);
    }
  cairo_stroke (cr);
}

/* Left of the flags, from the last to the first, that a plate from @x on would cover;
 * where there is no room for it, where it is. */
static double
make_way (const GArray *flags, double x, double width)
{
  double free = x;

  for (guint i = 0; i + 1 < flags->len; i += 2)
    if (free + width > g_array_index (flags, double, i)
        && free < g_array_index (flags, double, i + 1))
      free = g_array_index (flags, double, i) - width;
  return free >= 0 ? free : x;
}

/* The plate with a time that belongs to the line below it.
 * @flags: (nullable): what it does not cover. */
static void
paint_badge (TelarPainter *painter, double ns, const char *text, TelarColor plate,
             TelarColor color, const GArray *flags, double *x0, double *x1)
{
  double unit = painter->unit;
  double top = painter->lanes.title_height;
  double width = telar_text_width (&painter->text, text, 12 * unit, TELAR_TEXT_BOLD) + 16 * unit;
  double x = CLAMP (telar_lanes_x (&painter->lanes, ns) - width / 2, 0,
                    MAX (0, painter->lanes.width - width - unit));

  if (flags != NULL)
    x = make_way (flags, x, width);
  telar_color_set (painter->cr, plate);
  telar_paint_round (painter->cr, x, top + 4 * unit, width, 20 * unit, 4 * unit);
  cairo_fill (painter->cr);
  telar_text_draw (painter->cr, &painter->text, text, x + 8 * unit, top + 18.5 * unit, 12 * unit,
                   TELAR_TEXT_BOLD, 0, color);
  *x0 = x - 6 * unit;
  *x1 = x + width + 6 * unit;
}

static void
paint_line (TelarPainter *painter, double ns, TelarColor color, double width)
{
  const TelarLanes *lanes = &painter->lanes;
  double x = telar_lanes_x (lanes, ns);

  telar_color_set (painter->cr, color);
  cairo_set_line_width (painter->cr, width);
  cairo_move_to (painter->cr, x, lanes->top - 10 * painter->unit);
  cairo_line_to (painter->cr, x, lanes->bottom);
  cairo_stroke (painter->cr);
}

static gboolean
is_visible (const TelarLanes *lanes, double ns)
{
  double x = telar_lanes_x (lanes, ns);

  return x >= lanes->left - 1 && x <= lanes->width;
}

/* "sampled, 5 ms" where exact records were refused: never left out. */
static void
paint_source (TelarPainter *painter)
{
  const TelarTimeline *timeline = painter->timeline;
  double unit = painter->unit;

  if (telar_timeline_is_empty (timeline) || timeline->begun.source != TELAR_SOURCE_SAMPLED)
    return;
  g_autofree char *text = telar_timeline_describe_source (timeline);
  telar_text_draw (painter->cr, &painter->text, text, 15 * unit,
                   painter->lanes.title_height + 21 * unit, 11.5 * unit, TELAR_TEXT_BOLD,
                   painter->lanes.left - 25 * unit, painter->theme->dim);
}

/* Time under the pointer, then now (or the end): what they cover shows no tick label. The
 * pointer is where somebody makes a bookmark, and its text is to be read there. */
static void
paint_times (TelarPainter *painter, const GArray *flags, double taken[4])
{
  const TelarView *view = painter->view;
  const TelarTimeline *timeline = painter->timeline;
  const TelarLanes *lanes = &painter->lanes;
  const TelarTheme *theme = painter->theme;

  if (view->pointer_x >= lanes->left && view->pointer_y >= 0)
    {
      double ns = telar_lanes_ns (lanes, view->pointer_x);
      g_autofree char *text = telar_time_format ((gint64) ns);

      paint_line (painter, ns, theme->tick, MAX (1, painter->unit));
      paint_badge (painter, ns, text, theme->dim, theme->background, flags, &taken[2],
                   &taken[3]);
    }
  if ((view->show & TELAR_SHOW_NOW) && !telar_timeline_is_empty (timeline)
      && is_visible (lanes, timeline->finished ? timeline->wall : timeline->now))
    {
      gint64 ns = timeline->finished ? timeline->wall : timeline->now;
      g_autofree char *text = telar_time_format (ns);

      paint_line (painter, ns, timeline->finished ? theme->tick : theme->now,
                  (timeline->finished ? 1.2 : 2) * painter->unit);
      paint_badge (painter, ns, text, timeline->finished ? theme->dim : theme->badge,
                   timeline->finished ? theme->background : theme->badge_text, NULL, &taken[0],
                   &taken[1]);
    }
}

static gboolean
is_taken (const GArray *ranges, double x0, double x1)
{
  for (guint i = 0; i + 1 < ranges->len; i += 2)
    if (x1 > g_array_index (ranges, double, i) && x0 < g_array_index (ranges, double, i + 1))
      return TRUE;
  return FALSE;
}

void
telar_paint_ruler (TelarPainter *painter)
{
  cairo_t *cr = painter->cr;
  const TelarLanes *lanes = &painter->lanes;
  double unit = painter->unit;
  double first, taken[4] = { 0, -1, 0, -1 };
  TelarTicks ticks = choose (painter, &first);
  g_autoptr (GArray) flags = g_array_new (FALSE, FALSE, sizeof (double));

  telar_color_set (cr, painter->theme->panel);
  cairo_rectangle (cr, 0, lanes->title_height, lanes->width, lanes->top - lanes->title_height);
  cairo_fill (cr);
  paint_source (painter);
  telar_paint_bookmarks (painter, flags);
  paint_times (painter, flags, taken);

  for (guint i = 0; i < 4096; i++)
    {
      double ns = first + i * ticks.step;
      double x = telar_lanes_x (lanes, ns);
      g_autofree char *label = NULL;
      double half;

      if (x > lanes->width)
        break;
      telar_color_set (cr, painter->theme->tick);
      cairo_set_line_width (cr, painter->vector ? 0.8 * unit : 1);
      cairo_move_to (cr, crisp (painter, x), lanes->top - 8 * unit);
      cairo_line_to (cr, crisp (painter, x), lanes->top);
      cairo_stroke (cr);

      label = telar_ticks_label (&ticks, ns);
      half = telar_text_width (&painter->text, label, 12 * unit, TELAR_TEXT_NORMAL) / 2;
      if (x + half > lanes->width - 2 || (x + half > taken[0] && x - half < taken[1])
          || (x + half > taken[2] && x - half < taken[3]) || is_taken (flags, x - half, x + half))
        continue;
      telar_text_draw (cr, &painter->text, label, x - half, lanes->title_height + 19.5 * unit,
                       12 * unit, TELAR_TEXT_NORMAL, 0,
                       telar_color_mix (painter->theme->text, painter->theme->dim, 0.6));
    }
}

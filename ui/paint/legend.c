/* legend.c
 *
 * SPDX-License-Identifier: MIT
 *
 * What each sign means, drawn by the very code that draws it in the lanes;
 * how it was recorded, how busy the cores were, and when.
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "paint/paint-private.h"

typedef enum
{
  SIGN_START,
  SIGN_ON_CORE,
  SIGN_READY,
  SIGN_DUE,
  SIGN_WAITS,
  SIGN_END,
  SIGN_FAILED,
  SIGN_ENDED,
  SIGN_JOIN,
  SIGN_ARROW,
  SIGN_HOLD,
  SIGN_LETS,
  SIGN_PASSES,
  SIGN_DEADLOCK,
  SIGN_CRITICAL,
  SIGN_PIN,
  SIGN_OTHERS,
  SIGN_STEAL,
  N_SIGNS
} Sign;

static const char *const texts[N_SIGNS] = {
  [SIGN_START]   = N_("start"),
  [SIGN_ON_CORE] = N_("on a core"),
  [SIGN_READY]   = N_("ready: no core free"),
  [SIGN_DUE]     = N_("due: parent busy"),
  [SIGN_WAITS]   = N_("waits for …"),
  [SIGN_END]     = N_("end"),
  [SIGN_FAILED]  = N_("failed"),
  [SIGN_ENDED]   = N_("ended, not joined"),
  [SIGN_JOIN]    = N_("join"),
  [SIGN_ARROW]   = N_("order, not data: who starts, who is joined"),
  [SIGN_HOLD]    = N_("lock held"),
  [SIGN_LETS]    = N_("lets go on: release, set, notify"),
  [SIGN_PASSES]  = N_("put → get"),
  [SIGN_DEADLOCK] = N_("deadlock"),
  [SIGN_CRITICAL] = N_("critical path"),
  [SIGN_PIN]     = N_("several, too short to draw"),
  [SIGN_OTHERS]  = N_("other programs"),
  [SIGN_STEAL]   = N_("taken by the host"),
};

#define TEXT_SIZE   12
#define LINE_HEIGHT 22
#define SIGN_WIDTH  22
#define SIGN_GAP    7
#define ITEM_GAP    22
#define MARGIN      15

/* First to go where the legend would take more lines than two: the pointer
 * tells these as well. */
static const guint8 expendable[] = { SIGN_PIN, SIGN_OTHERS, SIGN_STEAL, SIGN_ENDED };

#define MANY_LOOKS 512

/* A few of the waits of a long run are enough to find one; the first is nearly always
 * that before a task's start. */
static gboolean
has_due (const TelarTimeline *timeline)
{
  for (guint i = 0; i < timeline->tasks->len; i++)
    {
      const TelarWaits *waits = ((TelarTaskLane *) timeline->tasks->pdata[i])->waits;

      for (guint k = 0; k < MIN (waits->len, 4); k++)
        if (telar_waits_at (waits, k).state == TELAR_WAIT_DUE)
          return TRUE;
    }
  return FALSE;
}

static gboolean
has_failed (const TelarTimeline *timeline)
{
  for (guint i = 0; i < timeline->tasks->len; i++)
    if (telar_task_failed (timeline->tasks->pdata[i]))
      return TRUE;
  return FALSE;
}

static gboolean
has_steal (const TelarTimeline *timeline)
{
  for (guint i = 0; i < timeline->cores->len; i++)
    if (((const TelarCoreLane *) timeline->cores->pdata[i])->stolen)
      return TRUE;
  return FALSE;
}

/* Those of objects come again and again: a few hundred looks, evenly chosen, find them
 * without reading a long run at every frame. */
static gboolean
has_arrow (const TelarTimeline *timeline, gboolean passes)
{
  guint step = 1 + timeline->arrows->len / MANY_LOOKS;

  for (guint i = 0; i < timeline->arrows->len; i += step)
    {
      guint8 kind = g_array_index (timeline->arrows, TelarArrow, i).kind;

      if (passes ? kind == TELAR_ARROW_PASS
                 : kind == TELAR_ARROW_RELEASE || kind == TELAR_ARROW_WAKE)
        return TRUE;
    }
  return FALSE;
}

static gboolean
has_hold (const TelarTimeline *timeline)
{
  for (guint i = 0; i < timeline->tasks->len; i++)
    if (((TelarTaskLane *) timeline->tasks->pdata[i])->holds->len > 0)
      return TRUE;
  return FALSE;
}

static guint
find_signs (const TelarTimeline *timeline, const TelarView *view)
{
  guint signs = (1u << N_SIGNS) - 1;

  if (timeline == NULL || !has_failed (timeline))
    signs &= ~(1u << SIGN_FAILED);
  if (timeline == NULL || !has_due (timeline))
    signs &= ~(1u << SIGN_DUE);
  if (timeline == NULL || !has_steal (timeline))
    signs &= ~(1u << SIGN_STEAL);
  if (timeline == NULL || !has_hold (timeline))
    signs &= ~(1u << SIGN_HOLD);
  if (timeline == NULL || !has_arrow (timeline, FALSE))
    signs &= ~(1u << SIGN_LETS);
  if (timeline == NULL || !has_arrow (timeline, TRUE))
    signs &= ~(1u << SIGN_PASSES);
  if (view->critical == NULL)
    signs &= ~(1u << SIGN_CRITICAL);
  if (timeline == NULL || timeline->deadlocks->len == 0)
    signs &= ~(1u << SIGN_DEADLOCK);
  return signs;
}

static char *
describe_source (const TelarTimeline *timeline)
{
  g_autofree char *source = NULL;
  g_autofree char *cores = NULL;

  if (telar_timeline_is_empty (timeline))
    return g_strdup ("");
  if (timeline->begun.source == TELAR_SOURCE_OFF)
    return g_strdup (_("slices were not recorded"));
  source = telar_timeline_describe_source (timeline);
  cores = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%.1f of %u core in use",
                                        "%.1f of %u cores in use", timeline->cores->len),
                           telar_timeline_cores_in_use (timeline), timeline->cores->len);
  return g_strdup_printf ("%s · %s", source, cores);
}

static char *
summary (const TelarTimeline *timeline, const TelarView *view)
{
  g_autofree char *source = view->show & TELAR_SHOW_SOURCE ? describe_source (timeline)
                                                           : g_strdup ("");
  g_autofree char *critical = view->critical != NULL ? telar_critical_words (view->critical) : NULL;
  const char *parts[5] = { NULL };
  guint n = 0;

  if (critical != NULL)
    parts[n++] = critical;
  if (source[0] != '\0')
    parts[n++] = source;
  if (view->date != NULL)
    parts[n++] = view->date;
  if (view->dots > 0)
    parts[n++] = _("lanes as an image: too many shapes");
  return g_strjoinv (" · ", (char **) parts);
}

/* Breaks the items into lines; the summary stands at the right end of the
 * last line that has room for it. @place is called for each item. */
static guint
lay_out (const TelarTimeline *timeline, const TelarTextStyle *text, const TelarView *view,
         double unit, guint signs,
         void (*place) (TelarPainter *painter, Sign sign, double x, guint line),
         TelarPainter *painter)
{
  g_autofree char *right = summary (timeline, view);
  double width = view->width;
  double right_width = telar_text_width (text, right, TEXT_SIZE * unit, TELAR_TEXT_BOLD);
  double x = MARGIN * unit;
  guint line = 0;

  for (guint sign = 0; sign < N_SIGNS; sign++)
    {
      double item;

      if (!(signs & 1u << sign))
        continue;
      item = (SIGN_WIDTH + SIGN_GAP) * unit
             + telar_text_width (text, _(texts[sign]), TEXT_SIZE * unit, TELAR_TEXT_NORMAL);
      if (x > MARGIN * unit && x + item > width - MARGIN * unit)
        {
          line++;
          x = MARGIN * unit;
        }
      if (place != NULL)
        place (painter, sign, x, line);
      x += item + ITEM_GAP * unit;
    }
  if (right_width > 0 && x + right_width > width - MARGIN * unit && x > MARGIN * unit)
    line++;
  if (place != NULL)
    telar_text_draw (painter->cr, text, right,
                     MAX (MARGIN * unit, width - MARGIN * unit - right_width),
                     painter->lanes.height - painter->lanes.legend.height
                       + (20.5 + LINE_HEIGHT * line) * unit,
                     TEXT_SIZE * unit, TELAR_TEXT_BOLD, width - 2 * MARGIN * unit,
                     painter->theme->text);
  return line + 1;
}

TelarLegend
telar_legend_measure (const TelarTimeline *timeline, const TelarTextStyle *text,
                      const TelarView *view, double unit)
{
  static const double scales[] = { 1, 0.9, 0.8, 0.7 };
  TelarLegend legend = { .signs = view->show & TELAR_SHOW_LEGEND ? find_signs (timeline, view) : 0 };
  guint lines = 0;

  for (guint i = 0; i < (view->fit ? G_N_ELEMENTS (scales) : 1) && (i == 0 || lines > 2); i++)
    {
      legend.unit = unit * scales[i];
      lines = lay_out (timeline, text, view, legend.unit, legend.signs, NULL, NULL);
    }
  for (guint i = 0; i < G_N_ELEMENTS (expendable) && lines > 2; i++)
    {
      legend.signs &= ~(1u << expendable[i]);
      lines = lay_out (timeline, text, view, legend.unit, legend.signs, NULL, NULL);
    }
  legend.height = (11 + LINE_HEIGHT * lines) * legend.unit;
  return legend;
}

static void
place_sign (TelarPainter *painter, Sign sign, double x, guint line)
{
  cairo_t *cr = painter->cr;
  const TelarTheme *theme = painter->theme;
  double u = painter->lanes.legend.unit, s;
  double y = painter->lanes.height - painter->lanes.legend.height
             + (16.5 + LINE_HEIGHT * line) * u;
  double w = SIGN_WIDTH * u;
  TelarFill blocked = telar_fill_blocked (theme);
  TelarFill first = { .base = 0x0072b2, .pattern = TELAR_PATTERN_PLAIN };

  if (painter->timeline != NULL && painter->timeline->tasks->len > 1)
    first = telar_palette_fill (&painter->palette, 1, NULL);
  switch (sign)
    {
    case SIGN_START:
      telar_draw_flag (cr, theme, x + 8 * u, y - 8 * u, y + 8 * u, u);
      break;
    case SIGN_ON_CORE:
      cairo_rectangle (cr, x, y - 7 * u, w, 14 * u);
      telar_fill_path (cr, &first, 8 * u, x, y - 7 * u);
      break;
    case SIGN_READY:
      telar_color_set (cr, first.edge != 0 ? first.edge : first.base);
      cairo_set_line_width (cr, 1.6 * u);
      cairo_rectangle (cr, x + u, y - 6 * u, w - 2 * u, 12 * u);
      cairo_stroke (cr);
      break;
    case SIGN_DUE:
      telar_color_set (cr, theme->hatch);
      cairo_set_line_width (cr, 1.6 * u);
      cairo_set_dash (cr, (double[]){ 4 * u, 3 * u }, 2, 0);
      cairo_rectangle (cr, x + u, y - 6 * u, w - 2 * u, 12 * u);
      cairo_stroke (cr);
      cairo_set_dash (cr, NULL, 0, 0);
      break;
    case SIGN_WAITS:
      cairo_rectangle (cr, x, y - 5 * u, w, 10 * u);
      telar_fill_path (cr, &blocked, 6 * u, x, y);
      cairo_rectangle (cr, x, y - 5 * u, w, 10 * u);
      telar_color_set (cr, theme->hatch_edge);
      cairo_set_line_width (cr, 0.8 * u);
      cairo_stroke (cr);
      break;
    case SIGN_END:
      telar_draw_end (cr, theme, x + 12 * u, y, u);
      break;
    case SIGN_FAILED:
      telar_draw_fail (cr, theme, x + 12 * u, y, u);
      break;
    case SIGN_ENDED:
      telar_color_set (cr, theme->mark);
      cairo_set_line_width (cr, 1.6 * u);
      cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
      cairo_set_dash (cr, (double[]){ 0, 3.4 * u }, 2, 0);
      cairo_move_to (cr, x + u, y);
      cairo_line_to (cr, x + w, y);
      cairo_stroke (cr);
      cairo_set_dash (cr, NULL, 0, 0);
      cairo_set_line_cap (cr, CAIRO_LINE_CAP_BUTT);
      break;
    case SIGN_JOIN:
      telar_draw_join (cr, theme, x + 12 * u, y, u);
      break;
    case SIGN_ARROW:
      telar_color_set (cr, theme->arrow);
      cairo_set_line_width (cr, 1.4 * u);
      cairo_move_to (cr, x, y);
      cairo_line_to (cr, x + w - 7 * u, y);
      cairo_stroke (cr);
      cairo_move_to (cr, x + w, y);
      cairo_rel_line_to (cr, -8 * u, -4 * u);
      cairo_rel_line_to (cr, 0, 8 * u);
      cairo_close_path (cr);
      cairo_fill (cr);
      break;
    case SIGN_HOLD:
      {
        TelarFill lock = telar_object_fill (theme, 0);

        cairo_rectangle (cr, x, y - 7 * u, w, 8 * u);
        telar_fill_path (cr, &lock, 7 * u, x, y - 7 * u);
        telar_color_set (cr, lock.edge);
        cairo_rectangle (cr, x, y - 7 * u, 1.6 * u, 14 * u);
        cairo_rectangle (cr, x + w - 1.6 * u, y - 7 * u, 1.6 * u, 14 * u);
        cairo_fill (cr);
        break;
      }
    case SIGN_LETS:
    case SIGN_PASSES:
      telar_color_set (cr, theme->accent);
      cairo_set_line_width (cr, 1.4 * u);
      cairo_set_dash (cr, (double[]){ 5 * u, 3 * u }, sign == SIGN_LETS ? 2 : 0, 0);
      cairo_move_to (cr, x, y);
      cairo_line_to (cr, x + w - 7 * u, y);
      cairo_stroke (cr);
      cairo_set_dash (cr, NULL, 0, 0);
      cairo_move_to (cr, x + w, y);
      cairo_rel_line_to (cr, -8 * u, -4 * u);
      cairo_rel_line_to (cr, 0, 8 * u);
      cairo_close_path (cr);
      if (sign == SIGN_PASSES)
        cairo_arc (cr, x + 2.6 * u, y, 2.6 * u, 0, 2 * G_PI);
      cairo_fill (cr);
      break;
    case SIGN_DEADLOCK:
      blocked.ink = theme->fail;
      cairo_rectangle (cr, x, y - 7 * u, w, 14 * u);
      telar_fill_path (cr, &blocked, 6 * u, x, y);
      cairo_rectangle (cr, x, y - 7 * u, w, 14 * u);
      telar_color_set (cr, theme->fail);
      cairo_set_line_width (cr, u);
      cairo_stroke (cr);
      break;
    case SIGN_CRITICAL:
      telar_color_set (cr, theme->critical);
      cairo_rectangle (cr, x, y - 5.3 * u, w / 2, 3 * u);
      cairo_rectangle (cr, x + w / 2 - u, y - 5.3 * u, 2 * u, 10.6 * u);
      cairo_rectangle (cr, x + w / 2, y + 2.3 * u, w / 2, 3 * u);
      cairo_fill (cr);
      break;
    case SIGN_PIN:
      telar_color_set (cr, first.edge != 0 ? first.edge : first.base);
      cairo_set_line_width (cr, u);
      cairo_move_to (cr, x + 12 * u, y);
      cairo_line_to (cr, x + 12 * u, y + 8 * u);
      cairo_stroke (cr);
      telar_color_set (cr, first.base);
      /* As large as the pins themselves are then; see pins.c. */
      s = painter->view->presenting ? u * 11 / 8.5 : u;
      telar_paint_round (cr, x + 12 * u - 8 * s, y - 1.5 * u - 5.5 * s, 16 * s, 11 * s, 5.5 * s);
      cairo_fill (cr);
      telar_text_draw (cr, &painter->text, "3", x + 12 * u - 2.5 * s, y - 1.5 * u + 3.1 * s, 8.5 * s,
                       TELAR_TEXT_BOLD, 0,
                       telar_color_contrast (first.base, 0xffffff) > 4.5 ? 0xffffff : 0x000000);
      break;
    case SIGN_OTHERS:
      telar_color_set (cr, theme->others);
      cairo_rectangle (cr, x, y - 2 * u, w, 4 * u);
      cairo_fill (cr);
      break;
    case SIGN_STEAL:
      telar_color_set (cr, theme->steal);
      cairo_rectangle (cr, x, y - 2 * u, w, 4 * u);
      cairo_fill (cr);
      break;
    case N_SIGNS:
      break;
    }
  telar_text_draw (cr, &painter->text, _(texts[sign]), x + w + SIGN_GAP * u, y + 4.2 * u,
                   TEXT_SIZE * u, TELAR_TEXT_NORMAL, 0, theme->text);
}

void
telar_paint_legend (TelarPainter *painter)
{
  const TelarLanes *lanes = &painter->lanes;
  cairo_t *cr = painter->cr;
  double y = lanes->height - lanes->legend.height;

  telar_color_set (cr, painter->theme->panel);
  cairo_rectangle (cr, 0, y, lanes->width, lanes->legend.height);
  cairo_fill (cr);
  telar_color_set (cr, painter->theme->grid);
  cairo_set_line_width (cr, painter->vector ? 0.8 * painter->unit : 1);
  cairo_move_to (cr, 0, y + 0.5);
  cairo_line_to (cr, lanes->width, y + 0.5);
  cairo_stroke (cr);
  lay_out (painter->timeline, &painter->text, painter->view, lanes->legend.unit,
           lanes->legend.signs, place_sign, painter);
}

/* graph-sight.c
 *
 * SPDX-License-Identifier: MIT
 *
 * What was in sight stays there: of boxes that were wholly seen, the rectangle
 * around them is brought into the canvas of another size.
 */

#include "config.h"

#include "graph-view/graph-sight.h"

/* Of a pixel: places are sums of fractions. */
#define NEARLY 0.5

typedef struct
{
  double x0, y0, x1, y1; /* pixels */
} Area;

static Area
area_of (const TelarSight *sight, double x, double y, double width, double height)
{
  Area area = { sight->x + x * sight->scale, sight->y + y * sight->scale };

  area.x1 = area.x0 + width * sight->scale;
  area.y1 = area.y0 + height * sight->scale;
  return area;
}

static gboolean
is_in_sight (const TelarSight *sight, const Area *area)
{
  return area->x0 >= -NEARLY && area->y0 >= -NEARLY && area->x1 <= sight->width + NEARLY
         && area->y1 <= sight->height + NEARLY;
}

static void
add_box (Area *all, gboolean *any, const TelarSight *sight, const TelarGraphBox *box)
{
  Area area = area_of (sight, box->x, box->y, box->width, box->height);

  if (!is_in_sight (sight, &area))
    return;

  *all = *any ? (Area){ MIN (all->x0, area.x0), MIN (all->y0, area.y0), MAX (all->x1, area.x1),
                        MAX (all->y1, area.y1) } : area;
  *any = TRUE;
}

double
telar_sight_bring_into (double begin, double size, double room)
{
  if (begin < TELAR_SIGHT_MARGIN || size > room - 2 * TELAR_SIGHT_MARGIN)
    return TELAR_SIGHT_MARGIN - begin;
  if (begin + size > room - TELAR_SIGHT_MARGIN)
    return room - TELAR_SIGHT_MARGIN - size - begin;

  return 0;
}

/* The same, but what lies in the margin may stay there. */
static double
keep_in (double begin, double end, double room)
{
  if (begin >= -NEARLY && end <= room + NEARLY)
    return 0;

  return telar_sight_bring_into (begin, end - begin, room);
}

gboolean
telar_sight_resize (const TelarSight *from, const TelarGraphLayout *layout, guint32 task,
                    double width, double height, TelarSight *to)
{
  Area all = { 0 }, one = { 0 };
  gboolean any = FALSE, has_one = FALSE;

  g_return_val_if_fail (from != NULL && layout != NULL && to != NULL, TRUE);

  *to = *from;
  to->width = width;
  to->height = height;
  /* Main's frame is around everything. */
  for (guint32 i = 1; i < layout->n_tasks; i++)
    add_box (&all, &any, from, &layout->boxes[i]);
  for (guint i = 0; i < layout->n_objects; i++)
    add_box (&all, &any, from, &layout->objects[i]);
  if (!any)
    return TRUE;

  to->x += keep_in (all.x0, all.x1, width);
  to->y += keep_in (all.y0, all.y1, height);
  if (task > 0 && task < layout->n_tasks)
    add_box (&one, &has_one, from, &layout->boxes[task]);
  if (has_one)
    {
      to->x += keep_in (one.x0 + to->x - from->x, one.x1 + to->x - from->x, width);
      to->y += keep_in (one.y0 + to->y - from->y, one.y1 + to->y - from->y, height);
    }
  return all.x1 - all.x0 <= width && all.y1 - all.y0 <= height;
}

gboolean
telar_sight_is_whole (const TelarSight *sight, const TelarGraphLayout *layout)
{
  Area area;

  g_return_val_if_fail (sight != NULL && layout != NULL, TRUE);

  area = area_of (sight, layout->x, layout->y, layout->width, layout->height);
  return is_in_sight (sight, &area);
}

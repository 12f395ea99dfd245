/* figures.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include "app/figures.h"

#include <glib/gi18n-lib.h>

#include "app/pictures.h"
#include "app/values.h"
#include "timeline/report.h"
#include "timeline/statistics-sheet.h"

void
telar_figures_clear (TelarFigures *figures)
{
  g_clear_pointer (&figures->report, g_free);
  g_clear_pointer (&figures->statistics, g_free);
  g_clear_pointer (&figures->serial_time, g_free);
}

gboolean
telar_figures_asked (const TelarFigures *figures)
{
  return figures->report != NULL || figures->statistics != NULL;
}

gboolean
telar_figures_check (const TelarCommand *command, TelarFigures *figures)
{
  g_autoptr (GError) error = NULL;

  if (figures->report != NULL && !telar_output_check (command, figures->report))
    return FALSE;
  if (figures->statistics != NULL && !telar_output_check (command, figures->statistics))
    return FALSE;
  if (figures->serial_time == NULL)
    return TRUE;
  if (!telar_value_duration (figures->serial_time, G_GINT64_CONSTANT (1000000000),
                             &figures->serial_ns, &error))
    telar_command_complain (command, "%s", error->message);
  else if (figures->serial_ns <= 0)
    telar_command_complain (command, _ ("--serial-time 0 is no time that work can take"));
  else if (!telar_figures_asked (figures))
    telar_command_complain (command, _ ("--serial-time says nothing without --report or "
                                        "--statistics"));
  else
    return TRUE;
  return FALSE;
}

static gboolean
write_statistics (const TelarTimeline *timeline, const TelarFigures *figures, GError **error)
{
  g_autoptr (TelarStatistics) all = telar_statistics_new (timeline, figures->serial_ns, NULL);

  return telar_statistics_write_csv (timeline, all, figures->statistics, error);
}

gboolean
telar_figures_write (const TelarCommand *command, const TelarOpened *opened,
                     const TelarTimeline *timeline, const TelarFigures *figures)
{
  gboolean written = TRUE;

  if (figures->report != NULL)
    {
      g_autoptr (GError) error = NULL;

      if (!telar_report_write (timeline, opened->machine, figures->serial_ns, figures->report,
                               &error))
        {
          telar_command_complain (command, _ ("%s could not be written: %s"), figures->report,
                                  error->message);
          written = FALSE;
        }
    }
  if (figures->statistics != NULL)
    {
      g_autoptr (GError) error = NULL;

      if (!write_statistics (timeline, figures, &error))
        {
          telar_command_complain (command, _ ("%s could not be written: %s"),
                                  figures->statistics, error->message);
          written = FALSE;
        }
    }
  return written;
}

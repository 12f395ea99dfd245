/* picture-settings.h
 *
 * SPDX-License-Identifier: MIT
 *
 * Options of the command line that say what pictures and data files show, and
 * how they look: those of export, and of run with its --export.
 */

#pragma once

#include "app/command.h"
#include "paint/export.h"

G_BEGIN_DECLS

/* As they were written. */
typedef struct
{
  char    *size;
  char    *dpi;
  char    *range;
  char    *lanes;
  char    *arrows;
  char    *sort;
  char    *scale;
  char    *style;
  char    *font;
  char    *lang;
  char    *title;
  char    *date;
  gboolean no_title;
  gboolean no_legend;
  gboolean no_source;
  gboolean no_date;
  gboolean no_bookmarks;
} TelarPictureSettings;

#define TELAR_N_PICTURE_SETTINGS 17

/* @entries: room for that many, and for one that ends them. */
void     telar_picture_settings_entries (TelarPictureSettings *settings, GOptionEntry *entries);
/* @options borrows from @settings. Returns: whether they can be understood; otherwise the
 * reason was printed. */
gboolean telar_picture_settings_read    (const TelarCommand         *command,
                                         const TelarPictureSettings *settings,
                                         TelarExportOptions         *options);
void     telar_picture_settings_clear   (TelarPictureSettings *settings);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TelarPictureSettings, telar_picture_settings_clear)

G_END_DECLS

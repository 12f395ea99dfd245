/* export-settings.h
 *
 * SPDX-License-Identifier: MIT
 *
 * What a person chose in the export dialog: a value, with what is wrong in it, and
 * the way from it to the painter's options. Numbers are kept as they were typed, so
 * that a wrong one is not lost. No display is needed.
 */

#pragma once

#include "paint/export.h"
#include "timeline/data.h"

G_BEGIN_DECLS

typedef enum
{
  TELAR_EXPORT_PNG,
  TELAR_EXPORT_SVG,
  TELAR_EXPORT_PDF,
  TELAR_EXPORT_TRACE,
  TELAR_EXPORT_CSV,
  TELAR_EXPORT_RUN,
  TELAR_N_EXPORT_FORMATS
} TelarExportFormat;

typedef enum
{
  TELAR_EXPORT_BOTH,
  TELAR_EXPORT_TIMELINE,
  TELAR_EXPORT_GRAPH,
  TELAR_N_EXPORT_CONTENTS
} TelarExportContent;

typedef enum
{
  TELAR_EXPORT_WHOLE,
  TELAR_EXPORT_VISIBLE,
  TELAR_EXPORT_MEASURED,
  TELAR_N_EXPORT_RANGES
} TelarExportRange;

typedef enum
{
  TELAR_EXPORT_PIXELS,
  TELAR_EXPORT_MILLIMETRES,
  TELAR_N_EXPORT_UNITS
} TelarExportUnit;

typedef struct
{
  TelarExportFormat  format;
  TelarExportContent content;
  TelarExportRange   range;
  TelarExportUnit    unit;
  char              *width[TELAR_N_EXPORT_UNITS];  /* owned, in each unit */
  char              *height[TELAR_N_EXPORT_UNITS]; /* owned; "": as high as it has to be */
  char              *dpi;                          /* owned */
  int                scale;                        /* 1 to 8 */
  TelarStyle         style;
  gboolean           title, legend, source, bookmarks, date;
  char              *text;                         /* owned: the title's */
} TelarExportSettings;

/* What there is to be exported. */
typedef struct
{
  gboolean has_run;
  gboolean has_measured;
  gboolean has_bookmarks;
  gboolean objects, all_arrows;   /* the window shows them */
  gint64   begin, end;            /* ns: what is visible */
  gint64   measured_begin, measured_end;
} TelarExportFacts;

/* Parts of the dialog. */
typedef enum
{
  TELAR_EXPORT_FIELD_CONTENT,
  TELAR_EXPORT_FIELD_RANGE,
  TELAR_EXPORT_FIELD_SIZE,
  TELAR_EXPORT_FIELD_DPI,
  TELAR_EXPORT_FIELD_SCALE,
  TELAR_EXPORT_FIELD_STYLE,
  TELAR_EXPORT_FIELD_TITLE,
  TELAR_EXPORT_FIELD_LEGEND,
  TELAR_EXPORT_FIELD_SOURCE,
  TELAR_EXPORT_FIELD_BOOKMARKS,
  TELAR_EXPORT_FIELD_DATE,
  TELAR_N_EXPORT_FIELDS
} TelarExportField;

void telar_export_settings_init  (TelarExportSettings *settings);
void telar_export_settings_copy  (TelarExportSettings *copy, const TelarExportSettings *settings);
void telar_export_settings_clear (TelarExportSettings *settings);

/* As they are remembered, but for the title. What cannot be read of @text stays as it is
 * in @settings. (transfer full) */
char *telar_export_settings_print (const TelarExportSettings *settings);
void  telar_export_settings_parse (TelarExportSettings *settings, const char *text);
/* Where there is nothing that was chosen, the nearest that there is. */
void  telar_export_settings_fit   (TelarExportSettings *settings, const TelarExportFacts *facts);

gboolean    telar_export_is_picture (TelarExportFormat format);
/* ".png" */
const char *telar_export_ending     (TelarExportFormat format);
/* By the ending of @name. Returns: whether it is one of them. */
gboolean    telar_export_format_of  (const char *name, TelarExportFormat *format);

/* Whether a field says anything about such a file. */
gboolean telar_export_uses   (const TelarExportSettings *settings, const TelarExportFacts *facts,
                              TelarExportField field);
/* What is wrong in a field that says something, one sentence; NULL: nothing.
 * (transfer full) */
char    *telar_export_refuse (const TelarExportSettings *settings, const TelarExportFacts *facts,
                              TelarExportField field);
/* Whether nothing is refused. */
gboolean telar_export_is_sound (const TelarExportSettings *settings, const TelarExportFacts *facts);

/* The same for the painter: sound settings. @options borrows from @settings and from
 * @date (nullable): of the run. */
void telar_export_settings_fill      (const TelarExportSettings *settings,
                                      const TelarExportFacts *facts, const char *date,
                                      TelarExportOptions *options);
/* …and for data. */
void telar_export_settings_fill_data (const TelarExportSettings *settings,
                                      const TelarExportFacts *facts, TelarDataOptions *options);

/* "1,920 × 812 px · 183.2 kB"; "170 × 74 mm · …". @size: bytes; 0: not known.
 * @about: it is an estimate. (transfer full) */
char *telar_export_size_words (const TelarExportSettings *settings, double width, double height,
                               guint64 size, gboolean about);

G_END_DECLS

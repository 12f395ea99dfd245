/* data-private.h
 *
 * SPDX-License-Identifier: MIT
 */

#pragma once

#include "timeline/data.h"

G_BEGIN_DECLS

/* What is written next; goes to the stream when there is much of it. */
typedef struct
{
  GString           *text;         /* owned */
  GOutputStream     *stream;       /* borrowed */
  GCancellable      *cancellable;  /* borrowed, nullable */
  GError            *error;        /* owned: the first one; nothing is written after it */
  TelarDataProgress  progress;     /* nullable */
  gpointer           progress_data;
  guint64            done, all;    /* items */
  gboolean           whole;        /* else what lies between these, ns */
  gint64             begin, end;
} TelarDataWriter;

/* Cuts a stretch where it reaches out. Returns: whether something of it is left. */
gboolean telar_data_cut   (const TelarDataWriter *writer, gint64 *begin, gint64 *end);
/* Whether a moment lies between. */
gboolean telar_data_has   (const TelarDataWriter *writer, gint64 ns);

/* After each item. Returns: whether there is any use in going on. */
gboolean telar_data_next  (TelarDataWriter *writer);

void     telar_data_trace (TelarDataWriter *writer, const TelarTimeline *timeline,
                           const char *name);
void     telar_data_csv   (TelarDataWriter *writer, const TelarTimeline *timeline);

/* One field of a row of CSV, quoted where that is needed. */
void     telar_data_field (GString *csv, const char *text);

/* "join", "lock m", "queue q", "ready": what a wait is for, in no language. */
void     telar_data_wait  (GString *text, const TelarTimeline *timeline, const TelarWait *wait);
const char *telar_data_wait_state (guint state);
/* "p1 p2": whom it waited for. */
void     telar_data_culprits (GString *text, const TelarTimeline *timeline,
                              const TelarWait *wait);

G_END_DECLS

/* run-reader.h
 *
 * SPDX-License-Identifier: MIT
 *
 * A run file as a timeline. Sums are read at once, slices when they are looked
 * at: opening ten million of them is reading some megabytes. Whatever the file
 * holds, nothing worse comes of it than that parts are missing, which is said.
 */

#pragma once

#include "runfile/run-writer.h"

G_BEGIN_DECLS

typedef struct
{
  TelarTimeline *timeline; /* owned; finished */
  TelarMachine  *machine;  /* owned, nullable */
  GBytes        *graph;    /* owned: its text, JSON */
  GPtrArray     *missing;  /* owned: char *, sentences; empty when all is there */
} TelarRunFile;

/* Whether a file begins as a run does; one that cannot be read does not. */
gboolean      telar_run_file_is   (const char *file);
/* Refused in one sentence that names the file, where nothing of it can be shown. */
TelarRunFile *telar_run_file_open (const char *file, GError **error);
/* @watch: (nullable): calling it off is an error, too */
TelarRunFile *telar_run_file_open_watched (const char *file, const TelarWatch *watch,
                                           GError **error);
/* One of several in a file: @size bytes from @base on. @name: for sentences. */
TelarRunFile *telar_run_file_open_part    (const char *name, TelarBacking *backing, guint64 base,
                                           guint64 size, const TelarWatch *watch,
                                           GError **error);
void          telar_run_file_free (TelarRunFile *run);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TelarRunFile, telar_run_file_free)

G_END_DECLS

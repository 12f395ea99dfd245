/* kept-run.h
 *
 * SPDX-License-Identifier: MIT
 *
 * A run as a window keeps it after its end, or opens it from a file: what was
 * run, where, when, and what came of it.
 */

#pragma once

#include "graph/graph.h"
#include "machine/machine.h"
#include "timeline/timeline.h"
#include "timeline/watch.h"

G_BEGIN_DECLS

typedef struct
{
  TelarTimeline *timeline;   /* owned */
  TelarGraph    *graph;      /* owned: as it was run */
  TelarMachine  *machine;    /* owned, nullable: where, if that was not seen here */
  GDateTime     *when;       /* owned, nullable: it began, in local time */
  char          *name;       /* owned, nullable: of the file that it comes from, to be shown */
  GPtrArray     *missing;    /* owned, nullable: sentences about what its file lacks */
  char          *words;      /* owned, nullable: what came of it, once that is known */
  guint          n_unread;   /* parts of its file that turned out to be damaged since, and are told */
  gboolean       broken_off; /* its engine died, or its file ends in the middle */
  gboolean       refused;    /* nothing of it was run */
  gboolean       old;        /* the document was changed since */
} TelarKeptRun;

/* Of a run that begins now. */
TelarKeptRun *telar_kept_run_new   (TelarTimeline *timeline, TelarGraph *graph);
void          telar_kept_run_free  (TelarKeptRun *run);
/* The same run as it is now, for another thread to read. (transfer full) */
TelarKeptRun *telar_kept_run_copy  (const TelarKeptRun *run);

/* Takes a while where the file is large: for a thread of its own.
 *
 * Returns: (transfer full) (nullable): NULL where nothing of the file can be shown. */
TelarKeptRun *telar_kept_run_open  (const char *path, const TelarWatch *watch, GError **error);
/* The same of one that is over, which is read only. A file of that name is replaced
 * when all is written, or stays as it was.
 *
 * @machine: (nullable): this computer
 * @watch: (nullable) */
gboolean      telar_kept_run_save  (const TelarKeptRun *run, const TelarMachine *machine,
                                    const char *path, const TelarWatch *watch, GError **error);

/* Of runs that are kept, the oldest whose slices are better put aside: together they
 * take more than @most bytes of memory. None of @used, which ends with NULL.
 *
 * Returns: (nullable) */
TelarKeptRun *telar_kept_run_to_put_aside (GPtrArray *kept, const TelarTimeline *const *used,
                                           guint64 most);
/* Where it ran: one from a file on the computer that the file names, or nobody knows;
 * any other on @machine, this one. (nullable) */
const TelarMachine *telar_kept_run_get_machine (const TelarKeptRun *run,
                                                const TelarMachine *machine);

/* As an item of a list: "14:03:21 · Ended after 84 ms". (transfer full) */
char         *telar_kept_run_words (TelarKeptRun *run);
/* Whether looking at it found more of its file to be damaged. */
gboolean      telar_kept_run_check (TelarKeptRun *run);
/* What the bar says of one that comes from a file; its second part is NULL where
 * nothing is missing. (out) (transfer full) */
void          telar_kept_run_news  (const TelarKeptRun *run, char **title, char **text);
/* "Pair.telar-run" for "Pair". (transfer full) */
char         *telar_kept_run_file_name (const char *title);
/* With the ending of run files, if it has not got it. (transfer full) */
char         *telar_kept_run_complete_name (const char *name);
/* Whether a file is called as a run is. */
gboolean      telar_kept_run_is_name (const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TelarKeptRun, telar_kept_run_free)

G_END_DECLS

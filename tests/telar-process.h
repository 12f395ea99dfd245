/* telar-process.h
 *
 * SPDX-License-Identifier: MIT
 *
 * The built program as a child: what tests of the command line do with it. No
 * shell in between, no display, English, a folder of its own for each test.
 */

#pragma once

#include <gio/gio.h>

/* Tasks of graphs: the third listing of the seed, and single ones. */
#define SQUARES                                                                            \
  "{ \"id\": \"p1\", \"kind\": \"process\", \"function\": \"square\", "                    \
  "\"args\": [[43, 50, 5, 98, 34, 35]] },\n"                                               \
  "{ \"id\": \"p2\", \"kind\": \"process\", \"function\": \"is_even\", "                   \
  "\"args\": [[43, 50, 5, 98, 34, 35]] },\n"                                               \
  "{ \"id\": \"done\", \"kind\": \"call\", \"function\": \"print\", \"args\": [\"Done\"], " \
  "\"after\": [\"p1\", \"p2\"] }"

#define TASK(id, kind, function, args)                                                \
  "{ \"id\": \"" id "\", \"kind\": \"" kind "\", \"function\": \"" function "\", "     \
  "\"args\": [" args "] }"
#define PROCESS(id, function, args) TASK (id, "process", function, args)

/* How a call of telar ended, and all that it printed. */
typedef struct
{
  int     status; /* exit status; -N when signal N ended it */
  GBytes *out;
  GBytes *err;
} TelarOutcome;

void telar_outcome_clear (TelarOutcome *outcome);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TelarOutcome, telar_outcome_clear)

/* A folder that is removed with all that is in it. */
typedef struct
{
  char *folder;
  char *mark;   /* part of the ids of tasks: no other test has it */
} TelarPlace;

void telar_place_init  (TelarPlace *place);
void telar_place_clear (TelarPlace *place);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TelarPlace, telar_place_clear)

/* (transfer full) */
char *telar_place_file  (const TelarPlace *place, const char *name);
/* Writes a graph; @tasks is what stands between the brackets of "tasks", where
 * every @ becomes the mark. (transfer full): its file. */
char *telar_place_graph (const TelarPlace *place, const char *name, const char *tasks);
/* Whether a process with the mark in its command line is alive (no zombie). */
gboolean telar_place_has_processes (const TelarPlace *place);
/* Waits until there is none; fails after a second, as the run has to be ended by then. */
void     telar_place_assert_deserted (const TelarPlace *place);

/* Runs telar with arguments up to NULL, to its end. */
void telar_call (TelarOutcome *outcome, const char *first, ...) G_GNUC_NULL_TERMINATED;

/* Starts it; standard output and error are pipes. */
GSubprocess *telar_start (const char *first, ...) G_GNUC_NULL_TERMINATED;
/* One line of standard output, as it comes. (transfer full) */
char        *telar_read_line (GSubprocess *process);
/* Waits for its end and reads the rest. */
void         telar_finish (GSubprocess *process, TelarOutcome *outcome);

void telar_assert_contains (GBytes *bytes, const char *text);
void telar_assert_empty    (GBytes *bytes);

/* As text; fails where it holds a NUL. */
const char *telar_text (GBytes *bytes);
guint       telar_count_lines (GBytes *bytes);

/* file-decisions.h
 *
 * SPDX-License-Identifier: MIT
 *
 * What a window decides about its graph and the file of it, and how it words
 * that: pure values, without a window.
 */

#pragma once

#include "edit/document-file.h"

G_BEGIN_DECLS

/* ---- where a graph is opened ---------------------------------------------- */

typedef struct
{
  gboolean empty;    /* nothing was opened or begun in the window */
  gboolean modified; /* what is open in it has unsaved changes */
  gboolean live;     /* a run goes on in it */
  gboolean dropped;  /* the file was dropped on it, not chosen in it */
} TelarOpenFacts;

/* Returns: whether a graph opens in this window; else in a new one. */
gboolean telar_opens_here (const TelarOpenFacts *facts);

/* ---- how it is saved ------------------------------------------------------ */

typedef enum
{
  TELAR_SAVE_TO_FILE,
  TELAR_SAVE_AS_FIRST,     /* it has no file yet */
  TELAR_SAVE_AS_EXAMPLE,   /* examples stay as they are */
  TELAR_SAVE_AS_READ_ONLY
} TelarSaveWay;

typedef struct
{
  gboolean has_file;
  gboolean example;   /* the file is one that came with the program */
  gboolean exists;
  gboolean writable;  /* of a file that exists: this person may write it */
} TelarSaveFacts;

TelarSaveWay telar_save_way        (const TelarSaveFacts *facts);
/* Returns: (nullable): why the person is asked for a place, one sentence. */
const char  *telar_save_way_reason (TelarSaveWay way);

/* A name for a new file: "Squares and even numbers.telar".
 *
 * Returns: (transfer full) */
char *telar_suggest_file_name  (const char *title);
/* The same for figures, of a stretch or the whole run: "Pair, statistics.csv".
 * (transfer full) */
char *telar_suggest_statistics_name (const char *title, gboolean stretch);
/* Returns: (transfer full): @name, with ".telar" where it has no ending. */
char *telar_complete_file_name (const char *name);

/* ---- words ---------------------------------------------------------------- */

/* Returns: (transfer full): the title, marked where there are unsaved changes. */
char *telar_title_to_show  (const char *title, gboolean modified);
/* Returns: (transfer full): the same for somebody who hears it. */
char *telar_title_to_speak (const char *title, gboolean modified);

/* Returns: (transfer full): "Undo Move p1"; "Undo" where there is nothing to undo.
 *
 * @label: (nullable) */
char *telar_undo_words (const char *label);
char *telar_redo_words (const char *label);
/* Returns: (transfer full): @words as the label of a menu, where "_" marks a key. */
char *telar_menu_words (const char *words);

/* What the bar says when the file is not as it was: @title and @text are
 * (transfer full), NULL where there is nothing to say.
 *
 * Returns: whether there is. */
gboolean telar_file_news (TelarFileState state, const char *name, gboolean modified,
                          char **title, char **text);

/* Returns: (transfer full): “Squares” from 12:03, with the day where it was another. */
char *telar_recovery_words (const char *title, GDateTime *when, GDateTime *now);

G_END_DECLS

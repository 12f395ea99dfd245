/* document-text.h
 *
 * SPDX-License-Identifier: MIT
 *
 * Documents made of texts, and what their text is after an edit, its undo and
 * its redo.
 */

#pragma once

#include "edit/operations.h"

G_BEGIN_DECLS

#define TWO "\"tasks\": [" \
  "{ \"id\": \"p1\", \"kind\": \"process\", \"function\": \"busy\", \"args\": [1] }," \
  "{ \"id\": \"p2\", \"kind\": \"process\", \"function\": \"busy\", \"args\": [2] } ]"

#define FRAME "\"tasks\": [" \
  "{ \"id\": \"a\", \"kind\": \"process\", \"function\": \"busy\", \"args\": [1] }," \
  "{ \"id\": \"f\", \"kind\": \"process\", \"body\": [], \"after\": [\"a\"] }," \
  "{ \"id\": \"t1\", \"kind\": \"thread\", \"function\": \"busy\", \"args\": [1], " \
  "\"inside\": \"f\" }," \
  "{ \"id\": \"t2\", \"kind\": \"thread\", \"function\": \"busy\", \"args\": [1], " \
  "\"inside\": \"f\", \"after\": [\"t1\"] }," \
  "{ \"id\": \"z\", \"kind\": \"call\", \"function\": \"print\", \"args\": [\"Done\"], " \
  "\"after\": [\"f\", \"a\"] } ]"

#define CONTROL "\"main\": { \"body\": [ [\"start\", {\"task\": \"p1\"}], " \
  "[\"join\", {\"task\": \"p1\"}, 0.5], [\"print\", \"Done\"] ] }, \"tasks\": [" \
  "{ \"id\": \"p1\", \"kind\": \"process\", \"function\": \"busy\", \"args\": [1] }," \
  "{ \"id\": \"p2\", \"kind\": \"process\", \"function\": \"busy\", \"args\": [2], " \
  "\"copies\": 3 }," \
  "{ \"id\": \"p3\", \"kind\": \"process\", \"function\": \"busy\", \"args\": [3], " \
  "\"after\": [\"p2.3\"] } ]"

/* @keys: of the file but for its version */
TelarDocument *document_from_text (const char *keys);

char *document_text (TelarDocument *document);

/* The line of a task in the file, without indent and comma; "" where there is none. */
char *document_line (TelarDocument *document, const char *id);

#define assert_line(document, id, expected) \
  do { g_autofree char *line_ = document_line (document, id); \
       g_assert_cmpstr (line_, ==, expected); } while (0)

/* Undo gives the text of before, redo that of now; leaves the document as it is. */
void assert_undoes (TelarDocument *document, const char *before, const char *label);

void assert_refused (TelarDocument *document, gboolean done, GError **error, int code,
                     const char *before, const char *sentence);

/* Keeps the last of what is remarked in @last, which is to be freed. */
void document_on_remark (TelarDocument *document, const char *sentence, char **last);

G_END_DECLS

/* laid-out.h
 *
 * SPDX-License-Identifier: MIT
 *
 * Small graphs and their layouts, for tests of both.
 */

#pragma once

#include "paint/graph-layout.h"

#define P(id) "{ \"id\": \"" id "\", \"kind\": \"process\", \"function\": \"busy\", \"args\": [5]"
#define T(id, more) "{ \"id\": \"" id "\", \"kind\": \"thread\", \"function\": \"busy\", " \
                    "\"args\": [1], \"inside\": " more " }"
#define C(id, after) "{ \"id\": \"" id "\", \"kind\": \"call\", \"function\": \"print\", " \
                     "\"args\": [\"Done\"], \"after\": [" after "] }"
#define GRAPH(tasks) "{ \"telar\": 1, \"name\": \"Layout\", \"tasks\": [" tasks "] }"

/* Bodies of main and of a process, each of which starts tasks. */
#define BODY_GRAPH "{ \"telar\": 1, \"main\": { \"body\": [" \
  "[\"start\", {\"task\": \"p1\"}], [\"start\", {\"task\": \"p2\"}]," \
  "[\"join\", {\"task\": \"p1\"}], [\"join\", {\"task\": \"p2\"}], [\"print\", \"Done\"] ] }," \
  "\"tasks\": [" \
  "{ \"id\": \"p1\", \"kind\": \"process\"," \
  "  \"body\": [ [\"start\", {\"task\": \"t\"}], [\"busy\", 1] ] }," \
  P ("p2") " }," \
  "{ \"id\": \"t\", \"kind\": \"thread\", \"function\": \"busy\", \"args\": [1] }," \
  C ("done", "\"p2\"") "] }"
/* A process with threads inside, between others. */
#define INSIDE_GRAPH \
  GRAPH (P ("p1") " }," P ("p2") " }," \
         T ("t1", "\"p2\"") "," T ("t2", "\"p2\", \"after\": [\"t1\"]") "," \
         P ("p3") ", \"after\": [\"p1\"] }," C ("done", "\"p2\", \"p3\""))

/* Of a graph without a fault; (transfer full). */
TelarGraph       *laid_out_parse (const char *text);
TelarGraphLayout *laid_out_text  (const char *text);

const TelarTask     *laid_out_task (const TelarGraphLayout *layout, guint32 task);
const char          *laid_out_id   (const TelarGraphLayout *layout, guint32 task);
/* What is there for sure. */
guint32              laid_out_find (const TelarGraphLayout *layout, const char *id);
const TelarGraphBox *laid_out_box  (const TelarGraphLayout *layout, const char *id);

gboolean laid_out_overlap (const TelarGraphBox *a, const TelarGraphBox *b);

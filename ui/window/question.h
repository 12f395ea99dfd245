/* question.h
 *
 * SPDX-License-Identifier: MIT
 *
 * A question that a window asks before it goes on: a modal dialog.
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* @answer: the number of the button; 0, the first, is also Escape. */
typedef void (*TelarAnswered) (GtkWindow *window, int answer);

typedef struct
{
  const char        *title;        /* the question, one sentence */
  const char        *text;         /* what each answer means; nullable */
  const char *const *answers;      /* labels with mnemonics, NULL at the end; the first takes
                                    * everything back */
  int                usual;        /* which Enter gives */
  int                destructive;  /* which one loses something; 0 for none */
} TelarQuestion;

void telar_question_ask (GtkWindow *window, const TelarQuestion *question, TelarAnswered answered);

G_END_DECLS

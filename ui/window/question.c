/* question.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include "window/question.h"

#define MARGIN 12

static void
responded (GtkDialog *dialog,
           int        response,
           GtkWindow *window)
{
  TelarAnswered answered = (TelarAnswered) g_object_get_data (G_OBJECT (dialog), "answered");

  /* The button that was pressed holds the dialog a little longer; the window may
   * be gone by then. */
  gtk_window_set_transient_for (GTK_WINDOW (dialog), NULL);
  gtk_window_destroy (GTK_WINDOW (dialog));
  answered (window, MAX (response, 0));
}

void
telar_question_ask (GtkWindow           *window,
                    const TelarQuestion *question,
                    TelarAnswered        answered)
{
  GtkWidget *dialog;

  g_return_if_fail (GTK_IS_WINDOW (window));
  g_return_if_fail (question != NULL && question->answers != NULL && answered != NULL);

  dialog = gtk_message_dialog_new (window, GTK_DIALOG_MODAL | GTK_DIALOG_DESTROY_WITH_PARENT,
                                   GTK_MESSAGE_QUESTION, GTK_BUTTONS_NONE, "%s", question->title);
  if (question->text)
    gtk_message_dialog_format_secondary_text (GTK_MESSAGE_DIALOG (dialog), "%s", question->text);

  /* Some window managers leave no room between their title and the question. */
  gtk_widget_set_margin_top (gtk_dialog_get_content_area (GTK_DIALOG (dialog)), MARGIN);

  for (int i = 0; question->answers[i]; i++)
    {
      GtkWidget *button = gtk_dialog_add_button (GTK_DIALOG (dialog), question->answers[i], i);

      /* Its name is that of the label inside it; without this, said twice, and
       * the first time with the underline. */
      gtk_accessible_reset_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL);
      if (i > 0 && i == question->destructive)
        gtk_widget_add_css_class (button, "destructive-action");
      else if (i > 0 && i == question->usual)
        gtk_widget_add_css_class (button, "suggested-action");
    }
  gtk_dialog_set_default_response (GTK_DIALOG (dialog), question->usual);

  g_object_set_data (G_OBJECT (dialog), "answered", (gpointer) answered);
  g_signal_connect_object (dialog, "response", G_CALLBACK (responded), window, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* file-dialog.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include "file-dialog.h"

#define KEY "telar-file-dialog"

static void
end (gpointer dialog)
{
  gtk_native_dialog_destroy (GTK_NATIVE_DIALOG (dialog));
  g_object_unref (dialog);
}

static void
responded (GtkNativeDialog *dialog,
           int              response,
           GtkWidget       *owner)
{
  TelarFileChosen       chosen = (TelarFileChosen) g_object_get_data (G_OBJECT (dialog), "chosen");
  g_autoptr (GtkWidget) kept = g_object_ref (owner);
  g_autoptr (GFile)     file = response == GTK_RESPONSE_ACCEPT
                                 ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog)) : NULL;

  g_object_set_data (G_OBJECT (owner), KEY, NULL);
  chosen (kept, file);
}

void
telar_file_dialog_show (GtkFileChooserNative *dialog,
                        GtkWidget            *owner,
                        TelarFileChosen       chosen)
{
  g_return_if_fail (GTK_IS_FILE_CHOOSER_NATIVE (dialog));
  g_return_if_fail (GTK_IS_WIDGET (owner) && chosen != NULL);

  g_object_set_data (G_OBJECT (dialog), "chosen", (gpointer) chosen);
  g_object_set_data_full (G_OBJECT (owner), KEY, dialog, end);
  g_signal_connect_object (dialog, "response", G_CALLBACK (responded), owner, 0);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

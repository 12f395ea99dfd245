/* window-recovery.c
 *
 * SPDX-License-Identifier: MIT
 *
 * What a crash left behind is offered, one after the other, and stays where it
 * is until somebody decides.
 */

#include "config.h"

#include "window/window-private.h"

#include <glib/gi18n-lib.h>

#include "edit/recovery.h"
#include "window/file-decisions.h"

static const TelarRecovery *
get_first (TelarWindow *self)
{
  return self->recoveries && self->recoveries->len > 0 ? g_ptr_array_index (self->recoveries, 0)
                                                       : NULL;
}

static void
offer_first (TelarWindow *self)
{
  const TelarRecovery  *recovery = get_first (self);
  g_autoptr (GDateTime) utc = NULL;
  g_autoptr (GDateTime) when = NULL;
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char      *what = NULL;
  g_autofree char      *text = NULL;
  guint                 more;

  if (recovery == NULL)
    {
      telar_error_bar_dismiss (self->recovery_bar);
      return;
    }

  utc = g_date_time_new_from_unix_utc (recovery->time / G_USEC_PER_SEC);
  when = g_date_time_to_local (utc);
  what = telar_recovery_words (recovery->title ? recovery->title : _("Untitled"), when, now);
  more = self->recoveries->len - 1;
  if (more > 0)
    {
      g_autofree char *others = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                                              "%u other graph follows.",
                                                              "%u other graphs follow.", more),
                                                 more);

      text = g_strdup_printf (_("%s can be recovered with its unsaved changes. %s"), what, others);
    }
  else
    text = g_strdup_printf (_("%s can be recovered with its unsaved changes."), what);

  telar_error_bar_say (self->recovery_bar, TELAR_FAULT_WARNING, _("Telar ended unexpectedly"),
                       text);
  telar_error_bar_add_button (self->recovery_bar, _("Recover"), "win.recover");
  telar_error_bar_add_button (self->recovery_bar, _("Discard"), "win.discard-recovery");
}

void
telar_window_recover (TelarWindow *self)
{
  const TelarRecovery       *recovery = get_first (self);
  g_autoptr (TelarDocument)  document = NULL;
  g_autoptr (GError)         error = NULL;
  TelarWindow               *target;

  if (recovery == NULL)
    return;

  document = telar_recovery_open (recovery, &error);
  g_ptr_array_remove_index (self->recoveries, 0);
  offer_first (self);
  if (document == NULL)
    {
      telar_error_bar_say (self->error_bar, TELAR_FAULT_ERROR, _("Nothing could be recovered"),
                           error->message);
      return;
    }

  target = telar_window_for_another (self, TRUE);
  telar_window_set_document (target, g_steal_pointer (&document));
  telar_window_show_graph (target);
  telar_window_split_panes (target);
}

void
telar_window_discard_recovery (TelarWindow *self)
{
  const TelarRecovery *recovery = get_first (self);

  if (recovery == NULL)
    return;

  telar_recovery_discard (recovery);
  g_ptr_array_remove_index (self->recoveries, 0);
  offer_first (self);
}

void
telar_window_offer_recoveries (TelarWindow *self)
{
  g_return_if_fail (TELAR_IS_WINDOW (self));

  g_clear_pointer (&self->recoveries, g_ptr_array_unref);
  self->recoveries = telar_recovery_list ();
  offer_first (self);
}

void
telar_window_flush_recovery (TelarWindow *self)
{
  g_autoptr (GError) error = NULL;

  g_return_if_fail (TELAR_IS_WINDOW (self));

  if (!telar_document_flush_recovery (self->document, &error))
    g_message ("%s", error->message);
}

/* window-present.c
 *
 * SPDX-License-Identifier: MIT
 *
 * For a projector: the whole screen, kept awake, with text that can be read
 * from the last row: the smallest is at least 1/45 of the screen's height. At
 * that size one thing fills the screen: graph, timeline or output.
 */

#include "config.h"

#include "window/window-private.h"

#include <glib/gi18n-lib.h>

/* The smallest text that the style sheet and the painter use then, as a share
 * of the normal one. */
#define SMALLEST (11.0 / 12.0)

static double
screen_height (TelarWindow *self)
{
  GdkDisplay  *display = gtk_widget_get_display (GTK_WIDGET (self));
  GdkSurface  *surface = gtk_native_get_surface (GTK_NATIVE (self));
  GdkMonitor  *monitor = surface ? gdk_display_get_monitor_at_surface (display, surface) : NULL;
  GdkRectangle place = { 0, 0, 1280, 720 };

  if (monitor)
    gdk_monitor_get_geometry (monitor, &place);

  return place.height;
}

/* A style of this window's own: its name stands in the selector. */
static void
scale_text (TelarWindow *self,
            gboolean     large)
{
  g_autofree char *css = NULL;
  g_autofree char *name = NULL;
  char             size[G_ASCII_DTOSTR_BUF_SIZE];

  if (self->present_css == NULL)
    {
      self->present_css = gtk_css_provider_new ();
      gtk_style_context_add_provider_for_display (gtk_widget_get_display (GTK_WIDGET (self)),
                                                  GTK_STYLE_PROVIDER (self->present_css),
                                                  GTK_STYLE_PROVIDER_PRIORITY_APPLICATION + 1);
    }

  if (large)
    {
      name = g_strdup_printf ("window-%u",
                              gtk_application_window_get_id (GTK_APPLICATION_WINDOW (self)));
      gtk_widget_set_name (GTK_WIDGET (self), name);
      css = g_strdup_printf ("window#%s { font-size: %s; }", name,
                             g_ascii_formatd (size, sizeof size, "%.1fpx",
                                              telar_present_text (screen_height (self), SMALLEST)));
    }
  else
    {
      css = g_strdup ("");
    }

  gtk_css_provider_load_from_data (self->present_css, css, -1);
}

/* All of it in a window; one thing of it on a projector. */
static void
show_parts (TelarWindow *self)
{
  gboolean all = !self->presenting;

  gtk_widget_set_visible (GTK_WIDGET (self->upper),
                          all || self->present != TELAR_PRESENT_TIMELINE);
  gtk_widget_set_visible (self->canvas, all || self->present == TELAR_PRESENT_GRAPH);
  gtk_widget_set_visible (GTK_WIDGET (self->tabs), all || self->present == TELAR_PRESENT_OUTPUT);
  gtk_notebook_set_show_tabs (self->tabs, all);
  if (!all && self->present == TELAR_PRESENT_OUTPUT)
    telar_window_show_tab (self, TELAR_TAB_OUTPUT);
  gtk_widget_set_visible (self->palette, all && self->palette_shown && self->run_file == NULL);
  gtk_widget_set_visible (self->lower, all || self->present == TELAR_PRESENT_TIMELINE);
  gtk_widget_set_visible (self->timeline_bar, all);
  gtk_widget_set_visible (self->present_bar, !all);
}

static GtkWidget *
present_widget (TelarWindow *self)
{
  switch (self->present)
    {
    case TELAR_PRESENT_GRAPH:
      return GTK_WIDGET (self->graph_view);
    case TELAR_PRESENT_OUTPUT:
      return GTK_WIDGET (self->console);
    case TELAR_PRESENT_TIMELINE:
    case TELAR_N_PRESENTS:
      break;
    }

  return GTK_WIDGET (self->timeline_view);
}

void
telar_window_present_show (TelarWindow  *self,
                           TelarPresent  present)
{
  self->present = present;
  show_parts (self);
  if (self->presenting)
    gtk_widget_grab_focus (present_widget (self));
}

static void
set_presenting (TelarWindow *self,
                gboolean     presenting)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));

  if (self->presenting == presenting)
    return;

  self->presenting = presenting;
  scale_text (self, presenting);
  show_parts (self);
  telar_timeline_view_set_presenting (self->timeline_view, presenting);
  telar_timeline_view_set_presenting (self->compare_view, presenting);
  telar_graph_view_set_presenting (self->graph_view, presenting);

  if (presenting)
    {
      gtk_widget_add_css_class (GTK_WIDGET (self), "presenting");
      self->inhibit_cookie = gtk_application_inhibit (application, GTK_WINDOW (self),
                                                      GTK_APPLICATION_INHIBIT_IDLE,
                                                      _("A graph is being presented"));
      gtk_window_fullscreen (GTK_WINDOW (self));
      gtk_widget_grab_focus (present_widget (self));
    }
  else
    {
      gtk_widget_remove_css_class (GTK_WIDGET (self), "presenting");
      if (self->inhibit_cookie)
        gtk_application_uninhibit (application, self->inhibit_cookie);
      self->inhibit_cookie = 0;
      gtk_window_unfullscreen (GTK_WINDOW (self));
    }
}

void
telar_window_present_toggle (TelarWindow *self)
{
  set_presenting (self, !self->presenting);
}

void
telar_window_present_leave (TelarWindow *self)
{
  set_presenting (self, FALSE);
}

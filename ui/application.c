/* application.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include "application.h"

#include <glib/gi18n-lib.h>

#include "color-scheme.h"
#include "window.h"

struct _TelarApplication
{
  GtkApplication    parent_instance;

  /* Owned. */
  TelarMachine     *machine;
  TelarColorScheme *color_scheme;
};

G_DEFINE_FINAL_TYPE (TelarApplication, telar_application, GTK_TYPE_APPLICATION)

static void
about_action (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       data)
{
  GtkApplication *application = data;

  gtk_show_about_dialog (gtk_application_get_active_window (application),
                         "program-name", "Telar",
                         "logo-icon-name", TELAR_APPLICATION_ID,
                         "version", TELAR_VERSION,
                         "comments", _("Processes and threads, made visible."),
                         "license-type", GTK_LICENSE_MIT_X11,
                         "translator-credits", _("translator-credits"),
                         NULL);
}

static void
quit_action (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       data)
{
  g_autoptr (GList) windows = g_list_copy (gtk_application_get_windows (data));

  /* Each window ends its run first. */
  for (GList *l = windows; l; l = l->next)
    gtk_window_close (l->data);
}

/* What fills the window is painted by cairo. Through OpenGL every frame of it
 * would go to the graphics processor as a new texture, and where there is none,
 * back again: measured without one, 64 busy tasks leave 13 frames a second that
 * way and 59 this way. */
static void
prefer_cairo (GdkDisplay *display)
{
  if (g_getenv ("GSK_RENDERER") == NULL)
    g_object_set_data (G_OBJECT (display), "gsk-renderer", (gpointer) "cairo");
}

static void
telar_application_startup (GApplication *application)
{
  static const GActionEntry actions[] = {
    { .name = "about", .activate = about_action },
    { .name = "quit", .activate = quit_action },
  };
  TelarApplication            *self = TELAR_APPLICATION (application);
  g_autoptr (GtkCssProvider)   css = gtk_css_provider_new ();

  G_APPLICATION_CLASS (telar_application_parent_class)->startup (application);

  prefer_cairo (gdk_display_get_default ());
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  gtk_css_provider_load_from_resource (css, "/io/github/telar/Telar/style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (css),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  gtk_window_set_default_icon_name (TELAR_APPLICATION_ID);
  self->color_scheme = telar_color_scheme_new ();
}

static void
telar_application_activate (GApplication *application)
{
  gtk_window_present (GTK_WINDOW (telar_window_new (TELAR_APPLICATION (application))));
}

static void
telar_application_open (GApplication  *application,
                        GFile        **files,
                        int            n_files,
                        const char    *hint)
{
  for (int i = 0; i < n_files; i++)
    {
      TelarWindow *window = telar_window_new (TELAR_APPLICATION (application));

      telar_window_open (window, files[i]);
      gtk_window_present (GTK_WINDOW (window));
    }
}

static void
telar_application_finalize (GObject *object)
{
  TelarApplication *self = TELAR_APPLICATION (object);

  g_clear_pointer (&self->machine, telar_machine_free);
  g_clear_pointer (&self->color_scheme, telar_color_scheme_free);

  G_OBJECT_CLASS (telar_application_parent_class)->finalize (object);
}

static void
telar_application_class_init (TelarApplicationClass *klass)
{
  GObjectClass      *object_class = G_OBJECT_CLASS (klass);
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  object_class->finalize = telar_application_finalize;
  application_class->startup = telar_application_startup;
  application_class->activate = telar_application_activate;
  application_class->open = telar_application_open;
}

static void
telar_application_init (TelarApplication *self)
{
}

const TelarMachine *
telar_application_get_machine (TelarApplication *self)
{
  g_return_val_if_fail (TELAR_IS_APPLICATION (self), NULL);

  if (self->machine == NULL)
    self->machine = telar_machine_detect ();

  return self->machine;
}

int
telar_application_run (int    argc,
                       char **argv)
{
  g_autoptr (TelarApplication) self = NULL;

  if (!gtk_init_check ())
    {
      g_printerr ("telar: %s\n",
                  _("there is no display to open a window on; without one, use: telar run GRAPH"));
      return 2;
    }

  g_set_application_name ("Telar");
  self = g_object_new (TELAR_TYPE_APPLICATION,
                       "application-id", TELAR_APPLICATION_ID,
                       "flags", G_APPLICATION_NON_UNIQUE | G_APPLICATION_HANDLES_OPEN,
                       "resource-base-path", "/io/github/telar/Telar",
                       NULL);

  return g_application_run (G_APPLICATION (self), argc, argv);
}

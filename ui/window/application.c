/* application.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include "window/application.h"

#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <signal.h>

#include "window/color-scheme.h"
#include "window/window.h"

struct _TelarApplication
{
  GtkApplication    parent_instance;

  /* Owned. */
  TelarMachine     *machine;
  TelarColorScheme *color_scheme;

  /* Quitting. */
  GQueue            to_ask;       /* borrowed windows that were not asked yet */
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

/* --- Ending --- */

static void
for_windows (TelarApplication *self,
             void            (*func) (TelarWindow *window))
{
  g_autoptr (GList) windows = g_list_copy (gtk_application_get_windows (GTK_APPLICATION (self)));

  for (GList *l = windows; l; l = l->next)
    if (TELAR_IS_WINDOW (l->data))
      func (l->data);
}

static void
close_window (TelarWindow *window)
{
  gtk_window_close (GTK_WINDOW (window));
}

static void ask_next (TelarApplication *self);

static void
asked (TelarWindow *window,
       gboolean     may)
{
  TelarApplication *self =
    TELAR_APPLICATION (gtk_window_get_application (GTK_WINDOW (window)));

  g_queue_remove (&self->to_ask, window);
  if (may)
    ask_next (self);
  else
    {
      g_queue_clear (&self->to_ask);
      for_windows (self, telar_window_stay);
    }
}

/* Every window is asked before any closes: who thinks better of it at the last
 * one has lost nothing. Each window ends its run first. */
static void
ask_next (TelarApplication *self)
{
  TelarWindow *next = g_queue_peek_head (&self->to_ask);

  if (next)
    telar_window_ask_to_close (next, asked);
  else
    for_windows (self, close_window);
}

static void
quit_action (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       data)
{
  TelarApplication *self = data;

  if (!g_queue_is_empty (&self->to_ask))
    return;

  /* The one in front first. */
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l; l = l->next)
    if (TELAR_IS_WINDOW (l->data))
      g_queue_push_tail (&self->to_ask, l->data);
  ask_next (self);
}

static void
telar_application_window_removed (GtkApplication *application,
                                  GtkWindow      *window)
{
  TelarApplication *self = TELAR_APPLICATION (application);

  g_queue_remove (&self->to_ask, window);

  GTK_APPLICATION_CLASS (telar_application_parent_class)->window_removed (application, window);
}

/* The session ends, and asks nobody. */
static void
query_end (TelarApplication *self)
{
  for_windows (self, telar_window_flush_recovery);
}

/* So does somebody who ends the program by a signal: it ends as it would have,
 * but unsaved changes can be recovered. */
static gboolean
ended_by_signal (gpointer data)
{
  for_windows (data, telar_window_flush_recovery);
  signal (SIGTERM, SIG_DFL);
  raise (SIGTERM);

  return G_SOURCE_REMOVE;
}

/* --- Starting --- */

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

  g_signal_connect (self, "query-end", G_CALLBACK (query_end), NULL);
  g_unix_signal_add (SIGTERM, ended_by_signal, self);
}

/* When the window is on screen: the start does not wait for it. */
static gboolean
offer_recoveries (gpointer data)
{
  GtkWindow *window = gtk_application_get_active_window (data);

  if (TELAR_IS_WINDOW (window))
    telar_window_offer_recoveries (TELAR_WINDOW (window));

  return G_SOURCE_REMOVE;
}

static void
telar_application_activate (GApplication *application)
{
  gtk_window_present (GTK_WINDOW (telar_window_new (TELAR_APPLICATION (application))));
  g_idle_add_full (G_PRIORITY_LOW, offer_recoveries, application, NULL);
}

static void
telar_application_open (GApplication  *application,
                        GFile        **files,
                        int            n_files,
                        const char    *hint)
{
  TelarWindow *window = telar_window_new (TELAR_APPLICATION (application));

  gtk_window_present (GTK_WINDOW (window));
  telar_window_open_all (window, files, (guint) n_files);
  g_idle_add_full (G_PRIORITY_LOW, offer_recoveries, application, NULL);
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
  GObjectClass        *object_class = G_OBJECT_CLASS (klass);
  GApplicationClass   *application_class = G_APPLICATION_CLASS (klass);
  GtkApplicationClass *gtk_class = GTK_APPLICATION_CLASS (klass);

  object_class->finalize = telar_application_finalize;
  application_class->startup = telar_application_startup;
  application_class->activate = telar_application_activate;
  application_class->open = telar_application_open;
  gtk_class->window_removed = telar_application_window_removed;
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

/* GTK loads OpenGL before there is a window, and nothing here uses it: a quarter of the
 * start, and half of the memory. Tasks get the environment that the program got. */
static gboolean
init_without_gl (void)
{
  gboolean    newer = gtk_get_minor_version () >= 14;
  const char *name = newer ? "GDK_DISABLE" : "GDK_DEBUG";
  const char *renderer = g_getenv ("GSK_RENDERER");
  gboolean    asked = (renderer == NULL || g_str_equal (renderer, "cairo"))
                   && g_getenv (name) == NULL;
  gboolean    done;

  if (asked)
    g_setenv (name, newer ? "gl" : "gl-disable", TRUE);
  done = gtk_init_check ();
  if (asked)
    g_unsetenv (name);

  return done;
}

int
telar_application_run (int    argc,
                       char **argv)
{
  g_autoptr (TelarApplication) self = NULL;

  if (!init_without_gl ())
    {
      g_printerr ("telar: %s\n",
                  _("there is no display to open a window on; without one, use: telar run GRAPH"));
      return 2;
    }

  g_set_application_name ("Telar");
  self = g_object_new (TELAR_TYPE_APPLICATION,
                       "application-id", TELAR_APPLICATION_ID,
                       "flags", G_APPLICATION_NON_UNIQUE | G_APPLICATION_HANDLES_OPEN,
                       "register-session", TRUE,
                       "resource-base-path", "/io/github/telar/Telar",
                       NULL);

  return g_application_run (G_APPLICATION (self), argc, argv);
}

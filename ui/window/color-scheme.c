/* color-scheme.c
 *
 * SPDX-License-Identifier: MIT
 *
 * org.freedesktop.portal.Settings, "org.freedesktop.appearance"
 * "color-scheme": 0 no preference, 1 dark, 2 light.
 */

#include "window/color-scheme.h"

#include <gtk/gtk.h>

#define PORTAL    "org.freedesktop.portal.Desktop"
#define PATH      "/org/freedesktop/portal/desktop"
#define INTERFACE "org.freedesktop.portal.Settings"
#define NAMESPACE "org.freedesktop.appearance"
#define KEY       "color-scheme"

struct _TelarColorScheme
{
  GCancellable    *cancellable; /* owned */
  GDBusConnection *bus;         /* owned, nullable until it is there */
  guint            subscription;
};

static void
apply (GVariant *value)
{
  g_autoptr (GVariant) inner = g_variant_ref (value);

  /* The portal wraps once or twice, by its version. */
  while (g_variant_is_of_type (inner, G_VARIANT_TYPE_VARIANT))
    {
      GVariant *next = g_variant_get_variant (inner);

      g_variant_unref (inner);
      inner = next;
    }

  if (g_variant_is_of_type (inner, G_VARIANT_TYPE_UINT32) && g_variant_get_uint32 (inner) != 0)
    g_object_set (gtk_settings_get_default (),
                  "gtk-application-prefer-dark-theme", g_variant_get_uint32 (inner) == 1,
                  NULL);
}

static void
setting_changed (GDBusConnection *bus,
                 const char      *sender,
                 const char      *path,
                 const char      *interface,
                 const char      *signal,
                 GVariant        *parameters,
                 gpointer         unused)
{
  const char          *space, *key;
  g_autoptr (GVariant) value = NULL;

  if (!g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(ssv)")))
    return;

  g_variant_get (parameters, "(&s&sv)", &space, &key, &value);
  if (g_str_equal (space, NAMESPACE) && g_str_equal (key, KEY))
    apply (value);
}

static void
setting_read (GObject      *source,
              GAsyncResult *result,
              gpointer      unused)
{
  GDBusConnection     *bus = G_DBUS_CONNECTION (source);
  g_autoptr (GVariant) reply = g_dbus_connection_call_finish (bus, result, NULL);
  g_autoptr (GVariant) value = NULL;

  /* No portal, no preference. */
  if (reply == NULL)
    return;

  g_variant_get (reply, "(v)", &value);
  apply (value);
}

static void
bus_ready (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  TelarColorScheme           *self = data;
  g_autoptr (GError)          error = NULL;
  g_autoptr (GDBusConnection) bus = g_bus_get_finish (result, &error);

  /* Cancelled: @self is gone. */
  if (bus == NULL)
    return;

  self->bus = g_steal_pointer (&bus);
  self->subscription =
    g_dbus_connection_signal_subscribe (self->bus, PORTAL, INTERFACE, "SettingChanged", PATH,
                                        NAMESPACE, G_DBUS_SIGNAL_FLAGS_NONE,
                                        setting_changed, NULL, NULL);
  g_dbus_connection_call (self->bus, PORTAL, PATH, INTERFACE, "Read",
                          g_variant_new ("(ss)", NAMESPACE, KEY), G_VARIANT_TYPE ("(v)"),
                          G_DBUS_CALL_FLAGS_NONE, -1, self->cancellable, setting_read, NULL);
}

TelarColorScheme *
telar_color_scheme_new (void)
{
  TelarColorScheme *self = g_new0 (TelarColorScheme, 1);

  self->cancellable = g_cancellable_new ();
  g_bus_get (G_BUS_TYPE_SESSION, self->cancellable, bus_ready, self);

  return self;
}

void
telar_color_scheme_free (TelarColorScheme *self)
{
  g_cancellable_cancel (self->cancellable);
  if (self->bus)
    g_dbus_connection_signal_unsubscribe (self->bus, self->subscription);
  g_clear_object (&self->bus);
  g_clear_object (&self->cancellable);
  g_free (self);
}

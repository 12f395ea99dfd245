/* plugin-describe.h
 *
 * SPDX-License-Identifier: MIT
 *
 * The functions of a plug-in, without loading it here: telar-engine-plugins
 * does, in a short-lived process of its own, which ends after five seconds. What
 * the library does while it is loaded is done there all the same: of a plug-in
 * that a graph from elsewhere names, ask first, as before its run.
 */

#pragma once

#include <gio/gio.h>

#include "catalogue/catalogue.h"

G_BEGIN_DECLS

typedef enum
{
  TELAR_PLUGIN_ERROR_NO_ENGINE, /* the program that loads plug-ins is not where it should be */
  TELAR_PLUGIN_ERROR_FAULTY,    /* the plug-in cannot be used; the message says why */
  TELAR_PLUGIN_ERROR_TIMEOUT,   /* it did not answer in time */
  TELAR_PLUGIN_ERROR_DIED       /* it ended the process, or answered nonsense */
} TelarPluginError;

#define TELAR_PLUGIN_ERROR (telar_plugin_error_quark ())
GQuark telar_plugin_error_quark (void);

/* A function of a plug-in, as a row of the catalogue would tell it. Texts are in
 * the language of who wrote the plug-in. */
typedef struct
{
  char           *name;         /* owned */
  char           *help;         /* owned: one sentence */
  char           *returns;      /* owned, nullable */
  TelarParameter *parameters;   /* owned, with their texts: of type INTEGER, REAL, TEXT or
                                 * INTEGERS; a number of either may have a unit, which is
                                 * for people to see */
  guint           n_parameters;
} TelarPluginRow;

/* What a plug-in has.
 *
 * @library: its file
 * Returns: (transfer full) (element-type TelarPluginRow): with its free function
 * set, or NULL with @error set, in a sentence for people. */
GPtrArray *telar_plugin_describe        (const char          *library,
                                         GError             **error);
void       telar_plugin_describe_async  (const char          *library,
                                         GCancellable        *cancellable,
                                         GAsyncReadyCallback  callback,
                                         gpointer             data);
GPtrArray *telar_plugin_describe_finish (GAsyncResult        *result,
                                         GError             **error);

G_END_DECLS

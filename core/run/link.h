/* link.h
 *
 * SPDX-License-Identifier: MIT
 *
 * The line to a telar-engine: starting the program, handing it a plan, and the
 * socket in between. Knows messages, not what they mean.
 */

#pragma once

#include <gio/gio.h>

#include "run/run.h"

G_BEGIN_DECLS

typedef struct
{
  int   socket;   /* or -1 */
  GPid  engine;   /* or 0 */
  char *mark;     /* owned: TELAR_RUN of the engine's and its tasks' environment */
} TelarLink;

/* Returns: (transfer full): the engine that belongs to this very program: the
 * one that TELAR_ENGINE names, the one of the same build, or the installed one. */
char    *telar_link_find_engine (void);
/* Returns: (transfer full): the one beside it that can load plug-ins; it is a
 * little slower at starting tasks. */
char    *telar_link_find_plugin_engine (void);
/* Returns: (transfer full): the command that lets both of them read the kernel's
 * switch records, to be entered as root. */
char    *telar_link_rights_command (void);
/* Starts the engine that @plan needs, with a mark of its own. */
gboolean telar_link_open (TelarLink *link, GBytes *plan, GError **error);

/* Sends the request and its plan. */
gboolean telar_link_send_run (TelarLink *link, const TelarRunRequest *request, GBytes *plan,
                              GError **error);
void     telar_link_send     (TelarLink *link, TelarMessageType type);

/* Reads one message into @buffer (TELAR_MESSAGE_MAX bytes).
 * Returns: the message, inside @buffer; NULL where there is none now, or, with
 * @closed, never again. */
const TelarMessage *telar_link_receive (TelarLink *link, void *buffer, gboolean *closed);

/* Closes the line: the engine ends its run and itself. */
void telar_link_close (TelarLink *link);

G_END_DECLS

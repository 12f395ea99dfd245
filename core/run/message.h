/* message.h
 *
 * SPDX-License-Identifier: MIT
 *
 * What the messages of a telar-engine mean. They are believed no further than
 * their sizes and numbers make sense: tasks can write into the memory that the
 * engine reads, and a message that makes none is passed over.
 */

#pragma once

#include "timeline/timeline.h"

G_BEGIN_DECLS

/* Feeds the timeline with what @message tells about the run.
 *
 * Returns: whether it was such a message, and a sound one. */
gboolean telar_message_feed    (const TelarMessage *message, TelarTimeline *timeline);

/* Words a message of type REFUSED, in the reader's language.
 *
 * Returns: (transfer full) (nullable): a TELAR_RUN_ERROR; NULL where it is no
 * sound message of that type. */
GError  *telar_message_refusal (const TelarMessage *message, const TelarPlan *plan);

G_END_DECLS

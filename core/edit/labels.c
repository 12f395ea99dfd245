/* labels.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "edit/labels.h"

/* With the id of the one task that it is. */
static const char *
words_of_one (TelarLabel label)
{
  static const char *const words[TELAR_N_LABELS] = {
    [TELAR_LABEL_CHANGE] = N_("Change %s"),
    [TELAR_LABEL_DELETE] = N_("Delete %s"),
    [TELAR_LABEL_DUPLICATE] = N_("Duplicate %s"),
    [TELAR_LABEL_GROUP] = N_("Put %s into a new process"),
    [TELAR_LABEL_MOVE] = N_("Move %s"),
    [TELAR_LABEL_PASTE] = N_("Paste %s"),
    [TELAR_LABEL_REORDER] = N_("Reorder %s"),
    [TELAR_LABEL_REPARENT] = N_("Change the parent of %s"),
    [TELAR_LABEL_MAKE_PROCESS] = N_("Make %s a process"),
    [TELAR_LABEL_MAKE_THREAD] = N_("Make %s a thread"),
    [TELAR_LABEL_MAKE_CALL] = N_("Make %s a call"),
  };

  return _(words[label]);
}

/* With a number. */
static const char *
words_of_many (TelarLabel label, guint n)
{
  switch (label)
    {
    case TELAR_LABEL_DELETE:
      return g_dngettext (GETTEXT_PACKAGE, "Delete %u task", "Delete %u tasks", n);
    case TELAR_LABEL_DUPLICATE:
      return g_dngettext (GETTEXT_PACKAGE, "Duplicate %u task", "Duplicate %u tasks", n);
    case TELAR_LABEL_GROUP:
      return g_dngettext (GETTEXT_PACKAGE, "Put %u task into a new process",
                          "Put %u tasks into a new process", n);
    case TELAR_LABEL_MOVE:
      return g_dngettext (GETTEXT_PACKAGE, "Move %u task", "Move %u tasks", n);
    case TELAR_LABEL_PASTE:
      return g_dngettext (GETTEXT_PACKAGE, "Paste %u task", "Paste %u tasks", n);
    case TELAR_LABEL_REORDER:
      return g_dngettext (GETTEXT_PACKAGE, "Reorder %u task", "Reorder %u tasks", n);
    case TELAR_LABEL_REPARENT:
      return g_dngettext (GETTEXT_PACKAGE, "Change the parent of %u task",
                          "Change the parent of %u tasks", n);
    case TELAR_LABEL_MAKE_PROCESS:
      return g_dngettext (GETTEXT_PACKAGE, "Make %u task a process", "Make %u tasks processes", n);
    case TELAR_LABEL_MAKE_THREAD:
      return g_dngettext (GETTEXT_PACKAGE, "Make %u task a thread", "Make %u tasks threads", n);
    case TELAR_LABEL_MAKE_CALL:
      return g_dngettext (GETTEXT_PACKAGE, "Make %u task a call", "Make %u tasks calls", n);
    default:
      return g_dngettext (GETTEXT_PACKAGE, "Change %u task", "Change %u tasks", n);
    }
}

char *
telar_label (TelarLabel label, const GPtrArray *tasks)
{
  if (tasks->len == 1)
    return g_strdup_printf (words_of_one (label),
                            ((const TelarTask *) g_ptr_array_index (tasks, 0))->id);
  return g_strdup_printf (words_of_many (label, tasks->len), tasks->len);
}

char *
telar_label_of_both (TelarLabel label, const GPtrArray *tasks, char **objects)
{
  guint n = g_strv_length (objects);

  if (n == 0)
    return telar_label (label, tasks);
  if (n == 1 && tasks->len == 0)
    return g_strdup_printf (words_of_one (label), objects[0]);
  switch (label)
    {
    case TELAR_LABEL_DELETE:
      return g_strdup (_("Delete tasks and objects"));
    case TELAR_LABEL_DUPLICATE:
      return g_strdup (_("Duplicate tasks and objects"));
    case TELAR_LABEL_PASTE:
      return g_strdup (_("Paste tasks and objects"));
    default:
      return g_strdup (_("Move tasks and objects"));
    }
}

char *
telar_field_key (const char *field, const GPtrArray *tasks)
{
  GString *key = g_string_new (field);

  for (guint i = 0; i < tasks->len; i++)
    g_string_append_printf (key, "/%p", g_ptr_array_index (tasks, i));
  return g_string_free (key, FALSE);
}

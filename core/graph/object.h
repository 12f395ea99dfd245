/* object.h
 *
 * SPDX-License-Identifier: MIT
 *
 * An object of a graph: what tasks share. Which options an object has depends
 * on its type; a table tells them, for the checks, the plan and for forms.
 */

#pragma once

#include <glib.h>
#include <jansson.h>

#include "plan/plan.h"

G_BEGIN_DECLS

typedef struct
{
  char           *id;           /* owned */
  TelarObjectType type;
  json_t         *options;      /* owned object, as written in the file: those of its type,
                                 * then keys of a newer version */
  gboolean        has_position;
  double          x, y;         /* canvas pixels */
} TelarObject;

typedef enum
{
  TELAR_OPTION_WHOLE,   /* a whole number */
  TELAR_OPTION_NUMBER,
  TELAR_OPTION_BOOLEAN,
  TELAR_OPTION_LOCK,    /* the id of a lock or an rlock, a text */
  TELAR_OPTION_PROCESS, /* the id of a process */
  TELAR_OPTION_KIND,    /* "process" or "thread" */
  TELAR_OPTION_FUNCTION,/* the name of one */
  TELAR_OPTION_LIST     /* arguments of it */
} TelarOptionType;

typedef struct
{
  const char     *name;         /* "capacity" */
  const char     *also;         /* nullable: another name for it that is understood */
  TelarOptionType type;
  gboolean        needed;
  double          initial;      /* of one that is left out */
  double          minimum;
  double          maximum;
  const char     *help;         /* N_(): "how many items it holds, 0 for no limit" */
} TelarObjectOption;

TelarObject *telar_object_new  (const char *id, TelarObjectType type);
TelarObject *telar_object_copy (const TelarObject *object);
void         telar_object_free (TelarObject *object);

/* The options of a type. */
const TelarObjectOption *telar_object_options (TelarObjectType type, guint *n);

/* Returns: (nullable) (transfer none): what is written for an option, by either
 * of its names. */
json_t *telar_object_get (const TelarObject *object, const TelarObjectOption *option);

/* The value of an option, that of one left out or of another type being its
 * initial one: a number, 1 for true. */
double telar_object_number (const TelarObject *object, const char *option);
/* Returns: (nullable): the id that an option names. */
const char *telar_object_text (const TelarObject *object, const char *option);

/* Returns: (nullable): what is wrong with the value of an option, a sentence;
 * @cure: (out) (transfer full). Ids are not followed. */
char *telar_object_option_fault (const TelarObjectOption *option, const json_t *value,
                                 char **cure);

/* "a lock", "an event"; untranslated, marked. */
const char *telar_object_type_title (TelarObjectType type);
/* Returns: (transfer full): "a lock, an rlock or a semaphore", translated. */
char       *telar_object_types_title (guint32 types);

/* The object that an argument refers to, {"object": "m"}, or of a pipe one end,
 * {"object": "c", "end": 1}; NULL where it refers to none.
 *
 * @end: (out) (nullable): 0 or 1, or -1 where it is not said */
const char *telar_json_object (const json_t *json, int *end);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TelarObject, telar_object_free)

G_END_DECLS

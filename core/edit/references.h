/* references.h
 *
 * SPDX-License-Identifier: MIT
 *
 * Where a task names others: `after`, `inside`, `{"task": …}` in arguments; and
 * what becomes of it when those are renamed, deleted or copied.
 */

#pragma once

#include "graph/graph.h"

G_BEGIN_DECLS

typedef enum
{
  TELAR_REFERENCE_STAYS,
  TELAR_REFERENCE_BECOMES,
  TELAR_REFERENCE_GOES
} TelarReferenceFate;

typedef enum
{
  TELAR_REFERENCE_AFTER,
  TELAR_REFERENCE_INSIDE,
  TELAR_REFERENCE_STEP,   /* a step is removed when what it names goes */
  TELAR_REFERENCE_START   /* the same of a step that starts it */
} TelarReferenceUse;

/* @becomes: (out) (transfer full): with TELAR_REFERENCE_BECOMES */
typedef TelarReferenceFate (*TelarReferenceMap) (const char *reference, TelarReferenceUse use,
                                                 char **becomes, gpointer data);

/* Whether @map would change a reference of @task. */
gboolean telar_references_differ (const TelarTask *task, TelarReferenceMap map, gpointer data);

/* Maps every reference of @content, whose arrays become its own. A function that
 * goes leaves an empty body. */
void telar_references_map (TelarTask *content, TelarReferenceMap map, gpointer data);

/* The same of objects that the steps of a task name. @becomes: id → new id, or ""
 * where it goes, and the step with it. */
gboolean telar_object_references_differ (const TelarTask *task, GHashTable *becomes);
void     telar_object_references_map    (TelarTask *content, GHashTable *becomes);

/* Looks up what a reference is to: by all of it, else by what is before the copy.
 *
 * @table: id → anything but NULL
 * @copy: (out): ".2", or ""; points into @reference
 * Returns: (nullable): the value of @table. */
gpointer telar_reference_lookup (GHashTable *table, const char *reference, const char **copy);

/* Whether @text is in an array such as `after`. */
gboolean telar_has_text (const GPtrArray *texts, const char *text);

G_END_DECLS

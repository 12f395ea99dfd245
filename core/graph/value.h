/* value.h
 *
 * SPDX-License-Identifier: MIT
 *
 * An argument as a graph file writes it, read as its parameter asks: for the
 * checks, for the plan, and for forms.
 */

#pragma once

#include <glib.h>
#include <jansson.h>

#include "catalogue/catalogue.h"

G_BEGIN_DECLS

typedef struct
{
  TelarValueType type;
  gint64         integer;  /* INTEGER, SIGNAL; DURATION in ns, -1 no limit */
  double         real;     /* REAL */
  char          *text;     /* owned: TEXT, TEXTS, FILE */
  GArray        *integers; /* owned gint64: INTEGERS */
  char          *task;     /* owned: TASK, the reference as written */
  char          *object;   /* owned: OBJECT, the id as written */
  char          *item;     /* owned: ITEM, as JSON */
  json_t        *calls;    /* owned: EACH, ROWS, CALL: a list of lists of arguments */
  json_t        *awaited;  /* owned: AWAITED, a list of references */
  int            end;      /* OBJECT: of a pipe 0 or 1, -1 where it is not said */
} TelarValue;

typedef struct
{
  int   item; /* which one of a list is at fault, or -1 */
  char *what; /* owned */
  char *cure; /* owned */
} TelarValueFault;

/* Reads @json as @parameter asks.
 *
 * @value: (out): to be cleared in either case
 * @fault: (out): set when FALSE is returned; to be cleared
 * Returns: whether it is of the type and within the limits. */
gboolean telar_value_read (const TelarParameter *parameter,
                           const json_t         *json,
                           TelarValue           *value,
                           TelarValueFault      *fault);

/* What an optional parameter has when its argument is left out. */
void telar_value_initial (const TelarParameter *parameter, TelarValue *value);

void telar_value_clear       (TelarValue *value);
void telar_value_fault_clear (TelarValueFault *fault);

/* "5 ms", "0.5", "2 min": a bare number counts @unit (nullable: seconds).
 *
 * Returns: whether @text is a duration that fits into 292 years. */
gboolean telar_duration_parse (const char *text, const char *unit, gint64 *ns);

/* "SIGTERM", "TERM", "sigterm", or "15".
 *
 * Returns: the signal's number, or -1. */
int telar_signal_parse (const char *text);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TelarValue, telar_value_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TelarValueFault, telar_value_fault_clear)

G_END_DECLS

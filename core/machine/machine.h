/* machine.h
 *
 * SPDX-License-Identifier: MIT
 *
 * The computer that a run takes place on, as hwloc tells it. A core is a
 * logical processor, numbered as the kernel does.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  int      number;    /* the kernel's: processor 0, 1… */
  int      physical;  /* the physical core that it is a hardware thread of, from 0 */
  int      thread;    /* which of its hardware threads, 0 first */
  int      package;
  int      numa;
  int      kind;      /* efficiency: 0 the most frugal; -1 where all are alike */
  gboolean usable;    /* within the affinity and the container's limit in force */
} TelarCore;

typedef struct
{
  char      *model;      /* "AMD EPYC …", or "" */
  char      *kernel;     /* "6.1.0-13-amd64" */
  TelarCore *cores;      /* owned, by number */
  guint      n_cores;    /* online */
  guint      n_usable;
  guint      n_physical;
  guint      n_packages;
  guint      n_numa;
  guint64    memory;     /* bytes */
  double     quota;      /* CPUs that a container's limit allows; 0: no limit */
} TelarMachine;

TelarMachine *telar_machine_detect (void);
/* A made-up one for tests: @n_physical cores of @n_threads hardware threads. */
TelarMachine *telar_machine_new_uniform (guint n_physical, guint n_threads);
/* (transfer full) */
TelarMachine *telar_machine_copy (const TelarMachine *machine);
void          telar_machine_free (TelarMachine *machine);

const TelarCore *telar_machine_find (const TelarMachine *machine, int number);

/* The order in which *spread* gives out cores: one hardware thread of each
 * physical core first; only usable ones, and of @allowed (nullable, int).
 * Returns: (transfer full) (element-type int). */
GArray *telar_machine_spread (const TelarMachine *machine, const GArray *allowed);

#define TELAR_MACHINE_ERROR (telar_machine_error_quark ())
GQuark telar_machine_error_quark (void);

typedef enum
{
  TELAR_MACHINE_ERROR_CORES /* a list of cores that cannot be read */
} TelarMachineError;

/* Parses "all", "0", "0-3,6"; whether this machine has them is not looked at.
 * Returns: (transfer full) (nullable): int[], each once, as written; NULL with
 * @error unset for "all". */
GArray *telar_cores_parse (const char *text, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TelarMachine, telar_machine_free)

G_END_DECLS

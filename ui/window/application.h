/* application.h
 *
 * SPDX-License-Identifier: MIT
 *
 * The program with windows. Several windows live in one process; a second
 * start is a second process: neither waits for the other.
 */

#pragma once

#include <gtk/gtk.h>

#include "machine/machine.h"

G_BEGIN_DECLS

#define TELAR_APPLICATION_ID "io.github.telar.Telar"

#define TELAR_TYPE_APPLICATION (telar_application_get_type ())
G_DECLARE_FINAL_TYPE (TelarApplication, telar_application, TELAR, APPLICATION, GtkApplication)

/* This computer, found out when first asked for. (transfer none) */
const TelarMachine *telar_application_get_machine (TelarApplication *self);

/* Opens windows for the files in @argv (from 1 on), or the chooser, and runs
 * until the last is closed. Without a display: one sentence on standard error.
 *
 * Returns: the program's exit status, 2 without a display. */
int telar_application_run (int argc, char **argv);

G_END_DECLS

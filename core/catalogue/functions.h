/* functions.h
 *
 * SPDX-License-Identifier: MIT
 *
 * The C functions behind the table's rows, by group, and what they share.
 * Nobody but catalogue.c needs them: everyone else goes through the table.
 */

#pragma once

#include "catalogue/call.h"

/* say.c */
TelarResult telar_function_greeting (TelarCall *call);
TelarResult telar_function_print (TelarCall *call);
TelarResult telar_function_identify (TelarCall *call);

/* numbers.c */
TelarResult telar_function_square (TelarCall *call);
TelarResult telar_function_is_even (TelarCall *call);
TelarResult telar_function_primes (TelarCall *call);
TelarResult telar_function_fibonacci (TelarCall *call);

/* compute.c */
TelarResult telar_function_matrix_multiply (TelarCall *call);
TelarResult telar_function_mandelbrot (TelarCall *call);
TelarResult telar_function_monte_carlo_pi (TelarCall *call);
TelarResult telar_function_sort (TelarCall *call);

/* words.c */
TelarResult telar_function_count_words (TelarCall *call);

/* wait.c */
TelarResult telar_function_busy (TelarCall *call);
TelarResult telar_function_sleep (TelarCall *call);

/* control.c */
TelarResult telar_function_start (TelarCall *call);
TelarResult telar_function_join (TelarCall *call);
TelarResult telar_function_terminate (TelarCall *call);
TelarResult telar_function_kill (TelarCall *call);
TelarResult telar_function_ignore (TelarCall *call);
TelarResult telar_function_exit (TelarCall *call);
TelarResult telar_function_fail (TelarCall *call);
TelarResult telar_function_crash (TelarCall *call);

/* yours.c */
TelarResult telar_function_command (TelarCall *call);
TelarResult telar_function_python (TelarCall *call);
TelarResult telar_function_c_function (TelarCall *call);

/* Computes until the calling thread has used @cpu_ns more of a core, by its own
 * CPU clock; being preempted does not count. */
void telar_burn (int64_t cpu_ns);

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
TelarResult telar_function_current_process (TelarCall *call);
TelarResult telar_function_current_thread (TelarCall *call);
TelarResult telar_function_parent_process (TelarCall *call);
TelarResult telar_function_name (TelarCall *call);

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

/* share.c */
TelarResult telar_function_acquire (TelarCall *call);
TelarResult telar_function_release (TelarCall *call);
TelarResult telar_function_locked (TelarCall *call);
TelarResult telar_function_get_value (TelarCall *call);
TelarResult telar_function_wait (TelarCall *call);
TelarResult telar_function_set (TelarCall *call);
TelarResult telar_function_clear (TelarCall *call);
TelarResult telar_function_is_set (TelarCall *call);
TelarResult telar_function_notify (TelarCall *call);
TelarResult telar_function_notify_all (TelarCall *call);
TelarResult telar_function_abort (TelarCall *call);
TelarResult telar_function_reset (TelarCall *call);
TelarResult telar_function_n_waiting (TelarCall *call);
TelarResult telar_function_parties (TelarCall *call);
TelarResult telar_function_broken (TelarCall *call);

/* pass.c */
TelarResult telar_function_put (TelarCall *call);
TelarResult telar_function_get (TelarCall *call);
TelarResult telar_function_task_done (TelarCall *call);
TelarResult telar_function_join_queue (TelarCall *call);
TelarResult telar_function_empty (TelarCall *call);
TelarResult telar_function_full (TelarCall *call);
TelarResult telar_function_qsize (TelarCall *call);
TelarResult telar_function_send (TelarCall *call);
TelarResult telar_function_receive (TelarCall *call);
TelarResult telar_function_poll (TelarCall *call);
TelarResult telar_function_close (TelarCall *call);
TelarResult telar_function_read (TelarCall *call);
TelarResult telar_function_write (TelarCall *call);
TelarResult telar_function_increment (TelarCall *call);
TelarResult telar_function_wait_any (TelarCall *call);

/* collect.c */
TelarResult telar_function_append (TelarCall *call);
TelarResult telar_function_insert (TelarCall *call);
TelarResult telar_function_get_item (TelarCall *call);
TelarResult telar_function_set_item (TelarCall *call);
TelarResult telar_function_pop (TelarCall *call);
TelarResult telar_function_contains (TelarCall *call);
TelarResult telar_function_len (TelarCall *call);
TelarResult telar_function_increment_item (TelarCall *call);
TelarResult telar_function_keys (TelarCall *call);
TelarResult telar_function_values (TelarCall *call);
TelarResult telar_function_copy (TelarCall *call);
TelarResult telar_function_print_items (TelarCall *call);

/* memory.c */
TelarResult telar_function_read_byte (TelarCall *call);
TelarResult telar_function_write_byte (TelarCall *call);
TelarResult telar_function_unpack_from (TelarCall *call);
TelarResult telar_function_pack_into (TelarCall *call);

/* pool.c */
TelarResult telar_function_map (TelarCall *call);
TelarResult telar_function_imap_unordered (TelarCall *call);
TelarResult telar_function_map_async (TelarCall *call);
TelarResult telar_function_get_result (TelarCall *call);
TelarResult telar_function_wait_result (TelarCall *call);
TelarResult telar_function_ready (TelarCall *call);
TelarResult telar_function_successful (TelarCall *call);
TelarResult telar_function_terminate_pool (TelarCall *call);
TelarResult telar_function_join_pool (TelarCall *call);

/* control.c */
TelarResult telar_function_start (TelarCall *call);
TelarResult telar_function_join (TelarCall *call);
TelarResult telar_function_terminate (TelarCall *call);
TelarResult telar_function_kill (TelarCall *call);
TelarResult telar_function_is_alive (TelarCall *call);
TelarResult telar_function_exitcode (TelarCall *call);
TelarResult telar_function_pid (TelarCall *call);
TelarResult telar_function_active_children (TelarCall *call);
TelarResult telar_function_cpu_count (TelarCall *call);
TelarResult telar_function_usable_cpu_count (TelarCall *call);
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

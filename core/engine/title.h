/* title.h
 *
 * SPDX-License-Identifier: MIT
 *
 * Names as `ps` and `top` show them.
 */

#pragma once

/* Takes over the memory of the program's arguments; once, in telar-engine. */
void telar_title_init (int argc, char **argv);

/* The calling process: "telar: p1 square". */
void telar_title_set_process (const char *title);

/* The calling thread: "t1 increment", cut at 15 bytes by the kernel. */
void telar_title_set_thread (const char *title);

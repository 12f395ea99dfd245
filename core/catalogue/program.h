/* program.h
 *
 * SPDX-License-Identifier: MIT
 *
 * A program that runs as a part of a task: what it prints, the task prints; its
 * CPU time is the task's; it ends with the task. Plain C on libc.
 */

#pragma once

#include "catalogue/call.h"

/* The descriptor on which a program may give an answer. */
#define TELAR_PROGRAM_ANSWER_FD   3
#define TELAR_PROGRAM_ANSWER_SIZE 64 /* bytes, with the NUL that is added */

/* How a program ended. */
typedef struct
{
  int  error; /* errno where it could not be run, else 0 */
  int  code;  /* 0…255, as a shell tells it: 128 + N for signal N */
  char answer[TELAR_PROGRAM_ANSWER_SIZE]; /* NUL-terminated */
} TelarProgramEnd;

/* Runs @arguments[0], found as a shell would, to its end, with standard input
 * empty.
 *
 * @answers: whether it has a descriptor for an answer, which is kept as far as
 * there is room for it. */
void telar_program_run (TelarCall *call, char *const *arguments, bool answers,
                        TelarProgramEnd *end);

/* The result of a task's step that ran a program: the code, which ends the task
 * where it is not 0. */
TelarResult telar_program_result (const TelarProgramEnd *end);

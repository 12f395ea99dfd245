/* numbers.h
 *
 * SPDX-License-Identifier: MIT
 *
 * Values and arrays: numbers that tasks share, whole ones or, with
 * TELAR_HOLDS_REALS, with a fraction. A value is an array of one. Nothing
 * protects a number but what its users agree on: an increment reads it, adds
 * one, and writes it, as a program does, and what another task wrote in between
 * is lost. How many were is known: each object counts the increments asked for.
 */

#pragma once

#include "objects/object.h"

typedef struct
{
  bool is_real;
  union
  {
    int64_t integer;
    double  real;
  };
} TelarNumber;

uint64_t telar_numbers_length (const TelarObjects *objects, uint32_t object);

/* Returns: DONE, or RANGE where there is no such element. */
TelarObjectOutcome telar_numbers_read (TelarObjects *objects, uint32_t object, uint64_t element,
                                     TelarNumber *number);

/* Returns: DONE, RANGE, or WRONG_TYPE for a fraction in whole numbers. */
TelarObjectOutcome telar_numbers_write (TelarObjects *objects, uint32_t object,
                                      const TelarParty *party, uint64_t element,
                                      TelarNumber number);

/* @times increments, one after the other, each by one. @pause: (nullable): what is done between
 * reading and writing. Returns: DONE or RANGE. */
TelarObjectOutcome telar_numbers_increment (TelarObjects *objects, uint32_t object,
                                          const TelarParty *party, uint64_t element,
                                          uint64_t times, void (*pause) (void));

/* Increments that were asked for, of all elements. */
uint64_t telar_numbers_asked (TelarObjects *objects, uint32_t object);
/* How many of them were lost, and while some go on, how many are not yet done. */
int64_t  telar_numbers_lost  (TelarObjects *objects, uint32_t object);

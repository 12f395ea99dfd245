/* collection.h
 *
 * SPDX-License-Identifier: MIT
 *
 * Lists and dictionaries that tasks share: entries in an order, a dictionary's
 * with keys, in which each stands once and as it came. Each call does all of what
 * it does, or nothing, whatever other tasks do and whoever is killed; but what a
 * task makes of an entry that it read is older than what others wrote meanwhile.
 * An increment reads, adds one, and writes, in two such calls: how many were
 * lost is known, as it is of values (numbers.h).
 *
 * One that is in the library is a server's, which each call asks. Here it lies in
 * the run's shared memory, and holds TELAR_COLLECTION_MAX entries at most.
 */

#pragma once

#include "objects/object.h"

#define TELAR_COLLECTION_MAX 1000000u

typedef enum
{
  TELAR_ENTRY_TEXT,    /* text: of the plan, JSON */
  TELAR_ENTRY_INTEGER,
  TELAR_ENTRY_REAL
} TelarEntryKind;

typedef struct
{
  uint32_t key;  /* of a dictionary: a text of the plan, JSON */
  uint32_t kind; /* TelarEntryKind */
  union
  {
    uint64_t text;
    int64_t  integer;
    double   real;
  };
} TelarEntry;

uint64_t telar_collection_length (TelarObjects *objects, uint32_t object);

/* Of a list. @index: as in the library: below 0 from the end, and what is beyond is the
 * end. Returns: DONE, or TOO_BIG where it is full. */
TelarObjectOutcome telar_collection_append (TelarObjects *objects, uint32_t object,
                                            const TelarParty *party, TelarEntry entry);
TelarObjectOutcome telar_collection_insert (TelarObjects *objects, uint32_t object,
                                            const TelarParty *party, int64_t index,
                                            TelarEntry entry);

/* @key: of a list an index, from the end where it is below 0; of a dictionary a key.
 * Returns: DONE, or RANGE where there is none; set: of a dictionary DONE, or TOO_BIG
 * where it is full. */
TelarObjectOutcome telar_collection_get (TelarObjects *objects, uint32_t object,
                                         const TelarParty *party, int64_t key, TelarEntry *entry);
TelarObjectOutcome telar_collection_set (TelarObjects *objects, uint32_t object,
                                         const TelarParty *party, int64_t key, TelarEntry entry);
TelarObjectOutcome telar_collection_pop (TelarObjects *objects, uint32_t object,
                                         const TelarParty *party, int64_t key, TelarEntry *entry);

/* Whether an entry of a list is like @entry, or one of a dictionary has its key. */
bool telar_collection_contains (TelarObjects *objects, uint32_t object, const TelarParty *party,
                                const TelarEntry *entry);
void telar_collection_clear    (TelarObjects *objects, uint32_t object, const TelarParty *party);

/* Copies the entries, as they are at one moment, as many as there is @room for.
 * Returns: how many there are. */
uint64_t telar_collection_copy (TelarObjects *objects, uint32_t object, const TelarParty *party,
                                TelarEntry *entries, uint64_t room);

/* @times increments, one after the other, each by one; what a dictionary has not begins
 * with 0. @pause: (nullable): what is done between reading and writing.
 * Returns: DONE, RANGE, TOO_BIG, or WRONG_TYPE where there is no number. */
TelarObjectOutcome telar_collection_increment (TelarObjects *objects, uint32_t object,
                                               const TelarParty *party, int64_t key,
                                               uint64_t times, void (*pause) (void));

/* Increments that were made, and how many of them were lost. */
uint64_t telar_collection_asked (TelarObjects *objects, uint32_t object);
int64_t  telar_collection_lost  (TelarObjects *objects, uint32_t object);

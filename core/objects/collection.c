/* collection.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "objects/collection.h"

#include <math.h>
#include <string.h>

#include "objects/families.h"
#include "objects/guard.h"

/* A change is written down before it is made, and made so that it can be made
 * again from any point: whoever has the guard next ends what one who was killed
 * had begun. Nothing is written down any more once it is made. */
typedef enum
{
  CHANGE_NONE,
  CHANGE_REPLACE,
  CHANGE_INSERT,
  CHANGE_REMOVE,
  CHANGE_CLEAR
} ChangeKind;

typedef struct
{
  TelarEntry entry;
  uint64_t   place;
  uint64_t   before; /* entries that there were */
  uint64_t   asked;  /* increments, with this one */
  int64_t    lost;
} Change;

typedef struct
{
  _Alignas (64) _Atomic uint32_t guard;
  _Atomic uint32_t kind;   /* ChangeKind: of what is being made */
  _Atomic uint64_t come;   /* an entry is being moved to here */
  _Atomic uint64_t n;
  _Atomic uint64_t asked;
  _Atomic int64_t  lost;
  Change           change;
  _Alignas (64) TelarEntry entries[];
} Collection;

static Collection *
collection_of (TelarObjects *objects, uint32_t object)
{
  return telar_object_area (objects, object);
}

static bool
is_dictionary (const TelarObjects *objects, uint32_t object)
{
  return telar_object_head (objects, object)->type == TELAR_OBJECT_DICTIONARY;
}

/* What comes after is not done before, as far as the one thread is concerned that may
 * be killed here. */
static void
in_order (void)
{
  atomic_signal_fence (memory_order_seq_cst);
}

/* Makes the change that is written down, wherever that was left. */
static void
make_change (Collection *it)
{
  const Change *change = &it->change;
  uint64_t      n = change->before, k = atomic_load_explicit (&it->come, memory_order_relaxed);

  switch ((ChangeKind) atomic_load_explicit (&it->kind, memory_order_relaxed))
    {
    case CHANGE_REPLACE:
      it->entries[change->place] = change->entry;
      break;
    case CHANGE_INSERT:
      /* From the end on: what is moved is still where it was. */
      for (; k > change->place; k--)
        {
          it->entries[k] = it->entries[k - 1];
          in_order ();
          atomic_store_explicit (&it->come, k - 1, memory_order_relaxed);
          in_order ();
        }
      it->entries[change->place] = change->entry;
      n++;
      break;
    case CHANGE_REMOVE:
      for (; k + 1 < n; k++)
        {
          it->entries[k] = it->entries[k + 1];
          in_order ();
          atomic_store_explicit (&it->come, k + 1, memory_order_relaxed);
          in_order ();
        }
      n--;
      break;
    case CHANGE_CLEAR:
      n = 0;
      break;
    case CHANGE_NONE:
    default:
      return;
    }
  atomic_store_explicit (&it->n, n, memory_order_relaxed);
  atomic_store_explicit (&it->asked, change->asked, memory_order_relaxed);
  atomic_store_explicit (&it->lost, change->lost, memory_order_relaxed);
  in_order ();
  atomic_store_explicit (&it->kind, CHANGE_NONE, memory_order_relaxed);
}

static Collection *
take (TelarObjects *objects, uint32_t object, const TelarParty *party)
{
  Collection *it = collection_of (objects, object);

  telar_guard_take (&it->guard, party->task);
  make_change (it);
  return it;
}

static void
give (Collection *it)
{
  telar_guard_give (&it->guard);
}

static uint64_t
length_of (const Collection *it)
{
  return atomic_load_explicit (&it->n, memory_order_relaxed);
}

/* With the guard: writes down what is changed, and changes it. @made: increments, and
 * @lost: how many those were fewer. */
static void
change (Collection *it, ChangeKind kind, uint64_t place, TelarEntry entry, uint64_t made,
        int64_t lost)
{
  it->change = (Change){
    .entry = entry,
    .place = place,
    .before = length_of (it),
    .asked = atomic_load_explicit (&it->asked, memory_order_relaxed) + made,
    .lost = atomic_load_explicit (&it->lost, memory_order_relaxed) + lost,
  };
  atomic_store_explicit (&it->come, kind == CHANGE_INSERT ? it->change.before : place,
                         memory_order_relaxed);
  in_order ();
  atomic_store_explicit (&it->kind, kind, memory_order_relaxed);
  in_order ();
  make_change (it);
}

/* With the guard: others learn of a change after whom it was made by. */
static void
tell (Collection *it, uint32_t object, const TelarParty *party)
{
  telar_party_passed (party, object, TELAR_ACT_WROTE, (int64_t) length_of (it));
}

/* With the guard. Returns: where the entry is that @key means, or how many there are. */
static uint64_t
find (TelarObjects *objects, uint32_t object, const Collection *it, int64_t key)
{
  uint64_t n = length_of (it), i = 0;

  if (!is_dictionary (objects, object))
    {
      if (key < 0)
        key += (int64_t) n;
      return key < 0 || (uint64_t) key >= n ? n : (uint64_t) key;
    }
  while (i < n && it->entries[i].key != (uint64_t) key)
    i++;
  return i;
}

uint64_t
telar_collection_length (TelarObjects *objects, uint32_t object)
{
  return atomic_load (&collection_of (objects, object)->n);
}

TelarObjectOutcome
telar_collection_append (TelarObjects *objects, uint32_t object, const TelarParty *party,
                         TelarEntry entry)
{
  return telar_collection_insert (objects, object, party, INT64_MAX, entry);
}

TelarObjectOutcome
telar_collection_insert (TelarObjects *objects, uint32_t object, const TelarParty *party,
                         int64_t index, TelarEntry entry)
{
  Collection        *it = take (objects, object, party);
  int64_t            n = (int64_t) length_of (it);
  TelarObjectOutcome outcome = TELAR_OBJECT_TOO_BIG;

  if (index < 0)
    index = index + n < 0 ? 0 : index + n;
  if (n < (int64_t) TELAR_COLLECTION_MAX)
    {
      change (it, CHANGE_INSERT, (uint64_t) (index < n ? index : n), entry, 0, 0);
      tell (it, object, party);
      outcome = TELAR_OBJECT_DONE;
    }
  give (it);
  return outcome;
}

TelarObjectOutcome
telar_collection_get (TelarObjects *objects, uint32_t object, const TelarParty *party, int64_t key,
                      TelarEntry *entry)
{
  Collection *it = take (objects, object, party);
  uint64_t    place = find (objects, object, it, key);
  bool        found = place < length_of (it);

  if (found)
    *entry = it->entries[place];
  give (it);
  return found ? TELAR_OBJECT_DONE : TELAR_OBJECT_RANGE;
}

/* With the guard: as telar_collection_set(). */
static TelarObjectOutcome
set (TelarObjects *objects, uint32_t object, Collection *it, int64_t key, TelarEntry entry,
     uint64_t made, int64_t lost)
{
  uint64_t place = find (objects, object, it, key), n = length_of (it);

  if (place == n && !is_dictionary (objects, object))
    return TELAR_OBJECT_RANGE;
  if (place >= TELAR_COLLECTION_MAX)
    return TELAR_OBJECT_TOO_BIG;
  if (is_dictionary (objects, object))
    entry.key = (uint32_t) key;
  change (it, place < n ? CHANGE_REPLACE : CHANGE_INSERT, place, entry, made, lost);
  return TELAR_OBJECT_DONE;
}

TelarObjectOutcome
telar_collection_set (TelarObjects *objects, uint32_t object, const TelarParty *party, int64_t key,
                      TelarEntry entry)
{
  Collection        *it = take (objects, object, party);
  TelarObjectOutcome outcome = set (objects, object, it, key, entry, 0, 0);

  if (outcome == TELAR_OBJECT_DONE)
    tell (it, object, party);
  give (it);
  return outcome;
}

TelarObjectOutcome
telar_collection_pop (TelarObjects *objects, uint32_t object, const TelarParty *party, int64_t key,
                      TelarEntry *entry)
{
  Collection *it = take (objects, object, party);
  uint64_t    place = find (objects, object, it, key);
  bool        found = place < length_of (it);

  if (found)
    {
      *entry = it->entries[place];
      change (it, CHANGE_REMOVE, place, *entry, 0, 0);
      tell (it, object, party);
    }
  give (it);
  return found ? TELAR_OBJECT_DONE : TELAR_OBJECT_RANGE;
}

static bool
alike (const TelarEntry *a, const TelarEntry *b)
{
  if (a->kind == TELAR_ENTRY_TEXT || b->kind == TELAR_ENTRY_TEXT)
    return a->kind == b->kind && a->text == b->text;
  if (a->kind == b->kind)
    return a->kind == TELAR_ENTRY_INTEGER ? a->integer == b->integer : a->real == b->real;
  return a->kind == TELAR_ENTRY_INTEGER ? (double) a->integer == b->real
                                        : a->real == (double) b->integer;
}

bool
telar_collection_contains (TelarObjects *objects, uint32_t object, const TelarParty *party,
                           const TelarEntry *entry)
{
  Collection *it = take (objects, object, party);
  uint64_t    n = length_of (it), i = 0;

  if (is_dictionary (objects, object))
    i = find (objects, object, it, entry->key);
  else
    while (i < n && !alike (&it->entries[i], entry))
      i++;
  give (it);
  return i < n;
}

void
telar_collection_clear (TelarObjects *objects, uint32_t object, const TelarParty *party)
{
  Collection *it = take (objects, object, party);

  change (it, CHANGE_CLEAR, 0, (TelarEntry){ 0 }, 0, 0);
  tell (it, object, party);
  give (it);
}

uint64_t
telar_collection_copy (TelarObjects *objects, uint32_t object, const TelarParty *party,
                       TelarEntry *entries, uint64_t room)
{
  Collection *it = take (objects, object, party);
  uint64_t    n = length_of (it);

  if (room > 0)
    memcpy (entries, it->entries, (n < room ? n : room) * sizeof *entries);
  give (it);
  return n;
}

/* Increments */

/* Returns: false where it is no number. */
static bool
add_one (TelarEntry *entry)
{
  switch ((TelarEntryKind) entry->kind)
    {
    case TELAR_ENTRY_INTEGER:
      entry->integer = (int64_t) ((uint64_t) entry->integer + 1);
      return true;
    case TELAR_ENTRY_REAL:
      entry->real += 1;
      return true;
    case TELAR_ENTRY_TEXT:
    default:
      return false;
    }
}

/* By how many increments fewer than one the entry rises that becomes @after. */
static int64_t
lost_by (const TelarEntry *before, const TelarEntry *after)
{
  double rise;

  if (before->kind != TELAR_ENTRY_REAL && after->kind == TELAR_ENTRY_INTEGER)
    return (int64_t) (1 - ((uint64_t) after->integer
                           - (before->kind == TELAR_ENTRY_INTEGER ? (uint64_t) before->integer
                                                                  : 0)));
  rise = (after->kind == TELAR_ENTRY_REAL ? after->real : (double) after->integer)
         - (before->kind == TELAR_ENTRY_REAL      ? before->real
            : before->kind == TELAR_ENTRY_INTEGER ? (double) before->integer
                                                  : 0);
  return fabs (rise) < 0x1p62 ? (int64_t) llround (1 - rise) : 0;
}

static TelarObjectOutcome
increment (TelarObjects *objects, uint32_t object, const TelarParty *party, int64_t key,
           void (*pause) (void))
{
  const TelarEntry   zero = { .kind = TELAR_ENTRY_INTEGER };
  TelarEntry         entry, before;
  TelarObjectOutcome outcome = telar_collection_get (objects, object, party, key, &entry);

  if (outcome != TELAR_OBJECT_DONE && is_dictionary (objects, object))
    entry = zero;
  else if (outcome != TELAR_OBJECT_DONE)
    return outcome;
  if (!add_one (&entry))
    return TELAR_OBJECT_WRONG_TYPE;
  if (pause != NULL)
    pause ();

  Collection *it = take (objects, object, party);
  uint64_t    place = find (objects, object, it, key);
  before = place < length_of (it) ? it->entries[place] : zero;
  outcome = set (objects, object, it, key, entry, 1, lost_by (&before, &entry));
  give (it);
  return outcome;
}

TelarObjectOutcome
telar_collection_increment (TelarObjects *objects, uint32_t object, const TelarParty *party,
                            int64_t key, uint64_t times, void (*pause) (void))
{
  TelarObjectOutcome outcome = TELAR_OBJECT_DONE;

  for (; times > 0 && outcome == TELAR_OBJECT_DONE; times--)
    outcome = increment (objects, object, party, key, pause);
  if (outcome == TELAR_OBJECT_DONE)
    {
      Collection *it = take (objects, object, party);
      tell (it, object, party);
      give (it);
    }
  return outcome;
}

uint64_t
telar_collection_asked (TelarObjects *objects, uint32_t object)
{
  return atomic_load (&collection_of (objects, object)->asked);
}

int64_t
telar_collection_lost (TelarObjects *objects, uint32_t object)
{
  return atomic_load (&collection_of (objects, object)->lost);
}

/* The family */

static uint64_t
area_size (const TelarPlanObject *object, uint32_t n_tasks)
{
  (void) object, (void) n_tasks;
  return sizeof (Collection) + TELAR_COLLECTION_MAX * sizeof (TelarEntry);
}

static void
owner_died (TelarObjects *objects, uint32_t object, uint32_t task)
{
  telar_guard_owner_died (&collection_of (objects, object)->guard, task);
}

static uint32_t
contended (TelarObjects *objects, uint32_t object)
{
  return telar_guard_contended (&collection_of (objects, object)->guard);
}

const TelarObjectFamily telar_collection_family = {
  .area_size = area_size,
  .owner_died = owner_died,
  .contended = contended,
};

/* recovery-place.h
 *
 * SPDX-License-Identifier: MIT
 *
 * Where recoveries are, and whose they are:
 *
 *   ~/.local/state/telar/recovery/KEY.recovery   one line about it, then the graph
 *                                 KEY.lock       locked by whose document it is
 *
 * The lock is flock()'s: the kernel lets go of it whatever ends the program, and
 * no number of a process can be mistaken for it. It is held before the recovery
 * file is there and let go of after it went.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define TELAR_RECOVERY_SUFFIX ".recovery"

/* The two files of a document, shared with the thread that writes. */
typedef struct
{
  GMutex   mutex;     /* for what follows */
  char    *key;       /* owned */
  int      lock;      /* descriptor, or -1: not there yet */
  guint    written;   /* the number of the writing that is in the file; 0: none is */
  guint    forbidden; /* writings up to this one are no longer wanted */
} TelarRecoveryPlace;

char *telar_recovery_folder (void);
char *telar_recovery_file   (const char *key, const char *suffix);

/* Returns: a descriptor that holds the lock, or -1 with errno: EWOULDBLOCK where
 * another holds it. */
int   telar_recovery_lock   (const char *key);
/* The same, but waits for who only looks what can be recovered. */
int   telar_recovery_lock_patiently (const char *key);

/* Both files; to be called with the lock. */
void  telar_recovery_remove (const char *key);

/* @key: (nullable): a new one
 * @lock: the descriptor, which is the place's from now on, or -1
 * Returns: (transfer full): in an atomic reference-counted box. */
TelarRecoveryPlace *telar_recovery_place_new (const char *key, int lock);
void telar_recovery_place_unref (TelarRecoveryPlace *place);

/* Nothing is to be recovered any more, and no writing that was begun before may
 * say otherwise. Waits for one that goes on. */
void telar_recovery_place_empty (TelarRecoveryPlace *place, guint n_begun);

G_END_DECLS

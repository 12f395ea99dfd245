/* check-shares.c
 *
 * SPDX-License-Identifier: MIT
 *
 * What tasks do with the objects that they share and that will not end well, as
 * far as the steps of their bodies tell: a lock that is taken twice or kept, a
 * barrier whose parties never come, a process that is ended with a lock in its
 * hand. Steps that may give up (those with a timeout) are no promise, and
 * nothing is said about what comes of them: a sound graph gets no warning.
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "graph/check-private.h"

/* What all tasks together do with an object. */
typedef struct
{
  guint64  n_users;    /* tasks that acquire it, or wait at it, with their copies */
  guint64  n_waits;    /* of a barrier */
  guint64  n_puts;
  guint64  n_dones;
  gboolean open;       /* somebody releases it who did not acquire it; a barrier that is
                        * aborted or reset, or waited at with a timeout */
  guint32  getter;     /* the only task that gets from it; TELAR_NOBODY where nobody does */
  gboolean getters;    /* several do */
} Share;

/* What one task has in its hands, by object. */
typedef struct
{
  guint held;   /* acquired for sure, and not released */
  guint maybe;  /* acquired in time, perhaps */
  guint at;     /* the step that acquired it first */
  gboolean told;
  gboolean seen;  /* counted as a user of it */
} Hand;

typedef struct
{
  TelarCheck *check;
  GHashTable *by_id;  /* owned: borrowed id → number + 1 */
  Share      *shares; /* owned, one an object */
  Hand       *hands;  /* owned, one an object: of the task that is looked at */
  GArray     *touched;/* owned guint: whose hands are not empty */
  guint32    *uses;   /* owned, one a task: object + 1 that its process works with, or 0 */
  guint32    *settled;/* owned, one a task: task + 1 whose body joined it or ended it */
} Shares;

static const TelarObject *
get_object (const Shares *shares, guint number)
{
  return g_ptr_array_index (shares->check->graph->objects, number);
}

static const TelarTask *
get_task (const Shares *shares, guint32 task)
{
  return telar_relations_task (shares->check->relations, task);
}

/* Returns: the number of the object at @nth of a step's arguments, or -1. */
static int
object_at (const Shares *shares, const TelarStep *step, size_t nth)
{
  const char *id = telar_json_object (json_array_get (step->args, nth), NULL);

  return id == NULL ? -1 : GPOINTER_TO_INT (g_hash_table_lookup (shares->by_id, id)) - 1;
}

static gboolean
is_lock (TelarObjectType type)
{
  return type == TELAR_OBJECT_LOCK || type == TELAR_OBJECT_RLOCK;
}

static gboolean
is_queue (TelarObjectType type)
{
  return type == TELAR_OBJECT_QUEUE || type == TELAR_OBJECT_JOINABLE_QUEUE
         || type == TELAR_OBJECT_SIMPLE_QUEUE;
}

/* What is held when @object is: of a condition its lock. */
static guint
lock_of (const Shares *shares, guint object)
{
  const char *id = NULL;
  gpointer lock = NULL;

  if (get_object (shares, object)->type == TELAR_OBJECT_CONDITION)
    id = telar_object_text (get_object (shares, object), "lock");
  if (id != NULL)
    lock = g_hash_table_lookup (shares->by_id, id);
  return lock == NULL ? object : GPOINTER_TO_UINT (lock) - 1;
}

static gboolean
is_end (const TelarStep *step)
{
  return strcmp (step->function, "exit") == 0 || strcmp (step->function, "fail") == 0
         || strcmp (step->function, "crash") == 0;
}

/* (transfer full): the place of the argument @nth of a step. */
static char *
place_of (const Shares *shares, guint32 task, guint step, guint nth)
{
  return get_task (shares, task)->has_body ? g_strdup_printf (".body[%u].args[%u]", step, nth)
                                           : g_strdup_printf (".args[%u]", nth);
}

/* ---- all tasks ---------------------------------------------------------- */

/* Counts the task that is looked at as one that uses @object, once. */
static void
count_user (Shares *shares, guint object, guint64 copies)
{
  Hand *hand = &shares->hands[object];

  if (hand->seen)
    return;
  hand->seen = TRUE;
  shares->shares[object].n_users += copies;
  g_array_append_val (shares->touched, object);
}

static void
count_step (Shares *shares, guint32 task, const TelarStep *step, guint64 copies)
{
  guint64 times = copies * get_task (shares, task)->repeat;
  int object = object_at (shares, step, 0);
  Share *share = object < 0 ? NULL : &shares->shares[object];

  if (share == NULL)
    return;
  if (strcmp (step->function, "wait") == 0
      && get_object (shares, (guint) object)->type == TELAR_OBJECT_BARRIER)
    {
      share->open |= json_array_size (step->args) > 1;
      share->n_waits += times;
      count_user (shares, (guint) object, copies);
    }
  else if (strcmp (step->function, "abort") == 0 || strcmp (step->function, "reset") == 0)
    share->open = TRUE;
  else if (strcmp (step->function, "put") == 0)
    share->n_puts += times;
  else if (strcmp (step->function, "task_done") == 0)
    share->n_dones += times;
  else if (strcmp (step->function, "get") == 0)
    {
      share->getters |= share->getter != TELAR_NOBODY && share->getter != task;
      share->getter = task;
    }
}

/* Notes for the process of @task that it works with what a signal may leave behind. */
static void
note_use (Shares *shares, guint32 task, const TelarStep *step)
{
  guint32 process = telar_relations_process (shares->check->relations, task);
  int object = strcmp (step->function, "increment") == 0 ? object_at (shares, step, 2)
                                                         : object_at (shares, step, 0);
  TelarObjectType type;

  if (object < 0)
    return;
  type = get_object (shares, (guint) object)->type;
  if (((is_lock (type) || type == TELAR_OBJECT_CONDITION)
       && (strcmp (step->function, "acquire") == 0 || strcmp (step->function, "increment") == 0))
      || (is_queue (type)
          && (strcmp (step->function, "put") == 0 || strcmp (step->function, "get") == 0)))
    {
      guint32 *use = &shares->uses[process];

      /* A lock is worse than a queue. */
      if (*use == 0 || is_queue (get_object (shares, *use - 1)->type))
        *use = (guint32) object + 1;
    }
}

/* Who acquires what, and whether it is given back by another. */
static void
count_hands (Shares *shares, const TelarStep *step, guint64 copies)
{
  int object = object_at (shares, step, 0);
  Hand *hand;
  guint lock;

  if (strcmp (step->function, "increment") == 0 && object_at (shares, step, 2) >= 0)
    count_user (shares, (guint) object_at (shares, step, 2), copies);
  if (object < 0)
    return;
  lock = lock_of (shares, (guint) object);
  hand = &shares->hands[lock];
  if (strcmp (step->function, "acquire") == 0)
    {
      count_user (shares, lock, copies);
      hand->held++;
    }
  else if (strcmp (step->function, "release") == 0)
    {
      if (hand->held > 0)
        hand->held--;
      else
        shares->shares[lock].open = TRUE;
    }
}

static void
empty_hands (Shares *shares)
{
  for (guint i = 0; i < shares->touched->len; i++)
    memset (&shares->hands[g_array_index (shares->touched, guint, i)], 0, sizeof (Hand));
  g_array_set_size (shares->touched, 0);
}

static void
count_task (Shares *shares, guint32 task)
{
  const GPtrArray *steps = get_task (shares, task)->steps;
  guint64 copies = telar_relations_copies (shares->check->relations, task);

  for (guint i = 0; i < steps->len; i++)
    {
      const TelarStep *step = g_ptr_array_index (steps, i);

      if (is_end (step))
        break;
      count_step (shares, task, step, copies);
      count_hands (shares, step, copies);
      note_use (shares, task, step);
    }
  empty_hands (shares);
}

/* ---- one task ----------------------------------------------------------- */

static void
tell_twice (Shares *shares, guint32 task, guint step, guint object)
{
  g_autofree char *place = place_of (shares, task, step, 0);
  const char *id = get_object (shares, object)->id;

  telar_check_warning (shares->check, task, place,
                       g_strdup_printf (_("%s holds %s already, and would wait for itself for "
                                          "ever"), get_task (shares, task)->id, id),
                       g_strdup_printf (_("release %s first, or make it an rlock"), id));
}

static void
look_at_acquire (Shares *shares, guint32 task, guint nth, const TelarStep *step, guint object)
{
  guint lock = lock_of (shares, object);
  Hand *hand = &shares->hands[lock];

  g_array_append_val (shares->touched, lock);
  if (json_array_size (step->args) > 1)
    {
      hand->maybe++;
      return;
    }
  if (hand->held > 0 && !hand->told && !shares->shares[lock].open
      && get_object (shares, lock)->type == TELAR_OBJECT_LOCK)
    {
      hand->told = TRUE;
      tell_twice (shares, task, nth, lock);
    }
  if (hand->held == 0)
    hand->at = nth;
  hand->held++;
}

static void
look_at_wait (Shares *shares, guint32 task, guint nth, guint object)
{
  const Hand *hand = &shares->hands[lock_of (shares, object)];
  const char *id = get_object (shares, object)->id;
  g_autofree char *place = NULL;

  if (get_object (shares, object)->type != TELAR_OBJECT_CONDITION || hand->held > 0
      || hand->maybe > 0)
    return;
  place = place_of (shares, task, nth, 0);
  telar_check_warning (shares->check, task, place,
                       g_strdup_printf (_("%s waits for %s without holding its lock: a notify that "
                                          "comes just before is lost, and in Python it is an "
                                          "error"), get_task (shares, task)->id, id),
                       g_strdup_printf (_("acquire %s before, and release it after"), id));
}

/* A signal to a process that works with a lock or a queue, and was not joined before. */
static void
look_at_signal (Shares *shares, guint32 task, guint nth, const TelarStep *step)
{
  const char *reference = telar_json_task (json_array_get (step->args, 0));
  guint32 target = reference == NULL ? TELAR_NOBODY
                                     : telar_relations_find (shares->check->relations, reference,
                                                             NULL);
  const TelarObject *object;
  g_autofree char *place = NULL;

  if (target == TELAR_NOBODY || shares->uses[target] == 0 || shares->settled[target] == task + 1)
    return;
  shares->settled[target] = task + 1;
  object = get_object (shares, shares->uses[target] - 1);
  if (!is_queue (object->type)
      && shares->shares[lock_of (shares, shares->uses[target] - 1)].n_users < 2)
    return;
  place = place_of (shares, task, nth, 0);
  telar_check_warning (shares->check, task, place,
                       is_queue (object->type)
                           ? g_strdup_printf (_("%s may end %s while it works with %s: an item may "
                                                "be lost, and a Python queue be left locked"),
                                              step->function, reference, object->id)
                           : g_strdup_printf (_("%s may end %s while it holds %s, which nobody "
                                                "gives back then"),
                                              step->function, reference, object->id),
                       g_strdup_printf (_("let %s end by itself, as when an event is set, and join "
                                          "it"), reference));
}

/* A process that puts is joined before anybody gets: it does not end before what it
 * put is taken. */
static void
look_at_join (Shares *shares, guint32 task, guint nth, const TelarStep *step)
{
  const char *reference = telar_json_task (json_array_get (step->args, 0));
  guint   copy = 0;
  guint32 target = reference == NULL ? TELAR_NOBODY
                                     : telar_relations_find (shares->check->relations, reference,
                                                             &copy);
  const GPtrArray *puts;

  if (target != TELAR_NOBODY && copy == 0 && json_array_size (step->args) == 1)
    shares->settled[target] = task + 1;
  if (target == TELAR_NOBODY || json_array_size (step->args) > 1
      || get_task (shares, target)->kind != TELAR_KIND_PROCESS)
    return;
  puts = get_task (shares, target)->steps;
  for (guint i = 0; i < puts->len; i++)
    {
      const TelarStep *put = g_ptr_array_index (puts, i);
      const GPtrArray *steps = get_task (shares, task)->steps;
      int queue = strcmp (put->function, "put") == 0 ? object_at (shares, put, 0) : -1;
      g_autofree char *place = NULL;
      gboolean got = FALSE;

      if (queue < 0 || shares->shares[queue].getters || shares->shares[queue].getter != task
          || get_object (shares, (guint) queue)->type == TELAR_OBJECT_SIMPLE_QUEUE)
        continue;
      for (guint k = 0; k < nth && !got; k++)
        {
          const TelarStep *get = g_ptr_array_index (steps, k);
          got = strcmp (get->function, "get") == 0 && object_at (shares, get, 0) == queue;
        }
      if (got)
        continue;
      place = place_of (shares, task, nth, 0);
      telar_check_warning (shares->check, task, place,
                           g_strdup_printf (_("%s joins %s before it gets what %s puts into %s: a "
                                              "process may not end before that is taken"),
                                            get_task (shares, task)->id, reference, reference,
                                            get_object (shares, (guint) queue)->id),
                           g_strdup_printf (_("get from %s first, and join then"),
                                            get_object (shares, (guint) queue)->id));
      return;
    }
}

static void
look_at_step (Shares *shares, guint32 task, guint nth, const TelarStep *step, gboolean again)
{
  int object = object_at (shares, step, 0);

  if (object >= 0 && strcmp (step->function, "acquire") == 0)
    look_at_acquire (shares, task, nth, step, (guint) object);
  else if (object >= 0 && strcmp (step->function, "release") == 0)
    {
      Hand *hand = &shares->hands[lock_of (shares, (guint) object)];

      if (hand->held > 0)
        hand->held--;
      else if (hand->maybe > 0)
        hand->maybe--;
    }
  else if (again)
    return;
  else if (object >= 0 && strcmp (step->function, "wait") == 0)
    look_at_wait (shares, task, nth, (guint) object);
  else if (strcmp (step->function, "terminate") == 0 || strcmp (step->function, "kill") == 0)
    look_at_signal (shares, task, nth, step);
  else if (strcmp (step->function, "join") == 0)
    look_at_join (shares, task, nth, step);
}

/* The locks that @task has in its hands when it ends. */
static void
tell_kept (Shares *shares, guint32 task, const TelarStep *end)
{
  for (guint i = 0; i < shares->touched->len; i++)
    {
      guint object = g_array_index (shares->touched, guint, i);
      Hand *hand = &shares->hands[object];
      const char *id = get_object (shares, object)->id;
      g_autofree char *place = NULL;

      if (hand->held == 0 || hand->told || shares->shares[object].open
          || shares->shares[object].n_users < 2
          || (!is_lock (get_object (shares, object)->type)
              && get_object (shares, object)->type != TELAR_OBJECT_CONDITION))
        continue;
      hand->told = TRUE;
      place = place_of (shares, task, hand->at, 0);
      telar_check_warning (shares->check, task, place,
                           end != NULL
                               ? g_strdup_printf (_("%s ends by %s and has not released %s: who "
                                                    "waits for it then waits for ever"),
                                                  get_task (shares, task)->id, end->function, id)
                               : g_strdup_printf (_("%s never releases %s: who waits for it then "
                                                    "waits for ever"),
                                                  get_task (shares, task)->id, id),
                           g_strdup_printf (_("release %s before %s ends"), id,
                                            get_task (shares, task)->id));
    }
}

static void
look_at_task (Shares *shares, guint32 task)
{
  const TelarTask *it = get_task (shares, task);
  const TelarStep *end = NULL;

  /* Twice where it is repeated: what is kept meets itself. */
  for (guint round = 0; round < MIN (it->repeat, 2) && end == NULL; round++)
    for (guint i = 0; i < it->steps->len && end == NULL; i++)
      {
        const TelarStep *step = g_ptr_array_index (it->steps, i);

        if (is_end (step))
          end = step;
        else
          look_at_step (shares, task, i, step, round > 0);
      }
  tell_kept (shares, task, end);
  empty_hands (shares);
}

/* ---- objects ------------------------------------------------------------ */

/* (transfer full): the place of @object in the graph. */
static char *
place_of_object (guint object)
{
  return g_strdup_printf ("objects[%u]", object);
}

static void
look_at_barrier (Shares *shares, guint object)
{
  const Share *share = &shares->shares[object];
  const char *id = get_object (shares, object)->id;
  guint64 parties = (guint64) telar_object_number (get_object (shares, object), "parties");
  g_autofree char *place = place_of_object (object);

  if (share->open || share->n_waits == 0 || parties == 0)
    return;
  if (share->n_users < parties)
    telar_check_warning (
        shares->check, TELAR_NOBODY, place,
        g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                      "%s has %u parties, and only %u task waits at it: for ever",
                                      "%s has %u parties, and only %u tasks wait at it: for ever",
                                      (gulong) share->n_users),
                         id, (guint) parties, (guint) share->n_users),
        g_strdup_printf (_("write \"parties\": %u, or let more tasks wait at it"),
                         (guint) share->n_users));
  else if (share->n_waits % parties != 0)
    telar_check_warning (
        shares->check, TELAR_NOBODY, place,
        g_strdup_printf (_("%s has %u parties, and tasks come to it %u times, which is no multiple "
                           "of that: the last wait for ever"),
                         id, (guint) parties, (guint) share->n_waits),
        g_strdup (_("let each of its parties wait as often as the others")));
}

static void
look_at_dones (Shares *shares, guint object)
{
  const Share *share = &shares->shares[object];
  const char *id = get_object (shares, object)->id;
  g_autofree char *place = place_of_object (object);

  if (share->n_dones > share->n_puts)
    telar_check_warning (
        shares->check, TELAR_NOBODY, place,
        g_strdup_printf (_("task_done is called %u times for %s, and no more than %u items are put "
                           "into it: that is an error at the run"),
                         (guint) MIN (share->n_dones, G_MAXUINT), id,
                         (guint) MIN (share->n_puts, G_MAXUINT)),
        g_strdup (_("call it once for each item that was got")));
}

void
telar_check_shares (TelarCheck *check)
{
  guint n = check->graph->objects->len;
  g_autoptr (GHashTable) by_id = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GArray) touched = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autofree Share *shared = NULL;
  g_autofree Hand *hands = NULL;
  g_autofree guint32 *uses = NULL, *settled = NULL;
  Shares shares = { .check = check, .by_id = by_id, .touched = touched };

  if (n == 0)
    return;
  shares.shares = shared = g_new0 (Share, n);
  shares.hands = hands = g_new0 (Hand, n);
  shares.uses = uses = g_new0 (guint32, check->relations->n_tasks);
  shares.settled = settled = g_new0 (guint32, check->relations->n_tasks);
  for (guint i = 0; i < n; i++)
    {
      shared[i].getter = TELAR_NOBODY;
      g_hash_table_insert (by_id, get_object (&shares, i)->id, GUINT_TO_POINTER (i + 1));
    }
  for (guint32 i = 0; i < check->relations->n_tasks; i++)
    count_task (&shares, i);
  for (guint i = 0; i < n; i++)
    if (get_object (&shares, i)->type == TELAR_OBJECT_BARRIER)
      look_at_barrier (&shares, i);
    else if (get_object (&shares, i)->type == TELAR_OBJECT_JOINABLE_QUEUE)
      look_at_dones (&shares, i);
  for (guint32 i = 0; i < check->relations->n_tasks; i++)
    look_at_task (&shares, i);
}

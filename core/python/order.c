/* order.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include "python/order.h"

#include <string.h>

/* More of them are no longer read at a glance: a loop is then. */
#define MAX_IFS        6
#define MAX_CONDITIONS 3

typedef enum
{
  WAITING,
  ACTIVE,
  DONE
} State;

/* What stays as it is while the order is looked for. */
typedef struct
{
  const TelarRelations *relations; /* borrowed */
  const GArray         *children;  /* borrowed guint32 */
  guint32               parent;
  GHashTable           *indices;   /* owned: task + 1 → index of the child + 1 */
  GArray              **before;    /* owned TelarPythonRef, in file order: `after`, by child */
} Family;

typedef struct
{
  const Family *family; /* borrowed */
  guint8       *states; /* owned State, one a child */
  GArray       *joined; /* owned TelarPythonRef: single copies that need not be waited for */
} Scope;

static void
clear_step (gpointer data)
{
  TelarOrderStep *step = data;

  g_clear_pointer (&step->after, g_array_unref);
  g_clear_pointer (&step->first, g_array_unref);
  g_clear_pointer (&step->second, g_array_unref);
}

static GArray *
steps_new (void)
{
  GArray *steps = g_array_new (FALSE, TRUE, sizeof (TelarOrderStep));

  g_array_set_clear_func (steps, clear_step);
  return steps;
}

static void
scope_clear (Scope *scope)
{
  g_clear_pointer (&scope->states, g_free);
  g_clear_pointer (&scope->joined, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Scope, scope_clear)

static Scope
scope_copy (const Scope *scope)
{
  Scope copy = *scope;

  copy.states = g_memdup2 (scope->states, scope->family->children->len);
  copy.joined = g_array_copy (scope->joined);
  return copy;
}

static guint32
child_at (const Scope *scope, guint i)
{
  return g_array_index (scope->family->children, guint32, i);
}

static const TelarTask *
task_at (const Scope *scope, guint i)
{
  return telar_relations_task (scope->family->relations, child_at (scope, i));
}

static gboolean
is_call (const Scope *scope, guint i)
{
  return task_at (scope, i)->kind == TELAR_KIND_CALL;
}

static gboolean
by_body (const Scope *scope, guint i)
{
  return scope->family->relations->tasks[child_at (scope, i)].starter != TELAR_NOBODY;
}

static int
find_child (const Scope *scope, guint32 task)
{
  return GPOINTER_TO_INT (g_hash_table_lookup (scope->family->indices,
                                               GUINT_TO_POINTER (task + 1))) - 1;
}

static gboolean
has_ref (const GArray *refs, TelarPythonRef ref)
{
  for (guint i = 0; i < refs->len; i++)
    {
      const TelarPythonRef *other = &g_array_index (refs, TelarPythonRef, i);

      if (other->task == ref.task && (other->copy == 0 || other->copy == ref.copy))
        return TRUE;
    }
  return FALSE;
}

static int
compare_refs (gconstpointer a, gconstpointer b)
{
  const TelarPythonRef *first = a, *second = b;

  if (first->task != second->task)
    return first->task < second->task ? -1 : 1;
  return first->copy < second->copy ? -1 : first->copy > second->copy;
}

/* Whether a child that comes after @ref has still to wait for it. */
static gboolean
is_pending (const Scope *scope, const TelarPythonRef *ref)
{
  int child = find_child (scope, ref->task);

  return (child < 0 || scope->states[child] != DONE)
         && (ref->copy == 0 || !has_ref (scope->joined, *ref));
}

/* What a child still waits for, in file order. (transfer full) */
static GArray *
pending (const Scope *scope, guint child)
{
  const GArray *before = scope->family->before[child];
  GArray *refs = g_array_new (FALSE, FALSE, sizeof (TelarPythonRef));

  for (guint i = 0; i < before->len; i++)
    {
      const TelarPythonRef *ref = &g_array_index (before, TelarPythonRef, i);

      if (is_pending (scope, ref) && !has_ref (refs, *ref))
        g_array_append_val (refs, *ref);
    }
  return refs;
}

static gboolean
is_due (const Scope *scope, guint child)
{
  const GArray *before = scope->family->before[child];

  if (scope->states[child] != WAITING || by_body (scope, child))
    return FALSE;
  for (guint i = 0; i < before->len; i++)
    if (is_pending (scope, &g_array_index (before, TelarPythonRef, i)))
      return FALSE;
  return TRUE;
}

static void
add_step (GArray *steps, TelarOrderWhat what, guint32 task, guint copy)
{
  TelarOrderStep step = { .what = what, .ref = { task, copy } };

  g_array_append_val (steps, step);
}

static void
resolve (Scope *scope, TelarPythonRef ref)
{
  int child = find_child (scope, ref.task);

  if (ref.copy > 0)
    g_array_append_val (scope->joined, ref);
  else if (child >= 0)
    scope->states[child] = DONE;
}

static void
start_due (Scope *scope, GArray *steps)
{
  for (guint i = 0; i < scope->family->children->len; i++)
    if (is_due (scope, i) && !is_call (scope, i))
      {
        scope->states[i] = ACTIVE;
        add_step (steps, TELAR_ORDER_START, child_at (scope, i), 0);
      }
}

static gboolean
run_due_call (Scope *scope, GArray *steps)
{
  for (guint i = 0; i < scope->family->children->len; i++)
    if (is_due (scope, i) && is_call (scope, i))
      {
        add_step (steps, TELAR_ORDER_CALL, child_at (scope, i), 0);
        resolve (scope, (TelarPythonRef){ child_at (scope, i), 0 });
        return TRUE;
      }
  return FALSE;
}

static void
run_due (Scope *scope, GArray *steps)
{
  do
    start_due (scope, steps);
  while (run_due_call (scope, steps));
}

static void
join (Scope *scope, GArray *steps, TelarPythonRef ref)
{
  add_step (steps, TELAR_ORDER_JOIN, ref.task, ref.copy);
  resolve (scope, ref);
}

/* ---- the body ----------------------------------------------------------- */

/* What the task's own steps start and join. */
static void
run_body (Scope *scope, GArray *steps)
{
  const TelarTask *task = telar_relations_task (scope->family->relations, scope->family->parent);
  gboolean skips = scope->family->relations->graph->skip_on_failure;

  add_step (steps, TELAR_ORDER_BODY, scope->family->parent, 0);
  for (guint i = 0; i < task->steps->len; i++)
    {
      const TelarStep *step = g_ptr_array_index (task->steps, i);
      const char *reference = telar_json_task (json_array_get (step->args, 0));
      TelarPythonRef ref = { 0 };
      int child;

      if (reference == NULL)
        continue;
      ref.task = telar_relations_find (scope->family->relations, reference, &ref.copy);
      child = find_child (scope, ref.task);
      if (child < 0)
        continue;
      if (strcmp (step->function, "start") == 0 && scope->states[child] == WAITING)
        scope->states[child] = ACTIVE;
      /* where exit codes count, they are looked at after the body */
      else if (strcmp (step->function, "join") == 0 && json_array_size (step->args) == 1
               && scope->states[child] == ACTIVE && !skips)
        resolve (scope, ref);
    }
}

/* The child will not be joined, so that nothing after it is started. */
static void
give_up (Scope *scope, guint child)
{
  scope->states[child] = DONE;
  for (guint i = 0; i < scope->family->children->len; i++)
    {
      const GArray *before = scope->family->before[i];

      for (guint n = 0; n < before->len && scope->states[i] == WAITING; n++)
        if (g_array_index (before, TelarPythonRef, n).task == child_at (scope, child))
          give_up (scope, i);
    }
}

static void
give_up_unstarted (Scope *scope)
{
  for (guint i = 0; i < scope->family->children->len; i++)
    if (by_body (scope, i) && scope->states[i] == WAITING)
      give_up (scope, i);
}

/* ---- who is next -------------------------------------------------------- */

static gboolean
is_active (const Scope *scope, guint32 task)
{
  int child = find_child (scope, task);

  return child >= 0 && scope->states[child] == ACTIVE;
}

static gboolean
are_equal (const GArray *a, const GArray *b)
{
  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    if (compare_refs (&g_array_index (a, TelarPythonRef, i), &g_array_index (b, TelarPythonRef, i))
        != 0)
      return FALSE;
  return TRUE;
}

typedef struct
{
  GArray  *next;       /* owned TelarPythonRef: what has to be joined for the next to be due */
  gboolean determined; /* whoever can be the next waits for just these */
} Outlook;

static void
outlook_clear (Outlook *outlook)
{
  g_clear_pointer (&outlook->next, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Outlook, outlook_clear)

/* Whether all that a child waits for runs. */
static gboolean
is_near (const Scope *scope, guint child)
{
  const GArray *before = scope->family->before[child];

  if (scope->states[child] != WAITING)
    return FALSE;
  for (guint i = 0; i < before->len; i++)
    {
      const TelarPythonRef *ref = &g_array_index (before, TelarPythonRef, i);

      if (is_pending (scope, ref) && !is_active (scope, ref->task))
        return FALSE;
    }
  return TRUE;
}

static Outlook
look (const Scope *scope)
{
  Outlook outlook = { NULL, TRUE };

  for (guint i = 0; i < scope->family->children->len && outlook.determined; i++)
    {
      g_autoptr (GArray) refs = NULL;

      if (!is_near (scope, i))
        continue;
      refs = pending (scope, i);
      if (outlook.next == NULL)
        outlook.next = g_steal_pointer (&refs);
      else if (!are_equal (outlook.next, refs))
        outlook.determined = FALSE;
    }
  return outlook;
}

/* What runs and is waited for, up to three: more are as good as many.
 * (transfer full) */
static GArray *
awaited (const Scope *scope)
{
  GArray *refs = g_array_new (FALSE, FALSE, sizeof (TelarPythonRef));

  for (guint i = 0; i < scope->family->children->len && refs->len < 3; i++)
    {
      g_autoptr (GArray) some = scope->states[i] == WAITING ? pending (scope, i) : NULL;

      for (guint n = 0; some != NULL && n < some->len; n++)
        {
          TelarPythonRef ref = g_array_index (some, TelarPythonRef, n);

          if (is_active (scope, ref.task) && !has_ref (refs, ref))
            g_array_append_val (refs, ref);
        }
    }
  g_array_sort (refs, compare_refs);
  return refs;
}

/* The order when @first ends before @second; NULL where it is not plain then
 * either: something that is started in between is waited for, too. */
static GArray *
branch (const Scope *scope, TelarPythonRef first, TelarPythonRef second, Scope *then)
{
  g_autoptr (GArray) steps = steps_new ();
  g_autoptr (GArray) left = NULL;

  *then = scope_copy (scope);
  join (then, steps, first);
  run_due (then, steps);
  left = awaited (then);
  if (left->len != 1
      || compare_refs (&g_array_index (left, TelarPythonRef, 0), &second) != 0)
    return NULL;
  join (then, steps, second);
  start_due (then, steps);
  return g_steal_pointer (&steps);
}

/* Two processes, whichever ends first, after which all is as it would be the
 * other way round. Returns: whether it is as simple as that. */
static gboolean
try_either (Scope *scope, GArray *steps)
{
  g_autoptr (GArray) both = awaited (scope);
  TelarOrderStep step = { .what = TELAR_ORDER_EITHER };
  g_auto (Scope) after_first = { 0 };
  g_auto (Scope) after_second = { 0 };

  if (both->len != 2)
    return FALSE;
  step.ref = g_array_index (both, TelarPythonRef, 0);
  step.other = g_array_index (both, TelarPythonRef, 1);
  for (guint i = 0; i < 2; i++)
    {
      guint32 task = g_array_index (both, TelarPythonRef, i).task;
      const TelarTask *it = telar_relations_task (scope->family->relations, task);

      if (it->kind != TELAR_KIND_PROCESS || it->copies > 1)
        return FALSE;
    }
  step.first = branch (scope, step.ref, step.other, &after_first);
  step.second = branch (scope, step.other, step.ref, &after_second);
  if (step.first == NULL || step.second == NULL
      || memcmp (after_first.states, after_second.states, scope->family->children->len) != 0)
    {
      clear_step (&step);
      return FALSE;
    }
  g_array_append_val (steps, step);
  scope_clear (scope);
  *scope = after_first;
  after_first = (Scope){ 0 };
  return TRUE;
}

/* ---- only after what ended well ----------------------------------------- */

/* Whether all that waits does so, in the end, for each of @refs; processes, which
 * have an exit code. */
static gboolean
all_wait_for (const Scope *scope, const GArray *refs)
{
  for (guint n = 0; n < refs->len; n++)
    {
      TelarPythonRef ref = g_array_index (refs, TelarPythonRef, n);
      g_auto (Scope) without = scope_copy (scope);

      if (telar_relations_task (scope->family->relations, ref.task)->kind != TELAR_KIND_PROCESS)
        return FALSE;
      give_up (&without, (guint) find_child (scope, ref.task));
      if (memchr (without.states, WAITING, scope->family->children->len) != NULL)
        return FALSE;
    }
  return TRUE;
}

static void add_joins (const Scope *scope, GArray *steps, const guint8 *but);

/* What waits, as one if inside the other. Returns: whether it is as simple as that. */
static gboolean
try_if (Scope *scope, GArray *steps, guint depth)
{
  g_auto (Outlook) outlook = look (scope);
  g_auto (Scope) then = { 0 };
  g_autoptr (GArray) inside = NULL;
  TelarOrderStep step = { .what = TELAR_ORDER_IF };

  if (outlook.next == NULL || !outlook.determined || depth > MAX_IFS
      || outlook.next->len > MAX_CONDITIONS || !all_wait_for (scope, outlook.next))
    return FALSE;
  then = scope_copy (scope);
  inside = steps_new ();
  for (guint i = 0; i < outlook.next->len; i++)
    join (&then, steps, g_array_index (outlook.next, TelarPythonRef, i));
  memcpy (scope->states, then.states, scope->family->children->len);
  run_due (&then, inside);
  if (memchr (then.states, WAITING, scope->family->children->len) != NULL && !try_if (&then, inside, depth + 1))
    return FALSE;
  add_joins (&then, inside, scope->states);
  step.after = g_array_ref (outlook.next);
  step.first = g_steal_pointer (&inside);
  g_array_append_val (steps, step);
  /* what the if may not have started is none of those that are joined after it */
  for (guint i = 0; i < scope->family->children->len; i++)
    if (scope->states[i] == WAITING)
      scope->states[i] = DONE;
  return TRUE;
}

static gboolean
try_ifs (Scope *scope, GArray *steps)
{
  g_auto (Scope) copy = scope_copy (scope);
  guint n = steps->len;

  if (!try_if (&copy, steps, 1))
    {
      g_array_set_size (steps, n);
      return FALSE;
    }
  memcpy (scope->states, copy.states, scope->family->children->len);
  return TRUE;
}

/* ------------------------------------------------------------------------- */

static void
follow (Scope *scope, TelarOrder *order)
{
  order->follows = TRUE;
  for (guint i = 0; i < scope->family->children->len; i++)
    {
      guint32 task = child_at (scope, i);

      if (scope->states[i] == WAITING)
        g_array_append_val (order->waiting, task);
      else if (scope->states[i] == ACTIVE)
        g_array_append_val (order->running, task);
    }
  add_step (order->steps, TELAR_ORDER_FOLLOW, scope->family->parent, 0);
}

static gboolean
is_over (const Scope *scope)
{
  return memchr (scope->states, WAITING, scope->family->children->len) == NULL;
}

/* Joins what is on its way, in file order, but for daemons and what was on its
 * way in @but (nullable) as well. */
static void
add_joins (const Scope *scope, GArray *steps, const guint8 *but)
{
  for (guint i = 0; i < scope->family->children->len; i++)
    if (scope->states[i] == ACTIVE && !task_at (scope, i)->daemon
        && (but == NULL || but[i] != ACTIVE))
      add_step (steps, TELAR_ORDER_JOIN, child_at (scope, i), 0);
}

static void
family_init (Family *family, const TelarRelations *relations, guint32 parent,
             const GArray *children)
{
  *family = (Family){ .relations = relations, .children = children, .parent = parent,
                      .indices = g_hash_table_new (NULL, NULL),
                      .before = g_new0 (GArray *, children->len + 1) };
  for (guint i = 0; i < children->len; i++)
    {
      guint32 child = g_array_index (children, guint32, i);
      const GPtrArray *after = telar_relations_task (relations, child)->after;

      g_hash_table_insert (family->indices, GUINT_TO_POINTER (child + 1),
                           GUINT_TO_POINTER (i + 1));
      family->before[i] = g_array_new (FALSE, FALSE, sizeof (TelarPythonRef));
      for (guint n = 0; n < after->len; n++)
        {
          TelarPythonRef ref;

          ref.task = telar_relations_find (relations, g_ptr_array_index (after, n), &ref.copy);
          g_array_append_val (family->before[i], ref);
        }
      g_array_sort (family->before[i], compare_refs);
    }
}

static void
family_clear (Family *family)
{
  for (guint i = 0; i < family->children->len; i++)
    g_array_unref (family->before[i]);
  g_free (family->before);
  g_hash_table_unref (family->indices);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Family, family_clear)

TelarOrder *
telar_order_new (const TelarRelations *relations, guint32 parent, const GArray *children)
{
  TelarOrder *order = g_new0 (TelarOrder, 1);
  g_auto (Family) family = { 0 };
  g_auto (Scope) scope = { .family = &family };

  family_init (&family, relations, parent, children);
  order->steps = steps_new ();
  order->waiting = g_array_new (FALSE, FALSE, sizeof (guint32));
  order->running = g_array_new (FALSE, FALSE, sizeof (guint32));
  scope.states = g_new0 (guint8, children->len + 1);
  scope.joined = g_array_new (FALSE, FALSE, sizeof (TelarPythonRef));

  start_due (&scope, order->steps);
  run_body (&scope, order->steps);
  give_up_unstarted (&scope);
  run_due (&scope, order->steps);
  while (!is_over (&scope) && !order->follows)
    {
      g_auto (Outlook) outlook = look (&scope);

      if (relations->graph->skip_on_failure)
        {
          if (!try_ifs (&scope, order->steps))
            follow (&scope, order);
        }
      else if (outlook.next == NULL
               || (!outlook.determined && !try_either (&scope, order->steps)))
        follow (&scope, order);
      else
        {
          for (guint i = 0; outlook.determined && i < outlook.next->len; i++)
            join (&scope, order->steps, g_array_index (outlook.next, TelarPythonRef, i));
          run_due (&scope, order->steps);
        }
    }
  if (!order->follows)
    add_joins (&scope, order->steps, NULL);
  return order;
}

void
telar_order_free (TelarOrder *order)
{
  if (order == NULL)
    return;
  g_array_unref (order->steps);
  g_array_unref (order->waiting);
  g_array_unref (order->running);
  g_free (order);
}

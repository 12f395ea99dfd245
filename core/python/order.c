/* order.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include "python/order-scope.h"

#include <string.h>

/* More of them are no longer read at a glance: a loop is then. */
#define MAX_IFS        6
#define MAX_CONDITIONS 3

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
add_step (GArray *steps, TelarOrderWhat what, guint32 task, guint copy)
{
  TelarOrderStep step = { .what = what, .ref = { task, copy } };

  g_array_append_val (steps, step);
}

static void
start_due (TelarOrderScope *scope, GArray *steps)
{
  for (guint i = 0; i < scope->family->children->len; i++)
    if (telar_order_is_due (scope, i) && !telar_order_is_call (scope, i))
      {
        scope->states[i] = TELAR_ORDER_ACTIVE;
        add_step (steps, TELAR_ORDER_START, telar_order_child_at (scope, i), 0);
      }
}

static gboolean
run_due_call (TelarOrderScope *scope, GArray *steps)
{
  for (guint i = 0; i < scope->family->children->len; i++)
    if (telar_order_is_due (scope, i) && telar_order_is_call (scope, i))
      {
        add_step (steps, TELAR_ORDER_CALL, telar_order_child_at (scope, i), 0);
        telar_order_resolve (scope, (TelarPythonRef){ telar_order_child_at (scope, i), 0 });
        return TRUE;
      }
  return FALSE;
}

static void
run_due (TelarOrderScope *scope, GArray *steps)
{
  do
    start_due (scope, steps);
  while (run_due_call (scope, steps));
}

/* All that was started of a task. */
static void
add_join (const TelarOrderScope *scope, GArray *steps, TelarPythonRef ref)
{
  const GArray *singles = scope->family->singles;
  gboolean whole = TRUE;

  for (guint i = 0; i < singles->len && ref.copy == 0; i++)
    {
      TelarPythonRef single = g_array_index (singles, TelarPythonRef, i);

      if (single.task != ref.task)
        continue;
      add_step (steps, TELAR_ORDER_JOIN, single.task, single.copy);
      whole = FALSE;
    }
  if (whole)
    add_step (steps, TELAR_ORDER_JOIN, ref.task, ref.copy);
}

static void
join (TelarOrderScope *scope, GArray *steps, TelarPythonRef ref)
{
  add_join (scope, steps, ref);
  telar_order_resolve (scope, ref);
}

/* ---- the body ----------------------------------------------------------- */

/* What the task's own steps start and join. */
static void
run_body (TelarOrderScope *scope, GArray *steps)
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
      child = telar_order_find_child (scope, ref.task);
      if (child < 0)
        continue;
      if (strcmp (step->function, "start") == 0)
        {
          scope->states[child] = TELAR_ORDER_ACTIVE;
          if (ref.copy > 0)
            g_array_append_val (scope->family->singles, ref);
        }
      /* where exit codes count, they are looked at after the body */
      else if (strcmp (step->function, "join") == 0 && json_array_size (step->args) == 1
               && scope->states[child] == TELAR_ORDER_ACTIVE && !skips)
        telar_order_resolve (scope, ref);
    }
}

/* Whether the body itself ends the task: nothing after it would ever be done, and
 * Python joins at its end, as Telar does. */
static gboolean
ends_itself (const TelarOrderScope *scope)
{
  static const char *const names[] = { "exit", "fail", "crash" };
  const TelarTask *task = telar_relations_task (scope->family->relations, scope->family->parent);

  for (guint i = 0; i < task->steps->len; i++)
    for (guint n = 0; n < G_N_ELEMENTS (names); n++)
      if (strcmp (((TelarStep *) g_ptr_array_index (task->steps, i))->function, names[n]) == 0)
        return TRUE;
  return FALSE;
}

static void
give_up_unstarted (TelarOrderScope *scope)
{
  for (guint i = 0; i < scope->family->children->len; i++)
    if (telar_order_by_body (scope, i) && scope->states[i] == TELAR_ORDER_WAITING)
      telar_order_give_up (scope, i);
}

/* ---- who is next -------------------------------------------------------- */

static gboolean
are_equal (const GArray *a, const GArray *b)
{
  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    if (telar_order_compare_refs (&g_array_index (a, TelarPythonRef, i),
                                  &g_array_index (b, TelarPythonRef, i)) != 0)
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

static Outlook
look (const TelarOrderScope *scope)
{
  Outlook outlook = { NULL, TRUE };

  for (guint i = 0; i < scope->family->children->len && outlook.determined; i++)
    {
      g_autoptr (GArray) refs = NULL;

      if (!telar_order_is_near (scope, i))
        continue;
      refs = telar_order_pending (scope, i);
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
awaited (const TelarOrderScope *scope)
{
  GArray *refs = g_array_new (FALSE, FALSE, sizeof (TelarPythonRef));

  for (guint i = 0; i < scope->family->children->len && refs->len < 3; i++)
    {
      g_autoptr (GArray) some = NULL;

      if (scope->states[i] == TELAR_ORDER_WAITING)
        some = telar_order_pending (scope, i);
      for (guint n = 0; some != NULL && n < some->len; n++)
        {
          TelarPythonRef ref = g_array_index (some, TelarPythonRef, n);

          if (telar_order_is_active (scope, ref.task) && !telar_order_has_ref (refs, ref))
            g_array_append_val (refs, ref);
        }
    }
  g_array_sort (refs, telar_order_compare_refs);
  return refs;
}

/* The order when @first ends before @second; NULL where it is not plain then
 * either: something that is started in between is waited for, too. */
static GArray *
branch (const TelarOrderScope *scope, TelarPythonRef first, TelarPythonRef second,
        TelarOrderScope *then)
{
  g_autoptr (GArray) steps = steps_new ();
  g_autoptr (GArray) left = NULL;

  *then = telar_order_scope_copy (scope);
  join (then, steps, first);
  run_due (then, steps);
  left = awaited (then);
  if (left->len != 1
      || telar_order_compare_refs (&g_array_index (left, TelarPythonRef, 0), &second) != 0)
    return NULL;
  join (then, steps, second);
  start_due (then, steps);
  return g_steal_pointer (&steps);
}

/* Two processes, whichever ends first, after which all is as it would be the
 * other way round. Returns: whether it is as simple as that. */
static gboolean
try_either (TelarOrderScope *scope, GArray *steps)
{
  g_autoptr (GArray) both = awaited (scope);
  TelarOrderStep step = { .what = TELAR_ORDER_EITHER };
  g_auto (TelarOrderScope) after_first = { 0 };
  g_auto (TelarOrderScope) after_second = { 0 };

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
  telar_order_scope_clear (scope);
  *scope = after_first;
  after_first = (TelarOrderScope){ 0 };
  return TRUE;
}

static gboolean
is_over (const TelarOrderScope *scope)
{
  return memchr (scope->states, TELAR_ORDER_WAITING, scope->family->children->len) == NULL;
}

/* ---- only after what ended well ----------------------------------------- */

/* Whether all that waits does so, in the end, for each of @refs; processes, which
 * have an exit code. */
static gboolean
all_wait_for (const TelarOrderScope *scope, const GArray *refs)
{
  for (guint n = 0; n < refs->len; n++)
    {
      TelarPythonRef ref = g_array_index (refs, TelarPythonRef, n);
      g_auto (TelarOrderScope) without = telar_order_scope_copy (scope);

      if (telar_relations_task (scope->family->relations, ref.task)->kind != TELAR_KIND_PROCESS)
        return FALSE;
      telar_order_give_up (&without, (guint) telar_order_find_child (scope, ref.task));
      if (!is_over (&without))
        return FALSE;
    }
  return TRUE;
}

/* Joins what is on its way, in file order, but for daemons and what was on its
 * way in @but (nullable) as well. */
static void
add_joins (const TelarOrderScope *scope, GArray *steps, const guint8 *but)
{
  for (guint i = 0; i < scope->family->children->len; i++)
    if (scope->states[i] == TELAR_ORDER_ACTIVE && !telar_order_task_at (scope, i)->daemon
        && (but == NULL || but[i] != TELAR_ORDER_ACTIVE))
      add_join (scope, steps, (TelarPythonRef){ telar_order_child_at (scope, i), 0 });
}

/* What waits, as one if inside the other. Returns: whether it is as simple as that. */
static gboolean
try_if (TelarOrderScope *scope, GArray *steps, guint depth)
{
  g_auto (Outlook) outlook = look (scope);
  g_auto (TelarOrderScope) then = { 0 };
  g_autoptr (GArray) inside = NULL;
  TelarOrderStep step = { .what = TELAR_ORDER_IF };

  if (outlook.next == NULL || !outlook.determined || depth > MAX_IFS
      || outlook.next->len > MAX_CONDITIONS || !all_wait_for (scope, outlook.next))
    return FALSE;
  then = telar_order_scope_copy (scope);
  inside = steps_new ();
  for (guint i = 0; i < outlook.next->len; i++)
    join (&then, steps, g_array_index (outlook.next, TelarPythonRef, i));
  memcpy (scope->states, then.states, scope->family->children->len);
  run_due (&then, inside);
  if (!is_over (&then) && !try_if (&then, inside, depth + 1))
    return FALSE;
  add_joins (&then, inside, scope->states);
  step.after = g_array_ref (outlook.next);
  step.first = g_steal_pointer (&inside);
  g_array_append_val (steps, step);
  /* what the if may not have started is none of those that are joined after it */
  for (guint i = 0; i < scope->family->children->len; i++)
    if (scope->states[i] == TELAR_ORDER_WAITING)
      scope->states[i] = TELAR_ORDER_DONE;
  return TRUE;
}

static gboolean
try_ifs (TelarOrderScope *scope, GArray *steps)
{
  g_auto (TelarOrderScope) copy = telar_order_scope_copy (scope);
  guint n = steps->len;

  if (!try_if (&copy, steps, 1))
    {
      g_array_set_size (steps, n);
      return FALSE;
    }
  memcpy (scope->states, copy.states, scope->family->children->len);
  return TRUE;
}

/* ---- the order ---------------------------------------------------------- */

static void
follow (TelarOrderScope *scope, TelarOrder *order)
{
  order->follows = TRUE;
  for (guint i = 0; i < scope->family->children->len; i++)
    {
      guint32 task = telar_order_child_at (scope, i);

      if (scope->states[i] == TELAR_ORDER_WAITING)
        g_array_append_val (order->waiting, task);
      else if (scope->states[i] == TELAR_ORDER_ACTIVE)
        g_array_append_val (order->running, task);
    }
  add_step (order->steps, TELAR_ORDER_FOLLOW, scope->family->parent, 0);
}

TelarOrder *
telar_order_new (const TelarRelations *relations, guint32 parent, const GArray *children)
{
  TelarOrder *order = g_new0 (TelarOrder, 1);
  g_auto (TelarOrderFamily) family = { 0 };
  g_auto (TelarOrderScope) scope = { .family = &family };

  telar_order_family_init (&family, relations, parent, children);
  order->steps = steps_new ();
  order->waiting = g_array_new (FALSE, FALSE, sizeof (guint32));
  order->running = g_array_new (FALSE, FALSE, sizeof (guint32));
  scope.states = g_new0 (guint8, children->len + 1);
  scope.joined = g_array_new (FALSE, FALSE, sizeof (TelarPythonRef));

  start_due (&scope, order->steps);
  run_body (&scope, order->steps);
  if (ends_itself (&scope))
    return order;
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

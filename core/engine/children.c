/* children.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "engine/children.h"

#include <unistd.h>

#include "engine/await.h"
#include "engine/unforked.h"

/* The scope's own tasks, and those that its body starts, by number: which is
 * file order. */
static void
list_children (TelarChildren *children, const TelarPlan *plan, uint32_t parent)
{
  const TelarPlanTask *task = telar_plan_task (plan, parent);
  const uint32_t      *own = telar_plan_links (plan, task->first_child);
  uint32_t             n_own = 0;
  uint32_t             started = task->n_started;

  /* Tasks that a step starts are few: without them there is no search. */
  for (uint32_t number = 1; started > 0 && number < plan->n_tasks; number++)
    {
      const TelarPlanTask *other = telar_plan_task (plan, number);
      if (other->parent != parent || !other->started_by_body)
        continue;
      while (n_own < task->n_children && own[n_own] < number)
        children->list[children->n++].task = own[n_own++];
      children->list[children->n].by_body = true;
      children->list[children->n++].task = number;
      started--;
    }
  while (n_own < task->n_children)
    children->list[children->n++].task = own[n_own++];
}

/* `after`, turned round: who comes after each. */
static void
link_dependents (TelarChildren *children, const TelarPlan *plan)
{
  uint32_t next = 0;

  for (uint32_t i = 0; i < children->n; i++)
    {
      const TelarPlanTask *task = telar_plan_task (plan, children->list[i].task);
      for (uint32_t a = 0; a < task->n_after; a++)
        {
          uint32_t before = telar_children_find (children,
                                                 telar_plan_links (plan, task->first_after)[a]);
          if (before == children->n)
            continue;
          children->list[before].n_dependents++;
          children->list[i].pending++;
        }
    }
  for (uint32_t i = 0; i < children->n; i++)
    {
      children->list[i].first_dependent = next;
      next += children->list[i].n_dependents;
      children->list[i].n_dependents = 0;
    }
  for (uint32_t i = 0; i < children->n; i++)
    {
      const TelarPlanTask *task = telar_plan_task (plan, children->list[i].task);
      for (uint32_t a = 0; a < task->n_after; a++)
        {
          uint32_t before = telar_children_find (children,
                                                 telar_plan_links (plan, task->first_after)[a]);
          if (before < children->n)
            {
              TelarChild *it = &children->list[before];
              children->dependents[it->first_dependent + it->n_dependents++] = i;
            }
        }
    }
}

/* Links of `after` among the children, at most. */
static size_t
count_links (const TelarPlan *plan, uint32_t parent)
{
  const TelarPlanTask *task = telar_plan_task (plan, parent);
  size_t               n_links = 0;

  if (task->n_started > 0)
    {
      for (uint32_t i = 1; i < plan->n_tasks; i++)
        if (telar_plan_task (plan, i)->parent == parent)
          n_links += telar_plan_task (plan, i)->n_after;
      return n_links;
    }
  for (uint32_t i = 0; i < task->n_children; i++)
    n_links += telar_plan_task (plan, telar_plan_links (plan, task->first_child)[i])->n_after;
  return n_links;
}

bool
telar_children_init (TelarChildren *children, const TelarPlan *plan, uint32_t parent)
{
  const TelarPlanTask *task = telar_plan_task (plan, parent);
  size_t               n = (size_t) task->n_children + task->n_started;
  size_t               n_links = count_links (plan, parent);

  *children = (TelarChildren){ .size = n * sizeof (TelarChild) + (n + n_links) * sizeof (uint32_t) };
  children->list = telar_unforked_new (children->size);
  if (children->list == NULL)
    return false;
  children->scratch = (uint32_t *) (children->list + n);
  children->dependents = children->scratch + n;

  list_children (children, plan, parent);
  link_dependents (children, plan);
  children->n_waiting = children->n;
  for (uint32_t i = 0; i < children->n; i++)
    {
      children->list[i].descriptor = -1;
      if (telar_child_is_due (&children->list[i]))
        children->n_due++;
    }
  return true;
}

void
telar_children_clear (TelarChildren *children)
{
  for (uint32_t i = 0; i < children->n; i++)
    if (children->list[i].descriptor >= 0)
      close (children->list[i].descriptor);
  telar_unforked_free (children->list, children->size);
  *children = (TelarChildren){ 0 };
}

uint32_t
telar_children_find (const TelarChildren *children, uint32_t task)
{
  uint32_t low = 0;
  uint32_t high = children->n;

  while (low < high)
    {
      uint32_t middle = low + (high - low) / 2;
      if (children->list[middle].task < task)
        low = middle + 1;
      else
        high = middle;
    }
  return low < children->n && children->list[low].task == task ? low : children->n;
}

const uint32_t *
telar_children_dependents (const TelarChildren *children, uint32_t child, uint32_t *n)
{
  *n = children->list[child].n_dependents;
  return children->dependents + children->list[child].first_dependent;
}

bool
telar_children_all_ended (const TelarChildren *children, TelarSelf *owner, bool but_daemons)
{
  for (uint32_t i = 0; i < children->n; i++)
    if (children->list[i].state == TELAR_CHILD_ACTIVE
        && !(but_daemons && telar_self_plan_task (owner, children->list[i].task)->daemon)
        && !telar_has_ended (owner, children->list[i].task))
      return false;
  return true;
}

/* watch.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "engine/watch.h"

#include <sys/epoll.h>
#include <sys/pidfd.h>
#include <unistd.h>

#include "engine/await.h"
#include "engine/ended.h"
#include "recorder/clock.h"

#define THREAD_ENDS UINT32_MAX

/* How long to sleep where a descriptor could not be had, ms. */
#define BLIND_PAUSE 1

static bool
watch_process (TelarWatch *watch, TelarSelf *self, TelarChild *child, uint32_t index)
{
  struct epoll_event event = { .events = EPOLLIN, .data.u32 = index };

  if (child->descriptor >= 0)
    return true;
  child->descriptor = pidfd_open (atomic_load (&telar_self_row (self, child->task)->pid), 0);
  if (child->descriptor < 0)
    return false;
  if (epoll_ctl (watch->epoll, EPOLL_CTL_ADD, child->descriptor, &event) == 0)
    return true;
  close (child->descriptor);
  child->descriptor = -1;
  return false;
}

static bool
watch_threads (TelarWatch *watch)
{
  struct epoll_event event = { .events = EPOLLIN | EPOLLET, .data.u32 = THREAD_ENDS };

  if (watch->thread_ends >= 0)
    return true;
  watch->thread_ends = telar_ended_descriptor ();
  if (watch->thread_ends >= 0
      && epoll_ctl (watch->epoll, EPOLL_CTL_ADD, watch->thread_ends, &event) == 0)
    return true;
  watch->thread_ends = -1;
  return false;
}

/* Returns: whether every one of them will wake the set. */
static bool
watch_all (TelarWatch *watch, TelarSelf *self, TelarChildren *children, const uint32_t *awaited,
           uint32_t n)
{
  bool all = true;

  if (watch->epoll < 0)
    watch->epoll = epoll_create1 (EPOLL_CLOEXEC);
  if (watch->epoll < 0)
    return false;
  for (uint32_t i = 0; i < n; i++)
    {
      TelarChild *child = &children->list[awaited[i]];
      if (telar_self_plan_task (self, child->task)->kind == TELAR_KIND_THREAD)
        all &= watch_threads (watch);
      else
        all &= watch_process (watch, self, child, awaited[i]);
    }
  return all;
}

static void
forget (TelarChild *child)
{
  if (child->descriptor >= 0)
    close (child->descriptor);
  child->descriptor = -1;
}

void
telar_watch_init (TelarWatch *watch)
{
  *watch = (TelarWatch){ -1, -1 };
}

void
telar_watch_clear (TelarWatch *watch)
{
  if (watch->epoll >= 0)
    close (watch->epoll);
  telar_watch_init (watch);
}

/* A thread's end is read from memory, and so is that of a process of the fork
 * server, which may have been reaped before it was watched; another's, where it
 * cannot be watched, asked from the kernel. Returns: the first that has ended, or n. */
static uint32_t
look (TelarSelf *self, TelarChildren *children, const uint32_t *awaited, uint32_t n, bool processes)
{
  for (uint32_t i = 0; i < n; i++)
    {
      uint32_t task = children->list[awaited[i]].task;
      bool     in_memory = telar_self_plan_task (self, task)->kind == TELAR_KIND_THREAD
                       || telar_self_is_served (self, task);
      if ((in_memory || processes) && telar_has_ended (self, task))
        return i;
    }
  return n;
}

/* Where @index stands in @awaited (ascending), or n. */
static uint32_t
place_of (const uint32_t *awaited, uint32_t n, uint32_t index)
{
  uint32_t low = 0;
  uint32_t high = n;

  while (low < high)
    {
      uint32_t middle = low + (high - low) / 2;
      if (awaited[middle] < index)
        low = middle + 1;
      else
        high = middle;
    }
  return low < n && awaited[low] == index ? low : n;
}

bool
telar_watch_first (TelarWatch *watch, TelarSelf *self, TelarChildren *children,
                   const uint32_t *awaited, uint32_t n, int timeout_ms, uint32_t *first)
{
  bool    complete = watch_all (watch, self, children, awaited, n);
  int64_t until = telar_now_ns () + timeout_ms * TELAR_MILLISECOND;

  for (;;)
    {
      struct epoll_event events[64];
      /* Watched first, then looked at: an end in between is not missed. */
      uint32_t ended = look (self, children, awaited, n, !complete);
      int      n_events = 0;

      if (watch->epoll >= 0)
        n_events = epoll_wait (watch->epoll, events, 64,
                               ended < n ? 0 : complete ? timeout_ms : BLIND_PAUSE);
      else if (ended == n)
        usleep (BLIND_PAUSE * 1000);
      for (int i = 0; i < n_events; i++)
        {
          if (events[i].data.u32 == THREAD_ENDS)
            continue;
          uint32_t place = place_of (awaited, n, events[i].data.u32);
          /* Nobody waits for it any more: it would wake this set for ever. */
          if (place == n)
            forget (&children->list[events[i].data.u32]);
          else if (place < ended)
            ended = place;
        }
      if (ended < n)
        {
          *first = awaited[ended];
          forget (&children->list[*first]);
          return true;
        }
      if (timeout_ms >= 0 && telar_now_ns () >= until)
        return false;
    }
}

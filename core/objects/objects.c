/* objects.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "objects/object.h"

#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "objects/cell.h"
#include "objects/families.h"

#define PAGE  4096
#define MAGIC 0x6a626f72616c6574ull /* "telarobj" */

/* By TelarObjectType. */
static const TelarObjectFamily *const families[TELAR_N_OBJECT_TYPES] = {
  [TELAR_OBJECT_LOCK] = &telar_lock_family,
  [TELAR_OBJECT_RLOCK] = &telar_lock_family,
  [TELAR_OBJECT_SEMAPHORE] = &telar_semaphore_family,
  [TELAR_OBJECT_BOUNDED_SEMAPHORE] = &telar_semaphore_family,
  [TELAR_OBJECT_EVENT] = &telar_event_family,
  [TELAR_OBJECT_CONDITION] = &telar_condition_family,
  [TELAR_OBJECT_BARRIER] = &telar_barrier_family,
  [TELAR_OBJECT_QUEUE] = &telar_queue_family,
  [TELAR_OBJECT_JOINABLE_QUEUE] = &telar_queue_family,
  [TELAR_OBJECT_SIMPLE_QUEUE] = &telar_queue_family,
  [TELAR_OBJECT_PIPE] = &telar_pipe_family,
  [TELAR_OBJECT_VALUE] = &telar_numbers_family,
  [TELAR_OBJECT_ARRAY] = &telar_numbers_family,
  [TELAR_OBJECT_POOL] = &telar_pool_family,
  [TELAR_OBJECT_SHARED_MEMORY] = &telar_block_family,
  [TELAR_OBJECT_LIST] = &telar_collection_family,
  [TELAR_OBJECT_DICTIONARY] = &telar_collection_family,
};

static uint64_t
align (uint64_t size, uint64_t to)
{
  return (size + to - 1) / to * to;
}

static uint64_t
area_size (const TelarPlan *plan, uint32_t object)
{
  const TelarPlanObject *from = telar_plan_object (plan, object);

  return align (families[from->type]->area_size (from, plan->n_tasks), 64);
}

/* Pages of their own. */
static uint64_t
heads_size (uint32_t n_objects)
{
  return align (sizeof (TelarObjects) + n_objects * sizeof (TelarObjectHead), PAGE);
}

/* @areas: (out): where the first area begins */
static uint64_t
size_of (const TelarPlan *plan, uint64_t *areas)
{
  uint64_t size;

  *areas = heads_size (plan->n_objects) + plan->n_tasks * sizeof (TelarObjectTask);
  size = *areas;
  for (uint32_t i = 0; i < plan->n_objects; i++)
    size += area_size (plan, i);
  return align (size, PAGE);
}

/* A file that only this run knows of, as long as it will ever be. */
static int
make_file (uint64_t size)
{
  int fd = memfd_create ("telar-objects", MFD_CLOEXEC | MFD_ALLOW_SEALING);

  if (fd < 0)
    return -1;
  if (ftruncate (fd, (off_t) size) != 0
      || fcntl (fd, F_ADD_SEALS, F_SEAL_GROW | F_SEAL_SHRINK | F_SEAL_SEAL) != 0)
    {
      int error = errno;
      close (fd);
      errno = error;
      return -1;
    }
  return fd;
}

static TelarObjects *
map (int fd, uint64_t size)
{
  void *memory = mmap (NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_NORESERVE, fd, 0);

  return memory == MAP_FAILED ? NULL : memory;
}

static void
fill (TelarObjects *objects, const TelarPlan *plan, uint64_t size, uint64_t area)
{
  *objects = (TelarObjects){
    .magic = MAGIC,
    .size = size,
    .n_objects = plan->n_objects,
    .n_tasks = plan->n_tasks,
    .tasks = area - plan->n_tasks * sizeof (TelarObjectTask),
  };
  for (uint32_t i = 0; i < plan->n_objects; i++)
    {
      const TelarPlanObject *from = telar_plan_object (plan, i);

      *(TelarObjectHead *) telar_object_head (objects, i) = (TelarObjectHead){
        .type = from->type, .of = from->of, .flags = from->flags, .amount = from->amount,
        .initial = from->initial, .area = area, .size = area_size (plan, i),
        .owner = from->owner, .first_worker = from->first_worker, .n_workers = from->n_workers,
        .n_jobs = from->n_jobs, .n_cells = from->n_cells,
      };
      area += area_size (plan, i);
    }
  for (uint32_t i = 0; i < plan->n_objects; i++)
    {
      const TelarPlanObject *from = telar_plan_object (plan, i);
      if (families[from->type]->set_up != NULL)
        families[from->type]->set_up (objects, i, from);
    }
}

/* Offsets do not change any more, and a task that goes astray cannot change them:
 * the engine follows them. */
static void
protect (TelarObjects *objects)
{
  mprotect (objects, heads_size (objects->n_objects), PROT_READ);
}

TelarObjects *
telar_objects_new (const TelarPlan *plan, int *fd)
{
  uint64_t areas, size;
  int      file;

  for (uint32_t i = 0; i < plan->n_objects; i++)
    if (families[telar_plan_object (plan, i)->type] == NULL)
      {
        errno = ENOTSUP;
        return NULL;
      }
  size = size_of (plan, &areas);
  file = make_file (size);
  if (file < 0)
    return NULL;

  TelarObjects *objects = map (file, size);
  int           error = errno;
  if (objects != NULL)
    {
      fill (objects, plan, size, areas);
      protect (objects);
    }
  if (objects == NULL || fd == NULL)
    close (file);
  else
    *fd = file;
  errno = error;
  return objects;
}

TelarObjects *
telar_objects_map (int fd)
{
  struct stat   about;
  TelarObjects *objects;

  if (fstat (fd, &about) != 0)
    return NULL;
  if (about.st_size < (off_t) sizeof (TelarObjects))
    {
      errno = EINVAL;
      return NULL;
    }
  objects = map (fd, (uint64_t) about.st_size);
  if (objects != NULL && (objects->magic != MAGIC || objects->size != (uint64_t) about.st_size))
    {
      munmap (objects, (size_t) about.st_size);
      errno = EINVAL;
      return NULL;
    }
  if (objects != NULL)
    protect (objects);
  return objects;
}

void
telar_objects_free (TelarObjects *objects)
{
  if (objects != NULL)
    munmap (objects, objects->size);
}

void
telar_objects_owner_died (TelarObjects *objects, uint32_t task)
{
  for (uint32_t i = 0; i < objects->n_objects; i++)
    {
      const TelarObjectFamily *family = families[telar_object_head (objects, i)->type];
      if (family->owner_died != NULL)
        family->owner_died (objects, i, task);
    }
}

void
telar_objects_task_ended (TelarObjects *objects, uint32_t task)
{
  for (uint32_t i = 0; i < objects->n_objects; i++)
    telar_object_task_ended (objects, i, task);
}

void
telar_object_task_ended (TelarObjects *objects, uint32_t object, uint32_t task)
{
  const TelarObjectFamily *family = families[telar_object_head (objects, object)->type];

  if (family->task_ended != NULL)
    family->task_ended (objects, object, task);
}

void
telar_objects_look (TelarObjects *objects, bool (*is_dead) (uint32_t task, void *data), void *data)
{
  for (uint32_t i = 0; i < objects->n_objects; i++)
    {
      const TelarObjectFamily *family = families[telar_object_head (objects, i)->type];
      uint32_t holder = family->contended != NULL ? family->contended (objects, i) : TELAR_NO_TASK;

      if (holder < objects->n_tasks && is_dead (holder, data))
        telar_objects_owner_died (objects, holder);
    }
  /* Who is woken is so for a moment only. */
  for (uint32_t i = 0; i < objects->n_tasks; i++)
    if ((atomic_load (&telar_object_task (objects, i)->cell) & TELAR_CELL_STATE) == TELAR_CELL_WOKEN
        && is_dead (i, data))
      telar_objects_owner_died (objects, i);
}

uint32_t
telar_objects_awaited (TelarObjects *objects, uint32_t task)
{
  uint32_t waits_for = atomic_load (&telar_object_task (objects, task)->waits_for);

  return waits_for == 0 ? TELAR_NO_OBJECT : waits_for - 1;
}

bool
telar_objects_blocked (TelarObjects *objects, uint32_t task)
{
  uint32_t object = telar_objects_awaited (objects, task);

  if (object >= objects->n_objects)
    return false;
  const TelarObjectFamily *family = families[telar_object_head (objects, object)->type];
  return family->blocks == NULL || family->blocks (objects, object, task);
}

void
telar_party_begins (TelarObjects *objects, const TelarParty *party, uint32_t object,
                    uint32_t culprit, uint32_t detail, int64_t until_ns)
{
  TelarObjectTask *task = telar_object_task (objects, party->task);

  atomic_store_explicit (&task->until_ns, until_ns, memory_order_relaxed);
  atomic_store_explicit (&task->culprit, culprit, memory_order_relaxed);
  atomic_store_explicit (&task->detail, detail, memory_order_relaxed);
  atomic_fetch_add_explicit (&task->n_sleeps, 1, memory_order_relaxed);
  atomic_store (&task->waits_for, object + 1);
  if (party->begins != NULL)
    party->begins (party->data, object, culprit, detail);
}

void
telar_party_ends (TelarObjects *objects, const TelarParty *party)
{
  atomic_store (&telar_object_task (objects, party->task)->waits_for, 0);
  if (party->ends != NULL)
    party->ends (party->data);
}

/* machine.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include <sched.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "machine/machine-private.h"

static int
ancestor_number (hwloc_topology_t topology, hwloc_obj_t unit, hwloc_obj_type_t type)
{
  hwloc_obj_t above = hwloc_get_ancestor_obj_by_type (topology, type, unit);

  return above != NULL ? (int) above->logical_index : -1;
}

/* Memory is beside, not above, what is near to it. */
static int
numa_number (hwloc_topology_t topology, hwloc_obj_t unit)
{
  hwloc_obj_t node = NULL;

  while ((node = hwloc_get_next_obj_by_type (topology, HWLOC_OBJ_NUMANODE, node)) != NULL)
    if (node->cpuset != NULL && hwloc_bitmap_isset (node->cpuset, unit->os_index))
      return (int) node->logical_index;
  return 0;
}

/* hwloc ranks kinds by efficiency, 0 the most frugal; where it cannot, and
 * where there is only one kind, nothing is to be told apart. */
static int
kind_number (hwloc_topology_t topology, hwloc_obj_t unit)
{
  int n_kinds = hwloc_cpukinds_get_nr (topology, 0);
  int kind, efficiency = -1;

  if (n_kinds < 2)
    return -1;
  kind = hwloc_cpukinds_get_by_cpuset (topology, unit->cpuset, 0);
  if (kind < 0 || hwloc_cpukinds_get_info (topology, kind, NULL, &efficiency, NULL, NULL, 0) < 0)
    return -1;
  return efficiency;
}

static int
compare_cores (gconstpointer a, gconstpointer b)
{
  return ((const TelarCore *) a)->number - ((const TelarCore *) b)->number;
}

/* Gives each core its place among those of the same physical core. */
static void
number_threads (TelarMachine *machine)
{
  g_autofree int *seen = g_new0 (int, machine->n_cores + 1);

  for (guint i = 0; i < machine->n_cores; i++)
    if ((guint) machine->cores[i].physical < machine->n_cores)
      machine->cores[i].thread = seen[machine->cores[i].physical]++;
}

static void
count (TelarMachine *machine)
{
  int physical = -1, package = -1, numa = -1;

  machine->n_usable = 0;
  for (guint i = 0; i < machine->n_cores; i++)
    {
      const TelarCore *core = &machine->cores[i];
      machine->n_usable += core->usable;
      physical = MAX (physical, core->physical);
      package = MAX (package, core->package);
      numa = MAX (numa, core->numa);
    }
  machine->n_physical = (guint) physical + 1;
  machine->n_packages = (guint) package + 1;
  machine->n_numa = (guint) numa + 1;
}

TelarMachine *
telar_machine_new_from_topology (hwloc_topology_t topology, hwloc_const_cpuset_t affinity)
{
  TelarMachine *machine = g_new0 (TelarMachine, 1);
  hwloc_const_cpuset_t allowed = hwloc_topology_get_allowed_cpuset (topology);
  int n = hwloc_get_nbobjs_by_type (topology, HWLOC_OBJ_PU);
  hwloc_obj_t unit = NULL;
  const char *model = NULL;

  machine->cores = g_new0 (TelarCore, MAX (n, 1));
  while ((unit = hwloc_get_next_obj_by_type (topology, HWLOC_OBJ_PU, unit)) != NULL)
    {
      TelarCore *core = &machine->cores[machine->n_cores++];
      int physical = ancestor_number (topology, unit, HWLOC_OBJ_CORE);

      core->number = (int) unit->os_index;
      core->physical = physical >= 0 ? physical : (int) unit->logical_index;
      core->package = MAX (ancestor_number (topology, unit, HWLOC_OBJ_PACKAGE), 0);
      core->numa = numa_number (topology, unit);
      core->kind = kind_number (topology, unit);
      core->usable = (allowed == NULL || hwloc_bitmap_isset (allowed, unit->os_index))
                     && (affinity == NULL || hwloc_bitmap_isset (affinity, unit->os_index));
    }
  qsort (machine->cores, machine->n_cores, sizeof (TelarCore), compare_cores);
  number_threads (machine);
  count (machine);

  for (hwloc_obj_t package = NULL;
       model == NULL
       && (package = hwloc_get_next_obj_by_type (topology, HWLOC_OBJ_PACKAGE, package)) != NULL;)
    model = hwloc_obj_get_info_by_name (package, "CPUModel");
  if (model == NULL)
    model = hwloc_obj_get_info_by_name (hwloc_get_root_obj (topology), "CPUModel");
  machine->model = g_strstrip (g_strdup (model != NULL ? model : ""));
  machine->kernel = g_strdup ("");
  return machine;
}

/* The set that sched_getaffinity() gives, however many processors there are. */
static hwloc_cpuset_t
read_affinity (void)
{
  for (int n = 1024; n <= 1 << 20; n *= 2)
    {
      cpu_set_t *set = CPU_ALLOC (n);
      size_t size = CPU_ALLOC_SIZE (n);
      hwloc_cpuset_t affinity = NULL;

      if (sched_getaffinity (0, size, set) == 0)
        {
          affinity = hwloc_bitmap_alloc ();
          for (int i = 0; i < n; i++)
            if (CPU_ISSET_S (i, size, set))
              hwloc_bitmap_set (affinity, (unsigned) i);
        }
      CPU_FREE (set);
      if (affinity != NULL)
        return affinity;
    }
  return NULL;
}

/* Without hwloc's help (no /sys, say): every processor a core of its own. */
static TelarMachine *
new_from_kernel (hwloc_const_cpuset_t affinity)
{
  TelarMachine *machine = telar_machine_new_uniform (g_get_num_processors (), 1);
  long online = sysconf (_SC_NPROCESSORS_ONLN);

  if (online > (long) machine->n_cores)
    {
      telar_machine_free (machine);
      machine = telar_machine_new_uniform ((guint) online, 1);
    }
  for (guint i = 0; i < machine->n_cores; i++)
    machine->cores[i].usable = affinity == NULL || hwloc_bitmap_isset (affinity, i);
  count (machine);
  return machine;
}

static hwloc_topology_t
load_topology (void)
{
  hwloc_topology_t topology;
  unsigned long flags = HWLOC_TOPOLOGY_FLAG_INCLUDE_DISALLOWED;

#if HWLOC_API_VERSION >= 0x00020500
  /* looking must not move the looking thread from core to core */
  flags |= HWLOC_TOPOLOGY_FLAG_DONT_CHANGE_BINDING;
#endif
#if HWLOC_API_VERSION >= 0x00020800
  flags |= HWLOC_TOPOLOGY_FLAG_NO_DISTANCES | HWLOC_TOPOLOGY_FLAG_NO_MEMATTRS;
#endif
  if (hwloc_topology_init (&topology) != 0)
    return NULL;
  hwloc_topology_set_flags (topology, flags);
  hwloc_topology_set_cache_types_filter (topology, HWLOC_TYPE_FILTER_KEEP_NONE);
  if (hwloc_topology_load (topology) != 0)
    {
      hwloc_topology_destroy (topology);
      return NULL;
    }
  return topology;
}

TelarMachine *
telar_machine_detect (void)
{
  TelarMachine *machine;
  hwloc_cpuset_t affinity = read_affinity ();
  hwloc_topology_t topology = load_topology ();
  struct utsname system;
  long pages = sysconf (_SC_PHYS_PAGES);
  long page = sysconf (_SC_PAGESIZE);

  machine = topology != NULL && hwloc_get_nbobjs_by_type (topology, HWLOC_OBJ_PU) > 0
                ? telar_machine_new_from_topology (topology, affinity)
                : new_from_kernel (affinity);
  if (topology != NULL)
    hwloc_topology_destroy (topology);
  if (affinity != NULL)
    hwloc_bitmap_free (affinity);

  if (uname (&system) == 0)
    {
      g_free (machine->kernel);
      machine->kernel = g_strdup (system.release);
    }
  if (pages > 0 && page > 0)
    machine->memory = (guint64) pages * (guint64) page;
  machine->quota = telar_quota_read ("");
  return machine;
}

TelarMachine *
telar_machine_new_uniform (guint n_physical, guint n_threads)
{
  TelarMachine *machine = g_new0 (TelarMachine, 1);

  g_return_val_if_fail (n_physical > 0 && n_threads > 0, machine);

  machine->model = g_strdup ("");
  machine->kernel = g_strdup ("");
  machine->n_cores = n_physical * n_threads;
  machine->cores = g_new0 (TelarCore, machine->n_cores);
  /* as Linux numbers them on most computers: first threads first */
  for (guint i = 0; i < machine->n_cores; i++)
    machine->cores[i] = (TelarCore){ .number = (int) i,
                                     .physical = (int) (i % n_physical),
                                     .thread = (int) (i / n_physical),
                                     .kind = -1,
                                     .usable = TRUE };
  count (machine);
  return machine;
}

TelarMachine *
telar_machine_copy (const TelarMachine *machine)
{
  TelarMachine *copy;

  g_return_val_if_fail (machine != NULL, NULL);

  copy = g_memdup2 (machine, sizeof *machine);
  copy->model = g_strdup (machine->model);
  copy->kernel = g_strdup (machine->kernel);
  copy->cores = g_memdup2 (machine->cores, machine->n_cores * sizeof (TelarCore));
  return copy;
}

void
telar_machine_free (TelarMachine *machine)
{
  if (machine == NULL)
    return;
  g_free (machine->model);
  g_free (machine->kernel);
  g_free (machine->cores);
  g_free (machine);
}

const TelarCore *
telar_machine_find (const TelarMachine *machine, int number)
{
  guint low = 0, high;

  g_return_val_if_fail (machine != NULL, NULL);

  for (high = machine->n_cores; low < high;)
    {
      guint middle = low + (high - low) / 2;
      if (machine->cores[middle].number == number)
        return &machine->cores[middle];
      if (machine->cores[middle].number < number)
        low = middle + 1;
      else
        high = middle;
    }
  return NULL;
}

/* test-machine.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include <glib.h>
#include <glib/gstdio.h>
#include <sched.h>
#include <string.h>
#include <unistd.h>

#include "machine/machine-private.h"

static char *
join_numbers (const GArray *numbers)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; numbers != NULL && i < numbers->len; i++)
    g_string_append_printf (out, "%s%d", i > 0 ? " " : "", g_array_index (numbers, int, i));
  return g_string_free (out, FALSE);
}

static void
assert_spread (const TelarMachine *machine, const GArray *allowed, const char *expected)
{
  g_autoptr (GArray) order = telar_machine_spread (machine, allowed);
  g_autofree char *text = join_numbers (order);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_parse (void)
{
  static const struct
  {
    const char *text, *expected;
  } rows[] = {
    { "0", "0" },
    { "0-3,6", "0 1 2 3 6" },
    { " 2 - 3 , 1 ", "2 3 1" },
    { "1,1,0-1", "1 0" },
    { "1023", "1023" },
  };
  static const char *const broken[] = { "", ",", "1,", "3-1", "-1", "a", "0x1", "1 2",
                                        "1024", "99999999999999999999", "0-", "All", "1-2-3" };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GArray) numbers = telar_cores_parse (rows[i].text, &error);
      g_autofree char *text = join_numbers (numbers);

      g_assert_no_error (error);
      g_assert_nonnull (numbers);
      g_assert_cmpstr (text, ==, rows[i].expected);
    }
  for (guint i = 0; i < G_N_ELEMENTS (broken); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (telar_cores_parse (broken[i], &error));
      g_assert_error (error, TELAR_MACHINE_ERROR, TELAR_MACHINE_ERROR_CORES);
    }
}

static void
test_parse_all (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (telar_cores_parse ("all", &error));
  g_assert_no_error (error);
}

static void
test_spread (void)
{
  g_autoptr (TelarMachine) machine = telar_machine_new_uniform (2, 2);
  g_autoptr (GArray) allowed = telar_cores_parse ("1,3,2", NULL);

  g_assert_cmpuint (machine->n_cores, ==, 4);
  g_assert_cmpuint (machine->n_physical, ==, 2);
  g_assert_cmpuint (machine->n_usable, ==, 4);
  assert_spread (machine, NULL, "0 1 2 3");
  assert_spread (machine, allowed, "1 2 3");

  /* neighbours in number that share a physical core, as on some computers */
  for (guint i = 0; i < 4; i++)
    machine->cores[i].physical = (int) i / 2;
  assert_spread (machine, NULL, "0 2 1 3");
  machine->cores[0].usable = FALSE;
  assert_spread (machine, NULL, "1 2 3");
}

static void
test_find (void)
{
  g_autoptr (TelarMachine) machine = telar_machine_new_uniform (5, 1);

  for (int i = 0; i < 5; i++)
    {
      machine->cores[i].number = 2 * i;
    }
  for (int i = 0; i < 5; i++)
    {
      g_assert_true (telar_machine_find (machine, 2 * i) == &machine->cores[i]);
      g_assert_null (telar_machine_find (machine, 2 * i + 1));
    }
  g_assert_null (telar_machine_find (machine, -1));
}

/* Two packages of one performance core with two threads and two frugal ones. */
static void
test_topology (void)
{
  hwloc_topology_t topology;
  hwloc_bitmap_t some = hwloc_bitmap_alloc ();
  g_autoptr (TelarMachine) machine = NULL;

  g_assert_cmpint (hwloc_topology_init (&topology), ==, 0);
  g_assert_cmpint (hwloc_topology_set_synthetic (topology, "pack:2 [numa] core:2 pu:2"), ==, 0);
  g_assert_cmpint (hwloc_topology_load (topology), ==, 0);
  hwloc_bitmap_set_range (some, 0, 3);
  g_assert_cmpint (hwloc_cpukinds_register (topology, some, 1, 0, NULL, 0), ==, 0);
  hwloc_bitmap_zero (some);
  hwloc_bitmap_set_range (some, 4, 7);
  g_assert_cmpint (hwloc_cpukinds_register (topology, some, 0, 0, NULL, 0), ==, 0);
  hwloc_bitmap_zero (some);
  hwloc_bitmap_set_range (some, 1, 5);

  machine = telar_machine_new_from_topology (topology, some);
  g_assert_cmpuint (machine->n_cores, ==, 8);
  g_assert_cmpuint (machine->n_usable, ==, 5);
  g_assert_cmpuint (machine->n_physical, ==, 4);
  g_assert_cmpuint (machine->n_packages, ==, 2);
  g_assert_cmpuint (machine->n_numa, ==, 2);
  for (int i = 0; i < 8; i++)
    {
      const TelarCore *core = telar_machine_find (machine, i);

      g_assert_nonnull (core);
      g_assert_cmpint (core->physical, ==, i / 2);
      g_assert_cmpint (core->thread, ==, i % 2);
      g_assert_cmpint (core->package, ==, i / 4);
      g_assert_cmpint (core->numa, ==, i / 4);
      g_assert_cmpint (core->kind, ==, i < 4 ? 1 : 0);
      g_assert_cmpint (core->usable, ==, i >= 1 && i <= 5);
    }
  assert_spread (machine, NULL, "1 2 4 3 5");

  hwloc_bitmap_free (some);
  hwloc_topology_destroy (topology);
}

static void
test_detect (void)
{
  g_autoptr (TelarMachine) machine = telar_machine_detect ();
  cpu_set_t set;

  CPU_ZERO (&set);
  if (sched_getaffinity (0, sizeof set, &set) != 0)
    {
      g_test_skip ("more processors than this test looks at");
      return;
    }
  g_assert_cmpuint (machine->n_cores, ==, (guint) sysconf (_SC_NPROCESSORS_ONLN));
  g_assert_cmpuint (machine->n_usable, <=, (guint) CPU_COUNT (&set));
  g_assert_cmpuint (machine->n_usable, >, 0);
  g_assert_cmpuint (machine->n_physical, >, 0);
  g_assert_cmpuint (machine->n_physical, <=, machine->n_cores);
  g_assert_cmpuint (machine->n_packages, >, 0);
  g_assert_cmpuint (machine->memory, >, 1 << 20);
  g_assert_cmpstr (machine->kernel, !=, "");
  for (guint i = 0; i < machine->n_cores; i++)
    {
      if (i > 0)
        g_assert_cmpint (machine->cores[i].number, >, machine->cores[i - 1].number);
      if (machine->cores[i].usable)
        g_assert_true (CPU_ISSET (machine->cores[i].number, &set));
    }
}

static void
test_detect_restricted (void)
{
  cpu_set_t before, one;
  g_autoptr (TelarMachine) machine = NULL;
  int first = 0;

  CPU_ZERO (&before);
  if (sched_getaffinity (0, sizeof before, &before) != 0)
    {
      g_test_skip ("more processors than this test looks at");
      return;
    }
  while (!CPU_ISSET (first, &before))
    first++;
  CPU_ZERO (&one);
  CPU_SET (first, &one);
  g_assert_cmpint (sched_setaffinity (0, sizeof one, &one), ==, 0);
  machine = telar_machine_detect ();
  g_assert_cmpint (sched_setaffinity (0, sizeof before, &before), ==, 0);

  g_assert_cmpuint (machine->n_cores, ==, (guint) sysconf (_SC_NPROCESSORS_ONLN));
  g_assert_cmpuint (machine->n_usable, ==, 1);
  g_assert_true (telar_machine_find (machine, first)->usable);
}

static void
put (const char *root, const char *path, const char *text)
{
  g_autofree char *file = g_strconcat (root, path, NULL);
  g_autofree char *folder = g_path_get_dirname (file);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (file, text, -1, NULL));
}

static void
remove_tree (const char *path)
{
  GDir *folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);
      remove_tree (child);
    }
  g_clear_pointer (&folder, g_dir_close);
  g_assert_cmpint (g_remove (path), ==, 0);
}

#define V2_MOUNT "30 23 0:26 / /sys/fs/cgroup rw,nosuid shared:9 - cgroup2 cgroup2 rw\n"
#define V1_MOUNT "32 31 0:29 %s /sys/fs/cgroup/cpu rw - cgroup cgroup rw,cpu,cpuacct\n"

static void
test_quota (void)
{
  g_autofree char *root = g_dir_make_tmp ("telar-quota-XXXXXX", NULL);
  g_autofree char *v1_whole = g_strdup_printf (V1_MOUNT, "/");
  g_autofree char *v1_part = g_strdup_printf (V1_MOUNT, "/docker/abc");

  g_assert_cmpfloat (telar_quota_read (root), ==, 0);

  put (root, "/proc/self/mountinfo", V2_MOUNT);
  put (root, "/proc/self/cgroup", "0::/user.slice/app\n");
  g_assert_cmpfloat (telar_quota_read (root), ==, 0);
  put (root, "/sys/fs/cgroup/user.slice/app/cpu.max", "max 100000\n");
  g_assert_cmpfloat (telar_quota_read (root), ==, 0);
  put (root, "/sys/fs/cgroup/user.slice/cpu.max", "150000 100000\n");
  g_assert_cmpfloat (telar_quota_read (root), ==, 1.5);
  put (root, "/sys/fs/cgroup/user.slice/app/cpu.max", "25000 100000\n");
  g_assert_cmpfloat (telar_quota_read (root), ==, 0.25);
  /* outside of what this container sees */
  put (root, "/proc/self/cgroup", "0::/../other\n");
  put (root, "/sys/fs/cgroup/cpu.max", "200000 100000\n");
  g_assert_cmpfloat (telar_quota_read (root), ==, 2);

  put (root, "/proc/self/mountinfo", v1_whole);
  put (root, "/proc/self/cgroup", "5:memory:/\n4:cpu,cpuacct:/box\n");
  put (root, "/sys/fs/cgroup/cpu/box/cpu.cfs_quota_us", "-1\n");
  put (root, "/sys/fs/cgroup/cpu/box/cpu.cfs_period_us", "100000\n");
  g_assert_cmpfloat (telar_quota_read (root), ==, 0);
  put (root, "/sys/fs/cgroup/cpu/box/cpu.cfs_quota_us", "350000\n");
  g_assert_cmpfloat (telar_quota_read (root), ==, 3.5);
  put (root, "/proc/self/mountinfo", v1_part);
  put (root, "/proc/self/cgroup", "4:cpu,cpuacct:/docker/abc/box\n");
  g_assert_cmpfloat (telar_quota_read (root), ==, 3.5);

  remove_tree (root);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/machine/parse", test_parse);
  g_test_add_func ("/machine/parse/all", test_parse_all);
  g_test_add_func ("/machine/spread", test_spread);
  g_test_add_func ("/machine/find", test_find);
  g_test_add_func ("/machine/topology", test_topology);
  g_test_add_func ("/machine/detect", test_detect);
  g_test_add_func ("/machine/detect/restricted", test_detect_restricted);
  g_test_add_func ("/machine/quota", test_quota);
  return g_test_run ();
}

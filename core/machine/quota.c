/* quota.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include <string.h>

#include "machine/machine-private.h"

/* Where a control group file system is mounted, and which group it shows at
 * its top (a container's own, often). */
typedef struct
{
  char *path; /* owned */
  char *top;  /* owned */
} Mount;

static void
mount_clear (Mount *mount)
{
  g_clear_pointer (&mount->path, g_free);
  g_clear_pointer (&mount->top, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Mount, mount_clear)

static gboolean
list_has (const char *list, const char *word)
{
  g_auto (GStrv) words = g_strsplit (list, ",", -1);

  return g_strv_contains ((const char *const *) words, word);
}

/* A line of mountinfo: "31 23 0:28 TOP PATH options … - TYPE source OPTIONS".
 * Version 2 is the type cgroup2, version 1 a cgroup with the option cpu. */
static gboolean
find_mount (const char *mountinfo, gboolean version_2, Mount *mount)
{
  g_auto (GStrv) lines = g_strsplit (mountinfo, "\n", -1);

  for (char **line = lines; *line != NULL; line++)
    {
      g_auto (GStrv) fields = g_strsplit (*line, " ", -1);
      guint n = g_strv_length (fields);
      guint dash = 5;

      while (dash < n && strcmp (fields[dash], "-") != 0)
        dash++;
      if (dash + 3 >= n)
        continue;
      if (version_2 ? strcmp (fields[dash + 1], "cgroup2") != 0
                    : strcmp (fields[dash + 1], "cgroup") != 0
                          || !list_has (fields[dash + 3], "cpu"))
        continue;
      mount->top = g_strcompress (fields[3]);
      mount->path = g_strcompress (fields[4]);
      return TRUE;
    }
  return FALSE;
}

/* The group of this process: in /proc/self/cgroup, "0::PATH" for version 2 and
 * "4:cpu,cpuacct:PATH" for version 1. */
static char *
find_group (const char *cgroup, gboolean version_2)
{
  g_auto (GStrv) lines = g_strsplit (cgroup, "\n", -1);

  for (char **line = lines; *line != NULL; line++)
    {
      g_auto (GStrv) fields = g_strsplit (*line, ":", 3);

      if (g_strv_length (fields) == 3
          && (version_2 ? strcmp (fields[0], "0") == 0 : list_has (fields[1], "cpu")))
        return g_strdup (fields[2]);
    }
  return NULL;
}

static char *
read_file (const char *folder, const char *name)
{
  g_autofree char *file = g_build_filename (folder, name, NULL);
  char *text = NULL;

  return g_file_get_contents (file, &text, NULL, NULL) ? text : NULL;
}

static double
folder_limit (const char *folder, gboolean version_2)
{
  g_autofree char *quota = read_file (folder, version_2 ? "cpu.max" : "cpu.cfs_quota_us");
  g_autofree char *period = version_2 ? NULL : read_file (folder, "cpu.cfs_period_us");
  char *rest = NULL;
  double used, of;

  /* "max 100000" (version 2) and -1 (version 1) are no limit */
  if (quota == NULL || (!version_2 && period == NULL) || g_str_has_prefix (quota, "max"))
    return 0;
  used = g_ascii_strtod (quota, &rest);
  of = g_ascii_strtod (version_2 ? rest : period, NULL);
  return used > 0 && of > 0 ? used / of : 0;
}

static double
smaller_limit (double a, double b)
{
  if (a > 0 && b > 0)
    return MIN (a, b);
  return MAX (a, b);
}

static double
version_limit (const char *root,
               const char *mountinfo,
               const char *cgroup,
               gboolean    version_2)
{
  g_auto (Mount) mount = { NULL, NULL };
  g_autofree char *group = find_group (cgroup, version_2);
  g_autofree char *below = NULL;
  double limit = 0;

  if (group == NULL || !find_mount (mountinfo, version_2, &mount))
    return 0;

  /* what the mount shows at its top is not part of the way down to the group;
   * a group that lies outside ("/../x") leaves the top itself */
  if (strcmp (mount.top, "/") != 0 && g_str_has_prefix (group, mount.top))
    below = g_strdup (group + strlen (mount.top));
  else
    below = g_strdup (strstr (group, "..") != NULL ? "" : group);

  for (;;)
    {
      g_autofree char *folder = g_strconcat (root, mount.path, below, NULL);
      char *slash;

      limit = smaller_limit (limit, folder_limit (folder, version_2));
      slash = strrchr (below, '/');
      if (slash == NULL)
        return limit;
      *slash = '\0';
    }
}

double
telar_quota_read (const char *root)
{
  g_autofree char *proc = g_strconcat (root, "/proc/self", NULL);
  g_autofree char *mountinfo = NULL;
  g_autofree char *cgroup = NULL;

  g_return_val_if_fail (root != NULL, 0);

  mountinfo = read_file (proc, "mountinfo");
  cgroup = read_file (proc, "cgroup");
  if (mountinfo == NULL || cgroup == NULL)
    return 0;
  return smaller_limit (version_limit (root, mountinfo, cgroup, TRUE),
                        version_limit (root, mountinfo, cgroup, FALSE));
}

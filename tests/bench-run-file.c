/* bench-run-file.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Run files at scale: bytes a slice, opening to the first picture, exports; and
 * an hour of 20,000 switches a second, simulated, whose memory is measured
 * while it is written.
 */

#include "config.h"

#include <glib/gstdio.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "made-plan.h"
#include "paint/export.h"
#include "runfile/run-reader.h"
#include "synthetic-run.h"

#define GRAPH "{\"telar\": 1, \"tasks\": []}"
#define MIB   (1024.0 * 1024)

static double
now_ms (void)
{
  struct timespec time;

  clock_gettime (CLOCK_MONOTONIC, &time);
  return (double) time.tv_sec * 1e3 + (double) time.tv_nsec / 1e6;
}

static double
megabytes (const char *file)
{
  struct stat info;

  return stat (file, &info) == 0 ? (double) info.st_size / MIB : 0;
}

/* Heap and stacks; pages of files are not counted. */
static double
resident (const char *what)
{
  g_autofree char *text = NULL;
  const char *at;

  if (!g_file_get_contents ("/proc/self/status", &text, NULL, NULL)
      || (at = strstr (text, what)) == NULL)
    return 0;
  return g_ascii_strtod (at + strlen (what), NULL) / 1024;
}

static guint
count (const TelarTimeline *timeline, gboolean cores)
{
  guint n = 0;

  for (guint i = 0; i < timeline->cores->len && cores; i++)
    n += ((TelarCoreLane *) timeline->cores->pdata[i])->slices->len;
  for (guint i = 0; i < timeline->tasks->len && !cores; i++)
    n += ((TelarTaskLane *) timeline->tasks->pdata[i])->waits->len;
  return n;
}

/* In a process of its own, so that memory is what it is. */
static void
apart (void (*work) (const char *file, guint n), const char *file, guint n)
{
  pid_t child;
  int status;

  fflush (stdout);
  child = fork ();
  if (child == 0)
    {
      work (file, n);
      fflush (stdout);
      _exit (0);
    }
  waitpid (child, &status, 0);
}

/* What takes how much. */
static void
tell_parts (const TelarTimeline *timeline, guint slices)
{
  double bytes[3] = { 0 }, blocks = 0;

  for (guint i = 0; i < timeline->cores->len + 2 * timeline->tasks->len; i++)
    {
      guint k = i < timeline->cores->len ? 0 : (i - timeline->cores->len) % 2 + 1;
      const TelarTaskLane *task = k == 0 ? NULL
                                         : timeline->tasks->pdata[(i - timeline->cores->len) / 2];
      const TelarPacked *lane
          = k == 0   ? ((TelarCoreLane *) timeline->cores->pdata[i])->slices
            : k == 1 ? task->slices
                     : task->waits;

      blocks += lane->blocks->len;
      for (guint b = 0; b < lane->blocks->len; b++)
        bytes[k] += g_array_index (lane->blocks, TelarBlock, b).size;
    }
  g_print ("          of them in core lanes %.2f, task lanes %.2f, waits %.2f, sums of blocks %.2f\n",
           bytes[0] / slices, bytes[1] / slices, bytes[2] / slices, blocks * 64 / slices);
}

static void
write_synthetic (const char *file, guint n)
{
  g_autoptr (TelarTimeline) timeline = telar_synthetic_run_new (7, 64, 128, n);
  g_autoptr (GError) error = NULL;
  double begin = now_ms (), took;
  guint slices = count (timeline, TRUE), waits = count (timeline, FALSE);

  if (!telar_run_file_save (file, timeline, NULL, GRAPH, strlen (GRAPH), &error))
    g_print ("%s\n", error->message);
  took = now_ms () - begin;
  g_print ("run file, %8u slices on 64 cores, %8u waits: saved in %6.0f ms, %6.1f MiB, "
           "%5.2f bytes a slice (bar: 14)\n", slices, waits, took, megabytes (file),
           megabytes (file) * MIB / slices);
  tell_parts (timeline, slices);
}

static void
look (const char *file, guint n)
{
  g_autoptr (GError) error = NULL;
  double begin = now_ms (), opened, painted;
  g_autoptr (TelarRunFile) run = telar_run_file_open (file, &error);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 1920, 1080);
  cairo_t *cr = cairo_create (surface);
  TelarView view;

  if (run == NULL)
    {
      g_print ("%s\n", error->message);
      return;
    }
  opened = now_ms () - begin;
  telar_view_init (&view, 1920, 1080);
  view.end = (double) run->timeline->wall;
  telar_paint_timeline (cr, run->timeline, &view);
  painted = now_ms () - begin;
  g_print ("run file, %8u slices: opened in %5.1f ms, first picture after %5.1f ms (bar: 500), "
           "%5.1f MiB of memory in all\n", n, opened, painted, resident ("RssAnon:"));
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

static guint
shapes_in (const char *file)
{
  g_autofree char *text = NULL;
  guint n = 0;

  if (g_file_get_contents (file, &text, NULL, NULL))
    for (const char *at = text; (at = strchr (at, '<')) != NULL; at++)
      n += at[1] != '/' && at[1] != '?' && at[1] != '!';
  return n;
}

static void
export_all (const char *file, guint n)
{
  static const char *const endings[] = { "png", "svg", "pdf" };
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *picture = g_strdup_printf ("%s.%s", file, endings[i]);
      double begin = now_ms ();
      g_autoptr (TelarRunFile) run = telar_run_file_open (file, &error);
      TelarExportOptions options;

      telar_export_options_init (&options);
      options.name = "benchmark";
      if (run == NULL
          || !telar_export_picture (run->timeline, NULL, &options, picture, &error))
        {
          g_print ("%s\n", error->message);
          return;
        }
      g_print ("run file, %8u slices to %s: %6.0f ms%s, %6.2f MiB", n, endings[i],
               now_ms () - begin, i == 0 ? " (bar: 1000)" : "", megabytes (picture));
      if (i == 1)
        g_print (" (bar: 4), %u shapes (bar: 30,000)", shapes_in (picture));
      g_print ("\n");
      g_unlink (picture);
    }
}

/* Eight tasks take turns on two cores, 20,000 switches a second in all, straight
 * into the kernel's records: the weaver, the packing and the file at work. */
static void
run_for_hours (const char *file, guint seconds)
{
  static const TelarMadeTask tasks[] = {
    { "main", NULL, TELAR_KIND_PROCESS, NULL, NULL, FALSE, FALSE },
    { "p1", "main", TELAR_KIND_PROCESS, "primes", NULL, FALSE, FALSE },
    { "p2", "main", TELAR_KIND_PROCESS, "primes", NULL, FALSE, FALSE },
    { "p3", "main", TELAR_KIND_PROCESS, "primes", NULL, FALSE, FALSE },
    { "p4", "main", TELAR_KIND_PROCESS, "primes", NULL, FALSE, FALSE },
    { "p5", "main", TELAR_KIND_PROCESS, "primes", NULL, FALSE, FALSE },
    { "p6", "main", TELAR_KIND_PROCESS, "primes", NULL, FALSE, FALSE },
  };
  enum { N_TASKS = G_N_ELEMENTS (tasks), PERIOD = 100000 };
  g_autoptr (GBytes) plan = telar_made_plan (tasks, N_TASKS, FALSE);
  g_autoptr (TelarTimeline) timeline = telar_timeline_new (plan, NULL);
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  g_autoptr (GError) error = NULL;
  TelarRunWriter *writer
      = telar_run_writer_new (file, timeline, NULL, GRAPH, strlen (GRAPH), &error);
  TelarBegun begun;
  gint64 at[2], now = TELAR_MADE_ZERO, next_flush = now, end = now + seconds * G_GINT64_CONSTANT (1000000000);
  guint on[2] = { 0, 1 };
  guint64 n = 0;
  double begin = now_ms (), most = 0, worst = 0;

  if (writer == NULL)
    {
      g_print ("%s\n", error->message);
      return;
    }
  telar_made_begun (&begun, TELAR_SOURCE_EXACT, 2);
  telar_timeline_begin (timeline, &begun);
  for (guint32 i = 1; i < N_TASKS; i++)
    {
      TelarEvent events[] = {
        { .ns = now + i, .task = i, .kind = TELAR_EVENT_START },
        { .ns = now + i, .task = i, .kind = TELAR_EVENT_STARTED, .value = 1000 + i },
        { .ns = now + i + 10, .task = i, .writer = i, .kind = TELAR_EVENT_RUN,
          .value = (gint64) (1000 + i) << 32 | (1000 + i) },
      };
      TelarSwitch made = { .ns = now + i, .pid = (gint32) (1000 + i), .tid = (gint32) (1000 + i),
                           .by_pid = begun.main_pid, .by = begun.main_pid,
                           .kind = TELAR_SWITCH_FORK };

      telar_timeline_add_events (timeline, events, 3);
      telar_timeline_add_switches (timeline, &made, 1);
    }
  at[0] = at[1] = now + 1000;
  while (now < end)
    {
      TelarNow told;

      now += 5000000;
      for (guint core = 0; core < 2; core++)
        while (at[core] < now)
          {
            gint64 length = PERIOD / 2 + g_rand_int_range (random, 0, PERIOD);
            gint32 tid = (gint32) (1000 + 1 + core * 3 + on[core] % 3);
            TelarSwitch switches[] = {
              { .ns = at[core], .pid = tid, .tid = tid, .core = (guint16) core,
                .kind = TELAR_SWITCH_IN },
              { .ns = at[core] + length - 1500, .pid = tid, .tid = tid, .core = (guint16) core,
                .kind = TELAR_SWITCH_PREEMPTED },
            };

            telar_timeline_add_switches (timeline, switches, 2);
            at[core] += length;
            on[core] += 1 + (guint) g_rand_int_range (random, 0, 2);
            n++;
          }
      told = (TelarNow){ .ns = now };
      telar_timeline_advance (timeline, &told);
      if (now >= next_flush)
        {
          double before = now_ms (), memory;

          next_flush = now + TELAR_RUN_FLUSH_MS * 1000000;
          if (!telar_run_writer_flush (writer, &error))
            {
              g_print ("%s\n", error->message);
              return;
            }
          worst = MAX (worst, now_ms () - before);
          memory = resident ("RssAnon:");
          most = MAX (most, memory);
        }
    }
  {
    TelarEnded ended = { .ns = now, .reason = TELAR_ENDED_STOPPED };

    telar_timeline_finish (timeline, &ended);
  }
  if (!telar_run_writer_close (writer, &error))
    g_print ("%s\n", error->message);
  g_print ("long run, %4u s at 20,000 switches a second (%.1f million slices): %6.1f MiB of disk, "
           "%5.2f bytes a slice, %5.1f MiB of memory, worst flush %.1f ms; took %.0f s\n", seconds,
           (double) n / 1e6, megabytes (file), megabytes (file) * MIB / (double) n, most, worst,
           (now_ms () - begin) / 1e3);
  if (seconds < 3600)
    g_print ("long run, scaled to 3600 s: %6.0f MiB of disk (bar: 1024)\n",
             megabytes (file) * 3600 / seconds);
}

int
main (int argc, char **argv)
{
  g_autofree char *folder = g_dir_make_tmp ("telar-bench-XXXXXX", NULL);
  g_autofree char *file = g_build_filename (folder, "run.telar-run", NULL);
  static const guint sizes[] = { 10000, 1000000, 10000000 };
  guint seconds = argc > 1 ? (guint) atoi (argv[1]) : 3600;

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      apart (write_synthetic, file, sizes[i]);
      apart (look, file, sizes[i]);
      apart (export_all, file, sizes[i]);
    }
  apart (run_for_hours, file, seconds);
  apart (look, file, seconds * 20000);
  g_unlink (file);
  g_rmdir (folder);
  return 0;
}

/* statistics-sheet.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include "timeline/statistics-sheet.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define SCALE 10000 /* of ratios and shares */

/* What of a task stands in which column; the causes stand among them. */
typedef enum
{
  TASK_NAME,
  TASK_KIND,
  TASK_EXIT,
  TASK_CPU,
  TASK_ON_CORE,
  TASK_DUE,
  TASK_READY,
  TASK_BLOCKED,
  TASK_CAUSE,                                  /* + TelarCause */
  TASK_UNKNOWN = TASK_CAUSE + TELAR_N_CAUSES,
  TASK_SLICES,
  TASK_SWITCHES,
  TASK_PREEMPTIONS,
  TASK_MIGRATIONS,
  TASK_START,
  TASK_JOIN,
  TASK_CRITICAL,
  N_TASK_COLUMNS
} TaskColumn;

static const TelarSheetColumn task_columns[N_TASK_COLUMNS] = {
  [TASK_NAME] = { "name", N_ ("Task"), N_ ("The task: its name and its function"),
                  TELAR_UNIT_NAME },
  [TASK_KIND] = { "kind", N_ ("Kind"), N_ ("Process, thread or plain call"), TELAR_UNIT_KIND },
  [TASK_EXIT] = { "exit", N_ ("Exit"), N_ ("What it ended with: 0 is well, −9 means signal 9"),
                  TELAR_UNIT_EXIT },
  [TASK_CPU] = { "cpu-ns", N_ ("CPU time"), N_ ("How long it computed, by its own clock"),
                 TELAR_UNIT_TIME },
  [TASK_ON_CORE] = { "on-core-ns", N_ ("On cores"),
                     N_ ("How long it was seen on cores: the sum of its slices"),
                     TELAR_UNIT_TIME },
  [TASK_DUE] = { "due-ns", N_ ("Due"),
                 N_ ("How long it could have been started, but whoever starts it was busy"),
                 TELAR_UNIT_TIME },
  [TASK_READY] = { "ready-ns", N_ ("Ready"),
                   N_ ("How long it could have gone on, but no core was free"),
                   TELAR_UNIT_TIME },
  [TASK_BLOCKED] = { "blocked-ns", N_ ("Blocked"), N_ ("How long it waited for something, in all"),
                     TELAR_UNIT_TIME },
  [TASK_CAUSE + TELAR_CAUSE_NONE] = { "blocked-by-unknown-ns", N_ ("Waits: unknown"),
    N_ ("Blocked for a reason that was not recorded"), TELAR_UNIT_TIME },
  [TASK_CAUSE + TELAR_CAUSE_SLEEP] = { "blocked-by-sleep-ns", N_ ("Waits: sleep"),
    N_ ("Asleep until a time"), TELAR_UNIT_TIME },
  [TASK_CAUSE + TELAR_CAUSE_JOIN] = { "blocked-by-join-ns", N_ ("Waits: join"),
    N_ ("Blocked until another task ended"), TELAR_UNIT_TIME },
  [TASK_CAUSE + TELAR_CAUSE_PROGRAM] = { "blocked-by-program-ns", N_ ("Waits: program"),
    N_ ("Blocked until a program that it runs ended"), TELAR_UNIT_TIME },
  [TASK_CAUSE + TELAR_CAUSE_PLACE] = { "blocked-by-place-ns", N_ ("Waits: place"),
    N_ ("Blocked because too many tasks were alive at once"), TELAR_UNIT_TIME },
  [TASK_CAUSE + TELAR_CAUSE_IO] = { "blocked-by-io-ns", N_ ("Waits: output"),
    N_ ("Blocked by reading or writing"), TELAR_UNIT_TIME },
  [TASK_CAUSE + TELAR_CAUSE_LOCK] = { "blocked-by-lock-ns", N_ ("Waits: lock"),
    N_ ("Blocked by a lock that another task held"), TELAR_UNIT_TIME },
  [TASK_CAUSE + TELAR_CAUSE_SEMAPHORE] = { "blocked-by-semaphore-ns", N_ ("Waits: semaphore"),
    N_ ("Blocked by a semaphore of which nothing was left"), TELAR_UNIT_TIME },
  [TASK_CAUSE + TELAR_CAUSE_EVENT] = { "blocked-by-event-ns", N_ ("Waits: event"),
    N_ ("Blocked until an event was set"), TELAR_UNIT_TIME },
  [TASK_CAUSE + TELAR_CAUSE_CONDITION] = { "blocked-by-condition-ns", N_ ("Waits: condition"),
    N_ ("Blocked until a condition was notified"), TELAR_UNIT_TIME },
  [TASK_CAUSE + TELAR_CAUSE_BARRIER] = { "blocked-by-barrier-ns", N_ ("Waits: barrier"),
    N_ ("Blocked until the others came to a barrier"), TELAR_UNIT_TIME },
  [TASK_CAUSE + TELAR_CAUSE_EMPTY] = { "blocked-by-empty-ns", N_ ("Waits: empty"),
    N_ ("Blocked by a queue or a pipe in which there was nothing"), TELAR_UNIT_TIME },
  [TASK_CAUSE + TELAR_CAUSE_FULL] = { "blocked-by-full-ns", N_ ("Waits: full"),
    N_ ("Blocked by a queue or a pipe that was full"), TELAR_UNIT_TIME },
  [TASK_CAUSE + TELAR_CAUSE_DONE] = { "blocked-by-done-ns", N_ ("Waits: results"),
    N_ ("Blocked until what was given to a pool or a queue was done"), TELAR_UNIT_TIME },
  [TASK_CAUSE + TELAR_CAUSE_FLUSH] = { "blocked-by-flushing-ns", N_ ("Waits: flushing"),
    N_ ("Blocked at its end until a queue had taken what it put"), TELAR_UNIT_TIME },
  [TASK_UNKNOWN] = { "blocked-or-ready-ns", N_ ("Blocked or ready"),
                     N_ ("How long it was on no core, where samples cannot tell why"),
                     TELAR_UNIT_TIME },
  [TASK_SLICES] = { "slices", N_ ("Slices"), N_ ("How often it was on a core"), TELAR_UNIT_COUNT },
  [TASK_SWITCHES] = { "switches", N_ ("Switches"),
                      N_ ("How often it came back on a core after it had left one"),
                      TELAR_UNIT_COUNT },
  [TASK_PREEMPTIONS] = { "preemptions", N_ ("Preempted"),
                         N_ ("How often it had to leave a core though it could have gone on"),
                         TELAR_UNIT_COUNT },
  [TASK_MIGRATIONS] = { "migrations", N_ ("Migrations"),
                        N_ ("How often it came back on another core"), TELAR_UNIT_COUNT },
  [TASK_START] = { "start-latency-ns", N_ ("Start latency"),
                   N_ ("From its start to its first slice on a core"), TELAR_UNIT_TIME },
  [TASK_JOIN] = { "join-latency-ns", N_ ("Join latency"),
                  N_ ("From its end to the moment at which it was joined"), TELAR_UNIT_TIME },
  [TASK_CRITICAL] = { "critical-ns", N_ ("Critical path"),
                      N_ ("How much of the chain that the run could not be shorter than is its"),
                      TELAR_UNIT_TIME },
};

typedef enum
{
  CORE_NAME,
  CORE_BUSY,
  CORE_SHARE,
  CORE_SLICES,
  CORE_SWITCHES,
  CORE_TASKS,
  N_CORE_COLUMNS
} CoreColumn;

static const TelarSheetColumn core_columns[N_CORE_COLUMNS] = {
  [CORE_NAME] = { "name", N_ ("Core"), N_ ("The core, by the kernel's number"), TELAR_UNIT_NAME },
  [CORE_BUSY] = { "busy-ns", N_ ("At work"), N_ ("How long tasks of the run were on it"),
                  TELAR_UNIT_TIME },
  [CORE_SHARE] = { "busy-share", N_ ("Busy share"), N_ ("…of the time that the run took"),
                   TELAR_UNIT_SHARE },
  [CORE_SLICES] = { "slices", N_ ("Slices"), N_ ("How often a task was on it"),
                    TELAR_UNIT_COUNT },
  [CORE_SWITCHES] = { "switches", N_ ("Switches"),
                      N_ ("How often another task of the run followed on it"), TELAR_UNIT_COUNT },
  [CORE_TASKS] = { "tasks", N_ ("Tasks"), N_ ("Different tasks that were on it"),
                   TELAR_UNIT_COUNT },
};

typedef enum
{
  RUN_NAME,
  RUN_VALUE,
  N_RUN_COLUMNS
} RunColumn;

static const TelarSheetColumn run_columns[N_RUN_COLUMNS] = {
  [RUN_NAME] = { "name", N_ ("The run"), N_ ("What is told of the run"), TELAR_UNIT_NAME },
  [RUN_VALUE] = { "value", N_ ("Value"), N_ ("How much it is"), TELAR_UNIT_OF_ROW },
};

static void
row_free (gpointer data)
{
  TelarSheetRow *row = data;

  g_free (row->name);
  g_free (row->numbers);
  g_free (row);
}

static TelarSheetRow *
add_row (TelarSheet *sheet, const char *name, guint32 item, guint n)
{
  TelarSheetRow *row = g_new0 (TelarSheetRow, 1);

  row->name = g_utf8_make_valid (name, -1);
  row->item = item;
  row->numbers = g_new0 (gint64, n);
  g_ptr_array_add (sheet->rows, row);
  return row;
}

static gint64
scaled (double number)
{
  return (gint64) (number * SCALE + 0.5);
}

/* Tasks */

static void
add_task (TelarSheet *sheet, const TelarTaskLane *lane, const TelarTaskStatistics *task)
{
  TelarSheetRow *row = add_row (sheet, lane->title, lane->number, N_TASK_COLUMNS);
  gint64        *numbers = row->numbers;

  row->key = lane->id;
  numbers[TASK_KIND] = lane->kind;
  numbers[TASK_EXIT] = lane->exit != TELAR_NO_EXIT ? lane->exit : TELAR_NO_TIME;
  numbers[TASK_CPU] = task->cpu_ns;
  numbers[TASK_ON_CORE] = task->on_core_ns;
  numbers[TASK_DUE] = task->due_ns;
  numbers[TASK_READY] = task->ready_ns;
  numbers[TASK_BLOCKED] = task->blocked_ns;
  for (guint i = 0; i < TELAR_N_CAUSES; i++)
    numbers[TASK_CAUSE + i] = task->blocked[i];
  numbers[TASK_UNKNOWN] = task->unknown_ns;
  numbers[TASK_SLICES] = task->slices;
  numbers[TASK_SWITCHES] = task->switches;
  numbers[TASK_PREEMPTIONS] = task->preemptions;
  numbers[TASK_MIGRATIONS] = task->migrations;
  numbers[TASK_START] = task->start_latency;
  numbers[TASK_JOIN] = task->join_latency;
  numbers[TASK_CRITICAL] = task->critical_ns;
}

static gboolean
is_asked_for (guint column)
{
  return column < TASK_CAUSE ? column != TASK_DUE : column > TASK_UNKNOWN;
}

/* Whether it can be said of a part of a run. */
static gboolean
is_of_stretch (guint column)
{
  return column == TASK_NAME || column == TASK_KIND
         || (column >= TASK_ON_CORE && column <= TASK_SWITCHES);
}

/* Leaves out columns of which there is nothing to say. */
static void
drop_empty_columns (TelarSheet *sheet, gboolean stretch)
{
  guint n = 0;

  for (guint column = 0; column < N_TASK_COLUMNS; column++)
    {
      gboolean needed = is_asked_for (column);

      if (stretch && !is_of_stretch (column))
        continue;

      for (guint i = 0; i < sheet->rows->len && !needed; i++)
        needed = ((TelarSheetRow *) sheet->rows->pdata[i])->numbers[column] > 0;
      if (!needed)
        continue;
      for (guint i = 0; i < sheet->rows->len; i++)
        {
          TelarSheetRow *row = sheet->rows->pdata[i];

          row->numbers[n] = row->numbers[column];
        }
      g_array_index (sheet->columns, TelarSheetColumn, n) = task_columns[column];
      n++;
    }
  g_array_set_size (sheet->columns, n);
}

static void
fill_tasks (TelarSheet *sheet, const TelarTimeline *timeline, const TelarStatistics *all,
            gboolean whole)
{
  g_array_append_vals (sheet->columns, task_columns, N_TASK_COLUMNS);
  for (guint i = 0; i < all->n_tasks; i++)
    {
      const TelarTaskLane *lane = telar_timeline_task (timeline, i);

      if (!telar_task_was_spared (timeline, lane))
        add_task (sheet, lane, &all->tasks[i]);
    }
  if (!whole)
    drop_empty_columns (sheet, FALSE);
}

/* Cores */

static void
add_core (TelarSheet *sheet, const TelarCoreStatistics *core, gint64 wall)
{
  g_autofree char *name = g_strdup_printf (_ ("Core %d"), core->number);
  TelarSheetRow   *row = add_row (sheet, name, (guint32) core->number, N_CORE_COLUMNS);

  row->numbers[CORE_BUSY] = core->busy_ns;
  row->numbers[CORE_SHARE] = wall > 0 ? scaled ((double) core->busy_ns / (double) wall)
                                      : TELAR_NO_TIME;
  row->numbers[CORE_SLICES] = core->slices;
  row->numbers[CORE_SWITCHES] = core->switches;
  row->numbers[CORE_TASKS] = core->tasks;
}

static void
fill_cores (TelarSheet *sheet, const TelarStatistics *all)
{
  g_array_append_vals (sheet->columns, core_columns, N_CORE_COLUMNS);
  for (guint i = 0; i < all->n_cores; i++)
    add_core (sheet, &all->cores[i], all->wall_ns);
}

/* The run */

static TelarSheetRow *
tell (TelarSheet *sheet, const char *key, const char *name, const char *help, TelarUnit unit,
      gint64 number)
{
  TelarSheetRow *row = add_row (sheet, name, sheet->rows->len, N_RUN_COLUMNS);

  row->key = key;
  row->help = help;
  row->unit = unit;
  row->numbers[RUN_VALUE] = number;
  return row;
}

static void
fill_run (TelarSheet *sheet, const TelarStatistics *all)
{
  gboolean known = all->speed_up > 0;
  double   wall = (double) MAX (all->wall_ns, 1);

  g_array_append_vals (sheet->columns, run_columns, N_RUN_COLUMNS);
  tell (sheet, "wall-ns", _ ("Took"), N_ ("From the beginning of the run to its end"),
        TELAR_UNIT_TIME, all->wall_ns);
  tell (sheet, "cpu-ns", _ ("CPU time"), N_ ("How long all cores together were at work"),
        TELAR_UNIT_TIME, all->cpu_ns);
  tell (sheet, "cores-in-use", _ ("Cores in use"), N_ ("CPU time ÷ the time that the run took"),
        TELAR_UNIT_RATIO, scaled (all->cores_in_use));
  tell (sheet, "most-at-once", _ ("Most cores at once"),
        N_ ("At most so many were at work at the same moment"), TELAR_UNIT_COUNT,
        all->most_at_once);
  tell (sheet, "serial-ns", _ ("Serial time"),
        N_ ("How long the same work takes one task after the other: to be measured, or chosen"),
        TELAR_UNIT_TIME, all->serial_ns > 0 ? all->serial_ns : TELAR_NO_TIME);
  tell (sheet, "speed-up", _ ("Speed-up"), N_ ("Serial time ÷ the time that the run took"),
        TELAR_UNIT_RATIO, known ? scaled (all->speed_up) : TELAR_NO_TIME);
  tell (sheet, "efficiency", _ ("Efficiency"), N_ ("Speed-up ÷ cores that the run could use"),
        TELAR_UNIT_SHARE, known ? scaled (all->efficiency) : TELAR_NO_TIME);
  tell (sheet, "critical-ns", _ ("Critical path"),
        N_ ("The chain of tasks that the run could not be shorter than, waits for cores and "
            "starts with it"), TELAR_UNIT_TIME, all->critical_ns);
  tell (sheet, "critical-on-core-ns", _ ("Critical path, computing"),
        N_ ("What of it was on a core"), TELAR_UNIT_TIME, all->critical_on_core_ns);
  tell (sheet, "critical-share", _ ("Critical path, share"),
        N_ ("What of the run's time the critical path was on a core"), TELAR_UNIT_SHARE,
        scaled ((double) all->critical_on_core_ns / wall));
  for (guint i = 0; i <= all->n_cores; i++)
    if (all->at_once[i] > 0)
      {
        g_autofree char *name = i == 0
          ? g_strdup (_ ("No core at work"))
          : g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u core at work", "%u cores at work",
                                          i), i);
        TelarSheetRow *row = tell (sheet, "at-once-ns", name,
                                   N_ ("For how long exactly so many were at work"),
                                   TELAR_UNIT_TIME, all->at_once[i]);

        row->item = i;
      }
}

/* A stretch */

static void
fill_tasks_of_range (TelarSheet *sheet, const TelarRange *range)
{
  g_array_append_vals (sheet->columns, task_columns, N_TASK_COLUMNS);
  for (guint32 i = 0; i < range->n_tasks; i++)
    {
      const TelarRangeTask *task = &range->tasks[i];
      TelarTaskStatistics   counted = {
        .on_core_ns = task->cpu_ns,
        .due_ns = task->due_ns,
        .ready_ns = task->ready_ns,
        .blocked_ns = task->blocked_ns,
        .unknown_ns = task->unknown_ns,
        .slices = task->slices,
        .switches = task->switches,
      };

      memcpy (counted.blocked, task->blocked, sizeof counted.blocked);
      if (telar_range_has (range, i))
        add_task (sheet, telar_timeline_task (telar_range_timeline (range), i), &counted);
    }
  drop_empty_columns (sheet, TRUE);
}

static void
fill_cores_of_range (TelarSheet *sheet, const TelarRange *range)
{
  g_array_append_vals (sheet->columns, core_columns, N_CORE_COLUMNS);
  g_array_index (sheet->columns, TelarSheetColumn, CORE_SHARE).help
    = N_ ("…of the length of the stretch");
  for (guint i = 0; i < range->n_cores; i++)
    {
      const TelarRangeCore *core = &range->cores[i];

      add_core (sheet, &(TelarCoreStatistics) { .number = core->number,
                                                .busy_ns = core->busy_ns,
                                                .slices = core->slices,
                                                .switches = core->switches,
                                                .tasks = core->tasks },
                range->end - range->begin);
    }
}

static void
fill_run_of_range (TelarSheet *sheet, const TelarRange *range)
{
  gint64 length = range->end - range->begin;
  guint  n_tasks = 0;

  for (guint32 i = 0; i < range->n_tasks; i++)
    n_tasks += range->tasks[i].slices > 0;

  g_array_append_vals (sheet->columns, run_columns, N_RUN_COLUMNS);
  tell (sheet, "begin-ns", _ ("From"), N_ ("Where the stretch begins, since the run began"),
        TELAR_UNIT_TIME, range->begin);
  tell (sheet, "end-ns", _ ("To"), N_ ("Where the stretch ends, since the run began"),
        TELAR_UNIT_TIME, range->end);
  tell (sheet, "length-ns", _ ("Length"), N_ ("From its beginning to its end"), TELAR_UNIT_TIME,
        length);
  tell (sheet, "cpu-ns", _ ("CPU time"), N_ ("How long all cores together were at work"),
        TELAR_UNIT_TIME, range->cpu_ns);
  tell (sheet, "cores-in-use", _ ("Cores in use"), N_ ("CPU time ÷ the length of the stretch"),
        TELAR_UNIT_RATIO,
        length > 0 ? scaled ((double) range->cpu_ns / (double) length) : TELAR_NO_TIME);
  tell (sheet, "tasks", _ ("Tasks"), N_ ("Different tasks that were on a core"), TELAR_UNIT_COUNT,
        n_tasks);
}

static TelarSheet *
sheet_new (TelarSheetKind kind)
{
  TelarSheet *sheet = g_new0 (TelarSheet, 1);

  sheet->kind = kind;
  sheet->columns = g_array_new (FALSE, FALSE, sizeof (TelarSheetColumn));
  sheet->rows = g_ptr_array_new_with_free_func (row_free);
  return sheet;
}

TelarSheet *
telar_sheet_new_for_range (const TelarRange *range, TelarSheetKind kind)
{
  TelarSheet *sheet;

  g_return_val_if_fail (range != NULL, NULL);

  sheet = sheet_new (kind);
  switch (kind)
    {
    case TELAR_SHEET_TASKS:
      fill_tasks_of_range (sheet, range);
      break;
    case TELAR_SHEET_CORES:
      fill_cores_of_range (sheet, range);
      break;
    case TELAR_SHEET_RUN:
    case TELAR_N_SHEETS:
    default:
      fill_run_of_range (sheet, range);
      break;
    }
  return sheet;
}

TelarSheet *
telar_sheet_new (const TelarTimeline *timeline, const TelarStatistics *statistics,
                 TelarSheetKind kind, gboolean whole)
{
  TelarSheet *sheet;

  g_return_val_if_fail (timeline != NULL && statistics != NULL, NULL);

  sheet = sheet_new (kind);
  switch (kind)
    {
    case TELAR_SHEET_TASKS:
      fill_tasks (sheet, timeline, statistics, whole);
      break;
    case TELAR_SHEET_CORES:
      fill_cores (sheet, statistics);
      break;
    case TELAR_SHEET_RUN:
    case TELAR_N_SHEETS:
    default:
      fill_run (sheet, statistics);
      break;
    }
  return sheet;
}

void
telar_sheet_free (TelarSheet *sheet)
{
  if (sheet == NULL)
    return;
  g_array_unref (sheet->columns);
  g_ptr_array_unref (sheet->rows);
  g_free (sheet);
}

static const TelarSheetColumn *
get_column (const TelarSheet *sheet, guint column)
{
  return &g_array_index (sheet->columns, TelarSheetColumn, column);
}

char *
telar_sheet_cell (const TelarSheet *sheet, guint row, guint column)
{
  static const char *const kinds[] = { N_ ("process"), N_ ("thread"), N_ ("call") };
  const TelarSheetRow *cells;
  gint64               number;
  TelarUnit            unit;

  g_return_val_if_fail (sheet != NULL && row < sheet->rows->len && column < sheet->columns->len,
                        NULL);

  cells = sheet->rows->pdata[row];
  number = cells->numbers[column];
  unit = get_column (sheet, column)->unit;
  if (unit == TELAR_UNIT_OF_ROW)
    unit = cells->unit;
  if (unit == TELAR_UNIT_NAME)
    return g_strdup (cells->name);
  if (number == TELAR_NO_TIME)
    return g_strdup ("");
  switch (unit)
    {
    case TELAR_UNIT_KIND:
      return g_strdup (number >= 0 && number < (gint64) G_N_ELEMENTS (kinds) ? _ (kinds[number])
                                                                             : "");
    case TELAR_UNIT_TIME:
      return telar_time_format (number);
    case TELAR_UNIT_RATIO:
      return g_strdup_printf ("%.2f", (double) number / SCALE);
    case TELAR_UNIT_SHARE:
      return g_strdup_printf ("%.1f %%", (double) number * 100 / SCALE);
    case TELAR_UNIT_EXIT:
      return number < 0 ? g_strdup_printf ("−%" G_GINT64_FORMAT, -number)
                        : g_strdup_printf ("%" G_GINT64_FORMAT, number);
    case TELAR_UNIT_COUNT:
    case TELAR_UNIT_NAME:
    case TELAR_UNIT_OF_ROW:
    default:
      return g_strdup_printf ("%'" G_GINT64_FORMAT, number);
    }
}

int
telar_sheet_compare (const TelarSheet *sheet, guint a, guint b, guint column)
{
  const TelarSheetRow *one = sheet->rows->pdata[a], *other = sheet->rows->pdata[b];
  gint64               left = one->numbers[column], right = other->numbers[column];

  g_return_val_if_fail (column < sheet->columns->len, 0);

  if (get_column (sheet, column)->unit == TELAR_UNIT_NAME)
    {
      /* p2 before p10. */
      g_autofree char *here = g_utf8_collate_key_for_filename (one->name, -1);
      g_autofree char *there = g_utf8_collate_key_for_filename (other->name, -1);

      return g_strcmp0 (here, there);
    }
  return left < right ? -1 : left > right;
}

/* As programs read it. */
static void
put_plain (GString *text, const TelarSheet *sheet, const TelarSheetRow *row, guint column)
{
  static const char *const kinds[] = { "process", "thread", "call" };
  TelarUnit unit = get_column (sheet, column)->unit;
  gint64    number = row->numbers[column];
  char      real[G_ASCII_DTOSTR_BUF_SIZE];

  if (unit == TELAR_UNIT_OF_ROW)
    unit = row->unit;
  if (number == TELAR_NO_TIME)
    return;
  if (unit == TELAR_UNIT_RATIO || unit == TELAR_UNIT_SHARE)
    g_string_append (text, g_ascii_formatd (real, sizeof real, "%.4f", (double) number / SCALE));
  else if (unit == TELAR_UNIT_KIND && number >= 0 && number < (gint64) G_N_ELEMENTS (kinds))
    g_string_append (text, kinds[number]);
  else
    g_string_append_printf (text, "%" G_GINT64_FORMAT, number);
}

static void
put_unspaced (GString *text, const char *name)
{
  for (const char *at = name; *at != '\0'; at++)
    g_string_append_c (text, *at == '\t' || *at == '\n' || *at == '\r' ? ' ' : *at);
}

char *
telar_sheet_copy (const TelarSheet *sheet, const guint *order, guint n)
{
  GString *text = g_string_new (NULL);

  g_return_val_if_fail (sheet != NULL, NULL);

  for (guint column = 0; column < sheet->columns->len; column++)
    {
      const TelarSheetColumn *one = get_column (sheet, column);

      if (column > 0)
        g_string_append_c (text, '\t');
      g_string_append (text, _ (one->title));
      if (one->unit == TELAR_UNIT_TIME)
        g_string_append (text, " (ns)");
    }
  g_string_append_c (text, '\n');
  for (guint i = 0; i < (order != NULL ? n : sheet->rows->len); i++)
    {
      const TelarSheetRow *row = sheet->rows->pdata[order != NULL ? order[i] : i];

      put_unspaced (text, row->name);
      for (guint column = 1; column < sheet->columns->len; column++)
        {
          g_string_append_c (text, '\t');
          put_plain (text, sheet, row, column);
          if (get_column (sheet, column)->unit == TELAR_UNIT_OF_ROW
              && row->unit == TELAR_UNIT_TIME && row->numbers[column] != TELAR_NO_TIME)
            g_string_append (text, " ns");
        }
      g_string_append_c (text, '\n');
    }
  return g_string_free (text, FALSE);
}

/* CSV */

static void
put_field (GString *csv, const char *name)
{
  g_string_append_c (csv, '"');
  for (const char *at = name; *at != '\0'; at++)
    {
      if (*at == '"')
        g_string_append_c (csv, '"');
      g_string_append_c (csv, *at);
    }
  g_string_append_c (csv, '"');
}

/* Columns of all sheets stand side by side; what is not of this one is empty. */
static void
put_sheet (GString *csv, const TelarSheet *sheet, const char *record)
{
  static const guint widths[TELAR_N_SHEETS] = { N_TASK_COLUMNS - 1, N_CORE_COLUMNS - 1, 1 };

  for (guint i = 0; i < sheet->rows->len; i++)
    {
      const TelarSheetRow *row = sheet->rows->pdata[i];

      g_string_append_printf (csv, "%s,", record);
      if (sheet->kind == TELAR_SHEET_CORES)
        g_string_append_printf (csv, "%u", row->item);
      else if (sheet->kind == TELAR_SHEET_TASKS)
        put_field (csv, row->key);
      else
        g_string_append (csv, row->key);
      if (sheet->kind == TELAR_SHEET_RUN && g_str_equal (row->key, "at-once-ns"))
        g_string_append_printf (csv, " %u", row->item);
      for (guint k = 0; k < TELAR_N_SHEETS; k++)
        for (guint column = 1; column <= widths[k]; column++)
          {
            g_string_append_c (csv, ',');
            if (k == sheet->kind)
              put_plain (csv, sheet, row, column);
          }
      g_string_append_c (csv, '\n');
    }
}

char *
telar_statistics_print_csv (const TelarTimeline *timeline, const TelarStatistics *statistics)
{
  static const char *const records[TELAR_N_SHEETS] = { "task", "core", "run" };
  GString *csv = g_string_new ("record,name");

  g_return_val_if_fail (timeline != NULL && statistics != NULL, NULL);

  for (guint i = 1; i < N_TASK_COLUMNS; i++)
    g_string_append_printf (csv, ",%s", task_columns[i].key);
  for (guint i = 1; i < N_CORE_COLUMNS; i++)
    g_string_append_printf (csv, ",core-%s", core_columns[i].key);
  g_string_append (csv, ",value\n");
  for (guint k = 0; k < TELAR_N_SHEETS; k++)
    {
      g_autoptr (TelarSheet) sheet = telar_sheet_new (timeline, statistics, k, TRUE);

      put_sheet (csv, sheet, records[k]);
    }
  /* How many cores were at work in each part of the time, by its beginning. */
  for (guint i = 0; i < TELAR_PARALLELISM_BINS; i++)
    {
      char value[G_ASCII_DTOSTR_BUF_SIZE];

      g_string_append_printf (csv, "parallelism,%" G_GINT64_FORMAT,
                              (gint64) ((double) statistics->wall_ns * i
                                        / TELAR_PARALLELISM_BINS));
      for (guint k = 0; k < N_TASK_COLUMNS - 1 + N_CORE_COLUMNS - 1; k++)
        g_string_append_c (csv, ',');
      g_string_append_printf (csv, ",%s\n",
                              g_ascii_formatd (value, sizeof value, "%.4f",
                                               statistics->parallelism[i]));
    }
  return g_string_free (csv, FALSE);
}

gboolean
telar_statistics_write_csv (const TelarTimeline *timeline, const TelarStatistics *statistics,
                            const char *file, GError **error)
{
  g_autofree char              *csv = telar_statistics_print_csv (timeline, statistics);
  g_autoptr (GFile)             place = g_file_new_for_path (file);
  g_autoptr (GFileOutputStream) stream = NULL;

  if (!g_file_test (file, G_FILE_TEST_EXISTS) || g_file_test (file, G_FILE_TEST_IS_REGULAR))
    return g_file_set_contents_full (file, csv, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0666, error);
  /* A device or a pipe cannot be replaced by a new file: it is written to. */
  stream = g_file_append_to (place, G_FILE_CREATE_NONE, NULL, error);
  return stream != NULL
         && g_output_stream_write_all (G_OUTPUT_STREAM (stream), csv, strlen (csv), NULL, NULL,
                                       error)
         && g_output_stream_close (G_OUTPUT_STREAM (stream), NULL, error);
}

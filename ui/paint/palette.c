/* palette.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Which colour and pattern a task has: the hue is its process (Okabe and Ito's
 * colours, which people who confuse red and green can tell apart), threads
 * share it and differ in shade and pattern; main and calls are grey.
 */

#include "config.h"

#include <math.h>

#include "graph/pools.h"
#include "paint/graph-private.h"
#include "paint/paint-private.h"

static const TelarTheme themes[] = {
  [TELAR_STYLE_LIGHT] = {
    .background = 0xffffff, .panel = 0xf5f6f6, .text = 0x1f2629, .dim = 0x4d565b,
    .line = 0xcfcfcf, .grid = 0xeceff0, .tick = 0x8b9398, .beyond = 0xf7f8f8,
    .selected = 0xeaf3fb, .now = 0xd55e00, .badge = 0xb54b00, .badge_text = 0xffffff,
    .start = 0x19784a, .mark = 0x1f2629, .fail = 0xb3261e, .fail_text = 0xffffff,
    .arrow = 0x3d4a50, .hatch = 0x7d878c, .hatch_edge = 0xaab3b8, .strip = 0xe3e7e9,
    .others = 0x8b9398, .steal = 0xb3261e, .dot = 0xdfe3e5, .port = 0x8b9398,
    .accent = 0x1b5fd6, .found = 0xf2c230, .warning = 0xf0a800, .critical = 0xb3005e,
  },
  [TELAR_STYLE_DARK] = {
    .background = 0x1d2123, .panel = 0x282d30, .text = 0xeef1f2, .dim = 0xb4bdc2,
    .line = 0x454d52, .grid = 0x2d3336, .tick = 0x7f8a90, .beyond = 0x25292c,
    .selected = 0x26323c, .now = 0xff8a3d, .badge = 0xff8a3d, .badge_text = 0x000000,
    .start = 0x57cc99, .mark = 0xf2f4f5, .fail = 0xff8078, .fail_text = 0x000000,
    .arrow = 0xc3ccd1, .hatch = 0x939da3, .hatch_edge = 0x6c777d, .strip = 0x353c40,
    .others = 0x98a3a9, .steal = 0xff8078, .dot = 0x343a3e, .port = 0x98a3a9,
    .accent = 0x7ab4ff, .found = 0xb58900, .warning = 0xf5b82e, .critical = 0xff7ac0,
  },
  [TELAR_STYLE_PRINT] = {
    .background = 0xffffff, .panel = 0xffffff, .text = 0x000000, .dim = 0x333333,
    .line = 0x999999, .grid = 0xe0e0e0, .tick = 0x555555, .beyond = 0xf4f4f4,
    .selected = 0xf0f0f0, .now = 0x000000, .badge = 0x000000, .badge_text = 0xffffff,
    .start = 0x14633b, .mark = 0x000000, .fail = 0x9b1c15, .fail_text = 0xffffff,
    .arrow = 0x222222, .hatch = 0x666666, .hatch_edge = 0x888888, .strip = 0xe0e0e0,
    .others = 0x707070, .steal = 0x9b1c15, .dot = 0xffffff, .port = 0x555555,
    .accent = 0x000000, .found = 0xdddddd, .warning = 0xdddddd, .critical = 0x000000,
  },
};

/* Of the first processes, in their order; then again, by function. */
static const TelarColor hues[] = {
  0x0072b2, 0xe69f00, 0xcc79a7, 0x009e73, 0xd55e00, 0xf0e442, 0x56b4e9,
};
static const guint8 process_patterns[] = {
  TELAR_PATTERN_PLAIN, TELAR_PATTERN_PLAIN, TELAR_PATTERN_STRIPES, TELAR_PATTERN_PLAIN,
  TELAR_PATTERN_LINES, TELAR_PATTERN_PLAIN, TELAR_PATTERN_BACK_HATCH,
};
/* On paper, which may have no colours: dark, middle (main) and light ones are plain,
 * whatever lies between has a pattern. */
static const guint8 print_patterns[] = {
  TELAR_PATTERN_PLAIN, TELAR_PATTERN_HATCH, TELAR_PATTERN_STRIPES, TELAR_PATTERN_DOTS,
  TELAR_PATTERN_LINES, TELAR_PATTERN_PLAIN, TELAR_PATTERN_BACK_HATCH,
};
#define MAIN_COLOR    0x8a949a
#define CALL_COLOR    0xb9c1c6
#define MAIN_THREADS  0x56b4e9 /* main is grey; what runs inside it should not be */

/* Shares of white (> 0) or black (< 0). */
static const double thread_shades[] = { 0.40, -0.20, 0.62, -0.36 };
static const guint8 thread_patterns[] = {
  TELAR_PATTERN_DOTS, TELAR_PATTERN_HATCH, TELAR_PATTERN_STRIPES, TELAR_PATTERN_BACK_HATCH,
  TELAR_PATTERN_LINES,
};
static const double later_shades[] = { 0.30, -0.22, 0.55 };

const TelarTheme *
telar_theme_get (TelarStyle style)
{
  return &themes[CLAMP (style, TELAR_STYLE_LIGHT, TELAR_STYLE_PRINT)];
}

static double
channel (TelarColor color, int shift)
{
  return ((color >> shift) & 0xff) / 255.0;
}

/* Of a channel, 0…255: each picture asks for those of all its colours. */
static double
linear (guint value)
{
  static double table[256];
  static gsize made;

  if (g_once_init_enter (&made))
    {
      for (guint i = 0; i < G_N_ELEMENTS (table); i++)
        {
          double c = i / 255.0;

          table[i] = c <= 0.03928 ? c / 12.92 : pow ((c + 0.055) / 1.055, 2.4);
        }
      g_once_init_leave (&made, 1);
    }
  return table[value];
}

/* Relative luminance, as WCAG 2 has it. */
static double
luminance (TelarColor color)
{
  static const double weights[] = { 0.2126, 0.7152, 0.0722 };
  double sum = 0;

  for (int i = 0; i < 3; i++)
    sum += weights[i] * linear (color >> (16 - 8 * i) & 255);
  return sum;
}

double
telar_color_contrast (TelarColor a, TelarColor b)
{
  double la = luminance (a), lb = luminance (b);

  return (MAX (la, lb) + 0.05) / (MIN (la, lb) + 0.05);
}

TelarColor
telar_color_mix (TelarColor a, TelarColor b, double share_of_b)
{
  TelarColor mixed = 0;

  for (int shift = 16; shift >= 0; shift -= 8)
    {
      double c = channel (a, shift) * (1 - share_of_b) + channel (b, shift) * share_of_b;
      mixed |= (TelarColor) (c * 255 + 0.5) << shift;
    }
  return mixed;
}

static TelarColor
shade (TelarColor color, double share)
{
  return share >= 0 ? telar_color_mix (color, 0xffffff, share)
                    : telar_color_mix (color, 0x000000, -share);
}

static TelarFill
make_fill (const TelarTheme *theme, TelarColor base, TelarPattern pattern)
{
  gboolean bright = luminance (base) > 0.30;
  TelarColor outward = luminance (theme->background) > 0.5 ? 0x000000 : 0xffffff;
  TelarFill fill = { .base = base, .edge = base, .pattern = (guint8) pattern };

  fill.text = telar_color_contrast (base, 0xffffff) > telar_color_contrast (base, 0x000000)
                ? 0xffffff : 0x000000;
  if (pattern == TELAR_PATTERN_DOTS)
    fill.ink = bright ? shade (base, -0.48) : shade (base, 0.62);
  else
    fill.ink = luminance (base) > 0.55 ? shade (base, -0.30) : shade (base, 0.52);
  /* What is told apart by its pattern alone has to be seen as grey. */
  if (theme == &themes[TELAR_STYLE_PRINT])
    fill.ink = shade (base, bright ? -0.62 : 0.80);
  for (int i = 0; i < 10 && telar_color_contrast (fill.edge, theme->background) < 3; i++)
    fill.edge = telar_color_mix (fill.edge, outward, 0.12);
  return fill;
}

/* A dye is a colour and a pattern, whatever the theme: base << 4 | pattern. */
#define DYE(base, pattern) ((guint32) (base) << 4 | (guint32) (pattern))

/* What decides about the dye of a task, or of a row of copies, of which the
 * first counts. */
typedef struct
{
  TelarKind     kind;
  guint32       process;  /* that it runs in; its own of a process */
  gconstpointer function; /* key in the table of functions */
  guint32       n;        /* copies */
  guint32       in_each;  /* of a thread: how many are in each copy of its process */
} Dyed;

/* Processes have an order of their own; threads count within their process. */
typedef struct
{
  guint32    *dyes;       /* owned, by task */
  TelarColor *hues;       /* owned, of processes, by task */
  guint      *threads;    /* owned, of processes, by task */
  GHashTable *functions;  /* owned: from the eighth process on, in the order of their coming */
  guint       n_processes;
} Dyer;

static guint32
dye_process (Dyer *dyer, guint32 task, const Dyed *dyed)
{
  guint order = dyer->n_processes, function = 0, later;

  dyer->n_processes += dyed->n;
  if (dyer->n_processes > G_N_ELEMENTS (hues))
    {
      gpointer known;

      if (!g_hash_table_lookup_extended (dyer->functions, dyed->function, NULL, &known))
        {
          known = GUINT_TO_POINTER (g_hash_table_size (dyer->functions));
          g_hash_table_insert (dyer->functions, (gpointer) dyed->function, known);
        }
      function = GPOINTER_TO_UINT (known);
    }
  if (order < G_N_ELEMENTS (hues))
    {
      dyer->hues[task] = hues[order];
      return DYE (hues[order], process_patterns[order]);
    }
  later = order - G_N_ELEMENTS (hues);
  dyer->hues[task] = hues[function % G_N_ELEMENTS (hues)];
  return DYE (shade (dyer->hues[task], later_shades[later % G_N_ELEMENTS (later_shades)]),
              later / G_N_ELEMENTS (later_shades) % TELAR_PATTERN_BLOCKED);
}

static guint32
dye_thread (Dyer *dyer, const Dyed *dyed)
{
  guint n = dyer->threads[dyed->process];

  dyer->threads[dyed->process] += dyed->in_each;
  return DYE (shade (dyer->hues[dyed->process], thread_shades[n % G_N_ELEMENTS (thread_shades)]),
              thread_patterns[n % G_N_ELEMENTS (thread_patterns)]);
}

/* Processes first: a thread can come before the process that it is in.
 *
 * Returns: (transfer full): the dyes */
static guint32 *
dye (const Dyed *dyed, guint32 n, GHashTable *functions)
{
  Dyer dyer = {
    .dyes = g_new (guint32, n),
    .hues = g_new0 (TelarColor, n),
    .threads = g_new0 (guint, n),
    .functions = functions,
  };

  dyer.dyes[TELAR_MAIN] = DYE (MAIN_COLOR, TELAR_PATTERN_PLAIN);
  dyer.hues[TELAR_MAIN] = MAIN_THREADS;
  for (guint32 i = 1; i < n; i++)
    if (dyed[i].kind == TELAR_KIND_PROCESS)
      dyer.dyes[i] = dye_process (&dyer, i, &dyed[i]);
  for (guint32 i = 1; i < n; i++)
    if (dyed[i].kind == TELAR_KIND_CALL)
      dyer.dyes[i] = DYE (CALL_COLOR, TELAR_PATTERN_LINES);
    else if (dyed[i].kind == TELAR_KIND_THREAD)
      dyer.dyes[i] = dye_thread (&dyer, &dyed[i]);
  g_free (dyer.hues);
  g_free (dyer.threads);
  g_hash_table_unref (functions);
  return dyer.dyes;
}

/* The pattern of a dye on paper: of processes, that of their hue; threads and calls have
 * theirs. */
static guint
print_pattern (guint32 dye)
{
  TelarColor base = dye >> 4;

  for (guint i = 0; i < G_N_ELEMENTS (hues); i++)
    {
      if (base == hues[i] && (dye & 0xf) == process_patterns[i])
        return print_patterns[i];
      if ((dye & 0xf) != TELAR_PATTERN_PLAIN)
        continue;
      for (guint k = 0; k < G_N_ELEMENTS (later_shades); k++)
        if (base == shade (hues[i], later_shades[k]))
          return print_patterns[i];
    }
  return dye & 0xf;
}

/* Ten thousand tasks have a few dozen fills, each of which takes a microsecond
 * or two to work out. */
void
telar_palette_init_dyes (TelarPalette *palette, const guint32 *dyes, guint32 n, TelarStyle style)
{
  g_autoptr (GHashTable) made = g_hash_table_new (NULL, NULL); /* to the first of a fill */

  palette->theme = telar_theme_get (style);
  palette->n_fills = n;
  palette->fills = g_new (TelarFill, n);
  for (guint32 i = 0; i < n; i++)
    {
      gpointer first;

      if (i > 0 && dyes[i] == dyes[i - 1])
        palette->fills[i] = palette->fills[i - 1];
      else if (g_hash_table_lookup_extended (made, GUINT_TO_POINTER (dyes[i]), NULL, &first))
        palette->fills[i] = palette->fills[GPOINTER_TO_UINT (first)];
      else
        {
          palette->fills[i] = make_fill (palette->theme, dyes[i] >> 4,
                                         style == TELAR_STYLE_PRINT ? print_pattern (dyes[i])
                                                                    : dyes[i] & 0xf);
          g_hash_table_insert (made, GUINT_TO_POINTER (dyes[i]), GUINT_TO_POINTER (i));
        }
    }
}

static guint32
process_of (const TelarPlan *plan, guint32 task)
{
  while (task != TELAR_MAIN && telar_plan_task (plan, task)->kind != TELAR_KIND_PROCESS)
    task = telar_plan_task (plan, task)->parent;
  return task;
}

void
telar_palette_init (TelarPalette *palette, const TelarPlan *plan, TelarStyle style)
{
  g_autofree Dyed *dyed = g_new (Dyed, plan->n_tasks);
  g_autofree guint32 *dyes = NULL;

  for (guint32 i = 0; i < plan->n_tasks; i++)
    {
      const TelarPlanTask *task = telar_plan_task (plan, i);
      guint function = task->n_steps > 0 ? telar_plan_step (plan, task->first_step)->function
                                         : G_MAXUINT32;

      dyed[i] = (Dyed){ task->kind, process_of (plan, i), GUINT_TO_POINTER (function + 1), 1, 1 };
    }
  dyes = dye (dyed, plan->n_tasks, g_hash_table_new (NULL, NULL));
  telar_palette_init_dyes (palette, dyes, plan->n_tasks, style);
}

/* More than a plan can have count as so many. */
#define MOST_COPIES 100000u

/* After all tasks, as in a plan; spares of the pools before are not counted. */
static void
dye_workers (const TelarGraphLayout *layout, Dyed *dyed)
{
  guint32 at = layout->n_tasks;

  for (guint i = 0; i < layout->n_objects; i++)
    {
      const TelarObject *pool = g_ptr_array_index (layout->graph->objects, i);
      const char *name = layout->n_workers[i] > 0 ? telar_object_text (pool, "kind") : NULL;
      int kind = name != NULL ? telar_kind_parse (name) : TELAR_KIND_PROCESS;
      guint32 owner = layout->n_workers[i] > 0 ? telar_pool_owner (layout->relations, pool) : 0;

      owner = owner < layout->n_tasks ? dyed[owner].process : 0;
      for (guint n = 0; n < layout->n_workers[i]; n++, at++)
        dyed[at] = (Dyed){
          .kind = kind == TELAR_KIND_THREAD ? TELAR_KIND_THREAD : TELAR_KIND_PROCESS,
          .process = kind == TELAR_KIND_THREAD ? owner : at,
          .function = "",
          .n = 1,
          .in_each = 1,
        };
    }
}

guint32 *
telar_graph_dyes (const TelarGraphLayout *layout)
{
  guint32 n = layout->n_tasks + telar_graph_count_workers (layout, layout->n_objects);
  g_autofree Dyed *dyed = g_new (Dyed, n);

  /* From the frame inwards: what a task's frame has is known by then. */
  dyed[0] = (Dyed){ TELAR_KIND_PROCESS, 0, "", 1, 1 };
  for (guint32 i = 1; i < layout->n_tasks; i++)
    {
      guint32 number = layout->order[i];
      const TelarTask *task = telar_relations_task (layout->relations, number);
      const Dyed *frame = &dyed[layout->boxes[number].parent];
      const TelarStep *first = task->steps->len > 0 ? task->steps->pdata[0] : NULL;
      gboolean own = task->kind == TELAR_KIND_PROCESS;
      guint32 outer = frame->kind == TELAR_KIND_PROCESS ? 1 : frame->in_each;

      dyed[number] = (Dyed){
        .kind = task->kind,
        .process = own ? number : frame->process,
        .function = first != NULL ? first->function : "",
        .n = (guint32) MIN ((guint64) frame->n * task->copies, MOST_COPIES),
        .in_each = (guint32) MIN ((guint64) outer * task->copies, MOST_COPIES),
      };
    }
  dye_workers (layout, dyed);
  return dye (dyed, n, g_hash_table_new (g_str_hash, g_str_equal));
}

TelarFill
telar_fill_make (const TelarTheme *theme, TelarColor base, TelarPattern pattern)
{
  return make_fill (theme, base, pattern);
}

void
telar_palette_clear (TelarPalette *palette)
{
  g_clear_pointer (&palette->fills, g_free);
}

TelarFill
telar_palette_fill (const TelarPalette *palette, guint32 task, const TelarFill *beside)
{
  const TelarFill *fill = &palette->fills[MIN (task, palette->n_fills - 1)];

  if (beside == NULL || beside->base != fill->base || beside->pattern != fill->pattern)
    return *fill;
  return make_fill (palette->theme,
                    shade (fill->base, luminance (fill->base) > 0.45 ? -0.22 : 0.28),
                    fill->pattern);
}

void
telar_color_set (cairo_t *cr, TelarColor color)
{
  cairo_set_source_rgb (cr, channel (color, 16), channel (color, 8), channel (color, 0));
}

void
telar_color_set_alpha (cairo_t *cr, TelarColor color, double alpha)
{
  cairo_set_source_rgba (cr, channel (color, 16), channel (color, 8), channel (color, 0), alpha);
}

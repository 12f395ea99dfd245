/* statistics-pane.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include "statistics/statistics-pane.h"

#include <glib/gi18n-lib.h>

#include "statistics/sheet-table.h"
#include "statistics/statistics-page.h"

/* A mark that is drawn along moves with every event of the pointer. */
#define SETTLED_MS 120
/* What takes longer says how far it is. */
#define SLOW_MS    250
#define LOOK_MS    100

struct _TelarStatisticsPane
{
  GtkWidget        parent_instance;

  /* Template. */
  GtkWidget       *whole;
  GtkStack        *stack;
  GtkLabel        *what;
  GtkLabel        *words;
  GtkLabel        *stopped;
  GtkLabel        *busy;
  GtkProgressBar  *progress;
  TelarSheetTable *table;
  GtkMenuButton   *sort_button;

  /* Owned. */
  TelarTimeline   *timeline;  /* nullable */
  TelarCounting   *counting;  /* nullable: it goes on */
  TelarFigures    *figures;   /* nullable: what was counted last… */
  TelarFigures    *run;       /* nullable: …and of the whole run */

  /* State. */
  TelarSheetKind   kind;
  gboolean         part;
  gboolean         wide;
  gboolean         live;
  gboolean         refused;
  gboolean         called_off;
  gboolean         slow;
  gint64           serial_ns;
  gint64           begin;     /* of what is selected; TELAR_NO_TIME: nothing */
  gint64           end;
  guint            settle;    /* source: begins to count */
  guint            look;      /* source: how far it is */
};

enum
{
  PROP_0,
  PROP_SELECTED,
  PROP_PART,
  PROP_KIND,
  PROP_WIDE,
  N_PROPS
};

enum
{
  SHOW_TASK,
  SAVE,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint       signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TelarStatisticsPane, telar_statistics_pane, GTK_TYPE_WIDGET)

/* --- What is shown --- */

static TelarStatisticsFacts
get_facts (TelarStatisticsPane *self)
{
  return (TelarStatisticsFacts) {
    .has_run = self->timeline != NULL,
    .live = self->live,
    .refused = self->refused,
    .stretch = self->part,
    .marked = self->begin != TELAR_NO_TIME,
    .counting = self->counting != NULL || self->settle != 0,
    .slow = self->slow,
    .called_off = self->called_off,
    .has_table = self->figures != NULL,
  };
}

static void
update (TelarStatisticsPane *self)
{
  static const char *const names[] = {
    [TELAR_STATISTICS_WORDS] = "words",
    [TELAR_STATISTICS_BUSY] = "busy",
    [TELAR_STATISTICS_STOPPED] = "stopped",
    [TELAR_STATISTICS_TABLE] = "table",
  };
  TelarStatisticsFacts facts = get_facts (self);
  const char          *words;
  TelarStatisticsPage  page = telar_statistics_page (&facts, &words);
  gboolean             shown = page == TELAR_STATISTICS_TABLE;
  g_autofree char     *what = shown ? telar_figures_words (self->figures) : NULL;

  if (page == TELAR_STATISTICS_WORDS)
    gtk_label_set_label (self->words, words);
  else if (page == TELAR_STATISTICS_STOPPED)
    gtk_label_set_label (self->stopped, words);
  else if (page == TELAR_STATISTICS_BUSY)
    gtk_label_set_label (self->busy, words);
  gtk_label_set_label (self->what, what ? what : "");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->what), what);
  telar_sheet_table_set (self->table, self->figures, self->kind);
  gtk_stack_set_visible_child_name (self->stack, names[page]);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "statistics.copy", shown);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "statistics.save", shown);
  gtk_widget_set_sensitive (GTK_WIDGET (self->sort_button), shown);
}

/* --- Counting --- */

static void
stop_counting (TelarStatisticsPane *self)
{
  g_clear_handle_id (&self->settle, g_source_remove);
  g_clear_handle_id (&self->look, g_source_remove);
  g_clear_pointer (&self->counting, telar_counting_free);
  self->slow = FALSE;
}

static void
take_figures (TelarStatisticsPane *self,
              TelarFigures        *figures)
{
  g_clear_pointer (&self->figures, telar_figures_unref);
  self->figures = telar_figures_ref (figures);
}

static void
counted (TelarFigures *figures,
         gpointer      data)
{
  TelarStatisticsPane *self = data;

  stop_counting (self);
  take_figures (self, figures);
  if (!telar_figures_is_part (figures))
    {
      g_clear_pointer (&self->run, telar_figures_unref);
      self->run = telar_figures_ref (figures);
    }
  telar_figures_unref (figures);
  update (self);
}

static gboolean
look_how_far (gpointer data)
{
  TelarStatisticsPane *self = data;

  gtk_progress_bar_set_fraction (self->progress, telar_counting_get_done (self->counting));

  return G_SOURCE_CONTINUE;
}

static gboolean
takes_long (gpointer data)
{
  TelarStatisticsPane *self = data;

  self->slow = TRUE;
  look_how_far (self);
  self->look = g_timeout_add (LOOK_MS, look_how_far, self);
  update (self);

  return G_SOURCE_REMOVE;
}

static gboolean
begin_to_count (gpointer data)
{
  TelarStatisticsPane *self = data;

  self->settle = 0;
  self->counting = telar_counting_new (self->timeline, self->part ? self->begin : TELAR_NO_TIME,
                                       self->end, self->serial_ns, counted, self);
  self->look = g_timeout_add (SLOW_MS, takes_long, self);

  return G_SOURCE_REMOVE;
}

/* What is not looked at is not counted.
 *
 * @after_ms: 0: at once */
static void
count (TelarStatisticsPane *self,
       guint                after_ms)
{
  TelarStatisticsFacts facts;

  stop_counting (self);
  self->called_off = FALSE;
  facts = get_facts (self);
  if (!telar_statistics_can_count (&facts))
    g_clear_pointer (&self->figures, telar_figures_unref);
  else if (!self->part && self->run != NULL)
    take_figures (self, self->run);
  else if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    {
      if (after_ms > 0)
        self->settle = g_timeout_add (after_ms, begin_to_count, self);
      else
        begin_to_count (self);
    }
  else
    g_clear_pointer (&self->figures, telar_figures_unref);
  update (self);
}

/* --- Actions --- */

static void
cancel_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  TelarStatisticsPane *self = TELAR_STATISTICS_PANE (widget);

  if (self->counting == NULL)
    return;
  stop_counting (self);
  self->called_off = TRUE;
  g_clear_pointer (&self->figures, telar_figures_unref);
  update (self);
}

static void
again_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  count (TELAR_STATISTICS_PANE (widget), 0);
}

static void
copy_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  g_autofree char *text = telar_sheet_table_copy (TELAR_STATISTICS_PANE (widget)->table);

  if (text)
    gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
}

static void
save_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  g_signal_emit (widget, signals[SAVE], 0);
}

static void
sort_action (GtkWidget  *widget,
             const char *name,
             GVariant   *key)
{
  telar_sheet_table_sort (TELAR_STATISTICS_PANE (widget)->table, g_variant_get_string (key, NULL));
}

static void
show_task (TelarStatisticsPane *self,
           guint                task)
{
  g_signal_emit (self, signals[SHOW_TASK], 0, task);
}

static void
selection_changed (TelarStatisticsPane *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTED]);
}

/* --- Object --- */

static const char *const kind_names[TELAR_N_SHEETS] = {
  [TELAR_SHEET_TASKS] = "tasks",
  [TELAR_SHEET_CORES] = "cores",
  [TELAR_SHEET_RUN] = "run",
};

static void
set_kind (TelarStatisticsPane *self,
          const char          *name)
{
  for (guint kind = 0; kind < TELAR_N_SHEETS; kind++)
    if (g_strcmp0 (name, kind_names[kind]) == 0 && kind != self->kind)
      {
        self->kind = kind;
        g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_KIND]);
        update (self);
        break;
      }
}

static void
telar_statistics_pane_get_property (GObject    *object,
                                    guint       id,
                                    GValue     *value,
                                    GParamSpec *pspec)
{
  TelarStatisticsPane *self = TELAR_STATISTICS_PANE (object);

  switch (id)
    {
    case PROP_SELECTED:
      g_object_get_property (G_OBJECT (self->table), "selected", value);
      break;
    case PROP_PART:
      g_value_set_boolean (value, self->part);
      break;
    case PROP_WIDE:
      g_value_set_boolean (value, self->wide);
      break;
    case PROP_KIND:
      g_value_set_static_string (value, kind_names[self->kind]);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
telar_statistics_pane_set_property (GObject      *object,
                                    guint         id,
                                    const GValue *value,
                                    GParamSpec   *pspec)
{
  TelarStatisticsPane *self = TELAR_STATISTICS_PANE (object);

  switch (id)
    {
    case PROP_SELECTED:
      g_object_set_property (G_OBJECT (self->table), "selected", value);
      break;
    case PROP_PART:
      if (self->part == g_value_get_boolean (value))
        break;
      self->part = g_value_get_boolean (value);
      g_object_notify_by_pspec (object, pspec);
      count (self, 0);
      break;
    case PROP_WIDE:
      if (self->wide == g_value_get_boolean (value))
        break;
      self->wide = g_value_get_boolean (value);
      g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_KIND:
      set_kind (self, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
telar_statistics_pane_map (GtkWidget *widget)
{
  TelarStatisticsPane *self = TELAR_STATISTICS_PANE (widget);

  GTK_WIDGET_CLASS (telar_statistics_pane_parent_class)->map (widget);

  if (self->figures == NULL && self->counting == NULL && !self->called_off)
    count (self, 0);
}

static void
telar_statistics_pane_dispose (GObject *object)
{
  TelarStatisticsPane *self = TELAR_STATISTICS_PANE (object);

  stop_counting (self);
  g_clear_pointer (&self->whole, gtk_widget_unparent);
  g_clear_pointer (&self->figures, telar_figures_unref);
  g_clear_pointer (&self->run, telar_figures_unref);
  g_clear_pointer (&self->timeline, telar_timeline_unref);

  G_OBJECT_CLASS (telar_statistics_pane_parent_class)->dispose (object);
}

static void
telar_statistics_pane_class_init (TelarStatisticsPaneClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = telar_statistics_pane_get_property;
  object_class->set_property = telar_statistics_pane_set_property;
  object_class->dispose = telar_statistics_pane_dispose;
  widget_class->map = telar_statistics_pane_map;

  properties[PROP_SELECTED] =
    g_param_spec_uint ("selected", NULL, NULL, 0, G_MAXUINT, TELAR_NO_TASK,
                       G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_PART] =
    g_param_spec_boolean ("part", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_WIDE] =
    g_param_spec_boolean ("wide", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_KIND] =
    g_param_spec_string ("kind", NULL, NULL, "tasks",
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[SHOW_TASK] = g_signal_new ("show-task", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[SAVE] = g_signal_new ("save", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);

  g_type_ensure (TELAR_TYPE_SHEET_TABLE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/telar/Telar/ui/statistics-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, TelarStatisticsPane, whole);
  gtk_widget_class_bind_template_child (widget_class, TelarStatisticsPane, stack);
  gtk_widget_class_bind_template_child (widget_class, TelarStatisticsPane, what);
  gtk_widget_class_bind_template_child (widget_class, TelarStatisticsPane, words);
  gtk_widget_class_bind_template_child (widget_class, TelarStatisticsPane, stopped);
  gtk_widget_class_bind_template_child (widget_class, TelarStatisticsPane, busy);
  gtk_widget_class_bind_template_child (widget_class, TelarStatisticsPane, progress);
  gtk_widget_class_bind_template_child (widget_class, TelarStatisticsPane, table);
  gtk_widget_class_bind_template_child (widget_class, TelarStatisticsPane, sort_button);
  gtk_widget_class_bind_template_callback (widget_class, show_task);
  gtk_widget_class_bind_template_callback (widget_class, selection_changed);

  gtk_widget_class_install_property_action (widget_class, "statistics.kind", "kind");
  gtk_widget_class_install_action (widget_class, "statistics.cancel", NULL, cancel_action);
  gtk_widget_class_install_action (widget_class, "statistics.again", NULL, again_action);
  gtk_widget_class_install_action (widget_class, "statistics.copy", NULL, copy_action);
  gtk_widget_class_install_action (widget_class, "statistics.save", NULL, save_action);
  gtk_widget_class_install_action (widget_class, "statistics.sort", "s", sort_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK,
                                       "statistics.copy", NULL);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "statistics");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
telar_statistics_pane_init (TelarStatisticsPane *self)
{
  self->begin = TELAR_NO_TIME;
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_menu_button_set_menu_model (self->sort_button, telar_sheet_table_get_menu (self->table));
  update (self);
}

/* --- Public --- */

void
telar_statistics_pane_set_run (TelarStatisticsPane *self,
                               TelarTimeline       *timeline,
                               gboolean             refused,
                               gint64               serial_ns)
{
  g_return_if_fail (TELAR_IS_STATISTICS_PANE (self));

  if (self->timeline == timeline && self->refused == refused && self->serial_ns == serial_ns)
    return;

  stop_counting (self);
  g_clear_pointer (&self->figures, telar_figures_unref);
  g_clear_pointer (&self->run, telar_figures_unref);
  if (timeline)
    telar_timeline_ref (timeline);
  g_clear_pointer (&self->timeline, telar_timeline_unref);
  self->timeline = timeline;
  self->refused = refused;
  self->serial_ns = serial_ns;
  count (self, 0);
}

void
telar_statistics_pane_set_live (TelarStatisticsPane *self,
                                gboolean             live)
{
  g_return_if_fail (TELAR_IS_STATISTICS_PANE (self));

  if (self->live == live)
    return;

  self->live = live;
  g_clear_pointer (&self->run, telar_figures_unref);
  count (self, 0);
}

void
telar_statistics_pane_set_stretch (TelarStatisticsPane *self,
                                   gint64               begin,
                                   gint64               end)
{
  g_return_if_fail (TELAR_IS_STATISTICS_PANE (self));

  if (self->begin == begin && self->end == end)
    return;

  self->begin = begin;
  self->end = end;
  if (self->part)
    count (self, SETTLED_MS);
  else
    update (self);
}

TelarFigures *
telar_statistics_pane_get_figures (TelarStatisticsPane *self)
{
  g_return_val_if_fail (TELAR_IS_STATISTICS_PANE (self), NULL);

  return self->figures;
}

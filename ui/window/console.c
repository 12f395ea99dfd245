/* console.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include "window/console.h"

#include <inttypes.h>

#include <glib/gi18n-lib.h>

#include "window/console-model.h"

/* Lines taken in at once. Where more than a few come, nobody reads them as they
 * fly by: the list is changed seven times a second, and the frames between are
 * free for the timeline. */
#define BATCH          65536
#define FEW            20
#define CHANGE_EVERY_US (150 * 1000)
/* Bytes of one line that are shown: a line of 64 MiB would freeze its label. */
#define SHOWN_BYTES 2000
/* Lines that are copied at once. */
#define COPIED_BYTES (16 << 20)

#define TIME_CHARS     8
#define LEAST_ID_CHARS 3
#define MOST_ID_CHARS  10

struct _TelarConsole
{
  GtkWidget          parent_instance;

  /* Template. */
  GtkWidget         *whole;
  GtkListView       *list;
  GtkStack          *stack;
  GtkScrolledWindow *scrolled;
  GtkLabel          *notice;
  GtkLabel          *empty;

  /* Owned. */
  TelarTimeline     *timeline;
  TelarConsoleModel *model;
  GtkMultiSelection *selection;

  /* State. */
  gboolean           live;
  gboolean           by_task;
  gboolean           follows_end;
  gboolean           selecting;
  guint32            selected;
  guint              tick;
  guint64            said_lost;
  gint64             changed_at; /* monotonic µs: lines were taken in */
  int                id_chars; /* wide enough for most ids */
};

enum
{
  PROP_0,
  PROP_SELECTED,
  PROP_BY_TASK,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TelarConsole, telar_console, GTK_TYPE_WIDGET)

/* --- Rows --- */

static char *
shown_text (const TelarTextLine *line)
{
  gsize            size;
  const char      *bytes = g_bytes_get_data (line->text, &size);
  gsize            kept = MIN (size, SHOWN_BYTES);
  g_autofree char *text = g_utf8_make_valid (bytes ? bytes : "", (gssize) kept);

  if (kept < size)
    {
      g_autofree char *more = g_format_size_full (size - kept, G_FORMAT_SIZE_IEC_UNITS);
      g_autofree char *note = g_strdup_printf (_("… and %s more in this line"), more);

      return g_strconcat (text, " ", note, NULL);
    }

  return g_steal_pointer (&text);
}

static void
row_setup (GtkSignalListItemFactory *factory,
           GtkListItem              *item,
           gpointer                  unused)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *time = gtk_inscription_new (NULL);
  GtkWidget *task = gtk_inscription_new (NULL);
  GtkWidget *error = gtk_label_new (_("err"));
  GtkWidget *text = gtk_label_new (NULL);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  gtk_widget_add_css_class (row, "line");

  gtk_inscription_set_xalign (GTK_INSCRIPTION (time), 1);
  gtk_inscription_set_min_chars (GTK_INSCRIPTION (time), TIME_CHARS);
  gtk_inscription_set_nat_chars (GTK_INSCRIPTION (time), TIME_CHARS);
  gtk_widget_set_valign (time, GTK_ALIGN_START);
  gtk_widget_add_css_class (time, "time");
  gtk_box_append (GTK_BOX (row), time);

  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (task),
                                     GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_widget_set_valign (task, GTK_ALIGN_START);
  gtk_widget_add_css_class (task, "task");
  gtk_box_append (GTK_BOX (row), task);

  gtk_widget_set_valign (error, GTK_ALIGN_START);
  gtk_widget_add_css_class (error, "tag");
  gtk_box_append (GTK_BOX (row), error);

  gtk_label_set_xalign (GTK_LABEL (text), 0);
  gtk_label_set_wrap (GTK_LABEL (text), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (text), PANGO_WRAP_WORD_CHAR);
  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  gtk_label_set_attributes (GTK_LABEL (text), attributes);
  gtk_widget_set_hexpand (text, TRUE);
  gtk_widget_add_css_class (text, "text");
  gtk_box_append (GTK_BOX (row), text);

  gtk_list_item_set_child (item, row);
}

static void
row_bind (GtkSignalListItemFactory *factory,
          GtkListItem              *item,
          TelarConsole             *self)
{
  TelarConsoleRow     *row = gtk_list_item_get_item (item);
  const TelarTextLine *line = telar_console_row_get_line (row);
  const TelarTaskLane *lane = telar_timeline_task (row->timeline, row->task);
  GtkWidget           *box = gtk_list_item_get_child (item);
  GtkWidget           *time = gtk_widget_get_first_child (box);
  GtkWidget           *task = gtk_widget_get_next_sibling (time);
  GtkWidget           *error = gtk_widget_get_next_sibling (task);
  GtkWidget           *text = gtk_widget_get_next_sibling (error);
  gboolean             is_error = line && line->stream == TELAR_STREAM_ERR;

  gtk_widget_set_visible (time, line != NULL);
  gtk_widget_set_visible (task, line != NULL && !self->by_task);
  gtk_widget_set_visible (error, is_error);

  if (is_error)
    gtk_widget_add_css_class (box, "stderr");
  else
    gtk_widget_remove_css_class (box, "stderr");

  if (line == NULL)
    {
      gtk_widget_add_css_class (box, "heading");
      gtk_label_set_label (GTK_LABEL (text), lane->title);
    }
  else
    {
      g_autofree char *shown = shown_text (line);
      g_autofree char *when = telar_time_format (line->ns);

      gtk_widget_remove_css_class (box, "heading");
      gtk_inscription_set_text (GTK_INSCRIPTION (time), when);
      gtk_inscription_set_text (GTK_INSCRIPTION (task), lane->id);
      gtk_inscription_set_min_chars (GTK_INSCRIPTION (task), self->id_chars);
      gtk_inscription_set_nat_chars (GTK_INSCRIPTION (task), self->id_chars);
      gtk_label_set_label (GTK_LABEL (text), shown);
    }
}

/* --- Batches --- */

static void
scroll_to_end (TelarConsole *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->selection));

  if (n > 0)
    gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", n - 1);
}

static void
update_notice (TelarConsole *self)
{
  const TelarTimeline *timeline = self->timeline;

  if (timeline && timeline->lost_lines > 0)
    {
      if (self->said_lost != timeline->lost_bytes)
        {
          g_autofree char *size = g_format_size_full (timeline->lost_bytes,
                                                      G_FORMAT_SIZE_IEC_UNITS);
          g_autofree char *text = NULL;

          text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                               "%" PRIu64 " more line (%s) was printed "
                                               "beyond the 64 MiB that are kept",
                                               "%" PRIu64 " more lines (%s) were printed "
                                               "beyond the 64 MiB that are kept",
                                               (gulong) timeline->lost_lines),
                                  timeline->lost_lines, size);
          gtk_label_set_label (self->notice, text);
          self->said_lost = timeline->lost_bytes;
        }
      gtk_widget_set_visible (GTK_WIDGET (self->notice), TRUE);
    }
  else
    {
      gtk_widget_set_visible (GTK_WIDGET (self->notice), FALSE);
    }
}

static void
update_page (TelarConsole *self)
{
  gboolean some = g_list_model_get_n_items (G_LIST_MODEL (self->model)) > 0;

  gtk_label_set_label (self->empty,
                       self->timeline == NULL ? _("What the tasks print appears here.")
                       : self->live           ? _("Nothing printed yet.")
                                              : _("The tasks printed nothing."));
  gtk_stack_set_visible_child_name (self->stack, some ? "lines" : "empty");
}

static gboolean
tick (GtkWidget     *widget,
      GdkFrameClock *clock,
      gpointer       unused)
{
  TelarConsole *self = TELAR_CONSOLE (widget);
  gint64        now = gdk_frame_clock_get_frame_time (clock);
  guint         waiting = telar_console_model_get_n_waiting (self->model);
  gboolean      more;

  if (waiting > FEW && now - self->changed_at < CHANGE_EVERY_US)
    return G_SOURCE_CONTINUE;

  more = telar_console_model_update (self->model, BATCH);
  if (more)
    {
      self->changed_at = now;
      update_page (self);
      if (self->follows_end)
        scroll_to_end (self);
    }
  update_notice (self);

  /* A finished run may have more lines than one batch left. */
  if (!self->live && !more)
    {
      self->tick = 0;
      update_page (self);
      return G_SOURCE_REMOVE;
    }

  return G_SOURCE_CONTINUE;
}

static void
ensure_tick (TelarConsole *self)
{
  if (self->tick == 0)
    self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), tick, NULL, NULL);
}

/* --- Callbacks --- */

static void
edge_reached (TelarConsole    *self,
              GtkPositionType  edge)
{
  if (edge == GTK_POS_BOTTOM)
    self->follows_end = TRUE;
}

static gboolean
scrolled_by_hand (TelarConsole *self,
                  double        dx,
                  double        dy)
{
  if (dy < 0)
    self->follows_end = FALSE;

  return GDK_EVENT_PROPAGATE;
}

static void
selection_changed (TelarConsole *self)
{
  GtkSelectionModel    *selection = GTK_SELECTION_MODEL (self->selection);
  g_autoptr (GtkBitset) set = gtk_selection_model_get_selection (selection);
  g_autoptr (TelarConsoleRow) row = NULL;

  if (self->selecting || gtk_bitset_is_empty (set))
    return;

  row = g_list_model_get_item (G_LIST_MODEL (self->selection), gtk_bitset_get_maximum (set));
  if (row == NULL || row->task == self->selected)
    return;

  self->selected = row->task;
  self->selecting = TRUE;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTED]);
  self->selecting = FALSE;
}

static void
append_row (GString         *text,
            TelarConsoleRow *row)
{
  const TelarTextLine *line = telar_console_row_get_line (row);
  gsize                size;
  const char          *bytes;

  if (line == NULL)
    return;

  bytes = g_bytes_get_data (line->text, &size);
  if (line->valid)
    {
      g_string_append_len (text, bytes, (gssize) size);
    }
  else
    {
      g_autofree char *valid = g_utf8_make_valid (bytes, (gssize) size);

      g_string_append (text, valid);
    }
  g_string_append_c (text, '\n');
}

static void
copy_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  TelarConsole          *self = TELAR_CONSOLE (widget);
  gboolean               all = g_str_equal (name, "output.copy-all");
  GListModel            *list = G_LIST_MODEL (self->selection);
  g_autoptr (GtkBitset)  set = NULL;
  g_autoptr (GString)    text = g_string_new (NULL);
  GtkBitsetIter          iter;
  guint                  position;

  if (all)
    set = gtk_bitset_new_range (0, g_list_model_get_n_items (list));
  else
    set = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));

  for (gboolean more = gtk_bitset_iter_init_first (&iter, set, &position);
       more && text->len < COPIED_BYTES;
       more = gtk_bitset_iter_next (&iter, &position))
    {
      g_autoptr (TelarConsoleRow) row = g_list_model_get_item (list, position);

      append_row (text, row);
    }

  if (text->len > 0)
    gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text->str);
}

static void
set_by_task (TelarConsole *self,
             gboolean      by_task)
{
  if (self->by_task == by_task)
    return;

  self->by_task = by_task;
  telar_console_model_set_by_task (self->model, by_task);
  if (by_task || !self->live)
    {
      self->follows_end = FALSE;
      if (g_list_model_get_n_items (G_LIST_MODEL (self->model)) > 0)
        gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", 0);
    }
  else
    {
      self->follows_end = TRUE;
      scroll_to_end (self);
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BY_TASK]);
}

/* Shows where a task's lines begin, without taking the end away from a reader
 * who follows it. */
static void
set_selected (TelarConsole *self,
              guint32       task)
{
  guint row;

  if (self->selected == task)
    return;

  self->selected = task;
  self->selecting = TRUE;
  row = telar_console_model_find_task (self->model, task);

  if (row == G_MAXUINT)
    {
      gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (self->selection));
    }
  else
    {
      gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), row, TRUE);
      if (!self->live)
        gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", row);
    }

  self->selecting = FALSE;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTED]);
}

/* --- Object --- */

static void
telar_console_get_property (GObject    *object,
                            guint       id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  TelarConsole *self = TELAR_CONSOLE (object);

  switch (id)
    {
    case PROP_SELECTED:
      g_value_set_uint (value, self->selected);
      break;
    case PROP_BY_TASK:
      g_value_set_boolean (value, self->by_task);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
telar_console_set_property (GObject      *object,
                            guint         id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  TelarConsole *self = TELAR_CONSOLE (object);

  switch (id)
    {
    case PROP_SELECTED:
      set_selected (self, g_value_get_uint (value));
      break;
    case PROP_BY_TASK:
      set_by_task (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
telar_console_dispose (GObject *object)
{
  TelarConsole *self = TELAR_CONSOLE (object);

  if (self->tick)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick);
  self->tick = 0;
  g_clear_pointer (&self->whole, gtk_widget_unparent);
  g_clear_object (&self->selection);
  g_clear_object (&self->model);
  g_clear_pointer (&self->timeline, telar_timeline_unref);

  G_OBJECT_CLASS (telar_console_parent_class)->dispose (object);
}

static void
telar_console_class_init (TelarConsoleClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = telar_console_get_property;
  object_class->set_property = telar_console_set_property;
  object_class->dispose = telar_console_dispose;

  properties[PROP_SELECTED] =
    g_param_spec_uint ("selected", NULL, NULL, 0, G_MAXUINT, TELAR_NO_TASK,
                       G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_BY_TASK] =
    g_param_spec_boolean ("by-task", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/telar/Telar/ui/console.ui");
  gtk_widget_class_bind_template_child (widget_class, TelarConsole, whole);
  gtk_widget_class_bind_template_child (widget_class, TelarConsole, list);
  gtk_widget_class_bind_template_child (widget_class, TelarConsole, stack);
  gtk_widget_class_bind_template_child (widget_class, TelarConsole, scrolled);
  gtk_widget_class_bind_template_child (widget_class, TelarConsole, notice);
  gtk_widget_class_bind_template_child (widget_class, TelarConsole, empty);
  gtk_widget_class_bind_template_callback (widget_class, edge_reached);
  gtk_widget_class_bind_template_callback (widget_class, scrolled_by_hand);
  gtk_widget_class_bind_template_callback (widget_class, row_setup);
  gtk_widget_class_bind_template_callback (widget_class, row_bind);

  gtk_widget_class_install_property_action (widget_class, "output.by-task", "by-task");
  gtk_widget_class_install_action (widget_class, "output.copy", NULL, copy_action);
  gtk_widget_class_install_action (widget_class, "output.copy-all", NULL, copy_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK,
                                       "output.copy", NULL);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "console");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
telar_console_init (TelarConsole *self)
{
  self->selected = TELAR_NO_TASK;
  self->follows_end = TRUE;

  gtk_widget_init_template (GTK_WIDGET (self));

  self->model = telar_console_model_new ();
  self->selection = gtk_multi_selection_new (G_LIST_MODEL (g_object_ref (self->model)));
  g_signal_connect_object (self->selection, "selection-changed",
                           G_CALLBACK (selection_changed), self, G_CONNECT_SWAPPED);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
  update_page (self);
}

static int
longest_id (const TelarTimeline *timeline)
{
  glong longest = LEAST_ID_CHARS;

  for (guint i = 0; timeline && i < timeline->tasks->len; i++)
    {
      const TelarTaskLane *task = g_ptr_array_index (timeline->tasks, i);

      longest = MAX (longest, g_utf8_strlen (task->id, -1));
    }

  /* A bold letter is wider than the average that GTK counts with. */
  return (int) MIN (longest, MOST_ID_CHARS) + 1;
}

void
telar_console_set_timeline (TelarConsole  *self,
                            TelarTimeline *timeline)
{
  g_return_if_fail (TELAR_IS_CONSOLE (self));

  if (self->timeline == timeline)
    return;

  g_clear_pointer (&self->timeline, telar_timeline_unref);
  self->timeline = timeline ? telar_timeline_ref (timeline) : NULL;
  self->follows_end = TRUE;
  self->said_lost = 0;
  self->id_chars = longest_id (timeline);
  telar_console_model_set_timeline (self->model, timeline);
  update_page (self);
  update_notice (self);
  ensure_tick (self);
}

void
telar_console_set_live (TelarConsole *self,
                        gboolean      live)
{
  g_return_if_fail (TELAR_IS_CONSOLE (self));

  self->live = live;
  update_page (self);
  ensure_tick (self);
}

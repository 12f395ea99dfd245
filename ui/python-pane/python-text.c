/* python-text.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include "python-pane/python-text.h"

#include <string.h>

#include "look.h"
#include "python-pane/python-gutter.h"
#include "python-pane/python-syntax.h"

/* Lines that are coloured at once; the others follow when nothing else is to do. */
#define LINES_AT_ONCE 250
/* Of the height: lines stay that far from the edges when they are scrolled to. */
#define REVEAL_MARGIN 0.15

struct _TelarPythonText
{
  GtkTextView            parent_instance;

  /* Owned. */
  char                  *program; /* as it is in the buffer */
  GArray                *spans;   /* TelarPythonSpan, nullable */
  GArray                *lines[TELAR_PYTHON_N_LINES]; /* nullable */
  GtkAdjustment         *scrolled; /* nullable: the vertical one, while it is listened to */

  /* Borrowed: of the buffer's table; the gutter is a child. */
  GtkTextTag            *tags[TELAR_PYTHON_N_COLORS];
  GtkWidget             *gutter;

  /* State. */
  TelarLook              look;
  TelarPythonTextColors  colors;
  guint                  uncoloured_from; /* lines, up to uncoloured_to */
  guint                  uncoloured_to;
  guint                  idle;
  gboolean               reveals;         /* these, as soon as it has a size */
  TelarPythonLines       to_reveal;
  guint                  reveal_idle;
};

enum
{
  SIGNAL_LINE_CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TelarPythonText, telar_python_text, GTK_TYPE_TEXT_VIEW)

/* --- Colours --- */

/* Each readable (4.5:1) on the theme's base and on both tints. */
static const struct
{
  const char *texts[TELAR_PYTHON_N_COLORS];
  const char *tint[TELAR_PYTHON_N_LINES];
  const char *bar[TELAR_PYTHON_N_LINES];
  const char *number;
} palettes[] = {
  [TELAR_STYLE_LIGHT] = {
    .texts = { "#8a1f7d", "#17613a", "#5a5f64", "#15539e" },
    .tint = { "rgba(53,132,228,0.13)", "rgba(27,127,75,0.16)" },
    .bar = { "#3584e4", "#1b7f4b" },
    .number = "#6f7479",
  },
  [TELAR_STYLE_DARK] = {
    .texts = { "#e0a8e8", "#93d6ac", "#b4b8bc", "#99c1f1" },
    .tint = { "rgba(98,160,234,0.20)", "rgba(63,184,113,0.24)" },
    .bar = { "#62a0ea", "#3fb871" },
    .number = "#9a9ea2",
  },
};

static void
read_colors (TelarPythonText *self)
{
  guint style;

  telar_look_read (&self->look, GTK_WIDGET (self));
  style = self->look.style == TELAR_STYLE_DARK ? TELAR_STYLE_DARK : TELAR_STYLE_LIGHT;
  for (guint i = 0; i < TELAR_PYTHON_N_LINES; i++)
    {
      gdk_rgba_parse (&self->colors.tint[i], palettes[style].tint[i]);
      gdk_rgba_parse (&self->colors.bar[i], palettes[style].bar[i]);
    }
  gdk_rgba_parse (&self->colors.number, palettes[style].number);
  for (guint i = 0; i < TELAR_PYTHON_N_COLORS; i++)
    g_object_set (self->tags[i], "foreground", palettes[style].texts[i], NULL);
}

static void
create_tags (TelarPythonText *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));

  for (guint i = 0; i < TELAR_PYTHON_N_COLORS; i++)
    self->tags[i] = gtk_text_buffer_create_tag (buffer, NULL, NULL);
  g_object_set (self->tags[TELAR_PYTHON_COLOR_KEYWORD], "weight", PANGO_WEIGHT_BOLD, NULL);
  g_object_set (self->tags[TELAR_PYTHON_COLOR_NAME], "weight", PANGO_WEIGHT_BOLD, NULL);
  g_object_set (self->tags[TELAR_PYTHON_COLOR_COMMENT], "style", PANGO_STYLE_ITALIC, NULL);
}

static void
color_lines (TelarPythonText *self,
             guint            from,
             guint            to)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));
  GtkTextIter    begin, end;

  gtk_text_buffer_get_iter_at_line (buffer, &begin, (int) from);
  gtk_text_buffer_get_iter_at_line (buffer, &end, (int) to);
  gtk_text_buffer_remove_all_tags (buffer, &begin, &end);

  for (guint i = telar_python_syntax_find (self->spans, from); i < self->spans->len; i++)
    {
      const TelarPythonSpan *span = &g_array_index (self->spans, TelarPythonSpan, i);

      if (span->line >= to)
        break;
      gtk_text_buffer_get_iter_at_line_index (buffer, &begin, (int) span->line, (int) span->begin);
      gtk_text_buffer_get_iter_at_line_index (buffer, &end, (int) span->line, (int) span->end);
      gtk_text_buffer_apply_tag (buffer, self->tags[span->color], &begin, &end);
    }
}

static gboolean
color_more (gpointer data)
{
  TelarPythonText *self = data;
  guint            to = MIN (self->uncoloured_from + LINES_AT_ONCE, self->uncoloured_to);

  color_lines (self, self->uncoloured_from, to);
  self->uncoloured_from = to;
  if (to < self->uncoloured_to)
    return G_SOURCE_CONTINUE;

  self->uncoloured_from = self->uncoloured_to = 0;
  self->idle = 0;

  return G_SOURCE_REMOVE;
}

/* The lines from @from were so far @n_before and are @n_now. */
static void
lines_replaced (TelarPythonText *self,
                guint            from,
                guint            n_before,
                guint            n_now)
{
  if (self->uncoloured_from < self->uncoloured_to)
    {
      guint to = MAX (self->uncoloured_to, from + n_before) - n_before + n_now;

      self->uncoloured_from = MIN (self->uncoloured_from, from);
      self->uncoloured_to = to;
    }
  else
    {
      self->uncoloured_from = from;
      self->uncoloured_to = from + n_now;
    }

  /* What is short is never seen without colours. */
  if (self->idle == 0 && color_more (self))
    self->idle = g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, color_more, self, NULL);
}

/* --- Lines --- */

gboolean
telar_python_text_has_line (TelarPythonText  *self,
                            TelarPythonLines  which,
                            guint             line)
{
  const GArray *lines = self->lines[which];
  guint         from = 0, to = lines != NULL ? lines->len : 0;

  while (from < to)
    {
      guint middle = from + (to - from) / 2;

      if (g_array_index (lines, guint, middle) < line)
        from = middle + 1;
      else
        to = middle;
    }

  return lines != NULL && from < lines->len && g_array_index (lines, guint, from) == line;
}

static void
telar_python_text_snapshot_layer (GtkTextView      *view,
                                  GtkTextViewLayer  layer,
                                  GtkSnapshot      *snapshot)
{
  TelarPythonText *self = TELAR_PYTHON_TEXT (view);
  GdkRectangle     visible;
  GtkTextIter      at;
  int              y, height;

  if (layer != GTK_TEXT_VIEW_LAYER_BELOW_TEXT)
    return;

  gtk_text_view_get_visible_rect (view, &visible);
  gtk_text_view_get_line_at_y (view, &at, visible.y, NULL);
  do
    {
      guint line = (guint) gtk_text_iter_get_line (&at);

      gtk_text_view_get_line_yrange (view, &at, &y, &height);
      for (guint which = 0; which < TELAR_PYTHON_N_LINES; which++)
        if (telar_python_text_has_line (self, which, line))
          gtk_snapshot_append_color (snapshot, &self->colors.tint[which],
                                     &GRAPHENE_RECT_INIT ((float) visible.x, (float) y,
                                                          (float) visible.width, (float) height));
    }
  while (y + height < visible.y + visible.height && gtk_text_iter_forward_line (&at));
}

/* --- Choosing a line --- */

static void
choose (TelarPythonText   *self,
        const GtkTextIter *at)
{
  g_signal_emit (self, signals[SIGNAL_LINE_CHOSEN], 0, (guint) gtk_text_iter_get_line (at));
}

/* Looked at before the text view, which takes the pointer for its selection. */
static void
pressed (GtkGestureClick *click,
         int              n_press,
         double           x,
         double           y,
         TelarPythonText *self)
{
  GtkTextView     *view = GTK_TEXT_VIEW (self);
  GdkModifierType  state = gtk_event_controller_get_current_event_state (
    GTK_EVENT_CONTROLLER (click));
  int              buffer_y, line_y, height;
  GtkTextIter      at;

  if (n_press != 1 || (state & (GDK_SHIFT_MASK | GDK_CONTROL_MASK)) != 0)
    return;

  gtk_text_view_window_to_buffer_coords (view, GTK_TEXT_WINDOW_WIDGET, (int) x, (int) y,
                                         NULL, &buffer_y);
  gtk_text_view_get_line_at_y (view, &at, buffer_y, NULL);
  gtk_text_view_get_line_yrange (view, &at, &line_y, &height);
  if (buffer_y >= line_y && buffer_y < line_y + height)
    choose (self, &at);
}

static gboolean
enter_pressed (GtkWidget *widget,
               GVariant  *arguments,
               gpointer   unused)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (widget));
  GtkTextIter    at;

  gtk_text_buffer_get_iter_at_mark (buffer, &at, gtk_text_buffer_get_insert (buffer));
  choose (TELAR_PYTHON_TEXT (widget), &at);

  return TRUE;
}

/* --- Object --- */

static void
draw_gutter (TelarPythonText *self)
{
  gtk_widget_queue_draw (self->gutter);
}

static void
vadjustment_changed (TelarPythonText *self)
{
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self));

  if (self->scrolled == adjustment)
    return;
  if (self->scrolled != NULL)
    g_signal_handlers_disconnect_by_func (self->scrolled, draw_gutter, self);
  g_set_object (&self->scrolled, adjustment);
  if (adjustment == NULL)
    return;
  g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (draw_gutter), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (adjustment, "changed", G_CALLBACK (draw_gutter), self,
                           G_CONNECT_SWAPPED);
}

static void
telar_python_text_css_changed (GtkWidget         *widget,
                               GtkCssStyleChange *change)
{
  TelarPythonText *self = TELAR_PYTHON_TEXT (widget);

  GTK_WIDGET_CLASS (telar_python_text_parent_class)->css_changed (widget, change);
  read_colors (self);
  gtk_widget_queue_draw (widget);
  gtk_widget_queue_resize (self->gutter);
}

static gboolean
reveal_when_idle (gpointer data)
{
  TelarPythonText *self = data;

  self->reveal_idle = 0;
  if (self->reveals)
    telar_python_text_reveal (self, self->to_reveal);

  return G_SOURCE_REMOVE;
}

static void
reveal_soon (TelarPythonText *self)
{
  if (self->reveals && self->reveal_idle == 0)
    self->reveal_idle = g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, reveal_when_idle, self, NULL);
}

static void
telar_python_text_size_allocate (GtkWidget *widget,
                                 int        width,
                                 int        height,
                                 int        baseline)
{
  GTK_WIDGET_CLASS (telar_python_text_parent_class)->size_allocate (widget, width, height,
                                                                    baseline);
  reveal_soon (TELAR_PYTHON_TEXT (widget));
}

static void
telar_python_text_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (telar_python_text_parent_class)->map (widget);
  reveal_soon (TELAR_PYTHON_TEXT (widget));
}

static void
telar_python_text_dispose (GObject *object)
{
  TelarPythonText *self = TELAR_PYTHON_TEXT (object);

  g_clear_handle_id (&self->reveal_idle, g_source_remove);
  g_clear_handle_id (&self->idle, g_source_remove);
  g_clear_object (&self->scrolled);

  G_OBJECT_CLASS (telar_python_text_parent_class)->dispose (object);
}

static void
telar_python_text_finalize (GObject *object)
{
  TelarPythonText *self = TELAR_PYTHON_TEXT (object);

  g_free (self->program);
  g_clear_pointer (&self->spans, g_array_unref);
  for (guint i = 0; i < TELAR_PYTHON_N_LINES; i++)
    g_clear_pointer (&self->lines[i], g_array_unref);
  telar_look_clear (&self->look);

  G_OBJECT_CLASS (telar_python_text_parent_class)->finalize (object);
}

static void
telar_python_text_class_init (TelarPythonTextClass *klass)
{
  GObjectClass     *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass   *widget_class = GTK_WIDGET_CLASS (klass);
  GtkTextViewClass *view_class = GTK_TEXT_VIEW_CLASS (klass);

  object_class->dispose = telar_python_text_dispose;
  object_class->finalize = telar_python_text_finalize;
  widget_class->css_changed = telar_python_text_css_changed;
  widget_class->map = telar_python_text_map;
  widget_class->size_allocate = telar_python_text_size_allocate;
  view_class->snapshot_layer = telar_python_text_snapshot_layer;

  signals[SIGNAL_LINE_CHOSEN] =
    g_signal_new ("line-chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                  NULL, G_TYPE_NONE, 1, G_TYPE_UINT);

  gtk_widget_class_add_binding (widget_class, GDK_KEY_Return, 0, enter_pressed, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_KP_Enter, 0, enter_pressed, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_ISO_Enter, 0, enter_pressed, NULL);
}

static void
telar_python_text_init (TelarPythonText *self)
{
  GtkTextView   *view = GTK_TEXT_VIEW (self);
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (view);
  GtkGesture    *click = gtk_gesture_click_new ();

  self->program = g_strdup ("");
  self->spans = g_array_new (FALSE, FALSE, sizeof (TelarPythonSpan));
  gtk_text_buffer_set_enable_undo (buffer, FALSE);
  create_tags (self);

  self->gutter = telar_python_gutter_new (self);
  gtk_text_view_set_gutter (view, GTK_TEXT_WINDOW_LEFT, self->gutter);
  g_signal_connect_object (self, "notify::vadjustment", G_CALLBACK (vadjustment_changed), self,
                           G_CONNECT_SWAPPED);

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_PRIMARY);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click), GTK_PHASE_CAPTURE);
  g_signal_connect (click, "pressed", G_CALLBACK (pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_READ_ONLY, TRUE,
                                  -1);
}

/* --- Public --- */

static guint
count_newlines (const char *from,
                gsize       length)
{
  guint n = 0;

  for (gsize i = 0; i < length; i++)
    n += from[i] == '\n';

  return n;
}

/* Whole lines that both begin with, in bytes. */
static gsize
common_head (const char *a,
             gsize       a_length,
             const char *b,
             gsize       b_length)
{
  gsize head = 0;

  for (gsize i = 0; i < MIN (a_length, b_length) && a[i] == b[i]; i++)
    if (a[i] == '\n')
      head = i + 1;

  return head;
}

static gboolean
begins_line (const char *text,
             gsize       at)
{
  return at == 0 || text[at - 1] == '\n';
}

/* Whole lines that both end with, in bytes; nothing of their @head. */
static gsize
common_tail (const char *a,
             gsize       a_length,
             const char *b,
             gsize       b_length,
             gsize       head)
{
  gsize most = MIN (a_length, b_length) - head;
  gsize tail = 0;

  for (gsize i = 1; i <= most && a[a_length - i] == b[b_length - i]; i++)
    if (begins_line (a, a_length - i) && begins_line (b, b_length - i))
      tail = i;

  return tail;
}

void
telar_python_text_set_program (TelarPythonText *self,
                               const char      *text,
                               GArray          *spans)
{
  GtkTextBuffer   *buffer;
  g_autofree char *program = NULL;
  gsize            before, now, head, tail;
  guint            from, n_before, n_now;
  GtkTextIter      begin, end;

  g_return_if_fail (TELAR_IS_PYTHON_TEXT (self));
  g_return_if_fail (text != NULL && spans != NULL);

  g_array_ref (spans);
  g_array_unref (self->spans);
  self->spans = spans;
  if (g_str_equal (self->program, text))
    return;

  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));
  program = g_steal_pointer (&self->program);
  self->program = g_strdup (text);

  /* The newline that ends the program would be one more, empty line. */
  before = strlen (program) - g_str_has_suffix (program, "\n");
  now = strlen (text) - g_str_has_suffix (text, "\n");
  head = common_head (program, before, text, now);
  tail = common_tail (program, before, text, now, head);

  from = count_newlines (program, head);
  n_before = count_newlines (program + head, before - tail - head) + (tail == 0);
  n_now = count_newlines (text + head, now - tail - head) + (tail == 0);

  gtk_text_buffer_get_iter_at_line (buffer, &begin, (int) from);
  if (tail > 0)
    gtk_text_buffer_get_iter_at_line (buffer, &end, (int) (from + n_before));
  else
    gtk_text_buffer_get_end_iter (buffer, &end);
  gtk_text_buffer_delete (buffer, &begin, &end);
  gtk_text_buffer_insert (buffer, &begin, text + head, (int) (now - tail - head));
  if (before == 0)
    {
      gtk_text_buffer_get_start_iter (buffer, &begin);
      gtk_text_buffer_place_cursor (buffer, &begin);
    }

  lines_replaced (self, from, n_before, n_now);
  gtk_widget_queue_resize (self->gutter);
  draw_gutter (self);
}

static gboolean
are_equal (const GArray *a,
           const GArray *b)
{
  guint n_a = a != NULL ? a->len : 0;
  guint n_b = b != NULL ? b->len : 0;

  return n_a == n_b && (n_a == 0 || memcmp (a->data, b->data, n_a * sizeof (guint)) == 0);
}

void
telar_python_text_set_lines (TelarPythonText  *self,
                             TelarPythonLines  which,
                             GArray           *lines)
{
  g_return_if_fail (TELAR_IS_PYTHON_TEXT (self));

  if (are_equal (self->lines[which], lines))
    return;

  if (lines != NULL)
    g_array_ref (lines);
  g_clear_pointer (&self->lines[which], g_array_unref);
  self->lines[which] = lines;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  draw_gutter (self);
}

void
telar_python_text_reveal (TelarPythonText  *self,
                          TelarPythonLines  which)
{
  GtkTextView   *view = GTK_TEXT_VIEW (self);
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (view);
  const GArray  *lines;
  GdkRectangle   visible;
  GtkTextIter    top, bottom, at;
  GtkTextMark   *mark;

  g_return_if_fail (TELAR_IS_PYTHON_TEXT (self));

  lines = self->lines[which];
  self->to_reveal = which;
  self->reveals = lines != NULL && lines->len > 0;
  if (!self->reveals || !gtk_widget_get_mapped (GTK_WIDGET (self))
      || gtk_widget_get_height (GTK_WIDGET (self)) == 0)
    return;

  self->reveals = FALSE;
  gtk_text_view_get_visible_rect (view, &visible);
  gtk_text_view_get_line_at_y (view, &top, visible.y, NULL);
  gtk_text_view_get_line_at_y (view, &bottom, visible.y + visible.height, NULL);
  for (guint i = 0; i < lines->len; i++)
    if (g_array_index (lines, guint, i) >= (guint) gtk_text_iter_get_line (&top)
        && g_array_index (lines, guint, i) <= (guint) gtk_text_iter_get_line (&bottom))
      return;

  /* A mark: lines that were never laid out are scrolled to once they are. */
  gtk_text_buffer_get_iter_at_line (buffer, &at, (int) g_array_index (lines, guint, 0));
  mark = gtk_text_buffer_get_mark (buffer, "reveal");
  if (mark == NULL)
    mark = gtk_text_buffer_create_mark (buffer, "reveal", &at, TRUE);
  else
    gtk_text_buffer_move_mark (buffer, mark, &at);
  gtk_text_view_scroll_to_mark (view, mark, REVEAL_MARGIN, FALSE, 0, 0);
}

const TelarPythonTextColors *
telar_python_text_get_colors (TelarPythonText *self)
{
  g_return_val_if_fail (TELAR_IS_PYTHON_TEXT (self), NULL);

  return &self->colors;
}

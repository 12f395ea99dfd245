/* test-function-palette.c
 *
 * SPDX-License-Identifier: MIT
 *
 * The palette and type-to-add, in a window. Needs a display.
 */

#include "config.h"

#include <string.h>

#include "palette/function-name.h"
#include "palette/function-palette.h"
#include "palette/type-to-add.h"

#define PATIENCE (20 * G_TIME_SPAN_SECOND)

typedef struct
{
  GtkWidget *window;
  GtkWidget *widget;   /* what is tested, or the parent of its popover */
  GtkWidget *popover;
  GString   *chosen;   /* "square print" */
  guint      notified;
} Fixture;

static void
chosen (GtkWidget  *widget,
        const char *function,
        Fixture    *f)
{
  g_string_append_printf (f->chosen, "%s%s", f->chosen->len > 0 ? " " : "", function);
}

static void
notified (Fixture *f)
{
  f->notified++;
}

static void
set_up (Fixture   *f,
        GtkWidget *widget)
{
  gint64 end = g_get_monotonic_time () + PATIENCE;

  f->window = gtk_window_new ();
  f->widget = widget;
  f->chosen = g_string_new (NULL);
  gtk_window_set_child (GTK_WINDOW (f->window), widget);
  gtk_window_set_default_size (GTK_WINDOW (f->window), 600, 600);
  gtk_window_present (GTK_WINDOW (f->window));
  while (!gtk_widget_get_mapped (widget) && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, FALSE);
}

static void
set_up_palette (Fixture       *f,
                gconstpointer  unused)
{
  set_up (f, g_object_new (TELAR_TYPE_FUNCTION_PALETTE, NULL));
  g_signal_connect (f->widget, "chosen", G_CALLBACK (chosen), f);
  g_signal_connect_swapped (f->widget, "notify::kind", G_CALLBACK (notified), f);
}

static void
set_up_popover (Fixture       *f,
                gconstpointer  unused)
{
  set_up (f, gtk_drawing_area_new ());
  gtk_widget_set_focusable (f->widget, TRUE);
  gtk_widget_grab_focus (f->widget);
  f->popover = telar_type_to_add_new ();
  g_signal_connect (f->popover, "chosen", G_CALLBACK (chosen), f);
  g_signal_connect_swapped (f->popover, "notify::kind", G_CALLBACK (notified), f);
}

/* What the display still holds of it goes with its events. */
static void
settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
tear_down (Fixture       *f,
           gconstpointer  unused)
{
  GtkWidget *widget = g_object_ref (f->widget);

  if (f->popover && gtk_widget_get_parent (f->popover))
    {
      g_object_ref (f->popover);
      gtk_popover_popdown (GTK_POPOVER (f->popover));
      settle ();
      gtk_widget_unparent (f->popover);
      g_assert_finalize_object (f->popover);
    }
  gtk_window_destroy (GTK_WINDOW (f->window));
  settle ();
  g_assert_finalize_object (widget);
  g_string_free (f->chosen, TRUE);
}

static GtkEditable *
search_of (GtkWidget *widget)
{
  return GTK_EDITABLE (gtk_widget_get_template_child (widget, G_OBJECT_TYPE (widget), "search"));
}

static void
type_and_enter (GtkWidget  *widget,
                const char *text)
{
  gtk_editable_set_text (search_of (widget), text);
  g_signal_emit_by_name (search_of (widget), "activate");
}

/* Depth first. Returns: (nullable): the first widget of @type. */
static GtkWidget *
find (GtkWidget *widget,
      GType      type)
{
  if (g_type_is_a (G_OBJECT_TYPE (widget), type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, type);

      if (found)
        return found;
    }
  return NULL;
}

static void
test_choose (Fixture       *f,
             gconstpointer  unused)
{
  static const struct
  {
    const char *typed, *chosen;
  } rows[] = {
    { "squ", "square" },
    { "end", "terminate" },
    { "", "" },        /* nothing typed, nothing chosen */
    { "xyzzy", "" },
    { "Process", "" }, /* a hint */
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_string_truncate (f->chosen, 0);
      type_and_enter (f->widget, rows[i].typed);
      g_assert_cmpstr (f->chosen->str, ==, rows[i].chosen);
      g_assert_cmpstr (gtk_editable_get_text (search_of (f->widget)), ==, rows[i].typed);
    }
}

static void
test_help (Fixture       *f,
           gconstpointer  unused)
{
  GtkLabel *help = GTK_LABEL (gtk_widget_get_template_child (f->widget,
                                                             TELAR_TYPE_FUNCTION_PALETTE, "help"));

  g_assert_true (g_str_has_prefix (gtk_label_get_text (help), "Choose a function"));
  gtk_editable_set_text (search_of (f->widget), "squ");
  g_assert_true (g_str_has_prefix (gtk_label_get_text (help), "square\n"));
  g_assert_nonnull (strstr (gtk_label_get_text (help), "numbers: list of whole numbers"));
  g_assert_nonnull (strstr (gtk_label_get_text (help), "Returns how many"));
  gtk_editable_set_text (search_of (f->widget), "");
  g_assert_true (g_str_has_prefix (gtk_label_get_text (help), "Choose a function"));
}

static void
check_kind (Fixture *f,
            GObject *object)
{
  guint kind;

  g_object_get (object, "kind", &kind, NULL);
  g_assert_cmpuint (kind, ==, TELAR_KIND_PROCESS);
  g_object_set (object, "kind", TELAR_KIND_PROCESS, NULL);
  g_assert_cmpuint (f->notified, ==, 0);
  g_object_set (object, "kind", TELAR_KIND_CALL, NULL);
  g_assert_cmpuint (f->notified, ==, 1);
  g_object_get (object, "kind", &kind, NULL);
  g_assert_cmpuint (kind, ==, TELAR_KIND_CALL);
}

static void
test_kind (Fixture       *f,
           gconstpointer  unused)
{
  GtkWidget *button = find (f->widget, GTK_TYPE_TOGGLE_BUTTON);

  check_kind (f, G_OBJECT (f->widget));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), TRUE);
  g_assert_cmpuint (f->notified, ==, 2);
  g_assert_cmpuint (telar_function_palette_get_kind (TELAR_FUNCTION_PALETTE (f->widget)), ==,
                    TELAR_KIND_PROCESS);
}

/* The controller of the first row that lets it be dragged. */
static GtkDragSource *
drag_source_of (GtkWidget *row)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (row);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GObject) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_DRAG_SOURCE (controller))
        return GTK_DRAG_SOURCE (controller);
    }
  return NULL;
}

static void
test_drag (Fixture       *f,
           gconstpointer  unused)
{
  g_auto (GValue) name = G_VALUE_INIT, text = G_VALUE_INIT;
  g_autoptr (GdkContentProvider) content = NULL;
  GtkDragSource *source;

  gtk_editable_set_text (search_of (f->widget), "primes");
  source = drag_source_of (find (f->widget, GTK_TYPE_LIST_BOX_ROW));
  g_assert_nonnull (source);
  g_signal_emit_by_name (source, "prepare", 1.0, 1.0, &content);
  g_assert_nonnull (content);
  g_value_init (&name, TELAR_TYPE_FUNCTION_NAME);
  g_assert_true (gdk_content_provider_get_value (content, &name, NULL));
  g_assert_cmpstr (g_value_get_boxed (&name), ==, "primes");
  g_value_init (&text, G_TYPE_STRING);
  g_assert_true (gdk_content_provider_get_value (content, &text, NULL));
  g_assert_cmpstr (g_value_get_string (&text), ==, "primes");
}

static void
pop_up (Fixture    *f,
        const char *text)
{
  telar_type_to_add_popup (TELAR_TYPE_TO_ADD (f->popover), f->widget,
                           &(GdkRectangle) { 100, 100, 1, 1 }, text, "After p1");
}

/* Letters typed next go on behind the first; chosen or given up, the keyboard is
 * where it was. */
static void
test_popup (Fixture       *f,
            gconstpointer  unused)
{
  int from, to;

  pop_up (f, "s");
  g_assert_true (gtk_widget_get_visible (f->popover));
  g_assert_cmpstr (gtk_editable_get_text (search_of (f->popover)), ==, "s");
  g_assert_false (gtk_editable_get_selection_bounds (search_of (f->popover), &from, &to));
  g_assert_cmpint (gtk_editable_get_position (search_of (f->popover)), ==, 1);
  g_assert_true (gtk_root_get_focus (GTK_ROOT (f->window))
                 == GTK_WIDGET (gtk_editable_get_delegate (search_of (f->popover))));

  type_and_enter (f->popover, "squ");
  g_assert_cmpstr (f->chosen->str, ==, "square");
  g_assert_false (gtk_widget_get_visible (f->popover));
  g_assert_true (gtk_root_get_focus (GTK_ROOT (f->window)) == f->widget);

  pop_up (f, NULL);
  g_assert_cmpstr (gtk_editable_get_text (search_of (f->popover)), ==, "");
  g_signal_emit_by_name (search_of (f->popover), "stop-search");
  g_assert_false (gtk_widget_get_visible (f->popover));
  g_assert_true (gtk_root_get_focus (GTK_ROOT (f->window)) == f->widget);
  g_assert_cmpstr (f->chosen->str, ==, "square");
}

static void
test_popup_kind (Fixture       *f,
                 gconstpointer  unused)
{
  pop_up (f, NULL);
  check_kind (f, G_OBJECT (f->popover));
}

int
main (int    argc,
      char **argv)
{
  if (!gtk_init_check ())
    {
      g_print ("1..0 # SKIP there is no display\n");
      return 0;
    }

  g_test_init (&argc, &argv, NULL);
  g_test_add ("/function-palette/choose", Fixture, NULL, set_up_palette, test_choose, tear_down);
  g_test_add ("/function-palette/help", Fixture, NULL, set_up_palette, test_help, tear_down);
  g_test_add ("/function-palette/kind", Fixture, NULL, set_up_palette, test_kind, tear_down);
  g_test_add ("/function-palette/drag", Fixture, NULL, set_up_palette, test_drag, tear_down);
  g_test_add ("/type-to-add/popup", Fixture, NULL, set_up_popover, test_popup, tear_down);
  g_test_add ("/type-to-add/kind", Fixture, NULL, set_up_popover, test_popup_kind, tear_down);
  return g_test_run ();
}

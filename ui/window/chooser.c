/* chooser.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include "window/chooser.h"

#include <glib/gi18n-lib.h>

#include "graph/graph-file.h"

#define RECENT_SHOWN 12
#define MIME_TYPE    "application/x-telar"
#define RUN_MIME_TYPE "application/x-telar-run"
#define SUFFIX       ".telar"
#define RUN_SUFFIX   ".telar-run"

struct _TelarChooser
{
  GtkWidget   parent_instance;

  /* Template. */
  GtkWidget  *scrolled;
  GtkListBox *examples;
  GtkListBox *recent;
  GtkWidget  *recent_empty;
};

enum
{
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TelarChooser, telar_chooser, GTK_TYPE_WIDGET)

static GtkWidget *
row_new (GFile      *file,
         const char *title,
         const char *subtitle)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *label;

  label = gtk_label_new (title);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, "pane-title");
  gtk_box_append (GTK_BOX (box), label);

  if (subtitle && *subtitle)
    {
      label = gtk_label_new (subtitle);
      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
      gtk_widget_add_css_class (label, "dim-label");
      gtk_box_append (GTK_BOX (box), label);
    }

  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, subtitle ? subtitle : "",
                                  -1);
  g_object_set_data_full (G_OBJECT (row), "file", g_object_ref (file), g_object_unref);

  return row;
}

static void
clear (GtkListBox *list)
{
  GtkWidget *row;

  while ((row = GTK_WIDGET (gtk_list_box_get_row_at_index (list, 0))))
    gtk_list_box_remove (list, row);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* The files are numbered, so that their names give the order of teaching. */
static void
fill_examples (TelarChooser *self)
{
  g_autoptr (GFile)     folder = telar_chooser_examples_folder ();
  g_autofree char      *path = folder ? g_file_get_path (folder) : NULL;
  g_autoptr (GDir)      dir = path ? g_dir_open (path, 0, NULL) : NULL;
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char           *name;

  clear (self->examples);

  while (dir && (name = g_dir_read_name (dir)))
    if (g_str_has_suffix (name, SUFFIX))
      g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);

  for (guint i = 0; i < names->len; i++)
    {
      g_autoptr (GFile)      file = g_file_get_child (folder, g_ptr_array_index (names, i));
      g_autofree char       *example = g_file_get_path (file);
      g_autoptr (GPtrArray)  faults = telar_faults_new ();
      g_autoptr (TelarGraph) graph = telar_graph_read (example, faults);

      if (graph == NULL)
        continue;

      gtk_list_box_append (self->examples,
                           row_new (file,
                                    graph->name ? _(graph->name) : g_ptr_array_index (names, i),
                                    graph->description ? _(graph->description) : NULL));
    }
}

static int
compare_visited (gconstpointer a,
                 gconstpointer b)
{
  return g_date_time_compare (gtk_recent_info_get_visited ((GtkRecentInfo *) b),
                              gtk_recent_info_get_visited ((GtkRecentInfo *) a));
}

static void
fill_recent (TelarChooser *self)
{
  GList *items = gtk_recent_manager_get_items (gtk_recent_manager_get_default ());
  guint  shown = 0;

  clear (self->recent);
  items = g_list_sort (items, compare_visited);

  for (GList *l = items; l && shown < RECENT_SHOWN; l = l->next)
    {
      GtkRecentInfo *info = l->data;

      /* The file dialogs remember pictures, too. */
      if (gtk_recent_info_has_application (info, g_get_application_name ())
          && (g_str_has_suffix (gtk_recent_info_get_uri (info), SUFFIX)
              || g_str_has_suffix (gtk_recent_info_get_uri (info), RUN_SUFFIX))
          && gtk_recent_info_is_local (info)
          && gtk_recent_info_exists (info))
        {
          g_autoptr (GFile) file = g_file_new_for_uri (gtk_recent_info_get_uri (info));
          g_autoptr (GFile) folder = g_file_get_parent (file);
          g_autofree char  *where = folder ? g_file_get_parse_name (folder) : NULL;

          gtk_list_box_append (self->recent,
                               row_new (file, gtk_recent_info_get_display_name (info), where));
          shown++;
        }
    }

  g_list_free_full (items, (GDestroyNotify) gtk_recent_info_unref);
  gtk_widget_set_visible (GTK_WIDGET (self->recent), shown > 0);
  gtk_widget_set_visible (self->recent_empty, shown == 0);
}

static void
row_activated (TelarChooser  *self,
               GtkListBoxRow *row,
               GtkListBox    *list)
{
  g_signal_emit (self, signals[CHOSEN], 0, g_object_get_data (G_OBJECT (row), "file"));
}

/* Down at the end of one list goes on in the other. */
static gboolean
keynav_failed (TelarChooser     *self,
               GtkDirectionType  direction,
               GtkListBox       *list)
{
  GtkListBox *other = list == self->examples ? self->recent : self->examples;

  if (direction != GTK_DIR_RIGHT && direction != GTK_DIR_LEFT)
    return GDK_EVENT_PROPAGATE;

  return gtk_widget_child_focus (GTK_WIDGET (other), GTK_DIR_TAB_FORWARD);
}

static gboolean
telar_chooser_grab_focus (GtkWidget *widget)
{
  TelarChooser  *self = TELAR_CHOOSER (widget);
  GtkListBoxRow *first = gtk_list_box_get_row_at_index (self->examples, 0);

  return first != NULL && gtk_widget_grab_focus (GTK_WIDGET (first));
}

static void
telar_chooser_dispose (GObject *object)
{
  TelarChooser *self = TELAR_CHOOSER (object);

  g_clear_pointer (&self->scrolled, gtk_widget_unparent);

  G_OBJECT_CLASS (telar_chooser_parent_class)->dispose (object);
}

static void
telar_chooser_class_init (TelarChooserClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = telar_chooser_dispose;
  widget_class->grab_focus = telar_chooser_grab_focus;

  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                  0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_FILE);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/telar/Telar/ui/chooser.ui");
  gtk_widget_class_bind_template_child (widget_class, TelarChooser, scrolled);
  gtk_widget_class_bind_template_child (widget_class, TelarChooser, examples);
  gtk_widget_class_bind_template_child (widget_class, TelarChooser, recent);
  gtk_widget_class_bind_template_child (widget_class, TelarChooser, recent_empty);
  gtk_widget_class_bind_template_callback (widget_class, row_activated);
  gtk_widget_class_bind_template_callback (widget_class, keynav_failed);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "chooser");
}

static void
telar_chooser_init (TelarChooser *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
telar_chooser_refresh (TelarChooser *self)
{
  g_return_if_fail (TELAR_IS_CHOOSER (self));

  fill_examples (self);
  fill_recent (self);
}

void
telar_chooser_remember (GFile *file)
{
  g_autoptr (GFile) examples = telar_chooser_examples_folder ();
  g_autofree char  *uri = g_file_get_uri (file);
  char             *groups[] = { NULL };
  g_autofree char  *command = g_strdup ("telar %f");
  GtkRecentData     data = {
    .mime_type = (char *) (g_str_has_suffix (uri, RUN_SUFFIX) ? RUN_MIME_TYPE : MIME_TYPE),
    .app_name = (char *) g_get_application_name (),
    .app_exec = command,
    .groups = groups,
  };

  if (examples && g_file_has_prefix (file, examples))
    return;

  gtk_recent_manager_add_full (gtk_recent_manager_get_default (), uri, &data);
}

GFile *
telar_chooser_examples_folder (void)
{
  const char      *set = g_getenv ("TELAR_EXAMPLES");
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *beside = NULL;

  if (set && *set)
    return g_file_new_for_path (set);

  /* Started from a build folder inside the source tree: build/app/telar. */
  if (program)
    {
      g_autofree char *folder = g_path_get_dirname (program);

      beside = g_build_filename (folder, "..", "..", "resources", "examples", NULL);
      if (g_file_test (beside, G_FILE_TEST_IS_DIR))
        return g_file_new_for_path (beside);
    }

  if (g_file_test (TELAR_DATADIR "/examples", G_FILE_TEST_IS_DIR))
    return g_file_new_for_path (TELAR_DATADIR "/examples");

  return NULL;
}

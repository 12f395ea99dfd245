/* timeline-view-bookmarks.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Bookmarks: B makes one where the pointer is, its text is written in a popover at
 * its flag; full stop and comma go from one to the next; Delete takes the one that
 * was gone to away.
 */

#include "config.h"

#include "timeline-view/timeline-view-private.h"

#include <glib/gi18n-lib.h>

#include "timeline-view/measure.h"

/* A menu is read at one glance: of more than these, those around the middle of the view. */
#define MOST_ITEMS 20

static void
changed (TelarTimelineView *self)
{
  telar_timeline_view_tell_range (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify (G_OBJECT (self), "bookmarks");
}

/* Returns: (transfer full): empty where no run is shown. */
static GPtrArray *
list_of (TelarTimelineView *self)
{
  return self->timeline ? telar_bookmarks_list (self->timeline->bookmarks) : g_ptr_array_new ();
}

/* "“first lock” at 1.2 ms" */
static char *
words_of (const TelarBookmark *bookmark)
{
  g_autofree char *time = telar_time_format (bookmark->ns);

  return *bookmark->text ? g_strdup_printf (_("“%s” at %s"), bookmark->text, time)
                         : g_strdup_printf (_("bookmark at %s"), time);
}

char *
telar_timeline_view_bookmark_words (TelarTimelineView *self)
{
  g_autoptr (GPtrArray) list = list_of (self);
  const TelarBookmark  *current = telar_bookmarks_find (list, self->bookmark);

  if (list->len == 0)
    return NULL;
  if (current)
    return words_of (current);

  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u bookmark", "%u bookmarks", list->len),
                          list->len);
}

/* --- The text, in place --- */

static void
text_changed (GtkEditable       *entry,
              TelarTimelineView *self)
{
  if (self->timeline && telar_bookmarks_set_text (self->timeline->bookmarks, self->bookmark,
                                                  gtk_editable_get_text (entry)))
    changed (self);
}

static void
text_done (TelarTimelineView *self)
{
  gtk_popover_popdown (GTK_POPOVER (self->bookmark_popover));
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
make_popover (TelarTimelineView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *remove = gtk_button_new_from_icon_name ("user-trash-symbolic");

  self->bookmark_entry = gtk_entry_new ();
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->bookmark_entry), _("What happens here"));
  gtk_editable_set_width_chars (GTK_EDITABLE (self->bookmark_entry), 28);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->bookmark_entry),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("Text of the bookmark"), -1);
  g_signal_connect (self->bookmark_entry, "changed", G_CALLBACK (text_changed), self);
  g_signal_connect_swapped (self->bookmark_entry, "activate", G_CALLBACK (text_done), self);
  gtk_widget_set_tooltip_text (remove, _("Delete the bookmark"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (remove), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Delete the bookmark"), -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (remove), "bookmark.delete");
  gtk_box_append (GTK_BOX (box), self->bookmark_entry);
  gtk_box_append (GTK_BOX (box), remove);

  self->bookmark_popover = gtk_popover_new ();
  gtk_popover_set_child (GTK_POPOVER (self->bookmark_popover), box);
  gtk_popover_set_position (GTK_POPOVER (self->bookmark_popover), GTK_POS_BOTTOM);
  gtk_widget_set_parent (self->bookmark_popover, GTK_WIDGET (self));
}

static void
edit (TelarTimelineView   *self,
      const TelarBookmark *bookmark)
{
  TelarView view;
  double    x;

  if (self->bookmark_popover == NULL)
    make_popover (self);
  self->bookmark = bookmark->id;
  g_signal_handlers_block_by_func (self->bookmark_entry, text_changed, self);
  gtk_editable_set_text (GTK_EDITABLE (self->bookmark_entry), bookmark->text);
  g_signal_handlers_unblock_by_func (self->bookmark_entry, text_changed, self);
  if ((double) bookmark->ns < self->follow.begin || (double) bookmark->ns > self->follow.end)
    telar_timeline_view_show_time (self, (double) bookmark->ns);

  telar_timeline_view_fill_view (self, &view);
  x = CLAMP (telar_view_x_of (self->timeline, &view, (double) bookmark->ns),
             telar_timeline_left (self->timeline, &view), view.width);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->bookmark_popover),
                               &(GdkRectangle) {
                                 (int) x, (int) telar_timeline_top (self->timeline, &view) - 4, 1, 4
                               });
  gtk_popover_popup (GTK_POPOVER (self->bookmark_popover));
  gtk_widget_grab_focus (self->bookmark_entry);
  changed (self);
}

void
telar_timeline_view_bookmark_edit (TelarTimelineView *self,
                                   guint              id)
{
  g_autoptr (GPtrArray) list = list_of (self);
  const TelarBookmark  *bookmark = telar_bookmarks_find (list, id);

  if (bookmark)
    edit (self, bookmark);
}

/* --- Actions --- */

/* Returns: 0: there are too many. */
static guint
add_at (TelarTimelineView *self,
        gint64             ns,
        guint32            task)
{
  guint id = telar_bookmarks_add (self->timeline->bookmarks,
                                  CLAMP (ns, 0, (gint64) telar_timeline_view_length (self)),
                                  task, "");

  if (id == 0)
    gtk_widget_error_bell (GTK_WIDGET (self));

  return id;
}

/* In a replay at the moment that it has come to; else at the pointer; without one where
 * the selected task begins something near the middle; while a run goes on now. */
static void
add_action (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  TelarTimelineView *self = TELAR_TIMELINE_VIEW (widget);
  TelarView          view;
  gint64             middle;
  guint              id;

  if (self->timeline == NULL || telar_timeline_view_length (self) <= 0)
    return;

  telar_timeline_view_fill_view (self, &view);
  middle = (gint64) ((self->follow.begin + self->follow.end) / 2);
  if (self->replaying)
    id = add_at (self, (gint64) self->replay_ns, self->selected);
  else if (self->pointer_x >= telar_timeline_left (self->timeline, &view))
    id = add_at (self, (gint64) telar_view_time_at (self->timeline, &view, self->pointer_x),
                 telar_hit_timeline (self->timeline, &view, self->pointer_x, self->pointer_y).task);
  else if (self->selected != TELAR_NO_TASK)
    id = add_at (self, telar_measure_snap (self->timeline, self->selected, middle, G_MAXINT64 / 2),
                 self->selected);
  else
    id = add_at (self, self->live ? self->timeline->now : middle, TELAR_NO_TASK);
  telar_timeline_view_bookmark_edit (self, id);
}

static gboolean
edit_now (gpointer data)
{
  telar_timeline_view_bookmark_edit (data, TELAR_TIMELINE_VIEW (data)->bookmark);

  return G_SOURCE_REMOVE;
}

/* A menu that goes away takes the focus with it, and closes what came up meanwhile. */
static void
edit_soon (TelarTimelineView *self)
{
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, edit_now, g_object_ref (self), g_object_unref);
}

/* Where the menu was asked for. */
static void
add_here_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *ns)
{
  TelarTimelineView *self = TELAR_TIMELINE_VIEW (widget);
  guint              id;

  if (self->timeline == NULL || telar_timeline_view_length (self) <= 0)
    return;
  id = add_at (self, g_variant_get_int64 (ns),
               self->lane_kind == TELAR_LANE_TASK ? self->lane_number : TELAR_NO_TASK);
  if (id == 0)
    return;
  self->bookmark = id;
  changed (self);
  edit_soon (self);
}

static void
edit_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  edit_soon (TELAR_TIMELINE_VIEW (widget));
}

static void
delete_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  TelarTimelineView *self = TELAR_TIMELINE_VIEW (widget);

  if (self->timeline == NULL
      || !telar_bookmarks_remove (self->timeline->bookmarks, self->bookmark))
    return;
  self->bookmark = 0;
  if (self->bookmark_popover && gtk_widget_get_visible (self->bookmark_popover))
    text_done (self);
  changed (self);
}

static void
go_to (TelarTimelineView   *self,
       const TelarBookmark *bookmark)
{
  self->bookmark = bookmark->id;
  telar_timeline_view_show_time (self, (double) bookmark->ns);
  if (bookmark->task != TELAR_NO_TASK)
    telar_timeline_view_select (self, bookmark->task);
  changed (self);
}

static void
go_action (GtkWidget  *widget,
           const char *name,
           GVariant   *id)
{
  TelarTimelineView    *self = TELAR_TIMELINE_VIEW (widget);
  g_autoptr (GPtrArray) list = list_of (self);
  const TelarBookmark  *bookmark = telar_bookmarks_find (list, g_variant_get_uint32 (id));

  if (bookmark)
    go_to (self, bookmark);
}

/* From the one that was gone to; without one from the middle of what is seen. Those of
 * one moment are taken one after the other. */
static gboolean
step_key (GtkWidget *widget,
          GVariant  *way,
          gpointer   unused)
{
  TelarTimelineView    *self = TELAR_TIMELINE_VIEW (widget);
  int                   step = g_variant_get_int32 (way);
  g_autoptr (GPtrArray) list = list_of (self);
  const TelarBookmark  *current = telar_bookmarks_find (list, self->bookmark);
  const TelarBookmark  *to = NULL;
  guint                 at;

  if (current && g_ptr_array_find (list, current, &at))
    {
      if (step > 0 ? at + 1 < list->len : at > 0)
        to = g_ptr_array_index (list, step > 0 ? at + 1 : at - 1);
    }
  else if (list->len > 0)
    to = telar_bookmarks_step (list, (gint64) ((self->follow.begin + self->follow.end) / 2), step);
  if (to == NULL && list->len > 0)
    to = g_ptr_array_index (list, step > 0 ? 0 : list->len - 1);
  if (to == NULL)
    return FALSE;
  go_to (self, to);

  return TRUE;
}

/* --- The menu --- */

void
telar_timeline_view_bookmark_menu (TelarTimelineView *self,
                                   GMenu             *menu)
{
  g_autoptr (GPtrArray) list = list_of (self);
  g_autoptr (GMenu)     section = g_menu_new ();
  g_autoptr (GMenu)     jump = g_menu_new ();
  g_autoptr (GMenuItem) add = g_menu_item_new (_("Add _Bookmark Here"), NULL);
  g_autoptr (GMenuItem) edit = g_menu_item_new (_("_Edit Bookmark…"), NULL);
  g_autoptr (GMenuItem) remove = g_menu_item_new (_("_Delete Bookmark"), NULL);
  guint                 first = 0;

  g_menu_item_set_action_and_target (add, "bookmark.add-at", "x", self->menu_ns);
  g_menu_append_item (section, add);
  g_menu_item_set_detailed_action (edit, "bookmark.edit");
  g_menu_item_set_detailed_action (remove, "bookmark.delete");
  if (self->menu_bookmark)
    {
      self->bookmark = self->menu_bookmark;
      g_menu_append_item (section, edit);
      g_menu_append_item (section, remove);
    }
  while (first + MOST_ITEMS < list->len
         && ((const TelarBookmark *) g_ptr_array_index (list, first + MOST_ITEMS / 2))->ns
              < self->menu_ns)
    first++;
  for (guint i = first; i < MIN (list->len, first + MOST_ITEMS); i++)
    {
      const TelarBookmark  *bookmark = g_ptr_array_index (list, i);
      g_autofree char      *words = words_of (bookmark);
      g_auto (GStrv)        parts = g_strsplit (words, "_", -1);
      g_autofree char      *label = g_strjoinv ("__", parts);
      g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

      g_menu_item_set_action_and_target (item, "bookmark.go", "u", bookmark->id);
      g_menu_append_item (jump, item);
    }
  if (list->len > 0)
    g_menu_append_submenu (section, _("_Go to Bookmark"), G_MENU_MODEL (jump));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
}

void
telar_timeline_view_bookmarks_class_init (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "bookmark.add", NULL, add_action);
  gtk_widget_class_install_action (widget_class, "bookmark.add-at", "x", add_here_action);
  gtk_widget_class_install_action (widget_class, "bookmark.edit", NULL, edit_action);
  gtk_widget_class_install_action (widget_class, "bookmark.delete", NULL, delete_action);
  gtk_widget_class_install_action (widget_class, "bookmark.go", "u", go_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_b, 0, "bookmark.add", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_b, GDK_SHIFT_MASK, "bookmark.edit",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "bookmark.delete", NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_period, 0, step_key, "i", 1);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_comma, 0, step_key, "i", -1);
}

/* graph-view-actions.c
 *
 * SPDX-License-Identifier: MIT
 *
 * What can be done to the selected tasks and arrow: named actions with their
 * keys beside them, and the menu of the other button, which shows them.
 */

#include "config.h"

#include "graph-view/graph-view-private.h"

#include <glib/gi18n-lib.h>

#include "edit/legal.h"
#include "edit/operations.h"
#include "popup-menu.h"

#define DUPLICATE_AWAY 24.0

void
telar_graph_view_refused (TelarGraphView *self,
                          guint32         task,
                          GError         *error)
{
  if (error)
    telar_graph_view_say_at (self, task, error->message, TRUE);
}

static void
select_new (TelarGraphView *self,
            char          **ids)
{
  if (ids == NULL || ids[0] == NULL)
    return;

  g_free (self->reveal);
  self->reveal = g_strdup (ids[0]);
  telar_selection_set (self->selection, (const char *const *) ids);
  telar_graph_view_update (self);
  self->quiet = TRUE;
  telar_graph_view_focus_task (self, telar_graph_view_primary (self));
  self->quiet = FALSE;
}

/* --- Deleting --- */

static void
delete_edge (TelarGraphView *self)
{
  TelarDocument      *document = telar_graph_view_document (self);
  /* Copied: once the document has changed, the layout may be another. */
  TelarGraphEdge      edge = g_array_index (self->layout->edges, TelarGraphEdge, self->edge);
  g_autofree char    *to = g_strdup (telar_graph_view_id (self, edge.to));
  g_autofree char    *from = g_strdup (telar_graph_view_id (self, edge.from));
  g_autoptr (GError)  error = NULL;

  if (edge.kind == TELAR_GRAPH_STARTS)
    {
      telar_document_remove_step (document, from, edge.step, &error);
      telar_graph_view_refused (self, edge.from, error);
      return;
    }

  /* One arrow stands for all copies that the task comes after. */
  telar_document_disconnect (document, to, from, &error);
  telar_graph_view_refused (self, edge.to, error);
}

static void
delete_action (TelarGraphView *self)
{
  g_auto (GStrv)      ids = telar_selection_get_nodes (self->selection);
  g_autoptr (GError)  error = NULL;

  telar_graph_view_update (self);
  if (self->edge != G_MAXUINT && self->edge < self->layout->edges->len)
    delete_edge (self);
  else if (ids[0] && !telar_document_delete (telar_graph_view_document (self),
                                             (const char *const *) ids, TELAR_DELETE_INSIDE,
                                             &error))
    telar_graph_view_refused (self, telar_graph_view_primary (self), error);
}

static void
ungroup_action (TelarGraphView *self)
{
  g_auto (GStrv)      ids = telar_selection_get_tasks (self->selection);
  g_autoptr (GError)  error = NULL;

  if (ids[0] && !telar_document_delete (telar_graph_view_document (self),
                                        (const char *const *) ids, TELAR_KEEP_INSIDE, &error))
    telar_graph_view_refused (self, telar_graph_view_primary (self), error);
}

/* --- Copies --- */

static void
copy_action (TelarGraphView *self)
{
  g_auto (GStrv)   ids = telar_selection_get_nodes (self->selection);
  g_autofree char *text = ids[0] ? telar_document_copy (telar_graph_view_document (self),
                                                        (const char *const *) ids)
                                 : NULL;

  if (text)
    gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
}

static void
cut_action (TelarGraphView *self)
{
  copy_action (self);
  delete_action (self);
}

/* Where the menu was asked for, else beside where they were. */
typedef struct
{
  TelarGraphView *view;   /* owned */
  gboolean        at;
  double          x, y;
} Paste;

static void
paste_text (GObject      *clipboard,
            GAsyncResult *result,
            gpointer      data)
{
  g_autofree Paste          *paste = data;
  g_autoptr (TelarGraphView) self = paste->view;
  g_autoptr (GError)         error = NULL;
  g_autofree char           *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (clipboard),
                                                                    result, &error);
  g_auto (GStrv)             new_ids = NULL;
  TelarPasteTarget           target = { .x = DUPLICATE_AWAY, .y = DUPLICATE_AWAY };

  if (!telar_graph_view_can_edit (self))
    return;
  if (text == NULL)
    {
      telar_graph_view_say_at (self, TELAR_NOBODY,
                               _("The clipboard holds no tasks; copy some first, or the text of a "
                                 "graph"),
                               TRUE);
      return;
    }

  telar_graph_view_update (self);
  if (paste->at)
    {
      target.has_position = TRUE;
      target.x = paste->x;
      target.y = paste->y;
      target.inside = telar_graph_view_process_at (self, paste->x, paste->y);
      if (target.inside == NULL)
        target.inside = "main";
    }
  if (telar_document_paste (telar_graph_view_document (self), text, &target, &new_ids, &error))
    select_new (self, new_ids);
  else
    telar_graph_view_refused (self, TELAR_NOBODY, error);
}

static void
paste (TelarGraphView *self,
       gboolean        at)
{
  Paste *paste = g_new0 (Paste, 1);

  *paste = (Paste) { g_object_ref (self), at && telar_graph_view_is_settled (self), self->menu_x,
                     self->menu_y };
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (GTK_WIDGET (self)), NULL, paste_text,
                                 paste);
}

static void
paste_action (TelarGraphView *self)
{
  paste (self, FALSE);
}

static void
paste_here_action (TelarGraphView *self)
{
  paste (self, TRUE);
}

static void
duplicate_action (TelarGraphView *self)
{
  g_auto (GStrv)      ids = telar_selection_get_nodes (self->selection);
  g_auto (GStrv)      new_ids = NULL;
  g_autoptr (GError)  error = NULL;

  if (ids[0] == NULL)
    return;
  if (telar_document_duplicate (telar_graph_view_document (self), (const char *const *) ids,
                                DUPLICATE_AWAY, DUPLICATE_AWAY, &new_ids, &error))
    select_new (self, new_ids);
  else
    telar_graph_view_refused (self, telar_graph_view_primary (self), error);
}

/* --- Selecting, grouping --- */

static void
select_all_action (TelarGraphView *self)
{
  telar_selection_set_all (self->selection);
}

static void
group_action (TelarGraphView *self)
{
  g_auto (GStrv)      ids = telar_selection_get_tasks (self->selection);
  g_autofree char    *id = NULL;
  g_autoptr (GError)  error = NULL;

  if (ids[0] == NULL)
    return;
  id = telar_document_group (telar_graph_view_document (self), (const char *const *) ids, &error);
  if (id)
    select_new (self, (char *[]) { id, NULL });
  else
    telar_graph_view_refused (self, telar_graph_view_primary (self), error);
}

/* --- Adding, editing --- */

static void
add_action (TelarGraphView *self)
{
  telar_graph_view_ask_to_add (self, "", NULL, FALSE, 0, 0);
}

static void
add_here_action (TelarGraphView *self)
{
  telar_graph_view_ask_to_add (self, "", NULL, TRUE, self->menu_x, self->menu_y);
}

static void
add_after_action (TelarGraphView *self)
{
  guint32     task = telar_graph_view_primary (self);
  const char *id = telar_graph_view_id (self, task);

  if (id && task != 0)
    telar_graph_view_ask_to_add (self, "", id, FALSE, 0, 0);
}

static void
edit_action (TelarGraphView *self)
{
  g_signal_emit_by_name (self, "edit", "");
}

static void
rename_action (TelarGraphView *self)
{
  g_signal_emit_by_name (self, "edit", "id");
}

/* By keys: walk to the task that is to come after, then Enter. */
static void
connect_action (TelarGraphView *self)
{
  guint32          task = telar_graph_view_primary (self);
  g_autofree char *sentence = NULL;

  telar_graph_view_update (self);
  if (task == TELAR_NOBODY || task == 0)
    return;

  self->link_from = task;
  g_free (self->drag.legal);
  self->drag.legal = telar_legal_targets (self->layout->relations, task);
  telar_graph_view_focus_task (self, task);
  telar_graph_view_update_marks (self);
  sentence = g_strdup_printf (_("What comes after %s? Go there with the arrow keys, then press "
                                "Enter"),
                              telar_graph_view_id (self, task));
  telar_graph_view_say_at (self, task, sentence, FALSE);
}

void
telar_graph_view_fold (TelarGraphView *self,
                       guint32         task)
{
  const char *id = telar_graph_view_id (self, task);

  if (id == NULL)
    return;
  if (!g_hash_table_remove (self->folded, id))
    g_hash_table_add (self->folded, g_strdup (id));
  g_hash_table_remove (self->whole, id);
  telar_graph_view_queue_update (self);
}

void
telar_graph_view_show_whole (TelarGraphView *self,
                             guint32         task)
{
  const char *id = telar_graph_view_id (self, task);

  if (id == NULL)
    return;
  g_hash_table_add (self->whole, g_strdup (id));
  telar_graph_view_queue_update (self);
}

static void
fold_action (TelarGraphView *self)
{
  guint32 task = telar_graph_view_primary (self);

  /* A long body: first the rest of it. */
  telar_graph_view_update (self);
  if (self->layout && telar_graph_view_is_pool (self, task))
    {
      if (telar_graph_view_is_pool_cut (self, task))
        telar_graph_view_show_whole (self, task);
      else
        telar_graph_view_fold_pool (self, task);
      return;
    }
  if (self->layout && task < self->layout->n_tasks
      && telar_graph_is_cut (self->layout, task, G_MAXUINT))
    telar_graph_view_show_whole (self, task);
  else
    telar_graph_view_fold (self, task);
}

/* --- The table --- */

typedef enum
{
  NEEDS_NOTHING,
  NEEDS_TASKS,     /* one or more */
  NEEDS_ONE,       /* a task that is selected last */
  NEEDS_SOMETHING, /* tasks or an arrow */
  NEEDS_FRAME,     /* a frame with a body, or a pool */
  NEEDS_INSIDE     /* a task with others inside */
} Needs;

static const struct
{
  const char *name;
  void      (*call) (TelarGraphView *self);
  Needs       needs;
  struct { guint key; GdkModifierType modifiers; } keys[2];
} actions[] = {
  { "graph.delete", delete_action, NEEDS_SOMETHING, { { GDK_KEY_BackSpace, 0 },
                                                      { GDK_KEY_Delete, 0 } } },
  { "graph.cut", cut_action, NEEDS_TASKS, { { GDK_KEY_x, GDK_CONTROL_MASK } } },
  { "graph.copy", copy_action, NEEDS_TASKS, { { GDK_KEY_c, GDK_CONTROL_MASK } } },
  { "graph.paste", paste_action, NEEDS_NOTHING, { { GDK_KEY_v, GDK_CONTROL_MASK } } },
  { "graph.paste-here", paste_here_action, NEEDS_NOTHING, { { 0, 0 } } },
  { "graph.duplicate", duplicate_action, NEEDS_TASKS, { { GDK_KEY_d, GDK_CONTROL_MASK } } },
  { "graph.select-all", select_all_action, NEEDS_NOTHING, { { GDK_KEY_a, GDK_CONTROL_MASK } } },
  { "graph.group", group_action, NEEDS_TASKS, { { GDK_KEY_g, GDK_CONTROL_MASK } } },
  { "graph.ungroup", ungroup_action, NEEDS_INSIDE,
    { { GDK_KEY_G, GDK_CONTROL_MASK | GDK_SHIFT_MASK } } },
  { "graph.add", add_action, NEEDS_NOTHING, { { GDK_KEY_Insert, 0 } } },
  { "graph.add-here", add_here_action, NEEDS_NOTHING, { { 0, 0 } } },
  { "graph.add-after", add_after_action, NEEDS_ONE, { { 0, 0 } } },
  { "graph.edit", edit_action, NEEDS_ONE, { { 0, 0 } } },
  { "graph.rename", rename_action, NEEDS_ONE, { { GDK_KEY_F2, 0 } } },
  { "graph.connect", connect_action, NEEDS_ONE, { { GDK_KEY_j, GDK_CONTROL_MASK } } },
  { "graph.fold", fold_action, NEEDS_FRAME, { { GDK_KEY_space, GDK_SHIFT_MASK } } },
  { "graph.arrange", telar_graph_view_arrange, NEEDS_NOTHING,
    { { GDK_KEY_l, GDK_CONTROL_MASK } } },
  { "graph.fit", telar_graph_view_fit, NEEDS_NOTHING, { { 0, 0 } } },
};

/* What is folded is not in the document. */
static gboolean
only_looks (Needs needs)
{
  return needs == NEEDS_FRAME;
}

static void
activate (GtkWidget  *widget,
          const char *name,
          GVariant   *parameter)
{
  TelarGraphView *self = TELAR_GRAPH_VIEW (widget);

  telar_graph_view_update (self);
  if (self->layout == NULL)
    return;
  telar_graph_view_drag_cancel (self);
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    if (g_str_equal (actions[i].name, name)
        && (telar_graph_view_can_edit (self) || only_looks (actions[i].needs)))
      actions[i].call (self);
}

void
telar_graph_view_update_actions (TelarGraphView *self)
{
  guint32              primary = telar_graph_view_primary (self);
  const TelarGraphBox *box = self->layout && primary < self->layout->n_tasks
                               ? &self->layout->boxes[primary] : NULL;
  gboolean             edits = telar_graph_view_can_edit (self) && self->layout;
  guint                n = 0;
  gboolean             met[NEEDS_INSIDE + 1];

  if (self->selection)
    n = telar_selection_get_n (self->selection)
        - (telar_selection_contains (self->selection, "main") ? 1 : 0);
  met[NEEDS_NOTHING] = TRUE;
  met[NEEDS_TASKS] = n > 0;
  met[NEEDS_ONE] = box != NULL && primary != 0;
  met[NEEDS_SOMETHING] = n > 0 || self->edge != G_MAXUINT;
  met[NEEDS_FRAME] = (box != NULL && box->has_body) || telar_graph_view_is_pool (self, primary);
  met[NEEDS_INSIDE] = box != NULL && box->frame && primary != 0;

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), actions[i].name,
                                   (edits || only_looks (actions[i].needs))
                                     && met[actions[i].needs]);
}

static void
append_section (GMenu *menu,
                GMenu *section)
{
  g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
  g_object_unref (section);
}

/* Whether the run that is shown tells how full an object was. */
static gboolean
has_lane (TelarGraphView      *self,
          const TelarGraphHit *hit)
{
  const char *id = telar_graph_view_hit_id (self, hit);
  guint32     number = self->timeline && id ? telar_timeline_find_object (self->timeline, id)
                                            : TELAR_NO_OBJECT;

  return number != TELAR_NO_OBJECT
         && telar_object_has_lane (telar_timeline_object (self->timeline, number));
}

GMenuModel *
telar_graph_view_menu_model (TelarGraphView      *self,
                             const TelarGraphHit *hit)
{
  GMenu   *menu = g_menu_new ();
  GMenu   *section = g_menu_new ();
  gboolean on_object = hit->kind == TELAR_GRAPH_HIT_OBJECT
                       || telar_graph_view_is_object (self, hit->task);
  gboolean on_pool = telar_graph_view_is_pool (self, hit->kind == TELAR_GRAPH_HIT_OBJECT
                                                       ? self->layout->n_tasks + hit->number
                                                       : hit->task);
  gboolean on_task = hit->kind > TELAR_GRAPH_HIT_GROUND && hit->kind != TELAR_GRAPH_HIT_EDGE
                     && hit->task != 0 && !on_object;

  if (hit->kind == TELAR_GRAPH_HIT_EDGE)
    telar_menu_append (section, _("_Delete Arrow"), "graph.delete");
  else if (on_object)
    {
      telar_menu_append (section, _("Cu_t"), "graph.cut");
      telar_menu_append (section, _("_Copy"), "graph.copy");
      telar_menu_append (section, _("D_uplicate"), "graph.duplicate");
      telar_menu_append (section, _("_Delete"), "graph.delete");
      if (on_pool)
        {
          append_section (menu, section);
          section = g_menu_new ();
          telar_menu_append (section, _("Fold or Unfold the _Workers"), "graph.fold");
        }
      if (has_lane (self, hit))
        {
          append_section (menu, section);
          section = g_menu_new ();
          telar_menu_append (section, _("Its _Lane in the Timeline"), "win.object-lane");
        }
    }
  else if (on_task)
    {
      telar_menu_append (section, _("_Edit"), "graph.edit");
      telar_menu_append (section, _("_Rename"), "graph.rename");
      telar_menu_append (section, _("_Add After…"), "graph.add-after");
      telar_menu_append (section, _("Draw Arro_w To…"), "graph.connect");
      append_section (menu, section);
      section = g_menu_new ();
      telar_menu_append (section, _("Make _Processes"), "win.make-processes");
      telar_menu_append (section, _("Make _Threads"), "win.make-threads");
      telar_menu_append (section, _("Make Plain _Calls"), "win.make-calls");
    }
  else
    {
      telar_menu_append (section, _("_Add…"), "graph.add-here");
      telar_menu_append (section, _("Select A_ll"), "graph.select-all");
    }
  append_section (menu, section);

  if (on_task)
    {
      section = g_menu_new ();
      telar_menu_append (section, _("Cu_t"), "graph.cut");
      telar_menu_append (section, _("_Copy"), "graph.copy");
      telar_menu_append (section, _("D_uplicate"), "graph.duplicate");
      telar_menu_append (section, _("_Delete"), "graph.delete");
      append_section (menu, section);
      section = g_menu_new ();
      telar_menu_append (section, _("_Group into a Process"), "graph.group");
      telar_menu_append (section, _("_Ungroup"), "graph.ungroup");
      append_section (menu, section);
    }
  else if (hit->kind != TELAR_GRAPH_HIT_EDGE && !on_object)
    {
      section = g_menu_new ();
      telar_menu_append (section, _("_Paste"), "graph.paste-here");
      append_section (menu, section);
      section = g_menu_new ();
      telar_menu_append (section, _("A_rrange Automatically"), "graph.arrange");
      telar_menu_append (section, _("_Fit"), "graph.fit");
      telar_menu_append (section, _("Fold or Unfold the _Body"), "graph.fold");
      append_section (menu, section);
    }

  return G_MENU_MODEL (menu);
}

void
telar_graph_view_actions_class_init (GtkWidgetClass *widget_class)
{
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      gtk_widget_class_install_action (widget_class, actions[i].name, NULL, activate);
      for (guint k = 0; k < G_N_ELEMENTS (actions[i].keys) && actions[i].keys[k].key; k++)
        gtk_widget_class_add_binding_action (widget_class, actions[i].keys[k].key,
                                             actions[i].keys[k].modifiers, actions[i].name, NULL);
    }
}

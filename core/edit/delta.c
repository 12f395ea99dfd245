/* delta.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include <string.h>

#include "edit/delta.h"

#define SWAP(a, b) \
  do { typeof (a) swapped_ = (a); (a) = (b); (b) = swapped_; } while (0)

/* ---- comparing ---------------------------------------------------------- */

static gboolean
same_texts (const GPtrArray *a, const GPtrArray *b)
{
  if (a == b)
    return TRUE;
  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    if (strcmp (g_ptr_array_index (a, i), g_ptr_array_index (b, i)) != 0)
      return FALSE;
  return TRUE;
}

static gboolean
same_json (const json_t *a, const json_t *b)
{
  return a == b || json_equal (a, b);
}

static gboolean
same_steps (const GPtrArray *a, const GPtrArray *b)
{
  if (a == b)
    return TRUE;
  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    {
      const TelarStep *first = g_ptr_array_index (a, i), *second = g_ptr_array_index (b, i);

      if (strcmp (first->function, second->function) != 0
          || !same_json (first->args, second->args))
        return FALSE;
    }
  return TRUE;
}

TelarChangeFlags
telar_task_compare (const TelarTask *a, const TelarTask *b)
{
  TelarChangeFlags what = 0;

  if (strcmp (a->id, b->id) != 0)
    what |= TELAR_CHANGED_IDS;
  if (a->kind != b->kind || a->copies != b->copies || g_strcmp0 (a->inside, b->inside) != 0
      || !same_texts (a->after, b->after))
    what |= TELAR_CHANGED_RELATIONS;
  if (a->has_body != b->has_body || a->repeat != b->repeat || !same_steps (a->steps, b->steps))
    what |= TELAR_CHANGED_STEPS;
  if (a->has_position != b->has_position || a->x != b->x || a->y != b->y)
    what |= TELAR_CHANGED_POSITIONS;
  if (g_strcmp0 (a->name, b->name) != 0 || a->core != b->core || a->daemon != b->daemon
      || a->start_method != b->start_method || !same_json (a->unknown, b->unknown))
    what |= TELAR_CHANGED_DETAILS;
  return what;
}

static gboolean
same_cores (const GArray *a, const GArray *b)
{
  if (a == b)
    return TRUE;
  return a != NULL && b != NULL && a->len == b->len
         && memcmp (a->data, b->data, a->len * sizeof (int)) == 0;
}

static gboolean
same_objects (const GPtrArray *a, const GPtrArray *b)
{
  if (a == b)
    return TRUE;
  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    {
      const TelarObject *one = g_ptr_array_index (a, i), *other = g_ptr_array_index (b, i);

      if (strcmp (one->id, other->id) != 0 || one->type != other->type
          || one->has_position != other->has_position || one->x != other->x || one->y != other->y
          || !same_json (one->options, other->options))
        return FALSE;
    }
  return TRUE;
}

static gboolean
same_settings (const TelarGraph *a, const TelarGraph *b)
{
  return g_strcmp0 (a->name, b->name) == 0 && g_strcmp0 (a->description, b->description) == 0
         && a->start_method == b->start_method && a->placement == b->placement
         && a->method_given == b->method_given && a->placement_given == b->placement_given
         && same_cores (a->cores, b->cores) && a->skip_on_failure == b->skip_on_failure
         && a->alive_limit == b->alive_limit && a->memory_limit == b->memory_limit
         && same_objects (a->objects, b->objects) && same_json (a->unknown, b->unknown);
}

/* ---- swapping ----------------------------------------------------------- */

static void
swap_task (TelarSwap *swap, TelarChanges *changes)
{
  TelarChangeFlags what = telar_task_compare (swap->live, swap->other);

  telar_changes_replace (changes, swap->live, what);
  SWAP (*swap->live, *swap->other);
  /* tables of ids borrow them: the same id stays the same text */
  if (!(what & TELAR_CHANGED_IDS))
    SWAP (swap->live->id, swap->other->id);
}

static void
swap_settings (TelarGraph *a, TelarGraph *b)
{
  SWAP (a->name, b->name);
  SWAP (a->description, b->description);
  SWAP (a->start_method, b->start_method);
  SWAP (a->placement, b->placement);
  SWAP (a->method_given, b->method_given);
  SWAP (a->placement_given, b->placement_given);
  SWAP (a->cores, b->cores);
  SWAP (a->skip_on_failure, b->skip_on_failure);
  SWAP (a->alive_limit, b->alive_limit);
  SWAP (a->memory_limit, b->memory_limit);
  SWAP (a->objects, b->objects);
  SWAP (a->unknown, b->unknown);
}

static void
tell_objects (const GPtrArray *before, const GPtrArray *after, TelarChanges *changes)
{
  telar_changes_add_flags (changes, TELAR_CHANGED_OBJECTS);
  for (guint i = 0; before->len == after->len && i < before->len; i++)
    {
      const char *old_id = ((TelarObject *) g_ptr_array_index (before, i))->id;
      const char *new_id = ((TelarObject *) g_ptr_array_index (after, i))->id;

      if (strcmp (old_id, new_id) != 0)
        telar_changes_rename_object (changes, old_id, new_id);
    }
}

/* One pass, however many come and go: @out by their index now, @in by their
 * index then. */
static void
restructure (GPtrArray *tasks, const GArray *out, const GArray *in)
{
  guint n = tasks->len - out->len + in->len;
  g_autofree gpointer *result = g_new (gpointer, n);
  guint from = 0, o = 0, i = 0;

  for (guint to = 0; to < n; to++)
    {
      if (i < in->len && g_array_index (in, TelarSlot, i).index == to)
        {
          result[to] = g_array_index (in, TelarSlot, i++).task;
          continue;
        }
      while (o < out->len && g_array_index (out, TelarSlot, o).index == from)
        {
          from++;
          o++;
        }
      result[to] = g_ptr_array_index (tasks, from++);
    }
  /* who owns what is in @out changes without anything being freed */
  g_ptr_array_set_free_func (tasks, NULL);
  g_ptr_array_set_size (tasks, (gint) n);
  g_ptr_array_set_free_func (tasks, (GDestroyNotify) telar_task_free);
  if (n > 0)
    memcpy (tasks->pdata, result, n * sizeof (gpointer));
}

/* ---- public ------------------------------------------------------------- */

TelarDelta *
telar_delta_new (void)
{
  TelarDelta *delta = g_new0 (TelarDelta, 1);

  delta->swaps = g_array_new (FALSE, FALSE, sizeof (TelarSwap));
  delta->out = g_array_new (FALSE, FALSE, sizeof (TelarSlot));
  delta->in = g_array_new (FALSE, FALSE, sizeof (TelarSlot));
  return delta;
}

void
telar_delta_free (TelarDelta *delta)
{
  GArray *mine, *kept;
  g_autoptr (GHashTable) stay = NULL;

  if (delta == NULL)
    return;
  for (guint i = 0; i < delta->swaps->len; i++)
    telar_task_free (g_array_index (delta->swaps, TelarSwap, i).other);
  /* what is not in the graph now, but for tasks that only moved */
  mine = delta->applied ? delta->out : delta->in;
  kept = delta->applied ? delta->in : delta->out;
  stay = g_hash_table_new (NULL, NULL);
  for (guint i = 0; i < kept->len; i++)
    g_hash_table_add (stay, g_array_index (kept, TelarSlot, i).task);
  for (guint i = 0; i < mine->len; i++)
    {
      TelarTask *task = g_array_index (mine, TelarSlot, i).task;
      if (!g_hash_table_contains (stay, task))
        telar_task_free (task);
    }
  g_array_unref (delta->swaps);
  g_array_unref (delta->out);
  g_array_unref (delta->in);
  g_clear_pointer (&delta->settings, telar_graph_unref);
  g_free (delta);
}

void
telar_delta_toggle (TelarDelta *delta, TelarGraph *graph, TelarChanges *changes)
{
  GArray *out = delta->applied ? delta->in : delta->out;
  GArray *in = delta->applied ? delta->out : delta->in;

  if (delta->whole)
    telar_changes_set_all (changes);
  if (delta->settings != NULL)
    {
      if (!same_objects (graph->objects, delta->settings->objects))
        tell_objects (graph->objects, delta->settings->objects, changes);
      swap_settings (graph, delta->settings);
      telar_changes_add_flags (changes, TELAR_CHANGED_SETTINGS);
    }
  for (guint i = 0; i < delta->swaps->len; i++)
    swap_task (&g_array_index (delta->swaps, TelarSwap, i), changes);
  for (guint i = 0; i < out->len; i++)
    telar_changes_remove (changes, g_array_index (out, TelarSlot, i).task);
  for (guint i = 0; i < in->len; i++)
    telar_changes_insert (changes, g_array_index (in, TelarSlot, i).task);
  if (out->len > 0 || in->len > 0)
    restructure (graph->tasks, out, in);
  delta->applied = !delta->applied;
}

gboolean
telar_delta_is_empty (const TelarDelta *delta)
{
  return delta->swaps->len == 0 && delta->out->len == 0 && delta->in->len == 0
         && delta->settings == NULL;
}

/* A task that is taken out and put in at the same place of all. */
static gboolean
is_same_order (const TelarDelta *delta)
{
  if (delta->in->len != delta->out->len)
    return FALSE;
  for (guint i = 0; i < delta->in->len; i++)
    {
      const TelarSlot *in = &g_array_index (delta->in, TelarSlot, i);
      const TelarSlot *out = &g_array_index (delta->out, TelarSlot, i);

      if (in->task != out->task || in->index != out->index)
        return FALSE;
    }
  return TRUE;
}

void
telar_delta_prune (TelarDelta *delta, const TelarGraph *graph)
{
  guint kept = 0;

  for (guint i = 0; i < delta->swaps->len; i++)
    {
      TelarSwap *swap = &g_array_index (delta->swaps, TelarSwap, i);

      if (telar_task_compare (swap->live, swap->other) != 0)
        g_array_index (delta->swaps, TelarSwap, kept++) = *swap;
      else
        telar_task_free (swap->other);
    }
  g_array_set_size (delta->swaps, kept);
  if (is_same_order (delta))
    {
      g_array_set_size (delta->in, 0);
      g_array_set_size (delta->out, 0);
    }
  if (delta->settings != NULL && same_settings (delta->settings, graph))
    g_clear_pointer (&delta->settings, telar_graph_unref);
}

gboolean
telar_delta_covers (const TelarDelta *delta, const TelarDelta *next)
{
  if (next->out->len > 0 || next->in->len > 0 || next->settings != NULL || delta->out->len > 0
      || delta->in->len > 0 || next->swaps->len > delta->swaps->len)
    return FALSE;
  for (guint i = 0; i < next->swaps->len; i++)
    if (g_array_index (next->swaps, TelarSwap, i).live
        != g_array_index (delta->swaps, TelarSwap, i).live)
      return FALSE;
  return TRUE;
}

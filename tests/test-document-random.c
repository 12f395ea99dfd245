/* test-document-random.c
 *
 * SPDX-License-Identifier: MIT
 *
 * A thousand edits at random; then as many undos give back the first file byte
 * for byte, and redos the last. On the way: what is refused changes nothing, no
 * edit leaves an error of the structure behind, and whoever only listens knows
 * the same tasks as the graph has. The same on graphs that were faulty at first.
 */

#include "config.h"

#include <string.h>

#include "edit/operations.h"
#include "graph/graph-file.h"
#include "random-graph.h"

#define N_EDITS 1000
#define FIRST_FAULTY 100

typedef struct
{
  GRand         *random;
  TelarDocument *document;
  GHashTable    *heard;     /* ids that the listener knows */
  char          *clipboard; /* owned, nullable */
  gboolean       faulty;    /* the graph had faults to begin with */
  guint          n_done, n_refused;
} Person;

/* ---- listening ------------------------------------------------------------ */

static void
on_changed (TelarDocument *document, const TelarChange *change, Person *person)
{
  const GPtrArray *tasks = telar_document_get_graph (document)->tasks;

  /* where two tasks have the same id, an id says nothing */
  if (person->faulty)
    return;
  if (change->all)
    {
      g_hash_table_remove_all (person->heard);
      for (guint i = 0; i < tasks->len; i++)
        g_hash_table_add (person->heard, g_strdup (((TelarTask *) tasks->pdata[i])->id));
      return;
    }
  for (guint i = 0; i < change->removed->len; i++)
    g_assert_true (g_hash_table_remove (person->heard, change->removed->pdata[i]));
  for (guint i = 0; i < change->renamed->len; i += 2)
    g_assert_true (g_hash_table_remove (person->heard, change->renamed->pdata[i]));
  for (guint i = 1; i < change->renamed->len; i += 2)
    g_assert_true (g_hash_table_add (person->heard, g_strdup (change->renamed->pdata[i])));
  for (guint i = 0; i < change->added->len; i++)
    g_assert_true (g_hash_table_add (person->heard, g_strdup (change->added->pdata[i])));
  for (guint i = 0; i < change->changed->len; i++)
    g_assert_true (g_hash_table_contains (person->heard, change->changed->pdata[i])
                   || strcmp (change->changed->pdata[i], "main") == 0);
}

static void
assert_heard_all (Person *person)
{
  const GPtrArray *tasks = telar_document_get_graph (person->document)->tasks;

  if (person->faulty)
    return;
  g_assert_cmpuint (g_hash_table_size (person->heard), ==, tasks->len);
  for (guint i = 0; i < tasks->len; i++)
    {
      const TelarTask *task = g_ptr_array_index (tasks, i);
      g_assert_true (g_hash_table_contains (person->heard, task->id));
      g_assert_true (telar_document_find (person->document, task->id) == task);
    }
}

/* ---- dice ----------------------------------------------------------------- */

static guint
below (Person *person, guint n)
{
  return n == 0 ? 0 : (guint) g_rand_int_range (person->random, 0, (gint32) n);
}

/* Returns: (transfer none): an id, now and then of nobody. */
static const char *
any_id (Person *person)
{
  const GPtrArray *tasks = telar_document_get_graph (person->document)->tasks;

  if (tasks->len == 0 || below (person, 50) == 0)
    return below (person, 2) == 0 ? "main" : "nobody";
  return ((TelarTask *) g_ptr_array_index (tasks, below (person, tasks->len)))->id;
}

static const char *
any_function (Person *person)
{
  unsigned n;
  const TelarFunction *functions = telar_catalogue (&n);

  return functions[below (person, n)].name;
}

static json_t *
any_args (Person *person, const char *function)
{
  if (below (person, 3) > 0)
    return telar_default_args (function);
  if (below (person, 2) == 0)
    return json_pack ("[{ss}]", "task", any_id (person));
  return json_pack ("[fs]", below (person, 100) / 8., "5 ms");
}

/* ---- edits ---------------------------------------------------------------- */

static gboolean
change_tasks (Person *person, const char *const *some, GError **error)
{
  TelarDocument *document = person->document;
  g_autofree char *fresh = g_strdup_printf ("id%u", below (person, 40));
  g_autofree char *made = NULL;

  switch (below (person, 12))
    {
    case 0:
    case 1:
    case 2:
      made = telar_document_add (document, &(TelarNewTask){
          .kind = below (person, 3), .function = below (person, 4) ? any_function (person) : NULL,
          .inside = below (person, 3) == 0 ? any_id (person) : NULL,
          .after = below (person, 3) == 0 ? any_id (person) : NULL,
          .has_position = below (person, 2), .x = below (person, 500), .y = 0.1 }, error);
      return made != NULL;
    case 3:
      return telar_document_delete (document, some, below (person, 2), error);
    case 4:
      return telar_document_duplicate (document, some, 10, 20, NULL, error);
    case 5:
      g_free (person->clipboard);
      person->clipboard = telar_document_copy (document, some);
      return TRUE;
    case 6:
      return person->clipboard == NULL
             || telar_document_paste (document, person->clipboard,
                                      below (person, 2)
                                          ? &(TelarPasteTarget){ .inside = any_id (person),
                                                                 .has_position = TRUE }
                                          : NULL, NULL, error);
    case 7:
      made = telar_document_group (document, some, error);
      return made != NULL;
    case 8:
      return telar_document_reorder (document, some,
                                     below (person, 2) ? any_id (person) : NULL, error);
    case 9:
      return telar_document_set_kind (document, below (person, 10) ? some : NULL,
                                      below (person, 3), error);
    case 10:
      return telar_document_reparent (document, some,
                                      below (person, 3) ? any_id (person) : NULL, error);
    default:
      return telar_document_rename (document, some[0], fresh, error);
    }
}

static gboolean
change_fields (Person *person, const char *const *some, GError **error)
{
  TelarDocument *document = person->document;
  const char *const after[] = { any_id (person), below (person, 2) ? any_id (person) : NULL,
                                NULL };
  const int cores[] = { (int) below (person, 8), (int) below (person, 2000) };
  g_autofree char *copy = g_strdup_printf ("%s.%u", some[0], below (person, 4));

  switch (below (person, 18))
    {
    case 0:
    case 1:
      return telar_document_connect (document, any_id (person), some[0], error);
    case 2:
      return telar_document_disconnect (document, any_id (person), some[0], error);
    case 3:
      return telar_document_set_after (document, any_id (person), after, error);
    case 4:
      return telar_document_connect (document, any_id (person), copy, error);
    case 5:
      return telar_document_set_name (document, some, below (person, 3) ? "Näme" : NULL, error);
    case 6:
      return telar_document_set_copies (document, some, below (person, 5), error);
    case 7:
      return telar_document_set_core (document, some, (int) below (person, 1500) - 1, error);
    case 8:
      return telar_document_set_daemon (document, some, below (person, 2), error);
    case 9:
      return telar_document_set_repeat (document, some, below (person, 4), error);
    case 10:
      return telar_document_set_graph_name (document, below (person, 2) ? "Graph" : NULL, error);
    case 11:
      return telar_document_set_cores (document, below (person, 3) ? cores : NULL,
                                       below (person, 3), error);
    case 12:
      return telar_document_set_alive_limit (document, below (person, 30), error);
    case 13:
      return telar_document_set_placement (document, below (person, 3), error);
    case 14:
      return telar_document_set_start_method (document, below (person, 3), error);
    case 15:
      return telar_document_set_skip_on_failure (document, below (person, 2), error);
    case 16:
      return telar_document_set_memory_limit (document, below (person, 1000) * 100000, error);
    default:
      return telar_document_set_description (document, "What it shows.", error);
    }
}

static gboolean
change_steps (Person *person, const char *const *some, GError **error)
{
  TelarDocument *document = person->document;
  const char *function = any_function (person);
  json_t *args = any_args (person, function);
  gboolean done;

  switch (below (person, 8))
    {
    case 0:
      done = telar_document_set_function (document, some, below (person, 2), function, error);
      break;
    case 1:
      done = telar_document_set_args (document, some, below (person, 2), args, error);
      break;
    case 2:
      done = telar_document_set_argument (document, some, 0, below (person, 3),
                                          below (person, 4) ? json_array_get (args, 0) : NULL,
                                          error);
      break;
    case 3:
      done = telar_document_set_has_body (document, some, below (person, 2), error);
      break;
    case 4:
    case 5:
      done = telar_document_insert_step (document, some[0], below (person, 4), function, args,
                                         error);
      break;
    case 6:
      done = telar_document_remove_step (document, some[0], below (person, 3), error);
      break;
    default:
      done = telar_document_move_step (document, some[0], below (person, 3), below (person, 3),
                                       error);
    }
  json_decref (args);
  return done;
}

static gboolean
change_positions (Person *person, const char *const *some, GError **error)
{
  const TelarPlace place = { some[0], below (person, 900), below (person, 900) / 7. };
  gboolean done = TRUE;

  switch (below (person, 4))
    {
    case 0:
      return telar_document_place (person->document, &place, 1, NULL, error);
    case 1:
      return telar_document_unplace (person->document, some, error);
    case 2:
      return telar_document_move (person->document, some, 0.3, 7, error);
    default:
      telar_document_begin (person->document, "Drag", below (person, 2) ? "drag" : NULL);
      for (guint i = below (person, 4); done && i > 0; i--)
        done = telar_document_move (person->document, some, 1. / 3, -0.1, error);
      if (below (person, 3) == 0)
        telar_document_cancel (person->document);
      else
        telar_document_end (person->document);
      return done;
    }
}

/* Returns: (transfer none): an id of an object, now and then of none. */
static const char *
any_object (Person *person)
{
  const GPtrArray *objects = telar_document_get_graph (person->document)->objects;

  if (objects->len == 0 || below (person, 20) == 0)
    return "nothing";
  return ((TelarObject *) g_ptr_array_index (objects, below (person, objects->len)))->id;
}

static gboolean
change_objects (Person *person, const char *const *some, GError **error)
{
  static const char *const options[] = { "capacity", "parties", "value", "lock", "real",
                                         "size" };
  TelarDocument *document = person->document;
  g_autofree char *object = g_strdup (any_object (person));
  g_autofree char *other = g_strdup (any_object (person));
  g_autofree char *fresh = g_strdup_printf ("id%u", below (person, 40));
  const char *const both[] = { object, below (person, 2) ? other : some[0], NULL };
  const TelarPlace place = { object, below (person, 900), below (person, 900) / 7. };
  json_t *value = below (person, 2) ? json_string (other) : json_integer (below (person, 9) - 1);
  json_t *args = json_pack ("[{ss}, [{sssi}]]", "object", object, "object", other, "end", 1);
  g_autofree char *made = NULL;
  gboolean done;

  switch (below (person, 12))
    {
    case 0:
    case 1:
      made = telar_document_add_object (document, &(TelarNewObject){
          .type = below (person, TELAR_N_OBJECT_TYPES), .id = below (person, 3) ? NULL : fresh,
          .has_position = below (person, 2), .x = below (person, 500), .y = 0.1 }, error);
      done = made != NULL;
      break;
    case 2:
      done = telar_document_delete (document, both, below (person, 2), error);
      break;
    case 3:
      done = telar_document_duplicate (document, both, 10, 20, NULL, error);
      break;
    case 4:
      g_free (person->clipboard);
      person->clipboard = telar_document_copy (document, both);
      done = TRUE;
      break;
    case 5:
      done = telar_document_rename_object (document, object, fresh, error);
      break;
    case 6:
      done = telar_document_set_object_type (document, object,
                                             below (person, TELAR_N_OBJECT_TYPES), error);
      break;
    case 7:
    case 8:
      done = telar_document_set_object_option (document, object,
                                               options[below (person, G_N_ELEMENTS (options))],
                                               below (person, 3) ? value : NULL, error);
      break;
    case 9:
      done = telar_document_move (document, both, 0.3, 7, error);
      break;
    case 10:
      done = telar_document_place (document, &place, 1, NULL, error);
      break;
    default:
      done = telar_document_insert_step (document, some[0], below (person, 4),
                                         below (person, 2) ? "acquire" : "wait_any", args, error);
    }
  json_decref (value);
  json_decref (args);
  return done;
}

static gboolean
change_something (Person *person, GError **error)
{
  /* an id may go with what it is of: as the window would, keep them */
  g_autofree char *one = g_strdup (any_id (person));
  g_autofree char *two = g_strdup (any_id (person));
  const char *const some[] = { one, below (person, 3) ? NULL : two, NULL };

  switch (below (person, 7))
    {
    case 5:
    case 6:
      return change_objects (person, some, error);
    case 0:
    case 1:
      return change_tasks (person, some, error);
    case 2:
      return change_fields (person, some, error);
    case 3:
      return change_steps (person, some, error);
    default:
      return change_positions (person, some, error);
    }
}

/* ---- the test ------------------------------------------------------------- */

static char *
print (Person *person)
{
  return telar_graph_print (telar_document_get_graph (person->document), NULL);
}

static void
assert_structure_is_sound (Person *person)
{
  g_autoptr (GPtrArray) faults = telar_faults_new ();
  gboolean sound = telar_graph_check_structure (telar_document_get_graph (person->document),
                                                faults);

  for (guint i = 0; !sound && !person->faulty && i < faults->len; i++)
    g_test_message ("%s", telar_fault_describe (g_ptr_array_index (faults, i)));
  g_assert_true (sound || person->faulty);
}

static void
edit_once (Person *person)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *before = print (person);
  gboolean done;

  /* the graph stays of a size that a person would edit */
  if (telar_document_get_graph (person->document)->tasks->len > 60)
    {
      telar_document_undo (person->document);
      return;
    }
  switch (below (person, 20))
    {
    case 0:
      telar_document_undo (person->document);
      return;
    case 1:
      telar_document_redo (person->document);
      return;
    case 2:
      telar_document_seal (person->document);
      return;
    default:
      break;
    }
  done = change_something (person, &error);
  g_assert_true (done == (error == NULL));
  if (!done)
    {
      g_autofree char *after = print (person);

      g_assert_cmpstr (after, ==, before);
      g_assert_cmpint (*error->message, !=, '\0');
      person->n_refused++;
    }
  else
    person->n_done++;
  assert_structure_is_sound (person);
  assert_heard_all (person);
}

/* What a file may say and a check would not let pass. */
static void
break_graph (TelarGraph *graph, guint32 seed)
{
  GRand *random = g_rand_new_with_seed (seed);

  for (guint i = 0; i < graph->tasks->len; i++)
    {
      TelarTask *task = g_ptr_array_index (graph->tasks, i);
      gint32 any = g_rand_int_range (random, 0, (gint32) graph->tasks->len);
      const TelarTask *other = g_ptr_array_index (graph->tasks, any);

      switch (g_rand_int_range (random, 0, 8))
        {
        case 0:
          g_ptr_array_add (task->after, g_strdup (other->id));
          break;
        case 1:
          g_free (task->inside);
          task->inside = g_strdup (other->id);
          break;
        case 2:
          g_free (task->id);
          task->id = g_strdup (other != task ? other->id : "main");
          break;
        case 3:
          g_ptr_array_set_size (task->steps, 0);
          break;
        case 4:
          g_ptr_array_add (task->after, g_strdup ("nobody.3"));
          task->copies = 0;
          break;
        default:
          break;
        }
    }
  g_rand_free (random);
}

static void
test_seed (gconstpointer data)
{
  guint32 seed = GPOINTER_TO_UINT (data);
  g_autoptr (TelarGraph) graph = telar_random_graph_new (seed, NULL);
  g_autofree char *first = NULL;
  Person person = { .random = g_rand_new_with_seed (seed),
                    .heard = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
                    .faulty = seed >= FIRST_FAULTY };
  g_autofree char *last = NULL;
  g_autofree char *undone = NULL;
  g_autofree char *redone = NULL;
  g_autoptr (TelarGraph) kept = NULL;
  g_autofree char *kept_text = NULL;

  if (person.faulty)
    break_graph (graph, seed);
  first = telar_graph_print (graph, NULL);
  person.document = telar_document_new_for_graph (graph);
  for (guint i = 0; i < graph->tasks->len; i++)
    g_hash_table_add (person.heard, g_strdup (((TelarTask *) graph->tasks->pdata[i])->id));
  g_signal_connect (person.document, "changed", G_CALLBACK (on_changed), &person);
  while (person.n_done < N_EDITS)
    edit_once (&person);
  g_test_message ("%u done, %u refused", person.n_done, person.n_refused);
  while (telar_document_redo (person.document))
    ;
  last = print (&person);
  kept = telar_document_snapshot (person.document);

  while (telar_document_undo (person.document))
    assert_heard_all (&person);
  undone = print (&person);
  g_assert_cmpstr (undone, ==, first);
  g_assert_false (telar_document_get_modified (person.document));

  while (telar_document_redo (person.document))
    assert_heard_all (&person);
  redone = print (&person);
  g_assert_cmpstr (redone, ==, last);
  /* a snapshot is not touched by any of it */
  kept_text = telar_graph_print (kept, NULL);
  g_assert_cmpstr (kept_text, ==, last);

  g_assert_finalize_object (person.document);
  g_hash_table_unref (person.heard);
  g_free (person.clipboard);
  g_rand_free (person.random);
}

int
main (int argc, char *argv[])
{
  g_setenv ("LANGUAGE", "en", TRUE);
  g_test_init (&argc, &argv, NULL);
  for (guint32 seed = 1; seed <= 8; seed++)
    {
      g_autofree char *path = g_strdup_printf ("/document/random/%u", seed);
      g_test_add_data_func (path, GUINT_TO_POINTER (seed), test_seed);
    }
  for (guint32 seed = FIRST_FAULTY; seed < FIRST_FAULTY + 6; seed++)
    {
      g_autofree char *path = g_strdup_printf ("/document/random/faulty/%u", seed);
      g_test_add_data_func (path, GUINT_TO_POINTER (seed), test_seed);
    }
  return g_test_run ();
}

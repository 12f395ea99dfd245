/* function-search.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "edit/function-search.h"
#include "graph/suggest.h"

/* From this many letters on: with fewer, nearly every sentence has such a word. */
#define LEAST_OF_HELP    3
#define LEAST_OF_SYNONYM 3
#define LEAST_OF_LETTERS 2

/* Bits of TelarFunctionHit.matched. */
#define MAX_NAME 64

/* Why a function fits, from hardly to exactly. */
typedef enum
{
  FIT_NOT,
  FIT_HELP,           /* all words typed begin words of its help, group or result */
  FIT_SUGGESTED,      /* mistyped, or called so elsewhere */
  FIT_LETTERS,        /* its letters in that order: `mmul` */
  FIT_INSIDE,         /* somewhere in the name */
  FIT_SYNONYM_BEGUN,
  FIT_WORD,           /* a word of the name begins so: `even` */
  FIT_BEGINNING,      /* the name does */
  FIT_SYNONYM_TOO,    /* another name of it, whole, but first of another function */
  FIT_SYNONYM,        /* another name of it, whole */
  FIT_NAME
} Fitness;

/* What the course text and Python's library call it, and what is to be said to
 * who looks for it under that name. Where that is several functions, the first is
 * what is mostly meant. */
static const struct
{
  const char *said, *meant, *remark;
} synonyms[] = {
  { "end", "terminate",
    N_("Python's library has no end(), though it is written so here and there: a process is ended "
       "early with terminate().") },
  { "stop", "terminate",
    N_("Python's library has no stop(): terminate() asks a process to end, kill() ends it at "
       "once.") },
  { "stop", "kill", NULL },
  { "finish", "terminate",
    N_("Python's library has no finish(): a task ends by itself, or is ended early with "
       "terminate().") },
  { "cancel", "terminate",
    N_("Processes have no cancel(): terminate() asks one to end early.") },
  { "pi", "monte_carlo_pi", NULL },
  { "run", "start",
    N_("run() is what the task itself does once it is started; who starts it calls start().") },
  { "wait", "join",
    N_("Waiting until a task has ended is called join().") },
  { "wait", "sleep",
    N_("Letting time pass is called sleep().") },
  { "quit", "exit",
    N_("A task ends itself with exit(); another one is ended with terminate().") },
  { "return", "exit",
    N_("A task ends by itself after its last step; exit() ends it before, with an exit code.") },
  { "raise", "fail",
    N_("fail() ends a task as an error that nobody catches would.") },
  { "main_process", "current_process", NULL },
  { "get_ident", "identify",
    N_("identify prints which process and thread the task is.") },
  { "getpid", "identify",
    N_("identify prints the number of its process, as getpid() tells.") },
  { "getppid", "identify",
    N_("identify prints the number of the parent process, as getppid() tells.") },
  { "subprocess", "command",
    N_("Any program can be run with command, as with Python's subprocess.run().") },
  { "popen", "command",
    N_("Any program can be run with command, as with Python's subprocess.Popen().") },
  { "lock", "acquire",
    N_("A lock is an object of the graph; a task takes it with acquire() and gives it back with "
       "release().") },
  { "lock", "release", NULL },
  { "mutex", "acquire",
    N_("A mutex is called a lock here: a task takes it with acquire() and gives it back with "
       "release().") },
  { "with", "acquire",
    N_("What Python writes as “with lock:” is acquire() before and release() after.") },
  { "unlock", "release", N_("A lock is given back with release().") },
  { "signal", "notify", N_("A condition wakes those who wait for it with notify().") },
  { "broadcast", "notify_all", N_("All who wait for a condition are woken with notify_all().") },
  { "wait_for", "wait", NULL },
  { "enqueue", "put", N_("An item goes into a queue with put().") },
  { "push", "put", N_("An item goes into a queue with put().") },
  { "put_nowait", "put", N_("put() with a timeout of 0 does not wait.") },
  { "dequeue", "get", N_("An item is taken out of a queue with get().") },
  { "pop", "get", N_("An item is taken out of a queue with get().") },
  { "get_nowait", "get", N_("get() with a timeout of 0 does not wait.") },
  { "recv", "receive", N_("What Python calls recv() is called receive() here.") },
  { "add", "increment", NULL },
  { "+=", "increment", N_("What Python writes as “value += 1” is increment().") },
  { "pool", "map", NULL },
  { "parallel", "map", NULL },
  { "dict", "set_item",
    N_("A dictionary is an object of the graph; what it has at a key is set with set_item() and "
       "looked up with get_item().") },
  { "manager", "set_item", NULL },
  { "list", "append",
    N_("A list is an object of the graph; append() puts an item at its end.") },
  { "delete", "pop", NULL },
  { "size", "len", NULL },
  { "struct", "pack_into",
    N_("pack_into() and unpack_from() write and read the numbers of a shared memory block.") },
  { "shared_memory", "pack_into",
    N_("A shared memory block is an object of the graph; pack_into() and unpack_from() write and "
       "read its numbers, write() and read() its bytes.") },
  { "shm", "pack_into", NULL },
  { "select", "wait_any", N_("Waiting for the first of several is called wait_any().") },
};

#define HINT_PROCESS \
  N_("A process is a kind of task, not a function: switch new tasks to process, and choose what " \
     "the task is to do.")
#define HINT_THREAD \
  N_("A thread is a kind of task, not a function: switch new tasks to thread, and choose what " \
     "the task is to do.")

/* What is looked for among functions and is none, in Python's words or, where they
 * have a translation, in the reader's. */
static const struct
{
  const char *said, *hint;
} hints[] = {
  { N_("process"), HINT_PROCESS },
  { "multiprocessing", HINT_PROCESS },
  { N_("thread"), HINT_THREAD },
  { "threading", HINT_THREAD },
  { N_("call"),
    N_("A call is a kind of task, not a function: switch new tasks to call, and choose what is to "
       "be called.") },
  { "target",
    N_("The target of a process or thread is the function that it runs: choose one here.") },
  { "args",
    N_("The args of a process or thread are its function's arguments: choose the function "
       "first.") },
  { "pool",
    N_("A pool is an object of the graph: add one from the list of objects, and give it work with "
       "map().") },
};

/* What was typed, as it is compared. */
typedef struct
{
  char   *name;   /* owned: folded, with the blanks of names: `is_even` */
  size_t  length;
  char  **words;  /* owned: folded */
} Typed;

/* ---- comparing ------------------------------------------------------------ */

/* Without accents and case. */
static char *
fold (const char *text)
{
  g_autofree char *apart = g_utf8_normalize (text, -1, G_NORMALIZE_NFKD);
  g_autoptr (GString) bare = g_string_new (NULL);

  /* no UTF-8: nothing is called so */
  if (apart == NULL)
    return g_strdup ("");
  for (const char *at = apart; *at != '\0'; at = g_utf8_next_char (at))
    if (!g_unichar_ismark (g_utf8_get_char (at)))
      g_string_append_unichar (bare, g_utf8_get_char (at));
  return g_utf8_casefold (bare->str, -1);
}

/* Returns: (transfer full): the words of a folded text. */
static char **
words_of (const char *folded)
{
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  const char *from = NULL, *at = folded;

  for (;; at = g_utf8_next_char (at))
    {
      gboolean inside = *at != '\0' && g_unichar_isalnum (g_utf8_get_char (at));

      if (inside && from == NULL)
        from = at;
      else if (!inside && from != NULL)
        {
          g_autofree char *word = g_strndup (from, at - from);

          g_strv_builder_add (words, word);
          from = NULL;
        }
      if (*at == '\0')
        break;
    }
  return g_strv_builder_end (words);
}

/* The name in a line of a program: `p = Process(target=square)` is about Process,
 * `p1.start()` about start, `print "Done"` about print. */
static char *
name_in (const char *folded)
{
  g_autofree char *line = g_strndup (folded, strcspn (folded, "(\"'"));
  const char *equals = strrchr (line, '=');
  const char *name = equals != NULL ? equals + 1 : line;
  const char *dot = strrchr (name, '.');

  name = dot != NULL ? dot + 1 : name;
  return g_strdelimit (g_strstrip (g_strdup (name)), " \t\n-", '_');
}

static void
typed_init (Typed *typed, const char *text)
{
  g_autofree char *folded = fold (text);

  typed->name = name_in (folded);
  typed->length = strlen (typed->name);
  typed->words = words_of (folded);
}

static void
typed_clear (Typed *typed)
{
  g_clear_pointer (&typed->name, g_free);
  g_clear_pointer (&typed->words, g_strfreev);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Typed, typed_clear)

static guint64
letters (size_t from, size_t n)
{
  guint64 matched = 0;

  for (size_t i = from; i < from + n && i < MAX_NAME; i++)
    matched |= G_GUINT64_CONSTANT (1) << i;
  return matched;
}

static gboolean
begins_word (const char *name, const char *at)
{
  return at == name || at[-1] == '_';
}

/* All typed letters in their order, the first where a word begins; the next is
 * taken beside the last, else, with @jump, where a word begins, else anywhere. */
static gboolean
match_letters (const char *name, const char *typed, gboolean jump, guint64 *matched)
{
  const char *at = name;

  *matched = 0;
  for (const char *letter = typed; *letter != '\0'; letter++)
    {
      const char *found = strchr (at, *letter);
      gboolean first = letter == typed;

      if (first || (jump && found != NULL && found != at))
        for (const char *other = found; other != NULL; other = strchr (other + 1, *letter))
          if (begins_word (name, other))
            {
              found = other;
              break;
            }
      if (found == NULL || (first && !begins_word (name, found)))
        return FALSE;
      *matched |= letters (found - name, 1);
      at = found + 1;
    }
  return TRUE;
}

/* ---- why a function fits --------------------------------------------------- */

static Fitness
fit_name (const char *function, const Typed *typed, guint64 *matched)
{
  g_autofree char *name = g_ascii_strdown (function, -1);
  const char *inside = strstr (name, typed->name);

  *matched = 0;
  for (const char *at = inside; at != NULL; at = strstr (at + 1, typed->name))
    if (begins_word (name, at))
      {
        inside = at;
        break;
      }
  if (inside != NULL)
    {
      *matched = letters (inside - name, typed->length);
      if (inside == name)
        return name[typed->length] == '\0' ? FIT_NAME : FIT_BEGINNING;
      return begins_word (name, inside) ? FIT_WORD : FIT_INSIDE;
    }
  if (typed->length >= LEAST_OF_LETTERS
      && (match_letters (name, typed->name, TRUE, matched)
          || match_letters (name, typed->name, FALSE, matched)))
    return FIT_LETTERS;
  *matched = 0;
  return FIT_NOT;
}

static Fitness
fit_synonym (const char *function, const Typed *typed, const char **remark)
{
  Fitness fitness = FIT_NOT;

  for (guint i = 0; i < G_N_ELEMENTS (synonyms); i++)
    {
      Fitness found = FIT_NOT;

      if (strcmp (synonyms[i].meant, function) != 0)
        continue;
      if (strcmp (synonyms[i].said, typed->name) == 0)
        found = i > 0 && strcmp (synonyms[i - 1].said, typed->name) == 0 ? FIT_SYNONYM_TOO
                                                                         : FIT_SYNONYM;
      else if (typed->length >= LEAST_OF_SYNONYM
               && g_str_has_prefix (synonyms[i].said, typed->name))
        found = FIT_SYNONYM_BEGUN;
      if (found > fitness)
        {
          fitness = found;
          *remark = synonyms[i].remark != NULL ? _(synonyms[i].remark) : NULL;
        }
    }
  return fitness;
}

static void
add_words (GPtrArray *words, const char *text)
{
  const char *both[] = { text, _(text) };

  for (guint i = 0; i < G_N_ELEMENTS (both); i++)
    {
      g_autofree char *folded = fold (both[i]);
      g_autofree char **of = words_of (folded);

      for (guint j = 0; of[j] != NULL; j++)
        g_ptr_array_add (words, of[j]);
    }
}

static gboolean
begins_one (const GPtrArray *words, const char *typed)
{
  for (guint i = 0; i < words->len; i++)
    if (g_str_has_prefix (g_ptr_array_index (words, i), typed))
      return TRUE;
  return FALSE;
}

static Fitness
fit_help (const TelarFunction *function, const Typed *typed)
{
  g_autoptr (GPtrArray) words = NULL;

  if (typed->words[0] == NULL || g_utf8_strlen (typed->words[0], -1) < LEAST_OF_HELP)
    return FIT_NOT;
  words = g_ptr_array_new_with_free_func (g_free);
  add_words (words, function->help);
  add_words (words, telar_group_title (function->group));
  if (function->returns != NULL)
    add_words (words, function->returns);
  for (guint i = 0; typed->words[i] != NULL; i++)
    if (!begins_one (words, typed->words[i]))
      return FIT_NOT;
  return FIT_HELP;
}

/* @suggested: (nullable) */
static TelarFunctionHit
fit (const TelarFunction *function, const Typed *typed, const char *suggested)
{
  TelarFunctionHit hit = { .function = function };
  const char *remark = NULL;
  Fitness synonym = fit_synonym (function->name, typed, &remark);

  hit.fitness = fit_name (function->name, typed, &hit.matched);
  if (synonym > hit.fitness)
    {
      hit.fitness = synonym;
      hit.matched = 0;
      hit.remark = remark;
    }
  if (hit.fitness == FIT_NOT && g_strcmp0 (suggested, function->name) == 0)
    hit.fitness = FIT_SUGGESTED;
  if (hit.fitness == FIT_NOT)
    hit.fitness = fit_help (function, typed);
  return hit;
}

static int
compare_hits (gconstpointer a, gconstpointer b)
{
  const TelarFunctionHit *one = a, *other = b;

  if (one->fitness != other->fitness)
    return one->fitness < other->fitness ? 1 : -1;
  return one->function < other->function ? -1 : one->function > other->function;
}

/* ---- public ---------------------------------------------------------------- */

GArray *
telar_function_search (const char *text)
{
  GArray *hits = g_array_new (FALSE, FALSE, sizeof (TelarFunctionHit));
  unsigned n;
  const TelarFunction *functions = telar_catalogue (&n);
  g_auto (Typed) typed = { 0 };
  const char *suggested;

  g_return_val_if_fail (text != NULL, hits);

  typed_init (&typed, text);
  suggested = typed.length >= LEAST_OF_LETTERS ? telar_suggest_function (typed.name) : NULL;
  for (unsigned i = 0; i < n; i++)
    {
      TelarFunctionHit hit = { .function = &functions[i] };

      if (typed.length > 0)
        hit = fit (&functions[i], &typed, suggested);
      if (typed.length == 0 || hit.fitness > FIT_NOT)
        g_array_append_val (hits, hit);
    }
  g_array_sort (hits, compare_hits);
  return hits;
}

const char *
telar_function_search_hint (const char *text)
{
  g_auto (Typed) typed = { 0 };

  g_return_val_if_fail (text != NULL, NULL);

  typed_init (&typed, text);
  for (guint i = 0; i < G_N_ELEMENTS (hints); i++)
    {
      g_autofree char *said = fold (_(hints[i].said));

      if (strcmp (hints[i].said, typed.name) == 0 || strcmp (said, typed.name) == 0)
        return _(hints[i].hint);
    }
  return NULL;
}

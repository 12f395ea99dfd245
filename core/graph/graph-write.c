/* graph-write.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "graph/graph-file.h"
#include "graph/json.h"

#define MEBIBYTE (G_GUINT64_CONSTANT (1) << 20)
#define WIDTH    100 /* columns, beyond which main's body goes on in a new line */

/* ---- text --------------------------------------------------------------- */

/* A key of an object in one line: ", " before it, but before the first. */
static void
begin_key (GString *out, const char *key, gboolean *first)
{
  g_string_append (out, *first ? " " : ", ");
  *first = FALSE;
  telar_json_print_text (out, key);
  g_string_append (out, ": ");
}

static void
print_text_key (GString *out, const char *key, const char *text, gboolean *first)
{
  begin_key (out, key, first);
  telar_json_print_text (out, text);
}

static void
print_number_key (GString *out, const char *key, gint64 number, gboolean *first)
{
  begin_key (out, key, first);
  g_string_append_printf (out, "%" G_GINT64_FORMAT, number);
}

static void
print_unknown (GString *out, const json_t *unknown, gboolean *first)
{
  const char *key;
  json_t *value;

  json_object_foreach ((json_t *) unknown, key, value)
    {
      begin_key (out, key, first);
      telar_json_print (out, value);
    }
}

static void
print_step (GString *out, const TelarStep *step)
{
  g_string_append_c (out, '[');
  telar_json_print_text (out, step->function);
  for (size_t i = 0; i < json_array_size (step->args); i++)
    {
      g_string_append (out, ", ");
      telar_json_print (out, json_array_get (step->args, i));
    }
  g_string_append_c (out, ']');
}

/* @width: (0: no limit) columns, counted from @line, where the line begins. */
static void
print_body (GString *out, const GPtrArray *steps, gsize line, gsize width)
{
  glong indent;

  if (steps->len == 0)
    {
      g_string_append (out, "[]");
      return;
    }
  g_string_append (out, "[ ");
  indent = g_utf8_strlen (out->str + line, -1);
  for (guint i = 0; i < steps->len; i++)
    {
      g_autoptr (GString) step = g_string_new (NULL);

      print_step (step, g_ptr_array_index (steps, i));
      if (i + 1 < steps->len)
        g_string_append_c (step, ',');
      if (i > 0 && width > 0
          && (gsize) (g_utf8_strlen (out->str + line, -1) + 1 + g_utf8_strlen (step->str, -1))
                 > width)
        {
          g_string_append_c (out, '\n');
          line = out->len;
          g_string_append_printf (out, "%*s", (int) indent, "");
        }
      else if (i > 0)
        g_string_append_c (out, ' ');
      g_string_append (out, step->str);
    }
  g_string_append (out, " ]");
}

/* `function` and `args`, or `body`; then `repeat`. */
static void
print_steps (GString *out, const TelarTask *task, gsize line, gsize width, gboolean *first)
{
  if (task->has_body)
    {
      begin_key (out, "body", first);
      print_body (out, task->steps, line, width);
    }
  else if (task->steps->len > 0)
    {
      const TelarStep *step = g_ptr_array_index (task->steps, 0);

      print_text_key (out, "function", step->function, first);
      if (json_array_size (step->args) > 0)
        {
          begin_key (out, "args", first);
          telar_json_print (out, step->args);
        }
    }
  if (task->repeat != 1)
    print_number_key (out, "repeat", task->repeat, first);
}

/* A place on the canvas as a person would write it: whole where it is whole. */
static void
print_pixels (GString *out, double pixels)
{
  if (pixels == floor (pixels) && fabs (pixels) < 1e15)
    g_string_append_printf (out, "%.0f", pixels + 0.0);
  else
    telar_json_print_real (out, pixels);
}

static void
print_position (GString *out, double x, double y, gboolean *first)
{
  begin_key (out, "position", first);
  g_string_append_c (out, '[');
  print_pixels (out, x);
  g_string_append (out, ", ");
  print_pixels (out, y);
  g_string_append_c (out, ']');
}

static void
print_task (GString *out, const TelarTask *task)
{
  gboolean first = TRUE;

  g_string_append_c (out, '{');
  print_text_key (out, "id", task->id, &first);
  print_text_key (out, "kind", telar_kind_name (task->kind), &first);
  print_steps (out, task, 0, 0, &first);
  if (task->name != NULL)
    print_text_key (out, "name", task->name, &first);
  if (task->inside != NULL)
    print_text_key (out, "inside", task->inside, &first);
  if (task->after->len > 0)
    {
      begin_key (out, "after", &first);
      for (guint i = 0; i < task->after->len; i++)
        {
          g_string_append (out, i == 0 ? "[" : ", ");
          telar_json_print_text (out, g_ptr_array_index (task->after, i));
        }
      g_string_append_c (out, ']');
    }
  if (task->core >= 0)
    print_number_key (out, "core", task->core, &first);
  if (task->copies != 1)
    print_number_key (out, "copies", task->copies, &first);
  if (task->daemon)
    {
      begin_key (out, "daemon", &first);
      g_string_append (out, "true");
    }
  if (task->start_method >= 0)
    print_text_key (out, "start-method",
                    telar_start_method_name ((TelarStartMethod) task->start_method), &first);
  if (task->has_position)
    print_position (out, task->x, task->y, &first);
  print_unknown (out, task->unknown, &first);
  g_string_append (out, " }");
}

/* Options of its type in the order of their table, then the position, then what
 * this version does not know. */
static void
print_object (GString *out, const TelarObject *object)
{
  g_autoptr (GHashTable) printed = g_hash_table_new (g_str_hash, g_str_equal);
  gboolean first = TRUE;
  guint n;
  const TelarObjectOption *options = telar_object_options (object->type, &n);
  const char *key;
  json_t *value;

  g_string_append_c (out, '{');
  print_text_key (out, "id", object->id, &first);
  print_text_key (out, "type", telar_object_type_name (object->type), &first);
  for (guint i = 0; i < n; i++)
    {
      const char *name = json_object_get (object->options, options[i].name) != NULL
                             ? options[i].name
                             : options[i].also;

      value = name != NULL ? json_object_get (object->options, name) : NULL;
      if (value == NULL || !g_hash_table_add (printed, (gpointer) name))
        continue;
      begin_key (out, name, &first);
      telar_json_print (out, value);
    }
  if (object->has_position)
    print_position (out, object->x, object->y, &first);
  json_object_foreach (object->options, key, value)
    {
      if (g_hash_table_contains (printed, key))
        continue;
      begin_key (out, key, &first);
      telar_json_print (out, value);
    }
  g_string_append (out, " }");
}

static void
print_objects (GString *out, const GPtrArray *objects)
{
  g_string_append (out, "  \"objects\": [");
  for (guint i = 0; i < objects->len; i++)
    {
      g_string_append (out, i > 0 ? ",\n    " : "\n    ");
      print_object (out, g_ptr_array_index (objects, i));
    }
  g_string_append (out, "\n  ],\n");
}

static void
print_main (GString *out, const TelarTask *task)
{
  gsize line = out->len;
  gboolean first = TRUE;

  g_string_append (out, "  \"main\": {");
  print_steps (out, task, line, WIDTH, &first);
  print_unknown (out, task->unknown, &first);
  g_string_append (out, " },\n");
}

static void
print_setting (GString *out, const char *key, const char *text)
{
  g_string_append_printf (out, "  \"%s\": ", key);
  telar_json_print_text (out, text);
  g_string_append (out, ",\n");
}

static void
print_settings (GString *out, const TelarGraph *graph)
{
  if (graph->name != NULL)
    print_setting (out, "name", graph->name);
  if (graph->description != NULL)
    print_setting (out, "description", graph->description);
  if (graph->method_given || graph->start_method != TELAR_METHOD_FORK)
    print_setting (out, "start-method", telar_start_method_name (graph->start_method));
  if (graph->placement_given || graph->placement != TELAR_PLACEMENT_FREE)
    print_setting (out, "placement", telar_placement_name (graph->placement));
  if (graph->cores != NULL)
    {
      g_string_append (out, "  \"cores\": [");
      for (guint i = 0; i < graph->cores->len; i++)
        g_string_append_printf (out, "%s%d", i > 0 ? ", " : "",
                                g_array_index (graph->cores, int, i));
      g_string_append (out, "],\n");
    }
  if (graph->skip_on_failure)
    print_setting (out, "on-failure", "skip");
  if (graph->alive_limit > 0)
    g_string_append_printf (out, "  \"alive-limit\": %u,\n", graph->alive_limit);
  if (graph->memory_limit > 0)
    g_string_append_printf (out, "  \"memory-limit\": %" G_GUINT64_FORMAT ",\n",
                            graph->memory_limit / MEBIBYTE);
}

char *
telar_graph_print (const TelarGraph *graph, gsize *size)
{
  GString *out = g_string_new ("{\n  \"telar\": 1,\n");
  const char *key;
  json_t *value;

  g_return_val_if_fail (graph != NULL, g_string_free (out, FALSE));

  print_settings (out, graph);
  if (graph->objects->len > 0)
    print_objects (out, graph->objects);
  if (graph->main->steps->len > 0 || graph->main->has_body || graph->main->repeat != 1
      || json_object_size (graph->main->unknown) > 0)
    print_main (out, graph->main);
  g_string_append (out, "  \"tasks\": [");
  for (guint i = 0; i < graph->tasks->len; i++)
    {
      g_string_append (out, i > 0 ? ",\n    " : "\n    ");
      print_task (out, g_ptr_array_index (graph->tasks, i));
    }
  g_string_append (out, graph->tasks->len > 0 ? "\n  ]" : "]");
  json_object_foreach (graph->unknown, key, value)
    {
      g_string_append (out, ",\n  ");
      telar_json_print_text (out, key);
      g_string_append (out, ": ");
      telar_json_print (out, value);
    }
  g_string_append (out, "\n}\n");
  if (size != NULL)
    *size = out->len;
  return g_string_free (out, FALSE);
}

/* ---- files -------------------------------------------------------------- */

/* The file that @file is in the end, through symbolic links, even where it does
 * not exist yet: a link stays a link. */
static char *
follow_links (const char *file)
{
  char *target = g_strdup (file);

  for (int hops = 0; hops < 40; hops++)
    {
      g_autofree char *link = g_file_read_link (target, NULL);
      g_autofree char *folder = NULL;

      if (link == NULL)
        break;
      folder = g_path_get_dirname (target);
      g_free (target);
      target = g_path_is_absolute (link) ? g_steal_pointer (&link)
                                         : g_build_filename (folder, link, NULL);
    }
  return target;
}

static gboolean
fail (GError **error, const char *file)
{
  int saved = errno;

  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (saved), "%s: %s", file,
               g_strerror (saved));
  return FALSE;
}

static gboolean
write_all (int descriptor, const char *text, gsize size)
{
  while (size > 0)
    {
      ssize_t n = write (descriptor, text, size);

      if (n < 0 && errno != EINTR)
        return FALSE;
      if (n > 0)
        {
          text += n;
          size -= (gsize) n;
        }
    }
  return TRUE;
}

/* A new file beside @target; its permissions are what the user gives new files. */
static int
create_beside (const char *target, char **name)
{
  g_autofree char *folder = g_path_get_dirname (target);
  g_autofree char *base = g_path_get_basename (target);

  for (int attempt = 0; attempt < 100; attempt++)
    {
      /* names have at most 255 bytes */
      g_autofree char *hidden = g_strdup_printf (".%.200s.%08x", base, g_random_int ());
      g_autofree char *candidate = g_build_filename (folder, hidden, NULL);
      int descriptor = open (candidate, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);

      if (descriptor >= 0)
        *name = g_steal_pointer (&candidate);
      if (descriptor >= 0 || errno != EEXIST)
        return descriptor;
    }
  return -1;
}

/* What was there before hands on its permissions and, where that is allowed,
 * its owner. */
static gboolean
keep_permissions (int descriptor, const struct stat *before)
{
  if (fchown (descriptor, before->st_uid, before->st_gid) != 0
      && fchown (descriptor, (uid_t) -1, before->st_gid) != 0 && errno != EPERM)
    return FALSE;
  return fchmod (descriptor, before->st_mode & 07777) == 0;
}

static void
flush_folder (const char *target)
{
  g_autofree char *folder = g_path_get_dirname (target);
  int descriptor = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  if (descriptor < 0)
    return;
  fsync (descriptor);
  close (descriptor);
}

gboolean
telar_graph_write (const TelarGraph *graph, const char *file, GError **error)
{
  g_autofree char *text = NULL;
  g_autofree char *target = NULL;
  g_autofree char *beside = NULL;
  struct stat before;
  gboolean existed, done;
  gsize size;
  int descriptor;

  g_return_val_if_fail (graph != NULL && file != NULL, FALSE);

  target = follow_links (file);
  existed = stat (target, &before) == 0;
  /* a rename would put a file in the place of a device */
  if (existed && !S_ISREG (before.st_mode))
    {
      errno = S_ISDIR (before.st_mode) ? EISDIR : EINVAL;
      return fail (error, file);
    }
  /* a rename would replace a file that its owner made read-only */
  if (existed && access (target, W_OK) != 0)
    return fail (error, file);

  text = telar_graph_print (graph, &size);
  descriptor = create_beside (target, &beside);
  if (descriptor < 0)
    return fail (error, file);
  done = write_all (descriptor, text, size) && (!existed || keep_permissions (descriptor, &before))
         && fsync (descriptor) == 0;
  if (close (descriptor) != 0)
    done = FALSE;
  if (!done || rename (beside, target) != 0)
    {
      fail (error, file);
      unlink (beside);
      return FALSE;
    }
  flush_folder (target);
  return TRUE;
}

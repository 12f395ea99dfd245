/* machine-json.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include "runfile/machine-json.h"

#include <jansson.h>
#include <stdlib.h>

#include "plan/plan.h"

char *
telar_machine_to_json (const TelarMachine *machine)
{
  json_t *cores = json_array ();
  json_t *root;
  char *printed, *text;

  for (guint i = 0; i < machine->n_cores; i++)
    {
      const TelarCore *core = &machine->cores[i];

      json_array_append_new (cores, json_pack ("{s:i, s:i, s:i, s:i, s:i, s:i, s:b}",
                                               "number", core->number, "physical", core->physical,
                                               "thread", core->thread, "package", core->package,
                                               "numa", core->numa, "kind", core->kind,
                                               "usable", core->usable));
    }
  root = json_pack ("{s:s, s:s, s:o, s:i, s:i, s:i, s:i, s:I, s:f}",
                    "model", machine->model, "kernel", machine->kernel, "cores", cores,
                    "usable", (int) machine->n_usable, "physical", (int) machine->n_physical,
                    "packages", (int) machine->n_packages, "numa", (int) machine->n_numa,
                    "memory", (json_int_t) machine->memory, "quota", machine->quota);
  printed = json_dumps (root, JSON_COMPACT);
  text = g_strdup (printed != NULL ? printed : "{}");
  free (printed);
  json_decref (root);
  return text;
}

static int
get_int (const json_t *object, const char *key)
{
  return (int) json_integer_value (json_object_get (object, key));
}

static char *
get_text (const json_t *object, const char *key)
{
  const char *text = json_string_value (json_object_get (object, key));

  return g_strdup (text != NULL ? text : "");
}

TelarMachine *
telar_machine_from_json (const char *text, gsize size)
{
  json_t *root = json_loadb (text, size, 0, NULL);
  const json_t *cores = json_object_get (root, "cores");
  gsize n = json_array_size (cores);
  TelarMachine *machine;

  if (!json_is_object (root) || n > TELAR_MAX_CORES)
    {
      json_decref (root);
      return NULL;
    }
  machine = g_new0 (TelarMachine, 1);
  machine->model = get_text (root, "model");
  machine->kernel = get_text (root, "kernel");
  machine->cores = g_new0 (TelarCore, MAX (n, 1));
  machine->n_cores = (guint) n;
  machine->n_usable = (guint) get_int (root, "usable");
  machine->n_physical = (guint) get_int (root, "physical");
  machine->n_packages = (guint) get_int (root, "packages");
  machine->n_numa = (guint) get_int (root, "numa");
  machine->memory = (guint64) json_integer_value (json_object_get (root, "memory"));
  machine->quota = json_number_value (json_object_get (root, "quota"));
  for (gsize i = 0; i < n; i++)
    {
      const json_t *core = json_array_get (cores, i);

      machine->cores[i] = (TelarCore){
        .number = get_int (core, "number"),
        .physical = get_int (core, "physical"),
        .thread = get_int (core, "thread"),
        .package = get_int (core, "package"),
        .numa = get_int (core, "numa"),
        .kind = get_int (core, "kind"),
        .usable = json_is_true (json_object_get (core, "usable")),
      };
    }
  json_decref (root);
  return machine;
}

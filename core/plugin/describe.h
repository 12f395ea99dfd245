/* describe.h
 *
 * SPDX-License-Identifier: MIT
 *
 * What a plug-in has, as JSON for telar, which does not load it itself:
 *
 *   { "functions": [ { "name", "help", "returns", "parameters": [ { "name", "type",
 *     "optional", "initial", "initial-text", "minimum", "maximum", "unit" }… ] }… ] }
 *
 * with the type as TelarPluginType and null for what is NULL; or
 *
 *   { "fault": { "kind", "error", "number", "file", "function", "parameter", "detail" } }
 *
 * Libc only.
 */

#pragma once

/* Loads the library at @path and writes what it has on standard output, which
 * nothing of the library gets to write on. */
void telar_plugin_describe_self (const char *path);

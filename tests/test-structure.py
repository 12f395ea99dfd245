# test-structure.py
#
# SPDX-License-Identifier: MIT
#
# What core/README.md and ui/README.md say of the folders, looked up in the
# files: who includes whom, who may know GLib and GTK; and what holds for every
# file: a licence line, a bearable length, no place of one machine.

import os
import re
import sys

sys.dont_write_bytecode = True
import tap

CORE = ['catalogue', 'plan', 'recorder', 'objects', 'plugin', 'engine', 'machine', 'arrange', 'graph',
        'edit', 'python', 'timeline', 'runfile', 'run']
LIBC_ONLY = ['catalogue', 'plan', 'recorder', 'objects', 'plugin', 'engine']
GENERATED = {'config.h'}
MAX_LINES = 900

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"]+)[>"]', re.MULTILINE)
LIBRARY = re.compile(r'^(glib|gio|gobject|gmodule|gtk|gdk|gsk|graphene|pango|cairo|jansson|hwloc)')
TOOLKIT = re.compile(r'^(gtk|gdk|gsk|graphene)')

# "| `palette/` | … | `core`, `paint/` |" of ui/README.md.
UI_ROW = re.compile(r'^\| `([\w./-]+)`[^|]*\|.*\| ([^|]*) \|$', re.MULTILINE)
# "| `plan/` | runtime | … | nothing |" of core/README.md.
ROW = re.compile(r'^\| `(\w+)/` \| (\w+) \|.*\| ([^|]*) \|$', re.MULTILINE)


def includes(name):
    return INCLUDE.findall(tap.read(name))


def allowed():
    """Folder of core to the folders and single headers that it may include."""
    table = {}
    for folder, library, may in ROW.findall(tap.read('core/README.md')):
        if may.startswith('all of the above'):
            names = [f'{other}/' for other in table]
        else:
            names = re.findall(r'`([\w./-]+)`', may)
        table[folder] = set(names) | {f'{folder}/'}
    return table


def strangers(names, among, may, document, folder):
    """What files of a folder include of the folders @among beside those that they may."""
    faults = []
    for name in names:
        for kind, header in includes(name):
            other = f'{header.split("/")[0]}/' if '/' in header else '.'
            if kind == '"' and other in among and not {other, header} & may:
                faults.append(f'{name} includes "{header}"; {document} lets {folder} '
                              f'include {", ".join(sorted(may))}')
    return faults


def test_directions():
    table = allowed()
    missing = [f'core/README.md has no row for {folder}/' for folder in CORE
               if folder not in table]
    tap.point('core/README.md tells every folder', missing + [
        f'core/{name}/ is in no row of core/README.md'
        for name in sorted(os.listdir(os.path.join(tap.ROOT, 'core')))
        if os.path.isdir(os.path.join(tap.ROOT, 'core', name)) and name not in table])

    among = {f'{other}/' for other in CORE + ['ui', 'paint', 'app']}
    for folder, may in table.items():
        names = tap.files(f'core/{folder}', ends=('.c', '.h'))
        tap.point(f'core/{folder} includes what it may',
                  strangers(names, among, may, 'core/README.md', f'{folder}/'))

    tap.point('nothing below app includes app', [
        f'{name} includes "{header}"' for name in tap.files('core', 'ui', ends=('.c', '.h'))
        for kind, header in includes(name) if header.startswith('app/')])
    tap.point('core includes nothing of ui', [
        f'{name} includes "{header}"' for name in tap.files('core', ends=('.c', '.h'))
        for kind, header in includes(name) if header.startswith(('ui/', 'paint/'))])
    tap.point('ui/paint includes nothing of the widgets', [
        f'{name} includes "{header}"' for name in tap.files('ui/paint', ends=('.c', '.h'))
        for kind, header in includes(name)
        if kind == '"' and '/' in header and header.split('/')[0] not in CORE + ['paint']])


def test_directions_of_ui():
    """The same of ui/README.md: `core` is all of core, `.` the files of ui itself."""
    table = {}
    for folder, may in UI_ROW.findall(tap.read('ui/README.md')):
        names = set(table) if may == 'all of the above' else set(re.findall(r'`([\w./-]+)`', may))
        table[folder] = names - {'core'} | {folder}
    there = [f'{name}/' for name in sorted(os.listdir(os.path.join(tap.ROOT, 'ui')))
             if os.path.isdir(os.path.join(tap.ROOT, 'ui', name))]
    tap.point('ui/README.md tells every folder', [
        f'{name} is in no row of ui/README.md' for name in there if name not in table])

    for folder, may in table.items():
        names = tap.files(os.path.normpath(f'ui/{folder}'), ends=('.c', '.h'))
        if folder == '.':
            names = [name for name in names if os.path.dirname(name) == 'ui']
        tap.point(f'ui/{folder} includes what it may',
                  strangers(names, set(there + ['.']), may | GENERATED, 'ui/README.md', folder))


def test_libraries():
    tap.point('no GTK in core and ui/paint', [
        f'{name} includes {header}' for name in tap.files('core', 'ui/paint', ends=('.c', '.h'))
        for _, header in includes(name) if TOOLKIT.match(header)])
    tap.point('the command line knows no GTK widget of ui, but through main', [
        f'{name} includes {header}' for name in tap.files('app', ends=('.c', '.h'))
        if os.path.basename(name).startswith('command-')
        for _, header in includes(name) if TOOLKIT.match(header)])
    tap.point('what runs after a fork is plain C on libc', [
        f'{name} includes {header}'
        for name in tap.files(*(f'core/{folder}' for folder in LIBC_ONLY), ends=('.c', '.h'))
        for _, header in includes(name) if LIBRARY.match(header)])


def test_plugins():
    """Who loads libraries, and what a plug-in needs to be built."""
    tap.point('nothing but core/plugin loads libraries', [
        f'{name} includes {header}' for name in tap.files('app', 'core', 'ui', ends=('.c', '.h'))
        for _, header in includes(name)
        if header in ('dlfcn.h', 'gmodule.h') and name != 'core/plugin/load.c'])
    tap.point('telar links nothing that loads them', [
        f'{name} names plugin_sources' for name in tap.files('app', 'core', 'ui', ends='meson.build')
        if 'plugin_sources' in tap.read(name) and name not in ('core/meson.build', 'core/plugin/meson.build')])
    tap.point('telar-function.h stands alone', [
        f'it includes {header}' for _, header in includes('core/plugin/telar-function.h')
        if header not in ('stdbool.h', 'stddef.h', 'stdint.h')])


def test_every_file():
    code = tap.files('app', 'core', 'ui', 'tests', 'resources/plugin-example', ends=('.c', '.h'))
    scripts = tap.files('app', 'tests', '.ci', ends=('.py', '.sh', '/run', 'run'))
    scripts = [name for name in scripts
               if name.endswith(('.py', '.sh')) or os.path.basename(name) == 'run']

    tap.point('every file of code says its licence', [
        f'{name}: no line "SPDX-License-Identifier: MIT" in its first ten'
        for name in code + scripts
        if 'SPDX-License-Identifier: MIT' not in '\n'.join(tap.read(name).splitlines()[:10])])
    tap.point(f'no file of code above {MAX_LINES} lines', [
        f'{name}: {n} lines' for name in code + scripts
        for n in [len(tap.read(name).splitlines())] if n > MAX_LINES])
    tap.point('a header is included once', [
        f'{name}: no #pragma once' for name in code
        if name.endswith('.h') and '#pragma once' not in tap.read(name)])

    texts = code + scripts + tap.files(
        'app', 'core', 'ui', 'resources', 'tests',
        ends=('.build', '.md', '.telar', '.ui', '.css', '.in', '.desktop', '.xml', '.po', '.pot'))
    texts += [name for name in os.listdir(tap.ROOT) if name.endswith(('.md', '.build', '.txt'))]
    place = re.compile(r'/(home|work|root|Users)/[\w.]|/tmp/w\b|/var/tmp/\w')
    tap.point('no place of one machine', [
        f'{name}:{number}: {line.strip()[:80]}' for name in texts
        if os.path.basename(name) != 'test-structure.py'
        for number, line in enumerate(tap.read(name).splitlines(), 1) if place.search(line)])

    documents = tap.files('app', 'core', 'ui', 'resources', 'tests', ends='.md')
    documents += [name for name in os.listdir(tap.ROOT) if name.endswith('.md')]
    tap.point('links of documents lead somewhere', [
        f'{name}: {link}' for name in documents
        for link in re.findall(r'\]\(([^)#:]+)\)', tap.read(name))
        if not os.path.exists(os.path.join(tap.ROOT, os.path.dirname(name), link))])

    todo = re.compile(r'\b(TODO|FIXME|XXX)\b')
    tap.point('nothing is left for later', [
        f'{name}:{number}: {line.strip()[:80]}' for name in code
        for number, line in enumerate(tap.read(name).splitlines(), 1) if todo.search(line)])


def test_built():
    """A source that no meson.build names is never compiled."""
    faults = []
    for name in tap.files('app', 'core', 'ui', 'tests', ends='.c'):
        folder, base = os.path.split(name)
        named = False
        while folder and not named:
            path = os.path.join(folder, 'meson.build')
            if os.path.exists(os.path.join(tap.ROOT, path)):
                text = tap.read(path)
                named = (re.search(r"'([^']*/)?" + re.escape(base) + "'", text) is not None or
                         re.search(r"'([^']*/)?" + re.escape(base[:-2]) + "'", text) is not None or
                         base.startswith(('test-', 'bench-', 'fuzz-')) and f"'{base[:-2].split('-', 1)[1]}'" in text)
            folder = os.path.dirname(folder)
        if not named:
            faults.append(f'{name} is in no meson.build')
    tap.point('every source is compiled', faults)


test_directions()
test_directions_of_ui()
test_libraries()
test_plugins()
test_every_file()
test_built()
tap.done()

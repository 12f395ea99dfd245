#!/usr/bin/env python3
# update.py
#
# SPDX-License-Identifier: MIT
#
# Brings the translations up to date with the texts of the program:
#
#   POTFILES.in       the files with texts: sources, .ui templates, desktop files
#   example-texts.h   the names and explanations of the example graphs
#   telar.pot         all texts
#   *.po              the same texts, with what is translated so far
#
# Run it after changing a text, then translate what is empty in the .po files.
# tests/test-translations.py fails where that was forgotten.

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))

FOLDERS = ('app', 'core', 'ui', 'resources')
MARKED = re.compile(r'\b(?:(?:_|N_|C_|NC_|Q_|ngettext) ?\(\s*"|(?:g_dngettext|g_dpgettext2) ?\()')
STRING_OR_COMMENT = re.compile(r'("(?:[^"\\\n]|\\.)*")|/\*.*?\*/|//[^\n]*', re.DOTALL)
TRANSLATABLE = re.compile(r'translatable="(?:yes|true|1)"')

XGETTEXT = [
    'xgettext', '--from-code=UTF-8', '--sort-by-file', '--add-location=file',
    '--add-comments=Translators', '--package-name=telar', '--width=100',
    '--keyword=_', '--keyword=N_', '--keyword=C_:1c,2', '--keyword=NC_:1c,2', '--keyword=Q_',
    '--keyword=ngettext:1,2', '--keyword=g_dngettext:2,3', '--keyword=g_dpgettext2:2c,3',
    '--flag=N_:1:pass-c-format', '--flag=C_:2:pass-c-format', '--flag=NC_:2:pass-c-format',
    '--flag=g_dngettext:2:pass-c-format', '--flag=g_strdup_printf:1:c-format',
    '--flag=g_string_printf:2:c-format', '--flag=g_string_append_printf:2:c-format',
    '--flag=g_error_new:3:c-format', '--flag=g_set_error:4:c-format',
    '--flag=g_print:1:c-format', '--flag=g_printerr:1:c-format',
]


def read(name):
    with open(os.path.join(ROOT, name), encoding='utf-8') as file:
        return file.read()


def has_texts(name):
    if name.endswith(('.c', '.h')):
        code = STRING_OR_COMMENT.sub(lambda found: found.group(1) or ' ', read(name))
        return MARKED.search(code) is not None
    if name.endswith('.ui'):
        return TRANSLATABLE.search(read(name)) is not None
    return name.endswith(('.desktop.in', '.metainfo.xml.in'))


def sources():
    """Every file with texts that xgettext reads, in order."""
    found = []
    for folder in FOLDERS:
        for where, names, plain in os.walk(os.path.join(ROOT, folder)):
            names[:] = sorted(name for name in names if name != '__pycache__')
            found += [os.path.relpath(os.path.join(where, name), ROOT) for name in sorted(plain)]
    return sorted(name for name in found
                  if name.startswith('resources/po/') and name.endswith('example-texts.h') or
                  not name.startswith('resources/po/') and has_texts(name))


def examples():
    """(file, text) of everything that the chooser shows of the examples."""
    folder = os.path.join(ROOT, 'resources', 'examples')
    texts = []
    for name in sorted(os.listdir(folder)) if os.path.isdir(folder) else []:
        if name.endswith('.telar'):
            graph = json.loads(read(f'resources/examples/{name}'))
            texts += [(name, graph[key]) for key in ('name', 'description') if graph.get(key)]
    return texts


def potfiles():
    return ('# Files with texts to translate; written by update.py.\n' +
            ''.join(f'{name}\n' for name in sources()))


def example_texts():
    lines = ['/* example-texts.h', ' *', ' * SPDX-License-Identifier: MIT', ' *',
             ' * The texts of resources/examples, for xgettext; written by update.py and',
             ' * compiled nowhere.', ' */', '']
    before = None
    seen = set()
    for name, text in examples():
        if text in seen:
            continue
        seen.add(text)
        if name != before:
            lines.append(f'/* {name} */')
            before = name
        lines.append(f'N_({json.dumps(text, ensure_ascii=False)})')
    return '\n'.join(lines) + '\n'


def write(folder, name, text):
    path = os.path.join(folder, name)
    if os.path.exists(path):
        with open(path, encoding='utf-8') as file:
            if file.read() == text:
                return
    with open(path, 'w', encoding='utf-8') as file:
        file.write(text)


def make_template(folder):
    """Writes telar.pot into folder, where POTFILES.in and example-texts.h are."""
    listed = os.path.join(folder, 'POTFILES')
    with open(os.path.join(folder, 'POTFILES.in'), encoding='utf-8') as file:
        names = [line.strip() for line in file if line.strip() and not line.startswith('#')]
    with open(listed, 'w', encoding='utf-8') as file:
        file.write('\n'.join(names))
    subprocess.run(XGETTEXT + ['-f', listed, '-o', os.path.join(folder, 'telar.pot')],
                   cwd=ROOT, check=True)
    os.unlink(listed)

    path = os.path.join(folder, 'telar.pot')
    with open(path, encoding='utf-8') as file:
        text = file.read()
    # Without the date the file changes only when a text does.
    text = re.sub(r'"POT-Creation-Date: .*\n', '', text)
    text = text.replace('charset=CHARSET', 'charset=UTF-8')
    text = re.sub(r'\A(#.*\n)+', '# Texts of Telar; written by update.py.\n#\n#, fuzzy\n', text)
    with open(path, 'w', encoding='utf-8') as file:
        file.write(text)


def languages():
    with open(os.path.join(HERE, 'LINGUAS'), encoding='utf-8') as file:
        return [line.strip() for line in file if line.strip() and not line.startswith('#')]


def merge(language, template, out):
    subprocess.run(['msgmerge', '--quiet', '--no-fuzzy-matching', '--sort-by-file',
                    '--add-location=file', '--width=100', '-o', out,
                    os.path.join(HERE, f'{language}.po'), template], check=True)
    # Texts that are gone are not kept.
    subprocess.run(['msgattrib', '--no-obsolete', '--width=100', '--add-location=file',
                    '-o', out, out], check=True)


def main():
    write(HERE, 'example-texts.h', example_texts())
    write(HERE, 'POTFILES.in', potfiles())

    with tempfile.TemporaryDirectory() as scratch:
        shutil.copy(os.path.join(HERE, 'POTFILES.in'), scratch)
        make_template(scratch)
        with open(os.path.join(scratch, 'telar.pot'), encoding='utf-8') as file:
            write(HERE, 'telar.pot', file.read())
        for language in languages():
            out = os.path.join(scratch, f'{language}.po')
            merge(language, os.path.join(HERE, 'telar.pot'), out)
            with open(out, encoding='utf-8') as file:
                write(HERE, f'{language}.po', file.read())
            subprocess.run(['msgfmt', '--statistics', '--check', '-o', os.devnull, out],
                           check=False)


if __name__ == '__main__':
    sys.exit(main())

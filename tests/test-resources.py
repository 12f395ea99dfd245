# test-resources.py
#
# SPDX-License-Identifier: MIT
#
# What is not code is sound: desktop and metainfo file (as they were built: the
# first two arguments), icons, type of file, example graphs.

import json
import os
import shutil
import subprocess
import sys
import xml.dom.minidom

sys.dont_write_bytecode = True
import tap


def checked(name, *words):
    if shutil.which(words[0]) is None:
        tap.skip(name, f'the program {words[0]} is not there')
        return
    done = subprocess.run(words, check=False, capture_output=True, text=True)
    tap.point(name, (done.stdout + done.stderr).splitlines() if done.returncode else [])


def test_xml():
    faults = []
    for name in tap.files('resources', ends=('.xml', '.in', '.ui', '.svg')):
        if name.endswith(('.xml', '.xml.in', '.ui', '.svg')):
            try:
                xml.dom.minidom.parse(os.path.join(tap.ROOT, name))
            except xml.parsers.expat.ExpatError as error:
                faults.append(f'{name}: {error}')
    tap.point('XML can be read', faults)


def test_examples():
    names = tap.files('resources/examples', ends='.telar')
    faults = []
    titles = {}
    for name in names:
        def no_twice(items, name=name):
            keys = [key for key, _ in items]
            faults.extend(f'{name}: "{key}" is there twice'
                          for key in set(keys) if keys.count(key) > 1)
            return dict(items)

        text = tap.read(name)
        try:
            graph = json.loads(text, object_pairs_hook=no_twice)
        except ValueError as error:
            faults.append(f'{name}: {error}')
            continue
        for key in ('telar', 'name', 'description'):
            if not graph.get(key):
                faults.append(f'{name}: no "{key}"')
        if not graph.get('tasks') and not graph.get('main', {}).get('body'):
            faults.append(f'{name}: nothing to run')
        if not str(graph.get('description', '.')).endswith('.'):
            faults.append(f'{name}: the description is no sentence')
        if graph.get('name') in titles:
            faults.append(f'{name}: {titles[graph["name"]]} has the same name')
        titles[graph.get('name')] = name
        if not text.endswith('\n'):
            faults.append(f'{name}: the last line does not end')
    tap.point('examples have a name and a sentence of explanation', faults)


def main():
    desktop, metainfo = sys.argv[1:3]
    checked('desktop file', 'desktop-file-validate', desktop)
    checked('metainfo file', 'appstreamcli', 'validate', '--no-net', metainfo)
    with open(desktop, encoding='utf-8') as file:
        lines = file.read().splitlines()
    tap.point('the desktop file speaks every language', [
        f'no {key}[{language}]' for language in tap.read('resources/po/LINGUAS').splitlines()
        if not language.startswith('#')
        for key in ('GenericName', 'Comment', 'Keywords')
        if not any(line.startswith(f'{key}[{language}]=') for line in lines)])
    test_xml()
    test_examples()
    tap.done()


main()

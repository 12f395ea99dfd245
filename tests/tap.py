# tap.py
#
# SPDX-License-Identifier: MIT
#
# The little that tests of files (not of code) need: points in TAP, and the
# files of the source tree.

import os
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))

_points = 0
_failed = 0


def point(name, faults):
    """One point: passed when the list of faults is empty."""
    global _points, _failed
    _points += 1
    print(f"{'not ' if faults else ''}ok {_points} {name}")
    for fault in faults:
        print(f'# {fault}')
    _failed += bool(faults)


def skip(name, why):
    global _points
    _points += 1
    print(f'ok {_points} {name} # SKIP {why}')


def done():
    print(f'1..{_points}')
    sys.exit(1 if _failed else 0)


def files(*folders, ends):
    """Names of files below folders, relative to the root, whose names end so."""
    found = []
    for folder in folders:
        for where, names, plain in os.walk(os.path.join(ROOT, folder)):
            names[:] = sorted(name for name in names
                              if not name.startswith(('.git', 'build')) and name != '__pycache__')
            found += [os.path.relpath(os.path.join(where, name), ROOT)
                      for name in sorted(plain) if name.endswith(ends)]
    return found


def read(name):
    with open(os.path.join(ROOT, name), encoding='utf-8') as file:
        return file.read()

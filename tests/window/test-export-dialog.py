# test-export-dialog.py
#
# SPDX-License-Identifier: MIT
#
# The export dialog as a person handles it: what it shows, what it refuses and
# where, what comes out of it as files and on the clipboard. Leaves a picture of
# every stop in the folder given.
#
#   test-export-dialog.py TELAR EXAMPLES PICTURES [NAME…]

import json
import os
import re
import shutil
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from desk import until  # noqa: E402
from station import EXAMPLES, PAIR, TELAR, read, run  # noqa: E402

FORMATS = ['PNG picture', 'SVG picture', 'PDF document', 'Chrome trace (JSON)', 'Table (CSV)',
           'Run file']


def forget(s):
    shutil.rmtree(os.path.join(s.folder, '.local'), ignore_errors=True)


def start(s, example=None):
    """A run that is over; the usual settings."""
    forget(s)
    graph = os.path.join(EXAMPLES, example) if example else s.write('pair.telar', PAIR)
    path = os.path.join(s.folder, 'pair.telar-run')
    subprocess.run([TELAR, 'run', '--quiet', '--out', path, graph], check=True,
                   stdout=subprocess.DEVNULL)
    s.start(path)
    s.wait_summary('Ended after')


def dialog(s):
    return s.window('Export')


def open_dialog(s):
    s.desk.key('ctrl+e')
    until(lambda: dialog(s), 'the dialog')
    until(lambda: s.front() == 'Export', 'the dialog in front')


def find(s, name, role=None):
    return s.program.find(name=name, role=role, below=dialog(s))


def note(s):
    """What it says of the size."""
    return next((n.name for n in s.program.nodes(dialog(s))
                 if n.role == 'status bar' and n.name), '')


def wait_note(s, pattern):
    return until(lambda: re.fullmatch(pattern, note(s).replace('\xa0', ' ')),
                 'the note %s, not %s' % (pattern, note(s)))


def in_list(s):
    return next((n for n in s.program.nodes(dialog(s)) if n.role == 'list item'
                 and n.had_state('focused')), None)


def unfold(s, mnemonic):
    s.desk.key('alt+' + mnemonic)
    until(lambda: in_list(s), 'the list')


def choose(s, mnemonic, number):
    """One of a list, by keys: from its first."""
    unfold(s, mnemonic)
    s.desk.key('Home', *['Down'] * number, 'Return')
    until(lambda: not in_list(s), 'the list is closed')


def type_at(s, mnemonic, text):
    s.desk.key('alt+' + mnemonic, 'ctrl+a', 'BackSpace')
    s.desk.type(text)


def save(s, path):
    s.desk.key('alt+v')
    s.answer('Save the Export', path)
    until(lambda: s.front().endswith('Telar'), 'the window in front')


def sensitive(s, name):
    node = find(s, name)
    return bool(node) and node.has_state('sensitive')


def test_shows(s):
    """What it will be like, at once and after each change."""
    start(s, '13-diamond.telar')
    open_dialog(s)
    wait_note(s, r'1920 × \d+ px · [\d.]+ kB')
    s.desk.picture('export-01-png')
    choose(s, 'w', 2)
    wait_note(s, r'1920 × \d+ px · [\d.]+ kB')
    s.desk.picture('export-02-graph')
    choose(s, 'w', 0)
    type_at(s, 's', '800')
    wait_note(s, r'800 × \d+ px · [\d.]+ kB')
    choose(s, 'y', 1)
    s.desk.picture('export-03-dark')
    choose(s, 'f', 2)
    wait_note(s, r'800 × \d+ px · [\d.]+ kB')
    choose(s, 'f', 4)
    until(lambda: s.program.find(holds='record,task,core', below=dialog(s)), 'a table')
    wait_note(s, r'[\d.]+ kB')
    s.desk.picture('export-04-table')
    assert not sensitive(s, 'Width'), 'a table has no width'
    choose(s, 'f', 3)
    until(lambda: s.program.find(holds='traceEvents', below=dialog(s)), 'a trace')
    choose(s, 'f', 5)
    until(lambda: s.program.find(holds='as it was recorded', below=dialog(s)), 'the run')
    s.desk.picture('export-05-run')
    s.desk.key('Escape')
    until(lambda: dialog(s) is None, 'the dialog is gone')


def test_refuses(s):
    """At the field, in one sentence; nothing that was typed is lost."""
    start(s)
    open_dialog(s)
    wait_note(s, r'1920 × .*')
    type_at(s, 's', '5')
    until(lambda: find(s, 'The width is a number from 16 to 32767 pixels'), 'the sentence')
    until(lambda: not sensitive(s, 'Save As…') and not sensitive(s, 'Copy'), 'it cannot be saved')
    s.desk.picture('export-06-refused')
    s.desk.key('Return')
    type_at(s, 's', '20000')
    choose(s, 'x', 1)
    until(lambda: s.program.find(holds='That is 40000 pixels', below=dialog(s)), 'too large')
    s.desk.picture('export-07-too-large')
    choose(s, 'x', 0)
    until(lambda: sensitive(s, 'Save As…'), 'it can be saved again')
    wait_note(s, r'20000 × .*')
    s.desk.key('Escape')
    until(lambda: dialog(s) is None, 'the dialog is gone')


def test_saves(s):
    """Each kind of file, by keys alone; others can read them."""
    start(s)
    for number, ending in enumerate(('png', 'svg', 'pdf', 'json', 'csv', 'telar-run')):
        open_dialog(s)
        choose(s, 'f', number)
        path = os.path.join(s.folder, 'saved')
        save(s, path)
        until(lambda: s.summary() == 'saved.%s is saved' % ending, 'word of ' + ending)
        assert os.path.getsize(path + '.' + ending) > 500, ending
    whole = read(path + '.png')
    assert whole.startswith(b'\x89PNG') and whole.endswith(b'IEND\xaeB`\x82'), 'a whole picture'
    assert b'>a square</text>' in read(path + '.svg'), 'text is text'
    assert read(path + '.pdf').startswith(b'%PDF'), 'a PDF'
    assert json.loads(read(path + '.json'))['traceEvents'], 'a trace'
    assert read(path + '.csv').startswith(b'record,task,core'), 'a table'
    told = subprocess.run([TELAR, 'export', path + '.telar-run', path + '-again.csv'],
                          capture_output=True, text=True)
    assert told.returncode == 0, told.stderr
    assert read(path + '-again.csv') == read(path + '.csv'), 'the same run'
    left = [name for name in os.listdir(s.folder) if name.startswith('saved')]
    assert len(left) == 7, left
    # What was chosen last is chosen still; its name's ending goes before it.
    open_dialog(s)
    until(lambda: s.program.find(holds='as it was recorded', below=dialog(s)), 'a run file')
    save(s, os.path.join(s.folder, 'other.png'))
    until(lambda: s.summary() == 'other.png is saved', 'a picture')


def test_asks(s):
    """Before a file is replaced whose name it completes, and where it cannot be written."""
    start(s)
    path = os.path.join(s.folder, 'there')
    s.write('there.png', 'mine')
    open_dialog(s)
    s.desk.key('alt+v')
    s.answer('Save the Export', path)
    until(lambda: s.program.find(name='Replace “there.png”?'), 'the question')
    s.desk.key('Escape')
    until(lambda: s.front() == 'Export', 'the dialog again')
    assert read(path + '.png') == b'mine', 'nothing was replaced'
    s.desk.key('alt+v')
    s.answer('Save the Export', path)
    until(lambda: s.program.find(name='Replace “there.png”?'), 'the question')
    s.desk.key('alt+r')
    until(lambda: read(path + '.png').startswith(b'\x89PNG'), 'the picture')
    until(lambda: dialog(s) is None, 'the dialog is gone')
    if not os.path.exists('/dev/full'):
        return
    os.symlink('/dev/full', os.path.join(s.folder, 'full.svg'))
    open_dialog(s)
    choose(s, 'f', 1)
    s.desk.key('alt+v')
    s.answer('Save the Export', os.path.join(s.folder, 'full'))
    until(lambda: s.program.find(name='Replace “full.svg”?'), 'the question')
    s.desk.key('alt+r')
    until(lambda: s.program.find(holds='full.svg could not be saved'), 'the sentence')
    s.desk.picture('export-08-full')
    assert s.program.find(holds='No space left'), 'the reason'
    s.desk.key('Escape')


def test_measured(s):
    """What was measured is a stretch to choose, and only then."""
    start(s)
    open_dialog(s)
    unfold(s, 't')
    until(lambda: s.program.find(holds='What is visible'), 'what is visible')
    assert not s.program.find(holds='What is measured'), 'nothing was measured'
    s.desk.key('Escape', 'Escape')
    until(lambda: dialog(s) is None, 'the dialog is gone')
    x, y, width, height = s.on_screen(s.list('Timeline'))
    x += width // 2
    y += height // 2
    s.desk.xdo('keydown', 'Shift_L')
    s.desk.drag(x, y, x + width // 4, y)
    s.desk.xdo('keyup', 'Shift_L')
    until(lambda: ', from ' in s.summary(), 'what was measured')
    open_dialog(s)
    choose(s, 'f', 4)
    choose(s, 't', 2)
    until(lambda: s.program.find(holds='What is measured'), 'what is measured')
    s.desk.picture('export-09-measured')
    path = os.path.join(s.folder, 'measured.csv')
    save(s, path)
    rows = [line.split(',') for line in read(path).decode().splitlines()]
    begin, end = next((int(row[3]), int(row[4])) for row in rows if row[5] == 'range')
    assert 0 < begin < end, (begin, end)
    assert all(begin <= int(row[3]) <= int(row[4]) <= end for row in rows
               if row[0] in ('slice', 'wait')), 'nothing else'


def test_copies(s):
    """The very bytes that a file would have."""
    start(s)
    open_dialog(s)
    type_at(s, 's', '640')
    wait_note(s, r'640 × .*')
    s.desk.key('ctrl+shift+c')
    until(lambda: s.program.find(holds='The picture is on the clipboard'), 'word of it')
    s.desk.picture('export-10-copied')
    if shutil.which('xclip'):
        types = subprocess.run(['xclip', '-selection', 'clipboard', '-o', '-t', 'TARGETS'],
                               capture_output=True, text=True).stdout.split()
        assert 'image/png' in types, types
        copied = subprocess.run(['xclip', '-selection', 'clipboard', '-o', '-t', 'image/png'],
                                capture_output=True).stdout
        path = os.path.join(s.folder, 'copied.png')
        save(s, path)
        assert copied == read(path), 'as the file'


def test_stops(s):
    """A large picture can be given up, and leaves nothing; the window goes on meanwhile."""
    start(s, '13-diamond.telar')
    open_dialog(s)
    type_at(s, 's', '4000')
    s.desk.key('Tab')
    s.desk.type('4000')
    choose(s, 'x', 7)
    until(lambda: sensitive(s, 'Save As…'), 'it can be saved')
    s.desk.key('alt+v')
    path = os.path.join(s.folder, 'large.png')
    s.answer('Save the Export', path)
    until(lambda: find(s, 'Stop'), 'a way out')
    s.desk.picture('export-11-working')
    s.desk.key('Escape')
    until(lambda: find(s, 'Stop') is None, 'it is given up')
    until(lambda: sensitive(s, 'Save As…'), 'it can be tried again')
    assert not [name for name in os.listdir(s.folder) if name.startswith('large')], 'nothing is left'
    s.desk.key('Escape')
    until(lambda: dialog(s) is None, 'the dialog is gone')


def test_graph_alone(s):
    forget(s)
    s.start(s.write('pair.telar', PAIR))
    until(lambda: s.title().startswith('Pair'), 'the graph')
    open_dialog(s)
    wait_note(s, r'1920 × \d+ px · [\d.]+ kB')
    s.desk.picture('export-12-graph-alone')
    unfold(s, 'f')
    names = [n.name for n in s.program.nodes(dialog(s))]
    assert not [name for name in names if name in FORMATS[3:]], 'no data without a run'
    s.desk.key('Escape')
    save(s, os.path.join(s.folder, 'alone.png'))
    until(lambda: s.summary() == 'alone.png is saved', 'word of it')


def test_keyboard_order(s):
    """Tab goes through all that can be chosen, from the top, and comes round."""
    start(s)
    open_dialog(s)
    names = []
    for _ in range(24):
        focused = next((n for n in s.program.nodes(dialog(s)) if n.had_state('focused')), None)
        name = focused.name if focused else None
        if names and name == names[0]:
            break
        names.append(name)
        s.desk.key('Tab')
    wanted = ['Save As…', 'Format: PNG picture', 'What: Graph and timeline',
              'Time: The whole run', 'Width Size', 'Height', 'Unit: pixels', 'Pixels: 1 ×',
              'Style: Light', 'Title', 'Text of the title', 'Legend', 'Source', 'Date',
              'Cancel', 'Copy']
    assert names == wanted, names
    s.desk.key('Escape')


def test_bookmarks(s):
    """In the picture unless they are switched off, where the run has some and is in sight."""
    start(s)
    open_dialog(s)
    wait_note(s, r'1920 × .*')
    assert not sensitive(s, 'Bookmarks'), 'there are none'
    s.desk.key('Escape')
    until(lambda: dialog(s) is None, 'the dialog is gone')
    x, y, width, height = s.on_screen(s.list('Timeline'))
    s.desk.click(x + width * 2 // 3, y + height // 2)
    s.desk.key('b')
    until(lambda: s.program.wait(role='text', name='Text of the bookmark')
          .has_state('focused'), 'the text has the focus')
    s.desk.type('marked')
    s.desk.key('Return')
    until(lambda: '“marked” at' in s.list('Timeline').description, 'the bookmark')

    open_dialog(s)
    choose(s, 'f', 1)
    until(lambda: sensitive(s, 'Bookmarks'), 'there is one')
    assert find(s, 'Bookmarks').has_state('checked'), 'as the command line has it'
    wait_note(s, r'1920 × \d+ px · [\d.]+ kB')
    with_them = note(s)
    s.desk.picture('export-13-bookmarks')
    choose(s, 'w', 2)
    until(lambda: not sensitive(s, 'Bookmarks'), 'a graph has none')
    choose(s, 'w', 0)
    until(lambda: note(s) == with_them, 'the size again, not %s' % note(s))
    path = os.path.join(s.folder, 'with.svg')
    save(s, path)
    until(lambda: s.summary() == 'with.svg is saved', 'word of it')
    assert b'>marked</text>' in read(path)

    # The preview is of the picture without it; that is kept, as all that was chosen.
    open_dialog(s)
    until(lambda: note(s) == with_them, 'the size, not %s' % note(s))
    s.desk.key('alt+b')
    until(lambda: not find(s, 'Bookmarks').has_state('checked'), 'switched off')
    until(lambda: note(s) not in ('', with_them) and 'kB' in note(s), 'another size')
    s.desk.picture('export-14-no-bookmarks')
    path = os.path.join(s.folder, 'without.svg')
    save(s, path)
    until(lambda: s.summary() == 'without.svg is saved', 'word of it')
    assert b'marked' not in read(path)
    open_dialog(s)
    until(lambda: sensitive(s, 'Bookmarks'), 'the dialog again')
    assert not find(s, 'Bookmarks').has_state('checked'), 'it was kept'
    s.desk.key('Escape')


sys.exit(run([test_shows, test_refuses, test_saves, test_asks, test_measured, test_copies,
              test_stops, test_graph_alone, test_bookmarks, test_keyboard_order]))

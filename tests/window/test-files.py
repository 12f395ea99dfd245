# test-files.py
#
# SPDX-License-Identifier: MIT
#
# Graphs and their files as a person handles them: new, open, save, undo, close,
# what another program does to a file, and what a crash leaves. Leaves a picture
# of every question in the folder given.
#
#   test-files.py TELAR EXAMPLES PICTURES [NAME…]

import json
import os
import resource
import shutil
import signal
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import desk as d  # noqa: E402
from desk import until  # noqa: E402
from station import EXAMPLES, PAIR, read, run  # noqa: E402

OTHER = PAIR.replace('"Pair"', '"Other"').replace('[[4]]', '[[5]]')
FAULTY = '''{ "telar": 1, "name": "Faulty", "tasks": [
  { "id": "a", "kind": "process", "function": "no_such_function" } ] }
'''
FRAME = '''{ "telar": 1, "name": "Frame", "tasks": [
  { "id": "p", "kind": "process", "function": "square", "args": [[3]] },
  { "id": "q", "kind": "thread", "function": "square", "args": [[4]], "inside": "p" } ] }
'''
THREADS = 'ctrl+shift+t'
RECOVERED = 'Telar ended unexpectedly'


def button(s, name, below=None):
    return s.program.wait(role='push button', name=name, below=below)


def press(s, name):
    """By the pointer, when the button has come to rest: bars slide in."""
    places = [None]

    def rests():
        places.append(s.on_screen(button(s, name)))
        return places[-1] == places[-2] and places[-1][3] > 10

    until(rests, 'the button "%s" rests' % name)
    x, y, width, height = places[-1]
    s.desk.click(x + width // 2, y + height // 2)


def answer(s, question, name):
    """Presses a button of a dialog by its key."""
    until(lambda: s.program.find(holds=question), 'the question "%s"' % question)
    until(lambda: s.program.find(role='push button', name=name), 'its button "%s"' % name)
    s.desk.key('alt+' + {'Save': 's', 'Close without Saving': 'w', 'Cancel': 'c', 'Reload': 'r',
                         'Overwrite': 'o', 'Save As…': 'a', 'Replace': 'r'}[name])
    until(lambda: not s.program.find(holds=question), 'the question is gone')


def wait_title(s, title):
    until(lambda: s.title() == title + ' – Telar', 'the title "%s", not "%s"' % (title, s.title()))


def titles(s):
    return sorted(w.name for w in s.program.windows())


def recoveries(s):
    folder = os.path.join(s.folder, '.local', 'state', 'telar', 'recovery')
    return [name for name in os.listdir(folder)
            if name.endswith('.recovery')] if os.path.isdir(folder) else []


def forget(s):
    """What tests before left unsaved."""
    s.stop()
    shutil.rmtree(os.path.join(s.folder, '.local'), ignore_errors=True)


def start_modified(s, through=()):
    """A window with an unsaved change: its path."""
    forget(s)
    path = s.write('pair.telar', PAIR)
    s.start(path, through=through)
    wait_title(s, 'Pair')
    s.desk.key(THREADS)
    wait_title(s, '• Pair')
    return path


def test_new(s):
    s.start()
    s.desk.picture('files-01-chooser')
    press(s, 'New Graph')
    wait_title(s, 'Untitled')
    until(lambda: s.lane('main'), 'the lane of main')
    s.desk.picture('files-02-new')
    s.desk.key('ctrl+n')
    assert len(s.program.windows()) == 1, 'an empty graph is not begun twice'
    wait_title(s, 'Untitled')


def test_undo_and_redo(s):
    start_modified(s)
    until(lambda: s.lane('a square: thread'), 'a thread')
    s.desk.picture('files-03-modified')
    assert s.program.find(name='Pair, with unsaved changes'), 'the mark is spoken'
    undo = s.program.wait(role='push button', starts='Undo')
    assert undo.name != 'Undo', undo.name
    words = undo.name[len('Undo '):]

    s.desk.key('ctrl+z')
    wait_title(s, 'Pair')
    until(lambda: s.lane('a square: process'), 'a process again')
    assert s.program.wait(role='push button', name='Redo ' + words)
    assert not s.program.wait(role='push button', name='Undo').has_state('sensitive')

    s.desk.key('ctrl+shift+z')
    wait_title(s, '• Pair')
    s.desk.key('ctrl+z')
    wait_title(s, 'Pair')
    s.desk.key('ctrl+y')
    wait_title(s, '• Pair')
    press(s, 'Undo ' + words)
    wait_title(s, 'Pair')


def test_menu(s):
    s.desk.key(THREADS)
    wait_title(s, '• Pair')
    s.desk.key('F10')
    until(lambda: s.program.find(role='menu item', starts='Undo '), 'Undo in the menu')
    s.desk.picture('files-04-menu')
    s.desk.key('Escape')
    s.desk.key('ctrl+z')
    wait_title(s, 'Pair')


def test_kinds(s):
    """Of what is selected, else of everything."""
    for key, kind in (('t', 'thread'), ('l', 'plain call'), ('p', 'process')):
        s.desk.key('ctrl+shift+' + key)
        until(lambda: s.lane('b square: ' + kind), 'all are ' + kind)
        assert s.lane('a square: ' + kind), kind
    s.desk.click(*s.middle(s.node('b square')))
    until(lambda: s.lane('b square').has_state('selected'), 'b selected')
    s.desk.key(THREADS)
    until(lambda: s.lane('b square: thread'), 'b is a thread')
    assert s.lane('a square: process'), 'and a is not'
    assert s.lane('b square').has_state('selected'), 'b stays selected'
    s.desk.key('ctrl+z', 'ctrl+shift+p')
    until(lambda: s.lane('b square: process'), 'b is a process')
    assert s.lane('b square').has_state('selected'), 'b stays selected'


def test_edit_after_run(s):
    """A run stays what it was."""
    s.start(s.write('pair.telar', PAIR))
    s.run_to_end()
    ran = s.lane('a square').name
    s.desk.key(THREADS)
    wait_title(s, '• Pair')
    assert s.lane('a square').name == ran, s.lane('a square').name
    assert s.summary().startswith('Ended after'), s.summary()
    s.desk.picture('files-05-edited-after-run')
    s.desk.key('ctrl+z')
    wait_title(s, 'Pair')
    until(lambda: s.node('a square: process, joined'), 'the graph shows the run again')
    s.desk.key(THREADS)
    wait_title(s, '• Pair')
    s.run_to_end()
    until(lambda: s.lane('a square: thread, joined'), 'run as it is now')


def test_save(s):
    path = start_modified(s)
    s.desk.key('ctrl+s')
    wait_title(s, 'Pair')
    saved = read(path)
    assert saved == PAIR.replace('"kind": "process"', '"kind": "thread"').encode(), saved
    s.desk.key('ctrl+z')
    wait_title(s, '• Pair')
    s.desk.key('ctrl+s')
    wait_title(s, 'Pair')
    assert read(path) == PAIR.encode(), read(path)


def test_save_as_and_reopen(s):
    other = os.path.join(s.folder, 'another')
    s.desk.key(THREADS)
    wait_title(s, '• Pair')
    s.desk.key('ctrl+shift+s')
    s.answer('Save the Graph', other)
    wait_title(s, 'Pair')
    saved = read(other + '.telar')
    assert saved == PAIR.replace('"kind": "process"', '"kind": "thread"').encode(), saved
    assert read(os.path.join(s.folder, 'pair.telar')) == PAIR.encode(), 'the first is as it was'

    s.start(other + '.telar')
    wait_title(s, 'Pair')
    until(lambda: s.lane('a square: thread'), 'what was saved')
    s.desk.key('ctrl+shift+s')
    s.answer('Save the Graph', other + '-2.telar')
    until(lambda: read(other + '-2.telar') == saved, 'saved again, it is the same')


def test_save_new(s):
    s.start()
    s.desk.key('ctrl+n')
    wait_title(s, 'Untitled')
    path = os.path.join(s.folder, 'new graph.telar')
    s.desk.key('ctrl+s')
    s.answer('Save the Graph', path)
    wait_title(s, 'new graph.telar')
    assert b'"tasks": [' in read(path), read(path)


def test_save_example(s):
    folder = os.path.join(s.folder, 'examples')
    shutil.copytree(EXAMPLES, folder)
    os.environ['TELAR_EXAMPLES'] = folder
    example = os.path.join(folder, sorted(os.listdir(folder))[0])
    before = read(example)
    s.start(example)
    title = s.title()
    s.desk.key(THREADS)
    until(lambda: s.title() == '• ' + title, 'a change')
    s.desk.key('ctrl+s')
    until(lambda: s.front() == 'Save a Copy of the Graph', 'the dialog')
    s.desk.picture('files-06-save-example')
    s.answer('Save a Copy of the Graph', os.path.join(s.folder, 'copy.telar'))
    until(lambda: s.title() == title, 'saved')
    assert read(example) == before, 'the example is as it was'
    assert read(os.path.join(s.folder, 'copy.telar')), 'the copy'
    os.environ['TELAR_EXAMPLES'] = EXAMPLES


def test_close_asks(s):
    path = start_modified(s)
    s.desk.key('ctrl+w')
    until(lambda: s.program.find(holds='Save changes to “Pair” before closing?'), 'the question')
    s.desk.picture('files-07-close')
    s.desk.key('Escape')
    until(lambda: not s.program.find(holds='before closing?'), 'the question is gone')
    wait_title(s, '• Pair')

    s.desk.key('ctrl+w')
    answer(s, 'before closing?', 'Cancel')
    wait_title(s, '• Pair')

    s.desk.key('ctrl+w')
    until(lambda: s.program.find(role='push button', name='Save'), 'the question')
    s.desk.key('alt+s')
    until(lambda: s.program.process.poll() is not None, 'the end')
    assert b'"kind": "thread"' in read(path), 'saved'

    path = start_modified(s)
    s.desk.key('ctrl+w')
    until(lambda: s.program.find(role='push button', name='Close without Saving'), 'the question')
    s.desk.key('alt+w')
    until(lambda: s.program.process.poll() is not None, 'the end')
    assert read(path) == PAIR.encode(), 'not saved'
    assert not recoveries(s), recoveries(s)


def test_close_new(s):
    """Without a file, Save asks for one; no answer to that, and it stays open."""
    path = os.path.join(s.folder, 'kept.telar')
    forget(s)
    s.start()
    s.desk.key('ctrl+n')
    wait_title(s, 'Untitled')
    s.desk.key('ctrl+w')
    until(lambda: s.program.process.poll() is not None, 'an empty graph closes unasked')

    # A change to a graph without a file comes from a recovery that names none.
    folder = os.path.join(s.folder, '.local', 'state', 'telar', 'recovery')
    start_modified(s)
    until(lambda: recoveries(s), 'a recovery file')
    d.end_hard(s.program.process.pid)
    s.program.process.wait()
    name = os.path.join(folder, recoveries(s)[0])
    with open(name, 'rb') as file:
        first, _, rest = file.read().partition(b'\n')
    about = json.loads(first)
    del about['uri'], about['known']
    with open(name, 'wb') as file:
        file.write(json.dumps(about).encode() + b'\n' + rest)

    s.start()
    press(s, 'Recover')
    wait_title(s, '• Pair')
    s.desk.key('ctrl+w')
    until(lambda: s.program.find(role='push button', name='Close without Saving'), 'the question')
    s.desk.key('alt+s')
    until(lambda: s.front() == 'Save the Graph', 'the dialog')
    s.desk.key('Escape')
    until(lambda: s.front() == '• Pair – Telar', 'the window')
    assert s.program.process.poll() is None, 'no place, no end'
    s.desk.key('ctrl+w')
    until(lambda: s.program.find(role='push button', name='Close without Saving'), 'the question')
    s.desk.key('alt+s')
    s.answer('Save the Graph', path)
    until(lambda: s.program.process.poll() is not None, 'the end')
    assert b'"kind": "thread"' in read(path), 'saved'


def test_save_fails(s):
    """A disk that is full: the old file stays, and so does what is in the window."""
    path = start_modified(s, through=('sh', '-c', 'trap "" XFSZ; exec "$0" "$@"'))
    pid = s.program.process.pid
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (16, resource.RLIM_INFINITY))
    s.desk.key('ctrl+s')
    until(lambda: s.program.find(holds='pair.telar could not be saved'), 'the bar')
    s.desk.picture('files-08-save-fails')
    assert read(path) == PAIR.encode(), 'the old file is whole'
    assert sorted(n for n in os.listdir(s.folder) if n.startswith('.pair')) == [], 'nothing is left'
    wait_title(s, '• Pair')

    s.desk.key('ctrl+w')
    until(lambda: s.program.find(role='push button', name='Close without Saving'), 'the question')
    s.desk.key('alt+s')
    until(lambda: not s.program.find(holds='before closing?'), 'the question is gone')
    wait_title(s, '• Pair')
    assert s.program.process.poll() is None, 'it does not close unsaved'

    resource.prlimit(pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    s.desk.key('ctrl+s')
    wait_title(s, 'Pair')
    assert not s.program.find(holds='could not be saved'), 'the bar is gone'
    assert b'"kind": "thread"' in read(path), 'saved'


def test_changed_by_another(s):
    path = s.write('pair.telar', PAIR)
    s.start(path)
    wait_title(s, 'Pair')
    s.write('pair.telar', OTHER)
    until(lambda: s.program.find(holds='was changed by another program'), 'the bar')
    s.desk.picture('files-09-changed')
    press(s, 'Reload')
    wait_title(s, 'Other')
    until(lambda: not s.program.find(role='push button', name='Reload'), 'the bar is gone')

    s.desk.key(THREADS)
    wait_title(s, '• Other')
    s.write('pair.telar', PAIR)
    until(lambda: s.program.find(holds='was changed by another program'), 'the bar')
    press(s, 'Reload')
    until(lambda: s.program.find(holds='Give up your changes to “Other”?'), 'a question')
    s.desk.picture('files-10-reload')
    answer(s, 'Give up your changes', 'Cancel')
    wait_title(s, '• Other')

    s.desk.key('ctrl+s')
    until(lambda: s.program.find(holds='Overwrite “pair.telar”?'), 'a question')
    s.desk.picture('files-11-overwrite')
    answer(s, 'Overwrite “', 'Cancel')
    assert read(path) == PAIR.encode(), 'not overwritten'

    press(s, 'Keep Mine')
    until(lambda: not s.program.find(role='push button', name='Keep Mine'), 'the bar is gone')
    s.desk.key('ctrl+s')
    wait_title(s, 'Other')
    assert read(path) == OTHER.replace('"kind": "process"', '"kind": "thread"').encode()


def test_overwrite(s):
    path = start_modified(s)
    s.write('pair.telar', OTHER)
    until(lambda: s.program.find(holds='was changed by another program'), 'the bar')
    s.desk.key('ctrl+s')
    answer(s, 'Overwrite “', 'Overwrite')
    wait_title(s, 'Pair')
    assert b'"Pair"' in read(path) and b'"kind": "thread"' in read(path), read(path)
    until(lambda: not s.program.find(role='push button', name='Keep Mine'), 'the bar is gone')


def test_file_gone(s):
    path = os.path.join(s.folder, 'pair.telar')
    os.unlink(path)
    until(lambda: s.program.find(holds='is no longer there'), 'the bar')
    s.desk.picture('files-12-gone')
    s.desk.key('ctrl+s')
    until(lambda: b'"Pair"' in read(path), 'written again')
    until(lambda: not s.program.find(holds='is no longer there'), 'the bar is gone')


def test_remark(s):
    def remark():
        bar = s.program.find(role='alert')
        return bar and s.program.find(role='push button', name='Undo', below=bar)

    s.start(s.write('frame.telar', FRAME))
    wait_title(s, 'Frame')
    assert not remark(), 'nothing to say yet'
    s.desk.key(THREADS)
    wait_title(s, '• Frame')
    until(remark, 'a remark with Undo')
    s.desk.picture('files-13-remark')
    s.desk.click(*s.middle(remark()))
    wait_title(s, 'Frame')
    until(lambda: not remark(), 'it is undone, and said no longer')
    s.desk.key(THREADS)
    wait_title(s, '• Frame')
    until(remark, 'a remark again')
    s.desk.key('Escape')
    until(lambda: not remark(), 'Escape takes it away', 5)


def test_faulty(s):
    """It opens, to be mended; Run says what stops it."""
    s.start(s.write('faulty.telar', FAULTY))
    wait_title(s, 'Faulty')
    until(lambda: s.program.find(holds='no_such_function'), 'what is wrong')
    s.desk.key('ctrl+r')
    until(lambda: s.program.find(holds='This graph cannot run yet'), 'the bar')
    assert s.program.find(holds='no_such_function'), 'what stops it'
    s.desk.picture('files-14-faulty')


def test_opened_once(s):
    path = s.write('pair.telar', PAIR)
    s.start(path, s.write('other.telar', OTHER))
    until(lambda: titles(s) == ['Other – Telar', 'Pair – Telar'], 'two windows')
    until(lambda: s.front() == 'Other – Telar', 'the second in front')
    s.open(path)
    until(lambda: s.front() == 'Pair – Telar', 'the window that has it is raised')
    assert titles(s) == ['Other – Telar', 'Pair – Telar'], titles(s)


def test_drop(s):
    """Several files: each in a window, the first in the empty one."""
    paths = [s.write('pair.telar', PAIR), s.write('other.telar', OTHER)]
    s.start()
    source = s.desk.start([os.environ['TELAR_DRAG_FILES']] + paths,
                          env=dict(os.environ, GTK_A11Y='none'))
    window = until(lambda: s.desk.xdo('search', '--onlyvisible', '--name', '^Files to drag$'),
                   'the files')
    s.desk.xdo('windowmove', '--sync', window, 40, 40)

    # Nothing on screen tells when the window has said that it takes them: a drop that
    # comes before is no drop, and is tried again. What is open already is only raised.
    def dropped():
        s.desk.xdo('windowraise', window)
        s.desk.xdo('mousemove', '--sync', 110, 110, 'mousedown', 1)
        for step in range(1, 21):
            s.desk.xdo('mousemove', '--sync', 110 + 25 * step, 110 + 20 * step, 'sleep', 0.05)
        s.desk.xdo('sleep', 0.3, 'mouseup', 1)
        try:
            return until(lambda: s.front() == 'Other – Telar', 'the last in front', 3)
        except AssertionError:
            return False

    until(dropped, 'a drop')
    # A search that meets a window which is just going away finds nothing at all.
    until(lambda: sorted(s.desk.xdo('getwindowname', w) for w in s.desk.xdo(
        'search', '--onlyvisible', '--pid', s.program.process.pid).split())
          == ['Other – Telar', 'Pair – Telar'], 'both windows')
    source.terminate()


def test_quit_asks(s):
    """Every window in turn; one Cancel, and none has closed."""
    paths = [s.write('pair.telar', PAIR), s.write('other.telar', OTHER)]
    s.start(*paths)
    until(lambda: titles(s) == ['Other – Telar', 'Pair – Telar'], 'two windows')
    until(lambda: s.front() == 'Other – Telar', 'the second in front')
    s.desk.key(THREADS)
    until(lambda: s.front() == '• Other – Telar', 'a change in it')
    s.open(paths[0])
    until(lambda: s.front() == 'Pair – Telar', 'the other window')
    s.desk.key(THREADS)
    until(lambda: s.front() == '• Pair – Telar', 'a change in it')

    s.desk.key('ctrl+q')
    until(lambda: s.program.find(holds='“Pair” before closing?'), 'the first question')
    s.desk.key('alt+w')
    until(lambda: s.program.find(holds='“Other” before closing?'), 'the second question')
    s.desk.picture('files-15-quit')
    s.desk.key('Escape')
    until(lambda: not s.program.find(holds='before closing?'), 'no question')
    until(lambda: titles(s) == ['• Other – Telar', '• Pair – Telar'], 'both are there')

    s.desk.key('ctrl+q')
    until(lambda: s.program.find(holds='before closing?'), 'a question')
    first = 'Other' if s.program.find(holds='“Other” before closing?') else 'Pair'
    s.desk.key('alt+s')
    second = 'Pair' if first == 'Other' else 'Other'
    until(lambda: s.program.find(holds='“%s” before closing?' % second), 'the other question')
    s.desk.key('alt+w')
    until(lambda: s.program.process.poll() is not None, 'the end')
    for path, title, text in ((paths[0], 'Pair', PAIR), (paths[1], 'Other', OTHER)):
        assert (read(path) == text.encode()) == (title == second), title


def test_crash(s):
    start_modified(s)
    until(lambda: recoveries(s), 'a recovery file')
    d.end_hard(s.program.process.pid)
    s.program.process.wait()

    s.start()
    until(lambda: s.program.find(holds=RECOVERED), 'the offer')
    assert s.program.find(holds='“Pair” from '), 'which graph'
    s.desk.picture('files-16-recovery')
    press(s, 'Recover')
    wait_title(s, '• Pair')
    until(lambda: s.lane('a square: thread'), 'the change')
    assert not s.program.find(role='push button', name='Recover'), 'the offer is gone'
    s.desk.key('ctrl+s')
    wait_title(s, 'Pair')
    until(lambda: not recoveries(s), 'the recovery file is gone')
    assert b'"kind": "thread"' in read(os.path.join(s.folder, 'pair.telar')), 'its file of old'


def test_ended_by_signal(s):
    """At once after a change, before the copy is due."""
    start_modified(s)
    s.program.process.send_signal(signal.SIGTERM)
    assert s.program.process.wait(d.PATIENCE) == -signal.SIGTERM
    assert recoveries(s), 'a recovery file'

    s.start()
    until(lambda: s.program.find(holds=RECOVERED), 'the offer')
    press(s, 'Discard')
    until(lambda: not recoveries(s), 'the recovery file is gone')
    until(lambda: not s.program.find(role='push button', name='Recover'), 'the offer is gone')
    s.start()
    s.program.wait(name='Examples', role='list')
    assert not s.program.find(holds=RECOVERED), 'nothing to offer'


ALL = [test_new, test_undo_and_redo, test_menu, test_kinds, test_edit_after_run, test_save,
       test_save_as_and_reopen, test_save_new, test_save_example, test_close_asks, test_close_new,
       test_save_fails, test_changed_by_another, test_overwrite, test_file_gone, test_remark,
       test_faulty, test_opened_once, test_drop, test_quit_asks, test_crash, test_ended_by_signal]

# Started by hand, there may be nothing to drag with.
if 'TELAR_DRAG_FILES' not in os.environ:
    ALL.remove(test_drop)

sys.exit(run(ALL))

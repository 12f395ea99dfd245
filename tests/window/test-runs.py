# test-runs.py
#
# SPDX-License-Identifier: MIT
#
# Runs as a person handles them after their end: kept, chosen, saved, opened
# again from a file. Leaves a picture of every stop in the folder given.
#
#   test-runs.py TELAR EXAMPLES PICTURES [NAME…]

import os
import struct
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from desk import until  # noqa: E402
from station import PAIR, TELAR, read, run  # noqa: E402

KEPT = 'Pair (a kept run, not to be changed) – Telar'


def wait_title(s, title):
    until(lambda: s.title() == title, 'the title "%s", not "%s"' % (title, s.title()))


def make_run(s):
    graph = s.write('pair.telar', PAIR)
    path = os.path.join(s.folder, 'pair.telar-run')
    subprocess.run([TELAR, 'run', '--quiet', '--out', path, graph], check=True,
                   stdout=subprocess.DEVNULL)
    return path


def test_open(s):
    s.start(make_run(s))
    wait_title(s, KEPT)
    s.wait_summary('Ended after')
    until(lambda: s.lane('a square: process'), 'the lanes')
    assert s.program.find(holds='is a run that was kept'), 'the bar'
    assert s.program.find(holds='3 squared is 9'), 'the output'
    s.desk.picture('runs-01-opened')
    # Nothing of it can be changed: a task that is deleted would be gone from the graph.
    s.desk.click(*s.middle(s.node('a')))
    s.desk.key('Delete', 'ctrl+s')
    assert s.node('a'), 'the graph is as it was run'
    s.desk.click(*s.middle(s.program.wait(role='push button', name='Edit a Copy')))
    until(lambda: s.window('Pair – Telar'), 'the copy')


def test_damaged(s):
    path = make_run(s)
    whole = read(path)
    with open(path, 'wb') as file:
        file.write(whole[:len(whole) * 3 // 4])
    s.start(path)
    wait_title(s, KEPT)
    assert s.program.wait(holds='could be read; the rest is shown'), 'the bar'
    s.desk.picture('runs-02-damaged')
    path = s.write('none.telar-run', 'no run at all')
    s.start(path)
    s.program.wait(holds='none.telar-run cannot be opened')


def test_kept(s):
    s.start(s.write('pair.telar', PAIR))
    wait_title(s, 'Pair – Telar')
    s.run_to_end()
    first = s.summary()
    s.run_to_end()
    until(lambda: s.summary() != first and s.summary().startswith('Ended after'), 'another run')
    second = s.summary()
    s.desk.click(*s.middle(s.program.wait(role='push button', name='Runs')))
    # Two to be shown, and the one of them that the shown one can be compared with.
    until(lambda: len([n for n in s.program.nodes() if 'Ended after' in n.name
                       and n.role == 'menu item']) == 3, 'two runs in the list')
    s.desk.picture('runs-03-list')
    s.desk.key('Down', 'Return')
    until(lambda: s.summary() == first, 'the first run, not ' + s.summary())
    # Saved by its key, opened again.
    s.desk.key('ctrl+alt+s')
    path = os.path.join(s.folder, 'saved')
    s.answer('Save the Run', path)
    until(lambda: os.path.exists(path + '.telar-run'), 'the file')
    until(lambda: s.summary() == 'saved.telar-run is saved', 'the summary')
    assert second != first
    s.open(path + '.telar-run')
    wait_title(s, KEPT)
    s.wait_summary(first)
    s.desk.picture('runs-04-reopened')


def test_measure(s):
    s.start(make_run(s))
    s.wait_summary('Ended after')
    x, y, width, height = s.on_screen(s.list('Timeline'))
    x += width // 3
    y += height // 2
    s.desk.xdo('keydown', 'Shift_L')
    s.desk.drag(x, y, x + width // 3, y)
    s.desk.xdo('keyup', 'Shift_L')
    until(lambda: ', from ' in s.summary() and ' to ' in s.summary(), 'what was measured')
    assert ', from ' in s.list('Timeline').description, 'it is spoken, too'
    s.desk.picture('runs-05-measured')
    begin, end = s.range()
    s.desk.key('Escape')
    s.wait_summary('Ended after')
    # By keys alone: the pointer is elsewhere.
    s.desk.xdo('mousemove', '--sync', x, 20)
    s.desk.key('m')
    s.wait_summary('Measured from')
    s.desk.key('shift+Right')
    until(lambda: ', from ' in s.summary(), 'the next edge')
    assert s.range() == [begin, end], 'nothing was panned'
    s.desk.key('Escape')
    s.wait_summary('Ended after')


def test_find(s):
    s.start(make_run(s))
    s.wait_summary('Ended after')
    x, y, width, height = s.on_screen(s.list('Timeline'))
    s.desk.click(x + width // 2, y + 10)
    s.desk.key('ctrl+f')
    s.desk.type('square')
    s.program.wait(role='status bar', name='1 of 2')
    until(lambda: s.lane('a square').has_state('selected'), 'the first is selected')
    s.desk.key('Return')
    s.program.wait(role='status bar', name='2 of 2')
    until(lambda: s.lane('b square').has_state('selected'), 'the next is selected')
    s.desk.picture('runs-06-found')
    s.desk.key('ctrl+a')
    s.desk.type('exit 7')
    s.program.wait(role='status bar', name='No task has this')
    s.desk.key('Escape', 'm')
    s.wait_summary('Measured from')


def replace(s, key, name):
    s.desk.key(key)
    s.answer('Save the Run', os.path.join(s.folder, name))
    until(lambda: s.program.find(name='Replace “%s.telar-run”?' % name), 'the question')
    s.desk.key('alt+r')


def test_saving(s):
    """What is written to takes its time: here, a pipe that nobody reads yet."""
    s.start(s.write('pair.telar', PAIR))
    wait_title(s, 'Pair – Telar')
    s.run_to_end()
    pipe = os.path.join(s.folder, 'slow.telar-run')
    os.mkfifo(pipe)
    replace(s, 'ctrl+alt+s', 'slow')
    s.program.wait(holds='Saving “slow.telar-run”…')
    assert s.program.find(role='progress bar'), 'how far it is'
    # Meanwhile the window is there for all else: another run is made, and looked at.
    first = s.summary()
    s.desk.key('ctrl+r')
    until(lambda: s.summary() != first and s.summary().startswith('Ended after'), 'another run')
    s.desk.click(*s.middle(s.lane('a square')))
    until(lambda: s.lane('a square').has_state('selected'), 'a lane is selected')
    s.desk.picture('runs-07-saving')
    # It does not close before the file is there, and then by itself.
    s.desk.key('ctrl+w')
    assert s.program.wait(holds='Saving “slow.telar-run”…')
    s.desk.click(*s.middle(s.lane('b square')))
    until(lambda: s.lane('b square').has_state('selected'), 'the window stayed')
    # No tip is up when it goes.
    s.desk.xdo('mousemove', '--sync', 2, 2)
    assert read(pipe).startswith(b'\x89TELRUN'), 'the run'
    until(lambda: s.program.process.poll() is not None, 'the window closed')


def test_not_saved(s):
    s.start(s.write('pair.telar', PAIR))
    wait_title(s, 'Pair – Telar')
    s.run_to_end()
    os.symlink('/dev/full', os.path.join(s.folder, 'full.telar-run'))
    replace(s, 'ctrl+alt+s', 'full')
    s.program.wait(holds='full.telar-run could not be saved')
    assert s.program.find(holds='No space left on device'), 'why'
    s.desk.picture('runs-08-full')
    assert s.summary().startswith('Ended after'), 'the run is there as before'


def test_opening(s):
    """What is read takes its time, and is given up."""
    s.start(s.write('pair.telar', PAIR))
    wait_title(s, 'Pair – Telar')
    pipe = os.path.join(s.folder, 'never.telar-run')
    os.mkfifo(pipe)
    s.start(s.write('pair.telar', PAIR), pipe)
    s.program.wait(holds='Opening “never.telar-run”…')
    s.desk.picture('runs-09-opening')
    s.desk.click(*s.middle(s.program.wait(role='push button', name='Cancel')))
    until(lambda: not s.program.find(holds='Opening “never.telar-run”…'), 'the bar is gone')
    assert not s.program.find(holds='cannot be opened'), 'nothing is said of it'
    s.desk.key('ctrl+r')
    until(lambda: s.summary().startswith('Ended after'), 'a run in the window')


def crc32c(data):
    crc = 0xffffffff
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0x82f63b78 if crc & 1 else 0)
    return crc ^ 0xffffffff


def damage(path):
    """As large as a file that is not read from end to end when it is opened, by a record
    that no reader knows, and all its blocks damaged (core/runfile/FORMAT.md)."""
    whole = bytearray(read(path))
    index = struct.unpack_from('<Q', whole, len(whole) - 16)[0]
    at = 32
    while at < index:
        kind, _, size, head, _ = struct.unpack_from('<IIQII', whole, at)
        if kind == 5:
            whole[at + 24 + head:at + 24 + size] = bytes(size - head)
        at += 24 + size
    unknown = struct.pack('<IIQI', 99, 0, 33 << 20, 0)
    footer = struct.pack('<8sQI', b'TELAREND', index + 24 + (33 << 20), 0)
    with open(path, 'wb') as file:
        file.write(whole[:index] + unknown + struct.pack('<I', crc32c(unknown)))
        file.seek(33 << 20, os.SEEK_CUR)
        file.write(whole[index:-24] + footer + struct.pack('<I', crc32c(footer)))


def test_unreadable(s):
    """A large file is read where it is looked at, and damage is said then."""
    path = make_run(s)
    damage(path)
    s.start(path)
    wait_title(s, KEPT)
    s.program.wait(holds='Not all of “pair.telar-run” could be read; the rest is shown')
    s.program.wait(holds='of it are damaged and left out.')
    s.desk.picture('runs-10-unreadable')


sys.exit(run([test_open, test_damaged, test_kept, test_measure, test_find, test_saving,
              test_not_saved, test_opening, test_unreadable]))

# test-window.py
#
# SPDX-License-Identifier: MIT
#
# The window as a person uses it: pointer and keys in, the accessibility tree
# and the processes of the machine out. Leaves a picture of every station in
# the folder given.
#
#   test-window.py TELAR EXAMPLES PICTURES [NAME…]

import os
import re
import subprocess
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import desk as d  # noqa: E402
from desk import until  # noqa: E402
from station import HEIGHT, TELAR, WIDTH, read, run  # noqa: E402

HEAVIER = '06-squares-and-even-numbers-heavier.telar'

LONG = '''{ "telar": 1, "name": "Long", "tasks": [
  { "id": "a", "kind": "process", "function": "sleep", "args": [600] },
  { "id": "b", "kind": "process", "function": "busy", "args": [600000] } ] }
'''
BROKEN = '''{ "telar": 1, "name": "Broken", "tasks": [
  { "id": "a", "kind": "process", "function": "sleep" "args": [1] } ] }
'''
COMMAND = '''{ "telar": 1, "name": "Foreign", "tasks": [
  { "id": "c", "kind": "process", "function": "command",
    "args": ["sh", "-c", "echo it ran, $GDK_DEBUG$GDK_DISABLE$GSK_RENDERER."] } ] }
'''
ELSEWHERE = '''{ "telar": 1, "name": "Elsewhere", "tasks": [
  { "id": "a", "kind": "process", "function": "busy", "args": [5], "core": 900 } ] }
'''
LOUD = '''{ "telar": 1, "name": "Loud", "tasks": [
  { "id": "n", "kind": "process", "body": [ ["print", "line after line"] ], "repeat": 60000 } ] }
'''


# The tests, in the order of a lesson.

def test_no_display(s):
    environment = {k: v for k, v in os.environ.items() if k not in ('DISPLAY', 'WAYLAND_DISPLAY')}
    done = subprocess.run([TELAR], env=environment, capture_output=True, text=True)
    assert done.returncode == 2, done.returncode
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    assert 'telar run' in done.stderr, done.stderr


def test_chooser(s):
    s.start()
    names = [i.name for i in s.items('Examples')]
    assert len(names) >= 10, names
    assert all(i.description for i in s.items('Examples')), 'an example without a sentence'
    assert not s.program.wait(name='Run').has_state('sensitive')
    s.desk.picture('01-chooser')


def test_open_by_keyboard(s):
    names = [i.name for i in s.items('Examples')]
    at = names.index('Squares and even numbers, heavier')
    s.desk.key(*(['Down'] * at + ['Return']))
    until(lambda: s.title().startswith('Squares and even numbers, heavier'), 'the graph\'s title')
    until(lambda: s.lane('p1 square: process'), 'the lane of p1')
    assert s.node('p2 is_even: '), 'the node of p2'
    assert s.summary() == 'Not run yet', s.summary()
    s.desk.picture('02-graph')


def test_run(s):
    s.run_to_end()
    for lane in ('p1 square', 'p2 is_even'):
        name = s.lane(lane).name
        assert re.match(lane + r': process, joined, exit 0, [\d.]+ m?s on a core$', name), name
    until(lambda: s.program.find(name='Done', role='label'), 'Done in the output')
    texts = [n.name for n in s.program.nodes(s.program.wait(role='panel', name='Output'))
             if n.role == 'label']
    assert '43 squared is 1849' in texts and '34 is an even number' in texts, texts
    assert s.program.find(holds='exact') or s.program.find(holds='sampled'), 'which source'
    begin, end = s.range()
    assert begin <= 0 and end > 60, (begin, end)
    s.desk.picture('03-ended')


def test_select(s):
    s.desk.click(*s.middle(s.node('p1 square')))
    until(lambda: s.node('p1 square').has_state('selected'), 'p1 selected in the graph')
    until(lambda: s.lane('p1 square').has_state('selected'), 'p1 selected in the timeline')
    s.desk.picture('04-selected')

    x, y, width, height = s.on_screen(s.lane('p2 is_even'))
    s.desk.click(x + 20, y + height // 2)
    until(lambda: s.node('p2 is_even').has_state('selected'), 'p2 selected in the graph')
    assert not s.node('p1 square').has_state('selected')

    s.desk.key('Up')
    until(lambda: s.node('p1 square').has_state('selected'), 'p1 selected by key')

    def picked():
        """GTK gives rows out of sight no place: from the top, p2's first line is always in it,
        whichever of the two processes was faster."""
        panel = s.program.wait(role='panel', name='Output')
        s.desk.click(*s.middle(panel), button=4, repeat=5)
        line = next(n for n in s.program.nodes(panel) if n.name == '50 is an even number')
        s.desk.click(*s.middle(line))
        return s.lane('p2 is_even').has_state('selected')
    until(picked, 'p2 selected by its line')


def test_double_click(s):
    """On a slice: it fills most of the width."""
    s.desk.key('ctrl+0')
    begin, end = s.range()
    name = s.lane('p2 is_even').name
    x, y, width, height = s.on_screen(s.lane('p2 is_even'))
    for at in range(width // 8, width, width // 40):
        s.desk.click(x + at, y + height // 2, repeat=2)
        try:
            until(lambda: s.range()[1] - s.range()[0] < 0.9 * (end - begin), 'a zoom', 0.5)
            break
        except AssertionError:
            continue
    shown = s.range()
    # A little is shown before and after it, even where it is the run's first.
    assert shown[0] < end and begin < shown[1], name
    assert shown[1] - shown[0] < 0.9 * (end - begin), name
    s.desk.key('ctrl+0')


def test_chooser_and_back(s):
    title = s.title()
    s.desk.key('alt+Home')
    until(lambda: s.title() == 'Telar', 'the chooser')
    s.desk.key('alt+Home')
    until(lambda: s.title() == title, 'the graph again')
    assert s.summary().startswith('Ended after'), s.summary()


def test_zoom_and_pan(s):
    x, y = s.middle(s.lane('p2 is_even'))
    s.desk.click(x, y)
    s.desk.key('ctrl+0')
    begin, end = until(s.range, 'a range')

    s.desk.click(x, y, button=4, repeat=4)
    until(lambda: s.range()[1] - s.range()[0] < 0.7 * (end - begin), 'the wheel zooms in')
    zoomed = s.range()
    assert zoomed[0] >= begin and zoomed[1] <= end, (zoomed, begin, end)
    s.desk.picture('05-zoomed')

    s.desk.xdo('keydown', 'shift')
    s.desk.click(x, y, button=5, repeat=2)
    s.desk.xdo('keyup', 'shift')
    until(lambda: s.range()[0] > zoomed[0], 'shift and wheel pan')

    before = s.range()
    s.desk.drag(x, y, x + 150, y)
    until(lambda: s.range()[0] < before[0], 'a drag pans')

    before = s.range()
    s.desk.key('Right')
    until(lambda: s.range()[0] > before[0], 'an arrow key pans')

    before = s.range()
    s.desk.key('ctrl+minus')
    until(lambda: s.range()[1] - s.range()[0] > before[1] - before[0], 'Ctrl and − zoom out')
    s.desk.key('ctrl+0')
    until(lambda: abs(s.range()[0] - begin) < 1 and abs(s.range()[1] - end) < 1, 'Ctrl and 0 fit')


def hover(s, x, y, wanted):
    """Rests at a place as a hand does, until a tip appears that holds @wanted."""
    def tip():
        return next((n.name for n in s.program.nodes()
                     if n.role in ('tool tip', 'label')
                     and '\n' in n.name and wanted in n.name), None)

    for attempt in range(12):
        s.desk.xdo('mousemove', '--sync', x + attempt % 2, y)
        try:
            return until(tip, 'a tip that holds "%s"' % wanted, 2)
        except AssertionError:
            if attempt == 11:
                raise


def test_hover(s):
    x, y, width, height = s.on_screen(s.lane('p1 square'))
    tip = hover(s, x + 20, y + height // 2, 'square([43')
    assert 'pid ' in tip and 'joined at' in tip, tip
    s.desk.picture('06-hover')

    x, y, width, height = s.on_screen(s.lane('main'))
    hover(s, x + width // 3, y + height // 2, 'join p1, p2')
    s.desk.xdo('mousemove', '--sync', 4, 4)


def test_by_task(s):
    s.desk.click(*s.middle(s.program.wait(name='By task', role='push button')))
    until(lambda: s.program.find(name='p1 square', role='label'), 'a heading for p1')
    s.desk.picture('07-by-task')
    s.desk.click(*s.middle(s.program.wait(name='By time', role='push button')))


def test_replay(s):
    s.desk.key('ctrl+shift+r')
    until(lambda: s.program.find(holds='replay, 1/'), 'the badge of a replay')
    s.desk.picture('08-replay')
    until(lambda: not s.program.find(holds='replay, 1/'), 'the end of the replay')


def test_present(s):
    before = s.geometry()
    s.desk.key('F11')
    until(lambda: s.geometry() == [0, 0, WIDTH, HEIGHT], 'the full screen')
    leave = s.program.wait(name='Leave', role='push button')
    until(lambda: leave.place()[3] > 0, 'the button to leave')
    for key, what in (('1', 'Graph'), ('3', 'Output'), ('2', 'Timeline')):
        s.desk.key(key)
        until(lambda: s.program.find(name=what, role='panel' if key == '3' else 'list').place()[3]
              > HEIGHT * 0.7, what + ' on the whole screen')
        s.desk.picture('09-present-' + what.lower())

    small = [(n.name, n.place()) for n in s.program.nodes()
             if n.role == 'label' and n.name
             and n.place()[2] > 1 and n.place()[3] < HEIGHT / 45 and n.has_state('showing')]
    assert not small, small

    s.desk.key('Escape')
    until(lambda: s.geometry() == before, 'the window as it was')
    s.desk.picture('10-left')


def test_export(s):
    path = os.path.join(s.folder, 'picture.png')
    s.desk.key('ctrl+e')
    s.program.wait(name='Export', role='frame')
    s.desk.picture('11-export')
    s.desk.key('Return')
    s.answer('Save the Export', path)
    until(lambda: read(path).endswith(b'IEND\xaeB`\x82'), 'a whole picture')
    until(lambda: s.summary() == 'picture.png is saved', 'word of it')


def test_broken_file(s):
    title = s.title()
    s.open(s.write('broken.telar', BROKEN))
    until(lambda: s.program.find(role='alert') or s.program.find(role='notification')
          or s.program.find(holds='broken.telar cannot be opened'), 'the bar')
    assert s.program.find(holds='broken.telar cannot be opened'), 'which file'
    assert s.program.find(holds='line 2'), 'where'
    assert s.title() == title, 'nothing else changes'
    assert s.lane('p1 square'), 'nothing else changes'
    s.desk.picture('12-broken')


def test_stop(s):
    s.open(s.write('long.telar', LONG))
    until(lambda: s.title().startswith('Long'), 'the long graph')
    s.desk.key('ctrl+r')
    s.wait_summary('Running')
    until(lambda: s.lane('a sleep') and 'sleep' in s.lane('a sleep').name, 'a sleeps')
    until(lambda: s.range()[1] > 150, 'the span grows while it follows')
    s.desk.picture('13-running')

    x, y = s.middle(s.lane('b busy'))
    s.desk.drag(x, y, x + 100, y)
    follow = s.program.wait(name='Follow', role='push button')
    until(lambda: follow.place()[2] > 0, 'a pan stops following')
    shown = s.range()
    time.sleep(0.3)
    assert s.range() == shown, 'it stays where it was panned to'
    s.desk.key('ctrl+End')
    until(lambda: s.range()[1] > shown[1] and s.range()[0] >= 0, 'it follows again')

    tasks = d.descendants(s.program.process.pid)
    s.desk.key('ctrl+period')
    s.wait_summary('Stopped after')
    until(lambda: not any(d.alive(p) for p in tasks if p not in s.engines()),
          'no process of the run is left', 3)
    s.desk.picture('14-stopped')


def test_engine_killed(s):
    s.desk.key('ctrl+r')
    s.wait_summary('Running')
    tasks = until(lambda: len(d.descendants(s.program.process.pid)) >= 4
                  and d.descendants(s.program.process.pid), 'the tasks')
    d.end_hard(s.engines()[0])
    until(lambda: s.program.find(holds='engine ended in the middle'), 'the bar')
    until(lambda: not any(d.alive(p) for p in tasks), 'no process of the run is left', 3)
    assert s.summary().startswith('Broken off'), s.summary()
    assert s.lane('a sleep'), 'what was recorded stays'
    s.desk.picture('15-engine-killed')

    s.desk.key('ctrl+r')
    s.wait_summary('Running')
    assert not s.program.find(holds='engine ended in the middle'), 'the bar is gone'
    s.desk.key('ctrl+period')
    s.wait_summary('Stopped after')


def test_asks_before_programs(s):
    s.open(s.write('foreign.telar', COMMAND))
    until(lambda: s.title().startswith('Foreign'), 'the graph')
    s.desk.key('ctrl+r')
    s.program.wait(holds='runs programs on your computer')
    assert s.program.find(holds="'sh' '-c' 'echo it ran"), 'the command is shown'
    s.desk.picture('16-question')
    s.desk.key('Escape')
    until(lambda: not s.program.find(holds='runs programs on your computer'),
          'the question is gone')
    assert s.summary() == 'Not run yet', s.summary()
    s.desk.key('ctrl+r')
    button = s.program.wait(holds='Run Them', role='push button')
    assert button, 'a button that allows it'
    s.desk.key('Tab', 'Return')
    s.wait_summary('Ended after')
    # With the environment that the window got, not with what it made of it for itself.
    given = ''.join(os.environ.get(name, '')
                    for name in ('GDK_DEBUG', 'GDK_DISABLE', 'GSK_RENDERER'))
    until(lambda: s.program.find(name='it ran, %s.' % given), 'its output')


def test_missing_core(s):
    """A core that this machine lacks is a fault at Run, not at open."""
    s.open(s.write('elsewhere.telar', ELSEWHERE))
    until(lambda: s.title().startswith('Elsewhere'), 'the graph')
    assert not s.program.find(holds='cannot run'), 'no bar yet'
    s.desk.key('ctrl+r')
    until(lambda: s.program.find(holds='cannot run on this computer'), 'the bar')
    assert s.program.find(holds='900'), 'which core'
    s.desk.picture('17-missing-core')


def test_much_output(s):
    s.open(s.write('loud.telar', LOUD))
    until(lambda: s.title().startswith('Loud'), 'the graph')
    s.desk.key('ctrl+r')
    s.wait_summary('Ended after')
    until(lambda: s.program.find(name='line after line', role='label'), 'its lines')
    rows = sum(1 for n in s.program.nodes() if n.name == 'line after line')
    assert rows < 1000, 'only what can be seen is made: %d' % rows
    s.desk.picture('18-much-output')


def test_two_windows(s):
    s.start(s.write('long.telar', LONG))
    s.desk.key('ctrl+r')
    s.wait_summary('Running')
    s.desk.key('ctrl+shift+n')
    until(lambda: len(s.program.windows()) == 2, 'two windows')
    until(lambda: s.front() == 'Telar', 'the new one in front')
    names = [i.name for w in s.program.windows() if w.name == 'Telar'
             for i in s.program.nodes(w) if i.role == 'list item']
    assert 'Diamond' in names, names
    s.desk.key(*(['Down'] * names.index('Diamond') + ['Return']))
    until(lambda: s.window('Diamond'), 'another graph in it')
    s.desk.key('ctrl+r')
    second = s.window('Diamond')
    until(lambda: s.summary(second).startswith('Ended after'), 'its run ends beside the other')
    first = s.window('Long')
    assert s.summary(first) == 'Running'
    s.desk.picture('19-two-windows')
    s.desk.key('ctrl+w')
    until(lambda: len(s.program.windows()) == 1, 'one window closed')
    assert s.summary() == 'Running', s.summary()


def test_close_while_running(s):
    tasks = d.descendants(s.program.process.pid)
    assert len(tasks) >= 4, tasks
    began = time.monotonic()
    s.desk.key('ctrl+w')
    until(lambda: s.program.process.poll() is not None, 'the program ends', 5)
    until(lambda: not any(d.alive(p) for p in tasks), 'nothing is left behind', 3)
    print('# %.2f s from closing to the end' % (time.monotonic() - began))


def test_killed_while_running(s):
    s.start(s.write('long.telar', LONG))
    s.desk.key('ctrl+r')
    s.wait_summary('Running')
    tasks = until(lambda: len(d.descendants(s.program.process.pid)) >= 4
                  and d.descendants(s.program.process.pid), 'the tasks')
    d.end_hard(s.program.process.pid)
    s.program.process.wait()
    until(lambda: not any(d.alive(p) for p in tasks), 'nothing is left behind', 3)


ALL = [test_no_display, test_chooser, test_open_by_keyboard, test_run, test_select,
       test_double_click, test_chooser_and_back, test_zoom_and_pan, test_hover, test_by_task,
       test_replay, test_present, test_export, test_broken_file, test_stop, test_engine_killed,
       test_asks_before_programs, test_missing_core, test_much_output, test_two_windows,
       test_close_while_running, test_killed_while_running]


sys.exit(run(ALL))

# test-lanes.py
#
# SPDX-License-Identifier: MIT
#
# Lanes of the timeline as a person arranges them, and two runs under each other.
# Leaves a picture of every stop in the folder given.
#
#   test-lanes.py TELAR EXAMPLES PICTURES [NAME…]

import json
import os
import re
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from desk import until  # noqa: E402
from station import PAIR, TELAR, read, run  # noqa: E402

BELOW = 'Timeline of the run that it is compared with'


def lane(s, timeline, start):
    return next((i for i in s.items(timeline) if i.name.startswith(start)), None)


def shown(s, name):
    """Whether a list with that name is on the screen."""
    node = s.program.find(role='list', name=name)
    return node is not None and node.place()[3] > 0


def difference(s):
    bar = s.program.find(role='panel', name='Comparison of two runs')
    status = s.program.find(role='status bar', below=bar) if bar else None
    return status.name if status and status.place()[3] > 0 else ''


def choose_file(s):
    """By the menu of the runs, with keys: only one of them is kept."""
    s.desk.click(*s.middle(s.program.wait(role='push button', name='Runs')))
    item = s.program.wait(role='menu item', name='Compare With')
    until(lambda: item.place()[3] > 0, 'the menu')
    s.desk.key('Down', 'Return')
    item = s.program.wait(role='menu item', name='A Run File…')
    until(lambda: item.place()[3] > 0, 'the menu in it')
    s.desk.key('Down', 'Return')


def run_twice(s):
    s.start(s.write('pair.telar', PAIR))
    first = s.run_to_end()
    s.desk.key('ctrl+r')
    until(lambda: s.summary() != first and s.summary().startswith('Ended after'), 'another run')
    return first, s.summary()


def test_compare_kept(s):
    first, second = run_twice(s)
    assert not shown(s, BELOW), 'one run'
    s.desk.key('ctrl+alt+c')
    until(lambda: shown(s, BELOW), 'two runs')
    until(lambda: difference(s).startswith('A ') and 'B' in difference(s), difference(s))
    for letter, words in (('A', second), ('B', first)):
        s.program.wait(role='label', starts=letter + ' · ')
        label = s.program.find(role='label', starts=letter + ' · ')
        assert words.split(' · ')[0] in label.name, label.name
    s.desk.picture('lanes-01-compared')
    # What is selected is selected in both; what moves one moves the other.
    def picked():
        """On a busy machine the first click may come before the second timeline is painted."""
        s.desk.click(*s.middle(lane(s, BELOW, 'a square')))
        return lane(s, 'Timeline', 'a square').has_state('selected')
    until(picked, 'selected above')
    whole = s.list(BELOW).description
    assert whole == s.list('Timeline').description, 'one time scale'
    s.desk.key('ctrl+plus')
    until(lambda: s.list(BELOW).description != whole, 'zoomed')
    until(lambda: s.list(BELOW).description == s.list('Timeline').description, 'both')
    s.desk.picture('lanes-02-zoomed')
    # The first Escape is for what is selected.
    s.desk.key('Escape')
    until(lambda: not lane(s, 'Timeline', 'a square').has_state('selected'), 'nothing selected')
    assert shown(s, BELOW), 'still two'
    s.desk.key('Escape')
    until(lambda: not shown(s, BELOW), 'one again')
    assert s.summary() == second, s.summary()


def test_compare_goes_on(s):
    first, second = run_twice(s)
    s.desk.key('ctrl+alt+c')
    until(lambda: shown(s, BELOW), 'two runs')
    # The next run takes the place above.
    s.desk.key('ctrl+r')
    until(lambda: s.summary() != second and s.summary().startswith('Ended after'), 'a third run')
    title = lambda run: s.program.wait(role='label', starts=run + ' · ').name
    until(lambda: s.summary().split(' · ')[0] in title('A'), 'its title')
    until(lambda: 'not over' not in difference(s), 'the difference')
    assert first.split(' · ')[0] in title('B')
    third = s.summary()
    # Whoever asks for the lower one above gets the two the other way round.
    s.desk.click(*s.middle(s.program.wait(role='push button', name='Runs')))
    item = s.program.wait(role='menu item', name='Compare With')
    until(lambda: item.place()[3] > 0, 'the menu')
    s.desk.key('Down', 'Down', 'Return')
    s.wait_summary(first)
    until(lambda: first.split(' · ')[0] in title('A'), 'the first above')
    assert third.split(' · ')[0] in title('B')


def test_compare_file(s):
    graph = s.write('pair.telar', PAIR)
    path = os.path.join(s.folder, 'before.telar-run')
    subprocess.run([TELAR, 'run', '--quiet', '--out', path, graph], check=True,
                   stdout=subprocess.DEVNULL)
    s.start(graph)
    s.run_to_end()
    choose_file(s)
    s.answer('Compare with a Run', path)
    until(lambda: shown(s, BELOW), 'two runs')
    assert 'before.telar-run' in s.program.wait(role='label', starts='B · ').name
    s.desk.picture('lanes-03-file')
    s.desk.click(*s.middle(s.program.wait(role='push button', name='End the comparison')))
    until(lambda: not shown(s, BELOW), 'one again')
    # What is no run is said, and nothing changes.
    choose_file(s)
    s.answer('Compare with a Run', s.write('none.telar-run', 'no run'))
    s.program.wait(holds='none.telar-run cannot be opened')
    assert not shown(s, BELOW)


def overview(s):
    return s.program.find(role='slider', name='Whole run')


def test_overview(s):
    s.start(s.write('pair.telar', PAIR))
    s.run_to_end()
    strip = s.program.wait(role='slider', name='Whole run')
    whole = s.list('Timeline').description
    x, y, width, height = s.on_screen(strip)
    # The edge at the end, to the left: half of the run; the edge stays on the pointer.
    right = x + width - 27
    s.desk.drag(right, y + height // 2, x + width // 2, y + height // 2)
    until(lambda: s.list('Timeline').description != whole, 'zoomed')
    zoomed = s.list('Timeline').description
    s.desk.picture('lanes-04-overview')
    # What is seen, further to the right; it keeps its width.
    s.desk.drag(x + width // 2 - 60, y + height // 2, x + width // 2 + 40, y + height // 2)
    until(lambda: s.list('Timeline').description != zoomed, 'moved')
    assert s.list('Timeline').description.split(' to ')[0] != whole.split(' to ')[0]
    # By keys: back to the beginning, the end nearer, all of it.
    s.desk.key('Home')
    until(lambda: s.list('Timeline').description.startswith('from 0'), 'the beginning')
    begun = s.list('Timeline').description
    s.desk.key('shift+Left')
    until(lambda: s.list('Timeline').description != begun, 'the edge')
    assert s.list('Timeline').description.startswith('from 0'), 'only the edge'
    s.desk.key('0')
    until(lambda: s.list('Timeline').description == whole, 'all of it')
    # Not everybody wants it.
    s.desk.key('ctrl+shift+w')
    until(lambda: s.list('Timeline').has_state('focused'), 'no strip')
    s.desk.picture('lanes-05-no-overview')
    s.desk.key('ctrl+shift+w')
    until(lambda: s.desk.key('Tab') or overview(s).has_state('focused'), 'the strip again')


def test_critical(s):
    s.start(s.write('pair.telar', PAIR))
    s.run_to_end()
    s.desk.key('ctrl+shift+k')
    words = until(lambda: re.search(r'critical path (\d+) % of the run, (\d+) % on a core',
                                    s.list('Timeline').description), 'its share')
    assert 0 < int(words[2]) <= int(words[1]) <= 100, words[0]
    s.desk.picture('lanes-06-critical')
    # It is kept for the next run, once that is over.
    first = s.summary()
    s.desk.key('ctrl+r')
    until(lambda: s.summary() != first and s.summary().startswith('Ended after'), 'another run')
    until(lambda: 'critical path' in s.list('Timeline').description, 'that of the other run')
    s.desk.key('ctrl+shift+k')
    until(lambda: 'critical path' not in s.list('Timeline').description, 'none')


def rows(s):
    """Names of the tasks' lanes in sight, from the top."""
    placed = [(i.place()[1], i.name) for i in s.items('Timeline')
              if i.place()[3] > 1 and not i.name.startswith('Core ')]
    return [name.split(':')[0] for _, name in sorted(placed)]


def choose(s, name):
    """In the menu that opens, by keys."""
    item = s.program.wait(role='menu item', name=name)
    until(lambda: item.place()[3] > 0, 'the menu')
    for _ in range(8):
        if item.has_state('focused'):
            break
        s.desk.key('Down')
    s.desk.key('Return')
    until(lambda: not s.program.find(role='menu item', name=name), 'the menu gone')


def pick(s, name):
    """A click that closes a menu is no other's."""
    def picked():
        x, y, width, height = s.on_screen(lane(s, 'Timeline', name))
        s.desk.click(x + 40, y + height // 2)
        return lane(s, 'Timeline', name).has_state('selected')
    until(picked, '%s selected' % name)


def test_order(s):
    graph = json.loads(PAIR)
    graph['tasks'].append({'id': 't', 'kind': 'thread', 'inside': graph['tasks'][1]['id'],
                           'function': 'busy', 'args': [30]})
    s.start(s.write('order.telar', json.dumps(graph)))
    s.run_to_end()
    names = rows(s)
    assert len(names) == 4 and names[0] == 'main', names
    second, first, thread = names[1:]
    # By the menu of a lane.
    x, y, width, height = s.on_screen(lane(s, 'Timeline', second))
    s.desk.click(x + 40, y + height // 2, button=3)
    choose(s, 'Pin on Top')
    until(lambda: rows(s)[0] == second, 'pinned')
    assert ', pinned' in lane(s, 'Timeline', second).name
    s.desk.picture('lanes-07-pinned')
    # By keys: of the selected task.
    pick(s, first)
    s.desk.key('f')
    until(lambda: lane(s, 'Timeline', thread).place() == lane(s, 'Timeline', first).place(),
          'folded: one lane for both')
    s.desk.key('f')
    until(lambda: lane(s, 'Timeline', thread).place() != lane(s, 'Timeline', first).place(),
          'unfolded')
    s.desk.key('h')
    until(lambda: rows(s) == [second, 'main'], 'hidden, and what is inside')
    assert '1 hidden' in s.list('Timeline').description
    s.desk.picture('lanes-08-hidden')
    # The next run is looked at in the same way.
    summary = s.summary()
    s.desk.key('ctrl+r')
    until(lambda: s.summary() != summary and s.summary().startswith('Ended after'), 'another run')
    until(lambda: rows(s) == [second, 'main'], 'as before')
    # Whoever selects it elsewhere sees it.
    s.desk.click(*s.middle(s.node(thread)))
    until(lambda: rows(s) == [second, 'main', first, thread], 'revealed')
    # Sorted, the busiest first: the thread counts for its process.
    x, y, width, height = s.on_screen(lane(s, 'Timeline', second))
    s.desk.click(x + 40, y + height // 2, button=3)
    choose(s, 'Unpin')
    until(lambda: rows(s) == names, 'as it was')
    pick(s, second)
    s.desk.key('shift+F10')
    item = s.program.wait(holds='By Time on a Core')
    until(lambda: item.place()[3] > 0, 'the menu by keys')
    s.desk.picture('lanes-09-sort')
    s.desk.key('t')
    until(lambda: rows(s) == ['main', first, thread, second], 'sorted')


def test_bookmarks(s):
    path = os.path.join(s.folder, 'run.telar-run')
    subprocess.run([TELAR, 'run', '--quiet', '--out', path, s.write('pair.telar', PAIR)],
                   check=True, stdout=subprocess.DEVNULL)
    s.start(path)
    s.wait_summary('Ended after')
    words = lambda: s.list('Timeline').description
    clean = s.front()
    x, y, width, height = s.on_screen(s.list('Timeline'))
    # Made where the pointer is, with its text; the title says that it is not saved.
    s.desk.click(x + width * 2 // 3, y + height // 2)
    s.desk.key('b')
    entry = s.program.wait(role='text', name='Text of the bookmark')
    until(lambda: entry.has_state('focused'), 'the text has the focus')
    s.desk.type('late')
    s.desk.picture('lanes-07-bookmark-text')
    s.desk.key('Return')
    until(lambda: '“late” at' in words(), words())
    until(lambda: s.front().startswith('• '), s.front())
    # Another one by the menu of the ruler, before it.
    s.desk.click(x + width // 2, y + 12, 3)
    item = s.program.wait(role='menu item', name='Add Bookmark Here')
    until(lambda: item.place()[3] > 0, 'the menu')
    s.desk.key('Down', 'Return')
    until(lambda: s.program.wait(role='text', name='Text of the bookmark')
          .has_state('focused'), 'the text again')
    s.desk.type('early')
    s.desk.key('Return')
    until(lambda: '“early” at' in words(), words())
    s.desk.picture('lanes-08-bookmarks')
    # Saved, and opened again: they are there to be gone to, and can be deleted.
    s.desk.key('ctrl+alt+s')
    s.answer('Save the Run', os.path.join(s.folder, 'marked.telar-run'))
    s.wait_summary('marked.telar-run is saved')
    until(lambda: s.front() == clean, s.front())
    s.start(os.path.join(s.folder, 'marked.telar-run'))
    s.wait_summary('Ended after')
    until(lambda: '2 bookmarks' in words(), words())
    x, y, width, height = s.on_screen(s.list('Timeline'))
    s.desk.click(x + width // 2, y + height // 2)
    s.desk.key('period')
    until(lambda: '“' in words(), words())
    s.desk.key('comma')
    until(lambda: '“early” at' in words() or '“late” at' in words(), words())
    first = '“early”' in words()
    s.desk.key('period')
    until(lambda: ('“late” at' if first else '“early” at') in words(), words())
    s.desk.key('Delete')
    until(lambda: '1 bookmark' in words(), words())
    until(lambda: s.front().startswith('• '), s.front())


def test_keys_of_cores(s):
    """Lanes of cores and objects have names, the focus and their keys as those of tasks."""
    graph = json.loads(PAIR)
    graph['objects'] = [{'id': 'q', 'type': 'queue', 'capacity': 4},
                        {'id': 'm', 'type': 'lock'}]
    graph['tasks'] = [{'id': 'a', 'kind': 'process', 'body': [['put', {'object': 'q'}, 1]]},
                      {'id': 'b', 'kind': 'process', 'body': [['get', {'object': 'q'}]]}]
    s.start(s.write('queues.telar', json.dumps(graph)))
    s.run_to_end()
    s.desk.key('ctrl+shift+o')
    until(lambda: lane(s, 'Timeline', 'queue q') and lane(s, 'Timeline', 'queue q').place()[3] > 1,
          'the lane of the object')
    assert lane(s, 'Timeline', 'lock m') is None, 'a lock has none'
    cores = [i.name for i in s.items('Timeline') if i.name.startswith('Core ')]
    assert cores and all(re.fullmatch(r'Core \d+: \d+ % this run', c) for c in cores), cores
    last = cores[-1].split(':')[0]
    focused = lambda name: lane(s, 'Timeline', name).has_state('focused')
    # From nothing down to the first task; above it is the last core.
    x, y, width, height = s.on_screen(s.list('Timeline'))
    s.desk.click(x + width - 40, y + 12)
    s.desk.key('Down')
    until(lambda: focused('main'), 'the first task')
    s.desk.key('Up')
    until(lambda: focused(last), 'the last core')
    assert not lane(s, 'Timeline', 'main').has_state('selected'), 'no task is selected'
    s.desk.picture('lanes-14-core')
    s.desk.key('p')
    until(lambda: lane(s, 'Timeline', last).name.endswith(', pinned'), 'pinned')
    s.desk.key('shift+F10')
    item = s.program.wait(role='menu item', name='Unpin')
    until(lambda: item.place()[3] > 0, 'the menu')
    s.desk.picture('lanes-15-core-menu')
    s.desk.key('Escape')
    s.desk.key('p')
    until(lambda: not lane(s, 'Timeline', last).name.endswith(', pinned'), 'unpinned')
    # The last lane is the object's; a click on the name of a lane is the focus too.
    for _ in range(4):
        s.desk.key('Down')
    until(lambda: focused('queue q'), 'the object')
    until(lambda: s.node('q').has_state('selected'), 'and it is selected in the graph')
    s.desk.key('h')
    until(lambda: '1 hidden' in s.list('Timeline').description, 'hidden')
    s.desk.key('shift+h')
    until(lambda: 'hidden' not in s.list('Timeline').description, 'shown again')
    x, y, width, height = s.on_screen(lane(s, 'Timeline', last))
    s.desk.click(x + 30, y + height // 2)
    until(lambda: focused(last), 'by the pointer')
    s.desk.key('Escape')
    until(lambda: not focused(last), 'nothing')


def mark(s, text):
    """A bookmark at the pointer, which is in the timeline."""
    s.desk.key('b')
    until(lambda: s.program.wait(role='text', name='Text of the bookmark')
          .has_state('focused'), 'the text has the focus')
    s.desk.type(text)
    s.desk.key('Return')
    until(lambda: '“%s” at' % text in words(s) or '“%s” at' % text in words(s, BELOW), words(s))


def words(s, timeline='Timeline'):
    return s.list(timeline).description


def test_bookmarks_saved_again(s):
    """The run of a file is saved as a document is."""
    path = os.path.join(s.folder, 'run.telar-run')
    subprocess.run([TELAR, 'run', '--quiet', '--out', path, s.write('pair.telar', PAIR)],
                   check=True, stdout=subprocess.DEVNULL)
    before = read(path)
    s.start(path)
    s.wait_summary('Ended after')
    clean = s.front()
    x, y, width, height = s.on_screen(s.list('Timeline'))
    s.desk.click(x + width * 2 // 3, y + height // 2)
    mark(s, 'here')
    until(lambda: s.front().startswith('• '), s.front())
    s.desk.key('ctrl+s')
    s.wait_summary('run.telar-run is saved')
    until(lambda: s.front() == clean, s.front())
    assert read(path) != before, 'it is in the file'
    s.desk.key('ctrl+w')
    until(lambda: s.program.process.poll() is not None, 'nothing to be asked')


def test_bookmarks_of_session(s):
    """Set while the run goes on, in a replay, and in the lower of two runs; none is lost."""
    graph = json.loads(PAIR)
    graph['tasks'] = [{'id': 'a', 'kind': 'process', 'function': 'sleep', 'args': [600]}]
    s.start(s.write('long.telar', json.dumps(graph)))
    s.desk.key('ctrl+r')
    until(lambda: lane(s, 'Timeline', 'a sleep'), 'the lanes')
    x, y, width, height = s.on_screen(s.list('Timeline'))
    s.desk.click(x + width // 3, y + height // 2)
    mark(s, 'live')
    assert not s.summary().startswith('Stopped'), 'it goes on'
    s.desk.key('ctrl+period')
    s.wait_summary('Stopped after')
    assert '“live” at' in words(s), words(s)
    # Another run above; the first one below gets a second one.
    s.desk.key('ctrl+r')
    until(lambda: not s.summary().startswith('Stopped after'), 'another run')
    s.desk.key('ctrl+period')
    s.wait_summary('Stopped after')
    assert 'bookmark' not in words(s) and '“' not in words(s), 'none of its own'
    s.desk.key('ctrl+alt+c')
    until(lambda: shown(s, BELOW), 'two runs')
    x, y, width, height = s.on_screen(s.list(BELOW))
    s.desk.click(x + width * 3 // 4, y + height // 2)
    mark(s, 'below')
    assert 'bookmark' not in words(s), 'none of its own'
    s.desk.picture('lanes-12-bookmark-below')
    # Closing asks for the run that is in no file, and saves it.
    s.desk.key('ctrl+w')
    until(lambda: s.program.find(holds='Save the run with its bookmarks'), 'the question')
    s.desk.picture('lanes-13-bookmarks-lost')
    s.desk.key('alt+c')
    until(lambda: not s.program.find(holds='Save the run with its bookmarks'), 'no question')
    s.desk.key('ctrl+w')
    until(lambda: s.program.find(holds='Save the run with its bookmarks'), 'the question again')
    s.desk.key('alt+s')
    path = os.path.join(s.folder, 'kept.telar-run')
    s.answer('Save the Run', path)
    until(lambda: s.program.process.poll() is not None, 'saved, and closed')
    s.start(path)
    s.wait_summary('Stopped after')
    until(lambda: '2 bookmarks' in words(s), words(s))


def test_bookmarks_in_replay(s):
    graph = json.loads(PAIR)
    graph['tasks'][0]['function'], graph['tasks'][0]['args'] = 'sleep', [0.4]
    s.start(s.write('replay.telar', json.dumps(graph)))
    s.run_to_end()
    s.desk.key('ctrl+shift+r')
    until(lambda: s.program.find(holds='replay, 1/'), 'the badge of a replay')
    x, y, width, height = s.on_screen(s.list('Timeline'))
    s.desk.click(x + width // 2, y + height // 2)
    mark(s, 'then')
    s.desk.key('ctrl+w')
    until(lambda: s.program.find(holds='Save the run with its bookmarks'), 'the question')
    s.desk.key('alt+w')
    until(lambda: s.program.process.poll() is not None, 'given up')


def toggle_lane(s, name):
    """By the menu of an object on the canvas."""
    x, y = s.middle(s.node(name))
    # xdotool waits long for a pointer that is there already.
    s.desk.xdo('mousemove', x + 20, y)
    s.desk.click(x, y, button=3)
    choose(s, 'Its Lane in the Timeline')


def test_object_lane(s):
    graph = json.loads(PAIR)
    graph['objects'] = [{'id': 'q', 'type': 'queue', 'capacity': 4},
                        {'id': 'r', 'type': 'queue', 'capacity': 4}]
    graph['tasks'] = [
        {'id': 'a', 'kind': 'process',
         'body': [['put', {'object': 'q'}, 1], ['put', {'object': 'r'}, 1]]},
        {'id': 'b', 'kind': 'process', 'body': [['get', {'object': 'q'}], ['get', {'object': 'r'}]]},
    ]
    s.start(s.write('queues.telar', json.dumps(graph)))
    s.run_to_end()
    # One lane more leaves the others less room, or another place.
    def places():
        return [i.place() for i in s.items('Timeline')]

    without = places()
    toggle_lane(s, 'q')
    until(lambda: places() != without, 'its lane')
    s.desk.picture('lanes-10-object')
    toggle_lane(s, 'q')
    until(lambda: places() == without, 'gone')
    # Where all have one, one can be without.
    s.desk.key('ctrl+shift+o')
    until(lambda: places() != without, 'all of them')
    assert 'hidden' not in s.list('Timeline').description
    toggle_lane(s, 'q')
    until(lambda: '1 hidden' in s.list('Timeline').description, 'without it')
    s.desk.picture('lanes-11-object-hidden')
    toggle_lane(s, 'q')
    until(lambda: 'hidden' not in s.list('Timeline').description, 'back')


sys.exit(run([test_overview, test_critical, test_order, test_keys_of_cores, test_object_lane, test_compare_kept,
              test_compare_goes_on, test_compare_file, test_bookmarks, test_bookmarks_saved_again,
              test_bookmarks_of_session, test_bookmarks_in_replay]))

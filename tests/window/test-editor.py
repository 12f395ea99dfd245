# test-editor.py
#
# SPDX-License-Identifier: MIT
#
# The editor as a person uses it: graphs are built by the pointer, and by the
# keyboard alone; what is done to them is looked at in the accessibility tree and
# in the file. Leaves a picture of every stop in the folder given.
#
#   test-editor.py TELAR EXAMPLES PICTURES [NAME…]

import json
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import canvas as c  # noqa: E402
import desk as d  # noqa: E402
from desk import until  # noqa: E402
from station import EXAMPLES, read, run  # noqa: E402

NUMBERS = '43, 50, 5, 98, 34, 35'
# The third listing of the course text.
LISTING = '''{
  "telar": 1,
  "name": "Squares and even numbers",
  "start-method": "fork",
  "placement": "free",
  "tasks": [
    { "id": "p1", "kind": "process", "function": "square",  "args": [[43, 50, 5, 98, 34, 35]] },
    { "id": "p2", "kind": "process", "function": "is_even", "args": [[43, 50, 5, 98, 34, 35]] },
    { "id": "done", "kind": "call", "function": "print", "args": ["Done"], "after": ["p1", "p2"] }
  ]
}
'''
MOVES = '''{
  "telar": 1,
  "name": "Moves",
  "placement": "free",
  "tasks": [
    { "id": "a", "kind": "process", "function": "square", "args": [[3]], "position": [40, 60] },
    { "id": "z", "kind": "process", "function": "square", "args": [[4]], "position": [40, 200] },
    { "id": "b", "kind": "process", "function": "is_even", "args": [[5]], "after": ["a"], "position": [340, 60] }
  ]
}
'''
FRAME = '''{
  "telar": 1,
  "name": "Frame",
  "placement": "free",
  "tasks": [
    { "id": "p", "kind": "process", "function": "square", "args": [[3]] },
    { "id": "t", "kind": "thread", "function": "square", "args": [[4]], "inside": "p", "position": [60, 100] },
    { "id": "q", "kind": "process", "function": "square", "args": [[5]], "position": [480, 100] }
  ]
}
'''
STEPS = '''{
  "telar": 1,
  "name": "Steps",
  "main": { "body": [["start", {"task": "p"}], ["print", "one"], ["print", "two"],
                      ["print", "three"], ["print", "four"], ["print", "five"],
                      ["join", {"task": "p"}]] },
  "tasks": [
    { "id": "p", "kind": "process", "function": "square", "args": [[3]] }
  ]
}
'''
FAULTY = '''{ "telar": 1, "name": "Faulty", "tasks": [
  { "id": "a", "kind": "process", "function": "no_such_function" } ] }
'''
PRINTED = ['43 squared is 1849', '50 squared is 2500', '5 squared is 25', '98 squared is 9604',
           '34 squared is 1156', '35 squared is 1225', '50 is an even number',
           '98 is an even number', '34 is an even number', 'Done']


def wait_title(s, title):
    until(lambda: s.title() == title + ' – Telar', 'the title "%s", not "%s"' % (title, s.title()))


def without_positions(text):
    graph = json.loads(text)
    for task in graph['tasks']:
        task.pop('position', None)
    return graph


def check_listing(s, path):
    """Saved as it should be; opened again and saved, the same."""
    saved = read(path)
    assert without_positions(saved) == json.loads(LISTING), saved.decode()
    assert b'\n    { "id": "p1", "kind": "process", "function": "square", "args": [[43, 50, 5, 98,' \
        in saved, saved.decode()

    s.start(path)
    wait_title(s, 'Squares and even numbers')
    c.wait_names(s, 'p1 square', 'p2 is_even', 'done print', 'p1 before done', 'p2 before done')
    again = path[:-len('.telar')] + '-again.telar'
    s.desk.key('ctrl+shift+s')
    s.answer('Save the Graph', again)
    until(lambda: read(again), 'the second file')
    assert read(again) == saved, read(again).decode()


def check_printed(s):
    lines = until(lambda: len(c.printed(s)) >= len(PRINTED) and c.printed(s), 'ten lines')
    assert sorted(lines) == sorted(PRINTED), lines
    assert lines[-1] == 'Done', lines


def test_listing_by_pointer(s):
    path = os.path.join(s.folder, 'pointer.telar')
    c.fresh(s)
    s.start()
    c.click(s, s.program.wait(role='push button', name='New Graph'))
    wait_title(s, 'Untitled')

    # p1: a double click on the empty canvas, a few letters, a click on the hit.
    x, y, width, height = c.canvas(s)
    s.desk.click(x + 60, y + 70, repeat=2)
    popover = c.wait_adder(s)
    c.typed(s, 'squ', 'square (numbers)')
    s.desk.picture('editor-01-adder')
    c.click_in(s, popover, s.program.wait(role='list item', name='square (numbers)', below=popover))
    c.wait_names(s, 'p1 square: process')
    c.wait_selected(s, 'p1')

    # p2: dragged from the palette.
    p1 = c.rest(s)['p1']
    palette = s.program.wait(name='Palette of functions')
    row = s.program.wait(role='list item', name='is_even (numbers)', below=palette)
    c.carry(s, s.middle(row), (p1[0] + 20, p1[1] + p1[3] + 60), 'p2')
    c.wait_names(s, 'p2 is_even: process')
    s.desk.picture('editor-02-dropped')

    # done: an arrow out of p1 that ends nowhere asks what comes after.
    p1 = c.rest(s)['p1']
    x, y, width, height = c.canvas(s)
    c.drag(s, c.port(p1), (min(p1[0] + p1[2] + 120, x + width - 40), p1[1] + p1[3] + 10))
    popover = c.wait_adder(s)
    c.click_in(s, popover, s.program.wait(role='push button', name='call', below=popover))
    c.typed(s, 'prin', 'print (text)')
    s.desk.picture('editor-03-after')
    c.click_in(s, popover, s.program.wait(role='list item', name='print (text)', below=popover))
    c.wait_names(s, 'c1 print: plain call', 'p1 before c1')

    # And one from p2 to it.
    places = c.rest(s)
    c.press(s, *c.port(places['p2']), *c.port(places['c1'], out=False))
    s.desk.picture('editor-04-linking')
    s.desk.xdo('mouseup', 1)
    c.wait_names(s, 'p2 before c1')

    # The form: a name, a text, numbers.
    c.pick(s, 'c1')
    c.wait_selected(s, 'c1')
    c.fill(s, 'Id', 'done')
    s.desk.key('Return')
    c.wait_names(s, 'done print', 'p1 before done', 'p2 before done')
    c.fill(s, 'text', 'Done')
    for task in ('p1', 'p2'):
        c.pick(s, task)
        c.wait_selected(s, task)
        c.fill(s, 'numbers', NUMBERS)
    s.desk.picture('editor-05-numbers')

    x, y, width, height = c.canvas(s)
    s.desk.click(x + 20, y + height - 20)
    c.wait_selected(s)
    c.fill(s, 'Name', 'Squares and even numbers')
    wait_title(s, '• Squares and even numbers')
    s.desk.picture('editor-06-named')

    c.click(s, s.program.wait(role='push button', name='Run'))
    s.wait_summary('Ended after')
    c.click(s, s.program.wait(role='label', name='Output', below=s.program.wait(
        role='page tab list')))
    check_printed(s)
    s.desk.picture('editor-07-ran')

    c.click(s, s.program.wait(role='push button', name='Save'))
    s.answer('Save the Graph', path)
    wait_title(s, 'Squares and even numbers')
    check_listing(s, path)


def test_listing_by_keys(s):
    """No event of a pointer: it lies in a corner, outside of the window."""
    path = os.path.join(s.folder, 'keys.telar')
    s.desk.xdo('mousemove', '--sync', 1279, 719)
    c.fresh(s)
    s.start()
    s.desk.key('ctrl+n')
    wait_title(s, 'Untitled')

    c.add_by_keys(s, 'squ', 'square (numbers)')
    c.wait_names(s, 'p1 square: process')
    c.add_by_keys(s, 'is_ev', 'is_even (numbers)')
    c.wait_names(s, 'p2 is_even: process')
    c.wait_selected(s, 'p2')
    s.desk.key('Up')
    c.wait_selected(s, 'p1')

    # A asks what comes after p1.
    s.desk.key('a')
    c.wait_adder(s)
    s.desk.key('alt+c')
    c.typed(s, 'prin', 'print (text)')
    s.desk.picture('editor-08-after-by-keys')
    s.desk.key('Return')
    c.wait_names(s, 'c1 print: plain call', 'p1 before c1')
    c.wait_selected(s, 'c1')

    # Ctrl+J draws an arrow from p2 to it.
    s.desk.key('Left')
    c.wait_selected(s, 'p1')
    s.desk.key('Down')
    c.wait_selected(s, 'p2')
    s.desk.key('ctrl+j')
    until(lambda: s.program.find(holds='What comes after p2?'), 'what to do')
    s.desk.key('Right')
    c.wait_focused(s, 'c1')
    s.desk.picture('editor-09-arrow-by-keys')
    s.desk.key('Return')
    c.wait_names(s, 'p2 before c1')
    c.wait_focused(s, 'p2')
    c.wait_selected(s, 'p2')

    # F2 renames.
    s.desk.key('Right')
    c.wait_selected(s, 'c1')
    s.desk.key('F2')
    until(lambda: c.focused(s) == ('text', 'Id'), 'the keyboard is in Id, not %s' % (c.focused(s),))
    s.desk.key('ctrl+a')
    s.desk.type('done')
    s.desk.key('Return')
    c.wait_names(s, 'done print', 'p1 before done', 'p2 before done')
    s.desk.picture('editor-10-renamed')
    go_to_field(s, 'text')
    s.desk.key('ctrl+a')
    s.desk.type('Done')
    until(lambda: c.field(s, 'text').text() == 'Done', 'Done in its text')
    for task, key in (('p1', 'Left'), ('p2', 'Down')):
        to_canvas(s)
        s.desk.key(key)
        c.wait_selected(s, task)
        s.desk.key('Return')
        go_to_field(s, 'numbers')
        s.desk.key('ctrl+a')
        s.desk.type(NUMBERS)
        until(lambda: c.field(s, 'numbers').text() == NUMBERS, 'its numbers')

    # Nothing selected, the form is the graph's.
    to_canvas(s)
    s.desk.key('Escape')
    c.wait_selected(s)
    s.desk.key('alt+1')
    go_to_field(s, 'Name')
    s.desk.type('Squares and even numbers')
    wait_title(s, '• Squares and even numbers')

    s.desk.key('ctrl+r')
    s.wait_summary('Ended after')
    s.desk.key('alt+3')
    check_printed(s)
    s.desk.key('alt+2')
    until(lambda: 'p1.start()' in s.program.wait(role='text', starts='Python program').text(),
          'the program in Python')
    s.desk.picture('editor-11-python')

    s.desk.key('ctrl+s')
    s.answer('Save the Graph', path)
    wait_title(s, 'Squares and even numbers')
    check_listing(s, path)


def to_canvas(s):
    """F6 goes from pane to pane."""
    def there():
        where = c.focused(s)
        if where and (where[1] == 'Graph' or c.BOX.match(where[1] or '')) \
                and where[0] in ('list', 'list item'):
            return True
        s.desk.key('F6')
        return False

    until(there, 'the keyboard is on the canvas, not %s' % (c.focused(s),))


def go_to_field(s, name):
    """Tab by Tab, from where the keyboard is in the form."""
    seen = []

    def there():
        where = c.focused(s)
        if where == ('text', name):
            return True
        seen.append(where)
        s.desk.key('ctrl+Tab' if where and where[1] in ('numbers', 'Description') else 'Tab')
        return False

    until(there, 'the keyboard is in "%s"; it was at %s' % (name, seen))


def open_graph(s, name, text, *others):
    """A window with it: its path."""
    c.fresh(s)
    path = s.write(name, text)
    s.start(path, *others)
    wait_title(s, json.loads(text)['name'])
    c.rest(s)
    return path


def changed(s):
    until(lambda: s.title().startswith('• '), 'a change; the title is "%s"' % s.title())


def unchanged(s):
    until(lambda: not s.title().startswith('• '), 'as it was saved; the title is "%s"' % s.title())


def saved(s):
    """What the window would write: it writes it, to a file of its own."""
    s.saves = getattr(s, 'saves', 0) + 1
    path = os.path.join(s.folder, 'saved-%d.telar' % s.saves)
    s.desk.key('ctrl+shift+s')
    until(lambda: ' the Graph' in s.front() or ' of the Graph' in s.front(), 'the dialog')
    s.answer(s.front(), path)
    until(lambda: read(path), 'the file')
    unchanged(s)
    return read(path).decode()


def same(s, text, what):
    now = saved(s)
    assert now == text, '%s: wanted\n%s\nbut there is\n%s' % (what, text, now)


def back_and_forth(s, before, edits=1):
    """Undo gives back the file byte for byte, and redo what was made of it."""
    after = saved(s)
    assert after != before, 'nothing changed: ' + after
    s.desk.key(*['ctrl+z'] * edits)
    changed(s)
    same(s, before, 'after undo')
    s.desk.key(*['ctrl+y'] * edits)
    changed(s)
    same(s, after, 'after redo')
    s.desk.key(*['ctrl+z'] * edits)
    changed(s)
    same(s, before, 'after undo again')


def by_id(text):
    return {task['id']: task for task in json.loads(text)['tasks']}


def test_select(s):
    """By a band, by Shift and a click, all, none."""
    open_graph(s, 'moves.telar', MOVES)
    places = c.rest(s)
    a, z = places['a'], places['z']
    c.press(s, a[0] - 14, a[1] - 12, a[0] + a[2] // 2, z[1] + z[3] // 2)
    s.desk.picture('editor-12-band')
    s.desk.xdo('mouseup', 1)
    c.wait_selected(s, 'a', 'z')
    c.pick(s, 'b', key='shift')
    c.wait_selected(s, 'a', 'b', 'z')
    c.pick(s, 'a', key='shift')
    c.wait_selected(s, 'b', 'z')
    s.desk.key('Escape')
    c.wait_selected(s)
    s.desk.key('ctrl+a')
    until(lambda: {'a', 'b', 'z'} <= set(c.selected(s)), 'all are selected')
    unchanged(s)


def test_names(s):
    """What is said about boxes and arrows."""
    open_graph(s, 'moves.telar', MOVES)
    assert sorted(c.names(s)) == [
        'a before b', 'a square: process, not started; before b',
        'b is_even: process, not started; after a', 'main: the main process, not started',
        'z square: process, not started'], c.names(s)


def test_move(s):
    open_graph(s, 'moves.telar', MOVES)
    before = c.rest(s)
    x, y = c.grip(before['z'])
    c.press(s, x, y, x + 90, y + 10)
    s.desk.picture('editor-13-moving')
    s.desk.xdo('mouseup', 1)
    changed(s)
    after = c.rest(s)
    moved = after['z'][0] - before['z'][0] - (after['a'][0] - before['a'][0])
    assert 70 <= moved <= 110, (before, after)
    back_and_forth(s, MOVES)


def test_nudge(s):
    """Many steps by keys are one to undo."""
    open_graph(s, 'moves.telar', MOVES)
    c.pick(s, 'z')
    c.wait_selected(s, 'z')
    s.desk.key('alt+Down', 'alt+Down', 'alt+Right')
    changed(s)
    x, y = by_id(saved(s))['z']['position']
    assert x > 40 and y > 200, (x, y)
    s.desk.key('ctrl+z')
    changed(s)
    same(s, MOVES, 'after one undo')


def test_escape(s):
    """In the middle of a drag it leaves all as it was."""
    open_graph(s, 'moves.telar', MOVES)
    before = c.rest(s)
    for what, start, end in (
            ('a box', c.grip(before['z']), (c.grip(before['z'])[0] + 150, before['z'][1] + 20)),
            ('an arrow', c.port(before['a']), c.port(before['z'], out=False)),
            ('a band', (before['a'][0] - 14, before['a'][1] - 12), c.grip(before['z']))):
        c.press(s, *start, *end)
        s.desk.xdo('key', 'Escape')  # with --clearmodifiers it would let go of the button
        s.desk.xdo('mouseup', 1)
        assert c.rest(s) == before, '%s: %s, not %s' % (what, c.rest(s), before)
        assert not c.adder(s), what
        unchanged(s)
    undo = s.program.find(role='push button', starts='Undo')
    assert undo.name == 'Undo', undo.name
    assert len(c.names(s)) == 5, c.names(s)


def test_frames(s):
    """Into a process, and out of it again."""
    open_graph(s, 'frame.telar', FRAME)
    places = c.rest(s)
    x, y, width, height = places['p']
    c.press(s, *c.grip(places['q']), x + width // 2, y + height - 14)
    s.desk.picture('editor-14-into-frame')
    s.desk.xdo('mouseup', 1)
    changed(s)
    until(lambda: '; inside p' in c.box(s, 'q').name, 'q is inside, not %s' % c.names(s))
    assert by_id(saved(s))['q']['inside'] == 'p'

    places = c.rest(s)
    c.drag(s, c.grip(places['q']), (places['p'][0] + places['p'][2] + 90, places['p'][1] + 8))
    changed(s)
    until(lambda: 'inside' not in c.box(s, 'q').name, 'q is outside, not %s' % c.names(s))
    assert 'inside' not in by_id(saved(s))['q']
    s.desk.key('ctrl+z', 'ctrl+z')
    changed(s)
    same(s, FRAME, 'after two undos')


def test_refused(s):
    """A cycle is refused, with the reason beside the pointer."""
    open_graph(s, 'moves.telar', MOVES)
    places = c.rest(s)
    before = c.names(s)
    end = c.grip(places['a'])
    c.press(s, *c.port(places['b']), *end)
    bubble = until(lambda: next((n for n in s.program.nodes(s.list('Graph'))
                                 if n.role in ('alert', 'status bar', 'notification')
                                 and n.place()[2] > 0), None), 'the reason')
    s.desk.picture('editor-15-refused')
    reason = bubble.name
    assert 'a' in reason and 'b' in reason and len(reason) > 20, reason
    x, y, width, height = s.on_screen(bubble)
    assert x - 60 < end[0] < x + width + 60 and y - 60 < end[1] < y + height + 60, \
        'it is at %s, the pointer at %s' % ((x, y, width, height), end)
    s.desk.xdo('mouseup', 1)
    c.rest(s)
    assert c.names(s) == before, c.names(s)
    unchanged(s)


def test_delete(s):
    """A task, and an arrow."""
    open_graph(s, 'moves.telar', MOVES)
    c.pick(s, 'z')
    c.wait_selected(s, 'z')
    s.desk.key('Delete')
    c.wait_names(s, 'a square', without=['z '])
    s.desk.key('ctrl+z')
    c.wait_names(s, 'z square')
    unchanged(s)

    places = c.rest(s)
    (x0, y0), (x1, y1) = c.port(places['a']), c.port(places['b'], out=False)
    s.desk.click((x0 + x1) // 2, (y0 + y1) // 2)
    s.desk.picture('editor-16-arrow')
    s.desk.key('Delete')
    c.wait_names(s, 'a square', 'b is_even', without=['a before b'])
    assert 'after' not in by_id(saved(s))['b']
    s.desk.key('ctrl+z')
    changed(s)
    same(s, MOVES, 'after undo')


def test_duplicate(s):
    open_graph(s, 'moves.telar', MOVES)
    c.pick(s, 'z')
    c.wait_selected(s, 'z')
    s.desk.key('ctrl+d')
    until(lambda: len(c.boxes(s)) == 5 and len(c.selected(s)) == 1 and c.selected(s) != ['z'],
          'a second one, which is selected; %s of %s' % (c.selected(s), c.names(s)))
    new = by_id(saved(s))[c.selected(s)[0]]
    assert (new['function'], new['args'], new['kind']) == ('square', [[4]], 'process'), new
    s.desk.key('ctrl+z')
    changed(s)
    same(s, MOVES, 'after undo')


def test_copy_to_other_window(s):
    """With what is between the tasks."""
    other = s.write('frame.telar', FRAME)
    open_graph(s, 'moves.telar', MOVES, )
    c.fresh(s)
    s.start(os.path.join(s.folder, 'moves.telar'), other)
    until(lambda: s.front() == 'Frame – Telar', 'the second in front')
    show(s, 'Moves – Telar')
    s.desk.key('ctrl+a', 'ctrl+c')
    show(s, 'Frame – Telar')
    s.desk.key('ctrl+v')
    until(lambda: s.front() == '• Frame – Telar', 'a change in the other')
    s.desk.picture('editor-17-pasted')
    s.desk.key('ctrl+s')
    until(lambda: s.front() == 'Frame – Telar', 'saved')
    tasks = by_id(read(other))
    assert set(tasks) == {'p', 't', 'q', 'a', 'b', 'z'}, tasks
    assert tasks['b']['after'] == ['a'] and tasks['b']['args'] == [[5]], tasks
    s.desk.key('ctrl+z')
    until(lambda: s.front() == '• Frame – Telar', 'undone')
    s.desk.key('ctrl+s')
    until(lambda: s.front() == 'Frame – Telar', 'saved again')
    assert read(other).decode() == FRAME, read(other).decode()


def show(s, title):
    """Another window of the program."""
    s.desk.xdo('search', '--name', '^' + title + '$', 'windowactivate', '--sync')
    until(lambda: s.front() == title, 'the window "%s", not "%s"' % (title, s.front()))


def test_group(s):
    open_graph(s, 'moves.telar', MOVES)
    c.pick(s, 'a')
    c.pick(s, 'b', key='shift')
    c.wait_selected(s, 'a', 'b')
    s.desk.key('ctrl+g')
    until(lambda: len(c.boxes(s)) == 5, 'a process around them')
    group = next(iter(set(c.boxes(s)) - {'main', 'a', 'b', 'z'}))
    c.wait_selected(s, group)
    s.desk.picture('editor-18-group')
    tasks = by_id(saved(s))
    assert tasks['a']['inside'] == tasks['b']['inside'] == group, tasks
    assert tasks['b']['after'] == ['a'], tasks
    s.desk.key('ctrl+shift+g')
    c.wait_names(s, 'a square', 'b is_even', 'a before b', without=[group + ':', group + ' '])
    s.desk.key('ctrl+z', 'ctrl+z')
    changed(s)
    same(s, MOVES, 'after two undos')


def test_context_menu(s):
    open_graph(s, 'moves.telar', MOVES)
    x, y = c.grip(c.rest(s)['z'])
    s.desk.click(x, y, button=3)
    until(lambda: s.program.find(role='menu item', name='Duplicate'), 'its menu')
    c.wait_selected(s, 'z')
    s.desk.picture('editor-19-menu')
    s.desk.key('Escape')
    until(lambda: not s.program.find(role='menu item', name='Duplicate'), 'the menu is gone')
    s.desk.key('shift+F10')
    until(lambda: s.program.find(role='menu item', name='Duplicate'), 'its menu, by keys')
    s.desk.key('u')
    until(lambda: len(c.boxes(s)) == 5, 'a second one; %s' % c.names(s))
    s.desk.key('ctrl+z')
    unchanged(s)

    x, y, width, height = c.canvas(s)
    s.desk.click(x + width - 20, y + 20, button=3)
    until(lambda: s.program.find(role='menu item', name='Select All'), 'the menu of the ground')
    s.desk.picture('editor-20-ground-menu')
    s.desk.key('Escape')
    until(lambda: not s.program.find(role='menu item', name='Select All'), 'it is gone')


def test_find(s):
    open_graph(s, 'moves.telar', MOVES)
    s.desk.key('ctrl+f')
    until(lambda: c.focused(s) in (('entry', 'Find a task'), ('text', '')), 'the search; %s'
          % (c.focused(s),))
    s.desk.type('square')
    until(lambda: s.program.find(role='status bar', name='2 tasks'), 'two hits')
    s.desk.picture('editor-21-find')
    first = c.selected(s)
    s.desk.key('Return')
    until(lambda: c.selected(s) != first and s.program.find(role='status bar', holds=' of 2'),
          'the next one, not %s' % first)
    assert sorted(first + c.selected(s)) == ['a', 'z'], (first, c.selected(s))
    # the count follows the graph
    s.desk.key('F6')
    until(lambda: (c.focused(s) or ('',))[0] not in ('entry', 'text'), 'the canvas; %s'
          % (c.focused(s),))
    s.desk.key('Delete')
    until(lambda: s.program.find(role='status bar', name='1 task'), 'one hit is left')
    s.desk.key('ctrl+z')
    until(lambda: s.program.find(role='status bar', name='2 tasks'), 'two hits again')
    s.desk.key('ctrl+f')
    until(lambda: c.focused(s) in (('entry', 'Find a task'), ('text', '')), 'the search again; %s'
          % (c.focused(s),))
    task = c.selected(s)
    s.desk.key('Escape')
    until(lambda: s.program.find(role='list', name='Graph') and (c.focused(s) or ('',))[1] != '',
          'the keyboard is somewhere')
    s.desk.key('Delete')
    c.wait_names(s, 'main', without=[task[0] + ' square'])
    s.desk.key('ctrl+z')
    unchanged(s)


def test_arrange(s):
    open_graph(s, 'moves.telar', MOVES)
    c.pick(s, 'a')
    s.desk.key('ctrl+l')
    changed(s)
    c.rest(s)
    s.desk.picture('editor-22-arranged')
    back_and_forth(s, MOVES)


def test_fold(s):
    """The body of main, by key, and by a click on its head."""
    open_graph(s, 'steps.telar', STEPS)
    unfolded = c.rest(s)['main']
    s.desk.key('Tab')
    c.wait_selected(s, 'main')
    s.desk.picture('editor-23-body')
    s.desk.key('shift+space')
    until(lambda: c.rest(s)['main'][3] < unfolded[3], 'folded, it is lower')
    s.desk.picture('editor-24-folded')
    s.desk.key('shift+space')
    until(lambda: c.rest(s)['main'][3] == unfolded[3], 'unfolded again')
    unchanged(s)


def test_long_body(s):
    """First a dozen steps of it, then all, then none."""
    steps = ', '.join('["print", "%d"]' % i for i in range(20))
    open_graph(s, 'long.telar',
               '{ "telar": 1, "name": "Long", "main": { "body": [%s] }, "tasks": [] }\n' % steps)
    c.rest(s)
    s.desk.key('Tab')
    c.wait_selected(s, 'main')
    # fitting, a larger picture is drawn smaller: what its height is of its width tells
    shape = lambda: c.rest(s)['main'][3] / c.rest(s)['main'][2]
    first = shape()
    s.desk.key('shift+space')
    until(lambda: shape() > first * 1.2, 'all steps')
    s.desk.picture('editor-25-long-body')
    s.desk.key('shift+space')
    until(lambda: shape() < first * 0.8, 'no step')
    s.desk.key('shift+space')
    until(lambda: abs(shape() - first) < 0.02, 'as at first')


def test_kind(s):
    """Of what is selected, by keys and in the form."""
    open_graph(s, 'moves.telar', MOVES)
    c.pick(s, 'z')
    c.wait_selected(s, 'z')
    s.desk.key('ctrl+shift+t')
    c.wait_names(s, 'z square: thread', 'a square: process')
    c.click(s, s.program.wait(role='push button', name='Call', below=c.form(s)))
    c.wait_names(s, 'z square: plain call', 'a square: process')
    s.desk.key('ctrl+z', 'ctrl+z')
    c.wait_names(s, 'z square: process')
    same(s, MOVES, 'after two undos')


def test_tab(s):
    """From box to box, and on to the next pane."""
    open_graph(s, 'moves.telar', MOVES)
    seen = []
    for _ in range(12):
        before = c.focused(s)
        s.desk.key('Tab')
        until(lambda: c.focused(s) not in (None, before), 'the keyboard goes on from %s' % (before,))
        match = c.BOX.match(c.focused(s)[1] or '')
        if c.focused(s)[0] != 'list item' or not match:
            break
        seen.append(match['id'])
    assert seen == ['main', 'a', 'z', 'b'], seen
    assert c.focused(s)[0] != 'list item', c.focused(s)


def test_zoom_and_pan(s):
    open_graph(s, 'moves.telar', MOVES)
    before = c.rest(s)['z']
    x, y = before[0] + before[2] // 4, before[1] + before[3] // 2
    c.go(s, x, y)
    for button in (4, 5, 5):
        last = c.rest(s)['z']
        s.desk.xdo('click', button)
        until(lambda: c.rest(s)['z'] != last, 'another size')
        place = c.rest(s)['z']
        assert (place[2] > last[2]) == (button == 4), (last, place)
        assert abs(place[0] + place[2] / 4 - x) <= 3 and abs(place[1] + place[3] / 2 - y) <= 3, \
            'what is under the pointer %s stays: %s' % ((x, y), place)

    before = c.rest(s)
    x, y = c.grip(before['z'])
    c.drag(s, (x, y), (x + 40, y - 30), button=2)
    after = until(lambda: c.rest(s)['z'] != before['z'] and c.rest(s), 'it is panned')
    for task, place in before.items():
        assert after[task] == (place[0] + 40, place[1] - 30, place[2], place[3]), (before, after)
    unchanged(s)


def test_minimap(s):
    """From 31 tasks on; a click on it goes there."""
    def many(n):
        return json.dumps({'telar': 1, 'name': 'Many', 'tasks': [
            {'id': 't%d' % i, 'kind': 'process', 'function': 'square', 'args': [[i]],
             'position': [40 + 300 * (i % 8), 60 + 160 * (i // 8)]} for i in range(n)]})

    for n in (31, 30):
        open_graph(s, 'many.telar', many(n))
        x, y, width, height = c.canvas(s)
        c.go(s, x + 40, y + 40)
        for _ in range(3):
            s.desk.xdo('click', 4)
        before = c.rest(s)
        s.desk.picture('editor-25-map-%d' % n)
        s.desk.click(x + width - 20, y + height - 20)
        if n == 31:
            after = until(lambda: c.rest(s)['t0'] != before['t0'] and c.rest(s), 'it goes there')
            assert after['t0'][0] < before['t0'][0] and after['t0'][1] < before['t0'][1], after
        else:
            assert c.rest(s) == before, 'no map, no way'
        unchanged(s)


def test_faults(s):
    """Said at the node; Run says what stops it."""
    open_graph(s, 'faulty.telar', FAULTY)
    until(lambda: 'fault: ' in c.box(s, 'a').name
          and 'no_such_function' in c.box(s, 'a').name, 'the fault, not %s' % c.names(s))
    s.desk.picture('editor-26-fault')
    s.desk.key('ctrl+r')
    until(lambda: s.program.find(holds='This graph cannot run yet'), 'the bar')
    s.desk.picture('editor-27-run-refused')


def test_control(s):
    """A function that controls tasks is a step of their parent; `end` finds one."""
    open_graph(s, 'moves.telar', MOVES)
    c.pick(s, 'z')
    c.wait_selected(s, 'z')
    s.desk.key('Insert')
    c.wait_adder(s)
    c.typed(s, 'end', 'terminate (task)')
    s.desk.picture('editor-28-end')
    s.desk.key('Return')
    changed(s)
    c.wait_selected(s, 'main')
    c.rest(s)
    s.desk.picture('editor-29-step')
    graph = json.loads(saved(s))
    assert graph['main'] == {'body': [['terminate', {'task': 'z'}]]}, graph
    s.desk.key('ctrl+z')
    changed(s)
    same(s, MOVES, 'after undo')


def test_python(s):
    """It follows; a click on a line selects its task, and Enter does."""
    open_graph(s, 'moves.telar', MOVES)

    def program():
        return s.program.wait(role='text', starts='Python program').text()

    def line_of(words):
        return next(i for i, line in enumerate(program().splitlines()) if words in line)

    s.desk.key('alt+2')
    until(lambda: 'z.start()' in program(), 'the program, not ' + program())
    s.desk.key('Escape')
    to_canvas(s)
    c.pick(s, 'z')
    s.desk.key('ctrl+shift+t')
    until(lambda: 'z = Thread(' in program(), 'a thread, not ' + program())
    s.desk.key('ctrl+z')
    until(lambda: 'z = Process(' in program(), 'a process again, not ' + program())

    # By keys.
    s.desk.picture('editor-30-python')
    x, y, width, height = s.on_screen(s.program.wait(role='text', starts='Python program'))
    s.desk.click(x + width - 20, y + 10)
    until(lambda: c.focused(s)[1].startswith('Python program'), 'the keyboard is in the program')
    s.desk.key('ctrl+Home', *['Down'] * line_of('a = Process('), 'Return')
    c.wait_selected(s, 'a')

    # By the pointer: the last lines are in sight.
    s.desk.key('ctrl+End')
    wanted, text = line_of('b.join()'), s.program.wait(role='text', starts='Python program')
    at = [height - 8]

    def on_line():
        s.desk.click(x + 120, y + at[0])
        line = program()[:text.caret()].count('\n')
        at[0] -= 0 if line == wanted else 6
        return line == wanted

    until(on_line, 'a click on line %d' % wanted)
    c.wait_selected(s, 'b')


def test_shortcuts(s):
    """They are shown, and GTK has nothing to complain of."""
    open_graph(s, 'moves.telar', MOVES)
    s.desk.key('ctrl+question')
    until(lambda: s.program.find(role='label', name='Draw an arrow from it: go to its end, then '
                                 'Enter'), 'the shortcuts')
    s.desk.picture('editor-40-shortcuts')
    s.desk.key('Escape')
    until(lambda: len(s.program.windows()) == 1, 'they are gone')


def test_examples(s):
    """Each opens, is edited, undone and saved: byte for byte what it was."""
    different = []
    for name in sorted(n for n in os.listdir(EXAMPLES) if n.endswith('.telar')):
        with open(os.path.join(EXAMPLES, name), encoding='utf-8') as file:
            text = file.read()
        open_graph(s, name, text)
        s.desk.key('ctrl+a', 'alt+Right')
        changed(s)
        s.desk.key('ctrl+z')
        unchanged(s)
        if saved(s) != text:
            different.append(name)
    assert not different, different


ALL = [test_listing_by_pointer, test_listing_by_keys, test_select, test_names, test_move, test_nudge,
       test_escape, test_frames, test_refused, test_delete, test_duplicate,
       test_copy_to_other_window, test_group, test_context_menu, test_find, test_arrange, test_fold,
       test_long_body,
       test_kind, test_tab, test_zoom_and_pan, test_minimap, test_faults, test_control, test_python,
       test_shortcuts, test_examples]

sys.exit(run(ALL))

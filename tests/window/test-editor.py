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
from station import read, run  # noqa: E402

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
    until(lambda: c.text_of(c.field(s, 'text')) == 'Done', 'Done in its text')
    for task, key in (('p1', 'Left'), ('p2', 'Down')):
        to_canvas(s)
        s.desk.key(key)
        c.wait_selected(s, task)
        s.desk.key('Return')
        go_to_field(s, 'numbers')
        s.desk.key('ctrl+a')
        s.desk.type(NUMBERS)
        until(lambda: c.text_of(c.field(s, 'numbers')) == NUMBERS, 'its numbers')

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
    until(lambda: 'p1.start()' in c.text_of(s.program.wait(role='text', starts='Python program')),
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


ALL = [test_listing_by_pointer, test_listing_by_keys]

sys.exit(run(ALL))

# canvas.py
#
# SPDX-License-Identifier: MIT
#
# The canvas and the form beside it as a person handles them: where boxes are,
# what they are called, and how the pointer gets hold of one. What is done here
# is done with pointer and keys; the accessibility tree is only looked at.

import os
import re
import shutil

from desk import until

BOX = re.compile(r'^(?P<id>[^ :]+)( [^:]*)?: ')


def names(s):
    """What is said about each box and each arrow."""
    found = s.program.find(role='list', name='Graph')
    return [i.name for i in s.program.nodes(found) if i.role == 'list item'] if found else []


def boxes(s):
    """The boxes by id."""
    found = {}
    for item in s.items('Graph'):
        match = BOX.match(item.name)
        if match:
            found[match['id']] = item
    return found


def box(s, task):
    return boxes(s).get(task)


def rest(s):
    """Where all is, as soon as nothing moves any more: pixels of the screen."""
    seen = []

    def rests():
        seen.append({item.name: s.on_screen(item) for item in s.items('Graph')})
        return len(seen) > 2 and seen[-1] == seen[-2] == seen[-3]

    until(rests, 'the canvas is at rest')
    return {BOX.match(name)['id']: place for name, place in seen[-1].items() if BOX.match(name)}


def wait_names(s, *wanted, without=()):
    """@wanted: beginnings; @without: beginnings that nothing has."""
    try:
        until(lambda: all(any(n.startswith(w) for n in names(s)) for w in wanted)
              and not any(n.startswith(w) for n in names(s) for w in without), '')
    except AssertionError:
        raise AssertionError('wanted %s without %s, saw %s' % (wanted, without, names(s))) from None


def selected(s):
    return sorted(task for task, item in boxes(s).items() if item.had_state('selected'))


def wait_selected(s, *tasks):
    try:
        until(lambda: selected(s) == sorted(tasks), '')
    except AssertionError:
        raise AssertionError('wanted %s selected, saw %s' % (sorted(tasks), selected(s))) from None


def canvas(s):
    """x, y, width, height on the screen."""
    return s.on_screen(s.list('Graph'))


def fresh(s):
    """Nothing that tests before left unsaved is offered."""
    s.stop()
    shutil.rmtree(os.path.join(s.folder, '.local'), ignore_errors=True)


# The pointer. Motions are said one by one, and come one by one.

def grip(place):
    """A point of a box that moves it, and is no port."""
    return place[0] + place[2] // 2, place[1] + min(place[3] // 2, 12)


def port(place, out=True):
    return place[0] + (place[2] if out else 0), place[1] + place[3] // 2


def go(s, x, y):
    s.desk.move(x, y)


def press(s, x, y, to_x, to_y, button=1, steps=8):
    """A drag that is not let go of."""
    go(s, x, y)
    s.desk.xdo('mousedown', button)
    for step in range(1, steps + 1):
        go(s, x + (to_x - x) * step / steps, y + (to_y - y) * step / steps)


def drag(s, start, end, button=1, key=None):
    if key:
        s.desk.xdo('keydown', key)
    press(s, *start, *end, button=button)
    s.desk.xdo('mouseup', button)
    if key:
        s.desk.xdo('keyup', key)


def carry(s, start, end, what):
    """Drags and drops; @what: a box that is there afterwards."""
    # Nothing on screen tells when the canvas has said that it takes it: a drop that comes
    # before is no drop, and is tried again.
    def dropped():
        s.desk.xdo('mousemove', '--sync', *start, 'mousedown', 1)
        for step in range(1, 13):
            s.desk.xdo('mousemove', '--sync', int(start[0] + (end[0] - start[0]) * step / 12),
                       int(start[1] + (end[1] - start[1]) * step / 12), 'sleep', 0.05)
        s.desk.xdo('sleep', 0.3, 'mouseup', 1)
        try:
            return until(lambda: box(s, what), '', 3)
        except AssertionError:
            return None

    until(dropped, '%s is dropped; there are %s' % (what, names(s)))


def click(s, node, repeat=1, button=1):
    x, y = s.middle(node)
    s.desk.click(x, y, button, repeat)


def pick(s, task, key=None):
    """Clicks on a box."""
    x, y = grip(rest(s)[task])
    if key:
        s.desk.xdo('keydown', key)
    s.desk.click(x, y)
    if key:
        s.desk.xdo('keyup', key)


def popup(s, popover):
    """Where a popover is on the screen: it is a window of its own, of its size."""
    width, height = popover.place()[2:]

    def found():
        for window in s.desk.xdo('search', '--onlyvisible', '--pid', s.program.process.pid).split():
            text = s.desk.xdo('getwindowgeometry', '--shell', window)
            values = dict(re.findall(r'(\w+)=(-?\d+)', text))
            if values and (int(values['WIDTH']), int(values['HEIGHT'])) == (width, height):
                return int(values['X']), int(values['Y'])
        return None

    return until(found, 'a popover of %d x %d' % (width, height))


def click_in(s, popover, node):
    """Clicks on something in a popover."""
    x, y = popup(s, popover)
    px, py = popover.place()[:2]
    nx, ny, width, height = node.place()
    s.desk.click(x + nx - px + width // 2, y + ny - py + height // 2)


# What pops up to choose a function from.

def adder(s):
    return s.program.find(name='Add a task', role='filler')


def wait_adder(s):
    return until(lambda: adder(s), 'what pops up to add')


def typed(s, text, first):
    """Types into it; @first: the hit that is wanted."""
    s.desk.type(text)
    until(lambda: adder(s) and (s.program.find(role='entry', below=adder(s)).description
                  .startswith(first)), 'the hit "%s"' % first)


def add_by_keys(s, text, first):
    """Types on the canvas, and Enter."""
    s.desk.type(text[0])
    wait_adder(s)
    typed(s, text[1:], first)
    s.desk.key('Return')
    until(lambda: not adder(s), 'it is gone')


# The form.

def form(s):
    return s.program.wait(name='TelarInspector')


def field(s, name):
    """A text to type into."""
    for node in s.program.nodes(form(s)):
        if node.role == 'text' and node.name == name and node.place()[2] > 0:
            return node
    return None


def reveal(s, find):
    """Turns the wheel until something of the form is in sight; returns where it is."""
    fx, fy, width, height = s.on_screen(form(s))
    seen = []

    def in_sight():
        node = find()
        if node is None:
            return None
        seen.append(s.on_screen(node))
        if len(seen) < 2 or seen[-1] != seen[-2]:
            return None
        x, y, nwidth, nheight = seen[-1]
        if fy <= y and y + nheight <= fy + height:
            return seen[-1]
        go(s, fx + 6, fy + height // 2)
        s.desk.xdo('click', 5 if y > fy else 4)
        seen.clear()
        return None

    return until(in_sight, 'it is in sight')


def fill(s, name, text):
    """Clicks into a field, and types over what is there."""
    x, y, width, height = reveal(s, lambda: field(s, name))
    s.desk.click(x + width // 3, y + height // 2)
    until(lambda: field(s, name).has_state('focused'), 'the keyboard is in "%s"' % name)
    s.desk.key('ctrl+a')
    s.desk.type(text)
    until(lambda: field(s, name).text() == text,
          '"%s" in "%s", not "%s"' % (text, name, field(s, name).text()))


def wait_focused(s, task):
    """The keyboard is at a box."""
    try:
        until(lambda: box(s, task) and box(s, task).has_state('focused'), '')
    except AssertionError:
        raise AssertionError('the keyboard is at %s, not at %s' % (focused(s), task)) from None


def focused(s):
    """What has the keyboard: role and name."""
    for node in s.program.nodes():
        if node.had_state('focused'):
            return node.role, node.name
    return None


def printed(s):
    """The lines of the output."""
    rows = [n for n in s.program.nodes(s.program.wait(role='list', name='Output'))
            if n.role == 'list item']
    return [[n.name for n in s.program.nodes(row) if n.role == 'label'][-1]
            for row in rows]

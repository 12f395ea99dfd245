# test-in-sight.py
#
# SPDX-License-Identifier: MIT
#
# What is in sight on the canvas stays so: a task that is added beside an edge, and
# all that was seen before the timeline took its room.
#
#   test-in-sight.py TELAR EXAMPLES PICTURES [NAME…]

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import canvas as c  # noqa: E402
from desk import until  # noqa: E402
from station import run  # noqa: E402

GRAPH = '''{
  "telar": 1,
  "name": "In sight",
  "placement": "free",
  "tasks": [
    { "id": "a", "kind": "process", "function": "square", "args": [[3]], "position": [40, 60] },
    { "id": "z", "kind": "process", "function": "square", "args": [[4]], "position": [40, 200] },
    { "id": "b", "kind": "process", "function": "is_even", "args": [[5]], "after": ["a"], "position": [340, 60] }
  ]
}
'''


def open_graph(s):
    c.fresh(s)
    s.start(s.write('in-sight.telar', GRAPH))
    until(lambda: s.title() == 'In sight – Telar', 'the graph, not "%s"' % s.title())
    c.rest(s)


def assert_in_sight(s, *tasks):
    """Wholly."""
    places = c.rest(s)
    x, y, width, height = c.canvas(s)
    for task in tasks:
        bx, by, bwidth, bheight = places[task]
        assert x <= bx and bx + bwidth <= x + width and y <= by and by + bheight <= y + height, \
            '%s at %s is not wholly within %s' % (task, places[task], (x, y, width, height))


def test_first_at_edge(s):
    """Wherever it is put, it is in sight, with the frame around it."""
    for corner in ((0.96, 0.94), (0.97, 0.5), (0.5, 0.97)):
        c.fresh(s)
        s.start()
        c.click(s, s.program.wait(role='push button', name='New Graph'))
        until(lambda: s.title() == 'Untitled – Telar', 'a new graph, not "%s"' % s.title())
        x, y, width, height = c.canvas(s)
        s.desk.click(int(x + corner[0] * width), int(y + corner[1] * height), repeat=2)
        c.wait_adder(s)
        c.typed(s, 'squ', 'square (numbers)')
        s.desk.key('Return')
        c.wait_names(s, 'p1 square: process')
        s.desk.picture('in-sight-1-at-edge-%d' % (100 * corner[0]))
        assert_in_sight(s, 'p1', 'main')


def test_after_run(s):
    """The timeline takes its room."""
    # Edited, but never looked at elsewhere by hand: all is fitted into what is left.
    open_graph(s)
    height = c.canvas(s)[3]
    c.pick(s, 'z')
    s.desk.key('alt+Down', 'alt+Down')
    until(lambda: s.title().startswith('• '), 'a change; the title is "%s"' % s.title())
    s.run_to_end()
    s.desk.picture('in-sight-2-after-run')
    assert c.canvas(s)[3] < height, 'the timeline takes some room'
    assert_in_sight(s, 'a', 'b', 'z')

    # Small and far down by hand: as large as it was, but further up.
    open_graph(s)
    x, y, width, height = c.canvas(s)
    c.go(s, x + width // 2, y + height // 2)
    for _ in range(6):
        s.desk.xdo('click', 5)
    places = c.rest(s)
    low = max(place[1] + place[3] for place in places.values())
    c.drag(s, (x + width - 30, y + 30), (x + width - 30, y + 30 + y + height - 8 - low), button=2)
    until(lambda: c.rest(s) != places, 'it is panned')
    places = c.rest(s)
    assert_in_sight(s, 'a', 'b', 'z')
    s.run_to_end()
    s.desk.picture('in-sight-3-after-run')
    assert_in_sight(s, 'a', 'b', 'z')
    assert c.rest(s)['z'][2:] == places['z'][2:], 'the scale is kept'


sys.exit(run([test_first_at_edge, test_after_run]))

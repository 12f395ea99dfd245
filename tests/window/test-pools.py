# test-pools.py
#
# SPDX-License-Identifier: MIT
#
# A pool on the canvas, unfolded into its workers by the pointer and by keys, before
# a run, after it and while it is replayed.
#
#   test-pools.py TELAR EXAMPLES PICTURES [NAME…]

import os
import re
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import canvas as c  # noqa: E402
from desk import until  # noqa: E402
from station import run  # noqa: E402

GRAPH = '''{
  "telar": 1,
  "name": "Crew",
  "objects": [
    { "id": "crew", "type": "pool", "workers": 2, "maxtasksperchild": 3 }
  ],
  "main": { "body": [["map", {"object": "crew"}, "busy", [5, 5, 5, 5, 5, 5, 5, 5, 5, 5], 1]] },
  "tasks": [
    { "id": "p", "kind": "process", "function": "busy", "args": [20] }
  ]
}
'''
LANE = re.compile(r'^(crew\.\d+): worker of crew, (.*)$')


def lanes(s):
    """What is said of each lane."""
    return [m.groups() for m in map(LANE.match, c.names(s)) if m]


def wait_lanes(s, says, what):
    try:
        until(lambda: says(lanes(s)), '')
    except AssertionError:
        raise AssertionError('%s: saw %s' % (what, lanes(s))) from None


def lane(s, nth):
    return [i for i in s.items('Graph') if LANE.match(i.name)][nth]


def timeline_selected(s):
    return [i.name.split(' ')[0] for i in s.items('Timeline')
            if i.has_state('selected')]


def wait_worker(s, nth):
    """The worker of a lane is selected on the timeline."""
    until(lambda: timeline_selected(s) == [lanes(s)[nth][0]],
          'the lane %s, not %s' % (lanes(s), timeline_selected(s)))


def test_pool(s):
    c.fresh(s)
    s.start(s.write('crew.telar', GRAPH))
    until(lambda: s.title() == 'Crew – Telar', 'the graph, not "%s"' % s.title())
    folded = c.rest(s)
    c.wait_names(s, 'crew: a pool, 2 workers')
    assert lanes(s) == [], lanes(s)
    s.desk.picture('pools-1-folded')

    # By the triangle at its right.
    x, y, width, height = folded['crew']
    s.desk.click(x + width - height // 3, y + height // 2)
    wait_lanes(s, lambda l: l == [('crew.1', 'not started'), ('crew.2', 'not started')],
               'a lane each')
    opened = c.rest(s)
    # fitting, a larger picture is drawn smaller
    assert opened['crew'][3] / opened['p'][3] > 1.5 * height / folded['p'][3], (folded, opened)
    for n in range(2):
        lx, ly, lwidth, lheight = s.on_screen(lane(s, n))
        px, py, pwidth, pheight = opened['crew']
        assert px <= lx and lx + lwidth <= px + pwidth, (opened['crew'], (lx, ly, lwidth, lheight))
        assert py < ly and ly + lheight <= py + pheight, (opened['crew'], (lx, ly, lwidth, lheight))
    s.desk.picture('pools-2-unfolded')

    # By keys, there and back. Nothing of it is in the document.
    c.pick(s, 'crew')
    c.wait_selected(s, 'crew')
    s.desk.key('shift+space')
    wait_lanes(s, lambda l: l == [], 'folded')
    s.desk.key('shift+space')
    wait_lanes(s, lambda l: len(l) == 2, 'unfolded again')
    assert s.title() == 'Crew – Telar', s.title()

    # What they did.
    s.run_to_end()
    wait_lanes(s, lambda l: len(l) == 2 and all('ended' in words for _, words in l)
               and sum(int(re.search(r'(\d+) chunk', words)[1]) for _, words in l) == 10
               and any('in place of crew.' in words for _, words in l),
               'ten chunks, by workers that took the place of others')
    c.wait_names(s, 'crew: a pool, 2 workers · 10 chunks')
    c.rest(s)
    s.desk.picture('pools-3-after-run')

    # A lane selects its worker on the timeline, by the pointer and by keys.
    c.click(s, lane(s, 1))
    wait_worker(s, 1)
    c.wait_selected(s, 'crew')
    s.desk.picture('pools-4-selected')
    s.desk.key('Up')
    wait_worker(s, 0)
    s.desk.key('Up')
    until(lambda: timeline_selected(s) == [], 'the pool itself')
    s.desk.key('Tab')
    wait_worker(s, 0)
    s.desk.key('shift+space')
    wait_lanes(s, lambda l: l == [], 'folded, from a lane of it')


def test_replay(s):
    """What workers did then."""
    c.fresh(s)
    s.start(s.write('crew.telar', GRAPH))
    until(lambda: s.title() == 'Crew – Telar', 'the graph, not "%s"' % s.title())
    c.pick(s, 'crew')
    s.desk.key('shift+space')
    wait_lanes(s, lambda l: len(l) == 2, 'unfolded')
    s.run_to_end()
    wait_lanes(s, lambda l: len(l) == 2 and all('ended' in words for _, words in l), 'at the end')
    s.desk.key('ctrl+shift+r')
    wait_lanes(s, lambda l: any(re.match(r'busy \d, [0-4] chunks?', words) for _, words in l),
               'a chunk of then')
    s.desk.picture('pools-5-replay')
    wait_lanes(s, lambda l: all('ended' in words for _, words in l), 'at the end again')


sys.exit(run([test_pool, test_replay]))

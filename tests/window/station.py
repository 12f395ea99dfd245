# station.py
#
# SPDX-License-Identifier: MIT
#
# A desk with a program on it, what tests ask of both, and the loop that runs
# tests one after the other. The programs that import this are called with
#
#   TELAR EXAMPLES PICTURES [NAME…]

import os
import re
import sys
import time

import desk as d
from desk import until

TELAR, EXAMPLES, PICTURES = (os.path.abspath(a) for a in sys.argv[1:4])
WIDTH, HEIGHT = 1280, 720
# GTK 4.8's file dialog may be painted before it knows its folder: GtkPathBar then leaves
# the two arrows at its ends without a place (gtk_path_bar_size_allocate).
PATH_BAR = re.compile(r'Trying to snapshot GtkButton 0x[0-9a-f]+ without a current allocation')
# A graph to handle: two processes, one after the other.
PAIR = '''{
  "telar": 1,
  "name": "Pair",
  "placement": "free",
  "tasks": [
    { "id": "a", "kind": "process", "function": "square", "args": [[3]] },
    { "id": "b", "kind": "process", "function": "square", "args": [[4]], "after": ["a"] }
  ]
}
'''


class Station:
    """One desk, one program on it, and what the tests ask of both."""

    def __init__(self):
        self.desk = d.Desk(WIDTH, HEIGHT, PICTURES)
        self.folder = os.environ['TELAR_DESK']
        os.environ['TELAR_EXAMPLES'] = EXAMPLES
        self.program = None
        self.dialog_asked = False

    def write(self, name, text):
        path = os.path.join(self.folder, name)
        with open(path, 'w', encoding='utf-8') as file:
            file.write(text)
        return path

    def start(self, *arguments, through=()):
        """@through: a program, with arguments, that becomes telar."""
        self.stop()
        self.program = d.Program(self.desk, list(through) + [TELAR] + list(arguments))
        until(lambda: self.desk.xdo('search', '--onlyvisible', '--pid', self.program.process.pid),
              'a window')
        until(self.program.frame, 'a window for assistive technology')

    def stop(self):
        if self.program:
            self.program.end()
            self.program = None

    def title(self):
        frame = self.program.frame()
        return frame.name if frame else ''

    def window(self, start):
        return next((w for w in self.program.windows() if w.name.startswith(start)),
                    None)

    def summary(self, window=None):
        bar = self.program.find(role='panel', name='Summary of the run', below=window)
        status = self.program.find(role='status bar', below=bar) if bar else None
        return status.name if status else ''

    def wait_summary(self, start):
        return until(lambda: self.summary().startswith(start) and self.summary(),
                     'the summary "%s…"' % start)

    def list(self, name):
        return self.program.wait(role='list', name=name)

    def items(self, name):
        return [child for child in self.list(name).children if child.role == 'list item']

    def lane(self, start):
        return next((i for i in self.items('Timeline') if i.name.startswith(start)), None)

    def node(self, start):
        return next((i for i in self.items('Graph') if i.name.startswith(start)), None)

    def geometry(self):
        window = self.desk.xdo('getactivewindow')
        text = self.desk.xdo('getwindowgeometry', '--shell', window)
        values = dict(re.findall(r'(\w+)=(-?\d+)', text))
        return [int(values.get(k, 0)) for k in ('X', 'Y', 'WIDTH', 'HEIGHT')]

    def on_screen(self, node):
        """Where a node is, in pixels of the screen: x, y, width, height."""
        x, y, width, height = self.geometry()
        frame = self.program.frame().place()
        nx, ny, nwidth, nheight = node.place()
        return (x + (width - frame[2]) // 2 + nx, y + (height - frame[3]) // 2 + ny,
                nwidth, nheight)

    def middle(self, node):
        """Of where it comes to rest: a list may have been asked to scroll."""
        place = self.on_screen(node)
        for _ in range(100):
            time.sleep(0.04)
            before, place = place, self.on_screen(node)
            if place == before:
                break
        return place[0] + place[2] // 2, place[1] + place[3] // 2

    def range(self):
        """What the timeline shows, in ms."""
        text = self.list('Timeline').description
        units = {'ns': 1e-6, 'µs': 1e-3, 'ms': 1, 's': 1000}
        found = re.findall(r'([−-]?[\d.,]+) (ns|µs|ms|s)\b', text)
        return [float(n.replace('−', '-').replace(',', '')) * units[u] for n, u in found[:2]]

    def run_to_end(self):
        self.desk.key('ctrl+r')
        return self.wait_summary('Ended after')

    def engines(self):
        return [p for p in d.children(self.program.process.pid)
                if os.path.basename(os.readlink('/proc/%d/exe' % p)) == 'telar-engine']

    def front(self):
        """The title of the window in front."""
        return self.desk.xdo('getactivewindow', 'getwindowname')

    def answer(self, dialog, path):
        """Types a name into a file dialog. Nobody looks at the accessibility tree
        meanwhile: GTK 4.8 ends where its file dialog is asked for at a bad moment."""
        self.dialog_asked = True
        until(lambda: self.front() == dialog, 'the dialog "%s"' % dialog)
        self.desk.key('ctrl+a')
        self.desk.type(path)
        self.desk.key('Return')
        until(lambda: self.front() != dialog, 'the dialog is gone')

    def complaints(self):
        """What the program complained about since the last question, but for what is
        GTK's own."""
        said = self.program.said_since().splitlines() if self.program else []
        bad = [line for line in said if 'CRITICAL' in line or 'WARNING' in line]
        if self.dialog_asked:
            bad = [line for line in bad if not PATH_BAR.search(line)]
        self.dialog_asked = False
        return bad

    def open(self, path):
        """By the file dialog, with keys alone."""
        self.desk.key('ctrl+o')
        self.answer('Open a Graph', path)


def read(path):
    try:
        with open(path, 'rb') as file:
            return file.read()
    except OSError:
        return b''


def run(tests):
    """Some by name, or all of them, in their order; prints TAP."""
    tests = [t for t in tests if t.__name__[5:] in sys.argv[4:]] or tests
    lacking = d.missing()
    if lacking:
        print('1..0 # SKIP ' + lacking)
        return 0
    d.enter_session()

    station = Station()
    failed = 0
    print('1..%d' % len(tests), flush=True)
    try:
        for number, test in enumerate(tests, 1):
            name = test.__name__[5:].replace('_', ' ')
            try:
                test(station)
                bad = station.complaints()
                assert not bad, 'complaints on standard error: ' + '; '.join(bad[:3])
                print('ok %d %s' % (number, name), flush=True)
            except Exception as error:
                failed += 1
                station.desk.picture('failed-%02d' % number)
                print('not ok %d %s' % (number, name))
                for line in ('%s: %s' % (type(error).__name__, error)).splitlines():
                    print('# ' + line)
                if station.program and station.program.process.poll() is not None:
                    print('# telar ended with %d' % station.program.process.returncode)
                    for line in station.program.said().splitlines()[-5:]:
                        print('# ' + line)
                sys.stdout.flush()
                if station.program is None or station.program.process.poll() is not None:
                    station.program = None
    finally:
        station.stop()
        station.desk.close()
    return 1 if failed else 0

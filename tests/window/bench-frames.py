# bench-frames.py
#
# SPDX-License-Identifier: MIT
#
# A run of 10 million slices in the window, on a virtual display: zoomed by the wheel and
# moved by drags, with a histogram of what the frames took (bar: 99 of 100 within 16.7 ms).
#
#   bench-frames.py BENCH-WINDOW MAKE-TRACES [SLICES]

import os
import signal
import subprocess
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
sys.dont_write_bytecode = True
import desk as d  # noqa: E402

WINDOW, MAKE = (os.path.abspath(a) for a in sys.argv[1:3])
SLICES = sys.argv[3] if len(sys.argv) > 3 else '10000000'
CORES = '64'
NOTCHES = 14  # of the wheel, before and after a drag
BEAT = 0.008  # seconds between two movements of the pointer: twice a frame


def moves(points):
    """One call, so that nothing but the pointer takes time."""
    words = []
    for x, y in points:
        words += ['mousemove', str(int(x)), str(int(y)), 'sleep', str(BEAT)]
    return words


def sweep(desk, x, y, far, n):
    """A drag, and back."""
    there = [(x - far * i / n, y) for i in range(n + 1)]
    desk.xdo('mousemove', x, y, 'mousedown', 1, *moves(there + there[::-1]), 'mouseup', 1)


def worked(pid):
    """Ticks of CPU so far."""
    with open('/proc/%d/stat' % pid) as file:
        words = file.read().rpartition(')')[2].split()
    return int(words[11]) + int(words[12])


def rests(pid):
    before = worked(pid)
    time.sleep(0.5)
    return worked(pid) == before


def main():
    lacking = d.missing()
    if lacking:
        print('skipped: ' + lacking)
        return 0
    d.enter_session()
    folder = os.environ['TELAR_DESK']
    made = subprocess.run([MAKE, CORES, SLICES, os.path.join(folder, 'run'), 'telar-run'],
                          check=True, capture_output=True, text=True).stdout.split()
    # The picture of the last moment, for who wants to see what was looked at.
    pictures = os.environ.get('TELAR_BENCH_PICTURES', folder)
    desk = d.Desk(1920, 1080, pictures)
    try:
        process = subprocess.Popen([WINDOW, 'look', os.path.join(folder, 'run.telar-run')],
                                   stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        window = d.until(lambda: desk.xdo('search', '--onlyvisible', '--pid', process.pid),
                         'a window').split()[-1]
        desk.xdo('windowsize', '--sync', window, 1920, 1000)
        # The first look at it is told elsewhere.
        d.until(lambda: rests(process.pid), 'a window that rests')
        x, y = 1100, 800
        process.send_signal(signal.SIGUSR1)
        for _ in range(4):
            # Into it, along it, and out again: the wheel zooms where it points.
            for button in (4, 4, 5, 5):
                desk.xdo('mousemove', x, y)
                desk.xdo('click', '--repeat', NOTCHES, '--delay', 16, button)
                sweep(desk, x + 300, y, 700, 60)
            x -= 120
        desk.xdo('mousemove', x, y)
        desk.xdo('click', '--repeat', NOTCHES, '--delay', 16, 4)
        process.send_signal(signal.SIGUSR1)
        desk.picture('frames')
        said = process.communicate(timeout=60)[0]
        print('%s slices on %s cores, 1920 × 1000: %s(bar: 99 of 100 within 16.7 ms)'
              % (format(int(made[0]), ','), CORES, said), flush=True)
    finally:
        desk.close()
    return 0


sys.exit(main())

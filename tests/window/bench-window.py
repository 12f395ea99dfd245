# bench-window.py
#
# SPDX-License-Identifier: MIT
#
# DESIGN's two rows on the window, on a virtual display: frames a second while
# 64 busy tasks run (bar: 55), and the time from the start of the program to
# its first frame against an empty GTK 4 window (bar: 1.5 times).
#
#   bench-window.py BENCH-WINDOW BENCH-EMPTY-WINDOW EXAMPLES

import os
import statistics
import subprocess
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import desk as d  # noqa: E402

TELAR, EMPTY, EXAMPLES = (os.path.abspath(a) for a in sys.argv[1:4])
STARTS = 9
SECONDS = 6

BUSY = '''{ "telar": 1, "name": "Sixty-four busy tasks", "tasks": [
  { "id": "w", "kind": "process", "function": "busy", "args": [60000], "copies": 64 } ] }
'''


def first_frame(command):
    """Seconds from starting the program to its first frame."""
    began = time.monotonic()
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        process.stdout.readline()
        took = time.monotonic() - began
        process.wait()
    return took


def main():
    lacking = d.missing()
    if lacking:
        print('skipped: ' + lacking)
        return 0
    d.enter_session()
    os.environ['TELAR_EXAMPLES'] = EXAMPLES

    desk = d.Desk(1920, 1080, os.environ['TELAR_DESK'])
    try:
        # Telar asks for cairo by itself; the empty window takes what GTK takes, then cairo too.
        for renderer in (None, 'cairo'):
            os.environ.pop('GSK_RENDERER', None)
            if renderer:
                os.environ['GSK_RENDERER'] = renderer
            ours, empty = [], []
            for _ in range(STARTS + 1):
                ours.append(first_frame([TELAR, 'first']))
                empty.append(first_frame([EMPTY]))
            ours, empty = (statistics.median(times[1:]) * 1000 for times in (ours, empty))
            print('start to first frame%s: Telar %.0f ms, an empty GTK 4 window %.0f ms: '
                  'ratio %.2f (bar: 1.5)'
                  % (', both by cairo' if renderer else '', ours, empty, ours / empty), flush=True)
        os.environ.pop('GSK_RENDERER')

        path = os.path.join(os.environ['TELAR_DESK'], 'busy.telar')
        with open(path, 'w', encoding='utf-8') as file:
            file.write(BUSY)
        process = subprocess.Popen([TELAR, 'frames', path, str(SECONDS)], stdout=subprocess.PIPE,
                                   stderr=subprocess.STDOUT, text=True)
        time.sleep(SECONDS / 2)
        busy = len(d.descendants(process.pid)) - 2  # but the engine and main
        said = process.communicate(timeout=120)[0].strip().splitlines()
        print('while %d busy tasks run on %d cores, 1280 × 720: %s (bar: 55 a second)'
              % (busy, os.cpu_count(), said[-1] if said else 'nothing was said'), flush=True)
    finally:
        desk.close()
    return 0


sys.exit(main())

# on-display.py
#
# SPDX-License-Identifier: MIT
#
# Runs a test program with a virtual display, a window manager and a session bus
# of its own: on-display.py [--screen WIDTHxHEIGHT] PROGRAM.

import os
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
import desk


def main():
    lacking = desk.missing()
    if lacking:
        print('1..0 # SKIP ' + lacking)
        return 0
    desk.enter_session()
    # The driver of OpenGL is unloaded with memory that it never freed, which the leak
    # sanitizer cannot tell from the program's own.
    os.environ['GDK_DEBUG'] = 'gl-disable'
    os.environ['GSK_RENDERER'] = 'cairo'
    with tempfile.TemporaryDirectory() as pictures:
        command, width, height = sys.argv[1:], 1000, 800
        if command[0] == '--screen':
            width, height = (int(n) for n in command[1].split('x'))
            command = command[2:]
        screen = desk.Desk(width, height, pictures)
        try:
            return subprocess.run(command, stdin=subprocess.DEVNULL, stdout=sys.stdout,
                                  stderr=sys.stdout).returncode
        finally:
            screen.close()


sys.exit(main())

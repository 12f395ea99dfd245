# desk.py
#
# SPDX-License-Identifier: MIT
#
# A desk to test the window on: a virtual display with a window manager, a
# pointer and a keyboard (xdotool), and programs that are seen as a screen reader
# sees them. Nothing here waits for luck: whatever is awaited is asked for
# again and again until it is true or its time is up.

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time

PATIENCE = 20  # seconds; a busy machine takes its time
NEEDED = ('Xvfb', 'openbox', 'xdotool', 'import', 'dbus-run-session')


def missing():
    """What this machine lacks for window tests, or None."""
    for program in NEEDED:
        if shutil.which(program) is None:
            return program + ' is not installed'
    try:
        import tree  # noqa: F401
    except (ImportError, ValueError):
        return 'the AT-SPI bindings of Python (gir1.2-atspi-2.0) are not installed'
    return None


def enter_session():
    """Goes on in a session bus and a home of its own."""
    if os.environ.get('TELAR_DESK'):
        # The session's daemons talk on standard output; results have one of their own.
        sys.stdout = os.fdopen(int(os.environ['TELAR_DESK_OUTPUT']), 'w')
        return
    home = tempfile.mkdtemp(prefix='telar-desk-')
    output = os.dup(1)
    environment = {key: value for key, value in os.environ.items()
                   if not key.startswith(('DBUS_', 'WAYLAND_', 'XDG_', 'GTK_', 'LC_'))}
    environment.update({
        'TELAR_DESK': home, 'TELAR_DESK_OUTPUT': str(output), 'HOME': home, 'XDG_RUNTIME_DIR': home,
        'XDG_DATA_HOME': home + '/data', 'XDG_CONFIG_HOME': home + '/config',
        'XDG_CACHE_HOME': home + '/cache',
        'LANG': 'C.UTF-8', 'LANGUAGE': 'en', 'GTK_A11Y': 'atspi', 'GSETTINGS_BACKEND': 'memory',
        'GTK_USE_PORTAL': '0',
    })
    os.chmod(home, 0o700)
    status = subprocess.run(['dbus-run-session', '--', sys.executable] + sys.argv,
                            env=environment, pass_fds=[output],
                            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode
    shutil.rmtree(home, ignore_errors=True)
    sys.exit(status)


class Desk:
    def __init__(self, width, height, pictures):
        read, write = os.pipe()
        self.width, self.height, self.pictures = width, height, pictures
        self.processes = []
        # Without -noreset the server begins anew whenever its last client leaves: on a busy
        # machine the first xdotool may come and go while openbox is still connecting.
        self.start(['Xvfb', '-displayfd', str(write), '-screen', '0',
                    '%dx%dx24' % (width, height), '-nolisten', 'tcp', '-noreset'],
                   pass_fds=[write])
        os.close(write)
        with os.fdopen(read) as number:
            os.environ['DISPLAY'] = ':' + number.readline().strip()
        self.start(['openbox', '--sm-disable'])
        until(lambda: self.xdo('get_num_desktops').isdigit(), 'the window manager')
        os.makedirs(pictures, exist_ok=True)

    def start(self, command, **options):
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                   stderr=options.pop('stderr', subprocess.DEVNULL), **options)
        self.processes.append(process)
        return process

    def close(self):
        for process in reversed(self.processes):
            if process.poll() is None:
                process.terminate()
                try:
                    process.wait(5)
                except subprocess.TimeoutExpired:
                    process.kill()

    # Pointer, keyboard, picture.

    def xdo(self, *arguments):
        return subprocess.run(['xdotool'] + [str(a) for a in arguments],
                              capture_output=True, text=True).stdout.strip()

    def key(self, *keys):
        self.xdo('key', '--clearmodifiers', '--delay', 30, *keys)

    def type(self, text):
        self.xdo('type', '--delay', 15, text)

    def move(self, x, y):
        """For a pointer that is there already xdotool waits 15 s; it comes anew, as a hand
        never is quite still: GTK looks at what is under it when it moves."""
        at = dict(word.split('=') for word in
                  self.xdo('getmouselocation', '--shell').split() if '=' in word)
        if (at.get('X'), at.get('Y')) == (str(int(x)), str(int(y))):
            self.xdo('mousemove', '--sync', abs(int(x) - 1), int(y))
        self.xdo('mousemove', '--sync', int(x), int(y))

    def click(self, x, y, button=1, repeat=1):
        self.move(x, y)
        self.xdo('click', '--repeat', repeat, '--delay', 60, button)

    def drag(self, x, y, to_x, to_y):
        self.move(x, y)
        self.xdo('mousedown', 1)
        for step in range(1, 6):
            self.xdo('mousemove', '--sync', int(x + (to_x - x) * step / 5),
                     int(y + (to_y - y) * step / 5))
        self.xdo('mouseup', 1)

    def picture(self, name):
        subprocess.run(['import', '-window', 'root', os.path.join(self.pictures, name + '.png')],
                       stderr=subprocess.DEVNULL)


def until(question, what, patience=PATIENCE):
    """Asks until the answer is true, and returns it."""
    end = time.monotonic() + patience
    while True:
        answer = question()
        if answer:
            return answer
        if time.monotonic() > end:
            raise AssertionError('not within %d s: %s' % (patience, what))
        time.sleep(0.05)


class Program:
    """A telar that runs, seen through AT-SPI."""

    def __init__(self, desk, command):
        self.errors = tempfile.TemporaryFile('a+b')
        self.heard = 0
        self.process = desk.start(command, stderr=self.errors)
        self.tree = None
        self.desk = desk

    def seen(self):
        """The accessibility tree."""
        if self.tree is None:
            from tree import Tree  # needs what missing() may have told of
            self.tree = Tree(self.process.pid)
        return self.tree

    def windows(self):
        """Without what is in them."""
        return self.seen().windows()

    def frame(self):
        """The first window that is no dialog."""
        return next((window for window in self.windows() if window.role == 'frame'), None)

    def nodes(self, below=None):
        """What is below a node, as it is now, depth first; without one, everything."""
        root = self.seen().look(below)
        return root.walk() if root is not None else iter(())

    def find(self, name=None, role=None, below=None, starts=None, holds=None):
        return next((node for node in self.nodes(below)
                     if (name is None or node.name == name)
                     and (role is None or node.role == role)
                     and (starts is None or node.name.startswith(starts))
                     and (holds is None or holds in node.name)), None)

    def wait(self, patience=PATIENCE, **wanted):
        return until(lambda: self.find(**wanted), str({k: v for k, v in wanted.items()
                                                       if k != 'below'}), patience)

    def said(self):
        """All of its standard error."""
        self.errors.seek(0)
        return self.errors.read().decode(errors='replace')

    def said_since(self):
        """What is new of it since the last time."""
        text = self.said()
        new, self.heard = text[self.heard:], len(text)
        return new

    def end(self):
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(5)
            except subprocess.TimeoutExpired:
                self.process.kill()


# Processes.

def children(pid):
    found = []
    for entry in os.listdir('/proc'):
        if not entry.isdigit():
            continue
        try:
            with open('/proc/%s/stat' % entry, 'rb') as file:
                after = file.read().rpartition(b')')[2].split()
        except OSError:
            continue
        if int(after[1]) == pid and after[0] != b'Z':
            found.append(int(entry))
    return found


def descendants(pid):
    found = []
    for child in children(pid):
        found.append(child)
        found.extend(descendants(child))
    return found


def alive(pid):
    try:
        with open('/proc/%d/stat' % pid, 'rb') as file:
            return file.read().rpartition(b')')[2].split()[0] != b'Z'
    except OSError:
        return False


def end_hard(pid):
    os.kill(pid, signal.SIGKILL)

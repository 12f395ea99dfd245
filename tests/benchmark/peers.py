# peers.py
#
# SPDX-License-Identifier: MIT
#
# The same synthetic run drawn by Telar and by whoever else draws such pictures on this
# machine: how long that takes, how much memory, how large the picture is, and how much
# of the run it shows. A picture is full where its lanes are covered as the run's cores
# were busy. Who is not installed is named and left out.
#
#   peers.py MAKE-TRACES COST TELAR [SLICES…]

import os
import shlex
import shutil
import statistics
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
import pictures

MAKE, COST, TELAR = (os.path.abspath(a) for a in sys.argv[1:4])
SIZES = [int(a) for a in sys.argv[4:]] or [10000, 100000, 1000000, 10000000]
CORES = (16, 64)
LIMIT = 60    # seconds that a program may take
ROUNDS = 3    # of which the median counts
SHORT = 5     # seconds: what takes longer is done once
BRIEF = 0.5   # and what takes less, three times as often
PIXELS = 1920 # across a picture, Telar's own choice
FULL = 0.97   # of what was busy

# Those that a person has to sit at, and why.
BY_HAND = (
    ('threadscope', 'reads the event logs of GHC alone, and no option of it writes a picture'),
    ('kernelshark', 'opens a window, and no option of it writes a picture'),
    ('trace-cmd', 'writes text, no picture'),
)


class Program:
    def __init__(self, name, program, format, ending, command, lanes):
        self.name, self.program, self.format, self.ending = name, program, format, ending
        self.command, self.lanes = command, lanes
        self.ours = name.startswith('Telar')
        self.last = None  # slices, seconds: of the last size


def export(*options):
    return lambda trace, picture: [TELAR, 'export', '--no-title', '--no-legend', *options, trace,
                                   picture]


def vite(trace, picture):
    return ['vite', '-f', trace, '-e', picture]


def timechart(trace, picture):
    return ['perf', 'timechart', '-i', trace, '-o', picture]


def in_pixels(command):
    """The others write SVG alone: who wants pixels of it has it drawn."""
    def both(trace, picture):
        drawn = picture + '.svg'
        words = ' '.join(map(shlex.quote, command(trace, drawn)))
        return ['sh', '-c', '%s && rsvg-convert --unlimited -w %d -o %s %s'
                % (words, PIXELS, shlex.quote(picture), shlex.quote(drawn))]
    return both


PROGRAMS = (
    Program('Telar, cores', TELAR, 'telar-run', 'svg', export('--lanes=cores'),
            pictures.lanes_of_telar),
    Program('Telar, cores', TELAR, 'telar-run', 'png', export('--lanes=cores'), None),
    Program('Telar, cores and tasks', TELAR, 'telar-run', 'svg', export(), None),
    Program('Telar, cores and tasks', TELAR, 'telar-run', 'png', export(), None),
    Program('ViTE, cores', 'vite', 'paje', 'svg', vite, pictures.lanes_of_vite),
    Program('ViTE, cores', 'vite', 'paje', 'png', in_pixels(vite), None),
    Program('perf timechart, cores and tasks', 'perf', 'perf', 'svg', timechart,
            pictures.lanes_of_perf),
    Program('perf timechart, cores and tasks', 'perf', 'perf', 'png', in_pixels(timechart), None),
)


def run(command):
    """Seconds, seconds of CPU, MiB at most; None where it took too long or failed."""
    environment = dict(os.environ, QT_QPA_PLATFORM='offscreen',
                       XDG_RUNTIME_DIR=os.environ.get('XDG_RUNTIME_DIR') or '/tmp')
    done = subprocess.run([COST, str(LIMIT)] + command, stdout=subprocess.PIPE, text=True,
                          env=environment)
    if done.returncode == 124:
        return None, 'took more than %d s' % LIMIT
    if done.returncode != 0:
        return None, 'ended with %d' % done.returncode
    seconds, cpu, memory = done.stdout.split()
    return (float(seconds), float(cpu), float(memory) / 1024), ''


def measure(command):
    rounds = []
    while len(rounds) < ROUNDS * (3 if rounds and rounds[0][0] < BRIEF else 1):
        figures, why = run(command)
        if figures is None:
            return None, why
        rounds.append(figures)
        if figures[0] > SHORT:
            break
    return tuple(statistics.median(column) for column in zip(*rounds)), ''


def compare(n_cores, size, programs, folder):
    """One size: a row a program. Returns what each full picture took."""
    stem = os.path.join(folder, 'run')
    wanted = []
    for program in programs:
        expected = program.last and program.last[1] * size / program.last[0]
        if program.last is None or expected > LIMIT:
            continue
        wanted.append(program)
    formats = sorted({program.format for program in wanted})
    made = subprocess.run([MAKE, str(n_cores), str(size), stem] + formats, check=True,
                          capture_output=True, text=True).stdout.split()
    slices, busy = int(made[0]), float(made[1])
    print('\n%d cores, %s slices, %.1f %% busy' % (n_cores, format(slices, ','), 100 * busy))
    print('  %-34s %9s %9s %9s %9s %9s  %s' % ('', 'seconds', 'CPU', 'MiB', 'file MB', 'shapes',
                                               'of the busy time in sight'))
    full, took, ours = [], {}, {}
    for program in programs:
        name = '%s (%s)' % (program.name, program.ending)
        if program not in wanted:
            print('  %-34s not tried: %s' % (name, 'at the last size it failed' if not program.last
                                             else 'it would take %.0f s' %
                                             (program.last[1] * size / program.last[0])))
            continue
        picture = os.path.join(folder, 'picture.' + program.ending)
        figures, why = measure(program.command(stem + '.' + program.format, picture))
        if figures is None:
            print('  %-34s %s' % (name, why), flush=True)
            program.last = None
            continue
        program.last = (size, figures[0])
        row = '  %-34s %9.2f %9.2f %9.0f %9.2f' % ((name,) + figures
                                                  + (os.path.getsize(picture) / 1e6,))
        shown = None
        if program.lanes:
            lanes = program.lanes(picture)
            shown = lanes.covered(n_cores) / busy
            row += ' %9s' % format(lanes.shapes, ',')
            if program.ours:
                ours['lanes'] = lanes
        elif program.ours and program.ending == 'png' and 'tasks' not in program.name:
            shown = pictures.covered_in_png(picture, ours['lanes'], n_cores) / busy
            row += ' %9s' % 'pixels'
        if shown is not None:
            # What is narrower than a pixel takes all of it.
            is_full = shown >= FULL
            row += '  %.0f %%%s' % (min(100, 100 * shown), '' if is_full else ', not full')
            if is_full and not program.ours:
                full.append((figures[0], figures[1], program.name))
        took[program.name, program.ending] = figures
        print(row, flush=True)
        os.unlink(picture)
        if os.path.exists(picture + '.svg'):
            os.unlink(picture + '.svg')
    for format_ in formats:
        os.unlink(stem + '.' + format_)
    if not full:
        print('  no other draws a full picture')
    for _, _, name in sorted(full):
        lanes = 'Telar, ' + name.split(', ', 1)[1]
        for ending in ('svg', 'png'):
            if (name, ending) in took:
                (seconds, cpu, _), (our_seconds, our_cpu, _) = took[name, ending], took[lanes, ending]
                print('  %s (%s): %.2f × as long as Telar of the same lanes (%.2f × by CPU time; '
                      'bar: above 1)' % (name, ending, seconds / our_seconds, cpu / our_cpu),
                      flush=True)


def main():
    for name, why in BY_HAND:
        print('%s: %s' % (name, why if shutil.which(name) else 'not installed (and it %s)' % why))
    present = []
    for program in PROGRAMS:
        if shutil.which(program.program):
            present.append(program)
        else:
            print('%s: not installed' % program.program)
    with tempfile.TemporaryDirectory(prefix='telar-peers-') as folder:
        for n_cores in CORES:
            for program in present:
                program.last = (1, 0)
            for size in SIZES:
                compare(n_cores, size, present, folder)
    return 0


sys.exit(main())

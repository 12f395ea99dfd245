# test-behaviours-process.py
#
# SPDX-License-Identifier: MIT
#
# How processes and threads behave: graphs through `telar run --report`, under each
# start method where it applies, held against what Python's multiprocessing does.
# Arguments: telar, and names of points where not all are wanted.

import json
import os
import signal
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True
import tap

TELAR = os.path.abspath(sys.argv[1])
METHODS = ('fork', 'forkserver', 'spawn')
SLACK = 0.1     # how much later than asked something may come, s
PATIENCE = 5    # on a machine that does other things as well, s


class Run:
    """One run of a graph: its report, what it printed, how it ended."""

    def __init__(self, tasks, body=(), method='fork', while_it_runs=None,
                 record='off', objects=()):
        graph = {'telar': 1, 'start-method': method, 'main': {'body': list(body)}, 'tasks': tasks,
                 'objects': list(objects)}
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, 'graph.telar')
            report = os.path.join(folder, 'report.json')
            with open(path, 'w', encoding='utf-8') as file:
                json.dump(graph, file)
            process = subprocess.Popen([TELAR, 'run', path, '--quiet', '--record', record,
                                        '--report', report], stdin=subprocess.DEVNULL,
                                       stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
            self.seen = while_it_runs(process) if while_it_runs else None
            self.out, self.err = process.communicate(timeout=120)
            self.status = process.returncode
            self.report = None
            if os.path.exists(report):
                with open(report, encoding='utf-8') as file:
                    self.report = json.load(file)
        self.tasks = {task['id']: task for task in self.report['tasks']} if self.report else {}

    def results(self, task='main'):
        return [step['result'] for step in self.tasks[task]['steps']]

    def seconds(self, task='main'):
        """How long each step took."""
        return [(step['end'] - step['begin']) / 1e9 for step in self.tasks[task]['steps']]


class Faults(list):
    def equal(self, what, found, expected):
        if found != expected:
            self.append(f'{what}: {found!r}, not {expected!r}')

    def true(self, what, found):
        if not found:
            self.append(what)


def to(task):
    return {'task': task}


def sleeper(kind, seconds, **more):
    return {'id': 'p', 'kind': kind, 'body': [['identify'], ['sleep', seconds]], **more}


def test_life(faults, kind, method):
    """Not started, running, joined: alive, exit code, pid."""
    ask = [['is_alive', to('p')], ['exitcode', to('p')], ['pid', to('p')]]
    run = Run([sleeper(kind, 0.3)], ask + [['start', to('p')]] + ask + [['join', to('p')]] + ask,
              method)
    results = run.results()
    task = run.tasks['p']
    faults.equal('not started', results[:3], [False, None, None])
    faults.equal('running', results[4:6], [True, None])
    faults.equal('joined', results[8:10], [False, 0])
    faults.equal('pid while it runs', results[6], task['pid'])
    faults.equal('pid that it sees', run.results('p')[0], task['pid'])
    faults.equal('pid of a thread is its process', (task['pid'] == run.tasks['main']['pid']),
                 kind == 'thread')
    faults.equal('state', task['state'], 'joined')


def test_join(faults, kind, method):
    """Timeouts of zero, below zero, too short; then to the end, and once more."""
    waits = [0, -1, 0.1]
    run = Run([sleeper(kind, 1)],
              [['start', to('p')]] + [['join', to('p'), wait] for wait in waits]
              + [['is_alive', to('p')], ['join', to('p'), 20], ['exitcode', to('p')],
                 ['join', to('p')], ['join', to('p'), 5]], method)
    results, seconds = run.results(), run.seconds()
    faults.equal('results', results[1:], [False, False, False, True, True, 0, None, True])
    faults.true(f'join(0) took {seconds[1]} s', seconds[1] < SLACK)
    faults.true(f'join(-1) took {seconds[2]} s', seconds[2] < SLACK)
    faults.true(f'join(0.1) took {seconds[3]} s', 0.1 <= seconds[3] < PATIENCE)
    faults.true(f'joins afterwards took {seconds[7:]} s', max(seconds[7:]) < SLACK)
    faults.true('joined before it had slept', run.tasks['p']['joined-ns'] >= 1e9)


def test_signals(faults, kind, method):
    """terminate and kill of a sleeper, of one that ignores; abort, segmentation fault."""
    tasks = [sleeper(kind, 20), {**sleeper(kind, 20), 'id': 'k'},
             {'id': 'i', 'kind': kind, 'body': [['ignore', 'SIGTERM'], ['print', 'deaf'],
                                                ['sleep', 20]]},
             {'id': 'a', 'kind': kind, 'function': 'crash', 'args': ['SIGABRT']},
             {'id': 's', 'kind': kind, 'function': 'crash', 'args': ['SIGSEGV']}]
    body = [['start', to(task)] for task in 'pkias'] + [
        ['sleep', 0.5], ['terminate', to('p')], ['join', to('p'), 10], ['exitcode', to('p')],
        ['join', to('p')], ['exitcode', to('p')], ['kill', to('k')], ['join', to('k'), 10],
        ['terminate', to('i')], ['join', to('i'), 0.3], ['is_alive', to('i')], ['kill', to('i')],
        ['join', to('i'), 10], ['terminate', to('i')]]
    run = Run(tasks, body, method)
    results, seconds = run.results()[6:], run.seconds()[6:]
    faults.equal('results', results, [None, True, -signal.SIGTERM, None, -signal.SIGTERM, None,
                                      True, None, False, True, None, True, None])
    faults.true(f'joins took {seconds}', max(seconds[1], seconds[6], seconds[11]) < PATIENCE)
    faults.equal('exits', [run.tasks[task]['exit'] for task in 'pkias'],
                 [-signal.SIGTERM, -signal.SIGKILL, -signal.SIGKILL, -signal.SIGABRT,
                  -signal.SIGSEGV])


def test_failure(faults, kind, method):
    """The whole message is there before the end is recorded."""
    text = 'no luck ' * 500
    run = Run([{'id': 'p', 'kind': kind, 'function': 'fail', 'args': [text]}], method=method)
    lines = [line for line in run.report['lines'] if line['task'] == 'p']
    faults.equal('exit', run.tasks['p']['exit'], 1)
    faults.true('the message is not whole', [(line['stream'], line['text']) for line in lines]
                == [('stderr', text)])
    faults.true('told after its end', all(line['ns'] <= run.tasks['p']['ended-ns']
                                          for line in lines))
    faults.equal('status', run.status, 1)


def test_recursion(faults, kind, method):
    """Binary recursion of depth 2, started and joined in turn."""
    def body(name):
        steps = [['print', name]]
        for digit in '01' if len(name) < 3 else '':
            steps += [['start', to(name + digit)], ['join', to(name + digit)]]
        return steps
    names = ['r', 'r0', 'r1', 'r00', 'r01', 'r10', 'r11']
    run = Run([{'id': name, 'kind': kind if name != 'r' else 'process', 'body': body(name)}
               for name in names], method=method)
    faults.equal('order', run.out.split(), ['r', 'r0', 'r00', 'r01', 'r1', 'r10', 'r11'])


def test_parent(faults, kind, method):
    """The parent pid that a child sees is its scope's."""
    run = Run([{'id': 'p', 'kind': kind, 'function': 'identify'},
               {'id': 'q', 'kind': kind, 'inside': 'p', 'function': 'identify'}], method=method)
    seen = {line['task']: int(line['text'].split('parent process ')[1].split(',')[0])
            for line in run.report['lines']}
    faults.equal('of p', seen['p'], run.tasks['main']['pid'])
    faults.equal('of q', seen['q'], run.tasks['p']['pid'])


def test_daemon(faults, kind, method):
    """Ended with its creator, where another is waited for; it may have no children."""
    run = Run([{'id': 'p', 'kind': kind, 'daemon': True, 'function': 'sleep', 'args': [20]},
               {'id': 'q', 'kind': kind, 'function': 'sleep', 'args': [0.3]}], method=method)
    faults.equal('the daemon', run.tasks['p']['exit'], -signal.SIGTERM)
    faults.equal('the other', run.tasks['q']['exit'], 0)
    faults.true('nobody waited', run.report['wall-ns'] >= 0.3e9)
    faults.true('the daemon was waited for', run.report['wall-ns'] < 15e9)
    faults.equal('status', run.status, 0)
    run = Run([{'id': 'p', 'kind': kind, 'daemon': True, 'body': [['start', to('q')]]},
               {'id': 'q', 'kind': kind, 'function': 'print', 'args': ['never']}],
              [['start', to('p')], ['join', to('p')]], method)
    faults.equal('its start', run.results('p'), ['daemon-child'])
    faults.equal('its child', run.tasks['q']['state'], 'not-started')
    faults.true('no message', 'daemon' in run.err)


def test_misuse(faults, kind, method):
    """Start twice, join before start, join oneself, join somebody else's child."""
    task = {'id': 'p', 'kind': kind, 'function': 'print', 'args': ['once']}
    twice = Run([task], [['start', to('p')], ['start', to('p')], ['print', 'never']], method)
    faults.equal('twice', twice.results(), [None, 'already-started'])
    faults.equal('printed', twice.out, 'once\n')
    early = Run([{**task, 'after': ['w']}, {'id': 'w', 'kind': kind, 'function': 'sleep',
                                            'args': [0.1]}],
                [['join', to('p')], ['print', 'never']], method)
    faults.equal('early', early.results(), ['not-started'])
    faults.equal('nothing is started', early.tasks['p']['state'], 'not-started')
    oneself = Run([{'id': 'p', 'kind': kind, 'body': [['join', to('p')]]}], method=method)
    faults.true('oneself', 'join' in oneself.err and oneself.tasks.get('p', {}).get('exit') != 0)
    for run in (twice, early, oneself):
        faults.true(f'status {run.status}', run.status in (1, 2))
        faults.true('no message', run.err != '')


def test_stranger(faults, kind, method):
    """Join, is_alive and exitcode are the creator's: who else tries is told so."""
    asked = {'p': 'join', 'q': 'is_alive', 'r': 'exitcode'}
    run = Run([{'id': 'w', 'kind': kind, 'function': 'sleep', 'args': [0.3]}]
              + [{'id': task, 'kind': 'process', 'body': [[function, to('w')], ['print', 'never']]}
                 for task, function in asked.items()], method=method)
    for task, function in asked.items():
        faults.equal(function, run.results(task), ['not-a-child'])
        faults.equal(f'exit after {function}', run.tasks[task]['exit'], 1)
    faults.equal('printed', run.out, '')
    faults.true('no message', 'w was started by another task' in run.err)
    faults.equal('w', (run.tasks['w']['exit'], run.tasks['w']['state']), (0, 'joined'))


def test_inherited(faults, kind, method):
    """A daemon is its creator's where nothing is said: what a daemon thread starts is one."""
    for daemon in (True, False):
        run = Run([{'id': 't', 'kind': kind, 'daemon': daemon,
                    'body': [['start', to('u')], ['sleep', 0.6]]},
                   {'id': 'u', 'kind': kind, 'function': 'sleep', 'args': [0.8]}],
                  [['start', to('t')], ['sleep', 0.2]], method)
        faults.equal(f'waited for where daemon is {daemon}', run.report['wall-ns'] >= 0.8e9,
                     not daemon)
        faults.equal(f'status where daemon is {daemon}', run.status, 0)


def test_exact(faults, kind, method):
    """The kernel's records have what started by itself as well."""
    run = Run([{'id': 'p', 'kind': kind, 'copies': 3, 'function': 'busy', 'args': [20]}],
              method=method, record='exact')
    if run.report is None or run.report['source'] != 'exact':
        return
    for name in ('p.1', 'p.2', 'p.3'):
        slices = run.tasks[name]['slices']
        on = sum(end - begin for _, begin, end in slices)
        faults.true(f'{name} was on a core for {on} ns', on >= 19e6)
        faults.true(f'{name} ran before its start',
                    slices[0][2] >= run.tasks[name]['started-ns'])
    faults.equal('lost records', run.report['lost-records'], 0)


def test_cores(faults, kind, method):
    """How many there are, and how many may be used."""
    body = [['cpu_count'], ['usable_cpu_count']]
    run = Run([{'id': 'p', 'kind': kind, 'body': body},
               {'id': 'q', 'kind': kind, 'core': min(os.sched_getaffinity(0)), 'body': body}],
              method=method)
    faults.equal('free', run.results('p'), [os.cpu_count(), len(os.sched_getaffinity(0))])
    faults.equal('on one core', run.results('q'), [os.cpu_count(), 1])


def children_of(pid):
    with open(f'/proc/{pid}/task/{pid}/children', encoding='utf-8') as file:
        return [int(word) for word in file.read().split()]


def descendants(pid):
    found = []
    for child in children_of(pid):
        found += [child] + descendants(child)
    return found


def descriptors(title, count):
    """What the tasks of that title have open, once there are that many."""
    def look(process):
        end = time.monotonic() + 20
        while time.monotonic() < end:
            try:
                pids = [pid for pid in descendants(process.pid)
                        if open(f'/proc/{pid}/cmdline', 'rb').read().startswith(title)]
                if len(pids) == count:
                    time.sleep(0.2)
                    return [{name: os.readlink(f'/proc/{pid}/fd/{name}')
                             for name in os.listdir(f'/proc/{pid}/fd')} for pid in pids]
            except OSError:
                pass
            time.sleep(0.02)
        return []
    return look


def test_descriptors(faults, kind, method):
    """They do not grow with the siblings; standard input is empty."""
    n = 12
    run = Run([{'id': 'p', 'kind': kind, 'copies': n, 'function': 'sleep', 'args': [2]}],
              method=method, while_it_runs=descriptors(b'telar: p.', n))
    faults.equal('tasks seen', len(run.seen), n)
    counts = {len(files) for files in run.seen}
    faults.true(f'from {min(counts, default=0)} to {max(counts, default=0)} descriptors',
                len(counts) == 1)
    faults.equal('standard input', {files.get('0') for files in run.seen}, {'/dev/null'})


def state_of(pid):
    """Of a process, as the kernel tells it: Z for a zombie; none where it is gone."""
    try:
        with open(f'/proc/{pid}/stat', encoding='utf-8') as file:
            return file.read().rpartition(')')[2].split()[0]
    except OSError:
        return ''


def zombies(process):
    """How many are left when the run says that all were joined; None where it is over."""
    process.stdout.readline()
    states = [state_of(pid) for pid in descendants(process.pid)]
    return states.count('Z') if states else None


def test_many(faults, kind, method):
    """1,000 of 10 ms, then joined, and no zombie is left."""
    n = 1000
    run = Run([{'id': 'p', 'kind': kind, 'copies': n, 'function': 'sleep', 'args': [0.01]},
               {'id': 'last', 'kind': 'call', 'after': ['p'],
                'body': [['active_children'], ['print', 'joined'], ['sleep', 0.5]]}],
              method=method, while_it_runs=zombies)
    ended = [task for name, task in run.tasks.items() if name.startswith('p.')]
    faults.equal('tasks', len(ended), n)
    faults.equal('exits', {task['exit'] for task in ended}, {0})
    faults.equal('states', {task['state'] for task in ended}, {'joined'})
    faults.equal('children left', run.results('last')[:1], [0])
    faults.equal('zombies', run.seen, 0)


def test_children(faults, kind, method):
    """Counts those that run, and joins those that have ended."""
    tasks = [{'id': 'p', 'kind': kind, 'function': 'sleep', 'args': [0.1]},
             {'id': 'q', 'kind': kind, 'function': 'sleep', 'args': [1]}]
    run = Run(tasks, [['active_children'], ['start', to('p')], ['start', to('q')],
                      ['active_children'], ['sleep', 0.5], ['active_children'],
                      ['join', to('q')], ['active_children']], method)
    results = run.results()
    faults.equal('counts', [results[0], results[3], results[5], results[7]], [0, 2, 1, 0])
    faults.true('p was not joined by the count', run.tasks['p']['joined-ns'] < 1e9)


def test_names(faults, kind, method):
    """Of the task, of others, of the parent process; given ones before ids."""
    ask = [['current_process'], ['current_thread'], ['parent_process']]
    tasks = [{'id': 'p', 'kind': kind, 'body': ask + [['name', to('p')], ['name', to('given')]]},
             {'id': 'given', 'name': 'A name', 'kind': kind, 'body': ask, 'after': ['p']},
             {'id': 'w', 'kind': kind, 'copies': 2, 'body': ask, 'after': ['given']},
             {'id': 'outer', 'kind': 'process', 'body': ask, 'after': ['w']},
             {'id': 'inner', 'kind': kind, 'inside': 'outer', 'body': ask},
             {'id': 'call', 'kind': 'call', 'inside': 'outer', 'after': ['inner'], 'body': ask}]
    run = Run(tasks, ask + [['name', to('p')], ['name', to('given')], ['name', to('w')]], method)

    def seen(name, parent='MainProcess', process='MainProcess'):
        return [name, 'MainThread', parent] if kind == 'process' else [process, name, None]

    faults.equal('main', run.results(), ['MainProcess', 'MainThread', None, 'p', 'A name', 'w.1'])
    faults.equal('p', run.results('p'), [*seen('p'), 'p', 'A name'])
    faults.equal('given', run.results('given'), seen('A name'))
    faults.equal('w.1', run.results('w.1'), seen('w.1'))
    faults.equal('w.2', run.results('w.2'), seen('w.2'))
    faults.equal('outer', run.results('outer'), ['outer', 'MainThread', 'MainProcess'])
    faults.equal('inner', run.results('inner'),
                 ['inner', 'MainThread', 'outer'] if kind == 'process'
                 else ['outer', 'inner', 'MainProcess'])
    faults.equal('call', run.results('call'), ['outer', 'MainThread', 'MainProcess'])
    told = [line['text'] for line in run.report['lines'] if line['task'] == 'main']
    faults.equal('main printed', told, ['MainProcess', 'MainThread', 'no parent process', 'p',
                                        'A name', 'w.1', 'w.2'])


def kill_telar(count):
    """Kills telar itself once its tasks are there; what is left of them 2 s later."""
    def look(process):
        before = descriptors(b'telar: p.', count)(process)
        of_run = descendants(process.pid)
        process.kill()
        process.wait()
        end = time.monotonic() + 2
        left = of_run
        while left and time.monotonic() < end:
            time.sleep(0.02)
            left = [pid for pid in left if state_of(pid) not in ('', 'Z')]
        return len(before), left
    return look


def test_killed(faults, kind, method):
    """Telar is killed: its tasks go, and nothing of what they shared is left."""
    shared = set(os.listdir('/dev/shm'))
    run = Run([{'id': 'p', 'kind': kind, 'copies': 4,
                'body': [['put', {'object': 'q'}, 1], ['acquire', {'object': 'm'}],
                         ['sleep', 60]]}], method=method, while_it_runs=kill_telar(4),
              objects=[{'id': 'q', 'type': 'queue'}, {'id': 'm', 'type': 'lock'}])
    faults.equal('tasks seen', run.seen[0], 4)
    faults.equal('processes left', run.seen[1], [])
    faults.equal('in /dev/shm', {name for name in set(os.listdir('/dev/shm')) - shared
                                 if 'telar' in name}, set())
    faults.equal('status', run.status, -signal.SIGKILL)


# Name, what it does, for whom.
POINTS = (
    ('life', test_life, 'pt'),
    ('join with timeouts', test_join, 'pt'),
    ('signals', test_signals, 'p'),
    ('failure', test_failure, 'pt'),
    ('recursion', test_recursion, 'pt'),
    ('parent', test_parent, 'p'),
    ('daemon', test_daemon, 'p'),
    ('misuse', test_misuse, 'pt'),
    ('stranger', test_stranger, 'p'),
    ('inherited', test_inherited, 't'),
    ('exact', test_exact, 'p'),
    ('cores', test_cores, 'pt'),
    ('descriptors', test_descriptors, 'p'),
    ('many', test_many, 'pt'),
    ('children', test_children, 'p'),
    ('killed', test_killed, 'p'),
    ('names', test_names, 'pt'),
)


def run_all():
    for name, test, kinds in POINTS:
        if sys.argv[2:] and name not in sys.argv[2:]:
            continue
        for kind in ('process', 'thread'):
            if kind[0] not in kinds:
                continue
            for method in METHODS if kind == 'process' else METHODS[:1]:
                faults = Faults()
                try:
                    test(faults, kind, method)
                except (KeyError, IndexError, subprocess.TimeoutExpired) as error:
                    faults.append(f'{type(error).__name__}: {error}')
                tap.point(f'{name}: {kind}' + (f', {method}' if kind == 'process' else ''), faults)


run_all()
tap.done()

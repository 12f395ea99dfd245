# test-data.py
#
# SPDX-License-Identifier: MIT
#
# Data files of runs: the Trace Event format by a strict reader, which takes
# what Perfetto and speedscope take; CSV by Python's own; the statistics of all
# three against one another.
# Arguments: telar, the folder of the example graphs.

import csv
import getpass
import json
import os
import socket
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
import tap

TELAR, EXAMPLES = map(os.path.abspath, sys.argv[1:3])
NEEDED = {'X': {'ts', 'dur'}, 'i': {'ts', 's'}, 'M': {'args'}, 's': {'ts', 'id'},
          'f': {'ts', 'id', 'bp'}, 'b': {'ts', 'id', 'cat'}, 'e': {'ts', 'id', 'cat'},
          'C': {'ts', 'args'}}
COLUMNS = ['record', 'task', 'core', 'begin-ns', 'end-ns', 'what', 'detail', 'value']


def no_twice(pairs):
    keys = [key for key, _ in pairs]
    if len(set(keys)) != len(keys):
        raise ValueError(f'a key twice: {keys}')
    return dict(pairs)


def run(graph, folder):
    names = {kind: os.path.join(folder, f'run.{kind}') for kind in ('report', 'json', 'csv')}
    done = subprocess.run([TELAR, 'run', '-q', graph, '--report', names['report'],
                           '--export', names['json'], '--export', names['csv']],
                          stdin=subprocess.DEVNULL, capture_output=True, timeout=120, text=True)
    if done.returncode not in (0, 1):
        raise RuntimeError(done.stderr)
    texts = {}
    for kind, name in names.items():
        with open(name, encoding='utf-8', newline='') as file:
            texts[kind] = file.read()
    return texts


def trace_faults(trace):
    """What a strict reader has against it."""
    faults, tracks, named, starts, ends, open_spans = [], {}, set(), {}, {}, set()
    for event in trace['traceEvents']:
        phase = event['ph']
        missing = ({'name', 'pid'} | NEEDED.get(phase, {'no such phase'})) - set(event)
        if missing:
            faults.append(f'{event} has no {missing}')
            continue
        if event.get('ts', 0) < 0 or event.get('dur', 0) < 0:
            faults.append(f'{event}: before the beginning')
        place = event['pid'], event.get('tid')
        if phase == 'M' and event['name'] == 'thread_name':
            named.add(place)
        elif phase == 'X':
            # As readers add them, in floating point.
            tracks.setdefault(place, []).append((event['ts'], event['ts'] + event['dur']))
        elif phase == 's':
            starts[event['id']] = place, round(event['ts'] * 1000)
        elif phase == 'f':
            ends[event['id']] = place, round(event['ts'] * 1000)
        elif phase == 'b':
            open_spans.add((event['cat'], event['id']))
        elif phase == 'e':
            open_spans.discard((event['cat'], event['id']))
    faults += [f'{place} has no name' for place in tracks if place not in named]
    for place, events in tracks.items():
        last = 0
        for begin, end in sorted(events):
            if begin < last:
                faults.append(f'{place}: an event at {begin} lies over one until {last}')
            last = max(last, end)
    faults += [f'span {span} has no end' for span in open_spans]
    if set(starts) != set(ends):
        faults.append(f'flows without an end: {set(starts) ^ set(ends)}')
    faults += [f'flow {flow} ends before it begins' for flow in set(starts) & set(ends)
               if ends[flow][1] + 1 < starts[flow][1]]
    return faults


def test_example(name, folder):
    texts = run(os.path.join(EXAMPLES, name), folder)
    report = json.loads(texts['report'], object_pairs_hook=no_twice)
    trace = json.loads(texts['json'], object_pairs_hook=no_twice)
    rows = list(csv.DictReader(texts['csv'].splitlines(), strict=True))
    faults = trace_faults(trace)

    if texts['csv'].split('\n', 1)[0].split(',') != COLUMNS:
        faults.append(f'columns {texts["csv"][:80]}')
    if any(None in row or None in row.values() for row in rows):
        faults.append('a row of CSV with more or fewer fields')
    slices = sorted((task['id'], *one) for task in report['tasks'] for one in task['slices'])
    in_csv = sorted((row['task'], int(row['core']), int(row['begin-ns']), int(row['end-ns']))
                    for row in rows if row['record'] == 'slice')
    if slices != in_csv:
        faults.append(f'{len(slices)} slices in the report, {len(in_csv)} in CSV')
    waits = sum(len(task['waits']) for task in report['tasks'])
    if waits != sum(row['record'] == 'wait' for row in rows):
        faults.append('waits differ')
    of_threads = sum(len(task['slices']) for task in report['tasks'] if task['kind'] != 'call')
    in_trace = sum(event.get('cat') == 'task' for event in trace['traceEvents'])
    if of_threads != in_trace:
        faults.append(f'{of_threads} slices of threads, {in_trace} in the trace')

    statistics = report['statistics']
    for task in statistics['tasks']:
        for key, value in task.items():
            found = [row['value'] for row in rows if row['record'] == 'task'
                     and row['task'] == task['task'] and row['what'] == key]
            told = ['' if value is None else str(value)]
            if not isinstance(value, (dict, str)) and found != told:
                faults.append(f'{task["task"]} {key}: {value} and {found}')
    if sum(statistics['at-once-ns']) != report['wall-ns']:
        faults.append('the parts of the time are not the whole')
    path = statistics['critical-path']['path']
    faults += [f'a hole in the path: {one} {other}' for one, other in zip(path, path[1:])
               if one[2] != other[1]]

    for word in {getpass.getuser(), socket.gethostname(), os.path.expanduser('~'), folder}:
        if len(word) > 4 and (word in texts['json'] or word in texts['csv']):
            faults.append(f'{word} is told')
    tap.point(f'trace, table and report of {name}', faults)


def test_refused(folder):
    graph = os.path.join(EXAMPLES, '01-greeting.telar')
    name = os.path.join(folder, 'a.csv')
    done = subprocess.run([TELAR, 'export', '--lanes', 'graph', graph, name],
                          capture_output=True, text=True, timeout=60)
    tap.point('a graph alone has no data', [] if done.returncode == 2 and 'no data' in done.stderr
              and not os.path.exists(name) else [f'{done.returncode} {done.stderr}'])


def test_run_file(folder, example):
    """A run that was kept gives the same bytes as the run itself did."""
    graph = os.path.join(EXAMPLES, example)
    names = [os.path.join(folder, name) for name in
             ('kept.telar-run', 'live.json', 'live.csv', 'kept.json', 'kept.csv')]
    subprocess.run([TELAR, 'run', '-q', graph, '--out', names[0], '--export', names[1],
                    '--export', names[2]], capture_output=True, timeout=120, check=True)
    subprocess.run([TELAR, 'export', names[0], names[3], names[4]], capture_output=True,
                   timeout=60, check=True)
    read = {}
    for name in names[1:]:
        with open(name, 'rb') as file:
            read[os.path.basename(name)] = file.read()
    tap.point(f'data of a run file of {example} is that of its run',
              [f'{kind} differs' for kind in ('json', 'csv')
               if read[f'live.{kind}'] != read[f'kept.{kind}'] or not read[f'live.{kind}']])


def test_range(folder):
    """A stretch of a run: what lies between, cut at its ends, and nothing else."""
    run = os.path.join(folder, 'range.telar-run')
    subprocess.run([TELAR, 'run', '-q', os.path.join(EXAMPLES, '18-dining-philosophers.telar'),
                    '--out', run], capture_output=True, timeout=120, check=True)

    def written(name, *options):
        path = os.path.join(folder, name)
        subprocess.run([TELAR, 'export', *options, run, path], capture_output=True, timeout=60,
                       check=True)
        with open(path, encoding='utf-8', newline='') as file:
            return list(csv.DictReader(file)) if name.endswith('.csv') else json.load(file)

    def spans(rows):
        return [(row['task'], row['record'], int(row['begin-ns']), int(row['end-ns']))
                for row in rows if row['record'] in ('slice', 'wait')]

    every = written('every.csv')
    wall = next(int(row['value']) for row in every if row['what'] == 'wall-ns')
    begin, end = wall // 4, wall // 2
    rows = written('some.csv', '--range', f'{begin}ns..{end}ns')
    wanted = [(task, record, max(one, begin), min(other, end))
              for task, record, one, other in spans(every) if one < end and other > begin]
    faults = [] if wanted and spans(rows) == wanted else [
        f'{len(wanted)} slices and waits are in it, {len(spans(rows))} in the table']
    if len(wanted) == len(spans(every)):
        faults.append('everything is in it: nothing is shown by this run')
    faults += [f'an event at {row["begin-ns"]}' for row in rows if row['record'] == 'event'
               and not begin <= int(row['begin-ns']) <= end]
    faults += [f'a statistic of the whole run: {row["what"]}' for row in rows
               if row['record'] in ('task', 'core', 'parallelism', 'critical')]
    if not [row for row in rows if row['what'] == 'range'
            and (int(row['begin-ns']), int(row['end-ns'])) == (begin, end)]:
        faults.append('which stretch it is, is not told')
    tap.point('a table of a stretch', faults)

    events = written('some.json', '--range', f'{begin}ns..{end}ns')['traceEvents']
    faults = [f'{event["name"]} at {event["ts"]} µs' for event in events if 'ts' in event
              and not (begin - 1) / 1000 <= event['ts'] <= event['ts'] + event.get('dur', 0)
              <= (end + 1) / 1000]
    for phases in ('be', 'sf'):
        ends = [{(event['cat'], event['id']) for event in events if event['ph'] == phase}
                for phase in phases]
        if ends[0] != ends[1]:
            faults.append(f'{phases}: {len(ends[0] ^ ends[1])} without their other end')
    if not [event for event in events if event['ph'] == 'X']:
        faults.append('nothing is in it')
    tap.point('a trace of a stretch', faults[:5])


with tempfile.TemporaryDirectory() as place:
    for example in sorted(os.listdir(EXAMPLES)):
        if example.endswith('.telar') and 'heavier' not in example:
            test_example(example, place)
    test_refused(place)
    test_range(place)
    for example in ('13-diamond.telar', '18-dining-philosophers.telar',
                    '31-pool-chunk-sizes.telar'):
        test_run_file(place, example)
tap.done()

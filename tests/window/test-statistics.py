# test-statistics.py
#
# SPDX-License-Identifier: MIT
#
# The page of statistics, by pointer and keys, as a screen reader hears it. Leaves a
# picture of every stop in the folder given.
#
#   test-statistics.py TELAR EXAMPLES PICTURES [NAME…]

import csv
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from desk import until  # noqa: E402
from station import EXAMPLES, PAIR, read, run  # noqa: E402

THREADS = os.path.join(EXAMPLES, '09-threads-inside-processes.telar')


def rows(s, of='tasks'):
    """What is heard of the rows that are in sight, from top to bottom."""
    table = s.program.find(role='tree table', name='Statistics of ' + of)
    found = []
    for node in table.walk() if table else ():
        if node.role == 'table row' and ', ' in node.name:
            if node.place()[3] > 0:
                found.append(node)
    return sorted(found, key=lambda node: node.place()[1])


def names(s, of='tasks'):
    return [node.name.split(',')[0] for node in rows(s, of)]


def row(s, start, of='tasks'):
    return next((node for node in rows(s, of) if node.name.startswith(start)), None)


def press(s, name):
    s.desk.click(*s.middle(s.program.wait(role='push button', name=name)))


def click_row(s, node):
    """At its name: it may be wider than what is seen of it."""
    x, y, width, height = s.on_screen(node)
    s.desk.click(x + 20, y + height // 2)


def sort_by(s, number):
    """By a column, from 0 on, with keys."""
    press(s, 'Sort By')
    item = s.program.wait(role='menu item', name='Switches')
    until(lambda: item.place()[3] > 0, 'the menu')
    s.desk.key(*['Down'] * number + ['Return'])


def open_page(s, path):
    s.start(path)
    s.desk.key('alt+4')
    s.program.wait(holds='What a run comes to appears here')
    s.run_to_end()
    until(lambda: rows(s), 'the table')


def measure(s, begin, end):
    """Marks from one share of the timeline's width to another."""
    x, y, width, height = s.on_screen(s.list('Timeline'))
    s.desk.xdo('keydown', 'Shift_L')
    s.desk.drag(x + width * begin, y + height * .5, x + width * end, y + height * .5)
    s.desk.xdo('keyup', 'Shift_L')




def test_tables(s):
    open_page(s, s.write('pair.telar', PAIR))
    assert names(s) == ['main', 'a square', 'b square'], names(s)
    for words in ('process', 'Exit 0', 'CPU time ', 'On cores ', 'Slices ', 'Start latency '):
        assert words in row(s, 'a square').name, row(s, 'a square').name
    title = s.program.find(name='CPU time', below=s.program.find(role='tree table'))
    assert title.description == 'How long it computed, by its own clock'
    s.desk.picture('statistics-01-tasks')
    press(s, 'Cores')
    until(lambda: row(s, 'Core 0', 'cores'), 'the cores')
    assert 'At work ' in row(s, 'Core 0', 'cores').name
    press(s, 'Totals')
    until(lambda: row(s, 'Took', 'the run'), 'the run')
    took = row(s, 'Took', 'the run').name.split(', ')[1]
    assert took in s.summary(), (took, s.summary())
    s.desk.picture('statistics-02-totals')


def test_selection(s):
    """What is selected there is selected in graph and timeline, and the other way round."""
    open_page(s, s.write('pair.telar', PAIR))
    click_row(s, row(s, 'b square'))
    until(lambda: s.lane('b square').has_state('selected'), 'its lane')
    until(lambda: s.node('b').has_state('selected'), 'its box')
    s.desk.key('Up')
    until(lambda: s.lane('a square').has_state('selected'), 'the lane above, by key')
    s.desk.picture('statistics-03-selected')
    s.desk.click(*s.middle(s.lane('b square')))
    until(lambda: row(s, 'b square').has_state('selected'), 'its row')
    assert not row(s, 'a square').has_state('selected')
    # From the run to the table, and away from it.
    s.desk.key('Escape')
    until(lambda: not row(s, 'b square').has_state('selected'), 'nothing')


def test_sort(s):
    open_page(s, s.write('pair.telar', PAIR))
    sort_by(s, 0)
    until(lambda: names(s) == ['a square', 'b square', 'main'], names(s))
    sort_by(s, 0)
    until(lambda: names(s) == ['main', 'b square', 'a square'], names(s))
    # By the title, as everywhere.
    title = s.program.find(name='Task', below=s.program.find(role='tree table'))
    s.desk.click(*s.middle(title))
    until(lambda: names(s) == ['a square', 'b square', 'main'], names(s))
    # The order is kept when another run is counted.
    first = row(s, 'main').name
    s.desk.key('ctrl+r')
    until(lambda: rows(s) and row(s, 'main').name != first, 'the figures of another run')
    until(lambda: names(s) == ['a square', 'b square', 'main'], names(s))


def what(s):
    """What the figures are of."""
    pane = s.program.find(role='panel', name='Statistics')
    return s.program.find(role='status bar', below=pane).name


def test_stretch(s):
    open_page(s, THREADS)
    whole = {node.name.split(', process')[0]: node.name for node in rows(s)}
    press(s, 'Selected stretch')
    s.program.wait(holds='No stretch of the timeline is selected')
    measure(s, .5, .7)
    until(lambda: ', from ' in what(s) and rows(s), 'its figures')
    # The same stretch as the summary of the timeline tells.
    assert s.summary().startswith(what(s)), (what(s), s.summary())
    assert 'Exit' not in rows(s)[0].name, rows(s)[0].name
    s.desk.picture('statistics-04-stretch')
    before = what(s)
    measure(s, .4, .9)
    until(lambda: what(s) != before and ', from ' in what(s), 'another stretch')
    press(s, 'Whole run')
    until(lambda: rows(s) and rows(s)[0].name == whole['main'], 'the whole run again')
    press(s, 'Selected stretch')
    until(lambda: ', from ' in what(s), 'the stretch again')
    # Without marks there is none.
    s.desk.click(*s.middle(s.lane('p1')))
    s.desk.key('Escape', 'Escape')
    s.program.wait(holds='No stretch of the timeline is selected')


def test_files(s):
    open_page(s, s.write('pair.telar', PAIR))
    path = os.path.join(s.folder, 'whole.csv')
    press(s, 'Save as CSV…')
    s.answer('Save the Statistics', path)
    s.wait_summary('whole.csv is saved')
    table = list(csv.DictReader(read(path).decode().splitlines()))
    assert [r['name'] for r in table if r['record'] == 'task'] == ['main', 'a', 'b'], table[:3]
    measure(s, .4, .9)
    press(s, 'Selected stretch')
    until(lambda: ', from ' in what(s), 'it')
    path = os.path.join(s.folder, 'part.csv')
    press(s, 'Save as CSV…')
    s.answer('Save the Statistics', path)
    until(lambda: read(path), 'the file')
    table = list(csv.DictReader(read(path).decode().splitlines()))
    assert {r['record'] for r in table} == {'core', 'task'}, table
    assert all(int(r['begin-ns']) < int(r['end-ns']) for r in table)
    # What cannot be written is said.
    press(s, 'Save as CSV…')
    s.answer('Save the Statistics', '/proc/none.csv')
    s.program.wait(holds='none.csv could not be saved')


sys.exit(run([test_tables, test_selection, test_sort, test_stretch, test_files]))

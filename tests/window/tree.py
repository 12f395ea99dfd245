# tree.py
#
# SPDX-License-Identifier: MIT
#
# The accessibility tree of a program as a screen reader gets it. A window has a
# thousand nodes, and tests look again and again: so the words of all that the
# program has at hand come in one answer (org.a11y.atspi.Cache.GetItems), and
# children are asked for a level at a time, without waiting for each other. Who is
# whose child is not taken from the items, which still tell what was taken out.

import gi

gi.require_version('Atspi', '2.0')
from gi.repository import Atspi, Gio, GLib  # noqa: E402

ROOT = '/org/a11y/atspi/accessible/root'
CACHE = '/org/a11y/atspi/cache'
ACCESSIBLE = 'org.a11y.atspi.Accessible'
COMPONENT = 'org.a11y.atspi.Component'
TEXT = 'org.a11y.atspi.Text'
BUS = 'org.freedesktop.DBus'
REGISTRY = 'org.a11y.atspi.Registry'
PATIENCE = 20000  # ms for one answer

roles = {}


def role_name(number):
    if number not in roles:
        roles[number] = Atspi.role_get_name(Atspi.Role(number))
    return roles[number]


class Node:
    """One node as it was when it was found: its words and its states then. Where it
    is, and what a text holds, is asked for."""

    def __init__(self, tree, path, name='', role='', description='', states=(0, 0),
                 has_children=True):
        self.tree, self.path, self.has_children = tree, path, has_children
        self.name, self.role, self.description = name, role, description
        self.states = states
        self.children = []

    def walk(self):
        """Everything below it, depth first."""
        for child in self.children:
            yield child
            yield from child.walk()

    def had_state(self, name):
        number = int(getattr(Atspi.StateType, name.upper()))
        return bool(self.states[number // 32] >> number % 32 & 1)

    def has_state(self, name):
        """Now; what is gone has none."""
        try:
            self.states = self.tree.call(self.path, ACCESSIBLE, 'GetState')[0]
        except GLib.Error:
            return False
        return self.had_state(name)

    def place(self):
        """x, y, width, height in its window; nothing of what is gone."""
        try:
            return self.tree.call(self.path, COMPONENT, 'GetExtents', '(u)',
                                  int(Atspi.CoordType.WINDOW))[0]
        except GLib.Error:
            return 0, 0, 0, 0

    def text(self):
        return self.tree.call(self.path, TEXT, 'GetText', '(ii)', 0,
                              self.of_text('CharacterCount'))[0]

    def caret(self):
        """In characters."""
        return self.of_text('CaretOffset')

    def of_text(self, name):
        return self.tree.call(self.path, BUS + '.Properties', 'Get', '(ss)', TEXT, name)[0]


class Tree:
    """That of a process, by its id; empty until it is on the bus, and when it has gone."""

    def __init__(self, process):
        session = Gio.bus_get_sync(Gio.BusType.SESSION)
        address = session.call_sync('org.a11y.Bus', '/org/a11y/bus', 'org.a11y.Bus', 'GetAddress',
                                    None, None, Gio.DBusCallFlags.NONE, PATIENCE).unpack()[0]
        self.bus = Gio.DBusConnection.new_for_address_sync(
            address, Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT |
            Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION)
        self.process, self.owner = process, None

    def ask(self, owner, path, interface, method, signature='()', *values):
        return self.bus.call_sync(owner, path, interface, method, GLib.Variant(signature, values),
                                  None, Gio.DBusCallFlags.NO_AUTO_START, PATIENCE)

    def call(self, path, interface, method, signature='()', *values):
        return self.ask(self.owner, path, interface, method, signature, *values).unpack()

    def call_all(self, calls):
        """Many questions at once, each with its path, interface, method, arguments; what
        cannot be answered any more is None."""
        answers, left = [None] * len(calls), [len(calls)]

        def answered(bus, result, i):
            try:
                answers[i] = bus.call_finish(result).unpack()
            except GLib.Error:
                pass
            left[0] -= 1

        for i, call in enumerate(calls):
            self.bus.call(self.owner, *call, None, Gio.DBusCallFlags.NO_AUTO_START, PATIENCE, None,
                          answered, i)
        while left[0]:
            GLib.MainContext.default().iteration(True)
        return answers

    def find_owner(self):
        """The process's name on the bus. It is asked for where programs register: GTK has no
        windows to tell of before it has done so."""
        for name, _ in self.ask(REGISTRY, ROOT, ACCESSIBLE, 'GetChildren').unpack()[0]:
            try:
                process = self.ask(BUS, '/org/freedesktop/DBus', BUS,
                                   'GetConnectionUnixProcessID', '(s)', name).unpack()[0]
            except GLib.Error:  # gone meanwhile
                continue
            if process == self.process:
                return name
        return None

    def items(self):
        """What the program has at hand, by path."""
        items = self.ask(self.owner, CACHE, 'org.a11y.atspi.Cache', 'GetItems').get_child_value(0)
        nodes = {}
        for i in range(items.n_children()):
            # (so)(so)(so)iiassusau; to unpack all of it takes longer than the answer.
            part = items.get_child_value(i).get_child_value
            path = part(0).get_child_value(1).get_string()
            nodes[path] = Node(self, path, part(6).get_string(), role_name(part(7).get_uint32()),
                               part(8).get_string(), part(9).unpack(),
                               part(4).get_int32() != 0 or path == ROOT)
        return nodes

    def describe(self, paths):
        """Those that it has not at hand."""
        calls = []
        for path in paths:
            calls += [(path, BUS + '.Properties', 'GetAll', GLib.Variant('(s)', (ACCESSIBLE,))),
                      (path, ACCESSIBLE, 'GetRole', None), (path, ACCESSIBLE, 'GetState', None)]
        answers = self.call_all(calls)
        for i, path in enumerate(paths):
            said, role, states = answers[3 * i:3 * i + 3]
            if said and role and states:
                yield path, Node(self, path, said[0].get('Name', ''), role_name(role[0]),
                                 said[0].get('Description', ''), states[0])

    def windows(self):
        """Those of the program, without what is in them."""
        try:
            self.owner = self.owner or self.find_owner()
            found = self.call(ROOT, ACCESSIBLE, 'GetChildren')[0] if self.owner else []
            return [node for _, node in self.describe([path for _, path in found])]
        except GLib.Error:
            return []

    def look(self, below=None):
        """A node as it is now, with all that is below it; without one, the root. None where it
        has gone."""
        try:
            self.owner = self.owner or self.find_owner()
            if self.owner is None:
                return None
            nodes = self.items()
        except GLib.Error:
            return None
        root = nodes.get(below.path if below is not None else ROOT)
        level = [root] if root is not None else []
        while level:
            level = [node for node in level if node.has_children]
            answers = self.call_all([(node.path, ACCESSIBLE, 'GetChildren', None)
                                     for node in level])
            paths = [[path for _, path in answer[0]] if answer else [] for answer in answers]
            nodes.update(self.describe([path for some in paths for path in some
                                        if path not in nodes]))
            for node, some in zip(level, paths):
                node.children = [nodes[path] for path in some if path in nodes]
            level = [child for node in level for child in node.children]
        return root

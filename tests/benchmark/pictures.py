# pictures.py
#
# SPDX-License-Identifier: MIT
#
# What of a run is to be seen in somebody's picture of it: which part of the cores'
# lanes is covered by slices, however they are drawn.

import re
import struct
import zlib

WHITE = {'rgb(100%,100%,100%)', 'rgb(255,255,255)', 'rgb(255, 255, 255)'}


class Lanes:
    """Stretches of bars, by the lane that they are in."""

    def __init__(self):
        self.lanes = {}
        self.shapes = 0

    def add(self, lane, begin, end):
        self.lanes.setdefault(lane, []).append((begin, end))

    def keep(self, lanes):
        self.lanes = {lane: self.lanes[lane] for lane in lanes}

    def covered(self, n_cores, begin=None, end=None):
        """Mean of all cores; those without a bar count as empty."""
        if begin is None:
            begin = min((bar[0] for bars in self.lanes.values() for bar in bars), default=0)
        if end is None:
            end = max((bar[1] for bars in self.lanes.values() for bar in bars), default=1)
        total = 0
        for bars in self.lanes.values():
            bars.sort()
            reached = begin
            for first, last in bars:
                if last > reached:
                    total += last - max(first, reached)
                    reached = last
        return total / (n_cores * (end - begin))


def lanes_of_telar(path):
    """Rectangles of one colour are one path; bars of a lane stand on one line."""
    lanes = Lanes()
    tall = set()
    corner = re.compile(r'M ?([\d.]+) ([\d.]+)H([\d.]+)V([\d.]+)H')
    with open(path, encoding='utf-8') as file:
        for line in file:
            lanes.shapes += len(re.findall('<(?:path|rect|use|text|image)', line))
            if '<path' not in line or 'stroke:none' not in line:
                continue
            fill = re.search(r'fill:(rgb\([^)]*\))', line)
            if fill is None or fill.group(1) in WHITE:
                continue
            for x0, y0, x1, y1 in corner.findall(line):
                lanes.add(float(y1), float(x0), float(x1))
                if float(y1) - float(y0) > 8:
                    tall.add(float(y1))
    # Not the ruler, which is as wide as the picture.
    widest = max((bar[1] for bars in lanes.lanes.values() for bar in bars), default=0)
    lanes.keep(y for y in tall if not any(b == 0 and e >= widest - 1 for b, e in lanes.lanes[y]))
    return lanes


def lanes_of_vite(path):
    lanes = Lanes()
    rect = re.compile(r'<rect\s+x="([\d.e+-]+)" y="([\d.e+-]+)" width="([\d.e+-]+)" '
                      r'height="[^"]*" fill="([^"]*)"')
    with open(path, encoding='utf-8', errors='replace') as file:
        for line in file:
            for x, y, width, fill in rect.findall(line):
                lanes.shapes += 1
                # Left of this are the names of the lanes.
                if float(x) >= 159.9 and fill not in WHITE and float(y) > 0:
                    lanes.add(float(y), float(x), float(x) + float(width))
    return lanes


def lanes_of_perf(path):
    """Bars are at 0 of a group that stands where they are to be."""
    lanes = Lanes()
    x = y = 0.0
    cores = []
    move = re.compile(r'translate\(([\d.-]+),([\d.-]+)\)')
    width = re.compile(r'width="([\d.]+)"')
    with open(path, encoding='utf-8', errors='replace') as file:
        for line in file:
            if line.startswith('<g'):
                found = move.search(line)
                if found:
                    x, y = float(found.group(1)), float(found.group(2))
            elif line.startswith('<rect'):
                lanes.shapes += 1
                if 'class="cpu"' in line:
                    cores.append(float(re.search(r' y="([\d.]+)"', line).group(1)))
                elif 'class="sample"' in line:
                    wide = float(width.search(line).group(1))
                    lanes.add(y, x, x + wide)
    lanes.keep(core for core in cores if core in lanes.lanes)
    return lanes


def rows_of_png(path):
    """The rows of a PNG whose every row is told as the difference to the one above."""
    with open(path, 'rb') as file:
        data = file.read()
    at, packed, size = 8, [], None
    while at < len(data):
        length, name = struct.unpack('>I4s', data[at:at + 8])
        body = data[at + 8:at + 8 + length]
        if name == b'IHDR':
            size = struct.unpack('>II', body[:8])
        elif name == b'IDAT':
            packed.append(body)
        at += 12 + length
    raw = zlib.decompress(b''.join(packed))
    stride = size[0] * 3 + 1
    row = bytes(stride - 1)
    for y in range(size[1]):
        line = raw[y * stride + 1:(y + 1) * stride]
        if any(line):
            row = bytes((a + b) & 255 for a, b in zip(row, line))
        yield row


def covered_in_png(path, lanes, n_cores):
    """The same lanes as pixels: the share of those just above the line that they stand on
    that are not of the background."""
    begin = int(min(bar[0] for bars in lanes.lanes.values() for bar in bars))
    end = int(max(bar[1] for bars in lanes.lanes.values() for bar in bars))
    wanted = {int(y) - 1 for y in lanes.lanes}
    painted = 0
    for y, row in enumerate(rows_of_png(path)):
        if y in wanted:
            painted += sum(1 for x in range(begin, end)
                           if min(row[3 * x:3 * x + 3]) < 235)
    return painted / (n_cores * (end - begin))

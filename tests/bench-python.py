# bench-python.py
#
# SPDX-License-Identifier: MIT
#
# The same in Python: `bench-python.py process|forkserver|spawn|thread N` prints
# nanoseconds for one; `queue N` those from a put to a get in another process; `pool N`
# those for each of N items of a map by two workers at chunk size 1.
import multiprocessing
import sys
import threading
import time


def nothing():
    pass


def start_and_join(kind, n):
    for _ in range(n):
        task = kind(target=nothing)
        task.start()
        task.join()


def answer(there, back, n):
    for _ in range(n):
        back.put(there.get())


def there_and_back(n):
    there, back = multiprocessing.Queue(), multiprocessing.Queue()
    task = multiprocessing.Process(target=answer, args=(there, back, n + 1))
    task.start()
    there.put(0)
    back.get()
    begin = time.monotonic_ns()
    for i in range(n):
        there.put(i)
        back.get()
    each = (time.monotonic_ns() - begin) // n // 2
    task.join()
    return each


def nothing_with(_item):
    pass


def map_nothing(n):
    with multiprocessing.Pool(2) as pool:
        begin = time.monotonic_ns()
        pool.map(nothing_with, range(n), 1)
        return (time.monotonic_ns() - begin) // n


# What is spawned reads this file again.
if __name__ == '__main__':
    if sys.argv[1] == 'queue':
        print(there_and_back(int(sys.argv[2])))
        sys.exit()
    if sys.argv[1] == 'pool':
        print(map_nothing(int(sys.argv[2])))
        sys.exit()
    kind = threading.Thread if sys.argv[1] == 'thread' else multiprocessing.Process
    if sys.argv[1] != 'thread':
        multiprocessing.set_start_method('fork' if sys.argv[1] == 'process' else sys.argv[1])
    n = int(sys.argv[2])
    # The server is started once, and not by each.
    start_and_join(kind, 1 if sys.argv[1] == 'forkserver' else 0)
    begin = time.monotonic_ns()
    start_and_join(kind, n)
    print((time.monotonic_ns() - begin) // n)

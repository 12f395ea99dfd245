# bench-python.py
#
# SPDX-License-Identifier: MIT
#
# The same in Python: `bench-python.py process|thread N` prints nanoseconds for one.
import multiprocessing
import sys
import threading
import time


def nothing():
    pass


kind = multiprocessing.Process if sys.argv[1] == 'process' else threading.Thread
if sys.argv[1] == 'process':
    multiprocessing.set_start_method('fork')
n = int(sys.argv[2])
begin = time.monotonic_ns()
for _ in range(n):
    task = kind(target=nothing)
    task.start()
    task.join()
print((time.monotonic_ns() - begin) // n)

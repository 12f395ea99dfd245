/* functions.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include <string.h>

#include "python/functions.h"

static const TelarPythonFunction functions[] = {
  /* Say. */
  { .name = "greeting", .prints = 1,
    .plain = "def greeting():\n"
             "    print('hello world')\n",
    .full = "def greeting(name='world'):\n"
            "    print('hello ' + name)\n",
    .option = "name='world'" },
  { .name = "print", .prints = 1 },
  { .name = "identify", .prints = 1, .needs = "ctypes os threading",
    .plain = "def identify(task):\n"
             "    core = ctypes.CDLL(None).sched_getcpu()\n"
             "    usable = len(os.sched_getaffinity(0))\n"
             "    print(f'{task}: process {os.getpid()}, '\n"
             "          f'parent process {os.getppid()}, '\n"
             "          f'thread {threading.get_native_id()}, '\n"
             "          f'core {core}, {usable} usable')\n" },

  { .name = "current_process", .prints = 1, .needs = "multiprocessing",
    .plain = "def current_process():\n"
             "    print(multiprocessing.current_process().name)\n" },
  { .name = "current_thread", .prints = 1, .needs = "threading",
    .plain = "def current_thread():\n"
             "    print(threading.current_thread().name)\n" },
  { .name = "parent_process", .prints = 1, .needs = "multiprocessing",
    .plain = "def parent_process():\n"
             "    parent = multiprocessing.parent_process()\n"
             "    print(parent.name if parent else 'no parent process')\n" },
  { .name = "name", .prints = 1, .method = TRUE },
  { .name = "name_worker", .needs = "multiprocessing",
    .plain = "def name_worker(pool, numbers, initializer=None, *arguments):\n"
             "    with numbers.get_lock():\n"
             "        numbers.value += 1\n"
             "        number = numbers.value\n"
             "    multiprocessing.current_process().name = f'{pool}.{number}'\n"
             "    if initializer:\n"
             "        initializer(*arguments)\n" },
  { .name = "name_thread", .needs = "threading",
    .plain = "def name_thread(pool, numbers, initializer=None, *arguments):\n"
             "    threading.current_thread().name = f'{pool}.{next(numbers)}'\n"
             "    if initializer:\n"
             "        initializer(*arguments)\n" },

  { .name = "active_children", .python = "multiprocessing.active_children",
    .needs = "multiprocessing" },
  { .name = "cpu_count", .python = "multiprocessing.cpu_count", .needs = "multiprocessing" },
  { .name = "usable_cpu_count", .needs = "os",
    .plain = "def usable_cpu_count():\n"
             "    return len(os.sched_getaffinity(0))\n" },

  /* Wait; before those that call it. */
  { .name = "sleep", .python = "time.sleep", .needs = "time" },
  { .name = "busy", .needs = "time",
    .plain = "def busy(milliseconds):\n"
             "    end = time.thread_time() + milliseconds / 1000\n"
             "    while time.thread_time() < end:\n"
             "        pass\n" },

  /* Compute. */
  { .name = "square", .prints = 1, .uses = "busy",
    .plain = "def square(numbers):\n"
             "    for x in numbers:\n"
             "        print(f'{x} squared is {x**2}')\n",
    .full = "def square(numbers, work=0):\n"
            "    for x in numbers:\n"
            "        busy(work)\n"
            "        print(f'{x} squared is {x**2}')\n",
    .option = "work=0" },
  { .name = "is_even", .prints = 1, .uses = "busy",
    .plain = "def is_even(numbers):\n"
             "    for x in numbers:\n"
             "        if x % 2 == 0:\n"
             "            print(f'{x} is an even number')\n",
    .full = "def is_even(numbers, work=0):\n"
            "    for x in numbers:\n"
            "        busy(work)\n"
            "        if x % 2 == 0:\n"
            "            print(f'{x} is an even number')\n",
    .option = "work=0" },
  { .name = "primes", .prints = 1, .needs = "math",
    .plain = "def primes(limit):\n"
             "    is_prime = bytearray([1]) * (limit + 1)\n"
             "    is_prime[:2] = [0, 0]\n"
             "    for n in range(2, math.isqrt(limit) + 1):\n"
             "        if is_prime[n]:\n"
             "            multiples = range(n * n, limit + 1, n)\n"
             "            is_prime[n * n::n] = bytes(len(multiples))\n"
             "    print(f'{sum(is_prime)} primes up to {limit}')\n" },
  { .name = "fibonacci", .prints = 1,
    .plain = "def fibonacci_number(n):\n"
             "    if n < 2:\n"
             "        return n\n"
             "    return fibonacci_number(n - 1) + fibonacci_number(n - 2)\n"
             "\n"
             "\n"
             "def fibonacci(n):\n"
             "    print(f'fibonacci({n}) is {fibonacci_number(n)}')\n" },
  { .name = "matrix_multiply", .prints = 1,
    .plain = "def matrix_multiply(size):\n"
             "    a = [[(3 * i + j) % 10 for j in range(size)] for i in range(size)]\n"
             "    b = [[(i + 7 * j) % 10 for j in range(size)] for i in range(size)]\n"
             "    columns = list(zip(*b))\n"
             "    product = [[sum(x * y for x, y in zip(row, column)) for column in columns]\n"
             "               for row in a]\n"
             "    trace = sum(product[i][i] for i in range(size))\n"
             "    print(f'{size} × {size} matrices multiplied, trace {trace}')\n" },
  { .name = "mandelbrot", .prints = 1,
    .plain = "def mandelbrot(size, depth=200):\n"
             "    inside = 0\n"
             "    for row in range(size):\n"
             "        for column in range(size):\n"
             "            x = -2 + (column + 0.5) * (2.5 / size)\n"
             "            y = -1.25 + (row + 0.5) * (2.5 / size)\n"
             "            r = i = rounds = 0\n"
             "            while rounds < depth and r * r + i * i <= 4:\n"
             "                r, i = r * r - i * i + x, 2 * r * i + y\n"
             "                rounds += 1\n"
             "            inside += r * r + i * i <= 4\n"
             "    print(f'{inside} of {size * size} points are in the Mandelbrot set')\n" },
  { .name = "random_numbers",
    .plain = "def random_numbers(seed):\n"
             "    \"\"\"The numbers from 0 to 2**64 that Telar draws: splitmix64.\"\"\"\n"
             "    while True:\n"
             "        seed = (seed + 0x9e3779b97f4a7c15) % 2**64\n"
             "        z = (seed ^ seed >> 30) * 0xbf58476d1ce4e5b9 % 2**64\n"
             "        z = (z ^ z >> 27) * 0x94d049bb133111eb % 2**64\n"
             "        yield z ^ z >> 31\n" },
  { .name = "monte_carlo_pi", .prints = 1, .uses = "random_numbers",
    .plain = "def monte_carlo_pi(samples, seed=1):\n"
             "    numbers = random_numbers(seed)\n"
             "    inside = 0\n"
             "    for _ in range(samples):\n"
             "        x = (next(numbers) >> 11) / 2**53\n"
             "        y = (next(numbers) >> 11) / 2**53\n"
             "        inside += x * x + y * y < 1\n"
             "    print(f'pi is about {4 * inside / samples:.6f}')\n" },
  { .name = "sort", .prints = 1, .uses = "random_numbers",
    .plain = "def sort(count, seed=1):\n"
             "    source = random_numbers(seed)\n"
             "    numbers = sorted(next(source) % 10**9 for _ in range(count))\n"
             "    print(f'{count} numbers sorted: smallest {numbers[0]}, '\n"
             "          f'middle {numbers[count // 2]}, largest {numbers[-1]}')\n" },
  { .name = "count_words", .prints = 1,
    .plain = "def count_words(file):\n"
             "    with open(file, 'rb') as text:\n"
             "        words = text.read().split()\n"
             "    print(f'{len(words)} words in {file}')\n" },

  /* Share: what share.c writes, methods of the objects. */
  { .name = "acquire", .method = TRUE },
  { .name = "release", .method = TRUE },
  { .name = "get_value", .method = TRUE },
  { .name = "wait", .method = TRUE },
  { .name = "set", .method = TRUE },
  { .name = "clear", .method = TRUE },
  { .name = "is_set", .method = TRUE },
  { .name = "notify", .method = TRUE },
  { .name = "notify_all", .method = TRUE },
  { .name = "abort", .method = TRUE },
  { .name = "reset", .method = TRUE },
  { .name = "n_waiting", .method = TRUE },
  { .name = "parties", .method = TRUE },
  { .name = "broken", .method = TRUE },
  { .name = "put", .method = TRUE },
  { .name = "get", .method = TRUE },
  { .name = "task_done", .method = TRUE },
  { .name = "empty", .method = TRUE },
  { .name = "full", .method = TRUE },
  { .name = "qsize", .method = TRUE },
  { .name = "send", .method = TRUE },
  { .name = "receive", .method = TRUE },
  { .name = "poll", .method = TRUE },
  { .name = "close", .method = TRUE },
  { .name = "read", .method = TRUE },
  { .name = "write", .method = TRUE },
  { .name = "increment", .method = TRUE },
  { .name = "wait_any", .method = TRUE },
  { .name = "map", .method = TRUE },
  { .name = "starmap", .method = TRUE },
  { .name = "imap", .method = TRUE },
  { .name = "imap_unordered", .method = TRUE },
  { .name = "apply", .method = TRUE },
  { .name = "map_async", .method = TRUE },
  { .name = "starmap_async", .method = TRUE },
  { .name = "apply_async", .method = TRUE },
  { .name = "get_result", .method = TRUE },
  { .name = "wait_result", .method = TRUE },
  { .name = "ready", .method = TRUE },
  { .name = "successful", .method = TRUE },
  { .name = "terminate_pool", .method = TRUE },
  { .name = "join_pool", .method = TRUE },
  { .name = "locked",
    .plain = "def locked(lock):\n"
             "    \"\"\"Whether another task holds it.\"\"\"\n"
             "    if lock.acquire(False):\n"
             "        lock.release()\n"
             "        return False\n"
             "    return True\n" },
  { .name = "join_queue", .needs = "Thread",
    .plain = "def join_queue(queue, timeout):\n"
             "    \"\"\"Whether all that was put is done in time.\"\"\"\n"
             "    waiter = Thread(target=queue.join, daemon=True)\n"
             "    waiter.start()\n"
             "    waiter.join(timeout)\n"
             "    return not waiter.is_alive()\n" },

  /* Control of one's own process; that of other tasks is control.c. */
  { .name = "ignore", .python = "signal.signal", .extra = "signal.SIG_IGN", .needs = "signal" },
  { .name = "exit", .python = "sys.exit", .none = "0", .needs = "sys" },
  { .name = "fail", .needs = "sys",
    .plain = "def fail(text):\n"
             "    print(text, file=sys.stderr)\n"
             "    sys.exit(1)\n" },
  { .name = "crash", .needs = "os signal",
    .plain = "def crash():\n"
             "    os.kill(os.getpid(), signal.SIGSEGV)\n",
    .full = "def crash(number=signal.SIGSEGV):\n"
            "    os.kill(os.getpid(), number)\n",
    .option = "number=signal.SIGSEGV" },

  /* Yours. */
  { .name = "command", .prints = 2, .needs = "subprocess sys",
    .plain = "def command(*program):\n"
             "    code = subprocess.run(program, stdin=subprocess.DEVNULL).returncode\n"
             "    if code != 0:\n"
             "        sys.exit(code if code > 0 else 128 - code)\n" },
  { .name = "literal", .needs = "ast",
    .plain = "def literal(text):\n"
             "    \"\"\"The value that a text stands for, or else the text.\"\"\"\n"
             "    try:\n"
             "        return ast.literal_eval(text)\n"
             "    except (SyntaxError, ValueError):\n"
             "        return text\n" },
  { .name = "python", .prints = 1, .needs = "os runpy sys", .uses = "literal",
    .plain = "def python(file, function, *arguments):\n"
             "    \"\"\"Call a function of a Python file.\"\"\"\n"
             "    sys.path.insert(0, os.path.dirname(file))\n"
             "    function = runpy.run_path(file)[function]\n"
             "    function(*[literal(argument) for argument in arguments])\n" },

  /* Helpers. */
  { .name = "on_cores", .needs = "os",
    .plain = "def on_cores(cores, function, *args):\n"
             "    os.sched_setaffinity(0, cores)\n"
             "    function(*args)\n" },
  { .name = "WatchedThread", .needs = "Pipe Thread",
    .plain = "class WatchedThread(Thread):\n"
             "    \"\"\"A thread with a sentinel and an exit code, as processes have them.\"\"\"\n"
             "\n"
             "    def __init__(self, **arguments):\n"
             "        super().__init__(**arguments)\n"
             "        self.sentinel, self.end = Pipe(duplex=False)\n"
             "        self.exitcode = None\n"
             "\n"
             "    def run(self):\n"
             "        self.exitcode = 1\n"
             "        try:\n"
             "            super().run()\n"
             "            self.exitcode = 0\n"
             "        except SystemExit as end:\n"
             "            self.exitcode = end.code\n"
             "        finally:\n"
             "            self.end.send('ended')\n" },
  { .name = "join_first", .needs = "connection",
    .plain = "def join_first(running):\n"
             "    \"\"\"Join whichever of these tasks ends first.\"\"\"\n"
             "    ready = connection.wait([task.sentinel for task in running])\n"
             "    ended = next(task for task in running if task.sentinel in ready)\n"
             "    ended.join()\n"
             "    running.remove(ended)\n"
             "    return ended\n" },
  { .name = "start_in_order", .uses = "join_first",
    .plain = "def start_in_order(after, running):\n"
             "    \"\"\"Start each task, or call it, when all before it have ended.\"\"\"\n"
             "    while after:\n"
             "        due = [task for task in after if not after[task]]\n"
             "        calls = [task for task in due if callable(task)]\n"
             "        for task in due:\n"
             "            if task not in calls:\n"
             "                del after[task]\n"
             "                task.start()\n"
             "                running.append(task)\n"
             "        if calls:\n"
             "            ended = calls[0]\n"
             "            del after[ended]\n"
             "            ended()\n"
             "        elif after:\n"
             "            ended = join_first(running)\n"
             "        for before in after.values():\n"
             "            before.discard(ended)\n" },
  { .name = "start_or_skip", .uses = "join_first",
    .plain = "def give_up(task, after):\n"
             "    \"\"\"The task is not started, nor is any that comes after it.\"\"\"\n"
             "    after.pop(task, None)\n"
             "    for other in [other for other in after if task in after[other]]:\n"
             "        give_up(other, after)\n"
             "\n"
             "\n"
             "def start_or_skip(after, running):\n"
             "    \"\"\"Start each task, or call it, when all before it ended well.\"\"\"\n"
             "    while after:\n"
             "        due = [task for task in after if not after[task]]\n"
             "        calls = [task for task in due if callable(task)]\n"
             "        for task in due:\n"
             "            if task not in calls:\n"
             "                del after[task]\n"
             "                task.start()\n"
             "                running.append(task)\n"
             "        if calls:\n"
             "            ended = calls[0]\n"
             "            del after[ended]\n"
             "            ended()\n"
             "        elif after:\n"
             "            ended = join_first(running)\n"
             "            if ended.exitcode != 0:\n"
             "                for task in [task for task in after if ended in after[task]]:\n"
             "                    give_up(task, after)\n"
             "        for before in after.values():\n"
             "            before.discard(ended)\n" },
};

const TelarPythonFunction *
telar_python_functions (guint *n)
{
  *n = G_N_ELEMENTS (functions);
  return functions;
}

const TelarPythonFunction *
telar_python_function_find (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (functions); i++)
    if (strcmp (functions[i].name, name) == 0)
      return &functions[i];
  return NULL;
}

/* Where every call gives the argument, its default would only be asked about. */
static char *
without_default (const TelarPythonFunction *function)
{
  const char *at = strstr (function->full, function->option);
  gsize before = (gsize) (at - function->full) + strcspn (at, "=");

  return g_strdup_printf ("%.*s%s", (int) before, function->full, at + strlen (function->option));
}

char *
telar_python_function_text (const TelarPythonFunction *function, gboolean some, gboolean all)
{
  if (!some || function->full == NULL)
    return g_strdup (function->plain);
  return all ? without_default (function) : g_strdup (function->full);
}

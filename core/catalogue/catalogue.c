/* catalogue.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "catalogue/catalogue.h"

#include <string.h>

#include "catalogue/functions.h"

/* As doubles: the upper one is 2^63, which every int64_t is below. */
#define INTEGER_MIN ((double) INT64_MIN)
#define INTEGER_MAX ((double) INT64_MAX)

#define HOUR_MS 3600000.0
#define DAY_S   86400.0

#define TASK_PARAMETER { "task", TELAR_VALUE_TASK, false, 0, 0, 0, NULL, NULL }
#define WORK_PARAMETER { "work", TELAR_VALUE_DURATION, true, 0, 0, HOUR_MS, "ms", NULL }
#define SEED_PARAMETER \
  { "seed", TELAR_VALUE_INTEGER, true, 1, INTEGER_MIN, INTEGER_MAX, NULL, NULL }

/* An object, of the types that a mask names. */
#define OBJECT_PARAMETER(name, types) \
  { name, TELAR_VALUE_OBJECT, false, 0, 0, 0, NULL, NULL, types }
#define ONE(type)      (1u << TELAR_OBJECT_##type)
#define LOCKS          (ONE (LOCK) | ONE (RLOCK))
#define SEMAPHORES     (ONE (SEMAPHORE) | ONE (BOUNDED_SEMAPHORE))
#define QUEUES         (ONE (QUEUE) | ONE (JOINABLE_QUEUE) | ONE (SIMPLE_QUEUE))
#define VALUES         (ONE (VALUE) | ONE (ARRAY))
#define COLLECTIONS    (ONE (LIST) | ONE (DICTIONARY))
#define MOST_NUMBER    1e300
#define INDEX_PARAMETER \
  { "index", TELAR_VALUE_INTEGER, true, 0, 0, INT32_MAX, NULL, NULL, 0 }
/* Of a list an index, of a dictionary a key. */
#define KEY_PARAMETER(optional) { "key", TELAR_VALUE_ITEM, optional, 0, 0, 0, NULL, NULL, 0 }
#define ITEM_PARAMETER          { "item", TELAR_VALUE_ITEM, false, 0, 0, 0, NULL, NULL, 0 }
#define DEFAULT_PARAMETER       { "default", TELAR_VALUE_ITEM, true, 0, 0, 0, NULL, NULL, 0 }
#define FORMAT_PARAMETER        { "format", TELAR_VALUE_TEXT, true, 0, 0, 0, NULL, "q", 0 }
#define OFFSET_PARAMETER(optional) \
  { "offset", TELAR_VALUE_INTEGER, optional, 0, 0, INT32_MAX, NULL, NULL, 0 }
#define NUMBER_PARAMETER \
  { "number", TELAR_VALUE_REAL, false, 0, -MOST_NUMBER, MOST_NUMBER, NULL, NULL, 0 }
#define POOL_PARAMETER     OBJECT_PARAMETER ("pool", ONE (POOL))
#define FUNCTION_PARAMETER { "function", TELAR_VALUE_TEXT, false, 0, 0, 0, NULL, NULL, 0 }
#define ITEMS_PARAMETER    { "items", TELAR_VALUE_EACH, false, 0, 0, 0, NULL, NULL, 0 }
#define ROWS_PARAMETER     { "items", TELAR_VALUE_ROWS, false, 0, 0, 0, NULL, NULL, 0 }
#define CALL_PARAMETER     { "arguments", TELAR_VALUE_CALL, false, 0, 0, 0, NULL, NULL, 0 }
#define RESULT_PARAMETER   { "result", TELAR_VALUE_TEXT, false, 0, 0, 0, NULL, NULL, 0 }
/* 0 is the library's own reckoning. */
#define CHUNK_PARAMETER(initial) \
  { "chunk", TELAR_VALUE_INTEGER, true, initial, 0, INT32_MAX, NULL, NULL, 0 }
#define TIMEOUT_PARAMETER \
  { "timeout", TELAR_VALUE_DURATION, true, -1, -DAY_S, DAY_S, "s", NULL }

static const TelarFunction functions[] = {
  /* Say. */
  { "greeting", TELAR_GROUP_SAY,
    N_("Prints hello and the name."), NULL,
    telar_function_greeting,
    { { "name", TELAR_VALUE_TEXT, true, 0, 0, 0, NULL, "world" } }, 1, false },
  { "print", TELAR_GROUP_SAY,
    N_("Prints the text and ends the line."), NULL,
    telar_function_print,
    { { "text", TELAR_VALUE_TEXT, false, 0, 0, 0, NULL, NULL } }, 1, false },
  { "identify", TELAR_GROUP_SAY,
    N_("Prints who the task is: its process, the parent process, its thread, the core it is on "
       "and how many cores it may use."),
    N_("the number of its process (pid)"),
    telar_function_identify, { { 0 } }, 0, false },

  /* Compute. */
  { "square", TELAR_GROUP_COMPUTE,
    N_("Prints the square of each number, exactly, one a line; work is CPU time spent on each "
       "before it is printed."),
    N_("how many numbers were squared"),
    telar_function_square,
    { { "numbers", TELAR_VALUE_INTEGERS, false, 0, INTEGER_MIN, INTEGER_MAX, NULL, NULL },
      WORK_PARAMETER }, 2, false },
  { "is_even", TELAR_GROUP_COMPUTE,
    N_("Prints which of the numbers are even, one a line; work is CPU time spent on each, even "
       "or not."),
    N_("how many of them are even"),
    telar_function_is_even,
    { { "numbers", TELAR_VALUE_INTEGERS, false, 0, INTEGER_MIN, INTEGER_MAX, NULL, NULL },
      WORK_PARAMETER }, 2, false },
  { "primes", TELAR_GROUP_COMPUTE,
    N_("Counts the primes up to limit with a segmented sieve and prints how many there are."),
    N_("how many primes there are"),
    telar_function_primes,
    { { "limit", TELAR_VALUE_INTEGER, false, 1000000, 0, 1e10, NULL, NULL } }, 1, false },
  { "fibonacci", TELAR_GROUP_COMPUTE,
    N_("Computes and prints the n-th Fibonacci number by plain recursion, which takes 1.6 times "
       "as long for each n more."),
    N_("the Fibonacci number"),
    telar_function_fibonacci,
    { { "n", TELAR_VALUE_INTEGER, false, 30, 0, 55, NULL, NULL } }, 1, false },
  { "matrix_multiply", TELAR_GROUP_COMPUTE,
    N_("Multiplies two square matrices and prints the trace of the product; it needs 24 bytes of "
       "memory times size times size."),
    N_("the trace of the product"),
    telar_function_matrix_multiply,
    { { "size", TELAR_VALUE_INTEGER, false, 300, 1, 2048, NULL, NULL } }, 1, false },
  { "mandelbrot", TELAR_GROUP_COMPUTE,
    N_("Computes the Mandelbrot set on a square of size times size points, with at most depth "
       "rounds a point, and prints how many points are in it."),
    N_("how many points are in the set"),
    telar_function_mandelbrot,
    { { "size", TELAR_VALUE_INTEGER, false, 400, 1, 8192, NULL, NULL },
      { "depth", TELAR_VALUE_INTEGER, true, 200, 1, 100000, NULL, NULL } }, 2, false },
  { "monte_carlo_pi", TELAR_GROUP_COMPUTE,
    N_("Estimates pi from random points in a square and prints the estimate; the same seed gives "
       "the same points."),
    N_("the estimate"),
    telar_function_monte_carlo_pi,
    { { "samples", TELAR_VALUE_INTEGER, false, 1000000, 1, 1e11, NULL, NULL },
      SEED_PARAMETER }, 2, false },
  { "sort", TELAR_GROUP_COMPUTE,
    N_("Sorts count random numbers by merging and prints the smallest, the middle and the "
       "largest; it needs 16 bytes of memory times count."),
    N_("the number in the middle"),
    telar_function_sort,
    { { "count", TELAR_VALUE_INTEGER, false, 1000000, 1, 5e7, NULL, NULL },
      SEED_PARAMETER }, 2, false },
  { "count_words", TELAR_GROUP_COMPUTE,
    N_("Counts the words of a file, which blanks and line ends part, and prints how many there "
       "are; a file that cannot be read is an error."),
    N_("how many words there are"),
    telar_function_count_words,
    { { "file", TELAR_VALUE_FILE, false, 0, 0, 0, NULL, NULL } }, 1, false },

  /* Wait. */
  { "sleep", TELAR_GROUP_WAIT,
    N_("Waits that long without using a core and prints nothing."), NULL,
    telar_function_sleep,
    { { "seconds", TELAR_VALUE_DURATION, false, 1, 0, DAY_S, "s", NULL } }, 1, false },
  { "busy", TELAR_GROUP_WAIT,
    N_("Computes until the task's own thread has used that much CPU time and prints nothing."),
    NULL,
    telar_function_busy,
    { { "milliseconds", TELAR_VALUE_DURATION, false, 100, 0, HOUR_MS, "ms", NULL } }, 1, false },

  /* Share. */
  { "acquire", TELAR_GROUP_SHARE,
    N_("Takes a lock, or one of a semaphore, and waits for it no longer than timeout where one is "
       "given; 0 does not wait."),
    N_("whether it was acquired; owner-died where it was, from a task that was killed"),
    telar_function_acquire,
    { OBJECT_PARAMETER ("lock", LOCKS | SEMAPHORES | ONE (CONDITION)), TIMEOUT_PARAMETER }, 2,
    false },
  { "release", TELAR_GROUP_SHARE,
    N_("Gives back a lock, or one of a semaphore; any task may do that, but for an rlock only the "
       "one that acquired it. A lock that nobody holds is an error, and so is a bounded semaphore "
       "that would rise above what it began with."),
    NULL,
    telar_function_release,
    { OBJECT_PARAMETER ("lock", LOCKS | SEMAPHORES | ONE (CONDITION)) }, 1, false },
  { "locked", TELAR_GROUP_SHARE,
    N_("Looks whether some task holds a lock."), N_("whether it is held"),
    telar_function_locked, { OBJECT_PARAMETER ("lock", LOCKS | ONE (CONDITION)) }, 1, false },
  { "get_value", TELAR_GROUP_SHARE,
    N_("Looks how many of a semaphore are left."), N_("how many are left"),
    telar_function_get_value, { OBJECT_PARAMETER ("semaphore", SEMAPHORES) }, 1, false },
  { "wait", TELAR_GROUP_SHARE,
    N_("Waits until an event is set, a condition is notified, or all parties of a barrier have "
       "come, no longer than timeout where one is given. A condition's lock is given up meanwhile; "
       "a task that does not hold it has it for the call alone. A barrier breaks where the time "
       "is over."),
    N_("whether it came to pass in time; of a barrier, which of its parties it was, or broken"),
    telar_function_wait,
    { OBJECT_PARAMETER ("object", ONE (EVENT) | ONE (CONDITION) | ONE (BARRIER)),
      TIMEOUT_PARAMETER }, 2, false },
  { "set", TELAR_GROUP_SHARE,
    N_("Sets an event: all who wait for it go on."), NULL,
    telar_function_set, { OBJECT_PARAMETER ("event", ONE (EVENT)) }, 1, false },
  { "clear", TELAR_GROUP_SHARE,
    N_("Clears an event, so that it is waited for again; or takes all out of a list or a "
       "dictionary."),
    NULL,
    telar_function_clear, { OBJECT_PARAMETER ("event", ONE (EVENT) | COLLECTIONS) }, 1, false },
  { "is_set", TELAR_GROUP_SHARE,
    N_("Looks whether an event is set."), N_("whether it is set"),
    telar_function_is_set, { OBJECT_PARAMETER ("event", ONE (EVENT)) }, 1, false },
  { "notify", TELAR_GROUP_SHARE,
    N_("Wakes count of those who wait for a condition, the first ones first; where fewer wait, "
       "all, and the rest is not remembered."),
    NULL,
    telar_function_notify,
    { OBJECT_PARAMETER ("condition", ONE (CONDITION)),
      { "count", TELAR_VALUE_INTEGER, true, 1, 0, INT32_MAX, NULL, NULL } }, 2, false },
  { "notify_all", TELAR_GROUP_SHARE,
    N_("Wakes all who wait for a condition."), NULL,
    telar_function_notify_all, { OBJECT_PARAMETER ("condition", ONE (CONDITION)) }, 1, false },
  { "abort", TELAR_GROUP_SHARE,
    N_("Breaks a barrier, for those who wait at it and those who come, until it is reset."), NULL,
    telar_function_abort, { OBJECT_PARAMETER ("barrier", ONE (BARRIER)) }, 1, false },
  { "reset", TELAR_GROUP_SHARE,
    N_("Makes a barrier as new; for those who wait at it, it is broken."), NULL,
    telar_function_reset, { OBJECT_PARAMETER ("barrier", ONE (BARRIER)) }, 1, false },
  { "n_waiting", TELAR_GROUP_SHARE,
    N_("Looks how many wait at a barrier."), N_("how many wait"),
    telar_function_n_waiting, { OBJECT_PARAMETER ("barrier", ONE (BARRIER)) }, 1, false },
  { "parties", TELAR_GROUP_SHARE,
    N_("Tells how many tasks a barrier waits for."), N_("how many parties it has"),
    telar_function_parties, { OBJECT_PARAMETER ("barrier", ONE (BARRIER)) }, 1, false },
  { "broken", TELAR_GROUP_SHARE,
    N_("Looks whether a barrier is broken."), N_("whether it is broken"),
    telar_function_broken, { OBJECT_PARAMETER ("barrier", ONE (BARRIER)) }, 1, false },
  { "put", TELAR_GROUP_SHARE,
    N_("Puts an item into a queue: a number, a text, a list, anything. Where the queue is full it "
       "waits for room, no longer than timeout where one is given; 0 does not wait."),
    N_("whether it was put"),
    telar_function_put,
    { OBJECT_PARAMETER ("queue", QUEUES),
      { "item", TELAR_VALUE_ITEM, false, 0, 0, 0, NULL, NULL, 0 }, TIMEOUT_PARAMETER }, 3, false },
  { "get", TELAR_GROUP_SHARE,
    N_("Takes the item out of a queue that was put first. Where the queue is empty it waits for "
       "one, no longer than timeout where one is given; 0 does not wait."),
    N_("the item; false where there was none in time"),
    telar_function_get, { OBJECT_PARAMETER ("queue", QUEUES), TIMEOUT_PARAMETER }, 2, false },
  { "task_done", TELAR_GROUP_SHARE,
    N_("Tells a joinable queue that one of the items that were got is done with. More often than "
       "items were put is an error."),
    NULL,
    telar_function_task_done, { OBJECT_PARAMETER ("queue", ONE (JOINABLE_QUEUE)) }, 1, false },
  { "join_queue", TELAR_GROUP_SHARE,
    N_("Waits until all that was put into a joinable queue is done, no longer than timeout where "
       "one is given."),
    N_("whether all is done"),
    telar_function_join_queue,
    { OBJECT_PARAMETER ("queue", ONE (JOINABLE_QUEUE)), TIMEOUT_PARAMETER }, 2, false },
  { "empty", TELAR_GROUP_SHARE,
    N_("Looks whether a queue is empty."), N_("whether it is empty"),
    telar_function_empty, { OBJECT_PARAMETER ("queue", QUEUES) }, 1, false },
  { "full", TELAR_GROUP_SHARE,
    N_("Looks whether a queue is full."), N_("whether it is full"),
    telar_function_full, { OBJECT_PARAMETER ("queue", QUEUES) }, 1, false },
  { "qsize", TELAR_GROUP_SHARE,
    N_("Looks how many items are in a queue."), N_("how many there are"),
    telar_function_qsize, { OBJECT_PARAMETER ("queue", QUEUES) }, 1, false },
  { "send", TELAR_GROUP_SHARE,
    N_("Sends an item through a pipe: a number, a text, a list, anything. It waits where the pipe "
       "is full. Where nobody can receive it any more, that is an error."),
    NULL,
    telar_function_send,
    { OBJECT_PARAMETER ("pipe", ONE (PIPE)),
      { "item", TELAR_VALUE_ITEM, false, 0, 0, 0, NULL, NULL, 0 } }, 2, false },
  { "receive", TELAR_GROUP_SHARE,
    N_("Takes the next item out of a pipe, and waits for it no longer than timeout where one is "
       "given. Where nobody can send any more, the end of file is an error."),
    N_("the item; false where there was none in time"),
    telar_function_receive,
    { OBJECT_PARAMETER ("pipe", ONE (PIPE)), TIMEOUT_PARAMETER }, 2, false },
  { "poll", TELAR_GROUP_SHARE,
    N_("Looks whether there is something to receive from a pipe, if only its end; waits for it no "
       "longer than timeout."),
    N_("whether there is something to receive"),
    telar_function_poll,
    { OBJECT_PARAMETER ("pipe", ONE (PIPE)),
      { "timeout", TELAR_VALUE_DURATION, true, 0, -DAY_S, DAY_S, "s", NULL, 0 } }, 2, false },
  { "close", TELAR_GROUP_SHARE,
    N_("Gives up a queue, or this task's end of a pipe: when all who could send have closed "
       "theirs or ended, whoever receives meets the end of file. A closed pool takes no more "
       "work, and its workers end when all is done."),
    NULL,
    telar_function_close, { OBJECT_PARAMETER ("object", QUEUES | ONE (PIPE) | ONE (POOL)) }, 1,
    false },
  { "read", TELAR_GROUP_SHARE,
    N_("Reads a value, or the number of an array at index, or the byte of a shared memory block."),
    N_("the number"),
    telar_function_read,
    { OBJECT_PARAMETER ("value", VALUES | ONE (SHARED_MEMORY)), INDEX_PARAMETER }, 2, false },
  { "write", TELAR_GROUP_SHARE,
    N_("Writes a number into a value, or into an array at index, or a byte, from 0 to 255, into a "
       "shared memory block."),
    NULL,
    telar_function_write,
    { OBJECT_PARAMETER ("value", VALUES | ONE (SHARED_MEMORY)), NUMBER_PARAMETER,
      INDEX_PARAMETER }, 3, false },
  { "increment", TELAR_GROUP_SHARE,
    N_("Adds 1 to a value so many times, or to the number of an array at index: reads it, adds, "
       "writes it. With a lock it holds that for each of them; without, what another task writes "
       "in between is lost."),
    NULL,
    telar_function_increment,
    { OBJECT_PARAMETER ("value", VALUES),
      { "times", TELAR_VALUE_INTEGER, true, 1, 0, 1e9, NULL, NULL, 0 },
      { "lock", TELAR_VALUE_OBJECT, true, 0, 0, 0, NULL, NULL,
        LOCKS | SEMAPHORES | ONE (CONDITION) },
      INDEX_PARAMETER }, 4, false },
  { "unpack_from", TELAR_GROUP_SHARE,
    N_("Reads a number of a shared memory block whose first byte is at offset. The format tells "
       "how it lies there: B, H, I and Q are 1, 2, 4 and 8 bytes, b, h, i and q too, with a sign, "
       "f and d are 4 and 8 bytes of a number with a fraction."),
    N_("the number"),
    telar_function_unpack_from,
    { OBJECT_PARAMETER ("block", ONE (SHARED_MEMORY)), OFFSET_PARAMETER (true), FORMAT_PARAMETER },
    3, false },
  { "pack_into", TELAR_GROUP_SHARE,
    N_("Writes a number into a shared memory block, its first byte at offset, in one of the "
       "formats of unpack_from. A number that does not fit into it is an error."),
    NULL,
    telar_function_pack_into,
    { OBJECT_PARAMETER ("block", ONE (SHARED_MEMORY)), OFFSET_PARAMETER (false), NUMBER_PARAMETER,
      FORMAT_PARAMETER }, 4, false },
  { "append", TELAR_GROUP_SHARE,
    N_("Puts an item at the end of a list: a number, a text, a list, anything."), NULL,
    telar_function_append, { OBJECT_PARAMETER ("list", ONE (LIST)), ITEM_PARAMETER }, 2, false },
  { "insert", TELAR_GROUP_SHARE,
    N_("Puts an item into a list before the one at index, which counts from the end where it is "
       "below 0."),
    NULL,
    telar_function_insert,
    { OBJECT_PARAMETER ("list", ONE (LIST)),
      { "index", TELAR_VALUE_INTEGER, false, 0, INT32_MIN, INT32_MAX, NULL, NULL, 0 },
      ITEM_PARAMETER }, 3, false },
  { "get_item", TELAR_GROUP_SHARE,
    N_("Looks what a list has at an index, or a dictionary at a key. Where it has nothing there, "
       "that is an error, or for a dictionary what default says."),
    N_("the item"),
    telar_function_get_item,
    { OBJECT_PARAMETER ("object", COLLECTIONS), KEY_PARAMETER (false), DEFAULT_PARAMETER }, 3,
    false },
  { "set_item", TELAR_GROUP_SHARE,
    N_("Puts an item into a list in the place of the one at an index, or into a dictionary at a "
       "key, which is a text or a whole number."),
    NULL,
    telar_function_set_item,
    { OBJECT_PARAMETER ("object", COLLECTIONS), KEY_PARAMETER (false), ITEM_PARAMETER }, 3,
    false },
  { "pop", TELAR_GROUP_SHARE,
    N_("Takes an item out of a list, the last one where no index is given, or out of a dictionary "
       "the one at a key. Where it has nothing there, that is an error, or for a dictionary what "
       "default says."),
    N_("the item"),
    telar_function_pop,
    { OBJECT_PARAMETER ("object", COLLECTIONS), KEY_PARAMETER (true), DEFAULT_PARAMETER }, 3,
    false },
  { "increment_item", TELAR_GROUP_SHARE,
    N_("Adds 1 to a number of a list at an index, or of a dictionary at a key, so many times: gets "
       "it, adds, sets it; a dictionary that has no such key begins with 0. With a lock it holds "
       "that for each of them; without, what another task sets in between is lost."),
    NULL,
    telar_function_increment_item,
    { OBJECT_PARAMETER ("object", COLLECTIONS), KEY_PARAMETER (false),
      { "times", TELAR_VALUE_INTEGER, true, 1, 0, 1e9, NULL, NULL, 0 },
      { "lock", TELAR_VALUE_OBJECT, true, 0, 0, 0, NULL, NULL,
        LOCKS | SEMAPHORES | ONE (CONDITION) } }, 4, false },
  { "contains", TELAR_GROUP_SHARE,
    N_("Looks whether an item is in a list, or a key in a dictionary."), N_("whether it is in it"),
    telar_function_contains, { OBJECT_PARAMETER ("object", COLLECTIONS), ITEM_PARAMETER }, 2,
    false },
  { "len", TELAR_GROUP_SHARE,
    N_("Looks how many items are in a list or a dictionary."), N_("how many there are"),
    telar_function_len, { OBJECT_PARAMETER ("object", COLLECTIONS) }, 1, false },
  { "keys", TELAR_GROUP_SHARE,
    N_("Looks which keys a dictionary has, in the order in which they came."),
    N_("the list of its keys"),
    telar_function_keys, { OBJECT_PARAMETER ("dictionary", ONE (DICTIONARY)) }, 1, false },
  { "values", TELAR_GROUP_SHARE,
    N_("Looks what a dictionary has at its keys, in the order in which they came."),
    N_("the list of its items"),
    telar_function_values, { OBJECT_PARAMETER ("dictionary", ONE (DICTIONARY)) }, 1, false },
  { "copy", TELAR_GROUP_SHARE,
    N_("Takes a copy of a list or a dictionary, as it is at one moment."),
    N_("the copy"),
    telar_function_copy, { OBJECT_PARAMETER ("object", COLLECTIONS) }, 1, false },
  { "print_items", TELAR_GROUP_SHARE,
    N_("Prints what is in a list or a dictionary, one item a line, of a dictionary its key before "
       "it."),
    N_("how many items there are"),
    telar_function_print_items, { OBJECT_PARAMETER ("object", COLLECTIONS) }, 1, false },
  { "wait_any", TELAR_GROUP_SHARE,
    N_("Waits until one of several tasks has ended, or there is something to receive from one of "
       "several pipes, no longer than timeout where one is given."),
    N_("the first of them that is ready, by its id; false where none was in time"),
    telar_function_wait_any,
    { { "any", TELAR_VALUE_AWAITED, false, 0, 0, 0, NULL, NULL, ONE (PIPE) }, TIMEOUT_PARAMETER },
    2, false },

  { "map", TELAR_GROUP_SHARE,
    N_("Lets the workers of a pool call a function once for each item, so many items at a time as "
       "chunk says, and waits for all results. Where a call fails, that is an error once all have "
       "ended; where a worker was killed, its chunk is lost and another takes its place."),
    N_("the list of what the calls returned, in the order of the items"),
    telar_function_map,
    { POOL_PARAMETER, FUNCTION_PARAMETER, ITEMS_PARAMETER, CHUNK_PARAMETER (0) }, 4, false },
  { "starmap", TELAR_GROUP_SHARE,
    N_("Does as map does, with a list of arguments for each call."),
    N_("the list of what the calls returned, in the order of the items"),
    telar_function_map,
    { POOL_PARAMETER, FUNCTION_PARAMETER, ROWS_PARAMETER, CHUNK_PARAMETER (0) }, 4, false },
  { "imap", TELAR_GROUP_SHARE,
    N_("Does as map does, one item at a time where chunk does not say otherwise."),
    N_("the list of what the calls returned, in the order of the items"),
    telar_function_map,
    { POOL_PARAMETER, FUNCTION_PARAMETER, ITEMS_PARAMETER, CHUNK_PARAMETER (1) }, 4, false },
  { "imap_unordered", TELAR_GROUP_SHARE,
    N_("Does as imap does, and takes the results as they come."),
    N_("the list of what the calls returned, in the order in which they ended"),
    telar_function_imap_unordered,
    { POOL_PARAMETER, FUNCTION_PARAMETER, ITEMS_PARAMETER, CHUNK_PARAMETER (1) }, 4, false },
  { "apply", TELAR_GROUP_SHARE,
    N_("Lets a worker of a pool call a function with these arguments, and waits for the result."),
    N_("what the call returned"),
    telar_function_map, { POOL_PARAMETER, FUNCTION_PARAMETER, CALL_PARAMETER }, 3, false },
  { "map_async", TELAR_GROUP_SHARE,
    N_("Gives a pool the same work as map, and goes on at once; get_result asks for what comes of "
       "it by the name result."),
    NULL,
    telar_function_map_async,
    { POOL_PARAMETER, FUNCTION_PARAMETER, ITEMS_PARAMETER, RESULT_PARAMETER, CHUNK_PARAMETER (0) },
    5, false },
  { "starmap_async", TELAR_GROUP_SHARE,
    N_("Gives a pool the same work as starmap, and goes on at once; get_result asks for what comes "
       "of it by the name result."),
    NULL,
    telar_function_map_async,
    { POOL_PARAMETER, FUNCTION_PARAMETER, ROWS_PARAMETER, RESULT_PARAMETER, CHUNK_PARAMETER (0) },
    5, false },
  { "apply_async", TELAR_GROUP_SHARE,
    N_("Gives a pool the same work as apply, and goes on at once; get_result asks for what comes "
       "of it by the name result."),
    NULL,
    telar_function_map_async,
    { POOL_PARAMETER, FUNCTION_PARAMETER, CALL_PARAMETER, RESULT_PARAMETER }, 4, false },
  { "get_result", TELAR_GROUP_SHARE,
    N_("Waits for what was given to a pool under that name, no longer than timeout where one is "
       "given. Where a call failed, that is an error."),
    N_("what map, starmap or apply would have returned; false where it was not done in time"),
    telar_function_get_result, { POOL_PARAMETER, RESULT_PARAMETER, TIMEOUT_PARAMETER }, 3, false },
  { "wait_result", TELAR_GROUP_SHARE,
    N_("Waits until what was given to a pool under that name is done, no longer than timeout where "
       "one is given."),
    N_("whether it is done"),
    telar_function_wait_result, { POOL_PARAMETER, RESULT_PARAMETER, TIMEOUT_PARAMETER }, 3, false },
  { "ready", TELAR_GROUP_SHARE,
    N_("Looks whether what was given to a pool under that name is done."),
    N_("whether it is done"),
    telar_function_ready, { POOL_PARAMETER, RESULT_PARAMETER }, 2, false },
  { "successful", TELAR_GROUP_SHARE,
    N_("Looks whether what was given to a pool under that name was done without a call that "
       "failed. Before it is done that is an error."),
    N_("whether no call failed"),
    telar_function_successful, { POOL_PARAMETER, RESULT_PARAMETER }, 2, false },
  { "terminate_pool", TELAR_GROUP_SHARE,
    N_("Ends the workers of a pool at once; what they had not finished is lost."), NULL,
    telar_function_terminate_pool, { POOL_PARAMETER }, 1, false },
  { "join_pool", TELAR_GROUP_SHARE,
    N_("Waits until the workers of a pool have ended, which must have been closed or terminated."),
    NULL,
    telar_function_join_pool, { POOL_PARAMETER }, 1, false },

  /* Control. */
  { "start", TELAR_GROUP_CONTROL,
    N_("Starts a task, with copies all of them, and goes on at once; a task can be started only "
       "once."),
    NULL,
    telar_function_start, { TASK_PARAMETER }, 1, false },
  { "join", TELAR_GROUP_CONTROL,
    N_("Waits until a task, with copies all of them, has ended, but no longer than timeout where "
       "one is given; a timeout of 0 or less only looks."),
    N_("with a timeout, whether it has ended"),
    telar_function_join,
    { TASK_PARAMETER, TIMEOUT_PARAMETER }, 2, false },
  { "terminate", TELAR_GROUP_CONTROL,
    N_("Asks a process task to end, by SIGTERM, which it may ignore."), NULL,
    telar_function_terminate, { TASK_PARAMETER }, 1, false },
  { "kill", TELAR_GROUP_CONTROL,
    N_("Ends a process task at once, by SIGKILL, which nothing can ignore."), NULL,
    telar_function_kill, { TASK_PARAMETER }, 1, false },
  { "is_alive", TELAR_GROUP_CONTROL,
    N_("Tells whether a task runs: it was started and has not ended; with copies, whether one of "
       "them does."),
    N_("whether it runs"),
    telar_function_is_alive, { TASK_PARAMETER }, 1, false },
  { "exitcode", TELAR_GROUP_CONTROL,
    N_("Tells how a task ended: with 0 or another code, or -N where signal N ended it; nothing "
       "while it runs or was not started."),
    N_("its exit code"),
    telar_function_exitcode, { TASK_PARAMETER }, 1, false },
  { "pid", TELAR_GROUP_CONTROL,
    N_("Tells the number of the process that a task runs in; nothing before it was started."),
    N_("the number of its process (pid)"),
    telar_function_pid, { TASK_PARAMETER }, 1, false },
  { "name", TELAR_GROUP_CONTROL,
    N_("Prints the name of a task: the one that it was given, else its id; with copies, of each of "
       "them."),
    N_("the name, of copies that of the first"),
    telar_function_name, { TASK_PARAMETER }, 1, false },
  { "current_process", TELAR_GROUP_CONTROL,
    N_("Prints the name of the process that the task runs in: the name that it was given, else "
       "its id; main's is MainProcess."),
    N_("the name"),
    telar_function_current_process, { { 0 } }, 0, false },
  { "current_thread", TELAR_GROUP_CONTROL,
    N_("Prints the name of the thread that the task runs in: the name that it was given, else its "
       "id; that of each process's first thread is MainThread."),
    N_("the name"),
    telar_function_current_thread, { { 0 } }, 0, false },
  { "parent_process", TELAR_GROUP_CONTROL,
    N_("Prints the name of the process that started the one that the task runs in; main has "
       "none."),
    N_("the name; nothing where there is none"),
    telar_function_parent_process, { { 0 } }, 0, false },
  { "active_children", TELAR_GROUP_CONTROL,
    N_("Counts the processes that this process started and that still run, and joins those that "
       "have ended."),
    N_("how many run"),
    telar_function_active_children, { { 0 } }, 0, false },
  { "cpu_count", TELAR_GROUP_CONTROL,
    N_("Counts the cores of this computer, whether the task may use them or not."),
    N_("how many there are"),
    telar_function_cpu_count, { { 0 } }, 0, false },
  { "usable_cpu_count", TELAR_GROUP_CONTROL,
    N_("Counts the cores that the task may use."),
    N_("how many there are"),
    telar_function_usable_cpu_count, { { 0 } }, 0, false },
  { "ignore", TELAR_GROUP_CONTROL,
    N_("Makes the task's process ignore a signal from now on; SIGKILL, SIGSTOP and SIGCHLD cannot "
       "be ignored."),
    NULL,
    telar_function_ignore,
    { { "signal", TELAR_VALUE_SIGNAL, false, 15, 1, 64, NULL, NULL } }, 1, false },
  { "exit", TELAR_GROUP_CONTROL,
    N_("Ends the task with that exit code."), NULL,
    telar_function_exit,
    { { "code", TELAR_VALUE_INTEGER, true, 0, 0, 255, NULL, NULL } }, 1, false },
  { "fail", TELAR_GROUP_CONTROL,
    N_("Prints the text on standard error and ends the task with exit code 1."), NULL,
    telar_function_fail,
    { { "text", TELAR_VALUE_TEXT, false, 0, 0, 0, NULL, NULL } }, 1, false },
  { "crash", TELAR_GROUP_CONTROL,
    N_("Ends the whole process of the task by a signal, as a bug would: in a thread or a call the "
       "process that it lives in."),
    NULL,
    telar_function_crash,
    { { "signal", TELAR_VALUE_SIGNAL, true, 11, 1, 64, NULL, NULL } }, 1, false },

  /* Yours. */
  { "command", TELAR_GROUP_YOURS,
    N_("Runs a program with arguments and prints what it prints; where the program ends with "
       "another code than 0, or by signal N, the task ends with that code, or 128 + N."),
    N_("the exit code of the program"),
    telar_function_command,
    { { "program", TELAR_VALUE_TEXT, false, 0, 0, 0, NULL, NULL },
      { "arguments", TELAR_VALUE_TEXTS, true, 0, 0, 0, NULL, NULL } }, 2, true },
  { "python", TELAR_GROUP_YOURS,
    N_("Calls a function of a Python file in a python3 of its own and prints what it prints; an "
       "argument that reads as a Python value, such as 5 or [1, 2], is one, any other is a text; "
       "an exception ends the task with exit code 1."),
    N_("what the function returned, where it is a number, True or False"),
    telar_function_python,
    { { "file", TELAR_VALUE_FILE, false, 0, 0, 0, NULL, NULL },
      { "function", TELAR_VALUE_TEXT, false, 0, 0, 0, NULL, NULL },
      { "arguments", TELAR_VALUE_TEXTS, true, 0, 0, 0, NULL, NULL } }, 3, true },
  { "c_function", TELAR_GROUP_YOURS,
    N_("Calls a C function of a plug-in, a library that telar-function.h describes, in the task "
       "itself; “telar functions --library” lists what a plug-in has."),
    N_("what the function returned"),
    telar_function_c_function,
    { { "library", TELAR_VALUE_FILE, false, 0, 0, 0, NULL, NULL },
      { "function", TELAR_VALUE_TEXT, false, 0, 0, 0, NULL, NULL },
      { "arguments", TELAR_VALUE_TEXTS, true, 0, 0, 0, NULL, NULL } }, 3, true },
};

#define N_FUNCTIONS (sizeof functions / sizeof functions[0])

static const char *const error_names[TELAR_N_ERRORS] = {
  [TELAR_ERROR_NONE] = "none",
  [TELAR_ERROR_ALREADY_STARTED] = "already-started",
  [TELAR_ERROR_NOT_STARTED] = "not-started",
  [TELAR_ERROR_NOT_A_CHILD] = "not-a-child",
  [TELAR_ERROR_JOIN_SELF] = "join-self",
  [TELAR_ERROR_IS_THREAD] = "is-thread",
  [TELAR_ERROR_DAEMON_CHILD] = "daemon-child",
  [TELAR_ERROR_COULD_NOT_START] = "could-not-start",
  [TELAR_ERROR_FILE] = "file",
  [TELAR_ERROR_MEMORY] = "memory",
  [TELAR_ERROR_PROGRAM] = "program",
  [TELAR_ERROR_SIGNAL] = "signal",
  [TELAR_ERROR_NOT_HELD] = "not-held",
  [TELAR_ERROR_NOT_OWNER] = "not-owner",
  [TELAR_ERROR_BOUND] = "bound",
  [TELAR_ERROR_BROKEN] = "broken",
  [TELAR_ERROR_OWNER_DIED] = "owner-died",
  [TELAR_ERROR_CLOSED] = "closed",
  [TELAR_ERROR_END_OF_FILE] = "end-of-file",
  [TELAR_ERROR_BROKEN_PIPE] = "broken-pipe",
  [TELAR_ERROR_END] = "end",
  [TELAR_ERROR_INDEX] = "index",
  [TELAR_ERROR_NUMBER] = "number",
  [TELAR_ERROR_TOO_BIG] = "too-big",
  [TELAR_ERROR_TASK_DONE] = "task-done",
  [TELAR_ERROR_ITEM_FAILED] = "item-failed",
  [TELAR_ERROR_ITEM_LOST] = "item-lost",
  [TELAR_ERROR_POOL_CLOSED] = "pool-closed",
  [TELAR_ERROR_POOL_RUNNING] = "pool-running",
  [TELAR_ERROR_NO_RESULT] = "no-result",
  [TELAR_ERROR_NOT_READY] = "not-ready",
  [TELAR_ERROR_KEY] = "key",
  [TELAR_ERROR_FULL] = "full",
  [TELAR_ERROR_NO_NUMBER] = "no-number",
  [TELAR_ERROR_FORMAT] = "format",
};

static const char *const group_titles[TELAR_N_GROUPS] = {
  [TELAR_GROUP_SAY] = N_("Say"),
  [TELAR_GROUP_COMPUTE] = N_("Compute"),
  [TELAR_GROUP_WAIT] = N_("Wait"),
  [TELAR_GROUP_SHARE] = N_("Share"),
  [TELAR_GROUP_CONTROL] = N_("Control"),
  [TELAR_GROUP_YOURS] = N_("Yours"),
};

const TelarFunction *
telar_catalogue (unsigned *n_functions)
{
  if (n_functions != NULL)
    *n_functions = N_FUNCTIONS;
  return functions;
}

const TelarFunction *
telar_catalogue_find (const char *name)
{
  int number = telar_catalogue_number (name);

  return number < 0 ? NULL : &functions[number];
}

int
telar_catalogue_number (const char *name)
{
  for (size_t i = 0; i < N_FUNCTIONS; i++)
    if (strcmp (functions[i].name, name) == 0)
      return (int) i;
  return -1;
}

const char *
telar_error_name (TelarError error)
{
  /* It may come from a record: an unknown number must not lead outside. */
  return (unsigned) error < TELAR_N_ERRORS ? error_names[error] : "unknown";
}

const char *
telar_group_title (TelarGroup group)
{
  return group_titles[group];
}

/* test-check.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Every fault that a graph can have: where it is said to be, what is said, and
 * how to mend it.
 */

#include "config.h"

#include <string.h>

#include <glib/gstdio.h>

#include "catalogue/catalogue.h"
#include "graph/graph-file.h"
#include "graph/value.h"

typedef struct
{
  const char *name;
  const char *keys;      /* of the graph, without "telar" */
  const char *expected;  /* faults, one a line; a warning begins with "~" */
} Row;

#define TASKS(tasks) "\"tasks\": [ " tasks " ]"
#define P(id, more)  "{ \"id\": \"" id "\", \"kind\": \"process\", " more " }"
#define T(id, more)  "{ \"id\": \"" id "\", \"kind\": \"thread\", " more " }"
#define C(id, more)  "{ \"id\": \"" id "\", \"kind\": \"call\", " more " }"
#define BUSY         "\"function\": \"busy\", \"args\": [5]"
#define CALL(function, args) "\"function\": \"" function "\", \"args\": [" args "]"
#define BODY(steps)  "\"body\": [ " steps " ]"
#define OBJECTS(objects) "\"objects\": [ " objects " ], "
#define OBJECT(id, type) "{ \"id\": \"" id "\", \"type\": \"" type "\" }"
#define OBJECT_OF(id, type, more) "{ \"id\": \"" id "\", \"type\": \"" type "\", " more " }"
#define USE(function, object) "[\"" function "\", {\"object\": \"" object "\"}]"
#define USE_WITH(function, object, more) \
  "[\"" function "\", {\"object\": \"" object "\"}, " more "]"
#define HOLDS USE ("acquire", "m") ", [\"sleep\", 1], " USE ("release", "m")
#define M OBJECTS (OBJECT ("m", "lock"))
#define Q OBJECTS (OBJECT ("q", "queue"))
#define B OBJECTS (OBJECT_OF ("b", "barrier", "\"parties\": 3"))
#define MAIN(steps) "\"main\": { " BODY (steps) " }, "
#define DO(function, task) "[\"" function "\", {\"task\": \"" task "\"}]"

static const Row rows[] = {
  { "sound", TASKS (P ("p1", BUSY) ", " P ("p2", BUSY ", \"after\": [\"p1\"]")), "" },
  { "empty",
    TASKS (""), "~tasks: the graph has no tasks; add one, so that there is something to run" },
  { "only main", "\"main\": { " BUSY " }, " TASKS (""), "" },

  /* settings */
  { "no cores", "\"cores\": [], " TASKS (P ("p", BUSY)),
    "cores: the list of cores is empty; name at least one core, or write \"all\"" },
  { "core -1", "\"cores\": [0, -1], " TASKS (P ("p", BUSY)),
    "cores[1]: there is no core -1; write a number from 0 to 1023" },
  { "core 1024", "\"cores\": [1024], " TASKS (P ("p", BUSY ", \"core\": 5000")),
    "cores[0]: there is no core 1024; write a number from 0 to 1023\n"
    "tasks[0].core: there is no core 5000; write a number from 0 to 1023" },

  /* start methods */
  { "method of a thread",
    TASKS (T ("t", BUSY ", \"start-method\": \"spawn\"") ", "
           C ("c", BUSY ", \"start-method\": \"fork\"")),
    "~tasks[0].start-method: t is a thread, and only processes have a start method; leave it out, or "
    "make t a process\n"
    "~tasks[1].start-method: c is a call, and only processes have a start method; leave it out, or "
    "make c a process" },
  { "fork beside a thread",
    TASKS (T ("t", BUSY) ", " P ("p", BUSY)),
    "~tasks[1]: p is forked from main while the thread t may run there: the copy has only "
    "the thread that forks, and a lock that another held stays locked in it; give p the start "
    "method forkserver or spawn, or start it when no thread runs" },
  { "fork, said so, beside a thread",
    "\"start-method\": \"spawn\", " TASKS (T ("t", BUSY) ", "
                                          P ("p", BUSY ", \"start-method\": \"fork\"")),
    "~tasks[1].start-method: p is forked from main while the thread t may run there: the copy has only "
    "the thread that forks, and a lock that another held stays locked in it; give p the start "
    "method forkserver or spawn, or start it when no thread runs" },
  { "spawn beside a thread",
    TASKS (T ("t", BUSY) ", " P ("p", BUSY ", \"start-method\": \"spawn\"")),
    "" },
  { "fork before a thread",
    TASKS (P ("p", BUSY) ", " T ("t", BUSY)),
    "" },
  { "fork after a thread",
    TASKS (T ("t", BUSY) ", " P ("p", BUSY ", \"after\": [\"t\"]")),
    "" },
  { "fork after another thread",
    TASKS (T ("t", BUSY) ", " T ("u", BUSY) ", "
           P ("p", BUSY ", \"after\": [\"u\"]")),
    "~tasks[2]: p is forked from main while the thread t may run there: the copy has only "
    "the thread that forks, and a lock that another held stays locked in it; give p the start "
    "method forkserver or spawn, or start it when no thread runs" },
  { "thread after a fork",
    TASKS (P ("p", BUSY) ", " T ("t", BUSY ", \"after\": [\"p\"]")),
    "" },
  { "fork inside, threads elsewhere",
    TASKS (P ("q", BUSY) ", " P ("p", BUSY ", \"inside\": \"q\"") ", "
           T ("t", BUSY)),
    "" },
  { "fork inside beside a thread",
    TASKS (P ("q", BUSY) ", " T ("t", BUSY ", \"inside\": \"q\"") ", "
           P ("p", BUSY ", \"inside\": \"q\"")),
    "~tasks[2]: p is forked from q while the thread t may run there: the copy has only "
    "the thread that forks, and a lock that another held stays locked in it; give p the start "
    "method forkserver or spawn, or start it when no thread runs" },
  { "fork by a thread",
    TASKS (T ("t", BODY (DO ("start", "p"))) ", " P ("p", BUSY)),
    "~tasks[1]: p is forked from main while the thread t may run there: the copy has only "
    "the thread that forks, and a lock that another held stays locked in it; give p the start "
    "method forkserver or spawn, or start it when no thread runs" },
  { "fork by a body, thread joined",
    "\"main\": { " BODY (DO ("start", "t") ", " DO ("join", "t") ", " DO ("start", "p")) " }, "
    TASKS (T ("t", BUSY) ", " P ("p", BUSY)),
    "" },
  { "fork by a body, thread alive",
    "\"main\": { " BODY (DO ("start", "t") ", " DO ("start", "p") ", " DO ("join", "t")) " }, "
    TASKS (T ("t", BUSY) ", " P ("p", BUSY)),
    "~tasks[1]: p is forked from main while the thread t may run there: the copy has only "
    "the thread that forks, and a lock that another held stays locked in it; give p the start "
    "method forkserver or spawn, or start it when no thread runs" },
  { "fork by a body before its thread",
    "\"main\": { " BODY (DO ("start", "p") ", " DO ("start", "t")) " }, "
    TASKS (T ("t", BUSY) ", " P ("p", BUSY)),
    "" },
  { "fork by a body beside a thread",
    "\"main\": { " BODY (DO ("start", "p")) " }, " TASKS (T ("t", BUSY) ", " P ("p", BUSY)),
    "~tasks[1]: p is forked from main while the thread t may run there: the copy has only "
    "the thread that forks, and a lock that another held stays locked in it; give p the start "
    "method forkserver or spawn, or start it when no thread runs" },

  /* ids */
  { "twice", TASKS (P ("p", BUSY) ", " P ("q", BUSY) ", " P ("p", BUSY)),
    "tasks[2].id: there are two tasks with the id p: this one and tasks[0]; give one of them "
    "another id" },
  { "main", TASKS (P ("main", BUSY)),
    "tasks[0].id: “main” is the name of the graph's own main task; give this task another id" },
  { "no id", TASKS (P ("", BUSY)),
    "tasks[0].id: the id is empty; use at most 64 letters, digits, _ and -" },
  { "blank",
    TASKS (P ("a b", BUSY) ", " P ("a.1", BUSY) ", " P ("-a", BUSY) ", " P ("tarea_ñ-2", BUSY)),
    "tasks[0].id: “a b” cannot be an id; use at most 64 letters, digits, _ and -\n"
    "tasks[1].id: “a.1” cannot be an id; use at most 64 letters, digits, _ and -\n"
    "tasks[2].id: “-a” cannot be an id; use at most 64 letters, digits, _ and -" },
  { "long", TASKS (P ("a23456789012345678901234567890123456789012345678901234567890123456", BUSY)),
    "tasks[0].id: “a23456789012345678901234567890123456789012345678901234567890123456” cannot be "
    "an id; use at most 64 letters, digits, _ and -" },

  /* numbers */
  { "zero", TASKS (P ("p", BUSY ", \"repeat\": 0, \"copies\": 0")),
    "tasks[0].repeat: repeated 0 times it never runs; write 1 or more, or leave it out\n"
    "tasks[0].copies: with 0 copies there is no task; write 1 or more, or leave it out" },
  { "too many copies",
    TASKS (P ("p", BUSY ", \"copies\": 9999") ", " P ("q", BUSY ", \"copies\": 2")),
    "tasks: with all copies the graph has 10001 tasks; the limit is 10000; use fewer tasks or "
    "copies" },
  { "copies in copies",
    TASKS (P ("p", BUSY ", \"copies\": 101") ", "
           T ("t", BUSY ", \"inside\": \"p\", \"copies\": 100")),
    "tasks: with all copies the graph has 10201 tasks; the limit is 10000; use fewer tasks or "
    "copies" },
  { "beyond counting",
    TASKS (P ("a", BUSY ", \"copies\": 2000000000") ", "
           P ("b", BUSY ", \"copies\": 2000000000, \"inside\": \"a\"") ", "
           P ("c", BUSY ", \"copies\": 2000000000, \"inside\": \"b\"")),
    "tasks: with all copies the graph has 10589934590 tasks; the limit is 10000; use fewer tasks "
    "or copies" },
  { "call", TASKS (C ("c", BUSY ", \"core\": 0, \"daemon\": true")),
    "~tasks[0].core: a call runs in its parent's thread, so its core is not looked at; give the "
    "core to its parent, or make it a thread\n"
    "~tasks[0].daemon: a call has ended when its parent goes on, so that daemon means nothing; "
    "leave it out, or make the task a process or a thread" },

  /* functions */
  { "nothing", TASKS (P ("p", "\"core\": 0")),
    "tasks[0]: p does nothing: it has neither a function nor a body; add a function, as in "
    "\"function\": \"busy\", \"args\": [5]" },
  { "empty body", TASKS (P ("p", BODY (""))), "" },
  { "misspelt",
    TASKS (P ("p", CALL ("sqare", "[1]")) ", " P ("q", BODY ("[\"Print\", \"x\"]")) ", "
           P ("r", CALL ("xyzzy", ""))),
    "tasks[0].function: there is no function sqare; did you mean square?\n"
    "tasks[1].body[0]: there is no function Print; did you mean print?\n"
    "tasks[2].function: there is no function xyzzy; “telar functions” lists them all" },
  { "other words",
    "\"main\": { " BODY (DO ("end", "p") ", " DO ("wait", "p") ", [\"pi\", 5]") " }, "
    TASKS (P ("p", BUSY)),
    "main.body[0]: there is no function end; did you mean terminate?\n"
    "main.body[1].args[0]: object must be an event, a condition or a barrier, not a task; name an "
    "object; to wait for the end of p, call join\n"
    "main.body[2]: there is no function pi; did you mean monte_carlo_pi?" },
  { "no name", TASKS (P ("p", CALL ("", ""))),
    "tasks[0].function: no function is named here; write one that “telar functions” lists" },

  /* objects */
  { "no object",
    TASKS (P ("p", BODY ("[\"acquire\", {\"object\": \"m\"}], [\"join\", {\"object\": \"m\"}]"))),
    "tasks[0].body[0].args[0]: there is no object m; add a lock, an rlock, a semaphore, a bounded "
    "semaphore or a condition to the objects of the graph\n"
    "tasks[0].body[1].args[0]: task must be a task, not an object; write {\"task\": \"p1\"} with the "
    "id of a task" },
  { "objects",
    "\"objects\": [ { \"id\": \"m\", \"type\": \"lock\" }, { \"id\": \"b\", \"type\": \"barrier\" }, "
    "{ \"id\": \"m\", \"type\": \"event\" }, { \"id\": \"c\", \"type\": \"condition\", \"lock\": \"b\" }, "
    "{ \"id\": \"p\", \"type\": \"semaphore\", \"value\": -1 }, "
    "{ \"id\": \"w\", \"type\": \"pipe\", \"duplex\": false } ], "
    TASKS (P ("p", BODY ("[\"set\", {\"object\": \"m\"}], [\"put\", {\"object\": \"m\"}, 5], "
                         "[\"send\", {\"object\": \"w\", \"end\": 0}, 5], "
                         "[\"acquire\", {\"object\": \"m\", \"end\": 0}], "
                         "[\"acquire\", \"m\"], [\"get\", {\"object\": \"mm\"}]"))),
    "objects[1].parties: b needs parties: how many tasks wait for each other; write it as in "
    "\"parties\": 2\n"
    "objects[2].id: there are two objects with the id m: this one and objects[0]; give one of them "
    "another id\n"
    "objects[3].lock: lock must be a lock or an rlock, and b is a barrier; write the id of a lock, "
    "or leave it out for one of its own\n"
    "objects[4].id: there is a task with the id p as well, tasks[0]; give one of them another id\n"
    "objects[4].value: value must be a whole number from 0 to 2147483647; write a whole number from "
    "0 to 2147483647\n"
    "tasks[0].body[0].args[0]: set works on an event, and m is a lock; name another object, or call "
    "another function\n"
    "tasks[0].body[1].args[0]: put works on a queue, a joinable queue or a simple queue, and m is a "
    "lock; name another object, or call another function\n"
    "tasks[0].body[2].args[0]: end 0 of w only receives: it is a one-way pipe; name the other end, "
    "or make the pipe duplex\n"
    "tasks[0].body[3].args[0]: m is a lock, and only pipes have ends; write {\"object\": \"m\"}\n"
    "tasks[0].body[4].args[0]: lock must be a lock, an rlock, a semaphore, a bounded semaphore or a "
    "condition, not \"m\"; write {\"object\": \"m\"}\n"
    "tasks[0].body[5].args[0]: there is no object mm; did you mean m?" },

  /* number of arguments */
  { "too few", TASKS (P ("p", "\"function\": \"square\"") ", " P ("q", BODY ("[\"print\"]"))),
    "tasks[0].args: square needs numbers; 0 arguments are given; write it as in square (numbers, "
    "work)\n"
    "tasks[1].body[0].args: print needs text; 0 arguments are given; write it as in print (text)" },
  { "too many", TASKS (P ("p", CALL ("busy", "1, 2")) ", " P ("q", CALL ("identify", "1"))),
    "tasks[0].args: busy takes no more than 1; 2 arguments are given; write it as in busy "
    "(milliseconds)\n"
    "tasks[1].args: identify takes no arguments; 1 argument is given; write it as in identify ()" },
  { "rest",
    TASKS (P ("p", CALL ("command", "\"ls\", \"-l\", 5, \"x\"")) ", "
           P ("q", CALL ("command", ""))),
    "tasks[1].args: command needs program; 0 arguments are given; write it as in command (program, "
    "arguments…)" },

  /* types of arguments */
  { "not a number",
    TASKS (P ("p", CALL ("primes", "\"10\"")) ", " P ("q", CALL ("primes", "1.5")) ", "
           P ("r", CALL ("primes", "[1]")) ", " P ("s", CALL ("primes", "1e6"))),
    "tasks[0].args[0]: limit must be a whole number, not \"10\"; write a number without quotation "
    "marks and without a point, such as 5\n"
    "tasks[1].args[0]: limit must be a whole number, not 1.5; write a number without quotation "
    "marks and without a point, such as 5\n"
    "tasks[2].args[0]: limit must be a whole number, not a list; write a number without quotation "
    "marks and without a point, such as 5" },
  { "not a time",
    TASKS (P ("p", CALL ("busy", "\"5 parsecs\"")) ", " P ("q", CALL ("sleep", "\"0,5 s\"")) ", "
           P ("r", CALL ("sleep", "true")) ", " P ("s", CALL ("sleep", "\"500 µs\""))),
    "tasks[0].args[0]: milliseconds must be a time, not \"5 parsecs\"; write a number of ms, or a "
    "text with a unit, such as \"5 ms\" or \"2 s\"\n"
    "tasks[1].args[0]: seconds must be a time, not \"0,5 s\"; write a number of s, or a text with "
    "a unit, such as \"5 ms\" or \"2 s\"\n"
    "tasks[2].args[0]: seconds must be a time, not true; write a number of s, or a text with a "
    "unit, such as \"5 ms\" or \"2 s\"" },
  { "not a list",
    TASKS (P ("p", CALL ("square", "43")) ", " P ("q", CALL ("square", "[43, \"x\", 5]"))),
    "tasks[0].args[0]: numbers must be a list of whole numbers, not 43; write it in brackets, such "
    "as [43, 50]\n"
    "tasks[1].args[0][1]: numbers must be a list of whole numbers, not \"x\"; write whole numbers "
    "only, such as [43, 50]" },
  { "not a text",
    TASKS (P ("p", CALL ("print", "null")) ", " P ("q", CALL ("print", "{\"a\": 1}")) ", "
           P ("r", CALL ("print", "5")) ", " P ("s", CALL ("print", "[1, 2]"))),
    "tasks[0].args[0]: text must be a text, not null; write it in quotation marks, such as "
    "\"Done\"\n"
    "tasks[1].args[0]: text must be a text, not an object; write it in quotation marks, such as "
    "\"Done\"" },
  { "not a file",
    TASKS (P ("p", CALL ("count_words", "5")) ", " P ("q", CALL ("count_words", "\"\""))),
    "tasks[0].args[0]: file must be a file's name, not 5; write it in quotation marks, such as "
    "\"text.txt\"\n"
    "tasks[1].args[0]: file has no name; write a file's name, relative to the folder of the "
    "graph" },
  { "not a signal",
    TASKS (P ("p", CALL ("crash", "\"SIGNOTHING\"")) ", " P ("q", CALL ("crash", "0")) ", "
           P ("r", CALL ("crash", "\"sigsegv\"")) ", " P ("s", CALL ("crash", "6"))),
    "tasks[0].args[0]: signal must be a signal, not \"SIGNOTHING\"; write its number or its name, "
    "such as 15 or \"SIGTERM\"\n"
    "tasks[1].args[0]: signal must be a signal, not 0; write its number or its name, such as 15 or "
    "\"SIGTERM\"" },
  { "not a task",
    "\"main\": { " BODY ("[\"start\", \"p\"], [\"start\", 5]") " }, " TASKS (P ("p", BUSY)),
    "main.body[0].args[0]: task must be a task, not \"p\"; write {\"task\": \"p\"}\n"
    "main.body[1].args[0]: task must be a task, not 5; write {\"task\": \"p1\"} with the id of a "
    "task" },
  { "limits",
    TASKS (P ("p", CALL ("fibonacci", "56")) ", " P ("q", CALL ("sleep", "-1")) ", "
           P ("r", CALL ("busy", "\"2 h\"")) ", " P ("s", CALL ("exit", "256"))),
    "tasks[0].args[0]: n is too large: 56; write a number from 0 to 55\n"
    "tasks[1].args[0]: seconds is too small: -1 s; write a number from 0 to 86400 s\n"
    "tasks[2].args[0]: milliseconds is too large: 7200000 ms; write a number from 0 to 3600000 ms\n"
    "tasks[3].args[0]: code is too large: 256; write a number from 0 to 255" },

  /* inside */
  { "inside nothing", TASKS (P ("proc1", BUSY) ", " T ("t", BUSY ", \"inside\": \"proc\"")),
    "tasks[1].inside: there is no task proc to be inside of; did you mean proc1?" },
  { "inside main", TASKS (T ("t", BUSY ", \"inside\": \"main\"")), "" },
  { "inside itself", TASKS (P ("p", BUSY ", \"inside\": \"p\"")),
    "tasks[0].inside: p is inside itself; name another process, or leave it out for main" },
  { "inside a thread",
    TASKS (T ("t", BUSY) ", " T ("u", BUSY ", \"inside\": \"t\"") ", " C ("c", BUSY) ", "
           P ("p", BUSY ", \"inside\": \"c\"")),
    "tasks[1].inside: t is a thread, and nothing can be inside a thread; name a process, or leave "
    "it out for main\n"
    "tasks[3].inside: c is a call, and nothing can be inside a call; name a process, or leave it "
    "out for main" },
  { "inside a copy",
    TASKS (P ("p", BUSY ", \"copies\": 2") ", " T ("t", BUSY ", \"inside\": \"p.1\"")),
    "tasks[1].inside: p.1 is one of several copies, which all hold the same; write p" },
  { "inside in a circle",
    TASKS (P ("a", BUSY ", \"inside\": \"b\"") ", " P ("b", BUSY ", \"inside\": \"c\"") ", "
           P ("c", BUSY ", \"inside\": \"a\"")),
    "tasks[0].inside: each of these is the parent of the next, in a circle: a → c → b → a; let one "
    "of them have main as its parent" },
  { "too deep",
    "\"alive-limit\": 2, " TASKS (P ("a", BUSY) ", " P ("b", BUSY ", \"inside\": \"a\"") ", "
           P ("c", BUSY ", \"inside\": \"b\"")),
    "tasks[2].inside: 2 tasks would have to be alive, each inside the other, before c can start; "
    "the limit is 2; nest the tasks less deeply, or raise \"alive-limit\"" },

  /* after */
  { "after nothing", TASKS (P ("p1", BUSY ", \"after\": [\"p2\", \"q\"]")),
    "tasks[0].after[0]: there is no task p2 to come after; did you mean p1?\n"
    "tasks[0].after[1]: there is no task q to come after; write the id of a task of this graph" },
  { "after itself", TASKS (P ("p", BUSY ", \"after\": [\"p\"]")),
    "tasks[0].after[0]: p would wait for itself: p → p; leave it out" },
  { "after main", TASKS (P ("p", BUSY ", \"after\": [\"main\"]")),
    "tasks[0].after[0]: main ends last, so nothing can come after it; leave it out" },
  { "after a copy",
    TASKS (P ("p", BUSY ", \"copies\": 2") ", " P ("q", BUSY ", \"after\": [\"p.2\"]") ", "
           P ("r", BUSY ", \"after\": [\"p.3\"]") ", " P ("s", BUSY ", \"after\": [\"q.1\"]")),
    "tasks[2].after[0]: there is no task p.3 to come after; write the id of a task of this graph\n"
    "tasks[3].after[0]: there is no task q.1 to come after; write the id of a task of this graph" },
  { "circle of two",
    TASKS (P ("p1", BUSY ", \"after\": [\"p2\"]") ", " P ("p2", BUSY ", \"after\": [\"p1\"]")),
    "tasks[0].after: these tasks wait for each other in a circle: p1 → p2 → p1; remove one of "
    "these arrows" },
  { "circles",
    TASKS (P ("x", BUSY) ", " P ("a", BUSY ", \"after\": [\"x\", \"c\"]") ", "
           P ("b", BUSY ", \"after\": [\"a\"]") ", " P ("c", BUSY ", \"after\": [\"b\"]") ", "
           P ("d", BUSY ", \"after\": [\"c\", \"e\"]") ", " P ("e", BUSY ", \"after\": [\"d\"]")),
    "tasks[1].after: these tasks wait for each other in a circle: a → b → c → a; remove one of "
    "these arrows\n"
    "tasks[4].after: these tasks wait for each other in a circle: d → e → d; remove one of these "
    "arrows" },
  { "not a sibling",
    TASKS (P ("p", BUSY) ", " T ("t", BUSY ", \"inside\": \"p\"") ", "
           P ("q", BUSY ", \"after\": [\"t\"]") ", "
           T ("u", BUSY ", \"inside\": \"p\", \"after\": [\"q\"]")),
    "tasks[2].after[0]: t has another parent (p) than q (main); name a task whose parent is main\n"
    "tasks[3].after[0]: q has another parent (main) than u (p); name a task whose parent is p" },

  /* started by bodies */
  { "started",
    "\"main\": { " BODY (DO ("start", "p")) " }, "
    TASKS (P ("p", BUSY ", \"inside\": \"q\", \"after\": [\"q\"]") ", "
           P ("q", BUSY ", \"after\": [\"p\"]")),
    "tasks[0].inside: p is started by the body of main, which is its parent; leave inside out, or "
    "remove the start from the body\n"
    "tasks[0].after: p is started by the body of main, and nowhere else; leave after out, or "
    "remove the start from the body\n"
    "tasks[0].after: these tasks wait for each other in a circle: p → q → p; remove one of these "
    "arrows" },
  { "started by two",
    "\"main\": { " BODY (DO ("start", "p")) " }, " TASKS (P ("p", BUSY) ", "
           P ("q", BODY (DO ("start", "p")))),
    "tasks[1].body[0].args[0]: p is started by the body of main already; start it in one place "
    "only" },
  { "start twice runs",
    "\"main\": { " BODY (DO ("start", "p") ", " DO ("start", "p")) " }, " TASKS (P ("p", BUSY)),
    "" },
  { "start again and again",
    "\"main\": { " BODY (DO ("start", "p")) ", \"repeat\": 3 }, " TASKS (P ("p", BUSY)),
    "~main.body[0].args[0]: p is started 3 times, and a task can be started only once; leave "
    "repeat out" },
  { "start a call",
    "\"main\": { " BODY (DO ("start", "c") ", " DO ("join", "c")) " }, " TASKS (C ("c", BUSY)),
    "main.body[0].args[0]: c is a call, which cannot be started; make c a thread or a process, or "
    "call its function in the body\n"
    "main.body[1].args[0]: c is a call, which cannot be joined; leave the step out: a call has "
    "ended when its parent goes on" },
  { "start oneself", TASKS (P ("p", CALL ("start", "{\"task\": \"p\"}"))),
    "tasks[0].args[0]: p cannot start itself; start another task" },
  { "start in a circle",
    TASKS (P ("a", BODY (DO ("start", "b"))) ", " P ("b", BODY (DO ("start", "a")))),
    "tasks[0]: each of these is the parent of the next, in a circle: a → b → a; let one of them "
    "have main as its parent" },
  { "start nobody",
    "\"main\": { " BODY (DO ("start", "p2") ", " DO ("join", "main")) " }, " TASKS (P ("p1", BUSY)),
    "main.body[0].args[0]: there is no task p2; did you mean p1?\n"
    "main.body[1].args[0]: main runs as long as the graph does, and no task can start, join or end "
    "it; name another task" },
  { "started inside and after",
    TASKS (P ("p", BODY (DO ("start", "q"))) ", " P ("q", BUSY) ", "
           P ("r", BUSY ", \"inside\": \"p\", \"after\": [\"q\"]")), "" },

  /* join, terminate, kill */
  { "oneself",
    TASKS (P ("p", BODY (DO ("join", "p") ", " DO ("terminate", "p") ", " DO ("kill", "p")))),
    "tasks[0].body[0].args[0]: p would wait for itself for ever; join another task\n"
    "tasks[0].body[1].args[0]: p would end itself; call exit, or name another task\n"
    "tasks[0].body[2].args[0]: p would end itself; call exit, or name another task" },
  { "end a thread",
    "\"main\": { " BODY (DO ("terminate", "t") ", " DO ("kill", "c")) " }, " TASKS (T ("t", BUSY)
    ", " C ("c", BUSY)),
    "main.body[0].args[0]: t is a thread, and terminate ends processes only; make t a process\n"
    "main.body[1].args[0]: c is a call, and kill ends processes only; make c a process" },
  { "a stranger", TASKS (P ("p", BODY (DO ("join", "q"))) ", " P ("q", BUSY)),
    "~tasks[0].body[0].args[0]: join of q will fail: only its parent, main, can do that; do it in "
    "the body of main" },
  { "too early",
    "\"main\": { " BODY (DO ("kill", "q")) " }, " TASKS (P ("p", BUSY) ", "
           P ("q", BUSY ", \"after\": [\"p\"]")),
    "~main.body[0].args[0]: kill of q will fail: q comes after other tasks, and is started when "
    "this body has ended; start q in this body, or leave the step out" },
  { "a thread joins its brother", TASKS (T ("t", BODY (DO ("join", "u"))) ", " T ("u", BUSY)), "" },

  /* daemons */
  { "daemon",
    TASKS (P ("d", BUSY ", \"daemon\": true") ", " P ("p", BUSY ", \"inside\": \"d\"") ", "
           T ("t", BUSY ", \"inside\": \"d\"")),
    "~tasks[1].inside: d is a daemon and may not start processes: p will not be started; make p a "
    "thread, or d no daemon" },
  { "daemon starts",
    TASKS (P ("d", BODY (DO ("start", "p")) ", \"daemon\": true") ", " P ("p", BUSY)),
    "~tasks[1]: d is a daemon and may not start processes: p will not be started; make p a thread, "
    "or d no daemon" },

  /* questions */
  { "questions",
    MAIN (DO ("start", "p") ", " DO ("is_alive", "p") ", " DO ("exitcode", "p") ", "
          DO ("pid", "p") ", " DO ("pid", "t") ", " DO ("name", "t"))
    TASKS (P ("p", BODY (DO ("is_alive", "p") ", " DO ("pid", "p") ", " DO ("name", "p"))) ", "
           T ("t", BUSY ", \"after\": [\"p\"]")), "" },
  { "questions before a start",
    MAIN (DO ("is_alive", "p") ", " DO ("exitcode", "q"))
    TASKS (P ("p", BUSY) ", " P ("q", BUSY ", \"after\": [\"p\"]")), "" },
  { "questions about a call",
    MAIN (DO ("is_alive", "c") ", " DO ("exitcode", "c") ", " DO ("pid", "c") ", "
          DO ("name", "c"))
    TASKS (C ("c", BUSY)),
    "main.body[0].args[0]: c is a call, which is a part of its parent: is_alive tells of processes "
    "and threads; name its parent\n"
    "main.body[1].args[0]: c is a call, which is a part of its parent: exitcode tells of processes "
    "and threads; name its parent\n"
    "main.body[2].args[0]: c is a call, which is a part of its parent: pid tells of processes and "
    "threads; name its parent\n"
    "main.body[3].args[0]: c is a call, which is a part of its parent: name tells of processes and "
    "threads; name its parent" },
  { "questions about a stranger",
    TASKS (P ("p", BODY (DO ("is_alive", "q") ", " DO ("exitcode", "q") ", " DO ("pid", "q") ", "
                         DO ("name", "q"))) ", "
           P ("q", BUSY)),
    "~tasks[0].body[0].args[0]: is_alive of q will fail: only its parent, main, can do that; do it "
    "in the body of main\n"
    "~tasks[0].body[1].args[0]: exitcode of q will fail: only its parent, main, can do that; do it "
    "in the body of main" },
  { "questions about nobody, and main",
    TASKS (P ("p1", BODY (DO ("pid", "p2") ", " DO ("is_alive", "main")))),
    "tasks[0].body[0].args[0]: there is no task p2; did you mean p1?\n"
    "tasks[0].body[1].args[0]: main runs as long as the graph does, and no task can start, join or "
    "end it; name another task" },

  /* a lock taken twice */
  { "acquired twice",
    M TASKS (P ("p", BODY (USE ("acquire", "m") ", " HOLDS ", " USE ("release", "m")))),
    "~tasks[0].body[1].args[0]: p holds m already, and would wait for itself for ever; release m "
    "first, or make it an rlock" },
  { "one after the other", M TASKS (P ("p", BODY (HOLDS ", " HOLDS) ", \"repeat\": 2")), "" },
  { "twice with a timeout",
    M TASKS (P ("p", BODY (USE ("acquire", "m") ", " USE_WITH ("acquire", "m", "0") ", "
                           USE ("release", "m")))), "" },
  { "twice an rlock",
    OBJECTS (OBJECT ("m", "rlock"))
    TASKS (P ("p", BODY (USE ("acquire", "m") ", " HOLDS ", " USE ("release", "m")))), "" },
  { "twice, released by another",
    M TASKS (P ("p", BODY (USE ("acquire", "m") ", " USE ("acquire", "m"))) ", "
             P ("q", BODY (USE ("release", "m")))), "" },
  { "twice by repetition",
    M TASKS (P ("p", BODY (USE ("acquire", "m")) ", \"repeat\": 2")),
    "~tasks[0].body[0].args[0]: p holds m already, and would wait for itself for ever; release m "
    "first, or make it an rlock" },

  /* a lock kept */
  { "kept",
    M TASKS (P ("p", CALL ("acquire", "{\"object\": \"m\"}")) ", " P ("q", BODY (HOLDS))),
    "~tasks[0].args[0]: p never releases m: who waits for it then waits for ever; release m before "
    "p ends" },
  { "kept at a failure",
    M TASKS (P ("p", BODY (USE ("acquire", "m") ", [\"fail\", \"x\"], " USE ("release", "m"))) ", "
             P ("q", BODY (HOLDS))),
    "~tasks[0].body[0].args[0]: p ends by fail and has not released m: who waits for it then waits "
    "for ever; release m before p ends" },
  { "given back before a failure",
    M TASKS (P ("p", BODY (HOLDS ", [\"fail\", \"x\"]") ", \"copies\": 2")), "" },
  { "kept by the only one", M TASKS (P ("p", BODY (USE ("acquire", "m")))), "" },
  { "kept, released by another",
    M TASKS (P ("p", BODY (USE ("acquire", "m"))) ", " P ("q", BODY (HOLDS ", " USE ("release", "m")))),
    "" },
  { "kept semaphore",
    OBJECTS (OBJECT ("m", "semaphore"))
    TASKS (P ("p", BODY (USE ("acquire", "m")) ", \"copies\": 2")), "" },

  /* a condition */
  { "wait without the lock",
    OBJECTS (OBJECT ("c", "condition"))
    TASKS (P ("p", BODY (USE ("wait", "c"))) ", " P ("q", BODY (USE ("notify_all", "c")))),
    "~tasks[0].body[0].args[0]: p waits for c without holding its lock: a notify that comes just "
    "before is lost, and in Python it is an error; acquire c before, and release it after" },
  { "wait with the lock",
    OBJECTS (OBJECT ("m", "lock") ", " OBJECT_OF ("c", "condition", "\"lock\": \"m\"") ", "
             OBJECT ("d", "condition"))
    TASKS (P ("p", BODY (USE ("acquire", "m") ", " USE ("wait", "c") ", " USE ("release", "c"))) ", "
           P ("q", BODY (USE ("acquire", "d") ", " USE ("wait", "d") ", " USE ("release", "d")))),
    "" },

  /* signals */
  { "terminate with a lock",
    M MAIN (DO ("start", "p") ", " DO ("terminate", "p") ", " DO ("kill", "p"))
    TASKS (P ("p", BODY (HOLDS)) ", " P ("q", BODY (HOLDS))),
    "~main.body[1].args[0]: terminate may end p while it holds m, which nobody gives back then; let "
    "p end by itself, as when an event is set, and join it" },
  { "kill with a lock in a thread",
    M MAIN (DO ("start", "p") ", " DO ("kill", "p"))
    TASKS (P ("p", BUSY) ", " T ("t", BODY (HOLDS) ", \"inside\": \"p\", \"copies\": 2")),
    "~main.body[1].args[0]: kill may end p while it holds m, which nobody gives back then; let p "
    "end by itself, as when an event is set, and join it" },
  { "kill with a queue",
    Q MAIN (DO ("start", "p") ", " DO ("kill", "p") ", " USE ("get", "q"))
    TASKS (P ("p", BODY (USE_WITH ("put", "q", "1")))),
    "~main.body[1].args[0]: kill may end p while it works with q: an item may be lost, and a Python "
    "queue be left locked; let p end by itself, as when an event is set, and join it" },
  { "terminate after a join",
    M MAIN (DO ("start", "p") ", " DO ("join", "p") ", " DO ("terminate", "p"))
    TASKS (P ("p", BODY (HOLDS)) ", " P ("q", BODY (HOLDS))), "" },
  { "terminate with a lock of its own",
    M MAIN (DO ("start", "p") ", " DO ("terminate", "p")) TASKS (P ("p", BODY (HOLDS))), "" },
  { "terminate without a lock",
    M MAIN (DO ("start", "p") ", " DO ("terminate", "p"))
    TASKS (P ("p", BUSY) ", " P ("q", BODY (HOLDS) ", \"copies\": 2")), "" },

  /* join before a queue is drained */
  { "join, then get",
    Q MAIN (DO ("start", "p") ", " DO ("join", "p") ", " USE ("get", "q"))
    TASKS (P ("p", BODY (USE_WITH ("put", "q", "1")))),
    "~main.body[1].args[0]: main joins p before it gets what p puts into q: a process may not end "
    "before that is taken; get from q first, and join then" },
  { "get, then join",
    Q MAIN (DO ("start", "p") ", " USE ("get", "q") ", " DO ("join", "p"))
    TASKS (P ("p", BODY (USE_WITH ("put", "q", "1")))), "" },
  { "join, another gets",
    Q MAIN (DO ("start", "p") ", " DO ("join", "p") ", " USE_WITH ("get", "q", "0"))
    TASKS (P ("p", BODY (USE_WITH ("put", "q", "1"))) ", " P ("r", BODY (USE ("get", "q")))), "" },

  /* barriers */
  { "too few parties",
    B TASKS (P ("p", BODY (USE ("wait", "b")) ", \"copies\": 2, \"repeat\": 3")),
    "~objects[0]: b has 3 parties, and only 2 tasks wait at it: for ever; write \"parties\": 2, or "
    "let more tasks wait at it" },
  { "one too many",
    B TASKS (P ("p", BODY (USE ("wait", "b")) ", \"copies\": 4")),
    "~objects[0]: b has 3 parties, and tasks come to it 4 times, which is no multiple of that: the "
    "last wait for ever; let each of its parties wait as often as the others" },
  { "once too seldom",
    B TASKS (P ("p", BODY (USE ("wait", "b") ", " USE ("wait", "b")) ", \"copies\": 2") ", "
             P ("q", BODY (USE ("wait", "b")))),
    "~objects[0]: b has 3 parties, and tasks come to it 5 times, which is no multiple of that: the "
    "last wait for ever; let each of its parties wait as often as the others" },
  { "all parties",
    B TASKS (P ("p", BODY (USE ("wait", "b") ", " USE ("wait", "b"))) ", "
             P ("q", BUSY ", \"copies\": 2") ", "
             T ("t", BODY (USE ("wait", "b")) ", \"repeat\": 2, \"inside\": \"q\"")), "" },
  { "too few, with a timeout",
    B TASKS (P ("p", BODY (USE ("wait", "b"))) ", " P ("q", BODY (USE_WITH ("wait", "b", "1")))), "" },
  { "too few, aborted",
    B TASKS (P ("p", BODY (USE ("wait", "b"))) ", " P ("q", BODY (USE ("abort", "b")))), "" },

  /* task_done */
  { "done too often",
    OBJECTS (OBJECT ("q", "joinable-queue"))
    TASKS (P ("p", BODY (USE_WITH ("put", "q", "1")) ", \"repeat\": 2") ", "
           P ("r", BODY (USE ("get", "q") ", " USE ("task_done", "q")) ", \"copies\": 3")),
    "~objects[0]: task_done is called 3 times for q, and no more than 2 items are put into it: that "
    "is an error at the run; call it once for each item that was got" },
  { "done as often",
    OBJECTS (OBJECT ("q", "joinable-queue"))
    TASKS (P ("p", BODY (USE_WITH ("put", "q", "1")) ", \"repeat\": 3") ", "
           P ("r", BODY (USE ("get", "q") ", " USE ("task_done", "q")) ", \"copies\": 3")), "" },

  /* places */
  { "index of an array",
    OBJECTS (OBJECT_OF ("x", "array", "\"length\": 3") ", " OBJECT ("v", "value"))
    TASKS (P ("p", BODY (USE_WITH ("read", "x", "2") ", " USE_WITH ("read", "x", "3") ", "
                         USE_WITH ("write", "x", "1, 4") ", " USE_WITH ("read", "v", "1") ", "
                         USE ("read", "v")))),
    "~tasks[0].body[1].args[1]: x has 3 numbers, and none with the index 3: that is an error at the "
    "run; write an index from 0 to 2\n"
    "~tasks[0].body[2].args[2]: x has 3 numbers, and none with the index 4: that is an error at the "
    "run; write an index from 0 to 2\n"
    "~tasks[0].body[3].args[1]: v has 1 number, and none with the index 1: that is an error at the "
    "run; write an index from 0 to 0" },
  { "offset of a block",
    OBJECTS (OBJECT_OF ("s", "shared-memory", "\"size\": 10"))
    TASKS (P ("p", BODY (USE_WITH ("unpack_from", "s", "2") ", " USE_WITH ("unpack_from", "s", "3")
                         ", " USE_WITH ("read", "s", "9") ", " USE_WITH ("write", "s", "1, 10") ", "
                         USE_WITH ("pack_into", "s", "8, 1, \"I\"") ", "
                         USE_WITH ("unpack_from", "s", "8, \"h\"")))),
    "~tasks[0].body[1].args[1]: s has 10 bytes, and 8 at 3 go beyond them: that is an error at the "
    "run; begin at 2 at most, or give it a size of 11 or more\n"
    "~tasks[0].body[3].args[2]: s has 10 bytes, and 1 at 10 go beyond them: that is an error at the "
    "run; begin at 9 at most, or give it a size of 11 or more\n"
    "~tasks[0].body[4].args[1]: s has 10 bytes, and 4 at 8 go beyond them: that is an error at the "
    "run; begin at 6 at most, or give it a size of 12 or more" },
  { "a number in a block",
    OBJECTS (OBJECT_OF ("s", "shared-memory", "\"size\": 10"))
    TASKS (P ("p", BODY (USE_WITH ("write", "s", "255") ", " USE_WITH ("write", "s", "256") ", "
                         USE_WITH ("pack_into", "s", "0, 70000, \"H\"")))),
    "~tasks[0].body[1].args[1]: 256 does not fit into 1 byte of the format B: that is an error at "
    "the run; write a whole number from 0 to 255, or use pack_into with another format\n"
    "~tasks[0].body[2].args[2]: 70000 does not fit into 2 bytes of the format H: that is an error "
    "at the run; use another format" },
  { "a format of a block",
    OBJECTS (OBJECT_OF ("s", "shared-memory", "\"size\": 10"))
    TASKS (P ("p", BODY (USE_WITH ("unpack_from", "s", "0, \"x\"")))),
    "tasks[0].body[0].args[2]: there is no format x; write B, b, H, h, I, i, Q, q, f or d" },
  { "index of a list",
    OBJECTS (OBJECT ("l", "list") ", " OBJECT ("e", "list"))
    TASKS (P ("p", BODY (USE_WITH ("append", "l", "1")) ", \"copies\": 2, \"repeat\": 2") ", "
           P ("r", BODY (USE_WITH ("get_item", "l", "3") ", " USE_WITH ("get_item", "l", "4") ", "
                         USE_WITH ("pop", "l", "-5") ", " USE_WITH ("pop", "l", "-4") ", "
                         USE ("pop", "l") ", " USE ("pop", "e")))),
    "~tasks[1].body[1].args[1]: no more than 4 items are put into l, and none has the index 4: that "
    "is an error at the run; append as many items before\n"
    "~tasks[1].body[2].args[1]: no more than 4 items are put into l, and none has the index -5: "
    "that is an error at the run; append as many items before\n"
    "~tasks[1].body[5].args[0]: nobody puts an item into e: that is an error at the run; append as "
    "many items before" },
  { "keys",
    OBJECTS (OBJECT ("l", "list") ", " OBJECT ("d", "dict"))
    TASKS (P ("p", BODY (USE_WITH ("append", "l", "1") ", " USE_WITH ("get_item", "l", "\"a\"") ", "
                         USE_WITH ("get_item", "l", "0, 5") ", " USE ("pop", "d") ", "
                         USE_WITH ("get_item", "d", "[1]") ", " USE_WITH ("contains", "d", "0.5") ", "
                         USE_WITH ("get_item", "d", "\"a\", null")))),
    "tasks[0].body[1].args[1]: l is a list, and its places are whole numbers; write an index, such "
    "as 0 for the first item or -1 for the last\n"
    "tasks[0].body[2].args[2]: l is a list, and only a dictionary has something for keys that it has "
    "not; leave it out, or make the list a dictionary\n"
    "tasks[0].body[3].args[0]: d is a dictionary, and pop needs the key of what it takes out; write "
    "it as in [\"pop\", {\"object\": \"d\"}, \"a\"]\n"
    "tasks[0].body[4].args[1]: a key must be a text or a whole number; write one, such as \"a\" or "
    "5\n"
    "tasks[0].body[5].args[1]: a key must be a text or a whole number; write one, such as \"a\" or "
    "5" },
};

static char *
check (const char *keys)
{
  g_autofree char *text = g_strdup_printf ("{ \"telar\": 1, %s }", keys);
  g_autoptr (GPtrArray) faults = telar_faults_new ();
  g_autoptr (TelarGraph) graph = telar_graph_parse (text, strlen (text), NULL, faults);
  GString *out = g_string_new (NULL);
  gboolean sound, errors = FALSE;

  g_assert_nonnull (graph);
  g_assert_cmpuint (faults->len, ==, 0);
  sound = telar_graph_check (graph, faults);
  for (guint i = 0; i < faults->len; i++)
    {
      const TelarFault *fault = g_ptr_array_index (faults, i);
      g_autofree char *line = telar_fault_describe (fault);

      g_string_append_printf (out, "%s%s%s", i > 0 ? "\n" : "",
                              fault->level == TELAR_FAULT_WARNING ? "~" : "", line);
      errors |= fault->level == TELAR_FAULT_ERROR;
      g_assert_false (g_str_has_suffix (fault->what, "."));
      g_assert_nonnull (fault->cure);
    }
  g_assert_cmpint (sound, ==, !errors);
  return g_string_free (out, FALSE);
}

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  g_autofree char *found = check (row->keys);

  g_assert_cmpstr (found, ==, row->expected);
}

/* All faults of one file, in one pass, with the file's name. */
static void
test_one_pass (void)
{
  g_autoptr (GString) tasks = g_string_new (NULL);
  g_autofree char *text = NULL;
  g_autoptr (GPtrArray) faults = telar_faults_new ();
  g_autoptr (TelarGraph) graph = NULL;

  for (guint i = 0; i < 50; i++)
    g_string_append_printf (tasks, "%s{ \"id\": \"p%u\", \"kind\": \"process\", \"function\": "
                                   "\"nothing\", \"after\": [\"x\"], \"copies\": 0 }",
                            i > 0 ? ", " : "", i);
  text = g_strdup_printf ("{ \"telar\": 1, \"tasks\": [ %s ] }", tasks->str);
  graph = telar_graph_parse (text, strlen (text), "all.telar", faults);
  g_assert_nonnull (graph);
  g_assert_false (telar_graph_check (graph, faults));
  g_assert_cmpuint (faults->len, ==, 150);
  for (guint i = 0; i < faults->len; i++)
    g_assert_cmpstr (((TelarFault *) g_ptr_array_index (faults, i))->file, ==, "all.telar");
  g_assert_cmpstr (((TelarFault *) g_ptr_array_index (faults, 0))->task, ==, "p0");
}

/* Faults of an object are told with its id, those of the graph with none. */
static void
test_whose (void)
{
  static const char text[] = "{ \"telar\": 1, \"objects\": [ { \"id\": \"m\", \"type\": \"lock\" }, "
                             "{ \"id\": \"b\", \"type\": \"barrier\" } ], \"cores\": [], "
                             "\"main\": { \"body\": [ [\"print\", \"x\"] ] } }";
  g_autoptr (GPtrArray) faults = telar_faults_new ();
  g_autoptr (TelarGraph) graph = telar_graph_parse (text, strlen (text), NULL, faults);

  g_assert_nonnull (graph);
  g_assert_false (telar_graph_check (graph, faults));
  g_assert_cmpuint (faults->len, ==, 2);
  for (guint i = 0; i < faults->len; i++)
    {
      const TelarFault *fault = g_ptr_array_index (faults, i);

      g_assert_cmpstr (fault->task, ==, g_str_has_prefix (fault->place, "objects") ? "b" : NULL);
    }
}

/* A circle of a thousand names the ends of it. */
static void
test_large_circle (void)
{
  g_autoptr (TelarGraph) graph = telar_graph_new ();
  g_autoptr (GPtrArray) faults = telar_faults_new ();

  for (guint i = 0; i < 10000; i++)
    {
      g_autofree char *id = g_strdup_printf ("p%u", i);
      TelarTask *task = telar_task_new (id, TELAR_KIND_PROCESS);

      task->has_body = TRUE;
      g_ptr_array_add (task->after, g_strdup_printf ("p%u", (i + 1) % 10000));
      g_ptr_array_add (graph->tasks, task);
    }
  g_assert_false (telar_graph_check (graph, faults));
  g_assert_cmpuint (faults->len, ==, 1);
  g_assert_cmpstr (((TelarFault *) g_ptr_array_index (faults, 0))->what, ==,
                   "these tasks wait for each other in a circle: p0 → p9999 → p9998 → p9997 → "
                   "p9996 → p9995 → … → p2 → p1 → p0");
}

static void
test_durations (void)
{
  static const struct
  {
    const char *text, *unit;
    gint64 ns;
  } durations[] = {
    { "5", "ms", 5000000 },        { "5", NULL, 5000000000 },     { "5 ms", "s", 5000000 },
    { "0.5s", "ms", 500000000 },   { "100 µs", "s", 100000 },     { "100 μs", "s", 100000 },
    { "100us", "s", 100000 },      { "7 ns", "s", 7 },            { "1 min", "s", 60000000000 },
    { "2 h", "s", 7200000000000 }, { "-1", "s", -1000000000 },    { " 1e3  ms ", "s", 1000000000 },
    { ".5 s", "s", 500000000 },    { "1.5e-3", "s", 1500000 },    { "+2", "s", 2000000000 },
  };
  static const char *const wrong[] = { "", " ", "s", "5 parsecs", "5 S", "0x10", "inf", "nan", ".",
                                       "5 5", "5ms5", "1e", "1e400", "99999999999 s", "0,5" };
  gint64 ns;

  for (guint i = 0; i < G_N_ELEMENTS (durations); i++)
    {
      g_assert_true (telar_duration_parse (durations[i].text, durations[i].unit, &ns));
      g_assert_cmpint (ns, ==, durations[i].ns);
    }
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    g_assert_false (telar_duration_parse (wrong[i], "s", &ns));
}

static void
test_signals (void)
{
  g_assert_cmpint (telar_signal_parse ("SIGTERM"), ==, 15);
  g_assert_cmpint (telar_signal_parse ("TERM"), ==, 15);
  g_assert_cmpint (telar_signal_parse ("sigkill"), ==, 9);
  g_assert_cmpint (telar_signal_parse ("11"), ==, 11);
  g_assert_cmpint (telar_signal_parse ("0"), ==, -1);
  g_assert_cmpint (telar_signal_parse ("SIG"), ==, -1);
  g_assert_cmpint (telar_signal_parse (""), ==, -1);
  g_assert_cmpint (telar_signal_parse ("500"), ==, -1);
}

/* What each function gets where an argument is left out is what it takes. */
static void
test_initial_values (void)
{
  unsigned n;
  const TelarFunction *functions = telar_catalogue (&n);

  for (unsigned i = 0; i < n; i++)
    for (unsigned p = 0; p < functions[i].n_parameters; p++)
      {
        const TelarParameter *parameter = &functions[i].parameters[p];
        g_auto (TelarValue) value = { 0 };

        if (!parameter->optional || parameter->type == TELAR_VALUE_TEXTS)
          continue;
        g_assert_cmpint (parameter->type, !=, TELAR_VALUE_TASK);
        telar_value_initial (parameter, &value);
        g_assert_cmpint (value.type, ==, parameter->type);
        if (parameter->type == TELAR_VALUE_INTEGER)
          {
            g_assert_cmpfloat ((double) value.integer, >=, parameter->minimum);
            g_assert_cmpfloat ((double) value.integer, <=, parameter->maximum);
          }
      }
}

/* A graph whose program is not there runs, but not well; its data may be made
 * meanwhile. */
static void
test_program_files (void)
{
  static const char text[] = "{ \"telar\": 1, \"tasks\": [ "
      P ("p", CALL ("python", "\"there.py\", \"f\"")) ", "
      P ("q", CALL ("python", "\"not-there.py\", \"f\", 5")) ", "
      P ("r", CALL ("python", "\"/nowhere/x.py\", \"f\"")) ", "
      P ("s", CALL ("count_words", "\"not-there.txt\"")) " ] }";
  g_autofree char *folder = g_dir_make_tmp ("telar-check-XXXXXX", NULL);
  g_autofree char *file = g_build_filename (folder, "graph.telar", NULL);
  g_autofree char *there = g_build_filename (folder, "there.py", NULL);
  g_autofree char *first = g_strdup_printf ("there is no file %s/not-there.py", folder);
  g_autoptr (GPtrArray) faults = telar_faults_new ();
  g_autoptr (GPtrArray) nowhere = telar_faults_new ();
  g_autoptr (TelarGraph) graph = telar_graph_parse (text, strlen (text), file, faults);
  g_autoptr (TelarGraph) unsaved = telar_graph_parse (text, strlen (text), NULL, nowhere);
  const TelarFault *fault;

  g_assert_true (g_file_set_contents (there, "", -1, NULL));
  g_assert_true (telar_graph_check (graph, faults));
  g_assert_cmpuint (faults->len, ==, 2);
  fault = g_ptr_array_index (faults, 0);
  g_assert_cmpint (fault->level, ==, TELAR_FAULT_WARNING);
  g_assert_cmpstr (fault->place, ==, "tasks[1].args[0]");
  g_assert_cmpstr (fault->what, ==, first);
  g_assert_cmpstr (fault->cure, ==, "put it there, or name it relative to the folder of the graph");
  fault = g_ptr_array_index (faults, 1);
  g_assert_cmpstr (fault->what, ==, "there is no file /nowhere/x.py");
  g_unlink (there);
  g_rmdir (folder);

  /* A graph without a folder: only what is absolute can be looked for. */
  g_assert_true (telar_graph_check (unsaved, nowhere));
  g_assert_cmpuint (nowhere->len, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/check/", rows[i].name, NULL);
      g_test_add_data_func (path, &rows[i], test_row);
    }
  g_test_add_func ("/check/one-pass", test_one_pass);
  g_test_add_func ("/check/whose", test_whose);
  g_test_add_func ("/check/large-circle", test_large_circle);
  g_test_add_func ("/check/program-files", test_program_files);
  g_test_add_func ("/value/durations", test_durations);
  g_test_add_func ("/value/signals", test_signals);
  g_test_add_func ("/value/initial", test_initial_values);
  return g_test_run ();
}

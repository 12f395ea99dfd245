/* example-texts.h
 *
 * SPDX-License-Identifier: MIT
 *
 * The texts of resources/examples, for xgettext; written by update.py and
 * compiled nowhere.
 */

/* 01-greeting.telar */
N_("Greeting")
N_("One process is started, says hello, and is joined.")
/* 02-greeting-heavier.telar */
N_("Greeting, heavier")
N_("The same greeting after 60 ms of computing, so that the process is easy to see.")
/* 03-greeting-with-argument.telar */
N_("Greeting with an argument")
N_("The process gets an argument: whom to greet.")
/* 04-greeting-with-argument-heavier.telar */
N_("Greeting with an argument, heavier")
N_("The same greeting after 60 ms of computing; change the name and run it again.")
/* 05-squares-and-even-numbers.telar */
N_("Squares and even numbers")
N_("Two processes work through the same numbers at once; main joins both and prints Done.")
/* 06-squares-and-even-numbers-heavier.telar */
N_("Squares and even numbers, heavier")
N_("The same two processes with 15 ms of computing for each number, spread over two cores.")
/* 07-start-and-join.telar */
N_("Start and join, step by step")
N_("The body of main says itself when each process is started and joined.")
/* 08-ending-a-process-early.telar */
N_("Ending a process early")
N_("Terminate asks p1 to end, and it does; p2 ignores that and must be killed.")
/* 09-threads-inside-processes.telar */
N_("Threads inside processes")
N_("Two processes with two threads each: threads show the process that they live in.")
/* 10-same-work-as-calls.telar */
N_("The same work as calls")
N_("Four times 50 ms of computing as four plain calls, one after the other in main's own thread.")
/* 11-same-work-as-threads.telar */
N_("The same work as threads")
N_("Four times 50 ms of computing as four threads of main, as many at once as there are cores.")
/* 12-same-work-as-processes.telar */
N_("The same work as processes")
N_("Four times 50 ms of computing as four processes, as many at once as there are cores.")
/* 13-diamond.telar */
N_("Diamond")
N_("Left and right start together when top was joined; bottom waits for both.")
/* 14-crash-among-healthy-tasks.telar */
N_("A crash among healthy tasks")
N_("One process ends by a segmentation fault, one fails; the others do not notice.")
/* 15-one-more-than-cores.telar */
N_("One task more than cores")
N_("Three processes share two cores, 0 and 1: one of them always waits for its turn.")

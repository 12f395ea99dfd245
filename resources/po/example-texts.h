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
/* 16-producer-and-consumer.telar */
N_("Producer and consumer")
N_("The consumer is faster than the producer: before each item it waits, the queue being empty.")
/* 17-bounded-queue.telar */
N_("Bounded queue")
N_("The queue holds two items: the producer is far ahead, and must wait until there is room.")
/* 18-dining-philosophers.telar */
N_("Dining philosophers")
N_("Each takes the fork at the left and waits for ever for the one at the right; main ends them after 1.5 s.")
/* 19-dining-philosophers-in-order.telar */
N_("Dining philosophers, forks in order")
N_("Everybody takes the fork with the lower number first, so that the circle cannot close.")
/* 20-dining-philosophers-with-a-waiter.telar */
N_("Dining philosophers with a waiter")
N_("A waiter, a semaphore of four, lets only four of the five to the table at once; one of them always eats.")
/* 21-lost-update.telar */
N_("Lost update")
N_("Two processes each read 0, compute, and write 1: the value ends as 1, and one update is lost.")
/* 22-lost-update-and-the-lock.telar */
N_("The lock against the lost update")
N_("Four processes add 1 to a value 25,000 times each, under a lock: it ends as 100,000.")
/* 23-readers-and-writers.telar */
N_("Readers and writers")
N_("Three readers at once, a place each of the semaphore room; the writer takes all three, and is alone.")
/* 24-barrier-phases.telar */
N_("Barrier phases")
N_("Nobody begins the next phase before the slowest has ended this one; each time it is another.")
/* 25-pipe-ping-pong.telar */
N_("Ping-pong through a pipe")
N_("One message goes to and fro through a pipe of two ways: one works while the other waits for it.")
/* 26-downloads-three-at-once.telar */
N_("Downloads, three at once")
N_("Nine downloads, which need no core but time; a semaphore lets three go on at once, in three rounds.")
/* 27-starting-gun.telar */
N_("Starting gun")
N_("Four runners wait for one event; main sets it after 100 ms, and all are off at the same moment.")
/* 28-daemon-and-orphan.telar */
N_("Daemon and orphan")
N_("The parent is killed and its child lives on, an orphan; the daemon is ended when main has nothing left to do.")
/* 29-terminate-while-holding-a-lock.telar */
N_("Terminate while holding a lock")
N_("The holder of a lock is ended: nobody gives it back, and p2 learns that its owner died.")
/* 30-fork-forkserver-and-spawn.telar */
N_("Fork, forkserver and spawn")
N_("The same work by each start method, one after the other: look how long each takes to begin.")
/* 31-pool-chunk-sizes.telar */
N_("A pool with chunks of 1 and of 100")
N_("Two workers do the same 200 little tasks twice. One at a time both are busy to the end; a hundred at a time asks for work twice only, but one worker gets all the long ones.")
/* 32-shared-memory-block.telar */
N_("A shared block of numbers")
N_("Three processes each fill their own 16 bytes of one block, two numbers of 8; main reads all six. No two write to one place, so no lock is needed; and 1000, read byte by byte, is 232 and 3.")
/* 33-words-in-a-shared-dictionary.telar */
N_("Words in a shared dictionary")
N_("Three processes count the words of a line each, in one dictionary, and list which lines are done. Counting up is getting and setting: the lock keeps the two together, else a word is lost now and then.")

/* test-timeline.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Records made by hand, as text, and what a timeline makes of them, as text.
 */

#include "config.h"

#include "invariants.h"
#include "synthetic-run.h"
#include "timeline-text.h"

typedef struct
{
  const char *name;
  const char *source;   /* "exact", "sampled", "off" */
  const char *plan;     /* tasks but main, a line each: id kind parent [after…] */
  const char *record;
  const char *expected; /* see timeline_print_like(); only the tasks named there are compared */
} Case;

static void
test_case (gconstpointer data)
{
  const Case *test = data;
  g_autoptr (GBytes) plan = timeline_read_plan (test->plan);
  g_autoptr (TelarTimeline) timeline = telar_timeline_new (plan, NULL);
  g_auto (GStrv) record = g_strsplit (test->record, "\n", -1);
  g_auto (GStrv) expected = g_strsplit (test->expected, "\n", -1);
  TelarBegun begun;

  telar_made_begun (&begun,
                    test->source[0] == 'e'   ? TELAR_SOURCE_EXACT
                    : test->source[0] == 's' ? TELAR_SOURCE_SAMPLED
                                             : TELAR_SOURCE_OFF,
                    2);
  telar_timeline_begin (timeline, &begun);
  for (guint i = 0; record[i] != NULL; i++)
    timeline_read_line (timeline, record[i]);
  telar_assert_invariants (timeline, TELAR_INVARIANTS_ALWAYS);
  for (guint i = 0; expected[i] != NULL && expected[i][0] != '\0'; i++)
    {
      g_autofree char *line = timeline_print_like (timeline, expected[i]);

      g_assert_cmpstr (line, ==, expected[i]);
    }
}

static const Case cases[] = {
  { "process", "exact", "p1 process main\n",
    "0 in 0 1000\n10 run main 1000 10 0\n100 start main p1\n130 fork 0 1001 1000\n"
    "150 in 1 1001\n160 run p1 1001 10 1\n170 started main p1 1001\n200 joins main p1\n"
    "210 out 0 1000\n500 end p1 0 350 1\n510 exit 1 1001\n515 out 1 1001\n530 in 0 1000\n"
    "540 goes-on main\n550 join main p1 0\n600 end main 0 280 0\n610 exit 0 1000\n"
    "700 over 0\n",
    "main (ended with 0): start 0 run 10 end 600 cpu 280 [0 0-210] [0 530-600]"
    " (join p1 210-510) (ready 510-530)\n"
    "p1 (ended with 0): due 10 start 100 run 160 end 500 join 550 cpu 350 [1 150-500]"
    " (due 10-100) (ready 100-150) (ended 500-550)\n"
    "core 0: [main 0-210] [main 530-600]\ncore 1: [p1 150-500]\n"
    "arrows: main@100>p1@150 p1@500>main@550\nstatus: 0\n" },
  { "thread-released-by-its-last-act", "exact", "t1 thread main\n",
    "0 in 0 1000\n10 run main 1000 10 0\n100 start main t1\n110 fork 0 1001 1000\n"
    "120 started main t1 0\n130 joins main t1\n140 out 0 1000\n150 in 0 1001\n"
    "160 run t1 1001 10 0\n300 end t1 0 150 0\n310 exit 0 1001\n320 in 0 1000\n"
    "330 goes-on main\n340 join main t1 0\n400 now\n",
    "main (running): start 0 run 10 [0 0-140] [0 320-400] (join t1 140-300) (ready 300-320)\n"
    "t1 (ended with 0): due 10 start 100 run 160 end 300 join 340 cpu 150 [0 150-300]"
    " (due 10-100) (ready 100-150) (ended 300-340)\n" },
  { "sleep-and-preempted", "exact", "",
    "0 in 0 1000\n10 run main 1000 10 0\n50 pre 0 1000\n80 in 1 1000\n90 sleeps main 200\n"
    "100 out 1 1000\n230 in 0 1000\n240 goes-on main\n250 out 0 1000\n300 in 0 1000\n400 now\n",
    "main (running): start 0 run 10 [0 0-50 preempted] [1 80-100] [0 230-250] [0 300-400]"
    " (ready 50-80) (sleep 100-200) (ready 200-230) (unknown 250-300)\n" },
  { "sleeps-on", "exact", "",
    "0 in 0 1000\n10 run main 1000 10 0\n90 sleeps main 200\n100 out 0 1000\n150 now\n",
    "main (running): start 0 run 10 [0 0-100] (sleep 100-150)\n" },
  { "slept-and-not-woken", "exact", "",
    "0 in 0 1000\n10 run main 1000 10 0\n90 sleeps main 200\n100 out 0 1000\n150 now\n250 now\n",
    "main (running): start 0 run 10 [0 0-100] (sleep 100-200) (ready 200-250)\n" },
  { "join-any", "exact", "p1 process main\np2 process main\n",
    "0 in 0 1000\n10 run main 1000 10 0\n20 start main p1\n30 fork 0 1001 1000\n"
    "40 started main p1 1001\n50 start main p2\n60 fork 0 1002 1000\n70 started main p2 1002\n"
    "80 joins-any main\n81 or main p1\n82 or main p2\n90 out 0 1000\n100 in 0 1001\n"
    "110 in 1 1002\n120 run p1 1001 20 0\n130 run p2 1002 20 1\n200 end p2 0 90 1\n"
    "220 exit 1 1002\n240 in 1 1000\n250 now\n",
    "main (running): start 0 run 10 [0 0-90] [1 240-250] (join p1, p2 90-220) (ready 220-240)\n" },
  { "strangers", "exact", "",
    "0 in 1 77\n5 in 0 1000\n10 run main 1000 10 0\n20 out 1 77\n30 in 1 77\n40 fork 1 78 77\n"
    "50 in 1 78\n60 exit 1 78\n100 now\n",
    "main (running): start 0 run 10 [0 5-100] (ready 0-5)\ncore 0: [main 5-100]\n"
    "lost: records 0 events 0\n" },
  { "program", "exact", "p1 process main\n",
    "0 in 0 1000\n10 run main 1000 10 0\n20 start main p1\n30 fork 0 1001 1000\n"
    "40 started main p1 1001\n50 out 0 1000\n60 in 0 1001\n70 run p1 1001 10 0\n"
    "80 fork 0 1002 1001\n85 program p1 1002\n90 waits-program p1\n100 out 0 1001\n"
    "110 in 1 1002\n120 exec 1 1002\n150 fork 1 1003 1002\n160 in 0 1003\n170 out 1 1002\n"
    "200 exit 0 1003\n210 in 1 1002\n300 exit 1 1002\n310 in 0 1001\n320 goes-on p1\n"
    "330 end p1 0 60 0\n340 exit 0 1001\n400 now\n",
    "p1 (ended with 0): due 10 start 20 run 70 end 330 cpu 60 [0 60-100] [1 110-170 program]"
    " [0 170-200 program] [1 210-300 program] [0 310-330] (due 10-20) (ready 20-60)"
    " (its program runs 100-110) (its program runs 200-210) (its program runs 300-310)"
    " (ended 330-400)\n"
    "core 0: [main 0-50] [p1 60-100] [p1 160-200] [p1 310-330]\n" },
  { "program-with-capabilities", "exact", "p1 process main\n",
    "0 in 0 1000\n10 run main 1000 10 0\n20 start main p1\n30 fork 0 1001 1000\n"
    "40 started main p1 1001\n50 out 0 1000\n60 in 0 1001\n70 run p1 1001 10 0\n"
    "80 fork 0 1002 1001\n85 program p1 1002\n90 waits-program p1\n100 out 0 1001\n"
    "110 in 1 1002\n130 exec 1 1002\n300 in 1 1001\n320 goes-on p1\n330 end p1 0 60 1\n400 now\n",
    "p1 (ended with 0): due 10 start 20 run 70 end 330 cpu 60 [0 60-100] [1 110-130 program]"
    " [1 300-330] (due 10-20) (ready 20-60) (its program runs 100-110) (unknown 130-300)"
    " (ended 330-400) recording lost\n" },
  { "call", "exact", "done call main\n",
    "0 in 0 1000\n10 run main 1000 10 0\n100 start main done\n105 run done 1000 105 0\n"
    "110 step done 0 110 0\n150 pre 0 1000\n200 in 1 1000\n220 step-end done 5 170 1\n"
    "230 end done 0 180 1\n235 join main done 0\n300 end main 0 250 1\n310 exit 1 1000\n"
    "400 over 0\n",
    "main (ended with 0): start 0 run 10 end 300 cpu 250 [0 0-150 preempted] [1 200-300]"
    " (ready 150-200)\n"
    "done (ended with 0): due 10 start 100 run 105 end 230 join 235 cpu 75"
    " [0 105-150 preempted] [1 200-230] (due 10-100) (ready 100-105) (ready 150-200)"
    " {110-220 cpu 60 = 5}\n"
    "core 0: [main 0-150]\nstatus: 0\n" },
  { "killed", "exact", "p1 process main\n",
    "0 in 0 1000\n10 run main 1000 10 0\n20 start main p1\n30 fork 0 1001 1000\n"
    "40 started main p1 1001\n60 in 1 1001\n70 run p1 1001 10 1\n100 signal main p1 9\n"
    "120 exit 1 1001\n130 out 1 1001\n150 join main p1 -9\n200 end main 0 200 0\n300 over 0\n",
    "p1 (killed (signal 9)): due 10 start 20 run 70 end 120 join 150 [1 60-120]"
    " (due 10-20) (ready 20-60) (ended 120-150)\nstatus: 0\n" },
  { "killed-from-outside", "exact", "p1 process main\n",
    "0 in 0 1000\n10 run main 1000 10 0\n20 start main p1\n30 fork 0 1001 1000\n"
    "40 started main p1 1001\n60 in 1 1001\n70 run p1 1001 10 1\n120 exit 1 1001\n"
    "150 join main p1 -9\n200 end main 0 200 0\n300 over 0\n",
    "status: 1\n" },
  { "crash-in-a-thread", "exact", "p1 process main\nt1 thread p1\nc1 call t1\n",
    "0 in 0 1000\n10 run main 1000 10 0\n20 start main p1\n30 fork 0 1001 1000\n"
    "40 started main p1 1001\n50 out 0 1000\n60 in 0 1001\n70 run p1 1001 10 0\n"
    "80 start p1 t1\n85 fork 0 1002 1001\n90 started p1 t1 0\n95 joins p1 t1\n100 out 0 1001\n"
    "110 in 1 1002\n120 run t1 1002 10 1\n130 start t1 c1\n131 run c1 1002 21 1\n"
    "200 exit 1 1002\n205 exit 0 1001\n220 join main p1 -11\n300 now\n",
    "p1 (segmentation fault (signal 11)): due 10 start 20 run 70 end 205 join 220 [0 60-100]"
    " (due 10-20) (ready 20-60) (join t1 100-200) (ready 200-205) (ended 205-220)\n"
    "c1 (ended with its process p1): due 120 start 130 run 131 end 200 [1 131-200]"
    " (due 120-130) (ready 130-131)\n" },
  { "a-switch-out-is-missing", "exact", "p1 process main\n",
    "0 in 0 1000\n10 run main 1000 10 0\n20 start main p1\n30 fork 0 1001 1000\n"
    "40 started main p1 1001\n100 in 0 1001\n110 run p1 1001 10 0\n150 lost 0 7\n"
    "200 in 0 1000\n300 now\n",
    "core 0: [main 0-100] [p1 100-150] [main 200-300]\n"
    "main (running): start 0 run 10 [0 0-100] [0 200-300] (unknown 100-200)\n"
    "lost: records 7 events 0 (7 on 0 at 150)\n" },
  { "late", "exact", "",
    "0 in 0 1000\n10 run main 1000 10 0\n100 out 0 1000\n200 now\n150 in 1 1000\n250 in 0 1000\n"
    "300 now\n",
    "main (running): start 0 run 10 [0 0-100] [0 250-300] (unknown 100-250)\n"
    "lost: records 1 events 0\n" },
  { "due-while-its-parent-is-busy", "exact", "p1 process main\np2 process main p1\n",
    "0 in 0 1000\n10 run main 1000 10 0\n20 start main p1\n30 fork 0 1001 1000\n"
    "40 started main p1 1001\n50 in 1 1001\n60 run p1 1001 10 1\n100 end p1 0 50 1\n"
    "110 exit 1 1001\n500 join main p1 0\n510 start main p2\n600 now\n",
    "p2 (running): due 100 start 510 (due 100-510) (ready 510-600)\n" },
  { "skipped", "exact", "p1 process main\np2 process main p1\n",
    "0 in 0 1000\n10 run main 1000 10 0\n20 start main p1\n30 refused main p1 11\n"
    "50 skipped main p2 p1 2\n100 end main 0 100 0\n200 over 0\n",
    "p1 (could not start: Resource temporarily unavailable): due 10 (due 10-20)\n"
    "p2 (not started: p1 did not run):\nstatus: 1\n" },
  { "refused-after-it-was-seen", "exact", "p1 process main\n",
    "0 in 0 1000\n10 run main 1000 10 0\n20 start main p1\n30 fork 0 1001 1000\n"
    "40 in 1 1001\n40 out 1 1001\n50 refused main p1 11\n100 now\n",
    "p1 (could not start: Resource temporarily unavailable): due 10 start 20 end 50 (due 10-20)"
    " (ready 20-40) (unknown 40-50)\n" },
  { "program-lost-while-its-task-is-back", "exact", "",
    "0 in 0 1000\n10 run main 1000 10 0\n20 fork 0 1001 1000\n30 in 1 1001\n40 out 0 1000\n"
    "50 exec 1 1001\n60 in 0 1000\n80 in 1 9999\n100 now\n",
    "main (running): start 0 run 10 [0 0-40] [1 40-50 program] [0 80-100] (unknown 50-80)"
    " recording lost\n" },
  { "call-begun-after-its-program-was-lost", "exact", "c1 call main\n",
    "0 in 0 1000\n10 run main 1000 10 0\n20 fork 0 1001 1000\n30 in 1 1001\n40 out 0 1000\n"
    "50 exec 1 1001\n60 start main c1\n70 run c1 0 0 0\n80 in 1 9999\n100 now\n",
    "c1 (running): due 10 start 60 run 70 (due 10-60) (ready 60-70) (unknown 70-100)\n" },
  { "parent-ended", "exact", "p1 process main\nt1 thread p1\n",
    "0 in 0 1000\n10 run main 1000 10 0\n20 start main p1\n30 fork 0 1001 1000\n"
    "40 started main p1 1001\n50 in 1 1001\n60 run p1 1001 10 1\n100 exit 1 1001\n"
    "120 join main p1 -6\n200 end main 0 200 0\n300 over 0\n",
    "p1 (aborted (signal 6)): due 10 start 20 run 60 end 100 join 120 [1 50-100]"
    " (due 10-20) (ready 20-50) (ended 100-120)\n"
    "t1 (not started: p1 ended first): due 60 (due 60-100)\nstatus: 1\n" },
  { "stopped", "exact", "p1 process main\n",
    "0 in 0 1000\n10 run main 1000 10 0\n20 start main p1\n30 fork 0 1001 1000\n"
    "40 started main p1 1001\n50 in 1 1001\n60 run p1 1001 10 1\n100 exit 1 1001\n"
    "100 exit 0 1000\n200 stopped -9\n",
    "main (stopped): start 0 run 10 end 100 [0 0-100]\n"
    "p1 (stopped): due 10 start 20 run 60 end 100 [1 50-100] (due 10-20) (ready 20-50)"
    " (ended 100-200)\nstatus: 1\n" },
  { "orphan", "exact", "p1 process main\np2 process p1\n",
    "0 in 0 1000\n10 run main 1000 10 0\n20 start main p1\n30 fork 0 1001 1000\n"
    "40 started main p1 1001\n50 in 1 1001\n60 run p1 1001 10 1\n70 start p1 p2\n"
    "80 fork 1 1002 1001\n90 started p1 p2 1002\n100 exit 1 1001\n110 in 1 1002\n"
    "120 run p2 1002 10 1\n130 join main p1 -11\n200 end main 0 200 0\n210 exit 0 1000\n"
    "230 exit 1 1002\n250 orphan p2 -9\n300 over 0\n",
    "p2 (killed (signal 9)): due 60 start 70 run 120 end 230 [1 110-230] (due 60-70)"
    " (ready 70-110) (ended 230-250)\n" },
  { "steps-counted", "exact", "",
    "0 in 0 1000\n10 run main 1000 10 0\n20 counted main 5000\n30 dropped main 12\n100 now\n",
    "main (running): start 0 run 10 [0 0-100] +5000 steps\n"
    "lost: records 0 events 12 (12 on -1 at 30)\n" },
  { "others", "exact", "",
    "0 in 0 1000\n10 run main 1000 10 0\n100 load 0 100 1000\n150 out 0 1000\n200 load 0 100 800\n"
    "300 load 0 100 40\n400 now\n",
    "core 0: [main 0-150] others 0 others 300 others 40\n" },
  { "broken-off", "exact", "p1 process main\n",
    "0 in 0 1000\n10 run main 1000 10 0\n100 now\n150 start main p1\n200 broken\n",
    "main (stopped: the engine was lost): start 0 run 10 end 150 [0 0-150]\nstatus: 1\n" },
  { "sampled", "sampled", "p1 process main\n",
    "10 run main 1000 10 0\n20 start main p1\n40 started main p1 1001\n50 joins main p1\n"
    "60 run p1 1001 20 1\n4000 sample main 1000 40 0 S\n4000 sample p1 1001 2020 1\n"
    "8000 sample p1 1001 6020 1\n8000 sample main 1000 40 0 S\n9000 end p1 0 6520 1\n"
    "9100 goes-on main\n9200 join main p1 0\n9300 end main 0 100 0\n9400 over 0\n",
    "p1 (ended with 0): due 10 start 20 run 60 end 9000 join 9200 cpu 6520 [1 20-40 sampled]"
    " [1 60-2060 sampled] [1 4000-8500 sampled] (due 10-20) (unknown 40-60)"
    " (unknown 2060-4000) (unknown 8500-9000) (ended 9000-9200)\n"
    "main (ended with 0): start 0 run 10 end 9300 cpu 100 [0 0-40 sampled] [0 9100-9160 sampled]"
    " (unknown 40-50) (join p1 50-9000) (ready 9000-9100) (unknown 9160-9300)\n" },
  { "sampled-on-one-core", "sampled", "p1 process main\np2 process main\n",
    "10 run main 1000 10 0\n20 start main p1\n30 started main p1 1001\n40 start main p2\n"
    "50 started main p2 1002\n60 run p1 1001 0 0\n70 run p2 1002 0 0\n"
    "4000 sample p1 1001 2000 0\n4010 sample p2 1002 1500 0\n5000 over 0\n",
    "core 0: [main 0-10] [p1 60-2060] [p2 2060-3560]\n" },
  { "sampled-killed", "sampled", "p1 process main\nt1 thread p1\n",
    "10 run main 1000 10 0\n20 start main p1\n30 started main p1 1001\n40 run p1 1001 10 1\n"
    "50 start p1 t1\n60 started p1 t1 0\n70 run t1 1002 10 1\n4000 sample p1 1001 1010 1\n"
    "4000 sample t1 1002 10 1 S\n8000 sample p1 1001 1510 1 Z\n9000 join main p1 -9\n"
    "9500 end main 0 100 0\n9600 over 0\n",
    "p1 (killed (signal 9)): due 10 start 20 run 40 end 8000 join 9000 [1 20-30 sampled]"
    " [1 40-50 sampled] [1 60-1050 sampled] [1 4000-4500 sampled] (due 10-20) (unknown 30-40)"
    " (unknown 50-60) (unknown 1050-4000) (unknown 4500-8000) (ended 8000-9000)\n"
    "t1 (ended with its process p1): due 40 start 50 run 70 end 8000 [1 50-60 sampled]"
    " (due 40-50) (unknown 60-8000)\n" },
  { "off", "off", "p1 process main\n",
    "10 run main 1000 10 0\n20 start main p1\n40 started main p1 1001\n50 joins main p1\n"
    "60 run p1 1001 20 1\n70 sleeps p1 500\n510 goes-on p1\n600 end p1 0 80 1\n"
    "610 goes-on main\n620 join main p1 0\n700 end main 0 100 0\n800 over 0\n",
    "p1 (ended with 0): due 10 start 20 run 60 end 600 join 620 cpu 80 (due 10-20) (ready 20-60)"
    " (sleep 70-500) (ready 500-510) (ended 600-620)\n"
    "main (ended with 0): start 0 run 10 end 700 cpu 100 (ready 0-10) (join p1 50-600)"
    " (ready 600-610)\nstatus: 0\n" },
};

/* The picture that all of this is for: its numbers, as drawn. */
static void
test_mockup (void)
{
  g_autoptr (TelarTimeline) live = telar_mockup_run_new (FALSE);
  g_autoptr (TelarTimeline) finished = telar_mockup_run_new (TRUE);
  TelarCoreLane *first = g_ptr_array_index (live->cores, 0);
  TelarCoreLane *second = g_ptr_array_index (live->cores, 1);
  TelarTaskLane *waits = telar_timeline_task (live, 2);
  TelarWait *wait = telar_waits_last (waits->waits);
  g_autofree char *cause = telar_wait_describe (live, wait);

  telar_assert_invariants (live, TELAR_INVARIANTS_CPU);
  telar_assert_invariants (finished, TELAR_INVARIANTS_CPU);
  g_assert_cmpint (live->now, ==, 84000000);
  g_assert_cmpint (first->busy_ns * 100 / live->now, ==, 92);
  g_assert_cmpint (second->busy_ns * 100 / live->now, ==, 98);
  g_assert_cmpint ((int) (telar_timeline_cores_in_use (live) * 10), ==, 19);
  g_assert_cmpstr (cause, ==, "join t1, t2");
  g_assert_cmpint (wait->end, ==, live->now);
  g_assert_cmpint (telar_timeline_exit_status (finished), ==, 0);
  g_assert_cmpuint (finished->lines->len, ==, 6);
}

static void
test_lines (void)
{
  g_autoptr (GBytes) plan = timeline_read_plan ("p1 process main\n");
  g_autoptr (TelarTimeline) timeline = telar_timeline_new (plan, NULL);
  TelarBegun begun;
  TelarLine line = { .ns = TELAR_MADE_ZERO + 5, .task = 1, .stream = TELAR_STREAM_ERR };
  TelarTextLine *got;

  telar_made_begun (&begun, TELAR_SOURCE_EXACT, 1);
  telar_timeline_begin (timeline, &begun);
  telar_timeline_add_line (timeline, &line, "caf\xe9", 4);
  line.flags = TELAR_LINE_ERROR;
  line.error = TELAR_ERROR_ALREADY_STARTED;
  line.about = 1;
  telar_timeline_add_line (timeline, &line, NULL, 0);
  line.flags = TELAR_LINE_CONTINUES;
  telar_timeline_add_line (timeline, &line, "be", 2);
  line.task = 99;
  telar_timeline_add_line (timeline, &line, "of nobody", 9);

  g_assert_cmpuint (timeline->lines->len, ==, 3);
  got = g_ptr_array_index (timeline->lines, 0);
  g_assert_false (got->valid);
  g_assert_cmpint (got->ns, ==, 5);
  g_assert_cmpint (got->stream, ==, TELAR_STREAM_ERR);
  got = g_ptr_array_index (timeline->lines, 1);
  g_assert_true (got->valid);
  g_assert_cmpmem (g_bytes_get_data (got->text, NULL), g_bytes_get_size (got->text),
                   "start: p1 was started already", 29);
  g_assert_true (((TelarTextLine *) g_ptr_array_index (timeline->lines, 2))->continues);
}

static void
test_find (void)
{
  g_autoptr (TelarTimeline) timeline = telar_mockup_run_new (TRUE);
  const TelarTaskLane *t1 = telar_timeline_task (timeline, 3);

  g_assert_cmpuint (telar_slices_find (t1->slices, 0), ==, 0);
  g_assert_cmpuint (telar_slices_find (t1->slices, 33999999), ==, 0);
  g_assert_cmpuint (telar_slices_find (t1->slices, 34000000), ==, 1);
  g_assert_cmpuint (telar_slices_find (t1->slices, G_MAXINT64), ==, t1->slices->len);
  g_assert_cmpuint (telar_waits_find (t1->waits, G_MAXINT64), ==, t1->waits->len);
  g_assert_cmpuint (telar_waits_find (t1->waits, 0), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/timeline/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/timeline/mockup", test_mockup);
  g_test_add_func ("/timeline/lines", test_lines);
  g_test_add_func ("/timeline/find", test_find);
  return g_test_run ();
}

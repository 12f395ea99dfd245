/* test-objects-value.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Values and arrays, and the increments that are lost.
 */

#include <glib.h>

#include "made-objects.h"
#include "objects/numbers.h"

static void
check_integer (TelarObjects *objects, guint32 object, guint64 element, gint64 expected)
{
  TelarNumber number;

  g_assert_cmpint (telar_numbers_read (objects, object, element, &number), ==, TELAR_OBJECT_DONE);
  g_assert_false (number.is_real);
  g_assert_cmpint (number.integer, ==, expected);
}

static void
check_real (TelarObjects *objects, guint32 object, guint64 element, double expected)
{
  TelarNumber number;

  g_assert_cmpint (telar_numbers_read (objects, object, element, &number), ==, TELAR_OBJECT_DONE);
  g_assert_true (number.is_real);
  g_assert_cmpfloat (number.real, ==, expected);
}

static void
test_values (void)
{
  TelarPlanObject made[] = {
    { .type = TELAR_OBJECT_VALUE },
    { .type = TELAR_OBJECT_VALUE, .initial = -12 },
    { .type = TELAR_OBJECT_VALUE, .initial = 0.5, .flags = TELAR_HOLDS_REALS },
    { .type = TELAR_OBJECT_ARRAY, .amount = 1000 },
    { .type = TELAR_OBJECT_ARRAY, .amount = 3, .flags = TELAR_HOLDS_REALS },
  };
  TelarObjects *objects = telar_made_objects (made, G_N_ELEMENTS (made));
  TelarParty    party = { .task = 1 };
  TelarNumber   half = { .is_real = true, .real = 0.5 }, seven = { .integer = 7 };
  TelarNumber   whole = { .is_real = true, .real = -3 }, number;

  check_integer (objects, 0, 0, 0);
  check_integer (objects, 1, 0, -12);
  check_real (objects, 2, 0, 0.5);
  check_integer (objects, 3, 999, 0);
  check_real (objects, 4, 2, 0);
  g_assert_cmpint (telar_numbers_read (objects, 0, 1, &number), ==, TELAR_OBJECT_RANGE);
  g_assert_cmpint (telar_numbers_read (objects, 3, 1000, &number), ==, TELAR_OBJECT_RANGE);
  g_assert_cmpint (telar_numbers_write (objects, 4, &party, 3, half), ==, TELAR_OBJECT_RANGE);
  g_assert_cmpint (telar_numbers_increment (objects, 4, &party, 3, 1, NULL), ==, TELAR_OBJECT_RANGE);

  g_assert_cmpint (telar_numbers_write (objects, 0, &party, 0, half), ==, TELAR_OBJECT_WRONG_TYPE);
  telar_numbers_write (objects, 0, &party, 0, whole);
  check_integer (objects, 0, 0, -3);
  telar_numbers_write (objects, 3, &party, 5, seven);
  check_integer (objects, 3, 5, 7);
  telar_numbers_write (objects, 4, &party, 1, seven);
  check_real (objects, 4, 1, 7);

  for (guint32 object = 0; object < G_N_ELEMENTS (made); object++)
    {
      g_assert_cmpint (telar_numbers_increment (objects, object, &party, 0, 1000, NULL), ==,
                       TELAR_OBJECT_DONE);
      g_assert_cmpint (telar_numbers_lost (objects, object), ==, 0);
      g_assert_cmpuint (telar_numbers_asked (objects, object), ==, 1000);
    }
  check_integer (objects, 0, 0, 997);
  check_integer (objects, 1, 0, 988);
  check_real (objects, 2, 0, 1000.5);
  telar_objects_free (objects);
}

/* Between reading and writing of one task, another one increments five times. */
static TelarObjects *raced;

static void
race (void)
{
  TelarParty other = { .task = 2 };

  telar_numbers_increment (raced, 0, &other, 0, 5, NULL);
}

static void
test_lost_updates (void)
{
  TelarParty party = { .task = 1 };

  for (guint32 flags = 0; flags <= TELAR_HOLDS_REALS; flags += TELAR_HOLDS_REALS)
    {
      raced = telar_made_object (TELAR_OBJECT_VALUE, 0, flags);
      telar_numbers_increment (raced, 0, &party, 0, 10, race);
      if (flags == 0)
        check_integer (raced, 0, 0, 10);
      else
        check_real (raced, 0, 0, 10);
      g_assert_cmpuint (telar_numbers_asked (raced, 0), ==, 60);
      g_assert_cmpint (telar_numbers_lost (raced, 0), ==, 50);
      /* Writing loses nothing. */
      telar_numbers_write (raced, 0, &party, 0, (TelarNumber){ .integer = -100 });
      g_assert_cmpint (telar_numbers_lost (raced, 0), ==, 50);
      telar_objects_free (raced);
    }
}

static void
increment_million (TelarObjects *objects, guint32 task)
{
  TelarParty party = { .task = task };

  telar_numbers_increment (objects, 0, &party, 0, 1000000, NULL);
}

/* However many four processes lose: they are counted. */
static void
test_lost_between_processes (void)
{
  TelarObjects *objects = telar_made_object (TELAR_OBJECT_VALUE, 0, 0);
  TelarNumber   number;
  pid_t         pids[4];

  for (guint32 i = 0; i < 4; i++)
    pids[i] = telar_play (objects, increment_million, i + 1);
  for (guint32 i = 0; i < 4; i++)
    telar_await_success (pids[i]);
  telar_numbers_read (objects, 0, 0, &number);
  g_assert_cmpint (number.integer, <=, 4000000);
  g_assert_cmpint (telar_numbers_lost (objects, 0), ==, 4000000 - number.integer);
  g_test_message ("%" G_GINT64_FORMAT " of 4,000,000 lost", telar_numbers_lost (objects, 0));
  telar_objects_free (objects);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/objects-value/numbers", test_values);
  g_test_add_func ("/objects-value/lost", test_lost_updates);
  g_test_add_func ("/objects-value/processes", test_lost_between_processes);
  return g_test_run ();
}

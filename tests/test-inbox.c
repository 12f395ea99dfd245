/* test-inbox.c
 *
 * SPDX-License-Identifier: MIT
 *
 * What the engine takes from telar, and what it does not.
 */

#include "config.h"

#include <dirent.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include <glib.h>

#include "engine/inbox.h"

typedef struct
{
  int telar;
  int engine;
} Line;

typedef struct
{
  TelarMessage    header;
  TelarRunRequest request;
  char            more;
} Run;

static const Run sound = {
  .header = { .type = TELAR_MESSAGE_RUN, .size = sizeof (TelarRunRequest) },
  .request = { .version = TELAR_WIRE_VERSION, .timeout_ns = 5 },
};

#define RUN_SIZE (sizeof (TelarMessage) + sizeof (TelarRunRequest))

static void
set_up (Line *line, gconstpointer data)
{
  int pair[2];

  g_assert_cmpint (socketpair (AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair), ==, 0);
  line->telar = pair[0];
  line->engine = pair[1];
}

static void
tear_down (Line *line, gconstpointer data)
{
  close (line->telar);
  close (line->engine);
}

static guint
count_descriptors (void)
{
  DIR *folder = opendir ("/proc/self/fd");
  guint n = 0;

  while (readdir (folder) != NULL)
    n++;
  closedir (folder);
  return n;
}

/* @n_files: memory files that go with it. */
static void
send_message (Line *line, gconstpointer message, gsize size, guint n_files)
{
  int files[4];
  union
  {
    struct cmsghdr header;
    char           room[CMSG_SPACE (sizeof files)];
  } control = { 0 };
  struct iovec  part = { (gpointer) message, size };
  struct msghdr envelope = { .msg_iov = &part, .msg_iovlen = 1 };

  for (guint i = 0; i < n_files; i++)
    files[i] = memfd_create ("plan", MFD_CLOEXEC);
  if (n_files > 0)
    {
      envelope.msg_control = &control;
      envelope.msg_controllen = CMSG_SPACE (n_files * sizeof *files);
      control.header.cmsg_level = SOL_SOCKET;
      control.header.cmsg_type = SCM_RIGHTS;
      control.header.cmsg_len = CMSG_LEN (n_files * sizeof *files);
      memcpy (CMSG_DATA (&control.header), files, n_files * sizeof *files);
    }
  g_assert_cmpint (sendmsg (line->telar, &envelope, MSG_NOSIGNAL), ==, (gssize) size);
  for (guint i = 0; i < n_files; i++)
    close (files[i]);
}

static void
test_run (Line *line, gconstpointer data)
{
  TelarRunRequest request;
  const TelarPlan *plan = NULL;
  int file;

  send_message (line, &sound, RUN_SIZE, 1);
  g_assert_true (telar_inbox_take_run (line->engine, &request, &file));
  g_assert_cmpint (request.timeout_ns, ==, 5);
  /* an empty file is no plan, and stays open */
  g_assert_cmpstr (telar_inbox_map_plan (file, &plan), ==, "too short");
  g_assert_null (plan);
  g_assert_cmpint (close (file), ==, 0);
}

static void
assert_refused (Line *line, const Run *run, gsize size, guint n_files)
{
  TelarRunRequest request;
  guint before = count_descriptors ();
  int file;

  send_message (line, run, size, n_files);
  g_assert_false (telar_inbox_take_run (line->engine, &request, &file));
  g_assert_cmpuint (count_descriptors (), ==, before);
}

/* What is refused leaves no descriptor behind. */
static void
test_refused (Line *line, gconstpointer data)
{
  Run run = sound;

  assert_refused (line, &run, RUN_SIZE, 0);
  assert_refused (line, &run, RUN_SIZE, 4);
  assert_refused (line, &run, RUN_SIZE - 1, 1);
  assert_refused (line, &run, RUN_SIZE + 1, 1);
  assert_refused (line, &run, 0, 1);
  run.header.size++;
  assert_refused (line, &run, RUN_SIZE, 1);
  run = sound;
  run.header.type = TELAR_MESSAGE_STOP;
  assert_refused (line, &run, RUN_SIZE, 1);
  run = sound;
  run.request.version++;
  assert_refused (line, &run, RUN_SIZE, 1);
}

static void
test_short (Line *line, gconstpointer data)
{
  struct
  {
    TelarMessage header;
    char         more[8];
  } message = { .header = { .type = TELAR_MESSAGE_STOP } };
  TelarMessageType type;

  g_assert_true (telar_inbox_take (line->engine, &type));
  g_assert_cmpuint (type, ==, 0);
  send_message (line, &message, sizeof message.header, 0);
  g_assert_true (telar_inbox_take (line->engine, &type));
  g_assert_cmpuint (type, ==, TELAR_MESSAGE_STOP);

  /* longer than it says; of no type; shorter than one */
  send_message (line, &message, sizeof message, 0);
  g_assert_true (telar_inbox_take (line->engine, &type));
  g_assert_cmpuint (type, ==, 0);
  message.header.type = G_MAXUINT32;
  send_message (line, &message, sizeof message.header, 0);
  g_assert_true (telar_inbox_take (line->engine, &type));
  g_assert_cmpuint (type, ==, 0);
  send_message (line, &message, 3, 0);
  g_assert_true (telar_inbox_take (line->engine, &type));
  g_assert_cmpuint (type, ==, 0);

  shutdown (line->telar, SHUT_RDWR);
  g_assert_false (telar_inbox_take (line->engine, &type));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/inbox/run", Line, NULL, set_up, test_run, tear_down);
  g_test_add ("/inbox/refused", Line, NULL, set_up, test_refused, tear_down);
  g_test_add ("/inbox/short", Line, NULL, set_up, test_short, tear_down);

  return g_test_run ();
}

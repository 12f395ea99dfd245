/* link.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include "catalogue/catalogue.h"
#include "plan/plan.h"
#include "run/link.h"

/* The engine writes the names of its processes over its arguments: this is the
 * room for them. */
#define ROOM_FOR_TITLES 240

char *
telar_link_find_engine (void)
{
  const char      *named = g_getenv ("TELAR_ENGINE");
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = program != NULL ? g_path_get_dirname (program) : g_strdup (".");

  if (named != NULL)
    return g_strdup (named);

  g_autofree char *built = g_build_filename (folder, "..", "core", "telar-engine", NULL);
  if (g_file_test (built, G_FILE_TEST_IS_EXECUTABLE))
    return g_steal_pointer (&built);
  return g_build_filename (TELAR_LIBEXECDIR, "telar-engine", NULL);
}

char *
telar_link_find_plugin_engine (void)
{
  g_autofree char *engine = telar_link_find_engine ();

  return g_strconcat (engine, "-plugins", NULL);
}

static void
append_right (GString *command, const char *program)
{
  g_autofree char *path = g_canonicalize_filename (program, NULL);

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    g_string_append_printf (command, " cap_perfmon=ep %s", path);
}

char *
telar_link_rights_command (void)
{
  g_autofree char *engine = telar_link_find_engine ();
  g_autofree char *plugin_engine = telar_link_find_plugin_engine ();
  GString *command = g_string_new ("setcap");

  append_right (command, engine);
  append_right (command, plugin_engine);
  return g_string_free (command, FALSE);
}

static gboolean
calls_plugins (GBytes *bytes)
{
  const TelarPlan *plan = g_bytes_get_data (bytes, NULL);
  guint32          c_function = (guint32) telar_catalogue_number ("c_function");

  for (guint32 i = 0; i < plan->n_steps; i++)
    if (telar_plan_step (plan, i)->function == c_function)
      return TRUE;
  return FALSE;
}

gboolean
telar_link_open (TelarLink *link, GBytes *plan, GError **error)
{
  static gint      n_runs;
  g_autofree char *engine = calls_plugins (plan) ? telar_link_find_plugin_engine ()
                                                 : telar_link_find_engine ();
  char             room[ROOM_FOR_TITLES + 1];
  char            *arguments[] = { engine, room, NULL };
  g_auto (GStrv)   environment = g_get_environ ();
  g_autoptr (GError) refused = NULL;
  int              pair[2];

  *link = (TelarLink){ .socket = -1 };
  if (socketpair (AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) != 0)
    {
      g_set_error (error, TELAR_RUN_ERROR, TELAR_RUN_ERROR_REFUSED,
                   _("No run can begin: %s."), g_strerror (errno));
      return FALSE;
    }

  memset (room, ' ', ROOM_FOR_TITLES);
  room[ROOM_FOR_TITLES] = '\0';
  link->mark = g_strdup_printf ("%d.%d", getpid (), g_atomic_int_add (&n_runs, 1) + 1);
  environment = g_environ_setenv (environment, "TELAR_RUN", link->mark, TRUE);

  const int theirs[] = { TELAR_ENGINE_FD };
  gboolean  started = g_spawn_async_with_pipes_and_fds (
      NULL, (const char *const *) arguments, (const char *const *) environment,
      G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL, -1, -1, -1, &pair[1],
      theirs, 1, &link->engine, NULL, NULL, NULL, &refused);
  close (pair[1]);
  if (!started)
    {
      close (pair[0]);
      g_clear_pointer (&link->mark, g_free);
      g_set_error (error, TELAR_RUN_ERROR, TELAR_RUN_ERROR_NO_ENGINE,
                   _("The program that runs graphs, %s, could not be started: %s. "
                     "Install Telar again, or name it in TELAR_ENGINE."),
                   engine, refused->message);
      return FALSE;
    }
  link->socket = pair[0];
  return TRUE;
}

/* A plan as a file in memory that nobody can change any more. */
static int
plan_file (GBytes *plan)
{
  gsize       size;
  const char *bytes = g_bytes_get_data (plan, &size);
  int         file = memfd_create ("telar-plan", MFD_CLOEXEC | MFD_ALLOW_SEALING);

  while (file >= 0 && size > 0)
    {
      gssize written = write (file, bytes, size);
      if (written < 0 && errno == EINTR)
        continue;
      if (written <= 0)
        {
          close (file);
          return -1;
        }
      bytes += written;
      size -= (gsize) written;
    }
  if (file >= 0)
    fcntl (file, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL);
  return file;
}

gboolean
telar_link_send_run (TelarLink *link, const TelarRunRequest *request, GBytes *plan, GError **error)
{
  TelarMessage  header = { .type = TELAR_MESSAGE_RUN, .size = sizeof *request };
  union
  {
    struct cmsghdr header;
    char           room[CMSG_SPACE (sizeof (int))];
  } control = { 0 };
  struct iovec  parts[] = { { &header, sizeof header }, { (void *) request, sizeof *request } };
  struct msghdr envelope = { .msg_iov = parts, .msg_iovlen = 2, .msg_control = &control,
                             .msg_controllen = sizeof control };
  int           file = plan_file (plan);
  gssize        sent = -1;

  if (file >= 0)
    {
      control.header.cmsg_level = SOL_SOCKET;
      control.header.cmsg_type = SCM_RIGHTS;
      control.header.cmsg_len = CMSG_LEN (sizeof file);
      memcpy (CMSG_DATA (&control.header), &file, sizeof file);
      sent = sendmsg (link->socket, &envelope, MSG_NOSIGNAL);
    }
  if (sent < 0)
    g_set_error (error, TELAR_RUN_ERROR, TELAR_RUN_ERROR_REFUSED,
                 _("The graph could not be handed to telar-engine: %s."), g_strerror (errno));
  if (file >= 0)
    close (file);
  return sent >= 0;
}

void
telar_link_send (TelarLink *link, TelarMessageType type)
{
  TelarMessage message = { .type = type };

  /* Never waits: an engine that reads nothing any more is ended by whoever asked. */
  if (link->socket >= 0
      && send (link->socket, &message, sizeof message, MSG_NOSIGNAL | MSG_DONTWAIT) < 0)
    g_debug ("telar-engine does not listen: %s", g_strerror (errno));
}

const TelarMessage *
telar_link_receive (TelarLink *link, void *buffer, gboolean *closed)
{
  const TelarMessage *message = buffer;
  gssize              size;

  *closed = FALSE;
  /* An engine that ended before it read our last word leaves ECONNRESET, told
   * once and ahead of the messages that it sent before and that still wait. */
  do
    size = recv (link->socket, buffer, TELAR_MESSAGE_MAX, MSG_DONTWAIT);
  while (size < 0 && (errno == EINTR || errno == ECONNRESET));

  if (size >= (gssize) sizeof *message && message->size == (gsize) size - sizeof *message)
    return message;
  /* A message that is not one: as good as gone. */
  *closed = size >= 0 || errno != EAGAIN;
  return NULL;
}

void
telar_link_close (TelarLink *link)
{
  if (link->socket >= 0)
    close (link->socket);
  link->socket = -1;
  g_clear_pointer (&link->mark, g_free);
}

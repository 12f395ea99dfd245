/* inbox.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "engine/inbox.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "catalogue/catalogue.h"

/* The room for one descriptor is enough for two, for it is rounded up. */
#define MAX_PASSED 2u

/* Returns: how many came with a message. */
static unsigned
take_descriptors (struct msghdr *envelope, int *passed)
{
  const struct cmsghdr *control = CMSG_FIRSTHDR (envelope);

  if (control == NULL || control->cmsg_level != SOL_SOCKET || control->cmsg_type != SCM_RIGHTS)
    return 0;
  size_t n = (control->cmsg_len - CMSG_LEN (0)) / sizeof *passed;
  n = n < MAX_PASSED ? n : MAX_PASSED;
  memcpy (passed, CMSG_DATA (control), n * sizeof *passed);
  return (unsigned) n;
}

bool
telar_inbox_take_run (int descriptor, TelarRunRequest *request, int *plan)
{
  struct
  {
    TelarMessage    header;
    TelarRunRequest request;
  } message = { 0 };
  union
  {
    struct cmsghdr header;
    char           room[CMSG_SPACE (sizeof (int))];
  } control = { 0 };
  struct iovec  part = { &message, sizeof message };
  struct msghdr envelope = { .msg_iov = &part, .msg_iovlen = 1, .msg_control = &control,
                             .msg_controllen = sizeof control };
  int           passed[MAX_PASSED];
  ssize_t       size;

  do
    size = recvmsg (descriptor, &envelope, MSG_CMSG_CLOEXEC);
  while (size < 0 && errno == EINTR);
  /* With a message of no bytes, too. */
  unsigned n_passed = size >= 0 ? take_descriptors (&envelope, passed) : 0;
  if (n_passed != 1 || size != sizeof message
      || (envelope.msg_flags & (MSG_TRUNC | MSG_CTRUNC)) != 0
      || message.header.type != TELAR_MESSAGE_RUN
      || message.header.size != sizeof message.request
      || message.request.version != TELAR_WIRE_VERSION)
    {
      while (n_passed > 0)
        close (passed[--n_passed]);
      return false;
    }
  *plan = passed[0];
  *request = message.request;
  return true;
}

const char *
telar_inbox_map_plan (int descriptor, const TelarPlan **plan)
{
  struct stat about;
  unsigned    n_functions;

  if (fstat (descriptor, &about) != 0 || about.st_size < (off_t) sizeof (TelarPlan))
    return "too short";
  void *block = mmap (NULL, (size_t) about.st_size, PROT_READ, MAP_PRIVATE, descriptor, 0);
  if (block == MAP_FAILED)
    return "cannot be mapped";
  telar_catalogue (&n_functions);
  const char *wrong = telar_plan_check (block, (size_t) about.st_size, n_functions);
  if (wrong == NULL)
    wrong = telar_plan_check_arguments (block);
  if (wrong != NULL)
    munmap (block, (size_t) about.st_size);
  else
    *plan = block;
  return wrong;
}

bool
telar_inbox_take (int descriptor, TelarMessageType *type)
{
  TelarMessage message;
  ssize_t      size = recv (descriptor, &message, sizeof message, MSG_DONTWAIT | MSG_TRUNC);

  *type = 0;
  if (size == 0 || (size < 0 && errno != EAGAIN && errno != EINTR))
    return false;
  if (size == sizeof message && message.size == 0 && message.type <= TELAR_MESSAGE_ENDED)
    *type = (TelarMessageType) message.type;
  return true;
}

/* words.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Functions on files.
 */

#include "catalogue/functions.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* By bytes, not by the locale: the same count everywhere. */
static bool
is_blank (unsigned char byte)
{
  return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

static TelarResult
cannot_read (TelarCall *call, const char *file, const char *why)
{
  telar_call_printf (call, TELAR_STREAM_ERR, "%s: %s\n", file, why);
  return telar_result_error (TELAR_ERROR_FILE);
}

/* Returns: 0, or the errno of a failed read. */
static int
count_words (int fd, int64_t *n_words)
{
  unsigned char bytes[65536];
  bool          inside = false;

  *n_words = 0;
  for (;;)
    {
      ssize_t n = read (fd, bytes, sizeof bytes);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return n < 0 ? errno : 0;
      for (ssize_t i = 0; i < n; i++)
        {
          bool blank = is_blank (bytes[i]);
          *n_words += !blank && !inside;
          inside = !blank;
        }
    }
}

TelarResult
telar_function_count_words (TelarCall *call)
{
  const char *file = telar_call_text (call, 0);
  /* Non-blocking, so that opening a named pipe without a writer does not hang. */
  int         fd = open (file, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  struct stat about;
  int64_t     n_words;

  if (fd < 0)
    return cannot_read (call, file, strerror (errno));
  /* Devices and pipes may never end. */
  if (fstat (fd, &about) != 0 || !S_ISREG (about.st_mode))
    {
      close (fd);
      return cannot_read (call, file, S_ISDIR (about.st_mode) ? strerror (EISDIR)
                                                              : "Not a regular file");
    }
  int error = count_words (fd, &n_words);
  close (fd);
  if (error != 0)
    return cannot_read (call, file, strerror (error));
  telar_call_printf (call, TELAR_STREAM_OUT, "%lld words in %s\n", (long long) n_words, file);
  return telar_result_integer (n_words);
}

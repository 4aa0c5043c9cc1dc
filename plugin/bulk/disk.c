#include "bulk/disk.h"

#include <errno.h>
#include <unistd.h>

int disk_write(int fd, const void *data, size_t length, off_t at) {
  const char *from = data;
  while (length > 0) {
    ssize_t n = pwrite(fd, from, length, at);
    if (n == 0)
      return ENOSPC;
    if (n < 0 && errno != EINTR)
      return errno;
    if (n > 0) {
      from += n;
      length -= (size_t)n;
      at += n;
    }
  }
  return 0;
}

int disk_sync(int fd) {
  while (fsync(fd) < 0)
    if (errno != EINTR)
      return errno;
  return 0;
}

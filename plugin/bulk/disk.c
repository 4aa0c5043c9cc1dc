#if defined(__linux__)
#define _GNU_SOURCE 1 /* for sync_file_range */
#endif

#include "bulk/disk.h"

#include <errno.h>
#include <fcntl.h>
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

void disk_begin_sync(int fd, off_t at, off_t length) {
#if defined(__linux__)
  (void)sync_file_range(fd, at, length, SYNC_FILE_RANGE_WRITE);
#else
  (void)fd, (void)at, (void)length;
#endif
}

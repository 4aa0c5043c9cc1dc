/* Writing that goes on after signals and short writes. */
#ifndef BYLINE_BULK_DISK_H
#define BYLINE_BULK_DISK_H

#include <stddef.h>
#include <sys/types.h>

/* Both return 0 or an errno. */
int disk_write(int fd, const void *data, size_t length, off_t at);
int disk_sync(int fd);

#endif

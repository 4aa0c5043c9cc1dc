/* Writing that goes on after signals and short writes. */
#ifndef BYLINE_BULK_DISK_H
#define BYLINE_BULK_DISK_H

#include <stddef.h>
#include <sys/types.h>

/* Both return 0 or an errno. */
int disk_write(int fd, const void *data, size_t length, off_t at);
int disk_sync(int fd);

/* Lets the system begin to put these bytes on the disk, so that disk_sync has
 * less to wait for. Only a hint; does nothing where there is no way to say it.
 */
void disk_begin_sync(int fd, off_t at, off_t length);

#endif

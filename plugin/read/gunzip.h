/* The bytes of a gzip file, of one or several streams. libarchive would do,
 * but throws the last 64 KiB before a break away: with a short file, all. */
#ifndef BYLINE_READ_GUNZIP_H
#define BYLINE_READ_GUNZIP_H

#include <stdbool.h>

#include "byline/types.h"

typedef struct gunzip gunzip;

/* Gives the next bytes of the file, until the next call; *length is 0 only at
 * its end. */
typedef byline_status (*gunzip_pull_fn)(void *user, const char **block,
                                        size_t *length, byline_error *error);

/* NULL when memory runs out. */
gunzip *gunzip_new(gunzip_pull_fn pull, void *user);
void gunzip_free(gunzip *g);

/* *length is 0 only at the end. What could be unpacked comes before the error
 * that it ends with. */
byline_status gunzip_read(gunzip *g, char *buffer, size_t capacity,
                          size_t *length, byline_error *error);

/* Whether there was nothing in it. */
bool gunzip_empty(const gunzip *g);

#endif

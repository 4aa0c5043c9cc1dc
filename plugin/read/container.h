/* Files in a compressed file or an archive, one after the other, by
 * libarchive. Nothing is ever written to the disk, and memory grows only with
 * the list of members that a zip or 7z file has at its end. */
#ifndef BYLINE_READ_CONTAINER_H
#define BYLINE_READ_CONTAINER_H

#include <stdbool.h>
#include <sys/stat.h>

#include "byline/byline.h"
#include "read/source.h"

typedef enum container_kind {
  CONTAINER_NONE,
  CONTAINER_GZIP,
  CONTAINER_BZIP2,
  CONTAINER_XZ,
  CONTAINER_ZSTD,
  CONTAINER_TAR,
  CONTAINER_ZIP,
  CONTAINER_7ZIP
} container_kind;

/* By the first bytes, never by the name. */
container_kind container_sniff(const char *head, size_t length);

/* Why a file of this kind is not looked into, for a person; or NULL. */
const char *container_fault(container_kind kind, const char *head,
                            size_t length);

/* Where reading a container ends. */
typedef struct container_limits {
  uint64_t total;      /* bytes that may come out of it, and */
  uint64_t ratio;      /* how many times its own size, */
  uint64_t ratio_from; /* once there were as many as this */
  uint64_t list;       /* bytes that may be read to find the first member */
  size_t members;
  size_t name; /* bytes of a member's name */
} container_limits;

/* 64 GiB; 200 times from 64 MiB on; 128 MiB; 1,000,000; 4096. */
extern const container_limits container_default_limits;

typedef struct container container;

/* head is what was read of from already; both are borrowed until the
 * container is freed, as is parent: the container that from is a member of, or
 * NULL. What comes out of this one counts there too. */
byline_status container_open(container_kind kind, source *from,
                             const char *head, size_t head_length,
                             container *parent, const container_limits *limits,
                             container **c, byline_error *error);
void container_free(container *c);

typedef struct container_member {
  const char *name;   /* NULL: a file that is only compressed */
  struct stat status; /* of it st_mode, st_size and st_mtime */
  byline_notice_kind kind;
  const char *fault; /* why it can't be read, or NULL */
} container_member;

/* The next member, with strings until the next call; *found is false at the
 * end. Folders and names that begin with a dot are passed over. On failure
 * nothing more can be read. */
byline_status container_next(container *c, container_member *m, bool *found,
                             byline_error *error);

/* The bytes of the member. */
source *container_data(container *c);

#endif

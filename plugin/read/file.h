/* One file's way to its reader: out of containers, decoded, to the reader that
 * knows it. */
#ifndef BYLINE_READ_FILE_H
#define BYLINE_READ_FILE_H

#include "read/charset.h"
#include "read/container.h"
#include "read/profile_find.h"
#include "read/reader.h"
#include "read/source.h"

/* Containers in a file: one, and in its members one more. */
enum { FILE_CONTAINERS = 2 };

/* What the files of one call share. */
typedef struct file_run {
  const reader_registry *registry;
  const byline_reader *format; /* NULL: by content */
  byline_read_options options;
  char charset[CHARSET_NAME];  /* the user's choice; empty: none */
  container_limits containers; /* of options.limits */
  const read_events *events;
  profile_finder profiles;
  byline_read_stats stats;
  byline_read_stats *out;  /* the caller's, or NULL */
  const file_source *from; /* the file on disk being read, or NULL */
  uint64_t disk_bytes;     /* of those before it */
} file_run;

typedef struct file {
  const char *path;
  size_t on_disk; /* see read_events */
  struct stat status;
  bool named;              /* on its own, not met in a folder or an archive */
  int containers;          /* it lies in */
  container *parent;       /* the innermost of them, or NULL */
  const profiles *layouts; /* that hold for it, or NULL */
} file;

/* What is wrong with a file is told and counted. An error is the caller's: no
 * memory, or what a callback returned. */
byline_status file_read(file_run *r, const file *f, source *from,
                        byline_error *error);

/* Tells of a file that is not read, and counts it. */
void file_refuse(file_run *r, byline_notice_kind kind, const char *path,
                 const char *message);

/* Brings the caller's copy of the counts up to date. */
void file_publish(file_run *r);

#endif

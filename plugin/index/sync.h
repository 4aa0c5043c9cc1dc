/* Keeping a database in step with the files it is made from: what did not
 * change is not read, what a changed file has no more is dropped, and with
 * pruning what only files had that are gone. */
#ifndef BYLINE_INDEX_SYNC_H
#define BYLINE_INDEX_SYNC_H

#include <sys/stat.h>

#include "byline/byline.h"
#include "index/metadata.h"

typedef struct sync_state sync_state;

/* options: all that changes what is made of a file (language, format, ...);
 * borrowed for the call. records is where files are remembered; the caller's,
 * it must outlive the state. */
byline_status sync_new(metadata *records, const char *options,
                       byline_index_stats *stats, sync_state **state,
                       byline_error *error);
void sync_free(sync_state *s);

/* From here on records are in writer's database, and so are the articles that
 * files had before. Which files have been met is told to it (writer_set_met).
 */
void sync_use_writer(sync_state *s, byline_writer *writer);

/* Records in memory may be out of date from here on. */
void sync_doubt_records(sync_state *s);

/* From here on, in another round, every file is skipped but those whose records
 * were spoilt. */
void sync_second_round(sync_state *s);

typedef enum sync_action {
  SYNC_READ,
  SYNC_SKIP,       /* it is as it was */
  SYNC_WANT_WRITER /* it was read before in this run: to go on, there must be a
                      writer, and the file opened again */
} sync_action;

/* Before a file is read. absolute is borrowed until sync_close; nothing is
 * remembered of a file without one, or of what is no regular file. layout: the
 * text of the profiles that hold for it. */
byline_status sync_open(sync_state *s, byline_string absolute, int fd,
                        const struct stat *status, byline_string layout,
                        sync_action *action, byline_error *error);

/* A document of this file that was there before is still wanted. */
void sync_keep(sync_state *s, uint32_t docid);

/* This file is to be read in a second round. */
void sync_read_again(sync_state *s);

/* This is that, and the file is as it was. */
bool sync_reads_again(const sync_state *s);

/* The paths of those files, if they are all that is to be read there; else
 * *paths is NULL. The list is the caller's, the paths live as s does. */
byline_status sync_again_paths(const sync_state *s, const char ***paths,
                               size_t *count, byline_error *error);

/* After a file, of which the reader says path; whole: it was read to its end.
 * Only then is anything to be dropped, and more remembered of it than that it
 * is there; later: not before its articles are committed, as they are not in
 * the database with the records alone. */
byline_status sync_close(sync_state *s, const char *path, bool whole,
                         bool later, byline_error *error);

/* How many files wait for that, since the last commit. */
size_t sync_waiting(const sync_state *s);

/* All articles of files that were closed are committed. */
byline_status sync_committed(sync_state *s, byline_error *error);

/* When all has been read: what was dropped is deleted, unless another file has
 * brought it. */
byline_status sync_finish(sync_state *s, byline_error *error);

/* The file at absolute must be read again, next time. */
byline_status sync_forget_reading(sync_state *s, byline_string absolute,
                                  byline_error *error);

/* Drops what only files at or below path had that are not there any more.
 * Nothing is done when path itself is not there: a disk may be missing. */
byline_status sync_prune(sync_state *s, const char *path, byline_error *error);

#endif

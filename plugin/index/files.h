/* What a database remembers of the files it was made from, so that those that
 * did not change need not be read again. Kept as metadata, published with the
 * articles themselves. */
#ifndef BYLINE_INDEX_FILES_H
#define BYLINE_INDEX_FILES_H

#include <stdbool.h>
#include <sys/stat.h>

#include "index/metadata.h"

enum { FILE_DIGEST_SIZE = 33 }; /* 32 hexadecimal digits and a NUL */

typedef struct file_record {
  uint64_t size;
  int64_t seconds, nanoseconds; /* of the last modification */
  uint64_t inode;
  char digest[FILE_DIGEST_SIZE];
  char options[FILE_DIGEST_SIZE]; /* how it was read: another way, again */
} file_record;

/* Appends the term that every article of a file has; the record's key is made
 * from it as well. False when memory runs out. */
bool file_term(byline_string absolute, buf *term);

/* Nothing is there at this path, which may be empty: then there may be. */
bool file_is_gone(byline_string absolute);

/* What the keys of records begin with; and the term in one, empty for a key of
 * something else. */
extern const byline_string file_key_head;
byline_string file_key_term(byline_string key);

/* *found is false when there is none, or none that can be read. */
byline_status file_record_load(metadata *m, byline_string term,
                               file_record *record, bool *found,
                               byline_error *error);
byline_status file_record_store(metadata *m, byline_string term,
                                const file_record *record,
                                byline_string absolute, byline_error *error);
byline_status file_record_forget(metadata *m, byline_string term,
                                 byline_error *error);
/* The file is still known, but must be read again, whatever it is like: for
 * articles that it has and others had, too. */
bool file_record_is_spoilt(const file_record *record);
byline_status file_record_spoil(metadata *m, byline_string term,
                                byline_error *error);

/* Each file there is a record of, by its absolute path and its term. */
typedef int (*file_record_fn)(void *user, byline_string absolute,
                              byline_string term);
byline_status file_records(xap_writer *writer, file_record_fn fn, void *user,
                           byline_error *error);

/* A fingerprint of options, for the record. */
void file_options(const char *options, char text[FILE_DIGEST_SIZE]);

/* The same of such a fingerprint and a text. */
void file_options_with(const char options[FILE_DIGEST_SIZE], byline_string more,
                       char text[FILE_DIGEST_SIZE]);

/* The record of a file that is not read to its end yet. */
extern const file_record file_record_blank;

/* The record of an open file but for its digest. A file that was changed a
 * moment ago may be changed again within the same tick of the clock: its time
 * is not recorded, so that next time the digest decides. */
void file_record_fill(file_record *record, const struct stat *status,
                      const char *options);

/* Whether size, time and inode say that it is the same file. */
bool file_record_same(const file_record *a, const file_record *b);

/* The digest of an open file's bytes; its offset stays. BYLINE_IO. */
byline_status file_digest(int fd, char digest[FILE_DIGEST_SIZE],
                          byline_error *error);

#endif

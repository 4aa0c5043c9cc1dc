/* Changes to documents that are in a new database already: what an article
 * brings that is a copy of an earlier one, or another state of it. They are put
 * off, in a file, until Xapian can make them. */
#ifndef BYLINE_INDEX_LATE_H
#define BYLINE_INDEX_LATE_H

#include <sys/types.h>

#include "index/writer.h"

typedef struct late_changes {
  int fd;       /* of a file without a name; -1 before there is one */
  buf pending;  /* that belongs at its end */
  off_t length; /* of what is in the file */
  size_t count;
  bool puts; /* not only claims */
} late_changes;

#define LATE_CHANGES_INIT                                                      \
  { -1, BUF_INIT, 0, 0, false }

void late_free(late_changes *l);

/* A file has what is document docid as well. folder is where the changes are
 * kept; file must live until they are made. */
byline_status late_claim(late_changes *l, const char *folder, uint32_t docid,
                         const schema_file *file, byline_error *error);

/* A clean article with its id goes where the document docid is. */
byline_status late_put(late_changes *l, const char *folder, uint32_t docid,
                       byline_outcome outcome, const byline_article *article,
                       const schema_file *file, byline_error *error);

/* Told of each article that can't be put. */
typedef byline_status (*late_failed_fn)(void *user, byline_outcome outcome,
                                        const byline_article *article,
                                        const schema_file *file,
                                        const byline_error *why,
                                        byline_error *error);

/* Makes all changes in their order, and forgets them. The documents are those
 * of the last database that writer writes to. */
byline_status late_apply(late_changes *l, byline_writer *writer,
                         late_failed_fn failed, void *user,
                         byline_error *error);

#endif

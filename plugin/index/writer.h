/* The inside of byline_writer, for the indexer. */
#ifndef BYLINE_INDEX_WRITER_H
#define BYLINE_INDEX_WRITER_H

#include "index/drops.h"
#include "index/metadata.h"
#include "index/schema.h"
#include "index/word_counts.h"
#include "xapian_shim.h"

/* Closes the database, and opens it again, perhaps by another path, with what
 * was committed; until then only writer_open_database and byline_writer_free
 * may follow. Nothing that was got of the writer before can be used, except for
 * its records. Its own lock (lock.h) it keeps meanwhile, until opening fails.
 */
void writer_close_database(byline_writer *writer);
byline_status writer_open_database(byline_writer *writer, const char *database,
                                   xap_open_mode mode, byline_error *error);

/* Says which file the next articles come from; forgets the ids of the last
 * one. absolute is borrowed until the next call. */
void writer_set_file(byline_writer *writer, const schema_file *file);

/* The parts that keeping files in step needs. */
xap_writer *writer_database(byline_writer *writer);
const xap_database *writer_view(const byline_writer *writer);
word_counts *writer_words(byline_writer *writer);
metadata *writer_records(byline_writer *writer);

/* What is to be deleted when all has been read, and doing that. */
drops *writer_drops(byline_writer *writer);
byline_status writer_make_drops(byline_writer *writer, byline_error *error);

/* Whether the file that follows is read for the second time, when all has been
 * read: see writer_result. */
void writer_set_all_read(byline_writer *writer, bool all_read);

/* The terms of the files that this run has come by; it must outlive the writer
 * or be taken away with NULL. Where the last of several that have an article in
 * different states is to be right, those before it need not be read again. */
struct seen_ids;
void writer_set_met(byline_writer *writer, const struct seen_ids *met);

/* How many records of other files were spoilt: those are to be read again for
 * the articles that they have. */
size_t *writer_spoilt(byline_writer *writer);

/* New articles go to a segment that is being built (fresh.h) from now on; to
 * the database again with NULL. It knows the file that articles come from. */
struct fresh;
void writer_set_segment(byline_writer *writer, struct fresh *segment);

/* Called before a new article is added to the database itself; it may set a
 * segment for it. */
typedef byline_status (*writer_adding_fn)(void *user,
                                          const byline_article *article,
                                          byline_error *error);
void writer_set_adding(byline_writer *writer, writer_adding_fn fn, void *user);

/* Writes to the database at path as well, which is the newest now: docids
 * change, as xap_writer_add_segment says. */
byline_status writer_add_segment(byline_writer *writer, const char *path,
                                 byline_error *error);

/* Commits, and makes the plain database one of a segment (segments.h); docids
 * stay, but what was got of the writer before is gone, except for its records.
 * *split: it could be done here. */
byline_status writer_split(byline_writer *writer, const char *database,
                           bool *split, byline_error *error);

/* As byline_writer_commit, but where there are several databases, metadata are
 * committed last: with records of files that nothing more is to be done for.
 * That of a file that is being read must come first. */
byline_status writer_commit_records(byline_writer *writer, byline_error *error);

/* What became of an article. */
typedef struct writer_result {
  byline_outcome outcome;
  uint32_t
      docid;    /* of the document in whose place it is; 0: it has a new one */
  bool later;   /* nothing was done: its file is to be read again when all has
                   been read */
  bool fatal;   /* a failure of the database, not of this article alone */
  bool segment; /* a failure of the segment that is being built */
} writer_result;

byline_status writer_add(byline_writer *writer, const byline_article *article,
                         writer_result *result, byline_error *error);

/* Puts a clean article that has its id where the document docid is; fatal as
 * above. */
byline_status writer_put(byline_writer *writer, const byline_article *article,
                         const schema_file *file, uint32_t docid, bool *fatal,
                         byline_error *error);

#endif

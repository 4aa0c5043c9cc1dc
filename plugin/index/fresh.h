/* Articles into a database that does not exist yet: the same as the plain
 * builder (writer.h) makes of them, several times as fast.
 *
 * What depends on the order of articles is done as they come: which document an
 * article is, its id, the spelling of its authors, the records of files. The
 * rest is done by threads (pipeline.h). The database is built in a folder of
 * its own, checked, and moved to its place when it is whole; what only Xapian
 * can do, changes to documents that are in it, is done before that by an
 * ordinary writer. */
#ifndef BYLINE_INDEX_FRESH_H
#define BYLINE_INDEX_FRESH_H

#include "index/late.h"
#include "index/match.h"

typedef struct fresh fresh;

/* For articles that a database does not have yet, into a segment that is to be
 * at path; view is the database, and how it was made counts. Errors: as
 * below. */
byline_status fresh_open_segment(byline_context *context, const char *path,
                                 const byline_index_options *options,
                                 const xap_database *view, fresh **result,
                                 byline_error *error);

/* *exists: there is something at database, and nothing is done. Errors:
 * BYLINE_UNSUPPORTED says why it can't be built so here, BYLINE_LOCKED,
 * BYLINE_INVALID (options), BYLINE_IO, BYLINE_NO_MEMORY. */
byline_status fresh_open(byline_context *context, const char *database,
                         const byline_index_options *options, fresh **result,
                         bool *exists, byline_error *error);

/* Removes what was not published. NULL is allowed. */
void fresh_free(fresh *f);

/* Where the database is built, and its records of files. */
const char *fresh_path(const fresh *f);
metadata *fresh_records(fresh *f);

/* Says which file the next articles come from. */
byline_status fresh_set_file(fresh *f, const schema_file *file,
                             byline_error *error);

/* As writer_add. Errors that are fatal: BYLINE_IO, BYLINE_NO_MEMORY; any other
 * is a defect. */
byline_status fresh_add(fresh *f, const byline_article *article,
                        writer_result *result, byline_error *error);

/* The same for articles that somebody else has matched, with the documents of
 * fresh_documents among others: clean ones with their id, language and digest.
 * match says that it is new, or which of those documents it belongs in. */
lookup *fresh_documents(fresh *f);
size_t fresh_count(const fresh *f);
uint64_t fresh_bytes(const fresh *f); /* of text, so far */
byline_status fresh_put(fresh *f, const byline_article *article,
                        const byline_string *spellings, const match *m,
                        const unsigned char digest[DIGEST_SIZE], bool *fatal,
                        byline_error *error);
byline_status fresh_claim(fresh *f, const match *m, byline_error *error);

/* What is put off until there is a writer. */
late_changes *fresh_late(fresh *f);

/* Makes a database of what was added, and checks it. Errors: BYLINE_IO,
 * BYLINE_NO_MEMORY; any other is a defect. */
byline_status fresh_complete(fresh *f, byline_error *error);

/* Whether a failure to make a database is the builder's own: what may be the
 * fault of something else is none. */
bool fresh_is_defect(byline_status status);

/* Moves the database to its place; no writer may be open. */
byline_status fresh_publish(fresh *f, byline_error *error);

#endif

/* Which files have an article. A document has a term for each of them: its
 * source, and those that hold a copy. When a file changes or goes, what only
 * it had goes with it, and nothing else. */
#ifndef BYLINE_INDEX_CLAIMS_H
#define BYLINE_INDEX_CLAIMS_H

#include <stdbool.h>

#include "index/word_counts.h"

/* absolute may be empty (standard input, a program's own articles): then
 * nobody claims anything. */
byline_status claims_has(const xap_database *view, uint32_t docid,
                         byline_string absolute, bool *claimed,
                         byline_error *error);
/* Whether another file has one that is still there; with a path that is longer
 * than a term it counts as that. */
byline_status claims_shared(const xap_database *view, uint32_t docid,
                            byline_string absolute, bool *shared,
                            byline_error *error);
byline_status claims_add(xap_writer *writer, const xap_database *view,
                         uint32_t docid, byline_string absolute,
                         byline_error *error);

/* Before a document is replaced by what this file has: the other files with
 * a claim are to be read again, as they may hold the article as it was; their
 * number is added to *spoilt, and what it had of words is taken from words. */
byline_status claims_spoil_others(xap_writer *writer, const xap_database *view,
                                  uint32_t docid, byline_string absolute,
                                  word_counts *words, size_t *spoilt,
                                  byline_error *error);

/* The file with this term has the article no more. If others have a claim, it
 * stays with theirs, and they are to be read again (their number is added to
 * *spoilt). Else *last: the document is to be deleted. */
byline_status claims_drop(xap_writer *writer, const xap_database *view,
                          uint32_t docid, byline_string term, bool *last,
                          size_t *spoilt, byline_error *error);

#endif

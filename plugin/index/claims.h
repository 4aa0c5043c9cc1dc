/* Which files have an article. A document has a term for each of them: its
 * source, and those that hold a copy. When a file changes or goes, what only
 * it had goes with it, and nothing else. */
#ifndef BYLINE_INDEX_CLAIMS_H
#define BYLINE_INDEX_CLAIMS_H

#include <stdbool.h>

#include "base/arena.h"
#include "bulk/document.h"
#include "index/seen.h"
#include "xapian_shim.h"

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

typedef struct claims {
  byline_string *terms; /* of files */
  size_t count;
} claims;

#define CLAIMS_NONE                                                            \
  { NULL, 0 }

/* Before a document is replaced by what this file has, or deleted: the other
 * files with a claim are to be read again, as they may hold the article as it
 * was, but for those whose terms are in met (which may be NULL); their number
 * is added to *spoilt. others (may be NULL): the claims of those that are still
 * there, in memory. */
byline_status claims_spoil_others(xap_writer *writer, const xap_database *view,
                                  uint32_t docid, byline_string absolute,
                                  const seen_ids *met, size_t *spoilt,
                                  arena *memory, claims *others,
                                  byline_error *error);

/* Gives a document those claims, too; its terms are in memory then. */
byline_status claims_carry(const claims *others, arena *memory, document *d,
                           byline_error *error);

/* The file with this term has the article no more. If others have a claim, it
 * stays with theirs, and they are to be read again (their number is added to
 * *spoilt). Else *last: the document is to be deleted. */
byline_status claims_drop(xap_writer *writer, const xap_database *view,
                          uint32_t docid, byline_string term, bool *last,
                          size_t *spoilt, byline_error *error);

#endif

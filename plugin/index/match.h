/* Which document an article belongs in: its own, that of an earlier version,
 * or a new one. */
#ifndef BYLINE_INDEX_MATCH_H
#define BYLINE_INDEX_MATCH_H

#include "index/lookup.h"
#include "index/seen.h"

typedef struct matcher {
  lookup *documents; /* that there are already; the caller's */
  schema_file file;  /* that the articles come from */
  seen_ids seen;     /* ids that articles of this file have taken */
  seen_ids contents; /* and what is in them, by identity and digest */
  bool all_read;     /* once: this file is read again */
} matcher;

typedef struct match {
  byline_string id; /* in the arena; empty for a repetition */
  uint32_t docid;   /* of the document that is there; 0: there is none */
  bool building;    /* docid is one of run_documents.h */
  uint32_t back;    /* where docid is 0: the one to put it into, which was to be
                       deleted; or 0 */
  byline_outcome outcome;
  bool copy;  /* the same content, from another file that still has it */
  bool twins; /* there are more documents with this id */
  bool later; /* only when all has been read once can be said where it belongs:
                 what is in its place may be met again */
} match;

void matcher_free(matcher *m);
void matcher_set_file(matcher *m, const schema_file *file);

/* article is clean; a is for the id. BYLINE_INVALID when too many articles
 * share what ids are made of. */
byline_status match_article(matcher *m, const byline_article *article,
                            const unsigned char digest[DIGEST_SIZE], arena *a,
                            match *result, byline_error *error);

#endif

/* Which articles of a run have the same content, before it is found out in
 * which language they are: that takes time, and is left to others. */
#ifndef BYLINE_INDEX_RUN_CONTENTS_H
#define BYLINE_INDEX_RUN_CONTENTS_H

#include "index/choose_language.h"
#include "index/document.h"
#include "index/seen.h"

typedef struct run_contents {
  language_chooser *languages; /* the caller's */
  arena memory;
  /* Contents without a language, of articles that name one, and that name
   * none; each is in one of them, by the first article that had it. */
  seen_ids naming, silent;
} run_contents;

void run_contents_free(run_contents *r);

/* Bytes that grow with the contents. */
size_t run_contents_memory(const run_contents *r);

/* Two articles of a run have the same key just if their digests (identity.h)
 * were the same, once their languages are known. */
byline_status run_contents_key(run_contents *r, const byline_article *article,
                               unsigned char key[DIGEST_SIZE],
                               byline_error *error);

#endif

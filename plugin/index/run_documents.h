/* The documents that this run has added to a database that was empty before,
 * to find them again without asking it: 64 bytes each. */
#ifndef BYLINE_INDEX_RUN_DOCUMENTS_H
#define BYLINE_INDEX_RUN_DOCUMENTS_H

#include "index/lookup.h"

typedef struct run_document run_document;

typedef struct run_documents {
  lookup methods; /* first */
  arena memory;   /* for files and sources */
  /* That of docid 1 first. In pieces, as they are many: an array that moves
   * when it grows leaves holes behind. */
  run_document **pieces;
  size_t count, capacity; /* documents there are, and have room */
  uint32_t *slots;        /* docids, by id; 0: free */
  size_t slot_count;
  byline_string source; /* of the last one */
} run_documents;

run_documents run_documents_none(void);
void run_documents_free(run_documents *r);

/* Bytes that grow with the documents. */
size_t run_documents_memory(const run_documents *r);

/* Frees these when no more documents are looked for; files stay. */
void run_documents_forget(run_documents *r);

/* A copy of a file that lives as long as the table; NULL when memory runs out.
 */
const schema_file *run_documents_file(run_documents *r,
                                      const schema_file *file);

/* The next docid is that of a clean article with its id; or docid, which is not
 * 0, has this one now. False when memory runs out. */
bool run_documents_set(run_documents *r, const byline_article *article,
                       const schema_file *file,
                       const unsigned char content[DIGEST_SIZE],
                       uint32_t docid);

#endif

/* The lists of terms of a part's documents. They are made when the part is
 * packed and its terms are walked in order: no document's terms need sorting.
 */
#ifndef BYLINE_BULK_TERMLISTS_H
#define BYLINE_BULK_TERMLISTS_H

#include "bulk/deflater.h"
#include "bulk/inverter.h"
#include "bulk/records.h"

/* Of one document. */
typedef struct termlist {
  unsigned char *begin, *at; /* while terms are walked: what is written */
  size_t room;               /* what its terms take at most */
  uint32_t docid;
  uint32_t length; /* the sum of its wdfs */
  uint32_t term_count;
  uint32_t slots_length; /* of the tag of its slots */
  uint32_t last;         /* number of the last term that was written, from 1 */
  uint32_t last_length;
} termlist;

typedef struct termlists {
  termlist *lists; /* docids rise */
  size_t count, capacity;
  buf slots;            /* their tags */
  unsigned char *bytes; /* while terms are walked */
  /* Of the walk. A term and an earlier one have n bytes in common if no term
   * from there on, the later one among them, has fewer with the one before it:
   * the number of the last such term. */
  uint32_t breaks[INVERTER_KEY_MAX + 2];
  uint32_t number; /* of the term, from 1 */
  byline_string term;
} termlists;

void termlists_free(termlists *t);

/* All bytes that they hold. */
size_t termlists_memory(const termlists *t);

/* After it, a document can be added. False when memory runs out. */
bool termlists_reserve(termlists *t);

/* What a term takes at most in the list of a document, whose own room it is
 * summed to. */
static inline size_t termlist_room(byline_string term, uint32_t wdf) {
  return term.length + (wdf < 0x80 ? 3 : 7);
}

/* The tag of its slots stands at the end of t->slots already. begin, at, last
 * and last_length are not looked at. */
void termlists_add(termlists *t, const termlist *document);

/* ---- The walk ----------------------------------------------------------- */

/* Before the first term. False when memory runs out. */
bool termlists_begin(termlists *t);

/* The next term, which is greater than the one before and lives until the one
 * after. */
void termlists_term(termlists *t, byline_string term);

/* A document that has it: an index, the docid of which the caller knows. */
void termlists_post(termlists *t, size_t index, uint32_t wdf);

/* The index of a docid that is there, from that of one not greater on. */
size_t termlists_search(const termlists *t, size_t from, uint32_t docid);

/* The same; most docids follow each other. */
static inline size_t termlists_find(const termlists *t, size_t from,
                                    uint32_t docid) {
  size_t next = from + (docid - t->lists[from].docid);
  return next < t->count && t->lists[next].docid == docid
             ? next
             : termlists_search(t, from, docid);
}

/* Behind the last term: gives lists and slots to records, deflated if d does
 * so. Errors: BYLINE_INVALID (a list of more than 100 MiB), BYLINE_NO_MEMORY.
 */
byline_status termlists_end(termlists *t, deflater *d, records *to,
                            byline_error *error);

#endif

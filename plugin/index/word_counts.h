/* The words that a search may suggest for one that no article has: Xapian's
 * spelling table, with the number of articles that have each. What articles
 * bring and take away is gathered here and written with the batch, as a word's
 * neighbours in the table cost far more to change than to count. */
#ifndef BYLINE_INDEX_WORD_COUNTS_H
#define BYLINE_INDEX_WORD_COUNTS_H

#include "index/metadata.h"
#include "index/terms.h"

struct document;

/* A word is counted in the segment that the article is in, so that both are
 * committed together. */
typedef struct word_counts {
  term_table *changes; /* of each segment; wdf: articles more, modulo 2^32 */
  size_t segments;
  bool off; /* none are kept: see word_counts_settle */
} word_counts;

void word_counts_free(word_counts *w);

/* Whether a document's term is such a word: 3 to 40 letters, composed, of a
 * script that has spaces. It says so of the term alone, so that a document's
 * terms tell what it once brought. */
bool word_counts_wants(byline_string term);

/* Makes the words of a database true that has none, as an earlier version or a
 * server on the network has written to it; later changes are kept by what
 * follows. remote: this database is one, and asking there for each word costs
 * too much: its words are said to be missing. */
byline_status word_counts_settle(word_counts *w, xap_writer *writer,
                                 bool remote, byline_error *error);

/* The same for a database that is being built. */
byline_status word_counts_record(metadata *m, byline_error *error);

/* The segment of a document. */
size_t word_counts_segment(const xap_database *view, uint32_t docid);

/* An article comes, or goes. */
byline_status word_counts_add(word_counts *w, size_t segment,
                              const struct document *d, byline_error *error);
byline_status word_counts_drop(word_counts *w, size_t segment,
                               xap_document *gone, byline_error *error);

/* The same of a document that is still there. */
byline_status word_counts_forget(word_counts *w, const xap_database *view,
                                 uint32_t docid, byline_error *error);

/* Writes what has gathered; to be committed with the articles. */
byline_status word_counts_write(word_counts *w, xap_writer *writer,
                                byline_error *error);

#endif

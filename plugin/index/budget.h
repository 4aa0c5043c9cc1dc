/* How many threads build a database, and with how much memory. */
#ifndef BYLINE_INDEX_BUDGET_H
#define BYLINE_INDEX_BUDGET_H

#include "byline/byline.h"

typedef struct budget {
  unsigned threads;
  size_t lists; /* bytes that the builder keeps before it writes a run */
  size_t batch; /* bytes of text that a thread gets at most */
} budget;

budget budget_for(const byline_index_options *options);

/* What is left for lists beside tables that grow with the articles; some is in
 * any case. */
size_t budget_lists(const budget *b, size_t tables);

/* One of so many equal parts of it, as options. */
void budget_share(byline_index_options *options, size_t parts);

/* How large the next batch is to be when so much was read already: small at
 * first, so that the last ones keep all threads busy. */
size_t budget_batch(const budget *b, uint64_t bytes);

#endif

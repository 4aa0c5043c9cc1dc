/* Terms that are typical of some articles. */
#ifndef BYLINE_SEARCH_FEEDBACK_H
#define BYLINE_SEARCH_FEEDBACK_H

#include "search/database.h"

typedef struct feedback_article {
  uint32_t docid;
  double weight; /* how much it counts, above 0 */
} feedback_article;

typedef struct feedback_term {
  byline_string term;
  double weight; /* of the terms returned, they add up to 1 */
} feedback_term;

typedef struct feedback_options {
  size_t limit;  /* of terms */
  double common; /* the share of the database's articles that may have a term;
                    ten always may */
  bool rare;     /* rare terms are more typical than common ones */
} feedback_options;

/* The terms of the body of these articles that are the most frequent in them,
 * stems where they have stems, the weightiest first: a relevance model (RM1)
 * when the articles' weights are scores. All is in the arena. */
byline_status feedback_terms(const byline_database *db,
                             const feedback_article *articles, size_t count,
                             const feedback_options *options, arena *memory,
                             const feedback_term **terms, size_t *term_count,
                             byline_error *error);

/* Appends to *query the terms, each with factor times its weight: with op
 * XAP_OR they find articles of their own, with XAP_AND_MAYBE they don't. *query
 * may be NULL. On failure it stays. */
byline_status feedback_add(xap_operator op, const feedback_term *terms,
                           size_t count, double factor, xap_query **query,
                           byline_error *error);

#endif

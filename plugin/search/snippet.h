/* Passages of an article's text that show why it was found. */
#ifndef BYLINE_SEARCH_SNIPPET_H
#define BYLINE_SEARCH_SNIPPET_H

#include "search/database.h"

/* A term that a query found in a document, with how much it says. */
typedef struct query_term {
  byline_string term; /* with "Z", without any other prefix */
  double weight;
} query_term;

/* Up to count passages of about size bytes, best first, cut from text at words
 * and with the words that the terms stand for highlighted; the analyzer must
 * be set to the language of the stems. Without any such word: the beginning of
 * the text. Everything returned is in the arena. */
byline_status snippet_make(analyzer *a, byline_string text,
                           const query_term *terms, size_t term_count,
                           size_t count, size_t size, arena *memory,
                           const byline_snippet **snippets,
                           size_t *snippet_count, byline_error *error);

#endif

/* Passages of an article's text that show why it was found, and what of them
 * and of its title is highlighted. */
#ifndef BYLINE_SEARCH_SNIPPET_H
#define BYLINE_SEARCH_SNIPPET_H

#include "search/database.h"
#include "search/matches.h"
#include "search/sentences.h"

/* Buffers that are used again, kept with a database. All zero at first. */
struct snippet_maker {
  matches matches;
  sentences sentences;
};

/* What to look for. The analyzer must be set to the text's language. */
typedef struct snippet_query {
  analyzer *analyzer;
  const char *code; /* of that language, ISO 639; "": none */
  const query_term *terms;
  size_t term_count;
  const phrases *phrases; /* NULL: none */
} snippet_query;

void snippet_maker_free(snippet_maker *maker);

/* Up to count passages of at most size bytes, if the words let them, best
 * first, made of sentences, with the words that the terms stand for
 * highlighted. Without any such word: the beginning of the text. Everything
 * returned is in the arena. */
byline_status snippet_make(snippet_maker *maker, const snippet_query *query,
                           byline_string text, size_t count, size_t size,
                           arena *memory, const byline_snippet **snippets,
                           size_t *snippet_count, byline_error *error);

/* The words of a title that the terms stand for. */
byline_status snippet_title(snippet_maker *maker, const snippet_query *query,
                            byline_string title, arena *memory,
                            const byline_highlight **highlights, size_t *count,
                            byline_error *error);

#endif

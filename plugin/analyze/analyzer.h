/* Text into terms. An analyzer has reused buffers and belongs to one thread. */
#ifndef BYLINE_ANALYZE_ANALYZER_H
#define BYLINE_ANALYZE_ANALYZER_H

#include "analyze/filters.h"
#include "base/buf.h"
#include "byline/byline.h"

/* Changes whenever the terms of some text change: part of the content digest,
 * so that articles are indexed again. */
#define ANALYZER_VERSION 2

enum {
  ANALYZER_TERM_MAX = 245, /* Xapian's limit */
  /* Longer words are cut: Z and a field's prefix must fit before them, or
   * QueryParser would ask for terms that no document can have. */
  ANALYZER_WORD_MAX = 229
};

typedef struct analyzer analyzer;

/* language: ISO 639 code or Snowball name; NULL, "none" or a language that
 * Snowball does not know: no stems. BYLINE_INVALID, for what is no language,
 * names those with stems. */
byline_status analyzer_new(const char *language, analyzer **result,
                           byline_error *error);
void analyzer_free(analyzer *a);

/* Whether it is a language that analyzer_new takes. */
bool analyzer_knows_language(const char *language);

/* Changes the language; cheap when it stays the same. */
byline_status analyzer_set_language(analyzer *a, const char *language,
                                    byline_error *error);

/* From now on words get English stems besides those of their language. */
byline_status analyzer_add_english(analyzer *a, byline_error *error);

/* Gives n-grams from now on, or no more: see ngrams.h. */
void analyzer_set_ngrams(analyzer *a, bool wanted);

/* Sends tokens through filters from now on; chain must outlive the analyzer. */
void analyzer_set_filters(analyzer *a, const filter_chain *chain);

/* Finds words by ICU's break rules from now on: the reference, for tests. */
byline_status analyzer_use_icu(analyzer *a, byline_error *error);

/* Calls sink for every token of text, as byline_analyze does. */
byline_status analyzer_run(analyzer *a, const char *text, size_t length,
                           byline_token_fn sink, void *user,
                           byline_error *error);

/* Whether some document has a term. */
typedef bool (*analyzer_has_fn)(void *user, byline_string term);

/* From now on a query's words of Thai, Lao, Khmer and Burmese are also looked
 * for as has says that documents have them, where ICU may have divided these
 * otherwise. user must outlive the analyzer; has may be NULL. */
void analyzer_set_vocabulary(analyzer *a, analyzer_has_fn has, void *user);

/* Queries keep their accents from now on, or no more: words that have some are
 * looked for as they were typed. */
void analyzer_set_exact_accents(analyzer *a, bool wanted);

/* Queries are for articles with any of their words from now on, or no more: of
 * words like high-speed, which QueryParser makes phrases of, each part counts;
 * and AND in a sentence in capitals is a word. */
void analyzer_set_any(analyzer *a, bool any);

/* Appends to out what Xapian's QueryParser is to be given for text. fields are
 * the names of those whose values stay as they are, as in keyword:wall, with
 * NULL behind the last. */
byline_status analyzer_query(analyzer *a, const char *text, size_t length,
                             const char *const *fields, buf *out,
                             byline_error *error);

/* Calls fn for each word of such a text that is looked for by its letters, with
 * where it is in the text: no operator, name or value of a field, no wildcard,
 * nothing in a script without spaces. quoted: just as it stands. Stops, and
 * returns what fn returned, where that is not 0. */
typedef int (*analyzer_word_fn)(void *user, size_t start, size_t end,
                                bool quoted);
byline_status analyzer_query_words(analyzer *a, const char *text, size_t length,
                                   const char *const *fields,
                                   analyzer_word_fn fn, void *user,
                                   byline_error *error);

/* Appends the accent- and case-folded form of text as terms have it: for
 * comparing names whatever their spelling. */
byline_status analyzer_fold(analyzer *a, const char *text, size_t length,
                            buf *out, byline_error *error);

#endif

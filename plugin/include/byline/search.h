/* Searching a byline_database; byline.h includes this.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef BYLINE_SEARCH_H
#define BYLINE_SEARCH_H

#include <stdbool.h>

#include "byline/byline.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- What a database holds ---------------------------------------------- */

/* A value and the number of articles that have it. */
typedef struct byline_count {
  byline_string value;
  size_t count;
} byline_count;

/* One of several databases. */
typedef struct byline_shard {
  byline_string path;
  size_t articles;
  uint64_t bytes; /* on disk; 0 for a remote one */
  size_t segments;
  byline_string away; /* why it is not there; empty: it is */
} byline_shard;

typedef struct byline_info {
  uint32_t size;
  size_t articles;
  double average_length; /* terms of an article */
  byline_string first_date, last_date;
  size_t dated;                  /* articles with a date */
  const byline_count *languages; /* most frequent first */
  size_t language_count;
  const byline_count *authors; /* the ten most frequent */
  size_t author_count;
  size_t author_total;        /* different authors */
  uint64_t bytes;             /* on disk; 0 for remote databases and stubs */
  byline_string versions;     /* that the database records */
  size_t segments;            /* databases that Xapian sees, in all */
  const byline_shard *shards; /* where there are several databases */
  size_t shard_count;
} byline_info;

/* info lives until byline_info_free. The database is reopened when it has
 * changed. Errors: those of reading. */
BYLINE_API byline_status byline_database_info(byline_database *database,
                                              byline_info **info,
                                              byline_error *error);
BYLINE_API void byline_info_free(byline_info *info);

/* ---- What is asked ----------------------------------------------------- */

typedef enum byline_sort {
  BYLINE_SORT_RELEVANCE,
  BYLINE_SORT_DATE,      /* oldest first, unknown last */
  BYLINE_SORT_DATE_DOWN, /* newest first, unknown last */
  BYLINE_SORT_AUTHOR     /* in the order of a locale, unknown last */
} byline_sort;

/* How articles are weighed: see Xapian's weighting.rst. */
typedef enum byline_weight {
  BYLINE_WEIGHT_BM25,
  BYLINE_WEIGHT_BM25_PLUS,
  BYLINE_WEIGHT_LM, /* a language model with Dirichlet smoothing */
  BYLINE_WEIGHT_TFIDF,
  BYLINE_WEIGHT_BOOL /* all alike, in docid order */
} byline_weight;

typedef enum byline_facet_field {
  BYLINE_FACET_AUTHOR,
  BYLINE_FACET_YEAR,  /* YYYY */
  BYLINE_FACET_MONTH, /* YYYY-MM */
  BYLINE_FACET_LANGUAGE,
  BYLINE_FACET_SOURCE,
  BYLINE_FACET_KEYWORD
} byline_facet_field;

typedef struct byline_facet_request {
  byline_facet_field field;
  size_t limit;  /* the values that most matches have; 0: every value */
  bool by_value; /* in their order as text; else the most frequent first */
} byline_facet_request;

typedef struct byline_search_request {
  uint32_t size;
  /* Xapian's QueryParser syntax: AND OR NOT XOR NEAR ADJ, + -, "phrases",
   * (groups), wild*, ~synonym, and the fields title: author: byline: date:
   * year: month: language: source: keyword: id: hashtag: handle: link: email:.
   * Words are found by their stems, capitals or not; in quotes as they stand.
   * Empty: every article. At most 1 MB, 3000 words, 100 brackets in each
   * other, 20 wildcards and 200 fields. */
  byline_string query;
  /* The id of an article, as byline_database_get takes it: finds articles like
   * it, without itself; the query narrows them. NULL: none. */
  const char *similar;
  bool any;             /* default operator OR, no stop words; else AND */
  const char *language; /* of the query; NULL: each article's own */
  bool exact_accents;   /* words that have some are not found without them */
  bool partial;         /* the last word may be the beginning of one */
  bool no_synonyms;     /* not those of the database, but behind ~ */
  /* Where all words together match nothing, articles with most of them are
   * found instead, and relaxed is set: not so when strict. */
  bool strict;

  const char *const *authors;
  size_t author_count; /* articles by any of these; exact names, any case */
  /* YYYY, YYYY-MM, YYYY-MM-DD, a written date, "today", "3 weeks ago". */
  const char *since;
  const char *until;  /* the whole of that year, month or day included */
  const char *source; /* a path, or a pattern with * and ? */
  int64_t now;        /* a time_t that "ago" and recency count from; 0: now */

  byline_weight weight;
  double k1, b;   /* of BM25 and BM25+; negative: byline's own, 1.6 and 0.5 */
  double recency; /* days: an article of today gets as much weight again as
                     the best match has, and half of it so many days later;
                     0: none */
  bool expand;    /* also by words typical of the first matches (RM3) */
  bool proximity; /* words that stand side by side count for more */
  byline_sort sort;
  /* For authors: "sv", "de_AT.UTF-8"; NULL: the root order. */
  const char *locale;

  size_t limit; /* of hits */
  size_t offset;
  size_t snippets;     /* passages for each hit */
  size_t snippet_size; /* bytes of a passage, at most, one word at least */
  bool exact_total;    /* count every match; else an estimate beyond 1000 */
  const byline_facet_request *facets; /* counted over every match */
  size_t facet_count;
  bool explain; /* which terms gave a hit its score */
  bool suggest; /* another spelling where little is found: corrected */
} byline_search_request;
#define BYLINE_SEARCH_REQUEST_INIT                                             \
  {                                                                            \
    sizeof(byline_search_request), {NULL, 0}, NULL, false, NULL, false, false, \
        false, false, NULL, 0, NULL, NULL, NULL, 0, BYLINE_WEIGHT_BM25, -1,    \
        -1, 0, false, false, BYLINE_SORT_RELEVANCE, NULL, 10, 0, 1, 300,       \
        false, NULL, 0, false, true                                            \
  }

/* ---- What is found ----------------------------------------------------- */

typedef struct byline_highlight {
  size_t start, end; /* bytes of the snippet's text or of the title */
} byline_highlight;

typedef struct byline_snippet {
  byline_string text; /* one line; U+2026 where it was cut from a paragraph */
  const byline_highlight *highlights;
  size_t highlight_count;
} byline_snippet;

/* A term of the query that an article has, as the database has it (a stem
 * begins with "Z", a title word with "S"), and what it adds to the score by
 * itself; "(rest)": what wildcards, proximity and recency add together.
 * Synonyms of one word add less than the sum of theirs. */
typedef struct byline_term_weight {
  byline_string term;
  double weight;
} byline_term_weight;

typedef struct byline_hit {
  size_t rank; /* from 1, offset included */
  double score;
  int percent;
  uint32_t docid;
  byline_article article;                   /* with its text */
  const byline_highlight *title_highlights; /* none without snippets */
  size_t title_highlight_count;
  const byline_snippet *snippets; /* the best first; they don't overlap */
  size_t snippet_count;
  const byline_term_weight *terms; /* the weightiest first; with explain */
  size_t term_count;
} byline_hit;

/* The values of a field among the matches. */
typedef struct byline_facet {
  byline_facet_field field;
  const byline_count *values;
  size_t value_count;
  size_t value_total; /* different ones, those beyond the limit included */
} byline_facet;

/* A database that was not searched. */
typedef struct byline_absence {
  byline_string path, reason;
} byline_absence;

typedef struct byline_results {
  uint32_t size;
  byline_string query;  /* as given */
  byline_string parsed; /* Xapian's description of what was searched for */
  /* Where fewer than ten articles are found: the query with words of the
   * database for those that it does not have, or so rarely that they must be
   * misspelled there, if that finds something; else empty. As typed otherwise.
   * Remote databases suggest nothing. */
  byline_string corrected;
  bool relaxed; /* nothing has all the words: the hits have most of them */
  size_t total;
  bool total_exact; /* else total is an estimate */
  double took_ms;
  const byline_hit *hits;
  size_t hit_count;
  const byline_facet *facets; /* as they were asked for */
  size_t facet_count;
  const byline_absence *absences; /* with partial: byline_open_options */
  size_t absence_count;
} byline_results;

/* results lives until byline_results_free. No match is BYLINE_OK with no
 * hits. Errors: BYLINE_BAD_QUERY (the message quotes the query's fault or
 * says what a date may be or which authors a name fits), BYLINE_NOT_FOUND (no
 * such author; no such article), BYLINE_INVALID (a number that is none of an
 * enum, no such language or locale, a k1, b or recency out of range, a limit or
 * offset beyond a million, the beginning of several ids, a request of another
 * size), BYLINE_UNSUPPORTED (remote databases can be sorted by relevance and
 * newest first only, and know no recency; articles of an earlier schema have no
 * languages, sources and keywords to count), and those of reading. A database
 * that has changed is reopened and searched again, three times at most: only
 * then is it BYLINE_MODIFIED. */
BYLINE_API byline_status byline_search(byline_database *database,
                                       const byline_search_request *request,
                                       byline_results **results,
                                       byline_error *error);
BYLINE_API void byline_results_free(byline_results *results);

/* ---- Values to choose from --------------------------------------------- */

/* value lives until fn returns. */
typedef int (*byline_value_fn)(void *user, byline_string value);

/* Calls fn with the values of a field that begin so, in order, at most limit of
 * them (0: all), as filters and fields of queries take them. Case, accents and
 * punctuation of authors' names don't matter, and where no name begins so,
 * those with a later word that does are given; other values begin with these
 * bytes. Errors: BYLINE_INVALID (no such field), those of reading, or what fn
 * returned. */
BYLINE_API byline_status byline_complete(byline_database *database,
                                         byline_facet_field field,
                                         byline_string prefix, size_t limit,
                                         byline_value_fn fn, void *user,
                                         byline_error *error);

/* ---- Synonyms ---------------------------------------------------------- */

/* Gives a database (a path), or each shard of a folder, these synonyms in place
 * of those that it had; none for an empty text. A line of it says that words
 * stand for each other, "car, automobile, motorcar", or that some stand for
 * others as well, "tv, telly => television"; several in a row are a phrase; #
 * begins a comment. They are kept as terms for Xapian's query parser, in each
 * language that the database has, and as text. name: of the text, for messages.
 * wait_ms: as in byline_index_options. Errors: BYLINE_INVALID (a line is wrong:
 * "NAME:LINE: ..."; it has changed nothing), BYLINE_UNSUPPORTED (a remote
 * database: Xapian has no synonyms there), and those of byline_writer_open and
 * byline_writer_commit. */
BYLINE_API byline_status byline_synonyms_set(const char *database,
                                             byline_string text,
                                             const char *name, uint32_t wait_ms,
                                             byline_error *error);

/* The text lives until the callback returns. */
typedef int (*byline_text_fn)(void *user, byline_string text);

/* Calls fn with the text that was last set, "" for none. Errors: those of
 * byline_database_open, or what fn returned. */
BYLINE_API byline_status byline_synonyms_get(const char *database,
                                             byline_text_fn fn, void *user,
                                             byline_error *error);

#ifdef __cplusplus
}
#endif
#endif

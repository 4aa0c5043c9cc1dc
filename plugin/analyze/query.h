/* A query on its way through an analyzer; for query*.c only. */
#ifndef BYLINE_ANALYZE_QUERY_H
#define BYLINE_ANALYZE_QUERY_H

#include "analyze/marks.h"
#include "analyze/state.h"

/* Words in out that may be others as well. */
typedef struct choice {
  size_t start, end; /* in out */
  buf others;        /* a line each */
} choice;

/* Where a query is. */
typedef struct reading {
  analyzer *a;
  const char *text;
  size_t length;
  const char *const *fields; /* whose values stay as they are; NULL ends them */
  marks marks;
  bool value;    /* in the quoted value of another field */
  bool sentence; /* in capitals throughout: AND, OR and NOT are words of it */
  bool plain;    /* any of its words will do, and no operator is among them */
  bool parted;   /* a word with hyphens is to become several */
  buf *out;
  size_t begin; /* of the query in out */
  /* The first and the last run of the phrase that is put: those between them
   * are whole, and divided as they are in an article. */
  choice first, last;
  size_t runs;
  size_t asked; /* how often the database was asked for other divisions */
} reading;

/* Whether a word is one of QueryParser's operators, in letters of full width
 * perhaps. */
bool query_is_operator(byline_string word);

/* Finds out whether it is a sentence or plain, for queries of any word. */
void query_look(reading *r);

/* Whether what stands between two words, [from, to) of the text, joins them to
 * a phrase of which any word will do. Asked for each in turn. */
bool query_parts_word(reading *r, size_t from, size_t to);

bool query_in_quotes(const reading *r);

/* Appends the word of a token as QueryParser is to see it. */
bool query_add_word(reading *r, const base_token *token);

/* Puts the words of a run as a phrase, which the lane of words has. */
byline_status query_add_run(reading *r, const base_token *token,
                            byline_error *error);

/* Copies what is between two words, [from, to) of the text. */
byline_status query_add_marks(reading *r, size_t from, size_t to,
                              byline_error *error);

#endif

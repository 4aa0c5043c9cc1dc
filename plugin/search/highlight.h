/* What is shown of a match: its passages, and what is marked in its title. */
#ifndef BYLINE_SEARCH_HIGHLIGHT_H
#define BYLINE_SEARCH_HIGHLIGHT_H

#include "analyze/language.h"
#include "search/database.h"
#include "search/feedback.h"
#include "search/phrases.h"

/* The same for all matches of a search. */
typedef struct highlighter {
  byline_database *db;
  const byline_search_request *request;
  const char *language; /* of the query's stems; "" for several */
  phrases phrases;
  double documents;           /* in the database */
  const feedback_term *added; /* what the query was expanded by: marked only
                                 where none of its own terms is found */
  size_t added_count;
  byline_string *own; /* its own terms, if it was expanded */
  size_t own_count, own_capacity;
  arena *memory; /* of the results */
  /* the last match's, as ICU takes long to find codes of languages */
  char name[DATABASE_LANGUAGE_SIZE], code[LANGUAGE_CODE_SIZE];
} highlighter;

/* Reads the query's phrases. db, request, language and memory must outlive
 * the highlighter. */
byline_status highlight_begin(highlighter *h, byline_error *error);

/* Adds snippets and highlights to a match whose article is read. */
byline_status highlight_match(highlighter *h, const xap_enquire *enquire,
                              byline_hit *hit, byline_error *error);

#endif

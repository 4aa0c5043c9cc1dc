/* What printed papers say of themselves, in the languages that they are
 * written in: tables of phrases, and nothing that weighs them. */
#ifndef BYLINE_READ_EDITION_PHRASES_H
#define BYLINE_READ_EDITION_PHRASES_H

#include <stdbool.h>

#include "byline/types.h"

/* The name of a page of letters, or the call for them. */
bool phrases_letters(byline_string s);

/* "What we stand for" */
bool phrases_programme(byline_string s);

/* A title that announces an interview. */
bool phrases_interview(byline_string s);

/* "Figure 3. ...", "Table 1 ..." */
bool phrases_figure(byline_string s);

/* "Name and address supplied": a signature without a name. */
bool phrases_anonymous(byline_string s);

/* "Dieser Artikel erschien zuerst am 6. Mai 2019": where what may have the
 * date begins; 0 if nothing says so. English has marks_footer. */
size_t phrases_published(byline_string s);

/* "... report from Leeds": where the verb begins; 0 if there is none. */
size_t phrases_reporting(byline_string s);

/* Nouns for people that write together: "Members", "Redaktion". */
typedef enum phrases_people {
  PEOPLE_NONE,
  PEOPLE_SOME, /* whose, must be said */
  PEOPLE_OURS  /* the paper's own */
} phrases_people;

phrases_people phrases_people_of(const char *word, size_t length);

/* "of", "in", "the" and the like, which a group's name may have. */
bool phrases_small_word(const char *word, size_t length);

#endif

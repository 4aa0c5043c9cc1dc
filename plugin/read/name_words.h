/* The words of bylines in many languages: what no name has, what
 * authors are, who they work for. */
#ifndef BYLINE_READ_NAME_WORDS_H
#define BYLINE_READ_NAME_WORDS_H

#include <stdbool.h>
#include <stddef.h>

/* What a word of a byline is; bits. */
enum {
  NAME_WORD_NO_NAME = 1,  /* capitalised in a title, but no part of a name */
  NAME_WORD_NO_FIRST = 2, /* no name begins with it: "Neue", "Grand" */
  NAME_WORD_ROLE = 4,     /* what one author is: "Korrespondentin" */
  NAME_WORD_GROUP = 8,    /* the last word of a group or an organisation */
  NAME_WORD_PAPER = 16,   /* the same of a paper: "Financial Times" */
  NAME_WORD_OF = 32 /* whose "of" it has no author: "Vorsitzende des ..." */
};

/* Small and capital letters, with accents or without, are the same. */
unsigned name_word(const char *text, size_t length);

/* "AP", "dpa", "Reuters", "Agenturen": who sells articles. */
bool name_is_agency(const char *text, size_t length);

/* The last word is one that papers are called: "Financial Times". */
bool name_is_paper(const char *text, size_t length);

/* A place of several words where correspondents sit: "New York". */
bool name_is_place(const char *text, size_t length);

#endif

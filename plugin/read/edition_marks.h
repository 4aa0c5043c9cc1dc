/* Small things that the lines of a printed paper say about themselves. */
#ifndef BYLINE_READ_EDITION_MARKS_H
#define BYLINE_READ_EDITION_MARKS_H

#include <stdbool.h>

#include "read/date.h"

/* Where a mark, which begins with a small letter, begins in a text, at the
 * beginning of a word and in any case; the text's length if nowhere. */
size_t marks_find(byline_string s, const char *mark);

/* "Out now. Come and see": a sentence ends inside. */
bool marks_sentence_inside(byline_string s);

/* Every letter is a capital; at least four are there. */
bool marks_capitals(byline_string s);

/* Long words all begin with a capital; at least three words. */
bool marks_title_case(byline_string s);

/* "The Anvil": no word but short ones begins with a small letter, as in the
 * names of papers. */
bool marks_name(byline_string s);

size_t marks_words(byline_string s);

/* What somebody said: "..., Jane added, 'Is it?'" */
bool marks_speech(byline_string s);

/* "Page 3", "The Pump - Page 3" */
bool marks_page(byline_string s);

/* "Book review: ...", "France: ...": a few words, and what they are about. */
bool marks_rubric(byline_string s);

/* "The Wave - paper of the clubs" */
bool marks_dash(byline_string s);

/* Begins with a dash, as a turn of speech does in many languages. */
bool marks_turn(byline_string s);

/* No letter and no digit at all: "-----", "* * *". */
bool marks_rule(byline_string s);

/* "JD: ..."; loosely also "JD What ...", "Jane Doe (JD) What ..." and "Jane
 * Doe: What ...". */
bool marks_speaker(byline_string s, bool loosely);

/* "No. 412", "Issue 17", "Vol. 3", an address, a bar between parts. */
bool marks_masthead(byline_string s);

/* "click here", an address of the web or of mail. */
bool marks_link(byline_string s);

/* The price or the pages of a book, a film's length: what is reviewed, and no
 * name. */
bool marks_data(byline_string s);

/* A footer that says when an article first appeared; iso as in date.h. */
bool marks_footer(byline_string s, const date_hints *hints, char *iso);

#endif

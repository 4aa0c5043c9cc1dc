/* Small things that the lines of an e-zine's articles say about themselves. */
#ifndef BYLINE_READ_EZINE_MARKS_H
#define BYLINE_READ_EZINE_MARKS_H

#include <stdbool.h>

#include "byline/types.h"

/* What is left of a title without the marks around it: "*** Title ***",
 * "| Title |". *framed says that there were some on both sides. */
byline_string ezine_bare(byline_string s, bool *framed);

/* The same without the number before it: "3. Title", "[0x03] Title",
 * "IV) Title"; s when there is none. */
byline_string ezine_unnumbered(byline_string s);

/* "- item", "* item", "3) item". */
bool ezine_item(byline_string s);

typedef enum ezine_field {
  FIELD_NONE,
  FIELD_FROM,
  FIELD_SUBJECT,
  FIELD_DATE,
  FIELD_OTHER
} ezine_field;

/* "Subject: ...": which field a line is; value is what follows the colon. */
ezine_field ezine_header(byline_string s, byline_string *value);

/* The name in a From field; empty when it has only an address. */
byline_string ezine_sender(byline_string value);

/* Takes "By ", "von ", "par ", "Author: " and their like off the beginning;
 * false when there is none. */
bool ezine_by(byline_string *s);

/* Nothing but such a word. */
bool ezine_by_alone(byline_string s);

/* The same for " by " inside: "Title by Jane Doe". *at is where it begins,
 * *name what follows it. */
bool ezine_by_inside(byline_string s, size_t *at, byline_string *name);

/* Whether a text begins with a mark in small letters, whatever its own case. */
bool ezine_begins(byline_string s, const char *mark);

#endif

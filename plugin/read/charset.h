/* Which character set a text is in. */
#ifndef BYLINE_READ_CHARSET_H
#define BYLINE_READ_CHARSET_H

#include <stdbool.h>

#include "byline/types.h"

enum { CHARSET_NAME = 40 };

typedef enum charset_origin {
  CHARSET_ASCII,    /* nothing but ASCII so far: decided when that ends */
  CHARSET_UTF8,     /* or so few broken bytes that it must be meant */
  CHARSET_UNCLEAR,  /* not UTF-8, and nobody knows what: read as UTF-8 */
  CHARSET_MARKED,   /* by a byte order mark, or zeros in every second byte */
  CHARSET_NAMED,    /* by the user */
  CHARSET_DECLARED, /* by an XML declaration or an HTML meta element */
  CHARSET_GUESSED   /* by ICU, from the frequency of letters */
} charset_origin;

typedef struct charset {
  charset_origin origin;
  char name[CHARSET_NAME]; /* from CHARSET_MARKED on; for ICU */
  size_t mark;             /* length of the byte order mark to leave out */
} charset;

/* From the first bytes of a file; named is the user's choice or NULL. A mark
 * comes first, then the user's choice, UTF-8 if the bytes are valid (or more
 * sequences are right than broken), what the text declares, and the guess.
 * False when memory runs out. */
bool charset_of_head(const char *head, size_t length, bool whole,
                     const char *named, charset *c);

/* From the bytes around the first in a file that is not ASCII. */
bool charset_of_part(const char *text, size_t length, bool whole, charset *c);

/* The name that an XML or HTML text gives at its beginning; false if none. */
bool charset_declared(const char *head, size_t length, char name[CHARSET_NAME]);

/* The name to decode with for one that a person or a file gives: where a set
 * has a superset that is commonly passed off as it (ISO-8859-1 and
 * windows-1252), the superset. BYLINE_INVALID if ICU does not know it. */
byline_status charset_find(const char *name, char found[CHARSET_NAME],
                           byline_error *error);

/* ---- guess.c ---- */

/* By ICU's detector; CHARSET_UNCLEAR when it is not sure or when what it found
 * makes no sense as text. False when memory runs out. */
bool charset_guess(const char *text, size_t length, charset *c);

/* The superset of a set by its name, or NULL. */
const char *charset_superset(const char *name);

#endif

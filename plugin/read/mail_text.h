/* The text of a mail, from bytes to paragraphs. */
#ifndef BYLINE_READ_MAIL_TEXT_H
#define BYLINE_READ_MAIL_TEXT_H

#include "read/draft.h"

/* Appends bytes in a character set as UTF-8: UTF-8 if they are that, else what
 * is declared (may be NULL), else what they look like. What can't be decoded
 * becomes U+FFFD and is added to *replaced. Errors: BYLINE_NO_MEMORY, or
 * BYLINE_INTERNAL if ICU fails. */
byline_status mail_decode(const char *declared, const char *bytes,
                          size_t length, buf *out, size_t *replaced,
                          byline_error *error);

/* How the lines of a text/plain part are to be read (RFC 3676). */
typedef struct mail_format {
  bool flowed;
  bool delsp; /* spaces at the ends of flowed lines are not text */
} mail_format;

/* Adds plain text to a draft. Blank lines end a paragraph, as does a change of
 * quotation; each begins with as many ">" as its lines had. */
bool mail_add_text(draft *d, const char *text, size_t length,
                   mail_format format);

#endif

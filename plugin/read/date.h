/* Dates as people write them. Right or absent, never guessed. */
#ifndef BYLINE_READ_DATE_H
#define BYLINE_READ_DATE_H

#include "byline/types.h"

typedef enum date_result {
  DATE_NONE,    /* not a date */
  DATE_UNCLEAR, /* meant as a date, but the day is ambiguous or not possible */
  DATE_FOUND
} date_result;

enum { DATE_ISO_SIZE = 32 };

/* Recognises text that is a date and nothing else (surrounding space and a
 * final full stop aside). iso gets YYYY-MM-DD, or YYYY-MM or YYYY when the
 * text says no more (NUL-terminated, DATE_ISO_SIZE bytes). */
date_result date_parse(const char *text, size_t length, char *iso);

#endif

/* Lines that hold a date beside something else: "Jane Doe, 20 October 2020",
 * "20 October 2020 | By Jane Doe", "The Courier, Tuesday, 20 October 2020, No.
 * 4,112". */
#ifndef BYLINE_READ_DATE_PART_H
#define BYLINE_READ_DATE_PART_H

#include "read/date.h"

typedef struct date_part {
  date_result date; /* never DATE_NONE */
  char iso[DATE_ISO_SIZE];
  byline_string text;          /* of the date */
  byline_string before, after; /* it; parts of the text, either empty */
} date_part;

/* False when the line holds no day, or nothing but a date. What stands beside
 * it must be parted from it by a comma, a bar, a dash or the like; a word that
 * only says that a date follows ("Published: ...") is left out of before.
 * text is one line, its spaces single; out points into it. */
bool date_part_find(const char *text, size_t length, const date_hints *hints,
                    date_part *out);

/* Whether what stands beside a date, on one side of it, may be a place or the
 * name of a paper: "Berlin", "The Guardian". */
bool date_part_is_source(const date_part *part);

/* Whether a text has the digits of a day: five, or three in scripts that count
 * years by eras. Quick to see, and most texts have not. */
bool date_part_may_hold(const char *text, size_t length);

#endif

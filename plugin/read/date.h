/* Dates as people write them. Right or absent, never guessed. */
#ifndef BYLINE_READ_DATE_H
#define BYLINE_READ_DATE_H

#include <stdbool.h>

#include "byline/types.h"
#include "read/date_words.h"

typedef enum date_result {
  DATE_NONE,    /* not a date */
  DATE_UNCLEAR, /* meant as a date, but the day is ambiguous or not possible */
  DATE_FOUND
} date_result;

enum { DATE_ISO_SIZE = 32 };

/* What the numbers of 03/04/2020 are. */
typedef enum date_order {
  DATE_ORDER_UNKNOWN,
  DATE_ORDER_DMY,
  DATE_ORDER_MDY,
  DATE_ORDER_YMD
} date_order;

/* "dmy", "mdy", "ymd"; unknown for anything else. */
date_order date_order_named(const char *name);

/* What is known of the dates of a file. */
typedef struct date_hints {
  date_order stated;           /* by the user; overrides the file */
  bool day_first, month_first; /* dates that have only this order were seen */
  date_languages languages;    /* that have all the words of its dates */
  date_languages small;        /* of less written ones, that have all the words
                                  of some date which no other has */
} date_hints;

#define DATE_HINTS_NONE                                                        \
  { DATE_ORDER_UNKNOWN, false, false, DATE_LANGUAGES_ALL, 0 }

/* Recognises text that is a date and nothing else (surrounding space and a
 * final full stop aside), in any language and script whose months ICU knows:
 *
 *   20 October 2020 · le mardi 20 octobre 2020 · 20. října 2020 ·
 *   ٢٠ أكتوبر ٢٠٢٠ · 2020年10月20日 · 令和2年10月20日 · 20 ตุลาคม 2563 ·
 *   20 tháng 10 năm 2020 · 2020-10-20 · 20.10.2020
 *
 * iso gets YYYY-MM-DD, or YYYY-MM or YYYY when the text says no more
 * (NUL-terminated, DATE_ISO_SIZE bytes; empty unless DATE_FOUND).
 *
 * Years have four digits, but for those of an era; a Thai date counts Buddhist
 * years (2563 is 2020) unless it says otherwise or the year is below 2400. A
 * day that does not exist or falls on another weekday than the one named is
 * unclear, and so is what could be two days: 03/04/2020, 3 listopada 2020. */
date_result date_parse(const char *text, size_t length, char *iso);

/* The same with what is known of the file: settles what could be two days.
 * Only with a stated order are years of two digits read (00 to 49 as 2000 to
 * 2049, others as 1950 to 1999). */
date_result date_parse_hinted(const char *text, size_t length,
                              const date_hints *hints, char *iso);

/* Learns from a text, if it is a date. Dates that contradict each other leave
 * the order unknown. */
void date_learn(date_hints *hints, const char *text, size_t length);

#endif

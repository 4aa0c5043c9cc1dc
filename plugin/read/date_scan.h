/* A text that may be a date, taken apart into numbers and names. */
#ifndef BYLINE_READ_DATE_SCAN_H
#define BYLINE_READ_DATE_SCAN_H

#include "read/date_words.h"

enum { DATE_MOST_ITEMS = 8, DATE_LONGEST = 200 };

typedef enum date_role {
  ROLE_NONE,
  ROLE_YEAR, /* a word says so: 2020年, năm 2020 */
  ROLE_MONTH,
  ROLE_DAY
} date_role;

typedef struct date_item {
  const date_word *word; /* NULL: a number */
  date_role role;
  unsigned value;
  unsigned digits;
  char before; /* what parts it from the item before: space - / or . */
} date_item;

typedef enum date_era {
  ERA_NONE,
  ERA_COMMON,
  ERA_BUDDHIST,
  ERA_MINGUO,
  ERA_MEIJI,
  ERA_TAISHO,
  ERA_SHOWA,
  ERA_HEISEI,
  ERA_REIWA
} date_era;

typedef struct date_scan {
  date_item items[DATE_MOST_ITEMS]; /* numbers and months */
  size_t count;
  date_era era;
  uint8_t weekdays;         /* bits of those it may be; 0: none is named */
  date_languages languages; /* that have all its words */
  bool words;               /* it has names of months or weekdays */
  bool rare;                /* one of them is (date_words.h) */
  bool thai;                /* in Thai letters or digits */
  bool filler;              /* "the" or "of" occurred */
  bool other;               /* another particle did, but not "year" */
  bool strange;             /* two weekdays, or "to" or "and" between days */
} date_scan;

/* False when there is anything in it that belongs to no date. */
bool date_scan_text(const char *text, size_t length, date_scan *out);

#endif

/* The Gregorian calendar, years 1 to 9999. */
#ifndef BYLINE_READ_CALENDAR_H
#define BYLINE_READ_CALENDAR_H

#include <stdbool.h>

enum { CALENDAR_LAST_YEAR = 9999 };

typedef struct calendar_day {
  unsigned year, month, day; /* from 1 */
} calendar_day;

bool calendar_exists(calendar_day d);

/* 0 is Sunday. d exists. */
unsigned calendar_weekday(calendar_day d);

/* The n-th day of a year, from 1; false when there is none. */
bool calendar_ordinal(unsigned year, unsigned n, calendar_day *out);

/* Of an ISO 8601 week; weekday 1 is Monday, 7 Sunday. False when the year has
 * no such week. */
bool calendar_week(unsigned year, unsigned week, unsigned weekday,
                   calendar_day *out);

#endif

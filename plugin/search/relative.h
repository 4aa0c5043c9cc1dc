/* Dates that are counted from today. */
#ifndef BYLINE_SEARCH_RELATIVE_H
#define BYLINE_SEARCH_RELATIVE_H

#include <stdbool.h>

#include "read/date.h"

/* "today", "yesterday", "10 days ago", "a month ago", "two years ago", in any
 * case, with blanks or hyphens between. now is a time_t, 0 the clock's; days
 * are those of local time. Months and years are those of the calendar: a month
 * before 31 March is the last day of February. False for anything else, and for
 * what is before the year 1. iso gets YYYY-MM-DD. */
bool relative_date(byline_string text, int64_t now, char iso[DATE_ISO_SIZE]);

#endif

/* Dates that narrow a search. Each function makes a query that the caller
 * frees; BYLINE_BAD_QUERY says what a date may be. now is the request's. */
#ifndef BYLINE_SEARCH_DATES_H
#define BYLINE_SEARCH_DATES_H

#include "xapian_shim.h"

/* Articles from the beginning of since to the end of until; either may be
 * empty. */
byline_status dates_between(byline_string since, byline_string until,
                            int64_t now, xap_query **query,
                            byline_error *error);

/* What stands behind "date:": a date, or two with ".." between, either of which
 * may be missing. */
byline_status dates_field(byline_string text, int64_t now, xap_query **query,
                          byline_error *error);

/* A year, or a month of a year, written as YYYY or YYYY-MM or YYYYMM: whether
 * there is one, and its digits. */
bool dates_digits(byline_string text, size_t count, char digits[16]);

/* QueryParser takes date:"3 weeks ago"..today for a day and a phrase. Joins it
 * to one word, as dates_field reads it; nothing changes its place. */
void dates_join(char *text, size_t length);

#endif

/* Dates with a time of day, as programs write them: ISO 8601, RFC 5322,
 * asctime and their like, seconds since 1970. */
#ifndef BYLINE_READ_STAMP_H
#define BYLINE_READ_STAMP_H

#include "read/date.h"

/* As date_parse; with a time iso is YYYY-MM-DDTHH:MM:SS, local as stated: the
 * zone is dropped. */
date_result stamp_parse(const char *text, size_t length, char *iso);

/* Seconds, milliseconds or microseconds since 1970, in UTC; DATE_UNCLEAR for a
 * number that is outside of 1973 to 2099 as each of these. */
date_result stamp_epoch(double number, char *iso);

#endif

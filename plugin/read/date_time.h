/* Dates as programs write them, in the fields of structured formats. */
#ifndef BYLINE_READ_DATE_TIME_H
#define BYLINE_READ_DATE_TIME_H

#include "read/date.h"

/* Recognises text that is, spaces around it aside,
 * - ISO 8601 in its usual profiles: 2017-11-14T08:30:00+01:00, 20171114T0830Z,
 *   20171114083000, XML's 2017-11-14-05:00 (the day, with its zone),
 *   2017-11-14 08:30:00.123 UTC, 2017-11-14, 2017-11, 2017, the week date
 *   2017-W46-2, the ordinal date 2017-318;
 * - RFC 5322 with its obsolete forms: "Tue, 14 Nov 2017 08:30:00 +0100 (CET)",
 *   "14 Nov 17 08:30 EST", with years of two digits read as it says; the dates
 *   of RFC 850 and asctime as well;
 * - or anything that date_parse knows, with or without a clock behind it:
 *   "14 novembre 2017, 8:30", "November 14, 2017 8:30 pm".
 *
 * iso gets the local time as it is stated, without its zone:
 * YYYY-MM-DDTHH:MM:SS (seconds 00 if there are none), or only as much of the
 * date as there is. The end of a day, 24:00, is given as the day alone.
 * DATE_UNCLEAR if a day or time does not exist or the weekday is another. */
date_result date_time_parse(const char *text, size_t length, char *iso);

/* The same with what is known of the file; see date_parse_hinted. */
date_result date_time_parse_hinted(const char *text, size_t length,
                                   const date_hints *hints, char *iso);

#endif

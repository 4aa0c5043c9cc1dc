/* Dates as numbers. */
#ifndef BYLINE_READ_STAMP_H
#define BYLINE_READ_STAMP_H

#include "read/date.h"

/* Seconds, milliseconds or microseconds since 1970, in UTC; DATE_UNCLEAR for a
 * number that is outside of 1973 to 2099 as each of these. */
date_result stamp_epoch(double number, char *iso);

#endif

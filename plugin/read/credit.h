/* Lines that say who wrote an article and when. */
#ifndef BYLINE_READ_CREDIT_H
#define BYLINE_READ_CREDIT_H

#include <stdbool.h>

#include "byline/types.h"

typedef struct credit {
  byline_string who;  /* for names_parse */
  byline_string when; /* for date_time_parse; empty: nothing */
} credit;

/* Parts "By Jane Doe, 4 March 2021", "4 March 2021 | Jane Doe" or "Posted by
 * Jane Doe on 4 March 2021". What has no date is who as a whole. */
credit credit_parse(const char *text, size_t length);

#endif

/* Lines that stand in a head without being a part of what is read. */
#ifndef BYLINE_READ_HEAD_LINE_H
#define BYLINE_READ_HEAD_LINE_H

#include <stdbool.h>

#include "byline/types.h"

/* Nothing but "https://...". */
bool head_line_is_url(byline_string s);

/* Nothing but "-----", "* * *" and the like. */
bool head_line_is_rule(byline_string s);

#endif

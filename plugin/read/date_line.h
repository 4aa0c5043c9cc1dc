/* Lines of a text that are dates, with or without marks around them. */
#ifndef BYLINE_READ_DATE_LINE_H
#define BYLINE_READ_DATE_LINE_H

#include <stddef.h>

#include "read/date.h"

/* "--- 20 October 2020 ---", "[20 October 2020]:"; with a time, also what
 * date_time_parse knows. hints may be NULL. */
date_result date_line_parse(const char *text, size_t length,
                            const date_hints *hints, char *iso);

void date_line_learn(date_hints *hints, const char *text, size_t length);

/* Learns from the lines of a text; those that may be cut off at its end are
 * left out. True when one of them is still unclear: more text may help. */
bool date_lines_learn(date_hints *hints, const char *text, size_t length);

#endif

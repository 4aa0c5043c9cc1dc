/* What stands at the beginning and at the end of an issue: its number and its
 * day, the heading of its contents, notices of the publisher. */
#ifndef BYLINE_READ_EZINE_MASTHEAD_H
#define BYLINE_READ_EZINE_MASTHEAD_H

#include <stdbool.h>

#include "read/date.h"

/* The heading of a table of contents, in one of many languages. */
bool ezine_contents_heading(byline_string s);

/* "Volume 3, Number 4", "#42", "Ausgabe 7": the number of an issue. */
bool ezine_issue(byline_string s);

/* The one day or month that a line of a masthead names; false if there is
 * none, or more than one. */
bool ezine_issue_date(byline_string s, const date_hints *hints, char *iso);

/* How to subscribe, who may copy what. */
bool ezine_boilerplate(byline_string s);

/* "End of Tarn Wire 3.4" */
bool ezine_ending(byline_string s);

#endif

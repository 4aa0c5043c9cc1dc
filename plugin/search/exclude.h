/* Queries that only say what is not wanted. */
#ifndef BYLINE_SEARCH_EXCLUDE_H
#define BYLINE_SEARCH_EXCLUDE_H

#include "base/buf.h"

/* Makes -a -"b c" NOT a NOT "b c", which QueryParser understands: of the first
 * it drops the signs and finds the opposite. Other queries stay as they are.
 * False when memory runs out. */
bool exclude_alone(buf *query);

#endif

/* The columns that papers have under the same name everywhere. */
#ifndef BYLINE_READ_COLUMN_H
#define BYLINE_READ_COLUMN_H

#include <stdbool.h>

#include "byline/types.h"

/* "Correction", "Letter to the editor", "社説：...": a title in itself, which
 * no part of an article is called. */
bool column_named(byline_string title);

#endif

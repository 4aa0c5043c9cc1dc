/* What bylines have that is no name as others are. */
#ifndef BYLINE_READ_NAME_ODD_H
#define BYLINE_READ_NAME_ODD_H

#include "read/names.h"

/* A name written without capitals. A line with some is a title. */
bool name_is_odd(byline_string s);

/* Cuts "and nine others" off a line, and says whether there was any. */
bool name_cut_others(byline_string *line);

/* What stands behind a small "by" in a line of its own may be any words with
 * capitals: "Big Si & The Wife". Adds them, or leaves out without authors. */
bool name_take_capitalised(byline_string line, names *out);

#endif

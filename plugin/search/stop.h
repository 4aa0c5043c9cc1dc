/* The words that a query of any of its words leaves out. */
#ifndef BYLINE_SEARCH_STOP_H
#define BYLINE_SEARCH_STOP_H

#include "analyze/analyzer.h"
#include "xapian_shim.h"

/* Those of a language (a code, a tag or a Snowball name), as the parser is
 * given them: also without accents. None for a language that has no list. */
byline_status stop_words(xap_parser *parser, analyzer *a, const char *language,
                         byline_error *error);

#endif

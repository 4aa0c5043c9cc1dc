/* Where passages begin and end. */
#ifndef BYLINE_SEARCH_CUT_H
#define BYLINE_SEARCH_CUT_H

#include "search/matches.h"
#include "search/sentences.h"

/* Makes the passage of a core (which may be empty) as long as size allows, with
 * whole sentences around it, those with matches first; where these leave it
 * short, and within long ones, with words. It stays within free. */
byline_status cut_passage(matches *m, sentences *s, stretch free, size_t size,
                          stretch *core, byline_error *error);

#endif

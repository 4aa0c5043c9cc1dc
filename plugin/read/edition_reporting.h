/* Bylines inside a sentence. */
#ifndef BYLINE_READ_EDITION_REPORTING_H
#define BYLINE_READ_EDITION_REPORTING_H

#include "byline/types.h"

/* The part of a sentence that names its authors: "Jane Doe and Tom Roe from
 * Leeds (who were there) report on the vote", "..., writes Jane Doe". Empty
 * when there is none. *place is where they write from, if that is apart from
 * the part. */
byline_string edition_reporting(byline_string s, byline_string *place);

#endif

/* Names in capitals as people write names. */
#ifndef BYLINE_READ_NAME_CASE_H
#define BYLINE_READ_NAME_CASE_H

#include <stdbool.h>

#include "base/buf.h"
#include "byline/types.h"

/* Appends the name as people write it: "JANE O'NEIL" is Jane O'Neil, "MARÍA DE
 * LA CRUZ" María de la Cruz, "Jane DOE" Jane Doe. Appends nothing where it
 * stays as it is: it has small letters, is no full name of a person ("AP",
 * "HULL PARTY"), or its script or language does not say what its letters become
 * (Greek, whose capitals have no accents; a Turkish I, where language, a code
 * or empty, is not known to be one that has it). False when memory runs out. */
bool name_case(byline_string name, byline_string language, buf *out);

#endif

/* What the first part of an e-zine says about the rest of it. */
#ifndef BYLINE_READ_EZINE_LEARN_H
#define BYLINE_READ_EZINE_LEARN_H

#include "read/ezine_head.h"

bool ezine_evidence_init(ezine_evidence *e);
void ezine_evidence_free(ezine_evidence *e);

/* Learns everything from the first part of a text. *certainty, 0 to 100, says
 * how sure it is that this is an e-zine; it takes time and may be NULL. */
byline_status ezine_learn(ezine_evidence *e, const char *text, size_t length,
                          int *certainty, byline_error *error);

#endif

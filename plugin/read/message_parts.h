/* The parts of a mail that are read. */
#ifndef BYLINE_READ_MESSAGE_PARTS_H
#define BYLINE_READ_MESSAGE_PARTS_H

#include <gmime/gmime.h>

#include "read/draft.h"

/* Puts the messages of the digests in a message on the stack, with a reference
 * each, the first one last. False if there are none. */
bool message_push_digests(GMimeMessage *message, GPtrArray *stack);

/* Adds the text to a draft: of alternatives the plain one if it has any text;
 * of several parts all that are shown; no attachments. Errors: those of
 * html_text. */
byline_status message_add_text(GMimeMessage *message, draft *d,
                               byline_error *error);

#endif

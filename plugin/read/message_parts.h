/* The parts of a mail that are read. */
#ifndef BYLINE_READ_MESSAGE_PARTS_H
#define BYLINE_READ_MESSAGE_PARTS_H

#include <gmime/gmime.h>

#include "read/draft.h"

/* How deep multiparts and messages may lie in each other, and whether some lay
 * deeper and were left out. */
typedef struct parts_depth {
  size_t most;
  bool exceeded;
} parts_depth;

/* Puts the messages of the digests in a message on the stack, with a reference
 * each, the first one last. False if there are none. */
bool message_push_digests(GMimeMessage *message, parts_depth *depth,
                          GPtrArray *stack);

/* Adds the text to a draft: of alternatives the plain one if it has any text;
 * of several parts all that are shown; no attachments. Errors: those of
 * html_text. */
byline_status message_add_text(GMimeMessage *message, parts_depth *depth,
                               draft *d, byline_error *error);

#endif

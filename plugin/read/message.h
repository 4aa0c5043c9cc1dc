/* One mail, by GMime. */
#ifndef BYLINE_READ_MESSAGE_H
#define BYLINE_READ_MESSAGE_H

#include "read/draft.h"

/* The messages in the bytes of one: itself, or those of the digests in it. */
typedef struct message_list message_list;

/* GMime itself ends the program when memory runs out. */
byline_status message_list_new(const char *bytes, size_t length,
                               message_list **list, byline_error *error);
void message_list_free(message_list *list);

/* What in the structure of the mail was broken and mended. */
size_t message_list_repairs(const message_list *list);

/* Fills the draft with the next message that is no digest; *line is where it
 * begins, *found false at the end. bytes are those that the list was made from,
 * the first of them at first_line; line is that of the mail itself.
 * BYLINE_INVALID: its HTML can't be read. */
typedef struct message_place {
  const char *bytes;
  size_t length;
  size_t line, first_line;
} message_place;
byline_status message_next(message_list *list, const message_place *place,
                           const byline_input *input, draft *d, size_t *line,
                           bool *found, byline_error *error);

#endif

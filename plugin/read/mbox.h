/* A file of mail as its messages: an mbox, or one message alone. */
#ifndef BYLINE_READ_MBOX_H
#define BYLINE_READ_MBOX_H

#include "base/buf.h"
#include "read/rows.h"

/* Of a message that is too long the rest is dropped: pictures, as a rule. GMime
 * makes objects of headers and, larger ones, of parts; what looks like the
 * beginning of one counts. */
enum {
  MBOX_MOST_WORK = 200000,
  MBOX_PART_WORK = 10 /* as many headers as a part stands for */
};

typedef struct mbox {
  rows input;
  buf message; /* without the "From " line; quoted ones are as they were */
  size_t line; /* of the message's beginning */
  size_t first_line; /* of what is in the buffer */
  size_t work;       /* headers and parts in it, about */
  size_t longest;    /* bytes of a message */
  bool too_long;     /* the rest of it is left out, as it is longer, */
  bool too_many;     /* or as it has more headers and parts than may be */
  bool several;      /* it is an mbox */
  bool started;
  bool has_next;      /* another message begins with the row in held */
  buf held;           /* a row: a "From " line that may begin a message, or
                         what stood behind one that does */
  size_t marker_line; /* of the last "From " line */
} mbox;

byline_status mbox_init(mbox *m, byline_input *input, byline_error *error);
void mbox_free(mbox *m);

/* The next message is in m; *found is false at the end. */
byline_status mbox_next(mbox *m, bool *found, byline_error *error);

/* Whether a line is "From SENDER DATE", which begins a message. */
bool mbox_is_marker(const char *data, size_t length);

/* How long the name of a header is that begins here with its colon; else 0. */
size_t mbox_header(const char *data, size_t length);

#endif

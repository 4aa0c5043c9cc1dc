/* The file that a reader reads; see extend.h for what readers do with it.
 *
 * Its bytes go through three steps: the head, which was read ahead to choose
 * the reader; what is read on from the source; and the decoder, unless the
 * text is UTF-8 or the reader wants it raw. In a text that is ASCII at first
 * the character set is decided at the first byte that is not. */
#ifndef BYLINE_READ_INPUT_H
#define BYLINE_READ_INPUT_H

#include <stdbool.h>

#include "base/buf.h"
#include "byline/extend.h"
#include "read/charset.h"
#include "read/date.h"
#include "read/decoder.h"
#include "read/limits.h"
#include "read/profile.h"
#include "read/source.h"

enum {
  INPUT_NOTICES = 1000,  /* of one file; further ones are only counted */
  INPUT_HEAD = 64 << 10, /* how much is looked at before a reader gets it */
  INPUT_BEFORE = 1 << 10 /* kept of what was read, to decide with */
};

struct byline_input {
  const char *path;
  source *from;     /* NULL: the head is all there is */
  const char *head; /* bytes that were read ahead */
  size_t head_length, head_at;
  bool head_whole; /* nothing comes behind them */
  buf ahead;       /* the memory of head, if it is ours */
  bool broken;     /* reading on failed; fault is told behind what was read */
  byline_error fault;
  bool raw; /* no decoding */
  charset charset;
  decoder *decoder;
  buf text; /* the head, decoded */
  size_t text_at;
  char before[INPUT_BEFORE]; /* the last bytes, while all was ASCII */
  size_t before_length;
  byline_read_stats *stats;
  byline_notice_fn notice; /* may be NULL */
  void *notice_user;
  size_t notices;              /* told of this file so far */
  const byline_limits *limits; /* NULL: the usual ones */
  date_order order;            /* of dates, as the user has said */
  const profile *taught;       /* for the reader of taught layouts */
  const char *taught_path;     /* of the profile */
  byline_explain_fn explain;   /* may be NULL */
  void *explain_user;
  bool failed; /* something was reported as failed */
};

/* A text in UTF-8 in memory, for tests; needs no input_end. */
void input_from_memory(byline_input *input, const char *text, size_t length,
                       byline_read_stats *stats);

/* Reads the head. path, stats and notice are set, the rest is zero; whatever
 * comes back, input_end releases what was made. */
byline_status input_start(byline_input *input, source *from,
                          byline_error *error);

/* Finds the character set, which named (may be NULL) overrides, and decodes
 * the head. */
byline_status input_decode(byline_input *input, const char *named,
                           byline_error *error);

/* The beginning as text, decoded if need be; whole: it is all. */
byline_string input_text(const byline_input *input, bool *whole);

/* From here on the reader gets the bytes as they are. Before any was read. */
void input_set_raw(byline_input *input);

/* Tells how a file that was read to its end was decoded. */
void input_report(byline_input *input);

/* Tells how many notices were left out. */
void input_tell_more(const byline_input *input);

void input_end(byline_input *input);

/* For readers that decode by themselves: the name of the character set that
 * the user, a byte order mark, the text itself or, last, the guess gives; NULL
 * for UTF-8 and where nothing is known. Lives as long as the input. */
const char *input_charset(const byline_input *input);

/* What the user has said about the numbers of dates; readers pass it on as
 * the stated order of their date_hints. */
date_order input_date_order(const byline_input *input);

/* What holds for this file; lives as long as the input. */
const byline_limits *input_limits(const byline_input *input);

#endif

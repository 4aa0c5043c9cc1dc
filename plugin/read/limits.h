/* How much reading takes from a file that may be anybody's: byline_limits of
 * byline.h, complete. */
#ifndef BYLINE_READ_LIMITS_H
#define BYLINE_READ_LIMITS_H

#include "byline/extend.h"

enum {
  LIMITS_DEEPEST = 200, /* the most that nesting can be set to */
  LIMITS_LINE = 64,     /* the least that a line can */
  LIMITS_SIZE = 32      /* bytes of a size in words */
};

/* What parsers hold whole takes at most so many times its size in memory,
 * copies of it that are made on the way included. */
enum {
  LIMITS_JSON = 8,
  LIMITS_JSON_VALUE = 1024, /* bytes for each value, however small */
  LIMITS_HTML = 16,
  LIMITS_MAIL = 32,
  LIMITS_FEED = 64,
  LIMITS_MARKDOWN = 512
};

extern const byline_limits limits_default;

/* Puts the defaults where there are zeros. BYLINE_INVALID: nesting or
 * line is beyond its bounds. */
byline_status limits_complete(byline_limits *l, byline_error *error);

/* The bytes of something that may be held whole: factor is one of those above.
 */
size_t limits_room(const byline_limits *l, size_t factor);

/* "64 MiB", "1500 bytes". */
const char *limits_words(uint64_t bytes, char text[LIMITS_SIZE]);

/* Tells of an article that is left out since its text is too long. */
void limits_tell_article(uint64_t most, size_t line, byline_input *input);

#endif

/* Finds where a JSON value ends, in bytes that come in pieces, and the first
 * mistake in it. It looks at the grammar and not at what is in strings and
 * numbers: a parser does that when it gets the whole value. */
#ifndef BYLINE_READ_JSON_SCAN_H
#define BYLINE_READ_JSON_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What is nested deeper is stepped over by its brackets alone. */
enum { JSON_SCAN_DEEPEST = 200 };

typedef enum json_scan_result {
  JSON_SCAN_MORE,   /* came to the end of the bytes */
  JSON_SCAN_OPEN,   /* at a [ or { that is a member of the value itself */
  JSON_SCAN_WHOLE,  /* behind the value */
  JSON_SCAN_MISTAKE /* at a byte that can't be there */
} json_scan_result;

typedef struct json_scan {
  int state;
  bool in_string, escaped, in_word;
  bool told;      /* of an open bracket */
  bool loose;     /* only brackets and strings matter */
  size_t depth;   /* of open brackets */
  size_t deepest; /* that it came to */
  uint64_t objects[JSON_SCAN_DEEPEST / 64 + 1]; /* which of them are { */
  size_t values;
  size_t offset;             /* of the next byte, from the value's first */
  size_t key_start, key_end; /* the last key of the value itself, by offset,
                                without its quotation marks */
} json_scan;

/* text[0] of the first run is the first byte of a value. */
void json_scan_start(json_scan *s);

/* The same behind a member of an object whose first part was not scanned. */
void json_scan_resume(json_scan *s);

/* Goes on at text[*at]. With JSON_SCAN_OPEN *at stays on the bracket, and a
 * further call goes on behind it. */
json_scan_result json_scan_run(json_scan *s, const char *text, size_t length,
                               size_t *at);

/* After a mistake: goes on to where the open brackets end, whatever is between
 * them. */
void json_scan_loosen(json_scan *s);

#endif

/* Text in a character set to UTF-8, a piece at a time. What can't be decoded
 * becomes U+FFFD and is counted. */
#ifndef BYLINE_READ_DECODER_H
#define BYLINE_READ_DECODER_H

#include <stdbool.h>

#include "byline/types.h"

typedef struct decoder decoder;

byline_status decoder_new(const char *charset, decoder **d,
                          byline_error *error);
void decoder_free(decoder *d);

/* Converts from *in on, moving it to what is left, into out[capacity]; *length
 * is what was written. last: nothing comes behind in_end. All is done when *in
 * is in_end and *length less than capacity. */
byline_status decoder_run(decoder *d, const char **in, const char *in_end,
                          bool last, char *out, size_t capacity, size_t *length,
                          byline_error *error);

/* The U+FFFD written so far. */
size_t decoder_invalid(const decoder *d);

#endif

/* Repairs JSON that a strict parser refuses, where what is meant is clear. */
#ifndef BYLINE_READ_JSON_MEND_H
#define BYLINE_READ_JSON_MEND_H

#include "base/buf.h"

/* Appends text with broken UTF-8 and the escapes of lone surrogates as U+FFFD,
 * their number added to *replaced, and with numbers that are too long for
 * 64 bits as strings. False when memory runs out. */
bool json_mend(const char *text, size_t length, buf *out, size_t *replaced);

#endif

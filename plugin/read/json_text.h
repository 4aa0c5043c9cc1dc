/* What stands between the quotation marks of a string of JSON. */
#ifndef BYLINE_READ_JSON_TEXT_H
#define BYLINE_READ_JSON_TEXT_H

#include "base/buf.h"

/* The end of the bytes from at on that stand for themselves: a quotation mark,
 * a backslash, a control character, or length. */
size_t json_text_run(const char *text, size_t length, size_t at);

/* The value of "\uXXXX" at the beginning of text; -1 for anything else. */
int json_text_escape(const char *text, size_t length);

/* Appends what the text of a string means. False when memory runs out, and
 * where anything is wrong with it: broken UTF-8, a lone surrogate, an escape
 * that there is not, a control character. */
bool json_text_decode(const char *text, size_t length, buf *out);

#endif

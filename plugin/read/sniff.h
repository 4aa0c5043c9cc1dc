/* What kind of bytes a file has. */
#ifndef BYLINE_READ_SNIFF_H
#define BYLINE_READ_SNIFF_H

#include <stddef.h>

/* Why the first bytes of a file can't be text in which ASCII is readable, for
 * a person; NULL if they can. */
const char *sniff_fault(const char *head, size_t length);

/* "UTF-16LE" or "UTF-16BE" if the bytes can only be that, without a byte order
 * mark: nearly every second one is NUL, as in western text, or those of spaces
 * and line ends are, and all the rest are characters. Else NULL. */
const char *sniff_utf16(const char *head, size_t length);

#endif

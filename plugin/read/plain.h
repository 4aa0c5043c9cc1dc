/* What of a text needs no cleaning at all, which is nearly everything. */
#ifndef BYLINE_READ_PLAIN_H
#define BYLINE_READ_PLAIN_H

#include <stddef.h>

/* The end of the printable ASCII from at on, spaces included; but no space that
 * begins the text or follows another one. */
size_t plain_end(const char *text, size_t length, size_t at);

#endif

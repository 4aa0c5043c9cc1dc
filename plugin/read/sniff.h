/* What kind of bytes a file has. */
#ifndef BYLINE_READ_SNIFF_H
#define BYLINE_READ_SNIFF_H

#include <stddef.h>

/* Why the first bytes of a file can't be text in UTF-8, for a person; NULL if
 * they can. */
const char *sniff_fault(const char *head, size_t length);

#endif

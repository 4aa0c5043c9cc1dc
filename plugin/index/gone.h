/* Files that a database has articles of and that are not there any more. */
#ifndef BYLINE_INDEX_GONE_H
#define BYLINE_INDEX_GONE_H

#include "base/buf.h"
#include "xapian_shim.h"

/* Appends the terms of those at or below path, one after the other with their
 * lengths, as nothing may be changed while they are listed. There are none when
 * path itself is not there: a disk may be missing. */
byline_status gone_files(xap_writer *writer, const xap_database *view,
                         const char *path, buf *terms, byline_error *error);

/* The one at *at; *at is behind it then. */
byline_string gone_next(const buf *terms, size_t *at);

#endif

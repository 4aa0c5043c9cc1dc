/* Files that articles are of and that nothing is remembered of. A segment is
 * published before the records of its files are: a process that was killed in
 * between has read them for nothing, unless they go before the next run. */
#ifndef BYLINE_INDEX_ORPHANS_H
#define BYLINE_INDEX_ORPHANS_H

#include "index/files.h"

/* Each of them, as file_records gives those that have a record. */
byline_status file_orphans(xap_writer *writer, const xap_database *view,
                           file_record_fn fn, void *user, byline_error *error);

#endif

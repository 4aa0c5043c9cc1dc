/* The inside of byline_writer, for the indexer. */
#ifndef BYLINE_INDEX_WRITER_H
#define BYLINE_INDEX_WRITER_H

#include "index/schema.h"

/* Says which file the next articles come from; forgets the ids of the last
 * one. absolute is borrowed until the next call. */
void writer_set_file(byline_writer *writer, const schema_file *file);

/* byline_writer_add tells a failure of this article alone (*fatal false) from
 * one of the database. */
byline_status writer_add(byline_writer *writer, const byline_article *article,
                         byline_outcome *outcome, bool *fatal,
                         byline_error *error);

#endif

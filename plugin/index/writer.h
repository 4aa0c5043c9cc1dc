/* The inside of byline_writer, for the indexer. */
#ifndef BYLINE_INDEX_WRITER_H
#define BYLINE_INDEX_WRITER_H

#include "index/metadata.h"
#include "index/schema.h"
#include "index/word_counts.h"

/* Says which file the next articles come from; forgets the ids of the last
 * one. absolute is borrowed until the next call. */
void writer_set_file(byline_writer *writer, const schema_file *file);

/* The parts that keeping files in step needs. */
xap_writer *writer_database(byline_writer *writer);
const xap_database *writer_view(const byline_writer *writer);
word_counts *writer_words(byline_writer *writer);
metadata *writer_records(byline_writer *writer);

/* How many records of other files were spoilt: those are to be read again for
 * the articles that they have. */
size_t *writer_spoilt(byline_writer *writer);

/* What became of an article. */
typedef struct writer_result {
  byline_outcome outcome;
  uint32_t docid; /* of the document that was there before; 0: none was */
  bool fatal;     /* a failure of the database, not of this article alone */
} writer_result;

byline_status writer_add(byline_writer *writer, const byline_article *article,
                         writer_result *result, byline_error *error);

/* Puts a clean article that has its id where the document docid is; fatal as
 * above. */
byline_status writer_put(byline_writer *writer, const byline_article *article,
                         const schema_file *file, uint32_t docid, bool *fatal,
                         byline_error *error);

#endif

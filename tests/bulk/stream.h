/* A stream of documents, from which a database is built in either way. Records
 * until the end of the file, each a letter and its fields:
 *
 *   D docid data value_count {slot value}
 *     term_count {term wdf position_count {position - the one before}}
 *   M key value
 *   S word frequency
 *   W
 *
 * A number has 7 bits a byte, the low ones first, with 0x80 on all but its last
 * byte; a string is its length and its bytes. Docids, slots and positions rise,
 * terms are in byte order, each once; values are not empty. With a W the terms
 * of documents that are words (stream_is_word) are so for spelling too. */
#ifndef BYLINE_TESTS_BULK_STREAM_H
#define BYLINE_TESTS_BULK_STREAM_H

#include <stdbool.h>

#include "bulk/document.h"

typedef struct stream_document {
  uint32_t docid;
  document content;
} stream_document;

typedef struct stream_metadata {
  byline_string key, value;
} stream_metadata;

typedef struct stream_word {
  byline_string word;
  uint32_t frequency;
} stream_word;

typedef struct stream {
  stream_document *documents;
  size_t document_count;
  stream_metadata *metadata;
  size_t metadata_count;
  stream_word *words;
  size_t word_count;
  bool terms_are_words;
  struct arena *memory;
} stream;

#ifdef __cplusplus
extern "C" {
#endif

/* bytes are borrowed for the stream's life. BYLINE_CORRUPT says at which byte a
 * stream is none; BYLINE_NO_MEMORY. */
byline_status stream_parse(byline_string bytes, stream *result,
                           byline_error *error);
void stream_free(stream *s);

/* Begins with a small letter. */
bool stream_is_word(byline_string term);

#ifdef __cplusplus
}
#endif

#endif

/* An article into a document of the schema. */
#ifndef BYLINE_INDEX_DOCUMENT_H
#define BYLINE_INDEX_DOCUMENT_H

#include "analyze/analyzer.h"
#include "index/builder.h"
#include "index/schema.h"

enum { DIGEST_SIZE = 16 };

typedef struct document_maker document_maker;

/* One maker makes one document after the other; it belongs to one thread. */
byline_status document_maker_new(document_maker **maker, byline_error *error);
void document_maker_free(document_maker *maker);

/* The maker's own, for what must fold as its terms do. */
analyzer *document_maker_analyzer(document_maker *maker);

/* BYLINE_INVALID for a text that is too large for a document: document_make
 * says the same. */
byline_status document_check_text(const byline_article *article,
                                  byline_error *error);

/* Makes the document of a clean article (schema_clean) whose id is set.
 * language is that of its analysis: a code, or "none", or the name of a
 * stemmer. spellings are its authors as author.h spells them, for exact terms,
 * facets and sorting. d and all it points to live until the next call. */
byline_status
document_make(document_maker *maker, const byline_article *article,
              const schema_file *file, const byline_string *spellings,
              const char *language, const unsigned char digest[DIGEST_SIZE],
              document *d, byline_error *error);

#endif

/* The inside of byline_database. */
#ifndef BYLINE_SEARCH_DATABASE_H
#define BYLINE_SEARCH_DATABASE_H

#include "analyze/analyzer.h"
#include "base/arena.h"
#include "byline/byline.h"
#include "xapian_shim.h"

typedef struct snippet_maker snippet_maker; /* snippet.h */

typedef struct facts facts; /* facts.h */

struct byline_database {
  xap_database *database;
  analyzer *analyzer;
  snippet_maker *snippets; /* made when they are first asked for */
  facts *facts;
  filter_chain filters; /* the analyzer's */
  char **paths;
  size_t path_count;
};

/* How often a function begins anew because a writer has overtaken it. */
enum { DATABASE_RETRIES = 3 };

/* Moves to the newest revision. */
byline_status database_reopen(byline_database *db, byline_error *error);

/* The article of a document; all of it is in the arena. */
byline_status database_article(const byline_database *db, uint32_t docid,
                               arena *a, byline_article *article,
                               byline_error *error);

/* The same of a document that is at hand, which is used up. */
byline_status database_read(xap_document *document, arena *a,
                            byline_article *article, byline_error *error);

/* Of a language's name in a database or a request. */
enum { DATABASE_LANGUAGE_SIZE = 32 };

#endif

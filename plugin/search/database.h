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
  char **paths;         /* of all, those of shards one by one */
  char **absent;        /* why one is no part of database now; NULL: it is */
  size_t path_count;
  unsigned timeout_ms;
  bool partial; /* databases may be absent */
};

/* One of the databases, as it is now: metadata can only be read so. */
byline_status database_open_one(const byline_database *db, size_t index,
                                xap_database **one, byline_error *error);

/* After an attempt to read. True: a writer has overtaken it, or one of several
 * databases could not be reached; what there is now was opened, and it is to
 * begin anew; all that was made from
 * db->database before is of the old one. Else *status is final. *tries counts
 * them, from 0. */
bool database_try_again(byline_database *db, int *tries, byline_status *status,
                        byline_error *error);

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

/* Finding the document of an article: in a database, or among those that this
 * run has added to one that is still being built. */
#ifndef BYLINE_INDEX_LOOKUP_H
#define BYLINE_INDEX_LOOKUP_H

#include "index/document.h"
#include "index/drops.h"

typedef struct found_document {
  uint32_t docid; /* 0: there is none */
  bool building;  /* docid is one of run_documents.h */
  bool twins;     /* there are more with this id */
  bool content;   /* its digest is the one that was asked for */
  /* One with this id that is to be deleted, and whether its digest is that. Of
   * several, here and there, one is found that has it. */
  uint32_t dropped;
  bool dropped_content;
  /* Where it was found. */
  byline_string source, absolute;
  size_t line;
} found_document;

typedef struct lookup lookup;

struct lookup {
  /* The strings found live until the next call. */
  byline_status (*find)(lookup *l, byline_string id,
                        const unsigned char digest[DIGEST_SIZE],
                        found_document *found, byline_error *error);
  /* Whether a document is said to be in the file at absolute; never asked of
   * those that are being built: they are in the file that they came from. */
  byline_status (*claimed)(lookup *l, uint32_t docid, byline_string absolute,
                           bool *claimed, byline_error *error);
  /* Whether it is said to be in another file than that, which is still there;
   * never asked of those, either. */
  byline_status (*shared)(lookup *l, uint32_t docid, byline_string absolute,
                          bool *shared, byline_error *error);
};

/* Documents that are being built first, then those of a database. */
typedef struct joint_lookup {
  lookup methods; /* first */
  lookup *building, *database;
} joint_lookup;

/* Both stay the caller's and must outlive it. */
joint_lookup lookup_in_both(lookup *building, lookup *database);

typedef struct database_lookup {
  lookup methods; /* first */
  const xap_database *view;
  const drops *without; /* what is to be deleted is not found */
  buf term, strings;
} database_lookup;

/* Both stay the caller's and must outlive it. */
database_lookup lookup_in_database(const xap_database *view,
                                   const drops *without);
void database_lookup_free(database_lookup *l);

/* Only which document, but for one, has an id; *docid is 0 when none has. */
byline_status database_lookup_id(database_lookup *l, byline_string id,
                                 uint32_t but, uint32_t *docid,
                                 byline_error *error);

#endif

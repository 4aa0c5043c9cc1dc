/* One run of indexing, while it is on. */
#ifndef BYLINE_INDEX_INDEXER_H
#define BYLINE_INDEX_INDEXER_H

#include "index/growing.h"
#include "index/indexing.h"
#include "index/sync.h"

typedef struct indexer {
  byline_context *context;
  const char *database;
  fresh
      *fresh; /* NULL: the database was there, or the plain builder makes it */
  byline_writer *writer; /* NULL: articles go to fresh */
  growing growing;       /* of a database that was there */
  bool grows;            /* growing is in use */
  sync_state *sync;
  const byline_index_options *options;
  index_source *source; /* NULL: it reads itself */
  byline_index_stats *stats;
  char *absolute; /* path of the file on disk; NULL: there is none */
  const char *path;
  uint32_t wait_ms; /* for locks: what is left */
  size_t pending;   /* bytes of text since the last commit */
  size_t failed;    /* articles of this file that were not written */
  bool left;        /* some of it are left to the second round */
  size_t later;     /* articles that are left to the second round */
  size_t told;      /* of articles not written, in files that are read there */
  bool broken;      /* the database failed: nothing more is committed */
  bool defect;      /* in what builds new ones */
  byline_error *error;
} indexer;

/* A notice about the database. */
void indexer_tell(const indexer *x, const char *database, const char *what,
                  const byline_error *why);

/* Of an article that can't be written; the second also counts it, once for all
 * rounds. And what became of one that can. */
void indexer_report(const indexer *x, const byline_article *article,
                    const byline_error *error);
void indexer_failed(indexer *x, const byline_article *article,
                    const byline_error *error);
void indexer_count(byline_index_stats *stats, byline_outcome outcome);

/* From now on, much that is new goes to segments, where that can be. Called
 * once a writer is open in a database that is there. */
byline_status indexer_start_growing(indexer *x, byline_error *error);

/* Reads all files into the database that is open. */
byline_status indexer_read(indexer *x, const sources *from,
                           byline_error *error);

/* Commits and publishes what there is, unless the database failed; status is
 * that of the reading, and the result's unless this fails. */
byline_status indexer_finish(indexer *x, byline_status status,
                             byline_error *error);

#endif

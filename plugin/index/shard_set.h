/* Which databases an archive is spread over: a folder with Xapian's stub file
 * XAPIANDB, which names them in their order. Such a folder opens by its path
 * in everything that Xapian is in. */
#ifndef BYLINE_INDEX_SHARD_SET_H
#define BYLINE_INDEX_SHARD_SET_H

#include <stdbool.h>

#include "byline/byline.h"
#include "index/lock.h"
#include "index/metadata.h"

typedef struct shard_set {
  char **paths; /* or "remote:HOST:PORT" */
  size_t count; /* 0: it is no such folder */
  /* All of them were made once: one that is missing is not made again. Else a
   * run that makes them may have been stopped. */
  bool complete;
} shard_set;

#define SHARD_SET_INIT                                                         \
  { NULL, 0, false }

enum { SHARDS_MAX = 1000 };

/* The shards of the folder at database; none where it is something else, or
 * nothing. BYLINE_IO, BYLINE_CORRUPT (a line that is none of byline's),
 * BYLINE_NO_MEMORY. */
byline_status shard_set_read(const char *database, shard_set *set,
                             byline_error *error);
/* All of these databases, and those of folders of shards one by one. */
byline_status shard_set_expand(const char *const *paths, size_t count,
                               shard_set *set, byline_error *error);

void shard_set_free(shard_set *set);

/* Takes path, which may be NULL: memory has run out. */
bool shard_set_add(shard_set *set, char *path);

/* The name's path in the folder, or the name where that is a path from the
 * root. The caller frees it; NULL when memory runs out. */
char *shard_set_join(const char *folder, const char *name);

/* Passes the status on with which something has failed that these databases
 * were opened for. Where that is BYLINE_NOT_FOUND for a shard of theirs, the
 * error says of which folder it is and what to do: a run that makes shards for
 * the first time names them before they are there. */
byline_status shard_set_explain(const char *const *paths, size_t count,
                                byline_status status, byline_error *error);

/* The shards that are to be indexed into, as the options say or the folder has
 * them; a new folder is made, but in a dry run, once nobody else makes
 * something of this name. BYLINE_INVALID when they do not agree;
 * BYLINE_LOCKED. */
byline_status shard_set_settle(const char *database,
                               const byline_index_options *options,
                               lock_wait *wait, shard_set *set,
                               byline_error *error);

/* Ends a run over them that did so, with the status to return: when all of them
 * are made for the first time, that is recorded. */
byline_status shard_set_end(const char *database, const shard_set *set,
                            byline_status status, byline_error *error);

/* Makes the folder one of so many shards in itself, and complete: nobody must
 * see it before they are made. set gets their paths. */
byline_status shard_set_make(const char *folder, size_t count, shard_set *set,
                             byline_error *error);

/* Makes sure that the database with these records is this shard ("2/4"; NULL:
 * none), and records it in a new one, which one that was made before cannot be.
 * view is NULL for one that is being built. BYLINE_INVALID: it is something
 * else. */
byline_status shard_settle(metadata *records, const xap_database *view,
                           const char *shard, bool made, byline_error *error);

#endif

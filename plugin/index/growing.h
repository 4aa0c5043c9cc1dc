/* When new articles of a run go to a segment of their own, and what becomes of
 * it. */
#ifndef BYLINE_INDEX_GROWING_H
#define BYLINE_INDEX_GROWING_H

#include "index/fresh.h"
#include "index/seen.h"

typedef struct growing {
  byline_context *context;
  const char *database; /* NULL: it is none that can have segments */
  const byline_index_options *options;
  byline_writer *writer;
  fresh *segment;   /* being built; NULL: none is */
  buf path;         /* its own */
  schema_file file; /* that articles come from */
  bool has_file;
  seen_ids files;  /* with articles in it */
  uint64_t newest; /* bytes of the newest segment */
  uint64_t added;  /* bytes of text that went the plain way */
  bool split;      /* the database has segments */
} growing;

/* Begins for a database that is there. It must stay where it is, and be freed
 * before its writer. */
byline_status growing_init(growing *g, byline_context *context,
                           const char *database,
                           const byline_index_options *options,
                           byline_writer *writer, byline_error *error);

/* What was not published is gone. */
void growing_free(growing *g);

/* After how many bytes of text what was read is published. */
uint64_t growing_limit(const byline_index_options *options);

/* Whether a segment must end before this file is read: it is large enough, or
 * has articles that an earlier reading of this file has brought. */
bool growing_is_due(const growing *g, byline_string absolute);

/* Says which file the next articles come from; its path lives until the next
 * call. */
byline_status growing_set_file(growing *g, const schema_file *file,
                               byline_error *error);

/* After an article was added the plain way: may split the database and begin a
 * segment. *reopened: what was got of the writer before is gone. */
byline_status growing_look(growing *g, bool *reopened, byline_error *error);

/* Makes the segment one of the database. *defect: the failure is its own, as
 * fresh_complete says. Docids change. late_changes are the caller's to make,
 * and then growing_forget. */
byline_status growing_end(growing *g, bool *defect, byline_error *error);
late_changes *growing_late(growing *g);
void growing_forget(growing *g);

#endif

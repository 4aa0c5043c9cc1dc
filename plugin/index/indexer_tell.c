/* What an indexer says. */
#include "base/error.h"
#include "index/indexer.h"

void indexer_tell(const indexer *x, const char *database, const char *what,
                  const byline_error *why) {
  byline_error text;
  if (!x->options->read.notice)
    return;
  error_set(&text, BYLINE_OK, "%s: %s", what, why->message);
  byline_notice notice = {BYLINE_NOTICE_BUILDER, database, 0, text.message};
  x->options->read.notice(x->options->read.notice_user, &notice);
}

void indexer_report(const indexer *x, const byline_article *article,
                    const byline_error *error) {
  if (!x->options->read.notice)
    return;
  byline_notice notice = {BYLINE_NOTICE_FAILED, x->path, article->line,
                          error->message};
  x->options->read.notice(x->options->read.notice_user, &notice);
}

void indexer_failed(indexer *x, const byline_article *article,
                    const byline_error *error) {
  if (x->told > 0 && sync_reads_again(x->sync)) {
    x->told--;
    return;
  }
  x->stats->failed++;
  indexer_report(x, article, error);
}

void indexer_count(byline_index_stats *stats, byline_outcome outcome) {
  switch (outcome) {
  case BYLINE_ADDED:
    stats->added++;
    break;
  case BYLINE_REPLACED:
    stats->replaced++;
    break;
  case BYLINE_MOVED:
    stats->moved++;
    break;
  case BYLINE_UNCHANGED:
    stats->unchanged++;
    break;
  }
}

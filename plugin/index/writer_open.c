#include <stdlib.h>

#include "base/error.h"
#include "base/remote.h"
#include "index/context.h"
#include "index/filtering.h"
#include "index/lock.h"
#include "index/segment_files.h"
#include "index/segments.h"
#include "index/writer_state.h"

byline_status writer_open_database(byline_writer *w, const char *database,
                                   xap_open_mode mode, byline_error *error) {
  byline_status status =
      lock_and_open(database, mode, &w->lock, &w->database, error);
  if (status != BYLINE_OK)
    return status;
  w->view = xap_writer_database(w->database);
  w->documents.view = w->view;
  w->metadata = metadata_of_writer(w->database);
  return builder_for_writer(w->database, &w->builder, error);
}

void writer_close_database(byline_writer *w) {
  if (w->builder)
    w->builder->free(w->builder);
  w->builder = NULL;
  xap_writer_free(w->database);
  w->database = NULL;
}

static byline_status open_parts(byline_writer *w, byline_context *context,
                                const char *database,
                                const byline_index_options *o,
                                byline_error *error) {
  bool empty, remote = is_remote_path(database);
  w->documents = lookup_in_database(NULL, &w->drops);
  w->matcher.documents = &w->documents.methods;
  if (!remote)
    segment_sweep_unmade(database);
  byline_status status =
      writer_open_database(w, database, XAP_CREATE_OR_OPEN, error);
  if (status != BYLINE_OK)
    return status;
  if (!remote)
    segments_sweep(database);
  status = schema_check(w->view, database, &empty, error);
  bool stamped = false, ngrams = false;
  if (status == BYLINE_OK)
    status = schema_stamp(&w->metadata.methods, &stamped, error);
  if (status == BYLINE_OK)
    status =
        schema_ngrams(w->database, database, o->cjk_ngrams, &ngrams, error);
  if (status == BYLINE_OK)
    status = filtering_settle(w->database, database, &context->filters,
                              o->filters, o->filter_count, &w->filters, error);
  if (status == BYLINE_OK)
    status = word_counts_settle(&w->words, w->database, remote, error);
  /* At once: it must not go with articles that turn out too large. */
  if (status == BYLINE_OK && empty)
    status = xap_writer_commit(w->database, error);
  if (status == BYLINE_OK)
    status = document_maker_new(&w->maker, error);
  if (status == BYLINE_OK) {
    analyzer *a = document_maker_analyzer(w->maker);
    analyzer_set_ngrams(a, ngrams);
    analyzer_set_filters(a, &w->filters);
    w->authors = (author_speller)AUTHOR_SPELLER_INIT(&w->metadata.methods, a);
  }
  return status;
}

byline_status byline_writer_open(byline_context *context, const char *database,
                                 const byline_index_options *options,
                                 byline_writer **writer, byline_error *error) {
  static const byline_index_options none = BYLINE_INDEX_OPTIONS_INIT;
  const byline_index_options *o = options ? options : &none;
  if (o->size != sizeof *o)
    return error_set(error, BYLINE_INVALID,
                     "byline_index_options is of another version");
  byline_writer *w = calloc(1, sizeof *w);
  if (!w)
    return error_no_memory(error);
  *w = (byline_writer){.lock = -1, .matcher.file.modified = -1};
  /* Before a database is made for nothing. */
  byline_status status =
      language_chooser_init(&w->languages, o->language, error);
  if (status == BYLINE_OK)
    status = filtering_add(&w->filters, &context->filters, o->filters,
                           o->filter_count, error);
  lock_wait wait = {database, o->wait_ms, o, 0, false};
  if (status == BYLINE_OK)
    do
      status = open_parts(w, context, database, o, error);
    while (lock_try_again(&wait, &status, error));
  if (status == BYLINE_OK)
    *writer = w;
  else
    byline_writer_free(w);
  return status;
}

void byline_writer_free(byline_writer *writer) {
  if (!writer)
    return;
  writer_close_database(writer);
  lock_release(&writer->lock);
  document_maker_free(writer->maker);
  filter_chain_free(&writer->filters);
  matcher_free(&writer->matcher);
  word_counts_free(&writer->words);
  drops_free(&writer->drops);
  database_lookup_free(&writer->documents);
  author_speller_free(&writer->authors);
  language_chooser_free(&writer->languages);
  arena_free(&writer->memory);
  free(writer);
}

byline_status writer_split(byline_writer *writer, const char *database,
                           bool *split, byline_error *error) {
  int lock = -1;
  byline_status status = byline_writer_commit(writer, error);
  if (status != BYLINE_OK)
    return status;
  writer_close_database(writer);
  status = segments_split(database, &lock, error);
  *split = status == BYLINE_OK;
  if (status == BYLINE_OK || status == BYLINE_UNSUPPORTED)
    status = writer_open_database(writer, database, XAP_OPEN, error);
  lock_release(&lock);
  return status;
}

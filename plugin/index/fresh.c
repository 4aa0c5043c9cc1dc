#include "index/fresh.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "bulk/version.h"
#include "index/author.h"
#include "index/budget.h"
#include "index/building.h"
#include "index/context.h"
#include "index/filtering.h"
#include "index/match.h"
#include "index/pipeline.h"
#include "index/run_contents.h"
#include "index/run_documents.h"
#include "index/verify.h"

enum {
  /* An article with more than this besides its text, or that much text, may be
   * too large for a document: it goes by itself. */
  ODD_BYTES = 8 << 20,
  ODD_FIELDS = 100000,
  ODD_TEXT = 64 << 20
};

struct fresh {
  building building;
  bool segment; /* of a database that is there */
  budget budget;
  bool verify;
  memory_metadata metadata;
  analyzer *analyzer;
  author_speller authors;
  language_chooser languages;
  run_documents documents;
  run_contents contents;
  matcher matcher;
  const schema_file *file; /* that articles come from */
  filter_chain filters;
  bulk_builder *builder;
  pipeline *pipeline;
  batch *batch;   /* being filled; NULL: none is */
  uint64_t bytes; /* of all batches before */
  late_changes late;
  arena memory; /* for one article */
};

/* ---- Beginning ---------------------------------------------------------- */

/* Lets the linked Xapian make a database, to see that it is one as ours. */
static byline_status check_format(const building *b, byline_error *error) {
  xap_writer *writer = NULL;
  byline_error why;
  byline_status status = xap_writer_open(b->path, XAP_CREATE, &writer, &why);
  xap_writer_free(writer);
  if (status == BYLINE_OK)
    status = version_check(b->path, &why);
  if (status == BYLINE_OK)
    return building_clear(b, error);
  return error_set(error, BYLINE_UNSUPPORTED, "%s", why.message);
}

static byline_status record_choices(fresh *f, const byline_index_options *o,
                                    byline_error *error) {
  bool changed;
  metadata *m = &f->metadata.methods;
  byline_status status = schema_stamp(m, &changed, error);
  if (status == BYLINE_OK && o->cjk_ngrams)
    status = schema_record_ngrams(m, error);
  if (status == BYLINE_OK)
    status = filtering_record(m, o->filters, o->filter_count, error);
  if (status == BYLINE_OK)
    status = word_counts_record(m, error);
  return status;
}

static byline_status copy_choice(fresh *f, const xap_database *view,
                                 const char *key, bool *any,
                                 byline_error *error) {
  metadata *m = &f->metadata.methods;
  buf value = BUF_INIT;
  byline_status status = schema_metadata(view, key, &value, error);
  *any = value.length > 0;
  if (status == BYLINE_OK && *any)
    status =
        m->set(m, (byline_string){key, strlen(key)}, buf_string(&value), error);
  buf_free(&value);
  return status;
}

/* A segment is made as its database is. */
static byline_status copy_choices(fresh *f, const xap_database *view,
                                  bool *ngrams, byline_error *error) {
  bool any;
  metadata *m = &f->metadata.methods;
  byline_status status = schema_stamp(m, &any, error);
  if (status == BYLINE_OK)
    status = copy_choice(f, view, META_FILTERS, &any, error);
  if (status == BYLINE_OK)
    status = copy_choice(f, view, META_NGRAMS, ngrams, error);
  return status == BYLINE_OK ? word_counts_record(m, error) : status;
}

static byline_status open_builder(fresh *f, const byline_index_options *o,
                                  bool ngrams, byline_error *error) {
  int compression = o->compress ? DEFLATER_LEVEL : 0;
  bulk_options bulk = {TABLE_BLOCK_SIZE, compression, f->budget.lists,
                       f->budget.threads > 1 ? 2 : 1};
  worker_options options = {o->language, ngrams, &f->filters, compression,
                            o->verify};
  byline_status status = bulk_new(f->building.path, &bulk, &f->builder, error);
  if (status == BYLINE_OK)
    status = pipeline_new(f->builder, f->budget.threads, &options, &f->pipeline,
                          error);
  return status;
}

static byline_status open_parts(fresh *f, byline_context *context,
                                const byline_index_options *o,
                                byline_error *error) {
  byline_status status =
      language_chooser_init(&f->languages, o->language, error);
  if (status == BYLINE_OK)
    status = filtering_add(&f->filters, &context->filters, o->filters,
                           o->filter_count, error);
  if (status == BYLINE_OK)
    status = analyzer_new(NULL, &f->analyzer, error);
  if (status == BYLINE_OK)
    status = check_format(&f->building, error);
  if (status == BYLINE_OK)
    status = record_choices(f, o, error);
  return status == BYLINE_OK ? open_builder(f, o, o->cjk_ngrams, error)
                             : status;
}

static byline_status open_segment_parts(fresh *f, byline_context *context,
                                        const byline_index_options *o,
                                        const xap_database *view,
                                        byline_error *error) {
  bool ngrams = false;
  byline_status status =
      filtering_known(view, &context->filters, &f->filters, error);
  if (f->filters.count > 0) /* they belong to one thread */
    f->budget.threads = 1;
  if (status == BYLINE_OK)
    status = check_format(&f->building, error);
  if (status == BYLINE_OK)
    status = copy_choices(f, view, &ngrams, error);
  return status == BYLINE_OK ? open_builder(f, o, ngrams, error) : status;
}

/* One that has nothing yet; the building is then its own. */
static fresh *fresh_new(const building *b, const byline_index_options *options,
                        byline_error *error) {
  fresh *f = calloc(1, sizeof *f);
  if (!f) {
    building own = *b;
    building_close(&own);
    error_no_memory(error);
    return NULL;
  }
  f->building = *b;
  f->verify = options->verify;
  f->budget = budget_for(options);
  f->late = (late_changes)LATE_CHANGES_INIT;
  f->metadata = metadata_in_memory();
  f->documents = run_documents_none();
  f->contents.languages = &f->languages;
  f->matcher.documents = &f->documents.methods;
  return f;
}

byline_status fresh_open_segment(byline_context *context, const char *path,
                                 const byline_index_options *options,
                                 const xap_database *view, fresh **result,
                                 byline_error *error) {
  building b;
  bool exists;
  byline_status status = building_open(path, &b, &exists, error);
  if (status != BYLINE_OK)
    return status;
  if (exists)
    return error_set(error, BYLINE_LOCKED, "%s: is there already", path);
  fresh *f = fresh_new(&b, options, error);
  if (!f)
    return BYLINE_NO_MEMORY;
  f->segment = true;
  status = open_segment_parts(f, context, options, view, error);
  if (status == BYLINE_OK)
    *result = f;
  else
    fresh_free(f);
  return status;
}

byline_status fresh_open(byline_context *context, const char *database,
                         const byline_index_options *options, fresh **result,
                         bool *exists, byline_error *error) {
  building b;
  byline_status status = building_open(database, &b, exists, error);
  if (status != BYLINE_OK || *exists)
    return status;
  fresh *f = fresh_new(&b, options, error);
  if (!f)
    return BYLINE_NO_MEMORY;
  status = open_parts(f, context, options, error);
  f->authors =
      (author_speller)AUTHOR_SPELLER_INIT(&f->metadata.methods, f->analyzer);
  if (status == BYLINE_OK)
    *result = f;
  else
    fresh_free(f);
  return status;
}

void fresh_free(fresh *f) {
  if (!f)
    return;
  pipeline_free(f->pipeline);
  bulk_free(f->builder);
  batch_free(f->batch);
  late_free(&f->late);
  matcher_free(&f->matcher);
  run_contents_free(&f->contents);
  run_documents_free(&f->documents);
  language_chooser_free(&f->languages);
  author_speller_free(&f->authors);
  memory_metadata_free(&f->metadata);
  analyzer_free(f->analyzer);
  filter_chain_free(&f->filters);
  arena_free(&f->memory);
  building_close(&f->building);
  free(f);
}

const char *fresh_path(const fresh *f) {
  return f->building.path;
}

metadata *fresh_records(fresh *f) {
  return &f->metadata.methods;
}

late_changes *fresh_late(fresh *f) {
  return &f->late;
}

lookup *fresh_documents(fresh *f) {
  return &f->documents.methods;
}

size_t fresh_count(const fresh *f) {
  return f->documents.count;
}

uint64_t fresh_bytes(const fresh *f) {
  return f->bytes + (f->batch ? f->batch->bytes : 0);
}

byline_status fresh_set_file(fresh *f, const schema_file *file,
                             byline_error *error) {
  f->file = run_documents_file(&f->documents, file);
  if (!f->file)
    return error_no_memory(error);
  matcher_set_file(&f->matcher, f->file);
  return BYLINE_OK;
}

/* ---- Adding ------------------------------------------------------------- */

static byline_status send(fresh *f, byline_error *error) {
  batch *b = f->batch;
  if (!b)
    return BYLINE_OK;
  f->batch = NULL;
  f->bytes += b->bytes;
  size_t tables =
      run_documents_memory(&f->documents) + run_contents_memory(&f->contents);
  pipeline_set_memory(f->pipeline, budget_lists(&f->budget, tables));
  return pipeline_put(f->pipeline, b, error);
}

static byline_status fill(fresh *f, const byline_article *article,
                          const byline_string *spellings, byline_error *error) {
  if (!f->batch)
    f->batch = pipeline_batch(f->pipeline);
  return f->batch && batch_add(f->batch, article, spellings, f->file)
             ? BYLINE_OK
             : error_no_memory(error);
}

static bool is_odd(const byline_article *a) {
  size_t fields = a->deck_count + a->author_count + a->keyword_count;
  size_t bytes = a->id.length + a->title.length + a->affiliation.length +
                 a->source.length + a->section.length + a->url.length +
                 a->type.length;
  if (fields > ODD_FIELDS || a->text.length > ODD_TEXT)
    return true;
  for (size_t i = 0; i < a->deck_count; i++)
    bytes += a->decks[i].length;
  for (size_t i = 0; i < a->author_count; i++)
    bytes += a->authors[i].length;
  for (size_t i = 0; i < a->keyword_count; i++)
    bytes += a->keywords[i].length;
  return bytes > ODD_BYTES;
}

/* An article that may fail, alone; whether it did is known then. */
static byline_status add_odd(fresh *f, const byline_article *article,
                             const byline_string *spellings, bool *fatal,
                             byline_error *error) {
  byline_status status = send(f, error);
  *fatal = true;
  if (status == BYLINE_OK)
    status = fill(f, article, spellings, error);
  if (status != BYLINE_OK)
    return status;
  batch *b = f->batch;
  f->batch = NULL;
  return pipeline_try(f->pipeline, b, fatal, error);
}

static byline_status add_new(fresh *f, const byline_article *article,
                             const byline_string *spellings, bool *fatal,
                             byline_error *error) {
  if (is_odd(article))
    return add_odd(f, article, spellings, fatal, error);
  *fatal = true;
  byline_status status = fill(f, article, spellings, error);
  if (status == BYLINE_OK &&
      f->batch->bytes >= budget_batch(&f->budget, f->bytes))
    status = send(f, error);
  return status;
}

byline_status fresh_put(fresh *f, const byline_article *article,
                        const byline_string *spellings, const match *m,
                        const unsigned char digest[DIGEST_SIZE], bool *fatal,
                        byline_error *error) {
  byline_status status = document_check_text(article, error);
  if (status != BYLINE_OK)
    return status;
  if (m->docid == 0)
    status = add_new(f, article, spellings, fatal, error);
  else
    status = late_put(&f->late, f->building.path, m->docid, m->outcome, article,
                      f->file, error);
  *fatal = *fatal || m->docid != 0;
  if (status == BYLINE_OK &&
      !run_documents_set(&f->documents, article, f->file, digest, m->docid)) {
    *fatal = true;
    status = error_no_memory(error);
  }
  return status;
}

byline_status fresh_claim(fresh *f, const match *m, byline_error *error) {
  return late_claim(&f->late, f->building.path, m->docid, f->file, error);
}

/* A document for the article, as m says. */
static byline_status put(fresh *f, const byline_article *article,
                         const match *m, const unsigned char *content,
                         bool *fatal, byline_error *error) {
  byline_string *spellings;
  byline_status status = author_spell(&f->authors, &f->memory, article->authors,
                                      article->author_count, &spellings, error);
  return status == BYLINE_OK
             ? fresh_put(f, article, spellings, m, content, fatal, error)
             : status;
}

byline_status fresh_add(fresh *f, const byline_article *article,
                        writer_result *result, byline_error *error) {
  byline_article clean;
  unsigned char content[DIGEST_SIZE];
  match m;
  *result = (writer_result){.outcome = BYLINE_ADDED};
  arena_reset(&f->memory);
  byline_status status = schema_accept(&f->memory, article, &clean, error);
  if (status == BYLINE_OK && f->languages.language)
    status = language_claim(&f->languages, &f->memory, &clean, error);
  if (status == BYLINE_OK)
    status = run_contents_key(&f->contents, &clean, content, error);
  if (status == BYLINE_OK)
    status = match_article(&f->matcher, &clean, content, &f->memory, &m, error);
  if (status != BYLINE_OK)
    return status;
  clean.id = m.id;
  result->outcome = m.outcome;
  result->docid = m.docid;
  if (m.outcome != BYLINE_UNCHANGED)
    return put(f, &clean, &m, content, &result->fatal, error);
  if (!m.copy || f->file->absolute.length == 0)
    return BYLINE_OK;
  result->fatal = true;
  return fresh_claim(f, &m, error);
}

/* ---- Ending ------------------------------------------------------------- */

static int by_language(const void *a, const void *b) {
  const struct language_count *x = a, *y = b;
  return strcmp(x->language, y->language);
}

/* As schema_record_languages does. */
static byline_status record_languages(fresh *f, byline_error *error) {
  language_tally all = {NULL, 0};
  buf list = BUF_INIT;
  bool ok = pipeline_languages(f->pipeline, &all);
  if (all.count > 0)
    qsort(all.languages, all.count, sizeof *all.languages, by_language);
  for (size_t i = 0; ok && i < all.count; i++) {
    const struct language_count *l = &all.languages[i];
    ok = schema_list_language(
        &list, (byline_string){l->language, strlen(l->language)}, l->count);
  }
  byline_string key = {META_LANGUAGES, strlen(META_LANGUAGES)};
  byline_status status = BYLINE_OK;
  if (!ok)
    status = error_no_memory(error);
  else if (list.length > 0)
    status = f->metadata.methods.set(&f->metadata.methods, key,
                                     buf_string(&list), error);
  language_tally_free(&all);
  buf_free(&list);
  return status;
}

static byline_status give_metadata(fresh *f, byline_error *error) {
  const string_map *values = &f->metadata.values;
  byline_status status = BYLINE_OK;
  for (size_t i = 0; status == BYLINE_OK && i < values->count; i++)
    status = bulk_set_metadata(f->builder, values->pairs[i].key,
                               values->pairs[i].value, error);
  return status;
}

static byline_status finish_tables(fresh *f, document_samples *samples,
                                   byline_error *error) {
  byline_status status = send(f, error);
  if (status == BYLINE_OK)
    status = pipeline_wait(f->pipeline, error);
  /* Those of a segment are counted with all others': where segments are merged,
   * Xapian may keep the metadata of any of them. */
  if (status == BYLINE_OK && !f->segment)
    status = record_languages(f, error);
  if (status == BYLINE_OK)
    status = give_metadata(f, error);
  if (status == BYLINE_OK && !pipeline_samples(f->pipeline, samples))
    status = error_no_memory(error);
  if (status != BYLINE_OK)
    return status;
  pipeline_free(f->pipeline); /* its memory is for what follows */
  f->pipeline = NULL;
  run_documents_forget(&f->documents);
  run_contents_free(&f->contents);
  status = bulk_finish(f->builder, error);
  bulk_free(f->builder);
  f->builder = NULL;
  return status;
}

byline_status fresh_complete(fresh *f, byline_error *error) {
  document_samples samples = {NULL, 0, 0};
  byline_status status = finish_tables(f, &samples, error);
  verify_options options = {(uint32_t)f->documents.count, &samples, f->verify,
                            &f->metadata.values, f->budget.threads};
  if (status == BYLINE_OK)
    status = verify_database(f->building.path, &options, error);
  free(samples.list);
  return status;
}

bool fresh_is_defect(byline_status status) {
  return status != BYLINE_OK && status != BYLINE_IO &&
         status != BYLINE_NO_MEMORY && status != BYLINE_LOCKED;
}

byline_status fresh_publish(fresh *f, byline_error *error) {
  return building_publish(&f->building, error);
}

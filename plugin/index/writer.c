#include "index/writer.h"

#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "index/claims.h"
#include "index/identity.h"
#include "index/synonyms.h"
#include "index/writer_state.h"

xap_writer *writer_database(byline_writer *writer) {
  return writer->database;
}

const xap_database *writer_view(const byline_writer *writer) {
  return writer->view;
}

word_counts *writer_words(byline_writer *writer) {
  return &writer->words;
}

metadata *writer_records(byline_writer *writer) {
  return &writer->metadata.methods;
}

size_t *writer_spoilt(byline_writer *writer) {
  return &writer->spoilt;
}

void writer_set_met(byline_writer *writer, const seen_ids *met) {
  writer->met = met;
}

void writer_set_all_read(byline_writer *writer, bool all_read) {
  writer->matcher.all_read = all_read;
}

void writer_set_file(byline_writer *writer, const schema_file *file) {
  matcher_set_file(&writer->matcher, file);
}

/* ---- Segments ----------------------------------------------------------- */

void writer_set_segment(byline_writer *writer, fresh *segment) {
  writer->segment = segment;
  writer->matcher.documents = &writer->documents.methods;
  if (!segment)
    return;
  writer->joint =
      lookup_in_both(fresh_documents(segment), &writer->documents.methods);
  writer->matcher.documents = &writer->joint.methods;
}

void writer_set_adding(byline_writer *writer, writer_adding_fn fn, void *user) {
  writer->adding = fn;
  writer->adding_user = user;
}

byline_status writer_add_segment(byline_writer *writer, const char *path,
                                 byline_error *error) {
  size_t before = xap_database_count(writer->view);
  byline_status status = xap_writer_add_segment(writer->database, path, error);
  return status == BYLINE_OK ? drops_renumber(&writer->drops, before, error)
                             : status;
}

/* ---- Dropping ----------------------------------------------------------- */

drops *writer_drops(byline_writer *writer) {
  return &writer->drops;
}

static byline_status delete_docid(void *user, uint32_t docid,
                                  byline_error *error) {
  byline_writer *w = user;
  byline_status status = word_counts_forget(&w->words, w->view, docid, error);
  return status == BYLINE_OK
             ? xap_writer_delete_docid(w->database, docid, error)
             : status;
}

byline_status writer_make_drops(byline_writer *writer, byline_error *error) {
  return drops_make(&writer->drops, delete_docid, writer, error);
}

/* ---- Adding ------------------------------------------------------------- */

/* Of several documents with an id, as of databases that overlap and were
 * compacted into one, one is left; what the others were, their files say. */
static byline_status remove_twins(byline_writer *w, const match *m,
                                  byline_error *error) {
  uint32_t docid = 0;
  byline_status status;
  do {
    status = database_lookup_id(&w->documents, m->id, m->docid, &docid, error);
    if (status == BYLINE_OK && docid != 0)
      status = claims_spoil_others(w->database, w->view, docid,
                                   w->matcher.file.absolute, NULL, &w->spoilt,
                                   NULL, NULL, error);
    if (status == BYLINE_OK && docid != 0)
      status = delete_docid(w, docid, error);
  } while (status == BYLINE_OK && docid != 0);
  return status;
}

/* After a failure inside Xapian, what was not committed may be gone: to go on
 * would hide it. */
static void break_off(byline_writer *w, byline_status status,
                      const byline_error *error) {
  w->broken.code = status;
  snprintf(w->broken.message, sizeof w->broken.message,
           "nothing since the last commit is written, as an earlier article "
           "failed: %.150s",
           error->message);
  w->broken.position = BYLINE_NO_POSITION;
}

/* The article's authors as the database spells them, in the arena. */
static byline_status spell_authors(byline_writer *w,
                                   const byline_article *article,
                                   byline_string **spellings,
                                   byline_error *error) {
  return author_spell(&w->authors, &w->memory, article->authors,
                      article->author_count, spellings, error);
}

/* What is new goes to the last one. */
static size_t segment_of(const byline_writer *w, uint32_t docid) {
  return docid != 0 ? word_counts_segment(w->view, docid)
                    : xap_database_count(w->view) - 1;
}

/* Other files that have what is replaced by d have it on; which of them has it
 * as it is, they say when they are read: the last one of a run. What comes from
 * no file, as a program's own, takes it from them. */
static byline_status take_over(byline_writer *w, uint32_t docid,
                               const schema_file *file, document *d,
                               byline_error *error) {
  claims others = CLAIMS_NONE;
  byline_status status = claims_spoil_others(
      w->database, w->view, docid, file->absolute, w->met, &w->spoilt,
      &w->memory, file->absolute.length > 0 ? &others : NULL, error);
  return status == BYLINE_OK ? claims_carry(&others, &w->memory, d, error)
                             : status;
}

/* article has its id; it goes where the document docid is, or is only until it
 * is deleted (was), if that is not 0. */
static byline_status put(byline_writer *w, const byline_article *article,
                         const schema_file *file, const char *language,
                         const unsigned char *digest, uint32_t docid, bool was,
                         bool *fatal, byline_error *error) {
  byline_string *spellings;
  document d;
  byline_status status = spell_authors(w, article, &spellings, error);
  *fatal = status != BYLINE_OK && status != BYLINE_NO_MEMORY;
  if (status == BYLINE_OK)
    status = document_make(w->maker, article, file, spellings, language, digest,
                           &d, error);
  if (status != BYLINE_OK)
    return status;
  *fatal = true; /* from here on, Xapian itself is at work */
  if (docid != 0 && !was)
    status = take_over(w, docid, file, &d, error);
  if (docid != 0 && status == BYLINE_OK)
    status = word_counts_forget(&w->words, w->view, docid, error);
  if (status == BYLINE_OK)
    status = w->builder->add(w->builder, &d, docid, error);
  if (status == BYLINE_OK)
    status = word_counts_add(&w->words, segment_of(w, docid), &d, error);
  return status;
}

/* Where the article belongs is in the segment that is being built. */
static byline_status put_in_segment(byline_writer *w,
                                    const byline_article *article,
                                    const match *m, const unsigned char *digest,
                                    writer_result *result,
                                    byline_error *error) {
  byline_string *spellings;
  byline_status status = spell_authors(w, article, &spellings, error);
  result->fatal = status != BYLINE_OK && status != BYLINE_NO_MEMORY;
  if (status != BYLINE_OK)
    return status;
  status = fresh_put(w->segment, article, spellings, m, digest, &result->fatal,
                     error);
  result->segment = status != BYLINE_OK && result->fatal;
  return status;
}

static byline_status put_as_matched(byline_writer *w,
                                    const byline_article *article,
                                    const char *language, const match *m,
                                    const unsigned char *digest,
                                    writer_result *result,
                                    byline_error *error) {
  bool is_new = m->docid == 0 && m->back == 0;
  byline_status status = BYLINE_OK;
  if (is_new && !w->segment && w->adding)
    status = w->adding(w->adding_user, article, error);
  result->fatal = status != BYLINE_OK;
  if (status != BYLINE_OK)
    return status;
  if (w->segment && (is_new || m->building))
    status = put_in_segment(w, article, m, digest, result, error);
  else
    status = put(w, article, &w->matcher.file, language, digest, result->docid,
                 m->back != 0, &result->fatal, error);
  if (status == BYLINE_OK)
    drops_remove(&w->drops, m->back);
  return status;
}

/* An article that is there already stays; this file may have it, too. */
static byline_status keep(byline_writer *w, const byline_article *article,
                          const match *m, byline_error *error) {
  byline_string *spellings;
  /* A run that was interrupted may have left the article without them. */
  byline_status status = spell_authors(w, article, &spellings, error);
  if (status != BYLINE_OK || !m->copy || w->matcher.file.absolute.length == 0)
    return status;
  if (m->building)
    return fresh_claim(w->segment, m, error);
  return claims_add(w->database, w->view, m->docid, w->matcher.file.absolute,
                    error);
}

/* Decides where a clean article belongs and puts it there. */
static byline_status place(byline_writer *w, byline_article *article,
                           const char *language, writer_result *result,
                           byline_error *error) {
  unsigned char digest[DIGEST_SIZE];
  match m;
  if (!identity_digest(article, language, digest))
    return error_no_memory(error);
  byline_status status =
      match_article(&w->matcher, article, digest, &w->memory, &m, error);
  result->fatal = status != BYLINE_OK && status != BYLINE_INVALID;
  if (status != BYLINE_OK)
    return status;
  result->later = m.later;
  if (m.later)
    return document_check_text(article, error);
  if (m.twins)
    status = remove_twins(w, &m, error);
  result->fatal = true;
  result->outcome = m.outcome;
  result->docid = m.building ? 0 : m.docid + m.back; /* one of them is 0 */
  article->id = m.id;
  if (status == BYLINE_OK && m.outcome != BYLINE_UNCHANGED)
    status = put_as_matched(w, article, language, &m, digest, result, error);
  else if (status == BYLINE_OK)
    status = keep(w, article, &m, error);
  return status;
}

byline_status writer_add(byline_writer *writer, const byline_article *article,
                         writer_result *result, byline_error *error) {
  byline_error own;
  if (!error)
    error = &own;
  *result = (writer_result){.outcome = BYLINE_ADDED};
  if (writer->broken.code != BYLINE_OK)
    return error_set(error, writer->broken.code, "%s", writer->broken.message);
  arena_reset(&writer->memory);
  byline_article clean;
  byline_status status = schema_accept(&writer->memory, article, &clean, error);
  if (status != BYLINE_OK)
    return status;
  char code[LANGUAGE_CODE_SIZE];
  status = language_claim(&writer->languages, &writer->memory, &clean, error);
  if (status != BYLINE_OK)
    return status;
  const char *language = language_of_analysis(&writer->languages, &clean, code);
  status = place(writer, &clean, language, result, error);
  if (status != BYLINE_OK && result->fatal)
    break_off(writer, status, error);
  return status;
}

byline_status writer_put(byline_writer *writer, const byline_article *article,
                         const schema_file *file, uint32_t docid, bool *fatal,
                         byline_error *error) {
  unsigned char digest[DIGEST_SIZE];
  char code[LANGUAGE_CODE_SIZE];
  byline_article own = *article;
  arena_reset(&writer->memory);
  *fatal = false;
  byline_status status =
      language_claim(&writer->languages, &writer->memory, &own, error);
  if (status != BYLINE_OK)
    return status;
  const char *language = language_of_analysis(&writer->languages, &own, code);
  if (!identity_digest(&own, language, digest))
    return error_no_memory(error);
  return put(writer, &own, file, language, digest, docid, false, fatal, error);
}

byline_status byline_writer_add(byline_writer *writer,
                                const byline_article *article,
                                byline_outcome *outcome, byline_error *error) {
  writer_result result;
  if (article->size != sizeof *article)
    return error_set(error, BYLINE_INVALID,
                     "byline_article is of another version");
  byline_status status = writer_add(writer, article, &result, error);
  if (outcome)
    *outcome = result.outcome;
  return status;
}

byline_status byline_writer_delete(byline_writer *writer, const char *id,
                                   byline_error *error) {
  uint32_t docid = 0;
  byline_string name = {id, strlen(id)};
  byline_status status = BYLINE_OK;
  for (bool any = false; status == BYLINE_OK; any = true) {
    status = database_lookup_id(&writer->documents, name, 0, &docid, error);
    if (status == BYLINE_OK && docid == 0)
      return any ? BYLINE_OK
                 : error_set(error, BYLINE_NOT_FOUND,
                             "no article has the id %s", id);
    if (status == BYLINE_OK)
      status = delete_docid(writer, docid, error);
  }
  return status;
}

/* What goes with the articles. */
static byline_status write_rest(byline_writer *w, byline_error *error) {
  if (w->broken.code != BYLINE_OK)
    return error_set(error, w->broken.code, "%s", w->broken.message);
  byline_status status = schema_record_languages(w->database, error);
  if (status == BYLINE_OK)
    status = word_counts_write(&w->words, w->database, error);
  return status == BYLINE_OK ? synonyms_renew(w->database, error) : status;
}

byline_status byline_writer_commit(byline_writer *writer, byline_error *error) {
  byline_status status = write_rest(writer, error);
  return status == BYLINE_OK ? writer->builder->finish(writer->builder, error)
                             : status;
}

byline_status writer_commit_records(byline_writer *writer,
                                    byline_error *error) {
  byline_status status = write_rest(writer, error);
  return status == BYLINE_OK
             ? xap_writer_commit_head_last(writer->database, error)
             : status;
}

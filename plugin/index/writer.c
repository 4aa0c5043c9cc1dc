#include "index/writer.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "index/builder.h"
#include "index/document.h"
#include "index/identity.h"
#include "index/seen.h"

/* Articles that share date, title and authors; more are an error. */
enum { ORDINAL_MAX = 100000 };

struct byline_writer {
  xap_writer *database;
  const xap_database *view; /* of the same, to look things up */
  builder *builder;
  document_maker *maker;
  char *language; /* as the user gave it; NULL: English stems, no claim */
  schema_file file;
  seen_ids seen;
  arena memory; /* for one article */
  buf term, path;
};

static byline_status open_parts(byline_writer *w, const char *database,
                                byline_error *error) {
  byline_status status =
      xap_writer_open(database, XAP_CREATE_OR_OPEN, &w->database, error);
  if (status != BYLINE_OK)
    return status;
  w->view = xap_writer_database(w->database);
  bool fresh;
  status = schema_check(w->view, database, &fresh, error);
  if (status == BYLINE_OK && fresh)
    status = schema_stamp(w->database, error);
  if (status == BYLINE_OK)
    status = builder_for_writer(w->database, &w->builder, error);
  if (status == BYLINE_OK)
    status = document_maker_new(&w->maker, error);
  return status;
}

static byline_status check_language(const char *language, byline_error *error) {
  analyzer *a = NULL;
  byline_status status = analyzer_new(language, &a, error);
  analyzer_free(a);
  return status;
}

byline_status byline_writer_open(byline_context *context, const char *database,
                                 const byline_index_options *options,
                                 byline_writer **writer, byline_error *error) {
  (void)context;
  const char *language = options ? options->language : NULL;
  if (options && options->size != sizeof *options)
    return error_set(error, BYLINE_INVALID,
                     "byline_index_options is of another version");
  /* Before a database is made for nothing. */
  byline_status status = check_language(language, error);
  if (status != BYLINE_OK)
    return status;
  byline_writer *w = calloc(1, sizeof *w);
  if (!w)
    return error_no_memory(error);
  w->file.modified = -1;
  if (language && !(w->language = strdup(language)))
    status = error_no_memory(error);
  if (status == BYLINE_OK)
    status = open_parts(w, database, error);
  if (status != BYLINE_OK) {
    byline_writer_free(w);
    return status;
  }
  *writer = w;
  return BYLINE_OK;
}

void byline_writer_free(byline_writer *writer) {
  if (!writer)
    return;
  if (writer->builder)
    writer->builder->free(writer->builder);
  xap_writer_free(writer->database);
  document_maker_free(writer->maker);
  seen_free(&writer->seen);
  arena_free(&writer->memory);
  buf_free(&writer->term);
  buf_free(&writer->path);
  free(writer->language);
  free(writer);
}

void writer_set_file(byline_writer *writer, const schema_file *file) {
  writer->file = *file;
  seen_clear(&writer->seen);
}

/* ---- What the database has already ------------------------------------- */

typedef struct existing {
  uint32_t docid;    /* 0: there is none */
  bool same_content; /* digest for digest */
  bool same_source;
  bool same_place; /* source and line */
  bool source_gone;
  const byline_writer *writer;
  const byline_article *article;
  const unsigned char *digest;
} existing;

static int first_docid(void *user, uint32_t docid, uint32_t wdf) {
  (void)wdf;
  *(uint32_t *)user = docid;
  return -1;
}

static int compare_digest(void *user, byline_string value) {
  existing *e = user;
  e->same_content = value.length == DIGEST_SIZE &&
                    memcmp(value.data, e->digest, DIGEST_SIZE) == 0;
  return 0;
}

static bool equal(byline_string a, byline_string b) {
  return a.length == b.length &&
         (a.length == 0 || memcmp(a.data, b.data, a.length) == 0);
}

static bool is_gone(byline_string path) {
  char *name = strndup(path.data, path.length);
  /* ENOTDIR: what should be a folder is an archive that the path goes into. */
  bool gone =
      name && path.length > 0 && access(name, F_OK) != 0 && errno != ENOTDIR;
  free(name);
  return gone;
}

static int compare_origin(void *user, byline_string data) {
  existing *e = user;
  byline_string source, absolute;
  size_t line;
  schema_read_origin(data, &source, &absolute, &line);
  const schema_file *file = &e->writer->file;
  e->same_source = file->absolute.length > 0 && absolute.length > 0
                       ? equal(absolute, file->absolute)
                       : equal(source, e->article->source);
  e->same_place = e->same_source && equal(source, e->article->source) &&
                  line == e->article->line;
  e->source_gone = !e->same_source && is_gone(absolute);
  return 0;
}

static byline_status find_docid(byline_writer *w, byline_string id,
                                uint32_t *docid, byline_error *error) {
  uint32_t frequency = 0;
  *docid = 0;
  buf_clear(&w->term);
  if (!schema_unique_term(PREFIX_ID, id, &w->term))
    return error_no_memory(error);
  byline_status status = xap_database_term_frequency(
      w->view, buf_string(&w->term), &frequency, error);
  if (status != BYLINE_OK || frequency == 0)
    return status;
  status = xap_database_postings(w->view, buf_string(&w->term), first_docid,
                                 docid, error);
  return status == -1 ? BYLINE_OK : status;
}

static byline_status look_up(byline_writer *w, byline_string id, existing *e,
                             byline_error *error) {
  byline_status status = find_docid(w, id, &e->docid, error);
  if (status != BYLINE_OK || e->docid == 0)
    return status;
  xap_document *found = NULL;
  status = xap_database_document(w->view, e->docid, &found, error);
  if (status == BYLINE_OK)
    status = xap_document_value(found, SLOT_DIGEST, compare_digest, e, error);
  if (status == BYLINE_OK)
    status = xap_document_data(found, compare_origin, e, error);
  xap_document_free(found);
  return status;
}

/* ---- Where an article belongs ------------------------------------------ */

typedef struct target {
  byline_string id;
  uint32_t docid; /* to replace; 0: add */
  byline_outcome outcome;
} target;

static bool keep_id(byline_writer *w, const char *id, byline_string *kept) {
  return arena_string(&w->memory, (byline_string){id, strlen(id)}, kept);
}

/* The same content again: at the same place, met twice in one file, or copied
 * from a file that is still there, it stays; else it has moved. */
static byline_outcome same_content(const byline_writer *w, const existing *e,
                                   byline_string id) {
  if (e->same_place || seen_has(&w->seen, id))
    return BYLINE_UNCHANGED;
  return e->same_source || e->source_gone ? BYLINE_MOVED : BYLINE_UNCHANGED;
}

static byline_status find_explicit(byline_writer *w, existing *e, target *t,
                                   byline_error *error) {
  t->id = e->article->id.length > 0 ? e->article->id : e->article->url;
  byline_status status = look_up(w, t->id, e, error);
  t->docid = e->docid;
  if (e->docid == 0)
    t->outcome = BYLINE_ADDED;
  else if (e->same_content)
    t->outcome = same_content(w, e, t->id);
  else
    t->outcome = BYLINE_REPLACED;
  return status;
}

/* Tries ordinal after ordinal: the same content anywhere is the article. Else
 * it takes the place of one that this file (or a file that has gone) had and
 * that no article of this reading has claimed; else it is new. */
static byline_status find_made(byline_writer *w, existing *e, target *t,
                               byline_error *error) {
  char id[IDENTITY_SIZE];
  bool replaceable = false;
  for (size_t ordinal = 1; ordinal < ORDINAL_MAX; ordinal++) {
    if (!identity_make(e->article, ordinal, id))
      return error_no_memory(error);
    byline_string name = {id, strlen(id)};
    byline_status status = look_up(w, name, e, error);
    if (status != BYLINE_OK)
      return status;
    bool found = e->docid == 0 || e->same_content;
    bool candidate = !found && !replaceable && !seen_has(&w->seen, name) &&
                     (e->same_source || e->source_gone);
    if (found && e->docid == 0 && replaceable)
      return BYLINE_OK;
    if (!found && !candidate)
      continue;
    if (!keep_id(w, id, &t->id))
      return error_no_memory(error);
    t->docid = e->docid;
    t->outcome = candidate       ? BYLINE_REPLACED
                 : e->docid == 0 ? BYLINE_ADDED
                                 : same_content(w, e, name);
    if (found)
      return BYLINE_OK;
    replaceable = true;
  }
  return error_set(error, BYLINE_INVALID,
                   "more than %d articles share this date, title and author",
                   ORDINAL_MAX - 1);
}

static const char *stem_language(const byline_writer *w,
                                 const byline_article *article, char *name,
                                 size_t room) {
  if (article->language.length > 0 && article->language.length < room) {
    memcpy(name, article->language.data, article->language.length);
    name[article->language.length] = '\0';
    return check_language(name, NULL) == BYLINE_OK ? name : "none";
  }
  return w->language ? w->language : "en";
}

/* ---- Adding ------------------------------------------------------------ */

static byline_status put(byline_writer *w, byline_article *article,
                         const char *language, const unsigned char *digest,
                         const target *t, bool *fatal, byline_error *error) {
  article->id = t->id;
  document d;
  byline_status status =
      document_make(w->maker, article, &w->file, language, digest, &d, error);
  if (status != BYLINE_OK)
    return status;
  status = w->builder->add(w->builder, &d, t->docid, error);
  *fatal = status != BYLINE_OK && status != BYLINE_INVALID;
  return status;
}

byline_status writer_add(byline_writer *writer, const byline_article *article,
                         byline_outcome *outcome, bool *fatal,
                         byline_error *error) {
  *fatal = false;
  arena_reset(&writer->memory);
  byline_article clean;
  byline_status status = schema_clean(&writer->memory, article, &clean, error);
  if (status != BYLINE_OK)
    return status;
  if (clean.language.length == 0 && writer->language)
    clean.language =
        (byline_string){writer->language, strlen(writer->language)};
  char name[32];
  const char *language = stem_language(writer, &clean, name, sizeof name);
  unsigned char digest[DIGEST_SIZE];
  if (!identity_digest(&clean, language, digest))
    return error_no_memory(error);
  existing e = {.writer = writer, .article = &clean, .digest = digest};
  target t = {{NULL, 0}, 0, BYLINE_ADDED};
  status = identity_is_explicit(&clean) ? find_explicit(writer, &e, &t, error)
                                        : find_made(writer, &e, &t, error);
  if (status != BYLINE_OK) {
    *fatal = status != BYLINE_INVALID;
    return status;
  }
  if (t.outcome != BYLINE_UNCHANGED)
    status = put(writer, &clean, language, digest, &t, fatal, error);
  if (status == BYLINE_OK && !seen_add(&writer->seen, t.id))
    status = error_no_memory(error);
  if (outcome)
    *outcome = t.outcome;
  return status;
}

byline_status byline_writer_add(byline_writer *writer,
                                const byline_article *article,
                                byline_outcome *outcome, byline_error *error) {
  bool fatal;
  if (article->size != sizeof *article)
    return error_set(error, BYLINE_INVALID,
                     "byline_article is of another version");
  return writer_add(writer, article, outcome, &fatal, error);
}

byline_status byline_writer_delete(byline_writer *writer, const char *id,
                                   byline_error *error) {
  uint32_t docid;
  byline_status status =
      find_docid(writer, (byline_string){id, strlen(id)}, &docid, error);
  if (status == BYLINE_OK && docid == 0)
    status = error_set(error, BYLINE_NOT_FOUND, "no article has the id %s", id);
  else if (status == BYLINE_OK)
    status = xap_writer_delete_docid(writer->database, docid, error);
  return status;
}

byline_status byline_writer_commit(byline_writer *writer, byline_error *error) {
  return writer->builder->finish(writer->builder, error);
}

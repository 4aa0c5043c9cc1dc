/* The synonyms of a database: a text that people write, kept with it, and what
 * Xapian's query parser makes of it. */
#include "index/synonyms.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/remote.h"
#include "index/lock.h"
#include "index/schema.h"
#include "index/shard_set.h"

enum { TEXT_MAX = 8 << 20, LANGUAGES_MAX = 64, LANGUAGE_MAX = 32 };

typedef struct setter {
  xap_writer *writer;
  int lock; /* on its database */
  analyzer *analyzer;
  arena memory;
  char languages[LANGUAGES_MAX][LANGUAGE_MAX];
  size_t language_count;
  buf keys; /* of former synonyms, a line each */
  byline_error *error;
} setter;

/* ---- What was there ---------------------------------------------------- */

static int keep_key(void *user, byline_string key) {
  setter *s = user;
  return buf_add_str(&s->keys, key) && buf_add_char(&s->keys, '\n')
             ? BYLINE_OK
             : BYLINE_NO_MEMORY;
}

static byline_status clear(setter *s) {
  byline_status status = xap_database_synonym_keys(
      xap_writer_database(s->writer), keep_key, s, s->error);
  for (size_t at = 0, length; status == BYLINE_OK && at < s->keys.length;
       at += length + 1) {
    length = strcspn(s->keys.data + at, "\n");
    status = xap_writer_clear_synonyms(
        s->writer, (byline_string){s->keys.data + at, length}, s->error);
  }
  return status;
}

/* ---- What is to be there ----------------------------------------------- */

static int keep_language(void *user, byline_string language, uint32_t count) {
  setter *s = user;
  (void)count;
  if (s->language_count < LANGUAGES_MAX && language.length < LANGUAGE_MAX)
    memcpy(s->languages[s->language_count++], language.data, language.length);
  return BYLINE_OK;
}

/* Each language of the articles; English stems are in all of them. */
static byline_status list_languages(setter *s) {
  keep_language(s, (byline_string){"en", 2}, 0);
  return schema_languages(xap_writer_database(s->writer), keep_language, s,
                          s->error);
}

static byline_status add_line(setter *s, const synonym_line *line) {
  byline_status status = BYLINE_OK;
  if (line->from_count == 0)
    return status;
  for (size_t i = 0; status == BYLINE_OK && i < s->language_count; i++) {
    status = analyzer_set_language(s->analyzer, s->languages[i], s->error);
    if (status == BYLINE_INVALID)
      status = BYLINE_OK; /* of a later version */
    else if (status == BYLINE_OK)
      status =
          synonyms_add_line(s->writer, s->analyzer, &s->memory, line, s->error);
  }
  return status;
}

static byline_status add_text(setter *s, byline_string text, const char *name) {
  byline_status status = BYLINE_OK;
  size_t number = 1;
  for (size_t at = 0, end; status == BYLINE_OK && at < text.length;
       at = end + 1, number++) {
    const char *newline = memchr(text.data + at, '\n', text.length - at);
    synonym_line line;
    byline_error why;
    end = newline ? (size_t)(newline - text.data) : text.length;
    status = synonyms_read_line((byline_string){text.data + at, end - at},
                                &line, s->error);
    if (status == BYLINE_OK)
      status = add_line(s, &line);
    if (status != BYLINE_INVALID || !s->error)
      continue;
    why = *s->error;
    error_set(s->error, BYLINE_INVALID, "%.80s:%zu: %.160s", name, number,
              why.message);
  }
  return status;
}

static byline_status record(setter *s, const char *name, byline_string value) {
  byline_string key = {name, strlen(name)};
  return xap_writer_set_metadata(s->writer, key, value, s->error);
}

static byline_status list_in(setter *s, buf *languages) {
  byline_status status = list_languages(s);
  for (size_t i = 0; status == BYLINE_OK && i < s->language_count; i++)
    if (!buf_add_string(languages, s->languages[i]) ||
        !buf_add_char(languages, ' '))
      status = BYLINE_NO_MEMORY;
  return status;
}

/* Adds the synonyms of a text, unless that was done for these languages. */
static byline_status add_for(setter *s, byline_string text, const char *name,
                             const buf *done) {
  buf languages = BUF_INIT;
  byline_status status = list_in(s, &languages);
  bool same = status == BYLINE_OK && done->length > 0 &&
              done->length == languages.length &&
              memcmp(done->data, languages.data, languages.length) == 0;
  if (status == BYLINE_OK && !same)
    status = analyzer_new(NULL, &s->analyzer, s->error);
  if (status == BYLINE_OK && !same)
    status = analyzer_add_english(s->analyzer, s->error);
  if (status == BYLINE_OK && !same)
    status = add_text(s, text, name);
  if (status == BYLINE_OK && !same)
    status = record(s, META_SYNONYMS_FOR, buf_string(&languages));
  buf_free(&languages);
  return status;
}

static void setter_free(setter *s) {
  analyzer_free(s->analyzer);
  arena_free(&s->memory);
  buf_free(&s->keys);
}

/* To be committed. */
static byline_status set(setter *s, byline_string text, const char *name) {
  static const char bom[] = "\xEF\xBB\xBF";
  const buf nothing = BUF_INIT;
  if (text.length >= 3 && memcmp(text.data, bom, 3) == 0)
    text = (byline_string){text.data + 3, text.length - 3};
  byline_status status = clear(s);
  if (status == BYLINE_OK)
    status = add_for(s, text, name, &nothing);
  if (status == BYLINE_OK)
    status = record(s, META_SYNONYMS, text);
  return status == BYLINE_NO_MEMORY ? error_no_memory(s->error) : status;
}

byline_status synonyms_renew(xap_writer *writer, byline_error *error) {
  const xap_database *view = xap_writer_database(writer);
  setter s = {.writer = writer, .error = error};
  buf text = BUF_INIT, done = BUF_INIT;
  byline_status status = schema_metadata(view, META_SYNONYMS, &text, error);
  if (status == BYLINE_OK && text.length > 0)
    status = schema_metadata(view, META_SYNONYMS_FOR, &done, error);
  if (status == BYLINE_OK && text.length > 0)
    status = add_for(&s, buf_string(&text), "the database's synonyms", &done);
  setter_free(&s);
  buf_free(&text);
  buf_free(&done);
  return status == BYLINE_NO_MEMORY ? error_no_memory(error) : status;
}

static byline_status open_setter(setter *s, const char *database,
                                 lock_wait *wait, byline_error *error) {
  byline_status status;
  wait->database = database;
  s->error = error;
  if (is_remote_path(database))
    return error_set(
        error, BYLINE_UNSUPPORTED,
        "%s: Xapian's servers have no synonyms; a search looks for "
        "those of the databases of this machine that it is given",
        database);
  do
    status = lock_and_open(database, XAP_OPEN, &s->lock, &s->writer, error);
  while (lock_try_again(wait, &status, error));
  return status == BYLINE_OK ? schema_check(xap_writer_database(s->writer),
                                            database, NULL, error)
                             : status;
}

/* All of them, or none before the first is committed. */
static byline_status set_all(setter *setters, const shard_set *databases,
                             byline_string text, const char *name,
                             uint32_t wait_ms, byline_error *error) {
  lock_wait wait = {.milliseconds = wait_ms};
  byline_status status = BYLINE_OK;
  for (size_t i = 0; i < databases->count; i++)
    setters[i].lock = -1;
  for (size_t i = 0; status == BYLINE_OK && i < databases->count; i++)
    status = open_setter(&setters[i], databases->paths[i], &wait, error);
  for (size_t i = 0; status == BYLINE_OK && i < databases->count; i++)
    status = set(&setters[i], text, name);
  for (size_t i = 0; status == BYLINE_OK && i < databases->count; i++)
    status = xap_writer_commit(setters[i].writer, error);
  return status;
}

byline_status byline_synonyms_set(const char *database, byline_string text,
                                  const char *name, uint32_t wait_ms,
                                  byline_error *error) {
  shard_set databases;
  if (text.length > TEXT_MAX)
    return error_set(error, BYLINE_INVALID, "%s: more than %d MB of synonyms",
                     name, TEXT_MAX >> 20);
  byline_status status = shard_set_expand(&database, 1, &databases, error);
  if (status != BYLINE_OK)
    return status;
  setter *setters = calloc(databases.count, sizeof *setters);
  status = setters ? set_all(setters, &databases, text, name, wait_ms, error)
                   : error_no_memory(error);
  for (size_t i = 0; setters && i < databases.count; i++) {
    xap_writer_free(setters[i].writer);
    lock_release(&setters[i].lock);
    setter_free(&setters[i]);
  }
  free(setters);
  shard_set_free(&databases);
  return shard_set_explain(&database, 1, status, error);
}

/* ---- Of several databases ---------------------------------------------- */

static bool ends_line(const buf *text) {
  return text->length == 0 || text->data[text->length - 1] == '\n';
}

/* Whether its lines are among those of all. */
static bool has_lines(const buf *all, const buf *one) {
  const char *at = all->length > 0 ? strstr(all->data, one->data) : NULL;
  for (; at; at = strstr(at + 1, one->data)) {
    char end = at[one->length];
    if ((at == all->data || at[-1] == '\n') &&
        (ends_line(one) || end == '\n' || end == '\0'))
      return true;
  }
  return false;
}

byline_status synonyms_join(const char *const *paths, size_t count,
                            const char *destination, byline_error *error) {
  buf all = BUF_INIT, one = BUF_INIT;
  size_t texts = 0;
  byline_status status = BYLINE_OK;
  for (size_t i = 0; status == BYLINE_OK && i < count; i++) {
    xap_database *source = NULL;
    buf_clear(&one);
    status = xap_database_open(&paths[i], 1, &source, error);
    if (status == BYLINE_OK)
      status = schema_metadata(source, META_SYNONYMS, &one, error);
    xap_database_free(source);
    if (status != BYLINE_OK || one.length == 0 || has_lines(&all, &one))
      continue;
    texts++;
    if ((!ends_line(&all) && !buf_add_char(&all, '\n')) ||
        !buf_add_str(&all, buf_string(&one)))
      status = error_no_memory(error);
  }
  setter s = {.error = error};
  if (status == BYLINE_OK && texts > 1)
    status = xap_writer_open(destination, XAP_OPEN, &s.writer, error);
  if (status == BYLINE_OK && texts > 1)
    status = set(&s, buf_string(&all), destination);
  if (status == BYLINE_OK && texts > 1)
    status = xap_writer_commit(s.writer, error);
  xap_writer_free(s.writer);
  setter_free(&s);
  buf_free(&all);
  buf_free(&one);
  return status;
}

/* ---- What is there ----------------------------------------------------- */

byline_status byline_synonyms_get(const char *database, byline_text_fn fn,
                                  void *user, byline_error *error) {
  xap_database *one = NULL;
  buf text = BUF_INIT;
  byline_status status = xap_database_open(&database, 1, &one, error);
  if (status == BYLINE_OK)
    status = schema_check(one, database, NULL, error);
  if (status == BYLINE_OK)
    status = schema_metadata(one, META_SYNONYMS, &text, error);
  if (status == BYLINE_OK)
    status = fn(user, buf_string(&text));
  xap_database_free(one);
  buf_free(&text);
  return shard_set_explain(&database, 1, status, error);
}

/* The synonyms of a database: a text that people write, kept with it, and what
 * Xapian's query parser makes of it. */
#include "index/synonyms.h"

#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "index/schema.h"

enum { TEXT_MAX = 8 << 20, LANGUAGES_MAX = 64, LANGUAGE_MAX = 32 };

typedef struct setter {
  xap_writer *writer;
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
  byline_status status = list_languages(s);
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

static byline_status set(setter *s, byline_string text, const char *name) {
  static const char bom[] = "\xEF\xBB\xBF";
  byline_string key = {META_SYNONYMS, strlen(META_SYNONYMS)};
  if (text.length >= 3 && memcmp(text.data, bom, 3) == 0)
    text = (byline_string){text.data + 3, text.length - 3};
  byline_status status = analyzer_new(NULL, &s->analyzer, s->error);
  if (status == BYLINE_OK)
    status = analyzer_add_english(s->analyzer, s->error);
  if (status == BYLINE_OK)
    status = clear(s);
  if (status == BYLINE_OK)
    status = add_text(s, text, name);
  if (status == BYLINE_OK)
    status = xap_writer_set_metadata(s->writer, key, text, s->error);
  if (status == BYLINE_OK)
    status = xap_writer_commit(s->writer, s->error);
  return status == BYLINE_NO_MEMORY ? error_no_memory(s->error) : status;
}

byline_status byline_synonyms_set(const char *database, byline_string text,
                                  const char *name, byline_error *error) {
  setter s = {.error = error};
  if (text.length > TEXT_MAX)
    return error_set(error, BYLINE_INVALID, "%s: more than %d MB of synonyms",
                     name, TEXT_MAX >> 20);
  byline_status status = xap_writer_open(database, XAP_OPEN, &s.writer, error);
  if (status == BYLINE_OK)
    status = schema_check(xap_writer_database(s.writer), database, NULL, error);
  if (status == BYLINE_OK)
    status = set(&s, text, name);
  xap_writer_free(s.writer);
  analyzer_free(s.analyzer);
  arena_free(&s.memory);
  buf_free(&s.keys);
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
  return status;
}

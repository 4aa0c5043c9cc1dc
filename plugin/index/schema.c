#include "index/schema.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uvernum.h>
#include <xxhash.h>

#include "analyze/analyzer.h"
#include "base/error.h"
#include "base/utf8.h"

const char *const SCHEMA_VALUE_FIELDS[] = {
    "byline",   "date", "email", "handle", "hashtag", "id", "keyword",
    "language", "link", "month", "source", "year",    NULL};

/* The longest beginning of a term that takes limit bytes on disk. */
static size_t cut_to(const char *term, size_t length, size_t limit) {
  size_t cost = 0;
  for (size_t i = 0; i < length; i++) {
    cost += term[i] == '\0' ? 2 : 1;
    if (cost > limit)
      return utf8_cut(term, length, i);
  }
  return length;
}

size_t schema_term_cut(const char *term, size_t length) {
  return cut_to(term, length, SCHEMA_TERM_MAX);
}

static bool add_prefix(const char *prefix, byline_string value, buf *out) {
  if (!buf_add_string(out, prefix))
    return false;
  if (strlen(prefix) < 2 || value.length == 0)
    return true;
  char c = value.data[0];
  return (c < 'A' || c > 'Z') && c != ':' ? true : buf_add_char(out, ':');
}

static void cut_term(buf *out, size_t start, size_t limit) {
  out->length = start + cut_to(out->data + start, out->length - start, limit);
  out->data[out->length] = '\0';
}

bool schema_boolean_term(const char *prefix, byline_string value, buf *out) {
  size_t start = out->length;
  if (!add_prefix(prefix, value, out) || !buf_add_str(out, value))
    return false;
  cut_term(out, start, SCHEMA_TERM_MAX);
  return true;
}

bool schema_unique_term(const char *prefix, byline_string value, buf *out) {
  enum { HEX = 32 };
  size_t start = out->length;
  if (!add_prefix(prefix, value, out) || !buf_add_str(out, value))
    return false;
  size_t length = out->length - start;
  if (schema_term_cut(out->data + start, length) == length)
    return true;
  XXH128_hash_t hash = XXH3_128bits(value.data, value.length);
  cut_term(out, start, SCHEMA_TERM_MAX - HEX);
  return buf_printf(out, "%016llx%016llx", (unsigned long long)hash.high64,
                    (unsigned long long)hash.low64);
}

void schema_date_digits(byline_string date, char value[16]) {
  size_t n = 0;
  for (size_t i = 0; i < date.length && n < 14; i++) {
    char c = date.data[i];
    if (c >= '0' && c <= '9')
      value[n++] = c;
    else if (c != '-' && c != ':' && c != 'T' && c != ' ')
      break;
  }
  if (n != 4 && n != 6 && n != 8 && n != 14)
    n = n > 8 ? 8 : 0;
  value[n] = '\0';
}

void schema_date_value(byline_string date, char value[16]) {
  schema_date_digits(date, value);
  size_t length = strlen(value);
  while (length > 0 && length < 8)
    value[length++] = '0';
  value[length] = '\0';
}

/* ---- Articles ----------------------------------------------------------- */

byline_status schema_accept(arena *a, const byline_article *article,
                            byline_article *clean, byline_error *error) {
  char digits[16];
  byline_status status = schema_clean(a, article, clean, error);
  if (status != BYLINE_OK || clean->date.length == 0)
    return status;
  schema_date_digits(clean->date, digits);
  if (digits[0] != '\0')
    return BYLINE_OK;
  return error_set(error, BYLINE_INVALID,
                   "'%.*s' is no date; it must be YYYY, YYYY-MM, YYYY-MM-DD "
                   "or YYYY-MM-DDTHH:MM:SS",
                   (int)(clean->date.length < 40 ? clean->date.length : 40),
                   clean->date.data);
}

/* ---- Metadata ---------------------------------------------------------- */

bool schema_author_place(byline_string key, buf *out) {
  return schema_unique_term(META_AUTHOR, key, out);
}

static byline_string literal(const char *text) {
  byline_string s = {text, strlen(text)};
  return s;
}

static int collect(void *user, byline_string value) {
  buf *out = user;
  return buf_add_str(out, value) ? 0 : BYLINE_NO_MEMORY;
}

byline_status schema_metadata(const xap_database *database, const char *key,
                              buf *value, byline_error *error) {
  byline_status status =
      xap_database_metadata(database, literal(key), collect, value, error);
  return status == BYLINE_NO_MEMORY ? error_no_memory(error) : status;
}

/* Sets a key whose value is another one. */
static byline_status set_if_other(metadata *m, const char *key,
                                  const char *value, bool *changed,
                                  byline_error *error) {
  buf old = BUF_INIT;
  byline_status status = m->get(m, literal(key), &old, error);
  bool same = strcmp(old.data ? old.data : "", value) == 0;
  if (status == BYLINE_OK && !same) {
    status = m->set(m, literal(key), literal(value), error);
    *changed = true;
  }
  buf_free(&old);
  return status;
}

byline_status schema_stamp(metadata *m, bool *changed, byline_error *error) {
  char schema[16], analyzer_version[16];
  snprintf(schema, sizeof schema, "%d", SCHEMA_VERSION);
  snprintf(analyzer_version, sizeof analyzer_version, "%d", ANALYZER_VERSION);
  const char *pairs[][2] = {{META_SCHEMA, schema},
                            {META_ANALYZER, analyzer_version},
                            {META_XAPIAN, xap_version()},
                            {META_ICU, U_ICU_VERSION},
                            {META_VERSION, byline_version()}};
  *changed = false;
  byline_status status = BYLINE_OK;
  for (size_t i = 0; status == BYLINE_OK && i < sizeof pairs / sizeof *pairs;
       i++)
    status = set_if_other(m, pairs[i][0], pairs[i][1], changed, error);
  return status;
}

typedef struct version_count {
  int version;
  uint32_t newer; /* documents of this version or a later one */
} version_count;

static int count_version(void *user, byline_string term, uint32_t count) {
  version_count *v = user;
  size_t skip = sizeof PREFIX_SCHEMA - 1;
  char text[16] = "";
  if (term.length - skip < sizeof text)
    memcpy(text, term.data + skip, term.length - skip);
  if (strtol(text, NULL, 10) >= v->version)
    v->newer += count;
  return 0;
}

byline_status schema_older(const xap_database *database, int version,
                           uint32_t *articles, byline_error *error) {
  version_count v = {version, 0};
  xap_statistics statistics;
  byline_status status = xap_database_statistics(database, &statistics, error);
  if (status == BYLINE_OK)
    status = xap_database_terms(database, literal(PREFIX_SCHEMA), count_version,
                                &v, error);
  if (status == BYLINE_OK)
    *articles =
        statistics.documents > v.newer ? statistics.documents - v.newer : 0;
  return status;
}

typedef struct language_sink {
  xap_term_fn fn;
  void *user;
} language_sink;

static int give_language(void *user, byline_string term, uint32_t count) {
  const language_sink *sink = user;
  size_t skip = sizeof PREFIX_STEMS - 1;
  byline_string language = {term.data + skip, term.length - skip};
  return sink->fn(sink->user, language, count);
}

byline_status schema_languages(const xap_database *database, xap_term_fn fn,
                               void *user, byline_error *error) {
  language_sink sink = {fn, user};
  return xap_database_terms(database, literal(PREFIX_STEMS), give_language,
                            &sink, error);
}

bool schema_list_language(buf *list, byline_string language, uint32_t count) {
  return buf_printf(list, "%s%.*s %u", list->length > 0 ? ", " : "",
                    (int)language.length, language.data, (unsigned)count);
}

static int list_language(void *user, byline_string language, uint32_t count) {
  return schema_list_language(user, language, count) ? 0 : BYLINE_NO_MEMORY;
}

byline_status schema_record_languages(xap_writer *writer, byline_error *error) {
  buf list = BUF_INIT;
  bool changed;
  byline_status status = schema_languages(xap_writer_database(writer),
                                          list_language, &list, error);
  if (status == BYLINE_NO_MEMORY)
    status = error_no_memory(error);
  writer_metadata m = metadata_of_writer(writer);
  if (status == BYLINE_OK)
    status = set_if_other(&m.methods, META_LANGUAGES,
                          list.data ? list.data : "", &changed, error);
  buf_free(&list);
  return status;
}

static byline_status check_version(const char *text, const char *path,
                                   byline_error *error) {
  char *end;
  long version = strtol(text, &end, 10);
  if (*text == '\0' || *end != '\0' || version < 1)
    return error_set(error, BYLINE_CORRUPT,
                     "%s: its schema version is not a number; index again "
                     "into a new database",
                     path);
  if (version > SCHEMA_VERSION)
    return error_set(error, BYLINE_TOO_NEW,
                     "%s: written by a later byline (schema %ld, this one "
                     "knows %d); use that one, or index again",
                     path, version, SCHEMA_VERSION);
  return BYLINE_OK;
}

byline_status schema_check(const xap_database *database, const char *path,
                           bool *fresh, byline_error *error) {
  buf text = BUF_INIT;
  xap_statistics statistics;
  if (fresh)
    *fresh = false;
  byline_status status = schema_metadata(database, META_SCHEMA, &text, error);
  if (status == BYLINE_OK && text.length == 0) {
    status = xap_database_statistics(database, &statistics, error);
    if (status == BYLINE_OK && fresh && statistics.last_docid == 0)
      *fresh = true;
    else if (status == BYLINE_OK)
      status = error_set(error, BYLINE_INVALID,
                         "%s: a Xapian database, but not one of byline's; "
                         "name another with --db",
                         path);
  } else if (status == BYLINE_OK) {
    status = check_version(text.data, path, error);
  }
  buf_free(&text);
  return status;
}

byline_status schema_ngrams(xap_writer *writer, const char *path, bool wanted,
                            bool *ngrams, byline_error *error) {
  const xap_database *database = xap_writer_database(writer);
  xap_statistics statistics = {0};
  buf value = BUF_INIT;
  byline_status status = schema_metadata(database, META_NGRAMS, &value, error);
  *ngrams = value.length > 0;
  buf_free(&value);
  if (status != BYLINE_OK || *ngrams || !wanted)
    return status;
  status = xap_database_statistics(database, &statistics, error);
  if (status == BYLINE_OK && statistics.documents > 0)
    return error_set(error, BYLINE_INVALID,
                     "%s: its articles have no n-grams, and can't be mixed "
                     "with others that have; name a new database with --db",
                     path);
  *ngrams = status == BYLINE_OK;
  writer_metadata m = metadata_of_writer(writer);
  return status == BYLINE_OK ? schema_record_ngrams(&m.methods, error) : status;
}

byline_status schema_record_ngrams(metadata *m, byline_error *error) {
  return m->set(m, literal(META_NGRAMS), literal("1"), error);
}

byline_status schema_versions(const xap_database *database, buf *out,
                              byline_error *error) {
  static const char *const pairs[][2] = {{"schema ", META_SCHEMA},
                                         {", analyzer ", META_ANALYZER},
                                         {", Xapian ", META_XAPIAN},
                                         {", ICU ", META_ICU},
                                         {", byline ", META_VERSION}};
  for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
    if (!buf_add_string(out, pairs[i][0]))
      return error_no_memory(error);
    byline_status status = schema_metadata(database, pairs[i][1], out, error);
    if (status != BYLINE_OK)
      return status;
  }
  buf ngrams = BUF_INIT;
  byline_status status = schema_metadata(database, META_NGRAMS, &ngrams, error);
  if (status == BYLINE_OK && ngrams.length > 0 &&
      !buf_add_string(out, ", CJK n-grams"))
    status = error_no_memory(error);
  buf_free(&ngrams);
  return status;
}

/* The parts of the public API that are about no database. */
#include "index/context.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uvernum.h>

#include "analyze/analyzer.h"
#include "base/error.h"
#include "index/filtering.h"
#include "index/schema.h"

uint32_t byline_abi_version(void) {
  return BYLINE_ABI_VERSION;
}

const char *byline_version(void) {
  return BYLINE_RELEASE;
}

byline_status byline_context_new(byline_context **context,
                                 byline_error *error) {
  byline_context *c = calloc(1, sizeof *c);
  if (!c)
    return error_no_memory(error);
  c->readers = reader_registry_new();
  if (!c->readers) {
    free(c);
    return error_no_memory(error);
  }
  snprintf(c->versions, sizeof c->versions, "Xapian %s, ICU %s, schema %d",
           xap_version(), U_ICU_VERSION, SCHEMA_VERSION);
  *context = c;
  return BYLINE_OK;
}

void byline_context_free(byline_context *context) {
  if (!context)
    return;
  reader_registry_free(context->readers);
  filter_registry_free(&context->filters);
  context_close_plugins(context);
  free(context);
}

const char *byline_context_versions(const byline_context *context) {
  return context->versions;
}

byline_status byline_reader_register(byline_context *context,
                                     const byline_reader *reader,
                                     byline_error *error) {
  return reader_registry_add(context->readers, reader, error);
}

byline_status byline_filter_register(byline_context *context,
                                     const byline_filter *filter,
                                     byline_error *error) {
  return filter_registry_add(&context->filters, filter, error);
}

const char *byline_token_kind_name(byline_token_kind kind) {
  static const char *const names[] = {
      "base", "nfc",   "folded", "stem",   "possessive", "digits",
      "bare", "solid", "word",   "bigram", "character",  "filter"};
  size_t index = (size_t)kind;
  return index < sizeof names / sizeof *names ? names[index] : "unknown";
}

byline_status byline_analyze(byline_context *context, const char *text,
                             size_t length, const char *language,
                             byline_token_fn token, void *user,
                             byline_error *error) {
  return byline_analyze_filtered(context, text, length, language, NULL, 0,
                                 token, user, error);
}

byline_status byline_analyze_filtered(byline_context *context, const char *text,
                                      size_t length, const char *language,
                                      const char *const *filters,
                                      size_t filter_count,
                                      byline_token_fn token, void *user,
                                      byline_error *error) {
  analyzer *a = NULL;
  filter_chain chain = {NULL, 0};
  byline_status status =
      filtering_add(&chain, &context->filters, filters, filter_count, error);
  if (status == BYLINE_OK)
    status = analyzer_new(language, &a, error);
  if (status == BYLINE_OK) {
    analyzer_set_filters(a, &chain);
    status = analyzer_run(a, text, length, token, user, error);
  }
  analyzer_free(a);
  filter_chain_free(&chain);
  return status;
}

byline_status byline_analyze_query(byline_context *context, const char *text,
                                   size_t length, const char *language,
                                   byline_string *query, byline_error *error) {
  (void)context;
  analyzer *a = NULL;
  buf out = BUF_INIT;
  byline_status status = analyzer_new(language, &a, error);
  if (status == BYLINE_OK)
    status = analyzer_query(a, text, length, SCHEMA_VALUE_FIELDS, &out, error);
  if (status == BYLINE_OK && !out.data && !buf_reserve(&out, 0))
    status = error_no_memory(error);
  analyzer_free(a);
  if (status == BYLINE_OK)
    *query = buf_string(&out);
  else
    buf_free(&out);
  return status;
}

void byline_string_free(byline_string *string) {
  if (!string)
    return;
  free((void *)(uintptr_t)string->data);
  string->data = NULL;
  string->length = 0;
}

byline_status byline_compact(const char *const *paths, size_t count,
                             const char *destination, byline_error *error) {
  return xap_compact(paths, count, destination, true, error);
}

typedef struct report {
  byline_report_fn fn;
  void *user;
} report;

static int report_line(void *user, byline_string line) {
  report *r = user;
  char *text = strndup(line.data, line.length);
  if (!text)
    return BYLINE_NO_MEMORY;
  r->fn(r->user, text);
  free(text);
  return 0;
}

byline_status byline_check(const char *path, byline_report_fn fn, void *user,
                           byline_error *error) {
  report r = {fn, user};
  size_t faults = 0;
  byline_status status =
      xap_check(path, fn ? report_line : NULL, &r, &faults, error);
  if (status == BYLINE_OK && faults > 0)
    status = error_set(error, BYLINE_CORRUPT,
                       "%s: %zu faults found; restore it, or index again "
                       "into a new database",
                       path, faults);
  return status;
}

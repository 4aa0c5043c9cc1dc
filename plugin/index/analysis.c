/* The parts of the public API that are about analysis. */
#include <stdlib.h>
#include <string.h>

#include "analyze/detect.h"
#include "analyze/whole.h"
#include "base/error.h"
#include "index/context.h"
#include "index/filtering.h"
#include "index/schema.h"

const char *byline_token_kind_name(byline_token_kind kind) {
  static const char *const names[] = {
      "base",   "nfc",     "folded", "spelled", "stem",   "possessive",
      "digits", "bare",    "solid",  "word",    "bigram", "character",
      "filter", "hashtag", "handle", "link",    "email"};
  size_t index = (size_t)kind;
  return index < sizeof names / sizeof *names ? names[index] : "unknown";
}

/* ---- Hashtags and their kind ------------------------------------------- */

typedef struct wholes {
  analyzer *a;
  byline_string text;
  byline_token_fn token;
  void *user;
  buf folded;
  byline_error *error;
} wholes;

static int on_whole(void *user, whole_kind kind, byline_string found) {
  static const byline_token_kind kinds[] = {
      [WHOLE_HASHTAG] = BYLINE_TOKEN_HASHTAG,
      [WHOLE_HANDLE] = BYLINE_TOKEN_HANDLE,
      [WHOLE_LINK] = BYLINE_TOKEN_LINK,
      [WHOLE_EMAIL] = BYLINE_TOKEN_EMAIL};
  wholes *w = user;
  size_t start = (size_t)(found.data - w->text.data);
  buf_clear(&w->folded);
  byline_status status = whole_fold(w->a, kind, found, &w->folded, w->error);
  if (status != BYLINE_OK || w->folded.length == 0)
    return status;
  byline_token token = {buf_string(&w->folded), start, start + found.length, 0,
                        kinds[kind]};
  return w->token(w->user, &token);
}

static byline_status give_wholes(analyzer *a, byline_string text,
                                 byline_token_fn token, void *user,
                                 byline_error *error) {
  wholes w = {a, text, token, user, BUF_INIT, error};
  byline_status status = whole_find(text, on_whole, &w);
  buf_free(&w.folded);
  return status;
}

/* ---- Terms ------------------------------------------------------------- */

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
    status = give_wholes(a, (byline_string){text, length}, token, user, error);
  }
  if (status == BYLINE_OK)
    status = analyzer_run(a, text, length, token, user, error);
  analyzer_free(a);
  filter_chain_free(&chain);
  return status;
}

byline_status byline_detect_language(byline_context *context, const char *text,
                                     size_t length, char code[8],
                                     double *confidence, byline_error *error) {
  (void)context;
  detector *d = NULL;
  byline_status status = detector_new(&d, error);
  if (status != BYLINE_OK)
    return status;
  detected found;
  detector_run(d, (byline_string){text, length}, &found);
  detector_free(d);
  memcpy(code, found.code, sizeof found.code);
  *confidence = found.confidence;
  return BYLINE_OK;
}

byline_status byline_analyze_query(byline_context *context, const char *text,
                                   size_t length, const char *language,
                                   bool exact_accents, byline_string *query,
                                   byline_error *error) {
  (void)context;
  analyzer *a = NULL;
  buf out = BUF_INIT;
  byline_status status = analyzer_new(language, &a, error);
  if (status == BYLINE_OK) {
    analyzer_set_exact_accents(a, exact_accents);
    status = analyzer_query(a, text, length, SCHEMA_VALUE_FIELDS, &out, error);
  }
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

/* Any bytes as a query: its words stay, and QueryParser takes it as before. */
#include <string.h>

#include "check_tokens.h"
#include "xapian_terms.h"

static const char *const FIELDS[] = {"keyword", NULL};

/* Full-width syntax becomes syntax, which may be wrong. */
static bool has_full_width(const char *text, size_t size) {
  for (size_t at = 0; at < size;) {
    uint32_t ch = utf8_next(text, size, &at);
    if (ch >= 0xFF01 && ch <= 0xFF5E)
      return true;
  }
  return false;
}

/* Whether it also parses where curly quotes open no phrases: those without a
 * partner do not, and an operator behind one is one. */
static bool parses_unquoted(const char *text, size_t size) {
  char *plain = malloc(size);
  check(plain != NULL);
  memcpy(plain, text, size);
  for (size_t i = 0; i + 2 < size; i++)
    if (memcmp(plain + i, "\xE2\x80\x9C", 3) == 0 ||
        memcmp(plain + i, "\xE2\x80\x9D", 3) == 0)
      plain[i + 2] = '\xB3';
  bool parses = xapian_parses(plain, size);
  free(plain);
  return parses;
}

/* A database with terms of many kinds. */
static bool has_term(void *user, byline_string term) {
  (void)user;
  return term.length <= 9 || (unsigned char)term.data[term.length - 1] % 2 == 0;
}

/* A query has as many words as were typed; but words without spaces have some
 * there. */
static void check_query(analyzer *a, const char *text, size_t size) {
  buf query = BUF_INIT;
  byline_error error;
  seen typed = count(a, text, size);
  check(analyzer_query(a, text, size, FIELDS, &query, &error) == BYLINE_OK);
  check(size > 0 || query.length == 0);
  check(!utf8_valid(text, size) || utf8_valid(query.data, query.length));
  check(typed.words > BYLINE_WORD_POSITION ||
        count(a, query.data, query.length).position == typed.position);
  bool same = utf8_valid(text, size) && !has_full_width(text, size);
  if (same && query.length > 0 && xapian_parses(text, size) &&
      parses_unquoted(text, size))
    check(xapian_parses(query.data, query.length));
  buf_free(&query);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static const char *const codes[] = {"sv", "da", "de", "tr", "uk", "es"};
  static analyzer *english, *other;
  byline_error error;
  if (!english)
    check(analyzer_new("en", &english, &error) == BYLINE_OK &&
          analyzer_new("en", &other, &error) == BYLINE_OK &&
          analyzer_add_english(other, &error) == BYLINE_OK);
  analyzer_set_vocabulary(other, has_term, NULL);
  check(analyzer_set_language(other, codes[size % 6], &error) == BYLINE_OK);
  analyzer_set_exact_accents(other, size % 4 == 0);
  check_query(english, (const char *)data, size);
  check_query(other, (const char *)data, size);
  return 0;
}

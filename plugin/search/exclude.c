#include "search/exclude.h"

#include <string.h>

static bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static size_t skip_spaces(const buf *query, size_t at) {
  while (at < query->length && is_space(query->data[at]))
    at++;
  return at;
}

/* Where the word at a place ends; quotes may hold spaces. The length of the
 * query + 1 when it is none that can stand behind NOT. */
static size_t find_end(const buf *query, size_t at) {
  bool quoted = false;
  for (; at < query->length && (quoted || !is_space(query->data[at])); at++) {
    if (query->data[at] == '"')
      quoted = !quoted;
    else if (!quoted && strchr("()", query->data[at]))
      return query->length + 1;
  }
  return quoted ? query->length + 1 : at;
}

static bool is_excluded(const buf *query, size_t at) {
  return query->data[at] == '-' && at + 1 < query->length &&
         !is_space(query->data[at + 1]) && query->data[at + 1] != '-';
}

/* Whether every word has a minus before it. */
static bool excludes_all(const buf *query) {
  size_t at = skip_spaces(query, 0);
  if (at == query->length)
    return false;
  while (at < query->length) {
    if (!is_excluded(query, at))
      return false;
    size_t end = find_end(query, at + 1);
    if (end > query->length)
      return false;
    at = skip_spaces(query, end);
  }
  return true;
}

bool exclude_alone(buf *query) {
  buf out = BUF_INIT;
  if (!excludes_all(query))
    return true;
  bool ok = true;
  for (size_t at = skip_spaces(query, 0); ok && at < query->length;) {
    size_t end = find_end(query, at + 1);
    ok = buf_add_string(&out, "NOT ") &&
         buf_add(&out, query->data + at + 1, end - at - 1) &&
         buf_add_char(&out, ' ');
    at = skip_spaces(query, end);
  }
  if (ok) {
    buf_free(query);
    *query = out;
  } else {
    buf_free(&out);
  }
  return ok;
}

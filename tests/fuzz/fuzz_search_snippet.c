/* Any text, searched for any words: its passages are pieces of it, whole
 * characters, apart, no longer than asked, and what is marked in them is one of
 * the words. The input is a language, a size and a number, a line with the
 * query, and the text. */
#include <string.h>

#include "check_tokens.h"
#include "search/passages.h"
#include "search/regions.h"
#include "search/snippet.h"

enum { TERMS = 32, PASSAGES = 5 };

typedef struct asked {
  analyzer *analyzer;
  arena memory;
  query_term terms[TERMS];
  size_t count;
  phrases phrases;
  bool found; /* one of the terms, among the tokens of a highlight */
} asked;

static int add_term(void *user, const byline_token *token) {
  asked *q = user;
  bool stem = token->kind == BYLINE_TOKEN_STEM;
  char *term = arena_alloc(&q->memory, token->term.length + 1);
  if (q->count == TERMS)
    return 0;
  check(term != NULL);
  *term = 'Z';
  memcpy(term + stem, token->term.data, token->term.length);
  q->terms[q->count] = (query_term){{term, token->term.length + stem},
                                    1.0 + (double)(q->count % 3),
                                    q->count % 7 == 6};
  q->count++;
  return 0;
}

static void ask(asked *q, byline_string query) {
  buf text = BUF_INIT;
  static const char *const fields[] = {"keyword", NULL};
  check(analyzer_run(q->analyzer, query.data, query.length, add_term, q,
                     NULL) == BYLINE_OK);
  check(analyzer_query(q->analyzer, query.data, query.length, fields, &text,
                       NULL) == BYLINE_OK);
  check(phrases_read(q->analyzer, buf_string(&text), &q->memory, &q->phrases,
                     NULL) == BYLINE_OK);
  buf_free(&text);
}

static int find_term(void *user, const byline_token *token) {
  asked *q = user;
  bool stem = token->kind == BYLINE_TOKEN_STEM;
  for (size_t i = 0; i < q->count; i++) {
    byline_string term = q->terms[i].term;
    if (term.length == token->term.length + stem &&
        (!stem || *term.data == 'Z') &&
        memcmp(term.data + stem, token->term.data, token->term.length) == 0)
      q->found = true;
  }
  return 0;
}

static bool is_ascii(byline_string text) {
  return utf8_ascii_end(text.data, text.length, 0) == text.length;
}

/* A mark that stood behind a line's end or a control character is behind a
 * space or an ellipsis in a snippet. */
static bool is_border(graphemes *g, byline_string text, size_t at) {
  return graphemes_border(g, text, at) || text.data[at - 1] == ' ' || at == 3;
}

/* Of other scripts a word may be another where it stands alone. */
static void check_marks(asked *q, byline_string text,
                        const byline_highlight *marked, size_t count,
                        size_t size) {
  graphemes g = GRAPHEMES_INIT;
  size_t last = 0;
  for (size_t i = 0; i < count; i++) {
    byline_string word = {text.data + marked[i].start,
                          marked[i].end - marked[i].start};
    check(marked[i].start >= last && marked[i].end > marked[i].start &&
          marked[i].end <= text.length);
    last = marked[i].end;
    check(is_border(&g, text, marked[i].start) &&
          is_border(&g, text, marked[i].end));
    q->found = word.length >= size || !is_ascii(text);
    check(analyzer_run(q->analyzer, word.data, word.length, find_term, q,
                       NULL) == BYLINE_OK);
    check(q->found);
  }
  graphemes_close(&g);
}

/* The text in one line, as snippets have it. */
static byline_string flatten(asked *q, byline_string text) {
  char *flat = arena_alloc(&q->memory, text.length + 1);
  size_t n = 0;
  check(flat != NULL);
  for (size_t i = 0; i < text.length; i++)
    if (text.data[i] != '\n')
      flat[n++] = text.data[i];
    else if (n == 0 || flat[n - 1] != ' ')
      flat[n++] = ' ';
  return (byline_string){flat, n};
}

static bool has(byline_string text, byline_string piece) {
  for (size_t at = 0; at + piece.length <= text.length; at++)
    if (memcmp(text.data + at, piece.data, piece.length) == 0)
      return true;
  return false;
}

static byline_string without_ellipses(byline_string text) {
  static const char ellipsis[] = "\xE2\x80\xA6";
  if (text.length > 3 && memcmp(text.data, ellipsis, 3) == 0) {
    text.data += 3;
    text.length -= 3;
  }
  if (text.length > 3 && memcmp(text.data + text.length - 3, ellipsis, 3) == 0)
    text.length -= 3;
  return text;
}

static bool is_blank(byline_string text) {
  size_t at = 0;
  while (at < text.length && memchr(" \n", text.data[at], 2))
    at++;
  return at == text.length;
}

static void check_snippets(asked *q, snippet_maker *maker,
                           const snippet_query *query, byline_string text,
                           size_t count, size_t size) {
  const byline_snippet *list = NULL;
  const byline_highlight *marked = NULL;
  size_t made = 0, marks = 0;
  byline_string flat = flatten(q, text);
  check(snippet_make(maker, query, text, count, size, &q->memory, &list, &made,
                     NULL) == BYLINE_OK);
  check(made <= count && (made > 0 || count == 0 || is_blank(text)));
  for (size_t i = 0; i < made; i++) {
    check(has(flat, without_ellipses(list[i].text)));
    check(size < 256 || list[i].text.length <= size + 6);
    check_marks(q, list[i].text, list[i].highlights, list[i].highlight_count,
                size);
  }
  check(snippet_title(maker, query, text, &q->memory, &marked, &marks, NULL) ==
        BYLINE_OK);
  check_marks(q, text, marked, marks, (size_t)-1);
}

static void check_passages(asked *q, snippet_maker *maker, byline_string text,
                           size_t count, size_t size) {
  stretch list[PASSAGES], regions[REGIONS_MAX];
  size_t made = 0, places = 0;
  matches *m = &maker->matches;
  graphemes g = GRAPHEMES_INIT;
  check(matches_begin(m, q->analyzer, q->terms, q->count, false, NULL, "en",
                      NULL) == BYLINE_OK);
  regions_find(m, text, text.length / 4, size, regions, &places);
  for (size_t i = 0, last = text.length / 4; i < places; i++) {
    check(regions[i].start < regions[i].end && regions[i].end <= text.length);
    check(regions[i].start + 64 >= last && (i == 0 || regions[i].start > last));
    last = regions[i].end;
  }
  check(matches_find(m, text, 0, text.length, NULL) == BYLINE_OK);
  check(sentences_begin(&maker->sentences, text, "en", NULL) == BYLINE_OK);
  check(passages_choose(m, &maker->sentences, size, count, list, &made, NULL) ==
        BYLINE_OK);
  for (size_t i = 0; i < made; i++) {
    check(list[i].start < list[i].end && list[i].end <= text.length);
    check(graphemes_border(&g, text, list[i].start) &&
          graphemes_border(&g, text, list[i].end));
    for (size_t k = 0; k < i; k++)
      check(list[i].end <= list[k].start || list[i].start >= list[k].end);
  }
  graphemes_close(&g);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static const char *const codes[] = {"en", "de", "th", "ja",
                                      "ar", "fr", "ru", "tr"};
  static analyzer *a;
  static snippet_maker *maker;
  if (!a)
    check(analyzer_new("en", &a, NULL) == BYLINE_OK &&
          (maker = calloc(1, sizeof *maker)) != NULL);
  if (size < 4)
    return 0;
  const char *code = codes[data[0] % 8], *query = (const char *)data + 3;
  const char *end = memchr(query, '\n', size - 3);
  buf text = BUF_INIT; /* an article's is valid */
  asked q = {.analyzer = a};
  size_t length = end ? (size_t)(end - query) : size - 3;
  check(analyzer_set_language(a, code, NULL) == BYLINE_OK);
  ask(&q, (byline_string){query, length});
  if (end)
    check(utf8_repair(end + 1, size - length - 4, &text, NULL));
  for (size_t i = 0; i < text.length; i++)
    if ((unsigned char)text.data[i] < ' ' && text.data[i] != '\n')
      text.data[i] = ' '; /* and has no others */
  snippet_query asking = {a, code, q.terms, q.count, &q.phrases};
  size_t bytes = data[1] % 64 * 16, count = data[2] % (PASSAGES + 1);
  check_snippets(&q, maker, &asking, buf_string(&text), count, bytes);
  check_passages(&q, maker, buf_string(&text), count, bytes);
  buf_free(&text);
  arena_free(&q.memory);
  return 0;
}

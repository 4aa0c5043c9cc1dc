/* What a reader makes of a text, as lines to compare: for each article
 *   LINE DATE TITLE (DECK) [AUTHOR; AUTHOR] {AFFILIATION} <ID> <URL> LANGUAGE
 *   in SECTION #KEYWORD
 *     PARAGRAPH / PARAGRAPH
 * where what is empty is left out; and a line for each notice. */
#ifndef BYLINE_TESTS_READ_ARTICLES_H
#define BYLINE_TESTS_READ_ARTICLES_H

#include "test.h"

#include <stdio.h>

#include "base/buf.h"
#include "read/input.h"
#include "read/reader.h"

static void note(void *user, const byline_notice *notice) {
  static const char kinds[] = "SFR";
  buf_printf(user, "%c%zu %s\n", kinds[notice->kind], notice->line,
             notice->message);
}

static void add_list(buf *out, const char *open, const char *close,
                     const byline_string *items, size_t count) {
  for (size_t i = 0; i < count; i++) {
    buf_add_string(out, i > 0 ? "; " : open);
    buf_add_str(out, items[i]);
  }
  buf_add_string(out, count > 0 ? close : "");
}

static void add_field(buf *out, const char *open, const char *close,
                      byline_string item) {
  add_list(out, open, close, &item, item.length > 0);
}

static void render(buf *out, const byline_article *a) {
  buf_printf(out, "%zu", a->line);
  add_field(out, " ", "", a->date);
  add_field(out, " ", "", a->title);
  add_list(out, " (", ")", a->decks, a->deck_count);
  add_list(out, " [", "]", a->authors, a->author_count);
  add_field(out, " {", "}", a->affiliation);
  add_field(out, " <", ">", a->id);
  add_field(out, " <", ">", a->url);
  add_field(out, " ", "", a->language);
  add_field(out, " in ", "", a->section);
  add_list(out, " #", "", a->keywords, a->keyword_count);
  buf_add_string(out, a->text.length > 0 ? "\n  " : "\n");
  for (size_t i = 0; i < a->text.length; i++) {
    buf_add(out, a->text.data[i] == '\n' ? " / " : &a->text.data[i],
            a->text.data[i] == '\n' ? 3 : 1);
    i += a->text.data[i] == '\n';
  }
  buf_add_string(out, a->text.length > 0 ? "\n" : "");
}

static void read_input(const byline_reader *reader, byline_input *input,
                       buf *out, buf *notices) {
  const byline_article *article;
  void *state;
  buf_add_string(out, "");
  buf_add_string(notices, "");
  input->notice = note;
  input->notice_user = notices;
  assert_int_equal(reader->open(input, &state, NULL), BYLINE_OK);
  while (reader->next(state, &article, NULL) == BYLINE_OK && article)
    render(out, article);
  assert_int_equal(reader->next(state, &article, NULL), BYLINE_OK);
  assert_null(article);
  reader->close(state);
}

static inline void read_text(const byline_reader *reader, const char *text,
                             size_t length, buf *out, buf *notices,
                             byline_read_stats *stats) {
  byline_input input;
  input_from_memory(&input, text, length, stats);
  read_input(reader, &input, out, notices);
}

static inline void expect_bytes(const byline_reader *reader, const char *path,
                                const char *text, size_t length,
                                const char *articles, const char *notices) {
  byline_read_stats stats = BYLINE_READ_STATS_INIT;
  byline_input input;
  buf out = BUF_INIT, told = BUF_INIT;
  input_from_memory(&input, text, length, &stats);
  input.path = path;
  read_input(reader, &input, &out, &told);
  assert_string_equal(out.data, articles);
  assert_string_equal(told.data, notices);
  buf_free(&out);
  buf_free(&told);
}

static inline void expect_articles(const byline_reader *reader,
                                   const char *text, const char *articles,
                                   const char *notices) {
  expect_bytes(reader, "memory", text, strlen(text), articles, notices);
}

/* The same with the reader that a file is about. */
#define expect_noted(text, articles, notices)                                  \
  expect_articles(reader, (text), (articles), (notices))
#define expect(text, articles) expect_noted((text), (articles), "")

/* Whether the reader takes a file for its own. */
static inline void check_probe(const byline_reader *reader, const char *path,
                               const char *text, bool mine) {
  int certainty = reader->probe(text, strlen(text), true, path);
  if ((certainty > 0) != mine)
    fail_msg("%d: %s %s", certainty, path, text);
}

#endif

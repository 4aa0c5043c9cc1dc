/* Which articles a reader of plain text finds, in a form to compare. Each is
 *   LINE DATE TITLE (DECK) [AUTHOR; AUTHOR] {AFFILIATION} #SECTION @URL
 *     PARAGRAPH / PARAGRAPH
 * where what is empty is left out. */
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

static void render(buf *out, const byline_article *a) {
  buf_printf(out, "%zu ", a->line);
  buf_add_str(out, a->date);
  buf_add_string(out, a->date.length > 0 ? " " : "");
  buf_add_str(out, a->title);
  add_list(out, " (", ")", a->decks, a->deck_count);
  add_list(out, " [", "]", a->authors, a->author_count);
  if (a->affiliation.length > 0)
    add_list(out, " {", "}", &a->affiliation, 1);
  if (a->section.length > 0)
    add_list(out, " #", "", &a->section, 1);
  if (a->url.length > 0)
    add_list(out, " @", "", &a->url, 1);
  buf_add_string(out, "\n");
  if (a->text.length == 0)
    return;
  buf_add_string(out, "  ");
  for (size_t i = 0; i < a->text.length; i++) {
    if (a->text.data[i] == '\n') {
      buf_add_string(out, " / ");
      i++;
    } else {
      buf_add_char(out, a->text.data[i]);
    }
  }
  buf_add_string(out, "\n");
}

static void read_text(const byline_reader *reader, const char *text,
                      size_t length, buf *out, buf *notices,
                      byline_read_stats *stats) {
  byline_input input;
  const byline_article *article;
  void *state;
  input_from_memory(&input, text, length, stats);
  input.notice = note;
  input.notice_user = notices;
  assert_int_equal(reader->open(&input, &state, NULL), BYLINE_OK);
  while (reader->next(state, &article, NULL) == BYLINE_OK && article)
    render(out, article);
  assert_int_equal(reader->next(state, &article, NULL), BYLINE_OK);
  assert_null(article);
  reader->close(state);
}

static inline void expect_articles(const byline_reader *reader,
                                   const char *text, const char *articles,
                                   const char *expected) {
  buf out = BUF_INIT, notices = BUF_INIT;
  byline_read_stats stats = BYLINE_READ_STATS_INIT;
  buf_add_string(&out, "");
  buf_add_string(&notices, "");
  read_text(reader, text, strlen(text), &out, &notices, &stats);
  assert_string_equal(out.data, articles);
  assert_string_equal(notices.data, expected);
  buf_free(&out);
  buf_free(&notices);
}

#endif

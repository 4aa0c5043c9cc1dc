/* Passages: the best one is chosen, cut at words, and its words are marked. */
#include "test.h"

#include <stdio.h>
#include <stdlib.h>

#include "analyze/graphemes.h"
#include "base/utf8.h"
#include "search/snippet.h"

typedef struct fixture {
  analyzer *analyzer;
  snippet_maker *maker;
  const char *language;
  arena memory;
  const byline_snippet *snippets;
  size_t count;
} fixture;

static int set_up(void **state) {
  fixture *f = calloc(1, sizeof *f);
  *state = f;
  if (!f || !(f->maker = calloc(1, sizeof *f->maker)))
    return 1;
  f->language = "en";
  return (int)analyzer_new("en", &f->analyzer, NULL);
}

static int tear_down(void **state) {
  fixture *f = *state;
  snippet_maker_free(f->maker);
  analyzer_free(f->analyzer);
  arena_free(&f->memory);
  free(f);
  return 0;
}

static snippet_query query_of(fixture *f, const char *const *terms,
                              query_term list[8]) {
  size_t n = 0;
  for (; terms[n]; n++)
    list[n] = (query_term){str(terms[n]), 1.0, false};
  assert_int_equal(analyzer_set_language(f->analyzer, f->language, NULL),
                   BYLINE_OK);
  return (snippet_query){f->analyzer, f->language, list, n, NULL};
}

static void make(fixture *f, const char *text, const char *const *terms,
                 size_t count, size_t size) {
  query_term list[8];
  snippet_query query = query_of(f, terms, list);
  assert_int_equal(snippet_make(f->maker, &query, str(text), count, size,
                                &f->memory, &f->snippets, &f->count, NULL),
                   BYLINE_OK);
}

/* The highlights of a snippet, with '|' between. */
static void assert_marked(const byline_snippet *s, const char *expected) {
  buf marked = BUF_INIT;
  for (size_t i = 0; i < s->highlight_count; i++) {
    const byline_highlight *h = &s->highlights[i];
    assert_true(h->start < h->end && h->end <= s->text.length);
    if (i > 0)
      buf_add_char(&marked, '|');
    buf_add(&marked, s->text.data + h->start, h->end - h->start);
  }
  assert_string_equal(marked.data ? marked.data : "", expected);
  buf_free(&marked);
}

static void words_are_marked_in_every_form(void **state) {
  fixture *f = *state;
  static const char *const terms[] = {"Zstrike", "cafe", "dubois", NULL};
  make(f,
       "Strikes at the caf\xC3\xA9: two strikers, Dubois\xE2\x80\x99s men, "
       "struck.",
       terms, 1, 300);
  assert_int_equal(f->count, 1);
  assert_marked(&f->snippets[0], "Strikes|caf\xC3\xA9|Dubois\xE2\x80\x99s");
}

static void the_passage_with_most_words_wins(void **state) {
  fixture *f = *state;
  static const char *const terms[] = {"Zferri", "Zstrike", NULL};
  buf text = BUF_INIT;
  assert_true(buf_add_string(&text, "The ferry left. The ferry came."));
  for (int i = 0; i < 100; i++)
    assert_true(buf_add_string(&text, " Nothing much happened that day."));
  assert_true(buf_add_string(&text, "\n\nThen a strike stopped the ferry."));
  for (int i = 0; i < 100; i++)
    assert_true(buf_add_string(&text, " Nothing much happened after that."));
  make(f, text.data, terms, 2, 120);
  assert_int_equal(f->count, 2);
  assert_marked(&f->snippets[0], "strike|ferry");
  assert_memory_equal(f->snippets[0].text.data, "Then a strike", 13);
  assert_marked(&f->snippets[1], "ferry|ferry");
  /* Cut within a paragraph: it says so. */
  const byline_string *s = &f->snippets[0].text;
  assert_memory_equal(s->data + s->length - 3, "\xE2\x80\xA6", 3);
  assert_in_range(s->length, 60, 126);
  buf_free(&text);
}

static void paragraphs_become_one_line(void **state) {
  fixture *f = *state;
  static const char *const terms[] = {"Zone", "Ztwo", NULL};
  make(f, "Number one\n\ntwo lines", terms, 1, 300);
  assert_str(f->snippets[0].text, "Number one two lines");
  assert_marked(&f->snippets[0], "one|two");
}

static void without_a_match_the_beginning_is_shown(void **state) {
  fixture *f = *state;
  static const char *const terms[] = {"Zabsent", NULL};
  make(f, "The first words of it. And more words.", terms, 3, 20);
  assert_int_equal(f->count, 1);
  assert_str(f->snippets[0].text, "The first words of\xE2\x80\xA6");
  assert_int_equal(f->snippets[0].highlight_count, 0);
  make(f, "", terms, 3, 20);
  assert_int_equal(f->count, 0);
}

static void text_without_spaces_is_cut_between_characters(void **state) {
  fixture *f = *state;
  static const char *const terms[] = {"Znone", NULL};
  buf text = BUF_INIT;
  for (int i = 0; i < 200; i++)
    assert_true(buf_add_string(&text, "\xE6\x97\xA5"));
  for (size_t size = 1; size < 40; size++) {
    make(f, text.data, terms, 1, size);
    assert_true(
        utf8_valid(f->snippets[0].text.data, f->snippets[0].text.length));
  }
  buf_free(&text);
}

/* A snippet without the ellipses at its ends. */
static byline_string body_of(const byline_snippet *s) {
  static const char ellipsis[] = "\xE2\x80\xA6";
  byline_string body = s->text;
  if (body.length >= 3 && memcmp(body.data, ellipsis, 3) == 0) {
    body.data += 3;
    body.length -= 3;
  }
  if (body.length >= 3 && memcmp(body.data + body.length - 3, ellipsis, 3) == 0)
    body.length -= 3;
  return body;
}

/* Where a piece of a text is. */
static size_t place_of(byline_string text, byline_string piece) {
  for (size_t at = 0; at + piece.length <= text.length; at++)
    if (memcmp(text.data + at, piece.data, piece.length) == 0)
      return at;
  fail_msg("'%.*s' is not in the text", (int)piece.length, piece.data);
  return 0;
}

/* Snippets of a term, in all sizes, begin, end and mark words with whole
 * characters as readers take them. */
static void assert_whole(fixture *f, const char *text, const char *term) {
  const char *const terms[] = {term, NULL};
  graphemes g = GRAPHEMES_INIT;
  size_t marked = 0;
  for (size_t size = 1; size < 60; size++) {
    make(f, text, terms, 3, size);
    for (size_t i = 0; i < f->count; i++) {
      const byline_snippet *s = &f->snippets[i];
      byline_string body = body_of(s);
      size_t start = place_of(str(text), body);
      if (!graphemes_border(&g, str(text), start) ||
          !graphemes_border(&g, str(text), start + body.length))
        fail_msg("'%.*s' is cut within a character", (int)body.length,
                 body.data);
      for (size_t k = 0; k < s->highlight_count; k++, marked++)
        if (!graphemes_border(&g, s->text, s->highlights[k].start) ||
            !graphemes_border(&g, s->text, s->highlights[k].end))
          fail_msg("%s is marked within a character in '%.*s'", term,
                   (int)s->text.length, s->text.data);
    }
  }
  assert_true(strcmp(term, "absent") == 0 || marked > 0);
  graphemes_close(&g);
}

static void no_character_is_split(void **state) {
  static const char *const texts[][2] = {
      /* a variation selector and a keycap are words to Xapian */
      {"so \xE2\x9D\xA4\xEF\xB8\x8F it is, 1\xEF\xB8\x8F\xE2\x83\xA3",
       "\xEF\xB8\x8F"},
      /* a joiner behind a word, a mark behind a space */
      {"the word\xE2\x80\x8D is here \xCC\x81 again and \xCC\x81 again",
       "word"},
      {"one \xCC\x88two", "\xCC\x88two"},
      /* a family, flags, a jamo syllable, Hindi, Thai: nowhere to cut */
      {"\U0001F468\u200D\U0001F469\u200D\U0001F467\U0001F468\u200D\U0001F469"
       "\u200D\U0001F467\U0001F468\u200D\U0001F469\u200D\U0001F467",
       "absent"},
      {"\U0001F1E9\U0001F1EA\U0001F1EB\U0001F1F7\U0001F1EE\U0001F1F9"
       "\U0001F1E9\U0001F1EA\U0001F1EB\U0001F1F7\U0001F1EE\U0001F1F9",
       "absent"},
      {"\u1112\u1161\u11AB\u1100\u1173\u11AF\u1112\u1161\u11AB\u1100\u1173"
       "\u11AF",
       "absent"},
      {"क्षत्रियोंनेकहाक्षत्रियोंनेकहाक्षत्रियोंनेकहा", "absent"},
      {"น้ำในทะเลใสจนเห็นปลาน้ำในทะเลใสจนเห็นปลา", "ปลา"},
      {"Zu\u0308rich\u0308ZU\u0308RICH\u0308zu\u0308rich\u0308", "absent"},
  };
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
    assert_whole(*state, texts[i][0], texts[i][1]);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(words_are_marked_in_every_form, set_up,
                                      tear_down),
      cmocka_unit_test_setup_teardown(the_passage_with_most_words_wins, set_up,
                                      tear_down),
      cmocka_unit_test_setup_teardown(paragraphs_become_one_line, set_up,
                                      tear_down),
      cmocka_unit_test_setup_teardown(without_a_match_the_beginning_is_shown,
                                      set_up, tear_down),
      cmocka_unit_test_setup_teardown(
          text_without_spaces_is_cut_between_characters, set_up, tear_down),
      cmocka_unit_test_setup_teardown(no_character_is_split, set_up, tear_down),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Passages: the best one is chosen, cut at words, and its words are marked. */
#include "test.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "search/snippet.h"

typedef struct fixture {
  analyzer *analyzer;
  arena memory;
  const byline_snippet *snippets;
  size_t count;
} fixture;

static int set_up(void **state) {
  fixture *f = calloc(1, sizeof *f);
  *state = f;
  return f ? (int)analyzer_new("en", &f->analyzer, NULL) : 1;
}

static int tear_down(void **state) {
  fixture *f = *state;
  analyzer_free(f->analyzer);
  arena_free(&f->memory);
  free(f);
  return 0;
}

static void make(fixture *f, const char *text, const char *const *terms,
                 size_t count, size_t size) {
  query_term list[8];
  size_t n = 0;
  while (terms[n]) {
    list[n] = (query_term){str(terms[n]), 1.0};
    n++;
  }
  assert_int_equal(snippet_make(f->analyzer, str(text), list, n, count, size,
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
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

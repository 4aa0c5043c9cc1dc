/* Passages: the best one is chosen, cut at words, and its words are marked. */
#define _GNU_SOURCE /* memmem */

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
  for (int i = 0; i < 2000; i++)
    assert_true(buf_add_char(&text, 'a'));
  make(f, text.data, terms, 1, 300);
  assert_int_equal(f->snippets[0].text.length, 303);
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

/* ---- Choice ------------------------------------------------------------ */

/* A text of many sentences that say nothing, with others between. */
static void add_filler(buf *text, size_t bytes) {
  static const char *const filler[] = {
      "Nothing much happened that day. ", "The tide came in, and went out. ",
      "A gull sat on the wall of the yard. ", "It rained for a while.\n\n"};
  for (size_t i = 0, end = text->length + bytes; text->length < end; i++)
    assert_true(buf_add_string(text, filler[i * i % 7 % 4]));
}

static void assert_holds(const byline_snippet *s, const char *words) {
  if (!memmem(s->text.data, s->text.length, words, strlen(words)))
    fail_msg("'%s' is not in '%.*s'", words, (int)s->text.length, s->text.data);
}

static void more_different_words_go_before_more_of_one(void **state) {
  fixture *f = *state;
  static const char *const terms[] = {"Zeel", "Zweir", "Zlock", NULL};
  buf text = BUF_INIT;
  assert_true(buf_add_string(
      &text,
      "Eel, eel and eel again, and an eel was there, said the eel.\n\n"));
  add_filler(&text, 1000);
  assert_true(buf_add_string(
      &text,
      "\n\nAn eel was seen. It went by the weir. The lock it left.\n\n"));
  add_filler(&text, 1000);
  assert_true(buf_add_string(&text, "\n\nThe weir has a lock."));
  make(f, text.data, terms, 3, 200);
  assert_int_equal(f->count, 3);
  assert_holds(&f->snippets[0],
               "An eel was seen. It went by the weir. The lock it left.");
  assert_holds(&f->snippets[1], "The weir has a lock.");
  assert_holds(&f->snippets[2], "Eel, eel and eel again");
  buf_free(&text);
}

static void equal_passages_come_in_their_order(void **state) {
  fixture *f = *state;
  static const char *const terms[] = {"Zeel", NULL};
  buf text = BUF_INIT;
  add_filler(&text, 600);
  for (int i = 0; i < 5; i++) {
    assert_true(buf_add_string(&text, "\n\nThere was an eel here, number "));
    assert_true(buf_add_char(&text, (char)('1' + i)));
    assert_true(buf_add_string(&text, " of them.\n\n"));
    add_filler(&text, 600);
  }
  make(f, text.data, terms, 8, 120);
  assert_int_equal(f->count, 5);
  for (size_t i = 0; i < f->count; i++) {
    char number[] = "number 1 of";
    number[7] = (char)('1' + i);
    assert_holds(&f->snippets[i], number);
  }
  buf_free(&text);
}

static void a_sentence_goes_before_words_that_are_scattered(void **state) {
  fixture *f = *state;
  static const char *const terms[] = {"Zeel", "Zweir", NULL};
  make(f,
       "The eel is a patient animal. It rained that week, and the week before "
       "it had rained as well. The weir is old.\n\n"
       "It was a quiet year for those who keep the records of the river.\n\n"
       "Then an eel jumped the weir.\n\n"
       "It was a quiet year for those who keep the records of the river.",
       terms, 1, 200);
  assert_holds(&f->snippets[0], "Then an eel jumped the weir.");
}

static void a_stop_word_is_no_word(void **state) {
  fixture *f = *state;
  static const char *const terms[] = {"Zof", "Zthe", "Zweir", NULL};
  make(f,
       "It was the end of the year, and of the river.\n\n"
       "Weir keepers wept.",
       terms, 1, 50);
  assert_holds(&f->snippets[0], "Weir keepers wept.");
}

static void sentences_end_where_they_end(void **state) {
  fixture *f = *state;
  static const char *const terms[] = {"Zeel", NULL};
  static const char text[] =
      "Nobody knew. It was Dr. Marsh vs. Mr. Reed who saw the first eel at "
      "9.30 a.m. on Monday. Then all was quiet for a very long while indeed.";
  make(f, text, terms, 1, 80);
  assert_str(f->snippets[0].text,
             "\xE2\x80\xA6It was Dr. Marsh vs. Mr. Reed who saw the first eel "
             "at 9.30 a.m. on Monday.\xE2\x80\xA6");
  f->language = "el"; /* where a semicolon asks */
  static const char *const greek[] = {"χέλι", NULL};
  make(f,
       "Ποιος είδε το χέλι; Κανείς δεν το είδε ποτέ εδώ, ούτε κανείς άλλος το "
       "περίμενε ποτέ.",
       greek, 1, 60);
  assert_str(f->snippets[0].text, "Ποιος είδε το χέλι;\xE2\x80\xA6");
}

static void a_long_sentence_is_cut_around_its_matches(void **state) {
  fixture *f = *state;
  static const char *const terms[] = {"Zeel", "Zweir", NULL};
  buf text = BUF_INIT;
  for (int i = 0; i < 200; i++)
    assert_true(buf_add_string(&text, "and on it went, "));
  assert_true(buf_add_string(&text, "past an eel at a weir, "));
  for (int i = 0; i < 200; i++)
    assert_true(buf_add_string(&text, "and on it went, "));
  make(f, text.data, terms, 2, 100);
  assert_int_equal(f->count, 1);
  assert_marked(&f->snippets[0], "eel|weir");
  assert_in_range(f->snippets[0].text.length, 80, 106);
  const byline_highlight *h = f->snippets[0].highlights;
  assert_in_range(h[0].start, 25, 60); /* about in the middle */
  buf_free(&text);
}

static void languages_without_spaces_have_passages(void **state) {
  fixture *f = *state;
  static const char *const thai[] = {"ปลา", NULL};
  static const char *const japanese[] = {"灯台", NULL};
  f->language = "th";
  make(f,
       "ชาวเกาะรอเรือเที่ยวแรกอยู่ที่ท่าเรือเก่า "
       "เด็กคนหนึ่งเห็นปลาตัวใหญ่ในน้ำใส แล้วทุกคนก็เงียบไป",
       thai, 1, 120);
  assert_marked(&f->snippets[0], "ปลา");
  assert_in_range(f->snippets[0].text.length, 60, 126);
  f->language = "ja";
  make(f,
       "島の人々は朝から船を待っていた。古い灯台の下で子供が歌を歌った。"
       "その後、誰も何も言わなかった。",
       japanese, 1, 70);
  assert_marked(&f->snippets[0], "灯台");
  assert_str(f->snippets[0].text,
             "\xE2\x80\xA6古い灯台の下で子供が歌を歌った。\xE2\x80\xA6");
}

static void any_number_and_size_will_do(void **state) {
  fixture *f = *state;
  static const char *const terms[] = {"Zeel", NULL};
  static const char text[] = "The eel left.\n\nIt rained. Another eel came.";
  make(f, text, terms, SIZE_MAX, SIZE_MAX);
  assert_int_equal(f->count, 1);
  assert_str(f->snippets[0].text, "The eel left. It rained. Another eel came.");
  assert_marked(&f->snippets[0], "eel|eel");
  make(f, text, terms, SIZE_MAX, 0);
  assert_int_equal(f->count, 2);
  assert_str(f->snippets[0].text, "\xE2\x80\xA6"
                                  "e\xE2\x80\xA6");
  make(f, text, terms, 0, 300);
  assert_int_equal(f->count, 0);
}

/* ---- Long texts -------------------------------------------------------- */

static void words_are_found_far_behind(void **state) {
  fixture *f = *state;
  static const char *const terms[] = {"Zquetzal", "Zaxolotl", "eel", NULL};
  static const char *const ends[] = {"An axolotl met an eel.",
                                     "An axolotl met an eel", "An Axolotl. Eel",
                                     "AXOLOTL", "eel"};
  for (size_t i = 0; i < 5; i++)
    for (size_t pad = 0; pad < 5; pad++) {
      buf text = BUF_INIT;
      assert_true(buf_add_string(&text, "We start with axolotls. "));
      add_filler(&text, 600000 + pad);
      text.length -= pad;
      assert_true(buf_add_string(&text, ". A quetzal came. "));
      add_filler(&text, 300000);
      text.length -= pad;
      assert_true(buf_add_string(&text, ". "));
      assert_true(buf_add_string(&text, ends[i]));
      make(f, text.data, terms, 3, 60);
      if (f->count != 3)
        for (size_t k = 0; k < f->count; k++)
          printf("%zu %zu: %.*s\n", i, pad, (int)f->snippets[k].text.length,
                 f->snippets[k].text.data);
      assert_int_equal(f->count, 3);
      bool quetzal = false, end = false;
      for (size_t k = 0; k < 3; k++) {
        const byline_string *s = &f->snippets[k].text;
        assert_true(f->snippets[k].highlight_count > 0);
        quetzal |= memmem(s->data, s->length, "A quetzal", 9) != NULL;
        end |= memmem(s->data, s->length, ends[i], strlen(ends[i])) != NULL;
      }
      assert_true(quetzal && end);
      buf_free(&text);
    }
}

static void far_words_of_other_scripts_are_found(void **state) {
  fixture *f = *state;
  static const char *const cases[][3] = {
      {"ru", "Zмаяк", "Над островом стоял Маяк. "},
      {"ru", "Zмаяк", "Говорили о маяках. "},
      {"ja", "灯台", "古い灯台の下で歌った。"},
      {"th", "ปลา", "เด็กเห็นปลาตัวใหญ่ "},
      {"de", "Zleuchtturm", "Die Leuchttürme standen da. "},
      {"fr", "Zphar", "Les phares de la côte. "}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    const char *const terms[] = {cases[i][1], NULL};
    buf text = BUF_INIT;
    f->language = cases[i][0];
    add_filler(&text, 400000);
    assert_true(buf_add_string(&text, cases[i][2]));
    add_filler(&text, 100000);
    make(f, text.data, terms, 1, 80);
    if (f->snippets[0].highlight_count != 1)
      fail_msg("no %s in '%.*s'", terms[0], (int)f->snippets[0].text.length,
               f->snippets[0].text.data);
    buf_free(&text);
  }
}

/* ---- Titles ------------------------------------------------------------ */

static void words_of_titles_are_marked(void **state) {
  fixture *f = *state;
  const query_term list[] = {{str("Zferri"), 1, false},
                             {str("Zstrike"), 1, true},
                             {str("Zferri"), 1, true}};
  snippet_query query = {f->analyzer, "en", list, 3, NULL};
  const byline_highlight *marked = NULL;
  size_t count = 0;
  assert_int_equal(snippet_title(f->maker, &query, str("Ferries on strike"),
                                 &f->memory, &marked, &count, NULL),
                   BYLINE_OK);
  assert_int_equal(count, 2);
  assert_int_equal(marked[0].start, 0);
  assert_int_equal(marked[0].end, 7);
  assert_int_equal(marked[1].start, 11);
  assert_int_equal(marked[1].end, 17);
  assert_int_equal(snippet_make(f->maker, &query, str("Ferries on strike"), 1,
                                300, &f->memory, &f->snippets, &f->count, NULL),
                   BYLINE_OK);
  assert_marked(&f->snippets[0], "Ferries");
}

/* ---- Hostile texts ----------------------------------------------------- */

/* One sentence, one word, one character, or only matches: passages stay short,
 * and it takes no longer than it should (this test would, if it were more than
 * linear). */
static void strange_texts_have_short_passages(void **state) {
  fixture *f = *state;
  static const char *const units[] = {
      "a",           "ferry ",           "ferry",
      "\u0301",      "e\u0301",          "\u6771\u4EAC",
      "ปลา",         "a. B. ",           "ferry\n",
      ". ",          "\U0001F468\u200D", " ",
      "ferry\u200D", "-ferry",           "\u0602 ",
      "\u1100",      "\U0001F1E9",       "f\u00E9rry, "};
  static const char *const terms[] = {"Zferri", "ferry", "ปลา", "\u6771\u4EAC",
                                      NULL};
  enum { LENGTH = 3 << 20 };
  for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
    buf text = BUF_INIT;
    assert_true(buf_reserve(&text, LENGTH + 64));
    while (text.length < LENGTH)
      assert_true(buf_add_string(&text, units[i]));
    for (size_t size = 60; size <= 6000; size *= 10) {
      make(f, text.data, terms, 5, size);
      for (size_t k = 0; k < f->count; k++) {
        const byline_snippet *s = &f->snippets[k];
        assert_true(s->text.length > 0);
        assert_true(s->text.length <= (size < 600 ? 6 * 64 : size + 6));
        assert_true(utf8_valid(s->text.data, s->text.length));
        for (size_t m = 0; m < s->highlight_count; m++)
          assert_true(s->highlights[m].start < s->highlights[m].end &&
                      s->highlights[m].end <= s->text.length);
      }
    }
    buf_free(&text);
  }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void) {
  const struct CMUnitTest tests[] = {
      TEST(words_are_marked_in_every_form),
      TEST(the_passage_with_most_words_wins),
      TEST(paragraphs_become_one_line),
      TEST(without_a_match_the_beginning_is_shown),
      TEST(text_without_spaces_is_cut_between_characters),
      TEST(no_character_is_split),
      TEST(more_different_words_go_before_more_of_one),
      TEST(equal_passages_come_in_their_order),
      TEST(a_sentence_goes_before_words_that_are_scattered),
      TEST(a_stop_word_is_no_word),
      TEST(sentences_end_where_they_end),
      TEST(a_long_sentence_is_cut_around_its_matches),
      TEST(languages_without_spaces_have_passages),
      TEST(any_number_and_size_will_do),
      TEST(words_are_found_far_behind),
      TEST(far_words_of_other_scripts_are_found),
      TEST(words_of_titles_are_marked),
      TEST(strange_texts_have_short_passages),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

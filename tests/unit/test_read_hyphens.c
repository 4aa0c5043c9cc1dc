/* Words that line ends cut: joined where the file has the whole word. */
#include "read_articles.h"

#include "read/hyphens.h"

static hyphens_join between(hyphens *h, const char *before, const char *after) {
  return hyphens_between(h, str(before), str(after));
}

static void learn(hyphens *h, ahead *a, byline_input *input, const char *text,
                  byline_read_stats *stats) {
  *h = (hyphens){NULL};
  *a = (ahead){.input = input};
  input_from_memory(input, text, strlen(text), stats);
  assert_int_equal(ahead_fill(a, 1 << 10, NULL), BYLINE_OK);
  assert_int_equal(hyphens_learn(h, a, NULL), BYLINE_OK);
}

static void only_known_words_are_joined(void **state) {
  (void)state;
  static const char text[] =
      "The informa-\ntion desk. Information is free, \xC3\x9C"
      "berfahrt too.\n";
  byline_read_stats stats = BYLINE_READ_STATS_INIT;
  byline_input input;
  ahead a;
  hyphens h;
  learn(&h, &a, &input, text, &stats);
  assert_int_equal(between(&h, "The informa-", "tion desk"), HYPHENS_REMOVE);
  assert_int_equal(between(&h, "INFORMA-", "tion"), HYPHENS_REMOVE);
  assert_int_equal(between(&h,
                           "\xC3\xBC"
                           "ber-",
                           "fahrt"),
                   HYPHENS_REMOVE);
  assert_int_equal(between(&h, "infor-", "matics"), HYPHENS_KEEP);
  assert_int_equal(between(&h, "well-", "known"), HYPHENS_KEEP);
  assert_int_equal(between(&h, "Informa-", "Tion"), HYPHENS_KEEP);
  hyphens_add(&h, "wellknown", 9);
  assert_int_equal(between(&h, "well-", "known"), HYPHENS_REMOVE);
  hyphens_free(&h);
  ahead_free(&a);
}

static void what_is_no_cut_word(void **state) {
  (void)state;
  static const char *const pairs[][2] = {{"a dash -", "and more"},
                                         {"no hyphen", "at all"},
                                         {"-", "item"},
                                         {"Ein-", "und Ausgang"},
                                         {"pre-", "and post-war"},
                                         {"1998-", "2000"},
                                         {"a rule --", "and words"},
                                         {"end-", "(bracket)"},
                                         {"", "word"},
                                         {"word-", ""}};
  for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
    assert_int_equal(between(NULL, pairs[i][0], pairs[i][1]), HYPHENS_APART);
}

static void files_without_cut_words_keep_nothing(void **state) {
  (void)state;
  byline_read_stats stats = BYLINE_READ_STATS_INIT;
  byline_input input;
  ahead a;
  hyphens h;
  learn(&h, &a, &input, "A well-known word - here.\n-----\n", &stats);
  assert_null(h.words);
  hyphens_add(&h, "known", 5);
  hyphens_free(&h);
  ahead_free(&a);
}

#define DAY "20 October 2020\n\n"

static void digests_and_editions_join_them(void **state) {
  (void)state;
  expect_articles(
      &digest_reader,
      DAY "Mill to close\n\nJane Doe\n\n\nThe announce-\nment came at noon on "
          "Monday, a well-\nknown day.\n\nNo announcement was ever so brief "
          "as this one, said the union.\n",
      "3 2020-10-20 Mill to close [Jane Doe]\n"
      "  The announcement came at noon on Monday, a well-known day. / "
      "No announcement was ever so brief as this one, said the union.\n",
      "");
  expect_articles(
      &edition_reader,
      "Mill to close with two hundred jobs\n\nJane Doe, Tarnmouth\n\nThe "
      "announce-\nment came at noon.\n\nNo announcement was ever so brief.\n",
      "1 Mill to close with two hundred jobs [Jane Doe] {Tarnmouth}\n"
      "  The announcement came at noon. / "
      "No announcement was ever so brief.\n",
      "");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(only_known_words_are_joined),
      cmocka_unit_test(what_is_no_cut_word),
      cmocka_unit_test(files_without_cut_words_keep_nothing),
      cmocka_unit_test(digests_and_editions_join_them)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}

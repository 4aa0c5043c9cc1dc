/* Layouts that were taught: what a profile makes of a text. */
#include "read_articles.h"

#include "read/profile.h"
#include "read/url_template.h"

/* Articles, and then what was told. */
static void expect_by(const char *layout, const char *text,
                      const char *articles, const char *told) {
  buf out = BUF_INIT, notices = BUF_INIT;
  byline_read_stats stats = BYLINE_READ_STATS_INIT;
  byline_input input;
  profiles *set = profiles_parse("p", layout, strlen(layout));
  assert_non_null(set);
  assert_string_equal(set->fault.message, "");
  input_from_memory(&input, text, strlen(text), &stats);
  input.taught = profiles_for(set, "folder/memory", false);
  input.taught_path = set->path;
  assert_non_null(input.taught);
  read_input(&taught_reader, &input, &out, &notices);
  assert_string_equal(out.data, articles);
  assert_string_equal(notices.data, told);
  assert_int_equal(stats.bytes, strlen(text));
  profiles_free(set);
  buf_free(&out);
  buf_free(&notices);
}

#define H "title: 'H: (?<title>.+)'\n"
#define S "separator: '-{3,}'\n"

/* ---- Where articles begin ---- */

static void test_titles_part_articles(void **state) {
  (void)state;
  expect_by(H, "H: One\nA.\nB.\n\nC.\nH: Two\nH: Three\n",
            "1 One\n  A. B. / C.\n6 Two\n7 Three\n", "");
}

static void test_separators_part_articles(void **state) {
  (void)state;
  expect_by(S, "One\nA.\n---\n\n----\nTwo\n\nB.\n---\n",
            "1 One\n  A.\n6 Two\n  B.\n", "");
}

/* A wide pattern for titles takes the first line only. */
static void test_a_head_has_one_title(void **state) {
  (void)state;
  expect_by(S "title: '.+'\n", "One\nTwo.\n---\nThree\nFour.\n",
            "1 One\n  Two.\n4 Three\n  Four.\n", "");
}

static void test_a_masthead_is_in_no_article(void **state) {
  (void)state;
  expect_by(H S, "Paper\nNo. 4\n---\nH: One\nA.\n", "4 One\n  A.\n", "");
  expect_by(H, "Paper\nNo. 4\nH: One\nA.\n", "3 One\n  A.\n", "");
  expect_by(H, "a\nb\nc\nd\ne\nf\nH: One\nA.\n", "7 One\n  A.\n",
            "S1 6 lines before the first article are in no article\n");
}

/* What no pattern takes is text, also above a title. */
static void test_nothing_is_lost(void **state) {
  (void)state;
  expect_by(
      H S, "---\nNews\nH: One\nA.\n---\nB.\n\nC.\n",
      "3 One\n  News / A.\n6\n  B. / C.\n",
      "R6 the article has no title: no pattern of the layout gives one\n");
  expect_by("field: 'N: (?<section>.+)'\n" H S,
            "H: One\nA.\n---\nN: News\n---\nH: Two\nB.\n",
            "1 One\n  A.\n6 Two\n  B.\n",
            "R4 what stands here has no title and no text: it is no article\n");
}

static void test_a_separator_may_say_something(void **state) {
  (void)state;
  expect_by("separator: '== (?<date>.+) =='\ndate-for: article\n",
            "== 2020-10-20 ==\nOne\nA.\n== 2020-10-21 ==\nTwo\n",
            "2 2020-10-20 One\n  A.\n5 2020-10-21 Two\n", "");
}

/* ---- Heads ---- */

static void test_what_no_pattern_says_is_recognised_at_the_title(void **state) {
  (void)state;
  expect_by(S H,
            "---\n20 October 2020\nH: One\n\nBy Jane Doe and John Roe\n\nA.\n"
            "---\nH: Two\n2020-10-21\nJane Doe\n\nB.\n\nJohn Roe\n\n"
            "22 October 2020\n",
            "3 2020-10-20 One [Jane Doe; John Roe]\n  A.\n"
            "9 2020-10-21 Two [Jane Doe]\n  B. / John Roe / 22 October 2020\n",
            "");
  expect_by(S, "20 October 2020\nOne\nBy Jane Doe\nA.\n",
            "2 2020-10-20 One [Jane Doe]\n  A.\n", "");
}

static void test_recognition_can_be_turned_off(void **state) {
  (void)state;
  expect_by(S "byline: none\ndate: none\n",
            "One\nBy Jane Doe\n2020-10-20\nA.\n",
            "1 One\n  By Jane Doe 2020-10-20 A.\n", "");
}

/* Groups, single words and sentences are no names of persons; a name that runs
 * on into a text is none either; nor is a year a date. */
static void test_what_is_less_than_sure_is_text(void **state) {
  (void)state;
  expect_by(H, "H: One\nBy order of the committee\nA.\n",
            "1 One\n  By order of the committee A.\n", "");
  expect_by(H, "H: One\nBy popular demand.\nA.\n",
            "1 One\n  By popular demand. A.\n", "");
  expect_by(H, "H: One\nJane Doe\nwas there.\n",
            "1 One\n  Jane Doe was there.\n", "");
  expect_by(S, "1984\n\nA.\n", "1 1984\n  A.\n", "");
}

static void test_fields_of_a_head(void **state) {
  (void)state;
  expect_by(H "deck: 'D: (?<deck>.+)'\n"
              "byline: ['B: (?<author>[^/]+) / (?<affiliation>.+)', 'B: .+']\n"
              "date: 'On (?<date>.+)'\n",
            "H: One\nD: Deck\nB: By Jane Doe / Leeds\nOn 20 October 2020\nA.\n"
            "D: no deck\nB: nobody\n",
            "1 2020-10-20 One (Deck) [Jane Doe] {Leeds}\n"
            "  A. D: no deck B: nobody\n",
            "");
}

static void test_title_and_author_in_one_line(void **state) {
  (void)state;
  expect_by("title: '\\d+\\. (?<title>.+), by (?<author>.+)'\n",
            "1. One, by Jane Doe\nA.\n2. Two\nB.\n3. Three, by John Roe & Jane "
            "Doe\n",
            "1 One [Jane Doe]\n  A. 2. Two B.\n5 Three [John Roe; Jane Doe]\n",
            "");
}

static void test_titles_go_on(void **state) {
  (void)state;
  expect_by(H "wrapped-titles: yes\n", "H: One\nand two\n\nA.\n",
            "1 One and two\n  A.\n", "");
  expect_by(H, "H: One\nand two\n\nA.\n", "1 One\n  and two / A.\n", "");
}

/* But not for ever: with nothing between them, lines are a text. */
static void test_titles_end(void **state) {
  (void)state;
  enum { LINES = 40, LINE = 100 };
  buf text = BUF_INIT, expected = BUF_INIT;
  buf_add_string(&text, "H: One\n");
  buf_add_string(&expected, "1 One");
  for (int i = 0; i < LINES; i++) {
    buf_printf(&text, "%0*d\n", LINE, i);
    buf_printf(&expected, "%s%0*d", i == 8 ? "\n  " : " ", LINE, i);
  }
  buf_add_string(&expected, "\n");
  expect_by(H "wrapped-titles: yes\n", text.data, expected.data, "");
  buf_free(&text);
  buf_free(&expected);
}

/* Heads of records go on up to the text, whatever stands in between. */
static void test_a_text_may_be_marked(void **state) {
  (void)state;
  expect_by(H "text: 'T:(?<text>.*)'\nbyline: 'B: (?<author>.+)'\n",
            "H: One\nX: 5\nB: Jane Doe\nT: A.\nB: no author\nH: Two\nT:\nB.\n",
            "1 One [Jane Doe]\n  X: 5 / A. B: no author\n6 Two\n  B.\n", "");
}

static void test_footers_and_what_is_skipped(void **state) {
  (void)state;
  expect_by(H "footer: '-- (?<author>.+), (?<date>.+)'\nskip: 'Page \\d+'\n",
            "H: One\nA long\nPage 2\nparagraph.\n\nPage 3\n\nB.\n"
            "-- Jane Doe, 2020-10-20\nPage 4\nH: Two\nC.\n",
            "1 2020-10-20 One [Jane Doe]\n  A long paragraph. / B.\n11 Two\n  "
            "C.\n",
            "");
}

static void test_lines_may_be_paragraphs(void **state) {
  (void)state;
  expect_by(H "paragraphs: lines\n", "H: One\nA.\nB.\n\nC.\n",
            "1 One\n  A. / B. / C.\n", "");
}

/* ---- Dates ---- */

static void test_a_date_above_holds_on(void **state) {
  (void)state;
  expect_by(H "date: '\\d.*'\n",
            "1 May 2020\nH: One\nA.\n2 May 2020\n\nH: Two\nB.\nH: Three\n"
            "3 May 2020\nC.\nH: Four\n",
            "2 2020-05-01 One\n  A.\n6 2020-05-02 Two\n  B.\n"
            "8 2020-05-03 Three\n  C.\n11 2020-05-02 Four\n",
            "");
}

static void test_a_date_may_be_of_one_article(void **state) {
  (void)state;
  expect_by(H "date: '\\d.*'\ndate-for: article\n",
            "1 May 2020\nH: One\nA.\n2 May 2020\nH: Two\nB.\n3 May 2020\nC.\n"
            "H: Three\n",
            "2 2020-05-01 One\n  A.\n5 2020-05-02 Two\n  B. 3 May 2020 C.\n"
            "9 Three\n",
            "");
}

/* Where it can't be known whose date it is, nobody has it. */
static void test_dates_are_right_or_absent(void **state) {
  (void)state;
  expect_by(H "date: '\\d.*'\n",
            "1 May 2020\nH: One\nA.\n2 May 2020\nB.\nH: Two\n",
            "2 2020-05-01 One\n  A. 2 May 2020 B.\n6 Two\n",
            "R4 a date line with text below it, where a title should be: it is "
            "text, and the articles below have no date\n");
  expect_by(
      H "date: '\\d.*'\n", "1 May 2020\nH: One\n2 May 2020\nH: Two\nB.\n",
      "2 One\n4 Two\n  B.\n",
      "R3 a date between two titles may be of either article: neither has "
      "it, nor have those below (date-for: article gives it to the "
      "first)\n");
  expect_by(H "date: '\\d.*'\ndate-for: article\n",
            "H: One\n2 May 2020\nH: Two\nB.\n",
            "1 2020-05-02 One\n3 Two\n  B.\n", "");
  expect_by(
      H "date: '\\d.*'\n", "1 May 2020\nH: One\nA.\n31 June 2020\nH: Two\nB.\n",
      "2 2020-05-01 One\n  A.\n5 Two\n  B.\n",
      "R4 \"31 June 2020\" names no day for certain: the articles below it "
      "have no date (write it as YYYY-MM-DD)\n");
}

static void test_a_date_at_the_end_is_text(void **state) {
  (void)state;
  expect_by(H "date: '\\d.*'\n", "H: One\nA.\n\n1 May 2020\n",
            "1 One\n  A. / 1 May 2020\n", "");
}

static void test_numbers_are_settled_by_the_file(void **state) {
  (void)state;
  const char *text = "H: One\nD: 03/04/2020\nA.\nH: Two\nD: 13/04/2020\nB.\n";
  expect_by(H "date: 'D: (?<date>.+)'\n", text,
            "1 2020-04-03 One\n  A.\n4 2020-04-13 Two\n  B.\n", "");
  expect_by(H "date: 'D: (?<date>.+)'\ndate-order: mdy\n",
            "H: One\nD: 03/04/20\nA.\n", "1 2020-03-04 One\n  A.\n", "");
  expect_by(
      H "date: 'D: (?<date>.+)'\n", "H: One\nD: 03/04/2020\nA.\n",
      "1 One\n  A.\n",
      "R2 \"03/04/2020\" names no day for certain: the article has no date "
      "(write it as YYYY-MM-DD)\n");
}

static void test_a_date_in_parts(void **state) {
  (void)state;
  const char *layout =
      H "date: ['(?<year>\\d+)/(?<month>\\d+)( S\\. (?<day>\\d+))?', "
        "'(?<month>\\p{L}+) (?<day>\\d+), anno (?<year>\\d+)']\n";
  expect_by(layout,
            "H: One\n2020/5 S. 7\nA.\nH: Two\n2020/11\nB.\nH: Three\n"
            "mai 4, anno 2020\nC.\nH: Four\n2020/13\nD.\n",
            "1 2020-05-07 One\n  A.\n4 2020-11 Two\n  B.\n7 2020-05-04 Three\n"
            "  C.\n10 Four\n  D.\n",
            "R11 \"2020-13\" names no day for certain: the article has no date "
            "(write it as YYYY-MM-DD)\n");
}

/* ---- What holds for all ---- */

static void check_fixed(void *user, const byline_article *a) {
  (void)user;
  assert_str(a->section, "News");
  assert_str(a->language, "de");
  assert_int_equal(a->author_count, 1);
}

static void test_fixed_values(void **state) {
  (void)state;
  const char *layout = H "author: Jane Doe\nsection: News\nlanguage: de-AT\n"
                         "byline: 'B: (?<author>.+)'\n";
  const char *text = "H: One\nA.\nH: Two\nB: John Roe\nC.\n";
  expect_by(
      layout, text,
      "1 One [Jane Doe] de in News\n  A.\n3 Two [John Roe] de in News\n  C.\n",
      "");
  profiles *set = profiles_parse("p", layout, strlen(layout));
  byline_read_stats stats = BYLINE_READ_STATS_INIT;
  byline_input input;
  const byline_article *article;
  void *reader;
  input_from_memory(&input, text, strlen(text), &stats);
  input.taught = set->items;
  input.taught_path = "p";
  assert_int_equal(taught_reader.open(&input, &reader, NULL), BYLINE_OK);
  while (taught_reader.next(reader, &article, NULL) == BYLINE_OK && article)
    check_fixed(NULL, article);
  taught_reader.close(reader);
  profiles_free(set);
}

static void expect_url(const char *template, const char *date,
                       const char *title, const char *expected) {
  buf out = BUF_INIT;
  url_values v = {str(date), str(title), "a folder/b c.1.txt", 7, 3};
  assert_null(url_template_fault(str(template)));
  assert_true(url_template_fill(str(template), &v, &out));
  assert_str(buf_string(&out), expected);
  buf_free(&out);
}

static void test_addresses(void **state) {
  (void)state;
  const char *all = "http://a/{date}/{year}/{month}/{day}/{file}/{line}";
  expect_url(all, "2020-10-20T08:30:00", "T",
             "http://a/2020-10-20/2020/10/20/b%20c.1/7");
  expect_url(all, "2020-10", "T", "");
  expect_url("https://a/{year}/{number}", "2020", "T", "https://a/2020/3");
  expect_url("https://a/{title-slug}.html", "", "Øre: the O’Neils’ “cafés”!",
             "https://a/ore-the-oneils-cafes.html");
  expect_url("https://a/{title-slug}", "", "Мир 5",
             "https://a/%D0%BC%D0%B8%D1%80-5");
  expect_url("https://a/{title-slug}", "", "?!", "");
  assert_non_null(url_template_fault(str("https://a/{line")));
  assert_non_null(url_template_fault(str("https://a b/{line}")));
}

static const char *chosen(const profiles *set, const char *path, bool packed) {
  const profile *p = profiles_for(set, path, packed);
  return p ? p->section.data : "none";
}

static void test_names_of_files(void **state) {
  (void)state;
  const char *text = "- files: ['a*b*.txt', '?\?']\n  section: one\n  " H
                     "- files: '*.gz'\n  section: two\n  " H;
  profiles *set = profiles_parse("p", text, strlen(text));
  assert_non_null(set);
  assert_int_equal(set->count, 2);
  assert_string_equal(chosen(set, "x/ab.txt", false), "one");
  assert_string_equal(chosen(set, "x/a-b-b.txt", false), "one");
  assert_string_equal(chosen(set, "x/ba.txt", false), "none");
  assert_string_equal(chosen(set, "x/ab.txt~", false), "none");
  assert_string_equal(chosen(set, "\xC3\xA9z", false), "one");
  assert_string_equal(chosen(set, "ab.txt.gz", true), "one");
  assert_string_equal(chosen(set, "ab.txt.gz", false), "two");
  profiles_free(set);
}

static void test_words_that_lines_cut_in_two(void **state) {
  (void)state;
  expect_by(H, "H: One\nThe har-\nbour of the well-\nknown harbour.\n",
            "1 One\n  The harbour of the well-known harbour.\n", "");
}

/* Too long a line is text, whatever the patterns say. */
static void test_long_lines_are_text(void **state) {
  (void)state;
  static char text[RULE_LONGEST_LINE + 100], articles[sizeof text + 10];
  memset(text, 'x', sizeof text);
  memcpy(text, "H: One\n", 7);
  memcpy(text + 7, "H: ", 3);
  text[sizeof text - 1] = '\0';
  snprintf(articles, sizeof articles, "1 One\n  %s\n", text + 7);
  expect_by(H, text, articles, "");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_titles_part_articles),
      cmocka_unit_test(test_separators_part_articles),
      cmocka_unit_test(test_a_head_has_one_title),
      cmocka_unit_test(test_a_masthead_is_in_no_article),
      cmocka_unit_test(test_nothing_is_lost),
      cmocka_unit_test(test_a_separator_may_say_something),
      cmocka_unit_test(test_what_no_pattern_says_is_recognised_at_the_title),
      cmocka_unit_test(test_recognition_can_be_turned_off),
      cmocka_unit_test(test_what_is_less_than_sure_is_text),
      cmocka_unit_test(test_fields_of_a_head),
      cmocka_unit_test(test_title_and_author_in_one_line),
      cmocka_unit_test(test_titles_go_on),
      cmocka_unit_test(test_titles_end),
      cmocka_unit_test(test_a_text_may_be_marked),
      cmocka_unit_test(test_footers_and_what_is_skipped),
      cmocka_unit_test(test_lines_may_be_paragraphs),
      cmocka_unit_test(test_a_date_above_holds_on),
      cmocka_unit_test(test_a_date_may_be_of_one_article),
      cmocka_unit_test(test_dates_are_right_or_absent),
      cmocka_unit_test(test_a_date_at_the_end_is_text),
      cmocka_unit_test(test_numbers_are_settled_by_the_file),
      cmocka_unit_test(test_a_date_in_parts),
      cmocka_unit_test(test_fixed_values),
      cmocka_unit_test(test_addresses),
      cmocka_unit_test(test_names_of_files),
      cmocka_unit_test(test_words_that_lines_cut_in_two),
      cmocka_unit_test(test_long_lines_are_text),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Which articles the e-zine reader finds in a text, how it unwraps them, and
 * which texts it leaves to others. */
#include "read_articles.h"

#include <stdlib.h>

#include "read/ezine_contents.h"
#include "read/ezine_marks.h"
#include "read/ezine_masthead.h"

static const byline_reader *const reader = &ezine_reader;

#define RULE "============================================================\n"
#define DASHES "------------------------------------------------------------\n"
#define GAP "\n\n"

/* Paragraphs, wrapped and not. */
#define W1                                                                     \
  "The crews met at the gate on Monday and voted to stay out\n"                \
  "until the rota is withdrawn, whatever the harbour trust may\n"              \
  "say about it in the papers.\n"
#define P1                                                                     \
  "The crews met at the gate on Monday and voted to stay out until the rota "  \
  "is withdrawn, whatever the harbour trust may say about it in the papers."
#define W2                                                                     \
  "Nobody expected the talks to last, and they did not: by noon\n"             \
  "the trust had left the room, and by one it had left the\n"                  \
  "building and the town.\n"
#define P2                                                                     \
  "Nobody expected the talks to last, and they did not: by noon the trust "    \
  "had left the room, and by one it had left the building and the town."

/* Long lines are not held in memory by the hundred. */
static void the_window_is_small(void **state) {
  (void)state;
  enum { LINES = 40, LINE = 200000 };
  buf text = BUF_INIT;
  for (size_t i = 0; i < LINES; i++)
    buf_printf(&text, "%0*zu\n", LINE, i);
  lines_memory memory = {text.data, text.length};
  ezine_window *w = calloc(1, sizeof *w);
  assert_non_null(w);
  ezine_window_init(w, lines_read_memory, &memory);
  for (size_t i = 1; i <= LINES; i++) {
    assert_int_equal(ezine_window_fill(w, NULL), BYLINE_OK);
    assert_true(w->count <= EZINE_LARGEST / LINE + 1);
    assert_int_equal(ezine_at(w, 0)->number, i);
    assert_true((ezine_at(w, 1) != NULL) == (i < LINES));
    ezine_drop(w, 1);
  }
  assert_null(ezine_at(w, 0));
  ezine_window_free(w);
  free(w);
  buf_free(&text);
}

/* Three articles that are beyond doubt, and teach the rest. */
#define ZINE                                                                   \
  "THE TARN LETTER\nVolume 2, Number 7, 3 May 1996\n" RULE                     \
  "\nDockers vote to stay out\nby Jane Doe <jane@tarn.example>\n\n" W1         \
  "\n" RULE "\nTrams to be dearer\nby Tom Roe\n\n" W2 "\n" RULE                \
  "\nThe mill is to close\nby Ann Poe and Kit Moe\n\n" W1
#define ZINE_READ                                                              \
  "5 1996-05-03 Dockers vote to stay out [Jane Doe]\n  " P1 "\n"               \
  "14 1996-05-03 Trams to be dearer [Tom Roe]\n  " P2 "\n"                     \
  "23 1996-05-03 The mill is to close [Ann Poe; Kit Moe]\n  " P1

static void the_layout(void **state) {
  (void)state;
  expect(ZINE, ZINE_READ "\n");
}

static void what_is_inside_stays_inside(void **state) {
  (void)state;
  expect(ZINE "\nWhat it means\n-------------\n\n" W2,
         ZINE_READ " / What it means / " P2 "\n");
  expect(ZINE "\n" RULE "\n" W2, ZINE_READ " / " P2 "\n");
  expect(ZINE "\nFrom: the mill\nSubject: closing\n\n" W2,
         ZINE_READ " / From: the mill / Subject: closing / " P2 "\n");
  expect(ZINE "\n    > From: the mill\n    > Subject: closing\n\n" W2,
         ZINE_READ " / > From: the mill / > Subject: closing / " P2 "\n");
  expect(ZINE "\n             * * *\n\n" W2, ZINE_READ " / " P2 "\n");
}

/* Neither a rule nor a byline, nor an entry where others have one. */
static void columns_with_a_name(void **state) {
  (void)state;
  expect(ZINE "\nErrata\n\n" W2,
         ZINE_READ "\n30 1996-05-03 Errata\n  " P2 "\n");
  expect(ZINE "\nNotes\n\n" W2, ZINE_READ " / Notes / " P2 "\n");
  expect(ZINE "\n\n\nErrata\n" W2, ZINE_READ " / Errata " P2 "\n");
}

static void no_author_rather_than_a_wrong_one(void **state) {
  (void)state;
  expect(ZINE "\n" RULE "\nThe long night\nTHE OLD LIGHT HOUSE\n\n" W2,
         ZINE_READ "\n32 1996-05-03 The long night THE OLD LIGHT HOUSE\n  " P2
                   "\n");
  expect(ZINE "\n" RULE "\nThe long night\n\n" W2 "\n-- Lou Coe\n-- Kit Moe\n",
         ZINE_READ "\n32 1996-05-03 The long night\n  " P2
                   " / -- Lou Coe / -- Kit Moe\n");
}

static void signatures(void **state) {
  (void)state;
  expect(ZINE "\n" RULE "\nThe long night\n\n" W2 "\n-- Lou Coe\n",
         ZINE_READ "\n32 1996-05-03 The long night [Lou Coe]\n  " P2 "\n");
  expect(ZINE "\n-- Lou Coe\n", ZINE_READ " / -- Lou Coe\n");
}

/* Numbers are settled by the other dates; what stays unclear is told, and the
 * day of the issue is not put in its place. */
static void dates_in_numbers(void **state) {
  (void)state;
  expect(ZINE "\n" RULE "\nThe long night\nby Lou Coe\n03/04/1996\n\n" W2
              "\n" RULE "\nA longer one\nby Kit Moe\n30/04/1996\n\n" W1,
         ZINE_READ "\n32 1996-04-03 The long night [Lou Coe]\n  " P2
                   "\n42 1996-04-30 A longer one [Kit Moe]\n  " P1 "\n");
  expect_noted(ZINE "\n" RULE "\nThe long night\nby Lou Coe\n03/04/1996\n\n" W2,
               ZINE_READ "\n32 The long night [Lou Coe]\n  03/04/1996 / " P2
                         "\n",
               "R34 \"03/04/1996\" names no day for certain: the article "
               "has no date (write it as YYYY-MM-DD)\n");
}

static void another_issue(void **state) {
  (void)state;
  expect(ZINE "\n" RULE
              "THE TARN LETTER\nVolume 2, Number 8, 10 May 1996\n" RULE
              "\nA longer night\nby Lou Coe\n\n" W2,
         ZINE_READ "\n35 1996-05-10 A longer night [Lou Coe]\n  " P2 "\n");
}

static void notices_of_the_publisher(void **state) {
  (void)state;
  expect(ZINE "\n" RULE
              "To subscribe, write to letter@tarn.example. The letter\n"
              "is free, and nobody may sell it.\n\nThere is more to come.\n",
         ZINE_READ "\n");
}

/* A chunk behind a rule that speaks of subscribers is one only at the end. */
static void what_only_looks_like_a_notice(void **state) {
  (void)state;
#define FOUR W1 "\n" W2 "\n" W1 "\n" W2 "\n"
#define FOUR_READ " / " P1 " / " P2 " / " P1 " / " P2
  expect(ZINE "\n" RULE
              "\nThe subscribers were asked, and said that they\nhad not "
              "been.\n\n" FOUR FOUR FOUR FOUR,
         ZINE_READ " / The subscribers were asked, and said that they had not "
                   "been." FOUR_READ FOUR_READ FOUR_READ FOUR_READ "\n");
}

#define TABLE                                                                  \
  "THE TARN LETTER\n\nContents\n\n"                                            \
  "  1. The ferry strike .............. Jane Doe\n"                            \
  "  2. On reading meters, again ...... 4\n"                                   \
  "  3. Letters (Tom Roe)\n\n" RULE

static void contents(void **state) {
  (void)state;
  expect(TABLE "\nFerry strike\n\n" W1 "\n" DASHES "\nA rubric\n\n" W2 "\n" RULE
               "\nOn Reading Meters Again\n\n" W2 "\n" RULE "\nLetters\n\n" W1,
         "11 Ferry strike [Jane Doe]\n  " P1 " / A rubric / " P2
         "\n27 On Reading Meters Again\n  " P2 "\n35 Letters [Tom Roe]\n  " P1
         "\n");
}

static void another_table_is_another_issue(void **state) {
  (void)state;
  static const char issue[] =
      TABLE "\nFerry strike\n\n" W1 "\n" RULE "\nOn Reading Meters Again\n\n" W2
            "\n" RULE "\nLetters\n\n" W1 "\n" RULE;
  char text[4096];
  snprintf(text, sizeof text, "%s%s", issue, issue);
  expect(text, "11 Ferry strike [Jane Doe]\n  " P1
               "\n19 On Reading Meters Again\n  " P2
               "\n27 Letters [Tom Roe]\n  " P1 " / THE TARN LETTER"
               "\n44 Ferry strike [Jane Doe]\n  " P1
               "\n52 On Reading Meters Again\n  " P2
               "\n60 Letters [Tom Roe]\n  " P1 "\n");
}

/* A heading with one line below it heads no table. */
static void one_entry_is_no_table(void **state) {
  (void)state;
  static const char text[] = "Contents\n\nThe ferry strike ..... Jane Doe\n";
  lines_memory memory = {text, strlen(text)};
  ezine_window *w = calloc(1, sizeof *w);
  ezine_contents *c = calloc(1, sizeof *c);
  bool fits = false;
  assert_true(w && c);
  ezine_window_init(w, lines_read_memory, &memory);
  assert_int_equal(ezine_window_fill(w, NULL), BYLINE_OK);
  assert_int_equal(ezine_contents_take(c, w, 0, false, &fits), 0);
  assert_true(fits);
  assert_int_equal(c->count, 0);
  ezine_contents_free(c);
  ezine_window_free(w);
  free(c);
  free(w);
}

static void titles_that_name_their_author(void **state) {
  (void)state;
  expect(ZINE "\n" RULE "\nThe long night by Lou Coe\n\n" W2,
         ZINE_READ "\n32 1996-05-03 The long night [Lou Coe]\n  " P2 "\n");
  expect(ZINE "\n" RULE "\nA walk by the river\n\n" W2,
         ZINE_READ "\n32 1996-05-03 A walk by the river\n  " P2 "\n");
}

static void bylines_over_two_lines(void **state) {
  (void)state;
  expect(ZINE "\n" RULE "\nThe long night\n\n            by\n\n         Lou "
              "Coe\n\n\n" W2,
         ZINE_READ "\n32 1996-05-03 The long night [Lou Coe]\n  " P2 "\n");
  expect(ZINE "\n" RULE "\nThe long night\n\n     by\n\n     -=Kraken=-\n\n" W2,
         ZINE_READ "\n32 1996-05-03 The long night [Kraken]\n  " P2 "\n");
}

static void titles_in_boxes(void **state) {
  (void)state;
  expect(ZINE "\no----------------o\n| The long night |\no----------------o\n"
              "\nBy Lou Coe\n\n" W2,
         ZINE_READ "\n31 1996-05-03 The long night [Lou Coe]\n  " P2 "\n");
  expect(ZINE "\n\n+++ The long night +++\n\nBy Lou Coe\n\n" W2,
         ZINE_READ "\n31 1996-05-03 The long night [Lou Coe]\n  " P2 "\n");
}

#define PAGE "\f==Tarn Inc.==\n\nVolume 2, Issue 7, page "

static void heads_of_pages(void **state) {
  (void)state;
  expect(ZINE "\n" PAGE "2\n\n" W2 "\n" PAGE "3\n\n" W1 "\n" PAGE "4\n\n" W2,
         ZINE_READ " / " P2 " / " P1 " / " P2 "\n");
}

static void mails(void **state) {
  (void)state;
  static const char text[] =
      "THE TARN DIGEST  Volume 1 : Issue 9\n" DASHES
      "\nDate: Tue, 14 May 1996 08:30:00 +0100\nFrom: jane@tarn.example (Jane "
      "Doe)\nSubject: The meters,\n  and who reads them\n\n" W1 "\n" DASHES
      "\nDate: Wed, 15 May 1996 09:00:00 GMT\nFrom: tom@tarn.example\n"
      "Subject: Re: The meters\n\n" W2;
  expect(text, "6 1996-05-14T08:30:00 The meters, and who reads them "
               "[Jane Doe]\n  " P1 "\n17 1996-05-15T09:00:00 Re: The meters\n"
               "  " P2 "\n");
}

static void senders_that_are_no_names(void **state) {
  (void)state;
  static const char *const senders[][2] = {
      {"Jane Doe <j@tarn.example>", " [Jane Doe]"},
      {"Kraken <k@tarn.example>", " [Kraken]"},
      {"the mill <m@tarn.example>", ""},
      {"(none)", ""},
      {"A reader who would rather not be named <r@tarn.example>", ""}};
  for (size_t i = 0; i < sizeof senders / sizeof *senders; i++) {
    char text[1200], articles[700];
    snprintf(text, sizeof text,
             "THE TARN DIGEST  Volume 1 : Issue 9\n" DASHES
             "\nFrom: Tom Roe <t@tarn.example>\nSubject: One\n\n" W1 "\n" DASHES
             "\nFrom: %s\nSubject: Two\n\n" W2,
             senders[i][0]);
    snprintf(articles, sizeof articles,
             "5 One [Tom Roe]\n  " P1 "\n14 Two%s\n  " P2 "\n", senders[i][1]);
    expect(text, articles);
  }
}

static void lines_that_stay(void **state) {
  (void)state;
  expect(ZINE "\n   Roses are wet,\n   Violets are late,\n   The tide is "
              "out\n   And so is the gate.\n",
         ZINE_READ " / Roses are wet, / Violets are late, / The tide is out / "
                   "And so is the gate.\n");
  expect(ZINE "\nSaltings    12    3\nHallowick    4    0\nVenn         0    "
              "0\n",
         ZINE_READ " / Saltings 12 3 / Hallowick 4 0 / Venn 0 0\n");
  expect(ZINE "\n - one thing that is so long that it goes on in the\n   next "
              "line\n - another\n",
         ZINE_READ " / - one thing that is so long that it goes on in the "
                   "next line / - another\n");
  expect(ZINE "\nint main(void) {\n  return 0;\n}\n",
         ZINE_READ " / int main(void) { / return 0; / }\n");
}

static void words_cut_at_line_ends(void **state) {
  (void)state;
  expect(ZINE "\nThe announcement came late, and no other announce-\nment was "
              "ever as brief as this well-\nknown one was.\n",
         ZINE_READ " / The announcement came late, and no other announcement "
                   "was ever as brief as this well-known one was.\n");
}

static void first_lines_indented(void **state) {
  (void)state;
  expect(ZINE "\n   The first of these begins further in, and then it\ngoes on "
              "to the end of the line and beyond it.\n   The second does so "
              "too, though it is not as long as\nthe first.\n",
         ZINE_READ " / The first of these begins further in, and then it goes "
                   "on to the end of the line and beyond it. / The second does "
                   "so too, though it is not as long as the first.\n");
}

static void days_of_issues(void **state) {
  (void)state;
  static const char *const cases[][2] = {
      {"Volume 3, Number 4          15 March 1997", "1997-03-15"},
      {"Ausgabe 7 - Oktober 1998", "1998-10"},
      {"Number 12, March 1997", "1997-03"},
      {"1-7 March 1997", ""},
      {"1 - 7 March 1997", ""},
      {"March/April 1997", ""},
      {"March - April 1997", ""},
      {"September and October 1997", ""},
      {"3/4/1997", ""},
      {"3 May 1997, 10 May 1997", ""},
      {"(Sun, Mar 9, 1997)", "1997-03-09"},
      {"summer of 1995", ""},
      {"", ""}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    static const date_hints none = DATE_HINTS_NONE;
    char iso[DATE_ISO_SIZE];
    bool found = ezine_issue_date(str(cases[i][0]), &none, iso);
    assert_string_equal(found ? iso : "", cases[i][1]);
  }
}

static void numbers_of_issues(void **state) {
  (void)state;
  assert_true(ezine_issue(str("Volume 3, Number 4")));
  assert_true(ezine_issue(str("Vol. IV")));
  assert_true(ezine_issue(str("No. 7")));
  assert_true(ezine_issue(str("TARN BITS #42")));
  assert_true(ezine_issue(str("\xE2\x84\x96 12")));
  assert_false(ezine_issue(str("there is no 3 in it")));
  assert_false(ezine_issue(str("- #2817: a mend")));
  assert_false(ezine_issue(str("The volume of trade")));
  assert_false(ezine_issue(str("")));
}

static void expect_bare(const char *text, const char *bare) {
  bool framed;
  assert_str(ezine_unnumbered(ezine_bare(str(text), &framed)), bare);
}

static void marks_around_titles(void **state) {
  (void)state;
  expect_bare("*** A wet night ***", "A wet night");
  expect_bare("| A wet night |", "A wet night");
  expect_bare("-:[ A wet night ]:-", "[ A wet night ]");
  expect_bare("/// A wet night", "A wet night");
  expect_bare("3. A wet night", "A wet night");
  expect_bare("[0x0a] A wet night", "A wet night");
  expect_bare("IV) A wet night", "A wet night");
  expect_bare("10 wet nights", "10 wet nights");
  expect_bare("I saw it", "I saw it");
  expect_bare("A * B", "A * B");
  expect_bare("***", "***");
  expect_bare("", "");
}

static void expect_probe(const char *text, bool wanted) {
  int value = reader->probe(text, strlen(text), true, "x.txt");
  assert_true(wanted ? value > 90 : value == 0);
}

static void which_texts_are_ezines(void **state) {
  (void)state;
  expect_probe(ZINE, true);
  expect_probe("", false);
  expect_probe(W1 "\n" W2, false);
  expect_probe("20 October 2020\n\nDockers vote\n\nBy Jane Doe\n\n\n" P1 GAP
               "Trams\n\nBy Tom Roe\n\n\n" P2 "\n",
               false);
  expect_probe("NAME\n====\n\n" W1 "\nOPTIONS\n=======\n\n" W2
               "\nBUGS\n====\n\n" W1,
               false);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_layout),
      cmocka_unit_test(what_is_inside_stays_inside),
      cmocka_unit_test(columns_with_a_name),
      cmocka_unit_test(no_author_rather_than_a_wrong_one),
      cmocka_unit_test(signatures),
      cmocka_unit_test(another_issue),
      cmocka_unit_test(dates_in_numbers),
      cmocka_unit_test(the_window_is_small),
      cmocka_unit_test(one_entry_is_no_table),
      cmocka_unit_test(notices_of_the_publisher),
      cmocka_unit_test(what_only_looks_like_a_notice),
      cmocka_unit_test(another_table_is_another_issue),
      cmocka_unit_test(contents),
      cmocka_unit_test(titles_that_name_their_author),
      cmocka_unit_test(bylines_over_two_lines),
      cmocka_unit_test(titles_in_boxes),
      cmocka_unit_test(heads_of_pages),
      cmocka_unit_test(mails),
      cmocka_unit_test(senders_that_are_no_names),
      cmocka_unit_test(lines_that_stay),
      cmocka_unit_test(words_cut_at_line_ends),
      cmocka_unit_test(first_lines_indented),
      cmocka_unit_test(days_of_issues),
      cmocka_unit_test(numbers_of_issues),
      cmocka_unit_test(marks_around_titles),
      cmocka_unit_test(which_texts_are_ezines)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}

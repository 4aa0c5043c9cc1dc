/* Which articles the digest reader finds in a text. One case is a text and
 * its articles (read_articles.h). */
#include "read_articles.h"

#include <stdlib.h>

static const byline_reader *const reader = &digest_reader;

/* A paragraph that is clearly one. */
#define P1 "The crews met at the gate on Monday and voted to stay out."
#define P2 "Nobody expected the talks to last, and they did not."

static void the_layout(void **state) {
  (void)state;
  expect("20 Oct 2020\n\nDockers vote again\n\nJane Doe\n\n\n" P1 "\n\n" P2
         "\n\nTram fares rise\n\nTom Roe\n\n\n" P1
         "\n\n7 Nov 2025\n\nMill to close\n\nAnn Poe and Tom Roe\n\n\n" P2 "\n",
         "3 2020-10-20 Dockers vote again [Jane Doe]\n  " P1 " / " P2 "\n"
         "12 2020-10-20 Tram fares rise [Tom Roe]\n  " P1 "\n"
         "21 2025-11-07 Mill to close [Ann Poe; Tom Roe]\n  " P2 "\n");
}

static void every_line_end_and_blank(void **state) {
  (void)state;
  static const char *const texts[] = {
      "20 Oct 2020\r\n\r\nDockers vote\r\n\r\nJane Doe\r\n\r\n\r\n" P1
      "\r\n\r\nTram fares\r\n\r\nTom Roe\r\n\r\n\r\n" P2,
      "20 Oct 2020\r\rDockers vote\r\rJane Doe\r\r\r" P1
      "\r\rTram fares\r\rTom Roe\r\r\r" P2,
      "\xEF\xBB\xBF"
      "20 Oct 2020\n \nDockers vote\n\t\nJane Doe\n\xC2\xA0\n \t\n" P1
      "\n\xE3\x80\x80\nTram fares\n\nTom Roe\n\n\n" P2 "\n",
      "  20 Oct 2020\n\n    Dockers   vote\n\n\tJane\xC2\xA0"
      "Doe\n\n\n  " P1 "  \n\n Tram\tfares\n\n  Tom Roe\n\n\n" P2 "\n\n\n",
      "20\xC2\xA0Oct\xE2\x80\x89"
      "2020\n\nDockers\xE3\x80\x80vote\n\nJane Doe\n\n\n" P1
      "\n\nTram fares\n\nTom Roe\n\n\n" P2};
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
    expect(texts[i], "3 2020-10-20 Dockers vote [Jane Doe]\n  " P1 "\n"
                     "10 2020-10-20 Tram fares [Tom Roe]\n  " P2 "\n");
}

static void titles(void **state) {
  (void)state;
  static const char *const forms[] = {
      "Will the dockers vote?",
      "Dockers vote!",
      "Dockers vote...",
      "Dockers vote\xE2\x80\xA6",
      "\xE2\x80\x9CWe will not go\xE2\x80\x9D",
      "'We are staying'",
      "Troops leave the U.S.",
      "Layoffs at Widgets Inc.",
      "DOCKERS VOTE",
      "Dockers: the vote",
      "Doe, Roe and Poe quit",
      "Doe, Roe and Poe",
      "Ann Poe",
      "Pay",
      "1984",
      "11 September 2001",
      "iMills and eTrams fail",
      "\xE3\x82\xB9\xE3\x83\x88\xE3\x83\xA9\xE3\x82\xA4\xE3\x82\xAD",
      "Dockers vote \xE2\x80\x94 and vote again",
      "By any means: dockers vote",
  };
  for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
    char text[1024], articles[1024];
    snprintf(text, sizeof text,
             "20 Oct 2020\n\n%s\n\nJane Doe\n\n\n" P1
             "\n\n%s\n\nTom Roe\n\n\n" P2 "\n",
             forms[i], forms[i]);
    snprintf(articles, sizeof articles,
             "3 2020-10-20 %s [Jane Doe]\n  " P1
             "\n10 2020-10-20 %s [Tom Roe]\n  " P2 "\n",
             forms[i], forms[i]);
    expect(text, articles);
  }
}

static void titles_that_wrap(void **state) {
  (void)state;
  expect("20 Oct 2020\n\nDockers in Hull and Leith\nvote by a wide margin\nto "
         "stay out\n\nJane Doe\n\n\n" P1 "\n\nTram fares\nrise again\n\nTom "
         "Roe\n\n\nThe crews met\nat the gate.\n\n" P2 "\n",
         "3 2020-10-20 Dockers in Hull and Leith vote by a wide margin to stay "
         "out [Jane Doe]\n  " P1 "\n"
         "12 2020-10-20 Tram fares rise again [Tom Roe]\n"
         "  The crews met at the gate. / " P2 "\n");
}

static void captions_and_cross_heads(void **state) {
  (void)state;
  expect("20 Oct 2020\n\nDockers vote\n\nJane Doe\n\n\nTom Roe at the gate "
         "(Photo: A. Poe)\n\nThe yard in 1954\n\n" P1 "\n\nWhat now\n\n" P2
         "\n\nAnn Poe\n\n20 October 2019\n\n" P1
         "\n\nThe crane\n\nTom Roe\n\n" P2 "\n\nTram fares\n\nTom Roe\n\n\n" P1
         "\n",
         "3 2020-10-20 Dockers vote [Jane Doe]\n  Tom Roe at the gate (Photo: "
         "A. Poe) / The yard in 1954 / " P1 " / What now / " P2
         " / Ann Poe / 20 October 2019 / " P1 " / The crane / Tom Roe / " P2
         "\n30 2020-10-20 Tram fares [Tom Roe]\n  " P1 "\n");
}

static void dates_in_bodies(void **state) {
  (void)state;
  /* A date paragraph, then a caption and a name, start nothing. */
  expect("20 Oct 2020\n\nDockers vote\n\nMay June\n\n\n" P1
         "\n\n1 May 1890\n\n" P2 "\n\n2 May 1890\n\nThe old crane\n\nTom "
         "Roe\n\n" P1 "\n\n2020\n\n" P2 "\n\nTram fares\n\nMay June\n\n\n" P1
         "\n\n3 May 1890\n",
         "3 2020-10-20 Dockers vote [May June]\n  " P1 " / 1 May 1890 / " P2
         " / 2 May 1890 / The old crane / Tom Roe / " P1 " / 2020 / " P2 "\n"
         "26 2020-10-20 Tram fares [May June]\n  " P1 " / 3 May 1890\n");
}

static void between_title_and_byline(void **state) {
  (void)state;
  /* A caption goes to the body, a deck stays a deck. */
  expect(
      "20 Oct 2020\n\nDockers vote\n\nThe yard [Photo: A. Poe]\n\nJane "
      "Doe\n\n\n" P1 "\n\n21 Oct 2020\n\nTram fares rise\n\nThe third time "
      "since the spring\n\nTom Roe\n\n\n" P2 "\n",
      "3 2020-10-20 Dockers vote [Jane Doe]\n  The yard [Photo: A. Poe] / " P1
      "\n14 2020-10-21 Tram fares rise (The third time since the spring) "
      "[Tom Roe]\n  " P2 "\n");
  expect("20 Oct 2020\n\nDockers vote\n\nJane Doe\n\n\n" P1
         "\n\nTram fares\n\nNo one asked the riders what they think of it."
         "\n\nTom Roe\n\n\n" P2 "\n",
         "3 2020-10-20 Dockers vote [Jane Doe]\n  " P1
         "\n10 2020-10-20 Tram fares (No one asked the riders what they think "
         "of it.) [Tom Roe]\n  " P2 "\n");
  /* The last caption of a body is no title. */
  expect("20 Oct 2020\n\nDockers vote\n\nJane Doe\n\n\n" P1
         "\n\nThe yard after the vote (Photo: A. Poe)\n\nTram fares\n\nTom "
         "Roe\n\n\n" P2 "\n",
         "3 2020-10-20 Dockers vote [Jane Doe]\n  " P1
         " / The yard after the vote (Photo: A. Poe)\n"
         "12 2020-10-20 Tram fares [Tom Roe]\n  " P2 "\n");
}

static void empty_bodies(void **state) {
  (void)state;
  expect("20 Oct 2020\n\nDockers vote\n\nJane Doe\n\n\nTram fares\n\nTom "
         "Roe\n\n\n" P1 "\n\nMill to close\n\nAnn Poe\n\n\n21 Oct "
         "2020\n\nStorm warning\n\nJane Doe\n\n\n" P2 "\n\nThaw\n\nTom Roe\n",
         "3 2020-10-20 Dockers vote [Jane Doe]\n"
         "8 2020-10-20 Tram fares [Tom Roe]\n  " P1 "\n"
         "15 2020-10-20 Mill to close [Ann Poe]\n"
         "22 2020-10-21 Storm warning [Jane Doe]\n  " P2 "\n"
         "29 2020-10-21 Thaw [Tom Roe]\n");
}

static void the_same_title_twice(void **state) {
  (void)state;
  expect("20 Oct 2020\n\nIn brief\n\nJane Doe\n\n\n" P1
         "\n\nIn brief\n\nJane Doe\n\n\n" P1 "\n",
         "3 2020-10-20 In brief [Jane Doe]\n  " P1 "\n"
         "10 2020-10-20 In brief [Jane Doe]\n  " P1 "\n");
}

static void no_byline(void **state) {
  (void)state;
  expect("20 Oct 2020\n\nDockers vote\n\n\n" P1
         "\n\nTram fares\n\nTom Roe\n\n\n" P2 "\n\nMill to close\n\n\n" P1
         "\n\n" P2 "\n",
         "3 2020-10-20 Dockers vote\n  " P1 "\n"
         "8 2020-10-20 Tram fares [Tom Roe]\n  " P2 "\n"
         "15 2020-10-20 Mill to close\n  " P1 " / " P2 "\n");
}

static void no_byline_below_a_short_end(void **state) {
  (void)state;
  expect("20 Oct 2020\n\nDockers vote\n\nBy Jane Doe\n\n\n" P1
         "\n\nTram fares\n\nBy Tom Roe\n\n\n" P2
         "\n\nMill to close\n\nBy Ann Poe\n\n\n" P1
         "\n\nThe fair will be held by post\n\nIn brief\n\n\n" P2 "\n",
         "3 2020-10-20 Dockers vote [Jane Doe]\n  " P1 "\n"
         "10 2020-10-20 Tram fares [Tom Roe]\n  " P2 "\n"
         "17 2020-10-20 Mill to close [Ann Poe]\n  " P1
         " / The fair will be held by post\n"
         "26 2020-10-20 In brief\n  " P2 "\n");
}

static void by_and_one_blank(void **state) {
  (void)state;
  expect("20 October 2020\n\nDockers vote\n\nBy Jane Doe\n\n" P1 "\n\n" P2
         "\n\nThe crane\n\nTom Roe\n\n" P1
         "\n\nTram fares\n\nBy Tom Roe and Ann Poe\n\n" P2 "\n",
         "3 2020-10-20 Dockers vote [Jane Doe]\n  " P1 " / " P2
         " / The crane / Tom Roe / " P1 "\n"
         "17 2020-10-20 Tram fares [Tom Roe; Ann Poe]\n  " P2 "\n");
}

static void wide_gaps_before_titles(void **state) {
  (void)state;
  /* No "By" and one blank behind the byline: the gaps before titles tell. */
  expect("20 Oct 2020\n\nDockers vote\n\nJane Doe\n\n" P1
         "\n\n\n\n21 Oct 2020\n\nTram fares\n\nTom Roe\n\n" P2
         "\n\nAnn Poe\n\n" P1 "\n\n\n\nMill to close\n\nAnn Poe\n\n" P2 "\n",
         "3 2020-10-20 Dockers vote [Jane Doe]\n  " P1 "\n"
         "13 2020-10-21 Tram fares [Tom Roe]\n  " P2 " / Ann Poe / " P1 "\n"
         "25 2020-10-21 Mill to close [Ann Poe]\n  " P2 "\n");
  /* Everything one blank wider. */
  expect("20 Oct 2020\n\n\nDockers vote\n\n\nJane Doe\n\n\n\n" P1 "\n\n\n" P2
         "\n\n\nTram fares\n\n\nTom Roe\n\n\n\n" P2 "\n\n\nAnn Poe\n\n\n" P1
         "\n",
         "4 2020-10-20 Dockers vote [Jane Doe]\n  " P1 " / " P2 "\n"
         "17 2020-10-20 Tram fares [Tom Roe]\n  " P2 " / Ann Poe / " P1 "\n");
  /* Wide gaps on both sides of a head, and a caption at an end. */
  expect("20 Oct 2020\n\nDockers vote\n\nJane Doe\n\n\n" P1
         "\n\nA crane\n\n\n\nTram fares\n\nTom Roe\n\n\n" P2
         "\n\n\n\nMill to close\n\nAnn Poe\n\n\n" P1 "\n",
         "3 2020-10-20 Dockers vote [Jane Doe]\n  " P1 " / A crane\n"
         "14 2020-10-20 Tram fares [Tom Roe]\n  " P2 "\n"
         "23 2020-10-20 Mill to close [Ann Poe]\n  " P1 "\n");
}

static void signatures(void **state) {
  (void)state;
  expect("20 Oct 2020\n\nDockers vote\n\nJane Doe\n\n\n" P1 "\n\n" P2
         "\n\nJane Doe\n\n\nTram fares\n\nTom Roe\n\n\n" P1
         "\n\nTom Roe\n\nMill to close\n\nAnn Poe\n\n\n" P2 "\n\nAnn Poe\n",
         "3 2020-10-20 Dockers vote [Jane Doe]\n  " P1 " / " P2 " / Jane Doe\n"
         "15 2020-10-20 Tram fares [Tom Roe]\n  " P1 " / Tom Roe\n"
         "24 2020-10-20 Mill to close [Ann Poe]\n  " P2 " / Ann Poe\n");
}

static void odd_bylines(void **state) {
  (void)state;
  expect("20 Oct 2020\n\nDockers vote\n\nOur correspondents\n\n\n" P1
         "\n\nTram fares\n\nHull Tram Workers members\n\n\n" P2
         "\n\nMill to close\n\nPaul Doe, chair of the branch\n\n\n" P1
         "\n\nStorm warning\n\nJane Doe \xE2\x80\x94 in Berlin\n\n\n" P2
         "\n\nThaw at last\n\nbell hooper\n\n\n" P1 "\n",
         "3 2020-10-20 Dockers vote [Our correspondents]\n  " P1 "\n"
         "10 2020-10-20 Tram fares [Hull Tram Workers members]\n  " P2 "\n"
         "17 2020-10-20 Mill to close [Paul Doe] {chair of the branch}\n  " P1
         "\n24 2020-10-20 Storm warning [Jane Doe] {Berlin}\n  " P2 "\n"
         "31 2020-10-20 Thaw at last [bell hooper]\n  " P1 "\n");
}

static void scripts_without_capitals(void **state) {
  (void)state;
  /* Japanese: a strike; Yamada Taro; two sentences. */
#define STRIKE "\xE3\x82\xB9\xE3\x83\x88\xE7\xB6\x9A\xE3\x81\x8F"
#define YAMADA "\xE5\xB1\xB1\xE7\x94\xB0\xE5\xA4\xAA\xE9\x83\x8E"
#define SAID                                                                   \
  "\xE7\xB5\x84\xE5\x90\x88\xE3\x81\xAF\xE8\xA8\x80\xE3\x81\xA3\xE3"           \
  "\x81\x9F\xE3\x80\x82"
  expect("2020-10-20\n\n" STRIKE "\n\n" YAMADA "\n\n\n" SAID "\n\n" SAID
         "\n\n" STRIKE "\n\n" YAMADA "\n\n\n" SAID "\n",
         "3 2020-10-20 " STRIKE " [" YAMADA "]\n  " SAID " / " SAID "\n"
         "12 2020-10-20 " STRIKE " [" YAMADA "]\n  " SAID "\n");
}

static void unclear_dates(void **state) {
  (void)state;
  expect_noted(
      "20 Oct 2020\n\nDockers vote\n\nJane Doe\n\n\n" P1
      "\n\n03/04/2020\n\nTram fares\n\nTom Roe\n\n\n" P2
      "\n\nMill to close\n\nAnn Poe\n\n\n" P1
      "\n\n21 Oct 2020\n\nStorm warning\n\nJane Doe\n\n\n" P2
      "\n\nOctober 2020\n\nThaw at last\n\nTom Roe\n\n\n" P1 "\n",
      "3 2020-10-20 Dockers vote [Jane Doe]\n  " P1 "\n"
      "12 Tram fares [Tom Roe]\n  " P2 "\n"
      "19 Mill to close [Ann Poe]\n  " P1 "\n"
      "28 2020-10-21 Storm warning [Jane Doe]\n  " P2 "\n"
      "37 2020-10 Thaw at last [Tom Roe]\n  " P1 "\n",
      "R10 \"03/04/2020\" names no day for certain: the articles below it have "
      "no date (write it as YYYY-MM-DD)\n");
}

static void without_dates(void **state) {
  (void)state;
  expect("Dockers vote\n\nJane Doe\n\n\n" P1 "\n\n" P2
         "\n\nTram fares\n\nTom Roe\n\n\n" P1 "\n",
         "1 Dockers vote [Jane Doe]\n  " P1 " / " P2 "\n"
         "10 Tram fares [Tom Roe]\n  " P1 "\n");
}

static void tight_heads(void **state) {
  (void)state;
  expect("20 Oct 2020\nDockers vote\nBy Jane Doe\n\n" P1
         "\n\n21 Oct 2020\nTram fares\nBy Tom Roe\n\n" P2 "\n",
         "2 2020-10-20 Dockers vote [Jane Doe]\n  " P1 "\n"
         "8 2020-10-21 Tram fares [Tom Roe]\n  " P2 "\n");
}

static void before_the_first_article(void **state) {
  (void)state;
  expect("The Hull Weekly\n\n20 Oct 2020\n\nDockers vote\n\nJane Doe\n\n\n" P1
         "\n",
         "5 2020-10-20 Dockers vote [Jane Doe]\n  " P1 "\n");
  expect_noted("a.\nb.\nc.\nd.\ne.\nf.\n\n20 Oct 2020\n\nDockers vote\n\nJane "
               "Doe\n\n\n" P1 "\n",
               "10 2020-10-20 Dockers vote [Jane Doe]\n  " P1 "\n",
               "S1 6 lines before the first article are in no article\n");
}

static void no_articles(void **state) {
  (void)state;
  static const char fault[] =
      "F0 no article found: titles and bylines must stand in lines of their "
      "own, with blank lines around them\n";
  expect_noted("", "", fault);
  expect_noted(P1 "\n\n" P2 "\n", "", fault);
  expect_noted("20 Oct 2020\n", "", fault);
}

static void broken_bytes(void **state) {
  (void)state;
  static const char text[] =
      "20 Oct 2020\n\nDockers\xFF vote\n\nJane Doe\n\n\nOne \xC3 two \0 three "
      "and so on, until the end of the shift.\n";
  buf out = BUF_INIT, notices = BUF_INIT;
  byline_read_stats stats = BYLINE_READ_STATS_INIT;
  read_text(reader, text, sizeof text - 1, &out, &notices, &stats);
  assert_string_equal(out.data,
                      "3 2020-10-20 Dockers\xEF\xBF\xBD vote [Jane Doe]\n"
                      "  One \xEF\xBF\xBD two \xEF\xBF\xBD three and so on, "
                      "until the end of the shift.\n");
  assert_string_equal(notices.data, "R3 3 broken UTF-8 sequences replaced\n");
  assert_int_equal(stats.invalid_bytes, 3);
  assert_int_equal(stats.bytes, sizeof text - 1);
  buf_free(&out);
  buf_free(&notices);
}

/* Far more articles than the window and the head that is learned from. */
static void many_articles(void **state) {
  (void)state;
  enum { COUNT = 3000 };
  buf text = BUF_INIT, expected = BUF_INIT, out = BUF_INIT, notices = BUF_INIT;
  byline_read_stats stats = BYLINE_READ_STATS_INIT;
  size_t at = 1;
  for (size_t i = 0; i < COUNT; i++) {
    if (i % 10 == 0) {
      buf_printf(&text, "%zu Oct 2020\n\n", i / 10 % 28 + 1);
      at += 2;
    }
    buf_printf(&text, "Report %zu\n\nJane Doe\n\n\n" P1 "\n\n" P2 "\n\n", i);
    buf_printf(&expected,
               "%zu 2020-10-%02zu Report %zu [Jane Doe]\n  " P1 " / " P2 "\n",
               at, i / 10 % 28 + 1, i);
    at += 9;
  }
  read_text(reader, text.data, text.length, &out, &notices, &stats);
  assert_string_equal(out.data, expected.data);
  assert_int_equal(notices.length, 0);
  buf_free(&text);
  buf_free(&expected);
  buf_free(&out);
  buf_free(&notices);
}

static void probing(void **state) {
  (void)state;
  static const struct {
    const char *text;
    bool mine;
  } rows[] = {
      {"20 Oct 2020\n\nDockers vote\n\nJane Doe\n\n\n" P1 "\n", true},
      {"20 Oct 2020\n\nDockers vote\n\nBy Jane Doe\n\n" P1 "\n", true},
      {"20 Oct 2020\n\nDockers vote\n\n\n" P1 "\n", true},
      {"03/04/2020\n\nDockers vote\n\nJane Doe\n\n\n" P1 "\n", true},
      {"", false},
      {P1 "\n\n" P2, false},
      {"Dockers vote\n\nJane Doe\n\n\n" P1 "\n", false},
      {"20 Oct 2020\n", false},
      {"20 Oct 2020\n\n" P1 "\n\n" P2 "\n", false},
      {"20 Oct 2020\n\nMilk and bread\n\n" P1 "\n", false},
      {"{\"title\":\"20 Oct 2020\"}\n", false},
  };
  for (size_t i = 0; i < COUNT(rows); i++)
    check_probe(reader, "x.txt", rows[i].text, rows[i].mine);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_layout),
      cmocka_unit_test(every_line_end_and_blank),
      cmocka_unit_test(titles),
      cmocka_unit_test(titles_that_wrap),
      cmocka_unit_test(captions_and_cross_heads),
      cmocka_unit_test(dates_in_bodies),
      cmocka_unit_test(between_title_and_byline),
      cmocka_unit_test(empty_bodies),
      cmocka_unit_test(the_same_title_twice),
      cmocka_unit_test(no_byline),
      cmocka_unit_test(no_byline_below_a_short_end),
      cmocka_unit_test(by_and_one_blank),
      cmocka_unit_test(wide_gaps_before_titles),
      cmocka_unit_test(signatures),
      cmocka_unit_test(odd_bylines),
      cmocka_unit_test(scripts_without_capitals),
      cmocka_unit_test(unclear_dates),
      cmocka_unit_test(without_dates),
      cmocka_unit_test(tight_heads),
      cmocka_unit_test(before_the_first_article),
      cmocka_unit_test(no_articles),
      cmocka_unit_test(broken_bytes),
      cmocka_unit_test(many_articles),
      cmocka_unit_test(probing),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

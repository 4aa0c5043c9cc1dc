/* Dated digests in other layouts: without blank lines, with dates of the
 * articles' own, with sections, and what only looks like a head. */
#include "read_articles.h"

static const byline_reader *const reader = &digest_reader;

/* A paragraph that is clearly one. */
#define P1 "The crews met at the gate on Monday and voted to stay out."
#define P2 "Nobody expected the talks to last, and they did not."

static void tight_heads_without_by(void **state) {
  (void)state;
  expect("20 Oct 2020\n\nDockers vote\nJane Doe\n\n" P1
         "\n\nTram fares\nTom Roe\n\n" P2 "\n",
         "3 2020-10-20 Dockers vote [Jane Doe]\n  " P1 "\n"
         "8 2020-10-20 Tram fares [Tom Roe]\n  " P2 "\n");
  /* The text below the byline, and a title in two lines. */
  expect(
      "20 Oct 2020\n\nDOCKERS VOTE\nBy Jane Doe\nThe crews met\nat the "
      "gate.\n\n" P2 "\n\nTRAM FARES\nRISE AGAIN\nBy Tom Roe\n" P2 "\n",
      "3 2020-10-20 DOCKERS VOTE [Jane Doe]\n  The crews met at the gate. / " P2
      "\n"
      "10 2020-10-20 TRAM FARES RISE AGAIN [Tom Roe]\n  " P2 "\n");
}

static void a_date_of_its_own(void **state) {
  (void)state;
  static const char *const bylines[] = {
      "By Jane Doe | 20 October 2020",
      "Jane Doe, 20 October 2020",
      "20 October 2020 \xE2\x80\x94 Jane Doe",
      "Posted on October 20, 2020 by Jane Doe",
      "Tuesday, 20 October 2020 - Jane Doe",
      "Jane Doe\n20 October 2020",
      "20 October 2020\nBy Jane Doe",
      "Published: 20 October 2020\nBy Jane Doe",
  };
  for (size_t i = 0; i < sizeof bylines / sizeof *bylines; i++) {
    char text[1024], articles[1024];
    int lines = strchr(bylines[i], '\n') ? 2 : 1;
    snprintf(text, sizeof text,
             "Dockers vote\n%s\n\n" P1 "\n\nTram fares\n%s\n\n" P2 "\n",
             bylines[i], bylines[i]);
    snprintf(articles, sizeof articles,
             "1 2020-10-20 Dockers vote [Jane Doe]\n  " P1
             "\n%d 2020-10-20 Tram fares [Jane Doe]\n  " P2 "\n",
             5 + lines);
    expect(text, articles);
  }
}

static void its_own_date_is_for_one_article(void **state) {
  (void)state;
  expect("19 October 2020\n\nDockers vote\n\nJane Doe, 20 October 2020\n\n\n" P1
         "\n\nTram fares\n\nTom Roe\n\n\n" P2 "\n",
         "3 2020-10-20 Dockers vote [Jane Doe]\n  " P1 "\n"
         "10 2020-10-19 Tram fares [Tom Roe]\n  " P2 "\n");
  /* A signature with a date, and a date as a cross-head, are none. */
  expect("20 Oct 2020\n\nDockers vote\n\nJane Doe\n\n\n" P1
         "\n\nTram fares\n\nTom Roe\n\n\n" P2
         "\n\nMill to close\n\nAnn Poe\n\n\n" P1
         "\n\nThe second year\n\n19 October 2018\n\n" P2
         "\n\nYours in hope\n\nAnn Poe, 4 May 1990\n\n" P1 "\n",
         "3 2020-10-20 Dockers vote [Jane Doe]\n  " P1 "\n"
         "10 2020-10-20 Tram fares [Tom Roe]\n  " P2 "\n"
         "17 2020-10-20 Mill to close [Ann Poe]\n  " P1
         " / The second year / 19 October 2018 / " P2
         " / Yours in hope / Ann Poe, 4 May 1990 / " P1 "\n");
}

static void a_paper_beside_a_date_is_no_author(void **state) {
  (void)state;
  expect("19 October 2020\n\nDockers vote\n\nFinancial Times, 20 October "
         "2020\n\n\n" P1 "\n\nTram fares\n\nTom Roe, 20 October 2020\n\n\n" P2
         "\n",
         "3 2020-10-20 Dockers vote (Financial Times, 20 October 2020)\n  " P1
         "\n10 2020-10-20 Tram fares [Tom Roe]\n  " P2 "\n");
}

static void date_lines_of_a_paper(void **state) {
  (void)state;
  expect("The Courier \xE2\x80\x94 Tuesday, 20 October 2020 \xE2\x80\x94 No. "
         "4,112\n----------\n\nDockers vote\n\nBy Jane Doe\n\n" P1
         "\n\nThe Courier \xE2\x80\x94 Wednesday, 21 October 2020 \xE2\x80\x94 "
         "No. 4,113\n----------\n\nTram fares\n\nBy Tom Roe\n\n" P2
         "\n\nHull, 3 May 2019\n\n" P1 "\n",
         "4 2020-10-20 Dockers vote [Jane Doe]\n  " P1 "\n"
         "13 2020-10-21 Tram fares [Tom Roe]\n  " P2 " / Hull, 3 May 2019 / " P1
         "\n");
}

static void a_date_line_and_a_title(void **state) {
  (void)state;
  /* No byline, no gap: but the date goes on from the one before. */
  expect("20 Oct 2020\n\nDockers vote\n\nJane Doe\n\n\n" P1
         "\n\n23 Oct 2020\n\nCorrection\n\n" P2
         "\n\nTram fares\n\nTom Roe\n\n\n" P1
         "\n\n3 May 1890\n\nThe strike\n\n" P2 "\n",
         "3 2020-10-20 Dockers vote [Jane Doe]\n  " P1 "\n"
         "12 2020-10-23 Correction\n  " P2 "\n"
         "16 2020-10-23 Tram fares [Tom Roe]\n  " P1
         " / 3 May 1890 / The strike / " P2 "\n");
}

static void bylines_that_nobody_knows(void **state) {
  (void)state;
  /* What stands where other heads have a byline is no title, and no author. */
  expect("20 Oct 2020\n\nDockers vote\n\nJane Doe\n\n\n" P1
         "\n\nTram fares\n\nTom Roe\n\n\n" P2
         "\n\nMill to close\n\nthe night shift 4b\n\n\n" P1
         "\n\nStorm warning\n\nAnn Poe\n\n\n" P2 "\n",
         "3 2020-10-20 Dockers vote [Jane Doe]\n  " P1 "\n"
         "10 2020-10-20 Tram fares [Tom Roe]\n  " P2 "\n"
         "17 2020-10-20 Mill to close (the night shift 4b)\n  " P1 "\n"
         "24 2020-10-20 Storm warning [Ann Poe]\n  " P2 "\n");
}

static void datelines(void **state) {
  (void)state;
  expect("October 20, 2020\n\nDockers vote\n\nLEITH, 20 October - " P1 "\n\n" P2
         "\n\nTram fares\n\nHULL (Wire) \xE2\x80\x94 " P2 "\n\nWhat now\n\n" P1
         "\n",
         "3 2020-10-20 Dockers vote\n  LEITH, 20 October - " P1 " / " P2 "\n"
         "9 2020-10-20 Tram fares\n  HULL (Wire) \xE2\x80\x94 " P2
         " / What now / " P1 "\n");
}

static void addresses(void **state) {
  (void)state;
  expect("20 Oct 2020\n\nDockers vote\nhttps://example.org/1\nBy Jane "
         "Doe\n\n" P1 "\n\nTram fares\nhttps://example.org/2\n\n" P2
         "\n\nhttps://example.org/more\n",
         "3 2020-10-20 Dockers vote [Jane Doe] <https://example.org/1>\n  " P1
         "\n9 2020-10-20 Tram fares <https://example.org/2>\n  " P2
         " / https://example.org/more\n");
}

static void sections(void **state) {
  (void)state;
  expect("20 Oct 2020\n\nNEWS\n\nDockers vote\n\nJane Doe\n\n\n" P1
         "\n\nTram fares\n\nTom Roe\n\n\n" P2
         "\n\nSPORT\n\nHull win again\n\nAnn Poe\n\n\n" P1
         "\n\n21 Oct 2020\n\nMill to close\n\nAnn Poe\n\n\n" P1
         "\n\n## Letters\n\nOn trams\n\nTom Roe\n\n\n" P2 "\n",
         "5 2020-10-20 Dockers vote [Jane Doe] in NEWS\n  " P1 "\n"
         "12 2020-10-20 Tram fares [Tom Roe] in NEWS\n  " P2 "\n"
         "21 2020-10-20 Hull win again [Ann Poe] in SPORT\n  " P1 "\n"
         "30 2020-10-21 Mill to close [Ann Poe]\n  " P1 "\n"
         "39 2020-10-21 On trams [Tom Roe] in Letters\n  " P2 "\n");
  /* Titles in capitals with decks. */
  expect("20 Oct 2020\n\nPAY\n\nDockers vote again\n\nJane Doe\n\n\n" P1
         "\n\nFARES\n\nTrams go up\n\nTom Roe\n\n\n" P2 "\n",
         "3 2020-10-20 PAY (Dockers vote again) [Jane Doe]\n  " P1 "\n"
         "12 2020-10-20 FARES (Trams go up) [Tom Roe]\n  " P2 "\n");
}

static void titles_and_names_in_narrow_gaps(void **state) {
  (void)state;
  /* No "By", and one blank everywhere: what recurs is a head. */
  expect("20 Oct 2020\n\nDockers vote\n\nJane Doe\n\n" P1
         "\n\nTram fares\n\nTom Roe\n\n" P2 "\n\nWhat now\n\n" P1
         "\n\nMill to close\n\nAnn Poe\n\n" P2 "\n",
         "3 2020-10-20 Dockers vote [Jane Doe]\n  " P1 "\n"
         "9 2020-10-20 Tram fares [Tom Roe]\n  " P2 " / What now / " P1 "\n"
         "19 2020-10-20 Mill to close [Ann Poe]\n  " P2 "\n");
}

static void where_it_stood(void **state) {
  (void)state;
  /* A place or a paper beside the date is no author. */
  expect("Dockers vote\nThe Courier, 20 October 2020\nBy Jane Doe\n\n" P1
         "\n\nTram fares\nLeith, 21 October 2020\nBy Tom Roe\n\n" P2
         "\n\nMill to close\nHull, 22 October 2020\n\n" P1 "\n",
         "1 2020-10-20 Dockers vote (The Courier, 20 October 2020) [Jane "
         "Doe]\n  " P1 "\n"
         "7 2020-10-21 Tram fares (Leith, 21 October 2020) [Tom Roe]\n  " P2
         "\n13 2020-10-22 Mill to close (Hull, 22 October 2020)\n  " P1 "\n");
}

/* No gap and no byline sets them apart, but nothing else is called so. */
static void columns_with_a_name(void **state) {
  (void)state;
  static const char *const names[] = {"Correction",    "Letter to the editor",
                                      "FE DE ERRATAS", "Исправление",
                                      "訂正",          "社説：沈黙の値段"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    char text[600], articles[600];
    snprintf(text, sizeof text,
             "20 Oct 2020\n\nDockers vote\n\nJane Doe\n\n\n" P1
             "\n\nTram fares\n\nTom Roe\n\n\n" P2 "\n\nWhat they want\n\n" P1
             "\n\n%s\n\n" P2 "\n",
             names[i]);
    snprintf(articles, sizeof articles,
             "3 2020-10-20 Dockers vote [Jane Doe]\n  " P1
             "\n10 2020-10-20 Tram fares [Tom Roe]\n  " P2
             " / What they want / " P1 "\n21 2020-10-20 %s\n  " P2 "\n",
             names[i]);
    expect(text, articles);
  }
}

static void numbers_of_its_own_date(void **state) {
  (void)state;
  /* The second has only one order, and tells that of the first. */
  expect("Dockers vote\nBy Jane Doe | 03/04/2020\n\n" P1
         "\n\nTram fares\nBy Tom Roe | 25/04/2020\n\n" P2 "\n",
         "1 2020-04-03 Dockers vote [Jane Doe]\n  " P1 "\n"
         "6 2020-04-25 Tram fares [Tom Roe]\n  " P2 "\n");
  expect_noted("Dockers vote\nBy Jane Doe | 03/04/2020\n\n" P1
               "\n\nTram fares\nBy Tom Roe | 2020-04-25\n\n" P2 "\n",
               "1 Dockers vote [Jane Doe]\n  " P1 "\n"
               "6 2020-04-25 Tram fares [Tom Roe]\n  " P2 "\n",
               "R2 \"By Jane Doe | 03/04/2020\" names no day for certain: the "
               "article has "
               "no date (write it as YYYY-MM-DD)\n");
}

/* What looks like a head, or a part of one. */
static void bodies_with_traps(void **state) {
  (void)state;
#define TRAPS                                                                  \
  "A short chronology\n\n19 October 1920\n\n" P1                               \
  "\n\nFor more, see\nhttps://example.org/more\n\n" P2                         \
  "\n\nWinners of the quiz\n\nTom Roe\nAnn Poe\nJane Doe\n\n" P1               \
  "\n\nTOM ROE (laughing) - I stay here.\n\nMRS POE, 83 - And I.\n\nAFP"
#define READ_TRAPS                                                             \
  "A short chronology / 19 October 1920 / " P1                                 \
  " / For more, see https://example.org/more / " P2                            \
  " / Winners of the quiz / Tom Roe Ann Poe Jane Doe / " P1                    \
  " / TOM ROE (laughing) - I stay here. / MRS POE, 83 - And I. / AFP"
  expect("20 Oct 2020\n\nDockers vote\n\nJane Doe\n\n\n" P1 "\n\n" TRAPS
         "\n\nTram fares\n\nTom Roe\n\n\n" P2
         "\n\nAnn Poe\n\nRopewalk\n\nMill to close\n\nAnn Poe\n\n\n" P1 "\n",
         "3 2020-10-20 Dockers vote [Jane Doe]\n  " P1 " / " READ_TRAPS "\n"
         "35 2020-10-20 Tram fares [Tom Roe]\n  " P2 " / Ann Poe / Ropewalk\n"
         "46 2020-10-20 Mill to close [Ann Poe]\n  " P1 "\n");
  expect("20 Oct 2020\n\nDockers vote\n\nJane Doe\n\n\n" P1
         "\n\nYours in hope\n\nTom Roe, 18 October 2020\n\n" P2 "\n",
         "3 2020-10-20 Dockers vote [Jane Doe]\n  " P1
         " / Yours in hope / Tom Roe, 18 October 2020 / " P2 "\n");
}

/* Years are lines as well; these are numbers of something else. */
static void numbers_that_are_no_years(void **state) {
  (void)state;
  static const char *const lines[][3] = {
      /* the line, what it adds to the text before it, and to the head */
      {"#1196", "", " in 1196"},
      {"(#2588)", " / (#2588)", ""},
      {"[1984]", " / [1984]", ""},
      {"(1196)", " / (1196)", ""}};
  for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
    char text[600], articles[600];
    snprintf(text, sizeof text,
             "20 Oct 2020\n\nDockers vote\n\nJane Doe\n\n\n" P1
             "\n\n%s\n\nTram fares\n\nTom Roe\n\n\n" P2 "\n",
             lines[i][0]);
    snprintf(articles, sizeof articles,
             "3 2020-10-20 Dockers vote [Jane Doe]\n  " P1
             "%s\n12 2020-10-20 Tram fares [Tom Roe]%s\n  " P2 "\n",
             lines[i][1], lines[i][2]);
    expect(text, articles);
  }
  expect("20 Oct 2020\n\nDockers vote\n\nJane Doe\n\n\n" P1 "\n\n"
         "# 2021\n\nTram fares\n\nTom Roe\n\n\n" P2 "\n",
         "3 2020-10-20 Dockers vote [Jane Doe]\n  " P1
         "\n12 2021 Tram fares [Tom Roe]\n  " P2 "\n");
}

static void captions_in_other_languages(void **state) {
  (void)state;
  static const char *const captions[] = {
      "Foto: Jens Oltmanns", "Photo : le port", "Der Hafen [Foto: Stadt Hull]",
      "Fot. Maria Kos", "\xE5\x86\x99\xE7\x9C\x9F\xEF\xBC\x9A\xE6\xB8\xAF"};
  for (size_t i = 0; i < sizeof captions / sizeof *captions; i++) {
    char text[1024], articles[1024];
    snprintf(text, sizeof text,
             "20 Oct 2020\n\nDockers vote\n\nJane Doe\n\n\n" P1
             "\n\n%s\n\nTram fares\n\n\n" P2 "\n",
             captions[i]);
    snprintf(articles, sizeof articles,
             "3 2020-10-20 Dockers vote [Jane Doe]\n  " P1 " / %s\n"
             "12 2020-10-20 Tram fares\n  " P2 "\n",
             captions[i]);
    expect(text, articles);
  }
}

static void greek_questions(void **state) {
  (void)state;
#define WHO "\xCE\xA0\xCE\xBF\xCE\xB9\xCE\xBF\xCF\x82;"
  expect("20 Oct 2020\n\n" WHO "\n\nthe night shift 4b\n\n\n" P1
         "\n\nDockers vote\n\nJane Doe\n\n\n" P1 "\n\n" WHO
         "\n\nTom Roe\n\n\n" P2 "\n\nTram fares\n\nTom Roe\n\n\n" P2 "\n",
         "3 2020-10-20 " WHO " (the night shift 4b)\n  " P1 "\n"
         "10 2020-10-20 Dockers vote [Jane Doe]\n  " P1 "\n"
         "17 2020-10-20 " WHO " [Tom Roe]\n  " P2 "\n"
         "24 2020-10-20 Tram fares [Tom Roe]\n  " P2 "\n");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(tight_heads_without_by),
      cmocka_unit_test(a_date_of_its_own),
      cmocka_unit_test(its_own_date_is_for_one_article),
      cmocka_unit_test(a_paper_beside_a_date_is_no_author),
      cmocka_unit_test(date_lines_of_a_paper),
      cmocka_unit_test(a_date_line_and_a_title),
      cmocka_unit_test(bylines_that_nobody_knows),
      cmocka_unit_test(datelines),
      cmocka_unit_test(addresses),
      cmocka_unit_test(sections),
      cmocka_unit_test(titles_and_names_in_narrow_gaps),
      cmocka_unit_test(where_it_stood),
      cmocka_unit_test(columns_with_a_name),
      cmocka_unit_test(numbers_of_its_own_date),
      cmocka_unit_test(bodies_with_traps),
      cmocka_unit_test(numbers_that_are_no_years),
      cmocka_unit_test(captions_in_other_languages),
      cmocka_unit_test(greek_questions),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

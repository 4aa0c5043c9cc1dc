/* What single lines of a printed paper say. */
#include "test.h"

#include <stdio.h>
#include <string.h>

#include "read/edition_marks.h"
#include "read/edition_names.h"
#include "read/edition_reporting.h"
#include "read/recur.h"

static byline_string joined(const names *n, buf *out) {
  buf_clear(out);
  for (size_t i = 0; i < n->count; i++) {
    buf_add_string(out, i > 0 ? "; " : "");
    buf_add_str(out, n->authors[i]);
  }
  if (n->affiliation.length > 0) {
    buf_add_string(out, " @ ");
    buf_add_str(out, n->affiliation);
  }
  return buf_string(out);
}

static void affiliations_and_authors(void **state) {
  (void)state;
  static const struct {
    const char *text, *read;
  } rows[] = {
      {"Jane Doe, Milton Keynes", "Jane Doe @ Milton Keynes"},
      {"Jane Doe, chair, Unite LE/1111", "Jane Doe @ chair, Unite LE/1111"},
      {"Jane Doe, Tower Hamlets and Newham branch",
       "Jane Doe @ Tower Hamlets and Newham branch"},
      {"Jane Doe & Tom Roe, Waltham Forest",
       "Jane Doe; Tom Roe @ Waltham Forest"},
      {"Jane Doe (Leeds)", "Jane Doe @ Leeds"},
      {"Paul, South Tyne & Wear", "Paul @ South Tyne & Wear"},
      {"Paul, Coventry", "Paul @ Coventry"},
      {"Jane Doe (aged 84), Leeds", "Jane Doe @ Leeds"},
      {"Carlisle Labour Club (north)", "Carlisle Labour Club @ north"},
      {"Ann Poe, Tom Roe (Leeds)", "Ann Poe; Tom Roe @ Leeds"},
      {"SueeoL , Hull", "SueeoL @ Hull"},
      {"Ann Poe, Tom Roe and Jane Doe", "Ann Poe; Tom Roe; Jane Doe"}};
  evidence e;
  buf out = BUF_INIT;
  assert_true(evidence_init(&e));
  e.habits.affiliated = 5;
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    names n;
    edition_names(&e, str(rows[i].text), &n);
    assert_str(joined(&n, &out), rows[i].read);
  }
  buf_free(&out);
  evidence_free(&e);
}

static void reporting(void **state) {
  (void)state;
  static const struct {
    const char *text, *part;
  } rows[] = {
      {"Jane Doe reports on the vote", "Jane Doe"},
      {"Jane Doe from Leeds (a nurse) looks at the cuts.",
       "Jane Doe from Leeds"},
      {"The wall is falling, writes Jane Doe.", "Jane Doe"},
      {"Jane Doe spoke to the paper about the cuts.", ""},
      {"Jane Doe told us that she had no idea.", ""},
      {"Dora Fell und Uwe Lau von Lotta Operaia berichten aus Genua.",
       "Dora Fell und Uwe Lau"},
      {"Margarethe von Trotta berichtet aus Genua.", "Margarethe von Trotta"},
      {"Жюль Перрен из «Рабочей левой» сообщает из Марселя.", "Жюль Перрен"},
      {"Dora Fell sprach über Genua.", ""},
      {"", ""}};
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    byline_string place;
    assert_str(edition_reporting(str(rows[i].text), &place), rows[i].part);
  }
}

static void footers(void **state) {
  (void)state;
  static const struct {
    const char *text, *iso;
  } rows[] = {
      {"This version of this article was first posted on the Union website on "
       "14 November 2017 and may vary slightly.",
       "2017-11-14"},
      {"(First published in The Gull, 21 January 2020)", "2020-01-21"},
      {"Posted on Tuesday 14 November 2017", "2017-11-14"},
      {"Originally published in May 2016.", "2016-05"},
      {"First posted on 9 November 2017, updated on 12 November 2017",
       "2017-11-09"},
      {"First posted on 31 November 2017", ""},
      {"First posted on 16-22 November 2017", ""},
      {"Dieser Artikel erschien zuerst am 6. Februar 2019.", "2019-02-06"},
      {"Cet article a été publié pour la première fois sur notre site le 21 "
       "mars 2019.",
       "2019-03-21"},
      {"Este artículo se publicó por primera vez el 2 de abril de 2019.",
       "2019-04-02"},
      {"Впервые опубликовано на нашем сайте 12 сентября 2018 года.",
       "2018-09-12"},
      {"Artykuł ukazał się po raz pierwszy 18 października 2019 r.",
       "2019-10-18"},
      {"Questo articolo è stato pubblicato il 3 maggio 2016", "2016-05-03"},
      {"Publicado originalmente em 5 de maio de 2016", "2016-05-05"},
      {"Dieser Artikel erschien zuerst im Mai 2019.", ""},
      {"Der Roman erschien zuerst am 6. Februar 1919.", ""},
      {"Впервые за 20 лет, 12 сентября 2018 года, порт стоит.", ""},
      {"The book was first published on 3 May 1948.", ""},
      {"This is not what the council said on 3 May 2016.", ""}};
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    static const date_hints none = DATE_HINTS_NONE;
    char iso[DATE_ISO_SIZE];
    bool found = marks_footer(str(rows[i].text), &none, iso);
    assert_string_equal(iso, rows[i].iso);
    assert_int_equal(found, *rows[i].iso != '\0');
  }
}

static void speakers(void **state) {
  (void)state;
  static const struct {
    const char *text;
    bool strictly, loosely;
  } rows[] = {{"JD: Batteries, mostly.", true, true},
              {"ВЛ: С печки.", true, true},
              {"J. P. : On a les gants.", true, true},
              {"Jane Doe (JD) We stay.", false, true},
              {"Jane Doe (JD): We stay.", false, true},
              {"Josiane Prigent : Par une histoire de gants.", false, true},
              {"Виктор Лямин (ВЛ): С печки.", false, true},
              {"Housing: the tower that nobody will own", false, false},
              {"Hallowick Rovers: Teale, Hesketh", false, false},
              {"The crews met at the gate: nobody spoke.", false, false}};
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    assert_int_equal(marks_speaker(str(rows[i].text), false), rows[i].strictly);
    assert_int_equal(marks_speaker(str(rows[i].text), true), rows[i].loosely);
  }
}

static void prices_and_sums(void **state) {
  (void)state;
  static const struct {
    const char *text;
    bool data;
  } rows[] = {{"Tern Press, 2019, \xC2\xA3"
               "9.99",
               true},
              {"Gull Verlag, 16,90 Euro", true},
              {"1,024 pages, hardback", true},
              {"Trams cost \xC2\xA3"
               "3 now",
               true},
              {"Where did the \xC2\xA3"
               "42,000 go?",
               false},
              {"Council finds \xC2\xA3"
               "1.2m for the sheds",
               false},
              {"A \xE2\x82\xAC"
               "3 million ribbon round the coast",
               false},
              {"Der Damm kostet 42.000 Euro mehr", false},
              {"Mill owes its hands $5000", false},
              {"A pier for \xC2\xA3"
               "3 made of cork",
               true}};
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
    assert_int_equal(marks_data(str(rows[i].text)), rows[i].data);
}

static void numbers_of_mastheads(void **state) {
  (void)state;
  assert_true(marks_masthead(str("The Anvil, No. 412")));
  assert_true(marks_masthead(str("Issue 17")));
  assert_false(marks_masthead(str("No 23% rise for the harbour trust")));
}

/* "No." at the end of a sentence is no number's. */
static void ends_of_sentences(void **state) {
  (void)state;
  static const struct {
    const char *text;
    shape_end end;
  } rows[] = {{"They were asked twice and twice said no.", SHAPE_END_STOP},
              {"Boats from Venn and Sons Ltd.", SHAPE_END_PLAIN},
              {"Dredging with the U.S.", SHAPE_END_PLAIN}};
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    shape f;
    shape_measure(rows[i].text, strlen(rows[i].text), &f);
    assert_int_equal(f.end, rows[i].end);
  }
}

static void lines_that_recur(void **state) {
  (void)state;
  recur r;
  assert_true(recur_init(&r));
  for (size_t i = 0; i < 5000; i++) { /* it grows */
    char text[32];
    snprintf(text, sizeof text, "line %c%c%c%c", (int)('a' + i % 26),
             (int)('a' + i / 26 % 26), (int)('a' + i / 676), 'x');
    assert_true(recur_add(&r, str(text), i + 1));
  }
  assert_true(recur_add(&r, str("The Pump - Page 4"), 5001));
  assert_true(recur_add(&r, str("THE PUMP - PAGE 15"), 5002));
  recur_finish(&r);
  assert_int_equal(recur_times(&r, str("The pump, page")), 2);
  assert_int_equal(recur_times(&r, str("line aaax")), 1);
  assert_int_equal(recur_times(&r, str("nowhere")), 0);
  assert_int_equal(recur_times(&r, str("7")), 0);
  assert_int_equal(recur_pair(&r, str("line aaax"), str("line baax")), 1);
  recur_free(&r);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(affiliations_and_authors),
      cmocka_unit_test(reporting),
      cmocka_unit_test(footers),
      cmocka_unit_test(speakers),
      cmocka_unit_test(prices_and_sums),
      cmocka_unit_test(numbers_of_mastheads),
      cmocka_unit_test(ends_of_sentences),
      cmocka_unit_test(lines_that_recur),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

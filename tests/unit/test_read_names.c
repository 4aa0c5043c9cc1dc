/* Bylines: who wrote it, and what else the line says. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "read/names.h"
#include "read/shape.h"

typedef struct row {
  const char *text;
  names_shape shape;
  const char *found; /* "author;author{affiliation" */
} row;

static void check(const row *rows, size_t count) {
  for (size_t i = 0; i < count; i++) {
    names n;
    char found[1024];
    size_t at = 0;
    names_parse(rows[i].text, strlen(rows[i].text), &n);
    found[0] = '\0';
    for (size_t k = 0; k < n.count; k++)
      at += (size_t)snprintf(found + at, sizeof found - at, "%s%.*s",
                             k > 0 ? ";" : "", (int)n.authors[k].length,
                             n.authors[k].data);
    if (n.affiliation.length > 0)
      snprintf(found + at, sizeof found - at, "{%.*s",
               (int)n.affiliation.length, n.affiliation.data);
    if (n.shape != rows[i].shape || strcmp(found, rows[i].found) != 0)
      fail_msg("\"%s\": %d \"%s\"", rows[i].text, (int)n.shape, found);
  }
}

static void persons(void **state) {
  (void)state;
  static const row rows[] = {
      {"Jane Doe", NAMES_SURE, "Jane Doe"},
      {"JANE DOE", NAMES_SURE, "JANE DOE"},
      {"May June", NAMES_SURE, "May June"},
      {"J. K. Doe", NAMES_SURE, "J. K. Doe"},
      {"J.-P. Doe", NAMES_SURE, "J.-P. Doe"},
      {"Jane X. Doe", NAMES_SURE, "Jane X. Doe"},
      {"Y Jane Anna Maria Doe", NAMES_SURE, "Y Jane Anna Maria Doe"},
      {"Claire Poole-Manley", NAMES_SURE, "Claire Poole-Manley"},
      {"Conor O'Neil", NAMES_SURE, "Conor O'Neil"},
      {"Conor O\xE2\x80\x99Neil", NAMES_SURE, "Conor O\xE2\x80\x99Neil"},
      {"Pieter van der Berg", NAMES_SURE, "Pieter van der Berg"},
      {"Mar\xC3\xAD"
       "a de la Cruz y Vega",
       NAMES_SURE,
       "Mar\xC3\xAD"
       "a de la Cruz y Vega"},
      {"Anne d'Arcy", NAMES_SURE, "Anne d'Arcy"},
      {"Samir al-Hadi", NAMES_SURE, "Samir al-Hadi"},
      {"'Abd al-Rahman Said", NAMES_SURE, "'Abd al-Rahman Said"},
      {"\xC3\x89mile Zorn", NAMES_SURE, "\xC3\x89mile Zorn"},
      {"Tom 'Red' Doe", NAMES_SURE, "Tom 'Red' Doe"},
      {"Tom \"Big Red\" Doe", NAMES_SURE, "Tom \"Big Red\" Doe"},
      {"Tom \xE2\x80\x9CRed\xE2\x80\x9D Doe", NAMES_SURE,
       "Tom \xE2\x80\x9CRed\xE2\x80\x9D Doe"},
      {"Robert (Bob) Doe", NAMES_SURE, "Robert (Bob) Doe"},
      {"Martin Doe, Jr.", NAMES_SURE, "Martin Doe, Jr."},
      {"Martin Doe III", NAMES_SURE, "Martin Doe III"},
      {"Dr. Jane Doe, PhD", NAMES_SURE, "Dr. Jane Doe, PhD"},
      {"\xE2\x80\x94 Jane Doe \xE2\x80\x94", NAMES_SURE, "Jane Doe"},
      {"*Jane Doe*", NAMES_SURE, "Jane Doe"},
      {"(Jane Doe)", NAMES_SURE, "Jane Doe"},
      {"Jane Doe <jane@example.org>", NAMES_SURE, "Jane Doe"},
  };
  check(rows, sizeof rows / sizeof *rows);
}

static void by(void **state) {
  (void)state;
  static const row rows[] = {
      {"By Jane Doe", NAMES_SURE, "Jane Doe"},
      {"by Jane Doe", NAMES_SURE, "Jane Doe"},
      {"BY JANE DOE", NAMES_SURE, "JANE DOE"},
      {"By: Jane Doe", NAMES_SURE, "Jane Doe"},
      {"Written by Jane Doe", NAMES_SURE, "Jane Doe"},
      {"Author: Jane Doe", NAMES_SURE, "Jane Doe"},
      {"(By Jane Doe)", NAMES_SURE, "Jane Doe"},
      {"By Jane Doe and Tom Roe", NAMES_SURE, "Jane Doe;Tom Roe"},
      {"By Jane Doe in Berlin", NAMES_SURE, "Jane Doe{Berlin"},
      {"By our own correspondent", NAMES_MAYBE, "our own correspondent"},
      {"From our correspondent", NAMES_MAYBE, "our correspondent"},
      {"By Christmas", NAMES_MAYBE, "Christmas"},
      {"Byron Doe", NAMES_SURE, "Byron Doe"},
      {"By", NAMES_NO, ""},
      {"By the end of the year it was over.", NAMES_NO, ""},
  };
  check(rows, sizeof rows / sizeof *rows);
  names n;
  names_parse("By Jane Doe", 11, &n);
  assert_true(n.by);
  names_parse("Byron Doe", 9, &n);
  assert_false(n.by);
}

static void several(void **state) {
  (void)state;
  static const row rows[] = {
      {"Jane Doe, Tom Roe", NAMES_SURE, "Jane Doe;Tom Roe"},
      {"Jane Doe and Tom Roe", NAMES_SURE, "Jane Doe;Tom Roe"},
      {"Jane Doe & Tom Roe", NAMES_SURE, "Jane Doe;Tom Roe"},
      {"Jane Doe, Tom Roe and Ann Poe", NAMES_SURE, "Jane Doe;Tom Roe;Ann Poe"},
      {"Jane Doe, Tom Roe, and Ann Poe", NAMES_SURE,
       "Jane Doe;Tom Roe;Ann Poe"},
      {"Jane Doe; Tom Roe", NAMES_SURE, "Jane Doe;Tom Roe"},
      {"Jane Doe / Tom Roe", NAMES_SURE, "Jane Doe;Tom Roe"},
      {"Jane Doe \xE2\x80\x94 Tom Roe", NAMES_SURE, "Jane Doe;Tom Roe"},
      {"Jane Doe\xE2\x80\x94Tom Roe", NAMES_SURE, "Jane Doe;Tom Roe"},
      {"Jane Doe with Tom Roe", NAMES_SURE, "Jane Doe;Tom Roe"},
      {"Jane Doe, with additional reporting by Tom Roe", NAMES_SURE,
       "Jane Doe;Tom Roe"},
      {"Jane Doe, Tom 'Red' Roe", NAMES_SURE, "Jane Doe;Tom 'Red' Roe"},
      {"Jane Doe, Jr., Tom Roe", NAMES_SURE, "Jane Doe, Jr.;Tom Roe"},
      {"Jane Doe and agencies", NAMES_SURE, "Jane Doe{agencies"},
      {"Jane Doe, Madonna and Tom Roe", NAMES_SURE, "Jane Doe;Madonna;Tom Roe"},
      {"Doe, Roe and Poe", NAMES_MAYBE, "Doe;Roe;Poe"},
      {"Doe, Jane", NAMES_MAYBE, "Doe, Jane"},
  };
  check(rows, sizeof rows / sizeof *rows);
}

static void affiliations(void **state) {
  (void)state;
  static const row rows[] = {
      {"Paul Doe, chair of the branch", NAMES_SURE,
       "Paul Doe{chair of the branch"},
      {"Paul Doe, chair, Dockers' Union XY/12", NAMES_SURE,
       "Paul Doe{chair, Dockers' Union XY/12"},
      {"Jane Doe, Swansea", NAMES_SURE, "Jane Doe{Swansea"},
      {"Jane Doe, Wick, Caithness", NAMES_SURE, "Jane Doe{Wick, Caithness"},
      {"Jane Doe, East Hull Workers Party", NAMES_SURE,
       "Jane Doe{East Hull Workers Party"},
      {"Jane Doe and Tom Roe, Tram Workers Forum", NAMES_SURE,
       "Jane Doe;Tom Roe{Tram Workers Forum"},
      {"Jane Doe \xE2\x80\x94 in Berlin", NAMES_SURE, "Jane Doe{Berlin"},
      {"Jane Doe - Berlin", NAMES_SURE, "Jane Doe{Berlin"},
      {"Jane Doe reports from Leeds", NAMES_MAYBE, "Jane Doe{Leeds"},
      {"Jane Doe (Leeds)", NAMES_SURE, "Jane Doe{Leeds"},
      {"Jane Doe at the Hull docks", NAMES_MAYBE, "Jane Doe{the Hull docks"},
  };
  check(rows, sizeof rows / sizeof *rows);
}

static void groups_and_scripts(void **state) {
  (void)state;
  static const row rows[] = {
      {"Our correspondents", NAMES_MAYBE, "Our correspondents"},
      {"Tram Workers Party members", NAMES_MAYBE, "Tram Workers Party members"},
      {"Hull Socialist Party", NAMES_MAYBE, "Hull Socialist Party"},
      {"Staff and agencies", NAMES_MAYBE, "Staff;agencies"},
      {"Madonna", NAMES_MAYBE, "Madonna"},
      {"\xE5\xB1\xB1\xE7\x94\xB0\xE5\xA4\xAA\xE9\x83\x8E", NAMES_MAYBE,
       "\xE5\xB1\xB1\xE7\x94\xB0\xE5\xA4\xAA\xE9\x83\x8E"},
      /* Two Japanese names with a space each and a comma between them. */
      {"\xE5\xB1\xB1\xE7\x94\xB0 \xE5\xA4\xAA\xE9\x83\x8E\xE3\x80\x81"
       "\xE9\x88\xB4\xE6\x9C\xA8 \xE8\x8A\xB1",
       NAMES_MAYBE,
       "\xE5\xB1\xB1\xE7\x94\xB0 \xE5\xA4\xAA\xE9\x83\x8E;"
       "\xE9\x88\xB4\xE6\x9C\xA8 \xE8\x8A\xB1"},
      /* Katakana with a middle dot; Arabic; Thai; Chinese with U+00B7. */
      {"\xE3\x82\xB8\xE3\x83\xA7\xE3\x83\xB3\xE3\x83\xBB\xE3\x83\x89\xE3\x82"
       "\xA5",
       NAMES_MAYBE,
       "\xE3\x82\xB8\xE3\x83\xA7\xE3\x83\xB3\xE3\x83\xBB\xE3\x83\x89\xE3\x82"
       "\xA5"},
      {"\xD9\x85\xD8\xAD\xD9\x85\xD8\xAF \xD8\xB9\xD9\x84\xD9\x8A", NAMES_MAYBE,
       "\xD9\x85\xD8\xAD\xD9\x85\xD8\xAF \xD8\xB9\xD9\x84\xD9\x8A"},
      {"\xE0\xB8\xAA\xE0\xB8\xA1\xE0\xB8\x8A\xE0\xB8\xB2\xE0\xB8\xA2 "
       "\xE0\xB9\x83\xE0\xB8\x88\xE0\xB8\x94\xE0\xB8\xB5",
       NAMES_MAYBE,
       "\xE0\xB8\xAA\xE0\xB8\xA1\xE0\xB8\x8A\xE0\xB8\xB2\xE0\xB8\xA2 "
       "\xE0\xB9\x83\xE0\xB8\x88\xE0\xB8\x94\xE0\xB8\xB5"},
      {"\xE7\xBA\xA6\xE7\xBF\xB0\xC2\xB7\xE5\xA4\x9A", NAMES_MAYBE,
       "\xE7\xBA\xA6\xE7\xBF\xB0\xC2\xB7\xE5\xA4\x9A"},
      /* Cyrillic has capitals. */
      {"\xD0\x98\xD0\xB2\xD0\xB0\xD0\xBD \xD0\x9F\xD0\xB5\xD1\x82\xD1\x80",
       NAMES_SURE,
       "\xD0\x98\xD0\xB2\xD0\xB0\xD0\xBD \xD0\x9F\xD0\xB5\xD1\x82\xD1\x80"},
  };
  check(rows, sizeof rows / sizeof *rows);
}

static void others(void **state) {
  (void)state;
  static const row rows[] = {
      {"", NAMES_NO, ""},
      {" ", NAMES_NO, ""},
      {"---", NAMES_NO, ""},
      {"20 October 2020", NAMES_NO, ""},
      {"The dockers voted to walk out on Monday.", NAMES_NO, ""},
      {"What next?", NAMES_NO, ""},
      {"Wages: who pays", NAMES_NO, ""},
      {"Analysis", NAMES_NO, ""},
      {"In brief", NAMES_NO, ""},
      {"bell hooper", NAMES_ODD, "bell hooper"},
      {"Dockers' demands", NAMES_NO, ""},
      {"Doe, Roe and Poe quit", NAMES_NO, ""},
      {"Dockers in Hull and Leith vote for more walkouts", NAMES_NO, ""},
  };
  check(rows, sizeof rows / sizeof *rows);
}

static void a_crowd_is_no_byline(void **state) {
  (void)state;
  char text[2048] = "";
  for (size_t i = 0; i < 60; i++)
    strcat(text, i > 0 ? ", Al Po" : "Al Po");
  names n;
  names_parse(text, strlen(text), &n);
  assert_int_equal(n.shape, NAMES_NO);
  assert_int_equal(n.count, 0);
}

typedef struct form {
  const char *text;
  shape_end end;
  shape_caption caption;
} form;

static void shapes(void **state) {
  (void)state;
  static const form forms[] = {
      {"Dockers vote", SHAPE_END_PLAIN, CAPTION_NO},
      {"Dockers vote.", SHAPE_END_STOP, CAPTION_NO},
      {"Dockers vote...", SHAPE_END_STRONG, CAPTION_NO},
      {"Dockers vote\xE2\x80\xA6", SHAPE_END_STRONG, CAPTION_NO},
      {"Dockers vote?", SHAPE_END_STRONG, CAPTION_NO},
      {"\"Vote!\"", SHAPE_END_STRONG, CAPTION_NO},
      {"\"Vote now\"", SHAPE_END_PLAIN, CAPTION_NO},
      {"\xE2\x80\x9CVote now.\xE2\x80\x9D", SHAPE_END_QUOTED, CAPTION_NO},
      {"Troops leave the U.S.", SHAPE_END_PLAIN, CAPTION_NO},
      {"Layoffs at Widgets Inc.", SHAPE_END_PLAIN, CAPTION_NO},
      {"And so am I.", SHAPE_END_STOP, CAPTION_NO},
      {"The demands:", SHAPE_END_OPEN, CAPTION_NO},
      {"\xE6\x8A\x95\xE7\xA5\xA8\xE3\x80\x82", SHAPE_END_STOP, CAPTION_NO},
      {"Tom Roe (Photo: A. Poe)", SHAPE_END_PLAIN, CAPTION_SURE},
      {"The yard [Photo by Ann Poe]", SHAPE_END_PLAIN, CAPTION_SURE},
      {"\xC2\xA9 Ann Poe", SHAPE_END_PLAIN, CAPTION_SURE},
      {"Dockers marching in Hull", SHAPE_END_PLAIN, CAPTION_MAYBE},
      {"The old mill in 1954", SHAPE_END_PLAIN, CAPTION_MAYBE},
      {"", SHAPE_END_PLAIN, CAPTION_NO},
  };
  for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
    shape s;
    size_t length = strlen(forms[i].text);
    shape_measure(forms[i].text, length, &s);
    shape_caption caption = shape_describes(forms[i].text, length, &s);
    if (s.end != forms[i].end || caption != forms[i].caption)
      fail_msg("\"%s\": %d %d", forms[i].text, (int)s.end, (int)caption);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(persons),
      cmocka_unit_test(by),
      cmocka_unit_test(several),
      cmocka_unit_test(affiliations),
      cmocka_unit_test(groups_and_scripts),
      cmocka_unit_test(others),
      cmocka_unit_test(a_crowd_is_no_byline),
      cmocka_unit_test(shapes),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Every name that ICU's languages have for two months, or for a month and a
 * weekday, and what is done with it where nothing else is known: the month of
 * the widely written languages, if they have but one; else none. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#include <unicode/udat.h>
#include <unicode/uloc.h>
#include <unicode/ustring.h>
#include <unicode/uvernum.h>

#include "date_cases.h"
#include "read/folded.h"

#define UNCLEAR ""
#define NO_DATE NULL

typedef struct row {
  const char *word, *meanings;
  const char *iso; /* of "3 WORD 2020" */
} row;

static const row rows[] = {
    {"ag", "7 8", "2020-08-03"},
    {"ara", "2 12; We Th", "2020-12-03"},
    {"bal", "4; Mo", "2020-04-03"},
    {"be", "11; Fr", NO_DATE},
    {"bel", "5 11", NO_DATE},
    {"bra", "2 6", NO_DATE},
    {"che", "4; Fr", "2020-04-03"},
    {"cla", "2; Mo", "2020-02-03"},
    {"cze", "6; Sa", "2020-06-03"},
    {"de", "12; Tu", NO_DATE},
    {"di", "1; Su Tu", NO_DATE},
    {"dic", "12; We", "2020-12-03"},
    {"dis", "12; Sa", "2020-12-03"},
    {"du", "11; Su Th", NO_DATE},
    {"dum", "7; Su", NO_DATE},
    {"er", "2 3", NO_DATE},
    {"est", "8; Sa", "2020-08-03"},
    {"fre", "2; Fr", NO_DATE},
    {"ful", "2 9; Fr", NO_DATE},
    {"gun", "6 9", NO_DATE},
    {"gwen", "9; Fr", NO_DATE},
    {"han", "1 5", NO_DATE},
    {"ig", "4; Su", NO_DATE},
    {"ile", "6; Th", "2020-06-03"},
    {"jol", "7 11", NO_DATE},
    {"jon", "6; Sa", "2020-06-03"},
    {"kab", "7; Tu", "2020-07-03"},
    {"kad", "3; We", "2020-03-03"},
    {"kam", "6; Th", NO_DATE},
    {"kan", "4 8; Th Fr", NO_DATE},
    {"kar", "6; Su", "2020-06-03"},
    {"kas", "5 11; Fr", "2020-11-03"},
    {"kaw", "2; Tu", "2020-02-03"},
    {"kel", "2 10", NO_DATE},
    {"kol", "8; Sa", "2020-08-03"},
    {"kpa", "12; Mo", "2020-12-03"},
    {"ktu", "3 10", NO_DATE},
    {"kuk", "2 8", NO_DATE},
    {"kur", "3 11", NO_DATE},
    {"kwa", "1 3; Tu", NO_DATE},
    {"lip", "6 7", UNCLEAR},
    {"lis", "10 11", UNCLEAR},
    {"listopad", "10 11", UNCLEAR},
    {"listopada", "10 11", UNCLEAR},
    {"lui", "2 7", NO_DATE},
    {"lum", "5; Su", "2020-05-03"},
    {"lun", "8 10; Mo", "2020-08-03"},
    {"lut", "2 9", "2020-02-03"},
    {"ma", "3; Mo Tu", NO_DATE},
    {"maa", "3 5; Tu Fr", NO_DATE},
    {"mac", "2 3", "2020-03-03"},
    {"mad", "5 7", NO_DATE},
    {"mae", "3 5", NO_DATE},
    {"maj", "5; Tu", "2020-05-03"},
    {"mam", "5 8", NO_DATE},
    {"mar", "3 5; Tu", "2020-03-03"},
    {"mas", "3 6", NO_DATE},
    {"mat", "3 4", NO_DATE},
    {"maw", "3; Tu", "2020-03-03"},
    {"may", "5 10 11", "2020-05-03"},
    {"mbe", "1; Mo", "2020-01-03"},
    {"mbi", "3 6", NO_DATE},
    {"me", "5; We", NO_DATE},
    {"mei", "5; Mo", "2020-05-03"},
    {"mer", "3; We", NO_DATE},
    {"met", "6; We", "2020-06-03"},
    {"meu", "3; Tu", "2020-03-03"},
    {"meurzh", "3; Tu", "2020-03-03"},
    {"mfu", "7 10", NO_DATE},
    {"mug", "7; Sa", "2020-07-03"},
    {"muk", "2; We", "2020-02-03"},
    {"mul", "1; Su", "2020-01-03"},
    {"mvu", "9; Mo", "2020-09-03"},
    {"ngb", "2 10", NO_DATE},
    {"nge", "7 9", NO_DATE},
    {"ngs", "6; Sa", "2020-06-03"},
    {"ngu", "4; Sa", "2020-04-03"},
    {"nje", "7; Su We", "2020-07-03"},
    {"num", "1; Su", "2020-01-03"},
    {"nya", "7 8", NO_DATE},
    {"nyakanga", "7 9", UNCLEAR},
    {"og", "8; Th", NO_DATE},
    {"ok", "6 10", NO_DATE},
    {"okt", "10; Fr", "2020-10-03"},
    {"oku", "3 6", NO_DATE},
    {"ong", "4; Tu", "2020-04-03"},
    {"out", "8 10", "2020-10-03"},
    {"ow", "9 10", NO_DATE},
    {"pay", "7 11; Th", NO_DATE},
    {"paz", "10; Su", "2020-10-03"},
    {"pi", "9; Fr", NO_DATE},
    {"ps", "8; Th", "2020-08-03"},
    {"rar", "1 3", NO_DATE},
    {"reb", "1; We", "2020-01-03"},
    {"sa", "1; Sa", NO_DATE},
    {"sab", "7; Su Sa", NO_DATE},
    {"sad", "11; Sa", NO_DATE},
    {"sam", "1; Th Sa", NO_DATE},
    {"san", "1; Su Mo Sa", "2020-01-03"},
    {"sap", "7 9; Su Fr Sa", NO_DATE},
    {"sas", "7; Sa", "2020-07-03"},
    {"sat", "9; Sa", NO_DATE},
    {"se", "1 9", NO_DATE},
    {"see", "4 5", NO_DATE},
    {"sen", "9; Mo Sa", "2020-09-03"},
    {"ser", "1 11; Sa", NO_DATE},
    {"sht", "9; Sa", "2020-09-03"},
    {"sit", "6; We", "2020-06-03"},
    {"srp", "7 8", UNCLEAR},
    {"su", "6 7; Su", NO_DATE},
    {"sub", "2; Sa", "2020-02-03"},
    {"sul", "7; Su", NO_DATE},
    {"sun", "6; Su", NO_DATE},
    {"taa", "3 4", NO_DATE},
    {"tha", "5 6; We", NO_DATE},
    {"tir", "7; Tu", NO_DATE},
    {"tis", "9 12; Tu", NO_DATE},
    {"ut", "8; Tu", NO_DATE},
    {"vas", "2; Fr", "2020-02-03"},
    {"vil", "2; Mo", "2020-02-03"},
    {"wkn", "4; Th", "2020-04-03"},
    {"wtn", "5; Fr", "2020-05-03"},
    {"yan", "1; Su", "2020-01-03"},
    {"yeb", "2 4", NO_DATE},
    {"जु", "7; Fr", "2020-07-03"},
    {"𞤧𞤭𞤤", "1 9", NO_DATE},
};

enum { MOST_NAMES = 20000, NAME_SIZE = 128 };

typedef struct name {
  char text[NAME_SIZE];
  unsigned months, weekdays;
} name;

typedef struct name_list {
  name *items;
  size_t count;
} name_list;

static void add_symbol(name_list *list, const UDateFormat *format,
                       UDateFormatSymbolType type, int32_t index, bool month) {
  UChar text[NAME_SIZE];
  char raw[4 * NAME_SIZE];
  UErrorCode code = U_ZERO_ERROR;
  int32_t bytes;
  size_t size;
  int32_t length = udat_getSymbols(format, type, index, text, NAME_SIZE, &code);
  u_strToUTF8(raw, sizeof raw, &bytes, text, length, &code);
  assert_true(U_SUCCESS(code));
  assert_true(list->count < MOST_NAMES);
  name *n = &list->items[list->count];
  assert_true(folded_copy(raw, (size_t)bytes, n->text, NAME_SIZE - 1, &size));
  while (size > 0 && strchr(". ", n->text[size - 1]))
    size--;
  n->text[size] = '\0';
  n->months = month ? 1u << index : 0;
  n->weekdays = month ? 0 : 1u << (index - 1);
  list->count += size > 0 && !strpbrk(n->text, "0123456789");
}

static void add_locale(name_list *list, const char *locale) {
  static const UDateFormatSymbolType months[] = {UDAT_MONTHS, UDAT_SHORT_MONTHS,
                                                 UDAT_STANDALONE_MONTHS,
                                                 UDAT_STANDALONE_SHORT_MONTHS};
  static const UDateFormatSymbolType days[] = {
      UDAT_WEEKDAYS, UDAT_SHORT_WEEKDAYS, UDAT_STANDALONE_WEEKDAYS,
      UDAT_STANDALONE_SHORT_WEEKDAYS};
  char id[ULOC_FULLNAME_CAPACITY];
  UErrorCode code = U_ZERO_ERROR;
  snprintf(id, sizeof id, "%s@calendar=gregorian", locale);
  UDateFormat *format =
      udat_open(UDAT_NONE, UDAT_LONG, id, NULL, 0, NULL, 0, &code);
  assert_true(U_SUCCESS(code));
  for (size_t i = 0; i < 4; i++) {
    for (int32_t k = 0; k < 12; k++)
      add_symbol(list, format, months[i], k, true);
    for (int32_t k = 1; k <= 7; k++)
      add_symbol(list, format, days[i], k, false);
  }
  udat_close(format);
}

static int by_text(const void *a, const void *b) {
  return strcmp(((const name *)a)->text, ((const name *)b)->text);
}

/* Sorts, and makes the meanings of one word one. */
static void join(name_list *list) {
  size_t kept = 0;
  qsort(list->items, list->count, sizeof *list->items, by_text);
  for (size_t i = 1; i < list->count; i++) {
    name *last = &list->items[kept];
    if (strcmp(last->text, list->items[i].text) != 0) {
      list->items[++kept] = list->items[i];
      continue;
    }
    last->months |= list->items[i].months;
    last->weekdays |= list->items[i].weekdays;
  }
  list->count = kept + 1;
}

static void describe(const name *n, char *out, size_t room) {
  static const char *const days[] = {"Su", "Mo", "Tu", "We", "Th", "Fr", "Sa"};
  size_t at = 0;
  for (int i = 0; i < 12; i++)
    if (n->months >> i & 1)
      at += (size_t)snprintf(out + at, room - at, "%s%d", at ? " " : "", i + 1);
  if (n->weekdays)
    at += (size_t)snprintf(out + at, room - at, ";");
  for (int i = 0; i < 7; i++)
    if (n->weekdays >> i & 1)
      at += (size_t)snprintf(out + at, room - at, " %s", days[i]);
}

static bool is_ambiguous(const name *n) {
  return n->months && (n->months & (n->months - 1) || n->weekdays);
}

static bool is_listed(const char *word, const char *meanings) {
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
    if (strcmp(rows[i].word, word) == 0 &&
        strcmp(rows[i].meanings, meanings) == 0)
      return true;
  return false;
}

static void all_are_listed(void **state) {
  (void)state;
  name_list list = {calloc(MOST_NAMES + 1, sizeof(name)), 0};
  size_t ambiguous = 0, missing = 0;
  assert_non_null(list.items);
  for (int32_t i = 0; i < uloc_countAvailable(); i++) {
    add_locale(&list, uloc_getAvailable(i));
    join(&list);
  }
  for (size_t i = 0; i < list.count; i++) {
    char meanings[128] = "";
    if (!is_ambiguous(&list.items[i]))
      continue;
    ambiguous++;
    describe(&list.items[i], meanings, sizeof meanings);
    if (is_listed(list.items[i].text, meanings))
      continue;
    missing++;
    print_message("{\"%s\", \"%s\"}\n", list.items[i].text, meanings);
  }
  free(list.items);
  /* Another ICU may have others. */
  if (U_ICU_VERSION_MAJOR_NUM == 72) {
    assert_int_equal(missing, 0);
    assert_int_equal(ambiguous, sizeof rows / sizeof *rows);
  }
}

static void what_is_done(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    char text[64], iso[DATE_ISO_SIZE];
    snprintf(text, sizeof text, "3 %s 2020", rows[i].word);
    date_result result = date_parse(text, strlen(text), iso);
    check_date(text, result, iso, rows[i].iso);
  }
}

/* A month of a less written language needs dates that only it can have. */
typedef struct evidence {
  const char *seen; /* lines */
  const char *text, *iso;
} evidence;

static void small_languages_need_evidence(void **state) {
  (void)state;
  static const evidence cases[] = {
      {"", "May 3, 2020", "2020-05-03"},
      {"3 mars 2020\n3 mai 2020", "May 3, 2020", "2020-05-03"},
      {"3 Juni 2020\n3 December 2020", "3 May 2020", "2020-05-03"},
      /* Basaa */
      {"3 hilondɛ 2020", "3 may 2020", "2020-11-03"},
      {"", "ŋgwa um 3 may 2020", "2020-11-03"},
      {"", "ŋgwa nɔy 3 may 2020", ""},
      {"3 hilondɛ 2020", "3 mac 2020", "2020-02-03"},
      {"3 hilondɛ 2020\n3 December 2020", "3 may 2020", ""},
      {"3 hilondɛ 2020\n3 mars 2020", "3 may 2020", ""},
      {"3 may 2020", "3 may 2020", "2020-05-03"},
      /* Duala */
      {"3 emiasele 2020", "3 may 2020", "2020-10-03"},
      /* Two small languages in one file. */
      {"3 hilondɛ 2020\n3 emiasele 2020", "3 may 2020", ""},
      /* Teso */
      {"3 Opedel 2020", "3 mar 2020", "2020-05-03"},
      {"3 Oktober 2020", "3 mar 2020", "2020-03-03"},
      /* Mauritian: August, where others have October. */
      {"3 zilye 2020", "3 out 2020", "2020-08-03"},
      {"3 abril 2020", "3 out 2020", "2020-10-03"},
  };
  for (size_t i = 0; i < COUNT(cases); i++)
    check_date_behind(cases[i].seen, DATE_ORDER_UNKNOWN, cases[i].text,
                      cases[i].iso);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(all_are_listed),
      cmocka_unit_test(what_is_done),
      cmocka_unit_test(small_languages_need_evidence),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

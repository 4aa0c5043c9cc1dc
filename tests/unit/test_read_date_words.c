/* The table of names against ICU's own data, and ICU's own way to write a date
 * in every locale against what is read from it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <unicode/ucal.h>
#include <unicode/udat.h>
#include <unicode/uloc.h>
#include <unicode/ustring.h>

#include "read/date.h"
#include "read/folded.h"

enum { NAME_SIZE = 512 };

static UDateFormat *open_format(const char *locale, UDateFormatStyle style) {
  static const UChar gmt[] = {'G', 'M', 'T', 0};
  char name[ULOC_FULLNAME_CAPACITY];
  UErrorCode code = U_ZERO_ERROR;
  snprintf(name, sizeof name, "%s@calendar=gregorian", locale);
  UDateFormat *format =
      udat_open(UDAT_NONE, style, name, gmt, 3, NULL, 0, &code);
  assert_true(U_SUCCESS(code));
  return format;
}

static size_t to_utf8(const UChar *text, int32_t length, char *out) {
  int32_t bytes;
  UErrorCode code = U_ZERO_ERROR;
  u_strToUTF8(out, NAME_SIZE, &bytes, text, length, &code);
  assert_true(U_SUCCESS(code));
  return (size_t)bytes;
}

typedef enum knowledge { KNOWN, OVERRULED, ABSENT } knowledge;

/* Whether a wide name of ICU means in the table what it means there, or
 * something else in a language that more people write. */
static knowledge look_up(const UDateFormat *format, UDateFormatSymbolType type,
                         int32_t index, char *name) {
  UChar text[NAME_SIZE / 4];
  char raw[NAME_SIZE];
  UErrorCode code = U_ZERO_ERROR;
  size_t size;
  int32_t length =
      udat_getSymbols(format, type, index, text, NAME_SIZE / 4, &code);
  assert_true(U_SUCCESS(code));
  size_t bytes = to_utf8(text, length, raw);
  assert_true(folded_copy(raw, bytes, name, NAME_SIZE - 1, &size));
  name[size] = '\0';
  while (size > 0 && (name[size - 1] == '.' || name[size - 1] == ' '))
    name[--size] = '\0';
  if (size == 0 || strpbrk(name, "0123456789"))
    return KNOWN; /* no word */
  const date_word *word = date_word_find(name, size);
  if (!word)
    return ABSENT;
  unsigned meaning = type == UDAT_WEEKDAYS
                         ? (unsigned)word->weekdays >> (index - 1)
                         : (unsigned)word->months >> index;
  return meaning & 1 ? KNOWN : OVERRULED;
}

static void every_name_of_icu(void **state) {
  (void)state;
  size_t counts[3] = {0, 0, 0};
  for (int32_t i = 0; i < uloc_countAvailable(); i++) {
    const char *locale = uloc_getAvailable(i);
    UDateFormat *format = open_format(locale, UDAT_LONG);
    for (int32_t k = 0; k < 19; k++) {
      char name[NAME_SIZE];
      bool month = k < 12;
      knowledge known = look_up(format, month ? UDAT_MONTHS : UDAT_WEEKDAYS,
                                month ? k : k - 11, name);
      counts[known]++;
      if (known == ABSENT)
        print_message("%s: \"%s\" is not known\n", locale, name);
    }
    udat_close(format);
  }
  print_message("%zu names known, %zu mean something else\n", counts[KNOWN],
                counts[OVERRULED]);
  assert_true(counts[KNOWN] > 10000);
  assert_true(counts[OVERRULED] * 200 < counts[KNOWN]);
  /* Another ICU may have a few names more. */
  assert_true(counts[ABSENT] <=
              (U_ICU_VERSION_MAJOR_NUM == 72 ? 0 : counts[KNOWN] / 50));
}

/* Languages where a month's name means another month in a language that more
 * people write, as the table's maker says. */
static bool is_overruled(const char *locale) {
  static const char *const languages[] = {"bas", "br",  "dav", "dua",
                                          "lu",  "mas", "mfe", "teo"};
  size_t size = strcspn(locale, "_");
  for (size_t i = 0; i < sizeof languages / sizeof *languages; i++)
    if (strlen(languages[i]) == size &&
        strncmp(languages[i], locale, size) == 0)
      return true;
  return false;
}

typedef struct count {
  size_t found, all;
} count;

static void check_day(UDateFormat *format, const char *locale, UDate time,
                      const char *expected, count *c) {
  UChar text[NAME_SIZE / 4];
  char written[NAME_SIZE], iso[DATE_ISO_SIZE];
  UErrorCode code = U_ZERO_ERROR;
  int32_t length = udat_format(format, time, text, NAME_SIZE / 4, NULL, &code);
  assert_true(U_SUCCESS(code));
  size_t size = to_utf8(text, length, written);
  date_result result = date_parse(written, size, iso);
  c->all++;
  c->found += result == DATE_FOUND;
  if (result == DATE_FOUND && strcmp(iso, expected) != 0 &&
      !is_overruled(locale))
    fail_msg("%s: \"%.*s\" is %s, not %s", locale, (int)size, written, iso,
             expected);
}

/* No locale's date is taken for another day, and nearly all are understood. */
static void every_date_of_icu(void **state) {
  (void)state;
  static const UDateFormatStyle styles[] = {UDAT_FULL, UDAT_LONG};
  UErrorCode code = U_ZERO_ERROR;
  UCalendar *calendar = ucal_open(NULL, 0, "en", UCAL_GREGORIAN, &code);
  count c = {0, 0};
  for (int32_t i = 0; i < uloc_countAvailable(); i++)
    for (size_t s = 0; s < 2; s++) {
      const char *locale = uloc_getAvailable(i);
      UDateFormat *format = open_format(locale, styles[s]);
      for (int month = 0; month < 12; month++) {
        char expected[32];
        int day = 3 + 2 * month;
        ucal_setDateTime(calendar, 2020, month, day, 12, 0, 0, &code);
        assert_true(U_SUCCESS(code));
        snprintf(expected, sizeof expected, "2020-%02d-%02d", month + 1, day);
        check_day(format, locale, ucal_getMillis(calendar, &code), expected,
                  &c);
      }
      udat_close(format);
    }
  ucal_close(calendar);
  print_message("%zu of %zu dates\n", c.found, c.all);
  assert_true(c.found * 100 >= c.all * 98);
}

static void the_table_is_in_order(void **state) {
  (void)state;
  static const char *const absent[] = {"", "octobe", "octoberr", "zzz", "\xFF"};
  for (size_t i = 0; i < sizeof absent / sizeof *absent; i++)
    assert_null(date_word_find(absent[i], strlen(absent[i])));
  const date_word *october = date_word_find("october in", 7);
  assert_non_null(october);
  assert_int_equal(october->months, 1 << 9);
  const date_word *listopad = date_word_find("listopad", 8);
  assert_non_null(listopad);
  assert_int_equal(listopad->months, 1 << 9 | 1 << 10);
  date_languages earlier = date_word_languages(listopad, 9),
                 later = date_word_languages(listopad, 10);
  assert_true(earlier != 0 && later != 0 && (earlier & later) == 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_name_of_icu),
      cmocka_unit_test(every_date_of_icu),
      cmocka_unit_test(the_table_is_in_order),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

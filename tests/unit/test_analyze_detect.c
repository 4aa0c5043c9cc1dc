/* The language of texts that are in one, over all their slices, and of those
 * that are not. fixtures/languages has a text in each of twenty. */
#include "language_texts.h"

#include "analyze/detect.h"
#include "base/utf8.h"

static const char *const CODES[] = {"ca", "cs", "da", "de", "el", "en", "es",
                                    "fi", "fr", "hu", "it", "nb", "nl", "pl",
                                    "pt", "ro", "ru", "sv", "tr", "uk"};
enum { CODE_COUNT = sizeof CODES / sizeof *CODES };

static buf texts[CODE_COUNT];
static detector *shared;

static int set_up(void **state) {
  (void)state;
  byline_error error = {0};
  for (size_t i = 0; i < CODE_COUNT; i++)
    if (!read_text("languages", CODES[i], &texts[i]))
      return -1;
  return detector_new(&shared, &error) == BYLINE_OK ? 0 : -1;
}

static int tear_down(void **state) {
  (void)state;
  for (size_t i = 0; i < CODE_COUNT; i++)
    buf_free(&texts[i]);
  detector_free(shared);
  return 0;
}

static size_t forward(const buf *text, size_t at, size_t characters) {
  while (at < text->length && characters-- > 0)
    utf8_next(text->data, text->length, &at);
  return at;
}

typedef struct tally {
  size_t right, wrong, unknown;
} tally;

static void try_slice(size_t language, byline_string slice, tally *t) {
  detected result;
  detector_run(shared, slice, &result);
  assert_true(result.confidence >= 0 && result.confidence <= 1.0001);
  const char *code = CODES[language];
  if (strcmp(code, "nb") == 0)
    code = "no";
  if (!*result.code)
    t->unknown++;
  else if (strcmp(result.code, code) == 0)
    t->right++;
  else
    t->wrong++;
  if (*result.code && strcmp(result.code, code) != 0)
    print_message("%s taken for %s: %.*s\n", code, result.code,
                  (int)slice.length, slice.data);
}

static tally try_slices(size_t language, size_t characters) {
  tally t = {0, 0, 0};
  const buf *text = &texts[language];
  for (size_t at = 0; at < text->length;) {
    size_t end = forward(text, at, characters);
    if (end < text->length || at == 0)
      try_slice(language, (byline_string){text->data + at, end - at}, &t);
    at = forward(text, at, characters < 200 ? 20 : 50);
  }
  return t;
}

static void test_slices(void **state) {
  (void)state;
  static const struct {
    size_t characters, right_percent;
  } rows[] = {{100, 30}, {200, 75}, {500, 85}, {1000, 95}};
  for (size_t r = 0; r < sizeof rows / sizeof *rows; r++) {
    tally all = {0, 0, 0};
    for (size_t i = 0; i < CODE_COUNT; i++) {
      tally t = try_slices(i, rows[r].characters);
      if (getenv("BYLINE_VERBOSE"))
        print_message("%4zu %s: %zu right, %zu unknown, %zu wrong\n",
                      rows[r].characters, CODES[i], t.right, t.unknown,
                      t.wrong);
      all.right += t.right;
      all.unknown += t.unknown;
      all.wrong += t.wrong;
    }
    size_t tried = all.right + all.unknown + all.wrong;
    print_message("languages: slices of %zu characters: %zu right, %zu "
                  "unknown, %zu wrong\n",
                  rows[r].characters, all.right, all.unknown, all.wrong);
    assert_int_equal(all.wrong, 0);
    assert_true(all.right * 100 >= tried * rows[r].right_percent);
  }
}

static void expect_unknown(const char *text, size_t length) {
  detected result;
  detector_run(shared, (byline_string){text, length}, &result);
  if (*result.code)
    fail_msg("taken for %s: %.*s", result.code, (int)length, text);
}

/* Names, numbers, what is short, and no text at all. */
static void test_what_says_too_little(void **state) {
  (void)state;
  static const char *const some[] = {
      "",
      "Football",
      "The harbour is closed.",
      "Tarnmouth 3, Skerrow 1; Pelldon 0, Quay Rovers 0; Brae 2, Marlow 2",
      "https://tarnmouth.example/a/b/c?d=1234 https://tarnmouth.example/x/y",
      "0123456789 0123456789 0123456789 0123456789 0123456789 0123456789 "
      "0123456789 0123456789 0123456789 0123456789 0123456789 0123456789",
      "Callum Brae, Maeve O'Neil, Dana Field, Ada Marlow, Jane Doe, Jana Dorn, "
      "Hester Lovelock, Asa Quist, Renée Marchmont, Søren Vagnbak",
  };
  for (size_t i = 0; i < sizeof some / sizeof *some; i++)
    expect_unknown(some[i], strlen(some[i]));
}

/* Half in one language and half in another, of any two; but Danish and
 * Norwegian are as one where they are short. */
static void test_mixed(void **state) {
  (void)state;
  static const size_t halves[] = {110, 200, 2000};
  for (size_t n = 0; n < CODE_COUNT * CODE_COUNT * 3; n++) {
    size_t i = n / 3 / CODE_COUNT, k = n / 3 % CODE_COUNT, half = halves[n % 3];
    bool nordic = strstr("da nb", CODES[i]) && strstr("da nb", CODES[k]);
    buf both = BUF_INIT;
    if (i == k || (nordic && half < 2000))
      continue;
    assert_true(buf_add(&both, texts[i].data, forward(&texts[i], 0, half)) &&
                buf_add(&both, texts[k].data, forward(&texts[k], 0, half)));
    expect_unknown(both.data, both.length);
    buf_free(&both);
  }
}

static void test_hostile(void **state) {
  (void)state;
  buf text = BUF_INIT;
  uint32_t seed = 20191103;
  for (size_t n = 0; n < 3000; n++) {
    seed = seed * 1664525 + 1013904223;
    assert_true(buf_add_char(&text, (char)(seed >> 24)));
  }
  for (size_t n = 0; n < text.length; n += 61)
    expect_unknown(text.data, n);
  memset(text.data, 0, text.length);
  expect_unknown(text.data, text.length);
  memset(text.data, 'a', text.length);
  expect_unknown(text.data, text.length);
  memset(text.data, '\xC3', text.length);
  expect_unknown(text.data, text.length);
  buf_free(&text);
}

/* A quotation does not make an article Chinese. */
static void test_quotations(void **state) {
  (void)state;
  buf text = BUF_INIT;
  const buf *english = &texts[5];
  assert_true(buf_add(&text, english->data, forward(english, 0, 400)) &&
              buf_add_string(
                  &text, " “昨天晚上，港口附近的旧仓库发生了火灾。没有人受伤，"
                         "但是镇上的居民直到早上才能回家睡觉。” ") &&
              buf_add(&text, english->data, forward(english, 0, 400)));
  detected result;
  detector_run(shared, (byline_string){text.data, text.length}, &result);
  assert_string_not_equal(result.code, "zh");
  buf_free(&text);
}

/* A language has more forms than one, and each counts. */
static void test_other_scripts(void **state) {
  (void)state;
  static const char *const rows[][2] = {
      {"ja",
       "昨日の夜、港の近くにある古い倉庫で火事がありました。けが人はいません"
       "でしたが、町の人たちは朝まで眠れなかったそうです。"},
      {"zh",
       "昨天晚上，港口附近的旧仓库发生了火灾。没有人受伤，但是镇上的居民直到"
       "早上才能回家睡觉，市长说他们会尽快查明原因。"},
      {"ko",
       "어젯밤 항구 근처에 있는 오래된 창고에서 불이 났습니다. 다친 사람은 "
       "없었지만 마을 사람들은 아침까지 잠을 자지 못했다고 합니다."},
      {"th", "เมื่อคืนนี้เกิดไฟไหม้ที่โกดังเก่าใกล้ท่าเรือ ไม่มีใครได้รับบาดเจ็บ "
             "แต่ชาวเมืองไม่ได้นอนจนถึงเช้า และนายกเทศมนตรีบอกว่าจะหาสาเหตุให้ได้"},
      {"he", "אתמול בלילה פרצה שריפה במחסן הישן ליד הנמל. איש לא נפגע, אבל "
             "תושבי העיר לא הצליחו לישון עד הבוקר, וראש העיר אמרה שתבדוק."},
      {"ar", "اندلع حريق ليلة أمس في المستودع القديم قرب الميناء. لم يصب أحد "
             "بأذى، لكن سكان المدينة لم يتمكنوا من النوم حتى الصباح."},
  };
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
    detected result;
    detector_run(shared, (byline_string){rows[i][1], strlen(rows[i][1])},
                 &result);
    assert_string_equal(result.code, rows[i][0]);
  }
}

/* Articles with links, addresses and names in Latin letters among their own,
 * and letters that are decomposed: fixtures/scripts. */
static void test_with_guests(void **state) {
  (void)state;
  static const char *const rows[][2] = {
      {"ar", "ar"},      {"bn", "bn"}, {"de", "de"}, {"el", "el"}, {"en", "en"},
      {"fa", "fa"},      {"fr", "fr"}, {"he", "he"}, {"hi", "hi"}, {"hy", "hy"},
      {"ja", "ja"},      {"ka", "ka"}, {"km", "km"}, {"ko", "ko"}, {"lo", "lo"},
      {"my", "my"},      {"pl", "pl"}, {"ru", "ru"}, {"sv", "sv"}, {"ta", "ta"},
      {"th", "th"},      {"tr", "tr"}, {"uk", "uk"}, {"vi", "vi"}, {"zh", "zh"},
      {"zh-Hant", "zh"},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    buf text = BUF_INIT;
    assert_true(read_text("scripts", rows[i][0], &text));
    const char *body = strstr(text.data, "\n\n\n"); /* behind the byline */
    assert_non_null(body);
    detected result;
    detector_run(shared, (byline_string){body, strlen(body)}, &result);
    assert_string_equal(result.code, rows[i][1]);
    buf_free(&text);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_slices),
      cmocka_unit_test(test_what_says_too_little),
      cmocka_unit_test(test_mixed),
      cmocka_unit_test(test_hostile),
      cmocka_unit_test(test_other_scripts),
      cmocka_unit_test(test_with_guests),
      cmocka_unit_test(test_quotations),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}

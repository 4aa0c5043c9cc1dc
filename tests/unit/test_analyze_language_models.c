/* The models of languages say what libexttextcat says of a text, whatever it
 * is. */
#include "language_texts.h"

#include <textcat.h>

#include "analyze/language_models.h"
#include "base/utf8.h"

static const char *const NAMES[] = {
    "en", "de",      "es",      "fr", "it",      "pt",      "nl", "ru",
    "ja", "zh-Hans", "zh-Hant", "ar", "sv",      "da",      "nb", "nn",
    "fi", "pl",      "cs",      "hu", "ro",      "tr",      "uk", "el",
    "ca", "ko",      "hi",      "fa", "sr-Latn", "sr-Cyrl", "hr", "th"};
enum { COUNT = sizeof NAMES / sizeof *NAMES };

static const char *const CODES[] = {"ca", "cs", "da", "de", "el", "en", "es",
                                    "fi", "fr", "hu", "it", "nb", "nl", "pl",
                                    "pt", "ro", "ru", "sv", "tr", "uk"};

typedef struct fixture {
  language_models *models;
  void *textcat;
  candidate_t *candidates;
} fixture;

static int set_up(void **state) {
  fixture *f = calloc(1, sizeof *f);
  char path[] = "/tmp/byline-models-XXXXXX";
  *state = f;
  int fd = f ? mkstemp(path) : -1;
  FILE *file = fd >= 0 ? fdopen(fd, "w") : NULL;
  if (!file)
    return -1;
  for (size_t i = 0; i < COUNT; i++)
    fprintf(file, "%s.lm %s\n", NAMES[i], NAMES[i]);
  fclose(file);
  f->textcat = special_textcat_Init(path, BYLINE_TEXTCAT_DATA "/");
  remove(path);
  if (!f->textcat)
    return -1;
  f->candidates = textcat_GetClassifyFullOutput(f->textcat);
  return language_models_load(BYLINE_TEXTCAT_DATA, NAMES, COUNT, &f->models,
                              NULL);
}

static int tear_down(void **state) {
  fixture *f = *state;
  textcat_ReleaseClassifyFullOutput(f->textcat, f->candidates);
  textcat_Done(f->textcat);
  language_models_free(f->models);
  free(f);
  return 0;
}

/* Both give none for what is too short and for what too many models fit. */
static void compare(fixture *f, const char *text, size_t length) {
  size_t nearest[LANGUAGE_MODELS_NEAREST], count;
  char *copy = calloc(1, length + 1); /* it reads up to a NUL */
  assert_non_null(copy);
  memcpy(copy, text, length);
  int wanted = textcat_ClassifyFull(f->textcat, copy, length, f->candidates);
  language_models_ask(f->models, (byline_string){copy, length}, nearest,
                      &count);
  bool same = (int)count == (wanted > 0 ? wanted : 0);
  for (size_t i = 0; same && i < count; i++) {
    same = false;
    for (int k = 0; k < wanted; k++)
      same = same || strcmp(f->candidates[k].name, NAMES[nearest[i]]) == 0;
  }
  if (!same)
    fail_msg("%d models, not %zu, for: %.200s", wanted, count, copy);
  free(copy);
}

static void every_slice(fixture *f, const buf *text) {
  static const size_t sizes[] = {1, 7, 40, 200, 333, 1000, 3000};
  for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++)
    for (size_t at = 0; at < text->length; at += sizes[k] / 2 + 61) {
      size_t start = utf8_cut(text->data, text->length, at);
      size_t end = utf8_cut(text->data, text->length, at + sizes[k]);
      if (end > start)
        compare(f, text->data + start, end - start);
    }
}

static void texts_in_many_languages(void **state) {
  static const char *const scripts[] = {"ar", "el", "fa", "he", "hi",     "ja",
                                        "ko", "ru", "th", "zh", "zh-Hant"};
  buf text = BUF_INIT;
  for (size_t i = 0; i < sizeof CODES / sizeof *CODES; i++) {
    buf_clear(&text);
    assert_true(read_text("languages", CODES[i], &text));
    every_slice(*state, &text);
  }
  for (size_t i = 0; i < sizeof scripts / sizeof *scripts; i++) {
    buf_clear(&text);
    assert_true(read_text("scripts", scripts[i], &text));
    every_slice(*state, &text);
  }
  buf_free(&text);
}

static void texts_of_the_edges(void **state) {
  static const char *const texts[] = {
      "a",         " ",        " a",       "a ",       "1",
      "12 34",     "_",        "__ _",     "a_b_c",    "word",
      "one two",   "one  two", " one two", "one two ", "é",
      "ééééééé é", "\t\n a",   "a1b2c3",   "😀😀😀😀😀😀"};
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
    compare(*state, texts[i], strlen(texts[i]));
  compare(*state, "one two\0 three", 14);
}

/* Few letters make many n-grams equally frequent. */
static void texts_of_chance(void **state) {
  char text[1200];
  uint32_t random = 12345;
  for (size_t round = 0; round < 400; round++) {
    size_t length = 20 + round * 2, letters = 2 + round % 25;
    for (size_t i = 0; i < length; i++) {
      random = random * 1103515245 + 12345;
      uint32_t value = random >> 16;
      text[i] = (char)(value % 6 == 0 ? ' ' : 'a' + (int)(value / 6 % letters));
    }
    compare(*state, text, length);
  }
}

static void without_models(void **state) {
  language_models *none;
  size_t nearest[LANGUAGE_MODELS_NEAREST], count = 1;
  (void)state;
  assert_int_equal(language_models_load("/nowhere", NAMES, COUNT, &none, NULL),
                   BYLINE_OK);
  assert_int_equal(language_models_count(none), 0);
  language_models_ask(none, str("The council met."), nearest, &count);
  assert_int_equal(count, 0);
  language_models_free(none);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(texts_in_many_languages),
      cmocka_unit_test(texts_of_the_edges),
      cmocka_unit_test(texts_of_chance),
      cmocka_unit_test(without_models),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}

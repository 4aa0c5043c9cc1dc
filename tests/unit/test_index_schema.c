/* Terms, data lines and ids of the schema. */
#include "test.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

#include "analyze/language.h"
#include "base/utf8.h"
#include "index/identity.h"
#include "index/schema.h"

static void boolean_terms_follow_omegas_convention(void **state) {
  (void)state;
  static const struct {
    const char *prefix, *value, *term;
  } rows[] = {
      {PREFIX_LANGUAGE, "en", "Len"},
      {PREFIX_YEAR, "2017", "Y2017"},
      {PREFIX_EXACT_AUTHOR, "Jane O'Neil", "XAUTHOR:Jane O'Neil"},
      {PREFIX_EXACT_AUTHOR, "de la Cruz", "XAUTHORde la Cruz"},
      {PREFIX_EXACT_AUTHOR, ":wq", "XAUTHOR::wq"},
      {PREFIX_EXACT_AUTHOR, "\xC3\x89mile", "XAUTHOR\xC3\x89mile"},
      {PREFIX_KEYWORD, "Sport", "KSport"},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    buf term = BUF_INIT;
    assert_true(schema_boolean_term(rows[i].prefix, str(rows[i].value), &term));
    assert_string_equal(term.data, rows[i].term);
    buf_free(&term);
  }
}

static void no_term_is_too_long_for_xapian(void **state) {
  (void)state;
  char value[600];
  for (size_t length = 1; length < sizeof value; length++) {
    for (size_t i = 0; i < length; i++)
      value[i] = i % 3 == 0 ? '\0' : "\xC3\xA9"[i % 2];
    buf plain = BUF_INIT, unique = BUF_INIT;
    byline_string v = {value, length};
    assert_true(schema_boolean_term("XAUTHOR", v, &plain));
    assert_true(schema_unique_term("Q", v, &unique));
    size_t cost = 0;
    for (size_t i = 0; i < plain.length; i++)
      cost += plain.data[i] ? 1 : 2;
    assert_in_range(cost, 1, SCHEMA_TERM_MAX);
    cost = 0;
    for (size_t i = 0; i < unique.length; i++)
      cost += unique.data[i] ? 1 : 2;
    assert_in_range(cost, 1, SCHEMA_TERM_MAX);
    buf_free(&plain);
    buf_free(&unique);
  }
}

static void long_ids_stay_distinct(void **state) {
  (void)state;
  char a[400], b[400];
  memset(a, 'x', sizeof a);
  memcpy(b, a, sizeof b);
  b[sizeof b - 1] = 'y';
  buf first = BUF_INIT, second = BUF_INIT;
  assert_true(schema_unique_term("U", (byline_string){a, sizeof a}, &first));
  assert_true(schema_unique_term("U", (byline_string){b, sizeof b}, &second));
  assert_string_not_equal(first.data, second.data);
  buf_free(&first);
  buf_free(&second);
}

static void dates_become_values_that_sort(void **state) {
  (void)state;
  static const struct {
    const char *date, *value;
  } rows[] = {
      {"2017-11-14", "20171114"},
      {"2017-11", "20171100"},
      {"0079-08-24", "00790824"},
      {"2017-11-14T08:30:05", "20171114083005"},
      {"2017", "20170000"},
      {"2017-11-14T08:30", "20171114"},
      {"", ""},
      {"soon", ""},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    char value[16];
    schema_date_value(str(rows[i].date), value);
    assert_string_equal(value, rows[i].value);
  }
}

/* An article with everything, some of it hostile to a data line. */
static byline_article hostile(void) {
  static const byline_string authors[] = {
      {"Jane\nDoe", 8}, {"  ", 2}, {"Zo\xC3\xAB \x1B[31m", 10}};
  static const byline_string decks[] = {{"A = b", 5}};
  byline_article a = {.size = sizeof a};
  a.title = str(" title=spoof\r\nauthor=Nobody ");
  a.authors = authors;
  a.author_count = 3;
  a.decks = decks;
  a.deck_count = 1;
  a.date = str("2017-11-14");
  a.source = str("a\xFF.txt");
  a.line = 12;
  a.id = str("x1");
  a.text =
      str("First\tparagraph\nhere.\n\n\n\nSecond\xE2\x80\xA8one\xE2\x80\xA9"
          "third \xC2\x85\n\n");
  return a;
}

static void a_clean_article_breaks_no_line(void **state) {
  (void)state;
  arena memory = ARENA_INIT;
  byline_article in = hostile(), a;
  assert_int_equal(schema_clean(&memory, &in, &a, NULL), BYLINE_OK);
  assert_str(a.title, "title=spoof  author=Nobody");
  assert_int_equal(a.author_count, 2);
  assert_str(a.authors[0], "Jane Doe");
  assert_str(a.authors[1], "Zo\xC3\xAB  [31m");
  assert_str(a.source, "a\xEF\xBF\xBD.txt");
  assert_str(a.text, "First paragraph here.\n\nSecond one\n\nthird");
  arena_free(&memory);
}

static byline_string text_cleaned(arena *memory, byline_string text) {
  byline_article in = {.size = sizeof in}, out;
  in.text = text;
  assert_int_equal(schema_clean(memory, &in, &out, NULL), BYLINE_OK);
  return out.text;
}

/* Every text of a few pieces: a control character in a paragraph of its own,
 * which goes, makes the rest of it be looked at piece by piece. */
static void a_clean_text_stays_as_it_is(void **state) {
  (void)state;
  static const char *const pieces[] = {
      "ab", " ", "\n", "\n\n", "\xC3\xA9", "\xE2\x80\xA9", "\xC2\x85", "\x80"};
  arena memory = ARENA_INIT;
  for (unsigned number = 0; number < 1u << 15; number++) {
    char text[32] = "\x01\n\n";
    size_t before = strlen(text);
    for (unsigned i = 0; i < 5; i++)
      strcat(text, pieces[number >> 3 * i & 7]);
    byline_string in = str(text + before);
    byline_string quick = text_cleaned(&memory, in);
    byline_string slow = text_cleaned(&memory, str(text));
    assert_int_equal(quick.length, slow.length);
    if (slow.length > 0)
      assert_memory_equal(quick.data, slow.data, slow.length);
    if (quick.length > 0 && quick.length == in.length &&
        memcmp(quick.data, in.data, in.length) == 0)
      assert_ptr_equal(quick.data, in.data);
    arena_reset(&memory);
  }
  arena_free(&memory);
}

static void a_hostile_path_adds_no_line(void **state) {
  (void)state;
  byline_article a = {.size = sizeof a, .title = {"Title", 5}};
  schema_file file = {-1, str("/x\nauthor=Nobody\ncaption=Spoof\n.txt")};
  buf data = BUF_INIT;
  assert_true(schema_write_data(&a, &file, &data));
  assert_string_equal(data.data, "caption=Title\nsize=0\n");
  buf_free(&data);
}

static void languages_become_codes(void **state) {
  (void)state;
  static const struct {
    const char *name, *code;
  } rows[] = {{"en", "en"},     {"en-GB", "en"}, {"DE_at", "de"},
              {"deu", "de"},    {"ENG", "en"},   {"fil", "fil"},
              {"German", "de"}, {"thai", "th"},  {"gibberish", ""},
              {"qqq", ""},      {"", ""},        {"porter", ""}};
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    char code[LANGUAGE_CODE_SIZE];
    language_code(rows[i].name, code);
    assert_string_equal(code, rows[i].code);
  }
}

static void data_lines_read_back_as_written(void **state) {
  (void)state;
  arena memory = ARENA_INIT;
  byline_article in = hostile(), a, back;
  byline_string absolute, source, found;
  size_t line;
  schema_file file = {1500000000, {"/abs/a.txt", 10}};
  buf data = BUF_INIT;
  assert_int_equal(schema_clean(&memory, &in, &a, NULL), BYLINE_OK);
  assert_true(schema_write_data(&a, &file, &data));
  for (char *rest = data.data; *rest; rest = strchr(rest, '\n') + 1)
    assert_true(strchr(rest, '=') < strchr(rest, '\n'));
  assert_int_equal(
      schema_read_data(&memory, buf_string(&data), &back, &absolute, NULL),
      BYLINE_OK);
  assert_str(absolute, "/abs/a.txt");
  assert_str(back.title, "title=spoof  author=Nobody");
  assert_int_equal(back.author_count, 2);
  assert_str(back.authors[1], "Zo\xC3\xAB  [31m");
  assert_int_equal(back.deck_count, 1);
  assert_str(back.decks[0], "A = b");
  assert_str(back.date, "2017-11-14");
  assert_str(back.id, "x1");
  assert_int_equal(back.line, 12);
  assert_str(back.text, "First paragraph here.\n\nSecond one\n\nthird");
  assert_non_null(strstr(data.data, "\nmodtime=1500000000\n"));
  assert_non_null(
      strstr(data.data, "\nsample=First paragraph here. Second one third\n"));
  schema_read_origin(buf_string(&data), &source, &found, &line);
  assert_str(found, "/abs/a.txt");
  assert_int_equal(line, 12);
  buf_free(&data);
  arena_free(&memory);
}

static void a_sample_ends_with_a_sentence(void **state) {
  (void)state;
  char text[2000] = "";
  for (int i = 0; strlen(text) < 1500; i++)
    strcat(text, i % 2 ? "It ends here. " : "A sentence that goes on ");
  byline_article a = {.size = sizeof a};
  a.text = str(text);
  schema_file file = {-1, {NULL, 0}};
  buf data = BUF_INIT;
  assert_true(schema_write_data(&a, &file, &data));
  char *sample = strstr(data.data, "sample=");
  assert_non_null(sample);
  char *end = strchr(sample, '\n');
  assert_in_range(end - sample, 400, 507);
  assert_int_equal(end[-1], '.');
  buf_free(&data);
}

static void ids_depend_on_what_they_should(void **state) {
  (void)state;
  static const byline_string authors[] = {{"A", 1}, {"B", 1}, {"AB", 2}};
  byline_article a = {.size = sizeof a, .authors = authors, .author_count = 2};
  a.title = str("Title");
  a.date = str("2020-01-02");
  a.text = str("text");
  char id[IDENTITY_SIZE], other[IDENTITY_SIZE];
  assert_true(identity_make(&a, 1, id));
  assert_int_equal(strlen(id), 32);
  byline_article b = a;
  b.text = str("another");
  b.source = str("elsewhere");
  b.line = 9;
  assert_true(identity_make(&b, 1, other));
  assert_string_equal(id, other); /* dated: whatever the text and place */
  assert_true(identity_make(&a, 2, other));
  assert_string_not_equal(id, other);
  b = a;
  b.authors = authors + 2; /* "AB" is not "A", "B" */
  b.author_count = 1;
  assert_true(identity_make(&b, 1, other));
  assert_string_not_equal(id, other);
  a.date.length = 0; /* undated: the text counts */
  b = a;
  b.text = str("another");
  assert_true(identity_make(&a, 1, id));
  assert_true(identity_make(&b, 1, other));
  assert_string_not_equal(id, other);
}

static void articles_of_one_kind_hash_alike(void **state) {
  (void)state;
  byline_article a = {.size = sizeof a};
  a.title = str("Title");
  a.date = str("2020-01-02");
  uint64_t expected, hash;
  assert_true(identity_hash(&a, &expected));
  byline_article stored = a;
  for (size_t n = 1; n <= 1001; n += 100) {
    char id[IDENTITY_SIZE];
    assert_true(identity_make(&a, n, id));
    stored.id = str(id);
    assert_true(identity_stored_hash(&stored, &hash));
    assert_true((hash == expected) == (n <= 1000));
  }
  stored.id = str("0123456789abcdef0123456789abcdef"); /* the source's own */
  assert_true(identity_hash(&stored, &expected));
  assert_true(identity_stored_hash(&stored, &hash));
  assert_true(hash == expected);
  stored.id = str("https://papers.example/1");
  assert_true(identity_hash(&stored, &expected));
  assert_true(identity_stored_hash(&stored, &hash));
  assert_true(hash == expected);
}

/* The id of an article without date and authors, with a title of five bytes, as
 * it is in databases: a hash in one go. */
static void old_id(const byline_article *a, size_t n, char id[IDENTITY_SIZE]) {
  buf key = BUF_INIT;
  unsigned char length[8] = {(unsigned char)a->text.length,
                             (unsigned char)(a->text.length >> 8)};
  assert_true(buf_add(&key, "\0\0\0\0\0\0\0\0\5\0\0\0\0\0\0", 16));
  assert_true(buf_add_str(&key, a->title));
  assert_true(buf_add(&key, "\0\0\0", 4));
  assert_true(buf_add(&key, length, sizeof length));
  assert_true(buf_add_str(&key, a->text));
  if (n > 1)
    assert_true(buf_printf(&key, "#%zu", n));
  XXH128_hash_t hash = XXH3_128bits(key.data, key.length);
  snprintf(id, IDENTITY_SIZE, "%016" PRIx64 "%016" PRIx64, hash.high64,
           hash.low64);
  buf_free(&key);
}

/* XXH3 has ways of its own up to 16, 128 and 240 bytes, and takes longer ones
 * in pieces of 256 and of 1,024. */
static void ids_stay_those_of_long_keys(void **state) {
  (void)state;
  enum { BEHIND = 8, BEFORE = 16 + 5 + 4 + 8 };
  static const size_t edges[] = {128, 240, 256, 512, 1024, 2048, 20000};
  static char text[20100];
  memset(text, 't', sizeof text);
  byline_article a = {.size = sizeof a, .title = str("Title")};
  for (size_t i = 0; i < sizeof edges / sizeof *edges; i++)
    for (size_t length = edges[i] - BEHIND; length <= edges[i] + 1; length++) {
      a.text = (byline_string){text, length - BEFORE};
      uint64_t first, hash;
      assert_true(identity_hash(&a, &first));
      for (size_t n = 1; n <= 1000; n += n == 2 ? 998 : 1) {
        char id[IDENTITY_SIZE], expected[IDENTITY_SIZE];
        byline_article stored = a;
        assert_true(identity_make(&a, n, id));
        old_id(&a, n, expected);
        assert_string_equal(id, expected);
        stored.id = str(id);
        assert_true(identity_stored_hash(&stored, &hash));
        assert_true(hash == first);
      }
    }
}

static void digests_see_every_change_of_content(void **state) {
  (void)state;
  static const byline_string one[] = {{"one", 3}};
  byline_article a = {.size = sizeof a};
  unsigned char plain[DIGEST_SIZE], changed[DIGEST_SIZE];
  assert_true(identity_digest(&a, "en", plain));
  byline_article b[12];
  for (size_t i = 0; i < 12; i++)
    b[i] = a;
  b[0].title = b[1].affiliation = b[2].date = b[3].language = str("one");
  b[4].section = b[5].url = b[6].text = b[7].type = str("one");
  b[8].decks = b[9].authors = b[10].keywords = one;
  b[8].deck_count = b[9].author_count = b[10].keyword_count = 1;
  for (size_t i = 0; i < 11; i++) {
    assert_true(identity_digest(&b[i], "en", changed));
    assert_memory_not_equal(plain, changed, DIGEST_SIZE);
  }
  assert_true(identity_digest(&a, "de", changed));
  assert_memory_not_equal(plain, changed, DIGEST_SIZE);
  b[11].source = str("moved");
  b[11].line = 3;
  assert_true(identity_digest(&b[11], "en", changed));
  assert_memory_equal(plain, changed, DIGEST_SIZE);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(boolean_terms_follow_omegas_convention),
      cmocka_unit_test(no_term_is_too_long_for_xapian),
      cmocka_unit_test(long_ids_stay_distinct),
      cmocka_unit_test(dates_become_values_that_sort),
      cmocka_unit_test(a_clean_article_breaks_no_line),
      cmocka_unit_test(a_clean_text_stays_as_it_is),
      cmocka_unit_test(a_hostile_path_adds_no_line),
      cmocka_unit_test(languages_become_codes),
      cmocka_unit_test(data_lines_read_back_as_written),
      cmocka_unit_test(a_sample_ends_with_a_sentence),
      cmocka_unit_test(ids_depend_on_what_they_should),
      cmocka_unit_test(articles_of_one_kind_hash_alike),
      cmocka_unit_test(ids_stay_those_of_long_keys),
      cmocka_unit_test(digests_see_every_change_of_content),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

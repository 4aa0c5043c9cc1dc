/* The spelling table, beside one that is made the slow way. */
#include "bulk_table_reader.h"

#include <zlib.h>

#include "bulk/pack.h"
#include "bulk/spelling.h"

typedef struct spelling_word {
  byline_string word;
  uint32_t frequency;
} spelling_word;

/* ---- Writing and reading ----------------------------------------------- */

static byline_status write_to(table_writer *w, deflater *d,
                              const spelling_word *list, size_t count,
                              uint32_t *upper, byline_error *error) {
  spelling_words words = {.count = 0};
  for (size_t i = 0; i < count; i++)
    assert_true(spelling_words_add(&words, list[i].word, list[i].frequency));
  byline_status status = spelling_write(w, d, &words, upper, error);
  spelling_words_free(&words);
  return status;
}

static table_content write_words(const spelling_word *words, size_t count,
                                 int level, uint32_t *upper) {
  table_writer *w;
  table_root root;
  deflater *d;
  assert_int_equal(
      table_writer_open(folder, TABLE_SPELLING, TABLE_BLOCK_SIZE, &w, NULL),
      BYLINE_OK);
  assert_int_equal(deflater_new(level, &d, NULL), BYLINE_OK);
  assert_int_equal(write_to(w, d, words, count, upper, NULL), BYLINE_OK);
  assert_int_equal(table_writer_finish(w, &root, NULL), BYLINE_OK);
  table_writer_free(w);
  deflater_free(d);
  if (root.fake)
    return (table_content){0};
  return read_table("spelling.glass", TABLE_BLOCK_SIZE, &root);
}

static void inflate_tag(entry *e) {
  buf out = BUF_INIT;
  z_stream stream = {0};
  assert_int_equal(inflateInit2(&stream, -15), Z_OK);
  stream.next_in = (unsigned char *)e->tag.data;
  stream.avail_in = (unsigned)e->tag.length;
  int result = Z_OK;
  while (result == Z_OK) {
    assert_true(buf_reserve(&out, 10000));
    stream.next_out = (unsigned char *)out.data + out.length;
    stream.avail_out = 10000;
    result = inflate(&stream, Z_NO_FLUSH);
    out.length = stream.total_out;
  }
  assert_int_equal(result, Z_STREAM_END);
  inflateEnd(&stream);
  buf_free(&e->tag);
  e->tag = out;
  e->compressed = false;
}

/* ---- The slow way ------------------------------------------------------ */

/* That a word has a fragment; by key, then by word. */
typedef struct pair {
  char key[4];
  size_t word;
} pair;

typedef struct pair_list {
  pair *pairs;
  size_t count, capacity;
} pair_list;

static void add_pair(pair_list *list, char kind, unsigned char a,
                     unsigned char b, unsigned char c, size_t word) {
  if (list->count == list->capacity) {
    list->capacity = list->capacity ? 2 * list->capacity : 1024;
    list->pairs = realloc(list->pairs, list->capacity * sizeof(pair));
    assert_non_null(list->pairs);
  }
  list->pairs[list->count++] = (pair){{kind, (char)a, (char)b, (char)c}, word};
}

static int compare_pairs(const void *a, const void *b) {
  const pair *x = a, *y = b;
  int result = memcmp(x->key, y->key, 4);
  return result ? result : (x->word > y->word) - (x->word < y->word);
}

static pair_list pairs_of(const spelling_word *words, size_t count) {
  pair_list list = {0};
  for (size_t w = 0; w < count; w++) {
    const unsigned char *t = (const unsigned char *)words[w].word.data;
    size_t n = words[w].word.length;
    if (n <= 4)
      add_pair(&list, 'B', t[0], t[n - 1], 0, w);
    add_pair(&list, 'H', t[0], t[1], 0, w);
    add_pair(&list, 'T', t[n - 2], t[n - 1], 0, w);
    for (size_t i = 0; i + 2 < n; i++)
      add_pair(&list, 'M', t[i], t[i + 1], t[i + 2], w);
  }
  if (list.count > 0)
    qsort(list.pairs, list.count, sizeof(pair), compare_pairs);
  return list;
}

/* Takes the words of one tag out of it, as Xapian's reader does. */
static size_t next_word(const buf *tag, size_t at, buf *word) {
  if (word->length > 0) {
    size_t keep = (unsigned char)tag->data[at++] ^ 96U;
    assert_true(keep <= word->length);
    word->length = keep;
  }
  assert_true(at < tag->length);
  size_t more = (unsigned char)tag->data[at++] ^ 96U;
  assert_true(more <= tag->length - at);
  assert_true(buf_add(word, tag->data + at, more));
  return at + more;
}

static void assert_fragments(table_content *t, size_t *at,
                             const spelling_word *words, size_t count) {
  pair_list list = pairs_of(words, count);
  for (size_t i = 0; i < list.count;) {
    assert_true(*at < t->count);
    entry *e = &t->entries[(*at)++];
    const pair *first = &list.pairs[i];
    assert_int_equal(e->key.length, first->key[0] == 'M' ? 4 : 3);
    assert_memory_equal(e->key.data, first->key, e->key.length);
    if (e->compressed)
      inflate_tag(e);
    buf word = BUF_INIT;
    size_t in = 0;
    for (; i < list.count && memcmp(list.pairs[i].key, first->key, 4) == 0;
         i++) {
      if (&list.pairs[i] > first &&
          list.pairs[i].word == list.pairs[i - 1].word)
        continue;
      byline_string wanted = words[list.pairs[i].word].word;
      in = next_word(&e->tag, in, &word);
      assert_int_equal(word.length, wanted.length);
      assert_memory_equal(word.data, wanted.data, wanted.length);
    }
    assert_int_equal(in, e->tag.length);
    buf_free(&word);
  }
  free(list.pairs);
}

static void assert_table(const spelling_word *words, size_t count, int level) {
  uint32_t upper = 77, most = 0;
  table_content t = write_words(words, count, level, &upper);
  size_t at = 0;
  assert_fragments(&t, &at, words, count);
  for (size_t i = 0; i < count; i++, at++) {
    assert_true(at < t.count);
    const entry *e = &t.entries[at];
    unsigned char tag[PACK_UINT_MAX];
    size_t length = pack_uint_last(tag, words[i].frequency);
    assert_int_equal(e->key.data[0], 'W');
    assert_int_equal(e->key.length, 1 + words[i].word.length);
    assert_memory_equal(e->key.data + 1, words[i].word.data,
                        words[i].word.length);
    assert_int_equal(e->tag.length, length);
    assert_memory_equal(e->tag.data, tag, length);
    if (words[i].frequency > most)
      most = words[i].frequency;
  }
  assert_int_equal(at, t.count);
  assert_int_equal(upper, most);
  free_content(&t);
  forget_file("spelling.glass");
}

/* ---- Words ------------------------------------------------------------- */

static int compare_words(const void *a, const void *b) {
  byline_string x = ((const spelling_word *)a)->word;
  byline_string y = ((const spelling_word *)b)->word;
  int result =
      memcmp(x.data, y.data, x.length < y.length ? x.length : y.length);
  return result ? result : (x.length > y.length) - (x.length < y.length);
}

static uint32_t random_below(uint64_t *seed, uint32_t limit) {
  *seed = *seed * UINT64_C(6364136223846793005) + 1442695040888963407;
  return (uint32_t)((*seed >> 32) % limit);
}

/* Words of letters, or in part of any bytes, in order, each once. text has
 * count * longest bytes. Returns how many there are. */
static size_t random_words(uint64_t *seed, spelling_word *words, char *text,
                           size_t count, uint32_t longest, uint32_t letters) {
  for (size_t i = 0; i < count; i++) {
    char *word = text + i * longest;
    size_t length = 2 + random_below(seed, longest - 1);
    for (size_t at = 0; at < length; at++)
      word[at] = random_below(seed, 20)
                     ? (char)('a' + random_below(seed, letters))
                     : (char)random_below(seed, 256);
    words[i] = (spelling_word){{word, length},
                               1 + random_below(seed, i % 5 ? 9 : 1 << 30)};
  }
  qsort(words, count, sizeof *words, compare_words);
  size_t kept = 0;
  for (size_t i = 0; i < count; i++)
    if (kept == 0 || compare_words(&words[kept - 1], &words[i]) != 0)
      words[kept++] = words[i];
  return kept;
}

static void words_of_any_bytes(void **state) {
  (void)state;
  enum { MOST = 3000, LONGEST = 254 };
  static spelling_word words[MOST];
  static char text[MOST * LONGEST];
  uint64_t seed = 3;
  for (size_t round = 0; round < 15; round++) {
    size_t count = round == 0 ? 0 : 1 + random_below(&seed, MOST);
    uint32_t longest = round % 3 ? 8 : LONGEST;
    count = random_words(&seed, words, text, count, longest,
                         1 + random_below(&seed, 26));
    assert_table(words, count, (int)(round % 3));
  }
}

static void more_fragments_than_are_sorted_at_once(void **state) {
  (void)state;
  enum { MOST = 250000, LONGEST = 12 };
  spelling_word *words = malloc(MOST * sizeof *words);
  char *text = malloc((size_t)MOST * LONGEST);
  assert_non_null(words);
  assert_non_null(text);
  uint64_t seed = 5;
  size_t count = random_words(&seed, words, text, MOST, LONGEST, 26);
  assert_table(words, count, 0);
  free(words);
  free(text);
}

/* Words of a common beginning: more than are sorted at once have the first
 * three bytes, and the second two with any third behind them. */
static void fragments_of_which_most_are_alike(void **state) {
  (void)state;
  enum { LETTERS = 27, COUNTED = LETTERS * LETTERS * LETTERS * LETTERS };
  static const char beginning[3] = "\xD0\xB0\xD0";
  enum { LENGTH = sizeof beginning + 4 };
  spelling_word *words = malloc(COUNTED * sizeof *words);
  char *text = malloc((size_t)COUNTED * LENGTH);
  assert_non_null(words);
  assert_non_null(text);
  for (uint32_t i = 0; i < COUNTED; i++) {
    char *word = text + (size_t)i * LENGTH;
    uint32_t rest = i;
    memcpy(word, beginning, sizeof beginning);
    for (size_t at = LENGTH; at > sizeof beginning; at--, rest /= LETTERS)
      word[at - 1] = (char)(0x90 + rest % LETTERS);
    words[i] = (spelling_word){{word, LENGTH}, 1};
  }
  assert_table(words, COUNTED, 0);
  free(words);
  free(text);
}

static void one_word_by_hand(void **state) {
  (void)state;
  const spelling_word words[] = {{str("aaaa"), 300}};
  uint32_t upper = 0;
  table_content t = write_words(words, 1, DEFLATER_LEVEL, &upper);
  static const char *const keys[] = {"Baa", "Haa", "Maaa", "Taa"};
  assert_int_equal(t.count, 5);
  for (size_t i = 0; i < 4; i++) {
    assert_str(buf_string(&t.entries[i].key), keys[i]);
    assert_str(buf_string(&t.entries[i].tag), "daaaa"); /* 4 ^ 96 is d */
  }
  assert_str(buf_string(&t.entries[4].key), "Waaaa");
  assert_str(buf_string(&t.entries[4].tag), "\x2C\x01");
  assert_int_equal(upper, 300);
  free_content(&t);
}

static void no_words_make_no_table(void **state) {
  (void)state;
  uint32_t upper = 1;
  table_content t = write_words(NULL, 0, DEFLATER_LEVEL, &upper);
  assert_int_equal(t.count, 0);
  assert_int_equal(upper, 0);
  assert_false(file_is_there("spelling.glass"));
}

static void words_have_2_to_254_bytes(void **state) {
  (void)state;
  char longest[255];
  memset(longest, 'w', sizeof longest);
  const spelling_word wrong[] = {
      {str(""), 1}, {str("a"), 1}, {{longest, sizeof longest}, 1}};
  for (size_t i = 0; i < COUNT(wrong); i++) {
    table_writer *w;
    deflater *d;
    uint32_t upper;
    byline_error error;
    assert_int_equal(
        table_writer_open(folder, TABLE_SPELLING, TABLE_BLOCK_SIZE, &w, NULL),
        BYLINE_OK);
    assert_int_equal(deflater_new(1, &d, NULL), BYLINE_OK);
    assert_int_equal(write_to(w, d, &wrong[i], 1, &upper, &error),
                     BYLINE_INVALID);
    table_writer_free(w);
    deflater_free(d);
    assert_false(file_is_there("spelling.glass"));
  }
}

#define CASE(test)                                                             \
  cmocka_unit_test_setup_teardown(test, make_folder, remove_folder)

int main(void) {
  const struct CMUnitTest tests[] = {
      CASE(words_of_any_bytes),
      CASE(more_fragments_than_are_sorted_at_once),
      CASE(fragments_of_which_most_are_alike),
      CASE(one_word_by_hand),
      CASE(no_words_make_no_table),
      CASE(words_have_2_to_254_bytes),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Lists of terms of documents: by hand, and those of many documents beside a
 * plain way to make them. */
#include "test.h"

#include <stdlib.h>

#include "bulk/pack.h"
#include "bulk/termlists.h"
#include "bulk_documents.h"

static void add(termlists *t, const document *d, uint32_t docid,
                uint32_t length) {
  termlist list = {.docid = docid, .length = length};
  list.term_count = (uint32_t)d->term_count;
  for (size_t i = 0; i < d->term_count; i++)
    list.room += termlist_room(d->terms[i].term, d->terms[i].wdf);
  assert_true(termlists_reserve(t));
  termlists_add(t, &list);
}

static byline_string list_of(const termlists *t, size_t index) {
  const termlist *l = &t->lists[index];
  size_t length = (size_t)(l->at - l->begin);
  assert_true(length <= l->room + (size_t)2 * PACK_UINT_MAX);
  return (byline_string){(const char *)l->begin, length};
}

/* The list of one document whose terms rise. */
static byline_string alone(termlists *t, const document *d, uint32_t length) {
  *t = (termlists){.count = 0};
  add(t, d, 1, length);
  assert_true(termlists_begin(t));
  for (size_t i = 0; i < d->term_count; i++) {
    termlists_term(t, d->terms[i].term);
    termlists_post(t, 0, d->terms[i].wdf);
  }
  return list_of(t, 0);
}

static void a_document_without_terms_has_an_empty_list(void **state) {
  (void)state;
  document d = {.term_count = 0};
  termlists t;
  BYTES(alone(&t, &d, 0), "");
  termlists_free(&t);
}

static void terms_share_their_beginnings(void **state) {
  (void)state;
  document_term terms[] = {
      {str("abc"), 1, NULL, 0},  /* 3 abc 1 */
      {str("abd"), 2, NULL, 0},  /* (2+1)*(3+1)+2 = 14, 1 d */
      {str("abde"), 0, NULL, 0}, /* (0+1)*(3+1)+3 = 7, 1 e */
      {str("x"), 3, NULL, 0},    /* (3+1)*(4+1)+0 = 20, 1 x */
  };
  document d = {.terms = terms, .term_count = COUNT(terms)};
  termlists t;
  BYTES(alone(&t, &d, 300), "\xAC\x02\x04\x03"
                            "abc\x01\x0E\x01"
                            "d\x07\x01"
                            "e\x14\x01"
                            "x");
  termlists_free(&t);
}

static void a_wdf_that_fits_no_byte_comes_behind(void **state) {
  (void)state;
  char longest[245];
  memset(longest, 'z', sizeof longest);
  document_term terms[] = {
      {str("a"), 0, NULL, 0},
      {str("b"), 126, NULL, 0},   /* 127 * 2 + 0 = 254 */
      {str("ba"), 126, NULL, 0},  /* 127 * 2 + 1 = 255 */
      {str("c"), 127, NULL, 0},   /* never with the prefix */
      {str("cc"), 126, NULL, 0},  /* 127 * 2 + 1 */
      {str("ccc"), 84, NULL, 0},  /* 85 * 3 + 2 = 257: too much */
      {str("cccc"), 62, NULL, 0}, /* 63 * 4 + 3 = 255 */
      {{longest, sizeof longest}, 1, NULL, 0},
      {{"{", 1}, 0, NULL, 0}, /* 1 * 246 + 0 */
  };
  document d = {.terms = terms, .term_count = COUNT(terms)};
  termlists t;
  byline_string list = alone(&t, &d, 1);
  BYTES(((byline_string){list.data, 5}), "\x01\x09\x01"
                                         "a\0");
  BYTES(((byline_string){list.data + 5, 24}), "\xFE\x01"
                                              "b\xFF\x01"
                                              "a\0\x01"
                                              "c\x7F\xFF\x01"
                                              "c\x02\x01"
                                              "c\x54\xFF\x01"
                                              "c\x0A\xF5"
                                              "zz");
  BYTES(((byline_string){list.data + list.length - 3, 3}), "\xF6\x01{");
  termlists_free(&t);
}

static void terms_are_any_bytes(void **state) {
  (void)state;
  document_term terms[] = {
      {{"\0", 1}, 1, NULL, 0},
      {{"\0\0", 2}, 1, NULL, 0},
      {{"\xFF\0", 2}, UINT32_MAX, NULL, 0},
  };
  document d = {.terms = terms, .term_count = COUNT(terms)};
  termlists t;
  BYTES(alone(&t, &d, UINT32_MAX), "\xFF\xFF\xFF\xFF\x0F\x03\x01\0\x01"
                                   "\x05\x01\0"
                                   "\0\x02\xFF\0\xFF\xFF\xFF\xFF\x0F");
  termlists_free(&t);
}

/* ---- Many documents ----------------------------------------------------- */

enum { DOCUMENTS = 300 };

typedef struct posting {
  document_term term; /* first, for by_bytes */
  size_t index;
} posting;

/* A term after the other, each compared with the one before. */
static byline_string plain_list(const document *d, buf *out) {
  unsigned char bytes[PACK_UINT_MAX];
  buf_clear(out);
  pack_add_uint(out, 7);
  pack_add_uint(out, d->term_count);
  for (size_t i = 0; i < d->term_count; i++) {
    byline_string term = d->terms[i].term;
    uint32_t wdf = d->terms[i].wdf;
    if (i == 0) {
      pack_add_string(out, term);
      pack_add_uint(out, wdf);
      continue;
    }
    byline_string last = d->terms[i - 1].term;
    size_t same = 0;
    while (same < last.length && same < term.length &&
           last.data[same] == term.data[same])
      same++;
    size_t both = (wdf + 1) * (last.length + 1) + same;
    bool joined = wdf < 127 && both < 256;
    buf_add_char(out, (char)(joined ? both : same));
    buf_add_char(out, (char)(term.length - same));
    buf_add(out, term.data + same, term.length - same);
    if (!joined)
      buf_add(out, bytes, pack_uint(bytes, wdf));
  }
  return buf_string(out);
}

static void walk(termlists *t, posting *postings, size_t count) {
  qsort(postings, count, sizeof *postings, by_bytes);
  assert_true(termlists_begin(t));
  for (size_t i = 0; i < count; i++) {
    if (i == 0 || by_bytes(&postings[i - 1], &postings[i]) != 0)
      termlists_term(t, postings[i].term.term);
    termlists_post(t, postings[i].index, postings[i].term.wdf);
  }
}

static void each_document_has_its_own(void **state) {
  (void)state;
  static document documents[DOCUMENTS];
  arena memory = ARENA_INIT;
  numbers n = {11};
  termlists t = {.count = 0};
  size_t count = 0;
  posting *postings = malloc(DOCUMENTS * 120 * sizeof *postings);
  assert_non_null(postings);
  for (size_t i = 0; i < DOCUMENTS; i++) {
    make_document(&memory, &n, &documents[i]);
    add(&t, &documents[i], (uint32_t)i + 1, 7);
    for (size_t k = 0; k < documents[i].term_count; k++)
      postings[count++] = (posting){documents[i].terms[k], i};
  }
  walk(&t, postings, count);
  buf plain = BUF_INIT;
  for (size_t i = 0; i < DOCUMENTS; i++)
    if (documents[i].term_count > 0) {
      byline_string wanted = plain_list(&documents[i], &plain);
      assert_bytes(list_of(&t, i), wanted.data, wanted.length);
    }
  buf_free(&plain);
  free(postings);
  termlists_free(&t);
  arena_free(&memory);
}

static void docids_are_found_behind_others(void **state) {
  (void)state;
  static const uint32_t docids[] = {3, 4, 5, 9, 10, 4000000000};
  document d = {.term_count = 0};
  termlists t = {.count = 0};
  for (size_t i = 0; i < COUNT(docids); i++)
    add(&t, &d, docids[i], 0);
  for (size_t from = 0; from < COUNT(docids); from++)
    for (size_t to = from; to < COUNT(docids); to++)
      assert_int_equal(termlists_find(&t, from, docids[to]), to);
  termlists_free(&t);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_document_without_terms_has_an_empty_list),
      cmocka_unit_test(terms_share_their_beginnings),
      cmocka_unit_test(a_wdf_that_fits_no_byte_comes_behind),
      cmocka_unit_test(terms_are_any_bytes),
      cmocka_unit_test(each_document_has_its_own),
      cmocka_unit_test(docids_are_found_behind_others),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

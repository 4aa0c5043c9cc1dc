/* Searching: weights, order, facets, collapsing, expansion. */
#include "test_shim_support.h"

static xap_database *database;
static xap_enquire *enquire;

static int set_up_all(void **state) {
  if (scratch_make(state))
    return -1;
  sample_build("db");
  database = open_database("db");
  return 0;
}

static int tear_down_all(void **state) {
  xap_database_free(database);
  return scratch_remove(state);
}

static void search_all(void) {
  xap_query *query = NULL;
  OK(xap_query_all(&query, &error));
  OK(xap_enquire_set_query(enquire, query, &error));
  xap_query_free(query);
}

static void search_words(const char *first, const char *second) {
  xap_query *one = NULL, *two = NULL, *both = NULL;
  OK(xap_query_term(str(first), 1, 0, &one, &error));
  OK(xap_query_term(str(second), 1, 0, &two, &error));
  const xap_query *const parts[] = {one, two};
  OK(xap_query_combine(XAP_OR, parts, 2, 0, &both, &error));
  OK(xap_enquire_set_query(enquire, both, &error));
  xap_query_free(one);
  xap_query_free(two);
  xap_query_free(both);
}

static int set_up(void **state) {
  (void)state;
  enquire = NULL;
  OK(xap_enquire_new(database, &enquire, &error));
  search_all();
  return 0;
}

static int tear_down(void **state) {
  (void)state;
  xap_enquire_free(enquire);
  return 0;
}

static xap_matches *matches_of(uint32_t first, uint32_t limit) {
  xap_matches *matches = NULL;
  OK(xap_enquire_matches(enquire, first, limit, 100, &matches, &error));
  return matches;
}

static const char *found(uint32_t first, uint32_t limit) {
  static struct list list;
  memset(&list, 0, sizeof list);
  xap_matches *matches = matches_of(first, limit);
  for (size_t i = 0; i < xap_matches_count(matches); i++) {
    xap_match match;
    OK(xap_matches_get(matches, i, &match, &error));
    assert_int_equal(match.rank, first + i);
    list_position(&list, match.docid);
  }
  xap_matches_free(matches);
  return list.text;
}

static void test_matches(void **state) {
  (void)state;
  search_words("the", "cat");
  xap_matches *matches = matches_of(0, 10);
  assert_int_equal(xap_matches_count(matches), 3);
  uint32_t lower = 0, estimated = 0, upper = 0;
  xap_matches_total(matches, &lower, &estimated, &upper);
  assert_int_equal(lower, 3);
  assert_int_equal(estimated, 3);
  assert_int_equal(upper, 3);
  xap_match match;
  OK(xap_matches_get(matches, 0, &match, &error));
  assert_int_equal(match.docid, 1);
  assert_int_equal(match.rank, 0);
  assert_int_equal(match.percent, 100);
  assert_true(match.weight > 0);
  assert_int_equal(match.collapsed, 0);
  FAILS(BYLINE_INVALID, "fewer", xap_matches_get(matches, 3, &match, &error));
  xap_document *document = NULL;
  FAILS(BYLINE_INVALID, "db: there are fewer",
        xap_matches_document(matches, (size_t)-1, &document, &error));
  OK(xap_matches_document(matches, 0, &document, &error));
  LISTS("the cat sat on the mat",
        xap_document_data(document, list_string, &got, &error));
  xap_document_free(document);
  xap_matches_free(matches);
  assert_string_equal(found(1, 1), "2");
  assert_string_equal(found(7, 10), "");
  LISTS("cat the",
        xap_enquire_matching_terms(enquire, 1, list_string, &got, &error));
  LISTS("cat",
        xap_enquire_matching_terms(enquire, 5, list_string, &got, &error));
  STOPS(xap_enquire_matching_terms(enquire, 1, list_string, &got, &error));
  FAILS(BYLINE_INVALID, "db",
        xap_enquire_matching_terms(enquire, 0, list_string, NULL, &error));
}

static double top_weight(xap_weight weight, const double *parameters,
                         size_t count) {
  OK(xap_enquire_set_weight(enquire, weight, parameters, count, &error));
  xap_matches *matches = matches_of(0, 10);
  assert_int_equal(xap_matches_count(matches), 3);
  xap_match match;
  OK(xap_matches_get(matches, 0, &match, &error));
  xap_matches_free(matches);
  return match.weight;
}

static void test_weights(void **state) {
  (void)state;
  search_words("the", "cat");
  double usual = top_weight(XAP_WEIGHT_BM25, NULL, 0);
  const double defaults[] = {1, 0, 1, 0.5, 0.5, 1};
  const double others[] = {2, 0, 1, 0.1};
  assert_true(usual > 0);
  assert_true(top_weight(XAP_WEIGHT_BM25, defaults, 5) - usual == 0);
  assert_true(top_weight(XAP_WEIGHT_BM25, others, 4) - usual != 0);
  double plus = top_weight(XAP_WEIGHT_BM25_PLUS, NULL, 0);
  assert_true(plus > usual);
  assert_true(top_weight(XAP_WEIGHT_BM25_PLUS, defaults, 6) - plus == 0);
  assert_true(top_weight(XAP_WEIGHT_TFIDF, NULL, 0) - usual != 0);
  assert_true(top_weight(XAP_WEIGHT_LM, NULL, 0) - usual != 0);
  const double smoothing[] = {1000, 100};
  assert_true(top_weight(XAP_WEIGHT_LM, smoothing, 2) >
              top_weight(XAP_WEIGHT_LM, NULL, 0));
  assert_true(top_weight(XAP_WEIGHT_BOOL, NULL, 0) == 0);
  FAILS(BYLINE_INVALID, "parameters",
        xap_enquire_set_weight(enquire, XAP_WEIGHT_BM25, defaults, 6, &error));
  FAILS(BYLINE_INVALID, "parameters",
        xap_enquire_set_weight(enquire, XAP_WEIGHT_LM, defaults, 3, &error));
  FAILS(BYLINE_INVALID, "scheme",
        xap_enquire_set_weight(enquire, (xap_weight)7, NULL, 0, &error));
}

static const char *sorted(const xap_sort_key *keys, size_t count,
                          bool by_relevance) {
  OK(xap_enquire_set_sort(enquire, keys, count, by_relevance, &error));
  return found(0, 10);
}

static void test_sort_by_value(void **state) {
  (void)state;
  const xap_sort_key newest[] = {{SLOT_DATE, true}};
  const xap_sort_key oldest[] = {{SLOT_DATE, false}};
  /* Document 3 has no date. */
  assert_string_equal(sorted(newest, 1, false), "2 1 5 4 3");
  assert_string_equal(sorted(oldest, 1, false), "4 1 5 2 3");
  const xap_sort_key both[] = {{SLOT_SOURCE, false}, {SLOT_DATE, true}};
  assert_string_equal(sorted(both, 2, false), "4 2 1 3 5");
  const xap_sort_key down[] = {{SLOT_SOURCE, true}, {SLOT_DATE, false}};
  assert_string_equal(sorted(down, 2, false), "1 3 2 4 5");
  const xap_sort_key none[] = {{SLOT_NONE, false}};
  assert_string_equal(sorted(none, 1, false), "1 2 3 4 5");
  search_words("home", "cat");
  /* 5 has both words, 1 one of them; both are of the same day. */
  assert_string_equal(sorted(oldest, 1, false), "1 5");
  assert_string_equal(sorted(oldest, 1, true), "5 1");
  assert_string_equal(sorted(newest, 1, true), "5 1");
  assert_string_equal(sorted(NULL, 0, true), "5 1");
}

/* Sources by their last letter, but "Post" as if it had none. */
static byline_status last_letter(void *user, byline_string value,
                                 byline_string *key, byline_error *error) {
  const char *fails = user;
  assert_true(value.length > 0);
  if (fails && value.data[0] == *fails) {
    error->code = BYLINE_INTERNAL;
    strcpy(error->message, "no key for it");
    return BYLINE_INTERNAL;
  }
  if (value.data[0] != 'P')
    *key = bytes(value.data + value.length - 1, 1);
  return BYLINE_OK;
}

static void test_sort_by_made_keys(void **state) {
  (void)state;
  OK(xap_enquire_set_sort_by(enquire, SLOT_SOURCE, last_letter, NULL, false,
                             &error));
  /* Herald; Times twice; Post, and one without a source. */
  assert_string_equal(found(0, 10), "4 1 3 2 5");
  search_words("home", "cat");
  assert_string_equal(found(0, 10), "1 5");
  static char time[] = "T";
  OK(xap_enquire_set_sort_by(enquire, SLOT_SOURCE, last_letter, time, true,
                             &error));
  xap_matches *matches = NULL;
  FAILS(BYLINE_INTERNAL, "no key for it",
        xap_enquire_matches(enquire, 0, 10, 10, &matches, &error));
  assert_null(matches);
}

/* Values that are prefixes of each other, or hold the bytes that keys use. */
static void test_sort_compares_bytes(void **state) {
  (void)state;
  const struct {
    const char *data;
    size_t length;
  } values[] = {{"a\xFF\xFF", 3}, {"a\0", 2},  {"", 0},
                {"a", 1},         {"b", 1},    {"a\0\0", 3},
                {"\0", 1},        {"\xFF", 1}, {"a\xFF", 2}};
  xap_writer *writer = NULL;
  OK(xap_writer_open(path("bytes"), XAP_CREATE, &writer, &error));
  for (size_t i = 0; i < COUNT(values); i++) {
    xap_document *document = NULL;
    OK(xap_document_new(&document, &error));
    OK(xap_document_add_value(document, 0,
                              bytes(values[i].data, values[i].length), &error));
    OK(xap_writer_add(writer, document, NULL, &error));
    xap_document_free(document);
  }
  xap_enquire *saved = enquire;
  OK(xap_enquire_new(xap_writer_database(writer), &enquire, &error));
  search_all();
  const xap_sort_key up[] = {{0, false}, {1, false}};
  const xap_sort_key down[] = {{0, true}, {1, false}};
  assert_string_equal(sorted(up, 1, false), "7 4 2 6 9 1 5 8 3");
  assert_string_equal(sorted(up, 2, false), "7 4 2 6 9 1 5 8 3");
  assert_string_equal(sorted(down, 1, false), "8 5 1 9 6 2 4 7 3");
  assert_string_equal(sorted(down, 2, false), "8 5 1 9 6 2 4 7 3");
  xap_enquire_free(enquire);
  enquire = saved;
  xap_writer_free(writer);
}

static xap_facet *facet_of(uint32_t slot, char separator, size_t prefix) {
  xap_facet *facet = NULL;
  OK(xap_facet_new(slot, separator, prefix, &facet, &error));
  OK(xap_enquire_add_facet(enquire, facet, &error));
  return facet;
}

static void test_facets(void **state) {
  (void)state;
  xap_facet *source = facet_of(SLOT_SOURCE, '\0', 0);
  xap_facet *year = facet_of(SLOT_DATE, '\0', 4);
  xap_facet *tags = facet_of(SLOT_TAGS, ';', 0);
  xap_facet *initials = facet_of(SLOT_TAGS, ';', 1);
  LISTS("", xap_facet_values(source, list_term, &got, &error));
  xap_matches_free(matches_of(0, 1));
  LISTS("Herald:1 Post:1 Times:2",
        xap_facet_values(source, list_term, &got, &error));
  LISTS("1995:1 1999:2 2001:1",
        xap_facet_values(year, list_term, &got, &error));
  /* Document 3 has "pets" twice, and counts once. */
  LISTS("home:3 pets:3 sport:1",
        xap_facet_values(tags, list_term, &got, &error));
  LISTS("h:3 p:3 s:1", xap_facet_values(initials, list_term, &got, &error));
  STOPS(xap_facet_values(tags, list_term, &got, &error));
  /* The next search counts no more. */
  xap_matches_free(matches_of(0, 1));
  LISTS("Herald:1 Post:1 Times:2",
        xap_facet_values(source, list_term, &got, &error));
  /* Unless it is asked to. */
  OK(xap_enquire_add_facet(enquire, source, &error));
  xap_matches_free(matches_of(0, 1));
  LISTS("Herald:2 Post:2 Times:4",
        xap_facet_values(source, list_term, &got, &error));
  xap_facet *never = facet_of(SLOT_SOURCE, '\0', 0);
  OK(xap_enquire_clear_facets(enquire, &error));
  xap_matches_free(matches_of(0, 1));
  LISTS("", xap_facet_values(never, list_term, &got, &error));
  xap_facet_free(source);
  xap_facet_free(year);
  xap_facet_free(tags);
  xap_facet_free(initials);
  xap_facet_free(never);
}

static void test_collapse_and_cutoff(void **state) {
  (void)state;
  OK(xap_enquire_set_collapse(enquire, SLOT_SOURCE, 1, &error));
  assert_string_equal(found(0, 10), "1 2 4 5");
  xap_matches *matches = matches_of(0, 10);
  xap_match match;
  OK(xap_matches_get(matches, 0, &match, &error));
  assert_int_equal(match.collapsed, 1);
  xap_matches_free(matches);
  OK(xap_enquire_set_collapse(enquire, SLOT_SOURCE, 2, &error));
  assert_string_equal(found(0, 10), "1 2 3 4 5");
  OK(xap_enquire_set_collapse(enquire, SLOT_SOURCE, 1, &error));
  OK(xap_enquire_set_collapse(enquire, SLOT_SOURCE, 0, &error));
  assert_string_equal(found(0, 10), "1 2 3 4 5");

  search_words("the", "cat");
  assert_string_equal(found(0, 10), "1 2 5");
  OK(xap_enquire_set_cutoff(enquire, 100, 0, &error));
  assert_string_equal(found(0, 10), "1");
  OK(xap_enquire_set_cutoff(enquire, 0, 1e6, &error));
  assert_string_equal(found(0, 10), "");
}

struct expansion {
  struct list kept, rejected;
};

static int keep_words(void *user, byline_string term) {
  struct expansion *expansion = user;
  bool word = term.length > 3 && term.data[0] != 'Q';
  list_string(word ? &expansion->kept : &expansion->rejected, term);
  return word;
}

static int count_term(void *user, byline_string term, double weight) {
  struct expansion *expansion = user;
  assert_true(weight > 0);
  return list_string(&expansion->kept, term);
}

static void test_expand(void **state) {
  (void)state;
  const uint32_t similar[] = {4};
  struct expansion expansion;
  memset(&expansion, 0, sizeof expansion);
  OK(xap_enquire_expand(enquire, similar, 1, 10, keep_words, count_term,
                        &expansion, &error));
  assert_non_null(strstr(expansion.kept.text, "runners"));
  assert_non_null(strstr(expansion.kept.text, "shoes"));
  assert_non_null(strstr(expansion.rejected.text, "Q4"));
  assert_null(strstr(expansion.kept.text, "Q4"));
  struct list all;
  memset(&all, 0, sizeof all);
  OK(xap_enquire_expand(enquire, similar, 1, 10, NULL, list_weight, &all,
                        &error));
  assert_int_equal(all.count, 5);
  assert_null(strchr(all.text, '!'));
  LISTS("", xap_enquire_expand(enquire, NULL, 0, 10, NULL, list_weight, &got,
                               &error));
  STOPS(xap_enquire_expand(enquire, similar, 1, 10, NULL, list_weight, &got,
                           &error));
  const uint32_t missing[] = {99};
  FAILS(BYLINE_NOT_FOUND, "99",
        xap_enquire_expand(enquire, missing, 1, 10, NULL, list_weight, &all,
                           &error));
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void) {
  const struct CMUnitTest tests[] = {
      TEST(test_matches),
      TEST(test_weights),
      TEST(test_sort_by_value),
      TEST(test_sort_by_made_keys),
      TEST(test_sort_compares_bytes),
      TEST(test_facets),
      TEST(test_collapse_and_cutoff),
      TEST(test_expand),
  };
  return cmocka_run_group_tests(tests, set_up_all, tear_down_all);
}

/* Queries as such, and what they match. */
#include "test_shim_support.h"

static xap_database *database;

static int set_up(void **state) {
  if (scratch_make(state))
    return -1;
  sample_build("db");
  database = open_database("db");
  return 0;
}

static int tear_down(void **state) {
  xap_database_free(database);
  return scratch_remove(state);
}

static xap_query *term(const char *word) {
  xap_query *query = NULL;
  OK(xap_query_term(str(word), 1, 0, &query, &error));
  return query;
}

/* The docids that match, in order; frees the query. */
static const char *found(xap_query *query) {
  static struct list list;
  memset(&list, 0, sizeof list);
  xap_enquire *enquire = NULL;
  OK(xap_enquire_new(database, &enquire, &error));
  OK(xap_enquire_set_query(enquire, query, &error));
  const xap_sort_key by_docid = {SLOT_NONE, true};
  OK(xap_enquire_set_sort(enquire, &by_docid, 1, false, &error));
  xap_matches *matches = NULL;
  OK(xap_enquire_matches(enquire, 0, 100, 0, &matches, &error));
  for (size_t i = 0; i < xap_matches_count(matches); i++) {
    xap_match match;
    OK(xap_matches_get(matches, i, &match, &error));
    list_position(&list, match.docid);
  }
  xap_matches_free(matches);
  xap_enquire_free(enquire);
  xap_query_free(query);
  return list.text;
}

static xap_query *combine(xap_operator op, const char *left, const char *right,
                          uint32_t window) {
  xap_query *parts[] = {term(left), term(right)};
  const xap_query *const borrowed[] = {parts[0], parts[1]};
  xap_query *query = NULL;
  OK(xap_query_combine(op, borrowed, 2, window, &query, &error));
  xap_query_free(parts[0]);
  xap_query_free(parts[1]);
  return query;
}

static void test_simple(void **state) {
  (void)state;
  xap_query *query = NULL;
  OK(xap_query_all(&query, &error));
  assert_false(xap_query_is_empty(query));
  assert_string_equal(found(query), "1 2 3 4 5");
  OK(xap_query_nothing(&query, &error));
  assert_true(xap_query_is_empty(query));
  assert_string_equal(found(query), "");
  assert_string_equal(found(term("the")), "1 2");
  assert_string_equal(found(term("zzz")), "");
  assert_string_equal(found(term("Q3")), "3");
}

static void test_operators(void **state) {
  (void)state;
  assert_string_equal(found(combine(XAP_AND, "the", "cat", 0)), "1");
  assert_string_equal(found(combine(XAP_OR, "the", "cat", 0)), "1 2 5");
  assert_string_equal(found(combine(XAP_AND_NOT, "the", "cat", 0)), "2");
  assert_string_equal(found(combine(XAP_XOR, "the", "cat", 0)), "2 5");
  assert_string_equal(found(combine(XAP_AND_MAYBE, "the", "cat", 0)), "1 2");
  assert_string_equal(found(combine(XAP_FILTER, "the", "Q2", 0)), "2");
  assert_string_equal(found(combine(XAP_NEAR, "mat", "sat", 4)), "1");
  assert_string_equal(found(combine(XAP_NEAR, "mat", "cat", 4)), "");
  assert_string_equal(found(combine(XAP_PHRASE, "the", "mat", 2)), "1");
  assert_string_equal(found(combine(XAP_PHRASE, "mat", "the", 2)), "");
  assert_string_equal(found(combine(XAP_ELITE_SET, "the", "ran", 1)), "5");
  assert_string_equal(found(combine(XAP_SYNONYM, "the", "ran", 0)), "1 2 5");
  assert_string_equal(found(combine(XAP_MAX, "the", "ran", 0)), "1 2 5");
  xap_query *query = NULL;
  FAILS(BYLINE_INVALID, "operator",
        xap_query_combine((xap_operator)15, NULL, 0, 0, &query, &error));
  assert_null(query);
  OK(xap_query_combine(XAP_AND, NULL, 0, 0, &query, &error));
  assert_true(xap_query_is_empty(query));
  xap_query_free(query);
}

static void test_positions_need_leaves(void **state) {
  (void)state;
  xap_query *both = combine(XAP_AND, "the", "cat", 0);
  xap_query *one = term("sat");
  const xap_query *const parts[] = {both, one};
  xap_query *query = NULL;
  FAILS(BYLINE_UNSUPPORTED, "OP_PHRASE",
        xap_query_combine(XAP_PHRASE, parts, 2, 3, &query, &error));
  assert_null(query);
  xap_query_free(both);
  xap_query_free(one);
}

static void test_wildcard(void **state) {
  (void)state;
  xap_query *query = NULL;
  OK(xap_query_wildcard(str("run"), 0, &query, &error));
  assert_string_equal(found(query), "4");
  OK(xap_query_wildcard(str("ca"), 2, &query, &error));
  assert_string_equal(found(query), "1 3 5");
  OK(xap_query_wildcard(str("ca"), 1, &query, &error));
  xap_enquire *enquire = NULL;
  OK(xap_enquire_new(database, &enquire, &error));
  OK(xap_enquire_set_query(enquire, query, &error));
  xap_matches *matches = NULL;
  FAILS(BYLINE_BAD_QUERY, "more than 1 term",
        xap_enquire_matches(enquire, 0, 10, 0, &matches, &error));
  assert_null(matches);
  xap_enquire_free(enquire);
  xap_query_free(query);
}

static xap_query *range(uint32_t slot, const char *low, const char *high) {
  xap_query *query = NULL;
  OK(xap_query_value_range(slot, str(low), str(high), &query, &error));
  return query;
}

static void test_value_range(void **state) {
  (void)state;
  assert_string_equal(found(range(SLOT_DATE, "1999", "2000")), "1 5");
  assert_string_equal(found(range(SLOT_DATE, "19990101", "19990101")), "1 5");
  assert_string_equal(found(range(SLOT_DATE, "1999", "")), "1 2 5");
  assert_string_equal(found(range(SLOT_DATE, "", "1999")), "4");
  /* Document 3 has no date, and is never found. */
  assert_string_equal(found(range(SLOT_DATE, "", "")), "1 2 4 5");
  assert_string_equal(found(range(SLOT_DATE, "2", "1")), "");
  assert_string_equal(found(range(SLOT_NONE, "", "")), "");
}

static void test_scale(void **state) {
  (void)state;
  xap_query *part = term("cat");
  xap_query *query = NULL;
  OK(xap_query_scale(2.5, part, &query, &error));
  LISTS("Query(2.5 * cat)",
        xap_query_description(query, list_string, &got, &error));
  assert_string_equal(found(query), "1 5");
  query = NULL;
  FAILS(BYLINE_INVALID, ">= 0", xap_query_scale(-1, part, &query, &error));
  assert_null(query);
  xap_query_free(part);
}

static void test_descriptions(void **state) {
  (void)state;
  xap_query *query = combine(XAP_AND, "zebra", "apple", 0);
  LISTS("Query((zebra AND apple))",
        xap_query_description(query, list_string, &got, &error));
  STOPS(xap_query_description(query, list_string, &got, &error));
  LISTS("apple zebra", xap_query_terms(query, list_string, &got, &error));
  STOPS(xap_query_terms(query, list_string, &got, &error));
  xap_query_free(query);
  query = combine(XAP_OR, "same", "same", 0);
  LISTS("same", xap_query_terms(query, list_string, &got, &error));
  xap_query_free(query);
  OK(xap_query_term(str("pos"), 3, 7, &query, &error));
  LISTS("Query(pos#3@7)",
        xap_query_description(query, list_string, &got, &error));
  xap_query_free(query);
}

/* The score of each document that matches; frees the query. */
static const char *scores(xap_query *query) {
  static char text[256];
  xap_enquire *enquire = NULL;
  xap_matches *matches = NULL;
  size_t n = 0;
  OK(xap_enquire_new(database, &enquire, &error));
  OK(xap_enquire_set_query(enquire, query, &error));
  OK(xap_enquire_matches(enquire, 0, 100, 0, &matches, &error));
  *text = '\0';
  for (size_t i = 0; i < xap_matches_count(matches); i++) {
    xap_match match;
    OK(xap_matches_get(matches, i, &match, &error));
    n += (size_t)snprintf(text + n, sizeof text - n, "%s%u:%g",
                          i > 0 ? " " : "", match.docid, match.weight);
  }
  xap_matches_free(matches);
  xap_enquire_free(enquire);
  xap_query_free(query);
  return text;
}

static void test_steps(void **state) {
  (void)state;
  const xap_step steps[] = {{str("1999"), 2}, {str("2000"), 8}};
  xap_query *query = NULL;
  OK(xap_query_value_steps(SLOT_DATE, steps, 2, &query, &error));
  /* 4 is older, 3 has no date. */
  assert_string_equal(scores(query), "2:8 1:2 5:2 4:0");
  OK(xap_query_value_steps(SLOT_DATE, steps, 0, &query, &error));
  assert_string_equal(scores(query), "1:0 2:0 4:0 5:0");
  OK(xap_query_value_steps(SLOT_NONE, steps, 2, &query, &error));
  assert_string_equal(scores(query), "");
}

static void test_parts(void **state) {
  (void)state;
  xap_query *query = combine(XAP_AND, "zebra", "apple", 0), *part = NULL;
  assert_true(xap_query_is(query, XAP_AND));
  assert_false(xap_query_is(query, XAP_OR));
  assert_int_equal(xap_query_part_count(query), 2);
  OK(xap_query_part(query, 1, &part, &error));
  LISTS("Query(apple)", xap_query_description(part, list_string, &got, &error));
  assert_int_equal(xap_query_part_count(part), 0);
  assert_false(xap_query_is(part, XAP_AND));
  xap_query_free(part);
  xap_query_free(query);
  OK(xap_query_nothing(&query, &error));
  assert_int_equal(xap_query_part_count(query), 0);
  assert_int_equal(xap_query_length(query), 0);
  xap_query_free(query);
}

static void test_frequencies_within_a_query(void **state) {
  (void)state;
  xap_query *parts[3] = {NULL}, *query = NULL, *scaled = term("cat");
  OK(xap_query_term(str("cat"), 3, 0, &parts[0], &error));
  parts[1] = combine(XAP_OR, "cat", "mat", 0);
  OK(xap_query_scale(2, scaled, &parts[2], &error));
  OK(xap_query_combine(XAP_OR, (const xap_query *const *)parts, 3, 0, &query,
                       &error));
  assert_int_equal(xap_query_length(query), 6);
  const byline_string both[] = {str("cat"), str("mat")};
  assert_int_equal(xap_query_wqf(query, str("cat"), both, 2), 4);
  assert_int_equal(xap_query_wqf(query, str("mat"), both, 2), 1);
  assert_int_equal(xap_query_wqf(query, str("mat"), both, 1), 0);
  assert_int_equal(xap_query_wqf(query, str("zebra"), both, 2), 0);
  for (size_t i = 0; i < 3; i++)
    xap_query_free(parts[i]);
  xap_query_free(scaled);
  xap_query_free(query);
}

/* What does not match the document asks for nothing in it. */
static void test_frequencies_where_a_query_matches(void **state) {
  (void)state;
  static const struct {
    xap_operator op;
    const char *other;
    uint32_t wqf; /* of cat, in a document with cat and mat */
  } cases[] = {{XAP_AND, "mat", 1},         {XAP_AND, "zebra", 0},
               {XAP_OR, "mat", 1},          {XAP_OR, "zebra", 1},
               {XAP_FILTER, "mat", 1},      {XAP_FILTER, "zebra", 0},
               {XAP_FILTER, "cat", 1},      {XAP_AND_NOT, "mat", 0},
               {XAP_AND_NOT, "zebra", 1},   {XAP_AND_MAYBE, "mat", 1},
               {XAP_AND_MAYBE, "zebra", 1}, {XAP_AND_MAYBE, "cat", 2},
               {XAP_PHRASE, "mat", 1},      {XAP_PHRASE, "zebra", 0}};
  const byline_string present[] = {str("cat"), str("mat")};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    uint32_t window = cases[i].op == XAP_PHRASE ? 2 : 0;
    xap_query *query = combine(cases[i].op, "cat", cases[i].other, window);
    assert_int_equal(xap_query_wqf(query, str("cat"), present, 2),
                     cases[i].wqf);
    xap_query_free(query);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_simple),
      cmocka_unit_test(test_operators),
      cmocka_unit_test(test_positions_need_leaves),
      cmocka_unit_test(test_wildcard),
      cmocka_unit_test(test_value_range),
      cmocka_unit_test(test_scale),
      cmocka_unit_test(test_descriptions),
      cmocka_unit_test(test_steps),
      cmocka_unit_test(test_parts),
      cmocka_unit_test(test_frequencies_within_a_query),
      cmocka_unit_test(test_frequencies_where_a_query_matches),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}

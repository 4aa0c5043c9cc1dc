/* Xapian's query parser: prefixes, fields, stop words, spelling. */
#include "test_shim_support.h"

static xap_database *database;
static xap_parser *parser;

enum { USUAL = XAP_PARSE_BOOLEAN | XAP_PARSE_PHRASE | XAP_PARSE_LOVEHATE };

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

static int set_up(void **state) {
  (void)state;
  parser = NULL;
  OK(xap_parser_new(&parser, &error));
  return 0;
}

static int tear_down(void **state) {
  (void)state;
  xap_parser_free(parser);
  return 0;
}

/* Xapian's description of what the text means. */
static const char *parsed(const char *text, unsigned flags) {
  static struct list list;
  memset(&list, 0, sizeof list);
  xap_query *query = NULL;
  OK(xap_parser_parse(parser, str(text), flags, &query, &error));
  OK(xap_query_description(query, list_string, &list, &error));
  xap_query_free(query);
  return list.text;
}

static void test_flags(void **state) {
  (void)state;
  assert_string_equal(parsed("a AND b", USUAL), "Query((a@1 AND b@2))");
  assert_string_equal(parsed("a AND b", 0), "Query((a@1 OR and@2 OR b@3))");
  assert_string_equal(parsed("a and b", USUAL), "Query((a@1 OR and@2 OR b@3))");
  assert_string_equal(parsed("a and b", USUAL | XAP_PARSE_BOOLEAN_ANY_CASE),
                      "Query((a@1 AND b@2))");
  assert_string_equal(parsed("\"a b\"", USUAL), "Query((a@1 PHRASE 2 b@2))");
  assert_string_equal(parsed("+a -b", USUAL), "Query((a@1 AND_NOT b@2))");
  assert_string_equal(parsed("NOT b", USUAL | XAP_PARSE_PURE_NOT),
                      "Query((<alldocuments> AND_NOT b@1))");
  assert_string_equal(parsed("run*", USUAL | XAP_PARSE_WILDCARD),
                      "Query(WILDCARD SYNONYM run)");
  assert_string_equal(parsed("run", USUAL | XAP_PARSE_PARTIAL),
                      "Query((WILDCARD SYNONYM run OR run@1))");
  assert_string_equal(parsed("", USUAL), "Query()");
}

static void test_stemming(void **state) {
  (void)state;
  xap_stemmer *stemmer = NULL;
  OK(xap_stemmer_new("en", &stemmer, &error));
  OK(xap_parser_set_stemmer(parser, stemmer, &error));
  xap_stemmer_free(stemmer);
  assert_string_equal(parsed("runs Runs", USUAL), "Query((Zrun@1 OR runs@2))");
}

static void test_stopwords(void **state) {
  (void)state;
  const byline_string words[] = {str("the"), str("of")};
  OK(xap_parser_set_stopwords(parser, words, 2, &error));
  assert_string_equal(parsed("the cat of", USUAL), "Query(cat@2)");
  assert_string_equal(parsed("the of", USUAL), "Query((the@1 OR of@2))");
  OK(xap_parser_set_stopwords(parser, NULL, 0, &error));
  assert_string_equal(parsed("the cat", USUAL), "Query((the@1 OR cat@2))");
}

static void test_default_operator(void **state) {
  (void)state;
  OK(xap_parser_set_default_op(parser, XAP_AND, &error));
  assert_string_equal(parsed("a b", USUAL), "Query((a@1 AND b@2))");
  FAILS(BYLINE_INVALID, "only accepts",
        xap_parser_set_default_op(parser, XAP_XOR, &error));
  FAILS(BYLINE_INVALID, "operator",
        xap_parser_set_default_op(parser, (xap_operator)15, &error));
}

static void test_prefixes(void **state) {
  (void)state;
  OK(xap_parser_add_prefix(parser, "", "", &error));
  OK(xap_parser_add_prefix(parser, "", "S", &error));
  OK(xap_parser_add_prefix(parser, "title", "S", &error));
  OK(xap_parser_add_boolean_prefix(parser, "id", "Q", true, &error));
  OK(xap_parser_add_boolean_prefix(parser, "tag", "XT", false, &error));
  assert_string_equal(parsed("title:cat", USUAL), "Query(Scat@1)");
  assert_string_equal(parsed("cat", USUAL), "Query((cat@1 OR Scat@1))");
  assert_string_equal(parsed("id:1 id:2", USUAL), "Query(0 * (Q1 OR Q2))");
  assert_string_equal(parsed("tag:a tag:b", USUAL), "Query(0 * (XTa AND XTb))");
  FAILS(BYLINE_INVALID, "same field",
        xap_parser_add_prefix(parser, "id", "Q", &error));
}

static void test_spelling(void **state) {
  (void)state;
  OK(xap_parser_set_database(parser, database, &error));
  parsed("runing cat", USUAL | XAP_PARSE_SPELLING);
  LISTS("running cat", xap_parser_corrected(parser, list_string, &got, &error));
  STOPS(xap_parser_corrected(parser, list_string, &got, &error));
  parsed("running", USUAL | XAP_PARSE_SPELLING);
  LISTS("", xap_parser_corrected(parser, list_string, &got, &error));
}

static byline_status run_query(const char *text, unsigned flags,
                               byline_error *error) {
  xap_query *query = NULL;
  xap_enquire *enquire = NULL;
  xap_matches *matches = NULL;
  byline_status status =
      xap_parser_parse(parser, str(text), flags, &query, error);
  if (!status)
    status = xap_enquire_new(database, &enquire, error);
  if (!status)
    status = xap_enquire_set_query(enquire, query, error);
  if (!status)
    status = xap_enquire_matches(enquire, 0, 10, 0, &matches, error);
  xap_matches_free(matches);
  xap_enquire_free(enquire);
  xap_query_free(query);
  return status;
}

static void test_bad_queries(void **state) {
  (void)state;
  xap_query *query = NULL;
  FAILS(BYLINE_BAD_QUERY, "AND",
        xap_parser_parse(parser, str("a AND OR"), USUAL, &query, &error));
  FAILS(BYLINE_BAD_QUERY, "NOT",
        xap_parser_parse(parser, str("NOT a"), USUAL, &query, &error));
  assert_null(query);
  OK(xap_parser_set_database(parser, database, &error));
  OK(xap_parser_set_max_expansion(parser, 1, 1, &error));
  unsigned wild = USUAL | XAP_PARSE_WILDCARD | XAP_PARSE_PARTIAL;
  OK(run_query("shoe*", wild, &error));
  FAILS(BYLINE_BAD_QUERY, "ca*", run_query("ca* ", wild, &error));
  OK(run_query("ca", wild, &error));
}

/* ---- Fields ---- */

static byline_status source_field(void *user, byline_string text,
                                  xap_query **query, byline_error *error) {
  list_string(user, text);
  if (text.length == 4 && memcmp(text.data, "none", 4) == 0)
    return BYLINE_OK;
  if (text.length == 3 && memcmp(text.data, "bad", 3) == 0) {
    if (error) {
      error->code = BYLINE_BAD_QUERY;
      error->position = 3;
      strcpy(error->message, "source:bad: no such source");
    }
    return BYLINE_BAD_QUERY;
  }
  if (text.length == 4 && memcmp(text.data, "stop", 4) == 0)
    return -42;
  return xap_query_term(text, 1, 0, query, error);
}

static void test_field(void **state) {
  (void)state;
  struct list seen = {"", 0, 0};
  OK(xap_parser_add_field(parser, "source", source_field, &seen, &error));
  assert_string_equal(parsed("cat source:Times", USUAL),
                      "Query((cat@1 FILTER Times))");
  assert_string_equal(parsed("source:\"New York\"", USUAL),
                      "Query(0 * New York)");
  assert_string_equal(parsed("cat source:none", USUAL), "Query()");
  assert_string_equal(seen.text, "Times New York none");
  xap_query *query = NULL;
  byline_error whole = {0, "", 0};
  assert_int_equal(xap_parser_parse(parser, str("source:bad source:x"), USUAL,
                                    &query, &whole),
                   BYLINE_BAD_QUERY);
  assert_string_equal(whole.message, "source:bad: no such source");
  assert_int_equal(whole.position, 3);
  /* The first failure is the last call. */
  assert_string_equal(seen.text, "Times New York none bad");
  /* It says more than a syntax error elsewhere. */
  FAILS(BYLINE_BAD_QUERY, "no such source",
        xap_parser_parse(parser, str("source:bad AND OR"), USUAL, &query,
                         &error));
  assert_int_equal(
      xap_parser_parse(parser, str("source:stop"), USUAL, &query, NULL), -42);
  assert_null(query);
  /* A failure is forgotten by the next parse. */
  assert_string_equal(parsed("source:x", USUAL), "Query(0 * x)");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

/* Xapian itself may crash on XOR over several databases. */
static void test_xor(void **state) {
  (void)state;
  const char *paths[] = {path("db"), path("db")};
  xap_database *two = NULL;
  OK(xap_database_open(paths, 2, &two, &error));
  OK(xap_parser_set_database(parser, database, &error));
  assert_string_equal(parsed("a XOR b", USUAL), "Query((a@1 XOR b@2))");
  OK(xap_parser_set_database(parser, two, &error));
  assert_string_equal(parsed("a XOR b", USUAL),
                      "Query(((a@1 AND_NOT b@2) OR (b@2 AND_NOT a@1)))");
  assert_string_equal(parsed("c AND (a XOR b) NOT d", USUAL),
                      "Query(((c@1 AND ((a@2 AND_NOT b@3) OR (b@3 AND_NOT "
                      "a@2))) AND_NOT d@4))");
  assert_string_equal(parsed("+a -\"b c\"", USUAL),
                      "Query((a@1 AND_NOT (b@2 PHRASE 2 c@3)))");
  /* It grows by the square of what is joined. */
  char text[4096] = "a";
  for (size_t i = 1; i < 500; i++)
    strcat(text, i < 64 ? " XOR b" : "");
  xap_query *query = NULL;
  OK(xap_parser_parse(parser, str(text), USUAL, &query, &error));
  xap_query_free(query);
  query = NULL;
  for (size_t i = 64; i < 500; i++)
    strcat(text, " XOR b");
  FAILS(BYLINE_UNSUPPORTED, "XOR",
        xap_parser_parse(parser, str(text), USUAL, &query, &error));
  assert_null(query);
  xap_database_free(two);
}

/* What it finds is what it found: as many as one database has, twice. */
static void test_xor_finds_the_same(void **state) {
  (void)state;
  static const char *const texts[] = {"cat XOR the", "cat XOR the XOR home",
                                      "pets AND (cats XOR dogs)", "the XOR sat",
                                      "cat XOR nowhere"};
  const char *paths[] = {path("db"), path("db")};
  xap_database *two = NULL;
  OK(xap_database_open(paths, 2, &two, &error));
  for (size_t i = 0; i < COUNT(texts); i++) {
    size_t counts[2];
    for (size_t k = 0; k < 2; k++) {
      xap_query *query = NULL;
      xap_enquire *enquire = NULL;
      xap_matches *matches = NULL;
      OK(xap_parser_set_database(parser, k ? two : database, &error));
      OK(xap_parser_parse(parser, str(texts[i]), USUAL, &query, &error));
      OK(xap_enquire_new(k ? two : database, &enquire, &error));
      OK(xap_enquire_set_query(enquire, query, &error));
      OK(xap_enquire_matches(enquire, 0, 100, 100, &matches, &error));
      counts[k] = xap_matches_count(matches);
      xap_matches_free(matches);
      xap_enquire_free(enquire);
      xap_query_free(query);
    }
    assert_int_equal(counts[1], 2 * counts[0]);
  }
  xap_database_free(two);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      TEST(test_flags),       TEST(test_stemming),
      TEST(test_stopwords),   TEST(test_default_operator),
      TEST(test_prefixes),    TEST(test_spelling),
      TEST(test_bad_queries), TEST(test_field),

      TEST(test_xor),         TEST(test_xor_finds_the_same),
  };
  return cmocka_run_group_tests(tests, set_up_all, tear_down_all);
}

// Callbacks that throw: no exception leaves, and none goes through Xapian.
#include <new>
#include <stdexcept>

#include "test_shim_support.h"

namespace {

enum kind { throws_int, throws_exception, throws_memory, kinds };

const char *const words[kinds] = {"unexpected", "oh dear", "out of memory"};

[[noreturn]] int throws(const void *user) {
  switch (*static_cast<const kind *>(user)) {
  case throws_int:
    throw 42;
  case throws_exception:
    throw std::runtime_error("oh dear");
  default:
    throw std::bad_alloc();
  }
}

int bad_string(void *user, byline_string) {
  return throws(user);
}
int bad_term(void *user, byline_string, uint32_t) {
  return throws(user);
}
int bad_position(void *user, uint32_t) {
  return throws(user);
}
int bad_value(void *user, uint32_t, byline_string) {
  return throws(user);
}
int bad_posting(void *user, uint32_t, uint32_t) {
  return throws(user);
}
int bad_weight(void *user, byline_string, double) {
  return throws(user);
}
byline_status bad_field(void *user, byline_string, xap_query **,
                        byline_error *) {
  return throws(user);
}
byline_status bad_key(void *user, byline_string, byline_string *,
                      byline_error *) {
  return throws(user);
}

// call uses &k as the callback's user.
#define THROWS(call)                                                           \
  do {                                                                         \
    for (int number = 0; number < kinds; number++) {                           \
      kind k = static_cast<kind>(number);                                      \
      FAILS(BYLINE_CALLBACK, words[k], call);                                  \
    }                                                                          \
  } while (0)

xap_database *database;

int set_up(void **state) {
  if (scratch_make(state))
    return -1;
  sample_build("db");
  database = open_database("db");
  return 0;
}

int tear_down(void **state) {
  xap_database_free(database);
  return scratch_remove(state);
}

void test_documents(void **) {
  xap_document *document = nullptr;
  OK(xap_database_document(database, 1, &document, &error));
  THROWS(xap_document_data(document, bad_string, &k, &error));
  THROWS(xap_document_value(document, SLOT_DATE, bad_string, &k, &error));
  THROWS(xap_document_values(document, bad_value, &k, &error));
  THROWS(xap_document_terms(document, bad_term, &k, &error));
  THROWS(
      xap_document_positions(document, str("the"), bad_position, &k, &error));
  xap_document_free(document);
}

void test_databases(void **) {
  THROWS(xap_database_terms(database, str(""), bad_term, &k, &error));
  THROWS(xap_database_postings(database, str("the"), bad_posting, &k, &error));
  THROWS(xap_database_positions(database, 1, str("the"), bad_position, &k,
                                &error));
  THROWS(
      xap_database_value_bounds(database, SLOT_DATE, bad_string, &k, &error));
  THROWS(xap_database_metadata(database, str("color"), bad_string, &k, &error));
  THROWS(xap_database_metadata_keys(database, str(""), bad_string, &k, &error));
  THROWS(xap_database_spelling(database, str("runing"), 2, bad_string, &k,
                               &error));
  THROWS(xap_database_spellings(database, bad_term, &k, &error));
  size_t faults = 99;
  const char *where = path("db");
  THROWS(xap_check(where, bad_string, &k, &faults, &error));
  assert_int_equal(faults, 99);
}

void test_queries(void **) {
  xap_query *query = nullptr;
  OK(xap_query_term(str("cat"), 1, 1, &query, &error));
  THROWS(xap_query_description(query, bad_string, &k, &error));
  THROWS(xap_query_terms(query, bad_string, &k, &error));
  xap_query_free(query);
}

void test_parser(void **) {
  xap_parser *parser = nullptr;
  kind user = throws_int;
  OK(xap_parser_new(&parser, &error));
  OK(xap_parser_add_field(parser, "source", bad_field, &user, &error));
  const unsigned flags =
      XAP_PARSE_BOOLEAN | XAP_PARSE_LOVEHATE | XAP_PARSE_PHRASE;
  const char *const texts[] = {"source:a",
                               "cat AND (source:a OR \"dog log\") -source:b",
                               "source:a source:b", "cat source:a AND OR"};
  xap_query *query = nullptr;
  for (const char *text : texts) {
    for (int number = 0; number < kinds; number++) {
      user = static_cast<kind>(number);
      FAILS(BYLINE_CALLBACK, words[user],
            xap_parser_parse(parser, str(text), flags, &query, &error));
    }
  }
  assert_null(query);
  OK(xap_parser_parse(parser, str("cat"), flags, &query, &error));
  THROWS(xap_parser_corrected(parser, bad_string, &k, &error));
  xap_query_free(query);
  xap_parser_free(parser);
}

void test_searches(void **) {
  xap_enquire *enquire = nullptr;
  OK(xap_enquire_new(database, &enquire, &error));
  xap_query *query = nullptr;
  OK(xap_query_term(str("cat"), 1, 0, &query, &error));
  OK(xap_enquire_set_query(enquire, query, &error));
  xap_query_free(query);
  xap_facet *facet = nullptr;
  OK(xap_facet_new(SLOT_DATE, '\0', 0, &facet, &error));
  OK(xap_enquire_add_facet(enquire, facet, &error));
  xap_matches *matches = nullptr;
  OK(xap_enquire_matches(enquire, 0, 10, 10, &matches, &error));
  THROWS(xap_facet_values(facet, bad_term, &k, &error));
  THROWS(xap_enquire_matching_terms(enquire, 1, bad_string, &k, &error));
  const uint32_t similar[] = {1, 4};
  THROWS(xap_enquire_expand(enquire, similar, 2, 10, nullptr, bad_weight, &k,
                            &error));
  THROWS(xap_enquire_expand(enquire, similar, 2, 10, bad_string, bad_weight, &k,
                            &error));
  xap_matches_free(matches);
  matches = nullptr;
  kind user;
  OK(xap_enquire_set_sort_by(enquire, SLOT_DATE, bad_key, &user, true, &error));
  for (int number = 0; number < kinds; number++) {
    user = static_cast<kind>(number);
    FAILS(BYLINE_CALLBACK, words[user],
          xap_enquire_matches(enquire, 0, 10, 10, &matches, &error));
    assert_null(matches);
  }
  xap_facet_free(facet);
  xap_enquire_free(enquire);
}

} // namespace

int main() {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_documents), cmocka_unit_test(test_databases),
      cmocka_unit_test(test_queries),   cmocka_unit_test(test_parser),
      cmocka_unit_test(test_searches),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}

#include <xapian.h>

#include "common.h"
#include "exclusive.h"

#include <vector>

using namespace shim;
using Xapian::QueryParser;

static_assert(int{XAP_PARSE_BOOLEAN} == QueryParser::FLAG_BOOLEAN);
static_assert(int{XAP_PARSE_PHRASE} == QueryParser::FLAG_PHRASE);
static_assert(int{XAP_PARSE_LOVEHATE} == QueryParser::FLAG_LOVEHATE);
static_assert(int{XAP_PARSE_BOOLEAN_ANY_CASE} ==
              QueryParser::FLAG_BOOLEAN_ANY_CASE);
static_assert(int{XAP_PARSE_WILDCARD} == QueryParser::FLAG_WILDCARD);
static_assert(int{XAP_PARSE_PURE_NOT} == QueryParser::FLAG_PURE_NOT);
static_assert(int{XAP_PARSE_PARTIAL} == QueryParser::FLAG_PARTIAL);
static_assert(int{XAP_PARSE_SPELLING} == QueryParser::FLAG_SPELLING_CORRECTION);
static_assert(int{XAP_PARSE_SYNONYM} == QueryParser::FLAG_SYNONYM);
static_assert(int{XAP_PARSE_AUTO_SYNONYMS} == QueryParser::FLAG_AUTO_SYNONYMS);
static_assert(int{XAP_PARSE_AUTO_MULTIWORD_SYNONYMS} ==
              QueryParser::FLAG_AUTO_MULTIWORD_SYNONYMS);
static_assert(int{XAP_PARSE_CJK_NGRAM} == QueryParser::FLAG_CJK_NGRAM);

namespace {

class field : public Xapian::FieldProcessor {
public:
  field(xap_field_fn fn, void *user, failure &failure)
      : fn_(fn), user_(user), failure_(failure) {}

  Xapian::Query operator()(const std::string &value) override {
    if (failure_.status != BYLINE_OK)
      return Xapian::Query();
    xap_query *made = nullptr;
    failure_.error.position = BYLINE_NO_POSITION;
    failure_.status =
        call(&failure_.error, fn_, user_, view(value), &made, &failure_.error);
    std::unique_ptr<xap_query> query(made);
    return query ? query->query : Xapian::Query();
  }

private:
  xap_field_fn fn_;
  void *user_;
  failure &failure_;
};

} // namespace

struct xap_parser {
  failure callback; // the processors refer to it
  std::vector<std::unique_ptr<Xapian::FieldProcessor>> fields;
  QueryParser parser;   // refers to the processors
  bool several = false; // databases that are searched as one
};

byline_status xap_parser_new(xap_parser **parser, byline_error *error) {
  return guard(error,
               [&] { *parser = std::make_unique<xap_parser>().release(); });
}

void xap_parser_free(xap_parser *parser) {
  destroy(parser);
}

byline_status xap_parser_set_stemmer(xap_parser *parser,
                                     const xap_stemmer *stemmer,
                                     byline_error *error) {
  return guard(error, [&] {
    parser->parser.set_stemmer(stemmer->stem);
    parser->parser.set_stemming_strategy(QueryParser::STEM_SOME);
  });
}

byline_status xap_parser_set_stopwords(xap_parser *parser,
                                       const byline_string *words, size_t count,
                                       byline_error *error) {
  return guard(error, [&] {
    auto stopper = std::make_unique<Xapian::SimpleStopper>();
    for (size_t i = 0; i < count; i++)
      stopper->add(text(words[i]));
    parser->parser.set_stopper(stopper.release()->release());
  });
}

byline_status xap_parser_set_database(xap_parser *parser,
                                      const xap_database *database,
                                      byline_error *error) {
  return guard(error, database->name, [&] {
    parser->parser.set_database(database->database);
    parser->several = database->database.size() > 1;
  });
}

byline_status xap_parser_set_default_op(xap_parser *parser, xap_operator op,
                                        byline_error *error) {
  return guard(error, [&] { parser->parser.set_default_op(operator_of(op)); });
}

byline_status xap_parser_set_max_expansion(xap_parser *parser, uint32_t terms,
                                           uint32_t partial_terms,
                                           byline_error *error) {
  return guard(error, [&] {
    parser->parser.set_max_expansion(terms, Xapian::Query::WILDCARD_LIMIT_ERROR,
                                     QueryParser::FLAG_WILDCARD);
    parser->parser.set_max_expansion(
        partial_terms, Xapian::Query::WILDCARD_LIMIT_MOST_FREQUENT,
        QueryParser::FLAG_PARTIAL);
  });
}

byline_status xap_parser_add_prefix(xap_parser *parser, const char *field,
                                    const char *prefix, byline_error *error) {
  return guard(error,
               [&] { parser->parser.add_prefix(field, std::string(prefix)); });
}

byline_status xap_parser_add_boolean_prefix(xap_parser *parser,
                                            const char *field,
                                            const char *prefix, bool exclusive,
                                            byline_error *error) {
  return guard(error, [&] {
    parser->parser.add_boolean_prefix(field, std::string(prefix), exclusive);
  });
}

byline_status xap_parser_add_field(xap_parser *parser, const char *field,
                                   xap_field_fn fn, void *user,
                                   byline_error *error) {
  return guard(error, [&] {
    parser->fields.push_back(
        std::make_unique<class field>(fn, user, parser->callback));
    parser->parser.add_boolean_prefix(field, parser->fields.back().get());
  });
}

byline_status xap_parser_parse(xap_parser *parser, byline_string string,
                               unsigned flags, xap_query **query,
                               byline_error *error) {
  const failure &callback = parser->callback = failure();
  byline_status status = guard(error, [&] {
    Xapian::Query parsed = parser->parser.parse_query(text(string), flags);
    if (callback.status == BYLINE_OK)
      make(query, parser->several ? without_xor(parsed) : parsed);
  });
  if (callback.status == BYLINE_OK)
    return status;
  if (error)
    *error = callback.error;
  return callback.status;
}

byline_status xap_parser_corrected(const xap_parser *parser, xap_string_fn fn,
                                   void *user, byline_error *error) {
  return guard(error, [&] {
    const std::string corrected = parser->parser.get_corrected_query_string();
    return call(error, fn, user, view(corrected));
  });
}

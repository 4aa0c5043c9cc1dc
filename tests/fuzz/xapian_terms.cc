#include "xapian_terms.h"

#include <map>
#include <string>
#include <xapian.h>

void xapian_terms(const char *text, size_t length, xapian_term_fn give,
                  void *user) {
  Xapian::TermGenerator generator;
  Xapian::Document document;
  generator.set_document(document);
  generator.index_text(std::string(text, length));
  std::map<Xapian::termpos, std::string> terms;
  for (auto term = document.termlist_begin(); term != document.termlist_end();
       ++term)
    for (auto at = term.positionlist_begin(); at != term.positionlist_end();
         ++at)
      terms[*at] = *term;
  for (const auto &term : terms)
    give(user, term.second.data(), term.second.size());
}

/* QueryParser itself loses some terms of queries with odd fields. */
extern "C" const char *__lsan_default_suppressions();
extern "C" const char *__lsan_default_suppressions() {
  return "leak:Xapian::QueryParser\n";
}

bool xapian_parses(const char *text, size_t length) {
  Xapian::QueryParser parser;
  parser.set_stemmer(Xapian::Stem("english"));
  parser.set_stemming_strategy(Xapian::QueryParser::STEM_SOME);
  try {
    parser.parse_query(std::string(text, length),
                       Xapian::QueryParser::FLAG_BOOLEAN |
                           Xapian::QueryParser::FLAG_PHRASE |
                           Xapian::QueryParser::FLAG_LOVEHATE |
                           Xapian::QueryParser::FLAG_PURE_NOT);
    return true;
  } catch (const Xapian::QueryParserError &) {
    return false;
  }
}

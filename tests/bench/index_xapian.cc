// What programs on Xapian do.
//
// index_xapian terms STREAM DATABASE   add_document of ready documents
// index_xapian text FIELDS DATABASE    of texts, by TermGenerator with stems
// index_xapian count DATABASE QUERY... how many match, by QueryParser
#include <xapian.h>

#include <cstdio>
#include <cstring>
#include <fstream>
#include <iterator>
#include <string>

#include "stream.h"

namespace {

std::string string_of(byline_string s) {
  return {s.data, s.length};
}

Xapian::Document make(const document &from) {
  Xapian::Document made;
  made.set_data(string_of(from.data));
  for (size_t i = 0; i < from.value_count; i++)
    made.add_value(from.values[i].slot, string_of(from.values[i].value));
  for (size_t i = 0; i < from.term_count; i++) {
    const document_term &term = from.terms[i];
    const std::string name = string_of(term.term);
    made.add_term(name, term.wdf);
    for (size_t j = 0; j < term.position_count; j++)
      made.add_posting(name, term.positions[j], 0);
  }
  return made;
}

void index_terms(const char *path, Xapian::WritableDatabase &database) {
  stream s;
  document d;
  stream_open(&s, path);
  while (stream_next(&s, &d))
    database.add_document(make(d));
  stream_close(&s);
}

void index_text(const char *path, Xapian::WritableDatabase &database) {
  std::ifstream file(path, std::ios::binary);
  Xapian::TermGenerator generator;
  generator.set_stemmer(Xapian::Stem("english"));
  std::string field[7];
  while (std::getline(file, field[0], '\x1f')) {
    for (size_t i = 1; i < std::size(field); i++)
      std::getline(file, field[i], '\x1f');
    const auto &[id, title, authors, date, section, keywords, text] = field;
    Xapian::Document made;
    generator.set_document(made);
    generator.set_termpos(0);
    generator.index_text(title, 1, "S");
    generator.index_text(authors, 1, "A");
    generator.index_text(title);
    generator.increase_termpos();
    generator.index_text(text);
    made.add_boolean_term("Q" + id);
    made.add_boolean_term("XSECTION" + section);
    made.add_value(0, date);
    made.set_data("title=" + title + "\nauthors=" + authors + "\ndate=" + date +
                  "\nkeywords=" + keywords + "\ntext=" + text);
    database.add_document(made);
    file.get(); // 1e, behind each article
  }
}

void count(const char *path, char **queries) {
  Xapian::Database database(path);
  Xapian::QueryParser parser;
  parser.set_database(database);
  parser.set_stemmer(Xapian::Stem("english"));
  for (; *queries; queries++) {
    Xapian::Enquire enquire(database);
    enquire.set_query(parser.parse_query(*queries));
    std::printf("%u\n", enquire.get_mset(0, 0, database.get_doccount())
                            .get_matches_estimated());
  }
}

} // namespace

int main(int argc, char **argv) try {
  if (argc < 4) {
    std::fprintf(stderr, "usage: index_xapian terms|text|count ...\n");
    return 2;
  }
  if (std::strcmp(argv[1], "count") == 0) {
    count(argv[2], argv + 3);
    return 0;
  }
  Xapian::WritableDatabase database(argv[3], Xapian::DB_CREATE);
  if (std::strcmp(argv[1], "terms") == 0)
    index_terms(argv[2], database);
  else
    index_text(argv[2], database);
  database.commit();
  return 0;
} catch (const Xapian::Error &error) {
  std::fprintf(stderr, "index_xapian: %s\n", error.get_description().c_str());
  return 1;
}

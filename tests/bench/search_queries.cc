// Times queries through byline_search and through Xapian itself.
//
// search_queries DATABASE QUERIES ROUNDS: prints a line for each query: the
// microseconds of the fastest round of each way. The ways take turns.
#include <xapian.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <string>
#include <vector>

#include "byline/byline.h"

namespace {

constexpr unsigned hits = 10, exact = 1000;

double now() {
  using namespace std::chrono;
  return duration<double, std::micro>(steady_clock::now().time_since_epoch())
      .count();
}

// What a careful C++ program does: parse, match, fetch the data of the hits.
class raw {
public:
  explicit raw(const std::string &path) : database_(path) {
    parser_.set_database(database_);
    parser_.set_stemmer(Xapian::Stem("en"));
    parser_.set_stemming_strategy(Xapian::QueryParser::STEM_SOME);
    parser_.set_default_op(Xapian::Query::OP_AND);
  }

  std::string run(const std::string &text) {
    const unsigned flags =
        Xapian::QueryParser::FLAG_BOOLEAN | Xapian::QueryParser::FLAG_PHRASE |
        Xapian::QueryParser::FLAG_LOVEHATE |
        Xapian::QueryParser::FLAG_WILDCARD | Xapian::QueryParser::FLAG_PURE_NOT;
    Xapian::Query query = parser_.parse_query(text, flags);
    Xapian::Enquire enquire(database_);
    enquire.set_weighting_scheme(Xapian::BM25Weight(1.6, 0, 1000, 0.5, 0.5));
    enquire.set_query(query);
    Xapian::MSet found = enquire.get_mset(0, hits, exact + 1);
    size_t bytes = 0;
    for (auto i = found.begin(); i != found.end(); ++i)
      bytes += i.get_document().get_data().size();
    return bytes || found.empty() ? query.get_description() : std::string();
  }

private:
  Xapian::Database database_;
  Xapian::QueryParser parser_;
};

class byline {
public:
  explicit byline(const char *path) {
    check(byline_context_new(&context_, &error_));
    check(byline_database_open(context_, &path, 1, &database_, &error_));
  }

  std::string run(const std::string &text, size_t snippets, bool facets,
                  bool suggest = false) {
    static const byline_facet_request fields[] = {
        {BYLINE_FACET_AUTHOR, 10, false}, {BYLINE_FACET_YEAR, 10, false},
        {BYLINE_FACET_MONTH, 10, false},  {BYLINE_FACET_LANGUAGE, 10, false},
        {BYLINE_FACET_SOURCE, 10, false}, {BYLINE_FACET_KEYWORD, 10, false}};
    byline_search_request request = BYLINE_SEARCH_REQUEST_INIT;
    request.query = {text.data(), text.size()};
    request.limit = hits;
    request.snippets = snippets;
    request.strict = true;
    request.suggest = suggest;
    request.exact_total = text.empty();
    request.facets = fields;
    request.facet_count = facets ? std::size(fields) : 0;
    byline_results *results = nullptr;
    check(byline_search(database_, &request, &results, &error_));
    std::string parsed(results->parsed.data, results->parsed.length);
    matches_ = results->total;
    byline_results_free(results);
    return parsed;
  }

  size_t matches() const { return matches_; }

private:
  void check(byline_status status) {
    if (status == BYLINE_OK)
      return;
    std::fprintf(stderr, "search_queries: %s\n", error_.message);
    std::exit(1);
  }

  byline_error error_ = {};
  byline_context *context_ = nullptr;
  byline_database *database_ = nullptr;
  size_t matches_ = 0;
};

template <class F> void time(double &best, F f) {
  double start = now();
  f();
  best = std::min(best, now() - start);
}

} // namespace

int main(int argc, char **argv) {
  if (argc != 4)
    return 2;
  raw theirs(argv[1]);
  byline ours(argv[1]);
  std::ifstream file(argv[2]);
  const int rounds = std::atoi(argv[3]);
  for (std::string query; std::getline(file, query);) {
    double best[4] = {1e12, 1e12, 1e12, 1e12};
    if (theirs.run(query) != ours.run(query, 0, false)) {
      std::fprintf(stderr, "search_queries: other trees for: %s\n",
                   query.c_str());
      return 1;
    }
    for (int round = 0; round < rounds; round++) {
      time(best[0], [&] { theirs.run(query); });
      time(best[1], [&] { ours.run(query, 0, false); });
      time(best[2], [&] { ours.run(query, 1, false); });
      time(best[3], [&] { ours.run(query, 0, false, true); });
    }
    std::printf("%.1f %.1f %.1f %.1f\n", best[0], best[1], best[2], best[3]);
  }
  double best[2] = {1e12, 1e12};
  for (int round = 0; round < std::max(rounds, 5); round++) {
    time(best[0], [&] { ours.run("", 0, false); });
    time(best[1], [&] { ours.run("", 0, true); });
  }
  std::printf("facets %zu %.1f %.1f\n", ours.matches(), best[0], best[1]);
  return 0;
}

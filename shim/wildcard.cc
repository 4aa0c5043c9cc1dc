#include <xapian.h>

#include "operators.h"
#include "wildcard.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace shim {
namespace {

using Xapian::Query;

struct wildcard {
  unsigned char limit, combiner;
  Xapian::termcount most; // 0: any number
  std::string prefix;
};

// A number as Xapian serialises lengths; false: there is none at *at.
bool read_length(const std::string &from, size_t &at, size_t &length) {
  if (at >= from.size())
    return false;
  length = static_cast<unsigned char>(from[at++]);
  if (length < 255)
    return true;
  length = 0;
  for (unsigned shift = 0; at < from.size() && shift < 28; shift += 7) {
    const auto byte = static_cast<unsigned char>(from[at++]);
    length |= size_t{byte & 0x7FU} << shift;
    if (byte >= 0x80) {
      length += 255;
      return true;
    }
  }
  return false;
}

// Nothing but its serialised form tells what a wildcard is, as it goes to
// remote databases. False: a later Xapian writes it otherwise.
bool read_wildcard(const std::string &form, wildcard &w) {
  size_t at = 1, most, length;
  if (form.empty() || form[0] != '\x0b' || !read_length(form, at, most) ||
      at + 2 > form.size())
    return false;
  w.most = static_cast<Xapian::termcount>(most);
  w.limit = static_cast<unsigned char>(form[at++]);
  w.combiner = static_cast<unsigned char>(form[at++]);
  if (!read_length(form, at, length) || length != form.size() - at)
    return false;
  w.prefix = form.substr(at);
  return true;
}

using counted = std::pair<Xapian::doccount, std::string>;

// The most frequent terms; of those as frequent, the first.
std::vector<counted> most_frequent(const wildcard &w,
                                   const Xapian::Database &database) {
  const auto before = [](const counted &a, const counted &b) {
    return a.first != b.first ? a.first > b.first : a.second < b.second;
  };
  std::vector<counted> terms; // a heap with the last of them on top
  for (auto i = database.allterms_begin(w.prefix);
       i != database.allterms_end(w.prefix); ++i) {
    const Xapian::doccount frequency = i.get_termfreq();
    if (terms.size() == w.most) {
      if (frequency <= terms.front().first)
        continue;
      std::pop_heap(terms.begin(), terms.end(), before);
      terms.pop_back();
    }
    terms.emplace_back(frequency, *i);
    std::push_heap(terms.begin(), terms.end(), before);
  }
  // In byte order, as those of other wildcards are.
  std::sort(terms.begin(), terms.end(), [](const counted &a, const counted &b) {
    return a.second < b.second;
  });
  return terms;
}

std::vector<counted> all_terms(const wildcard &w,
                               const Xapian::Database &database) {
  std::vector<counted> terms;
  for (auto i = database.allterms_begin(w.prefix);
       i != database.allterms_end(w.prefix); ++i) {
    if (w.most > 0 && terms.size() == w.most) {
      if (w.limit == Query::WILDCARD_LIMIT_FIRST)
        break;
      throw Xapian::WildcardError("Wildcard " + w.prefix +
                                  "* expands to more than " +
                                  std::to_string(w.most) + " terms");
    }
    terms.emplace_back(0, *i);
  }
  return terms;
}

Query expand(const wildcard &w, const Xapian::Database &database) {
  const std::vector<counted> terms =
      w.limit == Query::WILDCARD_LIMIT_MOST_FREQUENT && w.most > 0
          ? most_frequent(w, database)
          : all_terms(w, database);
  std::vector<Query> parts;
  parts.reserve(terms.size());
  for (const counted &term : terms)
    parts.emplace_back(term.second);
  return Query(static_cast<Query::op>(w.combiner), parts.begin(), parts.end());
}

class expander {
public:
  expander(const Xapian::Database &database, expansions &known)
      : database_(database), known_(known) {}

  Query rebuild(const Query &query) {
    std::vector<Query> parts;
    const auto part = [&](size_t i) { return rebuild(query.get_subquery(i)); };
    const Query::op op = query.get_type();
    switch (op) {
    case Query::OP_WILDCARD:
      return words_of(query);
    case Query::OP_AND_NOT:
    case Query::OP_FILTER: // what is behind adds to no weight
      if (query.get_num_subqueries() != 2)
        return query;
      return Query(op, part(0), query.get_subquery(1));
    case Query::OP_AND:
    case Query::OP_OR:
    case Query::OP_AND_MAYBE:
    case Query::OP_SYNONYM:
    case Query::OP_MAX:
      break;
    default:
      return query;
    }
    if (op == Query::OP_AND_MAYBE && query.get_num_subqueries() == 2)
      return Query(op, part(0), part(1));
    if (op == Query::OP_AND_MAYBE)
      return query;
    for (size_t i = 0; i < query.get_num_subqueries(); i++)
      parts.push_back(part(i));
    return Query(op, parts.begin(), parts.end());
  }

private:
  Query words_of(const Query &query) {
    const std::string form = query.serialise();
    const auto found = known_.find(form);
    if (found != known_.end())
      return found->second;
    wildcard w;
    if (!read_wildcard(form, w))
      return query;
    return known_.emplace(form, expand(w, database_)).first->second;
  }

  const Xapian::Database &database_;
  expansions &known_;
};

} // namespace

Query without_wildcards(const Query &query, const Xapian::Database &database,
                        expansions &known) {
  return has_operator(query, Query::OP_WILDCARD)
             ? expander(database, known).rebuild(query)
             : query;
}

} // namespace shim

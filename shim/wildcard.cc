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
bool read_wildcard(const Query &query, wildcard &w) {
  const std::string form = query.serialise();
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

Query expand(const wildcard &w, const Xapian::Database &database) {
  const bool frequent = w.limit == Query::WILDCARD_LIMIT_MOST_FREQUENT;
  std::vector<counted> terms;
  for (auto i = database.allterms_begin(w.prefix);
       i != database.allterms_end(w.prefix); ++i) {
    if (w.most > 0 && terms.size() == w.most && !frequent) {
      if (w.limit == Query::WILDCARD_LIMIT_FIRST)
        break;
      throw Xapian::WildcardError("Wildcard " + w.prefix +
                                  "* expands to more than " +
                                  std::to_string(w.most) + " terms");
    }
    terms.emplace_back(frequent ? i.get_termfreq() : 0, *i);
  }
  if (frequent && w.most > 0 && terms.size() > w.most) {
    std::nth_element(terms.begin(), terms.begin() + w.most, terms.end(),
                     [](const counted &a, const counted &b) {
                       return a.first != b.first ? a.first > b.first
                                                 : a.second < b.second;
                     });
    terms.resize(w.most);
  }
  std::vector<Query> parts;
  parts.reserve(terms.size());
  for (const counted &term : terms)
    parts.emplace_back(term.second);
  return Query(static_cast<Query::op>(w.combiner), parts.begin(), parts.end());
}

Query rebuild(const Query &query, const Xapian::Database &database) {
  std::vector<Query> parts;
  const auto part = [&](size_t i) {
    return rebuild(query.get_subquery(i), database);
  };
  const Query::op op = query.get_type();
  wildcard w;
  switch (op) {
  case Query::OP_WILDCARD:
    return read_wildcard(query, w) ? expand(w, database) : query;
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

} // namespace

Query without_wildcards(const Query &query, const Xapian::Database &database) {
  return has_operator(query, Query::OP_WILDCARD) ? rebuild(query, database)
                                                 : query;
}

} // namespace shim

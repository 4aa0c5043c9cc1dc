#include <xapian.h>

#include "common.h"
#include "steps.h"

#include <algorithm>
#include <set>
#include <vector>

using namespace shim;
using Xapian::Query;

Query::op shim::operator_of(xap_operator op) {
  switch (op) {
  case XAP_AND:
    return Query::OP_AND;
  case XAP_OR:
    return Query::OP_OR;
  case XAP_AND_NOT:
    return Query::OP_AND_NOT;
  case XAP_XOR:
    return Query::OP_XOR;
  case XAP_AND_MAYBE:
    return Query::OP_AND_MAYBE;
  case XAP_FILTER:
    return Query::OP_FILTER;
  case XAP_NEAR:
    return Query::OP_NEAR;
  case XAP_PHRASE:
    return Query::OP_PHRASE;
  case XAP_ELITE_SET:
    return Query::OP_ELITE_SET;
  case XAP_SYNONYM:
    return Query::OP_SYNONYM;
  case XAP_MAX:
    return Query::OP_MAX;
  }
  throw Xapian::InvalidArgumentError("no such operator");
}

byline_status xap_query_all(xap_query **query, byline_error *error) {
  // Query::MatchAll would share its reference count among threads.
  return guard(error, [&] { make(query, Query(std::string())); });
}

byline_status xap_query_nothing(xap_query **query, byline_error *error) {
  return guard(error, [&] { make(query, Query()); });
}

byline_status xap_query_term(byline_string term, uint32_t wqf,
                             uint32_t position, xap_query **query,
                             byline_error *error) {
  return guard(error, [&] { make(query, Query(text(term), wqf, position)); });
}

byline_status xap_query_wildcard(byline_string prefix, uint32_t limit,
                                 xap_query **query, byline_error *error) {
  return guard(error, [&] {
    make(query, Query(Query::OP_WILDCARD, text(prefix), limit,
                      Query::WILDCARD_LIMIT_ERROR, Query::OP_SYNONYM));
  });
}

byline_status xap_query_value_range(uint32_t slot, byline_string low,
                                    byline_string high, xap_query **query,
                                    byline_error *error) {
  return guard(error, [&] {
    // To Xapian, every document is above an empty limit; those with a value
    // are above the least that isn't empty.
    const std::string from = low.length ? text(low) : std::string(1, '\0');
    make(query, high.length
                    ? Query(Query::OP_VALUE_RANGE, slot, from, text(high))
                    : Query(Query::OP_VALUE_GE, slot, from));
  });
}

byline_status xap_query_value_steps(uint32_t slot, const xap_step *steps,
                                    size_t count, xap_query **query,
                                    byline_error *error) {
  return guard(error, [&] {
    auto source = std::make_unique<step_source>(slot, steps, count);
    make(query, Query(source.release()->release()));
  });
}

byline_status xap_query_combine(xap_operator op, const xap_query *const *parts,
                                size_t count, uint32_t window,
                                xap_query **query, byline_error *error) {
  return guard(error, [&] {
    std::vector<Query> queries;
    queries.reserve(count);
    for (size_t i = 0; i < count; i++)
      queries.push_back(parts[i]->query);
    make(query, Query(operator_of(op), queries.begin(), queries.end(), window));
  });
}

byline_status xap_query_scale(double factor, const xap_query *part,
                              xap_query **query, byline_error *error) {
  return guard(error, [&] {
    make(query, Query(Query::OP_SCALE_WEIGHT, part->query, factor));
  });
}

namespace {

// A term's words as a phrase, or nothing when it is one word, or the value of
// a field: those have prefixes, and may have spaces.
Query phrase_of(const std::string &term) {
  if (term.find(' ') == term.npos || (term[0] >= 'A' && term[0] <= 'Z'))
    return Query();
  std::vector<std::string> words;
  for (size_t at = 0, end; at < term.size(); at = end + 1) {
    end = std::min(term.find(' ', at), term.size());
    words.push_back(term.substr(at, end - at));
  }
  return Query(Query::OP_PHRASE, words.begin(), words.end(),
               static_cast<Xapian::termcount>(words.size()));
}

// Xapian's parser puts synonyms nowhere else.
bool may_hold_synonyms(Query::op op) {
  switch (op) {
  case Query::OP_AND:
  case Query::OP_OR:
  case Query::OP_AND_NOT:
  case Query::OP_XOR:
  case Query::OP_AND_MAYBE:
  case Query::OP_FILTER:
  case Query::OP_SYNONYM:
    return true;
  default:
    return false;
  }
}

// The query with its terms parted; changed says whether any was.
Query part(const Query &query, bool &changed) {
  if (query.get_type() == Query::LEAF_TERM) {
    Query phrase = phrase_of(*query.get_terms_begin());
    changed = changed || !phrase.empty();
    return phrase.empty() ? query : phrase;
  }
  if (!may_hold_synonyms(query.get_type()))
    return query;
  std::vector<Query> parts;
  bool inside = false;
  for (size_t i = 0; i < query.get_num_subqueries(); i++)
    parts.push_back(part(query.get_subquery(i), inside));
  changed = changed || inside;
  return inside ? Query(query.get_type(), parts.begin(), parts.end()) : query;
}

} // namespace

byline_status xap_query_part_terms(const xap_query *from, xap_query **query,
                                   byline_error *error) {
  return guard(error, [&] {
    bool changed = false;
    make(query, part(from->query, changed));
  });
}

void xap_query_free(xap_query *query) {
  destroy(query);
}

bool xap_query_is_empty(const xap_query *query) {
  return query->query.empty();
}

bool xap_query_is(const xap_query *query, xap_operator op) {
  bool is = false;
  guard(nullptr, [&] { is = query->query.get_type() == operator_of(op); });
  return is;
}

size_t xap_query_part_count(const xap_query *query) {
  size_t count = 0;
  guard(nullptr, [&] { count = query->query.get_num_subqueries(); });
  return count;
}

byline_status xap_query_part(const xap_query *query, size_t index,
                             xap_query **part, byline_error *error) {
  return guard(error, [&] { make(part, query->query.get_subquery(index)); });
}

uint32_t xap_query_length(const xap_query *query) {
  uint32_t length = 0;
  guard(nullptr, [&] { length = query->query.get_length(); });
  return length;
}

namespace {

// What a query has of a term for a document: nothing where a part that asks for
// the term does not match.
class counter {
public:
  counter(byline_string term, const byline_string *present, size_t count)
      : term_(term.data, term.length) {
    for (size_t i = 0; i < count; i++)
      present_.emplace(present[i].data, present[i].length);
  }

  struct result {
    bool matches;
    uint32_t wqf;
  };

  result of(const Query &query) const {
    const Query::op op = query.get_type();
    if (op == Query::LEAF_TERM) {
      const std::string term = *query.get_terms_begin();
      const bool matches = present_.count(term) > 0;
      return {matches, matches && term == term_ ? query.get_length() : 0};
    }
    const size_t parts = query.get_num_subqueries();
    // Expansions and values can't be told here.
    if (parts == 0 || op == Query::OP_WILDCARD)
      return {!query.empty(), 0};
    const result first = of(query.get_subquery(0));
    size_t others = 0; // that match
    uint32_t wqf = first.wqf;
    for (size_t i = 1; i < parts; i++) {
      const result part = of(query.get_subquery(i));
      others += part.matches;
      wqf += part.wqf;
    }
    switch (op) {
    case Query::OP_AND:
    case Query::OP_NEAR:
    case Query::OP_PHRASE:
      return only_if(first.matches && others == parts - 1, wqf);
    case Query::OP_FILTER:
      return only_if(first.matches && others == parts - 1, first.wqf);
    case Query::OP_AND_NOT:
      return only_if(first.matches && others == 0, first.wqf);
    case Query::OP_AND_MAYBE:
      return only_if(first.matches, wqf);
    case Query::OP_SCALE_WEIGHT:
      return only_if(first.matches, 0);
    default:
      return only_if(first.matches || others > 0, wqf);
    }
  }

private:
  static result only_if(bool matches, uint32_t wqf) {
    return {matches, matches ? wqf : 0};
  }

  std::string_view term_;
  std::set<std::string_view> present_;
};

} // namespace

uint32_t xap_query_wqf(const xap_query *query, byline_string term,
                       const byline_string *present, size_t count) {
  uint32_t wqf = 0;
  guard(nullptr,
        [&] { wqf = counter(term, present, count).of(query->query).wqf; });
  return wqf;
}

byline_status xap_query_description(const xap_query *query, xap_string_fn fn,
                                    void *user, byline_error *error) {
  return guard(error, [&] {
    const std::string description = query->query.get_description();
    return call(error, fn, user, view(description));
  });
}

byline_status xap_query_terms(const xap_query *query, xap_string_fn fn,
                              void *user, byline_error *error) {
  return guard(error, [&] {
    return each_string(query->query.get_unique_terms_begin(),
                       query->query.get_terms_end(), fn, user, error);
  });
}

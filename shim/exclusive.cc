#include <xapian.h>

#include "exclusive.h"
#include "operators.h"

#include <vector>

namespace shim {
namespace {

using Xapian::Query;

// Each XOR doubles what it joins.
constexpr size_t most_leaves = 10000;

struct sized {
  Query query;
  size_t leaves;
};

sized either(const sized &a, const sized &b) {
  const size_t leaves = 2 * (a.leaves + b.leaves);
  if (leaves > most_leaves)
    throw Xapian::UnimplementedError(
        "so much XOR can't be searched for in several databases at once");
  return {Query(Query::OP_OR, Query(Query::OP_AND_NOT, a.query, b.query),
                Query(Query::OP_AND_NOT, b.query, a.query)),
          leaves};
}

sized rebuild(const Query &query);

// What a XOR of XORs joins.
void gather(const Query &query, std::vector<sized> &operands) {
  for (size_t i = 0; i < query.get_num_subqueries(); i++) {
    const Query part = query.get_subquery(i);
    if (part.get_type() == Query::OP_XOR)
      gather(part, operands);
    else
      operands.push_back(rebuild(part));
  }
}

// By halves: the query grows by the square of their number, not by its power.
sized join(const std::vector<sized> &operands, size_t from, size_t to) {
  if (to - from == 1)
    return operands[from];
  const size_t middle = from + (to - from) / 2;
  return either(join(operands, from, middle), join(operands, middle, to));
}

bool is_list(Query::op op) {
  return op == Query::OP_AND || op == Query::OP_OR || op == Query::OP_SYNONYM ||
         op == Query::OP_MAX;
}

bool is_pair(Query::op op) {
  return op == Query::OP_AND_NOT || op == Query::OP_AND_MAYBE ||
         op == Query::OP_FILTER;
}

// Other operators join nothing that may have a XOR in it.
sized rebuild(const Query &query) {
  const Query::op op = query.get_type();
  if (op == Query::OP_XOR) {
    std::vector<sized> operands;
    gather(query, operands);
    return join(operands, 0, operands.size());
  }
  if (!is_list(op) && !is_pair(op))
    return {query, 1};
  std::vector<Query> parts;
  size_t leaves = 0;
  for (size_t i = 0; i < query.get_num_subqueries(); i++) {
    sized part = rebuild(query.get_subquery(i));
    leaves += part.leaves;
    parts.push_back(std::move(part.query));
  }
  if (is_list(op))
    return {Query(op, parts.begin(), parts.end()), leaves};
  Query pair = parts.front();
  for (size_t i = 1; i < parts.size(); i++)
    pair = Query(op, pair, parts[i]);
  return {pair, leaves};
}

} // namespace

Query without_xor(const Query &query) {
  return has_operator(query, Query::OP_XOR) ? rebuild(query).query : query;
}

} // namespace shim

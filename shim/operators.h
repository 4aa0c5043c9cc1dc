// What a query is made of.
// The source that includes this includes xapian.h before it.
#ifndef SHIM_OPERATORS_H
#define SHIM_OPERATORS_H

namespace shim {

// Whether it, or a part of it at any depth, is of this kind.
inline bool has_operator(const Xapian::Query &query, Xapian::Query::op op) {
  if (query.get_type() == op)
    return true;
  for (size_t i = 0; i < query.get_num_subqueries(); i++)
    if (has_operator(query.get_subquery(i), op))
      return true;
  return false;
}

} // namespace shim

#endif

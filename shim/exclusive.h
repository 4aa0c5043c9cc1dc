// Queries without OP_XOR.
// The source that includes this includes xapian.h before it.
#ifndef SHIM_EXCLUSIVE_H
#define SHIM_EXCLUSIVE_H

namespace shim {

// The same query with (a AND_NOT b) OR (b AND_NOT a) for (a XOR b), which finds
// the same with the same weights. Over several databases Xapian 1.4.22 crashes
// on OP_XOR: when all that it joins end with the same document, it goes on
// asking the first of them (MultiXorPostList::recalc_maxweight). Throws
// Xapian::UnimplementedError when the query would become too large.
Xapian::Query without_xor(const Xapian::Query &query);

} // namespace shim

#endif

// Wildcards over several databases.
// The source that includes this includes xapian.h before it.
#ifndef SHIM_WILDCARD_H
#define SHIM_WILDCARD_H

namespace shim {

// The same query with the words that its wildcards stand for, where they add to
// weights. Xapian lets each database expand a wildcard by itself and weigh it
// by its own words; words in a query are weighed by what all databases know.
// Throws Xapian::WildcardError, as searching would, where there are too many.
Xapian::Query without_wildcards(const Xapian::Query &query,
                                const Xapian::Database &database);

} // namespace shim

#endif

// Wildcards over several databases.
// The source that includes this includes xapian.h before it.
#ifndef SHIM_WILDCARD_H
#define SHIM_WILDCARD_H

#include <map>
#include <string>

namespace shim {

// Wildcards, as Xapian serialises them, and the words that they stand for.
using expansions = std::map<std::string, Xapian::Query>;

// The same query with the words that its wildcards stand for, where they add to
// weights. Xapian lets each database expand a wildcard by itself and weigh it
// by its own words; words in a query are weighed by what all databases know.
// Throws Xapian::WildcardError, as searching would, where there are too many.
// known: what the database was asked already, as servers take long to say it;
// it gets what is new.
Xapian::Query without_wildcards(const Xapian::Query &query,
                                const Xapian::Database &database,
                                expansions &known);

} // namespace shim

#endif

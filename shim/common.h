// What the handles are made of. Xapian's objects count their references, so
// the handles hold them by value.
// The source that includes this includes xapian.h before it.
#ifndef SHIM_COMMON_H
#define SHIM_COMMON_H

#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "guard.h"
#include "xapian_shim.h"

// name is what messages begin with: the path, or nothing.
struct xap_document {
  Xapian::Document document;
  std::string name;
};

struct xap_database {
  Xapian::Database database;
  std::string name;
  bool remote = false; // at least one of them
};

struct xap_query {
  Xapian::Query query;
};

struct xap_stemmer {
  Xapian::Stem stem;
  std::string result;
};

struct xap_matches {
  Xapian::MSet matches;
  std::string name;
};

namespace shim {

// The first failure of a callback while Xapian is at work. It is kept here
// until Xapian has returned, as Xapian may leak what it holds when thrown
// through, and may have something to say itself.
struct failure {
  byline_status status = BYLINE_OK;
  byline_error error = {};
};

inline std::string text(byline_string string) {
  return string.length ? std::string(string.data, string.length)
                       : std::string();
}

inline byline_string view(std::string_view string) {
  return {string.data(), string.size()};
}

// Gives *out a new handle made of these members.
template <class Handle, class... Members>
void make(Handle **out, Members &&...members) {
  *out = std::make_unique<Handle>(Handle{std::forward<Members>(members)...})
             .release();
}

template <class Handle> void destroy(Handle *handle) {
  guard(nullptr, [&] { std::unique_ptr<Handle> owner(handle); });
}

// Calls step(iterator) for each until one returns a status other than OK.
template <class Iterator, class Step>
byline_status each(Iterator i, const Iterator &end, Step step) {
  for (; i != end; ++i)
    if (byline_status status = step(i); status != BYLINE_OK)
      return status;
  return BYLINE_OK;
}

template <class Iterator>
byline_status each_string(Iterator i, const Iterator &end, xap_string_fn fn,
                          void *user, byline_error *error) {
  return each(std::move(i), end, [&](const Iterator &at) {
    const std::string string = *at;
    return call(error, fn, user, view(string));
  });
}

Xapian::Query::op operator_of(xap_operator op);

} // namespace shim

#endif

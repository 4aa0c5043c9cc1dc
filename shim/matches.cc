#include <xapian.h>

#include "common.h"

using namespace shim;

void xap_matches_free(xap_matches *matches) {
  destroy(matches);
}

size_t xap_matches_count(const xap_matches *matches) {
  return matches->matches.size();
}

void xap_matches_total(const xap_matches *matches, uint32_t *lower,
                       uint32_t *estimated, uint32_t *upper) {
  *lower = matches->matches.get_matches_lower_bound();
  *estimated = matches->matches.get_matches_estimated();
  *upper = matches->matches.get_matches_upper_bound();
}

static Xapian::MSetIterator at(const Xapian::MSet &matches, size_t index) {
  if (index >= matches.size())
    throw Xapian::RangeError("there are fewer matches");
  return matches[static_cast<Xapian::doccount>(index)];
}

byline_status xap_matches_get(const xap_matches *matches, size_t index,
                              xap_match *match, byline_error *error) {
  return guard(error, matches->name, [&] {
    const Xapian::MSetIterator i = at(matches->matches, index);
    *match = {*i, i.get_rank(), i.get_weight(), i.get_percent(),
              i.get_collapse_count()};
  });
}

byline_status xap_matches_sort_key(const xap_matches *matches, size_t index,
                                   xap_string_fn fn, void *user,
                                   byline_error *error) {
  return guard(error, matches->name, [&] {
    const std::string key = at(matches->matches, index).get_sort_key();
    return call(error, fn, user, view(key));
  });
}

byline_status xap_matches_document(const xap_matches *matches, size_t index,
                                   xap_document **document,
                                   byline_error *error) {
  return guard(error, matches->name, [&] {
    make(document, at(matches->matches, index).get_document(), matches->name);
  });
}

#include <xapian.h>

#include "facet.h"

#include <algorithm>

#include "common.h"

namespace shim {

// A document counts once for a part that its value repeats.
void facet_spy::count(std::string_view value, Xapian::doccount documents,
                      counts &into,
                      std::vector<std::string_view> &parts) const {
  parts.clear();
  while (!value.empty()) {
    size_t length = separator_ ? value.find(separator_) : value.npos;
    std::string_view part = value.substr(0, length);
    if (prefix_length_)
      part = part.substr(0, prefix_length_);
    if (!part.empty())
      parts.push_back(part);
    value.remove_prefix(length == value.npos ? value.size() : length + 1);
  }
  std::sort(parts.begin(), parts.end());
  auto end = std::unique(parts.begin(), parts.end());
  for (auto part = parts.begin(); part != end; ++part) {
    auto found = into.find(*part);
    if (found == into.end())
      found = into.emplace(*part, 0).first;
    found->second += documents;
  }
}

void facet_spy::operator()(const Xapian::Document &document, double) {
  const std::string value = document.get_value(slot_);
  count(value, 1, counts_, parts_);
}

facet_spy::counts facet_spy::all() const {
  counts sum = counts_;
  std::vector<std::string_view> parts;
  for (auto i = values_begin(); i != values_end(); ++i) {
    const std::string value = *i;
    count(value, i.get_termfreq(), sum, parts);
  }
  return sum;
}

} // namespace shim

using namespace shim;

byline_status xap_facet_new(uint32_t slot, char separator, size_t prefix_length,
                            xap_facet **facet, byline_error *error) {
  return guard(error, [&] {
    // Not made by make: spies can't be moved.
    *facet = std::unique_ptr<xap_facet>(
                 new xap_facet{{slot, separator, prefix_length}})
                 .release();
  });
}

void xap_facet_free(xap_facet *facet) {
  destroy(facet);
}

byline_status xap_facet_values(const xap_facet *facet, xap_term_fn fn,
                               void *user, byline_error *error) {
  return guard(error, [&] {
    const facet_spy::counts counts = facet->spy.all();
    return each(counts.begin(), counts.end(), [&](const auto &i) {
      return call(error, fn, user, view(i->first), uint32_t{i->second});
    });
  });
}

#include <xapian.h>

#include "facet.h"

#include <algorithm>

#include "common.h"

namespace shim {

tally::entry &tally::of(std::string_view text) {
  if (auto found = by_text_.find(text); found != by_text_.end())
    return *found->second;
  entry &made = entries_.emplace_back(entry{std::string(text), 0});
  by_text_.emplace(made.text, &made);
  return made;
}

std::vector<const tally::entry *> tally::in_byte_order() const {
  std::vector<const entry *> order;
  order.reserve(entries_.size());
  for (const entry &e : entries_)
    order.push_back(&e);
  std::sort(order.begin(), order.end(),
            [](const entry *a, const entry *b) { return a->text < b->text; });
  return order;
}

// A document counts once for a part that its value repeats.
void facet_spy::count(std::string_view value, Xapian::doccount documents,
                      tally &into, std::vector<tally::entry *> &entries) const {
  entries.clear();
  while (!value.empty()) {
    size_t length = separator_ ? value.find(separator_) : value.npos;
    std::string_view part = value.substr(0, length);
    if (prefix_length_)
      part = part.substr(0, prefix_length_);
    if (!part.empty())
      entries.push_back(&into.of(part));
    value.remove_prefix(length == value.npos ? value.size() : length + 1);
  }
  if (entries.size() > 1) {
    std::sort(entries.begin(), entries.end());
    entries.erase(std::unique(entries.begin(), entries.end()), entries.end());
  }
  for (tally::entry *entry : entries)
    entry->count += documents;
}

void facet_spy::operator()(const Xapian::Document &document, double) {
  std::string value = document.get_value(slot_);
  if (prefix_length_ && !separator_ && value.size() > prefix_length_)
    value.resize(prefix_length_); // dates differ in their times
  if (value == last_) {
    for (tally::entry *entry : last_entries_)
      ++entry->count;
    return;
  }
  count(value, 1, counts_, last_entries_);
  last_.swap(value);
}

tally facet_spy::all() const {
  tally sum;
  for (const tally::entry *entry : counts_.in_byte_order())
    sum.of(entry->text).count = entry->count;
  std::vector<tally::entry *> entries;
  for (auto i = values_begin(); i != values_end(); ++i) {
    const std::string value = *i;
    count(value, i.get_termfreq(), sum, entries);
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
    const tally counts = facet->spy.all();
    const auto order = counts.in_byte_order();
    return each(order.begin(), order.end(), [&](const auto &i) {
      return call(error, fn, user, view((*i)->text), uint32_t{(*i)->count});
    });
  });
}

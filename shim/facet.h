// Counting the values of a slot over the matches of a search.
// The source that includes this includes xapian.h before it.
#ifndef SHIM_FACET_H
#define SHIM_FACET_H

#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace shim {

// How often each text was counted. Entries stay where they are.
class tally {
public:
  struct entry {
    std::string text;
    Xapian::doccount count;
  };

  // The entry of a text, made if there is none.
  entry &of(std::string_view text);
  std::vector<const entry *> in_byte_order() const;

private:
  std::deque<entry> entries_;
  std::unordered_map<std::string_view, entry *> by_text_;
};

// The base adds up whole values, on behalf of remote shards: their servers
// know that class and send back its counts. This one takes values apart as it
// counts them, so that its memory grows with the parts only.
class facet_spy : public Xapian::ValueCountMatchSpy {
public:
  facet_spy(Xapian::valueno slot, char separator, size_t prefix_length)
      : ValueCountMatchSpy(slot), slot_(slot), separator_(separator),
        prefix_length_(prefix_length) {}

  void operator()(const Xapian::Document &document, double weight) override;

  // With those of remote shards.
  tally all() const;

private:
  void count(std::string_view value, Xapian::doccount documents, tally &into,
             std::vector<tally::entry *> &entries) const;

  Xapian::valueno slot_;
  char separator_;
  size_t prefix_length_;
  tally counts_;
  // Neighbours are often alike: the value counted last, and its entries.
  std::string last_;
  std::vector<tally::entry *> last_entries_;
};

} // namespace shim

struct xap_facet {
  shim::facet_spy spy;
};

#endif

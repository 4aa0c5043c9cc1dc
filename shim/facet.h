// Counting the values of a slot over the matches of a search.
// The source that includes this includes xapian.h before it.
#ifndef SHIM_FACET_H
#define SHIM_FACET_H

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace shim {

// The base adds up whole values, on behalf of remote shards: their servers
// know that class and send back its counts. This one takes values apart as it
// counts them, so that its memory grows with the parts only.
class facet_spy : public Xapian::ValueCountMatchSpy {
public:
  using counts = std::map<std::string, Xapian::doccount, std::less<>>;

  facet_spy(Xapian::valueno slot, char separator, size_t prefix_length)
      : ValueCountMatchSpy(slot), slot_(slot), separator_(separator),
        prefix_length_(prefix_length) {}

  void operator()(const Xapian::Document &document, double weight) override;

  // With those of remote shards.
  counts all() const;

private:
  void count(std::string_view value, Xapian::doccount documents, counts &into,
             std::vector<std::string_view> &parts) const;

  Xapian::valueno slot_;
  char separator_;
  size_t prefix_length_;
  counts counts_;
  std::vector<std::string_view> parts_; // of one value; kept for its room
};

} // namespace shim

struct xap_facet {
  shim::facet_spy spy;
};

#endif

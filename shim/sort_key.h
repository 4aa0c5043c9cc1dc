// Sorting by values.
// The source that includes this includes xapian.h before it.
#ifndef SHIM_SORT_KEY_H
#define SHIM_SORT_KEY_H

#include <string>
#include <vector>

#include "common.h"

namespace shim {

// Makes keys that, compared as bytes, put the values into their order, and
// documents without one last in either direction. (Xapian's own
// MultiValueKeyMaker puts them first when ascending; its stand-in for them
// could be equal to a real value.)
class sort_key_maker : public Xapian::KeyMaker {
public:
  sort_key_maker(const xap_sort_key *keys, size_t count)
      : keys_(keys, keys + count) {}

  std::string operator()(const Xapian::Document &document) const override;

private:
  std::vector<xap_sort_key> keys_;
};

// The same for one slot, by keys that the caller makes of its values. Should
// that fail, the order means nothing, and failure says why.
class made_key_maker : public Xapian::KeyMaker {
public:
  made_key_maker(Xapian::valueno slot, xap_key_fn fn, void *user,
                 failure &failure)
      : slot_(slot), fn_(fn), user_(user), failure_(failure) {}

  std::string operator()(const Xapian::Document &document) const override;

private:
  Xapian::valueno slot_;
  xap_key_fn fn_;
  void *user_;
  failure &failure_;
};

} // namespace shim

#endif

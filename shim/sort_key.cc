#include <xapian.h>

#include "sort_key.h"

namespace shim {
namespace {

constexpr char present = '\1', absent = '\2';

// Appends the value so that neither its length nor what comes after it
// disturbs the order: NUL becomes 00 FF, and the end 00 00. Descending, every
// byte is the complement of that.
void append(std::string &key, const std::string &value, bool descending) {
  auto put = [&](int byte) {
    key += static_cast<char>(descending ? 0xFF - byte : byte);
  };
  for (char c : value) {
    put(static_cast<unsigned char>(c));
    if (c == '\0')
      put(0xFF);
  }
  put(0);
  put(0);
}

} // namespace

std::string sort_key_maker::operator()(const Xapian::Document &document) const {
  std::string key;
  for (const xap_sort_key &part : keys_) {
    const std::string value = document.get_value(part.slot);
    key += value.empty() ? absent : present;
    if (!value.empty())
      append(key, value, part.descending);
  }
  return key;
}

std::string made_key_maker::operator()(const Xapian::Document &document) const {
  const std::string value = document.get_value(slot_);
  byline_string key = {};
  if (!value.empty() && failure_.status == BYLINE_OK) {
    failure_.error.position = BYLINE_NO_POSITION;
    failure_.status =
        call(&failure_.error, fn_, user_, view(value), &key, &failure_.error);
  }
  return key.length ? present + text(key) : std::string(1, absent);
}

} // namespace shim

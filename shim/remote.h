// "remote:HOST:PORT" where a path may stand.
#ifndef SHIM_REMOTE_H
#define SHIM_REMOTE_H

#include <optional>
#include <string>
#include <string_view>

namespace shim {

struct remote_address {
  std::string host;
  unsigned port;
};

// Nothing for a path. Throws Xapian::InvalidArgumentError when what follows
// "remote:" is no address.
std::optional<remote_address> parse_remote(std::string_view path);

} // namespace shim

#endif

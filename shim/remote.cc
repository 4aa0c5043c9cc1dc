#include <xapian.h>

#include "remote.h"

#include <charconv>

namespace shim {

std::optional<remote_address> parse_remote(std::string_view path) {
  constexpr std::string_view scheme = "remote:";
  if (path.substr(0, scheme.size()) != scheme)
    return std::nullopt;
  std::string_view rest = path.substr(scheme.size());
  size_t colon = rest.rfind(':');
  std::string_view host = rest.substr(0, colon);
  std::string_view digits =
      colon == rest.npos ? std::string_view() : rest.substr(colon + 1);
  if (host.size() > 2 && host.front() == '[' && host.back() == ']')
    host = host.substr(1, host.size() - 2);
  unsigned port = 0;
  const char *end = digits.data() + digits.size();
  auto parsed = std::from_chars(digits.data(), end, port);
  if (host.empty() || parsed.ec != std::errc() || parsed.ptr != end ||
      port == 0 || port > 65535)
    throw Xapian::InvalidArgumentError(
        "not an address; write remote:HOST:PORT, as remote:localhost:4000");
  return remote_address{std::string(host), port};
}

} // namespace shim

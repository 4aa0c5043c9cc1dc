#include "message.h"

#include <algorithm>
#include <cstring>

namespace shim {
namespace {

using pieces = std::initializer_list<std::string_view>;

constexpr std::string_view dots = "...";

bool continues_character(char c) {
  return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

// The byte at this place of the joined pieces.
char byte_at(pieces parts, size_t place) {
  for (std::string_view part : parts) {
    if (place < part.size())
      return part[place];
    place -= part.size();
  }
  return '\0';
}

// Copies bytes [from, to) of the joined pieces and returns their end in out.
char *copy(char *out, pieces parts, size_t from, size_t to) {
  size_t start = 0;
  for (std::string_view part : parts) {
    size_t first = std::clamp(from, start, start + part.size());
    size_t last = std::clamp(to, start, start + part.size());
    if (last > first) {
      std::memcpy(out, part.data() + (first - start), last - first);
      out += last - first;
    }
    start += part.size();
  }
  return out;
}

char *copy_shortened(char *out, size_t room, pieces parts, size_t length) {
  size_t keep = room - dots.size();
  size_t head = keep - keep / 2;
  size_t tail = length - keep / 2;
  while (head > 0 && continues_character(byte_at(parts, head)))
    head--;
  while (tail < length && continues_character(byte_at(parts, tail)))
    tail++;
  out = copy(out, parts, 0, head);
  out = std::copy(dots.begin(), dots.end(), out);
  return copy(out, parts, tail, length);
}

} // namespace

byline_status fail(byline_error *error, byline_status status,
                   pieces parts) noexcept {
  if (!error)
    return status;
  size_t length = 0;
  for (std::string_view part : parts)
    length += part.size();
  char *begin = error->message;
  constexpr size_t room = sizeof error->message - 1;
  char *end = length <= room ? copy(begin, parts, 0, length)
                             : copy_shortened(begin, room, parts, length);
  *end = '\0';
  std::replace_if(
      begin, end,
      [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; },
      '?');
  error->code = status;
  error->position = BYLINE_NO_POSITION;
  return status;
}

} // namespace shim

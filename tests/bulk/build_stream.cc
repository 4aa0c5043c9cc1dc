// build_stream FOLDER [OPTION...] <STREAM: the documents of a stream (stream.h)
// as a new database.
//
// --block-size=N    of every table, 8192
// --xapian          by WritableDatabase and not by plugin/bulk
//   --commit=N      after every N documents, not when Xapian likes
//   --sync          to the disk
// By plugin/bulk:
//   --parts=N       so many parts, filled by themselves, 1
//   --threads=N     that fill them; 0, the default: none but the program's own
//   --memory=BYTES  of lists before a run is written, no limit
//   --compression=N level, 0 for none, 6
#include <sys/stat.h>
#include <unistd.h>
#include <xapian.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

#include "builders.h"

namespace {

struct options {
  const char *folder = nullptr;
  bool xapian = false;
  xapian_options by_xapian = {8192, 0, false};
  bulk_way by_bulk = {8192, 6, SIZE_MAX, 0, 1};
};

bool number(const char *text, const char *name, unsigned long &value) {
  const size_t length = std::strlen(name);
  if (std::strncmp(text, name, length) != 0)
    return false;
  char *end = nullptr;
  value = std::strtoul(text + length, &end, 10);
  return end != text + length && *end == '\0';
}

bool take(options &o, const char *text) {
  unsigned long n = 0;
  if (number(text, "--block-size=", n))
    o.by_bulk.block_size = o.by_xapian.block_size = static_cast<uint32_t>(n);
  else if (number(text, "--commit=", n))
    o.by_xapian.commit = n;
  else if (number(text, "--parts=", n) && n > 0)
    o.by_bulk.parts = n;
  else if (number(text, "--threads=", n))
    o.by_bulk.threads = static_cast<unsigned>(n);
  else if (number(text, "--memory=", n))
    o.by_bulk.memory = n;
  else if (number(text, "--compression=", n))
    o.by_bulk.compression = static_cast<int>(n);
  else if (std::strcmp(text, "--xapian") == 0)
    o.xapian = true;
  else if (std::strcmp(text, "--sync") == 0)
    o.by_xapian.sync = true;
  else if (text[0] != '-' && !o.folder)
    o.folder = text;
  else
    return false;
  return true;
}

std::string standard_input() {
  std::string all;
  static char bytes[1 << 16];
  while (size_t n = std::fread(bytes, 1, sizeof bytes, stdin))
    all.append(bytes, n);
  return all;
}

byline_status build(const stream &s, const options &o, byline_error &error) {
  if (o.xapian) {
    build_by_xapian(&s, o.folder, &o.by_xapian);
    return BYLINE_OK;
  }
  if (mkdir(o.folder, 0777) != 0) {
    std::perror(o.folder);
    return BYLINE_IO;
  }
  return build_by_bulk(&s, o.folder, &o.by_bulk, &error);
}

} // namespace

int main(int argc, char **argv) try {
  options o;
  for (int i = 1; i < argc; i++)
    if (!take(o, argv[i])) {
      std::fprintf(stderr, "build_stream: what is %s?\n", argv[i]);
      return 2;
    }
  if (!o.folder)
    return 2;
  const std::string bytes = standard_input();
  stream s;
  byline_error error = {};
  byline_status status = stream_parse({bytes.data(), bytes.size()}, &s, &error);
  if (status == BYLINE_OK) {
    status = build(s, o, error);
    stream_free(&s);
  }
  if (status != BYLINE_OK)
    std::fprintf(stderr, "build_stream: %s\n", error.message);
  return status == BYLINE_OK ? 0 : 1;
} catch (const Xapian::Error &error) {
  std::fprintf(stderr, "build_stream: %s\n", error.get_description().c_str());
  return 1;
}

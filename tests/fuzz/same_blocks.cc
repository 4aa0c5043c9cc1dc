#include "same_blocks.h"

#include <cstdio>
#include <fstream>
#include <iterator>

namespace {

std::string contents(const std::string &path) {
  std::ifstream file(path, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(file), {});
}

size_t number(const std::string &block, size_t at) {
  return static_cast<size_t>(static_cast<unsigned char>(block[at])) << 8 |
         static_cast<unsigned char>(block[at + 1]);
}

// The block without what means nothing: between directory and items, and in a
// branch block behind its first item, whose key is not stored.
std::string used(const std::string &block) {
  const size_t gap = number(block, 5), end = number(block, 9);
  if (block[4] == 0)
    return block.substr(0, end) + block.substr(end + gap);
  std::string all = block.substr(0, end);
  for (size_t slot = 11; slot < end; slot += 2) {
    const size_t at = number(block, slot);
    const auto key = static_cast<unsigned char>(block[at + 4]);
    all += block.substr(at, size_t{4} + 1 + key + 2);
  }
  return all;
}

} // namespace

bool same_table(const std::string &one, const std::string &other,
                const std::string &table, size_t block_size) {
  const std::string name = "/" + table + ".glass";
  const std::string a = contents(one + name), b = contents(other + name);
  bool same = a.size() == b.size() && a.size() % block_size == 0;
  for (size_t at = 0; same && at < a.size(); at += block_size)
    same = used(a.substr(at, block_size)) == used(b.substr(at, block_size));
  if (!same)
    std::fprintf(stderr, "%s differs\n", name.c_str());
  return same;
}

bool same_database(const std::string &one, const std::string &other,
                   size_t block_size) {
  std::string a = contents(one + "/iamglass"),
              b = contents(other + "/iamglass");
  if (a.size() < 32 || b.size() < 32 ||
      a.erase(16, 16).compare(b.erase(16, 16)) != 0) {
    std::fprintf(stderr, "iamglass differs\n");
    return false;
  }
  bool same = true;
  for (const char *table :
       {"postlist", "docdata", "termlist", "position", "spelling", "synonym"})
    same = same_table(one, other, table, block_size) && same;
  return same;
}

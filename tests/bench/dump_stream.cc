// dump_stream DATABASE FILE: every document of a database, as stream.h says.
#include <xapian.h>

#include <cstdint>
#include <cstdio>
#include <fstream>
#include <string>

namespace {

void add_number(std::string &out, size_t number) {
  auto n = static_cast<uint32_t>(number);
  out.append(reinterpret_cast<const char *>(&n), sizeof n);
}

void add_bytes(std::string &out, const std::string &bytes) {
  out += bytes;
  out.append((4 - bytes.size() % 4) % 4, '\0');
}

std::string dump(const Xapian::Document &document) {
  std::string out;
  add_number(out, document.get_data().size());
  add_number(out, document.values_count());
  add_number(out, document.termlist_count());
  add_bytes(out, document.get_data());
  for (auto v = document.values_begin(); v != document.values_end(); ++v) {
    add_number(out, v.get_valueno());
    add_number(out, (*v).size());
    add_bytes(out, *v);
  }
  for (auto t = document.termlist_begin(); t != document.termlist_end(); ++t) {
    add_number(out, (*t).size());
    add_number(out, t.get_wdf());
    add_number(out, t.positionlist_count());
    add_bytes(out, *t);
    for (auto p = t.positionlist_begin(); p != t.positionlist_end(); ++p)
      add_number(out, *p);
  }
  return out;
}

} // namespace

int main(int argc, char **argv) try {
  if (argc != 3)
    return 2;
  const Xapian::Database database(argv[1]);
  std::ofstream out(argv[2], std::ios::binary);
  for (auto d = database.postlist_begin(""); d != database.postlist_end("");
       ++d)
    out << dump(database.get_document(*d));
  out.close();
  return out ? 0 : 1;
} catch (const Xapian::Error &error) {
  std::fprintf(stderr, "dump_stream: %s\n", error.get_description().c_str());
  return 1;
}

// Documents from any bytes, built by plugin/bulk and by Xapian: the databases
// are the same. Without compression the two are compacted, and then the same
// block for block; with it, the tables that are never compressed are, and every
// document is read. What the builder refuses, it has a reason to refuse.
//
// The input: block size, compression, parts, threads, memory, a byte each; then
// steps, each a letter's worth of what stands in `writer::step`.
#include <sys/stat.h>
#include <unistd.h>
#include <xapian.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "../bulk/builders.h"
#include "same_blocks.h"

namespace {

constexpr size_t most = 60000; // bytes of a stream, about
// Xapian's inverter marks a posting or a length that is gone by this number,
// and so loses one that is as large (glass_inverter.h, DELETED_POSTING).
constexpr uint32_t deleted = UINT32_MAX;

void check(bool good, const char *what) {
  if (good)
    return;
  std::fprintf(stderr, "fuzz_bulk_build: %s\n", what);
  std::abort();
}

class input {
public:
  input(const uint8_t *data, size_t size) : at_(data), end_(data + size) {}
  bool ended() const { return at_ == end_; }
  unsigned byte() { return ended() ? 0 : *at_++; }

  // Mostly small, at times near an edge of what can be.
  uint32_t number() {
    const unsigned kind = byte();
    if (kind < 200)
      return kind;
    const unsigned shift = (kind - 200) % 33;
    return static_cast<uint32_t>((uint64_t{1} << shift) - 2 + byte() % 4);
  }

  // As it stands, one letter many times, or noise.
  std::string text(size_t longest) {
    const unsigned kind = byte();
    const size_t length = kind % 4 == 3 ? byte() * size_t{97} : kind / 4;
    std::string out;
    std::minstd_rand noise(kind);
    const char letter = static_cast<char>(byte());
    for (size_t i = 0; i < length && i < longest; i++)
      out += kind % 4 == 0   ? static_cast<char>(byte())
             : kind % 4 == 1 ? letter
                             : static_cast<char>(noise() >> 8);
    return out;
  }

private:
  const uint8_t *at_, *end_;
};

struct posting {
  uint32_t wdf = 0;
  std::set<uint32_t> positions;
};

struct made_document {
  std::string data;
  std::map<uint32_t, std::string> values;
  std::map<std::string, posting> terms;
};

void put(std::string &out, uint64_t value) {
  for (; value >= 0x80; value >>= 7)
    out += static_cast<char>(value | 0x80);
  out += static_cast<char>(value);
}

void put(std::string &out, const std::string &text) {
  put(out, text.size());
  out += text;
}

// A NUL is two bytes in a key.
bool fits(const std::string &term) {
  size_t length = term.size();
  for (const char c : term)
    length += c == '\0';
  return length > 0 && length <= 245;
}

class writer {
public:
  std::string stream;
  bool refusable = false; // a term or key that Xapian does not take

  void step(input &in) {
    switch (in.byte() % 12) {
    case 0:
      finish(in.number());
      break;
    case 1:
      document_.data = in.text(1 << 15);
      break;
    case 2:
      set_value(in.number(), in.text(3000));
      break;
    case 3:
      metadata(in.text(260), in.text(1 << 14));
      break;
    case 4:
      word(in.text(260), in.number());
      break;
    case 5:
      repeat(in.byte(), in.number());
      break;
    case 6:
      spread(in.byte(), in.number());
      break;
    default:
      term(in);
    }
  }

  void finish(uint32_t gap) {
    if (UINT32_MAX - last_ <= gap)
      return;
    last_ += 1 + gap;
    uint64_t length = 0;
    stream += 'D';
    put(stream, last_);
    put(stream, document_.data);
    put(stream, document_.values.size());
    for (const auto &[slot, value] : document_.values) {
      put(stream, slot);
      put(stream, value);
    }
    put(stream, document_.terms.size());
    for (const auto &[name, in] : document_.terms) {
      put_term(name, in);
      length += in.wdf;
    }
    refusable = refusable || length >= deleted;
  }

private:
  made_document document_;
  std::string name_;                       // of the last term
  std::map<std::string, uint64_t> totals_; // of wdfs
  uint32_t last_ = 0;

  void put_term(const std::string &name, const posting &in) {
    put(stream, name);
    put(stream, in.wdf);
    put(stream, in.positions.size());
    uint32_t before = 0;
    for (const uint32_t position : in.positions) {
      put(stream, position - before);
      before = position;
    }
    refusable =
        refusable || !fits(name) || (totals_[name] += in.wdf) > UINT32_MAX;
  }

  // The same document so many times, a term of it counting them.
  void repeat(unsigned times, uint32_t gap) {
    for (unsigned i = 0; i < times && stream.size() < most; i++) {
      document_.terms["n" + std::to_string(i)].wdf = i % 3;
      finish(gap);
      document_.terms.erase("n" + std::to_string(i));
    }
  }

  // Many places of the last term.
  void spread(unsigned times, uint32_t step) {
    uint64_t position = 0;
    for (unsigned i = 0; i < times && position <= UINT32_MAX; i++) {
      document_.terms[name_].positions.insert(static_cast<uint32_t>(position));
      position += step + i % 3;
    }
  }

  void term(input &in) {
    const unsigned kind = in.byte();
    if (kind % 4 == 0 || name_.empty())
      name_ = in.text(250);
    else
      name_ = name_.substr(0, kind % name_.size() + 1) +
              static_cast<char>(in.byte());
    if (name_.empty())
      name_ = "a";
    posting &into = document_.terms[name_];
    into.wdf = std::min(in.number(), deleted - 1);
    for (unsigned i = kind / 32; i > 0; i--)
      into.positions.insert(in.number());
  }

  void set_value(uint32_t slot, const std::string &value) {
    if (value.empty() || slot == Xapian::BAD_VALUENO)
      return;
    document_.values[slot] = value;
  }

  void metadata(const std::string &key, const std::string &value) {
    stream += 'M';
    put(stream, key);
    put(stream, value);
    refusable = refusable || key.empty() || key.size() > 253;
  }

  void word(const std::string &name, uint32_t frequency) {
    if (frequency == 0)
      return;
    stream += 'S';
    put(stream, name);
    put(stream, frequency % 100000 + 1);
    refusable = refusable || name.size() > 245;
  }
};

// ---- Databases --------------------------------------------------------------

class scratch {
public:
  scratch() {
    std::string name = "/dev/shm/fuzz-bulk-XXXXXX";
    if (access("/dev/shm", W_OK) != 0)
      name = "/tmp/fuzz-bulk-XXXXXX";
    check(mkdtemp(name.data()) != nullptr, "no folder");
    path_ = name;
  }
  ~scratch() { std::filesystem::remove_all(path_); }
  scratch(const scratch &) = delete;
  scratch &operator=(const scratch &) = delete;

  std::string operator/(const char *name) const { return path_ + "/" + name; }

private:
  std::string path_;
};

std::string compacted(const std::string &path, size_t block_size) {
  Xapian::Database(path).compact(path + ".compact",
                                 Xapian::DBCOMPACT_NO_RENUMBER |
                                     Xapian::Compactor::FULL,
                                 static_cast<int>(block_size));
  return path + ".compact";
}

void same_documents(const Xapian::Database &one,
                    const Xapian::Database &other) {
  for (auto d = one.postlist_begin(""); d != one.postlist_end(""); ++d) {
    const Xapian::Document a = one.get_document(*d), b = other.get_document(*d);
    check(a.get_data() == b.get_data(), "data");
    check(a.termlist_count() == b.termlist_count(), "terms");
    auto other_term = b.termlist_begin();
    for (auto t = a.termlist_begin(); t != a.termlist_end(); ++t, ++other_term)
      check(*t == *other_term && t.get_wdf() == other_term.get_wdf(), "a term");
    check(a.values_count() == b.values_count(), "values");
    for (auto v = a.values_begin(); v != a.values_end(); ++v)
      check(b.get_value(v.get_valueno()) == *v, "a value");
  }
}

void same_words(const Xapian::Database &one, const Xapian::Database &other) {
  auto b = other.spellings_begin();
  for (auto a = one.spellings_begin(); a != one.spellings_end(); ++a, ++b)
    check(b != other.spellings_end() && *a == *b &&
              a.get_termfreq() == b.get_termfreq(),
          "a word");
  check(b == other.spellings_end(), "more words");
}

void compare(const std::string &ours, const std::string &theirs,
             const bulk_way &way) {
  const size_t size = way.block_size;
  const std::string reference = compacted(theirs, size);
  check(same_table(ours, reference, "postlist", size), "postlist");
  check(same_table(ours, reference, "position", size), "position");
  if (way.compression == 0) {
    check(same_database(compacted(ours, size), reference, size), "blocks");
    return;
  }
  same_documents(Xapian::Database(ours), Xapian::Database(theirs));
  same_words(Xapian::Database(ours), Xapian::Database(theirs));
}

void build(const std::string &bytes, const bulk_way &way, bool refusable) {
  const scratch folder;
  stream s;
  byline_error error = {};
  check(stream_parse({bytes.data(), bytes.size()}, &s, &error) == BYLINE_OK,
        "a stream of ours is none");
  const std::string ours = folder / "bulk", theirs = folder / "xapian";
  mkdir(ours.c_str(), 0700);
  const byline_status status = build_by_bulk(&s, ours.c_str(), &way, &error);
  if (status != BYLINE_OK)
    check(status == BYLINE_INVALID && refusable, error.message);
  if (status == BYLINE_OK && !refusable) {
    const xapian_options options = {way.block_size, 0, false};
    build_by_xapian(&s, theirs.c_str(), &options);
    compare(ours, theirs, way);
  }
  stream_free(&s);
}

} // namespace

/* libxapian 1.4 itself frees a class of variable size by a size of its own. */
extern "C" const char *__asan_default_options();
extern "C" const char *__asan_default_options() {
  return "new_delete_type_mismatch=0";
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  input in(data, size);
  bulk_way way;
  way.block_size = 2048u << in.byte() % 6;
  way.compression = static_cast<int>(in.byte() % 13);
  way.parts = in.byte() % 9 + 1;
  const unsigned threads = in.byte();
  way.threads = threads % 3;
  const unsigned memory = in.byte();
  way.memory = memory % 4 == 0 ? SIZE_MAX : size_t{memory} * 100;
  writer w;
  if (threads / 3 % 2 == 1)
    w.stream += 'W';
  while (!in.ended() && w.stream.size() < most)
    w.step(in);
  w.finish(0);
  build(w.stream, way, w.refusable);
  return 0;
}

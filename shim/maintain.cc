#include <xapian.h>

// Work on whole databases: compacting and checking.
#include <cerrno>
#include <filesystem>
#include <ostream>
#include <streambuf>
#include <sys/stat.h>

#include "common.h"
#include "remote.h"

using namespace shim;

byline_status xap_refuse_remote(const char *path, byline_error *error) {
  return guard(error, path, [&] {
    if (parse_remote(path))
      throw Xapian::UnimplementedError(
          "a remote database: run it on the machine where the database is");
  });
}

// Makes the directory, unless it is there and empty, so that nobody else's is
// ever written to or removed.
static void reserve(const char *directory) {
  if (mkdir(directory, 0777) == 0)
    return;
  int number = errno;
  std::error_code unread;
  if (std::filesystem::is_directory(directory, unread) &&
      std::filesystem::is_empty(directory, unread) && !unread)
    return;
  if (number == EEXIST)
    throw Xapian::InvalidArgumentError(
        "the name is taken already; choose another");
  throw Xapian::DatabaseCreateError("can't make the directory", number);
}

byline_status xap_compact(const char *const *paths, size_t count,
                          const char *destination, bool renumber,
                          byline_error *error) {
  byline_status status = BYLINE_OK;
  for (size_t i = 0; status == BYLINE_OK && i < count; i++)
    status = xap_refuse_remote(paths[i], error);
  xap_database *source = nullptr;
  if (status == BYLINE_OK)
    status = xap_database_open(paths, count, &source, error);
  if (status != BYLINE_OK)
    return status;
  status = guard(error, destination, [&] { reserve(destination); });
  if (status == BYLINE_OK) {
    status = guard(error, source->name, [&] {
      unsigned flags = Xapian::Compactor::FULL;
      if (!renumber)
        flags |= Xapian::DBCOMPACT_NO_RENUMBER;
      source->database.compact(destination, flags);
    });
    if (status != BYLINE_OK)
      guard(nullptr, [&] { std::filesystem::remove_all(destination); });
  }
  xap_database_free(source);
  return status;
}

namespace {

// Hands what is written to a callback, line by line.
class line_sink : public std::streambuf {
public:
  line_sink(xap_string_fn fn, void *user, byline_error *error)
      : fn_(fn), user_(user), error_(error) {}

  void finish() {
    if (!line_.empty())
      send();
  }

protected:
  int_type overflow(int_type c) override {
    if (!traits_type::eq_int_type(c, traits_type::eof()))
      put(traits_type::to_char_type(c));
    return traits_type::not_eof(c);
  }

  std::streamsize xsputn(const char *text, std::streamsize length) override {
    for (std::streamsize i = 0; i < length; i++)
      put(text[i]);
    return length;
  }

private:
  void put(char c) {
    if (c == '\n')
      send();
    else
      line_ += c;
  }

  void send() {
    byline_status status = call(error_, fn_, user_, view(line_));
    if (status != BYLINE_OK)
      throw stopped{status};
    line_.clear();
  }

  xap_string_fn fn_;
  void *user_;
  byline_error *error_;
  std::string line_;
};

} // namespace

byline_status xap_check(const char *path, xap_string_fn fn, void *user,
                        size_t *faults, byline_error *error) {
  byline_status status = xap_refuse_remote(path, error);
  if (status != BYLINE_OK)
    return status;
  return guard(error, path, [&] {
    if (!fn) {
      *faults = Xapian::Database::check(path);
      return;
    }
    line_sink sink(fn, user, error);
    std::ostream out(&sink);
    // Lets what the sink throws pass through the stream.
    out.exceptions(std::ios::badbit);
    size_t found = Xapian::Database::check(path, 0, &out);
    sink.finish();
    *faults = found;
  });
}

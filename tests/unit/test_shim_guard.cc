// Every type of exception, and how messages are put together.
#include <new>
#include <stdexcept>
#include <string>
#include <sys/wait.h>
#include <unistd.h>

#include <xapian.h>

#include "guard.h"
#include "message.h"
#include "test_shim_support.h"
#include "xapian_shim.h"

#undef fail // cmocka's

namespace {

// Throws what it is given, as Xapian would.
template <class E>
void check(const E &exception, byline_status status, const char *message) {
  byline_error error = {0, "", 0};
  assert_int_equal(shim::guard(&error, "/no/where", [&] { throw exception; }),
                   status);
  assert_int_equal(error.code, status);
  assert_string_equal(error.message, message);
  assert_true(error.position == BYLINE_NO_POSITION);
  assert_int_equal(shim::guard(nullptr, "/no/where", [&] { throw exception; }),
                   status);
}

void test_databases(void **) {
  using namespace Xapian;
  check(DatabaseLockError("Unable to get write lock on x: already locked"),
        BYLINE_LOCKED,
        "/no/where: another program is writing to it; try again when it has "
        "finished");
  check(DatabaseLockError("Unable to get write lock: no locks"), BYLINE_IO,
        "/no/where: Unable to get write lock: no locks");
  check(DatabaseModifiedError("gone"), BYLINE_MODIFIED,
        "/no/where: the database changed while it was read; run it again");
  check(DatabaseVersionError("is 9"), BYLINE_TOO_NEW,
        "/no/where: not a format of this version of Xapian (is 9); upgrade, "
        "or index again");
  check(DatabaseNotFoundError("nothing"), BYLINE_NOT_FOUND,
        "/no/where: no such database");
  check(DatabaseOpeningError("Couldn't stat", ENOTDIR), BYLINE_NOT_FOUND,
        "/no/where: no such database");
  check(DatabaseOpeningError("Couldn't stat", ENOENT), BYLINE_NOT_FOUND,
        "/no/where: no such database");
  check(DatabaseOpeningError("Couldn't open", EACCES), BYLINE_IO,
        "/no/where: Couldn't open: Permission denied");
  check(DatabaseCreateError("exists"), BYLINE_INVALID,
        "/no/where: there is a database already; choose another name");
  check(DatabaseCreateError("mkdir failed", ENOENT), BYLINE_NOT_FOUND,
        "/no/where: mkdir failed: No such file or directory");
  check(DatabaseCreateError("mkdir failed", EROFS), BYLINE_IO,
        "/no/where: mkdir failed: Read-only file system");
  check(DatabaseCorruptError("bad block"), BYLINE_CORRUPT,
        "/no/where: the database is damaged (bad block); restore it from a "
        "copy, or index again");
  check(DatabaseError("EOF reading block 2"), BYLINE_CORRUPT,
        "/no/where: the database is damaged (EOF reading block 2); restore it "
        "from a copy, or index again");
  check(DatabaseError("Error writing block", ENOSPC), BYLINE_IO,
        "/no/where: Error writing block: No space left on device");
  check(DatabaseClosedError("closed"), BYLINE_INVALID, "/no/where: closed");
}

void test_others(void **) {
  using namespace Xapian;
  check(DocNotFoundError("Document 7 not found"), BYLINE_NOT_FOUND,
        "/no/where: Document 7 not found");
  check(NetworkTimeoutError("Timeout expired"), BYLINE_IO,
        "/no/where: Timeout expired; try again later");
  check(NetworkError("Couldn't connect", ECONNREFUSED), BYLINE_IO,
        "/no/where: Couldn't connect: Connection refused; is the server "
        "running?");
  check(SerialisationError("short"), BYLINE_CORRUPT, "/no/where: short");
  check(QueryParserError("Syntax: <a> AND <b>"), BYLINE_BAD_QUERY,
        "/no/where: Syntax: <a> AND <b>");
  check(WildcardError("a* is too much"), BYLINE_BAD_QUERY,
        "/no/where: a* is too much; write more of the word");
  check(FeatureUnavailableError("no"), BYLINE_UNSUPPORTED, "/no/where: no");
  check(UnimplementedError("no"), BYLINE_UNSUPPORTED, "/no/where: no");
  check(InvalidArgumentError("bad"), BYLINE_INVALID, "/no/where: bad");
  check(InvalidOperationError("bad"), BYLINE_INVALID, "/no/where: bad");
  check(RangeError("bad"), BYLINE_INVALID, "/no/where: bad");
  check(AssertionError("bad"), BYLINE_INTERNAL,
        "/no/where: bad; please report it");
  check(InternalError("bad"), BYLINE_INTERNAL,
        "/no/where: bad; please report it");
  check(std::bad_alloc(), BYLINE_NO_MEMORY, "/no/where: out of memory");
  check(std::bad_array_new_length(), BYLINE_NO_MEMORY,
        "/no/where: out of memory");
  check(std::length_error("vector"), BYLINE_INVALID,
        "/no/where: too long (vector)");
  check(std::runtime_error("odd"), BYLINE_INTERNAL,
        "/no/where: unexpected exception (odd); please report it");
  check(42, BYLINE_INTERNAL,
        "/no/where: unexpected exception; please report it");
}

void test_subjects(void **) {
  byline_error error = {0, "", 0};
  auto fails = [] { throw Xapian::InvalidArgumentError("/a/b: is bad"); };
  // Xapian named the path already.
  shim::guard(&error, "/a/b", fails);
  assert_string_equal(error.message, "/a/b: is bad");
  shim::guard(&error, "/c", fails);
  assert_string_equal(error.message, "/c: /a/b: is bad");
  shim::guard(&error, fails);
  assert_string_equal(error.message, "/a/b: is bad");
  // Without a path there is nothing to look at.
  shim::guard(&error, [] { throw Xapian::DatabaseNotFoundError("none"); });
  assert_string_equal(error.message, "none");
}

void test_results(void **) {
  byline_error error = {0, "", 0};
  assert_int_equal(shim::guard(&error, [] {}), BYLINE_OK);
  assert_int_equal(shim::guard(&error, [] { return -5; }), -5);
  assert_int_equal(shim::guard(&error, [] { throw shim::stopped{-6}; }), -6);
  assert_string_equal(error.message, "");
  assert_int_equal(error.code, 0);
}

std::string message(std::initializer_list<std::string_view> pieces) {
  byline_error error = {0, "", 0};
  assert_int_equal(shim::fail(&error, BYLINE_IO, pieces), BYLINE_IO);
  return error.message;
}

void test_short_messages(void **) {
  assert_string_equal(message({}).c_str(), "");
  assert_string_equal(message({"a", "", "bc"}).c_str(), "abc");
  assert_string_equal(message({"a\n\x7F\x1F", "\tz"}).c_str(), "a????z");
  assert_string_equal(message({{"a\0b", 3}}).c_str(), "a?b");
  assert_int_equal(shim::fail(nullptr, BYLINE_IO, {"a"}), BYLINE_IO);
}

void test_long_messages(void **) {
  const std::string fits(255, 'f');
  assert_string_equal(message({fits}).c_str(), fits.c_str());
  const std::string path = "/path/" + std::string(300, 'p');
  const std::string cut = message({path, ": failed", "; do this"});
  assert_int_equal(cut.size(), 255);
  assert_int_equal(cut.compare(0, 8, "/path/pp"), 0);
  assert_true(cut.find("p...p") != cut.npos);
  assert_int_equal(cut.compare(255 - 17, 17, ": failed; do this"), 0);
  // Characters of two, three and four bytes stay whole, wherever the cut is.
  for (const std::string character :
       {"\xC3\xA9", "\xE2\x82\xAC", "\xF0\x9F\x98\x80"}) {
    for (size_t shift = 0; shift < 4; shift++) {
      std::string text(shift, 'x');
      while (text.size() < 600)
        text += character;
      std::string rest = message({text, std::string(shift, 'y')});
      assert_true(rest.size() <= 255);
      assert_true(rest.size() > 240);
      for (size_t at; (at = rest.find(character)) != rest.npos;)
        rest.erase(at, character.size());
      assert_string_equal(
          rest.c_str(),
          (std::string(shift, 'x') + "..." + std::string(shift, 'y')).c_str());
    }
  }
}

// As where Xapian writes in a destructor, and cannot.
void write() {
  throw Xapian::DatabaseError("no space");
}

struct unwritable {
  ~unwritable() { write(); }
};

void test_terminate(void **) {
  const pid_t child = fork();
  assert_true(child >= 0);
  if (child == 0) {
    xap_set_terminate([] { _exit(7); });
    shim::guard(nullptr, [] { unwritable value; });
    _exit(0);
  }
  int status = 0;
  assert_true(waitpid(child, &status, 0) == child);
  assert_true(WIFEXITED(status));
  assert_int_equal(WEXITSTATUS(status), 7);
}

} // namespace

int main() {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_databases),
      cmocka_unit_test(test_others),
      cmocka_unit_test(test_subjects),
      cmocka_unit_test(test_results),
      cmocka_unit_test(test_short_messages),
      cmocka_unit_test(test_long_messages),
      cmocka_unit_test(test_terminate),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}

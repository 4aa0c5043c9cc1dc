#include <xapian.h>

#include "guard.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <new>
#include <stdexcept>
#include <string>
#include <unistd.h>

#include "message.h"
#include "xapian_shim.h"

namespace shim {
namespace {

// What there is to say about an exception, piece by piece.
struct finding {
  byline_status status;
  std::string_view what;   // in our words, or nothing
  std::string_view detail; // in the library's words, or nothing
  std::string_view reason; // the system's, or nothing
  std::string_view advice; // what to do, or nothing
};

// "SUBJECT: WHAT (DETAIL: REASON); ADVICE", less what is missing.
byline_status report(const task &task, byline_error *error, finding found) {
  if (task.foreign)
    found = {BYLINE_CALLBACK, "a callback threw an exception",
             found.detail.empty() ? found.what : found.detail, found.reason,
             "mend the callback"};
  // Xapian sometimes names the path first, and sometimes not at all.
  bool named = found.what.empty() &&
               found.detail.substr(0, task.subject.size()) == task.subject;
  bool prefix = !task.subject.empty() && !named;
  bool bracket = !found.what.empty() && !found.detail.empty();
  bool cause = !found.detail.empty() && !found.reason.empty();
  return fail(error, found.status,
              {prefix ? task.subject : "", prefix ? ": " : "", found.what,
               bracket ? " (" : "", found.detail, cause ? ": " : "",
               found.detail.empty() ? "" : found.reason, bracket ? ")" : "",
               found.advice.empty() ? "" : "; ", found.advice});
}

// The system's words for what stopped Xapian, if it was the system. Xapian
// allocates them when they are first asked for, hence the guard.
std::string_view reason_of(const Xapian::Error &e) {
  std::string_view reason;
  guard(nullptr, [&] {
    if (const char *words = e.get_error_string())
      reason = words;
  });
  return reason;
}

bool is(std::string_view reason, int number) {
  return reason == std::strerror(number);
}

finding plain(byline_status status, const Xapian::Error &e,
              std::string_view advice = {}) {
  return {status, {}, e.get_msg(), reason_of(e), advice};
}

constexpr std::string_view repair = "restore it from a copy, or index again";

finding damaged(const Xapian::Error &e) {
  // What Xapian says when it could neither write nor, on a disk as full as
  // before, go back: the files are as the last commit left them.
  constexpr std::string_view unwritten = "Modifications failed";
  if (e.get_msg().compare(0, unwritten.size(), unwritten) == 0)
    return {BYLINE_IO, "could not be written", e.get_msg(), reason_of(e),
            "what was committed before is still there"};
  return {BYLINE_CORRUPT, "the database is damaged", e.get_msg(), reason_of(e),
          repair};
}

finding overtaken() {
  return {BYLINE_MODIFIED,
          "the database changed while it was read",
          {},
          {},
          "run it again"};
}

finding newer(const Xapian::DatabaseVersionError &e) {
  return {BYLINE_TOO_NEW,
          "not a format of this version of Xapian",
          e.get_msg(),
          {},
          "upgrade, or index again"};
}

finding locked(const Xapian::DatabaseLockError &e) {
  // The same type says that the lock file can't be opened.
  if (e.get_msg().find("already locked") == std::string::npos)
    return plain(BYLINE_IO, e);
  return {BYLINE_LOCKED,
          "another program is writing to it",
          {},
          {},
          "try again when it has finished"};
}

bool exists(std::string_view path) {
  bool found = false;
  guard(nullptr, [&] { found = access(std::string(path).c_str(), F_OK) == 0; });
  return found;
}

finding missing(const task &task, const Xapian::Error &e) {
  if (task.subject.empty())
    return plain(BYLINE_NOT_FOUND, e);
  if (!exists(task.subject))
    return {BYLINE_NOT_FOUND, "no such database", {}, {}, {}};
  return {BYLINE_NOT_FOUND,
          "no Xapian database there",
          e.get_msg(),
          reason_of(e),
          {}};
}

finding not_opened(const task &task, const Xapian::DatabaseOpeningError &e) {
  std::string_view reason = reason_of(e);
  if (reason.empty())
    return missing(task, e);
  if (!is(reason, ENOENT) && !is(reason, ENOTDIR))
    return plain(BYLINE_IO, e);
  // A directory is there, but one of the files is not.
  return exists(task.subject) ? damaged(e) : missing(task, e);
}

finding not_created(const Xapian::DatabaseCreateError &e) {
  std::string_view reason = reason_of(e);
  if (reason.empty())
    return {BYLINE_INVALID,
            "there is a database already",
            {},
            {},
            "choose another name"};
  bool absent = is(reason, ENOENT) || is(reason, ENOTDIR);
  return plain(absent ? BYLINE_NOT_FOUND : BYLINE_IO, e);
}

// The type that Xapian uses for failed reads and writes, with the system's
// reason, and for blocks that make no sense, without one.
finding failed(const Xapian::DatabaseError &e) {
  return reason_of(e).empty() ? damaged(e) : plain(BYLINE_IO, e);
}

finding unknown(std::string_view detail) {
  return {
      BYLINE_INTERNAL, "unexpected exception", detail, {}, "please report it"};
}

} // namespace

byline_status perform(const task &task, byline_error *error) noexcept {
  auto tell = [&](const finding &found) { return report(task, error, found); };
  try {
    return task.run(task.closure);
  } catch (const stopped &e) {
    return e.status;
  } catch (const Xapian::DatabaseLockError &e) {
    return tell(locked(e));
  } catch (const Xapian::DatabaseModifiedError &) {
    return tell(overtaken());
  } catch (const Xapian::DatabaseVersionError &e) {
    return tell(newer(e));
  } catch (const Xapian::DatabaseNotFoundError &e) {
    return tell(missing(task, e));
  } catch (const Xapian::DatabaseOpeningError &e) {
    return tell(not_opened(task, e));
  } catch (const Xapian::DatabaseCreateError &e) {
    return tell(not_created(e));
  } catch (const Xapian::DatabaseCorruptError &e) {
    return tell(damaged(e));
  } catch (const Xapian::DatabaseClosedError &e) {
    return tell(plain(BYLINE_INVALID, e));
  } catch (const Xapian::DatabaseError &e) {
    return tell(failed(e));
  } catch (const Xapian::DocNotFoundError &e) {
    return tell(plain(BYLINE_NOT_FOUND, e));
  } catch (const Xapian::NetworkTimeoutError &e) {
    return tell(plain(BYLINE_IO, e, "try again later"));
  } catch (const Xapian::NetworkError &e) {
    return tell(plain(BYLINE_IO, e, "is the server running?"));
  } catch (const Xapian::SerialisationError &e) {
    return tell(plain(BYLINE_CORRUPT, e));
  } catch (const Xapian::QueryParserError &e) {
    return tell(plain(BYLINE_BAD_QUERY, e));
  } catch (const Xapian::WildcardError &e) {
    return tell(plain(BYLINE_BAD_QUERY, e, "write more of the word"));
  } catch (const Xapian::FeatureUnavailableError &e) {
    return tell(plain(BYLINE_UNSUPPORTED, e));
  } catch (const Xapian::UnimplementedError &e) {
    return tell(plain(BYLINE_UNSUPPORTED, e));
  } catch (const Xapian::InvalidArgumentError &e) {
    return tell(plain(BYLINE_INVALID, e));
  } catch (const Xapian::InvalidOperationError &e) {
    return tell(plain(BYLINE_INVALID, e));
  } catch (const Xapian::RangeError &e) {
    return tell(plain(BYLINE_INVALID, e));
  } catch (const Xapian::Error &e) {
    return tell(plain(BYLINE_INTERNAL, e, "please report it"));
  } catch (const std::bad_alloc &) {
    return tell({BYLINE_NO_MEMORY, "out of memory", {}, {}, {}});
  } catch (const std::length_error &e) {
    return tell({BYLINE_INVALID, "too long", e.what(), {}, {}});
  } catch (const std::exception &e) {
    return tell(unknown(e.what()));
  } catch (...) {
    return tell(unknown({}));
  }
}

} // namespace shim

xap_terminate_fn xap_set_terminate(xap_terminate_fn fn) {
  return std::set_terminate(fn ? fn : std::abort);
}

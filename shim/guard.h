// The border between C++ and C: no exception passes it.
#ifndef SHIM_GUARD_H
#define SHIM_GUARD_H

#include <memory>
#include <string_view>
#include <type_traits>

#include "byline/types.h"

namespace shim {

// Thrown to leave a function of Xapian's when a caller's callback says stop.
struct stopped {
  byline_status status;
};

struct task {
  byline_status (*run)(void *closure);
  void *closure;
  std::string_view subject; // what messages begin with: a path, or nothing
  bool foreign;             // runs a function that belongs to the caller
};

// Runs the task; whatever it throws becomes a status and a message.
byline_status perform(const task &task, byline_error *error) noexcept;

template <class F>
byline_status perform(byline_error *error, std::string_view subject,
                      bool foreign, F &f) noexcept {
  auto run = [](void *closure) -> byline_status {
    F &function = *static_cast<F *>(closure);
    if constexpr (std::is_void_v<std::invoke_result_t<F &>>) {
      function();
      return BYLINE_OK;
    } else {
      return function();
    }
  };
  return perform(task{run, std::addressof(f), subject, foreign}, error);
}

// f returns nothing, or a byline_status that is passed on.
template <class F>
byline_status guard(byline_error *error, std::string_view subject,
                    F &&f) noexcept {
  return perform(error, subject, false, f);
}

template <class F> byline_status guard(byline_error *error, F &&f) noexcept {
  return perform(error, {}, false, f);
}

// Calls a function of the caller's. An exception out of it, whatever its type,
// is BYLINE_CALLBACK and goes no further: it never unwinds through Xapian.
template <class Function, class... Arguments>
byline_status call(byline_error *error, Function function, void *user,
                   Arguments... arguments) noexcept {
  auto f = [&]() -> byline_status { return function(user, arguments...); };
  return perform(error, {}, true, f);
}

} // namespace shim

#endif

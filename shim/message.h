// Filling a caller's byline_error without allocating anything.
#ifndef SHIM_MESSAGE_H
#define SHIM_MESSAGE_H

#include <initializer_list>
#include <string_view>

#include "byline/types.h"

namespace shim {

// Writes the pieces one behind the other and returns status. As in the plugin,
// a message that is too long is cut in the middle, at character boundaries,
// and control characters become '?'. error may be null.
byline_status fail(byline_error *error, byline_status status,
                   std::initializer_list<std::string_view> pieces) noexcept;

} // namespace shim

#endif

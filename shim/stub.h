// Folders that name the databases that they hold.
#ifndef SHIM_STUB_H
#define SHIM_STUB_H

#include <string>
#include <vector>

namespace shim {

// The paths of the databases that path/XAPIANDB names, in its order; none
// where there is no such file, or path is a database of its own. Throws
// Xapian::UnimplementedError for a line that names something else than a
// database on this machine.
std::vector<std::string> stub_segments(const std::string &path);

} // namespace shim

#endif

#include <fstream>
#include <string_view>
#include <unistd.h>

#include <xapian.h>

#include "stub.h"

namespace shim {

namespace {

// Xapian's own format: a type and a path, relative to the file's folder.
std::string path_of(const std::string &folder, std::string_view line) {
  size_t space = line.find(' ');
  std::string_view type = line.substr(0, space);
  if (space == std::string_view::npos || (type != "auto" && type != "glass"))
    throw Xapian::UnimplementedError(
        "XAPIANDB names databases that can't be written to together; name "
        "one of them");
  std::string path(line.substr(space + 1));
  return path.empty() || path[0] == '/' ? path : folder + "/" + path;
}

} // namespace

std::vector<std::string> stub_segments(const std::string &path) {
  std::vector<std::string> paths;
  if (access((path + "/iamglass").c_str(), F_OK) == 0)
    return paths;
  std::ifstream file(path + "/XAPIANDB");
  for (std::string line; std::getline(file, line);)
    if (!line.empty() && line[0] != '#')
      paths.push_back(path_of(path, line));
  return paths;
}

} // namespace shim

#include "read/library.h"

const read_library *byline_read_library(void) {
  static const read_library library = {
      READ_LIBRARY_VERSION, BYLINE_RELEASE,      reader_registry_new,
      reader_registry_free, reader_registry_add, read_paths};
  return &library;
}

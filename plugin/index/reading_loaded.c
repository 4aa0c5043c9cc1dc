#define _GNU_SOURCE /* dladdr */
#include <dlfcn.h>
#include <string.h>

#include "base/buf.h"
#include "base/error.h"
#include "index/reading_library.h"

typedef const read_library *(*library_fn)(void);

/* The path of the shared object: from the folder of the one with this code. */
static bool add_path(buf *path) {
  static const char here = 0;
  Dl_info own;
  if (dladdr(&here, &own) == 0 || !own.dli_fname)
    return false;
  const char *slash = strrchr(own.dli_fname, '/');
  size_t folder = slash ? (size_t)(slash - own.dli_fname) + 1 : 0;
  return buf_add(path, own.dli_fname, folder) &&
         buf_add_string(path, BYLINE_READING_OBJECT);
}

static void cannot_load(const char *path, const char *why,
                        byline_error *error) {
  size_t length = strlen(path);
  if (why && strncmp(why, path, length) == 0 && why[length] == ':')
    why += length + 1 + strspn(why + length + 1, " ");
  error_set(error, BYLINE_IO,
            "%s: cannot be loaded, and nothing can be read without it: %s",
            path, why ? why : "no reason given");
}

/* It stays loaded: GLib can't be unloaded. */
static byline_status load(const char *path, const read_library **library,
                          byline_error *error) {
  library_fn find = NULL;
  void *object = dlopen(path, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
  void *symbol = object ? dlsym(object, READ_LIBRARY_SYMBOL) : NULL;
  if (!symbol) {
    cannot_load(path, dlerror(), error);
    if (object)
      dlclose(object);
    return BYLINE_IO;
  }
  /* ISO C has no conversion from dlsym's pointer to a function's. */
  memcpy(&find, &symbol, sizeof find);
  *library = find();
  dlclose(object);
  if ((*library)->version == READ_LIBRARY_VERSION &&
      strcmp((*library)->release, BYLINE_RELEASE) == 0)
    return BYLINE_OK;
  return error_set(error, BYLINE_INVALID,
                   "%s: of another release than the library: install both "
                   "together",
                   path);
}

byline_status reading_library_find(const read_library **library,
                                   byline_error *error) {
  buf path = BUF_INIT;
  byline_status status = add_path(&path) ? load(path.data, library, error)
                                         : error_no_memory(error);
  buf_free(&path);
  return status;
}
